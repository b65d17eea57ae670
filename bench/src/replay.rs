//! Replay: decode, fold, tree; and starting from a snapshot.

use crate::latency::{processor_time, rate};
use crate::row::Row;
use crate::world::{big_zone, envelope, morning, open, open_at, temporary, unopenable, write_log};
use std::time::Instant;

const EVENTS: usize = 1_000_000;
/// Enough people and cases for a million events.
const PEOPLE: u32 = 20_000;
const CASES: u32 = 220_000;

pub fn run() -> anyhow::Result<Vec<Row>> {
    let folder = temporary()?;
    let vault = vault::Vault::open(&folder.path().join("keys.sqlite"))?;
    let mut entries = Vec::with_capacity(EVENTS);
    drop(big_zone(PEOPLE, CASES, &unopenable, &mut |event, at| {
        if entries.len() < EVENTS {
            entries.push(envelope(event.clone(), at));
        }
    }));
    let bytes = entries.iter().map(Vec::len).sum::<usize>() / entries.len().max(1);
    write_log(folder.path(), &vault, &entries)?;
    let count = entries.len();

    drop(entries);

    let readers = std::sync::Arc::new(eventlog::sqlite::SqliteReaders::new(&folder.path().join("log.sqlite")));
    let keys = eventlog::LogKeys::from_seeds(
        "hetao.hetao.example/log",
        *vault.secret("log-ed25519")?,
        *vault.secret("log-ml-dsa-44")?,
    )?;
    let reader = eventlog::LogReader::open(readers, keys.public())?;
    let (began, before) = (Instant::now(), processor_time()?);
    let zone = desk::catch_up(&reader, desk::Zone::default())?;
    let by_clock = rate(count, began.elapsed());
    let speed = rate(count, processor_time()? - before);
    drop((zone, reader, vault));

    let (park, writer) = open(Some(folder.path()))?;
    park.snapshot().map_err(|error| anyhow::anyhow!("{error}"))?;
    drop(park);
    writer.join().map_err(|_| anyhow::anyhow!("the writer panicked"))?;
    let began = Instant::now();
    // Later than anything that was written while the snapshot was made.
    let (park, writer) = open_at(Some(folder.path()), morning().plus(base::Instant::HOUR))?;
    let start = began.elapsed().as_secs_f64();
    drop(park);
    writer.join().map_err(|_| anyhow::anyhow!("the writer panicked"))?;
    Ok(vec![
        Row::new(
            &format!(
                "replay (read, decode, fold, tree compared with what was signed), events of {bytes} bytes, a core"
            ),
            "≥ 500,000/s",
            format!("{speed:.0}/s of processor time; {by_clock:.0}/s by the clock, on two"),
            speed >= 500_000.0,
        ),
        Row::new(
            &format!("start with {count} events from the snapshot"),
            "≤ 3 s",
            format!("{start:.2} s"),
            start <= 3.0,
        ),
    ])
}
