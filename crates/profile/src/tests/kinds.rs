//! The kinds of field that long applications need: what is typed into them, what it becomes, and what is wrong with it.

use super::faults::{copy, faults, replace};
use super::key;
use crate::{CalculationLine, FieldFaultCode, Layout, Profile, Service};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::sync::LazyLock;
use tempfile::TempDir;

const FILE: &str = "services/long-form.toml";

fn zone() -> TempDir {
    let zone = copy();
    fs::write(zone.path().join(FILE), include_str!("../../testdata/long-form.toml")).unwrap();
    zone
}

static SERVICE: LazyLock<Service> = LazyLock::new(|| {
    let profile = Profile::load(zone().path()).unwrap_or_else(|faults| panic!("{faults:#?}"));
    profile.service(&key("long-form")).unwrap().clone()
});

/// What is posted becomes this, and has these faults.
#[track_caller]
fn check(posted: &[(&str, &str)], field: &str, value: Value, want: &[(&str, FieldFaultCode)]) {
    let submitted = SERVICE.form.value_of(posted.iter().copied());
    assert_eq!(submitted[field], value, "{posted:?}");
    let faults = SERVICE.form.check(&submitted);
    let found: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
    assert_eq!(found, want, "{posted:?}");
    // What a page would post for the answer is the same answer again.
    let texts = SERVICE.form.typed_of(&submitted);
    let again = SERVICE.form.value_of(texts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    assert_eq!(again[field], submitted[field], "{texts:?}");
}

#[test]
fn mail_addresses_and_telephones_are_kinds_of_their_own() {
    use FieldFaultCode::WrongFormat;
    check(&[("email", "a@b.example")], "email", json!("a@b.example"), &[]);
    check(&[("email", "nobody")], "email", json!("nobody"), &[("email", WrongFormat)]);
    check(&[("phone", "+852 5000-0101")], "phone", json!("+85250000101"), &[]);
    check(&[("phone", "5000 0101")], "phone", json!("5000 0101"), &[("phone", WrongFormat)]);
}

#[test]
fn decimals_keep_their_places_and_no_more() {
    use FieldFaultCode::{TooFine, TooLarge, TooSmall, WrongType};
    for text in ["0.07", "1.1", "4.35", "0.3", "99.99", "100", "33.33", "0"] {
        let number: Value = serde_json::from_str(text).unwrap();
        check(&[("weight", text)], "weight", number, &[]);
    }
    check(&[("weight", "12.50")], "weight", json!(12.5), &[]);
    check(&[("weight", "1.005")], "weight", json!(1.005), &[("weight", TooFine)]);
    check(&[("weight", "100.01")], "weight", json!(100.01), &[("weight", TooLarge)]);
    check(&[("weight", "-0.01")], "weight", json!(-0.01), &[("weight", TooSmall)]);
    for text in ["1,5", "1.", ".5", "1e3", "NaN", "--1", "12,34.5"] {
        check(&[("weight", text)], "weight", json!(text), &[("weight", WrongType)]);
    }
}

#[test]
fn a_long_list_takes_a_code_or_a_name_in_any_language_and_what_was_picked_first() {
    use FieldFaultCode::NotAChoice;
    for typed in ["fr", "France", "法國", "法国", " fRANCE "] {
        check(&[("nationality", typed)], "nationality", json!("fr"), &[]);
    }
    check(&[("nationality", "fra"), ("nationality/pick", "fr")], "nationality", json!("fr"), &[]);
    check(&[("nationality", "fra")], "nationality", json!("fra"), &[("nationality", NotAChoice)]);
    let profile = Profile::load(zone().path()).unwrap();
    let countries = &profile.lists[&key("countries")];
    let found: Vec<&str> = countries.matching("niger", 5).iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(found, ["ne", "ng"]);
    assert!(countries.matching(" ", 5).is_empty() && countries.matching("a", 5).len() == 5);
    assert_eq!(SERVICE.form.field("nationality").unwrap().meaning, key("country"));
}

#[test]
fn an_address_has_the_parts_of_its_region_and_forgets_those_of_another() {
    use FieldFaultCode::{Missing, NotAChoice, Unknown, WrongFormat};
    let hong_kong = [
        ("address/region", "hong-kong"),
        ("address/flat", "A"),
        ("address/street", "1 Example Road"),
        ("address/district", "north"),
        ("address/city", "left over"),
    ];
    let want = json!({ "region": "hong-kong", "flat": "A", "street": "1 Example Road", "district": "north" });
    check(&hong_kong, "address", want, &[]);
    let mainland = [("address/region", "mainland"), ("address/province", "44"), ("address/postcode", "51804")];
    let want = json!({ "region": "mainland", "province": "44", "postcode": "51804" });
    let faults = [("address/city", Missing), ("address/detail", Missing), ("address/postcode", WrongFormat)];
    check(&mainland, "address", want, &faults);
    let nowhere = [("address/street", "1 Example Road")];
    check(&nowhere, "address", json!({ "street": "1 Example Road" }), &[("address/region", Missing)]);
    let wrong = json!({ "region": "hong-kong", "street": "1", "district": "south", "city": "深圳", "x": 1 });
    let faults = SERVICE.form.check(&json!({ "address": wrong }));
    let found: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
    assert_eq!(found, [("address/city", WrongFormat), ("address/district", NotAChoice), ("address/x", Unknown)]);
}

#[test]
fn a_document_is_checked_by_its_kind_and_a_card_may_have_no_end() {
    use FieldFaultCode::{Missing, NotAChoice, NotADate, WrongCheckDigit, WrongFormat};
    let card = |kind, number| [("card/kind", kind), ("card/number", number)];
    let is = |kind: &str, number: &str| json!({ "kind": kind, "number": number });
    let hong_kong = "hong-kong-identity-card";
    check(&card(hong_kong, "a123456 3"), "card", is(hong_kong, "A123456(3)"), &[]);
    check(&card(hong_kong, "A123456(4)"), "card", is(hong_kong, "A123456(4)"), &[("card/number", WrongCheckDigit)]);
    check(&card("passport", "zz 0001012"), "card", is("passport", "ZZ0001012"), &[("card/expires", Missing)]);
    let mainland = "mainland-identity-card";
    check(
        &card(mainland, "11010519491231002X"),
        "card",
        is(mainland, "11010519491231002X"),
        &[("card/kind", NotAChoice)],
    );
    check(&[("card/number", "x")], "card", json!({ "number": "x" }), &[("card/kind", Missing)]);
    let expired = [("card/kind", "passport"), ("card/number", "?"), ("card/expires", "2030-02-31")];
    let want = json!({ "kind": "passport", "number": "?", "expires": "2030-02-31" });
    check(&expired, "card", want, &[("card/expires", NotADate), ("card/number", WrongFormat)]);
}

#[test]
fn a_group_has_as_many_rows_as_were_filled_and_each_fault_names_its_row() {
    use FieldFaultCode::{Missing, NotAChoice, TooLong, TooMany, Unknown};
    let two = [
        ("boxes/0/label", "A"),
        ("boxes/1/label", "B"),
        ("boxes/1/chapter", "optical"),
        ("boxes/1/chapter/pick", "90"),
    ];
    check(&two, "boxes", json!([{ "label": "A" }, { "label": "B", "chapter": "90" }]), &[]);
    let gap = [("boxes/1/label", "much too long"), ("boxes/2/label", ""), ("boxes/0/chapter", "77")];
    let want = json!([{ "chapter": "77" }, { "label": "much too long" }]);
    check(
        &gap,
        "boxes",
        want,
        &[("boxes/0/chapter", NotAChoice), ("boxes/0/label", Missing), ("boxes/1/label", TooLong)],
    );
    let four: Vec<(String, &str)> = (0..4).map(|row| (format!("boxes/{row}/label"), "A")).collect();
    let four: Vec<(&str, &str)> = four.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let row = json!({ "label": "A" });
    check(&four, "boxes", json!([row, row, row, row]), &[("boxes", TooMany)]);
    let strange =
        SERVICE.form.value_of([("boxes/0/label", "A"), ("boxes/0/price", "1"), ("boxes/999999999/label", "B")]);
    assert_eq!(strange["boxes"], json!([{ "label": "A", "price": "1" }]));
    let faults = SERVICE.form.check(&strange);
    let found: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.code)).collect();
    assert_eq!(found, [("boxes/0/price", Unknown), ("boxes/999999999/label", Unknown)]);
}

