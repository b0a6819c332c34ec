//! Every format carries the same figures as the JSON: each cell of each table of the demonstration's bulletin, as often as the
//! JSON has it. What a format holds is read without our renderers.

mod read;

use std::collections::BTreeMap;

use duban::catalog::Lang;
use duban::model::Book;
use duban::output::fonts;
use duban::render::{Format, render};
use duban::report::{What, make};
use serde_json::Value;

use crate::books::{demonstration, q};

/// How often each text occurs; white space does not count, for it is where lines are broken.
type Bag = BTreeMap<String, usize>;

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn bag<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Bag {
    let mut bag = Bag::new();
    for text in texts {
        *bag.entry(squeezed(text.as_ref())).or_default() += 1;
    }
    bag.remove("");
    bag
}

/// What `wanted` has more of than `found`.
fn missing(wanted: &Bag, found: &Bag) -> Vec<String> {
    let short = |(text, count): (&String, &usize)| {
        let there = found.get(text).copied().unwrap_or(0);
        (there < *count).then(|| format!("{text:?} {there} of {count}"))
    };
    wanted.iter().filter_map(short).collect()
}

/// The demonstration's bulletin of the third quarter in a format; `None` where its fonts are missing and need not be there.
fn bulletin(format: Format) -> Option<Vec<u8>> {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let made = make(&book, &What::Bulletin, q(3), q(3).end(), Lang::Zh);
    let fonts = if format.needs_fonts() {
        match fonts::find() {
            Ok(fonts) => Some(fonts),
            Err(error) if std::env::var_os("DUBAN_NEED_PROGRAMS").is_none() => {
                eprintln!("skipped: {error}");
                return None;
            }
            Err(error) => panic!("{error}"),
        }
    } else {
        None
    };
    Some(render(&made, format, fonts.as_ref(), &mut |_, _| {}).unwrap())
}

/// The JSON's report.
struct Truth {
    cells: Vec<Value>,
    said: Vec<String>,
}

fn truth() -> Truth {
    let made: Value = serde_json::from_slice(&bulletin(Format::Json).unwrap()).unwrap();
    let report = &made["report"];
    let attached = report["attachments"].as_array().unwrap().iter().flat_map(|one| one["blocks"].as_array().unwrap());
    let blocks: Vec<&Value> = report["blocks"].as_array().unwrap().iter().chain(attached).collect();
    let mut truth = Truth { cells: Vec::new(), said: vec![report["title"].as_str().unwrap().to_owned()] };
    for block in blocks {
        let rows = block["table"]["rows"].as_array().into_iter().flatten();
        // A cell that is one with a neighbour is printed once.
        let cells = rows.flat_map(|row| row.as_array().unwrap()).filter(|cell| cell.get("joined").is_none());
        truth.cells.extend(cells.cloned());
        let said = block["paragraph"].as_str().or_else(|| block["heading"]["text"].as_str());
        truth.said.extend(said.map(str::to_owned));
    }
    assert!(truth.cells.len() > 500 && truth.said.len() > 10, "the demonstration has tables and text");
    truth
}

fn text(cell: &Value) -> &str {
    cell["text"].as_str().unwrap()
}

/// Whether a cell is a figure or a mark, which no format breaks into lines.
fn is_figure(cell: &Value) -> bool {
    cell.get("value").is_some_and(|value| ["number", "percent", "parts"].iter().any(|kind| value.get(kind).is_some()))
}

/// Formats that keep cells apart: each text as often as the JSON has it.
fn holds_every_cell(cells: impl IntoIterator<Item = String>) {
    let short = missing(&bag(truth().cells.iter().map(text)), &bag(cells));
    assert!(short.is_empty(), "{short:#?}");
}

fn says_everything(whole: &str) {
    let whole = squeezed(whole);
    let left: Vec<String> = truth().said.into_iter().filter(|said| !whole.contains(&squeezed(said))).collect();
    assert!(left.is_empty(), "{left:#?}");
}

