//! The desk of an office's head: the backlog by service and age, what will be late at the office's pace and how that is
//! reckoned, who has how much, what is late already.

use super::{Part, desk_tabs, office, page};
use crate::outlook::{self, AGES, Backlog, Escalation, Outlook};
use crate::{Caller, Problem};
use base::{Key, PersonId};
use desk::Zone;
use frame::charts::{About, Chart, Series, bars, columns, groups};
use frame::maud::{Markup, html};
use frame::parts::{Column, Figure, Table, Tone, empty, figures, inset, panel, wide_cards};
use frame::{Choice, Language, Visit, Weight, format, say, submit};
use profile::Profile;

/// The headline looks so many working days ahead, today included.
const HEADLINE_DAYS: usize = 5;
/// Legs listed that are late.
const ESCALATIONS_MAX: usize = 50;

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    let office = office(&caller)?;
    let zone = caller.portal.park.zone();
    outlook::may_view(&caller.portal, &zone, &caller.actor, office)?;
    let park = &caller.portal.park;
    let outlook = outlook::of(&zone, &park.profile, office, park.now());
    let visit = caller.visit();
    let l = caller.language;
    Ok(page(&visit, office, say!(l, "head-title")).lead(say!(l, "head-lead")).body(html! {
        (desk_tabs(&caller, &visit, &zone, office, Part::Head))
        (summary(l, &outlook))
        (headline(l, &outlook))
        h2 #escalations { (say!(l, "head-escalations")) }
        (escalations(&caller, &visit, &zone, &outlook))
        h2 { (say!(l, "head-absences")) }
        (absences(&caller, &visit, &zone, &outlook))
        @if !outlook.backlog.is_empty() {
            (wide_cards(html! {
                (panel(by_service(l, &park.profile, &outlook)))
                (panel(by_age(l, &park.profile, &outlook)))
                @if let Some(chart) = forecast(l, &outlook) { (panel(chart)) }
                (panel(workload(&caller, &outlook)))
            }))
        }
        (method(l, &outlook))
    }))
}

fn summary(l: Language, outlook: &Outlook) -> Markup {
    let total = outlook.total();
    let shown = |count: u32, label: String, tone: Tone| {
        let tone = if count == 0 { Tone::Neutral } else { tone };
        Figure::new(format::number(i64::from(count)), label).tone(tone)
    };
    figures(&[
        shown(total.waiting(), say!(l, "head-waiting"), Tone::Active),
        shown(outlook.untaken, say!(l, "head-untaken"), Tone::Caution),
        shown(total.stopped, say!(l, "head-stopped"), Tone::Neutral),
        shown(total.late, say!(l, "head-late"), Tone::Bad),
    ])
}

/// `At this pace 14 more legs will be late by Friday, 4 December 2026.`
fn headline(l: Language, outlook: &Outlook) -> Markup {
    let Some(forecast) = &outlook.forecast else { return html! {} };
    let days = forecast.days.get(..HEADLINE_DAYS.min(forecast.days.len())).unwrap_or_default();
    let Some(last) = days.last() else { return html! {} };
    let late = days.iter().fold(0_u32, |sum, day| sum.saturating_add(day.late));
    let date = format::date(l, last.date);
    inset(html! {
        p {
            strong {
                @if late == 0 { (say!(l, "head-none-late", date = date)) }
                @else { (say!(l, "head-will-be-late", count = late, date = date)) }
            }
        }
    })
}

/// How it is reckoned, with the figures that went into it.
fn method(l: Language, outlook: &Outlook) -> Markup {
    let Some(forecast) = &outlook.forecast else { return html! {} };
    let per_day = f64::from(forecast.pace.decisions) * 2.0 / f64::from(forecast.pace.halves.max(1));
    let (from, until) = (format::date(l, forecast.counted.0), format::date(l, forecast.counted.1));
    html! {
        h2 { (say!(l, "head-method")) }
        p {
            (say!(l, "head-method-pace", decisions = forecast.pace.decisions, from = from, until = until,
                pace = format::decimal(per_day, 1)))
        }
        p { (say!(l, "head-method-order")) }
    }
}

fn service_name(l: Language, profile: &Profile, key: &Key) -> String {
    profile.service(key).map_or_else(|| key.to_string(), |service| service.name.get(l).to_owned())
}

