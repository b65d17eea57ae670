//! The catalogue of services, as the zone folder describes them: who applies, who decides by when, under which section.

use crate::help::source;
use crate::problem::Problem;
use crate::{Caller, application};
use axum::extract::Path;
use base::{Actor, Bank, Key, Language};
use frame::maud::{Markup, html};
use frame::parts::{self, Column, SummaryRow, Table, Tone};
use frame::{Visit, Weight, button_link, format, say};
use profile::{Applicant, Consent, Decider, Effect, Group, JointOutcome, LegKind, LegPlan, Profile, Service};

pub(crate) async fn catalogue(caller: Caller) -> Markup {
    let visit = caller.visit();
    let l = caller.language;
    let services = &caller.portal.park.profile.services;
    let of = |group: Group| services.values().filter(move |service| service.group == group);
    visit.page(say!(l, "services-title")).lead(say!(l, "services-lead")).body(html! {
        p { a href=(visit.href("status")) { (say!(l, "status-title")) } }
        nav.page-contents aria-label=(say!(l, "services-groups")) {
            ul { @for group in Group::ALL.into_iter().filter(|group| of(*group).next().is_some()) {
                li { a href={ "#" (group.as_str()) } { (group_name(l, group)) } }
            } }
        }
        @for group in Group::ALL.into_iter().filter(|group| of(*group).next().is_some()) {
            h2 id=(group.as_str()) { (group_name(l, group)) }
            (parts::wide_cards(html! { @for service in of(group) {
                section.card {
                    h3.card__heading {
                        a.govuk-link href=(visit.href(&format!("services/{}", service.key))) { (service.name.get(l)) }
                    }
                    p { (service.summary.get(l)) }
                    (marks(&caller, service))
                }
            } }))
        }
    })
}

pub(crate) fn group_name(l: Language, group: Group) -> String {
    match group {
        Group::People => say!(l, "group-people"),
        Group::Goods => say!(l, "group-goods"),
        Group::Capital => say!(l, "group-capital"),
        Group::Data => say!(l, "group-data"),
        Group::Flights => say!(l, "group-flights"),
        Group::Estate => say!(l, "group-estate"),
        Group::Science => say!(l, "group-science"),
        Group::Companies => say!(l, "group-companies"),
        Group::Help => say!(l, "group-help"),
    }
}

pub(crate) async fn one(caller: Caller, Path((_, key)): Path<(String, Key)>) -> Result<Markup, Problem> {
    let visit = caller.visit();
    let l = caller.language;
    let profile = &caller.portal.park.profile;
    let service = profile.services.get(&key).ok_or(Problem::NotFound)?;
    let page = visit
        .page(service.name.get(l))
        .crumb(say!(l, "services-title"), visit.href("services"))
        .lead(service.summary.get(l))
        .body(html! {
            (marks(&caller, service))
            @for paragraph in service.guidance.get(l).lines().filter(|line| !line.trim().is_empty()) {
                p { (paragraph) }
            }
            @if let Some(begin) = begin(service, &caller.actor).filter(|_| given(&caller, service)) {
                (button_link(Weight::Primary, &say!(l, "services-begin"), &visit.href(&begin)))
            }
            @if service.about == profile::About::Case { (parts::inset(say!(l, "services-from-case"))) }
            h2 { (say!(l, "services-who")) }
            (parts::summary_list([
                SummaryRow::new(say!(l, "services-applicant"), applicant(l, service)),
                SummaryRow::new(say!(l, "services-confirmed"), confirmed(l, service)),
            ]))
            (eligibility(l, service))
            (application::at_hand(&caller, service))
            (legs(l, profile, service))
            (outcome(l, profile, service))
            (changes(l, profile, service, &visit))
            (consents(l, profile, &service.consents))
        });
    Ok(page)
}

fn marks(caller: &Caller, service: &Service) -> Markup {
    let l = caller.language;
    html! {
        p.hit__source {
            span { (source(caller, &service.section)) }
            @if service.illustrative { (parts::tag(Tone::Caution, &say!(l, "services-illustrative"))) }
        }
    }
}

/// A delegate is not led to what was not given to them.
fn given(caller: &Caller, service: &Service) -> bool {
    let Actor::Delegate { organisation, .. } = &caller.actor else { return true };
    let about = match service.about {
        profile::About::Organisation => Some(cases::About::Organisation(*organisation)),
        profile::About::Person | profile::About::Permit | profile::About::Case => None,
    };
    caller.portal.park.check_opening(&caller.actor, &service.key, about).is_ok()
}

