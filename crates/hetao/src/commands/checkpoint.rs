//! `hetao checkpoint`: the latest signed checkpoint, and the keys to check it with.

use crate::cli::Common;
use crate::data_folder::DataFolder;
use crate::ending::{Ending, Failure};
use crate::output::Output;
use eventlog::LogPublicKeys;
use serde::Serialize;

#[derive(Serialize)]
struct Answer<'a> {
    ok: bool,
    origin: &'a str,
    size: u64,
    /// The signed note, exactly as it must be kept.
    checkpoint: &'a str,
    keys: Vec<String>,
}

pub fn run(keys_only: bool, common: &Common, output: &Output) -> Result<Ending, Failure> {
    let data = DataFolder::new(common.data());
    data.must_be_there()?;
    let keys = data.own_keys(&common.zone)?;
    let reader = data.reader(&keys)?;
    let checkpoint = reader.checkpoint();
    let answer =
        Answer { ok: true, origin: keys.origin(), size: reader.size(), checkpoint: &checkpoint, keys: lines_of(&keys) };
    output.result(&answer, |out| {
        if keys_only {
            return write!(out, "{keys}");
        }
        // The note alone goes to standard output, so that it can be kept as it is.
        write!(out, "{checkpoint}")
    })?;
    if !keys_only {
        output.note(&format!("verifier keys:\n{keys}"));
    }
    Ok(Ending::Right)
}

pub fn lines_of(keys: &LogPublicKeys) -> Vec<String> {
    keys.to_string().lines().map(str::to_owned).collect()
}
