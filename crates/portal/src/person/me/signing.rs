//! Signing with a passkey: the authenticator signs for this case, this leg and this text, in the language that was read.

use super::may_on_leg;
use crate::clerk::named;
use crate::person::enrol;
use crate::{Caller, Problem};
use axum::Json;
use axum::extract::Path;
use base::{CaseId, Key};
use cases::Leg;
use frame::maud::{Markup, html};
use frame::parts::{inset, warning};
use frame::{Visit, say};
use park::{LegAct, SignedBy};
use serde_json::{Value, json};

/// A text is known by SHA-256 in hex.
const HASH_CHARS: usize = 64;

type Here = Path<(String, String, String)>;

/// What is signed: told again with the answer, so that the one that was read is the one that is recorded.
struct Text {
    case: CaseId,
    leg: Key,
    version: u32,
    sha256: String,
}

impl Text {
    fn read(caller: &Caller, id: &str, leg: &str) -> Result<Self, Problem> {
        let version = caller.queried("version").and_then(|version| version.parse().ok()).ok_or(Problem::Malformed)?;
        let sha256 = caller.queried("sha256").filter(|hash| hash.len() == HASH_CHARS).ok_or(Problem::Malformed)?;
        Ok(Self { case: named(id)?, leg: named(leg)?, version, sha256 })
    }

    fn whole(&self, caller: &Caller) -> String {
        let Self { case, leg, version, sha256 } = self;
        format!("{case}\n{leg}\n{version}\n{}\n{sha256}", caller.language)
    }
}

pub(super) async fn question(caller: Caller, Path((_, id, leg)): Here) -> Result<Json<Value>, Problem> {
    let text = Text::read(&caller, &id, &leg)?;
    let (person, park) = (caller.person()?, &caller.portal.park);
    let zone = park.zone();
    let case = caller.portal.case(&zone, &caller.on_case(text.case)?, text.case)?;
    let leg = case.legs.iter().find(|leg| leg.key == text.leg).ok_or(Problem::NotFound)?;
    may_on_leg(&caller, &zone, (text.case, case), leg, "sign_undertaking")?;
    let (session, known) = (&caller.session.id, park.passkeys(person));
    caller.portal.ceremonies.sign(session, park.now(), person, &text.whole(&caller), &known).map(Json)
}

pub(super) async fn answer(
    caller: Caller,
    Path((_, id, leg)): Here,
    Json(answer): Json<Value>,
) -> Result<Json<Value>, Problem> {
    let text = Text::read(&caller, &id, &leg)?;
    let (person, park) = (caller.person()?, &caller.portal.park);
    let (session, whole, known) = (&caller.session.id, text.whole(&caller), park.passkeys(person));
    let signed = caller.portal.ceremonies.signed(session, park.now(), person, &whole, &answer, &known)?;
    if let Some(renewed) = signed.renewed {
        park.use_passkey(person, &renewed.id, &renewed.credential).await?;
    }
    let Text { case, leg, version, sha256: text } = text;
    let (credential_id, nonce) = (signed.credential_id, signed.nonce);
    let by = SignedBy::Passkey { signatory: person, credential_id, nonce, proof: answer };
    let act = LegAct::Sign { version, language: caller.language, text, by };
    park.work_leg(&caller.on_case(case)?, case, leg, act).await?;
    Ok(Json(json!({ "location": caller.href(&format!("me/cases/{case}?done=own-sign")) })))
}

/// How the reader signs.
pub(super) enum Way {
    Passkey,
    /// By the plain form, which says what it is.
    Demonstration,
    /// Not before they have a passkey.
    None,
}

pub(super) fn way(caller: &Caller) -> Way {
    let zone = caller.portal.park.zone();
    let known = caller.actor.person().and_then(|person| parties::person(&zone.parties, person));
    match known {
        Some(person) if !person.passkeys.is_empty() => Way::Passkey,
        Some(person) if person.synthetic && caller.portal.options.demo => Way::Demonstration,
        Some(_) | None => Way::None,
    }
}

pub(super) fn by_passkey(caller: &Caller, visit: &Visit, id: CaseId, leg: &Leg, version: u32, hash: &str) -> Markup {
    let l = visit.language;
    let href = visit.href(&format!("me/cases/{id}/legs/{}/sign?version={version}&sha256={hash}", leg.key));
    html! {
        p { (say!(l, "own-task-sign-passkey")) }
        (enrol::button(caller, &visit.csrf, "get", &href, &say!(l, "own-task-sign-passkey-now")))
        noscript { (warning(&say!(l, "passkey-warning"), &say!(l, "passkey-needs-scripts"))) }
    }
}

pub(super) fn without_passkey(visit: &Visit) -> Markup {
    let l = visit.language;
    inset(html! {
        p { (say!(l, "own-task-sign-no-passkey")) }
        p { a href=(visit.href("me/passkeys")) { (say!(l, "passkeys-add")) } }
    })
}
