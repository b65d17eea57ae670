//! The clock of a service: how many of its working days are used. What a working day is, the office's calendar says.

use super::Tone;
use crate::{Language, say};
use maud::{Markup, Render, html};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClockState {
    #[default]
    Running,
    /// Stopped while the applicant is asked.
    Paused,
    /// Stopped for good: decided.
    Stopped,
}

/// Working days used out of those promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    pub language: Language,
    pub days_used: u32,
    pub days_allowed: u32,
    pub state: ClockState,
}

impl Clock {
    /// Warned at half and at three quarters, bad when overrun; a clock that does not run warns nobody.
    pub fn tone(&self) -> Tone {
        let used = u64::from(self.days_used);
        let allowed = u64::from(self.days_allowed);
        match self.state {
            ClockState::Paused => Tone::Neutral,
            ClockState::Stopped => Tone::Good,
            ClockState::Running if used > allowed => Tone::Bad,
            ClockState::Running if used * 4 >= allowed * 3 => Tone::Caution,
            ClockState::Running => Tone::Active,
        }
    }

    fn words(&self) -> String {
        let language = self.language;
        let (used, allowed) = (self.days_used, self.days_allowed);
        match self.state {
            ClockState::Paused => say!(language, "clock-paused", used = used, allowed = allowed),
            ClockState::Stopped => say!(language, "clock-stopped", used = used, allowed = allowed),
            ClockState::Running if used > allowed => {
                say!(language, "clock-overrun", over = used - allowed, allowed = allowed)
            }
            ClockState::Running => say!(language, "clock-running", used = used, allowed = allowed),
        }
    }
}

impl Render for Clock {
    fn render(&self) -> Markup {
        // One notch for each day; beyond twenty they would be too thin to count, so the strip is continuous.
        let allowed = self.days_allowed.clamp(1, 9_999);
        let used = self.days_used.min(allowed);
        let width = 120;
        let notched = allowed <= 20;
        html! {
            div.clock.(self.tone().class()) {
                svg.clock__strip viewBox={ "0 0 " (width) " 8" } aria-hidden="true" focusable="false" preserveAspectRatio="none" {
                    @if notched {
                        @for day in 0..allowed {
                            @let start = day * width / allowed;
                            @let end = (day + 1) * width / allowed;
                            rect class=(if day < used { "clock__used" } else { "clock__left" })
                                x=(start) width=((end - start).saturating_sub(2).max(1)) height="8" rx="2" {}
                        }
                    } @else {
                        rect class="clock__left" width=(width) height="8" rx="3" {}
                        rect class="clock__used" width=(used * width / allowed) height="8" rx="3" {}
                    }
                }
                span.clock__words { (self.words()) }
            }
        }
    }
}
