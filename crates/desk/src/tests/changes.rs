//! Cases that change a decided one, played to their end: what becomes of what was issued.

use super::*;
use base::{GrantId, OrganisationId};
use cases::{About, Disclosed, Link, Outcome, Stage};
use permits::{Reason, Status};
use profile::ChangeKind;

const CLERK: &str = "clerk:P-1:O-1";
const SUBJECT: &str = "person:P-2";
const SOUTH: &str = "officer:P-3:hk-immigration";
const NORTH: &str = "officer:P-4:sz-exit-entry";
const SUPERVISION: &str = "officer:P-5:hk-supervision";
const DATA: &str = "officer:P-6:hk-data";

fn change(by: &str, case: u32, kind: ChangeKind, organisation: Option<u32>, disclosed: Disclosed) -> Command {
    let about = About::Change(Link { case: CaseId(case), kind });
    let organisation = organisation.map(OrganisationId);
    cases::Command::Open {
        service: key(by),
        organisation,
        about,
        answers: None,
        requested_day: None,
        disclosed,
        attachments: Vec::new(),
    }
    .into()
}

fn asked(pieces: i64) -> Disclosed {
    Disclosed { choices: [(key("class"), key("c"))].into(), balance: Some(pieces), organisation: None }
}

/// G-1 of O-1: 250 pieces.
fn goods() -> Park {
    let mut park = Park::new();
    park.check(CLERK, open_goods("c"), "opened + submitted");
    decided(&mut park, 1, "leg_decided + decided + granted");
    park
}

/// All offices of a case about goods approve; the last of them brings this.
#[track_caller]
fn decided(park: &mut Park, case: u32, want: &str) {
    let opinion = verdict(park, case, "opinion", 1, cases::LegVerdict::Supported);
    park.check(DATA, opinion, "leg_decided + leg_started");
    let approved = approve(park, case, "hong-kong", 1);
    let submitted = park.submit(SOUTH, vec![approved], None);
    assert!(submitted.is_ok(), "{submitted:?}");
    let endorsed = approve(park, case, "shenzhen", 1);
    park.check(NORTH, endorsed, want);
}

fn grant(park: &Park, id: u32) -> &permits::Grant {
    permits::grant_of(&park.zone().permits, GrantId(id)).unwrap()
}

#[test]
fn an_appeal_that_succeeds_brings_what_the_first_would_have_and_the_refusal_stays() {
    let mut park = Park::new();
    park.declares(2, &["hong-kong-clearance", "shenzhen-clearance"]);
    park.check(CLERK, open("commuter-pass", 2), "opened").check(SUBJECT, submit(1), "submitted");
    let refused = verdict(&park, 1, "hong-kong", 2, cases::LegVerdict::Refused);
    park.check(SOUTH, refused, "leg_decided + decided");
    park.check(SUBJECT, change("appeal", 1, ChangeKind::Appeal, None, Disclosed::default()), "opened + submitted");
    let heard = approve(&park, 2, "hong-kong", 2);
    park.check(SUPERVISION, heard, "leg_decided + decided + issued");
    let zone = park.zone();
    let permit = permits::of_case(&zone.permits, CaseId(2)).and_then(|id| permits::permit(&zone.permits, id)).unwrap();
    assert_eq!((permit.issue.holder, permit.issue.organisation), (PersonId(2), Some(OrganisationId(1))));
    assert_eq!(permits::of_case(&zone.permits, CaseId(1)), None);
    assert_eq!(cases::case(&zone.cases, CaseId(1)).unwrap().stage, Stage::Decided(Outcome::Refused));
    // What the appeal brought is renewed and given back like any other.
    let back = change("surrender", 2, ChangeKind::Surrender, None, Disclosed::default());
    park.check(SUBJECT, back, "opened + submitted + leg_decided + decided + revoked");
    assert_eq!(park.replayed(), *park.zone());
}

#[test]
fn a_renewed_pass_begins_where_the_old_one_ends() {
    let mut park = Park::with_pass();
    let renew = || change("renewal", 1, ChangeKind::Renew, Some(1), Disclosed::default());
    park.check(CLERK, renew(), "refused: change-must-not-be-early").later(330 * Instant::DAY);
    park.check(CLERK, renew(), "opened + submitted");
    let (south, north) = (approve(&park, 2, "hong-kong", 2), approve(&park, 2, "shenzhen", 2));
    park.check(SOUTH, south, "leg_decided").check(NORTH, north, "leg_decided + decided + issued");
    let permit = |id| permits::permit(&park.zone().permits, PermitId(id)).unwrap();
    let (old, new) = (permit(1), permit(2));
    assert_eq!((old.status, new.status), (Status::Valid, Status::Valid));
    assert_eq!(new.issue.valid_from, old.issue.valid_until);
    let days = new.issue.valid_until.since(new.issue.valid_from) / Instant::DAY;
    assert_eq!((days, &new.issue.scope), (365, &old.issue.scope));
    let again = change("renewal", 1, ChangeKind::Renew, Some(1), Disclosed::default());
    park.check(CLERK, again, "refused: change-must-be-asked-once");
}

