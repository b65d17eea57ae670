//! Conversations over questions whose answer is a file.

use super::drafts::{begun, pdf, sent};
use super::town::{Browser, Town};
use axum::http::StatusCode;

const TRANSFER: &str = "/en/employer/apply/research-data-transfer";
const FORM: &[(&str, &str)] = &[
    ("title", "Organoids on chips"),
    ("field", "life-health"),
    ("class", "general"),
    ("people-data", "none"),
    ("route", "area-contract"),
    ("volume", "12"),
    ("provider-name", "Synthetic Hospital"),
    ("provider-credit-code", "91350100M000100Y43"),
    ("use", "Training of a model that tells from a picture how long the tissue on a chip will live."),
    ("environment", "park-enclave"),
    ("users", "4"),
    ("method", "point-to-point"),
    ("purge-by-year", "2028"),
    ("purge-by-month", "4"),
    ("purge-by-day", "1"),
    ("stays", "on"),
    ("contact-name", "Kap"),
    ("contact-email", "kap@heron.example"),
];

async fn upload(clerk: &mut Browser, draft: &str, document: &str, file: &[u8]) -> (StatusCode, String) {
    clerk.upload_named(&format!("{draft}/documents/{document}"), &format!("{document}.pdf"), file, &[]).await
}

#[tokio::test]
async fn a_file_is_asked_for_at_its_question_and_nothing_typed_is_lost_on_the_way_there() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let draft = begun(&mut clerk, TRANSFER).await;
    let form = format!("{draft}/parts/form");
    let (_, tasks) = clerk.get(&draft).await;
    assert!(
        tasks.contains("documents/classification") && !tasks.contains("documents/contract"),
        "asked twice: {tasks}"
    );
    let (status, page) = clerk.post(&form, FORM).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("id=\"field-area-contract-error\"") && page.contains("href=\"#field-area-contract\""),
        "{page}"
    );
    let leaving = [("title", "Half a title"), ("files", "contract")];
    let (status, to) = clerk.post(&form, &leaving).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, format!("{draft}/documents/contract").as_str()));
    let (status, refused) = upload(&mut clerk, &draft, "contract", b"MZ a program").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.contains("field-file-error") && refused.contains("parts/form?from=files#field-area-contract"),
        "{refused}"
    );
    let (status, _) = upload(&mut clerk, &draft, "contract", &pdf()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = clerk.get(&format!("{form}?from=files")).await;
    assert!(page.contains("Half a title") && page.contains("contract.pdf"), "{page}");
    assert!(!page.contains("-error\""), "nobody said yet that the page is done: {page}");
    let (_, page) = clerk.get(&form).await;
    assert!(page.contains("field-users-error") && !page.contains("field-area-contract-error"), "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn whoever_checks_the_answers_comes_back_to_them_from_the_files() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let draft = begun(&mut clerk, TRANSFER).await;
    let (_, review) = clerk.get(&format!("{draft}/review")).await;
    assert!(
        review.contains("parts/form?to=review") && review.contains("documents/classification?to=review"),
        "{review}"
    );
    let (_, to) = clerk.post(&format!("{draft}/parts/form?to=review"), &[("files", "contract")]).await;
    assert_eq!(to, format!("{draft}/documents/contract?to=review"));
    let (_, to) = upload(&mut clerk, &draft, "contract?to=review", &pdf()).await;
    assert_eq!(to, format!("{draft}/documents/contract?to=review"));
    let (_, page) = clerk.get(&to).await;
    assert!(page.contains("parts/form?from=files&amp;to=review#field-area-contract"), "{page}");
    let (_, page) = clerk.get(&format!("{draft}/parts/form?from=files&to=review")).await;
    assert!(page.contains("value=\"review\""), "{page}");
    let (_, page) = clerk.get(&format!("{draft}/documents/classification?to=review")).await;
    assert!(page.contains(&format!("{draft}/review\"")), "{page}");
}

#[tokio::test]
async fn the_files_of_a_question_are_among_the_answers_for_applicant_and_office() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let draft = begun(&mut clerk, TRANSFER).await;
    for document in ["classification", "impact-assessment", "contract"] {
        assert_eq!(upload(&mut clerk, &draft, document, &pdf()).await.0, StatusCode::SEE_OTHER);
    }
    let (status, page) = clerk.post(&format!("{draft}/parts/form"), FORM).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, review) = clerk.get(&format!("{draft}/review")).await;
    assert_eq!(review.matches("contract.pdf").count(), 1, "{review}");
    let case = sent(&mut clerk, &draft, "1").await;
    let files = cases::attachments(&town.park.zone().cases, case).to_vec();
    let contract = files.iter().find(|file| file.document.as_str() == "contract").unwrap();
    let link = format!("cases/{case}/files/{}\" download>contract.pdf", contract.file);
    let mut officer = town.officer_of("sz-innovation").await;
    for page in
        [clerk.get(&format!("/en/me/cases/{case}")).await.1, officer.get(&format!("/en/office/cases/{case}")).await.1]
    {
        // Once at its question, once in the list of all that was handed in.
        assert_eq!(page.matches(&link).count(), 2, "{page}");
    }
    town.log_verifies();
}
