//! Who of the office is away, from when until when, and who stands in.

use super::{Part, desk_tabs, office, page};
use crate::{Caller, Posted, Problem};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Date, PersonId};
use cases::{Absence, OfficeCommand};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, empty};
use frame::{Choice, Errors, Field, Visit, Weight, format, hidden, problem, say, submit};
use profile::Office;

/// What was typed and could not be taken, and why.
#[derive(Default)]
struct Typed {
    posted: Posted,
    errors: Errors,
    problem: Option<Markup>,
}

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    shown(&caller, &Typed::default())
}

fn shown(caller: &Caller, typed: &Typed) -> Result<Markup, Problem> {
    let office = office(caller)?;
    let zone = caller.portal.park.zone();
    let visit = caller.visit();
    let l = caller.language;
    let known = known(caller, &zone, office);
    Ok(page(&visit, office, say!(l, "away-title")).lead(say!(l, "away-lead")).faulty(!typed.errors.is_empty()).body(
        html! {
            (desk_tabs(caller, &visit, &zone, office, Part::Away))
            (typed.errors.summary(l))
            @if let Some(problem) = &typed.problem { (problem) }
            @if known.is_empty() { (empty(&say!(l, "away-none"), &say!(l, "away-none-text"), None)) }
            @else { (table(caller, &visit, &zone, office, &known)) }
            (form(caller, &visit, &zone, office, typed))
        },
    ))
}

/// What has not ended, the earliest first.
fn known(caller: &Caller, zone: &Zone, office: &Office) -> Vec<(PersonId, Absence)> {
    let park = &caller.portal.park;
    let today = park.profile.local_date(office.bank, park.now());
    let officers = parties::officers_of(&zone.parties, &office.key);
    let all = officers.flat_map(|person| {
        cases::absences(&zone.cases, &office.key, person).iter().map(move |absence| (person, *absence))
    });
    let mut known: Vec<(PersonId, Absence)> = all.filter(|(_, absence)| today <= absence.until).collect();
    known.sort_by_key(|(_, absence)| absence.from);
    known
}

fn is_head(caller: &Caller, zone: &Zone, office: &Office) -> bool {
    caller.actor.person().is_some_and(|me| parties::is_head(&zone.parties, me, &office.key))
}

fn table(caller: &Caller, visit: &Visit, zone: &Zone, office: &Office, known: &[(PersonId, Absence)]) -> Table {
    let l = visit.language;
    let head = is_head(caller, zone, office);
    let columns = [
        Column::text(say!(l, "away-who")),
        Column::text(say!(l, "away-from")),
        Column::text(say!(l, "away-until")),
        Column::text(say!(l, "away-deputy")),
        Column::text(say!(l, "away-end")),
    ];
    Table::new(say!(l, "away-title"), columns).hide_caption().rows(known.iter().map(|(person, absence)| {
        let may_end = head || caller.actor.person() == Some(*person);
        [
            html! { (caller.name_of(*person)) },
            html! { (format::date_short(l, absence.from)) },
            html! { (format::date_short(l, absence.until)) },
            html! { (caller.name_of(absence.deputy)) },
            html! {
                @if may_end {
                    form method="post" action=(visit.href("office/away/end")) {
                        (visit.csrf_field())
                        (hidden("person", &person.to_string()))
                        (hidden("from", &absence.from.to_string()))
                        (submit(Weight::Secondary, &say!(l, "away-end-one")))
                    }
                } @else { "–" }
            },
        ]
    }))
}

fn form(caller: &Caller, visit: &Visit, zone: &Zone, office: &Office, typed: &Typed) -> Markup {
    let l = visit.language;
    let officers = |but: Option<PersonId>| -> Vec<Choice> {
        let all = parties::officers_of(&zone.parties, &office.key).filter(|person| Some(*person) != but);
        all.map(|person| Choice::new(person.to_string(), caller.name_of(person))).collect()
    };
    let me = caller.actor.person();
    let head = is_head(caller, zone, office);
    let own = me.map(|me| me.to_string()).unwrap_or_default();
    let person =
        if typed.posted.text("person").is_empty() { own.clone() } else { typed.posted.text("person").to_owned() };
    html! {
        h2 { (say!(l, "away-declare")) }
        form method="post" action=(visit.href("office/away")) novalidate {
            (visit.csrf_field())
            @if head { (Field::new("person", say!(l, "away-who")).value(person).errors(&typed.errors).select(&officers(None))) }
            @else { (hidden("person", &own)) }
            (Field::new("from", say!(l, "away-from")).value(typed.posted.date("from")).errors(&typed.errors).date(l))
            (Field::new("until", say!(l, "away-until")).hint(say!(l, "away-until-hint")).value(typed.posted.date("until")).errors(&typed.errors).date(l))
            (Field::new("deputy", say!(l, "away-deputy")).hint(say!(l, "away-deputy-hint")).value(typed.posted.text("deputy")).errors(&typed.errors)
                .select(&officers(if head { None } else { me })))
            (submit(Weight::Primary, &say!(l, "away-declare-this")))
        }
    }
}

pub(super) async fn declare(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let own = office(&caller)?;
    let l = caller.language;
    let mut typed = Typed { posted, ..Typed::default() };
    let person: PersonId = typed.posted.text("person").parse().map_err(|_| Problem::Malformed)?;
    let mut date = |name: &'static str| {
        let date: Option<Date> = typed.posted.date(name).parse().ok();
        if date.is_none() {
            typed.errors.add(name, say!(l, "times-day-unclear"));
        }
        date
    };
    let (from, until) = (date("from"), date("until"));
    let deputy: Option<PersonId> = typed.posted.text("deputy").parse().ok();
    if deputy.is_none() {
        typed.errors.add("deputy", say!(l, "work-colleague-missing"));
    }
    let (Some(from), Some(until), Some(deputy)) = (from, until, deputy) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown(&caller, &typed)?).into_response());
    };
    let command = OfficeCommand::BeAway { person, from, until, deputy };
    submitted(&caller, own, command, typed, "away-declared").await
}

pub(super) async fn end(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let own = office(&caller)?;
    let person: PersonId = posted.text("person").parse().map_err(|_| Problem::Malformed)?;
    let from: Date = posted.text("from").parse().map_err(|_| Problem::Malformed)?;
    let command = OfficeCommand::EndAbsence { person, from };
    submitted(&caller, own, command, Typed::default(), "away-ended").await
}

async fn submitted(
    caller: &Caller,
    office: &Office,
    command: OfficeCommand,
    mut typed: Typed,
    done: &str,
) -> Result<Response, Problem> {
    let park = &caller.portal.park;
    let command = cases::Command::Office { office: office.key.clone(), command };
    match park.desk.command(caller.actor.clone(), park.now(), command).await {
        Ok(_) => Ok(caller.done("office/away", done)),
        Err(error) => {
            let error = Problem::from(error);
            let told = error.told(caller);
            typed.problem = Some(problem(caller.language, &told.text, &told.remedy, told.section.as_deref()));
            Ok((error.status(), shown(caller, &typed)?).into_response())
        }
    }
}
