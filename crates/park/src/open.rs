//! Opening a park: zone folder, keys, log, replay, desk.

use crate::blobs::Blobs;
use crate::clock::Clock;
use crate::counted::Counted;
use crate::drafts::Drafts;
use crate::error::OpenError;
use crate::names::Names;
use crate::outbox::Outbox;
use crate::pushes::Pusher;
use crate::views::Watching;
use crate::{GATE_AUDIENCE, PASS_TYPE};
use attachments::Scanner;
use base::{Actor, Instant, Rules, Sealed, Subject};
use credentials::{Freshness, HolderKey, IssuerKey, Verifier};
use desk::{
    Desk, Failure, Kernel, Outside, Salts, Settings, Snapshots, Submission, SubmitError, Zone, ZoneCommand, catch_up,
};
use eventlog::{Log, LogError, LogKeys, LogPublicKeys, LogReader, Storage};
use profile::Profile;
use rulebook::Rulebook;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::thread::JoinHandle;
use vault::Vault;
use webpush::Hosts as PushHosts;

/// A clock this far behind the log is wrong; less is jitter.
const CLOCK_BEHIND_MAX: i64 = 5 * Instant::SECOND;
/// How long before its first morning a demonstration's log begins: it is opened with a past to show.
const DEMO_PAST: i64 = 60 * Instant::DAY;

/// How to open a park.
pub struct Options {
    /// The zone folder.
    pub zone: PathBuf,
    /// The data folder; `None` keeps everything in memory.
    pub data: Option<PathBuf>,
    pub clock: Clock,
    /// Where people reach it: names the log and the issuer, `http://127.0.0.1:8080`.
    pub origin: String,
    pub settings: Settings,
    /// Where notices may be pushed: public hosts, or for tests and demonstrations with a push service of their own any.
    pub push_hosts: PushHosts,
}

/// A park at work. Cheap to clone.
#[derive(Clone)]
pub struct Park(Arc<Inner>);

pub struct Inner {
    pub desk: Desk,
    pub profile: Arc<Profile>,
    pub rulebook: Arc<Rulebook>,
    pub vault: Vault,
    pub issuer: IssuerKey,
    /// The holder key that the portal keeps for people without scripts.
    pub portal_key: HolderKey,
    pub verifier: Verifier,
    pub log_keys: LogPublicKeys,
    pub clock: Clock,
    pub origin: String,
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) pusher: Arc<Pusher>,
    /// How far notices were pushed.
    pub(crate) pushed: Arc<Counted>,
    pub(crate) names: Names,
    /// How far letters were written.
    pub(crate) written: Arc<Counted>,
    pub blobs: Blobs,
    pub(crate) drafts: Drafts,
    pub(crate) scanner: Scanner,
    /// Held while a draft's files become a case's, or are deleted.
    pub(crate) drafting: tokio::sync::Mutex<()>,
    /// Held while people are looked for and then registered: one roster after the other.
    pub(crate) enrolling: tokio::sync::Mutex<()>,
    /// Held while a letter is written: its number is printed on it.
    pub(crate) writing: tokio::sync::Mutex<()>,
    pub snapshots: Option<Snapshots>,
    pub(crate) watching: Watching,
}

/// A park that may be closed meanwhile.
pub(crate) struct WeakPark(Weak<Inner>);

impl WeakPark {
    pub fn upgrade(&self) -> Option<Park> {
        self.0.upgrade().map(Park)
    }
}

