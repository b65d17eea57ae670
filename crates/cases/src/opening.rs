//! Opening a case and submitting it: who may apply for what, and which legs there are for these answers.

use crate::Clock;
use crate::attachments::{self, Attachment};
use crate::decide::Room;
use crate::door::entity;
use crate::links;
use crate::model::{About, Case, Disclosed, Event, Leg, LegState, Stage, State};
use crate::outcome::waits_for;
use crate::refusal::Refusal;
use crate::standing::with_standing;
use crate::tasks::LegWork;
use base::{Actor, Bank, CaseId, Ctx, Date, Key, OrganisationId, PersonId, Sealed};
use profile::{Applicant, ChangeKind, Effect, FieldKind, JointOutcome, LegPlan, NEW_ORGANISATION, Profile, Service};
use serde_json::Value;

/// What is applied for, by whom, before anything is typed.
#[derive(Clone, Copy)]
pub(crate) struct Opening<'a> {
    pub service: &'a Key,
    pub organisation: Option<OrganisationId>,
    pub about: About,
}

/// What is brought along.
pub(crate) struct Brought {
    pub answers: Option<Sealed>,
    pub requested_day: Option<Date>,
    pub disclosed: Disclosed,
    pub attachments: Vec<Attachment>,
}

/// Whether the actor may open such a case, asked before anything is typed: all that `Command::Open` looks at but the
/// answers. Without `about`, the form will name somebody who is new to the park, whom the organisation applies for.
pub fn may_open(
    state: &State,
    people: &parties::State,
    permits: &permits::State,
    profile: &Profile,
    service: &Key,
    about: Option<About>,
    ctx: &Ctx,
) -> Result<(), Refusal> {
    let room = Room { state, people, permits, profile, ctx };
    let organisation = organisation_of(ctx.actor);
    match about {
        Some(about) => {
            let (service, new) = begin(&room, Opening { service, organisation, about })?;
            no_twin(&room, service, &new)
        }
        None => {
            let service = room.service(service)?;
            if service.about != profile::About::Person {
                return Err(Refusal::ServiceMustMatchWhatItIsAbout);
            }
            let new = new_case(&room, service, organisation, About::Person(PersonId(0)), PersonId(0))?;
            ask(&room, service, &new, organisation.is_some())
        }
    }
}

/// The organisation for which somebody acts.
fn organisation_of(actor: &Actor) -> Option<OrganisationId> {
    actor.organisation()
}

pub(crate) fn open(room: &Room, opening: Opening, brought: Brought) -> Result<Vec<Event>, Refusal> {
    let Brought { answers, requested_day, disclosed, attachments } = brought;
    let (service, mut new) = begin(room, opening)?;
    (new.requested_day, new.disclosed) = (requested_day, disclosed);
    the_day(room, service, &new)?;
    no_twin(room, service, &new)?;
    check_disclosed(links::form_service(room.state, room.profile, service, new.about), &new.disclosed)?;
    new_holder(room, &new)?;
    if let Some(answers) = &answers {
        room.own_seal(new.subject, answers)?;
    }
    attachments::fit(room, service, new.subject, &attachments, true)?;
    let case = next(room);
    let submitted = if service.confirmed_by_subject { None } else { Some(submitted(room, service, case, &new)?) };
    let Case { service: key, service_version, applicant, organisation, about, subject, disclosed, .. } = new;
    let opened = Event::Opened {
        case,
        service: key,
        service_version,
        applicant,
        organisation,
        about,
        subject,
        answers,
        requested_day,
        disclosed,
        attachments,
    };
    Ok(std::iter::once(opened).chain(submitted).collect())
}

