//! A service that uses all there is loads whole; each thing that can be wrong with one is shown where it stands, once.

use super::faults::{copy, faults, replace};
use super::key;
use crate::{
    About, Applicant, Currency, Effect, FieldFaultCode, FieldKind, Group, JointOutcome, LegKind, Profile, Service,
};
use serde_json::{Value, json};
use std::fs;
use std::sync::LazyLock;
use tempfile::TempDir;

const FILE: &str = "services/every-feature.toml";

/// The zone with one service more.
fn zone() -> TempDir {
    let zone = copy();
    fs::write(zone.path().join(FILE), include_str!("../../testdata/every-feature.toml")).unwrap();
    zone
}

static SERVICE: LazyLock<Service> = LazyLock::new(|| {
    let profile = Profile::load(zone().path()).unwrap_or_else(|faults| panic!("{faults:#?}"));
    profile.service(&key("every-feature")).unwrap().clone()
});

/// Replaces once and expects exactly one fault, on the line of `stands`, which the replacement put there.
#[track_caller]
fn check_at(this: &str, by: &str, stands: &str, what: &str) {
    let zone = zone();
    replace(zone.path(), FILE, this, by);
    let line = replace(zone.path(), FILE, stands, stands);
    let found = faults(zone.path());
    let [fault] = found.as_slice() else { panic!("one fault for {by:?}, not {found:#?}") };
    assert_eq!((fault.file.as_str(), fault.line), (FILE, Some(line)), "{fault}");
    assert!(fault.what.contains(what), "{fault}");
    assert!(!fault.remedy.is_empty(), "{fault}");
}

/// The fault stands where the replacement does.
#[track_caller]
fn check(this: &str, by: &str, what: &str) {
    check_at(this, by, by, what);
}

#[test]
fn a_service_with_every_feature_is_read_as_it_is_written() {
    let service = &*SERVICE;
    assert_eq!(service.applicants, [Applicant::Clerk]);
    assert_eq!((service.about, service.group), (About::Organisation, Group::Goods));
    assert_eq!((service.fees[0].amount_minor, service.fees[0].currency), (16_500, Currency::Hkd));
    assert!(service.documents[0].required && service.documents[0].key == key("lease"));
    assert_eq!(service.eligibility[0].en, "An organisation of the park");
    let legs: Vec<(&str, LegKind, usize)> =
        service.legs.iter().map(|leg| (leg.key.as_str(), leg.kind, leg.after.len())).collect();
    let want = [
        ("opinion", LegKind::Consult, 0),
        ("hong-kong", LegKind::Decide, 1),
        ("shenzhen", LegKind::Endorse, 1),
        ("inspection", LegKind::Inspect, 0),
    ];
    assert_eq!(legs, want);
    let when = service.legs[3].when.as_ref().unwrap();
    assert_eq!((when.field.as_str(), when.is.as_str()), ("class", "d"));
    assert_eq!(service.outcome, JointOutcome::Quorum(2));
    let Effect::Grant(grant) = &service.effect else { panic!("{:?}", service.effect) };
    assert_eq!((grant.valid_days, grant.balance_field.as_ref()), (730, Some(&key("quantity"))));
    assert!(matches!(service.form.field("worth").unwrap().kind, FieldKind::Money(Currency::Hkd)));
}

#[test]
fn what_is_left_out_is_decided_in_parallel_by_all() {
    let service = super::HETAO.service(&key("commuter-pass")).unwrap();
    assert!(service.legs.iter().all(|leg| leg.kind == LegKind::Decide && leg.after.is_empty() && leg.when.is_none()));
    assert_eq!(service.outcome, JointOutcome::All);
}

#[test]
fn legs_wait_only_for_legs_that_are_there_and_never_for_themselves() {
    check("after = [\"opinion\"]", "after = [\"nobody\"]", "the service has no leg `nobody`");
    check("after = [\"opinion\"]", "after = [\"hong-kong\"]", "the leg `hong-kong` waits for itself");
    check("after = [\"opinion\"]", "after = [\"shenzhen\"]", "the leg `hong-kong` waits for itself");
    check("after = [\"opinion\"]", "after = [\"opinion\", \"opinion\"]", "`after` names something twice");
}

