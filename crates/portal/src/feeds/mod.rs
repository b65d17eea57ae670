//! Calendar feeds: an address with a secret in it, for the calendar of a phone or a desk. Made, seen again and closed on
//! the settings page.

mod calendar;

use crate::limits::Counted;
use crate::{Access, Caller, Posted, Problem, Routes};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base::{Actor, Key};
use frame::maud::{Markup, html};
use frame::parts::card;
use frame::{Field, Visit, Weight, hidden, say, submit_as};
use park::Park;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/feeds/{file}", Access::Anyone, show).post("/{lang}/me/settings/feeds", Access::SignedIn, change)
}

/// Whoever has the address: calendars cannot sign in.
async fn show(caller: Caller, Path(file): Path<String>) -> Result<Response, Problem> {
    let secret = file.strip_suffix(".ics").ok_or(Problem::NotFound)?;
    let park = &caller.portal.park;
    let Some(calendar) = park.calendar(secret) else {
        // Guessing is counted like any attempt to sign in.
        caller.count(Counted::SignIn)?;
        return Err(Problem::NotFound);
    };
    let headers =
        [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), (header::CACHE_CONTROL, "private, max-age=900")];
    Ok((headers, calendar::text(park, &calendar)).into_response())
}

/// The address that goes into a calendar.
pub(crate) fn address(park: &Park, secret: &str) -> String {
    format!("{}/feeds/{secret}.ics", park.origin)
}

async fn change(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let office = match posted.text("office") {
        "" => None,
        office => Some(office.parse::<Key>().map_err(|_| Problem::Malformed)?),
    };
    let (park, person) = (&caller.portal.park, caller.person()?);
    let actor = Actor::Person { person };
    match posted.text("do") {
        "make" => {
            park.open_feed(&actor, person, office).await?;
            Ok(caller.done("me/settings", "feed-made"))
        }
        "close" => {
            park.close_feed(&actor, person, office).await?;
            Ok(caller.done("me/settings", "feed-closed"))
        }
        _ => Err(Problem::Malformed),
    }
}

/// The person's own calendar, and one for each office they act for.
pub(crate) fn settings(caller: &Caller, visit: &Visit, person: &parties::Person) -> Markup {
    let l = visit.language;
    let profile = &caller.portal.park.profile;
    let offices = person.offices.iter().filter_map(|office| profile.office(office));
    html! {
        h2 { (say!(l, "feeds-title")) }
        p { (say!(l, "feeds-text")) }
        (one(caller, visit, None, &say!(l, "feeds-own")))
        @for office in offices { (one(caller, visit, Some(&office.key), office.name.get(l))) }
    }
}

fn one(caller: &Caller, visit: &Visit, office: Option<&Key>, name: &str) -> Markup {
    let l = visit.language;
    let park = &caller.portal.park;
    let secret = caller.actor.person().and_then(|person| park.feed_secret(person, office));
    let field = format!("feed-{}", office.map_or("own", Key::as_str));
    card(
        name,
        html! {
            form method="post" action=(visit.href("me/settings/feeds")) novalidate {
                (visit.csrf_field())
                (hidden("office", office.map_or("", Key::as_str)))
                @if let Some(secret) = secret {
                    (Field::new(field, say!(l, "feeds-address")).hint(say!(l, "feeds-address-hint"))
                        .value(address(park, &secret)).without_spell_check().text())
                    div.govuk-button-group {
                        (submit_as(Weight::Secondary, &say!(l, "feeds-new"), "do", "make"))
                        (submit_as(Weight::Grave, &say!(l, "feeds-close"), "do", "close"))
                    }
                } @else {
                    (submit_as(Weight::Secondary, &say!(l, "feeds-make"), "do", "make"))
                }
            }
        },
    )
}
