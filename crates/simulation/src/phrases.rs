//! What synthetic officers and applicants write. Officers of the south write as Hong Kong does, those of the north as
//! the Mainland does.

use base::Bank;
use cases::LegVerdict;

pub(crate) fn reason(bank: Bank, verdict: LegVerdict, number: u64) -> &'static str {
    let [first, second, third] = match (bank, verdict) {
        (Bank::South, LegVerdict::Approved | LegVerdict::Supported) => {
            ["證件有效，符合預先登記條件。", "僱主資料吻合，批准。", "核對無誤，批准跨園區通勤。"]
        }
        (Bank::North, LegVerdict::Approved | LegVerdict::Supported) => {
            ["证件有效，符合预先登记条件。", "用人单位信息一致，同意。", "核对无误，同意跨园区通勤。"]
        }
        (Bank::South, LegVerdict::Refused | LegVerdict::Objected) => {
            ["證件資料與僱主所報不符，請更正後重新申請。", "僱傭關係未能核實。", "所報證件已被註銷。"]
        }
        (Bank::North, LegVerdict::Refused | LegVerdict::Objected) => {
            ["证件信息与用人单位所报不一致，请更正后重新申请。", "劳动关系未能核实。", "所报证件已被注销。"]
        }
    };
    match number % 3 {
        0 => first,
        1 => second,
        _ => third,
    }
}

pub(crate) fn question(bank: Bank) -> &'static str {
    match bank {
        Bank::South => "請補交在職證明，並說明每星期過橋的日數。",
        Bank::North => "请补充在职证明，并说明每周过桥的天数。",
    }
}

pub(crate) fn answer(bank: Bank) -> &'static str {
    match bank {
        Bank::South => "在職證明已由人事部門補交，每星期過橋五日。",
        Bank::North => "在职证明已由人事部门补交，每周过桥五天。",
    }
}

pub(crate) fn note(bank: Bank) -> &'static str {
    match bank {
        Bank::South => "當值人員核對後記錄。",
        Bank::North => "值班人员核对后记录。",
    }
}
