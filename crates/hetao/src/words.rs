//! The command line's words for people who are not technical, in three languages: what a clerk reads about a roster, and
//! what anybody reads about the log. A text that lacks a language does not compile. Details for operators stay English.

use base::Language;

/// One text in the order of `Language::ALL`.
type Text = [&'static str; 3];

pub fn word(text: Text, language: Language) -> &'static str {
    let [zh_hant, zh_hans, en] = text;
    match language {
        Language::ZhHant => zh_hant,
        Language::ZhHans => zh_hans,
        Language::En => en,
    }
}

/// A word with its `{1}`, `{2}` … filled in, in one pass: a value that looks like a place is not filled again.
pub fn words(text: Text, language: Language, values: &[&str]) -> String {
    let mut rest = word(text, language);
    let mut filled = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (place, after) = after.split_once('}').unwrap_or((after, ""));
        let value = place.parse::<usize>().ok().and_then(|place| values.get(place.checked_sub(1)?));
        filled.push_str(value.copied().unwrap_or_default());
        rest = after;
    }
    filled + rest
}

pub const ROSTER_SUMMARY: Text = [
    "{1}：{2} 編碼，共 {3} 行，{4} 行可以申請，{5} 行須更正",
    "{1}：{2}编码，共{3}行，{4}行可以申请，{5}行需更正",
    "{1}: {2}, {3} rows, {4} can be applied for, {5} must be corrected",
];
pub const ROSTER_FAULT: Text = [
    "  第 {1} 行第 {2} 欄「{3}」：{4}{5}{6}",
    "  第{1}行第{2}列“{3}”：{4}{5}{6}",
    "  line {1}, column {2} ({3}): {4} {5}{6}",
];
pub const ROSTER_GIVEN: Text = ["（現為「{1}」）", "（现为“{1}”）", " (given: {1})"];
pub const ROSTER_SUGGESTION: Text = ["（是否「{1}」？）", "（是否“{1}”？）", " (perhaps: {1}?)"];
pub const ROSTER_OTHER_LINE: Text = ["（見第 {1} 行）", "（见第{1}行）", " (see line {1})"];
pub const ROSTER_MORE: Text =
    ["  另有 {1} 行須更正，未逐一列出", "  另有{1}行需更正，未逐一列出", "  … and {1} more rows to be corrected"];
pub const ROSTER_IGNORED: Text = ["  未使用的欄：{1}", "  未使用的列：{1}", "  columns that are not used: {1}"];
pub const ROSTER_REFUSED: Text = ["{1}：未能讀取。{2}{3}", "{1}：无法读取。{2}{3}", "{1}: cannot be read. {2} {3}"];
pub const ROSTER_REFUSED_AT: Text =
    ["{1}：未能讀取第 {4} 行。{2}{3}", "{1}：无法读取第{4}行。{2}{3}", "{1}: cannot be read from line {4} on. {2} {3}"];
pub const LIST_COMMA: Text = ["、", "、", ", "];

pub const LOG_RIGHT: Text = [
    "日誌完好：全部 {1} 個條目均與簽署時相同，據此重新推算的狀態亦與所記錄的一致。",
    "日志完好：全部{1}个条目均与签署时相同，据此重新推算的状态也与所记录的一致。",
    "The log is right: all {1} entries are those that were signed, and replaying them gives the state that was recorded.",
];
pub const LOG_WRONG: Text =
    ["日誌有損：與簽署時不符。", "日志受损：与签署时不符。", "The log is NOT right: it is not what was signed."];
