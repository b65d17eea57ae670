//! Where a rule, a figure or an answer comes from, each section a link to the page that tells it.

use crate::Caller;
use frame::format;
use frame::maud::Markup;

pub(crate) fn source(caller: &Caller, section: &str) -> Markup {
    let guidance = &caller.portal.park.profile.guidance;
    let page = |number: &str| guidance.section(number).map(|known| caller.href(&format!("outline/{}", known.number)));
    format::source_linked(caller.language, section, page)
}
