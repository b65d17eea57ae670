//! The office's queue: every case in which it has an undecided leg, the nearest deadline first, narrowed down and sorted as
//! the officer likes; several may be ticked and acted on at once.

use super::filter::{Asked, Filter, STATES, Sort, Taken, URGENCIES, state_key, urgency_key, urgency_word};
use super::{Part, desk_tabs, name_of, office, page, views};
use crate::{Caller, Problem};
use axum::extract::Query;
use base::{CaseId, Language};
use cases::{Case, Leg, Urgency};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, FilterBar, Link, Pages, Table, Tone, details, empty, pagination, tag};
use frame::{Choice, Errors, Field, Visit, Weight, format, say, submit_as};
use profile::Office;
use std::collections::BTreeMap;

const ROWS: usize = 25;
const TEXT_CHARS_MAX: u32 = 4_000;

/// What was ticked and typed when something about it could not be taken.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub ticked: Vec<CaseId>,
    pub reason: String,
    pub errors: Errors,
}

/// One line of the queue.
struct Line<'a> {
    id: CaseId,
    case: &'a Case,
    leg: &'a Leg,
}

impl<'a> Line<'a> {
    fn of(id: CaseId, case: &'a Case, office: &Office) -> Option<Self> {
        let leg = case.legs.iter().find(|leg| leg.office == office.key && leg.state.is_undecided())?;
        Some(Self { id, case, leg })
    }

    fn urgency(&self, caller: &Caller) -> Urgency {
        let park = &caller.portal.park;
        cases::urgency(&park.profile, self.case, self.leg, park.now()).unwrap_or(Urgency::InTime)
    }
}

impl Filter {
    fn has(&self, caller: &Caller, line: &Line, urgency: impl FnOnce(&Line) -> Urgency) -> bool {
        self.service.as_ref().is_none_or(|service| *service == line.case.service)
            && self.state.is_none_or(|state| state == line.leg.state)
            && self.taken.is_none_or(|taken| {
                taken
                    == match line.leg.officer {
                        None => Taken::Nobody,
                        officer if officer == caller.actor.person() => Taken::Me,
                        Some(_) => Taken::Colleagues,
                    }
            })
            && self.urgency.is_none_or(|wanted| wanted == urgency(line))
    }

    /// The queue is kept by deadline already.
    fn sort(&self, lines: &mut [Line]) {
        match self.sort {
            Sort::Due => {}
            Sort::Opened => lines.sort_by_key(|line| (line.case.opened_at, line.id)),
            Sort::Service => lines.sort_by(|one, other| one.case.service.cmp(&other.case.service)),
        }
    }
}

pub(super) async fn show(caller: Caller, Query(query): Query<Asked>) -> Result<Markup, Problem> {
    queue_page(&caller, &query, &Typed::default())
}

pub(super) fn queue_page(caller: &Caller, query: &Asked, typed: &Typed) -> Result<Markup, Problem> {
    let office = office(caller)?;
    let zone = caller.portal.park.zone();
    let filter = Filter::read(query);
    let wanted = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let Leaf { lines, current, last } = leaf(caller, &zone, office, &filter, wanted);
    let visit = caller.visit();
    let l = caller.language;
    let href = |page: u32| visit.href(&format!("office?{}&page={page}", filter.query("")));
    let shown = page(&visit, office, say!(l, "queue-title")).lead(say!(l, "queue-lead")).script("keys.js");
    Ok(shown.faulty(!typed.errors.is_empty()).body(html! {
        (typed.errors.summary(l))
        (desk_tabs(caller, &visit, &zone, office, Part::Queue))
        (filter_bar(caller, &visit, &filter))
        (views::bar(caller, &visit, &zone, &office.key, &filter))
        @if lines.is_empty() {
            (empty(&say!(l, "queue-empty"), &say!(l, "queue-empty-text"), None))
        } @else {
            form method="post" action=(visit.href("office/several")) novalidate {
                (visit.csrf_field())
                (table(caller, &visit, &zone, &lines, typed))
                (several(l, typed))
            }
            (pagination(l, &Pages { current, last, href: &href }))
            (keys(l))
        }
    }))
}

/// What may be done with all that are ticked; out of the way until it is wanted.
fn several(l: Language, typed: &Typed) -> Markup {
    html! {
        details.more open[!typed.errors.is_empty()] {
            summary { span { (say!(l, "bulk-heading")) } }
            div.more__content {
                p { (say!(l, "bulk-lead")) }
                (Field::new("reason", say!(l, "case-reason")).hint(say!(l, "bulk-reason-hint"))
                    .value(typed.reason.as_str()).errors(&typed.errors).characters_max(TEXT_CHARS_MAX).long_text(3))
                div.govuk-button-group {
                    (submit_as(Weight::Secondary, &say!(l, "bulk-take"), "act", "take"))
                    (submit_as(Weight::Primary, &say!(l, "bulk-approve"), "act", "approved"))
                    (submit_as(Weight::Grave, &say!(l, "bulk-refuse"), "act", "refused"))
                }
            }
        }
    }
}

