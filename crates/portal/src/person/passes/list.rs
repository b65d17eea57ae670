//! All passes of the person who asks.

use super::{Standing, kind_name, scope};
use crate::{Caller, Problem};
use base::PermitId;
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, empty, summary_list, wide_cards};
use frame::{Visit, Weight, button_link, say};
use permits::Permit;

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    let person = caller.person()?;
    let zone = caller.portal.park.zone();
    let now = caller.portal.park.now();
    let mut held: Vec<(PermitId, &Permit)> = permits::of_holder(&zone.permits, person).collect();
    // What can be shown at a gate comes first, the newest first among its like.
    held.sort_by_key(|(id, permit)| (!Standing::of(permit, now).is_worth_keeping(), std::cmp::Reverse(*id)));
    let visit = caller.visit();
    let l = caller.language;
    Ok(visit.page(say!(l, "hold-title")).lead(say!(l, "hold-lead")).body(html! {
        @if held.is_empty() {
            (empty(&say!(l, "hold-none"), &say!(l, "hold-none-text"),
                Some(button_link(Weight::Secondary, &say!(l, "hold-none-action"), &visit.href("services")))))
        } @else {
            (wide_cards(html! { @for (id, permit) in &held { (one(&caller, &visit, *id, permit)) } }))
        }
    }))
}

fn one(caller: &Caller, visit: &Visit, id: PermitId, permit: &Permit) -> Markup {
    let l = caller.language;
    let standing = Standing::of(permit, caller.portal.park.now());
    html! {
        section.card {
            h2.card__heading { a href=(visit.href(&format!("passes/{id}"))) { (kind_name(caller, permit)) " " (id) } }
            p { (standing.tag(l)) }
            (summary_list([
                SummaryRow::new(say!(l, "hold-validity"), html! {
                    (visit.time(permit.issue.valid_from)) " – " (visit.time(permit.issue.valid_until))
                }),
                SummaryRow::new(say!(l, "hold-bridges"), scope::bridges(caller, &permit.issue.scope)),
                SummaryRow::new(say!(l, "hold-times"), scope::times(l, &permit.issue.scope)),
            ]))
        }
    }
}
