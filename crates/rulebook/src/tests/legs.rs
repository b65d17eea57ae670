//! Legs: whose work they are, second officers, signatures, appointments, panels.

use super::cases::{case, in_charge, present};
use super::{DEFAULT, but, check_table, clerk_of, officer, person, says, with_fact};
use base::{Entity, Question, Value};

fn texts(texts: &[&str]) -> Value {
    Value::Texts(texts.iter().map(|&text| text.into()).collect())
}

fn head(officer: Entity) -> Entity {
    but(officer, "head", true)
}

#[test]
fn a_leg_that_a_colleague_holds_is_taken_by_the_deputy_or_the_head_alone() {
    let ask = |principal, holder: &str| present(Question::new("take_leg", principal, but(case(), "taken_by", holder)));
    let yes = "permitted by office-decides-own-leg";
    check_table(&[
        ("nobody's", ask(in_charge(), ""), yes),
        ("one's own", ask(in_charge(), "P-30"), yes),
        ("a colleague's", ask(in_charge(), "P-31"), "refused by leg-is-a-colleagues"),
        (
            "of one who is away",
            with_fact(ask(in_charge(), "P-31"), "holder_away", true),
            "refused by leg-is-a-colleagues",
        ),
        ("as the deputy", with_fact(ask(in_charge(), "P-31"), "deputises", true), yes),
        ("as the head", ask(head(in_charge()), "P-31"), yes),
        ("while away", with_fact(ask(in_charge(), ""), "away", true), "refused by officer-must-be-present"),
        ("another office's head", ask(head(officer("hk-customs", "south", "customs")), ""), DEFAULT),
    ]);
}

#[test]
fn a_leg_is_handed_on_by_its_holder_the_deputy_or_the_head() {
    let ask =
        |principal, holder: &str| present(Question::new("hand_on_leg", principal, but(case(), "taken_by", holder)));
    let yes = "permitted by office-decides-own-leg";
    let no = "refused by leg-must-be-yours-to-hand-on";
    check_table(&[
        ("one's own", ask(in_charge(), "P-30"), yes),
        ("a colleague's", ask(in_charge(), "P-31"), no),
        ("nobody's", ask(in_charge(), ""), no),
        ("as the deputy", with_fact(ask(in_charge(), "P-31"), "deputises", true), yes),
        ("as the head", ask(head(in_charge()), "P-31"), yes),
        ("nobody's, as the head", ask(head(in_charge()), ""), yes),
        (
            "as the other bank's head",
            ask(head(officer("hk-immigration", "north", "immigration")), ""),
            "refused by leg-must-be-of-the-officers-bank",
        ),
    ]);
    let give = |principal, holder: &str| Question::new("give_back_leg", principal, but(case(), "taken_by", holder));
    let no = "refused by leg-must-be-yours-to-give-back";
    check_table(&[
        ("one's own", give(in_charge(), "P-30"), yes),
        ("a colleague's", give(in_charge(), "P-31"), no),
        ("nobody's", give(head(in_charge()), ""), no),
        ("as the head", give(head(in_charge()), "P-31"), yes),
    ]);
}

#[test]
fn the_second_officer_is_another_one() {
    let ask = |first: &str| Question::new("confirm_leg", in_charge(), but(case(), "proposed_by", first));
    assert_eq!(says(&ask("P-31")), "permitted by office-decides-own-leg");
    assert_eq!(says(&ask("P-30")), "refused by second-officer-must-be-another");
}

#[test]
fn an_undertaking_is_signed_by_whom_the_service_says() {
    let ask = |principal, signs: &str| {
        Question::new("sign_undertaking", principal, but(but(case(), "signs", signs), "signatory", "P-5"))
    };
    let yes = "permitted by signatory-signs";
    let not_for_it = "refused by cases-of-an-organisation-are-followed-for-it";
    check_table(&[
        ("the subject", ask(person("P-1"), "subject"), yes),
        ("the applicant for the subject", ask(clerk_of("O-1"), "subject"), DEFAULT),
        ("the applicant, as clerk", ask(clerk_of("O-1"), "applicant"), yes),
        ("the applicant, who is no clerk now", ask(person("P-20"), "applicant"), not_for_it),
        ("another clerk", ask(but(clerk_of("O-1"), "person", "P-21"), "applicant"), yes),
        ("another's clerk", ask(but(clerk_of("O-2"), "person", "P-21"), "applicant"), DEFAULT),
        ("whoever was named", ask(person("P-5"), "named"), yes),
        ("the applicant, where another was named", ask(clerk_of("O-1"), "named"), DEFAULT),
        ("the officer", ask(in_charge(), "applicant"), DEFAULT),
        ("nobody's signature", ask(person("P-1"), "none"), DEFAULT),
    ]);
}

#[test]
fn whoever_is_named_to_sign_sees_the_case() {
    let ask =
        |principal| Question::new("view_case", principal, but(case(), "signatory", "P-5")).with("leg_here", false);
    assert_eq!(says(&ask(person("P-5"))), "permitted by those-concerned-see-the-case");
    assert_eq!(says(&ask(person("P-6"))), DEFAULT);
}

#[test]
fn a_panel_is_its_offices_officers_without_an_interest() {
    let panel = || but(case(), "panel", texts(&["hk-customs", "sz-customs"]));
    let ask = |principal, action, resource| Question::new(action, principal, resource);
    let member = || officer("sz-customs", "north", "customs");
    let yes = "permitted by panel-members-vote";
    check_table(&[
        ("a member of the other bank", ask(member(), "cast_vote", panel()), yes),
        ("the chair's office, which has no seat", ask(in_charge(), "cast_vote", panel()), DEFAULT),
        (
            "a member about themself",
            ask(but(member(), "person", "P-1"), "cast_vote", panel()),
            "refused by officer-must-not-be-the-subject",
        ),
        (
            "a member of the employer",
            ask(but(member(), "employer", "O-1"), "cast_vote", panel()),
            "refused by officer-must-not-be-of-the-organisation",
        ),
        ("who says so", ask(but(member(), "employer", "O-1"), "declare_conflict", panel()), yes),
        (
            "who has said so",
            ask(member(), "cast_vote", but(panel(), "excluded", texts(&["P-30"]))),
            "refused by member-must-not-have-a-conflict",
        ),
        (
            "a member who would close",
            ask(member(), "close_vote", panel()),
            "refused by leg-must-be-of-the-officers-bank",
        ),
        ("the chair", ask(in_charge(), "close_vote", panel()), "permitted by office-decides-own-leg"),
    ]);
}

#[test]
fn an_office_arranges_its_own_times_and_absences() {
    let office = || Entity::new("Office", "hk-immigration").with("office", "hk-immigration").with("bank", "south");
    let times = |principal| Question::new("arrange_appointments", principal, office());
    let away = |principal, own: bool| Question::new("declare_absence", principal, office()).with("own", own);
    let other = || officer("hk-customs", "south", "customs");
    check_table(&[
        ("own office", times(in_charge()), "permitted by office-offers-appointments"),
        ("another", times(other()), DEFAULT),
        ("the person", times(person("P-1")), DEFAULT),
        ("own absence", away(in_charge(), true), "permitted by officer-says-when-away"),
        ("a colleague's", away(in_charge(), false), DEFAULT),
        ("a colleague's, as head", away(head(in_charge()), false), "permitted by officer-says-when-away"),
        ("another office's", away(head(other()), false), DEFAULT),
    ]);
}
