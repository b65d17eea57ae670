//! `hetao token mint | list | revoke`: what gates and other programs sign in with. The log knows every token, and none of
//! what their bearers show.

use super::operator::{at_work, not_done};
use crate::cli::{Common, MintToken, RevokeToken};
use crate::data_folder::{DataFolder, SNAPSHOTS_FOLDER};
use crate::ending::{Ending, Failure};
use crate::output::Output;
use crate::words::{self, word, words};
use base::{Actor, Instant, Language, TokenId};
use desk::{Snapshots, Zone, catch_up};
use serde::Serialize;

/// Nothing that these commands do depends on where browsers reach the park.
const NO_ORIGIN: &str = "http://localhost";

#[derive(Serialize)]
struct Minted {
    ok: bool,
    number: TokenId,
    bearer: Actor,
    expires_at: String,
    entry: u64,
    token: String,
}

pub fn mint(options: &MintToken, common: &Common, output: &Output) -> Result<Ending, Failure> {
    DataFolder::new(common.data()).must_be_there()?;
    let minted = at_work(common, options.demo, NO_ORIGIN, "tokens are issued here", |park, runtime| {
        let expires_at = park.now().plus(i64::from(options.days) * Instant::DAY);
        let issued = runtime.block_on(park.issue_token(&Actor::Operator, &options.bearer, expires_at, None));
        let issued = issued.map_err(not_done)?;
        let token = portal::token_text(park, &issued)?;
        Ok(Minted {
            ok: true,
            number: issued.token,
            bearer: issued.bearer,
            expires_at: issued.expires_at.to_string(),
            entry: issued.entry,
            token,
        })
    })?;
    // The token alone is the result, so that it can be sent into a file; what it is goes to whoever looks on.
    output.result(&minted, |out| writeln!(out, "{}", minted.token))?;
    let (number, bearer) = (minted.number.to_string(), minted.bearer.to_string());
    output.note(&words(words::TOKEN_MINTED, output.language, &[&number, &bearer, &minted.expires_at]));
    Ok(Ending::Right)
}

#[derive(Serialize)]
struct Listed {
    ok: bool,
    tokens: Vec<State>,
}

#[derive(Serialize)]
struct State {
    number: TokenId,
    bearer: Actor,
    issued_at: String,
    expires_at: String,
    revoked_at: Option<String>,
    in_force: bool,
}

/// Only looks, so that it may run while the server does.
pub fn list(common: &Common, output: &Output) -> Result<Ending, Failure> {
    let data = DataFolder::new(common.data());
    data.must_be_there()?;
    let keys = data.own_keys(&common.zone)?;
    let reader = data.reader(&keys)?;
    let snapshots = data.path.join(SNAPSHOTS_FOLDER);
    let snapshots = if snapshots.is_dir() { Snapshots::new(&snapshots).ok() } else { None };
    let from = snapshots.and_then(|snapshots| snapshots.latest(reader.size())).unwrap_or_else(Zone::default);
    let zone = catch_up(&reader, from)?;
    let now = Instant::of(jiff::Timestamp::now());
    let tokens = zone.parties.tokens.iter().map(|(number, token)| State {
        number: *number,
        bearer: token.bearer.clone(),
        issued_at: token.issued_at.to_string(),
        expires_at: token.expires_at.to_string(),
        revoked_at: token.revoked_at.map(|at| at.to_string()),
        in_force: parties::token_in_force(&zone.parties, *number, now).is_some(),
    });
    let listed = Listed { ok: true, tokens: tokens.collect() };
    output.result(&listed, |out| {
        if listed.tokens.is_empty() {
            writeln!(out, "{}", word(words::NO_TOKENS, output.language))?;
        }
        listed.tokens.iter().try_for_each(|state| writeln!(out, "{}", line(state, output.language)))
    })?;
    Ok(Ending::Right)
}

fn line(state: &State, language: Language) -> String {
    let (number, bearer) = (state.number.to_string(), state.bearer.to_string());
    match (&state.revoked_at, state.in_force) {
        (Some(at), _) => words(words::TOKEN_REVOKED_AT, language, &[&number, &bearer, at]),
        (None, true) => words(words::TOKEN_IN_FORCE, language, &[&number, &bearer, &state.expires_at]),
        (None, false) => words(words::TOKEN_OVER, language, &[&number, &bearer, &state.expires_at]),
    }
}

#[derive(Serialize)]
struct Revoked {
    ok: bool,
    number: TokenId,
    entry: u64,
}

pub fn revoke(options: &RevokeToken, common: &Common, output: &Output) -> Result<Ending, Failure> {
    DataFolder::new(common.data()).must_be_there()?;
    let number = options.token;
    let entry = at_work(common, options.demo, NO_ORIGIN, "tokens are revoked here", |park, runtime| {
        runtime.block_on(park.revoke_token(&Actor::Operator, number)).map_err(not_done)
    })?;
    let revoked = Revoked { ok: true, number, entry };
    output.result(&revoked, |out| {
        writeln!(out, "{}", words(words::TOKEN_REVOKED, output.language, &[&number.to_string(), &entry.to_string()]))
    })?;
    Ok(Ending::Right)
}
