//! Deciding and folding: pure, without a clock, without chance.

use crate::door::{entity, question};
use crate::grants;
use crate::model::{Binding, Command, Event, Form, Issue, Permit, Reason, Refusal, State, Status};
use base::{Actor, CaseId, Ctx, Entity, Key, PermitId, PersonId, Recorded};
use profile::Profile;
use std::sync::Arc;

/// The newest phone, the portal's own key and a card or two; an older binding gives way to a newer one.
const BINDINGS_MAX: usize = 4;
/// Base64url of a SHA-256.
const THUMBPRINT_CHARS: usize = 43;

pub fn decide(
    state: &State,
    people: &parties::State,
    profile: &Profile,
    command: Command,
    ctx: &Ctx,
) -> Result<Vec<Event>, Refusal> {
    let room = Room { state, people, profile, ctx };
    match command {
        Command::Issue(issue) => room.issue(issue),
        Command::BindHolderKey { permit, thumbprint, form } => room.bind(permit, thumbprint, form),
        Command::UnbindHolderKey { permit, thumbprint } => {
            let known = room.may("collect_permit", permit)?;
            if !known.bindings.iter().any(|binding| binding.thumbprint == thumbprint) {
                return Err(Refusal::HolderKeyMustBeBound);
            }
            Ok(vec![Event::HolderKeyUnbound { permit, thumbprint }])
        }
        Command::Suspend { permit, reason, note } => {
            let known = room.may("suspend_permit", permit)?;
            room.may_give(reason)?;
            room.not_revoked(permit, known)?;
            // Whoever has a cause of their own takes over from a withdrawn consent, and so does a changed document: the
            // pass must not come back by itself when the consent does.
            let takes_over = known.stopped_for == Some(Reason::ConsentWithdrawn)
                && (!reason.is_the_platforms() || reason == Reason::DocumentChanged);
            if known.status != Status::Valid && !takes_over {
                return Err(Refusal::PermitMustBeValid { permit });
            }
            Ok(vec![Event::Suspended { permit, reason, note }])
        }
        Command::Resume { permit, note } => {
            let known = room.may("resume_permit", permit)?;
            room.not_revoked(permit, known)?;
            if known.status != Status::Suspended {
                return Err(Refusal::PermitMustBeSuspended { permit });
            }
            Ok(vec![Event::Resumed { permit, note }])
        }
        Command::Grant(terms) => grants::grant(&room, terms),
        Command::EndGrant { grant, reason, note } => grants::end(&room, grant, reason, note),
        Command::Revoke { permit, reason, note } => {
            let known = room.may("revoke_permit", permit)?;
            room.may_give(reason)?;
            room.not_revoked(permit, known)?;
            Ok(vec![Event::Revoked { permit, reason, note }])
        }
    }
}

pub(crate) struct Room<'a> {
    pub state: &'a State,
    people: &'a parties::State,
    profile: &'a Profile,
    ctx: &'a Ctx<'a>,
}

