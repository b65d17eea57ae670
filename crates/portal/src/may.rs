//! May the actor see this? The questions that reading asks of the rulebook; writing is asked by the rooms themselves.

use crate::Portal;
use crate::problem::Problem;
use base::{Actor, Bank, CaseId, Entity, Outcome, PermitId, PersonId, Question, Rules};
use cases::Case;
use desk::Zone;
use permits::Permit;

impl Portal {
    /// The case, where the actor may see it.
    pub(crate) fn case<'a>(&self, zone: &'a Zone, actor: &Actor, id: CaseId) -> Result<&'a Case, Problem> {
        let case = cases::case(&zone.cases, id).ok_or(Problem::NotFound)?;
        let here = match actor {
            Actor::Officer { office, .. } => case.legs.iter().any(|leg| leg.office == *office),
            _ => false,
        };
        let resource = cases::entity(id, case, None);
        let question = Question::new("view_case", self.principal(zone, actor), resource).with("leg_here", here);
        self.ask(&question)?;
        Ok(case)
    }

    /// The permit, where the actor may see it.
    pub(crate) fn permit<'a>(&self, zone: &'a Zone, actor: &Actor, id: PermitId) -> Result<&'a Permit, Problem> {
        let permit = permits::permit(&zone.permits, id).ok_or(Problem::NotFound)?;
        let resource = permits::entity(id, &permit.issue, permit.status);
        self.ask(&Question::new("view_permit", self.principal(zone, actor), resource))?;
        Ok(permit)
    }

    /// Whether the actor may see the person's fields, as `bank`'s data.
    pub(crate) fn may_view_person(&self, zone: &Zone, actor: &Actor, id: PersonId, bank: Bank) -> Result<(), Problem> {
        let person = parties::person(&zone.parties, id).ok_or(Problem::NotFound)?;
        let case_at_office = match actor {
            Actor::Officer { office, .. } => {
                cases::of_subject(&zone.cases, id).any(|(_, case)| case.legs.iter().any(|leg| leg.office == *office))
            }
            _ => false,
        };
        let resource = parties::person_entity(id, person.employer, person.host, person.erased);
        let question = Question::new("view_person", self.principal(zone, actor), resource)
            .with("bank", bank.as_str())
            .with("case_at_office", case_at_office);
        self.ask(&question)
    }

    /// `read_entries`, `read_proofs`, `read_dashboard`, `verify`.
    pub(crate) fn may_log(&self, zone: &Zone, actor: &Actor, action: &'static str) -> Result<(), Problem> {
        self.ask(&Question::new(action, self.principal(zone, actor), Entity::new("Log", "log")))
    }

    /// The actor as the rulebook sees them.
    pub(crate) fn principal(&self, zone: &Zone, actor: &Actor) -> Entity {
        parties::principal(&zone.parties, &self.park.profile, actor)
    }

    /// `Ok` only where the rulebook permits.
    pub(crate) fn ask(&self, question: &Question) -> Result<(), Problem> {
        let answer = self.park.rulebook.ask(question);
        match answer.outcome {
            Outcome::Permitted => Ok(()),
            Outcome::Referred | Outcome::Refused => Err(Problem::Ruled(answer)),
        }
    }
}
