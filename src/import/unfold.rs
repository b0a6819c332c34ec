//! Pages that were copied without their line ends, as the lines that they had: where one line holds several numbered paragraphs.

use std::borrow::Cow;

use super::lines::Line;
use super::numbering::{Outline, PLAIN, expected, outline};

/// A line with fewer bytes holds no page.
const SHORTEST: usize = 300;
/// A line with fewer numbered paragraphs is one paragraph.
const FEWEST: usize = 2;
/// As much of a line is looked at for its number, in characters.
const NUMBER: usize = 12;
/// A numbered heading is no longer, in bytes.
const LONGEST_HEADING: usize = 120;

/// Parts the lines that hold several numbered paragraphs; each part keeps the number of its line.
pub(super) fn unfold(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    if lines.iter().all(|line| line.text.len() < SHORTEST) {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let cuts = if line.text.len() < SHORTEST { Vec::new() } else { cuts(&line.text) };
        if cuts.is_empty() {
            out.push(line);
            continue;
        }
        let ends = cuts.iter().copied().skip(1).chain([line.text.len()]);
        for (from, to) in cuts.iter().copied().zip(ends) {
            let text = match &line.text {
                Cow::Borrowed(text) => text.get(from..to).map(|text| Cow::Borrowed(text.trim_end())),
                Cow::Owned(text) => text.get(from..to).map(|text| Cow::Owned(text.trim_end().to_owned())),
            };
            out.extend(text.map(|text| Line { no: line.no, text }));
        }
    }
    out
}

/// Where the lines of a page begin that stand in one line, the first at 0; none where it is one line.
fn cuts(text: &str) -> Vec<usize> {
    if text.contains(['\t', '|', '｜']) {
        return Vec::new();
    }
    let mut cuts = vec![0];
    let mut last = 0;
    let mut before: Option<char> = None;
    let mut blank = None;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            blank = blank.or(Some(at));
            continue;
        }
        if let Some(end) = blank.take()
            && let Some(one) = text.get(at..).and_then(|rest| number(rest).or_else(|| expected(begin(rest), last)))
        {
            let piece = text.get(cuts.last().copied().unwrap_or(0)..end).unwrap_or_default();
            let heading = piece.len() <= LONGEST_HEADING && number(piece).is_some();
            let ended = before.is_some_and(|c| "。；;！？）)】]》”：:".contains(c));
            let next = one.level == PLAIN && one.value == last + 1;
            if heading || ended || next {
                cuts.push(at);
                if one.level == PLAIN {
                    last = one.value;
                }
            }
        }
        before = Some(c);
    }
    if cuts.len() <= FEWEST { Vec::new() } else { cuts }
}

/// The number that a text begins with, before words: `3. 5` is none.
fn number(text: &str) -> Option<Outline<'_>> {
    let one = outline(begin(text))?;
    (!one.rest.is_empty()).then_some(one)
}

fn begin(text: &str) -> &str {
    let end = text.char_indices().nth(NUMBER).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::lines;

    fn read(text: &str) -> Vec<String> {
        unfold(lines(text)).into_iter().map(|line| format!("{} {}", line.no, line.text)).collect()
    }

    #[test]
    fn numbered_paragraphs_in_one_line_are_parted() {
        let notice = "现将《政府工作报告》提出的重点工作任务予以分解并明确责任单位，请认真抓好落实，每季度末报告进展情况，确保全面完成年度任务。";
        let page = format!(
            "{notice} 一、提振信心 （一）促进消费。 1.改善消费条件，发放消费券3000万元。（市商务局负责） 2.改造老旧小区 30 个。（市住建局负责） 3.植树 5 6 4.办学"
        );
        assert_eq!(
            read(&format!("标题\n{page}")),
            [
                "1 标题".to_owned(),
                format!("2 {notice}"),
                "2 一、提振信心".to_owned(),
                "2 （一）促进消费。".to_owned(),
                "2 1.改善消费条件，发放消费券3000万元。（市商务局负责）".to_owned(),
                "2 2.改造老旧小区 30 个。（市住建局负责）".to_owned(),
                "2 3.植树 5 6".to_owned(),
                "2 4.办学".to_owned(),
            ]
        );
        for one in [format!("1.{notice} 其中 1.5 亿元，{notice}"), format!("{notice}\t1.甲 2.乙 3.丙 4.丁")] {
            assert_eq!(read(&one), [format!("1 {one}")]);
        }
    }
}
