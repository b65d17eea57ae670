//! A queue, a case with its two legs, a form with faults, and all other parts.

use crate::t;
use base::Instant;
use frame::maud::{Markup, html};
use frame::parts::{
    Clock, ClockState, Column, FilterBar, Leg, Link, Moment, Pages, Side, Step, SummaryRow, Table, Tone, TwoLegs, card,
    details, empty, inset, pagination, qr, receipt, side_navigation, summary_list, tabs, tag, timeline, warning,
};
use frame::{Choice, Errors, Field, Language, Size, Visit, Weight, button_link, buttons, problem, submit, submit_as};

fn at(hours: i64) -> Instant {
    Instant(1_795_300_000_000).plus(hours * Instant::HOUR)
}

fn clock(language: Language, days_used: u32, days_allowed: u32, state: ClockState) -> Clock {
    Clock { language, days_used, days_allowed, state }
}

pub fn queue(visit: &Visit) -> Markup {
    let l = visit.language;
    let states = [
        (Tone::Active, t(l, "審批中", "审批中", "Being decided"), clock(l, 2, 5, ClockState::Running)),
        (Tone::Caution, t(l, "快將逾期", "即将超期", "At risk"), clock(l, 4, 5, ClockState::Running)),
        (Tone::Bad, t(l, "已逾期", "已超期", "Overdue"), clock(l, 7, 5, ClockState::Running)),
        (
            Tone::Neutral,
            t(l, "等候申請人回覆", "等待申请人回复", "Waiting for the applicant"),
            clock(l, 3, 5, ClockState::Paused),
        ),
        (Tone::Good, t(l, "已批准", "已批准", "Approved"), clock(l, 3, 5, ClockState::Stopped)),
    ];
    let names = [
        t(l, "李明輝", "李明辉", "Li Minghui"),
        t(l, "黃嘉欣", "黄嘉欣", "Wong Ka-yan"),
        t(l, "歐陽振華", "欧阳振华", "Au-yeung Chun-wah"),
        "Priya Raghunathan",
        t(l, "張偉", "张伟", "Zhang Wei"),
    ];
    let rows = states.iter().zip(names).enumerate().map(|(index, ((tone, word, clock), name))| {
        [
            html! { a href="case.html" { "C-" (1042 + index) } },
            html! { (name) },
            html! { (t(l, "河谷生物科技有限公司", "河谷生物科技有限公司", "River Valley Biotech Ltd")) },
            html! { (frame::format::date(l, jiff::civil::date(2026, 11, 16 + index as i8))) },
            html! { (tag(*tone, word)) },
            html! { (clock) },
        ]
    });
    visit
        .page(t(l, "待辦個案", "待办办件", "My queue"))
        .lead(t(l, "香港一方須作決定的個案，限期最近者在前。", "香港一方须作决定的办件，时限最近的在前。", "Cases that the Hong Kong side decides, the nearest deadline first."))
        .body(html! {
            (tabs(t(l, "個案狀態", "办件状态", "Case states"), &[
                Link::new(t(l, "待決定", "待决定", "To decide"), "#").current(true).count(12),
                Link::new(t(l, "暫停計時", "暂停计时", "Paused"), "#").count(3),
                Link::new(t(l, "已決定", "已决定", "Decided"), "#").count(1_204),
            ]))
            (FilterBar {
                language: l,
                action: "queue.html",
                fields: html! {
                    (Field::new("q", t(l, "姓名或編號", "姓名或编号", "Name or number")).kind("search").text())
                    (Field::new("service", t(l, "服務", "服务", "Service")).select(&[
                        Choice::new("", t(l, "全部", "全部", "All")),
                        Choice::new("commuter", t(l, "跨園區通勤通行證", "跨园区通勤通行证", "Cross-park commuter pass")),
                    ]))
                },
                chosen: vec![Link::new(t(l, "限期：本星期", "时限：本周", "Due: this week"), "#")],
            })
            (Table::new(t(l, "待決定的個案", "待决定的办件", "Cases to decide"), [
                Column::short(t(l, "個案", "办件", "Case")),
                Column::text(t(l, "申請人", "申请人", "Applicant")),
                Column::text(t(l, "僱主", "用人单位", "Employer")),
                Column::short(t(l, "遞交日期", "提交日期", "Submitted")),
                Column::text(t(l, "狀態", "状态", "State")),
                Column::text(t(l, "限期", "时限", "Clock")),
            ]).hide_caption().rows(rows))
            (pagination(l, &Pages { current: 3, last: 12, href: &|page| format!("?page={page}") }))
        })
}

