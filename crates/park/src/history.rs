//! What happened to a case, read back from the log and opened for one reader: what is not theirs is left out here, so that
//! no page and no program that asks can show it.
//!
//! Each bank keeps to itself what it weighed (7.1.3): which texts and answers cross is the rulebook's to say (`crosses`);
//! an officer reads the officers and the rules of the own bank's legs. Those whom the case concerns read of officers the
//! office alone, and do not hear of what offices remark among themselves.

use crate::crosses::{Border, TextKind, WithheldField};
use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, Bank, CaseId, Instant, Key, OrganisationId, PersonId, Sealed};
use cases::{Case, Work};
use desk::{Envelope, Event, context};
use eventlog::LogError;
use std::fmt;

/// One entry of a case's history, as one reader sees it.
#[derive(Debug, Clone)]
pub struct HistoryItem {
    pub sequence: u64,
    pub at: Instant,
    pub by: Author,
    /// What happened. Policies that the reader may not know of are taken out; who made it is for `by` to say.
    pub event: cases::Event,
    pub text: HistoryText,
    /// The policy that kept the text back, where one did.
    pub kept_by: Option<Key>,
    /// Of an application: answers that are not for this reader, and are not in `text`.
    pub withheld: Vec<WithheldField>,
}

/// Who made an entry, as far as the reader may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    Person(PersonId),
    Clerk {
        person: PersonId,
        organisation: OrganisationId,
    },
    /// Somebody whom the organisation let act for it.
    Delegate {
        person: PersonId,
        organisation: OrganisationId,
    },
    /// An officer of the reader's own bank.
    Officer {
        person: PersonId,
        office: Key,
    },
    /// An officer whom the reader knows as their office.
    Office(Key),
    Platform,
}

/// `person:P-1`, `clerk:P-1:O-1`, `delegate:P-1:O-1`, `officer:P-3:hk-immigration`, `office:sz-exit-entry` or `platform`.
impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Author::Person(person) => write!(f, "person:{person}"),
            Author::Clerk { person, organisation } => write!(f, "clerk:{person}:{organisation}"),
            Author::Delegate { person, organisation } => write!(f, "delegate:{person}:{organisation}"),
            Author::Officer { person, office } => write!(f, "officer:{person}:{office}"),
            Author::Office(office) => write!(f, "office:{office}"),
            Author::Platform => f.write_str("platform"),
        }
    }
}

/// What was written with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryText {
    None,
    Written(String),
    /// No rule lets this reader read it.
    Withheld,
    /// Its key was erased.
    Erased,
}

impl Park {
    /// Oldest first, for this reader. Whether they may see the case is for the caller to ask the rulebook, and whether
    /// they may read personal texts at all.
    pub fn history(&self, reader: &Actor, id: CaseId) -> Result<Vec<HistoryItem>, WorkError> {
        let zone = self.zone();
        let case = cases::case(&zone.cases, id).ok_or(WorkError::NotFound)?;
        let own_bank = match reader {
            Actor::Officer { office, .. } => self.bank_of(office),
            _ => None,
        };
        let border = Border::new(self, &zone, reader, id, case);
        let mut items = Vec::with_capacity(case.entries.len());
        for sequence in &case.entries {
            let Some(bytes) = self.desk.log().entry(*sequence)? else { continue };
            let envelope =
                Envelope::decode(&bytes).map_err(|error| LogError::corrupt_at(*sequence, error.to_string()))?;
            if let Event::Cases(event) = envelope.event {
                let Some(event) = heard(case, reader, own_bank, event) else { continue };
                let bank = bank_of_leg(case, &event);
                // Nobody but an officer has a bank: to everybody else all legs are foreign but what was written on them.
                let foreign = bank.is_some_and(|bank| own_bank != Some(bank));
                let of = bank.or_else(|| self.bank_of_author(&envelope.by));
                let Some((text, kept_by, withheld)) = self.across(&border, &event, of, own_bank.is_some()) else {
                    continue;
                };
                let by = self.author(&envelope.by, own_bank);
                let event = if foreign { without_ruling(event) } else { event };
                items.push(HistoryItem { sequence: *sequence, at: envelope.at, by, event, text, kept_by, withheld });
            }
        }
        Ok(items)
    }

