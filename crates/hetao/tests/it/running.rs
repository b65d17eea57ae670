//! A park that is no demonstration, from an empty folder to the first commuter who crosses: the walk of the README, with its
//! commands and requests, against a server at work.

use crate::program::{Run, hetao, zone_folder};
use crate::server::{Client, Server};
use credentials::{Form, HolderKey};
use park::GATE_AUDIENCE;
use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

/// An empty place, and the zone with gates that are open at whatever hour the tests run.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        crate::park_folder::copy_folder(&zone_folder(), &folder.path().join("zone"));
        for (file, from, until) in [
            ("gates.toml", "from = \"06:30\"", "until = \"22:30\""),
            ("services/commuter-pass.toml", "from = \"06:30\"", "until = \"22:30\""),
        ] {
            let path = folder.path().join("zone").join(file);
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(from) && text.contains(until), "{file} has other hours now");
            fs::write(&path, text.replace(from, "from = \"00:00\"").replace(until, "until = \"24:00\"")).unwrap();
        }
        Self { folder }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn zone(&self) -> String {
        self.folder.path().join("zone").display().to_string()
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let (zone, data) = (self.zone(), self.data().display().to_string());
        hetao(arguments.iter().copied().chain(["--zone", &zone, "--data", &data]))
    }

    fn serve(&self) -> Server {
        Server::start(&self.data(), &["--zone", &self.zone()])
    }

    /// The letter to somebody, as the outbox has it.
    fn letter_to(&self, address: &str) -> String {
        let begun = Instant::now();
        let letter = |path: PathBuf| fs::read_to_string(path).ok().filter(|text| text.contains(address));
        while begun.elapsed() < Duration::from_secs(20) {
            let entries = fs::read_dir(self.data().join("outbox")).into_iter().flatten();
            if let Some(found) = entries.filter_map(|entry| letter(entry.ok()?.path())).next() {
                return found;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("no letter to {address}")
    }
}

/// A program that acts for somebody.
struct Acting {
    client: Client,
    token: String,
}

impl Acting {
    fn new(server: &Server, token: &str) -> Self {
        Self { client: server.client(), token: token.to_owned() }
    }

    fn try_post(&mut self, path: &str, body: &Value) -> (u16, Value) {
        self.client.post(path, Some(&self.token), None, body).unwrap()
    }

    #[track_caller]
    fn post(&mut self, path: &str, body: &Value) -> Value {
        let (status, answer) = self.try_post(path, body);
        assert!((200..300).contains(&status), "{path}: {status} {answer}");
        answer
    }
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}")).to_owned()
}

