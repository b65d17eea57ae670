//! Until when the visitor is signed in: a line on every page, and a warning that `session.js` shows when the end is near.
//! Without scripts the line is there all the same, and its link puts the end off in a tab of its own, so that nothing that
//! was typed is lost.

use super::{SessionNote, Visit};
use crate::{Language, format, say};
use maud::{Markup, html};

pub(super) fn until(visit: &Visit, session: &SessionNote) -> Markup {
    let l = visit.language;
    let time = format::time_of_day(session.ends_at, &visit.time_zone);
    html! {
        span.session-until {
            @if session.extendable { (say!(l, "session-until-idle", time = time)) }
            @else { (say!(l, "session-until-end", time = time)) }
            (format::sentence_gap(l))
            a href=(session.href) target="_blank" rel="noopener" { (extend(l, session)) }
        }
    }
}

fn extend(l: Language, session: &SessionNote) -> String {
    if session.extendable { say!(l, "session-extend-tab") } else { say!(l, "session-again-tab") }
}

/// Hidden until the script has counted down to it; then it is read out once, and takes no focus from anybody.
pub(super) fn warning(visit: &Visit, session: &SessionNote) -> Markup {
    let l = visit.language;
    html! {
        div.session-warning data-session=(visit.href("session")) data-session-seconds=(session.seconds)
            data-session-extendable=[session.extendable.then_some("")] role="alert" hidden {
            p data-session-text="soon" hidden {
                @if session.extendable { (say!(l, "session-soon")) } @else { (say!(l, "session-soon-end")) }
            }
            p data-session-text="over" hidden { (say!(l, "session-over")) }
            a.govuk-button.button--secondary href=(session.href) target="_blank" rel="noopener" data-session-extend="" {
                @if session.extendable { (say!(l, "session-extend")) } @else { (say!(l, "session-again-tab")) }
            }
        }
    }
}
