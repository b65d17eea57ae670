//! Gate decisions: durable, all checks, in process and over HTTP, against what one signature and one evaluation of the
//! rules must cost.

use crate::client::Client;
use crate::latency::{Latencies, median_time, processor_time, rate};
use crate::row::Row;
use crate::world::{holders, key, morning, open, temporary, watchlists, write_log};
use anyhow::Context;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, KeyPair, UnparsedPublicKey};
use base::{Actor, Direction, Entity, Outcome, PermitId, PersonId, Rules};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use credentials::HolderKey;
use park::Park;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const CORES: f64 = 2.0;
const HOLDERS: u32 = 40_000;
/// On each bank's watchlist, none of them a holder's.
const WATCHES: u32 = 2_000;
/// One presentation for each holder in each part: nobody can pass twice.
const PEAK: usize = 20_000;
const HALF: usize = 10_000;
const OVER_HTTP: usize = 8_000;
const AT_ONCE: usize = 1_024;
const GATE: &str = "west-south";
/// Idempotency keys given so far.
static GIVEN: AtomicUsize = AtomicUsize::new(0);

pub fn run() -> anyhow::Result<Vec<Row>> {
    let folder = temporary()?;
    let vault = vault::Vault::open(&folder.path().join("keys.sqlite"))?;
    let portal_key = vault.blob("portal-holder-key", || HolderKey::generate().unwrap_or_default())?;
    let thumbprint = BASE64_URL_SAFE_NO_PAD.encode(HolderKey::from_pkcs8(&portal_key)?.public_jwk().thumbprint());
    let mut entries = holders(&vault, HOLDERS, &thumbprint)?;
    entries.extend(watchlists(&vault, WATCHES)?);
    write_log(folder.path(), &vault, &entries)?;
    drop(vault);
    let (park, writer) = open(Some(folder.path()))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let rows = runtime.block_on(measure(&park));
    drop(runtime);
    drop(park);
    writer.join().map_err(|_| anyhow::anyhow!("the writer panicked"))?;
    rows
}

async fn measure(park: &Park) -> anyhow::Result<Vec<Row>> {
    let mut next_holder = 1;
    let first = presentations(park, &mut next_holder, 1).await?;
    let (verification, evaluation) = floor(park, first.first().context("a presentation")?).await?;
    let limit = CORES / (verification + evaluation).as_secs_f64();

    let ready = presentations(park, &mut next_holder, PEAK).await?;
    let before = processor_time()?;
    let (peak, _) = closed_loop(park, ready).await?;
    let each = (processor_time()? - before) / u32::try_from(PEAK)?;
    let half = open_loop(park, presentations(park, &mut next_holder, HALF).await?, peak / 2.0).await?;
    let over_http = over_http(park, presentations(park, &mut next_holder, OVER_HTTP).await?).await?;

    // By the time that the cores worked, not by the clock: others work on them too.
    let possible = CORES / each.as_secs_f64();
    let share = 100.0 * possible / limit;
    let p99 = half.milliseconds(99);
    Ok(vec![
        Row::plain(
            "physical limit: 2 cores ÷ (one P-256 verification + one evaluation of the rules)",
            format!(
                "{limit:.0}/s ({:.0} µs + {:.0} µs)",
                verification.as_secs_f64() * 1e6,
                evaluation.as_secs_f64() * 1e6
            ),
        ),
        Row::new(
            &format!(
                "gate decisions, durable, all checks, each under its key, {WATCHES} watched by each bank, in process"
            ),
            "≥ 60 % of the limit",
            format!(
                "{share:.0} % ({:.0} µs of processor time each; {peak:.0}/s by the clock, {:.0} %)",
                each.as_secs_f64() * 1e6,
                100.0 * peak / limit
            ),
            share >= 60.0,
        ),
        Row::new(
            "the same at half of the peak rate, p99",
            "≤ 20 ms",
            format!("{p99:.1} ms (p50 {:.1} ms)", half.milliseconds(50)),
            p99 <= 20.0,
        ),
        Row::plain(
            "gate decisions over HTTP, client on the same 2 cores",
            format!("{over_http:.0}/s, {:.0} % of in process", 100.0 * over_http / peak),
        ),
    ])
}

/// What nobody can do without: the holder's signature checked, and the rules evaluated on the facts.
async fn floor(park: &Park, presentation: &str) -> anyhow::Result<(Duration, Duration)> {
    let pkcs8 =
        signature::EcdsaKeyPair::generate_pkcs8(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
            .map_err(|_| anyhow::anyhow!("a key could not be made"))?;
    let pair = signature::EcdsaKeyPair::from_pkcs8(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref())
        .context("key")?;
    let message = [7_u8; 300];
    let signed =
        pair.sign(&SystemRandom::new(), &message).map_err(|_| anyhow::anyhow!("a signature could not be made"))?;
    let public = UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, pair.public_key().as_ref().to_vec());
    let verification = median_time(15, 200, || {
        std::hint::black_box(public.verify(&message, signed.as_ref()).is_ok());
    });

    let answer = presented(park, presentation).await?;
    anyhow::ensure!(
        answer.decision.outcome == Outcome::Permitted,
        "the first traveller was not let pass: {:?}",
        answer.decision.policies
    );
    let gate = park.profile.gates.get(&key(GATE)).context("the gate")?;
    let asker = parties::principal(&park.zone().parties, &park.profile, &Actor::Gate { gate: key(GATE) }, park.now());
    let question = answer.decision.facts.question(asker, gate, Direction::Northbound, morning());
    let evaluation = median_time(15, 200, || {
        std::hint::black_box(park.rulebook.ask(&question));
    });
    std::hint::black_box(Entity::new("Gate", GATE));
    Ok((verification, evaluation))
}

