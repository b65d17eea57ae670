//! What waits at the offices: cases of the last days at every stage, some of them pressing and one too late; passes
//! suspended and revoked; a list of people to be seen on either bank; visitors of today and tomorrow.

use super::history::{Past, persona_actor, persona_case};
use super::{clocks, tasks};
use crate::cast::{document_kind, document_number};
use crate::days;
use crate::enrol::{Handling, Roster, Span, apply, confirm, handle, link_phones};
use crate::error::SimulationError;
use crate::paperwork::{Applicant, LegOf, one, seal_for};
use crate::play::traffic::Traffic;
use crate::services::{commuter_service, visitor_service, watch};
use crate::stage::{OpenPark, Stage, all_accepted};
use base::{Bank, Instant, PermitId, PersonId};
use desk::context;
use permits::Reason;

/// How far a case got: what the south made of its leg, and the north of its own.
type Stand = (Handling, Handling);

const OPEN: Stand = (Handling::Leave, Handling::Leave);
const SOUTH_APPROVED: Stand = (Handling::Approve, Handling::Leave);
const NORTH_APPROVED: Stand = (Handling::Leave, Handling::Approve);
const SOUTH_ASKED: Stand = (Handling::Ask, Handling::Approve);
const NORTH_ASKED: Stand = (Handling::Leave, Handling::Ask);
const REFUSED: Stand = (Handling::Refuse, Handling::Leave);

/// Applied for and submitted so many working days ago. With three working days for the north and five for the south,
/// the first is late, the next are pressing, the last have time.
fn stands(days_ago: usize) -> &'static [Stand] {
    match days_ago {
        5 => &[SOUTH_APPROVED, REFUSED],
        4 => &[NORTH_APPROVED, NORTH_APPROVED],
        3 => &[OPEN, NORTH_ASKED, NORTH_APPROVED, NORTH_APPROVED],
        2 => &[NORTH_APPROVED, NORTH_APPROVED, SOUTH_APPROVED, SOUTH_ASKED, OPEN, OPEN],
        1 => &[OPEN, OPEN, OPEN, OPEN, OPEN, OPEN, NORTH_APPROVED, NORTH_APPROVED],
        _ => &[],
    }
}

/// The paperwork of one of the last days, between its crossings.
pub(crate) fn play(traffic: &mut Traffic<OpenPark>, past: &Past, days_ago: usize) -> Result<(), SimulationError> {
    let profile = traffic.stage.park.profile.clone();
    traffic.run_until(past.at(&profile, days_ago, 6, 0))?;
    clocks::tell(&mut *traffic.stage, &profile, past.at(&profile, days_ago, 6, 0))?;
    traffic.run_until(past.at(&profile, days_ago, 10, 30))?;
    applications(traffic, past, days_ago)?;
    traffic.hold_until(past.at(&profile, days_ago, 10, 40));
    traffic.run_until(past.at(&profile, days_ago, 15, 0))?;
    let at = past.at(&profile, days_ago, 15, 0);
    match days_ago {
        4 => leaver_leaves(traffic, at)?,
        3 => {
            watchlists(traffic, at)?;
            clocks::close_for_an_afternoon(traffic, past, days_ago)?;
        }
        2 => erasure(traffic, at)?,
        1 => {
            revocation(traffic, at)?;
            researcher(traffic, at.plus(2 * Instant::MINUTE))?;
            visitors(traffic, past, at.plus(3 * Instant::MINUTE))?;
            tasks::write(traffic, past, at.plus(13 * Instant::MINUTE))?;
        }
        _ => {}
    }
    traffic.hold_until(at.plus(15 * Instant::MINUTE));
    Ok(())
}

