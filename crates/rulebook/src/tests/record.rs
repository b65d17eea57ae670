//! The record of a case: who remarks, who reads what was written, which answers cross, who hears who looked.

use super::{DEFAULT, actor, but, check_table, clerk_of, officer, person};
use base::{Entity, Question};

/// About P-1 of O-1, opened by the clerk P-20; no leg is asked about.
fn case() -> Entity {
    let nothing = [("leg_office", ""), ("leg_bank", "none"), ("leg_kind", "none")];
    nothing.into_iter().fold(super::cases::case(), |case, (name, value)| but(case, name, value))
}

fn south() -> Entity {
    officer("hk-immigration", "south", "immigration")
}

fn north() -> Entity {
    officer("sz-exit-entry", "north", "immigration")
}

#[test]
fn offices_in_the_case_remark_for_anybody_and_those_concerned_for_the_offices() {
    let ask = |principal, audience: &str, here: bool| {
        Question::new("write_remark", principal, case()).with("audience", audience).with("leg_here", here)
    };
    for audience in ["bank", "banks", "applicant"] {
        check_table(&[
            ("an office in it", ask(south(), audience, true), "permitted by offices-write-remarks"),
            ("an office not in it", ask(south(), audience, false), DEFAULT),
            (
                "about oneself",
                ask(but(south(), "person", "P-1"), audience, true),
                "refused by officer-writes-no-remark-on-own-case",
            ),
            ("somebody else", ask(person("P-2"), audience, false), DEFAULT),
            ("the platform", ask(actor("system"), audience, false), DEFAULT),
        ]);
    }
    let yes = "permitted by those-concerned-write-to-the-offices";
    check_table(&[
        ("the person", ask(person("P-1"), "applicant", false), yes),
        ("the clerk", ask(clerk_of("O-1"), "applicant", false), yes),
        ("the person, among offices", ask(person("P-1"), "banks", false), DEFAULT),
        ("another's clerk", ask(but(clerk_of("O-2"), "person", "P-21"), "applicant", false), DEFAULT),
    ]);
}

#[test]
fn of_what_the_other_bank_wrote_only_what_is_shared_crosses() {
    let ask = |principal, text: &str| {
        Question::new("read_text", principal, case()).with("text", text).with("bank", "south").with("leg_here", true)
    };
    for text in ["reason", "question", "answer", "remark-bank"] {
        check_table(&[
            ("own bank", ask(south(), text), "permitted by own-bank-reads-what-it-wrote"),
            ("other bank", ask(north(), text), "refused by texts-stay-with-their-bank"),
        ]);
    }
    for text in ["remark-banks", "remark-applicant"] {
        check_table(&[("other bank", ask(north(), text), "permitted by both-banks-read-what-is-shared")]);
    }
    for text in ["reason", "question", "answer", "remark-applicant"] {
        let yes = "permitted by those-concerned-read-what-is-for-them";
        check_table(&[("the person", ask(person("P-1"), text), yes), ("the clerk", ask(clerk_of("O-1"), text), yes)]);
    }
    for text in ["remark-bank", "remark-banks"] {
        check_table(&[
            ("the person", ask(person("P-1"), text), DEFAULT),
            (
                "an officer whom it is about",
                ask(but(south(), "person", "P-1"), text),
                "refused by officer-reads-no-remarks-on-own-case",
            ),
        ]);
    }
}

#[test]
fn an_answer_asked_for_one_bank_is_seen_by_no_office_of_the_other() {
    let ask = |principal, shared: &str| {
        Question::new("view_field", principal, case())
            .with("field", "leader-mainland-identity-card")
            .with("kind", "mainland_identity_card")
            .with("personal", true)
            .with("shared", shared)
            .with("leg_here", true)
    };
    let (yes, no) = ("permitted by offices-see-answers", "refused by answers-stay-with-the-bank-they-are-for");
    check_table(&[
        ("both, south", ask(south(), "both"), yes),
        ("both, north", ask(north(), "both"), yes),
        ("north's, north", ask(north(), "north"), yes),
        ("north's, south", ask(south(), "north"), no),
        ("south's, north", ask(north(), "south"), no),
        ("the person", ask(person("P-1"), "north"), "permitted by those-concerned-see-answers"),
        ("somebody else", ask(person("P-2"), "both"), DEFAULT),
    ]);
}

#[test]
fn who_looked_is_told_to_the_person_without_names_and_to_the_bank_s_own_auditors_with_them() {
    let resource = || {
        Entity::new("Person", "P-1")
            .with("person", "P-1")
            .with("organisation", "O-1")
            .with("host", "")
            .with("erased", false)
    };
    let ask = |principal, bank: &str, named: bool| {
        Question::new("view_accesses", principal, resource())
            .with("bank", bank)
            .with("office", "hk-immigration")
            .with("named", named)
    };
    check_table(&[
        ("the person", ask(person("P-1"), "south", false), "permitted by person-sees-who-looked"),
        ("the person, by name", ask(person("P-1"), "south", true), DEFAULT),
        ("somebody else", ask(person("P-2"), "south", false), DEFAULT),
        ("auditor", ask(officer("hk-audit", "south", "audit"), "south", true), "permitted by auditors-see-who-looked"),
        ("the other bank's auditor", ask(officer("sz-audit", "north", "audit"), "south", true), DEFAULT),
        (
            "data officer",
            ask(officer("hk-data", "south", "data"), "south", true),
            "permitted by data-officers-see-who-looked",
        ),
        ("a colleague", ask(south(), "south", true), DEFAULT),
        ("the clerk", ask(clerk_of("O-1"), "south", false), DEFAULT),
    ]);
}
