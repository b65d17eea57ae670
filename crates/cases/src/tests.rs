//! Given a case, when somebody does something with it, then this is what comes of it: with the zone folder's own services,
//! calendars and rules.

mod attachments;
mod clocks;
mod closures;
mod deciding;
mod delegations;
mod legs;
mod links;
mod notices;
mod opening;
mod organisations;
mod outcomes;
mod record;
mod refusals;
mod rosters;
mod sequences;
mod world;

use crate::{
    About, Act, Case, Command, Disclosed, Event, LegState, LegVerdict, Outcome, Refusal, Stage, State, decide, evolve,
};
use base::{
    Actor, Bank, CaseId, ClosureId, Ctx, Instant, Key, OrganisationId, PermitId, PersonId, Recorded, Refuse, Rules,
    Sealed,
};
use profile::HalfDay;
use world::{PEOPLE, PERMITS, PROFILE, RULES, key, sealed};

const NINE_ON_MONDAY: Instant = Instant(1_795_395_600_000); // 2026-11-23 09:00 in Hong Kong

const CLERK: &str = "clerk:P-1:O-1";
const SUBJECT: &str = "person:P-2";
const VISITOR: &str = "person:P-8";
const SOUTH: &str = "officer:P-3:hk-immigration";
const NORTH: &str = "officer:P-4:sz-exit-entry";
const SUPERVISION: &str = "officer:P-7:hk-supervision";
const DATA: &str = "officer:P-9:hk-data";

/// The room under test, and its clock.
#[derive(Clone)]
struct Cases {
    state: State,
    now: Instant,
    sequence: u64,
    people: parties::State,
}

impl Cases {
    fn new() -> Self {
        Self { state: State::default(), now: NINE_ON_MONDAY, sequence: 0, people: PEOPLE.clone() }
    }

    /// C-1: the clerk of O-1 applied for a commuter pass for P-2, who confirmed.
    fn submitted() -> Self {
        let mut cases = Self::new();
        cases.check(CLERK, open("commuter-pass", 2), "opened").check(SUBJECT, submit(1), "submitted");
        cases
    }

    fn decide_by(&self, actor: &str, command: Command, rules: &dyn Rules) -> Result<Vec<Event>, Refusal> {
        let actor: Actor = actor.parse().unwrap();
        decide(&self.state, &self.people, &PERMITS, &PROFILE, command, &Ctx { now: self.now, actor: &actor, rules })
    }

    /// What the room of people has recorded besides.
    fn knows(&mut self, event: &parties::Event) {
        parties::evolve(&mut self.people, event, &Recorded { sequence: 0, at: self.now, actor: &Actor::System });
    }

    fn fold(&mut self, actor: &str, events: &[Event]) {
        let actor: Actor = actor.parse().unwrap();
        for event in events {
            evolve(&mut self.state, event, &Recorded { sequence: self.sequence, at: self.now, actor: &actor });
            self.sequence += 1;
        }
    }

    /// When `actor` gives the command, then these events follow, by name, or this refusal: `refused: code`, with the
    /// rule behind it where it is the rulebook's. What was decided is folded.
    #[track_caller]
    fn check(&mut self, actor: &str, command: Command, want: &str) -> &mut Self {
        let decided = self.decide_by(actor, command, &*RULES);
        assert_eq!(in_words(&decided), want, "{decided:?}");
        self.fold(actor, &decided.unwrap_or_default());
        self
    }

    fn at(&mut self, hong_kong_time: &str) -> &mut Self {
        let time: jiff::Timestamp = format!("{hong_kong_time}+08:00").parse().unwrap();
        self.now = Instant::of(time);
        self
    }

    fn case(&self, id: u32) -> &Case {
        crate::case(&self.state, CaseId(id)).unwrap()
    }

    fn leg(&self, id: u32, leg: &str) -> &crate::Leg {
        self.case(id).legs.iter().find(|known| known.key.as_str() == leg).unwrap()
    }

    fn queue(&self, office: &str) -> Vec<u32> {
        crate::for_office(&self.state, &PROFILE, office, self.now).map(|(id, _)| id.0).collect()
    }
}

