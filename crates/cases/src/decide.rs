//! Deciding: pure, without a clock, without chance.

use crate::door::entity;
use crate::model::{About, Case, Command, Event, Leg, LegState, LegVerdict, Outcome, Refusal, Stage, State};
use crate::{Clock, rosters};
use base::{Actor, Answer, CaseId, Ctx, Date, Entity, Instant, Key, OrganisationId, PersonId, Question, Sealed};
use parties::principal;
use profile::{Applicant, Calendar, Decider, Effect, Profile, Service};

/// How far back visits are counted for a rule that decides alone, and misuse of passes that a host vouched for.
const VISITS_WITHIN: i64 = 30 * Instant::DAY;
const MISUSE_WITHIN: i64 = 90 * Instant::DAY;

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
        Command::Open { service, organisation, about, answers, requested_day } => {
            room.open(&service, organisation, about, answers, requested_day)
        }
        Command::Submit { case } => room.submit(case),
        Command::Withdraw { case } => room.withdraw(case),
        Command::Take { case, leg } => {
            let (_, leg) = room.undecided("take_leg", case, &leg)?;
            Ok(vec![Event::LegTaken { case, leg: leg.key.clone(), officer: room.acting_person()? }])
        }
        Command::Decide { case, leg, verdict, reason } => room.decide_leg(case, &leg, verdict, reason),
        Command::DecideByRule { case, leg, watchlisted } => room.decide_by_rule(case, &leg, watchlisted),
        Command::Ask { case, leg, question } => room.ask_applicant(case, &leg, question),
        Command::Answer { case, leg, answer } => room.answer(case, &leg, answer),
        Command::UploadRoster { .. } | Command::MendRoster { .. } => rosters::decide(&room, command),
    }
}

/// The state, the zone and the circumstances, together: what every check needs.
pub(crate) struct Room<'a> {
    pub state: &'a State,
    pub people: &'a parties::State,
    permits: &'a permits::State,
    pub profile: &'a Profile,
    pub ctx: &'a Ctx<'a>,
}

