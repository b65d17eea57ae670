//! What programs send: JSON of a known shape, or the bytes of a file; limited, and refused with the place named.

use super::idempotency::Asked;
use crate::Portal;
use crate::problem::Problem;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

/// The longest JSON text.
pub(crate) const JSON_BYTES_MAX: usize = 128 * 1_024;
/// The largest file.
pub(crate) const FILE_BYTES_MAX: usize = 4 * 1_024 * 1_024;

/// Kinds of files that are read.
const FILE_KINDS: [&str; 4] = ["text/csv", "text/plain", "text/tab-separated-values", "application/octet-stream"];

/// Where a JSON text is not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyFault {
    /// RFC 6901; empty where the whole text is meant.
    pub pointer: String,
    /// One-based.
    pub line: usize,
    pub column: usize,
    pub kind: BodyFaultKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFaultKind {
    NotJson,
    UnknownField,
    MissingField,
    WrongValue,
}

impl BodyFaultKind {
    pub fn code(self) -> &'static str {
        match self {
            BodyFaultKind::NotJson => "not-json",
            BodyFaultKind::UnknownField => "unknown-field",
            BodyFaultKind::MissingField => "missing-field",
            BodyFaultKind::WrongValue => "wrong-value",
        }
    }
}

/// A JSON body, and the idempotency key that came with it.
pub(crate) struct Body<T> {
    pub value: T,
    pub asked: Option<Asked>,
}

/// The body of a request that says everything in its address: nothing, or `{}`.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

impl<T: DeserializeOwned> FromRequest<Portal> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Portal) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, JSON_BYTES_MAX).await.map_err(|_| Problem::TooLarge)?;
        let asked = Asked::read(&parts.headers, parts.uri.path(), &bytes)?;
        if !bytes.is_empty() && !is_json(&parts.headers) {
            return Err(Problem::UnknownFormat);
        }
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        Ok(Self { value: read(text)?, asked })
    }
}

/// A request that is all address: a `DELETE`.
pub(crate) struct Bare {
    pub asked: Option<Asked>,
}

impl FromRequestParts<Portal> for Bare {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Portal) -> Result<Self, Problem> {
        Ok(Self { asked: Asked::read(&parts.headers, parts.uri.path(), &[])? })
    }
}

/// A file's bytes; what encoding they are in is found out by whoever reads them.
pub(crate) struct File {
    pub bytes: Bytes,
    pub asked: Option<Asked>,
}

impl FromRequest<Portal> for File {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Portal) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        if !FILE_KINDS.contains(&content_type(&parts.headers).as_str()) {
            return Err(Problem::UnknownFormat);
        }
        let bytes = to_bytes(body, FILE_BYTES_MAX).await.map_err(|_| Problem::TooLarge)?;
        let asked = Asked::read(&parts.headers, parts.uri.path(), &bytes)?;
        Ok(Self { bytes, asked })
    }
}

/// A document that is handed in: what it is is found out from its bytes, and its name is only a name.
pub(crate) struct DocumentFile {
    pub name: String,
    pub bytes: Bytes,
    pub asked: Option<Asked>,
}

/// As it is called where it comes from, percent-encoded UTF-8.
const FILE_NAME_HEADER: &str = "x-file-name";
/// The largest document that any service takes.
const DOCUMENT_BYTES_MAX: usize = 8 * 1_024 * 1_024;

impl FromRequest<Portal> for DocumentFile {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Portal) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, DOCUMENT_BYTES_MAX).await.map_err(|_| Problem::TooLarge)?;
        let asked = Asked::read(&parts.headers, parts.uri.path(), &bytes)?;
        let name = parts.headers.get(FILE_NAME_HEADER).and_then(|name| name.to_str().ok()).unwrap_or_default();
        // A plus sign is a plus sign in a file's name.
        let encoded = format!("name={}", name.replace('+', "%2B"));
        let name = url::form_urlencoded::parse(encoded.as_bytes()).next().map(|(_, name)| name.into_owned());
        Ok(Self { name: name.unwrap_or_default(), bytes, asked })
    }
}

fn content_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_json(headers: &HeaderMap) -> bool {
    // The usual spelling is compared first: gates send it thousands of times a second.
    let plain = headers.get(header::CONTENT_TYPE).is_some_and(|value| value == "application/json");
    plain || content_type(headers) == "application/json"
}

fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, Problem> {
    match serde_json::from_slice(text) {
        Ok(value) => Ok(value),
        // Read a second time to learn the place: only what is wrong pays for it.
        Err(_) => Err(Problem::Body(Box::new(fault::<T>(text)))),
    }
}

fn fault<T: DeserializeOwned>(text: &[u8]) -> BodyFault {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let read: Result<T, _> = serde_path_to_error::deserialize(&mut deserializer);
    let Err(error) = read else {
        // The value was whole; something stands behind it.
        let (line, column) = deserializer.end().err().map_or((1, 1), |behind| (behind.line(), behind.column()));
        return BodyFault { pointer: String::new(), line, column, kind: BodyFaultKind::NotJson };
    };
    let mut pointer: String = error.path().iter().filter_map(step).collect();
    let inner = error.inner();
    let said = inner.to_string();
    let kind = match inner.is_data() {
        true if said.starts_with("unknown field") => BodyFaultKind::UnknownField,
        true if said.starts_with("missing field") => BodyFaultKind::MissingField,
        true => BodyFaultKind::WrongValue,
        false => BodyFaultKind::NotJson,
    };
    // A missing field is not on the path to where it is missed.
    if kind == BodyFaultKind::MissingField
        && let Some(name) = said.split('`').nth(1)
    {
        pointer.push('/');
        pointer.push_str(&escaped(name));
    }
    BodyFault { pointer, line: inner.line(), column: inner.column(), kind }
}

fn step(segment: &serde_path_to_error::Segment) -> Option<String> {
    use serde_path_to_error::Segment;
    match segment {
        Segment::Seq { index } => Some(format!("/{index}")),
        Segment::Map { key } => Some(format!("/{}", escaped(key))),
        Segment::Enum { .. } | Segment::Unknown => None,
    }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it reads is of interest")]
    struct Outer {
        inner: Inner,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it reads is of interest")]
    struct Inner {
        count: u8,
    }

    #[test]
    fn every_fault_of_a_json_text_is_named_with_its_place() {
        use BodyFaultKind::{MissingField, NotJson, UnknownField, WrongValue};
        for (text, pointer, line, kind) in [
            ("{", "", 1, NotJson),
            ("{\"inner\": {\"count\": 1}}\n  x", "", 2, NotJson),
            ("{\"inner\": {\"count\": \"one\"}}", "/inner/count", 1, WrongValue),
            ("{\"inner\": {\n\"count\": 1,\n \"more\": 2}}", "/inner/more", 3, UnknownField),
            ("{\"inner\": {}}", "/inner/count", 1, MissingField),
        ] {
            let Err(Problem::Body(fault)) = read::<Outer>(text.as_bytes()) else { panic!("{text} must be refused") };
            assert_eq!((fault.pointer.as_str(), fault.line, fault.kind), (pointer, line, kind), "{text}");
        }
    }
}
