//! Given a permit, when somebody does something with it, then this is what comes of it: with the zone folder's own rules.

mod refusals;
mod sequences;

use crate::{
    Balance, Command, Event, Form, Issue, Measure, Reason, Refusal, Scope, State, Status, Terms, decide, evolve,
};
use base::{
    Actor, Bank, CaseId, Ctx, Direction, GrantId, Instant, Key, Language, Localised, OrganisationId, PermitId, PersonId,
};
use base::{Recorded, Refuse, Sealed, Subject};
use profile::Profile;
use rulebook::Rulebook;
use std::path::PathBuf;
use std::sync::LazyLock;

const NINE_ON_MONDAY: Instant = Instant(1_795_395_600_000); // 2026-11-23 09:00 in Hong Kong

fn zone_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao")
}

static PROFILE: LazyLock<Profile> = LazyLock::new(|| Profile::load(&zone_folder()).unwrap());
static RULES: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::load(&zone_folder().join("rules")).unwrap());

/// P-1 works for O-1 and holds the permits; P-2 is an immigration officer in Hong Kong who works for O-1 too, P-3 a
/// supervision officer in Shenzhen, P-4 a data protection officer, and P-5 is erased. All but P-2 and P-5 consented to what a
/// commuter pass rests on.
static PEOPLE: LazyLock<parties::State> = LazyLock::new(|| {
    let mut state = parties::State::default();
    let recorded = Recorded { sequence: 0, at: NINE_ON_MONDAY, actor: &Actor::Operator };
    let mut fold = |event| parties::evolve(&mut state, &event, &recorded);
    fold(parties::Event::OrganisationRegistered {
        organisation: OrganisationId(1),
        name: Localised::default(),
        bank: Bank::South,
        key: None,
        synthetic: true,
    });
    for number in 1..=5 {
        let subject = Subject(format!("subject-{number}").into());
        fold(parties::Event::PersonRegistered {
            person: PersonId(number),
            subject: subject.clone(),
            details: Sealed { of: subject, ciphertext: "AAAA".into() },
            home_bank: Bank::South,
            employer: (number <= 2).then_some(OrganisationId(1)),
            host: None,
            language: Language::En,
            synthetic: true,
        });
    }
    for (person, office) in [(1, "hk-immigration"), (2, "hk-immigration"), (3, "sz-supervision"), (4, "hk-data")] {
        fold(parties::Event::OfficerAppointed { person: PersonId(person), office: key(office) });
    }
    for (person, consent) in [1, 3, 4].into_iter().flat_map(|person| CONSENTS.map(|consent| (person, consent))) {
        fold(parties::Event::ConsentGiven { person: PersonId(person), consent: key(consent), version: 1 });
    }
    fold(parties::Event::PersonErased { person: PersonId(5) });
    state
});

/// What a commuter pass rests on.
const CONSENTS: [&str; 2] = ["hong-kong-clearance", "shenzhen-clearance"];

/// The room under test, the people it looks at, and its clock.
#[derive(Clone)]
struct Permits {
    state: State,
    people: parties::State,
    now: Instant,
}

impl Permits {
    fn new() -> Self {
        Self { state: State::default(), people: PEOPLE.clone(), now: NINE_ON_MONDAY }
    }

    /// T-1 of P-1, vouched for by O-1.
    fn with_one() -> Self {
        let mut permits = Self::new();
        permits.check("system", issue(1, 1), "issued");
        permits
    }

    fn decide(&self, actor: &str, command: Command) -> Result<Vec<Event>, Refusal> {
        let actor: Actor = actor.parse().unwrap();
        decide(&self.state, &self.people, &PROFILE, command, &Ctx { now: self.now, actor: &actor, rules: &*RULES })
    }

    fn fold(&mut self, events: &[Event]) {
        for event in events {
            evolve(&mut self.state, event, &Recorded { sequence: 0, at: self.now, actor: &Actor::System });
        }
    }

    /// When `actor` gives the command, then these events follow, by name, or this refusal: `refused: code`, with the
    /// rule behind it where it is the rulebook's. What was decided is folded.
    #[track_caller]
    fn check(&mut self, actor: &str, command: Command, want: &str) -> &mut Self {
        let decided = self.decide(actor, command);
        assert_eq!(in_words(&decided), want, "{decided:?}");
        self.fold(&decided.unwrap_or_default());
        self
    }

