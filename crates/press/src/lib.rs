//! **The press**: sets a letter as PDF, for reading, printing and keeping.
//!
//! What is said is in `Letter`, plain data; how it looks and how it is worded, in three languages, is in `templates/`. The
//! PDF is PDF/A-2a (ISO 19005-2, level a: kept for decades, readable aloud, its text can be taken out) and carries a QR
//! code that leads to whoever vouches for it.
//!
//! Invariants: the same letter gives the same bytes; typefaces are our own, so no machine's fonts matter; whatever text
//! comes in is set as text, never read as markup; a character that the typefaces lack is set as 〓 and never left out.
//!
//! It must not know: who may read a letter, where it is kept, rooms, the log, HTTP. It is a crate by itself because the
//! typesetter is large: nothing else is compiled anew when it is.

mod model;
mod qr;
mod set;
mod stock;
#[cfg(test)]
mod tests;

pub use model::{
    Body, Certificate, Decision, Letter, Mark, Notice, NoticeKind, OfficeDecision, Recipient, Rule, Scope, Sender,
    Verdict,
};
pub use set::{PressError, print};
