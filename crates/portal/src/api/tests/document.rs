//! The OpenAPI document: valid, whole, and shown to people in their language.

use super::Program;
use crate::tests::town::Town;
use serde_json::Value;
use std::collections::BTreeSet;

fn document() -> Value {
    serde_json::to_value(crate::api::document()).unwrap()
}

#[test]
fn the_document_is_valid_openapi_3_1_by_the_schema_of_its_authors() {
    let schema: Value = serde_json::from_str(include_str!("../../../testdata/openapi-3.1-schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let document = document();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    let faults: Vec<String> =
        validator.iter_errors(&document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    let document = document();
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    assert!(references.len() > 20, "{references:?}");
    for reference in references {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
}

#[test]
fn a_file_that_was_handed_in_is_described_in_every_format_that_is_taken() {
    let document = document();
    let described = document.pointer("/paths/~1api~1cases~1{case}~1files~1{file}/get/responses/200/content").unwrap();
    let described: BTreeSet<&str> = described.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(described, profile::FileFormat::ALL.map(profile::FileFormat::media_type).into());
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                references.insert(reference.clone());
            }
            fields.values().for_each(|field| collect(field, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_lists_every_route_of_the_api_and_every_route_it_lists_is_there() {
    let document = document();
    let mut listed = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            listed.insert((method.to_uppercase(), path.clone()));
        }
    }
    let routes = crate::routes();
    let mounted = routes.table().iter().filter(|route| route.path.starts_with("/api/"));
    let mounted: BTreeSet<_> = mounted.map(|route| (route.method.to_string(), route.path.to_string())).collect();
    let described: BTreeSet<_> = listed.iter().filter(|(_, path)| path.starts_with("/api/")).cloned().collect();
    assert_eq!(mounted, described);
    let town = Town::new().await;
    for (method, path) in listed {
        // The feed does not end by itself; that it answers is told by its own test.
        if path == "/api/events" {
            continue;
        }
        let nobody = Program::nobody(&town);
        let request = nobody.request(method.parse().unwrap(), &path).body(axum::body::Body::empty()).unwrap();
        let answer = nobody.send(request).await;
        assert_ne!(answer.status.as_u16(), 405, "{method} {path}");
        assert_ne!(answer.status.as_u16(), 500, "{method} {path}: {}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_read_the_document_as_a_page_in_their_language() {
    let town = Town::new().await;
    let nobody = Program::nobody(&town);
    assert_eq!(nobody.with("accept-language", "en").get("/api").await.headers["location"], "/en/api");
    for language in ["zh-Hant", "zh-Hans", "en"] {
        let page = nobody.get(&format!("/{language}/api")).await;
        assert_eq!(page.status.as_u16(), 200);
        for piece in ["POST /api/gates/{gate}/presentations", "presentation", "/api/openapi.json"] {
            assert!(page.text.contains(piece), "{language}: {piece}");
        }
    }
    let served = nobody.get("/api/openapi.json").await.good();
    assert_eq!(served, document());
}
