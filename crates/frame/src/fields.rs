//! Form fields: one builder, `Field`, ended by the kind of field it is to be. Every value comes from outside and is
//! escaped. What a value means, and whether it is right, the rooms decide; faults come back in as [`Errors`].

use crate::{Language, say};
use maud::{Markup, html};
use std::borrow::Cow;

mod errors;
mod kinds;
pub use errors::{Errors, problem};
pub(crate) use kinds::points;
pub use kinds::{Plotted, first_submit, rows_of};

type Text<'a> = Cow<'a, str>;

/// One choice of a select, of radios or of checkboxes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// How wide a text field is drawn; on phones all take the whole width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    #[default]
    Full,
    /// A name, an e-mail address.
    Medium,
    /// A number, a code.
    Short,
}

/// A field being put together: `Field::new("name", "姓名").hint("…").value(text).errors(&errors).text()`.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Field<'a> {
    name: Text<'a>,
    label: Text<'a>,
    hint: Option<Text<'a>>,
    error: Option<Text<'a>>,
    value: Text<'a>,
    values: Vec<Text<'a>>,
    kind: Option<&'static str>,
    input_mode: Option<&'static str>,
    autocomplete: Option<&'static str>,
    characters_max: Option<u32>,
    size: Size,
    spell_check: bool,
    heading: bool,
    inline: bool,
    suggestions: Vec<Text<'a>>,
}

impl<'a> Field<'a> {
    pub fn new(name: impl Into<Text<'a>>, label: impl Into<Text<'a>>) -> Self {
        Self { name: name.into(), label: label.into(), spell_check: true, ..Self::default() }
    }

    pub fn hint(mut self, hint: impl Into<Text<'a>>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What was typed, or the value that stands.
    pub fn value(mut self, value: impl Into<Text<'a>>) -> Self {
        self.value = value.into();
        self
    }

    /// The chosen values of checkboxes.
    pub fn values(mut self, values: impl IntoIterator<Item = impl Into<Text<'a>>>) -> Self {
        self.values = values.into_iter().map(Into::into).collect();
        self
    }

    /// The message for this field, if the form came back with one.
    pub fn errors(mut self, errors: &'a Errors) -> Self {
        self.error = errors.of(&self.name).map(Into::into);
        self
    }

    /// `email`, `tel`, `search`, `password`, `number`, `time` …; `text` where nothing is said.
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = Some(kind);
        self
    }

    /// The keyboard that phones show: `numeric`, `decimal`.
    pub fn input_mode(mut self, mode: &'static str) -> Self {
        self.input_mode = Some(mode);
        self
    }

    pub fn autocomplete(mut self, purpose: &'static str) -> Self {
        self.autocomplete = Some(purpose);
        self
    }

    pub fn characters_max(mut self, maximum: u32) -> Self {
        self.characters_max = Some(maximum);
        self
    }

    pub fn size(mut self, size: Size) -> Self {
        self.size = size;
        self
    }

    /// For names, numbers and codes, which no dictionary knows.
    pub fn without_spell_check(mut self) -> Self {
        self.spell_check = false;
        self
    }

    /// The label is the page's one question: shown large.
    pub fn as_heading(mut self) -> Self {
        self.heading = true;
        self
    }

    /// Radios side by side: for two short choices.
    pub fn inline(mut self) -> Self {
        self.inline = true;
        self
    }

    /// What the browser offers while one types; any other text may be typed too.
    pub fn suggestions(mut self, texts: impl IntoIterator<Item = impl Into<Text<'a>>>) -> Self {
        self.suggestions = texts.into_iter().map(Into::into).collect();
        self
    }

    /// One line of text.
    pub fn text(self) -> Markup {
        let list = (!self.suggestions.is_empty()).then(|| format!("{}-list", self.id()));
        let width = match self.size {
            Size::Full => None,
            Size::Medium => Some("field--medium"),
            Size::Short => Some("field--short"),
        };
        self.group(html! {
            input.govuk-input.govuk-input--error[self.error.is_some()].(width.unwrap_or("field--full"))
                type=(self.kind.unwrap_or("text")) id=(self.id()) name=(self.name) value=(self.value)
                aria-describedby=[self.described_by()] aria-invalid=[self.invalid()]
                inputmode=[self.input_mode] autocomplete=[self.autocomplete] maxlength=[self.characters_max]
                spellcheck=[(!self.spell_check).then_some("false")] list=[list.as_ref()];
            @if let Some(list) = &list {
                datalist id=(list) { @for text in &self.suggestions { option value=(text) {} } }
            }
        })
    }

