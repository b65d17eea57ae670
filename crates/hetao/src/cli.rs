//! The command line, as clap reads it. Other people's scripts rely on these names: add, but never rename. What a command
//! does is in `commands`.

mod running;

pub use running::{Appoint, MintToken, Relieve, RevokeToken, TokenCommand};

use base::{Date, Language, PersonId};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use simulation::Plan;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

const DATA_BY_DEFAULT: &str = "data";

const EXIT_CODES: &str = "\
Exit codes:
  0   done, or found right
  1   what was checked is not right (faults in a file, damage to a log, a refusal)
  2   the command was not understood
  3   it could not be done here and now (a file is missing, the disk is full,
      another process holds the data folder)
  70  serve only: a commit failed and the server stopped; nothing acknowledged is
      lost: make room and start it again

The environment:
  HETAO_ZONE             the zone folder where --zone is not given
  HETAO_MASTER_KEY_FILE  a file with the key that wraps the key file
  HETAO_SMTP_URL         sends mail instead of writing it into DATA/outbox
  HETAO_MAIL_FROM        whom mail comes from, and whom push services may write to
  HETAO_SCANNER          a virus scanner for what is handed in: clamd://host:port, icap://host:port/service;
                         where it is set and silent, nothing is taken
  SSL_CERT_FILE          certificates to trust for --against https://, instead of the system's
  LANG                   the language of results where --language is not given
  RUST_LOG               how much is logged: warn, info, debug

Examples:
  hetao serve --demo                      a park to try, on this machine only
  hetao zone check                        is everything in the zone folder right?
  hetao roster check staff.csv            which rows of a roster must be mended?
  hetao guidance search whitelist         what is written about it here?
  hetao verify                            is the log what was signed?
  hetao verify --against https://park.example --keys keys.txt --keep kept.txt
                                          does that server still show the same log?
  hetao backup /mnt/backup/2026-11-22     while the server runs
  hetao appoint hk-park-company --latin-name \"Chan Tai Man\" --email tm.chan@park.example
                                          the first officer of an empty park
  hetao token mint gate:west-south        what a gate signs in with
";

/// The operating platform of a cross-border science park: one log, and every screen, permit and gate is a fold over it.
#[derive(Debug, Parser)]
#[command(name = "hetao", version, after_help = EXIT_CODES, max_term_width = 100, propagate_version = true)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// The same for every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Common {
    /// The zone folder: parks, gates, offices, services and rules
    #[arg(long, global = true, value_name = "DIR", env = "HETAO_ZONE", default_value = "zones/hetao")]
    pub zone: PathBuf,
    /// The data folder: log, keys, files, snapshots, outgoing mail [default: data; `simulate`: none, in memory]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Print the result as JSON on standard output; messages stay on standard error
    #[arg(long, global = true)]
    pub json: bool,
    /// The language of results for people [default: that of LANG, else en]
    #[arg(long, global = true, value_name = "TAG", value_parser = language_parser())]
    pub language: Option<Language>,
}

impl Common {
    pub fn data(&self) -> &Path {
        self.data.as_deref().unwrap_or(Path::new(DATA_BY_DEFAULT))
    }
}

fn language_parser() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.map(Language::tag)).try_map(|tag| tag.parse::<Language>())
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the park to browsers, gates and scripts
    Serve(Serve),
    /// Play working days of a park and report queues, waits and refusals
    Simulate(Simulate),
    /// Prove that the log is what was signed, and that replay gives what the server shows
    Verify(Verify),
    /// Check a zone folder
    #[command(subcommand)]
    Zone(ZoneCommand),
    /// Check rosters before they are uploaded
    #[command(subcommand)]
    Roster(RosterCommand),
    /// List versions of services, and move open cases to the newest
    #[command(subcommand)]
    Services(ServicesCommand),
    /// Ask the zone's guidance, services, rules and outline
    #[command(subcommand)]
    Guidance(GuidanceCommand),
    /// Destroy a person's data for good, once a case for it has been approved
    Erase(Erase),
    /// Appoint somebody to an office: the first officer of an empty park, and every later one
    Appoint(Appoint),
    /// End that somebody acts for an office
    Relieve(Relieve),
    /// Issue, list and revoke the tokens that gates and other programs sign in with
    #[command(subcommand)]
    Token(TokenCommand),
    /// Copy the data folder, also while the server runs
    Backup(Backup),
    /// Make a data folder from a backup, once it has been verified
    Restore(Restore),
    /// Print the latest signed checkpoint and the keys to check it with
    Checkpoint(Checkpoint),
}

