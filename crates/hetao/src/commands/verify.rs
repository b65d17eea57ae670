//! `hetao verify`: the whole log read again, replayed, and compared with the newest snapshot. It never writes.

use crate::cli::{Common, Verify};
use crate::data_folder::{DataFolder, SNAPSHOTS_FOLDER, keys_from, read_text};
use crate::ending::{Ending, Failure};
use crate::output::Output;
use crate::words::{self, word, words};
use desk::{Snapshots, Zone, digest, replay};
use eventlog::{LogError, LogPublicKeys, LogReader};
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

/// The largest signed note that is read from a file.
const NOTE_BYTES_MAX: u64 = 1 << 16;

#[derive(Serialize, Default)]
struct Answer {
    ok: bool,
    size: u64,
    /// Hex SHA-256: the root of the tree.
    root: String,
    checkpoints: u64,
    tiles: u64,
    /// Recorded digests of the zone that a replay gave again.
    digests_compared: u64,
    /// Those that say nothing here: of a zone in another program's format.
    digests_passed_over: u64,
    /// How many entries the newest snapshot had folded; none where there is no usable one.
    snapshot: Option<u64>,
    /// The size of the kept checkpoint that this log was proved to continue.
    continues: Option<u64>,
    /// Where it is not right, what was found.
    damage: Option<String>,
    /// The entry at fault, counted from 0, where one can be named.
    entry: Option<u64>,
}

pub fn run(options: &Verify, common: &Common, output: &Output) -> Result<Ending, Failure> {
    let data = DataFolder::new(common.data());
    data.must_be_there()?;
    let keys = match &options.keys {
        Some(file) => keys_from(file)?,
        None => data.own_keys(&common.zone)?,
    };
    let mut answer = Answer::default();
    match look(options, &data, &keys, output, &mut answer) {
        Ok(()) => answer.ok = true,
        Err(Found::Damage { sequence, what }) => {
            answer.damage = Some(what);
            answer.entry = sequence;
        }
        Err(Found::Failure(failure)) => return Err(failure),
    }
    output.result(&answer, |out| print(out, &answer, output))?;
    Ok(Ending::of(answer.ok))
}

/// What keeps the log from being found right.
enum Found {
    Damage { sequence: Option<u64>, what: String },
    Failure(Failure),
}

impl From<LogError> for Found {
    fn from(error: LogError) -> Self {
        match error {
            LogError::Corrupt { sequence, .. } => Found::Damage { sequence, what: error.to_string() },
            LogError::Keys { .. } => Found::Damage { sequence: None, what: error.to_string() },
            LogError::Storage { .. }
            | LogError::TooLarge { .. }
            | LogError::DiskFull
            | LogError::Locked { .. }
            | LogError::OutOfRange { .. }
            | LogError::Stopped => Found::Failure(error.into()),
        }
    }
}

impl From<Failure> for Found {
    fn from(failure: Failure) -> Self {
        Found::Failure(failure)
    }
}

fn look(
    options: &Verify,
    data: &DataFolder,
    keys: &LogPublicKeys,
    output: &Output,
    answer: &mut Answer,
) -> Result<(), Found> {
    // The snapshot first: the log may grow meanwhile, a snapshot must never be newer than what is read of it.
    let snapshot = newest_snapshot(&data.path)?;
    let reader = LogReader::open(std::sync::Arc::new(eventlog::sqlite::SqliteReaders::new(&data.log_file())), keys)?;
    answer.size = reader.size();
    let bar = output.progress("checking entries", reader.size());
    let report = eventlog::verify(&reader, keys, &mut |done| bar.set_position(done))?;
    bar.finish_and_clear();
    answer.root = report.root.iter().map(|byte| format!("{byte:02x}")).collect();
    (answer.checkpoints, answer.tiles) = (report.checkpoints, report.tiles);

    let bar = output.progress("replaying", reader.size());
    let replayed = replay(&reader, Zone::default(), reader.size(), true, &mut |done| bar.set_position(done))?;
    bar.finish_and_clear();
    (answer.digests_compared, answer.digests_passed_over) = (replayed.digests_compared, replayed.digests_passed_over);

    if let Some(snapshot) = snapshot {
        answer.snapshot = Some(snapshot.size);
        compare(&reader, snapshot, &replayed.zone)?;
    }
    if let Some(kept) = &options.checkpoint {
        answer.continues = Some(continues(&reader, keys, kept)?);
    }
    Ok(())
}

