//! `hetao restore FROM`: a data folder from a backup, once everything in it has been verified.

use super::backup::{beside, discard, take_place, verified};
use super::checkpoint::lines_of;
use super::manifest::{Manifest, copy, sync_folder};
use crate::cli::Common;
use crate::data_folder::{DataFolder, KEYS_FILE, LOG_FILE, OBJECTS_FOLDER, is_vacant};
use crate::ending::{Ending, Failure};
use crate::output::Output;
use serde::Serialize;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

#[derive(Serialize)]
struct Answer {
    ok: bool,
    data: String,
    size: u64,
    made_at: String,
}

pub fn run(from: &Path, common: &Common, output: &Output) -> Result<Ending, Failure> {
    let data = common.data();
    if !is_vacant(data)? {
        let what =
            format!("{} is not empty; a data folder is never overwritten: name another with --data", data.display());
        return Err(Failure::could_not(what));
    }
    let manifest = Manifest::read(from)?;
    let unfinished = beside(data, "unfinished")?;
    let made = make(from, &unfinished, &manifest, common, output).and_then(|()| take_place(&unfinished, data));
    made.inspect_err(|_| discard(&unfinished, output))?;
    let answer =
        Answer { ok: true, data: data.display().to_string(), size: manifest.size, made_at: manifest.made_at.clone() };
    output.result(&answer, |out| {
        writeln!(out, "{}: {} entries as of {}; verified", answer.data, answer.size, answer.made_at)
    })?;
    output.note("Whoever was erased after the backup was made has to be erased again: `hetao erase PERSON`.");
    Ok(Ending::Right)
}

fn make(from: &Path, target: &Path, manifest: &Manifest, common: &Common, output: &Output) -> Result<(), Failure> {
    let at = |path: &Path, error: &std::io::Error| Failure::at(path, error);
    fs::create_dir_all(target.join(OBJECTS_FOLDER)).map_err(|error| at(target, &error))?;
    for wanted in [LOG_FILE, KEYS_FILE] {
        if !manifest.files.iter().any(|record| record.path == wanted) {
            return Err(Failure::wrong(format!("the backup has no {wanted}")));
        }
    }
    let bar = output.progress("copying files", manifest.files.len() as u64);
    for record in &manifest.files {
        let source = from.join(&record.path);
        if !source.is_file() {
            return Err(Failure::wrong(format!("{} is missing: the backup is not whole", source.display())));
        }
        let (bytes, sha256) = copy(&source, &target.join(&record.path)).map_err(|error| at(&source, &error))?;
        if (bytes, &sha256) != (record.bytes, &record.sha256) {
            return Err(Failure::wrong(format!("{} is not what the manifest says: it is damaged", source.display())));
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    let restored = DataFolder::new(target);
    let private = [restored.keys_file(), target.join(park::DRAFTS_FILE)];
    for file in private.iter().filter(|file| file.is_file()) {
        fs::set_permissions(file, Permissions::from_mode(0o600)).map_err(|error| at(file, &error))?;
    }
    check(&restored, manifest, common, output)?;
    [target, &target.join(OBJECTS_FOLDER)].into_iter().try_for_each(sync_folder).map_err(|error| at(target, &error))
}

/// The manifest's own hashes only show that nothing was damaged by accident; what is trusted is what the log's keys signed.
fn check(restored: &DataFolder, manifest: &Manifest, common: &Common, output: &Output) -> Result<(), Failure> {
    let keys = restored.own_keys(&common.zone)?;
    if lines_of(&keys) != manifest.keys {
        return Err(Failure::wrong("the backup's key file is not that of its log: its verifier keys are others"));
    }
    let (reader, _) = verified(&restored.log_file(), &keys, output)?;
    if reader.checkpoint().as_ref() != manifest.checkpoint.as_str() {
        return Err(Failure::wrong("the backup's log does not end with the checkpoint of its manifest"));
    }
    Ok(())
}
