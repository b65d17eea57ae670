//! Rosters: an employer's file read, its good rows applied for in one go, its faulty rows kept to be mended.

use crate::enrolment::{Applied, PersonForm, Plan, Wanted, applied, form_of};
use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, CaseId, Key, OrganisationId, PersonId, RosterId, Sealed, Subject};
use cases::Roster;
use desk::{Event, Failure, Submission, SubmitError, context};
use rosters::{Column, FaultyRow, Limits};
use serde::{Deserialize, Serialize};

/// What became of a roster.
#[derive(Debug)]
pub struct RosterReport {
    pub roster: RosterId,
    /// As the file was read; of one that had been sent before it is not known any more.
    pub encoding: Option<rosters::Encoding>,
    pub applied: Vec<Applied>,
    pub rows: RosterRows,
    /// The file had been accepted before, under the same idempotency key.
    pub repeated: bool,
}

/// The rows of a roster that were not applied for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterRows {
    /// Left to be mended; the first of them, where there are very many.
    pub faulty: Vec<FaultyRow>,
    /// About people for whom there is an application or a pass already; likewise.
    pub known: Vec<KnownRow>,
}

/// A row for which nothing was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownRow {
    /// One-based, as a text editor counts.
    pub line: u32,
    pub person: PersonId,
    /// The application that there is.
    pub case: CaseId,
}

/// What became of a row that a clerk mended.
#[derive(Debug)]
pub enum MendedRow {
    Applied(Applied),
    AppliedBefore(KnownRow),
    StillFaulty(FaultyRow),
}

/// A file that was read and sealed, and what is to be submitted for it.
struct Upload {
    encoding: rosters::Encoding,
    plan: Plan,
    rows: RosterRows,
    applied: u32,
    faulty: u32,
    subject: Subject,
    sealed_file: Sealed,
    sealed_rows: Option<Sealed>,
}

/// What an upload or a mend came to, as the log is told: content addresses and counts.
#[derive(Default)]
struct CameTo {
    file: Box<str>,
    applied: u32,
    known: u32,
    faulty: u32,
    rows: Option<Box<str>>,
}

impl Park {
    /// Reads a roster, applies for its good rows in one go and keeps the faulty ones to be mended.
    pub async fn upload_roster(
        &self,
        actor: &Actor,
        organisation: OrganisationId,
        service: &Key,
        file: &[u8],
        key: Option<Box<str>>,
    ) -> Result<RosterReport, WorkError> {
        let _one_at_a_time = self.enrolling.lock().await;
        if let Some(earlier) = self.earlier(key.as_deref())? {
            return self.uploaded_before(&earlier.events).await;
        }
        // Asked before anything is kept: whoever may not upload leaves nothing behind.
        let wanted = Wanted { organisation, service, on_roster: true };
        self.desk.consider(actor, self.now(), upload(wanted, Subject("".into()), CameTo::default()))?;
        let (park, service_key, file) = (self.clone(), service.clone(), file.to_vec());
        let reading = tokio::task::spawn_blocking(move || park.read_upload(organisation, &service_key, &file));
        let mut read = reading.await.map_err(|error| WorkError::Store(error.to_string()))??;
        let (file, rows) = match self.keep(&read).await {
            Ok(kept) => kept,
            Err(error) => {
                self.vault.discard(&read.subjects())?;
                return Err(error);
            }
        };
        let known = counted(read.plan.before.len());
        let came_to =
            CameTo { file: file.clone(), applied: read.applied, known, faulty: read.faulty, rows: rows.clone() };
        let command = upload(wanted, read.subject.clone(), came_to);
        let commands = std::iter::once(command.into()).chain(std::mem::take(&mut read.plan.commands)).collect();
        // The instant is taken last: reading and sealing took a while, and gates went on meanwhile.
        let submission = Submission { actor: actor.clone(), now: self.now(), commands, key };
        match self.desk.submit(submission).await {
            Ok(receipt) => Ok(RosterReport {
                roster: uploaded(&receipt.events).ok_or(WorkError::NotFound)?,
                encoding: Some(read.encoding),
                applied: applied(&receipt.events, false).collect(),
                rows: read.rows,
                repeated: false,
            }),
            Err(error) => {
                let objects: Vec<Box<str>> = std::iter::once(file).chain(rows).collect();
                self.take_back(&error, &read.subjects(), &objects).await;
                Err(error.into())
            }
        }
    }

