//! The plan as it is played: enrolment over some days, then days of crossings with visitors and a closed gate.

use super::plan::{Part, Plan, Progress};
use super::{Dates, ENROLMENT_DAYS};
use crate::days;
use crate::dice::Dice;
use crate::enrol::{Handling, Roster, Span, answer, apply, confirm, handle, link_phones};
use crate::error::SimulationError;
use crate::founding::Founded;
use crate::paperwork::{Applicant, Employer, LegOf};
use crate::play::agenda::{Showing, Step};
use crate::play::notes::Notes;
use crate::play::traffic::{Traffic, Traveller};
use crate::run::report::Outage;
use crate::services::{commuter_service, visitor_service, watch};
use crate::stage::Stage;
use base::{Bank, Date, Direction, Instant, Key};

/// Characters of visitors are numbered from here.
const VISITOR_NUMBERS: u32 = 40_000_000;
const OUTAGE: ((i64, i64), (i64, i64)) = ((8, 20), (9, 0));
/// Document that will be seen to have expired in the middle of the play: one in so many.
const DOCUMENT_EXPIRES_EVERY: u32 = 499;

pub(crate) struct Week<'a, S: Stage> {
    stage: &'a mut S,
    plan: &'a Plan,
    founded: &'a Founded,
    dates: &'a Dates,
    dice: Dice,
    /// Characters are numbered on from here, so that a second play in the same folder has other people.
    first_number: u32,
}

impl<'a, S: Stage> Week<'a, S> {
    pub fn new(stage: &'a mut S, plan: &'a Plan, founded: &'a Founded, dates: &'a Dates) -> Self {
        let first_number = stage.zone().parties.persons.get_max().map_or(0, |(last, _)| last.0);
        Self { stage, plan, founded, dates, dice: Dice::new(plan.seed), first_number }
    }

    fn span(&self, enrolment_day: usize, from: i64, until: i64) -> Span {
        let date = self.dates.enrolment.get(enrolment_day).copied().unwrap_or(self.dates.founded);
        let at = |hour| days::at(self.stage.profile(), date, hour, 0);
        Span { from: at(from), until: at(until) }
    }

    /// Rosters, confirmations, decisions, answers, phones: a day each.
    pub fn enrol(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<Vec<Traveller>, SimulationError> {
        let mut done = |day: u64| progress(Progress { part: Part::Enrolment, done: day, of: ENROLMENT_DAYS as u64 });
        done(0);
        let service = commuter_service(self.stage.profile())?;
        let first = self.dates.crossings.first().copied().unwrap_or(self.plan.from);
        let expires = Date::new(first.year().saturating_add(4), 6, 30).unwrap_or(first);
        let middle = self.dates.crossings.get(self.dates.crossings.len() / 2).copied().unwrap_or(first);
        let rosters = self.rosters();
        let span = self.span(0, 9, 18);
        let applied = apply(self.stage, &mut self.dice, &service, &rosters, None, expires, span)?;
        done(1);
        // A few never get round to confirming.
        let confirming: Vec<Applicant> = applied.into_iter().filter(|one| one.number % 211 != 0).collect();
        let expires_of = |one: &Applicant| {
            let soon = one.number % DOCUMENT_EXPIRES_EVERY == 5;
            if soon { middle.yesterday().unwrap_or(middle) } else { expires }
        };
        let span = self.span(1, 9, 20);
        confirm(self.stage, &service, &confirming, expires_of, span)?;
        done(2);
        let span = self.span(2, 9, 18);
        handle(self.stage, self.founded, &confirming, span, first_look)?;
        done(3);
        let span = self.span(3, 9, 12);
        answer(self.stage, &confirming, span)?;
        let span = self.span(3, 14, 18);
        handle(self.stage, self.founded, &confirming, span, |_: &Applicant, _: &LegOf| Handling::Approve)?;
        self.watchlists(&confirming)?;
        done(4);
        let span = self.span(4, 7, 9);
        let travellers = link_phones(self.stage, &mut self.dice, &confirming, span)?;
        done(5);
        Ok(travellers)
    }

    /// Commuters work on the bank where they do not live: each of its organisations gets its share.
    fn rosters(&self) -> Vec<Roster<'a>> {
        let mut rosters = Vec::new();
        for home in Bank::BOTH {
            let numbers: Vec<(u32, Bank)> = (1..=self.plan.commuters)
                .filter(|number| (number % 100 < u32::from(self.plan.live_north_percent)) == (home == Bank::North))
                .map(|number| (self.first_number.saturating_add(number), home))
                .collect();
            let all: Vec<&Employer> = self.founded.employers.iter().collect();
            let there: Vec<&Employer> = all.iter().copied().filter(|one| one.bank != home).collect();
            let employers = if there.is_empty() { all } else { there };
            let each = numbers.len().div_ceil(employers.len().max(1)).max(1);
            let filled = employers.into_iter().zip(numbers.chunks(each));
            rosters.extend(filled.map(|(employer, people)| Roster { employer, people: people.to_vec() }));
        }
        rosters
    }

