//! Axes: round steps from nought to a little above the largest value.

/// A scale from nought to `top`, with a tick at each multiple of `step`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    pub top: f64,
    pub step: f64,
}

impl Scale {
    /// The smallest scale of at most five steps of 1, 2 or 5 times a power of ten that holds every value.
    pub fn holding(values: impl IntoIterator<Item = f64>) -> Self {
        let largest = values.into_iter().filter(|value| value.is_finite()).fold(0.0, f64::max);
        if largest <= 0.0 {
            return Self { top: 1.0, step: 1.0 };
        }
        let rough = largest / 5.0;
        let magnitude = 10f64.powf(rough.log10().floor());
        let factor = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|factor| factor * magnitude >= rough * 0.999_999);
        // Whole things are counted more often than not: a step below one would label halves of people.
        let step = (factor.unwrap_or(10.0) * magnitude).max(if largest >= 2.0 { 1.0 } else { 0.0 });
        Self { top: (largest / step).ceil() * step, step }
    }

    pub fn ticks(self) -> impl Iterator<Item = f64> {
        let count = (self.top / self.step).round().clamp(0.0, 20.0) as u32;
        (0..=count).map(move |index| f64::from(index) * self.step)
    }

    /// Where a value stands between nought (0) and the top (1).
    pub fn share(self, value: f64) -> f64 {
        (value / self.top).clamp(0.0, 1.0)
    }
}

/// Every how many of `count` labels `width` pixels wide can be shown in a row of `room` pixels.
pub fn every(count: usize, width: f64, room: f64) -> usize {
    let fit = (room / (width + 10.0)).floor().max(1.0) as usize;
    let rough = count.div_ceil(fit).max(1);
    // Steps that hours and weeks divide by.
    [1, 2, 3, 4, 6, 8, 12, 24].into_iter().find(|step| *step >= rough).unwrap_or(rough)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_few_round_steps_and_holds_every_value() {
        for (largest, top, step) in
            [(0.0, 1.0, 1.0), (1.0, 1.0, 0.2), (7.0, 8.0, 2.0), (93.0, 100.0, 20.0), (1_204.0, 1_250.0, 250.0)]
        {
            let scale = Scale::holding([largest, f64::NAN]);
            assert_eq!((scale.top, scale.step), (top, step), "{largest}");
            assert!(scale.ticks().count() <= 6);
        }
    }

    #[test]
    fn labels_are_thinned_to_steps_that_a_day_divides_by() {
        assert_eq!(every(24, 40.0, 600.0), 2);
        assert_eq!(every(24, 40.0, 250.0), 6);
        assert_eq!(every(3, 40.0, 600.0), 1);
    }
}
