//! The shell around every page: who reads it and where they are, brand, navigation, language switcher, footer. What
//! stands inside is the rooms' business; sessions and routes are the server's.

mod kiosk;

pub use kiosk::KioskFrame;

use crate::parts::{Banner, Link};
use crate::{Language, assets, format, say};
use jiff::tz::TimeZone;
use maud::{DOCTYPE, Markup, Render, html};

/// The signed-in person, as the header names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    pub name: String,
    /// In which capacity they act, in their language: `Officer, Immigration Department`.
    pub capacity: String,
    /// Where the sign-out button posts to.
    pub sign_out: String,
    pub session: SessionNote,
}

/// Until when the visitor is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionNote {
    pub ends_at: base::Instant,
    /// From when the page is sent: a reader's own clock may be wrong.
    pub seconds: u32,
    /// Whether asking for anything puts the end off; else one has to sign in again.
    pub extendable: bool,
    /// Where a click puts it off, or leads to signing in again.
    pub href: String,
}

/// What the footer says about the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogNote {
    pub size: u64,
    /// The page that shows the log and its checkpoint.
    pub href: String,
}

/// One visit: who reads, in which language, at which path. The server makes it for every request and rooms make
/// their pages from it.
#[derive(Debug, Clone)]
pub struct Visit {
    pub language: Language,
    /// After the language's segment, without a leading slash, with the query: `cases/C-12?tab=log`.
    pub path: String,
    /// The page is the answer of a form: `path` is then the page that the form belongs to, and whoever changes the
    /// language leaves the answer.
    pub answers_a_form: bool,
    /// `None` where nobody is signed in.
    pub visitor: Option<Visitor>,
    /// The primary navigation of this visitor's capacity.
    pub navigation: Vec<Link>,
    /// The token that every form of this session carries.
    pub csrf: String,
    /// The outcome of the form that led here.
    pub banner: Option<Banner>,
    /// Whether people and events shown are made up.
    pub demo: bool,
    pub log: Option<LogNote>,
    /// Where the page is shown at a kiosk, what its frame knows.
    pub kiosk: Option<KioskFrame>,
    /// The zone that times are shown in.
    pub time_zone: TimeZone,
}

impl Visit {
    pub fn new(language: Language, path: impl Into<String>) -> Self {
        Self {
            language,
            path: path.into(),
            answers_a_form: false,
            visitor: None,
            navigation: Vec::new(),
            csrf: String::new(),
            banner: None,
            demo: false,
            log: None,
            kiosk: None,
            time_zone: TimeZone::UTC,
        }
    }

    /// The address of a page in the reader's language: `href("cases/C-1")` is `/zh-Hant/cases/C-1`. At a kiosk every
    /// address is one of the kiosk's.
    pub fn href(&self, path: &str) -> String {
        let within = if self.kiosk.is_some() { "kiosk/" } else { "" };
        format!("/{}/{within}{}", self.language, path.trim_start_matches('/'))
    }

    /// The hidden field that every form needs.
    pub fn csrf_field(&self) -> Markup {
        crate::fields::hidden("csrf", &self.csrf)
    }

    /// A page of this visit.
    pub fn page(&self, title: impl Into<String>) -> Page<'_> {
        Page {
            visit: self,
            title: title.into(),
            caption: None,
            lead: None,
            crumbs: Vec::new(),
            actions: None,
            side: None,
            shell: if self.kiosk.is_some() { Shell::Kiosk } else { Shell::Desk },
            width: Width::Wide,
            heading: true,
            faulty: false,
            refresh_seconds: None,
            scripts: if self.kiosk.is_some() { vec!["hetao.js", "kiosk.js"] } else { vec!["hetao.js"] },
        }
    }

    /// `2026年11月22日 15:04` in the zone's time, as `<time>`.
    pub fn time(&self, instant: base::Instant) -> Markup {
        format::time(self.language, instant, &self.time_zone)
    }
}

/// The look of the whole screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shell {
    /// Header, navigation, white page: for people at a desk or with a phone.
    #[default]
    Desk,
    /// Dark, huge type, no navigation: gates, wall screens.
    Wall,
    /// Large type, nothing that leads elsewhere: self-service kiosks.
    Kiosk,
}

/// How much of the screen a page's text takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// A column of about 38 Chinese characters: forms and things to read.
    Reading,
    /// The whole grid: lists, boards, dashboards.
    #[default]
    Wide,
}

/// A page being put together; `body` ends it.
#[derive(Debug, Clone)]
#[must_use]
pub struct Page<'a> {
    visit: &'a Visit,
    title: String,
    caption: Option<String>,
    lead: Option<String>,
    crumbs: Vec<Link>,
    actions: Option<Markup>,
    side: Option<Markup>,
    shell: Shell,
    width: Width,
    heading: bool,
    faulty: bool,
    refresh_seconds: Option<u32>,
    scripts: Vec<&'static str>,
}

