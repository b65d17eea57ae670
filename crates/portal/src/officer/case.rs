//! One case before an officer: both legs on one time line, what was applied for, the rule that applies, and the actions
//! on the own leg that the rulebook allows.

use super::{facts, history, name_of, office, page, rules, similar};
use crate::clerk::{named, stage_tag};
use crate::{Caller, Problem, casework, service_form};
use axum::extract::Path;
use base::{Bank, CaseId, Outcome, PersonId};
use cases::{About, Case, Leg, LegState};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, TwoLegs, card, inset, summary_list, tag, timeline};
use frame::{Errors, Field, Visit, Weight, format, hidden, say, submit, submit_as};
use profile::{Effect, Office, Service};

/// The longest reason or question that the page takes.
const TEXT_CHARS_MAX: u32 = 4_000;

/// What an officer typed that could not be taken, and why.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub reason: String,
    pub question: String,
    pub errors: Errors,
    /// Something that no field can mend: a colleague was first.
    pub problem: Option<Markup>,
}

pub(super) async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    case_page(&caller, named(&id)?, &Typed::default())
}

/// Everything that the page's parts look into.
pub(super) struct View<'a> {
    pub caller: &'a Caller,
    pub visit: &'a Visit,
    pub zone: &'a Zone,
    pub office: &'a Office,
    pub id: CaseId,
    pub case: &'a Case,
    pub service: &'a Service,
    /// Whether the officer may read what is personal, if only as their own bank's: an auditor sees that it was written.
    pub opened: bool,
}

pub(super) fn case_page(caller: &Caller, id: CaseId, typed: &Typed) -> Result<Markup, Problem> {
    let office = office(caller)?;
    let park = &caller.portal.park;
    let zone = park.zone();
    let case = caller.portal.case(&zone, &caller.actor, id)?;
    let service = park.profile.service(&case.service).ok_or(Problem::NotFound)?;
    let items = park.history(&caller.actor, id)?;
    let home = parties::person(&zone.parties, case.subject).map_or(office.bank, |person| person.home_bank);
    let opened = caller.portal.may_view_person(&zone, &caller.actor, case.subject, home).is_ok();
    let visit = caller.visit();
    let l = caller.language;
    let view = View { caller, visit: &visit, zone: &zone, office, id, case, service, opened };
    let title = say!(l, "case-of", service = service.name.get(l), name = name_of(caller, &zone, case.subject));
    Ok(page(&visit, office, title)
        .crumb(say!(l, "queue-title"), visit.href("office"))
        .caption(id.to_string())
        .actions(stage_tag(l, case))
        .faulty(!typed.errors.is_empty())
        .body(html! {
            (typed.errors.summary(l))
            @if let Some(problem) = &typed.problem { (problem) }
            (progress(&view, &items))
            (own_leg(&view, typed))
            h2 { (say!(l, "case-answers")) }
            (applicant(&view, &items))
            @if view.opened { (crate::attachments::list(caller, id, service)) }
            (effect_note(&view))
        }))
}

/// Both banks beside each other; a case of one office alone is a plain time line.
fn progress(view: &View, items: &[park::HistoryItem]) -> Markup {
    let l = view.visit.language;
    let head = |leg: &Leg| casework::leg_head(&view.caller.portal, l, leg);
    let leg_of = |bank| view.case.legs.iter().find(|leg| leg.bank == bank);
    match (leg_of(Bank::North), leg_of(Bank::South)) {
        (Some(north), Some(south)) => {
            let legs = TwoLegs {
                label: say!(l, "case-both-banks"),
                north: head(north),
                south: head(south),
                moments: items.iter().map(|item| history::moment(view, item)).collect(),
            };
            html! { (legs) }
        }
        _ => html! {
            @for leg in &view.case.legs {
                @let head = head(leg);
                p { strong { (head.office) } " " (tag(head.status.0, &head.status.1)) }
                @if let Some(clock) = &head.clock { (clock) }
            }
            @if view.case.legs.is_empty() { (inset(html! { p { (say!(l, "case-not-submitted")) } })) }
            h2 { (say!(l, "case-history")) }
            (timeline(&items.iter().map(|item| history::step(view, item)).collect::<Vec<_>>()))
        },
    }
}

