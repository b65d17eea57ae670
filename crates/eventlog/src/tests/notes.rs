//! Signed notes, verifier keys and checkpoints.

use super::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ml_dsa::signature::Keypair;

/// The example of C2SP signed-note.
const EXAMPLE_KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const EXAMPLE_NOTE: &str = "This is an example message.\n\n\u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

#[test]
fn the_specification_s_example_note_is_accepted() {
    let keys: LogPublicKeys = EXAMPLE_KEY.parse().unwrap();
    assert_eq!(keys.to_string().trim_end(), EXAMPLE_KEY);
    assert_eq!(keys.verify_text(EXAMPLE_NOTE), Ok("This is an example message.\n"));
}

#[test]
fn no_character_of_a_note_can_be_changed() {
    let keys: LogPublicKeys = EXAMPLE_KEY.parse().unwrap();
    for at in 0..EXAMPLE_NOTE.len() {
        let mut bytes = EXAMPLE_NOTE.as_bytes().to_vec();
        bytes[at] ^= 0x01;
        if let Ok(note) = String::from_utf8(bytes) {
            assert!(keys.verify_text(&note).is_err(), "with byte {at} changed");
        }
    }
}

#[test]
fn verifier_keys_are_read_back_as_they_are_written() {
    let text = public().to_string();
    assert_eq!(text.lines().count(), 2, "one key for each algorithm");
    assert_eq!(text.parse::<LogPublicKeys>(), Ok(public()));
    assert_eq!(public().origin(), ORIGIN);
}

#[test]
fn verifier_keys_that_are_not_right_are_refused() {
    for wrong in [
        "",
        "example.com/foo",
        "example.com/foo+530d903a",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+A+kyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U",
        "example.com/foo+530d903a+Bg==",
    ] {
        assert!(wrong.parse::<LogPublicKeys>().is_err(), "{wrong:?}");
    }
    let mixed = format!("{EXAMPLE_KEY}\n{}", public());
    assert!(mixed.parse::<LogPublicKeys>().is_err(), "keys of two logs");
    assert!(format!("{EXAMPLE_KEY} ").repeat(17).parse::<LogPublicKeys>().is_err(), "too many keys");
}

#[test]
fn a_checkpoint_says_which_log_how_many_entries_which_root_and_when() {
    let (_, _, reader) = log_of(5, 5);
    let note = reader.checkpoint();
    let checkpoint = public().verify(&note).unwrap();
    assert_eq!(checkpoint.origin, ORIGIN);
    assert_eq!((checkpoint.size, checkpoint.root), (5, reader.root()));
    assert_eq!(checkpoint.signed_at, Some(1_800_000_000));
    assert!(note.starts_with(&format!("{ORIGIN}\n5\n{}\n\n\u{2014} {ORIGIN} ", STANDARD.encode(reader.root()))));
}

#[test]
fn the_post_quantum_signature_covers_what_the_specification_says() {
    let (_, _, reader) = log_of(5, 5);
    let note = reader.checkpoint();
    let line = note.lines().last().unwrap();
    let bytes = STANDARD.decode(line.rsplit_once(' ').unwrap().1).unwrap();
    assert_eq!(bytes.len(), 4 + 8 + 2420);
    let mut message = b"subtree/v1\n\0".to_vec();
    message.push(17);
    message.extend(b"hetao.example/log");
    message.extend(1_800_000_000_u64.to_be_bytes());
    message.push(17);
    message.extend(b"hetao.example/log");
    message.extend([0; 8]);
    message.extend(5_u64.to_be_bytes());
    message.extend(reader.root());
    let key = ml_dsa::SigningKey::<ml_dsa::MlDsa44>::from_seed(&[9; 32].into()).verifying_key();
    let signature = ml_dsa::Signature::try_from(&bytes[12..]).unwrap();
    assert!(key.verify_with_context(&message, &[], &signature));
}

#[test]
fn leaving_out_one_of_the_two_signatures_is_noticed() {
    let (_, _, reader) = log_of(3, 3);
    let note = reader.checkpoint();
    let lines: Vec<_> = note.split_inclusive('\n').collect();
    for left_out in [4, 5] {
        let shorter: String =
            lines.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, line)| *line).collect();
        assert!(matches!(public().verify(&shorter), Err(NoteError::Unsigned(_))));
        let mut keys = public().to_string();
        let ours = keys.lines().nth(5 - left_out).unwrap().to_owned();
        keys = ours;
        assert!(keys.parse::<LogPublicKeys>().unwrap().verify(&shorter).is_ok(), "who holds one key checks one");
    }
}

#[test]
fn signatures_by_strangers_are_passed_over_and_forged_ones_are_not() {
    let (_, _, reader) = log_of(3, 3);
    let stranger = EXAMPLE_NOTE.lines().last().unwrap();
    assert!(public().verify(&format!("{}{stranger}\n", reader.checkpoint())).is_ok());
    // A second line by a known key must fit, too.
    let line = reader.checkpoint().lines().nth(4).unwrap().to_owned();
    let (head, signature) = line.rsplit_once(' ').unwrap();
    let mut bytes = STANDARD.decode(signature).unwrap();
    bytes[20] ^= 1;
    let forged = format!("{}{head} {}\n", reader.checkpoint(), STANDARD.encode(bytes));
    assert!(matches!(public().verify(&forged), Err(NoteError::Forged(_))));
}

#[test]
fn a_later_checkpoint_never_looks_older_than_an_earlier_one() {
    let (mut log, reader) = open(&Memory::new());
    for (now_ms, signed_at) in [(5_000, 5), (2_999, 5), (-1, 5), (i64::MIN, 5), (6_001, 6)] {
        log.append(&entries(0, 1), now_ms).unwrap();
        assert_eq!(public().verify(&reader.checkpoint()).unwrap().signed_at, Some(signed_at));
    }
}

#[test]
fn a_log_s_name_can_be_a_key_s_name_only() {
    for wrong in ["", "a b", "a+b", "a\nb", "a\u{3000}b", &"x".repeat(256)] {
        assert!(matches!(LogKeys::from_seeds(wrong, [1; 32], [2; 32]), Err(LogError::Keys { .. })), "{wrong:?}");
    }
}

#[test]
fn secrets_do_not_show_when_keys_are_printed() {
    assert_eq!(format!("{:?}", keys()), "LogKeys { origin: \"hetao.example/log\", .. }");
}
