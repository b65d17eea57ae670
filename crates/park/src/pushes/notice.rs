//! What is pushed: the words of a mail's subject, and which page tells the rest.

use crate::mail;
use crate::open::Park;
use base::{Instant, Language, PersonId};
use desk::{Event, Zone};
use serde::Serialize;

/// A notice to one person, and the entry of the log that asks for it.
pub(crate) struct Notice {
    pub entry: u64,
    pub at: Instant,
    pub person: PersonId,
    pub language: Language,
    pub text: String,
    /// Within the portal, after its language.
    pub page: String,
}

/// As the service worker reads it.
#[derive(Serialize)]
struct Message<'a> {
    title: &'a str,
    body: &'a str,
    lang: &'a str,
    url: String,
    /// One that comes twice takes the place of the first.
    tag: String,
}

impl Notice {
    pub fn message(&self) -> Vec<u8> {
        let message = Message {
            title: mail::park_name(self.language),
            body: &self.text,
            lang: self.language.tag(),
            url: format!("/{}/{}", self.language, self.page),
            tag: format!("hetao-{}", self.entry),
        };
        serde_json::to_vec(&message).unwrap_or_default()
    }
}

impl Park {
    /// None for what nobody is told of, or has no browser to be told in.
    pub(crate) fn notice_of(&self, zone: &Zone, (entry, at): (u64, Instant), event: &Event) -> Option<Notice> {
        let (person, language, text, page) = match event {
            Event::Letters(letters::Event::Issued(issue))
                if issue.by_mail && self.is_still_told(zone, issue.person, issue.case) =>
            {
                let text = mail::subject_of(issue.language, issue.kind).to_owned();
                (issue.person, issue.language, text, format!("me/cases/{}", issue.case))
            }
            Event::Cases(cases::Event::Opened { case, .. }) => {
                let (person, language) = self.has_to_confirm(zone, *case)?;
                (person, language, mail::subject_of_application(language).to_owned(), format!("me/cases/{case}"))
            }
            Event::Cases(event) => {
                let told = self.told_of_clock(zone, event)?;
                (told.person, told.language, told.subject, told.page)
            }
            Event::Zone(_) | Event::Parties(_) | Event::Permits(_) | Event::People(_) | Event::Letters(_) => {
                return None;
            }
        };
        let known = parties::person(&zone.parties, person).is_some_and(|person| !person.erased);
        let listens = known && letters::pushes_of(&zone.letters, person).next().is_some();
        listens.then_some(Notice { entry, at, person, language, text, page })
    }
}
