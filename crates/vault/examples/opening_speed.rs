//! How long sealing, opening and erasing take: `cargo run --release -p vault --example opening_speed`.

use std::time::Instant;
use vault::{Vault, VaultError};

const FIELDS: usize = 15_000;

fn main() -> Result<(), VaultError> {
    let path = std::env::temp_dir().join(format!("hetao-opening-speed-{}.sqlite", std::process::id()));
    let result = measure(&path);
    for ending in ["", "-wal", "-shm"] {
        // What was never made cannot be removed, and need not be.
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    result
}

fn measure(path: &std::path::Path) -> Result<(), VaultError> {
    let vault = Vault::open_with(path, None)?;
    let subjects = timed("subjects made, one commit", || vault.create_subjects(FIELDS))?;
    let sealed = timed("fields sealed", || {
        subjects
            .iter()
            .map(|subject| vault.seal(subject, "person/name", b"Chan Tai Man"))
            .collect::<Result<Vec<_>, _>>()
    })?;
    drop(vault);
    let vault = timed("keys loaded at start", || Vault::open_with(path, None))?;
    timed("fields opened", || sealed.iter().try_for_each(|field| vault.open_sealed(field, "person/name").map(drop)))?;
    if let Some(subject) = subjects.first() {
        timed("and one of them erased", || vault.erase(subject))?;
    }
    Ok(())
}

fn timed<T>(what: &str, work: impl FnOnce() -> Result<T, VaultError>) -> Result<T, VaultError> {
    let start = Instant::now();
    let done = work()?;
    println!("{:>8.1} ms  {FIELDS} {what}", start.elapsed().as_secs_f64() * 1_000.0);
    Ok(done)
}