    /// Reads and seals: for a thread that may be busy for a while.
    fn read_upload(&self, organisation: OrganisationId, service: &Key, file: &[u8]) -> Result<Upload, WorkError> {
        let bank = parties::organisation(&self.zone().parties, organisation).ok_or(WorkError::NotFound)?.bank;
        let limits = Limits::default();
        let roster = rosters::read(file, self.profile.local_date(bank, self.now()), &limits)?;
        let forms: Vec<PersonForm> = roster.rows.iter().map(|row| form_of(row, organisation)).collect();
        let plan = self.plan(&forms, Wanted { organisation, service, on_roster: true })?;
        let known = plan.before.iter().take(limits.faults_max).filter_map(|(place, person, case)| {
            Some(KnownRow { line: roster.rows.get(*place)?.line, person: *person, case: *case })
        });
        let rows = RosterRows { faulty: roster.faulty, known: known.collect() };
        let sealed = self.one_subject().and_then(|subject| {
            let sealed_file = self.vault.seal(&subject, context::ROSTER_ROWS, file)?;
            let sealed_rows = self.seal_rows(&subject, &rows)?;
            Ok((subject, sealed_file, sealed_rows))
        });
        let (subject, sealed_file, sealed_rows) = match sealed {
            Ok(sealed) => sealed,
            Err(error) => {
                self.vault.discard(&plan.subjects)?;
                return Err(error);
            }
        };
        let applied = counted(forms.len() - plan.before.len());
        let (encoding, faulty) = (roster.encoding, roster.faulty_total);
        Ok(Upload { encoding, plan, rows, applied, faulty, subject, sealed_file, sealed_rows })
    }

    /// File and rows go to the object store before the command that names them.
    async fn keep(&self, read: &Upload) -> Result<(Box<str>, Option<Box<str>>), WorkError> {
        let file = self.blobs.put(&read.sealed_file).await?;
        let rows = match &read.sealed_rows {
            Some(rows) => Some(self.blobs.put(rows).await?),
            None => None,
        };
        Ok((file, rows))
    }

    /// What a file came to when it was sent the first time; its rows as they are now.
    async fn uploaded_before(&self, events: &[Event]) -> Result<RosterReport, WorkError> {
        let roster = uploaded(events).ok_or(WorkError::NotFound)?;
        let rows = self.roster_rows(roster).await?;
        Ok(RosterReport { roster, encoding: None, applied: applied(events, true).collect(), rows, repeated: true })
    }

    /// The rows of a roster that were not applied for, as they are now.
    pub async fn roster_rows(&self, id: RosterId) -> Result<RosterRows, WorkError> {
        match self.rows_of(id).await {
            // They were mended, and stored anew, while they were being looked for.
            Err(WorkError::NotFound) => self.rows_of(id).await,
            read => read,
        }
    }

    async fn rows_of(&self, id: RosterId) -> Result<RosterRows, WorkError> {
        let zone = self.zone();
        let roster = cases::roster(&zone.cases, id).ok_or(WorkError::NotFound)?;
        match (&roster.rows, &roster.faulty_rows) {
            (Some(address), _) => Ok(self.vault.open_json(&self.blobs.get(address).await?, context::ROSTER_ROWS)?),
            (None, Some(sealed)) => {
                let faulty = self.vault.open_json(sealed, context::ROSTER_ROWS)?;
                Ok(RosterRows { faulty, known: Vec::new() })
            }
            (None, None) => Ok(RosterRows::default()),
        }
    }

    /// Checks one faulty row again with the clerk's changes; if it is good now, applies for it.
    pub async fn mend_row(
        &self,
        actor: &Actor,
        id: RosterId,
        line: u32,
        changes: &[(Column, String)],
        key: Option<Box<str>>,
    ) -> Result<MendedRow, WorkError> {
        let _one_at_a_time = self.enrolling.lock().await;
        if let Some(earlier) = self.earlier(key.as_deref())? {
            return self.mended_before(&earlier.events, id, line).await;
        }
        let zone = self.zone();
        let roster = cases::roster(&zone.cases, id).ok_or(WorkError::NotFound)?;
        let as_it_is = CameTo { faulty: roster.faulty, rows: roster.rows.clone(), ..CameTo::default() };
        self.desk.consider(actor, self.now(), mend(id, roster, as_it_is))?;
        let mut rows = self.roster_rows(id).await?;
        let at = rows.faulty.iter().position(|row| row.line == line).ok_or(WorkError::NotFound)?;
        let faulty = rows.faulty.remove(at);
        let bank = parties::organisation(&zone.parties, roster.organisation).ok_or(WorkError::NotFound)?.bank;
        let today = self.profile.local_date(bank, self.now());
        let (plan, outcome) = match rosters::mend(&faulty, changes, today, &Limits::default()) {
            Ok(row) => {
                let wanted = Wanted { organisation: roster.organisation, service: &roster.service, on_roster: true };
                let plan = self.plan(&[form_of(&row, roster.organisation)], wanted)?;
                let known =
                    plan.before.first().map(|(_, person, case)| KnownRow { line, person: *person, case: *case });
                rows.known.extend(known);
                (plan, known.map(MendedRow::AppliedBefore))
            }
            Err(row) => {
                rows.faulty.insert(at, row.clone());
                (Plan::default(), Some(MendedRow::StillFaulty(row)))
            }
        };
        let mended = self.submit_mend(actor, (id, roster), &rows, plan, outcome.as_ref(), key).await?;
        outcome.or(mended.map(MendedRow::Applied)).ok_or(WorkError::NotFound)
    }

