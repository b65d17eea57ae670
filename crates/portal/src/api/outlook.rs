//! How an office stands, to its head: the figures of the page `office/head`.

use super::caller::ApiCaller;
use super::docs::Problems;
use crate::outlook::{self, AGES};
use crate::place::Place;
use crate::problem::Problem;
use axum::Json;
use base::{CaseId, Date, Key, PersonId};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OutlookView {
    #[schema(value_type = String, example = "hk-immigration")]
    office: Key,
    waiting: u32,
    /// Nobody has taken them.
    untaken: u32,
    backlog: Vec<BacklogView>,
    forecast: Option<ForecastView>,
    workload: Vec<LoadView>,
    escalations: Vec<EscalationView>,
}

/// What waits of one service.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BacklogView {
    #[schema(value_type = String, example = "commuter-pass")]
    service: Key,
    stopped: u32,
    in_time: u32,
    warned: u32,
    pressing: u32,
    late: u32,
    by_age: Vec<AgeView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgeView {
    /// Working days used, at most; absent for the last class.
    working_days_max: Option<u32>,
    legs: u32,
}

/// Legs that will be late if the office decides as fast as in its last ten working days, in the order of their dates,
/// and nothing new comes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ForecastView {
    /// Decisions of officers in the days counted.
    decisions: u32,
    half_days: u32,
    #[schema(value_type = String, format = Date)]
    counted_from: Date,
    #[schema(value_type = String, format = Date)]
    counted_until: Date,
    decided_today: u32,
    overdue: u32,
    days: Vec<ForecastDayView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ForecastDayView {
    #[schema(value_type = String, format = Date)]
    date: Date,
    due: u32,
    late: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LoadView {
    #[schema(value_type = String, example = "P-12")]
    person: PersonId,
    taken: u32,
    escalated: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EscalationView {
    #[schema(value_type = String, example = "C-7")]
    case: CaseId,
    #[schema(value_type = String)]
    leg: Key,
    /// Whose leg it is.
    #[schema(value_type = String)]
    office: Key,
    #[schema(value_type = Option<String>, format = Date)]
    due: Option<Date>,
    #[schema(value_type = Option<String>)]
    officer: Option<PersonId>,
}

/// How an office stands: its backlog, what will be late at its pace, who has how much, what was brought before its head.
#[utoipa::path(get, path = "/api/offices/{office}/outlook", tag = "office",
    params(("office" = String, Path, example = "hk-immigration")),
    responses((status = 200, body = OutlookView), Problems))]
pub(crate) async fn get(caller: ApiCaller, Place(office): Place<Key>) -> Result<Json<OutlookView>, Problem> {
    let park = &caller.portal.park;
    let zone = park.zone();
    let office = park.profile.office(&office).ok_or(Problem::NotFound)?;
    outlook::may_view(&caller.portal, &zone, &caller.actor, office)?;
    let outlook = outlook::of(&zone, &park.profile, office, park.now());
    let ages = || AGES.iter().map(|until| Some(*until)).chain([None]);
    let backlog = outlook.backlog.iter().map(|(service, one)| BacklogView {
        service: service.clone(),
        stopped: one.stopped,
        in_time: one.in_time,
        warned: one.warned,
        pressing: one.pressing,
        late: one.late,
        by_age: ages().zip(one.ages).map(|(working_days_max, legs)| AgeView { working_days_max, legs }).collect(),
    });
    let workload =
        outlook.loads.iter().map(|load| LoadView { person: load.person, taken: load.taken, escalated: load.escalated });
    let escalations = outlook.escalations.iter().map(|one| EscalationView {
        case: one.id,
        leg: one.leg.key.clone(),
        office: one.leg.office.clone(),
        due: one.due,
        officer: one.leg.officer,
    });
    Ok(Json(OutlookView {
        office: office.key.clone(),
        waiting: outlook.total().waiting(),
        untaken: outlook.untaken,
        backlog: backlog.collect(),
        workload: workload.collect(),
        escalations: escalations.collect(),
        forecast: outlook.forecast.as_ref().map(|forecast| ForecastView {
            decisions: forecast.pace.decisions,
            half_days: forecast.pace.halves,
            counted_from: forecast.counted.0,
            counted_until: forecast.counted.1,
            decided_today: forecast.decided_today,
            overdue: forecast.overdue,
            days: forecast
                .days
                .iter()
                .map(|day| ForecastDayView { date: day.date, due: day.due, late: day.late })
                .collect(),
        }),
    }))
}
