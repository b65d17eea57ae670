//! The home page: what this is, what happens on the river now, how it works, and what is open to everybody.

use super::plan;
use crate::{Caller, help};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Figure, card, cards, figures, hero};
use frame::{Visit, Weight, button_link, format, say};

pub(crate) async fn page(caller: Caller) -> Markup {
    let park = &caller.portal.park;
    let (zone, now) = (park.zone(), park.now());
    let visit = caller.visit();
    let l = caller.language;
    let actions = html! {
        @if caller.portal.options.demo { (button_link(Weight::Primary, &say!(l, "home-enter-demo"), &visit.href("demo"))) }
        @else { (button_link(Weight::Primary, &say!(l, "home-sign-in"), &visit.href("sign-in"))) }
        (button_link(Weight::Secondary, &say!(l, "home-services"), &visit.href("services")))
    };
    visit.page(say!(l, "home-heading")).without_heading().body(html! {
        (hero(&say!(l, "home-heading"), &say!(l, "home-lead"), actions, plan::plan(&caller, &zone, now)))
        section.search-band { (help::field(&visit, "", false)) }
        h2 { (say!(l, "home-now")) }
        (figures(&now_figures(&caller, &zone)))
        h2 { (say!(l, "home-how")) }
        ol.path {
            (step(&say!(l, "home-apply"), &say!(l, "home-apply", "text")))
            (step(&say!(l, "home-permit"), &say!(l, "home-permit", "text")))
            (step(&say!(l, "home-cross"), &say!(l, "home-cross", "text")))
            (step(&say!(l, "home-account"), &say!(l, "home-account", "text")))
            (step(&say!(l, "home-show"), &say!(l, "home-show", "text")))
        }
        h2 { (say!(l, "home-for-everybody")) }
        (open_to_everybody(&visit, caller.portal.options.demo))
    })
}

fn now_figures(caller: &Caller, zone: &Zone) -> [Figure; 4] {
    let l = caller.language;
    let park = &caller.portal.park;
    let number = |count: usize| format::number(i64::try_from(count).unwrap_or(i64::MAX));
    let deciding: u32 = cases::case_counts(&zone.cases).map(|(_, stages)| stages.deciding).sum();
    let on_bridges = park.profile.bridges.keys().map(|key| people::people_on_bridge(&zone.people, &park.profile, key));
    let crossed = plan::crossed_today(zone, &park.profile, park.now());
    [
        Figure::new(format::number(i64::from(crossed)), say!(l, "home-crossed-today")),
        Figure::new(number(on_bridges.sum()), say!(l, "home-on-bridges")),
        Figure::new(format::number(i64::from(deciding)), say!(l, "home-deciding")),
        Figure::new(number(zone.permits.permits.len()), say!(l, "home-passes")),
    ]
}

fn step(name: &str, text: &str) -> Markup {
    html! { li.path__step { h3.path__name { (name) } p { (text) } } }
}

fn open_to_everybody(visit: &Visit, demo: bool) -> Markup {
    let l = visit.language;
    let one = |heading: &str, text: &str, path: &str, link: &str| {
        card(heading, html! { p { (text) } p { a href=(visit.href(path)) { (link) } } })
    };
    cards(html! {
        (one(&say!(l, "home-log-heading"), &say!(l, "home-log-text"), "log", &say!(l, "home-log-link")))
        (one(&say!(l, "home-figures-heading"), &say!(l, "home-figures-text"), "dashboard", &say!(l, "home-figures-link")))
        @if demo { (one(&say!(l, "home-kiosk-heading"), &say!(l, "home-kiosk-text"), "kiosk", &say!(l, "home-kiosk-link"))) }
        (one(&say!(l, "home-rules-heading"), &say!(l, "home-rules-text"), "services", &say!(l, "home-rules-link")))
    })
}
