//! What a leg asks of an officer now, by its kind: to confirm what a colleague proposed, to receive a fee, to record who
//! came, to score. And whose work the leg is.

use super::case::{Typed, View};
use super::rules;
use base::{Outcome, PersonId};
use cases::{Ballot, Leg, LegVerdict, Panel, Refund, away, payment_reference, slots, stands_in};
use frame::maud::{Markup, html};
use frame::parts::{Column, SummaryRow, Table, card, details, inset, summary_list};
use frame::{Choice, Field, Weight, format, hidden, say, submit, submit_as};
use profile::{Currency, LegKind, TaskPlan, money};

/// The longest text that the page takes.
const TEXT_CHARS_MAX: u32 = 4_000;

/// The action of the rulebook that the page asks about first.
pub(super) fn action(view: &View, leg: &Leg) -> &'static str {
    match leg.kind {
        LegKind::Consult if leg.proposal().is_none() => "give_opinion",
        LegKind::Decide | LegKind::Endorse | LegKind::Vet | LegKind::Inspect | LegKind::Consult => {
            if leg.proposal().is_some() { "confirm_leg" } else { "approve_leg" }
        }
        LegKind::Pay if !leg.state.is_undecided() => "confirm_refund",
        LegKind::Pay => "confirm_payment",
        LegKind::Sign => "ask_applicant",
        LegKind::Attend => "record_attendance",
        LegKind::Vote if sits(view, leg) => "cast_vote",
        LegKind::Vote => "close_vote",
    }
}

/// Whether this office has a seat on which nobody has acted.
fn sits(view: &View, leg: &Leg) -> bool {
    leg.panel().is_some_and(|panel| panel.seats.iter().any(|s| s.office == view.office.key && s.ballot.is_none()))
}

/// Where the leg's act is posted.
fn href(view: &View, leg: &Leg, what: &str) -> String {
    view.visit.href(&format!("office/cases/{}/legs/{}/work/{what}", view.id, leg.key))
}

fn text_area<'a>(typed: &'a Typed, name: &'static str, label: String) -> Field<'a> {
    Field::new(name, label).value(typed.posted.text(name)).errors(&typed.errors).characters_max(TEXT_CHARS_MAX)
}

/// What is done on a leg that is not ended by one officer's word, or waits for a second one.
pub(super) fn shown(view: &View, leg: &Leg, typed: &Typed) -> Markup {
    match leg.kind {
        LegKind::Decide | LegKind::Endorse | LegKind::Vet | LegKind::Inspect | LegKind::Consult => {
            second_eye(view, leg, typed)
        }
        LegKind::Pay => payment(view, leg, typed),
        LegKind::Sign => signature(view, leg),
        LegKind::Attend => attendance(view, leg),
        LegKind::Vote => panel(view, leg, typed),
    }
}

/// What the first officer proposed, for the second to confirm or to send back.
fn second_eye(view: &View, leg: &Leg, typed: &Typed) -> Markup {
    let l = view.visit.language;
    let Some(proposal) = leg.proposal() else { return html! {} };
    let verdict = match proposal.verdict {
        LegVerdict::Approved => say!(l, "history-proposed-approval"),
        LegVerdict::Refused => say!(l, "history-proposed-refusal"),
        LegVerdict::Supported | LegVerdict::Objected => say!(l, "history-proposed-opinion"),
    };
    html! {
        section aria-labelledby="second" {
            h2 #second { (say!(l, "work-second-eye")) }
            p { (verdict) (format::sentence_gap(l)) (say!(l, "work-proposed-by", name = view.caller.name_of(proposal.officer))) " · " (view.visit.time(proposal.at)) }
            p { (say!(l, "work-second-eye-how")) }
            form method="post" action=(href(view, leg, "confirm")) {
                (view.visit.csrf_field())
                (submit(Weight::Primary, &say!(l, "work-confirm")))
            }
            form method="post" action=(href(view, leg, "send-back")) novalidate {
                (view.visit.csrf_field())
                (text_area(typed, "send-back-reason", say!(l, "work-send-back-reason")).long_text(3))
                (submit(Weight::Secondary, &say!(l, "work-send-back")))
            }
        }
    }
}

