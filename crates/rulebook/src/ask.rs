//! Asks the policies: one slice for each action, conditions prepared once, facts handed to Cedar's evaluator as values.
//!
//! Cedar's authoriser walks a whole policy set and rebuilds each policy's condition every time. Gates ask in
//! microseconds, so the evaluator is driven directly; a test holds the answers against the authoriser's. A fact that a
//! policy needs and does not get is an error of that policy, and closes the way.

use crate::Rulebook;
use crate::answers::Settings;
use crate::card::PolicyCard;
use crate::load::Written;
use base::{Answer, Bank, Entity, Key, Outcome, Question, Rules, Value};
use cedar_policy_core::ast::{
    self, EntityType, EntityUID, EntityUIDEntry, Expr, PartialValue, Value as Fact, ValueKind,
};
use cedar_policy_core::entities::{Entities, NoEntitiesSchema, TCComputation};
use cedar_policy_core::evaluator::Evaluator;
use cedar_policy_core::extensions::Extensions;
use smol_str::SmolStr;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Everything needed to answer, prepared at load.
#[derive(Debug)]
pub(crate) struct Asking {
    slices: BTreeMap<SmolStr, Slice>,
    kinds: BTreeMap<SmolStr, EntityType>,
}

/// The policies about one action.
#[derive(Debug)]
struct Slice {
    action: Arc<EntityUID>,
    about: SmolStr,
    forbids: Vec<Rule>,
    permits: Vec<Rule>,
    authorities: Vec<Bank>,
}

/// A policy with its condition, scope included, as one expression.
#[derive(Debug)]
struct Rule {
    card: Arc<PolicyCard>,
    condition: Expr,
}

/// A question that cannot even be put: a kind that the schema does not know, or a fact given twice.
struct Unaskable;

impl Asking {
    pub fn new(schema: &cedar_policy::Schema, written: &[Written<'_>], settings: &Settings) -> Self {
        let kinds = schema
            .entity_types()
            .map(|kind| (SmolStr::new(kind.basename()), AsRef::<EntityType>::as_ref(kind).clone()))
            .collect();
        let slices = schema
            .actions()
            .map(|action| {
                let name = SmolStr::new(action.id().unescaped());
                let mut about = schema.resources_for_action(action).into_iter().flatten();
                let about = about.next().map(|kind| SmolStr::new(kind.basename())).unwrap_or_default();
                let slice = Slice::new(AsRef::<EntityUID>::as_ref(action).clone(), &name, about, written, settings);
                (name, slice)
            })
            .collect();
        Self { slices, kinds }
    }

    /// Every action of the schema with the kind of thing that it is about.
    pub fn actions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.slices.iter().map(|(action, slice)| (action.as_str(), slice.about.as_str()))
    }

    fn uid(&self, entity: &Entity) -> Result<EntityUID, Unaskable> {
        let kind = self.kinds.get(&entity.kind).ok_or(Unaskable)?;
        Ok(EntityUID::from_components(kind.clone(), ast::Eid::new(entity.id.clone()), None))
    }

    /// Outcome and policies. Unknown actions are permitted by nothing.
    fn judge(&self, question: &Question) -> (Outcome, Vec<Key>) {
        let Some(slice) = self.slices.get(&question.action) else { return (Outcome::Refused, Vec::new()) };
        self.judge_by(slice, question).unwrap_or_else(|Unaskable| unjudged([]))
    }

    fn judge_by(&self, slice: &Slice, question: &Question) -> Result<(Outcome, Vec<Key>), Unaskable> {
        let (principal, resource) = (self.uid(&question.principal)?, self.uid(&question.resource)?);
        let request = ast::Request::new_unchecked(
            known(principal.clone()),
            EntityUIDEntry::Known { euid: Arc::clone(&slice.action), loc: None },
            known(resource.clone()),
            Some(ast::Context::Value(Arc::new(record(&question.context)?))),
        );
        let present =
            [with_facts(principal, &question.principal.facts)?, with_facts(resource, &question.resource.facts)?];
        let entities = Entities::from_entities(
            present,
            None::<&NoEntitiesSchema>,
            TCComputation::AssumeAlreadyComputed,
            Extensions::all_available(),
        )
        .map_err(|_| Unaskable)?;
        Ok(slice.judge(&Evaluator::new(request, &entities, Extensions::all_available())))
    }
}

