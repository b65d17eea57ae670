//! Permits, gates, lists and the log.

use super::{DEFAULT, actor, but, check_table, clerk_of, gate, officer, person};
use base::{Entity, Question};

fn pass() -> Entity {
    Entity::new("Permit", "T-1")
        .with("permit", "T-1")
        .with("kind", "commuter")
        .with("holder", "P-1")
        .with("organisation", "O-1")
        .with("status", "valid")
}

/// With the fact that issuing and resuming need besides.
fn about_pass(action: &'static str, principal: Entity, consents_given: bool) -> Question {
    let question = Question::new(action, principal, pass());
    match action {
        "issue_permit" | "resume_permit" => question.with("consents_given", consents_given),
        _ => question,
    }
}

fn immigration(bank: &str) -> Entity {
    officer("immigration", bank, "immigration")
}

#[test]
fn passes_are_issued_by_the_platform_and_held_by_the_holder() {
    let ask = |action, principal| about_pass(action, principal, true);
    check_table(&[
        ("a decided case", ask("issue_permit", actor("system")), "permitted by decided-case-issues-permit"),
        ("an officer by hand", ask("issue_permit", immigration("south")), DEFAULT),
        ("the operator", ask("issue_permit", actor("operator")), DEFAULT),
        ("the holder collects", ask("collect_permit", person("P-1")), "permitted by holder-collects-and-shows"),
        ("the holder shows", ask("show_permit", person("P-1")), "permitted by holder-collects-and-shows"),
        ("a friend shows", ask("show_permit", person("P-2")), DEFAULT),
        ("the clerk collects", ask("collect_permit", clerk_of("O-1")), DEFAULT),
    ]);
}

#[test]
fn passes_are_seen_by_holder_clerk_and_border_officers() {
    let ask = |principal| Question::new("view_permit", principal, pass());
    check_table(&[
        ("the holder", ask(person("P-1")), "permitted by holder-and-clerk-see-the-permit"),
        ("own clerk", ask(clerk_of("O-1")), "permitted by holder-and-clerk-see-the-permit"),
        ("another's clerk", ask(clerk_of("O-2")), DEFAULT),
        ("immigration", ask(immigration("north")), "permitted by border-officers-see-permits"),
        ("operations", ask(officer("park", "south", "operations")), DEFAULT),
        ("audit", ask(officer("audit", "south", "audit")), DEFAULT),
    ]);
}

#[test]
fn passes_are_stopped_by_border_officers_of_either_bank_but_not_their_own() {
    for action in ["suspend_permit", "resume_permit", "revoke_permit"] {
        let ask = |principal| about_pass(action, principal, true);
        let yes = "permitted by border-officers-stop-permits";
        check_table(&[
            ("immigration, north", ask(immigration("north")), yes),
            ("immigration, south", ask(immigration("south")), yes),
            ("supervision", ask(officer("supervision", "south", "supervision")), yes),
            ("a decided case", ask(actor("system")), "permitted by decided-case-stops-permit"),
            ("operations", ask(officer("park", "south", "operations")), DEFAULT),
            (
                "own pass",
                ask(but(immigration("south"), "person", "P-1")),
                "refused by officer-must-not-rule-on-own-permit",
            ),
            ("own clerk", ask(clerk_of("O-1")), if action == "resume_permit" { CLERK } else { DEFAULT }),
        ]);
    }
}

const CLERK: &str = "refused by officer-must-not-resume-for-own-employer";

#[test]
fn an_officer_stops_the_pass_of_a_colleague_but_does_not_resume_it() {
    let ask = |action| about_pass(action, but(immigration("south"), "employer", "O-1"), true);
    check_table(&[
        ("suspend", ask("suspend_permit"), "permitted by border-officers-stop-permits"),
        ("resume", ask("resume_permit"), CLERK),
    ]);
}

#[test]
fn no_pass_is_put_in_force_without_the_consents_it_rests_on() {
    let refused = "refused by holder-must-have-consented";
    let ask = |action, principal| about_pass(action, principal, false);
    check_table(&[
        ("issued", ask("issue_permit", actor("system")), refused),
        ("resumed by the platform", ask("resume_permit", actor("system")), refused),
        ("resumed by an officer", ask("resume_permit", immigration("north")), refused),
        (
            "suspended all the same",
            ask("suspend_permit", immigration("north")),
            "permitted by border-officers-stop-permits",
        ),
    ]);
}

fn west_south() -> Entity {
    Entity::new("Gate", "west-south").with("gate", "west-south").with("bridge", "west").with("bank", "south")
}