impl<'a> Room<'a> {
    fn may(&self, action: &'static str, id: PermitId) -> Result<&'a Permit, Refusal> {
        let permit = self.state.permits.get(&id).ok_or(Refusal::PermitMustBeKnown { permit: id })?;
        let issue = &permit.issue;
        self.ask(action, entity(id, issue, permit.status), issue.holder, &issue.kind)?;
        Ok(permit)
    }

    /// About a permit or a grant of this kind, and its holder.
    pub fn ask(&self, action: &'static str, resource: Entity, holder: PersonId, kind: &Key) -> Result<(), Refusal> {
        let question =
            question(self.people, self.profile, self.ctx.actor, action, (resource, holder, kind), self.ctx.now);
        self.ctx.ask(&question).map(drop).map_err(Refusal::RuledOut)
    }

    pub fn holder_is_known(&self, holder: PersonId) -> Result<(), Refusal> {
        let known = parties::person(self.people, holder).is_some_and(|person| !person.erased);
        if known { Ok(()) } else { Err(Refusal::HolderMustBeKnown { holder }) }
    }

    /// A case issues one thing, once.
    pub fn case_is_new(&self, case: CaseId) -> Result<(), Refusal> {
        let issued = self.state.by_case.contains_key(&case) || self.state.grants.by_case.contains_key(&case);
        if issued { Err(Refusal::CaseMustNotHaveIssued { case }) } else { Ok(()) }
    }

    pub fn may_give(&self, reason: Reason) -> Result<(), Refusal> {
        let may = !reason.is_the_platforms() || *self.ctx.actor == Actor::System;
        if may { Ok(()) } else { Err(Refusal::ReasonMustBeTheActorsToGive { reason }) }
    }

    fn issue(&self, issue: Issue) -> Result<Vec<Event>, Refusal> {
        self.holder_is_known(issue.holder)?;
        let permit = self.state.permits.get_max().map_or(PermitId(1), |(last, _)| last.next());
        self.ask("issue_permit", entity(permit, &issue, Status::Valid), issue.holder, &issue.kind)?;
        self.case_is_new(issue.case)?;
        if issue.valid_until <= issue.valid_from {
            return Err(Refusal::ValidityMustEndAfterItBegins);
        }
        Ok(vec![Event::Issued { permit, issue }])
    }

    fn bind(&self, permit: PermitId, thumbprint: Box<str>, form: Form) -> Result<Vec<Event>, Refusal> {
        let known = self.may("collect_permit", permit)?;
        self.not_revoked(permit, known)?;
        let well_formed = thumbprint.len() == THUMBPRINT_CHARS
            && thumbprint.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        if !well_formed {
            return Err(Refusal::ThumbprintMustBeWellFormed);
        }
        if known.bindings.iter().any(|binding| binding.thumbprint == thumbprint) {
            return Err(Refusal::HolderKeyMustBeNew);
        }
        let mut events = Vec::with_capacity(2);
        if known.bindings.len() >= BINDINGS_MAX
            && let Some(oldest) = known.bindings.first()
        {
            events.push(Event::HolderKeyUnbound { permit, thumbprint: oldest.thumbprint.clone() });
        }
        events.push(Event::HolderKeyBound { permit, thumbprint, form });
        Ok(events)
    }

    fn not_revoked(&self, permit: PermitId, known: &Permit) -> Result<(), Refusal> {
        match known.status {
            Status::Revoked => Err(Refusal::PermitMustNotBeRevoked { permit }),
            Status::Valid | Status::Suspended => Ok(()),
        }
    }
}

/// Records what was decided. Never fails: what it cannot find was never decided.
pub fn evolve(state: &mut State, event: &Event, recorded: &Recorded) {
    match event {
        Event::Issued { permit, issue } => {
            state.by_holder.entry(issue.holder).or_default().insert(*permit);
            state.by_case.insert(issue.case, *permit);
            let new = Permit {
                issue: issue.clone(),
                issued_at: recorded.at,
                status: Status::Valid,
                stopped_for: None,
                bindings: Vec::new(),
            };
            state.permits.insert(*permit, Arc::new(new));
        }
        Event::HolderKeyBound { permit, thumbprint, form } => change(state, *permit, |p| {
            p.bindings.push(Binding { thumbprint: thumbprint.clone(), form: *form, bound_at: recorded.at });
        }),
        Event::HolderKeyUnbound { permit, thumbprint } => {
            change(state, *permit, |p| p.bindings.retain(|binding| binding.thumbprint != *thumbprint));
        }
        Event::Suspended { permit, reason, .. } => {
            // A cause of an officer's own takes its place: they have looked.
            if *reason == Reason::DocumentChanged {
                state.to_look_at.insert(*permit);
            } else {
                state.to_look_at.remove(permit);
            }
            change(state, *permit, |p| (p.status, p.stopped_for) = (Status::Suspended, Some(*reason)));
        }
        Event::Resumed { permit, .. } => {
            state.to_look_at.remove(permit);
            change(state, *permit, |p| (p.status, p.stopped_for) = (Status::Valid, None));
        }
        Event::Granted { .. } | Event::GrantEnded { .. } => grants::evolve(&mut state.grants, event, recorded),
        // The bindings stay: a presentation of it has to be recognised to be refused as revoked.
        Event::Revoked { permit, reason, .. } => {
            let vouched_for_by = state.permits.get(permit).and_then(|known| known.issue.organisation);
            if let (Reason::Misuse, Some(organisation)) = (reason, vouched_for_by) {
                state.misused.insert(organisation, recorded.at);
            }
            state.to_look_at.remove(permit);
            change(state, *permit, |p| (p.status, p.stopped_for) = (Status::Revoked, Some(*reason)));
        }
    }
}

fn change(state: &mut State, permit: PermitId, with: impl FnOnce(&mut Permit)) {
    if let Some(permit) = state.permits.get_mut(&permit) {
        with(Arc::make_mut(permit));
    }
}
