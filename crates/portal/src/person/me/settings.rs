//! What a person sets for themself: the language of notices and pages; and the ways to passkeys, consents, erasure.

use super::page;
use crate::{Caller, Posted, Problem};
use axum::response::{IntoResponse, Redirect, Response};
use base::Language;
use frame::maud::{Markup, html};
use frame::{Choice, Field, Weight, say, submit};

const LANGUAGE: &str = "language";

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    let zone = caller.portal.park.zone();
    let person = parties::person(&zone.parties, caller.person()?).ok_or(Problem::NotFound)?;
    let visit = caller.visit();
    let l = caller.language;
    // Each language by its own name: whoever cannot read the page finds theirs.
    let choices = Language::ALL.map(|language| Choice::new(language.to_string(), say!(language, "own-language-name")));
    Ok(page(&visit, say!(l, "own-settings-title")).reading().script("notices.js").body(html! {
        form method="post" {
            (visit.csrf_field())
            (Field::new(LANGUAGE, say!(l, "own-language")).hint(say!(l, "own-language-hint"))
                .value(person.language.to_string()).radios(&choices))
            (submit(Weight::Primary, &say!(l, "own-language-save")))
        }
        (crate::pushes::settings(&caller, &visit))
        (crate::feeds::settings(&caller, &visit, person))
        h2 { (say!(l, "own-settings-sign-in")) }
        p { a href=(visit.href("me/passkeys")) { (say!(l, "own-settings-passkeys")) } }
        p { (say!(l, "own-settings-everywhere")) }
        form method="post" action=(visit.href("sign-out/everywhere")) {
            (visit.csrf_field())
            (submit(Weight::Secondary, &say!(l, "own-settings-everywhere-submit")))
        }
        h2 { (say!(l, "own-settings-data")) }
        p { a href=(visit.href("me/document")) { (say!(l, "own-renewal-title")) } }
        p { a href=(visit.href("me/consents")) { (say!(l, "own-consents-title")) } }
        p { a href=(visit.href("me/erasure")) { (say!(l, "own-settings-erasure")) } }
    }))
}

/// Leads back to the page in the language that was chosen.
pub(super) async fn set_language(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let language: Language = posted.text(LANGUAGE).parse().map_err(|_| Problem::Malformed)?;
    let command = parties::Command::SetLanguage { person: caller.person()?, language };
    let park = &caller.portal.park;
    park.desk.command(caller.as_person()?, park.now(), command).await?;
    Ok(Redirect::to(&format!("/{language}/me/settings?done=language-set")).into_response())
}
