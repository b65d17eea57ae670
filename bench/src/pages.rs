//! Pages and memory, with fifty thousand people and a million cases in the zone.
//!
//! The zone is made in a process of its own and saved as a snapshot, so that the memory measured is the server's alone.

use crate::client::Client;
use crate::latency::{Latencies, rate};
use crate::row::Row;
use crate::world::{OFFICER, big_zone, key, open, temporary};
use anyhow::Context;
use base::{Actor, Key};
use desk::Snapshots;
use park::Park;
use portal::{Options, Portal};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const PEOPLE: u32 = 50_000;
const CASES: u32 = 1_000_000;
/// Of the zone folder; plays the officer whose page is read.
const PERSONA: &str = "immigration-officer-hong-kong";
const REQUESTS: usize = 20_000;
const AT_ONCE: usize = 32;
/// Turned to one after the other: 2,500 cases, of as many people.
const QUEUE_PAGES: usize = 100;
const MEMORY_MAX: f64 = 2.0;

/// A portal on a port of its own.
pub struct Server {
    pub origin: String,
    serving: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Server {
    pub async fn start(park: Park, personas: Vec<(Key, Actor)>) -> anyhow::Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://localhost:{}", listener.local_addr()?.port());
        let personas: BTreeMap<Key, Actor> = personas.into_iter().collect();
        let portal = Portal::new(park, Options { demo: true, origin: origin.parse()?, personas })
            .map_err(|error| anyhow::anyhow!("{error}"))?;
        let service = portal::router(portal).into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move {
            // It ends when the measurement does.
            let _ = axum::serve(listener, service).await;
        });
        Ok(Self { origin, serving })
    }
}

/// Makes the big zone in a data folder; run in a process of its own.
pub fn generate(data: &Path) -> anyhow::Result<()> {
    let (park, writer) = open(Some(data))?;
    let adopted = park.zone();
    let subjects = park.vault.create_subjects(usize::try_from(PEOPLE)?)?;
    let seal = |number: u32| {
        let subject = subjects.get(number as usize - 1).cloned().unwrap_or_else(|| base::Subject("".into()));
        crate::world::opening(&park.vault, number, &subject).unwrap_or_else(|_| crate::world::unopenable(number))
    };
    let mut zone = big_zone(PEOPLE, CASES, &seal, &mut |_, _| {});
    // As if the log were that long: what is measured reads the zone, not the log.
    zone.size = adopted.size;
    zone.profile.clone_from(&adopted.profile);
    zone.rulebook = adopted.rulebook.clone();
    Snapshots::new(&data.join("snapshots"))?.save(&zone)?;
    drop(park);
    writer.join().map_err(|_| anyhow::anyhow!("the writer panicked"))
}

pub fn run() -> anyhow::Result<Vec<Row>> {
    let folder = temporary()?;
    let made = std::process::Command::new(std::env::current_exe()?).arg("generate").arg(folder.path()).status()?;
    anyhow::ensure!(made.success(), "the big zone could not be made");
    let (park, writer) = open(Some(folder.path()))?;
    anyhow::ensure!(park.zone().cases.cases.len() == CASES as usize, "the big zone was not loaded");
    let memory = resident_gib()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let measured = runtime.block_on(measure(&park));
    drop(runtime);
    drop(park);
    writer.join().map_err(|_| anyhow::anyhow!("the writer panicked"))?;
    let (bytes, pages, latencies) = measured?;
    let p99 = latencies.milliseconds(99);
    Ok(vec![
        Row::new(
            &format!(
                "an officer's queue page of {:.1} KB ({QUEUE_PAGES} pages in turn), 1,000,000 cases and 900,000 passes, client \
                 on the same 2 cores",
                bytes as f64 / 1e3
            ),
            "≥ 5,000/s, p99 ≤ 20 ms",
            format!("{pages:.0}/s, p99 {p99:.1} ms"),
            pages >= 5_000.0 && p99 <= 20.0,
        ),
        Row::new(
            "memory with 50,000 people, 1,000,000 cases and 900,000 passes",
            "≤ 2 GiB",
            format!("{memory:.2} GiB"),
            memory <= MEMORY_MAX,
        ),
    ])
}

async fn measure(park: &Park) -> anyhow::Result<(usize, f64, Latencies)> {
    let officer = Actor::Officer { person: OFFICER, office: key("hk-immigration") };
    let server = Server::start(park.clone(), vec![(key(PERSONA), officer)]).await?;
    let client = Client::new(&server.origin);
    let cookie = client.sign_in(PERSONA).await?;
    let (status, page) = client.get("/en/office", &[("cookie", &cookie)]).await?;
    anyhow::ensure!(status.is_success(), "the queue page answered {status}");
    let next = Arc::new(AtomicUsize::new(0));
    let began = Instant::now();
    let readers: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (client, cookie, next) = (client.clone(), cookie.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                let mut took: Vec<Duration> = Vec::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= REQUESTS {
                        break;
                    }
                    let path = format!("/en/office?page={}", number % QUEUE_PAGES + 1);
                    let asked = Instant::now();
                    let (status, _) = client.get(&path, &[("cookie", &cookie)]).await?;
                    anyhow::ensure!(status.is_success(), "the queue page answered {status}");
                    took.push(asked.elapsed());
                }
                anyhow::Ok(took)
            })
        })
        .collect();
    let mut took = Vec::new();
    for reader in readers {
        took.extend(reader.await??);
    }
    Ok((page.len(), rate(took.len(), began.elapsed()), Latencies::new(took)))
}

/// This process's resident memory.
pub fn resident_gib() -> anyhow::Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("VmRSS")?;
    let kibibytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kibibytes / (1 << 20) as f64)
}
