//! Small drawings that stand beside a word and never without one, so they are hidden from screen readers.

use maud::{Markup, PreEscaped, html};

fn icon(paths: &'static str) -> Markup {
    html! {
        svg.icon viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false" { (PreEscaped(paths)) }
    }
}

pub fn tick() -> Markup {
    icon(
        r#"<circle class="icon__ground" cx="10" cy="10" r="9"/><path class="icon__stroke" d="M5.8 10.400l2.900 2.900 5.600-6"/>"#,
    )
}

pub fn cross() -> Markup {
    icon(
        r#"<path class="icon__ground" d="M6.300 1h7.400L19 6.300v7.400L13.700 19H6.300L1 13.700V6.300z"/><path class="icon__stroke" d="M7 7l6 6M13 7l-6 6"/>"#,
    )
}

/// A code held to a reader.
pub fn scan() -> Markup {
    icon(
        r#"<path class="icon__ring" d="M1.5 6.5v-5h5M13.500 1.500h5v5M18.500 13.500v5h-5M6.500 18.500h-5v-5M6 6h3v3H6zM11.500 6H14v2.500M6 11.500V14h2.500M12 12h2v2h-2z"/>"#,
    )
}

/// Somebody has to look.
pub fn attention() -> Markup {
    icon(
        r#"<path class="icon__ground" d="M10 1l9 16.500H1z"/><path class="icon__stroke" d="M10 7.500v4.300M10 14.600v.1"/>"#,
    )
}

pub fn clock() -> Markup {
    icon(r#"<circle class="icon__ground" cx="10" cy="10" r="9"/><path class="icon__stroke" d="M10 5v5.200l3.300 2"/>"#)
}

pub fn circle() -> Markup {
    icon(r#"<circle class="icon__ring" cx="10" cy="10" r="7.500"/>"#)
}

pub fn information() -> Markup {
    icon(r#"<circle class="icon__ground" cx="10" cy="10" r="9"/><path class="icon__stroke" d="M10 9.200v5M10 6v.1"/>"#)
}
