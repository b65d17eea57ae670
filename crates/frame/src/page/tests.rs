//! The shell keeps its promises: language, links to the other languages, nothing inline, nothing unescaped.

use super::*;
use crate::parts::Tone;

fn visit(language: Language) -> Visit {
    let mut visit = Visit::new(language, "cases/C-12?tab=log");
    let session =
        SessionNote { ends_at: base::Instant(0), seconds: 3_600, extendable: true, href: "/session\"".to_owned() };
    visit.visitor =
        Some(Visitor { name: "<b>陳</b>".into(), capacity: "<i>x</i>".into(), sign_out: "/leave".into(), session });
    visit.navigation = vec![Link::new("<u>nav</u>", "/a\"b").current(true).count(1_204)];
    visit.banner = Some(Banner::new(Tone::Good, "<em>saved</em>"));
    visit.csrf = "\"token".to_owned();
    visit.demo = true;
    visit.log = Some(LogNote { size: 1_234_567, href: "/log".into() });
    visit
}

#[test]
fn a_page_says_its_language_and_leads_to_itself_in_the_others() {
    for language in Language::ALL {
        let page = visit(language).page("Title").body("text").into_string();
        assert!(page.starts_with(&format!("<!DOCTYPE html><html lang=\"{language}\"")), "{page}");
        for other in Language::ALL {
            let link = format!(r#"<link rel="alternate" hreflang="{other}" href="/{other}/cases/C-12?tab=log">"#);
            assert!(page.contains(&link), "{page}");
        }
    }
}

#[test]
fn a_page_has_nothing_inline_and_nothing_from_elsewhere() {
    for shell in [Shell::Desk, Shell::Wall] {
        let page = visit(Language::En).page("Title").shell(shell).body("text").into_string();
        for banned in ["style=", "<style", "onclick", "http://", "https://", "<script>"] {
            assert!(!page.contains(banned), "{banned} in {page}");
        }
        assert!(page.contains(" id=\"main\"") && page.contains("href=\"#main\""), "skip link and its target");
    }
}

#[test]
fn what_the_shell_is_given_is_escaped() {
    let visit = visit(Language::En);
    let page =
        visit.page("<s>title</s>").caption("<s>").lead("<s>").crumb("<s>", "/\"<s>").body("<s>body</s>").into_string();
    for banned in ["<s>", "<b>", "<i>", "<u>", "<em>", "value=\"\"token", "/a\"b"] {
        assert!(!page.contains(banned), "{banned} in {page}");
    }
    assert!(page.contains("1,204") && page.contains("1,234,567"));
}

#[test]
fn a_faulty_form_says_so_in_the_title_and_in_each_language() {
    let title = |language| {
        let page = visit(language).page("T").faulty(true).body("").into_string();
        let start = page.find("<title>").unwrap() + 7;
        page[start..page.find("</title>").unwrap()].to_owned()
    };
    assert_eq!(title(Language::ZhHant), "錯誤：T – 河套");
    assert_eq!(title(Language::ZhHans), "错误：T – 河套");
    assert_eq!(title(Language::En), "Error: T – Hetao");
}

#[test]
fn a_stranger_is_offered_to_sign_in_and_a_wall_has_no_navigation() {
    let stranger = Visit::new(Language::ZhHans, "");
    assert!(stranger.page("T").body("").into_string().contains("/zh-Hans/sign-in"));
    let wall = visit(Language::En).page("T").shell(Shell::Wall).without_heading().refresh(5).body("").into_string();
    assert!(!wall.contains("<nav") && !wall.contains("<h1") && wall.contains(r#"data-refresh-seconds="5""#));
}
