//! Letters follow the log: whatever was committed and asks for one is written to its person afterwards, by a thread of
//! its own that knows how far it got. A crash loses none, and nobody waits for a mail server.

use crate::error::WorkError;
use crate::open::Park;
use crate::outbox::{Letter, Mail, NotSent, Taken, Waiting};
use base::{Actor, CaseId, Instant, Language, LetterId, PersonId, Sealed};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use cases::Stage;
use desk::{Envelope, Event, Zone, context};
use eventlog::LogError;
use letters::{Delivery, Undelivered};
use sha2::{Digest, Sha256};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Entries that are looked through at once.
const ENTRIES_MAX: u64 = 4_096;
/// Between attempts: doubled each time, up to the second.
const PAUSE_MIN: Duration = Duration::from_secs(5);
const PAUSE_MAX: Duration = Duration::from_secs(10 * 60);
/// A letter that the mail server put off so often does not keep the others waiting any longer.
const ATTEMPTS_MAX: u32 = 8;
/// That an application was received is no news after this: a demonstration is opened with a past.
const RECEIVED_AGE_MAX: i64 = 3 * Instant::DAY;
const ID_BYTES: usize = 18;

impl Park {
    /// Sends letters from now on, until the park is closed.
    pub fn deliver_letters(&self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let follower = Follower { park: self.downgrade(), moved: self.desk.moved(), pause: PAUSE_MIN, attempts: 0 };
        std::thread::Builder::new().name("letters".into()).spawn(move || runtime.block_on(follower.run()))?;
        Ok(())
    }

    /// Sends what waits now, where no thread does: in tests. How many letters that were.
    pub async fn send_letters(&self) -> Result<usize, WorkError> {
        let mut sent = 0;
        while self.outbox.sent_until() < self.desk.log().size() {
            let waiting = self.waiting_letters()?;
            sent += waiting.letters.len();
            let outbox = Arc::clone(&self.outbox);
            let gone = send(&self.downgrade(), &outbox, waiting).await;
            gone.map_err(|_| WorkError::Store("a letter could not be sent".to_owned()))?;
        }
        Ok(sent)
    }

    /// The letters of a park in memory, which sends none to anybody.
    pub fn letters_in_memory(&self) -> Vec<Mail> {
        self.outbox.in_memory()
    }

    /// The letters that the next entries ask for.
    pub(crate) fn waiting_letters(&self) -> Result<Waiting, WorkError> {
        let log = self.desk.log();
        let from = self.outbox.sent_until();
        let until = log.size().min(from.saturating_add(ENTRIES_MAX));
        let zone = self.zone();
        let mut letters = Vec::new();
        log.scan(from, until, &mut |entry, bytes| {
            // A quick look before the whole is decoded: most entries are something else.
            if !asks_for_a_letter(bytes) {
                return Ok(());
            }
            let envelope = Envelope::decode(bytes).map_err(|error| LogError::corrupt_at(entry, error.to_string()))?;
            if let Some(mail) = self.mail(&zone, envelope.at, &envelope.event) {
                let id = Sha256::digest(bytes);
                let id = BASE64_URL_SAFE_NO_PAD.encode(id.get(..ID_BYTES).unwrap_or_default());
                letters.push(Letter { entry, id, mail });
            }
            Ok(())
        })?;
        Ok(Waiting { letters, until })
    }

    fn mail(&self, zone: &Zone, at: Instant, event: &Event) -> Option<Mail> {
        match event {
            Event::Parties(parties::Event::Invited { person, secret_digest, secret: Some(secret), .. }) => {
                self.invitation_mail(zone, *person, secret_digest, secret)
            }
            Event::Cases(cases::Event::Opened { case, .. }) => self.application_mail(zone, *case),
            Event::Cases(cases::Event::Submitted { case, .. }) => self.received_mail(zone, at, *case),
            Event::Cases(
                event @ (cases::Event::ClockWarned { .. }
                | cases::Event::ClockBreached { .. }
                | cases::Event::Escalated { .. }),
            ) => self.clock_mail(zone, event),
            Event::Letters(letters::Event::Issued(issue)) if issue.by_mail => self.letter_mail(zone, issue),
            Event::Zone(_)
            | Event::Parties(_)
            | Event::Cases(_)
            | Event::Permits(_)
            | Event::People(_)
            | Event::Letters(_) => None,
        }
    }

