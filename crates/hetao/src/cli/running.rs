//! The arguments of the commands with which a park that is no demonstration is run: appointments and tokens.

use super::language_parser;
use base::{Actor, Key, Language, PersonId, TokenId};
use clap::{Args, Subcommand};

/// Where `hetao serve` is reached when nothing else is said.
const ORIGIN: &str = "http://localhost:8080";

#[derive(Debug, Args)]
#[command(after_help = "\
Whoever is new is registered, appointed and sent a one-time link with which they make a
passkey and sign in. The link is printed, and written as a letter into DATA/outbox (or
sent, with HETAO_SMTP_URL). Whoever has lost it is sent another: run it with --person.

The first appointment makes the data folder, where there is none. Begin with an operations
office (in this zone hk-park-company and sz-park-company): its officers register
organisations, appoint their clerks and issue the tokens of gates in the portal. The other
offices' officers are appointed here, as their authorities name them.

The server must not be running.

Examples:
  hetao appoint hk-park-company --family-name 陳 --given-name 大文 --email tm.chan@park.example
  hetao appoint hk-immigration --latin-name \"Lee Siu Ming\" --email sm.lee@immd.example \\
      --origin https://park.example
  hetao appoint hk-immigration --person P-12      somebody who is registered already")]
pub struct Appoint {
    /// The office, by its key in the zone folder
    #[arg(value_name = "OFFICE")]
    pub office: Key,
    /// Somebody who is registered already, instead of the names
    #[arg(long, value_name = "PERSON", conflicts_with_all = ["family_name", "given_name", "latin_name", "email", "writes_in"])]
    pub person: Option<PersonId>,
    /// The family name
    #[arg(long, value_name = "NAME")]
    pub family_name: Option<String>,
    /// The given name
    #[arg(long, value_name = "NAME")]
    pub given_name: Option<String>,
    /// The whole name in Latin letters
    #[arg(long, value_name = "NAME")]
    pub latin_name: Option<String>,
    /// Where the one-time link goes
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,
    /// The language they are written to in [default: that of the office's bank]
    #[arg(long, value_name = "TAG", value_parser = language_parser())]
    pub writes_in: Option<Language>,
    /// Where browsers reach the park, as `hetao serve` is told
    #[arg(long, value_name = "URL", default_value = ORIGIN)]
    pub origin: String,
    /// The data folder is a demonstration's, whose clock is not this machine's
    #[arg(long)]
    pub demo: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
From then on they act for the office no more, wherever they are signed in; they remain a
person of the park. The server must not be running.

Example:
  hetao relieve hk-immigration P-12")]
pub struct Relieve {
    /// The office, by its key in the zone folder
    #[arg(value_name = "OFFICE")]
    pub office: Key,
    /// The officer's number
    #[arg(value_name = "PERSON")]
    pub person: PersonId,
    /// The data folder is a demonstration's, whose clock is not this machine's
    #[arg(long)]
    pub demo: bool,
}

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Issue a token and print it: it is told this once
    #[command(after_help = "\
The token goes to standard output and nothing else does. Programs send it in the header
`Authorization: Bearer TOKEN`. The log records for whom it was issued and until when.
A bearer is gate:GATE, officer:PERSON:OFFICE, clerk:PERSON:ORGANISATION, person:PERSON or
operator. It may do what its bearer may, and nothing once the bearer is relieved.

The server must not be running; an officer of an operations office issues tokens for the
own bank's gates in the portal, while it does.

Examples:
  hetao token mint gate:west-south > west-south.token
  hetao token mint officer:P-7:hk-audit --days 30 > auditor.token")]
    Mint(MintToken),
    /// List every token with its bearer and whether it is in force
    #[command(after_help = "\
Only looks: it may run while the server does.

Examples:
  hetao token list
  hetao token list --json")]
    List,
    /// End a token at once
    #[command(after_help = "\
The server must not be running; an officer of an operations office revokes the tokens of
the own bank's gates in the portal, while it does.

Example:
  hetao token revoke K-3")]
    Revoke(RevokeToken),
}

#[derive(Debug, Args)]
pub struct MintToken {
    /// Whom the program acts for: gate:west-south, officer:P-7:hk-audit
    #[arg(value_name = "BEARER")]
    pub bearer: Actor,
    /// Days until it ends
    #[arg(long, value_name = "COUNT", default_value_t = 365)]
    pub days: u16,
    /// The data folder is a demonstration's, whose clock is not this machine's
    #[arg(long)]
    pub demo: bool,
}

#[derive(Debug, Args)]
pub struct RevokeToken {
    /// The token's number
    #[arg(value_name = "TOKEN")]
    pub token: TokenId,
    /// The data folder is a demonstration's, whose clock is not this machine's
    #[arg(long)]
    pub demo: bool,
}
