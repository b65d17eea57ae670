//! Cases: seen by those concerned, decided leg by leg.

use super::body::{Body, Nothing};
use super::caller::{AnyCaller, ApiCaller};
use super::docs::Problems;
use super::idempotency;
use super::receipts::{ReceiptView, submit, submit_as};
use super::sealing::{seal, written};
use super::tasks::{
    AppointmentView, PanelView, PaymentView, UndertakingView, appointment_view, panel_view, payment_view,
    undertaking_view,
};
use crate::casework;
use crate::place::Place;
use crate::problem::Problem;
use ::cases::{Case, Command, Leg, LegVerdict, Outcome, Seen, Stage, Urgency};
use axum::Json;
use base::{CaseId, ClosureId, Date, GrantId, Key, OrganisationId, PermitId, PersonId};
use desk::{Zone, context};
use park::HistoryText;
use profile::LegKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseView {
    #[schema(value_type = String, example = "C-1042")]
    case: CaseId,
    #[schema(value_type = String)]
    service: Key,
    service_version: u32,
    #[schema(value_type = String)]
    applicant: PersonId,
    #[schema(value_type = Option<String>)]
    organisation: Option<OrganisationId>,
    /// The person whose application it is.
    #[schema(value_type = String)]
    subject: PersonId,
    #[schema(value_type = Option<String>, format = Date)]
    requested_day: Option<Date>,
    /// The decided case that it changes.
    changes: Option<ChangeView>,
    /// Cases that change it, oldest first.
    #[schema(value_type = Vec<String>)]
    changed_by: Vec<CaseId>,
    /// `confirming`, `deciding` or `decided`.
    stage: &'static str,
    /// `approved`, `refused` or `withdrawn`, once it is decided.
    outcome: Option<&'static str>,
    opened_at: String,
    decided_at: Option<String>,
    /// When the whole is decided at the latest, if every office keeps its time and what was asked is answered today.
    #[schema(value_type = Option<String>, format = Date)]
    expected: Option<Date>,
    legs: Vec<LegView>,
    /// The pass that it issued.
    #[schema(value_type = Option<String>)]
    permit: Option<PermitId>,
    /// The authorisation that it granted, which is no pass.
    #[schema(value_type = Option<String>, example = "G-1042")]
    grant: Option<GrantId>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangeView {
    #[schema(value_type = String)]
    case: CaseId,
    /// `renew`, `amend`, `transfer`, `surrender`, `appeal`, `reconsider` or `correct`.
    #[serde(rename = "as")]
    kind: &'static str,
}

/// What can be asked of a decided case now, or from a day on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferView {
    #[serde(rename = "as")]
    kind: &'static str,
    /// The service to apply for, naming the case.
    #[schema(value_type = String)]
    service: Key,
    /// The first day; absent where it can be asked already.
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// The last day.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
}

/// What can be asked of a case later: appeals, renewals and the like, with their days.
#[utoipa::path(get, path = "/api/cases/{case}/changes", tag = "cases",
    params(("case" = String, Path, example = "C-1042")),
    responses((status = 200, body = Vec<OfferView>), Problems))]
