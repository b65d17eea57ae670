//! Deciding: pure, without a clock, without chance.

use crate::door::{ending, gate_entity};
use crate::facts::Sources;
use crate::model::{Command, Decision, Event, Passage, Presentation, Referral, Refusal, Settlement, State};
use base::{Actor, Answer, Bank, Ctx, Direction, Entity, Key, Outcome, PassageId, Question, Sealed};
use parties::principal;
use profile::{Gate, Profile};

/// Decides one command against this room and the rooms it looks into.
pub fn decide(
    state: &State,
    permits: &permits::State,
    people: &parties::State,
    profile: &Profile,
    command: Command,
    ctx: &Ctx,
) -> Result<Vec<Event>, Refusal> {
    let room = Room { state, permits, people, profile, ctx };
    let event = match command {
        Command::Present { gate, direction, presentation, watchlisted } => {
            Event::PresentationDecided(room.present(&gate, direction, presentation, watchlisted)?)
        }
        Command::CompletePassage { passage } => {
            room.may_end("complete_passage", passage)?;
            Event::PassageCompleted { passage }
        }
        Command::ReturnPassage { passage } => {
            room.may_end("return_passage", passage)?;
            Event::PassageReturned { passage }
        }
        Command::ResolvePassage { passage, place, note } => {
            let open = room.passage(passage)?;
            room.may_settle("resolve_passage", &open.gate, &open.office)?;
            Event::PassageResolved { passage, place, note }
        }
        Command::SettleReferral { passage, settlement, note } => room.settle(passage, settlement, note)?,
        Command::CloseGate { gate } => {
            let known = room.gate(&gate)?;
            room.may("close_gate", known)?;
            if room.is_closed(&gate) {
                return Err(Refusal::GateMustBeOpen { gate });
            }
            Event::GateClosed { gate }
        }
        Command::OpenGate { gate } => {
            let known = room.gate(&gate)?;
            room.may("open_gate", known)?;
            if !room.is_closed(&gate) {
                return Err(Refusal::GateMustBeClosed { gate });
            }
            Event::GateOpened { gate }
        }
        Command::ListWatch { bank, tag } => {
            room.may_watch("list_watch", bank)?;
            Event::WatchListed { watch: state.last_watch.next(), bank, tag }
        }
        Command::UnlistWatch { watch } => {
            let known = state.watch.get(&watch).ok_or(Refusal::WatchMustBeKnown { watch })?;
            room.may_watch("unlist_watch", known.bank)?;
            Event::WatchUnlisted { watch }
        }
    };
    Ok(vec![event])
}

struct Room<'a> {
    state: &'a State,
    permits: &'a permits::State,
    people: &'a parties::State,
    profile: &'a Profile,
    ctx: &'a Ctx<'a>,
}

