//! Does a question give the facts that the schema declares? Asked by tests of the rooms, not on the way to an answer.

use crate::Rulebook;
use base::{Entity, Question, Value};
use cedar_policy::{Context, Entities, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression, Schema};
use smol_str::SmolStr;
use std::collections::{HashMap, HashSet};
use std::fmt::Display;

impl Rulebook {
    /// Says what is missing, not declared, or of another type in a question. `ask` does not: it closes the way where a
    /// policy misses a fact, and never looks at what no policy reads.
    pub fn check(&self, question: &Question) -> Result<(), String> {
        request(question, Some(&self.schema)).map(drop)
    }
}

/// The question as Cedar's own request and entities, validated where a schema is given.
pub(crate) fn request(question: &Question, schema: Option<&Schema>) -> Result<(Request, Entities), String> {
    let action: EntityTypeName = "Action".parse().map_err(said)?;
    let action = EntityUid::from_type_name_and_id(action, EntityId::new(&question.action));
    let context = Context::from_pairs(expressions(&question.context)).map_err(said)?;
    let principal = uid(&question.principal)?;
    let resource = uid(&question.resource)?;
    let request = Request::new(principal.clone(), action, resource.clone(), context, schema).map_err(said)?;
    let entity = |uid, entity| cedar_policy::Entity::new(uid, facts(entity), HashSet::new()).map_err(said);
    let present = [entity(principal, &question.principal)?, entity(resource, &question.resource)?];
    Ok((request, Entities::from_entities(present, schema).map_err(said)?))
}

/// An error with its causes: the outermost alone often says only that something is wrong.
fn said(error: impl std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

fn uid(entity: &Entity) -> Result<EntityUid, String> {
    let unknown = |error: &dyn Display| format!("{} is not a kind: {error}", entity.kind);
    let kind: EntityTypeName = entity.kind.parse().map_err(|error| unknown(&error))?;
    Ok(EntityUid::from_type_name_and_id(kind, EntityId::new(&entity.id)))
}

fn facts(entity: &Entity) -> HashMap<String, RestrictedExpression> {
    expressions(&entity.facts).collect()
}

fn expressions(facts: &[(SmolStr, Value)]) -> impl Iterator<Item = (String, RestrictedExpression)> {
    facts.iter().map(|(name, value)| (name.to_string(), expression(value)))
}

fn expression(value: &Value) -> RestrictedExpression {
    match value {
        Value::Bool(value) => RestrictedExpression::new_bool(*value),
        Value::Long(value) => RestrictedExpression::new_long(*value),
        Value::Text(value) => RestrictedExpression::new_string(value.to_string()),
        Value::Texts(values) => {
            RestrictedExpression::new_set(values.iter().map(|text| RestrictedExpression::new_string(text.to_string())))
        }
    }
}
