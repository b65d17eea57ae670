//! Mail to people: a file each in the outbox by default, SMTP where it is set up.
//!
//! Mail is sent in the order of the log, and how far that got is kept in a file of its own. A letter in a file is
//! named by its entry, so that it is there once whatever happens; one that a mail server took is not sent again, unless
//! the process ended before it could note that, and then it carries the same `Message-ID`.
//!
//! Environment: `HETAO_SMTP_URL` (`smtps://user:password@host:465`, `smtp://host:587?tls=required`) and `HETAO_MAIL_FROM`.

use crate::counted::{Counted, replace};
use base::LetterId;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Links in letters let people in: nobody else on the machine may read them.
const FOLDER_MODE: u32 = 0o700;
const SENT_FILE: &str = "letters-sent";

/// A short letter in the person's language.
#[derive(Clone)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub body: String,
    /// The PDF that goes with it.
    pub attached: Option<Attached>,
}

#[derive(Clone)]
pub struct Attached {
    pub letter: LetterId,
    /// Empty until the mail is about to be sent.
    pub pdf: Vec<u8>,
}

/// What became of a mail that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Sent,
    /// It never will be: the mail server, or the address, does not let it.
    Refused,
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
    sent: Counted,
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

impl Outbox {
    pub(crate) fn of_environment(data: Option<&Path>, log_size: u64) -> io::Result<Self> {
        let sent = Counted::open(data.map(|data| data.join(SENT_FILE)), log_size)?;
        Ok(Self { way: Way::of_environment(data)?, sent })
    }

    /// A mail server that a test runs.
    #[cfg(test)]
    pub(crate) fn over_smtp(url: &str, from: &str) -> io::Result<Self> {
        Ok(Self { way: Way::smtp(url, from)?, sent: Counted::open(None, 0)? })
    }

    pub(crate) fn sent_until(&self) -> u64 {
        self.sent.until()
    }

    /// Notes durably that everything before this entry was seen to.
    pub(crate) fn note(&self, until: u64) -> io::Result<()> {
        self.sent.note(until)
    }

    /// Whether the mail server takes anything at all: a password that is wrong is no letter's fault.
    pub(crate) async fn is_ready(&self) -> bool {
        match &self.way {
            Way::Smtp { transport, .. } => transport.test_connection().await.unwrap_or(false),
            Way::Folder(_) | Way::Memory(_) => true,
        }
    }

    /// Sends one. Whoever asked notes it then.
    pub(crate) async fn send(&self, letter: &Letter) -> Result<Taken, NotSent> {
        self.way.send(letter).await
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

impl Way {
    fn smtp(url: &str, from: &str) -> io::Result<Self> {
        let from: Mailbox = from.parse().map_err(|_| io::Error::other("HETAO_MAIL_FROM is not an address"))?;
        // The URL holds a password: it is in no message.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| io::Error::other("HETAO_SMTP_URL is not an SMTP address"))?
            .build();
        Ok(Way::Smtp { transport: Box::new(transport), from: Box::new(from) })
    }

    fn of_environment(data: Option<&Path>) -> io::Result<Self> {
        if let Ok(url) = std::env::var("HETAO_SMTP_URL") {
            return Self::smtp(&url, &address_of_environment());
        }
        let Some(data) = data else { return Ok(Way::Memory(Mutex::default())) };
        let folder = data.join("outbox");
        DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(&folder)?;
        fs::set_permissions(&folder, Permissions::from_mode(FOLDER_MODE))?;
        Ok(Way::Folder(folder))
    }

    /// A letter that can never be sent is one less to send: that is said in the server's log, without naming anybody.
    async fn send(&self, letter: &Letter) -> Result<Taken, NotSent> {
        let Letter { entry, mail, .. } = letter;
        match self {
            Way::Folder(folder) => {
                let later = |_| NotSent::Later { entry: *entry, why: "the outbox cannot be written" };
                let file = folder.join(format!("{entry:012}.txt"));
                if file.exists() {
                    return Ok(Taken::Sent);
                }
                if let Some(Attached { letter, pdf }) = &mail.attached {
                    replace(&folder.join(format!("{entry:012}-{letter}.pdf")), pdf).map_err(later)?;
                }
                let text = format!("To: {}\nSubject: {}\n\n{}\n", mail.to, mail.subject, mail.body);
                replace(&file, text.as_bytes()).map_err(later)?;
                Ok(Taken::Sent)
            }
            Way::Memory(mails) => {
                mails.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
                Ok(Taken::Sent)
            }
            Way::Smtp { transport, from } => {
                let Some(message) = message(letter, from) else {
                    tracing::warn!(entry, "a letter has no address that can be written to");
                    return Ok(Taken::Refused);
                };
                match transport.send(message).await {
                    Ok(_) => Ok(Taken::Sent),
                    Err(error) => refused(*entry, &error),
                }
            }
        }
    }
}

/// Whom one may write to about what comes from the park.
pub(crate) fn address_of_environment() -> String {
    std::env::var("HETAO_MAIL_FROM").unwrap_or_else(|_| "park@hetao.example".to_owned())
}

fn message(letter: &Letter, from: &Mailbox) -> Option<Message> {
    let Letter { id, mail, .. } = letter;
    let id = format!("<{id}@{}>", from.email.domain());
    let to: Mailbox = mail.to.parse().ok()?;
    let message = Message::builder().from(from.clone()).to(to).message_id(Some(id)).subject(mail.subject.clone());
    let Some(Attached { letter, pdf }) = &mail.attached else { return message.body(mail.body.clone()).ok() };
    let kind = ContentType::parse("application/pdf").ok()?;
    let attached = Attachment::new(format!("{letter}.pdf")).body(pdf.clone(), kind);
    let parts = MultiPart::mixed().singlepart(SinglePart::plain(mail.body.clone())).singlepart(attached);
    message.multipart(parts).ok()
}

fn refused(entry: u64, error: &smtp::Error) -> Result<Taken, NotSent> {
    if error.is_permanent() {
        tracing::warn!(entry, "the mail server will not take a letter");
        Ok(Taken::Refused)
    } else if error.is_transient() {
        Err(NotSent::Deferred { entry })
    } else {
        Err(NotSent::Later { entry, why: "the mail server did not answer" })
    }
}
