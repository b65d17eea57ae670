//! The search page: a field, what was found by kind, and the way to ask when nothing was.

use super::{guidance, source, text};
use crate::{Caller, Problem};
use frame::maud::{Markup, html};
use frame::parts::{self, Tone, empty, inset};
use frame::{Language, Visit, Weight, button_link, buttons, say};
use guidance::{Found, HITS_MAX, Hit, Kind};
use profile::Group;
use url::form_urlencoded::Serializer;

/// The longest question that the field takes.
const ASKED_CHARACTERS_MAX: usize = guidance::QUERY_CHARACTERS_MAX;
/// Answers on one page; whoever has to read more asks more exactly.
const SHOWN_MAX: usize = 12;
/// Of the line that a question is summed up in.
const TITLE_CHARACTERS_MAX: usize = 120;
/// Answers that a question tells its office were seen.
const SEEN_MAX: usize = 5;

pub(super) async fn page(caller: Caller) -> Result<Markup, Problem> {
    let l = caller.language;
    let visit = caller.visit();
    let asked = asked(&caller);
    let kind = caller.queried("kind").and_then(|name| Kind::ALL.into_iter().find(|kind| kind.as_str() == name));
    if asked.is_empty() {
        return Ok(visit.page(say!(l, "help-title")).lead(say!(l, "help-lead")).body(html! {
            (field(&visit, "", false))
            (topics(&caller))
        }));
    }
    let found = guidance(&caller.portal)?.search(&asked, l, None, HITS_MAX)?;
    let title = say!(l, "help-results-title", asked = asked.as_str());
    Ok(visit.page(title).crumb(say!(l, "help-title"), visit.href("help")).without_heading().body(html! {
        h1.help__heading { (say!(l, "help-title")) }
        (field(&visit, &asked, false))
        (corrected(l, &found))
        @if found.hits.is_empty() {
            (empty(&say!(l, "help-nothing", asked = asked.as_str()), &say!(l, "help-nothing-text"), Some(ask_button(&caller, &asked, &found))))
        } @else {
            (tabs(&visit, &asked, kind, &found))
            ol.hits { @for hit in shown(&found, kind) { (one(&caller, hit)) } }
            (still_asking(&caller, &asked, &found))
        }
    }))
}

/// The question that stands in the address, without blanks around it.
fn asked(caller: &Caller) -> String {
    let asked = caller.queried("q").unwrap_or_default();
    asked.trim().chars().take(ASKED_CHARACTERS_MAX).collect()
}

/// The field to search with; `small` is the one in other pages' heads.
pub(crate) fn field(visit: &Visit, asked: &str, small: bool) -> Markup {
    let l = visit.language;
    let id = if small { "search-small" } else { "search" };
    html! {
        form.search.search--small[small] role="search" method="get" action=(visit.href("help")) {
            label.search__label for=(id) { (say!(l, "help-search-label")) }
            div.search__row {
                input.govuk-input.search__field id=(id) type="search" name="q" value=(asked) maxlength=(ASKED_CHARACTERS_MAX)
                    autocomplete="off";
                button.govuk-button.button--primary.search__button type="submit" { (say!(l, "help-search")) }
            }
            @if asked.is_empty() { p.search__hint { (say!(l, "help-search-hint")) } }
        }
    }
}

fn corrected(l: Language, found: &Found<'_>) -> Markup {
    html! {
        @for (typed, _) in found.corrected.iter().filter(|_| !found.hits.is_empty()) {
            p.hint { (say!(l, "help-corrected", typed = typed.as_str())) }
        }
    }
}

fn shown<'a, 'b>(found: &'b Found<'a>, kind: Option<Kind>) -> impl Iterator<Item = &'b Hit<'a>> {
    found.hits.iter().filter(move |hit| kind.is_none_or(|kind| hit.entry.kind == kind)).take(SHOWN_MAX)
}

