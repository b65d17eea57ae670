//! Given a clerk with a draft about somebody new, when it is sent, then its files are under that person's key.

use crate::{SentFile, WorkError};
use base::Key;
use serde_json::{Value, json};
use std::path::Path;

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";

fn key(text: &str) -> Key {
    Key::new(text).unwrap()
}

fn objects(data: &Path) -> usize {
    std::fs::read_dir(data.join("objects")).unwrap().count()
}

fn commuter() -> Value {
    json!({
        "family-name": "王", "given-name": "丙", "latin-name": "WANG BING",
        "document-kind": "exit-entry-permit", "document-number": "CA0000001", "document-expires": "2030-01-31",
        "birth-date": "1990-02-28", "nationality": "CHN", "email": "bing@example.org", "mobile": "+8619900000101",
        "home-bank": "north",
    })
}

/// The zone as it is, but that a commuter's licence goes with the application, one of them as an answer.
fn with_documents(folder: &Path) {
    let zone = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao");
    let mut open = vec![zone.clone()];
    while let Some(from) = open.pop() {
        let to = folder.join(from.strip_prefix(&zone).unwrap());
        std::fs::create_dir_all(&to).unwrap();
        for entry in std::fs::read_dir(&from).unwrap().map(|entry| entry.unwrap()) {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
    }
    let file = folder.join("services/commuter-pass.toml");
    let text = "{ zh-Hant = \"Letter\", zh-Hans = \"Letter\", en = \"Letter\" }";
    let document = format!("[[document]]\nkey = \"letter\"\nname = {text}\nformats = [\"pdf\"]\n\n[[consent]]");
    let field = format!(
        "[[form.field]]\nkey = \"letter-of-employer\"\nlabel = {text}\nkind = \"file\"\ndocument = \"letter\"\nrequired = true\n\n[[form.field]]"
    );
    let service = std::fs::read_to_string(&file).unwrap();
    let service = service.replacen("[[consent]]", &document, 1).replacen("[[form.field]]", &field, 1);
    std::fs::write(file, service).unwrap();
}

async fn open(zone: &Path, data: &Path) -> (crate::Park, std::thread::JoinHandle<()>) {
    let (zone, data) = (zone.to_owned(), data.to_owned());
    tokio::task::spawn_blocking(move || super::open_zone(zone, Some(&data), super::clock())).await.unwrap()
}

#[tokio::test]
async fn a_file_that_the_service_asks_for_no_longer_keeps_no_draft_from_being_sent() {
    let folder = tempfile::tempdir().unwrap();
    let (zone, data) = (folder.path().join("zone"), folder.path().join("data"));
    with_documents(&zone);
    std::fs::create_dir_all(&data).unwrap();
    let (park, writer) = open(&zone, &data).await;
    let (_, actor) = super::employer(&park, "One").await;
    let draft = park.begin_draft(&actor, &key("commuter-pass"), None).await.unwrap();
    park.fill_in(&actor, &draft.id, &commuter()).unwrap();
    let sent = SentFile { name: "letter.pdf".to_owned(), bytes: PDF.to_vec() };
    park.attach_to_draft(&actor, &draft.id, &key("letter"), sent).await.unwrap();
    drop(park);
    tokio::task::spawn_blocking(move || writer.join().unwrap()).await.unwrap();
    let now = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao/services/commuter-pass.toml");
    std::fs::copy(now, zone.join("services/commuter-pass.toml")).unwrap();
    let (park, _writer) = open(&zone, &data).await;
    let sent = park.submit_draft(&actor, &draft.id, draft.content.version, None).await.unwrap();
    assert!(cases::attachments(&park.zone().cases, sent.case).is_empty());
    assert_eq!(objects(&data), 0, "nor is it kept");
}

#[tokio::test]
async fn files_of_an_application_for_somebody_new_are_theirs_and_no_longer_the_clerks() {
    let folder = tempfile::tempdir().unwrap();
    with_documents(&folder.path().join("zone"));
    let (zone, data) = (folder.path().join("zone"), folder.path().join("data"));
    std::fs::create_dir_all(&data).unwrap();
    let (park, _writer) = open(&zone, &data).await;
    let (_, actor) = super::employer(&park, "One").await;
    let service = key("commuter-pass");
    let draft = park.begin_draft(&actor, &service, None).await.unwrap();
    park.fill_in(&actor, &draft.id, &commuter()).unwrap();
    let refused = park.submit_draft(&actor, &draft.id, draft.content.version, None).await;
    assert!(
        matches!(&refused, Err(WorkError::Form(faults)) if &*faults[0].field == "letter-of-employer"),
        "{refused:?}"
    );
    let sent = SentFile { name: "letter.pdf".to_owned(), bytes: PDF.to_vec() };
    let draft = park.attach_to_draft(&actor, &draft.id, &key("letter"), sent).await.unwrap();
    let before = draft.content.files[0].file.clone();
    let sent = park.submit_draft(&actor, &draft.id, draft.content.version, None).await.unwrap();
    assert!(sent.about_somebody_new);
    let zone = park.zone();
    let subject =
        &parties::person(&zone.parties, cases::case(&zone.cases, sent.case).unwrap().subject).unwrap().subject;
    let [file] = cases::attachments(&zone.cases, sent.case) else { panic!("one file") };
    assert_eq!((&file.name.of, file.file == before), (subject, false));
    let sealed = park.blobs.get(&file.file).await.unwrap();
    assert_eq!(&sealed.of, subject);
    assert_eq!(&park.vault.open_sealed(&sealed, desk::context::ATTACHMENT).unwrap()[..], PDF);
    assert_eq!(objects(&data), 1, "the clerk's copy has gone");
    let answers = park.answers_for(&actor, sent.case).unwrap().answers.unwrap();
    assert_eq!(answers["letter-of-employer"], json!([&*file.file]));
}
