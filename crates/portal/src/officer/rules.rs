//! What the rulebook would say to an officer now, before they try: so that a button is shown only where it works, and the
//! rule that stands in the way where it does not.

use crate::{Caller, Problem};
use base::{Actor, Answer, Bank, CaseId, Entity, Key, Outcome, PermitId, Question, TokenId};
use cases::{Audience, Case, Leg};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Tone, tag};
use frame::{format, say};
use permits::Permit;
use profile::{Gate, Office};
use rulebook::{PolicyCard, Rulebook};

/// Asked about one leg: `approve_leg`, `give_opinion`, `confirm_leg`, `confirm_payment`, `cast_vote` …
pub(super) fn about_leg(
    caller: &Caller,
    zone: &Zone,
    (id, case): (CaseId, &Case),
    leg: &Leg,
    action: &'static str,
) -> Answer {
    ask(caller, zone, action, cases::entity(&zone.cases, id, case, Some(leg)))
}

pub(super) fn may_remark(caller: &Caller, zone: &Zone, case: (CaseId, &Case), audience: Audience) -> bool {
    caller.portal.may_remark(zone, &caller.actor, case, audience)
}

/// Why something is not shown to this officer, in the words of the rule that kept it back, with its section.
pub(super) fn kept_back(caller: &Caller, policy: Option<&Key>) -> Markup {
    let l = caller.language;
    let policies: Vec<Key> = policy.cloned().into_iter().collect();
    html! {
        @if let Some(card) = card(caller, &policies) {
            p.govuk-hint { (card.reason_for_public().get(l)) (format::sentence_gap(l)) (format::source(l, &card.section)) }
        }
    }
}

/// May the officer take the leg? Who holds it, and who is away, comes with the question.
pub(super) fn about_taking(view: &super::case::View, leg: &Leg) -> Answer {
    let (caller, zone) = (view.caller, view.zone);
    let park = &caller.portal.park;
    let resource = cases::entity(&zone.cases, view.id, view.case, Some(leg));
    let question = Question::new("take_leg", caller.portal.principal(zone, &caller.actor), resource);
    let question = cases::with_presence(&zone.cases, &park.profile, question, &caller.actor, leg, park.now());
    caller.portal.answer(&question)
}

/// Asked about one pass: `suspend_permit`, `resume_permit`, `revoke_permit`.
pub(super) fn about_permit(
    caller: &Caller,
    zone: &Zone,
    id: PermitId,
    permit: &Permit,
    action: &'static str,
) -> Answer {
    let (people, profile) = (&zone.parties, &caller.portal.park.profile);
    let issue = &permit.issue;
    let about = (permits::entity(id, issue, permit.status), issue.holder, &issue.kind);
    caller.portal.answer(&permits::question(people, profile, &caller.actor, action, about, caller.portal.park.now()))
}

/// Asked about one gate: `open_gate`, `close_gate`, `operate_gate`.
pub(crate) fn about_gate(caller: &Caller, zone: &Zone, gate: &Gate, action: &'static str) -> Answer {
    ask(caller, zone, action, people::gate_entity(gate))
}

/// Whether the officer may record, in a gate's stead, how a passage ended: `complete_passage`, `return_passage`.
pub(crate) fn may_end(caller: &Caller, zone: &Zone, passage: &people::Passage, action: &'static str) -> bool {
    let park = &caller.portal.park;
    let question = people::ending(&park.profile, passage, action, caller.portal.principal(zone, &caller.actor));
    question.is_some_and(|question| caller.portal.answer(&question).outcome == Outcome::Permitted)
}

/// Whether this officer sees passes at all: asked about one of nobody in particular.
pub(super) fn may_see_passes(caller: &Caller, zone: &Zone) -> bool {
    let nobodys = ["permit", "kind", "holder", "organisation", "status"];
    let resource = nobodys.into_iter().fold(Entity::new("Permit", "T-0"), |entity, name| entity.with(name, ""));
    ask(caller, zone, "view_permit", resource).outcome == Outcome::Permitted
}

pub(super) fn may_run_gates(caller: &Caller, zone: &Zone) -> bool {
    let gates = &caller.portal.park.profile.gates;
    gates.values().any(|gate| about_gate(caller, zone, gate, "close_gate").outcome == Outcome::Permitted)
}

