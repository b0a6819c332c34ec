//! Cells and text of each format, read plainly.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use quick_xml::events::Event;
use serde_json::Value;

/// A DOCX's text, and that of each cell.
#[derive(Default)]
pub(super) struct Document {
    pub text: String,
    pub cells: Vec<String>,
}

/// What stands between `w:t` tags, by `w:tc`.
pub(super) fn docx(bytes: &[u8]) -> Document {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut document, mut cell, mut within) = (Document::default(), None::<String>, false);
    loop {
        let mut put = |text: &str| {
            document.text.push_str(text);
            if let Some(cell) = &mut cell {
                cell.push_str(text);
            }
        };
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "w:tc" => cell = Some(String::new()),
            Event::End(tag) if tag.name().as_ref() == "w:tc" => document.cells.extend(cell.take()),
            Event::Start(tag) if tag.name().as_ref() == "w:t" => within = true,
            Event::End(tag) if tag.name().as_ref() == "w:t" => within = false,
            Event::Text(text) if within => put(&text.xml10_content()),
            Event::GeneralRef(name) if within => put(&entity(&name.into_inner())),
            Event::Eof => return document,
            _ => {}
        }
    }
}

fn entity(name: &str) -> String {
    let number = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
    let number = number.or_else(|| name.strip_prefix('#').map(str::parse)).and_then(Result::ok);
    match (number.and_then(char::from_u32), name) {
        (Some(c), _) => c.to_string(),
        (_, "lt") => "<".to_owned(),
        (_, "gt") => ">".to_owned(),
        (_, "amp") => "&".to_owned(),
        (_, "quot") => "\"".to_owned(),
        (_, "apos") => "'".to_owned(),
        (_, "nbsp" | "emsp" | "ensp") => " ".to_owned(),
        (_, other) => panic!("entity {other}"),
    }
}

/// Text with its entities resolved.
fn plain(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        match part.split_once(';') {
            Some((name, rest)) if name.len() < 8 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#') => {
                plain.push_str(&entity(name));
                plain.push_str(rest);
            }
            _ => {
                plain.push('&');
                plain.push_str(part);
            }
        }
    }
    plain
}

/// The text between tags; style sheets are none.
pub(super) fn html_text(html: &str) -> String {
    let body = html.split("</head>").last().unwrap();
    let between = body.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text));
    plain(&between.collect::<String>())
}

/// What stands in `td` and `th` elements.
pub(super) fn html_cells(html: &str) -> Vec<String> {
    let body = html.split("</head>").last().unwrap();
    let cells = body.split("<t").skip(1).filter(|piece| {
        let mut name = piece.chars();
        matches!(name.next(), Some('d' | 'h')) && matches!(name.next(), Some(' ' | '>'))
    });
    cells.map(|piece| html_text(&format!("<{}", piece.split("</t").next().unwrap()))).collect()
}

/// Cells of the lines that begin with a pipe.
pub(super) fn markdown_cells(markdown: &str) -> Vec<String> {
    let rows = markdown.lines().filter(|line| line.starts_with('|'));
    let cells = rows.flat_map(|row| {
        let escaped = row.replace("\\|", "\u{1}");
        escaped.trim_matches('|').split('|').map(|cell| cell.replace('\u{1}', "|")).collect::<Vec<_>>()
    });
    cells.map(|cell| markdown_text(&cell)).collect()
}

/// Markdown without its marks: escapes and breaks resolved.
pub(super) fn markdown_text(markdown: &str) -> String {
    let mut text = String::new();
    let broken = plain(&markdown.replace("<br>", "\n").replace("<br/>", "\n"));
    let mut rest = broken.chars().peekable();
    while let Some(c) = rest.next() {
        let escape = c == '\\' && rest.peek().is_some_and(char::is_ascii_punctuation);
        text.extend(if escape { rest.next() } else { Some(c) });
    }
    text
}

/// The cells, without the mark before what looks like a formula.
pub(super) fn csv_cells(bytes: &[u8]) -> Vec<String> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let cells = reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
    let bare = |cell: String| match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest.to_owned(),
        _ => cell,
    };
    cells.map(bare).collect()
}

/// The texts and the numbers of all sheets; numbers by their [`key`].
pub(super) fn xlsx_cells(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let (mut texts, mut numbers) = (Vec::new(), Vec::new());
    for sheet in book.sheet_names() {
        for (_, _, cell) in book.worksheet_range(&sheet).unwrap().used_cells() {
            match cell {
                Data::String(text) => texts.push(text.clone()),
                Data::Float(number) => numbers.push(rounded(*number)),
                Data::Int(number) => numbers.push(rounded(number.to_string().parse().unwrap())),
                _ => {}
            }
        }
    }
    (texts, numbers)
}

/// A number of the JSON, divided, as it is compared: a workbook holds binary floats.
pub(super) fn key(number: &Value, divisor: f64) -> String {
    let number: f64 = number.as_str().unwrap().parse().unwrap();
    rounded(number / divisor)
}

pub(super) fn rounded(number: f64) -> String {
    format!("{number:.6}")
}
