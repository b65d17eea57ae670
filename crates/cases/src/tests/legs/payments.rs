//! Fees.

use super::*;
use crate::{Refund, Settled, payment_reference};

const CASHIER: &str = SUPERVISION;

#[test]
fn a_fee_is_the_sum_of_the_service_s_fees_and_is_paid_when_the_cashier_says_so() {
    let mut cases = fee_first();
    assert_eq!(cases.leg(1, "fee").payment().unwrap().due.to_string(), "HKD 1,000.00");
    cases.check(CASHIER, work(1, "fee", pay(100_000, "FPS-1")), "worked");
    let leg = cases.leg(1, "fee");
    assert_eq!((leg.state, leg.officer), (LegState::Approved, Some(PersonId(7))));
    assert_eq!(leg.payment().unwrap().settled, Some(Settled::Paid { receipt: "FPS-1".into() }));
    assert_eq!(crate::case_of_receipt(&cases.state, &key("hk-supervision"), "FPS-1"), Some(CaseId(1)));
}

#[test]
fn an_amount_that_does_not_match_is_refused_with_both_figures() {
    let cases = fee_first();
    let refusal = cases.decide_by(CASHIER, work(1, "fee", pay(10_000, "FPS-1")), &*RULES).unwrap_err();
    assert_eq!(refusal.code(), "amount-must-match");
    let said = [("due", "HKD 1,000.00"), ("given", "HKD 100.00")];
    assert_eq!(refusal.remarks(), said.map(|(name, value)| (name, value.to_owned())));
    let yuan = Amount { minor: 100_000, currency: profile::Currency::Cny };
    let act = Act::ConfirmPayment { amount: yuan, receipt: "FPS-1".into() };
    assert_eq!(in_words(&cases.decide_by(CASHIER, work(1, "fee", act), &*RULES)), "refused: amount-must-match");
}

#[test]
fn nobody_confirms_twice_and_no_receipt_pays_for_two() {
    let mut cases = fee_first();
    cases
        .check(CASHIER, work(1, "fee", pay(100_000, "FPS-1")), "worked")
        .check(CASHIER, work(1, "fee", pay(100_000, "FPS-1")), "refused: leg-must-be-undecided")
        .check(CASHIER, work(1, "fee", pay(100_000, "FPS-2")), "refused: leg-must-be-undecided")
        .check(CLERK, open_about("fee-first", Some(1), About::Organisation(OrganisationId(1))), "opened + submitted")
        .check(CASHIER, work(2, "fee", pay(100_000, " FPS-1 ")), "refused: receipt-must-be-new")
        .check(CASHIER, work(2, "fee", pay(100_000, " ")), "refused: receipt-must-be-given")
        .check(CASHIER, work(2, "fee", pay(100_000, &"9".repeat(41))), "refused: receipt-must-be-given")
        .check(CASHIER, work(2, "fee", pay(100_000, "FPS-2")), "worked");
}

#[test]
fn only_the_receiving_office_confirms_and_only_of_a_fee() {
    let mut cases = fee_first();
    cases
        .check(CLERK, work(1, "fee", pay(100_000, "FPS-1")), "refused: officer-must-not-be-the-subject")
        .check(SOUTH, work(1, "fee", pay(100_000, "FPS-1")), "refused: nothing permits it")
        .check(NORTH, work(1, "fee", pay(100_000, "FPS-1")), "refused: leg-must-be-of-the-officers-bank")
        .check(SOUTH, work(1, "undertaking", pay(100_000, "FPS-1")), "refused: leg-must-be-of-the-kind")
        .check(SOUTH, work(1, "decision", Act::WaiveFee { reason: sealed(1) }), "refused: leg-must-be-of-the-kind");
    let approve = verdict(1, "fee", LegVerdict::Approved, sealed(OF_CLERK));
    cases.check(CASHIER, approve, "refused: verdict-must-fit-the-leg");
}

#[test]
fn a_waived_fee_is_as_good_as_paid_and_nothing_of_it_goes_back() {
    let mut cases = fee_first();
    cases
        .check(CASHIER, work(1, "fee", Act::WaiveFee { reason: sealed(9) }), "refused: seal-must-be-the-subjects-own")
        .check(CASHIER, work(1, "fee", Act::WaiveFee { reason: sealed(OF_CLERK) }), "worked")
        .check(CLERK, work(1, "undertaking", Act::Decline { reason: None }), "worked + decided");
    assert_eq!(cases.leg(1, "fee").payment().unwrap().settled, Some(Settled::Waived));
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Refused));
    assert_eq!(cases.leg(1, "fee").payment().unwrap().refund, None);
}

#[test]
fn what_was_paid_goes_back_where_the_service_says_so() {
    let refund = Act::ConfirmRefund { receipt: "OUT-1".into() };
    let mut refused = fee_first();
    refused
        .check(CASHIER, work(1, "fee", pay(100_000, "FPS-1")), "worked")
        .check(CASHIER, work(1, "fee", refund.clone()), "refused: refund-must-be-due")
        .check(
            CLERK,
            work(1, "undertaking", Act::Decline { reason: Some(sealed(OF_CLERK)) }),
            "worked + worked + decided",
        );
    assert_eq!(refused.leg(1, "fee").payment().unwrap().refund, Some(Refund::Due));
    assert_eq!(refused.queue("hk-supervision"), [1], "the cashier still has something to do");
    refused.check(SOUTH, work(1, "fee", refund.clone()), "refused: nothing permits it");
    let used = Act::ConfirmRefund { receipt: "FPS-1".into() };
    refused
        .check(CASHIER, work(1, "fee", used), "refused: receipt-must-be-new")
        .check(CASHIER, work(1, "fee", refund.clone()), "worked")
        .check(CASHIER, work(1, "fee", refund), "refused: refund-must-be-due");
    assert!(refused.queue("hk-supervision").is_empty());

    let mut withdrawn = fee_first();
    withdrawn.check(CASHIER, work(1, "fee", pay(100_000, "FPS-1")), "worked").check(
        CLERK,
        withdraw(1),
        "worked + withdrawn",
    );
    assert_eq!(withdrawn.leg(1, "fee").payment().unwrap().refund, Some(Refund::Due));
}

#[test]
fn a_reference_has_check_digits_that_catch_a_slip_of_the_pen() {
    let cases = fee_first();
    let legs = &cases.case(1).legs;
    let reference = payment_reference(CaseId(1), legs, &key("fee"));
    assert_eq!(&reference[4..], "C1L1");
    // ISO 11649: the first four to the end, letters as 10 to 35, leaves 1.
    let leaves = |text: &str| {
        let turned = format!("{}{}", &text[4..], &text[..4]);
        let digits: String = turned.chars().map(|c| c.to_digit(36).unwrap().to_string()).collect();
        digits.chars().fold(0, |rest, digit| (rest * 10 + digit.to_digit(10).unwrap()) % 97)
    };
    assert_eq!(leaves(&reference), 1);
    assert_ne!(leaves(&reference.replace("C1L1", "C7L1")), 1);
}
