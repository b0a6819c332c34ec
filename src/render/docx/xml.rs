//! Pieces of WordprocessingML.

use quick_xml::escape::escape;

use crate::render::fonts::Face;
use crate::text::sanitise;

/// Twentieths of a point in a millimetre.
const TWIPS_PER_MM: f64 = 1440.0 / 25.4;

/// A length in millimetres as twentieths of a point.
pub(super) fn twips(mm: f64) -> i64 {
    whole(mm * TWIPS_PER_MM)
}

/// Points as twentieths of a point.
pub(super) fn twips_of_points(points: f64) -> i64 {
    whole(points * 20.0)
}

/// A length as a whole number. Lengths of a page are far from any limit.
pub(super) fn whole(length: f64) -> i64 {
    use rust_decimal::prelude::ToPrimitive as _;
    length.round().to_i64().unwrap_or(0)
}

/// A text as XML: escaped, without what XML does not allow and what is not to be seen.
pub(super) fn text(text: &str) -> String {
    let clean: String = sanitise(text).text.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    escape(&clean).into_owned()
}

/// How a run of characters looks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    /// `None`: the paragraph's style decides.
    pub(super) face: Option<Face>,
    /// In points; `None`: the style's.
    pub(super) size: Option<f64>,
    /// In red.
    pub(super) red: bool,
}

/// A run; its lines are broken where the text has line ends.
pub(super) fn run(content: &str, look: Look) -> String {
    if content.is_empty() {
        return String::new();
    }
    let mut properties = String::new();
    if let Some(face) = look.face {
        let name = face.office_name();
        properties.push_str(&format!(
            "<w:rFonts w:ascii=\"{name}\" w:eastAsia=\"{name}\" w:hAnsi=\"{name}\" w:cs=\"{name}\"/>"
        ));
    }
    if look.red {
        properties.push_str("<w:color w:val=\"FF0000\"/>");
    }
    if let Some(size) = look.size {
        let half = whole(size * 2.0);
        // The spacing that makes 28 characters a line is for the body's size alone.
        properties.push_str(&format!("<w:spacing w:val=\"0\"/><w:sz w:val=\"{half}\"/><w:szCs w:val=\"{half}\"/>"));
    }
    let properties = if properties.is_empty() { properties } else { format!("<w:rPr>{properties}</w:rPr>") };
    let lines: Vec<String> =
        content.split('\n').map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", text(line))).collect();
    format!("<w:r>{properties}{}</w:r>", lines.join("<w:br/>"))
}

/// A paragraph of runs.
pub(super) fn paragraph(properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

/// A paragraph of a style.
pub(super) fn styled(style: &str, content: &str) -> String {
    paragraph(&format!("<w:pStyle w:val=\"{style}\"/>"), &run(content, Look::default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup_and_nothing_breaks_the_xml() {
        assert_eq!(text("<a>&\"\u{1b}\u{fffe}\u{202e}督"), "&lt;a&gt;&amp;&quot;督");
        assert_eq!((twips(156.0), twips_of_points(10.5)), (8844, 210));
    }
}