#[test]
fn selects_places_and_numbers_of_people_and_organisations_have_their_shapes() {
    use FieldFaultCode::{NotAChoice, WrongFormat};
    check(&[("size", "small")], "size", json!("small"), &[]);
    check(&[("size", "huge")], "size", json!("huge"), &[("size", NotAChoice)]);
    check(&[("where", "hk-wet-laboratories")], "where", json!("hk-wet-laboratories"), &[]);
    check(&[("where", "the-moon")], "where", json!("the-moon"), &[("where", NotAChoice)]);
    check(&[("partner", "O-12")], "partner", json!("O-12"), &[]);
    check(&[("partner", "Heron")], "partner", json!("Heron"), &[("partner", WrongFormat)]);
    check(&[("colleague", "Kap"), ("colleague/pick", "P-3")], "colleague", json!("P-3"), &[]);
    check(&[("colleague", "O-12")], "colleague", json!("O-12"), &[("colleague", WrongFormat)]);
}

#[test]
fn a_share_is_no_more_than_its_part_of_another_sum() {
    let faults = |own: i64, granted: i64| SERVICE.form.check(&json!({ "own": own, "granted": granted }));
    assert_eq!(faults(200, 100), []);
    let fault = faults(201, 101).pop().unwrap();
    assert_eq!(
        (fault.field.as_str(), fault.code, fault.limit.as_deref()),
        ("granted", FieldFaultCode::AboveShare, Some("100"))
    );
    assert_eq!(SERVICE.form.check(&json!({ "granted": 101 })), [], "the other sum is not answered yet");
}

