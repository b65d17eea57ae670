//! What a service reckons from the answers: sums of fields, and tiers at their rates. To the cent, and line by line.

use super::money::Currency;
use base::{Key, Localised};
use serde::Serialize;
use serde_json::Value;

#[derive(Debug, Clone, Serialize)]
pub struct Calculation {
    pub name: Localised,
    pub section: String,
    pub currency: Currency,
    /// Money fields of the form: added up, then others taken off.
    pub add: Vec<Key>,
    pub less: Vec<Key>,
    /// What the sum is called.
    pub sum: Localised,
    /// What it all comes to.
    pub result: Localised,
    /// Ascending; the last has no upper bound.
    pub tiers: Vec<Tier>,
}

/// A piece of the sum, and the rate at which it counts.
#[derive(Debug, Clone, Serialize)]
pub struct Tier {
    /// In minor units; none where it has no upper bound.
    pub up_to_minor: Option<i64>,
    pub percent: u32,
}

/// One line of a calculation, in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "line")]
pub enum CalculationLine {
    Add {
        field: Key,
        amount_minor: i64,
    },
    Less {
        field: Key,
        amount_minor: i64,
    },
    Sum {
        amount_minor: i64,
    },
    /// So much of the sum lies in the tier, and comes to this at its rate.
    Tier {
        of_minor: i64,
        up_to_minor: Option<i64>,
        percent: u32,
        amount_minor: i64,
    },
    Result {
        amount_minor: i64,
    },
}

impl Calculation {
    /// Line by line; a field left empty counts nothing. None where nothing was answered that counts, or where the sums
    /// are beyond all reckoning.
    pub fn lines(&self, answers: &Value) -> Option<Vec<CalculationLine>> {
        let amount = |field: &Key| answers.get(field.as_str()).and_then(Value::as_i64);
        let mut lines = Vec::new();
        let mut sum: i64 = 0;
        for (field, amount_minor) in self.add.iter().filter_map(|field| Some((field, amount(field)?))) {
            sum = sum.checked_add(amount_minor)?;
            lines.push(CalculationLine::Add { field: field.clone(), amount_minor });
        }
        if lines.is_empty() {
            return None;
        }
        for (field, amount_minor) in self.less.iter().filter_map(|field| Some((field, amount(field)?))) {
            sum = sum.checked_sub(amount_minor)?;
            lines.push(CalculationLine::Less { field: field.clone(), amount_minor });
        }
        // More was taken off than there was: nothing is left to count.
        let sum = sum.max(0);
        lines.push(CalculationLine::Sum { amount_minor: sum });
        let (mut below, mut result): (i64, i64) = (0, 0);
        for tier in &self.tiers {
            let of_minor = sum.min(tier.up_to_minor.unwrap_or(i64::MAX)).saturating_sub(below).max(0);
            below = tier.up_to_minor.unwrap_or(i64::MAX);
            let amount_minor = at_rate(of_minor, tier.percent)?;
            result = result.checked_add(amount_minor)?;
            let &Tier { up_to_minor, percent } = tier;
            lines.push(CalculationLine::Tier { of_minor, up_to_minor, percent, amount_minor });
        }
        lines.push(CalculationLine::Result { amount_minor: result });
        Some(lines)
    }
}

/// Half a cent and more is a cent.
fn at_rate(amount_minor: i64, percent: u32) -> Option<i64> {
    let hundredths = i128::from(amount_minor).checked_mul(i128::from(percent))?.checked_add(50)?;
    i64::try_from(hundredths.checked_div(100)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn words(text: &str) -> Localised {
        Localised { zh_hant: text.into(), zh_hans: text.into(), en: text.into() }
    }

    fn key(text: &str) -> Key {
        Key::new(text).unwrap()
    }

    fn calculation(tiers: Vec<Tier>) -> Calculation {
        Calculation {
            name: words("deduction"),
            section: "6.4.6".to_owned(),
            currency: Currency::Hkd,
            add: vec![key("staff"), key("paid")],
            less: vec![key("grants")],
            sum: words("sum"),
            result: words("result"),
            tiers,
        }
    }

    /// 300 % of the first two million dollars and 200 % of the rest.
    fn deduction() -> Calculation {
        calculation(vec![
            Tier { up_to_minor: Some(200_000_000), percent: 300 },
            Tier { up_to_minor: None, percent: 200 },
        ])
    }

    #[track_caller]
    fn comes_to(calculation: &Calculation, answers: Value, want: Option<i64>) {
        let lines = calculation.lines(&answers);
        let last = lines.as_ref().and_then(|lines| lines.last());
        let result = last.map(|line| match line {
            CalculationLine::Result { amount_minor } => *amount_minor,
            other => panic!("the last line is the result, not {other:?}"),
        });
        assert_eq!(result, want, "{answers}");
    }

    #[test]
    fn the_first_tier_counts_at_its_rate_and_the_rest_at_the_next_to_the_cent() {
        for (cents, want) in [
            (0_i64, 0_i64),
            (1, 3),
            (150_000_000, 450_000_000),
            (199_999_999, 599_999_997),
            (200_000_000, 600_000_000),
            (200_000_001, 600_000_002),
            (500_000_000, 1_200_000_000),
            (100_000_000_000_000, 200_000_000_000_000 + 200_000_000),
        ] {
            comes_to(&deduction(), json!({ "staff": cents }), Some(want));
        }
    }

    #[test]
    fn what_grants_paid_for_is_taken_off_before_any_rate_and_never_below_nothing() {
        comes_to(&deduction(), json!({ "staff": 300_000_000, "paid": 50, "grants": 50 }), Some(800_000_000));
        comes_to(&deduction(), json!({ "staff": 10, "grants": 11 }), Some(0));
        comes_to(&deduction(), json!({ "grants": 11 }), None);
        comes_to(&deduction(), json!({}), None);
    }

    #[test]
    fn half_a_cent_is_a_cent_and_sums_beyond_reckoning_are_none() {
        let half = calculation(vec![Tier { up_to_minor: None, percent: 50 }]);
        comes_to(&half, json!({ "staff": 3 }), Some(2));
        comes_to(&half, json!({ "staff": i64::MAX, "paid": 1 }), None);
        comes_to(&deduction(), json!({ "staff": i64::MAX }), None);
    }

    #[test]
    fn every_line_says_where_its_amount_comes_from() {
        let lines = deduction().lines(&json!({ "staff": 250_000_000, "grants": 20_000_000 })).unwrap();
        let want = [
            CalculationLine::Add { field: key("staff"), amount_minor: 250_000_000 },
            CalculationLine::Less { field: key("grants"), amount_minor: 20_000_000 },
            CalculationLine::Sum { amount_minor: 230_000_000 },
            CalculationLine::Tier {
                of_minor: 200_000_000,
                up_to_minor: Some(200_000_000),
                percent: 300,
                amount_minor: 600_000_000,
            },
            CalculationLine::Tier { of_minor: 30_000_000, up_to_minor: None, percent: 200, amount_minor: 60_000_000 },
            CalculationLine::Result { amount_minor: 660_000_000 },
        ];
        assert_eq!(lines, want);
    }
}