/// What came in, under which number; or why it need not.
fn payment(view: &View, leg: &Leg, typed: &Typed) -> Markup {
    let l = view.visit.language;
    let Some(payment) = leg.payment() else { return html! {} };
    let reference = payment_reference(view.id, &view.case.legs, &leg.key);
    let facts = summary_list([
        SummaryRow::new(say!(l, "work-amount-due"), html! { (payment.due) }),
        SummaryRow::new(say!(l, "work-reference"), html! { code { (reference) } }),
    ]);
    if payment.refund == Some(Refund::Due) {
        return html! {
            h2 { (say!(l, "work-refund")) }
            (facts)
            form method="post" action=(href(view, leg, "refund")) novalidate {
                (view.visit.csrf_field())
                (Field::new("refund-receipt", say!(l, "work-refund-receipt")).value(typed.posted.text("refund-receipt")).errors(&typed.errors).text())
                (submit(Weight::Primary, &say!(l, "work-refund-confirm")))
            }
        };
    }
    let currencies = Currency::ALL.map(|currency| Choice::new(currency.code(), currency.code()));
    let typed_amount = typed.posted.text("amount");
    let amount = if typed_amount.is_empty() { money::typed(payment.due.minor) } else { typed_amount.to_owned() };
    html! {
        h2 { (say!(l, "work-payment")) }
        (facts)
        form method="post" action=(href(view, leg, "payment")) novalidate {
            (view.visit.csrf_field())
            (Field::new("amount", say!(l, "work-amount")).hint(say!(l, "work-amount-hint")).value(amount).input_mode("decimal").errors(&typed.errors).text())
            (Field::new("currency", say!(l, "work-currency")).value(payment.due.currency.code()).errors(&typed.errors).select(&currencies))
            (Field::new("receipt", say!(l, "work-receipt")).hint(say!(l, "work-receipt-hint")).value(typed.posted.text("receipt")).errors(&typed.errors).text())
            (submit(Weight::Primary, &say!(l, "work-payment-confirm")))
        }
        @let waiver = html! {
            form method="post" action=(href(view, leg, "waiver")) novalidate {
                (view.visit.csrf_field())
                (text_area(typed, "waiver-reason", say!(l, "work-waiver-reason")).long_text(3))
                (submit(Weight::Secondary, &say!(l, "work-waive")))
            }
        };
        (details(say!(l, "work-waiver"), waiver))
    }
}

/// The office waits for the signatory.
fn signature(view: &View, leg: &Leg) -> Markup {
    let l = view.visit.language;
    let who = match leg.signing().and_then(|signing| signing.named) {
        Some(person) => {
            say!(l, "work-waits-for-signature-of", name = super::name_of(view.caller, view.zone, person, None))
        }
        None => say!(l, "work-waits-for-signature"),
    };
    inset(html! { p { (who) } })
}

fn attendance(view: &View, leg: &Leg) -> Markup {
    let l = view.visit.language;
    let now = view.caller.portal.park.now();
    let Some(attendance) = leg.attendance() else { return html! {} };
    let free = slots(&view.zone.cases, &leg.office, now).filter(|(_, slot)| slot.is_free()).count();
    let offer = view.visit.href("office/appointments");
    html! {
        h2 { (say!(l, "work-appointment")) }
        @match attendance.booked {
            None => {
                p { (say!(l, "work-no-time-chosen")) }
                p { (say!(l, "work-free-times", count = free)) " " a href=(offer) { (say!(l, "work-offer-times")) } }
            }
            Some(at) if at > now => p { (say!(l, "work-time-chosen")) " " (view.visit.time(at)) },
            Some(at) => {
                p { (say!(l, "work-time-chosen")) " " (view.visit.time(at)) }
                form method="post" action=(href(view, leg, "attendance")) {
                    (view.visit.csrf_field())
                    div.govuk-button-group {
                        (submit_as(Weight::Primary, &say!(l, "work-came"), "came", "yes"))
                        (submit_as(Weight::Secondary, &say!(l, "work-stayed-away"), "came", "no"))
                    }
                }
                p.govuk-hint { (say!(l, "work-absences-left", count = u32::from(attendance.absences_left))) }
            }
        }
    }
}

