//! The office's queue: every case in which it has an undecided leg, the nearest deadline first.

use super::{Part, desk_tabs, name_of, office, page};
use crate::{Caller, Problem};
use axum::extract::Query;
use base::{CaseId, Date, Key, Language};
use cases::{Case, Leg, LegState, Urgency};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, FilterBar, Link, Pages, Table, Tone, empty, inset, pagination, tag};
use frame::{Choice, Field, Visit, format, say};
use profile::Office;
use std::collections::BTreeMap;

const ROWS: usize = 25;
/// The oldest so many are sorted; a queue that is longer says so.
const SORTED_MAX: usize = 20_000;

type Asked = BTreeMap<String, String>;

/// One line of the queue.
struct Line<'a> {
    id: CaseId,
    case: &'a Case,
    leg: &'a Leg,
    urgency: Urgency,
}

impl Line<'_> {
    /// Stopped clocks come last; among equals the older case first.
    fn order(&self) -> (Date, CaseId) {
        (self.leg.clock.due().unwrap_or(Date::MAX), self.id)
    }
}

/// What the list is narrowed down to.
struct Filter {
    service: Option<Key>,
    state: Option<LegState>,
    urgency: Option<Urgency>,
}

const URGENCIES: [Urgency; 5] =
    [Urgency::Breached, Urgency::Pressing, Urgency::Warned, Urgency::InTime, Urgency::Stopped];

impl Filter {
    fn read(query: &Asked) -> Self {
        let text = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
        Self {
            service: Key::new(text("service")),
            state: [LegState::Open, LegState::Asked].into_iter().find(|state| state_key(*state) == text("state")),
            urgency: URGENCIES.into_iter().find(|urgency| urgency_key(*urgency) == text("urgency")),
        }
    }

    fn has(&self, line: &Line) -> bool {
        self.service.as_ref().is_none_or(|service| *service == line.case.service)
            && self.state.is_none_or(|state| state == line.leg.state)
            && self.urgency.is_none_or(|urgency| urgency == line.urgency)
    }

    /// As it stands in an address, one of the three left out.
    fn query(&self, without: &str) -> String {
        let service = self.service.as_ref().map(Key::as_str);
        let parts =
            [("service", service), ("state", self.state.map(state_key)), ("urgency", self.urgency.map(urgency_key))];
        let kept = parts.into_iter().filter(|(name, _)| *name != without);
        kept.filter_map(|(name, value)| Some(format!("{name}={}", value?))).collect::<Vec<_>>().join("&")
    }
}

pub(super) async fn show(caller: Caller, Query(query): Query<Asked>) -> Result<Markup, Problem> {
    let office = office(&caller)?;
    let zone = caller.portal.park.zone();
    let filter = Filter::read(&query);
    let (lines, whole) = lines(&caller, &zone, office, &filter);
    let last = u32::try_from(lines.len().div_ceil(ROWS)).unwrap_or(u32::MAX).max(1);
    let current = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, last);
    let shown: Vec<&Line> = lines.iter().skip((current as usize - 1) * ROWS).take(ROWS).collect();
    let visit = caller.visit();
    let l = caller.language;
    let href = |page: u32| visit.href(&format!("office?{}&page={page}", filter.query("")));
    Ok(page(&visit, office, say!(l, "queue-title")).lead(say!(l, "queue-lead")).body(html! {
        (desk_tabs(&caller, &visit, &zone, office, Part::Queue))
        (filter_bar(&caller, &visit, &filter))
        @if !whole { (inset(html! { p { (say!(l, "queue-cut")) } })) }
        @if shown.is_empty() {
            (empty(&say!(l, "queue-empty"), &say!(l, "queue-empty-text"), None))
        } @else {
            (table(&caller, &visit, &zone, &shown))
            (pagination(l, &Pages { current, last, href: &href }))
        }
    }))
}

/// The lines that the filter leaves, sorted; and whether those are all.
fn lines<'a>(caller: &Caller, zone: &'a Zone, office: &Office, filter: &Filter) -> (Vec<Line<'a>>, bool) {
    let (profile, now) = (&caller.portal.park.profile, caller.portal.park.now());
    let queue = cases::for_office(&zone.cases, office.key.as_str());
    let mut looked_at = 0;
    let mut lines: Vec<Line> = queue
        .take(SORTED_MAX)
        .inspect(|_| looked_at += 1)
        .filter_map(|(id, case)| {
            let leg = case.legs.iter().find(|leg| leg.office == office.key && leg.state.is_undecided())?;
            Some(Line { id, case, leg, urgency: cases::urgency(profile, case, leg, now)? })
        })
        .filter(|line| filter.has(line))
        .collect();
    lines.sort_by_key(Line::order);
    (lines, looked_at < SORTED_MAX)
}

