//! What a leg asks for besides an officer's word, as programs read it.

use base::{CaseId, PersonId};
use cases::{Case, Leg, Payment, Refund, Settled};
use profile::Profile;
use serde::Serialize;
use utoipa::ToSchema;

/// A fee, and how it is paid.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentView {
    amount_minor: i64,
    /// ISO 4217.
    currency: &'static str,
    /// What the payer quotes; ISO 11649.
    reference: String,
    /// `due`, `paid` or `waived`.
    state: &'static str,
    /// `due` or `made`, where what was paid goes back.
    refund: Option<&'static str>,
}

pub(super) fn payment_view(id: CaseId, case: &Case, leg: &Leg) -> Option<PaymentView> {
    let Payment { due, settled, refund, .. } = leg.payment()?;
    Some(PaymentView {
        amount_minor: due.minor,
        currency: due.currency.code(),
        reference: cases::payment_reference(id, &case.legs, &leg.key),
        state: match settled {
            None => "due",
            Some(Settled::Paid { .. }) => "paid",
            Some(Settled::Waived) => "waived",
        },
        refund: refund.as_ref().map(|refund| match refund {
            Refund::Due => "due",
            Refund::Made { .. } => "made",
        }),
    })
}

/// An undertaking; its text is the service's.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UndertakingView {
    /// Of the text that is to be signed now.
    version: Option<u32>,
    /// `applicant`, `subject` or `named`.
    signatory: &'static str,
    #[schema(value_type = Option<String>, example = "P-12")]
    named: Option<PersonId>,
    /// SHA-256 of the text that was signed, in the language in which it was.
    signed: Option<String>,
}

pub(super) fn undertaking_view(profile: &Profile, case: &Case, leg: &Leg) -> Option<UndertakingView> {
    let signing = leg.signing()?;
    Some(UndertakingView {
        version: cases::undertaking(profile, case, &leg.key).map(|plan| plan.version),
        signatory: signing.signatory.as_str(),
        named: signing.named,
        signed: signing.signed.as_ref().map(|signed| signed.text.to_string()),
    })
}

/// An appointment at the leg's office.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AppointmentView {
    /// The time that was chosen.
    at: Option<String>,
    changes_left: u8,
    absences_left: u8,
}

pub(super) fn appointment_view(leg: &Leg) -> Option<AppointmentView> {
    let attendance = leg.attendance()?;
    Some(AppointmentView {
        at: attendance.booked.map(|at| at.to_string()),
        changes_left: attendance.changes_left,
        absences_left: attendance.absences_left,
    })
}

/// A panel: how far its vote has come, and what it came to. Ballots are in the history, for those who may read them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PanelView {
    seats: usize,
    acted: usize,
    quorum: u8,
    /// Per cent of the highest weighted mean.
    pass_percent: u8,
    /// The criteria, in the order of a ballot's scores.
    criteria: Vec<String>,
    score_max: u8,
    /// The weighted mean in hundredths of a per cent, once the vote is closed.
    mean: Option<u32>,
}

pub(super) fn panel_view(leg: &Leg) -> Option<PanelView> {
    let panel = leg.panel()?;
    Some(PanelView {
        seats: panel.seats.len(),
        acted: panel.seats.iter().filter(|seat| seat.ballot.is_some()).count(),
        quorum: panel.quorum(),
        pass_percent: panel.pass_percent,
        criteria: panel.criteria.iter().map(|criterion| criterion.key.to_string()).collect(),
        score_max: panel.score_max,
        mean: panel.tally.map(|tally| tally.mean),
    })
}
