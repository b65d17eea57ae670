//! What an office arranges that is no case's own: times for appointments, officers who are away.

use super::body::Body;
use super::caller::ApiCaller;
use super::docs::Problems;
use super::legs::instant;
use super::receipts::{ReceiptView, submit};
use crate::place::Place;
use crate::problem::Problem;
use ::cases::{Command, OfficeCommand};
use axum::Json;
use base::{Actor, Date, Key, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

type Answer = Result<Json<ReceiptView>, Problem>;

/// One time of an office.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimeView {
    at: String,
    minutes: u16,
    places: u8,
    free: usize,
}

/// The times that the office offers from now on, the earliest first.
#[utoipa::path(get, path = "/api/offices/{office}/times", tag = "offices",
    params(("office" = String, Path, example = "hk-park-company")),
    responses((status = 200, body = Vec<TimeView>), Problems))]
pub(crate) async fn times(caller: ApiCaller, Place(office): Place<Key>) -> Result<Json<Vec<TimeView>>, Problem> {
    let park = &caller.portal.park;
    park.profile.office(&office).ok_or(Problem::NotFound)?;
    let zone = park.zone();
    let times = ::cases::slots(&zone.cases, &office, park.now()).map(|(at, slot)| TimeView {
        at: at.to_string(),
        minutes: slot.minutes,
        places: slot.places,
        free: usize::from(slot.places).saturating_sub(slot.booked.len()),
    });
    Ok(Json(times.collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimesBody {
    /// When they begin: on working days of the office, to come.
    #[schema(example = json!(["2026-12-01T10:00:00+08:00"]))]
    starts: Vec<String>,
    minutes: u16,
    /// Applicants who are seen at the same time.
    places: u8,
}

/// The office offers times for appointments.
#[utoipa::path(post, path = "/api/offices/{office}/times", tag = "offices",
    params(("office" = String, Path, example = "hk-park-company")),
    request_body = TimesBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn offer_times(caller: ApiCaller, Place(office): Place<Key>, body: Body<TimesBody>) -> Answer {
    let TimesBody { starts, minutes, places } = body.value;
    let starts = starts.iter().map(|at| instant("starts", at)).collect::<Result<_, _>>()?;
    let command = OfficeCommand::OfferTimes { starts, minutes, places };
    submit(&caller, body.asked, Command::Office { office, command }).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimeBody {
    #[schema(example = "2026-12-01T10:00:00+08:00")]
    at: String,
}

/// The office takes back a time that nobody has chosen.
#[utoipa::path(post, path = "/api/offices/{office}/times/withdraw", tag = "offices",
    params(("office" = String, Path, example = "hk-park-company")),
    request_body = TimeBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn withdraw_time(caller: ApiCaller, Place(office): Place<Key>, body: Body<TimeBody>) -> Answer {
    let at = instant("at", &body.value.at)?;
    let command = OfficeCommand::WithdrawTime { at };
    submit(&caller, body.asked, Command::Office { office, command }).await
}

/// An officer who is away, and who stands in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AbsenceView {
    #[schema(value_type = String, example = "P-12")]
    person: PersonId,
    #[schema(value_type = String, format = Date)]
    from: Date,
    #[schema(value_type = String, format = Date)]
    until: Date,
    #[schema(value_type = String, example = "P-13")]
    deputy: PersonId,
}

/// Who of the office is away, to its officers.
#[utoipa::path(get, path = "/api/offices/{office}/absences", tag = "offices",
    params(("office" = String, Path, example = "hk-immigration")),
    responses((status = 200, body = Vec<AbsenceView>), Problems))]
pub(crate) async fn absences(caller: ApiCaller, Place(office): Place<Key>) -> Result<Json<Vec<AbsenceView>>, Problem> {
    if !matches!(&caller.actor, Actor::Officer { office: own, .. } if *own == office) {
        return Err(Problem::WrongCapacity);
    }
    let zone = caller.portal.park.zone();
    let officers = parties::officers_of(&zone.parties, &office);
    let absences = officers.flat_map(|person| {
        ::cases::absences(&zone.cases, &office, person).iter().map(move |absence| AbsenceView {
            person,
            from: absence.from,
            until: absence.until,
            deputy: absence.deputy,
        })
    });
    Ok(Json(absences.collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AbsenceBody {
    #[schema(value_type = String, example = "P-12")]
    person: PersonId,
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// This day included.
    #[schema(value_type = String, format = Date)]
    until: Date,
    /// An officer of the same office, who is there.
    #[schema(value_type = String, example = "P-13")]
    deputy: PersonId,
}

/// An officer says when they are away and who stands in; the head of the office says it for a colleague.
#[utoipa::path(post, path = "/api/offices/{office}/absences", tag = "offices",
    params(("office" = String, Path, example = "hk-immigration")),
    request_body = AbsenceBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn be_away(caller: ApiCaller, Place(office): Place<Key>, body: Body<AbsenceBody>) -> Answer {
    let AbsenceBody { person, from, until, deputy } = body.value;
    let command = OfficeCommand::BeAway { person, from, until, deputy };
    submit(&caller, body.asked, Command::Office { office, command }).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BackBody {
    #[schema(value_type = String, example = "P-12")]
    person: PersonId,
    /// The first day of the absence.
    #[schema(value_type = String, format = Date)]
    from: Date,
}

/// The officer is back before time, or is not away after all.
#[utoipa::path(post, path = "/api/offices/{office}/absences/end", tag = "offices",
    params(("office" = String, Path, example = "hk-immigration")),
    request_body = BackBody, responses((status = 200, body = ReceiptView), Problems))]
pub(crate) async fn end_absence(caller: ApiCaller, Place(office): Place<Key>, body: Body<BackBody>) -> Answer {
    let BackBody { person, from } = body.value;
    let command = OfficeCommand::EndAbsence { person, from };
    submit(&caller, body.asked, Command::Office { office, command }).await
}
