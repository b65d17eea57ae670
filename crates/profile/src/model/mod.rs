//! The zone in memory. Plain data with the questions that rooms ask of it; knows nothing of files.

mod calculation;
mod calendar;
mod changes;
mod code_list;
mod faults;
mod field;
mod form;
mod guidance;
mod legs;
mod map;
pub mod money;
mod people;
mod places;
mod service;
mod tasks;
mod values;

pub use calculation::{Calculation, CalculationLine, Tier};
pub(crate) use calendar::weekday_of;
pub use calendar::{Calendar, ClosureKind, HALVES_PER_DAY, HalfDay, Halves, Part, WorkingTime};
pub use changes::{Change, ChangeKind, ChangeLegs};
pub use code_list::{CodeEntry, CodeList};
pub use faults::{FieldFault, FieldFaultCode};
pub use field::{
    AddressLists, ChoiceOption, DOCUMENT_PARTS, Field, FieldKind, Group as FieldGroup, PART_MARK, ROWS_MAX, Region,
    Shared,
};
pub use form::{Form, Layout, Part as FormPart, Share};
pub use guidance::{Article, Guidance, NotASection, OutlineSection, SectionNumber, Term};
pub use legs::{Decider, Deemed, JointOutcome, LegKind, LegPlan, WhenChosen};
pub use map::{Map, MapPlace, Point};
pub use money::Currency;
pub use people::{DelegationLimits, DemoOrganisation, FigureCard, Milestone, Persona, Role};
pub use places::{BankProfile, Bridge, Gate, Hours, Office, OwnerOffice, Park};
pub use service::{
    About, Applicant, Consent, DocumentAsked, Effect, Fee, FileFormat, GrantTemplate, Group, NEW_ORGANISATION,
    PermitTemplate, REQUESTED_DAY, Service,
};
pub use tasks::{AttendPlan, CriterionPlan, PayPlan, RefundOn, SignPlan, Signatory, TaskPlan, VotePlan};
pub use values::PICKED;

use base::{Bank, Date, Fault, Instant, Key, Localised};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A whole zone, as its folder describes it.
#[derive(Debug, Clone)]
pub struct Profile {
    pub key: Key,
    pub name: Localised,
    /// Hex SHA-256 over the sorted relative paths and contents of every file of the folder, rules included.
    pub hash: String,
    /// Both banks are always there.
    pub banks: BTreeMap<Bank, BankProfile>,
    pub parks: BTreeMap<Key, Park>,
    pub bridges: BTreeMap<Key, Bridge>,
    pub gates: BTreeMap<Key, Gate>,
    pub offices: BTreeMap<Key, Office>,
    pub calendars: BTreeMap<Key, Calendar>,
    pub services: BTreeMap<Key, Service>,
    /// Earlier versions of them, on which cases may still be; by key and version.
    pub earlier: BTreeMap<(Key, u32), Service>,
    /// Long lists that forms choose from.
    pub lists: BTreeMap<Key, Arc<CodeList>>,
    /// The people of the demonstration's sign-in page, in the order they are shown.
    pub personas: Vec<Persona>,
    /// Plainly synthetic organisations of the demonstration and the simulation.
    pub demo_organisations: Vec<DemoOrganisation>,
    pub delegations: DelegationLimits,
    /// Every figure of the source document that the zone carries, with its section.
    pub facts: Vec<FigureCard>,
    pub milestones: Vec<Milestone>,
    pub map: Map,
    /// What people look up: the outline, articles, the glossary.
    pub guidance: Guidance,
}

impl Profile {
    /// Reads and validates a zone folder.
    ///
    /// # Errors
    /// Every fault found, ordered by file and line; never only the first.
    pub fn load(folder: &Path) -> Result<Self, Vec<Fault>> {
        crate::read::load(folder)
    }

    pub fn office(&self, office: &Key) -> Option<&Office> {
        self.offices.get(office)
    }

    pub fn gate(&self, gate: &Key) -> Option<&Gate> {
        self.gates.get(gate)
    }

    pub fn service(&self, service: &Key) -> Option<&Service> {
        self.services.get(service)
    }

    /// The service as it was in that version: where the zone does not hold it any more, as it is.
    pub fn service_at(&self, service: &Key, version: u32) -> Option<&Service> {
        let current = self.services.get(service);
        match current {
            Some(current) if current.version == version => Some(current),
            _ => self.earlier.get(&(service.clone(), version)).or(current),
        }
    }

    /// The service in that version and no other, where the zone holds it.
    pub fn service_version(&self, service: &Key, version: u32) -> Option<&Service> {
        let current = self.services.get(service).filter(|current| current.version == version);
        current.or_else(|| self.earlier.get(&(service.clone(), version)))
    }

    /// Every service in every version that the zone holds.
    pub fn every_version(&self) -> impl Iterator<Item = &Service> {
        self.services.values().chain(self.earlier.values())
    }

    pub fn bank(&self, bank: Bank) -> Option<&BankProfile> {
        self.banks.get(&bank)
    }

    /// The consents that a permit or grant of a kind rests on: all that the services ask for which issue it.
    pub fn consents_behind<'a>(&'a self, kind: &'a Key) -> impl Iterator<Item = &'a Consent> + 'a {
        let issues = move |service: &&Service| match &service.effect {
            Effect::IssuePermit(template) => template.kind == *kind,
            Effect::Grant(template) => template.kind == *kind,
            Effect::Answer | Effect::RevokePermit | Effect::ErasePerson | Effect::Change => false,
        };
        self.services.values().filter(issues).flat_map(|service| &service.consents)
    }

    /// The calendar that an office's clocks run on.
    pub fn calendar_of_office(&self, office: &Key) -> Option<&Calendar> {
        self.calendars.get(&self.offices.get(office)?.calendar)
    }

    /// The calendar of a bank: holidays there, and whether the bank's people work on a date.
    pub fn calendar_of_bank(&self, bank: Bank) -> Option<&Calendar> {
        self.calendars.get(&self.banks.get(&bank)?.calendar)
    }

    /// The civil date on a bank's clocks.
    pub fn local_date(&self, bank: Bank, at: Instant) -> Date {
        self.local(bank, at).date()
    }

    /// The minute of the day on a bank's clocks, 0 to 1439.
    pub fn local_minute(&self, bank: Bank, at: Instant) -> u16 {
        let time = self.local(bank, at).time();
        u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or(0)
    }

    /// The day of the week on a bank's clocks, 1 for Monday to 7 for Sunday.
    pub fn weekday(&self, bank: Bank, at: Instant) -> u8 {
        calendar::weekday_of(self.local_date(bank, at))
    }

    /// The first instant of a civil date on a bank's clocks.
    pub fn start_of_day(&self, bank: Bank, date: Date) -> Instant {
        self.zone(bank).to_ambiguous_timestamp(date.at(0, 0, 0, 0)).compatible().map_or(Instant(i64::MAX), Instant::of)
    }

    /// Instants beyond the calendar's years are taken as its last one: a caller's arithmetic never fails here.
    fn local(&self, bank: Bank, at: Instant) -> DateTime {
        let extreme = if at.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
        let timestamp = at.timestamp().unwrap_or(extreme);
        self.zone(bank).to_datetime(timestamp)
    }

    /// A clone of a looked-up zone copies a pointer.
    fn zone(&self, bank: Bank) -> TimeZone {
        self.banks.get(&bank).map_or(TimeZone::UTC, |profile| profile.zone.clone())
    }
}
