//! The live feed: server-sent events that tell when the log has grown, with numbers only. What they are about, whoever
//! hears them asks for with their own rights.

use super::caller::AnyCaller;
use super::docs::Problems;
use crate::Portal;
use crate::problem::Problem;
use axum::response::sse::{Event, KeepAlive, Sse};
use base::{Actor, Key};
use futures::Stream;
use serde::Serialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use utoipa::ToSchema;

/// Feeds at one time; one more is told to come back.
pub(crate) const FEEDS_MAX: usize = 1_024;
/// Commits closer together than this are told together.
const LEAST: Duration = Duration::from_millis(500);
const HEARTBEAT: Duration = Duration::from_secs(15);

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FeedView {
    log_size: u64,
    on_north: u32,
    on_south: u32,
    on_bridges: usize,
    /// To an officer: cases that wait in the office's queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    queue: Option<usize>,
    /// To an officer: passages and travellers that the office has to see to.
    #[serde(skip_serializing_if = "Option::is_none")]
    open_items: Option<usize>,
}

struct Feed {
    portal: Portal,
    office: Option<Key>,
    moved: watch::Receiver<u64>,
    begun: bool,
    _place: OwnedSemaphorePermit,
}

/// Tells at once, and then whenever the log has grown, in events named `moved`.
#[utoipa::path(get, path = "/api/events", tag = "dashboard",
    responses((status = 200, body = FeedView, content_type = "text/event-stream"), Problems))]
pub(crate) async fn events(caller: AnyCaller) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let portal = caller.portal;
    portal.may_log(&portal.park.zone(), &caller.actor, "read_dashboard")?;
    let place = Arc::clone(&portal.kept.feeds).try_acquire_owned().map_err(|_| Problem::Busy)?;
    let office = match caller.actor {
        Actor::Officer { office, .. } => Some(office),
        _ => None,
    };
    let moved = portal.park.desk.moved();
    let feed = Feed { portal, office, moved, begun: false, _place: place };
    let stream = futures::stream::unfold(feed, |mut feed| async move {
        feed.wait().await?;
        let told = Event::default().event("moved").json_data(feed.view()).unwrap_or_default();
        Some((Ok(told), feed))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

impl Feed {
    /// `None` when the desk has closed.
    async fn wait(&mut self) -> Option<()> {
        if self.begun {
            self.moved.changed().await.ok()?;
            tokio::time::sleep(LEAST).await;
        }
        self.begun = true;
        self.moved.mark_unchanged();
        Some(())
    }

    fn view(&self) -> FeedView {
        let park = &self.portal.park;
        let zone = park.zone();
        let (on_north, on_south) = people::presence_counts(&zone.people);
        let of_office = |office: &Key| {
            people::open_items(&zone.people, &park.profile, park.now())
                .iter()
                .filter(|item| item.office() == office)
                .count()
        };
        FeedView {
            log_size: zone.size,
            on_north,
            on_south,
            on_bridges: zone.people.passages.len(),
            queue: self.office.as_ref().map(|office| cases::queue_length(&zone.cases, office.as_str())),
            open_items: self.office.as_ref().map(of_office),
        }
    }
}

/// Places for feeds.
pub(crate) struct Feeds(Arc<Semaphore>);

impl Default for Feeds {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(FEEDS_MAX)))
    }
}

impl std::ops::Deref for Feeds {
    type Target = Arc<Semaphore>;
    fn deref(&self) -> &Arc<Semaphore> {
        &self.0
    }
}
