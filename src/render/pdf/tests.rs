//! The layout before it is written: where things stand.

use proptest::prelude::*;

use super::line::Line;
use super::sheet::{ASCENT, Area, Item, Shape, area, paper};
use super::*;
use crate::catalog::Lang;
use crate::report::model::{Attachment, Block, Cell, Column, Joined, Kind, Signed, Table};

fn fonts() -> Fonts {
    crate::output::fonts::find().unwrap()
}

fn with<T>(report: &Report, look: impl FnOnce(&Flow<'_>) -> T) -> T {
    let fonts = fonts();
    let faces = Faces::new(&fonts).unwrap();
    look(&set(report, &faces, &mut |_, _| {}))
}

/// Whether the squares of its characters are within the area; feet are below it.
fn inside(item: &Item, area: Area, paper: (f64, f64)) -> bool {
    let hair = 0.6;
    let (left, top, right, bottom) = match &item.shape {
        Shape::Words { at, line, kind, .. } => {
            let top = at.1 - ASCENT * kind.size;
            (at.0, top, at.0 + line.width, top + kind.size)
        }
        Shape::Rule { from, to, .. } => (from.0.min(to.0), from.1.min(to.1), from.0.max(to.0), from.1.max(to.1)),
        Shape::Fill { at, .. } | Shape::Frame { at, .. } => (at.0, at.1, at.0 + at.2, at.1 + at.3),
    };
    let (right_edge, bottom_edge) = (area.left + area.width + hair, area.top + area.height + hair);
    let foot = item.of.is_none() && (item.turned || top > bottom_edge) && bottom < paper.0.max(paper.1);
    foot || (left >= area.left - hair && right <= right_edge && top >= area.top - hair && bottom <= bottom_edge)
}

fn all_inside(flow: &Flow<'_>) -> Result<(), String> {
    for (page, sheet) in flow.sheets.iter().enumerate() {
        for item in &sheet.items {
            if !inside(item, area(sheet.lies), paper(sheet.lies)) {
                return Err(format!("page {}: {:?}", page + 1, item.shape));
            }
        }
    }
    Ok(())
}

fn words<'a>(flow: &'a Flow<'_>) -> Vec<(usize, &'a Line)> {
    let mut all = Vec::new();
    for (page, sheet) in flow.sheets.iter().enumerate() {
        for item in &sheet.items {
            if let Shape::Words { line, .. } = &item.shape {
                all.push((page, line));
            }
        }
    }
    all
}

fn text(flow: &Flow<'_>) -> String {
    words(flow).into_iter().map(|(_, line)| line.text.as_str()).collect()
}

fn plain(blocks: Vec<Block>) -> Report {
    Report { blocks, ..Report::plain(Lang::Zh, Kind::Bulletin, "") }
}

#[test]
fn a_heading_at_the_foot_of_a_page_moves_to_the_next_with_its_text() {
    for lines in 18..23 {
        let blocks = vec![
            Block::Paragraph("督".repeat(28 * lines - 2)),
            Block::Heading { level: 1, text: "一、总体".into() },
            Block::Paragraph("查".repeat(60)),
        ];
        with(&plain(blocks), |flow| {
            let page = |what: char| words(flow).iter().find(|(_, line)| line.text.starts_with(what)).unwrap().0;
            assert_eq!(page('一'), page('查'), "{lines} lines before");
            assert_eq!(flow.bookmarks[0].sheet, page('一'));
        });
    }
}

#[test]
fn a_signature_never_stands_on_a_page_without_text() {
    let signed =
        Signed { by: "云州市人民政府办公室".into(), on: "2024年10月25日".into(), note: String::new() };
    for lines in 17..24 {
        let report = Report { signed: signed.clone(), ..plain(vec![Block::Paragraph("督".repeat(28 * lines - 2))]) };
        with(&report, |flow| {
            let last =
                words(flow).iter().filter(|(_, line)| line.text.starts_with("2024")).map(|(page, _)| *page).max();
            let there = words(flow).iter().any(|(page, line)| Some(*page) == last && line.text.contains('督'));
            assert!(there, "{lines} lines");
            assert_eq!(text(flow).matches('督').count(), 28 * lines - 2);
        });
    }
}

#[test]
fn a_joined_cell_is_said_again_on_the_next_page() {
    let row = |at: usize| {
        let name = Cell::from("一类").joined(if at == 0 { Joined::No } else { Joined::Above });
        vec![name, Cell::from(format!("事项{at}。"))]
    };
    let table = Table {
        columns: vec![Column::text(1), Column::text(3)],
        frozen: 1,
        head: vec![Cell::row(["类别", "事项"])],
        rows: (0..100).map(row).collect(),
        ..Table::default()
    };
    with(&plain(vec![Block::Table(table)]), |flow| {
        let pages = flow.sheets.len();
        assert!(pages > 1);
        for (what, name) in [("一类", "cell"), ("类别", "head")] {
            let on: Vec<usize> =
                words(flow).iter().filter(|(_, line)| line.text == what).map(|(page, _)| *page).collect();
            assert_eq!(on, (0..pages).collect::<Vec<_>>(), "{name}");
        }
        for at in 0..100 {
            assert_eq!(text(flow).matches(&format!("事项{at}。")).count(), 1);
        }
    });
}

