//! The plan against a server: holders of the demonstration's passes link phones and cross as fast as the server answers,
//! over HTTP and with real signatures. What is measured is the time from a presentation to the durable decision.

mod client;

use crate::dice::Dice;
use crate::error::SimulationError;
use crate::paperwork::chance_digest;
use crate::run::{Part, Plan, Progress};
use base::{Bank, Key, PermitId};
use client::Client;
use credentials::{Form, HolderKey};
use profile::Profile;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::task::JoinSet;

/// Requests under way at once.
const AT_ONCE: usize = 16;
/// Passes that are not there, one after the other, before there are taken to be no more.
const GAP_MAX: u32 = 20;
/// A token of the demonstration is good for a day: its end tells the time of the server, whose clock shows another day.
const EXPIRES_AFTER_MS: i64 = 24 * 60 * 60 * 1_000;

/// What the load came to. Times are microseconds.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LoadFigures {
    pub holders: u64,
    pub decisions: u64,
    pub passed: u64,
    pub referred: u64,
    pub refused: u64,
    /// Answers that were no decision: busy, faulty, cut off.
    pub errors: u64,
    pub seconds: f64,
    pub decisions_per_second: f64,
    pub p50_us: u64,
    pub p90_us: u64,
    pub p99_us: u64,
    pub max_us: u64,
}

/// Somebody whose phone is linked.
struct Holder {
    key: HolderKey,
    pass: String,
    /// The bank from which they would set out; found by trying.
    on: Bank,
}

struct Server {
    client: Client,
    gates: BTreeMap<Key, GateOf>,
    /// Added to this machine's clock to get the server's, in milliseconds.
    clock_offset_ms: i64,
}

struct GateOf {
    bank: Bank,
    far: Key,
    token: String,
}

/// What one of the workers saw.
#[derive(Default)]
struct Seen {
    times_us: Vec<u64>,
    passed: u64,
    referred: u64,
    refused: u64,
    errors: u64,
    by_policy: BTreeMap<Key, u32>,
}

/// The figures, and refusals by the policy that the public is told of.
pub(crate) async fn load(
    plan: &Plan,
    profile: &Profile,
    address: &str,
    progress: &mut dyn FnMut(Progress),
) -> Result<(LoadFigures, BTreeMap<Key, u32>), SimulationError> {
    let server = Arc::new(Server::meet(profile, address).await?);
    let mut holders = server.link_phones(plan.commuters, progress).await?;
    if holders.is_empty() {
        return Err(SimulationError::Server("it has no synthetic holders of passes: is it a demonstration?".into()));
    }
    let linked = holders.len() as u64;
    let of = linked * u64::from(plan.days) * 2;
    let done = Arc::new(AtomicU64::new(0));
    let share = holders.len().div_ceil(AT_ONCE).max(1);
    let (begun, mut workers) = (Instant::now(), JoinSet::new());
    for number in 0..AT_ONCE as u64 {
        let mine: Vec<Holder> = holders.drain(..share.min(holders.len())).collect();
        let worker = Worker { server: Arc::clone(&server), dice: Dice::new(plan.seed ^ number), seen: Seen::default() };
        workers.spawn(worker.cross(mine, plan.days, Arc::clone(&done)));
    }
    let mut all = Seen::default();
    loop {
        match tokio::time::timeout(Duration::from_millis(200), workers.join_next()).await {
            Err(_) => progress(Progress { part: Part::Load, done: done.load(Ordering::Relaxed), of }),
            Ok(Some(seen)) => all.add(seen.map_err(|error| SimulationError::Server(error.to_string()))?),
            Ok(None) => break,
        }
    }
    progress(Progress { part: Part::Load, done: of, of });
    let figures = all.figures(linked, begun.elapsed());
    Ok((figures, all.by_policy))
}

impl Server {
    /// Gets a token for every gate, and with them the server's time.
    async fn meet(profile: &Profile, address: &str) -> Result<Self, SimulationError> {
        let client = Client::new(address)?;
        let (mut gates, mut clock_offset_ms) = (BTreeMap::new(), 0);
        for gate in profile.gates.values() {
            let far = profile.gates.values().find(|other| other.bridge == gate.bridge && other.bank != gate.bank);
            let Some(far) = far else { continue };
            let (status, answer) = client.post("/api/demo/tokens", None, &json!({ "gate": gate.key })).await?;
            let token = answer.get("token").and_then(Value::as_str);
            let Some(token) = token.filter(|_| status == 200) else {
                return Err(SimulationError::Server(format!(
                    "no token for a gate (status {status}): it must run --demo"
                )));
            };
            if let Some(expires) = answer.get("expires_at").and_then(Value::as_i64) {
                clock_offset_ms = expires - EXPIRES_AFTER_MS - now_ms();
            }
            gates.insert(gate.key.clone(), GateOf { bank: gate.bank, far: far.key.clone(), token: token.to_owned() });
        }
        Ok(Self { client, gates, clock_offset_ms })
    }

