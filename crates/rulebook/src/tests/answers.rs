//! How an answer comes about, whatever the rules say: missing facts, Cedar's own authoriser, memory, the table of rights.

use super::{RULES, actor, but, check_table, clerk_of, folder, in_words, officer, person, with_fact};
use crate::{Rulebook, check, rights_table};
use base::{Entity, Key, Outcome, Question, Rules, Value};
use cedar_policy::{Authorizer, Decision, Policy, PolicyId, PolicySet};
use proptest::prelude::*;
use std::sync::LazyLock;

fn without(mut question: Question, name: &str) -> Question {
    question.context.retain(|(known, _)| known != name);
    question.principal.facts.retain(|(known, _)| known != name);
    question
}

fn view(principal: Entity) -> Question {
    let somebody = Entity::new("Person", "P-1")
        .with("person", "P-1")
        .with("organisation", "O-1")
        .with("host", "")
        .with("erased", false);
    Question::new("view_person", principal, somebody)
        .with("bank", "south")
        .with("case_closed_days", -1)
        .with("current", true)
}

#[test]
fn a_rule_that_misses_a_fact_closes_the_way_and_is_named() {
    let sees = view(officer("hk", "south", "immigration"));
    assert_eq!(RULES.ask(&sees).outcome, Outcome::Permitted);
    // A permit that cannot be judged is no permission.
    let answer = RULES.ask(&without(sees.clone(), "bank"));
    assert_eq!(in_words(&answer), "refused by facts-incomplete, officer-sees-people-with-a-case");
    // A forbid that cannot be judged forbids, even where a permit is satisfied.
    let answer = RULES.ask(&without(sees, "duty"));
    assert_eq!(in_words(&answer), "refused by facts-incomplete, auditors-do-not-see-people");
}

#[test]
fn a_satisfied_permit_is_enough_where_another_could_not_be_judged() {
    let own = without(view(person("P-1")), "organisation");
    assert_eq!(in_words(&RULES.ask(&own)), "permitted by person-sees-self");
}

#[test]
fn a_question_that_contradicts_itself_or_is_of_no_kind_is_refused() {
    let twice = view(person("P-1")).with("bank", "north");
    assert_eq!(in_words(&RULES.ask(&twice)), "refused by facts-incomplete");
    let of_no_kind = Question { principal: Entity::new("Robot", "R"), ..view(person("P-1")) };
    assert_eq!(in_words(&RULES.ask(&of_no_kind)), "refused by facts-incomplete");
    let unheard_of = Question::new("fly", actor("system"), Entity::new("Log", "log"));
    assert_eq!(in_words(&RULES.ask(&unheard_of)), "refused by default");
}

#[test]
fn the_two_answers_without_policies_are_explained_like_policies() {
    for name in [Rulebook::NOTHING_PERMITS, Rulebook::FACTS_INCOMPLETE] {
        let card = RULES.explain(&Key::new(name).expect("a key")).expect("a card");
        assert!(card.reason.en.len() > 10 && card.remedy.zh_hant.len() > 10, "{name}");
    }
}

