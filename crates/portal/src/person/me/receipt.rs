//! A receipt to keep: one entry of one's own application with the proof that it is in the log, checked off line by
//! `hetao verify --receipt`.

use crate::clerk::named;
use crate::{Caller, Problem};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base::CaseId;
use park::WorkError;
use serde::Serialize;

/// Personal fields are sealed in the entry: the file shows them to nobody.
#[derive(Serialize)]
struct Download<'a> {
    /// The entry's exact text, as it was hashed.
    entry: &'a str,
    /// A C2SP tlog-proof.
    receipt: &'a str,
    /// The log's verifier keys, one a line.
    keys: &'a str,
}

pub(super) async fn download(
    caller: Caller,
    Path((_, id, sequence)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let (id, sequence): (CaseId, u64) = (named(&id)?, named(&sequence)?);
    let park = &caller.portal.park;
    let zone = park.zone();
    let case = caller.portal.case(&zone, &caller.as_person()?, id)?;
    if !case.entries.contains(&sequence) {
        return Err(Problem::NotFound);
    }
    let log = park.desk.log();
    let entry = log.entry(sequence).map_err(WorkError::from)?.ok_or(Problem::NotFound)?;
    let receipt = log.receipt(sequence).map_err(WorkError::from)?.ok_or(Problem::NotFound)?;
    let entry = std::str::from_utf8(&entry).map_err(|_| Problem::Broken)?;
    let file = Download { entry, receipt: &receipt, keys: &park.log_keys.to_string() };
    let body = serde_json::to_string_pretty(&file).map_err(|_| Problem::Broken)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"receipt-{id}-{sequence}.json\"")),
    ];
    Ok((headers, body).into_response())
}