    /// Passes are numbered from one; those that cannot be collected, being revoked, are passed over.
    async fn link_phones(
        &self,
        wanted: u32,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Holder>, SimulationError> {
        let (mut holders, mut number, mut missing) = (Vec::new(), 0_u32, 0);
        while holders.len() < wanted as usize && missing < GAP_MAX {
            number = number.saturating_add(1);
            let permit = PermitId(number);
            let (status, answer) = self.client.post("/api/demo/tokens", None, &json!({ "holder": permit })).await?;
            let token = answer.get("token").and_then(Value::as_str).filter(|_| status == 200);
            let Some(token) = token else {
                missing += 1;
                continue;
            };
            missing = 0;
            let key = HolderKey::generate().and_then(|pkcs8| HolderKey::from_pkcs8(&pkcs8)).map_err(unusable)?;
            let path = format!("/api/permits/{permit}/holder-keys");
            let body = json!({ "holder_key": key.public_jwk() });
            let (status, answer) = self.client.post(&path, Some(token), &body).await?;
            let pass = answer.get("sd_jwt").and_then(Value::as_str).filter(|_| status == 200);
            if let Some(pass) = pass {
                holders.push(Holder { key, pass: pass.to_owned(), on: Bank::North });
            }
            progress(Progress { part: Part::Enrolment, done: holders.len() as u64, of: u64::from(wanted) });
        }
        Ok(holders)
    }

    fn now_seconds(&self) -> i64 {
        (now_ms() + self.clock_offset_ms).div_euclid(1_000)
    }
}

struct Worker {
    server: Arc<Server>,
    dice: Dice,
    seen: Seen,
}

impl Worker {
    /// Everybody goes over and comes back once for each day of the plan.
    async fn cross(mut self, mut holders: Vec<Holder>, days: u16, done: Arc<AtomicU64>) -> Seen {
        for _ in 0..u32::from(days) * 2 {
            for holder in &mut holders {
                if self.once(holder).await.is_err() {
                    self.seen.errors += 1;
                }
                done.fetch_add(1, Ordering::Relaxed);
            }
        }
        self.seen
    }

    async fn once(&mut self, holder: &mut Holder) -> Result<(), SimulationError> {
        let server = Arc::clone(&self.server);
        let gates: Vec<(&Key, &GateOf)> = server.gates.iter().filter(|(_, gate)| gate.bank == holder.on).collect();
        let Some((key, gate)) = self.dice.pick(&gates).copied() else { return Ok(()) };
        let audience = Form::Phone.audience(park::GATE_AUDIENCE);
        let nonce = chance_digest(&mut self.dice);
        let shown = credentials::present(&holder.pass, &[], &holder.key, &audience, &nonce, server.now_seconds())
            .map_err(unusable)?;
        let path = format!("/api/gates/{key}/presentations");
        let begun = Instant::now();
        let (status, answer) = server.client.post(&path, Some(&gate.token), &json!({ "presentation": shown })).await?;
        let taken = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        let outcome = answer.get("outcome").and_then(Value::as_str).filter(|_| status == 200);
        let policy = answer.get("policy").and_then(Value::as_str).and_then(Key::new);
        match outcome {
            Some("pass") => {
                self.seen.passed += 1;
                if let Some(passage) = answer.get("passage").and_then(Value::as_str) {
                    let path = format!("/api/passages/{passage}/completed");
                    let far = server.gates.get(&gate.far).map(|far| far.token.as_str());
                    server.client.post(&path, far, &json!({})).await?;
                }
                holder.on = holder.on.other();
            }
            Some("refer") => self.seen.referred += 1,
            Some("refuse") => {
                self.seen.refused += 1;
                if policy.as_ref().is_some_and(|policy| policy.as_str() == "traveller-must-be-on-this-side") {
                    holder.on = holder.on.other();
                }
            }
            _ => {
                self.seen.errors += 1;
                return Ok(());
            }
        }
        self.seen.times_us.push(taken);
        if let Some(policy) = policy {
            *self.seen.by_policy.entry(policy).or_default() += 1;
        }
        Ok(())
    }
}

impl Seen {
    fn add(&mut self, other: Seen) {
        self.times_us.extend(other.times_us);
        self.passed += other.passed;
        self.referred += other.referred;
        self.refused += other.refused;
        self.errors += other.errors;
        for (policy, count) in other.by_policy {
            *self.by_policy.entry(policy).or_default() += count;
        }
    }

    fn figures(&mut self, holders: u64, taken: Duration) -> LoadFigures {
        self.times_us.sort_unstable();
        let decisions = self.times_us.len();
        let at = |per_mille: usize| {
            let rank = (decisions * per_mille).div_ceil(1_000).saturating_sub(1);
            self.times_us.get(rank).copied().unwrap_or(0)
        };
        let seconds = taken.as_secs_f64();
        LoadFigures {
            holders,
            decisions: decisions as u64,
            passed: self.passed,
            referred: self.referred,
            refused: self.refused,
            errors: self.errors,
            seconds,
            decisions_per_second: decisions as f64 / seconds.max(0.001),
            p50_us: at(500),
            p90_us: at(900),
            p99_us: at(990),
            max_us: self.times_us.last().copied().unwrap_or(0),
        }
    }
}

fn unusable(error: credentials::CredentialError) -> SimulationError {
    SimulationError::Server(format!("its pass cannot be used: {error}"))
}

fn now_ms() -> i64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
}