fn legs(visit: &Visit) -> TwoLegs {
    let l = visit.language;
    let moment = |side, tone, title: &str, hours, body: Option<&str>| Moment {
        side,
        tone,
        title: title.to_owned(),
        when: visit.time(at(hours)),
        body: body.map(|body| html! { (body) }),
    };
    TwoLegs {
        label: t(l, "兩岸審批進度", "两岸审批进度", "Progress on both banks").into(),
        north: Leg {
            bank: t(l, "北岸 · 深圳", "北岸 · 深圳", "North bank · Shenzhen").into(),
            office: t(l, "出入境管理局", "出入境管理局", "Exit and Entry Administration").into(),
            status: (Tone::Caution, t(l, "等候申請人回覆", "等待申请人回复", "Waiting for the applicant").into()),
            clock: Some(clock(l, 2, 5, ClockState::Paused)),
            actions: None,
        },
        south: Leg {
            bank: t(l, "南岸 · 香港", "南岸 · 香港", "South bank · Hong Kong").into(),
            office: t(l, "入境事務處", "入境事务处", "Immigration Department").into(),
            status: (Tone::Good, t(l, "已批准", "已批准", "Approved").into()),
            clock: Some(clock(l, 3, 5, ClockState::Stopped)),
            actions: Some(html! {
                (button_link(Weight::Secondary, t(l, "查看理由", "查看理由", "See the reasons"), "#"))
            }),
        },
        moments: vec![
            moment(Side::Both, Tone::Active, t(l, "收到申請", "收到申请", "Application received"), 0, None),
            moment(Side::South, Tone::Active, t(l, "陳詠詩接手", "陈咏诗接手", "Taken up by Chan Wing-sze"), 20, None),
            moment(
                Side::North,
                Tone::Caution,
                t(l, "要求補交文件", "要求补交材料", "Asked for a document"),
                26,
                Some(t(
                    l,
                    "請上載工作證明，計時已暫停。",
                    "请上传工作证明，计时已暂停。",
                    "Please upload proof of employment. The clock is paused.",
                )),
            ),
            moment(
                Side::South,
                Tone::Good,
                t(l, "批准", "批准", "Approved"),
                70,
                Some(t(l, "符合規則 commuter-01。", "符合规则 commuter-01。", "Rule commuter-01 is met.")),
            ),
        ],
    }
}

