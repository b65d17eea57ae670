//! Who acts, and in which capacity. Written as one short text in the log: `officer:P-12:hk-immigration`.

use crate::{DelegationId, Key, OrganisationId, PersonId};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Actor {
    /// Nobody signed in.
    Anonymous,
    /// The platform itself: reactions, the simulation's clock, first set-up.
    System,
    /// Whoever runs the machine, at its command line.
    Operator,
    /// A gate's own device.
    Gate { gate: Key },
    /// A person for themselves.
    Person { person: PersonId },
    /// A person for their organisation.
    Clerk { person: PersonId, organisation: OrganisationId },
    /// A person for an organisation that let them act for it for a while, and within the limits of that delegation.
    Delegate { person: PersonId, organisation: OrganisationId, delegation: DelegationId },
    /// A person for an office of one bank.
    Officer { person: PersonId, office: Key },
}

impl Actor {
    /// The natural person who acts, where one does.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Actor::Person { person }
            | Actor::Clerk { person, .. }
            | Actor::Delegate { person, .. }
            | Actor::Officer { person, .. } => Some(*person),
            Actor::Anonymous | Actor::System | Actor::Operator | Actor::Gate { .. } => None,
        }
    }

    /// The organisation for which somebody acts, as its clerk or its delegate.
    pub fn organisation(&self) -> Option<OrganisationId> {
        match self {
            Actor::Clerk { organisation, .. } | Actor::Delegate { organisation, .. } => Some(*organisation),
            Actor::Anonymous
            | Actor::System
            | Actor::Operator
            | Actor::Gate { .. }
            | Actor::Person { .. }
            | Actor::Officer { .. } => None,
        }
    }

    /// Under which delegation somebody acts.
    pub fn delegation(&self) -> Option<DelegationId> {
        if let Actor::Delegate { delegation, .. } = self { Some(*delegation) } else { None }
    }

    /// The word for the capacity, as the rulebook knows it.
    pub fn role(&self) -> &'static str {
        match self {
            Actor::Anonymous => "anonymous",
            Actor::System => "system",
            Actor::Operator => "operator",
            Actor::Gate { .. } => "gate",
            Actor::Person { .. } => "person",
            Actor::Clerk { .. } => "clerk",
            Actor::Delegate { .. } => "delegate",
            Actor::Officer { .. } => "officer",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorParseError;

impl fmt::Display for ActorParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "expected an actor like system, gate:west-north, person:P-1, clerk:P-1:O-1, delegate:P-1:O-1:M-1 or \
             officer:P-1:hk-immigration",
        )
    }
}

impl std::error::Error for ActorParseError {}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::Anonymous | Actor::System | Actor::Operator => f.write_str(self.role()),
            Actor::Gate { gate } => write!(f, "gate:{gate}"),
            Actor::Person { person } => write!(f, "person:{person}"),
            Actor::Clerk { person, organisation } => write!(f, "clerk:{person}:{organisation}"),
            Actor::Delegate { person, organisation, delegation } => {
                write!(f, "delegate:{person}:{organisation}:{delegation}")
            }
            Actor::Officer { person, office } => write!(f, "officer:{person}:{office}"),
        }
    }
}

impl FromStr for Actor {
    type Err = ActorParseError;
    fn from_str(text: &str) -> Result<Self, ActorParseError> {
        let mut parts = text.split(':');
        let role = parts.next().unwrap_or_default();
        let first = parts.next();
        let second = parts.next();
        let third = parts.next();
        if parts.next().is_some() {
            return Err(ActorParseError);
        }
        let person = || first.and_then(|t| t.parse().ok()).ok_or(ActorParseError);
        match (role, first, second, third) {
            ("anonymous", None, None, None) => Ok(Actor::Anonymous),
            ("system", None, None, None) => Ok(Actor::System),
            ("operator", None, None, None) => Ok(Actor::Operator),
            ("gate", Some(gate), None, None) => {
                gate.parse().map(|gate| Actor::Gate { gate }).map_err(|_| ActorParseError)
            }
            ("person", Some(_), None, None) => Ok(Actor::Person { person: person()? }),
            ("clerk", Some(_), Some(organisation), None) => {
                Ok(Actor::Clerk { person: person()?, organisation: organisation.parse().map_err(|_| ActorParseError)? })
            }
            ("delegate", Some(_), Some(organisation), Some(delegation)) => Ok(Actor::Delegate {
                person: person()?,
                organisation: organisation.parse().map_err(|_| ActorParseError)?,
                delegation: delegation.parse().map_err(|_| ActorParseError)?,
            }),
            ("officer", Some(_), Some(office), None) => {
                Ok(Actor::Officer { person: person()?, office: office.parse().map_err(|_| ActorParseError)? })
            }
            _ => Err(ActorParseError),
        }
    }
}

impl Serialize for Actor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Actor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = smol_str::SmolStr::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_actor_is_read_back_as_it_was_written() {
        for text in [
            "anonymous",
            "system",
            "operator",
            "gate:west-north",
            "person:P-1",
            "clerk:P-1:O-2",
            "delegate:P-1:O-2:M-3",
            "officer:P-3:hk-immigration",
        ] {
            assert_eq!(text.parse::<Actor>().map(|a| a.to_string()), Ok(text.to_owned()));
        }
        for wrong in [
            "",
            "system:x",
            "person",
            "person:O-1",
            "clerk:P-1",
            "officer:P-1:HK",
            "gate:a:b",
            "delegate:P-1:O-1",
            "clerk:P-1:O-1:M-1",
        ] {
            assert!(wrong.parse::<Actor>().is_err(), "{wrong:?} must be refused");
        }
    }
}
