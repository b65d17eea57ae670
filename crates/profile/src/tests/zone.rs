//! The zone of the Loop is whole, and answers as its files say.

use super::{HETAO, date, hetao_folder, key};
use crate::{Applicant, Decider, Effect, Profile, Role};
use base::{Bank, Direction, Instant, Language, Localised};

fn instant(text: &str) -> Instant {
    Instant::of(text.parse().unwrap())
}

#[test]
fn two_loads_of_one_folder_have_one_hash() {
    assert_eq!(HETAO.hash.len(), 64);
    assert_eq!(Profile::load(&hetao_folder()).unwrap().hash, HETAO.hash);
}

#[test]
fn the_figures_of_the_outline_are_there_with_their_sections() {
    for (figure, value, section) in [
        ("hong-kong-park-area", 87, "3.1.1"),
        ("shenzhen-park-area", 300, "2.1.4"),
        ("phase-1-floor-area", 1_000_000, "3.1.1"),
        ("wet-laboratory-area", 520_000, "3.1.3"),
        ("footbridges", 2, "7.2.2"),
        ("deduction-first-rate", 300, "6.4.6"),
        ("capital-injection", 18_135_000_000, "2.1.10"),
    ] {
        let card = HETAO.facts.iter().find(|card| card.key.as_str() == figure).unwrap();
        assert_eq!((card.value, card.section.as_str(), card.illustrative), (value, section, false), "{figure}");
    }
    assert_eq!(HETAO.milestones.iter().map(|milestone| milestone.year).collect::<Vec<_>>(), [2024, 2030, 2035]);
    assert_eq!(i64::from(HETAO.parks[&key("hong-kong-park")].hectares), 87);
}

#[test]
fn what_the_outline_does_not_state_is_marked_illustrative_or_names_its_source() {
    for card in HETAO.facts.iter().filter(|card| card.source.is_some()) {
        assert!(card.illustrative, "{}", card.key);
    }
    assert!(HETAO.gates.values().all(|gate| gate.illustrative));
    assert!(HETAO.services.values().all(|service| service.illustrative));
}

#[test]
fn the_commuter_pass_is_decided_on_both_banks_by_officers() {
    let service = HETAO.service(&key("commuter-pass")).unwrap();
    assert_eq!(service.applicants, [Applicant::Clerk]);
    assert!(service.confirmed_by_subject);
    let legs: Vec<(&str, u16, Decider)> =
        service.legs.iter().map(|leg| (leg.office.as_str(), leg.working_days, leg.by)).collect();
    assert_eq!(legs, [("hk-immigration", 5, Decider::Officer), ("sz-exit-entry", 3, Decider::Officer)]);
    let banks: Vec<Bank> = service.legs.iter().map(|leg| HETAO.office(&leg.office).unwrap().bank).collect();
    assert_eq!(banks, [Bank::South, Bank::North]);
    let Effect::IssuePermit(permit) = &service.effect else { panic!("the service issues a permit") };
    assert_eq!((permit.valid_days, permit.minute_from, permit.minute_until), (365, 390, 1350));
    assert_eq!((permit.bridges.len(), permit.directions.len(), permit.weekdays.len()), (2, 2, 7));
    assert!(!permit.days_from_request);
}

#[test]
fn the_visitor_pass_has_one_leg_by_rule_and_is_for_the_day_asked_for() {
    let service = HETAO.service(&key("visitor-pass")).unwrap();
    assert_eq!(service.legs.iter().filter(|leg| leg.by == Decider::Rule).count(), 1);
    // The rule wants a confirmed document, so the visitor has to sign in before it is asked.
    assert!(service.confirmed_by_subject);
    let Effect::IssuePermit(permit) = &service.effect else { panic!("the service issues a permit") };
    assert!(permit.days_from_request);
    assert_eq!(permit.valid_days, 1);
}

