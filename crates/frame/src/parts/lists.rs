//! Names with their values: what was answered, what a receipt says, figures that sum a page up, things to do.

use super::{Link, Tone, tag};
use fast_qr::QRBuilder;
use maud::{Markup, Render, html};

/// One line of a summary list.
#[derive(Debug, Clone)]
#[must_use]
pub struct SummaryRow {
    key: String,
    value: Markup,
    action: Option<(Link, String)>,
}

impl SummaryRow {
    pub fn new(key: impl Into<String>, value: impl Render) -> Self {
        Self { key: key.into(), value: value.render(), action: None }
    }

    /// A link at the end of the line. `about` is read out after its label: "Change — date of birth".
    pub fn action(mut self, link: Link, about: impl Into<String>) -> Self {
        self.action = Some((link, about.into()));
        self
    }
}

pub fn summary_list(rows: impl IntoIterator<Item = SummaryRow>) -> Markup {
    html! {
        dl.summary {
            @for row in rows {
                div.summary__row {
                    dt { (row.key) }
                    dd { (row.value) }
                    @if let Some((link, about)) = &row.action {
                        dd.summary__action {
                            a href=(link.href) aria-label={ (link.label) " — " (about) } { (link.label) }
                        }
                    }
                }
            }
        }
    }
}

/// Hashes, signatures and keys: in one width, wrapping anywhere, selectable as one.
pub fn receipt(lines: &[(String, String)]) -> Markup {
    html! { dl.receipt { @for (key, value) in lines { div { dt { (key) } dd { code { (value) } } } } } }
}

/// One figure that sums something up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    pub value: String,
    pub label: String,
    /// What it is compared with, or since when: `+12 since 08:00`.
    pub note: Option<String>,
    pub tone: Tone,
}

impl Figure {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), note: None, tone: Tone::Neutral }
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// Figures in a row.
pub fn figures(figures: &[Figure]) -> Markup {
    html! {
        dl.figures {
            @for figure in figures {
                div.figures__one.(figure.tone.class()) {
                    dt { (figure.label) }
                    dd.figures__value { (figure.value) }
                    @if let Some(note) = &figure.note { dd.figures__note { (note) } }
                }
            }
        }
    }
}

/// One thing to do, or done.
#[derive(Debug, Clone)]
#[must_use]
pub struct Task {
    pub link: Link,
    pub hint: Option<String>,
    pub status: (Tone, String),
}

/// What is to be done, each with its state. The whole line leads to the task.
pub fn tasks(tasks: &[Task]) -> Markup {
    html! {
        ul.tasks {
            @for task in tasks {
                li.tasks__one {
                    div {
                        a href=(task.link.href) { (task.link.label) }
                        @if let Some(hint) = &task.hint { p.tasks__hint { (hint) } }
                    }
                    (tag(task.status.0, &task.status.1))
                }
            }
        }
    }
}

/// The QR code of a text (at most 2 900 bytes) with its caption; `alternative` says what it is to those who do not
/// see it. Where the text does not fit a code, the caption says it all alone.
pub fn qr(text: &str, alternative: &str, caption: &str) -> Markup {
    let Ok(code) = QRBuilder::new(text).build() else {
        return html! { figure.qr { figcaption { (caption) } } };
    };
    let mut path = String::new();
    for row in 0..code.size {
        let Some(modules) = code.data.get(row * code.size..(row + 1) * code.size) else { break };
        for (column, module) in modules.iter().enumerate() {
            if module.value() {
                path.push_str(&format!("M{} {}h1v1h-1z", column + 4, row + 4));
            }
        }
    }
    // Four modules of quiet zone on every side, as ISO/IEC 18004 asks.
    let size = code.size + 8;
    html! {
        figure.qr {
            svg.qr__code viewBox={ "0 0 " (size) " " (size) } role="img" aria-label=(alternative) shape-rendering="crispEdges" {
                rect class="qr__light" width=(size) height=(size) {}
                path class="qr__dark" d=(path) {}
            }
            figcaption { (caption) }
        }
    }
}
