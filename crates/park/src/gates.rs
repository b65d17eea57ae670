//! The gate: a presentation in, both banks' answer out.

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, Bank, Direction, Key, Localised, Outcome, PersonId};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use desk::{Event, Submission};
use people::{Decision, Presentation};
use permits::Form;
use rulebook::Rulebook;

/// What the gate is told: the decision, and where its entry is in the log.
#[derive(Debug, Clone)]
pub struct GateAnswer {
    pub decision: Decision,
    pub sequence: u64,
    pub log_size: u64,
}

/// What the traveller is shown: never more than they may know.
#[derive(Debug, Clone)]
pub struct Shown {
    pub outcome: Outcome,
    /// The policy behind it; for one that is hidden, nothing.
    pub policy: Option<Key>,
    pub reason: Option<Localised>,
    pub remedy: Option<Localised>,
    pub section: Option<String>,
}

impl Park {
    /// Verifies a presentation, decides it, and returns when the decision is durable. `text` is what the QR code said;
    /// `actor` is the gate itself, or an officer who stands at it. Under the same `key` the answer is the same again.
    pub async fn present(
        &self,
        actor: &Actor,
        gate: &Key,
        text: &str,
        key: Option<Box<str>>,
    ) -> Result<GateAnswer, WorkError> {
        let direction = self.profile.gates.get(gate).ok_or(WorkError::NotFound)?.departing();
        let now = self.now();
        let (presentation, watchlisted) = self.look_at(text, now);
        let command = people::Command::Present { gate: gate.clone(), direction, presentation, watchlisted };
        let submission = Submission { actor: actor.clone(), now, commands: vec![command.into()], key };
        let receipt = self.desk.submit(submission).await?;
        let decision = receipt.events.iter().find_map(|event| match event {
            Event::People(people::Event::PresentationDecided(decision)) => Some(decision.clone()),
            _ => None,
        });
        let decision = decision.ok_or(WorkError::NotFound)?;
        Ok(GateAnswer { decision, sequence: receipt.first, log_size: receipt.size })
    }

    /// Everything that needs signatures or opened seals, before the desk is asked.
    pub fn look_at(&self, text: &str, now: base::Instant) -> (Presentation, Vec<Bank>) {
        match self.verifier.verify(text.trim(), now.0) {
            Err(fault) => {
                let fault = Key::new(fault.code()).unwrap_or_default();
                (Presentation::Unverifiable { fault }, Vec::new())
            }
            Ok(verified) => {
                let presentation = Presentation::Verified {
                    permit: verified.permit,
                    thumbprint: BASE64_URL_SAFE_NO_PAD.encode(verified.holder_thumbprint).into(),
                    form: match verified.form {
                        credentials::Form::Phone => Form::Phone,
                        credentials::Form::Portal => Form::Portal,
                        credentials::Form::Card => Form::Card,
                    },
                    presented_at: base::Instant(verified.issued_at_ms),
                    digest: BASE64_URL_SAFE_NO_PAD.encode(verified.digest).into(),
                };
                let watchlisted = self.holder_of(verified.permit).map(|person| self.desk.watchlisted(person));
                (presentation, watchlisted.unwrap_or_default())
            }
        }
    }

    fn holder_of(&self, permit: base::PermitId) -> Option<PersonId> {
        Some(permits::permit(&self.zone().permits, permit)?.issue.holder)
    }

    /// What the traveller may see of a decision.
    pub fn shown(&self, decision: &Decision) -> Shown {
        shown(&self.rulebook, decision)
    }

    /// The far gate reports an arrival, the near one a return, or an officer does in a gate's stead.
    pub async fn end_passage(&self, actor: &Actor, passage: base::PassageId, arrived: bool) -> Result<u64, WorkError> {
        let command = if arrived {
            people::Command::CompletePassage { passage }
        } else {
            people::Command::ReturnPassage { passage }
        };
        Ok(self.desk.command(actor.clone(), self.now(), command).await?.first)
    }

    /// The gates whose doors a traveller leaves by, for a way and a bridge.
    pub fn gate_of(&self, bridge: &Key, direction: Direction) -> Option<&Key> {
        self.profile.gates.values().find(|g| g.bridge == *bridge && g.departing() == direction).map(|gate| &gate.key)
    }
}

fn shown(rulebook: &Rulebook, decision: &Decision) -> Shown {
    let outcome = decision.outcome;
    if outcome == Outcome::Permitted {
        return Shown { outcome, policy: None, reason: None, remedy: None, section: None };
    }
    let nothing = Key::new(Rulebook::NOTHING_PERMITS);
    let weightiest = decision.policies.first().or(nothing.as_ref());
    let Some(card) = weightiest.and_then(|policy| rulebook.explain(policy)) else {
        return Shown { outcome, policy: None, reason: None, remedy: None, section: None };
    };
    Shown {
        outcome,
        policy: (!card.hidden).then(|| card.id.clone()),
        reason: Some(card.reason_for_public().clone()),
        remedy: Some(card.remedy_for_public().clone()),
        section: (!card.hidden).then(|| card.section.clone()),
    }
}
