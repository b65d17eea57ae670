//! The demonstration's door: whoever is here may be anybody.

use crate::problem::Problem;
use crate::{Caller, Posted, navigation};
use axum::response::Response;
use base::Key;
use frame::maud::{Markup, html};
use frame::{Weight, hidden, say, submit};

pub(crate) async fn page(caller: Caller) -> Markup {
    let visit = caller.visit();
    let l = caller.language;
    let known = &caller.portal.options.personas;
    let personas = caller.portal.park.profile.personas.iter().filter(|persona| known.contains_key(&persona.key));
    visit.page(say!(l, "demo-title")).lead(say!(l, "demo-lead")).body(html! {
        div.cards {
            @for persona in personas {
                section.card {
                    h2.card__heading { (persona.name.get(l)) }
                    p { (persona.story.get(l)) }
                    form method="post" action=(visit.href("demo/sign-in")) {
                        (visit.csrf_field())
                        (hidden("persona", persona.key.as_str()))
                        (submit(Weight::Secondary, &say!(l, "demo-sign-in")))
                    }
                }
            }
        }
    })
}

pub(crate) async fn sign_in(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let key = Key::new(posted.text("persona")).ok_or(Problem::NotFound)?;
    let actor = caller.portal.options.personas.get(&key).ok_or(Problem::NotFound)?;
    Ok(caller.sign_in(actor.clone(), &caller.href(navigation::home_of(actor))))
}
