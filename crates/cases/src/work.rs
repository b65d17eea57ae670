//! What is done on a leg besides an officer's word: commands and events of the kinds of legs that have tasks, of four eyes,
//! and of handing work on. One list of each, so that the room's own lists stay short.

use crate::decide::Room;
use crate::model::{Event, Leg, LegState, LegVerdict, State};
use crate::refusal::Refusal;
use crate::tasks::{
    Amount, Attendance, Ballot, Confirmation, Panel, Payment, Proposal, Refund, Settled, Signed, Signing, Tally, Task,
};
use crate::{appointments, handing, payments, second_eye, signing, votes};
use base::{Answer, CaseId, Instant, Key, Language, PersonId, Recorded, Sealed};
use serde::{Deserialize, Serialize};

/// What somebody would do on a leg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    GiveBack,
    /// To a colleague of the same office, by whoever holds it, or by the office's head.
    HandOn {
        to: PersonId,
        note: Option<Sealed>,
    },
    /// A second officer agrees with what the first proposed.
    Confirm,
    /// A second officer does not, and says why.
    SendBack {
        reason: Sealed,
    },
    /// The money is there, under this number of the bank's or the cashier's.
    ConfirmPayment {
        amount: Amount,
        receipt: Box<str>,
    },
    WaiveFee {
        reason: Sealed,
    },
    ConfirmRefund {
        receipt: Box<str>,
    },
    NameSignatory {
        person: PersonId,
    },
    /// The undertaking's text in one language, told by its hash.
    Sign {
        version: u32,
        language: Language,
        text: Box<str>,
        confirmation: Option<Confirmation>,
    },
    Decline {
        reason: Option<Sealed>,
    },
    /// A time that the leg's office offers; another one than before, where one was chosen.
    Book {
        at: Instant,
    },
    CancelBooking,
    RecordAttendance {
        came: bool,
    },
    /// Scores in the order of the criteria, or an abstention.
    Vote {
        scores: Option<Vec<u8>>,
        comment: Option<Sealed>,
    },
    DeclareConflict {
        reason: Option<Sealed>,
    },
    /// The chair's office gives a seat that fell away to another member of that office.
    Reseat {
        seat: u8,
    },
    CloseVote {
        reason: Sealed,
    },
}

/// What was done on a leg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Work {
    GivenBack {
        officer: PersonId,
    },
    HandedOn {
        /// Who held it before.
        from: Option<PersonId>,
        by: PersonId,
        to: PersonId,
        note: Option<Sealed>,
    },
    Proposed {
        verdict: LegVerdict,
        officer: PersonId,
        reason: Sealed,
        ruling: Answer,
    },
    /// The decision itself follows.
    Confirmed {
        officer: PersonId,
        ruling: Answer,
    },
    SentBack {
        officer: PersonId,
        reason: Sealed,
        ruling: Answer,
    },
    Paid {
        amount: Amount,
        receipt: Box<str>,
        officer: PersonId,
        ruling: Answer,
    },
    FeeWaived {
        officer: PersonId,
        reason: Sealed,
        ruling: Answer,
    },
    RefundDue {
        amount: Amount,
    },
    Refunded {
        amount: Amount,
        receipt: Box<str>,
        officer: PersonId,
    },
    SignatoryNamed {
        person: PersonId,
        by: PersonId,
    },
    Signed {
        person: PersonId,
        version: u32,
        language: Language,
        text: Box<str>,
        /// Nothing in signatures of before passkeys confirmed them.
        #[serde(default)]
        confirmation: Option<Confirmation>,
        ruling: Answer,
    },
    Declined {
        person: PersonId,
        reason: Option<Sealed>,
        ruling: Answer,
    },
    Booked {
        at: Instant,
        by: PersonId,
    },
    BookingCancelled {
        at: Instant,
        by: PersonId,
    },
    Attended {
        at: Instant,
        officer: PersonId,
        ruling: Answer,
    },
    StayedAway {
        at: Instant,
        officer: PersonId,
        ruling: Answer,
    },
    Voted {
        seat: u8,
        officer: PersonId,
        /// None for an abstention.
        scores: Option<Vec<u8>>,
        comment: Option<Sealed>,
        ruling: Answer,
    },
    ConflictDeclared {
        seat: u8,
        officer: PersonId,
        reason: Option<Sealed>,
    },
    Reseated {
        seat: u8,
        by: PersonId,
    },
    /// By the votes alone, or by the chair's closing.
    VoteClosed {
        verdict: LegVerdict,
        tally: Tally,
        officer: Option<PersonId>,
        reason: Option<Sealed>,
        ruling: Answer,
    },
}

