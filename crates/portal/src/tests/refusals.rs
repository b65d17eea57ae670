//! Every refusal of every room has words, in three languages.
//!
//! The lists below are the codes of each room's closed enum; a room that gains a refusal gains a line here, because the
//! test counts the arms that the room's own source has.

use crate::WORDS;
use base::Language;
use std::fs;
use std::path::Path;

const CODES: [(&str, &[&str]); 7] = [
    (
        "parties",
        &[
            "person-must-be-known",
            "organisation-must-be-known",
            "office-must-be-known",
            "person-must-not-be-erased",
            "ruled-out",
            "seal-must-be-the-persons-own",
            "invitation-must-match",
            "invitation-must-be-in-time",
            "passkey-must-be-known",
            "passkey-must-be-new",
            "passkeys-must-be-few",
            "document-must-be-in-force",
            "documents-must-be-few",
            "consent-must-be-on-offer",
            "consent-must-be-given",
            "officer-must-be-appointed",
            "head-must-be-appointed",
            "clerk-must-be-appointed",
            "person-must-not-have-come-in",
            "gate-must-be-known",
            "token-must-be-known",
            "token-must-end-in-time",
            "token-must-be-in-force",
            "view-must-be-plain",
            "view-must-be-new",
            "views-must-be-few",
            "view-must-be-saved",
            "delegation-must-be-known",
            "delegate-must-be-somebody-else",
            "delegated-service-must-be-for-clerks",
            "delegation-must-give-something",
            "delegation-must-end-in-time",
            "delegations-must-be-few",
            "delegation-must-be-on-offer",
            "delegation-must-not-be-over",
        ],
    ),
    (
        "cases",
        &[
            "service-must-be-known",
            "case-must-be-known",
            "leg-must-be-known",
            "roster-must-be-known",
            "roster-must-be-unchanged",
            "roster-must-fit-the-delegation",
            "closure-must-be-known",
            "closure-must-name-offices-of-its-bank",
            "closure-kind-must-be-known",
            "closure-must-end-after-it-begins",
            "closure-must-be-near",
            "closure-must-be-in-force",
            "clocks-must-be-the-platforms",
            "subject-must-be-known",
            "permit-must-be-known",
            "person-must-act",
            "platform-must-act",
            "ruled-out",
            "service-must-match-what-it-is-about",
            "requested-day-must-be-given",
            "requested-day-must-not-be-past",
            "case-must-be-the-only-one-open",
            "case-must-be-confirming",
            "case-must-be-deciding",
            "case-must-not-be-decided",
            "case-must-have-room",
            "views-must-be-some-and-few",
            "change-must-be-offered",
            "case-must-be-decided",
            "case-must-be-refused",
            "issued-must-stand",
            "change-must-not-be-early",
            "change-must-be-in-time",
            "change-must-be-asked-once",
            "transfer-must-go-to-another-organisation",
            "version-must-be-newer",
            "document-must-be-confirmed",
            "consent-must-be-given",
            "choice-must-be-given",
            "disclosure-must-be-the-services",
            "leg-must-be-undecided",
            "leg-must-have-begun",
            "leg-must-be-open",
            "leg-must-be-asked",
            "leg-must-be-left-to-the-rule",
            "verdict-must-fit-the-leg",
            "document-must-be-asked",
            "document-must-be-attached",
            "file-must-fit-the-document",
            "files-must-not-be-too-many",
            "attachment-must-be-known",
            "seal-must-be-the-subjects-own",
        ],
    ),
    (
        "cases/work",
        &[
            "office-must-be-known",
            "leg-must-be-of-the-kind",
            "leg-must-not-be-proposed",
            "leg-must-be-proposed",
            "colleague-must-be-of-the-office",
            "colleague-must-be-present",
            "colleague-must-be-free-to-act",
            "amount-must-match",
            "receipt-must-be-given",
            "receipt-must-be-new",
            "refund-must-be-due",
            "signatory-must-be-the-applicants-to-name",
            "signatory-must-be-of-the-organisation",
            "undertaking-must-be-as-it-stands",
            "signature-must-be-confirmed",
            "times-must-be-few",
            "time-must-be-to-come",
            "time-must-be-on-a-working-day",
            "times-must-not-overlap",
            "time-must-be-offered",
            "time-must-not-be-taken",
            "changes-must-be-left",
            "time-must-be-free",
            "applicant-must-be-free",
            "appointment-must-be-booked",
            "appointment-must-have-begun",
            "vote-must-be-the-first",
            "seat-must-be-free",
            "scores-must-fit-the-criteria",
            "seat-must-have-fallen-away",
            "quorum-must-be-reached",
            "absence-must-be-in-order",
            "absences-must-not-overlap",
            "absences-must-be-few",
            "deputy-must-be-another",
            "absence-must-be-known",
        ],
    ),
    (
        "permits",
        &[
            "permit-must-be-known",
            "grant-must-be-known",
            "holder-must-be-known",
            "ruled-out",
            "reason-must-be-the-actors-to-give",
            "case-must-not-have-issued",
            "validity-must-end-after-it-begins",
            "grant-must-not-have-ended",
            "permit-must-not-be-revoked",
            "permit-must-be-valid",
            "permit-must-be-suspended",
            "holder-key-must-be-new",
            "holder-key-must-be-bound",
            "thumbprint-must-be-well-formed",
        ],
    ),
    (
        "crossings/people",
        &[
            "gate-must-be-known",
            "gate-must-stand-where-the-passage-begins",
            "passage-must-be-open",
            "referral-must-be-open",
            "watch-must-be-known",
            "ruled-out",
            "gate-must-be-open",
            "gate-must-be-closed",
            "traveller-must-be-known",
            "permit-must-be-valid",
            "referral-must-be-recent",
            "traveller-must-not-have-moved-since",
            "crossing-must-not-be-refused",
        ],
    ),
    (
        "letters",
        &[
            "platform-must-act",
            "letter-must-be-known",
            "recipient-must-be-known",
            "ruled-out",
            "office-must-be-held",
            "feed-must-be-open",
            "push-must-be-subscribed",
            "pushes-must-be-few",
            "letter-must-be-new",
            "letter-must-be-next",
            "digests-must-be-well-formed",
            "letter-must-be-undelivered",
        ],
    ),
    (
        "desk",
        &[
            "submission-must-not-be-empty",
            "submission-must-be-small",
            "event-must-be-small",
            "clock-must-not-go-back",
            "platform-must-act",
            "enrolment-must-register",
        ],
    ),
];