#[test]
fn a_pass_given_back_ends_at_once_and_by_rule() {
    let mut park = Park::with_pass();
    let back = change("surrender", 1, ChangeKind::Surrender, None, Disclosed::default());
    park.check(SUBJECT, back.clone(), "opened + submitted + leg_decided + decided + revoked");
    assert_eq!(park.status(1), Status::Revoked);
    park.check(SUBJECT, back, "refused: issued-must-stand");
}

#[test]
fn amended_terms_take_the_place_of_the_old_until_the_same_day() {
    let mut park = goods();
    let amend = |pieces| change("amendment", 1, ChangeKind::Amend, Some(1), asked(pieces));
    park.check(SUBJECT, amend(400), "refused: nothing permits it").check(CLERK, amend(400), "opened + submitted");
    assert!(grant(&park, 1).ended.is_none(), "the old stands until the new is there");
    decided(&mut park, 2, "leg_decided + decided + grant_ended + granted");
    let (old, new) = (grant(&park, 1), grant(&park, 2));
    assert_eq!(old.ended.map(|(_, reason)| reason), Some(Reason::CaseDecided));
    assert_eq!(new.terms.balance.as_ref().map(|balance| balance.amount), Some(400));
    assert_eq!(new.terms.valid_until, old.terms.valid_until);
}

#[test]
fn what_is_transferred_is_another_organisations_from_then_on() {
    let mut park = goods();
    let commands = vec![register_organisation("Two"), register_person(&park, 7, Some(2)), appoint_clerk(7, 2)];
    park.submit("operator", commands, None).unwrap();
    let to = |organisation| Disclosed { organisation: Some(OrganisationId(organisation)), ..Disclosed::default() };
    let transfer = |disclosed| change("transfer", 1, ChangeKind::Transfer, Some(1), disclosed);
    park.check(CLERK, transfer(to(1)), "refused: transfer-must-go-to-another-organisation")
        .check(CLERK, transfer(to(9)), "refused: transfer-must-go-to-another-organisation")
        .check(CLERK, transfer(Disclosed::default()), "refused: transfer-must-go-to-another-organisation")
        .check(CLERK, transfer(to(2)), "opened + submitted");
    decided(&mut park, 2, "leg_decided + decided + grant_ended + granted");
    let new = grant(&park, 2);
    assert_eq!((new.terms.holder, new.terms.organisation), (PersonId(7), Some(OrganisationId(2))));
    assert_eq!(new.terms.balance, grant(&park, 1).terms.balance);
}

#[test]
fn a_correction_replaces_what_was_issued_where_it_bears_on_it_and_nothing_else() {
    let correct = |pieces| change("correction", 1, ChangeKind::Correct, Some(1), asked(pieces));
    let mut park = goods();
    park.check(CLERK, correct(250), "opened + submitted");
    decided(&mut park, 2, "leg_decided + decided");
    assert!(grant(&park, 1).ended.is_none());
    let mut park = goods();
    park.check(CLERK, correct(25), "opened + submitted");
    decided(&mut park, 2, "leg_decided + decided + grant_ended + granted");
    assert_eq!(grant(&park, 2).terms.balance.as_ref().map(|balance| balance.amount), Some(25));
}

#[test]
fn a_change_of_what_was_revoked_meanwhile_changes_nothing() {
    let mut park = goods();
    park.check(CLERK, change("amendment", 1, ChangeKind::Amend, Some(1), asked(400)), "opened + submitted");
    park.check(NORTH, end_grant(1), "grant_ended");
    decided(&mut park, 2, "leg_decided + decided");
}

#[test]
fn a_withdrawn_consent_ends_the_authorisation_that_rests_on_it() {
    let mut park = Park::new();
    park.check(SUBJECT, open_alone("agreed", About::Person(PersonId(2))), "opened");
    park.declares(2, &["agreed-use"]);
    park.check(SUBJECT, submit(1), "submitted");
    let approved = approve(&park, 1, "data", 2);
    park.check(DATA, approved, "leg_decided + decided + granted");
    park.check(SUBJECT, withdraw_consent(2, "agreed-use"), "consent_withdrawn + grant_ended");
    assert_eq!(grant(&park, 1).ended.map(|(_, reason)| reason), Some(Reason::ConsentWithdrawn));
    park.check(SUBJECT, give_consent(2, "agreed-use"), "consent_given");
    assert!(grant(&park, 1).ended.is_some(), "it was given up: it is applied for anew");
}

#[test]
fn nothing_is_granted_past_a_consent_that_was_withdrawn() {
    let mut park = Park::new();
    park.check(SUBJECT, open_alone("agreed", About::Person(PersonId(2))), "opened");
    park.declares(2, &["agreed-use"]);
    park.check(SUBJECT, submit(1), "submitted").check(SUBJECT, withdraw_consent(2, "agreed-use"), "consent_withdrawn");
    let approved = approve(&park, 1, "data", 2);
    park.check(DATA, approved, "refused: holder-must-have-consented");
}
