//! How old the applications are that are not decided yet: every one of them is looked at, and that is why the result is kept
//! longer than the other figures.

use base::Instant;
use cases::{LegState, Stage};
use desk::Zone;
use serde::Serialize;

/// The same ages are good for this long.
pub(super) const KEPT: i64 = 30 * Instant::SECOND;

/// Applications of one age: whole days since they were opened, from `days_from` up to the next band's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct AgeBand {
    pub days_from: u32,
    /// The last day of the band; none for the oldest.
    pub days_until: Option<u32>,
    /// The person has yet to confirm.
    pub confirming: u32,
    /// With the offices.
    pub deciding: u32,
    /// An office waits for the applicant's answer.
    pub asked: u32,
}

/// Days from which each band begins.
const BANDS: [u32; 5] = [0, 3, 8, 15, 31];

pub(super) fn work_out(zone: &Zone, now: Instant) -> Vec<AgeBand> {
    let next = BANDS.iter().skip(1).map(|from| Some(from - 1)).chain([None]);
    let mut bands: Vec<AgeBand> = BANDS
        .iter()
        .zip(next)
        .map(|(from, until)| AgeBand { days_from: *from, days_until: until, ..AgeBand::default() })
        .collect();
    for case in zone.cases.cases.values() {
        let days = u32::try_from(now.since(case.opened_at) / Instant::DAY).unwrap_or_default();
        let Some(band) = bands.iter_mut().rev().find(|band| band.days_from <= days) else { continue };
        let counter = match case.stage {
            Stage::Decided(_) => continue,
            Stage::Confirming => &mut band.confirming,
            Stage::Deciding if case.legs.iter().any(|leg| leg.state == LegState::Asked) => &mut band.asked,
            Stage::Deciding => &mut band.deciding,
        };
        *counter = counter.saturating_add(1);
    }
    bands
}