/// The score sheet of a member, how far the vote has come, and what the chair may do.
fn panel(view: &View, leg: &Leg, typed: &Typed) -> Markup {
    let l = view.visit.language;
    let Some(panel) = leg.panel() else { return html! {} };
    let me = view.caller.actor.person();
    let acted = me.and_then(|me| panel.seat_of(me)).is_some();
    let tally = panel.tally_now();
    let may = |action| {
        rules::about_leg(view.caller, view.zone, (view.id, view.case), leg, action).outcome == Outcome::Permitted
    };
    html! {
        h2 { (say!(l, "work-panel")) }
        p { (say!(l, "work-panel-state", seats = u32::from(tally.seats), acted = u32::from(tally.scored + tally.abstained), conflicts = u32::from(tally.conflicts), quorum = u32::from(panel.quorum()), pass = u32::from(panel.pass_percent))) }
        @if acted { (inset(html! { p { (say!(l, "work-voted")) } })) (ballots(view, panel)) }
        @else if sits(view, leg) && may("cast_vote") { (sheet(view, leg, panel, typed)) }
        @if leg.office == view.office.key && may("close_vote") { (chair(view, leg, panel, typed)) }
    }
}

/// Names of the criteria are the zone's, as long as it has the version of the case.
fn criterion_name(view: &View, leg: &Leg, key: &base::Key) -> String {
    let plan = view.service.legs.iter().find(|plan| plan.key == leg.key).and_then(|plan| plan.task.as_ref());
    let Some(TaskPlan::Vote(plan)) = plan else { return key.to_string() };
    let named = plan.criteria.iter().find(|criterion| criterion.key == *key);
    named.map_or_else(|| key.to_string(), |criterion| criterion.name.get(view.visit.language).to_owned())
}

fn sheet(view: &View, leg: &Leg, panel: &Panel, typed: &Typed) -> Markup {
    let l = view.visit.language;
    let most = u32::from(panel.score_max);
    html! {
        form method="post" action=(href(view, leg, "ballot")) novalidate {
            (view.visit.csrf_field())
            p { (say!(l, "work-sheet-how", most = most)) }
            @for criterion in &panel.criteria {
                @let name = format!("score-{}", criterion.key);
                @let value = typed.posted.text(&name).to_owned();
                @let weight = say!(l, "work-weight", weight = u32::from(criterion.weight));
                (Field::new(name, criterion_name(view, leg, &criterion.key)).hint(weight).value(value).input_mode("numeric").size(frame::Size::Short).errors(&typed.errors).text())
            }
            (text_area(typed, "comment", say!(l, "work-comment")).long_text(3))
            div.govuk-button-group {
                (submit_as(Weight::Primary, &say!(l, "work-vote"), "ballot", "scores"))
                (submit_as(Weight::Secondary, &say!(l, "work-abstain"), "ballot", "abstain"))
            }
        }
        @let conflict = html! {
            form method="post" action=(href(view, leg, "conflict")) novalidate {
                (view.visit.csrf_field())
                p { (say!(l, "work-conflict-how")) }
                (text_area(typed, "conflict-reason", say!(l, "work-conflict-reason")).long_text(2))
                (submit(Weight::Grave, &say!(l, "work-conflict-declare")))
            }
        };
        (details(say!(l, "work-conflict"), conflict))
    }
}

/// To those who have voted themselves.
fn ballots(view: &View, panel: &Panel) -> Markup {
    let l = view.visit.language;
    let office = |key| view.caller.portal.park.profile.office(key).map_or("", |office| office.name.get(l));
    let rows = panel.seats.iter().map(|seat| {
        let told = match &seat.ballot {
            Some(Ballot::Scores(scores)) => scores.iter().map(u8::to_string).collect::<Vec<_>>().join(" · "),
            Some(Ballot::Abstained) => say!(l, "work-ballot-abstained"),
            Some(Ballot::Conflict) => say!(l, "work-ballot-conflict"),
            None => say!(l, "work-ballot-open"),
        };
        [html! { (office(&seat.office)) }, html! { (told) }]
    });
    let columns = [Column::text(say!(l, "work-seat")), Column::text(say!(l, "work-ballot"))];
    html! { (Table::new(say!(l, "work-ballots"), columns).rows(rows)) }
}

