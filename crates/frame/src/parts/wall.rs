//! Parts of the dark screens: a gate's answer, read from three metres away, and figures for a wall. Colour, icon and
//! word say the same, so none is needed to understand the others.

use super::{Figure, Tone};
use maud::{Markup, html};

/// What a gate's screen says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Present a pass.
    Ready,
    Pass,
    Refer,
    Refuse,
}

impl Verdict {
    fn icon(self) -> Markup {
        match self {
            Verdict::Ready => crate::icons::scan(),
            Verdict::Pass | Verdict::Refer | Verdict::Refuse => self.tone().icon(),
        }
    }

    fn tone(self) -> Tone {
        match self {
            Verdict::Ready => Tone::Neutral,
            Verdict::Pass => Tone::Good,
            Verdict::Refer => Tone::Caution,
            Verdict::Refuse => Tone::Bad,
        }
    }
}

/// The whole screen: one huge word, the reason, how to mend it; `more` holds what else the screen has (a form to
/// present a pass, the time, the gate's name).
pub fn verdict(verdict: Verdict, word: &str, reason: Option<&str>, remedy: Option<&str>, more: Markup) -> Markup {
    html! {
        section.verdict.(verdict.tone().class()) {
            div.verdict__answer role="status" {
                (verdict.icon())
                h1.verdict__word { (word) }
                @if let Some(reason) = reason { p.verdict__reason { (reason) } }
                @if let Some(remedy) = remedy { p.verdict__remedy { (remedy) } }
            }
            div.verdict__more { (more) }
        }
    }
}

/// Figures as large as the screen allows.
pub fn wall_figures(figures: &[Figure]) -> Markup {
    html! { div.wall-figures { (super::figures(figures)) } }
}
