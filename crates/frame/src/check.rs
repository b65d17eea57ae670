//! Finds what is wrong with a room's words: a key, attribute or variable that one language lacks, an empty text, a
//! key that no source file mentions, a character of the other script. For tests and `xtask`; pages never call it.

use base::{Fault, Language};
use fluent_syntax::ast;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

mod scripts;

/// One message or attribute, by the key it is asked for with: `refusal-x` or `refusal-x.remedy`.
#[derive(Debug, Default)]
struct Text {
    line: u32,
    plain: String,
    variables: BTreeSet<String>,
}

type Texts = BTreeMap<String, Text>;

/// Every fault in the words of the crate in `folder` (the one with its `Cargo.toml`).
pub fn check_words(folder: &Path) -> Vec<Fault> {
    let mut faults = Vec::new();
    let domain = match domain(folder) {
        Ok(domain) => domain,
        Err(fault) => return vec![fault],
    };
    let mut languages = Vec::new();
    for language in Language::ALL {
        let file = format!("text/{language}/{domain}.ftl");
        match std::fs::read_to_string(folder.join(&file)) {
            Ok(source) => {
                let texts = parse(&file, &source, &mut faults);
                check_texts(&file, language, &texts, &mut faults);
                languages.push((file, texts));
            }
            Err(error) => {
                faults.push(fault(&file, None, format!("cannot be read: {error}"), "add the file of this language"));
            }
        }
    }
    check_parity(&languages, &mut faults);
    if let Some((file, texts)) = languages.first() {
        check_use(folder, file, texts, &mut faults);
    }
    faults
}

fn domain(folder: &Path) -> Result<String, Fault> {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml"))
        .map_err(|error| fault("Cargo.toml", None, format!("cannot be read: {error}"), "give the folder of a crate"))?;
    manifest
        .lines()
        .find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| fault("Cargo.toml", None, "names no package".to_owned(), "give the folder of a crate"))
}

fn fault(file: &str, line: Option<u32>, what: String, remedy: &str) -> Fault {
    Fault { file: file.to_owned(), line, column: None, what, remedy: remedy.to_owned() }
}

fn parse(file: &str, source: &str, faults: &mut Vec<Fault>) -> Texts {
    let resource = match fluent_syntax::parser::parse(source) {
        Ok(resource) => resource,
        Err((resource, errors)) => {
            for error in errors {
                let line = line_of(source, error.pos.start);
                faults.push(fault(file, Some(line), format!("is not Fluent: {error}"), "mend the line's syntax"));
            }
            resource
        }
    };
    let mut texts = Texts::new();
    for entry in resource.body {
        let ast::Entry::Message(message) = entry else { continue };
        let name = message.id.name.to_owned();
        let line = source
            .lines()
            .position(|line| line.strip_prefix(&name).is_some_and(|rest| rest.trim_start().starts_with('=')))
            .and_then(|index| u32::try_from(index + 1).ok())
            .unwrap_or(1);
        let mut add = |key: String, pattern: &ast::Pattern<&str>| {
            let mut text = Text { line, ..Text::default() };
            read_pattern(pattern, &mut text);
            if texts.insert(key.clone(), text).is_some() {
                faults.push(fault(file, Some(line), format!("{key} is given twice"), "keep one of the two"));
            }
        };
        match &message.value {
            Some(value) => add(name.clone(), value),
            None => add(name.clone(), &ast::Pattern { elements: Vec::new() }),
        }
        for attribute in &message.attributes {
            add(format!("{name}.{}", attribute.id.name), &attribute.value);
        }
    }
    texts
}

fn line_of(source: &str, position: usize) -> u32 {
    let before = source.bytes().take(position).filter(|byte| *byte == b'\n').count();
    u32::try_from(before + 1).unwrap_or(u32::MAX)
}

fn read_pattern(pattern: &ast::Pattern<&str>, text: &mut Text) {
    for element in &pattern.elements {
        match element {
            ast::PatternElement::TextElement { value } => text.plain.push_str(value),
            ast::PatternElement::Placeable { expression } => read_expression(expression, text),
        }
    }
}

fn read_expression(expression: &ast::Expression<&str>, text: &mut Text) {
    match expression {
        ast::Expression::Inline(inline) => read_inline(inline, text),
        ast::Expression::Select { selector, variants } => {
            read_inline(selector, text);
            for variant in variants {
                read_pattern(&variant.value, text);
            }
        }
    }
}

fn read_inline(inline: &ast::InlineExpression<&str>, text: &mut Text) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            text.variables.insert(id.name.to_owned());
        }
        ast::InlineExpression::StringLiteral { value } => text.plain.push_str(value),
        ast::InlineExpression::Placeable { expression } => read_expression(expression, text),
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                read_inline(argument, text);
            }
        }
        ast::InlineExpression::NumberLiteral { .. }
        | ast::InlineExpression::MessageReference { .. }
        | ast::InlineExpression::TermReference { .. } => {}
    }
}

fn check_texts(file: &str, language: Language, texts: &Texts, faults: &mut Vec<Fault>) {
    for (key, text) in texts {
        if text.plain.trim().is_empty() && text.variables.is_empty() {
            faults.push(fault(file, Some(text.line), format!("{key} is empty"), "write the text"));
        }
        if let Some(character) = scripts::foreign(language, &text.plain) {
            let what = format!("{key} has {character}, which {language} does not write");
            faults.push(fault(file, Some(text.line), what, "write it as this language's readers do"));
        }
    }
}

/// What the first language has, the others have; and nothing more.
fn check_parity(languages: &[(String, Texts)], faults: &mut Vec<Fault>) {
    for (file, texts) in languages {
        for (other_file, other_texts) in languages {
            for (key, other) in other_texts {
                match texts.get(key) {
                    None => {
                        let what = format!("lacks {key}, which {other_file} has");
                        faults.push(fault(file, None, what, "add it, or remove it from all three"));
                    }
                    Some(text) => {
                        for variable in other.variables.difference(&text.variables) {
                            let what = format!("{key} lacks ${variable}, which {other_file} has");
                            faults.push(fault(file, Some(text.line), what, "use the variable in all three"));
                        }
                    }
                }
            }
        }
    }
}

/// A key is used where a source file of the crate has it as a string, or makes it from a beginning that ends in a
/// hyphen (`format!("case-state-{}", …)`), or, for a refusal, has its code as a string.
fn check_use(folder: &Path, file: &str, texts: &Texts, faults: &mut Vec<Fault>) {
    let mut source = String::new();
    for path in sources(&folder.join("src")) {
        source.push_str(&std::fs::read_to_string(path).unwrap_or_default());
    }
    let beginnings = beginnings(&source);
    for (key, text) in texts {
        let message = key.split('.').next().unwrap_or(key);
        let quoted = |name: &str| source.contains(&format!("\"{name}\""));
        let used = quoted(message)
            || message.strip_prefix("refusal-").is_some_and(quoted)
            || beginnings.iter().any(|beginning| message.starts_with(beginning));
        if !used {
            faults.push(fault(file, Some(text.line), format!("{key} is not used"), "remove it from all three"));
        }
    }
}

/// The beginnings `"some-words-{` in the source. A bare `"refusal-{` does not count: every refusal would be used.
fn beginnings(source: &str) -> BTreeSet<&str> {
    source
        .match_indices("-{")
        .filter_map(|(end, _)| {
            let before = source.get(..=end)?;
            let start = before.rfind('"')? + 1;
            let beginning = before.get(start..)?;
            let word = beginning.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            (word && beginning.len() > 2 && beginning != "refusal-").then_some(beginning)
        })
        .collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests;
