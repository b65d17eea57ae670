//! Earlier cases like the one on the page, as far as this officer may see them: so that like cases are decided alike.

use super::case::View;
use crate::casework;
use base::{CaseId, Key};
use cases::{Case, LegState, Outcome, Stage};
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, details, tag};
use frame::{format, say};

/// Looked through, newest first: what came before them was decided under other circumstances.
const LOOKED_AT_MAX: usize = 2_000;
const SHOWN: usize = 5;

/// How alike an earlier case is: of the same organisation, and each choice that was answered the same.
fn likeness(view: &View, earlier: &Case) -> usize {
    let same_organisation = earlier.organisation.is_some() && earlier.organisation == view.case.organisation;
    same_choices(view, earlier).count() + usize::from(same_organisation)
}

fn same_choices<'a>(view: &'a View, earlier: &'a Case) -> impl Iterator<Item = &'a Key> {
    let choices = &view.case.disclosed.choices;
    choices
        .iter()
        .filter(|(field, chosen)| earlier.disclosed.choices.get(*field) == Some(chosen))
        .map(|(field, _)| field)
}

/// Decided cases of the same service on which this office decided, the likest first, and of equals the latest.
fn found<'a>(view: &'a View) -> Vec<(CaseId, &'a Case, usize)> {
    let earlier = view.zone.cases.cases.range(..view.id).rev().take(LOOKED_AT_MAX);
    let mut found: Vec<(CaseId, &Case, usize)> = earlier
        .map(|(id, case)| (*id, &**case))
        .filter(|(_, case)| case.service == view.case.service && matches!(case.stage, Stage::Decided(_)))
        .filter(|(_, case)| own_state(view, case).is_some())
        .map(|(id, case)| (id, case, likeness(view, case)))
        .collect();
    found.sort_by_key(|(id, _, likeness)| std::cmp::Reverse((*likeness, *id)));
    let may_see = |id: &CaseId| view.caller.portal.case(view.zone, &view.caller.actor, *id).is_ok();
    found.into_iter().filter(|(id, ..)| may_see(id)).take(SHOWN).collect()
}

/// How this office decided.
fn own_state(view: &View, case: &Case) -> Option<LegState> {
    let own = case.legs.iter().filter(|leg| leg.office == view.office.key && leg.decided_at.is_some());
    own.map(|leg| leg.state).next_back()
}

pub(super) fn show(view: &View) -> Markup {
    let l = view.visit.language;
    let found = found(view);
    if found.is_empty() {
        return html! {};
    }
    let columns = [
        Column::short(say!(l, "queue-case")),
        Column::text(say!(l, "similar-decided")),
        Column::text(say!(l, "similar-own")),
        Column::text(say!(l, "similar-outcome")),
        Column::text(say!(l, "similar-why")),
    ];
    let rows = found.iter().map(|(id, case, _)| {
        let own = own_state(view, case).map(|state| casework::leg_status(l, state));
        [
            html! { a href=(view.visit.href(&format!("office/cases/{id}"))) { (id) } },
            html! { @if let Some(at) = case.decided_at { (view.visit.time(at)) } },
            html! { @if let Some((tone, word)) = &own { (tag(*tone, word)) } },
            html! { @if let Stage::Decided(outcome) = case.stage { (outcome_word(l, outcome)) } },
            html! { (why(view, case)) },
        ]
    });
    details(
        say!(l, "similar-title", count = found.len()),
        html! {
            p { (say!(l, "similar-lead")) }
            (Table::new(say!(l, "similar-heading"), columns).hide_caption().rows(rows))
        },
    )
}

/// In what it is alike.
fn why(view: &View, case: &Case) -> String {
    let l = view.visit.language;
    let mut alike = vec![say!(l, "similar-service")];
    if case.organisation.is_some() && case.organisation == view.case.organisation {
        alike.push(say!(l, "similar-organisation"));
    }
    let labels = same_choices(view, case).filter_map(|field| view.service.form.field(field.as_str()));
    alike.extend(labels.map(|field| field.label.get(l).to_owned()));
    alike.join(format::list_gap(l))
}

fn outcome_word(l: base::Language, outcome: Outcome) -> String {
    match outcome {
        Outcome::Approved => say!(l, "history-case-approved"),
        Outcome::Refused => say!(l, "history-case-refused"),
        Outcome::Withdrawn => say!(l, "history-withdrawn"),
    }
}
