//! Letters: those of a case, their PDFs, and whether one is genuine.

use super::body::Body;
use super::caller::{AnyCaller, ApiCaller};
use super::docs::Problems;
use super::query::Asking;
use crate::Caller;
use crate::correspondence::{made, pdf};
use crate::limits::Counted;
use crate::place::Place;
use crate::problem::Problem;
use ::letters::{Delivery, Kind, Letter};
use axum::Json;
use axum::response::Response;
use base::{CaseId, Key, Language, LetterId};
use park::Standing;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LetterView {
    #[schema(value_type = String, example = "L-1042")]
    letter: LetterId,
    /// `decision`, `certificate`, `asked`, `late`, `suspended`, `resumed` or `ended`.
    kind: &'static str,
    #[schema(value_type = String, example = "zh-Hant")]
    language: Language,
    issued_at: String,
    /// SHA-256 of the PDF, in hexadecimal.
    #[schema(value_type = String)]
    sha256: Box<str>,
    /// Where its issue is in the log.
    entry: u64,
    /// `kept`, `sent`, or why it could not be sent: `no-address`, `refused`, `given-up`.
    delivery: &'static str,
    /// Whether the caller may read it.
    readable: bool,
}

fn letter_view(caller: &AnyCaller, zone: &desk::Zone, id: LetterId, letter: &Letter) -> LetterView {
    LetterView {
        letter: id,
        kind: letter.issue.kind.as_str(),
        language: letter.issue.language,
        issued_at: letter.issued_at.to_string(),
        sha256: letter.issue.pdf.clone(),
        entry: letter.entry,
        delivery: match letter.delivery {
            Delivery::Kept => "kept",
            Delivery::Sent(_) => "sent",
            Delivery::Failed(reason) => reason.as_str(),
        },
        readable: caller.portal.letter(zone, &caller.actor, id).is_ok(),
    }
}

/// The letters of a case, oldest first, to those who may see the case.
#[utoipa::path(get, path = "/api/cases/{case}/letters", tag = "letters",
    params(("case" = String, Path, example = "C-1042")),
    responses((status = 200, body = Vec<LetterView>), Problems))]
pub(crate) async fn of_case(caller: ApiCaller, Place(id): Place<CaseId>) -> Result<Json<Vec<LetterView>>, Problem> {
    let zone = caller.portal.park.zone();
    caller.portal.case(&zone, &caller.actor, id)?;
    let letters = ::letters::of_case(&zone.letters, id);
    Ok(Json(letters.map(|(id, letter)| letter_view(&caller, &zone, id, letter)).collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedBody {
    /// `decision`, or `certificate` where the case issued something.
    #[schema(value_type = String, example = "decision")]
    kind: Kind,
    #[schema(value_type = String, example = "zh-Hant")]
    language: Language,
}

/// The letter in a language: written now where it was not before. For the person it is written to.
#[utoipa::path(post, path = "/api/cases/{case}/letters", tag = "letters",
    params(("case" = String, Path, example = "C-1042")),
    request_body = WantedBody, responses((status = 200, body = LetterView), Problems))]
pub(crate) async fn write(
    caller: ApiCaller,
    Place(case): Place<CaseId>,
    body: Body<WantedBody>,
) -> Result<Json<LetterView>, Problem> {
    let WantedBody { kind, language } = body.value;
    let id = made(&caller.portal, &caller.actor, (case, kind, language)).await?;
    let zone = caller.portal.park.zone();
    let letter = caller.portal.letter(&zone, &caller.actor, id)?;
    Ok(Json(letter_view(&caller, &zone, id, letter)))
}

/// The PDF itself.
#[utoipa::path(get, path = "/api/letters/{letter}", tag = "letters",
    params(("letter" = String, Path, example = "L-1042")),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"), Problems))]
pub(crate) async fn get(caller: ApiCaller, Place(id): Place<LetterId>) -> Result<Response, Problem> {
    caller.portal.letter(&caller.portal.park.zone(), &caller.actor, id)?;
    pdf(&caller.portal, id).await
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeAsked {
    /// As it is printed on the letter.
    code: String,
    /// SHA-256 of a file, in hexadecimal: whether it is the one that was written.
    sha256: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VerificationView {
    #[schema(value_type = String)]
    letter: LetterId,
    kind: &'static str,
    #[schema(value_type = String)]
    language: Language,
    #[schema(value_type = String)]
    service: Key,
    #[schema(value_type = Vec<String>)]
    offices: Vec<Key>,
    issued_at: String,
    /// Where its issue is in the log.
    entry: u64,
    /// Of a decision: `approved`, `refused` or `withdrawn`.
    outcome: Option<&'static str>,
    /// Of a certificate: the permit's or authorisation's number.
    number: Option<String>,
    /// Of a certificate: `in-force`, `not-yet`, `suspended`, `ended` or `expired`.
    standing: Option<&'static str>,
    /// Whether the file is the one that was written, where one was asked about.
    unchanged: Option<bool>,
}

/// Whether a letter is genuine, to whoever has the code printed on it.
#[utoipa::path(get, path = "/api/letters/{letter}/verification", tag = "letters",
    params(("letter" = String, Path, example = "L-1042"), CodeAsked),
    responses((status = 200, body = VerificationView), Problems))]
pub(crate) async fn verify(
    caller: Caller,
    Place(id): Place<LetterId>,
    Asking(asked): Asking<CodeAsked>,
) -> Result<Json<VerificationView>, Problem> {
    caller.count(Counted::SignIn)?;
    let genuine = caller.portal.park.genuine_letter(id, &asked.code).ok_or(Problem::NotFound)?;
    let certified = genuine.certified;
    Ok(Json(VerificationView {
        letter: genuine.letter,
        kind: genuine.kind.as_str(),
        language: genuine.language,
        service: genuine.service,
        offices: genuine.offices,
        issued_at: genuine.issued_at.to_string(),
        entry: genuine.entry,
        outcome: genuine.outcome.map(|outcome| match outcome {
            cases::Outcome::Approved => "approved",
            cases::Outcome::Refused => "refused",
            cases::Outcome::Withdrawn => "withdrawn",
        }),
        number: certified.as_ref().map(|certified| certified.number.clone()),
        standing: certified.map(|certified| match certified.standing {
            Standing::InForce => "in-force",
            Standing::NotYet => "not-yet",
            Standing::Suspended => "suspended",
            Standing::Ended => "ended",
            Standing::Expired => "expired",
        }),
        unchanged: asked.sha256.map(|sha256| sha256.trim().eq_ignore_ascii_case(&genuine.pdf)),
    }))
}
