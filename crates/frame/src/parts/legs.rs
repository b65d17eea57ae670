//! A case's two legs, one on each bank, on one time line: what each office did when, and where they meet. On phones
//! the two columns become one, in the order of time, each moment naming its bank.

use super::{Clock, Tone, tag};
use maud::{Markup, Render, html};

/// Which column a moment stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    North,
    South,
    /// Both banks at once: the application, the joint outcome.
    Both,
}

impl From<base::Bank> for Side {
    fn from(bank: base::Bank) -> Self {
        match bank {
            base::Bank::North => Side::North,
            base::Bank::South => Side::South,
        }
    }
}

/// The head of one column.
#[derive(Debug, Clone)]
pub struct Leg {
    /// `Shenzhen`.
    pub bank: String,
    /// `Exit and Entry Administration`.
    pub office: String,
    pub status: (Tone, String),
    pub clock: Option<Clock>,
    /// Buttons for the officer whose leg it is.
    pub actions: Option<Markup>,
}

/// One thing that happened on one bank, or on both.
#[derive(Debug, Clone)]
pub struct Moment {
    pub side: Side,
    pub tone: Tone,
    pub title: String,
    /// Made by the caller: `(visit.time(at))`.
    pub when: Markup,
    pub body: Option<Markup>,
}

/// The board: `label` names it for screen readers; moments in the order of time.
#[derive(Debug, Clone)]
#[must_use]
pub struct TwoLegs {
    pub label: String,
    pub north: Leg,
    pub south: Leg,
    pub moments: Vec<Moment>,
}

impl Render for TwoLegs {
    fn render(&self) -> Markup {
        html! {
            section.legs aria-label=(self.label) {
                div.legs__heads {
                    (head(&self.north, "legs__head--north"))
                    (head(&self.south, "legs__head--south"))
                }
                ol.legs__line {
                    @for moment in &self.moments { (self.moment(moment)) }
                }
            }
        }
    }
}

impl TwoLegs {
    fn moment(&self, moment: &Moment) -> Markup {
        let (class, bank) = match moment.side {
            Side::North => ("legs__moment--north", Some(&self.north.bank)),
            Side::South => ("legs__moment--south", Some(&self.south.bank)),
            Side::Both => ("legs__moment--both", None),
        };
        html! {
            li.legs__moment.(class).(moment.tone.class()) {
                span.legs__mark { (moment.tone.icon()) }
                div.legs__content {
                    @if let Some(bank) = bank { p.legs__bank { (bank) } }
                    p.legs__title { (moment.title) }
                    p.legs__when { (moment.when) }
                    @if let Some(body) = &moment.body { div.legs__body { (body) } }
                }
            }
        }
    }
}

fn head(leg: &Leg, class: &str) -> Markup {
    html! {
        div.legs__head.(class) {
            p.legs__bank { (leg.bank) }
            h2.legs__office { (leg.office) }
            (tag(leg.status.0, &leg.status.1))
            @if let Some(clock) = &leg.clock { (clock) }
            @if let Some(actions) = &leg.actions { div.legs__actions { (actions) } }
        }
    }
}
