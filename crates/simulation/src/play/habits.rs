//! How people come and go, and how often something goes otherwise than it should. Every figure is an assumption of the
//! simulation, and is stated here.

use crate::dice::Dice;
use base::Instant;

/// Chances in a million, each time somebody crosses outward.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Habits {
    /// Stays at home on a working day.
    pub absent: u32,
    /// Shows a code whose signature does not hold, then the right one.
    pub forged: u32,
    /// Shows a code that is too old, then a fresh one.
    pub stale: u32,
    /// Shows a code from a device that is not linked, then the right one.
    pub unlinked: u32,
    /// Somebody behind shows the same code again.
    pub replayed: u32,
    /// Lends the pass to somebody who stayed behind.
    pub lent: u32,
    /// Comes before the gates open, and later again.
    pub out_of_hours: u32,
    /// Turns back on the bridge.
    pub turned_back: u32,
    /// Walks over, and the far door does not notice.
    pub unnoticed: u32,
    /// Loses the phone and reports it; the pass is suspended until the next morning.
    pub lost: u32,
    /// Leaves the employer; the pass is revoked, and yet they try once more.
    pub left: u32,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            absent: 40_000,
            forged: 300,
            stale: 1_500,
            unlinked: 700,
            replayed: 400,
            lent: 200,
            out_of_hours: 800,
            turned_back: 500,
            unnoticed: 400,
            lost: 600,
            left: 150,
        }
    }
}

/// When people come: around a peak, so that its busiest quarter of an hour has its share of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peaks {
    /// Minute of the day in the middle of the busiest quarter.
    pub morning_minute: i64,
    pub evening_minute: i64,
    /// Per cent of those who go that way in that half of the day.
    pub quarter_percent: u8,
}

impl Peaks {
    pub const MORNING: i64 = 8 * 60 + 37;
    pub const EVENING: i64 = 18 * 60 + 22;

    /// An instant around the middle of a peak, `middle` being an instant of that day. Around the middle of a normal
    /// distribution a share `p` lies within 15 minutes if its deviation is 15 / (p √τ) minutes.
    pub fn around(&self, middle: Instant, dice: &mut Dice) -> Instant {
        let share = f64::from(self.quarter_percent.clamp(1, 60)) / 100.0;
        let deviation_minutes = 15.0 / (share * std::f64::consts::TAU.sqrt());
        let minutes = (dice.normal() * deviation_minutes).clamp(-110.0, 150.0);
        middle.plus((minutes * Instant::MINUTE as f64) as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busiest_quarter_of_an_hour_has_its_share_of_the_people() {
        let peaks = Peaks { morning_minute: Peaks::MORNING, evening_minute: Peaks::EVENING, quarter_percent: 15 };
        let middle = Instant(Instant::DAY);
        let mut dice = Dice::new(3);
        let half = 15 * Instant::MINUTE / 2;
        let within = (0..20_000).filter(|_| peaks.around(middle, &mut dice).since(middle).abs() <= half).count();
        let percent = within as f64 / 200.0;
        assert!((14.0..16.0).contains(&percent), "{percent} %");
    }
}
