//! The sheets: the text; a table.

use std::collections::HashSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Format, IgnoreError, Worksheet, XlsxError};

use super::charts;
use super::figure::code;
use super::height::{height, of_row};
use super::looks::{Look, Looks, of_light};
use crate::catalog::{Lang, Say};
use crate::model::Light;
use crate::render::text::annex_name;
use crate::render::unfold::{spans, unfold};
use crate::report::Report;
use crate::report::model::{Block, Cell, Column, Table, Value};
use crate::text::{one_line, sanitise, width};

/// The most characters of running text in a row: a row is never higher than 409 points, some 29 lines, and what does not fit is hidden.
const ROWFUL: usize = 1_000;
/// The most rows above a table that stand still on a screen.
const MOST_FROZEN: u32 = 8;
/// The width of the running text, in characters of the default font. A single column is never scaled to the page, and a program
/// that lacks the font takes a wider one: it has to fit all the same.
const WORDS: f64 = 70.0;
/// The widest and narrowest column, in characters of the default font.
const WIDEST: f64 = 60.0;
const NARROWEST: f64 = 6.0;
/// What a column of text keeps where a table is too wide for a page.
const TEXT: f64 = 24.0;
/// How much stands beside each other on a printed page before letters become too small to read, and what a screen leaves free beside
/// columns that stay, in characters.
const PAGE: f64 = 180.0;
const STAYING: f64 = 70.0;
/// A4.
const A4: u8 = 9;

/// The text, a paragraph a row, with the charts.
pub(super) fn words(sheet: &mut Worksheet, report: &Report, name: &str, looks: &Looks) -> Result<(), XlsxError> {
    dress(sheet, report);
    sheet.set_name(name)?;
    sheet.set_column_width(0, WORDS)?;
    let mut row = 0;
    let mut put = |sheet: &mut Worksheet, text: &str, look: &Look| -> Result<u32, XlsxError> {
        let at = row;
        for piece in pieces(&shown(text)) {
            sheet.set_row_height(row, height(&piece, WORDS, look.size))?;
            sheet.write_string_with_format(row, 0, piece, &look.format)?;
            row += 1;
        }
        Ok(at)
    };
    if let Some(head) = &report.head {
        put(sheet, &head.name, &looks.title)?;
        put(sheet, &head.number, &looks.heading)?;
        put(sheet, &format!("{}　{}", head.left, head.right), &looks.text)?;
    }
    put(sheet, &report.title, &looks.title)?;
    for line in &report.subtitle {
        put(sheet, line, &looks.text)?;
    }
    if !report.addressees.is_empty() {
        put(sheet, &report.lang.fill(Say::PrintAddressees, &[&report.addressees]), &looks.text)?;
    }
    blocks(sheet, &report.blocks, looks, &mut put, report.lang)?;
    for line in [&report.signed.by, &report.signed.on] {
        put(sheet, line, &looks.text)?;
    }
    if !report.signed.note.is_empty() {
        put(sheet, &report.lang.fill(Say::PrintRemark, &[&report.signed.note]), &looks.text)?;
    }
    for (at, attachment) in report.attachments.iter().enumerate() {
        put(sheet, &format!("{}　{}", annex_name(report, at), attachment.title), &looks.heading)?;
        blocks(sheet, &attachment.blocks, looks, &mut put, report.lang)?;
    }
    if !report.colophon.copied_to.is_empty() {
        put(sheet, &report.lang.fill(Say::PrintCopiedTo, &[&report.colophon.copied_to]), &looks.text)?;
    }
    let (by, on) = (&report.colophon.printed_by, &report.colophon.printed_on);
    let on = if on.is_empty() { String::new() } else { report.lang.fill(Say::PrintPrintedOn, &[on]) };
    let printed: Vec<&str> = [by.as_str(), &on].into_iter().filter(|part| !part.is_empty()).collect();
    if !printed.is_empty() {
        put(sheet, &printed.join("　"), &looks.text)?;
    }
    // The figures that charts are drawn from stand beside and are not printed.
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_area(0, 0, row.saturating_sub(1), 0)?;
    Ok(())
}

