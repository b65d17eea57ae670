//! The log's pages: how large it is, its signed checkpoint, the proof of one entry, how to check all of it elsewhere.

use super::evidence::{Evidence, evidence, hash_text};
use crate::Caller;
use crate::place::Place;
use crate::problem::Problem;
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use base::{Instant, Language};
use frame::maud::{Markup, html};
use frame::parts::{Figure, SummaryRow, card, details, figures, inset, receipt, summary_list};
use frame::{Errors, Field, Size, Weight, button_link, format, say, submit};
use park::WorkError;

/// What was asked for in the address: texts, as they were typed.
struct Asked {
    entry: String,
    from: String,
    to: String,
}

impl Asked {
    fn read(query: Option<String>) -> Self {
        let query = query.unwrap_or_default();
        let text = |name: &str| {
            let found = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name);
            // Numbers are often copied with the commas that pages show them with.
            found.map(|(_, text)| text.trim().replace([',', ' '], "")).unwrap_or_default()
        };
        Self { entry: text("entry"), from: text("from"), to: text("to") }
    }
}

pub(super) async fn overview(caller: Caller, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let l = caller.language;
    let park = &caller.portal.park;
    caller.portal.may_log(&park.zone(), &caller.actor, "read_proofs")?;
    let asked = Asked::read(query);
    let size = park.desk.log().size();
    let mut errors = Errors::default();
    if !asked.entry.is_empty() {
        match asked.entry.parse::<u64>() {
            Ok(sequence) if sequence < size => {
                return Ok(Redirect::to(&caller.href(&format!("log/entries/{sequence}"))).into_response());
            }
            _ => errors.add("entry", say!(l, "log-entry-none", last = format::number(shown(size.saturating_sub(1))))),
        }
    }
    let continued = continued(&caller, &asked, size, &mut errors)?;
    let visit = caller.visit();
    let page = visit.page(say!(l, "log-title")).lead(say!(l, "log-lead")).faulty(!errors.is_empty()).body(html! {
        (errors.summary(l))
        (latest(&caller)?)
        (card(&say!(l, "log-look-up"), html! {
            form method="get" novalidate {
                (Field::new("entry", say!(l, "log-entry-number")).hint(say!(l, "log-entry-hint")).size(Size::Short)
                    .input_mode("numeric").value(&asked.entry).errors(&errors).text())
                (submit(Weight::Secondary, &say!(l, "log-show")))
            }
        }))
        (card(&say!(l, "log-consistency"), html! {
            p { (say!(l, "log-consistency-text")) }
            form method="get" novalidate {
                (Field::new("from", say!(l, "log-from")).size(Size::Short).input_mode("numeric").value(&asked.from)
                    .errors(&errors).text())
                (Field::new("to", say!(l, "log-to")).hint(say!(l, "log-to-hint")).size(Size::Short)
                    .input_mode("numeric").value(&asked.to).errors(&errors).text())
                (submit(Weight::Secondary, &say!(l, "log-prove")))
            }
            @if let Some(continued) = continued { (continued) }
        }))
        (explained(l))
        (elsewhere(&caller))
    });
    Ok(page.into_response())
}

