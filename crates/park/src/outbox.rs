//! Mail to people: a file each in the outbox by default, SMTP where it is set up.
//!
//! Letters are sent in the order of the log, and how far that got is kept in a file of its own. A letter in a file is
//! named by its entry, so that it is there once whatever happens; one that a mail server took is not sent again, unless
//! the process ended before it could note that, and then it carries the same `Message-ID`.
//!
//! Environment: `HETAO_SMTP_URL` (`smtps://user:password@host:465`, `smtp://host:587?tls=required`) and `HETAO_MAIL_FROM`.

use base::{Language, PersonId};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Links in letters let people in: nobody else on the machine may read them.
const FOLDER_MODE: u32 = 0o700;
const LETTER_MODE: u32 = 0o600;
const SENT_FILE: &str = "letters-sent";

/// A short letter in the person's language.
#[derive(Clone)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub body: String,
}

/// A mail, and the entry of the log that asks for it.
pub(crate) struct Letter {
    pub entry: u64,
    /// Digest of that entry: no other letter has it.
    pub id: String,
    pub mail: Mail,
}

/// Letters that are due, and up to which entry (exclusive) they were looked for.
pub(crate) struct Waiting {
    pub letters: Vec<Letter>,
    pub until: u64,
}

/// Why a letter was not sent.
pub(crate) enum NotSent {
    /// Nobody took it: there is no connection, or no room.
    Later { entry: u64, why: &'static str },
    /// The mail server heard it, and says that it may be sent another time.
    Deferred { entry: u64 },
}

pub(crate) struct Outbox {
    way: Way,
    sent: Mutex<Sent>,
}

enum Way {
    Folder(PathBuf),
    /// For tests: the letters themselves.
    Memory(Mutex<Vec<Mail>>),
    Smtp {
        transport: Box<AsyncSmtpTransport<Tokio1Executor>>,
        from: Box<Mailbox>,
    },
}

/// Every letter that an entry before `until` asks for was sent, or never will be.
struct Sent {
    until: u64,
    file: Option<PathBuf>,
}

impl Outbox {
    /// A park that kept no count so far begins at the log's end: what stands before it was sent by whoever kept the log
    /// until now, or was sent before a backup was taken.
    pub(crate) fn of_environment(data: Option<&Path>, log_size: u64) -> io::Result<Self> {
        let sent = match data {
            Some(data) => Sent::open(&data.join(SENT_FILE), log_size)?,
            None => Sent { until: log_size, file: None },
        };
        Ok(Self { way: Way::of_environment(data)?, sent: Mutex::new(sent) })
    }

    pub(crate) fn sent_until(&self) -> u64 {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).until
    }

