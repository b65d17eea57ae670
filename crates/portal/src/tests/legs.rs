//! Conversations about legs that ask for more than one officer's word: work handed on, second officers, fees, signatures,
//! appointments, panels.

use super::drafts::pdf;
use super::town::{Browser, Town};
use axum::http::StatusCode;
use base::{Actor, CaseId, Key, PersonId};
use cases::{About, Attachment, Command, Disclosed, LegState};
use park::SentFile;

const SOUTH: &str = "immigration-officer-hong-kong";
const COLLEAGUE: &str = "supervisor-shenzhen";

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

fn clerk(town: &Town) -> PersonId {
    let zone = town.park.zone();
    let known = zone.parties.persons.iter().find(|(_, person)| person.clerk_of == Some(town.employer));
    *known.unwrap().0
}

/// A page for each document that the service requires.
pub(super) async fn documents(town: &Town, service: &str, person: PersonId) -> Vec<Attachment> {
    let mut kept = Vec::new();
    let service = town.park.profile.service(&key(service)).unwrap();
    for asked in service.uploads().filter(|asked| asked.required) {
        let sent = SentFile { name: "synthetic.pdf".to_owned(), bytes: pdf() };
        kept.push(town.park.keep_attachment(person, asked, sent).await.unwrap());
    }
    kept
}

/// What the employer's clerk applies for with the documents that it requires, the form left out.
pub(crate) async fn opened(town: &Town, service: &str, disclosed: Disclosed) -> CaseId {
    let (person, organisation) = (clerk(town), town.employer);
    let about = About::Organisation(organisation);
    let organisation = Some(organisation);
    let actor = Actor::Clerk { person, organisation: town.employer };
    let attachments = documents(town, service, person).await;
    let open = Command::Open {
        service: key(service),
        organisation,
        about,
        answers: None,
        requested_day: None,
        disclosed,
        attachments,
    };
    town.park.desk.command(actor, town.park.now(), open).await.unwrap();
    *town.park.zone().cases.cases.get_max().map(|(id, _)| id).unwrap()
}

fn leg(town: &Town, case: CaseId, leg: &str) -> cases::Leg {
    let zone = town.park.zone();
    let known = cases::case(&zone.cases, case).unwrap();
    known.legs.iter().find(|known| known.key.as_str() == leg).unwrap().clone()
}

async fn act(
    officer: &mut Browser,
    case: CaseId,
    leg: &str,
    act: &str,
    fields: &[(&str, &str)],
) -> (StatusCode, String) {
    officer.get(&format!("/en/office/cases/{case}")).await;
    officer.post(&format!("/en/office/cases/{case}/legs/{leg}/work/{act}"), fields).await
}

