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

/// Mostly whoever may, else anybody.
fn any_actor() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![4 => Just(None), 1 => prop::sample::select(ACTORS.to_vec()).prop_map(Some)]
}

/// Numbers of cases count back from the latest that is still open; see `aim`.
fn any_command() -> impl Strategy<Value = Command> {
    let back = || prop::sample::select(vec![0_u32, 0, 0, 1, 2, 9]);
    let leg = || {
        let legs =
            ["hong-kong", "hong-kong", "hong-kong", "shenzhen", "shenzhen", "shenzhen", "supervision", "data", "macao"];
        prop::sample::select(legs.to_vec())
    };
    let person = || prop::sample::select(vec![2_u32, 2, 2, 8, 8, 10, 6]);
    let of_the_clerks = (
        prop::sample::select(vec!["commuter-pass", "visitor-pass"]),
        prop::sample::select(vec![Some(1_u32), Some(1), Some(2), None]),
        person(),
    )
        .prop_map(|(service, organisation, id)| open_about(service, organisation, About::Person(PersonId(id))));
    let revocation = (1..4_u32).prop_map(|id| open_about("pass-revocation", None, About::Permit(PermitId(id))));
    let erasure = person().prop_map(|id| open_about("personal-data-erasure", None, About::Person(PersonId(id))));
    let verdicts = prop::sample::select(vec![
        LegVerdict::Approved,
        LegVerdict::Approved,
        LegVerdict::Approved,
        LegVerdict::Refused,
    ]);
    prop_oneof![
        4 => of_the_clerks.prop_map(|command| on_day("2027-01-04", command)),
        1 => revocation,
        1 => erasure,
        5 => back().prop_map(submit),
        1 => back().prop_map(withdraw),
        2 => (back(), leg()).prop_map(|(case, leg)| take(case, leg)),
        9 => (back(), leg(), verdicts).prop_map(|(case, leg, what)| verdict(case, leg, what, sealed(2))),
        2 => (back(), any::<bool>()).prop_map(|(case, listed)| decide_by_rule(case, "shenzhen", listed)),
        4 => (back(), leg()).prop_map(|(case, leg)| ask(case, leg)),
        6 => (back(), leg()).prop_map(|(case, leg)| answer(case, leg)),
    ]
}

/// The command about the latest open case but so many, or about any, with its subject's seal; and who would give it.
fn aim(cases: &Cases, mut command: Command) -> (String, Command) {
    let aimed = match &mut command {
        Command::Submit { case }
        | Command::Withdraw { case }
        | Command::Take { case, .. }
        | Command::Decide { case, .. }
        | Command::DecideByRule { case, .. }
        | Command::Ask { case, .. }
        | Command::Answer { case, .. } => Some(case),
        Command::Open { .. } | Command::UploadRoster { .. } | Command::MendRoster { .. } => None,
    };
    let mut subject = 2;
    if let Some(id) = aimed {
        let open = |case: &Case| !matches!(case.stage, Stage::Decided(_));
        let latest = cases.state.cases.iter().rev().filter(|(_, case)| open(case)).nth(id.0 as usize);
        *id = latest.map_or(*id, |(latest, _)| *latest);
        subject = crate::case(&cases.state, *id).map_or(2, |case| case.subject.0);
    }
    match &mut command {
        Command::Decide { reason: field, .. }
        | Command::Ask { question: field, .. }
        | Command::Answer { answer: field, .. } => *field = sealed(subject),
        _ => {}
    }
    (able(subject, &command), command)
}

fn able(subject: u32, command: &Command) -> String {
    match command {
        Command::Open { service, about: About::Person(person), .. } if service.as_str() == "personal-data-erasure" => {
            format!("person:{person}")
        }
        Command::Open { about: About::Permit(_), .. } => NORTH.into(),
        Command::Submit { .. } | Command::Withdraw { .. } => format!("person:P-{subject}"),
        Command::Take { leg, .. } | Command::Decide { leg, .. } | Command::Ask { leg, .. } => match leg.as_str() {
            "hong-kong" => SOUTH.into(),
            "shenzhen" => NORTH.into(),
            "supervision" => SUPERVISION.into(),
            _ => "officer:P-9:hk-data".into(),
        },
        Command::DecideByRule { .. } => "system".into(),
        _ => CLERK.into(),
    }
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
        steps in prop::collection::vec((any_actor(), any_command(), 0..Instant::DAY), 1..70)
    ) {
        let mut cases = Cases::submitted();
        for (actor, command, later) in steps {
            cases.now = cases.now.plus(later);
            let (able, command) = aim(&cases, command);
            let actor = actor.unwrap_or(&able);
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
