//! How an office stands: what waits, how old it is, what will be late at its pace, who has how much, what was brought
//! before its head. Read off the room's books, which are kept by group and not by case: a million cases cost no more.

use crate::{Caller, Portal};
use base::{Actor, CaseId, Date, Instant, Key, PersonId, Question};
use cases::{Case, Forecast, Leg, Urgency};
use desk::Zone;
use profile::{HALVES_PER_DAY, Office, Profile};
use std::collections::BTreeMap;

/// Working days that a forecast looks ahead, today included.
const DAYS_AHEAD: usize = 10;
/// Working days used by a clock, up to which a leg belongs to each class of age; the last has no end.
pub(crate) const AGES: [u32; 4] = [2, 5, 10, 20];

/// How much of one service waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Backlog {
    pub stopped: u32,
    pub in_time: u32,
    pub warned: u32,
    pub pressing: u32,
    pub late: u32,
    /// By age, in the classes of `AGES` and one beyond.
    pub ages: [u32; AGES.len() + 1],
}

impl Backlog {
    pub fn waiting(&self) -> u32 {
        self.ages.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }

    fn add(&mut self, urgency: Urgency, used_halves: i32, count: u32) {
        let by_urgency = match urgency {
            Urgency::Stopped => &mut self.stopped,
            Urgency::InTime => &mut self.in_time,
            Urgency::Warned => &mut self.warned,
            Urgency::Pressing => &mut self.pressing,
            Urgency::Breached => &mut self.late,
        };
        *by_urgency = by_urgency.saturating_add(count);
        let days = u32::try_from(used_halves.max(0)).unwrap_or(0).div_ceil(u32::from(HALVES_PER_DAY));
        let class = AGES.iter().position(|until| days <= *until).unwrap_or(AGES.len());
        if let Some(class) = self.ages.get_mut(class) {
            *class = class.saturating_add(count);
        }
    }
}

/// An officer and how many undecided legs they have taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Load {
    pub person: PersonId,
    pub taken: u32,
    pub escalated: u32,
}

/// A leg of some office that is late and was brought before this office's head.
pub(crate) struct Escalation<'a> {
    pub id: CaseId,
    pub case: &'a Case,
    pub leg: &'a Leg,
    pub due: Option<Date>,
}

pub(crate) struct Outlook<'a> {
    pub office: &'a Office,
    /// By service, those that have something waiting.
    pub backlog: BTreeMap<Key, Backlog>,
    pub forecast: Option<Forecast>,
    /// Every officer of the office, who has most first.
    pub loads: Vec<Load>,
    pub untaken: u32,
    pub escalations: Vec<Escalation<'a>>,
}

impl Outlook<'_> {
    pub fn total(&self) -> Backlog {
        self.backlog.values().fold(Backlog::default(), |mut sum, one| {
            let add = |sum: &mut u32, count: u32| *sum = sum.saturating_add(count);
            add(&mut sum.stopped, one.stopped);
            add(&mut sum.in_time, one.in_time);
            add(&mut sum.warned, one.warned);
            add(&mut sum.pressing, one.pressing);
            add(&mut sum.late, one.late);
            sum.ages.iter_mut().zip(one.ages).for_each(|(sum, count)| add(sum, count));
            sum
        })
    }
}

pub(crate) fn of<'a>(zone: &'a Zone, profile: &'a Profile, office: &'a Office, now: Instant) -> Outlook<'a> {
    let mut backlog: BTreeMap<Key, Backlog> = BTreeMap::new();
    for group in cases::groups(&zone.cases, profile, office.key.as_str(), now) {
        let allowed = i32::from(group.clock.working_days()) * i32::from(HALVES_PER_DAY);
        let count = u32::try_from(group.cases.len()).unwrap_or(u32::MAX);
        backlog.entry(group.service.clone()).or_default().add(group.urgency, allowed - group.left, count);
    }
    let escalations = escalations(zone, profile, office);
    let loads = loads(zone, office, &escalations);
    let taken = loads.iter().fold(0_u32, |sum, load| sum.saturating_add(load.taken));
    let mut outlook = Outlook {
        office,
        backlog,
        forecast: cases::forecast(&zone.cases, profile, office, now, DAYS_AHEAD),
        loads,
        untaken: 0,
        escalations,
    };
    outlook.untaken = outlook.total().waiting().saturating_sub(taken);
    outlook
}

fn escalations<'a>(zone: &'a Zone, profile: &Profile, office: &Office) -> Vec<Escalation<'a>> {
    let brought = zone.cases.books.get(&office.key).into_iter().flat_map(|books| &books.escalated);
    let mut found: Vec<Escalation> = brought
        .filter_map(|(id, key)| {
            let case = cases::case(&zone.cases, *id)?;
            let leg = case.legs.iter().find(|leg| leg.key == *key)?;
            Some(Escalation { id: *id, case, leg, due: cases::due(&zone.cases, profile, leg) })
        })
        .collect();
    found.sort_by_key(|escalation| (escalation.due.unwrap_or(Date::MAX), escalation.id));
    found
}

/// Officers of the office, and whoever else has a leg of it still.
fn loads(zone: &Zone, office: &Office, escalations: &[Escalation]) -> Vec<Load> {
    let taken = zone.cases.books.get(&office.key).map(|books| &books.taken);
    let officers = zone.parties.officers.get(&office.key).into_iter().flatten();
    let everybody: std::collections::BTreeSet<PersonId> =
        officers.chain(taken.into_iter().flat_map(|taken| taken.keys())).copied().collect();
    let mut loads: Vec<Load> = everybody
        .into_iter()
        .map(|person| {
            let escalated = escalations.iter().filter(|one| one.leg.officer == Some(person)).count();
            Load {
                person,
                taken: taken
                    .and_then(|taken| taken.get(&person))
                    .map_or(0, |legs| legs.len().try_into().unwrap_or(u32::MAX)),
                escalated: u32::try_from(escalated).unwrap_or(u32::MAX),
            }
        })
        .collect();
    loads.sort_by_key(|load| (std::cmp::Reverse(load.taken), load.person));
    loads
}

/// Whether the actor may see how an office stands.
pub(crate) fn may_view(portal: &Portal, zone: &Zone, actor: &Actor, office: &Office) -> Result<(), crate::Problem> {
    portal.ask(&Question::new("view_outlook", portal.principal(zone, actor), cases::office_entity(office)))
}

/// Whether the caller heads the office for which they act.
pub(crate) fn heads(caller: &Caller, zone: &Zone, office: &Office) -> bool {
    may_view(&caller.portal, zone, &caller.actor, office).is_ok()
}
