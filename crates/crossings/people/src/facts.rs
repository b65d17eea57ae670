//! The facts of one presentation, gathered from the rooms, and the question they make for the rulebook.
//!
//! They are kept with the decision, so that it can be explained and replayed. Nothing personal is among them.

use crate::State;
use crate::door::{gate_entity, gate_is_open, place_of};
use crate::model::{Place, Presentation, Referral, Refusal, mark_of};
use base::{Actor, Answer, Bank, Direction, Entity, Instant, Key, PassageId, PermitId, PersonId, Question, Rules};
use permits::{Form, Permit};
use profile::{Gate, Profile};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    pub gate_open: bool,
    /// Minute of the day and day of the week (1 is Monday) where the gate stands.
    pub local_minute: u16,
    pub weekday: u8,
    /// `verified`, or why not.
    pub verification: Key,
    pub pass: Option<PassFacts>,
    /// The end of the document's last day, in the time of the holder's own bank.
    pub document_expires: Option<Instant>,
    pub replayed: bool,
    pub presentation_age_seconds: i64,
    pub form: Option<Form>,
    pub presence: SmolStr,
    pub watchlisted: Vec<Bank>,
    pub holder_erased: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassFacts {
    pub permit: PermitId,
    pub holder: PersonId,
    pub kind: Key,
    pub status: permits::Status,
    pub from: Instant,
    pub until: Instant,
    pub scope: permits::Scope,
}

/// Where the facts come from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    pub state: &'a State,
    pub permits: &'a permits::State,
    pub people: &'a parties::State,
    pub profile: &'a Profile,
    pub now: Instant,
}

impl Sources<'_> {
    pub(crate) fn gather(&self, gate: &Gate, presentation: &Presentation, watchlisted: Vec<Bank>) -> Facts {
        let now = self.now;
        let (verification, pass) = self.pass(presentation);
        let holder = pass.as_ref().and_then(|pass| parties::person(self.people, pass.holder));
        let (form, age, replayed) = match presentation {
            Presentation::Verified { form, presented_at, digest, .. } => {
                // A card shows the same presentation every time; pass-back is what guards it.
                let replayed = *form != Form::Card && self.state.seen.contains_key(&mark_of(digest));
                (Some(*form), now.since(*presented_at) / Instant::SECOND, replayed)
            }
            Presentation::Unverifiable { .. } => (None, 0, false),
        };
        Facts {
            gate_open: gate_is_open(self.state, self.profile, gate, now),
            local_minute: self.profile.local_minute(gate.bank, now),
            weekday: self.profile.weekday(gate.bank, now),
            verification,
            document_expires: holder.and_then(|person| self.end_of_document(person)),
            replayed,
            presentation_age_seconds: age,
            form,
            presence: self.presence(pass.as_ref().map(|pass| pass.holder)),
            watchlisted,
            holder_erased: holder.is_some_and(|person| person.erased),
            pass,
        }
    }

    /// Whether an officer may still let the referred traveller over, and what the rules say of it now; which officer may
    /// is the rulebook's to say as well. Nobody is let over whom the park could not find again, on a pass that was
    /// stopped, after they may long have left, or past a rule that refuses: what is left to officers are the policies
    /// that refer.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn may_be_let_over(&self, passage: PassageId, rules: &dyn Rules) -> Result<Answer, Refusal> {
        let open = self.state.referrals.get(&passage).ok_or(Refusal::ReferralMustBeOpen { passage })?;
        let gate = self.profile.gates.get(&open.gate);
        let gate = gate.ok_or_else(|| Refusal::GateMustBeKnown { gate: open.gate.clone() })?;
        let (Some(person), Some(permit)) = (open.person, open.permit) else {
            return Err(Refusal::TravellerMustBeKnown);
        };
        let known = permits::permit(self.permits, permit);
        let known = known.filter(|known| known.status == permits::Status::Valid);
        let known = known.ok_or(Refusal::PermitMustBeValid { permit })?;
        let minutes_max = gate.referral_minutes;
        if self.now.since(open.at) > i64::from(minutes_max) * Instant::MINUTE {
            return Err(Refusal::ReferralMustBeRecent { passage, minutes_max });
        }
        // Whatever moved them, another walk or an officer's word, they are to show the pass where they are now.
        if self.state.presence.get(&person).is_some_and(|presence| presence.since > open.at) {
            return Err(Refusal::TravellerMustNotHaveMovedSince { passage });
        }
        let platform = parties::principal(self.people, self.profile, &Actor::System, self.now);
        let facts = self.again(gate, open, PassFacts::of(permit, known));
        let answer = rules.ask(&facts.question(platform, gate, open.direction, self.now));
        rules.beyond_officers(&answer).map_or(Ok(answer), |beyond| Err(Refusal::CrossingMustNotBeRefused(beyond)))
    }

    /// The facts of a referred presentation now: what was shown stays as it was, and where things stand does not.
    fn again(&self, gate: &Gate, open: &Referral, pass: PassFacts) -> Facts {
        let holder = parties::person(self.people, pass.holder);
        Facts {
            gate_open: gate_is_open(self.state, self.profile, gate, self.now),
            local_minute: self.profile.local_minute(gate.bank, self.now),
            weekday: self.profile.weekday(gate.bank, self.now),
            document_expires: holder.and_then(|person| self.end_of_document(person)),
            presence: self.presence(Some(pass.holder)),
            holder_erased: holder.is_some_and(|person| person.erased),
            pass: Some(pass),
            ..open.facts.clone()
        }
    }

    fn presence(&self, person: Option<PersonId>) -> SmolStr {
        SmolStr::new_static(match person.and_then(|person| place_of(self.state, person)) {
            Some(Place::On(bank)) => bank.as_str(),
            Some(Place::Crossing(_)) => "bridge",
            None => "unknown",
        })
    }

    fn end_of_document(&self, person: &parties::Person) -> Option<Instant> {
        // A document without a date of expiry is entered with the last date there is: no day comes after it.
        let day_after = person.document.as_ref()?.expires.tomorrow();
        Some(day_after.map_or(Instant(i64::MAX), |day| self.profile.start_of_day(person.home_bank, day)))
    }

    /// The pass is known only if the key that signed the presentation is bound to it.
    fn pass(&self, presentation: &Presentation) -> (Key, Option<PassFacts>) {
        match presentation {
            Presentation::Unverifiable { fault } => (fault.clone(), None),
            Presentation::Verified { permit, thumbprint, form, .. } => {
                let known = permits::permit(self.permits, *permit);
                let bound =
                    known.filter(|known| known.bindings.iter().any(|b| b.thumbprint == *thumbprint && b.form == *form));
                let verification = match (known, bound) {
                    (Some(_), None) => "holder-key-not-bound",
                    (None, _) | (_, Some(_)) => "verified",
                };
                (Key::new(verification).unwrap_or_default(), bound.map(|known| PassFacts::of(*permit, known)))
            }
        }
    }
}

