//! Nothing unfinished in the code, and nothing of one machine or network in what people read.

use crate::house::{Fault, House};

const CODE: [&str; 8] = [".rs", ".mjs", ".js", ".py", ".css", ".cedar", ".ftl", ".toml"];

/// Written in two parts, so that this file does not accuse itself.
const UNFINISHED: [&str; 5] = [
    concat!("to", "do!("),
    concat!("unimpl", "emented!("),
    concat!("FIX", "ME"),
    concat!("TO", "DO"),
    concat!("dbg", "!("),
];

/// Beginnings of paths that are right on one machine only.
const MACHINE_PATHS: [&str; 6] = ["/root/", "/home/", "/Users/", "/work/", "/tmp/", "C:\\"];

/// Where packages come from is the reader's own setting.
const REGISTRY_HOSTS: [&str; 7] = [
    "index.crates.io",
    "static.crates.io",
    "registry.npmjs.org",
    "registry.yarnpkg.com",
    "pypi.org",
    "files.pythonhosted.org",
    "deb.debian.org",
];

/// The one address a lock file of npm may hold; a mirror's would fail for everybody else.
const NPM_REGISTRY: &str = "\"https://registry.npmjs.org/";

pub fn check(house: &House, faults: &mut Vec<Fault>) {
    for (file, text) in house.ending(&CODE) {
        for (line, mark) in find(text, &UNFINISHED) {
            let what = format!("`{mark}`: finish it, or open an issue and say so there");
            faults.push(Fault::new("unfinished", file, line, what));
        }
    }
    for (file, text) in house.ending(&[".md"]) {
        for (line, path) in find(text, &MACHINE_PATHS) {
            let what = format!("`{path}` is a path of one machine; write it relative to the tree");
            faults.push(Fault::new("machine-path", file, line, what));
        }
        for (line, host) in find(text, &REGISTRY_HOSTS) {
            let what = format!("`{host}`: name the registry, not its host");
            faults.push(Fault::new("registry-host", file, line, what));
        }
    }
    for (file, text) in house.ending(&["package-lock.json", ".npmrc"]) {
        for (index, line) in text.lines().enumerate() {
            let addressed = line.contains("\"resolved\": \"http") || line.contains("registry=");
            if addressed && !line.contains(NPM_REGISTRY) {
                let what = "an address of another registry than npm's own; remove it";
                faults.push(Fault::new("registry-host", file, index + 1, what));
            }
        }
    }
}

/// The lines, one-based, that have one of the marks at the beginning of a word, and which.
fn find<'a>(text: &'a str, marks: &'a [&'static str]) -> impl Iterator<Item = (usize, &'static str)> + 'a {
    text.lines().enumerate().filter_map(move |(index, line)| {
        let mark = marks.iter().copied().find(|mark| begins_word(line, mark))?;
        Some((index + 1, mark))
    })
}

fn begins_word(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(start, _)| {
        let before = line.get(..start).and_then(|before| before.chars().next_back());
        !before.is_some_and(|before| before.is_alphanumeric() || before == '_' || before == '/' || before == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house::found;

    #[test]
    fn a_mark_of_unfinished_work_is_a_fault_with_its_line() {
        let text = format!("//! Head.\n// {}: later\n", UNFINISHED[2]);
        assert_eq!(found(check, &[("a.rs", &text)]).len(), 1);
        assert!(found(check, &[("a.rs", &text)])[0].starts_with("a.rs:2: "));
        assert!(found(check, &[("a.rs", "//! The methods of the case.\n")]).is_empty());
    }

    #[test]
    fn a_path_of_one_machine_is_a_fault_in_documents_but_a_route_is_none() {
        let bad = format!("see `{}jane/hetao`", MACHINE_PATHS[1]);
        assert_eq!(found(check, &[("README.md", &bad)]).len(), 1);
        assert!(found(check, &[("README.md", "the page `/zh-Hant/home/` and `crates/work/src`")]).is_empty());
    }

    #[test]
    fn a_host_of_a_registry_is_a_fault_in_documents() {
        let bad = format!("from {}", REGISTRY_HOSTS[2]);
        assert_eq!(found(check, &[("docs/a.md", &bad)]).len(), 1);
        assert!(found(check, &[("docs/a.md", "from crates.io and npm")]).is_empty());
    }

    #[test]
    fn a_lock_file_holds_no_address_of_a_mirror() {
        let own = "\"resolved\": \"https://registry.npmjs.org/a/-/a-1.tgz\"";
        let mirror = "\"resolved\": \"http://mirror.local/a-1.tgz\"";
        assert!(found(check, &[("web/package-lock.json", own)]).is_empty());
        assert_eq!(found(check, &[("web/package-lock.json", mirror)]).len(), 1);
    }
}