impl<'a> Room<'a> {
    fn gate(&self, gate: &Key) -> Result<&'a Gate, Refusal> {
        self.profile.gates.get(gate).ok_or_else(|| Refusal::GateMustBeKnown { gate: gate.clone() })
    }

    fn is_closed(&self, gate: &Key) -> bool {
        self.state.gates.get(gate).is_some_and(|gate| gate.closed_since.is_some())
    }

    fn passage(&self, passage: PassageId) -> Result<&'a Passage, Refusal> {
        self.state.passages.get(&passage).ok_or(Refusal::PassageMustBeOpen { passage })
    }

    fn referral(&self, passage: PassageId) -> Result<&'a Referral, Refusal> {
        self.state.referrals.get(&passage).ok_or(Refusal::ReferralMustBeOpen { passage })
    }

    fn question(&self, action: &'static str, resource: Entity) -> Question {
        Question::new(action, principal(self.people, self.profile, self.ctx.actor, self.ctx.now), resource)
    }

    fn may(&self, action: &'static str, gate: &Gate) -> Result<(), Refusal> {
        self.ctx.ask(&self.question(action, gate_entity(gate))).map(drop).map_err(Refusal::RuledOut)
    }

    /// The gate that sees it records that somebody arrived or came back, or an officer of the bank that answers for them.
    fn may_end(&self, action: &'static str, passage: PassageId) -> Result<(), Refusal> {
        let open = self.passage(passage)?;
        let asker = principal(self.people, self.profile, self.ctx.actor, self.ctx.now);
        let question = ending(self.profile, open, action, asker)
            .ok_or_else(|| Refusal::GateMustBeKnown { gate: open.gate.clone() })?;
        self.ctx.ask(&question).map(drop).map_err(Refusal::RuledOut)
    }

    /// A gate shows for itself, and the platform for any: the question whether to let somebody cross covers both. Anybody
    /// else has to be one who may stand at the gate, or nothing is decided about the traveller at all.
    fn may_operate(&self, gate: &Gate) -> Result<(), Refusal> {
        let covered = match self.ctx.actor {
            Actor::Gate { gate: own } => *own == gate.key,
            Actor::System => true,
            Actor::Anonymous
            | Actor::Operator
            | Actor::Person { .. }
            | Actor::Clerk { .. }
            | Actor::Delegate { .. }
            | Actor::Officer { .. } => false,
        };
        if covered { Ok(()) } else { self.may("operate_gate", gate) }
    }

    /// Only an officer of the bank whose office answers for the traveller settles where they are.
    fn may_settle(&self, action: &'static str, gate: &Key, office: &Key) -> Result<(), Refusal> {
        let owner = self.profile.offices.get(office).map_or("none", |office| office.bank.as_str());
        let question = self.question(action, gate_entity(self.gate(gate)?)).with("owner_bank", owner);
        self.ctx.ask(&question).map(drop).map_err(Refusal::RuledOut)
    }

    fn may_watch(&self, action: &'static str, bank: Bank) -> Result<(), Refusal> {
        let resource = Entity::new("Watch", bank).with("bank", bank.as_str());
        self.ctx.ask(&self.question(action, resource)).map(drop).map_err(Refusal::RuledOut)
    }

    fn sources(&self) -> Sources<'a> {
        let Room { state, permits, people, profile, ctx } = *self;
        Sources { state, permits, people, profile, now: ctx.now }
    }

    fn present(
        &self,
        gate: &Key,
        direction: Direction,
        presentation: Presentation,
        watchlisted: Vec<Bank>,
    ) -> Result<Decision, Refusal> {
        let gate = self.gate(gate)?;
        if gate.departing() != direction {
            return Err(Refusal::GateMustStandWhereThePassageBegins { gate: gate.key.clone() });
        }
        self.may_operate(gate)?;
        let facts = self.sources().gather(gate, &presentation, watchlisted);
        let asker = principal(self.people, self.profile, self.ctx.actor, self.ctx.now);
        let answer = self.ctx.rules.ask(&facts.question(asker, gate, direction, self.ctx.now));
        let side = |bank| self.ctx.rules.outcome_of(&answer, bank);
        let (north, south) = (side(Bank::North), side(Bank::South));
        Ok(Decision {
            passage: self.state.last_passage.next(),
            gate: gate.key.clone(),
            direction,
            person: facts.pass.as_ref().map(|pass| pass.holder),
            permit: facts.pass.as_ref().map(|pass| pass.permit),
            outcome: answer.outcome,
            north,
            south,
            office: answering_office(gate, direction, north, south).clone(),
            policies: answer.policies,
            rulebook: answer.version,
            digest: match presentation {
                Presentation::Verified { digest, .. } => Some(digest),
                Presentation::Unverifiable { .. } => None,
            },
            facts,
        })
    }

    fn settle(&self, passage: PassageId, settlement: Settlement, note: Option<Sealed>) -> Result<Event, Refusal> {
        let open = self.referral(passage)?;
        self.may_settle("release_referred", &open.gate, &open.office)?;
        if settlement == Settlement::LetPass {
            let answer = self.sources().may_be_let_over(passage, self.ctx.rules)?;
            if let Some((bank, office)) = self.next_to_see(open, &answer) {
                return Ok(Event::ReferralReleased { passage, bank, office, note });
            }
        }
        Ok(Event::ReferralSettled { passage, settlement, note })
    }

    /// The bank whose office lets the traveller pass, and the other bank's office where that bank's own rules refer them
    /// too: neither bank's officers speak for the other.
    fn next_to_see(&self, open: &Referral, answer: &Answer) -> Option<(Bank, Key)> {
        let bank_of = |office: &Key| self.profile.offices.get(office).map(|office| office.bank);
        let own = bank_of(&open.office)?;
        let mut referring = self.ctx.rules.referred_by(answer).into_iter();
        let next = referring.find(|bank| *bank != own && !open.released.contains(bank))?;
        let owners = &self.profile.gates.get(&open.gate)?.owner_office;
        let office =
            Direction::BOTH.into_iter().map(|way| owners.of(way)).find(|office| bank_of(office) == Some(next))?;
        Some((own, office.clone()))
    }
}

/// The entry side answers for the traveller, unless it was the exit side alone that referred them.
fn answering_office(gate: &Gate, direction: Direction, north: Outcome, south: Outcome) -> &Key {
    let of = |bank: Bank| match bank {
        Bank::North => north,
        Bank::South => south,
    };
    let entry_refers = of(direction.to()) == Outcome::Referred;
    let exit_refers = of(direction.from()) == Outcome::Referred;
    let towards = if exit_refers && !entry_refers { opposite(direction) } else { direction };
    gate.owner_office.of(towards)
}

fn opposite(direction: Direction) -> Direction {
    match direction {
        Direction::Northbound => Direction::Southbound,
        Direction::Southbound => Direction::Northbound,
    }
}
