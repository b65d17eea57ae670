//! Lines, steps and stacked areas over positions of equal distance, each series named at its end.

use super::bars::{Frame, key};
use super::canvas::{Anchor, LINE_HEIGHT};
use super::scale::Scale;
use super::{About, Canvas, Chart, Series, series_table, text_width};

type Points = Vec<(f64, f64)>;

/// One line for each series.
pub fn lines(about: &About, positions: &[String], series: &[Series]) -> Chart {
    let (head, rows) = series_table(about, positions, series);
    Chart::new(about, head, rows, |width| draw_lines(width, about, positions, series, false))
}

/// A value holds until the next one: presence, balances.
pub fn steps(about: &About, positions: &[String], series: &[Series]) -> Chart {
    let (head, rows) = series_table(about, positions, series);
    Chart::new(about, head, rows, |width| draw_lines(width, about, positions, series, true))
}

fn draw_lines(width: f64, about: &About, positions: &[String], series: &[Series], stepped: bool) -> Canvas {
    let scale = Scale::holding(series.iter().flat_map(|one| one.values.iter().copied()));
    let mut canvas = Canvas::new(width, 280.0);
    // Names stand beside the ends of their lines where there is room for both.
    let widest = series.iter().map(|one| text_width(&one.label)).fold(0.0, f64::max) + 14.0;
    let beside = series.len() > 1 && widest < width * 0.3;
    let top = if beside { 0.0 } else { key(&mut canvas, series) };
    canvas.height += top;
    let frame = Frame::draw(&mut canvas, scale, top, if beside { widest } else { 0.0 }, &about.unit);
    let pitch = frame.width() / positions.len().saturating_sub(1).max(1) as f64;
    let mut ends = Vec::new();
    for (number, one) in series.iter().enumerate() {
        let mut points: Vec<(f64, f64)> = Vec::new();
        for (index, value) in one.values.iter().take(positions.len()).enumerate() {
            let point =
                (frame.left + pitch * index as f64, if value.is_finite() { frame.y(scale, *value) } else { f64::NAN });
            if let (true, Some((_, before))) = (stepped, points.last().copied()) {
                points.push((point.0, before));
            }
            points.push(point);
        }
        canvas.path(&points, false, &format!("line line-{}", number % 6));
        if let Some((x, y)) = points.iter().rev().find(|(_, y)| y.is_finite()).copied() {
            canvas.circle(x, y, 3.5, &format!("fill-{}", number % 6));
            ends.push((y, x, one.label.as_str()));
        }
    }
    if beside {
        label_ends(&mut canvas, ends, frame.bottom - 4.0);
    }
    frame.positions(&mut canvas, positions, pitch, 0.0);
    canvas
}

/// Writes names beside the ends of lines, pushed apart upwards from the axis where they would overlap.
fn label_ends(canvas: &mut Canvas, mut ends: Vec<(f64, f64, &str)>, bottom: f64) {
    ends.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut highest = bottom + LINE_HEIGHT;
    for (y, x, label) in ends {
        let at = y.min(highest - LINE_HEIGHT);
        canvas.text(x + 9.0, at + 4.5, Anchor::Start, "label", label);
        highest = at;
    }
}

/// Series on top of one another: what a whole is made of, over time. A gap counts as nought.
pub fn areas(about: &About, positions: &[String], series: &[Series]) -> Chart {
    let (head, rows) = series_table(about, positions, series);
    Chart::new(about, head, rows, |width| draw_areas(width, about, positions, series))
}

fn draw_areas(width: f64, about: &About, positions: &[String], series: &[Series]) -> Canvas {
    let value = |one: &Series, index: usize| one.values.get(index).copied().filter(|v| v.is_finite()).unwrap_or(0.0);
    let totals = (0..positions.len()).map(|index| series.iter().map(|one| value(one, index)).sum());
    let scale = Scale::holding(totals);
    let bands = |frame: &Frame| {
        let pitch = frame.width() / positions.len().saturating_sub(1).max(1) as f64;
        let mut floor = vec![0.0; positions.len()];
        let mut bands: Vec<(Points, Points)> = Vec::new();
        for one in series {
            let ceiling: Vec<f64> = floor.iter().enumerate().map(|(index, below)| below + value(one, index)).collect();
            let along = |heights: &[f64]| -> Points {
                let points = heights.iter().enumerate();
                points.map(|(index, height)| (frame.left + pitch * index as f64, frame.y(scale, *height))).collect()
            };
            bands.push((along(&ceiling), along(&floor)));
            floor = ceiling;
        }
        bands
    };
    let mut canvas = Canvas::new(width, 280.0);
    let mut frame = Frame::draw(&mut canvas, scale, 0.0, 0.0, &about.unit);
    let named = |frame: &Frame| {
        bands(frame).iter().zip(series).all(|((up, low), one)| place_in_band(up, low, &one.label, frame).is_some())
    };
    // Where a band is too thin for its name, all names stand above the drawing instead.
    let inside = named(&frame);
    if !inside {
        canvas = Canvas::new(width, 312.0);
        let top = key(&mut canvas, series);
        frame = Frame::draw(&mut canvas, scale, top, 0.0, &about.unit);
    }
    for (number, (upper, lower)) in bands(&frame).iter().enumerate() {
        let outline: Points = upper.iter().chain(lower.iter().rev()).copied().collect();
        canvas.path(&outline, true, &format!("area fill-{}", number % 6));
    }
    if inside {
        for ((upper, lower), one) in bands(&frame).iter().zip(series) {
            if let Some((x, y)) = place_in_band(upper, lower, &one.label, &frame) {
                canvas.text(x, y + 4.5, Anchor::Middle, "band", &one.label);
            }
        }
    }
    let pitch = frame.width() / positions.len().saturating_sub(1).max(1) as f64;
    frame.positions(&mut canvas, positions, pitch, 0.0);
    canvas
}

/// Where in a band its name fits: at its thickest place, if that is high enough for a line of text.
fn place_in_band(upper: &[(f64, f64)], lower: &[(f64, f64)], label: &str, frame: &Frame) -> Option<(f64, f64)> {
    let half = text_width(label) * 0.54 + 4.0;
    upper
        .iter()
        .zip(lower)
        .filter(|(high, _)| high.0 - half >= frame.left && high.0 + half <= frame.right)
        .map(|(high, low)| (high.0, (high.1 + low.1) / 2.0, low.1 - high.1))
        .max_by(|a, b| a.2.total_cmp(&b.2))
        .filter(|(_, _, thickness)| *thickness >= LINE_HEIGHT + 4.0)
        .map(|(x, y, _)| (x, y))
}
