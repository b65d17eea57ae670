//! Where a play is given: a kernel of its own in memory, or the desk of a park that is open. Both take the same
//! submissions, with instants of the play's own making.

use crate::error::SimulationError;
use base::{Bank, PersonId, Sealed};
use desk::{Desk, Kernel, Receipt, Refusal, Submission, SubmitError, Zone};
use park::Park;
use profile::Profile;
use sha2::{Digest, Sha256};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use vault::Vault;

type Performed = Vec<Result<Receipt, Refusal>>;

pub(crate) trait Stage {
    /// As it was last committed. Drop it before the next submission: what is held has to be copied.
    fn zone(&self) -> Arc<Zone>;
    fn profile(&self) -> &Profile;
    fn vault(&self) -> &Vault;
    fn watchlisted(&self, person: PersonId) -> Vec<Bank>;
    /// Keeps a sealed file, and gives its address.
    fn keep(&mut self, file: &Sealed) -> Result<String, SimulationError>;
    /// Submits in the order of their instants. None may build on another of the same call: a desk looks at each before
    /// the first is committed.
    fn perform(&mut self, submissions: Vec<Submission>) -> Result<Performed, SimulationError>;
}

/// In memory, on this thread.
pub(crate) struct OwnKernel {
    pub kernel: Kernel,
    pub profile: Arc<Profile>,
}

impl Stage for OwnKernel {
    fn zone(&self) -> Arc<Zone> {
        Arc::new(self.kernel.zone().clone())
    }

    fn profile(&self) -> &Profile {
        &self.profile
    }

    fn vault(&self) -> &Vault {
        self.kernel.outside().vault()
    }

    fn watchlisted(&self, person: PersonId) -> Vec<Bank> {
        self.kernel.outside().watchlisted(self.kernel.zone(), person)
    }

    /// The address alone: nobody reads files of a simulation in memory.
    fn keep(&mut self, file: &Sealed) -> Result<String, SimulationError> {
        Ok(Sha256::digest(file.ciphertext.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn perform(&mut self, submissions: Vec<Submission>) -> Result<Performed, SimulationError> {
        Ok(self.kernel.submit_all(submissions)?)
    }
}

/// A park at work. To be used on a thread that may wait, never within a runtime's own.
pub(crate) struct OpenPark {
    pub park: Park,
    pub runtime: tokio::runtime::Handle,
}

/// How many submissions wait at the desk at once: few against its queue, many against a commit's cost.
const AT_ONCE: usize = 512;

impl Stage for OpenPark {
    fn zone(&self) -> Arc<Zone> {
        self.park.zone()
    }

    fn profile(&self) -> &Profile {
        &self.park.profile
    }

    fn vault(&self) -> &Vault {
        &self.park.vault
    }

    fn watchlisted(&self, person: PersonId) -> Vec<Bank> {
        self.park.desk.watchlisted(person)
    }

    fn keep(&mut self, file: &Sealed) -> Result<String, SimulationError> {
        Ok(self.runtime.block_on(self.park.blobs.put(file))?.into())
    }

    fn perform(&mut self, submissions: Vec<Submission>) -> Result<Performed, SimulationError> {
        let mut performed = Vec::with_capacity(submissions.len());
        let mut left = submissions.into_iter();
        loop {
            let some: Vec<Submission> = left.by_ref().take(AT_ONCE).collect();
            if some.is_empty() {
                return Ok(performed);
            }
            for result in self.runtime.block_on(in_order(&self.park.desk, some)) {
                performed.push(match result {
                    Ok(receipt) => Ok(receipt),
                    Err(SubmitError::Refused(refusal)) => Err(refusal),
                    Err(SubmitError::Failed(failure)) => return Err(SimulationError::Failed(failure)),
                });
            }
        }
    }
}

type Waiting<'a> = Pin<Box<dyn Future<Output = Result<Receipt, SubmitError>> + Send + 'a>>;

/// Queues all submissions, in their order, before it waits for any.
async fn in_order(desk: &Desk, submissions: Vec<Submission>) -> Vec<Result<Receipt, SubmitError>> {
    let mut waiting: Vec<(Waiting, Option<Result<Receipt, SubmitError>>)> =
        submissions.into_iter().map(|one| (Box::pin(desk.submit(one)) as Waiting, None)).collect();
    // The first poll of each puts it into the queue; polling in order keeps theirs.
    poll_fn(|context| {
        let mut pending = false;
        for (future, result) in &mut waiting {
            if result.is_none() {
                match future.as_mut().poll(context) {
                    Poll::Ready(ready) => *result = Some(ready),
                    Poll::Pending => pending = true,
                }
            }
        }
        if pending { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    let stopped = || Err(SubmitError::Failed(desk::Failure::Stopped));
    waiting.into_iter().map(|(_, result)| result.unwrap_or_else(stopped)).collect()
}

/// The receipt, or an error that says what was refused.
pub(crate) fn accepted(what: &'static str, result: Result<Receipt, Refusal>) -> Result<Receipt, SimulationError> {
    result.map_err(|refusal| SimulationError::Refused { what, refusal: Box::new(refusal) })
}

/// All receipts, or the first refusal.
pub(crate) fn all_accepted(what: &'static str, results: Performed) -> Result<Vec<Receipt>, SimulationError> {
    results.into_iter().map(|result| accepted(what, result)).collect()
}
