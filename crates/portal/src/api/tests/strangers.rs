//! Programs that try what is not theirs: tokens of the wrong organisation, office or person, and two officers at once.

use super::journey::{applied, passed, submitted};
use super::{Answer, Program, key};
use crate::tests::town::Town;
use base::Actor;
use serde_json::{Value, json};

#[track_caller]
fn forbidden(who: &str, answer: &Answer) {
    assert_eq!(answer.status.as_u16(), 403, "{who}: {}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organisations_clerk_gets_at_nothing_of_this_one() {
    let town = Town::new().await;
    let clerk = Program::persona(&town, "clerk-hong-kong").await;
    let template = rosters::template(base::Language::En).replacen("19", "29", 1);
    let rosters = format!("/api/organisations/{}/rosters?service=commuter-pass", town.employer);
    let roster = clerk.send_as(&rosters, "text/csv", template.clone().into_bytes()).await.good();
    let (roster, line) = (roster["roster"].as_str().unwrap(), roster["faulty"][0]["line"].as_u64().unwrap());
    let (case, _, person) = submitted(&town).await;
    let (permit, _) = passed(&town).await;

    let kingfisher = town.clerk_of_another().await;
    let own = kingfisher.clone();
    let Actor::Clerk { person: clerk_of_another, organisation } = &own else { panic!("{own}") };
    let this_employers = Actor::Clerk { person: *clerk_of_another, organisation: town.employer };
    let size = town.park.desk.log().size();
    // As what they are, and as what a token of theirs might claim, which is good for nothing.
    for (actor, status) in [(kingfisher, 403), (this_employers, 401)] {
        let other = Program::of(&town, actor.clone());
        let forbidden =
            |what: &str, answer: &Answer| assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.text);
        for path in [
            format!("/api/cases/{case}"),
            format!("/api/cases/{case}/history"),
            format!("/api/permits/{permit}"),
            format!("/api/persons/{person}"),
            format!("/api/rosters/{roster}"),
        ] {
            forbidden(&format!("{actor} reads {path}"), &other.get(&path).await);
        }
        let nothing = json!({});
        let mine = json!({ "service": "commuter-pass", "form": {}, "person": person });
        for (path, body) in [
            (format!("/api/cases/{case}/withdraw"), &nothing),
            (format!("/api/cases/{case}/submit"), &nothing),
            (format!("/api/persons/{person}/invitations"), &nothing),
            (format!("/api/rosters/{roster}/rows/{line}"), &json!({ "changes": { "email": "mine@example.org" } })),
            (format!("/api/permits/{permit}/resume"), &nothing),
            (format!("/api/organisations/{}/clerks", town.employer), &json!({ "person": clerk_of_another })),
        ] {
            let answer = other.post(&path, body).await;
            forbidden(&format!("{actor} posts to {path}"), &answer);
        }
        forbidden(
            &format!("{actor} uploads"),
            &other.send_as(&rosters, "text/csv", template.clone().into_bytes()).await,
        );
        assert!(other.post("/api/applications", &mine).await.status.is_client_error());
        let listed = other.get("/api/cases").await;
        assert!(!listed.text.contains(&case), "{actor} lists {}", listed.text);
    }
    assert_eq!(town.park.desk.log().size(), size, "nothing was recorded: {organisation}");
    town.log_verifies();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_does_not_decide_for_the_other_bank_for_their_employer_or_after_being_relieved() {
    let town = Town::new().await;
    let (case, _, _) = submitted(&town).await;
    let approve = json!({ "verdict": "approved", "reason": "in order" });
    let decide = |leg: &str| format!("/api/cases/{case}/legs/{leg}/decision");
    let north = Program::persona(&town, "inspection-officer-shenzhen").await;
    let of_employer = town.officer_of_the_employer().await;
    let stranger = town.clerk_of_another().await;
    let Actor::Clerk { person, .. } = stranger else { panic!("{stranger}") };
    for (who, program, leg, status, rule) in [
        ("the other bank", &north, "hong-kong", 403, "leg-must-be-of-the-officers-bank"),
        (
            "of the employer",
            &Program::of(&town, of_employer),
            "hong-kong",
            403,
            "officer-must-not-be-of-the-organisation",
        ),
        // A capacity that the token claims and the zone does not know.
        (
            "of no such office",
            &Program::of(&town, Actor::Officer { person, office: key("sz-exit-entry") }),
            "shenzhen",
            401,
            "token-not-good",
        ),
    ] {
        let problem = program.post(&decide(leg), &approve).await.json();
        assert_eq!(problem["code"], rule, "{who}: {problem}");
        assert_eq!(problem["status"], status, "{who}");
    }
    town.log_verifies();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_declares_confirms_and_collects_for_nobody_else() {
    let town = Town::new().await;
    let (permit, holder) = passed(&town).await;
    let (case, stranger) = applied(&town).await;
    let other = Program::of(&town, Actor::Person { person: stranger });
    let person = holder.get(&format!("/api/permits/{permit}")).await.good()["holder"].as_str().unwrap().to_owned();
    let size = town.park.desk.log().size();
    let document = json!({ "kind": "passport", "number": "K01234567", "expires": "2031-05-04" });
    let consent = json!({ "consent": "hong-kong-clearance", "version": 1 });
    for (path, body) in [
        (format!("/api/persons/{person}/document"), &document),
        (format!("/api/persons/{person}/consents"), &consent),
        (format!("/api/persons/{person}/language"), &json!({ "language": "en" })),
        (format!("/api/persons/{person}/invitations"), &json!({})),
        (format!("/api/permits/{permit}/suspend"), &json!({ "reason": "holder-request" })),
    ] {
        forbidden(&path, &other.post(&path, body).await);
    }
    forbidden("withdrawing", &other.delete(&format!("/api/persons/{person}/consents/hong-kong-clearance")).await);
    let device = credentials::HolderKey::from_pkcs8(&credentials::HolderKey::generate().unwrap()).unwrap();
    let key = json!({ "holder_key": device.public_jwk() });
    forbidden("collecting", &other.post(&format!("/api/permits/{permit}/holder-keys"), &key).await);
    forbidden("submitting", &holder.post(&format!("/api/cases/{case}/submit"), &json!({})).await);
    assert_eq!(town.park.desk.log().size(), size, "nothing was recorded");
    town.log_verifies();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_the_platform_states_and_a_number_that_is_none_are_refused_in_their_place() {
    let town = Town::new().await;
    let (permit, holder) = passed(&town).await;
    let officer = Program::persona(&town, "immigration-officer-hong-kong").await;
    for (action, reason) in [("suspend", "consent-withdrawn"), ("revoke", "case-decided")] {
        let answer = officer.post(&format!("/api/permits/{permit}/{action}"), &json!({ "reason": reason })).await;
        answer.problem(409, "reason-must-be-the-actors-to-give");
    }
    let more = json!({ "reason": "lost", "by": "P-1" });
    let problem = officer.post(&format!("/api/permits/{permit}/suspend"), &more).await.problem(400, "body");
    assert_eq!(
        (&problem["errors"][0]["code"], &problem["errors"][0]["pointer"]),
        (&json!("unknown-field"), &json!("/by"))
    );
    let person = holder.get(&format!("/api/permits/{permit}")).await.good()["holder"].as_str().unwrap().to_owned();
    for (kind, number, code) in [
        ("hong-kong-identity-card", "A123456(4)", "hong-kong-identity-card-check-digit"),
        ("mainland-identity-card", "110105194912310021", "mainland-identity-card-check-digit"),
        ("passport", "", "passport-shape"),
        ("library-card", "1", "document-kind-unknown"),
    ] {
        let document = json!({ "kind": kind, "number": number, "expires": "2031-05-04" });
        holder.post(&format!("/api/persons/{person}/document"), &document).await.problem(422, code);
    }
    town.log_verifies();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_officers_who_decide_at_the_same_time_one_wins_and_the_other_is_told_by_whom_and_when() {
    let town = Town::new().await;
    for _ in 0..5 {
        let (case, _, _) = submitted(&town).await;
        let one = Program::persona(&town, "immigration-officer-hong-kong").await;
        let other = Program::persona(&town, "supervisor-shenzhen").await;
        let path = format!("/api/cases/{case}/legs/hong-kong/decision");
        let (yes, no) =
            (json!({ "verdict": "approved", "reason": "yes" }), json!({ "verdict": "refused", "reason": "no" }));
        let (first, second) = tokio::join!(one.post(&path, &yes), other.post(&path, &no));
        let (won, lost) = if first.status.is_success() { (&one, second) } else { (&other, first) };
        let problem = lost.problem(409, "leg-must-be-undecided");
        let winner: Value = won.get("/api/me").await.good();
        let person = winner["actor"].as_str().unwrap().split(':').nth(1).unwrap().to_owned();
        let told = problem["detail"].as_str().unwrap();
        assert!(told.contains(&person) && told.contains("2026-11-23"), "{told}");
        let history = won.get(&format!("/api/cases/{case}/history")).await.good();
        let decided = history.as_array().unwrap().iter().filter(|item| item["event"] == "leg_decided").count();
        assert_eq!(decided, 1, "{history}");
    }
    town.log_verifies();
}
