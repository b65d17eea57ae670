//! A server of its own for a test, and just enough of HTTP to load it.

use crate::park_folder::{ORIGIN, ParkFolder};
use crate::program::{command, on};
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

const START_MAX: Duration = Duration::from_secs(120);
const END_MAX: Duration = Duration::from_secs(60);
const ANSWER_MAX: Duration = Duration::from_secs(30);

/// Killed when dropped.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Starts it and waits until it listens.
    pub fn start(data: &Path, more: &[&str]) -> Self {
        let mut child = Self::spawn(data, more);
        let stdout = child.stdout.take().unwrap();
        let (found, wanted) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if let Some(address) = line.strip_prefix("listening on http://") {
                    let _ = found.send(address.parse().unwrap());
                }
            }
        });
        let address = wanted.recv_timeout(START_MAX).unwrap_or_else(|error| {
            let _ = child.kill();
            let log = std::fs::read_to_string(log_of(data)).unwrap_or_default();
            panic!("the server does not listen ({error}); it said:\n{log}")
        });
        Self { child, address }
    }

    /// Starts it and looks no further.
    pub fn spawn(data: &Path, more: &[&str]) -> Child {
        let log = File::options().create(true).append(true).open(log_of(data)).unwrap();
        let mut command = command();
        command.args(["serve", "--listen", "127.0.0.1:0", "--origin", ORIGIN, "--data"]).arg(data).args(more);
        command.stdout(Stdio::piped()).stderr(log).spawn().unwrap()
    }

    pub fn client(&self) -> Client {
        Client { address: self.address, connection: None }
    }

    /// As `kill -9` does: without a word.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// As whoever supervises it does: told to end. Its exit code.
    pub fn end(mut self) -> Option<i32> {
        let told = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.child.id())]).status().unwrap();
        assert!(told.success());
        self.wait().code()
    }

    /// Waits until it has ended by itself.
    pub fn wait(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < END_MAX, "the server does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Beside the data folder, not in it.
fn log_of(data: &Path) -> std::path::PathBuf {
    data.with_extension("server-log")
}

/// One connection that is kept, and made anew where it broke between two requests.
pub struct Client {
    address: SocketAddr,
    connection: Option<BufReader<TcpStream>>,
}

impl Client {
    /// Posts JSON; the status and the JSON that came back. An error means that nobody knows whether it took effect.
    pub fn post(
        &mut self,
        path: &str,
        token: Option<&str>,
        key: Option<&str>,
        body: &Value,
    ) -> io::Result<(u16, Value)> {
        if self.connection.is_none() {
            let stream = TcpStream::connect(self.address)?;
            stream.set_read_timeout(Some(ANSWER_MAX))?;
            stream.set_nodelay(true)?;
            self.connection = Some(BufReader::new(stream));
        }
        let answer = self.connection.as_mut().map_or_else(|| Err(broken()), |it| exchange(it, path, token, key, body));
        if answer.is_err() {
            self.connection = None;
        }
        answer
    }
}

fn exchange(
    connection: &mut BufReader<TcpStream>,
    path: &str,
    token: Option<&str>,
    key: Option<&str>,
    body: &Value,
) -> io::Result<(u16, Value)> {
    let body = body.to_string();
    let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let key = key.map(|key| format!("Idempotency-Key: {key}\r\n")).unwrap_or_default();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{token}{key}\r\n{body}",
        body.len()
    );
    connection.get_mut().write_all(request.as_bytes())?;
    let mut line = String::new();
    connection.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(broken)?;
    let mut length = 0;
    loop {
        line.clear();
        connection.read_line(&mut line)?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().map_err(|_| broken())?;
            }
            Some(_) => {}
            None if line == "\r\n" => break,
            None => return Err(broken()),
        }
    }
    let mut answer = vec![0; length];
    connection.read_exact(&mut answer)?;
    Ok((status, serde_json::from_slice(&answer).unwrap_or(Value::Null)))
}

fn broken() -> io::Error {
    io::ErrorKind::UnexpectedEof.into()
}

#[test]
fn a_second_server_on_the_same_data_folder_is_refused_and_the_first_goes_on() {
    let folder = ParkFolder::seeded();
    let first = Server::start(&folder.path(), &["--demo"]);
    let run = on(&folder.path(), &["serve", "--listen", "127.0.0.1:0"]).ending_with(3);
    assert!(run.stderr.contains("another process is writing to this log"), "{}", run.stderr);
    let answer = first.client().post("/api/demo/tokens", None, None, &serde_json::json!({ "gate": "west-south" }));
    assert_eq!(answer.unwrap().0, 200);
    on(&folder.path(), &["verify"]).ending_with(0);
    assert_eq!(first.end(), Some(0), "told to end, it ends in order");
}

#[test]
fn a_server_that_starts_in_an_empty_place_makes_its_data_folder() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("a/b/data");
    std::fs::create_dir_all(place.path().join("a/b")).unwrap();
    let server = Server::start(&data, &[]);
    assert_eq!(server.end(), Some(0));
    on(&data, &["verify"]).ending_with(0);
}
