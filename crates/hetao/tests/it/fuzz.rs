//! The API against its own description: `schemathesis` (PyPI) makes requests that the OpenAPI document allows, and some
//! that it forbids, in several capacities, and looks for answers that the document does not promise.
//!
//! Left out: the live feed, which has no end; and that a request which the document allows is always taken, because most
//! name people, cases and passes that there are not.

use crate::park_folder::ParkFolder;
use crate::server::Server;
use serde_json::json;
use std::process::Command;

/// A few requests of each kind for each operation, besides those at the edges of every type: half a minute each.
const EXAMPLES: &str = "4";
/// The same requests every time: what was found once is found again.
const SEED: &str = "20261130";
/// Whoever cannot be asked in this time is not asked any more: the whole stays within three minutes.
const SECONDS_MAX: &str = "40";

const CAPACITIES: [&str; 4] =
    ["clerk-hong-kong", "engineer-hong-kong", "immigration-officer-hong-kong", "auditor-hong-kong"];

#[test]
fn the_api_answers_as_its_description_says_whatever_is_sent() {
    let Some(python) = std::env::var_os("HETAO_PYTHON") else {
        println!("skipped: HETAO_PYTHON does not name an interpreter with the package schemathesis");
        return;
    };
    let folder = ParkFolder::seeded();
    let server = Server::start(&folder.path(), &["--demo"]);
    for persona in CAPACITIES {
        let (status, token) =
            server.client().post("/api/demo/tokens", None, None, &json!({ "persona": persona })).unwrap();
        assert_eq!(status, 200, "{persona}: {token}");
        let token = token["token"].as_str().unwrap();
        let run = Command::new(&python)
            .args(["-m", "schemathesis.cli", "run"])
            .arg(format!("http://{}/api/openapi.json", server.address))
            .args(["-H", &format!("Authorization: Bearer {token}")])
            .args(["--exclude-path", "/api/events", "--phases", "examples,coverage,fuzzing"])
            .args(["-c", "all", "--exclude-checks", "positive_data_acceptance"])
            .args(["-n", EXAMPLES, "--seed", SEED, "--max-time", SECONDS_MAX, "--request-timeout", "30"])
            .args(["--continue-on-failure", "--no-shrink", "--no-color"])
            .current_dir(folder.path().parent().unwrap())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&run.stdout);
        let why = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "as {persona}:\n{told}\n{why}");
        assert!(told.contains("passed"), "as {persona}, nothing was tried:\n{told}\n{why}");
    }
    assert_eq!(server.end(), Some(0), "the server is still well");
}