    /// P-1 withdraws a consent, or gives it again, perhaps to a newer text.
    fn consents(&mut self, consent: &str, version: Option<u32>) -> &mut Self {
        let (person, consent) = (PersonId(1), key(consent));
        let event = match version {
            Some(version) => parties::Event::ConsentGiven { person, consent, version },
            None => parties::Event::ConsentWithdrawn { person, consent },
        };
        parties::evolve(&mut self.people, &event, &Recorded { sequence: 0, at: self.now, actor: &Actor::System });
        self
    }

    fn status(&self, permit: u32) -> Status {
        crate::permit(&self.state, PermitId(permit)).unwrap().status
    }

    fn stopped_for(&self, permit: u32) -> Option<Reason> {
        crate::permit(&self.state, PermitId(permit)).unwrap().stopped_for
    }

    fn thumbprints(&self, permit: u32) -> Vec<&str> {
        let permit = crate::permit(&self.state, PermitId(permit)).unwrap();
        permit.bindings.iter().map(|binding| &binding.thumbprint[..1]).collect()
    }
}

fn in_words(decided: &Result<Vec<Event>, Refusal>) -> String {
    match decided {
        Ok(events) => events.iter().map(name).collect::<Vec<_>>().join(" + "),
        Err(refusal) => match refusal.answer() {
            Some(answer) if answer.policies.is_empty() => "refused: nothing permits it".into(),
            Some(answer) => format!("refused: {}", answer.policies[0]),
            None => format!("refused: {}", refusal.code()),
        },
    }
}

fn name(event: &Event) -> String {
    serde_json::to_value(event).unwrap().as_object().unwrap().keys().next().unwrap().clone()
}

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

fn issue(case: u32, holder: u32) -> Command {
    Command::Issue(Issue {
        case: CaseId(case),
        kind: key("commuter"),
        holder: PersonId(holder),
        organisation: Some(OrganisationId(1)),
        valid_from: NINE_ON_MONDAY,
        valid_until: NINE_ON_MONDAY.plus(365 * Instant::DAY),
        scope: Scope {
            bridges: vec![key("west-bridge")],
            directions: Direction::BOTH.into(),
            minute_from: 390,
            minute_until: 1350,
            weekdays: vec![1, 2, 3, 4, 5],
        },
    })
}

/// An authorisation of O-1, for a year, of fifty pieces.
fn grant(case: u32, holder: u32) -> Command {
    let unit = Localised { zh_hant: "件".into(), zh_hans: "件".into(), en: "pieces".into() };
    Command::Grant(Terms {
        case: CaseId(case),
        kind: key("whitelist-membership"),
        holder: PersonId(holder),
        organisation: Some(OrganisationId(1)),
        valid_from: NINE_ON_MONDAY,
        valid_until: NINE_ON_MONDAY.plus(365 * Instant::DAY),
        balance: Some(Balance { amount: 50, measure: Measure::Unit(unit) }),
    })
}

fn end_grant(grant: u32) -> Command {
    Command::EndGrant { grant: GrantId(grant), reason: Reason::OfficeRequest, note: None }
}

/// A thumbprint of the right length, told from others by its letter.
fn thumbprint(letter: char) -> Box<str> {
    letter.to_string().repeat(43).into()
}

fn bind(permit: u32, letter: char) -> Command {
    Command::BindHolderKey { permit: PermitId(permit), thumbprint: thumbprint(letter), form: Form::Phone }
}

fn unbind(permit: u32, letter: char) -> Command {
    Command::UnbindHolderKey { permit: PermitId(permit), thumbprint: thumbprint(letter) }
}

fn suspend(permit: u32) -> Command {
    suspend_for(permit, Reason::Lost)
}

fn suspend_for(permit: u32, reason: Reason) -> Command {
    Command::Suspend { permit: PermitId(permit), reason, note: None }
}

fn resume(permit: u32) -> Command {
    Command::Resume { permit: PermitId(permit), note: None }
}

fn revoke(permit: u32, reason: Reason) -> Command {
    Command::Revoke { permit: PermitId(permit), reason, note: None }
}

const SOUTH: &str = "officer:P-2:hk-immigration";
const NORTH: &str = "officer:P-3:sz-supervision";

