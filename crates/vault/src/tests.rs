//! Given a vault, when it is used, abused or erased from.

use crate::{MasterKey, RECHECK_MILLISECONDS, Vault, VaultError};
use base::{Sealed, Subject};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use std::collections::HashSet;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

const NAME: &str = "person/name";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn keys(&self) -> PathBuf {
        self.0.path().join("keys.sqlite")
    }

    fn open(&self) -> Vault {
        Vault::open_with(&self.keys(), None).unwrap()
    }

    /// A private file with this text, for a master key.
    fn private(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        set_mode(&path, 0o600);
        path
    }

    fn master(&self, digit: &str) -> MasterKey {
        MasterKey::from_file(&self.private(&format!("master-{digit}"), &format!("{}\n", digit.repeat(64)))).unwrap()
    }

    /// Every file of the vault, the write-ahead log and shared memory too, as one run of bytes.
    fn bytes(&self) -> Vec<u8> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(self.0.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.to_string_lossy().contains("keys.sqlite") {
                all.extend(std::fs::read(path).unwrap());
            }
        }
        all
    }
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// The keys as they lie in the file, by a connection of the test's own.
fn stored_keys(path: &Path) -> Vec<(String, Vec<u8>)> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut statement = connection.prepare("SELECT name, key FROM subject WHERE key IS NOT NULL").unwrap();
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

fn one(vault: &Vault) -> Subject {
    vault.create_subjects(1).unwrap().remove(0)
}

fn with_bit_flipped(sealed: &Sealed, bit: usize) -> Sealed {
    let mut bytes = URL_SAFE_NO_PAD.decode(sealed.ciphertext.as_bytes()).unwrap();
    bytes[bit / 8] ^= 1 << (bit % 8);
    Sealed { of: sealed.of.clone(), ciphertext: URL_SAFE_NO_PAD.encode(bytes).into() }
}

proptest! {
    #[test]
    fn what_is_sealed_opens_again_and_only_as_it_was_sealed(
        plain in proptest::collection::vec(any::<u8>(), 0..300),
        context in "[a-z/]{0,20}",
        other in "[a-z/]{0,20}",
        flip in any::<prop::sample::Index>(),
    ) {
        let vault = Vault::memory();
        let subjects = vault.create_subjects(2).unwrap();
        let sealed = vault.seal(&subjects[0], &context, &plain).unwrap();
        prop_assert_eq!(&*vault.open_sealed(&sealed, &context).unwrap(), &plain);
        if context != other {
            prop_assert!(matches!(vault.open_sealed(&sealed, &other), Err(VaultError::Damaged)));
        }
        let moved = Sealed { of: subjects[1].clone(), ..sealed.clone() };
        prop_assert!(matches!(vault.open_sealed(&moved, &context), Err(VaultError::Damaged)));
        let bits = URL_SAFE_NO_PAD.decode(sealed.ciphertext.as_bytes()).unwrap().len() * 8;
        let flipped = with_bit_flipped(&sealed, flip.index(bits));
        prop_assert!(matches!(vault.open_sealed(&flipped, &context), Err(VaultError::Damaged)));
    }

    #[test]
    fn any_text_in_place_of_ciphertext_is_damaged(text in "\\PC{0,120}") {
        let vault = Vault::memory();
        let sealed = Sealed { of: one(&vault), ciphertext: text.into() };
        prop_assert!(matches!(vault.open_sealed(&sealed, NAME), Err(VaultError::Damaged)));
    }
}

#[test]
fn every_single_bit_counts() {
    let vault = Vault::memory();
    let sealed = vault.seal(&one(&vault), NAME, "陳大文".as_bytes()).unwrap();
    let bits = URL_SAFE_NO_PAD.decode(sealed.ciphertext.as_bytes()).unwrap().len() * 8;
    for bit in 0..bits {
        let opened = vault.open_sealed(&with_bit_flipped(&sealed, bit), NAME);
        assert!(matches!(opened, Err(VaultError::Damaged)), "bit {bit} does not count");
    }
}

#[test]
fn fields_secrets_and_tags_survive_a_restart() {
    let folder = Folder::new();
    let (sealed, secret, tag, blob) = {
        let vault = folder.open();
        let sealed = vault.seal_json(&one(&vault), NAME, &["陳", "大文"]).unwrap();
        let blob = vault.blob("issuer", || b"a PKCS#8 key".to_vec()).unwrap();
        (sealed, vault.secret("cookie").unwrap(), vault.tag("documents", "H1234567").unwrap(), blob)
    };
    let vault = folder.open();
    assert_eq!(vault.open_json::<Vec<String>>(&sealed, NAME).unwrap(), ["陳", "大文"]);
    assert_eq!(vault.secret("cookie").unwrap(), secret);
    assert_eq!(vault.tag("documents", "H1234567").unwrap(), tag);
    assert_eq!(vault.blob("issuer", || panic!("made a second time")).unwrap(), blob);
}

