//! The desk as many hold it at once: whoever is told of a commit sees it, and nobody is told of what is not stored.

use super::park::{kernel_over, public_keys};
use super::*;
use base::{Answer, OrganisationId, Question, Rules};
use eventlog::memory::{Fault, Leaves, Step};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;

struct Running {
    desk: Desk,
    writer: std::thread::JoinHandle<()>,
    failed: Arc<AtomicBool>,
    park: Park,
}

/// The desk over a park where everything is permitted, unless the rules given say otherwise.
fn start(rules: Arc<dyn Rules>, queue_max: usize, batch_max: usize) -> Running {
    let mut park = Park::empty(Lenient::but(&[]));
    let setup = vec![register_organisation("One"), register_person(&park, 1, Some(1))];
    park.submit("operator", setup, None).unwrap();
    let kernel = kernel_over(&park.memory, &park.outside, &rules);
    let failed = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&failed);
    let on_failure = Box::new(move |_| told.store(true, Ordering::SeqCst));
    let settings = Settings { queue_max, batch_max, on_failure };
    let (desk, writer) = Desk::start(kernel, PROFILE.clone(), rules, settings).unwrap();
    Running { desk, writer, failed, park }
}

fn registered(receipt: &Receipt) -> OrganisationId {
    match &receipt.events[0] {
        Event::Parties(parties::Event::OrganisationRegistered { organisation, .. }) => *organisation,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_is_told_of_a_commit_sees_it() {
    const TASKS: usize = 50;
    const EACH: usize = 200;
    let Running { desk, writer, failed, .. } = start(Lenient::but(&[]), 8_192, 2_048);
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let desk = desk.clone();
        tasks.spawn(async move {
            let mut stale = 0;
            for _ in 0..EACH {
                let receipt = desk.command(Actor::Operator, NINE_ON_MONDAY, register_organisation("x")).await.unwrap();
                let zone = desk.zone();
                let seen = parties::organisation(&zone.parties, registered(&receipt)).is_some();
                stale += usize::from(!seen || zone.size < receipt.size || desk.log().size() < receipt.size);
            }
            stale
        });
    }
    let stale: usize = tasks.join_all().await.into_iter().sum();
    assert_eq!(stale, 0);
    let stats = desk.stats();
    let commits = stats.commits.load(Ordering::Relaxed);
    assert_eq!(stats.accepted.load(Ordering::Relaxed), (TASKS * EACH) as u64);
    assert!(commits < (TASKS * EACH) as u64, "what queues up is committed together: {commits} commits");
    assert_eq!(*desk.moved().borrow(), desk.zone().size);
    eventlog::verify(desk.log(), &public_keys(), &mut |_| {}).unwrap();
    let (zone, reader) = (desk.zone(), desk.log().clone());
    drop(desk);
    writer.join().unwrap();
    assert!(!failed.load(Ordering::SeqCst));
    assert_eq!(replay(&reader, Zone::default(), reader.size(), true, &mut |_| {}).unwrap().zone, *zone);
}

#[tokio::test]
async fn what_is_refused_never_reaches_the_writer_and_is_counted() {
    let Running { desk, .. } = start(Lenient::but(&["register_organisation"]), 8, 8);
    let before = desk.zone();
    let refused = desk.command(Actor::Operator, NINE_ON_MONDAY, register_organisation("x")).await;
    assert!(
        matches!(refused, Err(SubmitError::Refused(Refusal::Parties(parties::Refusal::RuledOut(_))))),
        "{refused:?}"
    );
    let stats = desk.stats();
    assert_eq!((stats.refused.load(Ordering::Relaxed), stats.commits.load(Ordering::Relaxed)), (1, 0));
    assert!(Arc::ptr_eq(&before, &desk.zone()));
}

#[tokio::test]
async fn a_key_gets_the_same_receipt_through_the_desk_too() {
    let Running { desk, .. } = start(Lenient::but(&[]), 8, 8);
    let submission = Submission {
        actor: Actor::Operator,
        now: NINE_ON_MONDAY,
        commands: vec![register_organisation("x")],
        key: Some("key".into()),
    };
    let (once, again) = tokio::join!(desk.submit(submission.clone()), desk.submit(submission));
    let (once, again) = (once.unwrap(), again.unwrap());
    assert_eq!((once.first, &once.events), (again.first, &again.events));
    assert!(once.repeated != again.repeated);
}

/// Holds the writer at its first question until it is let go; workers ask freely.
struct Holding {
    rules: Arc<dyn Rules>,
    held: Mutex<bool>,
    let_go: Condvar,
}

impl Holding {
    fn hold() -> Arc<Self> {
        Arc::new(Self { rules: Lenient::but(&[]), held: Mutex::new(true), let_go: Condvar::new() })
    }

    fn let_go(&self) {
        *self.held.lock().unwrap() = false;
        self.let_go.notify_all();
    }
}

impl Rules for Holding {
    fn ask(&self, question: &Question) -> Answer {
        if std::thread::current().name() == Some("writer") {
            let held = self.held.lock().unwrap();
            drop(self.let_go.wait_while(held, |held| *held).unwrap());
        }
        self.rules.ask(question)
    }

    fn version(&self) -> &Key {
        self.rules.version()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_queue_is_full_the_next_is_told_to_try_again() {
    let holding = Holding::hold();
    let Running { desk, .. } = start(holding.clone(), 3, 1);
    let mut waiting = JoinSet::new();
    // Two commands are left to the writer to decide, who stops at the first question: one is held, three queue up.
    let two = |desk: &Desk| {
        let desk = desk.clone();
        let commands = vec![register_organisation("x"), register_organisation("y")];
        async move { desk.submit(Submission { actor: Actor::Operator, now: NINE_ON_MONDAY, commands, key: None }).await }
    };
    waiting.spawn(two(&desk));
    until(|| desk.queue_length() == 0).await;
    for queued in 1..=3 {
        waiting.spawn(two(&desk));
        until(|| desk.queue_length() == queued).await;
    }
    let busy = two(&desk).await;
    assert_eq!(busy.unwrap_err(), SubmitError::Failed(Failure::Busy));
    assert_eq!(desk.stats().busy.load(Ordering::Relaxed), 1);
    holding.let_go();
    let results = waiting.join_all().await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert!(two(&desk).await.is_ok(), "and then there is room again");
}

/// Waits until it is so; ten seconds is never.
async fn until(so: impl Fn() -> bool) {
    for _ in 0..1_000 {
        if so() {
            tokio::time::sleep(Duration::from_millis(20)).await;
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never came so");
}

/// Many submit; a commit fails in the midst. Returns what was acknowledged, by sequence, and the park's storage.
async fn fail_in_the_midst(fault: Fault) -> (BTreeMap<u64, Event>, Park) {
    let Running { desk, writer, failed, park } = start(Lenient::but(&[]), 8_192, 8);
    let mut tasks = JoinSet::new();
    for task in 0..16 {
        let (desk, memory) = (desk.clone(), park.memory.clone());
        tasks.spawn(async move {
            let mut acknowledged = Vec::new();
            for number in 0..20 {
                if (task, number) == (5, 7) {
                    memory.fail_next(fault);
                }
                match desk.command(Actor::Operator, NINE_ON_MONDAY, register_organisation("x")).await {
                    Ok(receipt) => acknowledged.push((receipt.first, receipt.events[0].clone())),
                    Err(error) => assert_eq!(error, SubmitError::Failed(Failure::Stopped), "{fault:?}"),
                }
            }
            acknowledged
        });
    }
    let acknowledged: BTreeMap<u64, Event> = tasks.join_all().await.into_iter().flatten().collect();
    writer.join().unwrap();
    assert!(failed.load(Ordering::SeqCst), "whoever runs the machine was told");
    assert!(desk.zone().size as usize == acknowledged.len() + 2, "nothing was shown that was not acknowledged");
    let late = desk.command(Actor::Operator, NINE_ON_MONDAY, register_organisation("late")).await;
    assert_eq!(late.unwrap_err(), SubmitError::Failed(Failure::Stopped));
    (acknowledged, park)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn after_a_failed_commit_a_restart_has_exactly_what_was_acknowledged() {
    for step in Step::ALL {
        for leaves in [Leaves::Nothing, Leaves::Everything] {
            let (acknowledged, mut park) = fail_in_the_midst(Fault { step, leaves }).await;
            park.restart();
            let size = park.zone().size as usize;
            let unacknowledged = size - acknowledged.len() - 2;
            match leaves {
                Leaves::Nothing => assert_eq!(unacknowledged, 0, "{step:?}"),
                // The batch that persisted without an answer, of at most eight.
                _ => assert!((1..=8).contains(&unacknowledged), "{step:?}: {unacknowledged}"),
            }
            for (sequence, event) in &acknowledged {
                let entry = park.kernel.reader().entry(*sequence).unwrap().unwrap();
                assert_eq!(Envelope::decode(&entry).unwrap().event, *event, "{step:?} {leaves:?} {sequence}");
            }
            eventlog::verify(park.kernel.reader(), &public_keys(), &mut |_| {}).unwrap();
            park.check("operator", register_organisation("after"), "organisation_registered");
        }
    }
}

#[test]
fn a_caller_without_a_runtime_waits_for_its_answer() {
    let Running { desk, writer, park, .. } = start(Lenient::but(&[]), 8, 8);
    let receipt = desk.submit_blocking(park.submission("operator", vec![register_organisation("x")], None)).unwrap();
    assert_eq!(registered(&receipt), OrganisationId(2));
    drop(desk);
    writer.join().unwrap();
}

#[test]
fn whether_somebody_can_apply_is_asked_without_leaving_a_trace() {
    let Running { desk, writer, .. } = start(Lenient::but(&["open_case"]), 8, 8);
    let (actor, size) = ("person:P-1".parse::<Actor>().unwrap(), desk.zone().size);
    let about = Some(cases::About::Person(PersonId(1)));
    let asked = |service: &str| desk.may_open(&actor, NINE_ON_MONDAY, &key(service), about).map_err(|no| no.code());
    assert_eq!(asked("personal-data-erasure"), Err("ruled-out"));
    assert_eq!(asked("no-such-service"), Err("service-must-be-known"));
    assert_eq!((desk.zone().size, desk.log().size()), (size, size));
    drop(desk);
    writer.join().unwrap();
    let Running { desk, writer, .. } = start(Lenient::but(&[]), 8, 8);
    assert_eq!(desk.may_open(&actor, NINE_ON_MONDAY, &key("personal-data-erasure"), about), Ok(()));
    drop(desk);
    writer.join().unwrap();
}
