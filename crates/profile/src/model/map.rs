//! A schematic plan of the zone in a drawing space of its own. It is no survey, and says so.

use base::{Key, Localised};
use serde::Serialize;
use std::collections::BTreeMap;

/// Drawing units: x to the east, y to the south, so north is on top.
#[derive(Debug, Clone, Serialize)]
pub struct Map {
    pub width: u16,
    pub height: u16,
    /// Says that the plan is schematic.
    pub note: Localised,
    /// Closed polygon.
    pub river: Vec<Point>,
    /// Closed polygon of each park.
    pub parks: BTreeMap<Key, Vec<Point>>,
    /// Line of each bridge, from its south end to its north end.
    pub bridges: BTreeMap<Key, Vec<Point>>,
    /// Where each gate stands.
    pub gates: BTreeMap<Key, Point>,
    /// Buildings and areas that a form may ask for, in the order they are listed.
    pub places: Vec<MapPlace>,
}

/// A building or an area on the plan.
#[derive(Debug, Clone, Serialize)]
pub struct MapPlace {
    pub key: Key,
    pub name: Localised,
    pub park: Key,
    /// Closed polygon.
    pub outline: Vec<Point>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Point {
    pub x: u16,
    pub y: u16,
}