#[test]
fn only_the_platform_issues_and_a_case_issues_once() {
    let mut permits = Permits::new();
    for actor in ["operator", SOUTH, "person:P-1", "anonymous"] {
        permits.check(actor, issue(1, 1), "refused: nothing permits it");
    }
    permits
        .check("system", issue(1, 1), "issued")
        .check("system", issue(1, 1), "refused: case-must-not-have-issued")
        .check("system", issue(2, 1), "issued");
    assert_eq!(crate::of_case(&permits.state, CaseId(2)), Some(PermitId(2)));
    let held: Vec<PermitId> = crate::of_holder(&permits.state, PersonId(1)).map(|(id, _)| id).collect();
    assert_eq!(held, [PermitId(1), PermitId(2)]);
}

#[test]
fn only_the_holder_collects_and_four_devices_at_the_most_are_bound() {
    let mut permits = Permits::with_one();
    permits.check(SOUTH, bind(1, 'a'), "refused: nothing permits it");
    for letter in ['a', 'b', 'c', 'd'] {
        permits.check("person:P-1", bind(1, letter), "holder_key_bound");
    }
    permits.check("person:P-1", bind(1, 'd'), "refused: holder-key-must-be-new").check(
        "person:P-1",
        bind(1, 'e'),
        "holder_key_unbound + holder_key_bound",
    );
    assert_eq!(permits.thumbprints(1), ["b", "c", "d", "e"], "the oldest gave way");
    permits.check("person:P-1", unbind(1, 'c'), "holder_key_unbound").check(
        "person:P-1",
        unbind(1, 'c'),
        "refused: holder-key-must-be-bound",
    );
    assert_eq!(permits.thumbprints(1), ["b", "d", "e"]);
}

#[test]
fn an_officer_of_either_bank_suspends_resumes_and_revokes() {
    let mut permits = Permits::with_one();
    permits.check("person:P-1", suspend(1), "refused: officer-must-not-rule-on-own-permit");
    permits.check("officer:P-4:hk-data", suspend(1), "refused: nothing permits it");
    permits.check(NORTH, suspend(1), "suspended");
    assert_eq!((permits.status(1), permits.stopped_for(1)), (Status::Suspended, Some(Reason::Lost)));
    permits.check(SOUTH, resume(1), "refused: officer-must-not-resume-for-own-employer");
    permits.check(NORTH, resume(1), "resumed");
    assert_eq!((permits.status(1), permits.stopped_for(1)), (Status::Valid, None));
    permits.check(SOUTH, revoke(1, Reason::OfficeRequest), "revoked");
    assert_eq!((permits.status(1), permits.stopped_for(1)), (Status::Revoked, Some(Reason::OfficeRequest)));
    assert_eq!(crate::statuses(&permits.state).collect::<Vec<_>>(), [(1, Status::Revoked)]);
}

#[test]
fn nothing_is_put_in_force_without_every_consent_that_it_rests_on() {
    let refused = "refused: holder-must-have-consented";
    let mut permits = Permits::with_one();
    permits.check(NORTH, suspend(1), "suspended");
    for consent in CONSENTS {
        permits.consents(consent, None).check(NORTH, resume(1), refused).check("system", resume(1), refused);
        permits.check("system", issue(2, 1), refused).consents(consent, Some(2));
    }
    permits.consents("hong-kong-visit", None).check(NORTH, resume(1), "resumed");
    permits.check("system", issue(2, 1), "issued").check("system", issue(3, 2), refused);
}

#[test]
fn only_the_platform_says_that_a_case_was_decided_a_consent_withdrawn_or_a_document_changed() {
    let mut permits = Permits::with_one();
    for reason in [Reason::CaseDecided, Reason::ConsentWithdrawn, Reason::DocumentChanged] {
        permits
            .check(NORTH, suspend_for(1, reason), "refused: reason-must-be-the-actors-to-give")
            .check(NORTH, revoke(1, reason), "refused: reason-must-be-the-actors-to-give")
            .check("person:P-1", suspend_for(1, reason), "refused: officer-must-not-rule-on-own-permit");
    }
    permits.check("system", suspend_for(1, Reason::ConsentWithdrawn), "suspended");
    assert_eq!(permits.stopped_for(1), Some(Reason::ConsentWithdrawn));
}

