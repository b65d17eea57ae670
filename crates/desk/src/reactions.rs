//! Consequences across rooms: this event leads to that command, by the platform itself, in the same commit.

use crate::changes;
use crate::model::{Command, Event};
use crate::outside::Outside;
use crate::zone::Zone;
use base::{Bank, CaseId, Date, Instant, Key, PermitId, PersonId};
use permits::{Balance, Issue, Measure, Reason, Scope, Status, Terms};
use profile::{Decider, Effect, FieldKind, GrantTemplate, Profile, Service};

/// The one list of reactions.
pub(crate) fn reactions(
    zone: &Zone,
    profile: &Profile,
    outside: &Outside,
    event: &Event,
    now: Instant,
) -> Vec<Command> {
    match event {
        Event::Cases(cases::Event::Submitted { case, .. } | cases::Event::Migrated { case, .. }) => {
            rule_decides(zone, profile, outside, *case, None)
        }
        Event::Cases(cases::Event::LegStarted { case, leg, .. }) => {
            rule_decides(zone, profile, outside, *case, Some(leg))
        }
        Event::Cases(cases::Event::Decided { case, outcome: cases::Outcome::Approved }) => {
            effect(zone, profile, *case, *case, now)
        }
        Event::Parties(parties::Event::ConsentWithdrawn { person, consent }) => {
            suspend_what_rests_on(zone, profile, *person, consent)
        }
        Event::Parties(parties::Event::ConsentGiven { person, .. }) => resume_what_rested_on(zone, profile, *person),
        Event::Parties(parties::Event::DocumentConfirmed { person, .. }) => {
            suspend_until_looked_at(zone, outside, *person)
        }
        Event::Permits(permits::Event::Issued { permit, issue }) => {
            suspend_if_not_as_decided(zone, outside, *permit, issue).into_iter().collect()
        }
        Event::Parties(parties::Event::PersonErased { person }) => end_all_of(zone, *person),
        Event::Zone(_)
        | Event::Parties(_)
        | Event::Cases(_)
        | Event::Permits(_)
        | Event::People(_)
        | Event::Letters(_) => Vec::new(),
    }
}

/// Legs that the service leaves to the rulebook are put to it as soon as they begin: all those that have begun, or the
/// one that has begun now.
fn rule_decides(zone: &Zone, profile: &Profile, outside: &Outside, id: CaseId, begun: Option<&Key>) -> Vec<Command> {
    let Some((case, service)) = case_and_service(zone, profile, id) else { return Vec::new() };
    let has_begun = |key: &Key| {
        let open = case.legs.iter().any(|leg| leg.key == *key && leg.state == cases::LegState::Open);
        open && begun.is_none_or(|begun| begun == key)
    };
    let by_rule = service.legs.iter().filter(|plan| plan.by == Decider::Rule && has_begun(&plan.key));
    let watchlisted = outside.watchlisted(zone, case.subject);
    let registered_elsewhere = outside.registered_elsewhere(zone, case.subject);
    by_rule
        .filter_map(|plan| {
            // Each bank's rule sees its own list alone.
            let bank = profile.offices.get(&plan.office)?.bank;
            let watchlisted = watchlisted.contains(&bank);
            let registered_elsewhere = registered_elsewhere.clone();
            let leg = plan.key.clone();
            Some(cases::Command::DecideByRule { case: id, leg, watchlisted, registered_elsewhere }.into())
        })
        .collect()
}

/// What the service says follows from approval of the case `id`, issued by the case `by`: the same, or one that changes it.
pub(crate) fn effect(zone: &Zone, profile: &Profile, id: CaseId, by: CaseId, now: Instant) -> Vec<Command> {
    let Some((case, service)) = case_and_service(zone, profile, id) else { return Vec::new() };
    if let cases::About::Change(link) = case.about {
        return changes::effect(zone, profile, (case, link), by, now);
    }
    own_effect(zone, profile, (case, service), by, now).into_iter().collect()
}