    /// Several lines of text.
    pub fn long_text(self, rows: u32) -> Markup {
        self.group(html! {
            textarea.govuk-textarea.govuk-textarea--error[self.error.is_some()] id=(self.id()) name=(self.name)
                rows=(rows) aria-describedby=[self.described_by()] aria-invalid=[self.invalid()]
                maxlength=[self.characters_max] spellcheck=[(!self.spell_check).then_some("false")] {
                // A parser drops the first line break inside a textarea.
                "\n" (self.value)
            }
        })
    }

    /// Three inputs named `{name}-day`, `{name}-month`, `{name}-year`; the value is `2026-11-22` or what was typed,
    /// in that order with hyphens. Chinese asks for the year first.
    pub fn date(self, language: Language) -> Markup {
        let mut typed = self.value.splitn(3, '-');
        let year = typed.next().unwrap_or_default();
        let month = typed.next().unwrap_or_default();
        let day = typed.next().unwrap_or_default();
        let year = ("year", say!(language, "date-year"), year, "date-part date-part--year");
        let month = ("month", say!(language, "date-month"), month, "date-part");
        let day = ("day", say!(language, "date-day"), day, "date-part");
        let parts = if language == Language::En { [day, month, year] } else { [year, month, day] };
        let first = parts.first().map_or("day", |(part, ..)| part);
        self.group_of_fields(html! {
            div.date-parts {
                @for (part, label, value, class) in &parts {
                    div class=(class) {
                        // The first of the three carries the field's own id, so that the error summary finds it.
                        @let id = if *part == first { self.id() } else { format!("{}-{part}", self.id()) };
                        label.date-part__label for=(id) { (label) }
                        input.govuk-input.govuk-input--error[self.error.is_some()] id=(id)
                            name={ (self.name) "-" (part) } type="text" inputmode="numeric" maxlength="4" value=(value)
                            aria-invalid=[self.invalid()];
                    }
                }
            }
        })
    }

    /// One of many, in a drop-down list. Give an empty first choice where none may stand.
    pub fn select(self, choices: &[Choice]) -> Markup {
        self.group(html! {
            select.govuk-select.govuk-select--error[self.error.is_some()] id=(self.id()) name=(self.name)
                aria-describedby=[self.described_by()] aria-invalid=[self.invalid()] {
                @for choice in choices {
                    option value=(choice.value) selected[choice.value == self.value] { (choice.label) }
                }
            }
        })
    }

    /// One of a few, all in view.
    pub fn radios(self, choices: &[Choice]) -> Markup {
        self.group_of_fields(html! {
            div.govuk-radios.govuk-radios--inline[self.inline] data-module="govuk-radios" {
                @for (index, choice) in choices.iter().enumerate() {
                    @let id = self.choice_id(index);
                    div.govuk-radios__item {
                        input.govuk-radios__input type="radio" id=(id) name=(self.name) value=(choice.value)
                            checked[choice.value == self.value]
                            aria-describedby=[choice.hint.as_ref().map(|_| format!("{id}-hint"))];
                        label.govuk-label.govuk-radios__label for=(id) { (choice.label) }
                        @if let Some(hint) = &choice.hint {
                            div.govuk-hint.govuk-radios__hint id={ (id) "-hint" } { (hint) }
                        }
                    }
                }
            }
        })
    }

