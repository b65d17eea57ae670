//! Every answer that is not what was asked for: what went wrong, why, and what to do, in the reader's language.

use crate::api::{self, BodyFault};
use crate::{Caller, WORDS};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Actor, Answer, Key, Language, Refuse};
use desk::{Failure, Refusal};
use frame::maud::html;
use frame::say;
use park::{AttachmentFault, WorkError};
use profile::FieldFault;
use rosters::{FaultCode, RosterFault};
use rulebook::Rulebook;

/// Handlers return it as their error; the entry makes it into a page or into JSON.
#[derive(Debug, Clone)]
pub enum Problem {
    NotFound,
    WrongMethod,
    SignInFirst,
    /// Signed in, but not in the capacity that this page is for.
    WrongCapacity,
    /// The form's token is not the session's: it is old, or from another site.
    FormNotOurs,
    UnknownFormat,
    TooLarge,
    TooMany {
        seconds: u64,
    },
    /// A room refused.
    Refused(Box<Refusal>),
    /// The rulebook does not let this be seen.
    Ruled(Answer),
    /// The service's form has faults that no page of ours would have sent.
    Form(Vec<FieldFault>),
    Roster(Box<RosterFault>),
    /// The number of an identity document is none of its kind.
    Document(FaultCode),
    /// A file that is handed in is not taken.
    Attachment(AttachmentFault),
    /// More was typed than any form asks for, or there are too many drafts.
    DraftTooLarge,
    TooManyDrafts,
    /// The service's form is another than the one that was looked through.
    FormChanged,
    /// The key of what is asked for was destroyed.
    Erased,
    /// A pass, or the key to bind it to, does not hold.
    Credential,
    /// What a browser gave as its subscription to notices cannot be written to.
    Push,
    /// The passkey is not known here, or did not answer the question it was asked.
    Passkey,
    /// Whoever removes their last passkey locks themselves out.
    LastPasskey,
    /// What was sent is not what this address takes.
    Malformed,
    /// What stands behind the question mark is not what this address takes.
    Query,
    /// The JSON text cannot be read, or is not what this address takes.
    Body(Box<BodyFault>),
    /// A token that is not ours, or over.
    TokenNotGood,
    /// An idempotency key that is none.
    KeyNotGood,
    /// An idempotency key that was used for something else.
    KeyReused,
    Busy,
    /// It took too long, and may have taken effect or yet take it.
    OutcomeUnknown,
    Broken,
}

/// A problem in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub code: String,
    pub title: String,
    pub text: String,
    pub remedy: String,
    pub section: Option<String>,
}