#[test]
fn a_row_longer_than_a_page_runs_on_and_nothing_is_lost() {
    let table = Table {
        columns: vec![Column::marks(), Column::text(1), Column::text(1)],
        head: vec![Cell::row(["号", "甲", "乙"])],
        rows: vec![Cell::row(["1".to_owned(), "督".repeat(5_000), "查".repeat(3_000)])],
        ..Table::default()
    };
    with(&plain(vec![Block::Table(table)]), |flow| {
        let text = text(flow);
        assert_eq!(text.matches('督').count(), 5_000);
        assert!(text.matches('查').count() >= 3_000);
        assert_eq!(all_inside(flow), Ok(()));
    });
}

#[test]
fn a_head_taller_than_half_a_page_stands_once() {
    let table = Table {
        columns: vec![Column::text(1), Column::text(1)],
        head: vec![Cell::row(["督".repeat(3_000), "甲".to_owned()])],
        rows: (0..60).map(|at| Cell::row([format!("a{at}"), "b".to_owned()])).collect(),
        ..Table::default()
    };
    with(&plain(vec![Block::Table(table)]), |flow| {
        assert_eq!(text(flow).matches('督').count(), 3_000);
        assert_eq!(all_inside(flow), Ok(()));
    });
}

#[test]
fn the_title_of_a_wide_table_stands_on_its_page() {
    let columns = vec![Column::figures(); 12];
    let table = Table { columns, rows: vec![Cell::row(["1"; 12])], ..Table::default() };
    let report = Report { title: "进度表".into(), ..plain(vec![Block::Table(table)]) };
    with(&report, |flow| {
        assert_eq!(flow.sheets.len(), 1);
        assert!(flow.sheets[0].lies);
    });
}

fn texts() -> impl Strategy<Value = String> {
    "[督查落实，。（）“”a-z0-9.% \n]{0,120}"
}

fn tables() -> impl Strategy<Value = Table> {
    let joined = prop_oneof![Just(Joined::No), Just(Joined::Above), Just(Joined::Left)];
    let cell = ("[督查a-z0-9，（ ]{0,40}", joined).prop_map(|(text, joined)| Cell::from(text).joined(joined));
    (1_usize..14, 0_usize..4).prop_flat_map(move |(columns, frozen)| {
        let row = proptest::collection::vec(cell.clone(), columns);
        let rows = proptest::collection::vec(row.clone(), 0..30);
        let shares = proptest::collection::vec(0_u8..4, columns);
        (proptest::collection::vec(row, 0..3), rows, shares, texts()).prop_map(move |(head, rows, shares, caption)| {
            let columns = shares.into_iter().map(|share| Column { share, ..Column::figures() }).collect();
            Table { caption, columns, frozen, head, rows }
        })
    })
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let block = prop_oneof![
        3 => texts().prop_map(Block::Paragraph),
        2 => (0_u8..6, texts()).prop_map(|(level, text)| Block::Heading { level, text }),
        2 => tables().prop_map(Block::Table),
        1 => texts().prop_map(Block::Note),
        1 => texts().prop_map(Block::Title),
        1 => Just(Block::PageBreak),
    ];
    proptest::collection::vec(block, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn everything_stands_within_the_text_area_and_nothing_is_lost(
        blocks in blocks(), title in texts(), addressees in texts(), attached in blocks(), by in texts(),
    ) {
        let report = Report {
            addressees,
            title,
            blocks,
            signed: Signed { by: by.clone(), on: "2024年10月25日".into(), note: by },
            attachments: vec![Attachment { title: "附表".into(), blocks: attached }],
            ..plain(Vec::new())
        };
        let fonts = fonts();
        let faces = Faces::new(&fonts).unwrap();
        let flow = set(&report, &faces, &mut |_, _| {});
        prop_assert_eq!(all_inside(&flow), Ok(()));
        let text = text(&flow);
        let count = |text: &str| text.matches('督').count();
        let said: usize = report.all_blocks().map(|block| match block {
            Block::Paragraph(text) | Block::Note(text) | Block::Title(text) | Block::Heading { text, .. } => count(text),
            Block::Table(table) => {
                table.rows.iter().flatten().filter(|cell| cell.joined == Joined::No).map(|cell| count(&cell.text)).sum()
            }
            _ => 0,
        }).sum();
        prop_assert!(count(&text) >= said, "{} of {said}", count(&text));
    }
}
