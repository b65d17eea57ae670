//! Letters: handed to those who may read them, and checked by anybody who holds one.
//!
//! Who may read a letter is the rulebook's to say (`view_letter`); who holds one shows it by the code printed on it, and
//! learns nothing that is not printed on it too.

mod check;
mod listed;

pub(crate) use listed::of_case;

use crate::clerk::named;
use crate::{Access, Caller, Problem, Routes};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use base::{Actor, CaseId, Language, LetterId};
use desk::Zone;
use frame::say;
use letters::{Kind, Letter};
use profile::Profile;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .post("/{lang}/me/cases/{case}/letters/{kind}", Access::SignedIn, make)
        .get("/{lang}/letters/{letter}", Access::SignedIn, download)
        .get("/verify/{letter}/{code}", Access::Anyone, check::to_page)
        .get("/{lang}/verify", Access::Anyone, check::ask)
        .get("/{lang}/verify/{letter}/{code}", Access::Anyone, check::show)
        .upload("/{lang}/verify/{letter}/{code}", Access::Attempt, check::compare)
}

/// The letter in the language of the page: written now, where it was not before.
async fn make(caller: Caller, Path((_, id, kind)): Path<(String, String, String)>) -> Result<Response, Problem> {
    let (id, kind): (CaseId, Kind) = (named(&id)?, kind_named(&kind)?);
    let letter = made(&caller.portal, &caller.on_case(id)?, (id, kind, caller.language)).await?;
    Ok(Redirect::to(&caller.href(&format!("letters/{letter}"))).into_response())
}

pub(crate) fn kind_named(text: &str) -> Result<Kind, Problem> {
    Kind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(Problem::NotFound)
}

/// Whoever would not be allowed to read it does not have it written either.
pub(crate) async fn made(
    portal: &crate::Portal,
    actor: &Actor,
    (case, kind, language): (CaseId, Kind, Language),
) -> Result<LetterId, Problem> {
    portal.may_have_written(&portal.park.zone(), actor, case)?;
    Ok(portal.park.letter_about(case, kind, language).await?)
}

async fn download(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let id: LetterId = named(&id)?;
    let zone = caller.portal.park.zone();
    readable(&caller, &zone, id)?;
    pdf(&caller.portal, id).await
}

/// In the capacity that the caller is in, or for themself.
fn readable<'a>(caller: &Caller, zone: &'a Zone, id: LetterId) -> Result<&'a Letter, Problem> {
    let case = letters::letter(&zone.letters, id).ok_or(Problem::NotFound)?.issue.case;
    match caller.portal.letter(zone, &caller.on_case(case)?, id) {
        Ok(letter) => Ok(letter),
        Err(_) => caller.portal.letter(zone, &caller.actor, id),
    }
}

pub(crate) async fn pdf(portal: &crate::Portal, id: LetterId) -> Result<Response, Problem> {
    let pdf = portal.park.letter_pdf(id).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.pdf\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, pdf).into_response())
}

pub(crate) fn kind_name(language: Language, kind: Kind) -> String {
    match kind {
        Kind::Decision => say!(language, "letter-decision"),
        Kind::Certificate => say!(language, "letter-certificate"),
        Kind::Asked => say!(language, "letter-asked"),
        Kind::Late => say!(language, "letter-late"),
        Kind::Suspended => say!(language, "letter-suspended"),
        Kind::Resumed => say!(language, "letter-resumed"),
        Kind::Ended => say!(language, "letter-ended"),
    }
}

/// The offices at its head, by their names.
fn offices(profile: &Profile, language: Language, offices: &[base::Key]) -> Vec<String> {
    let known = offices.iter().filter_map(|office| profile.office(office));
    known.map(|office| office.name.get(language).to_owned()).collect()
}
