//! **People's crossings**: who walks over which bridge, and where everybody is.
//!
//! Nouns: *presentation* (a pass held to a gate), *decision* (both banks' answer to it: pass, refer to an officer, refuse),
//! *passage* (a walk from one bank to the other, open from the decision until arrival or return), *presence* (which bank a
//! person is on), *referral* (a traveller whom an officer has to see), *watchlist* (one bank's own; never shown to the other
//! bank or to the traveller), *tally* (decisions by gate and hour).
//!
//! Invariants: a person is on one bank, or on a bridge with an open passage, never nowhere; every open passage and every
//! referral has an office that answers for it; a presentation passes at most once; every decision carries the
//! rulebook version, the policies that determined it and the facts they saw.
//!
//! Events: `presentation_decided`, `passage_completed`, `passage_returned`, `passage_resolved`, `referral_released`,
//! `referral_settled`, `gate_closed`, `gate_opened`, `watch_listed`, `watch_unlisted`.
//!
//! Law: outline 7.2.2 (clearance by pre-registration, two footbridges), 7.1.3 (each bank keeps its own border control).

mod decide;
mod door;
mod evolve;
mod facts;
mod model;
#[cfg(test)]
mod tests;

pub use decide::decide;
pub use door::{
    OpenItem, ending, far_gate, gate_entity, gate_is_open, open_items, people_on_bridge, place_of, presence_counts,
    responsible_office, tallies_between,
};
pub use evolve::evolve;
pub use facts::{Facts, PassFacts, Sources};
pub use model::{
    Command, Decision, Event, GateState, Passage, Place, Presence, Presentation, Referral, Refusal, Settlement, State,
    Tally, Watch,
};
