//! For those who watch over the machine: does it live, is it ready, and its figures for Prometheus. Nothing personal.

use crate::Portal;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// How full the desk's queue may be for new work to be sent here.
const QUEUE_READY_MAX: usize = 4_096;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HealthView {
    /// The process answers.
    live: bool,
    /// It takes commands.
    ready: bool,
    /// Entries that are durable.
    log_size: u64,
    /// Entries that are folded into what pages show; never more than `log_size`.
    zone_size: u64,
    queue: usize,
}

/// Whether the park lives and takes commands.
#[utoipa::path(get, path = "/healthz", tag = "operation",
    responses((status = 200, body = HealthView), (status = 503, body = HealthView)))]
pub(crate) async fn healthz(State(portal): State<Portal>) -> Response {
    let desk = &portal.park.desk;
    let queue = desk.queue_length();
    // When the writer has ended its channel of sizes is closed: nothing more will be committed.
    let writes = desk.moved().has_changed().is_ok();
    let ready = writes && queue < QUEUE_READY_MAX;
    let view = HealthView { live: true, ready, log_size: desk.log().size(), zone_size: portal.park.zone().size, queue };
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(view)).into_response()
}

/// Figures in the text format of Prometheus (OpenMetrics).
#[utoipa::path(get, path = "/metrics", tag = "operation",
    responses((status = 200, body = String, content_type = "application/openmetrics-text")))]
pub(crate) async fn metrics(State(portal): State<Portal>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], portal.metrics.text(&portal.park)).into_response()
}
