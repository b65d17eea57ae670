//! Who asks: person, capacity and language of one request.

use crate::limits::Counted;
use crate::problem::Problem;
use crate::session::{Session, SessionChange, Sessions};
use crate::{Portal, WORDS, kiosk, navigation};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use base::{Actor, Bank, CaseId, Instant, Language, PersonId};
use frame::parts::{Banner, Tone};
use frame::{LogNote, SessionNote, Visit, Visitor};
use std::net::IpAddr;

/// The longest `Accept-Language` that is looked at.
const ACCEPT_BYTES_MAX: usize = 256;

/// One request's caller. Handlers take it as an argument.
#[derive(Clone)]
pub struct Caller {
    pub portal: Portal,
    /// The path's language, else the one the reader most likely wants.
    pub language: Language,
    /// In which capacity they act, as the session says and the zone still has it.
    pub actor: Actor,
    pub(crate) session: Session,
    pub(crate) address: IpAddr,
    /// After the language's segment, and after that of the kiosk, with the query.
    path: String,
    /// Whether what is shown is the answer of a form, whose address cannot be visited.
    answers_a_form: bool,
    /// The page is one of the kiosk's, and leads nowhere else.
    at_kiosk: bool,
    /// The request came from one of the park's terminals.
    at_terminal: bool,
    /// Whether the path begins with one of the three languages, or has no language at all.
    language_is_known: bool,
}

impl Caller {
    pub(crate) fn new(portal: Portal, request: &Request, session: Session, address: IpAddr) -> Self {
        let actor = still_held(&portal, &session.actor);
        let (in_path, path) = split(request.uri());
        let (at_kiosk, path) = within_kiosk(path);
        let at_terminal = request.extensions().get::<kiosk::Terminal>().is_some();
        let language = in_path.unwrap_or_else(|| preferred(&portal, &actor, request.headers()));
        // Every page is under a language; what has none is for programs, and is named in full.
        let matched = request.extensions().get::<axum::extract::MatchedPath>();
        let language_is_known = in_path.is_some() || !matched.is_some_and(|path| path.as_str().starts_with("/{lang}"));
        let answers_a_form = !request.method().is_safe();
        Self {
            portal,
            language,
            actor,
            session,
            address,
            path,
            answers_a_form,
            at_kiosk,
            at_terminal,
            language_is_known,
        }
    }

    /// The natural person who is signed in.
    ///
    /// # Errors
    /// Where nobody is: a route open to all that asks for somebody after all.
    pub fn person(&self) -> Result<PersonId, Problem> {
        self.actor.person().ok_or(Problem::SignInFirst)
    }

    /// The person acting for themselves, whatever capacity the session is in: for one's own affairs.
    pub fn as_person(&self) -> Result<Actor, Problem> {
        Ok(Actor::Person { person: self.person()? })
    }

    /// As whom the caller is on a page of this case: its organisation's clerk or delegate where they act as one or opened
    /// it as one, and else themself. At a kiosk everybody is there for themself.
    pub(crate) fn on_case(&self, id: CaseId) -> Result<Actor, Problem> {
        let me = self.person()?;
        if self.at_kiosk {
            return self.as_person();
        }
        let zone = self.portal.park.zone();
        let Some(case) = cases::case(&zone.cases, id) else { return self.as_person() };
        let own = me == case.subject && !cases::is_of_organisation(&zone.cases, case);
        let acts = case.organisation.is_some() && self.actor.organisation() == case.organisation;
        let clerk_of = parties::person(&zone.parties, me).and_then(|known| known.clerk_of);
        Ok(match (&self.actor, case.organisation, case.delegation) {
            // What is about oneself is one's own in every capacity; so is what one applied for, in the one in which one did.
            _ if own => self.as_person()?,
            (Actor::Clerk { .. }, ..) if acts => self.actor.clone(),
            (_, Some(organisation), None) if case.applicant == me && clerk_of == Some(organisation) => {
                Actor::Clerk { person: me, organisation }
            }
            (_, Some(organisation), Some(delegation)) if case.applicant == me => {
                Actor::Delegate { person: me, organisation, delegation }
            }
            (Actor::Delegate { .. }, ..) if acts => self.actor.clone(),
            _ => self.as_person()?,
        })
    }

    /// Every capacity the person has, themselves first.
    pub fn capacities(&self) -> Vec<Actor> {
        let Some(id) = self.actor.person() else { return Vec::new() };
        let zone = self.portal.park.zone();
        let Some(person) = parties::person(&zone.parties, id) else { return Vec::new() };
        let clerk = person.clerk_of.map(|organisation| Actor::Clerk { person: id, organisation });
        let offices = person.offices.iter().map(|office| Actor::Officer { person: id, office: office.clone() });
        let park = &self.portal.park;
        let delegations = parties::delegate_actors(&zone.parties, &park.profile, id, park.now());
        std::iter::once(Actor::Person { person: id }).chain(clerk).chain(delegations).chain(offices).collect()
    }

