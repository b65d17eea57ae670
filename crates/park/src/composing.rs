//! What a letter says, gathered from the zone and the log for the person it is written to. Nothing that this person may
//! not read gets in: what the offices wrote to them, and of the rules the public ones.

use crate::error::WorkError;
use crate::open::Park;
use base::{Bank, CaseId, Date, Instant, Key, Language};
use cases::{About, Case, LegVerdict, Outcome, Stage};
use desk::{Envelope, Event, Zone, context};
use eventlog::LogError;
use letters::Kind;
use permits::{Balance, Measure};
use press::{
    Body, Certificate, Decision, Letter, Mark, Notice, NoticeKind, OfficeDecision, Recipient, Rule, Scope, Sender,
    Verdict,
};
use profile::{Effect, money};

/// Both banks keep the same time; letters are dated by the south bank's.
const DATED_BY: Bank = Bank::South;
const MINUTES_OF_DAY: u16 = 1_440;

/// A letter before it has its number and its code.
pub(crate) struct Draft {
    pub letter: Letter,
    pub offices: Vec<Key>,
    pub wrote: Vec<Bank>,
}

/// What is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub case: CaseId,
    pub kind: Kind,
    /// The entry that it tells of.
    pub cause: u64,
    pub language: Language,
}

impl Park {
    pub(crate) fn draft_letter(&self, zone: &Zone, wanted: Wanted) -> Result<Draft, WorkError> {
        let Wanted { case: id, language, .. } = wanted;
        let case = cases::case(&zone.cases, id).ok_or(WorkError::NotFound)?;
        let service = self.profile.service_at(&case.service, case.service_version).ok_or(WorkError::NotFound)?;
        let (body, offices, wrote) = self.body(zone, case, wanted)?;
        let names = offices.iter().filter_map(|office| self.profile.office(office));
        let letter = Letter {
            language,
            mark: Mark { reference: String::new(), code: String::new(), address: String::new() },
            from: Sender {
                zone: self.profile.name.get(language).to_owned(),
                offices: names.map(|office| office.name.get(language).to_owned()).collect(),
            },
            to: self.recipient(zone, case, language),
            date: self.profile.local_date(DATED_BY, self.now()),
            service: service.name.get(language).to_owned(),
            case: id.to_string(),
            applied_on: Some(self.profile.local_date(DATED_BY, case.opened_at)),
            body,
        };
        Ok(Draft { letter, offices, wrote })
    }

    fn recipient(&self, zone: &Zone, case: &Case, language: Language) -> Recipient {
        let organisation = match case.about {
            About::Organisation(id) => parties::organisation(&zone.parties, id),
            About::Person(_) | About::Permit(_) | About::Change(_) => None,
        };
        Recipient {
            name: self.name_of(case.subject),
            organisation: organisation.map(|known| known.name.get(language).to_owned()),
        }
    }

    fn body(&self, zone: &Zone, case: &Case, wanted: Wanted) -> Result<(Body, Vec<Key>, Vec<Bank>), WorkError> {
        match wanted.kind {
            Kind::Decision => self.decision(zone, case, wanted),
            Kind::Certificate => {
                let certificate = self.certificate(zone, case, wanted).ok_or(WorkError::NotFound)?;
                Ok((Body::Certificate(certificate), offices_that_decided(case), Vec::new()))
            }
            Kind::Asked => self.notice(case, wanted, NoticeKind::Asked),
            Kind::Late => self.notice(case, wanted, NoticeKind::Late),
            Kind::Suspended => self.notice(case, wanted, NoticeKind::Suspended),
            Kind::Resumed => self.notice(case, wanted, NoticeKind::Resumed),
            Kind::Ended => self.notice(case, wanted, NoticeKind::Ended),
        }
    }

    fn decision(&self, zone: &Zone, case: &Case, wanted: Wanted) -> Result<(Body, Vec<Key>, Vec<Bank>), WorkError> {
        let Stage::Decided(outcome) = case.stage else { return Err(WorkError::NotFound) };
        let mut offices = Vec::new();
        let mut wrote = Vec::new();
        for sequence in &case.entries {
            let Event::Cases(cases::Event::LegDecided { leg, verdict, reason, ruling, .. }) = self.event(*sequence)?
            else {
                continue;
            };
            let Some(leg) = case.legs.iter().find(|known| known.key == leg) else { continue };
            let reason = reason.and_then(|sealed| self.written_text(&sealed, context::REASON));
            if reason.is_some() && !wrote.contains(&leg.bank) {
                wrote.push(leg.bank);
            }
            offices.push(OfficeDecision {
                office: self.office_name(&leg.office, wanted.language),
                verdict: verdict_of(verdict),
                decided_on: leg.decided_at.map(|at| self.profile.local_date(leg.bank, at)),
                reason,
                rules: self.rules(&ruling, wanted.language),
            });
        }
        let permit = permits::of_case(&zone.permits, wanted.case).map(|id| id.to_string());
        let grant = || permits::grant_of_case(&zone.permits, wanted.case).map(|id| id.to_string());
        let decision = Decision {
            outcome: match outcome {
                Outcome::Approved => Verdict::Approved,
                Outcome::Refused => Verdict::Refused,
                Outcome::Withdrawn => Verdict::Withdrawn,
            },
            offices,
            issued: permit.or_else(grant),
            help: self.page_of(wanted.case, wanted.language),
        };
        Ok((Body::Decision(decision), offices_that_decided(case), wrote))
    }

