//! Short files, short functions, and a head on every file.

use crate::house::{Fault, House};
use proc_macro2::Span;
use syn::visit::{self, Visit};

const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;

/// What people write and read as code. Data, such as a calendar or a lock file, is as long as it is.
const CODE: [&str; 6] = [".rs", ".mjs", ".js", ".py", ".css", ".cedar"];

pub fn check(house: &House, faults: &mut Vec<Fault>) {
    for (file, text) in house.ending(&CODE) {
        let lines = text.lines().count();
        if lines > FILE_LINES_MAX {
            let what =
                format!("{lines} lines; a file has {FILE_LINES_MAX} at most: split it by what its parts are for");
            faults.push(Fault { size: Some(lines), ..Fault::new("file-length", file, 1, what) });
        }
    }
    for (file, text) in house.ending(&[".rs"]) {
        if !text.trim_start().starts_with("//!") {
            let what = "no `//!` head: say what the file is for and what it must not know";
            faults.push(Fault::new("head", file, 1, what));
        }
        check_functions(file, text, faults);
    }
}

fn check_functions(file: &str, text: &str, faults: &mut Vec<Fault>) {
    match syn::parse_file(text) {
        Ok(parsed) => Functions { file, owner: None, faults }.visit_file(&parsed),
        Err(error) => {
            let line = error.span().start().line;
            faults.push(Fault::new("syntax", file, line, format!("is not Rust: {error}")));
        }
    }
}

/// Walks one file; `owner` is the type whose `impl` or the trait that is being walked.
struct Functions<'a> {
    file: &'a str,
    owner: Option<String>,
    faults: &'a mut Vec<Fault>,
}

impl Functions<'_> {
    /// From the line with the signature to the closing brace; attributes and comments above do not count.
    fn measure(&mut self, signature: &syn::Signature, end: Span) {
        let first = signature.fn_token.span.start().line;
        let lines = end.end().line.saturating_sub(first) + 1;
        if lines <= FUNCTION_LINES_MAX {
            return;
        }
        let name = match &self.owner {
            Some(owner) => format!("{owner}::{}", signature.ident),
            None => signature.ident.to_string(),
        };
        let what = format!("{name} has {lines} lines; a function has {FUNCTION_LINES_MAX} at most");
        let fault = Fault::new("function-length", self.file, first, what);
        self.faults.push(Fault { name: Some(name), size: Some(lines), ..fault });
    }

    fn within(&mut self, owner: Option<String>, walk: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.owner, owner);
        walk(self);
        self.owner = outer;
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.measure(&function.sig, function.block.brace_token.span.close());
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.measure(&function.sig, function.block.brace_token.span.close());
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.measure(&function.sig, block.brace_token.span.close());
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let owner = match item.self_ty.as_ref() {
            syn::Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
            _ => None,
        };
        self.within(owner, |functions| visit::visit_item_impl(functions, item));
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.within(Some(item.ident.to_string()), |functions| visit::visit_item_trait(functions, item));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house::found;

    fn function(name: &str, lines: usize) -> String {
        format!("fn {name}() {{\n{}}}\n", "    work();\n".repeat(lines - 2))
    }

    #[test]
    fn a_function_of_seventy_lines_is_short_enough_and_one_more_is_not() {
        let seventy = format!("//! Head.\n{}", function("short", 70));
        assert!(found(check, &[("a.rs", &seventy)]).is_empty());
        let more = format!("//! Head.\n#[test]\n{}", function("long", 71));
        assert_eq!(
            found(check, &[("a.rs", &more)]),
            ["a.rs:3: long has 71 lines; a function has 70 at most [function-length]"]
        );
    }

    #[test]
    fn a_method_is_named_with_its_type_and_braces_in_texts_do_not_confuse() {
        let text =
            format!("//! Head.\nstruct Desk;\nimpl Desk {{\nfn a() {{ let _ = \"}}\"; }}\n{}}}", function("b", 90));
        assert_eq!(
            found(check, &[("a.rs", &text)]),
            ["a.rs:5: Desk::b has 90 lines; a function has 70 at most [function-length]"]
        );
    }

    #[test]
    fn a_function_within_a_function_is_measured_too() {
        let text = format!("//! Head.\nfn outer() {{\n{}}}\n", function("inner", 80));
        assert_eq!(found(check, &[("a.rs", &text)]).len(), 2);
    }

    #[test]
    fn a_file_over_five_hundred_lines_is_too_long_but_data_is_as_long_as_it_is() {
        let text = format!("//! Head.\n{}", "\n".repeat(500));
        assert_eq!(
            found(check, &[("a.rs", &text), ("calendar.toml", &text)]),
            ["a.rs:1: 501 lines; a file has 500 at most: split it by what its parts are for [file-length]"]
        );
    }

    #[test]
    fn a_file_without_a_head_or_that_is_not_rust_is_a_fault() {
        assert_eq!(
            found(check, &[("a.rs", "fn a() {}\n"), ("b.rs", "//! Head.\nfn b( {}\n")]),
            [
                "a.rs:1: no `//!` head: say what the file is for and what it must not know [head]",
                "b.rs:2: is not Rust: cannot parse string into token stream [syntax]",
            ]
        );
    }
}
