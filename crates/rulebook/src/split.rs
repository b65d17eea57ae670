//! Cuts a policy file into its policies, so that a fault in one is not a fault in all, and each keeps its own text.
//!
//! Knows just enough of Cedar's lexical grammar: strings, line comments, and the `;` that ends a policy.

/// One policy's text and where it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    pub text: &'a str,
    /// One-based line of the text's first character.
    pub line: u32,
    /// Ended by `;`. The last piece of a broken file is not.
    pub complete: bool,
}

/// The policies of a file in their order. Comments between policies belong to none.
pub(crate) fn pieces(file: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut scan = Scan { rest: file.char_indices().peekable(), line: 1 };
    while let Some((start, first, line)) = scan.skip_to_policy() {
        let (end, complete) = scan.skip_to_end(start, first).map_or((file.len(), false), |end| (end, true));
        let text = file.get(start..end).unwrap_or_default().trim_end();
        found.push(Piece { text, line, complete });
    }
    found
}

struct Scan<'a> {
    rest: std::iter::Peekable<std::str::CharIndices<'a>>,
    line: u32,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<(usize, char)> {
        let next = self.rest.next();
        if let Some((_, '\n')) = next {
            self.line = self.line.saturating_add(1);
        }
        next
    }

    fn next_is(&mut self, wanted: char) -> bool {
        self.rest.peek().is_some_and(|&(_, c)| c == wanted)
    }

    fn skip_line(&mut self) {
        while self.next().is_some_and(|(_, c)| c != '\n') {}
    }

    /// Skips white space and comments; gives the offset, the character and the line of what follows.
    fn skip_to_policy(&mut self) -> Option<(usize, char, u32)> {
        loop {
            let line = self.line;
            let (at, c) = self.next()?;
            if c == '/' && self.next_is('/') {
                self.skip_line();
            } else if !c.is_whitespace() {
                // A policy starts with `@`, `permit` or `forbid`; anything else is left for the parser to refuse.
                return Some((at, c, line));
            }
        }
    }

    /// The offset after the `;` that ends the policy whose first character was just read.
    fn skip_to_end(&mut self, start: usize, first: char) -> Option<usize> {
        let mut current = Some((start, first));
        while let Some((at, c)) = current {
            match c {
                ';' => return Some(at.saturating_add(1)),
                '"' => self.skip_string(),
                '/' if self.next_is('/') => self.skip_line(),
                _ => {}
            }
            current = self.next();
        }
        None
    }

    fn skip_string(&mut self) {
        while let Some((_, c)) = self.next() {
            match c {
                '\\' => drop(self.next()),
                '"' => return,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_at_the_semicolons_that_end_policies_and_at_no_other() {
        let file = "// head; not a policy\n\n@reason_en(\"a; b \\\" ; // c\")\npermit (principal, action, resource) // ; \n;\n\nforbid (x)";
        let pieces = pieces(file);
        let seen: Vec<(u32, bool)> = pieces.iter().map(|p| (p.line, p.complete)).collect();
        assert_eq!(seen, [(3, true), (7, false)]);
        assert!(pieces[0].text.ends_with("// ; \n;"));
        assert_eq!(pieces[1].text, "forbid (x)");
    }

    #[test]
    fn a_stray_semicolon_does_not_swallow_the_policy_after_it() {
        let seen: Vec<&str> = pieces(";\npermit (x);").iter().map(|p| p.text).collect();
        assert_eq!(seen, [";", "permit (x);"]);
    }

    #[test]
    fn a_string_that_never_ends_leaves_one_incomplete_policy() {
        assert_eq!(pieces("@id(\"x;").len(), 1);
        assert!(!pieces("@id(\"x;")[0].complete);
        assert!(pieces("  // nothing\n").is_empty());
    }
}