impl Slice {
    fn new(action: EntityUID, name: &str, about: SmolStr, written: &[Written<'_>], settings: &Settings) -> Self {
        let mut forbids = Vec::new();
        let mut permits = Vec::new();
        for Written { policy, card, .. } in written.iter().filter(|w| w.card.actions.iter().any(|a| a == name)) {
            let rule = Rule { card: Arc::clone(card), condition: AsRef::<ast::Policy>::as_ref(policy).condition() };
            if card.outcome == Outcome::Permitted { permits.push(rule) } else { forbids.push(rule) }
        }
        for rules in [&mut forbids, &mut permits] {
            rules.sort_by(|a, b| (a.card.rank, &a.card.id).cmp(&(b.card.rank, &b.card.id)));
        }
        let authorities = settings.actions.get(name).map(|needed| needed.authorities.clone()).unwrap_or_default();
        Self { action: Arc::new(action), about, forbids, permits, authorities }
    }

    fn judge(&self, evaluator: &Evaluator<'_>) -> (Outcome, Vec<Key>) {
        let forbids = evaluate(&self.forbids, evaluator);
        if !forbids.erring.is_empty() {
            return unjudged(forbids.erring.iter().chain(&forbids.satisfied).map(|rule| rule.card.id.clone()));
        }
        if let Some(weightiest) = forbids.satisfied.first() {
            return (weightiest.card.outcome, ids(&forbids.satisfied));
        }
        let permits = evaluate(&self.permits, evaluator);
        let covered = |bank: &Bank| permits.satisfied.iter().any(|rule| rule.card.authority == Some(*bank));
        if !permits.satisfied.is_empty() && self.authorities.iter().all(covered) {
            return (Outcome::Permitted, ids(&permits.satisfied));
        }
        if permits.erring.is_empty() { (Outcome::Refused, Vec::new()) } else { unjudged(ids(&permits.erring)) }
    }
}

struct Evaluated<'a> {
    satisfied: Vec<&'a Rule>,
    erring: Vec<&'a Rule>,
}

fn evaluate<'a>(rules: &'a [Rule], evaluator: &Evaluator<'_>) -> Evaluated<'a> {
    let mut evaluated = Evaluated { satisfied: Vec::new(), erring: Vec::new() };
    // Policies are static: there are no template slots to fill.
    let no_slots = ast::SlotEnv::new();
    for rule in rules {
        match evaluator.interpret(&rule.condition, &no_slots).map(|value| value.value) {
            Ok(ValueKind::Lit(ast::Literal::Bool(true))) => evaluated.satisfied.push(rule),
            Ok(ValueKind::Lit(ast::Literal::Bool(false))) => {}
            Ok(_) | Err(_) => evaluated.erring.push(rule),
        }
    }
    evaluated
}

fn ids(rules: &[&Rule]) -> Vec<Key> {
    rules.iter().map(|rule| rule.card.id.clone()).collect()
}

fn unjudged(concerned: impl IntoIterator<Item = Key>) -> (Outcome, Vec<Key>) {
    (Outcome::Refused, Key::new(Rulebook::FACTS_INCOMPLETE).into_iter().chain(concerned).collect())
}

fn known(uid: EntityUID) -> EntityUIDEntry {
    EntityUIDEntry::Known { euid: Arc::new(uid), loc: None }
}

fn fact(value: &Value) -> Fact {
    match value {
        Value::Bool(value) => Fact::from(*value),
        Value::Long(value) => Fact::from(*value),
        Value::Text(value) => Fact::from(value.clone()),
        Value::Texts(values) => Fact::set_of_lits(values.iter().map(|text| ast::Literal::from(text.clone())), None),
    }
}

fn record(facts: &[(SmolStr, Value)]) -> Result<BTreeMap<SmolStr, Fact>, Unaskable> {
    let record: BTreeMap<SmolStr, Fact> = facts.iter().map(|(name, value)| (name.clone(), fact(value))).collect();
    // A fact given twice could be read either way.
    if record.len() == facts.len() { Ok(record) } else { Err(Unaskable) }
}

fn with_facts(uid: EntityUID, facts: &[(SmolStr, Value)]) -> Result<ast::Entity, Unaskable> {
    let attributes = record(facts)?.into_iter().map(|(name, value)| (name, PartialValue::Value(value)));
    Ok(ast::Entity::new_with_attr_partial_value(uid, attributes, HashSet::new(), HashSet::new(), HashMap::new()))
}

impl Rules for Rulebook {
    fn ask(&self, question: &Question) -> Answer {
        let (outcome, policies) = self.asking.judge(question);
        Answer { outcome, policies, version: self.version.clone() }
    }

    fn version(&self) -> &Key {
        &self.version
    }
}
