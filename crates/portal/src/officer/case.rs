//! One case before an officer: both legs on one time line, what was applied for, the rule that applies, and the actions
//! on the own leg that the rulebook allows.

use super::remarks::TypedRemark;
use super::{facts, history, name_of, office, page, remarks, rules, similar, tasks};
use crate::clerk::{named, stage_tag};
use crate::{Caller, Posted, Problem, casework, correspondence, dates};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Bank, CaseId, Outcome, PersonId};
use cases::{About, Case, Leg, LegState, Seen};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, TwoLegs, card, inset, summary_list, tag, timeline};
use frame::{Errors, Field, Visit, Weight, format, say, submit, submit_as};
use profile::{Effect, Office, Service};

/// The longest reason or question that the page takes.
const TEXT_CHARS_MAX: u32 = 4_000;

/// What an officer typed that could not be taken, and why.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub reason: String,
    pub question: String,
    /// Of a form that is none of the two.
    pub posted: Posted,
    pub remark: TypedRemark,
    pub errors: Errors,
    /// Something that no field can mend: a colleague was first.
    pub problem: Option<Markup>,
}

pub(super) async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    case_page(&caller, named(&id)?, &Typed::default())
}

pub(super) fn shown(caller: &Caller, case: CaseId, status: StatusCode, typed: &Typed) -> Result<Response, Problem> {
    Ok((status, case_page(caller, case, typed)?).into_response())
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
    let service = park.profile.service_at(&case.service, case.service_version).ok_or(Problem::NotFound)?;
    let items = park.history(&caller.actor, id)?;
    let opened = caller.portal.view_person(&zone, &caller.actor, case.subject, Some(id), Seen::Opened).is_ok();
    let visit = caller.visit();
    let l = caller.language;
    let view = View { caller, visit: &visit, zone: &zone, office, id, case, service, opened };
    let title =
        say!(l, "case-of", service = service.name.get(l), name = name_of(caller, &zone, case.subject, Some(id)));
    Ok(page(&visit, office, title)
        .crumb(say!(l, "queue-title"), visit.href("office"))
        .caption(id.to_string())
        .actions(stage_tag(l, case))
        .faulty(!typed.errors.is_empty())
        .body(html! {
            (typed.errors.summary(l))
            @if let Some(problem) = &typed.problem { (problem) }
            (progress(&view, &items))
            (casework::board::all(&caller.portal, l, service, case))
            (own_leg(&view, typed))
            (dates::told(&caller.portal, &visit, &zone, case, &items))
            (remarks::section(&view, &items, typed))
            h2 { (say!(l, "case-answers")) }
            (applicant(&view, &items))
            @if view.opened { (crate::attachments::list(caller, id, service)) }
            (effect_note(&view))
            (crate::links::linked(caller, &visit, &zone, &caller.actor, (id, case), "office/cases"))
            (who_looked(&view))
            (correspondence::of_case(caller, &visit, &zone, id))
        }))
}

/// Both banks beside each other; a case of one office alone is a plain time line.
fn progress(view: &View, items: &[park::HistoryItem]) -> Markup {
    let l = view.visit.language;
    let head = |leg: &Leg| casework::leg_head(&view.caller.portal, l, leg);
    let leg_of = |bank| casework::board::standing(view.case, bank);
    // Remarks have a place of their own.
    let steps = || items.iter().filter(|item| !matches!(item.event, cases::Event::Remarked { .. }));
    match (leg_of(Bank::North), leg_of(Bank::South)) {
        (Some(north), Some(south)) => {
            let legs = TwoLegs {
                label: say!(l, "case-both-banks"),
                north: head(north),
                south: head(south),
                moments: steps().map(|item| history::moment(view, item)).collect(),
            };
            html! { (legs) }
        }
        _ => html! {
            @for leg in &view.case.legs {
                @let head = head(leg);
                div.leg-alone {
                    p { strong { (head.office) } " " (tag(head.status.0, &head.status.1)) }
                    @if let Some(clock) = &head.clock { (clock) }
                }
            }
            @if view.case.legs.is_empty() { (inset(html! { p { (say!(l, "case-not-submitted")) } })) }
            h2 { (say!(l, "case-history")) }
            (timeline(&steps().map(|item| history::step(view, item)).collect::<Vec<_>>()))
        },
    }
}

