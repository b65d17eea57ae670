//! The public log as JSON: its checkpoint and keys, the proof of an entry, the proof that it was only added to.

use super::caller::AnyCaller;
use super::docs::Problems;
use super::query::Asking;
use crate::log::evidence::{Evidence, evidence, hash_text};
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use park::WorkError;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LogView {
    /// The log's name: the first line of its checkpoints, and the name of its keys.
    origin: String,
    size: u64,
    /// Base64 of the Merkle root.
    root: String,
    /// A C2SP signed note: Ed25519 and ML-DSA-44.
    #[schema(value_type = String)]
    checkpoint: Arc<str>,
    /// Verifier keys, as signed notes name them.
    keys: Vec<String>,
}

/// The log as it is now.
#[utoipa::path(get, path = "/api/log", tag = "log", responses((status = 200, body = LogView), Problems))]
pub(crate) async fn get(caller: AnyCaller) -> Result<Json<LogView>, Problem> {
    let park = &caller.portal.park;
    caller.portal.may_log(&park.zone(), &caller.actor, "read_proofs")?;
    let checkpoint = park.desk.log().checkpoint();
    let signed = park.log_keys.verify(&checkpoint).map_err(|_| Problem::Broken)?;
    Ok(Json(LogView {
        origin: signed.origin,
        size: signed.size,
        root: hash_text(&signed.root),
        checkpoint,
        keys: park.log_keys.to_string().lines().map(str::to_owned).collect(),
    }))
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryView {
    sequence: u64,
    /// Base64 of the RFC 6962 leaf hash.
    leaf_hash: String,
    /// From the leaf's sibling to the root's child, base64.
    proof: Vec<String>,
    /// The size and root that the proof leads to.
    log_size: u64,
    root: String,
    /// A C2SP tlog-proof: this proof with the signed checkpoint.
    receipt: String,
    /// The entry itself, to auditors.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<String>,
}

/// The proof that the log holds an entry; the entry itself is for auditors.
#[utoipa::path(get, path = "/api/log/entries/{sequence}", tag = "log",
    params(("sequence" = u64, Path)), responses((status = 200, body = EntryView), Problems))]
pub(crate) async fn entry(caller: AnyCaller, Place(sequence): Place<u64>) -> Result<Json<EntryView>, Problem> {
    let portal = &caller.portal;
    let zone = portal.park.zone();
    portal.may_log(&zone, &caller.actor, "read_proofs")?;
    let Evidence { leaf_hash, proof, size, root, receipt } = evidence(portal, sequence)?;
    let entry = match portal.may_log(&zone, &caller.actor, "read_entries") {
        Ok(()) => portal.park.desk.log().entry(sequence).map_err(WorkError::from)?,
        Err(_) => None,
    };
    Ok(Json(EntryView {
        sequence,
        leaf_hash: hash_text(&leaf_hash),
        proof: proof.iter().map(hash_text).collect(),
        log_size: size,
        root: hash_text(&root),
        receipt,
        entry: entry.and_then(|bytes| String::from_utf8(bytes).ok()),
    }))
}

/// The receipt of an entry by itself, as a C2SP tlog-proof text.
#[utoipa::path(get, path = "/api/log/entries/{sequence}/receipt", tag = "log",
    params(("sequence" = u64, Path)),
    responses((status = 200, body = String, content_type = "text/plain"), Problems))]
pub(crate) async fn receipt(caller: AnyCaller, Place(sequence): Place<u64>) -> Result<Response, Problem> {
    let park = &caller.portal.park;
    caller.portal.may_log(&park.zone(), &caller.actor, "read_proofs")?;
    let receipt = park.desk.log().receipt(sequence).map_err(WorkError::from)?.ok_or(Problem::NotFound)?;
    let name = format!("attachment; filename=\"hetao-{sequence}.tlog-proof\"");
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, receipt).into_response())
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sizes {
    /// The smaller size.
    from: u64,
    /// The larger; what the log has now where it is left out.
    to: Option<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsistencyView {
    from: u64,
    from_root: String,
    to: u64,
    to_root: String,
    /// RFC 6962 section 2.1.2, base64.
    proof: Vec<String>,
}

/// The proof that the log of one size is the beginning of the log of another.
#[utoipa::path(get, path = "/api/log/consistency", tag = "log", params(Sizes),
    responses((status = 200, body = ConsistencyView), Problems))]
pub(crate) async fn consistency(
    caller: AnyCaller,
    Asking(sizes): Asking<Sizes>,
) -> Result<Json<ConsistencyView>, Problem> {
    let park = &caller.portal.park;
    caller.portal.may_log(&park.zone(), &caller.actor, "read_proofs")?;
    let log = park.desk.log();
    let (from, to) = (sizes.from, sizes.to.unwrap_or_else(|| log.size()));
    if from > to || to > log.size() {
        return Err(Problem::NotFound);
    }
    let proof = log.consistency(from, to).map_err(WorkError::from)?;
    Ok(Json(ConsistencyView {
        from,
        from_root: hash_text(&log.root_at(from).map_err(WorkError::from)?),
        to,
        to_root: hash_text(&log.root_at(to).map_err(WorkError::from)?),
        proof: proof.iter().map(hash_text).collect(),
    }))
}
