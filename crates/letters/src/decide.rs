//! Deciding and folding: pure, without a clock, without chance.

use crate::door;
use crate::feeds::{self, Room};
use crate::model::{Command, Delivery, Event, Issue, Letter, Refusal, State};
use crate::pushes;
use base::{Actor, Ctx, LetterId, Recorded};
use profile::Profile;
use std::sync::Arc;

/// A SHA-256 in hex.
const DIGEST_CHARS: usize = 64;

/// Letters follow from what was decided: the platform writes them, and nobody else can.
pub fn decide(
    state: &State,
    people: &parties::State,
    profile: &Profile,
    command: Command,
    ctx: &Ctx,
) -> Result<Vec<Event>, Refusal> {
    let room = Room { state, people, profile, ctx };
    match command {
        Command::Issue(issue) => {
            by_platform(ctx)?;
            decide_issue(state, people, issue)
        }
        Command::NoteSent { letter } => {
            by_platform(ctx)?;
            undelivered(state, letter)?;
            Ok(vec![Event::Sent { letter }])
        }
        Command::OpenFeed { person, office, digest, secret } => room.open(person, office, digest, secret),
        Command::CloseFeed { person, office } => room.close(person, office),
        Command::SubscribePush { person, digest, subscription } => room.subscribe(person, digest, subscription),
        Command::EndPush { person, digest } => room.end_push(person, digest),
        Command::NotePushGone { person, digest } => {
            by_platform(ctx)?;
            pushes::gone(state, person, digest)
        }
        Command::NoteUndelivered { letter, reason } => {
            by_platform(ctx)?;
            undelivered(state, letter)?;
            Ok(vec![Event::NotDelivered { letter, reason }])
        }
    }
}

fn by_platform(ctx: &Ctx) -> Result<(), Refusal> {
    if *ctx.actor == Actor::System { Ok(()) } else { Err(Refusal::PlatformMustAct) }
}

fn decide_issue(state: &State, people: &parties::State, issue: Issue) -> Result<Vec<Event>, Refusal> {
    let person = issue.person;
    if parties::person(people, person).is_none_or(|known| known.erased) {
        return Err(Refusal::RecipientMustBeKnown { person });
    }
    if let Some(letter) = door::written_already(state, issue.case, issue.cause, issue.kind, issue.language) {
        return Err(Refusal::LetterMustBeNew { letter });
    }
    // Its number is printed on it, so it was taken before this was asked.
    let letter = door::next(state);
    if issue.letter != letter {
        return Err(Refusal::LetterMustBeNext { letter });
    }
    if [&issue.pdf, &issue.code, &issue.file].into_iter().all(|digest| is_digest(digest)) {
        Ok(vec![Event::Issued(issue)])
    } else {
        Err(Refusal::DigestsMustBeWellFormed)
    }
}

fn undelivered(state: &State, letter: LetterId) -> Result<(), Refusal> {
    match door::letter(state, letter).ok_or(Refusal::LetterMustBeKnown { letter })?.delivery {
        Delivery::Kept => Ok(()),
        Delivery::Sent(_) | Delivery::Failed(_) => Err(Refusal::LetterMustBeUndelivered { letter }),
    }
}

pub(crate) fn is_digest(text: &str) -> bool {
    text.len() == DIGEST_CHARS && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Records what was decided. Never fails: what it cannot find was never decided.
pub fn evolve(state: &mut State, event: &Event, recorded: &Recorded) {
    match event {
        Event::Issued(issue) => {
            state.by_case.entry(issue.case).or_default().insert(issue.letter);
            let letter = Letter {
                issue: issue.clone(),
                issued_at: recorded.at,
                entry: recorded.sequence,
                delivery: Delivery::Kept,
            };
            state.letters.insert(issue.letter, Arc::new(letter));
        }
        Event::Sent { letter } => delivered(state, *letter, Delivery::Sent(recorded.at)),
        Event::NotDelivered { letter, reason } => delivered(state, *letter, Delivery::Failed(*reason)),
        Event::FeedOpened { .. } | Event::FeedClosed { .. } => feeds::evolve(state, event, recorded),
        Event::PushSubscribed { .. } | Event::PushEnded { .. } => pushes::evolve(state, event, recorded),
    }
}

fn delivered(state: &mut State, letter: LetterId, delivery: Delivery) {
    if let Some(letter) = state.letters.get_mut(&letter) {
        Arc::make_mut(letter).delivery = delivery;
    }
}
