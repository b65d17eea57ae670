//! Why the room does not take a command.

use base::{Answer, CaseId, Instant, Key, PermitId, PersonId, Refuse, Remark, RosterId};

/// In order of precedence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    ServiceMustBeKnown { service: Key },
    CaseMustBeKnown { case: CaseId },
    LegMustBeKnown { case: CaseId, leg: Key },
    RosterMustBeKnown { roster: RosterId },
    SubjectMustBeKnown,
    PermitMustBeKnown { permit: PermitId },
    PersonMustAct,
    RuledOut(Answer),
    ServiceMustMatchWhatItIsAbout,
    RequestedDayMustBeGiven,
    RequestedDayMustNotBePast,
    CaseMustBeTheOnlyOneOpen { case: CaseId },
    CaseMustBeConfirming { case: CaseId },
    CaseMustBeDeciding { case: CaseId },
    CaseMustNotBeDecided { case: CaseId },
    DocumentMustBeConfirmed,
    ConsentMustBeGiven { consent: Key },
    ChoiceMustBeGiven { field: Key },
    DisclosureMustBeTheServices,
    LegMustBeUndecided { case: CaseId, leg: Key, by: Option<PersonId>, at: Option<Instant> },
    LegMustHaveBegun { case: CaseId, leg: Key },
    LegMustBeOpen { case: CaseId, leg: Key },
    LegMustBeAsked { case: CaseId, leg: Key },
    LegMustBeLeftToTheRule { case: CaseId, leg: Key },
    VerdictMustFitTheLeg { case: CaseId, leg: Key },
    DocumentMustBeAsked { document: Key },
    DocumentMustBeAttached { document: Key },
    FileMustFitTheDocument { document: Key },
    FilesMustNotBeTooMany { document: Key },
    AttachmentMustBeKnown { case: CaseId },
    SealMustBeTheSubjectsOwn,
    RosterMustBeUnchanged { roster: RosterId },
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::ServiceMustBeKnown { .. } => "service-must-be-known",
            Refusal::CaseMustBeKnown { .. } => "case-must-be-known",
            Refusal::LegMustBeKnown { .. } => "leg-must-be-known",
            Refusal::RosterMustBeKnown { .. } => "roster-must-be-known",
            Refusal::RosterMustBeUnchanged { .. } => "roster-must-be-unchanged",
            Refusal::SubjectMustBeKnown => "subject-must-be-known",
            Refusal::PermitMustBeKnown { .. } => "permit-must-be-known",
            Refusal::PersonMustAct => "person-must-act",
            Refusal::RuledOut(_) => "ruled-out",
            Refusal::ServiceMustMatchWhatItIsAbout => "service-must-match-what-it-is-about",
            Refusal::RequestedDayMustBeGiven => "requested-day-must-be-given",
            Refusal::RequestedDayMustNotBePast => "requested-day-must-not-be-past",
            Refusal::CaseMustBeTheOnlyOneOpen { .. } => "case-must-be-the-only-one-open",
            Refusal::CaseMustBeConfirming { .. } => "case-must-be-confirming",
            Refusal::CaseMustBeDeciding { .. } => "case-must-be-deciding",
            Refusal::CaseMustNotBeDecided { .. } => "case-must-not-be-decided",
            Refusal::DocumentMustBeConfirmed => "document-must-be-confirmed",
            Refusal::ConsentMustBeGiven { .. } => "consent-must-be-given",
            Refusal::ChoiceMustBeGiven { .. } => "choice-must-be-given",
            Refusal::DisclosureMustBeTheServices => "disclosure-must-be-the-services",
            Refusal::LegMustBeUndecided { .. } => "leg-must-be-undecided",
            Refusal::LegMustHaveBegun { .. } => "leg-must-have-begun",
            Refusal::LegMustBeOpen { .. } => "leg-must-be-open",
            Refusal::LegMustBeAsked { .. } => "leg-must-be-asked",
            Refusal::LegMustBeLeftToTheRule { .. } => "leg-must-be-left-to-the-rule",
            Refusal::VerdictMustFitTheLeg { .. } => "verdict-must-fit-the-leg",
            Refusal::DocumentMustBeAsked { .. } => "document-must-be-asked",
            Refusal::DocumentMustBeAttached { .. } => "document-must-be-attached",
            Refusal::FileMustFitTheDocument { .. } => "file-must-fit-the-document",
            Refusal::FilesMustNotBeTooMany { .. } => "files-must-not-be-too-many",
            Refusal::AttachmentMustBeKnown { .. } => "attachment-must-be-known",
            Refusal::SealMustBeTheSubjectsOwn => "seal-must-be-the-subjects-own",
        }
    }

    fn remarks(&self) -> Vec<Remark> {
        match self {
            Refusal::ServiceMustBeKnown { service } => vec![("service", service.to_string())],
            Refusal::CaseMustBeKnown { case }
            | Refusal::CaseMustBeTheOnlyOneOpen { case }
            | Refusal::CaseMustBeConfirming { case }
            | Refusal::CaseMustBeDeciding { case }
            | Refusal::AttachmentMustBeKnown { case }
            | Refusal::CaseMustNotBeDecided { case } => vec![("case", case.to_string())],
            Refusal::LegMustBeKnown { case, leg }
            | Refusal::LegMustBeOpen { case, leg }
            | Refusal::LegMustBeAsked { case, leg }
            | Refusal::LegMustHaveBegun { case, leg }
            | Refusal::VerdictMustFitTheLeg { case, leg }
            | Refusal::LegMustBeLeftToTheRule { case, leg } => {
                vec![("case", case.to_string()), ("leg", leg.to_string())]
            }
            Refusal::LegMustBeUndecided { case, leg, by, at } => vec![
                ("case", case.to_string()),
                ("leg", leg.to_string()),
                ("by", by.map(|id| id.to_string()).unwrap_or_default()),
                ("at", at.map(|at| at.to_string()).unwrap_or_default()),
            ],
            Refusal::RosterMustBeKnown { roster } | Refusal::RosterMustBeUnchanged { roster } => {
                vec![("roster", roster.to_string())]
            }
            Refusal::PermitMustBeKnown { permit } => vec![("permit", permit.to_string())],
            Refusal::DocumentMustBeAsked { document }
            | Refusal::DocumentMustBeAttached { document }
            | Refusal::FileMustFitTheDocument { document }
            | Refusal::FilesMustNotBeTooMany { document } => vec![("document", document.to_string())],
            Refusal::ConsentMustBeGiven { consent } => vec![("consent", consent.to_string())],
            Refusal::ChoiceMustBeGiven { field } => vec![("field", field.to_string())],
            Refusal::SubjectMustBeKnown
            | Refusal::DisclosureMustBeTheServices
            | Refusal::PersonMustAct
            | Refusal::RuledOut(_)
            | Refusal::ServiceMustMatchWhatItIsAbout
            | Refusal::RequestedDayMustBeGiven
            | Refusal::RequestedDayMustNotBePast
            | Refusal::DocumentMustBeConfirmed
            | Refusal::SealMustBeTheSubjectsOwn => Vec::new(),
        }
    }

    fn field(&self) -> Option<&str> {
        if let Refusal::ChoiceMustBeGiven { field } = self { Some(field.as_str()) } else { None }
    }

    fn answer(&self) -> Option<&Answer> {
        if let Refusal::RuledOut(answer) = self { Some(answer) } else { None }
    }
}
