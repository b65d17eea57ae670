//! Legs that ask for more than an officer's word: work handed on, second officers, fees, signatures, appointments, votes.

use super::body::{Body, Nothing};
use super::caller::ApiCaller;
use super::docs::Problems;
use super::idempotency::{self, Asked};
use super::receipts::{ReceiptView, submit_as};
use super::sealing::{not_taken, written};
use crate::place::Place;
use crate::problem::Problem;
use ::cases::Amount;
use axum::Json;
use base::{CaseId, Instant, Key, Language, PersonId};
use park::{LegAct, SignedBy};
use profile::Currency;
use serde::Deserialize;
use utoipa::ToSchema;

type Answer = Result<Json<ReceiptView>, Problem>;
type OfLeg = Place<(CaseId, Key)>;

async fn act(caller: &ApiCaller, (case, leg): (CaseId, Key), asked: Option<Asked>, act: LegAct) -> Answer {
    let key = idempotency::key_of(caller, asked)?;
    let command = caller.portal.park.leg_command(case, leg, act)?;
    submit_as(caller, &caller.actor, key, command).await
}

/// A text that may be left out, and says not too much.
fn optional(field: &str, text: Option<&str>) -> Result<String, Problem> {
    match text.map(str::trim) {
        None | Some("") => Ok(String::new()),
        Some(text) => written(field, text).map(str::to_owned),
    }
}

