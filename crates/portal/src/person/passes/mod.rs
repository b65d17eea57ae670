//! A person's own passes: how they stand, where they are kept, and showing them at a gate by whatever the person has: a
//! phone whose browser keeps the key, a page without scripts, or paper.
//!
//! Only the holder is let in here, acting for themselves whatever capacity the session is in.

mod card;
mod keep;
mod list;
mod pass;
mod scope;
mod show;

use crate::{Access, Caller, Problem, Routes};
use base::{Instant, Language, PermitId, Question};
use desk::Zone;
use frame::maud::{Markup, PreEscaped};
use frame::parts::{Tone, tag};
use frame::say;
use permits::{Permit, Status};
use profile::Effect;

pub(super) fn routes() -> Routes {
    let person = Access::SignedIn;
    Routes::new()
        .get("/{lang}/passes", person, list::show)
        .post("/{lang}/passes/qr", person, keep::qr)
        .get("/{lang}/passes/{permit}", person, pass::show)
        .get("/{lang}/passes/{permit}/show", person, show::back)
        .post("/{lang}/passes/{permit}/show", person, show::present)
        .post("/{lang}/passes/{permit}/collect", person, keep::collect)
        .post("/{lang}/passes/{permit}/remove-key", person, pass::remove_key)
        .get("/{lang}/passes/{permit}/card", person, card::offer)
        .post("/{lang}/passes/{permit}/card", person, card::print)
}

/// The permit, where it is the caller's own. Somebody else's is said to be somebody else's by the rulebook.
fn own<'a>(caller: &Caller, zone: &'a Zone, id: &str) -> Result<(PermitId, &'a Permit), Problem> {
    let id: PermitId = id.parse().map_err(|_| Problem::NotFound)?;
    let actor = caller.as_person()?;
    let permit = caller.portal.permit(zone, &actor, id)?;
    let resource = permits::entity(id, &permit.issue, permit.status);
    caller.portal.ask(&Question::new("show_permit", caller.portal.principal(zone, &actor), resource))?;
    Ok((id, permit))
}

/// How a pass stands for its holder: its status, or that its time has not come or is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    InForce,
    NotYet,
    Expired,
    Suspended,
    Revoked,
}

impl Standing {
    fn of(permit: &Permit, now: Instant) -> Self {
        match permit.status {
            Status::Revoked => Standing::Revoked,
            _ if now >= permit.issue.valid_until => Standing::Expired,
            Status::Suspended => Standing::Suspended,
            Status::Valid if now < permit.issue.valid_from => Standing::NotYet,
            Status::Valid => Standing::InForce,
        }
    }

    /// Whether keeping it on a phone or on a card is of any use.
    fn is_worth_keeping(self) -> bool {
        matches!(self, Standing::InForce | Standing::NotYet)
    }

    fn tag(self, l: Language) -> Markup {
        match self {
            Standing::InForce => tag(Tone::Good, &say!(l, "hold-standing-in-force")),
            Standing::NotYet => tag(Tone::Neutral, &say!(l, "hold-standing-not-yet")),
            Standing::Expired => tag(Tone::Neutral, &say!(l, "hold-standing-expired")),
            Standing::Suspended => tag(Tone::Caution, &say!(l, "hold-standing-suspended")),
            Standing::Revoked => tag(Tone::Bad, &say!(l, "hold-standing-revoked")),
        }
    }
}

/// The name of the pass's kind, as the service that issues it has it.
fn kind_name(caller: &Caller, permit: &Permit) -> String {
    let services = caller.portal.park.profile.services.values();
    let mut templates = services.filter_map(|service| match &service.effect {
        Effect::IssuePermit(template) => Some(template),
        Effect::Grant(_) | Effect::Answer | Effect::RevokePermit | Effect::ErasePerson | Effect::Change => None,
    });
    let named = templates.find(|template| template.kind == permit.issue.kind);
    named.map_or_else(|| permit.issue.kind.to_string(), |template| template.name.get(caller.language).to_owned())
}

/// Words in a row, with the comma that the language puts between them.
fn listed<T: AsRef<str>>(l: Language, words: &[T]) -> String {
    let separator = frame::format::list_gap(l);
    words.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(separator)
}

/// A presentation as a QR code.
fn code(presentation: &str, alternative: &str) -> Result<Markup, Problem> {
    let svg = credentials::qr_svg(presentation, alternative).map_err(|_| Problem::Credential)?;
    // The SVG is our own; the one text in it is its title, which was escaped there.
    Ok(PreEscaped(svg))
}
