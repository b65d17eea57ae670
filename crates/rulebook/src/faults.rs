//! Turns what Cedar and TOML complain about into faults with file, line and column.
//!
//! Knows texts and offsets only; what a fault means is said by whoever found it.

use base::Fault;
use miette::Diagnostic;

/// A text that can be at fault: a whole file, or one policy in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
    /// One-based line of the file on which the text starts.
    pub first_line: u32,
}

impl<'a> Source<'a> {
    pub fn whole(file: &'a str, text: &'a str) -> Self {
        Self { file, text, first_line: 1 }
    }

    /// A fault of the text as a whole, placed at its first line.
    pub fn fault(&self, what: impl Into<String>, remedy: impl Into<String>) -> Fault {
        Fault {
            file: self.file.to_owned(),
            line: Some(self.first_line),
            column: None,
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    /// A fault at a byte offset of the text.
    pub fn fault_at(&self, offset: usize, what: impl Into<String>, remedy: impl Into<String>) -> Fault {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
        Fault {
            line: Some(self.first_line.saturating_add(line.try_into().unwrap_or(u32::MAX))),
            column: Some(u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1)),
            ..self.fault(what, remedy)
        }
    }

    /// A fault of one annotation, `@name(`; of the whole text where it is not written there.
    pub fn fault_of_annotation(&self, name: &str, what: impl Into<String>, remedy: impl Into<String>) -> Fault {
        let written = |(at, _): &(usize, &str)| {
            let after = self.text.get(at.saturating_add(name.len()).saturating_add(1)..).unwrap_or_default();
            after.trim_start().starts_with('(')
        };
        match self.text.match_indices(&format!("@{name}")).find(written) {
            Some((at, _)) => self.fault_at(at, what, remedy),
            None => self.fault(what, remedy),
        }
    }

    /// What Cedar says, with its help as the remedy where it gives one.
    pub fn fault_of(&self, diagnostic: &dyn Diagnostic, otherwise: &str) -> Fault {
        let what = diagnostic.to_string();
        let help = diagnostic.help().map(|help| help.to_string());
        let label = diagnostic.labels().and_then(|mut labels| labels.next());
        // Labels say what was expected there; it is the better half of a parser's message.
        let remedy = help
            .or_else(|| label.as_ref().and_then(|label| label.label().map(str::to_owned)))
            .unwrap_or_else(|| otherwise.to_owned());
        match label {
            Some(label) => self.fault_at(label.offset(), what, remedy),
            None => self.fault(what, remedy),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_lines_and_columns_counted_in_characters() {
        let source = Source { file: "a.cedar", text: "一二\n三四五", first_line: 10 };
        let fault = source.fault_at("一二\n三四".len(), "wrong", "mend");
        assert_eq!((fault.line, fault.column), (Some(11), Some(3)));
        assert_eq!(fault.to_string(), "a.cedar:11:3: wrong — mend");
        assert_eq!(source.fault_at(usize::MAX, "", "").line, Some(11));
    }

    #[test]
    fn an_annotation_is_found_by_its_whole_name() {
        let source = Source { file: "a.cedar", text: "@reason_en(\"x\")\n@reason (\"y\")", first_line: 1 };
        assert_eq!(source.fault_of_annotation("reason", "", "").line, Some(2));
        assert_eq!(source.fault_of_annotation("remedy", "", "").column, None);
    }
}
