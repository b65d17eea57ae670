//! Organisations and people: who registers, invites, declares, appoints, erases and sees.

use super::{DEFAULT, actor, but, check_table, clerk_of, officer, person};
use base::{Entity, Question};

fn organisation(id: &str) -> Entity {
    Entity::new("Organisation", id).with("organisation", id)
}

/// A living person of O-1.
fn somebody(id: &str) -> Entity {
    Entity::new("Person", id).with("person", id).with("organisation", "O-1").with("host", "").with("erased", false)
}

/// A roster for the commuter pass.
fn roster(organisation: &str, delegation: &str) -> Entity {
    super::roster(organisation, "commuter-pass", delegation)
}

fn operations() -> Entity {
    officer("park-company", "south", "operations")
}

#[test]
fn organisations_and_their_clerks_are_entered_by_operations_alone() {
    for action in ["register_organisation", "appoint_clerk", "relieve_clerk"] {
        let ask = |principal| Question::new(action, principal, organisation("O-1"));
        check_table(&[
            ("operations", ask(operations()), "permitted by operations-register-organisations"),
            ("the operator", ask(actor("operator")), "permitted by operator-registers-organisations"),
            ("the platform", ask(actor("system")), "permitted by operator-registers-organisations"),
            ("the organisation's own clerk", ask(clerk_of("O-1")), DEFAULT),
            ("immigration", ask(officer("hk-immigration", "south", "immigration")), DEFAULT),
            ("nobody", ask(actor("anonymous")), DEFAULT),
        ]);
    }
}

#[test]
fn a_roster_is_uploaded_by_the_organisations_own_clerk() {
    for action in ["upload_roster", "mend_roster", "view_roster"] {
        let ask = |principal, id| Question::new(action, principal, roster(id, ""));
        check_table(&[
            ("own clerk", ask(clerk_of("O-1"), "O-1"), "permitted by clerk-uploads-own-roster"),
            ("another's clerk", ask(clerk_of("O-2"), "O-1"), DEFAULT),
            ("a clerk of nothing", ask(clerk_of(""), ""), DEFAULT),
            ("operations", ask(operations(), "O-1"), DEFAULT),
            ("an employee", ask(person("P-1"), "O-1"), DEFAULT),
            (
                "a clerk, of a delegate's",
                Question::new(action, clerk_of("O-1"), roster("O-1", "M-1")),
                "permitted by clerk-uploads-own-roster",
            ),
        ]);
    }
}

#[test]
fn people_are_registered_and_invited_by_their_clerk_or_by_operations() {
    for action in ["register_person", "invite_person"] {
        let ask = |principal| Question::new(action, principal, somebody("P-1"));
        check_table(&[
            ("own clerk", ask(clerk_of("O-1")), "permitted by clerk-registers-own-people"),
            ("another's clerk", ask(clerk_of("O-2")), DEFAULT),
            ("operations", ask(operations()), "permitted by operations-register-people"),
            ("the operator", ask(actor("operator")), "permitted by operations-register-people"),
            ("the person", ask(person("P-1")), DEFAULT),
            ("data office", ask(officer("data", "north", "data")), DEFAULT),
        ]);
    }
}

#[test]
fn a_visitor_is_registered_and_invited_by_the_host_who_vouches() {
    let visitor = || but(but(somebody("P-1"), "organisation", ""), "host", "O-1");
    for action in ["register_person", "invite_person"] {
        let ask = |principal, about| Question::new(action, principal, about);
        check_table(&[
            ("the host's clerk", ask(clerk_of("O-1"), visitor()), "permitted by host-registers-own-visitors"),
            ("another's clerk", ask(clerk_of("O-2"), visitor()), DEFAULT),
            ("a clerk of nothing", ask(clerk_of(""), but(visitor(), "host", "")), DEFAULT),
            ("a host, of another's employee", ask(clerk_of("O-2"), but(somebody("P-1"), "host", "O-2")), DEFAULT),
            ("the visitor", ask(person("P-1"), visitor()), DEFAULT),
        ]);
    }
}

#[test]
fn documents_and_consents_are_declared_by_the_person_alone() {
    for action in ["confirm_document", "give_consent", "withdraw_consent"] {
        let ask = |principal| Question::new(action, principal, somebody("P-1"));
        check_table(&[
            ("the person", ask(person("P-1")), "permitted by person-declares-for-self"),
            ("somebody else", ask(person("P-2")), DEFAULT),
            ("the person, as clerk", ask(but(clerk_of("O-1"), "person", "P-1")), DEFAULT),
            ("the clerk", ask(clerk_of("O-1")), DEFAULT),
            ("the operator", ask(actor("operator")), DEFAULT),
            ("the platform", ask(actor("system")), DEFAULT),
        ]);
    }
}

