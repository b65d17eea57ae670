//! What a gate says to what is held to it, reason by reason.

use super::*;
use permits::Reason;

#[test]
fn a_pass_that_was_stopped_does_not_pass_until_it_is_resumed() {
    let mut bridges = Bridges::new();
    let permit = PermitId(1);
    let mut then = |event: permits::Event, want: &str| {
        let recorded = Recorded { sequence: 0, at: bridges.now, actor: &Actor::System };
        permits::evolve(&mut bridges.permits, &event, &recorded);
        bridges.shows(1, "west-south", want);
    };
    then(
        permits::Event::Suspended { permit, reason: Reason::Lost, note: None },
        "refused by pass-must-not-be-suspended",
    );
    then(permits::Event::Resumed { permit, note: None }, PASS);
    then(permits::Event::Revoked { permit, reason: Reason::Lost, note: None }, "refused by pass-must-not-be-revoked");
}

#[test]
fn a_pass_holds_from_its_first_instant_until_its_last() {
    let mut bridges = Bridges::new();
    bridges.now = NINE_ON_MONDAY.plus(-1);
    bridges.shows(1, "west-south", "refused by pass-must-have-begun");
    bridges.now = NINE_ON_MONDAY.plus(30 * Instant::DAY);
    bridges.shows(1, "west-south", "refused by pass-must-not-have-expired");
}

#[test]
fn a_pass_is_for_its_bridges_directions_days_and_hours() {
    type Change = fn(&mut permits::Scope);
    let rows: [(Change, &str); 6] = [
        (|scope| scope.bridges = vec![key("east-bridge")], "refused by pass-must-cover-the-bridge"),
        (|scope| scope.directions = vec![Direction::Southbound], "refused by pass-must-cover-the-direction"),
        (|scope| scope.weekdays = vec![2, 3, 4, 5, 6, 7], "refused by pass-must-cover-the-day"),
        (|scope| scope.minute_from = 9 * 60 + 1, "refused by pass-must-cover-the-hour"),
        (|scope| scope.minute_until = 9 * 60, "refused by pass-must-cover-the-hour"),
        (|scope| (scope.minute_from, scope.minute_until) = (9 * 60, 9 * 60 + 1), PASS),
    ];
    for (change, want) in rows {
        let mut bridges = Bridges::new();
        world::with_scope(&mut bridges.permits, change);
        bridges.shows(5, "west-south", want);
    }
}

#[test]
fn the_holder_has_to_be_registered_with_a_document_in_force() {
    let mut bridges = Bridges::new();
    bridges.shows(3, "west-south", "refused by document-must-be-confirmed");
    bridges.now = NINE_ON_MONDAY.plus(7 * Instant::DAY + 13 * Instant::HOUR);
    bridges.shows(1, "west-south", PASS);
    bridges.now = NINE_ON_MONDAY.plus(8 * Instant::DAY);
    bridges.shows(2, "west-south", "refused by document-must-not-have-expired");
    let erased = parties::Event::PersonErased { person: PersonId(2) };
    parties::evolve(&mut bridges.people, &erased, &Recorded { sequence: 0, at: bridges.now, actor: &Actor::System });
    bridges.shows(2, "west-south", "refused by holder-must-be-registered");
}

#[test]
fn a_document_without_a_date_of_expiry_is_in_force_on_every_day() {
    let mut bridges = Bridges::new();
    let confirmed = parties::Event::DocumentConfirmed {
        person: PersonId(2),
        kind: key("hong-kong-identity-card"),
        number: Sealed { of: Subject("subject-2".into()), ciphertext: "AAAA".into() },
        expires: "9999-12-31".parse().unwrap(),
    };
    parties::evolve(&mut bridges.people, &confirmed, &Recorded { sequence: 0, at: bridges.now, actor: &Actor::System });
    bridges.shows(2, "west-south", PASS);
}

#[test]
fn a_pass_is_known_only_by_a_key_that_is_bound_to_it() {
    let mut bridges = Bridges::new();
    let not_bound = "refused by presentation-must-come-from-a-linked-device";
    for (permit, letter, form, want) in [
        (1, 'x', Form::Phone, not_bound),
        (1, 'b', Form::Phone, not_bound),
        (1, 'a', Form::Card, not_bound),
        (99, 'a', Form::Phone, "refused by pass-must-be-known"),
    ] {
        let presentation = bridges.fresh(permit, letter, form);
        bridges.check("gate:west-south", present("west-south", presentation), want);
    }
    assert!(bridges.state.presence.is_empty() && bridges.state.passages.is_empty());
}