fn about(l: Language, title: String, description: String, across: String) -> About {
    About { language: l, title, description, unit: say!(l, "head-unit"), across }
}

fn names(l: Language, profile: &Profile, outlook: &Outlook) -> Vec<String> {
    outlook.backlog.keys().map(|key| service_name(l, profile, key)).collect()
}

fn series(outlook: &Outlook, label: String, of: impl Fn(&Backlog) -> u32) -> Series {
    Series::new(label, outlook.backlog.values().map(|backlog| f64::from(of(backlog))))
}

fn by_service(l: Language, profile: &Profile, outlook: &Outlook) -> Chart {
    let about = about(l, say!(l, "head-by-service"), say!(l, "head-by-service", "text"), say!(l, "queue-service"));
    let series = [
        series(outlook, say!(l, "urgency-breached"), |backlog| backlog.late),
        series(outlook, say!(l, "urgency-pressing"), |backlog| backlog.pressing),
        series(outlook, say!(l, "urgency-warned"), |backlog| backlog.warned),
        series(outlook, say!(l, "urgency-in-time"), |backlog| backlog.in_time),
        series(outlook, say!(l, "urgency-stopped"), |backlog| backlog.stopped),
    ];
    groups(&about, &names(l, profile, outlook), &series)
}

fn by_age(l: Language, profile: &Profile, outlook: &Outlook) -> Chart {
    let about = about(l, say!(l, "head-by-age"), say!(l, "head-by-age", "text"), say!(l, "queue-service"));
    let class = |class: usize| {
        let from = class.checked_sub(1).and_then(|before| AGES.get(before)).map_or(0, |until| until + 1);
        match AGES.get(class) {
            Some(until) => say!(l, "head-age-to", from = from, until = *until),
            None => say!(l, "head-age-over", from = from),
        }
    };
    let series: Vec<Series> = (0..=AGES.len())
        .map(|at| series(outlook, class(at), |backlog| backlog.ages.get(at).copied().unwrap_or(0)))
        .collect();
    groups(&about, &names(l, profile, outlook), &series)
}

fn forecast(l: Language, outlook: &Outlook) -> Option<Chart> {
    let forecast = outlook.forecast.as_ref()?;
    let about = about(l, say!(l, "head-forecast"), say!(l, "head-forecast", "text"), say!(l, "head-day"));
    let days: Vec<String> = forecast.days.iter().map(|day| format::date_short(l, day.date)).collect();
    let series = [
        Series::new(say!(l, "head-due"), forecast.days.iter().map(|day| f64::from(day.due))),
        Series::new(say!(l, "head-will-late"), forecast.days.iter().map(|day| f64::from(day.late))),
    ];
    Some(columns(&about, &days, &series))
}

fn workload(caller: &Caller, outlook: &Outlook) -> Chart {
    let l = caller.language;
    let about = about(l, say!(l, "head-workload"), say!(l, "head-workload", "text"), say!(l, "head-officer"));
    let mut values: Vec<(String, f64)> =
        outlook.loads.iter().map(|load| (caller.name_of(load.person), f64::from(load.taken))).collect();
    values.push((say!(l, "head-nobody"), f64::from(outlook.untaken)));
    bars(&about, &values)
}

fn escalations(caller: &Caller, visit: &Visit, zone: &Zone, outlook: &Outlook) -> Markup {
    let l = visit.language;
    if outlook.escalations.is_empty() {
        return empty(&say!(l, "head-escalations-none"), &say!(l, "head-escalations-none-text"), None);
    }
    let profile = &caller.portal.park.profile;
    let columns = [
        Column::text(say!(l, "queue-case")),
        Column::text(say!(l, "queue-due")),
        Column::text(say!(l, "queue-taken")),
        Column::text(say!(l, "head-reassign")),
    ];
    let name = |officer: Option<PersonId>| officer.map_or_else(|| say!(l, "head-nobody"), |id| caller.name_of(id));
    let rows = outlook.escalations.iter().take(ESCALATIONS_MAX).map(|escalation| {
        let own = escalation.leg.office == outlook.office.key;
        let office = profile.office(&escalation.leg.office).map_or("", |office| office.name.get(l));
        [
            html! {
                @if own { a href=(visit.href(&format!("office/cases/{}", escalation.id))) { (escalation.id) } }
                @else { (escalation.id) }
                div.data__note { (service_name(l, profile, &escalation.case.service)) }
                @if !own { div.data__note { (office) } }
            },
            html! { @if let Some(due) = escalation.due { (format::date_short(l, due)) } },
            html! { (name(escalation.leg.officer)) },
            html! { @if own { (reassign(caller, visit, zone, escalation)) } },
        ]
    });
    let table = Table::new(say!(l, "head-escalations"), columns).hide_caption().rows(rows);
    html! { (table) }
}

