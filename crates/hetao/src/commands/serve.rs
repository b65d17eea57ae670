//! `hetao serve`: opens the park, keeps it at work, and lets it go in order when it is told to end.

use crate::cli::{Common, Serve};
use crate::data_folder::DataFolder;
use crate::demonstration::{self, Beginning};
use crate::ending::{Ending, Failure};
use crate::output::Output;
use base::{Actor, Key};
use desk::Settings;
use eventlog::LogError;
use park::{Clock, Options, Park, PushHosts};
use portal::{ServeError, ServeOptions, TlsFiles};
use simulation::{LiveHandle, live, seed};
use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::runtime::Runtime;

/// The exit code after a failed commit: whoever supervises the server makes room, then starts it again.
const EXIT_COMMIT_FAILED: i32 = 70;
/// The demonstration's morning comes out the same each time.
const DEMO_SEED: u64 = 7;
/// A snapshot is due after so many entries …
const SNAPSHOT_ENTRIES: u64 = 100_000;
/// … or after so long, if anything happened; folding the entries since then must not delay a start.
const SNAPSHOT_PERIOD: Duration = Duration::from_secs(10 * 60);
/// Ending in order saves one only where it spares the next start some work.
const SNAPSHOT_ENTRIES_AT_END: u64 = 1_000;
const SNAPSHOT_LOOK: Duration = Duration::from_millis(250);

pub fn run(options: Serve, common: &Common, output: &Output) -> Result<Ending, Failure> {
    check_usage(&options)?;
    let listen = with_port(options.listen)?;
    let scheme = if options.tls_certificate.is_some() { "https" } else { "http" };
    let origin = options.origin.clone().unwrap_or_else(|| format!("{scheme}://localhost:{}", listen.port()));
    let runtime = Runtime::new().map_err(|error| Failure::could_not(format!("no runtime: {error}")))?;
    let beginning = begin(&options, common, output)?;
    let (park, writer) = open(&options, common, &origin)?;
    tracing::info!(entries = park.zone().size, data = %common.data().display(), "the park is open");
    let snapshots = SnapshotThread::start(park.clone())?;
    let served = runtime.block_on(serve(park.clone(), &options, listen, origin, beginning, output));
    snapshots.end();
    drop(park);
    drop(runtime);
    // The writer ends with the last clone of the park; everything it acknowledged is durable.
    if writer.join().is_err() {
        tracing::error!("the writer ended in a panic");
    }
    served.map(|()| Ending::Right)
}

fn check_usage(options: &Serve) -> Result<(), Failure> {
    let near = options.listen.ip().is_loopback();
    if options.demo && !near {
        return Err(Failure::usage(format!(
            "--demo lets anybody sign in as anybody: it listens on this machine alone, not at {}",
            options.listen
        )));
    }
    if let Some(kiosk) = options.kiosk.filter(|kiosk| !kiosk.ip().is_loopback()) {
        if options.demo {
            return Err(Failure::usage(format!(
                "--demo lets anybody sign in as anybody: its kiosk listens on this machine alone, not at {kiosk}"
            )));
        }
        if options.tls_certificate.is_none() {
            return Err(Failure::usage(format!(
                "--kiosk {kiosk} needs --tls-certificate: what people read and type at a terminal must not cross the \
                 network in the open; or listen at 127.0.0.1 behind a proxy that ends TLS"
            )));
        }
    }
    if !near && options.origin.is_none() {
        return Err(Failure::usage(
            "--origin is needed where others reach the server: the address in their browsers, https://park.example",
        ));
    }
    if !near && options.origin.as_deref().is_some_and(|origin| origin.starts_with("http://")) {
        return Err(Failure::usage(
            "--origin must be https:// where others reach the server: browsers give passkeys to no other address; TLS may \
             also end at a proxy in front of it",
        ));
    }
    Ok(())
}

/// Port 0 asks for any free port. It is settled here already, because the park's own address is in what it issues.
fn with_port(listen: SocketAddr) -> Result<SocketAddr, Failure> {
    if listen.port() != 0 {
        return Ok(listen);
    }
    let free = TcpListener::bind(listen).and_then(|listener| listener.local_addr());
    free.map_err(|error| Failure::could_not(format!("{listen}: {error}")))
}

fn begin(options: &Serve, common: &Common, output: &Output) -> Result<Option<Beginning>, Failure> {
    let data = DataFolder::new(common.data());
    if options.demo {
        return Beginning::of(&data, common, output);
    }
    demonstration::must_not_be_unfinished(&data).map(|()| None)
}

fn open(options: &Serve, common: &Common, origin: &str) -> Result<(Park, JoinHandle<()>), Failure> {
    let data = DataFolder::new(common.data());
    let clock = if options.demo { demonstration::clock(&data, common)? } else { Clock::system() };
    let settings = Settings { on_failure: Box::new(stop), ..Settings::default() };
    let push_hosts = if options.push_to_any_host { PushHosts::Any } else { PushHosts::Public };
    let (zone, origin) = (common.zone.clone(), origin.to_owned());
    let options = Options { zone, data: Some(data.path), clock, origin, settings, push_hosts };
    Ok(Park::open(options)?)
}

