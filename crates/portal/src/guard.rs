//! What stands before every handler: the language of the path, who may pass, how often, and the token of forms.

use crate::limits::Counted;
use crate::posted::{FORM_BYTES_MAX, Posted};
use crate::problem::Problem;
use crate::{Access, Caller};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use base::Actor;

/// The header in which scripts carry the token of their session's forms.
pub(crate) const CSRF_HEADER: &str = "x-csrf-token";

/// What a route takes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Intake {
    Nothing,
    /// A form, or JSON from one of our scripts.
    Form,
    /// A form with a file, whose token `Upload` checks.
    Upload,
    /// Whatever a program sends.
    Machine,
}

pub(crate) async fn pass(access: Access, intake: Intake, request: Request, next: Next) -> Response {
    let Some(caller) = request.extensions().get::<Caller>().cloned() else {
        return Problem::Broken.into_response();
    };
    if let Err(answer) = may_pass(access, &caller, request.method()) {
        return *answer;
    }
    match take_in(intake, &caller, request).await {
        Ok(request) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn may_pass(access: Access, caller: &Caller, method: &Method) -> Result<(), Box<Response>> {
    let refuse = |problem: Problem| Err(Box::new(problem.into_response()));
    if !caller.language_is_known() || !caller.has_the_page() {
        return refuse(Problem::NotFound);
    }
    let fits = match access {
        Access::Anyone => true,
        Access::Attempt => {
            if *method == Method::POST {
                caller.count(Counted::SignIn).map_err(|problem| Box::new(problem.into_response()))?;
            }
            true
        }
        Access::Demonstration if !caller.portal.options.demo => return refuse(Problem::NotFound),
        Access::Demonstration => true,
        Access::SignedIn => caller.actor.person().is_some(),
        Access::Organisation => caller.actor.organisation().is_some(),
        Access::Clerk => matches!(caller.actor, Actor::Clerk { .. }),
        Access::Officer => matches!(caller.actor, Actor::Officer { .. }),
    };
    match (fits, caller.actor.person()) {
        (true, _) => Ok(()),
        // Somebody who has yet to sign in comes back to the page afterwards; what they posted is not kept for them.
        (false, None) if *method == Method::GET => Err(Box::new(Redirect::to(&caller.sign_in_href()).into_response())),
        (false, None) => refuse(Problem::SignInFirst),
        (false, Some(_)) => refuse(Problem::WrongCapacity),
    }
}

async fn take_in(intake: Intake, caller: &Caller, mut request: Request) -> Result<Request, Problem> {
    if matches!(intake, Intake::Nothing | Intake::Machine) {
        return Ok(request);
    }
    if caller.crosses_sites(request.headers()) {
        return Err(Problem::FormNotOurs);
    }
    caller.count(Counted::Post)?;
    let kind = content_type(request.headers());
    match (intake, kind.as_str()) {
        (Intake::Upload, "multipart/form-data") => Ok(request),
        (_, "application/x-www-form-urlencoded") => {
            let body = std::mem::replace(request.body_mut(), Body::empty());
            let bytes = to_bytes(body, FORM_BYTES_MAX).await.map_err(|_| Problem::TooLarge)?;
            let posted = Posted::read(&bytes)?;
            if !caller.token_is_right(posted.text("csrf")) {
                return Err(Problem::FormNotOurs);
            }
            request.extensions_mut().insert(posted);
            Ok(request)
        }
        (Intake::Form, "application/json") => {
            let token = request.headers().get(CSRF_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
            if !caller.token_is_right(token) {
                return Err(Problem::FormNotOurs);
            }
            Ok(request)
        }
        _ => Err(Problem::UnknownFormat),
    }
}

fn content_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
