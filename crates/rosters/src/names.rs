//! People's names: which characters they may have, and where a name in one cell is split.

use crate::FaultCode;
use crate::characters::is_ideograph;

/// Chinese family names of two characters, in both scripts where they differ.
const COMPOUND: &[&str] = &[
    "歐陽", "欧阳", "司徒", "司馬", "司马", "上官", "諸葛", "诸葛", "東方", "东方", "皇甫", "尉遲", "尉迟", "公孫",
    "公孙", "慕容", "令狐", "夏侯", "端木", "南宮", "南宫", "長孫", "长孙", "宇文", "軒轅", "轩辕", "鍾離", "鐘離",
    "钟离", "東郭", "东郭", "西門", "西门", "呼延", "聞人", "闻人", "澹臺", "澹台", "公冶", "宗政", "濮陽", "濮阳",
    "淳于", "單于", "单于", "太叔", "申屠", "公羊", "赫連", "赫连", "万俟", "仲孫", "仲孙", "拓跋", "百里", "鮮于",
    "鲜于", "獨孤", "独孤", "司空", "左丘", "梁丘", "范姜",
];

/// The dots between the parts of names that are written out from another language: 阿依古麗·買買提.
const MIDDLE_DOTS: [char; 4] = ['·', '・', '‧', '•'];

/// What is wrong with a name in any script.
pub(crate) fn fault(name: &str) -> Option<FaultCode> {
    if name.starts_with(['=', '+', '-', '@']) {
        return Some(FaultCode::FormulaLead);
    }
    if name.contains(['?', '□', '〓']) {
        return Some(FaultCode::CharacterLost);
    }
    let is_well = |c: char| c.is_alphabetic() || is_ideograph(c) || is_mark_in_name(c) || is_combining(c);
    (!name.chars().all(is_well) || !name.chars().any(char::is_alphabetic)).then_some(FaultCode::NameNotLetters)
}

/// What is wrong with a name that must be in Latin letters.
pub(crate) fn latin_fault(name: &str) -> Option<FaultCode> {
    fault(name).or_else(|| (!is_latin(name)).then_some(FaultCode::LatinNameNotLatin))
}

pub(crate) fn is_latin(name: &str) -> bool {
    let is_latin_letter = |c: char| matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    name.chars().all(|c| is_latin_letter(c) || is_mark_in_name(c) && !MIDDLE_DOTS.contains(&c) || is_combining(c))
}

