//! Given a park, when somebody does something, then this is what comes of it: with the zone folder's own offices,
//! services and rules.

mod access;
mod account;
mod capacities;
mod delegations;
mod refusals;

use crate::{Command, DelegatedAct, Event, Refusal, SavedView, Scope, State, decide, evolve, views_of};
use base::{
    Actor, Bank, Ctx, Date, DelegationId, Instant, Key, Language, Localised, OrganisationId, PersonId, Recorded,
};
use base::{Refuse, Rules, Sealed, Subject};
use profile::Profile;
use rulebook::Rulebook;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

const NINE_ON_MONDAY: Instant = Instant(1_795_395_600_000); // 2026-11-23 09:00 in Hong Kong

fn zone_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao")
}

static PROFILE: LazyLock<Profile> = LazyLock::new(|| Profile::load(&zone_folder()).unwrap());
static RULES: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::load(&zone_folder().join("rules")).unwrap());

/// The room under test, and its clock.
struct Park {
    state: State,
    now: Instant,
    sequence: u64,
}

impl Park {
    /// O-1 and O-2; P-1 is a clerk of O-1, P-2 works there, P-3 is an officer of Hong Kong's immigration, P-4 runs the
    /// park on the south bank.
    fn new() -> Self {
        let mut park = Self { state: State::default(), now: NINE_ON_MONDAY, sequence: 0 };
        park.check("operator", register_organisation("One"), "organisation_registered")
            .check("operator", register_organisation("Two"), "organisation_registered")
            .check("operator", register_person(1, Some(1)), "person_registered")
            .check("operator", register_person(2, Some(1)), "person_registered")
            .check("operator", register_person(3, None), "person_registered")
            .check("operator", register_person(4, None), "person_registered")
            .check("operator", appoint_clerk(1, 1), "clerk_appointed")
            .check("operator", appoint(3, "hk-immigration"), "officer_appointed")
            .check("operator", appoint(4, "hk-park-company"), "officer_appointed");
        park
    }

    fn decide(&self, actor: &str, command: Command, rules: &dyn Rules) -> Result<Vec<Event>, Refusal> {
        let actor: Actor = actor.parse().unwrap();
        decide(&self.state, &PROFILE, command, &Ctx { now: self.now, actor: &actor, rules })
    }

    /// When `actor` gives the command, then these events follow, by name, or this refusal: `refused: code`, with the
    /// rules behind it where it is the rulebook's. What was decided is folded.
    #[track_caller]
    fn check(&mut self, actor: &str, command: Command, want: &str) -> &mut Self {
        let decided = self.decide(actor, command, &*RULES);
        assert_eq!(in_words(&decided), want, "{decided:?}");
        let actor: Actor = actor.parse().unwrap();
        for event in decided.iter().flatten() {
            evolve(&mut self.state, event, &Recorded { sequence: self.sequence, at: self.now, actor: &actor });
            self.sequence += 1;
        }
        self
    }

    fn later(&mut self, milliseconds: i64) -> &mut Self {
        self.now = self.now.plus(milliseconds);
        self
    }