impl<'a> Room<'a> {
    pub fn service(&self, service: &Key) -> Result<&'a Service, Refusal> {
        self.profile.services.get(service).ok_or_else(|| Refusal::ServiceMustBeKnown { service: service.clone() })
    }

    fn case(&self, case: CaseId) -> Result<&'a Case, Refusal> {
        self.state.cases.get(&case).map(|known| &**known).ok_or(Refusal::CaseMustBeKnown { case })
    }

    pub fn acting_person(&self) -> Result<PersonId, Refusal> {
        self.ctx.actor.person().ok_or(Refusal::PersonMustAct)
    }

    pub fn question(&self, action: &'static str, resource: Entity) -> Question {
        Question::new(action, principal(self.people, self.profile, self.ctx.actor), resource)
    }

    fn may(&self, action: &'static str, id: CaseId, case: &Case, leg: Option<&Leg>) -> Result<Answer, Refusal> {
        self.ctx.ask(&self.question(action, entity(id, case, leg))).map_err(Refusal::RuledOut)
    }

    fn today(&self, leg: &Leg) -> Date {
        self.profile.local_date(leg.bank, self.ctx.now)
    }

    fn calendar(&self, case: CaseId, leg: &Leg) -> Result<&'a Calendar, Refusal> {
        let missing = || Refusal::LegMustBeKnown { case, leg: leg.key.clone() };
        self.profile.calendar_of_office(&leg.office).ok_or_else(missing)
    }

    /// The subject's own key must seal whatever is written about them.
    fn own_seal(&self, subject: PersonId, sealed: &Sealed) -> Result<(), Refusal> {
        let known = parties::person(self.people, subject).ok_or(Refusal::SubjectMustBeKnown)?;
        if sealed.of == known.subject { Ok(()) } else { Err(Refusal::SealMustBeTheSubjectsOwn) }
    }

    fn open(
        &self,
        service: &Key,
        organisation: Option<OrganisationId>,
        about: About,
        answers: Option<Sealed>,
        requested_day: Option<Date>,
    ) -> Result<Vec<Event>, Refusal> {
        let service = self.service(service)?;
        let subject = self.subject_of(about)?;
        let person = parties::person(self.people, subject).filter(|person| !person.erased);
        let person = person.ok_or(Refusal::SubjectMustBeKnown)?;
        let case = self.state.cases.get_max().map_or(CaseId(1), |(last, _)| last.next());
        let new = Case {
            service: service.key.clone(),
            service_version: service.version,
            applicant: self.acting_person()?,
            organisation,
            about,
            subject,
            requested_day,
            stage: Stage::Confirming,
            opened_at: self.ctx.now,
            decided_at: None,
            legs: Box::default(),
            entries: Vec::new(),
        };
        let question = self
            .question("open_case", entity(case, &new, None))
            .with("applicant_role", applicant_role(service, self.ctx.actor))
            .with("same_organisation", organisation.is_some_and(|of| belongs_to(person, of)));
        self.ctx.ask(&question).map_err(Refusal::RuledOut)?;
        self.check_opening(service, &new)?;
        if let Some(answers) = &answers {
            self.own_seal(subject, answers)?;
        }
        let Case { service_version, applicant, .. } = new;
        let service_key = service.key.clone();
        let mut events = vec![Event::Opened {
            case,
            service: service_key,
            service_version,
            applicant,
            organisation,
            about,
            subject,
            answers,
            requested_day,
        }];
        if !service.confirmed_by_subject {
            events.push(Event::Submitted { case, legs: self.legs(service, case)? });
        }
        Ok(events)
    }

    fn subject_of(&self, about: About) -> Result<PersonId, Refusal> {
        match about {
            About::Person(person) => Ok(person),
            About::Permit(permit) => {
                let known = permits::permit(self.permits, permit);
                known.map(|known| known.issue.holder).ok_or(Refusal::PermitMustBeKnown { permit })
            }
        }
    }

    fn check_opening(&self, service: &Service, new: &Case) -> Result<(), Refusal> {
        let fits = match (service.about, new.about) {
            (profile::About::Person, About::Person(_)) | (profile::About::Permit, About::Permit(_)) => true,
            (profile::About::Person | profile::About::Organisation, About::Permit(_))
            | (profile::About::Permit | profile::About::Organisation, About::Person(_)) => false,
        };
        if !fits {
            return Err(Refusal::ServiceMustMatchWhatItIsAbout);
        }
        if let Effect::IssuePermit(template) = &service.effect
            && template.days_from_request
        {
            let day = new.requested_day.ok_or(Refusal::RequestedDayMustBeGiven)?;
            let banks = base::Bank::BOTH.map(|bank| self.profile.local_date(bank, self.ctx.now));
            if banks.iter().any(|today| day < *today) {
                return Err(Refusal::RequestedDayMustNotBePast);
            }
        }
        let twin = crate::of_subject(self.state, new.subject).find(|(_, other)| {
            let same =
                other.service == new.service && other.about == new.about && other.requested_day == new.requested_day;
            same && !matches!(other.stage, Stage::Decided(_))
        });
        twin.map_or(Ok(()), |(case, _)| Err(Refusal::CaseMustBeTheOnlyOneOpen { case }))
    }

    fn legs(&self, service: &Service, case: CaseId) -> Result<Vec<Leg>, Refusal> {
        service.legs.iter().map(|plan| self.leg(plan, case)).collect()
    }

    fn leg(&self, plan: &profile::LegPlan, case: CaseId) -> Result<Leg, Refusal> {
        let missing = || Refusal::LegMustBeKnown { case, leg: plan.key.clone() };
        let office = self.profile.offices.get(&plan.office).ok_or_else(missing)?;
        let calendar = self.profile.calendars.get(&office.calendar).ok_or_else(missing)?;
        let today = self.profile.local_date(office.bank, self.ctx.now);
        Ok(Leg {
            key: plan.key.clone(),
            office: office.key.clone(),
            bank: office.bank,
            state: LegState::Open,
            clock: Clock::start(calendar, today, plan.working_days),
            officer: None,
            decided_at: None,
        })
    }

    fn submit(&self, id: CaseId) -> Result<Vec<Event>, Refusal> {
        let case = self.case(id)?;
        self.may("submit_case", id, case, None)?;
        if case.stage != Stage::Confirming {
            return Err(Refusal::CaseMustBeConfirming { case: id });
        }
        let service = self.service(&case.service)?;
        let person = parties::person(self.people, case.subject).ok_or(Refusal::SubjectMustBeKnown)?;
        let today = self.profile.local_date(person.home_bank, self.ctx.now);
        if person.document.as_ref().is_none_or(|document| document.expires < today) {
            return Err(Refusal::DocumentMustBeConfirmed);
        }
        let missing = service.consents.iter().find(|wanted| {
            !person.consents.iter().any(|given| given.key == wanted.key && given.version == wanted.version)
        });
        if let Some(missing) = missing {
            return Err(Refusal::ConsentMustBeGiven { consent: missing.key.clone() });
        }
        Ok(vec![Event::Submitted { case: id, legs: self.legs(service, id)? }])
    }

    fn withdraw(&self, id: CaseId) -> Result<Vec<Event>, Refusal> {
        let case = self.case(id)?;
        if !self.ends_with_its_subject(case) {
            self.may("withdraw_case", id, case, None)?;
        }
        match case.stage {
            Stage::Decided(_) => Err(Refusal::CaseMustNotBeDecided { case: id }),
            Stage::Confirming | Stage::Deciding => Ok(vec![Event::Withdrawn { case: id }]),
        }
    }

    /// A case about somebody who was erased ends with them: that was ruled on when they were erased.
    fn ends_with_its_subject(&self, case: &Case) -> bool {
        let erased = parties::person(self.people, case.subject).is_some_and(|person| person.erased);
        erased && *self.ctx.actor == Actor::System
    }

    /// The case and its leg, if the actor may do `action` with it and it has not been decided.
    fn undecided(&self, action: &'static str, id: CaseId, key: &Key) -> Result<(&'a Case, &'a Leg), Refusal> {
        let case = self.case(id)?;
        let leg = find_leg(id, case, key)?;
        self.acting_person()?;
        self.may(action, id, case, Some(leg))?;
        still_undecided(id, case, leg)?;
        Ok((case, leg))
    }

    fn decide_leg(&self, id: CaseId, key: &Key, verdict: LegVerdict, reason: Sealed) -> Result<Vec<Event>, Refusal> {
        let case = self.case(id)?;
        let leg = find_leg(id, case, key)?;
        let action = match verdict {
            LegVerdict::Approved => "approve_leg",
            LegVerdict::Refused => "refuse_leg",
        };
        let officer = Some(self.acting_person()?);
        let ruling = self.may(action, id, case, Some(leg))?;
        still_undecided(id, case, leg)?;
        if leg.state != LegState::Open {
            return Err(Refusal::LegMustBeOpen { case: id, leg: key.clone() });
        }
        self.own_seal(case.subject, &reason)?;
        Ok(with_outcome(id, case, leg, verdict, officer, Some(reason), ruling))
    }

    fn decide_by_rule(&self, id: CaseId, key: &Key, watchlisted: bool) -> Result<Vec<Event>, Refusal> {
        let case = self.case(id)?;
        let leg = find_leg(id, case, key)?;
        still_undecided(id, case, leg)?;
        let service = self.service(&case.service)?;
        let by_rule = service.legs.iter().any(|plan| plan.key == *key && plan.by == Decider::Rule);
        if !by_rule || *self.ctx.actor != Actor::System {
            return Err(Refusal::LegMustBeLeftToTheRule { case: id, leg: key.clone() });
        }
        let person = parties::person(self.people, case.subject).ok_or(Refusal::SubjectMustBeKnown)?;
        let since = self.ctx.now.plus(-VISITS_WITHIN);
        let visits = match &service.effect {
            Effect::IssuePermit(template) => permits::issued_since(self.permits, case.subject, &template.kind, since),
            Effect::Grant(_) | Effect::Answer | Effect::RevokePermit | Effect::ErasePerson => 0,
        };
        let misused = case
            .organisation
            .is_some_and(|host| permits::misused_since(self.permits, host, self.ctx.now.plus(-MISUSE_WITHIN)));
        let question = self
            .question("decide_by_rule", entity(id, case, Some(leg)))
            .with("visits_last_30_days", i64::try_from(visits).unwrap_or(i64::MAX))
            .with("host_in_good_standing", case.organisation.is_some() && !misused)
            .with("document_confirmed", person.document.is_some())
            .with("watchlisted", watchlisted);
        match self.ctx.ask(&question) {
            Ok(ruling) => Ok(with_outcome(id, case, leg, LegVerdict::Approved, None, None, ruling)),
            Err(ruling) => Ok(vec![Event::LegLeftToOfficer { case: id, leg: key.clone(), ruling }]),
        }
    }

    fn ask_applicant(&self, id: CaseId, key: &Key, question: Sealed) -> Result<Vec<Event>, Refusal> {
        let (case, leg) = self.undecided("ask_applicant", id, key)?;
        if leg.state != LegState::Open {
            return Err(Refusal::LegMustBeOpen { case: id, leg: key.clone() });
        }
        self.own_seal(case.subject, &question)?;
        let clock = leg.clock.stop(self.calendar(id, leg)?, self.today(leg));
        let officer = self.acting_person()?;
        Ok(vec![Event::Asked { case: id, leg: key.clone(), officer, question, clock }])
    }

    fn answer(&self, id: CaseId, key: &Key, answer: Sealed) -> Result<Vec<Event>, Refusal> {
        let (case, leg) = self.undecided("answer_question", id, key)?;
        if leg.state != LegState::Asked {
            return Err(Refusal::LegMustBeAsked { case: id, leg: key.clone() });
        }
        self.own_seal(case.subject, &answer)?;
        let clock = leg.clock.resume(self.calendar(id, leg)?, self.today(leg));
        Ok(vec![Event::Answered { case: id, leg: key.clone(), answer, clock }])
    }
}

