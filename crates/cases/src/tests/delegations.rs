//! A delegate applies, answers, withdraws and sees for an organisation: as far as it was given, and no longer.

use super::*;
use base::{Answer, Date, DelegationId, Question};
use parties::{DelegatedAct, Scope};
use profile::ChangeKind;
use proptest::prelude::*;
use std::collections::BTreeSet;

pub(super) const DELEGATE: &str = "delegate:P-8:O-1:M-1";
const FIRST: i64 = 8; // days after the Monday of these tests: 1 December
const LAST: i64 = 38; // 31 December

fn scope(services: &[&str], acts: &[DelegatedAct], applications_max: Option<u32>) -> Scope {
    Scope {
        services: services.iter().map(|service| key(service)).collect(),
        acts: acts.iter().copied().collect(),
        applications_max,
        from: day(FIRST),
        until: day(LAST),
    }
}

fn day(days: i64) -> Date {
    PROFILE.local_date(Bank::South, NINE_ON_MONDAY.plus(days * Instant::DAY))
}

/// The park, in which O-1 offered P-8 this, and what came of the offer.
fn people(scope: Scope, then: &[parties::Event]) -> parties::State {
    let mut state = PEOPLE.clone();
    let recorded = Recorded { sequence: 0, at: NINE_ON_MONDAY, actor: &CLERK.parse().unwrap() };
    let (delegation, organisation, delegate) = (DelegationId(1), OrganisationId(1), PersonId(8));
    let offered = parties::Event::DelegationOffered { delegation, organisation, delegate, scope };
    for event in std::iter::once(&offered).chain(then) {
        parties::evolve(&mut state, event, &recorded);
    }
    state
}

fn accepted() -> parties::Event {
    parties::Event::DelegationAccepted { delegation: DelegationId(1) }
}

fn ended() -> parties::Event {
    parties::Event::DelegationEnded { delegation: DelegationId(1) }
}

/// The room, and the park that it looks into.
struct Given {
    cases: Cases,
    people: parties::State,
}

impl Given {
    /// P-8 accepted this, and its first day has come.
    fn in_force(scope: Scope) -> Self {
        let mut given = Self { cases: Cases::new(), people: people(scope, &[accepted()]) };
        given.on(FIRST);
        given
    }

    fn on(&mut self, days: i64) -> &mut Self {
        self.cases.now = NINE_ON_MONDAY.plus(days * Instant::DAY);
        self
    }

    fn decide(&self, actor: &str, command: Command) -> Result<Vec<Event>, Refusal> {
        let actor: Actor = actor.parse().unwrap();
        let ctx = Ctx { now: self.cases.now, actor: &actor, rules: &*RULES };
        decide(&self.cases.state, &self.people, &PERMITS, &PROFILE, command, &ctx)
    }

    #[track_caller]
    fn check(&mut self, actor: &str, command: Command, want: &str) -> &mut Self {
        let decided = self.decide(actor, command);
        assert_eq!(in_words(&decided), want, "{decided:?}");
        self.cases.fold(actor, &decided.unwrap_or_default());
        self
    }

    /// Whether the actor sees a case, or by which rule not.
    fn sees(&self, actor: &str, case: u32) -> String {
        let actor: Actor = actor.parse().unwrap();
        let principal = parties::principal(&self.people, &PROFILE, &actor, self.cases.now);
        let resource = crate::entity(&self.cases.state, CaseId(case), self.cases.case(case), None);
        let question = Question::new("view_case", principal, resource).with("leg_here", false);
        let Answer { outcome, policies, .. } = RULES.ask(&question);
        if outcome == base::Outcome::Permitted {
            "yes".into()
        } else {
            policies.first().map_or("no".into(), Key::to_string)
        }
    }
}

fn about_p_2() -> Command {
    open("commuter-pass", 2)
}

