//! What a policy says about itself: its annotations, read and checked.
//!
//! Knows the annotations' names and shapes, not where a policy's text came from.

use base::{Bank, Date, Key, Localised, Outcome};
use cedar_policy::{Effect, Policy};
use serde::Serialize;

/// A policy as people see it: what it decides, on whose authority, why, and how to mend what it refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PolicyCard {
    pub id: Key,
    /// Whose rule it is; `None` where it is a rule of both banks.
    pub authority: Option<Bank>,
    /// What a satisfied policy leads to: `Permitted` for a permit, `Refused` or `Referred` for a forbid.
    pub outcome: Outcome,
    /// Among satisfied policies the lowest rank comes first and gives the outcome.
    pub rank: u16,
    /// The section of the outline that it follows or leaves room for.
    pub section: String,
    /// The outline is silent or only announces an intention: an authority is to replace this rule by its own.
    pub illustrative: bool,
    pub reason: Localised,
    /// Empty for permits: there is nothing to mend.
    pub remedy: Localised,
    /// Reason and remedy are for officers alone; the person concerned gets the public ones.
    pub hidden: bool,
    pub public_reason: Option<Localised>,
    pub public_remedy: Option<Localised>,
    pub since: Date,
    /// The actions it speaks about.
    pub actions: Vec<String>,
    /// Where it is written, relative to the rules folder.
    pub file: String,
    pub line: u32,
}

impl PolicyCard {
    /// The reason that the person concerned may read.
    pub fn reason_for_public(&self) -> &Localised {
        self.public_reason.as_ref().unwrap_or(&self.reason)
    }

    /// The remedy that the person concerned may read.
    pub fn remedy_for_public(&self) -> &Localised {
        self.public_remedy.as_ref().unwrap_or(&self.remedy)
    }
}

/// Why an annotation is not accepted, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// The annotation meant, so that its line can be found.
    pub annotation: Option<String>,
    pub what: String,
    pub remedy: String,
}

impl Complaint {
    fn of(annotation: &str, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { annotation: Some(annotation.to_owned()), what: what.into(), remedy: remedy.into() }
    }
}

/// Rank of a permit that gives none: permits only need an order for show.
const RANK_OF_PERMITS: u16 = 1_000;

const TEXTS: [&str; 4] = ["reason", "remedy", "public_reason", "public_remedy"];
const LANGUAGES: [&str; 3] = ["zh_hant", "zh_hans", "en"];
const OTHERS: [&str; 8] = ["id", "authority", "outcome", "rank", "section", "illustrative", "since", "hidden"];

/// Reads the annotations of one policy and gathers every complaint about them.
pub(crate) fn read(policy: &Policy, file: &str, line: u32) -> Result<PolicyCard, Vec<Complaint>> {
    let mut reader = Reader { policy, complaints: Vec::new() };
    reader.refuse_unknown();
    let permits = policy.effect() == Effect::Permit;
    let hidden = reader.flag("hidden");
    let card = PolicyCard {
        id: reader.id(),
        authority: reader.authority(),
        outcome: reader.outcome(permits),
        rank: reader.rank(permits),
        section: reader.section(),
        illustrative: reader.flag("illustrative"),
        reason: reader.texts("reason"),
        remedy: if permits { Localised::default() } else { reader.texts("remedy") },
        hidden,
        public_reason: hidden.then(|| reader.texts("public_reason")),
        public_remedy: hidden.then(|| reader.texts("public_remedy")),
        since: reader.since(),
        actions: reader.actions(),
        file: file.to_owned(),
        line,
    };
    reader.refuse_misplaced(permits, hidden);
    if reader.complaints.is_empty() { Ok(card) } else { Err(reader.complaints) }
}

struct Reader<'a> {
    policy: &'a Policy,
    complaints: Vec<Complaint>,
}

impl<'a> Reader<'a> {
    fn refuse_unknown(&mut self) {
        let mut names: Vec<&str> = self.policy.annotations().map(|(name, _)| name).collect();
        names.sort_unstable();
        for name in names {
            let is_text = TEXTS.iter().any(|text| {
                name.strip_prefix(text)
                    .and_then(|rest| rest.strip_prefix('_'))
                    .is_some_and(|rest| LANGUAGES.contains(&rest))
            });
            if !is_text && !OTHERS.contains(&name) {
                self.complaints.push(Complaint::of(
                    name,
                    format!("the annotation @{name} is not known"),
                    format!("use {}, or {} followed by _zh_hant, _zh_hans, _en", OTHERS.join(", "), TEXTS.join(", ")),
                ));
            }
        }
    }

    /// What only a forbid, or only a hidden policy, can have.
    fn refuse_misplaced(&mut self, permits: bool, hidden: bool) {
        if permits && self.policy.annotation("outcome").is_some() {
            self.complaints.push(Complaint::of(
                "outcome",
                "a permit has the outcome `permitted` and no other",
                "leave @outcome out, or write a forbid",
            ));
        }
        if permits && hidden {
            self.complaints.push(Complaint::of(
                "hidden",
                "a permit has nothing to hide",
                "leave @hidden out, or write a forbid",
            ));
        }
        let public = self.policy.annotations().find(|(name, _)| name.starts_with("public_"));
        if let (false, Some((name, _))) = (hidden, public) {
            let name = name.to_owned();
            self.complaints.push(Complaint::of(
                &name,
                format!("@{name} is never shown, because the policy is not hidden"),
                "add @hidden(\"true\"), or leave the public texts out",
            ));
        }
    }

