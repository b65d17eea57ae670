//! May the actor see this? The questions that reading asks of the rulebook; writing is asked by the rooms themselves.

use crate::Portal;
use crate::problem::Problem;
use base::{
    Actor, Answer, CaseId, Entity, Instant, Key, LetterId, OrganisationId, Outcome, PermitId, PersonId, Question,
    RosterId,
};
use cases::{About, Audience, Case, Roster, Seen, Stage};
use desk::Zone;
use letters::Letter;
use permits::{Permit, Status};

impl Portal {
    /// The case, where the actor may see it.
    pub(crate) fn case<'a>(&self, zone: &'a Zone, actor: &Actor, id: CaseId) -> Result<&'a Case, Problem> {
        let case = cases::case(&zone.cases, id).ok_or(Problem::NotFound)?;
        let here = cases::has_leg_here(case, actor);
        let resource = cases::entity(&zone.cases, id, case, None);
        let question = Question::new("view_case", self.principal(zone, actor), resource).with("leg_here", here);
        self.ask(&question)?;
        Ok(case)
    }

    /// The letter, where the actor may read it: an officer only where they may see the person, who is named in it.
    pub(crate) fn letter<'a>(&self, zone: &'a Zone, actor: &Actor, id: LetterId) -> Result<&'a Letter, Problem> {
        let letter = letters::letter(&zone.letters, id).ok_or(Problem::NotFound)?;
        let case = cases::case(&zone.cases, letter.issue.case).ok_or(Problem::NotFound)?;
        let office = match actor {
            Actor::Officer { office, .. } => self.park.profile.office(office),
            _ => None,
        };
        let here = cases::has_leg_here(case, actor);
        let foreign = office.is_none_or(|office| letter.issue.wrote.iter().any(|bank| *bank != office.bank));
        let resource = cases::entity(&zone.cases, letter.issue.case, case, None);
        let question = Question::new("view_letter", self.principal(zone, actor), resource)
            .with("leg_here", here)
            .with("of_organisation", matches!(case.about, About::Organisation(_)))
            .with("foreign", foreign);
        self.ask(&question)?;
        if office.is_some() {
            self.view_person(zone, actor, case.subject, Some(letter.issue.case), Seen::Listed)?;
        }
        Ok(letter)
    }

    /// Whether letters about the case are written to the actor.
    pub(crate) fn may_have_written(&self, zone: &Zone, actor: &Actor, id: CaseId) -> Result<(), Problem> {
        let case = cases::case(&zone.cases, id).ok_or(Problem::NotFound)?;
        let resource = cases::entity(&zone.cases, id, case, None);
        let question = Question::new("view_letter", self.principal(zone, actor), resource)
            .with("leg_here", false)
            .with("of_organisation", matches!(case.about, About::Organisation(_)))
            .with("foreign", true);
        self.ask(&question)
    }

    /// The roster, where the actor may do that with it: `view_roster`, `mend_roster`.
    pub(crate) fn roster<'a>(
        &self,
        zone: &'a Zone,
        actor: &Actor,
        id: RosterId,
        action: &'static str,
    ) -> Result<&'a Roster, Problem> {
        let roster = cases::roster(&zone.cases, id).ok_or(Problem::NotFound)?;
        self.ask(&Question::new(action, self.principal(zone, actor), cases::roster_entity(id, roster)))?;
        Ok(roster)
    }

    /// Whether the actor may upload a roster of the organisation for the service.
    pub(crate) fn may_upload_roster(
        &self,
        zone: &Zone,
        actor: &Actor,
        organisation: OrganisationId,
        service: &Key,
    ) -> Result<(), Problem> {
        let resource = cases::new_roster_entity(organisation, service, actor.delegation());
        self.ask(&Question::new("upload_roster", self.principal(zone, actor), resource))
    }

    /// The permit, where the actor may see it.
    pub(crate) fn permit<'a>(&self, zone: &'a Zone, actor: &Actor, id: PermitId) -> Result<&'a Permit, Problem> {
        let permit = permits::permit(&zone.permits, id).ok_or(Problem::NotFound)?;
        let resource = permits::entity(id, &permit.issue, permit.status);
        self.ask(&Question::new("view_permit", self.principal(zone, actor), resource))?;
        Ok(permit)
    }

    /// Whether the actor may see the person's fields. That an officer does is noted, `over` the case at hand, else over the
    /// one that their office has with the person.
    pub(crate) fn view_person(
        &self,
        zone: &Zone,
        actor: &Actor,
        id: PersonId,
        over: Option<CaseId>,
        how: Seen,
    ) -> Result<(), Problem> {
        let person = parties::person(&zone.parties, id).ok_or(Problem::NotFound)?;
        let resource = parties::person_entity(id, person.employer, person.host, person.erased);
        let question = Question::new("view_person", self.principal(zone, actor), resource)
            .with("bank", person.home_bank.as_str())
            .with("case_closed_days", self.case_closed_days(zone, actor, id, over))
            .with("current", self.is_current(zone, id, over));
        self.ask(&question)?;
        self.park.note_view(actor, id, over.or_else(|| ground(zone, actor, id)), how);
        Ok(())
    }

    /// Whether the actor may see what is written in a case, as far as the rulebook lets each text through: what is the
    /// organisation's own was written by its clerk or delegate, and is read by all who act for it; else it is about somebody.
    pub(crate) fn opens_texts(
        &self,
        zone: &Zone,
        actor: &Actor,
        (id, case): (CaseId, &cases::Case),
        how: Seen,
    ) -> bool {
        (actor.organisation().is_some() && cases::is_of_organisation(&zone.cases, case))
            || self.view_person(zone, actor, case.subject, Some(id), how).is_ok()
    }

    /// Whether the actor may know who of an office looked at the person, by name or not.
    pub(crate) fn may_see_accesses(
        &self,
        zone: &Zone,
        actor: &Actor,
        id: PersonId,
        office: &Key,
        named: bool,
    ) -> Result<(), Problem> {
        let person = parties::person(&zone.parties, id).ok_or(Problem::NotFound)?;
        let resource = parties::person_entity(id, person.employer, person.host, person.erased);
        let bank = self.park.profile.office(office).map_or("none", |office| office.bank.as_str());
        let question = Question::new("view_accesses", self.principal(zone, actor), resource)
            .with("bank", bank)
            .with("office", office)
            .with("named", named);
        self.ask(&question)
    }

    /// Whether a page offers to write a remark.
    pub(crate) fn may_remark(
        &self,
        zone: &Zone,
        actor: &Actor,
        (id, case): (CaseId, &Case),
        audience: Audience,
    ) -> bool {
        let resource = cases::entity(&zone.cases, id, case, None);
        let question = Question::new("write_remark", self.principal(zone, actor), resource)
            .with("audience", audience.as_str())
            .with("leg_here", cases::has_leg_here(case, actor));
        self.ask(&question).is_ok()
    }

    /// Days since the last business that the officer's office had with the person ended, as the rulebook counts them.
    fn case_closed_days(&self, zone: &Zone, actor: &Actor, id: PersonId, over: Option<CaseId>) -> i64 {
        let Actor::Officer { office, .. } = actor else { return -1 };
        if answers_at_a_bridge(zone, office, id) {
            return 0;
        }
        let now = self.park.now();
        let mut least = None;
        for (number, case) in business(zone, id, over).filter(|(_, case)| case.concerns(office)) {
            let days = now.since(ended(zone, number, case, now)) / Instant::DAY;
            // Nothing is less, and few have more business than that which is at hand.
            if days == 0 {
                return 0;
            }
            least = Some(least.map_or(days, |least: i64| least.min(days)));
        }
        least.unwrap_or(-1)
    }

    /// Whether a case of the person is being decided, or a pass of theirs is in force, wherever.
    fn is_current(&self, zone: &Zone, id: PersonId, over: Option<CaseId>) -> bool {
        let now = self.park.now();
        business(zone, id, over).any(|(_, case)| case.stage == Stage::Deciding)
            || permits::of_holder(&zone.permits, id).any(|(_, permit)| in_force(permit, now))
    }

    /// `read_entries`, `read_proofs`, `read_dashboard`, `verify`.
    pub(crate) fn may_log(&self, zone: &Zone, actor: &Actor, action: &'static str) -> Result<(), Problem> {
        self.ask(&Question::new(action, self.principal(zone, actor), Entity::new("Log", "log")))
    }

    /// The actor as the rulebook sees them.
    pub(crate) fn principal(&self, zone: &Zone, actor: &Actor) -> Entity {
        parties::principal(&zone.parties, &self.park.profile, actor, self.park.now())
    }

    /// The rulebook's answer to a question of reading.
    pub(crate) fn answer(&self, question: &Question) -> Answer {
        self.asked.ask(&*self.park.rulebook, question)
    }

    /// `Ok` only where the rulebook permits.
    pub(crate) fn ask(&self, question: &Question) -> Result<(), Problem> {
        let answer = self.answer(question);
        match answer.outcome {
            Outcome::Permitted => Ok(()),
            Outcome::Referred | Outcome::Refused => Err(Problem::Ruled(answer)),
        }
    }
}

