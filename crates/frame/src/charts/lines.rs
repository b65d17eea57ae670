//! Lines, steps and stacked areas over positions of equal distance, each series named at its end.

use super::bars::{Frame, key};
use super::canvas::{Anchor, LINE_HEIGHT};
use super::scale::Scale;
use super::{About, Canvas, Chart, Series, series_table, text_width};

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
    let mut frame = Frame::draw(&mut canvas, scale, 0.0, &about.unit);
    // Names stand beside the ends of their lines where there is room for both.
    let widest = series.iter().map(|one| text_width(&one.label)).fold(0.0, f64::max) + 14.0;
    let beside = series.len() > 1 && widest < width * 0.3;
    if !beside && series.len() > 1 {
        canvas = Canvas::new(width, 300.0);
        let top = key(&mut canvas, series);
        frame = Frame::draw(&mut canvas, scale, top, &about.unit);
    }
    if beside {
        frame.right -= widest;
    }
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
        label_ends(&mut canvas, ends);
    }
    frame.positions(&mut canvas, positions, pitch, 0.0);
    canvas
}

/// Writes names beside the ends of lines, pushed apart where they would overlap.
fn label_ends(canvas: &mut Canvas, mut ends: Vec<(f64, f64, &str)>) {
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut lowest = f64::NEG_INFINITY;
    for (y, x, label) in ends {
        let at = y.max(lowest + LINE_HEIGHT);
        canvas.text(x + 9.0, at + 4.5, Anchor::Start, "label", label);
        lowest = at;
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
    let mut canvas = Canvas::new(width, 300.0);
    let top = key(&mut canvas, series);
    let frame = Frame::draw(&mut canvas, scale, top, &about.unit);
    let pitch = frame.width() / positions.len().saturating_sub(1).max(1) as f64;
    let mut floor = vec![0.0; positions.len()];
    for (number, one) in series.iter().enumerate() {
        let ceiling: Vec<f64> = floor.iter().enumerate().map(|(index, below)| below + value(one, index)).collect();
        let along = |values: &[f64]| -> Vec<(f64, f64)> {
            values
                .iter()
                .enumerate()
                .map(|(index, value)| (frame.left + pitch * index as f64, frame.y(scale, *value)))
                .collect()
        };
        let (upper, lower) = (along(&ceiling), along(&floor));
        let outline: Vec<(f64, f64)> = upper.iter().chain(lower.iter().rev()).copied().collect();
        canvas.path(&outline, true, &format!("area fill-{}", number % 6));
        hatch(&mut canvas, &upper, &lower, number);
        floor = ceiling;
    }
    frame.positions(&mut canvas, positions, pitch, 0.0);
    canvas
}

/// The pattern of a series inside its band: upright or lying strokes that follow the band's own outline.
fn hatch(canvas: &mut Canvas, upper: &[(f64, f64)], lower: &[(f64, f64)], number: usize) {
    let shares: &[f64] = match number % 4 {
        1 => &[0.5],
        2 => &[0.33, 0.67],
        3 => &[0.2, 0.4, 0.6, 0.8],
        _ => &[],
    };
    for share in shares {
        let along: Vec<(f64, f64)> = upper
            .iter()
            .zip(lower)
            .map(|(high, low)| {
                (high.0, if low.1 - high.1 > 4.0 { high.1 + (low.1 - high.1) * share } else { f64::NAN })
            })
            .collect();
        canvas.path(&along, false, "texture texture--line");
    }
}