    /// The value of an annotation that every policy has to have.
    fn required(&mut self, name: &str, remedy: &str) -> Option<&'a str> {
        let value = self.policy.annotation(name);
        if value.is_none() {
            self.complaints.push(Complaint {
                annotation: None,
                what: format!("the annotation @{name} is missing"),
                remedy: remedy.to_owned(),
            });
        }
        value
    }

    fn wrong(&mut self, name: &str, value: &str, remedy: &str) {
        self.complaints.push(Complaint::of(name, format!("@{name}(\"{value}\") cannot be read"), remedy));
    }

    fn id(&mut self) -> Key {
        const REMEDY: &str = "name it for the rule, in kebab case: @id(\"pass-must-be-in-force\")";
        let Some(value) = self.required("id", REMEDY) else { return Key::default() };
        let kebab = value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        match Key::new(value).filter(|_| kebab) {
            Some(key) => key,
            None => {
                self.wrong("id", value, REMEDY);
                Key::default()
            }
        }
    }

    fn authority(&mut self) -> Option<Bank> {
        const REMEDY: &str = "say whose rule it is: @authority(\"north\"), \"south\" or \"both\"";
        match self.required("authority", REMEDY)? {
            "north" => Some(Bank::North),
            "south" => Some(Bank::South),
            "both" => None,
            other => {
                self.wrong("authority", other, REMEDY);
                None
            }
        }
    }

    fn outcome(&mut self, permits: bool) -> Outcome {
        const REMEDY: &str = "say what follows: @outcome(\"refuse\") or @outcome(\"refer\")";
        if permits {
            return Outcome::Permitted;
        }
        match self.required("outcome", REMEDY) {
            Some("refer") => Outcome::Referred,
            None | Some("refuse") => Outcome::Refused,
            Some(other) => {
                self.wrong("outcome", other, REMEDY);
                Outcome::Refused
            }
        }
    }

    fn rank(&mut self, permits: bool) -> u16 {
        const REMEDY: &str = "give a whole number; the lowest is named first: @rank(\"120\")";
        let given = if permits { self.policy.annotation("rank") } else { self.required("rank", REMEDY) };
        let Some(value) = given else { return RANK_OF_PERMITS };
        value.parse().unwrap_or_else(|_| {
            self.wrong("rank", value, REMEDY);
            RANK_OF_PERMITS
        })
    }

    fn section(&mut self) -> String {
        const REMEDY: &str = "give the outline's section: @section(\"7.2.2\")";
        let Some(value) = self.required("section", REMEDY) else { return String::new() };
        let numbers = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !value.split('.').all(numbers) {
            self.wrong("section", value, REMEDY);
        }
        value.to_owned()
    }

    fn since(&mut self) -> Date {
        const REMEDY: &str = "give the day from which it is in force: @since(\"2026-12-01\")";
        let Some(value) = self.required("since", REMEDY) else { return Date::default() };
        value.parse().unwrap_or_else(|_| {
            self.wrong("since", value, REMEDY);
            Date::default()
        })
    }

    fn flag(&mut self, name: &str) -> bool {
        match self.policy.annotation(name) {
            None | Some("false") => false,
            Some("true") => true,
            Some(other) => {
                self.wrong(name, other, "write \"true\", or leave it out");
                false
            }
        }
    }

    fn texts(&mut self, name: &str) -> Localised {
        let [zh_hant, zh_hans, en] = LANGUAGES.map(|language| {
            let annotation = format!("{name}_{language}");
            let value = self.policy.annotation(&annotation).map(str::trim).unwrap_or_default();
            if value.is_empty() {
                self.complaints.push(Complaint {
                    annotation: self.policy.annotation(&annotation).map(|_| annotation.clone()),
                    what: format!("@{annotation} is missing or empty"),
                    remedy: "every text is given in zh_hant, zh_hans and en".to_owned(),
                });
            }
            value.to_owned()
        });
        Localised { zh_hant, zh_hans, en }
    }

    fn actions(&mut self) -> Vec<String> {
        use cedar_policy::ActionConstraint;
        match self.policy.action_constraint() {
            ActionConstraint::Eq(action) => vec![action.id().unescaped().to_owned()],
            ActionConstraint::In(actions) => actions.iter().map(|a| a.id().unescaped().to_owned()).collect(),
            ActionConstraint::Any => {
                // A rule about everything would be asked about everything; a rule maker names what is meant.
                self.complaints.push(Complaint {
                    annotation: None,
                    what: "the policy does not say which actions it is about".to_owned(),
                    remedy: "write action == Action::\"…\" or action in [Action::\"…\", …]".to_owned(),
                });
                Vec::new()
            }
        }
    }
}