#[test]
fn rates_and_bounds_of_a_calculation_come_from_the_figures() {
    let calculation = SERVICE.calculation.as_ref().unwrap();
    let lines = calculation.lines(&json!({ "own": 250_000_000, "granted": 10_000_000 })).unwrap();
    assert_eq!(lines.last(), Some(&CalculationLine::Result { amount_minor: 600_000_000 + 80_000_000 }));
}

#[test]
fn a_form_in_parts_asks_each_field_in_one_of_them_and_a_document_says_what_it_takes() {
    assert_eq!(SERVICE.form.layout, Layout::Tasks);
    let parts: Vec<(&str, usize)> =
        SERVICE.form.parts.iter().map(|part| (part.key.as_str(), part.fields.len())).collect();
    assert_eq!(parts, [("who", 8), ("what", 7)]);
    let uploads: Vec<_> =
        SERVICE.uploads().map(|asked| (asked.key.as_str(), asked.bytes_max, asked.files_max)).collect();
    assert_eq!(uploads, [("plan", 2 << 20, 3), ("proof", 4 << 20, 2)]);
    assert!(SERVICE.is_applied_for_in_steps());
}

#[test]
fn a_document_that_a_field_asks_for_is_its_answer_and_is_not_asked_for_beside_the_form() {
    let beside: Vec<&str> = SERVICE.uploads_beside_form().map(|asked| asked.key.as_str()).collect();
    assert_eq!(beside, ["plan"]);
    assert_eq!(SERVICE.form.file_field("proof").map(|field| field.key.as_str()), Some("proof-of-loan"));
    let schema = &SERVICE.form.schema["properties"]["proof-of-loan"];
    assert_eq!((&schema["x-document"], &schema["maxItems"]), (&json!("proof"), &json!(2)));
    let (one, other, third) = ("0a".repeat(32), "0b".repeat(32), "0c".repeat(32));
    let faults = |files: &[&str]| {
        let posted: Vec<(&str, &str)> = files.iter().map(|file| ("proof-of-loan", *file)).collect();
        let value = SERVICE.form.value_of(posted);
        let found = SERVICE.form.check(&value).into_iter().filter(|fault| fault.field == "proof-of-loan");
        found.map(|fault| fault.code).collect::<Vec<_>>()
    };
    assert_eq!(faults(&[]), []);
    assert_eq!(faults(&[&one, &other]), []);
    assert_eq!(faults(&[&one, &other, &third]), [FieldFaultCode::TooMany]);
    assert_eq!(faults(&["proof.pdf"]), [FieldFaultCode::WrongFormat]);
}

