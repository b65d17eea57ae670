//! Undertakings: the zone's text, signed as it stands in the signatory's language, or declined, which ends the leg refused.

use crate::decide::{Room, find_leg};
use crate::legs;
use crate::model::{Case, Event, Leg, LegState};
use crate::refusal::{Refusal, WorkRefusal};
use crate::tasks::{Confirmation, Signing};
use crate::work::Work;
use base::{Answer, CaseId, Key, Language, PersonId, Sealed};
use profile::{LegKind, SignPlan, Signatory, TaskPlan};

const NONCE_CHARS_MAX: usize = 64;

/// The undertaking that the zone asks for on this leg now.
pub fn undertaking<'a>(profile: &'a profile::Profile, case: &Case, leg: &Key) -> Option<&'a SignPlan> {
    let service = profile.services.get(&case.service)?;
    match service.legs.iter().find(|plan| plan.key == *leg)?.task.as_ref()? {
        TaskPlan::Sign(plan) => Some(plan),
        TaskPlan::Pay(_) | TaskPlan::Attend(_) | TaskPlan::Vote(_) => None,
    }
}

fn to_sign<'a>(
    room: &Room<'a>,
    action: &'static str,
    id: CaseId,
    key: &Key,
) -> Result<(&'a Case, &'a Leg, &'a Signing, PersonId, Answer), Refusal> {
    let case = room.case(id)?;
    let leg = find_leg(id, case, key)?;
    let person = room.acting_person()?;
    let ruling = room.may(action, id, case, Some(leg))?;
    let signing = leg.signing().ok_or_else(|| WorkRefusal::of_kind(id, leg, LegKind::Sign))?;
    room.still_undecided(id, case, leg)?;
    Ok((case, leg, signing, person, ruling))
}

pub(crate) fn name(room: &Room, id: CaseId, key: &Key, person: PersonId) -> Result<Vec<Event>, Refusal> {
    let (case, _, signing, by, _) = to_sign(room, "name_signatory", id, key)?;
    if signing.signatory != Signatory::Named {
        return Err(WorkRefusal::SignatoryMustBeTheApplicantsToName.into());
    }
    let known = parties::person(room.people, person).filter(|known| !known.erased);
    let of_the_organisation = known.is_some_and(|known| {
        case.organisation.is_some() && [known.employer, known.clerk_of].contains(&case.organisation)
    });
    if !of_the_organisation {
        return Err(WorkRefusal::SignatoryMustBeOfTheOrganisation { person }.into());
    }
    let work = Work::SignatoryNamed { person, by };
    Ok(vec![Event::Worked { case: id, leg: key.clone(), work }])
}

pub(crate) fn sign(
    room: &Room,
    (id, key): (CaseId, &Key),
    (version, language, text): (u32, Language, Box<str>),
    confirmation: Option<Confirmation>,
) -> Result<Vec<Event>, Refusal> {
    let (case, leg, _, person, ruling) = to_sign(room, "sign_undertaking", id, key)?;
    // Nobody signs what has been changed since they read it.
    let now = undertaking(room.profile, case, key).ok_or_else(|| WorkRefusal::of_kind(id, leg, LegKind::Sign))?;
    if now.version != version || now.hash(language) != *text {
        return Err(WorkRefusal::UndertakingMustBeAsItStands { version: now.version }.into());
    }
    if !is_confirmed(room, person, confirmation.as_ref())? {
        return Err(WorkRefusal::SignatureMustBeConfirmed.into());
    }
    let work = Work::Signed { person, version, language, text, confirmation, ruling };
    legs::ending(room, id, case, leg, LegState::Approved, Event::Worked { case: id, leg: key.clone(), work })
}

/// That the authenticator's answer is right was seen where it came in; here, that the passkey is the signatory's. Only
/// people of a demonstration sign without one, and only those who have none.
fn is_confirmed(room: &Room, person: PersonId, confirmation: Option<&Confirmation>) -> Result<bool, Refusal> {
    let Some(known) = parties::person(room.people, person) else { return Ok(false) };
    match confirmation {
        None => Ok(false),
        Some(Confirmation::Demonstration) => Ok(known.synthetic && known.passkeys.is_empty()),
        Some(Confirmation::Passkey { credential, nonce, proof }) => {
            room.own_seal(person, proof)?;
            let theirs = known.passkeys.iter().any(|passkey| passkey.name == *credential);
            Ok(theirs && (1..=NONCE_CHARS_MAX).contains(&nonce.len()))
        }
    }
}

pub(crate) fn decline(room: &Room, id: CaseId, key: &Key, reason: Option<Sealed>) -> Result<Vec<Event>, Refusal> {
    let (case, leg, _, person, ruling) = to_sign(room, "sign_undertaking", id, key)?;
    if let Some(reason) = &reason {
        room.own_seal(case.subject, reason)?;
    }
    let work = Work::Declined { person, reason, ruling };
    legs::ending(room, id, case, leg, LegState::Refused, Event::Worked { case: id, leg: key.clone(), work })
}