#[test]
fn language_and_passkeys_are_kept_by_the_person_and_in_no_other_capacity() {
    for action in ["set_language", "keep_feed", "keep_push", "remove_passkey"] {
        let ask = |principal| Question::new(action, principal, somebody("P-1"));
        check_table(&[
            ("the person", ask(person("P-1")), "permitted by person-keeps-own-account"),
            ("the same, as clerk", ask(but(clerk_of("O-2"), "person", "P-1")), DEFAULT),
            ("somebody else", ask(person("P-2")), DEFAULT),
            ("the operator", ask(actor("operator")), DEFAULT),
        ]);
    }
}

#[test]
fn the_first_passkey_takes_an_invitation() {
    let ask =
        |principal, invited: bool| Question::new("add_passkey", principal, somebody("P-1")).with("invited", invited);
    check_table(&[
        (
            "an invited visitor of the page",
            ask(actor("anonymous"), true),
            "permitted by invited-person-adds-first-passkey",
        ),
        ("any other", ask(actor("anonymous"), false), DEFAULT),
        ("the person, signed in", ask(person("P-1"), false), "permitted by person-keeps-own-account"),
        ("somebody else, even invited", ask(person("P-2"), true), DEFAULT),
    ]);
}

#[test]
fn officers_are_appointed_by_the_operator_and_never_by_officers() {
    for action in ["appoint_officer", "relieve_officer"] {
        let ask = |principal| Question::new(action, principal, somebody("P-1"));
        check_table(&[
            ("the operator", ask(actor("operator")), "permitted by operator-appoints-officers"),
            ("the platform", ask(actor("system")), "permitted by operator-appoints-officers"),
            ("operations", ask(operations()), DEFAULT),
            ("the person", ask(person("P-1")), DEFAULT),
        ]);
    }
}

#[test]
fn a_person_is_erased_on_an_approved_case_only() {
    let ask = |principal, approved: bool| {
        Question::new("erase_person", principal, somebody("P-1")).with("case_approved", approved)
    };
    check_table(&[
        ("the case's reaction", ask(actor("system"), true), "permitted by approved-case-erases-person"),
        ("the operator with a case", ask(actor("operator"), true), "permitted by operator-erases-on-approved-case"),
        ("the operator without", ask(actor("operator"), false), DEFAULT),
        ("the person directly", ask(person("P-1"), true), DEFAULT),
    ]);
}

#[test]
fn nothing_more_is_done_with_an_erased_person() {
    let erased = || but(somebody("P-1"), "erased", true);
    let refused = "refused by erased-people-stay-erased";
    check_table(&[
        ("consent", Question::new("give_consent", person("P-1"), erased()), refused),
        ("invitation", Question::new("invite_person", clerk_of("O-1"), erased()), refused),
        ("passkey", Question::new("add_passkey", actor("anonymous"), erased()).with("invited", true), refused),
        ("erasure", Question::new("erase_person", actor("system"), erased()).with("case_approved", true), refused),
    ]);
}

#[test]
fn a_persons_data_are_seen_by_themselves_their_clerk_and_the_officers_concerned() {
    let ask = |principal, bank: &str, case_closed_days: i64, current: bool| {
        Question::new("view_person", principal, somebody("P-1"))
            .with("bank", bank)
            .with("case_closed_days", case_closed_days)
            .with("current", current)
    };
    let south = |duty| officer("an-office", "south", duty);
    let yes = "permitted by officer-sees-people-with-a-case";
    check_table(&[
        ("self", ask(person("P-1"), "north", -1, false), "permitted by person-sees-self"),
        ("a colleague", ask(person("P-2"), "north", -1, true), DEFAULT),
        ("own clerk", ask(clerk_of("O-1"), "north", -1, false), "permitted by clerk-sees-own-people"),
        ("another's clerk", ask(clerk_of("O-2"), "north", 0, true), DEFAULT),
        ("own bank, with a pass", ask(south("immigration"), "south", -1, true), yes),
        ("own bank, supervision", ask(south("supervision"), "south", -1, true), yes),
        ("own bank, with nothing", ask(south("immigration"), "south", -1, false), DEFAULT),
        ("own bank, another duty", ask(south("operations"), "south", -1, true), DEFAULT),
        ("other bank", ask(south("immigration"), "north", -1, true), DEFAULT),
        ("other bank, a case here", ask(south("immigration"), "north", 0, true), yes),
        ("a case here, another duty", ask(south("data"), "north", 0, true), yes),
        ("ended lately", ask(south("data"), "north", 30, false), yes),
        ("ended long ago", ask(south("data"), "north", 31, false), DEFAULT),
        ("of neither bank", ask(officer("immigration", "none", "immigration"), "none", -1, true), DEFAULT),
        ("auditor", ask(south("audit"), "south", 0, true), "refused by auditors-do-not-see-people"),
        ("the operator", ask(actor("operator"), "south", 0, true), DEFAULT),
    ]);
}
