//! The dates of an application, told the same to everybody who may see it: for each leg since when its clock runs, when it
//! stood and why, what moved it, by when it is due; and when the whole is to be expected.
//!
//! All of it is read off the case's own entries, the closures in the log and the calendars: nothing is kept for this page.

use crate::Portal;
use crate::officer::closures;
use base::{Instant, Key, Language};
use cases::{Case, Event, Leg, LegState, Stage, Work};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, card, summary_list};
use frame::{Visit, format, say};
use park::HistoryItem;

/// When a leg's clock began, and when it stood.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Course {
    pub started: Option<Instant>,
    /// From a question until its answer.
    pub stops: Vec<(Instant, Option<Instant>)>,
    /// When another officer got it. That moves no date.
    pub handed: Vec<Instant>,
}

/// The course of one leg's clock, from the case's entries in their order.
pub(crate) fn course<'a>(entries: impl Iterator<Item = (&'a Event, Instant)>, key: &Key) -> Course {
    let mut course = Course::default();
    for (event, at) in entries {
        match event {
            Event::Submitted { legs, .. } => {
                let begins = |leg: &Leg| leg.key == *key && leg.state != LegState::Waiting;
                course.started = legs.iter().any(begins).then_some(at);
            }
            Event::LegStarted { leg, .. } if leg == key => course.started = Some(at),
            Event::Asked { leg, .. } if leg == key => course.stops.push((at, None)),
            Event::Answered { leg, .. } if leg == key => {
                if let Some((_, until)) = course.stops.last_mut() {
                    *until = Some(at);
                }
            }
            Event::Worked { leg, work: Work::HandedOn { .. }, .. } if leg == key => course.handed.push(at),
            _ => {}
        }
    }
    course
}

/// Nothing before the offices have begun.
pub(crate) fn told(portal: &Portal, visit: &Visit, zone: &Zone, case: &Case, items: &[HistoryItem]) -> Markup {
    let l = visit.language;
    if case.legs.is_empty() {
        return html! {};
    }
    html! {
        section #dates aria-labelledby="dates-heading" {
            h2 #dates-heading { (say!(l, "dates-title")) }
            (expected(portal, l, zone, case))
            @for leg in &case.legs { (of_leg(portal, l, zone, case, leg, items)) }
            p.govuk-hint { (say!(l, "dates-how")) }
        }
    }
}

fn expected(portal: &Portal, l: Language, zone: &Zone, case: &Case) -> Markup {
    let park = &portal.park;
    if case.stage != Stage::Deciding {
        return html! {};
    }
    let Some(expected) = cases::expected(&zone.cases, &park.profile, case, park.now()) else { return html! {} };
    let date = format::date(l, expected.date);
    html! {
        p {
            @if expected.waits_for_answer { (say!(l, "dates-expected-answer", date = date)) }
            @else { (say!(l, "dates-expected", date = date)) }
        }
    }
}

fn of_leg(portal: &Portal, l: Language, zone: &Zone, case: &Case, leg: &Leg, items: &[HistoryItem]) -> Markup {
    let profile = &portal.park.profile;
    let office = profile.office(&leg.office).map_or("", |office| office.name.get(l));
    let day = |at: Instant| format::date(l, profile.local_date(leg.bank, at));
    let course = course(items.iter().map(|item| (&item.event, item.at)), &leg.key);
    let days = u32::from(leg.clock.working_days());
    let started = course.started.map_or_else(|| say!(l, "dates-not-begun"), day);
    let mut rows = vec![
        SummaryRow::new(say!(l, "dates-started"), html! { (started) }),
        SummaryRow::new(say!(l, "dates-allowed"), html! { (say!(l, "dates-days", days = days)) }),
    ];
    if !course.stops.is_empty() {
        rows.push(SummaryRow::new(say!(l, "dates-stopped"), stops(l, &course, &day)));
    }
    if !course.handed.is_empty() {
        let handed = course.handed.iter().map(|at| day(*at));
        let told = html! { @for date in handed { div { (say!(l, "dates-handed-on", date = date)) } } };
        rows.push(SummaryRow::new(say!(l, "dates-handed"), told));
    }
    let moved = cases::moved_by(&zone.cases, profile, leg);
    let is_open = leg.state == LegState::Open;
    if is_open && !moved.is_empty() {
        let lines = moved.iter().map(|(_, closure)| {
            let (cause, span) = (closures::cause(portal, l, closure), closures::span(l, closure));
            say!(l, "dates-moved-by", cause = cause, days = span)
        });
        rows.push(SummaryRow::new(say!(l, "dates-moved"), html! { @for line in lines { div { (line) } } }));
    }
    if is_open && let Some(due) = cases::due(&zone.cases, profile, leg) {
        rows.push(SummaryRow::new(say!(l, "dates-due"), due_row(portal, l, leg, due)));
    }
    if leg.state.is_undecided()
        && let Some(silence) = silence(portal, l, case, leg)
    {
        rows.push(SummaryRow::new(say!(l, "dates-silence"), silence));
    }
    if let Some(at) = leg.decided_at {
        rows.push(SummaryRow::new(say!(l, "dates-decided"), html! { (day(at)) }));
    }
    card(office, summary_list(rows))
}

