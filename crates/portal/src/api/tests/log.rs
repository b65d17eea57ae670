//! The public log, looked at by somebody who trusts nothing but the keys.

use super::journey::applied;
use super::{Program, key};
use crate::tests::town::Town;
use base::Actor;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use eventlog::{Hash, LogPublicKeys, leaf_hash, node_hash, root_from_inclusion};

/// A client that knows `/log/checkpoint` and `/log/tile/`, and nothing else of the log.
async fn leaves(nobody: &Program, size: u64) -> Vec<Hash> {
    let mut leaves = Vec::new();
    for tile in 0..size.div_ceil(256) {
        let width = (size - tile * 256).min(256);
        let partial = if width == 256 { String::new() } else { format!(".p/{width}") };
        let path = format!("/log/tile/0/{tile:03}{partial}");
        let bytes = raw(nobody, &path).await;
        assert_eq!(bytes.len() as u64, width * 32, "{path}");
        leaves.extend(bytes.chunks_exact(32).map(|hash| Hash::try_from(hash).unwrap()));
    }
    leaves
}

async fn raw(nobody: &Program, path: &str) -> Vec<u8> {
    use tower::ServiceExt;
    let request = nobody.request(axum::http::Method::GET, path).body(axum::body::Body::empty()).unwrap();
    let response = nobody.service.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status().as_u16(), 200, "{path}");
    assert!(response.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    axum::body::to_bytes(response.into_body(), 1_000_000).await.unwrap().to_vec()
}

/// RFC 6962's tree hash, written down once more and as plainly as it can be.
fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [leaf] => *leaf,
        _ => {
            let half = leaves.len().next_power_of_two() / 2;
            node_hash(&root(&leaves[..half]), &root(&leaves[half..]))
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_knows_only_checkpoint_and_tiles_reaches_the_signed_root_and_checks_a_proof() {
    let town = Town::new().await;
    for _ in 0..90 {
        applied(&town).await;
    }
    let nobody = Program::nobody(&town);
    let log = nobody.get("/api/log").await.good();
    let keys = log["keys"].as_array().unwrap().iter().map(|key| format!("{}\n", key.as_str().unwrap()));
    let keys: LogPublicKeys = keys.collect::<String>().parse().unwrap();
    let note = nobody.get("/log/checkpoint").await;
    assert!(note.headers["content-type"].to_str().unwrap().starts_with("text/plain"));
    let signed = keys.verify(&note.text).unwrap();
    assert!(signed.size > 256, "more than one tile: {}", signed.size);
    let leaves = leaves(&nobody, signed.size).await;
    assert_eq!(root(&leaves), signed.root);

    let told = nobody.get("/api/log/entries/100").await.good();
    assert_eq!(told.get("entry"), None, "what it says is not for everybody");
    let hash = |text: &serde_json::Value| Hash::try_from(STANDARD.decode(text.as_str().unwrap()).unwrap()).unwrap();
    assert_eq!(hash(&told["leaf_hash"]), leaves[100]);
    let proof: Vec<Hash> = told["proof"].as_array().unwrap().iter().map(hash).collect();
    let size = told["log_size"].as_u64().unwrap();
    assert_eq!(root_from_inclusion(&leaves[100], 100, size, &proof), Some(hash(&told["root"])));
    assert_eq!(hash(&told["root"]), signed.root);

    let entry = town.park.desk.log().entry(100).unwrap().unwrap();
    assert_eq!(leaf_hash(&entry), leaves[100]);
    let receipt = nobody.get("/api/log/entries/100/receipt").await.text;
    assert_eq!(eventlog::verify_receipt(&receipt, &entry, &keys), Ok(100));

    let continued = nobody.get(&format!("/api/log/consistency?from=100&to={size}")).await.good();
    let proof: Vec<Hash> = continued["proof"].as_array().unwrap().iter().map(hash).collect();
    let (old, new) = (hash(&continued["from_root"]), hash(&continued["to_root"]));
    assert_eq!(old, root(&leaves[..100]));
    assert!(eventlog::is_consistent(100, size, &old, &new, &proof));
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_for_the_auditors_of_either_bank_and_nobody_else() {
    let town = Town::new().await;
    let size = town.park.desk.log().size();
    let bundle = format!("/log/tile/entries/000.p/{size}");
    Program::nobody(&town).get(&bundle).await.problem(401, "sign-in-first");
    for actor in [Actor::Operator, Actor::Gate { gate: key("west-south") }] {
        let answer = Program::of(&town, actor).get(&bundle).await;
        assert_eq!(answer.status.as_u16(), 403, "{}", answer.text);
    }
    for persona in ["clerk-hong-kong", "immigration-officer-hong-kong"] {
        let answer = Program::persona(&town, persona).await.get(&bundle).await;
        assert_eq!(answer.status.as_u16(), 403, "{}", answer.text);
    }
    let auditor = Program::persona(&town, "auditor-hong-kong").await;
    let read = auditor.get(&bundle).await;
    assert!(read.text.contains("\"salt\""));
    assert_eq!(read.headers["cache-control"], "no-store", "the next to use the browser may be anybody");
    let entry = auditor.get("/api/log/entries/0").await.good();
    assert!(entry["entry"].as_str().unwrap().contains("adopted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn tiles_that_the_tree_has_not_and_paths_that_name_none_are_not_found() {
    let town = Town::new().await;
    for path in
        ["/log/tile/0/001", "/log/tile/9/000", "/log/tile/0/000.p/0", "/log/tile/x/000", "/log/tile/0/000.p/256"]
    {
        Program::nobody(&town).get(path).await.problem(404, "not-found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_find_an_entry_and_its_proof_and_are_told_where_they_are_wrong() {
    let town = Town::new().await;
    let nobody = Program::nobody(&town);
    for language in ["zh-Hant", "zh-Hans", "en"] {
        let page = nobody.get(&format!("/{language}/log")).await;
        assert_eq!(page.status.as_u16(), 200);
        assert!(page.text.contains("hetao verify") && page.text.contains("hetao.example/log"), "{language}");
    }
    let found = nobody.get("/en/log?entry=1").await;
    assert_eq!(found.headers["location"], "/en/log/entries/1");
    let page = nobody.get("/en/log/entries/1").await.text;
    assert!(page.contains("Step 1") && !page.contains("salt"), "{page}");
    assert!(nobody.get("/en/log?entry=99999").await.text.contains("There is no such entry"));
    assert!(nobody.get("/en/log?from=1").await.text.contains("begins with the log of 1"));
    assert!(nobody.get("/en/log?from=9&to=2").await.text.contains("Enter a size from 0 to 2"));
    assert_eq!(nobody.get("/en/log/entries/99999").await.status.as_u16(), 404);
}