fn own_effect(
    zone: &Zone,
    profile: &Profile,
    (case, service): (&cases::Case, &Service),
    by: CaseId,
    now: Instant,
) -> Option<Command> {
    match (&service.effect, case.about) {
        (Effect::IssuePermit(template), _) => {
            let requested = if template.days_from_request { Some(case.requested_day?) } else { None };
            let (valid_from, valid_until) = validity(profile, requested, template.valid_days, now)?;
            let issue = Issue {
                case: by,
                kind: template.kind.clone(),
                holder: case.subject,
                organisation: case.organisation,
                valid_from,
                valid_until,
                scope: Scope {
                    bridges: template.bridges.clone(),
                    directions: template.directions.clone(),
                    minute_from: template.minute_from,
                    minute_until: template.minute_until,
                    weekdays: template.weekdays.clone(),
                },
            };
            Some(permits::Command::Issue(issue).into())
        }
        (Effect::Grant(template), _) => {
            let (valid_from, valid_until) = validity(profile, None, template.valid_days, now)?;
            let balance = balance(service, template, case);
            let (kind, holder, organisation) = (template.kind.clone(), case.subject, case.organisation);
            let terms = Terms { case: by, kind, holder, organisation, valid_from, valid_until, balance };
            Some(permits::Command::Grant(terms).into())
        }
        (Effect::RevokePermit, cases::About::Permit(permit)) => {
            let in_force = permits::permit(&zone.permits, permit).is_some_and(|known| known.status != Status::Revoked);
            in_force.then(|| permits::Command::Revoke { permit, reason: Reason::CaseDecided, note: None }.into())
        }
        // The key is destroyed by the operator (`hetao erase`), who needs the approved case for it. An answer is the
        // decision itself.
        (Effect::ErasePerson | Effect::Answer | Effect::Change, _)
        | (Effect::RevokePermit, cases::About::Person(_) | cases::About::Organisation(_) | cases::About::Change(_)) => {
            None
        }
    }
}

/// What was asked for in the form, in its unit: approval grants it whole.
pub(crate) fn balance(service: &Service, template: &GrantTemplate, case: &cases::Case) -> Option<Balance> {
    let field = service.form.field(template.balance_field.as_ref()?.as_str())?;
    let measure = match &field.kind {
        FieldKind::Money(currency) => Measure::Currency(*currency),
        FieldKind::Number { unit: Some(unit) } => Measure::Unit(unit.clone()),
        // The profile's check lets no other field be a balance.
        _ => return None,
    };
    Some(Balance { amount: case.disclosed.balance?, measure })
}

/// From the day of issue or from a requested day, for a number of days, in the time of the north bank (both banks keep
/// the same).
pub(crate) fn validity(
    profile: &Profile,
    requested: Option<Date>,
    days: u16,
    now: Instant,
) -> Option<(Instant, Instant)> {
    let bank = Bank::North;
    let today = profile.local_date(bank, now);
    let first = requested.map_or(today, |day| day.max(today));
    let mut end = first;
    for _ in 0..days {
        end = end.tomorrow().ok()?;
    }
    let from = if first == today { now } else { profile.start_of_day(bank, first) };
    Some((from, profile.start_of_day(bank, end)))
}

/// A pass is suspended; an authorisation of the person's own, which knows no suspension, ends.
fn suspend_what_rests_on(zone: &Zone, profile: &Profile, person: PersonId, consent: &Key) -> Vec<Command> {
    let rests_on_it =
        |permit: &permits::Permit| profile.consents_behind(&permit.issue.kind).any(|wanted| wanted.key == *consent);
    permits::of_holder(&zone.permits, person)
        .filter(|(_, permit)| permit.status == Status::Valid && rests_on_it(permit))
        .map(|(permit, _)| permits::Command::Suspend { permit, reason: Reason::ConsentWithdrawn, note: None }.into())
        .chain(end_grants_on(zone, profile, person, consent))
        .collect()
}

