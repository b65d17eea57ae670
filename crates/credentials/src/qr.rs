//! QR codes as SVG: one path of crisp squares, no script and no style, as the site's content policy demands.

use crate::CredentialError;
use fast_qr::{ECL, QRBuilder};
use std::fmt::Write;

/// Light modules around the code that readers rely on (ISO/IEC 18004).
const QUIET_MODULES: usize = 4;
/// Up to here a code is small enough to afford more error correction.
const SHORT_BYTES_MAX: usize = 300;
const TITLE_CHARACTERS_MAX: usize = 200;

/// `title` is what a screen reader says for it. The image has no size of its own: the page gives it one.
pub fn qr_svg(text: &str, title: &str) -> Result<String, CredentialError> {
    let level = if text.len() <= SHORT_BYTES_MAX { ECL::M } else { ECL::L };
    let too_long = CredentialError::TooLongForQr(text.len());
    // The library asks for the capacity itself; an empty text has no meaning to encode.
    if text.is_empty() {
        return Err(too_long);
    }
    let code = QRBuilder::new(text).ecl(level).build().map_err(|_| too_long)?;
    let side = code.size + 2 * QUIET_MODULES;
    let mut path = String::new();
    for (y, row) in code.data.chunks(code.size).take(code.size).enumerate() {
        let mut x = 0;
        while let Some(start) = row.iter().skip(x).position(|module| module.value()).map(|offset| x + offset) {
            let run = row.iter().skip(start).take_while(|module| module.value()).count();
            // Writing to a text cannot fail.
            let _ = write!(path, "M{} {}h{run}v1h-{run}z", start + QUIET_MODULES, y + QUIET_MODULES);
            x = start + run;
        }
    }
    let title = escape(title);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{title}\" \
         shape-rendering=\"crispEdges\"><title>{title}</title><path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars().take(TITLE_CHARACTERS_MAX) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
