//! Fields show what they were given, escaped, and tell assistive technology what is wrong.

use super::*;

const EVIL: &str = "\"><script>alert('x')</script>&";

fn evil_choices() -> [Choice; 2] {
    [Choice::new(EVIL, EVIL).hint(EVIL), Choice::new("b", "B")]
}

#[test]
fn no_field_lets_markup_through() {
    let mut errors = Errors::new();
    errors.add(EVIL, EVIL);
    errors.add_general(EVIL);
    let field = || Field::new(EVIL, EVIL).hint(EVIL).value(EVIL).values([EVIL]).errors(&errors);
    let all = [
        field().text(),
        field().long_text(3),
        field().date(Language::En),
        field().select(&evil_choices()),
        field().radios(&evil_choices()),
        field().checkboxes(&evil_choices()),
        field().file(EVIL),
        hidden(EVIL, EVIL),
        submit(Weight::Primary, EVIL),
        submit_as(Weight::Grave, EVIL, EVIL, EVIL),
        button_link(Weight::Secondary, EVIL, EVIL),
        errors.summary(Language::En),
        problem(Language::En, EVIL, EVIL, Some(EVIL)),
    ];
    for markup in all {
        let markup = markup.into_string();
        assert!(!markup.contains("<script") && !markup.contains("\"&gt;"), "{markup}");
        assert!(markup.contains("&lt;script&gt;"), "the value itself is shown: {markup}");
    }
}

#[test]
fn a_faulty_field_names_its_hint_and_its_error() {
    let mut errors = Errors::new();
    errors.add("name", "Enter a name");
    let markup = Field::new("name", "Name").hint("As on the document").errors(&errors).text().into_string();
    assert!(markup.contains(r#"aria-describedby="field-name-hint field-name-error""#), "{markup}");
    assert!(markup.contains(r#"aria-invalid="true""#));
    assert!(markup.contains(r#"id="field-name-error""#) && markup.contains(r#"id="field-name-hint""#));
    let summary = errors.summary(Language::En).into_string();
    assert!(summary.contains(r##"href="#field-name""##), "the summary leads to the field: {summary}");
}

#[test]
fn the_error_summary_of_a_group_leads_to_its_first_input() {
    for markup in [
        Field::new("when", "When").date(Language::ZhHant),
        Field::new("when", "When").radios(&evil_choices()),
        Field::new("when", "When").checkboxes(&evil_choices()),
    ] {
        assert_eq!(markup.into_string().matches(r#"id="field-when""#).count(), 1);
    }
}

#[test]
fn a_date_asks_for_the_year_first_in_chinese_and_last_in_english() {
    let order = |language| {
        let markup = Field::new("born", "Born").value("1990-02-28").date(language).into_string();
        let place = |text: &str| markup.find(text).unwrap();
        assert!(markup.contains(r#"name="born-month" type="text" inputmode="numeric" maxlength="4" value="02""#));
        place("born-year") < place("born-day")
    };
    assert!(order(Language::ZhHant));
    assert!(order(Language::ZhHans));
    assert!(!order(Language::En));
}

#[test]
fn nothing_is_shown_where_nothing_is_wrong() {
    assert_eq!(Errors::new().summary(Language::En).into_string(), "");
    assert!(!Field::new("a", "A").text().into_string().contains("aria-describedby"));
}
