//! Time: closures, how an office stands, silence.

use super::cases::{case, in_charge};
use super::{DEFAULT, actor, but, check_table, officer, person};
use base::{Entity, Question, Value};

fn closure(bank: &str, offices: &[&str]) -> Entity {
    let offices = offices.iter().map(|&office| office.into()).collect();
    Entity::new("Closure", "D-1").with("bank", bank).with("offices", Value::Texts(offices))
}

fn head() -> Entity {
    but(in_charge(), "head", true)
}

#[test]
fn supervision_closes_its_banks_offices_and_a_head_their_own_alone() {
    let both = ["hk-customs", "hk-immigration"];
    let supervisor = || officer("hk-supervision", "south", "supervision");
    for action in ["declare_closure", "correct_closure"] {
        let ask = |principal, bank: &str, offices: &[&str]| Question::new(action, principal, closure(bank, offices));
        let supervision = "permitted by supervision-declares-closures";
        let other = "refused by closure-must-be-of-the-officers-bank";
        check_table(&[
            ("supervision", ask(supervisor(), "south", &both), supervision),
            ("supervision, of the other bank", ask(supervisor(), "north", &["sz-customs"]), other),
            (
                "a head, the own office",
                ask(head(), "south", &["hk-immigration"]),
                "permitted by head-closes-own-office",
            ),
            ("a head, another office too", ask(head(), "south", &both), DEFAULT),
            ("an officer, the own office", ask(in_charge(), "south", &["hk-immigration"]), DEFAULT),
            ("a person", ask(person("P-1"), "south", &["hk-immigration"]), DEFAULT),
            ("the platform", ask(actor("system"), "south", &["hk-immigration"]), DEFAULT),
        ]);
    }
}

#[test]
fn a_head_sees_how_the_own_office_stands() {
    let office = |key: &str| Entity::new("Office", key).with("office", key).with("bank", "south");
    let ask = |principal, key: &str| Question::new("view_outlook", principal, office(key));
    check_table(&[
        ("the head", ask(head(), "hk-immigration"), "permitted by head-sees-own-office"),
        ("the head of another", ask(head(), "hk-customs"), DEFAULT),
        ("an officer", ask(in_charge(), "hk-immigration"), DEFAULT),
    ]);
}

#[test]
fn silence_counts_by_the_platform_alone_and_only_where_the_service_says_so() {
    let ask = |principal, says: bool, late: bool| {
        Question::new("deem_leg", principal, case()).with("service_says", says).with("late", late)
    };
    let yes = "permitted by silence-counts-as-the-service-says";
    check_table(&[
        ("late, and said", ask(actor("system"), true, true), yes),
        ("late, and not said", ask(actor("system"), false, true), DEFAULT),
        ("said, and in time", ask(actor("system"), true, false), DEFAULT),
        ("by an officer", ask(in_charge(), true, true), DEFAULT),
        ("by the operator", ask(actor("operator"), true, true), DEFAULT),
    ]);
}