impl std::ops::Deref for Park {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Park {
    /// Opens the park and starts its desk. The handle ends when the last clone of the park is gone.
    pub fn open(options: Options) -> Result<(Park, JoinHandle<()>), OpenError> {
        let profile = Arc::new(Profile::load(&options.zone)?);
        let rulebook = Arc::new(Rulebook::load(&options.zone.join("rules"))?);
        let vault = match &options.data {
            Some(data) => {
                let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", data.display()));
                fs::create_dir_all(data).map_err(named)?;
                Vault::open(&data.join("keys.sqlite"))?
            }
            None => Vault::memory(),
        };
        let keys = log_keys(&vault, &profile)?;
        let log_keys = keys.public().clone();
        let (log, reader) = Log::open(storage(options.data.as_deref())?, keys)?;
        let snapshots = options.data.as_deref().map(|data| Snapshots::new(&data.join("snapshots"))).transpose()?;
        let zone = fold(&reader, snapshots.as_ref())?;
        let behind = zone.last_at.since(options.clock.now());
        if behind > CLOCK_BEHIND_MAX {
            return Err(OpenError::ClockBehindLog { seconds: behind / Instant::SECOND });
        }
        let outbox = Arc::new(Outbox::of_environment(options.data.as_deref(), zone.size)?);
        let pusher = Arc::new(Pusher::open(&vault, options.push_hosts)?);
        let pushed = options.data.as_deref().map(|data| data.join("notices-pushed"));
        let pushed = Arc::new(Counted::open(pushed, zone.size)?);
        let written = options.data.as_deref().map(|data| data.join("letters-written"));
        let written = Arc::new(Counted::open(written, zone.size)?);
        let blobs = Blobs::open(options.data.as_deref())?;
        let drafts = Drafts::open(options.data.as_deref())?;
        // What nobody came back to goes, and its files with whatever else nothing names.
        drafts.take_expired(options.clock.now()).map_err(|error| io::Error::other(error.to_string()))?;
        sweep(&blobs, &drafts, &zone, &vault)?;
        let outside = Arc::new(Outside::new(vault.clone()));
        let rules: Arc<dyn Rules> = Arc::clone(&rulebook) as Arc<dyn Rules>;
        let salts = Salts::random().map_err(|error| io::Error::other(error.to_string()))?;
        let kernel = Kernel::new(log, reader, zone, Arc::clone(&profile), Arc::clone(&rules), outside, salts);
        let (desk, writer) = Desk::start(kernel, Arc::clone(&profile), rules, options.settings)?;
        let (issuer, verifier) = credentials(&vault, &options.origin)?;
        let inner = Inner {
            portal_key: holder_key(&vault, "portal-holder-key")?,
            outbox,
            pusher,
            pushed,
            names: Names::default(),
            written,
            blobs,
            drafts,
            scanner: Scanner::of_environment()?,
            drafting: tokio::sync::Mutex::default(),
            enrolling: tokio::sync::Mutex::default(),
            writing: tokio::sync::Mutex::default(),
            desk,
            profile,
            rulebook,
            vault,
            issuer,
            verifier,
            log_keys,
            clock: options.clock,
            origin: options.origin,
            snapshots,
            watching: Watching::default(),
        };
        let park = Park(Arc::new(inner));
        park.adopt()?;
        let finished = park.finish_erasures().map_err(|error| io::Error::other(error.to_string()))?;
        if finished > 0 {
            tracing::warn!(finished, "keys that the log says are destroyed were still there, and are destroyed now");
        }
        Ok((park, writer))
    }

    /// The zone folder's hash and the rulebook's version become an event whenever they have changed.
    fn adopt(&self) -> Result<(), OpenError> {
        let zone = self.desk.zone();
        let (profile, rulebook) = (self.profile.hash.as_str(), self.rulebook.version());
        if *zone.profile == *profile && zone.rulebook == *rulebook {
            return Ok(());
        }
        let adopt = ZoneCommand::Adopt { profile: profile.into(), rulebook: rulebook.clone() };
        let now = if self.is_demo() && zone.size == 0 { self.now().plus(-DEMO_PAST) } else { self.now() };
        self.system_blocking(desk::Command::Zone(adopt), now).map_err(|error| match error {
            SubmitError::Failed(Failure::Stopped) => {
                OpenError::Log(LogError::Storage { what: "the first commit failed".into() })
            }
            other => OpenError::Folder(io::Error::other(format!("{other:?}"))),
        })
    }

    /// Saves a snapshot of the zone as it is now, and records its digest in the log. Takes a while: call it from a thread
    /// that may wait.
    pub fn snapshot(&self) -> Result<u64, OpenError> {
        let Some(snapshots) = &self.snapshots else { return Ok(0) };
        let zone = self.desk.zone();
        let digest = snapshots.save(&zone)?;
        let record = ZoneCommand::RecordDigest { size: zone.size, digest: digest.into(), format: desk::FORMAT };
        self.system_blocking(desk::Command::Zone(record), self.now())
            .map_err(|error| OpenError::Folder(io::Error::other(format!("{error:?}"))))?;
        Ok(zone.size)
    }