    /// Notes durably that everything before this entry was seen to.
    pub(crate) fn note(&self, until: u64) -> io::Result<()> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).note(until)
    }

    /// Sends letters in order, and notes each.
    pub(crate) async fn send(&self, waiting: Waiting) -> Result<(), NotSent> {
        let full = |entry| move |_: io::Error| NotSent::Later { entry, why: "the data folder cannot be written" };
        if let (Way::Smtp { transport, .. }, Some(first)) = (&self.way, waiting.letters.first()) {
            // Asked first: a password that is wrong is no letter's fault.
            let ready = transport.test_connection().await.unwrap_or(false);
            if !ready {
                return Err(NotSent::Later { entry: first.entry, why: "the mail server cannot be reached" });
            }
        }
        for letter in &waiting.letters {
            self.way.send(letter).await?;
            self.note(letter.entry.saturating_add(1)).map_err(full(letter.entry))?;
        }
        if self.sent_until() < waiting.until {
            self.note(waiting.until).map_err(full(waiting.until))?;
        }
        Ok(())
    }

    /// Empties the letters to this address that lie in the outbox of a park that does not send mail itself. The files
    /// stay: their names are numbers that are not given twice.
    pub(crate) fn remove_letters_to(&self, address: &str) -> io::Result<usize> {
        let Way::Folder(folder) = &self.way else { return Ok(0) };
        if address.is_empty() || !folder.is_dir() {
            return Ok(0);
        }
        let head = format!("To: {address}\n");
        let mut removed = 0;
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if fs::read(&path)?.starts_with(head.as_bytes()) {
                fs::write(&path, "erased\n")?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    pub(crate) fn in_memory(&self) -> Vec<Mail> {
        match &self.way {
            Way::Memory(mails) => mails.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Way::Folder(_) | Way::Smtp { .. } => Vec::new(),
        }
    }
}

impl Sent {
    fn open(file: &Path, log_size: u64) -> io::Result<Self> {
        let mut sent = Self { until: log_size, file: Some(file.to_owned()) };
        match fs::read_to_string(file) {
            // What a log that was longer counted says nothing about this one.
            Ok(text) => sent.until = text.trim().parse().unwrap_or(log_size).min(log_size),
            Err(error) if error.kind() == io::ErrorKind::NotFound => sent.note(log_size)?,
            Err(error) => return Err(error),
        }
        Ok(sent)
    }

    fn note(&mut self, until: u64) -> io::Result<()> {
        if let Some(file) = &self.file {
            replace(file, format!("{until}\n").as_bytes())?;
        }
        self.until = until;
        Ok(())
    }
}

impl Way {
    fn of_environment(data: Option<&Path>) -> io::Result<Self> {
        if let Ok(url) = std::env::var("HETAO_SMTP_URL") {
            let from = std::env::var("HETAO_MAIL_FROM").unwrap_or_else(|_| "park@hetao.example".to_owned());
            let from: Mailbox = from.parse().map_err(|_| io::Error::other("HETAO_MAIL_FROM is not an address"))?;
            // The URL holds a password: it is in no message.
            let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url)
                .map_err(|_| io::Error::other("HETAO_SMTP_URL is not an SMTP address"))?
                .build();
            return Ok(Way::Smtp { transport: Box::new(transport), from: Box::new(from) });
        }
        let Some(data) = data else { return Ok(Way::Memory(Mutex::default())) };
        let folder = data.join("outbox");
        DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(&folder)?;
        fs::set_permissions(&folder, Permissions::from_mode(FOLDER_MODE))?;
        Ok(Way::Folder(folder))
    }

    /// A letter that can never be sent is one less to send: that is said in the server's log, without naming anybody.
    async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        let Letter { entry, mail, .. } = letter;
        match self {
            Way::Folder(folder) => {
                let later = |_| NotSent::Later { entry: *entry, why: "the outbox cannot be written" };
                let file = folder.join(format!("{entry:012}.txt"));
                if file.exists() {
                    return Ok(());
                }
                let text = format!("To: {}\nSubject: {}\n\n{}\n", mail.to, mail.subject, mail.body);
                replace(&file, text.as_bytes()).map_err(later)
            }
            Way::Memory(mails) => {
                mails.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
                Ok(())
            }
            Way::Smtp { transport, from } => {
                let Some(message) = message(letter, from) else {
                    tracing::warn!(entry, "a letter has no address that can be written to");
                    return Ok(());
                };
                match transport.send(message).await {
                    Ok(_) => Ok(()),
                    Err(error) => refused(*entry, &error),
                }
            }
        }
    }
}

fn message(letter: &Letter, from: &Mailbox) -> Option<Message> {
    let Letter { id, mail, .. } = letter;
    let id = format!("<{id}@{}>", from.email.domain());
    let to: Mailbox = mail.to.parse().ok()?;
    let message = Message::builder().from(from.clone()).to(to).message_id(Some(id)).subject(mail.subject.clone());
    message.body(mail.body.clone()).ok()
}

fn refused(entry: u64, error: &smtp::Error) -> Result<(), NotSent> {
    if error.is_permanent() {
        tracing::warn!(entry, "the mail server will not take a letter");
        Ok(())
    } else if error.is_transient() {
        Err(NotSent::Deferred { entry })
    } else {
        Err(NotSent::Later { entry, why: "the mail server did not answer" })
    }
}

/// Writes a file under another name and gives it its own when it is durable: it is whole or not there. Nobody but the
/// owner may read it.
fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = file.with_extension("unfinished");
    let mut written = OpenOptions::new().write(true).create(true).truncate(true).mode(LETTER_MODE).open(&unfinished)?;
    written.write_all(bytes)?;
    written.sync_all()?;
    fs::rename(&unfinished, file)?;
    file.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

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
        Mail { to: to.to_owned(), subject: subject.to_owned(), body: format!("{body}\n\n{address}") }
    }

    /// For somebody who has come in before: they sign in as always.
    pub(crate) fn application_waits(to: &str, language: Language, origin: &str) -> Self {
        let address = format!("{origin}/{language}/me");
        let (subject, body) = match language {
            Language::ZhHant => {
                ("河套園區：請確認你的新申請", "你的機構再為你提出申請。請以通行密鑰登入，核對證件，然後遞交申請。")
            }
            Language::ZhHans => {
                ("河套园区：请确认您的新申请", "您的单位再次为您提出申请。请使用通行密钥登录，核对证件，然后提交申请。")
            }
            Language::En => (
                "Hetao parks: please confirm a new application",
                "Another application has been made for you. Sign in with your passkey, check your document and submit the application.",
            ),
        };
        Mail { to: to.to_owned(), subject: subject.to_owned(), body: format!("{body}\n\n{address}") }
    }
}
