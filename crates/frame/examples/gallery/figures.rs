//! The dashboard with every kind of chart, and the dark screens.

use crate::t;
use frame::charts::{About, Chart, Series, areas, bars, columns, heat, lines, steps, strip};
use frame::maud::{Markup, html};
use frame::parts::{Figure, Tone, Verdict, figures, panel, verdict, wall_figures, wide_cards};
use frame::{Language, Shell, Visit};

fn about(l: Language, title: &str, description: &str) -> About {
    About {
        language: l,
        title: title.to_owned(),
        description: description.to_owned(),
        unit: t(l, "人次", "人次", "crossings").to_owned(),
        across: t(l, "時段", "时段", "Hour").to_owned(),
    }
}

fn clock_hours() -> Vec<String> {
    (6..23).map(|hour| format!("{hour:02}:00")).collect()
}

/// Two peaks, one in the morning and one in the evening.
fn day(morning: f64, evening: f64) -> impl Iterator<Item = f64> {
    (6..23).map(move |hour| {
        let near = |peak: f64| (-(f64::from(hour) - peak).powi(2) / 3.0).exp();
        (morning * near(8.5) + evening * near(18.2) + 40.0).round()
    })
}

pub fn hours(l: Language) -> Chart {
    lines(
        &about(
            l,
            t(l, "今日每小時過橋人次", "今日每小时过桥人次", "Crossings by hour, today"),
            t(
                l,
                "早上以南行為主，傍晚以北行為主。",
                "早上以南行为主，傍晚以北行为主。",
                "Mostly southbound in the morning, northbound in the evening.",
            ),
        ),
        &clock_hours(),
        &[
            Series::new(t(l, "南行", "南行", "Southbound"), day(980.0, 160.0)),
            Series::new(t(l, "北行", "北行", "Northbound"), day(210.0, 870.0)),
        ],
    )
}

pub fn dashboard(visit: &Visit) -> Markup {
    let l = visit.language;
    let gates = [
        t(l, "西橋北閘", "西桥北闸", "West bridge, north gate"),
        t(l, "西橋南閘", "西桥南闸", "West bridge, south gate"),
        t(l, "東橋北閘", "东桥北闸", "East bridge, north gate"),
    ]
    .map(str::to_owned);
    let days: Vec<String> =
        (16..22).map(|day| frame::format::date_short(l, jiff::civil::date(2026, 11, day))).collect();
    let west = Series::new(t(l, "西橋", "西桥", "West bridge"), [812.0, 940.0, 903.0, 1_022.0, 1_204.0, 388.0]);
    let east = Series::new(t(l, "東橋", "东桥", "East bridge"), [420.0, 510.0, 488.0, 530.0, 640.0, 190.0]);
    let states = [
        (t(l, "審批中", "审批中", "Being decided"), 64.0),
        (t(l, "等候申請人", "等待申请人", "With the applicant"), 23.0),
        (t(l, "已批准", "已批准", "Approved"), 210.0),
        (t(l, "已拒絕", "已拒绝", "Refused"), 12.0),
    ]
    .map(|(label, value)| (label.to_owned(), value));
    visit.page(t(l, "口岸情況", "口岸情况", "Gates today")).lead(t(l, "截至 10:45，每 10 秒更新。", "截至 10:45，每 10 秒更新。", "Until 10:45, renewed every 10 seconds.")).body(html! {
        (figures(&[
            Figure::new("5,343", t(l, "今日過橋人次", "今日过桥人次", "Crossings today")).tone(Tone::Active),
            Figure::new("3,968", t(l, "香港園區內人數", "香港园区内人数", "In the Hong Kong park")),
            Figure::new("8,412", t(l, "深圳園區內人數", "深圳园区内人数", "In the Shenzhen park")),
            Figure::new("3", t(l, "快將逾期的個案", "即将超期的办件", "Clocks at risk")).tone(Tone::Caution).note(t(l, "最近者今日到期", "最近的今日到期", "the nearest is due today")),
        ]))
        (panel(hours(l)))
        (wide_cards(html! {
            (panel(bars(&about(l, t(l, "閘機拒絕放行的原因", "闸机拒绝放行的原因", "Why gates refused"), ""), &[
                (t(l, "通行證已到期", "通行证已到期", "Pass expired").to_owned(), 31.0),
                (t(l, "不在許可時段", "不在许可时段", "Outside its hours").to_owned(), 18.0),
                (t(l, "方向不符", "方向不符", "Wrong direction").to_owned(), 7.0),
                (t(l, "重複出示", "重复出示", "Presented twice").to_owned(), 2.0),
            ])))
            (panel(strip(&about(l, t(l, "個案狀態", "办件状态", "Cases by state"), ""), &states)))
            (panel(columns(&about(l, t(l, "每日過橋人次", "每天过桥人次", "Crossings by day"), ""), &days, &[west.clone(), east.clone()])))
            (panel(steps(&about(l, t(l, "香港園區內人數", "香港园区内人数", "People in the Hong Kong park"), ""), &clock_hours(), &[
                Series::new(t(l, "人數", "人数", "People"), (6..23).map(|hour| f64::from((hour - 5) * (24 - hour) * 48 % 4_300))),
            ])))
            (panel(areas(&about(l, t(l, "兩橋合計", "两桥合计", "Both bridges together"), ""), &days, &[west, east])))
            (panel(heat(&about(l, t(l, "各閘每小時人次", "各闸每小时人次", "Crossings by gate and hour"), t(l, "顏色愈深，人次愈多；圓點為各閘的高峰。", "颜色越深，人次越多；圆点为各闸的高峰。", "Darker is busier; a dot marks the peak of each gate.")), &gates, &clock_hours(), &[
                day(520.0, 90.0).collect(), day(460.0, 70.0).collect(), day(120.0, 430.0).collect(),
            ])))
        }))
    })
}

