//! A strip: one whole and its parts, side by side, each named below with its value and share.

use super::canvas::{Anchor, LINE_HEIGHT};
use super::{About, Canvas, Chart, shown};
use crate::format;

/// The parts of a whole, in the order given; negative and unknown values count as nought.
pub fn strip(about: &About, parts: &[(String, f64)]) -> Chart {
    let head = vec![about.across.clone(), about.unit.clone(), "%".to_owned()];
    let whole = whole(parts);
    let rows = parts
        .iter()
        .map(|(label, value)| vec![label.clone(), shown(*value), format::percent(share(*value, whole))])
        .collect();
    Chart::new(about, head, rows, |width| draw(width, about, parts))
}

fn whole(parts: &[(String, f64)]) -> f64 {
    parts.iter().map(|(_, value)| value.max(0.0)).filter(|value| value.is_finite()).sum()
}

fn share(value: f64, whole: f64) -> f64 {
    if whole > 0.0 && value.is_finite() { value.max(0.0) / whole } else { 0.0 }
}

fn draw(width: f64, about: &About, parts: &[(String, f64)]) -> Canvas {
    let whole = whole(parts);
    let mut canvas = Canvas::new(width, 44.0 + (LINE_HEIGHT + 8.0) * parts.len() as f64);
    canvas.rect(0.0, 2.0, width, 28.0, "ground");
    let mut x = 0.0;
    for (number, (label, value)) in parts.iter().enumerate() {
        let length = share(*value, whole) * width;
        let class = format!("fill-{}", number % 6);
        canvas.titled_rect(x, 2.0, (length - 1.5).max(0.0), 28.0, &class, &format!("{label} · {}", shown(*value)));
        canvas.texture(x, 2.0, (length - 1.5).max(0.0), 28.0, number);
        x += length;
        let y = 44.0 + (LINE_HEIGHT + 8.0) * number as f64;
        canvas.rect(0.0, y, 16.0, 16.0, &class);
        canvas.texture(0.0, y, 16.0, 16.0, number);
        canvas.text(24.0, y + 13.0, Anchor::Start, "label", label);
        let figure = format!("{} {} · {}", shown(*value), about.unit, format::percent(share(*value, whole)));
        canvas.text(width, y + 13.0, Anchor::End, "value", &figure);
    }
    canvas
}
