//! Cases: who opens, submits, decides, answers, sees; and what a rule may decide alone.

use super::{DEFAULT, actor, but, check_table, clerk_of, officer, person, says, with_fact};
use base::{Entity, Question, Value};

/// About P-1 of O-1, opened by the clerk P-20, with the leg of Hong Kong's immigration in question.
pub(super) fn case() -> Entity {
    Entity::new("Case", "C-1")
        .with("case", "C-1")
        .with("service", "commuter-pass")
        .with("organisation", "O-1")
        .with("of_organisation", false)
        .with("delegation", "")
        .with("subject", "P-1")
        .with("applicant", "P-20")
        .with("stage", "deciding")
        .with("leg_office", "hk-immigration")
        .with("leg_bank", "south")
        .with("leg_kind", "decide")
        .with("leg_eyes", 1)
        .with("taken_by", "")
        .with("proposed_by", "")
        .with("panel", Value::Texts(Vec::new()))
        .with("excluded", Value::Texts(Vec::new()))
        .with("signs", "none")
        .with("signatory", "")
        .with("changes_as", "")
        .with("decided_before", base::Value::Texts(Vec::new()))
}

/// Nobody is away.
pub(super) fn present(question: Question) -> Question {
    question.with("away", false).with("holder_away", false).with("deputises", false)
}

pub(super) fn in_charge() -> Entity {
    officer("hk-immigration", "south", "immigration")
}

#[test]
fn a_case_is_opened_by_whom_the_service_lets_apply() {
    let ask = |principal, role: &str, same: bool| {
        Question::new("open_case", principal, case())
            .with("applicant_role", role)
            .with("same_organisation", same)
            .with("applications_left", -1)
            .with("organisation_bank", "south")
            .with("home_bank", "north")
            .with("employer_bank", "south")
            .with("grants_held", Value::Texts(Vec::new()))
    };
    let about_own = |principal| Question { principal, ..ask(actor("system"), "officer", false) };
    check_table(&[
        ("own clerk", ask(clerk_of("O-1"), "clerk", true), "permitted by clerk-applies-for-own-people"),
        ("own clerk, somebody else's employee", ask(clerk_of("O-1"), "clerk", false), DEFAULT),
        ("another's clerk", ask(clerk_of("O-2"), "clerk", true), DEFAULT),
        ("clerk, service for persons", ask(clerk_of("O-1"), "person", true), DEFAULT),
        ("the person", ask(person("P-1"), "person", true), "permitted by person-applies-for-self"),
        ("the person, service for clerks", ask(person("P-1"), "clerk", true), DEFAULT),
        ("somebody else", ask(person("P-2"), "person", true), DEFAULT),
        ("immigration", ask(in_charge(), "officer", false), "permitted by officer-opens-official-case"),
        ("immigration, about oneself", about_own(but(in_charge(), "person", "P-1")), DEFAULT),
        ("operations", ask(officer("park", "south", "operations"), "officer", false), DEFAULT),
        ("immigration, service for clerks", ask(in_charge(), "clerk", true), DEFAULT),
    ]);
}

#[test]
fn only_the_person_concerned_submits() {
    let ask = |principal| Question::new("submit_case", principal, case());
    check_table(&[
        ("the person", ask(person("P-1")), "permitted by subject-submits"),
        ("the clerk who opened it", ask(clerk_of("O-1")), DEFAULT),
        ("somebody else", ask(person("P-2")), DEFAULT),
        ("the platform", ask(actor("system")), DEFAULT),
    ]);
}

#[test]
fn those_concerned_answer_and_withdraw() {
    for action in ["answer_question", "withdraw_case", "book_appointment", "name_signatory"] {
        let ask = |principal| Question::new(action, principal, case());
        let yes = "permitted by those-concerned-answer-and-withdraw";
        check_table(&[
            ("the person", ask(person("P-1")), yes),
            ("the applicant, as clerk", ask(clerk_of("O-1")), yes),
            (
                "the applicant, who is no clerk now",
                ask(person("P-20")),
                "refused by cases-of-an-organisation-are-followed-for-it",
            ),
            ("another clerk of the organisation", ask(but(clerk_of("O-1"), "person", "P-21")), yes),
            ("a clerk of another", ask(but(clerk_of("O-2"), "person", "P-21")), DEFAULT),
            ("the officer", ask(in_charge()), DEFAULT),
            ("the platform, which is no person", ask(actor("system")), DEFAULT),
        ]);
    }
}

