//! What all refusals have in common. Every room has its own closed enum of them; this is how pages, the API and the
//! command line turn any of them into words.

use crate::Answer;

/// One named value that a refusal's text mentions.
pub type Remark = (&'static str, String);

/// A refusal: which rule was broken, what was wrong, and where. The text and the remedy are the Fluent messages
/// `refusal-{code}` and `refusal-{code}.remedy` of the room.
pub trait Refuse: std::fmt::Debug {
    /// Named for the rule broken, in kebab case: `permit-must-be-in-force`.
    fn code(&self) -> &'static str;

    /// The section of the outline or of a law that the rule comes from, where there is one.
    fn section(&self) -> Option<&'static str> {
        None
    }

    /// Values that the text mentions.
    fn remarks(&self) -> Vec<Remark> {
        Vec::new()
    }

    /// The form field that has to be mended, where one does.
    fn field(&self) -> Option<&str> {
        None
    }

    /// The rulebook's answer, where it was the rulebook that refused.
    fn answer(&self) -> Option<&Answer> {
        None
    }
}