    /// Any number of a few. One choice alone makes a consent or an assurance.
    pub fn checkboxes(self, choices: &[Choice]) -> Markup {
        self.group_of_fields(html! {
            div.govuk-checkboxes data-module="govuk-checkboxes" {
                @for (index, choice) in choices.iter().enumerate() {
                    @let id = self.choice_id(index);
                    div.govuk-checkboxes__item {
                        input.govuk-checkboxes__input type="checkbox" id=(id) name=(self.name) value=(choice.value)
                            checked[self.values.iter().any(|value| *value == choice.value)]
                            aria-describedby=[choice.hint.as_ref().map(|_| format!("{id}-hint"))];
                        label.govuk-label.govuk-checkboxes__label for=(id) { (choice.label) }
                        @if let Some(hint) = &choice.hint {
                            div.govuk-hint.govuk-checkboxes__hint id={ (id) "-hint" } { (hint) }
                        }
                    }
                }
            }
        })
    }

    /// A file; `accept` as in HTML, `.csv,text/csv`. The form needs `enctype="multipart/form-data"`.
    pub fn file(self, accept: &str) -> Markup {
        self.group(html! {
            input.govuk-file-upload.upload.govuk-file-upload--error[self.error.is_some()] type="file" id=(self.id())
                name=(self.name) accept=(accept) aria-describedby=[self.described_by()] aria-invalid=[self.invalid()];
        })
    }

    fn id(&self) -> String {
        field_id(&self.name)
    }

    /// The first choice carries the field's own id, so that the error summary finds it.
    fn choice_id(&self, index: usize) -> String {
        if index == 0 { self.id() } else { format!("{}-{}", self.id(), index + 1) }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    fn described_by(&self) -> Option<String> {
        let id = self.id();
        let hint = self.hint.is_some().then(|| format!("{id}-hint"));
        let error = self.error.is_some().then(|| format!("{id}-error"));
        match (hint, error) {
            (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
            (hint, error) => hint.or(error),
        }
    }

    fn notes(&self) -> Markup {
        let id = self.id();
        html! {
            @if let Some(hint) = &self.hint { div.govuk-hint id={ (id) "-hint" } { (hint) } }
            @if let Some(error) = &self.error {
                p.govuk-error-message id={ (id) "-error" } { (crate::icons::cross()) (error) }
            }
        }
    }

    fn group(&self, input: Markup) -> Markup {
        html! {
            div.govuk-form-group.govuk-form-group--error[self.error.is_some()] {
                label.govuk-label.label--large[self.heading] for=(self.id()) { (self.label) }
                (self.notes())
                (input)
            }
        }
    }

    fn group_of_fields(&self, inputs: Markup) -> Markup {
        html! {
            div.govuk-form-group.govuk-form-group--error[self.error.is_some()] {
                fieldset.govuk-fieldset aria-describedby=[self.described_by()] {
                    legend.govuk-fieldset__legend.label--large[self.heading] { (self.label) }
                    (self.notes())
                    (inputs)
                }
            }
        }
    }
}

/// The id that a field of this name has in the page.
pub fn field_id(name: &str) -> String {
    format!("field-{name}")
}

pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// The weight of a button. A page has one primary button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    #[default]
    Primary,
    Secondary,
    /// What cannot be taken back: revoke, erase.
    Grave,
}

impl Weight {
    fn class(self) -> &'static str {
        match self {
            Weight::Primary => "govuk-button button--primary",
            Weight::Secondary => "govuk-button button--secondary",
            Weight::Grave => "govuk-button button--grave",
        }
    }
}

/// A button that sends its form; a second press within a second is ignored where scripts run.
pub fn submit(weight: Weight, label: &str) -> Markup {
    html! {
        button class=(weight.class()) type="submit" data-module="govuk-button" data-prevent-double-click="true" {
            (label)
        }
    }
}

/// One of several buttons of a form, told apart by `name` and `value`.
pub fn submit_as(weight: Weight, label: &str, name: &str, value: &str) -> Markup {
    html! {
        button class=(weight.class()) type="submit" name=(name) value=(value) data-module="govuk-button"
            data-prevent-double-click="true" { (label) }
    }
}

/// A link that looks like a button: the start of something.
pub fn button_link(weight: Weight, label: &str, href: &str) -> Markup {
    html! { a class=(weight.class()) href=(href) role="button" draggable="false" data-module="govuk-button" { (label) } }
}

/// Buttons in a row, wrapping on phones.
pub fn buttons(content: Markup) -> Markup {
    html! { div.govuk-button-group { (content) } }
}

#[cfg(test)]
mod tests;