pub fn case(visit: &Visit) -> Markup {
    let l = visit.language;
    visit
        .page(t(l, "李明輝的跨園區通勤通行證", "李明辉的跨园区通勤通行证", "Cross-park commuter pass for Li Minghui"))
        .caption(format!("{} C-1042", t(l, "個案", "办件", "Case")))
        .crumb(t(l, "待辦個案", "待办办件", "My queue"), "queue.html")
        .crumb(t(l, "本星期到期", "本周到期", "Due this week"), "queue.html")
        .actions(tag(Tone::Active, t(l, "審批中", "审批中", "Being decided")))
        .side(html! {
            (side_navigation(t(l, "本個案", "本办件", "This case"), &[
                Link::new(t(l, "進度", "进度", "Progress"), "#").current(true),
                Link::new(t(l, "申請內容", "申请内容", "Answers"), "#"),
                Link::new(t(l, "文件", "材料", "Documents"), "#").count(3),
                Link::new(t(l, "憑據", "凭证", "Receipts"), "#"),
            ]))
            (card(t(l, "通行證", "通行证", "Pass"), qr(
                "hetao:T-2291:eyJhbGciOiJFZERTQSJ9.eyJjIjoiVC0yMjkxIn0.c2lnbmF0dXJl",
                t(l, "通行證二維碼", "通行证二维码", "QR code of the pass"),
                t(l, "60 秒後更新", "60 秒后更新", "Fresh in 60 seconds"),
            )))
        })
        .body(html! {
            (legs(visit))
            h2 { (t(l, "申請內容", "申请内容", "What was applied for")) }
            (summary_list([
                SummaryRow::new(t(l, "姓名", "姓名", "Name"), t(l, "李明輝", "李明辉", "Li Minghui"))
                    .action(Link::new(t(l, "更改", "更改", "Change"), "#"), t(l, "姓名", "姓名", "name")),
                SummaryRow::new(t(l, "僱主", "用人单位", "Employer"), t(l, "河谷生物科技有限公司", "河谷生物科技有限公司", "River Valley Biotech Ltd")),
                SummaryRow::new(t(l, "有效期", "有效期", "Valid"), html! {
                    (frame::format::date(l, jiff::civil::date(2026, 12, 1))) " – " (frame::format::date(l, jiff::civil::date(2027, 11, 30)))
                }),
            ]))
            h2 { (t(l, "日誌憑據", "日志凭证", "Receipt from the log")) }
            (receipt(&[
                (t(l, "條目編號", "条目编号", "Entry").into(), "184207".into()),
                (t(l, "樹根雜湊值", "树根哈希值", "Root hash").into(), "d1f0c8a3a3b7e5a94a1c0f5be2b9b7f0c5a1e8c0d2b4f6a8907e6d5c4b3a2918".into()),
                (t(l, "簽署", "签名", "Signature").into(), "— hetao.example/log Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=".into()),
            ]))
            (buttons(html! {
                (submit(Weight::Primary, t(l, "批准", "批准", "Approve")))
                (submit_as(Weight::Secondary, t(l, "要求補交資料", "要求补交材料", "Ask the applicant"), "do", "ask"))
                (submit_as(Weight::Grave, t(l, "拒絕", "拒绝", "Refuse"), "do", "refuse"))
            }))
        })
}

