//! What stands on every page and belongs to none: page numbers, running heads, stamps of the archive.

use std::collections::HashMap;

use super::page::{Block, Page};
use crate::import::numbering::outline;
use crate::import::page_end::is_owner_of_the_page;
use crate::import::vocabulary::labels;

/// The upper and the lower part of a page where such lines stand.
const EDGE: f64 = 0.12;

/// Takes the furniture off the pages.
pub(super) fn strip(pages: &mut [Page]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        // With their numbers made equal, and as they are.
        let mut own: Vec<String> = edges(page).flat_map(|text| [masked(text), bare(text)]).collect();
        own.sort_unstable();
        own.dedup();
        for text in own {
            *seen.entry(text).or_default() += 1;
        }
    }
    let many = pages.len();
    for page in pages {
        let height = page.height;
        page.blocks.retain(|block| match block {
            Block::Line(line) if at_edge(line.y, height) => {
                let often = |text: &str| seen.get(text).is_some_and(|times| *times >= 3 && times * 3 >= many);
                // What tasks say may stand there on many pages: 责任单位：市教育局, and 1.办学1所 beside 2.办学2所. But no number
                // comes again with the same words, and who keeps the site answers for no task.
                let said = match outline(&line.text) {
                    Some(_) => !often(&bare(&line.text)),
                    None => !labels(&line.text).is_empty() && !is_owner_of_the_page(&line.text),
                };
                !(is_page_number(&line.text) || (often(&masked(&line.text)) && !said))
            }
            _ => true,
        });
    }
}

fn edges(page: &Page) -> impl Iterator<Item = &str> {
    page.blocks.iter().filter_map(|block| match block {
        Block::Line(line) if at_edge(line.y, page.height) => Some(line.text.as_str()),
        _ => None,
    })
}

fn at_edge(y: f64, height: f64) -> bool {
    y < height * EDGE || y > height * (1.0 - EDGE)
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A text with its numbers made equal, however many digits they have.
fn masked(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c.is_numeric() {
            true if out.ends_with('0') => {}
            true => out.push('0'),
            false => out.push(c),
        }
    }
    out
}

/// `3`, `— 3 —`, `第3页`, `3/12`, `第 3 页 共 12 页`.
fn is_page_number(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let rest = bare.trim_matches(|c: char| "—–-－―·.第页共/／,，".contains(c) || c.is_ascii_digit());
    rest.is_empty() && bare.chars().any(|c| c.is_ascii_digit()) && bare.chars().count() <= 16
        || rest == "页共" && bare.chars().count() <= 16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::source::pdf::lines::Line;

    #[test]
    fn page_numbers() {
        for yes in ["3", "— 3 —", "-12-", "第3页", "第 3 页 共 12 页", "3/12", "－３－".replace('３', "3").as_str()]
        {
            assert!(is_page_number(yes), "{yes}");
        }
        for no in ["一", "—", "3.办学", "2024年3月4日", "抄送"] {
            assert!(!is_page_number(no), "{no}");
        }
    }

    #[test]
    fn what_tasks_say_at_the_edge_of_many_pages_stays() {
        let line = |text: &str, y| {
            let (left, right, size) = (0.0, 100.0, 12.0);
            Block::Line(Line { text: text.to_owned(), left, right, y, size, blank: false })
        };
        let mut pages: Vec<Page> = (1..=4)
            .map(|page| Page {
                height: 800.0,
                blocks: vec![
                    line("云溪市人民政府公报", 20.0),
                    line("一、重点工作责任分解", 30.0),
                    line("牵头市领导：林一舟", 40.0),
                    line(&format!("{page}.办学{page}所。"), 60.0),
                    line("责任单位：市教育局", 780.0),
                    line("主办：云溪市人民政府办公室", 785.0),
                    line(&format!("— {page} —"), 790.0),
                ],
            })
            .collect();
        strip(&mut pages);
        for (page, at) in pages.iter().zip(1..) {
            let kept: Vec<&str> = page
                .blocks
                .iter()
                .filter_map(|block| match block {
                    Block::Line(line) => Some(line.text.as_str()),
                    Block::Row(..) => None,
                })
                .collect();
            assert_eq!(kept, ["牵头市领导：林一舟", &format!("{at}.办学{at}所。"), "责任单位：市教育局"]);
        }
    }
}