pub(crate) async fn changes(caller: ApiCaller, Place(id): Place<CaseId>) -> Result<Json<Vec<OfferView>>, Problem> {
    let park = &caller.portal.park;
    let zone = park.zone();
    let case = caller.portal.case(&zone, &caller.actor, id)?;
    let offers = ::cases::offers(&zone.cases, &zone.permits, &park.profile, id, case, park.now()).into_iter();
    let view = |offer: ::cases::Offer| OfferView {
        kind: offer.kind.as_str(),
        service: offer.service,
        from: offer.from,
        until: offer.until,
    };
    Ok(Json(offers.map(view).collect()))
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LegView {
    #[schema(value_type = String)]
    leg: Key,
    #[schema(value_type = String)]
    office: Key,
    /// `north` or `south`.
    bank: &'static str,
    /// `decide`, `endorse`, `vet`, `inspect` or `vote`, which judge; `pay`, `sign` or `attend`, which are conditions;
    /// `consult`, which does not bind.
    #[schema(value_type = String)]
    kind: LegKind,
    /// `waiting`, `open`, `asked`, `approved`, `refused`, `supported`, `objected` or `moot`.
    #[schema(value_type = String)]
    state: ::cases::LegState,
    /// Absent while the clock stands still.
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    working_days: u16,
    /// Half days of the office's own working time that are left; negative when it is late.
    half_days_left: Option<i32>,
    /// The date lies in a year whose holidays are not published yet: this office has to enter them.
    #[schema(value_type = Option<String>)]
    calendar_owed_by: Option<Key>,
    /// Closures of the office that moved the date.
    #[schema(value_type = Vec<String>)]
    moved_by: Vec<ClosureId>,
    /// `in_time`, `warned`, `pressing`, `breached` or `stopped`, while it is undecided.
    #[schema(value_type = Option<String>)]
    urgency: Option<Urgency>,
    decided_at: Option<String>,
    /// How many officers have to agree.
    eyes: u8,
    /// Whether a decision waits for the second of them; to officers alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<PaymentView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undertaking: Option<UndertakingView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    appointment: Option<AppointmentView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    panel: Option<PanelView>,
}

fn leg_view(caller: &AnyCaller, zone: &Zone, id: CaseId, case: &Case, leg: &Leg) -> LegView {
    let (profile, now) = (&caller.portal.park.profile, caller.portal.park.now());
    let officer = matches!(caller.actor, base::Actor::Officer { .. });
    let due = ::cases::due(&zone.cases, profile, leg);
    LegView {
        eyes: leg.eyes(),
        proposed: (officer && leg.eyes() > 1).then(|| leg.proposal().is_some()),
        payment: payment_view(id, case, leg),
        undertaking: undertaking_view(profile, case, leg),
        appointment: appointment_view(leg),
        panel: panel_view(leg),
        leg: leg.key.clone(),
        office: leg.office.clone(),
        bank: leg.bank.as_str(),
        kind: leg.kind,
        state: leg.state,
        due,
        working_days: leg.clock.working_days(),
        half_days_left: leg.state.is_undecided().then(|| ::cases::left(&zone.cases, profile, leg, now)).flatten(),
        calendar_owed_by: due.and_then(|due| ::cases::owed_by(profile, &leg.office, due)).map(|owes| owes.key.clone()),
        moved_by: ::cases::moved_by(&zone.cases, profile, leg).into_iter().map(|(id, _)| id).collect(),
        urgency: leg.state.is_undecided().then(|| ::cases::urgency(&zone.cases, profile, case, leg, now)).flatten(),
        decided_at: leg.decided_at.map(|at| at.to_string()),
    }
}

pub(crate) fn case_view(caller: &AnyCaller, zone: &Zone, id: CaseId, case: &Case) -> CaseView {
    CaseView {
        case: id,
        service: case.service.clone(),
        service_version: case.service_version,
        applicant: case.applicant,
        organisation: case.organisation,
        subject: case.subject,
        requested_day: case.requested_day,
        changes: case.changes().map(|link| ChangeView { case: link.case, kind: link.kind.as_str() }),
        changed_by: ::cases::changes_of(&zone.cases, id).map(|(id, _)| id).collect(),
        stage: case.stage.as_str(),
        outcome: match case.stage {
            Stage::Confirming | Stage::Deciding => None,
            Stage::Decided(Outcome::Approved) => Some("approved"),
            Stage::Decided(Outcome::Refused) => Some("refused"),
            Stage::Decided(Outcome::Withdrawn) => Some("withdrawn"),
        },
        opened_at: case.opened_at.to_string(),
        decided_at: case.decided_at.map(|at| at.to_string()),
        expected: ::cases::expected(&zone.cases, &caller.portal.park.profile, case, caller.portal.park.now())
            .map(|expected| expected.date),
        legs: case.legs.iter().map(|leg| leg_view(caller, zone, id, case, leg)).collect(),
        permit: permits::of_case(&zone.permits, id),
        grant: permits::grant_of_case(&zone.permits, id),
    }
}

/// A case, to those concerned.
#[utoipa::path(get, path = "/api/cases/{case}", tag = "cases",
    params(("case" = String, Path, example = "C-1042")),
    responses((status = 200, body = CaseView), Problems))]
pub(crate) async fn get(caller: ApiCaller, Place(id): Place<CaseId>) -> Result<Json<CaseView>, Problem> {
    let zone = caller.portal.park.zone();
    let case = caller.portal.case(&zone, &caller.actor, id)?;
    Ok(Json(case_view(&caller, &zone, id, case)))
}

/// One entry of a case's history.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HistoryView {
    /// Where it is in the log.
    sequence: u64,
    at: String,
    /// `person:P-1`, `clerk:P-1:O-1`, `officer:P-3:hk-immigration` of the reader's own bank, `office:hk-immigration`
    /// to everybody else, or `platform`.
    by: String,
    /// `submitted`, `leg_decided`, `asked` …
    event: String,
    /// What was written with it, to those who may see the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// It was written, and no rule lets this reader read it.
    withheld: bool,
    /// The section under which it is withheld.
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld_under: Option<String>,
    /// Of an application: answers that are not for this reader, and are not in `text`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    withheld_fields: Vec<WithheldFieldView>,
    /// It was written, and has been erased.
    erased: bool,
}

/// An answer that the reader does not see.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WithheldFieldView {
    #[schema(value_type = String)]
    field: Key,
    /// The section under which it is withheld.
    section: String,
}

/// What happened to a case, oldest first.
#[utoipa::path(get, path = "/api/cases/{case}/history", tag = "cases",
    params(("case" = String, Path, example = "C-1042")),
    responses((status = 200, body = Vec<HistoryView>), Problems))]
