//! The times that an office offers for appointments: what is to come, who has chosen, and new ones.

use super::{Part, desk_tabs, office, page};
use crate::{Caller, Posted, Problem};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Date, Instant};
use cases::{OfficeCommand, Slot};
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, empty};
use frame::{Errors, Field, Size, Visit, Weight, hidden, problem, say, submit};
use profile::{LegKind, Office, Profile};

/// Times that are shown.
const SHOWN: usize = 100;
/// Times offered in one go on the page.
const AT_ONCE_MAX: u8 = 40;

/// What was typed and could not be taken, and why.
#[derive(Default)]
struct Typed {
    posted: Posted,
    errors: Errors,
    problem: Option<Markup>,
}

/// Whether any service sends applicants to this office.
pub(super) fn has_any(caller: &Caller, office: &Office) -> bool {
    let services = caller.portal.park.profile.services.values();
    services.flat_map(|service| &service.legs).any(|leg| leg.kind == LegKind::Attend && leg.office == office.key)
}

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    shown(&caller, &Typed::default())
}

fn shown(caller: &Caller, typed: &Typed) -> Result<Markup, Problem> {
    let office = office(caller)?;
    let zone = caller.portal.park.zone();
    let visit = caller.visit();
    let l = caller.language;
    let now = caller.portal.park.now();
    let slots: Vec<(Instant, &Slot)> = cases::slots(&zone.cases, &office.key, now).take(SHOWN).collect();
    Ok(page(&visit, office, say!(l, "times-title")).faulty(!typed.errors.is_empty()).body(html! {
        (desk_tabs(caller, &visit, &zone, office, Part::Appointments))
        (typed.errors.summary(l))
        @if let Some(problem) = &typed.problem { (problem) }
        @if slots.is_empty() { (empty(&say!(l, "times-none"), &say!(l, "times-none-text"), None)) }
        @else { (table(&visit, &slots)) }
        (form(&visit, typed))
    }))
}

fn table(visit: &Visit, slots: &[(Instant, &Slot)]) -> Table {
    let l = visit.language;
    let columns = [
        Column::text(say!(l, "times-when")),
        Column::text(say!(l, "times-places")),
        Column::text(say!(l, "times-taken")),
        Column::text(say!(l, "times-withdraw")),
    ];
    Table::new(say!(l, "times-title"), columns).hide_caption().rows(slots.iter().map(|(at, slot)| {
        [
            html! { (visit.time(*at)) div.data__note { (say!(l, "times-minutes-each", minutes = u32::from(slot.minutes))) } },
            html! { (slot.booked.len()) "/" (slot.places) },
            html! {
                @for case in &slot.booked { a href=(visit.href(&format!("office/cases/{case}"))) { (case) } " " }
                @if slot.booked.is_empty() { "–" }
            },
            html! {
                @if slot.booked.is_empty() {
                    form method="post" action=(visit.href("office/appointments/withdraw")) {
                        (visit.csrf_field())
                        (hidden("at", &at.to_string()))
                        (submit(Weight::Secondary, &say!(l, "times-withdraw-one")))
                    }
                }
            },
        ]
    }))
}

fn form(visit: &Visit, typed: &Typed) -> Markup {
    let l = visit.language;
    let text = |name: &'static str, label: String, hint: String| {
        Field::new(name, label).hint(hint).value(typed.posted.text(name)).errors(&typed.errors).size(Size::Short).text()
    };
    html! {
        h2 { (say!(l, "times-offer")) }
        form method="post" action=(visit.href("office/appointments")) novalidate {
            (visit.csrf_field())
            (Field::new("day", say!(l, "times-day")).value(typed.posted.date("day")).errors(&typed.errors).date(l))
            (text("from", say!(l, "times-from"), say!(l, "times-from-hint")))
            (text("count", say!(l, "times-count"), say!(l, "times-count-hint", most = u32::from(AT_ONCE_MAX))))
            (text("minutes", say!(l, "times-minutes"), say!(l, "times-minutes-hint")))
            (text("places", say!(l, "times-at-once"), say!(l, "times-at-once-hint")))
            (submit(Weight::Primary, &say!(l, "times-offer-these")))
        }
    }
}

pub(super) async fn offer(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let own = office(&caller)?;
    let mut typed = Typed { posted, ..Typed::default() };
    let Some(command) = read(&caller, own, &typed.posted, &mut typed.errors) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&caller, &typed)?).into_response());
    };
    let park = &caller.portal.park;
    let command = cases::Command::Office { office: own.key.clone(), command };
    match park.desk.command(caller.actor.clone(), park.now(), command).await {
        Ok(_) => Ok(caller.done("office/appointments", "times-offered")),
        Err(error) => refused(&caller, typed, error.into()),
    }
}

pub(super) async fn withdraw(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let own = office(&caller)?;
    let at = posted.text("at").parse().map(Instant::of).map_err(|_| Problem::Malformed)?;
    let park = &caller.portal.park;
    let command = cases::Command::Office { office: own.key.clone(), command: OfficeCommand::WithdrawTime { at } };
    match park.desk.command(caller.actor.clone(), park.now(), command).await {
        Ok(_) => Ok(caller.done("office/appointments", "time-withdrawn")),
        Err(error) => refused(&caller, Typed::default(), error.into()),
    }
}

fn refused(caller: &Caller, mut typed: Typed, error: Problem) -> Result<Response, Problem> {
    let told = error.told(caller);
    typed.problem = Some(problem(caller.language, &told.text, &told.remedy, told.section.as_deref()));
    Ok((error.status(), shown(caller, &typed)?).into_response())
}

/// One time after the other from the first on; `None` where something is missing or unclear.
fn read(caller: &Caller, office: &Office, posted: &Posted, errors: &mut Errors) -> Option<OfficeCommand> {
    let l = caller.language;
    let day: Option<Date> = posted.date("day").parse().ok();
    if day.is_none() {
        errors.add("day", say!(l, "times-day-unclear"));
    }
    let from = minute(posted.text("from"));
    if from.is_none() {
        errors.add("from", say!(l, "times-from-unclear"));
    }
    let mut number = |name: &'static str, most: u16| {
        let number = posted.text(name).parse().ok().filter(|number: &u16| (1..=most).contains(number));
        if number.is_none() {
            errors.add(name, say!(l, "times-number-unclear", most = u32::from(most)));
        }
        number
    };
    let (count, minutes, places) =
        (number("count", u16::from(AT_ONCE_MAX)), number("minutes", 480), number("places", 50));
    let first = start(&caller.portal.park.profile, office, day?, from?);
    let (count, minutes, places) = (count?, minutes?, u8::try_from(places?).ok()?);
    let starts =
        (0..count).map(|number| first.plus(i64::from(number) * i64::from(minutes) * Instant::MINUTE)).collect();
    Some(OfficeCommand::OfferTimes { starts, minutes, places })
}

fn start(profile: &Profile, office: &Office, day: Date, minute: u16) -> Instant {
    profile.start_of_day(office.bank, day).plus(i64::from(minute) * Instant::MINUTE)
}

/// `10:00` or `9:30`, as the minute of the day.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once([':', '：'])?;
    let (hour, minute): (u16, u16) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}
