//! `hetao`, the one binary: a command line over the park. `hetao --help` tells the commands.
//!
//! It reads arguments, hands them to one command and turns the ending into an exit code. It must not know: any rule of the
//! park, HTML, SQL.

mod cli;
mod commands;
mod data_folder;
mod demonstration;
mod ending;
mod output;
mod remote;
mod words;

use clap::Parser;
use std::process::ExitCode;

/// Gates and pages allocate much and briefly: the C library's allocator took a tenth of a gate's decision.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Wrong usage ends here, with clap's own message and exit code 2.
    let arguments = cli::Arguments::parse();
    let output = output::Output::new(&arguments.common);
    output::start_logging(arguments.common.json, arguments.command.is_server());
    match commands::run(arguments, &output) {
        Ok(ending) => ending.exit_code(),
        Err(failure) => {
            output.fail(&failure);
            failure.exit_code()
        }
    }
}