impl<'a> Page<'a> {
    /// A short line above the heading: the number of a case, the name of a service.
    pub fn caption(mut self, text: impl Into<String>) -> Self {
        self.caption = Some(text.into());
        self
    }

    /// One or two sentences under the heading.
    pub fn lead(mut self, text: impl Into<String>) -> Self {
        self.lead = Some(text.into());
        self
    }

    /// One step of the way here, outermost first; `href` is whole, see [`Visit::href`].
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Link::new(label, href));
        self
    }

    /// Buttons and tags beside the heading.
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }

    /// A column beside the body, below it on phones: side navigation, filters, a summary.
    pub fn side(mut self, side: Markup) -> Self {
        self.side = Some(side);
        self
    }

    pub fn shell(mut self, shell: Shell) -> Self {
        self.shell = shell;
        self
    }

    /// Text in a column that reads well, not over the whole grid.
    pub fn reading(mut self) -> Self {
        self.width = Width::Reading;
        self
    }

    /// The body brings its own `h1` (a hero, a verdict).
    pub fn without_heading(mut self) -> Self {
        self.heading = false;
        self
    }

    /// The form on this page came back with faults: the title says so.
    pub fn faulty(mut self, faulty: bool) -> Self {
        self.faulty = faulty;
        self
    }

    /// Reload by itself. Only for screens that nobody types on.
    pub fn refresh(mut self, seconds: u32) -> Self {
        self.refresh_seconds = Some(seconds);
        self
    }

    /// A module of `web/scripts/` by its file name.
    pub fn script(mut self, name: &'static str) -> Self {
        self.scripts.push(name);
        self
    }

    /// The finished page.
    pub fn body(self, body: impl Render) -> Markup {
        let language = self.visit.language;
        let content = self.content(&body);
        html! {
            (DOCTYPE)
            html lang=(language) class="govuk-template" {
                (self.head())
                body.govuk-template__body.shell-wall[self.shell == Shell::Wall].shell-desk[self.shell == Shell::Desk].shell-kiosk[self.shell == Shell::Kiosk]
                    data-refresh-seconds=[self.refresh_seconds] {
                    a.govuk-skip-link href="#main" data-module="govuk-skip-link" { (say!(language, "skip-link")) }
                    @if self.visit.demo { (ribbon(language)) }
                    @match self.shell {
                        Shell::Desk => {
                            (header(self.visit))
                            div.page-grid {
                                (crumbs(language, &self.crumbs))
                                (content)
                            }
                            (footer(self.visit))
                        }
                        Shell::Wall => {
                            (content)
                            @if let Some(visitor) = &self.visit.visitor {
                                p.wall-session { (session::until(self.visit, &visitor.session)) }
                            }
                        }
                        Shell::Kiosk => {
                            @if let Some(kiosk) = &self.visit.kiosk { (kiosk::header(self.visit, kiosk)) }
                            div.page-grid { (content) }
                        }
                    }
                    // A kiosk tells by itself how soon it forgets.
                    @if let (Some(visitor), None) = (&self.visit.visitor, &self.visit.kiosk) { (session::warning(self.visit, &visitor.session)) }
                }
            }
        }
    }

    fn head(&self) -> Markup {
        let language = self.visit.language;
        let title =
            if self.faulty { say!(language, "title-faulty", title = self.title.as_str()) } else { self.title.clone() };
        html! {
            head {
                meta charset="utf-8";
                title { (title) " – " (say!(language, "service-name")) }
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="theme-color" content="#0b4a52";
                // With scripts `hetao.js` reloads; it can wait for whoever is reading, which the element cannot.
                @if let Some(seconds) = self.refresh_seconds {
                    noscript { meta http-equiv="refresh" content=(seconds); }
                }
                @if let Some(kiosk) = &self.visit.kiosk { (kiosk::leave(kiosk)) }
                link rel="icon" type="image/svg+xml" href=(assets::href("hetao.svg"));
                link rel="stylesheet" href=(assets::href("hetao.css"));
                @for other in Language::ALL {
                    link rel="alternate" hreflang=(other) href=(in_language(self.visit, other));
                }
                @for script in &self.scripts { script type="module" src=(assets::href(script)) {} }
                @if self.visit.visitor.is_some() { script type="module" src=(assets::href("session.js")) {} }
            }
        }
    }

    fn content(&self, body: &dyn Render) -> Markup {
        let reading = self.width == Width::Reading;
        html! {
            main #main.page-main.page-main--reading[reading] tabindex="-1" {
                @if let Some(banner) = &self.visit.banner { (banner) }
                @if self.heading { (self.heading()) }
                @if let Some(side) = &self.side {
                    div.page-split {
                        div.page-split__body { (body.render()) }
                        aside.page-split__side { (side) }
                    }
                } @else {
                    (body.render())
                }
            }
        }
    }

    fn heading(&self) -> Markup {
        html! {
            div.page-heading {
                div.page-heading__text {
                    @if let Some(caption) = &self.caption { p.page-heading__caption { (caption) } }
                    h1 { (self.title) }
                    @if let Some(lead) = &self.lead { p.page-heading__lead { (lead) } }
                }
                @if let Some(actions) = &self.actions { div.page-heading__actions { (actions) } }
            }
        }
    }
}