/// The keys that `keys.js` listens to, for those who find them here; nothing where scripts do not run.
fn keys(l: Language) -> Markup {
    let rows = [
        ("j", say!(l, "keys-down")),
        ("k", say!(l, "keys-up")),
        ("o", say!(l, "keys-open")),
        ("x", say!(l, "keys-tick")),
        ("f", say!(l, "keys-filter")),
    ];
    html! { div data-keys hidden { (details(&say!(l, "keys-title"), html! {
        dl.keys { @for (key, does) in &rows { div { dt { kbd { (key) } } dd { (does) } } } }
        div.govuk-checkboxes {
            div.govuk-checkboxes__item {
                input.govuk-checkboxes__input #keys-off type="checkbox" data-keys-off;
                label.govuk-label.govuk-checkboxes__label for="keys-off" { (say!(l, "keys-off")) }
            }
        }
    })) } }
}

/// One page of the queue.
struct Leaf<'a> {
    lines: Vec<Line<'a>>,
    current: u32,
    last: u32,
}

/// The queue is kept in order, so that without a filter only what is shown is looked at.
fn leaf<'a>(caller: &Caller, zone: &'a Zone, office: &Office, filter: &Filter, wanted: u32) -> Leaf<'a> {
    let queue = cases::for_office(&zone.cases, office.key.as_str());
    if filter.is_empty() {
        let (current, last) = within(wanted, cases::queue_length(&zone.cases, office.key.as_str()));
        let lines = queue.skip((current as usize - 1) * ROWS).take(ROWS);
        return Leaf { lines: lines.filter_map(|(id, case)| Line::of(id, case, office)).collect(), current, last };
    }
    // Clocks that are due on the same day are as urgent as each other; there are few such days.
    let mut known = BTreeMap::new();
    let mut urgency = |line: &Line| {
        let clock = (line.case.service.clone(), line.leg.clock.due(), line.leg.clock.working_days());
        *known.entry(clock).or_insert_with(|| line.urgency(caller))
    };
    let mut fitting: Vec<Line> = queue
        .filter_map(|(id, case)| Line::of(id, case, office))
        .filter(|line| filter.has(caller, line, &mut urgency))
        .collect();
    filter.sort(&mut fitting);
    let (current, last) = within(wanted, fitting.len());
    Leaf { lines: fitting.into_iter().skip((current as usize - 1) * ROWS).take(ROWS).collect(), current, last }
}

/// The page that was asked for, or the nearest that there is; and the last.
fn within(wanted: u32, total: usize) -> (u32, u32) {
    let last = u32::try_from(total.div_ceil(ROWS)).unwrap_or(u32::MAX).max(1);
    (wanted.clamp(1, last), last)
}

fn table(caller: &Caller, visit: &Visit, zone: &Zone, lines: &[Line], typed: &Typed) -> Table {
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
                label.row-tick {
                    input type="checkbox" name="case" value=(line.id) checked[typed.ticked.contains(&line.id)];
                    span.govuk-visually-hidden { (say!(l, "bulk-tick", case = line.id.to_string())) }
                }
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
        (urgency_tag(l, line.urgency(caller)))
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

fn filter_bar<'a>(caller: &'a Caller, visit: &'a Visit, filter: &Filter) -> Markup {
    let l = visit.language;
    let all = Choice::new("", say!(l, "queue-all"));
    let named = caller.portal.park.profile.services.values();
    let services = choices(&all, named.map(|service| Choice::new(service.key.as_str(), service.name.get(l))));
    let states = choices(
        &all,
        STATES
            .into_iter()
            .filter_map(|state| Some(Choice::new(state_key(state)?, crate::casework::leg_status(l, state).1))),
    );
    let urgencies = choices(&all, URGENCIES.map(|urgency| Choice::new(urgency_key(urgency), urgency_word(l, urgency))));
    let takers = choices(&all, Taken::ALL.map(|taken| Choice::new(taken.key(), taken.word(l))));
    let sorts = Sort::ALL.map(|sort| Choice::new(sort.key(), sort.word(l)));
    let action = visit.href("office");
    let fields = html! {
        (Field::new("service", say!(l, "queue-service")).value(filter.value("service")).select(&services))
        (Field::new("state", say!(l, "queue-state")).value(filter.value("state")).select(&states))
        (Field::new("urgency", say!(l, "queue-urgency")).value(filter.value("urgency")).select(&urgencies))
        (Field::new("taken", say!(l, "queue-taken")).value(filter.value("taken")).select(&takers))
        (Field::new("sort", say!(l, "queue-sort")).value(filter.sort.key()).select(&sorts))
    };
    let chosen = filter.words(caller).into_iter();
    let chosen = chosen.map(|(name, word)| Link::new(word, visit.href(&format!("office?{}", filter.query(name)))));
    let bar = FilterBar { language: l, action: &action, fields, chosen: chosen.collect() };
    html! { (bar) }
}

fn choices(all: &Choice, rest: impl IntoIterator<Item = Choice>) -> Vec<Choice> {
    std::iter::once(all.clone()).chain(rest).collect()
}
