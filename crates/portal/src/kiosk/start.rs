//! Where everybody begins at a kiosk: the services, one's own affairs, searching.

use crate::{Caller, help};
use frame::maud::{Markup, html};
use frame::say;

pub(super) async fn page(caller: Caller) -> Markup {
    let l = caller.language;
    let visit = caller.visit();
    let services = caller.portal.park.profile.services.values().filter(|service| service.kiosk);
    let tile = |href: String, name: &str, text: &str| {
        html! { li { a.tile href=(href) { span.tile__name { (name) } span.tile__text { (text) } } } }
    };
    visit.page(say!(l, "kiosk-title")).lead(say!(l, "kiosk-lead")).body(html! {
        ul.tiles {
            (tile(caller.href("me"), &say!(l, "kiosk-own"), &say!(l, "kiosk-own-text")))
            @for service in services {
                (tile(caller.href(&format!("services/{}", service.key)), service.name.get(l), service.summary.get(l)))
            }
        }
        h2 { (say!(l, "kiosk-search")) }
        (help::field(&visit, "", false))
    })
}
