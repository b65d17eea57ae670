//! Undertakings.

use super::*;

#[test]
fn the_applicant_signs_the_text_in_their_language_and_its_hash_is_kept() {
    let mut cases = fee_first();
    cases.check(CLERK, work(1, "undertaking", sign("undertaking", Language::ZhHant)), "worked");
    let leg = cases.leg(1, "undertaking");
    assert_eq!(leg.state, LegState::Approved);
    let signed = leg.signing().unwrap().signed.clone().unwrap();
    assert_eq!((signed.by, signed.language), (PersonId(1), Language::ZhHant));
    // printf 我承諾。 | sha256sum
    assert_eq!(signed.text.len(), 64);
    assert_ne!(sign("undertaking", Language::ZhHant), sign("undertaking", Language::ZhHans));
    cases.check(CLERK, work(1, "undertaking", sign("undertaking", Language::En)), "refused: leg-must-be-undecided");
}

#[test]
fn nobody_signs_a_text_that_is_not_as_it_stands() {
    let mut cases = fee_first();
    let Act::Sign { text, .. } = sign("undertaking", Language::En) else { unreachable!() };
    for (version, language, text) in
        [(2, Language::En, text.clone()), (3, Language::ZhHans, text), (3, Language::En, "0".repeat(64).into())]
    {
        let act = Act::Sign { version, language, text, confirmation: Some(Confirmation::Demonstration) };
        cases.check(CLERK, work(1, "undertaking", act), "refused: undertaking-must-be-as-it-stands");
    }
}

#[test]
fn nobody_signs_for_somebody_else() {
    let mut cases = fee_first();
    let act = || sign("undertaking", Language::En);
    cases
        .check(SUBJECT, work(1, "undertaking", act()), "refused: nothing permits it")
        .check(SOUTH, work(1, "undertaking", act()), "refused: nothing permits it")
        .check("system", work(1, "undertaking", act()), "refused: person-must-act")
        .check(CLERK, work(1, "fee", act()), "refused: nothing permits it")
        .check(CLERK, work(1, "fee", Act::NameSignatory { person: PersonId(2) }), "refused: leg-must-be-of-the-kind");
}

#[test]
fn whoever_declines_ends_the_case_refused() {
    let mut cases = fee_first();
    cases.check(
        CLERK,
        work(1, "undertaking", Act::Decline { reason: Some(sealed(2)) }),
        "refused: seal-must-be-the-subjects-own",
    );
    cases.check(CLERK, work(1, "undertaking", Act::Decline { reason: Some(sealed(OF_CLERK)) }), "worked + decided");
    assert_eq!(cases.leg(1, "undertaking").state, LegState::Refused);
    assert_eq!(cases.case(1).stage, Stage::Decided(Outcome::Refused));
    assert_eq!(cases.leg(1, "decision").state, LegState::Moot);
}

#[test]
fn a_signatory_is_named_from_the_organisation_and_signs_alone() {
    let mut cases = fee_first();
    let name = |person| work(1, "director", Act::NameSignatory { person: PersonId(person) });
    let signs = || work(1, "director", sign("director", Language::En));
    cases
        .check(SUBJECT, signs(), "refused: nothing permits it")
        .check(CLERK, name(8), "refused: signatory-must-be-of-the-organisation")
        .check(CLERK, name(6), "refused: signatory-must-be-of-the-organisation")
        .check(SOUTH, name(2), "refused: nothing permits it")
        .check(CLERK, name(10), "worked")
        .check(CLERK, name(2), "worked");
    let to_sign = |cases: &Cases, person| crate::to_sign(&cases.state, PersonId(person)).count();
    assert_eq!((to_sign(&cases, 10), to_sign(&cases, 2)), (0, 1));
    cases
        .check("person:P-10", signs(), "refused: nothing permits it")
        .check(CLERK, signs(), "refused: nothing permits it")
        .check(SUBJECT, signs(), "worked")
        .check(
            CLERK,
            work(1, "undertaking", Act::NameSignatory { person: PersonId(2) }),
            "refused: signatory-must-be-the-applicants-to-name",
        );
}

/// As the clerk, whose passkey is `laptop`, signs it.
fn confirmed(confirmation: Option<Confirmation>) -> Act {
    match sign("undertaking", Language::En) {
        Act::Sign { version, language, text, .. } => Act::Sign { version, language, text, confirmation },
        other => other,
    }
}

fn by_passkey(credential: &str, nonce: &str, seal_of: u32) -> Option<Confirmation> {
    Some(Confirmation::Passkey { credential: credential.into(), nonce: nonce.into(), proof: sealed(seal_of) })
}

#[test]
fn a_signature_is_confirmed_by_a_passkey_of_the_signatorys_own() {
    let mut cases = fee_first();
    let refused = "refused: signature-must-be-confirmed";
    let signed = |confirmation| work(1, "undertaking", confirmed(confirmation));
    cases.check(CLERK, signed(None), refused);
    cases.check(CLERK, signed(by_passkey("laptop", "nonce", OF_CLERK)), refused);
    let added = parties::Event::PasskeyAdded {
        person: PersonId(OF_CLERK),
        name: "laptop".into(),
        credential: sealed(OF_CLERK),
    };
    cases.knows(&added);
    cases.check(CLERK, signed(Some(Confirmation::Demonstration)), refused);
    cases.check(CLERK, signed(by_passkey("phone", "nonce", OF_CLERK)), refused);
    cases.check(CLERK, signed(by_passkey("laptop", "", OF_CLERK)), refused);
    cases.check(CLERK, signed(by_passkey("laptop", "nonce", OF_SUBJECT)), "refused: seal-must-be-the-subjects-own");
    cases.check(CLERK, signed(by_passkey("laptop", "nonce", OF_CLERK)), "worked");
    cases.check(CLERK, signed(by_passkey("laptop", "nonce", OF_CLERK)), "refused: leg-must-be-undecided");
}