/// Fresh presentations of holders who have not crossed yet.
async fn presentations(park: &Park, next: &mut u32, count: usize) -> anyhow::Result<Vec<String>> {
    let mut made = Vec::with_capacity(count);
    for _ in 0..count {
        let actor = Actor::Person { person: PersonId(*next) };
        let made_one = park.portal_presentation(&actor, PermitId(*next)).await;
        let presentation = made_one.map_err(|error| anyhow::anyhow!("{error}"))?;
        // The pass has been seen before, as that of a commuter has: its issuer's signature is remembered.
        std::hint::black_box(park.verifier.verify(&presentation, park.now().0).is_ok());
        made.push(presentation);
        *next += 1;
    }
    Ok(made)
}

/// As fast as it goes, with many travellers at once.
async fn closed_loop(park: &Park, presentations: Vec<String>) -> anyhow::Result<(f64, Latencies)> {
    let (presentations, next) = (Arc::new(presentations), Arc::new(AtomicUsize::new(0)));
    let began = Instant::now();
    let travellers: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (park, presentations, next) = (park.clone(), Arc::clone(&presentations), Arc::clone(&next));
            tokio::spawn(async move {
                let mut took = Vec::new();
                while let Some(presentation) = presentations.get(next.fetch_add(1, Ordering::Relaxed)) {
                    took.push(pass(&park, presentation).await?);
                }
                anyhow::Ok(took)
            })
        })
        .collect();
    let mut took = Vec::new();
    for traveller in travellers {
        took.extend(traveller.await??);
    }
    Ok((rate(took.len(), began.elapsed()), Latencies::new(took)))
}

/// At a fixed rate, whether or not the earlier ones are through.
async fn open_loop(park: &Park, presentations: Vec<String>, rate: f64) -> anyhow::Result<Latencies> {
    let began = Instant::now();
    let mut travellers = Vec::with_capacity(presentations.len());
    for (number, presentation) in presentations.into_iter().enumerate() {
        let due = began + Duration::from_secs_f64(number as f64 / rate);
        tokio::time::sleep_until(due.into()).await;
        let park = park.clone();
        travellers.push(tokio::spawn(async move {
            pass(&park, &presentation).await?;
            // From when it was due, so that a server that falls behind does not look fast.
            anyhow::Ok(due.elapsed())
        }));
    }
    let mut took = Vec::with_capacity(travellers.len());
    for traveller in travellers {
        took.push(traveller.await??);
    }
    Ok(Latencies::new(took))
}

/// Under a key of its own, as gates send them: whoever lost the answer may ask again.
async fn presented(park: &Park, presentation: &str) -> anyhow::Result<park::GateAnswer> {
    let gate = key(GATE);
    let once = format!("{:024}.{:024}", GIVEN.fetch_add(1, Ordering::Relaxed), 0);
    let answer = park.present(&Actor::Gate { gate: gate.clone() }, &gate, presentation, Some(once.into())).await;
    answer.map_err(|error| anyhow::anyhow!("{error}"))
}

async fn pass(park: &Park, presentation: &str) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let answer = presented(park, presentation).await?;
    anyhow::ensure!(answer.decision.outcome == Outcome::Permitted, "{:?}", answer.decision.policies);
    Ok(began.elapsed())
}

async fn over_http(park: &Park, presentations: Vec<String>) -> anyhow::Result<f64> {
    let server = crate::pages::Server::start(park.clone(), Vec::new()).await?;
    let gate = Actor::Gate { gate: key(GATE) };
    let token =
        portal::mint_token(park, &gate, park.now().plus(base::Instant::HOUR)).map_err(|e| anyhow::anyhow!("{e}"))?;
    let client = Client::new(&server.origin);
    let (presentations, next) = (Arc::new(presentations), Arc::new(AtomicUsize::new(0)));
    let began = Instant::now();
    let gates: Vec<_> = (0..32)
        .map(|_| {
            let (client, presentations, next) = (client.clone(), Arc::clone(&presentations), Arc::clone(&next));
            let bearer = format!("Bearer {token}");
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(presentation) = presentations.get(number) else { break };
                    let once = format!("http-{number}");
                    let headers = [
                        ("authorization", bearer.as_str()),
                        ("content-type", "application/json"),
                        ("idempotency-key", once.as_str()),
                    ];
                    let body = serde_json::json!({ "presentation": presentation }).to_string();
                    let path = format!("/api/gates/{GATE}/presentations");
                    let (status, answer) = client.post(&path, &headers, body.into()).await?;
                    anyhow::ensure!(status.is_success(), "{status}: {}", String::from_utf8_lossy(&answer));
                }
                anyhow::Ok(())
            })
        })
        .collect();
    for gate in gates {
        gate.await??;
    }
    Ok(rate(presentations.len(), began.elapsed()))
}