#[test]
fn gates_are_opened_by_operations_and_by_their_own_banks_immigration() {
    for action in ["open_gate", "close_gate"] {
        let ask = |principal| Question::new(action, principal, west_south());
        check_table(&[
            ("operations", ask(officer("park", "north", "operations")), "permitted by operations-run-gates"),
            ("own immigration", ask(immigration("south")), "permitted by immigration-runs-own-gates"),
            ("the other bank's", ask(immigration("north")), DEFAULT),
            ("the gate", ask(gate("west-south")), DEFAULT),
            ("anybody", ask(person("P-1")), DEFAULT),
        ]);
    }
}

/// About a walk from the west bridge's south gate, for which the north answers.
fn ending(action: &'static str, principal: Entity) -> Question {
    Question::new(action, principal, west_south()).with("owner_bank", "north").with("far_gate", "west-north")
}

#[test]
fn the_far_gate_completes_a_passage_and_the_near_one_returns_it() {
    let (near, far) = ("west-south", "west-north");
    for (action, seeing, other, rule) in [
        ("complete_passage", far, near, "permitted by far-gate-completes-passages"),
        ("return_passage", near, far, "permitted by near-gate-returns-passages"),
    ] {
        check_table(&[
            ("the gate that sees it", ending(action, gate(seeing)), rule),
            ("the gate at the other end", ending(action, gate(other)), DEFAULT),
            ("a gate of the other bridge", ending(action, gate("east-north")), DEFAULT),
            ("a gate without a name", ending(action, gate("")), DEFAULT),
            ("the platform", ending(action, actor("system")), rule),
        ]);
    }
}

#[test]
fn in_a_gates_stead_immigration_of_the_bank_that_answers_ends_a_passage() {
    for action in ["complete_passage", "return_passage"] {
        check_table(&[
            ("its own", ending(action, immigration("north")), "permitted by immigration-ends-own-passages"),
            ("the other bank's", ending(action, immigration("south")), DEFAULT),
            ("operations of its bank", ending(action, officer("park", "north", "operations")), DEFAULT),
            ("a clerk", ending(action, clerk_of("O-1")), DEFAULT),
        ]);
    }
}

#[test]
fn a_gate_is_operated_by_itself_and_by_immigration_of_its_bank() {
    let ask = |principal| Question::new("operate_gate", principal, west_south());
    let yes = "permitted by immigration-operates-own-gates";
    check_table(&[
        ("its own bank's immigration", ask(immigration("south")), yes),
        ("the other bank's", ask(immigration("north")), DEFAULT),
        ("operations", ask(officer("park", "south", "operations")), DEFAULT),
        ("itself", ask(gate("west-south")), yes),
        ("another gate", ask(gate("west-north")), DEFAULT),
    ]);
}

#[test]
fn an_unfinished_passage_is_settled_by_the_bank_that_owns_it() {
    for action in ["resolve_passage", "release_referred"] {
        let ask = |principal, owner: &str| Question::new(action, principal, west_south()).with("owner_bank", owner);
        check_table(&[
            ("the owner", ask(immigration("north"), "north"), "permitted by owning-bank-settles-passages"),
            ("the other bank", ask(immigration("south"), "north"), DEFAULT),
            ("of no bank, for none", ask(immigration("none"), "none"), DEFAULT),
            ("the gate", ask(gate("west-south"), "south"), DEFAULT),
            ("the platform", ask(actor("system"), "south"), DEFAULT),
        ]);
    }
}

#[test]
fn each_banks_list_is_known_to_its_own_immigration_alone() {
    for action in ["list_watch", "unlist_watch", "view_watch"] {
        let ask = |principal| Question::new(action, principal, Entity::new("Watch", "north").with("bank", "north"));
        check_table(&[
            ("own immigration", ask(immigration("north")), "permitted by each-bank-keeps-its-own-list"),
            ("the other bank's", ask(immigration("south")), DEFAULT),
            ("own supervision", ask(officer("supervision", "north", "supervision")), DEFAULT),
            ("own audit", ask(officer("audit", "north", "audit")), DEFAULT),
            ("the operator", ask(actor("operator")), DEFAULT),
        ]);
    }
}

#[test]
fn anybody_verifies_the_log_and_only_auditors_read_it() {
    let ask = |action, principal| Question::new(action, principal, Entity::new("Log", "log"));
    check_table(&[
        ("auditor", ask("read_entries", officer("audit", "south", "audit")), "permitted by auditors-read-entries"),
        ("immigration", ask("read_entries", immigration("south")), DEFAULT),
        ("the operator", ask("read_entries", actor("operator")), DEFAULT),
        ("anybody, proofs", ask("read_proofs", actor("anonymous")), "permitted by everybody-verifies"),
        ("anybody, verification", ask("verify", actor("anonymous")), "permitted by everybody-verifies"),
        ("anybody, totals", ask("read_dashboard", actor("anonymous")), "permitted by everybody-sees-totals"),
    ]);
}
