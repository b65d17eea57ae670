//! The answer to one office's question; with it the office's clock goes on.

use super::case::{TEXT_CHARS_MAX, Typed, shown};
use crate::clerk::named;
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{CaseId, Key};
use frame::{Errors, say};
use park::CaseTexts;

pub(super) async fn send(
    caller: Caller,
    Path((_, id, leg)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let (id, leg): (CaseId, Key) = (named(&id)?, named(&leg)?);
    let name = format!("answer-{leg}");
    let answer = posted.text(&name).to_owned();
    let l = caller.language;
    let fault = match answer.chars().count() {
        0 => Some(say!(l, "own-answer-missing")),
        count if count > TEXT_CHARS_MAX as usize => Some(say!(l, "own-answer-too-long", limit = TEXT_CHARS_MAX)),
        _ => None,
    };
    if let Some(fault) = fault {
        let mut errors = Errors::new();
        errors.add(name, fault);
        let typed = Typed { leg: leg.to_string(), answer, errors, ..Typed::default() };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&caller, id, &typed)?).into_response());
    }
    caller.portal.park.write(&caller.on_case(id)?, id, leg, CaseTexts::Answer(answer)).await?;
    Ok(caller.done(&format!("me/cases/{id}"), "answered"))
}
