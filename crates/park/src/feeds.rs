//! Calendar feeds: what is due, for whoever has the address with the secret in it. It is made afresh each time from the
//! zone, so what is no longer due is no longer in it.

use crate::error::WorkError;
use crate::open::Park;
use base::{Actor, Bank, CaseId, Date, Instant, Key, Language, PersonId};
use cases::{LegState, Stage};
use desk::{Zone, context};
use permits::Status;
use profile::Profile;

/// An office's calendar shows what is due next; more than this is no calendar.
const ENTRIES_MAX: usize = 500;

/// What a calendar says, and in which language.
#[derive(Debug, Clone)]
pub struct Calendar {
    pub language: Language,
    pub office: Option<Key>,
    pub dues: Vec<Due>,
}

/// Something with a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub day: Date,
    pub what: DueWhat,
    pub service: Key,
    pub case: CaseId,
    /// The office that has to do it.
    pub office: Option<Key>,
    /// The leg, where it is one.
    pub leg: Option<Key>,
    /// When it came to be as it is.
    pub since: Instant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueWhat {
    /// An office's decision, by its clock.
    Decision,
    /// The person's answer: since the day it was asked for, the office's clock stands still.
    Answer,
    /// The last day of a permit or an authorisation.
    LastDay,
}

impl DueWhat {
    pub fn as_str(self) -> &'static str {
        match self {
            DueWhat::Decision => "decision",
            DueWhat::Answer => "answer",
            DueWhat::LastDay => "last-day",
        }
    }
}

impl Park {
    /// Makes a new address, in place of the one that there was. Who may is for the rooms to say.
    pub async fn open_feed(&self, actor: &Actor, person: PersonId, office: Option<Key>) -> Result<String, WorkError> {
        let zone = self.zone();
        let subject = &parties::person(&zone.parties, person).ok_or(WorkError::NotFound)?.subject;
        let secret = self.new_link()?.secret;
        let sealed = self.vault.seal(subject, context::FEED, secret.as_bytes())?;
        let digest = hex(&secret).into();
        let open = letters::Command::OpenFeed { person, office, digest, secret: sealed };
        self.desk.command(actor.clone(), self.now(), open).await?;
        Ok(secret)
    }

    pub async fn close_feed(&self, actor: &Actor, person: PersonId, office: Option<Key>) -> Result<(), WorkError> {
        let close = letters::Command::CloseFeed { person, office };
        self.desk.command(actor.clone(), self.now(), close).await?;
        Ok(())
    }

    /// The address that the person made, to see it again.
    pub fn feed_secret(&self, person: PersonId, office: Option<&Key>) -> Option<String> {
        let zone = self.zone();
        let feeds = letters::feeds_of(&zone.letters, person);
        let feed = feeds.into_iter().find(|feed| feed.office.as_ref() == office)?;
        let opened = self.vault.open_sealed(&feed.secret, context::FEED).ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }

    /// Nothing for an address that was never made or was closed, nor for an office that the person has left.
    pub fn calendar(&self, secret: &str) -> Option<Calendar> {
        let zone = self.zone();
        let feed = letters::feed(&zone.letters, &hex(secret))?;
        let person = parties::person(&zone.parties, feed.person).filter(|person| !person.erased)?;
        let dues = match &feed.office {
            Some(office) if person.offices.contains(office) => office_dues(&self.profile, &zone, office, self.now()),
            Some(_) => return None,
            None => self.own_dues(&zone, feed.person),
        };
        Some(Calendar { language: person.language, office: feed.office.clone(), dues })
    }

    fn own_dues(&self, zone: &Zone, person: PersonId) -> Vec<Due> {
        let mut dues = Vec::new();
        for (id, case) in cases::own(&zone.cases, &zone.parties, person).take(ENTRIES_MAX) {
            let entry = |day, what, office, leg| Due {
                day,
                what,
                service: case.service.clone(),
                case: id,
                office,
                leg,
                since: case.opened_at,
            };
            for leg in case.legs.iter().filter(|_| case.stage == Stage::Deciding) {
                let (what, day) = match (leg.state, cases::due(&zone.cases, &self.profile, leg)) {
                    (LegState::Open, Some(due)) => (DueWhat::Decision, due),
                    (LegState::Asked, _) => (DueWhat::Answer, self.profile.local_date(leg.bank, self.now())),
                    _ => continue,
                };
                dues.push(entry(day, what, Some(leg.office.clone()), Some(leg.key.clone())));
            }
            if let Some(until) = self.valid_until(zone, id) {
                let last = self.profile.local_date(Bank::South, until.plus(-1));
                dues.push(entry(last, DueWhat::LastDay, None, None));
            }
        }
        dues.sort_by_key(|due| (due.day, due.case));
        dues
    }

    /// Of what the case issued, while it is not over.
    fn valid_until(&self, zone: &Zone, case: CaseId) -> Option<Instant> {
        let permit = permits::of_case(&zone.permits, case).and_then(|id| permits::permit(&zone.permits, id));
        if let Some(permit) = permit {
            return (permit.status != Status::Revoked).then_some(permit.issue.valid_until);
        }
        let grant = permits::grant_of(&zone.permits, permits::grant_of_case(&zone.permits, case)?)?;
        grant.ended.is_none().then_some(grant.terms.valid_until)
    }
}

/// What is with the office and has a running clock, the nearest first.
fn office_dues(profile: &Profile, zone: &Zone, office: &Key, now: Instant) -> Vec<Due> {
    let mut dues = Vec::new();
    for (id, case) in cases::for_office(&zone.cases, profile, office.as_str(), now).take(ENTRIES_MAX) {
        for leg in case.legs.iter().filter(|leg| leg.office == *office && leg.state == LegState::Open) {
            let Some(day) = cases::due(&zone.cases, profile, leg) else { continue };
            let due = Due {
                day,
                what: DueWhat::Decision,
                service: case.service.clone(),
                case: id,
                office: Some(office.clone()),
                leg: Some(leg.key.clone()),
                since: case.opened_at,
            };
            if !dues.contains(&due) {
                dues.push(due);
            }
        }
    }
    dues
}

fn hex(secret: &str) -> String {
    crate::writing::hex_digest(secret.as_bytes())
}
