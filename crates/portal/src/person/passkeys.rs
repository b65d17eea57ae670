//! One's passkeys: see, add, remove.

use super::enrol::button;
use crate::problem::Problem;
use crate::{Caller, Posted};
use axum::Json;
use axum::response::Response;
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, empty, warning};
use frame::{Weight, hidden, say, submit};
use serde_json::{Value, json};

pub(crate) async fn page(caller: Caller) -> Result<Markup, Problem> {
    let person = caller.person()?;
    let zone = caller.portal.park.zone();
    let known = parties::person(&zone.parties, person).ok_or(Problem::NotFound)?;
    let visit = caller.visit();
    let l = caller.language;
    let mut table = Table::new(
        say!(l, "passkeys-title"),
        [Column::text(say!(l, "passkeys-name")), Column::text(say!(l, "passkeys-added")), Column::text("")],
    )
    .hide_caption();
    for (index, key) in known.passkeys.iter().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        table = table.row([
            html! { (say!(l, "passkeys-number", number = number)) },
            visit.time(key.added_at),
            html! {
                @if known.passkeys.len() > 1 {
                    form method="post" action=(visit.href("me/passkeys/remove")) {
                        (visit.csrf_field()) (hidden("name", &key.name))
                        (submit(Weight::Secondary, &say!(l, "passkeys-remove")))
                    }
                } @else { (say!(l, "passkeys-last")) }
            },
        ]);
    }
    Ok(visit
        .page(say!(l, "passkeys-title"))
        .crumb(say!(l, "nav-me"), visit.href("me"))
        .lead(say!(l, "passkeys-lead"))
        .script("passkey.js")
        .body(html! {
            @if known.passkeys.is_empty() {
                (empty(&say!(l, "passkeys-none"), &say!(l, "passkeys-none-text"), None))
            } @else { (table) }
            (button(&caller, &visit.csrf, "create", &visit.href("me/passkeys"), &say!(l, "passkeys-add")))
            noscript { (warning(&say!(l, "passkey-warning"), &say!(l, "passkey-needs-scripts"))) }
        }))
}

pub(crate) async fn question(caller: Caller) -> Result<Json<Value>, Problem> {
    let person = caller.person()?;
    let park = &caller.portal.park;
    let (known, name) = (park.passkeys(person), park.name_of(person));
    caller.portal.ceremonies.register(&caller.session.id, park.now(), person, &name, &known).map(Json)
}

pub(crate) async fn answer(caller: Caller, Json(answer): Json<Value>) -> Result<Json<Value>, Problem> {
    let person = caller.person()?;
    let park = &caller.portal.park;
    let registered = caller.portal.ceremonies.registered(&caller.session.id, park.now(), person, answer)?;
    park.add_passkey(person, &registered.id, &registered.credential, None).await?;
    Ok(Json(json!({ "location": caller.href("me/passkeys?done=passkey-added") })))
}

pub(crate) async fn remove(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let actor = caller.as_person()?;
    let person = caller.person()?;
    let park = &caller.portal.park;
    let zone = park.zone();
    let known = parties::person(&zone.parties, person).ok_or(Problem::NotFound)?;
    // Whoever removes their last one cannot come back without a new link.
    if known.passkeys.len() <= 1 {
        return Err(Problem::LastPasskey);
    }
    let command = parties::Command::RemovePasskey { person, name: posted.text("name").into() };
    park.desk.command(actor, park.now(), command).await?;
    Ok(caller.done("me/passkeys", "passkey-removed"))
}
