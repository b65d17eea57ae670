//! Pages for everybody: home, the catalogue of services, the demonstration's door.

mod demo;
mod home;
mod plan;
mod services;
mod status;

pub(crate) use services::{group_name, jointly};

use crate::{Access, Caller, Routes};
use axum::response::{IntoResponse, Redirect, Response};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/", Access::Anyone, to_language)
        .get("/{lang}", Access::Anyone, to_language)
        .get("/{lang}/", Access::Anyone, home::page)
        .get("/{lang}/services", Access::Anyone, services::catalogue)
        .get("/{lang}/services/{service}", Access::Anyone, services::one)
        .get("/{lang}/status", Access::Anyone, status::show)
        .post("/{lang}/status", Access::Attempt, status::look)
        .get("/{lang}/demo", Access::Demonstration, demo::page)
        .post("/{lang}/demo/sign-in", Access::Demonstration, demo::sign_in)
}

/// To the home page in the reader's language: their setting, else what the browser asks for.
async fn to_language(caller: Caller) -> Response {
    Redirect::to(&caller.href("")).into_response()
}
