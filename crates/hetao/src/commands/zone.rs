//! `hetao zone check`: every fault of a zone folder with its place and remedy, or what is in it.

use crate::cli::Common;
use crate::ending::{Ending, Failure};
use crate::output::Output;
use base::Fault;
use profile::Profile;
use rulebook::Rulebook;
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

const RULES_FOLDER: &str = "rules";

#[derive(Serialize)]
struct Answer {
    ok: bool,
    folder: String,
    faults: Vec<Fault>,
    summary: Option<Summary>,
}

/// What a sound folder holds.
#[derive(Serialize)]
struct Summary {
    zone: String,
    /// Becomes an event when the park starts with this folder.
    hash: String,
    parks: usize,
    bridges: usize,
    gates: usize,
    offices: usize,
    calendars: usize,
    services: Vec<String>,
    rules: usize,
    rulebook: String,
    figures: usize,
}

pub fn check(folder: Option<&Path>, common: &Common, output: &Output) -> Result<Ending, Failure> {
    let folder = folder.unwrap_or(&common.zone);
    if !folder.is_dir() {
        return Err(Failure::could_not(format!("{} is not a folder", folder.display())));
    }
    let profile = Profile::load(folder);
    let rulebook = Rulebook::load(&folder.join(RULES_FOLDER));
    let summary = match (&profile, &rulebook) {
        (Ok(profile), Ok(rulebook)) => Some(summary(profile, rulebook)),
        (Err(_), _) | (_, Err(_)) => None,
    };
    let mut faults = profile.err().unwrap_or_default();
    faults.extend(rulebook.err().unwrap_or_default().into_iter().map(|fault| in_rules_folder(folder, fault)));
    let answer = Answer { ok: faults.is_empty(), folder: folder.display().to_string(), faults, summary };
    output.result(&answer, |out| print(out, folder, &answer))?;
    Ok(Ending::of(answer.ok))
}

/// The rulebook names files relative to its own folder, except that folder itself; here they are relative to the zone's.
fn in_rules_folder(folder: &Path, fault: Fault) -> Fault {
    let rules = folder.join(RULES_FOLDER);
    let file = if Path::new(&fault.file) == rules {
        RULES_FOLDER.to_owned()
    } else {
        format!("{RULES_FOLDER}/{}", fault.file)
    };
    Fault { file, ..fault }
}

fn summary(profile: &Profile, rulebook: &Rulebook) -> Summary {
    Summary {
        zone: profile.name.en.clone(),
        hash: profile.hash.clone(),
        parks: profile.parks.len(),
        bridges: profile.bridges.len(),
        gates: profile.gates.len(),
        offices: profile.offices.len(),
        calendars: profile.calendars.len(),
        services: profile.services.keys().map(ToString::to_string).collect(),
        rules: rulebook.policies().count(),
        rulebook: base::Rules::version(rulebook).to_string(),
        figures: profile.facts.len(),
    }
}

fn print(out: &mut dyn Write, folder: &Path, answer: &Answer) -> io::Result<()> {
    for fault in &answer.faults {
        writeln!(out, "{}/{fault}", folder.display())?;
    }
    let Some(summary) = &answer.summary else {
        return writeln!(out, "{}: {} fault(s)", folder.display(), answer.faults.len());
    };
    writeln!(out, "{}: nothing wrong", folder.display())?;
    writeln!(out, "  zone       {}", summary.zone)?;
    writeln!(out, "  places     {} parks, {} bridges, {} gates", summary.parks, summary.bridges, summary.gates)?;
    writeln!(out, "  offices    {}, on {} calendars", summary.offices, summary.calendars)?;
    writeln!(out, "  services   {}: {}", summary.services.len(), summary.services.join(", "))?;
    writeln!(out, "  rules      {}, rulebook version {}", summary.rules, summary.rulebook)?;
    writeln!(out, "  figures    {}, each with its section", summary.figures)?;
    writeln!(out, "  hash       {}", summary.hash)
}
