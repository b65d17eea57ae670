//! The four gates: where they are, when they are open, whether they are open now.

use super::may_look_at;
use crate::officer::{gates, passes};
use crate::{Caller, Problem};
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, card, summary_list, wide_cards};
use frame::{Weight, button_link, say};

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    let zone = caller.portal.park.zone();
    let profile = &caller.portal.park.profile;
    let visit = caller.visit();
    let l = caller.language;
    let one = |gate: &profile::Gate| {
        let bridge = profile.bridges.get(&gate.bridge).map_or("–", |bridge| bridge.name.get(l));
        let rows = [
            SummaryRow::new(say!(l, "gates-state"), gates::state_tag(&caller, &zone, gate)),
            SummaryRow::new(say!(l, "gates-bridge"), html! { (bridge) }),
            SummaryRow::new(say!(l, "gates-direction"), html! { (passes::direction(l, gate.departing())) }),
            SummaryRow::new(say!(l, "gates-hours"), html! { (gates::hours(gate)) }),
        ];
        let screen = visit.href(&format!("gates/{}", gate.key));
        card(
            gate.name.get(l),
            html! {
                (summary_list(rows))
                @if may_look_at(&caller, &zone, gate).is_ok() { (button_link(Weight::Secondary, &say!(l, "gates-screen"), &screen)) }
            },
        )
    };
    Ok(visit
        .page(say!(l, "gates-title"))
        .lead(say!(l, "gates-index-lead"))
        .body(html! { (wide_cards(html! { @for gate in profile.gates.values() { (one(gate)) } })) }))
}
