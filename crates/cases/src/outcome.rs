//! What the legs of a case come to together, and which of them may begin. Pure: from the states of legs alone.
//!
//! It must not know: who decided, when, or why.

use crate::model::{Leg, LegState, Outcome};
use base::Key;
use profile::{JointOutcome, LegPlan};

/// The joint outcome, once the legs settle it. What an office advised counts for nothing here; a condition has to be met
/// whatever the rule, and one that cannot be met any more refuses.
pub fn joint_outcome(rule: &JointOutcome, legs: &[Leg]) -> Option<Outcome> {
    let judged = judgement(rule, legs);
    let conditions = || legs.iter().filter(|leg| leg.kind.is_condition());
    let met = |leg: &Leg| leg.state == LegState::Approved;
    if judged == Some(Outcome::Refused) || conditions().any(|leg| !met(leg) && !may_yet_end(legs, leg, legs.len())) {
        Some(Outcome::Refused)
    } else if judged == Some(Outcome::Approved) && conditions().all(met) {
        Some(Outcome::Approved)
    } else {
        None
    }
}

/// What the legs that judge come to by themselves.
fn judgement(rule: &JointOutcome, legs: &[Leg]) -> Option<Outcome> {
    let counted = |leg: &&Leg| match rule {
        JointOutcome::All | JointOutcome::Any | JointOutcome::Quorum(_) => leg.kind.judges(),
        JointOutcome::Recognition { lead } => leg.key == *lead,
    };
    let counted = || legs.iter().filter(counted);
    let approved = counted().filter(|leg| leg.state == LegState::Approved).count();
    let possible = counted().filter(|leg| may_yet_end(legs, leg, legs.len())).count();
    let needed = match rule {
        // Nobody approves what nobody decides.
        JointOutcome::All => counted().count().max(1),
        JointOutcome::Any | JointOutcome::Recognition { .. } => 1,
        JointOutcome::Quorum(quorum) => usize::from(*quorum).max(1),
    };
    if approved >= needed {
        Some(Outcome::Approved)
    } else if approved + possible < needed {
        Some(Outcome::Refused)
    } else {
        None
    }
}

/// Whether all that a leg waits for has ended favourably. A condition that comes after legs that judge begins as well
/// once their judgement is in favour: where two of three carry it, the third need not agree before the fee is paid.
pub(crate) fn may_begin(rule: &JointOutcome, legs: &[Leg], leg: &Leg) -> bool {
    let carried = || leg.kind.is_condition() && judgement(rule, legs) == Some(Outcome::Approved);
    before(legs, leg).all(|before| before.state.has_ended_favourably() || (before.kind.judges() && carried()))
}

/// Whether the leg may still end favourably: it is with its office, or waits for legs that may.
fn may_yet_end(legs: &[Leg], leg: &Leg, depth: usize) -> bool {
    match leg.state {
        LegState::Open | LegState::Asked => true,
        // INVARIANT: no leg waits for itself; the profile's check refuses circles. `depth` bounds the walk anyhow.
        LegState::Waiting => before(legs, leg).all(|before| {
            let judgement_carries = leg.kind.is_condition() && before.kind.judges();
            before.state.has_ended_favourably()
                || judgement_carries
                || (depth > 0 && may_yet_end(legs, before, depth.saturating_sub(1)))
        }),
        LegState::Approved | LegState::Refused | LegState::Supported | LegState::Objected | LegState::Moot => false,
    }
}

fn before<'a>(legs: &'a [Leg], leg: &'a Leg) -> impl Iterator<Item = &'a Leg> {
    leg.after.iter().filter_map(|key| legs.iter().find(|known| known.key == *key))
}

/// The legs of this case that `plan` waits for. Where one of those named is not there for these answers, whatever that
/// one would have waited for comes before `plan` itself: the order stays.
pub(crate) fn waits_for(plans: &[&LegPlan], present: &[&LegPlan], plan: &LegPlan) -> Box<[Key]> {
    let mut found: Vec<Key> = Vec::new();
    let mut seen: Vec<&Key> = Vec::new();
    let mut next: Vec<&Key> = plan.after.iter().collect();
    while let Some(key) = next.pop() {
        if seen.contains(&key) {
            continue;
        }
        seen.push(key);
        if present.iter().any(|leg| leg.key == *key) {
            found.push(key.clone());
        } else if let Some(absent) = plans.iter().find(|leg| leg.key == *key) {
            next.extend(&absent.after);
        }
    }
    found.sort();
    found.into()
}
