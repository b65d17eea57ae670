//! What the OpenAPI document says of things that every operation has: texts in three languages, problems.
//!
//! For the document alone: none of these types carries a value.

use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

/// A text in all three languages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Words {
    #[serde(rename = "zh-Hant")]
    pub zh_hant: String,
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
    pub en: String,
}

/// One fault of what was sent.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FaultView {
    /// RFC 6901: the field meant; empty for the whole.
    pub pointer: String,
    pub code: String,
    pub detail: String,
    /// One-based, where the text could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

/// RFC 9457, in the language of `Accept-Language`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProblemView {
    /// `urn:hetao:problem:{code}`.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    pub detail: String,
    /// Named for the rule broken, or the policy that refused: stable, for programs.
    pub code: String,
    /// Of the outline or of a law.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// What to do about it.
    pub remedy: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FaultView>,
}

/// Every operation may answer with these instead of what was asked for.
#[derive(Debug, IntoResponses)]
#[expect(dead_code, reason = "for the document alone")]
pub(crate) enum Problems {
    /// The JSON text cannot be read, or the idempotency key is not one.
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(ProblemView),
    /// A token or a session is needed, or the token is not good.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthorized(ProblemView),
    /// The rulebook does not permit it, or the session's form token is not right.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(ProblemView),
    /// There is no such thing.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(ProblemView),
    /// A rule of the room stands against it.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(ProblemView),
    /// Longer than is read.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(ProblemView),
    /// Of a kind that is not read here.
    #[response(status = 415, content_type = "application/problem+json")]
    UnsupportedMediaType(ProblemView),
    /// The form, the roster or the pass has faults; or the idempotency key was used for something else.
    #[response(status = 422, content_type = "application/problem+json")]
    Unprocessable(ProblemView),
    /// Too often; `Retry-After` says when.
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(ProblemView),
    /// Busy; `Retry-After` says when. Nothing took effect.
    #[response(status = 503, content_type = "application/problem+json")]
    Busy(ProblemView),
}
