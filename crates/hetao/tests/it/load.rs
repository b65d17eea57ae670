//! Commuters at gates, over the API: what the crash and full-disk tests load a server with, and how they account for it
//! afterwards.

use crate::park_folder::{ParkFolder, reader};
use crate::server::{Client, Server};
use base::{Actor, Outcome, PermitId};
use credentials::{Form, HolderKey};
use desk::{Envelope, Event};
use park::GATE_AUDIENCE;
use people::Event as Crossing;
use permits::Status;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// The two gates of one bridge.
const GATES: [&str; 2] = ["west-south", "west-north"];
const DAY_MILLISECONDS: i64 = 86_400_000;

/// Somebody with a pass on a phone, who walks to and fro for ever.
pub struct Commuter {
    number: usize,
    key: HolderKey,
    pass: String,
    at_gate: usize,
    requests: u64,
    /// A request that went out and was never answered: sent again, under the same key, before anything else.
    unanswered: Option<Request>,
    pub answered: Vec<Answered>,
}

#[derive(Clone)]
struct Request {
    path: String,
    gate: usize,
    key: String,
    body: Value,
}

/// What the server acknowledged.
#[derive(Debug)]
pub struct Answered {
    key: String,
    sequence: u64,
    /// The passage and outcome of a gate's decision; none for other commands.
    decision: Option<(String, String)>,
}

/// Gives some people of the park a phone that this test holds.
pub fn commuters(folder: &ParkFolder, count: usize) -> Vec<Commuter> {
    folder.open(|park, runtime| {
        let zone = park.zone();
        let in_force = zone.permits.permits.iter().filter(|(_, permit)| permit.status == Status::Valid);
        let holders: BTreeMap<_, PermitId> = in_force.map(|(id, permit)| (permit.issue.holder, *id)).collect();
        let phone = |(number, (person, permit))| {
            let key = HolderKey::from_pkcs8(&HolderKey::generate().unwrap()).unwrap();
            let actor = Actor::Person { person };
            let pass = runtime.block_on(park.collect(&actor, permit, key.public_jwk(), None)).ok()?.sd_jwt;
            Some(Commuter { number, key, pass, at_gate: 0, requests: 0, unanswered: None, answered: Vec::new() })
        };
        let found: Vec<Commuter> = holders.into_iter().enumerate().filter_map(phone).take(count).collect();
        assert_eq!(found.len(), count, "too few people hold passes");
        found
    })
}

/// Gates' tokens, and the server's clock.
pub struct Pass {
    tokens: [String; 2],
    clock_ahead: i64,
    begun: Instant,
}

impl Pass {
    pub fn of(server: &Server) -> Self {
        let mut clock_ahead = 0;
        let mut client = server.client();
        let tokens = GATES.map(|gate| {
            let (status, answer) = client.post("/api/demo/tokens", None, None, &json!({ "gate": gate })).unwrap();
            assert_eq!(status, 200, "{answer}");
            clock_ahead = answer["expires_at"].as_i64().unwrap() - DAY_MILLISECONDS;
            answer["token"].as_str().unwrap().to_owned()
        });
        Self { tokens, clock_ahead, begun: Instant::now() }
    }

    fn seconds(&self) -> i64 {
        (self.clock_ahead + i64::try_from(self.begun.elapsed().as_millis()).unwrap()) / 1_000
    }
}

impl Commuter {
    /// Walks until the server is gone or `enough` is set.
    pub fn walk(&mut self, server: &mut Client, pass: &Pass, enough: &AtomicBool) {
        while !enough.load(Ordering::Relaxed) && self.walk_one(server, pass) {}
    }

    /// One request; `false` where the server is gone.
    pub fn walk_one(&mut self, server: &mut Client, pass: &Pass) -> bool {
        let request = self.unanswered.take().unwrap_or_else(|| self.present(pass));
        let answer = server.post(&request.path, Some(&pass.tokens[request.gate]), Some(&request.key), &request.body);
        let Ok((status, answer)) = answer else {
            self.unanswered = Some(request);
            return false;
        };
        match status {
            200 => self.note(request, &answer),
            // Refused without effect: an arrival that somebody else reported.
            400..=499 => self.at_gate = request.gate,
            // Busy, or about to stop: nobody knows, so it is asked again.
            _ => self.unanswered = Some(request),
        }
        true
    }

