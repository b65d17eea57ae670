//! A small week, played: the same for the same seed, and everything in order at its end.

use super::*;
use base::Language;
use std::path::PathBuf;

fn zone_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao")
}

fn small() -> Plan {
    Plan { commuters: 60, days: 2, visitors_per_day: 2, ..Plan::default() }
}

#[test]
fn the_same_seed_gives_the_same_report_and_the_same_park() {
    let play = |plan: &Plan| in_memory(plan, &zone_folder(), &mut |_| {}).unwrap();
    let plan = Plan { commuters: 30, days: 1, visitors_per_day: 1, ..Plan::default() };
    let (first, first_zone) = play(&plan);
    let (second, second_zone) = play(&plan);
    assert_eq!(first, second);
    assert_eq!(desk::digest(&first_zone).unwrap(), desk::digest(&second_zone).unwrap());
    let (other, _) = play(&Plan { seed: 8, ..plan });
    assert_ne!(first.log.zone_digest, other.log.zone_digest);
}

#[test]
fn at_the_end_of_a_small_week_everything_is_in_order() {
    let plan = Plan { commuters: 200, days: 5, visitors_per_day: 3, ..Plan::default() };
    let mut heard = Vec::new();
    let report = run(&plan, &zone_folder(), Where::Memory, &mut |progress| heard.push(progress)).unwrap();
    let broken: Vec<&Check> = report.checks.iter().filter(|check| !check.holds || check.looked_at == 0).collect();
    assert!(report.holds(), "{broken:?}");
    assert_eq!(report.crossings.acts_refused, 0, "every act of officers and holders was in order");
    assert!(report.crossings.passed > 1_500, "{:?}", report.crossings);
    assert!(report.permits.issued > 190 && report.cases.refused >= 1, "{:?}", report.cases);
    let diverted = report.outage.as_ref().map(|outage| outage.diverted);
    assert!(diverted.is_some_and(|diverted| diverted > 0), "people went to the other bridge");
    let halves = |gate: &GateReport| gate.morning.people + gate.evening.people + gate.disturbed.people;
    let arrivals = report.quarters.iter().map(|quarter| u64::from(quarter.arrivals)).sum::<u64>();
    assert_eq!(report.gates.iter().map(halves).sum::<u64>(), arrivals, "everybody who came is in one half-day");
    assert!(report.gates.iter().any(|gate| gate.disturbed.people > 0));
    for gate in &report.gates {
        let quarters = report.quarters.iter().filter(|quarter| quarter.gate == gate.gate);
        let longest = quarters.map(|quarter| quarter.queue_max).max().unwrap_or(0);
        let of_halves = [gate.morning, gate.evening, gate.disturbed].map(|half| half.queue_max);
        assert_eq!(of_halves.iter().max(), Some(&longest));
    }
    let moving = report.crossings.completed + report.crossings.turned_back + report.crossings.resolved;
    let begun = report.crossings.passed + report.crossings.let_pass;
    // An officer who lets somebody over whose arrival nobody noticed ends the earlier passage with it.
    assert!(moving <= begun && begun - moving <= report.crossings.let_pass + report.unfinished_total, "{report:?}");
    assert!(report.presence.on_bridges <= report.unfinished_total);
    assert!(report.quarters.iter().map(|quarter| quarter.arrivals).sum::<u32>() > 1_500);
    assert_eq!(heard.last().map(|last| (last.part, last.done)), Some((Part::Checks, 3)));
}

#[test]
fn the_report_reads_in_three_languages_and_as_json_and_as_a_drawing() {
    let report = run(&small(), &zone_folder(), Where::Memory, &mut |_| {}).unwrap();
    for language in Language::ALL {
        let text = report.text(language);
        assert!(text.contains(report.zone_name.get(language)), "{text}");
        assert!(!text.contains("check-") && !text.contains("report-") && !text.contains("No localization"), "{text}");
        assert!(report.svg_in(language).starts_with("<svg xmlns"));
    }
    let json = report.json();
    assert_eq!(json["plan"]["commuters"], 60);
    assert_eq!(json["checks"].as_array().map(Vec::len), Some(report.checks.len()));
    assert_eq!(report.svg().matches("<svg").count(), 4, "a page with three drawings");
    let undisturbed = run(&Plan { outage: false, ..small() }, &zone_folder(), Where::Memory, &mut |_| {}).unwrap();
    assert_eq!(undisturbed.svg().matches("<svg").count(), 3, "a page with two drawings");
    assert!(undisturbed.gates.iter().all(|gate| gate.disturbed.people == 0));
}

#[test]
fn a_data_folder_is_played_into_and_played_on() {
    let data = tempfile::tempdir().unwrap();
    let place = || Where::Data(data.path().to_owned());
    let plan = Plan { commuters: 40, days: 1, visitors_per_day: 1, ..Plan::default() };
    let first = run(&plan, &zone_folder(), place(), &mut |_| {}).unwrap();
    assert!(first.holds(), "{:?}", first.checks);
    let second = run(&plan, &zone_folder(), place(), &mut |_| {}).unwrap();
    assert!(second.holds(), "{:?}", second.checks);
    assert!(second.days.first() > first.days.last(), "the second play comes after the first");
    assert!(second.log.entries > first.log.entries);
}

#[test]
fn a_plan_beyond_the_limits_is_refused_with_the_limit() {
    for (plan, said) in [
        (Plan { commuters: 0, ..Plan::default() }, "commuters must be from 1 to 100000"),
        (Plan { days: 61, ..Plan::default() }, "days must be from 1 to 60"),
        (Plan { live_north_percent: 101, ..Plan::default() }, "live-north-percent must be from 0 to 100"),
    ] {
        let error = run(&plan, &zone_folder(), Where::Memory, &mut |_| {}).unwrap_err();
        assert_eq!(error.to_string(), said);
    }
}

#[test]
fn every_message_exists_in_three_languages() {
    assert_eq!(frame::check_words(Path::new(env!("CARGO_MANIFEST_DIR"))), vec![]);
}

#[test]
fn a_server_that_is_not_there_or_not_for_this_is_named() {
    let against = |address: &str| {
        let place = Where::Against(address.to_owned());
        run(&small(), &zone_folder(), place, &mut |_| {}).unwrap_err().to_string()
    };
    assert!(against("https://park.example").contains("must begin with http://"));
    // The discard port: nothing listens there.
    let said = against("http://127.0.0.1:9");
    assert!(said.starts_with("the server: http://127.0.0.1:9: ") && said.contains("refused"), "{said}");
}
