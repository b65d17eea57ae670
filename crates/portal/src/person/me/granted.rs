//! What an approved application granted: until when, and how much there is to draw on.

use super::case::View;
use frame::maud::{Markup, html};
use frame::parts::{SummaryRow, summary_list};
use frame::{format, say};
use permits::{Balance, Measure};
use profile::{Effect, money};

pub(super) fn told(view: &View) -> Markup {
    let l = view.visit.language;
    let root = cases::root(&view.zone.cases, view.case);
    let profile = &view.caller.portal.park.profile;
    let service = profile.service_at(&root.service, root.service_version).unwrap_or(view.service);
    let Effect::Grant(template) = &service.effect else { return html! {} };
    let Some(id) = permits::grant_of_case(&view.zone.permits, view.id) else { return html! {} };
    let Some(grant) = permits::grant_of(&view.zone.permits, id) else { return html! {} };
    let bank = view.case.legs.first().map_or(base::Bank::South, |leg| leg.bank);
    // `valid_until` is the first instant at which it is over: the last day is the one before.
    let last = profile.local_date(bank, grant.terms.valid_until.plus(-1));
    let mut rows = vec![
        SummaryRow::new(say!(l, "own-granted-number"), html! { (id) }),
        SummaryRow::new(say!(l, "own-granted-until"), html! { (format::date(l, last)) }),
    ];
    if let Some(balance) = &grant.terms.balance {
        rows.push(SummaryRow::new(say!(l, "own-granted-balance"), html! { (in_words(view, balance)) }));
    }
    if let Some((at, _)) = grant.ended {
        rows.push(SummaryRow::new(say!(l, "own-granted-ended"), view.visit.time(at)));
    }
    html! {
        h2 { (say!(l, "own-granted")) }
        p { strong { (template.name.get(l)) } }
        (summary_list(rows))
    }
}

fn in_words(view: &View, balance: &Balance) -> String {
    match &balance.measure {
        Measure::Currency(currency) => format!("{} {}", currency.code(), money::typed(balance.amount)),
        Measure::Unit(unit) => format!("{} {}", format::number(balance.amount), unit.get(view.visit.language)),
    }
}
