//! What must hold at the end of a play, looked up in the zone and in the log; nothing is taken from the play's own notes.

use super::Heard;
use super::plan::{Part, Progress};
use crate::error::SimulationError;
use crate::stage::Stage;
use base::{Bank, Outcome, PermitId};
use desk::{Envelope, Event, Zone, digest, replay};
use eventlog::LogError;
use people::Place;
use serde::Serialize;
use std::collections::BTreeSet;

/// One thing that was checked. Its name is the key of its words: `check-{name}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    pub name: &'static str,
    pub holds: bool,
    /// How many things were looked at.
    pub looked_at: u64,
}

fn checked(name: &'static str, all: impl Iterator<Item = bool>) -> Check {
    let mut check = Check { name, holds: true, looked_at: 0 };
    for holds in all {
        check.looked_at += 1;
        check.holds &= holds;
    }
    check
}

pub(crate) fn check<S: Stage>(
    stage: &S,
    heard: &Heard,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<Check>, SimulationError> {
    let zone = stage.zone();
    let mut done = |done: u64| progress(Progress { part: Part::Checks, done, of: 3 });
    done(0);
    let mut checks =
        vec![nobody_nowhere(&zone), counts_are_presence(&zone), owners(stage, &zone), permits_rest_on_cases(&zone)];
    checks.push(stopped_passes_stay_stopped(heard)?);
    done(1);
    let replayed = replay(heard.reader, Zone::default(), zone.size, true, &mut |_| {})?;
    let same = digest(&replayed.zone)? == digest(&zone)?;
    checks.push(Check { name: "replay", holds: same, looked_at: zone.size });
    done(2);
    let verified = eventlog::verify(heard.reader, heard.keys, &mut |_| {});
    checks.push(Check {
        name: "log",
        holds: verified.as_ref().is_ok_and(|report| report.size == zone.size),
        looked_at: verified.map_or(0, |report| report.size),
    });
    done(3);
    Ok(checks)
}

/// Whoever is known is on one bank, or on a bridge with a passage that names them.
fn nobody_nowhere(zone: &Zone) -> Check {
    let somewhere = zone.people.presence.iter().map(|(person, presence)| match presence.place {
        Place::On(_) => true,
        Place::Crossing(passage) => zone.people.passages.get(&passage).is_some_and(|open| open.person == *person),
    });
    checked("nobody-nowhere", somewhere)
}

fn counts_are_presence(zone: &Zone) -> Check {
    let on = |bank| zone.people.presence.values().filter(|presence| presence.place == Place::On(bank)).count();
    let counted = [(Bank::North, zone.people.on_north), (Bank::South, zone.people.on_south)];
    checked("presence-counts", counted.into_iter().map(|(bank, count)| on(bank) == count as usize))
}

/// Every open passage and every referral has an office of the zone that answers for it.
fn owners<S: Stage>(stage: &S, zone: &Zone) -> Check {
    let passages = zone.people.passages.values().map(|open| &open.office);
    let referrals = zone.people.referrals.values().map(|open| &open.office);
    checked("open-items-have-owners", passages.chain(referrals).map(|office| stage.profile().office(office).is_some()))
}

/// No permit without a case that every leg approved.
fn permits_rest_on_cases(zone: &Zone) -> Check {
    let rests = zone.permits.permits.values().map(|permit| {
        cases::case(&zone.cases, permit.issue.case).is_some_and(|case| {
            case.stage == cases::Stage::Decided(cases::Outcome::Approved)
                && case.legs.iter().all(|leg| leg.state == cases::LegState::Approved)
        })
    });
    checked("permits-rest-on-cases", rests)
}

/// Along the whole log: nobody passes on a pass after it was suspended or revoked, until it was resumed.
fn stopped_passes_stay_stopped(heard: &Heard) -> Result<Check, SimulationError> {
    let mut stopped: BTreeSet<PermitId> = BTreeSet::new();
    let mut check = Check { name: "stopped-passes-stay-stopped", holds: true, looked_at: 0 };
    heard.reader.scan(0, heard.reader.size(), &mut |sequence, bytes| {
        let envelope = Envelope::decode(bytes).map_err(|error| LogError::corrupt_at(sequence, error.to_string()))?;
        match envelope.event {
            Event::Permits(permits::Event::Suspended { permit, .. } | permits::Event::Revoked { permit, .. }) => {
                stopped.insert(permit);
            }
            Event::Permits(permits::Event::Resumed { permit, .. }) => {
                stopped.remove(&permit);
            }
            Event::People(people::Event::PresentationDecided(decision)) => {
                check.looked_at += 1;
                let passed = decision.outcome == Outcome::Permitted;
                check.holds &= !passed || decision.permit.is_some_and(|permit| !stopped.contains(&permit));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(check)
}
