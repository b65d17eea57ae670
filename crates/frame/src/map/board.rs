//! The small board of each bridge: name, state, people each way. On a wide plan it stands beside its bridge, away from
//! the middle; on a phone below the plan, where it covers nothing.

use super::{Bridge, Plan, View};
use crate::charts::{Anchor, Canvas, text_width};
use crate::{Language, format, say};

const GAP: f64 = 8.0;
/// Between a board and the middle of its bridge, at the least.
const CLEAR: f64 = 10.0;
const LINE: f64 = 19.0;

pub struct Plate {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    lines: Vec<String>,
    /// The middle of the bridge.
    pin: (f64, f64),
    /// Where the board is not beside its bridge, both carry a number.
    number: Option<usize>,
}

/// The board of every bridge, in order, and the height of the drawing with them.
pub fn lay_out(plan: &Plan, view: &View) -> (Vec<Plate>, f64) {
    let mut plates: Vec<Plate> = plan.bridges.iter().map(|bridge| Plate::of(plan.language, bridge, view)).collect();
    if view.width >= super::PHONE {
        for index in 1..plates.len() {
            let (before, after) = plates.split_at_mut(index);
            let Some(plate) = after.first_mut() else { break };
            for other in before.iter() {
                if plate.covers(other) {
                    // Below the other, or above it where the plan ends too soon.
                    let below = other.y + other.height + GAP;
                    plate.y = if below + plate.height < view.height { below } else { other.y - plate.height - GAP };
                }
            }
        }
        return (plates, view.height);
    }
    let half = (view.width - GAP) / 2.0;
    let columns = if plates.iter().all(|plate| plate.width <= half) { 2 } else { 1 };
    let width = if columns == 2 { half } else { view.width };
    let tallest = plates.iter().map(|plate| plate.height).fold(0.0, f64::max);
    for (index, plate) in plates.iter_mut().enumerate() {
        plate.x = (width + GAP) * (index % columns) as f64;
        plate.y = view.height + GAP + (tallest + GAP) * (index / columns) as f64;
        (plate.width, plate.height, plate.number) = (width, tallest, Some(index + 1));
    }
    let rows = plates.len().div_ceil(columns) as f64;
    (plates, view.height + (tallest + GAP) * rows)
}

impl Plate {
    fn of(language: Language, bridge: &Bridge, view: &View) -> Self {
        let mut lines = vec![bridge.status.1.clone()];
        if let Some(count) = bridge.northbound {
            lines.push(format!("↑ {} {}", say!(language, "map-north"), format::number(i64::from(count))));
        }
        if let Some(count) = bridge.southbound {
            lines.push(format!("↓ {} {}", say!(language, "map-south"), format::number(i64::from(count))));
        }
        let widest = lines.iter().map(|line| text_width(line)).fold(text_width(&bridge.label) * 1.1, f64::max);
        let (width, height) = (widest + 44.0, 34.0 + LINE * lines.len() as f64);
        let (north, south) = (view.place(bridge.north), view.place(bridge.south));
        let pin = ((north.0 + south.0) / 2.0, (north.1 + south.1) / 2.0);
        let (right_most, lowest) = ((view.width - width - 6.0).max(6.0), (view.height - height - 6.0).max(6.0));
        let on_the_left = pin.0 < view.width / 2.0;
        // As far from its bridge as there is room for, towards the edge: the middle is for the names of the parks.
        let x = if on_the_left { (pin.0 - width - 22.0).max(6.0) } else { (pin.0 + 22.0).min(right_most) };
        let has_room = if on_the_left { x + width <= pin.0 - CLEAR } else { x >= pin.0 + CLEAR };
        // No room between the bridge and the edge: it hangs below, so that the bridge stays to be seen.
        let y = if has_room { pin.1 - height / 2.0 } else { north.1.max(south.1) + 12.0 };
        let (x, y) = (x.clamp(6.0, right_most), y.clamp(6.0, lowest));
        Self { x, y, width, height, lines, pin, number: None }
    }

    pub fn covers(&self, other: &Plate) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    #[cfg(test)]
    pub fn holds(&self, (x, y): (f64, f64)) -> bool {
        (self.x..self.x + self.width).contains(&x) && (self.y..self.y + self.height).contains(&y)
    }

    pub fn draw(&self, canvas: &mut Canvas, bridge: &Bridge) {
        let body = |canvas: &mut Canvas| {
            match self.number {
                Some(number) => {
                    canvas.circle(self.pin.0, self.pin.1, 11.0, "pin");
                    canvas.text(self.pin.0, self.pin.1 + 4.5, Anchor::Middle, "pin-number", &number.to_string());
                }
                None => {
                    canvas.line(self.pin, (self.x + self.width / 2.0, self.pin.1), "leader");
                    canvas.circle(self.pin.0, self.pin.1, 5.0, "pin");
                }
            }
            canvas.rounded_rect(self.x, self.y, self.width, self.height, 10.0, "plate");
            let name = self.number.map_or_else(|| bridge.label.clone(), |number| format!("{number}  {}", bridge.label));
            canvas.text(self.x + 14.0, self.y + 23.0, Anchor::Start, "plate-name", &name);
            for (index, line) in self.lines.iter().enumerate() {
                let y = self.y + 44.0 + LINE * index as f64;
                if index == 0 {
                    canvas.circle(self.x + 18.0, y - 4.5, 4.0, bridge.status.0.class());
                    canvas.text(self.x + 28.0, y, Anchor::Start, "plate-line", line);
                } else {
                    canvas.text(self.x + 14.0, y, Anchor::Start, "plate-line plate-line--count", line);
                }
            }
        };
        match &bridge.href {
            Some(href) => canvas.link(href, body),
            None => body(canvas),
        }
    }
}
