//! Where those who apply stand: the facts by which the rulebook says who may not apply for a service. They are the
//! same before anything is typed and when the case is opened.

use crate::decide::Room;
use crate::model::{About, Case};
use base::{Bank, Key, Question, Value};

pub(crate) fn with_standing(room: &Room, question: Question, new: &Case) -> Question {
    let organisation = |id| parties::organisation(room.people, id).map(|known| known.bank);
    let person = parties::person(room.people, new.subject);
    let employer = person.and_then(|person| person.employer).and_then(organisation);
    question
        .with("organisation_bank", word(new.organisation.and_then(organisation)))
        .with("home_bank", word(person.map(|person| person.home_bank)))
        .with("employer_bank", word(employer))
        .with("grants_held", held(room, new))
}

fn word(bank: Option<Bank>) -> &'static str {
    bank.map_or("none", Bank::as_str)
}

/// The kinds of what is in force now: an organisation's grants, or a person's grants and passes.
fn held(room: &Room, new: &Case) -> Value {
    let now = room.ctx.now;
    let in_force = |grant: &permits::Grant| {
        grant.ended.is_none() && grant.terms.valid_from <= now && now < grant.terms.valid_until
    };
    let mut kinds: Vec<&Key> = match new.about {
        About::Organisation(organisation) => {
            let grants = permits::grants_of_organisation(room.permits, organisation);
            grants.filter(|(_, grant)| in_force(grant)).map(|(_, grant)| &grant.terms.kind).collect()
        }
        About::Person(_) | About::Permit(_) | About::Change(_) => {
            let grants = permits::grants_of_person(room.permits, new.subject);
            let grants = grants.filter(|(_, grant)| grant.terms.organisation.is_none() && in_force(grant));
            let valid = |permit: &permits::Permit| {
                permit.status == permits::Status::Valid
                    && permit.issue.valid_from <= now
                    && now < permit.issue.valid_until
            };
            let passes = permits::of_holder(room.permits, new.subject).filter(|(_, permit)| valid(permit));
            grants.map(|(_, grant)| &grant.terms.kind).chain(passes.map(|(_, permit)| &permit.issue.kind)).collect()
        }
    };
    kinds.sort_unstable();
    kinds.dedup();
    Value::Texts(kinds.into_iter().map(|kind| kind.as_str().into()).collect())
}
