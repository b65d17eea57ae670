//! The charts, each with its data table.

use super::ages::AgeBand;
use super::figures::{Clocks, Figures, HourTally};
use crate::Caller;
use base::{Bank, Direction, Key};
use frame::charts::{About, Chart, Series, bars, columns, groups, heat, strip};
use frame::maud::{Markup, html};
use frame::parts::{panel, wide_cards};
use frame::{Language, say};
use profile::Profile;

/// Hours of the day that charts show: the gates are closed outside them.
const FIRST_HOUR: usize = 6;
const LAST_HOUR: usize = 23;

pub(super) fn all(caller: &Caller) -> Markup {
    let l = caller.language;
    let figures = caller.portal.figures();
    let profile = &caller.portal.park.profile;
    html! {
        (super::summary(caller))
        (wide_cards(html! {
            (panel(crossings(l, profile, &figures)))
            (panel(directions(l, profile, &figures)))
            (panel(presence(l, profile, &figures)))
            (panel(passes(l, &figures)))
            (panel(cases(l, profile, &figures)))
            (panel(ages(l, &figures)))
            (panel(clocks(l, profile, &figures)))
        }))
    }
}

fn about(language: Language, title: String, description: String, unit: String, across: String) -> About {
    About { language, title, description, unit, across }
}

fn hour_names() -> Vec<String> {
    (FIRST_HOUR..LAST_HOUR).map(|hour| format!("{hour:02}")).collect()
}

fn shown_hours(hours: &[HourTally]) -> impl Iterator<Item = &HourTally> {
    hours.iter().skip(FIRST_HOUR).take(LAST_HOUR - FIRST_HOUR)
}

fn crossings(l: Language, profile: &Profile, figures: &Figures) -> Chart {
    let gates: Vec<(&Key, &Vec<HourTally>)> = figures.by_hour.iter().collect();
    let names: Vec<String> = gates
        .iter()
        .map(|(key, _)| profile.gates.get(*key).map_or_else(|| key.to_string(), |gate| gate.name.get(l).to_owned()))
        .collect();
    let values: Vec<Vec<f64>> =
        gates.iter().map(|(_, hours)| shown_hours(hours).map(|hour| f64::from(hour.passed)).collect()).collect();
    let about = about(
        l,
        say!(l, "dashboard-by-gate"),
        say!(l, "dashboard-by-gate", "text"),
        say!(l, "dashboard-crossings"),
        say!(l, "dashboard-hour"),
    );
    heat(&about, &names, &hour_names(), &values)
}

fn directions(l: Language, profile: &Profile, figures: &Figures) -> Chart {
    let towards = |direction: Direction| {
        let gates = figures
            .by_hour
            .iter()
            .filter(|(key, _)| profile.gates.get(*key).is_some_and(|gate| gate.departing() == direction));
        let mut sums = vec![0.0; LAST_HOUR - FIRST_HOUR];
        for (_, hours) in gates {
            for (sum, hour) in sums.iter_mut().zip(shown_hours(hours)) {
                *sum += f64::from(hour.passed);
            }
        }
        sums
    };
    let series = [
        Series::new(say!(l, "dashboard-southbound"), towards(Direction::Southbound)),
        Series::new(say!(l, "dashboard-northbound"), towards(Direction::Northbound)),
    ];
    let about = about(
        l,
        say!(l, "dashboard-by-hour"),
        say!(l, "dashboard-by-hour", "text"),
        say!(l, "dashboard-crossings"),
        say!(l, "dashboard-hour"),
    );
    columns(&about, &hour_names(), &series)
}

fn presence(l: Language, profile: &Profile, figures: &Figures) -> Chart {
    let side = |bank: Bank| profile.bank(bank).map_or_else(String::new, |bank| bank.short_name.get(l).to_owned());
    let mut parts =
        vec![(side(Bank::North), f64::from(figures.on_north)), (side(Bank::South), f64::from(figures.on_south))];
    parts.extend(figures.on_bridges.iter().map(|(key, count)| {
        let name = profile.bridges.get(key).map_or_else(|| key.to_string(), |bridge| bridge.name.get(l).to_owned());
        (name, f64::from(u32::try_from(*count).unwrap_or(u32::MAX)))
    }));
    let about = about(
        l,
        say!(l, "dashboard-presence"),
        say!(l, "dashboard-presence", "text"),
        say!(l, "dashboard-people"),
        say!(l, "dashboard-place"),
    );
    strip(&about, &parts)
}

