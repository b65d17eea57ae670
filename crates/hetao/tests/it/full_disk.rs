//! A disk that fills up while the server works. Needs a file system of its own, which only root may mount.

use crate::load::{Pass, commuters, everything_acknowledged_is_there, nothing_was_lost_or_doubled};
use crate::park_folder::{ParkFolder, copy_folder, files_of};
use crate::program::on;
use crate::server::Server;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;

/// What the server may still write before the disk is full.
const ROOM_BYTES: u64 = 6 << 20;
/// Neither a backup nor two days of crossings fit.
const TOO_LITTLE_BYTES: u64 = 2 << 20;
const MORE_ROOM_BYTES: u64 = 256 << 20;

/// A file system in memory of a fixed size; unmounted when dropped.
struct SmallDisk {
    mount: PathBuf,
    _folder: tempfile::TempDir,
}

impl SmallDisk {
    fn mount(bytes: u64) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mount = folder.path().join("disk");
        std::fs::create_dir(&mount).unwrap();
        let options = format!("size={bytes}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(&mount).status();
        mounted.is_ok_and(|status| status.success()).then_some(Self { mount, _folder: folder })
    }

    fn grow_to(&self, bytes: u64) {
        let options = format!("remount,size={bytes}");
        assert!(Command::new("mount").args(["-o", &options]).arg(&self.mount).status().unwrap().success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.mount).status();
    }
}

fn bytes_of(folder: &Path) -> u64 {
    files_of(folder).iter().map(|file| file.metadata().unwrap().len()).sum()
}

#[test]
fn a_full_disk_stops_the_server_with_nothing_acknowledged_lost_and_room_lets_it_go_on() {
    let folder = ParkFolder::seeded();
    let mut walkers = commuters(&folder, 2);
    let Some(disk) = SmallDisk::mount(bytes_of(&folder.path()) + ROOM_BYTES) else {
        eprintln!("SKIPPED: mounting a small disk is not permitted here; run this test as root");
        return;
    };
    let data = disk.mount.join("data");
    copy_folder(&folder.path(), &data);

    let mut server = Server::start(&data, &["--demo"]);
    let (pass, never) = (Pass::of(&server), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for walker in &mut walkers {
            let (mut client, pass, never) = (server.client(), &pass, &never);
            scope.spawn(move || walker.walk(&mut client, pass, never));
        }
    });
    assert_eq!(server.wait().code(), Some(70), "the exit code of a failed commit");

    disk.grow_to(MORE_ROOM_BYTES);
    everything_acknowledged_is_there(&data, &walkers);
    let server = Server::start(&data, &["--demo"]);
    let pass = Pass::of(&server);
    for walker in &mut walkers {
        let (mut client, before) = (server.client(), walker.answered.len());
        for _ in 0..3 {
            walker.walk_one(&mut client, &pass);
        }
        assert!(walker.answered.len() > before, "nothing is answered once there is room");
        while walker.waits_for_an_answer() {
            walker.walk_one(&mut client, &pass);
        }
    }
    assert_eq!(server.end(), Some(0));
    everything_acknowledged_is_there(&data, &walkers);
    nothing_was_lost_or_doubled(&data, &walkers);
    on(&data, &["verify"]).ending_with(0);
}

#[test]
fn a_backup_or_a_simulation_that_finds_the_disk_full_says_so_and_leaves_no_half() {
    let folder = ParkFolder::seeded();
    let Some(disk) = SmallDisk::mount(TOO_LITTLE_BYTES) else {
        eprintln!("SKIPPED: mounting a small disk is not permitted here; run this test as root");
        return;
    };
    let run = on(&folder.path(), &["backup", disk.mount.join("backup").to_str().unwrap()]).ending_with(3);
    assert!(run.stderr.contains("full") || run.stderr.contains("No space"), "{}", run.stderr);
    assert_eq!(std::fs::read_dir(&disk.mount).unwrap().count(), 0, "something of the backup was left");

    let data = disk.mount.join("data");
    let run = on(&data, &["simulate", "--commuters", "2000", "--days", "2"]).ending_with(3);
    assert!(run.stderr.contains("full") || run.stderr.contains("No space"), "{}", run.stderr);
    // What was played until then is a log like any other.
    disk.grow_to(MORE_ROOM_BYTES);
    on(&data, &["verify"]).ending_with(0);
}
