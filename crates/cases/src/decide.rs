//! Deciding: pure, without a clock, without chance.

use crate::door::entity;
use crate::migration::{self, Migration};
use crate::model::{Case, Command, Disclosed, Event, Leg, LegState, Outcome, Stage, State};
use crate::refusal::Refusal;
use crate::{
    OfficeTime, attachments, closures, handing, legs, notices, offices, opening, payments, remarks, rosters, views,
    work,
};
use base::{Actor, Answer, CaseId, Ctx, Date, Entity, Key, PersonId, Question, Sealed};
use parties::principal;
use profile::{Profile, Service};

/// Decides one command against this room and the rooms it looks into.
pub fn decide(
    state: &State,
    people: &parties::State,
    permits: &permits::State,
    profile: &Profile,
    command: Command,
    ctx: &Ctx,
) -> Result<Vec<Event>, Refusal> {
    let room = Room { state, people, permits, profile, ctx };
    match command {
        Command::Open { service, organisation, about, answers, requested_day, disclosed, attachments } => {
            let opening = opening::Opening { service: &service, organisation, about };
            opening::open(&room, opening, opening::Brought { answers, requested_day, disclosed, attachments })
        }
        Command::Submit { case } => opening::submit(&room, case),
        Command::Withdraw { case } => room.withdraw(case),
        Command::Take { case, leg } => handing::take(&room, case, &leg),
        Command::Decide { case, leg, verdict, reason } => legs::decide(&room, case, &leg, verdict, reason),
        Command::DecideByRule { case, leg, watchlisted, registered_elsewhere } => {
            legs::decide_by_rule(&room, case, &leg, watchlisted, &registered_elsewhere)
        }
        Command::Ask { case, leg, question } => legs::ask_applicant(&room, case, &leg, question),
        Command::Answer { case, leg, answer } => legs::answer(&room, case, &leg, answer),
        Command::DeclareClosure { kind, bank, offices, from, until } => {
            closures::declare(&room, closures::Declaration { kind, bank, offices, from, until })
        }
        Command::CorrectClosure { closure, from, until } => closures::correct(&room, closure, from, until),
        Command::VoidClosure { closure } => closures::void(&room, closure),
        Command::Remind { case, leg } => notices::remind(&room, case, &leg),
        Command::Work { case, leg, act } => work::decide(&room, case, &leg, act),
        Command::Office { office, command } => offices::decide(&room, office, command),
        Command::Remark { case, audience, text } => remarks::remark(&room, case, audience, text),
        Command::Migrate { case, to, disclosed } => migration::migrate(&room, case, to, disclosed),
        Command::RecordViews { views } => views::record(&room, views),
        Command::Attach { case, attachments } => attachments::attach(&room, case, attachments),
        Command::ReadAttachment { case, file } => attachments::read(&room, case, &file),
        Command::UploadRoster { .. } | Command::MendRoster { .. } => rosters::decide(&room, command),
    }
}

/// What moving a case to a newer version of its service would do to its legs. Nothing is moved.
///
/// # Errors
/// Why it cannot be moved.
pub fn plan_migration(
    state: &State,
    people: &parties::State,
    permits: &permits::State,
    profile: &Profile,
    (case, to, disclosed): (CaseId, u32, &Disclosed),
    ctx: &Ctx,
) -> Result<Migration, Refusal> {
    let room = Room { state, people, permits, profile, ctx };
    let known = room.case(case)?;
    let service = profile.service_version(&known.service, to);
    let service = service.ok_or_else(|| Refusal::ServiceMustBeKnown { service: known.service.clone() })?;
    migration::plan(&room, case, known, service, disclosed)
}

/// The state, the zone and the circumstances, together: what every check needs.
pub(crate) struct Room<'a> {
    pub state: &'a State,
    pub people: &'a parties::State,
    pub permits: &'a permits::State,
    pub profile: &'a Profile,
    pub ctx: &'a Ctx<'a>,
}