/// The same page in another language.
fn in_language(visit: &Visit, language: Language) -> String {
    format!("/{language}/{}", visit.path.trim_start_matches('/'))
}

fn ribbon(language: Language) -> Markup {
    html! {
        div.ribbon role="region" aria-label=(say!(language, "ribbon-label")) {
            p { strong { (say!(language, "ribbon-label")) } (format::sentence_gap(language)) (say!(language, "ribbon-text")) }
        }
    }
}

/// A bend of the river and the bridge across it: the park's own mark, drawn by us.
fn mark() -> Markup {
    html! {
        svg.brand__mark viewBox="0 0 32 32" width="36" height="36" aria-hidden="true" focusable="false" {
            rect class="brand__ground" width="32" height="32" rx="8" {}
            path class="brand__river" d="M3 9.5h7c3 0 4 1.6 4 4.2v3.4c0 3 1.200 5.400 4.400 5.400s4.300-2.200 4.300-5.200v-3.200c0-2.900 1.200-4.600 4-4.600h2.300" {}
            path class="brand__bridge" d="M8.500 17.200h19" {}
        }
    }
}

fn header(visit: &Visit) -> Markup {
    let language = visit.language;
    html! {
        header.masthead {
            div.masthead__row {
                a.brand href=(visit.href("")) {
                    (mark())
                    span.brand__name lang="zh-Hant" { "河套" }
                    span.brand__latin lang="en" { "Hetao" }
                }
                div.masthead__tools {
                    (language_switcher(visit))
                    @match &visit.visitor {
                        Some(visitor) => {
                            div.who {
                                span.who__name { (visitor.name) }
                                span.who__capacity { (visitor.capacity) }
                            }
                            form.who__leave method="post" action=(visitor.sign_out) {
                                (visit.csrf_field())
                                button.quiet-button type="submit" { (say!(language, "sign-out")) }
                            }
                        }
                        None => a.quiet-button href=(visit.href("sign-in")) { (say!(language, "sign-in")) }
                    }
                }
            }
            @if !visit.navigation.is_empty() {
                nav.primary aria-label=(say!(language, "navigation-label")) {
                    ul {
                        @for link in &visit.navigation {
                            li {
                                a href=(link.href) aria-current=[link.current.then_some("page")] {
                                    (link.label)
                                    @if let Some(count) = link.count { " " span.count { (format::number(i64::from(count))) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Names each language in itself; the one being read is text, not a link.
fn language_switcher(visit: &Visit) -> Markup {
    html! {
        nav.languages aria-label=(say!(visit.language, "language-label")) {
            ul {
                @for language in Language::ALL {
                    li {
                        @if language == visit.language {
                            span lang=(language) aria-current="true" { (own_name(language)) }
                        } @else {
                            a lang=(language) hreflang=(language) rel="alternate" href=(in_language(visit, language)) {
                                (own_name(language))
                            }
                        }
                    }
                }
            }
            @if visit.answers_a_form { p.languages__note { (say!(visit.language, "language-leaves-answer")) } }
        }
    }
}

fn own_name(language: Language) -> &'static str {
    match language {
        Language::ZhHant => "繁體",
        Language::ZhHans => "简体",
        Language::En => "English",
    }
}

fn crumbs(language: Language, crumbs: &[Link]) -> Markup {
    html! {
        @if !crumbs.is_empty() {
            nav.crumbs aria-label=(say!(language, "crumbs-label")) {
                ol { @for crumb in crumbs { li { a href=(crumb.href) { (crumb.label) } } } }
            }
        }
    }
}

fn footer(visit: &Visit) -> Markup {
    let language = visit.language;
    html! {
        footer.colophon {
            div.colophon__row {
                div.colophon__about {
                    p.colophon__name { (say!(language, "service-name")) }
                    p { (say!(language, "footer-about")) }
                    @if visit.demo { p { (say!(language, "footer-illustrative")) } }
                    @if let Some(visitor) = &visit.visitor { p { (session::until(visit, &visitor.session)) } }
                }
                @if let Some(log) = &visit.log {
                    div.colophon__log {
                        p.colophon__figure { (format::number(i64::try_from(log.size).unwrap_or(i64::MAX))) }
                        p {
                            (say!(language, "footer-log")) (format::sentence_gap(language))
                            a href=(log.href) { (say!(language, "footer-checkpoint")) }
                        }
                    }
                }
            }
        }
    }
}

mod session;
#[cfg(test)]
mod tests;
