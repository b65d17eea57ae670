//! Forms as they come in, after the guard has checked their token. Everything is text here, and limited.

use crate::problem::Problem;
use crate::{Caller, Portal};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::request::Parts;

/// The longest form without a file.
pub(crate) const FORM_BYTES_MAX: usize = 256 * 1_024;
/// The longest form with a file: a document of 8 MiB, and what stands around it.
pub(crate) const UPLOAD_BYTES_MAX: usize = 8_912_896;
/// The most fields a form may have.
const FIELDS_MAX: usize = 500;

/// A posted form: names and texts, in the order they came.
#[derive(Debug, Clone, Default)]
pub struct Posted(Vec<(String, String)>);

impl Posted {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(bytes)
            .take(FIELDS_MAX + 1)
            .map(|(name, text)| (name.into_owned(), text.into_owned()))
            .collect();
        if pairs.len() > FIELDS_MAX { Err(Problem::TooLarge) } else { Ok(Self(pairs)) }
    }

    /// The first text of this name, without blanks around it; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.trim())
    }

    /// Every text of this name: of checkboxes.
    pub fn texts<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, text)| text.trim())
    }

    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The date of `Field::date`, as it was typed: `2026-11-22` where it is one, empty where nothing was typed.
    pub fn date(&self, name: &str) -> String {
        let part = |part: &str, width: usize| {
            let text = self.text(&format!("{name}-{part}"));
            if text.is_empty() { String::new() } else { format!("{text:0>width$}") }
        };
        let (year, month, day) = (part("year", 4), part("month", 2), part("day", 2));
        if year.is_empty() && month.is_empty() && day.is_empty() {
            return String::new();
        }
        format!("{year}-{month}-{day}")
    }
}

impl FromRequestParts<Portal> for Posted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Portal) -> Result<Self, Problem> {
        parts.extensions.get::<Posted>().cloned().ok_or(Problem::UnknownFormat)
    }
}

/// A posted form with one file.
#[derive(Debug, Clone)]
pub struct Upload {
    pub form: Posted,
    /// Empty where no file was chosen.
    pub file: Bytes,
    /// As the browser tells it: it may be anything.
    pub file_name: String,
}

impl FromRequest<Portal> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, Problem> {
        let caller = request.extensions().get::<Caller>().cloned().ok_or(Problem::Broken)?;
        let mut parts = Multipart::from_request(request, portal).await.map_err(|_| Problem::UnknownFormat)?;
        let (mut pairs, mut file, mut file_name) = (Vec::new(), Bytes::new(), String::new());
        while let Some(part) = parts.next_field().await.map_err(|_| Problem::TooLarge)? {
            if pairs.len() >= FIELDS_MAX {
                return Err(Problem::TooLarge);
            }
            let name = part.name().unwrap_or_default().to_owned();
            if let Some(given) = part.file_name() {
                file_name = given.to_owned();
                file = part.bytes().await.map_err(|_| Problem::TooLarge)?;
            } else {
                pairs.push((name, part.text().await.map_err(|_| Problem::TooLarge)?));
            }
        }
        let form = Posted(pairs);
        if !caller.token_is_right(form.text("csrf")) {
            return Err(Problem::FormNotOurs);
        }
        Ok(Self { form, file, file_name })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(text: &str) -> Posted {
        Posted::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_date_is_put_together_from_its_three_fields_and_nothing_typed_stays_nothing() {
        assert_eq!(posted("born-day=3&born-month=9&born-year=1990").date("born"), "1990-09-03");
        assert_eq!(posted("born-day=&born-month=&born-year=").date("born"), "");
        assert_eq!(posted("born-day=3&born-month=&born-year=1990").date("born"), "1990--03");
    }

    #[test]
    fn texts_come_without_blanks_around_them_and_a_form_of_a_thousand_fields_is_refused() {
        let form = posted("name=+%E7%8E%8B+&box=a&box=b");
        assert_eq!(form.text("name"), "王");
        assert_eq!(form.texts("box").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(form.text("absent"), "");
        assert!(Posted::read("x=1&".repeat(1_000).as_bytes()).is_err());
    }
}