/// Where somebody who may apply begins; whoever is not signed in is asked who they are on the way.
fn begin(service: &Service, actor: &Actor) -> Option<String> {
    if service.about == profile::About::Case {
        return None;
    }
    let nobody = matches!(actor, Actor::Anonymous);
    let key = &service.key;
    service.applicants.iter().find_map(|applicant| match (applicant, &service.effect) {
        (Applicant::Person, _) if !nobody && !matches!(actor, Actor::Person { .. }) => None,
        (Applicant::Person, Effect::ErasePerson) => Some("me/erasure".to_owned()),
        (Applicant::Person, _) => Some(format!("me/apply/{key}")),
        (Applicant::Clerk, _) if !nobody && actor.organisation().is_none() => None,
        // A pass that begins when it is issued can be applied for by a whole roster: the first page offers both.
        (Applicant::Clerk, Effect::IssuePermit(template)) if !template.days_from_request => {
            let clerk = nobody || matches!(actor, Actor::Clerk { .. });
            Some(if clerk { "employer".to_owned() } else { format!("employer/apply/{key}") })
        }
        (Applicant::Clerk, _) => Some(format!("employer/apply/{key}")),
        (Applicant::Officer, _) => (nobody || matches!(actor, Actor::Officer { .. })).then(|| "office".to_owned()),
    })
}

fn applicant(l: Language, service: &Service) -> String {
    let in_words = service.applicants.iter().map(|applicant| match applicant {
        Applicant::Clerk => say!(l, "services-by-clerk"),
        Applicant::Person => say!(l, "services-by-person"),
        Applicant::Officer => say!(l, "services-by-officer"),
    });
    in_words.reduce(|one, other| say!(l, "services-by-or", one = one, other = other)).unwrap_or_default()
}

fn confirmed(l: Language, service: &Service) -> String {
    if service.confirmed_by_subject { say!(l, "services-confirmed-yes") } else { say!(l, "services-confirmed-no") }
}

fn eligibility(l: Language, service: &Service) -> Markup {
    html! {
        @if !service.eligibility.is_empty() {
            h2 { (say!(l, "services-eligibility")) }
            ul { @for line in &service.eligibility { li { (line.get(l)) } } }
        }
    }
}

fn legs(l: Language, profile: &Profile, service: &Service) -> Markup {
    let columns = [
        say!(l, "services-office"),
        say!(l, "services-side"),
        say!(l, "services-does"),
        say!(l, "services-begins"),
        say!(l, "services-within"),
    ];
    let row = |leg: &LegPlan| {
        let office = profile.offices.get(&leg.office);
        let side = office.and_then(|office| profile.bank(office.bank)).map_or("", |bank| bank.short_name.get(l));
        [
            html! { (office.map_or("", |office| office.name.get(l))) },
            html! { (side) },
            html! {
                (kind(l, leg))
                @if leg.when.is_some() { div.data__note { (say!(l, "services-sometimes")) } }
            },
            html! { (begins(l, service, leg)) },
            html! { (say!(l, "services-working-days", days = u32::from(leg.working_days))) },
        ]
    };
    let begun_together = |bank: Bank| {
        let mut first = service.legs.iter().filter(|leg| leg.after.is_empty());
        first.any(|leg| side_of(profile, leg) == Some(bank))
    };
    if service.legs.is_empty() {
        return html! { h2 { (say!(l, "services-legs")) } p { (say!(l, "services-legs-first")) } };
    }
    html! {
        (Table::new(say!(l, "services-legs"), columns.map(Column::text)).rows(service.legs.iter().map(row)))
        @if Bank::BOTH.into_iter().all(begun_together) { (parts::inset(say!(l, "services-side-by-side"))) }
    }
}

