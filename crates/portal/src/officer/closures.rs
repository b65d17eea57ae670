//! Closures of the own bank's offices: what was declared, and the forms with which it is declared, corrected and taken
//! back by whom the rulebook lets.

use super::{Part, desk_tabs, office, page};
use crate::clerk::named;
use crate::{Caller, Portal, Posted, Problem};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Actor, Bank, ClosureId, Date, Key, Question};
use cases::Closure;
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, Tone, empty, inset, tag};
use frame::{Choice, Errors, Field, Language, Visit, Weight, format, say, submit};
use profile::{HalfDay, Office, Part as DayPart};

/// What was typed.
#[derive(Default)]
struct Typed {
    kind: String,
    offices: Vec<String>,
    from: String,
    from_part: String,
    until: String,
    until_part: String,
    errors: Errors,
}

impl Typed {
    fn read(posted: &Posted) -> Self {
        Self {
            kind: posted.text("kind").to_owned(),
            offices: posted.texts("offices").map(str::to_owned).collect(),
            from: posted.date("from"),
            from_part: posted.text("from-part").to_owned(),
            until: posted.date("until"),
            until_part: posted.text("until-part").to_owned(),
            errors: Errors::new(),
        }
    }

    fn of(closure: &Closure) -> Self {
        let part = |half: HalfDay| if half.part == DayPart::Morning { "morning" } else { "afternoon" }.to_owned();
        Self {
            from: closure.from.date.to_string(),
            from_part: part(closure.from),
            until: closure.until.date.to_string(),
            until_part: part(closure.until),
            ..Self::default()
        }
    }

    /// From and until; what is wrong with them goes to the errors.
    fn days(&mut self, l: Language) -> Option<(HalfDay, HalfDay)> {
        let mut half = |name: &str, day: &str, part: &str, otherwise: DayPart| {
            let Ok(date) = day.parse::<Date>() else {
                self.errors.add(name, say!(l, "closures-day-missing"));
                return None;
            };
            let part = match part {
                "morning" => DayPart::Morning,
                "afternoon" => DayPart::Afternoon,
                _ => otherwise,
            };
            Some(HalfDay { date, part })
        };
        let from = half("from", &self.from, &self.from_part, DayPart::Morning);
        let until = half("until", &self.until, &self.until_part, DayPart::Afternoon);
        Some((from?, until?))
    }
}

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    list(&caller, &Typed::default())
}

pub(super) async fn declare(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let bank = office(&caller)?.bank;
    let l = caller.language;
    let mut typed = Typed::read(&posted);
    let (kind, days) = (Key::new(&typed.kind), typed.days(l));
    if kind.is_none() {
        typed.errors.add("kind", say!(l, "closures-cause-missing"));
    }
    let (Some(kind), Some((from, until))) = (kind, days) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, list(&caller, &typed)?).into_response());
    };
    let offices = typed.offices.iter().filter_map(|office| Key::new(office)).collect();
    let command = cases::Command::DeclareClosure { kind, bank, offices, from, until };
    let park = &caller.portal.park;
    park.desk.command(caller.actor.clone(), park.now(), command).await?;
    Ok(caller.done("office/closures", "closure-declared"))
}

pub(super) async fn edit(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    let id: ClosureId = named(&id)?;
    let zone = caller.portal.park.zone();
    let closure = zone.cases.closures.get(&id).ok_or(Problem::NotFound)?;
    correction(&caller, &zone, id, &Typed::of(closure))
}