#[test]
fn a_question_that_does_not_fit_the_schema_is_told_so() {
    assert_eq!(RULES.check(&view(person("P-1"))), Ok(()));
    for wrong in [
        without(view(person("P-1")), "bank"),
        without(view(person("P-1")), "role"),
        view(person("P-1")).with("unheard_of", true),
        with_fact(view(person("P-1")), "bank", 3),
    ] {
        assert!(RULES.check(&wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn every_policy_speaks_three_languages_and_can_be_read() {
    assert!(RULES.policies().count() > 70);
    for card in RULES.policies() {
        let mut texts = vec![&card.reason, card.reason_for_public()];
        if card.outcome != Outcome::Permitted {
            texts.extend([&card.remedy, card.remedy_for_public()]);
        }
        for text in texts {
            let id = &card.id;
            assert!(text.en.is_ascii() || text.en.contains(['“', '’']), "{id}: {}", text.en);
            assert!(!text.zh_hant.is_ascii() && !text.zh_hans.is_ascii(), "{id}");
            assert_ne!(text.zh_hant, text.zh_hans, "{id}");
        }
        assert!(RULES.text_of(&card.id).is_some_and(|text| text.contains(card.id.as_str()) && text.ends_with(';')));
    }
    let card = RULES.explain(&Key::new("pass-must-be-known").expect("a key")).expect("a policy");
    let file = std::fs::read_to_string(folder().join(&card.file)).expect("the file");
    let line = file.lines().nth(card.line as usize - 1);
    assert_eq!(line, Some("@id(\"pass-must-be-known\")"));
}

#[test]
fn both_chinese_scripts_keep_to_themselves() {
    let (hans_only, hant_only) = ("证闸桥门签协请员当园", "證閘橋門簽協請員當園");
    for card in RULES.policies() {
        for text in [&card.reason, &card.remedy, card.reason_for_public(), card.remedy_for_public()] {
            let stray = text.zh_hant.chars().find(|c| hans_only.contains(*c));
            assert_eq!(stray, None, "{}: {}", card.id, text.zh_hant);
            let stray = text.zh_hans.chars().find(|c| hant_only.contains(*c));
            assert_eq!(stray, None, "{}: {}", card.id, text.zh_hans);
        }
    }
}

#[test]
fn the_table_of_rights_is_the_one_checked_in() {
    let path = folder().join("rights.md");
    let table = rights_table(&RULES);
    if std::env::var_os("UPDATE_RIGHTS").is_some() {
        std::fs::write(&path, &table).expect("rights.md can be written");
    }
    let checked_in = std::fs::read_to_string(&path).expect("rights.md");
    assert!(table == checked_in, "rights changed: look at them, then run with UPDATE_RIGHTS=1\n{table}");
}

#[test]
fn the_table_shows_conflicts_of_interest_as_rights_that_nobody_has_over_themselves() {
    let ask = |person: &str| {
        let pass = Entity::new("Permit", "T-1")
            .with("permit", "T-1")
            .with("kind", "commuter")
            .with("holder", person)
            .with("organisation", "O-2")
            .with("status", "valid");
        Question::new("revoke_permit", officer("hk", "south", "immigration"), pass)
    };
    check_table(&[
        ("another's", ask("P-1"), "permitted by border-officers-stop-permits"),
        ("one's own", ask("P-30"), "refused by officer-must-not-rule-on-own-permit"),
    ]);
}

/// All policies as Cedar's own authoriser sees them.
static POLICY_SET: LazyLock<PolicySet> = LazyLock::new(|| {
    let policies = RULES.policies().map(|card| {
        let text = RULES.text_of(&card.id).expect("a policy's text");
        Policy::parse(Some(PolicyId::new(card.id.as_str())), text).expect("it was read before")
    });
    PolicySet::from_policies(policies).expect("ids are unique")
});

fn principals() -> impl Strategy<Value = Entity> {
    prop_oneof![
        Just(actor("anonymous")),
        Just(actor("system")),
        Just(actor("operator")),
        prop::sample::select(vec!["P-1", "P-20", "P-2"]).prop_map(person),
        prop::sample::select(vec!["O-1", "O-2"]).prop_map(clerk_of),
        (
            prop::sample::select(vec!["hk-immigration", "sz-immigration"]),
            prop::sample::select(vec!["north", "south"]),
            prop::sample::select(vec!["immigration", "supervision", "operations", "audit"]),
            prop::sample::select(vec!["P-1", "P-20", "P-30"]),
        )
            .prop_map(|(office, bank, duty, person)| but(officer(office, bank, duty), "person", person)),
    ]
}

/// Questions about a case, some without one of their facts.
fn questions() -> impl Strategy<Value = Question> {
    let actions = vec!["approve_leg", "view_case", "decide_by_rule", "withdraw_case", "open_case", "submit_case"];
    let banks = prop::sample::select(vec!["north", "south"]);
    let missing = prop::option::of(prop::sample::select(vec!["role", "person", "leg_here", "watchlisted"]));
    (prop::sample::select(actions), principals(), banks, any::<[bool; 4]>(), 0..20_i64, missing).prop_map(
        |(action, principal, bank, flags, visits, missing)| {
            let resource = Entity::new("Case", "C-1")
                .with("case", "C-1")
                .with("service", "visitor-pass")
                .with("organisation", "O-1")
                .with("of_organisation", false)
                .with("delegation", "")
                .with("subject", "P-1")
                .with("applicant", "P-20")
                .with("stage", "deciding")
                .with("leg_office", "hk-immigration")
                .with("leg_bank", bank)
                .with("changes_as", "")
                .with("decided_before", base::Value::Texts(Vec::new()));
            let question = Question::new(action, principal, resource)
                .with("applicant_role", "clerk")
                .with("same_organisation", flags[0])
                .with("applications_left", -1)
                .with("leg_here", flags[1])
                .with("host_in_good_standing", flags[2])
                .with("document_confirmed", true)
                .with("watchlisted", flags[3])
                .with("visits_last_30_days", Value::Long(visits));
            match missing {
                Some(name) => without(question, name),
                None => question,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_answer_is_cedars_own_wherever_every_rule_could_be_judged(question in questions()) {
        let answer = RULES.ask(&question);
        let (request, entities) = check::request(&question, None).expect("a request");
        let response = Authorizer::new().is_authorized(&request, &POLICY_SET, &entities);
        let mut theirs: Vec<String> = response.diagnostics().reason().map(ToString::to_string).collect();
        let mut ours: Vec<String> = answer.policies.iter().map(ToString::to_string).collect();
        ours.sort();
        theirs.sort();
        if response.diagnostics().errors().next().is_none() {
            prop_assert_eq!(answer.outcome == Outcome::Permitted, response.decision() == Decision::Allow);
            prop_assert_eq!(ours, theirs);
        } else if answer.outcome == Outcome::Permitted {
            // Where something could not be judged, we are never more generous than Cedar.
            prop_assert_eq!(response.decision(), Decision::Allow);
            prop_assert_eq!(ours, theirs);
        } else {
            prop_assert!(!answer.policies.is_empty());
        }
    }
}