    /// What pages are made from: language, visitor, navigation, token, banner.
    pub fn visit(&self) -> Visit {
        let park = &self.portal.park;
        let place = if self.answers_a_form { crate::places::nearest(&self.path) } else { self.path.clone() };
        let place = if self.at_kiosk { format!("{}/{place}", kiosk::SEGMENT) } else { place };
        let mut visit = Visit::new(self.language, place);
        visit.answers_a_form = self.answers_a_form;
        visit.demo = self.portal.options.demo;
        visit.csrf = self.sessions().csrf(&self.session);
        visit.banner = self.banner();
        if self.at_kiosk {
            visit.kiosk = Some(kiosk::framed(self));
        } else {
            visit.navigation = navigation::of(self, &visit);
            visit.log = Some(LogNote { size: park.desk.log().size(), href: visit.href("log") });
        }
        visit.time_zone = time_zone(park, &self.actor);
        visit.visitor = self.actor.person().map(|person| Visitor {
            name: self.name_of(person),
            capacity: navigation::capacity(&self.portal, self.language, &self.actor),
            sign_out: visit.href("sign-out"),
            session: self.session_note(&visit),
        });
        visit
    }

    /// Until when they are signed in, as it is once this answer has arrived.
    fn session_note(&self, visit: &Visit) -> SessionNote {
        let now = self.portal.park.now();
        let (ends_at, extendable) = self.sessions().ends_at(&self.session, now);
        SessionNote {
            ends_at,
            seconds: u32::try_from(ends_at.since(now) / Instant::SECOND).unwrap_or_default(),
            extendable,
            href: visit.href(if extendable { "session" } else { "sign-in" }),
        }
    }

    /// The person's name as registered, or their number where it was erased. A persona of the demonstration has a name
    /// in each language, and is shown by the reader's.
    pub(crate) fn name_of(&self, person: PersonId) -> String {
        let registered = self.portal.park.name_of(person);
        // Whoever corrected the name on their document is shown as they wrote it.
        match self.portal.persona(person) {
            Some(persona) if Language::ALL.into_iter().any(|language| persona.name.get(language) == registered) => {
                persona.name.get(self.language).to_owned()
            }
            _ => registered,
        }
    }

    /// The address of a page in the caller's language.
    pub fn href(&self, path: &str) -> String {
        let within = if self.at_kiosk { "kiosk/" } else { "" };
        format!("/{}/{within}{}", self.language, path.trim_start_matches('/'))
    }

    /// Where a finished form leads: the page, saying `done-{what}` above it.
    pub fn done(&self, path: &str, what: &str) -> Response {
        let mark = if path.contains('?') { '&' } else { '?' };
        Redirect::to(&format!("{}{mark}done={what}", self.href(path))).into_response()
    }

    /// A new session in this capacity, and on to a page.
    pub(crate) fn sign_in(&self, actor: Actor, href: &str) -> Response {
        changed(SessionChange::Begin(actor), href)
    }

    /// The same, with an answer of the handler's own.
    pub(crate) fn begin(&self, actor: Actor, mut answer: Response) -> Response {
        answer.extensions_mut().insert(SessionChange::Begin(actor));
        answer
    }

    pub(crate) fn switch(&self, actor: Actor, href: &str) -> Response {
        changed(SessionChange::Switch(actor), href)
    }

    pub(crate) fn sign_out(&self, href: &str) -> Response {
        changed(SessionChange::End, href)
    }

    pub(crate) fn sign_in_href(&self) -> String {
        let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("to", &self.path).finish();
        format!("{}?{query}", self.href("sign-in"))
    }

    fn sessions(&self) -> &Sessions {
        if self.at_kiosk { &self.portal.kiosk_sessions } else { &self.portal.sessions }
    }

    /// The kiosk's pages are for the park's terminals; in the demonstration anybody may try them.
    pub(crate) fn has_the_page(&self) -> bool {
        !self.at_kiosk || self.at_terminal || self.portal.options.demo
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// What stands behind the question mark under this name.
    pub(crate) fn queried(&self, name: &str) -> Option<String> {
        let (_, query) = self.path.split_once('?')?;
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    pub(crate) fn language_is_known(&self) -> bool {
        self.language_is_known
    }

    pub(crate) fn count(&self, counted: Counted) -> Result<(), Problem> {
        let counted = self.portal.limits.count(counted, self.address);
        counted.map_err(|seconds| Problem::TooMany { seconds })
    }

    pub(crate) fn token_is_right(&self, given: &str) -> bool {
        self.sessions().csrf_is_right(&self.session, given)
    }

    /// A browser says so itself when a form comes from another site.
    pub(crate) fn crosses_sites(&self, headers: &HeaderMap) -> bool {
        headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site")
    }

    fn banner(&self) -> Option<Banner> {
        let (_, query) = self.path.split_once('?')?;
        let (_, what) = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "done")?;
        let what = base::Key::new(&what)?;
        let heading = WORDS.find(self.language, &format!("done-{what}"), &[])?;
        Some(Banner::new(Tone::Good, heading))
    }
}

impl FromRequestParts<Portal> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Portal) -> Result<Self, Problem> {
        parts.extensions.get::<Caller>().cloned().ok_or(Problem::Broken)
    }
}

