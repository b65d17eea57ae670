//! The people, permits and zone that the cases of these tests look into.

use super::NINE_ON_MONDAY;
use base::{Actor, Bank, CaseId, Instant, Key, Language, Localised, OrganisationId, PermitId, PersonId};
use base::{Recorded, Sealed, Subject};
use profile::Profile;
use rulebook::Rulebook;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

fn zone_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao")
}

/// The zone with a few services more, one for each way in which legs come to an outcome.
pub static PROFILE: LazyLock<Profile> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    copy(&zone_folder(), folder.path());
    let more = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/services");
    copy(&more, &folder.path().join("services"));
    Profile::load(folder.path()).unwrap_or_else(|faults| panic!("{faults:#?}"))
});

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub static RULES: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::load(&zone_folder().join("rules")).unwrap());

pub fn key(text: &str) -> Key {
    text.parse().unwrap()
}

pub fn subject(person: u32) -> Subject {
    Subject(format!("subject-of-P-{person}").into())
}

pub fn sealed(person: u32) -> Sealed {
    Sealed { of: subject(person), ciphertext: "AAAA".into() }
}

/// O-1 and O-2. P-1 is the clerk of O-1 and P-2 works there, as does P-5, who is an officer besides. P-3 and P-5 are of
/// Hong Kong's immigration, P-4 of Shenzhen's, P-7 of the supervision office, P-9 looks after personal data. P-6 is
/// erased, P-8 a visitor of O-1, P-10 has neither document nor consents, P-11 no consents; P-12 is of Hong
/// Kong's immigration too, without any interest.
pub static PEOPLE: LazyLock<parties::State> = LazyLock::new(|| {
    let mut state = parties::State::default();
    let recorded = Recorded { sequence: 0, at: NINE_ON_MONDAY, actor: &Actor::Operator };
    let mut fold = |event| parties::evolve(&mut state, &event, &recorded);
    for number in 1..=2 {
        let (organisation, name) = (OrganisationId(number), Localised::default());
        fold(parties::Event::OrganisationRegistered {
            organisation,
            name,
            bank: Bank::South,
            key: None,
            synthetic: true,
        });
    }
    for number in 1..=12 {
        fold(parties::Event::PersonRegistered {
            person: PersonId(number),
            subject: subject(number),
            details: sealed(number),
            home_bank: Bank::North,
            employer: [1, 2, 5, 10, 11].contains(&number).then_some(OrganisationId(1)),
            host: (number == 8).then_some(OrganisationId(1)),
            language: Language::ZhHans,
            synthetic: true,
        });
    }
    fold(parties::Event::ClerkAppointed { person: PersonId(1), organisation: OrganisationId(1) });
    for (person, office) in [
        (2, "hk-immigration"),
        (3, "hk-immigration"),
        (4, "sz-exit-entry"),
        (5, "hk-immigration"),
        (7, "hk-supervision"),
        (9, "hk-data"),
        (12, "hk-immigration"),
        (12, "hk-innovation"),
    ] {
        fold(parties::Event::OfficerAppointed { person: PersonId(person), office: key(office) });
    }
    for person in [2, 8, 11].map(PersonId) {
        let (kind, number, expires) = (key("passport"), sealed(person.0), "2031-05-01".parse().unwrap());
        fold(parties::Event::DocumentConfirmed { person, kind, number, expires });
    }
    for person in [2, 8].map(PersonId) {
        for consent in ["hong-kong-clearance", "shenzhen-clearance", "hong-kong-visit", "shenzhen-visit"] {
            fold(parties::Event::ConsentGiven { person, consent: key(consent), version: 1 });
        }
    }
    fold(parties::Event::PersonErased { person: PersonId(6) });
    state
});

/// T-1 of P-2, vouched for by O-1; T-2 of P-8, vouched for by O-2 and revoked for misuse; T-3 of P-2, for a year.
pub static PERMITS: LazyLock<permits::State> = LazyLock::new(|| {
    let mut state = permits::State::default();
    let recorded = Recorded { sequence: 0, at: NINE_ON_MONDAY, actor: &Actor::System };
    for (number, kind, holder, organisation, days) in
        [(1, "commuter", 2, 1, 1), (2, "visitor", 8, 2, 1), (3, "commuter", 2, 1, 365)]
    {
        let issue = permits::Issue {
            case: CaseId(900 + number),
            kind: key(kind),
            holder: PersonId(holder),
            organisation: Some(OrganisationId(organisation)),
            valid_from: NINE_ON_MONDAY,
            valid_until: NINE_ON_MONDAY.plus(days * Instant::DAY),
            scope: permits::Scope::default(),
        };
        permits::evolve(&mut state, &permits::Event::Issued { permit: PermitId(number), issue }, &recorded);
    }
    let misused = permits::Event::Revoked { permit: PermitId(2), reason: permits::Reason::Misuse, note: None };
    permits::evolve(&mut state, &misused, &recorded);
    state
});
