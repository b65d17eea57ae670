//! Cases that wait for more than one officer's word, for visitors of the demonstration to try: a panel's vote under way with
//! remarks of each kind, a decision that waits for a second officer, a fee and a signature that are due, an appointment to
//! be chosen, an appeal.

use super::history::{Past, persona_actor};
use crate::days;
use crate::error::SimulationError;
use crate::paperwork::{one, seal_for};
use crate::play::traffic::Traffic;
use crate::stage::{OpenPark, Stage, all_accepted};
use base::{Actor, CaseId, Instant, Key, OrganisationId, PersonId};
use cases::{About, Act, Attachment, Audience, Command, Disclosed, LegVerdict, Link, OfficeCommand};
use desk::{Event, context};
use park::{SentFile, WorkError};
use profile::ChangeKind;
use serde_json::{Value, json};

const CLERK: &str = "clerk-hong-kong";
const RESIDENT: &str = "engineer-hong-kong";
/// What the made-up applicants ask for, in minor units of Hong Kong dollars.
const GRANT_MINOR: i64 = 1_200_000_000;
const STAKE_MINOR: i64 = 600_000_000;
/// Appointments on each of the next working days, and their length.
const TIMES_A_DAY: i64 = 4;
const DAYS_WITH_TIMES: usize = 3;
const MINUTES: u16 = 30;

/// Writes them, from this instant on.
pub(crate) fn write(traffic: &mut Traffic<OpenPark>, past: &Past, at: Instant) -> Result<(), SimulationError> {
    let mut desk = Counter { traffic, at };
    panel(&mut desk)?;
    second_eyes(&mut desk)?;
    fee_and_signature(&mut desk)?;
    appointment(&mut desk, past)?;
    appeal(&mut desk)
}

/// Hands in one paper after the other, each a second later.
struct Counter<'a, 'b> {
    traffic: &'a mut Traffic<'b, OpenPark>,
    at: Instant,
}

impl Counter<'_, '_> {
    fn submit(
        &mut self,
        what: &'static str,
        actor: Actor,
        command: Command,
    ) -> Result<Option<CaseId>, SimulationError> {
        self.at = self.at.plus(Instant::SECOND);
        let performed = self.traffic.stage.perform(vec![one(actor, self.at, command)])?;
        let receipts = all_accepted(what, performed)?;
        Ok(receipts.iter().flat_map(|receipt| receipt.events.iter()).find_map(|event| match event {
            Event::Cases(cases::Event::Opened { case, .. }) => Some(*case),
            _ => None,
        }))
    }

    /// The clerk who applies here, and for which organisation.
    fn clerk(&self) -> Option<(PersonId, OrganisationId)> {
        let person = self.traffic.founded.personas.get(CLERK).copied()?;
        let organisation = parties::person(&self.traffic.stage.zone().parties, person)?.clerk_of?;
        Some((person, organisation))
    }

    /// An application of the clerk's organisation, about itself where it is about nothing else.
    fn opened_by_clerk(
        &mut self,
        service: &str,
        about: Option<About>,
        answers: &Value,
        disclosed: Disclosed,
    ) -> Result<Option<(CaseId, PersonId)>, SimulationError> {
        let Some((person, organisation)) = self.clerk() else { return Ok(None) };
        let actor = Actor::Clerk { person, organisation };
        let about = about.unwrap_or(About::Organisation(organisation));
        let open = self.open(service, person, about, Some(organisation), answers, disclosed)?;
        let case = self.submit("an application of the clerk's", actor, open)?;
        Ok(case.map(|case| (case, person)))
    }

    fn open(
        &self,
        service: &str,
        subject: PersonId,
        about: About,
        organisation: Option<OrganisationId>,
        answers: &Value,
        disclosed: Disclosed,
    ) -> Result<Command, SimulationError> {
        let answers = Some(seal_for(self.traffic.stage, subject, context::ANSWERS, &answers.to_string())?);
        Ok(Command::Open {
            service: key(service)?,
            organisation,
            about,
            answers,
            requested_day: None,
            disclosed,
            attachments: self.documents(service, subject)?,
        })
    }

    /// A page for each document that the service requires, which says that it is made up.
    fn documents(&self, service: &str, subject: PersonId) -> Result<Vec<Attachment>, SimulationError> {
        let OpenPark { park, runtime } = &*self.traffic.stage;
        let service = park.profile.service(&key(service)?).ok_or(SimulationError::Missing("service"))?;
        let required = service.uploads().filter(|asked| asked.required);
        let kept = required.map(|asked| {
            let sent = SentFile { name: format!("{}-synthetic.pdf", asked.key), bytes: page(asked.key.as_str()) };
            runtime.block_on(park.keep_attachment(subject, asked, sent))
        });
        let kept: Result<Vec<Attachment>, WorkError> = kept.collect();
        kept.map_err(|error| SimulationError::Thread(std::io::Error::other(error)))
    }

