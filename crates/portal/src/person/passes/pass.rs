//! One pass: how it stands, what to do about it, where it is kept.

use super::{Standing, card, kind_name, own, scope};
use crate::{Caller, Posted, Problem, WORDS};
use axum::extract::Path;
use axum::response::Response;
use base::{Language, PermitId, PersonId};
use credentials::Form as CredentialForm;
use desk::Zone;
use frame::maud::{Markup, html};
use frame::parts::{Banner, Column, SummaryRow, Table, Tone, card as section, details, inset, summary_list, tag};
use frame::{Visit, Weight, button_link, hidden, say, submit};
use park::GATE_AUDIENCE;
use people::Place;
use permits::{Binding, Form, Permit, Reason};

pub(super) async fn show(caller: Caller, Path((_, id)): Path<(String, String)>) -> Result<Markup, Problem> {
    let park = &caller.portal.park;
    let zone = park.zone();
    let (id, permit) = own(&caller, &zone, &id)?;
    let standing = Standing::of(permit, park.now());
    let visit = caller.visit();
    let l = caller.language;
    let page = visit
        .page(kind_name(&caller, permit))
        .caption(id.to_string())
        .crumb(say!(l, "hold-title"), visit.href("passes"))
        .actions(standing.tag(l))
        .side(facts(&caller, &visit, &zone, permit))
        .script("pass.js");
    Ok(page.body(html! {
        (said(&visit, standing, permit))
        @if standing.is_worth_keeping() { (at_the_gate(&caller, &visit, &zone, (id, permit), standing)) }
        (kept(&visit, id, permit))
    }))
}