    fn present(&mut self, pass: &Pass) -> Request {
        let nonce = format!("{}-{}", self.number, self.requests);
        let audience = Form::Phone.audience(GATE_AUDIENCE);
        let shown = credentials::present(&self.pass, &[], &self.key, &audience, &nonce, pass.seconds()).unwrap();
        let path = format!("/api/gates/{}/presentations", GATES[self.at_gate]);
        self.request(path, self.at_gate, json!({ "presentation": shown }))
    }

    fn request(&mut self, path: String, gate: usize, body: Value) -> Request {
        self.requests += 1;
        Request { path, gate, key: format!("commuter-{}-{}", self.number, self.requests), body }
    }

    fn note(&mut self, request: Request, answer: &Value) {
        let text = |name: &str| answer[name].as_str().map(str::to_owned);
        let decision = text("passage").zip(text("outcome"));
        if let Some((passage, outcome)) = &decision {
            let far = 1 - request.gate;
            // Whoever was let over arrives; whoever was not tries the other side.
            self.at_gate = far;
            if outcome == "pass" {
                let arrival = self.request(format!("/api/passages/{passage}/completed"), far, json!({}));
                self.unanswered = Some(arrival);
            }
        }
        let sequence = answer["sequence"].as_u64().unwrap();
        self.answered.push(Answered { key: request.key, sequence, decision });
    }

    pub fn waits_for_an_answer(&self) -> bool {
        self.unanswered.is_some()
    }
}

/// Every acknowledged command is in the log, as it was acknowledged.
pub fn everything_acknowledged_is_there(data: &Path, commuters: &[Commuter]) {
    let log = reader(data);
    for answered in commuters.iter().flat_map(|commuter| &commuter.answered) {
        let bytes = log.entry(answered.sequence).unwrap();
        let bytes = bytes.unwrap_or_else(|| panic!("{answered:?} was acknowledged, and the log ends before it"));
        let envelope = Envelope::decode(&bytes).unwrap();
        match (&answered.decision, &envelope.event) {
            (Some((passage, outcome)), Event::People(Crossing::PresentationDecided(decision))) => {
                assert_eq!((passage, outcome.as_str()), (&decision.passage.to_string(), word(decision.outcome)));
            }
            (None, Event::People(Crossing::PassageCompleted { .. })) => {}
            (_, other) => panic!("{answered:?} was acknowledged; the log has {other:?} there"),
        }
        assert!(envelope.key.is_some(), "entry {} lost its idempotency key", answered.sequence);
    }
}

/// Once nobody waits for an answer: as many decisions and arrivals as were acknowledged, no more and no fewer.
pub fn nothing_was_lost_or_doubled(data: &Path, commuters: &[Commuter]) {
    let mut acknowledged: BTreeMap<u64, &str> = BTreeMap::new();
    for answered in commuters.iter().flat_map(|commuter| &commuter.answered) {
        let before = acknowledged.insert(answered.sequence, &answered.key);
        assert_eq!(before, None, "two requests were told that entry {} is theirs", answered.sequence);
    }
    let (log, mut recorded) = (reader(data), BTreeMap::new());
    let mut scan = |sequence, bytes: &[u8]| {
        let envelope = Envelope::decode(bytes).unwrap();
        let crossing = matches!(
            envelope.event,
            Event::People(Crossing::PresentationDecided(_) | Crossing::PassageCompleted { .. })
        );
        // The demonstration's own commuters send no idempotency keys.
        if let (Some((key, _)), true) = (envelope.key, crossing) {
            let before = recorded.insert(key.clone(), sequence);
            assert_eq!(before, None, "entry {sequence} doubles another under the key {key}");
        }
        Ok(())
    };
    log.scan(0, log.size(), &mut scan).unwrap();
    let recorded: Vec<u64> = {
        let mut all: Vec<u64> = recorded.into_values().collect();
        all.sort_unstable();
        all
    };
    assert_eq!(recorded, acknowledged.into_keys().collect::<Vec<_>>());
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Permitted => "pass",
        Outcome::Referred => "refer",
        Outcome::Refused => "refuse",
    }
}
