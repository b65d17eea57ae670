//! Somebody registered, appointed and invited in one submission: each step sees what the one before it did. Pure.

use crate::model::{Appointing, Event, Refusal};
use crate::zone::{Rooms, Zone, into};
use base::{Ctx, Recorded};

impl Zone {
    pub(crate) fn appoint(&self, rooms: Rooms, appointing: Appointing, ctx: &Ctx) -> Result<Vec<Event>, Refusal> {
        let Appointing { register, post, invitation } = appointing;
        // Looked at and changed is a copy: nothing is true yet.
        let mut parties = self.parties.clone();
        let mut take = |command| {
            let decided = parties::decide(&parties, rooms.profile, command, ctx)?;
            let recorded = Recorded { sequence: self.size, at: ctx.now, actor: ctx.actor };
            decided.iter().for_each(|event| parties::evolve(&mut parties, event, &recorded));
            Ok::<_, parties::Refusal>(decided)
        };
        let mut events = take(register)?;
        let Some(parties::Event::PersonRegistered { person, .. }) = events.first() else {
            return Err(Refusal::EnrolmentMustRegister);
        };
        let person = *person;
        events.extend(take(post.appoint(person))?);
        let crate::Invitation { secret_digest, expires_at, secret } = invitation;
        events.extend(take(parties::Command::Invite { person, secret_digest, expires_at, secret })?);
        into(Ok::<_, Refusal>(events))
    }
}