fn table(caller: &Caller, visit: &Visit, zone: &Zone, lines: &[&Line]) -> Table {
    let l = visit.language;
    let columns = [
        Column::text(say!(l, "queue-case")),
        Column::text(say!(l, "queue-applicant")),
        Column::text(say!(l, "queue-employer")),
        Column::text(say!(l, "queue-opened")),
        Column::text(say!(l, "queue-due")),
        Column::text(say!(l, "queue-taken")),
    ];
    Table::new(say!(l, "queue-title"), columns).hide_caption().rows(lines.iter().map(|line| {
        let employer = line.case.organisation.and_then(|id| parties::organisation(&zone.parties, id));
        let service = caller.portal.park.profile.service(&line.case.service);
        [
            html! {
                a href=(visit.href(&format!("office/cases/{}", line.id))) { (line.id) }
                div.data__note { (service.map_or("", |service| service.name.get(l))) }
            },
            html! { (name_of(caller, zone, line.case.subject)) },
            html! { (employer.map_or("–", |employer| employer.name.get(l))) },
            html! { (opened(caller, line)) },
            due(caller, line),
            html! { @match line.leg.officer { Some(officer) => (caller.name_of(officer)), None => "–" } },
        ]
    }))
}

fn opened(caller: &Caller, line: &Line) -> String {
    let day = caller.portal.park.profile.local_date(line.leg.bank, line.case.opened_at);
    format::date_short(caller.language, day)
}

/// The day by which the leg is due, the working days left, and how pressing that is.
fn due(caller: &Caller, line: &Line) -> Markup {
    let l = caller.language;
    let profile = &caller.portal.park.profile;
    let today = profile.local_date(line.leg.bank, caller.portal.park.now());
    let left = profile.calendar_of_office(&line.leg.office).map(|days| line.leg.clock.left(days, today));
    let left = left.unwrap_or_default();
    html! {
        @if let Some(due) = line.leg.clock.due() { (format::date_short(l, due)) " " }
        (urgency_tag(l, line.urgency))
        div.data__note {
            @if left < 0 { (say!(l, "queue-late", days = left.unsigned_abs())) }
            @else { (say!(l, "queue-left", days = left.unsigned_abs())) }
        }
    }
}

fn urgency_tag(l: Language, urgency: Urgency) -> Markup {
    let tone = match urgency {
        Urgency::Stopped => Tone::Neutral,
        Urgency::InTime => Tone::Active,
        Urgency::Warned | Urgency::Pressing => Tone::Caution,
        Urgency::Breached => Tone::Bad,
    };
    tag(tone, &urgency_word(l, urgency))
}

fn urgency_word(l: Language, urgency: Urgency) -> String {
    match urgency {
        Urgency::Stopped => say!(l, "urgency-stopped"),
        Urgency::InTime => say!(l, "urgency-in-time"),
        Urgency::Warned => say!(l, "urgency-warned"),
        Urgency::Pressing => say!(l, "urgency-pressing"),
        Urgency::Breached => say!(l, "urgency-breached"),
    }
}

fn urgency_key(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Stopped => "stopped",
        Urgency::InTime => "in-time",
        Urgency::Warned => "warned",
        Urgency::Pressing => "pressing",
        Urgency::Breached => "breached",
    }
}

fn state_key(state: LegState) -> &'static str {
    match state {
        LegState::Open => "open",
        LegState::Asked => "asked",
        LegState::Approved => "approved",
        LegState::Refused => "refused",
        LegState::Moot => "moot",
        LegState::Waiting => "waiting",
        LegState::Supported => "supported",
        LegState::Objected => "objected",
    }
}

fn filter_bar<'a>(caller: &'a Caller, visit: &'a Visit, filter: &Filter) -> Markup {
    let l = visit.language;
    let all = Choice::new("", say!(l, "queue-all"));
    let named = caller.portal.park.profile.services.values();
    let services: Vec<Choice> = std::iter::once(all.clone())
        .chain(named.map(|service| Choice::new(service.key.as_str(), service.name.get(l))))
        .collect();
    let states = [all.clone(), Choice::new("open", say!(l, "leg-open")), Choice::new("asked", say!(l, "leg-asked"))];
    let urgencies: Vec<Choice> = std::iter::once(all)
        .chain(URGENCIES.map(|urgency| Choice::new(urgency_key(urgency), urgency_word(l, urgency))))
        .collect();
    let action = visit.href("office");
    let service = filter.service.as_ref().map_or("", Key::as_str);
    let fields = html! {
        (Field::new("service", say!(l, "queue-service")).value(service).select(&services))
        (Field::new("state", say!(l, "queue-state")).value(filter.state.map_or("", state_key)).select(&states))
        (Field::new("urgency", say!(l, "queue-urgency")).value(filter.urgency.map_or("", urgency_key)).select(&urgencies))
    };
    let chosen = [
        ("service", service, &services[..]),
        ("state", filter.state.map_or("", state_key), &states[..]),
        ("urgency", filter.urgency.map_or("", urgency_key), &urgencies[..]),
    ];
    let chosen = chosen.into_iter().filter(|(_, value, _)| !value.is_empty()).filter_map(|(name, value, choices)| {
        let choice = choices.iter().find(|choice| choice.value == value)?;
        Some(Link::new(choice.label.as_str(), visit.href(&format!("office?{}", filter.query(name)))))
    });
    let bar = FilterBar { language: l, action: &action, fields, chosen: chosen.collect() };
    html! { (bar) }
}