fn applications(traffic: &mut Traffic<OpenPark>, past: &Past, days_ago: usize) -> Result<(), SimulationError> {
    let profile = traffic.stage.park.profile.clone();
    let service = commuter_service(&profile)?;
    let stands = stands(days_ago);
    let employer = traffic.founded.employer(days_ago * 3)?;
    let base = 10_000 + u32::try_from(days_ago).unwrap_or(0) * 100;
    let people = (0..stands.len()).map(|index| (base + u32::try_from(index).unwrap_or(0), employer.bank.other()));
    let rosters = [Roster { employer, people: people.collect() }];
    let span = |from, until| past.span(&profile, days_ago, (10, from), (10, until));
    let stage = &mut *traffic.stage;
    let applied = apply(stage, &mut traffic.dice, &service, &rosters, None, past.expires, span(30, 31))?;
    confirm(stage, &service, &applied, |_| past.expires, span(32, 35))?;
    handle(stage, traffic.founded, &applied, span(36, 40), |applicant: &Applicant, leg: &LegOf| {
        let stand = stands.get((applicant.number - base) as usize).copied().unwrap_or(OPEN);
        match leg.bank {
            Bank::South => stand.0,
            Bank::North => stand.1,
        }
    })
}

/// The persona who has left: the pass is revoked.
fn leaver_leaves(traffic: &mut Traffic<OpenPark>, at: Instant) -> Result<(), SimulationError> {
    let Some(leaver) = traffic.founded.personas.get("leaver").copied() else { return Ok(()) };
    let Some(permit) = permit_of(traffic, leaver) else { return Ok(()) };
    for traveller in &mut traffic.travellers {
        traveller.idle |= traveller.person == leaver;
    }
    let supervisor = traffic.on_duty(Bank::South, "supervision", 0)?;
    let revoke = permits::Command::Revoke { permit, reason: Reason::LeftEmployer, note: None };
    submit(traffic, "a revocation", vec![one(supervisor, at, revoke)])
}