    async fn submit_mend(
        &self,
        actor: &Actor,
        (id, roster): (RosterId, &Roster),
        rows: &RosterRows,
        plan: Plan,
        outcome: Option<&MendedRow>,
        key: Option<Box<str>>,
    ) -> Result<Option<Applied>, WorkError> {
        let stored = match self.seal_rows(&roster.subject, rows)? {
            Some(sealed) => Some(self.blobs.put(&sealed).await?),
            None => None,
        };
        // Counted from the roster, not from the rows: of very many, not all were kept.
        let one_less = roster.faulty.saturating_sub(1);
        let (applied_for, known, faulty) = match outcome {
            None | Some(MendedRow::Applied(_)) => (1, 0, one_less),
            Some(MendedRow::AppliedBefore(_)) => (0, 1, one_less),
            Some(MendedRow::StillFaulty(_)) => (0, 0, roster.faulty),
        };
        let came_to = CameTo { applied: applied_for, known, faulty, rows: stored.clone(), ..CameTo::default() };
        let command = mend(id, roster, came_to);
        let commands = std::iter::once(command.into()).chain(plan.commands).collect();
        let submission = Submission { actor: actor.clone(), now: self.now(), commands, key };
        match self.desk.submit(submission).await {
            Ok(receipt) => {
                self.blobs.delete(roster.rows.as_deref()).await;
                Ok(applied(&receipt.events, false).next())
            }
            Err(error) => {
                let objects: Vec<Box<str>> = stored.into_iter().collect();
                self.take_back(&error, &plan.subjects, &objects).await;
                Err(error.into())
            }
        }
    }

    async fn mended_before(&self, events: &[Event], id: RosterId, line: u32) -> Result<MendedRow, WorkError> {
        if let Some(applied) = applied(events, true).next() {
            return Ok(MendedRow::Applied(applied));
        }
        let rows = self.roster_rows(id).await?;
        let known = rows.known.into_iter().find(|row| row.line == line).map(MendedRow::AppliedBefore);
        let faulty = rows.faulty.into_iter().find(|row| row.line == line).map(MendedRow::StillFaulty);
        known.or(faulty).ok_or(WorkError::NotFound)
    }

    /// Removes what was kept for commands that had no effect. Where only the log knows whether they had, it is left to
    /// the next start, which reads the log.
    pub(crate) async fn take_back(&self, error: &SubmitError, subjects: &[Subject], objects: &[Box<str>]) {
        match error {
            SubmitError::Failed(Failure::Stopped) => return,
            SubmitError::Refused(_) | SubmitError::Failed(Failure::Busy | Failure::Vault) => {}
        }
        for address in objects {
            self.blobs.delete(Some(address)).await;
        }
        if let Err(error) = self.vault.discard(subjects) {
            tracing::warn!(%error, "keys that nothing was sealed with could not be removed");
        }
    }

    fn seal_rows(&self, subject: &Subject, rows: &RosterRows) -> Result<Option<Sealed>, WorkError> {
        if *rows == RosterRows::default() {
            return Ok(None);
        }
        Ok(Some(self.vault.seal_json(subject, context::ROSTER_ROWS, rows)?))
    }
}

impl Upload {
    fn subjects(&self) -> Vec<Subject> {
        self.plan.subjects.iter().chain([&self.subject]).cloned().collect()
    }
}

fn upload(wanted: Wanted, subject: Subject, came_to: CameTo) -> cases::Command {
    let Wanted { organisation, service, .. } = wanted;
    let CameTo { file, applied, known, faulty, rows } = came_to;
    let service = service.clone();
    cases::Command::UploadRoster { service, organisation, subject, file, applied, known, faulty, rows }
}

fn mend(id: RosterId, roster: &Roster, came_to: CameTo) -> cases::Command {
    let CameTo { file: _, applied, known, faulty, rows } = came_to;
    cases::Command::MendRoster { roster: id, mends: roster.mends, applied, known, faulty, rows }
}

fn uploaded(events: &[Event]) -> Option<RosterId> {
    events.iter().find_map(|event| match event {
        Event::Cases(cases::Event::RosterUploaded { roster, .. }) => Some(*roster),
        _ => None,
    })
}

fn counted(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