impl Work {
    /// Whether it stays within the office: neither the applicant nor the other bank hears of it.
    pub fn is_internal(&self) -> bool {
        match self {
            Work::GivenBack { .. }
            | Work::HandedOn { .. }
            | Work::Proposed { .. }
            | Work::Confirmed { .. }
            | Work::SentBack { .. }
            | Work::Voted { .. }
            | Work::ConflictDeclared { .. }
            | Work::Reseated { .. } => true,
            Work::Paid { .. }
            | Work::FeeWaived { .. }
            | Work::RefundDue { .. }
            | Work::Refunded { .. }
            | Work::SignatoryNamed { .. }
            | Work::Signed { .. }
            | Work::Declined { .. }
            | Work::Booked { .. }
            | Work::BookingCancelled { .. }
            | Work::Attended { .. }
            | Work::StayedAway { .. }
            | Work::VoteClosed { .. } => false,
        }
    }

    /// Its name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Work::GivenBack { .. } => "given_back",
            Work::HandedOn { .. } => "handed_on",
            Work::Proposed { .. } => "proposed",
            Work::Confirmed { .. } => "confirmed",
            Work::SentBack { .. } => "sent_back",
            Work::Paid { .. } => "paid",
            Work::FeeWaived { .. } => "fee_waived",
            Work::RefundDue { .. } => "refund_due",
            Work::Refunded { .. } => "refunded",
            Work::SignatoryNamed { .. } => "signatory_named",
            Work::Signed { .. } => "signed",
            Work::Declined { .. } => "declined",
            Work::Booked { .. } => "booked",
            Work::BookingCancelled { .. } => "booking_cancelled",
            Work::Attended { .. } => "attended",
            Work::StayedAway { .. } => "stayed_away",
            Work::Voted { .. } => "voted",
            Work::ConflictDeclared { .. } => "conflict_declared",
            Work::Reseated { .. } => "reseated",
            Work::VoteClosed { .. } => "vote_closed",
        }
    }
}

pub(crate) fn decide(room: &Room, case: CaseId, leg: &Key, act: Act) -> Result<Vec<Event>, Refusal> {
    match act {
        Act::GiveBack => handing::give_back(room, case, leg),
        Act::HandOn { to, note } => handing::hand_on(room, case, leg, to, note),
        Act::Confirm => second_eye::confirm(room, case, leg),
        Act::SendBack { reason } => second_eye::send_back(room, case, leg, reason),
        Act::ConfirmPayment { amount, receipt } => payments::confirm(room, case, leg, amount, receipt),
        Act::WaiveFee { reason } => payments::waive(room, case, leg, reason),
        Act::ConfirmRefund { receipt } => payments::confirm_refund(room, case, leg, receipt),
        Act::NameSignatory { person } => signing::name(room, case, leg, person),
        Act::Sign { version, language, text, confirmation } => {
            signing::sign(room, (case, leg), (version, language, text), confirmation)
        }
        Act::Decline { reason } => signing::decline(room, case, leg, reason),
        Act::Book { at } => appointments::book(room, case, leg, at),
        Act::CancelBooking => appointments::cancel(room, case, leg),
        Act::RecordAttendance { came } => appointments::record(room, case, leg, came),
        Act::Vote { scores, comment } => votes::vote(room, case, leg, scores, comment),
        Act::DeclareConflict { reason } => votes::declare_conflict(room, case, leg, reason),
        Act::Reseat { seat } => votes::reseat(room, case, leg, seat),
        Act::CloseVote { reason } => votes::close(room, case, leg, reason),
    }
}

