//! From the folder to a rulebook: every file parsed, every policy checked against the schema and its own annotations,
//! every fault gathered before anything is refused.

use crate::answers::{self, Settings};
use crate::ask::Asking;
use crate::card::{self, PolicyCard};
use crate::faults::Source;
use crate::folder::{Folder, SCHEMA};
use crate::{Rulebook, split};
use base::{Fault, Key, Language, Outcome};
use cedar_policy::{Policy, PolicyId, PolicySet, Schema, ValidationError, ValidationMode, Validator};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// One policy: what Cedar made of it, what it says about itself, and where it is written.
pub(crate) struct Written<'a> {
    pub policy: Policy,
    pub card: Arc<PolicyCard>,
    source: Source<'a>,
}

impl Rulebook {
    /// Reads `schema.cedarschema`, `rulebook.toml` and every `*.cedar` file of a rules folder. A fault's file is
    /// relative to that folder.
    pub fn load(folder: &Path) -> Result<Self, Vec<Fault>> {
        let folder = Folder::read(folder)?;
        let mut faults = Vec::new();
        let written = policies(&folder, &mut faults);
        let schema = schema(&folder, &mut faults);
        let settings_text = folder.files.get(answers::FILE).map(String::as_str).unwrap_or_default();
        let settings = answers::read(settings_text).and_then(|settings| {
            let answers = settings.cards(settings_text)?;
            Ok((settings, answers))
        });
        let (settings, answers) = settings.unwrap_or_else(|found| {
            faults.extend(found);
            Default::default()
        });
        if let Some(schema) = &schema {
            check_against_schema(schema, &written, &mut faults);
            check_actions(schema, &folder, &mut faults);
            check_settings(schema, &settings, settings_text, &mut faults);
        }
        check_together(&written, &settings, &mut faults);
        match schema {
            Some(schema) if faults.is_empty() => Ok(Self {
                version: folder.version(),
                cards: written.iter().map(|w| (w.card.id.clone(), Arc::clone(&w.card))).collect(),
                answers,
                texts: written.iter().map(|w| (w.card.id.clone(), w.source.text.to_owned())).collect(),
                asking: Asking::new(&schema, &written, &settings),
                schema,
            }),
            Some(_) | None => {
                faults.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
                Err(faults)
            }
        }
    }
}

/// Every policy that can be read; a fault for every one that cannot.
fn policies<'a>(folder: &'a Folder, faults: &mut Vec<Fault>) -> Vec<Written<'a>> {
    let mut written: Vec<Written<'_>> = Vec::new();
    for (file, text) in folder.files.iter().filter(|(file, _)| file.ends_with(".cedar")) {
        for piece in split::pieces(text) {
            let source = Source { file, text: piece.text, first_line: piece.line };
            if !piece.complete {
                faults.push(source.fault("the policy does not end", "end every policy with `;`, every text with `\"`"));
                continue;
            }
            match policy(source) {
                Ok(policy) => written.push(policy),
                Err(found) => faults.extend(found),
            }
        }
    }
    let mut first: BTreeMap<Key, String> = BTreeMap::new();
    written.retain(|policy| {
        let id = policy.card.id.clone();
        let here = format!("{}:{}", policy.card.file, policy.card.line);
        match first.get(&id) {
            None => drop(first.insert(id, here)),
            Some(before) => {
                let what = format!("the policy {id} is already in {before}");
                faults.push(policy.source.fault_of_annotation("id", what, "give each policy an id of its own"));
                return false;
            }
        }
        true
    });
    written
}

