//! Consequences across rooms: this event leads to that command, by the platform itself, in the same commit.

use crate::model::{Command, Event};
use crate::outside::Outside;
use crate::zone::Zone;
use base::{Bank, CaseId, Instant, PersonId};
use permits::{Issue, Reason, Scope, Status};
use profile::{Decider, Effect, PermitTemplate, Profile, Service};

/// The one list of reactions.
pub(crate) fn reactions(
    zone: &Zone,
    profile: &Profile,
    outside: &Outside,
    event: &Event,
    now: Instant,
) -> Vec<Command> {
    match event {
        Event::Cases(cases::Event::Submitted { case, .. }) => rule_decides(zone, profile, outside, *case),
        Event::Cases(cases::Event::Decided { case, outcome: cases::Outcome::Approved }) => {
            effect(zone, profile, *case, now).into_iter().collect()
        }
        Event::Parties(parties::Event::ConsentWithdrawn { person, consent }) => {
            suspend_what_rests_on(zone, profile, *person, consent)
        }
        Event::Parties(parties::Event::ConsentGiven { person, .. }) => resume_what_rested_on(zone, profile, *person),
        Event::Parties(parties::Event::PersonErased { person }) => end_all_of(zone, *person),
        Event::Zone(_) | Event::Parties(_) | Event::Cases(_) | Event::Permits(_) | Event::People(_) => Vec::new(),
    }
}

/// Legs that the service leaves to the rulebook are put to it as soon as the offices may start.
fn rule_decides(zone: &Zone, profile: &Profile, outside: &Outside, id: CaseId) -> Vec<Command> {
    let Some((case, service)) = case_and_service(zone, profile, id) else { return Vec::new() };
    let watchlisted = outside.watchlisted(zone, case.subject);
    let by_rule = service.legs.iter().filter(|plan| plan.by == Decider::Rule);
    by_rule
        .filter_map(|plan| {
            // Each bank's rule sees its own list alone.
            let bank = profile.offices.get(&plan.office)?.bank;
            let watchlisted = watchlisted.contains(&bank);
            Some(cases::Command::DecideByRule { case: id, leg: plan.key.clone(), watchlisted }.into())
        })
        .collect()
}

/// What the service says follows from approval.
fn effect(zone: &Zone, profile: &Profile, id: CaseId, now: Instant) -> Option<Command> {
    let (case, service) = case_and_service(zone, profile, id)?;
    match (&service.effect, case.about) {
        (Effect::IssuePermit(template), _) => {
            let (valid_from, valid_until) = validity(profile, template, case, now)?;
            let issue = Issue {
                case: id,
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
        (Effect::RevokePermit, cases::About::Permit(permit)) => {
            let in_force = permits::permit(&zone.permits, permit).is_some_and(|known| known.status != Status::Revoked);
            in_force.then(|| permits::Command::Revoke { permit, reason: Reason::CaseDecided, note: None }.into())
        }
        // The key is destroyed by the operator (`hetao erase`), who needs the approved case for it.
        (Effect::Grant(_) | Effect::Answer | Effect::ErasePerson, _)
        | (Effect::RevokePermit, cases::About::Person(_)) => None,
    }
}

/// From the day of issue or from the requested day, for the template's number of days, in the time of the north bank
/// (both banks keep the same).
fn validity(
    profile: &Profile,
    template: &PermitTemplate,
    case: &cases::Case,
    now: Instant,
) -> Option<(Instant, Instant)> {
    let bank = Bank::North;
    let today = profile.local_date(bank, now);
    let first = if template.days_from_request { case.requested_day?.max(today) } else { today };
    let mut end = first;
    for _ in 0..template.valid_days {
        end = end.tomorrow().ok()?;
    }
    let from = if first == today { now } else { profile.start_of_day(bank, first) };
    Some((from, profile.start_of_day(bank, end)))
}

fn suspend_what_rests_on(zone: &Zone, profile: &Profile, person: PersonId, consent: &base::Key) -> Vec<Command> {
    let rests_on_it =
        |permit: &permits::Permit| profile.consents_behind(&permit.issue.kind).any(|wanted| wanted.key == *consent);
    permits::of_holder(&zone.permits, person)
        .filter(|(_, permit)| permit.status == Status::Valid && rests_on_it(permit))
        .map(|(permit, _)| permits::Command::Suspend { permit, reason: Reason::ConsentWithdrawn, note: None }.into())
        .collect()
}

/// No officer judged a pass that was stopped for a withdrawn consent alone: both banks' approval stands, and what was
/// missing was the ground for using the holder's data, which the holder has given back. So it resumes with the consent,
/// as it stopped with it, and nobody waits for an officer who would have nothing to decide. Officers keep what is theirs:
/// a pass that they stop for a cause of their own, before or meanwhile, waits for them.
fn resume_what_rested_on(zone: &Zone, profile: &Profile, person: PersonId) -> Vec<Command> {
    let stopped_for_this_alone = |permit: &permits::Permit| {
        permit.status == Status::Suspended
            && permit.stopped_for == Some(Reason::ConsentWithdrawn)
            && permits::consents_missing(&zone.parties, profile, &permit.issue).next().is_none()
    };
    permits::of_holder(&zone.permits, person)
        .filter(|(_, permit)| stopped_for_this_alone(permit))
        .map(|(permit, _)| permits::Command::Resume { permit, note: None }.into())
        .collect()
}

fn end_all_of(zone: &Zone, person: PersonId) -> Vec<Command> {
    let revoke = permits::of_holder(&zone.permits, person)
        .filter(|(_, permit)| permit.status != Status::Revoked)
        .map(|(permit, _)| permits::Command::Revoke { permit, reason: Reason::HolderRequest, note: None }.into());
    let withdraw = cases::of_subject(&zone.cases, person)
        .filter(|(_, case)| !matches!(case.stage, cases::Stage::Decided(_)))
        .map(|(case, _)| cases::Command::Withdraw { case }.into());
    revoke.chain(withdraw).collect()
}

fn case_and_service<'a>(zone: &'a Zone, profile: &'a Profile, id: CaseId) -> Option<(&'a cases::Case, &'a Service)> {
    let case = cases::case(&zone.cases, id)?;
    Some((case, profile.services.get(&case.service)?))
}
