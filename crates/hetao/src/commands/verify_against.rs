//! `hetao verify --against URL`: what a server publishes of its log, checked as a monitor does: the checkpoint's
//! signatures, every hash tile, that the log continues the checkpoint kept from an earlier look, and with an auditor's
//! token every entry. It needs no data folder; all that it writes is the checkpoint to be kept.

use super::verify::NOTE_BYTES_MAX;
use crate::cli::{Common, Verify};
use crate::data_folder::{DataFolder, KEYS_FILE, keys_from, read_text};
use crate::ending::{Ending, Failure};
use crate::output::Output;
use crate::remote::{Remote, Unanswered};
use crate::words::{self, word, words};
use eventlog::tile_path::TilePath;
use eventlog::{Audit, AuditReport, Checkpoint, LogPublicKeys, TILE_BYTES_MAX};
use futures::StreamExt;
use serde::Serialize;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Tiles that are asked for at once: enough to hide a distant server's delay.
const AT_ONCE: usize = 8;
const TOKEN_BYTES_MAX: u64 = 4096;
const CHECKPOINT: &str = "log/checkpoint";

#[derive(Serialize, Default)]
struct Answer {
    ok: bool,
    server: String,
    origin: String,
    /// Which keys it was checked with: `given` or `data_folder`.
    keys_from: &'static str,
    /// What the server's checkpoint says, where its signatures were right.
    size: Option<u64>,
    /// Hex SHA-256: the root of the tree.
    root: Option<String>,
    signed_at: Option<String>,
    tiles: u64,
    /// Entries that were compared with their hashes; none without a token.
    entries: u64,
    /// The size of the kept checkpoint that this log was proved to continue.
    continues: Option<u64>,
    /// Where the new checkpoint was kept.
    kept: Option<PathBuf>,
    /// Where it is not right, what was found.
    damage: Option<String>,
}

/// What keeps the log from being found right.
enum Found {
    Damage(String),
    Failure(Failure),
}

impl From<Failure> for Found {
    fn from(failure: Failure) -> Self {
        Found::Failure(failure)
    }
}

pub fn run(server: &str, options: &Verify, common: &Common, output: &Output) -> Result<Ending, Failure> {
    let (keys, keys_from) = trusted(server, options, common)?;
    let token = options.token_file.as_deref().map(|file| read_text(file, TOKEN_BYTES_MAX)).transpose()?;
    let remote = Remote::new(server, token.map(|token| token.trim().to_owned()))?;
    let kept = kept(options, &keys)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::could_not(format!("no runtime: {error}")))?;
    let (server_name, origin) = (server.to_owned(), keys.origin().to_owned());
    let mut answer = Answer { server: server_name, origin, keys_from, ..Answer::default() };
    let look = Look { remote, server, keys, with_entries: options.token_file.is_some() };
    match runtime.block_on(look.whole(kept, output, &mut answer)) {
        Ok(note) => {
            if let Some(file) = &options.keep {
                keep(file, &note).map_err(|error| Failure::at(file, &error))?;
                answer.kept = Some(file.clone());
            }
            answer.ok = true;
        }
        Err(Found::Damage(what)) => answer.damage = Some(what),
        Err(Found::Failure(failure)) => return Err(failure),
    }
    output.result(&answer, |out| print(out, &answer, output))?;
    Ok(Ending::of(answer.ok))
}

/// Keys that were given, or those of a data folder at hand. Never the server's own: they would prove nothing.
fn trusted(server: &str, options: &Verify, common: &Common) -> Result<(LogPublicKeys, &'static str), Failure> {
    if let Some(file) = &options.keys {
        return Ok((keys_from(file)?, "given"));
    }
    let data = DataFolder::new(common.data());
    if data.path.join(KEYS_FILE).is_file() {
        return Ok((data.own_keys(&common.zone)?, "data_folder"));
    }
    Err(Failure::usage(format!(
        "--keys is needed: the park's verifier keys, had once by a way that you trust (its operator prints them with \
         `hetao checkpoint --keys-only`; {server} shows them on the page of its log)"
    )))
}

/// The checkpoint of an earlier look. `--keep` may name a file that is yet to be made.
fn kept(options: &Verify, keys: &LogPublicKeys) -> Result<Option<Checkpoint>, Failure> {
    let expected = options.keep.as_deref().filter(|file| file.exists());
    let Some(file) = options.checkpoint.as_deref().or(expected) else { return Ok(None) };
    let note = read_text(file, NOTE_BYTES_MAX)?;
    keys.verify(&note).map(Some).map_err(|error| Failure::wrong(format!("{}: {error}", file.display())))
}

struct Look<'a> {
    remote: Remote,
    server: &'a str,
    keys: LogPublicKeys,
    with_entries: bool,
}

