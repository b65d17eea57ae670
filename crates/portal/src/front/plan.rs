//! The plan of the zone with what happens on it now: the profile's drawing, the desk's counts.

use crate::Caller;
use base::{Bank, Direction, Instant, Key};
use desk::Zone;
use frame::map::{Area, Bridge, Ground, Plan, Point};
use frame::parts::Tone;
use frame::{format, say};
use profile::{Gate, Profile};

/// People who were let over any bridge since midnight.
pub(super) fn crossed_today(zone: &Zone, profile: &Profile, now: Instant) -> u32 {
    let ways = profile.bridges.keys().flat_map(|bridge| Direction::BOTH.map(|direction| (bridge, direction)));
    ways.map(|(bridge, direction)| today(zone, profile, bridge, direction, now)).sum()
}

/// People who were let through over a bridge since midnight, one way.
fn today(zone: &Zone, profile: &Profile, bridge: &Key, direction: Direction, now: Instant) -> u32 {
    let midnight = profile.start_of_day(Bank::South, profile.local_date(Bank::South, now));
    let (from, until) = (hour(midnight), hour(now).saturating_add(1));
    people::tallies_between(&zone.people, from, until)
        .filter(|(_, gate, way, _)| *way == direction && profile.gates.get(*gate).is_some_and(|g| g.bridge == *bridge))
        .map(|(_, _, _, tally)| tally.passed)
        .sum()
}

fn hour(at: Instant) -> i64 {
    at.0.div_euclid(Instant::HOUR)
}

pub(super) fn plan(caller: &Caller, zone: &Zone, now: Instant) -> Plan {
    let profile = &caller.portal.park.profile;
    let l = caller.language;
    let (north, south) = people::presence_counts(&zone.people);
    let parks = profile.map.parks.iter().filter_map(|(key, outline)| {
        let park = profile.parks.get(key)?;
        let (ground, here) = match park.bank {
            Bank::North => (Ground::NorthPark, north),
            Bank::South => (Ground::SouthPark, south),
        };
        Some(Area {
            ground,
            outline: points(outline),
            label: Some(park.name.get(l).to_owned()),
            note: Some(say!(l, "home-present", count = format::number(i64::from(here)))),
        })
    });
    let (width, height) = (f64::from(profile.map.width), f64::from(profile.map.height));
    let land = Area {
        ground: Ground::Land,
        outline: vec![(0.0, 0.0), (width, 0.0), (width, -height), (0.0, -height)],
        label: None,
        note: None,
    };
    let river = Area {
        ground: Ground::River,
        outline: points(&profile.map.river),
        label: Some(say!(l, "home-river")),
        note: None,
    };
    let bridges = profile.map.bridges.iter().filter_map(|(key, line)| bridge(caller, zone, now, key, &points(line)));
    let mut bridges: Vec<Bridge> = bridges.collect();
    // From west to east, as they are numbered on a phone.
    bridges.sort_by(|one, other| one.north.0.total_cmp(&other.north.0));
    Plan {
        language: l,
        title: say!(l, "home-plan"),
        description: profile.map.note.get(l).to_owned(),
        areas: std::iter::once(land).chain(parks).chain(std::iter::once(river)).collect(),
        bridges,
    }
}

fn bridge(caller: &Caller, zone: &Zone, now: Instant, key: &Key, line: &[Point]) -> Option<Bridge> {
    let profile = &caller.portal.park.profile;
    let known = profile.bridges.get(key)?;
    let gates: Vec<&Gate> = profile.gates.values().filter(|gate| gate.bridge == *key).collect();
    let open = gates.iter().all(|gate| people::gate_is_open(&zone.people, profile, gate, now));
    let l = caller.language;
    let hours = gates.first().map(|gate| &gate.hours)?;
    let status = if open {
        (Tone::Good, say!(l, "plan-open-until", time = clock(hours.until_minute)))
    } else {
        (Tone::Neutral, say!(l, "gate-closed"))
    };
    Some(Bridge {
        label: known.name.get(l).to_owned(),
        north: *line.last()?,
        south: *line.first()?,
        northbound: Some(today(zone, profile, key, Direction::Northbound, now)),
        southbound: Some(today(zone, profile, key, Direction::Southbound, now)),
        status,
        href: None,
    })
}

fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The drawing's y runs south; the plan's runs north.
fn points(line: &[profile::Point]) -> Vec<Point> {
    line.iter().map(|point| (f64::from(point.x), -f64::from(point.y))).collect()
}
