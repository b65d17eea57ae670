//! Why the room does not take a command.

pub use crate::work_refusal::WorkRefusal;
use base::{Answer, CaseId, ClosureId, Date, Instant, Key, PermitId, PersonId, Refuse, Remark, RosterId};

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
    Work(WorkRefusal),
    DocumentMustBeAsked { document: Key },
    DocumentMustBeAttached { document: Key },
    FileMustFitTheDocument { document: Key },
    FilesMustNotBeTooMany { document: Key },
    AttachmentMustBeKnown { case: CaseId },
    SealMustBeTheSubjectsOwn,
    RosterMustBeUnchanged { roster: RosterId },
    PlatformMustAct,
    CaseMustHaveRoom { case: CaseId },
    ViewsMustBeSomeAndFew { views_max: usize },
    ChangeMustBeOffered { case: CaseId },
    CaseMustBeDecided { case: CaseId },
    CaseMustBeRefused { case: CaseId },
    IssuedMustStand { case: CaseId },
    ChangeMustNotBeEarly { from: Date },
    ChangeMustBeInTime { until: Date },
    ChangeMustBeAskedOnce { case: CaseId },
    TransferMustGoToAnotherOrganisation,
    VersionMustBeNewer { case: CaseId },
    ClosureMustBeKnown { closure: ClosureId },
    ClosureMustNameOfficesOfItsBank,
    ClosureKindMustBeKnown { kind: Key },
    ClosureMustEndAfterItBegins,
    ClosureMustBeNear { days_max: i32 },
    ClosureMustBeInForce { closure: ClosureId },
    ClocksMustBeThePlatforms,
    RosterMustFitTheDelegation { applied: u32, left: u32 },
}

impl From<WorkRefusal> for Refusal {
    fn from(refusal: WorkRefusal) -> Self {
        Refusal::Work(refusal)
    }
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Refusal::ServiceMustBeKnown { .. } => "service-must-be-known",
            Refusal::CaseMustBeKnown { .. } => "case-must-be-known",
            Refusal::LegMustBeKnown { .. } => "leg-must-be-known",
            Refusal::RosterMustBeKnown { .. } => "roster-must-be-known",
            Refusal::RosterMustBeUnchanged { .. } => "roster-must-be-unchanged",
            Refusal::RosterMustFitTheDelegation { .. } => "roster-must-fit-the-delegation",
            Refusal::ClosureMustBeKnown { .. } => "closure-must-be-known",
            Refusal::ClosureMustNameOfficesOfItsBank => "closure-must-name-offices-of-its-bank",
            Refusal::ClosureKindMustBeKnown { .. } => "closure-kind-must-be-known",
            Refusal::ClosureMustEndAfterItBegins => "closure-must-end-after-it-begins",
            Refusal::ClosureMustBeNear { .. } => "closure-must-be-near",
            Refusal::ClosureMustBeInForce { .. } => "closure-must-be-in-force",
            Refusal::ClocksMustBeThePlatforms => "clocks-must-be-the-platforms",
            Refusal::SubjectMustBeKnown => "subject-must-be-known",
            Refusal::PermitMustBeKnown { .. } => "permit-must-be-known",
            Refusal::PersonMustAct => "person-must-act",
            Refusal::PlatformMustAct => "platform-must-act",
            Refusal::RuledOut(_) => "ruled-out",
            Refusal::ServiceMustMatchWhatItIsAbout => "service-must-match-what-it-is-about",
            Refusal::RequestedDayMustBeGiven => "requested-day-must-be-given",
            Refusal::RequestedDayMustNotBePast => "requested-day-must-not-be-past",
            Refusal::CaseMustBeTheOnlyOneOpen { .. } => "case-must-be-the-only-one-open",
            Refusal::CaseMustBeConfirming { .. } => "case-must-be-confirming",
            Refusal::CaseMustBeDeciding { .. } => "case-must-be-deciding",
            Refusal::CaseMustNotBeDecided { .. } => "case-must-not-be-decided",
            Refusal::CaseMustHaveRoom { .. } => "case-must-have-room",
            Refusal::ViewsMustBeSomeAndFew { .. } => "views-must-be-some-and-few",
            Refusal::ChangeMustBeOffered { .. } => "change-must-be-offered",
            Refusal::CaseMustBeDecided { .. } => "case-must-be-decided",
            Refusal::CaseMustBeRefused { .. } => "case-must-be-refused",
            Refusal::IssuedMustStand { .. } => "issued-must-stand",
            Refusal::ChangeMustNotBeEarly { .. } => "change-must-not-be-early",
            Refusal::ChangeMustBeInTime { .. } => "change-must-be-in-time",
            Refusal::ChangeMustBeAskedOnce { .. } => "change-must-be-asked-once",
            Refusal::TransferMustGoToAnotherOrganisation => "transfer-must-go-to-another-organisation",
            Refusal::VersionMustBeNewer { .. } => "version-must-be-newer",
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
            Refusal::Work(refusal) => refusal.code(),
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
            | Refusal::CaseMustNotBeDecided { case }
            | Refusal::CaseMustHaveRoom { case }
            | Refusal::ChangeMustBeOffered { case }
            | Refusal::CaseMustBeDecided { case }
            | Refusal::CaseMustBeRefused { case }
            | Refusal::IssuedMustStand { case }
            | Refusal::VersionMustBeNewer { case }
            | Refusal::ChangeMustBeAskedOnce { case } => vec![("case", case.to_string())],
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
            Refusal::Work(refusal) => refusal.remarks(),
            Refusal::RosterMustBeKnown { roster } | Refusal::RosterMustBeUnchanged { roster } => {
                vec![("roster", roster.to_string())]
            }
            Refusal::RosterMustFitTheDelegation { applied, left } => {
                vec![("applied", applied.to_string()), ("left", left.to_string())]
            }
            Refusal::PermitMustBeKnown { permit } => vec![("permit", permit.to_string())],
            Refusal::DocumentMustBeAsked { document }
            | Refusal::DocumentMustBeAttached { document }
            | Refusal::FileMustFitTheDocument { document }
            | Refusal::FilesMustNotBeTooMany { document } => vec![("document", document.to_string())],
            Refusal::ConsentMustBeGiven { consent } => vec![("consent", consent.to_string())],
            Refusal::ChoiceMustBeGiven { field } => vec![("field", field.to_string())],
            Refusal::ViewsMustBeSomeAndFew { views_max } => vec![("views_max", views_max.to_string())],
            Refusal::ChangeMustNotBeEarly { from } => vec![("from", from.to_string())],
            Refusal::ChangeMustBeInTime { until } => vec![("until", until.to_string())],
            Refusal::ClosureMustBeKnown { closure } | Refusal::ClosureMustBeInForce { closure } => {
                vec![("closure", closure.to_string())]
            }
            Refusal::ClosureKindMustBeKnown { kind } => vec![("kind", kind.to_string())],
            Refusal::ClosureMustBeNear { days_max } => vec![("days_max", days_max.to_string())],
            Refusal::ClosureMustNameOfficesOfItsBank
            | Refusal::ClosureMustEndAfterItBegins
            | Refusal::ClocksMustBeThePlatforms
            | Refusal::SubjectMustBeKnown
            | Refusal::TransferMustGoToAnotherOrganisation
            | Refusal::DisclosureMustBeTheServices
            | Refusal::PersonMustAct
            | Refusal::PlatformMustAct
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