pub const LOG_WRONG_AT: Text = [
    "日誌有損：條目 {1}（由 0 起計）與簽署時不符。",
    "日志受损：条目{1}（从0起计）与签署时不符。",
    "The log is NOT right: entry {1} (counted from 0) is not what was signed.",
];
pub const SHOWN_RIGHT: Text = [
    "{2} 公布的日誌完好：全部 {1} 個條目均與所簽署的檢查點相符。",
    "{2} 公布的日志完好：全部{1}个条目均与所签署的检查点相符。",
    "The log that {2} shows is right: its {1} entries are those of the checkpoint that its keys signed.",
];
pub const SHOWN_WRONG: Text = [
    "日誌有異：伺服器公布的與所簽署的不符，或與早前留存的不符。",
    "日志有异：服务器公布的与所签署的不符，或与此前留存的不符。",
    "The log that is shown is NOT right: it is not what was signed, or not what was kept from before.",
];
pub const RECEIPT_RIGHT: Text = [
    "憑據有效：此決定是日誌「{2}」的條目 {1}，該日誌簽署於 {3}。",
    "凭证有效：此决定是日志“{2}”的条目{1}，该日志签署于{3}。",
    "The receipt is valid: this decision is entry {1} of the log {2}, as signed at {3}.",
];
pub const RECEIPT_WRONG: Text = [
    "憑據無效：不能證明此決定在日誌之內。",
    "凭证无效：不能证明此决定在日志之中。",
    "The receipt is NOT valid: it does not prove that this decision is in the log.",
];
pub const RECEIPT_OWN_KEYS: Text = [
    "注意：只以憑據自帶的公鑰驗證。請以 --keys 指明園區公布的公鑰，方可確定由誰簽署。",
    "注意：仅以凭证自带的公钥验证。请用 --keys 指明园区公布的公钥，才能确定由谁签署。",
    "Note: checked with the keys in the receipt itself. Name the park's published keys with --keys to know who signed it.",
];

pub const APPOINTED: Text = [
    "{1} 已獲委任至「{2}」（日誌條目 {3}）。",
    "{1}已委派至“{2}”（日志条目{3}）。",
    "{1} acts for {2} from now on (entry {3} of the log).",
];
pub const COMES_IN_BY: Text = [
    "一次性連結，有效至 {1}：",
    "一次性链接，有效期至{1}：",
    "They come in with this one-time link, which is good until {1}:",
];
pub const LINK_IS_SECRET: Text = [
    "注意：持有連結者即可以此人身份進入。請只交給本人。",
    "注意：持有该链接者即可以此人身份进入。请只交给本人。",
    "Note: whoever has the link comes in as this person. Give it to them alone.",
];
pub const RELIEVED: Text = [
    "{1} 不再屬於「{2}」（日誌條目 {3}）。",
    "{1}不再属于“{2}”（日志条目{3}）。",
    "{1} acts for {2} no more (entry {3} of the log).",
];
pub const TOKEN_MINTED: Text = [
    "令牌 {1}，代表 {2}，有效至 {3}。令牌只顯示這一次。",
    "令牌{1}，代表 {2}，有效期至{3}。令牌仅显示这一次。",
    "Token {1} for {2}, good until {3}. It is told this once.",
];
pub const NO_TOKENS: Text = ["未發出任何令牌。", "尚未签发任何令牌。", "No token was issued."];
pub const TOKEN_IN_FORCE: Text = ["{1}  {2}  有效至 {3}", "{1}  {2}  有效期至{3}", "{1}  {2}  in force until {3}"];
pub const TOKEN_OVER: Text = ["{1}  {2}  已於 {3} 過期", "{1}  {2}  已于{3}过期", "{1}  {2}  expired {3}"];
pub const TOKEN_REVOKED_AT: Text = ["{1}  {2}  已於 {3} 撤銷", "{1}  {2}  已于{3}撤销", "{1}  {2}  revoked {3}"];
pub const TOKEN_REVOKED: Text = [
    "令牌 {1} 已撤銷（日誌條目 {2}）。",
    "令牌{1}已撤销（日志条目{2}）。",
    "Token {1} works no longer (entry {2} of the log).",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_each_language_wants_them() {
        assert_eq!(words(LOG_WRONG_AT, Language::ZhHant, &["7"]), "日誌有損：條目 7（由 0 起計）與簽署時不符。");
        assert!(words(LOG_WRONG_AT, Language::En, &["7"]).contains("entry 7 (counted from 0)"));
        assert_eq!(words(ROSTER_GIVEN, Language::En, &["{1}"]), " (given: {1})");
    }
}