/// A text in pieces that each fit a row, broken behind a stop where there is one; together they are the text.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut stop = 0;
    let mut count = 0;
    for c in text.chars() {
        piece.push(c);
        count += 1;
        if matches!(c, '。' | '；' | '\n') {
            stop = piece.len();
        }
        if count == ROWFUL {
            let at = if stop > 0 { stop } else { piece.len() };
            let rest = piece.split_off(at);
            count = rest.chars().count();
            stop = 0;
            pieces.push(std::mem::replace(&mut piece, rest));
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

pub(super) type Put<'p> = &'p mut dyn FnMut(&mut Worksheet, &str, &Look) -> Result<u32, XlsxError>;

fn blocks(sheet: &mut Worksheet, blocks: &[Block], looks: &Looks, put: Put<'_>, lang: Lang) -> Result<(), XlsxError> {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Title(text) => {
                put(sheet, text, &looks.heading)?;
            }
            Block::Paragraph(text) => {
                put(sheet, text, &looks.text)?;
            }
            Block::Note(text) => {
                put(sheet, &format!("{}{text}", lang.say(Say::ReportNote)), &looks.text)?;
            }
            Block::Chart(chart) => charts::put(sheet, chart, looks, put)?,
            // Tables have sheets of their own.
            Block::Table(_) | Block::PageBreak => {}
        }
    }
    Ok(())
}

/// A table on a sheet of its own.
pub(super) fn table(
    sheet: &mut Worksheet,
    report: &Report,
    table: &Table,
    name: &str,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let table = unfold(table);
    dress(sheet, report);
    sheet.set_name(name)?;
    let columns = u16::try_from(table.columns.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
    if columns == 0 {
        return Ok(());
    }
    sheet.set_landscape();
    let mut row = 0_u32;
    if !table.caption.is_empty() {
        if columns > 1 {
            sheet.merge_range(0, 0, 0, columns - 1, &shown(&table.caption), &looks.title.format)?;
        } else {
            sheet.write_string_with_format(0, 0, shown(&table.caption), &looks.title.format)?;
        }
        // Cells that are one do not make their row higher.
        sheet.set_row_height(0, 28)?;
        row = 1;
    }
    let widths = widths(&table);
    let head = rows(sheet, &table, &table.head, (row, true), (looks, &widths))?;
    let end = rows(sheet, &table, &table.rows, (head, false), (looks, &widths))?;
    for (at, width) in (0..columns).zip(&widths) {
        sheet.set_column_width(at, *width)?;
    }
    freeze(sheet, &table, &widths, head)?;
    let last = end.saturating_sub(1).max(head.saturating_sub(1));
    sheet.set_print_area(0, 0, last, columns - 1)?;
    // A number of an item is a text: `1` and `17-3` alike.
    sheet.ignore_error_range(0, 0, last, columns - 1, IgnoreError::NumberStoredAsText)?;
    if end > head {
        lights(sheet, &table, (head, end - 1), report.lang)?;
    }
    Ok(())
}

/// What stays while the rest is scrolled, and what is said again on every printed page.
fn freeze(sheet: &mut Worksheet, table: &Table, widths: &[f64], head: u32) -> Result<(), XlsxError> {
    let naming = widths.iter().take(table.frozen);
    let staying = naming
        .scan(0.0, |taken, width| {
            *taken += width;
            Some(*taken)
        })
        .take_while(|taken| *taken <= STAYING)
        .count();
    let staying = u16::try_from(staying).unwrap_or(0);
    // A head as tall as the window would leave nothing to scroll.
    sheet.set_freeze_panes(if head <= MOST_FROZEN { head } else { 0 }, staying)?;
    if head > 0 {
        sheet.set_repeat_rows(0, head - 1)?;
    }
    let across = widths.iter().sum::<f64>() / PAGE;
    let across = across.ceil().clamp(1.0, 100.0).to_u16().unwrap_or(1);
    sheet.set_print_fit_to_pages(across, 0);
    if across > 1 && staying > 0 {
        sheet.set_repeat_columns(0, staying - 1)?;
    }
    Ok(())
}

/// Writes rows from one on; answers the row below them.
fn rows(
    sheet: &mut Worksheet,
    table: &Table,
    rows: &[Vec<Cell>],
    (first, head): (u32, bool),
    (looks, widths): (&Looks, &[f64]),
) -> Result<u32, XlsxError> {
    for (at, cells) in rows.iter().enumerate() {
        let row = at_row(first, at)?;
        let own = |column: &usize| spans(rows, at, *column) == (1, 1);
        let texts = cells.iter().zip(widths).enumerate().filter(|(column, _)| own(column));
        sheet.set_row_height(row, of_row(texts.map(|(_, (cell, width))| (cell.text.as_str(), *width))))?;
        for (column, (cell, of)) in cells.iter().zip(&table.columns).enumerate() {
            let look = if head { &looks.head } else { looks.cell(of.align) };
            let (across, down) = spans(rows, at, column);
            let column = u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)?;
            match (across, down) {
                (0, _) => {}
                (1, 1) => put(sheet, (row, column), cell, look, looks)?,
                _ => {
                    let last = (at_row(row, down - 1)?, column + u16::try_from(across - 1).unwrap_or(0));
                    sheet.merge_range(row, column, last.0, last.1, "", look)?;
                    put(sheet, (row, column), cell, look, looks)?;
                }
            }
        }
    }
    at_row(first, rows.len())
}

