//! The parts that pages are put together from. Each is a small function or struct that renders itself; each escapes
//! what it is given; none knows a room.

use crate::icons;
use maud::{Markup, Render, html};

mod clock;
mod legs;
mod lists;
mod navigation;
mod table;
mod timeline;
mod wall;

pub use clock::{Clock, ClockState};
pub use legs::{Leg, Moment, Side, TwoLegs};
pub use lists::{Figure, SummaryRow, Task, figures, qr, receipt, summary_list, tasks};
pub use navigation::{FilterBar, Pages, Tab, pagination, side_navigation, tabs};
pub use table::{Column, Table};
pub use timeline::{Step, timeline};
pub use wall::{Verdict, verdict, wall_figures};

/// What a status means, whatever it is called: colour and icon follow from it, and never stand alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Tone {
    /// Nothing has happened, or it is over.
    #[default]
    Neutral,
    /// Somebody is at work on it.
    Active,
    /// Done, in force, let through.
    Good,
    /// Somebody has to look: referred, waiting, at risk.
    Caution,
    /// Refused, revoked, overdue.
    Bad,
}

impl Tone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Tone::Neutral => "tone-neutral",
            Tone::Active => "tone-active",
            Tone::Good => "tone-good",
            Tone::Caution => "tone-caution",
            Tone::Bad => "tone-bad",
        }
    }

    pub(crate) fn icon(self) -> Markup {
        match self {
            Tone::Neutral => icons::circle(),
            Tone::Active => icons::clock(),
            Tone::Good => icons::tick(),
            Tone::Caution => icons::attention(),
            Tone::Bad => icons::cross(),
        }
    }
}

/// A status in one or two words, with its icon.
pub fn tag(tone: Tone, label: &str) -> Markup {
    html! { span.tag.(tone.class()) { (tone.icon()) (label) } }
}

/// A link of a list of links; `count` says how much waits behind it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    pub label: String,
    pub href: String,
    pub current: bool,
    pub count: Option<u32>,
}

impl Link {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), current: false, count: None }
    }

    #[must_use]
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }

    #[must_use]
    pub fn count(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }
}

/// What came of the form that led here, or what everybody on this page should know first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banner {
    pub tone: Tone,
    pub heading: String,
    pub text: Option<String>,
    pub link: Option<Link>,
}

impl Banner {
    pub fn new(tone: Tone, heading: impl Into<String>) -> Self {
        Self { tone, heading: heading.into(), text: None, link: None }
    }

    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    #[must_use]
    pub fn link(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.link = Some(Link::new(label, href));
        self
    }
}

impl Render for Banner {
    fn render(&self) -> Markup {
        let role = if matches!(self.tone, Tone::Bad | Tone::Caution) { "alert" } else { "status" };
        html! {
            div.banner.(self.tone.class()) role=(role) {
                (self.tone.icon())
                div {
                    p.banner__heading { (self.heading) }
                    @if let Some(text) = &self.text { p { (text) } }
                    @if let Some(link) = &self.link { p { a href=(link.href) { (link.label) } } }
                }
            }
        }
    }
}

/// A paragraph that stands out from its neighbours without alarming.
pub fn inset(content: impl Render) -> Markup {
    html! { div.inset { (icons::information()) div { (content.render()) } } }
}

/// What goes wrong for the reader who overlooks it; `word` says "Warning" in their language.
pub fn warning(word: &str, text: &str) -> Markup {
    html! { div.inset.tone-caution { (icons::attention()) p { span.govuk-visually-hidden { (word) " " } strong { (text) } } } }
}

/// More, for those who want it.
pub fn details(summary: impl Render, content: impl Render) -> Markup {
    html! { details.more { summary { span { (summary.render()) } } div.more__content { (content.render()) } } }
}

/// A list with nothing in it: what will stand here, and what to do next.
pub fn empty(heading: &str, text: &str, action: Option<Markup>) -> Markup {
    html! {
        div.empty {
            svg.empty__drawing viewBox="0 0 120 64" width="120" height="64" aria-hidden="true" focusable="false" {
                path class="empty__river" d="M2 40c16-8 26-8 40 0s26 8 40 0 22-8 36 0" {}
                path class="empty__river" d="M2 54c16-8 26-8 40 0s26 8 40 0 22-8 36 0" {}
                path class="empty__bridge" d="M14 30c26-24 66-24 92 0M14 30h92M38 17.500V30M60 12.500V30M82 17.500V30" {}
            }
            p.empty__heading { (heading) }
            p { (text) }
            @if let Some(action) = action { (action) }
        }
    }
}

/// A block with a heading of its own, on a card.
pub fn card(heading: &str, content: impl Render) -> Markup {
    html! { section.card { h2.card__heading { (heading) } (content.render()) } }
}

/// A block on a card, without a heading: a chart, which brings its own.
pub fn panel(content: impl Render) -> Markup {
    html! { div.card { (content.render()) } }
}

/// Cards side by side, as many as fit.
pub fn cards(content: impl Render) -> Markup {
    html! { div.cards { (content.render()) } }
}

/// Large cards, two in a row at most: charts.
pub fn wide_cards(content: impl Render) -> Markup {
    html! { div.cards.cards--two { (content.render()) } }
}

/// The head of the home page: its heading, what the place is for, what to do first, and the plan of the zone beside.
pub fn hero(heading: &str, lead: &str, actions: impl Render, aside: impl Render) -> Markup {
    html! {
        section.hero {
            div.hero__row {
                div {
                    h1 { (heading) }
                    p.hero__lead { (lead) }
                    div.govuk-button-group { (actions.render()) }
                }
                div.hero__aside { (aside.render()) }
            }
        }
    }
}

#[cfg(test)]
mod tests;
