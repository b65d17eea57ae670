//! Casework, shaped after OpenCRVS's public test plan: 1.2 million cases of about ten actions each in a real log; a
//! thousand people signed in at the same time who read, search and write, with time to read and to think in between.
//!
//! The log is made in a process of its own, so that the memory measured is the server's alone. What is measured goes
//! through the portal over loopback HTTP, the client being on the same two cores. With `HETAO_BENCH_CASES` set there are
//! fewer cases: for whoever works on the measurement itself.

use crate::client::Client;
use crate::latency::{Latencies, rate};
use crate::pages::{Server, resident_gib};
use crate::row::Row;
use crate::world::{self, OFFICER, key, morning, open_at, temporary};
use anyhow::Context;
use base::{Actor, Instant, Key, PersonId};
use park::Park;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant as Moment};

const PEOPLE: u32 = 50_000;
/// At the most.
const CASES: u32 = 1_200_000;
/// One in so many still waits for both offices: sixty thousand.
const WAITING_EVERY: u32 = 20;
/// Of each bank.
const OFFICERS: u32 = 500;
const OFFICES: [(&str, &str); 2] = [("hong-kong", "hk-immigration"), ("shenzhen", "sz-exit-entry")];
/// Sessions of the pages that the thousand share; over the API everybody has a token of their own.
const SESSIONS: u32 = 200;
/// From one answer to the same person's next question: between one second and three.
const THINKING: std::ops::Range<u32> = 1_000..3_000;
const LOAD: Duration = Duration::from_secs(40);
const WARMING_UP: Duration = Duration::from_secs(5);
/// Pages of the queue that officers turn to.
const QUEUE_PAGES: u32 = 40;
const LONE_PAGES: u32 = 400;

/// Writes the log into a data folder; run in a process of its own.
pub fn generate(data: &Path) -> anyhow::Result<()> {
    let vault = vault::Vault::open(&data.join("keys.sqlite"))?;
    let (entries, written) = std::sync::mpsc::sync_channel::<Vec<Vec<u8>>>(8);
    let making = {
        let vault = vault.clone();
        std::thread::spawn(move || make(&vault, &entries))
    };
    let mut log = world::log(data, &vault)?;
    for group in written {
        log.append(&group, morning().plus(-Instant::DAY).0)?;
    }
    making.join().map_err(|_| anyhow::anyhow!("the log could not be made"))?
}

fn make(vault: &vault::Vault, entries: &std::sync::mpsc::SyncSender<Vec<Vec<u8>>>) -> anyhow::Result<()> {
    const GROUP: usize = 4_000;
    let start = morning().plus(-300 * Instant::DAY);
    let subjects = vault.create_subjects(usize::try_from(PEOPLE)?)?;
    let mut group: Vec<Vec<u8>> = world::people(vault, &subjects, start)?;
    for officer in 0..2 * OFFICERS {
        group.push(world::envelope(world::appointed(officer_number(officer), office_of(officer)), start));
    }
    for number in 1..=cases() {
        let at = start.plus(i64::from(number) * 20 * Instant::SECOND);
        let person = subject_of(number);
        let subject = subjects.get(person.0 as usize - 1).context("a subject")?;
        let waits = number.is_multiple_of(WAITING_EVERY);
        for (by, event) in world::whole_case(vault, subject, number, person, at, waits)? {
            group.push(world::envelope_by(event, at, by));
        }
        if group.len() >= GROUP {
            entries.send(std::mem::take(&mut group))?;
        }
    }
    Ok(entries.send(group)?)
}

fn cases() -> u32 {
    let fewer = std::env::var("HETAO_BENCH_CASES").ok().and_then(|count| count.parse().ok());
    fewer.unwrap_or(CASES).clamp(WAITING_EVERY * 3_000, CASES)
}

fn waiting() -> u32 {
    cases() / WAITING_EVERY
}

/// The person whom a case is about: nobody who is an officer.
fn subject_of(case: u32) -> PersonId {
    PersonId(case % (PEOPLE - world::OFFICERS_MAX) + world::OFFICERS_MAX + 1)
}

fn officer_number(officer: u32) -> PersonId {
    PersonId(OFFICER.0 + officer)
}

/// In turn of the one bank's and of the other's.
fn office_of(officer: u32) -> Key {
    let [(_, south), (_, north)] = OFFICES;
    key(if officer.is_multiple_of(2) { south } else { north })
}

