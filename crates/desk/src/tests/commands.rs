//! Commands, short.

use super::*;
use base::{Date, Language, Localised, OrganisationId};
use permits::Form;

pub fn register_organisation(name: &str) -> Command {
    let name = Localised { zh_hant: name.into(), zh_hans: name.into(), en: name.into() };
    parties::Command::RegisterOrganisation { name, bank: Bank::South, key: None, synthetic: true }.into()
}

/// The number chooses whose key the details are sealed under.
pub fn registering(park: &Park, number: u32, employer: Option<u32>) -> parties::Command {
    parties::Command::RegisterPerson {
        subject: park.subjects[number as usize].clone(),
        details: park.sealed(number, context::DETAILS, "{}"),
        home_bank: Bank::North,
        employer: employer.map(OrganisationId),
        host: None,
        language: Language::ZhHans,
        synthetic: true,
    }
}

pub fn register_person(park: &Park, number: u32, employer: Option<u32>) -> Command {
    registering(park, number, employer).into()
}

pub fn appoint(person: u32, office: &str) -> Command {
    parties::Command::AppointOfficer { person: PersonId(person), office: key(office) }.into()
}

pub fn appoint_clerk(person: u32, organisation: u32) -> Command {
    let organisation = OrganisationId(organisation);
    parties::Command::AppointClerk { person: PersonId(person), organisation }.into()
}

pub fn confirm_document(park: &Park, person: u32) -> Command {
    confirm_other(park, person, &format!("W0000000{person}"), "2031-05-01")
}

/// A document of another number, or good until another day.
pub fn confirm_other(park: &Park, person: u32, number: &str, expires: &str) -> Command {
    let number = park.sealed(person, context::DOCUMENT_NUMBER, number);
    let (kind, expires) = (key("exit-entry-permit"), expires.parse().unwrap());
    parties::Command::ConfirmDocument { person: PersonId(person), kind, number, expires }.into()
}

pub fn give_consent(person: u32, consent: &str) -> Command {
    parties::Command::GiveConsent { person: PersonId(person), consent: key(consent), version: 1 }.into()
}

pub fn withdraw_consent(person: u32, consent: &str) -> Command {
    parties::Command::WithdrawConsent { person: PersonId(person), consent: key(consent) }.into()
}

pub fn set_language(person: u32, language: Language) -> Command {
    parties::Command::SetLanguage { person: PersonId(person), language }.into()
}

pub fn add_passkey(park: &Park, person: u32, secret: Option<&str>) -> Command {
    let credential = park.sealed(person, context::PASSKEY, "{}");
    let invited_by = secret.map(Into::into);
    parties::Command::AddPasskey { person: PersonId(person), name: "phone".into(), credential, invited_by }.into()
}

pub fn erase(person: u32) -> Command {
    parties::Command::Erase { person: PersonId(person), case_approved: true }.into()
}

/// One row of O-1's roster, or one of its visitors.
pub fn enrol(park: &Park, number: u32, employer: Option<u32>, service: &str, requested_day: Option<&str>) -> Command {
    let expires_at = park.now.plus(7 * Instant::DAY);
    let mut register = registering(park, number, employer);
    if let parties::Command::RegisterPerson { employer: None, host, .. } = &mut register {
        *host = Some(OrganisationId(1));
    }
    Command::Enrol(Box::new(Enrolment {
        register,
        invitation: Some(Invitation { secret_digest: format!("digest-{number}").into(), expires_at, secret: None }),
        service: key(service),
        organisation: Some(OrganisationId(1)),
        answers: Some(park.sealed(number, context::ANSWERS, "{}")),
        requested_day: requested_day.map(|day| day.parse::<Date>().unwrap()),
        disclosed: cases::Disclosed::default(),
        attachments: Vec::new(),
    }))
}

pub fn open(service: &str, person: u32) -> Command {
    let (service, about) = (key(service), cases::About::Person(PersonId(person)));
    let organisation = Some(OrganisationId(1));
    let disclosed = cases::Disclosed::default();
    cases::Command::Open {
        service,
        organisation,
        about,
        answers: None,
        requested_day: None,
        disclosed,
        attachments: Vec::new(),
    }
    .into()
}

/// What a person asks for themself, or an officer about a permit.
pub fn open_alone(service: &str, about: cases::About) -> Command {
    let (service, disclosed) = (key(service), cases::Disclosed::default());
    cases::Command::Open {
        service,
        organisation: None,
        about,
        answers: None,
        requested_day: None,
        disclosed,
        attachments: Vec::new(),
    }
    .into()
}

