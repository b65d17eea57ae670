//! What follows when a case that changes another is approved: the first case's service says what there is, the kind of
//! change says what becomes of it. Nothing is deleted: what is replaced is ended, and stays in the log.

use crate::model::Command;
use crate::reactions::{self, balance, validity};
use crate::zone::Zone;
use base::{CaseId, Instant, OrganisationId, PersonId};
use cases::{Case, Issued, Link};
use permits::{Issue, Reason, Terms};
use profile::{ChangeKind, Effect, Profile, Service};

pub(crate) fn effect(
    zone: &Zone,
    profile: &Profile,
    (case, link): (&Case, Link),
    by: CaseId,
    now: Instant,
) -> Vec<Command> {
    // What the first would have brought, had it been approved.
    if link.kind.is_about_a_refusal() {
        return reactions::effect(zone, profile, link.case, by, now);
    }
    // An officer may have ended it while the change was being decided: then there is nothing left to change.
    let Some(issued) = cases::issued(&zone.permits, link.case).filter(|issued| !issued.is_ended()) else {
        return Vec::new();
    };
    match link.kind {
        ChangeKind::Renew => renewed(zone, profile, case, &issued, by, now).into_iter().collect(),
        ChangeKind::Surrender => vec![ended(&issued, Reason::HolderRequest)],
        ChangeKind::Transfer => match new_holder(zone, case) {
            Some(holder) => replaced(zone, profile, case, &issued, holder, by, now),
            None => Vec::new(),
        },
        // Where what was wrong has no bearing on what was issued, it stays as it is.
        ChangeKind::Correct if !tells_otherwise(zone, case, link) => Vec::new(),
        ChangeKind::Amend | ChangeKind::Correct | ChangeKind::Appeal | ChangeKind::Reconsider => {
            replaced(zone, profile, case, &issued, (case.subject, case.organisation), by, now)
        }
    }
}

/// Whether what is told in plain text is another thing than before.
fn tells_otherwise(zone: &Zone, case: &Case, link: Link) -> bool {
    cases::case(&zone.cases, link.case)
        .is_some_and(|first| (&first.disclosed, first.requested_day) != (&case.disclosed, case.requested_day))
}

fn new_holder(zone: &Zone, case: &Case) -> Option<(PersonId, Option<OrganisationId>)> {
    let to = case.disclosed.organisation?;
    Some((parties::clerk_of(&zone.parties, to)?, Some(to)))
}

fn ended(issued: &Issued, reason: Reason) -> Command {
    match issued {
        Issued::Permit(permit, _) => permits::Command::Revoke { permit: *permit, reason, note: None }.into(),
        Issued::Grant(grant, _) => permits::Command::EndGrant { grant: *grant, reason, note: None }.into(),
    }
}

/// The same once more, from where the old ends.
fn renewed(zone: &Zone, profile: &Profile, case: &Case, issued: &Issued, by: CaseId, now: Instant) -> Option<Command> {
    let days = match &root_service(zone, profile, case)?.effect {
        Effect::IssuePermit(template) => template.valid_days,
        Effect::Grant(template) => template.valid_days,
        Effect::Answer | Effect::RevokePermit | Effect::ErasePerson | Effect::Change => return None,
    };
    let valid_from = issued.valid_until().max(now);
    // Of whole days: counted from the instant at which the old one ends, which is the beginning of one.
    let (_, valid_until) = validity(profile, None, days, valid_from)?;
    Some(match issued {
        Issued::Permit(_, old) => {
            let issue = Issue { case: by, valid_from, valid_until, ..old.issue.clone() };
            permits::Command::Issue(issue).into()
        }
        Issued::Grant(_, old) => {
            let terms = Terms { case: by, valid_from, valid_until, ..old.terms.clone() };
            permits::Command::Grant(terms).into()
        }
    })
}

/// Another in place of the old, until the old would have ended.
fn replaced(
    zone: &Zone,
    profile: &Profile,
    case: &Case,
    issued: &Issued,
    (holder, organisation): (PersonId, Option<OrganisationId>),
    by: CaseId,
    now: Instant,
) -> Vec<Command> {
    let new = match issued {
        Issued::Permit(_, old) => {
            let days = requested(zone, profile, case, now);
            let (valid_from, valid_until) = days.unwrap_or((now.max(old.issue.valid_from), old.issue.valid_until));
            let issue = Issue { case: by, holder, organisation, valid_from, valid_until, ..old.issue.clone() };
            permits::Command::Issue(issue).into()
        }
        Issued::Grant(_, old) => {
            let asked = new_balance(zone, profile, case);
            let terms = Terms {
                case: by,
                holder,
                organisation,
                valid_from: now.max(old.terms.valid_from),
                balance: asked.or_else(|| old.terms.balance.clone()),
                ..old.terms.clone()
            };
            permits::Command::Grant(terms).into()
        }
    };
    vec![ended(issued, Reason::CaseDecided), new]
}

/// The day asked for anew, where what was issued is valid on a day asked for.
fn requested(zone: &Zone, profile: &Profile, case: &Case, now: Instant) -> Option<(Instant, Instant)> {
    let Effect::IssuePermit(template) = &root_service(zone, profile, case)?.effect else { return None };
    let day = case.requested_day.filter(|_| template.days_from_request)?;
    validity(profile, Some(day), template.valid_days, now)
}

fn new_balance(zone: &Zone, profile: &Profile, case: &Case) -> Option<permits::Balance> {
    let service = root_service(zone, profile, case)?;
    let Effect::Grant(template) = &service.effect else { return None };
    balance(service, template, case)
}

fn root_service<'p>(zone: &Zone, profile: &'p Profile, case: &Case) -> Option<&'p Service> {
    let root = cases::root(&zone.cases, case);
    profile.service_at(&root.service, root.service_version)
}