    fn system_blocking(&self, command: desk::Command, now: Instant) -> Result<(), SubmitError> {
        let submission = Submission { actor: Actor::System, now, commands: vec![command], key: None };
        self.desk.submit_blocking(submission).map(drop)
    }

    pub(crate) fn downgrade(&self) -> WeakPark {
        WeakPark(Arc::downgrade(&self.0))
    }

    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    pub fn zone(&self) -> Arc<Zone> {
        self.desk.zone()
    }
}

/// The keys of the log whose secrets are in the vault. The log's name is the zone's, not an address: it stays the same
/// wherever the park is served.
pub fn log_keys(vault: &Vault, profile: &Profile) -> Result<LogKeys, OpenError> {
    let origin = format!("{}.hetao.example/log", profile.key);
    let (ed25519, ml_dsa) = (vault.secret("log-ed25519")?, vault.secret("log-ml-dsa-44")?);
    Ok(LogKeys::from_seeds(&origin, *ed25519, *ml_dsa)?)
}

/// Files that no event and no draft names are left from uploads that a crash cut short: they go, and so does the key of a
/// roster that never came to be. Whatever else is kept in the object store has to be named here.
fn sweep(blobs: &Blobs, drafts: &Drafts, zone: &Zone, vault: &Vault) -> Result<(), OpenError> {
    let (drafted, writers) = drafts.named()?;
    let rosters = || zone.cases.rosters.values();
    let of_rosters = rosters().flat_map(|roster| [Some(&*roster.file), roster.rows.as_deref()]).flatten();
    let of_letters = zone.letters.letters.values().map(|letter| &*letter.issue.file);
    let attachments = zone.cases.attachments.values().flat_map(|files| files.iter());
    let of_cases = attachments.flat_map(|file| [Some(&*file.file), file.thumbnail.as_deref()]).flatten();
    let of_drafts = drafted.iter().map(|file| &**file);
    let removed = blobs.sweep(&of_rosters.chain(of_letters).chain(of_cases).chain(of_drafts).collect())?;
    if removed.is_empty() {
        return Ok(());
    }
    // A person's key seals more than the file that was removed: letters, cases, drafts.
    let people = zone.parties.persons.values().map(|person| &person.subject);
    let known: BTreeSet<&Subject> = rosters().map(|roster| &roster.subject).chain(people).chain(&writers).collect();
    for Sealed { of, .. } in removed {
        if !known.contains(&of) {
            vault.discard(&[of])?;
        }
    }
    Ok(())
}

fn storage(data: Option<&Path>) -> Result<Box<dyn Storage>, OpenError> {
    Ok(match data {
        Some(data) => Box::new(eventlog::sqlite::Sqlite::open(&data.join("log.sqlite"))?),
        None => Box::new(eventlog::memory::Memory::new()),
    })
}

fn fold(reader: &LogReader, snapshots: Option<&Snapshots>) -> Result<Zone, OpenError> {
    let from = snapshots.and_then(|snapshots| snapshots.latest(reader.size())).unwrap_or_default();
    Ok(catch_up(reader, from)?)
}

fn credentials(vault: &Vault, origin: &str) -> Result<(IssuerKey, Verifier), OpenError> {
    let pkcs8 = vault.blob("pass-issuer-1", || IssuerKey::generate().unwrap_or_default())?;
    let issuer = IssuerKey::from_pkcs8("pass-issuer-1", &pkcs8)?;
    let trusted = vec![(issuer.kid().to_owned(), issuer.public_jwk())];
    let verifier = Verifier::new(trusted, origin, PASS_TYPE, GATE_AUDIENCE, Freshness::default())?;
    Ok((issuer, verifier))
}

fn holder_key(vault: &Vault, name: &str) -> Result<HolderKey, OpenError> {
    let pkcs8 = vault.blob(name, || HolderKey::generate().unwrap_or_default())?;
    Ok(HolderKey::from_pkcs8(&pkcs8)?)
}
