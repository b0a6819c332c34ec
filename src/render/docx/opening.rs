//! What stands before the text: 版头, title, 主送 (GB/T 9704-2012, 7.2 and 7.3.1–7.3.2).

use super::paragraph::{Look, blank, paragraph, run, tab, text_paragraph};
use super::unit::{line, twips_mm};
use super::xml::Xml;
use crate::catalog::Say;
use crate::render::chart::estimate;
use crate::render::page::{MM_PER_PT, SIZE_2, SIZE_MASTHEAD, TEXT};
use crate::render::plain::clean;
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
        text_paragraph(xml, "Subtitle", Look::default(), &one_line(words).text);
    }
    if !(report.title.is_empty() && report.subtitle.is_empty()) {
        blank(xml, Look::default());
    }
    if !report.addressees.is_empty() {
        text_paragraph(
            xml,
            "Plain",
            Look::default(),
            &report.lang.fill(Say::PrintAddressees, &[&one_line(&report.addressees).text]),
        );
    }
}

/// A title in lines of about one length, which break between words (7.3.1).
pub(super) fn title(xml: &mut Xml, title: &str, look: Look) {
    if !title.is_empty() {
        text_paragraph(xml, "Title", look, &shaped(title).join("\n"));
    }
}

/// As few lines as the width permits; parted before 和 and the like or behind 的 where one of them may end there, else of as even a
/// length as their number permits. Half-width columns count one.
fn shaped(title: &str) -> Vec<String> {
    const MOST: usize = 40;
    let title = one_line(&clean(title)).text;
    let fewest = wrap(&title, MOST).len();
    let ways: Vec<Vec<String>> =
        (2..=MOST).map(|cols| wrap(&title, cols)).filter(|lines| lines.len() == fewest).collect();
    let fine = ways.iter().find(|lines| lines.windows(2).all(|pair| matches!(pair, [one, next] if parts(one, next))));
    fine.or_else(|| ways.first()).cloned().unwrap_or_else(|| vec![title])
}

/// Whether a line ends where a word does, as far as that can be told without a dictionary.
fn parts(one: &str, next: &str) -> bool {
    one.ends_with(['的', '、', '，', '》', '）', '”']) || next.starts_with(['和', '与', '及', '暨', '《', '（', '“'])
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
        text_paragraph(xml, "MastheadNumber", Look::default(), &one_line(&head.number).text);
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
    fn a_title_parts_between_words_or_else_in_the_middle() {
        let lines = shaped("关于2024年三季度政府工作报告重点工作和民生实事推进情况的通报");
        assert_eq!(lines, ["关于2024年三季度政府工作报告重点工作", "和民生实事推进情况的通报"]);
        let lines = shaped(&"督查".repeat(11));
        assert_eq!(lines, ["督查".repeat(5) + "督", "查".to_owned() + &"督查".repeat(5)]);
        assert_eq!(shaped("通报"), ["通报"]);
    }
}
