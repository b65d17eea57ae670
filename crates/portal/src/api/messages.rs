//! What offices wrote to the caller and decided on the caller's own applications.

use super::caller::ApiCaller;
use super::docs::Problems;
use crate::person::me::private_cases;
use crate::person::messages;
use crate::problem::Problem;
use axum::Json;
use base::{CaseId, Key};
use park::HistoryText;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageView {
    #[schema(value_type = String)]
    case: CaseId,
    at: String,
    /// `leg_decided`, `asked` or `decided`.
    kind: &'static str,
    /// The office that wrote or decided it; none where it is the joint outcome.
    #[schema(value_type = Option<String>)]
    office: Option<Key>,
    /// Null where nothing was written, or its key was destroyed.
    text: Option<String>,
    /// An answer is waited for.
    waits: bool,
}

/// Messages to the caller, newest first.
#[utoipa::path(get, path = "/api/messages", tag = "cases", responses((status = 200, body = Vec<MessageView>), Problems))]
pub(crate) async fn list(caller: ApiCaller) -> Result<Json<Vec<MessageView>>, Problem> {
    let park = &caller.portal.park;
    let zone = park.zone();
    let (actor, me) = caller.oneself()?;
    let messages = messages::of(park, private_cases(&zone, me), |_| Ok(actor.clone()))?;
    let view = |message: &messages::Message| {
        let event = &message.item.event;
        let leg = event.leg().and_then(|key| message.case.legs.iter().find(|leg| leg.key == *key));
        MessageView {
            case: message.id,
            at: message.item.at.to_string(),
            kind: match event {
                ::cases::Event::Asked { .. } => "asked",
                ::cases::Event::LegDecided { .. } => "leg_decided",
                _ => "decided",
            },
            office: leg.map(|leg| leg.office.clone()),
            text: match &message.item.text {
                HistoryText::Written(text) => Some(text.clone()),
                HistoryText::None | HistoryText::Withheld | HistoryText::Erased => None,
            },
            waits: message.waits(),
        }
    };
    Ok(Json(messages.iter().map(view).collect()))
}