fn find_leg<'a>(id: CaseId, case: &'a Case, key: &Key) -> Result<&'a Leg, Refusal> {
    let missing = || Refusal::LegMustBeKnown { case: id, leg: key.clone() };
    case.legs.iter().find(|leg| leg.key == *key).ok_or_else(missing)
}

fn still_undecided(id: CaseId, case: &Case, leg: &Leg) -> Result<(), Refusal> {
    if case.stage == Stage::Deciding && leg.state.is_undecided() {
        return Ok(());
    }
    match leg.decided_at {
        Some(_) => {
            Err(Refusal::LegMustBeUndecided { case: id, leg: leg.key.clone(), by: leg.officer, at: leg.decided_at })
        }
        None => Err(Refusal::CaseMustBeDeciding { case: id }),
    }
}

/// One leg's verdict, and the joint outcome where it settles that: one refusal refuses, the last approval approves.
fn with_outcome(
    id: CaseId,
    case: &Case,
    leg: &Leg,
    verdict: LegVerdict,
    officer: Option<PersonId>,
    reason: Option<Sealed>,
    ruling: Answer,
) -> Vec<Event> {
    let others_approved =
        case.legs.iter().filter(|other| other.key != leg.key).all(|other| other.state == LegState::Approved);
    let mut events = vec![Event::LegDecided { case: id, leg: leg.key.clone(), verdict, officer, reason, ruling }];
    match verdict {
        LegVerdict::Refused => events.push(Event::Decided { case: id, outcome: Outcome::Refused }),
        LegVerdict::Approved if others_approved => {
            events.push(Event::Decided { case: id, outcome: Outcome::Approved });
        }
        LegVerdict::Approved => {}
    }
    events
}

/// Whoever works for an organisation, acts for it, or visits it at its word; nobody else is its clerks' to apply for.
fn belongs_to(person: &parties::Person, organisation: OrganisationId) -> bool {
    [person.employer, person.host, person.clerk_of].contains(&Some(organisation))
}

/// The capacity in which the service is applied for: the actor's where it is one of the service's, else the first of
/// the service's, which the rulebook then finds that the actor has not.
fn applicant_role(service: &Service, actor: &Actor) -> &'static str {
    let acting = match actor {
        Actor::Clerk { .. } => Some(Applicant::Clerk),
        Actor::Person { .. } => Some(Applicant::Person),
        Actor::Officer { .. } => Some(Applicant::Officer),
        Actor::Anonymous | Actor::System | Actor::Operator | Actor::Gate { .. } => None,
    };
    let offered = acting.filter(|applicant| service.may_be_applied_for_by(*applicant));
    match offered.or(service.applicants.first().copied()) {
        Some(Applicant::Clerk) => "clerk",
        Some(Applicant::Person) => "person",
        Some(Applicant::Officer) => "officer",
        None => "",
    }
}
