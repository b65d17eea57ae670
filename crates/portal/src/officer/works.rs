//! What an officer does on a leg besides deciding it: as it is posted, and what the page says where it cannot be done.

use super::case::{Typed, case_page};
use crate::clerk::named;
use crate::{Caller, Posted, Problem};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{CaseId, Key};
use cases::{Amount, Panel};
use frame::{Errors, problem, say};
use park::LegAct;
use profile::{Currency, money};

pub(super) async fn act(
    caller: Caller,
    Path((_, id, leg, what)): Path<(String, String, String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let (case, leg): (CaseId, Key) = (named(&id)?, named(&leg)?);
    let mut typed = Typed { posted, ..Typed::default() };
    let Some(act) = read(&caller, (case, &leg), &what, &typed.posted, &mut typed.errors)? else {
        return shown(&caller, case, StatusCode::UNPROCESSABLE_ENTITY, &typed);
    };
    match caller.portal.park.work_leg(&caller.actor, case, leg, act).await {
        Ok(_) => Ok(caller.done(&format!("office/cases/{case}"), &format!("work-{what}"))),
        Err(error) => {
            // On the case as it stands now, with nothing lost of what was typed.
            let error = Problem::from(error);
            let told = error.told(&caller);
            typed.problem = Some(problem(caller.language, &told.text, &told.remedy, told.section.as_deref()));
            shown(&caller, case, error.status(), &typed)
        }
    }
}

fn shown(caller: &Caller, case: CaseId, status: StatusCode, typed: &Typed) -> Result<Response, Problem> {
    Ok((status, case_page(caller, case, typed)?).into_response())
}

/// `None` where something is missing; `errors` says what.
fn read(
    caller: &Caller,
    about: (CaseId, &Key),
    what: &str,
    posted: &Posted,
    errors: &mut Errors,
) -> Result<Option<LegAct>, Problem> {
    let l = caller.language;
    let mut needed = |name: &'static str| {
        let text = posted.text(name).to_owned();
        if text.is_empty() {
            errors.add(name, say!(l, "work-reason-missing"));
        }
        (!text.is_empty()).then_some(text)
    };
    Ok(match what {
        "give-back" => Some(LegAct::GiveBack),
        "confirm" => Some(LegAct::Confirm),
        "send-back" => needed("send-back-reason").map(|reason| LegAct::SendBack { reason }),
        "waiver" => needed("waiver-reason").map(|reason| LegAct::WaiveFee { reason }),
        "closing" => needed("closing-reason").map(|reason| LegAct::CloseVote { reason }),
        "refund" => needed("refund-receipt").map(|receipt| LegAct::ConfirmRefund { receipt }),
        "conflict" => Some(LegAct::DeclareConflict { reason: posted.text("conflict-reason").to_owned() }),
        "attendance" => Some(LegAct::RecordAttendance { came: posted.text("came") == "yes" }),
        "reseat" => Some(LegAct::Reseat { seat: posted.text("seat").parse().map_err(|_| Problem::Malformed)? }),
        "hand-on" => hand_on(caller, posted, errors),
        "payment" => payment(caller, posted, errors),
        "ballot" => ballot(caller, about, posted, errors)?,
        _ => return Err(Problem::NotFound),
    })
}

fn hand_on(caller: &Caller, posted: &Posted, errors: &mut Errors) -> Option<LegAct> {
    match posted.text("to").parse() {
        Ok(to) => Some(LegAct::HandOn { to, note: posted.text("note").to_owned() }),
        Err(_) => {
            errors.add("to", say!(caller.language, "work-colleague-missing"));
            None
        }
    }
}

fn payment(caller: &Caller, posted: &Posted, errors: &mut Errors) -> Option<LegAct> {
    let l = caller.language;
    let minor = money::minor_units(posted.text("amount"));
    if minor.is_none() {
        errors.add("amount", say!(l, "work-amount-unclear"));
    }
    let receipt = posted.text("receipt");
    if receipt.is_empty() {
        errors.add("receipt", say!(l, "work-receipt-missing"));
        return None;
    }
    let currency = Currency::ALL.into_iter().find(|currency| currency.code() == posted.text("currency"))?;
    Some(LegAct::ConfirmPayment { amount: Amount { minor: minor?, currency }, receipt: receipt.to_owned() })
}

/// A score for each criterion, each at its own field; or none of them.
fn ballot(
    caller: &Caller,
    (case, leg): (CaseId, &Key),
    posted: &Posted,
    errors: &mut Errors,
) -> Result<Option<LegAct>, Problem> {
    let comment = posted.text("comment").to_owned();
    if posted.text("ballot") == "abstain" {
        return Ok(Some(LegAct::Vote { scores: None, comment }));
    }
    let zone = caller.portal.park.zone();
    let known = cases::case(&zone.cases, case).ok_or(Problem::NotFound)?;
    let leg = known.legs.iter().find(|known| known.key == *leg).ok_or(Problem::NotFound)?;
    let Some(panel) = leg.panel() else { return Ok(Some(LegAct::Vote { scores: Some(Vec::new()), comment })) };
    let scores = scores(caller, panel, posted, errors);
    Ok(scores.map(|scores| LegAct::Vote { scores: Some(scores), comment }))
}

fn scores(caller: &Caller, panel: &Panel, posted: &Posted, errors: &mut Errors) -> Option<Vec<u8>> {
    let scores: Vec<Option<u8>> = panel
        .criteria
        .iter()
        .map(|criterion| {
            let name = format!("score-{}", criterion.key);
            let score = posted.text(&name).parse().ok().filter(|score: &u8| *score <= panel.score_max);
            if score.is_none() {
                let most = u32::from(panel.score_max);
                errors.add(name, say!(caller.language, "work-score-unclear", most = most));
            }
            score
        })
        .collect();
    scores.into_iter().collect()
}
