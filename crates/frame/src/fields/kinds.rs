//! Fields put together of others: radios that open further fields, rows of a group, places on a plan.

use super::{Choice, Field, Weight, field_id, submit_as};
use crate::{Language, say};
use maud::{Markup, html};

/// A place on a plan, with its outline in the plan's own units.
#[derive(Debug, Clone)]
pub struct Plotted {
    pub choice: Choice,
    pub outline: Vec<(u16, u16)>,
}

impl Field<'_> {
    /// One of a few; what belongs to one of them stands under it, and is hidden until it is chosen where the browser's styles
    /// can tell. Assistive technology finds it next in order, and no attribute that a radio button must not have.
    pub fn radios_revealing(self, choices: &[(Choice, Markup)]) -> Markup {
        self.group_of_fields(html! {
            div.govuk-radios data-module="govuk-radios" {
                @for (index, (choice, content)) in choices.iter().enumerate() {
                    @let id = self.choice_id(index);
                    @let chosen = choice.value == self.value;
                    div.govuk-radios__item {
                        input.govuk-radios__input type="radio" id=(id) name=(self.name) value=(choice.value) checked[chosen];
                        label.govuk-label.govuk-radios__label for=(id) { (choice.label) }
                    }
                    div.govuk-radios__conditional.revealed { (content) }
                }
            }
        })
    }

    /// A plan with numbered places, and the same places as a list: the list alone is enough.
    pub fn places(self, (width, height): (u16, u16), backdrop: &Markup, places: &[Plotted]) -> Markup {
        self.group_of_fields(html! {
            svg.places viewBox={ "0 0 " (width) " " (height) } aria-hidden="true" focusable="false" {
                (backdrop)
                @for (index, place) in places.iter().enumerate() {
                    @let (x, y) = middle(&place.outline);
                    g.places__one.places__one--chosen[place.choice.value == self.value]
                        data-picks=(self.choice_id(index)) {
                        polygon points=(points(&place.outline)) {}
                        text x=(x) y=(y) { (index + 1) }
                    }
                }
            }
            div.govuk-radios data-module="govuk-radios" {
                @for (index, place) in places.iter().enumerate() {
                    @let id = self.choice_id(index);
                    div.govuk-radios__item {
                        input.govuk-radios__input type="radio" id=(id) name=(self.name) value=(place.choice.value)
                            checked[place.choice.value == self.value];
                        label.govuk-label.govuk-radios__label for=(id) {
                            span.places__number { (index + 1) } " " (place.choice.label)
                        }
                    }
                }
            }
        })
    }

    /// The same for fields that carry the id themselves.
    pub fn group_alone(self, fields: &Markup) -> Markup {
        self.group_of_fields(html! { (fields) })
    }

    /// Several fields under one legend.
    pub fn fieldset(self, fields: &Markup) -> Markup {
        html! { div id=(self.id()) { (self.group_of_fields(html! { (fields) })) } }
    }
}

/// The button that Enter in a field presses, where other buttons stand among the fields: the browser takes the first of the
/// form. It is for nobody to see.
pub fn first_submit(name: &str, value: &str) -> Markup {
    html! { button.govuk-visually-hidden type="submit" tabindex="-1" aria-hidden="true" name=(name) value=(value) {} }
}

/// An outline as SVG writes it.
pub(crate) fn points(outline: &[(u16, u16)]) -> String {
    outline.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
}

fn middle(outline: &[(u16, u16)]) -> (u32, u32) {
    let count = u32::try_from(outline.len()).unwrap_or(1).max(1);
    let sum = outline.iter().fold((0_u32, 0_u32), |sum, point| {
        (sum.0.saturating_add(u32::from(point.0)), sum.1.saturating_add(u32::from(point.1)))
    });
    (sum.0 / count, sum.1 / count)
}

/// The rows of a group: each with a heading and a button that takes it out, and a button that adds one below them. They are
/// buttons of the form that they stand in, so that nothing of it is lost.
pub fn rows_of(language: Language, name: &str, rows: &[(String, Markup)], least: usize, most: usize) -> Markup {
    html! {
        div.rows id=(field_id(name)) {
            @for (index, (heading, fields)) in rows.iter().enumerate() {
                fieldset.rows__one {
                    legend.rows__heading { (heading) }
                    (fields)
                    @if rows.len() > least.max(1) {
                        (submit_as(
                            Weight::Secondary,
                            &say!(language, "rows-remove", number = (index + 1).to_string()),
                            "remove",
                            &format!("{name}/{index}"),
                        ))
                    }
                }
            }
            @if rows.len() < most { (submit_as(Weight::Secondary, &say!(language, "rows-add"), "add", name)) }
        }
    }
}