#[test]
fn secrets_and_tags_differ_by_name_purpose_and_text() {
    let vault = Vault::memory();
    let secrets = [vault.secret("a").unwrap(), vault.secret("b").unwrap(), Vault::memory().secret("a").unwrap()];
    assert_eq!(secrets.iter().map(|secret| **secret).collect::<HashSet<_>>().len(), 3);
    let tags = [vault.tag("a", "x").unwrap(), vault.tag("b", "x").unwrap(), vault.tag("a", "y").unwrap()];
    assert_eq!(tags.iter().collect::<HashSet<_>>().len(), 3);
    assert_eq!(vault.tag("a", "x").unwrap(), tags[0]);
}

#[test]
fn a_maker_that_gives_nothing_is_not_remembered() {
    let vault = Vault::memory();
    assert!(matches!(vault.blob("issuer", Vec::new), Err(VaultError::NothingMade)));
    assert_eq!(*vault.blob("issuer", || vec![1]).unwrap(), [1]);
}

#[test]
fn an_erased_subject_is_gone_for_good() {
    let folder = Folder::new();
    let vault = folder.open();
    let subject = one(&vault);
    let sealed = vault.seal(&subject, NAME, b"x").unwrap();
    assert!(vault.erase(&subject).unwrap());
    assert!(!vault.erase(&subject).unwrap(), "there was nothing left to erase");
    for vault in [vault, folder.open()] {
        assert!(matches!(vault.open_sealed(&sealed, NAME), Err(VaultError::Erased)));
        assert!(matches!(vault.seal(&subject, NAME, b"x"), Err(VaultError::Erased)));
    }
}

#[test]
fn a_subject_for_whom_nothing_was_kept_is_discarded_as_if_it_had_never_been() {
    let folder = Folder::new();
    let vault = folder.open();
    let (kept, discarded) = (one(&vault), one(&vault));
    let sealed = vault.seal(&discarded, NAME, b"nobody").unwrap();
    vault.discard(std::slice::from_ref(&discarded)).unwrap();
    assert!(matches!(vault.open_sealed(&sealed, NAME), Err(VaultError::UnknownSubject)));
    assert!(matches!(folder.open().open_sealed(&sealed, NAME), Err(VaultError::UnknownSubject)));
    assert!(vault.seal(&kept, NAME, b"somebody").is_ok());
}

#[test]
fn a_subject_of_another_vault_is_unknown_here() {
    let stranger = one(&Vault::memory());
    for vault in [Vault::memory(), Folder::new().open()] {
        assert!(matches!(vault.seal(&stranger, NAME, b"x"), Err(VaultError::UnknownSubject)));
        assert!(matches!(vault.erase(&stranger), Err(VaultError::UnknownSubject)));
    }
}

#[test]
fn erasing_leaves_no_byte_of_the_key_in_any_file() {
    let folder = Folder::new();
    let vault = folder.open();
    // In several commits, so that pages were split and copied before the erasure.
    let subjects: Vec<Subject> = (0..40).flat_map(|_| vault.create_subjects(50).unwrap()).collect();
    let keys = stored_keys(&folder.keys());
    assert_eq!(keys.len(), subjects.len());
    let key_of = |subject: &Subject| keys.iter().find(|(name, _)| *name == *subject.0).unwrap().1.clone();
    assert!(contains(&folder.bytes(), &key_of(&subjects[7])), "the search must find what is there");
    for subject in subjects.iter().step_by(400) {
        vault.erase(subject).unwrap();
    }
    let bytes = folder.bytes();
    for subject in subjects.iter().step_by(400) {
        // A quarter of a key is already too much.
        for part in key_of(subject).chunks(8) {
            assert!(!contains(&bytes, part), "a part of an erased key is still in a file");
        }
    }
    assert!(contains(&bytes, &key_of(&subjects[7])), "another subject's key was erased too");
}

#[test]
fn what_one_handle_erases_another_stops_opening() {
    let folder = Folder::new();
    let (server, command_line) = (folder.open(), folder.open());
    let subject = one(&server);
    let sealed = server.seal(&subject, NAME, b"x").unwrap();
    assert!(command_line.open_sealed(&sealed, NAME).is_ok(), "what one makes the other finds");
    assert!(server.erase(&subject).unwrap());
    assert!(matches!(server.open_sealed(&sealed, NAME), Err(VaultError::Erased)), "at once where it was erased");
    std::thread::sleep(Duration::from_millis(RECHECK_MILLISECONDS + 20));
    assert!(matches!(command_line.open_sealed(&sealed, NAME), Err(VaultError::Erased)), "soon everywhere else");
}

