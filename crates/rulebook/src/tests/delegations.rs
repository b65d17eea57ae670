//! Delegations: who gives, answers and ends them, and how far they go.

use super::cases::{case, in_charge};
use super::{DEFAULT, but, check_table, clerk_of, officer, person, roster};
use base::{Entity, Question, Value};

fn texts(texts: &[&str]) -> Value {
    Value::Texts(texts.iter().map(|&text| text.into()).collect())
}

/// P-1 for O-1 under M-1, which gives everything.
fn delegate() -> Entity {
    let facts: [(&str, Value); 7] = [
        ("role", "delegate".into()),
        ("organisation", "O-1".into()),
        ("employer", "".into()),
        ("delegation", "M-1".into()),
        ("delegation_standing", "in-force".into()),
        ("delegated_all", true.into()),
        ("delegated_acts", texts(&["answer", "apply", "see", "sign", "withdraw"])),
    ];
    facts.into_iter().fold(person("P-40"), |delegate, (name, value)| but(delegate, name, value))
}

fn delegation() -> Entity {
    Entity::new("Delegation", "M-1").with("delegation", "M-1").with("organisation", "O-1").with("delegate", "P-40")
}

#[test]
fn clerks_give_delegations_and_nobody_passes_one_on() {
    let organisation = || Entity::new("Organisation", "O-1").with("organisation", "O-1");
    let ask = |principal| Question::new("give_delegation", principal, organisation());
    check_table(&[
        ("own clerk", ask(clerk_of("O-1")), "permitted by clerk-gives-delegations"),
        ("another's clerk", ask(clerk_of("O-2")), DEFAULT),
        ("employee", ask(person("P-1")), DEFAULT),
        ("delegate", ask(delegate()), "refused by delegations-are-not-passed-on"),
        ("operations", ask(officer("park", "south", "operations")), DEFAULT),
    ]);
}

#[test]
fn the_delegate_answers_and_either_side_ends() {
    let ask = |action, principal| Question::new(action, principal, delegation());
    let (answer, end) = ("answer_delegation", "end_delegation");
    check_table(&[
        ("delegate answers", ask(answer, person("P-40")), "permitted by delegate-answers-the-offer"),
        ("somebody else answers", ask(answer, person("P-1")), DEFAULT),
        ("clerk answers", ask(answer, clerk_of("O-1")), DEFAULT),
        ("delegate ends", ask(end, delegate()), "permitted by either-side-ends-a-delegation"),
        ("the person ends", ask(end, person("P-40")), "permitted by either-side-ends-a-delegation"),
        ("clerk ends", ask(end, clerk_of("O-1")), "permitted by either-side-ends-a-delegation"),
        ("another's clerk ends", ask(end, clerk_of("O-2")), DEFAULT),
        ("clerk sees", ask("view_delegation", clerk_of("O-1")), "permitted by both-sides-see-a-delegation"),
        ("somebody else sees", ask("view_delegation", person("P-1")), DEFAULT),
    ]);
}

#[test]
fn a_delegation_goes_as_far_as_it_was_given() {
    let ask = |principal| Question::new("withdraw_case", principal, case());
    let changed = |name, value: Value| ask(but(delegate(), name, value));
    let only = |services: &[&str]| but(but(delegate(), "delegated_all", false), "delegated_services", texts(services));
    check_table(&[
        ("everything", ask(delegate()), "permitted by delegate-follows-the-organisations-cases"),
        ("of another organisation", changed("organisation", "O-2".into()), DEFAULT),
        ("this service", ask(only(&["commuter-pass"])), "permitted by delegate-follows-the-organisations-cases"),
        ("another service", ask(only(&["visitor-pass"])), "refused by delegation-must-cover-the-service"),
        ("offered", changed("delegation_standing", "offered".into()), "refused by delegation-must-be-in-force"),
        ("begins later", changed("delegation_standing", "accepted".into()), "refused by delegation-must-be-in-force"),
        ("over", changed("delegation_standing", "expired".into()), "refused by delegation-must-be-in-force"),
        ("another act", changed("delegated_acts", texts(&["apply"])), "refused by delegation-must-let-withdraw"),
    ]);
}

