//! A service's [calculation]: which answers are added up, and at which rates the sum counts. Rates and bounds are named
//! by the figures of figures.toml, which have their sections there.

use super::field::Known;
use super::name;
use crate::model::{Calculation, Currency, FieldKind, Form, Tier};
use crate::reader::{Noun, Table};
use base::Key;

/// A hundredfold: more is a slip.
const PERCENT_MAX: i64 = 10_000;

pub(super) fn calculation(table: &Table<'_>, form: Option<&Form>, known: &Known<'_>) -> Option<Calculation> {
    let (name, section) = (name(table), table.section("section"));
    let (sum, result) = (table.localised("sum"), table.localised("result"));
    let currency = table.word("currency", &Currency::ALL.map(|currency| (currency.code(), currency)));
    let (add, less) = (table.keys("add"), table.keys("less"));
    if let (Some(form), Some(currency)) = (form, currency) {
        for (list, keys) in [("add", &add), ("less", &less)] {
            keys.iter().flatten().for_each(|key| is_money(table, list, form, key, currency));
        }
    }
    let tiers = table.tables("tier", |tier| self::tier(tier, known));
    let whole = tiers.len() == table.count("tier");
    let bounds: Vec<i64> = tiers.iter().map(|tier| tier.up_to_minor.unwrap_or(i64::MAX)).collect();
    if whole && (bounds.last() != Some(&i64::MAX) || !bounds.is_sorted_by(|one, other| one < other)) {
        let remedy = "let the bounds rise from tier to tier, and give the last none";
        table.fault_at("tier", "the tiers do not cover every sum once", remedy);
        return None;
    }
    if add.as_ref().is_some_and(Vec::is_empty) {
        table.fault_at("add", "nothing is added up", "name money fields of this form");
    }
    Some(Calculation {
        name: name?,
        section: section?,
        currency: currency?,
        add: add?,
        less: less?,
        sum: sum?,
        result: result?,
        tiers,
    })
}

fn is_money(table: &Table<'_>, list: &'static str, form: &Form, key: &Key, currency: Currency) {
    let fits =
        form.field(key.as_str()).is_some_and(|field| matches!(field.kind, FieldKind::Money(of) if of == currency));
    if !fits {
        let remedy = format!("name a money field of this form in {}", currency.code());
        table.fault_at(list, format!("`{key}` is no sum in {}", currency.code()), remedy);
    }
}

/// A figure's value is in whole units of the currency, or in per cent.
fn tier(table: &Table<'_>, known: &Known<'_>) -> Option<Tier> {
    let figure = |name: &'static str| -> Option<i64> {
        let key = table.mentions(name, Noun::Figure)?;
        known.figures.iter().find(|figure| figure.key == key).map(|figure| figure.value)
    };
    let up_to = table.maybe("up_to", || figure("up_to"));
    let percent = figure("percent");
    let (up_to, percent) = (up_to?, percent?);
    if !(0..=PERCENT_MAX).contains(&percent) {
        table.fault_at("percent", format!("{percent} is no rate in per cent"), "name a figure from 0 to 10,000");
        return None;
    }
    let up_to_minor = up_to.map(|units| units.saturating_mul(100));
    Some(Tier { up_to_minor, percent: u32::try_from(percent).ok()? })
}
