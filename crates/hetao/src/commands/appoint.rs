//! `hetao appoint OFFICE` and `hetao relieve OFFICE PERSON`: who acts for an office, as its authority names them. With the
//! first of them a park that is no demonstration comes to life.

use super::operator::{at_work, not_done};
use crate::cli::{Appoint, Common, Relieve};
use crate::data_folder::{DataFolder, is_vacant};
use crate::ending::{Ending, Failure};
use crate::output::Output;
use crate::words::{self, word, words};
use base::{Actor, Bank, Key, Language, PersonId};
use desk::Post;
use park::{Appointed, NewPerson, Park, Who};
use profile::Profile;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Answer {
    ok: bool,
    person: PersonId,
    office: Key,
    /// The entry of the log at which it begins.
    entry: u64,
    /// The one-time link with which they come in; none for somebody who has a passkey.
    link: Option<String>,
    link_until: Option<String>,
    /// Letters written into the outbox, or sent.
    letters: usize,
}

pub fn appoint(options: &Appoint, common: &Common, output: &Output) -> Result<Ending, Failure> {
    let profile = Profile::load(&common.zone).map_err(|faults| Failure::of_faults(&faults))?;
    let bank = office_bank(&profile, &options.office)?;
    let who = who(options, bank)?;
    may_begin(&DataFolder::new(common.data()), options.person)?;
    let answer = at_work(common, options.demo, &options.origin, "officers are appointed", |park, runtime| {
        let post = Post::Office(options.office.clone());
        let appointed = runtime.block_on(park.appoint(&Actor::Operator, &who, post, None)).map_err(not_done)?;
        // A letter that cannot go now goes when the server runs: the link is told here either way.
        let letters = runtime.block_on(park.send_letters()).unwrap_or_default();
        Ok(answer(park, options.office.clone(), &appointed, letters))
    })?;
    output.result(&answer, |out| print(out, &answer, &profile, output.language))?;
    if answer.link.is_some() {
        output.note(word(words::LINK_IS_SECRET, output.language));
    }
    Ok(Ending::Right)
}

/// An empty place becomes a data folder with the first appointment; one with something else in it does not.
fn may_begin(data: &DataFolder, known: Option<PersonId>) -> Result<(), Failure> {
    if known.is_none() && is_vacant(&data.path)? { Ok(()) } else { data.must_be_there() }
}

fn office_bank(profile: &Profile, office: &Key) -> Result<Bank, Failure> {
    profile.office(office).map(|office| office.bank).ok_or_else(|| {
        let known: Vec<&str> = profile.offices.keys().map(Key::as_str).collect();
        Failure::wrong(format!("there is no office {office}; the zone's offices are {}", known.join(", ")))
    })
}

fn who(options: &Appoint, bank: Bank) -> Result<Who, Failure> {
    if let Some(person) = options.person {
        return Ok(Who::Known(person));
    }
    let text = |option: &Option<String>| option.clone().unwrap_or_default();
    let of_bank = match bank {
        Bank::North => Language::ZhHans,
        Bank::South => Language::ZhHant,
    };
    let new = NewPerson {
        family_name: text(&options.family_name),
        given_name: text(&options.given_name),
        latin_name: text(&options.latin_name),
        email: text(&options.email),
        language: options.writes_in.unwrap_or(of_bank),
        home_bank: bank,
    };
    if new.faults().is_empty() {
        return Ok(Who::New(new));
    }
    Err(Failure::usage("give --email (name@host.example) and --family-name or --latin-name, or --person P-12"))
}

fn answer(park: &Park, office: Key, appointed: &Appointed, letters: usize) -> Answer {
    Answer {
        ok: true,
        person: appointed.person,
        office,
        entry: appointed.first,
        link: appointed.link.as_ref().map(|link| park.link_address(appointed.person, link)),
        link_until: appointed.link.as_ref().map(|link| link.expires_at.to_string()),
        letters,
    }
}

fn print(out: &mut dyn Write, answer: &Answer, profile: &Profile, language: Language) -> io::Result<()> {
    let office = profile.office(&answer.office).map_or(answer.office.as_str(), |office| office.name.get(language));
    let (person, entry) = (answer.person.to_string(), answer.entry.to_string());
    writeln!(out, "{}", words(words::APPOINTED, language, &[&person, office, &entry]))?;
    if let (Some(link), Some(until)) = (&answer.link, &answer.link_until) {
        writeln!(out, "{}", words(words::COMES_IN_BY, language, &[until]))?;
        writeln!(out, "  {link}")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Relieved {
    ok: bool,
    person: PersonId,
    office: Key,
    entry: u64,
}

pub fn relieve(options: &Relieve, common: &Common, output: &Output) -> Result<Ending, Failure> {
    let profile = Profile::load(&common.zone).map_err(|faults| Failure::of_faults(&faults))?;
    office_bank(&profile, &options.office)?;
    DataFolder::new(common.data()).must_be_there()?;
    let (person, office) = (options.person, options.office.clone());
    let command = parties::Command::RelieveOfficer { person, office: office.clone() };
    let entry = at_work(common, options.demo, "http://localhost", "officers are relieved", |park, runtime| {
        let done = runtime.block_on(park.desk.command(Actor::Operator, park.now(), command));
        done.map(|receipt| receipt.first).map_err(|error| not_done(error.into()))
    })?;
    let answer = Relieved { ok: true, person, office, entry };
    output.result(&answer, |out| {
        let name = profile.office(&answer.office).map_or("", |office| office.name.get(output.language));
        let (person, entry) = (answer.person.to_string(), answer.entry.to_string());
        writeln!(out, "{}", words(words::RELIEVED, output.language, &[&person, name, &entry]))
    })?;
    Ok(Ending::Right)
}