/// The case as it would be, where the actor may open it.
fn begin<'a>(room: &Room<'a>, opening: Opening) -> Result<(&'a Service, Case), Refusal> {
    let Opening { service, mut organisation, about } = opening;
    let service = room.service(service)?;
    let acting_for = organisation;
    let first = match about {
        About::Change(link) => Some(room.case(link.case)?),
        About::Person(_) | About::Permit(_) | About::Organisation(_) => None,
    };
    // What changes a case belongs to whom the first belongs to, whoever asks.
    if let Some(first) = first {
        organisation = first.organisation;
    }
    let subject = subject_of(room, about)?;
    let person = parties::person(room.people, subject).filter(|person| !person.erased);
    let person = person.ok_or(Refusal::SubjectMustBeKnown)?;
    let new = new_case(room, service, organisation, about, subject)?;
    let same_organisation = match about {
        About::Organisation(about) => organisation == Some(about),
        About::Change(_) => organisation.is_some() && organisation == acting_for,
        About::Person(_) | About::Permit(_) => organisation.is_some_and(|of| belongs_to(person, of)),
    };
    ask(room, service, &new, same_organisation)?;
    if !fits(service.about, about) {
        return Err(Refusal::ServiceMustMatchWhatItIsAbout);
    }
    if let About::Change(link) = about {
        links::allowed(room, service, link)?;
    }
    Ok((service, new))
}

fn new_case(
    room: &Room,
    service: &Service,
    organisation: Option<OrganisationId>,
    about: About,
    subject: PersonId,
) -> Result<Case, Refusal> {
    Ok(Case {
        service: service.key.clone(),
        service_version: service.version,
        applicant: room.acting_person()?,
        organisation,
        delegation: room.ctx.actor.delegation(),
        about,
        subject,
        requested_day: None,
        disclosed: Disclosed::default(),
        stage: Stage::Confirming,
        opened_at: room.ctx.now,
        decided_at: None,
        rule: JointOutcome::default(),
        legs: Box::default(),
        entries: Vec::new(),
    })
}

fn ask(room: &Room, service: &Service, new: &Case, same_organisation: bool) -> Result<(), Refusal> {
    let question = room
        .question("open_case", entity(room.state, next(room), new, None))
        .with("applicant_role", role_for(room, service, new))
        .with("same_organisation", same_organisation)
        .with("applications_left", applications_left(room));
    let question = with_standing(room, question, new);
    room.ctx.ask(&question).map(drop).map_err(Refusal::RuledOut)
}

/// How many more applications the actor's delegation allows; -1 where there is no limit, or no delegation.
fn applications_left(room: &Room) -> i64 {
    let Some(id) = room.ctx.actor.delegation() else { return -1 };
    crate::applications_left(room.state, room.people, id).map_or(-1, i64::from)
}

/// Whoever works for an organisation, acts for it, or visits it at its word; nobody else is its clerks' to apply for.
fn belongs_to(person: &parties::Person, organisation: OrganisationId) -> bool {
    [person.employer, person.host, person.clerk_of].contains(&Some(organisation))
}

fn next(room: &Room) -> CaseId {
    room.state.cases.get_max().map_or(CaseId(1), |(last, _)| last.next())
}

/// Whose key seals what is written: an organisation's case is sealed by the clerk who applies.
fn subject_of(room: &Room, about: About) -> Result<PersonId, Refusal> {
    match about {
        About::Person(person) => Ok(person),
        About::Permit(permit) => {
            let known = permits::permit(room.permits, permit);
            known.map(|known| known.issue.holder).ok_or(Refusal::PermitMustBeKnown { permit })
        }
        About::Organisation(_) => room.acting_person(),
        About::Change(link) => room.case(link.case).map(|first| first.subject),
    }
}

fn fits(service: profile::About, about: About) -> bool {
    match about {
        About::Person(_) => service == profile::About::Person,
        About::Permit(_) => service == profile::About::Permit,
        About::Organisation(_) => service == profile::About::Organisation,
        About::Change(_) => service == profile::About::Case,
    }
}

/// Of what is an organisation's own, its clerks ask for changes, and nobody as a private person.
fn role_for(room: &Room, service: &Service, new: &Case) -> &'static str {
    match links::root(room.state, new).about {
        About::Organisation(_) => "clerk",
        About::Person(_) | About::Permit(_) | About::Change(_) => applicant_role(service, room.ctx.actor),
    }
}

