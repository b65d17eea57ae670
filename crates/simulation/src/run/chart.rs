//! The report drawn: the longest line at every gate by quarter of an hour, and how long people waited.

use super::report::{GateReport, Report};
use base::{Key, Language};
use frame::charts::{About, Series, columns, heat};
use frame::{format, say};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

const WIDTH: f64 = 760.0;
const GAP: f64 = 24.0;
const TITLE: f64 = 26.0;

impl Report {
    /// One SVG file, in the language given.
    pub fn svg_in(&self, language: Language) -> String {
        let mut drawings = vec![self.queue_chart(language, false)];
        if self.outage.is_some() {
            drawings.push(self.queue_chart(language, true));
        }
        drawings.push(self.wait_chart(language));
        let mut body = String::new();
        let mut y = TITLE;
        for (title, drawing) in &drawings {
            let height = height_of(drawing);
            let _ = write!(
                body,
                r#"<text x="0" y="{}" font-family="sans-serif" font-size="16" font-weight="700">{}</text>"#,
                y - 8.0,
                escaped(title)
            );
            // A drawing of its own inside the page: its coordinates stay as they are.
            body.push_str(&drawing.replacen("<svg", &format!(r#"<svg x="0" y="{y}""#), 1));
            y += height + GAP + TITLE;
        }
        let total = y - TITLE;
        format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 -8 {} {}" lang="{language}"><rect x="-16" y="-8" width="100%" height="100%" fill="#fff"/>{body}</svg>"##,
            WIDTH + 32.0,
            total + 16.0,
        )
    }

    /// One SVG file in English.
    pub fn svg(&self) -> String {
        self.svg_in(Language::En)
    }

    /// Rows are gates, columns quarters of an hour of the day; a cell is the longest line on any day. The half-day in
    /// which a gate was closed has a drawing of its own: beside its lines all others would be nothing.
    fn queue_chart(&self, language: Language, disturbed: bool) -> (String, String) {
        let zone = self.clocks();
        let mut longest: BTreeMap<(&Key, String), u32> = BTreeMap::new();
        for quarter in self.quarters.iter().filter(|quarter| quarter.disturbed == disturbed) {
            let cell = longest.entry((&quarter.gate, format::time_of_day(quarter.from, &zone))).or_default();
            *cell = (*cell).max(quarter.queue_max);
        }
        // Times of day of two digits and two: their order as texts is their order in time. Quiet ones between are shown.
        let mut seen: BTreeSet<&String> = longest.keys().map(|(_, time)| time).collect();
        let (first, last) =
            (seen.pop_first().cloned().unwrap_or_default(), seen.pop_last().cloned().unwrap_or_default());
        let of_day = (0..96).map(|quarter| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15));
        let labels: Vec<String> = of_day.filter(|time| *time >= first && *time <= last).collect();
        let names: Vec<String> = self.gates.iter().map(|gate| gate.name.get(language).to_owned()).collect();
        let values: Vec<Vec<f64>> = self
            .gates
            .iter()
            .map(|gate| {
                let at = |time: &String| longest.get(&(&gate.gate, time.clone())).copied().unwrap_or(0);
                labels.iter().map(|time| f64::from(at(time))).collect()
            })
            .collect();
        let about = About {
            language,
            title: if disturbed {
                say!(language, "chart-disturbed-title")
            } else {
                say!(language, "chart-queues-title")
            },
            description: say!(language, "chart-queues-description"),
            unit: say!(language, "chart-queues-unit"),
            across: say!(language, "chart-queues-across"),
        };
        (about.title.clone(), heat(&about, &names, &labels, &values).standalone())
    }

    fn wait_chart(&self, language: Language) -> (String, String) {
        let positions: Vec<String> = self.gates.iter().map(|gate| gate.name.get(language).to_owned()).collect();
        let series = |half: &str, percentile: &str, of: fn(&GateReport) -> u32| {
            let seconds = self.gates.iter().map(|gate| f64::from(of(gate)) / 1_000.0);
            Series::new(format!("{half} {percentile}"), seconds)
        };
        let (morning, evening) = (say!(language, "report-morning"), say!(language, "report-evening"));
        let all = [
            series(&morning, "p50", |gate| gate.morning.wait_p50_ms),
            series(&morning, "p95", |gate| gate.morning.wait_p95_ms),
            series(&evening, "p50", |gate| gate.evening.wait_p50_ms),
            series(&evening, "p95", |gate| gate.evening.wait_p95_ms),
        ];
        let about = About {
            language,
            title: say!(language, "chart-waits-title"),
            description: say!(language, "chart-waits-description"),
            unit: say!(language, "chart-waits-unit"),
            across: say!(language, "chart-waits-across"),
        };
        (about.title.clone(), columns(&about, &positions, &all).standalone())
    }
}

/// From the drawing's own `viewBox`.
fn height_of(drawing: &str) -> f64 {
    let view_box = drawing.split_once("viewBox=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(view, _)| view);
    view_box.and_then(|view| view.split_whitespace().nth(3)).and_then(|height| height.parse().ok()).unwrap_or(300.0)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