#[test]
fn a_delegate_uploads_rosters_as_far_as_it_was_given_and_sees_those_of_the_delegation() {
    let own = || roster("O-1", "commuter-pass", "M-1");
    let changed = |name, value: Value| but(delegate(), name, value);
    let for_one = |service: &str| but(changed("delegated_all", false.into()), "delegated_services", texts(&[service]));
    let theirs = "permitted by delegate-uploads-rosters";
    for action in ["upload_roster", "mend_roster"] {
        let ask = |principal| Question::new(action, principal, own());
        check_table(&[
            ("everything", ask(delegate()), theirs),
            ("this service", ask(for_one("commuter-pass")), theirs),
            ("another service", ask(for_one("visitor-pass")), "refused by delegation-must-cover-the-service"),
            (
                "another act",
                ask(changed("delegated_acts", texts(&["answer", "see", "withdraw"]))),
                "refused by delegation-must-let-apply",
            ),
            ("over", ask(changed("delegation_standing", "expired".into())), "refused by delegation-must-be-in-force"),
            ("of another", ask(changed("organisation", "O-2".into())), DEFAULT),
        ]);
    }
    let rule = "refused by delegate-sees-rosters-of-the-delegation";
    for action in ["mend_roster", "view_roster"] {
        let ask = |of| Question::new(action, delegate(), roster("O-1", "commuter-pass", of));
        check_table(&[
            ("their own", ask("M-1"), theirs),
            ("a clerk's", ask(""), rule),
            ("another delegate's", ask("M-2"), rule),
        ]);
    }
}

#[test]
fn a_delegate_signs_for_the_organisation_only_where_that_was_given() {
    let asked = |signs: &str| but(but(but(case(), "signs", signs), "delegation", "M-1"), "applicant", "P-40");
    let ask = |principal, signs: &str| Question::new("sign_undertaking", principal, asked(signs));
    let changed = |name, value: Value| but(delegate(), name, value);
    let without = || changed("delegated_acts", texts(&["answer", "apply", "see", "withdraw"]));
    check_table(&[
        ("given", ask(delegate(), "applicant"), "permitted by delegate-signs-for-the-organisation, signatory-signs"),
        ("not given, though they applied", ask(without(), "applicant"), "refused by delegation-must-let-sign"),
        (
            "over",
            ask(changed("delegation_standing", "ended".into()), "applicant"),
            "refused by delegation-must-be-in-force",
        ),
        ("as themself", ask(person("P-40"), "applicant"), "refused by cases-of-an-organisation-are-followed-for-it"),
        ("for whom it is about", ask(delegate(), "subject"), DEFAULT),
        ("a clerk", ask(clerk_of("O-1"), "applicant"), "permitted by signatory-signs"),
        ("another's clerk", ask(clerk_of("O-2"), "applicant"), DEFAULT),
    ]);
}

#[test]
fn what_was_opened_under_a_delegation_is_not_the_applicants_own() {
    let opened = || but(but(case(), "delegation", "M-1"), "applicant", "P-40");
    let ask = |principal, case| Question::new("withdraw_case", principal, case);
    let own = || but(opened(), "subject", "P-40");
    let of_organisation = || but(own(), "of_organisation", true);
    let rule = "refused by cases-of-an-organisation-are-followed-for-it";
    check_table(&[
        ("as delegate", ask(delegate(), opened()), "permitted by delegate-follows-the-organisations-cases"),
        ("as themself", ask(person("P-40"), opened()), rule),
        ("about themself, as an officer", ask(but(in_charge(), "person", "P-40"), own()), DEFAULT),
        ("about themself", ask(person("P-40"), own()), "permitted by those-concerned-answer-and-withdraw"),
        ("the organisation's own", ask(person("P-40"), of_organisation()), rule),
        ("a clerk", ask(clerk_of("O-1"), opened()), "permitted by those-concerned-answer-and-withdraw"),
        ("the person it is about", ask(person("P-1"), opened()), "permitted by those-concerned-answer-and-withdraw"),
    ]);
}

#[test]
fn an_officer_does_not_decide_for_whom_they_act() {
    let ask = |principal| Question::new("approve_leg", principal, case());
    let acting = but(in_charge(), "acts_for", texts(&["O-1"]));
    check_table(&[
        ("acts for nobody", ask(in_charge()), "permitted by office-decides-own-leg"),
        ("acts for the organisation", ask(acting), "refused by officer-must-not-act-for-the-organisation"),
    ]);
}
