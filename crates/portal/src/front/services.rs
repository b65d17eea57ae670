//! The catalogue of services, as the zone folder describes them: who applies, who decides by when, under which section.

use crate::Caller;
use crate::problem::Problem;
use axum::extract::Path;
use base::{Actor, Bank, Key, Language};
use frame::maud::{Markup, html};
use frame::parts::{self, Column, SummaryRow, Table, Tone};
use frame::{Weight, button_link, say};
use profile::{Applicant, Consent, Decider, LegPlan, Profile, Service};

pub(crate) async fn catalogue(caller: Caller) -> Markup {
    let visit = caller.visit();
    let l = caller.language;
    visit.page(say!(l, "services-title")).lead(say!(l, "services-lead")).body(parts::wide_cards(html! {
        @for service in caller.portal.park.profile.services.values() {
            section.card {
                h2.card__heading {
                    a.govuk-link href=(visit.href(&format!("services/{}", service.key))) { (service.name.get(l)) }
                }
                p { (service.summary.get(l)) }
                (marks(l, service))
            }
        }
    }))
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
            (marks(l, service))
            @for paragraph in service.guidance.get(l).lines().filter(|line| !line.trim().is_empty()) {
                p { (paragraph) }
            }
            @if let Some(begin) = begin(service, &caller.actor) {
                (button_link(Weight::Primary, &say!(l, "services-begin"), &visit.href(begin)))
            }
            h2 { (say!(l, "services-who")) }
            (parts::summary_list([
                SummaryRow::new(say!(l, "services-applicant"), applicant(l, service)),
                SummaryRow::new(say!(l, "services-confirmed"), confirmed(l, service)),
            ]))
            (legs(l, profile, service))
            (consents(l, profile, &service.consents))
        });
    Ok(page)
}

fn marks(l: Language, service: &Service) -> Markup {
    html! {
        p {
            (parts::tag(Tone::Neutral, &frame::format::source(l, &service.section)))
            " "
            @if service.illustrative { (parts::tag(Tone::Caution, &say!(l, "services-illustrative"))) }
        }
    }
}

/// Where somebody who may apply begins; whoever is not signed in is asked who they are on the way.
fn begin(service: &Service, actor: &Actor) -> Option<&'static str> {
    let nobody = matches!(actor, Actor::Anonymous);
    service.applicants.iter().find_map(|applicant| match applicant {
        Applicant::Clerk => (nobody || matches!(actor, Actor::Clerk { .. })).then_some("employer"),
        Applicant::Person => (nobody || matches!(actor, Actor::Person { .. })).then_some("me"),
        Applicant::Officer => (nobody || matches!(actor, Actor::Officer { .. })).then_some("office"),
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

fn legs(l: Language, profile: &Profile, service: &Service) -> Markup {
    let columns =
        [say!(l, "services-office"), say!(l, "services-side"), say!(l, "services-within"), say!(l, "services-decider")];
    let row = |leg: &LegPlan| {
        let office = profile.offices.get(&leg.office);
        let side = office.and_then(|office| profile.bank(office.bank)).map_or("", |bank| bank.short_name.get(l));
        let by = match leg.by {
            Decider::Officer => say!(l, "services-by-an-officer"),
            Decider::Rule => say!(l, "services-by-rule"),
        };
        [
            html! { (office.map_or("", |office| office.name.get(l))) },
            html! { (side) },
            html! { (say!(l, "services-working-days", days = u32::from(leg.working_days))) },
            html! { (by) },
        ]
    };
    html! {
        (Table::new(say!(l, "services-legs"), columns.map(Column::text)).rows(service.legs.iter().map(row)))
        @if Bank::BOTH.iter().all(|bank| service.legs.iter().any(|leg| side_of(profile, leg) == Some(*bank))) {
            (parts::inset(say!(l, "services-side-by-side")))
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
