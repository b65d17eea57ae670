//! What a PDF of ours is and says.

use super::samples::{certificate, decision, every_body, letter};
use crate::{PressError, Verdict, print};
use base::Language;
use std::process::{Command, Stdio};

#[test]
fn every_kind_of_letter_is_set_in_every_language() {
    for language in Language::ALL {
        for body in every_body() {
            let letter = letter(language, body);
            let pdf = print(&letter).unwrap_or_else(|error| panic!("{language} {:?}: {error}", letter.body));
            assert!(pdf.starts_with(b"%PDF-1.7"), "{language}: no PDF");
            keep(&format!("{language}-{}", kind(&letter)), &pdf);
        }
    }
}

/// For looking at: where `HETAO_KEEP_LETTERS` names a folder.
fn keep(name: &str, pdf: &[u8]) {
    if let Ok(folder) = std::env::var("HETAO_KEEP_LETTERS") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), pdf).expect("written");
    }
}

fn kind(letter: &crate::Letter) -> String {
    match &letter.body {
        crate::Body::Decision(decision) => format!("decision-{:?}", decision.outcome),
        crate::Body::Certificate(_) => "certificate".to_owned(),
        crate::Body::Notice(notice) => format!("notice-{:?}", notice.kind),
    }
}

#[test]
fn the_same_letter_gives_the_same_bytes_and_another_gives_others() {
    let one = letter(Language::ZhHant, decision(Verdict::Approved, "齊備。"));
    let mut other = one.clone();
    other.to.name = "陳大文".to_owned();
    assert_eq!(print(&one), print(&one));
    assert_ne!(print(&one), print(&other));
}

#[test]
fn a_letter_declares_itself_an_archival_document_of_level_a() {
    let pdf = print(&letter(Language::En, certificate())).expect("set");
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("<pdfaid:part>2</pdfaid:part>"), "not PDF/A-2");
    assert!(text.contains("<pdfaid:conformance>A</pdfaid:conformance>"), "not level A");
}

#[test]
fn what_looks_like_markup_is_set_as_it_stands() {
    let wild = "#panic(\"x\") $x$ *bold* _i_ `raw` <label> @ref \\ = heading #image(\"/etc/passwd\")";
    let letter = letter(Language::En, decision(Verdict::Refused, wild));
    let pdf = print(&letter).expect("set");
    if let Some(text) = text_of(&pdf) {
        assert!(text.contains("#panic(\"x\")") && text.contains("#image("), "{text}");
    }
}

#[test]
fn characters_that_no_typeface_has_are_marked_and_hidden_ones_left_out() {
    let letter = letter(Language::En, decision(Verdict::Refused, "a\u{10ffff}b \u{202e}c\u{0007}d 𠮷 䶮"));
    let pdf = print(&letter).expect("a letter with rare characters is still a letter");
    if let Some(text) = text_of(&pdf) {
        assert!(text.contains("a〓b cd"), "{text}");
    }
}

#[test]
fn a_long_reason_goes_on_over_pages_and_nothing_of_it_is_lost() {
    let reason: String = (0..900).map(|line| format!("第{line}項未齊備。")).collect();
    let pdf = print(&letter(Language::ZhHant, decision(Verdict::Refused, &reason))).expect("set");
    if let Some(text) = text_of(&pdf) {
        let text: String = text.split_whitespace().collect();
        assert!(text.contains("第0項未齊備") && text.contains("第899項未齊備"), "cut");
    }
}

#[test]
fn a_programme_takes_the_right_characters_out() {
    for (language, wanted) in [
        (Language::ZhHant, ["申請結果：批准", "陳穎嘉", "2026年11月30日", "驗證碼", "河套深港科技創新合作區"]),
        (Language::ZhHans, ["办理结果：批准", "陈颖嘉", "2026年11月30日", "验证码", "河套深港科技创新合作区"]),
        (
            Language::En,
            ["Your application is approved", "Chan Wing Ka", "30 November 2026", "7KQ4-M2XD-9FHT-3CPW", "HT-0000-0412"],
        ),
    ] {
        let pdf = print(&letter(language, decision(Verdict::Approved, "齊備。"))).expect("set");
        let Some(text) = text_of(&pdf) else { return };
        for wanted in wanted {
            assert!(text.contains(wanted), "{language}: {wanted} is not in {text}");
        }
    }
}

#[test]
fn an_address_that_no_code_can_hold_is_an_error_and_no_letter() {
    for address in [String::new(), "x".repeat(8_000)] {
        let mut letter = letter(Language::En, certificate());
        letter.mark.address = address;
        assert_eq!(print(&letter), Err(PressError::Address));
    }
}

/// What `pdftotext` (poppler) reads; nothing where it is not installed. `make test` installs it.
fn text_of(pdf: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), pdf).expect("written");
    let ran = Command::new("pdftotext").arg(file.path()).arg("-").stderr(Stdio::null()).output();
    match ran {
        Ok(output) => Some(String::from_utf8(output.stdout).expect("UTF-8")),
        Err(_) => {
            assert!(std::env::var_os("CI").is_none(), "pdftotext is missing: .ci/prepare poppler installs it");
            None
        }
    }
}
