//! Organisations as an operations centre keeps them: registered, and given clerks who act for them.

use super::{Part, desk_tabs, office, page, rules};
use crate::clerk::{link_sent, named};
use crate::{Caller, Posted, Problem, WORDS, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Bank, Language, Localised, OrganisationId, Outcome, PersonId};
use desk::{Event, Post, Submission, Zone};
use frame::maud::{Markup, html};
use frame::parts::{Column, Table, card, empty, tag};
use frame::{Choice, Errors, Field, Size, Visit, Weight, format, say, submit};
use park::{NewPerson, Who, WorkError};
use parties::Organisation;
use std::collections::BTreeMap;

const NAME_CHARS_MAX: u32 = 200;
/// Organisations shown at once; the newest first.
const SHOWN_MAX: usize = 500;

/// What was typed, by the field's name.
type Typed = BTreeMap<&'static str, String>;

const NAMES: [(&str, Language); 3] =
    [("name-zh-hant", Language::ZhHant), ("name-zh-hans", Language::ZhHans), ("name-en", Language::En)];
const PERSON_FIELDS: [&str; 5] = ["family-name", "given-name", "latin-name", "email", "language"];

pub(super) async fn list(caller: Caller) -> Result<Markup, Problem> {
    list_page(&caller, &Typed::new(), &Errors::new())
}

pub(super) async fn register(caller: Caller, posted: Posted) -> Result<Response, Problem> {
    let l = caller.language;
    let names: Typed = NAMES.iter().map(|(name, _)| (*name, posted.text(name).trim().to_owned())).collect();
    let bank = Bank::BOTH.into_iter().find(|bank| bank.as_str() == posted.text("bank"));
    let mut errors = Errors::new();
    for (name, language) in NAMES {
        let typed = names.get(name).map_or("", String::as_str);
        if typed.is_empty() {
            errors.add(name, say!(l, "organisations-name-missing", language = say!(language, "own-language-name")));
        } else if typed.chars().count() > NAME_CHARS_MAX as usize {
            errors.add(name, say!(l, "organisations-name-long", limit = NAME_CHARS_MAX));
        }
    }
    if bank.is_none() {
        errors.add("bank", say!(l, "organisations-bank-missing"));
    }
    let (Some(bank), true) = (bank, errors.is_empty()) else {
        let page = list_page(&caller, &names, &errors)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let text = |name: &str| names.get(name).map(|name| name.as_str().into()).unwrap_or_default();
    let name = Localised { zh_hant: text("name-zh-hant"), zh_hans: text("name-zh-hans"), en: text("name-en") };
    let park = &caller.portal.park;
    let command = parties::Command::RegisterOrganisation { name, bank, key: None, synthetic: park.is_demo() };
    let key = once::key(&caller.actor, &posted);
    let submission = Submission { actor: caller.actor.clone(), now: park.now(), commands: vec![command.into()], key };
    let receipt = park.desk.submit(submission).await?;
    let registered = receipt.events.iter().find_map(|event| match event {
        Event::Parties(parties::Event::OrganisationRegistered { organisation, .. }) => Some(*organisation),
        Event::Zone(_)
        | Event::Parties(_)
        | Event::Cases(_)
        | Event::Permits(_)
        | Event::People(_)
        | Event::Letters(_) => None,
    });
    let id = registered.ok_or(Problem::Broken)?;
    Ok(caller.done(&format!("office/organisations/{id}"), "organisation-registered"))
}

fn list_page(caller: &Caller, typed: &Typed, errors: &Errors) -> Result<Markup, Problem> {
    let office = office(caller)?;
    let zone = caller.portal.park.zone();
    rules::may_keep_organisations(caller, &zone)?;
    let visit = caller.visit();
    let l = caller.language;
    let all = &zone.parties.organisations;
    let rows = all.iter().rev().take(SHOWN_MAX).map(|(id, known)| {
        [
            html! { a href=(visit.href(&format!("office/organisations/{id}"))) { (known.name.get(l)) } },
            html! { (id) },
            html! { (bank_name(caller, known.bank)) },
        ]
    });
    let columns = [
        Column::text(say!(l, "organisations-name")),
        Column::text(say!(l, "organisations-number")),
        Column::text(say!(l, "organisations-bank")),
    ];
    let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let title = page(&visit, office, say!(l, "organisations-title"));
    Ok(title.lead(say!(l, "organisations-lead")).faulty(!errors.is_empty()).body(html! {
        (errors.summary(l))
        (desk_tabs(caller, &visit, &zone, office, Part::Organisations))
        @if all.is_empty() { (empty(&say!(l, "organisations-none"), &say!(l, "organisations-none-text"), None)) }
        @else { (Table::new(say!(l, "organisations-title"), columns).hide_caption().rows(rows)) }
        h2 { (say!(l, "organisations-register")) }
        form method="post" novalidate {
            (visit.csrf_field())
            (once::field())
            @for (name, language) in NAMES {
                (Field::new(name, say!(l, "organisations-name-in", language = say!(language, "own-language-name")))
                    .value(value(name)).errors(errors).characters_max(NAME_CHARS_MAX).without_spell_check().text())
            }
            (Field::new("bank", say!(l, "organisations-bank")).value(office.bank.as_str()).errors(errors)
                .radios(&Bank::BOTH.map(|bank| Choice::new(bank.as_str(), bank_name(caller, bank)))))
            (submit(Weight::Primary, &say!(l, "organisations-register-submit")))
        }
    }))
}

fn bank_name(caller: &Caller, bank: Bank) -> String {
    let known = caller.portal.park.profile.bank(bank);
    known.map_or_else(|| bank.as_str().to_owned(), |bank| bank.short_name.get(caller.language).to_owned())
}

pub(super) async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    one_page(&caller, named(&id)?, &Typed::new(), &Errors::new())
}

