//! Every part of the frame on a few pages, in three languages, with made-up content: to be looked at after a change.
//! `cargo run -p frame --example gallery -- FOLDER`, then serve the folder (`python3 -m http.server -d FOLDER`).

use frame::maud::Markup;
use frame::parts::{Banner, Link, Tone};
use frame::{Language, LogNote, Visit, Visitor, assets};
use std::path::Path;

mod casework;
mod figures;
mod home;

/// One text in the three languages.
pub fn t(language: Language, zh_hant: &'static str, zh_hans: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::ZhHant => zh_hant,
        Language::ZhHans => zh_hans,
        Language::En => en,
    }
}

fn visit(language: Language, path: &str) -> Visit {
    let l = language;
    let mut visit = Visit::new(language, path);
    visit.demo = true;
    visit.csrf = "token".to_owned();
    visit.log = Some(LogNote { size: 184_207, href: visit.href("log") });
    visit.time_zone = jiff::tz::TimeZone::get("Asia/Hong_Kong").unwrap_or(jiff::tz::TimeZone::UTC);
    if path != "home.html" {
        visit.visitor = Some(Visitor {
            name: t(l, "陳詠詩", "陈咏诗", "Chan Wing-sze").into(),
            capacity: t(l, "審批主任，入境事務處", "审批主任，入境事务处", "Officer, Immigration Department").into(),
            sign_out: visit.href("sign-out"),
            session: frame::SessionNote {
                ends_at: base::Instant(1_794_960_000_000),
                seconds: 28_800,
                extendable: true,
                href: visit.href("session"),
            },
        });
    }
    visit.navigation = vec![
        Link::new(t(l, "待辦個案", "待办办件", "My queue"), "queue.html").current(path == "queue.html").count(12),
        Link::new(t(l, "通行證", "通行证", "Passes"), "form.html").current(path == "form.html"),
        Link::new(t(l, "口岸情況", "口岸情况", "Gates"), "dashboard.html").current(path == "dashboard.html"),
        Link::new(t(l, "規則", "规则", "Rulebook"), "parts.html").current(path == "parts.html"),
        Link::new(t(l, "日誌", "日志", "Log"), "#"),
    ];
    if path == "case.html" {
        visit.banner = Some(
            Banner::new(Tone::Good, t(l, "已記錄你的決定", "已记录您的决定", "Your decision is recorded"))
                .text(t(
                    l,
                    "條目 184,207 已寫入日誌。北岸仍在審理。",
                    "条目184,207已写入日志。北岸仍在审理。",
                    "Entry 184,207 is in the log. The north bank is still at work.",
                ))
                .link(t(l, "下載憑據", "下载凭证", "Download the receipt"), "#"),
        );
    }
    visit
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: gallery FOLDER")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder.join("assets"))?;
    for asset in assets::all() {
        std::fs::write(folder.join(asset.href.trim_start_matches('/')), asset.bytes)?;
    }
    type Draw = fn(&Visit) -> Markup;
    let pages: [(&str, Draw); 10] = [
        ("home.html", home::home),
        ("queue.html", casework::queue),
        ("case.html", casework::case),
        ("form.html", casework::form),
        ("parts.html", casework::parts),
        ("dashboard.html", figures::dashboard),
        ("gate-ready.html", figures::gate_ready),
        ("gate-pass.html", figures::gate_pass),
        ("gate-refer.html", figures::gate_refer),
        ("gate-refuse.html", figures::gate_refuse),
    ];
    for language in Language::ALL {
        let inside = folder.join(language.tag());
        std::fs::create_dir_all(&inside)?;
        for (name, draw) in pages {
            std::fs::write(inside.join(name), draw(&visit(language, name)).into_string())?;
        }
        std::fs::write(inside.join("wall.html"), figures::wall(&visit(language, "wall.html")).into_string())?;
        std::fs::write(inside.join("hours.svg"), figures::hours(language).standalone())?;
    }
    Ok(())
}
