//! One's own affairs at a kiosk: how far applications are, and a slip to print and take along.

use crate::casework;
use crate::clerk::{named, stage_tag, status_tag};
use crate::{Caller, Problem};
use axum::extract::Path;
use base::CaseId;
use cases::Case;
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, empty, summary_list, tag};
use frame::{Language, Weight, button_link, buttons, format, say};

/// The newest; a kiosk is no place to read through years.
const SHOWN_MAX: usize = 12;

pub(super) async fn all(caller: Caller) -> Result<Markup, Problem> {
    let me = caller.person()?;
    let zone = caller.portal.park.zone();
    let l = caller.language;
    let visit = caller.visit();
    let own: Vec<(CaseId, &Case)> = crate::person::me::private_cases(&zone, me).take(SHOWN_MAX).collect();
    let passes: Vec<_> = permits::of_holder(&zone.permits, me).take(SHOWN_MAX).collect();
    Ok(visit.page(say!(l, "kiosk-own")).reading().body(html! {
        h2 { (say!(l, "own-cases")) }
        @if own.is_empty() {
            (empty(&say!(l, "own-cases-none"), &say!(l, "kiosk-own-none"), None))
        } @else {
            ul.tiles.tiles--one {
                @for (id, case) in &own {
                    li {
                        a.tile href=(visit.href(&format!("me/cases/{id}"))) {
                            span.tile__name { (service_name(&caller, case)) }
                            span.tile__text { (id.to_string()) " " (stage_tag(l, case)) }
                        }
                    }
                }
            }
        }
        @if !passes.is_empty() {
            h2 { (say!(l, "own-passes")) }
            (summary_list(passes.iter().map(|(id, permit)| {
                let until = format::day_of(permit.issue.valid_until, &visit.time_zone).map(|day| format::date(l, day));
                let value = html! { (status_tag(l, permit.status)) " " (say!(l, "kiosk-until", day = until.unwrap_or_default())) };
                SummaryRow::new(id.to_string(), value)
            })))
        }
        (buttons(button_link(Weight::Secondary, &say!(l, "kiosk-back"), &visit.href(""))))
    }))
}

/// What somebody takes home: the number, what it is about, who has it, until when.
pub(super) async fn slip(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    let id: CaseId = named(&id)?;
    let zone = caller.portal.park.zone();
    let actor = caller.on_case(id)?;
    let case = caller.portal.case(&zone, &actor, id)?;
    let l = caller.language;
    let visit = caller.visit();
    let now = caller.portal.park.now();
    Ok(visit.page(service_name(&caller, case)).caption(say!(l, "kiosk-slip")).reading().body(html! {
        (summary_list([
            SummaryRow::new(say!(l, "kiosk-number"), html! { strong.slip-number { (id.to_string()) } }),
            SummaryRow::new(say!(l, "kiosk-stage"), stage_tag(l, case)),
            SummaryRow::new(say!(l, "kiosk-printed"), visit.time(now)),
        ]))
        h2 { (say!(l, "own-board")) }
        @for leg in &case.legs {
            @let head = casework::leg_head(&caller.portal, l, leg);
            p { strong { (head.office) } " " (tag(head.status.0, &head.status.1)) }
            @if let Some(clock) = &head.clock { (clock) }
        }
        p { (say!(l, "kiosk-follow")) }
        (buttons(html! {
            (print_button(l))
            (button_link(Weight::Secondary, &say!(l, "kiosk-own-all"), &visit.href("me")))
        }))
    }))
}

/// Shown by the script that can print; without it the page still prints by the browser's own key.
pub(super) fn print_button(l: Language) -> Markup {
    html! { button.govuk-button.button--secondary type="button" data-print hidden { (say!(l, "kiosk-print")) } }
}

fn service_name(caller: &Caller, case: &Case) -> String {
    let service = caller.portal.park.profile.service(&case.service);
    service.map_or_else(|| case.service.to_string(), |service| service.name.get(caller.language).to_owned())
}