fn is_mark_in_name(c: char) -> bool {
    matches!(c, ' ' | '-' | '\'' | '’' | '.' | ',') || MIDDLE_DOTS.contains(&c)
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Family and given name of a full name, or a proposal where nobody but the person can say.
pub(crate) fn split(full: &str) -> Result<(String, String), Option<String>> {
    if full.chars().any(is_ideograph) { split_chinese(full) } else { split_latin(full) }
}

fn split_chinese(full: &str) -> Result<(String, String), Option<String>> {
    // A name written out from another language is one name, and stands whole as machine-readable documents have it.
    if full.contains(MIDDLE_DOTS) {
        return Ok((full.to_owned(), String::new()));
    }
    if full.contains(',') {
        return split_at_comma(full);
    }
    if let Some((family, given)) = full.split_once(' ') {
        let spaced_out = full.split(' ').all(|part| part.chars().count() == 1);
        return if given.contains(' ') && !spaced_out {
            Err(None)
        } else {
            Ok((family.to_owned(), given.replace(' ', "")))
        };
    }
    let after = |count: usize| {
        let end = full.char_indices().nth(count).map_or(full.len(), |(at, _)| at);
        full.split_at_checked(end).map(|(family, given)| (family.to_owned(), given.to_owned())).ok_or(None)
    };
    let compound = COMPOUND.iter().any(|family| full.starts_with(family));
    match (full.chars().count(), compound) {
        (3 | 4, true) => after(2),
        (2 | 3, false) => after(1),
        // 陳方安生 is a married name of two families; 王小二郎 is not. 夏侯 alone may be either kind of name.
        (4, false) => after(2).and_then(proposal),
        (2, true) => after(1).and_then(proposal),
        _ => Err(None),
    }
}

fn split_latin(full: &str) -> Result<(String, String), Option<String>> {
    if full.contains(',') {
        return split_at_comma(full);
    }
    let words: Vec<&str> = full.split(' ').collect();
    let in_capitals = |word: &&str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    match words.as_slice() {
        [only] => Ok(((*only).to_owned(), String::new())),
        [family, given @ ..] if in_capitals(family) && !given.iter().any(in_capitals) => {
            Ok(((*family).to_owned(), given.join(" ")))
        }
        [given @ .., family] if in_capitals(family) && !given.iter().any(in_capitals) => {
            Ok(((*family).to_owned(), given.join(" ")))
        }
        [given @ .., family] => proposal(((*family).to_owned(), given.join(" "))),
        [] => Err(None),
    }
}

fn split_at_comma(full: &str) -> Result<(String, String), Option<String>> {
    let (family, given) = full.split_once(',').ok_or(None)?;
    let (family, given) = (family.trim(), given.trim());
    let is_well = !family.is_empty() && !given.is_empty() && !given.contains(',');
    if is_well { Ok((family.to_owned(), given.to_owned())) } else { Err(None) }
}

/// Written with a comma, as the clerk may write it back to say that it is so.
fn proposal((family, given): (String, String)) -> Result<(String, String), Option<String>> {
    Err(Some(format!("{family}, {given}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(full: &str, want: Result<(&str, &str), Option<&str>>) {
        let want = want.map(|(family, given)| (family.to_owned(), given.to_owned()));
        assert_eq!(split(full), want.map_err(|proposal| proposal.map(str::to_owned)), "{full}");
    }

    #[test]
    fn chinese_names_are_split_where_their_family_name_ends() {
        check("陳大文", Ok(("陳", "大文")));
        check("李明", Ok(("李", "明")));
        check("歐陽小明", Ok(("歐陽", "小明")));
        check("欧阳明", Ok(("欧阳", "明")));
        check("陳方 安生", Ok(("陳方", "安生")));
        check("陳方, 安生", Ok(("陳方", "安生")));
        check("陳 大 文", Ok(("陳", "大文")));
        check("阿依古丽·买买提", Ok(("阿依古丽·买买提", "")));
        check("𨋢大文", Ok(("𨋢", "大文")));
    }

    #[test]
    fn a_chinese_name_that_may_be_split_two_ways_is_left_to_the_clerk() {
        check("陳方安生", Err(Some("陳方, 安生")));
        check("夏侯", Err(Some("夏, 侯")));
        check("陳", Err(None));
        check("陳 大文 小文", Err(None));
    }

    #[test]
    fn latin_names_are_split_by_comma_or_capitals_only() {
        check("Chan, Tai Man", Ok(("Chan", "Tai Man")));
        check("CHAN Tai Man", Ok(("CHAN", "Tai Man")));
        check("Tai Man CHAN", Ok(("CHAN", "Tai Man")));
        check("Suharto", Ok(("Suharto", "")));
        check("Peter Smith", Err(Some("Smith, Peter")));
        check("CHAN TAI MAN", Err(Some("MAN, CHAN TAI")));
        check("Chan,", Err(None));
    }

    #[test]
    fn names_have_letters_and_little_else() {
        for name in ["陳大文", "O'Neill-Chan", "Müller", "阿依古丽·买买提", "Nguyễn Thị", "J. R."] {
            assert_eq!(fault(name), None, "{name}");
        }
        assert_eq!(fault("=HYPERLINK(\"x\")"), Some(FaultCode::FormulaLead));
        assert_eq!(fault("@陳"), Some(FaultCode::FormulaLead));
        assert_eq!(fault("陳?文"), Some(FaultCode::CharacterLost));
        assert_eq!(fault("陳大文2"), Some(FaultCode::NameNotLetters));
        assert_eq!(fault("..."), Some(FaultCode::NameNotLetters));
        assert_eq!(latin_fault("陳大文"), Some(FaultCode::LatinNameNotLatin));
        assert_eq!(latin_fault("Иванов"), Some(FaultCode::LatinNameNotLatin));
    }
}
