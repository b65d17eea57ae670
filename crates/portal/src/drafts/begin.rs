//! Beginning a draft, coming back to it, and throwing it away.

use super::{Opened, path};
use crate::application::{Applying, at_hand};
use crate::clerk::guidance;
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::response::Response;
use base::Actor;
use frame::maud::{Markup, html};
use frame::parts::{Link, SummaryRow, inset, summary_list};
use frame::{Page, Weight, button_link, buttons, format, say, submit};
use park::{DRAFT_DAYS, Draft};

/// What it takes, the drafts there are already, and the button that begins another.
pub(crate) fn before_begin(caller: &Caller, page: Page, applying: &Applying) -> Result<Markup, Problem> {
    let l = caller.language;
    let visit = caller.visit();
    let service = applying.service;
    let own = caller.portal.park.drafts_of(&applying.actor)?;
    let own: Vec<Draft> = own.into_iter().filter(|draft| draft.service == service.key).collect();
    let label = if own.is_empty() { say!(l, "draft-begin") } else { say!(l, "draft-begin-another") };
    Ok(page.lead(service.summary.get(l)).reading().body(html! {
        @if !own.is_empty() {
            (inset(html! {
                p { strong { (say!(l, "draft-there-is-one")) } }
                (summary_list(own.iter().map(|draft| row(caller, draft))))
            }))
        }
        (guidance(l, service))
        (at_hand(caller, service))
        p { (say!(l, "draft-kept", days = DRAFT_DAYS.to_string())) }
        form method="post" novalidate {
            (visit.csrf_field())
            (submit(if own.is_empty() { Weight::Primary } else { Weight::Secondary }, &label))
        }
    }))
}

/// The drafts of one capacity, for the first page of that capacity; nothing where there is none.
pub(crate) fn waiting(caller: &Caller, actor: &Actor) -> Result<Markup, Problem> {
    let l = caller.language;
    let own = caller.portal.park.drafts_of(actor)?;
    Ok(html! {
        @if !own.is_empty() {
            h2 { (say!(l, "draft-waiting")) }
            (summary_list(own.iter().map(|draft| row(caller, draft))))
        }
    })
}

fn row(caller: &Caller, draft: &Draft) -> SummaryRow {
    let l = caller.language;
    let visit = caller.visit();
    let service = caller.portal.park.profile.service(&draft.service);
    let name = service.map_or_else(|| draft.service.to_string(), |service| service.name.get(l).to_owned());
    let until = caller.portal.park.profile.local_date(base::Bank::South, draft.kept_until);
    let value = html! {
        div { (say!(l, "draft-changed")) " " (visit.time(draft.changed_at)) }
        div.govuk-hint { (say!(l, "draft-until", date = format::date(l, until))) }
    };
    let link = Link::new(say!(l, "draft-go-on"), visit.href(&path(&draft.id, "")));
    SummaryRow::new(name.clone(), value).action(link, name)
}

pub(super) async fn ask_to_discard(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    let opened = Opened::find(&caller, &id)?;
    let l = caller.language;
    let visit = caller.visit();
    Ok(opened.page(&visit, say!(l, "draft-discard-title")).reading().body(html! {
        p { (say!(l, "draft-discard-text")) }
        form method="post" {
            (visit.csrf_field())
            (buttons(html! {
                (submit(Weight::Grave, &say!(l, "draft-discard")))
                (button_link(Weight::Secondary, &say!(l, "draft-go-on"), &opened.href("")))
            }))
        }
    }))
}

pub(super) async fn discard(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    _: Posted,
) -> Result<Response, Problem> {
    let opened = Opened::find(&caller, &id)?;
    caller.portal.park.discard_draft(&opened.actor, &id).await?;
    Ok(caller.done(crate::navigation::home_of(&opened.actor), "draft-discarded"))
}