/// The person's cases: the one at hand, which mostly answers what is asked of all, then the others, newest first.
fn business(zone: &Zone, id: PersonId, over: Option<CaseId>) -> impl Iterator<Item = (CaseId, &Case)> {
    let at_hand = over.and_then(|over| Some((over, cases::case(&zone.cases, over)?)));
    let at_hand = at_hand.filter(|(_, case)| case.subject == id);
    at_hand.into_iter().chain(cases::of_subject(&zone.cases, id))
}

/// The case over which the officer's office has to do with the person: the newest that is open, else the newest.
fn ground(zone: &Zone, actor: &Actor, id: PersonId) -> Option<CaseId> {
    let Actor::Officer { .. } = actor else { return None };
    let here = || cases::of_subject(&zone.cases, id).filter(|(_, case)| cases::has_leg_here(case, actor));
    let open = here().find(|(_, case)| !matches!(case.stage, Stage::Decided(_)));
    open.or_else(|| here().next()).map(|(number, _)| number)
}

/// A case that is open, or whose pass is in force, has not ended.
fn ended(zone: &Zone, id: CaseId, case: &Case, now: Instant) -> Instant {
    let Some(decided_at) = case.decided_at else { return now };
    let permit = permits::of_case(&zone.permits, id).and_then(|permit| permits::permit(&zone.permits, permit));
    match permit {
        Some(permit) if permit.status != Status::Revoked => permit.issue.valid_until.min(now).max(decided_at),
        Some(_) | None => decided_at,
    }
}

fn in_force(permit: &Permit, now: Instant) -> bool {
    permit.status != Status::Revoked && permit.issue.valid_until > now
}

/// Whoever is on a bridge, or waits at one for an officer, is somebody to the office that answers for them.
fn answers_at_a_bridge(zone: &Zone, office: &Key, id: PersonId) -> bool {
    let crossing = match people::place_of(&zone.people, id) {
        Some(people::Place::Crossing(passage)) => zone.people.passages.get(&passage),
        Some(people::Place::On(_)) | None => None,
    };
    crossing.is_some_and(|open| open.office == *office)
        || zone.people.referrals.values().any(|open| open.person == Some(id) && open.office == *office)
}
