//! Texts of the zone folder as paragraphs and lists, and what was found in them.

use frame::maud::{Markup, html};
use guidance::Piece;

/// A line is a paragraph; lines that begin with `- `, or with a number and a point, are the members of a list.
pub(crate) fn paragraphs(text: &str) -> Markup {
    let mut blocks: Vec<(Block, Vec<&str>)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (block, line) = block_of(line);
        match blocks.last_mut() {
            Some((before, lines)) if *before == block && block != Block::Paragraph => lines.push(line),
            _ => blocks.push((block, vec![line])),
        }
    }
    html! {
        @for (block, lines) in &blocks {
            @match block {
                Block::Paragraph => { @for line in lines { p { (line) } } }
                Block::List => ul { @for line in lines { li { (line) } } },
                Block::Steps => ol { @for line in lines { li { (line) } } },
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Paragraph,
    List,
    Steps,
}

fn block_of(line: &str) -> (Block, &str) {
    if let Some(member) = line.strip_prefix("- ") {
        return (Block::List, member);
    }
    let step = line.split_once(". ").filter(|(number, _)| number.len() <= 2 && number.parse::<u8>().is_ok());
    step.map_or((Block::Paragraph, line), |(_, step)| (Block::Steps, step))
}

/// What was found, with what was asked for marked.
pub(crate) fn pieces(pieces: &[Piece]) -> Markup {
    html! { @for piece in pieces { @if piece.marked { mark { (piece.text) } } @else { (piece.text) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_paragraphs_lists_and_steps() {
        let shown = paragraphs("\nOne & two.\n- a\n- b\n1. first\n2. second\nIn 3.5 hours.\n").into_string();
        assert_eq!(
            shown,
            "<p>One &amp; two.</p><ul><li>a</li><li>b</li></ul><ol><li>first</li><li>second</li></ol><p>In 3.5 hours.</p>"
        );
    }
}
