//! What stands before the text: 版头, title, 主送 (GB/T 9704-2012, 7.2 and 7.3.1–7.3.2).

use super::paragraph::{Look, blank, paragraph, run, tab, text_paragraph};
use super::unit::{line, twips_mm};
use super::xml::{Xml, clean};
use crate::catalog::Say;
use crate::render::chart::estimate;
use crate::render::page::{MM_PER_PT, SIZE_2, SIZE_MASTHEAD, TEXT};
use crate::report::Report;
use crate::report::model::Masthead;
use crate::text::{one_line, wrap};

/// Writes it.
pub(super) fn opening(xml: &mut Xml, report: &Report) {
    if let Some(head) = &report.head {
        masthead(xml, head);
        // Two empty lines below the rule (7.3.1).
        blank(xml, Look::default());
        blank(xml, Look::default());
    }
    title(xml, &report.title, Look::default());
    for words in report.subtitle.iter().filter(|words| !words.is_empty()) {
        text_paragraph(xml, "Subtitle", Look::default(), words);
    }
    if !(report.title.is_empty() && report.subtitle.is_empty()) {
        blank(xml, Look::default());
    }
    if !report.addressees.is_empty() {
        text_paragraph(xml, "Plain", Look::default(), &report.lang.fill(Say::PrintAddressees, &[&report.addressees]));
    }
}

/// A title in lines of about one length, which break between words (7.3.1).
pub(super) fn title(xml: &mut Xml, title: &str, look: Look) {
    if !title.is_empty() {
        text_paragraph(xml, "Title", look, &shaped(title).join("\n"));
    }
}

/// As few lines as the width permits, of as even a length as their number permits. Half-width columns count one.
fn shaped(title: &str) -> Vec<String> {
    const MOST: usize = 40;
    let title = one_line(&clean(title)).text;
    let fewest = wrap(&title, MOST).len();
    let fits = |cols: &usize| wrap(&title, *cols).len() == fewest;
    (2..=MOST).find(fits).map_or_else(|| vec![title.clone()], |cols| wrap(&title, cols))
}

fn masthead(xml: &mut Xml, head: &Masthead) {
    let name = one_line(&head.name).text;
    // One line where that is possible, and smaller than 22 mm high (7.2.4).
    let width = TEXT.0 / MM_PER_PT;
    let size = (SIZE_MASTHEAD * (width / estimate(&name, SIZE_MASTHEAD)).min(1.0)).floor().max(SIZE_2);
    // Its upper edge is 35 mm below that of the text (7.2.4); a tenth of the size is above the letters.
    let above = twips_mm(35.0) - super::unit::twips(size * 0.1);
    blank(xml, Look { exact: Some(above), ..Look::default() });
    if !name.is_empty() {
        paragraph(xml, "Masthead", Look::default(), |xml| {
            xml.element("w:r", &[], |xml| {
                xml.element("w:rPr", &[], |xml| {
                    let half = format!("{}", size * 2.0);
                    xml.val("w:sz", &half);
                    xml.val("w:szCs", &half);
                });
                xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(&clean(&name)));
            });
        });
    }
    if !head.number.is_empty() {
        // Two empty lines below (7.2.5).
        blank(xml, Look::default());
        blank(xml, Look::default());
        text_paragraph(xml, "MastheadNumber", Look::default(), &head.number);
    }
    // The rule 4 mm below, as wide as the text (7.2.7); over it the office and the day of a 简报.
    let look = Look { tab: Some(twips_mm(TEXT.0)), ..Look::default() };
    let sides = !(head.left.is_empty() && head.right.is_empty());
    let look = if sides { look } else { Look { exact: Some(line() / 10), ..look } };
    paragraph(xml, "MastheadLine", look, |xml| {
        run(xml, None, &one_line(&head.left).text);
        tab(xml);
        run(xml, None, &one_line(&head.right).text);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_lines_of_about_one_length_and_whole_numbers() {
        let lines = shaped("关于2024年三季度政府工作报告重点工作和民生实事推进情况的通报");
        assert_eq!(lines, ["关于2024年三季度政府工作报告重", "点工作和民生实事推进情况的通报"]);
        assert_eq!(shaped("通报"), ["通报"]);
    }
}