#[test]
fn threads_with_handles_of_their_own_agree_on_secrets_and_lose_no_subject() {
    let folder = Folder::new();
    let work = |_| {
        let path = folder.keys();
        std::thread::spawn(move || {
            let vault = Vault::open_with(&path, None).unwrap();
            let sealed: Vec<Sealed> = (0..20).map(|_| vault.seal(&one(&vault), NAME, b"x").unwrap()).collect();
            (*vault.secret("cookie").unwrap(), sealed)
        })
    };
    let threads: Vec<_> = (0..4).map(work).collect();
    let done: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert_eq!(done.iter().map(|(secret, _)| *secret).collect::<HashSet<_>>().len(), 1);
    let vault = folder.open();
    for sealed in done.iter().flat_map(|(_, sealed)| sealed) {
        assert_eq!(*vault.open_sealed(sealed, NAME).unwrap(), b"x");
    }
}

#[test]
fn a_process_that_is_killed_while_it_works_loses_nothing_it_was_given() {
    const MARK: &str = "HETAO_VAULT_TEST_CHILD";
    let test = "tests::a_process_that_is_killed_while_it_works_loses_nothing_it_was_given";
    if let Some(path) = std::env::var_os(MARK) {
        // The other process: makes subjects and says so, until it is killed.
        let vault = Vault::open_with(Path::new(&path), None).unwrap();
        loop {
            println!("subject={}", one(&vault));
        }
    }
    let folder = Folder::new();
    let vault = folder.open();
    let mut child = std::process::Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env(MARK, folder.keys())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
    let named = lines.map_while(Result::ok).filter_map(|line| Some(line.split_once("subject=")?.1.to_owned()));
    let given: Vec<Subject> = named.take(30).map(|name| Subject(name.into())).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(given.len(), 30);
    for subject in given {
        assert!(vault.seal(&subject, NAME, b"x").is_ok(), "{subject} was given out and then lost");
    }
}

#[test]
fn the_key_file_is_private_and_refused_when_it_is_not() {
    let folder = Folder::new();
    let vault = folder.open();
    one(&vault);
    for ending in ["", "-wal", "-shm"] {
        let path = PathBuf::from(format!("{}{ending}", folder.keys().display()));
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    drop(vault);
    for open_to_others in [0o640, 0o604, 0o620] {
        set_mode(&folder.keys(), open_to_others);
        let refused = Vault::open_with(&folder.keys(), None);
        assert!(matches!(refused, Err(VaultError::NotPrivate { .. })), "mode {open_to_others:o}");
    }
}

#[test]
fn a_file_that_is_no_vault_is_refused() {
    let folder = Folder::new();
    let text = folder.private("text", "this is not a database, whatever its name may say");
    assert!(matches!(Vault::open_with(&text, None), Err(VaultError::NotAVault { .. })));
    let foreign = folder.private("foreign", "");
    rusqlite::Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(Vault::open_with(&foreign, None), Err(VaultError::NotAVault { .. })));
    assert!(matches!(Vault::open_with(&folder.0.path().join("no/such"), None), Err(VaultError::File { .. })));
}

#[test]
fn a_backup_taken_while_the_vault_is_in_use_is_whole_and_private() {
    let folder = Folder::new();
    let vault = folder.open();
    let (kept, erased) = (one(&vault), one(&vault));
    let sealed = vault.seal(&kept, NAME, b"x").unwrap();
    vault.erase(&erased).unwrap();
    let copy = folder.0.path().join("copy.sqlite");
    vault.backup_to(&copy).unwrap();
    assert_eq!(mode(&copy), 0o600);
    assert!(matches!(vault.backup_to(&copy), Err(VaultError::AlreadyThere { .. })));
    let restored = Vault::open_with(&copy, None).unwrap();
    assert_eq!(*restored.open_sealed(&sealed, NAME).unwrap(), b"x");
    assert!(matches!(restored.seal(&erased, NAME, b"x"), Err(VaultError::Erased)), "tombstones are kept");
    assert!(matches!(Vault::memory().backup_to(&copy), Err(VaultError::InMemory)));
}

