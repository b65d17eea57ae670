//! The desk as everybody else holds it: submit, look at the zone, be told when it moves.

use crate::answers::Recording;
use crate::kernel::{Kernel, Prepared};
use crate::model::{Command, Failure, Receipt, Refusal, Submission, SubmitError};
use crate::outside::Outside;
use crate::zone::{Rooms, Zone};
use arc_swap::ArcSwap;
use base::{Actor, Bank, Ctx, Instant, Key, PersonId, Rules};
use eventlog::{LogError, LogReader};
use profile::Profile;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant as Moment};
use tokio::sync::{mpsc, oneshot, watch};

/// Where several are answered by each commit, commits begin at least this long after one another: what a commit costs
/// (two signatures, a sync of the disk) is then shared by more. Whoever submits alone never waits for it.
const PACE: Duration = Duration::from_millis(3);

/// What the desk needs besides the kernel.
pub struct Settings {
    /// Submissions that may wait; one more is told to try again.
    pub queue_max: usize,
    /// Submissions decided into one commit at the most.
    pub batch_max: usize,
    /// Called once, from the writer's thread, when a commit fails: the process has to end.
    pub on_failure: Box<dyn FnOnce(LogError) + Send>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { queue_max: 8_192, batch_max: 2_048, on_failure: Box::new(|_| {}) }
    }
}

/// Counted since the start.
#[derive(Debug, Default)]
pub struct Stats {
    pub accepted: AtomicU64,
    pub refused: AtomicU64,
    pub busy: AtomicU64,
    pub commits: AtomicU64,
}

struct Job {
    prepared: Prepared,
    answer: oneshot::Sender<Result<Receipt, SubmitError>>,
}

struct Inner {
    published: ArcSwap<Zone>,
    jobs: mpsc::Sender<Job>,
    moved: watch::Receiver<u64>,
    reader: LogReader,
    profile: Arc<Profile>,
    rules: Arc<dyn Rules>,
    outside: Arc<Outside>,
    stats: Stats,
}

/// Cheap to clone; all clones are the same desk. It closes when the last one is dropped.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

impl Desk {
    /// Starts the writer on a thread of its own; joining the handle waits until it has ended.
    pub fn start(
        kernel: Kernel,
        profile: Arc<Profile>,
        rules: Arc<dyn Rules>,
        settings: Settings,
    ) -> std::io::Result<(Self, std::thread::JoinHandle<()>)> {
        let (jobs, queue) = mpsc::channel(settings.queue_max);
        let (moved_to, moved) = watch::channel(kernel.zone().size);
        let inner = Arc::new(Inner {
            published: ArcSwap::from_pointee(kernel.zone().clone()),
            jobs,
            moved,
            reader: kernel.reader().clone(),
            profile,
            rules,
            outside: Arc::clone(kernel.outside()),
            stats: Stats::default(),
        });
        let writer = Writer { kernel, queue, moved_to, desk: Arc::downgrade(&inner), batch_max: settings.batch_max };
        let thread = std::thread::Builder::new().name("writer".into()).spawn(move || {
            if let Err(error) = writer.run() {
                (settings.on_failure)(error);
            }
        })?;
        Ok((Self(inner), thread))
    }

    /// The zone as it was last committed. Never anything that is not durable.
    pub fn zone(&self) -> Arc<Zone> {
        self.0.published.load_full()
    }

    pub fn profile(&self) -> &Arc<Profile> {
        &self.0.profile
    }

    pub fn rules(&self) -> &Arc<dyn Rules> {
        &self.0.rules
    }

    pub fn log(&self) -> &LogReader {
        &self.0.reader
    }

    pub fn outside(&self) -> &Outside {
        &self.0.outside
    }

    pub fn stats(&self) -> &Stats {
        &self.0.stats
    }

    /// Tells the size of the log whenever it has grown.
    pub fn moved(&self) -> watch::Receiver<u64> {
        self.0.moved.clone()
    }

    pub fn queue_length(&self) -> usize {
        self.0.jobs.max_capacity().saturating_sub(self.0.jobs.capacity())
    }

    /// The banks on whose watchlist the person is.
    pub fn watchlisted(&self, person: PersonId) -> Vec<Bank> {
        self.0.outside.watchlisted(&self.zone(), person)
    }

    /// Whether the actor may open a case, asked of the published zone before anything is typed. Nothing is submitted; what
    /// will be typed may still be refused.
    pub fn may_open(
        &self,
        actor: &Actor,
        now: Instant,
        service: &Key,
        about: Option<cases::About>,
    ) -> Result<(), Refusal> {
        let zone = self.0.published.load();
        let ctx = Ctx { now, actor, rules: &*self.0.rules };
        let asked = cases::may_open(&zone.cases, &zone.parties, &zone.permits, &self.0.profile, service, about, &ctx);
        asked.map_err(Refusal::Cases)
    }

    /// What moving a case to a newer version of its service would do, asked of the published zone.
    pub fn plan_migration(
        &self,
        actor: &Actor,
        now: Instant,
        case: base::CaseId,
        to: u32,
        disclosed: &cases::Disclosed,
    ) -> Result<cases::Migration, cases::Refusal> {
        let zone = self.0.published.load();
        let ctx = Ctx { now, actor, rules: &*self.0.rules };
        let what = (case, to, disclosed);
        cases::plan_migration(&zone.cases, &zone.parties, &zone.permits, &self.0.profile, what, &ctx)
    }