    fn person(&self, id: u32) -> &crate::Person {
        crate::person(&self.state, PersonId(id)).unwrap()
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

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn subject(person: u32) -> Subject {
    Subject(format!("subject-of-P-{person}").into())
}

fn sealed(person: u32) -> Sealed {
    Sealed { of: subject(person), ciphertext: "AAAA".into() }
}

fn register_organisation(name: &str) -> Command {
    let name = Localised { zh_hant: name.into(), zh_hans: name.into(), en: name.into() };
    Command::RegisterOrganisation { name, bank: Bank::South, key: None, synthetic: true }
}

fn register_person(number: u32, employer: Option<u32>) -> Command {
    Command::RegisterPerson {
        subject: subject(number),
        details: sealed(number),
        home_bank: Bank::South,
        employer: employer.map(OrganisationId),
        host: None,
        language: Language::ZhHant,
        synthetic: true,
    }
}

/// A visitor for whom an organisation vouches, or somebody's employee besides.
fn register_visitor(number: u32, employer: Option<u32>, host: u32) -> Command {
    Command::RegisterPerson {
        subject: subject(number),
        details: sealed(number),
        home_bank: Bank::South,
        employer: employer.map(OrganisationId),
        host: Some(OrganisationId(host)),
        language: Language::ZhHant,
        synthetic: true,
    }
}

fn appoint(person: u32, office: &str) -> Command {
    Command::AppointOfficer { person: PersonId(person), office: key(office) }
}

fn relieve(person: u32, office: &str) -> Command {
    Command::RelieveOfficer { person: PersonId(person), office: key(office) }
}

fn appoint_clerk(person: u32, organisation: u32) -> Command {
    Command::AppointClerk { person: PersonId(person), organisation: OrganisationId(organisation) }
}

fn relieve_clerk(person: u32, organisation: u32) -> Command {
    Command::RelieveClerk { person: PersonId(person), organisation: OrganisationId(organisation) }
}

fn invite(person: u32, secret: &str, expires_at: Instant) -> Command {
    Command::Invite { person: PersonId(person), secret_digest: secret.into(), expires_at, secret: None }
}

fn mend_details(person: u32) -> Command {
    let details = Sealed { ciphertext: "BBBB".into(), ..sealed(person) };
    Command::MendDetails { person: PersonId(person), details }
}

fn add_passkey(person: u32, name: &str, invited_by: Option<&str>) -> Command {
    let (name, invited_by) = (name.into(), invited_by.map(Into::into));
    Command::AddPasskey { person: PersonId(person), name, credential: sealed(person), invited_by }
}

fn use_passkey(person: u32, name: &str) -> Command {
    Command::UsePasskey { person: PersonId(person), name: name.into(), credential: sealed(person) }
}

fn issue_token(bearer: &str, days: i64) -> Command {
    let expires_at = NINE_ON_MONDAY.plus(days * Instant::DAY);
    Command::IssueToken { bearer: bearer.parse().unwrap(), expires_at }
}

fn revoke_token(token: u32) -> Command {
    Command::RevokeToken { token: base::TokenId(token) }
}

fn remove_passkey(person: u32, name: &str) -> Command {
    Command::RemovePasskey { person: PersonId(person), name: name.into() }
}

fn confirm_document(person: u32, expires: &str) -> Command {
    let (kind, number) = (key("passport"), sealed(person));
    Command::ConfirmDocument { person: PersonId(person), kind, number, expires: date(expires) }
}

fn give_consent(person: u32, consent: &str, version: u32) -> Command {
    Command::GiveConsent { person: PersonId(person), consent: key(consent), version }
}

fn withdraw_consent(person: u32, consent: &str) -> Command {
    Command::WithdrawConsent { person: PersonId(person), consent: key(consent) }
}

fn view(query: &str) -> SavedView {
    SavedView { office: key("hk-immigration"), query: query.into() }
}

/// P-3 is the officer.
fn save_view(query: &str) -> Command {
    Command::SaveView { person: PersonId(3), view: view(query) }
}

fn remove_view(query: &str) -> Command {
    Command::RemoveView { person: PersonId(3), view: view(query) }
}

fn erase(person: u32, case_approved: bool) -> Command {
    Command::Erase { person: PersonId(person), case_approved }
}

/// Everything, in December.
fn december() -> Scope {
    Scope {
        services: BTreeSet::new(),
        acts: DelegatedAct::ALL.into(),
        applications_max: None,
        from: date("2026-12-01"),
        until: date("2026-12-31"),
    }
}

fn for_services(services: &[&str]) -> Scope {
    Scope { services: services.iter().map(|service| key(service)).collect(), ..december() }
}

/// O-1 lets somebody act for it.
fn delegate(person: u32, scope: Scope) -> Command {
    Command::OfferDelegation { organisation: OrganisationId(1), delegate: PersonId(person), scope }
}
