//! Who saw whose fields, collected while pages are shown and written to the log together.
//!
//! A page must not wait for a commit of its own for every name on it, and need not: one record for each officer, person,
//! case and day says all that is asked. What was seen is noted here and written within a second, one entry for up to
//! 200 of them. A crash loses what was seen in that second; see docs/decisions/0009.

use crate::error::WorkError;
use crate::open::{Park, WeakPark};
use base::{Actor, CaseId, Date, Key, PersonId};
use cases::{Seen, VIEWS_MAX, View};
use desk::{Envelope, Event, Submission, SubmitError};
use eventlog::LogError;
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const WRITTEN_WITHIN: Duration = Duration::from_secs(1);
/// Beyond this the day's views are forgotten, and some are recorded twice: telling them apart must not cost the memory.
const REMEMBERED_MAX: usize = 200_000;
/// Entries that one answer reads: the newest; nobody is looked at on more days by honest means.
const ENTRIES_READ_MAX: usize = 1_000;

/// Views noted, and those of the day that were noted before.
#[derive(Default)]
pub struct Watching {
    noted: Mutex<Noted>,
}

#[derive(Default)]
struct Noted {
    day: Option<Date>,
    today: BTreeSet<View>,
    pending: Vec<View>,
    /// Somebody is on the way to write what is pending.
    expected: bool,
}

/// One officer's look at one person, on one day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Access {
    pub day: Date,
    pub office: Key,
    pub officer: PersonId,
    pub case: Option<CaseId>,
    pub how: Seen,
}

/// Newest first.
pub type Accesses = Vec<Access>;

impl Watching {
    fn lock(&self) -> MutexGuard<'_, Noted> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Park {
    /// An officer sees the person's fields. Whoever looks at themself is nobody's business; nor are gates, which read no
    /// fields.
    pub fn note_view(&self, actor: &Actor, subject: PersonId, case: Option<CaseId>, how: Seen) {
        let Actor::Officer { person: officer, office } = actor else { return };
        let Some(bank) = self.profile.office(office).map(|office| office.bank) else { return };
        if *officer == subject {
            return;
        }
        let day = self.profile.local_date(bank, self.now());
        let view = View { subject, officer: *officer, office: office.clone(), case, how, day };
        let mut noted = self.watching.lock();
        if noted.day != Some(day) || noted.today.len() >= REMEMBERED_MAX {
            noted.day = Some(day);
            noted.today.clear();
        }
        if !noted.today.insert(view.clone()) {
            return;
        }
        noted.pending.push(view);
        if !noted.expected
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            noted.expected = true;
            let park = self.downgrade();
            runtime.spawn(async move { write_soon(&park).await });
        }
    }

    /// Writes what is pending.
    ///
    /// # Errors
    /// Where the desk takes nothing now: it stays pending, and the next view tries again.
    pub async fn write_views(&self) -> Result<(), WorkError> {
        loop {
            let views: Vec<View> = {
                let mut noted = self.watching.lock();
                noted.expected = false;
                let count = noted.pending.len().min(VIEWS_MAX);
                noted.pending.drain(..count).collect()
            };
            if views.is_empty() {
                return Ok(());
            }
            let record = cases::Command::RecordViews { views: views.clone() };
            let submission =
                Submission { actor: Actor::System, now: self.now(), commands: vec![record.into()], key: None };
            if let Err(error) = self.desk.submit(submission).await {
                // What was refused would be refused again; a desk that is busy will not always be.
                if let SubmitError::Failed(_) = error {
                    self.watching.lock().pending.extend(views);
                }
                return Err(error.into());
            }
        }
    }

    /// Who looked at the person, as far as it is written. Who may know is for the caller to ask the rulebook.
    pub fn accesses(&self, person: PersonId) -> Result<Accesses, WorkError> {
        let zone = self.zone();
        let mut found = BTreeSet::new();
        for sequence in cases::views_of(&zone.cases, person).iter().rev().take(ENTRIES_READ_MAX) {
            let Some(bytes) = self.desk.log().entry(*sequence)? else { continue };
            let envelope =
                Envelope::decode(&bytes).map_err(|error| LogError::corrupt_at(*sequence, error.to_string()))?;
            if let Event::Cases(cases::Event::Viewed { views }) = envelope.event {
                let of_person = views.into_iter().filter(|view| view.subject == person);
                found.extend(of_person.map(|View { day, office, officer, case, how, .. }| Access {
                    day,
                    office,
                    officer,
                    case,
                    how,
                }));
            }
        }
        Ok(found.into_iter().rev().collect())
    }
}

async fn write_soon(park: &WeakPark) {
    tokio::time::sleep(WRITTEN_WITHIN).await;
    if let Some(park) = park.upgrade()
        && let Err(error) = park.write_views().await
    {
        tracing::warn!(%error, "who saw what could not be written yet");
    }
}
