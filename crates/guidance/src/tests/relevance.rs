//! Questions as people put them, in three languages, and what answers them: found among the first three or not.

use super::HETAO;
use base::Language;
use base::Language::{En, ZhHans, ZhHant};

/// A question, whose reader asks it, and every entry that answers it.
type Asked = (Language, &'static str, &'static [&'static str]);

const QUESTIONS: [Asked; 84] = [
    // Crossing
    (ZhHant, "怎樣申請通勤通行證", &["article/apply-for-commuter-pass", "service/commuter-pass"]),
    (ZhHans, "如何办理通勤证", &["article/apply-for-commuter-pass", "service/commuter-pass"]),
    (En, "how do I apply for a commuter pass", &["article/apply-for-commuter-pass", "service/commuter-pass"]),
    (ZhHant, "無感通關", &["outline/7.2.2", "service/commuter-pass", "article/cross-a-bridge"]),
    (ZhHans, "无感通关", &["outline/7.2.2", "service/commuter-pass", "article/cross-a-bridge"]),
    (En, "seamless clearance", &["outline/7.2.2"]),
    (ZhHant, "過橋要帶甚麼證件", &["article/what-to-bring"]),
    (ZhHans, "过桥需要带什么", &["article/what-to-bring"]),
    (En, "what documents to bring to the bridge", &["article/what-to-bring"]),
    (ZhHant, "閘口幾點開門", &["article/opening-hours"]),
    (ZhHans, "闸口开放时间", &["article/opening-hours"]),
    (En, "when are the gates open", &["article/opening-hours"]),
    (ZhHant, "不見了手機", &["article/lost-phone"]),
    (ZhHans, "手机丢了怎么办", &["article/lost-phone"]),
    (En, "I lost my phone", &["article/lost-phone"]),
    (ZhHant, "閘口不放行", &["article/referred-or-refused"]),
    (En, "refused at the gate", &["article/referred-or-refused"]),
    (ZhHant, "邀請訪客", &["article/invite-a-visitor", "service/visitor-pass"]),
    (ZhHans, "接待代表团", &["article/invite-a-visitor", "service/group-visit"]),
    (En, "visitor for one day", &["article/invite-a-visitor", "service/visitor-pass"]),
    (ZhHant, "通行證過期續領", &["article/renew-a-pass"]),
    (En, "renew my pass", &["article/renew-a-pass"]),
    (
        ZhHans,
        "在香港公司上班怎么交社保",
        &["article/keep-social-insurance", "service/social-insurance", "outline/7.2.3"],
    ),
    (
        En,
        "keep Mainland social security",
        &["article/keep-social-insurance", "service/social-insurance", "outline/7.2.3"],
    ),
    (ZhHant, "上載名冊", &["article/upload-a-roster"]),
    (En, "upload a staff list as CSV", &["article/upload-a-roster"]),
    (ZhHant, "東西兩側行人橋樑", &["outline/7.2.2"]),
    // Applications
    (ZhHant, "工作天怎樣計算", &["article/working-days"]),
    (ZhHans, "审批要几个工作日", &["article/working-days", "article/how-an-application-runs"]),
    (En, "how long does approval take in working days", &["article/working-days", "article/how-an-application-runs"]),
    (ZhHant, "颱風閘口會關嗎", &["article/closures", "article/opening-hours"]),
    (ZhHans, "台风天办公吗", &["article/closures"]),
    (En, "black rainstorm closure", &["article/closures", "article/opening-hours"]),
    (ZhHant, "部門要我補充資料", &["article/answer-a-question"]),
    (ZhHans, "补充材料怎么提交", &["article/answer-a-question"]),
    (En, "the office asked me a question, how do I answer", &["article/answer-a-question"]),
    (ZhHant, "撤回申請", &["article/withdraw"]),
    (En, "withdraw an application", &["article/withdraw"]),
    (ZhHant, "申請被拒想上訴", &["article/appeal"]),
    (ZhHans, "不服决定怎么申诉", &["article/appeal"]),
    (En, "I disagree with the decision and want to appeal", &["article/appeal"]),
    (ZhHant, "投訴職員態度", &["service/complaint", "article/complain"]),
    (ZhHans, "我要投诉", &["service/complaint", "article/complain"]),
    (En, "make a complaint", &["service/complaint", "article/complain"]),
    (ZhHant, "收費多少", &["article/fees"]),
    (ZhHans, "费用", &["article/fees"]),
    (En, "how much does it cost", &["article/fees"]),
    (ZhHant, "公開日誌憑據", &["article/receipts-and-log"]),
    (En, "download a receipt from the log", &["article/receipts-and-log"]),
    (ZhHant, "刪除個人資料", &["service/personal-data-erasure", "article/data-rights"]),
    (ZhHans, "删除我的个人信息", &["service/personal-data-erasure", "article/data-rights"]),
    (En, "delete my personal data", &["service/personal-data-erasure", "article/data-rights"]),
    (ZhHant, "自助服務機怎樣登入", &["article/kiosk"]),
    (En, "self-service machine", &["article/kiosk", "outline/7.4.2"]),
    // Companies, money
    (ZhHans, "怎么在园区开公司", &["article/open-a-company"]),
    (En, "set up a company in the park", &["article/open-a-company", "article/move-into-the-park"]),
    (ZhHant, "濕實驗室租用", &["article/move-into-the-park", "service/premises", "outline/3.1.3"]),
    (En, "rent a wet lab", &["article/move-into-the-park", "service/premises", "outline/3.1.3"]),
    (ZhHant, "研發扣稅 300%", &["article/tax-deduction", "service/research-deduction", "outline/6.4.6"]),
    (ZhHans, "研发费用加计扣除", &["article/tax-deduction", "service/research-deduction", "outline/6.4.6"]),
    (En, "R&D tax deduction", &["article/tax-deduction", "service/research-deduction", "outline/6.4.6"]),
    (ZhHans, "加速器配对资助", &["service/accelerator-grant", "article/funding"]),
    (En, "matching grant for accelerators", &["service/accelerator-grant", "article/funding"]),
    (ZhHant, "跨境調撥資金額度", &["service/transfer-quota", "article/move-money"]),
    (En, "transfer money across the boundary", &["service/transfer-quota", "article/move-money", "outline/7.2.7"]),
    (ZhHant, "人才公寓", &["article/housing", "service/talent-apartment"]),
    (ZhHans, "住宿怎么申请", &["article/housing", "service/talent-apartment"]),
    (En, "housing for researchers", &["article/housing", "service/talent-apartment"]),
    (En, "regulatory sandbox", &["service/regulatory-sandbox", "article/sandbox", "outline/7.5.3"]),
    (ZhHant, "港資港法", &["outline/6.5.2"]),
    // Goods, samples, data, flights
    (ZhHant, "白名單", &["service/whitelist-membership", "article/move-goods", "outline/7.2.4"]),
    (ZhHans, "绿色通道物品", &["service/green-channel-items", "article/move-goods"]),
    (En, "whitelist for goods", &["service/whitelist-membership", "article/move-goods"]),
    (ZhHant, "血液樣本帶過河", &["article/move-samples", "service/biosample-authorisation"]),
    (ZhHans, "人类遗传资源", &["article/move-samples", "service/biosample-authorisation"]),
    (En, "bring biological samples to Hong Kong", &["article/move-samples", "service/biosample-authorisation"]),
    (ZhHant, "無人機送貨", &["article/low-altitude-flights", "service/flight-operator", "outline/7.2.5"]),
    (En, "drone delivery", &["article/low-altitude-flights", "service/flight-operator", "outline/7.2.5"]),
    (ZhHans, "科研数据出境", &["article/move-research-data", "service/research-data-transfer", "outline/7.2.8"]),
    (
        En,
        "medical data of a clinical trial",
        &["article/move-medical-data", "service/medical-data-transfer", "outline/7.2.9"],
    ),
    (ZhHant, "GPU 算力", &["article/computing", "service/compute-allocation", "outline/7.3.1"]),
    (
        En,
        "labratory joint with Shenzen university",
        &["article/joint-laboratories", "service/joint-laboratory", "outline/4.6.1", "outline/4.6.2"],
    ),
    (En, "7.2.4", &["outline/7.2.4"]),
    (ZhHant, "董事局成員人數", &["outline/2.1.8"]),
];

/// In which place an answer stands, from one; none where it is not among the first three.
fn place(question: &Asked) -> Option<usize> {
    let (language, asked, answers) = question;
    let found = HETAO.search(asked, *language, None, 3).unwrap();
    let names = found.hits.iter().map(|hit| format!("{}/{}", hit.entry.kind.as_str(), hit.entry.key));
    names.into_iter().position(|name| answers.contains(&name.as_str())).map(|at| at + 1)
}

#[test]
fn nearly_every_question_is_answered_among_the_first_three() {
    let places: Vec<(&Asked, Option<usize>)> = QUESTIONS.iter().map(|asked| (asked, place(asked))).collect();
    for (asked, _) in places.iter().filter(|(_, place)| place.is_none()) {
        let found = HETAO.search(asked.1, asked.0, None, 5).unwrap();
        let names: Vec<_> = found
            .hits
            .iter()
            .map(|hit| format!("{}/{} {:.1}", hit.entry.kind.as_str(), hit.entry.key, hit.score))
            .collect();
        eprintln!("not among three: {} → {names:?}", asked.1);
    }
    let share = |language: Option<Language>, within: usize| {
        let of = places.iter().filter(|(asked, _)| language.is_none_or(|language| asked.0 == language));
        let (found, all) = of.fold((0_u32, 0_u32), |(found, all), (_, place)| {
            (found + u32::from(place.is_some_and(|place| place <= within)), all + 1)
        });
        f64::from(found) / f64::from(all)
    };
    eprintln!("questions: {}; first: {:.3}; among three: {:.3}", QUESTIONS.len(), share(None, 1), share(None, 3));
    for language in Language::ALL {
        eprintln!("  {language}: {:.3}", share(Some(language), 3));
        assert!(share(Some(language), 3) >= 0.95, "{language}");
    }
    assert!(share(None, 3) >= 0.97 && share(None, 1) >= 0.9);
}

#[test]
fn a_question_that_nothing_answers_finds_nothing_and_a_long_one_is_bounded() {
    for nothing in ["", "   ", "xyzzyplugh qqqq", "？！", "the of and"] {
        assert!(HETAO.search(nothing, En, None, 10).unwrap().hits.is_empty(), "{nothing:?}");
    }
    let long = "通行證 pass ".repeat(50_000);
    assert!(HETAO.search(&long, En, None, usize::MAX).unwrap().hits.len() <= crate::HITS_MAX);
}

#[test]
fn a_slip_of_the_fingers_is_mended_and_said() {
    let found = HETAO.search("comuter pass", En, None, 3).unwrap();
    assert_eq!(found.corrected, [("comuter".to_owned(), "commut".to_owned())]);
    assert!(found.hits[0].entry.key.ends_with("commuter-pass"), "{}", found.hits[0].entry.key);
}
