//! Whatever is done in whatever order, by whomever, a case keeps its promises.

use super::*;
use crate::Clock;
use proptest::prelude::*;
use std::collections::BTreeMap;

const ACTORS: [&str; 13] = [
    CLERK,
    SUBJECT,
    VISITOR,
    SOUTH,
    NORTH,
    SUPERVISION,
    "officer:P-2:hk-immigration",
    "officer:P-5:hk-immigration",
    "officer:P-9:hk-data",
    "officer:P-3:sz-exit-entry",
    "system",
    "operator",
    "anonymous",
];

fn any_command() -> impl Strategy<Value = Command> {
    let case = || 0..5_u32;
    let leg =
        || prop::sample::select(vec!["hong-kong", "hong-kong", "shenzhen", "shenzhen", "supervision", "data", "macao"]);
    let person = || prop::sample::select(vec![2_u32, 2, 8, 8, 10, 6]);
    let about = prop_oneof![
        person().prop_map(|id| About::Person(PersonId(id))),
        (1..4_u32).prop_map(|id| About::Permit(PermitId(id))),
    ];
    let service =
        prop::sample::select(vec!["commuter-pass", "visitor-pass", "pass-revocation", "personal-data-erasure"]);
    let organisation = prop::sample::select(vec![Some(1_u32), Some(1), Some(2), None]);
    prop_oneof![
        2 => (service, organisation, about).prop_map(|(service, organisation, about)| {
            on_day("2027-01-04", open_about(service, organisation, about))
        }),
        3 => case().prop_map(submit),
        1 => case().prop_map(withdraw),
        2 => (case(), leg()).prop_map(|(case, leg)| take(case, leg)),
        6 => (case(), leg(), person(), any::<bool>()).prop_map(|(case, leg, of, approve)| {
            verdict(case, leg, if approve { LegVerdict::Approved } else { LegVerdict::Refused }, sealed(of))
        }),
        2 => (case(), leg(), any::<bool>()).prop_map(|(case, leg, listed)| decide_by_rule(case, leg, listed)),
        3 => (case(), leg()).prop_map(|(case, leg)| ask(case, leg)),
        3 => (case(), leg()).prop_map(|(case, leg)| answer(case, leg)),
    ]
}

/// Office and officer are of the leg's bank, and the officer is neither subject, applicant nor of the organisation.
fn check_officer(cases: &Cases, actor: &str, event: &Event) -> Result<(), TestCaseError> {
    let Event::LegDecided { case, leg, officer: Some(officer), .. } = event else { return Ok(()) };
    let Actor::Officer { person, office } = actor.parse().unwrap() else {
        return Err(TestCaseError::fail(format!("{actor} decided {leg}")));
    };
    let case = crate::case(&cases.state, *case).unwrap();
    let leg = case.legs.iter().find(|known| known.key == *leg).unwrap();
    prop_assert_eq!((&person, &office), (officer, &leg.office));
    prop_assert_eq!(PROFILE.office(&office).unwrap().bank, leg.bank);
    prop_assert!(person != case.subject && person != case.applicant);
    let employer = parties::person(&PEOPLE, person).unwrap().employer;
    prop_assert!(employer.is_none() || employer != case.organisation);
    Ok(())
}

/// What can be seen of one state alone.
fn check_state(state: &State) -> Result<(), TestCaseError> {
    let mut queues: BTreeMap<&Key, Vec<CaseId>> = BTreeMap::new();
    for (id, case) in &state.cases {
        let approved = case.legs.iter().all(|leg| leg.state == LegState::Approved) && !case.legs.is_empty();
        prop_assert_eq!(
            case.stage == Stage::Decided(Outcome::Approved),
            approved,
            "{} is approved by all or not at all",
            id
        );
        let undecided: Vec<_> = case.legs.iter().filter(|leg| leg.state.is_undecided()).collect();
        prop_assert_eq!(case.stage == Stage::Deciding, !undecided.is_empty());
        for leg in undecided {
            queues.entry(&leg.office).or_default().push(*id);
        }
        for leg in &case.legs {
            let asked = leg.state == LegState::Asked;
            prop_assert!(
                !asked || matches!(leg.clock, Clock::Stopped { .. }),
                "a clock stands while the applicant is asked"
            );
        }
    }
    for (office, queue) in &state.queues {
        let waiting = queues.remove(office).unwrap_or_default();
        prop_assert_eq!(queue.iter().copied().collect::<Vec<_>>(), waiting, "the queue of {}", office);
    }
    prop_assert!(queues.is_empty());
    let counted: u32 =
        state.counts.values().map(|c| c.confirming + c.deciding + c.approved + c.refused + c.withdrawn).sum();
    prop_assert_eq!(counted as usize, state.cases.len());
    Ok(())
}

/// What must not change from one state to the next: decided legs, decided cases, clocks that stand.
fn check_change(before: &State, after: &State) -> Result<(), TestCaseError> {
    for (id, old) in &before.cases {
        let new = &after.cases[id];
        if matches!(old.stage, Stage::Decided(_)) {
            prop_assert_eq!(old, new, "what is decided stays");
        }
        prop_assert_eq!(
            (&old.service, old.service_version, old.subject),
            (&new.service, new.service_version, new.subject)
        );
        for (old, new) in old.legs.iter().zip(&new.legs) {
            if old.decided_at.is_some() {
                prop_assert_eq!(old, new, "a decided leg is never decided again");
            }
            if old.state == LegState::Asked && new.state != LegState::Open {
                prop_assert_eq!(old.clock, new.clock, "a clock that stands does not move");
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_case_keeps_its_promises(
        steps in prop::collection::vec((prop::sample::select(ACTORS.to_vec()), any_command(), 0..Instant::DAY), 1..70)
    ) {
        let mut cases = Cases::submitted();
        for (actor, command, later) in steps {
            cases.now = cases.now.plus(later);
            let Ok(events) = cases.decide_by(actor, command, &*RULES) else { continue };
            let before = cases.state.clone();
            for event in &events {
                check_officer(&cases, actor, event)?;
            }
            cases.fold(actor, &events);
            check_state(&cases.state)?;
            check_change(&before, &cases.state)?;
        }
    }
}
