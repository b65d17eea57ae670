//! Who may not apply for which service, and that everybody else may.

use super::{but, check_table, clerk_of, person};
use base::{Entity, Question, Value};

/// A case that its applicant may open, but for what the service itself asks of who applies.
fn opening(principal: Entity, service: &str, role: &'static str) -> Question {
    let applicant = if role == "person" { "P-1" } else { "P-20" };
    let changes = [
        ("service", service),
        ("subject", applicant),
        ("applicant", applicant),
        ("stage", "confirming"),
        ("leg_office", ""),
        ("leg_bank", "none"),
        ("leg_kind", "none"),
    ];
    let case = changes.into_iter().fold(super::cases::case(), |case, (name, value)| but(case, name, value));
    Question::new("open_case", principal, case)
        .with("applicant_role", role)
        .with("same_organisation", true)
        .with("applications_left", -1)
}

fn clerk(service: &str, organisation_bank: &str, held: &[&str]) -> Question {
    opening(clerk_of("O-1"), service, "clerk")
        .with("organisation_bank", organisation_bank)
        .with("home_bank", "south")
        .with("employer_bank", organisation_bank)
        .with("grants_held", Value::Texts(held.iter().map(|&kind| kind.into()).collect()))
}

fn employee(home_bank: &str, employer_bank: &str) -> Question {
    opening(person("P-1"), "social-insurance", "person")
        .with("organisation_bank", "none")
        .with("home_bank", home_bank)
        .with("employer_bank", employer_bank)
        .with("grants_held", Value::Texts(Vec::new()))
}

const YES: &str = "permitted by clerk-applies-for-own-people";

#[test]
fn what_is_of_one_bank_is_applied_for_by_organisations_of_that_bank() {
    for (service, rule) in [
        ("research-deduction", "refused by deduction-is-hong-kongs-tax"),
        ("medical-data-transfer", "refused by receiver-must-be-in-the-hong-kong-park"),
        ("research-data-transfer", "refused by receiver-must-be-in-the-hong-kong-park"),
        ("research-data-recognition", "refused by recognised-data-are-made-in-hong-kong"),
        ("co-investment", "refused by co-investment-is-for-hong-kong-start-ups"),
    ] {
        check_table(&[(service, clerk(service, "south", &[]), YES), (service, clerk(service, "north", &[]), rule)]);
    }
    for service in ["park-admission", "joint-laboratory", "transfer-quota", "flight-operator"] {
        check_table(&[(service, clerk(service, "south", &[]), YES), (service, clerk(service, "north", &[]), YES)]);
    }
}

#[test]
fn only_an_organisation_on_the_whitelist_uses_the_green_channel() {
    let refused = "refused by green-channel-needs-whitelist-membership";
    for service in ["biosample-authorisation", "green-channel-items"] {
        check_table(&[
            ("on the whitelist", clerk(service, "south", &["park-admission", "whitelist-membership"]), YES),
            ("admitted to the park only", clerk(service, "south", &["park-admission"]), refused),
        ]);
    }
    check_table(&[(
        "of the other bank and not on the whitelist",
        clerk("biosample-authorisation", "north", &[]),
        "refused by receiver-must-be-in-the-hong-kong-park, green-channel-needs-whitelist-membership",
    )]);
}

#[test]
fn mainland_insurance_goes_on_for_mainland_residents_with_hong_kong_employers() {
    let home = "continued-insurance-is-for-mainland-residents";
    let employer = "continued-insurance-needs-a-hong-kong-employer";
    check_table(&[
        ("lives north, works south", employee("north", "south"), "permitted by person-applies-for-self"),
        ("lives south, works south", employee("south", "south"), &format!("refused by {home}")),
        ("lives north, works north", employee("north", "north"), &format!("refused by {employer}")),
        ("lives north, no employer", employee("north", "none"), &format!("refused by {employer}")),
        ("lives south, works north", employee("south", "north"), &format!("refused by {home}, {employer}")),
    ]);
}