/// The snapshot that a server would start from. One that is not whole is none: it is discardable.
fn newest_snapshot(data: &Path) -> Result<Option<Zone>, Failure> {
    let folder = data.join(SNAPSHOTS_FOLDER);
    // Opening the folder makes it, and `verify` makes nothing.
    if !folder.is_dir() {
        return Ok(None);
    }
    let snapshots = Snapshots::new(&folder).map_err(|error| Failure::at(&folder, &error))?;
    Ok(snapshots.latest(u64::MAX))
}

/// A snapshot is right if, with the rest of the log folded on top, it comes to what the whole log comes to.
fn compare(reader: &LogReader, snapshot: Zone, whole: &Zone) -> Result<(), Found> {
    let size = snapshot.size;
    let wrong = |what: String| Found::Damage { sequence: None, what };
    if size > whole.size {
        let what = format!("the snapshot of {size} entries is newer than the log of {}: was the log cut?", whole.size);
        return Err(wrong(what));
    }
    let continued = replay(reader, snapshot, whole.size, false, &mut |_| {})?;
    if digest(&continued.zone)? == digest(whole)? {
        return Ok(());
    }
    Err(wrong(format!(
        "the snapshot of {size} entries is not what they fold to; stop the server and delete the folder {SNAPSHOTS_FOLDER}"
    )))
}

/// That the log had, at the kept checkpoint's size, the root that was signed then.
fn continues(reader: &LogReader, keys: &LogPublicKeys, file: &Path) -> Result<u64, Found> {
    let note = read_text(file, NOTE_BYTES_MAX)?;
    let wrong = |what: String| Found::Damage { sequence: None, what };
    let kept = keys.verify(&note).map_err(|error| wrong(format!("{}: {error}", file.display())))?;
    if kept.size > reader.size() {
        let what = format!("the kept checkpoint has {} entries, the log only {}: it was cut", kept.size, reader.size());
        return Err(wrong(what));
    }
    if reader.root_at(kept.size)? != kept.root {
        return Err(wrong(format!("the first {} entries are not those of the kept checkpoint", kept.size)));
    }
    Ok(kept.size)
}

fn print(out: &mut dyn Write, answer: &Answer, output: &Output) -> io::Result<()> {
    let language = output.language;
    if let Some(damage) = &answer.damage {
        let verdict = match answer.entry {
            Some(entry) => words(words::LOG_WRONG_AT, language, &[&entry.to_string()]),
            None => word(words::LOG_WRONG, language).to_owned(),
        };
        return writeln!(out, "{verdict}\n  {damage}");
    }
    writeln!(out, "{}", words(words::LOG_RIGHT, language, &[&answer.size.to_string()]))?;
    writeln!(out, "  root         {}", answer.root)?;
    writeln!(out, "  checkpoints  {} kept, each signed by both keys", answer.checkpoints)?;
    writeln!(out, "  tiles        {}", answer.tiles)?;
    writeln!(out, "  replay       {} recorded digest(s) of the zone compared", answer.digests_compared)?;
    if answer.digests_passed_over > 0 {
        writeln!(out, "               {} of another version of this program passed over", answer.digests_passed_over)?;
    }
    if let Some(size) = answer.snapshot {
        writeln!(out, "  snapshot     of {size} entries, the same as the replay")?;
    }
    if let Some(size) = answer.continues {
        writeln!(out, "  continues    the kept checkpoint of {size} entries")?;
    }
    Ok(())
}
