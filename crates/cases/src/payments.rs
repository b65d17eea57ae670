//! Fees: shown with a reference, received by the leg's office, waived with a reason, and given back where the service says so.
//! Nothing is paid here: the cashier or the bank's own system reports what came in.

use crate::decide::{Room, find_leg};
use crate::legs;
use crate::model::{Case, Event, Leg, LegState, Outcome, State};
use crate::refusal::{Refusal, WorkRefusal};
use crate::tasks::{Amount, Payment, Refund, Settled};
use crate::work::Work;
use base::{Answer, CaseId, Key, PersonId, Sealed};
use profile::{LegKind, RefundOn};

/// The longest number of a receipt.
pub const RECEIPT_CHARS_MAX: usize = 40;

/// What the payer quotes: a creditor reference of ISO 11649, whose two check digits catch a slip of the pen.
pub fn payment_reference(case: CaseId, legs: &[Leg], leg: &Key) -> String {
    let number = legs.iter().position(|known| known.key == *leg).map_or(0, |at| at + 1);
    let body = format!("C{}L{number}", case.0);
    format!("RF{:02}{body}", 98 - remainder(&format!("{body}RF00")))
}

/// Of the text read as a number, letters as 10 to 35, divided by 97.
fn remainder(text: &str) -> u32 {
    text.chars().filter_map(|character| character.to_digit(36)).fold(0, |rest, digit| {
        let shift = if digit < 10 { 10 } else { 100 };
        (rest * shift + digit) % 97
    })
}

/// Receipts are numbered by each office for itself.
pub(crate) fn receipt_key(office: &Key, receipt: &str) -> Box<str> {
    format!("{office}/{receipt}").into()
}

/// The leg, where the actor may do `action` and the fee is still due.
fn due<'a>(
    room: &Room<'a>,
    action: &'static str,
    id: CaseId,
    key: &Key,
) -> Result<(&'a Case, &'a Leg, &'a Payment, PersonId, Answer), Refusal> {
    let case = room.case(id)?;
    let leg = find_leg(id, case, key)?;
    let officer = room.acting_person()?;
    let ruling = room.may(action, id, case, Some(leg))?;
    let payment = leg.payment().ok_or_else(|| WorkRefusal::of_kind(id, leg, LegKind::Pay))?;
    room.still_undecided(id, case, leg)?;
    Ok((case, leg, payment, officer, ruling))
}

pub(crate) fn confirm(
    room: &Room,
    id: CaseId,
    key: &Key,
    amount: Amount,
    receipt: Box<str>,
) -> Result<Vec<Event>, Refusal> {
    let (case, leg, payment, officer, ruling) = due(room, "confirm_payment", id, key)?;
    if amount != payment.due {
        return Err(WorkRefusal::AmountMustMatch { due: payment.due, given: amount }.into());
    }
    let receipt = new_receipt(room, leg, &receipt)?;
    let work = Work::Paid { amount, receipt, officer, ruling };
    legs::ending(room, id, case, leg, LegState::Approved, Event::Worked { case: id, leg: key.clone(), work })
}

/// A number that this office has not used: whoever confirms twice is told where it was used.
fn new_receipt(room: &Room, leg: &Leg, receipt: &str) -> Result<Box<str>, Refusal> {
    let receipt = receipt.trim();
    let length = receipt.chars().count();
    if length == 0 || length > RECEIPT_CHARS_MAX || receipt.chars().any(char::is_control) {
        return Err(WorkRefusal::ReceiptMustBeGiven { most: RECEIPT_CHARS_MAX }.into());
    }
    match room.state.receipts.get(&receipt_key(&leg.office, receipt)) {
        Some(case) => Err(WorkRefusal::ReceiptMustBeNew { case: *case }.into()),
        None => Ok(receipt.into()),
    }
}

pub(crate) fn waive(room: &Room, id: CaseId, key: &Key, reason: Sealed) -> Result<Vec<Event>, Refusal> {
    let (case, leg, _, officer, ruling) = due(room, "waive_fee", id, key)?;
    room.own_seal(case.subject, &reason)?;
    let work = Work::FeeWaived { officer, reason, ruling };
    legs::ending(room, id, case, leg, LegState::Approved, Event::Worked { case: id, leg: key.clone(), work })
}

/// What was paid goes back where the case ends as the service says.
pub(crate) fn refunds(id: CaseId, legs: &[Leg], outcome: Outcome) -> Vec<Event> {
    let on = match outcome {
        Outcome::Approved => return Vec::new(),
        Outcome::Refused => RefundOn::Refused,
        Outcome::Withdrawn => RefundOn::Withdrawn,
    };
    let paid = |leg: &&Leg| {
        leg.payment().is_some_and(|payment| {
            matches!(payment.settled, Some(Settled::Paid { .. })) && payment.refund_on.contains(&on)
        })
    };
    let due = legs.iter().filter(paid).filter_map(|leg| {
        let work = Work::RefundDue { amount: leg.payment()?.due };
        Some(Event::Worked { case: id, leg: leg.key.clone(), work })
    });
    due.collect()
}

pub(crate) fn confirm_refund(room: &Room, id: CaseId, key: &Key, receipt: Box<str>) -> Result<Vec<Event>, Refusal> {
    let case = room.case(id)?;
    let leg = find_leg(id, case, key)?;
    let officer = room.acting_person()?;
    room.may("confirm_refund", id, case, Some(leg))?;
    let payment = leg.payment().ok_or_else(|| WorkRefusal::of_kind(id, leg, LegKind::Pay))?;
    if payment.refund != Some(Refund::Due) {
        return Err(WorkRefusal::RefundMustBeDue { case: id, leg: key.clone() }.into());
    }
    let receipt = new_receipt(room, leg, &receipt)?;
    let work = Work::Refunded { amount: payment.due, receipt, officer };
    Ok(vec![Event::Worked { case: id, leg: key.clone(), work }])
}

/// Where a receipt was used.
pub fn case_of_receipt(state: &State, office: &Key, receipt: &str) -> Option<CaseId> {
    state.receipts.get(&receipt_key(office, receipt.trim())).copied()
}
