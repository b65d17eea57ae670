//! What reading a folder turned up: faults, which keys exist, and which keys are mentioned.

use base::{Fault, Key};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

/// More faults than this are not shown: the first ones have to be mended anyway.
const FAULTS_MAX: usize = 1_000;

/// A place in a file, as a person counts: lines and characters from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub file: String,
    pub line: Option<u32>,
    pub column: Option<u32>,
}

impl Place {
    pub fn whole(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, column: None }
    }
}

/// The kinds of thing that one file may define and another mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Noun {
    Article,
    Bridge,
    Calendar,
    Figure,
    Gate,
    Milestone,
    Office,
    Organisation,
    Park,
    Persona,
    /// Of the outline.
    Section,
    Service,
    Term,
}

impl Noun {
    /// Where the noun is defined, for the remedy.
    fn file(self) -> &'static str {
        match self {
            Noun::Article | Noun::Section | Noun::Term => "guidance/*.toml",
            Noun::Bridge => "bridges.toml",
            Noun::Calendar => "calendars/*.toml",
            Noun::Figure | Noun::Milestone => "figures.toml",
            Noun::Gate => "gates.toml",
            Noun::Office => "offices.toml",
            Noun::Organisation => "organisations.toml",
            Noun::Park => "parks.toml",
            Noun::Persona => "personas.toml",
            Noun::Service => "services/*.toml",
        }
    }
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Noun::Article => "article",
            Noun::Bridge => "bridge",
            Noun::Calendar => "calendar",
            Noun::Figure => "figure",
            Noun::Gate => "gate",
            Noun::Milestone => "milestone",
            Noun::Office => "office",
            Noun::Organisation => "organisation",
            Noun::Park => "park",
            Noun::Persona => "persona",
            Noun::Section => "section",
            Noun::Service => "service",
            Noun::Term => "term",
        })
    }
}

/// Filled while the folder is read; interior mutability, so that a table and the tables within it can share it.
#[derive(Default)]
pub(crate) struct Findings {
    faults: RefCell<Vec<Fault>>,
    defined: RefCell<BTreeMap<(Noun, Key), Place>>,
    mentioned: RefCell<Vec<(Noun, Key, Place)>>,
}

impl Findings {
    pub fn fault(&self, place: Place, what: impl Into<String>, remedy: impl Into<String>) {
        let mut faults = self.faults.borrow_mut();
        if faults.len() < FAULTS_MAX {
            let Place { file, line, column } = place;
            faults.push(Fault { file, line, column, what: what.into(), remedy: remedy.into() });
        }
    }

    /// Notes that a key exists; a second definition is a fault.
    pub fn define(&self, noun: Noun, key: &Key, place: Place) {
        let known = self.defined.borrow().get(&(noun, key.clone())).cloned();
        match known {
            None => {
                self.defined.borrow_mut().insert((noun, key.clone()), place);
            }
            Some(first) => {
                let at = first.line.map_or(first.file.clone(), |line| format!("{}:{line}", first.file));
                self.fault(
                    place,
                    format!("the {noun} `{key}` is defined twice"),
                    format!("rename it: {at} has it already"),
                );
            }
        }
    }

    /// Notes that a key must exist once everything has been read.
    pub fn mention(&self, noun: Noun, key: &Key, place: Place) {
        self.mentioned.borrow_mut().push((noun, key.clone(), place));
    }

    /// Where a key was defined, for faults that show only when several files are seen together.
    pub fn place_of(&self, noun: Noun, key: &Key) -> Place {
        self.defined.borrow().get(&(noun, key.clone())).cloned().unwrap_or_else(|| Place::whole(noun.file()))
    }

    /// Turns mentions of unknown keys into faults.
    pub fn resolve(&self) {
        // A zone need not tell its outline; one that does tells every section that it names.
        let has_outline = self.defined.borrow().keys().any(|(noun, _)| *noun == Noun::Section);
        for (noun, key, place) in self.mentioned.take() {
            if noun == Noun::Section && !has_outline {
                continue;
            }
            if self.defined.borrow().contains_key(&(noun, key.clone())) {
                continue;
            }
            let known: Vec<String> =
                self.defined.borrow().keys().filter(|(n, _)| *n == noun).take(12).map(|(_, k)| k.to_string()).collect();
            let remedy = match known.as_slice() {
                [] => format!("define it in {}", noun.file()),
                some => format!("define it in {}, or use one of: {}", noun.file(), some.join(", ")),
            };
            self.fault(place, format!("there is no {noun} `{key}`"), remedy);
        }
    }

    /// Whether something is wrong in a file, so that what seems to be missing may only be mistyped.
    pub fn has_fault_in(&self, file: &str) -> bool {
        self.faults.borrow().iter().any(|fault| fault.file == file)
    }

    /// All faults, ordered by file and line.
    pub fn into_faults(self) -> Vec<Fault> {
        let mut faults = self.faults.into_inner();
        faults.sort_by(|a, b| (&a.file, a.line, a.column, &a.what).cmp(&(&b.file, b.line, b.column, &b.what)));
        faults
    }
}
