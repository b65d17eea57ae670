//! A code for signing in at a kiosk: made here, on one's own phone, and typed or scanned there.
//!
//! The page answers the form itself and does not redirect: the code is for whoever asked just now.

use super::page;
use crate::{Caller, Posted, Problem};
use frame::maud::{Markup, html};
use frame::parts::qr;
use frame::{Weight, format, say, submit};

pub(super) async fn ask(caller: Caller) -> Markup {
    let l = caller.language;
    let visit = caller.visit();
    page(&visit, say!(l, "kiosk-code-title")).reading().body(html! {
        p { (say!(l, "kiosk-code-text")) }
        form method="post" {
            (visit.csrf_field())
            (submit(Weight::Primary, &say!(l, "kiosk-code-make")))
        }
    })
}

pub(super) async fn make(caller: Caller, _: Posted) -> Result<Markup, Problem> {
    let now = caller.portal.park.now();
    let code = caller.portal.codes.make(caller.person()?, now).ok_or(Problem::Busy)?;
    let l = caller.language;
    let visit = caller.visit();
    let (first, last) = code.split_at_checked(crate::kiosk::FIGURES / 2).unwrap_or((&code, ""));
    let until = format::time_of_day(now.plus(crate::kiosk::CODE_GOOD_FOR), &visit.time_zone);
    Ok(page(&visit, say!(l, "kiosk-code-title")).reading().body(html! {
        p.kiosk-code { (first) " " (last) }
        (qr(&code, &say!(l, "kiosk-code-alternative"), &say!(l, "kiosk-code-until", time = until)))
        p { (say!(l, "kiosk-code-once")) }
        form method="post" {
            (visit.csrf_field())
            (submit(Weight::Secondary, &say!(l, "kiosk-code-again")))
        }
    }))
}