    /// What the reader gets of the event's text. None where they do not hear of the event at all: what offices remark
    /// among themselves is nothing to those whom the case concerns.
    fn across(&self, border: &Border, event: &cases::Event, of: Option<Bank>, is_officer: bool) -> Option<Across> {
        if written(event).is_none() {
            return Some((HistoryText::None, None, Vec::new()));
        }
        let Some(kind) = TextKind::of(event) else {
            let HistoryText::Written(text) = self.text_of(event) else {
                return Some((HistoryText::Erased, None, Vec::new()));
            };
            let all = serde_json::from_str(&text).unwrap_or_default();
            let crossed = border.answers(all);
            let shown = crossed.answers.unwrap_or_default().to_string();
            return Some((HistoryText::Written(shown), None, crossed.withheld));
        };
        match border.text(kind, of) {
            Ok(()) => Some((self.text_of(event), None, Vec::new())),
            Err(kept_by) if is_officer || !matches!(kind, TextKind::Remark(_)) => {
                Some((HistoryText::Withheld, kept_by, Vec::new()))
            }
            Err(_) => None,
        }
    }

    fn bank_of_author(&self, by: &Actor) -> Option<Bank> {
        match by {
            Actor::Officer { office, .. } => self.bank_of(office),
            _ => None,
        }
    }

    fn bank_of(&self, office: &Key) -> Option<Bank> {
        self.profile.office(office).map(|office| office.bank)
    }

    fn author(&self, by: &Actor, own_bank: Option<Bank>) -> Author {
        match by {
            Actor::Officer { person, office } if own_bank.is_some() && self.bank_of(office) == own_bank => {
                Author::Officer { person: *person, office: office.clone() }
            }
            Actor::Officer { office, .. } => Author::Office(office.clone()),
            Actor::Clerk { person, organisation } => Author::Clerk { person: *person, organisation: *organisation },
            Actor::Delegate { person, organisation, .. } => {
                Author::Delegate { person: *person, organisation: *organisation }
            }
            Actor::Person { person } => Author::Person(*person),
            Actor::System | Actor::Operator | Actor::Gate { .. } | Actor::Anonymous => Author::Platform,
        }
    }

    fn text_of(&self, event: &cases::Event) -> HistoryText {
        let Some((sealed, context)) = written(event) else { return HistoryText::None };
        let opened = self.vault.open_sealed(sealed, context).ok();
        opened
            .and_then(|bytes| String::from_utf8(bytes.to_vec()).ok())
            .map_or(HistoryText::Erased, HistoryText::Written)
    }
}

/// The bank whose leg the event is about; none where it is the whole case's.
fn bank_of_leg(case: &Case, event: &cases::Event) -> Option<Bank> {
    let key = event.leg()?;
    case.legs.iter().find(|leg| leg.key == *key).map(|leg| leg.bank)
}

/// The text, the policy that kept it back, and the answers that were.
type Across = (HistoryText, Option<Key>, Vec<WithheldField>);

