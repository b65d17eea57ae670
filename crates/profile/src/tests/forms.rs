//! Forms: what a submission may hold, and how a fault names its field.

use super::{HETAO, key};
use crate::{FieldFault, FieldFaultCode, Form};
use proptest::prelude::*;
use serde_json::{Value, json};

fn form(service: &str) -> &'static Form {
    &HETAO.service(&key(service)).unwrap().form
}

fn commuter() -> Value {
    json!({
        "family-name": "王", "given-name": "丙", "latin-name": "WANG BING",
        "document-kind": "exit-entry-permit", "document-number": "CA0000001", "document-expires": "2030-01-31",
        "birth-date": "1990-02-28", "nationality": "CHN", "email": "bing@example.org", "mobile": "+8619900000101",
        "home-bank": "north",
    })
}

/// Puts `value` into the field (or takes the field out) and expects these faults.
fn check(field: &str, value: Option<Value>, want: &[(&str, FieldFaultCode)]) {
    let mut submitted = commuter();
    let fields = submitted.as_object_mut().unwrap();
    match value {
        Some(value) => fields.insert(field.to_owned(), value),
        None => fields.remove(field),
    };
    let faults = form("commuter-pass").check(&submitted);
    let found: Vec<(&str, FieldFaultCode)> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
    assert_eq!(found, want, "{submitted}");
}

#[test]
fn a_form_in_order_has_no_fault() {
    assert_eq!(form("commuter-pass").check(&commuter()), []);
}

#[test]
fn each_fault_names_its_field_and_what_is_wrong() {
    use FieldFaultCode::*;
    check("family-name", None, &[("family-name", Missing)]);
    check("family-name", Some(json!("")), &[("family-name", TooShort)]);
    check("family-name", Some(json!("王".repeat(81))), &[("family-name", TooLong)]);
    check("family-name", Some(json!("王\u{7}")), &[("family-name", WrongFormat)]);
    check("family-name", Some(json!(7)), &[("family-name", WrongType)]);
    check("birth-date", Some(json!("2026-02-30")), &[("birth-date", NotADate)]);
    check("home-bank", Some(json!("west")), &[("home-bank", NotAChoice)]);
    check("email", Some(json!("nobody")), &[("email", WrongFormat)]);
    check("shoe-size", Some(json!(42)), &[("shoe-size", Unknown)]);
}

#[test]
fn a_document_number_must_have_the_shape_of_its_kind() {
    use FieldFaultCode::WrongFormat;
    check("document-number", Some(json!("A123456(3)")), &[("document-number", WrongFormat)]);
    check("document-kind", Some(json!("hong-kong-identity-card")), &[("document-number", WrongFormat)]);
    check("document-kind", Some(json!("passport")), &[]);
}

#[test]
fn all_faults_of_a_submission_are_listed_in_the_order_of_the_form() {
    let faults = form("visitor-pass").check(&json!({ "host-vouches": false, "requested-day": "soon" }));
    let found: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(found.first(), Some(&"requested-day"));
    assert_eq!(found.last(), Some(&"host-vouches"));
    let vouch = FieldFault { field: "host-vouches".to_owned(), code: FieldFaultCode::MustBeTrue, limit: None };
    assert!(faults.contains(&vouch));
    assert!(faults.iter().filter(|fault| fault.code == FieldFaultCode::Missing).count() >= 8, "{faults:#?}");
}

#[test]
fn a_limit_that_was_passed_is_named() {
    let faults = form("pass-revocation").check(&json!({ "ground": "pass-lost", "facts": "lost" }));
    let want = FieldFault { field: "facts".to_owned(), code: FieldFaultCode::TooShort, limit: Some("10".to_owned()) };
    assert_eq!(faults, [want]);
}

#[test]
fn what_a_page_posts_becomes_what_the_schema_asks_for() {
    let posted = [("ground", "other"), ("remarks", "  "), ("understands", "on"), ("strange", "x")];
    let value = form("personal-data-erasure").value_of(posted);
    assert_eq!(value, json!({ "ground": "other", "understands": true, "strange": "x" }));
    let value = form("personal-data-erasure").value_of([("ground", "other")]);
    let faults = form("personal-data-erasure").check(&value);
    assert_eq!(faults.first().map(|fault| fault.code), Some(FieldFaultCode::Missing));
}

#[test]
fn the_whole_submission_may_be_anything_at_all() {
    for wrong in [json!(null), json!([]), json!("text"), json!(1)] {
        let faults = form("commuter-pass").check(&wrong);
        assert_eq!((faults[0].field.as_str(), faults[0].code), ("", FieldFaultCode::WrongType));
    }
}

proptest! {
    #[test]
    fn no_posted_text_breaks_the_check(field in "[a-z-]{1,20}", text in "\\PC{0,300}") {
        let form = form("commuter-pass");
        let value = form.value_of([(field.as_str(), text.as_str())]);
        prop_assert!(!form.check(&value).is_empty());
    }
}
