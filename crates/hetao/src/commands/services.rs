//! `hetao services`: which versions of each service are held and how many cases are on each; and moving open cases to the
//! newest, after looking at what that would do.

use crate::cli::{Common, Migrate};
use crate::data_folder::DataFolder;
use crate::demonstration;
use crate::ending::{Ending, Failure};
use crate::output::Output;
use base::{Actor, CaseId, Date, Key, Refuse};
use cases::{OfficeTime, Stage};
use desk::{Settings, SubmitError};
use eventlog::LogError;
use park::{CaseMove, Clock, OpenError, Options, Park};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

#[derive(Serialize)]
struct Listed {
    ok: bool,
    services: Vec<ServiceLine>,
}

#[derive(Serialize)]
struct ServiceLine {
    service: Key,
    version: u32,
    /// Earlier versions that the zone folder holds.
    earlier: Vec<u32>,
    /// Open cases by the version they are on.
    open: BTreeMap<u32, u32>,
    /// Versions that open cases are on and that the zone folder does not hold: they are shown as the service is today.
    not_held: Vec<u32>,
}

/// The versions of every service.
pub fn list(demo: bool, common: &Common, output: &Output) -> Result<Ending, Failure> {
    let (park, writer) = open(demo, common)?;
    let zone = park.zone();
    let mut open: BTreeMap<(Key, u32), u32> = BTreeMap::new();
    for case in zone.cases.cases.values().filter(|case| !matches!(case.stage, Stage::Decided(_))) {
        *open.entry((case.service.clone(), case.service_version)).or_default() += 1;
    }
    let services: Vec<ServiceLine> = park
        .profile
        .services
        .values()
        .map(|service| {
            let of_service = |(key, _): &(&(Key, u32), &u32)| key.0 == service.key;
            let open: BTreeMap<u32, u32> =
                open.iter().filter(of_service).map(|((_, version), count)| (*version, *count)).collect();
            let held = |version: &u32| park.profile.service_version(&service.key, *version).is_some();
            ServiceLine {
                service: service.key.clone(),
                version: service.version,
                earlier: park.profile.earlier.keys().filter(|(key, _)| *key == service.key).map(|(_, v)| *v).collect(),
                not_held: open.keys().copied().filter(|version| !held(version)).collect(),
                open,
            }
        })
        .collect();
    let answer = Listed { ok: services.iter().all(|line| line.not_held.is_empty()), services };
    drop(park);
    let _ = writer.join();
    output.result(&answer, |out| answer.services.iter().try_for_each(|line| print_line(out, line)))?;
    Ok(Ending::of(answer.ok))
}

fn print_line(out: &mut dyn Write, line: &ServiceLine) -> io::Result<()> {
    write!(out, "{:32} version {}", line.service.as_str(), line.version)?;
    for (version, count) in &line.open {
        write!(out, ", {count} open on {version}")?;
    }
    for version in &line.not_held {
        write!(out, "; version {version} is not held: add services/history/{}@{version}.toml", line.service)?;
    }
    writeln!(out)
}

#[derive(Serialize)]
struct Moved {
    ok: bool,
    service: Key,
    to: u32,
    dry_run: bool,
    cases: Vec<CaseLine>,
}

