//! Panels: two members of Hong Kong's immigration, one of Shenzhen's, one of supervision; the chair is with the data office.

use super::*;
use crate::{Ballot, Tally};

fn vote(scores: [u8; 2]) -> Command {
    work(1, "vote", Act::Vote { scores: Some(scores.to_vec()), comment: None })
}

fn abstain() -> Command {
    work(1, "vote", Act::Vote { scores: None, comment: None })
}

fn conflict() -> Command {
    work(1, "vote", Act::DeclareConflict { reason: Some(sealed(OF_SUBJECT)) })
}

fn close() -> Command {
    work(1, "vote", Act::CloseVote { reason: sealed(OF_SUBJECT) })
}

#[test]
fn every_member_s_office_has_the_case_in_its_queue_until_it_has_voted() {
    let mut cases = own("panel");
    for office in ["hk-data", "hk-immigration", "sz-exit-entry", "hk-supervision"] {
        assert_eq!(cases.queue(office), [1], "{office}");
    }
    cases.check(NORTH, vote([5, 5]), "worked");
    assert!(cases.queue("sz-exit-entry").is_empty());
    cases.check(SOUTH, vote([5, 5]), "worked");
    assert_eq!(cases.queue("hk-immigration"), [1], "one of its two members has not voted");
}

#[test]
fn a_member_from_another_office_reads_what_was_handed_in() {
    let mut cases = own("panel");
    let plan = crate::tests::attachments::file("plan", "plan");
    cases.state.attachments.insert(CaseId(1), vec![plan].into());
    let read = Command::ReadAttachment { case: CaseId(1), file: "plan".into() };
    for member in [SOUTH, NORTH, SUPERVISION] {
        cases.check(member, read.clone(), "attachment_read");
    }
}

#[test]
fn the_last_vote_decides_and_all_scores_are_kept() {
    let mut cases = own("panel");
    cases
        .check(SOUTH, vote([7, 5]), "worked")
        .check(COLLEAGUE, vote([4, 6]), "worked")
        .check(NORTH, vote([7, 7]), "worked")
        .check(SUPERVISION, vote([6, 7]), "worked + worked + decided");
    // 70 × (7 + 4 + 7 + 6) + 30 × (5 + 6 + 7 + 7) = 2,430 of 4,000.
    let panel = cases.leg(1, "vote").panel().unwrap();
    assert_eq!(panel.tally, Some(Tally { seats: 4, scored: 4, abstained: 0, conflicts: 0, mean: 6_075 }));
    assert_eq!(panel.seats[0].ballot, Some(Ballot::Scores(vec![7, 5])));
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Approved));
    cases.check(SOUTH, vote([1, 1]), "refused: leg-must-be-undecided");
}

#[test]
fn the_leg_ends_as_soon_as_no_vote_can_change_it() {
    let mut cases = own("panel");
    cases.check(SOUTH, vote([0, 0]), "worked").check(COLLEAGUE, vote([0, 0]), "worked").check(
        NORTH,
        vote([0, 0]),
        "worked + worked + decided",
    );
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Refused), "full marks from the fourth would be a quarter");
    let mut cases = own("panel");
    cases.check(SOUTH, vote([10, 10]), "worked").check(COLLEAGUE, vote([10, 10]), "worked").check(
        NORTH,
        vote([10, 10]),
        "worked + worked + decided",
    );
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Approved), "nothing from the fourth leaves three quarters");
}

#[test]
fn a_mean_exactly_at_the_mark_passes_and_a_hair_below_does_not() {
    for (last, outcome) in [([6, 6], Outcome::Approved), ([6, 5], Outcome::Refused)] {
        let mut cases = own("panel");
        for member in [SOUTH, COLLEAGUE, NORTH] {
            cases.check(member, vote([6, 6]), "worked");
        }
        cases.check(SUPERVISION, vote(last), "worked + worked + decided");
        assert_eq!(cases.case(1).stage, Stage::Decided(outcome), "{last:?}");
    }
}

