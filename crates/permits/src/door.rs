//! What other rooms may ask of permits.

use crate::{Issue, Permit, State, Status};
use base::{Actor, CaseId, Entity, Instant, Key, OrganisationId, PermitId, PersonId, Question};
use profile::{Consent, Profile};

pub fn permit(state: &State, id: PermitId) -> Option<&Permit> {
    state.permits.get(&id).map(|permit| &**permit)
}

pub fn of_holder(state: &State, holder: PersonId) -> impl Iterator<Item = (PermitId, &Permit)> + '_ {
    state.by_holder.get(&holder).into_iter().flatten().filter_map(|id| Some((*id, permit(state, *id)?)))
}

pub fn of_case(state: &State, case: CaseId) -> Option<PermitId> {
    state.by_case.get(&case).copied()
}

/// Every permit's status by its status list index, in order of index.
pub fn statuses(state: &State) -> impl Iterator<Item = (u32, Status)> + '_ {
    state.permits.iter().map(|(id, permit)| (id.0, permit.status))
}

/// The permit as the rulebook sees it.
pub fn entity(permit: PermitId, issue: &Issue, status: Status) -> Entity {
    Entity::new("Permit", permit)
        .with("permit", permit.to_string().as_str())
        .with("kind", &issue.kind)
        .with("holder", issue.holder.to_string().as_str())
        .with("organisation", issue.organisation.map(|id| id.to_string()).unwrap_or_default().as_str())
        .with("status", status.as_str())
}

/// What the rulebook is asked about a permit or a grant of a kind, by the room that decides and by a page that asks
/// beforehand.
pub fn question(
    people: &parties::State,
    profile: &Profile,
    actor: &Actor,
    action: &'static str,
    (resource, holder, kind): (Entity, PersonId, &Key),
    now: Instant,
) -> Question {
    let question = Question::new(action, parties::principal(people, profile, actor, now), resource);
    match action {
        "issue_permit" | "resume_permit" => {
            question.with("consents_given", consents_missing(people, profile, holder, kind).next().is_none())
        }
        _ => question,
    }
}

/// The consents that permits and grants of the kind rest on and that their holder has not given, or has withdrawn. Which
/// version of the text was agreed to makes no difference: it stays agreed to until it is withdrawn.
pub fn consents_missing<'a>(
    people: &'a parties::State,
    profile: &'a Profile,
    holder: PersonId,
    kind: &'a Key,
) -> impl Iterator<Item = &'a Consent> + 'a {
    let given = parties::person(people, holder).map_or(&[][..], |holder| &holder.consents);
    profile.consents_behind(kind).filter(|wanted| !given.iter().any(|given| given.key == wanted.key))
}

/// How many permits of a kind were issued to somebody since then.
pub fn issued_since(state: &State, holder: PersonId, kind: &Key, since: Instant) -> usize {
    of_holder(state, holder).filter(|(_, permit)| permit.issue.kind == *kind && permit.issued_at >= since).count()
}

/// Whether a pass that the organisation vouched for was revoked for misuse since then.
pub fn misused_since(state: &State, organisation: OrganisationId, since: Instant) -> bool {
    state.misused.get(&organisation).is_some_and(|at| *at >= since)
}