/// A commit failed: nobody can say what is stored until the log is read again, so the process ends at once. Nothing that
/// was acknowledged is lost, and nothing that failed is acknowledged.
fn stop(error: LogError) {
    tracing::error!(%error, "a commit failed; the server stops. Nothing acknowledged is lost: mend it, start again");
    std::process::exit(EXIT_COMMIT_FAILED);
}

async fn serve(
    park: Park,
    options: &Serve,
    listen: SocketAddr,
    origin: String,
    beginning: Option<Beginning>,
    output: &Output,
) -> Result<(), Failure> {
    let (personas, morning) = if options.demo { demonstrate(&park, beginning).await? } else { Default::default() };
    follow(&park)?;
    let tls = match (&options.tls_certificate, &options.tls_key) {
        (Some(certificate), Some(key)) => Some(TlsFiles { certificate: certificate.clone(), key: key.clone() }),
        (None, _) | (_, None) => None,
    };
    // Browsers take the address that they were given for another than the origin: passkeys would not fit.
    output.note(&format!("Open {origin} in a browser."));
    let serving = ServeOptions {
        listen,
        tls,
        demo: options.demo,
        origin: Some(origin),
        personas,
        kiosk: options.kiosk,
        trusted_proxies: options.trusted_proxy.clone(),
    };
    let served = portal::serve(park, serving).await;
    if let Some(morning) = morning {
        morning.stop().await;
    }
    served.map_err(|error| match error {
        ServeError::Origin(_) | ServeError::SetUp(_) => Failure::usage(error.to_string()),
        ServeError::Tls(_) | ServeError::Listen(_) => Failure::could_not(format!("{listen}: {error}")),
    })
}

/// What follows the log by itself. It acts at the park's own hour, so a demonstration's past is written before.
fn follow(park: &Park) -> Result<(), Failure> {
    park.write_letters().map_err(|error| Failure::could_not(format!("no thread for writing letters: {error}")))?;
    park.keep_clocks().map_err(|error| Failure::could_not(format!("no thread for clocks: {error}")))?;
    park.deliver_pushes().map_err(|error| Failure::could_not(format!("no thread for pushes: {error}")))?;
    park.deliver_letters().map_err(|error| Failure::could_not(format!("no thread for letters: {error}")))
}

/// Gives the park its past, unless it has one, and its present.
async fn demonstrate(
    park: &Park,
    beginning: Option<Beginning>,
) -> Result<(BTreeMap<Key, Actor>, Option<LiveHandle>), Failure> {
    let seeded = seed(park).await.map_err(|error| Failure::could_not(format!("the demonstration: {error}")))?;
    if beginning.is_some() {
        let told = park.leave_past_letters().map_err(|error| Failure::could_not(format!("the demonstration: {error}")));
        told?;
    }
    beginning.map_or(Ok(()), Beginning::finish)?;
    let morning = live(park.clone(), &seeded, DEMO_SEED);
    Ok((seeded.personas, Some(morning)))
}

/// Saves the zone from time to time, so that the next start need not fold the whole log.
struct SnapshotThread {
    ending: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl SnapshotThread {
    fn start(park: Park) -> Result<Self, Failure> {
        let ending = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&ending);
        let thread = std::thread::Builder::new()
            .name("snapshots".into())
            .spawn(move || keep_saving(&park, &told))
            .map_err(|error| Failure::could_not(format!("no thread for snapshots: {error}")))?;
        Ok(Self { ending, thread })
    }

    fn end(self) {
        self.ending.store(true, Ordering::Relaxed);
        // A panic there has been printed; there is nothing to undo, snapshots are discardable.
        let _ = self.thread.join();
    }
}

fn keep_saving(park: &Park, ending: &AtomicBool) {
    let (mut saved, mut saved_at) = (park.zone().size, std::time::Instant::now());
    while !ending.load(Ordering::Relaxed) {
        std::thread::sleep(SNAPSHOT_LOOK);
        let grown = park.zone().size.saturating_sub(saved);
        // The digest that a snapshot records is an entry itself: alone it is no reason for the next one.
        if grown >= SNAPSHOT_ENTRIES || (grown > 1 && saved_at.elapsed() >= SNAPSHOT_PERIOD) {
            save(park);
            (saved, saved_at) = (park.zone().size, std::time::Instant::now());
        }
    }
    if park.zone().size.saturating_sub(saved) >= SNAPSHOT_ENTRIES_AT_END {
        save(park);
    }
}

fn save(park: &Park) {
    let begun = std::time::Instant::now();
    match park.snapshot() {
        Ok(size) => tracing::info!(size, milliseconds = begun.elapsed().as_millis(), "a snapshot was saved"),
        Err(error) => tracing::warn!(%error, "no snapshot could be saved; starting will take longer"),
    }
}
