//! Every event that was ever shipped has a golden sample, and no sample is an empty shell.

use crate::house::{Fault, House};

const CHECK: &str = "golden-events";
const FOLDER: &str = "/testdata/events";

pub fn check(house: &House, faults: &mut Vec<Fault>) {
    for (file, text) in house.ending(&[".json"]) {
        if !file.contains(&format!("{FOLDER}/")) {
            continue;
        }
        match serde_json::from_str::<serde_json::Value>(text) {
            Err(error) => faults.push(Fault::new(CHECK, file, error.line().max(1), format!("is not JSON: {error}"))),
            Ok(value) if is_empty(&value) => {
                faults.push(Fault::new(CHECK, file, 1, "holds nothing: a golden file is an event as it was stored"));
            }
            Ok(_) => {}
        }
    }
    for (file, text) in house.ending(&["/src/model.rs"]) {
        let Some(room) = file.strip_suffix("/src/model.rs") else { continue };
        let has_samples = house.paths().any(|path| path.starts_with(&format!("{room}{FOLDER}/")));
        if let (Some(line), false) = (line_of_events(text), has_samples) {
            faults.push(Fault::new(CHECK, file, line, format!("its events have no golden files in {room}{FOLDER}")));
        }
    }
}

fn line_of_events(text: &str) -> Option<usize> {
    text.lines().position(|line| line.starts_with("pub enum Event ")).map(|index| index + 1)
}

fn is_empty(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Null => true,
        serde_json::Value::Object(fields) => fields.is_empty(),
        serde_json::Value::Array(items) => items.is_empty(),
        serde_json::Value::String(text) => text.is_empty(),
        serde_json::Value::Bool(_) | serde_json::Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house::found;

    #[test]
    fn a_room_whose_events_have_no_sample_is_a_fault() {
        let model = ("crates/cases/src/model.rs", "//! Head.\npub enum Event {}\n");
        assert_eq!(
            found(check, &[model]),
            [
                "crates/cases/src/model.rs:2: its events have no golden files in crates/cases/testdata/events [golden-events]"
            ]
        );
        assert!(found(check, &[model, ("crates/cases/testdata/events/a.json", "{\"a\":1}")]).is_empty());
    }

    #[test]
    fn an_empty_or_broken_sample_is_a_fault() {
        for text in ["", "{}", "[]", "null", "{\"a\":"] {
            assert_eq!(found(check, &[("crates/cases/testdata/events/a.json", text)]).len(), 1, "{text}");
        }
    }
}
