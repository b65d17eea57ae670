//! What a leg of some kinds holds besides its state: a proposal that a second officer looks at, a fee, a signature, an
//! appointment, a panel's ballots. Boxed, because of a million legs hardly any has it. Pure data and its arithmetic.

use crate::model::LegVerdict;
use base::{Instant, Key, Language, PersonId, Sealed};
use profile::{AttendPlan, Currency, LegPlan, PayPlan, RefundOn, SignPlan, Signatory, TaskPlan, VotePlan};
use serde::{Deserialize, Serialize};

/// Of the version of the service that the case stays on, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegWork {
    /// How many officers have to agree.
    pub eyes: u8,
    /// What one officer proposed and no second one has looked at yet.
    pub proposal: Option<Proposal>,
    pub task: Option<Task>,
}

impl LegWork {
    /// `None` where one officer's word is all that the leg asks for.
    pub(crate) fn of(plan: &LegPlan) -> Option<Box<Self>> {
        let task = plan.task.as_ref().map(Task::of);
        (plan.eyes > 1 || task.is_some()).then(|| Box::new(Self { eyes: plan.eyes, proposal: None, task }))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    pub verdict: LegVerdict,
    pub officer: PersonId,
    pub at: Instant,
    /// It becomes the leg's reason if the second officer agrees.
    pub reason: Sealed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Task {
    Pay(Payment),
    Sign(Signing),
    Attend(Attendance),
    Vote(Panel),
}

impl Task {
    fn of(plan: &TaskPlan) -> Self {
        match plan {
            TaskPlan::Pay(plan) => Task::Pay(Payment::of(plan)),
            TaskPlan::Sign(plan) => Task::Sign(Signing::of(plan)),
            TaskPlan::Attend(plan) => Task::Attend(Attendance::of(plan)),
            TaskPlan::Vote(plan) => Task::Vote(Panel::of(plan)),
        }
    }
}

/// A sum of money: minor units of a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    pub minor: i64,
    pub currency: Currency,
}

/// `HKD 1,000.00`, as a remark says it.
impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.currency.code(), profile::money::typed(self.minor))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    pub due: Amount,
    pub refund_on: Vec<RefundOn>,
    pub settled: Option<Settled>,
    pub refund: Option<Refund>,
}