#[test]
fn a_delegate_applies_for_the_organisation_and_the_case_says_under_what() {
    let mut given = Given::in_force(scope(&[], &DelegatedAct::ALL, None));
    given.check(DELEGATE, about_p_2(), "opened").check(DELEGATE, open_goods("c"), "opened + submitted");
    let case = given.cases.case(2);
    assert_eq!((case.applicant, case.organisation), (PersonId(8), Some(OrganisationId(1))));
    assert_eq!(case.delegation, Some(DelegationId(1)));
    let under: Vec<u32> = crate::of_delegation(&given.cases.state, DelegationId(1)).map(|(id, _)| id.0).collect();
    assert_eq!(under, [2, 1], "newest first");
    assert_eq!(given.sees(CLERK, 2), "yes", "the organisation's clerks see what was done for it");
    given.check(CLERK, withdraw(2), "withdrawn");
}

#[test]
fn what_was_not_given_is_refused_with_the_rule_that_says_so() {
    let visitors = || on_day("2026-12-02", open("visitor-pass", 8));
    let apply = [DelegatedAct::Apply];
    let mut given = Given::in_force(scope(&["commuter-pass"], &apply, Some(1)));
    given
        .check(DELEGATE, visitors(), "refused: delegation-must-cover-the-service")
        .check(DELEGATE, about_p_2(), "opened")
        .check(DELEGATE, open("commuter-pass", 5), "refused: delegation-must-have-applications-left")
        .check(DELEGATE, withdraw(1), "refused: delegation-must-let-withdraw");
    let mut given = Given::in_force(scope(&[], &[DelegatedAct::See, DelegatedAct::Answer], None));
    given
        .check(DELEGATE, about_p_2(), "refused: delegation-must-let-apply")
        .check(CLERK, about_p_2(), "opened")
        .check(SUBJECT, submit(1), "submitted")
        .check(SOUTH, take(1, "hong-kong"), "leg_taken")
        .check(SOUTH, ask(1, "hong-kong"), "asked")
        .check(DELEGATE, answer(1, "hong-kong"), "answered")
        .check(DELEGATE, withdraw(1), "refused: delegation-must-let-withdraw");
    assert_eq!(given.sees(DELEGATE, 1), "yes");
}

#[test]
fn a_delegate_sees_what_they_applied_for_and_the_rest_only_where_it_was_given() {
    let mut given = Given::in_force(scope(&[], &[DelegatedAct::Apply], None));
    given.check(CLERK, about_p_2(), "opened").check(DELEGATE, open_goods("c"), "opened + submitted");
    assert_eq!(given.sees(DELEGATE, 1), "delegation-must-let-see");
    assert_eq!(given.sees(DELEGATE, 2), "yes");
}

#[test]
fn once_it_is_over_the_delegate_has_nothing_left_of_what_they_applied_for() {
    let mut given = Given::in_force(scope(&[], &DelegatedAct::ALL, None));
    given.check(DELEGATE, open_goods("c"), "opened + submitted");
    assert_eq!(given.sees("person:P-8", 1), "cases-of-an-organisation-are-seen-for-it");
    given.check("person:P-8", withdraw(1), "refused: cases-of-an-organisation-are-followed-for-it");
    given.on(LAST + 1);
    for actor in [DELEGATE, "person:P-8", "clerk:P-8:O-1"] {
        assert_ne!(given.sees(actor, 1), "yes", "{actor}");
        assert!(given.decide(actor, withdraw(1)).is_err(), "{actor}");
    }
    given.check(DELEGATE, withdraw(1), "refused: delegation-must-be-in-force").check(CLERK, withdraw(1), "withdrawn");
}

