//! Groups: names too long to stand below columns (services, offices), each with one lying bar for every series, named
//! beside it and with its value at its end.

use super::canvas::{Anchor, LINE_HEIGHT, wrapped};
use super::scale::Scale;
use super::{About, Canvas, Chart, Series, series_table, shown, text_width};

const BAR: f64 = 18.0;
const PITCH: f64 = 24.0;
/// Between the last bar of a group and the next group's name.
const GAP: f64 = 16.0;

/// For each name one bar of every series, all on one scale.
pub fn groups(about: &About, names: &[String], series: &[Series]) -> Chart {
    let (head, rows) = series_table(about, names, series);
    Chart::new(about, head, rows, |width| draw(width, names, series))
}

fn draw(width: f64, names: &[String], series: &[Series]) -> Canvas {
    let values = || series.iter().flat_map(|one| one.values.iter().copied()).filter(|value| value.is_finite());
    let scale = Scale::holding(values());
    let labels = series.iter().map(|one| text_width(&one.label)).fold(0.0, f64::max).min(width * 0.5);
    let numbers = values().map(|value| text_width(&shown(value))).fold(0.0, f64::max) + 14.0;
    let left = labels + 12.0;
    let room = (width - left - numbers).max(20.0);
    let headings: Vec<Vec<String>> = names.iter().map(|name| wrapped(name, width)).collect();
    let lines: usize = headings.iter().map(Vec::len).sum();
    let group = PITCH * series.len() as f64 + GAP + 6.0;
    let mut canvas = Canvas::new(width, LINE_HEIGHT * lines as f64 + group * names.len() as f64);
    let mut top = 0.0;
    for (index, heading) in headings.iter().enumerate() {
        for line in heading {
            canvas.text(0.0, top + 14.0, Anchor::Start, "group", line);
            top += LINE_HEIGHT;
        }
        top += 6.0;
        for (number, one) in series.iter().enumerate() {
            let value = one.values.get(index).copied().unwrap_or(f64::NAN);
            canvas.text(labels, top + 13.5, Anchor::End, "label", &one.label);
            canvas.rect(left, top, room, BAR, "ground");
            if value.is_finite() {
                let length = scale.share(value) * room;
                canvas.rect(left, top, length, BAR, &format!("fill-{}", number % 6));
                canvas.texture(left, top, length, BAR, number);
                canvas.text(left + length + 8.0, top + 13.5, Anchor::Start, "value", &shown(value));
            }
            top += PITCH;
        }
        top += GAP;
    }
    canvas
}