fn in_words(decided: &Result<Vec<Event>, Refusal>) -> String {
    match decided {
        Ok(events) => events.iter().map(name).collect::<Vec<_>>().join(" + "),
        Err(refusal) => match refusal.answer() {
            Some(answer) if answer.policies.is_empty() => "refused: nothing permits it".into(),
            Some(answer) => format!("refused: {}", answer.policies[0]),
            None => format!("refused: {}", refusal.code()),
        },
    }
}

fn name(event: &Event) -> String {
    serde_json::to_value(event).unwrap().as_object().unwrap().keys().next().unwrap().clone()
}

fn open_about(service: &str, organisation: Option<u32>, about: About) -> Command {
    let (service, organisation) = (key(service), organisation.map(OrganisationId));
    let disclosed = Disclosed::default();
    Command::Open {
        service,
        organisation,
        about,
        answers: None,
        requested_day: None,
        disclosed,
        attachments: Vec::new(),
    }
}

/// An application of O-1 for a person.
fn open(service: &str, person: u32) -> Command {
    open_about(service, Some(1), About::Person(PersonId(person)))
}

fn on_day(day: &str, mut command: Command) -> Command {
    if let Command::Open { requested_day, .. } = &mut command {
        *requested_day = Some(day.parse().unwrap());
    }
    command
}

fn with_answers(sealed: Sealed, mut command: Command) -> Command {
    if let Command::Open { answers, .. } = &mut command {
        *answers = Some(sealed);
    }
    command
}

/// O-1 applies for 250 pieces of a class of goods.
fn open_goods(class: &str) -> Command {
    let mut command = open_about("in-order", Some(1), About::Organisation(OrganisationId(1)));
    if let Command::Open { disclosed, .. } = &mut command {
        *disclosed = Disclosed { choices: [(key("class"), key(class))].into(), balance: Some(250), organisation: None };
    }
    command
}

/// Offices of Hong Kong, or all, are closed on these dates from morning to evening.
fn close(kind: &str, offices: &[&str], from: &str, until: &str) -> Command {
    close_halves(kind, offices, HalfDay::morning(from.parse().unwrap()), HalfDay::afternoon(until.parse().unwrap()))
}

fn close_halves(kind: &str, offices: &[&str], from: HalfDay, until: HalfDay) -> Command {
    let offices = offices.iter().map(|office| key(office)).collect();
    Command::DeclareClosure { kind: key(kind), bank: Bank::South, offices, from, until }
}

fn void(closure: u32) -> Command {
    Command::VoidClosure { closure: ClosureId(closure) }
}

fn submit(case: u32) -> Command {
    Command::Submit { case: CaseId(case) }
}

fn withdraw(case: u32) -> Command {
    Command::Withdraw { case: CaseId(case) }
}

fn take(case: u32, leg: &str) -> Command {
    Command::Take { case: CaseId(case), leg: key(leg) }
}

fn verdict(case: u32, leg: &str, verdict: LegVerdict, reason: Sealed) -> Command {
    Command::Decide { case: CaseId(case), leg: key(leg), verdict, reason }
}

/// C-1 and its reasons are about P-2; so are the other cases of these tests, but for the visitor's.
fn approve(case: u32, leg: &str) -> Command {
    verdict(case, leg, LegVerdict::Approved, sealed(2))
}

fn refuse(case: u32, leg: &str) -> Command {
    verdict(case, leg, LegVerdict::Refused, sealed(2))
}

fn decide_by_rule(case: u32, leg: &str, watchlisted: bool) -> Command {
    Command::DecideByRule { case: CaseId(case), leg: key(leg), watchlisted, registered_elsewhere: Vec::new() }
}

fn ask(case: u32, leg: &str) -> Command {
    Command::Ask { case: CaseId(case), leg: key(leg), question: sealed(2) }
}

fn work(case: u32, leg: &str, act: Act) -> Command {
    Command::Work { case: CaseId(case), leg: key(leg), act }
}

fn answer(case: u32, leg: &str) -> Command {
    Command::Answer { case: CaseId(case), leg: key(leg), answer: sealed(2) }
}