#[test]
fn what_is_wrong_with_a_field_for_files_is_explained() {
    let field = "document = \"proof\"\n";
    faulty(field, "document = \"prof\"\n", "the service takes no files as `prof`");
    faulty(field, "document = \"licence\"\n", "the service takes no files as `licence`");
    faulty(field, "document = \"plan\"\n", "`plan` is required whether the field is asked or not");
    faulty(field, "document = \"proof\"\npersonal = true\n", "files are sealed");
    faulty(field, "document = \"proof\"\nshared = \"north\"\n", "read by the offices of both banks");
    let twice = "document = \"proof\"\n\n[[form.field]]\nkey = \"again\"\npart = \"what\"\n\
        label = { zh-Hant = \"Again\", zh-Hans = \"Again\", en = \"Again\" }\nkind = \"file\"\ndocument = \"proof\"\n";
    faulty(field, twice, "two fields ask for the document `proof`");
    let text = "kind = \"text\"\nrequired = true\nmax_length = 10";
    faulty(text, "kind = \"file\"\nrequired = true\ndocument = \"proof\"", "a file is not asked for row by row");
}

/// Replaces once and expects exactly one fault, in this file.
#[track_caller]
fn faulty(this: &str, by: &str, what: &str) {
    faulty_in(FILE, this, by, what);
}

fn faulty_in(file: &str, this: &str, by: &str, what: &str) {
    let zone = zone();
    replace(zone.path(), file, this, by);
    let found = faults(zone.path());
    let [fault] = found.as_slice() else { panic!("one fault for {by:?}, not {found:#?}") };
    assert_eq!(fault.file, file, "{fault}");
    assert!(fault.line.is_some() && fault.what.contains(what) && !fault.remedy.is_empty(), "{fault}");
}

#[test]
fn what_is_wrong_with_a_long_form_is_explained() {
    faulty("layout = \"tasks\"", "layout = \"cards\"", "`layout` is not as it should be");
    faulty("layout = \"tasks\"", "layout = \"one\"", "a form on one page has no parts");
    faulty("key = \"email\"\npart = \"who\"", "key = \"email\"\npart = \"whom\"", "the form has no part `whom`");
    faulty("key = \"email\"\npart = \"who\"", "key = \"email\"", "in none of the form's parts");
    faulty("key = \"email\"", "key = \"once\"", "pages send something else under this name");
    faulty("list = \"countries\"", "list = \"planets\"", "there is no list `planets`");
    faulty("places = 2", "places = 9", "`places` is not as it should be");
    faulty("accepted = [\"hong-kong-identity-card\", \"passport\"]", "accepted = []", "`accepted` is empty");
    faulty("most = 3", "most = 0", "`most` is not as it should be");
    faulty("least = 1\nmost = 3", "least = 3\nmost = 1", "no number of rows is small enough");
    let text = "kind = \"text\"\nrequired = true\nmax_length = 10";
    faulty(text, "kind = \"group\"\nrequired = true", "`kind` is not as it should be");
    faulty("of = \"own\"", "of = \"weight\"", "cannot be compared");
    faulty("one_for = \"accelerator-match\"", "one_for = \"accelerators\"", "there is no figure `accelerators`");
    faulty("add = [\"own\", \"lent\"]", "add = [\"own\", \"weight\"]", "`weight` is no sum in HKD");
    faulty("up_to = \"deduction-first-amount\"\n", "", "do not cover every sum once");
    faulty("formats = [\"pdf\", \"png\"]", "formats = [\"exe\"]", "`formats` is not as it should be");
    faulty("formats = [\"pdf\", \"png\"]\n", "", "a document that is not handed in has no limits");
    let person = "about = \"permit\"\ngroup = \"goods\"";
    faulty("about = \"organisation\"\ngroup = \"goods\"", person, "nobody hands in files for somebody else");
    faulty("megabytes_max = 2", "megabytes_max = 200", "`megabytes_max` is not as it should be");
    let name = "name = { zh-Hant = \"信\", zh-Hans = \"信\", en = \"Letter\" }";
    let document =
        format!("[[document]]\nkey = \"letter\"\nrequired = true\nformats = [\"pdf\"]\n{name}\n\n[form]\nteam");
    faulty_in("services/visitor-pass.toml", "[form]\nteam", &document, "nobody hands in files for a team");
}