impl Command {
    /// A server logs what it does; the other commands only what went wrong.
    pub fn is_server(&self) -> bool {
        matches!(self, Command::Serve(_))
    }
}

#[derive(Debug, Args)]
#[command(after_help = "\
The first line on standard output is `listening on http://127.0.0.1:PORT`; logs go to
standard error. SIGTERM or Ctrl-C ends it in order. One server at a time holds a data
folder; `hetao verify`, `checkpoint` and `backup` work beside it.

If a commit fails (the disk is full, say) the server stops with exit code 70. Nothing
acknowledged is lost: make room and start it again.

A demonstration's first start takes some seconds, in which its past is written. If it is
cut short, the next start with --demo makes the demonstration anew.

Examples:
  hetao serve --demo
  hetao serve --demo --kiosk 127.0.0.1:8090
  hetao serve --listen 0.0.0.0:443 --origin https://park.example \\
      --tls-certificate chain.pem --tls-key key.pem")]
pub struct Serve {
    /// Where to listen; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// A park with an invented past and present, in which anybody signs in as anybody; on this machine only
    #[arg(long)]
    pub demo: bool,
    /// The certificate chain as a PEM file
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,
    /// Its private key as a PEM file
    #[arg(long, value_name = "FILE", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
    /// Where browsers reach it: passkeys and passes belong to this address [default: http://localhost:PORT]
    #[arg(long, value_name = "URL")]
    pub origin: Option<String>,
    /// Also serve the self-service kiosk, and it alone, at an address for the park's terminals [127.0.0.1:8090]
    ///
    /// Point a terminal's browser at it, full screen. Whoever signs in there is signed out after a minute without a touch.
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, default_missing_value = "127.0.0.1:8090")]
    pub kiosk: Option<SocketAddr>,
    /// A reverse proxy (192.0.2.1, 10.0.0.0/8) whose X-Forwarded-For is believed; may be given several times
    ///
    /// Attempts to sign in are limited for each address. Behind a proxy that is not named here, everybody has the
    /// proxy's; name nothing that clients reach the server through without it.
    #[arg(long, value_name = "ADDRESS")]
    pub trusted_proxy: Vec<portal::TrustedProxy>,
    /// Push notices to any address that a browser names, unencrypted and on this network too: for a push service of one's own
    ///
    /// Otherwise notices go to public hosts over https alone.
    #[arg(long)]
    pub push_to_any_host: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Rosters, decisions, two peaks over two bridges, lost passes, revocations and a gate that
closes: all through the same commands as everybody's. The same seed gives the same report.
It plays in memory; with --data into a folder that can be served and verified afterwards;
with --against as load for a server.

Against a server it acts as the gates, and as holders who link a phone and cross: with
tokens that only a demonstration gives (serve --demo), only to this machine, and only for
people who are marked as synthetic. A park at work gives none: nothing is asked of it
beyond that, and the command ends with exit code 3.

Exit code 1 means that a check of the result failed: presence, for one, did not add up.

Examples:
  hetao simulate
  hetao simulate --commuters 15000 --days 5 --seed 7 --svg queues.svg
  hetao simulate --data data-simulated && hetao verify --data data-simulated
  hetao simulate --against http://127.0.0.1:8080")]
