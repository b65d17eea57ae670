//! Whatever is done in whatever order, by whomever, nonsense included: the park keeps its promises, and its log tells all.

use super::*;
use crate::replay::{decode, fold};
use base::{Language, Outcome};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What somebody tries. The numbers count back from the latest that is still open, or hit what is over, or nothing.
#[derive(Debug, Clone)]
enum Step {
    Open(&'static str, u32),
    Revocation(u32),
    Erasure(u32),
    /// Of a person in their own name.
    Own(&'static str, u32),
    /// Of an organisation, for a class of goods.
    Goods(&'static str),
    EndGrant(u32),
    Enrol(u32, bool),
    Submit(u32),
    Withdraw(u32),
    Decide(u32, &'static str, bool),
    Ask(u32, &'static str),
    Answer(u32, &'static str),
    Bind(u32),
    Show(u32, &'static str, Vec<Bank>),
    Complete(u32),
    Resolve(u32, Bank),
    Settle(u32, people::Settlement),
    Suspend(u32),
    Resume(u32),
    Revoke(u32),
    /// By the person.
    Declare(u32, Command),
    Erase(u32),
}

const ACTORS: [&str; 10] = [
    "clerk:P-1:O-1",
    "person:P-2",
    "person:P-7",
    "officer:P-3:hk-immigration",
    "officer:P-4:sz-exit-entry",
    "officer:P-5:hk-supervision",
    "officer:P-2:hk-immigration",
    "gate:west-south",
    "system",
    "anonymous",
];

fn any_step() -> impl Strategy<Value = Step> {
    let id = || prop::sample::select(vec![1_u32, 1, 1, 1, 2, 3]);
    let person = || prop::sample::select(vec![2_u32, 2, 7, 7, 3, 99]);
    let leg = || {
        prop::sample::select(vec![
            "hong-kong",
            "hong-kong",
            "hong-kong",
            "shenzhen",
            "shenzhen",
            "shenzhen",
            "supervision",
            "supervision",
            "opinion",
            "opinion",
            "inspection",
            "data",
        ])
    };
    let own = prop::sample::select(vec!["any-of-two", "quorum-of-three", "recognised"]);
    let gate = prop::sample::select(vec!["west-south", "west-north", "east-south", "east-north"]);
    let service = prop::sample::select(vec!["commuter-pass", "commuter-pass", "commuter-pass", "pass-revocation"]);
    let listed = prop_oneof![6 => Just(vec![]), 1 => Just(vec![Bank::North]), 1 => Just(vec![Bank::South])];
    let bank = prop::sample::select(Bank::BOTH.to_vec());
    let settlement = prop::sample::select(vec![people::Settlement::LetPass, people::Settlement::TurnAway]);
    let back = || prop::sample::select(vec![0_u32, 0, 0, 0, 1, 2, 9]);
    let declare = person().prop_flat_map(|person| {
        let commands = vec![
            withdraw_consent(person, "hong-kong-clearance"),
            give_consent(person, "hong-kong-clearance"),
            set_language(person, Language::En),
        ];
        prop::sample::select(commands).prop_map(move |command| Step::Declare(person, command))
    });
    prop_oneof![
        3 => (service, person()).prop_map(|(service, person)| Step::Open(service, person)),
        1 => id().prop_map(Step::Revocation),
        1 => person().prop_map(Step::Erasure),
        2 => (own, person()).prop_map(|(service, person)| Step::Own(service, person)),
        2 => prop::sample::select(vec!["c", "d"]).prop_map(Step::Goods),
        1 => (1..4_u32).prop_map(Step::EndGrant),
        1 => (8..18_u32, any::<bool>()).prop_map(|(number, visitor)| Step::Enrol(number, visitor)),
        5 => id().prop_map(Step::Submit),
        1 => id().prop_map(Step::Withdraw),
        14 => (id(), leg(), prop::bool::weighted(0.9)).prop_map(|(id, leg, yes)| Step::Decide(id, leg, yes)),
        2 => (id(), leg()).prop_map(|(id, leg)| Step::Ask(id, leg)),
        3 => (id(), leg()).prop_map(|(id, leg)| Step::Answer(id, leg)),
        6 => id().prop_map(Step::Bind),
        20 => (id(), gate, listed)
            .prop_map(|(permit, gate, listed)| Step::Show(permit, gate, listed)),
        12 => back().prop_map(Step::Complete),
        2 => (back(), bank).prop_map(|(back, bank)| Step::Resolve(back, bank)),
        4 => (back(), settlement).prop_map(|(back, settlement)| Step::Settle(back, settlement)),
        2 => id().prop_map(Step::Suspend),
        4 => id().prop_map(Step::Resume),
        1 => id().prop_map(Step::Revoke),
        3 => declare,
        1 => prop::sample::select(vec![7_u32, 99, 3, 2]).prop_map(Step::Erase),
    ]
}

/// Mostly one step, now and then a few that stand or fall together; mostly by whoever may, else by anybody.
fn any_turn() -> impl Strategy<Value = (Option<&'static str>, Vec<Step>, i64)> {
    let steps = prop_oneof![
        6 => any_step().prop_map(|step| vec![step]),
        1 => prop::collection::vec(any_step(), 2..4)
    ];
    let actor = prop_oneof![5 => Just(None), 1 => prop::sample::select(ACTORS.to_vec()).prop_map(Some)];
    (actor, steps, 0..10 * Instant::MINUTE)
}

/// Whom a case is about.
fn subject_of(park: &Park, case: u32) -> u32 {
    cases::case(&park.zone().cases, CaseId(case)).map_or(2, |case| case.subject.0)
}

/// The latest case still open but so many, or any.
fn open_case(park: &Park, back: u32) -> u32 {
    let open = |case: &cases::Case| !matches!(case.stage, cases::Stage::Decided(_));
    let open = park.zone().cases.cases.iter().rev().filter(|(_, case)| open(case)).nth(back as usize - 1);
    open.map_or(back, |(id, _)| id.0)
}

/// The latest permit but so many, or none.
fn permit(park: &Park, back: u32) -> u32 {
    park.zone().permits.permits.keys().rev().nth(back as usize - 1).map_or(back, |id| id.0)
}

/// The latest open passage but so many, or one that is over or never was.
fn passage(park: &Park, back: u32) -> u32 {
    let people = &park.zone().people;
    people.passages.keys().rev().nth(back as usize).map_or(people.last_passage.0.saturating_sub(back), |open| open.0)
}

fn referral(park: &Park, back: u32) -> u32 {
    park.zone().people.referrals.keys().rev().nth(back as usize).map_or(back, |open| open.0)
}

/// Who would do it, and how.
fn play(park: &Park, step: Step) -> (String, Command) {
    let (open_case, permit) = (|back| open_case(park, back), |back| permit(park, back));
    let officer = |leg: &str| match leg {
        "hong-kong" => "officer:P-3:hk-immigration",
        "shenzhen" | "inspection" => "officer:P-4:sz-exit-entry",
        "supervision" => "officer:P-5:hk-supervision",
        _ => "officer:P-6:hk-data",
    };
    let either = officer(if park.zone().size.is_multiple_of(2) { "hong-kong" } else { "shenzhen" });
    let subject = |case: u32| format!("person:P-{}", subject_of(park, case));
    let clerk = "clerk:P-1:O-1";
    match step {
        Step::Open(service, person) => (clerk.into(), open(service, person)),
        Step::Revocation(permit) => {
            (either.into(), open_alone("pass-revocation", cases::About::Permit(PermitId(permit))))
        }
        Step::Erasure(person) => {
            let about = cases::About::Person(PersonId(person));
            (format!("person:P-{person}"), open_alone("personal-data-erasure", about))
        }
        Step::Own(service, person) => {
            (format!("person:P-{person}"), open_alone(service, cases::About::Person(PersonId(person))))
        }
        Step::Goods(class) => (clerk.into(), open_goods(class)),
        Step::EndGrant(grant) => (either.into(), end_grant(grant)),
        Step::Enrol(number, true) => (clerk.into(), enrol(park, number, None, "visitor-pass", Some("2026-11-24"))),
        Step::Enrol(number, false) => (clerk.into(), enrol(park, number, Some(1), "commuter-pass", None)),
        Step::Submit(back) => (subject(open_case(back)), submit(open_case(back))),
        Step::Withdraw(back) => (subject(open_case(back)), withdraw(open_case(back))),
        Step::Decide(back, leg, yes) => {
            let case = open_case(back);
            let what = match (leg, yes) {
                ("opinion", true) => cases::LegVerdict::Supported,
                ("opinion", false) => cases::LegVerdict::Objected,
                (_, true) => cases::LegVerdict::Approved,
                (_, false) => cases::LegVerdict::Refused,
            };
            (officer(leg).into(), verdict(park, case, leg, subject_of(park, case), what))
        }
        Step::Ask(back, leg) => {
            let case = open_case(back);
            (officer(leg).into(), ask(park, case, leg, subject_of(park, case)))
        }
        Step::Answer(back, leg) => {
            let case = open_case(back);
            (clerk.into(), answer(park, case, leg, subject_of(park, case)))
        }
        Step::Bind(back) => {
            let known = permits::permit(&park.zone().permits, PermitId(permit(back)));
            (format!("person:{}", known.map_or(PersonId(2), |known| known.issue.holder)), bind(permit(back)))
        }
        Step::Show(back, gate, listed) => (format!("gate:{gate}"), present(park, permit(back), gate, listed)),
        Step::Complete(back) => ("gate:west-north".into(), complete(passage(park, back))),
        Step::Resolve(back, place) => (either.into(), resolve(passage(park, back), place)),
        Step::Settle(back, settlement) => (either.into(), settle(referral(park, back), settlement)),
        Step::Suspend(back) => (either.into(), suspend(permit(back))),
        Step::Resume(back) => (either.into(), resume(permit(back))),
        Step::Revoke(back) => (either.into(), revoke(permit(back))),
        Step::Declare(person, command) => (format!("person:P-{person}"), command),
        Step::Erase(person) => ("operator".into(), erase(person)),
    }
}

/// P-7 is another commuter; C-1 and C-2 wait for both banks, T-1 is in force where it is the second part of the day.
fn beginning(with_pass: bool) -> Park {
    let mut park = if with_pass { Park::with_pass() } else { Park::new() };
    let seventh = register_person(&park, 7, Some(1));
    park.submit("operator", vec![seventh], None).unwrap();
    for person in if with_pass { vec![7] } else { vec![2, 7] } {
        park.declares(person, &["hong-kong-clearance", "shenzhen-clearance"]);
        park.check("clerk:P-1:O-1", open("commuter-pass", person), "opened");
    }
    park
}

fn check_zone(zone: &Zone) -> Result<(), TestCaseError> {
    for (id, permit) in &zone.permits.permits {
        let case = cases::case(&zone.cases, permit.issue.case).unwrap();
        prop_assert_eq!(case.stage, cases::Stage::Decided(cases::Outcome::Approved), "{}", id);
        let service = &PROFILE.services[&case.service];
        prop_assert_eq!(case.legs.len(), service.legs.len());
        prop_assert!(case.legs.iter().all(|leg| leg.state == cases::LegState::Approved), "{id} needs every leg");
        prop_assert_eq!(permit.issue.holder, case.subject);
    }
    for (id, grant) in &zone.permits.grants.all {
        let case = cases::case(&zone.cases, grant.terms.case).unwrap();
        prop_assert_eq!(case.stage, cases::Stage::Decided(cases::Outcome::Approved), "{}", id);
        prop_assert_eq!(grant.terms.balance.as_ref().map(|balance| balance.amount), case.disclosed.balance);
        let approved = |leg: &str| {
            case.legs.iter().any(|known| known.key.as_str() == leg && known.state == cases::LegState::Approved)
        };
        let class_d = case.disclosed.choices.values().any(|class| class.as_str() == "d");
        let enough = match case.service.as_str() {
            "in-order" => approved("hong-kong") && approved("shenzhen") && (approved("inspection") || !class_d),
            "quorum-of-three" => {
                ["hong-kong", "shenzhen", "supervision"].iter().filter(|leg| approved(leg)).count() >= 2
            }
            "recognised" => approved("hong-kong"),
            other => return Err(TestCaseError::fail(format!("{other} grants nothing"))),
        };
        prop_assert!(enough, "{id} has every approval that its service asks for");
    }
    let on_bank = |bank| move |presence: &&people::Presence| presence.place == people::Place::On(bank);
    let on = |bank| zone.people.presence.values().filter(on_bank(bank)).count() as u32;
    prop_assert_eq!(people::presence_counts(&zone.people), (on(Bank::North), on(Bank::South)));
    for open in zone.people.passages.values() {
        prop_assert!(PROFILE.office(&open.office).is_some());
    }
    for person in zone.parties.persons.iter().filter(|(_, person)| person.erased).map(|(id, _)| *id) {
        let passes = permits::of_holder(&zone.permits, person);
        prop_assert!(passes.into_iter().all(|(_, permit)| permit.status == permits::Status::Revoked));
        let open = |case: &cases::Case| !matches!(case.stage, cases::Stage::Decided(_));
        prop_assert!(!cases::of_subject(&zone.cases, person).any(|(_, case)| open(case)));
    }
    Ok(())
}

/// What an event must not be, given the zone as it stood just before it: what was done earlier in the same submission counts.
fn check_event(before: &Zone, event: &Event) -> Result<(), TestCaseError> {
    match event {
        Event::People(people::Event::PresentationDecided(decision)) if decision.outcome == Outcome::Permitted => {
            let status = permits::permit(&before.permits, decision.permit.unwrap()).unwrap().status;
            prop_assert_eq!(status, permits::Status::Valid, "a stopped pass does not pass");
        }
        Event::Cases(cases::Event::LegDecided { case, leg, officer: Some(officer), .. }) => {
            let case = cases::case(&before.cases, *case).unwrap();
            let person = parties::person(&before.parties, *officer).unwrap();
            let leg = case.legs.iter().find(|known| known.key == *leg).unwrap();
            prop_assert!(person.offices.contains(&leg.office));
            prop_assert!(*officer != case.subject && *officer != case.applicant);
            prop_assert!(person.employer.is_none() || person.employer != case.organisation);
        }
        _ => {}
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_park_keeps_its_promises_and_its_log_tells_all(
        with_pass in prop::bool::weighted(0.75),
        turns in prop::collection::vec(any_turn(), 20..90),
        saved_after in any::<prop::sample::Index>(),
        keyed in prop::collection::vec(prop::bool::weighted(0.2), 90),
    ) {
        let mut park = beginning(with_pass);
        let (mut acknowledged, mut saved) = (BTreeMap::new(), park.zone().clone());
        let saved_after = saved_after.index(turns.len());
        for (number, (actor, steps, later)) in turns.into_iter().enumerate() {
            park.later(later);
            let before = park.zone().clone();
            let (able, commands): (Vec<String>, Vec<Command>) = steps.into_iter().map(|step| play(&park, step)).unzip();
            let actor = actor.unwrap_or(&able[0]);
            let key = keyed[number].then(|| format!("key-{number}"));
            match park.submit(actor, commands, key.as_deref()) {
                Ok(receipt) => {
                    prop_assert_eq!(receipt.first, before.size);
                    let mut standing = before;
                    for (sequence, event) in (receipt.first..).zip(receipt.events.iter()) {
                        check_event(&standing, event)?;
                        let stored = decode(sequence, &park.kernel.reader().entry(sequence).unwrap().unwrap()).unwrap();
                        prop_assert_eq!(&stored.event, event, "entry {}", sequence);
                        fold(&mut standing, sequence, &stored);
                        acknowledged.insert(sequence, event.clone());
                    }
                    prop_assert_eq!(&standing, park.zone());
                }
                Err(_) => prop_assert_eq!(park.zone(), &before, "what is refused leaves nothing"),
            }
            check_zone(park.zone())?;
            if number == saved_after {
                saved = park.zone().clone();
            }
        }
        let reader = park.kernel.reader();
        for (sequence, event) in &acknowledged {
            let stored = Envelope::decode(&reader.entry(*sequence).unwrap().unwrap()).unwrap();
            prop_assert_eq!(&stored.event, event, "entry {}", sequence);
        }
        prop_assert_eq!(&park.replayed(), park.zone());
        let from_snapshot = through_a_file(&saved);
        prop_assert_eq!(&from_snapshot, &saved);
        let caught_up = replay(reader, from_snapshot, reader.size(), true, &mut |_| {}).unwrap().zone;
        prop_assert_eq!(&caught_up, park.zone());
        prop_assert_eq!(digest(&caught_up).unwrap(), digest(park.zone()).unwrap());
    }
}

fn through_a_file(zone: &Zone) -> Zone {
    let folder = tempfile::tempdir().unwrap();
    let snapshots = Snapshots::new(folder.path()).unwrap();
    snapshots.save(zone).unwrap();
    snapshots.latest(zone.size).unwrap()
}
