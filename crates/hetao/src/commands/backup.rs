//! `hetao backup TO`: log, keys and files as one consistent state, taken while the server runs, and verified.
//!
//! The order matters: an event never names a key or file that is not durable already, so the log is copied first and keys
//! and files after it; what they have beyond the log does no harm.

use super::checkpoint::lines_of;
use super::manifest::{FORMAT, FileRecord, Manifest, copy, measure, sync_folder};
use crate::cli::Common;
use crate::data_folder::{DataFolder, KEYS_FILE, LOG_FILE, OBJECTS_FOLDER, is_vacant};
use crate::ending::{Ending, Failure};
use crate::output::Output;
use desk::{Zone, replay};
use eventlog::sqlite::SqliteReaders;
use eventlog::{LogPublicKeys, LogReader};
use serde::Serialize;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Serialize)]
struct Answer {
    ok: bool,
    backup: String,
    size: u64,
    files: usize,
    bytes: u64,
}

pub fn run(to: &Path, common: &Common, output: &Output) -> Result<Ending, Failure> {
    let data = DataFolder::new(common.data());
    data.must_be_there()?;
    if !is_vacant(to)? {
        return Err(Failure::could_not(format!("{} is not empty; a backup never overwrites anything", to.display())));
    }
    // Made beside its place and moved there when it is whole: a folder of that name is a good backup.
    let unfinished = beside(to, "unfinished")?;
    let made = make(&data, &unfinished, common, output).and_then(|manifest| {
        take_place(&unfinished, to)?;
        Ok(manifest)
    });
    let manifest = made.inspect_err(|_| discard(&unfinished, output))?;
    let answer = Answer {
        ok: true,
        backup: to.display().to_string(),
        size: manifest.size,
        files: manifest.files.len(),
        bytes: manifest.files.iter().map(|file| file.bytes).sum(),
    };
    output.result(&answer, |out| {
        writeln!(
            out,
            "{}: {} entries, {} files, {} bytes; verified",
            answer.backup, answer.size, answer.files, answer.bytes
        )
    })?;
    output.note("It holds the keys that open personal data: guard it like the data folder.");
    Ok(Ending::Right)
}

fn make(data: &DataFolder, target: &Path, common: &Common, output: &Output) -> Result<Manifest, Failure> {
    let keys = data.own_keys(&common.zone)?;
    fs::create_dir(target).map_err(|error| Failure::at(target, &error))?;
    let log = target.join(LOG_FILE);
    SqliteReaders::new(&data.log_file()).copy_to(&log)?;
    data.vault()?.backup_to(&target.join(KEYS_FILE))?;
    let mut files = Vec::new();
    for name in [LOG_FILE, KEYS_FILE] {
        let file = target.join(name);
        let (bytes, sha256) = measure(&file).map_err(|error| Failure::at(&file, &error))?;
        files.push(FileRecord { path: name.to_owned(), bytes, sha256 });
    }
    // Before the files that drafts name: what is named is there, unless it was taken out meanwhile.
    let drafts = data.path.join(park::DRAFTS_FILE);
    if drafts.is_file() {
        let file = target.join(park::DRAFTS_FILE);
        park::Drafts::copy(&drafts, &file).map_err(|error| Failure::at(&file, &error))?;
        let (bytes, sha256) = measure(&file).map_err(|error| Failure::at(&file, &error))?;
        files.push(FileRecord { path: park::DRAFTS_FILE.to_owned(), bytes, sha256 });
    }
    files.extend(copy_objects(&data.path.join(OBJECTS_FOLDER), &target.join(OBJECTS_FOLDER), output)?);
    let manifest = describe(&log, &keys, files, output)?;
    manifest.write(target).and_then(|()| sync_folder(target)).map_err(|error| Failure::at(target, &error))?;
    Ok(manifest)
}

