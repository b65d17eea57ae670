//! What is told of clocks, by mail and by push: to the officer who has a leg, and to a head of the office before whom a late one is brought. They
//! say which case and by when, and nothing about anybody.

use crate::open::Park;
use crate::outbox::Mail;
use base::{CaseId, Date, Key, Language, PersonId};
use desk::Zone;

/// To whom it is told, and in which words.
pub(crate) struct Notice {
    pub person: PersonId,
    pub language: Language,
    pub subject: String,
    body: String,
    /// Where they see to it.
    pub page: String,
}

/// What a notice about a clock tells.
enum Told {
    Warned { percent: u8, due: Date },
    Late { due: Date },
    Escalated,
}

impl Park {
    /// None where nobody is told, or who is gave no address: the office's own pages show it all the same.
    pub(crate) fn clock_mail(&self, zone: &Zone, event: &cases::Event) -> Option<Mail> {
        let Notice { person, language, subject, body, page } = self.told_of_clock(zone, event)?;
        let to = self.details(person)?.email;
        let body = format!("{body}\n\n{}/{language}/{page}", self.origin);
        (!to.is_empty()).then_some(Mail { to, subject, body, attached: None })
    }

    /// None where nobody has the leg.
    pub(crate) fn told_of_clock(&self, zone: &Zone, event: &cases::Event) -> Option<Notice> {
        let (case, person, told) = match event {
            cases::Event::ClockWarned { case, percent, due, officer, .. } => {
                (*case, (*officer)?, Told::Warned { percent: *percent, due: *due })
            }
            cases::Event::ClockBreached { case, due, officer, .. } => (*case, (*officer)?, Told::Late { due: *due }),
            cases::Event::Escalated { case, office, .. } => (*case, self.head_present(zone, office)?, Told::Escalated),
            _ => return None,
        };
        let language = parties::person(&zone.parties, person).filter(|known| !known.erased)?.language;
        let (subject, body) = words(language, case, &told);
        let page =
            if matches!(told, Told::Escalated) { "office/head".to_owned() } else { format!("office/cases/{case}") };
        Some(Notice { person, language, subject, body, page })
    }

    /// A head of the office who is there today, or who stands in for one.
    fn head_present(&self, zone: &Zone, office: &Key) -> Option<PersonId> {
        let today = self.profile.local_date(self.profile.office(office)?.bank, self.now());
        let heads = zone.parties.heads.get(office)?;
        let present = |head: &PersonId| cases::away(&zone.cases, office, *head, today).is_none();
        let there = heads.iter().find(|head| present(head)).copied();
        there.or_else(|| cases::stands_in(&zone.cases, office, *heads.iter().next()?, today))
    }
}

fn words(language: Language, case: CaseId, told: &Told) -> (String, String) {
    match (language, told) {
        (Language::ZhHant, Told::Warned { percent, due }) => (
            format!("個案 {case}：時限已用 {percent}%"),
            format!("個案 {case} 的時限已用去 {percent}%，限期是 {due}。"),
        ),
        (Language::ZhHant, Told::Late { due }) => {
            (format!("個案 {case}：已逾期"), format!("個案 {case} 的限期是 {due}，現已逾期。"))
        }
        (Language::ZhHant, Told::Escalated) => (
            format!("個案 {case}：逾期，提交主管"),
            format!("個案 {case} 逾期未決，現提交你處理。請開啟部門主管一頁，查閱或轉交他人。"),
        ),
        (Language::ZhHans, Told::Warned { percent, due }) => {
            (format!("办件{case}：时限已用{percent}%"), format!("办件{case}的时限已用{percent}%，截止日期为{due}。"))
        }
        (Language::ZhHans, Told::Late { due }) => {
            (format!("办件{case}：已超期"), format!("办件{case}的截止日期为{due}，现已超期。"))
        }
        (Language::ZhHans, Told::Escalated) => (
            format!("办件{case}：超期，提交负责人"),
            format!("办件{case}超期未决，现提交您处理。请打开部门负责人页面，查阅或转交他人。"),
        ),
        (Language::En, Told::Warned { percent, due }) => (
            format!("Case {case}: {percent}% of its time is used"),
            format!("{percent}% of the time for case {case} is used. It is due by {due}."),
        ),
        (Language::En, Told::Late { due }) => {
            (format!("Case {case} is late"), format!("Case {case} was due by {due} and is late."))
        }
        (Language::En, Told::Escalated) => (
            format!("Case {case} is late and brought before you"),
            format!(
                "Case {case} is late. See it on the page of the head of office, where you can hand it to a colleague."
            ),
        ),
    }
}