pub(crate) async fn history(caller: ApiCaller, Place(id): Place<CaseId>) -> Result<Json<Vec<HistoryView>>, Problem> {
    let portal = &caller.portal;
    let zone = portal.park.zone();
    let case = portal.case(&zone, &caller.actor, id)?;
    let may_read = portal.opens_texts(&zone, &caller.actor, (id, case), Seen::Opened);
    let items = portal.park.history(&caller.actor, id)?.into_iter().map(|item| HistoryView {
        sequence: item.sequence,
        at: item.at.to_string(),
        by: item.by.to_string(),
        event: name_of(&item.event),
        withheld: item.text == HistoryText::Withheld,
        withheld_under: (item.text == HistoryText::Withheld)
            .then(|| casework::section_of(portal, item.kept_by.as_ref())),
        withheld_fields: item
            .withheld
            .iter()
            .map(|kept| WithheldFieldView {
                field: kept.field.clone(),
                section: casework::section_of(portal, kept.policy.as_ref()),
            })
            .collect(),
        erased: item.text == HistoryText::Erased,
        text: match item.text {
            HistoryText::Written(text) => may_read.then_some(text),
            HistoryText::Withheld | HistoryText::Erased | HistoryText::None => None,
        },
    });
    Ok(Json(items.collect()))
}

/// An event is one object with its name as the only field.
fn name_of(event: &::cases::Event) -> String {
    if let ::cases::Event::Worked { work, .. } = event {
        return work.name().to_owned();
    }
    let value = serde_json::to_value(event).unwrap_or_default();
    value.as_object().and_then(|object| object.keys().next().cloned()).unwrap_or_default()
}

/// The person confirmed and consented: the offices may start.
#[utoipa::path(post, path = "/api/cases/{case}/submit", tag = "cases",
    params(("case" = String, Path, example = "C-1042")),
    request_body(content = Nothing, description = "empty, or {}"),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn submit_case(
    caller: ApiCaller,
    Place(case): Place<CaseId>,
    body: Body<Nothing>,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, body.asked, Command::Submit { case }).await
}

/// The application is withdrawn.
#[utoipa::path(post, path = "/api/cases/{case}/withdraw", tag = "cases",
    params(("case" = String, Path, example = "C-1042")),
    request_body(content = Nothing, description = "empty, or {}"),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn withdraw(
    caller: ApiCaller,
    Place(case): Place<CaseId>,
    body: Body<Nothing>,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, body.asked, Command::Withdraw { case }).await
}

/// The officer takes the leg.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/take", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "south")),
    request_body(content = Nothing, description = "empty, or {}"),
    responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn take(
    caller: ApiCaller,
    Place((case, leg)): Place<(CaseId, Key)>,
    body: Body<Nothing>,
) -> Result<Json<ReceiptView>, Problem> {
    submit(&caller, body.asked, Command::Take { case, leg }).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionBody {
    /// `approved` or `refused`; of a leg that is only consulted, `supported` or `objected`.
    #[schema(value_type = String)]
    verdict: LegVerdict,
    /// For the applicant; sealed under the person's key.
    reason: String,
}

/// The officer decides the leg, with reasons. The last of the legs decides the case.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/decision", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "south")),
    request_body = DecisionBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn decide(
    caller: ApiCaller,
    Place((case, leg)): Place<(CaseId, Key)>,
    body: Body<DecisionBody>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let DecisionBody { verdict, reason } = body.value;
    let reason = seal(&caller.portal, subject(&caller, case)?, context::REASON, written("reason", &reason)?)?;
    submit_as(&caller, &caller.actor, key, Command::Decide { case, leg, verdict, reason }).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuestionBody {
    question: String,
}

/// The officer asks the applicant; the leg's clock stands still until the answer.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/question", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "south")),
    request_body = QuestionBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn ask(
    caller: ApiCaller,
    Place((case, leg)): Place<(CaseId, Key)>,
    body: Body<QuestionBody>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let text = written("question", &body.value.question)?;
    let question = seal(&caller.portal, subject(&caller, case)?, context::QUESTION, text)?;
    submit_as(&caller, &caller.actor, key, Command::Ask { case, leg, question }).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerBody {
    answer: String,
}

/// The applicant answers the office.
#[utoipa::path(post, path = "/api/cases/{case}/legs/{leg}/answer", tag = "cases",
    params(("case" = String, Path, example = "C-1042"), ("leg" = String, Path, example = "south")),
    request_body = AnswerBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn answer(
    caller: ApiCaller,
    Place((case, leg)): Place<(CaseId, Key)>,
    body: Body<AnswerBody>,
) -> Result<Json<ReceiptView>, Problem> {
    let key = idempotency::key_of(&caller, body.asked)?;
    let text = written("answer", &body.value.answer)?;
    let answer = seal(&caller.portal, subject(&caller, case)?, context::ANSWER, text)?;
    submit_as(&caller, &caller.actor, key, Command::Answer { case, leg, answer }).await
}

/// Under whose key what is written on the case is sealed.
fn subject(caller: &AnyCaller, case: CaseId) -> Result<PersonId, Problem> {
    let zone = caller.portal.park.zone();
    Ok(::cases::case(&zone.cases, case).ok_or(Problem::NotFound)?.subject)
}