#[test]
fn an_officer_who_acts_for_the_organisation_decides_none_of_its_cases() {
    let everything = || scope(&[], &DelegatedAct::ALL, None);
    let mut given = Given::in_force(everything());
    let to_the_officer = parties::Event::DelegationOffered {
        delegation: DelegationId(2),
        organisation: OrganisationId(1),
        delegate: PersonId(3),
        scope: everything(),
    };
    given.people =
        people(everything(), &[to_the_officer, parties::Event::DelegationAccepted { delegation: DelegationId(2) }]);
    given.check(CLERK, about_p_2(), "opened").check(SUBJECT, submit(1), "submitted");
    given.check(SOUTH, take(1, "hong-kong"), "refused: officer-must-not-act-for-the-organisation");
    given.on(LAST + 1).check(SOUTH, take(1, "hong-kong"), "leg_taken");
}

/// P-8 may apply for O-1 once, from today.
pub(super) fn one_application(cases: &mut Cases) {
    let scope = Scope { from: day(0), ..scope(&[], &[DelegatedAct::Apply], Some(1)) };
    let (delegation, organisation, delegate) = (DelegationId(1), OrganisationId(1), PersonId(8));
    cases.knows(&parties::Event::DelegationOffered { delegation, organisation, delegate, scope });
    cases.knows(&accepted());
}

pub(super) fn upload(service: &str, applied: u32) -> Command {
    let subject = base::Subject("roster".into());
    let (service, organisation) = (key(service), OrganisationId(1));
    let (file, rows) = ("e3b0c442".into(), Some("aa".into()));
    Command::UploadRoster { service, organisation, subject, file, applied, known: 0, faulty: 1, rows }
}

fn mend(roster: u32, mends: u32) -> Command {
    Command::MendRoster { roster: base::RosterId(roster), mends, applied: 0, known: 1, faulty: 0, rows: None }
}

#[test]
fn a_delegate_uploads_rosters_for_what_was_given_and_mends_their_own() {
    let mut given = Given::in_force(scope(&["commuter-pass"], &[DelegatedAct::Apply], None));
    given
        .check(DELEGATE, upload("visitor-pass", 1), "refused: delegation-must-cover-the-service")
        .check(DELEGATE, upload("commuter-pass", 3), "roster_uploaded")
        .check(CLERK, upload("commuter-pass", 3), "roster_uploaded")
        .check(DELEGATE, mend(2, 0), "refused: delegate-sees-rosters-of-the-delegation")
        .check("delegate:P-2:O-1:M-1", mend(1, 0), "refused: nothing permits it")
        .check(DELEGATE, mend(1, 0), "roster_mended")
        .check(CLERK, mend(2, 0), "roster_mended")
        .check(CLERK, mend(1, 1), "roster_mended");
    let under = |id| crate::roster(&given.cases.state, base::RosterId(id)).unwrap().delegation;
    assert_eq!((under(1), under(2)), (Some(DelegationId(1)), None));
    given.on(LAST + 1);
    given.check(DELEGATE, upload("commuter-pass", 3), "refused: delegation-must-be-in-force").check(
        DELEGATE,
        mend(1, 2),
        "refused: delegation-must-be-in-force",
    );
    let mut given = Given::in_force(scope(&[], &[DelegatedAct::See, DelegatedAct::Answer], None));
    given.check(DELEGATE, upload("commuter-pass", 1), "refused: delegation-must-let-apply");
}

#[test]
fn a_roster_with_more_good_rows_than_applications_are_left_is_refused_with_how_many_are_left() {
    let mut given = Given::in_force(scope(&[], &[DelegatedAct::Apply], Some(2)));
    given
        .check(DELEGATE, upload("commuter-pass", 3), "refused: roster-must-fit-the-delegation")
        .check(DELEGATE, upload("commuter-pass", 2), "roster_uploaded")
        .check(DELEGATE, about_p_2(), "opened");
    let refused = given.decide(DELEGATE, upload("commuter-pass", 2)).unwrap_err();
    assert_eq!(refused, Refusal::RosterMustFitTheDelegation { applied: 2, left: 1 });
    given
        .check(CLERK, upload("commuter-pass", 20), "roster_uploaded")
        .check(DELEGATE, open_goods("c"), "opened + submitted")
        .check(DELEGATE, upload("commuter-pass", 0), "roster_uploaded")
        .check(DELEGATE, upload("commuter-pass", 1), "refused: roster-must-fit-the-delegation");
}

