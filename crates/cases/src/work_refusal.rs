//! Why something is not done on a leg that asks for more than an officer's word, or not arranged for an office.

use crate::model::Leg;
use crate::tasks::Amount;
use base::{CaseId, Date, Instant, Key, PersonId, Refuse, Remark};
use profile::LegKind;

/// In order of precedence, by topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkRefusal {
    OfficeMustBeKnown { office: Key },
    LegMustBeOfTheKind { case: CaseId, leg: Key, kind: LegKind },
    LegMustNotBeProposed { case: CaseId, leg: Key, by: PersonId, at: Instant },
    LegMustBeProposed { case: CaseId, leg: Key },
    ColleagueMustBeOfTheOffice { person: PersonId, office: Key },
    ColleagueMustBePresent { person: PersonId, until: Date },
    ColleagueMustBeFreeToAct { person: PersonId },
    AmountMustMatch { due: Amount, given: Amount },
    ReceiptMustBeGiven { most: usize },
    ReceiptMustBeNew { case: CaseId },
    RefundMustBeDue { case: CaseId, leg: Key },
    SignatoryMustBeTheApplicantsToName,
    SignatoryMustBeOfTheOrganisation { person: PersonId },
    UndertakingMustBeAsItStands { version: u32 },
    SignatureMustBeConfirmed,
    TimesMustBeFew { most: usize },
    TimeMustBeToCome { at: Instant },
    TimeMustBeOnAWorkingDay { at: Instant },
    TimesMustNotOverlap { at: Instant },
    TimeMustBeOffered { at: Instant },
    TimeMustNotBeTaken { at: Instant },
    ChangesMustBeLeft,
    TimeMustBeFree { at: Instant },
    ApplicantMustBeFree { case: CaseId, at: Instant },
    AppointmentMustBeBooked { case: CaseId, leg: Key },
    AppointmentMustHaveBegun { at: Instant },
    VoteMustBeTheFirst,
    SeatMustBeFree,
    ScoresMustFitTheCriteria { criteria: usize, most: u8 },
    SeatMustHaveFallenAway { seat: u8 },
    QuorumMustBeReached { quorum: u8, present: u8, scored: u8 },
    AbsenceMustBeInOrder { from: Date, until: Date },
    AbsencesMustNotOverlap { from: Date, until: Date },
    AbsencesMustBeFew { most: usize },
    DeputyMustBeAnother,
    AbsenceMustBeKnown { from: Date },
}

impl WorkRefusal {
    pub(crate) fn of_kind(case: CaseId, leg: &Leg, kind: LegKind) -> Self {
        WorkRefusal::LegMustBeOfTheKind { case, leg: leg.key.clone(), kind }
    }
}

