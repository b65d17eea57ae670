//! Legs that ask for more than one officer's word, each kind by itself: what it takes, what it refuses, what comes of it.

mod appointments;
mod handing;
mod payments;
mod second_eye;
mod signing;
mod votes;

use super::*;
use crate::{Amount, Confirmation, OfficeCommand, WorkRefusal};
use base::{Date, Language};

/// O-1's, with the fee due, two signatures asked for, and a decision of two officers to come. C-1.
fn fee_first() -> Cases {
    let mut cases = Cases::new();
    let open = open_about("fee-first", Some(1), About::Organisation(OrganisationId(1)));
    cases.check(CLERK, open, "opened + submitted");
    cases
}

/// P-2's own. C-1.
fn own(service: &str) -> Cases {
    let mut cases = Cases::new();
    cases.check(SUBJECT, open_about(service, None, About::Person(PersonId(2))), "opened + submitted");
    cases
}

/// Of P-2's cases, whose reasons are sealed under their key; O-1's are under the clerk's.
const OF_SUBJECT: u32 = 2;
const OF_CLERK: u32 = 1;
/// Another officer of Hong Kong's immigration, without any interest.
const COLLEAGUE: &str = "officer:P-12:hk-immigration";

fn pay(minor: i64, receipt: &str) -> Act {
    let amount = Amount { minor, currency: profile::Currency::Hkd };
    Act::ConfirmPayment { amount, receipt: receipt.into() }
}

/// The undertaking as it stands.
fn sign(leg: &str, language: Language) -> Act {
    let service = &PROFILE.services[&key("fee-first")];
    let plan = service.legs.iter().find(|plan| plan.key.as_str() == leg).and_then(|plan| plan.task.as_ref());
    let Some(profile::TaskPlan::Sign(plan)) = plan else { panic!("{leg} asks for no signature") };
    Act::Sign {
        version: plan.version,
        language,
        text: plan.hash(language).into(),
        confirmation: Some(Confirmation::Demonstration),
    }
}

fn hong_kong(time: &str) -> Instant {
    let time: jiff::Timestamp = format!("{time}:00+08:00").parse().unwrap();
    Instant::of(time)
}

fn arrange(office: &str, command: OfficeCommand) -> Command {
    Command::Office { office: key(office), command }
}

fn offer(starts: &[&str], places: u8) -> Command {
    let starts = starts.iter().map(|time| hong_kong(time)).collect();
    arrange("hk-immigration", OfficeCommand::OfferTimes { starts, minutes: 30, places })
}

fn away(person: u32, from: &str, until: &str, deputy: u32) -> Command {
    let (person, deputy) = (PersonId(person), PersonId(deputy));
    let (from, until): (Date, Date) = (from.parse().unwrap(), until.parse().unwrap());
    arrange("hk-immigration", OfficeCommand::BeAway { person, from, until, deputy })
}
