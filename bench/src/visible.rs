//! From a command's acknowledgement to the other officer's queue: the same commit.

use crate::row::Row;
use crate::world::{key, open, temporary};
use base::{Actor, Bank, Localised};

const TRIES: usize = 10_000;

pub fn run() -> anyhow::Result<Vec<Row>> {
    let folder = temporary()?;
    let (park, writer) = open(Some(folder.path()))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let stale = runtime.block_on(async {
        let mut stale = 0_usize;
        for number in 0..TRIES {
            let name = format!("Organisation {number} (synthetic)");
            let register = parties::Command::RegisterOrganisation {
                name: Localised { zh_hant: name.clone(), zh_hans: name.clone(), en: name },
                bank: Bank::South,
                key: Some(key("bench")),
                synthetic: true,
            };
            let receipt = park.desk.command(Actor::Operator, park.now(), register).await;
            let receipt = receipt.map_err(|error| anyhow::anyhow!("{error:?}"))?;
            // Another task on another thread looks, as another officer's request would.
            let looking = park.clone();
            let seen = tokio::spawn(async move { looking.zone().size }).await?;
            stale += usize::from(seen < receipt.size);
        }
        anyhow::Ok(stale)
    })?;
    drop(park);
    writer.join().map_err(|_| anyhow::anyhow!("the writer panicked"))?;
    let figure = format!("{stale} stale reads in {TRIES} tries");
    Ok(vec![Row::new("command acknowledged → visible to everybody", "0 stale reads in 10,000", figure, stale == 0)])
}