impl PassFacts {
    fn of(permit: PermitId, known: &Permit) -> Self {
        Self {
            permit,
            holder: known.issue.holder,
            kind: known.issue.kind.clone(),
            status: known.status,
            from: known.issue.valid_from,
            until: known.issue.valid_until,
            scope: known.issue.scope.clone(),
        }
    }
}

impl Facts {
    /// The question for the rulebook. Every name is always there: a policy never has to ask whether it is.
    pub fn question(&self, principal: Entity, gate: &Gate, direction: Direction, now: Instant) -> Question {
        let pass = self.pass.as_ref();
        let none = permits::Scope::default();
        let scope = pass.map_or(&none, |pass| &pass.scope);
        let instant = |instant: Option<Instant>| instant.map_or(0, |instant| instant.0);
        Question::new("cross", principal, gate_entity(gate))
            .with("now", now.0)
            .with("direction", direction.as_str())
            .with("bridge", &gate.bridge)
            .with("gate_open", self.gate_open)
            .with("local_minute", i64::from(self.local_minute))
            .with("weekday", i64::from(self.weekday))
            .with("verification", &self.verification)
            .with("pass_known", pass.is_some())
            .with("pass_status", pass.map_or("none", |pass| pass.status.as_str()))
            .with("pass_kind", pass.map_or("", |pass| pass.kind.as_str()))
            .with("pass_from", instant(pass.map(|pass| pass.from)))
            .with("pass_until", instant(pass.map(|pass| pass.until)))
            .with("pass_bridges", texts(scope.bridges.iter().map(Key::as_str)))
            .with("pass_directions", texts(scope.directions.iter().map(|direction| direction.as_str())))
            .with("pass_minute_from", i64::from(scope.minute_from))
            .with("pass_minute_until", i64::from(scope.minute_until))
            .with("pass_weekdays", texts(scope.weekdays.iter().map(|day| weekday_text(*day))))
            .with("document_known", self.document_expires.is_some())
            .with("document_expires", instant(self.document_expires))
            .with("replayed", self.replayed)
            .with("presentation_age_seconds", self.presentation_age_seconds)
            .with("form", self.form.map_or("none", Form::as_str))
            .with("presence", self.presence.as_str())
            .with("watchlisted_north", self.watchlisted.contains(&Bank::North))
            .with("watchlisted_south", self.watchlisted.contains(&Bank::South))
            .with("holder_erased", self.holder_erased)
    }
}

fn texts<'a>(values: impl Iterator<Item = &'a str>) -> base::Value {
    base::Value::Texts(values.map(SmolStr::new).collect())
}

fn weekday_text(day: u8) -> &'static str {
    match day {
        1 => "1",
        2 => "2",
        3 => "3",
        4 => "4",
        5 => "5",
        6 => "6",
        _ => "7",
    }
}