fn written(event: &cases::Event) -> Option<(&Sealed, &'static str)> {
    match event {
        cases::Event::Opened { answers, .. } => Some((answers.as_ref()?, context::ANSWERS)),
        cases::Event::LegDecided { reason, .. } => Some((reason.as_ref()?, context::REASON)),
        cases::Event::Asked { question, .. } => Some((question, context::QUESTION)),
        cases::Event::Answered { answer, .. } => Some((answer, context::ANSWER)),
        cases::Event::Worked { work, .. } => written_on_leg(work),
        cases::Event::Remarked { text, .. } => Some((text, context::REMARK)),
        cases::Event::Submitted { .. }
        | cases::Event::LegStarted { .. }
        | cases::Event::LegTaken { .. }
        | cases::Event::LegLeftToOfficer { .. }
        | cases::Event::Office { .. }
        | cases::Event::Decided { .. }
        | cases::Event::Withdrawn { .. }
        | cases::Event::Migrated { .. }
        | cases::Event::Viewed { .. }
        | cases::Event::ClosureDeclared { .. }
        | cases::Event::ClosureCorrected { .. }
        | cases::Event::ClosureVoided { .. }
        | cases::Event::ClockWarned { .. }
        | cases::Event::ClockBreached { .. }
        | cases::Event::Escalated { .. }
        | cases::Event::LegDeemed { .. }
        | cases::Event::Attached { .. }
        | cases::Event::AttachmentRead { .. }
        | cases::Event::RosterUploaded { .. }
        | cases::Event::RosterMended { .. } => None,
    }
}

fn written_on_leg(work: &Work) -> Option<(&Sealed, &'static str)> {
    match work {
        Work::Proposed { reason, .. } | Work::FeeWaived { reason, .. } => Some((reason, context::REASON)),
        Work::VoteClosed { reason, .. } => Some((reason.as_ref()?, context::REASON)),
        Work::SentBack { reason, .. } => Some((reason, context::LEG_NOTE)),
        Work::HandedOn { note: text, .. }
        | Work::Declined { reason: text, .. }
        | Work::Voted { comment: text, .. }
        | Work::ConflictDeclared { reason: text, .. } => Some((text.as_ref()?, context::LEG_NOTE)),
        Work::GivenBack { .. }
        | Work::Confirmed { .. }
        | Work::Paid { .. }
        | Work::RefundDue { .. }
        | Work::Refunded { .. }
        | Work::SignatoryNamed { .. }
        | Work::Signed { .. }
        | Work::Booked { .. }
        | Work::BookingCancelled { .. }
        | Work::Attended { .. }
        | Work::StayedAway { .. }
        | Work::Reseated { .. } => None,
    }
}

/// What stays within an office is not heard outside it; and no member of a panel hears of another's ballot more than that
/// it was cast, before they have cast their own or the vote is over.
fn heard(case: &Case, reader: &Actor, own_bank: Option<Bank>, event: cases::Event) -> Option<cases::Event> {
    let cases::Event::Worked { case: id, leg: key, work } = event else { return Some(event) };
    let leg = case.legs.iter().find(|leg| leg.key == key)?;
    let within = match reader {
        Actor::Officer { office, .. } => leg.concerns(office) || own_bank == Some(leg.bank),
        _ => false,
    };
    if work.is_internal() && !within {
        return None;
    }
    let work = match work {
        Work::Voted { seat, officer, ruling, .. } if !may_compare(leg, reader, officer) => {
            Work::Voted { seat, officer, scores: Some(Vec::new()), comment: None, ruling }
        }
        Work::ConflictDeclared { seat, officer, .. } if !may_compare(leg, reader, officer) => {
            Work::ConflictDeclared { seat, officer, reason: None }
        }
        other => other,
    };
    Some(cases::Event::Worked { case: id, leg: key, work })
}

fn may_compare(leg: &cases::Leg, reader: &Actor, officer: PersonId) -> bool {
    let own = reader.person();
    let voted = own.and_then(|own| leg.panel()?.seat_of(own)).is_some();
    leg.decided_at.is_some() || own == Some(officer) || voted
}

/// A policy may say what only its bank may know, such as that somebody is on its watchlist.
fn without_ruling(mut event: cases::Event) -> cases::Event {
    if let cases::Event::LegDecided { ruling, .. } | cases::Event::LegLeftToOfficer { ruling, .. } = &mut event {
        ruling.policies.clear();
    }
    // Who of an office has a leg is the office's own affair.
    if let cases::Event::ClockWarned { officer, .. } | cases::Event::ClockBreached { officer, .. } = &mut event {
        *officer = None;
    }
    event
}