/// The leg as the event leaves it.
pub(crate) fn evolve(leg: &mut Leg, work: &Work, recorded: &Recorded) {
    match work {
        Work::GivenBack { .. } => leg.officer = None,
        Work::HandedOn { to, .. } => leg.officer = Some(*to),
        Work::Proposed { .. } | Work::Confirmed { .. } | Work::SentBack { .. } => propose(leg, work, recorded),
        Work::Paid { .. } | Work::FeeWaived { .. } | Work::RefundDue { .. } | Work::Refunded { .. } => {
            pay(leg, work, recorded);
        }
        Work::SignatoryNamed { .. } | Work::Signed { .. } | Work::Declined { .. } => sign(leg, work, recorded),
        Work::Booked { .. } | Work::BookingCancelled { .. } | Work::Attended { .. } | Work::StayedAway { .. } => {
            attend(leg, work, recorded);
        }
        Work::Voted { .. } | Work::ConflictDeclared { .. } | Work::Reseated { .. } | Work::VoteClosed { .. } => {
            count(leg, work, recorded);
        }
    }
}

fn ends(leg: &mut Leg, state: LegState, officer: Option<PersonId>, recorded: &Recorded) {
    leg.state = state;
    leg.officer = officer;
    leg.decided_at = Some(recorded.at);
}

fn propose(leg: &mut Leg, work: &Work, recorded: &Recorded) {
    let Some(known) = leg.work.as_mut() else { return };
    if let Work::Proposed { verdict, officer, reason, .. } = work {
        leg.officer = Some(*officer);
        let (verdict, officer, reason) = (*verdict, *officer, reason.clone());
        known.proposal = Some(Proposal { verdict, officer, at: recorded.at, reason });
    } else {
        known.proposal = None;
    }
}

fn pay(leg: &mut Leg, work: &Work, recorded: &Recorded) {
    let Some(payment) = leg.payment_mut() else { return };
    if let Work::Paid { receipt, officer, .. } = work {
        payment.settled = Some(Settled::Paid { receipt: receipt.clone() });
        ends(leg, LegState::Approved, Some(*officer), recorded);
    } else if let Work::FeeWaived { officer, .. } = work {
        payment.settled = Some(Settled::Waived);
        ends(leg, LegState::Approved, Some(*officer), recorded);
    } else if let Work::RefundDue { .. } = work {
        payment.refund = Some(Refund::Due);
    } else if let Work::Refunded { receipt, .. } = work {
        payment.refund = Some(Refund::Made { receipt: receipt.clone() });
    }
}

fn sign(leg: &mut Leg, work: &Work, recorded: &Recorded) {
    let Some(signing) = leg.signing_mut() else { return };
    if let Work::SignatoryNamed { person, .. } = work {
        signing.named = Some(*person);
    } else if let Work::Signed { person, language, text, .. } = work {
        signing.signed = Some(Signed { by: *person, language: *language, text: text.clone() });
        ends(leg, LegState::Approved, None, recorded);
    } else if let Work::Declined { .. } = work {
        ends(leg, LegState::Refused, None, recorded);
    }
}

fn attend(leg: &mut Leg, work: &Work, recorded: &Recorded) {
    let Some(attendance) = leg.attendance_mut() else { return };
    if let Work::Booked { at, .. } = work {
        // The first choice is none that is changed.
        if attendance.booked.replace(*at).is_some() {
            attendance.changes_left = attendance.changes_left.saturating_sub(1);
        }
    } else if let Work::BookingCancelled { .. } = work {
        attendance.booked = None;
        attendance.changes_left = attendance.changes_left.saturating_sub(1);
    } else if let Work::Attended { officer, .. } = work {
        ends(leg, LegState::Approved, Some(*officer), recorded);
    } else if let Work::StayedAway { officer, .. } = work {
        attendance.booked = None;
        if attendance.absences_left == 0 {
            ends(leg, LegState::Refused, Some(*officer), recorded);
        } else {
            attendance.absences_left -= 1;
        }
    }
}

