//! What is done on a leg besides an officer's word, as people hand it in: texts are sealed under the key of the person
//! whom the case is about, and an act becomes the room's command.

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, CaseId, Instant, Key, Language, PersonId, Sealed};
use cases::{Act, Amount, Confirmation};
use desk::{Receipt, context};

/// The longest text, in characters.
const TEXT_CHARS_MAX: usize = 4_000;

/// What shows that it was the signatory who signed.
#[derive(Debug, Clone)]
pub enum SignedBy {
    /// Nothing: refused.
    Nobody,
    /// Somebody of a demonstration who has no passkey.
    Demonstration,
    Passkey {
        signatory: PersonId,
        credential_id: Vec<u8>,
        nonce: String,
        proof: serde_json::Value,
    },
}

/// An act with its texts as they were typed.
#[derive(Debug, Clone)]
pub enum LegAct {
    GiveBack,
    HandOn { to: PersonId, note: String },
    Confirm,
    SendBack { reason: String },
    ConfirmPayment { amount: Amount, receipt: String },
    WaiveFee { reason: String },
    ConfirmRefund { receipt: String },
    NameSignatory { person: PersonId },
    Sign { version: u32, language: Language, text: String, by: SignedBy },
    Decline { reason: String },
    Book { at: Instant },
    CancelBooking,
    RecordAttendance { came: bool },
    Vote { scores: Option<Vec<u8>>, comment: String },
    DeclareConflict { reason: String },
    Reseat { seat: u8 },
    CloseVote { reason: String },
}

impl Park {
    /// The command, its texts sealed.
    pub fn leg_command(&self, case: CaseId, leg: Key, act: LegAct) -> Result<cases::Command, WorkError> {
        let subject = cases::case(&self.zone().cases, case).ok_or(WorkError::NotFound)?.subject;
        let reason = |text: &str| self.seal_text(subject, context::REASON, &clip(text));
        let note = |text: &str| self.seal_text(subject, context::LEG_NOTE, &clip(text));
        let any = |text: &str| -> Result<Option<Sealed>, WorkError> {
            if text.trim().is_empty() { Ok(None) } else { note(text).map(Some) }
        };
        let act = match act {
            LegAct::GiveBack => Act::GiveBack,
            LegAct::HandOn { to, note } => Act::HandOn { to, note: any(&note)? },
            LegAct::Confirm => Act::Confirm,
            LegAct::SendBack { reason } => Act::SendBack { reason: note(&reason)? },
            LegAct::ConfirmPayment { amount, receipt } => Act::ConfirmPayment { amount, receipt: receipt.into() },
            LegAct::WaiveFee { reason: text } => Act::WaiveFee { reason: reason(&text)? },
            LegAct::ConfirmRefund { receipt } => Act::ConfirmRefund { receipt: receipt.into() },
            LegAct::NameSignatory { person } => Act::NameSignatory { person },
            LegAct::Sign { version, language, text, by } => {
                Act::Sign { version, language, text: text.into(), confirmation: self.confirmation(by)? }
            }
            LegAct::Decline { reason } => Act::Decline { reason: any(&reason)? },
            LegAct::Book { at } => Act::Book { at },
            LegAct::CancelBooking => Act::CancelBooking,
            LegAct::RecordAttendance { came } => Act::RecordAttendance { came },
            LegAct::Vote { scores, comment } => Act::Vote { scores, comment: any(&comment)? },
            LegAct::DeclareConflict { reason } => Act::DeclareConflict { reason: any(&reason)? },
            LegAct::Reseat { seat } => Act::Reseat { seat },
            LegAct::CloseVote { reason: text } => Act::CloseVote { reason: reason(&text)? },
        };
        Ok(cases::Command::Work { case, leg, act })
    }

    fn confirmation(&self, by: SignedBy) -> Result<Option<Confirmation>, WorkError> {
        Ok(match by {
            SignedBy::Nobody => None,
            SignedBy::Demonstration => Some(Confirmation::Demonstration),
            SignedBy::Passkey { signatory, credential_id, nonce, proof } => {
                let zone = self.zone();
                let subject = &parties::person(&zone.parties, signatory).ok_or(WorkError::NotFound)?.subject;
                let proof = self.vault.seal_json(subject, context::SIGNATURE, &proof)?;
                let credential = crate::identity::passkey_name(&credential_id).into();
                Some(Confirmation::Passkey { credential, nonce: nonce.into(), proof })
            }
        })
    }

    pub async fn work_leg(&self, actor: &Actor, case: CaseId, leg: Key, act: LegAct) -> Result<Receipt, WorkError> {
        let command = self.leg_command(case, leg, act)?;
        Ok(self.desk.command(actor.clone(), self.now(), command).await?)
    }
}

fn clip(text: &str) -> String {
    text.trim().chars().take(TEXT_CHARS_MAX).collect()
}
