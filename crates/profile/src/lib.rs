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
    About, AddressLists, Applicant, Article, AttendPlan, BankProfile, Bridge, Calculation, CalculationLine, Calendar,
    Change, ChangeKind, ChangeLegs, ChoiceOption, ClosureKind, CodeEntry, CodeList, Consent, CriterionPlan, Currency,
    DOCUMENT_PARTS, Decider, Deemed, DemoOrganisation, DocumentAsked, Effect, Fee, Field, FieldFault, FieldFaultCode,
    FieldGroup, FieldKind, FigureCard, FileFormat, Form, FormPart, Gate, GrantTemplate, Group, Guidance,
    HALVES_PER_DAY, HalfDay, Halves, Hours, JointOutcome, Layout, LegKind, LegPlan, Map, MapPlace, Milestone,
    NEW_ORGANISATION, NotASection, Office, OutlineSection, OwnerOffice, PART_MARK, PICKED, Park, Part, PayPlan,
    PermitTemplate, Persona, Point, Profile, REQUESTED_DAY, ROWS_MAX, RefundOn, Region, Role, SectionNumber, Service,
    Share, Shared, SignPlan, Signatory, TaskPlan, Term, Tier, VotePlan, WhenChosen, WorkingTime,
};
