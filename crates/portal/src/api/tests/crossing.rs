//! What crosses between the two banks, looked for on every page and in every answer that an officer can get of a case: by
//! words that were written into it and that no rule lets across.

use super::Program;
use super::journey::{HONG_KONG, SHENZHEN};
use crate::tests::town::Town;
use axum::http::StatusCode;
use base::{Actor, CaseId, PersonId};
use letters::{Delivery, Undelivered};
use serde_json::{Value, json};

const AUDITOR: &str = "auditor-hong-kong";
/// Given to one bank's authority alone.
const FOR_SOUTH: &str = "A123456";
const FOR_NORTH: &str = "11010519491231002";
/// Written by an officer of each bank: reason, question, remark for the own bank.
const SOUTH_WROTE: [&str; 3] = ["the-south-is-content", "the-south-asks", "the-south-notes"];
const NORTH_WROTE: [&str; 3] = ["the-north-is-content", "the-north-asks", "the-north-notes"];
const FOR_BOTH: [&str; 2] = ["told-to-both-by-south", "told-to-both-by-north"];
const FOR_ALL: [&str; 2] = ["told-to-all-by-south", "told-to-all-by-the-clerk"];
const ANSWERED: [&str; 2] = ["answered-to-south", "answered-to-north"];

/// What a group's visit asks; the leader's identity card goes to the southern bank alone.
fn visit(programme: &str, card: &str) -> Value {
    json!({
        "group-name": "Delegation", "group-kind": "scientific", "group-size": 5, "visit-date": "2026-12-10",
        "session": "morning", "route": "south-north-south", "comes-from": ["hong-kong"],
        "programme": programme, "restricted-areas": "no", "leader-name": "Chan",
        "leader-document": "hong-kong-identity-card", "leader-hong-kong-identity-card": card,
        "leader-mainland-identity-card": format!("{FOR_NORTH}X"), "leader-mobile": "+85250000101", "host-vouches": true
    })
}

/// A group's visit, with everything written on it that can be.
async fn written(town: &Town) -> (CaseId, PersonId) {
    written_by(town, &Program::persona(town, "clerk-hong-kong").await).await
}

async fn written_by(town: &Town, clerk: &Program) -> (CaseId, PersonId) {
    let form = visit("A walk through both parks and a talk", &format!("{FOR_SOUTH}(3)"));
    let opened = clerk.post("/api/applications", &json!({ "service": "group-visit", "form": form })).await.good();
    let case: CaseId = opened["case"].as_str().unwrap().parse().unwrap();
    let remark = async |program: &Program, audience: &str, text: &str| {
        let body = json!({ "audience": audience, "text": text });
        program.post(&format!("/api/cases/{case}/remarks"), &body).await.good()
    };
    for (persona, leg, wrote, both, answered) in [
        (HONG_KONG, "hong-kong", SOUTH_WROTE, FOR_BOTH[0], ANSWERED[0]),
        (SHENZHEN, "shenzhen", NORTH_WROTE, FOR_BOTH[1], ANSWERED[1]),
    ] {
        let officer = Program::persona(town, persona).await;
        let path = format!("/api/cases/{case}/legs/{leg}");
        officer.post(&format!("{path}/question"), &json!({ "question": wrote[1] })).await.good();
        clerk.post(&format!("{path}/answer"), &json!({ "answer": answered })).await.good();
        remark(&officer, "bank", wrote[2]).await;
        remark(&officer, "banks", both).await;
        let body = json!({ "verdict": "approved", "reason": wrote[0] });
        officer.post(&format!("{path}/decision"), &body).await.good();
    }
    remark(&Program::persona(town, HONG_KONG).await, "applicant", FOR_ALL[0]).await;
    remark(clerk, "applicant", FOR_ALL[1]).await;
    (case, opened["person"].as_str().unwrap().parse().unwrap())
}

