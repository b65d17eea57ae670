//! What was written is readable for ever: a sample of every event ever shipped, in its room's `testdata/events`.
//!
//! A file is named for its event, and after a dot for what is special to it. Samples are only ever added: a new shape of an
//! event gets a new sample beside the old, and an upcaster.

use super::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The names that serde itself knows for the events of a room: it lists them when it meets one it does not know.
fn names<E: DeserializeOwned>() -> BTreeSet<String> {
    let complaint = serde_json::from_str::<E>(r#"{"?":null}"#).err().unwrap().to_string();
    let (_, list) = complaint.split_once("expected ").unwrap();
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// Whether everything that was stored is still said: an event that has learnt a field since says that besides.
fn holds(encoded: &Value, stored: &Value) -> bool {
    match (encoded, stored) {
        (Value::Object(encoded), Value::Object(stored)) => {
            stored.iter().all(|(name, stored)| encoded.get(name).is_some_and(|encoded| holds(encoded, stored)))
        }
        (Value::Array(encoded), Value::Array(stored)) => {
            encoded.len() == stored.len() && encoded.iter().zip(stored).all(|(encoded, stored)| holds(encoded, stored))
        }
        (encoded, stored) => encoded == stored,
    }
}

#[track_caller]
fn check<E: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(room: &str) {
    let mut missing = names::<E>();
    assert!(!missing.is_empty());
    for file in files(&format!("{room}/testdata/events")) {
        let text = std::fs::read_to_string(&file).unwrap();
        let event: E = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let encoded = serde_json::to_value(&event).unwrap();
        let stored = serde_json::from_str::<serde_json::Value>(&text).unwrap();
        assert!(holds(&encoded, &stored), "{}: {encoded:#} does not hold {stored:#}", file.display());
        assert_eq!(serde_json::from_value::<E>(encoded.clone()).unwrap(), event, "{}", file.display());
        let name = encoded.as_object().unwrap().keys().next().unwrap().clone();
        let stem = file.file_name().unwrap().to_str().unwrap().split('.').next().unwrap();
        assert_eq!(stem, name, "{} is named for another event", file.display());
        missing.remove(&name);
    }
    assert!(missing.is_empty(), "{room}: no sample of {missing:?}");
}

/// Of an event that holds one of a list of its own: a sample of each of those.
#[track_caller]
fn check_inner<E: DeserializeOwned>(folder: &str, event: &str, field: &str) {
    let mut missing = names::<E>();
    for file in files(folder) {
        let stored: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        if let Some(inner) = stored.get(event).and_then(|event| event.get(field)).and_then(Value::as_object) {
            missing.remove(inner.keys().next().unwrap());
        }
    }
    assert!(missing.is_empty(), "{event}: no sample of {missing:?}");
}

#[test]
fn every_event_ever_shipped_is_decoded_and_loses_nothing() {
    check::<ZoneEvent>("desk");
    check::<parties::Event>("parties");
    check::<cases::Event>("cases");
    check_inner::<cases::Work>("cases/testdata/events", "worked", "work");
    check_inner::<cases::OfficeEvent>("cases/testdata/events", "office", "event");
    check::<permits::Event>("permits");
    check::<people::Event>("crossings/people");
    check::<letters::Event>("letters");
}

#[test]
fn every_room_is_in_the_envelope_under_its_own_name() {
    let rooms: Vec<String> = names::<Event>().into_iter().collect();
    assert_eq!(rooms, ["cases", "letters", "parties", "people", "permits", "zone"]);
}

#[test]
fn every_envelope_ever_shipped_is_decoded_and_encoded_to_the_same() {
    let mut actors = BTreeSet::new();
    for file in files("desk/testdata/envelopes") {
        let text = std::fs::read(&file).unwrap();
        let envelope = Envelope::decode(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        actors.insert(envelope.by.role());
        let (encoded, stored): (serde_json::Value, serde_json::Value) =
            (serde_json::from_slice(&envelope.encode()).unwrap(), serde_json::from_slice(&text).unwrap());
        assert_eq!(encoded, stored, "{}", file.display());
    }
    assert_eq!(actors.len(), 8, "an envelope by every kind of actor: {actors:?}");
}