/// The status and body of a page, asked for without a session.
fn page(server: &Server, path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(server.address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost:18080\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
    (status, answer)
}

fn appoint(place: &Place, office: &str, email: &str) -> Value {
    let names = ["appoint", office, "--latin-name", "Lee Siu Ming", "--email", email];
    let appointed = place.run(&[names.as_slice(), &["--origin", "http://localhost:18080", "--json"]].concat());
    appointed.ending_with(0).json()
}

fn mint(place: &Place, bearer: &str) -> String {
    let run = place.run(&["token", "mint", bearer]).ending_with(0);
    assert_eq!(run.stdout.lines().count(), 1, "the token and nothing else: {}", run.stdout);
    run.stdout.trim().to_owned()
}

/// Everybody who has to be there before a park opens: their tokens.
struct Opened {
    operator: String,
    operations: String,
    south: String,
    north: String,
    gates: [String; 2],
}

fn opened(place: &Place) -> Opened {
    let operations = appoint(place, "hk-park-company", "operations@park.example");
    let south = appoint(place, "hk-immigration", "officer@immd.example");
    let north = appoint(place, "sz-exit-entry", "officer@inspection.example");
    for (appointed, email) in [
        (&operations, "operations@park.example"),
        (&south, "officer@immd.example"),
        (&north, "officer@inspection.example"),
    ] {
        let letter = place.letter_to(email);
        assert!(letter.contains(&text(appointed, "link")), "the letter has the link that was printed: {letter}");
    }
    let officer = |appointed: &Value| format!("officer:{}:{}", text(appointed, "person"), text(appointed, "office"));
    Opened {
        operator: mint(place, "operator"),
        operations: mint(place, &officer(&operations)),
        south: mint(place, &officer(&south)),
        north: mint(place, &officer(&north)),
        gates: [mint(place, "gate:west-south"), mint(place, "gate:west-north")],
    }
}

/// The employer and its clerk; gives the clerk's token.
fn employer(place: &Place, server: &Server, opened: &Opened) -> String {
    let mut operations = Acting::new(server, &opened.operations);
    let name = json!({ "zh-Hant": "翠鳥實驗室", "zh-Hans": "翠鸟实验室", "en": "Kingfisher Laboratory" });
    let registered = operations.post("/api/organisations", &json!({ "name": name, "bank": "south" }));
    let organisation = registered["made"][0].as_str().unwrap().to_owned();
    let clerk = json!({ "latin_name": "Chan Mei Ling", "email": "clerk@kingfisher.example", "language": "en" });
    let appointed = operations.post(&format!("/api/organisations/{organisation}/new-clerks"), &clerk);
    let person = text(&appointed, "person");
    let letter = place.letter_to("clerk@kingfisher.example");
    let link = letter.split_whitespace().find(|word| word.contains("/enrol/")).unwrap();
    let path = link.strip_prefix("http://localhost:18080").unwrap();
    let (status, shown) = page(server, path);
    assert!(status == 200 && shown.contains("Chan Mei Ling"), "the link lets the clerk in: {shown}");
    let bearer = json!({ "bearer": format!("clerk:{person}:{organisation}") });
    text(&Acting::new(server, &opened.operator).post("/api/tokens", &bearer), "token")
}

/// An application, confirmed and approved by both banks: the pass's number, and its holder.
fn pass(server: &Server, opened: &Opened, clerk: &str) -> (String, Acting) {
    let form = json!({
        "family-name": "Wong", "given-name": "Ting", "latin-name": "WONG Ting", "document-kind": "passport",
        "document-number": "K01234567", "document-expires": "2039-05-04", "birth-date": "1990-02-28",
        "nationality": "HKG", "email": "ting@kingfisher.example", "home-bank": "south"
    });
    let applied =
        Acting::new(server, clerk).post("/api/applications", &json!({ "service": "commuter-pass", "form": form }));
    let (case, person) = (text(&applied, "case"), text(&applied, "person"));
    let mut operator = Acting::new(server, &opened.operator);
    let token = text(&operator.post("/api/tokens", &json!({ "bearer": format!("person:{person}") })), "token");
    let mut holder = Acting::new(server, &token);
    let document = json!({ "kind": "passport", "number": "K01234567", "expires": "2039-05-04" });
    holder.post(&format!("/api/persons/{person}/document"), &document);
    for consent in ["hong-kong-clearance", "shenzhen-clearance"] {
        holder.post(&format!("/api/persons/{person}/consents"), &json!({ "consent": consent, "version": 1 }));
    }
    holder.post(&format!("/api/cases/{case}/submit"), &json!({}));
    for (token, leg) in [(&opened.south, "hong-kong"), (&opened.north, "shenzhen")] {
        let decision = json!({ "verdict": "approved", "reason": "in order" });
        Acting::new(server, token).post(&format!("/api/cases/{case}/legs/{leg}/decision"), &decision);
    }
    let found = Acting::new(server, &opened.south).post("/api/permits/search", &json!({ "wanted": "wong ting" }));
    assert_eq!(found["permits"].as_array().unwrap().len(), 1, "found by the holder's name: {found}");
    (text(&found["permits"][0], "permit"), holder)
}

fn presentation(holder: &mut Acting, permit: &str, nonce: &str) -> Value {
    let device = HolderKey::from_pkcs8(&HolderKey::generate().unwrap()).unwrap();
    let key = json!({ "holder_key": device.public_jwk() });
    let pass = text(&holder.post(&format!("/api/permits/{permit}/holder-keys"), &key), "sd_jwt");
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap();
    let audience = Form::Phone.audience(GATE_AUDIENCE);
    json!({ "presentation": credentials::present(&pass, &[], &device, &audience, nonce, now).unwrap() })
}

#[test]
fn from_an_empty_folder_to_the_first_commuter_who_crosses() {
    let place = Place::new();
    let opened = opened(&place);
    let server = place.serve();
    let clerk = employer(&place, &server, &opened);
    let (permit, mut holder) = pass(&server, &opened, &clerk);
    let shown = presentation(&mut holder, &permit, "one");
    let mut south = Acting::new(&server, &opened.gates[0]);
    let crossed = south.post("/api/gates/west-south/presentations", &shown);
    assert_eq!(crossed["outcome"], "pass", "{crossed}");
    let passage = text(&crossed, "passage");
    Acting::new(&server, &opened.gates[1]).post(&format!("/api/passages/{passage}/completed"), &json!({}));
    assert_eq!(server.end(), Some(0));
    let verified = place.run(&["verify", "--json"]).ending_with(0).json();
    assert_eq!(verified["ok"], true);
}

#[test]
fn a_token_that_was_revoked_opens_nothing_from_then_on_and_the_list_says_so() {
    let place = Place::new();
    let opened = opened(&place);
    let server = place.serve();
    let listed = place.run(&["token", "list", "--json"]).ending_with(0).json();
    let gate = listed["tokens"].as_array().unwrap().iter().find(|token| token["bearer"] == "gate:west-south").unwrap();
    assert_eq!(gate["in_force"], true, "{listed}");
    let number = text(gate, "number");
    let nothing = json!({ "presentation": "x" });
    let mut south = Acting::new(&server, &opened.gates[0]);
    assert_eq!(south.try_post("/api/gates/west-south/presentations", &nothing).0, 200);
    // While the server runs an operations centre revokes it; a command line that could would take the folder from it.
    let run = place.run(&["token", "revoke", &number]).ending_with(3);
    assert!(run.stderr.contains("stop it"), "{}", run.stderr);
    let mut operations = Acting::new(&server, &opened.operations);
    let issued = operations.post("/api/tokens", &json!({ "bearer": "gate:west-south", "days": 2 }));
    let mut other = Acting::new(&server, &text(&issued, "token"));
    assert_eq!(other.try_post("/api/gates/west-south/presentations", &nothing).0, 200);
    assert_eq!(operations.try_post("/api/tokens", &json!({ "bearer": "gate:west-north" })).0, 403);
    assert_eq!(server.end(), Some(0));
    let revoked = place.run(&["token", "revoke", &number]).ending_with(0);
    assert!(revoked.stdout.contains("works no longer"), "{}", revoked.stdout);
    place.run(&["token", "revoke", &number]).ending_with(1);
    let server = place.serve();
    let mut south = Acting::new(&server, &opened.gates[0]);
    assert_eq!(south.try_post("/api/gates/west-south/presentations", &nothing).0, 401);
    let mut other = Acting::new(&server, &text(&issued, "token"));
    assert_eq!(other.try_post("/api/gates/west-south/presentations", &nothing).0, 200, "the other goes on");
    let listed = place.run(&["token", "list", "--language", "zh-Hant"]).ending_with(0).stdout;
    assert!(listed.contains(&format!("{number}  gate:west-south  已於")), "{listed}");
}

#[test]
fn an_officer_who_was_relieved_acts_for_the_office_no_more() {
    let place = Place::new();
    let appointed = appoint(&place, "hk-immigration", "officer@immd.example");
    let person = text(&appointed, "person");
    let token = mint(&place, &format!("officer:{person}:hk-immigration"));
    let again = place.run(&["appoint", "hk-supervision", "--person", &person, "--json"]).ending_with(0).json();
    assert_ne!(again["link"], appointed["link"], "whoever has not come in yet is sent another link");
    let relieved = place.run(&["relieve", "hk-immigration", &person]).ending_with(0).stdout;
    assert!(relieved.contains("Immigration Department"), "{relieved}");
    place.run(&["relieve", "hk-immigration", &person]).ending_with(1);
    let server = place.serve();
    let close = Acting::new(&server, &token).try_post("/api/gates/west-south/close", &json!({}));
    assert_eq!(close.0, 401, "{}", close.1);
}

#[test]
fn what_is_wrong_with_an_appointment_is_said_and_nothing_is_made() {
    let place = Place::new();
    let wrong = place.run(&["appoint", "nobody", "--latin-name", "Lee", "--email", "a@b.example"]).ending_with(1);
    assert!(wrong.stderr.contains("hk-park-company"), "the offices are named: {}", wrong.stderr);
    place.run(&["appoint", "hk-immigration", "--latin-name", "Lee", "--email", "not an address"]).ending_with(2);
    place.run(&["appoint", "hk-immigration", "--person", "P-9"]).ending_with(3);
    assert!(!place.data().exists(), "no data folder came of it");
    fs::create_dir_all(place.data()).unwrap();
    fs::write(place.data().join("letter.txt"), "mine").unwrap();
    let run = place.run(&["appoint", "hk-immigration", "--latin-name", "Lee", "--email", "a@b.example"]).ending_with(3);
    assert!(run.stderr.contains("is not a data folder"), "{}", run.stderr);
}

/// How long it takes until the server has closed the connection of a client that says this and then nothing more.
fn cut_off_after(server: &Server, said: &str) -> Duration {
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(said.as_bytes()).unwrap();
    let begun = Instant::now();
    let mut rest = Vec::new();
    // An answer such as 408 may come first; what counts is that the place is free again.
    let _ = stream.read_to_end(&mut rest);
    begun.elapsed()
}

#[test]
fn a_client_that_does_not_say_what_it_wants_is_cut_off() {
    let place = Place::new();
    fs::create_dir_all(Path::new(&place.data()).parent().unwrap()).unwrap();
    let server = place.serve();
    let half = ["", "P", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "];
    let waited = std::thread::scope(|scope| {
        let threads = half.map(|said| scope.spawn(|| cut_off_after(&server, said)));
        threads.map(|thread| thread.join().unwrap())
    });
    for (said, waited) in half.iter().zip(waited) {
        assert!(waited < Duration::from_secs(40), "{said:?} held its place for {waited:?}");
    }
}
