//! The cells of a workbook's sheets: what stands in them, with formulas and errors as such.
//!
//! Not calamine: it tells formulas and values apart only by reading twice, and makes a rectangle of two far corners.

use std::collections::{BTreeMap, HashMap, HashSet};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rust_decimal::Decimal;

use super::package::Package;
use super::read::Why;

/// The most rows that a sheet may have.
const ROWS: usize = 20_000;
/// The most cells of all sheets.
const CELLS: usize = 400_000;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    Number(Decimal),
    /// A yes or no of the spreadsheet's own, or a day.
    Other,
    Formula,
    Error,
}

/// The cells that are not empty, by row and column from 0.
pub(super) type Cells = BTreeMap<(u32, u16), Value>;

/// All sheets by name.
pub(super) fn sheets(bytes: &[u8]) -> Result<BTreeMap<String, Cells>, Why> {
    let mut package = Package::open(bytes)?;
    let book = package.part("xl/workbook.xml")?.ok_or(Why::Type)?;
    let links = package.part("xl/_rels/workbook.xml.rels")?.ok_or(Why::Broken)?;
    let targets: HashMap<String, String> =
        attributes(&links, "Relationship", ["Id", "Target"])?.into_iter().map(|[id, target]| (id, target)).collect();
    let strings = package.part("xl/sharedStrings.xml")?.map_or_else(|| Ok(Vec::new()), |xml| strings(&xml))?;
    let percent = package.part("xl/styles.xml")?.map_or_else(|| Ok(Vec::new()), |xml| percents(&xml))?;
    let mut sheets = BTreeMap::new();
    let mut left = CELLS;
    for [name, id] in attributes(&book, "sheet", ["name", "id"])? {
        let target = targets.get(&id).ok_or(Why::Broken)?;
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
        let Some(xml) = package.part(&path)? else { return Err(Why::Broken) };
        let cells = cells(&xml, &strings, &percent, &mut left)?;
        sheets.insert(name, cells);
    }
    Ok(sheets)
}

/// What a part is read in.
enum Piece<'x> {
    Open(BytesStart<'x>, bool),
    Close(String),
    Text(String),
    End,
}

struct Pieces<'x>(Reader<&'x [u8]>);

impl<'x> Pieces<'x> {
    fn new(xml: &'x str) -> Self {
        Self(Reader::from_str(xml))
    }

