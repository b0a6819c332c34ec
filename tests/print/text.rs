//! Pages of text: whatever a report holds, a page is 22 lines of 28 characters.

use duban::render::{PageSize, text_pages, text_pages_sized};
use duban::text::width;

use crate::sample::{hostile, sample};

#[test]
fn pages_keep_their_size_whatever_the_report_holds() {
    for report in [sample(), hostile()] {
        for size in [PageSize::A4, PageSize::WIDE, PageSize { cols: 20, rows: 8 }] {
            for page in text_pages_sized(&report, size) {
                assert_eq!(page.lines().count(), size.rows, "{page}");
                for line in page.lines() {
                    assert!(width(line) <= size.cols, "{line:?}");
                    assert!(!line.chars().any(|c| c.is_control() || c == '\u{202e}'), "{line:?}");
                }
            }
        }
    }
}

#[test]
fn no_character_of_a_long_text_is_lost() {
    let mut report = hostile();
    report.blocks.truncate(12);
    let pages = text_pages(&report).concat();
    // Each of the ten rows holds 2,500 times 督查, and so do the addressees and the list of copies.
    assert_eq!(pages.matches('督').count(), 12 * 2_500);
}

#[test]
fn the_parts_of_an_official_paper_stand_in_their_places() {
    let pages = text_pages(&sample());
    let first: Vec<&str> = pages[0].lines().collect();
    assert_eq!(first[0].trim(), "政　务　督　查");
    assert!(first[2].starts_with("  云州市人民政府办公室") && first[2].ends_with("2024年10月25日"));
    assert_eq!(width(first[2]), 56 - 2, "one character is free at the left and at the right");
    let line = |text: &str| pages.iter().flat_map(|page| page.lines()).find(|line| line.trim() == text).unwrap();
    let free = |line: &str| line.chars().take_while(|c| *c == ' ').count();
    let (by, on) = (line("云州市人民政府办公室"), line("2024年10月25日"));
    assert_eq!(width(by), 56 - 4, "two characters are free at the right");
    assert_eq!(free(on), free(by) + 4, "the day begins two characters further right");
    for name in ["附件1", "附件2"] {
        assert!(pages.iter().any(|page| page.lines().next() == Some(name)), "{name} begins a page");
    }
    let last: Vec<&str> = pages.last().unwrap().lines().collect();
    assert_eq!(last[19], "=".repeat(56), "the last rule is the last line of the text");
    assert!(last[18].starts_with("  云州市人民政府办公室") && last[18].ends_with("2024年10月28日印发"));
    assert!(pages.iter().all(|page| page.lines().last().unwrap().contains("#1284 9f86d081884c")));
}

#[test]
fn a_day_stands_alone_where_nobody_signs_or_prints() {
    let mut report = sample();
    report.signed.by.clear();
    report.colophon.printed_by.clear();
    let pages = text_pages(&report);
    let lines: Vec<&str> = pages.iter().flat_map(|page| page.lines()).collect();
    let signed = lines.iter().find(|line| line.trim() == "2024年10月25日").unwrap();
    assert_eq!(width(signed), 56 - 4, "two characters are free at the right");
    assert!(lines.iter().any(|line| line.trim() == "2024年10月28日印发"));
    let mut report = sample();
    report.signed.on.clear();
    report.colophon.printed_on.clear();
    let pages = text_pages(&report).concat();
    assert!(!pages.contains("印发"), "no day, no word for it: {pages}");
    assert_eq!(pages.matches("云州市人民政府办公室").count(), 3, "in the head, signed, printed");
}