#[test]
fn a_conflict_excludes_the_member_and_lowers_what_the_quorum_counts_from() {
    let mut cases = own("panel");
    let quorum = |cases: &Cases| cases.leg(1, "vote").panel().unwrap().quorum();
    assert_eq!(quorum(&cases), 3, "of four");
    cases
        .check(SUPERVISION, conflict(), "worked")
        .check(SUPERVISION, vote([9, 9]), "refused: member-must-not-have-a-conflict")
        .check(SUPERVISION, conflict(), "refused: member-must-not-have-a-conflict");
    assert_eq!(quorum(&cases), 2, "of three");
    cases
        .check(SOUTH, vote([8, 8]), "worked")
        .check(DATA, close(), "refused: quorum-must-be-reached")
        .check(NORTH, vote([8, 8]), "worked")
        .check(DATA, work(1, "vote", Act::CloseVote { reason: sealed(9) }), "refused: seal-must-be-the-subjects-own")
        .check(DATA, close(), "worked + decided");
    let tally = cases.leg(1, "vote").panel().unwrap().tally.unwrap();
    assert_eq!((tally.conflicts, tally.scored, tally.mean), (1, 2, 8_000));
    assert_eq!(cases.leg(1, "vote").officer, Some(PersonId(9)), "the chair closed it");
}

#[test]
fn whoever_abstains_takes_part_but_scores_nothing() {
    let mut cases = own("panel");
    cases
        .check(SOUTH, abstain(), "worked")
        .check(COLLEAGUE, abstain(), "worked")
        .check(NORTH, vote([9, 9]), "worked")
        .check(DATA, close(), "refused: quorum-must-be-reached")
        .check(SUPERVISION, vote([9, 9]), "worked + worked + decided");
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Approved));
}

#[test]
fn with_nobody_left_and_too_few_votes_the_chair_can_only_close_it_as_not_carried() {
    let mut cases = own("panel");
    for member in [SOUTH, COLLEAGUE, NORTH] {
        cases.check(member, abstain(), "worked");
    }
    cases.check(SUPERVISION, vote([10, 10]), "worked").check(DATA, close(), "worked + decided");
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Refused));
}

#[test]
fn a_seat_that_fell_away_goes_to_another_of_the_same_office() {
    let mut cases = own("panel");
    let reseat = |seat| work(1, "vote", Act::Reseat { seat });
    cases
        .check(SOUTH, conflict(), "worked")
        .check(DATA, reseat(1), "refused: seat-must-have-fallen-away")
        .check(DATA, reseat(9), "refused: seat-must-have-fallen-away")
        .check(NORTH, reseat(0), "refused: leg-must-be-of-the-officers-bank")
        .check(DATA, reseat(0), "worked")
        .check(SOUTH, vote([5, 5]), "refused: member-must-not-have-a-conflict")
        .check(COLLEAGUE, vote([5, 5]), "worked")
        .check("officer:P-5:hk-immigration", vote([5, 5]), "worked");
}

#[test]
fn a_member_votes_once_with_a_score_for_each_criterion_from_a_seat_of_their_own() {
    let mut cases = own("panel");
    let scores = |scores: Vec<u8>| work(1, "vote", Act::Vote { scores: Some(scores), comment: None });
    cases
        .check(DATA, vote([5, 5]), "refused: nothing permits it")
        .check("officer:P-2:hk-immigration", vote([5, 5]), "refused: officer-must-not-be-the-subject")
        .check(SOUTH, scores(vec![5]), "refused: scores-must-fit-the-criteria")
        .check(SOUTH, scores(vec![5, 11]), "refused: scores-must-fit-the-criteria")
        .check(SOUTH, scores(Vec::new()), "refused: scores-must-fit-the-criteria")
        .check(SOUTH, vote([5, 5]), "worked")
        .check(SOUTH, vote([9, 9]), "refused: vote-must-be-the-first")
        .check(SOUTH, conflict(), "refused: vote-must-be-the-first")
        .check(COLLEAGUE, vote([5, 5]), "worked")
        .check("officer:P-5:hk-immigration", vote([5, 5]), "refused: seat-must-be-free")
        .check(SOUTH, verdict(1, "vote", LegVerdict::Approved, sealed(2)), "refused: nothing permits it")
        .check(DATA, verdict(1, "vote", LegVerdict::Approved, sealed(2)), "refused: verdict-must-fit-the-leg");
}
