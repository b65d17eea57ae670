//! The clerk's first page: where the organisation's applications and passes stand, and what waits to be mended.

use super::{case_link, organisation, stage_tag, takes_rosters};
use crate::{Caller, Problem};
use base::{Actor, CaseId, DelegationId, OrganisationId, RosterId};
use cases::{About, Case, Outcome, Roster, Stage};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, Figure, Table, Tone, card, cards, empty, figures, summary_list};
use frame::{Visit, Weight, button_link, buttons, format, say};
use profile::{Applicant, Service};

/// Rosters shown, the newest first.
const ROSTERS_MAX: usize = 20;
/// Cases of the organisation itself shown, the newest first.
const OWN_MAX: usize = 20;

/// How many of the applications and passes of one organisation stand where.
#[derive(Default)]
struct Counts {
    confirming: u32,
    deciding: u32,
    approved: u32,
    refused: u32,
    valid: u32,
    suspended: u32,
    revoked: u32,
}

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    let id = organisation(&caller)?;
    let zone = caller.portal.park.zone();
    let known = parties::organisation(&zone.parties, id).ok_or(Problem::NotFound)?;
    let visit = caller.visit();
    let l = caller.language;
    let counts = count(&caller, &zone, id);
    let clerk = matches!(caller.actor, Actor::Clerk { .. });
    Ok(visit.page(known.name.get(l)).caption(say!(l, "clerk-title")).lead(say!(l, "clerk-lead")).body(html! {
        @if let Some(delegation) = caller.actor.delegation() { (acting(&caller, &visit, &zone, delegation)?) }
        (crate::drafts::waiting(&caller, &caller.actor)?)
        (services(&caller, &visit))
        h2 { (say!(l, "clerk-applications")) }
        (figures(&[
            figure(counts.confirming, say!(l, "stage-confirming"), Tone::Caution),
            figure(counts.deciding, say!(l, "stage-deciding"), Tone::Active),
            figure(counts.approved, say!(l, "stage-approved"), Tone::Good),
            figure(counts.refused, say!(l, "stage-refused"), Tone::Bad),
        ]))
        (buttons(button_link(Weight::Secondary, &say!(l, "clerk-people-link"), &visit.href("employer/people"))))
        h2 { (say!(l, "clerk-passes")) }
        (figures(&[
            figure(counts.valid, say!(l, "pass-valid"), Tone::Good),
            figure(counts.suspended, say!(l, "pass-suspended"), Tone::Caution),
            figure(counts.revoked, say!(l, "pass-revoked"), Tone::Bad),
        ]))
        (own(&caller, &visit, &zone, id))
        (rosters(&caller, &visit, &zone, id))
        @if clerk {
            h2 { (say!(l, "delegations-title")) }
            p { (say!(l, "delegations-lead")) }
            @let open = say!(l, "delegations-open-link");
            (buttons(html! {
                (button_link(Weight::Secondary, &open, &visit.href("employer/delegations")))
                (tokens_link(&visit))
            }))
        }
    }))
}

fn figure(count: u32, label: String, tone: Tone) -> Figure {
    let tone = if count == 0 { Tone::Neutral } else { tone };
    Figure::new(format::number(i64::from(count)), label).tone(tone)
}

fn count(caller: &Caller, zone: &Zone, organisation: OrganisationId) -> Counts {
    let mut counts = Counts::default();
    for (id, case) in seen(caller, zone, organisation) {
        match case.stage {
            Stage::Confirming => counts.confirming += 1,
            Stage::Deciding => counts.deciding += 1,
            Stage::Decided(Outcome::Approved) => counts.approved += 1,
            Stage::Decided(Outcome::Refused) => counts.refused += 1,
            Stage::Decided(Outcome::Withdrawn) => {}
        }
        let issued = permits::of_case(&zone.permits, id).and_then(|id| permits::permit(&zone.permits, id));
        match issued.map(|permit| permit.status) {
            Some(permits::Status::Valid) => counts.valid += 1,
            Some(permits::Status::Suspended) => counts.suspended += 1,
            Some(permits::Status::Revoked) => counts.revoked += 1,
            None => {}
        }
    }
    counts
}