#[test]
fn a_leg_is_handled_by_its_own_office_and_by_nobody_with_an_interest() {
    for action in [
        "take_leg",
        "approve_leg",
        "refuse_leg",
        "give_opinion",
        "ask_applicant",
        "confirm_leg",
        "confirm_payment",
        "waive_fee",
        "confirm_refund",
        "record_attendance",
        "reseat_panel",
        "close_vote",
    ] {
        let ask = |principal| match action {
            "take_leg" => present(Question::new(action, principal, case())),
            _ => Question::new(action, principal, case()),
        };
        check_table(&[
            ("the office in charge", ask(in_charge()), "permitted by office-decides-own-leg"),
            ("another office of the bank", ask(officer("hk-supervision", "south", "supervision")), DEFAULT),
            (
                "the other bank's office",
                ask(officer("sz-immigration", "north", "immigration")),
                "refused by leg-must-be-of-the-officers-bank",
            ),
            (
                "an office by that name on the other bank",
                ask(officer("hk-immigration", "north", "immigration")),
                "refused by leg-must-be-of-the-officers-bank",
            ),
            ("own case", ask(but(in_charge(), "person", "P-1")), "refused by officer-must-not-be-the-subject"),
            (
                "own application",
                ask(but(in_charge(), "person", "P-20")),
                "refused by officer-must-not-be-the-applicant",
            ),
            (
                "own employer",
                ask(but(in_charge(), "employer", "O-1")),
                "refused by officer-must-not-be-of-the-organisation",
            ),
            ("another employer", ask(but(in_charge(), "employer", "O-2")), "permitted by office-decides-own-leg"),
            (
                "the clerk",
                ask(but(clerk_of("O-1"), "person", "P-21")),
                "refused by officer-must-not-be-of-the-organisation",
            ),
            ("the platform", ask(actor("system")), DEFAULT),
        ]);
    }
}

#[test]
fn the_heaviest_of_several_interests_is_named_first() {
    let officer = but(but(officer("hk-immigration", "north", "immigration"), "person", "P-1"), "employer", "O-1");
    assert_eq!(
        says(&Question::new("approve_leg", officer, case())),
        "refused by leg-must-be-of-the-officers-bank, officer-must-not-be-the-subject, \
         officer-must-not-be-of-the-organisation"
    );
}

#[test]
fn a_case_without_organisation_is_no_conflict_for_an_officer_without_employer() {
    let private = but(case(), "organisation", "");
    assert_eq!(says(&Question::new("approve_leg", in_charge(), private)), "permitted by office-decides-own-leg");
}

#[test]
fn a_case_is_seen_by_those_concerned_the_offices_in_it_and_auditors() {
    let ask = |principal, leg_here: bool| Question::new("view_case", principal, case()).with("leg_here", leg_here);
    check_table(&[
        ("the person", ask(person("P-1"), false), "permitted by those-concerned-see-the-case"),
        ("own clerk", ask(clerk_of("O-1"), false), "permitted by those-concerned-see-the-case"),
        ("another's clerk", ask(but(clerk_of("O-2"), "person", "P-21"), false), DEFAULT),
        (
            "other bank with a leg",
            ask(officer("sz", "north", "immigration"), true),
            "permitted by offices-see-their-cases",
        ),
        ("an office without a leg", ask(officer("sz", "north", "immigration"), false), DEFAULT),
        ("auditor", ask(officer("audit", "north", "audit"), false), "permitted by auditors-see-cases"),
        ("somebody else", ask(person("P-2"), true), DEFAULT),
        ("the operator", ask(actor("operator"), true), DEFAULT),
    ]);
}

#[test]
fn a_letter_is_read_by_whom_it_is_written_to_and_by_offices_whose_bank_alone_wrote_in_it() {
    let ask = |principal, of_organisation: bool, foreign: bool| {
        Question::new("view_letter", principal, case())
            .with("leg_here", true)
            .with("of_organisation", of_organisation)
            .with("foreign", foreign)
    };
    let own_office = "permitted by offices-read-letters-of-their-cases";
    let concerned = "permitted by those-concerned-read-their-letters";
    check_table(&[
        ("the person", ask(person("P-1"), false, true), concerned),
        ("the clerk who applied for them", ask(clerk_of("O-1"), false, false), DEFAULT),
        ("the clerk of an organisation's own case", ask(clerk_of("O-1"), true, true), concerned),
        ("another's clerk", ask(but(clerk_of("O-2"), "person", "P-21"), true, true), DEFAULT),
        ("an office in the case", ask(officer("sz", "north", "immigration"), false, false), own_office),
        ("the same, of what the other bank wrote", ask(officer("sz", "north", "immigration"), false, true), DEFAULT),
        ("an office without a leg", with_fact(ask(in_charge(), false, false), "leg_here", false), DEFAULT),
        ("somebody else", ask(person("P-2"), false, false), DEFAULT),
    ]);
}

/// A visitor's case to which no rule objects.
fn visitor() -> Question {
    Question::new("decide_by_rule", actor("system"), but(case(), "service", "day-visitor-pass"))
        .with("visits_last_30_days", 10)
        .with("host_in_good_standing", true)
        .with("document_confirmed", true)
        .with("watchlisted", false)
}

#[test]
fn a_rule_approves_ordinary_visits_and_leaves_the_others_to_an_officer() {
    let but_with = |name: &str, value: base::Value| with_fact(visitor(), name, value);
    check_table(&[
        ("an ordinary visit", visitor(), "permitted by rule-approves-visitors"),
        ("the eleventh", but_with("visits_last_30_days", 11.into()), "referred by visits-must-be-occasional"),
        ("no good host", but_with("host_in_good_standing", false.into()), "referred by host-must-be-in-good-standing"),
        ("no document", but_with("document_confirmed", false.into()), "referred by visitor-document-must-be-confirmed"),
        ("listed", but_with("watchlisted", true.into()), "referred by visitor-must-be-seen-by-an-officer"),
        ("by an officer", Question { principal: in_charge(), ..visitor() }, DEFAULT),
        ("for a commuter", Question { resource: case(), ..visitor() }, DEFAULT),
    ]);
}
