//! Pages of the dashboard: crossings, presence, cases and clocks as they stand now, with the figures behind each chart.

mod ages;
mod figures;
mod parts;

pub(crate) use figures::{Figures, Kept};

use crate::problem::Problem;
use crate::{Access, Caller, Routes};
use frame::maud::{Markup, html};
use frame::parts::{Figure, figures as row, wall_figures};
use frame::{Shell, format, say};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/{lang}/dashboard", Access::Anyone, page)
        .get("/{lang}/dashboard/fragment", Access::Anyone, fragment)
        .get("/{lang}/dashboard/wall", Access::Anyone, wall)
}

fn may(caller: &Caller) -> Result<(), Problem> {
    caller.portal.may_log(&caller.portal.park.zone(), &caller.actor, "read_dashboard")
}

async fn page(caller: Caller) -> Result<Markup, Problem> {
    may(&caller)?;
    let visit = caller.visit();
    let l = caller.language;
    let live = visit.href("dashboard/fragment");
    let page = visit.page(say!(l, "dashboard-title")).lead(say!(l, "dashboard-lead")).script("live.js").body(html! {
        div data-live=(live) aria-live="off" { (parts::all(&caller)) }
        p.govuk-hint {
            (say!(l, "dashboard-refresh")) (format::sentence_gap(l))
            a.govuk-link href=(visit.href("dashboard")) { (say!(l, "dashboard-refresh-now")) } " · "
            a.govuk-link href=(visit.href("dashboard/wall")) { (say!(l, "dashboard-wall")) }
        }
    });
    Ok(page)
}

/// What the live script puts in place of what it has.
async fn fragment(caller: Caller) -> Result<Markup, Problem> {
    may(&caller)?;
    Ok(parts::all(&caller))
}

/// For a screen on a wall: the few figures that can be read from across a hall.
async fn wall(caller: Caller) -> Result<Markup, Problem> {
    may(&caller)?;
    let l = caller.language;
    let figures = caller.portal.figures();
    let passed: u32 = figures.by_hour.values().flatten().map(|hour| hour.passed).sum();
    let bridges: usize = figures.on_bridges.values().sum();
    let deciding: u32 = figures.cases.values().map(|counts| counts.deciding).sum();
    let number = |value: u32| format::number(i64::from(value));
    let body = html! {
        (wall_figures(&[
            Figure::new(number(passed), say!(l, "home-crossed-today")),
            Figure::new(format::number(i64::try_from(bridges).unwrap_or(i64::MAX)), say!(l, "home-on-bridges")),
            Figure::new(number(figures.on_north), say!(l, "dashboard-on-north")),
            Figure::new(number(figures.on_south), say!(l, "dashboard-on-south")),
            Figure::new(number(deciding), say!(l, "home-deciding")),
        ]))
    };
    Ok(caller.visit().page(say!(l, "dashboard-title")).shell(Shell::Wall).refresh(10).body(body))
}

/// The row of figures above the charts.
fn summary(caller: &Caller) -> Markup {
    let l = caller.language;
    let figures = caller.portal.figures();
    let sum = |of: fn(&figures::HourTally) -> u32| figures.by_hour.values().flatten().map(of).sum::<u32>();
    let number = |value: u32| format::number(i64::from(value));
    row(&[
        Figure::new(number(sum(|hour| hour.passed)), say!(l, "home-crossed-today")),
        Figure::new(number(sum(|hour| hour.referred)), say!(l, "dashboard-referred")),
        Figure::new(number(sum(|hour| hour.refused)), say!(l, "dashboard-refused")),
        Figure::new(
            format::number(i64::try_from(figures.open_items).unwrap_or(i64::MAX)),
            say!(l, "dashboard-open-items"),
        ),
    ])
}
