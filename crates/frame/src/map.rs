//! A plan of the zone as SVG: river, parks, green, buildings, bridges with what is happening on them now. It takes
//! plain shapes; where they come from it does not know. Drawn for several widths, as charts are.

use crate::charts::{Canvas, text_width};
use crate::parts::Tone;
use crate::{Language, format, say};
use maud::{Markup, PreEscaped, Render, html};
use std::fmt::Write as _;

/// East and north, in metres from any origin; longitude and latitude do too, if multiplied to about the same scale.
pub type Point = (f64, f64);

/// What an area is made of, which decides how it is drawn; the later lies over the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// Land around the parks.
    Land,
    NorthPark,
    SouthPark,
    Green,
    River,
    Building,
}

impl Ground {
    fn class(self) -> &'static str {
        match self {
            Ground::Land => "land",
            Ground::NorthPark => "park park--north",
            Ground::SouthPark => "park park--south",
            Ground::Green => "green",
            Ground::River => "river",
            Ground::Building => "building",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    pub ground: Ground,
    pub outline: Vec<Point>,
    /// Its name, and a line below it: the hectares, the people present.
    pub label: Option<String>,
    pub note: Option<String>,
}

/// A crossing over the river, from its north end to its south end.
#[derive(Debug, Clone, PartialEq)]
pub struct Bridge {
    pub label: String,
    pub north: Point,
    pub south: Point,
    /// People who walked over it today.
    pub northbound: Option<u32>,
    pub southbound: Option<u32>,
    /// `Open`, `Closed until 14:00`.
    pub status: (Tone, String),
    pub href: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub language: Language,
    pub title: String,
    pub description: String,
    pub areas: Vec<Area>,
    pub bridges: Vec<Bridge>,
}

const WIDTHS: [(f64, &str); 3] = [(343.0, "map__narrow"), (640.0, "map__medium"), (1040.0, "map__wide")];

impl Plan {
    /// One SVG element for a drawing this wide, in CSS pixels.
    pub fn draw(&self, width: f64) -> String {
        let view = View::of(self, width);
        let mut canvas = Canvas::new(width, view.height);
        let mut areas: Vec<&Area> = self.areas.iter().collect();
        areas.sort_by_key(|area| area.ground);
        for area in &areas {
            canvas.raw_path(&view.outline(area), area.ground.class());
        }
        for bridge in &self.bridges {
            let (north, south) = (view.place(bridge.north), view.place(bridge.south));
            canvas.line(north, south, "bridge-edge");
            canvas.line(north, south, "bridge");
        }
        for area in &areas {
            label_area(&mut canvas, &view, area);
        }
        let mut plates = Vec::new();
        for bridge in &self.bridges {
            let plate = Plate::of(self.language, bridge, &view, &plates);
            plate.draw(&mut canvas, bridge);
            plates.push(plate);
        }
        canvas.finish(&self.title, &self.description)
    }
}

/// Metres to pixels, north at the top.
struct View {
    west: f64,
    north: f64,
    scale: f64,
    width: f64,
    height: f64,
}

impl View {
    fn of(plan: &Plan, width: f64) -> Self {
        let corners = plan.areas.iter().flat_map(|area| area.outline.iter().copied());
        let ends = plan.bridges.iter().flat_map(|bridge| [bridge.north, bridge.south]);
        let mut points = corners.chain(ends).filter(|(x, y)| x.is_finite() && y.is_finite());
        let first = points.next().unwrap_or((0.0, 0.0));
        let (mut west, mut east, mut south, mut north) = (first.0, first.0, first.1, first.1);
        for (x, y) in points {
            (west, east) = (west.min(x), east.max(x));
            (south, north) = (south.min(y), north.max(y));
        }
        let across = (east - west).max(1.0);
        let scale = width / across;
        // A phone shows a plan at least as high as four fifths of its width, so that labels find room.
        let height = ((north - south).max(1.0) * scale).clamp(width * 0.3, width * 1.2);
        Self { west, north, scale, width, height }
    }

    fn place(&self, (x, y): Point) -> (f64, f64) {
        ((x - self.west) * self.scale, (self.north - y) * self.scale)
    }

    /// Rivers and green run in curves through their corners, all else straight.
    fn outline(&self, area: &Area) -> String {
        let points: Vec<(f64, f64)> = area.outline.iter().map(|point| self.place(*point)).collect();
        let curved = matches!(area.ground, Ground::River | Ground::Green | Ground::NorthPark | Ground::SouthPark);
        if curved { closed_curve(&points) } else { closed_line(&points) }
    }
}

fn closed_line(points: &[(f64, f64)]) -> String {
    let mut data = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        let _ = write!(data, "{}{x:.1} {y:.1}", if index == 0 { 'M' } else { 'L' });
    }
    data.push('Z');
    data
}

/// A closed Catmull-Rom curve through the points, as Bézier segments.
fn closed_curve(points: &[(f64, f64)]) -> String {
    let at = |index: usize| points.get(index % points.len().max(1)).copied().unwrap_or((0.0, 0.0));
    let count = points.len();
    let start = at(0);
    let mut data = format!("M{:.1} {:.1}", start.0, start.1);
    for index in 0..count {
        let (before, from, to, after) = (at(index + count - 1), at(index), at(index + 1), at(index + 2));
        // A sixth of the way gives the curve that passes through its points; less keeps corners of parks firm.
        let first = (from.0 + (to.0 - before.0) / 9.0, from.1 + (to.1 - before.1) / 9.0);
        let second = (to.0 - (after.0 - from.0) / 9.0, to.1 - (after.1 - from.1) / 9.0);
        let _ = write!(data, "C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}", first.0, first.1, second.0, second.1, to.0, to.1);
    }
    data.push('Z');
    data
}

