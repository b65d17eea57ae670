//! Given a clerk with a draft, when the server starts again, time goes by or the person is erased, then this is left of it.

use super::Employers;
use crate::{DRAFT_DAYS, Draft, SentFile, WorkError};
use base::{Actor, Instant, Key};
use cases::About;
use serde_json::json;
use std::path::Path;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

fn key(text: &str) -> Key {
    Key::new(text).unwrap()
}

impl Employers {
    /// A draft with an answer and a file.
    async fn draft(&self) -> (Actor, Draft) {
        let (organisation, actor) = self.clerks[0].clone();
        let about = Some(About::Organisation(organisation));
        let draft = self.park.begin_draft(&actor, &key("research-deduction"), about).await.unwrap();
        self.park.fill_in(&actor, &draft.id, &json!({ "project-title": "Organoids" })).unwrap();
        let sent = SentFile { name: "accounts.pdf".to_owned(), bytes: PDF.to_vec() };
        let draft = self.park.attach_to_draft(&actor, &draft.id, &key("accounts"), sent).await.unwrap();
        (actor, draft)
    }
}

fn objects(data: &Path) -> usize {
    std::fs::read_dir(data.join("objects")).unwrap().count()
}

#[tokio::test]
async fn a_draft_and_its_files_are_there_after_a_restart_and_nothing_of_them_lies_open() {
    let data = tempfile::tempdir().unwrap();
    let employers = Employers::new(Some(data.path())).await;
    let (actor, draft) = employers.draft().await;
    let employers = employers.again(data.path()).await;
    let found = employers.park.draft(&actor, &draft.id).unwrap();
    assert_eq!(found.content, draft.content);
    let file = found.content.files[0].file.clone();
    let opened = employers.park.file_of_draft(&actor, &draft.id, &file, false).await.unwrap();
    assert_eq!((opened.bytes.as_slice(), opened.name.as_str()), (PDF, "accounts.pdf"));
    for name in std::fs::read_dir(data.path()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file())
    {
        let bytes = std::fs::read(&name).unwrap();
        let open = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
        assert!(!open(b"Organoids") && !open(b"accounts.pdf"), "{}", name.display());
    }
    let other = &employers.clerks[1].1;
    assert!(matches!(employers.park.draft(other, &draft.id), Err(WorkError::NotFound)));
    assert!(employers.park.drafts_of(other).unwrap().is_empty());
}

#[tokio::test]
async fn what_nobody_comes_back_to_goes_with_its_files_and_takes_no_key_along() {
    let data = tempfile::tempdir().unwrap();
    let employers = Employers::new(Some(data.path())).await;
    let (actor, draft) = employers.draft().await;
    assert_eq!(objects(data.path()), 1);
    assert_eq!(draft.kept_until, draft.changed_at.plus(DRAFT_DAYS * Instant::DAY));
    let past = employers.park.now().plus(-1);
    let end = |stored: &mut crate::drafts::Stored| {
        stored.kept_until = past;
        Ok(())
    };
    employers.park.drafts.change(&draft.id, end).unwrap();
    assert!(matches!(employers.park.draft(&actor, &draft.id), Err(WorkError::NotFound)), "it is over");
    assert_eq!(employers.park.forget_old_drafts().await.unwrap(), 1);
    assert_eq!(objects(data.path()), 0);
    // A file that nothing names is swept up, and the key of the person who sealed it stays.
    let (_, draft) = employers.draft().await;
    employers.park.drafts.remove(&draft.id).unwrap();
    let employers = employers.again(data.path()).await;
    assert_eq!(objects(data.path()), 0);
    employers.draft().await;
}

#[tokio::test]
async fn nobody_keeps_more_drafts_than_anybody_may_and_an_erased_writers_drafts_open_no_more() {
    let employers = Employers::new(None).await;
    let (actor, draft) = employers.draft().await;
    let about = Some(About::Organisation(employers.clerks[0].0));
    let service = key("research-deduction");
    for _ in 1..20 {
        employers.park.begin_draft(&actor, &service, about).await.unwrap();
    }
    let refused = employers.park.begin_draft(&actor, &service, about).await;
    assert!(matches!(refused, Err(WorkError::TooManyDrafts)), "{refused:?}");
    let long = "x".repeat(600_000);
    let refused = employers.park.fill_in(&actor, &draft.id, &json!({ "uncertainty": long }));
    assert!(matches!(refused, Err(WorkError::DraftTooLarge)), "{refused:?}");
    let zone = employers.park.zone();
    let subject = parties::person(&zone.parties, actor.person().unwrap()).unwrap().subject.clone();
    employers.park.vault.erase(&subject).unwrap();
    assert!(employers.park.draft(&actor, &draft.id).is_err());
    assert!(employers.park.drafts_of(&actor).unwrap().is_empty());
}
