//! Fields as a reader sees them, one builder for each kind.

use super::parts::{address_label, document_kind, document_label};
use super::{Filled, answers};
use crate::Caller;
use base::{Actor, Language};
use frame::maud::{Markup, html};
use frame::{Choice, Errors, Field, Plotted, Size, Weight, rows_of, say, submit_as};
use profile::{ChoiceOption, CodeList, FieldGroup, FieldKind, PART_MARK, PICKED, Region};

/// The longest text that a single-line field takes; a form's own limit is checked with the rest of its schema.
const LINE_CHARS_MAX: u32 = 200;
/// Matches of a search that are shown.
const MATCHES_MAX: usize = 20;
/// A list longer than this is not sent along with the page: it is searched on the server.
const SUGGESTIONS_MAX: usize = 300;

/// A form that is being shown.
pub(crate) struct Asking<'a> {
    pub caller: &'a Caller,
    pub filled: &'a Filled,
    pub errors: &'a Errors,
    /// The page asks one question: its label is the heading.
    pub alone: bool,
    /// Of a draft: where its files are handed in.
    pub draft: Option<&'a crate::drafts::Opened<'a>>,
}

/// The form's fields, in the order they are asked.
pub(crate) fn fields<'a>(asking: &Asking, fields: impl IntoIterator<Item = &'a profile::Field>) -> Markup {
    html! { @for field in fields { (asking.one(field, field.key.as_str())) } }
}

