//! The shell around every page and the parts that pages are made of: words, forms, tables, charts, maps, assets.
//!
//! It knows no room, no route, no session store and no clock. Rooms hand in what is to be shown; everything that
//! comes from outside is escaped on its way out. No page needs a script, and none has an inline script or style, so
//! the strictest content security policy holds. Classes that begin with `govuk-` are the kit's, all others ours.
//!
//! # Words of a room
//! `i18n.toml` as in this crate, `text/{zh-Hant,zh-Hans,en}/{crate name}.ftl`, and in `lib.rs` one line:
//! ```ignore
//! frame::room_words!();
//! ```
//! then anywhere in the room, checked at compile time:
//! ```ignore
//! use frame::{Language, say};
//! let title: String = say!(language, "cases-title", count = 3_u32);   // a number selects plurals and is not grouped
//! let late = WORDS.find(language, &format!("case-state-{state}"), &[]);   // a key known only at run time
//! let refused = WORDS.refusal(language, &refusal);                        // refusal-{code} and refusal-{code}.remedy
//! ```
//! and in the tests: `assert_eq!(frame::check_words(Path::new(env!("CARGO_MANIFEST_DIR"))), vec![]);`
//!
//! # A page
//! The server makes a [`Visit`] for every request; a room's page function takes it and returns `Markup`:
//! ```ignore
//! use frame::maud::html;
//! use frame::{Field, Errors, Visit, Weight, submit};
//! use frame::parts::{Column, Table, Tone, tag};
//!
//! fn edit(visit: &Visit, form: &Form, errors: &Errors) -> Markup {
//!     let l = visit.language;
//!     visit.page(say!(l, "edit-title"))
//!         .crumb(say!(l, "cases-title"), visit.href("cases"))
//!         .caption("C-12").lead(say!(l, "edit-lead")).reading().faulty(!errors.is_empty())
//!         .body(html! {
//!             (errors.summary(l))
//!             form method="post" novalidate {
//!                 (visit.csrf_field())
//!                 (Field::new("name", say!(l, "edit-name")).hint(say!(l, "edit-name-hint")).value(&form.name)
//!                     .errors(errors).text())
//!                 (Field::new("born", say!(l, "edit-born")).value("1990-02-28").errors(errors).date(l))
//!                 (submit(Weight::Primary, &say!(l, "edit-save")))
//!             }
//!             (Table::new("Cases", [Column::text("Case"), Column::text("State"), Column::number("Days")])
//!                 .row([html! { a href=(visit.href("cases/C-12")) { "C-12" } }, tag(Tone::Good, "Approved"), html! { "3" }]))
//!         })
//! }
//! ```
//! A gate or a wall screen is `visit.page("…").shell(Shell::Wall).without_heading().refresh(5).body(verdict(…))`.
//!
//! # Charts and maps
//! `charts::bars(&Bars { … })` gives a [`charts::Chart`]: in a page it renders itself as a figure with its data table;
//! `chart.standalone()` is one SVG file for the command line. `map::Plan` draws a river, areas, bridges.
//!
//! # Files of `web/`
//! Every file of `web/styles/` is part of `hetao.css`, in the order of names. Every file of `web/scripts/` is a module
//! with an address of its own, `assets::href("gate.js")`; a page takes it with `.script("gate.js")`. Scripts import one
//! another as `"./name.js"`.

pub mod assets;
pub mod charts;
mod check;
mod fields;
pub mod format;
mod icons;
pub mod map;
mod page;
pub mod parts;
mod words;

pub use base::Language;
pub use check::check_words;
pub use fields::{
    Choice, Errors, Field, Plotted, Size, Weight, button_link, buttons, field_id, first_submit, hidden, problem,
    rows_of, submit, submit_as,
};
pub use i18n_embed_fl::fl;
pub use maud;
pub use page::{KioskFrame, LogNote, Page, SessionNote, Shell, Visit, Visitor, Width};
pub use words::{Refused, Words};

room_words!();
