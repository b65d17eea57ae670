//! From a command's acknowledgement to the queues of both banks' officers: the same commit.

use crate::row::Row;
use crate::world::{holders, open, temporary, write_log};
use anyhow::Context;
use base::{Actor, Key, PersonId};
use cases::About;
use park::Park;
use profile::{Effect, Service};

const TRIES: u32 = 10_000;

pub fn run() -> anyhow::Result<Vec<Row>> {
    let folder = temporary()?;
    let vault = vault::Vault::open(&folder.path().join("keys.sqlite"))?;
    write_log(folder.path(), &vault, &holders(&vault, TRIES, "nobody-presents-here")?)?;
    drop(vault);
    let (park, writer) = open(Some(folder.path()))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let stale = runtime.block_on(measure(&park));
    drop(park);
    writer.join().map_err(|_| anyhow::anyhow!("the writer panicked"))?;
    let stale = stale?;
    let figure = format!("{stale} stale reads in {TRIES} tries");
    Ok(vec![Row::new("case handed in → in the queue of the officers", "0 stale reads in 10,000", figure, stale == 0)])
}

async fn measure(park: &Park) -> anyhow::Result<u32> {
    // Of the services that exist, the one that reaches its offices with a single command.
    let erases = |service: &&Service| matches!(service.effect, Effect::ErasePerson);
    let service = park.profile.services.values().find(erases).context("a service that erases")?;
    let mut stale = 0;
    for number in 1..=TRIES {
        let person = PersonId(number);
        let command = cases::Command::Open {
            service: service.key.clone(),
            organisation: None,
            about: About::Person(person),
            answers: None,
            requested_day: None,
            disclosed: cases::Disclosed::default(),
            attachments: Vec::new(),
        };
        let receipt = park.desk.command(Actor::Person { person }, park.now(), command).await;
        receipt.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        // Another task, on another thread, looks at the queues as an officer's request would.
        let (looking, offices) = (park.clone(), service.legs.iter().map(|leg| leg.office.clone()).collect::<Vec<_>>());
        let seen = tokio::spawn(async move {
            let zone = looking.zone();
            // All are due on the same day, so that the newest stands last.
            let newest = |office: &Key| {
                cases::for_office(&zone.cases, &looking.profile, office.as_str(), looking.now()).next_back()
            };
            offices.iter().all(|office| newest(office).is_some_and(|(_, case)| case.subject == person))
        });
        stale += u32::from(!seen.await?);
    }
    Ok(stale)
}