fn label_area(canvas: &mut Canvas, view: &View, area: &Area) {
    use crate::charts::Anchor;
    let Some(label) = &area.label else { return };
    let count = area.outline.len().max(1) as f64;
    let sum = area.outline.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    let (x, y) = view.place((sum.0 / count, sum.1 / count));
    let half = text_width(label) / 2.0 * 1.3;
    let x = x.clamp(half + 8.0, (view.width - half - 8.0).max(half + 8.0));
    let y = y.clamp(22.0, (view.height - 28.0).max(22.0));
    let class = if area.ground == Ground::River { "river-name" } else { "area-name" };
    canvas.text(x, y, Anchor::Middle, class, label);
    if let Some(note) = &area.note {
        canvas.text(x, y + 20.0, Anchor::Middle, "area-note", note);
    }
}

/// The small board at a bridge: name, state, people each way.
struct Plate {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    lines: Vec<String>,
    middle: (f64, f64),
}

impl Plate {
    fn of(language: Language, bridge: &Bridge, view: &View, others: &[Plate]) -> Self {
        let mut lines = vec![bridge.status.1.clone()];
        if let Some(count) = bridge.northbound {
            lines.push(format!("↑ {} {}", say!(language, "map-north"), format::number(i64::from(count))));
        }
        if let Some(count) = bridge.southbound {
            lines.push(format!("↓ {} {}", say!(language, "map-south"), format::number(i64::from(count))));
        }
        let widest = lines.iter().map(|line| text_width(line)).fold(text_width(&bridge.label) * 1.1, f64::max);
        let (width, height) = (widest + 38.0, 34.0 + 19.0 * lines.len() as f64);
        let (north, south) = (view.place(bridge.north), view.place(bridge.south));
        let middle = ((north.0 + south.0) / 2.0, (north.1 + south.1) / 2.0);
        let keep = |x: f64| x.clamp(6.0, (view.width - width - 6.0).max(6.0));
        let right = middle.0 + 18.0;
        let x = if right + width < view.width - 6.0 { right } else { keep(middle.0 - width - 18.0) };
        let mut y = (middle.1 - height / 2.0).clamp(6.0, (view.height - height - 6.0).max(6.0));
        for other in others {
            let apart =
                x + width < other.x || other.x + other.width < x || y + height < other.y || other.y + other.height < y;
            if !apart {
                y = (other.y + other.height + 8.0).min((view.height - height - 6.0).max(6.0));
            }
        }
        Self { x, y, width, height, lines, middle }
    }

    fn draw(&self, canvas: &mut Canvas, bridge: &Bridge) {
        let body = |canvas: &mut Canvas| {
            use crate::charts::Anchor;
            canvas.line(self.middle, (self.x.max(self.middle.0.min(self.x + self.width)), self.middle.1), "leader");
            canvas.circle(self.middle.0, self.middle.1, 5.0, "pin");
            canvas.rounded_rect(self.x, self.y, self.width, self.height, 10.0, "plate");
            canvas.text(self.x + 14.0, self.y + 23.0, Anchor::Start, "plate-name", &bridge.label);
            for (index, line) in self.lines.iter().enumerate() {
                let y = self.y + 44.0 + 19.0 * index as f64;
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

impl Render for Plan {
    fn render(&self) -> Markup {
        html! {
            div.map {
                @for (width, class) in WIDTHS { div class=(class) { (PreEscaped(self.draw(width))) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan {
            language: Language::En,
            title: "<Plan>".into(),
            description: "\"two\" banks".into(),
            areas: vec![Area {
                ground: Ground::River,
                outline: vec![(0.0, 0.0), (1_000.0, 0.0), (1_000.0, 200.0), (0.0, 200.0)],
                label: Some("<River>".into()),
                note: Some("&".into()),
            }],
            bridges: vec![Bridge {
                label: "<West>".into(),
                north: (300.0, 220.0),
                south: (300.0, -20.0),
                northbound: Some(1_204),
                southbound: None,
                status: (Tone::Good, "<Open>".into()),
                href: Some("/x\"y".into()),
            }],
        }
    }

    #[test]
    fn a_plan_escapes_its_labels_and_counts_people() {
        let drawing = plan().draw(640.0);
        assert!(drawing.contains("&lt;River&gt;") && drawing.contains("&lt;West&gt;") && !drawing.contains("<West>"));
        assert!(drawing.contains("↑ Northbound 1,204") && !drawing.contains("Southbound"));
        assert!(drawing.contains(r#"href="/x&quot;y""#));
    }

    #[test]
    fn an_empty_or_broken_plan_is_drawn_without_a_panic() {
        let mut empty = plan();
        empty.areas.clear();
        empty.bridges.clear();
        assert!(empty.draw(300.0).starts_with("<svg"));
        let mut broken = plan();
        broken.areas[0].outline = vec![(f64::NAN, 1.0)];
        assert!(broken.draw(300.0).starts_with("<svg"));
    }

    #[test]
    fn boards_of_neighbouring_bridges_do_not_cover_one_another() {
        let mut two = plan();
        let mut east = plan().bridges[0].clone();
        east.label = "East".into();
        two.bridges.push(east);
        let view = View::of(&two, 640.0);
        let first = Plate::of(Language::En, &two.bridges[0], &view, &[]);
        let second =
            Plate::of(Language::En, &two.bridges[1], &View { height: 400.0, ..view }, std::slice::from_ref(&first));
        assert!(second.y >= first.y + first.height);
    }
}
