//! Folding: records what was decided, and never fails.

use crate::attachments::Attachment;
use crate::model::{About, Case, Event, Leg, LegState, Outcome, Roster, Stage, StageCounts, State};
use crate::queues::{move_places, places};
use crate::{appointments, closures, notices, offices, work};
use base::{CaseId, Key, Recorded};
use profile::JointOutcome;
use std::sync::Arc;

pub fn evolve(state: &mut State, event: &Event, recorded: &Recorded) {
    match event {
        Event::Opened { .. } => opened(state, event, recorded),
        Event::Submitted { case, legs, rule } => {
            move_on(state, *case, recorded, Stage::Deciding, |c| {
                c.legs = legs.clone().into_boxed_slice();
                c.legs.iter_mut().for_each(|leg| leg.clock = leg.clock.as_folded());
                c.rule = rule.clone();
            });
        }
        Event::LegStarted { case, leg, clock } => {
            change_leg(state, *case, leg, recorded, |l| {
                l.state = LegState::Open;
                l.clock = clock.as_folded();
            });
        }
        Event::LegTaken { case, leg, officer } => {
            change_leg(state, *case, leg, recorded, |l| l.officer = Some(*officer));
        }
        Event::LegDecided { case, leg, verdict, officer, .. } => {
            change_leg(state, *case, leg, recorded, |l| {
                l.state = (*verdict).into();
                l.officer = *officer;
                l.decided_at = Some(recorded.at);
            });
        }
        Event::LegLeftToOfficer { case, .. } => change(state, *case, recorded, |_| {}),
        Event::Asked { case, leg, officer, clock, .. } => change_leg(state, *case, leg, recorded, |l| {
            l.state = LegState::Asked;
            l.officer = Some(*officer);
            l.clock = clock.as_folded();
        }),
        Event::Answered { case, leg, clock, .. } => change_leg(state, *case, leg, recorded, |l| {
            l.state = LegState::Open;
            l.clock = clock.as_folded();
        }),
        Event::Worked { case, leg, work } => worked(state, *case, leg, work, recorded),
        Event::Office { office, event } => offices::evolve(state, office, event, recorded),
        Event::Decided { case, outcome } => end(state, *case, *outcome, recorded),
        Event::Withdrawn { case } => end(state, *case, Outcome::Withdrawn, recorded),
        Event::Remarked { case, .. } => change(state, *case, recorded, |_| {}),
        Event::Migrated { case, to, legs, rule, disclosed, .. } => change(state, *case, recorded, |c| {
            c.service_version = *to;
            c.legs = legs.clone().into_boxed_slice();
            c.rule = rule.clone();
            c.disclosed = disclosed.clone();
        }),
        Event::Viewed { views } => crate::views::evolve(&mut state.views, views, recorded),
        Event::ClosureDeclared { .. } | Event::ClosureCorrected { .. } | Event::ClosureVoided { .. } => {
            closures::evolve(state, event, recorded);
        }
        Event::ClockWarned { case, .. }
        | Event::ClockBreached { case, .. }
        | Event::Escalated { case, .. }
        | Event::LegDeemed { case, .. } => {
            notices::evolve(state, event);
            change(state, *case, recorded, |_| {});
        }
        Event::Attached { case, attachments } => {
            attach(state, *case, attachments);
            change(state, *case, recorded, |_| {});
        }
        Event::AttachmentRead { case, .. } => change(state, *case, recorded, |_| {}),
        Event::RosterUploaded { .. } | Event::RosterMended { .. } => evolve_roster(state, event, recorded),
    }
}

fn opened(state: &mut State, event: &Event, recorded: &Recorded) {
    let Event::Opened {
        case,
        service,
        service_version,
        applicant,
        organisation,
        about,
        subject,
        answers: _,
        requested_day,
        disclosed,
        attachments,
    } = event
    else {
        return;
    };
    attach(state, *case, attachments);
    state.by_subject.entry(*subject).or_default().insert(*case);
    if let About::Change(link) = about {
        state.links.entry(link.case).or_default().insert(*case);
    }
    if let Some(organisation) = organisation {
        state.by_organisation.entry(*organisation).or_default().insert(*case);
    }
    // Who opened it, and as what, stands in the entry itself.
    let delegation = recorded.actor.delegation();
    if let Some(delegation) = delegation {
        state.by_delegation.entry(delegation).or_default().insert(*case);
    }
    count(state, service, |counts| counts.confirming += 1);
    let new = Case {
        service: service.clone(),
        service_version: *service_version,
        applicant: *applicant,
        organisation: *organisation,
        delegation,
        about: *about,
        subject: *subject,
        requested_day: *requested_day,
        disclosed: disclosed.clone(),
        stage: Stage::Confirming,
        opened_at: recorded.at,
        decided_at: None,
        rule: JointOutcome::default(),
        legs: Box::default(),
        entries: vec![recorded.sequence],
    };
    state.cases.insert(*case, Arc::new(new));
}

fn worked(state: &mut State, id: CaseId, key: &Key, work: &work::Work, recorded: &Recorded) {
    let leg = state.cases.get(&id).and_then(|case| case.legs.iter().find(|leg| leg.key == *key)).cloned();
    let Some(before) = leg else { return };
    change_leg(state, id, key, recorded, |leg| work::evolve(leg, work, recorded));
    work::keep(state, id, &before, work);
}

