//! Pushes follow the log as mails do, with a count of their own: a mail server that is down holds up no push, nor the
//! other way round.
//!
//! A push is a reminder: the page has what it tells, and so has the mail. So it is tried a few times and then let be, and
//! what was due long ago is not pushed at all.

use super::Pusher;
use super::client::Taken;
use super::notice::Notice;
use crate::clock::Clock;
use crate::error::WorkError;
use crate::open::{Park, WeakPark};
use base::{Actor, Instant, PersonId};
use desk::Envelope;
use eventlog::LogError;
use futures::StreamExt;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use webpush::Subscription;

/// Entries that are looked through at once.
const ENTRIES_MAX: u64 = 4_096;
/// Older than this, it is no news.
const AGE_MAX: i64 = 3 * Instant::DAY;
const AT_ONCE_MAX: usize = 16;
/// How often one message is tried, and how long after the first time; doubled for the next.
const ATTEMPTS_MAX: u32 = 3;
const PAUSE: Duration = Duration::from_secs(2);
/// Where the log or the data folder cannot be had.
const FAULT_PAUSE: Duration = Duration::from_secs(60);

/// What the next entries ask to be pushed, and up to which entry (exclusive) they were looked through.
struct Due {
    notices: Vec<Notice>,
    until: u64,
}

/// One message to one browser.
struct Push {
    person: PersonId,
    digest: Box<str>,
    to: Subscription,
    message: Arc<Vec<u8>>,
}

impl Park {
    /// Pushes notices from now on, until the park is closed.
    pub fn deliver_pushes(&self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let follower = follow(self.downgrade(), self.desk.moved());
        std::thread::Builder::new().name("pushes".into()).spawn(move || runtime.block_on(follower))?;
        Ok(())
    }

    /// Pushes what is due now, where no thread does: in tests. How many messages were taken.
    pub async fn send_pushes(&self) -> Result<usize, WorkError> {
        let mut sent = 0;
        loop {
            let due = self.due_pushes()?;
            if self.pushed.until() >= due.until {
                return Ok(sent);
            }
            sent += send(&self.downgrade(), &Arc::clone(&self.pusher), self.pushes_for(&due), Duration::ZERO).await?;
            self.pushed.note(due.until).map_err(|error| WorkError::Store(error.to_string()))?;
        }
    }

    fn due_pushes(&self) -> Result<Due, WorkError> {
        let log = self.desk.log();
        let from = self.pushed.until();
        let until = log.size().min(from.saturating_add(ENTRIES_MAX));
        let zone = self.zone();
        let oldest = self.now().plus(-AGE_MAX);
        let mut notices = Vec::new();
        // Nothing is decoded where nobody listens.
        if zone.letters.pushes.is_empty() {
            return Ok(Due { notices, until });
        }
        log.scan(from, until, &mut |entry, bytes| {
            if !crate::letters::asks_for_a_letter(bytes) {
                return Ok(());
            }
            let envelope = Envelope::decode(bytes).map_err(|error| LogError::corrupt_at(entry, error.to_string()))?;
            if envelope.at >= oldest {
                notices.extend(self.notice_of(&zone, (entry, envelope.at), &envelope.event));
            }
            Ok(())
        })?;
        Ok(Due { notices, until })
    }

    /// To the browsers that listened then. What cannot be opened was its person's who is erased: nothing is sent there.
    fn pushes_for(&self, due: &Due) -> Vec<Push> {
        let zone = self.zone();
        let mut pushes = Vec::new();
        for notice in &due.notices {
            let message = Arc::new(notice.message());
            let browsers = letters::pushes_of(&zone.letters, notice.person);
            pushes.extend(browsers.filter(|(_, push)| push.since <= notice.at).filter_map(|(digest, push)| {
                let (digest, to) = (digest.clone(), self.kept(push)?.subscription);
                Some(Push { person: notice.person, digest, to, message: Arc::clone(&message) })
            }));
        }
        pushes
    }
}

/// How many were taken. A browser that is gone is noted as such.
async fn send(park: &WeakPark, pusher: &Pusher, pushes: Vec<Push>, pause: Duration) -> Result<usize, WorkError> {
    let results = futures::stream::iter(pushes).map(|push| async move {
        let taken = attempt(pusher, &push, pause).await;
        (push, taken)
    });
    let mut results = std::pin::pin!(results.buffer_unordered(AT_ONCE_MAX));
    let mut sent = 0;
    while let Some((push, taken)) = results.next().await {
        match taken {
            Taken::Sent => sent += 1,
            Taken::Gone => {
                let Some(park) = park.upgrade() else { return Ok(sent) };
                let gone = letters::Command::NotePushGone { person: push.person, digest: push.digest };
                match park.desk.command(Actor::System, park.now(), gone).await {
                    // It was turned off meanwhile, or is gone already.
                    Ok(_) | Err(desk::SubmitError::Refused(_)) => {}
                    Err(desk::SubmitError::Failed(failure)) => return Err(failure.into()),
                }
            }
            Taken::Refused => tracing::warn!("a push service does not take a notice"),
            Taken::Later => tracing::warn!("a push service could not be reached for a notice, which is let be"),
        }
    }
    Ok(sent)
}

async fn attempt(pusher: &Pusher, push: &Push, mut pause: Duration) -> Taken {
    let mut taken = Taken::Later;
    for attempt in 1..=ATTEMPTS_MAX {
        // The world's clock, not the park's: a push service compares it with its own.
        taken = pusher.send(&push.to, &push.message, Clock::system().now()).await;
        if taken != Taken::Later || attempt == ATTEMPTS_MAX {
            break;
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    taken
}

/// Holds no park while it waits: a park that is let go can close.
async fn follow(weak: WeakPark, mut moved: watch::Receiver<u64>) {
    loop {
        let Some(park) = weak.upgrade() else { return };
        let (pusher, pushed, size) = (Arc::clone(&park.pusher), Arc::clone(&park.pushed), park.desk.log().size());
        let due = park.due_pushes().map(|due| (park.pushes_for(&due), due.until));
        drop(park);
        let done = match due {
            // Looked through again after a restart: nothing comes of it then either, and the disk is spared.
            Ok((pushes, until)) if pushes.is_empty() => {
                pushed.pass(until);
                Ok(())
            }
            Ok((pushes, until)) => match send(&weak, &pusher, pushes, PAUSE).await {
                Ok(_) => pushed.note(until).map_err(|error| WorkError::Store(error.to_string())),
                Err(error) => Err(error),
            },
            Err(error) => Err(error),
        };
        if let Err(error) = done {
            tracing::warn!(%error, "pushes wait");
            tokio::time::sleep(FAULT_PAUSE).await;
        } else if pushed.until() >= size && moved.changed().await.is_err() {
            return;
        }
    }
}