/// Everything that somebody in this capacity can get of the case, in one text.
async fn everything(town: &Town, persona: &str, case: CaseId, person: PersonId) -> String {
    let mut all = String::new();
    let mut browser = town.browser(persona).await;
    for language in ["en", "zh-Hant", "zh-Hans"] {
        for path in [
            format!("office/cases/{case}"),
            format!("office/cases/{case}/accesses"),
            "office".to_owned(),
            "office/passes".to_owned(),
            format!("office/passes?q={person}"),
            "office/open-items".to_owned(),
            format!("me/cases/{case}"),
            format!("employer/cases/{case}"),
            "log".to_owned(),
        ] {
            all.push_str(&browser.get(&format!("/{language}/{path}")).await.1);
        }
    }
    let program = Program::persona(town, persona).await;
    let mut paths = vec![
        format!("/api/cases/{case}"),
        format!("/api/cases/{case}/history"),
        format!("/api/cases/{case}/remarks"),
        format!("/api/persons/{person}"),
        format!("/api/persons/{person}/accesses"),
        "/api/cases".to_owned(),
        "/api/open-items".to_owned(),
    ];
    for entry in 0..town.park.desk.log().size() {
        paths.push(format!("/api/log/entries/{entry}"));
        paths.push(format!("/api/log/entries/{entry}/receipt"));
    }
    for path in paths {
        all.push_str(&program.get(&path).await.text);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_never_reads_what_no_rule_lets_across() {
    let town = Town::new().await;
    let (case, person) = written(&town).await;
    let both = [FOR_BOTH, FOR_ALL].concat();
    let south = [&SOUTH_WROTE[..], &[FOR_SOUTH, ANSWERED[0]], &both].concat();
    let north = [&NORTH_WROTE[..], &[FOR_NORTH, ANSWERED[1]], &both].concat();
    for (persona, reads, never) in [
        (HONG_KONG, &south, [&NORTH_WROTE[..], &[FOR_NORTH, ANSWERED[1]]].concat()),
        (SHENZHEN, &north, [&SOUTH_WROTE[..], &[FOR_SOUTH, ANSWERED[0]]].concat()),
        (AUDITOR, &Vec::new(), [&south[..], &north].concat()),
        ("park-operations-shenzhen", &both, [&SOUTH_WROTE[..], &[FOR_SOUTH, ANSWERED[0]]].concat()),
    ] {
        let all = everything(&town, persona, case, person).await;
        for word in reads {
            assert!(all.contains(word), "{persona} reads {word}");
        }
        for word in never {
            assert!(!all.contains(word), "{persona} must not read {word}");
        }
    }
    town.log_verifies();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withheld_is_said_with_the_section_that_withholds_it() {
    let town = Town::new().await;
    let (case, _) = written(&town).await;
    let (status, page) = town.browser(SHENZHEN).await.get(&format!("/en/office/cases/{case}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("This answer is for the other bank") && page.contains("stays with it"), "{page}");
    assert!(page.contains("7.1.3"), "{page}");
    let north = Program::persona(&town, SHENZHEN).await;
    let history = north.get(&format!("/api/cases/{case}/history")).await.good();
    let items = history.as_array().unwrap();
    let kept = items[0]["withheld_fields"].as_array().unwrap();
    assert_eq!(kept, &[json!({ "field": "leader-hong-kong-identity-card", "section": "7.1.3" })]);
    let reason = items.iter().find(|item| item["event"] == "leg_decided").unwrap();
    assert_eq!((&reason["withheld"], &reason["withheld_under"]), (&json!(true), &json!("7.1.3")), "{reason}");
    let remarks = north.get(&format!("/api/cases/{case}/remarks")).await.good();
    let withheld: Vec<&Value> =
        remarks.as_array().unwrap().iter().filter(|remark| remark.get("withheld_under").is_some()).collect();
    assert_eq!(withheld.len(), 1, "the south's own, and that it is there: {remarks}");
}

#[tokio::test(flavor = "multi_thread")]
async fn those_whom_the_case_concerns_read_what_is_for_them_and_hear_nothing_of_remarks_among_offices() {
    let town = Town::new().await;
    let (case, _) = written(&town).await;
    let clerk = Program::persona(&town, "clerk-hong-kong").await;
    let told = clerk.get(&format!("/api/cases/{case}/history")).await.good().to_string();
    let remarks = clerk.get(&format!("/api/cases/{case}/remarks")).await.good();
    assert_eq!(remarks.as_array().unwrap().len(), FOR_ALL.len(), "{remarks}");
    let mut browser = town.browser("clerk-hong-kong").await;
    let (status, page) = browser.get(&format!("/en/me/cases/{case}")).await;
    assert_eq!(status, StatusCode::OK);
    for all in [&told, &page] {
        for word in [FOR_SOUTH, FOR_NORTH, SOUTH_WROTE[0], NORTH_WROTE[1], FOR_ALL[0]] {
            assert!(all.contains(word), "{word}: {all}");
        }
        for word in [FOR_BOTH[0], FOR_BOTH[1], SOUTH_WROTE[2], NORTH_WROTE[2]] {
            assert!(!all.contains(word), "{word}: {all}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_remark_says_for_whom_it_is_or_is_not_taken() {
    let town = Town::new().await;
    let (case, _) = written(&town).await;
    let mut officer = town.browser(HONG_KONG).await;
    let path = format!("/en/office/cases/{case}/remarks");
    officer.get("/en/office").await;
    let (status, page) = officer.post(&path, &[("remark", "typed-and-kept")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("typed-and-kept") && page.contains("Say who may read it"), "{page}");
    let size = town.park.desk.log().size();
    let (status, to) = officer.post(&path, &[("remark", "typed-and-kept"), ("audience", "bank")]).await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, format!("/en/office/cases/{case}?done=remarked")));
    assert!(town.park.desk.log().size() > size);
    let clerk = Program::persona(&town, "clerk-hong-kong").await;
    let among_offices = json!({ "audience": "banks", "text": "as if I were one of you" });
    assert_eq!(clerk.post(&format!("/api/cases/{case}/remarks"), &among_offices).await.status.as_u16(), 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_looked_at_sees_which_office_looked_when_and_over_what_and_no_officer_by_number() {
    let town = Town::new().await;
    let (case, person) = written(&town).await;
    town.browser(HONG_KONG).await.get(&format!("/en/office/cases/{case}")).await;
    let south = Program::persona(&town, HONG_KONG).await;
    south.get(&format!("/api/cases/{case}/history")).await.good();
    let own = Program::of(&town, base::Actor::Person { person });
    let path = format!("/api/persons/{person}/accesses");
    let told = own.get(&path).await.good();
    let opened: Vec<&Value> = told
        .as_array()
        .unwrap()
        .iter()
        .filter(|access| access["office"] == "hk-immigration" && access["how"] == "opened")
        .collect();
    assert_eq!(opened.len(), 1, "once, however often that day: {told}");
    assert_eq!((&opened[0]["case"], &opened[0]["day"]), (&json!(case.to_string()), &json!("2026-11-23")));
    assert!(opened[0].get("officer").is_none(), "{told}");
    let mut browser = town.browser_of(base::Actor::Person { person }).await;
    let (_, page) = browser.get("/en/me/accesses").await;
    assert!(page.contains("Immigration Department") && page.contains(&case.to_string()), "{page}");
    let size = town.park.desk.log().size();
    south.get(&format!("/api/cases/{case}/history")).await.good();
    town.park.write_views().await.unwrap();
    assert_eq!(town.park.desk.log().size(), size, "what is known of today is not written again");

    let audited = Program::persona(&town, AUDITOR).await.get(&path).await.good();
    assert!(audited.as_array().unwrap().iter().all(|access| access["officer"].is_string()), "{audited}");
    assert!(audited.as_array().unwrap().iter().all(|access| access["office"] != "sz-exit-entry"), "{audited}");
    let (_, page) = town.browser(AUDITOR).await.get(&format!("/en/office/cases/{case}/accesses")).await;
    assert!(page.contains("Immigration Department"), "{page}");
    for program in [south, Program::persona(&town, SHENZHEN).await, Program::persona(&town, "clerk-hong-kong").await] {
        assert_eq!(program.get(&path).await.status.as_u16(), 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_tells_the_other_bank_nothing_of_a_field_that_is_not_for_it() {
    let town = Town::new().await;
    let (first, _) = written(&town).await;
    let clerk = Program::persona(&town, "clerk-hong-kong").await;
    let body = json!({
        "service": "correction", "change": { "case": first, "as": "correct" },
        "form": visit("Another walk through both parks", "B123456(6)"),
    });
    let second = clerk.post("/api/applications", &body).await.good()["case"].as_str().unwrap().to_owned();
    for (persona, reads) in [(HONG_KONG, true), (SHENZHEN, false)] {
        let (status, page) = town.browser(persona).await.get(&format!("/en/office/cases/{second}")).await;
        assert_eq!(status, StatusCode::OK);
        let (_, page) = page.split_once("What is corrected").unwrap();
        let (table, rest) = page.split_once("</table>").unwrap();
        assert!(table.contains("Another walk"), "{persona}: {table}");
        for card in [FOR_SOUTH, "B123456"] {
            assert_eq!(table.contains(card), reads, "{persona}, {card}: {table}");
            assert!(!rest.contains(card), "{persona}, {card}: {rest}");
        }
        // Each bank has a card of its own that the other does not read.
        assert!(rest.contains("This answer is for the other bank"), "{persona}: {rest}");
    }
    town.log_verifies();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_no_longer_its_clerk_follows_nothing_that_they_applied_for_as_one() {
    let town = Town::new().await;
    let (case, person) = written(&town).await;
    let (page, withdraw) = (format!("/en/me/cases/{case}"), format!("/api/cases/{case}/withdraw"));
    let own = Program::of(&town, Actor::Person { person });
    let mut browser = town.browser_of(Actor::Person { person }).await;
    // Signed in as themself, the clerk follows what they applied for as one; the program of the person does not.
    assert!(browser.get("/en/me").await.1.contains(&case.to_string()));
    assert_eq!(browser.get(&page).await.0, StatusCode::OK);
    assert!(browser.get("/en/me/messages").await.1.contains(SOUTH_WROTE[0]));
    own.get(&format!("/api/cases/{case}")).await.problem(403, "cases-of-an-organisation-are-seen-for-it");
    assert_eq!(own.get("/api/messages").await.good(), json!([]));
    let relieve = parties::Command::RelieveClerk { person, organisation: town.employer };
    town.park.desk.command(Actor::Operator, town.park.now(), relieve).await.unwrap();
    for path in ["/en/me", "/en/me/messages"] {
        assert!(!browser.get(path).await.1.contains(&case.to_string()), "{path}");
    }
    let (status, told) = browser.get(&page).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(told.contains("as its clerk or delegate") && !told.contains(FOR_SOUTH), "{told}");
    own.get(&format!("/api/cases/{case}/history")).await.problem(403, "cases-of-an-organisation-are-seen-for-it");
    own.post(&withdraw, &json!({})).await.problem(403, "cases-of-an-organisation-are-followed-for-it");
    town.log_verifies();
}

/// A clerk of the employer's who can be written to.
async fn clerk_with_mail(town: &Town) -> Actor {
    let subject = town.park.vault.create_subjects(1).unwrap().pop().unwrap();
    let details = desk::Details { email: "clerk@heron.example".to_owned(), ..desk::Details::default() };
    let register = parties::Command::RegisterPerson {
        details: town.park.vault.seal_json(&subject, desk::context::DETAILS, &details).unwrap(),
        subject,
        home_bank: base::Bank::South,
        employer: None,
        host: None,
        language: base::Language::En,
        synthetic: true,
    };
    let (now, organisation) = (town.park.now(), town.employer);
    let registered = town.park.desk.command(Actor::System, now, register).await.unwrap();
    let person = registered.events.iter().find_map(|event| match event {
        desk::Event::Parties(parties::Event::PersonRegistered { person, .. }) => Some(*person),
        _ => None,
    });
    let person = person.unwrap();
    let appoint = parties::Command::AppointClerk { person, organisation };
    town.park.desk.command(Actor::System, now, appoint).await.unwrap();
    Actor::Clerk { person, organisation }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_of_the_organisation_s_own_case_goes_to_its_clerk_and_to_nobody_who_no_longer_is() {
    let town = Town::new().await;
    let clerk = clerk_with_mail(&town).await;
    let program = Program::of(&town, clerk.clone());
    let delivered = async |case: CaseId| {
        town.park.write_due_letters().await.unwrap();
        town.park.send_letters().await.unwrap();
        let zone = town.park.zone();
        letters::of_case(&zone.letters, case).map(|(_, letter)| letter.delivery).collect::<Vec<_>>()
    };
    let told = delivered(written_by(&town, &program).await.0).await;
    assert!(!told.is_empty() && told.iter().all(|letter| matches!(letter, Delivery::Sent(_))), "{told:?}");
    let (case, person) = written_by(&town, &program).await;
    let relieve = parties::Command::RelieveClerk { person, organisation: town.employer };
    town.park.desk.command(Actor::Operator, town.park.now(), relieve).await.unwrap();
    let told = delivered(case).await;
    let kept = |letter: &Delivery| matches!(letter, Delivery::Failed(Undelivered::NoAddress));
    assert!(!told.is_empty() && told.iter().all(kept), "{told:?}");
    town.log_verifies();
}