fn count(leg: &mut Leg, work: &Work, recorded: &Recorded) {
    let Some(panel) = leg.panel_mut() else { return };
    if let Work::Voted { seat, officer, scores, .. } = work {
        let ballot = scores.clone().map_or(Ballot::Abstained, Ballot::Scores);
        sit(panel, *seat, Some(*officer), Some(ballot));
    } else if let Work::ConflictDeclared { seat, officer, .. } = work {
        sit(panel, *seat, Some(*officer), Some(Ballot::Conflict));
        panel.excluded.push(*officer);
    } else if let Work::Reseated { seat, .. } = work {
        sit(panel, *seat, None, None);
    } else if let Work::VoteClosed { verdict, tally, officer, .. } = work {
        panel.tally = Some(*tally);
        ends(leg, (*verdict).into(), *officer, recorded);
    }
}

fn sit(panel: &mut Panel, seat: u8, member: Option<PersonId>, ballot: Option<Ballot>) {
    if let Some(seat) = panel.seats.get_mut(usize::from(seat)) {
        seat.member = member;
        seat.ballot = ballot;
    }
}

/// What the room keeps besides the leg: places that were booked, numbers of receipts, who is asked to sign.
pub(crate) fn keep(state: &mut State, case: CaseId, before: &Leg, work: &Work) {
    let office = &before.office;
    if let Work::Paid { receipt, .. } | Work::Refunded { receipt, .. } = work {
        state.receipts.insert(payments::receipt_key(office, receipt), case);
    }
    if let Work::Booked { .. } | Work::BookingCancelled { .. } | Work::StayedAway { .. } = work
        && let Some(before) = before.attendance().and_then(|attendance| attendance.booked)
    {
        appointments::free(state, case, office, before);
    }
    if let Work::Booked { at, .. } = work {
        appointments::occupy(state, case, office, *at);
    }
    if let Work::SignatoryNamed { .. } | Work::Signed { .. } | Work::Declined { .. } = work
        && let Some(named) = before.signing().and_then(|signing| signing.named)
    {
        asked_to_sign(state, case, named, false);
    }
    if let Work::SignatoryNamed { person, .. } = work {
        asked_to_sign(state, case, *person, true);
    }
}

pub(crate) fn asked_to_sign(state: &mut State, case: CaseId, person: PersonId, asked: bool) {
    let known = state.to_sign.entry(person).or_default();
    if asked {
        known.insert(case);
    } else {
        known.remove(&case);
    }
    if known.is_empty() {
        state.to_sign.remove(&person);
    }
}

impl Leg {
    /// How many officers have to agree.
    pub fn eyes(&self) -> u8 {
        self.work.as_ref().map_or(1, |work| work.eyes)
    }

    pub fn proposal(&self) -> Option<&Proposal> {
        self.work.as_ref()?.proposal.as_ref()
    }

    fn task(&self) -> Option<&Task> {
        self.work.as_ref()?.task.as_ref()
    }

    fn task_mut(&mut self) -> Option<&mut Task> {
        self.work.as_mut()?.task.as_mut()
    }

    pub fn payment(&self) -> Option<&Payment> {
        if let Some(Task::Pay(payment)) = self.task() { Some(payment) } else { None }
    }

    pub fn signing(&self) -> Option<&Signing> {
        if let Some(Task::Sign(signing)) = self.task() { Some(signing) } else { None }
    }

    pub fn attendance(&self) -> Option<&Attendance> {
        if let Some(Task::Attend(attendance)) = self.task() { Some(attendance) } else { None }
    }

    pub fn panel(&self) -> Option<&Panel> {
        if let Some(Task::Vote(panel)) = self.task() { Some(panel) } else { None }
    }

    fn payment_mut(&mut self) -> Option<&mut Payment> {
        if let Some(Task::Pay(payment)) = self.task_mut() { Some(payment) } else { None }
    }

    fn signing_mut(&mut self) -> Option<&mut Signing> {
        if let Some(Task::Sign(signing)) = self.task_mut() { Some(signing) } else { None }
    }

    fn attendance_mut(&mut self) -> Option<&mut Attendance> {
        if let Some(Task::Attend(attendance)) = self.task_mut() { Some(attendance) } else { None }
    }

    fn panel_mut(&mut self) -> Option<&mut Panel> {
        if let Some(Task::Vote(panel)) = self.task_mut() { Some(panel) } else { None }
    }
}
