//! The people, permits and zone that the crossings of these tests look into.

use super::{NINE_ON_MONDAY, thumbprint};
use base::{Actor, Bank, CaseId, Direction, Instant, Key, Language, PermitId, PersonId, Recorded, Sealed, Subject};
use permits::{Event, Form, Issue, Scope};
use profile::Profile;
use rulebook::Rulebook;
use std::path::PathBuf;
use std::sync::LazyLock;

fn zone_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../zones/hetao")
}

pub static PROFILE: LazyLock<Profile> = LazyLock::new(|| Profile::load(&zone_folder()).unwrap());
pub static RULES: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::load(&zone_folder().join("rules")).unwrap());

pub fn key(text: &str) -> Key {
    text.parse().unwrap()
}

const RECORDED: Recorded = Recorded { sequence: 0, at: NINE_ON_MONDAY, actor: &Actor::System };

/// P-1 and P-2 are travellers with a document until the end of 30 November, P-6 one without. P-3 is an immigration
/// officer in Hong Kong, P-4 in Shenzhen, P-5 runs the park.
pub fn people() -> parties::State {
    let mut state = parties::State::default();
    for number in 1..=6 {
        let (person, subject) = (PersonId(number), Subject(format!("subject-{number}").into()));
        let sealed = Sealed { of: subject.clone(), ciphertext: "AAAA".into() };
        let registered = parties::Event::PersonRegistered {
            person,
            subject,
            details: sealed.clone(),
            home_bank: Bank::South,
            employer: None,
            host: None,
            language: Language::En,
            synthetic: true,
        };
        parties::evolve(&mut state, &registered, &RECORDED);
        let event = match number {
            1 | 2 => parties::Event::DocumentConfirmed {
                person,
                kind: key("passport"),
                number: sealed,
                expires: "2026-11-30".parse().unwrap(),
            },
            3 => parties::Event::OfficerAppointed { person, office: key("hk-immigration") },
            4 => parties::Event::OfficerAppointed { person, office: key("sz-exit-entry") },
            5 => parties::Event::OfficerAppointed { person, office: key("hk-park-company") },
            _ => continue,
        };
        parties::evolve(&mut state, &event, &RECORDED);
    }
    state
}

fn scope() -> Scope {
    Scope {
        bridges: vec![key("west-bridge"), key("east-bridge")],
        directions: Direction::BOTH.into(),
        minute_from: 390,
        minute_until: 1350,
        weekdays: (1..=7).collect(),
    }
}

/// Commuter passes of P-1 (T-1), P-2 (T-2) and P-6 (T-3); T-4 is a visitor's, P-2's. Each is on a phone with the key `a`
/// and on a card with the key `b`.
pub fn permits_of_the_world() -> permits::State {
    let mut state = permits::State::default();
    for (number, holder, kind) in [(1, 1, "commuter"), (2, 2, "commuter"), (3, 6, "commuter"), (4, 2, "visitor")] {
        issue(&mut state, number, holder, kind, scope(), 30);
    }
    state
}

pub fn issue(state: &mut permits::State, number: u32, holder: u32, kind: &str, scope: Scope, days: i64) {
    let permit = PermitId(number);
    let issue = Issue {
        case: CaseId(number),
        kind: key(kind),
        holder: PersonId(holder),
        organisation: None,
        valid_from: NINE_ON_MONDAY,
        valid_until: NINE_ON_MONDAY.plus(days * Instant::DAY),
        scope,
    };
    permits::evolve(state, &Event::Issued { permit, issue }, &RECORDED);
    for (letter, form) in [('a', Form::Phone), ('b', Form::Card)] {
        let bound = Event::HolderKeyBound { permit, thumbprint: thumbprint(letter), form };
        permits::evolve(state, &bound, &RECORDED);
    }
}

/// T-5 of P-1, for a scope other than everybody's.
pub fn with_scope(state: &mut permits::State, change: impl FnOnce(&mut Scope)) {
    let mut scope = scope();
    change(&mut scope);
    issue(state, 5, 1, "commuter", scope, 30);
}
