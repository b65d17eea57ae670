//! The help desk: searching what the park tells its people, and the pages that are found: articles, the outline by
//! section, rules. What nothing answers becomes a question, which is a case.
//!
//! It finds and shows; what is written stands in the zone folder.

mod article;
mod outline;
mod rule;
mod search;
mod source;
mod text;

pub(crate) use search::field;
pub(crate) use source::source;
pub(crate) use text::paragraphs;

use crate::{Access, Portal, Problem, Routes};
use guidance::Guidance;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/{lang}/help", Access::Anyone, search::page)
        .get("/{lang}/help/{article}", Access::Anyone, article::one)
        .get("/{lang}/outline", Access::Anyone, outline::contents)
        .get("/{lang}/outline/{section}", Access::Anyone, outline::one)
        .get("/{lang}/rules/{policy}", Access::Anyone, rule::one)
}

/// The same pages as a kiosk shows them.
pub(crate) fn routes_of_kiosk() -> Routes {
    Routes::new()
        .get("/{lang}/kiosk/help", Access::Anyone, search::page)
        .get("/{lang}/kiosk/help/{article}", Access::Anyone, article::one)
        .get("/{lang}/kiosk/outline", Access::Anyone, outline::contents)
        .get("/{lang}/kiosk/outline/{section}", Access::Anyone, outline::one)
        .get("/{lang}/kiosk/rules/{policy}", Access::Anyone, rule::one)
}

/// The index, made when it is first asked for.
pub(crate) fn guidance(portal: &Portal) -> Result<&Guidance, Problem> {
    let made = portal.guidance.get_or_init(|| {
        let made = Guidance::new(&portal.park.profile, &portal.park.rulebook);
        made.inspect_err(|error| tracing::error!(%error, "the guidance cannot be searched")).ok()
    });
    made.as_ref().ok_or(Problem::Broken)
}
