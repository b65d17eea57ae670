//! Asks the policies: one slice for each action, conditions prepared once, facts handed to Cedar's evaluator as values.
//!
//! Cedar's authoriser walks a whole policy set and rebuilds each policy's condition every time. Gates ask in
//! microseconds, so the evaluator is driven directly; a test holds the answers against the authoriser's. A fact that a
//! policy needs and does not get is an error of that policy, and closes the way.

use crate::Rulebook;
use crate::answers::Settings;
use crate::card::PolicyCard;
use crate::condition;
use crate::load::Written;
use base::{Answer, Bank, Entity, Key, Outcome, Question, Rules, Value};
use cedar_policy::EntityTypeName;
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
}

/// The policies about one action.
#[derive(Debug)]
struct Slice {
    action: Arc<EntityUID>,
    principal: Kind,
    resource: Kind,
    forbids: Vec<Rule>,
    permits: Vec<Rule>,
    authorities: Vec<Bank>,
}

/// A kind of entity, by the name that questions use.
#[derive(Debug)]
struct Kind {
    name: SmolStr,
    kind: EntityType,
}

/// A policy with its condition, ready to be evaluated.
#[derive(Debug)]
struct Rule {
    card: Arc<PolicyCard>,
    condition: Expr,
}

/// A question that cannot even be put: of kinds that the action is not about, or with a fact given twice.
struct Unaskable;

impl Asking {
    pub fn new(schema: &cedar_policy::Schema, written: &[Written<'_>], settings: &Settings) -> Self {
        let slices = schema.actions().filter_map(|action| {
            let kind = |kind: &EntityTypeName| AsRef::<EntityType>::as_ref(kind).clone();
            // The loader made sure that an action has one kind of each.
            let principal = schema.principals_for_action(action)?.next().map(kind)?;
            let resource = schema.resources_for_action(action)?.next().map(kind)?;
            let action = AsRef::<EntityUID>::as_ref(action).clone();
            let name: &str = action.eid().as_ref();
            Some((SmolStr::new(name), Slice::new(action, principal, resource, written, settings)))
        });
        Self { slices: slices.collect() }
    }

    /// Every action of the schema with the kind of thing that it is about.
    pub fn actions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.slices.iter().map(|(action, slice)| (action.as_str(), slice.resource.name.as_str()))
    }

    /// Outcome and policies. Unknown actions are permitted by nothing.
    fn judge(&self, question: &Question) -> (Outcome, Vec<Key>) {
        let Some(slice) = self.slices.get(&question.action) else { return (Outcome::Refused, Vec::new()) };
        slice.answer(question).unwrap_or_else(|Unaskable| unjudged([]))
    }
}

impl Kind {
    fn new(kind: EntityType) -> Self {
        Self { name: smol_str::format_smolstr!("{kind}"), kind }
    }

    fn uid(&self, entity: &Entity) -> Result<EntityUID, Unaskable> {
        if entity.kind != self.name {
            return Err(Unaskable);
        }
        Ok(EntityUID::from_components(self.kind.clone(), ast::Eid::new(entity.id.clone()), None))
    }
}

impl Slice {
    fn new(
        action: EntityUID,
        principal: EntityType,
        resource: EntityType,
        written: &[Written<'_>],
        settings: &Settings,
    ) -> Self {
        let name: &str = action.eid().as_ref();
        let mut forbids = Vec::new();
        let mut permits = Vec::new();
        for Written { policy, card, .. } in written.iter().filter(|w| w.card.actions.iter().any(|a| a == name)) {
            let rule = Rule { card: Arc::clone(card), condition: condition::prepared(policy, &principal, &resource) };
            if card.outcome == Outcome::Permitted { permits.push(rule) } else { forbids.push(rule) }
        }
        for rules in [&mut forbids, &mut permits] {
            rules.sort_by(|a, b| (a.card.rank, &a.card.id).cmp(&(b.card.rank, &b.card.id)));
        }
        let authorities = settings.actions.get(name).map(|needed| needed.authorities.clone()).unwrap_or_default();
        let (principal, resource) = (Kind::new(principal), Kind::new(resource));
        Self { action: Arc::new(action), principal, resource, forbids, permits, authorities }
    }

    fn answer(&self, question: &Question) -> Result<(Outcome, Vec<Key>), Unaskable> {
        let principal = self.principal.uid(&question.principal)?;
        let resource = self.resource.uid(&question.resource)?;
        let request = ast::Request::new_unchecked(
            known(principal.clone()),
            EntityUIDEntry::Known { euid: Arc::clone(&self.action), loc: None },
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
        Ok(self.judge(&Evaluator::new(request, &entities, Extensions::all_available())))
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

    /// The weightiest of the policies that are the bank's own or both banks'. A bank none of whose policies stood in the
    /// way would have permitted.
    fn outcome_of(&self, answer: &Answer, bank: Bank) -> Outcome {
        if answer.outcome == Outcome::Permitted {
            return Outcome::Permitted;
        }
        let cards: Vec<_> = answer.policies.iter().filter_map(|policy| self.explain(policy)).collect();
        if cards.is_empty() {
            return answer.outcome;
        }
        let its_own = cards.iter().find(|card| card.authority.is_none_or(|authority| authority == bank));
        its_own.map_or(Outcome::Permitted, |card| card.outcome)
    }

    fn beyond_officers(&self, answer: &Answer) -> Option<Answer> {
        if answer.outcome == Outcome::Permitted {
            return None;
        }
        let refuses = |policy: &&Key| self.explain(policy).is_none_or(|card| card.outcome == Outcome::Refused);
        let policies: Vec<Key> = answer.policies.iter().filter(refuses).cloned().collect();
        let beyond = !policies.is_empty() || answer.outcome == Outcome::Refused;
        beyond.then(|| Answer { outcome: Outcome::Refused, policies, version: answer.version.clone() })
    }

    fn referred_by(&self, answer: &Answer) -> Vec<Bank> {
        let cards: Vec<_> = answer.policies.iter().filter_map(|policy| self.explain(policy)).collect();
        let refers =
            |bank: &Bank| cards.iter().any(|card| card.outcome == Outcome::Referred && card.authority == Some(*bank));
        Bank::BOTH.into_iter().filter(refers).collect()
    }
}
