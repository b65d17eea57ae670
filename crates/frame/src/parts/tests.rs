//! No part lets markup through, and each keeps what it promises to those who do not see it.

use super::*;
use crate::Language;

const EVIL: &str = "\"><script>alert('x')</script>&";

fn link() -> Link {
    Link::new(EVIL, EVIL).current(true).count(3)
}

fn leg() -> Leg {
    Leg { bank: EVIL.into(), office: EVIL.into(), status: (Tone::Active, EVIL.into()), clock: None, actions: None }
}

fn legs() -> TwoLegs {
    let moment = |side| Moment {
        side,
        tone: Tone::Good,
        title: EVIL.into(),
        when: html! { (EVIL) },
        body: Some(html! { (EVIL) }),
    };
    TwoLegs {
        label: EVIL.into(),
        north: leg(),
        south: leg(),
        moments: vec![moment(Side::North), moment(Side::South), moment(Side::Both)],
    }
}

#[test]
fn no_part_lets_markup_through() {
    let all: Vec<Markup> = vec![
        tag(Tone::Bad, EVIL),
        Banner::new(Tone::Bad, EVIL).text(EVIL).link(EVIL, EVIL).render(),
        inset(EVIL),
        warning(EVIL, EVIL),
        details(EVIL, EVIL),
        empty(EVIL, EVIL, None),
        card(EVIL, EVIL),
        Table::new(EVIL, [Column::text(EVIL), Column::number(EVIL)]).row([html! { (EVIL) }, html! { (EVIL) }]).render(),
        summary_list([SummaryRow::new(EVIL, EVIL).action(link(), EVIL)]),
        receipt(&[(EVIL.into(), EVIL.into())]),
        figures(&[Figure::new(EVIL, EVIL).note(EVIL)]),
        tasks(&[Task { link: link(), hint: Some(EVIL.into()), status: (Tone::Good, EVIL.into()) }]),
        qr("text", EVIL, EVIL),
        pagination(Language::En, &Pages { current: 2, last: 3, href: &|page| format!("{EVIL}{page}") }),
        tabs(EVIL, &[link()]),
        side_navigation(EVIL, &[link()]),
        FilterBar { language: Language::En, action: EVIL, fields: html! {}, chosen: vec![link()] }.render(),
        timeline(&[Step::new(Tone::Good, EVIL, EVIL).body(EVIL)]),
        legs().render(),
        verdict(Verdict::Refuse, EVIL, Some(EVIL), Some(EVIL), html! {}),
        wall_figures(&[Figure::new(EVIL, EVIL)]),
    ];
    for markup in all {
        let markup = markup.into_string();
        assert!(!markup.contains("<script") && !markup.contains("\"&gt;"), "{markup}");
        assert!(markup.contains("&lt;script&gt;"), "{markup}");
    }
}

#[test]
fn a_status_is_never_colour_alone() {
    for tone in [Tone::Neutral, Tone::Active, Tone::Good, Tone::Caution, Tone::Bad] {
        let markup = tag(tone, "word").into_string();
        assert!(markup.contains("<svg") && markup.contains("word"), "{markup}");
    }
}

#[test]
fn a_table_keeps_its_roles_and_labels_every_cell_for_phones() {
    let table = Table::new("Cases", [Column::text("Case"), Column::number("Days")])
        .row([html! { "C-1" }, html! { "3" }])
        .render()
        .into_string();
    for wanted in [r#"role="table""#, r#"role="rowheader""#, r#"data-label="Days""#] {
        assert!(table.contains(wanted), "{wanted} in {table}");
    }
}

#[test]
fn a_clock_warns_at_three_quarters_and_when_it_is_overrun() {
    let clock = |used, state| Clock { language: Language::En, days_used: used, days_allowed: 8, state };
    for (used, state, tone, words) in [
        (5, ClockState::Running, Tone::Active, "5 of 8 working days used"),
        (6, ClockState::Running, Tone::Caution, "6 of 8 working days used"),
        (9, ClockState::Running, Tone::Bad, "1 working day over the 8 allowed"),
        (9, ClockState::Paused, Tone::Neutral, "Paused at 9 of 8 working days"),
        (0, ClockState::Stopped, Tone::Good, "Decided on the same day"),
        (2, ClockState::Stopped, Tone::Good, "Decided after 2 of 8 working days"),
    ] {
        let clock = clock(used, state);
        assert_eq!(clock.tone(), tone);
        assert!(clock.render().into_string().contains(words), "{}", clock.render().into_string());
    }
}

#[test]
fn a_clock_of_any_length_is_drawn() {
    for (days_used, days_allowed) in [(0, 0), (u32::MAX, u32::MAX), (30, 60), (u32::MAX, 1)] {
        let clock = Clock { language: Language::ZhHant, days_used, days_allowed, state: ClockState::Running };
        assert!(clock.render().into_string().contains("<rect"));
    }
}

#[test]
fn long_lists_show_the_ends_and_the_neighbours() {
    let markup =
        pagination(Language::En, &Pages { current: 10, last: 20, href: &|page| format!("?p={page}") }).into_string();
    for page in [1, 9, 10, 11, 20] {
        assert!(markup.contains(&format!("href=\"?p={page}\"")), "{page} in {markup}");
    }
    assert!(!markup.contains("href=\"?p=12\""));
    assert_eq!(markup.matches("…").count(), 2);
    assert_eq!(pagination(Language::En, &Pages { current: 1, last: 1, href: &|_| String::new() }).into_string(), "");
}

#[test]
fn a_text_too_long_for_a_code_still_gets_its_caption() {
    assert!(qr("hetao", "code", "caption").into_string().contains("<path"));
    let long = qr(&"x".repeat(5_000), "code", "caption").into_string();
    assert!(!long.contains("<svg") && long.contains("caption"));
}