    /// An officer of the office who is no persona.
    fn officer(&self, office: &str, number: u64) -> Result<Actor, SimulationError> {
        self.traffic.founded.acting(&key(office)?, number)
    }

    fn remark(
        &mut self,
        (case, subject): (CaseId, PersonId),
        actor: Actor,
        audience: Audience,
        text: &str,
    ) -> Result<(), SimulationError> {
        let text = seal_for(self.traffic.stage, subject, context::REMARK, text)?;
        self.submit("a remark", actor, Command::Remark { case, audience, text }).map(drop)
    }

    /// One officer's word on a leg.
    fn decide(
        &mut self,
        (case, subject): (CaseId, PersonId),
        leg: &str,
        office: &str,
        verdict: LegVerdict,
        reason: &str,
    ) -> Result<(), SimulationError> {
        let reason = seal_for(self.traffic.stage, subject, context::REASON, reason)?;
        let officer = self.officer(office, 0)?;
        self.submit("a leg of the demonstration", officer, Command::Decide { case, leg: key(leg)?, verdict, reason })
            .map(drop)
    }
}

/// One page of PDF with a line of text on it.
fn page(title: &str) -> Vec<u8> {
    let text = format!("BT /F1 14 Tf 24 100 Td (Synthetic document: {title}) Tj ET");
    let parts = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>stream\n{text}\nendstream", text.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let (mut file, mut table) = ("%PDF-1.4\n".to_owned(), "0000000000 65535 f \n".to_owned());
    for (number, part) in parts.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj{part}endobj\n", number + 1));
    }
    let (start, size) = (file.len(), parts.len() + 1);
    file.push_str(&format!("xref\n0 {size}\n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}

fn key(text: &str) -> Result<Key, SimulationError> {
    Key::new(text).ok_or(SimulationError::Missing("key"))
}

/// Two of five have voted: the personas among the others see how once they have.
fn panel(desk: &mut Counter) -> Result<(), SimulationError> {
    let answers = json!({
        "years-running": 6, "graduates": 84, "raised": 92_000_000_000_i64, "field": "life-health",
        "programme": "十二個月的加速計劃：實驗室及中試支援、臨床導師、兩地投資者配對，並與深圳園區共用動物實驗設施。",
        "companies-a-year": 20, "own-contribution": 2 * GRANT_MINOR, "grant-amount": GRANT_MINOR, "equity": "below-six",
        "base": "hong-kong-park", "start": "2027-04-01", "no-double": true,
    });
    let disclosed = Disclosed { balance: Some(GRANT_MINOR), ..Disclosed::default() };
    let Some(about) = desk.opened_by_clerk("accelerator-grant", None, &answers, disclosed)? else { return Ok(()) };
    desk.decide(
        about,
        "report",
        "hk-innovation",
        LegVerdict::Supported,
        "計劃完整，過往成績可核實，支持交評審小組評分。",
    )?;
    for (office, scores) in [("hk-investment", vec![7, 8, 6, 7]), ("sz-park-company", vec![8, 7, 9, 6])] {
        let member = desk.officer(office, 0)?;
        let vote = Act::Vote { scores: Some(scores), comment: None };
        desk.submit("a vote", member, Command::Work { case: about.0, leg: key("panel")?, act: vote })?;
    }
    let reporter = desk.officer("hk-innovation", 0)?;
    for (audience, text) in [
        (Audience::Bank, "第二份財務報表的審計師已更換，請評審前再核對一次。"),
        (Audience::Banks, "與深圳園區共用動物實驗設施一項，請園區公司確認可用時段。"),
        (Audience::Applicant, "已收到全部文件。評審小組本週內完成評分，期間無須補交資料。"),
    ] {
        desk.remark(about, reporter.clone(), audience, text)?;
    }
    let Some((person, organisation)) = desk.clerk() else { return Ok(()) };
    let clerk = Actor::Clerk { person, organisation };
    desk.remark(about, clerk, Audience::Applicant, "收到，謝謝。如需現場視察，我們隨時可以安排。")
}

/// One officer of the innovation commission has proposed; the persona is the second.
fn second_eyes(desk: &mut Counter) -> Result<(), SimulationError> {
    let answers = json!({
        "founded-on": "2023-05-08", "staff": 18, "field": "life-health", "stage": "series-a",
        "technology": "以微流控晶片在三小時內完成細菌耐藥性測試；兩項專利已在港深兩地提交，另一項按《專利合作條約》申請。",
        "readiness": "prototype", "lead-investor": "示例領投基金（虛構）", "lead-related": false,
        "private-amount": 3 * STAKE_MINOR, "amount": STAKE_MINOR, "closes-by": "2027-03-31",
    });
    let disclosed = Disclosed { balance: Some(STAKE_MINOR), ..Disclosed::default() };
    let Some(about) = desk.opened_by_clerk("co-investment", None, &answers, disclosed)? else { return Ok(()) };
    desk.decide(
        about,
        "science",
        "hk-innovation",
        LegVerdict::Approved,
        "技術及知識產權屬實，條款與領投者相同，建議批准。",
    )
}

/// The fee is due and the undertaking is to be signed.
fn fee_and_signature(desk: &mut Counter) -> Result<(), SimulationError> {
    let answers = json!({ "subject": "electronics" });
    let choices = [(key("subject")?, key("electronics")?)].into();
    let disclosed = Disclosed { choices, ..Disclosed::default() };
    desk.opened_by_clerk("testing-request", None, &answers, disclosed).map(drop)
}

/// A home was allocated; the resident chooses when to see it.
fn appointment(desk: &mut Counter, past: &Past) -> Result<(), SimulationError> {
    let Some(Actor::Person { person }) = persona_actor(desk.traffic.founded, RESIDENT) else { return Ok(()) };
    let answers = json!({
        "home-kind": "one-bedroom", "household": 2, "move-in": "2027-01-15", "term": 24, "works-in": "shenzhen-park",
        "work": "engineer", "journey": 75, "shifts": "day", "monthly-income": 6_500_000, "no-home": true,
    });
    let open = desk.open("talent-apartment", person, About::Person(person), None, &answers, Disclosed::default())?;
    let Some(case) = desk.submit("an application for a home", Actor::Person { person }, open)? else { return Ok(()) };
    desk.decide((case, person), "letting", "hk-park-company", LegVerdict::Approved, "已編配第 8 座一房單位。")?;
    let profile = desk.traffic.stage.park.profile.clone();
    let mut day = past.date(0);
    let mut starts = Vec::new();
    for _ in 0..DAYS_WITH_TIMES {
        day = days::after(&profile, day);
        let first = days::at(&profile, day, 10, 0);
        starts.extend((0..TIMES_A_DAY).map(|number| first.plus(number * i64::from(MINUTES) * Instant::MINUTE)));
    }
    let command = OfficeCommand::OfferTimes { starts, minutes: MINUTES, places: 1 };
    let (office, officer) = (key("hk-park-company")?, desk.officer("hk-park-company", 0)?);
    desk.submit("times for appointments", officer, Command::Office { office, command }).map(drop)
}

/// An event was refused its venue; the clerk has appealed, and the supervision office decides anew.
fn appeal(desk: &mut Counter) -> Result<(), SimulationError> {
    let answers = json!({
        "event-name": "河套生物科技開放日（虛構）", "event-kind": "open-day", "venue": "central-avenue",
        "event-date": "2027-03-12", "days": 1, "session": "afternoon", "attendance": 180, "visitors": "hong-kong",
        "public": "registered", "food": "none", "noise": true, "programme": "實驗室導賞、學生工作坊及招聘攤位。",
        "safety": "設兩個出口及急救站，由十二名職員維持秩序。", "contact-name": "陳甲（虛構）",
        "contact-email": "clerk@example.com",
    });
    let choices = [(key("food")?, key("none")?), (key("visitors")?, key("hong-kong")?)].into();
    let disclosed = Disclosed { choices, ..Disclosed::default() };
    let Some(about) = desk.opened_by_clerk("event-venue", None, &answers, disclosed)? else { return Ok(()) };
    desk.decide(about, "venue", "hk-park-company", LegVerdict::Refused, "活動聲量超出中央大道的上限。")?;
    let answers =
        json!({ "ground": "facts", "statement": "聲量評估以舊的場地圖計算；新圖的音箱背向民居，聲量低於上限。" });
    let link = Link { case: about.0, kind: ChangeKind::Appeal };
    desk.opened_by_clerk("appeal", Some(About::Change(link)), &answers, Disclosed::default()).map(drop)
}
