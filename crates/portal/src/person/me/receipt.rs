//! A receipt to keep: one entry of one's own application with the proof that it is in the log, checked off line by
//! `hetao verify --receipt`.
//!
//! An entry says more than the page: which officer it was, and why a rule left a leg to one, which may be a bank's
//! watchlist. Such an entry is not handed out; its receipt names it by its hash, and an auditor of either bank, who may
//! read the entry, can show that it is the one.

use crate::clerk::named;
use crate::log::evidence::hash_text;
use crate::{Caller, Problem};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base::{Actor, CaseId};
use cases::Event;
use desk::Envelope;
use park::WorkError;
use serde::Serialize;

#[derive(Serialize)]
struct Download<'a> {
    /// The entry's exact text, as it was hashed. Personal fields are sealed in it: the file shows them to nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'a str>,
    /// In its place where the entry is not for the traveller: base64 of the RFC 6962 leaf hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    leaf_hash: Option<String>,
    /// A C2SP tlog-proof.
    receipt: &'a str,
    /// The log's verifier keys, one a line.
    keys: &'a str,
}

/// Whether an entry holds nothing but what those whom the case concerns may know. It is judged by the kind of event
/// alone: were it by what the event says, a withheld entry would tell.
fn is_for_those_concerned(by: &Actor, event: &Event) -> bool {
    match event {
        Event::LegTaken { .. }
        | Event::LegLeftToOfficer { .. }
        | Event::LegDecided { .. }
        | Event::Asked { .. }
        | Event::Viewed { .. }
        | Event::AttachmentRead { .. }
        | Event::Office { .. } => false,
        // They name the officer who has the leg, or are of no case.
        Event::ClockWarned { .. }
        | Event::ClockBreached { .. }
        | Event::ClosureDeclared { .. }
        | Event::ClosureCorrected { .. }
        | Event::ClosureVoided { .. } => false,
        Event::Worked { work, .. } => !work.is_internal() && !matches!(by, Actor::Officer { .. }),
        // The last leg's officer made this entry too.
        Event::Opened { .. }
        | Event::Submitted { .. }
        | Event::LegStarted { .. }
        | Event::Answered { .. }
        | Event::Decided { .. }
        | Event::Withdrawn { .. }
        | Event::Remarked { .. }
        | Event::Migrated { .. }
        | Event::Attached { .. }
        | Event::Escalated { .. }
        | Event::LegDeemed { .. }
        | Event::RosterUploaded { .. }
        | Event::RosterMended { .. } => !matches!(by, Actor::Officer { .. }),
    }
}

pub(super) async fn download(
    caller: Caller,
    Path((_, id, sequence)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let (id, sequence): (CaseId, u64) = (named(&id)?, named(&sequence)?);
    let park = &caller.portal.park;
    let zone = park.zone();
    let case = caller.portal.case(&zone, &caller.on_case(id)?, id)?;
    if !case.entries.contains(&sequence) {
        return Err(Problem::NotFound);
    }
    let log = park.desk.log();
    let entry = log.entry(sequence).map_err(WorkError::from)?.ok_or(Problem::NotFound)?;
    let receipt = log.receipt(sequence).map_err(WorkError::from)?.ok_or(Problem::NotFound)?;
    let envelope = Envelope::decode(&entry).map_err(|_| Problem::Broken)?;
    let shown = matches!(&envelope.event, desk::Event::Cases(event) if is_for_those_concerned(&envelope.by, event));
    let file = Download {
        entry: if shown { Some(std::str::from_utf8(&entry).map_err(|_| Problem::Broken)?) } else { None },
        leaf_hash: (!shown).then(|| hash_text(&eventlog::leaf_hash(&entry))),
        receipt: &receipt,
        keys: &park.log_keys.to_string(),
    };
    let body = serde_json::to_string_pretty(&file).map_err(|_| Problem::Broken)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"receipt-{id}-{sequence}.json\"")),
    ];
    Ok((headers, body).into_response())
}
