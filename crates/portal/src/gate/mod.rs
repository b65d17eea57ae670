//! Screens of the gates: a pass in, both banks' answer out, in words that every traveller can read.
//!
//! A gate's screen never says more than the traveller may know, and names nobody. Who may stand at one is asked of the
//! rulebook: whoever may end passages there, or open and close it.

mod index;
mod screen;

use crate::officer::rules;
use crate::{Access, Caller, Problem, Routes};
use base::{Key, Outcome};
use desk::Zone;
use profile::Gate;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/{lang}/gates", Access::Anyone, index::show)
        .get("/{lang}/gates/{gate}", Access::Officer, screen::show)
        .post("/{lang}/gates/{gate}/present", Access::Officer, screen::present)
        .post("/{lang}/gates/{gate}/passages/{passage}/{how}", Access::Officer, screen::end_passage)
}

/// The gate, where the caller may stand at it.
fn operated<'a>(caller: &'a Caller, zone: &Zone, gate: &str) -> Result<&'a Gate, Problem> {
    let key = Key::new(gate).ok_or(Problem::NotFound)?;
    let gate = caller.portal.park.profile.gate(&key).ok_or(Problem::NotFound)?;
    may_stand_at(caller, zone, gate).map(|()| gate)
}

/// Whether the caller may have the gate's screen, asked before a link to it is offered.
pub(crate) fn may_stand_at(caller: &Caller, zone: &Zone, gate: &Gate) -> Result<(), Problem> {
    let ends = rules::about_gate(caller, zone, gate, "complete_passage");
    let runs = rules::about_gate(caller, zone, gate, "close_gate");
    if [&ends, &runs].into_iter().any(|answer| answer.outcome == Outcome::Permitted) {
        Ok(())
    } else {
        Err(Problem::Ruled(ends))
    }
}