pub fn form(visit: &Visit) -> Markup {
    let l = visit.language;
    let mut errors = Errors::new();
    errors.add("born", t(l, "輸入實際的出生日期", "输入实际的出生日期", "Enter a real date of birth"));
    errors.add("roster", t(l, "名單不可超過 2 MB", "名单不可超过 2 MB", "The roster must be smaller than 2 MB"));
    let banks = [
        Choice::new("west", t(l, "西橋", "西桥", "West bridge")).hint(t(
            l,
            "每日 06:30 至 22:00",
            "每天 06:30 至 22:00",
            "06:30 to 22:00 every day",
        )),
        Choice::new("east", t(l, "東橋", "东桥", "East bridge")),
    ];
    visit
        .page(t(l, "申請跨園區通勤通行證", "申请跨园区通勤通行证", "Apply for a cross-park commuter pass"))
        .caption(t(l, "第 2 步，共 4 步", "第 2 步，共 4 步", "Step 2 of 4"))
        .crumb(t(l, "服務", "服务", "Services"), "home.html")
        .lead(t(l, "請按旅行證件上的資料填寫。", "请按旅行证件上的信息填写。", "Answer as your travel document says."))
        .reading()
        .faulty(true)
        .body(html! {
            (errors.summary(l))
            (problem(l, t(l, "申請人不可審批自己的個案", "申请人不可审批自己的办件", "Nobody decides a case of their own"), t(l, "請交由同一部門的另一位人員決定。", "请交由同一部门的另一位人员决定。", "Hand it to another officer of your office."), Some("7.2.2")))
            form method="post" novalidate {
                (visit.csrf_field())
                (Field::new("name", t(l, "姓名", "姓名", "Full name")).hint(t(l, "與旅行證件相同", "与旅行证件相同", "As on the travel document")).value(t(l, "李明輝", "李明辉", "Li Minghui")).size(Size::Medium).without_spell_check().autocomplete("name").text())
                (Field::new("born", t(l, "出生日期", "出生日期", "Date of birth")).hint(t(l, "例如：1990 年 2 月 28 日", "例如：1990 年 2 月 28 日", "For example, 28 2 1990")).value("1990-02-31").errors(&errors).date(l))
                (Field::new("bank", t(l, "常用的橋", "常用的桥", "Usual bridge")).value("west").radios(&banks))
                (Field::new("office", t(l, "部門", "部门", "Office")).size(Size::Medium).select(&[Choice::new("", "–"), Choice::new("a", t(l, "入境事務處", "入境事务处", "Immigration Department"))]))
                (Field::new("roster", t(l, "員工名單", "员工名单", "Roster")).hint(t(l, "CSV，最多 2 MB；UTF-8、Big5 或 GB18030", "CSV，最多 2 MB；UTF-8、Big5 或 GB18030", "CSV of at most 2 MB in UTF-8, Big5 or GB18030")).errors(&errors).file(".csv,text/csv"))
                (Field::new("why", t(l, "往來目的", "往来目的", "Purpose")).characters_max(500).long_text(4))
                (Field::new("consent", t(l, "同意", "同意", "Consent")).values(["yes"]).checkboxes(&[
                    Choice::new("yes", t(l, "我同意兩岸部門為審批本申請查核我的證件", "我同意两岸部门为审批本申请核查我的证件", "Offices on both banks may check my document to decide this application")).hint(t(l, "可以隨時撤回", "可以随时撤回", "You can withdraw this at any time")),
                ]))
                (buttons(html! {
                    (submit(Weight::Primary, t(l, "儲存並繼續", "保存并继续", "Save and continue")))
                    (button_link(Weight::Secondary, t(l, "稍後再填", "稍后再填", "Finish later"), "home.html"))
                }))
            }
        })
}

pub fn parts(visit: &Visit) -> Markup {
    let l = visit.language;
    visit.page(t(l, "其他組件", "其他组件", "Other parts")).body(html! {
        (inset(t(l, "審批期間可以隨時查看進度。", "审批期间可以随时查看进度。", "You can see the progress at any time.")))
        (warning(t(l, "警告", "警告", "Warning"), t(l, "撤銷後，此通行證即時失效，不可還原。", "撤销后，此通行证立即失效，无法恢复。", "A revoked pass stops working at once and cannot be restored.")))
        (details(t(l, "為何需要這項資料？", "为何需要这项信息？", "Why do you need this?"), html! { p { (t(l, "兩岸法例均要求核對證件的有效日期。", "两岸法规均要求核对证件的有效日期。", "The law of both banks asks for the document’s dates.")) } }))
        (empty(
            t(l, "沒有待辦個案", "没有待办办件", "Nothing waits for you"),
            t(l, "新個案一經遞交，便會即時在此顯示。", "新办件一经提交，会立即在此显示。", "A new case shows here in the moment it is submitted."),
            Some(button_link(Weight::Secondary, t(l, "查看已決定的個案", "查看已决定的办件", "See decided cases"), "#")),
        ))
        (timeline(&[
            Step::new(Tone::Good, t(l, "已批准", "已批准", "Approved"), visit.time(at(70))).body(t(l, "符合規則 commuter-01。", "符合规则 commuter-01。", "Rule commuter-01 is met.")),
            Step::new(Tone::Caution, t(l, "要求補交文件", "要求补交材料", "Asked for a document"), visit.time(at(26))),
            Step::new(Tone::Neutral, t(l, "收到申請", "收到申请", "Application received"), visit.time(at(0))),
        ]))
    })
}