#[tokio::test]
async fn an_officer_hands_a_leg_on_with_a_note_that_stays_within_the_office() {
    let town = Town::new().await;
    let case = town.applied().await;
    let person = town.submit(case).await;
    let (mut first, mut second) = (town.browser(SOUTH).await, town.browser(COLLEAGUE).await);
    first.get("/en/office").await;
    second.get("/en/office").await;
    let take = format!("/en/office/cases/{case}/legs/hong-kong/take");
    assert_eq!(first.post(&take, &[("take", "yes")]).await.0, StatusCode::SEE_OTHER);
    let (_, page) = second.get(&format!("/en/office/cases/{case}")).await;
    assert!(page.contains("leg-is-a-colleagues"), "{page}");
    assert_eq!(second.post(&take, &[("take", "yes")]).await.0, StatusCode::FORBIDDEN);
    let zone = town.park.zone();
    let colleague = parties::officers_of(&zone.parties, &key("hk-immigration")).nth(1).unwrap().to_string();
    let (status, page) = act(&mut first, case, "hong-kong", "hand-on", &[("to", ""), ("note", "please")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("please"), "nothing is lost of what was typed: {page}");
    let handed = act(&mut first, case, "hong-kong", "hand-on", &[("to", &colleague), ("note", "you know them")]).await;
    assert_eq!(handed.0, StatusCode::SEE_OTHER, "{}", handed.1);
    let (_, page) = second.get(&format!("/en/office/cases/{case}")).await;
    assert!(page.contains("you know them") && page.contains("You have taken"), "{page}");
    for mut reader in
        [town.browser("inspection-officer-shenzhen").await, town.browser_of(Actor::Person { person }).await]
    {
        for path in [format!("/en/office/cases/{case}"), format!("/en/me/cases/{case}")] {
            let (_, page) = reader.get(&path).await;
            assert!(!page.contains("you know them") && !page.contains("Handed on"), "{page}");
        }
    }
    town.log_verifies();
}

#[tokio::test]
async fn a_fee_is_confirmed_as_it_came_in_and_an_undertaking_signed_as_it_stands() {
    let town = Town::new().await;
    let choices = [(key("subject"), key("electronics"))].into();
    let case = opened(&town, "testing-request", Disclosed { choices, ..Disclosed::default() }).await;
    let mut applicant = town.browser_of(Actor::Person { person: clerk(&town) }).await;
    let own = format!("/en/me/cases/{case}");
    let (_, page) = applicant.get(&own).await;
    let reference =
        cases::payment_reference(case, &cases::case(&town.park.zone().cases, case).unwrap().legs, &key("fee"));
    assert!(page.contains("HKD 2,500.00") && page.contains(&reference), "{page}");
    // What happens next is what this service says, and who has to do it.
    let next = page.split_once("What happens next").unwrap().1.split("</section>").next().unwrap();
    assert!(next.contains("the other side recognises its decision") && !next.contains("when one refuses"), "{next}");
    assert!(next.contains("To be paid") && next.contains("To be signed"), "{next}");
    let mut cashier = town.officer_of("hk-accreditation").await;
    let wrong = [("amount", "2,050.00"), ("currency", "HKD"), ("receipt", "FPS-7")];
    let (status, page) = act(&mut cashier, case, "fee", "payment", &wrong).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("HKD 2,500.00") && page.contains("HKD 2,050.00") && page.contains("FPS-7"), "{page}");
    let (status, page) = act(&mut cashier, case, "fee", "payment", &[("amount", "a lot"), ("currency", "HKD")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("field-amount-error") && page.contains("field-receipt-error"), "{page}");
    let right = [("amount", "2,500.00"), ("currency", "HKD"), ("receipt", "FPS-7")];
    assert_eq!(act(&mut cashier, case, "fee", "payment", &right).await.0, StatusCode::SEE_OTHER);
    let (_, page) = applicant.get(&own).await;
    assert!(page.contains("Fee received") && page.contains("I have read the undertaking"), "{page}");
    let sign = format!("{own}/legs/undertaking/work/sign");
    let hash = page.split_once("name=\"sha256\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    assert_eq!(
        applicant.post(&sign, &[("version", "1"), ("sha256", hash.as_str())]).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let other = "0".repeat(64);
    let edited = [("version", "1"), ("sha256", other.as_str()), ("agree", "yes")];
    assert_eq!(applicant.post(&sign, &edited).await.0, StatusCode::CONFLICT, "not the text that stands");
    let mut stranger = town.browser_of(town.clerk_of_another().await).await;
    stranger.get("/en/me").await;
    let signed = [("version", "1"), ("sha256", hash.as_str()), ("agree", "yes")];
    assert_eq!(stranger.post(&sign, &signed).await.0, StatusCode::FORBIDDEN);
    applicant.get(&own).await;
    assert_eq!(applicant.post(&sign, &signed).await.0, StatusCode::SEE_OTHER);
    assert_eq!(leg(&town, case, "undertaking").signing().unwrap().signed.as_ref().unwrap().text.as_ref(), hash);
    assert_eq!(leg(&town, case, "hong-kong").state, LegState::Open, "its turn has come");
    town.log_verifies();
}

#[tokio::test]
async fn an_office_offers_times_and_the_applicant_chooses_one() {
    let town = Town::new().await;
    let mut resident = town.leaver_named("Lam", "Ting").await;
    let zone = town.park.zone();
    let person = *zone.parties.persons.get_max().map(|(id, _)| id).unwrap();
    drop(zone);
    let open = Command::Open {
        service: key("talent-apartment"),
        organisation: None,
        about: About::Person(person),
        answers: None,
        requested_day: None,
        disclosed: Disclosed::default(),
        attachments: documents(&town, "talent-apartment", person).await,
    };
    town.park.desk.command(Actor::Person { person }, town.park.now(), open).await.unwrap();
    let case = *town.park.zone().cases.cases.get_max().map(|(id, _)| id).unwrap();
    let mut officer = town.officer_of("hk-park-company").await;
    officer.get("/en/office").await;
    let decide = format!("/en/office/cases/{case}/legs/letting/decide");
    assert_eq!(officer.post(&decide, &[("verdict", "approved"), ("reason", "flat 8A")]).await.0, StatusCode::SEE_OTHER);
    let own = format!("/en/me/cases/{case}");
    assert!(resident.get(&own).await.1.contains("no free times"), "none are offered yet");
    let day = [("day-day", "26"), ("day-month", "11"), ("day-year", "2026")];
    let times = [("from", "10:00"), ("count", "2"), ("minutes", "30"), ("places", "1")];
    let (status, page) = officer.post("/en/office/appointments", &[&day[..], &[("from", "ten")]].concat()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("field-from-error") && page.contains("field-places-error"), "{page}");
    let (status, page) = officer.post("/en/office/appointments", &[&day[..], &times[..]].concat()).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = resident.get(&own).await;
    assert!(page.contains("26 November 2026, 10:00") && page.contains("26 November 2026, 10:30"), "{page}");
    let book = format!("{own}/legs/viewing/work/book");
    assert_eq!(resident.post(&book, &[]).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, page) = resident.post(&book, &[("at", "2026-11-26T02:00:00.000Z")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = resident.get(&own).await;
    assert!(page.contains("Your appointment") && page.contains("Building 8"), "{page}");
    let (_, page) = officer.get("/en/office/appointments").await;
    assert!(page.contains(&format!("/en/office/cases/{case}")), "{page}");
    let early = act(&mut officer, case, "viewing", "attendance", &[("came", "yes")]).await;
    assert_eq!(early.0, StatusCode::CONFLICT, "it has not begun");
    let take_back = officer.post("/en/office/appointments/withdraw", &[("at", "2026-11-26T02:00:00.000Z")]).await;
    assert_eq!(take_back.0, StatusCode::CONFLICT, "somebody has chosen it");
    town.log_verifies();
}

#[tokio::test]
async fn a_second_officer_confirms_and_a_panel_votes_without_seeing_each_other_s_scores_first() {
    let town = Town::new().await;
    let disclosed = Disclosed { balance: Some(600_000_000), ..Disclosed::default() };
    let case = opened(&town, "co-investment", disclosed).await;
    let (mut first, mut second) = (town.officer_of("hk-innovation").await, town.officer_of("hk-innovation").await);
    first.get("/en/office").await;
    let decide = format!("/en/office/cases/{case}/legs/science/decide");
    assert_eq!(first.post(&decide, &[("verdict", "approved"), ("reason", "sound")]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(leg(&town, case, "science").state, LegState::Open);
    let own = act(&mut first, case, "science", "confirm", &[]).await;
    assert_eq!(own.0, StatusCode::FORBIDDEN);
    assert!(own.1.contains("a second officer has to look at it"), "{}", own.1);
    let mut applicant = town.browser_of(Actor::Person { person: clerk(&town) }).await;
    let (_, page) = applicant.get(&format!("/en/me/cases/{case}")).await;
    assert!(!page.contains("sound") && !page.contains("proposed"), "nothing is told before it is decided: {page}");
    let (_, page) = second.get(&format!("/en/office/cases/{case}")).await;
    assert!(page.contains("A proposal waits for a second officer") && page.contains("sound"), "{page}");
    assert_eq!(act(&mut second, case, "science", "confirm", &[]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(leg(&town, case, "science").state, LegState::Approved);

    let ballot = |scores: [&'static str; 4]| {
        let [team, technology, market, terms] = scores;
        [
            ("score-team", team),
            ("score-technology", technology),
            ("score-market", market),
            ("score-terms", terms),
            ("ballot", "scores"),
        ]
    };
    let (mut one, mut other) = (town.officer_of("hk-investment").await, town.officer_of("hk-investment").await);
    let (status, page) = act(&mut one, case, "panel", "ballot", &ballot(["7", "eleven", "6", "5"])).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("field-score-technology-error"), "{page}");
    let (status, page) = act(
        &mut one,
        case,
        "panel",
        "ballot",
        &[&ballot(["7", "9", "6", "5"])[..], &[("comment", "strong patents")]].concat(),
    )
    .await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = other.get(&format!("/en/office/cases/{case}")).await;
    assert!(page.contains("you see how once you have voted"), "{page}");
    assert!(!page.contains("strong patents") && !page.contains("Scores: 7"), "{page}");
    assert_eq!(act(&mut other, case, "panel", "ballot", &ballot(["6", "6", "6", "6"])).await.0, StatusCode::SEE_OTHER);
    let (_, page) = other.get(&format!("/en/office/cases/{case}")).await;
    assert!(page.contains("strong patents") && page.contains("7 · 9 · 6 · 5"), "{page}");
    let again = act(&mut other, case, "panel", "ballot", &ballot(["9", "9", "9", "9"])).await;
    assert_eq!(again.0, StatusCode::CONFLICT);
    let (_, page) = applicant.get(&format!("/en/me/cases/{case}")).await;
    assert!(!page.contains("strong patents") && !page.contains("voted"), "{page}");
    town.log_verifies();
}

#[tokio::test]
async fn an_officer_says_when_they_are_away_and_the_queue_says_so() {
    let town = Town::new().await;
    let mut officer = town.browser(SOUTH).await;
    officer.get("/en/office/away").await;
    let zone = town.park.zone();
    let officers: Vec<String> =
        parties::officers_of(&zone.parties, &key("hk-immigration")).map(|person| person.to_string()).collect();
    let [me, colleague] = officers.as_slice() else { panic!("{officers:?}") };
    let from = [("from-day", "23"), ("from-month", "11"), ("from-year", "2026")];
    let until = [("until-day", "25"), ("until-month", "11"), ("until-year", "2026")];
    let who = [("person", me.as_str()), ("deputy", colleague.as_str())];
    let (status, page) = officer.post("/en/office/away", &[&from[..], &who[..]].concat()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{page}");
    let all = [&from[..], &until[..], &who[..]].concat();
    let (status, page) = officer.post("/en/office/away", &all).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (status, page) = officer.post("/en/office/away", &all).await;
    assert_eq!(status, StatusCode::CONFLICT, "the same days again: {page}");
    assert!(officer.get("/en/office").await.1.contains("You have said that you are away until 25 November 2026"));
    let theirs = [("person", colleague.as_str()), ("deputy", me.as_str())];
    let (status, _) = officer.post("/en/office/away", &[&from[..], &until[..], &theirs[..]].concat()).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "only the head says it for a colleague");
    let back = [("person", me.as_str()), ("from", "2026-11-23")];
    assert_eq!(officer.post("/en/office/away/end", &back).await.0, StatusCode::SEE_OTHER);
    assert!(!officer.get("/en/office").await.1.contains("You have said that you are away"));
    town.log_verifies();
}

#[tokio::test]
async fn an_officer_taken_off_the_office_while_the_page_is_open_is_refused() {
    let town = Town::new().await;
    let case = town.applied().await;
    town.submit(case).await;
    let mut officer = town.browser(SOUTH).await;
    officer.get(&format!("/en/office/cases/{case}")).await;
    let person = parties::officers_of(&town.park.zone().parties, &key("hk-immigration")).next().unwrap();
    let relieve = parties::Command::RelieveOfficer { person, office: key("hk-immigration") };
    town.park.desk.command(Actor::System, town.park.now(), relieve).await.unwrap();
    let decide = format!("/en/office/cases/{case}/legs/hong-kong/decide");
    let (status, _) = officer.post(&decide, &[("verdict", "approved"), ("reason", "in time?")]).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(leg(&town, case, "hong-kong").state, LegState::Open);
    town.log_verifies();
}
