//! Prepares a policy's condition for being evaluated millions of times: what is settled before a question is put, and
//! what only serves error messages, is left out. A test holds the answers against Cedar's own authoriser.

use cedar_policy::Policy;
use cedar_policy_core::ast::{self, EntityType, Expr, PrincipalOrResourceConstraint};

/// What is left to ask once the action and the kinds of principal and resource are known to fit.
pub(crate) fn prepared(policy: &Policy, principal: &EntityType, resource: &EntityType) -> Expr {
    let policy = without_places(policy);
    let policy: &ast::Policy = policy.as_ref();
    let settled = fits(policy.principal_constraint().as_inner(), principal)
        && fits(policy.resource_constraint().as_inner(), resource);
    if settled {
        policy.non_scope_constraints().cloned().unwrap_or_else(|| Expr::val(true))
    } else {
        policy.condition()
    }
}

/// Whether every entity of a kind fits; a scope that names particular ones has to be asked each time.
fn fits(scope: &PrincipalOrResourceConstraint, kind: &EntityType) -> bool {
    use PrincipalOrResourceConstraint::{Any, Eq, In, Is, IsIn};
    match scope {
        Any => true,
        Is(of) => **of == *kind,
        Eq(_) | In(_) | IsIn(..) => false,
    }
}

/// The same policy without its places in the source text, which Cedar copies from value to value as it evaluates.
/// Its JSON form has none.
fn without_places(policy: &Policy) -> Policy {
    let bare = policy.to_json().ok().and_then(|json| Policy::from_json(Some(policy.id().clone()), json).ok());
    bare.unwrap_or_else(|| policy.clone())
}