#[test]
fn what_cannot_be_verified_is_refused_or_looked_at_by_an_officer() {
    for (fault, want) in [
        ("unreadable", "refused by presentation-must-be-readable"),
        ("signature-mismatch", "refused by presentation-must-be-genuine"),
        ("stale-presentation", "refused by presentation-must-be-fresh"),
        ("key-unavailable", "referred by presentation-must-be-checkable"),
    ] {
        Bridges::new().check("gate:west-south", present("west-south", unreadable(fault)), want);
    }
}

#[test]
fn a_code_is_shown_once_and_a_card_every_day() {
    let mut bridges = Bridges::new();
    let (code, card) = (bridges.fresh(1, 'a', Form::Phone), bridges.fresh(2, 'b', Form::Card));
    bridges
        .check("gate:west-south", present("west-south", code.clone()), PASS)
        .check("gate:west-south", turn_back(1), "passage_returned")
        .check("gate:west-south", present("west-south", code), "refused by presentation-must-be-used-once")
        .check("gate:west-south", present("west-south", card.clone()), PASS)
        .check("gate:west-north", complete(3), "passage_completed")
        .later(Instant::HOUR)
        .check("gate:west-north", present("west-north", card), PASS);
}

#[test]
fn a_code_that_was_refused_has_been_shown_all_the_same() {
    let mut bridges = Bridges::new();
    let code = bridges.fresh(1, 'a', Form::Phone);
    bridges
        .check(OPERATIONS, close("west-south"), "gate_closed")
        .check("gate:west-south", present("west-south", code.clone()), "refused by gate-must-be-open")
        .check("gate:east-south", present("east-south", code), "refused by presentation-must-be-used-once");
}

#[test]
fn a_code_is_good_for_a_minute_and_forgotten_when_it_could_not_pass_any_more() {
    let mut bridges = Bridges::new();
    let code = bridges.fresh(1, 'a', Form::Phone);
    bridges.later(60 * Instant::SECOND);
    let mut another = bridges.clone();
    bridges.check("gate:west-south", present("west-south", code.clone()), PASS);
    another.later(Instant::SECOND);
    another.check("gate:west-south", present("west-south", code), "refused by presentation-must-be-fresh");
    assert_eq!(bridges.state.seen.len(), 1);
    bridges.later(10 * Instant::MINUTE).shows(2, "west-south", PASS);
    assert_eq!((bridges.state.seen.len(), bridges.state.seen_by_time.len()), (1, 1), "only the newer is remembered");
}

#[test]
fn a_visitors_pass_is_a_code_and_no_card() {
    let mut bridges = Bridges::new();
    let card = bridges.fresh(4, 'b', Form::Card);
    bridges.check("gate:west-south", present("west-south", card), "refused by card-must-suit-the-pass").shows(
        4,
        "west-south",
        "permitted by north-admits-visitors",
    );
}

#[test]
fn a_gate_is_open_by_its_hours_unless_it_is_closed() {
    let mut bridges = Bridges::new();
    bridges.check(OPERATIONS, close("west-south"), "gate_closed");
    bridges.shows(1, "west-south", "refused by gate-must-be-open");
    bridges.check(OPERATIONS, reopen("west-south"), "gate_opened").shows(1, "west-south", PASS);
    bridges.later(15 * Instant::HOUR).shows(2, "west-south", "refused by gate-must-be-open");
}

#[test]
fn a_gate_asks_for_itself_and_its_own_bank_s_officer_in_its_stead() {
    let mut bridges = Bridges::new();
    for actor in ["gate:east-south", "person:P-1", "operator", "anonymous", NORTH, OPERATIONS] {
        let presentation = bridges.fresh(1, 'a', Form::Phone);
        bridges.check(actor, present("west-south", presentation), "refused: nothing permits it");
    }
    assert!(bridges.state.tallies.is_empty(), "nothing was decided about anybody");
    for (permit, actor) in [(1, "system"), (2, SOUTH)] {
        let presentation = bridges.fresh(permit, 'a', Form::Phone);
        bridges.check(actor, present("west-south", presentation), PASS);
    }
}

#[test]
fn every_decision_says_what_it_saw_and_under_which_rulebook() {
    let mut bridges = Bridges::new();
    let presentation = bridges.fresh(1, 'a', Form::Phone);
    let events = bridges.decide_by("gate:west-south", present("west-south", presentation)).unwrap();
    let [Event::PresentationDecided(decision)] = events.as_slice() else { panic!("{events:?}") };
    let Decision { facts, rulebook, north, south, policies, .. } = decision;
    assert_eq!(rulebook, base::Rules::version(&*RULES));
    assert_eq!((north, south), (&Outcome::Permitted, &Outcome::Permitted));
    assert_eq!(policies.len(), 2, "each bank permits on its own: {policies:?}");
    assert_eq!((facts.local_minute, facts.weekday, facts.presence.as_str()), (9 * 60, 1, "unknown"));
    assert_eq!(facts.pass.as_ref().unwrap().holder, PersonId(1));
}
