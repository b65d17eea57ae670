//! The four gates as an officer runs them: open by their hours, closed by hand where something is wrong.

use super::{Part, desk_tabs, office, page, rules};
use crate::clerk::named;
use crate::gate::may_look_at;
use crate::{Caller, Problem};
use axum::extract::Path;
use axum::response::Response;
use base::{Key, Language, Outcome};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, Tone, tag};
use frame::{Visit, Weight, say, submit};
use profile::Gate;

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    let office = office(&caller)?;
    let zone = caller.portal.park.zone();
    let visit = caller.visit();
    let l = caller.language;
    let columns = [
        Column::text(say!(l, "gates-gate")),
        Column::text(say!(l, "gates-state")),
        Column::text(say!(l, "gates-hours")),
        Column::text(say!(l, "gates-change")),
    ];
    let rows = caller.portal.park.profile.gates.values().map(|gate| {
        [
            html! {
                @if may_look_at(&caller, &zone, gate).is_ok() {
                    a href=(visit.href(&format!("gates/{}", gate.key))) { (gate.name.get(l)) }
                } @else { (gate.name.get(l)) }
            },
            state_tag(&caller, &zone, gate),
            html! { (hours(gate)) },
            change(&caller, &visit, &zone, gate),
        ]
    });
    Ok(page(&visit, office, say!(l, "gates-title")).lead(say!(l, "gates-lead")).body(html! {
        (desk_tabs(&caller, &visit, &zone, office, Part::Gates))
        (Table::new(say!(l, "gates-title"), columns).hide_caption().rows(rows))
    }))
}

pub(super) async fn act(
    caller: Caller,
    Path((_, gate, action)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let gate: Key = named(&gate)?;
    let (command, done) = match action.as_str() {
        "open" => (people::Command::OpenGate { gate }, "gate-opened"),
        "close" => (people::Command::CloseGate { gate }, "gate-closed"),
        _ => return Err(Problem::NotFound),
    };
    let park = &caller.portal.park;
    park.desk.command(caller.actor.clone(), park.now(), command).await?;
    Ok(caller.done("office/gates", done))
}

/// Open, closed by its hours, or closed by an officer.
pub(crate) fn state_tag(caller: &Caller, zone: &Zone, gate: &Gate) -> Markup {
    let l: Language = caller.language;
    let park = &caller.portal.park;
    if is_closed_by_hand(zone, gate) {
        tag(Tone::Bad, &say!(l, "gate-closed-by-officer"))
    } else if people::gate_is_open(&zone.people, &park.profile, gate, park.now()) {
        tag(Tone::Good, &say!(l, "gate-open"))
    } else {
        tag(Tone::Neutral, &say!(l, "gate-closed-by-hours"))
    }
}

fn is_closed_by_hand(zone: &Zone, gate: &Gate) -> bool {
    zone.people.gates.get(&gate.key).is_some_and(|state| state.closed_since.is_some())
}

pub(crate) fn hours(gate: &Gate) -> String {
    let (from, until) = (gate.hours.from_minute, gate.hours.until_minute);
    format!("{:02}:{:02}–{:02}:{:02}", from / 60, from % 60, until / 60, until % 60)
}

fn change(caller: &Caller, visit: &Visit, zone: &Zone, gate: &Gate) -> Markup {
    let l = visit.language;
    let (question, action, label) = if is_closed_by_hand(zone, gate) {
        ("open_gate", "open", say!(l, "gates-open"))
    } else {
        ("close_gate", "close", say!(l, "gates-close"))
    };
    let may = rules::about_gate(caller, zone, gate, question).outcome == Outcome::Permitted;
    html! {
        @if may {
            form method="post" action=(visit.href(&format!("office/gates/{}/{action}", gate.key))) {
                (visit.csrf_field())
                (submit(Weight::Secondary, &label))
            }
        } @else { "–" }
    }
}
