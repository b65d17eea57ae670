//! Scanners on loopback that answer as they are told.

use crate::{AttachmentFault, Scanner, ScannerNotUnderstood};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Takes one connection, reads until it has seen `end`, answers and closes. Gives back what it read.
async fn scanner(end: &'static [u8], answer: &'static [u8]) -> (String, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut read, mut buffer) = (Vec::new(), [0; 4_096]);
        while !read.ends_with(end) {
            let count = stream.read(&mut buffer).await.unwrap();
            assert!(count > 0, "the connection ended before the file did");
            read.extend_from_slice(&buffer[..count]);
        }
        stream.write_all(answer).await.unwrap();
        read
    });
    (address, served)
}

async fn by_clamd(answer: &'static [u8]) -> (Result<(), AttachmentFault>, Vec<u8>) {
    let (address, served) = scanner(b"\0\0\0\0", answer).await;
    let found = Scanner::of(&format!("clamd://{address}")).unwrap().scan(b"a file").await;
    (found, served.await.unwrap())
}

async fn by_icap(answer: &'static [u8]) -> (Result<(), AttachmentFault>, Vec<u8>) {
    let (address, served) = scanner(b"\r\n0\r\n\r\n", answer).await;
    let found = Scanner::of(&format!("icap://{address}/avscan")).unwrap().scan(b"a file").await;
    (found, served.await.unwrap())
}

#[tokio::test]
async fn clamd_is_sent_the_file_in_pieces_and_only_ok_is_clean() {
    let (found, sent) = by_clamd(b"stream: OK\0").await;
    assert_eq!(found, Ok(()));
    assert_eq!(sent, b"zINSTREAM\0\0\0\0\x06a file\0\0\0\0");
    assert_eq!(by_clamd(b"stream: Eicar-Signature FOUND\0").await.0, Err(AttachmentFault::Infected));
    for doubt in [&b"INSTREAM size limit exceeded. ERROR\0"[..], b"stream: OK maybe\0", b""] {
        assert_eq!(by_clamd(doubt).await.0, Err(AttachmentFault::NotScanned));
    }
}

#[tokio::test]
async fn icap_is_sent_the_file_as_an_answers_body_and_only_no_change_is_clean() {
    let (found, sent) = by_icap(b"ICAP/1.0 204 No Content\r\nISTag: \"x\"\r\n\r\n").await;
    assert_eq!(found, Ok(()));
    let sent = String::from_utf8(sent).unwrap();
    assert!(sent.starts_with("RESPMOD icap://127.0.0.1:") && sent.contains("/avscan ICAP/1.0\r\n"), "{sent}");
    assert!(sent.ends_with("\r\n\r\n6\r\na file\r\n0\r\n\r\n"), "{sent}");
    let at = sent.split_once("res-body=").unwrap().1.split_once("\r\n\r\n").unwrap();
    let inner = at.1.split_once("\r\n\r\n").unwrap().0;
    assert_eq!(at.0.parse::<usize>().unwrap(), inner.len() + 4, "the body begins where it is said to");
    let same = b"ICAP/1.0 200 OK\r\nEncapsulated: res-hdr=0, res-body=19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n6\r\na file\r\n0\r\n\r\n";
    assert_eq!(by_icap(same).await.0, Ok(()));
    for infected in [
        &b"ICAP/1.0 200 OK\r\nX-Infection-Found: Type=0; Threat=Eicar;\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"[..],
        b"ICAP/1.0 200 OK\r\nEncapsulated: res-hdr=0\r\n\r\nHTTP/1.1 403 Forbidden\r\n\r\n",
    ] {
        assert_eq!(by_icap(infected).await.0, Err(AttachmentFault::Infected));
    }
    for doubt in [&b"ICAP/1.0 500 Server error\r\n\r\n"[..], b"HTTP/1.1 200 OK\r\n\r\n", b""] {
        assert_eq!(by_icap(doubt).await.0, Err(AttachmentFault::NotScanned));
    }
}

#[tokio::test]
async fn where_a_scanner_is_set_up_and_nobody_is_there_nothing_is_taken() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    for setting in [format!("clamd://{address}"), format!("icap://{address}/x")] {
        assert_eq!(Scanner::of(&setting).unwrap().scan(b"a file").await, Err(AttachmentFault::NotScanned), "{setting}");
    }
    assert_eq!(Scanner::None.scan(b"a file").await, Ok(()), "where none is set up, none is asked");
}

#[test]
fn a_setting_that_is_not_understood_is_no_setting_for_none() {
    assert_eq!(Scanner::of(""), Ok(Scanner::None));
    assert_eq!(Scanner::of("clamd://av"), Ok(Scanner::Clamd { address: "av:3310".into() }));
    let icap = Scanner::Icap { address: "av:9".into(), service: "scan".into() };
    assert_eq!(Scanner::of("icap://av:9/scan"), Ok(icap));
    for wrong in ["clamd", "http://av", "clamd://", "clamd://:3310", "clamd://av:port", "clamd://a v"] {
        assert_eq!(Scanner::of(wrong), Err(ScannerNotUnderstood), "{wrong}");
    }
}
