//! The exceptions, a ratchet: what is listed may stay as it is, may not grow, and must leave the list once mended.
//!
//! A line is `check place size reason`, with `-` for the size where the check does not measure:
//! `function-length crates/cases/src/decide.rs::decide 84 one arm for each command, split when goods come`.

use crate::house::Fault;

const CHECK: &str = "exceptions";

struct Exception<'a> {
    line: usize,
    check: &'a str,
    place: &'a str,
    size: Option<usize>,
}

/// The faults that remain: those that no exception covers, and those of the list itself.
pub fn apply(list: &str, text: &str, faults: Vec<Fault>) -> Vec<Fault> {
    let mut remaining = Vec::new();
    let exceptions = read(list, text, &mut remaining);
    let mut used = vec![false; exceptions.len()];
    for fault in faults {
        let place = fault.place();
        let covering = exceptions
            .iter()
            .zip(&mut used)
            .find(|(exception, used)| !**used && exception.check == fault.check && exception.place == place);
        let Some((exception, used)) = covering else {
            remaining.push(fault);
            continue;
        };
        *used = true;
        match (fault.size, exception.size) {
            (Some(size), Some(most)) if size < most => remaining.push(Fault::new(
                CHECK,
                list,
                exception.line,
                format!("{place} has shrunk to {size}; lower its exception from {most}"),
            )),
            (size, most) if size == most => {}
            _ => remaining.push(fault),
        }
    }
    for (exception, _) in exceptions.iter().zip(used).filter(|(_, used)| !used) {
        let what = format!("the exception of {} is no longer needed; delete its line", exception.place);
        remaining.push(Fault::new(CHECK, list, exception.line, what));
    }
    remaining
}

fn read<'a>(list: &str, text: &'a str, faults: &mut Vec<Fault>) -> Vec<Exception<'a>> {
    let mut exceptions = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line_number = index + 1;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut parts = line.split_whitespace();
        let (check, place, size) = (parts.next(), parts.next(), parts.next());
        let reasoned = parts.next().is_some();
        match (check, place, size.map(|size| (size == "-", size.parse().ok()))) {
            (Some(check), Some(place), Some((unmeasured, size))) if reasoned && (unmeasured || size.is_some()) => {
                exceptions.push(Exception { line: line_number, check, place, size });
            }
            _ => faults.push(Fault::new(CHECK, list, line_number, "an exception reads `check place size-or-- reason`")),
        }
    }
    exceptions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long(size: usize) -> Vec<Fault> {
        let mut fault = Fault::new("function-length", "a.rs", 9, format!("{size} lines"));
        fault.name = Some("decide".to_owned());
        fault.size = Some(size);
        vec![fault]
    }

    fn remaining(text: &str, faults: Vec<Fault>) -> Vec<String> {
        apply("tidy.allow", text, faults).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_fault_without_an_exception_remains() {
        assert_eq!(remaining("", long(84)), ["a.rs:9: 84 lines [function-length]"]);
    }

    #[test]
    fn a_listed_fault_is_let_be() {
        assert!(remaining("# why\n\nfunction-length a.rs::decide 84 many arms\n", long(84)).is_empty());
    }

    #[test]
    fn a_listed_fault_may_not_grow() {
        assert_eq!(
            remaining("function-length a.rs::decide 84 many arms", long(85)),
            ["a.rs:9: 85 lines [function-length]"]
        );
    }

    #[test]
    fn an_exception_follows_what_has_shrunk() {
        assert_eq!(
            remaining("function-length a.rs::decide 84 many arms", long(80)),
            ["tidy.allow:1: a.rs::decide has shrunk to 80; lower its exception from 84 [exceptions]"]
        );
    }

    #[test]
    fn an_exception_that_nothing_needs_is_a_fault() {
        assert_eq!(
            remaining("function-length a.rs::decide 84 many arms", Vec::new()),
            ["tidy.allow:1: the exception of a.rs::decide is no longer needed; delete its line [exceptions]"]
        );
    }

    #[test]
    fn an_exception_without_a_reason_or_a_size_is_a_fault_and_covers_nothing() {
        let form = "an exception reads `check place size-or-- reason` [exceptions]";
        for line in ["function-length a.rs::decide 84", "function-length a.rs::decide many arms"] {
            assert_eq!(
                remaining(line, long(84)),
                [format!("tidy.allow:1: {form}"), "a.rs:9: 84 lines [function-length]".to_owned()],
                "{line}"
            );
        }
    }

    #[test]
    fn one_exception_covers_one_fault() {
        let both = [long(84), long(84)].concat();
        assert_eq!(remaining("function-length a.rs::decide 84 many arms", both).len(), 1);
    }
}