/// The officer's own leg: the rule as it stands, and what may be done; or whose the legs are.
fn own_leg(view: &View, typed: &Typed) -> Markup {
    let l = view.visit.language;
    let own = own_leg_of(view);
    html! {
        @match own {
            Some(leg) if leg.waits_at().any(|office| *office == view.office.key) => {
                @let action = tasks::action(view, leg);
                @let answer = rules::about_leg(view.caller, view.zone, (view.id, view.case), leg, action);
                (card(&say!(l, "case-rule"), html! {
                    (rules::told(view.caller, &answer))
                    (facts::show(view, leg, action))
                }))
                (similar::show(view))
                @if answer.outcome == Outcome::Permitted && leg.kind.is_one_officers() && leg.proposal().is_none() {
                    (actions(view, leg, typed))
                } @else if answer.outcome == Outcome::Permitted || leg.panel().is_some() {
                    (tasks::shown(view, leg, typed))
                }
                (tasks::handing(view, leg, typed))
            }
            // Whoever has voted sees how the others did, until the vote is over.
            Some(leg) if leg.panel().is_some() && leg.state.is_undecided() => (tasks::shown(view, leg, typed)),
            Some(leg) if leg.state == LegState::Waiting => (inset(html! { p { (say!(l, "case-leg-waits")) } })),
            Some(_) => (inset(html! { p { (say!(l, "case-leg-done")) } })),
            None => (inset(html! { p { (say!(l, "case-no-leg")) } })),
        }
    }
}

/// The office's leg that is with it now, else any in which it has a part.
fn own_leg_of<'a>(view: &'a View) -> Option<&'a Leg> {
    let own = || view.case.legs.iter().find(|leg| leg.concerns(&view.office.key));
    view.case.waiting_at(&view.office.key).or_else(own)
}

fn actions(view: &View, leg: &Leg, typed: &Typed) -> Markup {
    let l = view.visit.language;
    let visit = view.visit;
    let action = |what: &str| visit.href(&format!("office/cases/{}/legs/{}/{what}", view.id, leg.key));
    html! {
        section aria-labelledby="decide" {
            h2 #decide { (say!(l, "case-decide")) }
            (tasks::taking(view, leg, &action("take")))
            @if leg.eyes() > 1 { p { (say!(l, "work-two-officers")) } }
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

/// What was answered, and the person with their document: where the rulebook lets this officer see them.
fn applicant(view: &View, items: &[park::HistoryItem]) -> Markup {
    let l = view.visit.language;
    let answers =
        casework::answers(items).map(|json| crate::attachments::answers(view.caller, view.id, form_of(view), &json));
    let person = parties::person(&view.zone.parties, view.case.subject);
    let Some(person) = person.filter(|person| !person.erased) else {
        return inset(html! { p { (say!(l, "case-erased")) } });
    };
    let (portal, actor) = (&view.caller.portal, &view.caller.actor);
    if let Err(problem) = portal.view_person(view.zone, actor, view.case.subject, Some(view.id), Seen::Opened) {
        let told = problem.told(view.caller);
        return frame::problem(l, &told.text, &told.remedy, told.section.as_deref());
    }
    html! {
        @if let Some(answers) = answers {
            @if let Some(corrected) = corrected(view) { (corrected) (summary_list(withheld(view, items))) }
            @else { (summary_list(answers.into_iter().chain(withheld(view, items)))) }
            (calculation(view, items))
        }
        @else { (summary_list(details(view))) }
        h2 { (say!(l, "case-document")) }
        (summary_list(document(view.caller, view.visit, view.case.subject, person)))
    }
}

/// What a correction changes, beside what was answered first: each as this officer may see it.
fn corrected(view: &View) -> Option<Markup> {
    let reader = &view.caller.actor;
    casework::corrected::differences(view.caller, reader, (view.id, view.case), (view.service, form_of(view)))
}

/// The form that was asked: the first case's where it was asked again.
fn form_of<'a>(view: &View<'a>) -> &'a profile::Form {
    let profile = &view.caller.portal.park.profile;
    &cases::form_service(&view.zone.cases, profile, view.service, view.case.about).form
}

/// The answers that no rule lets across: that they were given, and why they are not shown.
fn withheld(view: &View, items: &[park::HistoryItem]) -> Vec<SummaryRow> {
    let l = view.visit.language;
    let rows = items.iter().flat_map(|item| &item.withheld).map(|withheld| {
        let field = form_of(view).field(withheld.field.as_str());
        let label = field.map_or_else(|| withheld.field.to_string(), |field| field.label.get(l).to_owned());
        SummaryRow::new(label, rules::kept_back(view.caller, withheld.policy.as_ref()))
    });
    rows.collect()
}

/// For those who audit the office.
fn who_looked(view: &View) -> Markup {
    let (portal, subject) = (&view.caller.portal, view.case.subject);
    let may = portal.may_see_accesses(view.zone, &view.caller.actor, subject, &view.office.key, true).is_ok();
    let href = view.visit.href(&format!("office/cases/{}/accesses", view.id));
    html! { @if may { p { a href=(href) { (say!(view.visit.language, "accesses-of-case-link")) } } } }
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
        (Effect::Grant(_) | Effect::Answer | Effect::Change, _)
        | (Effect::RevokePermit, About::Person(_) | About::Organisation(_) | About::Change(_)) => html! {},
    }
}