#[test]
fn an_officer_with_a_cause_takes_over_from_a_withdrawn_consent() {
    let mut permits = Permits::with_one();
    let of_consent = suspend_for(1, Reason::ConsentWithdrawn);
    permits
        .check("system", of_consent.clone(), "suspended")
        .check("system", of_consent.clone(), "refused: permit-must-be-valid")
        .check(NORTH, suspend(1), "suspended");
    assert_eq!((permits.status(1), permits.stopped_for(1)), (Status::Suspended, Some(Reason::Lost)));
    permits.check(NORTH, suspend_for(1, Reason::Misuse), "refused: permit-must-be-valid").check(
        "system",
        of_consent,
        "refused: permit-must-be-valid",
    );
}

#[test]
fn a_changed_document_takes_over_from_a_withdrawn_consent_and_not_the_other_way_round() {
    let mut permits = Permits::with_one();
    let (of_consent, of_document) = (suspend_for(1, Reason::ConsentWithdrawn), suspend_for(1, Reason::DocumentChanged));
    permits.check("system", of_consent.clone(), "suspended").check("system", of_document.clone(), "suspended");
    assert_eq!(permits.stopped_for(1), Some(Reason::DocumentChanged));
    for again in [of_consent, of_document] {
        permits.check("system", again, "refused: permit-must-be-valid");
    }
    permits.check(NORTH, resume(1), "resumed");
}

#[test]
fn no_officer_rules_on_their_own_pass() {
    let mut permits = Permits::with_one();
    let own = "officer:P-1:hk-immigration";
    permits.check(own, suspend(1), "refused: officer-must-not-rule-on-own-permit").check(
        own,
        revoke(1, Reason::Lost),
        "refused: officer-must-not-rule-on-own-permit",
    );
}

#[test]
fn what_is_revoked_stays_revoked() {
    let mut permits = Permits::with_one();
    permits.check("person:P-1", bind(1, 'a'), "holder_key_bound").check(NORTH, revoke(1, Reason::Lost), "revoked");
    for command in [suspend(1), resume(1), revoke(1, Reason::Lost)] {
        permits.check(NORTH, command, "refused: permit-must-not-be-revoked");
    }
    permits.check("person:P-1", bind(1, 'b'), "refused: permit-must-not-be-revoked");
    assert_eq!(permits.thumbprints(1), ["a"], "a presentation of it has to be recognised to be refused");
}

#[test]
fn a_case_grants_or_issues_once_and_a_grant_is_no_pass() {
    let mut permits = Permits::with_one();
    permits
        .check("operator", grant(2, 1), "refused: nothing permits it")
        .check("system", grant(1, 1), "refused: case-must-not-have-issued")
        .check("system", grant(2, 1), "granted")
        .check("system", issue(2, 1), "refused: case-must-not-have-issued")
        .check("system", grant(3, 5), "refused: holder-must-be-known");
    let state = &permits.state;
    assert_eq!(crate::grant_of_case(state, CaseId(2)), Some(GrantId(1)));
    assert_eq!(crate::grants_of_organisation(state, OrganisationId(1)).count(), 1);
    assert_eq!(crate::grants_of_person(state, PersonId(1)).count(), 1);
    assert_eq!(
        (crate::statuses(state).count(), crate::of_holder(state, PersonId(1)).count()),
        (1, 1),
        "the pass alone"
    );
}

#[test]
fn misuse_is_held_against_whoever_vouched_and_nothing_else_is() {
    let mut permits = Permits::with_one();
    let misused = |permits: &Permits| crate::misused_since(&permits.state, OrganisationId(1), NINE_ON_MONDAY);
    permits.check("system", issue(2, 1), "issued").check(NORTH, revoke(1, Reason::Lost), "revoked");
    assert!(!misused(&permits));
    permits.check(NORTH, revoke(2, Reason::Misuse), "revoked");
    assert!(misused(&permits));
    assert!(!crate::misused_since(&permits.state, OrganisationId(1), NINE_ON_MONDAY.plus(1)));
}

#[test]
fn issues_of_a_kind_are_counted_from_an_instant_on() {
    let mut permits = Permits::with_one();
    permits.now = permits.now.plus(Instant::DAY);
    permits.check("system", issue(2, 1), "issued");
    let since = |instant, kind: &str| crate::issued_since(&permits.state, PersonId(1), &key(kind), instant);
    assert_eq!(since(NINE_ON_MONDAY, "commuter"), 2);
    assert_eq!(since(NINE_ON_MONDAY.plus(1), "commuter"), 1);
    assert_eq!(since(NINE_ON_MONDAY, "visitor"), 0);
}
