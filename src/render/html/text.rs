//! Text within markup and within style rules, so that it stands for itself.

use crate::render::plain::clean;

/// Text within an element or an attribute in double quotation marks; without characters that XML does not allow.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// Text within an element, on its lines.
pub(super) fn lines(text: &str) -> String {
    escape(text).trim_matches('\n').replace('\n', "<br>")
}

/// A paragraph of a class; nothing where there is no text.
pub(super) fn paragraph(class: &str, text: &str) -> String {
    let text = lines(text);
    if text.is_empty() { text } else { format!("<p class=\"{class}\">{text}</p>\n") }
}

/// Text within a string of a style rule.
pub(super) fn css(text: &str) -> String {
    let mut safe = String::new();
    for c in clean(text).chars() {
        match c {
            c if c.is_ascii_alphanumeric() || c == ' ' => safe.push(c),
            c => safe.extend([format!("\\{:x} ", u32::from(c))]),
        }
    }
    safe
}