pub(super) async fn remove_key(
    caller: Caller,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Problem> {
    let park = &caller.portal.park;
    let (id, _) = own(&caller, &park.zone(), &id)?;
    let command = permits::Command::UnbindHolderKey { permit: id, thumbprint: posted.text("key").into() };
    park.desk.command(caller.as_person()?, park.now(), command).await?;
    Ok(caller.done(&format!("passes/{id}"), "pass-key-removed"))
}

/// What the holder should know first, and what to do: nothing where all is well.
fn said(visit: &Visit, standing: Standing, permit: &Permit) -> Markup {
    let l = visit.language;
    let stopped = |tone, heading: String| {
        let why = permit.stopped_for.map(|reason| format!("hold-stopped-{}", reason.as_str()));
        let say = |key: &str| (WORDS.find(l, key, &[]), WORDS.find_attribute(l, key, "remedy", &[]));
        let (reason, remedy) = why.as_deref().map_or((None, None), say);
        let remedy = remedy.unwrap_or_else(|| say!(l, "hold-stopped-remedy"));
        html! {
            (Banner::new(tone, heading).text(reason.unwrap_or_default()))
            p { strong { (say!(l, "hold-what-to-do")) } (frame::format::sentence_gap(l)) (remedy) }
            @if permit.stopped_for == Some(Reason::ConsentWithdrawn) {
                p { a href=(visit.href("me/consents")) { (say!(l, "own-consents-title")) } }
            }
        }
    };
    match standing {
        Standing::InForce => html! {},
        Standing::NotYet => inset(
            html! { p { (say!(l, "hold-not-yet")) (frame::format::sentence_gap(l)) (visit.time(permit.issue.valid_from)) } },
        ),
        Standing::Expired => inset(html! { p { (say!(l, "hold-expired")) } }),
        Standing::Suspended => stopped(Tone::Caution, say!(l, "hold-suspended")),
        Standing::Revoked => stopped(Tone::Bad, say!(l, "hold-revoked")),
    }
}

fn facts(caller: &Caller, visit: &Visit, zone: &Zone, permit: &Permit) -> Markup {
    let l = visit.language;
    let issue = &permit.issue;
    let employer = issue.organisation.and_then(|id| parties::organisation(&zone.parties, id));
    let mut rows = vec![SummaryRow::new(
        say!(l, "hold-validity"),
        html! {
            (visit.time(issue.valid_from)) " – " (visit.time(issue.valid_until))
        },
    )];
    rows.extend(scope::rows(caller, permit));
    if let Some(employer) = employer {
        rows.push(SummaryRow::new(say!(l, "hold-organisation"), employer.name.get(l)));
    }
    if let Some(place) = place(caller, zone, issue.holder) {
        rows.push(SummaryRow::new(say!(l, "hold-presence"), place));
    }
    section(&say!(l, "hold-facts"), summary_list(rows))
}

/// Where the park takes the holder to be: on a bank, or on a bridge.
fn place(caller: &Caller, zone: &Zone, person: PersonId) -> Option<String> {
    let (l, profile) = (caller.language, &caller.portal.park.profile);
    match people::place_of(&zone.people, person)? {
        Place::On(bank) => Some(profile.bank(bank)?.name.get(l).to_owned()),
        Place::Crossing(passage) => {
            let gate = profile.gates.get(&zone.people.passages.get(&passage)?.gate)?;
            Some(profile.bridges.get(&gate.bridge)?.name.get(l).to_owned())
        }
    }
}

/// The ways to show the pass. The first is the script's, and hidden until the script finds that it can do it.
fn at_the_gate(
    caller: &Caller,
    visit: &Visit,
    zone: &Zone,
    (id, permit): (PermitId, &Permit),
    standing: Standing,
) -> Markup {
    let l = visit.language;
    let may_show = standing == Standing::InForce;
    section(
        &say!(l, "hold-gate"),
        html! {
            (on_this_phone(caller, visit, id, permit, may_show))
            @if may_show {
                form method="post" action=(visit.href(&format!("passes/{id}/show"))) {
                    (visit.csrf_field())
                    p { (say!(l, "hold-show-text")) }
                    (submit(Weight::Secondary, &say!(l, "hold-show")))
                }
            }
            @match card::why_not(caller, zone, id, permit) {
                None => {
                    p { (say!(l, "hold-card-short")) }
                    (button_link(Weight::Secondary, &say!(l, "hold-card"), &visit.href(&format!("passes/{id}/card"))))
                }
                Some(why) => p.hint { (why) }
            }
        },
    )
}

/// What `pass.js` works with. Its words stand here, so that it has none of its own.
fn on_this_phone(caller: &Caller, visit: &Visit, id: PermitId, permit: &Permit, may_show: bool) -> Markup {
    let l = visit.language;
    let phones: Vec<&str> =
        permit.bindings.iter().filter(|binding| binding.form == Form::Phone).map(|b| &*b.thumbprint).collect();
    html! {
        div.pass-here hidden
            data-pass=(id)
            data-collect=(visit.href(&format!("passes/{id}/collect")))
            data-qr=(visit.href("passes/qr"))
            data-kept=(visit.href(&format!("passes/{id}?done=pass-kept")))
            data-csrf=(visit.csrf)
            data-audience=(CredentialForm::Phone.audience(GATE_AUDIENCE))
            data-now=(caller.portal.park.now().0)
            data-keys=(phones.join(" "))
            data-may-show[may_show] {
            div data-part="collect" hidden {
                p data-part="lost" hidden { strong { (say!(l, "hold-lost-key")) } }
                p { (say!(l, "hold-keep-text")) }
                button.govuk-button.button--primary type="button" data-do="collect" { (say!(l, "hold-keep")) }
            }
            div data-part="ready" hidden {
                p { (say!(l, "hold-kept-here")) }
                @if may_show {
                    button.govuk-button.button--primary type="button" data-do="show" { (say!(l, "hold-show-code")) }
                }
            }
            div data-part="code" hidden {
                figure.qr {
                    img.qr__code data-part="image" alt=(say!(l, "hold-code-alternative", permit = id.to_string()));
                    figcaption {
                        (say!(l, "hold-once")) (frame::format::sentence_gap(l))
                        (say!(l, "hold-renewed-in")) " " span.pass-here__seconds data-part="seconds" { "20" }
                        " " (say!(l, "hold-seconds"))
                    }
                }
                p.hint { (say!(l, "hold-brightness")) }
                div.govuk-button-group {
                    button.govuk-button.button--secondary type="button" data-do="hide" { (say!(l, "hold-hide-code")) }
                    @if caller.portal.options.demo {
                        button.govuk-button.button--secondary type="button" data-do="copy" { (say!(l, "hold-copy")) }
                    }
                }
                p role="status" { span data-part="copied" hidden { (say!(l, "hold-copied")) } }
            }
            div role="alert" { p.govuk-error-message data-part="failed" hidden { (say!(l, "hold-failed")) } }
        }
    }
}

/// The keys by which the pass can be shown, each with a button that takes it away.
fn kept(visit: &Visit, id: PermitId, permit: &Permit) -> Markup {
    let l = visit.language;
    if permit.bindings.is_empty() {
        return section(&say!(l, "hold-kept"), html! { p { (say!(l, "hold-kept-nowhere")) } });
    }
    let columns = [
        Column::text(say!(l, "hold-kept-where")),
        Column::short(say!(l, "hold-kept-since")),
        Column::text(say!(l, "hold-kept-remove")),
    ];
    let table = Table::new(say!(l, "hold-kept"), columns).hide_caption();
    section(
        &say!(l, "hold-kept"),
        html! {
            (table.rows(permit.bindings.iter().map(|binding| [
                html! {
                    (form_name(l, binding.form)) " "
                    @if binding.form == Form::Phone {
                        span data-key=(binding.thumbprint) hidden { (tag(Tone::Active, &say!(l, "hold-this-phone"))) }
                    }
                },
                visit.time(binding.bound_at),
                remove(visit, id, binding),
            ])))
            (details(say!(l, "hold-lost"), html! { p { (say!(l, "hold-lost-text")) } }))
        },
    )
}

fn remove(visit: &Visit, id: PermitId, binding: &Binding) -> Markup {
    let l = visit.language;
    html! {
        form method="post" action=(visit.href(&format!("passes/{id}/remove-key"))) {
            (visit.csrf_field())
            (hidden("key", &binding.thumbprint))
            (submit(Weight::Secondary, &say!(l, "hold-remove")))
        }
    }
}

fn form_name(l: Language, form: Form) -> String {
    match form {
        Form::Phone => say!(l, "hold-form-phone"),
        Form::Portal => say!(l, "hold-form-portal"),
        Form::Card => say!(l, "hold-form-card"),
    }
}
