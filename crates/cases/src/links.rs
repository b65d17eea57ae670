//! Cases that change a decided one: renew, amend, transfer, surrender, appeal, reconsider, correct. Each is a case of its
//! own, linked to the first; the first stays as it was decided, for ever.
//!
//! What may be asked of a case, by which service, until when and of which offices is the first case's service to say.

use crate::decide::Room;
use crate::model::{About, Case, LegState, Outcome, Stage, State};
use crate::refusal::Refusal;
use base::{Bank, CaseId, Date, GrantId, Instant, Key, PermitId, PersonId};
use imbl::{OrdMap, OrdSet};
use profile::{Change, ChangeKind, ChangeLegs, JointOutcome, LegPlan, Profile, Service};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many changes may follow on each other; a pass renewed every year reaches it after a lifetime.
const CHAIN_MAX: usize = 64;

/// The case that is changed, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub case: CaseId,
    #[serde(rename = "as")]
    pub kind: ChangeKind,
}

/// By first case: those that change it.
pub type Links = OrdMap<CaseId, OrdSet<CaseId>>;

/// What a case issued.
#[derive(Debug, Clone, Copy)]
pub enum Issued<'a> {
    Permit(PermitId, &'a permits::Permit),
    Grant(GrantId, &'a permits::Grant),
}

impl Issued<'_> {
    pub fn valid_until(&self) -> Instant {
        match self {
            Issued::Permit(_, permit) => permit.issue.valid_until,
            Issued::Grant(_, grant) => grant.terms.valid_until,
        }
    }

    /// Whether it was ended before its time; one that is suspended was not.
    pub fn is_ended(&self) -> bool {
        match self {
            Issued::Permit(_, permit) => permit.status == permits::Status::Revoked,
            Issued::Grant(_, grant) => grant.ended.is_some(),
        }
    }
}

/// A change that can be asked of a case now, or from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub kind: ChangeKind,
    pub service: Key,
    /// The first day; none where it can be asked already.
    pub from: Option<Date>,
    /// The last day; none where it can be asked for as long as what was issued stands.
    pub until: Option<Date>,
}

pub fn issued(permits: &permits::State, id: CaseId) -> Option<Issued<'_>> {
    let permit = permits::of_case(permits, id);
    let permit = permit.and_then(|id| Some(Issued::Permit(id, permits::permit(permits, id)?)));
    permit.or_else(|| {
        let id = permits::grant_of_case(permits, id)?;
        Some(Issued::Grant(id, permits::grant_of(permits, id)?))
    })
}

/// The cases that change this one, oldest first.
pub fn changes_of(state: &State, id: CaseId) -> impl DoubleEndedIterator<Item = (CaseId, &Case)> + '_ {
    let ids = state.links.get(&id).into_iter().flatten();
    ids.filter_map(|id| Some((*id, crate::case(state, *id)?)))
}

/// The case at the beginning of the chain: one that changes none. Its service says what may be done later.
pub fn root<'a>(state: &'a State, case: &'a Case) -> &'a Case {
    chain(state, case).last().unwrap_or(case)
}

/// The case itself, the one that it changes, and so on to the root.
fn chain<'a>(state: &'a State, case: &'a Case) -> impl Iterator<Item = &'a Case> + 'a {
    let before = move |case: &&'a Case| match case.about {
        About::Change(link) => crate::case(state, link.case),
        About::Person(_) | About::Permit(_) | About::Organisation(_) => None,
    };
    std::iter::successors(Some(case), before).take(CHAIN_MAX)
}

/// The persons who decided a leg of the case that this one changes, or of those before it.
pub(crate) fn deciders_before(state: &State, case: &Case) -> Vec<PersonId> {
    let legs = chain(state, case).skip(1).flat_map(|before| before.legs.iter());
    let mut officers: Vec<_> = legs.filter(|leg| leg.decided_at.is_some()).filter_map(|leg| leg.officer).collect();
    officers.sort_unstable();
    officers.dedup();
    officers
}