fn policy(source: Source<'_>) -> Result<Written<'_>, Vec<Fault>> {
    let policy = Policy::parse(None, source.text).map_err(|errors| {
        errors.iter().map(|error| source.fault_of(error, "see the Cedar policy language")).collect::<Vec<_>>()
    })?;
    match card::read(&policy, source.file, source.first_line) {
        Ok(card) => {
            let policy = policy.new_id(PolicyId::new(card.id.as_str()));
            Ok(Written { policy, card: Arc::new(card), source })
        }
        Err(complaints) => Err(complaints
            .into_iter()
            .map(|complaint| match &complaint.annotation {
                Some(name) => source.fault_of_annotation(name, complaint.what, complaint.remedy),
                None => source.fault(complaint.what, complaint.remedy),
            })
            .collect()),
    }
}

fn schema(folder: &Folder, faults: &mut Vec<Fault>) -> Option<Schema> {
    let text = folder.files.get(SCHEMA).map(String::as_str).unwrap_or_default();
    match Schema::from_cedarschema_str(text) {
        Ok((schema, _)) => Some(schema),
        Err(error) => {
            faults.push(Source::whole(SCHEMA, text).fault_of(&error, "see the Cedar schema language"));
            None
        }
    }
}

/// Strict validation: every fact a policy reads exists, with the type it is used as. A policy that could never be
/// satisfied is a fault too.
fn check_against_schema(schema: &Schema, written: &[Written<'_>], faults: &mut Vec<Fault>) {
    let mut set = PolicySet::new();
    for policy in written {
        // Ids are unique here, which is the only reason for which a policy can be turned away.
        if set.add(policy.policy.clone()).is_err() {
            faults.push(policy.source.fault("the policy cannot be added", "give each policy an id of its own"));
        }
    }
    const REMEDY: &str = "use the facts as schema.cedarschema declares them";
    let result = Validator::new(schema.clone()).validate(&set, ValidationMode::Strict);
    let source_of = |id: &PolicyId| {
        let id: &str = id.as_ref();
        written.iter().find(|w| w.card.id.as_str() == id).map(|w| w.source)
    };
    let errors: Vec<_> = result.validation_errors().collect();
    // A misspelt action also leaves no action that applies, and a policy that is never satisfied: one fault, not three.
    let follows = |error: &ValidationError| {
        let others = errors.iter().filter(|other| other.policy_id() == error.policy_id());
        matches!(error, ValidationError::InvalidActionApplication(_)) && others.count() > 1
    };
    let mut found: Vec<Fault> = Vec::new();
    for error in errors.iter().filter(|error| !follows(error)) {
        found.extend(source_of(error.policy_id()).map(|source| source.fault_of(*error, REMEDY)));
    }
    for warning in result.validation_warnings() {
        if errors.iter().all(|error| error.policy_id() != warning.policy_id()) {
            found.extend(source_of(warning.policy_id()).map(|source| source.fault_of(warning, REMEDY)));
        }
    }
    // Cedar repeats an error for every kind of principal and resource that the policy could meet.
    for mut fault in found {
        // The place says which policy is meant.
        if let Some((_, what)) = fault.what.strip_prefix("for policy `").and_then(|rest| rest.split_once("`, ")) {
            fault.what = what.to_owned();
        }
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
}

/// An action is about one kind of thing and asked by one kind of actor, so that its policies know what they read.
fn check_actions(schema: &Schema, folder: &Folder, faults: &mut Vec<Fault>) {
    let text = folder.files.get(SCHEMA).map(String::as_str).unwrap_or_default();
    for action in schema.actions() {
        let principals = schema.principals_for_action(action).map_or(0, Iterator::count);
        let resources = schema.resources_for_action(action).map_or(0, Iterator::count);
        if (principals, resources) != (1, 1) {
            let name = action.id().unescaped();
            let what = format!("the action {name} does not apply to exactly one principal and one resource");
            let remedy = "write appliesTo { principal: One, resource: Other }, and an action for each kind";
            faults.push(Source::whole(SCHEMA, text).fault_at(text.find(name).unwrap_or(0), what, remedy));
        }
    }
}

fn check_settings(schema: &Schema, settings: &Settings, text: &str, faults: &mut Vec<Fault>) {
    for action in settings.actions.keys() {
        if !schema.actions().any(|known| known.id().unescaped() == action) {
            let at = text.find(&format!("[actions.{action}]")).unwrap_or(0);
            let what = format!("the schema has no action {action}");
            faults.push(Source::whole(answers::FILE, text).fault_at(at, what, "name an action of schema.cedarschema"));
        }
    }
}

/// What only shows when policies are seen together, or beside the settings.
fn check_together(written: &[Written<'_>], settings: &Settings, faults: &mut Vec<Fault>) {
    let mut ranks: BTreeMap<(&str, u16), &Key> = BTreeMap::new();
    for Written { card, source, .. } in written {
        for action in &card.actions {
            let needs_each_bank = settings.actions.get(action).is_some_and(|needed| !needed.authorities.is_empty());
            if card.outcome == Outcome::Permitted {
                if needs_each_bank && card.authority.is_none() {
                    let what = format!("for {action} each bank has to permit on its own");
                    let remedy = "write one permit for each bank, with @authority(\"north\") and @authority(\"south\")";
                    faults.push(source.fault_of_annotation("authority", what, remedy));
                }
            } else if let Some(other) = ranks.insert((action, card.rank), &card.id) {
                let what = format!("{other} has rank {} for {action} too", card.rank);
                faults.push(source.fault_of_annotation(
                    "rank",
                    what,
                    "the order of reasons has to be clear: change one",
                ));
            }
        }
        for language in Language::ALL {
            let texts = [card.reason_for_public().get(language), card.remedy_for_public().get(language)];
            let shown = texts.map(str::to_lowercase);
            if let Some(word) =
                settings.hidden.words.iter().find(|w| shown.iter().any(|t| t.contains(&w.to_lowercase())))
            {
                let what = format!("a text for the public ({language}) has the hidden word “{word}”");
                faults
                    .push(source.fault(what, "say it without; hidden reasons belong into reason_* of a hidden policy"));
            }
        }
    }
}