proptest! {
    #[test]
    fn nothing_that_is_posted_breaks_a_long_form(
        name in "(boxes|address|card|weight|nationality|partner)(/[a-z0-9]{0,6}){0,3}",
        text in "\\PC{0,60}",
    ) {
        let value = SERVICE.form.value_of([(name.as_str(), text.as_str())]);
        SERVICE.form.check(&value);
        SERVICE.form.typed_of(&value);
        if let Some(calculation) = &SERVICE.calculation {
            calculation.lines(&value);
        }
    }
}

/// The event service with one more condition: that `field` be answered where `when_field` is answered so.
fn venue_with(when_field: &str, when_is: &str) -> TempDir {
    const VENUE: &str = "services/event-venue.toml";
    let zone = copy();
    let condition = format!(
        "[[form.condition]]\nwhen_field = \"{when_field}\"\nwhen_is = \"{when_is}\"\nfield = \"contact-phone\"\nrequired = true\n\n[[change]]"
    );
    replace(zone.path(), VENUE, "[[change]]", &condition);
    zone
}

#[test]
fn a_condition_hangs_on_a_box_ticked_or_left_and_on_one_choice_among_others() {
    let asked = |(when_field, when_is): (&str, &str), posted: &[(&str, &str)]| {
        let profile =
            Profile::load(venue_with(when_field, when_is).path()).unwrap_or_else(|faults| panic!("{faults:#?}"));
        let form = &profile.service(&key("event-venue")).unwrap().form;
        let faults = form.check(&form.value_of(posted.iter().copied()));
        faults.iter().any(|fault| fault.field == "contact-phone" && fault.code == FieldFaultCode::Missing)
    };
    for (when, posted, want) in [
        (("noise", "yes"), &[("noise", "on")][..], true),
        (("noise", "yes"), &[], false),
        (("noise", "no"), &[], true),
        (("noise", "no"), &[("noise", "on")], false),
        (("equipment", "stage"), &[("equipment", "power"), ("equipment", "stage")], true),
        (("equipment", "stage"), &[("equipment", "power")], false),
        (("equipment", "stage"), &[], false),
        (("food", "sold"), &[("food", "sold")], true),
        (("food", "sold"), &[("food", "none")], false),
    ] {
        assert_eq!(asked(when, posted), want, "{when:?} {posted:?}");
    }
}

#[test]
fn a_condition_on_what_cannot_be_answered_so_is_a_fault_where_it_stands() {
    for (when_field, when_is, what) in [
        ("noise", "ticked", "`noise` has no option `ticked`"),
        ("equipment", "piano", "`equipment` has no option `piano`"),
        ("programme", "music", "`programme` is neither a choice nor a box to tick"),
    ] {
        let zone = venue_with(when_field, when_is);
        let found = faults(zone.path());
        let [fault] = found.as_slice() else { panic!("one fault for {when_field}, not {found:#?}") };
        assert!(fault.what.contains(what) && fault.line.is_some() && !fault.remedy.is_empty(), "{fault}");
    }
}