/// The service whose form is asked: the first case's where the service asks it again.
pub fn form_service<'p>(state: &State, profile: &'p Profile, service: &'p Service, about: About) -> &'p Service {
    let About::Change(link) = about else { return service };
    let first = crate::case(state, link.case).filter(|_| service.asks_again);
    let root = first.map(|first| root(state, first));
    root.and_then(|root| profile.service_at(&root.service, root.service_version)).unwrap_or(service)
}

/// What can be asked of the case, today or later, with its days.
pub fn offers(
    state: &State,
    permits: &permits::State,
    profile: &Profile,
    id: CaseId,
    case: &Case,
    now: Instant,
) -> Vec<Offer> {
    let root = root(state, case);
    let Some(service) = profile.service_at(&root.service, root.service_version) else { return Vec::new() };
    let asked = |change: &Change| {
        let link = Link { case: id, kind: change.kind };
        let window = Window::of(profile, permits, link, case, change)?;
        window.not_over(profile, now)?;
        not_asked_before(state, link)?;
        let from = window.from.filter(|from| today(profile, now) < *from);
        Ok::<Offer, Refusal>(Offer { kind: change.kind, service: change.service.clone(), from, until: window.until })
    };
    service.changes.iter().filter_map(|change| asked(change).ok()).collect()
}

/// The change that the first case's service allows, where it can be asked now.
pub(crate) fn allowed<'a>(room: &Room<'a>, service: &Service, link: Link) -> Result<(&'a Case, &'a Change), Refusal> {
    let first = room.case(link.case)?;
    let not_offered = || Refusal::ChangeMustBeOffered { case: link.case };
    let change = change_of(room.state, room.profile, first, link.kind).ok_or_else(not_offered)?;
    if change.service != service.key {
        return Err(not_offered());
    }
    let window = Window::of(room.profile, room.permits, link, first, change)?;
    if let Some(from) = window.from.filter(|from| today(room.profile, room.ctx.now) < *from) {
        return Err(Refusal::ChangeMustNotBeEarly { from });
    }
    window.not_over(room.profile, room.ctx.now)?;
    not_asked_before(room.state, link)?;
    Ok((first, change))
}

/// An appeal or reconsideration that was decided is not asked a second time, nor is what was renewed renewed again. Of two
/// changes at once nobody could say which holds.
fn not_asked_before(state: &State, link: Link) -> Result<(), Refusal> {
    for (id, other) in changes_of(state, link.case) {
        match other.stage {
            Stage::Confirming | Stage::Deciding => return Err(Refusal::CaseMustBeTheOnlyOneOpen { case: id }),
            Stage::Decided(Outcome::Withdrawn) => {}
            Stage::Decided(outcome @ (Outcome::Approved | Outcome::Refused)) => {
                let same = other.about == About::Change(link);
                let settled = match link.kind {
                    ChangeKind::Appeal | ChangeKind::Reconsider => same || outcome == Outcome::Approved,
                    ChangeKind::Renew => same && outcome == Outcome::Approved,
                    ChangeKind::Amend | ChangeKind::Transfer | ChangeKind::Surrender | ChangeKind::Correct => false,
                };
                if settled {
                    return Err(Refusal::ChangeMustBeAskedOnce { case: id });
                }
            }
        }
    }
    Ok(())
}

/// From which day to which it can be asked.
struct Window {
    from: Option<Date>,
    until: Option<Date>,
}

