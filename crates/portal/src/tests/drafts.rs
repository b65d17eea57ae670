//! Conversations over long applications: drafts, their documents, the review, and what the offices see of them.

use super::town::{Browser, Town};
use axum::http::StatusCode;
use base::CaseId;
use desk::Event;

const DEDUCTION: &str = "/en/employer/apply/research-deduction";
const COMPANY: &[(&str, &str)] = &[
    ("business-registration", "12345678"),
    ("tax-file", "22/12345678"),
    ("year", "2025-26"),
    ("basis-from-year", "2025"),
    ("basis-from-month", "4"),
    ("basis-from-day", "1"),
    ("basis-until-year", "2026"),
    ("basis-until-month", "3"),
    ("basis-until-day", "31"),
];
const PROJECT: &[(&str, &str)] = &[
    ("project-title", "Organoids on chips"),
    ("field", "life-health"),
    ("uncertainty", "Nobody could say beforehand whether the tissue would live for longer than nine days on a chip."),
    ("done-by", "own-staff"),
];
const SPENDING: &[(&str, &str)] = &[
    ("staff-cost", "2,500,000.00"),
    ("consumables-cost", "600,000.10"),
    ("institution-cost", "0"),
    ("grants", "100,000"),
];
const CONTACT: &[(&str, &str)] = &[
    ("true", "on"),
    ("contact-name", "Kap"),
    ("contact-email", "kap@heron.example"),
    ("contact-phone", "+852 5000 0101"),
];

pub(crate) fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n".to_vec()
}

