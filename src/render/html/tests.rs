use super::table::{Span, spans};
use super::*;
use crate::report::model::{Bar, Cell, Chart, Column, Joined, Kind, Table, Tone};
use proptest::prelude::*;
use quick_xml::events::Event;
use rust_decimal::Decimal;

/// The page as XML: void elements closed, the declaration of the type left out.
fn elements(page: &str) -> Vec<String> {
    let xml = page.replace("<!DOCTYPE html>\n", "").replace("<br>", "<br/>");
    let xml: Vec<String> = xml
        .lines()
        .map(|line| if line.starts_with("<meta") { line.replace("\">", "\"/>") } else { line.to_owned() })
        .collect();
    let xml = xml.join("\n");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let mut names = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) | Event::Empty(start) => {
                for attribute in start.attributes() {
                    attribute.expect("a well-formed attribute");
                }
                names.push(start.name().as_ref().to_owned());
            }
            Event::Eof => return names,
            _ => {}
        }
    }
}

fn report(texts: &[String]) -> Report {
    let text = |at: usize| texts[at % texts.len()].clone();
    let table = Table {
        caption: text(0),
        columns: vec![Column::text(1), Column::figures()],
        frozen: 1,
        head: vec![Cell::row([text(1), text(2)])],
        rows: vec![Cell::row([text(3), text(4)])],
    };
    let bar = Bar { label: text(0), parts: vec![(Tone::Red, Decimal::ONE)], figure: text(1) };
    let chart = Chart { caption: text(2), bars: vec![bar], full: Decimal::ONE, ..Chart::default() };
    Report {
        head: Some(Masthead { name: text(1), number: text(2), left: text(3), right: text(4) }),
        addressees: text(0),
        blocks: vec![Block::Paragraph(text(1)), Block::Table(table), Block::Chart(chart), Block::Note(text(2))],
        mark: text(3),
        ..Report::plain(Lang::Zh, Kind::Bulletin, text(4))
    }
}

fn page(texts: &[String]) -> String {
    String::from_utf8(render(&report(texts))).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn it_is_well_formed_for_any_text_and_text_adds_no_element(
        texts in prop::collection::vec(prop_oneof![".{1,20}", "[a-z<>/\"'&;!\\[\\]{}\\\\-]{1,30}"], 5),
    ) {
        let found: Vec<String> = elements(&page(&texts)).into_iter().filter(|name| name != "path").collect();
        for name in ["script", "img", "a", "iframe", "link"] {
            prop_assert!(!found.iter().any(|one| one == name), "{name} in {found:?}");
        }
        let style = page(&texts);
        prop_assert_eq!(style.matches("</style>").count(), 1);
    }
}

#[test]
fn what_is_hostile_reads_as_written_and_ends_no_style() {
    let texts = ["</style><script>alert(1)</script>".to_owned(), "\" onload=\"x".into()];
    let page = page(&texts);
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
    assert!(!page.contains("\" onload"));
}

#[test]
fn joined_cells_span_and_cover_every_place_once() {
    let cell = |joined| Cell::from("x").joined(joined);
    let (no, above, left) = (Joined::No, Joined::Above, Joined::Left);
    let rows = vec![
        vec![cell(no), cell(no), cell(left)],
        vec![cell(above), cell(above), cell(left)],
        vec![cell(above), cell(no), cell(no)],
    ];
    let span = |at, columns, rows| Span { at, columns, rows };
    let expected = vec![vec![span(0, 1, 3), span(1, 2, 2)], vec![], vec![span(1, 1, 1), span(2, 1, 1)]];
    assert_eq!(spans(&rows, 3), expected);
}

proptest! {
    #[test]
    fn whatever_cells_say_of_their_neighbours_the_table_is_whole(says in prop::collection::vec(0..3u8, 30)) {
        let joined = |of: &u8| [Joined::No, Joined::Above, Joined::Left][usize::from(*of)];
        let rows: Vec<Vec<Cell>> =
            says.chunks(5).map(|row| row.iter().map(|of| Cell::from("x").joined(joined(of))).collect()).collect();
        let mut covered = [[0; 5]; 6];
        for (row, placed) in spans(&rows, 5).into_iter().enumerate() {
            for span in placed {
                for line in &mut covered[row..row + span.rows] {
                    for place in &mut line[span.at..span.at + span.columns] {
                        *place += 1;
                    }
                }
            }
        }
        prop_assert_eq!(covered, [[1; 5]; 6]);
    }
}
