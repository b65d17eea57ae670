//! Remarks on a case, and who looked at a person: what is written, and seen, beside the course of the case.

use super::body::Body;
use super::caller::ApiCaller;
use super::docs::Problems;
use super::idempotency;
use super::receipts::ReceiptView;
use super::sealing::written;
use crate::casework;
use crate::place::Place;
use crate::problem::Problem;
use ::cases::{Audience, Event, Seen};
use axum::Json;
use base::{Actor, CaseId, Date, Key, PersonId};
use park::HistoryText;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A remark that the reader may know of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemarkView {
    /// Where it is in the log.
    sequence: u64,
    at: String,
    /// As in the history.
    by: String,
    /// `bank` (the writer's own), `banks` or `applicant`.
    #[schema(value_type = String)]
    audience: Audience,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// It was written, and is kept back from this reader under this section.
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld_under: Option<String>,
}

/// Remarks on a case, oldest first: those for the reader, and that there are others where the reader is an officer.
#[utoipa::path(get, path = "/api/cases/{case}/remarks", tag = "cases",
    params(("case" = String, Path, example = "C-1042")),
    responses((status = 200, body = Vec<RemarkView>), Problems))]
pub(crate) async fn list(caller: ApiCaller, Place(id): Place<CaseId>) -> Result<Json<Vec<RemarkView>>, Problem> {
    let portal = &caller.portal;
    let zone = portal.park.zone();
    let case = portal.case(&zone, &caller.actor, id)?;
    let may_read = portal.opens_texts(&zone, &caller.actor, (id, case), Seen::Opened);
    let items = portal.park.history(&caller.actor, id)?.into_iter();
    let remarks = items.filter_map(|item| {
        let Event::Remarked { audience, .. } = &item.event else { return None };
        Some(RemarkView {
            sequence: item.sequence,
            at: item.at.to_string(),
            by: item.by.to_string(),
            audience: *audience,
            withheld_under: (item.text == HistoryText::Withheld)
                .then(|| casework::section_of(portal, item.kept_by.as_ref())),
            text: match item.text {
                HistoryText::Written(text) if may_read => Some(text),
                HistoryText::Written(_) | HistoryText::Withheld | HistoryText::Erased | HistoryText::None => None,
            },
        })
    });
    Ok(Json(remarks.collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemarkBody {
    /// `bank` (the writer's own), `banks`, or `applicant`: those whom the case concerns write for no other.
    #[schema(value_type = String)]
    audience: Audience,
    text: String,
}

/// Writes a remark; it cannot be changed or taken back.
#[utoipa::path(post, path = "/api/cases/{case}/remarks", tag = "cases",
    params(("case" = String, Path, example = "C-1042")),
    request_body = RemarkBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn write(
    caller: ApiCaller,
    Place(case): Place<CaseId>,
    body: Body<RemarkBody>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let RemarkBody { audience, text } = body.value;
    let text = written("text", &text)?;
    let receipt = caller.portal.park.remark(&caller.actor, case, audience, text, key).await?;
    Ok(Json(ReceiptView::new(&receipt)))
}

/// One look at a person's fields.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccessView {
    #[schema(value_type = String, format = Date)]
    day: Date,
    #[schema(value_type = String)]
    office: Key,
    /// Only to those who audit the office's bank.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    officer: Option<PersonId>,
    /// Over which case; absent where the bank may look at its own people.
    #[schema(value_type = Option<String>)]
    case: Option<CaseId>,
    /// `listed` (the name, beside others) or `opened`.
    #[schema(value_type = String)]
    how: Seen,
}

/// Which offices looked at a person's fields, newest first: to the person, and to those who audit.
#[utoipa::path(get, path = "/api/persons/{person}/accesses", tag = "persons",
    params(("person" = String, Path, example = "P-1042")),
    responses((status = 200, body = Vec<AccessView>), Problems))]
pub(crate) async fn accesses(
    caller: ApiCaller,
    Place(person): Place<PersonId>,
) -> Result<Json<Vec<AccessView>>, Problem> {
    let portal = &caller.portal;
    portal.park.write_views().await?;
    let zone = portal.park.zone();
    parties::person(&zone.parties, person).ok_or(Problem::NotFound)?;
    let named = matches!(caller.actor, Actor::Officer { .. });
    let office = match &caller.actor {
        Actor::Officer { office, .. } => office.clone(),
        _ => Key::default(),
    };
    portal.may_see_accesses(&zone, &caller.actor, person, &office, named)?;
    let all = casework::accesses(portal.park.accesses(person)?).into_iter();
    let may = |office: &Key| portal.may_see_accesses(&zone, &caller.actor, person, office, named).is_ok();
    let mut shown: Vec<AccessView> = all
        .filter(|access| may(&access.office))
        .map(|access| AccessView {
            day: access.day,
            office: access.office,
            officer: named.then_some(access.officer),
            case: access.case,
            how: access.how,
        })
        .collect();
    shown.dedup_by(|one, other| {
        (one.day, &one.office, one.officer, one.case, one.how)
            == (other.day, &other.office, other.officer, other.case, other.how)
    });
    Ok(Json(shown))
}
