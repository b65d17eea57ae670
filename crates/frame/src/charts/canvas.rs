//! A drawing being put together: SVG elements with classes and no style, every text escaped.

use std::fmt::Write as _;
use unicode_width::UnicodeWidthChar;

/// Font size of labels, which `charts.css` sets too.
pub const FONT_SIZE: f64 = 13.0;
pub const LINE_HEIGHT: f64 = 18.0;

/// The width of a text in pixels: Chinese characters are one em, Latin letters and figures a little over half.
pub fn text_width(text: &str) -> f64 {
    let ems: f64 = text
        .chars()
        .map(|character| match character.width() {
            Some(2) => 1.0,
            Some(0) | None => 0.0,
            _ if matches!(character, 'm' | 'w' | 'M' | 'W' | '%' | '@') => 0.85,
            _ if matches!(character, 'i' | 'l' | 'j' | 'I' | '.' | ',' | ':' | ' ' | '\'' | '|') => 0.3,
            _ if character.is_ascii_uppercase() => 0.66,
            _ => 0.56,
        })
        .sum();
    ems * FONT_SIZE
}

/// A text in lines no wider than `width` pixels: broken between words, and anywhere in Chinese.
pub fn wrapped(text: &str, width: f64) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut joins = false;
    for character in text.chars() {
        let wide = character.width() == Some(2);
        match pieces.last_mut() {
            Some(piece) if joins && !wide && character != ' ' => piece.push(character),
            _ => pieces.push(character.to_string()),
        }
        joins = !wide && character != ' ';
    }
    let mut lines = vec![String::new()];
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if line.is_empty() || text_width(line) + text_width(&piece) <= width => line.push_str(&piece),
            _ => lines.push(piece),
        }
    }
    lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// Where a text stands relative to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn as_str(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Canvas {
    pub width: f64,
    pub height: f64,
    body: String,
    linked: bool,
}

impl Canvas {
    pub fn new(width: f64, height: f64) -> Self {
        Self { width, height, body: String::new(), linked: false }
    }

    pub fn text(&mut self, x: f64, y: f64, anchor: Anchor, class: &str, text: &str) {
        let (x, y, anchor, text) = (round(x), round(y), anchor.as_str(), escaped(text));
        let _ = write!(self.body, r#"<text x="{x}" y="{y}" text-anchor="{anchor}" class="{class}">{text}</text>"#);
    }

    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, class: &str) {
        self.titled_rect(x, y, width, height, class, "");
    }

    /// A rectangle whose title a pointer shows.
    pub fn titled_rect(&mut self, x: f64, y: f64, width: f64, height: f64, class: &str, title: &str) {
        let (x, y, width, height) = (round(x), round(y), round(width.max(0.0)), round(height.max(0.0)));
        let _ = write!(self.body, r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" class="{class}""#);
        if title.is_empty() {
            self.body.push_str("/>");
        } else {
            let _ = write!(self.body, "><title>{}</title></rect>", escaped(title));
        }
    }

    pub fn rounded_rect(&mut self, x: f64, y: f64, width: f64, height: f64, radius: f64, class: &str) {
        let (x, y, width, height) = (round(x), round(y), round(width.max(0.0)), round(height.max(0.0)));
        let _ = write!(
            self.body,
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" class="{class}"/>"#
        );
    }

    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        let (x1, y1, x2, y2) = (round(from.0), round(from.1), round(to.0), round(to.1));
        let _ = write!(self.body, r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" class="{class}"/>"#);
    }

    pub fn circle(&mut self, x: f64, y: f64, radius: f64, class: &str) {
        let (x, y, radius) = (round(x), round(y), round(radius));
        let _ = write!(self.body, r#"<circle cx="{x}" cy="{y}" r="{radius}" class="{class}"/>"#);
    }

    /// A path through points; broken where a point is not finite.
    pub fn path(&mut self, points: &[(f64, f64)], closed: bool, class: &str) {
        let mut data = String::new();
        let mut pen_down = false;
        for (x, y) in points {
            if !(x.is_finite() && y.is_finite()) {
                pen_down = false;
                continue;
            }
            let _ = write!(data, "{}{} {}", if pen_down { 'L' } else { 'M' }, round(*x), round(*y));
            pen_down = true;
        }
        if closed && !data.is_empty() {
            data.push('Z');
        }
        self.raw_path(&data, class);
    }

    /// A path whose data the caller made from numbers alone.
    pub fn raw_path(&mut self, data: &str, class: &str) {
        let _ = write!(self.body, r#"<path d="{data}" class="{class}"/>"#);
    }

    /// A link around what `draw` draws.
    pub fn link(&mut self, href: &str, draw: impl FnOnce(&mut Self)) {
        self.linked = true;
        let _ = write!(self.body, r#"<a href="{}">"#, escaped(href));
        draw(self);
        self.body.push_str("</a>");
    }

    /// Marks a filled shape of a series, drawn over it: stripes or dots, so that colour is not needed.
    pub fn texture(&mut self, x: f64, y: f64, width: f64, height: f64, series: usize) {
        let gap = 6.0;
        let (x, y, right, bottom) = (x, y, x + width, y + height);
        if width < 3.0 || height < 3.0 {
            return;
        }
        let mut data = String::new();
        match series % 4 {
            0 => return,
            1 => {
                // Diagonals from the left and bottom edges, cut at the right and top ones.
                let mut offset = gap;
                while offset < width + height {
                    let start_x = if offset <= height { x } else { x + offset - height };
                    let start_y = if offset <= height { y + offset } else { bottom };
                    let end_x = if offset <= width { x + offset } else { right };
                    let end_y = if offset <= width { y } else { y + offset - width };
                    let (a, b, c, d) = (round(start_x), round(start_y), round(end_x), round(end_y));
                    let _ = write!(data, "M{a} {b}L{c} {d}");
                    offset += gap;
                }
            }
            2 => {
                let mut at = y + gap / 2.0;
                while at < bottom {
                    let _ = write!(data, "M{} {}H{}", round(x), round(at), round(right));
                    at += gap;
                }
            }
            _ => {
                let mut at = x + gap / 2.0;
                while at < right {
                    let _ = write!(data, "M{} {}V{}", round(at), round(y), round(bottom));
                    at += gap;
                }
            }
        }
        self.raw_path(&data, "texture");
    }

    /// The whole element; `title` and `description` name it to those who do not see it.
    pub fn finish(self, title: &str, description: &str) -> String {
        let (width, height) = (round(self.width), round(self.height));
        let (title, description) = (escaped(title), escaped(description));
        // An image has nothing to press in it: a drawing with links is a group of things with a name.
        let role = if self.linked { "group" } else { "img" };
        format!(
            r#"<svg class="drawing" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="{role}"><title>{title}</title><desc>{description}</desc>{}</svg>"#,
            self.body
        )
    }
}

/// One digit after the point is finer than any screen, and keeps drawings small. Not finite becomes nought.
fn round(value: f64) -> f64 {
    if value.is_finite() { (value * 10.0).round() / 10.0 + 0.0 } else { 0.0 }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Not allowed in XML at all.
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => safe.push(c),
        }
    }
    safe
}
