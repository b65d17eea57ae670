//! What people's crossings are made of: state, commands, events, refusals. Pure data.

use crate::Facts;
use base::{
    Answer, Bank, Direction, Instant, Key, Outcome, PassageId, PermitId, PersonId, Refuse, Remark, Sealed, Subject,
    WatchId,
};
use imbl::OrdMap;
use permits::Form;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The number that the latest presentation was given.
    pub last_passage: PassageId,
    pub presence: OrdMap<PersonId, Presence>,
    /// How many people are known to be on the north bank and on the south bank.
    pub on_north: u32,
    pub on_south: u32,
    /// Open passages only; what is over stays in the log.
    pub passages: OrdMap<PassageId, Passage>,
    /// Travellers whom an officer has to see.
    pub referrals: OrdMap<PassageId, Referral>,
    /// Digests of presentations lately seen, and when each may be forgotten.
    pub seen: OrdMap<Mark, Instant>,
    pub seen_by_time: OrdMap<(Instant, Mark), ()>,
    pub gates: OrdMap<Key, GateState>,
    pub watch: OrdMap<WatchId, Watch>,
    pub last_watch: WatchId,
    /// Whose keys went with entries that were taken off: an older copy of the key file must not bring them back.
    pub watch_ended: imbl::Vector<Subject>,
    /// Decisions by hour (hours since 1970 UTC) and gate; the last eight days.
    pub tallies: OrdMap<(i64, Key, Direction), Tally>,
}

/// What is kept of a presentation's digest: the first 192 bits of it, as they are written. Fixed in size, so that the
/// nodes of the map, which are copied when they change, are copied at once.
pub type Mark = [u8; 32];

pub fn mark_of(digest: &str) -> Mark {
    let mut mark = Mark::default();
    mark.iter_mut().zip(digest.bytes()).for_each(|(slot, byte)| *slot = byte);
    mark
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    pub place: Place,
    pub since: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    On(Bank),
    Crossing(PassageId),
}

/// A passage that both banks have let begin and that has not ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    pub person: PersonId,
    pub permit: PermitId,
    pub gate: Key,
    pub direction: Direction,
    pub began_at: Instant,
    /// The office that answers for the traveller until the passage ends: the entry side's.
    pub office: Key,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    pub person: Option<PersonId>,
    pub permit: Option<PermitId>,
    pub gate: Key,
    pub direction: Direction,
    pub at: Instant,
    /// The office that has to see the traveller.
    pub office: Key,
    pub policies: Vec<Key>,
    /// As they were at the presentation.
    pub facts: Facts,
    /// The banks that have let the traveller pass already, where both have to see them.
    pub released: Vec<Bank>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateState {
    pub closed_since: Option<Instant>,
}

/// One bank's own entry; whom it means is sealed under the entry's own key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    pub bank: Bank,
    pub tag: Sealed,
    pub listed_at: Instant,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub passed: u32,
    pub referred: u32,
    pub refused: u32,
}

/// What was held to the gate, after its signatures were looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Presentation {
    Verified {
        permit: PermitId,
        /// RFC 7638, base64url.
        thumbprint: Box<str>,
        form: Form,
        presented_at: Instant,
        /// Tells this presentation from every other, base64url.
        digest: Box<str>,
    },
    /// Why it could not be trusted: `unreadable`, `signature-mismatch`, …
    Unverifiable { fault: Key },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// `watchlisted`: the banks that have the holder's document on their list.
    Present {
        gate: Key,
        direction: Direction,
        presentation: Presentation,
        watchlisted: Vec<Bank>,
    },
    CompletePassage {
        passage: PassageId,
    },
    ReturnPassage {
        passage: PassageId,
    },
    /// An officer of the answering office settles where the traveller is.
    ResolvePassage {
        passage: PassageId,
        place: Bank,
        note: Option<Sealed>,
    },
    SettleReferral {
        passage: PassageId,
        settlement: Settlement,
        note: Option<Sealed>,
    },
    CloseGate {
        gate: Key,
    },
    OpenGate {
        gate: Key,
    },
    ListWatch {
        bank: Bank,
        tag: Sealed,
    },
    UnlistWatch {
        watch: WatchId,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    LetPass,
    TurnAway,
}

/// Both banks' answer to one presentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub passage: PassageId,
    pub gate: Key,
    pub direction: Direction,
    pub person: Option<PersonId>,
    pub permit: Option<PermitId>,
    pub outcome: Outcome,
    pub north: Outcome,
    pub south: Outcome,
    /// The office that answers for the passage or the referral.
    pub office: Key,
    pub policies: Vec<Key>,
    pub rulebook: Key,
    pub facts: Facts,
    pub digest: Option<Box<str>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[expect(clippy::large_enum_variant, reason = "most events are presentations: a box would cost each an allocation")]
