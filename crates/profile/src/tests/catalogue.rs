//! The services that ship, taken together: all of them are there, can be applied for, decided, and say what is so.

use super::HETAO;
use crate::{FieldFaultCode, FieldKind, Group, Service};
use serde_json::{Map, Value, json};

/// Every service of the one-stop window, by the group under which the catalogue shows it.
const SERVICES: [(Group, &[&str]); 9] = [
    (Group::People, &["commuter-pass", "group-visit", "pass-revocation", "social-insurance", "visitor-pass"]),
    (Group::Goods, &["biosample-authorisation", "green-channel-items", "whitelist-membership"]),
    (Group::Capital, &["co-investment", "transfer-quota"]),
    (Group::Data, &["medical-data-transfer", "research-data-recognition", "research-data-transfer"]),
    (Group::Flights, &["flight-operator"]),
    (Group::Estate, &["event-venue", "park-admission", "premises", "talent-apartment"]),
    (Group::Science, &["compute-allocation", "joint-laboratory", "pilot-line"]),
    (
        Group::Companies,
        &["accelerator-grant", "licence-guidance", "regulatory-sandbox", "research-deduction", "testing-request"],
    ),
    (
        Group::Help,
        &[
            "amendment",
            "appeal",
            "complaint",
            "correction",
            "personal-data-erasure",
            "question",
            "reconsideration",
            "renewal",
            "surrender",
            "transfer",
        ],
    ),
];

#[test]
fn every_service_of_the_window_ships_in_its_group() {
    for (group, expected) in SERVICES {
        let found: Vec<&str> = HETAO
            .services
            .values()
            .filter(|service| service.group == group)
            .map(|service| service.key.as_str())
            .collect();
        assert_eq!(found, expected, "{}", group.as_str());
    }
}

#[test]
fn whoever_has_to_decide_can_be_played_in_the_demonstration() {
    for service in HETAO.services.values() {
        for leg in service.legs.iter().filter(|leg| leg.kind.binds()) {
            let played = HETAO.personas.iter().any(|persona| persona.office.as_ref() == Some(&leg.office));
            assert!(played, "{}: nobody signs in for {}", service.key, leg.office);
        }
    }
}

/// Texts that some pattern of a form asks for.
const PATTERNED: [&str; 8] =
    ["O-12", "+85250000101", "C-1042", "22/12345678", "4403180001", "CHN", "H12345678", "CHAN KAP"];

/// An answer that the field's own schema takes: the smallest there is.
fn answer(schema: &Value, key: &str, kind: &FieldKind) -> Value {
    let schema = &schema["properties"][key];
    let text = |least: &Value| {
        let blank = json!("王".repeat(least.as_u64().unwrap() as usize));
        let mut candidates = vec![blank, json!("someone@synthetic.example")];
        candidates.extend(PATTERNED.iter().map(|text| json!(text)));
        let validator = jsonschema::options().should_validate_formats(true).build(schema).unwrap();
        candidates
            .into_iter()
            .find(|candidate| validator.is_valid(candidate))
            .unwrap_or_else(|| panic!("{key}: {schema}"))
    };
    match kind {
        FieldKind::Text | FieldKind::LongText => text(&schema["minLength"]),
        FieldKind::Date => json!("2026-12-01"),
        FieldKind::Choice(options) | FieldKind::Select(options) | FieldKind::Place(options) => json!(options[0].key),
        FieldKind::Search(list) => json!(list.entries[0].key),
        FieldKind::Decimal { .. } => schema["minimum"].clone(),
        FieldKind::Email => json!("someone@synthetic.example"),
        FieldKind::Phone => json!("+85250000101"),
        FieldKind::Address(_) => json!({ "region": "hong-kong", "street": "示範路 1 號", "district": "north" }),
        FieldKind::Document(_) => json!({ "kind": "hong-kong-identity-card", "number": "A123456(3)" }),
        FieldKind::Group(group) => {
            let fields = group
                .fields
                .iter()
                .map(|field| (field.key.to_string(), answer(&schema["items"], field.key.as_str(), &field.kind)));
            let row = Value::Object(fields.collect());
            Value::Array(vec![row; usize::from(group.least.max(1))])
        }
        FieldKind::Organisation => json!("O-1"),
        FieldKind::Person => json!("P-1"),
        FieldKind::Choices(options) => options.iter().map(|option| json!(option.key)).collect(),
        FieldKind::Number { .. } | FieldKind::Money(_) => schema["minimum"].clone(),
        FieldKind::Boolean => json!(true),
        FieldKind::File(_) => json!(["0f".repeat(32)]),
        FieldKind::Identifier(identifier) => json!(match identifier.as_str() {
            "hong_kong_identity_card" => "A123456(3)",
            "mainland_identity_card" => "11010519491231002X",
            "unified_social_credit_code" => "91350100M000100Y43",
            "business_registration" => "12345678",
            _ => "901890",
        }),
    }
}

fn filled(service: &Service) -> Map<String, Value> {
    let form = &service.form;
    // Its number follows the kind of document by a condition, which the field's own schema does not show.
    let own = |key: &str| (key == "document-number").then(|| json!("A123456(3)"));
    let fields = form.fields.iter().map(|field| (field.key.as_str(), &field.kind));
    fields.map(|(key, kind)| (key.to_owned(), own(key).unwrap_or_else(|| answer(&form.schema, key, kind)))).collect()
}

#[test]
fn every_form_can_be_filled_in_and_misses_what_it_requires() {
    for service in HETAO.services.values() {
        let whole = filled(service);
        assert_eq!(service.form.check(&Value::Object(whole.clone())), [], "{}", service.key);
        for field in service.form.fields.iter().filter(|field| field.required) {
            let mut without = whole.clone();
            without.remove(field.key.as_str());
            let faults = service.form.check(&Value::Object(without));
            let found =
                faults.iter().any(|fault| fault.field == field.key.as_str() && fault.code == FieldFaultCode::Missing);
            assert!(found, "{}: {} is not missed", service.key, field.key);
        }
    }
}

fn figure(key: &str) -> i64 {
    HETAO.facts.iter().find(|card| card.key.as_str() == key).unwrap().value
}

/// `2,000,000`.
fn grouped(amount: i64) -> String {
    let digits = amount.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    groups.join(",")
}

#[test]
fn the_deductions_examples_follow_from_the_outlines_figures() {
    let (first, higher, further) =
        (figure("deduction-first-amount"), figure("deduction-first-rate"), figure("deduction-further-rate"));
    let guidance = &HETAO.services["research-deduction"].guidance;
    for text in [&guidance.zh_hant, &guidance.zh_hans, &guidance.en] {
        for spent in [5_000_000, 1_500_000] {
            let deducted = (spent.min(first) * higher + (spent - first).max(0) * further) / 100;
            for amount in [spent, deducted] {
                assert!(text.contains(&grouped(amount)), "{} in {text}", grouped(amount));
            }
        }
        assert!(text.contains(&grouped(first)));
    }
}

#[test]
fn no_more_is_asked_of_an_accelerators_grant_than_its_ceiling() {
    let form = &HETAO.services["accelerator-grant"].form;
    let most = form.schema["properties"]["grant-amount"]["maximum"].as_i64().unwrap();
    assert_eq!(most, figure("accelerator-grant-ceiling") * 100);
}
