//! Is this letter genuine? For anybody who holds it: by its code, and for the file also by its hash.

use super::{kind_name, offices};
use crate::clerk::stage_word;
use crate::limits::Counted;
use crate::{Caller, Problem, Upload};
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base::{Bank, Language, LetterId};
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, Tone, card, details, inset, summary_list, tag, warning};
use frame::{Errors, Field, Page, Size, Visit, Weight, format, say, submit};
use park::{Certified, Genuine, Standing, hex_digest};

type LetterPath = Path<(String, String, String)>;

/// Whoever scans the code comes without a language.
pub(super) async fn to_page(caller: Caller, Path((letter, code)): Path<(String, String)>) -> Redirect {
    let piece = |text: &str| text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>();
    Redirect::to(&caller.href(&format!("verify/{}/{}", piece(&letter), piece(&code))))
}

/// What is typed from a printed letter.
pub(super) async fn ask(caller: Caller, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let text = |name: &str| {
        let found = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name);
        found.map(|(_, text)| text.trim().to_ascii_uppercase()).unwrap_or_default()
    };
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let (letter, code) = (text("letter"), text("code").replace(' ', "-"));
    if !letter.is_empty() && !code.is_empty() && plain(&letter) && plain(&code) {
        return Redirect::to(&caller.href(&format!("verify/{letter}/{code}"))).into_response();
    }
    let mut errors = Errors::new();
    if !query.is_empty() {
        errors.add("letter", say!(caller.language, "verify-type-both"));
    }
    asked(&caller, &errors, (&letter, &code), None).into_response()
}

fn asked(caller: &Caller, errors: &Errors, (letter, code): (&str, &str), above: Option<Markup>) -> Markup {
    let l = caller.language;
    let visit = caller.visit();
    head(&visit).faulty(!errors.is_empty()).body(html! {
        (errors.summary(l))
        @if let Some(above) = above { (above) }
        form method="get" action=(visit.href("verify")) novalidate {
            (Field::new("letter", say!(l, "verify-letter")).hint(say!(l, "verify-letter-hint")).size(Size::Short)
                .value(letter).errors(errors).without_spell_check().text())
            (Field::new("code", say!(l, "verify-code")).hint(say!(l, "verify-code-hint")).size(Size::Medium)
                .value(code).errors(errors).without_spell_check().text())
            (submit(Weight::Primary, &say!(l, "verify-submit")))
        }
    })
}

fn head(visit: &Visit) -> Page<'_> {
    visit.page(say!(visit.language, "verify-title")).lead(say!(visit.language, "verify-lead")).reading()
}

pub(super) async fn show(caller: Caller, Path((_, letter, code)): LetterPath) -> Result<Response, Problem> {
    match found(&caller, &letter, &code)? {
        Some(genuine) => Ok(told(&caller, &genuine, None).into_response()),
        None => Ok(unknown(&caller, &letter)),
    }
}

/// Whether a file is the one that was written.
pub(super) async fn compare(
    caller: Caller,
    Path((_, letter, code)): LetterPath,
    upload: Upload,
) -> Result<Response, Problem> {
    let Some(genuine) = found(&caller, &letter, &code)? else { return Ok(unknown(&caller, &letter)) };
    let l = caller.language;
    if upload.file.is_empty() {
        let mut errors = Errors::new();
        errors.add("file", say!(l, "verify-file-missing"));
        return Ok(
            (StatusCode::UNPROCESSABLE_ENTITY, told(&caller, &genuine, Some(Compared::Faulty(errors)))).into_response()
        );
    }
    let same = hex_digest(&upload.file) == *genuine.pdf;
    Ok(told(&caller, &genuine, Some(Compared::Looked(same))).into_response())
}

enum Compared {
    Looked(bool),
    Faulty(Errors),
}

/// Every try is counted: a code cannot be guessed, and whoever tries is slowed down all the same.
fn found(caller: &Caller, letter: &str, code: &str) -> Result<Option<Genuine>, Problem> {
    caller.count(Counted::SignIn)?;
    let letter: Option<LetterId> = letter.parse().ok();
    Ok(letter.and_then(|letter| caller.portal.park.genuine_letter(letter, code)))
}