fn at_row(first: u32, at: usize) -> Result<u32, XlsxError> {
    u32::try_from(at).ok().and_then(|at| first.checked_add(at)).ok_or(XlsxError::RowColumnLimitError)
}

/// A number as a number, a percentage as one, everything else as a string: nothing is ever a formula.
fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    look: &Format,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let (worth, percent) = match &cell.value {
        Value::Number(value) => (Some(*value), false),
        Value::Percent(value) => (Some(*value), true),
        _ => (None, false),
    };
    let number = worth.and_then(|value| {
        let code = code(&cell.text, value, percent)?;
        let worth = if percent { value.checked_div(Decimal::ONE_HUNDRED)? } else { value };
        // More digits than the format keeps stay as they are written.
        worth.to_f64().filter(|worth| worth.abs() < 1e15).map(|worth| (worth, code))
    });
    if let Some((worth, code)) = number {
        sheet.write_number_with_format(row, column, worth, &looks.figure.clone().set_num_format(code))?;
    } else if cell.text.is_empty() {
        sheet.write_blank(row, column, look)?;
    } else {
        sheet.write_string_with_format(row, column, shown(&cell.text), look)?;
    }
    Ok(())
}

/// A text as a cell holds it: nothing that the format, or a reader, stumbles over.
pub(super) fn shown(text: &str) -> String {
    let text = sanitise(text).text;
    if text.contains(['\u{FFFE}', '\u{FFFF}']) { text.replace(['\u{FFFE}', '\u{FFFF}'], "") } else { text }
}