/// The organisation's cases as far as the caller sees them: a clerk all, a delegate those that were given.
pub(super) fn seen<'a>(
    caller: &'a Caller,
    zone: &'a Zone,
    organisation: OrganisationId,
) -> impl Iterator<Item = (CaseId, &'a Case)> + 'a {
    let delegate = matches!(caller.actor, Actor::Delegate { .. });
    let all = cases::of_organisation(&zone.cases, organisation);
    all.filter(move |(id, _)| !delegate || caller.portal.case(zone, &caller.actor, *id).is_ok())
}

/// Under what a delegate acts here.
fn acting(caller: &Caller, visit: &Visit, zone: &Zone, id: DelegationId) -> Result<Markup, Problem> {
    let known = parties::delegation(&zone.parties, id).ok_or(Problem::NotFound)?;
    Ok(html! {
        h2 { (say!(visit.language, "delegation-yours")) }
        (summary_list(crate::delegations::rows(caller, visit, zone, (id, known))))
        (buttons(tokens_link(visit)))
    })
}

fn tokens_link(visit: &Visit) -> Markup {
    button_link(Weight::Secondary, &say!(visit.language, "program-tokens-link"), &visit.href("employer/tokens"))
}

/// Cases of the organisation itself.
fn own(caller: &Caller, visit: &Visit, zone: &Zone, organisation: OrganisationId) -> Markup {
    let l = visit.language;
    let about_itself = |(_, case): &(CaseId, &Case)| case.about == About::Organisation(organisation);
    let own: Vec<_> = seen(caller, zone, organisation).filter(about_itself).take(OWN_MAX).collect();
    if own.is_empty() {
        return html! {};
    }
    let columns = [
        Column::text(say!(l, "own-case-service")),
        Column::text(say!(l, "own-case-opened")),
        Column::text(say!(l, "own-case-stage")),
    ];
    let rows = own
        .into_iter()
        .map(|(id, case)| [case_link(caller, visit, zone, (id, case)), visit.time(case.opened_at), stage_tag(l, case)]);
    html! {
        h2 { (say!(l, "clerk-own")) }
        (Table::new(say!(l, "clerk-own"), columns).hide_caption().rows(rows))
    }
}

fn services(caller: &Caller, visit: &Visit) -> Markup {
    let services = caller.portal.park.profile.services.values();
    let for_people =
        |known: &&Service| known.may_be_applied_for_by(Applicant::Clerk) && known.about == profile::About::Person;
    let clerk = matches!(caller.actor, Actor::Clerk { .. });
    // A delegate is offered what was given; a clerk sees everything, and why not where something stands in the way.
    let given = |known: &&Service| clerk || caller.portal.park.check_opening(&caller.actor, &known.key, None).is_ok();
    html! {
        (cards(html! {
            @for known in services.filter(for_people).filter(given) { (service_card(caller, visit, known)) }
        }))
        p { a href=(visit.href("services")) { (say!(visit.language, "clerk-more-services")) } }
    }
}

fn service_card(caller: &Caller, visit: &Visit, service: &Service) -> Markup {
    let l = visit.language;
    let zone = caller.portal.park.zone();
    let may_upload =
        |organisation| caller.portal.may_upload_roster(&zone, &caller.actor, organisation, &service.key).is_ok();
    let one = visit.href(&format!("employer/apply/{}", service.key));
    let many = visit.href(&format!("employer/roster/{}", service.key));
    card(
        service.name.get(l),
        html! {
            p { (service.summary.get(l)) }
            @if takes_rosters(service) && caller.actor.organisation().is_some_and(may_upload) {
                p { a href=(many) { (say!(l, "clerk-upload-link")) } }
                p { a href=(one) { (say!(l, "clerk-apply-one-link")) } }
            } @else {
                @let label = if takes_rosters(service) { say!(l, "clerk-apply-one-link") } else { say!(l, "clerk-apply-link") };
                p { a href=(one) { (label) } }
                @if service.form.team_most.is_some() {
                    p { a href=(visit.href(&format!("employer/team/{}", service.key))) { (say!(l, "clerk-team-link")) } }
                }
            }
        },
    )
}

/// The organisation's rosters as far as the caller sees them: a clerk all, a delegate those of the delegation.
fn rosters(caller: &Caller, visit: &Visit, zone: &Zone, organisation: OrganisationId) -> Markup {
    let l = visit.language;
    let newest = zone.cases.rosters.iter().rev().filter(|(_, roster)| roster.organisation == organisation);
    let seen = newest.filter(|(id, _)| caller.portal.roster(zone, &caller.actor, **id, "view_roster").is_ok());
    let ours: Vec<(RosterId, &Roster)> = seen.take(ROSTERS_MAX).map(|(id, roster)| (*id, &**roster)).collect();
    match (ours.is_empty(), &caller.actor) {
        (false, _) => html! { h2 { (say!(l, "clerk-rosters")) } (roster_table(visit, ours)) },
        (true, Actor::Clerk { .. }) => html! {
            h2 { (say!(l, "clerk-rosters")) }
            (empty(&say!(l, "clerk-no-rosters"), &say!(l, "clerk-no-rosters-text"), None))
        },
        // Not every delegate may upload one.
        (true, _) => html! {},
    }
}

fn roster_table(visit: &Visit, ours: Vec<(RosterId, &Roster)>) -> Table {
    let l = visit.language;
    let columns = [
        Column::text(say!(l, "clerk-roster")),
        Column::text(say!(l, "clerk-uploaded")),
        Column::number(say!(l, "clerk-applied")),
        Column::number(say!(l, "clerk-faulty-left")),
    ];
    let rows = ours.into_iter().map(|(id, roster)| {
        [
            html! { a href=(visit.href(&format!("employer/rosters/{id}"))) { (id) } },
            visit.time(roster.uploaded_at),
            html! { (format::number(i64::from(roster.applied))) },
            html! { (format::number(i64::from(roster.faulty))) },
        ]
    });
    Table::new(say!(l, "clerk-rosters"), columns).hide_caption().rows(rows)
}