/// What is transferred goes to another organisation, for which somebody acts.
fn new_holder(room: &Room, new: &Case) -> Result<(), Refusal> {
    let transfers = new.changes().is_some_and(|link| link.kind == ChangeKind::Transfer);
    match new.disclosed.organisation {
        None if !transfers => Ok(()),
        Some(to) if transfers && Some(to) != new.organisation && parties::clerk_of(room.people, to).is_some() => Ok(()),
        Some(_) | None => Err(Refusal::TransferMustGoToAnotherOrganisation),
    }
}

/// The capacity in which the service is applied for: the actor's where it is one of the service's, else the first of
/// the service's, which the rulebook then finds that the actor has not.
fn applicant_role(service: &Service, actor: &Actor) -> &'static str {
    let acting = match actor {
        Actor::Clerk { .. } | Actor::Delegate { .. } => Some(Applicant::Clerk),
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

fn the_day(room: &Room, service: &Service, new: &Case) -> Result<(), Refusal> {
    if let Effect::IssuePermit(template) = &service.effect
        && template.days_from_request
    {
        let day = new.requested_day.ok_or(Refusal::RequestedDayMustBeGiven)?;
        let banks = Bank::BOTH.map(|bank| room.profile.local_date(bank, room.ctx.now));
        if banks.iter().any(|today| day < *today) {
            return Err(Refusal::RequestedDayMustNotBePast);
        }
    }
    Ok(())
}

/// One application at a time; but a person has many questions, and an organisation asks for one quantity after another.
fn no_twin(room: &Room, service: &Service, new: &Case) -> Result<(), Refusal> {
    let several = match &service.effect {
        Effect::Answer => true,
        Effect::Grant(template) => template.balance_field.is_some(),
        // Of changes one is open at a time; which, was looked at before.
        Effect::Change => true,
        Effect::IssuePermit(_) | Effect::RevokePermit | Effect::ErasePerson => false,
    };
    if several {
        return Ok(());
    }
    let is_twin = |(_, other): &(CaseId, &Case)| {
        let same = other.service == new.service && other.about == new.about && other.requested_day == new.requested_day;
        same && !matches!(other.stage, Stage::Decided(_))
    };
    // Two clerks of one organisation may have applied: the subject of its cases is not always the same.
    let twin = match new.about {
        About::Organisation(organisation) => crate::of_organisation(room.state, organisation).find(is_twin),
        About::Person(_) | About::Permit(_) | About::Change(_) => {
            crate::of_subject(room.state, new.subject).find(is_twin)
        }
    };
    twin.map_or(Ok(()), |(case, _)| Err(Refusal::CaseMustBeTheOnlyOneOpen { case }))
}

impl Disclosed {
    /// What a service needs to know of the answers in plain text.
    pub fn of(service: &Service, answers: &Value) -> Self {
        let text = |field: &Key| answers.get(field.as_str()).and_then(Value::as_str).and_then(Key::new);
        let choices = deciding_fields(service).filter_map(|field| Some((field.clone(), text(field)?))).collect();
        let balance = balance_field(service).and_then(|field| answers.get(field.as_str())).and_then(Value::as_i64);
        let organisation = answers.get(NEW_ORGANISATION).and_then(Value::as_str).and_then(|text| text.parse().ok());
        Self { choices, balance, organisation }
    }
}

/// The fields on which a leg depends.
fn deciding_fields(service: &Service) -> impl Iterator<Item = &Key> {
    service.legs.iter().filter_map(|leg| leg.when.as_ref()).map(|when| &when.field)
}

fn balance_field(service: &Service) -> Option<&Key> {
    match &service.effect {
        Effect::Grant(template) => template.balance_field.as_ref(),
        Effect::IssuePermit(_) | Effect::Answer | Effect::RevokePermit | Effect::ErasePerson | Effect::Change => None,
    }
}

/// Nothing is told in plain text but what the service asks for, and nothing that it asks for is left out.
pub(crate) fn check_disclosed(service: &Service, disclosed: &Disclosed) -> Result<(), Refusal> {
    for (field, chosen) in &disclosed.choices {
        let asked = deciding_fields(service).any(|known| known == field);
        let options = match service.form.field(field.as_str()).map(|field| &field.kind) {
            Some(FieldKind::Choice(options) | FieldKind::Select(options)) => options.as_slice(),
            _ => &[],
        };
        if !asked || !options.iter().any(|option| option.key == *chosen) {
            return Err(Refusal::DisclosureMustBeTheServices);
        }
    }
    if disclosed.balance.is_some() && balance_field(service).is_none() {
        return Err(Refusal::DisclosureMustBeTheServices);
    }
    let required = |field: &&Key| service.form.field(field.as_str()).is_some_and(|field| field.required);
    let not_given = deciding_fields(service).filter(required).find(|field| !disclosed.choices.contains_key(*field));
    let no_balance = balance_field(service).filter(|_| disclosed.balance.is_none());
    match not_given.or(no_balance) {
        Some(field) => Err(Refusal::ChoiceMustBeGiven { field: field.clone() }),
        None => Ok(()),
    }
}

pub(crate) fn submit(room: &Room, id: CaseId) -> Result<Vec<Event>, Refusal> {
    let case = room.case(id)?;
    room.may("submit_case", id, case, None)?;
    if case.stage != Stage::Confirming {
        return Err(Refusal::CaseMustBeConfirming { case: id });
    }
    let service = room.service_of(case)?;
    let person = parties::person(room.people, case.subject).ok_or(Refusal::SubjectMustBeKnown)?;
    let today = room.profile.local_date(person.home_bank, room.ctx.now);
    if person.document.as_ref().is_none_or(|document| document.expires < today) {
        return Err(Refusal::DocumentMustBeConfirmed);
    }
    let missing = service
        .consents
        .iter()
        .find(|wanted| !person.consents.iter().any(|given| given.key == wanted.key && given.version == wanted.version));
    if let Some(missing) = missing {
        return Err(Refusal::ConsentMustBeGiven { consent: missing.key.clone() });
    }
    Ok(vec![submitted(room, service, id, case)?])
}

fn submitted(room: &Room, service: &Service, id: CaseId, case: &Case) -> Result<Event, Refusal> {
    let (legs, rule) = legs_for(room, service, id, case)?;
    Ok(Event::Submitted { case: id, legs, rule })
}

/// The legs that there are for these answers: those that wait for nobody begin now.
pub(crate) fn legs_for(
    room: &Room,
    service: &Service,
    id: CaseId,
    case: &Case,
) -> Result<(Vec<Leg>, JointOutcome), Refusal> {
    let plans = links::plans(room, service, case)?;
    let choices = plans.choices;
    let is_there = |plan: &&&LegPlan| plan.when.as_ref().is_none_or(|when| choices.get(&when.field) == Some(&when.is));
    let present: Vec<&LegPlan> = plans.all.iter().filter(is_there).copied().collect();
    let legs = present.iter().map(|plan| leg(room, plan, waits_for(&plans.all, &present, plan), id));
    Ok((legs.collect::<Result<_, _>>()?, plans.outcome))
}

fn leg(room: &Room, plan: &LegPlan, after: Box<[Key]>, case: CaseId) -> Result<Leg, Refusal> {
    let missing = || Refusal::LegMustBeKnown { case, leg: plan.key.clone() };
    let office = room.profile.offices.get(&plan.office).ok_or_else(missing)?;
    let today = room.profile.local_date(office.bank, room.ctx.now);
    let (state, clock) = if after.is_empty() {
        (LegState::Open, Clock::start(today, plan.working_days))
    } else {
        (LegState::Waiting, Clock::waiting(plan.working_days))
    };
    Ok(Leg {
        key: plan.key.clone(),
        office: office.key.clone(),
        bank: office.bank,
        kind: plan.kind,
        after,
        state,
        clock,
        officer: None,
        decided_at: None,
        work: LegWork::of(plan),
    })
}
