//! Given letters, when the platform writes or sends another, then this is what comes of it.

use crate::{
    Command, Delivery, Event, Issue, Kind, PushEnd, Refusal, State, Undelivered, code_digest, decide, evolve, genuine,
};
use base::{Actor, Bank, CaseId, Ctx, Instant, Key, Language, LetterId, PersonId, Recorded, Refuse, Sealed, Subject};
use profile::Profile;
use rulebook::Rulebook;
use std::path::PathBuf;
use std::sync::LazyLock;

const NOON: Instant = Instant(1_795_406_400_000);
const CODE: &str = "7KQ4-M2XD-9FHT-3CPW";

static RULES: LazyLock<Rulebook> = LazyLock::new(|| {
    Rulebook::load(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao/rules")).unwrap()
});

static PROFILE: LazyLock<Profile> =
    LazyLock::new(|| Profile::load(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao")).unwrap());

/// P-1 is there and an officer of Hong Kong's immigration, P-2 was erased, P-3 is somebody else.
static PEOPLE: LazyLock<parties::State> = LazyLock::new(|| {
    let mut state = parties::State::default();
    let recorded = Recorded { sequence: 0, at: NOON, actor: &Actor::Operator };
    for number in 1..=3 {
        let subject = Subject(format!("subject-{number}").into());
        let registered = parties::Event::PersonRegistered {
            person: PersonId(number),
            subject: subject.clone(),
            details: Sealed { of: subject, ciphertext: "AAAA".into() },
            home_bank: Bank::South,
            employer: None,
            host: None,
            language: Language::En,
            synthetic: true,
        };
        parties::evolve(&mut state, &registered, &recorded);
    }
    let appointed =
        parties::Event::OfficerAppointed { person: PersonId(1), office: Key::new("hk-immigration").unwrap() };
    parties::evolve(&mut state, &appointed, &recorded);
    parties::evolve(&mut state, &parties::Event::PersonErased { person: PersonId(2) }, &recorded);
    state
});

fn issue(letter: u32) -> Issue {
    Issue {
        letter: LetterId(letter),
        kind: Kind::Decision,
        cause: 812,
        case: CaseId(9),
        person: PersonId(1),
        language: Language::ZhHant,
        offices: vec![Key::new("hk-immigration").unwrap()],
        wrote: vec![Bank::South],
        pdf: "a".repeat(64).into(),
        code: code_digest(CODE).into(),
        file: "b".repeat(64).into(),
        by_mail: true,
    }
}

fn decided(state: &State, actor: &Actor, command: Command) -> Result<Vec<Event>, Refusal> {
    decide(state, &PEOPLE, &PROFILE, command, &Ctx { now: NOON, actor, rules: &*RULES })
}

fn fold(state: &mut State, events: &[Event]) {
    for (offset, event) in (0..).zip(events) {
        evolve(state, event, &Recorded { sequence: 900 + offset, at: NOON, actor: &Actor::System });
    }
}

fn with_one() -> State {
    let mut state = State::default();
    let events = decided(&state, &Actor::System, Command::Issue(issue(1))).unwrap();
    fold(&mut state, &events);
    state
}

#[track_caller]
fn refused(state: &State, command: Command, code: &str) {
    let refusal = decided(state, &Actor::System, command).expect_err(code);
    assert_eq!(refusal.code(), code);
}

#[test]
fn a_letter_is_issued_once_for_what_it_tells_of_and_once_more_in_another_language() {
    let mut state = with_one();
    refused(&state, Command::Issue(issue(2)), "letter-must-be-new");
    let in_english = Issue { language: Language::En, ..issue(2) };
    let events = decided(&state, &Actor::System, Command::Issue(in_english)).unwrap();
    fold(&mut state, &events);
    assert_eq!(crate::of_case(&state, CaseId(9)).count(), 2);
    let of_another_decision = Issue { cause: 813, ..issue(3) };
    assert!(decided(&state, &Actor::System, Command::Issue(of_another_decision)).is_ok());
}

#[test]
fn the_number_that_was_printed_on_it_has_to_be_the_next() {
    refused(&with_one(), Command::Issue(Issue { cause: 1, ..issue(1) }), "letter-must-be-next");
    refused(&with_one(), Command::Issue(Issue { cause: 1, ..issue(3) }), "letter-must-be-next");
}

#[test]
fn nobody_but_the_platform_writes_letters() {
    for actor in ["operator", "person:P-1", "officer:P-1:hk-immigration", "clerk:P-1:O-1", "anonymous"] {
        let actor: Actor = actor.parse().unwrap();
        for command in [Command::Issue(issue(1)), Command::NoteSent { letter: LetterId(1) }] {
            assert_eq!(decided(&with_one(), &actor, command), Err(Refusal::PlatformMustAct), "{actor}");
        }
    }
}

#[test]
fn nothing_is_written_to_somebody_unknown_or_erased() {
    for person in [2, 4] {
        let issue = Issue { person: PersonId(person), ..issue(1) };
        refused(&State::default(), Command::Issue(issue), "recipient-must-be-known");
    }
}

#[test]
fn a_digest_that_is_none_is_refused() {
    for wrong in ["", "a", &"A".repeat(64), &"g".repeat(64), &"a".repeat(65)] {
        let wrong: Box<str> = wrong.into();
        for issue in [
            Issue { pdf: wrong.clone(), ..issue(1) },
            Issue { code: wrong.clone(), ..issue(1) },
            Issue { file: wrong.clone(), ..issue(1) },
        ] {
            refused(&State::default(), Command::Issue(issue), "digests-must-be-well-formed");
        }
    }
}

#[test]
fn whether_it_was_delivered_is_noted_once() {
    let sent = || Command::NoteSent { letter: LetterId(1) };
    let failed = || Command::NoteUndelivered { letter: LetterId(1), reason: Undelivered::Refused };
    for (first, delivery) in [(sent(), Delivery::Sent(NOON)), (failed(), Delivery::Failed(Undelivered::Refused))] {
        let mut state = with_one();
        let events = decided(&state, &Actor::System, first).unwrap();
        fold(&mut state, &events);
        assert_eq!(crate::letter(&state, LetterId(1)).unwrap().delivery, delivery);
        refused(&state, sent(), "letter-must-be-undelivered");
        refused(&state, failed(), "letter-must-be-undelivered");
    }
    refused(&State::default(), sent(), "letter-must-be-known");
}

#[test]
fn whoever_has_the_code_learns_that_it_is_genuine_however_they_type_it() {
    let state = with_one();
    for typed in [CODE, "7kq4m2xd9fht3cpw", " 7KQ4 M2XD 9FHT 3CPW "] {
        assert_eq!(genuine(&state, LetterId(1), typed).map(|letter| letter.entry), Some(900), "{typed}");
    }
    for typed in ["", "7KQ4-M2XD-9FHT-3CPV", "7KQ4"] {
        assert!(genuine(&state, LetterId(1), typed).is_none(), "{typed}");
    }
    assert!(genuine(&state, LetterId(2), CODE).is_none());
}

fn open_feed(person: u32, office: Option<&str>, digest: char) -> Command {
    let secret = Sealed { of: Subject(format!("subject-{person}").into()), ciphertext: "AAAA".into() };
    Command::OpenFeed {
        person: PersonId(person),
        office: office.map(|office| Key::new(office).unwrap()),
        digest: digest.to_string().repeat(64).into(),
        secret,
    }
}

fn by(actor: &str) -> Actor {
    actor.parse().unwrap()
}

#[test]
fn a_feed_is_opened_by_its_person_and_a_new_address_ends_the_old_one() {
    let mut state = State::default();
    for digest in ['a', 'b'] {
        let events = decided(&state, &by("person:P-1"), open_feed(1, None, digest)).unwrap();
        fold(&mut state, &events);
    }
    let of_office = || open_feed(1, Some("hk-immigration"), 'c');
    assert_eq!(decided(&state, &by("officer:P-1:hk-immigration"), of_office()).unwrap_err().code(), "ruled-out");
    let events = decided(&state, &by("person:P-1"), of_office()).unwrap();
    fold(&mut state, &events);
    assert!(crate::feed(&state, &"a".repeat(64)).is_none(), "replaced");
    assert_eq!(crate::feed(&state, &"b".repeat(64)).map(|feed| feed.office.is_none()), Some(true));
    assert_eq!(crate::feeds_of(&state, PersonId(1)).len(), 2);
    let close = Command::CloseFeed { person: PersonId(1), office: None };
    let events = decided(&state, &by("person:P-1"), close.clone()).unwrap();
    fold(&mut state, &events);
    assert!(crate::feed(&state, &"b".repeat(64)).is_none());
    assert_eq!(decided(&state, &by("person:P-1"), close), Err(Refusal::FeedMustBeOpen));
}

#[test]
fn nobody_opens_anothers_feed_or_that_of_an_office_they_do_not_hold() {
    let state = State::default();
    for actor in ["person:P-3", "officer:P-3:hk-immigration", "anonymous", "system", "operator"] {
        let refused = decided(&state, &by(actor), open_feed(1, None, 'a')).unwrap_err();
        assert_eq!(refused.code(), "ruled-out", "{actor}");
    }
    let refused = decided(&state, &by("person:P-3"), open_feed(3, Some("hk-immigration"), 'a')).unwrap_err();
    assert_eq!(refused.code(), "office-must-be-held");
    let borrowed = match open_feed(1, None, 'a') {
        Command::OpenFeed { person, office, digest, .. } => Command::OpenFeed {
            person,
            office,
            digest,
            secret: Sealed { of: Subject("subject-3".into()), ciphertext: "AAAA".into() },
        },
        other => other,
    };
    assert_eq!(decided(&state, &by("person:P-1"), borrowed), Err(Refusal::DigestsMustBeWellFormed));
}

fn subscribe(person: u32, digest: char) -> Command {
    let subscription = Sealed { of: Subject(format!("subject-{person}").into()), ciphertext: "AAAA".into() };
    Command::SubscribePush { person: PersonId(person), digest: digest.to_string().repeat(64).into(), subscription }
}

fn end_push(person: u32, digest: char) -> Command {
    Command::EndPush { person: PersonId(person), digest: digest.to_string().repeat(64).into() }
}

fn then(state: &mut State, actor: &str, command: Command) -> Vec<Event> {
    let events = decided(state, &by(actor), command).unwrap();
    fold(state, &events);
    events
}

#[test]
fn a_person_turns_pushes_on_and_off_and_a_browser_is_the_last_ones() {
    let mut state = State::default();
    then(&mut state, "person:P-1", subscribe(1, 'a'));
    let as_officer = decided(&state, &by("officer:P-1:hk-immigration"), subscribe(1, 'b'));
    assert_eq!(as_officer.unwrap_err().code(), "ruled-out", "it is the person's own");
    then(&mut state, "person:P-1", subscribe(1, 'b'));
    let again = then(&mut state, "person:P-1", subscribe(1, 'a'));
    assert_eq!(again.len(), 2, "with other keys: {again:?}");
    assert_eq!(crate::pushes_of(&state, PersonId(1)).count(), 2);
    let moved = then(&mut state, "person:P-3", subscribe(3, 'a'));
    assert!(matches!(&moved[0], Event::PushEnded { person: PersonId(1), reason: PushEnd::Replaced, .. }), "{moved:?}");
    assert_eq!(crate::push(&state, &"a".repeat(64)).map(|push| push.person), Some(PersonId(3)));
    assert_eq!(crate::pushes_of(&state, PersonId(1)).count(), 1);
    assert_eq!(decided(&state, &by("person:P-1"), end_push(1, 'a')), Err(Refusal::PushMustBeSubscribed), "another's");
    then(&mut state, "person:P-1", end_push(1, 'b'));
    assert_eq!(decided(&state, &by("person:P-1"), end_push(1, 'b')), Err(Refusal::PushMustBeSubscribed));
    let gone = Command::NotePushGone { person: PersonId(3), digest: "a".repeat(64).into() };
    assert_eq!(decided(&state, &by("person:P-3"), gone.clone()), Err(Refusal::PlatformMustAct));
    then(&mut state, "system", gone.clone());
    assert_eq!(decided(&state, &Actor::System, gone), Err(Refusal::PushMustBeSubscribed));
    assert!(state.pushes.is_empty() && state.pushes_of.is_empty());
}

#[test]
fn nobody_subscribes_for_another_nor_more_browsers_than_anybody_has() {
    let mut state = State::default();
    for actor in ["person:P-3", "officer:P-3:hk-immigration", "anonymous", "system", "operator"] {
        assert_eq!(decided(&state, &by(actor), subscribe(1, 'a')).unwrap_err().code(), "ruled-out", "{actor}");
        assert_eq!(decided(&state, &by(actor), end_push(1, 'a')).unwrap_err().code(), "ruled-out", "{actor}");
    }
    assert_eq!(decided(&state, &by("person:P-2"), subscribe(2, 'a')).unwrap_err().code(), "ruled-out", "erased");
    let Command::SubscribePush { digest, .. } = subscribe(1, 'a') else { unreachable!() };
    let Command::SubscribePush { subscription, .. } = subscribe(3, 'a') else { unreachable!() };
    let borrowed = Command::SubscribePush { person: PersonId(1), digest, subscription };
    assert_eq!(decided(&state, &by("person:P-1"), borrowed), Err(Refusal::DigestsMustBeWellFormed));
    for digest in ('0'..='9').take(crate::PUSHES_MAX) {
        then(&mut state, "person:P-1", subscribe(1, digest));
    }
    let max = crate::PUSHES_MAX;
    assert_eq!(decided(&state, &by("person:P-1"), subscribe(1, 'f')), Err(Refusal::PushesMustBeFew { max }));
    then(&mut state, "person:P-1", subscribe(1, '0'));
}