    /// On each bank's list, two of those who cross.
    fn watchlists(&mut self, applied: &[Applicant]) -> Result<(), SimulationError> {
        let offices: Vec<Key> = self
            .stage
            .profile()
            .offices
            .values()
            .filter(|office| office.duty.as_str() == "immigration")
            .map(|office| office.key.clone())
            .collect();
        let now = self.span(3, 19, 20).from;
        let mut listed = applied.iter().step_by((applied.len() / (2 * offices.len().max(1))).max(1));
        for office in &offices {
            for one in listed.by_ref().take(2) {
                let kind = crate::cast::document_kind(one.home);
                let number = crate::cast::document_number(one.number, one.home);
                watch(self.stage, self.founded, office, kind, &number, now)?;
            }
        }
        Ok(())
    }

    /// The days of crossings.
    pub fn cross(
        self,
        travellers: Vec<Traveller>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Notes, Option<Outage>), SimulationError> {
        let Self { stage, plan, founded, dates, mut dice, first_number } = self;
        let dice = Dice::new(dice.below(u64::MAX));
        let mut traffic = Traffic::new(stage, founded, dice, plan.peak_quarter_percent);
        traffic.travellers = travellers;
        let mut guests = Guests { plan, next: VISITOR_NUMBERS.saturating_add(first_number), coming: Vec::new() };
        let (before, first) = (dates.enrolment.last().copied(), dates.crossings.first().copied());
        if let (Some(before), Some(first)) = (before, first) {
            guests.invite(&mut traffic, before, first)?;
        }
        let mut outage = None;
        for (index, date) in dates.crossings.iter().copied().enumerate() {
            progress(Progress { part: Part::Days, done: index as u64, of: dates.crossings.len() as u64 });
            traffic.plan_day(date)?;
            guests.come(&mut traffic, date);
            if plan.outage && index == dates.crossings.len() / 2 {
                outage = close(&mut traffic, date)?;
            }
            if let Some(next) = dates.crossings.get(index + 1).copied() {
                guests.invite(&mut traffic, date, next)?;
            }
            let profile = traffic.stage.profile();
            let end = days::at(profile, date, 23, 59);
            traffic.run_until(end)?;
        }
        progress(Progress { part: Part::Days, done: dates.crossings.len() as u64, of: dates.crossings.len() as u64 });
        if let Some(outage) = &mut outage {
            outage.diverted = traffic.notes.diverted;
        }
        Ok((traffic.notes, outage))
    }
}

/// Most are approved; one in a hundred is refused by either side, one in thirty is asked.
fn first_look(applicant: &Applicant, leg: &LegOf) -> Handling {
    match (applicant.number % 194, applicant.number % 61, leg.bank) {
        (13, _, Bank::South) | (110, _, Bank::North) => Handling::Refuse,
        (_, 7, Bank::North) | (_, 38, Bank::South) => Handling::Ask,
        (_, _, _) => Handling::Approve,
    }
}

