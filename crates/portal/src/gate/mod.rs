//! Screens of the gates: a pass in, both banks' answer out, in words that every traveller can read.
//!
//! A gate's screen never says more than the traveller may know, and names nobody. Whoever runs a gate may look at it; what
//! they do there they do as themselves, and each action is asked of the rulebook.

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

/// The gate, where the caller may look at its screen: because they check passes there, or open and close it.
fn seen<'a>(caller: &'a Caller, zone: &Zone, gate: &str) -> Result<&'a Gate, Problem> {
    let key = Key::new(gate).ok_or(Problem::NotFound)?;
    let gate = caller.portal.park.profile.gate(&key).ok_or(Problem::NotFound)?;
    may_look_at(caller, zone, gate).map(|()| gate)
}

/// Whether the caller may have the gate's screen, asked before a link to it is offered.
pub(crate) fn may_look_at(caller: &Caller, zone: &Zone, gate: &Gate) -> Result<(), Problem> {
    let operates = rules::about_gate(caller, zone, gate, "operate_gate");
    let runs = rules::about_gate(caller, zone, gate, "close_gate");
    if [&operates, &runs].into_iter().any(|answer| answer.outcome == Outcome::Permitted) {
        Ok(())
    } else {
        Err(Problem::Ruled(operates))
    }
}
