//! Receipts are checked off line, and nothing in them can be changed.

use super::*;
use proptest::prelude::*;

#[test]
fn a_receipt_convinces_whoever_holds_the_entry_and_the_keys() {
    let (_, _, reader) = log_of(300, 41);
    for sequence in [0, 1, 255, 256, 299] {
        let receipt = reader.receipt(sequence).unwrap().unwrap();
        let entry = reader.entry(sequence).unwrap().unwrap();
        assert_eq!(verify_receipt(&receipt, &entry, &public()), Ok(sequence));
        let mut other = entry.clone();
        other.push(0);
        assert_eq!(verify_receipt(&receipt, &other, &public()), Err(ReceiptError::NotIncluded));
    }
    assert_eq!(reader.receipt(300).unwrap(), None);
}

#[test]
fn a_receipt_has_the_lines_that_the_specification_gives_it() {
    let (_, _, reader) = log_of(3, 3);
    let receipt = reader.receipt(2).unwrap().unwrap();
    let proof = reader.inclusion(2, 3).unwrap();
    let lines: Vec<_> = receipt.lines().collect();
    assert_eq!(lines[0], "c2sp.org/tlog-proof@v1");
    assert_eq!(lines[1], "index 2");
    assert_eq!((proof.len(), lines[3]), (1, ""));
    assert!(receipt.ends_with(&*reader.checkpoint()));
}

#[test]
fn the_receipt_of_the_only_entry_needs_no_proof() {
    let (_, _, reader) = log_of(1, 1);
    let receipt = reader.receipt(0).unwrap().unwrap();
    assert!(receipt.starts_with(&format!("c2sp.org/tlog-proof@v1\nindex 0\n\n{ORIGIN}\n1\n")));
    assert_eq!(verify_receipt(&receipt, &reader.entry(0).unwrap().unwrap(), &public()), Ok(0));
}

#[test]
fn extra_data_in_a_receipt_is_passed_over_where_the_specification_allows_it() {
    let (_, _, reader) = log_of(9, 9);
    let entry = reader.entry(4).unwrap().unwrap();
    let receipt = reader.receipt(4).unwrap().unwrap();
    let with_extra = receipt.replacen("index 4", "extra aGV0YW8=\nindex 4", 1);
    assert_eq!(verify_receipt(&with_extra, &entry, &public()), Ok(4));
    let misplaced = receipt.replacen("index 4", "index 4\nextra aGV0YW8=", 1);
    assert!(matches!(verify_receipt(&misplaced, &entry, &public()), Err(ReceiptError::Malformed(_))));
}

#[test]
fn a_receipt_of_another_log_is_refused() {
    let (mut log, reader) =
        Log::open(Box::new(Memory::new()), LogKeys::from_seeds("elsewhere.example/log", [7; 32], [9; 32]).unwrap())
            .unwrap();
    log.append(&entries(0, 3), 0).unwrap();
    let receipt = reader.receipt(1).unwrap().unwrap();
    let refused = verify_receipt(&receipt, &entries(1, 1)[0], &public());
    assert!(matches!(refused, Err(ReceiptError::Checkpoint(NoteError::Unsigned(_)))));
}

#[test]
fn no_byte_of_a_receipt_can_be_changed() {
    let (_, _, reader) = log_of(6, 6);
    let receipt = reader.receipt(3).unwrap().unwrap();
    let entry = reader.entry(3).unwrap().unwrap();
    for at in 0..receipt.len() {
        let mut bytes = receipt.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        if let Ok(changed) = String::from_utf8(bytes) {
            assert!(verify_receipt(&changed, &entry, &public()).is_err(), "with byte {at} changed");
        }
    }
    for length in 0..receipt.len() {
        if let Some(shorter) = receipt.get(..length) {
            assert!(verify_receipt(shorter, &entry, &public()).is_err(), "cut to {length} bytes");
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reading_of_receipts_panic(
        text in "(c2sp.org/tlog-proof@v1\n)?(index [0-9]{0,22}\n)?([A-Za-z0-9+/=]{0,44}\n){0,3}\n?.{0,40}"
    ) {
        prop_assert!(verify_receipt(&text, b"entry", &public()).is_err());
    }
}