/// The largest gate by which the morning's stream leaves.
fn close<S: Stage>(traffic: &mut Traffic<S>, date: Date) -> Result<Option<Outage>, SimulationError> {
    let profile = traffic.stage.profile();
    let southbound = profile.gates.values().filter(|gate| gate.departing() == Direction::Southbound);
    let Some(gate) = southbound.max_by_key(|gate| gate.lanes).map(|gate| gate.key.clone()) else { return Ok(None) };
    let at = |time: (i64, i64)| days::at(profile, date, time.0, time.1);
    let (from, until) = (at(OUTAGE.0), at(OUTAGE.1));
    traffic.plan_closure(&gate, from, until)?;
    Ok(Some(Outage { gate, from, until, diverted: 0 }))
}

/// Visitors: applied for and decided on the working day before.
struct Guests<'a> {
    plan: &'a Plan,
    next: u32,
    /// Their places among the travellers.
    coming: Vec<usize>,
}

impl Guests<'_> {
    /// Plays `date` up to the afternoon, with the paperwork of those who come on `next`.
    fn invite<S: Stage>(&mut self, traffic: &mut Traffic<S>, date: Date, next: Date) -> Result<(), SimulationError> {
        if self.plan.visitors_per_day == 0 {
            return Ok(());
        }
        let service = visitor_service(traffic.stage.profile())?;
        let expires = Date::new(next.year().saturating_add(2), 6, 30).unwrap_or(next);
        let host = traffic.founded.employer(self.next as usize)?;
        let numbers = self.next..self.next.saturating_add(self.plan.visitors_per_day);
        self.next = numbers.end;
        let rosters = [Roster { employer: host, people: numbers.map(|number| (number, host.bank.other())).collect() }];
        let moment = |hour: i64, traffic: &Traffic<S>| {
            let from = days::at(traffic.stage.profile(), date, hour, 0);
            Span { from, until: from.plus(5 * Instant::SECOND) }
        };
        let span = moment(10, traffic);
        traffic.run_until(span.from)?;
        let applied = apply(traffic.stage, &mut traffic.dice, &service, &rosters, Some(next), expires, span)?;
        traffic.hold_until(span.until);
        let span = moment(11, traffic);
        traffic.run_until(span.from)?;
        confirm(traffic.stage, &service, &applied, |_| expires, span)?;
        traffic.hold_until(span.until);
        let span = moment(15, traffic);
        traffic.run_until(span.from)?;
        let founded = traffic.founded;
        handle(traffic.stage, founded, &applied, span, |_: &Applicant, _: &LegOf| Handling::Approve)?;
        traffic.hold_until(span.until);
        let span = moment(16, traffic);
        traffic.run_until(span.from)?;
        let travellers = link_phones(traffic.stage, &mut traffic.dice, &applied, span)?;
        traffic.hold_until(span.until);
        let first = traffic.travellers.len();
        traffic.travellers.extend(travellers.into_iter().map(|one| Traveller { visitor: true, ..one }));
        self.coming = (first..traffic.travellers.len()).collect();
        Ok(())
    }

    /// They come during the morning; one of the day before tries again.
    fn come<S: Stage>(&mut self, traffic: &mut Traffic<S>, date: Date) {
        let coming = std::mem::take(&mut self.coming);
        for who in &coming {
            let Some(traveller) = traffic.travellers.get(*who) else { continue };
            let Some(gate) = traffic.gate_for(traveller.home, traveller.leaning, None) else { continue };
            let at = days::at(traffic.stage.profile(), date, 9, 30);
            let at = at.plus(traffic.dice.between(0, 150) * Instant::MINUTE);
            traffic.put(at, Step::Arrive { who: *who, gate, homeward: false });
        }
        let earlier = coming.first().and_then(|first| first.checked_sub(1));
        let Some(who) = earlier else { return };
        let Some(traveller) = traffic.travellers.get(who).filter(|one| one.visitor) else { return };
        let Some(gate) = traffic.gate_for(traveller.home, traveller.leaning, None) else { return };
        let at = days::at(traffic.stage.profile(), date, 9, 45);
        traffic.put(at, Step::Show { who, gate, homeward: false, how: Showing::Despite });
    }
}
