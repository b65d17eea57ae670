//! What the office answers for at the bridges: passages that were not finished, and travellers whom a gate referred.

use super::passes::direction;
use super::{Part, desk_tabs, name_of, office, page, rules};
use crate::clerk::named;
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::response::Response;
use base::{Bank, Direction, Instant, Key, PassageId, PersonId};
use desk::{Event, Zone};
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, card, empty, inset, summary_list};
use frame::{Field, Visit, Weight, problem, say, submit_as};
use people::{OpenItem, Settlement, Sources};
use profile::Office;

/// The oldest so many are shown; they are to be settled in that order.
const ITEMS_MAX: usize = 50;

/// One open item, with all that the page says of it.
pub(super) struct Item {
    passage: PassageId,
    referred: bool,
    at: Instant,
    gate: Key,
    direction: Direction,
    person: Option<PersonId>,
    policies: Vec<Key>,
}

/// What the office has to settle, oldest first.
pub(super) fn of_office(caller: &Caller, zone: &Zone, office: &Office) -> Vec<Item> {
    let park = &caller.portal.park;
    let items = people::open_items(&zone.people, &park.profile, park.now());
    items.into_iter().filter(|item| *item.office() == office.key).filter_map(|item| described(zone, &item)).collect()
}

fn described(zone: &Zone, item: &OpenItem) -> Option<Item> {
    match *item {
        OpenItem::Overdue { passage, began_at, .. } => {
            let open = zone.people.passages.get(&passage)?;
            Some(Item {
                passage,
                referred: false,
                at: began_at,
                gate: open.gate.clone(),
                direction: open.direction,
                person: Some(open.person),
                policies: Vec::new(),
            })
        }
        OpenItem::Referred { passage, at, .. } => {
            let open = zone.people.referrals.get(&passage)?;
            Some(Item {
                passage,
                referred: true,
                at,
                gate: open.gate.clone(),
                direction: open.direction,
                person: open.person,
                policies: open.policies.clone(),
            })
        }
    }
}

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    let office = office(&caller)?;
    let zone = caller.portal.park.zone();
    let items = of_office(&caller, &zone, office);
    let visit = caller.visit();
    let l = caller.language;
    Ok(page(&visit, office, say!(l, "items-title")).lead(say!(l, "items-lead")).body(html! {
        (desk_tabs(&caller, &visit, &zone, office, Part::OpenItems))
        @if items.is_empty() { (empty(&say!(l, "items-none"), &say!(l, "items-none-text"), None)) }
        @if items.len() > ITEMS_MAX { (inset(html! { p { (say!(l, "items-cut")) } })) }
        @for item in items.iter().take(ITEMS_MAX) { (shown(&caller, &visit, &zone, office, item)) }
    }))
}

fn shown(caller: &Caller, visit: &Visit, zone: &Zone, office: &Office, item: &Item) -> Markup {
    let l = visit.language;
    let gate = caller.portal.park.profile.gate(&item.gate).map_or("–", |gate| gate.name.get(l));
    let traveller = item.person.map_or_else(|| say!(l, "items-nobody"), |person| name_of(caller, zone, person, None));
    let reason = if item.referred { rules::reason_for(caller, office.bank, &item.policies) } else { None };
    let heading = if item.referred {
        say!(l, "items-referred", passage = item.passage.to_string())
    } else {
        say!(l, "items-overdue", passage = item.passage.to_string())
    };
    let mut rows = vec![
        SummaryRow::new(say!(l, "items-traveller"), html! { (traveller) }),
        SummaryRow::new(say!(l, "items-gate"), html! { (gate) " · " (direction(l, item.direction)) }),
        SummaryRow::new(say!(l, "items-since"), visit.time(item.at)),
    ];
    if let Some(reason) = reason {
        rows.push(SummaryRow::new(say!(l, "items-reason"), html! { (reason) }));
    }
    card(&heading, html! { (summary_list(rows)) (settling(caller, visit, zone, item)) })
}

fn settling(caller: &Caller, visit: &Visit, zone: &Zone, item: &Item) -> Markup {
    let l = visit.language;
    let park = &caller.portal.park;
    // Asked beforehand, so that the button is there only where it works, and the reason where it does not.
    let (state, permits, people) = (&zone.people, &zone.permits, &zone.parties);
    let sources = Sources { state, permits, people, profile: &park.profile, now: park.now() };
    let may_pass = sources.may_be_let_over(item.passage, &*park.rulebook);
    let why_not = may_pass.err().filter(|_| item.referred).map(|refusal| {
        let told = Problem::Refused(Box::new(refusal.into())).told(caller);
        problem(l, &told.text, &told.remedy, None)
    });
    let what = if item.referred { "settle" } else { "resolve" };
    let action = visit.href(&format!("office/open-items/{}/{what}", item.passage));
    let bank = |bank| caller.portal.park.profile.bank(bank).map_or("", |bank| bank.short_name.get(l));
    html! {
        @if let Some(why_not) = &why_not { (why_not) }
        form method="post" action=(action) novalidate {
            (visit.csrf_field())
            (Field::new(note_field(item.passage), say!(l, "items-note")).characters_max(4_000).long_text(2))
            div.govuk-button-group {
                @if item.referred {
                    @if why_not.is_none() {
                        (submit_as(Weight::Secondary, &say!(l, "items-let-pass"), "settlement", "let-pass"))
                    }
                    (submit_as(Weight::Secondary, &say!(l, "items-turn-away"), "settlement", "turn-away"))
                } @else {
                    (submit_as(Weight::Secondary, &say!(l, "items-is-on", bank = bank(Bank::North)), "place", "north"))
                    (submit_as(Weight::Secondary, &say!(l, "items-is-on", bank = bank(Bank::South)), "place", "south"))
                }
            }
        }
    }
}

/// Every item of the page has a note of its own.
fn note_field(passage: PassageId) -> String {
    format!("note-{passage}")
}

pub(super) async fn resolve(
    caller: Caller,
    Path((_, passage)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let passage: PassageId = named(&passage)?;
    let place = Bank::BOTH.into_iter().find(|bank| bank.as_str() == posted.text("place"));
    let place = place.ok_or(Problem::Malformed)?;
    caller.portal.park.resolve_passage(&caller.actor, passage, place, posted.text(&note_field(passage))).await?;
    Ok(caller.done("office/open-items", "item-settled"))
}

pub(super) async fn settle(
    caller: Caller,
    Path((_, passage)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let passage: PassageId = named(&passage)?;
    let settlement = match posted.text("settlement") {
        "let-pass" => Settlement::LetPass,
        "turn-away" => Settlement::TurnAway,
        _ => return Err(Problem::Malformed),
    };
    let note = posted.text(&note_field(passage));
    let receipt = caller.portal.park.settle_referral(&caller.actor, passage, settlement, note).await?;
    let released = |event: &Event| matches!(event, Event::People(people::Event::ReferralReleased { .. }));
    let done = if receipt.events.iter().any(released) { "item-released" } else { "item-settled" };
    Ok(caller.done("office/open-items", done))
}