/// What it counts as if the office says nothing by its date, where the service says so.
fn silence(portal: &Portal, l: Language, case: &Case, leg: &Leg) -> Option<Markup> {
    let service = portal.park.profile.service(&case.service)?;
    let deemed = service.legs.iter().find(|plan| plan.key == leg.key)?.deemed.as_ref()?;
    let counts_as = match (leg.kind.binds(), deemed.approved) {
        (true, true) => say!(l, "dates-silence-approved"),
        (true, false) => say!(l, "dates-silence-refused"),
        (false, true) => say!(l, "dates-silence-supported"),
        (false, false) => say!(l, "dates-silence-objected"),
    };
    Some(html! {
        (counts_as)
        div.govuk-hint {
            (format::source(l, &deemed.section))
            @if deemed.illustrative { (format::list_gap(l)) (say!(l, "rule-illustrative")) }
        }
    })
}

fn stops(l: Language, course: &Course, day: &dyn Fn(Instant) -> String) -> Markup {
    html! {
        @for (from, until) in &course.stops {
            div {
                @match until {
                    Some(until) => (say!(l, "dates-stood", from = day(*from), until = day(*until))),
                    None => (say!(l, "dates-stands", from = day(*from))),
                }
            }
        }
    }
}

/// The date; and where it lies in a year whose holidays are not published yet, that it may move, and whose they are to enter.
fn due_row(portal: &Portal, l: Language, leg: &Leg, due: base::Date) -> Markup {
    let owes = cases::owed_by(&portal.park.profile, &leg.office, due);
    html! {
        (format::date(l, due))
        @if let Some(owes) = owes {
            div.govuk-hint {
                (say!(l, "dates-provisional", year = due.year().to_string(), office = owes.name.get(l)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(json: &str) -> Event {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_course_knows_when_its_clock_began_and_stood_and_nothing_of_other_legs() {
        let sealed = r#"{"of":"s","box":"AA"}"#;
        let clock = r#"{"paused":{"halves":4,"working_days":5}}"#;
        let started = event(&format!(r#"{{"leg_started":{{"case":"C-1","leg":"a","clock":{clock}}}}}"#));
        let asked = |leg: &str| {
            event(&format!(
                r#"{{"asked":{{"case":"C-1","leg":"{leg}","officer":"P-3","question":{sealed},"clock":{clock}}}}}"#
            ))
        };
        let answered =
            event(&format!(r#"{{"answered":{{"case":"C-1","leg":"a","answer":{sealed},"clock":{clock}}}}}"#));
        let events = [started, asked("a"), asked("b"), answered, asked("a")];
        let entries = events.iter().zip(1..).map(|(event, at)| (event, Instant(at)));
        let course = course(entries, &"a".parse().unwrap());
        assert_eq!(course.started, Some(Instant(1)));
        assert_eq!(course.stops, [(Instant(2), Some(Instant(4))), (Instant(5), None)]);
    }
}
