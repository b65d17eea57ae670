//! Given two banks and a bridge, when somebody holds a pass to a gate, then this is what comes of it: with the zone folder's
//! own gates and rules.

mod gate;
mod officers;
mod refusals;
mod sequences;
mod walking;
mod world;

use crate::{Command, Decision, Event, Passage, Place, Presentation, Refusal, Settlement, State, decide, evolve};
use base::{Actor, Bank, Ctx, Direction, Instant, Outcome, PassageId, PermitId, PersonId, Recorded, Refuse, Sealed};
use base::{Subject, WatchId};
use permits::Form;
use world::{PROFILE, RULES, key, people, permits_of_the_world};

const NINE_ON_MONDAY: Instant = Instant(1_795_395_600_000); // 2026-11-23 09:00 in Hong Kong

const SOUTH: &str = "officer:P-3:hk-immigration";
const NORTH: &str = "officer:P-4:sz-exit-entry";
const OPERATIONS: &str = "officer:P-5:hk-park-company";

/// The room under test, the rooms it looks into, and the clock.
#[derive(Clone)]
struct Bridges {
    state: State,
    permits: permits::State,
    people: parties::State,
    now: Instant,
    /// When each presentation was made.
    presentations: Vec<Instant>,
}

impl Bridges {
    fn new() -> Self {
        let (permits, people) = (permits_of_the_world(), people());
        Self { state: State::default(), permits, people, now: NINE_ON_MONDAY, presentations: Vec::new() }
    }

    fn decide_by(&self, actor: &str, command: Command) -> Result<Vec<Event>, Refusal> {
        let actor: Actor = actor.parse().unwrap();
        let ctx = Ctx { now: self.now, actor: &actor, rules: &*RULES };
        decide(&self.state, &self.permits, &self.people, &PROFILE, command, &ctx)
    }

    fn fold(&mut self, events: &[Event]) {
        for event in events {
            evolve(&mut self.state, event, &Recorded { sequence: 0, at: self.now, actor: &Actor::System });
        }
    }

    /// When `actor` gives the command, then this follows: the event's name; for a presentation what was decided and by
    /// which rule; or `refused: code`, with the rule behind it where it is the rulebook's. What was decided is folded.
    #[track_caller]
    fn check(&mut self, actor: &str, command: Command, want: &str) -> &mut Self {
        let decided = self.decide_by(actor, command);
        assert_eq!(in_words(&decided), want, "{decided:?}");
        self.fold(&decided.unwrap_or_default());
        self
    }

    /// A presentation never seen before, held to the gate this instant.
    fn fresh(&mut self, permit: u32, letter: char, form: Form) -> Presentation {
        let digest = format!("digest-{}", self.presentations.len()).into();
        self.presentations.push(self.now);
        Presentation::Verified {
            permit: PermitId(permit),
            thumbprint: thumbprint(letter),
            form,
            presented_at: self.now,
            digest,
        }
    }

    /// P-1, or whoever has the permit, shows it on the phone.
    #[track_caller]
    fn shows(&mut self, permit: u32, gate: &str, want: &str) -> &mut Self {
        let presentation = self.fresh(permit, 'a', Form::Phone);
        self.check(&format!("gate:{gate}"), present(gate, presentation), want)
    }

    #[track_caller]
    /// At the gate that the passage leads to.
    fn arrives(&mut self, passage: u32) -> &mut Self {
        let open = &self.state.passages[&PassageId(passage)];
        let far = crate::far_gate(&PROFILE, PROFILE.gate(&open.gate).unwrap()).unwrap();
        self.check(&format!("gate:{}", far.key), complete(passage), "passage_completed")
    }

    /// P-1 went north with the first presentation of all.
    fn with_somebody_on_the_bridge() -> Self {
        let mut bridges = Self::new();
        bridges.shows(1, "west-south", PASS);
        bridges
    }

    fn place(&self, person: u32) -> Option<Place> {
        crate::place_of(&self.state, PersonId(person))
    }

    fn later(&mut self, milliseconds: i64) -> &mut Self {
        self.now = self.now.plus(milliseconds);
        self
    }
}

const PASS: &str = "permitted by north-admits-commuters";

fn in_words(decided: &Result<Vec<Event>, Refusal>) -> String {
    match decided {
        Ok(events) => events.iter().map(event_in_words).collect::<Vec<_>>().join(" + "),
        Err(refusal) => match refusal.answer() {
            Some(answer) if answer.policies.is_empty() => "refused: nothing permits it".into(),
            Some(answer) => format!("refused: {}", answer.policies[0]),
            None => format!("refused: {}", refusal.code()),
        },
    }
}

fn event_in_words(event: &Event) -> String {
    if let Event::PresentationDecided(decision) = event {
        let outcome = match decision.outcome {
            Outcome::Permitted => "permitted",
            Outcome::Referred => "referred",
            Outcome::Refused => "refused",
        };
        return match decision.policies.first() {
            Some(first) => format!("{outcome} by {first}"),
            None => format!("{outcome} by default"),
        };
    }
    serde_json::to_value(event).unwrap().as_object().unwrap().keys().next().unwrap().clone()
}

fn thumbprint(letter: char) -> Box<str> {
    letter.to_string().repeat(43).into()
}

fn present_to(gate: &str, direction: Direction, presentation: Presentation, watchlisted: &[Bank]) -> Command {
    Command::Present { gate: key(gate), direction, presentation, watchlisted: watchlisted.into() }
}

/// The way that begins at the gate.
fn present(gate: &str, presentation: Presentation) -> Command {
    let direction = PROFILE.gate(&key(gate)).unwrap().departing();
    present_to(gate, direction, presentation, &[])
}

fn unreadable(fault: &str) -> Presentation {
    Presentation::Unverifiable { fault: key(fault) }
}

fn complete(passage: u32) -> Command {
    Command::CompletePassage { passage: PassageId(passage) }
}

fn turn_back(passage: u32) -> Command {
    Command::ReturnPassage { passage: PassageId(passage) }
}

fn resolve(passage: u32, place: Bank) -> Command {
    Command::ResolvePassage { passage: PassageId(passage), place, note: None }
}

fn settle(passage: u32, settlement: Settlement) -> Command {
    Command::SettleReferral { passage: PassageId(passage), settlement, note: None }
}

fn close(gate: &str) -> Command {
    Command::CloseGate { gate: key(gate) }
}

fn reopen(gate: &str) -> Command {
    Command::OpenGate { gate: key(gate) }
}

fn list_watch(bank: Bank) -> Command {
    Command::ListWatch { bank, tag: Sealed { of: Subject("watch".into()), ciphertext: "AAAA".into() } }
}

fn unlist_watch(watch: u32) -> Command {
    Command::UnlistWatch { watch: WatchId(watch) }
}
