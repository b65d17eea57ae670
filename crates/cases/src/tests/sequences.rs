//! Whatever is done in whatever order, by whomever, a case keeps its promises.

use super::record::remark;
use super::*;
use crate::queues::Waiting;
use crate::{Amount, Audience, Clock, Confirmation, OfficeCommand};
use base::Language;
use profile::JointOutcome;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Services that persons apply for in their own name.
const OWN: [&str; 6] =
    ["personal-data-erasure", "any-of-two", "quorum-of-three", "recognised", "by-appointment", "panel"];
const COLLEAGUE: &str = "officer:P-12:hk-immigration";

const ACTORS: [&str; 14] = [
    COLLEAGUE,
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
        let once = ["hong-kong", "shenzhen", "data", "macao", "decision", "decision"];
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
    let fees = Just(open_about("fee-first", Some(1), About::Organisation(OrganisationId(1))));
    let times = Just(Command::Office {
        office: key("hk-immigration"),
        command: OfficeCommand::OfferTimes { starts: Vec::new(), minutes: 30, places: 2 },
    });
    prop_oneof![
        4 => of_the_clerks.prop_map(|command| on_day("2027-01-04", command)),
        1 => revocation,
        3 => own,
        2 => goods,
        3 => fees,
        2 => times,
        14 => (back(), any_act()).prop_map(|(case, (leg, act))| work(case, leg, act)),
        5 => back().prop_map(submit),
        1 => back().prop_map(withdraw),
        2 => (back(), leg()).prop_map(|(case, leg)| take(case, leg)),
        12 => (back(), leg(), any_verdict()).prop_map(|(case, leg, what)| verdict(case, leg, what, sealed(2))),
        2 => (back(), any::<bool>()).prop_map(|(case, listed)| decide_by_rule(case, "shenzhen", listed)),
        4 => (back(), leg()).prop_map(|(case, leg)| ask(case, leg)),
        6 => (back(), leg()).prop_map(|(case, leg)| answer(case, leg)),
        2 => (back(), prop::sample::select(Audience::ALL.to_vec())).prop_map(|(case, audience)| remark(case, audience)),
    ]
}

/// On the legs of the test services that ask for more than an officer's word. What has to fit is put right in `aim`.
fn any_act() -> impl Strategy<Value = (&'static str, Act)> {
    let amount = Amount { minor: 100_000, currency: profile::Currency::Hkd };
    let receipt =
        (0..40_u32).prop_map(move |number| Act::ConfirmPayment { amount, receipt: number.to_string().into() });
    let score = || 0..=10_u8;
    let vote = (score(), score()).prop_map(|(merit, means)| Some(vec![merit, means]));
    let vote = prop_oneof![6 => vote, 1 => Just(None)].prop_map(|scores| Act::Vote { scores, comment: None });
    let sign = || {
        Just(Act::Sign {
            version: 0,
            language: Language::En,
            text: "".into(),
            confirmation: Some(Confirmation::Demonstration),
        })
    };
    let book = || Just(Act::Book { at: Instant(0) });
    prop_oneof![
        4 => receipt.prop_map(|act| ("fee", act)),
        1 => Just(("fee", Act::WaiveFee { reason: sealed(1) })),
        1 => Just(("fee", Act::ConfirmRefund { receipt: "back".into() })),
        3 => sign().prop_map(|act| ("undertaking", act)),
        1 => Just(("undertaking", Act::Decline { reason: None })),
        3 => Just(("director", Act::NameSignatory { person: PersonId(2) })),
        3 => sign().prop_map(|act| ("director", act)),
        4 => Just(("decision", Act::Confirm)),
        1 => Just(("decision", Act::SendBack { reason: sealed(1) })),
        3 => book().prop_map(|act| ("visit", act)),
        1 => Just(("visit", Act::CancelBooking)),
        3 => any::<bool>().prop_map(|came| ("visit", Act::RecordAttendance { came })),
        6 => vote.prop_map(|act| ("vote", act)),
        1 => Just(("vote", Act::DeclareConflict { reason: None })),
        1 => (0..4_u8).prop_map(|seat| ("vote", Act::Reseat { seat })),
        1 => Just(("vote", Act::CloseVote { reason: sealed(2) })),
        1 => Just(("hong-kong", Act::HandOn { to: PersonId(12), note: None })),
        1 => Just(("hong-kong", Act::GiveBack)),
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
        | Command::Remark { case, .. }
        | Command::Remind { case, .. }
        | Command::Attach { case, .. }
        | Command::ReadAttachment { case, .. }
        | Command::Work { case, .. } => Some(case),
        Command::Office { .. }
        | Command::Open { .. }
        | Command::Migrate { .. }
        | Command::RecordViews { .. }
        | Command::DeclareClosure { .. }
        | Command::CorrectClosure { .. }
        | Command::VoidClosure { .. }
        | Command::UploadRoster { .. }
        | Command::MendRoster { .. } => None,
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
        | Command::Remark { text: field, .. }
        | Command::Answer { answer: field, .. } => *field = sealed(subject),
        Command::Work { leg, act, .. } => put_right(cases, subject, leg, act),
        Command::Office { command: OfficeCommand::OfferTimes { starts, .. }, .. } => {
            *starts = vec![cases.now.plus(Instant::HOUR), cases.now.plus(3 * Instant::HOUR)];
        }
        _ => {}
    }
    (able(cases, subject, &command), command)
}