impl Payment {
    fn of(plan: &PayPlan) -> Self {
        let due = Amount { minor: plan.amount_minor, currency: plan.currency };
        Self { due, refund_on: plan.refund_on.clone(), settled: None, refund: None }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Settled {
    /// Under this number of the bank's, or of the cashier's.
    Paid {
        receipt: Box<str>,
    },
    Waived,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Refund {
    /// The case ended so that what was paid goes back.
    Due,
    Made {
        receipt: Box<str>,
    },
}

/// What shows that it was the signatory who signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Confirmation {
    /// An authenticator of theirs signed for this case, leg and text, and for nothing else.
    Passkey {
        /// The passkey, by the digest of its id.
        credential: Box<str>,
        /// What was mixed into the question besides, so that no two are the same.
        nonce: Box<str>,
        /// The authenticator's answer, under the signatory's key.
        proof: Sealed,
    },
    /// Somebody made up, who has no passkey.
    Demonstration,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signing {
    pub version: u32,
    pub signatory: Signatory,
    /// Whom the applicant named.
    pub named: Option<PersonId>,
    pub signed: Option<Signed>,
}

impl Signing {
    fn of(plan: &SignPlan) -> Self {
        Self { version: plan.version, signatory: plan.signatory, named: None, signed: None }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    pub by: PersonId,
    pub language: Language,
    /// Hex SHA-256 of the text that was signed, in that language.
    pub text: Box<str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// How often the time that was chosen may still be changed.
    pub changes_left: u8,
    /// How often the applicant may still stay away without being refused.
    pub absences_left: u8,
    /// When the time that was chosen begins, at the leg's office.
    pub booked: Option<Instant>,
}

impl Attendance {
    fn of(plan: &AttendPlan) -> Self {
        Self { changes_left: plan.changes_max, absences_left: plan.absences_max, booked: None }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    pub seats: Vec<Seat>,
    pub criteria: Vec<Criterion>,
    pub score_max: u8,
    pub quorum_percent: u8,
    pub votes_min: u8,
    pub pass_percent: u8,
    /// Who declared a conflict of interest: they sit on no seat of this panel any more.
    pub excluded: Vec<PersonId>,
    pub tally: Option<Tally>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    pub office: Key,
    /// Who sat on it: known once they have voted, abstained or declared a conflict.
    pub member: Option<PersonId>,
    pub ballot: Option<Ballot>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    pub key: Key,
    pub weight: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Ballot {
    /// In the order of the criteria.
    Scores(Vec<u8>),
    Abstained,
    /// A conflict of interest: the seat does not count.
    Conflict,
}

/// What a panel's votes came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    pub seats: u8,
    pub scored: u8,
    pub abstained: u8,
    pub conflicts: u8,
    /// The weighted mean of all scores in hundredths of a per cent of the highest, rounded down.
    pub mean: u32,
}

impl Panel {
    fn of(plan: &VotePlan) -> Self {
        let seat = |office: &Key| Seat { office: office.clone(), member: None, ballot: None };
        Self {
            seats: plan.seats.iter().map(seat).collect(),
            criteria: plan.criteria.iter().map(|one| Criterion { key: one.key.clone(), weight: one.weight }).collect(),
            score_max: plan.score_max,
            quorum_percent: plan.quorum_percent,
            votes_min: plan.votes_min,
            pass_percent: plan.pass_percent,
            excluded: Vec::new(),
            tally: None,
        }
    }

    /// One score for each criterion, none above the highest.
    pub(crate) fn fits(&self, scores: &[u8]) -> bool {
        scores.len() == self.criteria.len() && scores.iter().all(|score| *score <= self.score_max)
    }

    /// The highest weighted sum of one ballot: the weights add up to a hundred.
    fn full(&self) -> u64 {
        let weights: u64 = self.criteria.iter().map(|criterion| u64::from(criterion.weight)).sum();
        weights * u64::from(self.score_max)
    }

    fn weighted(&self, scores: &[u8]) -> u64 {
        let pairs = self.criteria.iter().zip(scores);
        pairs.map(|(criterion, score)| u64::from(criterion.weight) * u64::from(*score)).sum()
    }

    fn sum(&self) -> u64 {
        let scores = self.seats.iter().map(|seat| match &seat.ballot {
            Some(Ballot::Scores(scores)) => self.weighted(scores),
            Some(Ballot::Abstained | Ballot::Conflict) | None => 0,
        });
        scores.sum()
    }

    fn count(&self, which: impl Fn(&Option<Ballot>) -> bool) -> u8 {
        u8::try_from(self.seats.iter().filter(|seat| which(&seat.ballot)).count()).unwrap_or(u8::MAX)
    }

    pub fn tally_now(&self) -> Tally {
        let scored = self.count(|ballot| matches!(ballot, Some(Ballot::Scores(_))));
        let whole = self.full().saturating_mul(u64::from(scored)).max(1);
        Tally {
            seats: u8::try_from(self.seats.len()).unwrap_or(u8::MAX),
            scored,
            abstained: self.count(|ballot| matches!(ballot, Some(Ballot::Abstained))),
            conflicts: self.count(|ballot| matches!(ballot, Some(Ballot::Conflict))),
            mean: u32::try_from(self.sum().saturating_mul(10_000) / whole).unwrap_or(u32::MAX),
        }
    }

    /// How many members have to take part: a share of those without a conflict, rounded up.
    pub fn quorum(&self) -> u8 {
        let tally = self.tally_now();
        let base = u32::from(tally.seats.saturating_sub(tally.conflicts));
        let share = (base * u32::from(self.quorum_percent)).div_ceil(100);
        u8::try_from(share).unwrap_or(u8::MAX).max(self.votes_min)
    }

    /// Whoever abstains takes part; but so many votes with scores there have to be.
    pub fn quorum_is_reached(&self) -> bool {
        let tally = self.tally_now();
        tally.scored + tally.abstained >= self.quorum() && tally.scored >= self.votes_min
    }

    /// Whether this mean approves, if `more` seats still vote and each gives the weighted sum `each`.
    fn passes(&self, more: u64, each: u64) -> bool {
        let votes = u64::from(self.tally_now().scored) + more;
        let sum = (self.sum() + more * each).saturating_mul(100);
        sum >= self.full().saturating_mul(votes).saturating_mul(u64::from(self.pass_percent))
    }

    /// What the votes that there are come to, once the quorum is reached.
    pub fn result(&self) -> Option<LegVerdict> {
        let verdict = if self.passes(0, 0) { LegVerdict::Approved } else { LegVerdict::Refused };
        self.quorum_is_reached().then_some(verdict)
    }

    /// The result that no vote still outstanding can change.
    pub fn settled(&self) -> Option<LegVerdict> {
        let result = self.result()?;
        let open = u64::from(self.count(Option::is_none));
        let worst = self.passes(open, 0);
        let best = self.passes(open, self.full());
        let certain = match result {
            LegVerdict::Approved => worst,
            LegVerdict::Refused | LegVerdict::Supported | LegVerdict::Objected => !best,
        };
        certain.then_some(result)
    }

    /// The first seat of the office on which nobody has acted.
    pub(crate) fn free_seat(&self, office: &Key) -> Option<usize> {
        self.seats.iter().position(|seat| seat.office == *office && seat.ballot.is_none())
    }

    pub fn seat_of(&self, person: PersonId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.member == Some(person))
    }
}
