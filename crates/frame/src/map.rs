//! A plan of the zone as SVG: river, parks, green, buildings, bridges with what is happening on them now. It takes
//! plain shapes; where they come from it does not know. Drawn for several widths, as charts are.

use crate::Language;
use crate::charts::{Anchor, Canvas, text_width};
use crate::parts::Tone;
use maud::{Markup, PreEscaped, Render, html};
use std::fmt::Write as _;

mod board;

/// East and north, in any unit from any origin. A drawing whose `y` runs south gives `-y`.
pub type Point = (f64, f64);

/// What an area is made of, which decides how it is drawn; the later lies over the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// What is shown at all: its corners are the edge of the plan. Without one, the plan ends with what is drawn.
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

/// Below this width the boards of bridges stand below the plan, and the river is left unnamed.
const PHONE: f64 = 500.0;
const WIDTHS: [(f64, &str); 3] = [(343.0, "map__narrow"), (640.0, "map__medium"), (1040.0, "map__wide")];

impl Plan {
    /// One SVG element for a drawing this wide, in CSS pixels.
    pub fn draw(&self, width: f64) -> String {
        let view = View::of(self, width);
        let (plates, height) = board::lay_out(self, &view);
        let mut canvas = Canvas::new(width, height);
        canvas.rect(0.0, 0.0, width, view.height, "land");
        let mut areas: Vec<&Area> = self.areas.iter().filter(|area| area.ground != Ground::Land).collect();
        areas.sort_by_key(|area| area.ground);
        for area in &areas {
            canvas.raw_path(&view.outline(area), area.ground.class());
        }
        for bridge in &self.bridges {
            let (north, south) = (view.place(bridge.north), view.place(bridge.south));
            canvas.line(north, south, "bridge-edge");
            canvas.line(north, south, "bridge");
        }
        if height > view.height {
            canvas.rect(0.0, view.height, width, height - view.height, "foot");
        }
        for area in &areas {
            label_area(&mut canvas, &view, area);
        }
        for (plate, bridge) in plates.iter().zip(&self.bridges) {
            plate.draw(&mut canvas, bridge);
        }
        canvas.finish(&self.title, &self.description)
    }
}

/// River and parks in the plan's own units, to stand behind places that one chooses from.
pub fn backdrop(river: &[(u16, u16)], parks: &[Vec<(u16, u16)>]) -> maud::Markup {
    use crate::fields::points;
    maud::html! {
        @for park in parks { polygon.places__park points=(points(park)) {} }
        polygon.places__river points=(points(river)) {}
    }
}

/// Metres to pixels, north at the top.
struct View {
    west: f64,
    north: f64,
    scale: f64,
    scale_down: f64,
    width: f64,
    height: f64,
}

impl View {
    fn of(plan: &Plan, width: f64) -> Self {
        let framed = plan.areas.iter().any(|area| area.ground == Ground::Land);
        let shown = plan.areas.iter().filter(|area| !framed || area.ground == Ground::Land);
        let corners = shown.flat_map(|area| area.outline.iter().copied());
        let ends = plan.bridges.iter().filter(|_| !framed).flat_map(|bridge| [bridge.north, bridge.south]);
        let mut points = corners.chain(ends).filter(|(x, y)| x.is_finite() && y.is_finite());
        let first = points.next().unwrap_or((0.0, 0.0));
        let (mut west, mut east, mut south, mut north) = (first.0, first.0, first.1, first.1);
        for (x, y) in points {
            (west, east) = (west.min(x), east.max(x));
            (south, north) = (south.min(y), north.max(y));
        }
        let across = (east - west).max(1.0);
        let scale = width / across;
        // A plan for orientation, not a survey: on a phone it is drawn higher than it is, so that names find room.
        let lowest = if width < PHONE { width * 0.85 } else { width * 0.3 };
        let height = ((north - south).max(1.0) * scale).clamp(lowest, width * 1.2);
        let scale_down = height / (north - south).max(1.0);
        Self { west, north, scale, scale_down, width, height }
    }

    fn place(&self, (x, y): Point) -> (f64, f64) {
        ((x - self.west) * self.scale, (self.north - y) * self.scale_down)
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
    let Some(label) = &area.label else { return };
    if area.ground == Ground::River && view.width < PHONE {
        return;
    }
    let count = area.outline.len().max(1) as f64;
    let sum = area.outline.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
    let middle = (sum.0 / count, sum.1 / count);
    let (x, y) = view.place(match area.ground {
        Ground::River => (middle.0, midstream(&area.outline, middle.0).unwrap_or(middle.1)),
        _ => middle,
    });
    // A river's name runs in the water: its letters, and not their foot, are at the middle.
    let y = if area.ground == Ground::River { y + 4.5 } else { y };
    let half = text_width(label) / 2.0 * 1.3;
    let x = x.clamp(half + 8.0, (view.width - half - 8.0).max(half + 8.0));
    let y = y.clamp(22.0, (view.height - 28.0).max(22.0));
    let class = match area.ground {
        Ground::River => "river-name",
        Ground::Green => "green-name",
        Ground::Land | Ground::NorthPark | Ground::SouthPark | Ground::Building => "area-name",
    };
    canvas.text(x, y, Anchor::Middle, class, label);
    if let Some(note) = &area.note {
        canvas.text(x, y + 20.0, Anchor::Middle, "area-note", note);
    }
}

/// Half-way between the outline's two sides where it is crossed from north to south; a river bends, and its corners'
/// middle may lie on the bank.
fn midstream(outline: &[Point], x: f64) -> Option<f64> {
    let ends = outline.iter().zip(outline.iter().cycle().skip(1));
    let crossed = ends.filter(|(from, to)| (from.0 <= x) != (to.0 <= x));
    let at = crossed.map(|(from, to)| from.1 + (to.1 - from.1) * (x - from.0) / (to.0 - from.0));
    let (least, most) = at.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), y| (least.min(y), most.max(y)));
    (least <= most).then_some((least + most) / 2.0)
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
        for width in [343.0, 640.0, 1040.0] {
            let (plates, _) = board::lay_out(&two, &View::of(&two, width));
            assert!(!plates[0].covers(&plates[1]), "{width}");
        }
    }

    #[test]
    fn a_board_does_not_cover_its_own_bridge_near_the_edge() {
        for x in [20.0, 200.0, 500.0, 800.0, 980.0] {
            let mut one = plan();
            (one.bridges[0].north, one.bridges[0].south) = ((x, 500.0), (x, 400.0));
            (one.areas[0].outline[2].1, one.areas[0].outline[3].1) = (900.0, 900.0);
            for width in [640.0, 1040.0] {
                let view = View::of(&one, width);
                let (plates, _) = board::lay_out(&one, &view);
                assert!(!plates[0].holds(view.place((x, 450.0))), "{x} at {width}");
            }
        }
    }

    #[test]
    fn a_river_is_named_midstream_where_it_bends() {
        let bent = [(0.0, 0.0), (50.0, 80.0), (100.0, 0.0), (100.0, 20.0), (50.0, 100.0), (0.0, 20.0)];
        assert_eq!(midstream(&bent, 50.0), Some(90.0));
        assert_eq!(midstream(&bent, 400.0), None);
    }

    #[test]
    fn on_a_phone_the_boards_stand_below_the_plan() {
        let drawing = plan();
        let narrow = View::of(&drawing, 343.0);
        assert!(board::lay_out(&drawing, &narrow).1 > narrow.height + 40.0);
        let wide = View::of(&drawing, 1040.0);
        assert_eq!(board::lay_out(&drawing, &wide).1, wide.height);
    }
}
