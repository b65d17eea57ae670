//! `hetao guidance search`: what answers a question, as the portal's search says it.

use crate::cli::Common;
use crate::ending::{Ending, Failure};
use crate::output::Output;
use ::guidance::{Found, Guidance, Hit, Kind, Piece};
use profile::Profile;
use rulebook::Rulebook;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Answer {
    ok: bool,
    question: String,
    hits: Vec<Answered>,
}

#[derive(Serialize)]
struct Answered {
    kind: Kind,
    key: String,
    title: String,
    snippet: String,
    source: String,
    illustrative: bool,
    /// The page of the portal, after the language's segment.
    path: String,
}

pub fn search(
    question: &str,
    kind: Option<Kind>,
    limit: u8,
    common: &Common,
    output: &Output,
) -> Result<Ending, Failure> {
    let profile = Profile::load(&common.zone).map_err(|faults| Failure::of_faults(&faults))?;
    let rulebook = Rulebook::load(&common.zone.join("rules")).map_err(|faults| Failure::of_faults(&faults))?;
    let failed = |error: ::guidance::GuidanceError| Failure::could_not(error.to_string());
    let guidance = Guidance::new(&profile, &rulebook).map_err(failed)?;
    let found = guidance.search(question, output.language, kind, usize::from(limit)).map_err(failed)?;
    let answer = answer(question, &found, output);
    output.result(&answer, |out| print(out, &answer))?;
    Ok(Ending::of(answer.ok))
}

fn answer(question: &str, found: &Found<'_>, output: &Output) -> Answer {
    let answered = |hit: &Hit<'_>| Answered {
        kind: hit.entry.kind,
        key: hit.entry.key.clone(),
        title: hit.entry.title.get(output.language).to_owned(),
        snippet: plain(&hit.snippet),
        source: hit.entry.section.clone(),
        illustrative: hit.entry.illustrative,
        path: hit.entry.path(),
    };
    let hits: Vec<Answered> = found.hits.iter().map(answered).collect();
    Answer { ok: !hits.is_empty(), question: question.to_owned(), hits }
}

fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn print(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    for (place, hit) in (1..).zip(&answer.hits) {
        writeln!(out, "{place}. {}  [{} {}]", hit.title, hit.kind.as_str(), hit.key)?;
        if !hit.snippet.is_empty() {
            writeln!(out, "   {}", hit.snippet)?;
        }
        let ours = if hit.illustrative { ", illustrative" } else { "" };
        writeln!(out, "   {}{ours} · /{}", hit.source, hit.path)?;
    }
    if answer.hits.is_empty() { writeln!(out, "nothing was found") } else { Ok(()) }
}