/// Wide enough for what stands in them, texts wrapped.
fn widths(table: &Table) -> Vec<f64> {
    let of = |at: usize| {
        let cells = table.rows.iter().chain(&table.head).filter_map(|row| row.get(at));
        let widest = cells.flat_map(|cell| cell.text.split('\n').map(width)).max().unwrap_or(0);
        let widest = f64::from(u16::try_from(widest).unwrap_or(u16::MAX)) + 2.0;
        let share = table.columns.get(at).map_or(0, |column| column.share);
        let most = if share > 1 { WIDEST } else { WIDEST / 3.0 };
        widest.clamp(NARROWEST, most)
    };
    let mut widths: Vec<f64> = (0..table.columns.len()).map(of).collect();
    // Where all would be wider than a page, texts give way as far as they can still be read.
    let gives = |column: &Column, width: f64| if column.share > 0 { (width - TEXT).max(0.0) } else { 0.0 };
    let over = widths.iter().sum::<f64>() - PAGE;
    let room: f64 = widths.iter().zip(&table.columns).map(|(width, column)| gives(column, *width)).sum();
    if over > 0.0 && room > 0.0 {
        for (width, column) in widths.iter_mut().zip(&table.columns) {
            *width -= gives(column, *width) * (over / room).min(1.0);
        }
    }
    widths
}

/// The colours of lights as conditions on their words: a light that is typed over changes its colour.
fn lights(sheet: &mut Worksheet, table: &Table, (first, last): (u32, u32), lang: Lang) -> Result<(), XlsxError> {
    for at in 0..table.columns.len() {
        let is_light = |row: &Vec<Cell>| row.get(at).is_some_and(|cell| matches!(cell.value, Value::Light(_)));
        if !table.rows.iter().any(is_light) {
            continue;
        }
        let column = u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)?;
        for light in Light::ALL {
            let rule = ConditionalFormatCellRule::EqualTo(lang.light(light).to_owned());
            let format = ConditionalFormatCell::new().set_rule(rule).set_format(of_light(light));
            sheet.add_conditional_format(first, column, last, column, &format)?;
        }
    }
    Ok(())
}

/// Paper, margins, foot.
fn dress(sheet: &mut Worksheet, report: &Report) {
    sheet.set_paper_size(A4);
    sheet.set_margins(0.7, 0.7, 0.9, 0.9, 0.4, 0.4);
    let demo = if report.demo { report.lang.say(Say::ReportDemo) } else { "" };
    let mark: String = one_line(&format!("{demo} {}", report.mark)).text.trim().chars().take(100).collect();
    // `&` begins a code in feet.
    let mark = mark.replace('&', "&&");
    sheet.set_footer(format!("&L{mark}&R— &P —"));
}

/// A name that a sheet may have: no more than 31 characters, none of `[ ] : * ? / \`, no quote at its ends, and not taken, which it is
/// from now on. Names that differ in case only are one.
pub(super) fn unique(wished: &str, taken: &mut HashSet<String>) -> String {
    let clean: String = one_line(wished).text.chars().filter(|c| !"[]:*?/\\'".contains(*c)).collect();
    let clean = clean.trim();
    // Characters count as in UTF-16; some room is left for a number behind.
    let fits = clean.chars().scan(0, |taken, c| {
        *taken += c.len_utf16();
        (*taken <= 27).then_some(c)
    });
    let base: String = if clean.is_empty() { "1".to_owned() } else { fits.collect() };
    let mut name = base.trim().to_owned();
    let mut no = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{}-{no}", base.trim());
        no += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_broken_behind_stops_and_nothing_of_it_is_lost() {
        let text = format!("{}{}", "督查。".repeat(700), "长".repeat(2_500));
        let pieces = pieces(&text);
        assert_eq!(pieces.concat(), text);
        assert!(pieces.iter().all(|piece| piece.chars().count() <= ROWFUL));
        assert!(pieces.iter().take(2).all(|piece| piece.ends_with('。')));
        assert!(super::pieces("").is_empty());
    }

    #[test]
    fn sheets_have_names_that_are_allowed_and_differ() {
        let mut taken = HashSet::new();
        assert_eq!(unique("一、总体/情况[1]:*?", &mut taken), "一、总体情况1");
        assert_eq!(unique("一、总体情况1", &mut taken), "一、总体情况1-2");
        assert_eq!(unique("'", &mut taken), "1");
        assert!(unique(&"长".repeat(60), &mut taken).chars().count() <= 31);
    }
}
