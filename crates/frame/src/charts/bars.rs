//! Bars (one value for each name, lying, with the value at the end) and columns (several series by position).

use super::canvas::{Anchor, FONT_SIZE, LINE_HEIGHT};
use super::scale::{Scale, every};
use super::{About, Canvas, Chart, Series, series_table, shown, text_width};

/// One bar for each name, in the order given.
pub fn bars(about: &About, values: &[(String, f64)]) -> Chart {
    let head = vec![about.across.clone(), about.unit.clone()];
    let rows = values.iter().map(|(label, value)| vec![label.clone(), shown(*value)]).collect();
    Chart::new(about, head, rows, |width| draw_bars(width, values))
}

fn draw_bars(width: f64, values: &[(String, f64)]) -> Canvas {
    let labels = values.iter().map(|(label, _)| text_width(label)).fold(0.0, f64::max);
    let numbers = values.iter().map(|(_, value)| text_width(&shown(*value))).fold(0.0, f64::max) + 14.0;
    // Where names would take over two fifths of the room they stand above their bars.
    let above = labels > width * 0.4;
    let left = if above { 0.0 } else { labels + 12.0 };
    let pitch = if above { 46.0 } else { 34.0 };
    let scale = Scale::holding(values.iter().map(|(_, value)| *value));
    let room = (width - left - numbers).max(20.0);
    let mut canvas = Canvas::new(width, pitch * values.len() as f64 + 4.0);
    for (index, (label, value)) in values.iter().enumerate() {
        let top = pitch * index as f64 + if above { LINE_HEIGHT + 4.0 } else { 6.0 };
        let length = scale.share(*value) * room;
        if above {
            canvas.text(0.0, top - 6.0, Anchor::Start, "label", label);
        } else {
            canvas.text(labels, top + 15.5, Anchor::End, "label", label);
        }
        canvas.rect(left, top, room, 22.0, "ground");
        canvas.rect(left, top, length, 22.0, "fill-0");
        canvas.text(left + length + 8.0, top + 15.5, Anchor::Start, "value", &shown(*value));
    }
    canvas
}

/// Upright columns: for each position one column of every series, side by side.
pub fn columns(about: &About, positions: &[String], series: &[Series]) -> Chart {
    let (head, rows) = series_table(about, positions, series);
    Chart::new(about, head, rows, |width| draw_columns(width, about, positions, series))
}

fn draw_columns(width: f64, about: &About, positions: &[String], series: &[Series]) -> Canvas {
    let scale = Scale::holding(series.iter().flat_map(|one| one.values.iter().copied()));
    let mut canvas = Canvas::new(width, 290.0);
    let top = key(&mut canvas, series);
    let frame = Frame::draw(&mut canvas, scale, top, 0.0, &about.unit);
    let slot = frame.width() / positions.len().max(1) as f64;
    let thickness = (slot * 0.76 / series.len().max(1) as f64).min(34.0);
    let labelled = thickness >= text_width("0000") * 0.9;
    for (index, position) in positions.iter().enumerate() {
        let middle = frame.left + slot * (index as f64 + 0.5);
        for (number, one) in series.iter().enumerate() {
            let Some(value) = one.values.get(index).copied().filter(|value| value.is_finite()) else { continue };
            let x = middle + thickness * (number as f64 - series.len() as f64 / 2.0);
            let y = frame.y(scale, value);
            let title = format!("{position} · {} · {}", one.label, shown(value));
            let column = thickness - 2.0;
            canvas.titled_rect(x + 1.0, y, column, frame.bottom - y, &format!("fill-{}", number % 6), &title);
            canvas.texture(x + 1.0, y, column, frame.bottom - y, number);
            if labelled {
                canvas.text(x + thickness / 2.0, y - 5.0, Anchor::Middle, "value", &shown(value));
            }
        }
    }
    frame.positions(&mut canvas, positions, slot, slot / 2.0);
    canvas
}

/// The names of the series with their patterns, above the drawing, wrapping; gives the height used. Nothing for one.
pub fn key(canvas: &mut Canvas, series: &[Series]) -> f64 {
    if series.len() < 2 {
        return 0.0;
    }
    let (mut x, mut y) = (0.0, 0.0);
    for (number, one) in series.iter().enumerate() {
        let width = text_width(&one.label) + 40.0;
        if x > 0.0 && x + width > canvas.width {
            x = 0.0;
            y += 24.0;
        }
        canvas.rect(x, y + 2.0, 16.0, 16.0, &format!("fill-{}", number % 6));
        canvas.texture(x, y + 2.0, 16.0, 16.0, number);
        canvas.text(x + 22.0, y + 15.0, Anchor::Start, "label", &one.label);
        x += width;
    }
    y + 32.0
}

/// The plotting area with its grid.
pub struct Frame {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl Frame {
    /// Draws the grid below `top` and left of `margin`, the unit over the axis, and room for labels at the foot.
    pub fn draw(canvas: &mut Canvas, scale: Scale, top: f64, margin: f64, unit: &str) -> Self {
        let widest = scale.ticks().map(|tick| text_width(&shown(tick))).fold(0.0, f64::max);
        let frame = Self {
            left: widest + 10.0,
            right: canvas.width - 2.0 - margin,
            top: top + 26.0,
            bottom: canvas.height - 26.0,
        };
        canvas.text(0.0, top + FONT_SIZE, Anchor::Start, "axis", unit);
        for tick in scale.ticks() {
            let y = frame.y(scale, tick);
            canvas.line((frame.left, y), (frame.right, y), if tick == 0.0 { "base" } else { "grid" });
            canvas.text(widest, y + 4.5, Anchor::End, "axis", &shown(tick));
        }
        frame
    }

    pub fn width(&self) -> f64 {
        (self.right - self.left).max(1.0)
    }

    pub fn y(&self, scale: Scale, value: f64) -> f64 {
        self.bottom - scale.share(value) * (self.bottom - self.top)
    }

    /// The names of positions under the axis, thinned until they fit.
    pub fn positions(&self, canvas: &mut Canvas, positions: &[String], pitch: f64, offset: f64) {
        let widest = positions.iter().map(|label| text_width(label)).fold(0.0, f64::max);
        let step = every(positions.len(), widest, self.width());
        let mut end = f64::NEG_INFINITY;
        for (index, label) in positions.iter().enumerate().step_by(step) {
            let half = text_width(label) / 2.0;
            let x = (self.left + offset + pitch * index as f64).clamp(half, (canvas.width - half).max(half));
            // The last label is moved in from the edge, and left out where it would touch its neighbour.
            if x - half < end + 6.0 {
                continue;
            }
            end = x + half;
            canvas.text(x, self.bottom + 19.0, Anchor::Middle, "axis", label);
        }
    }
}