impl Window {
    fn of(
        profile: &Profile,
        permits: &permits::State,
        link: Link,
        first: &Case,
        change: &Change,
    ) -> Result<Self, Refusal> {
        let days = change.within_days.map(|days| i64::from(days) * Instant::DAY);
        let decided = first.decided_at.ok_or(Refusal::CaseMustBeDecided { case: link.case })?;
        let since_decided = days.map(|days| today(profile, decided.plus(days)));
        if link.kind.is_about_a_refusal() {
            let settled = matches!(first.about, About::Change(before) if before.kind.is_about_a_refusal());
            if first.stage != Stage::Decided(Outcome::Refused) || settled {
                return Err(Refusal::CaseMustBeRefused { case: link.case });
            }
            return Ok(Self { from: None, until: since_decided });
        }
        let issued = issued(permits, link.case).filter(|issued| !issued.is_ended());
        let issued = issued.ok_or(Refusal::IssuedMustStand { case: link.case })?;
        // `valid_until` is the first instant at which it is over.
        let (end, last) = (issued.valid_until().plus(-1), today(profile, issued.valid_until().plus(-1)));
        if link.kind == ChangeKind::Renew {
            return Ok(Self { from: days.map(|days| today(profile, end.plus(-days))), until: Some(last) });
        }
        Ok(Self { from: None, until: Some(since_decided.map_or(last, |day| day.min(last))) })
    }

    fn not_over(&self, profile: &Profile, now: Instant) -> Result<(), Refusal> {
        match self.until {
            Some(until) if until < today(profile, now) => Err(Refusal::ChangeMustBeInTime { until }),
            Some(_) | None => Ok(()),
        }
    }
}

/// Both banks keep one time; the north's is taken, as for validity.
fn today(profile: &Profile, now: Instant) -> Date {
    profile.local_date(Bank::North, now)
}

/// The plans of the legs that a case has, or that its change takes over from the case before; and how they come to an
/// outcome together.
pub(crate) struct Plans<'a> {
    pub all: Vec<&'a LegPlan>,
    pub outcome: JointOutcome,
    /// By what the legs depend on.
    pub choices: &'a BTreeMap<Key, Key>,
}

/// Which legs a case has. One that changes another has those that the first one's service says.
pub(crate) fn plans<'a>(room: &Room<'a>, service: &'a Service, case: &'a Case) -> Result<Plans<'a>, Refusal> {
    let own = || Plans {
        all: service.legs.iter().collect(),
        outcome: service.outcome.clone(),
        choices: &case.disclosed.choices,
    };
    let About::Change(link) = case.about else { return Ok(own()) };
    let first = room.case(link.case)?;
    let before = room.profile.service_at(&first.service, first.service_version);
    let refused = |leg: &&crate::Leg| leg.state == LegState::Refused;
    match change_of(room.state, room.profile, first, link.kind).map(|change| change.legs).unwrap_or_default() {
        ChangeLegs::Own => Ok(own()),
        ChangeLegs::Banks => {
            let banks: Vec<Bank> = first.legs.iter().filter(refused).map(|leg| leg.bank).collect();
            let bank_of = |plan: &&LegPlan| room.profile.office(&plan.office).map(|office| office.bank);
            let of_banks = |plan: &&LegPlan| bank_of(plan).is_some_and(|bank| banks.contains(&bank));
            let all: Vec<&LegPlan> = service.legs.iter().filter(of_banks).collect();
            // Nobody is left without a decision because no bank's leg is recorded as having refused.
            if all.is_empty() { Ok(own()) } else { Ok(Plans { all, ..own() }) }
        }
        legs @ (ChangeLegs::Refused | ChangeLegs::First) => {
            let before = before.ok_or_else(|| Refusal::ServiceMustBeKnown { service: first.service.clone() })?;
            let mut plans = plans(room, before, first)?;
            if legs == ChangeLegs::Refused {
                let was_refused = |plan: &&LegPlan| first.legs.iter().filter(refused).any(|leg| leg.key == plan.key);
                plans.all.retain(was_refused);
                plans.outcome = JointOutcome::All;
            } else if service.asks_again {
                plans.choices = &case.disclosed.choices;
            }
            Ok(plans)
        }
    }
}

fn change_of<'p>(state: &State, profile: &'p Profile, first: &Case, kind: ChangeKind) -> Option<&'p Change> {
    let root = root(state, first);
    let service = profile.service_at(&root.service, root.service_version)?;
    service.changes.iter().find(|change| change.kind == kind)
}