impl Asking<'_> {
    /// The same under names that begin with a prefix.
    pub fn fields_at<'a>(&self, fields: impl IntoIterator<Item = &'a profile::Field>, prefix: &str) -> Markup {
        html! { @for field in fields { (self.one(field, &format!("{prefix}{}", field.key))) } }
    }

    fn l(&self) -> Language {
        self.caller.language
    }

    fn builder<'b>(&'b self, name: &str, label: String) -> Field<'b> {
        let shown = Field::new(name.to_owned(), label).value(self.filled.text(name)).errors(self.errors);
        if self.alone { shown.as_heading() } else { shown }
    }

    fn one(&self, field: &profile::Field, name: &str) -> Markup {
        let l = self.l();
        let mut shown = self.builder(name, label(l, field));
        if let Some(hint) = &field.hint {
            shown = shown.hint(hint.get(l));
        }
        match &field.kind {
            FieldKind::Text => shown.size(Size::Medium).characters_max(LINE_CHARS_MAX).without_spell_check().text(),
            FieldKind::LongText => shown.long_text(5),
            FieldKind::Date => shown.date(l),
            FieldKind::Email => shown.size(Size::Medium).kind("email").without_spell_check().text(),
            FieldKind::Phone => shown.size(Size::Medium).kind("tel").input_mode("tel").without_spell_check().text(),
            FieldKind::Identifier(_) => shown.size(Size::Medium).without_spell_check().text(),
            FieldKind::Money(_) | FieldKind::Decimal { .. } => shown.size(Size::Short).input_mode("decimal").text(),
            FieldKind::Number { .. } => shown.size(Size::Short).input_mode("numeric").text(),
            FieldKind::Choice(options) => shown.radios(&choices(l, options)),
            FieldKind::Select(options) => {
                let none = Choice::new("", say!(l, "form-select"));
                let all: Vec<Choice> = std::iter::once(none).chain(choices(l, options)).collect();
                shown.select(&all)
            }
            FieldKind::Choices(options) => {
                let ticked: Vec<String> = self.filled.texts(name).into_iter().map(str::to_owned).collect();
                shown.values(ticked).checkboxes(&choices(l, options))
            }
            FieldKind::Boolean => self.declaration(field, name),
            FieldKind::Search(list) => self.search(shown, list, name),
            FieldKind::Organisation => self.known(shown, name, &self.organisations()),
            FieldKind::Person => self.known(shown, name, &self.people()),
            FieldKind::Address(lists) => self.address(shown, lists, name),
            FieldKind::Document(accepted) => self.document(shown, accepted, name),
            FieldKind::Group(group) => self.group(shown, field, group, name),
            FieldKind::Place(options) => self.places(shown, options),
            FieldKind::File(document) => super::files::asked(self, shown, field, document),
        }
    }

    fn declaration(&self, field: &profile::Field, name: &str) -> Markup {
        let l = self.l();
        let chosen = if self.filled.text(name).is_empty() { Vec::new() } else { vec!["on"] };
        let declared = Choice::new("on", field.label.get(l));
        Field::new(name.to_owned(), say!(l, "form-declaration"))
            .values(chosen)
            .errors(self.errors)
            .checkboxes(&[declared])
    }

    /// A text, and the entries that match it where it is none of them. Without scripts the button finds them; the
    /// browser offers the whole list while one types where it is short enough.
    fn search(&self, shown: Field, list: &CodeList, name: &str) -> Markup {
        let l = self.l();
        let typed = self.filled.text(name);
        let picked = self.filled.text(&format!("{name}{PART_MARK}{PICKED}"));
        let found = list.named(if picked.is_empty() { typed } else { picked });
        let matches = if found.is_some() { Vec::new() } else { list.matching(typed, MATCHES_MAX) };
        let matches: Vec<Choice> =
            matches.into_iter().map(|entry| Choice::new(entry.key.as_str(), entry.label.get(l))).collect();
        let offered: Vec<&str> = list.entries.iter().take(SUGGESTIONS_MAX).map(|entry| entry.label.get(l)).collect();
        let offered = if list.entries.len() > SUGGESTIONS_MAX { Vec::new() } else { offered };
        let value = found.map_or(typed, |entry| entry.label.get(l)).to_owned();
        self.searched(shown.value(value).suggestions(offered), name, (typed, found.is_some()), &matches)
    }

    fn searched(&self, shown: Field, name: &str, (typed, found): (&str, bool), matches: &[Choice]) -> Markup {
        let l = self.l();
        html! {
            div.search-field {
                (shown.size(Size::Medium).without_spell_check().text())
                (submit_as(Weight::Secondary, &say!(l, "form-look"), "look", name))
            }
            @if !found && !typed.is_empty() {
                @if matches.is_empty() {
                    p.search-field__none { (say!(l, "form-look-nothing", text = typed)) }
                } @else {
                    (Field::new(format!("{name}{PART_MARK}{PICKED}"), say!(l, "form-look-found")).radios(matches))
                }
            }
        }
    }

    /// A number, or a name, of somebody or something that the park knows.
    fn known(&self, shown: Field, name: &str, known: &[(String, String)]) -> Markup {
        let typed = self.filled.text(name);
        let picked = self.filled.text(&format!("{name}{PART_MARK}{PICKED}"));
        let wanted = if picked.is_empty() { typed } else { picked };
        let found = known.iter().find(|(number, _)| number == wanted);
        let lower = typed.to_lowercase();
        let matching = known.iter().filter(|(_, label)| !lower.is_empty() && label.to_lowercase().contains(&lower));
        let matches: Vec<Choice> =
            matching.take(MATCHES_MAX).map(|(number, label)| Choice::new(number.as_str(), label.as_str())).collect();
        let offered: Vec<&str> = known.iter().take(SUGGESTIONS_MAX).map(|(_, label)| label.as_str()).collect();
        let value = found.map_or(typed, |(_, label)| label).to_owned();
        self.searched(shown.value(value).suggestions(offered), name, (typed, found.is_some()), &matches)
    }

    /// Number, and name with the number.
    fn organisations(&self) -> Vec<(String, String)> {
        let zone = self.caller.portal.park.zone();
        let organisations = zone.parties.organisations.iter();
        organisations.map(|(id, known)| (id.to_string(), format!("{} ({id})", known.name.get(self.l())))).collect()
    }

    /// Those whom the caller may name: a clerk the organisation's own people, everybody themself.
    fn people(&self) -> Vec<(String, String)> {
        let park = &self.caller.portal.park;
        let zone = park.zone();
        let own = match &self.caller.actor {
            Actor::Clerk { organisation, .. } => {
                parties::people_of_organisation(&zone.parties, *organisation).take(SUGGESTIONS_MAX).collect()
            }
            other => other.person().into_iter().collect::<Vec<_>>(),
        };
        let named = own.into_iter().filter(|id| park.may_name(&self.caller.actor, *id));
        named.map(|id| (id.to_string(), format!("{} ({id})", self.caller.name_of(id)))).collect()
    }

    fn address(&self, shown: Field, lists: &profile::AddressLists, name: &str) -> Markup {
        let l = self.l();
        let part = |part: &str| format!("{name}{PART_MARK}{part}");
        let inner = |key: &str| {
            let field = self.plain(&part(key), address_label(l, key));
            match key {
                "district" => field.select(&entries(l, &lists.districts)),
                "province" => field.select(&entries(l, &lists.provinces)),
                "country" => field.select(&entries(l, &lists.countries)),
                "lines" => field.long_text(3),
                "flat" | "floor" | "block" | "postcode" => field.size(Size::Short).without_spell_check().text(),
                _ => field.size(Size::Medium).without_spell_check().text(),
            }
        };
        let regions: Vec<(Choice, Markup)> = Region::ALL
            .into_iter()
            .map(|region| {
                let choice = Choice::new(region.as_str(), address_label(l, region.as_str()));
                (choice, html! { @for key in region.parts() { (inner(key)) } })
            })
            .collect();
        let region = self.plain(&part("region"), address_label(l, "region")).radios_revealing(&regions);
        shown.fieldset(&region)
    }

    fn document(&self, shown: Field, accepted: &[profile::Identifier], name: &str) -> Markup {
        let l = self.l();
        let part = |part: &str| format!("{name}{PART_MARK}{part}");
        let codes = accepted.iter().filter_map(|document| document.document_code());
        let kinds: Vec<Choice> = codes.map(|code| Choice::new(code, document_kind(l, code))).collect();
        let number =
            self.plain(&part("number"), document_label(l, "number")).hint(say!(l, "identity-document-number-hint"));
        let expires =
            self.plain(&part("expires"), document_label(l, "expires")).hint(say!(l, "identity-document-expires-hint"));
        shown.fieldset(&html! {
            (self.plain(&part("kind"), document_label(l, "kind")).radios(&kinds))
            (number.size(Size::Medium).without_spell_check().text())
            (expires.date(l))
        })
    }

    fn plain(&self, name: &str, label: String) -> Field<'_> {
        Field::new(name.to_owned(), label).value(self.filled.text(name).to_owned()).errors(self.errors)
    }

    fn group(&self, shown: Field, field: &profile::Field, group: &FieldGroup, name: &str) -> Markup {
        let l = self.l();
        let inside = Asking { alone: false, ..*self };
        let row = |row: usize| {
            let heading = say!(l, "form-row", label = field.label.get(l), number = (row + 1).to_string());
            let fields = html! {
                @for field in &group.fields { (inside.one(field, &format!("{name}{PART_MARK}{row}{PART_MARK}{}", field.key))) }
            };
            (heading, fields)
        };
        let rows: Vec<(String, Markup)> = (0..self.filled.rows(group, name)).map(row).collect();
        let rows = rows_of(l, name, &rows, usize::from(group.least), usize::from(group.most));
        // The rows carry the field's id: the error summary finds them.
        shown.group_alone(&rows)
    }

    fn places(&self, shown: Field, options: &[ChoiceOption]) -> Markup {
        let map = &self.caller.portal.park.profile.map;
        let of = |option: &ChoiceOption| map.places.iter().find(|place| place.key == option.key);
        let line = |points: &[profile::Point]| points.iter().map(|point| (point.x, point.y)).collect::<Vec<_>>();
        let plotted: Vec<Plotted> = options
            .iter()
            .filter_map(|option| {
                let choice = Choice::new(option.key.as_str(), option.label.get(self.l()));
                Some(Plotted { choice, outline: line(&of(option)?.outline) })
            })
            .collect();
        let parks: Vec<Vec<(u16, u16)>> = map.parks.values().map(|outline| line(outline)).collect();
        let backdrop = frame::map::backdrop(&line(&map.river), &parks);
        shown.places((map.width, map.height), &backdrop, &plotted)
    }
}

