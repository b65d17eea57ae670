//! One spelling for all: Hong Kong's Traditional characters become the Mainland's, letters small, full-width forms plain.

use opencc_fmmseg::OpenCC;
use std::sync::LazyLock;

static CONVERTER: LazyLock<OpenCC> = LazyLock::new(|| {
    let mut converter = OpenCC::new();
    // Our texts are short: threads of its own would cost more than they save.
    converter.set_parallel(false);
    converter
});

/// A text folded, and whether its characters still stand where they stood.
pub(crate) struct Folded {
    pub text: String,
    pub aligned: bool,
}

pub(crate) fn fold(text: &str) -> Folded {
    let simplified = CONVERTER.hk2s(text, false);
    let aligned = simplified.chars().count() == text.chars().count();
    Folded { text: simplified.chars().map(plain).collect(), aligned }
}

/// One character for one, so that nothing moves.
fn plain(character: char) -> char {
    let narrow = match character {
        // The full-width forms of ASCII stand in its order.
        '！'..='～' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        '\u{3000}' => ' ',
        other => other,
    };
    narrow.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hong_kongs_characters_and_full_width_letters_become_one_spelling_and_stay_in_place() {
        for (text, want) in [
            ("無感通關", "无感通关"),
            ("人類遺傳資源", "人类遗传资源"),
            ("衞生署、裏面", "卫生署、里面"),
            ("Ｒ＆Ｄ", "r&d"),
            ("InnoHK 研發", "innohk 研发"),
        ] {
            let folded = fold(text);
            assert_eq!(folded.text, want);
            assert!(folded.aligned, "{text}");
        }
    }
}