/// `2026-12-01T10:00:00+08:00`.
pub(super) fn instant(field: &str, text: &str) -> Result<Instant, Problem> {
    text.parse().map(Instant::of).map_err(|_| not_taken(field))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandOnBody {
    /// A colleague of the same office.
    #[schema(value_type = String, example = "P-12")]
    to: PersonId,
    /// For the colleague; it stays within the office.
    note: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReasonBody {
    reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PerhapsReasonBody {
    reason: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PaymentBody {
    /// In minor units of the currency: 100000 for HK$1,000.00.
    #[schema(example = 100_000)]
    amount_minor: i64,
    /// ISO 4217: `HKD` or `CNY`.
    #[schema(value_type = String, example = "HKD")]
    currency: Currency,
    /// The bank's or the cashier's number, at most 40 characters; each is used once.
    receipt: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefundBody {
    receipt: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignatoryBody {
    #[schema(value_type = String, example = "P-12")]
    person: PersonId,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignatureBody {
    /// Of the undertaking, as the service gives it.
    version: u32,
    /// In which it was read: `zh-Hant`, `zh-Hans` or `en`.
    #[schema(value_type = String, example = "zh-Hant")]
    language: Language,
    /// SHA-256 of that text in UTF-8, in hexadecimal.
    sha256: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BookingBody {
    /// One of the times that the office offers.
    #[schema(example = "2026-12-01T10:00:00+08:00")]
    at: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttendanceBody {
    came: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BallotBody {
    /// In the order of the criteria; absent for an abstention.
    scores: Option<Vec<u8>>,
    comment: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeatBody {
    /// Counted from 1.
    #[schema(minimum = 1)]
    seat: u8,
}

/// The officer gives the leg back: whoever is free takes it.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/give-back", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "hong-kong")),
    request_body(content = Nothing, description = "empty, or {}"),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn give_back(caller: ApiCaller, Place(leg): OfLeg, body: Body<Nothing>) -> Answer {
    act(&caller, leg, body.asked, LegAct::GiveBack).await
}

/// The officer hands the leg on to a colleague; the head of the office hands on whatever anybody holds.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/hand-on", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "hong-kong")),
    request_body = HandOnBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn hand_on(caller: ApiCaller, Place(leg): OfLeg, body: Body<HandOnBody>) -> Answer {
    let note = optional("note", body.value.note.as_deref())?;
    act(&caller, leg, body.asked, LegAct::HandOn { to: body.value.to, note }).await
}

/// A second officer confirms what the first proposed: it is the leg's decision now.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/confirmation", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "hong-kong")),
    request_body(content = Nothing, description = "empty, or {}"),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn confirm(caller: ApiCaller, Place(leg): OfLeg, body: Body<Nothing>) -> Answer {
    act(&caller, leg, body.asked, LegAct::Confirm).await
}

/// A second officer sends back what the first proposed, and says why.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/send-back", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "hong-kong")),
    request_body = ReasonBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn send_back(caller: ApiCaller, Place(leg): OfLeg, body: Body<ReasonBody>) -> Answer {
    let reason = written("reason", &body.value.reason)?.to_owned();
    act(&caller, leg, body.asked, LegAct::SendBack { reason }).await
}

/// The cashier or the bank's system reports that the fee came in. An amount that does not match is refused with both figures.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/payment", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "fee")),
    request_body = PaymentBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn confirm_payment(caller: ApiCaller, Place(leg): OfLeg, body: Body<PaymentBody>) -> Answer {
    let PaymentBody { amount_minor, currency, receipt } = body.value;
    let amount = Amount { minor: amount_minor, currency };
    act(&caller, leg, body.asked, LegAct::ConfirmPayment { amount, receipt }).await
}

/// An officer of the receiving office waives the fee, and says why.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/waiver", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "fee")),
    request_body = ReasonBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn waive(caller: ApiCaller, Place(leg): OfLeg, body: Body<ReasonBody>) -> Answer {
    let reason = written("reason", &body.value.reason)?.to_owned();
    act(&caller, leg, body.asked, LegAct::WaiveFee { reason }).await
}

/// The fee that was due to go back has gone back.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/refund", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "fee")),
    request_body = RefundBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn refund(caller: ApiCaller, Place(leg): OfLeg, body: Body<RefundBody>) -> Answer {
    act(&caller, leg, body.asked, LegAct::ConfirmRefund { receipt: body.value.receipt }).await
}

/// The applicant names who signs.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/signatory", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "undertaking")),
    request_body = SignatoryBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn name_signatory(caller: ApiCaller, Place(leg): OfLeg, body: Body<SignatoryBody>) -> Answer {
    act(&caller, leg, body.asked, LegAct::NameSignatory { person: body.value.person }).await
}

/// The undertaking is signed, told by the hash of its text in the signatory's language. Only in a demonstration, by people
/// without a passkey: otherwise a passkey confirms a signature, on the signatory's own page.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/signature", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "undertaking")),
    request_body = SignatureBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn sign(caller: ApiCaller, Place(leg): OfLeg, body: Body<SignatureBody>) -> Answer {
    let SignatureBody { version, language, sha256: text } = body.value;
    let by = if caller.portal.options.demo { SignedBy::Demonstration } else { SignedBy::Nobody };
    act(&caller, leg, body.asked, LegAct::Sign { version, language, text, by }).await
}

/// The undertaking is not signed: the leg ends refused.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/decline", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "undertaking")),
    request_body = PerhapsReasonBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn decline(caller: ApiCaller, Place(leg): OfLeg, body: Body<PerhapsReasonBody>) -> Answer {
    let reason = optional("reason", body.value.reason.as_deref())?;
    act(&caller, leg, body.asked, LegAct::Decline { reason }).await
}

/// The applicant chooses a time that the office offers, or another than before.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/booking", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "visit")),
    request_body = BookingBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn book(caller: ApiCaller, Place(leg): OfLeg, body: Body<BookingBody>) -> Answer {
    let at = instant("at", &body.value.at)?;
    act(&caller, leg, body.asked, LegAct::Book { at }).await
}

/// The appointment is given up; another time may be chosen.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/booking/cancel", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "visit")),
    request_body(content = Nothing, description = "empty, or {}"),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn cancel_booking(caller: ApiCaller, Place(leg): OfLeg, body: Body<Nothing>) -> Answer {
    act(&caller, leg, body.asked, LegAct::CancelBooking).await
}

/// Whether the applicant came to the appointment.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/attendance", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "visit")),
    request_body = AttendanceBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn record_attendance(caller: ApiCaller, Place(leg): OfLeg, body: Body<AttendanceBody>) -> Answer {
    act(&caller, leg, body.asked, LegAct::RecordAttendance { came: body.value.came }).await
}

/// A member of the panel votes, or abstains. A vote is not changed.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/ballot", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "panel")),
    request_body = BallotBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn vote(caller: ApiCaller, Place(leg): OfLeg, body: Body<BallotBody>) -> Answer {
    let comment = optional("comment", body.value.comment.as_deref())?;
    act(&caller, leg, body.asked, LegAct::Vote { scores: body.value.scores, comment }).await
}

/// A member of the panel declares a conflict of interest and falls away.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/conflict", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "panel")),
    request_body = PerhapsReasonBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn declare_conflict(caller: ApiCaller, Place(leg): OfLeg, body: Body<PerhapsReasonBody>) -> Answer {
    let reason = optional("reason", body.value.reason.as_deref())?;
    act(&caller, leg, body.asked, LegAct::DeclareConflict { reason }).await
}

/// The chair's office gives a seat that fell away to another officer of the member's office.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/reseat", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "panel")),
    request_body = SeatBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn reseat(caller: ApiCaller, Place(leg): OfLeg, body: Body<SeatBody>) -> Answer {
    let seat = body.value.seat.checked_sub(1).ok_or_else(|| not_taken("seat"))?;
    act(&caller, leg, body.asked, LegAct::Reseat { seat }).await
}

/// The chair closes the vote without waiting for those who have not voted; the quorum has to be reached.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/closing", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "panel")),
    request_body = ReasonBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn close_vote(caller: ApiCaller, Place(leg): OfLeg, body: Body<ReasonBody>) -> Answer {
    let reason = written("reason", &body.value.reason)?.to_owned();
    act(&caller, leg, body.asked, LegAct::CloseVote { reason }).await
}
