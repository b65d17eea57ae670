//! Mail over SMTP, against a server on loopback that takes, refuses, or puts off.

use super::*;
use crate::letters::send;
use crate::outbox::{NotSent, Outbox};
use ::letters::{Delivery, Undelivered};
use base::CaseId;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

type Taken = Arc<Mutex<Vec<String>>>;

/// Takes every message but those to `refused@…` (never) and `busy@…` (another time). Gives its address, and what it took.
async fn server() -> (String, Taken) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("smtp://{}", listener.local_addr().unwrap());
    let taken = Taken::default();
    let keeping = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream, Arc::clone(&keeping)));
        }
    });
    (address, taken)
}

async fn talk(stream: TcpStream, taken: Taken) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 loopback\r\n").await.ok()?;
    while let Some(line) = lines.next_line().await.ok()? {
        let command = line.to_ascii_uppercase();
        let answer = if command.starts_with("RCPT TO:<REFUSED@") {
            "550 there is nobody of that name"
        } else if command.starts_with("RCPT TO:<BUSY@") {
            "451 another time"
        } else if command == "DATA" {
            write.write_all(b"354 go on\r\n").await.ok()?;
            let mut message = String::new();
            while let Some(line) = lines.next_line().await.ok()? {
                if line == "." {
                    break;
                }
                message.push_str(&line);
                message.push('\n');
            }
            taken.lock().unwrap().push(message);
            "250 taken"
        } else if command == "QUIT" {
            "221 goodbye"
        } else {
            "250 well"
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    }
    Some(())
}

/// A decision that is written and waits to be sent, to this address.
async fn waiting(employers: &Employers, number: u32, address: &str) -> CaseId {
    let case = decided(employers, number, address).await;
    employers.park.write_due_letters().await.unwrap();
    case
}

async fn decided(employers: &Employers, number: u32, address: &str) -> CaseId {
    let address = address.to_owned();
    let file = roster([number], |number, row| row.replace(&format!("person-{number}@"), &format!("{address}@")));
    let applied = employers.upload(&file).await.unwrap().applied[0];
    let park = &employers.park;
    park.send_letters().await.unwrap();
    let withdraw = cases::Command::Withdraw { case: applied.case };
    park.desk.command(employers.clerks[0].1.clone(), park.now(), withdraw).await.unwrap();
    applied.case
}

fn delivery(park: &Park, case: CaseId) -> Delivery {
    ::letters::of_case(&park.zone().letters, case).next().unwrap().1.delivery
}

#[tokio::test]
async fn a_letter_goes_out_as_a_message_of_two_parts_with_the_pdf_in_one() {
    let employers = Employers::new(None).await;
    let park = &employers.park;
    let case = waiting(&employers, 1, "person-1").await;
    let (address, taken) = server().await;
    let outbox = Outbox::over_smtp(&address, "park@hetao.example").unwrap();
    let result = send(&park.downgrade(), &outbox, park.waiting_letters().unwrap()).await;
    assert!(result.is_ok());
    let taken = taken.lock().unwrap().clone();
    let [message] = taken.as_slice() else { panic!("{} messages", taken.len()) };
    for wanted in
        ["multipart/mixed", "application/pdf", "filename=\"L-1.pdf\"", "Message-ID: <", "person-1@example.com"]
    {
        assert!(message.contains(wanted), "{wanted} is not in {}", message.chars().take(900).collect::<String>());
    }
    assert!(matches!(delivery(park, case), Delivery::Sent(_)));
    // The process ended before the count was noted: the log knows that it was sent.
    let again = park.waiting_letters().unwrap();
    assert!(again.letters.is_empty(), "{}", again.letters.len());
}

#[tokio::test]
async fn an_address_that_the_server_will_not_take_is_noted_and_holds_up_nobody() {
    let employers = Employers::new(None).await;
    let park = &employers.park;
    let refused = decided(&employers, 1, "refused").await;
    let other = waiting(&employers, 2, "person-2").await;
    let (address, taken) = server().await;
    let outbox = Outbox::over_smtp(&address, "park@hetao.example").unwrap();
    assert!(send(&park.downgrade(), &outbox, park.waiting_letters().unwrap()).await.is_ok());
    assert_eq!(delivery(park, refused), Delivery::Failed(Undelivered::Refused));
    assert!(matches!(delivery(park, other), Delivery::Sent(_)));
    assert_eq!(taken.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_server_that_puts_a_letter_off_or_is_not_there_loses_none() {
    let employers = Employers::new(None).await;
    let park = &employers.park;
    let case = waiting(&employers, 1, "busy").await;
    let (address, _) = server().await;
    let outbox = Outbox::over_smtp(&address, "park@hetao.example").unwrap();
    let put_off = send(&park.downgrade(), &outbox, park.waiting_letters().unwrap()).await;
    assert!(matches!(put_off, Err(NotSent::Deferred { .. })));
    let nobody = Outbox::over_smtp("smtp://127.0.0.1:1", "park@hetao.example").unwrap();
    let later = send(&park.downgrade(), &nobody, park.waiting_letters().unwrap()).await;
    assert!(matches!(later, Err(NotSent::Later { .. })));
    assert_eq!(delivery(park, case), Delivery::Kept);
    assert_eq!(park.waiting_letters().unwrap().letters.len(), 1, "it still waits");
}
