//! A small world in memory for conversations with the portal, and a browser to hold them with.
//!
//! It is Monday noon. An employer of the south bank has a clerk; each bank's immigration office has officers.

use crate::{Options, Portal};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use base::{Actor, Bank, CaseId, Date, Instant, Key, Language, Localised, OrganisationId, PermitId, PersonId};
use desk::{Details, Event, context};
use park::{Clock, Park};
use std::collections::BTreeMap;
use std::path::Path;
use tower::ServiceExt;

pub(crate) struct Town {
    pub park: Park,
    pub service: Router,
    pub employer: OrganisationId,
}

fn key(text: &str) -> Key {
    Key::new(text).unwrap()
}

impl Town {
    pub async fn new() -> Self {
        let noon = Instant::of("2026-11-23T04:00:00Z".parse().unwrap());
        let options = park::Options {
            zone: Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao"),
            data: None,
            clock: Clock::showing(noon),
            origin: "http://localhost:8080".to_owned(),
            settings: desk::Settings::default(),
            push_hosts: park::PushHosts::Public,
        };
        let (park, _) = tokio::task::spawn_blocking(|| Park::open(options).unwrap()).await.unwrap();
        let name = Localised { zh_hant: "蒼鷺".into(), zh_hans: "苍鹭".into(), en: "Heron".into() };
        let register = parties::Command::RegisterOrganisation { name, bank: Bank::South, key: None, synthetic: true };
        let employer = match system(&park, register).await.as_slice() {
            [Event::Parties(parties::Event::OrganisationRegistered { organisation, .. }), ..] => *organisation,
            other => panic!("{other:?}"),
        };
        let mut personas = BTreeMap::new();
        let clerk = person(&park, "Kap", None).await;
        system(&park, parties::Command::AppointClerk { person: clerk, organisation: employer }).await;
        personas.insert(key("clerk-hong-kong"), Actor::Clerk { person: clerk, organisation: employer });
        for (persona, name, office) in [
            ("immigration-officer-hong-kong", "Kei", "hk-immigration"),
            // A colleague of the same office: the zone's own personas have but one.
            ("supervisor-shenzhen", "Second", "hk-immigration"),
            ("inspection-officer-shenzhen", "Geng", "sz-exit-entry"),
            ("auditor-hong-kong", "Tsz", "hk-audit"),
            ("park-operations-shenzhen", "Yun", "sz-park-company"),
        ] {
            let officer = person(&park, name, None).await;
            system(&park, parties::Command::AppointOfficer { person: officer, office: key(office) }).await;
            personas.insert(key(persona), Actor::Officer { person: officer, office: key(office) });
        }
        let origin = "http://localhost:8080".parse().unwrap();
        let portal = Portal::new(park.clone(), Options { demo: true, origin, personas }).unwrap();
        Self { park, service: crate::router(portal), employer }
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Browser {
        Browser { service: self.service.clone(), cookie: String::new(), csrf: String::new() }
    }

    /// Somebody signed in as one of the demonstration's people.
    pub async fn browser(&self, persona: &str) -> Browser {
        signed_in(self.service.clone(), persona).await
    }

    /// Somebody who is none of the demonstration's people, signed in.
    pub async fn browser_of(&self, actor: Actor) -> Browser {
        let origin = "http://localhost:8080".parse().unwrap();
        let personas = BTreeMap::from([(key("leaver"), actor)]);
        let portal = Portal::new(self.park.clone(), Options { demo: true, origin, personas }).unwrap();
        signed_in(crate::router(portal), "leaver").await
    }

    /// Somebody's phone, signed in, and a terminal of the same park that nobody stands at.
    pub async fn phone_and_terminal(&self, actor: Actor) -> (Browser, Browser) {
        let origin = "http://localhost:8080".parse().unwrap();
        let personas = BTreeMap::from([(key("leaver"), actor)]);
        let portal = Portal::new(self.park.clone(), Options { demo: true, origin, personas }).unwrap();
        let terminal = crate::terminals(portal.clone());
        let phone = signed_in(crate::router(portal), "leaver").await;
        (phone, Browser { service: terminal, cookie: String::new(), csrf: String::new() })
    }

    /// A new officer of the office, signed in.
    pub async fn officer_of(&self, office: &str) -> Browser {
        let officer = person(&self.park, "Officer", None).await;
        system(&self.park, parties::Command::AppointOfficer { person: officer, office: key(office) }).await;
        self.browser_of(Actor::Officer { person: officer, office: key(office) }).await
    }

    /// Somebody registered under this family name and given name, signed in as the persona `leaver`.
    pub async fn leaver_named(&self, family: &str, given: &str) -> Browser {
        let person = named(&self.park, (family, given), None).await;
        self.browser_of(Actor::Person { person }).await
    }

    /// The employee of a case confirms the document, consents and submits.
    pub async fn submit(&self, case: CaseId) -> PersonId {
        let zone = self.park.zone();
        let known = cases::case(&zone.cases, case).unwrap().clone();
        let person = known.subject;
        let actor = Actor::Person { person };
        let expires = Date::constant(2030, 1, 1);
        let number = format!("ZZ{:06}", person.0);
        let document = park::Document { kind: key("passport"), number: &number, expires };
        self.park.confirm_document(&actor, person, &document, None).await.unwrap();
        for consent in &self.park.profile.service(&known.service).unwrap().consents {
            let give = parties::Command::GiveConsent { person, consent: consent.key.clone(), version: consent.version };
            self.park.desk.command(actor.clone(), self.park.now(), give).await.unwrap();
        }
        self.park.desk.command(actor, self.park.now(), cases::Command::Submit { case }).await.unwrap();
        person
    }

    /// A commuter pass in force: applied for, submitted, and approved on both banks.
    pub async fn pass(&self) -> (PermitId, PersonId) {
        let case = self.applied().await;
        let person = self.submit(case).await;
        for (persona, leg) in
            [("immigration-officer-hong-kong", "hong-kong"), ("inspection-officer-shenzhen", "shenzhen")]
        {
            let mut officer = self.browser(persona).await;
            officer.get("/en/office").await;
            let decide = format!("/en/office/cases/{case}/legs/{leg}/decide");
            let (status, page) = officer.post(&decide, &[("reason", "in order"), ("verdict", "approved")]).await;
            assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        }
        (permits::of_case(&self.park.zone().permits, case).unwrap(), person)
    }

    /// One application for a commuter pass, made by roster: for somebody else each time.
    pub async fn applied(&self) -> CaseId {
        let mut clerk = self.browser("clerk-hong-kong").await;
        let people = self.park.zone().parties.persons.len();
        let roster = rosters::template(Language::En).replace("ZZ0000001", &format!("ZZ{:07}", people + 1));
        let (status, page) = clerk.upload("/en/employer/roster/commuter-pass", roster.as_bytes()).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        let zone = self.park.zone();
        let newest = cases::of_organisation(&zone.cases, self.employer).next();
        newest.map(|(id, _)| id).unwrap()
    }

    /// A clerk of an organisation of its own, who has nothing to do with anybody here.
    pub async fn clerk_of_another(&self) -> Actor {
        let name = Localised { zh_hant: "翠鳥".into(), zh_hans: "翠鸟".into(), en: "Kingfisher".into() };
        let register = parties::Command::RegisterOrganisation { name, bank: Bank::North, key: None, synthetic: true };
        let organisation = match system(&self.park, register).await.as_slice() {
            [Event::Parties(parties::Event::OrganisationRegistered { organisation, .. }), ..] => *organisation,
            other => panic!("{other:?}"),
        };
        let person = person(&self.park, "Yu", Some(organisation)).await;
        system(&self.park, parties::Command::AppointClerk { person, organisation }).await;
        Actor::Clerk { person, organisation }
    }

    /// An officer of Hong Kong's immigration who works for the employer besides.
    pub async fn officer_of_the_employer(&self) -> Actor {
        let person = person(&self.park, "Both", Some(self.employer)).await;
        let office = key("hk-immigration");
        system(&self.park, parties::Command::AppointOfficer { person, office: office.clone() }).await;
        Actor::Officer { person, office }
    }

    /// How many letters were sent.
    pub async fn letters(&self) -> usize {
        self.park.send_letters().await.unwrap();
        self.park.letters_in_memory().len()
    }

    /// What every conversation ends with: the log holds together, entry by entry.
    pub fn log_verifies(&self) {
        let report = eventlog::verify(self.park.desk.log(), &self.park.log_keys, &mut |_| {}).unwrap();
        assert_eq!(report.size, self.park.desk.log().size());
    }
}

async fn signed_in(service: Router, persona: &str) -> Browser {
    let mut browser = Browser { service, cookie: String::new(), csrf: String::new() };
    assert_eq!(browser.get("/en/demo").await.0, StatusCode::OK);
    let (status, _) = browser.post("/en/demo/sign-in", &[("persona", persona)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    browser
}

async fn system(park: &Park, command: parties::Command) -> Vec<Event> {
    park.desk.command(Actor::System, park.now(), command).await.unwrap().events.to_vec()
}

async fn person(park: &Park, name: &str, employer: Option<OrganisationId>) -> PersonId {
    named(park, ("Chan", name), employer).await
}

async fn named(park: &Park, (family, given): (&str, &str), employer: Option<OrganisationId>) -> PersonId {
    let subject = park.vault.create_subjects(1).unwrap().pop().unwrap();
    let details = Details { family_name: family.into(), given_name: given.into(), ..Details::default() };
    let details = park.vault.seal_json(&subject, context::DETAILS, &details).unwrap();
    let register = parties::Command::RegisterPerson {
        subject,
        details,
        home_bank: Bank::South,
        employer,
        host: None,
        language: Language::En,
        synthetic: true,
    };
    match system(park, register).await.as_slice() {
        [Event::Parties(parties::Event::PersonRegistered { person, .. }), ..] => *person,
        other => panic!("{other:?}"),
    }
}

/// Keeps cookies and the form token, and follows nothing.
pub(crate) struct Browser {
    service: Router,
    cookie: String,
    csrf: String,
}

impl Browser {
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// From now on the browser sends this cookie.
    pub fn carry(&mut self, cookie: &str) {
        self.cookie = cookie.to_owned();
    }

    /// From now on the browser's forms carry this token.
    pub fn forge(&mut self, csrf: &str) {
        self.csrf = csrf.to_owned();
    }

    pub async fn get(&mut self, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header(header::COOKIE, &self.cookie).body(Body::empty()).unwrap();
        self.send(request).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &self.csrf).extend_pairs(fields);
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.finish()))
            .unwrap();
        self.send(request).await
    }