#[test]
fn every_code_of_every_room_has_a_text_and_a_remedy_in_three_languages() {
    for (room, codes) in CODES {
        for code in codes {
            for language in Language::ALL {
                let key = format!("refusal-{code}");
                let text = WORDS.find(language, &key, &[]).unwrap_or_default();
                let remedy = WORDS.find_attribute(language, &key, "remedy", &[]).unwrap_or_default();
                assert!(!text.is_empty() && !remedy.is_empty(), "{room}: {key} in {language}");
            }
        }
    }
}

#[test]
fn the_lists_are_the_rooms_own() {
    for (room, codes) in CODES {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        // What is refused on legs that ask for more than a word stands in a file of its own, and so does the rest where
        // the room has one.
        let source = match room.strip_suffix("/work") {
            Some(room) => fs::read_to_string(crates.join(room).join("src/work_refusal.rs")),
            None => {
                let sources = crates.join(room).join("src");
                fs::read_to_string(sources.join("refusal.rs")).or_else(|_| fs::read_to_string(sources.join("model.rs")))
            }
        };
        let source = source.unwrap();
        let arms: Vec<&str> = source
            .lines()
            .filter(|line| line.trim_start().trim_start_matches("Work").starts_with("Refusal::"))
            .filter_map(|line| line.split_once("=> \"")?.1.split('"').next())
            .filter(|code| code.contains('-'))
            .collect();
        assert_eq!(arms, *codes, "{room}");
    }
}
