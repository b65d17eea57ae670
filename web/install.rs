//! Fetches the npm packages once per lock file. Build scripts that need them include this file.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

pub type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

/// Runs `npm ci` where the lock file is another than the one last installed. Builds in several target folders share
/// `web/node_modules`, so they queue on a lock that the operating system drops if one of them dies.
pub fn install_packages(web: &Path) -> Fallible<()> {
    let lock_file = web.join("package-lock.json");
    let wanted = hash(&fs::read(&lock_file)?);
    let stamp = web.join("node_modules/.installed");
    let installed = || fs::read_to_string(&stamp).is_ok_and(|found| found == wanted);
    if installed() {
        return Ok(());
    }
    let guard = File::open(&lock_file)?;
    guard.lock()?;
    if installed() {
        return Ok(());
    }
    let status = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(web)
        .status()
        .map_err(|error| format!("npm did not start ({error}): install Node.js 20 or newer, then build again"))?;
    if !status.success() {
        return Err(format!("npm ci in {} ended with {status}: see its message above", web.display()).into());
    }
    fs::write(&stamp, wanted)?;
    Ok(())
}

/// SHA-256 in hex.
pub fn hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
