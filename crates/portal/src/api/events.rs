//! The live feed: server-sent events that tell when the log has grown, with numbers only. What they are about, whoever
//! hears them asks for with their own rights.

use super::caller::AnyCaller;
use super::docs::Problems;
use crate::limits::whose;
use crate::problem::Problem;
use crate::{Caller, Portal};
use axum::response::sse::{Event, KeepAlive, Sse};
use base::{Actor, Key};
use futures::Stream;
use serde::Serialize;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use utoipa::ToSchema;

/// Feeds at one time; one more is told to come back.
pub(crate) const FEEDS_MAX: usize = 1_024;
/// Of one address: a floor of desks behind one router, and not all of the places for one machine.
pub(crate) const FEEDS_OF_ADDRESS_MAX: usize = 64;
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
    _place: FeedPlace,
}

/// Tells at once, and then whenever the log has grown, in events named `moved`.
#[utoipa::path(get, path = "/api/events", tag = "dashboard",
    responses((status = 200, body = FeedView, content_type = "text/event-stream"), Problems))]
pub(crate) async fn events(
    session: Caller,
    caller: AnyCaller,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let portal = caller.portal;
    portal.may_log(&portal.park.zone(), &caller.actor, "read_dashboard")?;
    let place = portal.kept.feeds.take(session.address).ok_or(Problem::Busy)?;
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
#[derive(Default)]
pub(crate) struct Feeds(Arc<Mutex<BTreeMap<IpAddr, usize>>>);

/// A feed's place; free again when it is dropped.
pub(crate) struct FeedPlace {
    address: IpAddr,
    places: Arc<Mutex<BTreeMap<IpAddr, usize>>>,
}

impl Feeds {
    /// `None` where all places are taken, or all that one address may have.
    pub fn take(&self, address: IpAddr) -> Option<FeedPlace> {
        let address = whose(address);
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = places.get(&address).copied().unwrap_or_default();
        if own >= FEEDS_OF_ADDRESS_MAX || places.values().sum::<usize>() >= FEEDS_MAX {
            return None;
        }
        places.insert(address, own + 1);
        Some(FeedPlace { address, places: Arc::clone(&self.0) })
    }
}

impl Drop for FeedPlace {
    fn drop(&mut self) {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        match places.get_mut(&self.address) {
            Some(own) if *own > 1 => *own -= 1,
            Some(_) | None => {
                places.remove(&self.address);
            }
        }
    }
}