impl<'a> Room<'a> {
    pub fn service(&self, service: &Key) -> Result<&'a Service, Refusal> {
        self.profile.services.get(service).ok_or_else(|| Refusal::ServiceMustBeKnown { service: service.clone() })
    }

    /// The version of the service that the case stays on.
    pub fn service_of(&self, case: &Case) -> Result<&'a Service, Refusal> {
        let known = self.profile.service_at(&case.service, case.service_version);
        known.ok_or_else(|| Refusal::ServiceMustBeKnown { service: case.service.clone() })
    }

    pub fn case(&self, case: CaseId) -> Result<&'a Case, Refusal> {
        self.state.cases.get(&case).map(|known| &**known).ok_or(Refusal::CaseMustBeKnown { case })
    }

    pub fn acting_person(&self) -> Result<PersonId, Refusal> {
        self.ctx.actor.person().ok_or(Refusal::PersonMustAct)
    }

    pub fn question(&self, action: &'static str, resource: Entity) -> Question {
        Question::new(action, principal(self.people, self.profile, self.ctx.actor, self.ctx.now), resource)
    }

    pub fn may(&self, action: &'static str, id: CaseId, case: &Case, leg: Option<&Leg>) -> Result<Answer, Refusal> {
        self.ctx.ask(&self.question(action, entity(self.state, id, case, leg))).map_err(Refusal::RuledOut)
    }

    pub fn today(&self, leg: &Leg) -> Date {
        self.profile.local_date(leg.bank, self.ctx.now)
    }

    /// The working time of the leg's office, as it is known today.
    pub fn time(&self, case: CaseId, leg: &Leg) -> Result<OfficeTime<'a>, Refusal> {
        let missing = || Refusal::LegMustBeKnown { case, leg: leg.key.clone() };
        OfficeTime::of(self.state, self.profile, &leg.office).ok_or_else(missing)
    }

    /// The subject's own key must seal whatever is written about them.
    pub fn own_seal(&self, subject: PersonId, sealed: &Sealed) -> Result<(), Refusal> {
        let known = parties::person(self.people, subject).ok_or(Refusal::SubjectMustBeKnown)?;
        if sealed.of == known.subject { Ok(()) } else { Err(Refusal::SealMustBeTheSubjectsOwn) }
    }

    fn withdraw(&self, id: CaseId) -> Result<Vec<Event>, Refusal> {
        let case = self.case(id)?;
        if !self.ends_with_its_subject(case) {
            self.may("withdraw_case", id, case, None)?;
        }
        match case.stage {
            Stage::Decided(_) => Err(Refusal::CaseMustNotBeDecided { case: id }),
            Stage::Confirming | Stage::Deciding => {
                let refunds = payments::refunds(id, &case.legs, Outcome::Withdrawn);
                Ok(refunds.into_iter().chain([Event::Withdrawn { case: id }]).collect())
            }
        }
    }

    /// A case about somebody who was erased ends with them: that was ruled on when they were erased.
    fn ends_with_its_subject(&self, case: &Case) -> bool {
        let erased = parties::person(self.people, case.subject).is_some_and(|person| person.erased);
        erased && *self.ctx.actor == Actor::System
    }

    /// The case and its leg, if the actor may do `action` with it and it has not been decided.
    pub fn undecided(&self, action: &'static str, id: CaseId, key: &Key) -> Result<(&'a Case, &'a Leg), Refusal> {
        let case = self.case(id)?;
        let leg = find_leg(id, case, key)?;
        self.acting_person()?;
        self.may(action, id, case, Some(leg))?;
        self.still_undecided(id, case, leg)?;
        Ok((case, leg))
    }

    /// Whoever was second is told when, and by whom where that is a colleague's name to hear: the other bank and the
    /// applicant know of officers the office alone.
    pub fn still_undecided(&self, id: CaseId, case: &Case, leg: &Leg) -> Result<(), Refusal> {
        let bank = match self.ctx.actor {
            Actor::Officer { office, .. } => self.profile.office(office).map(|office| office.bank),
            Actor::Anonymous
            | Actor::System
            | Actor::Operator
            | Actor::Gate { .. }
            | Actor::Person { .. }
            | Actor::Clerk { .. }
            | Actor::Delegate { .. } => None,
        };
        still_undecided(id, case, leg).map_err(|refusal| match refusal {
            Refusal::LegMustBeUndecided { case, leg: key, at, .. } if bank != Some(leg.bank) => {
                Refusal::LegMustBeUndecided { case, leg: key, by: None, at }
            }
            other => other,
        })
    }
}

pub(crate) fn find_leg<'a>(id: CaseId, case: &'a Case, key: &Key) -> Result<&'a Leg, Refusal> {
    let missing = || Refusal::LegMustBeKnown { case: id, leg: key.clone() };
    case.legs.iter().find(|leg| leg.key == *key).ok_or_else(missing)
}

fn still_undecided(id: CaseId, case: &Case, leg: &Leg) -> Result<(), Refusal> {
    if case.stage == Stage::Deciding && leg.state.is_undecided() {
        return Ok(());
    }
    match (leg.decided_at, leg.state) {
        (Some(_), _) => {
            Err(Refusal::LegMustBeUndecided { case: id, leg: leg.key.clone(), by: leg.officer, at: leg.decided_at })
        }
        (None, LegState::Waiting) => Err(Refusal::LegMustHaveBegun { case: id, leg: leg.key.clone() }),
        (None, _) => Err(Refusal::CaseMustBeDeciding { case: id }),
    }
}