/// The draft's address.
pub(super) async fn begun(browser: &mut Browser, apply: &str) -> String {
    let (status, page) = browser.get(apply).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let (status, to) = browser.post(apply, &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    to
}

async fn save(browser: &mut Browser, draft: &str, part: &str, fields: &[(&str, &str)]) {
    let (status, page) = browser.post(&format!("{draft}/parts/{part}"), fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{part}: {page}");
}

/// Everything filled in and uploaded.
async fn whole(clerk: &mut Browser) -> String {
    let draft = begun(clerk, DEDUCTION).await;
    for (part, fields) in [("company", COMPANY), ("project", PROJECT), ("spending", SPENDING), ("contact", CONTACT)] {
        save(clerk, &draft, part, fields).await;
    }
    for document in ["accounts", "schedule", "project-record"] {
        let path = format!("{draft}/documents/{document}");
        let (status, page) = clerk.upload_named(&path, &format!("{document}.pdf"), &pdf(), &[]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    }
    draft
}

/// Of this version of the service.
pub(super) async fn sent(clerk: &mut Browser, draft: &str, version: &str) -> CaseId {
    let (status, page) = clerk.get(&format!("{draft}/review")).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let (status, to) = clerk.post(&format!("{draft}/review"), &[("version", version)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let case = to.split(['/', '?']).find(|piece| piece.starts_with("C-")).unwrap_or_else(|| panic!("{to}"));
    case.parse().unwrap()
}

#[tokio::test]
async fn a_long_application_is_filled_in_part_by_part_looked_through_and_sent() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let draft = whole(&mut clerk).await;
    let (_, first) = clerk.get("/en/employer").await;
    assert!(first.contains(&draft), "the draft is on the clerk's first page");
    let (_, review) = clerk.get(&format!("{draft}/review")).await;
    // 2,500,000.00 + 600,000.10 − 100,000.00 = 3,000,000.10: 6,000,000.00 and 2,000,000.20.
    for line in ["3,000,000.10", "6,000,000.00", "2,000,000.20", "8,000,000.20", "Organoids on chips", "accounts.pdf"] {
        assert!(review.contains(line), "{line} in {review}");
    }
    let case = sent(&mut clerk, &draft, "2").await;
    assert_eq!(clerk.get(&draft).await.0, StatusCode::NOT_FOUND, "the draft has gone");
    assert_eq!(cases::attachments(&town.park.zone().cases, case).len(), 3);
    let (status, own) = clerk.get(&format!("/en/me/cases/{case}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(own.contains("8,000,000.20") && own.contains("schedule.pdf"), "{own}");
    town.log_verifies();
}

#[tokio::test]
async fn what_was_typed_is_kept_right_or_wrong_until_it_is_sent() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let draft = begun(&mut clerk, DEDUCTION).await;
    let company = format!("{draft}/parts/company");
    let (status, page) = clerk.post(&company, &[("tax-file", "no number"), ("year", "2025-26")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("id=\"field-tax-file-error\"") && page.contains("no number"), "{page}");
    let (status, to) = clerk.post(&company, &[("tax-file", "still none"), ("then", "later")]).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/en/employer?done=draft-saved"));
    // Another device.
    let mut clerk = town.browser("clerk-hong-kong").await;
    let (_, page) = clerk.get(&company).await;
    assert!(page.contains("still none"), "{page}");
    let (_, review) = clerk.get(&format!("{draft}/review")).await;
    assert!(review.contains("still none"));
    let (status, page) = clerk.post(&format!("{draft}/review"), &[("version", "2")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Upload “Accounts and tax computation of the year”."), "{page}");
    assert!(page.contains(&format!("{draft}/parts/company?to=review")), "each fault leads to where it is mended");
    assert_eq!(town.park.zone().cases.cases.len(), 0);
    town.log_verifies();
}

#[tokio::test]
async fn a_draft_is_its_writers_alone_and_can_be_thrown_away() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let draft = begun(&mut clerk, DEDUCTION).await;
    save(&mut clerk, &draft, "company", COMPANY).await;
    let mut stranger = town.browser_of(town.clerk_of_another().await).await;
    let mut officer = town.browser("immigration-officer-hong-kong").await;
    for other in [&mut stranger, &mut officer] {
        other.get("/en").await;
        for path in [draft.clone(), format!("{draft}/parts/company"), format!("{draft}/review")] {
            assert_eq!(other.get(&path).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(other.post(&format!("{draft}/discard"), &[]).await.0, StatusCode::NOT_FOUND);
    }
    assert_eq!(clerk.get(&format!("{draft}/discard")).await.0, StatusCode::OK);
    assert_eq!(clerk.post(&format!("{draft}/discard"), &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(clerk.get(&draft).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn hidden_fields_that_were_changed_and_fields_of_nobody_are_refused_by_name() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let draft = begun(&mut clerk, DEDUCTION).await;
    for stranger in ["approved", "staff-cost", "members/0/name", "company/region"] {
        let mut posted = COMPANY.to_vec();
        posted.push((stranger, "1"));
        let (status, page) = clerk.post(&format!("{draft}/parts/company"), &posted).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{stranger}");
        assert!(page.contains(stranger) && page.contains("22/12345678"), "{stranger} in {page}");
    }
    let (_, review) = clerk.get(&format!("{draft}/review")).await;
    assert!(!review.contains("22/12345678"), "nothing of it was kept");
    // An answer looked through under another version of the service is looked through again.
    let draft = whole(&mut clerk).await;
    let (status, page) = clerk.post(&format!("{draft}/review"), &[("version", "1")]).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("form has changed"), "{page}");
    // A one-page form says it of itself.
    clerk.get("/en/employer/apply/visitor-pass").await;
    let (status, page) = clerk.post("/en/employer/apply/visitor-pass", &[("decided", "yes")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("The form has no field “decided”."), "{page}");
}

#[tokio::test]
async fn files_that_lie_unfold_or_are_too_large_are_refused_at_the_field_and_the_draft_stays() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let draft = begun(&mut clerk, DEDUCTION).await;
    save(&mut clerk, &draft, "company", COMPANY).await;
    let path = format!("{draft}/documents/accounts");
    let mut long = pdf();
    long.splice(9..9, std::iter::repeat_n(b' ', 8 << 20));
    for (name, bytes, said) in [
        ("accounts.pdf", &b"MZ\x90\x00 a program"[..], "none of the formats that are taken"),
        ("accounts.xlsx", &pdf()[..], "it is a PDF file"),
        ("accounts.pdf", &b""[..], "Choose a file"),
        ("accounts.pdf", &long[..], "too large: 8 MB"),
    ] {
        let (status, page) = clerk.upload_named(&path, name, bytes, &[]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(page.contains("id=\"field-file-error\"") && page.contains(said), "{said} in {page}");
    }
    let body = vec![b'x'; 10 << 20];
    assert_eq!(clerk.upload_named(&path, "a.pdf", &body, &[]).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    let (_, page) = clerk.get(&format!("{draft}/parts/company")).await;
    assert!(page.contains("22/12345678"));
    // As many as there may be, and one taken out again.
    for name in ["one.pdf", "two.pdf"] {
        assert_eq!(clerk.upload_named(&path, name, &pdf(), &[]).await.0, StatusCode::SEE_OTHER);
    }
    assert_eq!(clerk.upload_named(&path, "three.pdf", &pdf(), &[]).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, page) = clerk.get(&path).await;
    let (_, rest) = page.split_once("name=\"file\" value=\"").unwrap();
    let file = rest.split('"').next().unwrap().to_owned();
    assert_eq!(clerk.get(&format!("{draft}/files/{file}")).await.0, StatusCode::OK);
    assert_eq!(clerk.post(&format!("{path}/remove"), &[("file", &file)]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(clerk.get(&format!("{draft}/files/{file}")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_office_of_the_case_reads_its_documents_and_leaves_a_trace_and_nobody_else_reads_them() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let draft = whole(&mut clerk).await;
    let case = sent(&mut clerk, &draft, "2").await;
    let file = cases::attachments(&town.park.zone().cases, case)[0].file.to_string();
    let path = format!("/en/cases/{case}/files/{file}");
    let mut science = town.officer_of("hk-innovation").await;
    let (_, page) = science.get(&format!("/en/office/cases/{case}")).await;
    assert!(page.contains(&path) && page.contains("accounts.pdf") && page.contains("8,000,000.20"), "{page}");
    let size = town.park.desk.log().size();
    let (status, content) = science.get(&path).await;
    assert_eq!((status, content.as_bytes()), (StatusCode::OK, &pdf()[..]));
    let event = desk::Envelope::decode(&town.park.desk.log().entry(size).unwrap().unwrap()).unwrap().event;
    assert!(matches!(event, Event::Cases(cases::Event::AttachmentRead { .. })), "{event:?}");
    assert_eq!(clerk.get(&path).await.0, StatusCode::OK, "its own documents");
    assert_eq!(town.park.desk.log().size(), size + 1, "of which nothing is recorded");
    let mut stranger = town.browser_of(town.clerk_of_another().await).await;
    let mut foreign = town.browser("inspection-officer-shenzhen").await;
    for other in [&mut stranger, &mut foreign] {
        assert_eq!(other.get(&path).await.0, StatusCode::FORBIDDEN);
    }
    // Something was forgotten, and is handed in later.
    let more = format!("/en/me/cases/{case}/files");
    let (status, to) = clerk.upload_named(&more, "later.pdf", &pdf(), &[("document", "schedule")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert_eq!(cases::attachments(&town.park.zone().cases, case).len(), 4);
    let (status, _) = stranger.upload_named(&more, "later.pdf", &pdf(), &[("document", "schedule")]).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    town.log_verifies();
}

#[tokio::test]
async fn answers_given_once_are_offered_again_to_the_same_person_and_to_nobody_else() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let draft = whole(&mut clerk).await;
    let case = sent(&mut clerk, &draft, "2").await;
    let draft = begun(&mut clerk, "/en/employer/apply/accelerator-grant").await;
    let contact = format!("{draft}/parts/contact");
    let (_, page) = clerk.get(&contact).await;
    assert!(page.contains("Use what you told us on 23 November 2026") && page.contains("kap@heron.example"), "{page}");
    let (status, _) = clerk.post(&format!("{contact}/earlier"), &[("case", &case.to_string())]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = clerk.get(&contact).await;
    assert!(page.contains("value=\"kap@heron.example\"") && page.contains("value=\"+85250000101\""), "{page}");
    assert!(!page.contains("Use what you told us on"), "there is nothing more to take over");
    let mut stranger = town.browser_of(town.clerk_of_another().await).await;
    let draft = begun(&mut stranger, "/en/employer/apply/accelerator-grant").await;
    let (_, page) = stranger.get(&format!("{draft}/parts/contact")).await;
    assert!(!page.contains("Use what you told us"), "{page}");
    let answer = stranger.post(&format!("{draft}/parts/contact/earlier"), &[("case", &case.to_string())]).await;
    assert_eq!(answer.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_grant_that_matches_is_no_more_than_its_share_of_what_is_put_in() {
    let town = Town::new().await;
    let mut clerk = town.browser("clerk-hong-kong").await;
    let draft = begun(&mut clerk, "/en/employer/apply/accelerator-grant").await;
    assert_eq!(clerk.get(&draft).await.1, format!("{draft}/parts/record"), "the first page that is open");
    let money = format!("{draft}/parts/money");
    let typed = |own: &'static str, grant: &'static str| {
        [("own-contribution", own), ("grant-amount", grant), ("equity", "none")]
    };
    let (status, page) = clerk.post(&money, &typed("10,000,000", "5,000,000.01")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("may be 5,000,000.00 at the most"), "{page}");
    let (status, page) = clerk.post(&money, &typed("70,000,000", "30,000,000.01")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("must be 30,000,000.00 or less"), "{page}");
    let (status, to) = clerk.post(&money, &typed("10,000,000", "5,000,000")).await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, format!("{draft}/parts/base")));
}