pub enum Event {
    PresentationDecided(Decision),
    PassageCompleted {
        passage: PassageId,
    },
    PassageReturned {
        passage: PassageId,
    },
    PassageResolved {
        passage: PassageId,
        place: Bank,
        note: Option<Sealed>,
    },
    ReferralSettled {
        passage: PassageId,
        settlement: Settlement,
        note: Option<Sealed>,
    },
    /// One bank lets the traveller pass whom the other refers as well: that bank's office has to see them next.
    ReferralReleased {
        passage: PassageId,
        bank: Bank,
        office: Key,
        note: Option<Sealed>,
    },
    GateClosed {
        gate: Key,
    },
    GateOpened {
        gate: Key,
    },
    WatchListed {
        watch: WatchId,
        bank: Bank,
        tag: Sealed,
    },
    WatchUnlisted {
        watch: WatchId,
    },
}

/// In order of precedence. That a traveller may not pass is no refusal but an event: a decision with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    GateMustBeKnown {
        gate: Key,
    },
    GateMustStandWhereThePassageBegins {
        gate: Key,
    },
    PassageMustBeOpen {
        passage: PassageId,
    },
    ReferralMustBeOpen {
        passage: PassageId,
    },
    WatchMustBeKnown {
        watch: WatchId,
    },
    RuledOut(Answer),
    GateMustBeOpen {
        gate: Key,
    },
    GateMustBeClosed {
        gate: Key,
    },
    TravellerMustBeKnown,
    PermitMustBeValid {
        permit: PermitId,
    },
    ReferralMustBeRecent {
        passage: PassageId,
        minutes_max: u16,
    },
    TravellerMustNotHaveMovedSince {
        passage: PassageId,
    },
    /// What stands in the way is not an officer's to pass over.
    CrossingMustNotBeRefused(Answer),
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::GateMustBeKnown { .. } => "gate-must-be-known",
            Refusal::GateMustStandWhereThePassageBegins { .. } => "gate-must-stand-where-the-passage-begins",
            Refusal::PassageMustBeOpen { .. } => "passage-must-be-open",
            Refusal::ReferralMustBeOpen { .. } => "referral-must-be-open",
            Refusal::WatchMustBeKnown { .. } => "watch-must-be-known",
            Refusal::RuledOut(_) => "ruled-out",
            Refusal::GateMustBeOpen { .. } => "gate-must-be-open",
            Refusal::GateMustBeClosed { .. } => "gate-must-be-closed",
            Refusal::TravellerMustBeKnown => "traveller-must-be-known",
            Refusal::PermitMustBeValid { .. } => "permit-must-be-valid",
            Refusal::ReferralMustBeRecent { .. } => "referral-must-be-recent",
            Refusal::TravellerMustNotHaveMovedSince { .. } => "traveller-must-not-have-moved-since",
            Refusal::CrossingMustNotBeRefused(_) => "crossing-must-not-be-refused",
        }
    }

    fn remarks(&self) -> Vec<Remark> {
        match self {
            Refusal::GateMustBeKnown { gate }
            | Refusal::GateMustStandWhereThePassageBegins { gate }
            | Refusal::GateMustBeOpen { gate }
            | Refusal::GateMustBeClosed { gate } => vec![("gate", gate.to_string())],
            Refusal::PassageMustBeOpen { passage }
            | Refusal::ReferralMustBeOpen { passage }
            | Refusal::TravellerMustNotHaveMovedSince { passage } => vec![("passage", passage.to_string())],
            Refusal::ReferralMustBeRecent { passage, minutes_max } => {
                vec![("passage", passage.to_string()), ("minutes", minutes_max.to_string())]
            }
            Refusal::WatchMustBeKnown { watch } => vec![("watch", watch.to_string())],
            Refusal::PermitMustBeValid { permit } => vec![("permit", permit.to_string())],
            Refusal::RuledOut(_) | Refusal::TravellerMustBeKnown | Refusal::CrossingMustNotBeRefused(_) => Vec::new(),
        }
    }

    fn answer(&self) -> Option<&Answer> {
        match self {
            Refusal::RuledOut(answer) | Refusal::CrossingMustNotBeRefused(answer) => Some(answer),
            Refusal::GateMustBeKnown { .. }
            | Refusal::GateMustStandWhereThePassageBegins { .. }
            | Refusal::PassageMustBeOpen { .. }
            | Refusal::ReferralMustBeOpen { .. }
            | Refusal::WatchMustBeKnown { .. }
            | Refusal::GateMustBeOpen { .. }
            | Refusal::GateMustBeClosed { .. }
            | Refusal::TravellerMustBeKnown
            | Refusal::PermitMustBeValid { .. }
            | Refusal::ReferralMustBeRecent { .. }
            | Refusal::TravellerMustNotHaveMovedSince { .. } => None,
        }
    }
}