/// The officer's own leg: the rule as it stands, and what may be done; or whose the legs are.
fn own_leg(view: &View, typed: &Typed) -> Markup {
    let l = view.visit.language;
    let own = own_leg_of(view);
    html! {
        @match own {
            Some(leg) if leg.state.is_undecided() => {
                @let action = if leg.kind.binds() { "approve_leg" } else { "give_opinion" };
                @let answer = rules::about_leg(view.caller, view.zone, (view.id, view.case), leg, action);
                (card(&say!(l, "case-rule"), html! {
                    (rules::told(view.caller, &answer))
                    (facts::show(view, leg, action))
                }))
                (similar::show(view))
                @if answer.outcome == Outcome::Permitted { (actions(view, leg, typed)) }
            }
            Some(leg) if leg.state == LegState::Waiting => (inset(html! { p { (say!(l, "case-leg-waits")) } })),
            Some(_) => (inset(html! { p { (say!(l, "case-leg-done")) } })),
            None => (inset(html! { p { (say!(l, "case-no-leg")) } })),
        }
    }
}

/// The office's leg that is with it now, else any of its own.
fn own_leg_of<'a>(view: &'a View) -> Option<&'a Leg> {
    let own = || view.case.legs.iter().filter(|leg| leg.office == view.office.key);
    own().find(|leg| leg.state.is_undecided()).or_else(|| own().next())
}

fn actions(view: &View, leg: &Leg, typed: &Typed) -> Markup {
    let l = view.visit.language;
    let visit = view.visit;
    let action = |what: &str| visit.href(&format!("office/cases/{}/legs/{}/{what}", view.id, leg.key));
    html! {
        section aria-labelledby="decide" {
            h2 #decide { (say!(l, "case-decide")) }
            (taking(view, leg, &action("take")))
            @if leg.state == LegState::Asked {
                (inset(html! { p { (say!(l, "case-waits-for-answer")) } }))
            } @else {
                form method="post" action=(action("decide")) novalidate {
                    (visit.csrf_field())
                    (Field::new("reason", say!(l, "case-reason")).hint(say!(l, "case-reason-hint"))
                        .value(typed.reason.as_str()).errors(&typed.errors).characters_max(TEXT_CHARS_MAX).long_text(4))
                    div.govuk-button-group {
                        @if leg.kind.binds() {
                            (submit_as(Weight::Primary, &say!(l, "case-approve"), "verdict", "approved"))
                            (submit_as(Weight::Grave, &say!(l, "case-refuse"), "verdict", "refused"))
                        } @else {
                            (submit_as(Weight::Primary, &say!(l, "case-support"), "verdict", "supported"))
                            (submit_as(Weight::Secondary, &say!(l, "case-object"), "verdict", "objected"))
                        }
                    }
                }
                h2 { (say!(l, "case-ask")) }
                form method="post" action=(action("ask")) novalidate {
                    (visit.csrf_field())
                    (Field::new("question", say!(l, "case-question")).hint(say!(l, "case-question-hint"))
                        .value(typed.question.as_str()).errors(&typed.errors).characters_max(TEXT_CHARS_MAX).long_text(3))
                    (submit(Weight::Secondary, &say!(l, "case-ask-submit")))
                }
            }
        }
    }
}

/// Who took the leg; whoever has not may take it.
fn taking(view: &View, leg: &Leg, action: &str) -> Markup {
    let l = view.visit.language;
    let mine = leg.officer.is_some() && leg.officer == view.caller.actor.person();
    html! {
        @if mine {
            p { (say!(l, "case-taken-by-you")) }
        } @else {
            @if let Some(officer) = leg.officer {
                p { (say!(l, "case-taken-by", name = view.caller.name_of(officer))) }
            }
            form method="post" action=(action) {
                (view.visit.csrf_field())
                (hidden("take", "yes"))
                (submit(Weight::Secondary, &say!(l, "case-take")))
            }
        }
    }
}