pub(super) async fn appoint(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let id: OrganisationId = named(&id)?;
    let zone = caller.portal.park.zone();
    let bank = parties::organisation(&zone.parties, id).ok_or(Problem::NotFound)?.bank;
    let (who, typed) = if posted.text("who") == "known" {
        let number = posted.text("person").trim().to_ascii_uppercase();
        let who = number.parse::<PersonId>().ok().map(Who::Known);
        (who, Typed::from([("person", number)]))
    } else {
        let typed: Typed = PERSON_FIELDS.iter().map(|name| (*name, posted.text(name).to_owned())).collect();
        (Some(Who::New(new_person(&typed, bank))), typed)
    };
    let Some(who) = who else {
        let mut errors = Errors::new();
        errors.add("person", say!(caller.language, "organisations-person-missing"));
        let page = one_page(&caller, id, &typed, &errors)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let park = &caller.portal.park;
    let key = once::key(&caller.actor, &posted);
    let appointed = match park.appoint(&caller.actor, &who, Post::Organisation(id), key).await {
        Ok(appointed) => appointed,
        Err(error) => return again(&caller, id, &typed, error),
    };
    let back = format!("office/organisations/{id}");
    let Some(link) = appointed.link else { return Ok(caller.done(&back, "clerk-appointed")) };
    let visit = caller.visit();
    let page = page(&visit, office(&caller)?, say!(caller.language, "organisations-appointed"));
    let lead = say!(caller.language, "organisations-appointed-lead", person = appointed.person.to_string());
    let back = (say!(caller.language, "organisations-back"), visit.href(&back));
    Ok(link_sent(&caller, page.lead(lead), appointed.person, &link, back).into_response())
}

/// What can be corrected in the form comes back with what was typed.
fn again(caller: &Caller, id: OrganisationId, typed: &Typed, error: WorkError) -> Result<Response, Problem> {
    let l = caller.language;
    let mut errors = Errors::new();
    let status = match error {
        WorkError::Form(faults) => {
            for fault in faults {
                let label = label(l, &fault.field);
                let values = [("label", label.clone()), ("limit", fault.limit.clone().unwrap_or_default())];
                let code = fault.code.as_str();
                let message = WORDS.find(l, &format!("field-fault-{code}"), &values).unwrap_or(label);
                errors.add(fault.field, message);
            }
            StatusCode::UNPROCESSABLE_ENTITY
        }
        WorkError::Refused(refusal) => {
            let problem = Problem::from(WorkError::Refused(refusal));
            let told = problem.told(caller);
            errors.add_general([told.text, told.remedy].join(format::sentence_gap(l)));
            problem.status()
        }
        error => return Err(error.into()),
    };
    let page = one_page(caller, id, typed, &errors)?;
    Ok((status, page).into_response())
}

pub(super) async fn relieve(
    caller: Caller,
    Path((_, id, person)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let (organisation, person): (OrganisationId, PersonId) = (named(&id)?, named(&person)?);
    let park = &caller.portal.park;
    let command = parties::Command::RelieveClerk { person, organisation };
    park.desk.command(caller.actor.clone(), park.now(), command).await?;
    Ok(caller.done(&format!("office/organisations/{organisation}"), "clerk-relieved"))
}

fn new_person(typed: &Typed, bank: Bank) -> NewPerson {
    let text = |name: &str| typed.get(name).cloned().unwrap_or_default();
    NewPerson {
        family_name: text("family-name"),
        given_name: text("given-name"),
        latin_name: text("latin-name"),
        email: text("email"),
        language: text("language").parse().unwrap_or_default(),
        home_bank: bank,
    }
}

fn one_page(caller: &Caller, id: OrganisationId, typed: &Typed, errors: &Errors) -> Result<Markup, Problem> {
    let office = office(caller)?;
    let zone = caller.portal.park.zone();
    rules::may_keep_organisations(caller, &zone)?;
    let known = parties::organisation(&zone.parties, id).ok_or(Problem::NotFound)?;
    let visit = caller.visit();
    let l = caller.language;
    Ok(page(&visit, office, known.name.get(l).to_owned())
        .crumb(say!(l, "organisations-title"), visit.href("office/organisations"))
        .lead(say!(l, "organisations-one-lead", organisation = id.to_string(), bank = bank_name(caller, known.bank)))
        .faulty(!errors.is_empty())
        .body(html! {
            (errors.summary(l))
            h2 { (say!(l, "organisations-clerks")) }
            (clerks(&visit, &zone, id))
            h2 { (say!(l, "organisations-appoint")) }
            (card(&say!(l, "organisations-appoint-new"), new_form(&visit, known, typed, errors)))
            (card(&say!(l, "organisations-appoint-known"), known_form(&visit, typed, errors)))
        }))
}

fn clerks(visit: &Visit, zone: &Zone, id: OrganisationId) -> Markup {
    let l = visit.language;
    let clerks: Vec<(&PersonId, bool)> = zone
        .parties
        .persons
        .iter()
        .filter(|(_, person)| person.clerk_of == Some(id))
        .map(|(person, known)| (person, known.passkeys.is_empty()))
        .collect();
    let columns = [
        Column::text(say!(l, "organisations-clerk")),
        Column::text(say!(l, "organisations-clerk-state")),
        Column::text(say!(l, "organisations-clerk-relieve")),
    ];
    let row = |(person, waits): &(&PersonId, bool)| {
        let action = visit.href(&format!("office/organisations/{id}/clerks/{person}/relieve"));
        [
            html! { (person) },
            html! {
                @if *waits { (tag(frame::parts::Tone::Caution, &say!(l, "organisations-clerk-invited"))) }
                @else { (tag(frame::parts::Tone::Good, &say!(l, "organisations-clerk-in"))) }
            },
            html! {
                form method="post" action=(action) {
                    (visit.csrf_field())
                    (submit(Weight::Secondary, &say!(l, "organisations-clerk-relieve-submit")))
                }
            },
        ]
    };
    html! {
        @if clerks.is_empty() {
            (empty(&say!(l, "organisations-no-clerks"), &say!(l, "organisations-no-clerks-text"), None))
        } @else {
            (Table::new(say!(l, "organisations-clerks"), columns).hide_caption().rows(clerks.iter().map(row)))
        }
    }
}

fn label(l: Language, field: &str) -> String {
    match field {
        "family-name" => say!(l, "organisations-family-name"),
        "given-name" => say!(l, "organisations-given-name"),
        "latin-name" => say!(l, "organisations-latin-name"),
        "email" => say!(l, "organisations-email"),
        other => other.to_owned(),
    }
}

fn new_form(visit: &Visit, known: &Organisation, typed: &Typed, errors: &Errors) -> Markup {
    let l = visit.language;
    let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let language = match known.bank {
        Bank::North => Language::ZhHans,
        Bank::South => Language::ZhHant,
    };
    let chosen = typed.get("language").cloned().unwrap_or_else(|| language.to_string());
    let languages =
        Language::ALL.map(|language| Choice::new(language.to_string(), say!(language, "own-language-name")));
    let field = |name: &'static str| {
        Field::new(name, label(l, name)).value(value(name)).errors(errors).size(Size::Medium).without_spell_check()
    };
    html! {
        form method="post" novalidate {
            (visit.csrf_field())
            (once::field())
            (frame::hidden("who", "new"))
            (field("family-name").text())
            (field("given-name").text())
            (field("latin-name").hint(say!(l, "organisations-latin-name-hint")).text())
            (field("email").kind("email").hint(say!(l, "organisations-email-hint")).text())
            (Field::new("language", say!(l, "organisations-language")).value(chosen).inline().radios(&languages))
            (submit(Weight::Primary, &say!(l, "organisations-appoint-submit")))
        }
    }
}

fn known_form(visit: &Visit, typed: &Typed, errors: &Errors) -> Markup {
    let l = visit.language;
    let value = typed.get("person").cloned().unwrap_or_default();
    html! {
        form method="post" novalidate {
            (visit.csrf_field())
            (once::field())
            (frame::hidden("who", "known"))
            (Field::new("person", say!(l, "organisations-person")).hint(say!(l, "organisations-person-hint"))
                .value(value).errors(errors).size(Size::Short).without_spell_check().text())
            (submit(Weight::Secondary, &say!(l, "organisations-appoint-known-submit")))
        }
    }
}

/// Whether this officer keeps organisations at all: asked about one of no number.
pub(super) fn shown(caller: &Caller, zone: &Zone) -> bool {
    rules::about_organisations(caller, zone).outcome == Outcome::Permitted
}
