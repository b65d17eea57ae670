//! The outline by section: what it says in our own words, and what here rests on it.

use super::{article, text};
use crate::{Caller, Problem};
use axum::extract::Path;
use base::Language;
use frame::maud::{Markup, html};
use frame::parts::{Link, inset};
use frame::say;
use profile::{Guidance, OutlineSection, Profile, SectionNumber};

pub(super) async fn contents(caller: Caller) -> Result<Markup, Problem> {
    let guidance = &caller.portal.park.profile.guidance;
    if guidance.outline.is_empty() {
        return Err(Problem::NotFound);
    }
    let l = caller.language;
    let visit = caller.visit();
    let page = visit.page(say!(l, "outline-title")).crumb(say!(l, "help-title"), visit.href("help"));
    Ok(page.lead(say!(l, "outline-lead")).reading().body(html! {
        (inset(html! { p { (say!(l, "outline-ours")) } }))
        @for chapter in guidance.chapters() {
            h2 { a href=(href(&caller, chapter)) { (headed(l, chapter)) } }
            @let sections: Vec<_> = guidance.within(&chapter.number).collect();
            @if !sections.is_empty() {
                ul.plain-list { @for section in sections { li { a href=(href(&caller, section)) { (headed(l, section)) } } } }
            }
        }
    }))
}

pub(super) async fn one(caller: Caller, Path((_, number)): Path<(String, String)>) -> Result<Markup, Problem> {
    let profile = &caller.portal.park.profile;
    let section = profile.guidance.section(&number).ok_or(Problem::NotFound)?;
    let l = caller.language;
    let visit = caller.visit();
    let mut page = visit
        .page(section.title.get(l))
        .caption(numbered(l, &section.number))
        .crumb(say!(l, "help-title"), visit.href("help"))
        .crumb(say!(l, "outline-title"), visit.href("outline"));
    for above in above(&profile.guidance, &section.number) {
        page = page.crumb(headed(l, above), href(&caller, above));
    }
    let within: Vec<&OutlineSection> = profile.guidance.within(&section.number).collect();
    Ok(page.reading().body(html! {
        @if let Some(summary) = &section.summary {
            (text::paragraphs(summary.get(l)))
        }
        @for part in within {
            section.outline-part {
                h2 { a href=(href(&caller, part)) { (headed(l, part)) } }
                @if let Some(summary) = &part.summary { (text::paragraphs(summary.get(l))) }
            }
        }
        (inset(html! { p { (say!(l, "outline-ours")) } }))
        (article::links(&say!(l, "outline-guidance"), &articles_on(&caller, &section.number)))
        (article::links(&say!(l, "outline-services"), &services_on(&caller, profile, &section.number)))
        (figures(l, profile, &section.number))
        (article::links(&say!(l, "outline-rules"), &rules_on(&caller, &section.number)))
    }))
}

/// The sections that one stands in, outermost first.
fn above<'a>(guidance: &'a Guidance, number: &SectionNumber) -> Vec<&'a OutlineSection> {
    let mut above: Vec<&OutlineSection> = std::iter::successors(number.parent(), SectionNumber::parent)
        .filter_map(|up| guidance.outline.get(&up))
        .collect();
    above.reverse();
    above
}

fn headed(l: Language, section: &OutlineSection) -> String {
    let title = section.title.get(l);
    // The preface has no number.
    if section.number.to_string() == "0" { title.to_owned() } else { format!("{} {title}", section.number) }
}

fn numbered(l: Language, number: &SectionNumber) -> String {
    if number.to_string() == "0" {
        say!(l, "outline-short")
    } else {
        say!(l, "outline-section", section = number.to_string())
    }
}

fn href(caller: &Caller, section: &OutlineSection) -> String {
    caller.href(&format!("outline/{}", section.number))
}

/// Whether something that names its sections so rests on this one, or on a part of it.
fn rests_on(sections: &str, number: &SectionNumber) -> bool {
    let within = |named: SectionNumber| {
        std::iter::successors(Some(named), SectionNumber::parent).any(|section| section == *number)
    };
    sections.split(", ").filter_map(|named| named.parse().ok()).any(within)
}

fn articles_on(caller: &Caller, number: &SectionNumber) -> Vec<Link> {
    let articles = caller.portal.park.profile.guidance.articles.values();
    let on = articles.filter(|article| rests_on(&article.section, number));
    on.map(|article| Link::new(article.title.get(caller.language), caller.href(&format!("help/{}", article.key))))
        .collect()
}

fn services_on(caller: &Caller, profile: &Profile, number: &SectionNumber) -> Vec<Link> {
    let on = profile.services.values().filter(|service| rests_on(&service.section, number));
    on.map(|service| Link::new(service.name.get(caller.language), caller.href(&format!("services/{}", service.key))))
        .collect()
}

fn rules_on(caller: &Caller, number: &SectionNumber) -> Vec<Link> {
    let cards = caller.portal.park.rulebook.policies().filter(|card| !card.hidden);
    let on = cards.filter(|card| rests_on(&card.section, number));
    on.map(|card| Link::new(card.reason.get(caller.language), caller.href(&format!("rules/{}", card.id)))).collect()
}

fn figures(l: Language, profile: &Profile, number: &SectionNumber) -> Markup {
    let on: Vec<_> =
        profile.facts.iter().filter(|figure| rests_on(&figure.section, number) && figure.source.is_none()).collect();
    html! {
        @if !on.is_empty() {
            h2 { (say!(l, "outline-figures")) }
            (frame::parts::summary_list(on.iter().map(|figure| {
                let value = format!("{} {}", frame::format::number(figure.value), figure.unit.get(l));
                frame::parts::SummaryRow::new(figure.label.get(l), value)
            })))
        }
    }
}