/// What was answered, and the person with their document: where the rulebook lets this officer see them.
fn applicant(view: &View, items: &[park::HistoryItem]) -> Markup {
    let l = view.visit.language;
    let answers = casework::answers(items).map(|json| service_form::answers(l, &view.service.form, &json));
    let person = parties::person(&view.zone.parties, view.case.subject);
    let Some(person) = person.filter(|person| !person.erased) else {
        return inset(html! { p { (say!(l, "case-erased")) } });
    };
    let (portal, actor) = (&view.caller.portal, &view.caller.actor);
    if let Err(problem) = portal.may_view_person(view.zone, actor, view.case.subject, person.home_bank) {
        let told = problem.told(view.caller);
        return frame::problem(l, &told.text, &told.remedy, told.section.as_deref());
    }
    html! {
        @if let Some(answers) = answers { (summary_list(answers)) (calculation(view, items)) }
        @else { (summary_list(details(view))) }
        h2 { (say!(l, "case-document")) }
        (summary_list(document(view.caller, view.visit, view.case.subject, person)))
    }
}

/// What the service reckons from the answers, for the office as for the applicant.
fn calculation(view: &View, items: &[park::HistoryItem]) -> Markup {
    let answers = casework::answers(items).unwrap_or_default();
    crate::drafts::calculation(view.visit.language, view.service, &answers)
}

fn details(view: &View) -> Vec<SummaryRow> {
    let l = view.visit.language;
    let Some(details) = view.caller.portal.park.details(view.case.subject) else { return Vec::new() };
    let born = details.birth_date.map(|date| format::date(l, date)).unwrap_or_default();
    let rows = [
        (say!(l, "person-name"), details.name()),
        (say!(l, "person-latin-name"), details.latin_name),
        (say!(l, "person-born"), born),
        (say!(l, "person-nationality"), details.nationality),
        (say!(l, "person-job"), details.job_title),
        (say!(l, "person-staff-number"), details.staff_number),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    rows.map(|(label, value)| SummaryRow::new(label, html! { (value) })).collect()
}

/// The document as the person confirmed it; before that, that they have not.
pub(super) fn document(caller: &Caller, visit: &Visit, id: PersonId, person: &parties::Person) -> Vec<SummaryRow> {
    let l = visit.language;
    let Some(document) = &person.document else {
        return vec![SummaryRow::new(say!(l, "person-document"), html! { (say!(l, "person-document-missing")) })];
    };
    let number = caller.portal.park.confirmed_document_number(id).unwrap_or_default();
    let kind = super::watchlist::document_label(l, document.kind.as_str());
    vec![
        SummaryRow::new(say!(l, "person-document"), html! { (kind) }),
        SummaryRow::new(say!(l, "person-document-number"), html! { code { (number) } }),
        SummaryRow::new(say!(l, "person-document-expires"), html! { (format::date(l, document.expires)) }),
        SummaryRow::new(say!(l, "person-document-confirmed"), visit.time(document.confirmed_at)),
    ]
}

/// What follows from approval, where it is not a pass: whose pass goes, or who erases.
fn effect_note(view: &View) -> Markup {
    let l = view.visit.language;
    match (&view.service.effect, view.case.about) {
        (Effect::RevokePermit, About::Permit(permit)) => inset(html! {
            p { (say!(l, "case-revokes")) " " a href=(view.visit.href(&format!("office/passes/{permit}"))) { (permit) } }
        }),
        (Effect::ErasePerson, _) => inset(html! {
            p { (say!(l, "case-erases")) }
            p { code { "hetao erase " (view.case.subject) } }
        }),
        (Effect::IssuePermit(_), _) => match permits::of_case(&view.zone.permits, view.id) {
            Some(permit) => inset(html! {
                p { (say!(l, "case-issued")) " " a href=(view.visit.href(&format!("office/passes/{permit}"))) { (permit) } }
            }),
            None => html! {},
        },
        (Effect::Grant(_) | Effect::Answer, _) | (Effect::RevokePermit, About::Person(_) | About::Organisation(_)) => {
            html! {}
        }
    }
}
