//! What was wrong with a form: kept by field, shown in a summary at the top and again at each field.

use super::field_id;
use crate::{Language, say};
use maud::{Markup, html};

/// Where a fault is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Field(String),
    /// Nowhere in particular.
    Form,
    /// On another page.
    Elsewhere(String),
}

/// The faults of one form, in the order of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Errors {
    faults: Vec<(Place, String)>,
}

impl Errors {
    pub fn new() -> Self {
        Self::default()
    }

    /// A fault of one field, by the name that the field has in the form.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.faults.push((Place::Field(field.into()), message.into()));
    }

    /// A fault of the whole form.
    pub fn add_general(&mut self, message: impl Into<String>) {
        self.faults.push((Place::Form, message.into()));
    }

    /// A fault that is mended on another page.
    pub fn add_elsewhere(&mut self, href: impl Into<String>, message: impl Into<String>) {
        self.faults.push((Place::Elsewhere(href.into()), message.into()));
    }

    pub fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    /// The first message for a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.faults
            .iter()
            .find(|(place, _)| matches!(place, Place::Field(name) if name == field))
            .map(|(_, message)| message.as_str())
    }

    /// Every message, in order.
    pub fn messages(&self) -> impl Iterator<Item = &str> {
        self.faults.iter().map(|(_, message)| message.as_str())
    }

    /// The summary above the form, which takes the focus where scripts run; nothing where there is no fault.
    pub fn summary(&self, language: Language) -> Markup {
        html! {
            @if !self.is_empty() {
                div.govuk-error-summary data-module="govuk-error-summary" tabindex="-1" {
                    div role="alert" {
                        h2.govuk-error-summary__title { (say!(language, "errors-title")) }
                        div.govuk-error-summary__body {
                            ul.govuk-list.govuk-error-summary__list {
                                @for (place, message) in &self.faults {
                                    li {
                                        @match place {
                                            Place::Field(field) => a href={ "#" (field_id(field)) } { (message) },
                                            Place::Elsewhere(href) => a href=(href) { (message) },
                                            Place::Form => (message),
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A refusal that no field can mend: what was wrong, how to mend it, and where the rule stands.
pub fn problem(language: Language, text: &str, remedy: &str, section: Option<&str>) -> Markup {
    html! {
        div.problem role="alert" {
            p.problem__text { (crate::icons::cross()) (text) }
            @if !remedy.is_empty() { p.problem__remedy { (remedy) } }
            @if let Some(section) = section { p.problem__section { (crate::format::source(language, section)) } }
        }
    }
}