/// Pages: each figure stands there as a word of its own, and no character of any cell is missing.
fn prints_every_figure(pages: &str) {
    let truth = truth();
    let figures = truth.cells.iter().filter(|cell| is_figure(cell)).map(text).filter(|text| !text.contains(' '));
    let short = missing(&bag(figures), &bag(pages.split_whitespace()));
    assert!(short.is_empty(), "{short:#?}");
    let characters = |text: &str| bag(squeezed(text).chars().map(String::from));
    let all: String = truth.cells.iter().map(text).collect();
    let short = missing(&characters(&all), &characters(pages));
    assert!(short.is_empty(), "{short:#?}");
}

#[test]
fn markdown_has_the_figures_of_the_json() {
    let markdown = String::from_utf8(bulletin(Format::Md).unwrap()).unwrap();
    holds_every_cell(read::markdown_cells(&markdown));
    says_everything(&read::markdown_text(&markdown));
}

#[test]
fn html_has_the_figures_of_the_json() {
    let html = String::from_utf8(bulletin(Format::Html).unwrap()).unwrap();
    holds_every_cell(read::html_cells(&html));
    says_everything(&read::html_text(&html));
}

#[test]
fn docx_has_the_figures_of_the_json() {
    let document = read::docx(&bulletin(Format::Docx).unwrap());
    holds_every_cell(document.cells);
    says_everything(&document.text);
}

/// The JSON's cells where figures have cells of their own, so that `8.2/12.6` is two: the texts, and the numbers by their keys.
/// A percentage is a number where it is kept as one.
fn apart(percent: bool) -> (Bag, Bag) {
    let (mut texts, mut numbers) = (Vec::new(), Vec::new());
    let mut put = |cell: &Value| match cell.get("value") {
        Some(value) if value.get("number").is_some() => numbers.push(read::key(&value["number"], 1.0)),
        Some(value) if percent && value.get("percent").is_some() => {
            numbers.push(read::key(&value["percent"], 100.0));
        }
        _ => texts.push(text(cell).to_owned()),
    };
    for cell in truth().cells {
        match cell.get("value").and_then(|value| value.get("parts")) {
            Some(parts) => parts.as_array().unwrap().iter().for_each(&mut put),
            None => put(&cell),
        }
    }
    (bag(texts), bag(numbers))
}

#[test]
fn csv_has_the_figures_of_the_json() {
    let cells = read::csv_cells(&bulletin(Format::Csv).unwrap());
    let (texts, numbers) = apart(false);
    let short = missing(&numbers, &bag(cells.iter().filter_map(|cell| cell.parse().ok().map(read::rounded))));
    assert!(short.is_empty(), "{short:#?}");
    let short = missing(&texts, &bag(cells));
    assert!(short.is_empty(), "{short:#?}");
}

#[test]
fn xlsx_has_the_figures_of_the_json_as_numbers() {
    let (found_texts, found_numbers) = read::xlsx_cells(&bulletin(Format::Xlsx).unwrap());
    let (texts, numbers) = apart(true);
    let short = missing(&numbers, &bag(found_numbers));
    assert!(short.is_empty(), "{short:#?}");
    let short = missing(&texts, &bag(found_texts));
    assert!(short.is_empty(), "{short:#?}");
}

#[test]
fn text_has_the_figures_of_the_json() {
    prints_every_figure(&String::from_utf8(bulletin(Format::Txt).unwrap()).unwrap());
}

#[test]
fn pdf_has_the_figures_of_the_json() {
    let Some(pdf) = bulletin(Format::Pdf) else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bulletin.pdf");
    std::fs::write(&file, pdf).unwrap();
    if let Some(pages) = crate::programs::pdf_text(&file) {
        prints_every_figure(&pages);
    }
}

#[test]
fn a_missing_cell_would_be_seen() {
    let wanted = bag(["8.2", "8.2", "市 财政局"]);
    assert_eq!(missing(&wanted, &bag(["8.2", "市财政局", "x"])), ["\"8.2\" 1 of 2"]);
}