#[derive(Serialize)]
struct CaseLine {
    case: CaseId,
    from: u32,
    /// Whether it was moved; in a dry run, whether it would be.
    moved: bool,
    unanswered: Vec<Key>,
    no_longer_asked: Vec<Key>,
    /// By field: `missing`, `not-a-choice` …
    faults: Vec<(String, &'static str)>,
    /// Why no move is possible at all.
    refused: Option<&'static str>,
    legs_added: Vec<Key>,
    legs_removed: Vec<Key>,
    legs_kept: Vec<LegLine>,
    /// `approved` or `refused`, where the move itself settles the case.
    settles: Option<String>,
}

#[derive(Serialize)]
struct LegLine {
    leg: Key,
    working_days_before: u16,
    working_days: u16,
    due_before: Option<Date>,
    due: Option<Date>,
}

/// Shows what moving every open case would do, and does it unless this is a dry run.
pub fn migrate(options: &Migrate, common: &Common, output: &Output) -> Result<Ending, Failure> {
    let (park, writer) = open(options.demo, common)?;
    let answer = moved(&park, options);
    drop(park);
    let _ = writer.join();
    let answer = answer?;
    output.result(&answer, |out| print(out, &answer))?;
    Ok(Ending::of(answer.ok))
}

fn moved(park: &Park, options: &Migrate) -> Result<Moved, Failure> {
    let service = park.profile.service(&options.service);
    let service = service.ok_or_else(|| Failure::wrong(format!("there is no service {}", options.service)))?;
    let mut lines = Vec::new();
    for case in park.cases_on_earlier_versions(service) {
        let considered = park.consider_move(&Actor::Operator, case, service);
        let considered = considered.map_err(|error| Failure::could_not(format!("{case}: {error}")))?;
        let mut refused = considered.legs.as_ref().err().map(Refuse::code);
        let mut done = considered.is_sound();
        if done && !options.dry_run {
            match park.carry_out_move(&Actor::Operator, &considered) {
                Ok(_) => {}
                Err(SubmitError::Refused(refusal)) => (done, refused) = (false, Some(refusal.code())),
                Err(SubmitError::Failed(failure)) => {
                    let what = format!("{case} was not moved ({failure:?}); those before it were");
                    return Err(Failure::could_not(what));
                }
            }
        }
        lines.push(line(park, &considered, done, refused));
    }
    let ok = lines.iter().all(|line| line.moved);
    Ok(Moved { ok, service: service.key.clone(), to: service.version, dry_run: options.dry_run, cases: lines })
}

fn line(park: &Park, considered: &CaseMove, moved: bool, refused: Option<&'static str>) -> CaseLine {
    let plan = considered.legs.as_ref().ok();
    let zone = park.zone();
    let kept = plan.into_iter().flat_map(|plan| plan.kept.iter().map(move |kept| (plan, kept)));
    let kept = kept.map(|(plan, (leg, before, after))| {
        let of_leg = plan.legs.iter().find(|known| known.key == *leg);
        let time = of_leg.and_then(|known| OfficeTime::of(&zone.cases, &park.profile, &known.office));
        LegLine {
            leg: leg.clone(),
            working_days_before: before.working_days(),
            working_days: after.working_days(),
            due_before: time.as_ref().and_then(|time| before.due(time)),
            due: time.as_ref().and_then(|time| after.due(time)),
        }
    });
    CaseLine {
        case: considered.case,
        from: considered.from,
        moved,
        unanswered: considered.unanswered.clone(),
        no_longer_asked: considered.no_longer_asked.clone(),
        faults: considered.faults.iter().map(|fault| (fault.field.clone(), fault.code.as_str())).collect(),
        refused,
        legs_added: plan.map(|plan| plan.added.clone()).unwrap_or_default(),
        legs_removed: plan.map(|plan| plan.removed.clone()).unwrap_or_default(),
        legs_kept: kept.collect(),
        settles: plan.and_then(|plan| plan.settles).map(|outcome| format!("{outcome:?}").to_lowercase()),
    }
}

fn open(demo: bool, common: &Common) -> Result<(Park, std::thread::JoinHandle<()>), Failure> {
    let data = DataFolder::new(common.data());
    data.must_be_there()?;
    let options = Options {
        zone: common.zone.clone(),
        data: Some(data.path.clone()),
        clock: if demo { demonstration::clock(&data, common)? } else { Clock::system() },
        // Nothing is issued to anybody while this looks.
        origin: "http://localhost".to_owned(),
        settings: Settings::default(),
        push_hosts: park::PushHosts::Public,
    };
    Park::open(options).map_err(|error| match error {
        OpenError::Log(LogError::Locked { .. }) => Failure::could_not(format!(
            "a server holds {}; services are looked at and moved while it is stopped",
            data.path.display()
        )),
        other => other.into(),
    })
}

fn print(out: &mut dyn Write, answer: &Moved) -> io::Result<()> {
    if answer.cases.is_empty() {
        return writeln!(out, "No open case of {} is on an earlier version than {}.", answer.service, answer.to);
    }
    for case in &answer.cases {
        let done = match (answer.dry_run, case.moved) {
            (true, true) => "would move",
            (false, true) => "moved",
            (_, false) => "STAYS",
        };
        writeln!(out, "{}  {done} from version {} to {}", case.case, case.from, answer.to)?;
        print_case(out, case)?;
    }
    let left = answer.cases.iter().filter(|case| !case.moved).count();
    writeln!(out, "{} case(s), {left} that cannot be moved as they are.", answer.cases.len())
}

fn print_case(out: &mut dyn Write, case: &CaseLine) -> io::Result<()> {
    let keys = |keys: &[Key]| keys.iter().map(Key::as_str).collect::<Vec<_>>().join(", ");
    for (what, list) in [
        ("never answered", &case.unanswered),
        ("asked no more", &case.no_longer_asked),
        ("legs added", &case.legs_added),
        ("legs removed", &case.legs_removed),
    ] {
        if !list.is_empty() {
            writeln!(out, "    {what:16} {}", keys(list))?;
        }
    }
    for (field, code) in &case.faults {
        writeln!(out, "    {:16} {field}: {code}", "not valid")?;
    }
    for leg in case.legs_kept.iter().filter(|leg| leg.working_days != leg.working_days_before) {
        let due = |due: Option<Date>| due.map_or_else(|| "stopped".to_owned(), |due| due.to_string());
        let (before, after) = (due(leg.due_before), due(leg.due));
        let (days_before, days) = (leg.working_days_before, leg.working_days);
        writeln!(out, "    {:16} {}: {days_before} days, {before} → {days} days, {after}", "clock", leg.leg)?;
    }
    if let Some(outcome) = &case.settles {
        writeln!(out, "    {:16} the case is {outcome} by the move itself", "outcome")?;
    }
    if let Some(code) = case.refused {
        writeln!(out, "    {:16} {code}", "refused")?;
    }
    Ok(())
}
