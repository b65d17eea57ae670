//! Charts as SVG, drawn on the server: bars, groups of bars, columns, lines, steps, stacked areas, heat maps, strips. Each is drawn
//! for three widths, so that its text is never scaled below what can be read; a page's style shows the one that fits.
//! Series are labelled where they are drawn and told apart by pattern or dash as well as by colour. Nothing here
//! knows where figures come from; the command line and reports use it too.

use crate::parts::{Column, Table, details};
use crate::{Language, format, say};
use maud::{Markup, PreEscaped, Render, html};

mod bars;
mod canvas;
mod groups;
mod heat;
mod lines;
mod scale;
mod strip;

pub use bars::{bars, columns};
pub(crate) use canvas::{Anchor, Canvas, text_width};
pub use groups::groups;
pub use heat::heat;
pub use lines::{areas, lines, steps};
pub use strip::strip;

/// What a chart is about, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub language: Language,
    pub title: String,
    /// What to see in it, in a sentence; also for those who do not see it.
    pub description: String,
    /// What the values count: `人次`, `crossings`.
    pub unit: String,
    /// What the names along the chart are: `時段`, `Gate`. Heads the first column of the data table.
    pub across: String,
}

/// Values under one name; as many as the chart has positions. A value that is not finite is a gap.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub label: String,
    pub values: Vec<f64>,
}

impl Series {
    pub fn new(label: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Self {
        Self { label: label.into(), values: values.into_iter().collect() }
    }
}

/// The widths that every chart is drawn for, in CSS pixels; `charts.css` shows one by the room there is.
const WIDTHS: [f64; 3] = [304.0, 460.0, 760.0];
const WIDTH_CLASSES: [&str; 3] = ["chart__narrow", "chart__medium", "chart__wide"];

/// A drawn chart with its figures.
#[derive(Debug, Clone)]
#[must_use]
pub struct Chart {
    about: About,
    drawings: Vec<String>,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Chart {
    /// `draw` fills a canvas of a given width and returns it; `head` and `rows` are the data table.
    fn new(about: &About, head: Vec<String>, rows: Vec<Vec<String>>, draw: impl Fn(f64) -> Canvas) -> Self {
        let drawings = WIDTHS.into_iter().map(|width| draw(width).finish(&about.title, &about.description)).collect();
        Self { about: about.clone(), drawings, head, rows }
    }

    /// One SVG file with its own style sheet, for reports and the command line.
    pub fn standalone(&self) -> String {
        let drawing = self.drawings.last().map(String::as_str).unwrap_or_default();
        let style = include_str!("../../../web/styles/50-charts.css");
        match drawing.split_once('>') {
            Some((open, rest)) => {
                format!("{open} xmlns=\"http://www.w3.org/2000/svg\"><style>{style}</style>{rest}")
            }
            None => String::new(),
        }
    }

    fn table(&self) -> Table {
        let mut head = self.head.iter();
        let first = head.next().map(|label| Column::text(label.as_str()));
        let columns = first.into_iter().chain(head.map(|label| Column::number(label.as_str())));
        let rows = self.rows.iter().map(|row| row.iter().map(|cell| html! { (cell) }));
        Table::new(self.about.title.as_str(), columns).hide_caption().rows(rows)
    }
}

impl Render for Chart {
    fn render(&self) -> Markup {
        html! {
            figure.chart {
                figcaption {
                    p.chart__title { (self.about.title) }
                    @if !self.about.description.is_empty() { p.chart__description { (self.about.description) } }
                }
                div.chart__room {
                    @for (drawing, class) in self.drawings.iter().zip(WIDTH_CLASSES) {
                        div class=(class) { (PreEscaped(drawing)) }
                    }
                }
                (details(say!(self.about.language, "chart-table"), self.table()))
            }
        }
    }
}

/// A value as charts and their tables show it.
fn shown(value: f64) -> String {
    format::decimal(value, if value.abs() < 10.0 { 1 } else { 0 })
}

/// Figures of several series by position, for the data table.
fn series_table(about: &About, positions: &[String], series: &[Series]) -> (Vec<String>, Vec<Vec<String>>) {
    let head = std::iter::once(about.across.clone()).chain(series.iter().map(|one| one.label.clone())).collect();
    let rows = positions
        .iter()
        .enumerate()
        .map(|(index, position)| {
            let values = series.iter().map(|one| shown(one.values.get(index).copied().unwrap_or(f64::NAN)));
            std::iter::once(position.clone()).chain(values).collect()
        })
        .collect();
    (head, rows)
}

#[cfg(test)]
mod tests;
