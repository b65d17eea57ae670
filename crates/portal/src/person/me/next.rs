//! What happens next with an application, by whom and by when.

use crate::Caller;
use base::Key;
use cases::{Case, Leg, LegState, Outcome, Stage};
use frame::maud::{Markup, html};
use frame::parts::{Tone, card, tag};
use frame::{Visit, Weight, button_link, buttons, format, say};
use profile::{Effect, Service};

pub(super) fn office_name(caller: &Caller, office: &Key) -> String {
    let known = caller.portal.park.profile.office(office);
    known.map_or_else(|| office.to_string(), |known| known.name.get(caller.language).to_owned())
}

pub(super) fn told(caller: &Caller, visit: &Visit, id: base::CaseId, case: &Case, service: &Service) -> Markup {
    let l = visit.language;
    let heading = say!(l, "own-next");
    let content = match case.stage {
        Stage::Confirming => html! {
            p { (say!(l, "own-next-confirm")) }
            (buttons(button_link(
                Weight::Primary,
                &say!(l, "own-next-confirm-button"),
                &visit.href(&format!("me/cases/{id}/confirm")),
            )))
        },
        Stage::Deciding => html! {
            ul { @for leg in case.legs.iter() { li { (leg_next(caller, leg)) } } }
            @if let Some(how) = crate::front::jointly(l, &caller.portal.park.profile, service) { p.govuk-hint { (how) } }
            p.govuk-hint { (say!(l, "own-next-clocks")) }
        },
        Stage::Decided(Outcome::Approved) => approved(caller, visit, id, service),
        Stage::Decided(Outcome::Refused) => html! { p { (say!(l, "own-next-refused")) } },
        Stage::Decided(Outcome::Withdrawn) => html! { p { (say!(l, "own-next-withdrawn")) } },
    };
    card(&heading, content)
}

/// One office: by when it decides, or the applicant pays, signs or comes; that it waits for an answer; what it decided.
fn leg_next(caller: &Caller, leg: &Leg) -> Markup {
    let l = caller.language;
    let office = office_name(caller, &leg.office);
    let zone = caller.portal.park.zone();
    let profile = &caller.portal.park.profile;
    match (leg.state, cases::due(&zone.cases, profile, leg), crate::casework::works::status(l, leg)) {
        (LegState::Open, Some(due), Some((Tone::Caution, word))) => {
            html! { (office) " " (tag(Tone::Caution, &word)) " " (say!(l, "own-due", date = format::date(l, due))) }
        }
        (LegState::Asked, ..) => html! { (say!(l, "own-next-asked", office = office)) },
        (LegState::Open, Some(due), _) => {
            let left = cases::left(&zone.cases, profile, leg, caller.portal.park.now()).unwrap_or(0);
            let (date, days) = (format::date(l, due), crate::casework::days(left));
            html! {
                @if left < 0 { (say!(l, "own-next-late", office = office, date = date, days = days)) }
                @else { (say!(l, "own-next-due", office = office, date = date, days = days)) }
            }
        }
        (_, _, status) => {
            let (tone, word) = status.unwrap_or_else(|| crate::casework::leg_status(l, leg.state));
            html! { (office) " " (tag(tone, &word)) }
        }
    }
}

fn approved(caller: &Caller, visit: &Visit, id: base::CaseId, service: &Service) -> Markup {
    let l = visit.language;
    match &service.effect {
        Effect::IssuePermit(_) => html! {
            p { (say!(l, "own-next-issued")) }
            @if let Some(permit) = permits::of_case(&caller.portal.park.zone().permits, id) {
                @let href = visit.href(&format!("passes/{permit}"));
                (buttons(button_link(Weight::Primary, &say!(l, "own-next-issued-button"), &href)))
            }
        },
        Effect::Grant(template) => html! { p { (say!(l, "own-next-granted", name = template.name.get(l))) } },
        Effect::Answer => html! { p { (say!(l, "own-next-answered")) } },
        Effect::RevokePermit => html! { p { (say!(l, "own-next-revoked")) } },
        Effect::ErasePerson => html! { p { (say!(l, "own-next-erase")) } },
        Effect::Change => html! { p { (say!(l, "own-next-changed")) } },
    }
}
