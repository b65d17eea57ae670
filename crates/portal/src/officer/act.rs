//! What an officer does with a leg: take it, decide it, ask the applicant.

use super::case::{Typed, shown};
use crate::clerk::named;
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{CaseId, Key};
use cases::{LegVerdict, Refusal, WorkRefusal};
use frame::{format, problem, say};
use park::{CaseTexts, LegDecision, WorkError};

type LegPath = Path<(String, String, String)>;

pub(super) async fn take(caller: Caller, Path((_, id, leg)): LegPath) -> Result<Response, Problem> {
    let (case, leg): (CaseId, Key) = (named(&id)?, named(&leg)?);
    let park = &caller.portal.park;
    let command = cases::Command::Take { case, leg };
    match park.desk.command(caller.actor.clone(), park.now(), command).await {
        Ok(_) => Ok(caller.done(&format!("office/cases/{case}"), "leg-taken")),
        Err(error) => not_done(&caller, case, error.into(), Typed::default()),
    }
}

pub(super) async fn decide(caller: Caller, Path((_, id, leg)): LegPath, posted: Posted) -> Result<Response, Problem> {
    let (case, leg): (CaseId, Key) = (named(&id)?, named(&leg)?);
    let verdict = verdict_of(posted.text("verdict")).ok_or(Problem::Malformed)?;
    let done = match verdict {
        LegVerdict::Approved => "leg-approved",
        LegVerdict::Refused => "leg-refused",
        LegVerdict::Supported | LegVerdict::Objected => "opinion-given",
    };
    let mut typed = Typed { reason: posted.text("reason").to_owned(), ..Typed::default() };
    if typed.reason.is_empty() {
        typed.errors.add("reason", say!(caller.language, "case-reason-missing"));
        return shown(&caller, case, StatusCode::UNPROCESSABLE_ENTITY, &typed);
    }
    let decision = LegDecision { case, leg, verdict, reason: typed.reason.clone() };
    match caller.portal.park.decide_leg(&caller.actor, decision).await {
        Ok(_) => Ok(caller.done(&format!("office/cases/{case}"), done)),
        Err(error) => not_done(&caller, case, error, typed),
    }
}

/// As a form's button says it.
pub(super) fn verdict_of(text: &str) -> Option<LegVerdict> {
    match text {
        "approved" => Some(LegVerdict::Approved),
        "refused" => Some(LegVerdict::Refused),
        "supported" => Some(LegVerdict::Supported),
        "objected" => Some(LegVerdict::Objected),
        _ => None,
    }
}

pub(super) async fn ask(caller: Caller, Path((_, id, leg)): LegPath, posted: Posted) -> Result<Response, Problem> {
    let (case, leg): (CaseId, Key) = (named(&id)?, named(&leg)?);
    let mut typed = Typed { question: posted.text("question").to_owned(), ..Typed::default() };
    if typed.question.is_empty() {
        typed.errors.add("question", say!(caller.language, "case-question-missing"));
        return shown(&caller, case, StatusCode::UNPROCESSABLE_ENTITY, &typed);
    }
    let question = CaseTexts::Question(typed.question.clone());
    match caller.portal.park.write(&caller.actor, case, leg, question).await {
        Ok(_) => Ok(caller.done(&format!("office/cases/{case}"), "applicant-asked")),
        Err(error) => not_done(&caller, case, error, typed),
    }
}

/// Who was second is told who was first and when, on the case as it stands now; every other refusal is a page of its own.
fn not_done(caller: &Caller, case: CaseId, error: WorkError, mut typed: Typed) -> Result<Response, Problem> {
    let l = caller.language;
    let when = |at| format::date_time(l, at, &caller.visit().time_zone);
    let WorkError::Refused(desk::Refusal::Cases(refusal)) = error else { return Err(error.into()) };
    let (text, remedy) = match refusal {
        Refusal::LegMustBeUndecided { by, at, .. } => {
            let when = at.map(when).unwrap_or_default();
            let text = match by {
                Some(officer) => say!(l, "case-decided-already", name = caller.name_of(officer), when = when),
                None => say!(l, "case-decided-by-rule", when = when),
            };
            (text, say!(l, "case-decided-remedy"))
        }
        Refusal::Work(WorkRefusal::LegMustNotBeProposed { by, at, .. }) => {
            let text = say!(l, "case-proposed-already", name = caller.name_of(by), when = when(at));
            (text, say!(l, "case-proposed-remedy"))
        }
        other => return Err(WorkError::Refused(desk::Refusal::Cases(other)).into()),
    };
    typed.problem = Some(problem(l, &text, &remedy, None));
    shown(caller, case, StatusCode::CONFLICT, &typed)
}
