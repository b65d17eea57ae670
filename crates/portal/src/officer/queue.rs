//! The office's queue: every case in which it has an undecided leg, the nearest deadline first, narrowed down and sorted as
//! the officer likes; several may be ticked and acted on at once.

use super::filter::{Asked, Filter, STATES, Sort, Taken, URGENCIES, state_key, urgency_key, urgency_word};
use super::{Part, desk_tabs, head, name_of, office, page, views};
use crate::casework::works;
use crate::{Caller, Problem, casework};
use axum::extract::Query;
use base::{CaseId, Date, Language};
use cases::{Case, Group, Leg, LegState, Urgency};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Column, FilterBar, Link, Pages, Table, Tone, details, empty, inset, pagination, tag};
use frame::{Choice, Errors, Field, Visit, Weight, format, say, submit_as};
use profile::Office;

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
    due: Option<Date>,
    /// Half days; negative when late.
    left: i32,
    urgency: Urgency,
}

impl<'a> Line<'a> {
    fn of(zone: &'a Zone, office: &Office, group: &Group<'a>, id: CaseId) -> Option<Self> {
        let case = cases::case(&zone.cases, id)?;
        let here = |leg: &&Leg| leg.clock == group.clock && leg.waits_at().any(|waits| *waits == office.key);
        let leg = case.legs.iter().find(here)?;
        Some(Self { id, case, leg, due: group.due, left: group.left, urgency: group.urgency })
    }
}

impl Filter {
    /// Legs of one group have one clock and are of one service: they fit all or none.
    fn has_group(&self, group: &Group) -> bool {
        self.service.as_ref().is_none_or(|service| service == group.service)
            && self.urgency.is_none_or(|wanted| wanted == group.urgency)
            // A clock stands while the applicant is asked, and then only.
            && self.state.is_none_or(|state| (state == LegState::Asked) != group.clock.is_running())
    }

    fn has(&self, caller: &Caller, line: &Line) -> bool {
        self.state.is_none_or(|state| state == line.leg.state)
            && self.taken.is_none_or(|taken| {
                taken
                    == match line.leg.officer {
                        None => Taken::Nobody,
                        officer if officer == caller.actor.person() => Taken::Me,
                        Some(_) => Taken::Colleagues,
                    }
            })
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
        (away_note(caller, &zone, office))
        (head::notices(caller, &visit, &zone))
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
    html! { div data-keys hidden { (details(say!(l, "keys-title"), html! {
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

/// The queue is kept in groups of legs that are due together. Only what is shown is looked at, unless it is asked who has
/// taken what, or for another order.
fn leaf<'a>(caller: &Caller, zone: &'a Zone, office: &Office, filter: &Filter, wanted: u32) -> Leaf<'a> {
    let park = &caller.portal.park;
    let mut groups = cases::groups(&zone.cases, &park.profile, office.key.as_str(), park.now());
    groups.retain(|group| filter.has_group(group));
    if filter.taken.is_none() && filter.sort == Sort::Due {
        return leaf_of_groups(zone, office, &groups, wanted);
    }
    let all = groups.iter().flat_map(|group| group.cases.iter().map(move |id| (group, *id)));
    let lines = all.filter_map(|(group, id)| Line::of(zone, office, group, id));
    let mut fitting: Vec<Line> = lines.filter(|line| filter.has(caller, line)).collect();
    filter.sort(&mut fitting);
    let (current, last) = within(wanted, fitting.len());
    Leaf { lines: fitting.into_iter().skip((current as usize - 1) * ROWS).take(ROWS).collect(), current, last }
}

fn leaf_of_groups<'a>(zone: &'a Zone, office: &Office, groups: &[Group<'a>], wanted: u32) -> Leaf<'a> {
    let (current, last) = within(wanted, groups.iter().map(|group| group.cases.len()).sum());
    let mut before = (current as usize - 1) * ROWS;
    let mut lines = Vec::with_capacity(ROWS);
    for group in groups {
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
        let service = caller.portal.park.profile.service_at(&line.case.service, line.case.service_version);
        [
            html! {
                label.row-tick {
                    input type="checkbox" name="case" value=(line.id) checked[typed.ticked.contains(&line.id)];
                    span.govuk-visually-hidden { (say!(l, "bulk-tick", case = line.id.to_string())) }
                }
                a href=(visit.href(&format!("office/cases/{}", line.id))) { (line.id) }
                div.data__note { (service.map_or("", |service| service.name.get(l))) }
                @if line.leg.proposal().is_some() { (tag(Tone::Caution, &say!(l, "leg-second-eyes"))) }
                @else if let Some((tone, word)) = works::status(l, line.leg) { (tag(tone, &word)) }
            },
            html! { (name_of(caller, zone, line.case.subject, Some(line.id))) },
            html! { (employer.map_or("–", |employer| employer.name.get(l))) },
            html! { (opened(caller, line)) },
            due(caller, line),
            taken(caller, zone, line),
        ]
    }))
}

/// Who holds the leg, and who stands in while they are away.
fn taken(caller: &Caller, zone: &Zone, line: &Line) -> Markup {
    let Some(officer) = line.leg.officer else { return html! { "–" } };
    let park = &caller.portal.park;
    let today = park.profile.local_date(line.leg.bank, park.now());
    let deputy = cases::stands_in(&zone.cases, &line.leg.office, officer, today).filter(|deputy| *deputy != officer);
    html! {
        (caller.name_of(officer))
        @if let Some(deputy) = deputy {
            div.data__note { (say!(caller.language, "away-for", name = caller.name_of(deputy))) }
        }
    }
}

/// Told to an officer who has said that they are away today.
fn away_note(caller: &Caller, zone: &Zone, office: &Office) -> Markup {
    let park = &caller.portal.park;
    let today = park.profile.local_date(office.bank, park.now());
    let me = caller.actor.person();
    let absence = me.and_then(|me| cases::away(&zone.cases, &office.key, me, today));
    html! {
        @if let Some(absence) = absence {
            @let until = format::date(caller.language, absence.until);
            (inset(html! { p { (say!(caller.language, "away-banner", until = until)) } }))
        }
    }
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
