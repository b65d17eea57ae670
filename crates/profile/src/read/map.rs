//! map.toml: the schematic plan.

use super::name;
use crate::model::{Map, MapPlace, Point};
use crate::reader::{Noun, Table};
use base::Key;
use std::collections::BTreeMap;

const UNITS_MAX: i64 = 10_000;

pub(super) fn map(file: &Table<'_>) -> Option<Map> {
    let (width, height) = (file.whole::<u16>("width", 1..=UNITS_MAX), file.whole::<u16>("height", 1..=UNITS_MAX));
    let limits = Point { x: width.unwrap_or(u16::MAX), y: height.unwrap_or(u16::MAX) };
    let note = file.localised("note");
    let river = file.table("river", |table| points(table, limits, 3));
    let parks = shapes(file, "park", Noun::Park, limits, 3);
    let bridges = shapes(file, "bridge", Noun::Bridge, limits, 2);
    let gates = shapes(file, "gate", Noun::Gate, limits, 1);
    let places = file.tables("place", |table| {
        let (key, name, park) = (table.key("key"), name(table), table.mentions("park", Noun::Park));
        let outline = points(table, limits, 3);
        Some(MapPlace { key: key?, name: name?, park: park?, outline: outline? })
    });
    super::service::unique(file, "place", places.iter().map(|place| &place.key));
    Some(Map {
        width: width?,
        height: height?,
        note: note?,
        river: river?,
        parks,
        bridges,
        gates: gates.into_iter().filter_map(|(key, points)| Some((key, *points.first()?))).collect(),
        places,
    })
}

fn shapes(
    file: &Table<'_>,
    name: &'static str,
    noun: Noun,
    limits: Point,
    at_least: usize,
) -> BTreeMap<Key, Vec<Point>> {
    let shapes = file.tables(name, |table| {
        let (key, points) = (table.mentions("key", noun), points(table, limits, at_least));
        Some((key?, points?))
    });
    shapes.into_iter().collect()
}

fn points(table: &Table<'_>, limits: Point, at_least: usize) -> Option<Vec<Point>> {
    let pairs = table.pairs("points", 0..=UNITS_MAX)?;
    if pairs.len() < at_least {
        table.fault_at("points", "there are too few points", format!("give at least {at_least}"));
        return None;
    }
    if pairs.iter().any(|(x, y)| *x > limits.x || *y > limits.y) {
        let remedy = format!("keep x within {} and y within {}", limits.x, limits.y);
        table.fault_at("points", "a point lies outside the map", remedy);
        return None;
    }
    Some(pairs.into_iter().map(|(x, y)| Point { x, y }).collect())
}
