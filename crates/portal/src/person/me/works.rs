//! What the applicant does on a leg besides answering: signs or declines, names who signs, chooses a time.

use super::tasks::Typed;
use crate::clerk::named;
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{CaseId, Instant, Key};
use frame::{Errors, problem, say};
use park::{LegAct, SignedBy};

pub(super) async fn act(
    caller: Caller,
    Path((_, id, leg, what)): Path<(String, String, String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let (case, leg): (CaseId, Key) = (named(&id)?, named(&leg)?);
    let mut typed = Typed { leg: leg.to_string(), posted, ..Typed::default() };
    let Some(act) = read(&caller, &what, &typed.posted, &mut typed.errors)? else {
        return shown(&caller, case, StatusCode::UNPROCESSABLE_ENTITY, &typed);
    };
    match caller.portal.park.work_leg(&caller.on_case(case)?, case, leg, act).await {
        Ok(_) => Ok(caller.done(&format!("me/cases/{case}"), &format!("own-{what}"))),
        Err(error) => {
            let error = Problem::from(error);
            // Whoever may not see the case is told nothing of it.
            caller.portal.case(&caller.portal.park.zone(), &caller.on_case(case)?, case)?;
            let told = error.told(&caller);
            typed.problem = Some(problem(caller.language, &told.text, &told.remedy, told.section.as_deref()));
            shown(&caller, case, error.status(), &typed)
        }
    }
}

fn shown(caller: &Caller, case: CaseId, status: StatusCode, typed: &Typed) -> Result<Response, Problem> {
    let page = super::case::shown_with(caller, case, &super::case::Typed::default(), typed)?;
    Ok((status, page).into_response())
}

/// `None` where something is missing; `errors` says what.
fn read(caller: &Caller, what: &str, posted: &Posted, errors: &mut Errors) -> Result<Option<LegAct>, Problem> {
    let l = caller.language;
    Ok(match what {
        "sign" if posted.text("agree") != "yes" => {
            errors.add("agree", say!(l, "own-task-sign-missing"));
            None
        }
        "sign" => {
            // The plain form is for people of a demonstration: the room refuses it where anybody has a passkey.
            let by = if caller.portal.options.demo { SignedBy::Demonstration } else { SignedBy::Nobody };
            let version = posted.text("version").parse().map_err(|_| Problem::Malformed)?;
            Some(LegAct::Sign { version, language: l, text: posted.text("sha256").to_owned(), by })
        }
        "decline" => Some(LegAct::Decline { reason: posted.text("decline-reason").to_owned() }),
        "signatory" => match posted.text("signatory").to_uppercase().parse() {
            Ok(person) => Some(LegAct::NameSignatory { person }),
            Err(_) => {
                errors.add("signatory", say!(l, "own-task-signatory-missing"));
                None
            }
        },
        "book" => match posted.text("at").parse().map(Instant::of) {
            Ok(at) => Some(LegAct::Book { at }),
            Err(_) => {
                errors.add("at", say!(l, "own-task-time-missing"));
                None
            }
        },
        "cancel" => Some(LegAct::CancelBooking),
        _ => return Err(Problem::NotFound),
    })
}
