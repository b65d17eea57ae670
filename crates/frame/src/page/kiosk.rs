//! The shell of a kiosk: the park's mark, the languages, who is signed in, and how long there is left.

use super::{Visit, language_switcher, mark};
use crate::say;
use maud::{Markup, html};

/// What a kiosk's pages know of their session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KioskFrame {
    /// Without a touch for so long, and everything is forgotten.
    pub seconds: u32,
    /// Where the session ends.
    pub end: String,
    /// What the script asks for when the screen was touched.
    pub touched: String,
    /// The first page: nothing of anybody is on it, and it stays.
    pub is_start: bool,
}

/// Without scripts the page leaves by itself when its time is over.
pub(super) fn leave(kiosk: &KioskFrame) -> Markup {
    html! {
        @if !kiosk.is_start {
            noscript { meta http-equiv="refresh" content={ (kiosk.seconds) "; url=" (kiosk.end) }; }
        }
    }
}

pub(super) fn header(visit: &Visit, kiosk: &KioskFrame) -> Markup {
    let language = visit.language;
    html! {
        header.masthead {
            div.kiosk-bar data-kiosk data-seconds=(kiosk.seconds) data-end=(kiosk.end) data-touched=(kiosk.touched)
                data-start=(if kiosk.is_start { "true" } else { "false" }) {
                a.brand href=(visit.href("")) {
                    (mark())
                    span.brand__name lang="zh-Hant" { "河套" }
                    span.brand__latin lang="en" { "Hetao" }
                }
                (language_switcher(visit))
                @if !kiosk.is_start {
                    div.kiosk-bar__who {
                        p.kiosk-bar__left data-countdown hidden {
                            (say!(language, "kiosk-left-before")) " " strong data-left { (kiosk.seconds) } " " (say!(language, "kiosk-left-after"))
                        }
                        @if let Some(visitor) = &visit.visitor { span.who__name { (visitor.name) } }
                        form method="post" action=(kiosk.end) {
                            (visit.csrf_field())
                            button.quiet-button type="submit" { (say!(language, "kiosk-finish")) }
                        }
                    }
                }
            }
        }
    }
}
