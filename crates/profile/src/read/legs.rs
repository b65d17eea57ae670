//! A service's [[leg]]s and its [outcome]: each leg by itself, then all of them against each other and the form.

use super::{name, tasks};
use crate::model::{Decider, Deemed, Fee, FieldKind, Form, JointOutcome, LegKind, LegPlan, WhenChosen};
use crate::reader::{Noun, Place, Table};
use base::Key;
use std::collections::BTreeSet;

const DECIDERS: [(&str, Decider); 2] = [("officer", Decider::Officer), ("rule", Decider::Rule)];

/// The word in `outcome.rule`; the numbers and names that go with it come beside it.
#[derive(Clone, Copy, PartialEq)]
enum Rule {
    All,
    Any,
    Quorum,
    Recognition,
}

const RULES: [(&str, Rule); 4] =
    [("all", Rule::All), ("any", Rule::Any), ("quorum", Rule::Quorum), ("recognition", Rule::Recognition)];

/// A leg, and where what it says of others stands.
struct Placed {
    plan: LegPlan,
    after: Place,
    when_field: Place,
    when_is: Place,
}

/// `None` where a leg has a fault of its own: what the others say of it is not held against them.
pub(super) fn legs(file: &Table<'_>, form: Option<&Form>, fees: &[Fee]) -> Option<Vec<LegPlan>> {
    let placed = file.tables("leg", |table| leg(table, fees));
    super::service::unique(file, "leg", placed.iter().map(|leg| &leg.plan.key));
    if !file.has("leg") {
        file.fault_at("leg", "nobody decides", "add at least one [[leg]]");
    }
    if placed.len() < file.count("leg") {
        return None;
    }
    order(file, &placed);
    if let Some(form) = form {
        placed.iter().for_each(|leg| condition(file, leg, form));
    }
    let plans: Vec<LegPlan> = placed.into_iter().map(|leg| leg.plan).collect();
    if let Some(form) = form {
        somebody_decides(file, &plans, form);
    }
    Some(plans)
}

fn leg(table: &Table<'_>, fees: &[Fee]) -> Option<Placed> {
    let (key, office, name) = (table.key("key"), table.mentions("office", Noun::Office), name(table));
    let (working_days, by) = (table.whole("working_days", 0..=250), table.word("by", &DECIDERS));
    let kinds = LegKind::ALL.map(|kind| (kind.as_str(), kind));
    let kind = table.maybe("kind", || table.word("kind", &kinds)).map(Option::unwrap_or_default);
    let after = table.keys("after");
    let when = when(table);
    let deemed = table.maybe("deemed", || table.table("deemed", deemed));
    let escalates_to = table.maybe("escalates_to", || table.mentions("escalates_to", Noun::Office));
    let eyes = table.maybe("eyes", || table.whole::<u8>("eyes", 1..=2)).map(|eyes| eyes.unwrap_or(1));
    let task = tasks::task(table, kind, fees);
    by_whom(table, kind, by, eyes);
    let plan = LegPlan {
        key: key?,
        office: office?,
        name: name?,
        working_days: working_days?,
        by: by?,
        kind: kind?,
        after: after?,
        when: when?,
        eyes: eyes?,
        task: task?,
        deemed: deemed?,
        escalates_to: escalates_to?,
    };
    let (after, when_field, when_is) =
        (table.place_of("after"), table.place_of("when_field"), table.place_of("when_is"));
    Some(Placed { plan, after, when_field, when_is })
}

/// What silence counts as, and by which rule.
fn deemed(table: &Table<'_>) -> Option<Deemed> {
    let approved = table.word("as", &[("approved", true), ("refused", false)]);
    let (section, illustrative) = (table.section("section"), table.flag("illustrative"));
    Some(Deemed { approved: approved?, section: section?, illustrative: illustrative? })
}

/// A rule approves, and an officer has a second one beside them, only where one word ends the leg.
fn by_whom(table: &Table<'_>, kind: Option<LegKind>, by: Option<Decider>, eyes: Option<u8>) {
    let Some(kind) = kind else { return };
    if by == Some(Decider::Rule) {
        if kind == LegKind::Consult {
            let what = "a rule has no opinion: it approves, or leaves it to an officer";
            table.fault_at("by", what, "write by = \"officer\"");
        } else if !kind.is_one_officers() {
            table.fault_at("by", "no rule pays, signs, comes or votes", "write by = \"officer\"");
        }
    } else if eyes == Some(2) && !kind.is_one_officers() {
        let what = "nobody proposes here what a second officer could confirm";
        table.fault_at("eyes", what, "remove `eyes`, or write a kind that one officer decides");
    }
}

