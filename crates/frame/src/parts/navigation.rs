//! Ways around: pages of a long list, tabs, side navigation, the filter above a list.

use super::Link;
use crate::{Language, say};
use maud::{Markup, Render, html};

/// Where a list of many pages stands; `href` makes the address of a page (one-based).
pub struct Pages<'a> {
    pub current: u32,
    pub last: u32,
    pub href: &'a dyn Fn(u32) -> String,
}

/// Nothing where there is but one page.
pub fn pagination(language: Language, pages: &Pages<'_>) -> Markup {
    let shown: Vec<u32> = (1..=pages.last)
        .filter(|page| *page == 1 || *page == pages.last || page.abs_diff(pages.current) <= 1)
        .collect();
    html! {
        @if pages.last > 1 {
            nav.pagination aria-label=(say!(language, "pagination-label")) {
                @if pages.current > 1 {
                    a.pagination__step rel="prev" href=((pages.href)(pages.current - 1)) { "← " (say!(language, "pagination-previous")) }
                }
                ol {
                    @for (index, page) in shown.iter().enumerate() {
                        @if index > 0 && shown.get(index - 1).is_some_and(|before| before + 1 < *page) { li.pagination__gap { "…" } }
                        li {
                            a href=((pages.href)(*page)) aria-current=[(*page == pages.current).then_some("page")]
                                aria-label=(say!(language, "pagination-page", page = *page)) { (page) }
                        }
                    }
                }
                @if pages.current < pages.last {
                    a.pagination__step rel="next" href=((pages.href)(pages.current + 1)) { (say!(language, "pagination-next")) " →" }
                }
            }
        }
    }
}

/// A tab is a page of its own: it has an address and works without scripts.
pub type Tab = Link;

pub fn tabs(label: &str, tabs: &[Tab]) -> Markup {
    html! { nav.tabs aria-label=(label) { ul { @for tab in tabs { (link_item(tab)) } } } }
}

pub fn side_navigation(label: &str, links: &[Link]) -> Markup {
    html! { nav.side-navigation aria-label=(label) { ul { @for link in links { (link_item(link)) } } } }
}

fn link_item(link: &Link) -> Markup {
    html! {
        li {
            a href=(link.href) aria-current=[link.current.then_some("page")] {
                (link.label)
                @if let Some(count) = link.count { " " span.count { (crate::format::number(i64::from(count))) } }
            }
        }
    }
}

/// The form above a list that narrows it. It is a GET, so a filtered list can be kept and sent.
#[must_use]
pub struct FilterBar<'a> {
    pub language: Language,
    /// The list's own address.
    pub action: &'a str,
    /// Fields, made with `Field`.
    pub fields: Markup,
    /// What is narrowed down by now, each with the address without it.
    pub chosen: Vec<Link>,
}

impl Render for FilterBar<'_> {
    fn render(&self) -> Markup {
        let language = self.language;
        html! {
            // The style opens it for good where there is room.
            details.filter {
                summary { span { (say!(language, "filter-heading")) } }
                form.filter__form method="get" action=(self.action) {
                    div.filter__fields { (self.fields) }
                    button.govuk-button.button--secondary type="submit" { (say!(language, "filter-apply")) }
                }
            }
            @if !self.chosen.is_empty() {
                ul.chosen aria-label=(say!(language, "filter-chosen")) {
                    @for link in &self.chosen {
                        li {
                            a href=(link.href) {
                                (link.label) span.govuk-visually-hidden { " — " (say!(language, "filter-remove")) }
                                span aria-hidden="true" { " ×" }
                            }
                        }
                    }
                    li { a.chosen__all href=(self.action) { (say!(language, "filter-clear")) } }
                }
            }
        }
    }
}
