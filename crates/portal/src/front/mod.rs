//! Pages for everybody: home, the catalogue of services, the demonstration's door.

mod demo;

use crate::problem::Problem;
use crate::{Access, Caller, Routes};
use axum::response::{IntoResponse, Redirect, Response};
use frame::maud::{Markup, html};
use frame::say;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/", Access::Anyone, to_language)
        .get("/{lang}", Access::Anyone, to_language)
        .get("/{lang}/", Access::Anyone, home)
        .get("/{lang}/demo", Access::Demonstration, demo::page)
        .post("/{lang}/demo/sign-in", Access::Demonstration, demo::sign_in)
}

async fn to_language(caller: Caller) -> Response {
    Redirect::to(&caller.href("")).into_response()
}

async fn home(caller: Caller) -> Result<Markup, Problem> {
    let visit = caller.visit();
    Ok(visit.page(say!(caller.language, "home-title")).body(html! {}))
}
