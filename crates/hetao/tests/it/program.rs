//! Runs the program to its end and keeps what it said.

use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout, self.stderr))
    }

    /// The run, if it ended as wanted; else a panic that shows what it said.
    pub fn ending_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "said: {}{}", self.stdout, self.stderr);
        self
    }
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn zone_folder() -> PathBuf {
    root().join("zones/hetao")
}

/// The program, not started yet: at the root of the house, in English, with nothing of the tester's own environment.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hetao"));
    command.current_dir(root()).stdin(Stdio::null());
    for name in ["HETAO_ZONE", "HETAO_MASTER_KEY_FILE", "HETAO_SMTP_URL", "RUST_LOG", "LC_ALL", "LC_MESSAGES"] {
        command.env_remove(name);
    }
    command.env("LANG", "C.UTF-8");
    command
}

pub fn hetao<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Run {
    let output = command().args(arguments).output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A command with the data folder it is about.
pub fn on(data: &Path, arguments: &[&str]) -> Run {
    hetao(arguments.iter().map(OsStr::new).chain([OsStr::new("--data"), data.as_os_str()]))
}
