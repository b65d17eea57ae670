//! The home page with a made-up plan of the river and the two parks.

use crate::t;
use frame::map::{Area, Bridge, Ground, Plan};
use frame::maud::{Markup, html};
use frame::parts::{Figure, Link, Task, Tone, card, cards, figures, hero, tasks};
use frame::{Language, Visit, Weight, button_link};

fn plan(l: Language) -> Plan {
    Plan {
        language: l,
        title: t(l, "河套平面圖", "河套平面图", "Plan of the Loop").into(),
        description: t(
            l,
            "深圳河兩岸的園區及兩條人行橋",
            "深圳河两岸的园区及两座人行桥",
            "The parks on both banks of the Shenzhen River and the two footbridges",
        )
        .into(),
        areas: areas(l),
        bridges: bridges(l),
    }
}

/// The river runs straight between the parks; its old bend goes around the southern one.
fn areas(l: Language) -> Vec<Area> {
    let area = |ground, outline: &[(f64, f64)], label: Option<&str>, note: Option<&str>| Area {
        ground,
        outline: outline.to_vec(),
        label: label.map(str::to_owned),
        note: note.map(str::to_owned),
    };
    vec![
        area(Ground::Land, &[(0.0, 0.0), (2600.0, 0.0), (2600.0, 1750.0), (0.0, 1750.0)], None, None),
        area(
            Ground::NorthPark,
            &[(260.0, 1060.0), (1250.0, 1130.0), (2330.0, 1230.0), (2300.0, 1620.0), (1300.0, 1660.0), (330.0, 1600.0)],
            Some(t(l, "深圳園區", "深圳园区", "Shenzhen park")),
            Some(t(l, "300 公頃 · 園內 8,412 人", "300 公顷 · 园内 8,412 人", "300 ha · 8,412 people in it")),
        ),
        area(
            Ground::SouthPark,
            &[(560.0, 770.0), (1250.0, 850.0), (2080.0, 950.0), (2010.0, 520.0), (1450.0, 270.0), (820.0, 330.0)],
            Some(t(l, "香港園區", "香港园区", "Hong Kong park")),
            Some(t(l, "87 公頃 · 園內 3,968 人", "87 公顷 · 园内 3,968 人", "87 ha · 3,968 people in it")),
        ),
        area(
            Ground::Green,
            &[(330.0, 600.0), (520.0, 590.0), (760.0, 230.0), (1440.0, 130.0), (1400.0, 30.0), (600.0, 60.0)],
            Some(t(l, "生態區", "生态区", "Wetland")),
            None,
        ),
        area(
            Ground::River,
            &[
                (-80.0, 760.0),
                (500.0, 870.0),
                (1250.0, 960.0),
                (2050.0, 1060.0),
                (2680.0, 1260.0),
                (2680.0, 1390.0),
                (2040.0, 1170.0),
                (1250.0, 1070.0),
                (480.0, 990.0),
                (-80.0, 880.0),
            ],
            Some(t(l, "深圳河", "深圳河", "Shenzhen River")),
            None,
        ),
    ]
}

fn bridges(l: Language) -> Vec<Bridge> {
    let bridge = |label: &str, x: f64, y: f64, northbound, southbound, status: (Tone, &str)| Bridge {
        label: label.to_owned(),
        north: (x, y + 150.0),
        south: (x - 20.0, y - 150.0),
        northbound: Some(northbound),
        southbound: Some(southbound),
        status: (status.0, status.1.to_owned()),
        href: Some("dashboard.html".to_owned()),
    };
    vec![
        bridge(
            t(l, "西橋", "西桥", "West bridge"),
            800.0,
            940.0,
            1_204,
            2_377,
            (Tone::Good, t(l, "雙向開放", "双向开放", "Open both ways")),
        ),
        bridge(
            t(l, "東橋", "东桥", "East bridge"),
            1_750.0,
            1_060.0,
            640,
            1_122,
            (Tone::Caution, t(l, "北行須人手查驗", "北行须人工查验", "Northbound by hand")),
        ),
    ]
}

