//! `hetao guidance search`.

use crate::program::hetao;

#[test]
fn a_question_in_one_language_is_answered_in_another_with_its_source() {
    let run = hetao(["guidance", "search", "無感通關", "--language", "en"]).ending_with(0);
    for wanted in ["seamless clearance", "[outline 7.2.2]", "/outline/7.2.2"] {
        assert!(run.stdout.contains(wanted), "{wanted} is missing in:\n{}", run.stdout);
    }
    let json = hetao(["guidance", "search", "commuter", "pass", "--kind", "service", "--limit", "1", "--json"]);
    let json = json.ending_with(0).json();
    assert_eq!((&json["ok"], &json["hits"][0]["key"]), (&true.into(), &"commuter-pass".into()));
    assert_eq!(json["hits"].as_array().unwrap().len(), 1);
}

#[test]
fn what_nothing_answers_ends_with_1_and_an_unknown_kind_with_2() {
    let run = hetao(["guidance", "search", "xyzzyplugh"]).ending_with(1);
    assert!(run.stdout.contains("nothing was found"), "{}", run.stdout);
    hetao(["guidance", "search", "pass", "--kind", "poem"]).ending_with(2);
}
