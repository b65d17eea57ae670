//! An organisation applies by its clerk; what the course of its case depends on is told in plain text, and nothing else.

use super::*;
use crate::may_open;

fn own_organisation(service: &str, organisation: u32) -> Command {
    open_about(service, Some(1), About::Organisation(OrganisationId(organisation)))
}

/// The goods' application with other disclosures.
fn telling(choices: &[(&str, &str)], balance: Option<i64>) -> Command {
    let mut command = open_goods("c");
    if let Command::Open { disclosed, .. } = &mut command {
        let choices = choices.iter().map(|(field, chosen)| (key(field), key(chosen)));
        *disclosed = Disclosed { choices: choices.collect(), balance, organisation: None };
    }
    command
}

#[test]
fn a_clerk_applies_for_the_own_organisation_and_no_other() {
    let mut cases = Cases::new();
    let of_another = open_about("in-order", Some(1), About::Organisation(OrganisationId(2)));
    cases
        .check(SUBJECT, open_goods("c"), "refused: nothing permits it")
        .check(CLERK, of_another, "refused: nothing permits it")
        .check("clerk:P-1:O-2", open_goods("c"), "refused: nothing permits it")
        .check(CLERK, own_organisation("commuter-pass", 1), "refused: service-must-match-what-it-is-about")
        .check(
            CLERK,
            open_about("in-order", Some(1), About::Person(PersonId(2))),
            "refused: service-must-match-what-it-is-about",
        )
        .check(CLERK, open_goods("c"), "opened + submitted");
    assert_eq!((cases.case(1).subject, cases.case(1).applicant), (PersonId(1), PersonId(1)));
    let ids: Vec<u32> = crate::of_organisation(&cases.state, OrganisationId(1)).map(|(id, _)| id.0).collect();
    assert_eq!(ids, [1]);
}

#[test]
fn an_organisation_asks_for_one_quantity_after_another() {
    let mut cases = Cases::new();
    cases.check(CLERK, open_goods("c"), "opened + submitted").check(CLERK, open_goods("c"), "opened + submitted");
}

#[test]
fn a_person_has_many_questions_and_one_application_for_the_same_grant() {
    let mut cases = Cases::new();
    let own = |service| open_about(service, None, About::Person(PersonId(2)));
    cases
        .check(SUBJECT, own("any-of-two"), "opened + submitted")
        .check(SUBJECT, own("any-of-two"), "opened + submitted")
        .check(SUBJECT, own("recognised"), "opened + submitted")
        .check(SUBJECT, own("recognised"), "refused: case-must-be-the-only-one-open");
}

#[test]
fn a_service_may_be_applied_for_in_more_than_one_capacity() {
    let mut cases = Cases::new();
    cases
        .check(SUBJECT, open_about("any-of-two", None, About::Person(PersonId(2))), "opened + submitted")
        .check(CLERK, open("any-of-two", 2), "opened + submitted")
        .check(SOUTH, open("any-of-two", 2), "refused: nothing permits it");
}

#[test]
fn what_the_course_of_a_case_depends_on_is_told_and_nothing_else() {
    let mut cases = Cases::new();
    cases
        .check(CLERK, own_organisation("in-order", 1), "refused: choice-must-be-given")
        .check(CLERK, telling(&[("class", "c")], None), "refused: choice-must-be-given")
        .check(CLERK, telling(&[("class", "e")], Some(1)), "refused: disclosure-must-be-the-services")
        .check(
            CLERK,
            telling(&[("class", "c"), ("quantity", "250")], Some(1)),
            "refused: disclosure-must-be-the-services",
        )
        .check(CLERK, telling(&[("class", "c")], Some(1)), "opened + submitted");
    let mut talkative = open("commuter-pass", 2);
    if let Command::Open { disclosed, .. } = &mut talkative {
        disclosed.choices.insert(key("document-kind"), key("passport"));
    }
    cases.check(CLERK, talkative, "refused: disclosure-must-be-the-services");
}

#[test]
fn of_the_answers_only_what_a_leg_or_a_balance_depends_on_is_disclosed() {
    let answers = serde_json::json!({ "class": "d", "quantity": 250, "words": "private" });
    let disclosed = Disclosed::of(&PROFILE.services["in-order"], &answers);
    assert_eq!(
        disclosed,
        Disclosed { choices: [(key("class"), key("d"))].into(), balance: Some(250), organisation: None }
    );
    assert_eq!(Disclosed::of(&PROFILE.services["commuter-pass"], &answers), Disclosed::default());
}

/// Asked before anything is typed: `yes`, or why not.
fn asked(cases: &Cases, actor: &str, service: &str, about: Option<About>) -> String {
    let actor: Actor = actor.parse().unwrap();
    let ctx = Ctx { now: cases.now, actor: &actor, rules: &*RULES };
    let answer = may_open(&cases.state, &PEOPLE, &PERMITS, &PROFILE, &key(service), about, &ctx);
    answer.map_or_else(|refusal| in_words(&Err(refusal)), |()| "yes".into())
}

#[test]
fn before_anything_is_typed_it_is_said_who_can_apply_and_why_not() {
    let cases = Cases::submitted();
    let person = |id| Some(About::Person(PersonId(id)));
    let organisation = Some(About::Organisation(OrganisationId(1)));
    for (actor, service, about, want) in [
        (CLERK, "in-order", organisation, "yes"),
        (SUBJECT, "in-order", organisation, "refused: nothing permits it"),
        (CLERK, "in-order", person(2), "refused: service-must-match-what-it-is-about"),
        (CLERK, "commuter-pass", None, "yes"),
        (CLERK, "visitor-pass", None, "yes"),
        (SUBJECT, "commuter-pass", None, "refused: nothing permits it"),
        (CLERK, "in-order", None, "refused: service-must-match-what-it-is-about"),
        (CLERK, "commuter-pass", person(2), "refused: case-must-be-the-only-one-open"),
        (SUBJECT, "personal-data-erasure", person(2), "yes"),
        (SUBJECT, "personal-data-erasure", person(8), "refused: nothing permits it"),
        (SUBJECT, "no-such-service", None, "refused: service-must-be-known"),
        ("person:P-6", "personal-data-erasure", person(6), "refused: subject-must-be-known"),
        ("anonymous", "personal-data-erasure", None, "refused: person-must-act"),
        (NORTH, "pass-revocation", Some(About::Permit(PermitId(1))), "yes"),
    ] {
        assert_eq!(asked(&cases, actor, service, about), want, "{actor} {service}");
    }
}