fn kind(l: Language, leg: &LegPlan) -> String {
    match (leg.kind, leg.by) {
        (LegKind::Consult, _) => say!(l, "services-kind-consult"),
        (_, Decider::Rule) => say!(l, "services-by-rule"),
        (LegKind::Decide, Decider::Officer) => say!(l, "services-kind-decide"),
        (LegKind::Endorse, Decider::Officer) => say!(l, "services-kind-endorse"),
        (LegKind::Vet, Decider::Officer) => say!(l, "services-kind-vet"),
        (LegKind::Inspect, Decider::Officer) => say!(l, "services-kind-inspect"),
        (LegKind::Pay, Decider::Officer) => say!(l, "services-kind-pay"),
        (LegKind::Sign, Decider::Officer) => say!(l, "services-kind-sign"),
        (LegKind::Attend, Decider::Officer) => say!(l, "services-kind-attend"),
        (LegKind::Vote, Decider::Officer) => say!(l, "services-kind-vote"),
    }
}

/// At once, or when those before it have ended.
fn begins(l: Language, service: &Service, leg: &LegPlan) -> String {
    let before = service.legs.iter().filter(|other| leg.after.contains(&other.key));
    let before: Vec<&str> = before.map(|other| other.name.get(l)).collect();
    if before.is_empty() {
        return say!(l, "services-at-once");
    }
    say!(l, "services-after", legs = before.join(format::list_gap(l)))
}

/// How the offices' decisions come to one; nothing where one alone decides.
pub(crate) fn jointly(l: Language, profile: &Profile, service: &Service) -> Option<String> {
    let judging = service.legs.iter().filter(|leg| leg.kind.judges()).count();
    match &service.outcome {
        JointOutcome::All if judging == 1 => None,
        JointOutcome::All => Some(say!(l, "services-outcome-all")),
        JointOutcome::Any => Some(say!(l, "services-outcome-any")),
        JointOutcome::Quorum(quorum) => Some(say!(l, "services-outcome-quorum", quorum = u32::from(*quorum))),
        JointOutcome::Recognition { lead } => {
            let lead = service.legs.iter().find(|leg| leg.key == *lead);
            let office = lead.and_then(|leg| profile.office(&leg.office)).map_or("", |office| office.name.get(l));
            Some(say!(l, "services-outcome-recognition", office = office))
        }
    }
}

/// How the offices' decisions come to one, and what follows from it.
fn outcome(l: Language, profile: &Profile, service: &Service) -> Markup {
    let how = jointly(l, profile, service);
    let what = match &service.effect {
        Effect::Grant(template) => {
            let days = u32::from(template.valid_days);
            Some(say!(l, "services-grants", name = template.name.get(l), days = days))
        }
        Effect::IssuePermit(template) => {
            let days = u32::from(template.valid_days);
            Some(say!(l, "services-issues", name = template.name.get(l), days = days))
        }
        Effect::Answer => Some(say!(l, "services-answers")),
        Effect::Change => Some(say!(l, "services-changes")),
        Effect::RevokePermit | Effect::ErasePerson => None,
    };
    html! {
        @if how.is_some() || what.is_some() { h2 { (say!(l, "services-outcome")) } }
        @for sentence in [how, what].into_iter().flatten() { p { (sentence) } }
    }
}

/// What can be asked of a decided application, and by which service.
fn changes(l: Language, profile: &Profile, service: &Service, visit: &Visit) -> Markup {
    let line = |change: &profile::Change| {
        let by = profile.services.get(&change.service);
        let name = by.map_or_else(|| change.service.to_string(), |by| by.name.get(l).to_owned());
        let label = match change.within_days {
            Some(days) => say!(l, "services-later-within", name = name, days = u32::from(days)),
            None => name,
        };
        html! { a href=(visit.href(&format!("services/{}", change.service))) { (label) } }
    };
    html! {
        @if !service.changes.is_empty() {
            h2 { (say!(l, "services-later")) }
            ul { @for change in &service.changes { li { (line(change)) } } }
        }
    }
}

fn side_of(profile: &Profile, leg: &LegPlan) -> Option<Bank> {
    profile.offices.get(&leg.office).map(|office| office.bank)
}

fn consents(l: Language, profile: &Profile, consents: &[Consent]) -> Markup {
    html! {
        @if !consents.is_empty() {
            h2 { (say!(l, "services-consents")) }
            @for consent in consents {
                (parts::details(consent.purpose.get(l), html! {
                    p { (consent.text.get(l)) }
                    p.govuk-hint {
                        (profile.office(&consent.authority).map_or("", |office| office.name.get(l)))
                        " · "
                        (say!(l, "services-version", version = consent.version))
                    }
                }))
            }
        }
    }
}
