//! The report in words, for a terminal. Columns are as wide as what is in them; a Chinese character takes two places.

use super::report::{PeakReport, Report};
use crate::WORDS;
use crate::against::LoadFigures;
use base::{Key, Language};
use frame::{format, say};
use std::collections::BTreeMap;

impl Report {
    /// Some screens of plain text.
    pub fn text(&self, language: Language) -> String {
        if let Some(load) = &self.load {
            return format!("{}\n{}", load_lines(language, load), self.refusal_lines(language));
        }
        let parts = [
            self.heading(language),
            self.people(language),
            self.crossing_lines(language),
            self.refusal_lines(language),
            self.gate_lines(language),
            self.quarter_lines(language),
            self.outage_lines(language),
            self.unfinished_lines(language),
            self.check_lines(language),
        ];
        let mut text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
        text.push('\n');
        text
    }

    fn heading(&self, language: Language) -> String {
        let first = self.days.first().map(|day| format::date(language, *day)).unwrap_or_default();
        let last = self.days.last().map(|day| format::date(language, *day)).unwrap_or_default();
        let title = say!(language, "report-title", zone = self.zone_name.get(language));
        let commuters = format::number(i64::from(self.plan.commuters));
        let days = i64::try_from(self.days.len()).unwrap_or(0);
        let what = say!(
            language,
            "report-what",
            commuters = commuters.as_str(),
            days = days,
            first = first.as_str(),
            last = last.as_str(),
            seed = self.plan.seed.to_string()
        );
        format!("{title}\n{what}\n{}\n", say!(language, "report-synthetic"))
    }

    fn people(&self, language: Language) -> String {
        let (cases, permits) = (self.cases, self.permits);
        table(&[
            row(say!(language, "report-people"), self.people),
            row(say!(language, "report-organisations"), self.organisations),
            row(say!(language, "report-cases-approved"), cases.approved),
            row(say!(language, "report-cases-refused"), cases.refused),
            row(say!(language, "report-cases-open"), cases.confirming + cases.deciding),
            row(say!(language, "report-passes-issued"), permits.issued),
            row(say!(language, "report-passes-suspended"), permits.suspended),
            row(say!(language, "report-passes-revoked"), permits.revoked),
        ])
    }

    fn crossing_lines(&self, language: Language) -> String {
        let crossings = self.crossings;
        let lines = table(&[
            row(say!(language, "report-passed"), crossings.passed),
            row(say!(language, "report-referred"), crossings.referred),
            row(say!(language, "report-refused"), crossings.refused),
            row(say!(language, "report-completed"), crossings.completed),
            row(say!(language, "report-turned-back"), crossings.turned_back),
            row(say!(language, "report-let-pass"), crossings.let_pass),
            row(say!(language, "report-resolved"), crossings.resolved),
            row(say!(language, "report-on-north"), self.presence.north),
            row(say!(language, "report-on-south"), self.presence.south),
            row(say!(language, "report-on-bridges"), self.presence.on_bridges),
        ]);
        format!("{}\n{lines}", say!(language, "report-crossings"))
    }

    fn refusal_lines(&self, language: Language) -> String {
        if self.refusals.is_empty() {
            return String::new();
        }
        let rows: Vec<Vec<String>> = self
            .refusals
            .iter()
            .map(|one| {
                let outcome =
                    if one.referred { say!(language, "outcome-referred") } else { say!(language, "outcome-refused") };
                let reason = one.reason.get(language).to_owned();
                vec![format::number(whole(one.count)), outcome, one.policy.to_string(), reason]
            })
            .collect();
        format!("{}\n{}", say!(language, "report-refusals"), table(&rows))
    }

    fn gate_lines(&self, language: Language) -> String {
        let head = vec![
            say!(language, "column-gate"),
            String::new(),
            say!(language, "column-people"),
            "p50".to_owned(),
            "p90".to_owned(),
            "p95".to_owned(),
            "p99".to_owned(),
            say!(language, "column-longest"),
            say!(language, "column-under-30"),
            say!(language, "column-queue"),
        ];
        let mut rows = vec![head];
        for gate in &self.gates {
            let halves = [
                (gate.morning, say!(language, "report-morning")),
                (gate.evening, say!(language, "report-evening")),
                (gate.disturbed, say!(language, "report-disturbed")),
            ];
            rows.extend(halves.into_iter().filter(|(peak, _)| peak.people > 0).map(|(peak, half)| {
                let name = say!(
                    language,
                    "report-gate",
                    gate = gate.name.get(language),
                    lanes = i64::from(gate.lanes),
                    seconds = i64::from(gate.seconds_per_person)
                );
                peak_row(name, half, &peak)
            }));
        }
        format!("{}\n{}", say!(language, "report-waits"), table(&rows))
    }

    /// Gates side by side; quarters in which nobody waited anywhere are left out.
    fn quarter_lines(&self, language: Language) -> String {
        let zone = self.clocks();
        let mut longest: BTreeMap<String, BTreeMap<&Key, [u32; 2]>> = BTreeMap::new();
        for quarter in self.quarters.iter().filter(|quarter| quarter.queue_max > 0) {
            let time = format::time_of_day(quarter.from, &zone);
            let [usual, disturbed] = longest.entry(time).or_default().entry(&quarter.gate).or_default();
            let line = if quarter.disturbed { disturbed } else { usual };
            *line = (*line).max(quarter.queue_max);
        }
        if longest.is_empty() {
            return String::new();
        }
        let names = self.gates.iter().map(|gate| gate.name.get(language).to_owned());
        let mut rows = vec![std::iter::once(say!(language, "column-from")).chain(names).collect::<Vec<_>>()];
        for (time, lines) in longest {
            let cells = self.gates.iter().map(|gate| match lines.get(&gate.gate) {
                None | Some([0, 0]) => "0".to_owned(),
                Some([usual, 0]) => format::number(i64::from(*usual)),
                Some([usual, disturbed]) => {
                    format!("{} ({})", format::number(i64::from(*usual)), format::number(i64::from(*disturbed)))
                }
            });
            rows.push(std::iter::once(time).chain(cells).collect());
        }
        format!("{}\n{}", say!(language, "report-quarters"), table(&rows))
    }