/// Verifies the copy, so that a backup that exists is one that can be restored.
fn describe(log: &Path, keys: &LogPublicKeys, files: Vec<FileRecord>, output: &Output) -> Result<Manifest, Failure> {
    let (reader, zone) = verified(log, keys, output)?;
    Ok(Manifest {
        format: FORMAT,
        made_at: jiff::Timestamp::now().to_string(),
        profile: zone.profile.to_string(),
        rulebook: zone.rulebook.to_string(),
        size: reader.size(),
        checkpoint: reader.checkpoint().to_string(),
        keys: lines_of(keys),
        files,
    })
}

/// Reads a copied log whole: signatures, tree and replay. No sqlite companion files are left beside it.
pub fn verified(log: &Path, keys: &LogPublicKeys, output: &Output) -> Result<(LogReader, Zone), Failure> {
    let reader = LogReader::open(std::sync::Arc::new(SqliteReaders::new(log)), keys)?;
    let bar = output.progress("verifying the copy", reader.size());
    eventlog::verify(&reader, keys, &mut |done| bar.set_position(done))?;
    bar.finish_and_clear();
    let bar = output.progress("replaying the copy", reader.size());
    let replayed = replay(&reader, Zone::default(), reader.size(), true, &mut |done| bar.set_position(done))?;
    bar.finish_and_clear();
    Ok((reader, replayed.zone))
}

/// Files that people handed in; each is named by its SHA-256 and never changes.
fn copy_objects(from: &Path, to: &Path, output: &Output) -> Result<Vec<FileRecord>, Failure> {
    fs::create_dir(to).map_err(|error| Failure::at(to, &error))?;
    if !from.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(from).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let names = entries.map_err(|error| Failure::at(from, &error))?.into_iter().map(|entry| entry.file_name());
    let mut names: Vec<String> =
        names.filter_map(|name| name.into_string().ok()).filter(|name| is_address(name)).collect();
    names.sort();
    let bar = output.progress("copying files", names.len() as u64);
    let mut copied = Vec::with_capacity(names.len());
    for name in names {
        let source = from.join(&name);
        let (bytes, sha256) = copy(&source, &to.join(&name)).map_err(|error| Failure::at(&source, &error))?;
        if sha256 != name {
            return Err(Failure::wrong(format!(
                "{} is damaged: its bytes are not those of its name",
                source.display()
            )));
        }
        copied.push(FileRecord { path: format!("{OBJECTS_FOLDER}/{name}"), bytes, sha256 });
        bar.inc(1);
    }
    bar.finish_and_clear();
    sync_folder(to).map_err(|error| Failure::at(to, &error))?;
    Ok(copied)
}

/// A content address; files that are still being written have other names.
fn is_address(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The folder's name with an ending, in the same parent. It must not be there yet.
pub fn beside(folder: &Path, ending: &str) -> Result<PathBuf, Failure> {
    let name = folder.file_name().ok_or_else(|| Failure::usage(format!("{} has no name", folder.display())))?;
    let mut name = name.to_owned();
    name.push(format!(".{ending}"));
    let beside = folder.with_file_name(name);
    if beside.exists() {
        let what = format!("{} is left from an earlier attempt that was cut short; delete it first", beside.display());
        return Err(Failure::could_not(what));
    }
    Ok(beside)
}

/// Moves a finished folder to its place, which is vacant.
pub fn take_place(finished: &Path, place: &Path) -> Result<(), Failure> {
    // Renaming replaces an empty folder in one step, and refuses one that has been filled meanwhile.
    fs::rename(finished, place).map_err(|error| Failure::at(place, &error))?;
    let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync_folder(parent).map_err(|error| Failure::at(parent, &error))
}

/// Half a backup is worse than none.
pub fn discard(unfinished: &Path, output: &Output) {
    if unfinished.exists()
        && let Err(error) = fs::remove_dir_all(unfinished)
    {
        output.note(&format!("{} could not be removed: {error}", unfinished.display()));
    }
}
