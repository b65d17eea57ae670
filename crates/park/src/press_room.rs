//! Letters are written by a thread of their own that follows the log: whatever was decided, asked or stopped, the person
//! is written to afterwards, in their language. A crash loses none, and nobody waits for the typesetter.

use crate::composing::Wanted;
use crate::counted::Counted;
use crate::error::WorkError;
use crate::open::{Park, WeakPark};
use base::CaseId;
use cases::Outcome;
use desk::{Envelope, Event, Zone};
use eventlog::LogError;
use letters::Kind;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Entries that are looked through at once.
const ENTRIES_MAX: u64 = 4_096;
const PAUSE_MIN: Duration = Duration::from_secs(1);
const PAUSE_MAX: Duration = Duration::from_secs(5 * 60);
/// A letter that cannot be written so often does not keep the others waiting any longer: it can still be had by hand.
const ATTEMPTS_MAX: u32 = 6;

/// What the next entries ask to be written, and up to which entry (exclusive) they were looked through.
struct Due {
    letters: Vec<(u64, Wanted)>,
    until: u64,
}

impl Park {
    /// Writes letters from now on, until the park is closed.
    pub fn write_letters(&self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let follower = Follower { park: self.downgrade(), moved: self.desk.moved(), pause: PAUSE_MIN, attempts: 0 };
        std::thread::Builder::new().name("press".into()).spawn(move || runtime.block_on(follower.run()))?;
        Ok(())
    }

    /// What was decided until now gets its letters when somebody asks for one.
    pub fn leave_past_letters(&self) -> io::Result<()> {
        self.written.note(self.desk.log().size())
    }

    /// Writes what is due now, where no thread does: in tests. How many letters that were.
    pub async fn write_due_letters(&self) -> Result<usize, WorkError> {
        let mut written = 0;
        loop {
            let due = self.due_letters()?;
            if self.written.until() >= due.until {
                return Ok(written);
            }
            written += due.letters.len();
            for (_, wanted) in &due.letters {
                self.write_letter(*wanted, true).await?;
            }
            self.written.note(due.until).map_err(|error| WorkError::Store(error.to_string()))?;
        }
    }

    fn due_letters(&self) -> Result<Due, WorkError> {
        let log = self.desk.log();
        let from = self.written.until();
        let until = log.size().min(from.saturating_add(ENTRIES_MAX));
        let zone = self.zone();
        let mut letters = Vec::new();
        log.scan(from, until, &mut |entry, bytes| {
            // A quick look before the whole is decoded: most entries are something else.
            if !may_ask_for_a_letter(bytes) {
                return Ok(());
            }
            let envelope = Envelope::decode(bytes).map_err(|error| LogError::corrupt_at(entry, error.to_string()))?;
            for (case, kind) in asked_for(&zone, &envelope.event) {
                if let Some(wanted) = self.wanted(&zone, case, kind, entry) {
                    letters.push((entry, wanted));
                }
            }
            Ok(())
        })?;
        Ok(Due { letters, until })
    }

    /// Nothing is written to somebody who was erased, nor about a case before the person ever came in.
    fn wanted(&self, zone: &Zone, case: CaseId, kind: Kind, cause: u64) -> Option<Wanted> {
        let subject = cases::case(&zone.cases, case)?.subject;
        let person = parties::person(&zone.parties, subject).filter(|person| !person.erased)?;
        Some(Wanted { case, kind, cause, language: person.language })
    }
}

/// One after another: the decision first, then what it issued.
fn asked_for(zone: &Zone, event: &Event) -> Vec<(CaseId, Kind)> {
    let of_permit = |permit| Some(permits::permit(&zone.permits, permit)?.issue.case);
    let one = |case: Option<CaseId>, kind| case.map(|case| (case, kind)).into_iter().collect();
    match event {
        Event::Cases(cases::Event::Decided { case, outcome }) => {
            let issued = permits::of_case(&zone.permits, *case).is_some()
                || permits::grant_of_case(&zone.permits, *case).is_some();
            let certificate = (*outcome == Outcome::Approved && issued).then_some((*case, Kind::Certificate));
            std::iter::once((*case, Kind::Decision)).chain(certificate).collect()
        }
        Event::Cases(cases::Event::Withdrawn { case }) => one(Some(*case), Kind::Decision),
        Event::Cases(cases::Event::Asked { case, .. }) => one(Some(*case), Kind::Asked),
        Event::Permits(permits::Event::Suspended { permit, .. }) => one(of_permit(*permit), Kind::Suspended),
        Event::Permits(permits::Event::Resumed { permit, .. }) => one(of_permit(*permit), Kind::Resumed),
        Event::Permits(permits::Event::Revoked { permit, .. }) => one(of_permit(*permit), Kind::Ended),
        Event::Permits(permits::Event::GrantEnded { grant, .. }) => {
            one(permits::grant_of(&zone.permits, *grant).map(|grant| grant.terms.case), Kind::Ended)
        }
        Event::Zone(_)
        | Event::Parties(_)
        | Event::Cases(_)
        | Event::Permits(_)
        | Event::People(_)
        | Event::Letters(_) => Vec::new(),
    }
}

fn may_ask_for_a_letter(entry: &[u8]) -> bool {
    let kinds = [
        &b"\"decided\""[..],
        b"\"withdrawn\"",
        b"\"asked\"",
        b"\"suspended\"",
        b"\"resumed\"",
        b"\"revoked\"",
        b"\"grant_ended\"",
    ];
    kinds.iter().any(|kind| entry.windows(kind.len()).any(|window| window == *kind))
}

/// Holds no park while it waits: a park that is let go can close.
struct Follower {
    park: WeakPark,
    moved: watch::Receiver<u64>,
    pause: Duration,
    attempts: u32,
}

impl Follower {
    async fn run(mut self) {
        loop {
            let Some(park) = self.park.upgrade() else { return };
            let (written, size) = (Arc::clone(&park.written), park.desk.log().size());
            let due = park.due_letters();
            drop(park);
            let done = match due {
                Ok(due) => write_due(&self.park, &written, due, self.attempts >= ATTEMPTS_MAX).await,
                Err(error) => Err(error),
            };
            match done {
                Ok(()) => {
                    (self.pause, self.attempts) = (PAUSE_MIN, 0);
                    if written.until() >= size && self.moved.changed().await.is_err() {
                        return;
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "letters wait to be written");
                    self.attempts = self.attempts.saturating_add(1);
                    tokio::time::sleep(self.pause).await;
                    self.pause = (self.pause * 2).min(PAUSE_MAX);
                }
            }
        }
    }
}

/// Writes what is due and counts each. `over` says that the first of them was tried too often. A park that is let go
/// waits for one letter at the most.
async fn write_due(park: &WeakPark, written: &Counted, due: Due, mut over: bool) -> Result<(), WorkError> {
    let full = |error: io::Error| WorkError::Store(error.to_string());
    let Due { letters, until } = due;
    for (entry, wanted) in letters {
        let Some(park) = park.upgrade() else { return Ok(()) };
        match park.write_letter(wanted, true).await {
            Ok(_) => {}
            Err(error) if std::mem::take(&mut over) => {
                tracing::error!(entry, %error, "a letter could not be written; it can be had on its page");
                written.note(entry.saturating_add(1)).map_err(full)?;
            }
            Err(error) => return Err(error),
        }
        // Counted up to here and no further: one entry may ask for two letters.
        if written.until() < entry {
            written.note(entry).map_err(full)?;
        }
    }
    written.note(until).map_err(full)
}
