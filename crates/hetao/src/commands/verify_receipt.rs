//! `hetao verify --receipt`: a downloaded receipt checked off line. It needs neither the log nor a server.
//!
//! The file is the portal's download: `{"entry": the entry's exact text, "receipt": C2SP tlog-proof, "keys": verifier keys}`.
//! Where the entry is not for the one who holds the receipt, `"leaf_hash"` stands in its place.

use crate::cli::Common;
use crate::data_folder::{DataFolder, KEYS_FILE, keys_from, read_text};
use crate::ending::{Ending, Failure};
use crate::output::Output;
use crate::words::{self, word, words};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use eventlog::{Hash, LogPublicKeys, leaf_hash, verify_receipt_of_leaf};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::path::Path;

/// An entry of the largest size, a proof and two keys fit several times.
const FILE_BYTES_MAX: u64 = 1 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Download {
    entry: Option<String>,
    /// Base64.
    leaf_hash: Option<String>,
    receipt: String,
    keys: String,
}

#[derive(Serialize)]
struct Answer {
    ok: bool,
    /// Counted from 0.
    entry: Option<u64>,
    origin: String,
    /// Which keys it was checked with: `given`, `data_folder` or `receipt`.
    keys_from: &'static str,
    signed_at: Option<String>,
    reason: Option<String>,
}

pub fn run(file: &Path, keys: Option<&Path>, common: &Common, output: &Output) -> Result<Ending, Failure> {
    let text = read_text(file, FILE_BYTES_MAX)?;
    let download: Download = serde_json::from_str(&text).map_err(|error| {
        let place = format!("{}:{}:{}", file.display(), error.line(), error.column());
        Failure::wrong(format!("{place}: this is not a downloaded receipt ({{\"entry\", \"receipt\", \"keys\"}})"))
    })?;
    let leaf = leaf(&download).ok_or_else(|| {
        let file = file.display();
        Failure::wrong(format!("{file}: this is not a downloaded receipt: it needs \"entry\", or else \"leaf_hash\""))
    })?;
    let (keys, keys_from) = trusted(&download, keys, common)?;
    let verified = verify_receipt_of_leaf(&download.receipt, &leaf, &keys);
    let answer = Answer {
        ok: verified.is_ok(),
        entry: verified.as_ref().ok().copied(),
        origin: keys.origin().to_owned(),
        keys_from,
        signed_at: signed_at(&download.receipt, &keys),
        reason: verified.err().map(|error| error.to_string()),
    };
    output.result(&answer, |out| print(out, &answer, output))?;
    Ok(Ending::of(answer.ok))
}

/// Of the entry that the file holds, else the one that it names. Both together could contradict each other.
fn leaf(download: &Download) -> Option<Hash> {
    match (&download.entry, &download.leaf_hash) {
        (Some(entry), None) => Some(leaf_hash(entry.as_bytes())),
        (None, Some(hash)) => BASE64_STANDARD.decode(hash).ok()?.try_into().ok(),
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// Keys that were given, else the data folder's, else those that came with the receipt, which prove nothing about who
/// signed.
fn trusted(
    download: &Download,
    given: Option<&Path>,
    common: &Common,
) -> Result<(LogPublicKeys, &'static str), Failure> {
    if let Some(file) = given {
        return Ok((keys_from(file)?, "given"));
    }
    let data = DataFolder::new(common.data());
    if data.path.join(KEYS_FILE).is_file() {
        return Ok((data.own_keys(&common.zone)?, "data_folder"));
    }
    let keys = download.keys.parse().map_err(|error| Failure::wrong(format!("the receipt's keys: {error}")))?;
    Ok((keys, "receipt"))
}

/// When the receipt's checkpoint was signed; it stands below the proof.
fn signed_at(receipt: &str, keys: &LogPublicKeys) -> Option<String> {
    let (_, note) = receipt.split_once("\n\n")?;
    let seconds = keys.verify(note).ok()?.signed_at?;
    Some(jiff::Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?.to_string())
}

fn print(out: &mut dyn Write, answer: &Answer, output: &Output) -> io::Result<()> {
    let language = output.language;
    match (answer.entry, &answer.reason) {
        (Some(entry), _) => {
            let values = [entry.to_string(), answer.origin.clone(), answer.signed_at.clone().unwrap_or_default()];
            writeln!(out, "{}", words(words::RECEIPT_RIGHT, language, &values.each_ref().map(String::as_str)))?;
        }
        (None, reason) => {
            let reason = reason.as_deref().unwrap_or_default();
            writeln!(out, "{}\n  {reason}", word(words::RECEIPT_WRONG, language))?;
        }
    }
    if answer.keys_from == "receipt" {
        writeln!(out, "{}", word(words::RECEIPT_OWN_KEYS, language))?;
    }
    Ok(())
}
