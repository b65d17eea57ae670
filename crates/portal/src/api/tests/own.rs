//! A token is for one capacity: a program of an organisation or an office reaches nothing that is its bearer's own.

use super::journey::passed;
use super::{Program, key};
use crate::tests::town::Town;
use base::{Actor, PersonId};
use credentials::HolderKey;
use serde_json::{Value, json};

/// The holder of a pass, who is clerk of an organisation and officer besides: the programs of these two capacities.
async fn programs(town: &Town, person: PersonId) -> [Program; 2] {
    let Actor::Clerk { organisation, .. } = town.clerk_of_another().await else { panic!("a clerk") };
    let office = key("hk-data");
    let commands = [
        parties::Command::AppointClerk { person, organisation },
        parties::Command::AppointOfficer { person, office: office.clone() },
    ];
    for command in commands {
        town.park.desk.command(Actor::System, town.park.now(), command).await.unwrap();
    }
    [Actor::Clerk { person, organisation }, Actor::Officer { person, office }].map(|actor| Program::of(town, actor))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_for_another_capacity_reaches_nothing_that_is_its_bearer_s_own() {
    let town = Town::new().await;
    let (permit, holder) = passed(&town).await;
    let pass = holder.get(&format!("/api/permits/{permit}")).await.good();
    let person: PersonId = pass["holder"].as_str().unwrap().parse().unwrap();
    let case = holder.get("/api/messages").await.good()[0]["case"].as_str().unwrap().to_owned();
    let device = HolderKey::from_pkcs8(&HolderKey::generate().unwrap()).unwrap();
    let wrong: [(String, Option<Value>); 9] = [
        (format!("/api/permits/{permit}/holder-keys"), Some(json!({ "holder_key": device.public_jwk() }))),
        (format!("/api/persons/{person}/consents"), Some(json!({ "consent": "hong-kong-clearance", "version": 1 }))),
        (format!("/api/persons/{person}/language"), Some(json!({ "language": "en" }))),
        (format!("/api/persons/{person}/sign-out"), Some(json!({}))),
        ("/api/kiosk-codes".to_owned(), Some(json!({}))),
        ("/api/me/feeds".to_owned(), Some(json!({}))),
        ("/api/me/feeds".to_owned(), None),
        ("/api/me/pushes".to_owned(), None),
        ("/api/messages".to_owned(), None),
    ];
    let programs = programs(&town, person).await;
    let appointed = town.park.zone().size;
    for program in &programs {
        for (path, body) in &wrong {
            let answer = match body {
                Some(body) => program.post(path, body).await,
                None => program.get(path).await,
            };
            answer.problem(403, "wrong-capacity");
        }
        for path in [format!("/api/permits/{permit}"), format!("/api/persons/{person}"), format!("/api/cases/{case}")] {
            program.get(&path).await.problem(403, "nothing-permits");
        }
        program.post(&format!("/api/cases/{case}/withdraw"), &json!({})).await.problem(403, "nothing-permits");
    }
    assert_eq!(town.park.zone().size, appointed, "nothing came of it");
    // And the person's own program still may.
    let body = json!({ "holder_key": device.public_jwk() });
    holder.post(&format!("/api/permits/{permit}/holder-keys"), &body).await.good();
    holder.post("/api/kiosk-codes", &json!({})).await.good();
    town.log_verifies();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_let_in_no_more_when_its_bearer_is_relieved() {
    let town = Town::new().await;
    let (permit, holder) = passed(&town).await;
    let pass = holder.get(&format!("/api/permits/{permit}")).await.good();
    let person: PersonId = pass["holder"].as_str().unwrap().parse().unwrap();
    let programs = programs(&town, person).await;
    for program in &programs {
        program.get("/api/me").await.good();
    }
    let clerk: Actor = programs[0].get("/api/me").await.good()["actor"].as_str().unwrap().parse().unwrap();
    let organisation = clerk.organisation().unwrap();
    let commands = [
        parties::Command::RelieveClerk { person, organisation },
        parties::Command::RelieveOfficer { person, office: key("hk-data") },
    ];
    for command in commands {
        town.park.desk.command(Actor::Operator, town.park.now(), command).await.unwrap();
    }
    for program in &programs {
        program.get("/api/me").await.problem(401, "token-not-good");
        program.get(&format!("/api/permits/{permit}")).await.problem(401, "token-not-good");
    }
    town.log_verifies();
}
