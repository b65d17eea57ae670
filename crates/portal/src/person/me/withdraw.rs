//! Withdrawing an application: asked once more, because it cannot be taken back.

use super::{case_page, may};
use crate::clerk::named;
use crate::{Caller, Problem};
use axum::extract::Path;
use axum::response::Response;
use base::CaseId;
use cases::Stage;
use frame::maud::{Markup, html};
use frame::parts::warning;
use frame::{Weight, button_link, buttons, say, submit};

pub(super) async fn ask(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    let id: CaseId = named(&id)?;
    let zone = caller.portal.park.zone();
    let case = cases::case(&zone.cases, id).ok_or(Problem::NotFound)?;
    may(&caller, &zone, (id, case), "withdraw_case")?;
    if matches!(case.stage, Stage::Decided(_)) {
        let decided = cases::Refusal::CaseMustNotBeDecided { case: id };
        return Err(Problem::Refused(Box::new(desk::Refusal::Cases(decided))));
    }
    let service =
        caller.portal.park.profile.service_at(&case.service, case.service_version).ok_or(Problem::NotFound)?;
    let visit = caller.visit();
    let l = caller.language;
    Ok(case_page(&visit, id, service.name.get(l), say!(l, "own-withdraw-title")).reading().body(html! {
        (warning(&say!(l, "own-warning"), &say!(l, "own-withdraw-final")))
        p { (say!(l, "own-withdraw-text")) }
        form method="post" {
            (visit.csrf_field())
            (buttons(html! {
                (submit(Weight::Grave, &say!(l, "own-withdraw")))
                (button_link(Weight::Secondary, &say!(l, "own-keep"), &visit.href(&format!("me/cases/{id}"))))
            }))
        }
    }))
}

pub(super) async fn withdraw(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Response, Problem> {
    let id: CaseId = named(&id)?;
    let park = &caller.portal.park;
    park.desk.command(caller.on_case(id)?, park.now(), cases::Command::Withdraw { case: id }).await?;
    Ok(caller.done(&format!("me/cases/{id}"), "case-withdrawn"))
}
