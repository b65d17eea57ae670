//! One file for each command; all have the shape `run(…, &Common, &Output) -> Result<Ending, Failure>`.

mod appoint;
mod backup;
mod checkpoint;
mod erase;
mod guidance;
mod manifest;
mod operator;
mod restore;
mod roster;
mod serve;
mod services;
mod simulate;
mod token;
mod verify;
mod verify_against;
mod verify_receipt;
mod zone;

use crate::cli::{Arguments, Command, GuidanceCommand, RosterCommand, ServicesCommand, TokenCommand, ZoneCommand};
use crate::ending::{Ending, Failure};
use crate::output::Output;

pub fn run(arguments: Arguments, output: &Output) -> Result<Ending, Failure> {
    let Arguments { common, command } = arguments;
    if needs_zone(&command) && !common.zone.is_dir() {
        let folder = common.zone.display();
        return Err(Failure::could_not(format!("{folder} is not a folder; name the zone folder with --zone")));
    }
    match command {
        Command::Serve(options) => serve::run(options, &common, output),
        Command::Simulate(options) => simulate::run(&options, &common, output),
        Command::Verify(options) => match (&options.receipt, &options.against) {
            (Some(receipt), _) => verify_receipt::run(receipt, options.keys.as_deref(), &common, output),
            (None, Some(server)) => verify_against::run(server, &options, &common, output),
            (None, None) => verify::run(&options, &common, output),
        },
        Command::Zone(ZoneCommand::Check { folder }) => zone::check(folder.as_deref(), &common, output),
        Command::Roster(RosterCommand::Check { files, today }) => roster::check(&files, today, &common, output),
        Command::Services(ServicesCommand::List { demo }) => services::list(demo, &common, output),
        Command::Services(ServicesCommand::Migrate(options)) => services::migrate(&options, &common, output),
        Command::Guidance(GuidanceCommand::Search { question, kind, limit }) => {
            guidance::search(&question.join(" "), kind, limit, &common, output)
        }
        Command::Erase(options) => erase::run(&options, &common, output),
        Command::Appoint(options) => appoint::appoint(&options, &common, output),
        Command::Relieve(options) => appoint::relieve(&options, &common, output),
        Command::Token(TokenCommand::Mint(options)) => token::mint(&options, &common, output),
        Command::Token(TokenCommand::List) => token::list(&common, output),
        Command::Token(TokenCommand::Revoke(options)) => token::revoke(&options, &common, output),
        Command::Backup(options) => backup::run(&options.to, &common, output),
        Command::Restore(options) => restore::run(&options.from, &common, output),
        Command::Checkpoint(options) => checkpoint::run(options.keys_only, &common, output),
    }
}

/// Read without a zone folder: rosters, a zone folder named by itself, and what is checked with keys that are given.
fn needs_zone(command: &Command) -> bool {
    match command {
        Command::Zone(_) | Command::Roster(_) => false,
        Command::Verify(options) => options.keys.is_none() && options.receipt.is_none(),
        Command::Serve(_)
        | Command::Simulate(_)
        | Command::Services(_)
        | Command::Guidance(_)
        | Command::Erase(_)
        | Command::Appoint(_)
        | Command::Relieve(_)
        | Command::Token(_)
        | Command::Backup(_)
        | Command::Restore(_)
        | Command::Checkpoint(_) => true,
    }
}
