//! What a [[leg]] asks for besides an office's word: [leg.payment], [leg.undertaking], [leg.appointment], [leg.panel].

use super::name;
use crate::model::{
    AttendPlan, CriterionPlan, Currency, Fee, LegKind, PayPlan, RefundOn, SignPlan, Signatory, TaskPlan, VotePlan,
};
use crate::reader::{Noun, Table};
use base::Key;

/// Members of one panel.
const SEATS_MAX: usize = 25;
/// Criteria of one panel.
const CRITERIA_MAX: usize = 12;

const PAYMENT: &str = "payment";
const UNDERTAKING: &str = "undertaking";
const APPOINTMENT: &str = "appointment";
const PANEL: &str = "panel";

/// `None` where something is wrong; `Some(None)` where a leg of this kind asks for nothing more.
pub(super) fn task(table: &Table<'_>, kind: Option<LegKind>, fees: &[Fee]) -> Option<Option<TaskPlan>> {
    let wanted = match kind? {
        LegKind::Decide | LegKind::Endorse | LegKind::Vet | LegKind::Inspect | LegKind::Consult => None,
        LegKind::Pay => Some(PAYMENT),
        LegKind::Sign => Some(UNDERTAKING),
        LegKind::Attend => Some(APPOINTMENT),
        LegKind::Vote => Some(PANEL),
    };
    let payment = table.maybe(PAYMENT, || table.table(PAYMENT, |table| payment(table, fees)));
    let undertaking = table.maybe(UNDERTAKING, || table.table(UNDERTAKING, undertaking));
    let appointment = table.maybe(APPOINTMENT, || table.table(APPOINTMENT, appointment));
    let panel = table.maybe(PANEL, || table.table(PANEL, panel));
    for name in [PAYMENT, UNDERTAKING, APPOINTMENT, PANEL] {
        if table.has(name) && wanted != Some(name) {
            let remedy = format!("remove [leg.{name}], or change `kind`");
            table.fault_at(name, "a leg of this kind has no such thing", remedy);
        }
    }
    let Some(wanted) = wanted else { return Some(None) };
    if !table.has(wanted) {
        table.fault_at("kind", "what this leg asks for is not described", format!("add [leg.{wanted}]"));
        return None;
    }
    let task = match kind? {
        LegKind::Decide | LegKind::Endorse | LegKind::Vet | LegKind::Inspect | LegKind::Consult => return Some(None),
        LegKind::Pay => payment?.map(TaskPlan::Pay),
        LegKind::Sign => undertaking?.map(TaskPlan::Sign),
        LegKind::Attend => appointment?.map(TaskPlan::Attend),
        LegKind::Vote => panel?.map(TaskPlan::Vote),
    };
    task.map(Some)
}

const REFUNDS: [(&str, RefundOn); 2] = [("refused", RefundOn::Refused), ("withdrawn", RefundOn::Withdrawn)];

fn payment(table: &Table<'_>, fees: &[Fee]) -> Option<PayPlan> {
    let currency = table.word("currency", &Currency::ALL.map(|currency| (currency.code(), currency)));
    let refund_on = table.maybe("refund_on", || table.words("refund_on", &REFUNDS)).map(Option::unwrap_or_default);
    let currency = currency?;
    let amounts = fees.iter().filter(|fee| fee.currency == currency).map(|fee| fee.amount_minor);
    let amount_minor = amounts.fold(0_i64, i64::saturating_add);
    if amount_minor == 0 {
        let what = format!("the service has no fee in {} to be paid", currency.code());
        table.fault_at("currency", what, "add a [[fee]] above this leg, or name the currency of the fees");
        return None;
    }
    Some(PayPlan { amount_minor, currency, refund_on: refund_on? })
}

fn undertaking(table: &Table<'_>) -> Option<SignPlan> {
    let version = table.whole("version", 1..=1_000_000);
    let signatory = table.word("signatory", &Signatory::ALL.map(|signatory| (signatory.as_str(), signatory)));
    let text = table.localised("text");
    Some(SignPlan { version: version?, signatory: signatory?, text: text? })
}

fn appointment(table: &Table<'_>) -> Option<AttendPlan> {
    let (changes_max, absences_max) = (table.whole("changes_max", 0..=20), table.whole("absences_max", 0..=5));
    let (place, bring) = (table.localised("place"), table.optional_localised("bring"));
    Some(AttendPlan { changes_max: changes_max?, absences_max: absences_max?, place: place?, bring: bring? })
}

fn panel(table: &Table<'_>) -> Option<VotePlan> {
    let seats: Vec<Vec<Key>> = table.tables("seat", seat);
    let criteria = table.tables("criterion", criterion);
    super::service::unique(table, "criterion", criteria.iter().map(|criterion| &criterion.key));
    let (score_max, votes_min) = (table.whole("score_max", 1..=100), table.whole::<u8>("votes_min", 1..=25));
    let (quorum_percent, pass_percent) = (table.whole("quorum_percent", 1..=100), table.whole("pass_percent", 1..=100));
    let whole = seats.len() == table.count("seat") && criteria.len() == table.count("criterion");
    let seats: Vec<Key> = seats.into_iter().flatten().collect();
    if !whole {
        return None;
    }
    let (score_max, votes_min) = (score_max?, votes_min?);
    enough(table, &seats, &criteria, votes_min);
    Some(VotePlan {
        seats,
        criteria,
        score_max,
        quorum_percent: quorum_percent?,
        votes_min,
        pass_percent: pass_percent?,
    })
}

/// A panel that can come to a result: members, criteria that add up, and no more votes asked for than there are.
fn enough(table: &Table<'_>, seats: &[Key], criteria: &[CriterionPlan], votes_min: u8) {
    if seats.is_empty() {
        table.fault_at("seat", "nobody sits on the panel", "add [[leg.panel.seat]] with the members' office");
    } else if seats.len() > SEATS_MAX {
        let what = format!("{} members are too many", seats.len());
        table.fault_at("seat", what, format!("give the panel at most {SEATS_MAX}"));
    } else if usize::from(votes_min) > seats.len() {
        let what = format!("{votes_min} votes are asked for, and the panel has {}", seats.len());
        table.fault_at("votes_min", what, "ask for fewer, or add members");
    }
    let weights: u32 = criteria.iter().map(|criterion| u32::from(criterion.weight)).sum();
    if criteria.is_empty() {
        table.fault_at("criterion", "there is nothing to score", "add [[leg.panel.criterion]]");
    } else if criteria.len() > CRITERIA_MAX {
        let what = format!("{} criteria are too many", criteria.len());
        table.fault_at("criterion", what, format!("score at most {CRITERIA_MAX}"));
    } else if weights != 100 {
        let what = format!("the weights add up to {weights}, not to 100");
        table.fault_at("criterion", what, "correct the weights");
    }
}

/// The office, once for each of its members.
fn seat(table: &Table<'_>) -> Option<Vec<Key>> {
    let office = table.mentions("office", Noun::Office);
    let members = table.maybe("members", || table.whole::<u8>("members", 1..=10)).map(|members| members.unwrap_or(1));
    Some(vec![office?; usize::from(members?)])
}

fn criterion(table: &Table<'_>) -> Option<CriterionPlan> {
    let (key, name, weight) = (table.key("key"), name(table), table.whole("weight", 1..=100));
    Some(CriterionPlan { key: key?, name: name?, weight: weight? })
}
