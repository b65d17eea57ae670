//! The API for people: the OpenAPI document as a page of the site. It reads nothing but the document.

use crate::problem::Problem;
use crate::{Caller, Portal};
use axum::extract::State;
use axum::response::Redirect;
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, card, details};
use frame::{Language, say};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(super::document()).unwrap_or_default());

/// The page is under a language, as every page is.
pub(crate) async fn to_page(_: State<Portal>, caller: Caller) -> Redirect {
    Redirect::to(&caller.href("api"))
}

/// One line of the document: what is done where.
struct Entry<'a> {
    method: String,
    path: &'a str,
    operation: &'a Value,
}

pub(crate) async fn page(caller: Caller) -> Result<Markup, Problem> {
    let l = caller.language;
    let visit = caller.visit();
    Ok(visit.page(say!(l, "api-title")).lead(say!(l, "api-lead")).body(html! {
        p { a href="/api/openapi.json" { (say!(l, "api-download")) } }
        ul.govuk-list.govuk-list--bullet {
            li { (say!(l, "api-about-tokens")) }
            li { (say!(l, "api-about-keys")) }
            li { (say!(l, "api-about-problems")) }
        }
        @for (tag, entries) in by_tag(&DOCUMENT) {
            (card(&tag, html! { @for entry in &entries { (shown(l, entry)) } }))
        }
    }))
}

fn by_tag(document: &Value) -> BTreeMap<String, Vec<Entry<'_>>> {
    let mut tags: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for (path, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let tag = operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or_default();
            let entry = Entry { method: method.to_uppercase(), path, operation };
            tags.entry(tag.to_owned()).or_default().push(entry);
        }
    }
    tags
}

fn shown(l: Language, entry: &Entry) -> Markup {
    let text = |name: &str| entry.operation.get(name).and_then(Value::as_str).unwrap_or_default();
    let body = entry.operation.pointer("/requestBody/content").and_then(schema_of);
    let answer = entry.operation.pointer("/responses/200/content").and_then(schema_of);
    details(
        html! { code { (entry.method) " " (entry.path) } },
        html! {
            div lang="en" {
                p { (text("summary")) }
                @if !text("description").is_empty() && text("description") != text("summary") { p { (text("description")) } }
            }
            (parameters(l, entry.operation))
            @if let Some((kind, schema)) = body { (fields(l, &say!(l, "api-takes", kind = kind), schema)) }
            @if let Some((kind, schema)) = answer { (fields(l, &say!(l, "api-answers", kind = kind), schema)) }
        },
    )
}

/// The first kind of content and its schema.
fn schema_of(content: &Value) -> Option<(&str, &Value)> {
    let (kind, media) = content.as_object()?.iter().next()?;
    Some((kind, resolved(media.get("schema")?)))
}

/// Follows one reference, and looks into a list for what it is a list of.
fn resolved(schema: &Value) -> &Value {
    let schema = schema.get("items").unwrap_or(schema);
    let reference = schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix('#'));
    reference.and_then(|pointer| DOCUMENT.pointer(pointer)).unwrap_or(schema)
}

fn parameters(l: Language, operation: &Value) -> Markup {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    // The two that every operation has are told once, above.
    let own = parameters.into_iter().flatten().filter(|parameter| text(parameter, "in") != "header");
    let rows: Vec<[Markup; 3]> = own
        .map(|one| {
            [html! { code { (text(one, "name")) } }, html! { (text(one, "in")) }, html! { (text(one, "description")) }]
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            (Table::new(say!(l, "api-parameters"), head(l)).rows(rows))
        }
    }
}

fn fields(l: Language, caption: &str, schema: &Value) -> Markup {
    let properties = schema.get("properties").and_then(Value::as_object);
    let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let rows: Vec<[Markup; 3]> = properties
        .into_iter()
        .flatten()
        .map(|(name, property)| {
            [
                html! { code { (name) } },
                html! { (kind(property)) },
                html! { span lang="en" { (text(property, "description")) } },
            ]
        })
        .collect();
    html! {
        @if rows.is_empty() { p { (caption) } } @else { (Table::new(caption, head(l)).rows(rows)) }
    }
}

fn head(l: Language) -> [Column; 3] {
    [say!(l, "api-name"), say!(l, "api-kind"), say!(l, "api-meaning")].map(Column::text)
}

/// `string`, `array of CaseView`, `integer or null`.
fn kind(schema: &Value) -> String {
    let named = |schema: &Value| {
        let reference = schema.get("$ref").and_then(Value::as_str);
        reference.and_then(|reference| reference.rsplit('/').next()).map(str::to_owned)
    };
    let one = |schema: &Value| match schema.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" / "),
        _ => named(schema).unwrap_or_default(),
    };
    match (schema.get("items"), schema.get("oneOf").and_then(Value::as_array)) {
        (Some(items), _) => format!("{} [{}]", one(schema), one(items)),
        (None, Some(choices)) => choices.iter().map(one).collect::<Vec<_>>().join(" / "),
        (None, None) => one(schema),
    }
}
