//! "Use what you told us on …": answers of one's own earlier applications, offered and taken over by a click.

use super::Opened;
use crate::service_form::answer;
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use base::CaseId;
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, details, summary_list};
use frame::{Weight, format, hidden, say, submit};
use park::EarlierAnswers;
use profile::{Field, FieldKind, Form, FormPart as Part};
use serde_json::{Map, Value};

/// Earlier applications whose answers are offered: the newest that have any.
const OFFERS_MAX: usize = 2;

/// What an earlier application answers of this part's fields that are empty yet.
fn usable(opened: &Opened, part: &Part, earlier: &EarlierAnswers) -> Map<String, Value> {
    let profile = &opened.caller.portal.park.profile;
    let Some(service) = profile.service(&earlier.service) else { return Map::new() };
    let empty = |field: &&Field| opened.value.get(field.key.as_str()).is_none();
    let fields = opened.service.form.fields_of(part).filter(empty);
    fields.filter_map(|field| Some((field.key.to_string(), same(&service.form, field, &earlier.answers)?))).collect()
}

/// The answer to a field of the same meaning and kind. A declaration is made anew every time.
fn same(form: &Form, field: &Field, answers: &Value) -> Option<Value> {
    if matches!(field.kind, FieldKind::Boolean) {
        return None;
    }
    let alike = |known: &&Field| {
        known.meaning == field.meaning && std::mem::discriminant(&known.kind) == std::mem::discriminant(&field.kind)
    };
    let known = form.fields.iter().find(alike)?;
    answers.get(known.key.as_str()).cloned()
}

/// Nothing where nothing was told before.
pub(super) fn offers(opened: &Opened, part: &Part) -> Result<Markup, Problem> {
    let caller = opened.caller;
    let l = caller.language;
    let visit = caller.visit();
    let earlier = caller.portal.park.earlier_answers(&opened.actor)?;
    let offers = earlier.iter().map(|earlier| (earlier, usable(opened, part, earlier)));
    let offers: Vec<_> = offers.filter(|(_, answers)| !answers.is_empty()).take(OFFERS_MAX).collect();
    let action = opened.href(&format!("parts/{}/earlier", part.key));
    let one = |(earlier, answers): &(&EarlierAnswers, Map<String, Value>)| {
        let day = caller.portal.park.profile.local_date(base::Bank::South, earlier.at);
        let service = caller.portal.park.profile.service(&earlier.service);
        let name = service.map_or_else(|| earlier.service.to_string(), |service| service.name.get(l).to_owned());
        let value = Value::Object(answers.clone());
        let rows: Vec<SummaryRow> =
            opened.service.form.fields_of(part).filter_map(|field| answer(l, field, &value)).collect();
        html! {
            (summary_list(rows))
            form method="post" action=(action) {
                (visit.csrf_field())
                (hidden("case", &earlier.case.to_string()))
                (submit(Weight::Secondary, &say!(l, "draft-use-earlier", date = format::date(l, day), service = name)))
            }
        }
    };
    Ok(html! {
        @if !offers.is_empty() {
            (details(say!(l, "draft-told-before"), html! { @for offer in &offers { (one(offer)) } }))
        }
    })
}

/// What was typed already stays.
pub(super) async fn take_over(
    caller: Caller,
    Path((_, id, part)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let opened = Opened::find(&caller, &id)?;
    let part = opened.part(&part)?;
    let case: CaseId = crate::clerk::named(posted.text("case"))?;
    let earlier = caller.portal.park.earlier_answers(&opened.actor)?;
    let earlier = earlier.iter().find(|earlier| earlier.case == case).ok_or(Problem::NotFound)?;
    let answers = usable(&opened, part, earlier);
    caller.portal.park.fill_in(&opened.actor, &id, &Value::Object(answers))?;
    Ok(Redirect::to(&opened.href(&format!("parts/{}", part.key))).into_response())
}