    fn outage_lines(&self, language: Language) -> String {
        let Some(outage) = &self.outage else { return String::new() };
        let zone = self.clocks();
        let gate = self.gates.iter().find(|gate| gate.gate == outage.gate);
        let name = gate.map(|gate| gate.name.get(language)).unwrap_or_default();
        let line = say!(
            language,
            "report-outage",
            gate = name,
            day = format::date_time(language, outage.from, &zone),
            until = format::time_of_day(outage.until, &zone),
            diverted = format::number(i64::from(outage.diverted))
        );
        format!("{line}\n")
    }

    fn unfinished_lines(&self, language: Language) -> String {
        let total = format::number(whole(self.unfinished_total));
        let heading = say!(language, "report-unfinished", total = total);
        let zone = self.clocks();
        let rows: Vec<Vec<String>> = self
            .unfinished
            .iter()
            .take(12)
            .map(|one| {
                let what = if one.referred {
                    say!(language, "unfinished-referred")
                } else {
                    say!(language, "unfinished-passage")
                };
                let since = format::date_time(language, one.since, &zone);
                vec![one.passage.to_string(), what, since, one.office_name.get(language).to_owned()]
            })
            .collect();
        format!("{heading}\n{}", table(&rows))
    }

    fn check_lines(&self, language: Language) -> String {
        let rows: Vec<Vec<String>> = self
            .checks
            .iter()
            .map(|check| {
                let name = WORDS.find(language, &format!("check-{}", check.name), &[]);
                let verdict =
                    if check.holds { say!(language, "check-holds") } else { say!(language, "check-does-not-hold") };
                let looked = format::number(whole(check.looked_at));
                vec![
                    verdict,
                    name.unwrap_or_else(|| check.name.to_owned()),
                    say!(language, "check-looked-at", count = looked),
                ]
            })
            .collect();
        let entries = format::number(whole(self.log.entries));
        let log = say!(language, "report-log", entries = entries, digest = self.log.zone_digest.as_str());
        format!("{}\n{}{log}\n", say!(language, "report-checks"), table(&rows))
    }
}

fn peak_row(name: String, half: String, peak: &PeakReport) -> Vec<String> {
    let seconds = |ms: u32| format::decimal(f64::from(ms) / 1_000.0, 0);
    vec![
        name,
        half,
        format::number(whole(peak.people)),
        seconds(peak.wait_p50_ms),
        seconds(peak.wait_p90_ms),
        seconds(peak.wait_p95_ms),
        seconds(peak.wait_p99_ms),
        seconds(peak.wait_max_ms),
        format::percent(peak.under_30_seconds),
        format::number(i64::from(peak.queue_max)),
    ]
}

fn load_lines(language: Language, load: &LoadFigures) -> String {
    let milliseconds = |us: u64| format::decimal(us as f64 / 1_000.0, 1);
    let lines = table(&[
        row(say!(language, "load-holders"), load.holders),
        row(say!(language, "load-decisions"), load.decisions),
        row(say!(language, "report-passed"), load.passed),
        row(say!(language, "report-referred"), load.referred),
        row(say!(language, "report-refused"), load.refused),
        row(say!(language, "load-errors"), load.errors),
        vec![format::decimal(load.seconds, 1), say!(language, "load-seconds")],
        vec![format::decimal(load.decisions_per_second, 0), say!(language, "load-per-second")],
        vec![milliseconds(load.p50_us), say!(language, "load-time", percent = 50)],
        vec![milliseconds(load.p90_us), say!(language, "load-time", percent = 90)],
        vec![milliseconds(load.p99_us), say!(language, "load-time", percent = 99)],
        vec![milliseconds(load.max_us), say!(language, "load-longest")],
    ]);
    format!("{}\n{lines}", say!(language, "load-title"))
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn row(label: String, count: u64) -> Vec<String> {
    vec![format::number(whole(count)), label]
}

/// Columns of figures stand to the right, all others to the left.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cell = |row: &Vec<String>, column: usize| row.get(column).cloned().unwrap_or_default();
    let width = |column: usize| rows.iter().map(|row| places(&cell(row, column))).max().unwrap_or(0);
    let figures =
        |column: usize| rows.last().is_some_and(|row| cell(row, column).starts_with(|c: char| c.is_ascii_digit()));
    let mut text = String::new();
    for row in rows {
        let mut line = String::from(" ");
        for column in 0..columns {
            let value = cell(row, column);
            let gap = " ".repeat(width(column).saturating_sub(places(&value)));
            line.push(' ');
            line.push_str(&if figures(column) { format!("{gap}{value} ") } else { format!("{value}{gap} ") });
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// How many places a text takes in a terminal: what is not Latin takes two.
fn places(text: &str) -> usize {
    text.chars().map(|character| if character < '\u{1100}' { 1 } else { 2 }).sum()
}