#[test]
fn an_unfinished_passage_belongs_to_the_side_that_is_entered() {
    for gate in HETAO.gates.values() {
        for direction in Direction::BOTH {
            assert_eq!(HETAO.office(gate.owner_office.of(direction)).unwrap().bank, direction.to(), "{}", gate.key);
        }
    }
    assert_eq!(HETAO.gate(&key("west-south")).unwrap().departing(), Direction::Northbound);
}

#[test]
fn a_dozen_personas_cover_every_role_and_both_banks() {
    assert!(HETAO.personas.len() >= 12);
    for role in [Role::Person, Role::Clerk, Role::Officer, Role::Auditor, Role::Steering] {
        assert!(HETAO.personas.iter().any(|persona| persona.role == role), "{role:?}");
    }
    for bank in Bank::BOTH {
        assert!(HETAO.personas.iter().any(|persona| persona.bank == bank && persona.role == Role::Officer));
    }
}

#[test]
fn people_and_organisations_of_the_demonstration_say_that_they_are_synthetic() {
    assert!(HETAO.demo_organisations.len() >= 100);
    let names = HETAO.personas.iter().map(|persona| &persona.name);
    for name in names.chain(HETAO.demo_organisations.iter().map(|organisation| &organisation.name)) {
        assert!(
            name.zh_hant.contains("虛構") && name.zh_hans.contains("虚构") && name.en.contains("synthetic"),
            "{name:?}"
        );
    }
}

#[test]
fn both_banks_clocks_stand_eight_hours_ahead_of_the_log() {
    let evening = instant("2026-11-22T16:30:00Z");
    for bank in Bank::BOTH {
        assert_eq!(HETAO.local_date(bank, evening), date("2026-11-23"));
        assert_eq!(HETAO.local_minute(bank, evening), 30);
        assert_eq!(HETAO.weekday(bank, evening), 1);
        assert_eq!(HETAO.start_of_day(bank, date("2026-11-23")), instant("2026-11-22T16:00:00Z"));
    }
}

#[test]
fn an_instant_beyond_all_calendars_does_not_break_the_clock() {
    for extreme in [i64::MIN, i64::MAX] {
        assert!(HETAO.local_minute(Bank::South, Instant(extreme)) < 1440);
        assert!((1..=7).contains(&HETAO.weekday(Bank::North, Instant(extreme))));
    }
}

/// Characters that only one of the two scripts has, among those the zone's texts use: Traditional, then Simplified.
const PAIRS: &str = "園园 區区 證证 簽签 請请 員员 單单 號号 碼码 類类 無无 這这 們们 會会 為为 與与 來来 對对 發发 關关 時时 間间 \
    資资 訊讯 電电 話话 機机 構构 辦办 審审 橋桥 閘闸 門门 銷销 據据 領领 經经 長长 達达 還还 邊边 檢检 總总 處处 進进 實实 驗验";

#[test]
fn neither_chinese_script_slips_into_the_other() {
    let traditional: Vec<char> = PAIRS.split_whitespace().filter_map(|pair| pair.chars().next()).collect();
    let simplified: Vec<char> = PAIRS.split_whitespace().filter_map(|pair| pair.chars().nth(1)).collect();
    let mut texts: Vec<&Localised> = Vec::new();
    for service in HETAO.services.values() {
        texts.extend([&service.name, &service.summary, &service.guidance]);
        texts.extend(service.consents.iter().flat_map(|consent| [&consent.purpose, &consent.text]));
        texts.extend(service.form.fields.iter().flat_map(|field| [Some(&field.label), field.hint.as_ref()]).flatten());
    }
    texts.extend(HETAO.offices.values().map(|office| &office.name));
    texts.extend(HETAO.personas.iter().flat_map(|persona| [&persona.name, &persona.story]));
    texts.extend(HETAO.facts.iter().map(|card| &card.label));
    for text in texts {
        let wrong = text.get(Language::ZhHant).chars().find(|c| simplified.contains(c));
        assert_eq!(wrong, None, "Simplified in {:?}", text.zh_hant);
        let wrong = text.get(Language::ZhHans).chars().find(|c| traditional.contains(c));
        assert_eq!(wrong, None, "Traditional in {:?}", text.zh_hans);
    }
}
