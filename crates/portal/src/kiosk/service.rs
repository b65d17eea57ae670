//! One service at a kiosk: what it is, whether one can apply right here, and a sheet to print.

use super::own::print_button;
use crate::{Caller, Problem, application, help};
use axum::extract::Path;
use base::Key;
use frame::maud::{Markup, html};
use frame::parts::inset;
use frame::{Weight, button_link, buttons, say};
use profile::{Applicant, Effect, Service};

pub(super) async fn page(caller: Caller, Path((_, key)): Path<(String, Key)>) -> Result<Markup, Problem> {
    let service = caller.portal.park.profile.service(&key).ok_or(Problem::NotFound)?;
    let l = caller.language;
    let visit = caller.visit();
    Ok(visit.page(service.name.get(l)).lead(service.summary.get(l)).reading().body(html! {
        (help::paragraphs(service.guidance.get(l)))
        @if !service.eligibility.is_empty() {
            h2 { (say!(l, "services-eligibility")) }
            ul { @for line in &service.eligibility { li { (line.get(l)) } } }
        }
        (application::at_hand(&caller, service))
        @if !begins_here(service) { (inset(html! { p { (say!(l, "kiosk-not-here")) } })) }
        (buttons(html! {
            @if begins_here(service) {
                (button_link(Weight::Primary, &say!(l, "services-begin"), &visit.href(&format!("me/apply/{key}"))))
            }
            (print_button(l))
            (button_link(Weight::Secondary, &say!(l, "kiosk-back"), &visit.href("")))
        }))
    }))
}

/// What a person applies for alone. Clerks have rosters and files at their desks.
fn begins_here(service: &Service) -> bool {
    service.applicants.contains(&Applicant::Person) && !matches!(service.effect, Effect::ErasePerson)
}
