//! One article of guidance, with the services it speaks of. All of them are listed on the search page.

use super::{search, source, text};
use crate::{Caller, Problem};
use axum::extract::Path;
use base::Key;
use frame::maud::{Markup, html};
use frame::parts::{self, Link, Tone};
use frame::{Weight, button_link, buttons, say};

pub(super) async fn one(caller: Caller, Path((_, key)): Path<(String, Key)>) -> Result<Markup, Problem> {
    let profile = &caller.portal.park.profile;
    let article = profile.guidance.articles.get(&key).ok_or(Problem::NotFound)?;
    let l = caller.language;
    let visit = caller.visit();
    let services = article.services.iter().filter_map(|key| profile.service(key));
    let services =
        services.map(|service| Link::new(service.name.get(l), visit.href(&format!("services/{}", service.key))));
    let see = article.see.iter().filter_map(|key| profile.guidance.articles.get(key));
    let see = see.map(|other| Link::new(other.title.get(l), visit.href(&format!("help/{}", other.key))));
    let (services, see): (Vec<Link>, Vec<Link>) = (services.collect(), see.collect());
    let page = visit.page(article.title.get(l)).crumb(say!(l, "help-title"), visit.href("help")).reading();
    Ok(page.body(html! {
        (text::paragraphs(article.text.get(l)))
        p.hit__source {
            span { (source(&caller, &article.section)) }
            @if article.illustrative { (parts::tag(Tone::Caution, &say!(l, "services-illustrative"))) }
        }
        (links(&say!(l, "help-services"), &services))
        (links(&say!(l, "help-see"), &see))
        h2 { (say!(l, "help-more")) }
        (search::field(&visit, "", true))
        (buttons(button_link(Weight::Secondary, &say!(l, "help-ask"), &visit.href("me/apply/question"))))
    }))
}

pub(super) fn links(heading: &str, links: &[Link]) -> Markup {
    html! {
        @if !links.is_empty() {
            h2 { (heading) }
            ul { @for link in links { li { a href=(link.href) { (link.label) } } } }
        }
    }
}