fn attach(state: &mut State, case: CaseId, attachments: &[Attachment]) {
    if !attachments.is_empty() {
        Arc::make_mut(state.attachments.entry(case).or_default()).extend_from_slice(attachments);
    }
}

fn end(state: &mut State, id: CaseId, outcome: Outcome, recorded: &Recorded) {
    give_up(state, id);
    move_on(state, id, recorded, Stage::Decided(outcome), |case| {
        case.decided_at = Some(recorded.at);
        for leg in case.legs.iter_mut().filter(|leg| leg.state.is_undecided() || leg.state == LegState::Waiting) {
            leg.state = LegState::Moot;
        }
    });
}

/// A time that nobody will keep is somebody else's, and nobody is asked to sign what has ended.
fn give_up(state: &mut State, id: CaseId) {
    let Some(case) = state.cases.get(&id).cloned() else { return };
    for leg in case.legs.iter().filter(|leg| leg.state.is_undecided()) {
        if let Some(at) = leg.attendance().and_then(|attendance| attendance.booked) {
            appointments::free(state, id, &leg.office, at);
        }
        if let Some(named) = leg.signing().and_then(|signing| signing.named) {
            work::asked_to_sign(state, id, named, false);
        }
    }
}

/// Moves a case from one stage to another, and the counts with it.
fn move_on(state: &mut State, id: CaseId, recorded: &Recorded, to: Stage, with: impl FnOnce(&mut Case)) {
    let Some((service, from)) = state.cases.get(&id).map(|case| (case.service.clone(), case.stage)) else { return };
    count(state, &service, |counts| {
        let before = counter(counts, from);
        *before = before.saturating_sub(1);
        let after = counter(counts, to);
        *after = after.saturating_add(1);
    });
    change(state, id, recorded, |case| {
        case.stage = to;
        with(case);
    });
}

fn counter(counts: &mut StageCounts, stage: Stage) -> &mut u32 {
    match stage {
        Stage::Confirming => &mut counts.confirming,
        Stage::Deciding => &mut counts.deciding,
        Stage::Decided(Outcome::Approved) => &mut counts.approved,
        Stage::Decided(Outcome::Refused) => &mut counts.refused,
        Stage::Decided(Outcome::Withdrawn) => &mut counts.withdrawn,
    }
}

fn count(state: &mut State, service: &Key, with: impl FnOnce(&mut StageCounts)) {
    with(state.counts.entry(service.clone()).or_default());
}

fn change_leg(state: &mut State, id: CaseId, key: &Key, recorded: &Recorded, with: impl FnOnce(&mut Leg)) {
    change(state, id, recorded, |case| {
        if let Some(leg) = case.legs.iter_mut().find(|leg| leg.key == *key) {
            with(leg);
        }
    });
}

/// Every change of a case leaves its entry's number with the case, and its places in the offices' queues as they are
/// now.
fn change(state: &mut State, id: CaseId, recorded: &Recorded, with: impl FnOnce(&mut Case)) {
    let Some(case) = state.cases.get_mut(&id) else { return };
    let case = Arc::make_mut(case);
    let before = places(case);
    with(case);
    if case.entries.last() != Some(&recorded.sequence) {
        case.entries.push(recorded.sequence);
    }
    let after = places(case);
    move_places(state, id, &before, &after, recorded);
}

fn evolve_roster(state: &mut State, event: &Event, recorded: &Recorded) {
    match event {
        Event::RosterUploaded {
            roster,
            service,
            organisation,
            uploaded_by,
            subject,
            file,
            applied,
            known,
            faulty,
            faulty_rows,
            rows,
        } => {
            state.last_roster = *roster;
            let new = Roster {
                service: service.clone(),
                organisation: *organisation,
                delegation: recorded.actor.delegation(),
                uploaded_by: *uploaded_by,
                uploaded_at: recorded.at,
                subject: subject.clone(),
                file: file.clone(),
                applied: *applied,
                known: *known,
                faulty: *faulty,
                rows: rows.clone(),
                faulty_rows: faulty_rows.clone(),
                mends: 0,
            };
            state.rosters.insert(*roster, Arc::new(new));
        }
        Event::RosterMended { roster, applied, known, faulty, faulty_rows, rows } => {
            if let Some(mended) = state.rosters.get_mut(roster) {
                let mended = Arc::make_mut(mended);
                mended.applied = mended.applied.saturating_add(*applied);
                mended.known = mended.known.saturating_add(*known);
                mended.faulty = *faulty;
                mended.faulty_rows.clone_from(faulty_rows);
                mended.rows.clone_from(rows);
                mended.mends = mended.mends.saturating_add(1);
            }
        }
        Event::Opened { .. }
        | Event::Submitted { .. }
        | Event::LegStarted { .. }
        | Event::LegTaken { .. }
        | Event::LegDecided { .. }
        | Event::LegLeftToOfficer { .. }
        | Event::Asked { .. }
        | Event::Answered { .. }
        | Event::Worked { .. }
        | Event::Office { .. }
        | Event::Decided { .. }
        | Event::Remarked { .. }
        | Event::Migrated { .. }
        | Event::Viewed { .. }
        | Event::ClosureDeclared { .. }
        | Event::ClosureCorrected { .. }
        | Event::ClosureVoided { .. }
        | Event::ClockWarned { .. }
        | Event::ClockBreached { .. }
        | Event::Escalated { .. }
        | Event::LegDeemed { .. }
        | Event::Attached { .. }
        | Event::AttachmentRead { .. }
        | Event::Withdrawn { .. } => {}
    }
}
