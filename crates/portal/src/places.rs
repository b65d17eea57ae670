//! Where the answer of a form belongs: the nearest page above its address that can be asked for. A language link on such an
//! answer leads there, because the form's own address takes no visit.

use crate::Routes;
use axum::http::Method;
use std::sync::LazyLock;

/// The pages of the site, each by the pieces of its path after the language.
static PAGES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| pages(&crate::routes()));

fn pages(routes: &Routes) -> Vec<Vec<String>> {
    let of_people = routes.table().iter().filter(|route| route.method == Method::GET);
    of_people.filter_map(|route| Some(pieces(route.path.strip_prefix("/{lang}")?))).collect()
}

fn pieces(path: &str) -> Vec<String> {
    path.split('/').filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

/// The page at this path (after the language, without a query), or the nearest above it; in the end the home page.
pub(crate) fn nearest(path: &str) -> String {
    let asked = pieces(path.split('?').next().unwrap_or_default());
    let is_page = |asked: &[String]| {
        PAGES.iter().any(|page| {
            page.len() == asked.len()
                && page.iter().zip(asked).all(|(known, asked)| known.starts_with('{') || known == asked)
        })
    };
    let found = (0..=asked.len()).rev().find_map(|length| asked.get(..length).filter(|asked| is_page(asked)));
    found.map(|found| found.join("/")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_of_a_form_belongs_to_the_nearest_page_above_it() {
        for (posted, page) in [
            ("office/passes/T-1/suspend", "office/passes/T-1"),
            ("employer/people/P-1/invite", "employer/people"),
            ("gates/west-south/present", "gates/west-south"),
            ("me/cases/C-1/legs/hong-kong/answer", "me/cases/C-1"),
            ("employer/roster/commuter-pass", "employer/roster/commuter-pass"),
            ("sign-out", ""),
            ("nowhere/at/all", ""),
        ] {
            assert_eq!(nearest(posted), page, "{posted}");
        }
    }
}
