//! Whatever is done in whatever order, by whomever, a case keeps its promises.

use super::*;
use crate::{Clock, Waiting};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Services that persons apply for in their own name.
const OWN: [&str; 4] = ["personal-data-erasure", "any-of-two", "quorum-of-three", "recognised"];

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
        let twice = ["hong-kong", "shenzhen", "opinion", "supervision", "inspection"];
        let once = ["hong-kong", "shenzhen", "data", "macao"];
        prop::sample::select([&twice[..], &twice[..], &once[..]].concat())
    };
    let person = || prop::sample::select(vec![2_u32, 2, 2, 8, 8, 10, 6]);
    let of_the_clerks = (
        prop::sample::select(vec!["commuter-pass", "visitor-pass"]),
        prop::sample::select(vec![Some(1_u32), Some(1), Some(2), None]),
        person(),
    )
        .prop_map(|(service, organisation, id)| open_about(service, organisation, About::Person(PersonId(id))));
    let revocation = (1..4_u32).prop_map(|id| open_about("pass-revocation", None, About::Permit(PermitId(id))));
    let own = (prop::sample::select(OWN.to_vec()), person())
        .prop_map(|(service, id)| open_about(service, None, About::Person(PersonId(id))));
    let goods = prop::sample::select(vec!["c", "d"]).prop_map(open_goods);
    prop_oneof![
        4 => of_the_clerks.prop_map(|command| on_day("2027-01-04", command)),
        1 => revocation,
        3 => own,
        2 => goods,
        5 => back().prop_map(submit),
        1 => back().prop_map(withdraw),
        2 => (back(), leg()).prop_map(|(case, leg)| take(case, leg)),
        12 => (back(), leg(), any_verdict()).prop_map(|(case, leg, what)| verdict(case, leg, what, sealed(2))),
        2 => (back(), any::<bool>()).prop_map(|(case, listed)| decide_by_rule(case, "shenzhen", listed)),
        4 => (back(), leg()).prop_map(|(case, leg)| ask(case, leg)),
        6 => (back(), leg()).prop_map(|(case, leg)| answer(case, leg)),
    ]
}

fn any_verdict() -> impl Strategy<Value = LegVerdict> {
    prop_oneof![
        6 => Just(LegVerdict::Approved),
        2 => Just(LegVerdict::Refused),
        3 => Just(LegVerdict::Supported),
        1 => Just(LegVerdict::Objected),
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
        | Command::Answer { case, .. }
        | Command::Attach { case, .. }
        | Command::ReadAttachment { case, .. } => Some(case),
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
        Command::Open { service, about: About::Person(person), .. } if OWN.contains(&service.as_str()) => {
            format!("person:{person}")
        }
        Command::Open { about: About::Permit(_), .. } => NORTH.into(),
        Command::Submit { .. } | Command::Withdraw { .. } => format!("person:P-{subject}"),
        Command::Take { leg, .. } | Command::Decide { leg, .. } | Command::Ask { leg, .. } => match leg.as_str() {
            "hong-kong" => SOUTH.into(),
            "shenzhen" | "inspection" => NORTH.into(),
            "supervision" => SUPERVISION.into(),
            _ => DATA.into(),
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

/// Whether the approvals are there that the service asks for, told from the service and not from the case.
fn has_what_it_needs(case: &Case) -> bool {
    let approved = |leg: &str| case.legs.iter().any(|l| l.key.as_str() == leg && l.state == LegState::Approved);
    let class_d = case.disclosed.choices.values().any(|class| class.as_str() == "d");
    match case.service.as_str() {
        "in-order" => approved("hong-kong") && approved("shenzhen") && (approved("inspection") || !class_d),
        "any-of-two" => approved("hong-kong") || approved("shenzhen"),
        "quorum-of-three" => ["hong-kong", "shenzhen", "supervision"].iter().filter(|leg| approved(leg)).count() >= 2,
        "recognised" => approved("hong-kong"),
        _ => !case.legs.is_empty() && case.legs.iter().all(|leg| leg.state == LegState::Approved),
    }
}

/// A leg that waits has its whole time left; one that has begun waits for nobody any more.
fn check_order(case: &Case, leg: &crate::Leg) -> Result<(), TestCaseError> {
    let waits = leg
        .after
        .iter()
        .any(|before| case.legs.iter().any(|known| known.key == *before && !known.state.has_ended_favourably()));
    match leg.state {
        LegState::Waiting => {
            prop_assert_eq!(leg.clock, Clock::waiting(leg.clock.working_days()));
            prop_assert!(waits && case.stage == Stage::Deciding, "what can begin has begun");
        }
        LegState::Moot => {}
        _ => prop_assert!(!waits, "{} began before its time", leg.key),
    }
    Ok(())
}

/// What can be seen of one state alone.
fn check_state(state: &State) -> Result<(), TestCaseError> {
    let mut queues: BTreeMap<&Key, Vec<Waiting>> = BTreeMap::new();
    for (id, case) in &state.cases {
        let approved = case.stage == Stage::Decided(Outcome::Approved);
        prop_assert_eq!(
            approved,
            has_what_it_needs(case),
            "{} is approved by whom its service says, and then only",
            id
        );
        let undecided: Vec<_> = case.legs.iter().filter(|leg| leg.state.is_undecided()).collect();
        prop_assert_eq!(case.stage == Stage::Deciding, !undecided.is_empty());
        for leg in undecided {
            queues.entry(&leg.office).or_default().push(Waiting::of(*id, leg));
        }
        for leg in &case.legs {
            let asked = leg.state == LegState::Asked;
            prop_assert!(
                !asked || matches!(leg.clock, Clock::Stopped { .. }),
                "a clock stands while the applicant is asked"
            );
            check_order(case, leg)?;
        }
    }
    for (office, queue) in &state.queues {
        let mut waiting = queues.remove(office).unwrap_or_default();
        waiting.sort_unstable();
        waiting.dedup();
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
            if matches!(old.state, LegState::Asked | LegState::Waiting) && new.state != LegState::Open {
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
