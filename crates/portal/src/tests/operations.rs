//! What an operations centre does in the portal: organisations, their clerks, and the tokens of its bank's gates.

use super::town::Town;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use base::{Actor, Key};
use tower::ServiceExt;

async fn operations(town: &Town) -> super::town::Browser {
    let office: Key = "hk-park-company".parse().unwrap();
    let Actor::Officer { person, .. } = town.officer_of_the_employer().await else { unreachable!() };
    let appoint = parties::Command::AppointOfficer { person, office: office.clone() };
    town.park.desk.command(Actor::Operator, town.park.now(), appoint).await.unwrap();
    town.browser_of(Actor::Officer { person, office }).await
}

#[tokio::test]
async fn an_organisation_is_registered_and_given_its_first_clerk_who_is_written_to() {
    let town = Town::new().await;
    let mut browser = operations(&town).await;
    let (status, page) = browser.get("/en/office/organisations").await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let (status, page) = browser.post("/en/office/organisations", &[("name-en", "Kingfisher")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Choose the side") && page.contains("value=\"Kingfisher\""), "what was typed stays: {page}");
    let names = [("name-zh-hant", "翠鳥"), ("name-zh-hans", "翠鸟"), ("name-en", "Kingfisher"), ("bank", "north")];
    let (status, to) = browser.post("/en/office/organisations", &names).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let place = to.split('?').next().unwrap().to_owned();
    let (_, page) = browser.get(&place).await;
    assert!(page.contains("This organisation has no clerk yet"), "{page}");
    let (status, page) = browser.post(&place, &[("who", "new"), ("family-name", "陳"), ("email", "nowhere")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Email address") && page.contains("is not written as it should be"), "{page}");
    let letters = town.letters().await;
    let new = [
        ("who", "new"),
        ("family-name", "陳"),
        ("given-name", "美玲"),
        ("email", "ml@k.example"),
        ("language", "zh-Hant"),
    ];
    let (status, page) = browser.post(&place, &new).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("/enrol/P-"), "the demonstration shows the link: {page}");
    assert_eq!(town.letters().await, letters + 1);
    let (_, page) = browser.get(&place).await;
    let relieve = page.split("action=\"").find_map(|rest| rest.split_once("/relieve\"")).unwrap().0.to_owned();
    let (status, _) = browser.post(&format!("{relieve}/relieve"), &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(browser.get(&place).await.1.contains("This organisation has no clerk yet"));
    town.log_verifies();
}

#[tokio::test]
async fn a_gates_token_is_shown_once_works_and_works_no_longer_once_it_is_revoked() {
    let town = Town::new().await;
    let mut browser = operations(&town).await;
    let (_, page) = browser.get("/en/office/tokens").await;
    assert!(
        page.contains("value=\"west-south\"") && !page.contains("value=\"west-north\""),
        "own bank's gates: {page}"
    );
    let (status, page) = browser.post("/en/office/tokens", &[("gate", "west-south"), ("days", "500")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    browser.get("/en/office/tokens").await;
    let (status, page) = browser.post("/en/office/tokens", &[("gate", "west-south"), ("days", "30")]).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let token = page.split("<code").nth(1).unwrap().split_once('>').unwrap().1.split('<').next().unwrap().to_owned();
    assert_eq!(with_token(&town, &token, "/api/me").await, StatusCode::OK);
    assert_eq!(with_token(&town, &format!("{token}x"), "/api/me").await, StatusCode::UNAUTHORIZED);
    let (_, page) = browser.get("/en/office/tokens").await;
    assert!(page.contains("K-1") && !page.contains(&token), "it is listed and not told again: {page}");
    assert_eq!(browser.post("/en/office/tokens/K-1/revoke", &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(with_token(&town, &token, "/api/me").await, StatusCode::UNAUTHORIZED);
    town.log_verifies();
}

#[tokio::test]
async fn an_officer_finds_passes_by_their_holder_and_only_those_they_may_see() {
    let town = Town::new().await;
    let (permit, holder) = town.pass().await;
    let details = town.park.details(holder).unwrap();
    let organisation = parties::organisation(&town.park.zone().parties, town.employer).unwrap().name.en.clone();
    let mut officer = town.browser("immigration-officer-hong-kong").await;
    officer.get("/en/office/passes").await;
    let name = format!("{} {}", details.given_name.to_lowercase(), details.family_name);
    for wanted in [
        permit.to_string(),
        holder.to_string().to_lowercase(),
        details.document_number.clone(),
        name.clone(),
        organisation,
    ] {
        let (status, to) = officer.post("/en/office/passes", &[("wanted", &wanted)]).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, &*format!("/en/office/passes/{permit}")), "{wanted}");
    }
    let (status, page) = officer.post("/en/office/passes", &[("wanted", "nobody of this name")]).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("There is no such pass that you may see"), "{page}");
    let mut auditor = town.browser("auditor-hong-kong").await;
    auditor.get("/en/office/passes").await;
    assert_eq!(auditor.post("/en/office/passes", &[("wanted", &name)]).await.0, StatusCode::NOT_FOUND);
}

/// What the API says to the bearer of a token.
async fn with_token(town: &Town, token: &str, path: &str) -> StatusCode {
    let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
    town.service.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status()
}
