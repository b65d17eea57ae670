//! The park that these tests are played in, and the one check they read as.

use super::*;
use base::{Answer, Outcome, Question, Rules, Sealed, Subject};
use eventlog::memory::Memory;
use eventlog::{Log, LogKeys, LogPublicKeys};
use profile::Profile;
use rulebook::Rulebook;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use vault::Vault;

pub const NINE_ON_MONDAY: Instant = Instant(1_795_395_600_000); // 2026-11-23 09:00 in Hong Kong

fn zone_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../zones/hetao")
}

/// The zone with the services more that the cases' tests have: one for each way in which legs come to an outcome.
pub static PROFILE: LazyLock<Arc<Profile>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    copy(&zone_folder(), folder.path());
    let more = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../cases/testdata/services");
    copy(&more, &folder.path().join("services"));
    Arc::new(Profile::load(folder.path()).unwrap_or_else(|faults| panic!("{faults:#?}")))
});

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub static RULES: LazyLock<Arc<Rulebook>> =
    LazyLock::new(|| Arc::new(Rulebook::load(&zone_folder().join("rules")).unwrap()));

pub fn key(text: &str) -> Key {
    text.parse().unwrap()
}

/// Permits everything but the actions named.
pub struct Lenient {
    pub refused: &'static [&'static str],
    pub version: Key,
}

impl Lenient {
    pub fn but(refused: &'static [&'static str]) -> Arc<dyn Rules> {
        Arc::new(Self { refused, version: key("lenient") })
    }
}

impl Rules for Lenient {
    fn ask(&self, question: &Question) -> Answer {
        let refused = self.refused.contains(&question.action.as_str());
        let outcome = if refused { Outcome::Refused } else { Outcome::Permitted };
        Answer { outcome, policies: Vec::new(), version: self.version.clone() }
    }

    fn version(&self) -> &Key {
        &self.version
    }
}

pub fn keys() -> LogKeys {
    LogKeys::from_seeds("hetao.example/log", [7; 32], [9; 32]).unwrap()
}

pub fn public_keys() -> LogPublicKeys {
    keys().public().clone()
}

/// A kernel over what is stored, as after a restart: the zone is replayed from the log alone.
pub fn kernel_over(memory: &Memory, outside: &Arc<Outside>, rules: &Arc<dyn Rules>) -> Kernel {
    let (log, reader) = Log::open(Box::new(memory.clone()), keys()).unwrap();
    let zone = replay(&reader, Zone::default(), reader.size(), true, &mut |_| {}).unwrap().zone;
    Kernel::new(log, reader, zone, PROFILE.clone(), rules.clone(), outside.clone(), Salts::seeded(7))
}

/// The kernel, what it writes to, and the clock.
pub struct Park {
    pub kernel: Kernel,
    pub memory: Memory,
    pub outside: Arc<Outside>,
    pub subjects: Vec<Subject>,
    pub now: Instant,
    pub rules: Arc<dyn Rules>,
}

impl Park {
    /// Nobody is there yet.
    pub fn empty(rules: Arc<dyn Rules>) -> Self {
        let (memory, vault) = (Memory::new(), Vault::memory());
        let subjects = vault.create_subjects(20).unwrap();
        let outside = Arc::new(Outside::new(vault));
        let kernel = kernel_over(&memory, &outside, &rules);
        Self { kernel, memory, outside, subjects, now: NINE_ON_MONDAY, rules }
    }

    /// P-1 is the clerk of O-1, P-2 commutes for it, P-3 and P-4 are immigration officers in Hong Kong and Shenzhen, P-5
    /// is of the supervision office, P-6 looks after personal data.
    pub fn new() -> Self {
        Self::under(RULES.clone())
    }

    pub fn under(rules: Arc<dyn Rules>) -> Self {
        let mut park = Self::empty(rules);
        let mut commands = vec![register_organisation("One")];
        commands.extend((1..=6).map(|number| register_person(&park, number, (number <= 2).then_some(1))));
        commands.push(appoint_clerk(1, 1));
        let offices = [(3, "hk-immigration"), (4, "sz-exit-entry"), (5, "hk-supervision"), (6, "hk-data")];
        commands.extend(offices.map(|(person, office)| appoint(person, office)));
        park.submit("operator", commands, None).unwrap();
        park
    }