fn shown(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Size and root, and the signed note itself.
fn latest(caller: &Caller) -> Result<Markup, Problem> {
    let l = caller.language;
    let park = &caller.portal.park;
    let note = park.desk.log().checkpoint();
    let signed = park.log_keys.verify(&note).map_err(|_| Problem::Broken)?;
    let at = signed.signed_at.and_then(|seconds| i64::try_from(seconds).ok()).filter(|seconds| *seconds > 0);
    let at = at.map(|seconds| caller.visit().time(Instant(seconds.saturating_mul(Instant::SECOND))));
    Ok(html! {
        (figures(&[Figure::new(format::number(shown(signed.size)), say!(l, "log-size"))]))
        (card(&say!(l, "log-checkpoint"), html! {
            (summary_list([
                SummaryRow::new(say!(l, "log-origin"), html! { code { (signed.origin) } }),
                SummaryRow::new(say!(l, "log-entries"), format::number(shown(signed.size))),
                SummaryRow::new(say!(l, "log-root"), html! { code.break-anywhere { (hash_text(&signed.root)) } }),
                SummaryRow::new(say!(l, "log-signed"), html! {
                    @match at { Some(at) => (at), None => "–" }
                }),
            ]))
            (details(say!(l, "log-raw"), html! { pre.raw tabindex="0" { (*note) } }))
            (details(say!(l, "log-keys"), html! { pre.raw tabindex="0" { (park.log_keys) } }))
            p { a href="/log/checkpoint" { (say!(l, "log-download-checkpoint")) } }
        }))
    })
}

/// The proof that the log of `from` entries is the beginning of the log of `to`.
fn continued(caller: &Caller, asked: &Asked, size: u64, errors: &mut Errors) -> Result<Option<Markup>, Problem> {
    let l = caller.language;
    if asked.from.is_empty() && asked.to.is_empty() {
        return Ok(None);
    }
    let to = if asked.to.is_empty() { Some(size) } else { asked.to.parse().ok().filter(|to| *to <= size) };
    let Some(to) = to else {
        errors.add("to", say!(l, "log-size-none", size = format::number(shown(size))));
        return Ok(None);
    };
    let Some(from) = asked.from.parse::<u64>().ok().filter(|from| *from <= to) else {
        errors.add("from", say!(l, "log-from-none", size = format::number(shown(to))));
        return Ok(None);
    };
    let log = caller.portal.park.desk.log();
    let proof = log.consistency(from, to).map_err(WorkError::from)?;
    let old = log.root_at(from).map_err(WorkError::from)?;
    let new = log.root_at(to).map_err(WorkError::from)?;
    let mut lines = vec![
        (say!(l, "log-root-of", size = format::number(shown(from))), hash_text(&old)),
        (say!(l, "log-root-of", size = format::number(shown(to))), hash_text(&new)),
    ];
    lines.extend(proof.iter().enumerate().map(|(at, hash)| (path_step(l, at), hash_text(hash))));
    Ok(Some(html! {
        (inset(html! { p { (say!(l, "log-continues", from = format::number(shown(from)), to = format::number(shown(to)))) } }))
        (receipt(&lines))
    }))
}

fn path_step(language: Language, at: usize) -> String {
    say!(language, "log-path-step", step = u32::try_from(at + 1).unwrap_or(u32::MAX))
}

/// What the log proves, and to whom, for people who never heard of Merkle.
fn explained(l: Language) -> Markup {
    html! {
        (card(&say!(l, "log-what"), html! {
            p { (say!(l, "log-what-chain")) }
            ul.govuk-list.govuk-list--bullet {
                li { (say!(l, "log-what-person")) }
                li { (say!(l, "log-what-bank")) }
                li { (say!(l, "log-what-auditor")) }
                li { (say!(l, "log-what-everybody")) }
            }
            p { (say!(l, "log-what-not")) }
        }))
    }
}

fn elsewhere(caller: &Caller) -> Markup {
    let l = caller.language;
    html! {
        (card(&say!(l, "log-verify"), html! {
            p { (say!(l, "log-verify-receipt")) }
            pre.raw tabindex="0" { "hetao verify --receipt receipt.json --keys keys.txt" }
            p { (say!(l, "log-verify-log")) }
            pre.raw tabindex="0" { "hetao checkpoint > kept.txt\nhetao verify --checkpoint kept.txt" }
            p { (say!(l, "log-verify-tiles")) }
            pre.raw tabindex="0" { "GET /log/checkpoint\nGET /log/tile/0/000.p/…\nGET /api/log/entries/…" }
            p { a href=(caller.href("api")) { (say!(l, "api-title")) } }
        }))
        (card(&say!(l, "verify-title"), html! {
            p { (say!(l, "verify-lead")) }
            p { a href=(caller.href("verify")) { (say!(l, "verify-submit")) } }
        }))
    }
}

/// One entry: where it is, and the way from it to the signed root. What it says is not here.
pub(super) async fn entry(caller: Caller, Place((_, sequence)): Place<(String, u64)>) -> Result<Markup, Problem> {
    let l = caller.language;
    let portal = &caller.portal;
    let zone = portal.park.zone();
    portal.may_log(&zone, &caller.actor, "read_proofs")?;
    let Evidence { leaf_hash, proof, size, root, .. } = evidence(portal, sequence)?;
    let text = match portal.may_log(&zone, &caller.actor, "read_entries") {
        Ok(()) => portal.park.desk.log().entry(sequence).map_err(WorkError::from)?,
        Err(_) => None,
    };
    let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
    let mut lines = vec![(say!(l, "log-leaf"), hash_text(&leaf_hash))];
    lines.extend(proof.iter().enumerate().map(|(at, hash)| (path_step(l, at), hash_text(hash))));
    lines.push((say!(l, "log-root-of", size = format::number(shown(size))), hash_text(&root)));
    let visit = caller.visit();
    let number = format::number(shown(sequence));
    let page = visit.page(say!(l, "log-entry-title", number = number)).lead(say!(l, "log-entry-lead"));
    Ok(page.crumb(say!(l, "log-title"), visit.href("log")).body(html! {
        p { (say!(l, "log-entry-text", steps = u32::try_from(proof.len()).unwrap_or(u32::MAX))) }
        (receipt(&lines))
        p { (button_link(Weight::Secondary, &say!(l, "log-receipt"), &format!("/api/log/entries/{sequence}/receipt"))) }
        @match text {
            Some(text) => (card(&say!(l, "log-entry-itself"), html! { pre.raw tabindex="0" { (text) } })),
            None => (inset(html! { p { (say!(l, "log-entry-hidden")) } })),
        }
        nav.log-neighbours aria-label=(say!(l, "log-neighbours")) {
            @if sequence > 0 { a href=(visit.href(&format!("log/entries/{}", sequence - 1))) { (say!(l, "log-previous")) } " " }
            @if sequence + 1 < size { a href=(visit.href(&format!("log/entries/{}", sequence + 1))) { (say!(l, "log-next")) } }
        }
    }))
}