#[test]
fn what_changes_a_decided_case_has_to_be_among_the_services_that_were_given() {
    let decided = |services: &[&str]| {
        let mut given = Given::in_force(scope(services, &[DelegatedAct::Apply], None));
        super::links::issued(&mut given.cases);
        given.check(CLERK, about_p_2(), "opened").check(SUBJECT, submit(904), "submitted").check(
            SOUTH,
            refuse(904, "hong-kong"),
            "leg_decided + decided",
        );
        given
    };
    let reconsider = || super::links::change("reconsideration", 904, ChangeKind::Reconsider, Some(1));
    let renew = || super::links::change("renewal", 903, ChangeKind::Renew, Some(1));
    let surrender = || super::links::change("surrender", 903, ChangeKind::Surrender, Some(1));
    let uncovered = "refused: delegation-must-cover-the-service";
    let mut given = decided(&["commuter-pass", "visitor-pass"]);
    given.check(DELEGATE, reconsider(), uncovered).check(DELEGATE, renew(), uncovered).check(
        DELEGATE,
        surrender(),
        uncovered,
    );
    let mut given = decided(&["reconsideration", "renewal", "surrender"]);
    given
        .check(DELEGATE, reconsider(), "opened + submitted")
        .check(DELEGATE, renew(), "refused: change-must-not-be-early")
        .check(DELEGATE, about_p_2(), uncovered);
    let surrendered = in_words(&given.decide(DELEGATE, surrender()));
    assert!(!surrendered.contains("delegation"), "{surrendered}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever is offered and whatever becomes of it: an application is opened exactly where the delegation was accepted,
    /// was not ended, is in its days, names the service, gives the act, and is the actor's own.
    #[test]
    fn a_delegation_never_works_outside_what_it_says(
        days in -1..50_i64,
        is_accepted in any::<bool>(),
        is_ended in prop::bool::weighted(0.2),
        services in prop::sample::select(vec![vec![], vec!["commuter-pass"], vec!["visitor-pass"], vec!["in-order"]]),
        acts in prop::collection::btree_set(prop::sample::select(DelegatedAct::ALL.to_vec()), 1..4),
        wanted in prop::sample::select(vec!["commuter-pass", "in-order"]),
        actor in prop::sample::select(vec![
            DELEGATE, DELEGATE, DELEGATE, "delegate:P-2:O-1:M-1", "delegate:P-8:O-2:M-1", "delegate:P-8:O-1:M-2",
            "person:P-8", "clerk:P-8:O-1",
        ]),
        opened in 0..3_u32,
        limit in prop::option::of(1..3_u32),
    ) {
        let acts: BTreeSet<DelegatedAct> = acts;
        let mut scope = scope(&services, &[], limit);
        scope.acts = acts.clone();
        let mut then = Vec::new();
        if is_accepted { then.push(accepted()); }
        if is_ended { then.push(ended()); }
        let mut given = Given { cases: Cases::new(), people: people(scope, &then) };
        given.on(days);
        for _ in 0..opened {
            let events = decide(&given.cases.state, &given.people, &PERMITS, &PROFILE, open_goods("c"), &Ctx {
                now: given.cases.now, actor: &CLERK.parse().unwrap(), rules: &*RULES,
            }).unwrap();
            given.cases.fold(DELEGATE, &events);
        }
        let command = if wanted == "in-order" { open_goods("c") } else { open(wanted, 2) };
        let may = is_accepted
            && !is_ended
            && (FIRST..=LAST).contains(&days)
            && (services.is_empty() || services.contains(&wanted))
            && acts.contains(&DelegatedAct::Apply)
            && limit.is_none_or(|limit| opened < limit)
            && actor == DELEGATE;
        let decided = given.decide(actor, command);
        prop_assert_eq!(decided.is_ok(), may, "{}", in_words(&decided));
    }
}
