//! Where a page of the web ends below a document: what can be done with it, who keeps the site. A task may say the same words.

use super::inline;
use super::lines::Line;
use super::names;
use super::numbering::{outline, plain};
use super::vocabulary::{Label, PAGE_ENDS, SITE_KEEPERS, SITE_OWNERS, labels};

/// Such a line is no longer, in characters.
const LONGEST: usize = 120;
/// Signs that set a word off within a sentence: 推广“扫一扫”结算.
const QUOTES: [char; 5] = ['“', '"', '‘', '《', '「'];
/// A row of a table has as many cells at the least.
const FEWEST_CELLS: usize = 3;

/// Whether a line ends a page of the web: 扫一扫在手机打开当前页. A numbered line and a sentence do not, whatever they speak of.
pub(super) fn ends_page(text: &str) -> bool {
    let said = |word: &&str| {
        text.match_indices(*word).any(|(at, _)| !text.get(..at).is_some_and(|before| before.ends_with(QUOTES)))
    };
    text.chars().take(LONGEST + 1).count() <= LONGEST
        && PAGE_ENDS.iter().any(said)
        && !text.trim_end().ends_with(['。', '；', ';'])
        && outline(text).is_none()
}

/// Whether a line begins as those do that say who keeps a site: 主办单位：某市人民政府办公室　承办单位：…. A task may have such a
/// label too.
pub(super) fn names_an_owner(printed: &str) -> bool {
    SITE_OWNERS.iter().any(|word| printed.trim_start().starts_with(word)) && !printed.contains('、')
}

/// Whether a line says who keeps a site, where nothing but its words tells it from a label of a task.
pub(super) fn is_owner_of_the_page(printed: &str) -> bool {
    names_an_owner(printed) && SITE_KEEPERS.iter().any(|word| printed.contains(word))
}

/// Whether such a line can be nothing else: it names two of them, or the page ends below it.
pub(super) fn is_surely_an_owner<'a>(printed: &str, below: impl Iterator<Item = &'a str>) -> bool {
    let words = SITE_OWNERS.iter().filter(|word| word.ends_with("单位") && printed.contains(**word)).count();
    words > 1 || printed.contains("版权") || below.take(FEW).any(ends_page)
}

/// So many lines stand between the owner of a site and the end of its page at the most.
const FEW: usize = 8;

/// The last task of a document as far as its lines alone tell: a numbered line with labels below it or brackets at its end, or
/// a numbered row that names units. It is looked for once, and only where something seems to end the page.
#[derive(Debug)]
pub(super) struct LastTask<'a> {
    lines: &'a [Line<'a>],
    found: Option<u32>,
}

impl<'a> LastTask<'a> {
    pub(super) fn of(lines: &'a [Line<'a>]) -> Self {
        Self { lines, found: None }
    }

    /// Whether a task begins behind a line.
    pub(super) fn is_below(&mut self, line: u32) -> bool {
        *self.found.get_or_insert_with(|| last_task(self.lines)) > line
    }
}

fn last_task(lines: &[Line<'_>]) -> u32 {
    let mut owned = false;
    for line in lines.iter().rev() {
        let text = line.text.trim();
        let cells: Vec<&str> = text.split(['\t', '|', '｜']).take(FEWEST_CELLS).collect();
        if cells.len() == FEWEST_CELLS {
            let numbered = text.split(['\t', '|', '｜']).find(|cell| !cell.trim().is_empty()).and_then(plain).is_some();
            if numbered && text.split(['\t', '|', '｜']).any(names::is_units) {
                return line.no;
            }
        } else if outline(text).is_some() {
            let bracketed = text.ends_with(inline::CLOSE);
            if owned || (bracketed && inline::pieces(text).iter().any(|(_, said)| !said.is_empty())) {
                return line.no;
            }
        } else if !owned && !is_owner_of_the_page(text) {
            owned = labels(text).iter().any(|(label, value)| {
                matches!(label, Label::Units | Label::Lead | Label::Leaders) && !value.is_empty()
            });
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::lines;

    #[test]
    fn what_ends_a_page_is_told_from_a_task_that_speaks_of_the_same() {
        for yes in ["扫一扫在手机打开当前页", "上一篇：关于做好春季防火工作的通知", "版权所有：云溪市人民政府"]
        {
            assert!(ends_page(yes), "{yes}");
        }
        for no in ["2.推广就医扫一扫结算", "推广就医“扫一扫”结算", "推广就医扫一扫结算。", "（三）建设网站地图"]
        {
            assert!(!ends_page(no), "{no}");
        }
        assert!(is_owner_of_the_page("主办单位：云溪市人民政府办公室"));
        assert!(!is_owner_of_the_page("主办单位：市体育局"), "it keeps no site");
        assert!(is_surely_an_owner("主办单位：云溪市人民政府 承办单位：市大数据局", std::iter::empty()));
        assert!(is_surely_an_owner("主办单位：云溪市人民政府", ["网站标识码：3300000001"].into_iter()));
        assert!(!is_surely_an_owner("承办单位：云溪市人民政府办公室", std::iter::empty()));
    }

    #[test]
    fn the_last_task_has_somebody_who_answers_for_it() {
        for (text, last) in [
            ("1.办学。\n责任单位：市教育局\n网站地图\n1.关于某事的通知\n主办单位：云溪市人民政府", 1),
            ("1.办学。\n责任单位：市教育局\n网站地图\n2.修路。\n责任单位：市交通局", 4),
            ("1.办学。\n2.修路。（市交通局负责）", 2),
            ("1\t办学\t市教育局\n2\t修路\t市交通局\n首页\t上页\t下页", 2),
            ("办学", 0),
        ] {
            assert_eq!(last_task(&lines(text)), last, "{text}");
        }
    }
}
