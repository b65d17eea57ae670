//! Lists of cases: an office's queue, an organisation's, one's own; page by page, never the whole.

use super::caller::ApiCaller;
use super::cases::{CaseView, case_view};
use super::docs::Problems;
use super::query::Asking;
use crate::problem::Problem;
use ::cases::{Case, State};
use axum::Json;
use base::{Actor, CaseId, Key};
use imbl::OrdSet;
use serde::{Deserialize, Serialize};
use std::ops::Bound;
use utoipa::{IntoParams, ToSchema};

const PAGE_MAX: usize = 200;
const PAGE: usize = 50;
/// Cases that one page looks at; a filter that fits none of them leads on to the next page.
const LOOKED_AT_MAX: usize = 5_000;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CasesQuery {
    /// Only of this service.
    #[param(value_type = Option<String>)]
    service: Option<Key>,
    /// Only at this stage: `confirming`, `deciding`, `decided`.
    stage: Option<String>,
    /// Go on behind this case: `next` of the page before.
    #[param(value_type = Option<String>)]
    after: Option<CaseId>,
    /// At most 200; 50 where nothing is said.
    limit: Option<usize>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CasesView {
    cases: Vec<CaseView>,
    /// How many there are without any filter.
    total: usize,
    /// Where the next page begins; absent on the last.
    #[schema(value_type = Option<String>)]
    next: Option<CaseId>,
}

/// An officer gets the queue of the office, the nearest deadline first; a clerk the organisation's cases, a delegate those of them that they
/// were given to see, and anybody else
/// their own, newest first.
#[utoipa::path(get, path = "/api/cases", tag = "cases", params(CasesQuery),
    responses((status = 200, body = CasesView), Problems))]
pub(crate) async fn list(caller: ApiCaller, Asking(query): Asking<CasesQuery>) -> Result<Json<CasesView>, Problem> {
    let portal = &caller.portal;
    let zone = portal.park.zone();
    let state = &zone.cases;
    let (ids, total) = match &caller.actor {
        Actor::Officer { office, .. } => {
            (queue(&caller, state, office, query.after), ::cases::queue_length(state, office.as_str()))
        }
        Actor::Clerk { organisation, .. } | Actor::Delegate { organisation, .. } => {
            newest_first(state.by_organisation.get(organisation), query.after)
        }
        Actor::Person { person } => newest_first(state.by_subject.get(person), query.after),
        Actor::Anonymous | Actor::System | Actor::Operator | Actor::Gate { .. } => return Err(Problem::WrongCapacity),
    };
    let limit = query.limit.unwrap_or(PAGE).clamp(1, PAGE_MAX);
    let (mut found, mut next, mut last) = (Vec::new(), None, None);
    for (looked_at, id) in ids.enumerate() {
        if found.len() == limit || looked_at == LOOKED_AT_MAX {
            next = last;
            break;
        }
        last = Some(id);
        let fits = ::cases::case(state, id).filter(|case| query.fits(case));
        // Whoever may no longer act for the office or organisation sees nothing of it.
        if fits.is_some()
            && let Ok(case) = portal.case(&zone, &caller.actor, id)
        {
            found.push(case_view(&caller, &zone, id, case));
        }
    }
    Ok(Json(CasesView { cases: found, total, next }))
}

impl CasesQuery {
    fn fits(&self, case: &Case) -> bool {
        self.service.as_ref().is_none_or(|service| *service == case.service)
            && self.stage.as_deref().is_none_or(|stage| stage == case.stage.as_str())
    }
}

type Ids<'a> = Box<dyn Iterator<Item = CaseId> + 'a>;

/// Behind the place that the case `after` has in the queue, or had when it left it.
fn queue<'a>(caller: &ApiCaller, state: &'a State, office: &Key, after: Option<CaseId>) -> Ids<'a> {
    let (profile, now) = (&caller.portal.park.profile, caller.portal.park.now());
    match after {
        Some(after) => Box::new(::cases::for_office_after(state, profile, office, after, now)),
        None => Box::new(::cases::for_office(state, profile, office.as_str(), now).map(|(id, _)| id)),
    }
}

fn newest_first(ids: Option<&OrdSet<CaseId>>, after: Option<CaseId>) -> (Ids<'_>, usize) {
    let Some(ids) = ids else { return (Box::new(std::iter::empty()), 0) };
    let until = after.map_or(Bound::Unbounded, Bound::Excluded);
    (Box::new(ids.range((Bound::Unbounded, until)).rev().copied()), ids.len())
}