/// The bank's own list is for its own immigration officers.
pub(super) fn may_watch(caller: &Caller, zone: &Zone, bank: Bank) -> Result<(), Problem> {
    let resource = Entity::new("Watch", bank).with("bank", bank.as_str());
    let answer = ask(caller, zone, "view_watch", resource);
    if answer.outcome == Outcome::Permitted { Ok(()) } else { Err(Problem::Ruled(answer)) }
}

/// Whether the officer may register organisations.
pub(super) fn about_organisations(caller: &Caller, zone: &Zone) -> Answer {
    ask(caller, zone, "register_organisation", Entity::new("Organisation", "O-0").with("organisation", "O-0"))
}

pub(super) fn may_keep_organisations(caller: &Caller, zone: &Zone) -> Result<(), Problem> {
    let answer = about_organisations(caller, zone);
    if answer.outcome == Outcome::Permitted { Ok(()) } else { Err(Problem::Ruled(answer)) }
}

/// Whether the officer may issue a token for this bearer.
pub(super) fn about_token(caller: &Caller, zone: &Zone, bearer: &Actor) -> Answer {
    let resource = parties::token_entity(&caller.portal.park.profile, TokenId(0), bearer);
    ask(caller, zone, "issue_token", resource)
}

/// Whether the officer issues tokens for the gates of the office's bank.
pub(super) fn may_issue_tokens(caller: &Caller, zone: &Zone, office: &Office) -> Result<(), Problem> {
    let own = caller.portal.park.profile.gates.values().find(|gate| gate.bank == office.bank);
    let bearer = own.map_or(Actor::Anonymous, |gate| Actor::Gate { gate: gate.key.clone() });
    let answer = about_token(caller, zone, &bearer);
    if answer.outcome == Outcome::Permitted { Ok(()) } else { Err(Problem::Ruled(answer)) }
}

fn ask(caller: &Caller, zone: &Zone, action: &'static str, resource: Entity) -> Answer {
    let question = Question::new(action, caller.portal.principal(zone, &caller.actor), resource);
    caller.portal.answer(&question)
}

/// The weightiest policy of an answer.
pub(super) fn card<'a>(caller: &'a Caller, policies: &[Key]) -> Option<&'a PolicyCard> {
    let nothing = Key::new(Rulebook::NOTHING_PERMITS);
    let weightiest = policies.first().or(nothing.as_ref());
    weightiest.and_then(|policy| caller.portal.park.rulebook.explain(policy))
}

/// An answer in words: allowed or not, why, how to mend it, and where the rule stands.
pub(super) fn told(caller: &Caller, answer: &Answer) -> Markup {
    let l = caller.language;
    let (tone, word) = match answer.outcome {
        Outcome::Permitted => (Tone::Good, say!(l, "rule-permits")),
        Outcome::Referred | Outcome::Refused => (Tone::Bad, say!(l, "rule-refuses")),
    };
    html! {
        p { (tag(tone, &word)) }
        @if let Some(card) = card(caller, &answer.policies) { (told_card(caller, card)) }
    }
}

fn told_card(caller: &Caller, card: &PolicyCard) -> Markup {
    let l = caller.language;
    html! {
        p { (card.reason.get(l)) }
        @if !card.remedy.get(l).is_empty() { p { (card.remedy.get(l)) } }
        p.govuk-hint {
            (crate::help::source(caller, &card.section))
            " · " code { (card.id) }
            @if card.illustrative { " · " (say!(l, "rule-illustrative")) }
        }
    }
}

/// Why somebody was referred to an officer of `bank`: what the bank's own officers alone may know comes first, as it is what
/// they have to look into; what another bank keeps to itself is said as the public hears it.
pub(super) fn reason_for(caller: &Caller, bank: Bank, policies: &[Key]) -> Option<String> {
    let own = |card: &&PolicyCard| card.authority.is_none_or(|authority| authority == bank);
    let cards = policies.iter().filter_map(|policy| caller.portal.park.rulebook.explain(policy));
    let card = match cards.filter(|card| card.hidden).find(own) {
        Some(own) => own,
        None => card(caller, policies)?,
    };
    let reason = if card.hidden && !own(&card) { card.reason_for_public() } else { &card.reason };
    Some(reason.get(caller.language).to_owned())
}