/// Hands a late leg to somebody of the office who is there, and does not have it.
fn reassign(caller: &Caller, visit: &Visit, zone: &Zone, escalation: &Escalation) -> Markup {
    let l = visit.language;
    let (id, leg) = (escalation.id, escalation.leg);
    let park = &caller.portal.park;
    let today = park.profile.local_date(leg.bank, park.now());
    let there = |person: &PersonId| cases::away(&zone.cases, &leg.office, *person, today).is_none();
    let others = parties::officers_of(&zone.parties, &leg.office).filter(|person| Some(*person) != leg.officer);
    let choices: Vec<Choice> =
        others.filter(there).map(|person| Choice::new(person.to_string(), caller.name_of(person))).collect();
    if choices.is_empty() {
        return html! { (say!(l, "head-nobody-there")) };
    }
    let field = format!("to-{id}-{}", leg.key);
    html! {
        form.reassign method="post" action=(visit.href(&format!("office/cases/{id}/legs/{}/work/hand-on", leg.key))) {
            (visit.csrf_field())
            label.govuk-visually-hidden for=(field) { (say!(l, "head-reassign-to", case = id.to_string())) }
            select.govuk-select id=(field) name="to" {
                @for choice in &choices { option value=(choice.value) { (choice.label) } }
            }
            (submit(Weight::Secondary, &say!(l, "head-reassign-submit")))
        }
    }
}

/// Who is away now or soon, and who stands in.
fn absences(caller: &Caller, visit: &Visit, zone: &Zone, outlook: &Outlook) -> Markup {
    let l = visit.language;
    let park = &caller.portal.park;
    let today = park.profile.local_date(outlook.office.bank, park.now());
    let of = |person: PersonId| {
        cases::absences(&zone.cases, &outlook.office.key, person).iter().map(move |one| (person, one))
    };
    let mut known: Vec<_> =
        outlook.loads.iter().flat_map(|load| of(load.person)).filter(|(_, one)| today <= one.until).collect();
    known.sort_by_key(|(person, one)| (one.from, *person));
    let columns = [
        Column::text(say!(l, "head-officer")),
        Column::text(say!(l, "head-away")),
        Column::text(say!(l, "head-deputy")),
    ];
    let rows = known.iter().map(|(person, one)| {
        [
            html! { (caller.name_of(*person)) },
            html! { (format::date_short(l, one.from)) " – " (format::date_short(l, one.until)) },
            html! { (caller.name_of(one.deputy)) },
        ]
    });
    html! {
        @if known.is_empty() { p { (say!(l, "head-absences-none")) } }
        @else { (Table::new(say!(l, "head-absences"), columns).hide_caption().rows(rows)) }
        p { a href=(visit.href("office/away")) { (say!(l, "head-absences-link")) } }
    }
}

/// What is late of an officer's own, shown above their queue.
pub(super) fn notices(caller: &Caller, visit: &Visit, zone: &Zone) -> Markup {
    let l = visit.language;
    let (Some(me), Ok(office)) = (caller.actor.person(), office(caller)) else { return html! {} };
    let Some(mine) = zone.cases.books.get(&office.key).and_then(|books| books.taken.get(&me)) else { return html! {} };
    let count = |wanted: cases::Notice| {
        let told = mine.iter().filter(|leg| zone.cases.notices.get(*leg) == Some(&wanted));
        u32::try_from(told.count()).unwrap_or(u32::MAX)
    };
    let (late, pressing) = (count(cases::Notice::Breached), count(cases::Notice::Second));
    html! {
        @if late > 0 || pressing > 0 {
            (inset(html! {
                @if late > 0 { p { strong { (say!(l, "queue-yours-late", count = late)) } } }
                @if pressing > 0 { p { (say!(l, "queue-yours-pressing", count = pressing)) } }
            }))
        }
    }
}