fn gate(visit: &Visit, answer: Verdict, word: &str, reason: Option<&str>, remedy: Option<&str>) -> Markup {
    let l = visit.language;
    let more = html! { p { (t(l, "西橋 · 北閘 · 南行", "西桥 · 北闸 · 南行", "West bridge · north gate · southbound")) " · 10:45" } };
    visit.page(word).shell(Shell::Wall).without_heading().refresh(60).body(verdict(answer, word, reason, remedy, more))
}

pub fn gate_ready(visit: &Visit) -> Markup {
    let l = visit.language;
    gate(
        visit,
        Verdict::Ready,
        t(l, "請出示通行證", "请出示通行证", "Show your pass"),
        Some(t(l, "把二維碼對準讀取器", "把二维码对准读取器", "Hold the code to the reader")),
        None,
    )
}

pub fn gate_pass(visit: &Visit) -> Markup {
    let l = visit.language;
    gate(visit, Verdict::Pass, t(l, "請通過", "请通过", "Pass"), None, None)
}

pub fn gate_refer(visit: &Visit) -> Markup {
    let l = visit.language;
    gate(
        visit,
        Verdict::Refer,
        t(l, "請到櫃位", "请到窗口", "See an officer"),
        Some(t(l, "請前往右方的人手查驗櫃位。", "请前往右侧的人工查验窗口。", "Please go to the desk on your right.")),
        None,
    )
}

pub fn gate_refuse(visit: &Visit) -> Markup {
    let l = visit.language;
    gate(
        visit,
        Verdict::Refuse,
        t(l, "未能通過", "未能通过", "Not admitted"),
        Some(t(
            l,
            "通行證已於 2026年11月20日到期。",
            "通行证已于2026年11月20日到期。",
            "This pass expired on 20 November 2026.",
        )),
        Some(t(
            l,
            "請僱主續期，或申請單日通行證。",
            "请用人单位续期，或申请单日通行证。",
            "Ask your employer to renew it, or apply for a day pass.",
        )),
    )
}

pub fn wall(visit: &Visit) -> Markup {
    let l = visit.language;
    visit.page(t(l, "園區現況", "园区现况", "The parks now")).shell(Shell::Wall).refresh(10).body(wall_figures(&[
        Figure::new("5,343", t(l, "今日過橋人次", "今日过桥人次", "Crossings today")),
        Figure::new("3,968", t(l, "香港園區內人數", "香港园区内人数", "In the Hong Kong park")),
        Figure::new("8,412", t(l, "深圳園區內人數", "深圳园区内人数", "In the Shenzhen park")),
        Figure::new("3", t(l, "快將逾期的個案", "即将超期的办件", "Clocks at risk")).tone(Tone::Caution),
    ]))
}