pub(super) async fn correct(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let closure: ClosureId = named(&id)?;
    let mut typed = Typed::read(&posted);
    let Some((from, until)) = typed.days(caller.language) else {
        let page = correction(&caller, &caller.portal.park.zone(), closure, &typed)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let command = cases::Command::CorrectClosure { closure, from, until };
    let park = &caller.portal.park;
    park.desk.command(caller.actor.clone(), park.now(), command).await?;
    Ok(caller.done("office/closures", "closure-corrected"))
}

pub(super) async fn void(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let park = &caller.portal.park;
    let command = cases::Command::VoidClosure { closure: named(&id)? };
    park.desk.command(caller.actor.clone(), park.now(), command).await?;
    Ok(caller.done("office/closures", "closure-voided"))
}

/// Whether the actor may declare a closure of these offices.
fn may(portal: &Portal, zone: &Zone, actor: &Actor, bank: Bank, offices: &[Key]) -> bool {
    let resource = cases::closure_entity(zone.cases.last_closure.next(), bank, offices);
    portal.ask(&Question::new("declare_closure", portal.principal(zone, actor), resource)).is_ok()
}

fn list(caller: &Caller, typed: &Typed) -> Result<Markup, Problem> {
    let office = office(caller)?;
    let zone = caller.portal.park.zone();
    let visit = caller.visit();
    let l = caller.language;
    let own: Vec<(ClosureId, &Closure)> =
        zone.cases.closures.iter().rev().map(|(id, closure)| (*id, &**closure)).collect();
    let own: Vec<_> = own.into_iter().filter(|(_, closure)| closure.bank == office.bank).collect();
    let all = may(&caller.portal, &zone, &caller.actor, office.bank, &of_bank(caller, office.bank));
    let alone = may(&caller.portal, &zone, &caller.actor, office.bank, std::slice::from_ref(&office.key));
    Ok(page(&visit, office, say!(l, "closures-title"))
        .lead(say!(l, "closures-lead"))
        .faulty(!typed.errors.is_empty())
        .body(html! {
            (typed.errors.summary(l))
            (desk_tabs(caller, &visit, &zone, office, Part::Closures))
            @if own.is_empty() { (empty(&say!(l, "closures-none"), &say!(l, "closures-none-text"), None)) }
            @else { (table(caller, &visit, all || alone, &own)) }
            @if all || alone { (form(caller, &visit, office, typed, all)) }
            @else { (inset(html! { p { (say!(l, "closures-may-not")) } })) }
        }))
}

fn of_bank(caller: &Caller, bank: Bank) -> Vec<Key> {
    let offices = caller.portal.park.profile.offices.values();
    offices.filter(|office| office.bank == bank).map(|office| office.key.clone()).collect()
}

fn table(caller: &Caller, visit: &Visit, may: bool, own: &[(ClosureId, &Closure)]) -> Table {
    let l = visit.language;
    let columns = [
        Column::text(say!(l, "closures-number")),
        Column::text(say!(l, "closures-cause")),
        Column::text(say!(l, "closures-days")),
        Column::text(say!(l, "closures-offices")),
        Column::text(say!(l, "closures-state")),
    ];
    Table::new(say!(l, "closures-title"), columns).hide_caption().rows(own.iter().map(|(id, closure)| {
        let state = match (closure.voided, closure.changed_at) {
            (true, _) => tag(Tone::Neutral, &say!(l, "closures-voided")),
            (false, Some(_)) => tag(Tone::Active, &say!(l, "closures-corrected")),
            (false, None) => tag(Tone::Active, &say!(l, "closures-in-force")),
        };
        [
            html! {
                @if may && !closure.voided {
                    a href=(visit.href(&format!("office/closures/{id}"))) { (id) }
                } @else { (id) }
            },
            html! { (cause(&caller.portal, l, closure)) },
            html! { (span(l, closure)) },
            html! { (offices(caller, closure)) },
            state,
        ]
    }))
}

/// For what the offices were closed, as their calendar calls it.
pub(crate) fn cause(portal: &Portal, l: Language, closure: &Closure) -> String {
    let calendar = closure.offices.first().and_then(|office| portal.park.profile.calendar_of_office(office));
    let kind = calendar.and_then(|calendar| calendar.closure_kind(&closure.kind));
    kind.map_or_else(|| closure.kind.to_string(), |kind| kind.name.get(l).to_owned())
}

/// `25 November, morning – 26 November, afternoon`; a whole day alone is its date.
pub(crate) fn span(l: Language, closure: &Closure) -> String {
    let part = |half: HalfDay| match half.part {
        DayPart::Morning => say!(l, "closures-part-morning"),
        DayPart::Afternoon => say!(l, "closures-part-afternoon"),
    };
    let (from, until) = (closure.from, closure.until);
    let whole = from.part == DayPart::Morning && until.part == DayPart::Afternoon;
    let (first, last) = (format::date_short(l, from.date), format::date_short(l, until.date));
    match (whole, from.date == until.date) {
        (true, true) => first,
        (true, false) => format!("{first} – {last}"),
        (false, true) => format!("{first} {}", part(from)),
        (false, false) => format!("{first} {} – {last} {}", part(from), part(until)),
    }
}

fn offices(caller: &Caller, closure: &Closure) -> String {
    let l = caller.language;
    let name = |key: &Key| caller.portal.park.profile.office(key).map_or("", |office| office.name.get(l)).to_owned();
    match &*closure.offices {
        all if all.len() >= of_bank(caller, closure.bank).len() => say!(l, "closures-all-offices"),
        [] => String::new(),
        [one] => name(one),
        [first, more @ ..] => say!(l, "closures-and-more", office = name(first), more = more.len()),
    }
}

fn form(caller: &Caller, visit: &Visit, office: &Office, typed: &Typed, all: bool) -> Markup {
    let l = visit.language;
    let profile = &caller.portal.park.profile;
    let kinds =
        profile.calendar_of_office(&office.key).map(|calendar| calendar.closures.as_slice()).unwrap_or_default();
    let choose = Choice::new("", say!(l, "closures-choose"));
    let kinds: Vec<Choice> = std::iter::once(choose)
        .chain(kinds.iter().map(|kind| Choice::new(kind.key.as_str(), kind.name.get(l))))
        .collect();
    let own = profile.offices.values().filter(|known| known.bank == office.bank && (all || known.key == office.key));
    let every = all.then(|| Choice::new("", say!(l, "closures-all-offices")));
    let offices: Vec<Choice> =
        every.into_iter().chain(own.map(|office| Choice::new(office.key.as_str(), office.name.get(l)))).collect();
    let chosen = typed.offices.first().map_or("", String::as_str);
    html! {
        h2 { (say!(l, "closures-declare")) }
        form method="post" novalidate {
            (visit.csrf_field())
            (Field::new("kind", say!(l, "closures-cause")).hint(say!(l, "closures-whole-days"))
                .value(typed.kind.as_str()).errors(&typed.errors).select(&kinds))
            (Field::new("offices", say!(l, "closures-of")).value(chosen).errors(&typed.errors).select(&offices))
            (days(l, typed))
            (submit(Weight::Primary, &say!(l, "closures-declare-submit")))
        }
    }
}

fn days(l: Language, typed: &Typed) -> Markup {
    let begins = [
        Choice::new("morning", say!(l, "closures-begin-of-day")),
        Choice::new("afternoon", say!(l, "closures-begin-at-noon")),
    ];
    let ends = [
        Choice::new("afternoon", say!(l, "closures-end-of-day")),
        Choice::new("morning", say!(l, "closures-end-at-noon")),
    ];
    html! {
        (Field::new("from", say!(l, "closures-from")).value(typed.from.as_str()).errors(&typed.errors).date(l))
        (Field::new("from-part", say!(l, "closures-from-part")).value(typed.from_part.as_str()).select(&begins))
        (Field::new("until", say!(l, "closures-until")).value(typed.until.as_str()).errors(&typed.errors).date(l))
        (Field::new("until-part", say!(l, "closures-until-part")).value(typed.until_part.as_str()).select(&ends))
    }
}

fn correction(caller: &Caller, zone: &Zone, id: ClosureId, typed: &Typed) -> Result<Markup, Problem> {
    let office = office(caller)?;
    let closure = zone.cases.closures.get(&id).filter(|closure| !closure.voided).ok_or(Problem::NotFound)?;
    let resource = cases::closure_entity(id, closure.bank, &closure.offices);
    let portal = &caller.portal;
    portal.ask(&Question::new("correct_closure", portal.principal(zone, &caller.actor), resource))?;
    let visit = caller.visit();
    let l = caller.language;
    Ok(page(&visit, office, say!(l, "closures-correct-title", closure = id.to_string()))
        .crumb(say!(l, "closures-title"), visit.href("office/closures"))
        .lead(say!(l, "closures-correct-lead"))
        .faulty(!typed.errors.is_empty())
        .body(html! {
            (typed.errors.summary(l))
            p { (cause(portal, l, closure)) " · " (span(l, closure)) " · " (offices(caller, closure)) }
            form method="post" novalidate {
                (visit.csrf_field())
                (days(l, typed))
                (submit(Weight::Primary, &say!(l, "closures-correct-submit")))
            }
            p { (say!(l, "closures-void-text")) }
            form method="post" action=(visit.href(&format!("office/closures/{id}/void"))) {
                (visit.csrf_field())
                (submit(Weight::Secondary, &say!(l, "closures-void-submit")))
            }
        }))
}