    /// What a script of ours sends: JSON, with the token in its header.
    pub async fn post_json(&mut self, path: &str, body: &serde_json::Value) -> (StatusCode, String) {
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .header("x-csrf-token", &self.csrf)
            .body(Body::from(body.to_string()))
            .unwrap();
        self.send(request).await
    }

    /// The page's form with a file, after the page was looked at.
    pub async fn upload(&mut self, path: &str, file: &[u8]) -> (StatusCode, String) {
        self.get(path).await;
        let mut body = format!("--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n", self.csrf);
        body.push_str("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"roster.csv\"\r\n");
        body.push_str("Content-Type: text/csv\r\n\r\n");
        let mut body = body.into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--b--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// A file of this name, with other fields of the form, after the page was looked at.
    pub async fn upload_named(
        &mut self,
        path: &str,
        name: &str,
        file: &[u8],
        fields: &[(&str, &str)],
    ) -> (StatusCode, String) {
        self.get(path).await;
        let mut body = String::new();
        for (name, text) in [("csrf", self.csrf.as_str())].iter().chain(fields) {
            body.push_str(&format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"));
        }
        body.push_str(&format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n"));
        body.push_str("Content-Type: application/octet-stream\r\n\r\n");
        let mut body = body.into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--b--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// The page, or where it leads: for a redirect the text is its address.
    async fn send(&mut self, request: Request<Body>) -> (StatusCode, String) {
        let response = self.service.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        if let Some(cookie) = parts.headers.get(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            self.cookie = cookie.split(';').next().unwrap().to_owned();
        }
        let bytes = to_bytes(body, 4_000_000).await.unwrap();
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((_, rest)) = text.split_once("name=\"csrf\" value=\"") {
            self.csrf = rest.split('"').next().unwrap().to_owned();
        }
        if let Some(location) = parts.headers.get(header::LOCATION) {
            text = location.to_str().unwrap().to_owned();
        }
        (parts.status, text)
    }
}
