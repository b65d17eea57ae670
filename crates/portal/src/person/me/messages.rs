//! Messages: what offices wrote to me and decided, newest first, with what is still asked of me on top.

use super::{next, page};
use crate::casework;
use crate::{Caller, Problem};
use base::{Actor, CaseId};
use cases::{Case, Event, LegState, Stage};
use frame::maud::{Markup, html};
use frame::parts::{Step, Tone, empty, tag, timeline};
use frame::say;
use park::{HistoryItem, HistoryText};

/// Applications that are looked through: the newest.
const CASES_MAX: usize = 25;
const MESSAGES_MAX: usize = 100;

/// One message of an office, or of the platform.
pub(crate) struct Message<'a> {
    pub id: CaseId,
    pub case: &'a Case,
    pub item: HistoryItem,
}

impl Message<'_> {
    /// Whether it is a question that still waits for an answer.
    pub fn waits(&self) -> bool {
        let Event::Asked { leg, .. } = &self.item.event else { return false };
        let open = |known: &&cases::Leg| known.key == *leg && known.state == LegState::Asked;
        self.case.stage == Stage::Deciding && self.case.legs.iter().any(|known| open(&known))
    }
}

/// What others wrote and decided on these applications, newest first, for whom each is read.
pub(crate) fn of<'a>(
    park: &park::Park,
    cases: impl Iterator<Item = (CaseId, &'a Case)>,
    reader: impl Fn(CaseId) -> Result<Actor, Problem>,
) -> Result<Vec<Message<'a>>, Problem> {
    let mut found = Vec::new();
    for (id, case) in cases.take(CASES_MAX) {
        let told = park.history(&reader(id)?, id)?.into_iter().filter(|item| is_told(&item.event));
        found.extend(told.map(|item| Message { id, case, item }));
    }
    found.sort_by_key(|message| std::cmp::Reverse(message.item.sequence));
    found.truncate(MESSAGES_MAX);
    Ok(found)
}

fn is_told(event: &Event) -> bool {
    matches!(event, Event::LegDecided { .. } | Event::Asked { .. } | Event::Decided { .. })
}

pub(super) async fn show(caller: Caller) -> Result<Markup, Problem> {
    let park = &caller.portal.park;
    let zone = park.zone();
    let own = cases::own(&zone.cases, &zone.parties, caller.person()?);
    let messages = of(park, own, |id| caller.on_case(id))?;
    let visit = caller.visit();
    let l = caller.language;
    let (waiting, told): (Vec<_>, Vec<_>) = messages.iter().partition(|message| message.waits());
    let steps = |messages: &[&Message]| messages.iter().map(|message| step(&caller, message)).collect::<Vec<_>>();
    Ok(page(&visit, say!(l, "messages-title")).lead(say!(l, "messages-lead")).body(html! {
        @if messages.is_empty() { (empty(&say!(l, "messages-none"), &say!(l, "messages-none-text"), None)) }
        @if !waiting.is_empty() { h2 { (say!(l, "messages-asked")) } (timeline(&steps(&waiting))) }
        @if !told.is_empty() { h2 { (say!(l, "messages-told")) } (timeline(&steps(&told))) }
    }))
}

fn step(caller: &Caller, message: &Message) -> Step {
    let l = caller.language;
    let visit = caller.visit();
    let Message { id, case, item } = message;
    let service = caller.portal.park.profile.service(&case.service);
    let service = service.map_or_else(|| case.service.to_string(), |known| known.name.get(l).to_owned());
    let leg = item.event.leg().and_then(|key| case.legs.iter().find(|leg| leg.key == *key));
    let title = casework::title(l, &item.event);
    let title = match leg {
        Some(leg) => say!(l, "own-news-of-office", office = next::office_name(caller, &leg.office), what = title),
        None => title,
    };
    let body = html! {
        @if let HistoryText::Written(text) = &item.text { blockquote { p { (text) } } }
        @if message.waits() { p { (tag(Tone::Caution, &say!(l, "own-task-to-do"))) } }
        a href=(visit.href(&format!("me/cases/{id}"))) { (service) " " (id) }
    };
    Step::new(casework::tone(&item.event), title, visit.time(item.at)).body(body)
}
