//! What happened, the latest first or last as the caller has it.

use super::Tone;
use maud::{Markup, Render, html};

/// One thing that happened.
#[derive(Debug, Clone)]
#[must_use]
pub struct Step {
    pub tone: Tone,
    pub title: String,
    /// When and by whom, made by the caller: `(visit.time(at)) " · " (who)`.
    pub when: Markup,
    pub body: Option<Markup>,
}

impl Step {
    pub fn new(tone: Tone, title: impl Into<String>, when: impl Render) -> Self {
        Self { tone, title: title.into(), when: when.render(), body: None }
    }

    pub fn body(mut self, body: impl Render) -> Self {
        self.body = Some(body.render());
        self
    }
}

pub fn timeline(steps: &[Step]) -> Markup {
    html! {
        ol.timeline {
            @for step in steps {
                li.timeline__step.(step.tone.class()) {
                    span.timeline__mark { (step.tone.icon()) }
                    div.timeline__content {
                        p.timeline__title { (step.title) }
                        p.timeline__when { (step.when) }
                        @if let Some(body) = &step.body { div.timeline__body { (body) } }
                    }
                }
            }
        }
    }
}