    /// None for one that was sent before the process ended, and is only not counted yet. Without an address it is a mail
    /// to nobody, which is noted as one; so is one to a person who acted for an organisation and does so no longer.
    fn letter_mail(&self, zone: &Zone, issue: &letters::Issue) -> Option<Mail> {
        let letter = letters::letter(&zone.letters, issue.letter)?;
        let told = self.is_still_told(zone, issue.person, issue.case);
        let to = self.details(issue.person).filter(|_| told).map(|details| details.email).unwrap_or_default();
        let waits = letter.delivery == Delivery::Kept;
        waits.then(|| Mail::letter(&to, issue.language, &self.origin, issue.kind, issue.letter))
    }

    /// Whether what is decided in a case is still for this person: what is an organisation's own, only as long as they act for it.
    pub(crate) fn is_still_told(&self, zone: &Zone, person: PersonId, case: CaseId) -> bool {
        let Some(case) = cases::case(&zone.cases, case) else { return false };
        if !cases::is_of_organisation(&zone.cases, case) {
            return true;
        }
        let is_clerk = parties::person(&zone.parties, person).is_some_and(|known| known.clerk_of == case.organisation);
        let mut delegations = parties::delegate_actors(&zone.parties, &self.profile, person, self.now());
        is_clerk || delegations.any(|actor| actor.organisation() == case.organisation)
    }

    /// What became of a letter, for its office to see. A letter that was noted meanwhile stays as it was noted.
    async fn note_delivery(&self, letter: LetterId, failed: Option<Undelivered>) -> Result<(), desk::Failure> {
        let command = match failed {
            None => letters::Command::NoteSent { letter },
            Some(reason) => letters::Command::NoteUndelivered { letter, reason },
        };
        match self.desk.command(Actor::System, self.now(), command).await {
            Ok(_) | Err(desk::SubmitError::Refused(_)) => Ok(()),
            Err(desk::SubmitError::Failed(failure)) => Err(failure),
        }
    }

    /// Nothing for a link that was used, is over, or has been replaced by another.
    fn invitation_mail(&self, zone: &Zone, id: PersonId, secret_digest: &str, secret: &Sealed) -> Option<Mail> {
        let person = parties::person(&zone.parties, id)?;
        let invitation = person.invitation.as_ref()?;
        if *invitation.secret_digest != *secret_digest || invitation.expires_at < self.now() {
            return None;
        }
        let to = self.details(id)?.email;
        let secret = self.vault.open_sealed(secret, context::INVITATION).ok()?;
        let secret = std::str::from_utf8(&secret).ok()?;
        (!to.is_empty()).then(|| Mail::invitation(&to, person.language, &self.origin, id, secret))
    }

    fn application_mail(&self, zone: &Zone, id: CaseId) -> Option<Mail> {
        let (person, language) = self.has_to_confirm(zone, id)?;
        let to = self.details(person)?.email;
        (!to.is_empty()).then(|| Mail::application_waits(&to, language, &self.origin))
    }

    /// With the number and the secret by which it is followed. Nothing where it was decided meanwhile, or long ago.
    fn received_mail(&self, zone: &Zone, at: Instant, id: CaseId) -> Option<Mail> {
        let case = cases::case(&zone.cases, id).filter(|case| case.stage == Stage::Deciding)?;
        let person = parties::person(&zone.parties, case.subject).filter(|person| !person.erased)?;
        if self.now().since(at) > RECEIVED_AGE_MAX {
            return None;
        }
        let to = self.details(case.subject)?.email;
        let secret = self.secret_of_case(id).ok()?;
        (!to.is_empty()).then(|| Mail::received(&to, person.language, &self.origin, id, &secret))
    }

    /// Somebody who came in before, and has to confirm what another applied for. Who has not yet is invited.
    pub(crate) fn has_to_confirm(&self, zone: &Zone, id: CaseId) -> Option<(PersonId, Language)> {
        let case = cases::case(&zone.cases, id)?;
        let person = parties::person(&zone.parties, case.subject)?;
        let waits = case.stage == Stage::Confirming && case.applicant != case.subject;
        (waits && !person.passkeys.is_empty()).then_some((case.subject, person.language))
    }
}

pub(crate) fn asks_for_a_letter(entry: &[u8]) -> bool {
    [
        &b"\"invited\""[..],
        b"\"opened\"",
        b"\"submitted\"",
        b"\"letters\"",
        b"\"clock_warned\"",
        b"\"clock_breached\"",
        b"\"escalated\"",
    ]
    .iter()
    .any(|kind| entry.windows(kind.len()).any(|window| window == *kind))
}

