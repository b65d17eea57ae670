//! Notices pushed to a service on loopback, which checks who writes, opens what it gets as a browser does, takes it,
//! puts it off, or says that the browser is gone.

use super::*;
use crate::pushes::{Pusher, Taken};
use crate::{PushHosts, PushSubscription};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
use base::CaseId;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const SECRET: [u8; 16] = [7; 16];
/// In an endpoint's address: known to nobody but the browser, its push service and whoever may write to it.
const MARK: &str = "Zm9yLXRoZS1icm93c2VyLWFsb25l";

/// A push service, and the browsers that subscribed there. `/busy/…` is put off, `/gone/…` is no more.
struct Service {
    origin: String,
    browser: PrivateKey,
    taken: Arc<Mutex<Vec<Request>>>,
}

struct Request {
    path: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Service {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let taken = Arc::<Mutex<Vec<Request>>>::default();
        let keeping = Arc::clone(&taken);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, Arc::clone(&keeping)));
            }
        });
        Self { origin, browser: PrivateKey::generate(&ECDH_P256).unwrap(), taken }
    }

    fn subscription(&self, path: &str) -> PushSubscription {
        let point = self.browser.compute_public_key().unwrap();
        let keys = serde_json::json!({ "p256dh": BASE64.encode(point.as_ref()), "auth": BASE64.encode(SECRET) });
        let endpoint = format!("{}/{path}", self.origin);
        serde_json::from_value(serde_json::json!({ "endpoint": endpoint, "keys": keys })).unwrap()
    }

    fn requests(&self, path: &str) -> usize {
        self.taken.lock().unwrap().iter().filter(|request| request.path.contains(path)).count()
    }

    /// What the browser shows, after the service has looked at who wrote.
    fn messages(&self, park: &Park) -> Vec<serde_json::Value> {
        let now = Clock::system().now().0 / Instant::SECOND;
        let taken = self.taken.lock().unwrap();
        let opened = taken.iter().map(|request| {
            let who = webpush::verify(&request.headers["authorization"], &self.origin, now).unwrap();
            assert_eq!(who, park.push_key());
            assert_eq!(request.headers["content-encoding"], "aes128gcm");
            assert!(request.headers["ttl"].parse::<u32>().unwrap() > 0);
            let opened = webpush::open(&request.body, &self.browser, &SECRET).unwrap();
            serde_json::from_slice(&opened).unwrap()
        });
        opened.collect()
    }
}

