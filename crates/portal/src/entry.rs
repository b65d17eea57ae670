//! Around all routes: sessions in and out, problems made into pages, and the headers that every answer carries.

use crate::posted::UPLOAD_BYTES_MAX;
use crate::problem::{self, Problem};
use crate::session::{Session, SessionChange, Sessions};
use crate::{Caller, Portal};
use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use base::{Actor, Instant};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// An answer that takes longer is given up.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// A body that stops coming for so long is given up.
const BODY_GOES_ON_WITHIN: Duration = Duration::from_secs(20);
/// How long browsers remember that this host is only to be asked over an encrypted connection.
const HSTS: &str = "max-age=31536000; includeSubDomains";
const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
                   connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

pub(crate) fn around(routes: Router<Portal>, portal: Portal) -> Router {
    routes
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { Problem::WrongMethod })
        .layer(middleware::from_fn_with_state(portal.clone(), enter))
        .layer(middleware::from_fn_with_state(portal.clone(), count))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
        .layer(RequestBodyLimitLayer::new(UPLOAD_BYTES_MAX))
        .layer(RequestBodyTimeoutLayer::new(BODY_GOES_ON_WITHIN))
        .layer(CatchPanicLayer::custom(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response()))
        .layer(middleware::from_fn_with_state(portal.clone(), dress))
        .with_state(portal)
}

/// Finds the caller on the way in; makes problems into pages and changes the session on the way out.
async fn enter(State(portal): State<Portal>, mut request: Request, next: Next) -> Response {
    let now = portal.park.now();
    let sessions = portal.sessions_of(request.uri());
    let known = sessions.of(request.headers(), now).filter(|session| !is_signed_out(&portal, session));
    let is_new = known.is_none();
    let Some(session) = known.or_else(|| sessions.begin(Actor::Anonymous, now).ok()) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let caller = Caller::new(portal.clone(), &request, session.clone(), address);
    let wants_json = problem::wants_json(request.uri().path(), request.headers());
    request.extensions_mut().insert(caller.clone());
    let mut response = answer(request, next).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = if wants_json { problem.as_json(&caller) } else { problem.as_page(&caller) };
    }
    if leaves(&response)
        && let Err(problem) = sign_out(&portal, &session).await
    {
        response = if wants_json { problem.as_json(&caller) } else { problem.as_page(&caller) };
        response.extensions_mut().insert(SessionChange::End);
    }
    keep_session(sessions, now, session, is_new, &mut response);
    response
}

/// Signed out of as the log says: before a restart, too, and on another device.
fn is_signed_out(portal: &Portal, session: &Session) -> bool {
    session.actor.person().is_some_and(|person| {
        let zone = portal.park.zone();
        let state = &zone.parties;
        // Few ever sign out: only for those is the digest worked out.
        state.signed_out.contains_key(&person)
            && parties::is_signed_out(state, person, &park::session_digest(&session.id), session.issued_at)
    })
}

fn leaves(response: &Response) -> bool {
    matches!(response.extensions().get(), Some(SessionChange::End | SessionChange::Begin(_)))
}

/// Recorded, so that a restart does not forget it. Of somebody erased there is nothing to record: nobody gets in as them.
async fn sign_out(portal: &Portal, session: &Session) -> Result<(), Problem> {
    let Some(person) = session.actor.person().filter(|_| !is_signed_out(portal, session)) else { return Ok(()) };
    match portal.park.sign_out(person, &session.id).await {
        Ok(()) | Err(park::WorkError::Refused(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Reading is given up with whoever asked. What may change something is carried to its end, whether or not anybody waits
/// for it: a commit may have happened, and what follows from it has to. Whoever waited too long is told just that.
async fn answer(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        let in_time = tokio::time::timeout(ANSWER_WITHIN, next.run(request)).await;
        return in_time.unwrap_or_else(|_| Problem::Busy.into_response());
    }
    match tokio::time::timeout(ANSWER_WITHIN, tokio::spawn(next.run(request))).await {
        Ok(Ok(response)) => response,
        // It panicked, which has been printed.
        Ok(Err(_)) => Problem::Broken.into_response(),
        Err(_) => Problem::OutcomeUnknown.into_response(),
    }
}

/// Sets the cookie where the session began, changed, or was last renewed a while ago.
fn keep_session(sessions: &Sessions, now: Instant, mut session: Session, is_new: bool, response: &mut Response) {
    let cookie = match response.extensions_mut().remove::<SessionChange>() {
        Some(SessionChange::End) => {
            sessions.end(&session);
            sessions.no_cookie()
        }
        // A new id: whoever knew the one before signing in knows nothing now.
        Some(SessionChange::Begin(actor)) => {
            sessions.end(&session);
            sessions.begin(actor, now).ok().and_then(|begun| sessions.cookie(&begun))
        }
        Some(SessionChange::Switch(actor)) => {
            session.actor = actor;
            session.seen_at = now;
            sessions.cookie(&session)
        }
        None if is_new && is_page(response.headers()) => sessions.cookie(&session),
        None if !is_new && sessions.needs_renewal(&session, now) => {
            session.seen_at = now;
            sessions.cookie(&session)
        }
        None => None,
    };
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

fn is_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

/// Counts the answer under the route as it was declared.
async fn count(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    portal.metrics.answered(&method, route.as_ref().map_or("", MatchedPath::as_str), response.status());
    response
}

/// Headers that every answer carries, unless its handler said otherwise.
async fn dress(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut say = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    say(header::CONTENT_SECURITY_POLICY, CSP);
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    say(header::REFERRER_POLICY, "same-origin");
    say(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=()");
    say(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    say(header::CACHE_CONTROL, "no-store");
    if portal.options.secure() {
        say(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}
