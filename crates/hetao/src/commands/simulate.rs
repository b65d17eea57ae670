//! `hetao simulate`: working days played through the same commands as everybody's, in memory, into a data folder or against
//! a server. What is played and how it is told is the simulation's.

use crate::cli::{Common, Simulate};
use crate::ending::{Ending, Failure};
use crate::output::Output;
use indicatif::ProgressBar;
use simulation::{Part, Plan, Progress, SimulationError, Where, run as play};
use std::fs::{self, File};

pub fn run(options: &Simulate, common: &Common, output: &Output) -> Result<Ending, Failure> {
    let place = match (&options.against, &common.data) {
        (Some(_), Some(_)) => {
            return Err(Failure::usage("--against plays in that server's own data: leave out --data"));
        }
        (Some(server), None) => Where::Against(server.clone()),
        (None, Some(data)) => Where::Data(data.clone()),
        (None, None) => Where::Memory,
    };
    let plan = Plan { commuters: options.commuters, days: options.days, seed: options.seed, ..Plan::default() };
    if let Some(file) = &options.svg {
        // Told now, and not after all days have been played.
        let made = File::options().write(true).create(true).truncate(false).open(file);
        made.map_err(|error| Failure::at(file, &error))?;
    }
    let mut bars = Bars { output, shown: None };
    let report = play(&plan, &common.zone, place, &mut |progress| bars.show(progress)).map_err(failure);
    bars.clear();
    let report = report?;
    if let Some(file) = &options.svg {
        fs::write(file, report.svg_in(output.language)).map_err(|error| Failure::at(file, &error))?;
    }
    output.result(&report.json(), |out| write!(out, "{}", report.text(output.language)))?;
    Ok(Ending::of(report.holds()))
}

/// One bar at a time: for the part that is being played.
struct Bars<'a> {
    output: &'a Output,
    shown: Option<(Part, ProgressBar)>,
}

impl Bars<'_> {
    fn show(&mut self, progress: Progress) {
        let of_this_part = self.shown.take().filter(|(part, _)| *part == progress.part);
        let (_, bar) =
            of_this_part.unwrap_or_else(|| (progress.part, self.output.progress(word(progress.part), progress.of)));
        bar.set_length(progress.of);
        bar.set_position(progress.done);
        self.shown = Some((progress.part, bar));
    }

    fn clear(&mut self) {
        if let Some((_, bar)) = self.shown.take() {
            bar.finish_and_clear();
        }
    }
}

fn word(part: Part) -> &'static str {
    match part {
        Part::Enrolment => "enrolling",
        Part::Days => "playing days",
        Part::Checks => "checking",
        Part::Load => "presenting passes",
    }
}

fn failure(error: SimulationError) -> Failure {
    match error {
        SimulationError::Zone(faults) => Failure::of_faults(&faults),
        SimulationError::Plan { .. } | SimulationError::Address => Failure::usage(error.to_string()),
        SimulationError::Open(error) => (*error).into(),
        SimulationError::Log(error) => error.into(),
        other => Failure::could_not(other.to_string()),
    }
}