/// The text that stands, the next time that is free, the subject's seal.
fn put_right(cases: &Cases, subject: u32, leg: &Key, act: &mut Act) {
    match act {
        Act::Sign { version, language, text, .. } => {
            let service = &PROFILE.services[&key("fee-first")];
            let plan = service.legs.iter().find(|plan| plan.key == *leg).and_then(|plan| plan.task.as_ref());
            if let Some(profile::TaskPlan::Sign(plan)) = plan {
                (*version, *text) = (plan.version, plan.hash(*language).into());
            }
        }
        Act::Book { at } => {
            let mut free = crate::slots(&cases.state, &key("hk-immigration"), cases.now.plus(1));
            *at = free.find(|(_, slot)| slot.is_free()).map_or(Instant(0), |(at, _)| at);
        }
        Act::WaiveFee { reason } | Act::SendBack { reason } | Act::CloseVote { reason } => *reason = sealed(subject),
        _ => {}
    }
}

/// Who could do it: of several members, one whose turn the clock's seconds make it.
fn worker(cases: &Cases, subject: u32, leg: &str, act: &Act) -> String {
    let members = [SOUTH, COLLEAGUE, NORTH, SUPERVISION];
    let turn = usize::try_from(cases.now.0 / Instant::SECOND).unwrap();
    match (leg, act) {
        ("fee", _) => SUPERVISION.into(),
        ("undertaking", _) | (_, Act::NameSignatory { .. }) => CLERK.into(),
        ("director", _) => SUBJECT.into(),
        ("decision" | "hong-kong", _) => members[turn % 2].into(),
        ("visit", Act::RecordAttendance { .. }) => SOUTH.into(),
        ("visit", _) => format!("person:P-{subject}"),
        ("vote", Act::Vote { .. } | Act::DeclareConflict { .. }) => members[turn % 4].into(),
        _ => DATA.into(),
    }
}

