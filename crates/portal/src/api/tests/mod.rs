//! Conversations of programs with the API, each over the whole portal.

mod access;
mod crossing;
mod delegations;
mod document;
mod drafts;
mod feed;
mod journey;
mod legs;
mod log;
mod own;
mod privacy;
mod problems;
mod strangers;
mod twice;

use crate::tests::town::Town;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use base::{Actor, Instant, Key};
use serde_json::Value;
use tower::ServiceExt;

pub(super) fn key(text: &str) -> Key {
    Key::new(text).unwrap()
}

/// A program that acts as somebody.
#[derive(Clone)]
pub(super) struct Program {
    service: Router,
    token: String,
    headers: Vec<(&'static str, String)>,
}

#[derive(Debug)]
pub(super) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{self:?}"))
    }

    /// What was asked for.
    #[track_caller]
    pub fn good(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        self.json()
    }

    /// A problem with this status and code, told as problems are.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        let problem = self.json();
        assert_eq!((self.status.as_u16(), problem["code"].as_str()), (status, Some(code)), "{}", self.text);
        assert_eq!(self.headers.get(header::CONTENT_TYPE).unwrap(), "application/problem+json");
        assert_eq!(problem["type"], format!("urn:hetao:problem:{code}"));
        assert_eq!(problem["status"], status);
        for field in ["title", "detail", "remedy"] {
            assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {}", self.text);
        }
        problem
    }
}

impl Program {
    pub fn nobody(town: &Town) -> Self {
        Self { service: town.service.clone(), token: String::new(), headers: Vec::new() }
    }

    pub fn of(town: &Town, actor: Actor) -> Self {
        let token = crate::mint_token(&town.park, &actor, town.park.now().plus(Instant::HOUR)).unwrap();
        Self { token, ..Self::nobody(town) }
    }

    /// A program with a token that was issued.
    pub fn bearing(town: &Town, token: &str) -> Self {
        Self { token: token.to_owned(), ..Self::nobody(town) }
    }

    /// The program of one of the demonstration's people.
    pub async fn persona(town: &Town, persona: &str) -> Self {
        let body = serde_json::json!({ "persona": persona });
        let answer = Self::nobody(town).post("/api/demo/tokens", &body).await.good();
        Self { token: answer["token"].as_str().unwrap().to_owned(), ..Self::nobody(town) }
    }

    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut with = self.clone();
        with.headers.push((name, value.to_owned()));
        with
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send_as(path, "application/json", body.to_string().into_bytes()).await
    }

    pub async fn send_as(&self, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = self.request(Method::POST, path).header(header::CONTENT_TYPE, kind);
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder().method(method).uri(path);
        if !self.token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        }
        self.headers.iter().fold(request, |request, (name, value)| request.header(*name, value))
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.service.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 8_000_000).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, text }
    }
}