    /// The weightiest rule that determined it, where it is one that everybody may know of.
    fn rules(&self, ruling: &base::Answer, language: Language) -> Vec<Rule> {
        let card = ruling.policies.first().and_then(|policy| self.rulebook.explain(policy));
        let shown = card.filter(|card| !card.hidden).map(|card| {
            let remedy = card.remedy_for_public().get(language);
            Rule {
                reason: card.reason_for_public().get(language).to_owned(),
                section: card.section.clone(),
                remedy: (!remedy.is_empty()).then(|| remedy.to_owned()),
            }
        });
        shown.into_iter().collect()
    }

    fn certificate(&self, zone: &Zone, case: &Case, wanted: Wanted) -> Option<Certificate> {
        let l = wanted.language;
        let effect = &self.profile.service_at(&case.service, case.service_version)?.effect;
        if let Some(id) = permits::of_case(&zone.permits, wanted.case) {
            let issue = &permits::permit(&zone.permits, id)?.issue;
            let (valid_from, valid_until) = self.validity(issue.valid_from, issue.valid_until);
            let bridges = issue.scope.bridges.iter().filter_map(|key| self.profile.bridges.get(key));
            let all_day = issue.scope.minute_from == 0 && issue.scope.minute_until >= MINUTES_OF_DAY;
            let time = |minute: u16| {
                if all_day { String::new() } else { format!("{:02}:{:02}", minute / 60, minute % 60) }
            };
            let scope = Scope {
                bridges: bridges.map(|bridge| bridge.name.get(l).to_owned()).collect(),
                from: time(issue.scope.minute_from),
                until: time(issue.scope.minute_until),
            };
            let kind = kind_name(effect, &issue.kind, l);
            let (number, scope) = (id.to_string(), Some(scope));
            return Some(Certificate { number, kind, valid_from, valid_until, balance: None, scope });
        }
        let id = permits::grant_of_case(&zone.permits, wanted.case)?;
        let terms = &permits::grant_of(&zone.permits, id)?.terms;
        let (valid_from, valid_until) = self.validity(terms.valid_from, terms.valid_until);
        Some(Certificate {
            number: id.to_string(),
            kind: kind_name(effect, &terms.kind, l),
            valid_from,
            valid_until,
            balance: terms.balance.as_ref().map(|balance| balance_text(balance, l)),
            scope: None,
        })
    }

    fn notice(&self, case: &Case, wanted: Wanted, kind: NoticeKind) -> Result<(Body, Vec<Key>, Vec<Bank>), WorkError> {
        let (mut text, mut offices, mut wrote) = (None, offices_that_decided(case), Vec::new());
        if let Event::Cases(cases::Event::Asked { leg, question, .. }) = self.event(wanted.cause)?
            && let Some(leg) = case.legs.iter().find(|known| known.key == leg)
        {
            text = self.written_text(&question, context::QUESTION);
            offices = vec![leg.office.clone()];
            wrote.push(leg.bank);
        }
        let notice = Notice { kind, text, due: None, address: self.page_of(wanted.case, wanted.language) };
        Ok((Body::Notice(notice), offices, wrote))
    }

    /// First and last day.
    fn validity(&self, from: Instant, until: Instant) -> (Date, Date) {
        (self.profile.local_date(DATED_BY, from), self.profile.local_date(DATED_BY, until.plus(-1)))
    }

    /// Where the person finds the application.
    fn page_of(&self, case: CaseId, language: Language) -> String {
        format!("{}/{language}/me/cases/{case}", self.origin)
    }

    fn office_name(&self, office: &Key, language: Language) -> String {
        self.profile.office(office).map(|office| office.name.get(language).to_owned()).unwrap_or_default()
    }

    pub(crate) fn event(&self, sequence: u64) -> Result<Event, WorkError> {
        let bytes = self.desk.log().entry(sequence)?.ok_or(WorkError::NotFound)?;
        let envelope = Envelope::decode(&bytes).map_err(|error| LogError::corrupt_at(sequence, error.to_string()))?;
        Ok(envelope.event)
    }

    fn written_text(&self, sealed: &base::Sealed, context: &str) -> Option<String> {
        let bytes = self.vault.open_sealed(sealed, context).ok()?;
        String::from_utf8(bytes.to_vec()).ok().filter(|text| !text.trim().is_empty())
    }
}

/// In the order of the service, each once.
fn offices_that_decided(case: &Case) -> Vec<Key> {
    let mut offices: Vec<Key> = Vec::new();
    for leg in case.legs.iter().filter(|leg| leg.decided_at.is_some()) {
        if !offices.contains(&leg.office) {
            offices.push(leg.office.clone());
        }
    }
    offices
}

fn verdict_of(verdict: LegVerdict) -> Verdict {
    match verdict {
        LegVerdict::Approved => Verdict::Approved,
        LegVerdict::Refused => Verdict::Refused,
        LegVerdict::Supported => Verdict::Supported,
        LegVerdict::Objected => Verdict::Objected,
    }
}

fn kind_name(effect: &Effect, kind: &Key, language: Language) -> String {
    match effect {
        Effect::IssuePermit(template) => template.name.get(language).to_owned(),
        Effect::Grant(template) => template.name.get(language).to_owned(),
        Effect::Answer | Effect::RevokePermit | Effect::ErasePerson | Effect::Change => kind.to_string(),
    }
}

fn balance_text(balance: &Balance, language: Language) -> String {
    match &balance.measure {
        Measure::Currency(currency) => format!("{} {}", currency.code(), money::typed(balance.amount)),
        Measure::Unit(unit) => match language {
            Language::ZhHans => format!("{}{}", balance.amount, unit.get(language)),
            Language::ZhHant | Language::En => format!("{} {}", balance.amount, unit.get(language)),
        },
    }
}
