//! Characters: which may stand in a cell, and the one form in which cells are compared.

use crate::FaultCode;
use unicode_normalization::UnicodeNormalization;

/// The cell in one form: full-width letters, digits and signs as ASCII, every space an ordinary one and no two
/// together, NFC, trimmed. Not NFKC, which would also turn `²` into 2 and `㎏` into kg.
pub(crate) fn folded(text: &str) -> String {
    let ascii = text.chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' => ' ',
        other => other,
    });
    let mut folded = String::with_capacity(text.len());
    for c in ascii.nfc() {
        if c != ' ' || !folded.ends_with(' ') {
            folded.push(c);
        }
    }
    folded.trim().to_owned()
}

/// The fault of characters that may stand in no cell.
pub(crate) fn fault(text: &str) -> Option<FaultCode> {
    text.chars().find_map(|c| match c {
        '\u{fffd}' => Some(FaultCode::CharacterLost),
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Some(FaultCode::CharacterPrivate),
        c if hidden_name(c).is_some() => Some(FaultCode::CharacterHidden),
        _ => None,
    })
}

/// The text with hidden characters spelled out: `CHAN‹U+202E RIGHT-TO-LEFT OVERRIDE›`.
pub(crate) fn spelled_out(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for c in text.chars() {
        match hidden_name(c) {
            Some(name) => spelled.push_str(&format!("‹U+{:04X} {name}›", u32::from(c))),
            None => spelled.push(c),
        }
    }
    spelled
}

/// The text without hidden characters; a line break or tab becomes a space.
pub(crate) fn without_hidden(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\t' => Some(' '),
            c => hidden_name(c).is_none().then_some(c),
        })
        .collect();
    folded(&kept)
}

/// The name of a character that a reader does not see but a computer does.
fn hidden_name(c: char) -> Option<&'static str> {
    Some(match c {
        '\t' => "TAB",
        '\n' => "LINE FEED",
        '\r' => "CARRIAGE RETURN",
        c if c.is_control() => "CONTROL CHARACTER",
        '\u{ad}' => "SOFT HYPHEN",
        '\u{61c}' => "ARABIC LETTER MARK",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "HANGUL FILLER",
        '\u{180e}' => "MONGOLIAN VOWEL SEPARATOR",
        '\u{200b}' => "ZERO WIDTH SPACE",
        '\u{200c}' => "ZERO WIDTH NON-JOINER",
        '\u{200d}' => "ZERO WIDTH JOINER",
        '\u{200e}' => "LEFT-TO-RIGHT MARK",
        '\u{200f}' => "RIGHT-TO-LEFT MARK",
        '\u{2028}' => "LINE SEPARATOR",
        '\u{2029}' => "PARAGRAPH SEPARATOR",
        '\u{202a}' => "LEFT-TO-RIGHT EMBEDDING",
        '\u{202b}' => "RIGHT-TO-LEFT EMBEDDING",
        '\u{202c}' => "POP DIRECTIONAL FORMATTING",
        '\u{202d}' => "LEFT-TO-RIGHT OVERRIDE",
        '\u{202e}' => "RIGHT-TO-LEFT OVERRIDE",
        '\u{2060}'..='\u{2064}' => "INVISIBLE OPERATOR",
        '\u{2066}' => "LEFT-TO-RIGHT ISOLATE",
        '\u{2067}' => "RIGHT-TO-LEFT ISOLATE",
        '\u{2068}' => "FIRST STRONG ISOLATE",
        '\u{2069}' => "POP DIRECTIONAL ISOLATE",
        '\u{206a}'..='\u{206f}' => "DEPRECATED FORMAT CHARACTER",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => "VARIATION SELECTOR",
        '\u{feff}' => "ZERO WIDTH NO-BREAK SPACE",
        '\u{fff9}'..='\u{fffb}' => "INTERLINEAR ANNOTATION",
        '\u{e0000}'..='\u{e007f}' => "TAG CHARACTER",
        _ => return None,
    })
}

/// A Chinese character, of any plane, or the iteration mark and the zero that names may hold.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2fa1f}' | '\u{30000}'..='\u{323af}' | '\u{3005}' | '\u{3007}')
}

/// At most `chars_max` characters, marked where it was cut.
pub(crate) fn clipped(text: &str, chars_max: usize) -> String {
    match text.char_indices().nth(chars_max) {
        None => text.to_owned(),
        Some((end, _)) => {
            let mut cut = text.get(..end).unwrap_or_default().to_owned();
            cut.push('…');
            cut
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_digits_are_read_and_superscripts_are_not() {
        assert_eq!(folded(" Ａ１２３　（４） "), "A123 (4)");
        assert_eq!(folded("A²"), "A²");
        assert_eq!(folded("陳  大文"), "陳 大文");
    }

    #[test]
    fn hidden_characters_are_named_and_can_be_taken_out() {
        let text = "CHAN\u{202e}TAI\u{200b}MAN";
        assert_eq!(fault(text), Some(FaultCode::CharacterHidden));
        assert_eq!(spelled_out(text), "CHAN‹U+202E RIGHT-TO-LEFT OVERRIDE›TAI‹U+200B ZERO WIDTH SPACE›MAN");
        assert_eq!(without_hidden(text), "CHANTAIMAN");
        assert_eq!(without_hidden("高級\n工程師"), "高級 工程師");
        assert_eq!(fault("𨋢啲 é"), None);
        assert_eq!(fault("\u{e123}"), Some(FaultCode::CharacterPrivate));
        assert_eq!(fault("陳\u{fffd}"), Some(FaultCode::CharacterLost));
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(clipped("陳大文", 2), "陳大…");
        assert_eq!(clipped("陳大", 2), "陳大");
    }
}