fn able(cases: &Cases, subject: u32, command: &Command) -> String {
    match command {
        Command::Work { leg, act, .. } => worker(cases, subject, leg.as_str(), act),
        Command::Office { .. } => SOUTH.into(),
        Command::Open { service, about: About::Person(person), .. } if OWN.contains(&service.as_str()) => {
            format!("person:{person}")
        }
        Command::Open { about: About::Permit(_), .. } => NORTH.into(),
        Command::Submit { .. } | Command::Withdraw { .. } => format!("person:P-{subject}"),
        Command::Take { leg, .. } | Command::Decide { leg, .. } | Command::Ask { leg, .. } => match leg.as_str() {
            "hong-kong" => SOUTH.into(),
            "decision" => worker(cases, subject, "decision", &Act::Confirm),
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
    prop_assert_eq!(&office, &leg.office);
    // Where two have to agree, the second makes the first one's proposal the decision.
    prop_assert_eq!(person == *officer, leg.eyes() == 1);
    prop_assert!(leg.eyes() == 1 || leg.proposal().is_some_and(|proposal| proposal.officer == *officer));
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
        "by-appointment" => (approved("hong-kong") || approved("shenzhen")) && approved("visit"),
        "fee-first" => ["fee", "undertaking", "director", "decision"].iter().all(|leg| approved(leg)),
        "panel" => approved("vote"),
        _ => !case.legs.is_empty() && case.legs.iter().all(|leg| leg.state == LegState::Approved),
    }
}

/// A leg that waits has its whole time left; one that has begun waits for nobody any more.
fn check_order(case: &Case, leg: &crate::Leg) -> Result<(), TestCaseError> {
    let waits = leg
        .after
        .iter()
        .any(|before| case.legs.iter().any(|known| known.key == *before && !known.state.has_ended_favourably()));
    // What is a condition of every approval begins once the judgement is carried.
    let in_favour = |leg: &crate::Leg| leg.kind.judges() && leg.state == LegState::Approved;
    let carried = leg.kind.is_condition() && case.rule == JointOutcome::Any && case.legs.iter().any(in_favour);
    match leg.state {
        LegState::Waiting => {
            prop_assert_eq!(leg.clock, Clock::waiting(leg.clock.working_days()));
            prop_assert!(waits && !carried && case.stage == Stage::Deciding, "what can begin has begun");
        }
        LegState::Moot => {}
        _ => prop_assert!(!waits || carried, "{} began before its time", leg.key),
    }
    Ok(())
}

/// What can be seen of one state alone.
fn check_state(state: &State) -> Result<(), TestCaseError> {
    let mut queues: BTreeMap<&Key, BTreeMap<Waiting, BTreeSet<CaseId>>> = BTreeMap::new();
    let mut taken: BTreeMap<(&Key, PersonId), BTreeSet<(CaseId, Key)>> = BTreeMap::new();
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
        for leg in &case.legs {
            let waiting = Waiting { clock: leg.clock, service: case.service.clone(), office: leg.office.clone() };
            for office in leg.waits_at() {
                queues.entry(office).or_default().entry(waiting.clone()).or_default().insert(*id);
            }
            if let Some(officer) = leg.officer.filter(|_| leg.state.is_undecided()) {
                taken.entry((&leg.office, officer)).or_default().insert((*id, leg.key.clone()));
            }
        }
        for leg in &case.legs {
            let asked = leg.state == LegState::Asked;
            prop_assert!(
                !asked || matches!(leg.clock, Clock::Paused { .. }),
                "a clock stands while the applicant is asked"
            );
            check_order(case, leg)?;
        }
    }
    for (office, books) in &state.books {
        let wanted = queues.remove(office).unwrap_or_default();
        let kept: BTreeMap<Waiting, BTreeSet<CaseId>> =
            books.queue.iter().map(|(waiting, cases)| (waiting.clone(), cases.iter().copied().collect())).collect();
        prop_assert_eq!(&kept, &wanted, "the queue of {}", office);
        prop_assert_eq!(crate::queue_length(state, office.as_str()), wanted.values().map(BTreeSet::len).sum::<usize>());
        for (officer, legs) in &books.taken {
            let legs: BTreeSet<(CaseId, Key)> = legs.iter().cloned().collect();
            prop_assert_eq!(taken.remove(&(office, *officer)), Some(legs), "what {} has of {}", officer, office);
        }
        for (id, leg) in &books.escalated {
            let leg = state.cases[id].legs.iter().find(|known| known.key == *leg).unwrap();
            prop_assert!(leg.state.is_undecided(), "a decided leg is before no head");
        }
    }
    prop_assert!(queues.is_empty() && taken.is_empty());
    for (id, leg) in state.notices.keys() {
        let leg = state.cases[id].legs.iter().find(|known| known.key == *leg).unwrap();
        prop_assert!(leg.state.is_undecided(), "of a decided leg nothing is told");
    }
    check_slots(state)?;
    let counted: u32 =
        state.counts.values().map(|c| c.confirming + c.deciding + c.approved + c.refused + c.withdrawn).sum();
    prop_assert_eq!(counted as usize, state.cases.len());
    Ok(())
}

/// No time has more cases than places, each only once, and every one of them is kept by a case that is open or was.
fn check_slots(state: &State) -> Result<(), TestCaseError> {
    for (at, slot) in state.slots.values().flatten() {
        prop_assert!(slot.booked.len() <= usize::from(slot.places));
        let mut cases = slot.booked.clone();
        cases.sort_unstable();
        cases.dedup();
        prop_assert_eq!(cases.len(), slot.booked.len());
        for id in &slot.booked {
            let mut legs = state.cases[id].legs.iter().filter_map(crate::Leg::attendance);
            prop_assert!(legs.any(|attendance| attendance.booked == Some(*at)), "{} holds {}", id, at);
        }
    }
    Ok(())
}

/// But for money that goes back, which it may after the end.
fn settled(case: &Case) -> Case {
    let mut case = case.clone();
    case.entries.clear();
    case.legs.iter_mut().for_each(|leg| leg.work = None);
    case
}

/// What must not change from one state to the next: decided legs, decided cases, clocks that stand.
fn check_change(before: &State, after: &State) -> Result<(), TestCaseError> {
    for (id, old) in &before.cases {
        let new = &after.cases[id];
        if matches!(old.stage, Stage::Decided(_)) {
            // Remarks may follow; nothing but the record grows by them.
            let as_it_was = Case { entries: old.entries.clone(), ..Case::clone(new) };
            prop_assert_eq!(settled(old), settled(&as_it_was), "what is decided stays");
            prop_assert!(new.entries.starts_with(&old.entries));
        }
        prop_assert_eq!(
            (&old.service, old.service_version, old.subject),
            (&new.service, new.service_version, new.subject)
        );
        for (old, new) in old.legs.iter().zip(&new.legs) {
            if old.decided_at.is_some() {
                let told = |leg: &crate::Leg| (leg.state, leg.officer, leg.decided_at, leg.clock);
                prop_assert_eq!(told(old), told(new), "a decided leg is never decided again");
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
