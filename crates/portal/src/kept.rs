//! Values that are dear to make and often asked for: made once for everybody, and kept until the log has moved on.

use crate::api::Feeds;
use crate::finding::Names;
use crate::problem::Problem;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// What the portal keeps.
#[derive(Default)]
pub(crate) struct Everything {
    pub status_list: Kept<String>,
    pub feeds: Feeds,
    pub names: Names,
}

/// One value, and the size of the log that it was made from.
pub(crate) struct Kept<T>(Mutex<Option<Made<T>>>);

struct Made<T> {
    size: u64,
    at: Instant,
    value: Arc<T>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

/// A value that depends on the time of day too is made anew after this, even where the log stands still.
const OLD: Duration = Duration::from_secs(30);

impl<T: Send + Sync + 'static> Kept<T> {
    /// The value for a log of `size`; one of a smaller log where that is younger than `fresh`. Whoever comes while it
    /// is being made waits for it instead of making it again.
    pub async fn get(
        &self,
        size: u64,
        fresh: Duration,
        make: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<Arc<T>, Problem> {
        let mut kept = self.0.lock().await;
        if let Some(made) = &*kept {
            let age = made.at.elapsed();
            if age < fresh || (made.size == size && age < OLD) {
                return Ok(Arc::clone(&made.value));
            }
        }
        // On a thread that may take its time: the others go on answering.
        let value = tokio::task::spawn_blocking(make).await.map_err(|_| Problem::Broken)??;
        let value = Arc::new(value);
        *kept = Some(Made { size, at: Instant::now(), value: Arc::clone(&value) });
        Ok(value)
    }
}