pub fn home(visit: &Visit) -> Markup {
    let l = visit.language;
    let task = |label: &str, hint: &str, status: (Tone, &str)| Task {
        link: Link::new(label, "form.html"),
        hint: Some(hint.to_owned()),
        status: (status.0, status.1.to_owned()),
    };
    visit.page(t(l, "河套：一河兩園", "河套：一河两园", "Two parks, one river")).without_heading().body(html! {
        (hero(
            t(l, "一河兩園，步行即達", "一河两园，步行即达", "Two parks, one river, a short walk"),
            t(
                l,
                "一次申請，兩岸同時審批；憑通行證走過人行橋，每項決定都可以驗證。",
                "一次申请，两岸同时审批；凭通行证走过人行桥，每项决定都可以验证。",
                "Apply once and offices on both banks decide side by side. Then walk across. Every decision can be verified.",
            ),
            html! {
                (button_link(Weight::Primary, t(l, "申請通行證", "申请通行证", "Apply for a pass"), "form.html"))
                (button_link(Weight::Secondary, t(l, "查閱日誌", "查阅日志", "See the log"), "#"))
            },
            plan(l),
        ))
        (figures(&[
            Figure::new("5,343", t(l, "今日過橋人次", "今日过桥人次", "Crossings today"))
                .note(t(l, "截至 10:45", "截至 10:45", "until 10:45")).tone(Tone::Active),
            Figure::new("3,968", t(l, "現時身處香港園區", "当前在香港园区", "In the Hong Kong park now")),
            Figure::new("96%", t(l, "限期內作出的決定", "时限内作出的决定", "Decided within the promised days")).tone(Tone::Good)
                .note(t(l, "過去 30 日", "过去 30 天", "past 30 days")),
            Figure::new("8 ms", t(l, "閘機作答時間中位數", "闸机应答时间中位数", "Median answer of a gate")),
        ]))
        (cards(html! {
            (card(t(l, "往來兩園的人士", "往来两园的人员", "People who cross"), html! {
                p { (t(l, "領取通行證，每次出示都會更新二維碼。", "领取通行证，每次出示都会更新二维码。", "Get your pass. Its code is fresh each time you show it.")) }
                p { a href="#" { (t(l, "我的通行證", "我的通行证", "My pass")) } }
            }))
            (card(t(l, "僱主及機構", "用人单位和机构", "Employers"), html! {
                p { (t(l, "上載員工名單，逐行說明錯處及更正方法。", "上传员工名单，逐行说明错误和更正方法。", "Upload a roster. Every faulty row says what is wrong and how to mend it.")) }
                p { a href="#" { (t(l, "上載名單", "上传名单", "Upload a roster")) } }
            }))
            (card(t(l, "審計及公眾", "审计和公众", "Auditors and the public"), html! {
                p { (t(l, "無須信任營運者，自行核對日誌。", "无须信任运营者，自行核对日志。", "Check the log yourself, without trusting who runs it.")) }
                p { a href="#" { (t(l, "驗證收據", "验证回执", "Verify a receipt")) } }
            }))
        }))
        h2 { (t(l, "常用服務", "常用服务", "Services")) }
        (tasks(&[
            task(
                t(l, "跨園區通勤通行證", "跨园区通勤通行证", "Cross-park commuter pass"),
                t(l, "兩岸各需 5 個工作天", "两岸各需 5 个工作日", "5 working days on each bank"),
                (Tone::Good, t(l, "接受申請", "接受申请", "Open")),
            ),
            task(
                t(l, "單日訪客通行證", "单日访客通行证", "One-day visitor pass"),
                t(l, "由接待機構擔保", "由接待机构担保", "Vouched for by the host"),
                (Tone::Neutral, t(l, "尚未開始", "尚未开始", "Not started")),
            ),
        ]))
    })
}
