//! Letters to look at.

use crate::*;
use base::{Date, Language};

pub fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

pub fn letter(language: Language, body: Body) -> Letter {
    let (zone, offices, name, service) = match language {
        Language::ZhHant => {
            ("河套深港科技創新合作區", ["入境事務處", "出入境邊防檢查總站"], "陳穎嘉", "跨境通勤通行證")
        }
        Language::ZhHans => {
            ("河套深港科技创新合作区", ["入境事务处", "出入境边防检查总站"], "陈颖嘉", "跨境通勤通行证")
        }
        Language::En => (
            "Hetao Shenzhen–Hong Kong co-operation zone",
            ["Immigration Department", "Exit and Entry Frontier Inspection"],
            "Chan Wing Ka",
            "Commuter pass",
        ),
    };
    Letter {
        language,
        mark: Mark {
            reference: "HT-0000-0412".to_owned(),
            code: "7KQ4-M2XD-9FHT-3CPW".to_owned(),
            address: "https://park.hetao.example/verify/HT-0000-0412/7KQ4-M2XD-9FHT-3CPW".to_owned(),
        },
        from: Sender { zone: zone.to_owned(), offices: offices.map(str::to_owned).to_vec() },
        to: Recipient { name: name.to_owned(), organisation: None },
        date: date("2026-11-30"),
        service: service.to_owned(),
        case: "C-1042".to_owned(),
        applied_on: Some(date("2026-11-20")),
        body,
    }
}

pub fn decision(outcome: Verdict, reason: &str) -> Body {
    let refused = OfficeDecision {
        office: "入境事務處 Immigration Department".to_owned(),
        verdict: outcome,
        decided_on: Some(date("2026-11-27")),
        reason: Some(reason.to_owned()),
        rules: vec![Rule {
            reason: "The identity document has to be valid for the whole of the pass.".to_owned(),
            section: "7.2.2".to_owned(),
            remedy: Some("Confirm a document that is valid for longer, then apply again.".to_owned()),
        }],
    };
    let advised = OfficeDecision { verdict: Verdict::Supported, reason: None, rules: Vec::new(), ..refused.clone() };
    Body::Decision(Decision {
        outcome,
        offices: vec![refused, advised],
        issued: (outcome == Verdict::Approved).then(|| "T-77".to_owned()),
        help: "https://park.hetao.example/en/me".to_owned(),
    })
}

pub fn certificate() -> Body {
    Body::Certificate(Certificate {
        number: "G-12".to_owned(),
        kind: "生物樣本授權 Biosample authorisation".to_owned(),
        valid_from: date("2026-12-01"),
        valid_until: date("2027-11-30"),
        balance: Some("500 份 samples".to_owned()),
        scope: Some(Scope {
            bridges: vec!["西橋 West bridge".to_owned(), "東橋 East bridge".to_owned()],
            from: "06:30".to_owned(),
            until: "24:00".to_owned(),
        }),
    })
}

pub fn notice(kind: NoticeKind) -> Body {
    Body::Notice(Notice {
        kind,
        text: Some("請上載最新的僱傭合約。\nPlease upload the contract.".to_owned()),
        due: Some(date("2026-12-07")),
        address: "https://park.hetao.example/en/me".to_owned(),
    })
}

/// One of every kind.
pub fn every_body() -> Vec<Body> {
    let outcomes = [Verdict::Approved, Verdict::Refused, Verdict::Withdrawn];
    let notices = [NoticeKind::Asked, NoticeKind::Late, NoticeKind::Suspended, NoticeKind::Resumed, NoticeKind::Ended];
    let decisions = outcomes.into_iter().map(|outcome| decision(outcome, "證件有效期不足。\nSee 1.2."));
    decisions.chain([certificate()]).chain(notices.into_iter().map(notice)).collect()
}
