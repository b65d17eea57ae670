//! `hetao verify --receipt`: a downloaded receipt checked off line. It needs neither the log nor a server.
//!
//! The file is the portal's download: `{"entry": the entry's exact text, "receipt": C2SP tlog-proof, "keys": verifier keys}`.

use crate::cli::Common;
use crate::data_folder::{DataFolder, KEYS_FILE, keys_from, read_text};
use crate::ending::{Ending, Failure};
use crate::output::Output;
use crate::words::{self, word, words};
use eventlog::{LogPublicKeys, verify_receipt};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::path::Path;

/// An entry of the largest size, a proof and two keys fit several times.
const FILE_BYTES_MAX: u64 = 1 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Download {
    entry: String,
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
    let (keys, keys_from) = trusted(&download, keys, common)?;
    let verified = verify_receipt(&download.receipt, download.entry.as_bytes(), &keys);
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