impl Refuse for WorkRefusal {
    fn code(&self) -> &'static str {
        match self {
            WorkRefusal::OfficeMustBeKnown { .. } => "office-must-be-known",
            WorkRefusal::LegMustBeOfTheKind { .. } => "leg-must-be-of-the-kind",
            WorkRefusal::LegMustNotBeProposed { .. } => "leg-must-not-be-proposed",
            WorkRefusal::LegMustBeProposed { .. } => "leg-must-be-proposed",
            WorkRefusal::ColleagueMustBeOfTheOffice { .. } => "colleague-must-be-of-the-office",
            WorkRefusal::ColleagueMustBePresent { .. } => "colleague-must-be-present",
            WorkRefusal::ColleagueMustBeFreeToAct { .. } => "colleague-must-be-free-to-act",
            WorkRefusal::AmountMustMatch { .. } => "amount-must-match",
            WorkRefusal::ReceiptMustBeGiven { .. } => "receipt-must-be-given",
            WorkRefusal::ReceiptMustBeNew { .. } => "receipt-must-be-new",
            WorkRefusal::RefundMustBeDue { .. } => "refund-must-be-due",
            WorkRefusal::SignatoryMustBeTheApplicantsToName => "signatory-must-be-the-applicants-to-name",
            WorkRefusal::SignatoryMustBeOfTheOrganisation { .. } => "signatory-must-be-of-the-organisation",
            WorkRefusal::UndertakingMustBeAsItStands { .. } => "undertaking-must-be-as-it-stands",
            WorkRefusal::SignatureMustBeConfirmed => "signature-must-be-confirmed",
            WorkRefusal::TimesMustBeFew { .. } => "times-must-be-few",
            WorkRefusal::TimeMustBeToCome { .. } => "time-must-be-to-come",
            WorkRefusal::TimeMustBeOnAWorkingDay { .. } => "time-must-be-on-a-working-day",
            WorkRefusal::TimesMustNotOverlap { .. } => "times-must-not-overlap",
            WorkRefusal::TimeMustBeOffered { .. } => "time-must-be-offered",
            WorkRefusal::TimeMustNotBeTaken { .. } => "time-must-not-be-taken",
            WorkRefusal::ChangesMustBeLeft => "changes-must-be-left",
            WorkRefusal::TimeMustBeFree { .. } => "time-must-be-free",
            WorkRefusal::ApplicantMustBeFree { .. } => "applicant-must-be-free",
            WorkRefusal::AppointmentMustBeBooked { .. } => "appointment-must-be-booked",
            WorkRefusal::AppointmentMustHaveBegun { .. } => "appointment-must-have-begun",
            WorkRefusal::VoteMustBeTheFirst => "vote-must-be-the-first",
            WorkRefusal::SeatMustBeFree => "seat-must-be-free",
            WorkRefusal::ScoresMustFitTheCriteria { .. } => "scores-must-fit-the-criteria",
            WorkRefusal::SeatMustHaveFallenAway { .. } => "seat-must-have-fallen-away",
            WorkRefusal::QuorumMustBeReached { .. } => "quorum-must-be-reached",
            WorkRefusal::AbsenceMustBeInOrder { .. } => "absence-must-be-in-order",
            WorkRefusal::AbsencesMustNotOverlap { .. } => "absences-must-not-overlap",
            WorkRefusal::AbsencesMustBeFew { .. } => "absences-must-be-few",
            WorkRefusal::DeputyMustBeAnother => "deputy-must-be-another",
            WorkRefusal::AbsenceMustBeKnown { .. } => "absence-must-be-known",
        }
    }

    fn remarks(&self) -> Vec<Remark> {
        match self {
            WorkRefusal::OfficeMustBeKnown { office } => vec![("office", office.to_string())],
            WorkRefusal::LegMustBeOfTheKind { case, leg, kind } => {
                vec![("case", case.to_string()), ("leg", leg.to_string()), ("kind", kind.as_str().to_owned())]
            }
            WorkRefusal::LegMustNotBeProposed { case, leg, by, at } => vec![
                ("case", case.to_string()),
                ("leg", leg.to_string()),
                ("by", by.to_string()),
                ("at", at.to_string()),
            ],
            WorkRefusal::LegMustBeProposed { case, leg }
            | WorkRefusal::RefundMustBeDue { case, leg }
            | WorkRefusal::AppointmentMustBeBooked { case, leg } => {
                vec![("case", case.to_string()), ("leg", leg.to_string())]
            }
            WorkRefusal::ColleagueMustBeOfTheOffice { person, office } => {
                vec![("person", person.to_string()), ("office", office.to_string())]
            }
            WorkRefusal::ColleagueMustBePresent { person, until } => {
                vec![("person", person.to_string()), ("until", until.to_string())]
            }
            WorkRefusal::ColleagueMustBeFreeToAct { person }
            | WorkRefusal::SignatoryMustBeOfTheOrganisation { person } => vec![("person", person.to_string())],
            WorkRefusal::AmountMustMatch { due, given } => {
                vec![("due", due.to_string()), ("given", given.to_string())]
            }
            WorkRefusal::ReceiptMustBeNew { case } => vec![("case", case.to_string())],
            WorkRefusal::UndertakingMustBeAsItStands { version } => vec![("version", version.to_string())],
            WorkRefusal::ReceiptMustBeGiven { most }
            | WorkRefusal::TimesMustBeFew { most }
            | WorkRefusal::AbsencesMustBeFew { most } => vec![("most", most.to_string())],
            WorkRefusal::TimeMustBeToCome { at }
            | WorkRefusal::TimeMustBeOnAWorkingDay { at }
            | WorkRefusal::TimesMustNotOverlap { at }
            | WorkRefusal::TimeMustBeOffered { at }
            | WorkRefusal::TimeMustNotBeTaken { at }
            | WorkRefusal::TimeMustBeFree { at }
            | WorkRefusal::AppointmentMustHaveBegun { at } => vec![("at", at.to_string())],
            WorkRefusal::ApplicantMustBeFree { case, at } => {
                vec![("case", case.to_string()), ("at", at.to_string())]
            }
            WorkRefusal::ScoresMustFitTheCriteria { criteria, most } => {
                vec![("criteria", criteria.to_string()), ("most", most.to_string())]
            }
            WorkRefusal::SeatMustHaveFallenAway { seat } => vec![("seat", (u32::from(*seat) + 1).to_string())],
            WorkRefusal::QuorumMustBeReached { quorum, present, scored } => {
                vec![("quorum", quorum.to_string()), ("present", present.to_string()), ("scored", scored.to_string())]
            }
            WorkRefusal::AbsenceMustBeInOrder { from, until } | WorkRefusal::AbsencesMustNotOverlap { from, until } => {
                vec![("from", from.to_string()), ("until", until.to_string())]
            }
            WorkRefusal::AbsenceMustBeKnown { from } => vec![("from", from.to_string())],
            WorkRefusal::SignatoryMustBeTheApplicantsToName
            | WorkRefusal::SignatureMustBeConfirmed
            | WorkRefusal::ChangesMustBeLeft
            | WorkRefusal::VoteMustBeTheFirst
            | WorkRefusal::SeatMustBeFree
            | WorkRefusal::DeputyMustBeAnother => Vec::new(),
        }
    }
}
