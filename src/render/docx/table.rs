//! Tables: head rows that repeat, merged cells, columns in groups where the page is too narrow.

use super::paragraph::{Look, blank, text_paragraph};
use super::unit::{line, twips};
use super::xml::Xml;
use crate::catalog::{Lang, Say};
use crate::model::Light;
use crate::render::chart::estimate;
use crate::render::page::{MM_PER_PT, SIZE_5, SIZE_5_SMALL, TEXT};
use crate::render::split::{Placed, groups};
use crate::report::model::{Align, Cell, Joined, Table, Value};

/// What is free at the left and the right of a cell's text together, in points.
const PAD: f64 = 6.0;
/// What lines and rounding take of a cell beside.
const SLACK: f64 = 2.0;
/// A row of more lines than this may be parted between two pages.
const WHOLE: f64 = 12.0;

/// Writes a table on pages that lie or stand; `look` is that of its first paragraph.
pub(super) fn table(xml: &mut Xml, table: &Table, lies: bool, lang: Lang, look: Look) {
    let size = if lies { SIZE_5_SMALL } else { SIZE_5 };
    let room = if lies { TEXT.1 } else { TEXT.0 } / MM_PER_PT;
    let mut look = look;
    for (at, columns) in groups(table, room, PAD + SLACK, &|text| roomy(text, size)).iter().enumerate() {
        let continued = if at == 0 { "" } else { lang.say(Say::ReportContinued) };
        if table.caption.is_empty() {
            // Two tables without a paragraph between them would become one.
            blank(xml, Look { exact: Some(line() / 4), keep: true, ..look });
        } else {
            text_paragraph(xml, "Caption", look, &format!("{}{continued}", table.caption));
        }
        look = Look::default();
        group(xml, table, columns, size, lies);
        blank(xml, Look { exact: Some(line() / 4), ..Look::default() });
    }
}

fn group(xml: &mut Xml, table: &Table, columns: &[Placed], size: f64, lies: bool) {
    let total: f64 = columns.iter().map(|column| column.width).sum();
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.empty("w:tblW", &[("w:w", &twips(total).to_string()), ("w:type", "dxa")]);
            xml.val("w:jc", "center");
            xml.element("w:tblBorders", &[], |xml| {
                for edge in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                    let rule = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "000000")];
                    xml.empty(edge, &rule);
                }
            });
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.element("w:tblCellMar", &[], |xml| {
                let pad = twips(PAD / 2.0).to_string();
                for (edge, width) in [("w:top", "20"), ("w:left", &*pad), ("w:bottom", "20"), ("w:right", &pad)] {
                    xml.empty(edge, &[("w:w", width), ("w:type", "dxa")]);
                }
            });
        });
        xml.element("w:tblGrid", &[], |xml| {
            for column in columns {
                xml.empty("w:gridCol", &[("w:w", &twips(column.width).to_string())]);
            }
        });
        let height = |row: &Vec<Cell>| lines(row, columns, size);
        // A head as high as half a page is not repeated: no room would be left for what it heads.
        let repeats = table.head.iter().map(height).sum::<f64>() <= WHOLE;
        let styles = if lies { ("TableSmallHead", "TableSmall") } else { ("TableHead", "TableText") };
        for (rows, style, head) in [(&table.head, styles.0, true), (&table.rows, styles.1, false)] {
            for (at, row) in rows.iter().enumerate() {
                let above = at.checked_sub(1).and_then(|at| rows.get(at));
                let below = rows.get(at + 1);
                xml.element("w:tr", &[], |xml| {
                    xml.element("w:trPr", &[], |xml| {
                        if height(row) <= WHOLE {
                            xml.empty("w:cantSplit", &[]);
                        }
                        if head && repeats {
                            xml.empty("w:tblHeader", &[]);
                        }
                    });
                    for run in runs(row, columns) {
                        let down = merge(row, above, below, run.at);
                        cell(xml, table, row, &run, style, head, down);
                    }
                });
            }
        }
    });
}

/// Cells that are one from left to right.
struct Run {
    /// The first one's column.
    at: usize,
    span: usize,
    width: f64,
}

fn runs(row: &[Cell], columns: &[Placed]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for column in columns {
        let left = row.get(column.at).is_some_and(|cell| cell.joined == Joined::Left);
        match runs.last_mut() {
            // Only with its own neighbour: another may stand there where the table is cut.
            Some(last) if left && last.at + last.span == column.at => {
                last.span += 1;
                last.width += column.width;
            }
            _ => runs.push(Run { at: column.at, span: 1, width: column.width }),
        }
    }
    runs
}

/// Whether a cell begins a merged one downwards or continues it.
fn merge(row: &[Cell], above: Option<&Vec<Cell>>, below: Option<&Vec<Cell>>, at: usize) -> Option<&'static str> {
    let joins = |row: &[Cell]| row.get(at).is_some_and(|cell| cell.joined == Joined::Above);
    if joins(row) && above.is_some() {
        Some("continue")
    } else {
        below.is_some_and(|row| joins(row)).then_some("restart")
    }
}

fn cell(xml: &mut Xml, table: &Table, row: &[Cell], run: &Run, style: &str, head: bool, down: Option<&'static str>) {
    let cell = row.get(run.at);
    let align = table.columns.get(run.at).map_or(Align::Left, |column| column.align);
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &twips(run.width).to_string()), ("w:type", "dxa")]);
            if run.span > 1 {
                xml.val("w:gridSpan", &run.span.to_string());
            }
            if let Some(down) = down {
                xml.val("w:vMerge", down);
            }
            if let Some(Value::Light(light)) = cell.map(|cell| &cell.value) {
                xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", shade(*light))]);
            } else if head {
                xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", "F2F2F2")]);
            }
            xml.val("w:vAlign", "center");
        });
        let align = match align {
            _ if head => "center",
            Align::Left => "left",
            Align::Right => "right",
            Align::Center => "center",
        };
        let text = match down {
            Some("continue") => "",
            _ => cell.map_or("", |cell| &*cell.text),
        };
        text_paragraph(xml, style, Look { align: Some(align), ..Look::default() }, text);
    });
}

/// The ground behind a light's word, so light that the word stands out in print without colour.
const fn shade(light: Light) -> &'static str {
    match light {
        Light::Red => "F4B6B6",
        Light::Yellow => "FFF2B3",
        Light::Grey => "D9D9D9",
        Light::Green => "C6E8CF",
    }
}

/// How wide a text is, with some room for letters and figures: where the office's fonts are missing, others have wider ones.
fn roomy(text: &str, size: f64) -> f64 {
    let half = text.chars().filter(char::is_ascii).map(|_| size * 0.14).sum::<f64>();
    estimate(text, size) + half
}

/// About how many lines a row has.
fn lines(row: &[Cell], columns: &[Placed], size: f64) -> f64 {
    let cell = |run: &Run| {
        let text = row.get(run.at).map_or("", |cell| &*cell.text);
        let room = (run.width - PAD - size / 2.0).max(size);
        text.split('\n').map(|line| (roomy(line, size) / room).ceil().max(1.0)).sum::<f64>()
    };
    runs(row, columns).iter().map(cell).fold(1.0, f64::max)
}