pub struct Simulate {
    /// People who cross on working days
    #[arg(long, value_name = "COUNT", default_value_t = Plan::default().commuters)]
    pub commuters: u32,
    /// Working days on which they cross
    #[arg(long, value_name = "COUNT", default_value_t = Plan::default().days)]
    pub days: u16,
    /// Another number, another week
    #[arg(long, value_name = "NUMBER", default_value_t = Plan::default().seed)]
    pub seed: u64,
    /// Load this demonstration server instead: up to --commuters of its pass holders, --days times over and back
    #[arg(long, value_name = "URL")]
    pub against: Option<String>,
    /// Also draw the queues at the gates, as an SVG chart
    #[arg(long, value_name = "FILE", conflicts_with = "against")]
    pub svg: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
A data folder. What is proved: every entry hashes to its leaf, the leaves make the tree,
every kept checkpoint was signed by both of the log's keys, replay gives the very state
whose digests the log records, and the newest snapshot is that state.
What is not: that a log was not cut back to an earlier signed state. Compare with a
receipt or a checkpoint that somebody else holds (--receipt, --checkpoint).
It never writes, so that it may run while the server does.

A server, with --against: what anybody can see of it. Its checkpoint must be signed by
every key of --keys, its hash tiles must make the signed root, and the log must continue
the checkpoint kept from the last look: one that was rolled back or forked is refused with
its sizes. With an auditor's token every entry is compared with its hash as well.

Exit codes: 0 found right; 1 not right, with the entry or the sizes where they can be
named; 3 not found out (a file is missing, the server does not answer).

Examples:
  hetao verify
  hetao verify --data /mnt/backup/2026-11-22
  hetao verify --keys published-keys.txt --checkpoint kept-last-year.txt
  hetao verify --receipt my-decision.json --keys published-keys.txt    off line
  hetao verify --against https://park.example --keys published-keys.txt --keep kept.txt")]
pub struct Verify {
    /// Verifier keys, as `hetao checkpoint` prints them, instead of those in the data folder
    #[arg(long, value_name = "FILE")]
    pub keys: Option<PathBuf>,
    /// Also prove that the log continues the one of this kept checkpoint
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// Check a downloaded receipt instead of the log
    #[arg(long, value_name = "FILE", conflicts_with_all = ["checkpoint", "against"])]
    pub receipt: Option<PathBuf>,
    /// Check what this server publishes instead of a data folder, as a monitor does
    #[arg(long, value_name = "URL")]
    pub against: Option<String>,
    /// Compare with the checkpoint kept in this file, if it is there; found right, keep the new one in it
    #[arg(long, value_name = "FILE", requires = "against", conflicts_with = "checkpoint")]
    pub keep: Option<PathBuf>,
    /// Read the entries too, with the API token of an auditor that is in this file
    #[arg(long, value_name = "FILE", requires = "against")]
    pub token_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum ZoneCommand {
    /// List every fault of a zone folder with its file, line and remedy, or say what is in it
    #[command(after_help = "\
Examples:
  hetao zone check
  hetao zone check zones/second-river --json")]
    Check {
        /// The folder [default: that of --zone]
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum ServicesCommand {
    /// Versions of every service that the zone folder holds, and how many open cases are on each
    #[command(after_help = "\
Exit code 1: open cases are on a version that the zone folder does not hold.

Examples:
  hetao services list
  hetao services list --json")]
    List {
        /// The data folder is a demonstration's
        #[arg(long)]
        demo: bool,
    },
    /// Move a service's open cases to its newest version, or show what that would do
    #[command(after_help = "\
What offices have decided stays decided, and days that were used stay used. A case whose
answers do not fit the new form is left where it is, and the exit code is 1.

Examples:
  hetao services migrate commuter-pass --dry-run
  hetao services migrate commuter-pass")]
    Migrate(Migrate),
}

#[derive(Debug, Args)]
pub struct Migrate {
    /// The service's key
    #[arg(value_name = "SERVICE", value_parser = key)]
    pub service: base::Key,
    /// Only show, case by case, what would change
    #[arg(long)]
    pub dry_run: bool,
    /// The data folder is a demonstration's
    #[arg(long)]
    pub demo: bool,
}

fn key(text: &str) -> Result<base::Key, String> {
    base::Key::new(text).ok_or_else(|| "a service's key is like commuter-pass".to_owned())
}

#[derive(Debug, Subcommand)]
pub enum RosterCommand {
    /// List every faulty row with its line, column, what is wrong and how to mend it
    #[command(after_help = "\
Rosters are CSV files as personnel offices export them: UTF-8, Big5 or GB18030, with
headings in Chinese or English. Nothing is stored or sent.

Examples:
  hetao roster check staff.csv
  hetao roster check *.csv --language zh-Hant
  hetao roster check staff.csv --json | jq '.files[].faulty_rows'")]
    Check {
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// The day on which documents must not have expired [default: today in the zone]
        #[arg(long, value_name = "YYYY-MM-DD")]
        today: Option<Date>,
    },
}

#[derive(Debug, Subcommand)]
pub enum GuidanceCommand {
    /// What answers a question, the best first, each with its source
    #[command(after_help = "\
Traditional and Simplified Chinese are one, and a question in one language finds what was
written in another. Exit code 1 means that nothing was found.

Examples:
  hetao guidance search commuter pass
  hetao guidance search 無感通關 --language en
  hetao guidance search 研发扣税 --kind outline --json")]
    Search {
        #[arg(value_name = "QUESTION", required = true)]
        question: Vec<String>,
        /// Answers of this kind alone
        #[arg(long, value_name = "KIND", value_parser = kind_parser())]
        kind: Option<guidance::Kind>,
        /// The most answers
        #[arg(long, value_name = "COUNT", default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=50))]
        limit: u8,
    },
}

fn kind_parser() -> impl TypedValueParser<Value = guidance::Kind> {
    let named = |name: String| guidance::Kind::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or("no such kind");
    PossibleValuesParser::new(guidance::Kind::ALL.map(guidance::Kind::as_str)).try_map(named)
}

#[derive(Debug, Args)]
#[command(after_help = "\
The person's key is destroyed, so that what the log, the snapshots and any backup of the
log hold about them can be read by nobody. The log still verifies. Rosters that name the
person lose their key too; letters to the person are removed from the outbox.

The server must not be running. Copies of the key file in backups have to be destroyed,
or the erasure repeated after restoring one.

Example:
  hetao erase P-1042")]
pub struct Erase {
    /// The person's number
    #[arg(value_name = "PERSON")]
    pub person: PersonId,
    /// The data folder is a demonstration's, whose clock is not this machine's
    #[arg(long)]
    pub demo: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Copies log, keys and files as one consistent state, verifies the copy and writes what it
holds into manifest.json. The copy has the keys that open personal data: guard it like
the data folder. Snapshots and outgoing mail are left out: the first are made anew, the
second is sent.

Example:
  hetao backup /mnt/backup/2026-11-22")]
pub struct Backup {
    /// The folder to make; it must not exist, or be empty
    #[arg(value_name = "TO")]
    pub to: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Everything is verified before the data folder comes into being: each file against the
manifest, the log's signatures and tree, and a replay of all of it. A data folder that
holds anything is never overwritten.

Example:
  hetao restore /mnt/backup/2026-11-22 --data data-restored")]
pub struct Restore {
    /// A folder that `hetao backup` made
    #[arg(value_name = "FROM")]
    pub from: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Keep what it prints somewhere else: with a kept checkpoint anybody can prove later that
the log was continued and not rewritten.

Examples:
  hetao checkpoint > kept.txt
  hetao checkpoint --keys-only > published-keys.txt")]
pub struct Checkpoint {
    /// Print the verifier keys alone, one a line
    #[arg(long)]
    pub keys_only: bool,
}