    /// One command, without an idempotency key.
    pub async fn command(
        &self,
        actor: Actor,
        now: Instant,
        command: impl Into<Command>,
    ) -> Result<Receipt, SubmitError> {
        self.submit(Submission { actor, now, commands: vec![command.into()], key: None }).await
    }

    /// Decides one command against the published zone, without any effect: for those who have work to do before they
    /// submit it, and would leave something behind if it were refused.
    pub fn consider(&self, actor: &Actor, now: Instant, command: impl Into<Command>) -> Result<(), Refusal> {
        let zone = self.zone();
        let ctx = Ctx { now, actor, rules: &*self.0.rules };
        zone.decide(Rooms { profile: &self.0.profile }, command.into(), &ctx).map(drop)
    }

    /// Durable when it returns `Ok`; without any effect when it returns `Err`, except for `Failure::Stopped`, after
    /// which only the log knows.
    pub async fn submit(&self, submission: Submission) -> Result<Receipt, SubmitError> {
        let job = self.queue(submission)?;
        job.await.unwrap_or(Err(SubmitError::Failed(Failure::Stopped)))
    }

    /// The same for callers without an asynchronous runtime. Must not be called from within one.
    pub fn submit_blocking(&self, submission: Submission) -> Result<Receipt, SubmitError> {
        let job = self.queue(submission)?;
        job.blocking_recv().unwrap_or(Err(SubmitError::Failed(Failure::Stopped)))
    }

    fn queue(&self, submission: Submission) -> Result<oneshot::Receiver<Result<Receipt, SubmitError>>, SubmitError> {
        let prepared = self.prepare(submission)?;
        let (answer, answered) = oneshot::channel();
        self.0.jobs.try_send(Job { prepared, answer }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => {
                self.0.stats.busy.fetch_add(1, Ordering::Relaxed);
                Failure::Busy
            }
            mpsc::error::TrySendError::Closed(_) => Failure::Stopped,
        })?;
        Ok(answered)
    }

    /// Decides against the published zone, on the caller's thread: what is refused never reaches the writer, and what
    /// is not brings the rulebook's answers along. Commands that build on each other are left to the writer.
    fn prepare(&self, submission: Submission) -> Result<Prepared, Refusal> {
        let recording = Recording::new(&*self.0.rules);
        let zone = self.0.published.load();
        let repeated = submission.key.as_ref().is_some_and(|key| zone.accepted_under(key).is_some());
        if let [command] = submission.commands.as_slice()
            && !repeated
        {
            let ctx = Ctx { now: submission.now, actor: &submission.actor, rules: &recording };
            let decided = zone.decide(Rooms { profile: &self.0.profile }, command.clone(), &ctx);
            // Under the same key it may be accepted already and not yet published: that only the writer knows.
            if let (Err(refusal), None) = (decided, &submission.key) {
                self.0.stats.refused.fetch_add(1, Ordering::Relaxed);
                return Err(refusal);
            }
        }
        Ok(Prepared { submission, answers: recording.into_answers() })
    }
}

struct Writer {
    kernel: Kernel,
    queue: mpsc::Receiver<Job>,
    moved_to: watch::Sender<u64>,
    desk: std::sync::Weak<Inner>,
    batch_max: usize,
}

impl Writer {
    fn run(mut self) -> Result<(), LogError> {
        let mut next = Moment::now();
        while let Some(first) = self.queue.blocking_recv() {
            std::thread::sleep(next.saturating_duration_since(Moment::now()));
            let began = Moment::now();
            let mut jobs = vec![first];
            while jobs.len() < self.batch_max
                && let Ok(job) = self.queue.try_recv()
            {
                jobs.push(job);
            }
            // All of them came while none was answered, so they have no order but that of their clocks; and decided at the
            // instant that the worker took, a question comes out as the worker asked it.
            jobs.sort_by_key(|job| job.prepared.submission.now);
            let (prepared, waiting): (Vec<_>, Vec<_>) = jobs.into_iter().map(|job| (job.prepared, job.answer)).unzip();
            // On failure the senders are dropped: whoever waits is told that the desk has stopped.
            let results = self.kernel.process(&prepared)?;
            next = if prepared.len() > 1 { began + PACE } else { began };
            self.publish(&results);
            for (answer, result) in waiting.into_iter().zip(results) {
                // Whoever stopped waiting does not hear of it; what was decided stands.
                let _ = answer.send(result.map_err(SubmitError::Refused));
            }
        }
        Ok(())
    }

    /// Published before anybody is answered: whoever is told of a commit sees it.
    fn publish(&self, results: &[Result<Receipt, Refusal>]) {
        let Some(desk) = self.desk.upgrade() else { return };
        desk.published.store(Arc::new(self.kernel.zone().clone()));
        let accepted = results.iter().filter(|result| result.is_ok()).count() as u64;
        desk.stats.accepted.fetch_add(accepted, Ordering::Relaxed);
        desk.stats.refused.fetch_add(results.len() as u64 - accepted, Ordering::Relaxed);
        desk.stats.commits.fetch_add(1, Ordering::Relaxed);
        self.moved_to.send_replace(self.kernel.zone().size);
    }
}
