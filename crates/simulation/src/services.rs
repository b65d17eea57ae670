//! What a play needs of the zone's services and lists, found by what they do and not by what they are called.

use crate::error::SimulationError;
use crate::founding::Founded;
use crate::paperwork::one;
use crate::stage::{Stage, all_accepted};
use base::{Bank, Instant, Key};
use desk::{context, document_tag};
use profile::Profile;

/// The commuter service, by what it issues: the first whose people come by roster.
pub(crate) fn commuter_service(profile: &Profile) -> Result<Key, SimulationError> {
    service_where(profile, |template| !template.days_from_request)
}

pub(crate) fn visitor_service(profile: &Profile) -> Result<Key, SimulationError> {
    service_where(profile, |template| template.days_from_request)
}

fn service_where(profile: &Profile, fits: impl Fn(&profile::PermitTemplate) -> bool) -> Result<Key, SimulationError> {
    let issues = |service: &&profile::Service| matches!(&service.effect, profile::Effect::IssuePermit(template) if fits(template));
    let found = profile.services.values().find(issues);
    found.map(|service| service.key.clone()).ok_or(SimulationError::Missing("service that issues such a pass"))
}

/// Puts somebody's document on a bank's list.
pub(crate) fn watch(
    stage: &mut impl Stage,
    founded: &Founded,
    office: &Key,
    kind: &str,
    number: &str,
    now: Instant,
) -> Result<(), SimulationError> {
    let bank = stage.profile().office(office).map_or(Bank::South, |office| office.bank);
    let tag = document_tag(stage.vault(), kind, number).ok_or(SimulationError::Missing("tag"))?;
    let subject = stage.vault().create_subjects(1)?.pop().ok_or(SimulationError::Missing("key"))?;
    let tag = stage.vault().seal(&subject, context::WATCH_TAG, &tag)?;
    let command = people::Command::ListWatch { bank, tag };
    let performed = stage.perform(vec![one(founded.acting(office, 0)?, now, command)])?;
    all_accepted("a watchlist entry", performed).map(drop)
}
