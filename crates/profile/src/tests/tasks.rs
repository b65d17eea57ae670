//! Legs that ask for more than an officer's word: what the shipped services say, and what is refused with file and line.

use super::HETAO;
use super::faults::{copy, faults, replace};
use crate::{Currency, LegKind, RefundOn, Service, Signatory, TaskPlan};

fn service(key: &str) -> &'static Service {
    &HETAO.services[key]
}

fn task(key: &str, leg: &str) -> &'static TaskPlan {
    let plan = service(key).legs.iter().find(|plan| plan.key.as_str() == leg).unwrap();
    plan.task.as_ref().unwrap()
}

#[test]
fn every_kind_of_leg_is_used_by_a_service_that_ships() {
    for kind in LegKind::ALL {
        let mut legs = HETAO.services.values().flat_map(|service| &service.legs);
        assert!(legs.any(|leg| leg.kind == kind), "no service has a leg that is to {}", kind.as_str());
    }
    let mut two = HETAO.services.values().flat_map(|service| &service.legs);
    assert!(two.any(|leg| leg.eyes == 2));
}

#[test]
fn a_fee_is_the_sum_of_the_service_s_fees_in_its_currency() {
    let TaskPlan::Pay(plan) = task("testing-request", "fee") else { panic!("no fee") };
    let sum: i64 = service("testing-request").fees.iter().map(|fee| fee.amount_minor).sum();
    assert_eq!((plan.amount_minor, plan.currency), (sum, Currency::Hkd));
    assert_eq!(plan.refund_on, [RefundOn::Refused]);
}

#[test]
fn an_undertaking_has_a_hash_of_its_own_in_each_language() {
    let TaskPlan::Sign(plan) = task("premises", "green-terms") else { panic!("no undertaking") };
    assert_eq!(plan.signatory, Signatory::Named);
    let mut hashes = base::Language::ALL.map(|language| plan.hash(language)).to_vec();
    hashes.dedup();
    assert_eq!(hashes.len(), 3);
    assert!(hashes.iter().all(|hash| hash.len() == 64));
}

#[test]
fn a_panel_has_its_members_and_criteria_that_add_up() {
    let TaskPlan::Vote(plan) = task("accelerator-grant", "panel") else { panic!("no panel") };
    assert_eq!(plan.seats.len(), 5);
    assert_eq!(plan.criteria.iter().map(|criterion| u32::from(criterion.weight)).sum::<u32>(), 100);
    assert!(usize::from(plan.votes_min) <= plan.seats.len());
}

/// Replaces once and expects exactly one fault in the file, on the line of the replacement plus `below`.
#[track_caller]
fn check(file: &str, this: &str, by: &str, below: u32, what: &str) {
    let copy = copy();
    let line = replace(copy.path(), file, this, by);
    let found = faults(copy.path());
    let [fault] = found.as_slice() else { panic!("one fault for {by:?} in {file}, not {found:#?}") };
    assert!(fault.what.contains(what), "{fault}");
    assert_eq!((fault.file.as_str(), fault.line), (file, Some(line + below)), "{fault}");
    assert!(!fault.remedy.is_empty());
}

#[test]
fn faulty_tasks_are_shown_where_they_stand() {
    let testing = "services/testing-request.toml";
    let premises = "services/premises.toml";
    let home = "services/talent-apartment.toml";
    let grant = "services/accelerator-grant.toml";
    let stake = "services/co-investment.toml";
    check(testing, "currency = \"HKD\"\nrefund_on", "currency = \"CNY\"\nrefund_on", 0, "no fee in CNY");
    check(testing, "refund_on = [\"refused\"]", "refund_on = [\"approved\"]", 0, "`refund_on` is not as it should be");
    check(
        testing,
        "kind = \"pay\"\n\n[leg.payment]\ncurrency = \"HKD\"\nrefund_on = [\"refused\"]",
        "kind = \"pay\"",
        0,
        "not described",
    );
    check(testing, "kind = \"pay\"", "kind = \"vet\"", 2, "has no such thing");
    check(testing, "lead = \"hong-kong\"", "lead = \"fee\"", 0, "the applicant's to do");
    check(testing, "signatory = \"applicant\"", "signatory = \"anybody\"", 0, "`signatory` is not as it should be");
    check(premises, "refund_on = [\"withdrawn\"]", "refund_on = []", 0, "`refund_on` is empty");
    check(home, "changes_max = 2", "changes_max = -1", 0, "`changes_max` is not as it should be");
    check(home, "by = \"officer\"\nkind = \"attend\"", "by = \"rule\"\nkind = \"attend\"", 0, "no rule pays");
    check(grant, "votes_min = 3", "votes_min = 9", 0, "9 votes are asked for, and the panel has 5");
    check(grant, "quorum_percent = 60", "quorum_percent = 0", 0, "`quorum_percent` is not as it should be");
    check(grant, "office = \"hk-steering\"", "office = \"hk-nobody\"", 0, "there is no office `hk-nobody`");
    check(grant, "kind = \"vote\"", "kind = \"vote\"\neyes = 2", 1, "nobody proposes here");
    check(stake, "eyes = 2", "eyes = 3", 0, "`eyes` is not as it should be");
}

/// One fault in the file that says so, wherever it stands.
#[track_caller]
fn says(file: &str, this: &str, by: &str, what: &str) {
    let copy = copy();
    replace(copy.path(), file, this, by);
    let found = faults(copy.path());
    let [fault] = found.as_slice() else { panic!("one fault for {by:?} in {file}, not {found:#?}") };
    assert!(fault.what.contains(what) && fault.file == file && fault.line.is_some(), "{fault}");
}

#[test]
fn a_service_that_could_not_come_to_a_result_is_refused() {
    let grant = "services/accelerator-grant.toml";
    says(grant, "weight = 30", "weight = 40", "the weights add up to 110");
    says(
        grant,
        "key = \"programme\"\nname = { zh-Hant = \"加速計劃內容\"",
        "key = \"record\"\nname = { zh-Hant = \"加速計劃內容\"",
        "record",
    );
    let home = "services/talent-apartment.toml";
    says(
        home,
        "by = \"officer\"\n\n[[leg]]\nkey = \"viewing\"",
        "by = \"officer\"\nkind = \"consult\"\n\n[[leg]]\nkey = \"viewing\"",
        "nobody decides",
    );
    // Between two judgements of which either suffices, an appointment could wait for ever.
    let third = "[outcome]\nrule = \"all\"";
    let more = "[[leg]]\nkey = \"last\"\noffice = \"hk-health\"\nname = { zh-Hant = \"甲\", zh-Hans = \"甲\", en = \"last\" }\nworking_days = 5\nby = \"officer\"\nafter = [\"viewing\"]\n\n[outcome]\nrule = \"any\"";
    says(home, third, more, "waits for legs that judge, and legs that judge wait for it");
}