/// Both or neither. Absent is `Some(None)`, half given or wrong is `None`.
fn when(table: &Table<'_>) -> Option<Option<WhenChosen>> {
    let field = table.maybe("when_field", || table.key("when_field"));
    let is = table.maybe("when_is", || table.key("when_is"));
    match (field?, is?) {
        (Some(field), Some(is)) => Some(Some(WhenChosen { field, is })),
        (None, None) => Some(None),
        (Some(_), None) => {
            table.fault_at(
                "when_field",
                "which option makes this leg is not said",
                "add `when_is`, or remove `when_field`",
            );
            None
        }
        (None, Some(_)) => {
            table.fault_at(
                "when_is",
                "of which field this is an option is not said",
                "add `when_field`, or remove `when_is`",
            );
            None
        }
    }
}

/// `after` names legs of this service, and no leg waits for itself.
fn order(file: &Table<'_>, legs: &[Placed]) {
    let known: Vec<&str> = legs.iter().map(|leg| leg.plan.key.as_str()).collect();
    for leg in legs {
        for before in leg.plan.after.iter().filter(|before| !known.contains(&before.as_str())) {
            let remedy = format!("use one of: {}", known.join(", "));
            file.fault(leg.after.clone(), format!("the service has no leg `{before}`"), remedy);
        }
    }
    // One fault for a circle, at the first of its legs: breaking it there mends it for the others.
    let mut told: BTreeSet<&Key> = BTreeSet::new();
    let plans: Vec<&LegPlan> = legs.iter().map(|leg| &leg.plan).collect();
    for leg in legs {
        let key = &leg.plan.key;
        let waits_for = all_before(&plans, key);
        if !waits_for.contains(key) || told.contains(key) {
            continue;
        }
        let circle = waits_for.iter().filter(|other| all_before(&plans, other).contains(key));
        told.extend(circle);
        let what = format!("the leg `{key}` waits for itself");
        file.fault(leg.after.clone(), what, "take one leg out of the circle of `after`");
    }
}

/// Every leg that has to end before this one, however far back.
fn all_before<'a>(legs: &[&'a LegPlan], key: &Key) -> BTreeSet<&'a Key> {
    let mut found = BTreeSet::new();
    let mut next: Vec<&Key> = Vec::new();
    let before = |key: &Key| legs.iter().find(|leg| leg.key == *key).map_or(&[][..], |leg| &leg.after);
    next.extend(before(key));
    while let Some(key) = next.pop() {
        if found.insert(key) {
            next.extend(before(key));
        }
    }
    found
}

/// What a leg depends on is told in plain text, so it is a choice and never personal.
fn condition(file: &Table<'_>, leg: &Placed, form: &Form) {
    let Some(when) = &leg.plan.when else { return };
    let Some(field) = form.field(when.field.as_str()) else {
        let what = format!("the form has no field `{}`", when.field);
        return file.fault(leg.when_field.clone(), what, "name a choice field of this form");
    };
    let (FieldKind::Choice(options) | FieldKind::Select(options)) = &field.kind else {
        let what = format!("`{}` is no choice: no leg can depend on it", when.field);
        return file.fault(leg.when_field.clone(), what, "name a field of kind choice");
    };
    if field.personal {
        let what = format!("`{}` is personal and stays sealed: no leg can depend on it", when.field);
        return file.fault(leg.when_field.clone(), what, "name a field that is not personal");
    }
    if !options.iter().any(|option| option.key == when.is) {
        let known: Vec<&str> = options.iter().map(|option| option.key.as_str()).collect();
        let what = format!("`{}` has no option `{}`", when.field, when.is);
        file.fault(leg.when_is.clone(), what, format!("use one of: {}", known.join(", ")));
    }
}

/// A service whose legs may all fall away, or judge nothing, would approve whatever it is asked.
fn somebody_decides(file: &Table<'_>, legs: &[LegPlan], form: &Form) {
    if legs.is_empty() || judging_at_least(legs, form) > 0 {
        return;
    }
    if legs.iter().any(|leg| leg.kind.judges()) {
        let remedy = "add a leg without `when_field`, or one for each option of a required field";
        file.fault_at("leg", "for some answers nobody decides", remedy);
    } else if legs.iter().any(|leg| leg.kind.is_condition()) {
        let what = "whoever pays, signs or comes would be approved: nobody decides";
        file.fault_at("leg", what, "add a leg that decides, endorses, vets, inspects or votes");
    } else {
        let remedy = "add a leg of another kind: a consultation binds nobody";
        file.fault_at("leg", "all legs give opinions and nobody decides", remedy);
    }
}

/// How many legs judge, whatever is answered.
fn judging_at_least(legs: &[LegPlan], form: &Form) -> usize {
    let judging = || legs.iter().filter(|leg| leg.kind.judges());
    let always = judging().filter(|leg| leg.when.is_none()).count();
    let by_field = form.fields.iter().filter(|field| field.required).map(|field| {
        let (FieldKind::Choice(options) | FieldKind::Select(options)) = &field.kind else { return 0 };
        let with = |option: &Key| {
            let chosen = |when: &WhenChosen| when.field == field.key && when.is == *option;
            judging().filter(|leg| leg.when.as_ref().is_some_and(chosen)).count()
        };
        options.iter().map(|option| with(&option.key)).min().unwrap_or(0)
    });
    always + by_field.sum::<usize>()
}

