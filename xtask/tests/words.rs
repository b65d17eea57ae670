//! Every crate that has words has them whole: `frame::check_words` over the workspace. A test and no command, so that
//! the checker of the sources need not be built with half of the portal.

use std::path::{Path, PathBuf};

/// The folders with a manifest and a `text` folder, at any depth of `crates`.
fn folders_with_words(folder: &Path, found: &mut Vec<PathBuf>) {
    if folder.join("Cargo.toml").is_file() && folder.join("text").is_dir() {
        found.push(folder.to_owned());
    }
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()) {
        folders_with_words(&path, found);
    }
}

#[test]
fn every_message_exists_in_three_languages_and_is_used() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("crates");
    let mut folders = Vec::new();
    folders_with_words(&crates, &mut folders);
    assert!(folders.iter().any(|folder| folder.ends_with("frame")), "frame has words, and none were found");
    let faults: Vec<String> = folders
        .iter()
        .flat_map(|folder| {
            let name = folder.strip_prefix(&crates).unwrap().display().to_string();
            frame::check_words(folder).into_iter().map(move |fault| format!("crates/{name}/{fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "{} faults in the words:\n{}", faults.len(), faults.join("\n"));
}
