//! What mails say, in the person's language. A letter that goes with one says the rest.

use crate::outbox::{Attached, Mail};
use base::{CaseId, Language, LetterId, PersonId};
use letters::Kind;

impl Mail {
    pub(crate) fn invitation(to: &str, language: Language, origin: &str, person: PersonId, secret: &str) -> Self {
        let address = format!("{origin}/{language}/enrol/{person}/{secret}");
        let (subject, body) = match language {
            Language::ZhHant => (
                "河套園區：請確認你的通行證申請",
                "你的機構已為你提出申請。請開啟以下連結，設定通行密鑰，核對證件，然後遞交申請。連結只可使用一次，十四日內有效。",
            ),
            Language::ZhHans => (
                "河套园区：请确认您的通行证申请",
                "您的单位已为您提出申请。请打开以下链接，设置通行密钥，核对证件，然后提交申请。链接只能使用一次，十四天内有效。",
            ),
            Language::En => (
                "Hetao parks: please confirm the application for your pass",
                "An application has been made for you. Open this link to set up a passkey, check your document and submit the application. The link works once, within fourteen days.",
            ),
        };
        Mail::plain(to, subject, format!("{body}\n\n{address}"))
    }

    /// For somebody who has come in before: they sign in as always.
    pub(crate) fn application_waits(to: &str, language: Language, origin: &str) -> Self {
        let address = format!("{origin}/{language}/me");
        let body = match language {
            Language::ZhHant => "你的機構再為你提出申請。請以通行密鑰登入，核對證件，然後遞交申請。",
            Language::ZhHans => "您的单位再次为您提出申请。请使用通行密钥登录，核对证件，然后提交申请。",
            Language::En => {
                "Another application has been made for you. Sign in with your passkey, check your document and submit the application."
            }
        };
        let subject = from_the_park(language, subject_of_application(language));
        Mail::plain(to, &subject, format!("{body}\n\n{address}"))
    }

    /// What was applied for has arrived. Whoever has its number and its secret sees how it stands, and nothing else.
    pub(crate) fn received(to: &str, language: Language, origin: &str, case: CaseId, secret: &str) -> Self {
        let address = format!("{origin}/{language}/status");
        let (subject, body) = match language {
            Language::ZhHant => (
                format!("已收到申請 {case}"),
                format!(
                    "我們已收到你的申請。\n\n個案編號：{case}\n查詢密碼：{secret}\n\n\
                     任何人憑以上兩項，毋須登入便可查詢進度及日期，但看不到其他資料。請小心保管。\n\n{address}"
                ),
            ),
            Language::ZhHans => (
                format!("已收到申请{case}"),
                format!(
                    "我们已收到您的申请。\n\n办件编号：{case}\n查询密码：{secret}\n\n\
                     任何人凭以上两项，无需登录即可查询进度和日期，但看不到其他信息。请妥善保管。\n\n{address}"
                ),
            ),
            Language::En => (
                format!("application {case} has arrived"),
                format!(
                    "We have received your application.\n\nNumber: {case}\nSecret: {secret}\n\n\
                     Whoever has both sees its state and the dates without signing in, and nothing else. Keep them \
                     safe.\n\n{address}"
                ),
            ),
        };
        Mail::plain(to, &from_the_park(language, &subject), body)
    }

    fn plain(to: &str, subject: &str, body: String) -> Self {
        Mail { to: to.to_owned(), subject: subject.to_owned(), body, attached: None }
    }

    /// With the letter as PDF.
    pub(crate) fn letter(to: &str, language: Language, origin: &str, kind: Kind, letter: LetterId) -> Self {
        let subject = from_the_park(language, subject_of(language, kind));
        let body = match language {
            Language::ZhHant => format!(
                "隨函附上函件 {letter}（PDF）。你亦可登入後在申請頁面取得：{origin}/zh-Hant/me\n\n\
                 這封電郵由系統發出，請勿回覆。函件上的二維碼可供查核真偽。"
            ),
            Language::ZhHans => format!(
                "随信附上文书{letter}（PDF）。您也可登录后在申请页面获取：{origin}/zh-Hans/me\n\n\
                 本邮件由系统发出，请勿回复。文书上的二维码可供核验真伪。"
            ),
            Language::En => format!(
                "Letter {letter} is attached (PDF). You also find it on the page of your application: {origin}/en/me\n\n\
                 This message was sent by a machine; please do not answer it. The QR code on the letter shows that it is \
                 genuine."
            ),
        };
        let attached = Some(Attached { letter, pdf: Vec::new() });
        Mail { attached, ..Mail::plain(to, &subject, body) }
    }
}

pub(crate) fn park_name(language: Language) -> &'static str {
    match language {
        Language::ZhHant => "河套園區",
        Language::ZhHans => "河套园区",
        Language::En => "Hetao parks",
    }
}

fn from_the_park(language: Language, subject: &str) -> String {
    let colon = if language == Language::En { ": " } else { "：" };
    format!("{}{colon}{subject}", park_name(language))
}

pub(crate) fn subject_of_application(language: Language) -> &'static str {
    match language {
        Language::ZhHant => "請確認你的新申請",
        Language::ZhHans => "请确认您的新申请",
        Language::En => "please confirm a new application",
    }
}

pub(crate) fn subject_of(language: Language, kind: Kind) -> &'static str {
    let (hant, hans, en) = match kind {
        Kind::Decision => ("申請結果", "办理结果", "your application is decided"),
        Kind::Certificate => ("證明書", "证明书", "your certificate"),
        Kind::Asked => ("請補充資料", "请补充材料", "an office asks you for more information"),
        Kind::Late => ("審批逾期通知", "办理超期通知", "a decision is late"),
        Kind::Suspended => ("許可已暫停", "许可已暂停", "your permit is suspended"),
        Kind::Resumed => ("許可已恢復", "许可已恢复", "your permit is in force again"),
        Kind::Ended => ("許可已終止", "许可已终止", "your permit has ended"),
    };
    match language {
        Language::ZhHant => hant,
        Language::ZhHans => hans,
        Language::En => en,
    }
}
