//! Whatever is done in whatever order, by whomever, everybody is somewhere, and a stopped pass stays out.

use super::*;
use crate::presence_counts;
use proptest::prelude::*;
use std::collections::BTreeSet;

#[derive(Debug, Clone)]
enum Step {
    /// Permit, key, form, gate, banks that list the holder, and which earlier presentation to show again, if any.
    Show(u32, char, Form, &'static str, Vec<Bank>, Option<usize>),
    Do(&'static str, Command),
    Revoke(u32),
    Suspend(u32),
    Wait(i64),
}

fn any_step() -> impl Strategy<Value = Step> {
    let gate = || prop::sample::select(vec!["west-south", "west-north", "east-south", "east-north"]);
    let bank = || prop::sample::select(Bank::BOTH.to_vec());
    let key = prop::sample::select(vec![
        ('a', Form::Phone),
        ('a', Form::Phone),
        ('a', Form::Phone),
        ('b', Form::Card),
        ('x', Form::Portal),
    ]);
    let actor = prop::sample::select(vec![
        "gate:west-south",
        "gate:west-north",
        SOUTH,
        SOUTH,
        NORTH,
        NORTH,
        OPERATIONS,
        "system",
        "person:P-1",
    ]);
    let settlement = prop::sample::select(vec![Settlement::LetPass, Settlement::TurnAway]);
    // Counted back from the latest that is still open; see `aim`.
    let passage = || prop::sample::select(vec![0_u32, 0, 0, 1, 2, 9]);
    let command = prop_oneof![
        6 => passage().prop_map(complete),
        1 => passage().prop_map(turn_back),
        1 => (passage(), bank()).prop_map(|(passage, bank)| resolve(passage, bank)),
        4 => (passage(), settlement).prop_map(|(passage, settlement)| settle(passage, settlement)),
        1 => gate().prop_map(close),
        3 => gate().prop_map(reopen),
        1 => bank().prop_map(list_watch),
        1 => (0..4_u32).prop_map(unlist_watch),
    ];
    let listed = prop_oneof![5 => Just(Vec::new()), 1 => bank().prop_map(|bank| vec![bank])];
    let again = prop_oneof![4 => Just(None), 1 => (0..10_usize).prop_map(Some)];
    prop_oneof![
        8 => (prop::sample::select(vec![1_u32, 1, 2, 2, 3, 4, 9]), key, gate(), listed, again)
            .prop_map(|(permit, (letter, form), gate, listed, again)| Step::Show(permit, letter, form, gate, listed, again)),
        10 => (actor, command).prop_map(|(actor, command)| Step::Do(actor, command)),
        1 => (1..19_u32).prop_map(Step::Revoke),
        1 => (1..19_u32).prop_map(Step::Suspend),
        2 => (0..20 * Instant::MINUTE).prop_map(Step::Wait),
    ]
}

/// The command about the latest open passage or referral but so many, or about any.
fn aim(state: &State, mut command: Command) -> Command {
    match &mut command {
        Command::CompletePassage { passage }
        | Command::ReturnPassage { passage }
        | Command::ResolvePassage { passage, .. } => {
            *passage = state.passages.keys().rev().nth(passage.0 as usize).copied().unwrap_or(*passage);
        }
        Command::SettleReferral { passage, .. } => {
            *passage = state.referrals.keys().rev().nth(passage.0 as usize).copied().unwrap_or(*passage);
        }
        _ => {}
    }
    command
}

fn take_step(bridges: &mut Bridges, step: Step) -> Vec<Event> {
    let permits_event = |event, bridges: &mut Bridges| {
        let recorded = Recorded { sequence: 0, at: bridges.now, actor: &Actor::System };
        permits::evolve(&mut bridges.permits, &event, &recorded);
        Vec::new()
    };
    match step {
        Step::Show(permit, letter, form, gate, listed, again) => {
            let mut presentation = bridges.fresh(permit, letter, form);
            // Shown again it is the same in all, the instant it was made included.
            if let (Some(number), Presentation::Verified { digest, presented_at, .. }) = (again, &mut presentation)
                && let Some(made_at) = bridges.presentations.get(number)
            {
                (*digest, *presented_at) = (format!("digest-{number}").into(), *made_at);
            }
            let direction = PROFILE.gate(&key(gate)).unwrap().departing();
            bridges
                .decide_by(&format!("gate:{gate}"), present_to(gate, direction, presentation, &listed))
                .unwrap_or_default()
        }
        Step::Do(actor, command) => bridges.decide_by(actor, aim(&bridges.state, command)).unwrap_or_default(),
        Step::Revoke(permit) => {
            let permit = PermitId(permit);
            permits_event(permits::Event::Revoked { permit, reason: permits::Reason::Lost, note: None }, bridges)
        }
        Step::Suspend(permit) => {
            let permit = PermitId(permit);
            permits_event(permits::Event::Suspended { permit, reason: permits::Reason::Lost, note: None }, bridges)
        }
        Step::Wait(milliseconds) => {
            bridges.later(milliseconds);
            Vec::new()
        }
    }
}

fn check_places(state: &State) -> Result<(), TestCaseError> {
    let on = |bank| state.presence.values().filter(|presence| presence.place == Place::On(bank)).count() as u32;
    prop_assert_eq!(presence_counts(state), (on(Bank::North), on(Bank::South)), "the counts are those of the places");
    for (person, presence) in &state.presence {
        if let Place::Crossing(passage) = presence.place {
            prop_assert_eq!(state.passages.get(&passage).map(|open| open.person), Some(*person));
        }
    }
    for (id, open) in &state.passages {
        let place = crate::place_of(state, open.person);
        prop_assert_eq!(place, Some(Place::Crossing(*id)), "who is on a walk is on that one");
        prop_assert!(PROFILE.office(&open.office).is_some(), "somebody answers for {}", id);
    }
    for (id, open) in &state.referrals {
        prop_assert!(PROFILE.office(&open.office).is_some(), "somebody answers for {}", id);
    }
    prop_assert_eq!(state.seen.len(), state.seen_by_time.len());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn everybody_is_somewhere_and_a_stopped_pass_stays_out(steps in prop::collection::vec(any_step(), 1..70)) {
        let mut bridges = Bridges::new();
        let mut passed = BTreeSet::new();
        for step in steps {
            let walking: BTreeSet<PassageId> = bridges.state.passages.keys().copied().collect();
            let events = take_step(&mut bridges, step);
            bridges.fold(&events);
            for event in &events {
                if let Event::PresentationDecided(decision) = event
                    && let Decision { outcome: Outcome::Permitted, digest: Some(digest), facts, .. } = decision
                    && facts.form != Some(Form::Card)
                {
                    prop_assert!(passed.insert(digest.clone()), "a code passes at most once");
                }
            }
            for (id, open) in &bridges.state.passages {
                let valid = bridges.permits.permits[&open.permit].status == permits::Status::Valid;
                prop_assert!(walking.contains(id) || valid, "{id} began on a pass that was stopped");
            }
            check_places(&bridges.state)?;
        }
    }
}
