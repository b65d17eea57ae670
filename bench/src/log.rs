//! Durable appends: in groups, and one alone.

use crate::latency::{Latencies, rate};
use crate::row::Row;
use crate::world::temporary;
use eventlog::{Log, LogKeys};
use std::fs::File;
use std::io::Write;
use std::time::{Duration, Instant};

const EVENT_BYTES: usize = 500;
const GROUP: usize = 2_000;
const GROUPS: usize = 100;
const LONE: usize = 200;

pub fn run() -> anyhow::Result<Vec<Row>> {
    let folder = temporary()?;
    let keys = LogKeys::from_seeds("bench.hetao.example/log", [1; 32], [2; 32])?;
    let storage = Box::new(eventlog::sqlite::Sqlite::open(&folder.path().join("log.sqlite"))?);
    let (mut log, _reader) = Log::open(storage, keys)?;
    let entry = |number: usize| {
        let mut bytes = vec![b'x'; EVENT_BYTES];
        bytes.iter_mut().zip(number.to_be_bytes()).for_each(|(byte, part)| *byte = part);
        bytes
    };
    let groups: Vec<Vec<Vec<u8>>> =
        (0..GROUPS).map(|group| (0..GROUP).map(|n| entry(group * GROUP + n)).collect()).collect();
    let began = Instant::now();
    for (number, group) in groups.iter().enumerate() {
        log.append(group, i64::try_from(number)?)?;
    }
    let appends = rate(GROUP * GROUPS, began.elapsed());

    // In turn, so that both see the same disk: one durable append, one bare fdatasync of a page.
    let mut file = File::create(folder.path().join("fdatasync"))?;
    let (mut alone, mut bare) = (Vec::new(), Vec::new());
    for number in 0..LONE {
        bare.push(timed(|| {
            file.write_all(&[0; 4_096])?;
            Ok(file.sync_data()?)
        })?);
        let one = [entry(number)];
        alone.push(timed(|| Ok(log.append(&one, 0).map(drop)?))?);
    }
    let (alone, bare) = (Latencies::new(alone), Latencies::new(bare));
    let ratio = alone.milliseconds(50) / bare.milliseconds(50);
    Ok(vec![
        Row::new(
            "durable appends of 500-byte events, group commit",
            "≥ 50,000/s",
            format!("{appends:.0}/s in groups of {GROUP}"),
            appends >= 50_000.0,
        ),
        Row::new(
            "one lone append acknowledged",
            "≤ 3 fdatasyncs",
            format!("{ratio:.1} × one fdatasync ({:.2} ms ÷ {:.2} ms)", alone.milliseconds(50), bare.milliseconds(50)),
            ratio <= 3.0,
        ),
    ])
}

fn timed(work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<Duration> {
    let began = Instant::now();
    work()?;
    Ok(began.elapsed())
}
