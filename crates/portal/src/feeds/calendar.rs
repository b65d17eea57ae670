//! A calendar as text (RFC 5545): a day each for what is due. The few properties that are needed are written here: the
//! libraries for it bring a second set of dates and times along.

use base::{Date, Instant, Language};
use frame::say;
use park::{Calendar, Due, DueWhat, Park};

/// RFC 5545, section 3.1: octets in a line, without the break.
const LINE_OCTETS_MAX: usize = 75;

pub(super) fn text(park: &Park, calendar: &Calendar) -> String {
    let l = calendar.language;
    let office = calendar.office.as_ref().and_then(|office| park.profile.office(office));
    let name = match office {
        Some(office) => say!(l, "feed-name-office", office = office.name.get(l)),
        None => say!(l, "feed-name-own"),
    };
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//hetao//feeds//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("NAME:{}", escaped(&name)),
        format!("X-WR-CALNAME:{}", escaped(&name)),
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H".to_owned(),
    ];
    for due in &calendar.dues {
        lines.extend(event(park, calendar, due));
    }
    lines.push("END:VCALENDAR".to_owned());
    let mut text = String::new();
    for line in lines {
        fold(&mut text, &line);
    }
    text
}

fn event(park: &Park, calendar: &Calendar, due: &Due) -> Vec<String> {
    let l = calendar.language;
    let service = park.profile.service(&due.service).map_or("", |service| service.name.get(l));
    let office = due.office.as_ref().and_then(|office| park.profile.office(office));
    let office = office.map_or("", |office| office.name.get(l));
    let case = due.case.to_string();
    let summary = match due.what {
        DueWhat::Decision => say!(l, "feed-decision", service = service, case = case),
        DueWhat::Answer => say!(l, "feed-answer", service = service, case = case),
        DueWhat::LastDay => say!(l, "feed-last-day", service = service, case = case),
    };
    let page = if calendar.office.is_some() { "office/cases" } else { "me/cases" };
    let leg = due.leg.as_ref().map_or("", base::Key::as_str);
    let after = due.day.tomorrow().unwrap_or(due.day);
    let host = park.origin.rsplit('/').next().unwrap_or_default();
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}-{leg}-{}@{}", due.case, due.what.as_str(), escaped(host)),
        format!("DTSTAMP:{}", utc(due.since)),
        format!("DTSTART;VALUE=DATE:{}", date(due.day)),
        format!("DTEND;VALUE=DATE:{}", date(after)),
        format!("SUMMARY;LANGUAGE={}:{}", language(l), escaped(&summary)),
    ];
    if !office.is_empty() {
        lines.push(format!("DESCRIPTION;LANGUAGE={}:{}", language(l), escaped(office)));
    }
    lines.push(format!("URL:{}/{l}/{page}/{}", park.origin, due.case));
    // A day on which something is due is not a day on which nobody can be met.
    lines.push("TRANSP:TRANSPARENT".to_owned());
    lines.push("END:VEVENT".to_owned());
    lines
}

fn language(language: Language) -> &'static str {
    language.tag()
}

fn date(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

fn utc(at: Instant) -> String {
    let stamp = at.timestamp().unwrap_or_default();
    stamp.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// RFC 5545, section 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Long lines go on in the next, after a blank; no character is cut.
fn fold(text: &mut String, line: &str) {
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > LINE_OCTETS_MAX {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters_and_what_means_something_is_escaped() {
        let mut text = String::new();
        fold(&mut text, &format!("SUMMARY:{}", "河".repeat(60)));
        assert!(text.split("\r\n").all(|line| line.len() <= LINE_OCTETS_MAX), "{text}");
        assert_eq!(text.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", "河".repeat(60)));
        assert_eq!(escaped("a;b,c\\d\ne\u{7}"), "a\\;b\\,c\\\\d\\ne");
    }
}