/// The [outcome] table; `all` where there is none. That a recognised leg has somebody to recognise it shows only with
/// the offices: `check` looks at that.
pub(super) fn outcome(file: &Table<'_>, legs: Option<&[LegPlan]>, form: Option<&Form>) -> Option<JointOutcome> {
    let outcome = file.maybe("outcome", || file.table("outcome", |table| joint_outcome(table, legs, form)));
    outcome.map(Option::unwrap_or_default)
}

fn joint_outcome(table: &Table<'_>, legs: Option<&[LegPlan]>, form: Option<&Form>) -> Option<JointOutcome> {
    let rule = table.word("rule", &RULES);
    let quorum = table.maybe("quorum", || table.whole::<u8>("quorum", 1..=50));
    let lead = table.maybe("lead", || table.key("lead"));
    let (rule, quorum, lead) = (rule?, quorum?, lead?);
    if let Some(legs) = legs.filter(|_| rule != Rule::All) {
        conditions_come_first_or_last(table, legs);
    }
    if quorum.is_some() && rule != Rule::Quorum {
        table.fault_at(
            "quorum",
            "no approvals are counted by this rule",
            "remove `quorum`, or write rule = \"quorum\"",
        );
    }
    if lead.is_some() && rule != Rule::Recognition {
        table.fault_at("lead", "no leg leads by this rule", "remove `lead`, or write rule = \"recognition\"");
    }
    match (rule, quorum, lead) {
        (Rule::All, ..) => Some(JointOutcome::All),
        (Rule::Any, ..) => Some(JointOutcome::Any),
        (Rule::Quorum, Some(quorum), _) => {
            if let (Some(legs), Some(form)) = (legs, form)
                && let least = judging_at_least(legs, form)
                && usize::from(quorum) > least
            {
                let what = format!("{quorum} approvals are asked for, and there may be no more than {least}");
                table.fault_at("quorum", what, "ask for fewer, or add legs that judge and depend on no answer");
            }
            Some(JointOutcome::Quorum(quorum))
        }
        (Rule::Quorum, None, _) => {
            table.fault_at("rule", "how many approvals approve is not said", "add `quorum = …`");
            None
        }
        (Rule::Recognition, _, Some(lead)) => {
            if let Some(legs) = legs {
                leads(table, legs, &lead);
            }
            Some(JointOutcome::Recognition { lead })
        }
        (Rule::Recognition, _, None) => {
            table.fault_at("rule", "which leg decides is not said", "add `lead = …`");
            None
        }
    }
}

/// A fee between two judgements could wait for the first for ever, where the second alone would carry it.
fn conditions_come_first_or_last(table: &Table<'_>, legs: &[LegPlan]) {
    let plans: Vec<&LegPlan> = legs.iter().collect();
    let judges = |key: &&Key| plans.iter().any(|leg| leg.key == **key && leg.kind.judges());
    let in_between = |condition: &&LegPlan| {
        let waits = all_before(&plans, &condition.key).iter().any(judges);
        let held_up = |leg: &&LegPlan| leg.kind.judges() && all_before(&plans, &leg.key).contains(&condition.key);
        condition.kind.is_condition() && waits && plans.iter().any(held_up)
    };
    if let Some(condition) = legs.iter().find(in_between) {
        let what = format!("`{}` waits for legs that judge, and legs that judge wait for it", condition.key);
        table.fault_at(
            "rule",
            what,
            "let fees, signatures and appointments come first or last, or write rule = \"all\"",
        );
    }
}

/// The leg that the other bank recognises is always there, and judges.
fn leads(table: &Table<'_>, legs: &[LegPlan], lead: &Key) {
    let known: Vec<&str> = legs.iter().map(|leg| leg.key.as_str()).collect();
    match legs.iter().find(|leg| leg.key == *lead) {
        None => {
            let remedy = format!("use one of: {}", known.join(", "));
            table.fault_at("lead", format!("the service has no leg `{lead}`"), remedy);
        }
        Some(leg) if !leg.kind.binds() => {
            table.fault_at("lead", format!("`{lead}` gives an opinion and decides nothing"), "name a leg that binds");
        }
        Some(leg) if !leg.kind.judges() => {
            let what = format!("`{lead}` is the applicant's to do and decides nothing");
            table.fault_at("lead", what, "name a leg that decides, endorses, vets, inspects or votes");
        }
        Some(leg) if leg.when.is_some() => {
            let what = format!("`{lead}` is there for some answers only");
            table.fault_at("lead", what, "name a leg without `when_field`");
        }
        Some(_) => {}
    }
}