    fn next(&mut self) -> Result<Piece<'x>, Why> {
        loop {
            return Ok(match self.0.read_event().map_err(|_| Why::Broken)? {
                Event::Start(tag) => Piece::Open(tag, false),
                Event::Empty(tag) => Piece::Open(tag, true),
                Event::End(tag) => Piece::Close(tag.local_name().into_inner().to_owned()),
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(name) => {
                    let named = name.xml10_content();
                    let known = resolve_predefined_entity(&named).map(str::to_owned);
                    let number = || name.resolve_char_ref().ok().flatten().map(String::from);
                    Piece::Text(known.or_else(number).ok_or(Why::Entity)?)
                }
                Event::DocType(_) => return Err(Why::Entity),
                Event::Eof => Piece::End,
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => continue,
            });
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Why> {
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| Why::Broken)?;
        if attribute.key.local_name().into_inner() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Why::Broken)?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

/// Two attributes of every element of a name.
fn attributes(xml: &str, element: &str, names: [&str; 2]) -> Result<Vec<[String; 2]>, Why> {
    let mut pieces = Pieces::new(xml);
    let mut found = Vec::new();
    loop {
        match pieces.next()? {
            Piece::End => return Ok(found),
            Piece::Open(tag, _) if tag.local_name().into_inner() == element => {
                let [first, second] = names.map(|name| attribute(&tag, name));
                if let (Some(first), Some(second)) = (first?, second?) {
                    found.push([first, second]);
                }
            }
            _ => {}
        }
    }
}

/// The shared strings, without how they are said (`rPh`).
fn strings(xml: &str) -> Result<Vec<String>, Why> {
    let mut pieces = Pieces::new(xml);
    let (mut all, mut now) = (Vec::new(), String::new());
    let (mut in_text, mut spoken) = (false, false);
    loop {
        match pieces.next()? {
            Piece::End => return Ok(all),
            Piece::Open(tag, empty) => match tag.local_name().into_inner() {
                "si" if empty => all.push(String::new()),
                "t" => in_text = !empty && !spoken,
                "rPh" => spoken = !empty,
                _ => {}
            },
            Piece::Text(text) if in_text => now.push_str(&text),
            Piece::Text(_) => {}
            Piece::Close(name) => match name.as_str() {
                "si" => all.push(unescaped(&std::mem::take(&mut now))),
                "t" => in_text = false,
                "rPh" => spoken = false,
                _ => {}
            },
        }
    }
}

/// Which looks show percentages: `60%` typed into such a cell is kept as 0.6.
fn percents(xml: &str) -> Result<Vec<bool>, Why> {
    let formats = attributes(xml, "numFmt", ["numFmtId", "formatCode"])?;
    let own: HashSet<&str> = formats.iter().filter(|[_, code]| code.contains('%')).map(|[id, _]| id.as_str()).collect();
    let mut pieces = Pieces::new(xml);
    let (mut all, mut in_cells) = (Vec::new(), false);
    loop {
        match pieces.next()? {
            Piece::End => return Ok(all),
            Piece::Open(tag, empty) => match tag.local_name().into_inner() {
                "cellXfs" => in_cells = !empty,
                "xf" if in_cells => {
                    let id = attribute(&tag, "numFmtId")?.unwrap_or_default();
                    all.push(own.contains(&*id) || matches!(&*id, "9" | "10"));
                }
                _ => {}
            },
            Piece::Close(name) if name == "cellXfs" => in_cells = false,
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
}

/// A cell while it is read.
#[derive(Default)]
struct Open {
    at: (u32, u16),
    kind: String,
    percent: bool,
    formula: bool,
    text: String,
}

fn cells(xml: &str, strings: &[String], percent: &[bool], left: &mut usize) -> Result<Cells, Why> {
    let mut pieces = Pieces::new(xml);
    let mut found = Cells::new();
    let (mut rows, mut row, mut column) = (0_usize, 0_u32, 0_u16);
    let mut open: Option<Open> = None;
    let (mut in_value, mut spoken) = (false, false);
    loop {
        match pieces.next()? {
            Piece::End => return Ok(found),
            Piece::Open(tag, empty) => match tag.local_name().into_inner() {
                "row" => {
                    rows += 1;
                    if rows > ROWS {
                        return Err(Why::Rows);
                    }
                    let no = attribute(&tag, "r")?.map(|no| no.parse::<u32>()).transpose().map_err(|_| Why::Broken)?;
                    row = no.unwrap_or_else(|| row.saturating_add(1));
                    column = 0;
                }
                "c" => {
                    let name = attribute(&tag, "r")?;
                    let at = name.as_deref().map_or(Some((row.saturating_sub(1), column)), place).ok_or(Why::Broken)?;
                    column = at.1.saturating_add(1);
                    let style = attribute(&tag, "s")?.and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
                    let percent = percent.get(style).copied().unwrap_or(false);
                    let kind = attribute(&tag, "t")?.unwrap_or_default();
                    open = (!empty).then(|| Open { at, kind, percent, ..Open::default() });
                }
                "f" => {
                    if let Some(cell) = &mut open {
                        cell.formula = true;
                    }
                }
                "v" | "t" => in_value = !empty && !spoken,
                "rPh" => spoken = !empty,
                _ => {}
            },
            Piece::Text(text) => {
                if let Some(cell) = open.as_mut().filter(|_| in_value) {
                    cell.text.push_str(&text);
                }
            }
            Piece::Close(name) => match name.as_str() {
                "v" | "t" => in_value = false,
                "rPh" => spoken = false,
                "c" => {
                    if let Some(cell) = open.take() {
                        let at = cell.at;
                        if let Some(value) = value(&cell, strings)? {
                            *left = left.checked_sub(1).ok_or(Why::Rows)?;
                            found.insert(at, value);
                        }
                    }
                }
                _ => {}
            },
        }
    }
}

fn value(cell: &Open, strings: &[String]) -> Result<Option<Value>, Why> {
    if cell.formula {
        return Ok(Some(Value::Formula));
    }
    let text = match cell.kind.as_str() {
        "s" if cell.text.is_empty() => String::new(),
        "s" => {
            let at: usize = cell.text.trim().parse().map_err(|_| Why::Broken)?;
            strings.get(at).ok_or(Why::Broken)?.clone()
        }
        "inlineStr" | "str" => unescaped(&cell.text),
        "e" => return Ok(Some(Value::Error)),
        "b" | "d" => return Ok(Some(Value::Other)),
        _ if cell.text.trim().is_empty() => return Ok(None),
        _ => return number(cell.text.trim(), cell.percent).map(|number| Some(Value::Number(number))),
    };
    Ok((!text.trim().is_empty()).then_some(Value::Text(text)))
}

/// What is read of a cell into which a figure of the ledger was written.
pub(super) fn as_read(kept: &str) -> Option<Decimal> {
    let value: f64 = kept.parse().ok()?;
    number(&value.to_string(), false).ok()
}

/// A number as a person sees it: spreadsheets keep 15 digits, and write 0.1 + 0.2 with 17.
fn number(text: &str, percent: bool) -> Result<Decimal, Why> {
    let value: f64 = text.parse().map_err(|_| Why::Broken)?;
    let value = if percent { value * 100.0 } else { value };
    let digits = format!("{value:.14e}");
    // Beyond what a decimal holds it is beyond every cell's range too; what is too small to hold is nothing.
    let kept =
        Decimal::from_scientific(&digits).unwrap_or(if value.abs() < 1.0 { Decimal::ZERO } else { Decimal::MAX });
    Ok(kept.normalize())
}

/// `B12` as row and column from 0.
fn place(name: &str) -> Option<(u32, u16)> {
    let letters = name.find(|c: char| c.is_ascii_digit())?;
    let (column, row) = name.split_at_checked(letters)?;
    let row: u32 = row.parse().ok()?;
    let column = column.chars().try_fold(0_u32, |sum, c| {
        let digit = c.is_ascii_uppercase().then(|| u32::from(c) - u32::from('A') + 1)?;
        sum.checked_mul(26)?.checked_add(digit).filter(|sum| *sum <= 16_384)
    })?;
    Some((row.checked_sub(1)?, u16::try_from(column.checked_sub(1)?).ok()?))
}

/// `_x000D_` is how the format writes what XML cannot.
fn unescaped(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, found) = rest.split_at(at);
        kept.push_str(before);
        let code = found.get(2..6).filter(|_| found.get(6..7) == Some("_"));
        if let Some(c) = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            kept.push(c);
            rest = found.get(7..).unwrap_or_default();
        } else {
            kept.push_str("_x");
            rest = found.get(2..).unwrap_or_default();
        }
    }
    kept.push_str(rest);
    kept
}