/// And asks for the personal data to be erased.
fn erasure(traffic: &mut Traffic<OpenPark>, at: Instant) -> Result<(), SimulationError> {
    let profile = traffic.stage.park.profile.clone();
    let service = profile.services.values().find(|one| matches!(one.effect, profile::Effect::ErasePerson));
    let (Some(service), Some(leaver)) = (service, traffic.founded.personas.get("leaver").copied()) else {
        return Ok(());
    };
    let Some(actor) = persona_actor(traffic.founded, "leaver") else { return Ok(()) };
    let answers = seal_for(traffic.stage, leaver, context::ANSWERS, r#"{"ground":"left-the-park"}"#)?;
    let open = cases::Command::Open {
        service: service.key.clone(),
        organisation: None,
        about: cases::About::Person(leaver),
        answers: Some(answers),
        requested_day: None,
        disclosed: cases::Disclosed::default(),
        attachments: Vec::new(),
    };
    submit(traffic, "an application for erasure", vec![one(actor, at, open)])
}

/// One commuter on the list of either bank: an officer has to see them when they cross.
fn watchlists(traffic: &mut Traffic<OpenPark>, at: Instant) -> Result<(), SimulationError> {
    let profile = traffic.stage.park.profile.clone();
    for (minute, bank) in Bank::BOTH.into_iter().enumerate() {
        let office = profile.offices.values().find(|one| one.bank == bank && one.duty.as_str() == "immigration");
        let Some(office) = office else { continue };
        // Numbers of the first rosters: their employers' banks alternate, and so do their homes.
        let number = 5 + u32::try_from(minute).unwrap_or(0) * 6;
        let home = traffic.founded.employer(minute)?.bank.other();
        let at = at.plus(i64::try_from(minute).unwrap_or(0) * Instant::MINUTE);
        let (kind, number) = (document_kind(home), document_number(number, home));
        watch(traffic.stage, traffic.founded, &office.key, kind, &number, at)?;
    }
    Ok(())
}

/// Two passes are suspended; for the second the north asks that it be revoked, which the south has yet to decide.
fn revocation(traffic: &mut Traffic<OpenPark>, at: Instant) -> Result<(), SimulationError> {
    let profile = traffic.stage.park.profile.clone();
    let service = profile.services.values().find(|one| matches!(one.effect, profile::Effect::RevokePermit));
    let officer = traffic.on_duty(Bank::North, "supervision", 1)?;
    let mut misused: Option<(PersonId, PermitId)> = None;
    let mut submissions = Vec::new();
    for (who, reason) in [(40, Reason::Lost), (41, Reason::Misuse)] {
        let Some(traveller) = traffic.travellers.get_mut(who) else { continue };
        if std::mem::replace(&mut traveller.idle, true) {
            continue;
        }
        let permit = traveller.permit;
        misused = Some((traveller.person, permit));
        submissions.push(one(officer.clone(), at, permits::Command::Suspend { permit, reason, note: None }));
    }
    submit(traffic, "a suspension", submissions)?;
    let (Some(service), Some((holder, permit))) = (service, misused) else { return Ok(()) };
    let facts = r#"{"ground":"conditions-broken","facts":"同一通行证在西桥北闸由他人出示，值班人员已记录。"}"#;
    let answers = Some(seal_for(traffic.stage, holder, context::ANSWERS, facts)?);
    let open = cases::Command::Open {
        service: service.key.clone(),
        organisation: None,
        about: cases::About::Permit(permit),
        answers,
        requested_day: None,
        disclosed: cases::Disclosed::default(),
        attachments: Vec::new(),
    };
    submit(traffic, "an application for revocation", vec![one(officer, at.plus(Instant::MINUTE), open)])
}

/// The persona who still has to confirm.
fn researcher(traffic: &mut Traffic<OpenPark>, at: Instant) -> Result<(), SimulationError> {
    let service = commuter_service(traffic.stage.profile())?;
    persona_case(traffic.stage, traffic.founded, "researcher-shenzhen", &service, 0, at).map(drop)
}

/// Three come today with a pass; two come on the next working day, and the south has not decided yet.
fn visitors(traffic: &mut Traffic<OpenPark>, past: &Past, at: Instant) -> Result<(), SimulationError> {
    let profile = traffic.stage.park.profile.clone();
    let service = visitor_service(&profile)?;
    let host = traffic.founded.employer(0)?;
    let span = |from, until| Span { from: at.plus(from * Instant::MINUTE), until: at.plus(until * Instant::MINUTE) };
    let guests = |numbers: std::ops::Range<u32>| {
        [Roster { employer: host, people: numbers.map(|number| (number, host.bank.other())).collect() }]
    };
    let stage = &mut *traffic.stage;
    let today = Some(past.date(0));
    let coming = apply(stage, &mut traffic.dice, &service, &guests(20_000..20_003), today, past.expires, span(0, 1))?;
    let next = Some(days::after(&profile, past.date(0)));
    let later = apply(stage, &mut traffic.dice, &service, &guests(20_003..20_005), next, past.expires, span(1, 2))?;
    confirm(stage, &service, &coming, |_| past.expires, span(2, 4))?;
    confirm(stage, &service, &later, |_| past.expires, span(4, 5))?;
    handle(stage, traffic.founded, &coming, span(5, 7), |_: &Applicant, _: &LegOf| Handling::Approve)?;
    link_phones(stage, &mut traffic.dice, &coming, span(7, 9)).map(drop)
}

fn permit_of(traffic: &Traffic<OpenPark>, holder: PersonId) -> Option<PermitId> {
    let zone = traffic.stage.zone();
    permits::of_holder(&zone.permits, holder).next().map(|(permit, _)| permit)
}

fn submit(
    traffic: &mut Traffic<OpenPark>,
    what: &'static str,
    submissions: Vec<desk::Submission>,
) -> Result<(), SimulationError> {
    let performed = traffic.stage.perform(submissions)?;
    all_accepted(what, performed).map(drop)
}