pub fn run() -> anyhow::Result<Vec<Row>> {
    let folder = temporary()?;
    let mut making = std::process::Command::new(std::env::current_exe()?);
    let made = making.args(["generate-casework".as_ref(), folder.path().as_os_str()]).status()?;
    anyhow::ensure!(made.success(), "the log of cases could not be made");
    let began = Moment::now();
    let (park, writer) = open_at(Some(folder.path()), morning())?;
    let rebuilt = began.elapsed().as_secs_f64();
    anyhow::ensure!(park.zone().cases.cases.len() == cases() as usize, "the cases were not folded");
    let (events, memory) = (park.desk.log().size(), resident_gib()?);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let measured = runtime.block_on(measure(&park));
    drop(runtime);
    drop(park);
    writer.join().map_err(|_| anyhow::anyhow!("the writer panicked"))?;
    let Measured { lone, reads, writes, took } = measured?;
    let (page, read, write) = (lone.milliseconds(95), reads.milliseconds(95), writes.milliseconds(95));
    let figure = |latencies: &Latencies| {
        let (count, p50, p99) = (latencies.count(), latencies.milliseconds(50), latencies.milliseconds(99));
        format!("p95 {:.1} ms (p50 {p50:.1}, p99 {p99:.1}; {:.0}/s)", latencies.milliseconds(95), rate(count, took))
    };
    Ok(vec![
        Row::new(
            &format!("casework: rebuild of everything from the log, {} cases in {events} events", cases()),
            "≤ 60 s",
            format!("{rebuilt:.0} s ({:.0} events/s)", events as f64 / rebuilt),
            rebuilt <= 60.0,
        ),
        Row::plain("the same: memory when it is rebuilt", format!("{memory:.2} GiB")),
        Row::new(
            &format!("a page of a queue of {} cases among them, one at a time, p95", waiting()),
            "≤ 10 ms",
            format!("{page:.1} ms"),
            page <= 10.0,
        ),
        Row::new("1,000 people at work: reading and searching", "p95 ≤ 10 ms", figure(&reads), read <= 10.0),
        Row::new("the same: deciding and asking, durable", "p95 ≤ 20 ms", figure(&writes), write <= 20.0),
    ])
}

struct Measured {
    lone: Latencies,
    reads: Latencies,
    writes: Latencies,
    took: Duration,
}

async fn measure(park: &Park) -> anyhow::Result<Measured> {
    let officers = (0..SESSIONS).map(|number| (session_of(number), actor_of(number)));
    // The page to sign in on shows a card, and with it a form, for those alone whom the zone folder knows.
    let known = park.profile.personas.first().map(|persona| (persona.key.clone(), actor_of(0)));
    let server = Server::start(park.clone(), officers.chain(known).collect()).await?;
    let client = Client::new(&server.origin);
    let mut cookies = Vec::new();
    for number in 0..SESSIONS {
        cookies.push(client.sign_in(session_of(number).as_str()).await?);
    }
    let lone = lone_pages(&client, cookies.first().context("a session")?).await?;
    let shared = Arc::new(Shared { cookies, next: [AtomicU32::new(1), AtomicU32::new(1)] });
    let began = Moment::now();
    let mut people = Vec::new();
    for number in 0..2 * OFFICERS {
        let until = park.now().plus(base::Instant::HOUR);
        let token = portal::mint_token(park, &actor_of(number), until).map_err(|error| anyhow::anyhow!("{error}"))?;
        let somebody = Somebody { number, client: client.clone(), shared: Arc::clone(&shared), token, began };
        people.push(tokio::spawn(somebody.work()));
    }
    let (mut reads, mut writes) = (Vec::new(), Vec::new());
    for somebody in people {
        let (read, wrote) = somebody.await??;
        reads.extend(read);
        writes.extend(wrote);
    }
    Ok(Measured { lone, reads: Latencies::new(reads), writes: Latencies::new(writes), took: LOAD - WARMING_UP })
}

fn session_of(number: u32) -> Key {
    key(&format!("officer-{number}"))
}

fn actor_of(number: u32) -> Actor {
    Actor::Officer { person: officer_number(number), office: office_of(number) }
}

async fn lone_pages(client: &Client, cookie: &str) -> anyhow::Result<Latencies> {
    let mut took = Vec::new();
    for number in 0..LONE_PAGES {
        // Anywhere in the queue, the last pages too.
        let page = number * (waiting() / 25) / LONE_PAGES + 1;
        took.push(read(client, &format!("/en/office?page={page}"), ("cookie", cookie)).await?);
    }
    Ok(Latencies::new(took))
}