fn tabs(visit: &Visit, asked: &str, chosen: Option<Kind>, found: &Found<'_>) -> Markup {
    let l = visit.language;
    let tab = |kind: Option<Kind>, label: String| {
        let count = found.hits.iter().filter(|hit| kind.is_none_or(|kind| hit.entry.kind == kind)).count();
        let mut query = Serializer::new(String::new());
        query.append_pair("q", asked);
        if let Some(kind) = kind {
            query.append_pair("kind", kind.as_str());
        }
        let href = visit.href(&format!("help?{}", query.finish()));
        let shown = u32::try_from(count).unwrap_or(u32::MAX);
        (count > 0).then(|| parts::Link::new(label, href).current(kind == chosen).count(shown))
    };
    let kinds = Kind::ALL.into_iter().map(|kind| tab(Some(kind), kind_name(l, kind)));
    let all: Vec<parts::Link> = std::iter::once(tab(None, say!(l, "help-all"))).chain(kinds).flatten().collect();
    parts::tabs(&say!(l, "help-kinds"), &all)
}

fn one(caller: &Caller, hit: &Hit<'_>) -> Markup {
    let l = caller.language;
    let entry = hit.entry;
    html! {
        li.hit {
            h2.hit__title {
                a href=(caller.href(&entry.path())) {
                    @if entry.kind == Kind::Outline { (entry.key) " " }
                    (text::pieces(&hit.title))
                }
            }
            @if !hit.snippet.is_empty() { p.hit__text { (text::pieces(&hit.snippet)) } }
            p.hit__source {
                (parts::tag(Tone::Neutral, &kind_name(l, entry.kind)))
                span { (source(caller, &entry.section)) }
                @if entry.illustrative { span { (say!(l, "help-ours")) } }
            }
        }
    }
}

pub(super) fn kind_name(l: Language, kind: Kind) -> String {
    match kind {
        Kind::Article => say!(l, "help-kind-article"),
        Kind::Service => say!(l, "help-kind-service"),
        Kind::Outline => say!(l, "help-kind-outline"),
        Kind::Rule => say!(l, "help-kind-rule"),
    }
}

/// Below answers: whoever is not served by them asks, and what they saw goes along.
fn still_asking(caller: &Caller, asked: &str, found: &Found<'_>) -> Markup {
    let l = caller.language;
    inset(html! {
        p { strong { (say!(l, "help-still")) } }
        p { (say!(l, "help-still-text")) }
        (ask_button(caller, asked, found))
    })
}

fn ask_button(caller: &Caller, asked: &str, found: &Found<'_>) -> Markup {
    let l = caller.language;
    let seen: Vec<String> = found.hits.iter().take(SEEN_MAX).map(|hit| hit.entry.path()).collect();
    let mut query = Serializer::new(String::new());
    let title: String = asked.chars().take(TITLE_CHARACTERS_MAX).collect();
    query.append_pair("title", &title).append_pair("question", asked).append_pair("seen", &seen.join(" "));
    query.append_pair("answer-language", answer_language(l));
    let href = caller.href(&format!("me/apply/question?{}", query.finish()));
    buttons(button_link(Weight::Secondary, &say!(l, "help-ask"), &href))
}

/// As the question's form calls it.
fn answer_language(l: Language) -> &'static str {
    match l {
        Language::ZhHant => "zh-hant",
        Language::ZhHans => "zh-hans",
        Language::En => "english",
    }
}

/// Before anything is asked: what there is, by what it is about.
fn topics(caller: &Caller) -> Markup {
    let l = caller.language;
    let articles = &caller.portal.park.profile.guidance.articles;
    let of = |group: Group| articles.values().filter(move |article| article.group == group);
    html! {
        h2 { (say!(l, "help-topics")) }
        (parts::cards(html! {
            @for group in Group::ALL.into_iter().filter(|group| of(*group).next().is_some()) {
                section.card {
                    h3.card__heading { (crate::front::group_name(l, group)) }
                    ul.plain-list {
                        @for article in of(group) {
                            li { a href=(caller.href(&format!("help/{}", article.key))) { (article.title.get(l)) } }
                        }
                    }
                }
            }
        }))
        h2 { (say!(l, "outline-title")) }
        p { (say!(l, "outline-lead")) " " a href=(caller.href("outline")) { (say!(l, "outline-link")) } }
    }
}
