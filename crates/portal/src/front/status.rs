//! How a case stands, for whoever has its number and its secret: state and dates, and nothing about anybody.

use crate::clerk::stage_tag;
use crate::{Caller, Posted, Problem, casework};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::CaseId;
use cases::Case;
use frame::maud::{Markup, html};
use frame::parts::{Column, SummaryRow, Table, summary_list, tag};
use frame::{Errors, Field, Size, Weight, format, say, submit};

pub(crate) async fn show(caller: Caller) -> Markup {
    form(&caller, "", &Errors::new())
}

/// No redirect: the secret belongs into no address.
pub(crate) async fn look(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let (number, secret) = (posted.text("case"), posted.text("secret"));
    let Some(id) = caller.portal.park.case_by_secret(number, secret) else {
        let mut errors = Errors::new();
        errors.add("secret", say!(caller.language, "status-wrong"));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&caller, number, &errors)).into_response());
    };
    let zone = caller.portal.park.zone();
    let case = cases::case(&zone.cases, id).ok_or(Problem::NotFound)?;
    Ok(standing(&caller, id, case).into_response())
}

fn form(caller: &Caller, number: &str, errors: &Errors) -> Markup {
    let l = caller.language;
    let visit = caller.visit();
    visit.page(say!(l, "status-title")).lead(say!(l, "status-lead")).reading().faulty(!errors.is_empty()).body(html! {
        (errors.summary(l))
        form method="post" novalidate autocomplete="off" {
            (visit.csrf_field())
            (Field::new("case", say!(l, "status-number")).hint(say!(l, "status-number-hint")).value(number.to_owned())
                .size(Size::Short).without_spell_check().text())
            (Field::new("secret", say!(l, "status-secret")).hint(say!(l, "status-secret-hint")).errors(errors)
                .size(Size::Medium).without_spell_check().text())
            (submit(Weight::Primary, &say!(l, "status-look")))
        }
    })
}

fn standing(caller: &Caller, id: CaseId, case: &Case) -> Markup {
    let l = caller.language;
    let visit = caller.visit();
    let (zone, profile) = (caller.portal.park.zone(), &caller.portal.park.profile);
    let service = profile.service_at(&case.service, case.service_version);
    let name = service.map_or_else(|| case.service.to_string(), |known| known.name.get(l).to_owned());
    let decided = case.decided_at.map(|at| SummaryRow::new(say!(l, "status-decided"), visit.time(at)));
    let rows = [
        SummaryRow::new(say!(l, "status-stage"), stage_tag(l, case)),
        SummaryRow::new(say!(l, "status-opened"), visit.time(case.opened_at)),
    ];
    let columns = [say!(l, "services-office"), say!(l, "status-stage"), say!(l, "status-due")].map(Column::text);
    let legs = case.legs.iter().map(|leg| {
        let office = profile.office(&leg.office).map_or("", |office| office.name.get(l));
        let (tone, word) = casework::leg_status(l, leg.state);
        let due =
            cases::due(&zone.cases, profile, leg).filter(|_| leg.decided_at.is_none()).map(|due| format::date(l, due));
        [html! { (office) }, tag(tone, &word), html! { (due.unwrap_or_default()) }]
    });
    visit.page(name).caption(id.to_string()).reading().body(html! {
        (summary_list(rows.into_iter().chain(decided)))
        @if !case.legs.is_empty() { (Table::new(say!(l, "status-offices"), columns).rows(legs)) }
        p.govuk-hint { (say!(l, "status-only")) }
    })
}
