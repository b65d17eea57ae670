//! The office's queue: every case in which it has an undecided leg, the nearest deadline first.

use super::{Part, desk_tabs, head, name_of, office, page};
use crate::{Caller, Problem, casework};
use axum::extract::Query;
use base::{CaseId, Date, Key, Language};
use cases::{Case, Group, Leg, LegState, Urgency};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, FilterBar, Link, Pages, Table, Tone, empty, pagination, tag};
use frame::{Choice, Field, Visit, format, say};
use profile::Office;
use std::collections::BTreeMap;

const ROWS: usize = 25;

type Asked = BTreeMap<String, String>;

/// One line of the queue.
struct Line<'a> {
    id: CaseId,
    case: &'a Case,
    leg: &'a Leg,
    due: Option<Date>,
    /// Half days; negative when late.
    left: i32,
    urgency: Urgency,
}

impl<'a> Line<'a> {
    fn of(zone: &'a Zone, office: &Office, group: &Group<'a>, id: CaseId) -> Option<Self> {
        let case = cases::case(&zone.cases, id)?;
        let here = |leg: &&Leg| leg.office == office.key && leg.state.is_undecided() && leg.clock == group.clock;
        let leg = case.legs.iter().find(here)?;
        Some(Self { id, case, leg, due: group.due, left: group.left, urgency: group.urgency })
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

    fn is_empty(&self) -> bool {
        self.service.is_none() && self.state.is_none() && self.urgency.is_none()
    }

    /// Legs of one group have one clock and are of one service: they fit all or none. A clock stands while the applicant
    /// is asked, and then only.
    fn has(&self, group: &Group) -> bool {
        self.service.as_ref().is_none_or(|service| service == group.service)
            && self.state.is_none_or(|state| (state == LegState::Open) == group.clock.is_running())
            && self.urgency.is_none_or(|wanted| wanted == group.urgency)
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
    let wanted = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let Leaf { lines, current, last } = leaf(&caller, &zone, office, &filter, wanted);
    let visit = caller.visit();
    let l = caller.language;
    let href = |page: u32| visit.href(&format!("office?{}&page={page}", filter.query("")));
    Ok(page(&visit, office, say!(l, "queue-title")).lead(say!(l, "queue-lead")).body(html! {
        (desk_tabs(&caller, &visit, &zone, office, Part::Queue))
        (head::notices(&caller, &visit, &zone))
        (filter_bar(&caller, &visit, &filter))
        @if lines.is_empty() {
            (empty(&say!(l, "queue-empty"), &say!(l, "queue-empty-text"), None))
        } @else {
            (table(&caller, &visit, &zone, &lines))
            (pagination(l, &Pages { current, last, href: &href }))
        }
    }))
}

/// One page of the queue.
struct Leaf<'a> {
    lines: Vec<Line<'a>>,
    current: u32,
    last: u32,
}

/// The queue is kept in groups of legs that are due together, so that only what is shown is looked at.
fn leaf<'a>(caller: &Caller, zone: &'a Zone, office: &Office, filter: &Filter, wanted: u32) -> Leaf<'a> {
    let park = &caller.portal.park;
    let mut groups = cases::groups(&zone.cases, &park.profile, office.key.as_str(), park.now());
    groups.retain(|group| filter.has(group));
    let (current, last) = within(wanted, groups.iter().map(|group| group.cases.len()).sum());
    let mut before = (current as usize - 1) * ROWS;
    let mut lines = Vec::with_capacity(ROWS);
    for group in &groups {
        // Whole groups that stand on earlier pages are passed over.
        if before >= group.cases.len() {
            before -= group.cases.len();
            continue;
        }
        let shown = group.cases.iter().skip(before).take(ROWS - lines.len());
        lines.extend(shown.filter_map(|id| Line::of(zone, office, group, *id)));
        before = 0;
        if lines.len() >= ROWS {
            break;
        }
    }
    Leaf { lines, current, last }
}

/// The page that was asked for, or the nearest that there is; and the last.
fn within(wanted: u32, total: usize) -> (u32, u32) {
    let last = u32::try_from(total.div_ceil(ROWS)).unwrap_or(u32::MAX).max(1);
    (wanted.clamp(1, last), last)
}

fn table(caller: &Caller, visit: &Visit, zone: &Zone, lines: &[Line]) -> Table {
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
    let days = casework::days(line.left);
    html! {
        @if let Some(due) = line.due { (format::date_short(l, due)) " " }
        (urgency_tag(l, line.urgency))
        div.data__note {
            @if line.left < 0 { (say!(l, "queue-late", days = days)) }
            @else { (say!(l, "queue-left", days = days)) }
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