fn unknown(caller: &Caller, letter: &str) -> Response {
    let l = caller.language;
    let letter: String = letter.chars().take(16).collect();
    let above = warning(&say!(l, "own-warning"), &say!(l, "verify-unknown"));
    (StatusCode::NOT_FOUND, asked(caller, &Errors::new(), (&letter, ""), Some(above))).into_response()
}

fn told(caller: &Caller, genuine: &Genuine, compared: Option<Compared>) -> Markup {
    let l = caller.language;
    let visit = caller.visit();
    let none = Errors::new();
    let errors = if let Some(Compared::Faulty(errors)) = &compared { errors } else { &none };
    head(&visit).caption(genuine.letter.to_string()).faulty(!errors.is_empty()).body(html! {
        (errors.summary(l))
        p { (tag(Tone::Good, &say!(l, "verify-genuine"))) }
        @match &compared {
            Some(Compared::Looked(true)) => (inset(html! { p { strong { (say!(l, "verify-same")) } } })),
            Some(Compared::Looked(false)) => (warning(&say!(l, "own-warning"), &say!(l, "verify-differs"))),
            Some(Compared::Faulty(_)) | None => {},
        }
        (summary_list(rows(caller, &visit, genuine)))
        p { (say!(l, "verify-compare-paper")) }
        (card(&say!(l, "verify-file-title"), html! {
            form method="post" enctype="multipart/form-data" novalidate {
                (visit.csrf_field())
                (Field::new("file", say!(l, "verify-file")).hint(say!(l, "verify-file-hint")).errors(errors)
                    .file(".pdf,application/pdf"))
                (submit(Weight::Secondary, &say!(l, "verify-file-submit")))
            }
        }))
        (details(say!(l, "verify-evidence"), html! {
            p { (say!(l, "verify-evidence-text")) }
            p { a href=(visit.href(&format!("log/entries/{}", genuine.entry))) {
                (say!(l, "verify-entry", entry = format::number(i64::try_from(genuine.entry).unwrap_or(i64::MAX)))) } }
            p { "SHA-256" (format::sentence_gap(l)) code.break-anywhere { (genuine.pdf) } }
        }))
    })
}

fn rows(caller: &Caller, visit: &Visit, genuine: &Genuine) -> Vec<SummaryRow> {
    let l = visit.language;
    let profile = &caller.portal.park.profile;
    let service = profile.service(&genuine.service).map_or("", |service| service.name.get(l));
    let mut rows = vec![
        SummaryRow::new(say!(l, "verify-kind"), html! { (kind_name(l, genuine.kind)) }),
        SummaryRow::new(say!(l, "verify-service"), html! { (service) }),
    ];
    if let Some(outcome) = genuine.outcome {
        rows.push(SummaryRow::new(say!(l, "verify-outcome"), html! { (stage_word(l, outcome)) }));
    }
    if let Some(certified) = &genuine.certified {
        rows.extend(certified_rows(caller, l, certified));
    }
    let offices = offices(profile, l, &genuine.offices);
    if !offices.is_empty() {
        rows.push(SummaryRow::new(say!(l, "verify-offices"), html! { (offices.join(format::list_gap(l))) }));
    }
    rows.push(SummaryRow::new(say!(l, "verify-issued"), visit.time(genuine.issued_at)));
    rows.push(SummaryRow::new(say!(l, "verify-language"), html! { (say!(genuine.language, "own-language-name")) }));
    rows
}

fn certified_rows(caller: &Caller, l: Language, certified: &Certified) -> Vec<SummaryRow> {
    let date = |at| format::date(l, caller.portal.park.profile.local_date(Bank::South, at));
    let (tone, word) = match certified.standing {
        Standing::InForce => (Tone::Good, say!(l, "verify-in-force")),
        Standing::NotYet => (Tone::Neutral, say!(l, "verify-not-yet")),
        Standing::Suspended => (Tone::Caution, say!(l, "verify-suspended")),
        Standing::Ended => (Tone::Bad, say!(l, "verify-ended")),
        Standing::Expired => (Tone::Bad, say!(l, "verify-expired")),
    };
    vec![
        SummaryRow::new(say!(l, "verify-number"), html! { (certified.number) }),
        SummaryRow::new(say!(l, "verify-standing"), tag(tone, &word)),
        SummaryRow::new(say!(l, "verify-from"), html! { (date(certified.valid_from)) }),
        SummaryRow::new(say!(l, "verify-until"), html! { (date(certified.valid_until.plus(-1))) }),
    ]
}