impl Look<'_> {
    /// The signed note, once all that it stands for was found right.
    async fn whole(&self, kept: Option<Checkpoint>, output: &Output, answer: &mut Answer) -> Result<String, Found> {
        let note = self.checkpoint().await?;
        let shown = self.keys.verify(&note).map_err(|error| Found::Damage(format!("its checkpoint: {error}")))?;
        answer.size = Some(shown.size);
        answer.root = Some(shown.root.iter().map(|byte| format!("{byte:02x}")).collect());
        answer.signed_at = shown.signed_at.and_then(moment);
        let continues = kept.as_ref().map(|kept| kept.size);
        let audit = Audit::new(shown, kept).map_err(|error| Found::Damage(error.to_string()))?;
        let report = self.tiles(audit, output).await?;
        (answer.tiles, answer.entries, answer.continues) = (report.tiles, report.entries, continues);
        Ok(note)
    }

    async fn checkpoint(&self) -> Result<String, Failure> {
        let limit = usize::try_from(NOTE_BYTES_MAX).unwrap_or(usize::MAX);
        let note = self.remote.get(CHECKPOINT, limit).await.map_err(|why| self.failure(CHECKPOINT, &why))?;
        String::from_utf8(note.into()).map_err(|_| Failure::wrong(format!("{} has no text there", self.server)))
    }

    async fn tiles(&self, mut audit: Audit, output: &Output) -> Result<AuditReport, Found> {
        let count = audit.wanted(self.with_entries).count() as u64;
        let bar = output.progress("checking tiles", count);
        let asked = audit.wanted(self.with_entries).map(|tile| async move {
            let path = format!("log/{tile}");
            (tile, self.remote.get(&path, TILE_BYTES_MAX).await.map_err(|why| self.missing(tile, &path, why)))
        });
        let mut answers = futures::stream::iter(asked).buffered(AT_ONCE);
        while let Some((tile, answer)) = answers.next().await {
            audit.take(tile, &answer?).map_err(|error| Found::Damage(error.to_string()))?;
            bar.inc(1);
        }
        bar.finish_and_clear();
        audit.finish().map_err(|error| Found::Damage(error.to_string()))
    }

    /// What the signed checkpoint stands for must be there for everybody to see.
    fn missing(&self, tile: TilePath, path: &str, why: Unanswered) -> Found {
        match (why, tile) {
            (Unanswered::NotFound, _) => Found::Damage(format!("{tile} is not there, though it was signed for")),
            (Unanswered::NotAllowed, TilePath::Entries { .. }) => Found::Failure(Failure::could_not(format!(
                "{}: this token may not read entries; an auditor's may",
                self.server
            ))),
            (why, _) => Found::Failure(self.failure(path, &why)),
        }
    }

    fn failure(&self, path: &str, why: &Unanswered) -> Failure {
        Failure::could_not(format!("{}/{path}: {why}", self.server.trim_end_matches('/')))
    }
}

fn moment(seconds: u64) -> Option<String> {
    Some(jiff::Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?.to_string())
}

/// In one step: whoever is interrupted still has the earlier one.
fn keep(file: &Path, note: &str) -> io::Result<()> {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    let unfinished = file.with_file_name(name);
    let mut opened = File::create(&unfinished)?;
    opened.write_all(note.as_bytes())?;
    opened.sync_all()?;
    fs::rename(&unfinished, file)
}

fn print(out: &mut dyn Write, answer: &Answer, output: &Output) -> io::Result<()> {
    let language = output.language;
    if let Some(damage) = &answer.damage {
        return writeln!(out, "{}\n  {damage}", word(words::SHOWN_WRONG, language));
    }
    let size = answer.size.unwrap_or_default().to_string();
    writeln!(out, "{}", words(words::SHOWN_RIGHT, language, &[&size, &answer.server]))?;
    writeln!(out, "  root         {}", answer.root.as_deref().unwrap_or_default())?;
    writeln!(out, "  signed       {}", answer.signed_at.as_deref().unwrap_or("-"))?;
    let keys = if answer.keys_from == "given" { "those of --keys" } else { "those of the data folder" };
    writeln!(out, "  keys         {keys}, of the log {}", answer.origin)?;
    writeln!(out, "  tiles        {}", answer.tiles)?;
    match answer.entries {
        0 => writeln!(out, "  entries      not read: that takes an auditor's token (--token-file)")?,
        entries => writeln!(out, "  entries      {entries}, each the one of its hash")?,
    }
    match answer.continues {
        Some(size) => writeln!(out, "  continues    the kept checkpoint of {size} entries")?,
        None if answer.kept.is_some() => writeln!(out, "  continues    nothing was kept yet; from now on there is")?,
        None => writeln!(out, "  continues    nothing to compare with; keep the checkpoint with --keep FILE")?,
    }
    match &answer.kept {
        Some(file) => writeln!(out, "  kept         {}", file.display()),
        None => Ok(()),
    }
}
