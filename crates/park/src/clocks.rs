//! What time brings about: offices are told of clocks that run out, heads of those that have, and silence counts where
//! the service says so. A thread looks whenever a day begins on either bank or a closure is declared, and submits as the
//! platform; what has been told stands in the log, so that neither a crash nor a second look tells it twice.

use crate::open::{Park, WeakPark};
use base::{Actor, Bank, Date, Instant};
use desk::{Command, Submission, SubmitError, Zone};
use std::io;
use std::time::Duration;

/// Between looks at the clock.
const PAUSE: Duration = Duration::from_secs(10);
/// Legs in one submission: small enough that others are not kept waiting.
const LEGS_AT_ONCE: usize = 100;
/// A day's notices; what is left is told at the next look.
const LEGS_MAX: usize = 100_000;

/// What a look depends on: nothing is to be told before one of them changes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    today: [Date; 2],
    closures: usize,
    closures_changed: Option<Instant>,
}

impl Seen {
    fn now(park: &Park, zone: &Zone) -> Self {
        let closures = &zone.cases.closures;
        Self {
            today: Bank::BOTH.map(|bank| park.profile.local_date(bank, park.now())),
            closures: closures.len(),
            closures_changed: closures.values().filter_map(|closure| closure.changed_at).max(),
        }
    }
}

impl Park {
    /// Looks after the clocks from now on, until the park is closed.
    pub fn keep_clocks(&self) -> io::Result<()> {
        let park = self.downgrade();
        std::thread::Builder::new().name("clocks".into()).spawn(move || keep(&park))?;
        Ok(())
    }

    /// Tells what is to be told now: in how many submissions there was something. Call it from a thread that may wait.
    pub fn tell_clocks(&self) -> Result<usize, SubmitError> {
        let due = cases::reminders(&self.zone().cases, &self.profile, self.now(), LEGS_MAX);
        let mut told = 0;
        for legs in due.chunks(LEGS_AT_ONCE) {
            let commands: Vec<Command> = legs
                .iter()
                .map(|(case, leg)| cases::Command::Remind { case: *case, leg: leg.clone() }.into())
                .collect();
            match self.submit_as_platform(commands.clone()) {
                Ok(()) => told += 1,
                // One that is refused must not keep the others from being told.
                Err(SubmitError::Refused(_)) => {
                    for command in commands {
                        match self.submit_as_platform(vec![command]) {
                            Ok(()) => told += 1,
                            Err(SubmitError::Refused(refusal)) => {
                                tracing::warn!(?refusal, "a clock could not be told of");
                            }
                            Err(failed) => return Err(failed),
                        }
                    }
                }
                Err(failed) => return Err(failed),
            }
        }
        Ok(told)
    }

    fn submit_as_platform(&self, commands: Vec<Command>) -> Result<(), SubmitError> {
        let submission = Submission { actor: Actor::System, now: self.now(), commands, key: None };
        self.desk.submit_blocking(submission).map(drop)
    }
}

fn keep(park: &WeakPark) {
    let mut seen = None;
    loop {
        let Some(park) = park.upgrade() else { return };
        let now = Seen::now(&park, &park.zone());
        if seen.as_ref() != Some(&now) {
            match park.tell_clocks() {
                Ok(_) => seen = Some(now),
                Err(SubmitError::Failed(desk::Failure::Stopped)) => return,
                Err(error) => tracing::warn!(?error, "clocks wait to be told of"),
            }
        }
        // Nobody is kept from closing the park meanwhile.
        drop(park);
        std::thread::sleep(PAUSE);
    }
}
