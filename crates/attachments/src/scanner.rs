//! A virus scanner beside us, where one is set up: clamd's INSTREAM, or ICAP (RFC 3507).
//!
//! Environment: `HETAO_SCANNER`, `clamd://127.0.0.1:3310` or `icap://127.0.0.1:1344/avscan`. Whatever is not a plain
//! "clean" is no: a scanner that is silent, full or in doubt closes the way.

use crate::fault::AttachmentFault;
use std::fmt;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub const SCANNER_VARIABLE: &str = "HETAO_SCANNER";
/// A scanner that takes longer is given up.
const WITHIN: Duration = Duration::from_secs(20);
/// Answers are a line, or some headers.
const ANSWER_BYTES_MAX: u64 = 16 << 10;
const CHUNK_BYTES: usize = 64 << 10;
const ICAP_PORT: u16 = 1_344;
const CLAMD_PORT: u16 = 3_310;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Scanner {
    /// None is set up: files are taken as they are.
    #[default]
    None,
    Clamd {
        address: String,
    },
    Icap {
        address: String,
        service: String,
    },
}

/// The setting names no scanner that we can speak to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannerNotUnderstood;

impl fmt::Display for ScannerNotUnderstood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SCANNER_VARIABLE} is neither clamd://host:port nor icap://host:port/service")
    }
}

impl std::error::Error for ScannerNotUnderstood {}

enum Verdict {
    Clean,
    Infected,
}

impl Scanner {
    /// # Errors
    /// Where the setting is there and not understood: files must not be taken unscanned by a slip of the pen.
    pub fn of_environment() -> Result<Self, ScannerNotUnderstood> {
        std::env::var(SCANNER_VARIABLE).map_or(Ok(Scanner::None), |setting| Self::of(&setting))
    }

    /// # Errors
    /// As `of_environment`.
    pub fn of(setting: &str) -> Result<Self, ScannerNotUnderstood> {
        let with_port = |host: &str, port: u16| match host.rsplit_once(':') {
            Some((name, given)) if !name.is_empty() && given.parse::<u16>().is_ok() => Some(host.to_owned()),
            Some(_) => None,
            None => (!host.is_empty()).then(|| format!("{host}:{port}")),
        };
        let setting = setting.trim();
        if setting.is_empty() {
            return Ok(Scanner::None);
        }
        let scanner = if let Some(host) = setting.strip_prefix("clamd://") {
            with_port(host, CLAMD_PORT).map(|address| Scanner::Clamd { address })
        } else if let Some(rest) = setting.strip_prefix("icap://") {
            let (host, service) = rest.split_once('/').unwrap_or((rest, ""));
            with_port(host, ICAP_PORT).map(|address| Scanner::Icap { address, service: service.to_owned() })
        } else {
            None
        };
        scanner.filter(|_| !setting.contains(char::is_whitespace)).ok_or(ScannerNotUnderstood)
    }

    /// # Errors
    /// What the scanner found, or that it did not say that the file is clean.
    pub async fn scan(&self, bytes: &[u8]) -> Result<(), AttachmentFault> {
        let asking = async {
            match self {
                Scanner::None => Ok(Verdict::Clean),
                Scanner::Clamd { address } => clamd(address, bytes).await,
                Scanner::Icap { address, service } => icap(address, service, bytes).await,
            }
        };
        match tokio::time::timeout(WITHIN, asking).await {
            Ok(Ok(Verdict::Clean)) => Ok(()),
            Ok(Ok(Verdict::Infected)) => Err(AttachmentFault::Infected),
            Ok(Err(_)) | Err(_) => Err(AttachmentFault::NotScanned),
        }
    }
}

fn doubtful() -> std::io::Error {
    std::io::Error::other("the scanner's answer says neither yes nor no")
}

/// `zINSTREAM`, then pieces with their lengths before them, then a length of nought.
async fn clamd(address: &str, bytes: &[u8]) -> std::io::Result<Verdict> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(b"zINSTREAM\0").await?;
    for chunk in bytes.chunks(CHUNK_BYTES) {
        let length = u32::try_from(chunk.len()).map_err(std::io::Error::other)?;
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(chunk).await?;
    }
    stream.write_all(&0_u32.to_be_bytes()).await?;
    let answer = read_all(&mut stream).await?;
    let answer = answer.trim_matches(['\0', '\n', ' ']);
    match answer.strip_prefix("stream: ") {
        Some("OK") => Ok(Verdict::Clean),
        Some(found) if found.ends_with(" FOUND") => Ok(Verdict::Infected),
        Some(_) | None => Err(doubtful()),
    }
}

/// The file as the body of an answer that a server would have sent. 204 says that there is nothing to change.
async fn icap(address: &str, service: &str, bytes: &[u8]) -> std::io::Result<Verdict> {
    let mut stream = TcpStream::connect(address).await?;
    let inner =
        format!("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: {}\r\n\r\n", bytes.len());
    let head = format!(
        "RESPMOD icap://{address}/{service} ICAP/1.0\r\nHost: {address}\r\nAllow: 204\r\nConnection: close\r\n\
         Encapsulated: res-hdr=0, res-body={}\r\n\r\n{inner}{:x}\r\n",
        inner.len(),
        bytes.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(bytes).await?;
    stream.write_all(b"\r\n0\r\n\r\n").await?;
    let answer = read_all(&mut stream).await?;
    let (own, rest) = answer.split_once("\r\n\r\n").unwrap_or((answer.as_str(), ""));
    let mut lines = own.lines();
    let status = lines.next().and_then(|line| line.strip_prefix("ICAP/1.0 ")).and_then(|line| line.get(..3));
    let found = lines.any(|line| {
        let name = line.split(':').next().unwrap_or_default().trim().to_ascii_lowercase();
        matches!(name.as_str(), "x-infection-found" | "x-virus-id" | "x-violations-found")
    });
    match status {
        Some("200" | "204") if found => Ok(Verdict::Infected),
        Some("204") => Ok(Verdict::Clean),
        // Changed, or sent back as it was by a server that knows no 204: only the same answer again is clean.
        Some("200") if rest.starts_with("HTTP/1.1 200") || rest.starts_with("HTTP/1.0 200") => Ok(Verdict::Clean),
        Some("200") if rest.starts_with("HTTP/1.") => Ok(Verdict::Infected),
        Some(_) | None => Err(doubtful()),
    }
}

async fn read_all(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
