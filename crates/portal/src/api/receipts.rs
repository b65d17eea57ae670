//! What a command came to: where its entries are in the log, under which size, and what it made.

use super::caller::AnyCaller;
use super::idempotency::{self, Asked};
use crate::Portal;
use crate::problem::Problem;
use axum::Json;
use base::{Actor, CaseId, DelegationId, OrganisationId, PassageId, PermitId, PersonId, RosterId, TokenId, WatchId};
use desk::{Command, Event, Receipt, Submission};
use park::Earlier;
use serde::Serialize;
use utoipa::ToSchema;

/// Entries `sequence` to `sequence + entries - 1` of the log; each has its proof at `/api/log/entries/{sequence}`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceiptView {
    pub sequence: u64,
    pub entries: usize,
    pub log_size: u64,
    /// The request had been accepted before, under the same idempotency key.
    pub repeated: bool,
    /// What the entries made.
    #[schema(value_type = Vec<String>, example = json!(["C-1042"]))]
    pub made: Vec<String>,
}

impl ReceiptView {
    pub fn new(receipt: &Receipt) -> Self {
        Self {
            sequence: receipt.first,
            entries: receipt.events.len(),
            log_size: receipt.size,
            repeated: receipt.repeated,
            made: made(&receipt.events),
        }
    }

    /// What was accepted before.
    pub fn repeated(portal: &Portal, earlier: &Earlier) -> Self {
        Self {
            sequence: earlier.first,
            entries: earlier.events.len(),
            log_size: portal.park.desk.log().size(),
            repeated: true,
            made: made(&earlier.events),
        }
    }
}

/// One command of the caller, under the key that came with it.
pub(crate) async fn submit(
    caller: &AnyCaller,
    asked: Option<Asked>,
    command: impl Into<Command>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(caller, asked)?;
    submit_as(caller, &caller.actor, key, command).await
}

/// The same in another capacity of the caller, or where the key was read before.
pub(crate) async fn submit_as(
    caller: &AnyCaller,
    actor: &Actor,
    key: Option<Box<str>>,
    command: impl Into<Command>,
) -> Result<Json<ReceiptView>, Problem> {
    let park = &caller.portal.park;
    let submission = Submission { actor: actor.clone(), now: park.now(), commands: vec![command.into()], key };
    let receipt = park.desk.submit(submission).await?;
    Ok(Json(ReceiptView::new(&receipt)))
}

/// The names of everything new in the events.
pub(crate) fn made(events: &[Event]) -> Vec<String> {
    let name = |event: &Event| -> Option<String> {
        Some(match event {
            Event::Parties(parties::Event::OrganisationRegistered { organisation, .. }) => {
                OrganisationId::to_string(organisation)
            }
            Event::Parties(parties::Event::PersonRegistered { person, .. }) => PersonId::to_string(person),
            Event::Cases(cases::Event::Opened { case, .. }) => CaseId::to_string(case),
            Event::Cases(cases::Event::RosterUploaded { roster, .. }) => RosterId::to_string(roster),
            Event::Permits(permits::Event::Issued { permit, .. }) => PermitId::to_string(permit),
            Event::People(people::Event::PresentationDecided(decision)) => PassageId::to_string(&decision.passage),
            Event::People(people::Event::WatchListed { watch, .. }) => WatchId::to_string(watch),
            Event::Parties(parties::Event::DelegationOffered { delegation, .. }) => DelegationId::to_string(delegation),
            Event::Parties(parties::Event::TokenIssued { token, .. }) => TokenId::to_string(token),
            Event::Zone(_)
            | Event::Parties(_)
            | Event::Cases(_)
            | Event::Permits(_)
            | Event::People(_)
            | Event::Letters(_) => return None,
        })
    };
    events.iter().filter_map(name).collect()
}