    /// The same with a pass in force: T-1 of P-2, on the phone, issued by C-1.
    pub fn with_pass() -> Self {
        let mut park = Self::new();
        park.declares(2, &["hong-kong-clearance", "shenzhen-clearance"]);
        park.check("clerk:P-1:O-1", open("commuter-pass", 2), "opened").check("person:P-2", submit(1), "submitted");
        let (south, north) = (approve(&park, 1, "hong-kong", 2), approve(&park, 1, "shenzhen", 2));
        park.check("officer:P-3:hk-immigration", south, "leg_decided")
            .check("officer:P-4:sz-exit-entry", north, "leg_decided + decided + issued")
            .check("person:P-2", bind(1), "holder_key_bound");
        park
    }

    /// The person confirms a document and consents.
    pub fn declares(&mut self, person: u32, consents: &[&str]) {
        let mut commands = vec![confirm_document(self, person)];
        commands.extend(consents.iter().map(|consent| give_consent(person, consent)));
        self.submit(&format!("person:P-{person}"), commands, None).unwrap();
    }

    pub fn sealed(&self, person: u32, context: &str, text: &str) -> Sealed {
        self.outside.vault().seal(&self.subjects[person as usize], context, text.as_bytes()).unwrap()
    }

    pub fn submission(&self, actor: &str, commands: Vec<Command>, key: Option<&str>) -> Submission {
        Submission { actor: actor.parse().unwrap(), now: self.now, commands, key: key.map(Into::into) }
    }

    pub fn submit(&mut self, actor: &str, commands: Vec<Command>, key: Option<&str>) -> Result<Receipt, Refusal> {
        let submission = self.submission(actor, commands, key);
        self.kernel.submit(submission).unwrap()
    }

    /// When `actor` gives the command, then these events follow in one commit, by name (for a presentation what was decided
    /// and by which rule), or this refusal.
    #[track_caller]
    pub fn check(&mut self, actor: &str, command: Command, want: &str) -> &mut Self {
        self.check_all(actor, vec![command], want)
    }

    #[track_caller]
    pub fn check_all(&mut self, actor: &str, commands: Vec<Command>, want: &str) -> &mut Self {
        let submitted = self.submit(actor, commands, None);
        assert_eq!(in_words(&submitted), want, "{submitted:?}");
        self
    }

    /// P-2 shows T-1 on the phone.
    #[track_caller]
    pub fn shows(&mut self, gate: &str, want: &str) -> &mut Self {
        let watchlisted = self.outside.watchlisted(self.zone(), PersonId(2));
        let command = present(self, 1, gate, watchlisted);
        self.check(&format!("gate:{gate}"), command, want)
    }

    pub fn later(&mut self, milliseconds: i64) -> &mut Self {
        self.now = self.now.plus(milliseconds);
        self
    }

    pub fn zone(&self) -> &Zone {
        self.kernel.zone()
    }

    pub fn status(&self, permit: u32) -> permits::Status {
        permits::permit(&self.zone().permits, PermitId(permit)).unwrap().status
    }

    pub fn place(&self, person: u32) -> Option<people::Place> {
        people::place_of(&self.zone().people, PersonId(person))
    }

    /// The process ends and starts again; only what is stored is left.
    pub fn restart(&mut self) -> &mut Self {
        self.kernel = kernel_over(&self.memory, &self.outside, &self.rules);
        self
    }

    pub fn replayed(&self) -> Zone {
        let reader = self.kernel.reader();
        replay(reader, Zone::default(), reader.size(), true, &mut |_| {}).unwrap().zone
    }
}

pub fn in_words(submitted: &Result<Receipt, Refusal>) -> String {
    match submitted {
        Ok(receipt) => receipt.events.iter().map(event_in_words).collect::<Vec<_>>().join(" + "),
        Err(refusal) => match refusal.answer() {
            Some(answer) if answer.policies.is_empty() => "refused: nothing permits it".into(),
            Some(answer) => format!("refused: {}", answer.policies[0]),
            None => format!("refused: {}", refusal.code()),
        },
    }
}

fn event_in_words(event: &Event) -> String {
    if let Event::People(people::Event::PresentationDecided(decision)) = event {
        let outcome = match decision.outcome {
            Outcome::Permitted => return "pass".into(),
            Outcome::Referred => "referred",
            Outcome::Refused => "refused",
        };
        return format!("{outcome} by {}", decision.policies.first().map_or("default", Key::as_str));
    }
    let json = serde_json::to_value(event).unwrap();
    let room = json.as_object().unwrap().values().next().unwrap();
    room.as_object().unwrap().keys().next().unwrap().clone()
}
