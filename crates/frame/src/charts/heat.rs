//! A heat map: a value for every row and column (gates by hour), darker where it is larger. The largest of each row
//! is written out, so that the shade alone is not needed.

use super::canvas::{Anchor, FONT_SIZE};
use super::scale::every;
use super::{About, Canvas, Chart, shown, text_width};

/// `values` holds a row of values for every row's name.
pub fn heat(about: &About, rows: &[String], columns: &[String], values: &[Vec<f64>]) -> Chart {
    let head = std::iter::once(about.across.clone()).chain(rows.iter().cloned()).collect();
    let table = columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let cells = values.iter().map(|row| shown(row.get(index).copied().unwrap_or(f64::NAN)));
            std::iter::once(column.clone()).chain(cells).collect()
        })
        .collect();
    Chart::new(about, head, table, |width| draw(width, about, rows, columns, values))
}

fn draw(width: f64, about: &About, rows: &[String], columns: &[String], values: &[Vec<f64>]) -> Canvas {
    let labels = rows.iter().map(|label| text_width(label)).fold(0.0, f64::max);
    let above = labels > width * 0.3;
    let left = if above { 0.0 } else { labels + 12.0 };
    let cell = (width - left) / columns.len().max(1) as f64;
    let height = 30.0;
    let pitch = if above { height + 26.0 } else { height + 4.0 };
    let largest = values.iter().flatten().copied().filter(|value| value.is_finite()).fold(0.0, f64::max);
    let grid = pitch * rows.len() as f64;
    let mut canvas = Canvas::new(width, grid + 62.0);
    for (row, (label, line)) in rows.iter().zip(values).enumerate() {
        let top = pitch * row as f64 + if above { 22.0 } else { 0.0 };
        if above {
            canvas.text(0.0, top - 7.0, Anchor::Start, "label", label);
        } else {
            canvas.text(labels, top + 20.0, Anchor::End, "label", label);
        }
        let peak = line.iter().copied().filter(|value| value.is_finite()).fold(0.0, f64::max);
        for (column, (name, value)) in columns.iter().zip(line).enumerate() {
            let shade = shade(*value, largest);
            let x = left + cell * column as f64;
            let title = format!("{label} · {name} · {}", shown(*value));
            canvas.titled_rect(x + 0.5, top, cell - 1.0, height, &format!("heat-{shade}"), &title);
            let text = shown(*value);
            let fits = text_width(&text) * 1.06 < cell - 5.0;
            if fits && (*value > 0.0 || cell > 40.0) {
                let class = if shade >= 4 { "value value--light" } else { "value" };
                canvas.text(x + cell / 2.0, top + 20.0, Anchor::Middle, class, &text);
            } else if *value == peak && peak > 0.0 {
                canvas.circle(
                    x + cell / 2.0,
                    top + height / 2.0,
                    2.5,
                    if shade >= 4 { "peak peak--light" } else { "peak" },
                );
            }
        }
    }
    let widest = columns.iter().map(|label| text_width(label)).fold(0.0, f64::max);
    for (index, label) in columns.iter().enumerate().step_by(every(columns.len(), widest, width - left)) {
        let half = text_width(label) / 2.0;
        let x = (left + cell * (index as f64 + 0.5)).clamp(half, (width - half).max(half));
        canvas.text(x, grid + 16.0, Anchor::Middle, "axis", label);
    }
    shades(&mut canvas, about, largest, grid + 34.0);
    canvas
}

/// Six shades; nought and gaps are the lightest, which no other value is.
fn shade(value: f64, largest: f64) -> u32 {
    if !(value > 0.0 && largest > 0.0) { 0 } else { (value / largest * 5.0).ceil().clamp(1.0, 5.0) as u32 }
}

/// What the shades mean.
fn shades(canvas: &mut Canvas, about: &About, largest: f64, y: f64) {
    canvas.text(0.0, y + FONT_SIZE + 2.0, Anchor::Start, "axis", "0");
    let mut x = 18.0;
    for shade in 0..=5 {
        canvas.rect(x, y + 2.0, 20.0, 16.0, &format!("heat-{shade}"));
        x += 21.0;
    }
    let most = format!("{} {}", shown(largest), about.unit);
    canvas.text(x + 7.0, y + FONT_SIZE + 2.0, Anchor::Start, "axis", &most);
}
