//! What is done on a leg besides an officer's word, in words: proposals and second officers, fees, signatures,
//! appointments, a panel's votes.

use base::Language;
use cases::{Confirmation, Leg, LegState, LegVerdict, Settled, Tally, Work};
use frame::parts::Tone;
use frame::{format, say};
use jiff::tz::TimeZone;

pub(crate) fn tone(work: &Work) -> Tone {
    match work {
        Work::Paid { .. }
        | Work::FeeWaived { .. }
        | Work::Signed { .. }
        | Work::Attended { .. }
        | Work::Confirmed { .. }
        | Work::VoteClosed { verdict: LegVerdict::Approved | LegVerdict::Supported, .. } => Tone::Good,
        Work::Declined { .. } | Work::VoteClosed { verdict: LegVerdict::Refused | LegVerdict::Objected, .. } => {
            Tone::Bad
        }
        Work::SentBack { .. }
        | Work::StayedAway { .. }
        | Work::ConflictDeclared { .. }
        | Work::RefundDue { .. }
        | Work::BookingCancelled { .. } => Tone::Caution,
        Work::GivenBack { .. }
        | Work::HandedOn { .. }
        | Work::Proposed { .. }
        | Work::Refunded { .. }
        | Work::SignatoryNamed { .. }
        | Work::Booked { .. }
        | Work::Voted { .. }
        | Work::Reseated { .. } => Tone::Active,
    }
}

pub(crate) fn title(l: Language, work: &Work) -> String {
    match work {
        Work::GivenBack { .. } => say!(l, "history-given-back"),
        Work::HandedOn { .. } => say!(l, "history-handed-on"),
        Work::Proposed { verdict: LegVerdict::Approved, .. } => say!(l, "history-proposed-approval"),
        Work::Proposed { verdict: LegVerdict::Refused, .. } => say!(l, "history-proposed-refusal"),
        Work::Proposed { verdict: LegVerdict::Supported | LegVerdict::Objected, .. } => {
            say!(l, "history-proposed-opinion")
        }
        Work::Confirmed { .. } => say!(l, "history-confirmed"),
        Work::SentBack { .. } => say!(l, "history-sent-back"),
        Work::Paid { .. } => say!(l, "history-paid"),
        Work::FeeWaived { .. } => say!(l, "history-fee-waived"),
        Work::RefundDue { .. } => say!(l, "history-refund-due"),
        Work::Refunded { .. } => say!(l, "history-refunded"),
        Work::SignatoryNamed { .. } => say!(l, "history-signatory-named"),
        Work::Signed { .. } => say!(l, "history-signed"),
        Work::Declined { .. } => say!(l, "history-declined"),
        Work::Booked { .. } => say!(l, "history-booked"),
        Work::BookingCancelled { .. } => say!(l, "history-booking-cancelled"),
        Work::Attended { .. } => say!(l, "history-attended"),
        Work::StayedAway { .. } => say!(l, "history-stayed-away"),
        Work::Voted { scores: None, .. } => say!(l, "history-abstained"),
        Work::Voted { scores: Some(scores), .. } if scores.is_empty() => say!(l, "history-voted-hidden"),
        Work::Voted { .. } => say!(l, "history-voted"),
        Work::ConflictDeclared { .. } => say!(l, "history-conflict"),
        Work::Reseated { .. } => say!(l, "history-reseated"),
        Work::VoteClosed { verdict: LegVerdict::Approved | LegVerdict::Supported, .. } => {
            say!(l, "history-vote-approved")
        }
        Work::VoteClosed { verdict: LegVerdict::Refused | LegVerdict::Objected, .. } => say!(l, "history-vote-refused"),
    }
}

/// What stands below the title: a sum, a time, scores. People are told by the page, which knows whom its reader may know.
pub(crate) fn detail(l: Language, zone: &TimeZone, work: &Work) -> Option<String> {
    match work {
        Work::Paid { amount, receipt, .. } | Work::Refunded { amount, receipt, .. } => {
            Some(say!(l, "history-receipt-number", amount = amount.to_string(), receipt = receipt.to_string()))
        }
        Work::RefundDue { amount } => Some(amount.to_string()),
        Work::Signed { version, text, confirmation, .. } => {
            let hash = text.get(..12).unwrap_or(text).to_owned();
            let what = say!(l, "history-undertaking-hash", version = *version, hash = hash);
            let how = match confirmation {
                Some(Confirmation::Passkey { .. }) => say!(l, "history-signed-passkey"),
                Some(Confirmation::Demonstration) => say!(l, "history-signed-demonstration"),
                None => return Some(what),
            };
            Some(format!("{what}{}{how}", format::sentence_gap(l)))
        }
        Work::Booked { at, .. }
        | Work::BookingCancelled { at, .. }
        | Work::Attended { at, .. }
        | Work::StayedAway { at, .. } => Some(format::date_time(l, *at, zone)),
        Work::Voted { scores: Some(scores), .. } if !scores.is_empty() => {
            let scores: Vec<String> = scores.iter().map(u8::to_string).collect();
            Some(say!(l, "history-scores", scores = scores.join(format::list_gap(l))))
        }
        Work::VoteClosed { tally, .. } => Some(tally_told(l, *tally)),
        Work::GivenBack { .. }
        | Work::HandedOn { .. }
        | Work::Proposed { .. }
        | Work::Confirmed { .. }
        | Work::SentBack { .. }
        | Work::FeeWaived { .. }
        | Work::SignatoryNamed { .. }
        | Work::Declined { .. }
        | Work::Voted { .. }
        | Work::ConflictDeclared { .. }
        | Work::Reseated { .. } => None,
    }
}

pub(crate) fn tally_told(l: Language, tally: Tally) -> String {
    let mean = format::decimal(f64::from(tally.mean) / 100.0, 2);
    say!(
        l,
        "history-tally",
        mean = mean,
        scored = u32::from(tally.scored),
        abstained = u32::from(tally.abstained),
        conflicts = u32::from(tally.conflicts)
    )
}

/// The state of a leg that asks for more than an officer's word; `None` where the state's own word says it.
pub(crate) fn status(l: Language, leg: &Leg) -> Option<(Tone, String)> {
    let open = leg.state == LegState::Open;
    if let Some(payment) = leg.payment() {
        return match payment.settled {
            Some(Settled::Paid { .. }) => Some((Tone::Good, say!(l, "leg-paid"))),
            Some(Settled::Waived) => Some((Tone::Good, say!(l, "leg-waived"))),
            None => open.then(|| (Tone::Caution, say!(l, "leg-to-pay"))),
        };
    }
    let (to_do, done, failed) = if leg.signing().is_some() {
        (say!(l, "leg-to-sign"), say!(l, "leg-signed"), say!(l, "leg-declined"))
    } else if let Some(attendance) = leg.attendance() {
        let booked = attendance.booked.is_some();
        let to_do = if booked { say!(l, "leg-booked") } else { say!(l, "leg-to-attend") };
        (to_do, say!(l, "leg-attended"), say!(l, "leg-stayed-away"))
    } else if leg.panel().is_some() {
        return open.then(|| (Tone::Active, say!(l, "leg-voting")));
    } else {
        return None;
    };
    match leg.state {
        LegState::Open => Some((Tone::Caution, to_do)),
        LegState::Approved => Some((Tone::Good, done)),
        LegState::Refused => Some((Tone::Bad, failed)),
        LegState::Asked | LegState::Moot | LegState::Waiting | LegState::Supported | LegState::Objected => None,
    }
}