fn chair(view: &View, leg: &Leg, panel: &Panel, typed: &Typed) -> Markup {
    let l = view.visit.language;
    let fallen = panel.seats.iter().enumerate().filter(|(_, seat)| seat.ballot == Some(Ballot::Conflict));
    html! {
        @for (number, seat) in fallen {
            form method="post" action=(href(view, leg, "reseat")) {
                (view.visit.csrf_field())
                (hidden("seat", &number.to_string()))
                @let office = view.caller.portal.park.profile.office(&seat.office).map_or("", |office| office.name.get(l));
                p { (say!(l, "work-reseat-how", office = office)) }
                (submit(Weight::Secondary, &say!(l, "work-reseat")))
            }
        }
        @if panel.quorum_is_reached() || panel.seats.iter().all(|seat| seat.ballot.is_some()) {
            form method="post" action=(href(view, leg, "closing")) novalidate {
                (view.visit.csrf_field())
                (text_area(typed, "closing-reason", say!(l, "work-closing-reason")).long_text(3))
                (submit(Weight::Primary, &say!(l, "work-close")))
            }
        } @else {
            p.govuk-hint { (say!(l, "work-quorum-open")) }
        }
    }
}

/// Who holds the leg, and how it goes to somebody else.
pub(super) fn handing(view: &View, leg: &Leg, typed: &Typed) -> Markup {
    let l = view.visit.language;
    let me = view.caller.actor.person();
    let mine = leg.officer.is_some() && leg.officer == me;
    let head = me.is_some_and(|me| parties::is_head(&view.zone.parties, me, &view.office.key));
    let may_hand = mine || head || deputises(view, leg);
    if leg.office != view.office.key || !may_hand {
        return html! {};
    }
    let hand_on = html! {
        form method="post" action=(href(view, leg, "hand-on")) novalidate {
            (view.visit.csrf_field())
            (Field::new("to", say!(l, "work-colleague")).value(typed.posted.text("to")).errors(&typed.errors).select(&colleagues(view, leg)))
            (text_area(typed, "note", say!(l, "work-note")).hint(say!(l, "work-note-hint")).long_text(2))
            (submit(Weight::Secondary, &say!(l, "work-hand-on")))
        }
    };
    html! {
        (details(say!(l, "work-handing"), hand_on))
        @if leg.officer.is_some() && (mine || head) {
            form method="post" action=(href(view, leg, "give-back")) {
                (view.visit.csrf_field())
                (submit(Weight::Secondary, &say!(l, "work-give-back")))
            }
        }
    }
}

fn deputises(view: &View, leg: &Leg) -> bool {
    let me = view.caller.actor.person();
    let holder = leg.officer.filter(|holder| Some(*holder) != me);
    holder.is_some_and(|holder| stands_in_today(view, holder) == me)
}

fn stands_in_today(view: &View, person: PersonId) -> Option<PersonId> {
    let park = &view.caller.portal.park;
    stands_in(&view.zone.cases, &view.office.key, person, park.profile.local_date(view.office.bank, park.now()))
}

/// The office's officers who are there, but for whoever holds the leg.
fn colleagues(view: &View, leg: &Leg) -> Vec<Choice> {
    let park = &view.caller.portal.park;
    let today = park.profile.local_date(view.office.bank, park.now());
    let there = |person: &PersonId| away(&view.zone.cases, &view.office.key, *person, today).is_none();
    let officers = parties::officers_of(&view.zone.parties, &view.office.key);
    officers
        .filter(|person| Some(*person) != leg.officer)
        .filter(there)
        .map(|person| Choice::new(person.to_string(), view.caller.name_of(person)))
        .collect()
}

/// Who took the leg; whoever has not may take it, where the rules let them.
pub(super) fn taking(view: &View, leg: &Leg, action: &str) -> Markup {
    let l = view.visit.language;
    let mine = leg.officer.is_some() && leg.officer == view.caller.actor.person();
    let answer = rules::about_taking(view, leg);
    html! {
        @if mine {
            p { (say!(l, "case-taken-by-you")) }
        } @else {
            @if let Some(officer) = leg.officer {
                p { (say!(l, "case-taken-by", name = view.caller.name_of(officer))) }
            }
            @if answer.outcome == Outcome::Permitted {
                form method="post" action=(action) {
                    (view.visit.csrf_field())
                    (hidden("take", "yes"))
                    (submit(Weight::Secondary, &say!(l, "case-take")))
                }
            } @else {
                (card(&say!(l, "case-rule"), rules::told(view.caller, &answer)))
            }
        }
    }
}
