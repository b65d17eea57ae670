//! Buttons inside a form: a row more, a row less. Nothing that was typed elsewhere is lost.

use super::Filled;
use crate::Posted;
use base::Key;
use profile::PART_MARK;

/// The name of the button that leads to the files of a document.
pub(super) const FILES: &str = "files";

/// What a button of the form asks for, other than to send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pressed {
    Send,
    /// One row more of this group.
    Add(String),
    /// This row of this group goes.
    Remove(String, usize),
    /// The matches of what was typed into a field are shown.
    Look,
    /// The files of this document are handed in.
    Files(Key),
    /// What was typed is kept, right or wrong, and the page left.
    Later,
}

impl Pressed {
    pub fn of(posted: &Posted) -> Self {
        let (add, remove) = (posted.text("add"), posted.text("remove"));
        if !add.is_empty() {
            return Pressed::Add(add.to_owned());
        }
        if let Some((group, row)) = remove.rsplit_once(PART_MARK)
            && let Ok(row) = row.parse()
        {
            return Pressed::Remove(group.to_owned(), row);
        }
        if let Some(document) = Key::new(posted.text(FILES)) {
            return Pressed::Files(document);
        }
        match (posted.text("look"), posted.text("then")) {
            ("", "later") => Pressed::Later,
            ("", _) => Pressed::Send,
            _ => Pressed::Look,
        }
    }
}

impl Filled {
    /// Does what a button asked for. The first field of a new row is there with nothing in it, and the row with it.
    pub fn pressed(&mut self, pressed: &Pressed, fields: &[profile::Field]) {
        match pressed {
            Pressed::Add(name) => {
                let group = fields.iter().find(|field| field.key.as_str() == name).map(|field| &field.kind);
                let Some(profile::FieldKind::Group(group)) = group else { return };
                let rows = self.rows(group, name);
                if let Some(first) = group.fields.first().filter(|_| rows < usize::from(group.most)) {
                    self.0.push((format!("{name}{PART_MARK}{rows}{PART_MARK}{}", first.key), String::new()));
                }
            }
            Pressed::Remove(name, row) => self.remove_row(name, *row),
            Pressed::Send | Pressed::Look | Pressed::Files(_) | Pressed::Later => {}
        }
    }

    /// The rows below move up.
    pub(super) fn remove_row(&mut self, name: &str, row: usize) {
        let prefix = format!("{name}{PART_MARK}");
        let typed = std::mem::take(&mut self.0);
        self.0 = typed
            .into_iter()
            .filter_map(|(known, text)| {
                let at = known.strip_prefix(&prefix).and_then(|rest| {
                    let (at, rest) = rest.split_once(PART_MARK)?;
                    Some((at.parse::<usize>().ok()?, rest.to_owned()))
                });
                match at {
                    Some((at, _)) if at == row => None,
                    Some((at, rest)) if at > row => {
                        Some((format!("{prefix}{}{PART_MARK}{rest}", at.saturating_sub(1)), text))
                    }
                    Some(_) | None => Some((known, text)),
                }
            })
            .collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(typed: &[(&str, &str)]) -> Filled {
        Filled::of(typed.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }

    #[test]
    fn the_rows_below_one_that_is_taken_out_move_up() {
        let mut form = filled(&[("m/0/name", "a"), ("m/1/name", "b"), ("m/1/age", "2"), ("m/2/name", "c"), ("x", "y")]);
        form.pressed(&Pressed::Remove("m".into(), 1), &[]);
        assert_eq!(form.0, filled(&[("m/0/name", "a"), ("m/1/name", "c"), ("x", "y")]).0);
    }

    #[test]
    fn each_button_is_told_from_the_others() {
        for (posted, want) in [
            ("a=1", Pressed::Send),
            ("add=members", Pressed::Add("members".into())),
            ("remove=members%2F3", Pressed::Remove("members".into(), 3)),
            ("remove=members", Pressed::Send),
            ("look=chapter", Pressed::Look),
            ("then=later", Pressed::Later),
        ] {
            assert_eq!(Pressed::of(&Posted::read(posted.as_bytes()).unwrap()), want, "{posted}");
        }
    }
}
