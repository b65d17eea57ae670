//! The queues that an officer keeps narrowed down in their own way.

use super::filter::Filter;
use super::office;
use crate::{Caller, Posted, Problem};
use axum::response::Response;
use base::{Actor, Key, PersonId};
use desk::Zone;
use frame::maud::{Markup, html};
use frame::{Visit, Weight, hidden, say, submit};
use parties::{Command, SavedView};

pub(super) async fn save(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let (person, view) = asked(&caller, &posted)?;
    let query = view.query.clone();
    submit_view(&caller, Command::SaveView { person, view }).await?;
    Ok(caller.done(&format!("office?{query}"), "view-saved"))
}

pub(super) async fn remove(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let (person, view) = asked(&caller, &posted)?;
    submit_view(&caller, Command::RemoveView { person, view }).await?;
    Ok(caller.done("office", "view-removed"))
}

async fn submit_view(caller: &Caller, command: Command) -> Result<(), Problem> {
    let park = &caller.portal.park;
    park.desk.command(caller.actor.clone(), park.now(), command).await.map_err(park::WorkError::from)?;
    Ok(())
}

/// Read and written back, so that what is kept is what a queue can be narrowed down by, and nothing else.
fn asked(caller: &Caller, posted: &Posted) -> Result<(PersonId, SavedView), Problem> {
    let query = Filter::of_query(posted.text("view")).query("").into_boxed_str();
    Ok((caller.person()?, SavedView { office: office(caller)?.key.clone(), query }))
}

/// Every view that the officer keeps of this queue, and how to keep or drop the one that is shown.
pub(super) fn bar(caller: &Caller, visit: &Visit, zone: &Zone, office: &Key, filter: &Filter) -> Markup {
    let l = caller.language;
    let Actor::Officer { person, .. } = &caller.actor else { return html! {} };
    let kept: Vec<&str> = parties::views_of(&zone.parties, *person, office).collect();
    let current = filter.query("");
    let is_kept = kept.contains(&current.as_str());
    html! {
        @if !kept.is_empty() || !current.is_empty() {
            div.views {
                @if !kept.is_empty() {
                    nav aria-label=(say!(l, "views-title")) {
                        p.views__title { (say!(l, "views-title")) }
                        ul.views__list {
                            @for query in &kept {
                                li {
                                    a href=(visit.href(&format!("office?{query}"))) aria-current=[(**query == *current).then_some("page")] {
                                        (label(caller, query))
                                    }
                                }
                            }
                        }
                    }
                }
                @if !current.is_empty() {
                    form method="post" action=(visit.href(if is_kept { "office/views/remove" } else { "office/views" })) {
                        (visit.csrf_field())
                        (hidden("view", &current))
                        (submit(Weight::Secondary, &if is_kept { say!(l, "views-remove") } else { say!(l, "views-save") }))
                    }
                }
            }
        }
    }
}

fn label(caller: &Caller, query: &str) -> String {
    let words: Vec<String> = Filter::of_query(query).words(caller).into_iter().map(|(_, word)| word).collect();
    if words.is_empty() { query.to_owned() } else { words.join(" · ") }
}
