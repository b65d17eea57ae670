//! `hetao verify --against`: a server's log as a monitor outside sees it.

use crate::park_folder::{ParkFolder, reader};
use crate::program::{Run, hetao, on};
use crate::server::Server;
use serde_json::json;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

/// Somebody elsewhere who has the park's published keys, and keeps a checkpoint.
struct Monitor {
    folder: tempfile::TempDir,
}

impl Monitor {
    fn of(data: &Path) -> Self {
        let monitor = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(monitor.at("keys.txt"), on(data, &["checkpoint", "--keys-only"]).ending_with(0).stdout).unwrap();
        monitor
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn look_at(&self, address: &str, more: &[&str]) -> Run {
        let (keys, kept) = (self.at("keys.txt"), self.at("kept.txt"));
        let arguments = ["verify", "--against", address, "--keys", keys.to_str().unwrap(), "--json"];
        let keep = ["--keep", kept.to_str().unwrap()];
        hetao([&arguments, keep.as_slice(), more].concat())
    }

    /// Serves the folder for one look. A park at work: its log stands still while nobody does anything.
    fn look(&self, data: &Path) -> Run {
        let server = Server::start(data, &[]);
        let run = self.look_at(&address_of(&server), &[]);
        assert_eq!(server.end(), Some(0));
        run
    }

    fn kept(&self) -> String {
        fs::read_to_string(self.at("kept.txt")).unwrap()
    }
}

fn address_of(server: &Server) -> String {
    format!("http://{}", server.address)
}

/// One more entry, which no other folder has.
fn grow(park: &ParkFolder) {
    park.open_today(|park, _| park.snapshot().unwrap());
}

#[test]
fn a_log_that_is_only_added_to_is_found_right_look_after_look() {
    let park = ParkFolder::at_rest();
    let monitor = Monitor::of(&park.path());
    let first = monitor.look(&park.path()).ending_with(0).json();
    let log = reader(&park.path());
    assert_eq!((&first["ok"], &first["size"]), (&true.into(), &log.size().into()));
    assert_eq!(first["tiles"], log.size().div_ceil(256) + log.size().div_ceil(65_536));
    assert!(first["continues"].is_null(), "there was nothing to continue yet");
    assert_eq!(monitor.kept(), *log.checkpoint());

    grow(&park);
    let second = monitor.look(&park.path()).ending_with(0).json();
    assert_eq!((&second["continues"], &second["size"]), (&log.size().into(), &(log.size() + 1).into()));
    assert_eq!(monitor.kept(), *reader(&park.path()).checkpoint(), "the newer checkpoint is kept");
}

#[test]
fn a_log_that_was_rolled_back_is_refused_with_both_sizes_and_the_kept_checkpoint_stays() {
    let park = ParkFolder::at_rest();
    let older = ParkFolder::copy_of(&park.path());
    let monitor = Monitor::of(&park.path());
    grow(&park);
    monitor.look(&park.path()).ending_with(0);
    let (kept, size) = (monitor.kept(), reader(&park.path()).size());
    let json = monitor.look(&older.path()).ending_with(1).json();
    let wanted = format!("it had {size} entries, and now shows {}", size - 1);
    assert!(json["damage"].as_str().unwrap().contains(&wanted), "{json}");
    assert_eq!((&json["ok"], monitor.kept()), (&false.into(), kept));
}

#[test]
fn a_log_that_was_forked_is_refused_whether_it_is_as_long_or_longer() {
    let park = ParkFolder::at_rest();
    let fork = ParkFolder::copy_of(&park.path());
    let monitor = Monitor::of(&park.path());
    grow(&park);
    monitor.look(&park.path()).ending_with(0);
    let size = reader(&park.path()).size();
    for _ in 0..2 {
        grow(&fork);
        let json = monitor.look(&fork.path()).ending_with(1).json();
        let wanted = format!("was forked: of its {} entries, the first {size}", reader(&fork.path()).size());
        assert!(json["damage"].as_str().unwrap().contains(&wanted), "{json}");
    }
}

#[test]
fn a_log_under_other_keys_is_not_the_park_s() {
    let (park, elsewhere) = (ParkFolder::seeded(), tempfile::tempdir().unwrap());
    let stranger = elsewhere.path().join("data");
    crate::park_folder::open_at(&stranger, |_, _| ());
    let json = Monitor::of(&stranger).look(&park.path()).ending_with(1).json();
    assert!(json["damage"].as_str().unwrap().contains("checkpoint"), "{json}");
}

#[test]
fn entries_are_read_with_an_auditor_s_token_and_with_no_other() {
    let park = ParkFolder::seeded();
    let monitor = Monitor::of(&park.path());
    let server = Server::start(&park.path(), &["--demo"]);
    let token = monitor.at("token.txt");
    let look = |persona: &str| {
        let (status, answer) =
            server.client().post("/api/demo/tokens", None, None, &json!({ "persona": persona })).unwrap();
        assert_eq!(status, 200, "{answer}");
        fs::write(&token, answer["token"].as_str().unwrap()).unwrap();
        monitor.look_at(&address_of(&server), &["--token-file", token.to_str().unwrap()])
    };
    let json = look("auditor-hong-kong").ending_with(0).json();
    assert_eq!(json["entries"], json["size"]);
    let refused = look("clerk-hong-kong").ending_with(3);
    assert!(refused.stderr.contains("may not read entries"), "{}", refused.stderr);
}

#[test]
fn a_server_that_does_not_answer_is_not_a_log_that_is_wrong() {
    let park = ParkFolder::seeded();
    let monitor = Monitor::of(&park.path());
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let run = monitor.look_at(&format!("http://{free}"), &[]).ending_with(3);
    assert!(run.stderr.contains("refused"), "it does not say why: {}", run.stderr);
    assert!(!monitor.at("kept.txt").exists());
    for (arguments, said) in [
        (["verify", "--against", "http://127.0.0.1:1"].as_slice(), "--keys is needed"),
        (&["verify", "--against", "park.example", "--keys", "/nonexistent"], "/nonexistent"),
        (&["verify", "--keep", "kept.txt"], "--against"),
    ] {
        let run = on(&monitor.at("nowhere"), arguments);
        assert!(matches!(run.code, 2 | 3), "{arguments:?} ended with {}", run.code);
        assert!(run.stderr.contains(said), "{arguments:?} said: {}", run.stderr);
    }
}