async fn read(client: &Client, path: &str, who: (&str, &str)) -> anyhow::Result<Duration> {
    let asked = Moment::now();
    let (status, _) = client.get(path, &[who]).await?;
    anyhow::ensure!(status.is_success() || status.is_redirection(), "{path} answered {status}");
    Ok(asked.elapsed())
}

struct Shared {
    cookies: Vec<String>,
    /// Of each bank, how many of the waiting cases were taken up by somebody.
    next: [AtomicU32; 2],
}

/// One of the thousand.
struct Somebody {
    number: u32,
    client: Client,
    shared: Arc<Shared>,
    token: String,
    began: Moment,
}

impl Somebody {
    /// What reading and what writing took, once all are at work.
    async fn work(self) -> anyhow::Result<(Vec<Duration>, Vec<Duration>)> {
        let mut chance = Chance(u64::from(self.number) * 7_919 + 1);
        let (mut reads, mut writes) = (Vec::new(), Vec::new());
        // Not all at once.
        tokio::time::sleep(Duration::from_millis(chance.below(THINKING.end).into())).await;
        while self.began.elapsed() < LOAD {
            let counts = self.began.elapsed() >= WARMING_UP;
            let writing = chance.below(100) < 20;
            let took = if writing { self.write(&mut chance).await? } else { self.look(&mut chance).await? };
            if counts {
                if writing { writes.push(took) } else { reads.push(took) }
            }
            let pause = THINKING.start + chance.below(THINKING.end - THINKING.start);
            tokio::time::sleep(Duration::from_millis(pause.into())).await;
        }
        Ok((reads, writes))
    }

    /// Three times in four by a page, else by the API.
    async fn look(&self, chance: &mut Chance) -> anyhow::Result<Duration> {
        let session = (self.number % SESSIONS) as usize;
        let cookie = ("cookie", self.shared.cookies.get(session).map_or("", String::as_str));
        let bearer = format!("Bearer {}", self.token);
        let bearer = ("authorization", bearer.as_str());
        let open = (chance.below(waiting()) + 1) * WAITING_EVERY;
        // The one before it is decided, and a pass was issued.
        let case = (chance.below(waiting()) + 1) * WAITING_EVERY - 1;
        let queue = chance.below(QUEUE_PAGES) + 1;
        let (path, who) = match chance.below(100) {
            0..35 => (format!("/en/office?page={queue}"), cookie),
            35..50 => (format!("/en/office/cases/C-{open}"), cookie),
            50..60 => (format!("/en/office/cases/C-{case}"), cookie),
            60..75 => (format!("/en/office/passes?number={}", subject_of(case)), cookie),
            75..90 => (format!("/api/cases/C-{case}"), bearer),
            _ => ("/api/cases?limit=25".to_owned(), bearer),
        };
        read(&self.client, &path, who).await
    }

    /// Decides the next waiting case of one's own bank, or asks its applicant; every third is asked.
    async fn write(&self, chance: &mut Chance) -> anyhow::Result<Duration> {
        let bank = (self.number % 2) as usize;
        let next = self.shared.next.get(bank).context("a bank")?.fetch_add(1, Ordering::Relaxed);
        let (leg, _) = OFFICES.get(bank).copied().context("a leg")?;
        let (what, body) = if chance.below(3) == 0 {
            ("question", serde_json::json!({ "question": "Which entrance will be used in the mornings? (synthetic)" }))
        } else {
            ("decision", serde_json::json!({ "verdict": "approved", "reason": "Everything is in order. (synthetic)" }))
        };
        let path = format!("/api/cases/C-{}/legs/{leg}/{what}", next * WAITING_EVERY);
        let bearer = format!("Bearer {}", self.token);
        let once = format!("casework-{bank}-{next}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
            ("idempotency-key", once.as_str()),
        ];
        let asked = Moment::now();
        let (status, answer) = self.client.post(&path, &headers, body.to_string().into()).await?;
        anyhow::ensure!(status.is_success(), "{path} answered {status}: {}", String::from_utf8_lossy(&answer));
        Ok(asked.elapsed())
    }
}

/// The same choices in every run (Marsaglia's xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let [.., a, b, c, d] = self.0.to_le_bytes();
        u32::from_le_bytes([a, b, c, d]) % end.max(1)
    }
}