#[test]
fn a_leg_depends_only_on_a_choice_that_is_told_in_plain_text() {
    check("when_field = \"class\"", "when_field = \"weight\"", "the form has no field `weight`");
    check("when_field = \"class\"", "when_field = \"quantity\"", "`quantity` is no choice");
    check("when_field = \"class\"", "when_field = \"uses\"", "`uses` is no choice");
    check("when_is = \"d\"", "when_is = \"e\"", "`class` has no option `e`");
    check_at("when_is = \"d\"\n", "", "when_field = \"class\"", "which option makes this leg is not said");
    check_at("when_field = \"class\"\n", "", "when_is = \"d\"", "of which field this is an option is not said");
    let personal = "key = \"class\"\npersonal = true";
    check_at("key = \"class\"", personal, "when_field = \"class\"", "`class` is personal");
}

#[test]
fn somebody_decides_whatever_is_answered() {
    let zone = zone();
    for leg in ["kind = \"decide\"", "kind = \"endorse\"", "kind = \"inspect\""] {
        replace(zone.path(), FILE, leg, "kind = \"consult\"");
    }
    replace(zone.path(), FILE, "by = \"rule\"", "by = \"officer\"");
    replace(zone.path(), FILE, "rule = \"quorum\"\nquorum = 2", "rule = \"all\"");
    let found = faults(zone.path());
    assert!(found.len() == 1 && found[0].what.contains("nobody decides") && found[0].line.is_some(), "{found:#?}");
    check("by = \"officer\"\nkind = \"consult\"", "by = \"rule\"\nkind = \"consult\"", "a rule has no opinion");
}

#[test]
fn a_joint_outcome_can_be_reached() {
    check("quorum = 2", "quorum = 3", "3 approvals are asked for, and there may be no more than 2");
    check_at("quorum = 2\n", "", "rule = \"quorum\"", "how many approvals approve is not said");
    check_at("rule = \"quorum\"", "rule = \"any\"", "quorum = 2", "no approvals are counted by this rule");
    check_at("rule = \"quorum\"\nquorum = 2", "rule = \"recognition\"", "rule = \"recognition\"", "which leg decides");
    let lead = |leg: &str| format!("rule = \"recognition\"\nlead = \"{leg}\"");
    let stands = |leg: &str| format!("lead = \"{leg}\"");
    for (leg, what) in [
        ("nobody", "the service has no leg `nobody`"),
        ("opinion", "`opinion` gives an opinion"),
        ("inspection", "`inspection` is there for some answers only"),
    ] {
        check_at("rule = \"quorum\"\nquorum = 2", &lead(leg), &stands(leg), what);
    }
    check_at("quorum = 2", "quorum = 2\nlead = \"hong-kong\"", &stands("hong-kong"), "no leg leads by this rule");
}

#[test]
fn the_other_bank_recognises_only_with_a_leg_of_its_own() {
    let zone = zone();
    replace(zone.path(), FILE, "rule = \"quorum\"\nquorum = 2", "rule = \"recognition\"\nlead = \"hong-kong\"");
    assert!(Profile::load(zone.path()).is_ok());
    for _ in 0..2 {
        replace(zone.path(), FILE, "office = \"sz-exit-entry\"", "office = \"hk-supervision\"");
    }
    let found = faults(zone.path());
    assert!(found.len() == 1 && found[0].what.contains("no leg of the north bank recognises it"), "{found:#?}");
    assert!(found[0].line.is_some(), "{found:#?}");
}

#[test]
fn a_balance_is_a_quantity_in_a_unit_and_never_personal() {
    check("balance_field = \"quantity\"", "balance_field = \"weight\"", "the form has no field `weight`");
    check("balance_field = \"quantity\"", "balance_field = \"class\"", "`class` is neither a number nor money");
    check("balance_field = \"quantity\"", "balance_field = \"worth\"", "`worth` may be left empty");
    let stands = "balance_field = \"quantity\"";
    check_at("kind = \"number\"", "kind = \"number\"\npersonal = true", stands, "`quantity` is personal");
    let unit = "unit = { zh-Hant = \"件\", zh-Hans = \"件\", en = \"pieces\" }\n";
    check_at(unit, "", stands, "`quantity` has no unit");
}