impl Problem {
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Problem::SignInFirst | Problem::TokenNotGood => StatusCode::UNAUTHORIZED,
            Problem::WrongCapacity | Problem::FormNotOurs | Problem::Ruled(_) => StatusCode::FORBIDDEN,
            Problem::UnknownFormat => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Problem::Refused(refusal) => status_of(refusal),
            Problem::Attachment(AttachmentFault::NotScanned) => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Form(_)
            | Problem::Roster(_)
            | Problem::Document(_)
            | Problem::Attachment(_)
            | Problem::Credential
            | Problem::Push
            | Problem::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::DraftTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::TooManyDrafts | Problem::FormChanged => StatusCode::CONFLICT,
            Problem::Passkey => StatusCode::FORBIDDEN,
            Problem::LastPasskey => StatusCode::CONFLICT,
            Problem::Erased => StatusCode::GONE,
            Problem::Malformed | Problem::Query | Problem::Body(_) | Problem::KeyNotGood => StatusCode::BAD_REQUEST,
            Problem::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Problem::OutcomeUnknown => StatusCode::GATEWAY_TIMEOUT,
            Problem::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The kind of problem; its words are `problem-{kind}`, `.text` and `.remedy`.
    fn kind(&self) -> &'static str {
        match self {
            Problem::NotFound => "not-found",
            Problem::WrongMethod => "wrong-method",
            Problem::SignInFirst => "sign-in-first",
            Problem::WrongCapacity => "wrong-capacity",
            Problem::FormNotOurs => "form-not-ours",
            Problem::UnknownFormat => "unknown-format",
            Problem::TooLarge => "too-large",
            Problem::TooMany { .. } => "too-many",
            Problem::Refused(_) | Problem::Ruled(_) => "refused",
            Problem::Form(_) => "form",
            Problem::Roster(_) => "roster",
            Problem::Document(_) => "document",
            Problem::Attachment(_) => "attachment",
            Problem::DraftTooLarge => "draft-too-large",
            Problem::TooManyDrafts => "too-many-drafts",
            Problem::FormChanged => "form-changed",
            Problem::Erased => "erased",
            Problem::Credential => "credential",
            Problem::Push => "push",
            Problem::Passkey => "passkey",
            Problem::LastPasskey => "last-passkey",
            Problem::Malformed => "malformed",
            Problem::Query => "query",
            Problem::Body(_) => "body",
            Problem::TokenNotGood => "token-not-good",
            Problem::KeyNotGood => "key-not-good",
            Problem::KeyReused => "key-reused",
            Problem::Busy => "busy",
            Problem::OutcomeUnknown => "outcome-unknown",
            Problem::Broken => "broken",
        }
    }

    pub(crate) fn told(&self, caller: &Caller) -> Told {
        let language = caller.language;
        let rulebook = &caller.portal.park.rulebook;
        let hidden_too = matches!(caller.actor, Actor::Officer { .. });
        match self {
            Problem::Ruled(answer) => ruled(rulebook, language, answer, hidden_too),
            Problem::Refused(refusal) => match refusal.answer() {
                Some(answer) => ruled(rulebook, language, answer, hidden_too),
                None => refused(language, &**refusal),
            },
            Problem::Document(fault) => of_document(language, *fault),
            Problem::Attachment(fault) => {
                let listed = say!(language, "attachment-formats-listed");
                let text = crate::drafts::fault_in_words(language, *fault, &listed);
                Told { text, code: fault.code().to_owned(), ..plain(language, "attachment", self) }
            }
            other => plain(language, other.kind(), other),
        }
    }

    pub(crate) fn as_page(&self, caller: &Caller) -> Response {
        let told = self.told(caller);
        let visit = caller.visit();
        let l = caller.language;
        let page = visit.page(told.title.clone()).reading().body(html! {
            p.lead { (told.text) }
            @if !told.remedy.is_empty() { p { strong { (say!(l, "problem-remedy")) } (frame::format::sentence_gap(l)) (told.remedy) } }
            @if let Some(section) = &told.section { p.hint { (crate::help::source(caller, section)) } }
            p {
                @if matches!(self, Problem::SignInFirst) { a href=(visit.href("sign-in")) { (say!(l, "problem-sign-in")) } }
                @else if matches!(self, Problem::WrongCapacity) { a href=(visit.href("capacity")) { (say!(l, "problem-capacity")) } }
                @else { a href=(visit.href("")) { (say!(l, "problem-home")) } }
            }
        });
        self.finish((self.status(), page).into_response())
    }

    /// RFC 9457.
    pub(crate) fn as_json(&self, caller: &Caller) -> Response {
        let body = api::problem_view(self, self.told(caller), caller.language);
        let body = serde_json::to_string(&body).unwrap_or_default();
        let mut response = (self.status(), body).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        self.finish(response)
    }

    fn finish(&self, mut response: Response) -> Response {
        if self.status() == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        let wait = match self {
            Problem::TooMany { seconds } => Some(*seconds),
            Problem::Busy => Some(1),
            _ => None,
        };
        if let Some(seconds) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The problem travels in the answer until the entry, which knows the reader, puts it into words.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<guidance::GuidanceError> for Problem {
    fn from(error: guidance::GuidanceError) -> Self {
        tracing::error!(%error, "a question could not be looked up");
        Self::Broken
    }
}

impl From<WorkError> for Problem {
    fn from(error: WorkError) -> Self {
        match error {
            WorkError::Refused(refusal) => Problem::Refused(Box::new(refusal)),
            WorkError::Failed(Failure::Busy) => Problem::Busy,
            // A commit failed: only the log knows.
            WorkError::Failed(Failure::Stopped) => Problem::OutcomeUnknown,
            WorkError::Form(faults) => Problem::Form(faults),
            WorkError::Roster(fault) => Problem::Roster(Box::new(fault)),
            WorkError::Document(fault) => Problem::Document(fault),
            WorkError::Attachment(fault) => Problem::Attachment(fault),
            WorkError::DraftTooLarge => Problem::DraftTooLarge,
            WorkError::TooManyDrafts => Problem::TooManyDrafts,
            WorkError::FormChanged => Problem::FormChanged,
            WorkError::NotFound => Problem::NotFound,
            WorkError::Credential(_) => Problem::Credential,
            WorkError::Push(_) => Problem::Push,
            WorkError::Vault(vault::VaultError::Erased) => Problem::Erased,
            WorkError::Vault(_) | WorkError::Failed(_) | WorkError::Log(_) | WorkError::Store(_) => {
                tracing::error!(%error, "a request failed");
                Problem::Broken
            }
        }
    }
}

impl From<desk::SubmitError> for Problem {
    fn from(error: desk::SubmitError) -> Self {
        WorkError::from(error).into()
    }
}

/// Programs get JSON: at the addresses that are theirs, and where JSON is asked for and pages are not.
pub(crate) fn wants_json(path: &str, headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let theirs = ["/api/", "/log/", "/status/"].iter().any(|machine| path.starts_with(machine));
    theirs || (accepted.contains("json") && !accepted.contains("text/html"))
}

fn status_of(refusal: &Refusal) -> StatusCode {
    match refusal.code() {
        "ruled-out" | "invitation-must-match" | "invitation-must-be-in-time" => StatusCode::FORBIDDEN,
        "person-must-be-known"
        | "attachment-must-be-known"
        | "organisation-must-be-known"
        | "office-must-be-known"
        | "service-must-be-known"
        | "case-must-be-known"
        | "leg-must-be-known"
        | "roster-must-be-known"
        | "closure-must-be-known"
        | "permit-must-be-known"
        | "delegation-must-be-known"
        | "gate-must-be-known"
        | "passage-must-be-known" => StatusCode::NOT_FOUND,
        _ => StatusCode::CONFLICT,
    }
}

fn plain(language: Language, kind: &str, problem: &Problem) -> Told {
    let key = format!("problem-{kind}");
    let remarks = match problem {
        Problem::TooMany { seconds } => vec![("seconds", seconds.to_string())],
        Problem::Roster(fault) => vec![("code", fault.code().to_owned())],
        _ => Vec::new(),
    };
    let part = |name| WORDS.find_attribute(language, &key, name, &remarks).unwrap_or_default();
    Told {
        code: kind.to_owned(),
        title: WORDS.find(language, &key, &remarks).unwrap_or_default(),
        text: part("text"),
        remedy: part("remedy"),
        section: None,
    }
}

fn of_document(language: Language, fault: FaultCode) -> Told {
    let message = fault.message(language);
    Told {
        code: fault.code().to_owned(),
        title: say!(language, "problem-document"),
        text: message.what,
        remedy: message.remedy,
        section: None,
    }
}

pub(crate) fn refused(language: Language, refusal: &dyn Refuse) -> Told {
    let (key, remarks) = (format!("refusal-{}", refusal.code()), refusal.remarks());
    Told {
        code: refusal.code().to_owned(),
        title: say!(language, "problem-refused"),
        text: WORDS.find(language, &key, &remarks).unwrap_or_default(),
        remedy: WORDS.find_attribute(language, &key, "remedy", &remarks).unwrap_or_default(),
        section: refusal.section().map(str::to_owned),
    }
}

/// What the weightiest policy says; of one that is hidden, only what it says in public.
fn ruled(rulebook: &Rulebook, language: Language, answer: &Answer, hidden_too: bool) -> Told {
    let nothing = Key::new(Rulebook::NOTHING_PERMITS);
    let card = answer.policies.first().or(nothing.as_ref()).and_then(|policy| rulebook.explain(policy));
    let title = say!(language, "problem-refused");
    let Some(card) = card else {
        let Told { text, remedy, .. } = plain(language, "refused", &Problem::NotFound);
        return Told { code: "ruled-out".to_owned(), title, text, remedy, section: None };
    };
    let (reason, remedy) =
        if hidden_too { (&card.reason, &card.remedy) } else { (card.reason_for_public(), card.remedy_for_public()) };
    let shown = hidden_too || !card.hidden;
    Told {
        code: if shown { card.id.to_string() } else { "ruled-out".to_owned() },
        title,
        text: reason.get(language).to_owned(),
        remedy: remedy.get(language).to_owned(),
        section: shown.then(|| card.section.clone()),
    }
}
