//! Delegations in words, the same for who gives them and who acts under them: how they stand, what they give, until when.

use crate::{Caller, Problem};
use base::{DelegationId, Language, Question};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, Tone, tag};
use frame::{Visit, format, say};
use parties::{Answered, DelegatedAct, Delegation, DelegationStanding, Scope};

/// The delegation, where the caller may see it.
pub(crate) fn visible<'a>(
    caller: &Caller,
    zone: &'a Zone,
    actor: &base::Actor,
    id: DelegationId,
) -> Result<&'a Delegation, Problem> {
    let known = parties::delegation(&zone.parties, id).ok_or(Problem::NotFound)?;
    may(caller, zone, actor, "view_delegation", (id, known))?;
    Ok(known)
}

/// `view_delegation`, `answer_delegation`, `end_delegation`.
pub(crate) fn may(
    caller: &Caller,
    zone: &Zone,
    actor: &base::Actor,
    action: &'static str,
    (id, known): (DelegationId, &Delegation),
) -> Result<(), Problem> {
    let resource = parties::delegation_entity(id, known.organisation, known.delegate);
    caller.portal.ask(&Question::new(action, caller.portal.principal(zone, actor), resource))
}

pub(crate) fn standing(caller: &Caller, zone: &Zone, known: &Delegation) -> DelegationStanding {
    let park = &caller.portal.park;
    parties::standing(&zone.parties, &park.profile, known, park.now())
}

pub(crate) fn standing_tag(l: Language, standing: DelegationStanding) -> Markup {
    let (tone, word) = match standing {
        DelegationStanding::InForce => (Tone::Good, say!(l, "delegation-in-force")),
        DelegationStanding::Accepted => (Tone::Active, say!(l, "delegation-accepted")),
        DelegationStanding::Offered => (Tone::Caution, say!(l, "delegation-offered")),
        DelegationStanding::Declined => (Tone::Neutral, say!(l, "delegation-declined")),
        DelegationStanding::Ended => (Tone::Neutral, say!(l, "delegation-ended")),
        DelegationStanding::Expired => (Tone::Neutral, say!(l, "delegation-expired")),
    };
    tag(tone, &word)
}

pub(crate) fn act(l: Language, act: DelegatedAct) -> String {
    match act {
        DelegatedAct::Apply => say!(l, "delegation-act-apply"),
        DelegatedAct::Answer => say!(l, "delegation-act-answer"),
        DelegatedAct::Withdraw => say!(l, "delegation-act-withdraw"),
        DelegatedAct::See => say!(l, "delegation-act-see"),
        DelegatedAct::Sign => say!(l, "delegation-act-sign"),
    }
}

/// From the first day to the last.
pub(crate) fn days(l: Language, scope: &Scope) -> String {
    say!(l, "delegation-days", from = format::date(l, scope.from), until = format::date(l, scope.until))
}

pub(crate) fn services(caller: &Caller, scope: &Scope) -> Markup {
    let l = caller.language;
    let name = |key: &base::Key| {
        let known = caller.portal.park.profile.service(key);
        known.map_or_else(|| key.to_string(), |known| known.name.get(l).to_owned())
    };
    html! {
        @if scope.services.is_empty() { (say!(l, "delegation-all-services")) }
        @else { ul.govuk-list { @for key in &scope.services { li { (name(key)) } } } }
    }
}

/// The delegate by name once they accepted, or where the caller may see them anyway; before that, by number.
pub(crate) fn delegate(caller: &Caller, known: &Delegation) -> String {
    let accepted = matches!(known.answer, Answered::Accepted(_));
    if accepted || caller.portal.park.may_name(&caller.actor, known.delegate) {
        format!("{} ({})", caller.name_of(known.delegate), known.delegate)
    } else {
        known.delegate.to_string()
    }
}

/// What is given, in full.
pub(crate) fn rows(
    caller: &Caller,
    visit: &Visit,
    zone: &Zone,
    (id, known): (DelegationId, &Delegation),
) -> Vec<SummaryRow> {
    let l = caller.language;
    let opened = cases::of_delegation(&zone.cases, id).count();
    let opened = format::number(i64::try_from(opened).unwrap_or(i64::MAX));
    let applications = match known.scope.applications_max {
        Some(limit) => say!(l, "delegation-opened-of", opened = opened, limit = format::number(i64::from(limit))),
        None => say!(l, "delegation-opened", opened = opened),
    };
    let mut rows = vec![
        SummaryRow::new(say!(l, "delegation-standing"), standing_tag(l, standing(caller, zone, known))),
        SummaryRow::new(say!(l, "delegation-when"), html! { (days(l, &known.scope)) }),
        SummaryRow::new(say!(l, "delegation-services"), services(caller, &known.scope)),
        SummaryRow::new(
            say!(l, "delegation-acts"),
            html! { ul.govuk-list { @for given in &known.scope.acts { li { (act(l, *given)) } } } },
        ),
        SummaryRow::new(say!(l, "delegation-applications"), html! { (applications) }),
        SummaryRow::new(say!(l, "delegation-offered-at"), visit.time(known.offered_at)),
    ];
    let answered = match known.answer {
        Answered::NotYet => None,
        Answered::Accepted(at) => Some((say!(l, "delegation-accepted-at"), at)),
        Answered::Declined(at) => Some((say!(l, "delegation-declined-at"), at)),
    };
    rows.extend(answered.map(|(label, at)| SummaryRow::new(label, visit.time(at))));
    rows.extend(known.ended_at.map(|at| SummaryRow::new(say!(l, "delegation-ended-at"), visit.time(at))));
    rows
}
