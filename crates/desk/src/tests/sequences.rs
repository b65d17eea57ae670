//! Whatever is done in whatever order, by whomever, nonsense included: the park keeps its promises, and its log tells all.

use super::*;
use base::{Language, Outcome};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Debug, Clone)]
enum Step {
    Open(&'static str, u32),
    OpenAlone(&'static str, cases::About),
    Enrol(u32, bool),
    Submit(u32),
    Withdraw(u32),
    Decide(u32, &'static str, u32, bool),
    Ask(u32, &'static str, u32),
    Answer(u32, &'static str, u32),
    Show(u32, &'static str, Vec<Bank>),
    /// What needs nothing of the park to be made.
    Plain(Command),
}

const ACTORS: [&str; 13] = [
    "clerk:P-1:O-1",
    "clerk:P-1:O-1",
    "person:P-2",
    "person:P-2",
    "person:P-7",
    "officer:P-3:hk-immigration",
    "officer:P-3:hk-immigration",
    "officer:P-4:sz-exit-entry",
    "officer:P-4:sz-exit-entry",
    "officer:P-5:hk-supervision",
    "gate:west-south",
    "system",
    "anonymous",
];

fn any_step() -> impl Strategy<Value = Step> {
    let id = || 1..4_u32;
    let person = || prop::sample::select(vec![2_u32, 2, 7, 3, 99]);
    let leg = || prop::sample::select(vec!["hong-kong", "shenzhen", "supervision", "data"]);
    let gate = prop::sample::select(vec!["west-south", "west-north", "east-south", "east-north"]);
    let service = prop::sample::select(vec!["commuter-pass", "commuter-pass", "pass-revocation"]);
    let listed = prop_oneof![5 => Just(vec![]), 1 => Just(vec![Bank::North]), 1 => Just(vec![Bank::South])];
    let bank = || prop::sample::select(Bank::BOTH.to_vec());
    let passage = || 1..12_u32;
    let settlement = prop::sample::select(vec![people::Settlement::LetPass, people::Settlement::TurnAway]);
    let plain = prop_oneof![
        2 => id().prop_map(bind),
        2 => id().prop_map(suspend),
        2 => id().prop_map(resume),
        1 => id().prop_map(revoke),
        6 => passage().prop_map(complete),
        1 => (passage(), bank()).prop_map(|(passage, bank)| resolve(passage, bank)),
        3 => (passage(), settlement).prop_map(|(passage, settlement)| settle(passage, settlement)),
        1 => person().prop_map(|person| withdraw_consent(person, "hong-kong-clearance")),
        1 => person().prop_map(|person| give_consent(person, "hong-kong-clearance")),
        1 => person().prop_map(erase),
        1 => person().prop_map(|person| set_language(person, Language::En)),
    ];
    prop_oneof![
        2 => (service, person()).prop_map(|(service, person)| Step::Open(service, person)),
        1 => id().prop_map(|id| Step::OpenAlone("pass-revocation", cases::About::Permit(PermitId(id)))),
        1 => person().prop_map(|id| Step::OpenAlone("personal-data-erasure", cases::About::Person(PersonId(id)))),
        1 => (8..18_u32, any::<bool>()).prop_map(|(number, visitor)| Step::Enrol(number, visitor)),
        3 => id().prop_map(Step::Submit),
        1 => id().prop_map(Step::Withdraw),
        8 => (id(), leg(), person(), prop::bool::weighted(0.8)).prop_map(|(id, leg, of, yes)| Step::Decide(id, leg, of, yes)),
        2 => (id(), leg(), person()).prop_map(|(id, leg, of)| Step::Ask(id, leg, of)),
        2 => (id(), leg(), person()).prop_map(|(id, leg, of)| Step::Answer(id, leg, of)),
        8 => (id(), gate, listed).prop_map(|(id, gate, listed)| Step::Show(id, gate, listed)),
        12 => plain.prop_map(Step::Plain),
    ]
}

fn command(park: &Park, step: Step) -> Command {
    // Whose key seals what is written about somebody unknown does not matter.
    let known = |person: u32| person.min(18);
    match step {
        Step::Open(service, person) => open(service, person),
        Step::OpenAlone(service, about) => open_alone(service, about),
        Step::Enrol(number, true) => enrol(park, number, None, "visitor-pass", Some("2026-11-23")),
        Step::Enrol(number, false) => enrol(park, number, Some(1), "commuter-pass", None),
        Step::Submit(case) => submit(case),
        Step::Withdraw(case) => withdraw(case),
        Step::Decide(case, leg, of, true) => approve(park, case, leg, known(of)),
        Step::Decide(case, leg, of, false) => verdict(park, case, leg, known(of), cases::LegVerdict::Refused),
        Step::Ask(case, leg, of) => ask(park, case, leg, known(of)),
        Step::Answer(case, leg, of) => answer(park, case, leg, known(of)),
        Step::Show(permit, gate, listed) => present(park, permit, gate, listed),
        Step::Plain(command) => command,
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

/// What an event must not be, given the zone before it.
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
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_park_keeps_its_promises_and_its_log_tells_all(
        with_pass in any::<bool>(),
        steps in prop::collection::vec((prop::sample::select(ACTORS.to_vec()), any_step(), 0..10 * Instant::MINUTE), 1..50),
        saved_after in any::<prop::sample::Index>(),
        keyed in prop::collection::vec(any::<bool>(), 50),
    ) {
        let mut park = beginning(with_pass);
        let (mut acknowledged, mut saved) = (BTreeMap::new(), park.zone().clone());
        let saved_after = saved_after.index(steps.len());
        for (number, (actor, step, later)) in steps.into_iter().enumerate() {
            park.later(later);
            let (before, command) = (park.zone().clone(), command(&park, step));
            let key = keyed[number].then(|| format!("key-{number}"));
            match park.submit(actor, vec![command], key.as_deref()) {
                Ok(receipt) => {
                    for (sequence, event) in (receipt.first..).zip(receipt.events.iter()) {
                        check_event(&before, event)?;
                        acknowledged.insert(sequence, event.clone());
                    }
                    prop_assert_eq!(receipt.first, before.size);
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
