//! The address that the park's terminals use: whatever is asked there leads to the kiosk, and only the kiosk answers.

use super::SEGMENT;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Router};
use base::Language;

/// The request came in at the terminals' address.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal;

/// The portal as terminals get it.
pub(crate) fn of_terminals(service: Router) -> Router {
    service.layer(Extension(Terminal)).layer(middleware::from_fn(async |request: Request, next: Next| {
        match led_back(request.uri().path()) {
            Some(answer) => answer,
            None => next.run(request).await,
        }
    }))
}

/// Where the path is none of the kiosk's, the way to it: in the path's language if it has one.
pub(crate) fn led_back(path: &str) -> Option<Response> {
    let mut segments = path.trim_start_matches('/').split('/');
    let first = segments.next().unwrap_or_default();
    let language = first.parse::<Language>();
    let allowed = first == "assets" || (language.is_ok() && segments.next() == Some(SEGMENT));
    let language = language.unwrap_or_default();
    (!allowed).then(|| Redirect::to(&format!("/{language}/{SEGMENT}")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_kiosk_and_its_assets_answer_at_a_terminal() {
        for path in ["/en/kiosk", "/zh-Hans/kiosk/services/question", "/assets/hetao.css"] {
            assert!(led_back(path).is_none(), "{path}");
        }
        for (path, to) in [
            ("/", "/zh-Hant/kiosk"),
            ("/en/", "/en/kiosk"),
            ("/en/office", "/en/kiosk"),
            ("/api/cases", "/zh-Hant/kiosk"),
            ("/en/kiosks", "/en/kiosk"),
            ("/metrics", "/zh-Hant/kiosk"),
        ] {
            let answer = led_back(path).unwrap();
            assert_eq!(answer.headers()["location"], to, "{path}");
        }
    }
}