#[test]
fn a_master_key_wraps_what_was_there_and_is_needed_from_then_on() {
    let folder = Folder::new();
    let sealed = {
        let vault = folder.open();
        vault.secret("cookie").unwrap();
        vault.seal(&one(&vault), NAME, b"x").unwrap()
    };
    let bare = stored_keys(&folder.keys()).remove(0).1;
    {
        let vault = Vault::open_with(&folder.keys(), Some(folder.master("a"))).unwrap();
        assert_eq!(*vault.open_sealed(&sealed, NAME).unwrap(), b"x");
        assert!(vault.seal(&one(&vault), NAME, b"y").is_ok());
    }
    assert!(!contains(&folder.bytes(), &bare), "the bare key is still in a file");
    let again = Vault::open_with(&folder.keys(), Some(folder.master("a"))).unwrap();
    assert_eq!(*again.open_sealed(&sealed, NAME).unwrap(), b"x");
    assert!(matches!(Vault::open_with(&folder.keys(), None), Err(VaultError::MasterKeyMissing)));
    let wrong = Vault::open_with(&folder.keys(), Some(folder.master("b")));
    assert!(matches!(wrong, Err(VaultError::MasterKeyWrong)));
}

#[test]
fn wrapped_keys_cannot_be_exchanged_between_subjects() {
    let folder = Folder::new();
    let vault = Vault::open_with(&folder.keys(), Some(folder.master("a"))).unwrap();
    vault.create_subjects(2).unwrap();
    drop(vault);
    let keys = stored_keys(&folder.keys());
    let connection = rusqlite::Connection::open(folder.keys()).unwrap();
    connection.execute("UPDATE subject SET key = ?1 WHERE name = ?2", (&keys[0].1, &keys[1].0)).unwrap();
    let opened = Vault::open_with(&folder.keys(), Some(folder.master("a")));
    assert!(matches!(opened, Err(VaultError::Damaged)));
}

#[test]
fn a_master_key_file_must_be_private_and_hold_64_digits() {
    let folder = Folder::new();
    for (name, text) in
        [("short", "abc"), ("sign", &"+1".repeat(32)), ("letters", &"g".repeat(64)), ("long", &"a".repeat(999))]
    {
        let refused = MasterKey::from_file(&folder.private(name, text));
        assert!(matches!(refused, Err(VaultError::MasterKeyUnreadable { .. })), "{name}");
    }
    let shared = folder.private("shared", &"a".repeat(64));
    set_mode(&shared, 0o644);
    assert!(matches!(MasterKey::from_file(&shared), Err(VaultError::NotPrivate { .. })));
}

#[test]
fn nothing_secret_is_printed() {
    let folder = Folder::new();
    let vault = folder.open();
    let subject = one(&vault);
    let sealed = vault.seal_json(&subject, NAME, "Chan Tai Man").unwrap();
    assert_eq!(format!("{vault:?}"), "Vault");
    assert_eq!(format!("{:?}", folder.master("a")), "MasterKey");
    let shape = vault.open_json::<u32>(&sealed, NAME).unwrap_err();
    let damaged = vault.open_sealed(&sealed, "person/other").unwrap_err();
    vault.erase(&subject).unwrap();
    let erased = vault.open_sealed(&sealed, NAME).unwrap_err();
    for error in [shape, damaged, erased] {
        let text = format!("{error} {error:?}");
        assert!(!text.contains("Chan") && !text.contains(&*sealed.ciphertext), "{text}");
    }
}

#[test]
fn everything_from_outside_has_a_limit() {
    let vault = Vault::memory();
    let subject = one(&vault);
    let too_large = |result: Result<(), VaultError>| matches!(result, Err(VaultError::TooLarge { .. }));
    assert!(too_large(vault.create_subjects(100_001).map(drop)));
    assert!(too_large(vault.seal(&subject, NAME, &vec![0; (16 << 20) + 1]).map(drop)));
    let long = Sealed { of: subject.clone(), ciphertext: "A".repeat(23 << 20).into() };
    assert!(too_large(vault.open_sealed(&long, NAME).map(drop)));
    assert!(too_large(vault.secret(&"x".repeat(129)).map(drop)));
    assert!(too_large(vault.blob("x", || vec![0; (1 << 16) + 1]).map(drop)));
    let largest = vault.seal(&subject, NAME, &vec![7; 16 << 20]).unwrap();
    assert_eq!(vault.open_sealed(&largest, NAME).unwrap().len(), 16 << 20);
}

#[test]
fn the_same_seed_gives_the_same_vault_in_whatever_order_fields_are_sealed() {
    let sealed = |seed, order: [usize; 2]| {
        let vault = Vault::seeded(seed);
        let subjects = vault.create_subjects(2).unwrap();
        let mut sealed = order.map(|n| (n, vault.seal(&subjects[n], NAME, b"x").unwrap()));
        sealed.sort_by_key(|(n, _)| *n);
        (sealed.map(|(_, sealed)| sealed), vault.secret("cookie").unwrap())
    };
    assert_eq!(sealed(7, [0, 1]), sealed(7, [1, 0]));
    assert_ne!(sealed(7, [0, 1]), sealed(8, [0, 1]));
}
