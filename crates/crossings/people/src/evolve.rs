//! Folding: records what was decided, and never fails.

use crate::door::bank_of;
use crate::model::{Decision, Event, Passage, Place, Presence, Referral, Settlement, State, Watch, mark_of};
use base::{Bank, Instant, Outcome, PassageId, PersonId, Recorded};

/// A presentation older than this is refused as stale, so its digest need not be kept longer.
const SEEN_FOR: i64 = 10 * Instant::MINUTE;
/// How long the tallies by hour are kept in memory; the log keeps them for ever.
const TALLY_HOURS: i64 = 8 * 24;

pub fn evolve(state: &mut State, event: &Event, recorded: &Recorded) {
    let at = recorded.at;
    match event {
        Event::PresentationDecided(decision) => decided(state, decision, at),
        Event::PassageCompleted { passage } => end(state, *passage, at, |passage| passage.direction.to()),
        Event::PassageReturned { passage } => end(state, *passage, at, |passage| passage.direction.from()),
        Event::PassageResolved { passage, place, .. } => end(state, *passage, at, |_| *place),
        Event::ReferralSettled { passage, settlement, .. } => settled(state, *passage, *settlement, at),
        Event::ReferralReleased { passage, bank, office, .. } => {
            if let Some(open) = state.referrals.get_mut(passage) {
                open.released.push(*bank);
                open.office = office.clone();
            }
        }
        Event::GateClosed { gate } => {
            state.gates.entry(gate.clone()).or_default().closed_since = Some(at);
        }
        Event::GateOpened { gate } => {
            state.gates.entry(gate.clone()).or_default().closed_since = None;
        }
        Event::WatchListed { watch, bank, tag } => {
            state.last_watch = *watch;
            state.watch.insert(*watch, Watch { bank: *bank, tag: tag.clone(), listed_at: at });
        }
        Event::WatchUnlisted { watch } => {
            if let Some(ended) = state.watch.remove(watch) {
                state.watch_ended.push_back(ended.tag.of);
            }
        }
    }
}

fn decided(state: &mut State, decision: &Decision, at: Instant) {
    state.last_passage = decision.passage;
    count(state, decision, at);
    if let Some(digest) = &decision.digest {
        remember(state, digest, at);
    }
    match (decision.outcome, decision.person, decision.permit) {
        (Outcome::Permitted, Some(person), Some(permit)) => {
            let passage = Passage {
                person,
                permit,
                gate: decision.gate.clone(),
                direction: decision.direction,
                began_at: at,
                office: decision.office.clone(),
            };
            begin(state, decision.passage, passage);
        }
        (Outcome::Referred, person, permit) => {
            let referral = Referral {
                person,
                permit,
                gate: decision.gate.clone(),
                direction: decision.direction,
                at,
                office: decision.office.clone(),
                policies: decision.policies.clone(),
                facts: decision.facts.clone(),
                released: Vec::new(),
            };
            state.referrals.insert(decision.passage, referral);
        }
        (Outcome::Permitted, _, _) | (Outcome::Refused, _, _) => {}
    }
}

fn begin(state: &mut State, id: PassageId, passage: Passage) {
    // An officer let somebody over whose earlier passage was still open: the newer one takes its place.
    if let Some(Place::Crossing(earlier)) = state.presence.get(&passage.person).map(|presence| presence.place) {
        state.passages.remove(&earlier);
    }
    place(state, passage.person, Place::Crossing(id), passage.began_at);
    state.passages.insert(id, passage);
}

fn end(state: &mut State, id: PassageId, at: Instant, bank: impl FnOnce(&Passage) -> Bank) {
    if let Some(passage) = state.passages.remove(&id) {
        place(state, passage.person, Place::On(bank(&passage)), at);
    }
}

fn settled(state: &mut State, id: PassageId, settlement: Settlement, at: Instant) {
    let Some(referral) = state.referrals.remove(&id) else { return };
    match (settlement, referral.person, referral.permit) {
        (Settlement::LetPass, Some(person), Some(permit)) => {
            let Referral { gate, direction, office, .. } = referral;
            begin(state, id, Passage { person, permit, gate, direction, began_at: at, office });
        }
        (Settlement::LetPass, _, _) | (Settlement::TurnAway, _, _) => {}
    }
}

/// The one place where presence changes, so that the counts are always those of the places.
fn place(state: &mut State, person: PersonId, place: Place, since: Instant) {
    let before = state.presence.insert(person, Presence { place, since });
    if let Some(bank) = before.and_then(|presence| bank_of(presence.place)) {
        let count = on(state, bank);
        *count = count.saturating_sub(1);
    }
    if let Some(bank) = bank_of(place) {
        let count = on(state, bank);
        *count = count.saturating_add(1);
    }
}

fn on(state: &mut State, bank: Bank) -> &mut u32 {
    match bank {
        Bank::North => &mut state.on_north,
        Bank::South => &mut state.on_south,
    }
}

fn count(state: &mut State, decision: &Decision, at: Instant) {
    let hour = at.0.div_euclid(Instant::HOUR);
    while let Some(first) = state.tallies.get_min().map(|(key, _)| key.clone())
        && first.0 < hour - TALLY_HOURS
    {
        state.tallies.remove(&first);
    }
    let tally = state.tallies.entry((hour, decision.gate.clone(), decision.direction)).or_default();
    let counter = match decision.outcome {
        Outcome::Permitted => &mut tally.passed,
        Outcome::Referred => &mut tally.referred,
        Outcome::Refused => &mut tally.refused,
    };
    *counter = counter.saturating_add(1);
}

fn remember(state: &mut State, digest: &str, at: Instant) {
    while let Some(oldest) = state.seen_by_time.get_min().map(|(key, ())| *key)
        && oldest.0 <= at
    {
        state.seen_by_time.remove(&oldest);
        state.seen.remove(&oldest.1);
    }
    let until = at.plus(SEEN_FOR);
    let mark = mark_of(digest);
    if let Some(earlier) = state.seen.insert(mark, until) {
        state.seen_by_time.remove(&(earlier, mark));
    }
    state.seen_by_time.insert((until, mark), ());
}
