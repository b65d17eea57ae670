//! The help desk: what is looked up is found in every language, leads to its source, and becomes a question where it is not.

use super::town::Town;
use axum::http::StatusCode;

#[tokio::test]
async fn anybody_finds_in_any_language_what_was_written_in_another() {
    let town = Town::new().await;
    let mut visitor = town.visitor();
    for (language, asked, path) in [
        ("zh-Hant", "%E6%97%A0%E6%84%9F%E9%80%9A%E5%85%B3", "outline/7.2.2"),
        ("zh-Hans", "%E7%84%A1%E6%84%9F%E9%80%9A%E9%97%9C", "outline/7.2.2"),
        ("en", "%E7%99%BD%E5%90%8D%E5%96%AE", "services/whitelist-membership"),
        ("zh-Hans", "talent+apartment", "services/talent-apartment"),
    ] {
        let (status, page) = visitor.get(&format!("/{language}/help?q={asked}")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(&format!("href=\"/{language}/{path}\"")), "{language} {asked}: {page}");
        assert!(page.contains("<mark>"), "{language} {asked}: nothing is marked");
        let (status, _) = visitor.get(&format!("/{language}/{path}")).await;
        assert_eq!(status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn every_page_that_can_be_found_is_there_in_three_languages() {
    let town = Town::new().await;
    let mut visitor = town.visitor();
    let guidance = guidance::Guidance::new(&town.park.profile, &town.park.rulebook).unwrap();
    for language in ["zh-Hant", "zh-Hans", "en"] {
        for entry in guidance.entries() {
            let (status, page) = visitor.get(&format!("/{language}/{}", entry.path())).await;
            assert_eq!(status, StatusCode::OK, "{language} {}", entry.path());
            let title = frame::maud::html! { (entry.title.get(language.parse().unwrap())) }.into_string();
            assert!(page.contains(&title), "{language} {}", entry.path());
        }
    }
    for nothing in ["outline/9.9", "outline/7.2.4.x", "help/no-such-article", "rules/no-such-rule"] {
        assert_eq!(visitor.get(&format!("/en/{nothing}")).await.0, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn a_hidden_rule_has_no_page_for_anybody() {
    let town = Town::new().await;
    let mut visitor = town.visitor();
    let hidden: Vec<_> = town.park.rulebook.policies().filter(|card| card.hidden).map(|card| card.id.clone()).collect();
    assert!(!hidden.is_empty());
    for rule in hidden {
        assert_eq!(visitor.get(&format!("/en/rules/{rule}")).await.0, StatusCode::NOT_FOUND, "{rule}");
    }
}

#[tokio::test]
async fn sections_are_links_to_what_they_say() {
    let town = Town::new().await;
    let mut visitor = town.visitor();
    let (_, page) = visitor.get("/zh-Hant/services/commuter-pass").await;
    assert!(page.contains("<a href=\"/zh-Hant/outline/7.2.2\">7.2.2</a>"), "{page}");
    let (_, section) = visitor.get("/zh-Hant/outline/7.2.2").await;
    for wanted in
        ["無感通關", "/zh-Hant/services/commuter-pass", "/zh-Hant/help/apply-for-commuter-pass", "/zh-Hant/outline/7.2"]
    {
        assert!(section.contains(wanted), "{wanted}");
    }
}

#[tokio::test]
async fn what_nothing_answers_becomes_a_question_with_what_was_typed_and_seen() {
    let town = Town::new().await;
    let mut visitor = town.visitor();
    let (_, page) = visitor.get("/en/help?q=xyzzyplugh").await;
    assert!(page.contains("me/apply/question?title=xyzzyplugh"), "{page}");
    // Whoever is not signed in is led there by way of signing in.
    let (status, to) = visitor.get("/en/me/apply/question?title=xyzzyplugh").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(to.starts_with("/en/sign-in?to=me"), "{to}");
    let mut person = town.leaver_named("Wong", "Siu").await;
    let (_, found) = person.get("/en/help?q=centrifuge+on+the+bridge").await;
    let (_, link) = found.split_once("href=\"/en/me/apply/question?").unwrap();
    let query = link.split('"').next().unwrap().replace("&amp;", "&");
    let path = format!("/en/me/apply/question?{query}");
    let (status, form) = person.get(&path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(form.contains("value=\"centrifuge on the bridge\""), "{form}");
    assert!(form.contains("help/"), "the answers seen come along: {form}");
    let typed = [
        ("side", "hong-kong"),
        ("topic", "goods"),
        ("title", "centrifuge on the bridge"),
        ("question", "May I carry a centrifuge across the bridge?"),
        ("seen", "help/move-goods help/what-to-bring"),
        ("answer-language", "english"),
    ];
    let (status, to) = person.post("/en/me/apply/question", &typed).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let zone = town.park.zone();
    let (id, case) = zone.cases.cases.get_max().unwrap();
    let office = case.legs.iter().find(|leg| leg.key.as_str() == "hong-kong").unwrap().office.clone();
    let mut officer = town.officer_of(office.as_str()).await;
    let (_, page) = officer.get(&format!("/en/office/cases/{id}")).await;
    assert!(page.contains("help/move-goods"), "the office sees what was read: {page}");
    town.log_verifies();
}

#[tokio::test]
async fn a_question_of_any_length_and_kind_is_answered() {
    let town = Town::new().await;
    let mut person = town.visitor();
    for asked in ["", "+++", "%00%01", "%F0%9F%98%80", "%3Cscript%3E", &"%E9%80%9A%E8%A1%8C".repeat(1_000)] {
        let (status, page) = person.get(&format!("/en/help?q={asked}&kind=nothing")).await;
        assert_eq!(status, StatusCode::OK, "{asked}");
        assert!(!page.contains("<script>"), "{asked}");
    }
}