fn cases(l: Language, profile: &Profile, figures: &Figures) -> Chart {
    let names: Vec<String> = figures
        .cases
        .keys()
        .map(|key| profile.service(key).map_or_else(|| key.to_string(), |service| service.name.get(l).to_owned()))
        .collect();
    let count = |of: fn(&::cases::StageCounts) -> u32| {
        figures.cases.values().map(|counts| f64::from(of(counts))).collect::<Vec<_>>()
    };
    let series = [
        Series::new(say!(l, "dashboard-confirming"), count(|counts| counts.confirming)),
        Series::new(say!(l, "dashboard-deciding"), count(|counts| counts.deciding)),
        Series::new(say!(l, "dashboard-approved"), count(|counts| counts.approved)),
        Series::new(say!(l, "dashboard-not-approved"), count(|counts| counts.refused + counts.withdrawn)),
    ];
    let about = about(
        l,
        say!(l, "dashboard-cases"),
        say!(l, "dashboard-cases", "text"),
        say!(l, "dashboard-applications"),
        say!(l, "dashboard-service"),
    );
    groups(&about, &names, &series)
}

fn ages(l: Language, figures: &Figures) -> Chart {
    let name = |band: &AgeBand| match band.days_until {
        Some(until) => say!(l, "dashboard-age-days", from = band.days_from, until = until),
        None => say!(l, "dashboard-age-more", from = band.days_from),
    };
    let names: Vec<String> = figures.ages.iter().map(name).collect();
    let count = |of: fn(&AgeBand) -> u32| figures.ages.iter().map(|band| f64::from(of(band))).collect::<Vec<_>>();
    let series = [
        Series::new(say!(l, "dashboard-confirming"), count(|band| band.confirming)),
        Series::new(say!(l, "dashboard-deciding"), count(|band| band.deciding)),
        Series::new(say!(l, "dashboard-asked"), count(|band| band.asked)),
    ];
    let about = about(
        l,
        say!(l, "dashboard-ages"),
        say!(l, "dashboard-ages", "text"),
        say!(l, "dashboard-applications"),
        say!(l, "dashboard-age"),
    );
    groups(&about, &names, &series)
}

fn clocks(l: Language, profile: &Profile, figures: &Figures) -> Chart {
    let names: Vec<String> = figures
        .offices
        .keys()
        .map(|key| profile.office(key).map_or_else(|| key.to_string(), |office| office.name.get(l).to_owned()))
        .collect();
    let count =
        |of: fn(&Clocks) -> u32| figures.offices.values().map(|clocks| f64::from(of(clocks))).collect::<Vec<_>>();
    let series = [
        Series::new(say!(l, "dashboard-in-time"), count(|clocks| clocks.in_time + clocks.stopped)),
        Series::new(say!(l, "dashboard-at-risk"), count(|clocks| clocks.warned + clocks.pressing)),
        Series::new(say!(l, "dashboard-breached"), count(|clocks| clocks.breached)),
    ];
    let about = about(
        l,
        say!(l, "dashboard-clocks"),
        say!(l, "dashboard-clocks", "text"),
        say!(l, "dashboard-applications"),
        say!(l, "dashboard-office"),
    );
    groups(&about, &names, &series)
}

fn passes(l: Language, figures: &Figures) -> Chart {
    let passes = figures.passes;
    let rows = [
        (say!(l, "dashboard-valid"), passes.valid),
        (say!(l, "dashboard-suspended"), passes.suspended),
        (say!(l, "dashboard-revoked"), passes.revoked),
        (say!(l, "dashboard-expired"), passes.expired),
    ];
    let about = about(
        l,
        say!(l, "dashboard-passes"),
        String::new(),
        say!(l, "dashboard-passes-unit"),
        say!(l, "dashboard-status"),
    );
    bars(&about, &rows.map(|(name, count)| (name, f64::from(count))))
}