async fn talk(mut stream: TcpStream, taken: Arc<Mutex<Vec<Request>>>) -> Option<()> {
    let mut read = Vec::new();
    loop {
        let end = loop {
            if let Some(at) = read.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            let mut more = [0; 4096];
            let length = stream.read(&mut more).await.ok().filter(|length| *length > 0)?;
            read.extend(&more[..length]);
        };
        let head = String::from_utf8(read[..end].to_vec()).ok()?;
        let mut lines = head.lines();
        let path = lines.next()?.split(' ').nth(1)?.to_owned();
        let headers: BTreeMap<String, String> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let length: usize = headers.get("content-length")?.parse().ok()?;
        while read.len() < end + length {
            let mut more = [0; 4096];
            let length = stream.read(&mut more).await.ok().filter(|length| *length > 0)?;
            read.extend(&more[..length]);
        }
        let body = read[end..end + length].to_vec();
        read.drain(..end + length);
        let status = match path.as_str() {
            path if path.starts_with("/gone") => "410 Gone",
            path if path.starts_with("/busy") => "503 Service Unavailable",
            path if path.starts_with("/moved") => "301 Moved Permanently",
            _ => "201 Created",
        };
        taken.lock().unwrap().push(Request { path, headers, body });
        stream.write_all(format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").as_bytes()).await.ok()?;
    }
}

/// Somebody who has applied and may turn notices on.
async fn applied(employers: &Employers, number: u32) -> (CaseId, PersonId, Actor) {
    let applied = employers.upload(&good([number])).await.unwrap().applied[0];
    (applied.case, applied.person, Actor::Person { person: applied.person })
}

/// The shortest way to a letter, and so to a notice.
async fn withdraw(employers: &Employers, case: CaseId) {
    let park = &employers.park;
    let withdraw = cases::Command::Withdraw { case };
    park.desk.command(employers.clerks[0].1.clone(), park.now(), withdraw).await.unwrap();
    park.write_due_letters().await.unwrap();
}

#[tokio::test]
async fn what_is_decided_is_pushed_to_every_browser_that_listens_sealed_and_vouched_for() {
    let employers = Employers::new(None).await;
    let park = &employers.park;
    let service = Service::new().await;
    let (case, person, actor) = applied(&employers, 1).await;
    let (other, ..) = applied(&employers, 2).await;
    for path in ["one", "two"] {
        park.subscribe_push(&actor, person, service.subscription(path), "Firefox, Linux").await.unwrap();
    }
    withdraw(&employers, other).await;
    withdraw(&employers, case).await;
    assert_eq!(park.send_pushes().await.unwrap(), 2, "both browsers, and nothing of somebody else's");
    assert_eq!(park.send_pushes().await.unwrap(), 0, "once");
    let language = parties::person(&park.zone().parties, person).unwrap().language;
    for message in service.messages(park) {
        assert_eq!(message["url"], format!("/{language}/me/cases/{case}"));
        assert_eq!(message["lang"], language.tag());
        for field in ["title", "body", "tag"] {
            assert!(message[field].as_str().is_some_and(|text| !text.is_empty()), "{message}");
        }
        assert!(!message.to_string().contains(&park.name_of(person)), "{message}");
    }
    let cards = park.pushes(person);
    assert_eq!((cards.len(), cards[0].browser.as_str()), (2, "Firefox, Linux"));
    park.end_push(&actor, person, &cards[0].digest).await.unwrap();
    assert_eq!(park.pushes(person).len(), 1);
}

#[tokio::test]
async fn a_browser_that_is_gone_is_noted_one_that_is_busy_is_tried_a_few_times_and_neither_holds_up_others() {
    let employers = Employers::new(None).await;
    let park = &employers.park;
    let service = Service::new().await;
    let (case, person, actor) = applied(&employers, 1).await;
    for path in ["gone/1", "busy/1", "moved/1", "one"] {
        park.subscribe_push(&actor, person, service.subscription(path), "").await.unwrap();
    }
    withdraw(&employers, case).await;
    assert_eq!(park.send_pushes().await.unwrap(), 1);
    assert_eq!((service.requests("/gone"), service.requests("/busy"), service.requests("/moved")), (1, 3, 1));
    assert_eq!(park.pushes(person).len(), 3, "the one that is gone is ended");
    let log = park.desk.log();
    let last = park.event(log.size() - 1).unwrap();
    let Event::Letters(::letters::Event::PushEnded { reason: ::letters::PushEnd::Gone, .. }) = last else {
        panic!("{last:?}")
    };
}

#[tokio::test]
async fn a_notice_of_before_somebody_listened_is_not_pushed_and_a_restart_pushes_none_twice() {
    let data = tempfile::tempdir().unwrap();
    let employers = Employers::new(Some(data.path())).await;
    let service = Service::new().await;
    let (before, person, actor) = applied(&employers, 1).await;
    withdraw(&employers, before).await;
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    employers.park.subscribe_push(&actor, person, service.subscription("one"), "").await.unwrap();
    let employers = employers.again(data.path()).await;
    assert_eq!(employers.park.send_pushes().await.unwrap(), 0);
    let key = employers.park.push_key();
    let employers = employers.again(data.path()).await;
    assert_eq!(employers.park.push_key(), key, "made once");
    assert_eq!(employers.park.pushes(person).len(), 1);
    assert_eq!(employers.park.send_pushes().await.unwrap(), 0);
}

#[tokio::test]
async fn where_a_browser_is_written_to_is_nowhere_in_the_clear_and_goes_with_the_persons_key() {
    let data = tempfile::tempdir().unwrap();
    let employers = Employers::new(Some(data.path())).await;
    let service = Service::new().await;
    let (case, person, actor) = applied(&employers, 1).await;
    let subscription = service.subscription(MARK);
    let secret = subscription.keys.auth.clone();
    employers.park.subscribe_push(&actor, person, subscription, "Marked-Browser").await.unwrap();
    let park = employers.park.clone();
    tokio::task::spawn_blocking(move || park.snapshot().unwrap()).await.unwrap();
    for file in files(data.path()) {
        let bytes = std::fs::read(&file).unwrap();
        for text in [MARK, &secret, "Marked-Browser", &service.origin] {
            let found = bytes.windows(text.len()).any(|window| window == text.as_bytes());
            assert!(!found, "{text} is in {}", file.display());
        }
    }
    withdraw(&employers, case).await;
    let park = employers.park.clone();
    let destroyed = tokio::task::spawn_blocking(move || park.destroy_what_is_kept_of(person).unwrap()).await.unwrap();
    assert!(destroyed.key_destroyed);
    assert_eq!(employers.park.send_pushes().await.unwrap(), 0);
    assert_eq!(service.requests(""), 0, "nobody is written to");
    assert_eq!(employers.park.pushes(person)[0].browser, "", "it cannot be opened");
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[tokio::test]
async fn no_address_of_the_machine_or_its_network_is_ever_written_to() {
    let service = Service::new().await;
    let vault = vault::Vault::memory();
    let open = |hosts| Pusher::open(&vault, hosts).unwrap();
    let now = Clock::system().now();
    assert_eq!(open(PushHosts::Any).send(&service.subscription("one"), b"{}", now).await, Taken::Sent);
    let strict = open(PushHosts::Public);
    assert_eq!(strict.send(&service.subscription("one"), b"{}", now).await, Taken::Refused);
    assert_eq!(service.requests(""), 1);
    // A public name that leads to a private address is found out when it is looked up.
    let lookup = crate::pushes::Lookup { hosts: PushHosts::Public };
    for (address, public) in
        [("127.0.0.1:443", false), ("10.1.2.3:443", false), ("[::1]:443", false), ("1.1.1.1:443", true)]
    {
        assert_eq!(lookup.may_be_written_to(&address.parse().unwrap()), public, "{address}");
    }
    use tower::Service as _;
    let name = "localhost".parse().unwrap();
    assert!(crate::pushes::Lookup { hosts: PushHosts::Public }.call(name).await.is_err());
}

#[tokio::test]
async fn a_service_that_never_answers_is_let_be() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let service = Service { origin: format!("http://{}", silent.local_addr().unwrap()), ..Service::new().await };
    let pusher = Pusher::open(&vault::Vault::memory(), PushHosts::Any).unwrap();
    let to = service.subscription("one");
    let asked =
        tokio::time::timeout(std::time::Duration::from_secs(15), pusher.send(&to, b"{}", Clock::system().now()));
    assert_eq!(asked.await.unwrap(), Taken::Later);
}
