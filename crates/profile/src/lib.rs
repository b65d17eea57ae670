//! The zone as data: everything that is particular to one river, read from a folder, validated whole, and hashed.
//!
//! Nouns: profile, bank, park, bridge, gate, office, calendar, service, form, persona, figure, map.
//! Invariants: a `Profile` that exists is whole. Every key it mentions is defined in it, every text is there in three
//! languages, every form's JSON Schema compiles, every figure names its section. What is wrong is said all at once,
//! with file and line. After loading nothing here reads a file, a clock or the network.
//! It must not know: rooms, the log, the rulebook's language (it hashes `rules/` and reads nothing in it), pages.

mod check;
mod folder;
mod model;
mod read;
mod reader;
#[cfg(test)]
mod tests;

pub use identifiers::Identifier;
pub use model::money;
pub use model::{
    About, Applicant, Article, AttendPlan, BankProfile, Bridge, Calendar, Change, ChangeKind, ChangeLegs, ChoiceOption,
    ClosureKind, Consent, CriterionPlan, Currency, Decider, Deemed, DemoOrganisation, DocumentAsked, Effect, Fee, Field,
    FieldFault, FieldFaultCode, FieldKind, FigureCard, Form, Gate, GrantTemplate, Group, Guidance, HALVES_PER_DAY,
    HalfDay, Halves, Hours, JointOutcome, LegKind, LegPlan, Map, Milestone, NEW_ORGANISATION, NotASection, Office,
    OutlineSection, OwnerOffice, Park, Part, PayPlan, PermitTemplate, Persona, Point, Profile, REQUESTED_DAY, RefundOn,
    Role, SectionNumber, Service, Shared, SignPlan, Signatory, TaskPlan, Term, VotePlan, WhenChosen, WorkingTime,
};