fn end_grants_on<'a>(
    zone: &'a Zone,
    profile: &'a Profile,
    person: PersonId,
    consent: &'a Key,
) -> impl Iterator<Item = Command> + 'a {
    let rests_on_it =
        move |grant: &permits::Grant| profile.consents_behind(&grant.terms.kind).any(|wanted| wanted.key == *consent);
    permits::grants_of_person(&zone.permits, person)
        .filter(move |(_, grant)| grant.ended.is_none() && rests_on_it(grant))
        .map(|(grant, _)| permits::Command::EndGrant { grant, reason: Reason::ConsentWithdrawn, note: None }.into())
}

/// No officer judged a pass that was stopped for a withdrawn consent alone: both banks' approval stands, and what was
/// missing was the ground for using the holder's data, which the holder has given back. So it resumes with the consent,
/// as it stopped with it, and nobody waits for an officer who would have nothing to decide. Officers keep what is theirs:
/// a pass that they stop for a cause of their own, before or meanwhile, waits for them.
fn resume_what_rested_on(zone: &Zone, profile: &Profile, person: PersonId) -> Vec<Command> {
    let stopped_for_this_alone = |permit: &permits::Permit| {
        permit.status == Status::Suspended
            && permit.stopped_for == Some(Reason::ConsentWithdrawn)
            && permits::consents_missing(&zone.parties, profile, person, &permit.issue.kind).next().is_none()
    };
    permits::of_holder(&zone.permits, person)
        .filter(|(_, permit)| stopped_for_this_alone(permit))
        .map(|(permit, _)| permits::Command::Resume { permit, note: None }.into())
        .collect()
}

/// The offices approved whom they saw. Another document may be another person's, so an officer looks before it opens a gate.
fn suspend_until_looked_at(zone: &Zone, outside: &Outside, person: PersonId) -> Vec<Command> {
    if !outside.document_was_changed(zone, person) {
        return Vec::new();
    }
    // One that stands still for a withdrawn consent alone would come back with the consent, unseen.
    let would_work = |permit: &permits::Permit| {
        permit.status == Status::Valid
            || (permit.status == Status::Suspended && permit.stopped_for == Some(Reason::ConsentWithdrawn))
    };
    permits::of_holder(&zone.permits, person)
        .filter(|(_, permit)| would_work(permit))
        .map(|(permit, _)| permits::Command::Suspend { permit, reason: Reason::DocumentChanged, note: None }.into())
        .collect()
}

/// The same where the document was changed after an office had decided, and before the last of them did.
fn suspend_if_not_as_decided(zone: &Zone, outside: &Outside, permit: PermitId, issue: &Issue) -> Option<Command> {
    let case = cases::case(&zone.cases, issue.case)?;
    let first_decision = case.legs.iter().filter_map(|leg| leg.decided_at).min()?;
    let changed = outside.document_changed_since(zone, issue.holder, first_decision);
    changed.then(|| permits::Command::Suspend { permit, reason: Reason::DocumentChanged, note: None }.into())
}

fn end_all_of(zone: &Zone, person: PersonId) -> Vec<Command> {
    let revoke = permits::of_holder(&zone.permits, person)
        .filter(|(_, permit)| permit.status != Status::Revoked)
        .map(|(permit, _)| permits::Command::Revoke { permit, reason: Reason::HolderRequest, note: None }.into());
    // What an organisation was granted stays its own, whichever of its clerks had applied.
    let end = permits::grants_of_person(&zone.permits, person)
        .filter(|(_, grant)| grant.ended.is_none() && grant.terms.organisation.is_none())
        .map(|(grant, _)| permits::Command::EndGrant { grant, reason: Reason::HolderRequest, note: None }.into());
    let withdraw = cases::of_subject(&zone.cases, person)
        .filter(|(_, case)| !matches!(case.stage, cases::Stage::Decided(_)))
        .map(|(case, _)| cases::Command::Withdraw { case }.into());
    revoke.chain(end).chain(withdraw).collect()
}

fn case_and_service<'a>(zone: &'a Zone, profile: &'a Profile, id: CaseId) -> Option<(&'a cases::Case, &'a Service)> {
    let case = cases::case(&zone.cases, id)?;
    Some((case, profile.service_at(&case.service, case.service_version)?))
}