/// Sends what waits, in order, and notes each: in the log where it is a letter, then in the count.
pub(crate) async fn send(
    park: &crate::open::WeakPark,
    outbox: &crate::outbox::Outbox,
    waiting: Waiting,
) -> Result<(), NotSent> {
    let Waiting { letters, until } = waiting;
    if let Some(first) = letters.first()
        && !outbox.is_ready().await
    {
        return Err(NotSent::Later { entry: first.entry, why: "the mail server cannot be reached" });
    }
    for mut letter in letters {
        let entry = letter.entry;
        let later = |why| NotSent::Later { entry, why };
        let of = letter.mail.attached.as_ref().map(|attached| attached.letter);
        let failed = if of.is_some() && letter.mail.to.is_empty() {
            Some(Undelivered::NoAddress)
        } else {
            attach(park, &mut letter).await.map_err(later)?;
            match outbox.send(&letter).await? {
                Taken::Sent => None,
                Taken::Refused => Some(Undelivered::Refused),
            }
        };
        if let Some(of) = of {
            note(park, of, failed).await.map_err(later)?;
        }
        outbox.note(entry.saturating_add(1)).map_err(|_| later(FULL))?;
    }
    if outbox.sent_until() < until {
        outbox.note(until).map_err(|_| NotSent::Later { entry: until, why: FULL })?;
    }
    Ok(())
}

/// The PDF is opened only for as long as its mail is sent.
async fn attach(park: &crate::open::WeakPark, letter: &mut Letter) -> Result<(), &'static str> {
    let Some(attached) = &mut letter.mail.attached else { return Ok(()) };
    let park = park.upgrade().ok_or(CLOSED)?;
    attached.pdf = match park.letter_pdf(attached.letter).await {
        Ok(pdf) => pdf,
        // Its key was erased meanwhile: there is nothing to send, and nobody to send it to.
        Err(WorkError::Vault(_)) => Vec::new(),
        Err(_) => return Err("a letter's file cannot be read"),
    };
    Ok(())
}

async fn note(park: &crate::open::WeakPark, letter: LetterId, failed: Option<Undelivered>) -> Result<(), &'static str> {
    let park = park.upgrade().ok_or(CLOSED)?;
    park.note_delivery(letter, failed).await.map_err(|_| "the log could not be written")
}

const CLOSED: &str = "the park is closing";
const FULL: &str = "the data folder cannot be written";

/// Holds no park while it waits: a park that is let go can close.
struct Follower {
    park: crate::open::WeakPark,
    moved: watch::Receiver<u64>,
    pause: Duration,
    /// How often the mail server has put off the same letter.
    attempts: u32,
}

impl Follower {
    async fn run(mut self) {
        loop {
            let Some(park) = self.park.upgrade() else { return };
            let (outbox, size) = (Arc::clone(&park.outbox), park.desk.log().size());
            let waiting = park.waiting_letters();
            drop(park);
            let sent = match waiting {
                Ok(waiting) => send(&self.park, &outbox, waiting).await,
                Err(error) => {
                    tracing::error!(%error, "the log could not be read for letters");
                    Err(NotSent::Later { entry: outbox.sent_until(), why: "the log could not be read" })
                }
            };
            match sent {
                Ok(()) => {
                    (self.pause, self.attempts) = (PAUSE_MIN, 0);
                    if outbox.sent_until() >= size && self.moved.changed().await.is_err() {
                        return;
                    }
                }
                Err(NotSent::Deferred { entry }) if self.attempts >= ATTEMPTS_MAX => {
                    tracing::warn!(entry, "the mail server put off a letter too often; it is not sent");
                    self.attempts = 0;
                    self.give_up(entry).await;
                    if outbox.note(entry.saturating_add(1)).is_err() {
                        self.wait().await;
                    }
                }
                Err(NotSent::Deferred { .. }) => {
                    self.attempts += 1;
                    self.wait().await;
                }
                Err(NotSent::Later { entry, why }) => {
                    tracing::warn!(entry, why, "letters wait");
                    self.wait().await;
                }
            }
        }
    }

    async fn give_up(&self, entry: u64) {
        let Some(park) = self.park.upgrade() else { return };
        if let Ok(Event::Letters(letters::Event::Issued(issue))) = park.event(entry)
            && park.note_delivery(issue.letter, Some(Undelivered::GivenUp)).await.is_err()
        {
            tracing::error!(entry, "that a letter was not delivered could not be noted");
        }
    }

    async fn wait(&mut self) {
        tokio::time::sleep(self.pause).await;
        self.pause = (self.pause * 2).min(PAUSE_MAX);
    }
}