impl std::fmt::Debug for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Caller({}, {})", self.actor, self.language)
    }
}

fn changed(change: SessionChange, href: &str) -> Response {
    let mut response = Redirect::to(href).into_response();
    response.extensions_mut().insert(change);
    response
}

/// A capacity that the person lost while the session lasted is gone at once; so is somebody who was erased.
fn still_held(portal: &Portal, actor: &Actor) -> Actor {
    let zone = portal.park.zone();
    let Some((id, person)) = actor.person().and_then(|id| Some((id, parties::person(&zone.parties, id)?))) else {
        return Actor::Anonymous;
    };
    let holds = match actor {
        Actor::Delegate { .. } => {
            let park = &portal.park;
            parties::delegate_actors(&zone.parties, &park.profile, id, park.now()).any(|held| held == *actor)
        }
        _ => parties::has_capacity(&zone.parties, actor),
    };
    match (person.erased, holds) {
        (true, _) => Actor::Anonymous,
        (false, true) => actor.clone(),
        (false, false) => Actor::Person { person: id },
    }
}

/// The language's segment, and the rest of the path with the query.
fn split(uri: &Uri) -> (Option<Language>, String) {
    let path = uri.path().trim_start_matches('/');
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let (language, rest) = match first.parse() {
        Ok(language) => (Some(language), rest),
        Err(_) => (None, ""),
    };
    match uri.query() {
        Some(query) if language.is_some() => (language, format!("{rest}?{query}")),
        _ => (language, rest.to_owned()),
    }
}

/// Whether the path is one of the kiosk's, and what follows its segment.
fn within_kiosk(path: String) -> (bool, String) {
    match path.strip_prefix(kiosk::SEGMENT) {
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '?']) => {
            (true, rest.trim_start_matches('/').to_owned())
        }
        Some(_) | None => (false, path),
    }
}

/// Which sessions a request belongs to.
pub(crate) fn is_of_kiosk(uri: &Uri) -> bool {
    within_kiosk(split(uri).1).0
}

/// The person's own setting, else the first of the browser's languages that we have, else Traditional Chinese.
fn preferred(portal: &Portal, actor: &Actor, headers: &HeaderMap) -> Language {
    let zone = portal.park.zone();
    let setting = actor.person().and_then(|id| parties::person(&zone.parties, id)).map(|person| person.language);
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    setting.or_else(|| best(accepted)).unwrap_or_default()
}

fn best(accepted: &str) -> Option<Language> {
    let accepted = accepted.get(..ACCEPT_BYTES_MAX.min(accepted.len()))?;
    let mut wanted: Vec<(f32, Language)> = accepted
        .split(',')
        .filter_map(|part| {
            let mut pieces = part.split(';');
            let language = Language::closest(pieces.next()?.trim())?;
            let weight = pieces.find_map(|piece| piece.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
            Some((weight, language))
        })
        .collect();
    // Stable: among equals the first named wins.
    wanted.sort_by(|one, other| other.0.total_cmp(&one.0));
    wanted.first().map(|(_, language)| *language)
}

/// Times are shown as an officer's own bank counts them; both banks' clocks agree today, and the zone folder says so.
fn time_zone(park: &park::Park, actor: &Actor) -> jiff::tz::TimeZone {
    let bank = match actor {
        Actor::Officer { office, .. } => park.profile.office(office).map_or(Bank::South, |office| office.bank),
        _ => Bank::South,
    };
    let name = park.profile.bank(bank).map(|bank| bank.time_zone.as_str()).unwrap_or_default();
    jiff::tz::TimeZone::get(name).unwrap_or(jiff::tz::TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_weights_decide_and_languages_we_do_not_have_are_passed_over() {
        for (accepted, want) in [
            ("en-GB,en;q=0.9,zh-HK;q=0.8", Some(Language::En)),
            ("fr,zh-CN;q=0.5,en;q=0.4", Some(Language::ZhHans)),
            ("zh-HK", Some(Language::ZhHant)),
            ("en;q=0.1, zh-TW;q=0.9", Some(Language::ZhHant)),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(best(accepted), want, "{accepted}");
        }
    }
}