/// O-1 asks for an authorisation of 250 pieces of a class of goods.
pub fn open_goods(class: &str) -> Command {
    let disclosed =
        cases::Disclosed { choices: [(key("class"), key(class))].into(), balance: Some(250), organisation: None };
    let (service, organisation) = (key("in-order"), OrganisationId(1));
    let about = cases::About::Organisation(organisation);
    let organisation = Some(organisation);
    cases::Command::Open {
        service,
        organisation,
        about,
        answers: None,
        requested_day: None,
        disclosed,
        attachments: Vec::new(),
    }
    .into()
}

pub fn end_grant(grant: u32) -> Command {
    let (grant, reason) = (base::GrantId(grant), permits::Reason::OfficeRequest);
    permits::Command::EndGrant { grant, reason, note: None }.into()
}

pub fn submit(case: u32) -> Command {
    cases::Command::Submit { case: CaseId(case) }.into()
}

pub fn withdraw(case: u32) -> Command {
    cases::Command::Withdraw { case: CaseId(case) }.into()
}

pub fn verdict(park: &Park, case: u32, leg: &str, about: u32, verdict: cases::LegVerdict) -> Command {
    let reason = park.sealed(about, context::REASON, "because");
    cases::Command::Decide { case: CaseId(case), leg: key(leg), verdict, reason }.into()
}

pub fn approve(park: &Park, case: u32, leg: &str, about: u32) -> Command {
    verdict(park, case, leg, about, cases::LegVerdict::Approved)
}

pub fn ask(park: &Park, case: u32, leg: &str, about: u32) -> Command {
    let question = park.sealed(about, context::QUESTION, "why?");
    cases::Command::Ask { case: CaseId(case), leg: key(leg), question }.into()
}

pub fn answer(park: &Park, case: u32, leg: &str, about: u32) -> Command {
    let answer = park.sealed(about, context::ANSWER, "so");
    cases::Command::Answer { case: CaseId(case), leg: key(leg), answer }.into()
}

pub const THUMBPRINT: &str = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

pub fn bind(permit: u32) -> Command {
    let thumbprint = THUMBPRINT.into();
    permits::Command::BindHolderKey { permit: PermitId(permit), thumbprint, form: Form::Phone }.into()
}

pub fn suspend(permit: u32) -> Command {
    permits::Command::Suspend { permit: PermitId(permit), reason: permits::Reason::Lost, note: None }.into()
}

pub fn resume(permit: u32) -> Command {
    permits::Command::Resume { permit: PermitId(permit), note: None }.into()
}

pub fn revoke(permit: u32) -> Command {
    permits::Command::Revoke { permit: PermitId(permit), reason: permits::Reason::Misuse, note: None }.into()
}

/// A presentation never seen before, held to the gate this instant.
pub fn present(park: &Park, permit: u32, gate: &str, watchlisted: Vec<Bank>) -> Command {
    let direction = PROFILE.gate(&key(gate)).map_or(Direction::Northbound, profile::Gate::departing);
    let presentation = people::Presentation::Verified {
        permit: PermitId(permit),
        thumbprint: THUMBPRINT.into(),
        form: Form::Phone,
        presented_at: park.now,
        digest: format!("digest-{}", park.zone().size).into(),
    };
    people::Command::Present { gate: key(gate), direction, presentation, watchlisted }.into()
}

pub fn complete(passage: u32) -> Command {
    people::Command::CompletePassage { passage: PassageId(passage) }.into()
}

pub fn resolve(passage: u32, place: Bank) -> Command {
    people::Command::ResolvePassage { passage: PassageId(passage), place, note: None }.into()
}

pub fn settle(passage: u32, settlement: people::Settlement) -> Command {
    people::Command::SettleReferral { passage: PassageId(passage), settlement, note: None }.into()
}

/// The document that `confirm_document` gives the person, on a bank's list.
pub fn list_watch(park: &Park, bank: Bank, person: u32) -> Command {
    let vault = park.outside.vault();
    let tag = document_tag(vault, "exit-entry-permit", &format!("W0000000{person}")).unwrap();
    let sealed = vault.seal(&park.subjects[19], context::WATCH_TAG, &tag).unwrap();
    people::Command::ListWatch { bank, tag: sealed }.into()
}

pub fn unlist_watch(watch: u32) -> Command {
    people::Command::UnlistWatch { watch: base::WatchId(watch) }.into()
}

pub fn close_gate(gate: &str) -> Command {
    people::Command::CloseGate { gate: key(gate) }.into()
}