fn choices(l: Language, options: &[ChoiceOption]) -> Vec<Choice> {
    options.iter().map(|option| Choice::new(option.key.as_str(), option.label.get(l))).collect()
}

fn entries(l: Language, list: &CodeList) -> Vec<Choice> {
    let none = Choice::new("", say!(l, "form-select"));
    let entries = list.entries.iter().map(|entry| Choice::new(entry.key.as_str(), entry.label.get(l)));
    std::iter::once(none).chain(entries).collect()
}

fn label(l: Language, field: &profile::Field) -> String {
    let label = match answers::unit(l, &field.kind) {
        Some(unit) => say!(l, "form-in", label = field.label.get(l), unit = unit),
        None => field.label.get(l).to_owned(),
    };
    if field.required { label } else { say!(l, "form-optional", label = label) }
}

/// `示範科技 (O-3)` and a name that only one bears mean the number.
pub(super) fn number_meant(text: &str, known: &[(String, String)]) -> Option<String> {
    let text = text.trim();
    if let Some((number, _)) = known.iter().find(|(number, label)| number == text || label == text) {
        return Some(number.clone());
    }
    let mut of_name = known.iter().filter(|(number, label)| {
        label.strip_suffix(&format!(" ({number})")).is_some_and(|name| name.eq_ignore_ascii_case(text))
    });
    let first = of_name.next()?;
    of_name.next().is_none().then(|| first.0.clone())
}

impl Filled {
    /// Names of people and organisations become their numbers, where it is clear who is meant.
    pub fn resolve(&mut self, caller: &Caller, fields: &[profile::Field]) {
        let (nothing, none) = (Filled::default(), Errors::new());
        let asking = Asking { caller, filled: &nothing, errors: &none, alone: false, draft: None };
        let kinds = fields.iter().flat_map(|field| match &field.kind {
            FieldKind::Group(group) => group.fields.iter().map(|inner| (Some(&field.key), inner)).collect::<Vec<_>>(),
            _ => vec![(None, field)],
        });
        for (group, field) in kinds {
            let known = match field.kind {
                FieldKind::Organisation => asking.organisations(),
                FieldKind::Person => asking.people(),
                _ => continue,
            };
            let is_it = |name: &str| match group {
                None => name == field.key.as_str(),
                Some(group) => {
                    name.starts_with(&format!("{group}{PART_MARK}"))
                        && name.ends_with(&format!("{PART_MARK}{}", field.key))
                }
            };
            for (_, text) in self.0.iter_mut().filter(|(name, text)| !text.is_empty() && is_it(name)) {
                if let Some(number) = number_meant(text, &known) {
                    *text = number;
                }
            }
        }
    }
}
