//! Mail to people: a file each in the outbox by default, SMTP where it is set up.
//!
//! Environment: `HETAO_SMTP_URL` (`smtps://user:password@host:465`, `smtp://host:587?tls=required`) and `HETAO_MAIL_FROM`.

use crate::identity::InvitationLink;
use base::{Language, PersonId};
use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// A short letter in the person's language.
#[derive(Clone)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub body: String,
}

pub enum Outbox {
    Folder {
        folder: PathBuf,
        next: AtomicU64,
    },
    /// For tests: the letters themselves.
    Memory(Mutex<Vec<Mail>>),
    Smtp {
        transport: Box<AsyncSmtpTransport<Tokio1Executor>>,
        from: Box<Mailbox>,
    },
}

impl Outbox {
    pub(crate) fn of_environment(data: Option<&Path>) -> io::Result<Self> {
        if let Ok(url) = std::env::var("HETAO_SMTP_URL") {
            let from = std::env::var("HETAO_MAIL_FROM").unwrap_or_else(|_| "park@hetao.example".to_owned());
            let from: Mailbox = from.parse().map_err(|_| io::Error::other("HETAO_MAIL_FROM is not an address"))?;
            // The URL holds a password: it is in no message.
            let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url)
                .map_err(|_| io::Error::other("HETAO_SMTP_URL is not an SMTP address"))?
                .build();
            return Ok(Outbox::Smtp { transport: Box::new(transport), from: Box::new(from) });
        }
        let Some(data) = data else { return Ok(Outbox::Memory(Mutex::default())) };
        let folder = data.join("outbox");
        std::fs::create_dir_all(&folder)?;
        let existing = std::fs::read_dir(&folder)?.count() as u64;
        Ok(Outbox::Folder { folder, next: AtomicU64::new(existing) })
    }

    /// Sends, or says in the server's log that it could not, without naming anybody.
    pub async fn send(&self, mail: Mail) {
        if let Err(error) = self.try_send(mail).await {
            tracing::warn!(%error, "a mail could not be sent");
        }
    }

    async fn try_send(&self, mail: Mail) -> Result<(), String> {
        match self {
            Outbox::Folder { folder, next } => {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let text = format!("To: {}\nSubject: {}\n\n{}\n", mail.to, mail.subject, mail.body);
                let path = folder.join(format!("{number:06}.txt"));
                tokio::fs::write(&path, text).await.map_err(|error| error.kind().to_string())
            }
            Outbox::Memory(mails) => {
                if let Ok(mut mails) = mails.lock() {
                    mails.push(mail);
                }
                Ok(())
            }
            Outbox::Smtp { transport, from } => {
                let to: Mailbox = mail.to.parse().map_err(|_| "not an address".to_owned())?;
                let message = Message::builder()
                    .from((**from).clone())
                    .to(to)
                    .subject(mail.subject)
                    .body(mail.body)
                    .map_err(|_| "not a letter".to_owned())?;
                transport.send(message).await.map(drop).map_err(|error| {
                    if error.is_timeout() { "timed out".to_owned() } else { "refused by the mail server".to_owned() }
                })
            }
        }
    }
}

impl Mail {
    pub(crate) fn invitation(
        to: &str,
        language: Language,
        origin: &str,
        person: PersonId,
        link: &InvitationLink,
    ) -> Self {
        let address = format!("{origin}/{language}/enrol/{person}/{}", link.secret);
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
        Mail { to: to.to_owned(), subject: subject.to_owned(), body: format!("{body}\n\n{address}") }
    }
}