#[test]
fn who_applies_and_what_follows_fit_what_the_service_is_about() {
    check("applicants = [\"clerk\"]", "applicants = [\"clerk\", \"person\"]", "only a clerk acts for an organisation");
    check("applicants = [\"clerk\"]", "applicants = []", "`applicants` is empty");
    check("applicants = [\"clerk\"]", "applicants = [\"clerks\"]", "`applicants` is not as it should be");
    check("confirmed_by_subject = false", "confirmed_by_subject = true", "about nobody who could confirm");
    check("group = \"goods\"", "group = \"things\"", "`group` is not as it should be");
    check_at("about = \"organisation\"", "about = \"permit\"", "kind = \"grant\"", "the effect does not fit");
}

#[test]
fn fees_documents_units_and_currencies_are_checked_too() {
    check("amount_minor = 16500", "amount_minor = -1", "`amount_minor` is not as it should be");
    check("currency = \"HKD\"", "currency = \"GBP\"", "`currency` is not as it should be");
    check("kind = \"whitelist-membership\"", "kind = \"White List\"", "`kind` is not as it should be");
    check_at("maximum = 500", "maximum = 0", "maximum = 0", "no number is small enough");
    check_at("kind = \"grant\"", "kind = \"answer\"", "[effect.grant]", "this effect issues no such thing");
}

/// What a page posts, and what the schema then finds.
#[track_caller]
fn check_posted(field: &str, typed: &str, value: Value, want: Option<FieldFaultCode>) {
    let form = &SERVICE.form;
    let posted = [("class", "c"), ("uses", "research"), ("quantity", "3"), (field, typed)];
    let submitted = form.value_of(posted);
    assert_eq!(submitted[field], value, "{typed}");
    let faults = form.check(&submitted);
    let found: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
    assert_eq!(found, want.map(|code| (field, code)).into_iter().collect::<Vec<_>>(), "{typed}");
}

#[test]
fn sums_are_typed_in_major_units_and_kept_in_minor_ones() {
    check_posted("worth", "1,234.50", json!(123_450), None);
    check_posted("worth", "0.99", json!(99), Some(FieldFaultCode::TooSmall));
    check_posted("worth", "12,34", json!("12,34"), Some(FieldFaultCode::WrongType));
}

#[test]
fn an_authoritys_number_takes_its_one_form_and_a_mistyped_place_is_named_as_such() {
    use FieldFaultCode::{WrongCheckDigit, WrongFormat};
    check_posted("contact-card", "a123456 3", json!("A123456(3)"), None);
    check_posted("contact-card", "A123456(4)", json!("A123456(4)"), Some(WrongCheckDigit));
    check_posted("contact-card", "A12345", json!("A12345"), Some(WrongFormat));
    check_posted("resident-card", "11010519491231002x", json!("11010519491231002X"), None);
    check_posted("resident-card", "110105194912310021", json!("110105194912310021"), Some(WrongCheckDigit));
    check_posted("credit-code", "91350100m000100y43", json!("91350100M000100Y43"), None);
    check_posted("credit-code", "91350100M000100Y34", json!("91350100M000100Y34"), Some(WrongCheckDigit));
    check_posted("registration", "1234 5678", json!("12345678"), None);
    check_posted("registration", "1234567", json!("1234567"), Some(WrongFormat));
    check_posted("commodity", "9018.90", json!("901890"), None);
    check_posted("commodity", "9018", json!("9018"), Some(WrongFormat));
}

#[test]
fn several_boxes_are_an_array_and_none_ticked_is_missing() {
    let form = &SERVICE.form;
    let submitted = form.value_of([("class", "d"), ("quantity", "1"), ("uses", "research"), ("uses", "testing")]);
    assert_eq!(submitted["uses"], json!(["research", "testing"]));
    assert_eq!(form.check(&submitted), []);
    for (uses, code) in [
        (json!([]), FieldFaultCode::Missing),
        (json!(["cooking"]), FieldFaultCode::NotAChoice),
        (json!("research"), FieldFaultCode::WrongType),
        (json!(["research", "research"]), FieldFaultCode::WrongFormat),
    ] {
        let faults = form.check(&json!({ "class": "d", "quantity": 1, "uses": uses }));
        assert_eq!(faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect::<Vec<_>>(), [("uses", code)]);
    }
    let none = form.check(&form.value_of([("class", "d"), ("quantity", "1")]));
    assert_eq!(none.iter().map(|fault| fault.code).collect::<Vec<_>>(), [FieldFaultCode::Missing]);
}
