//! Tables without ruled lines: a head whose words stand apart, and lines below it that keep to its columns.

use super::drawn::Glyph;
use super::flow::BEGINS;
use super::lines::{Line, lines};
use crate::import::numbering;
use crate::import::shape::is_head_row;
use crate::import::source::cells::Cell;

/// Columns are parted by at least so much, in sizes of the type, all the way down.
const RIVER: f64 = 0.2;
/// Signs that fill only the left half of their space.
const HALF: &str = "，。、；：”）》！？";
/// The words of a head stand apart by at least so much, in sizes of the type.
const APART: f64 = 0.6;
/// A head takes no more lines.
const MOST_HEAD: usize = 3;
/// A table has as many columns at the least.
const FEWEST: usize = 3;
/// Base lines that stand closer are one, in sizes of the type.
const SAME: f64 = 0.3;

/// A table: where it begins and ends, where its columns part, and its rows.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) top: f64,
    /// The base line of its last line.
    bottom: f64,
    pub(super) columns: Vec<f64>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A piece of a line that no wide gap parts.
#[derive(Debug, Clone)]
struct Piece {
    left: f64,
    right: f64,
    y: f64,
    size: f64,
    glyphs: Vec<Glyph>,
}

/// Takes the tables out of the characters of a page; `known` are the columns of a table that the page before ended with, whose
/// rows may go on without a head.
pub(super) fn take(glyphs: Vec<Glyph>, known: &mut Option<Vec<f64>>) -> (Vec<Table>, Vec<Glyph>) {
    let rows = base_lines(glyphs.clone());
    let mut tables: Vec<Table> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let after = rows.get(at..).unwrap_or_default();
        let begun = head(after).or_else(|| {
            let columns = known.take().filter(|_| tables.is_empty())?;
            goes_on(after, &columns).then_some((columns, 0))
        });
        if let Some((columns, head_len)) = begun {
            let len = head_len + body(after.get(head_len..).unwrap_or_default(), &columns);
            if let Some(table) = table(after.get(..len).unwrap_or_default(), head_len, columns) {
                at += len;
                *known = (at >= rows.len().saturating_sub(1)).then(|| table.columns.clone());
                tables.push(table);
                continue;
            }
        }
        at += 1;
    }
    // Blanks that are drawn stay with the text around them.
    let within = |glyph: &Glyph| {
        let near = SAME * glyph.size;
        tables.iter().any(|table| (table.top - near..=table.bottom + near).contains(&glyph.y))
    };
    let rest = if tables.is_empty() { glyphs } else { glyphs.into_iter().filter(|glyph| !within(glyph)).collect() };
    (tables, rest)
}

/// The characters by base line from top to bottom, each line in its pieces from left to right.
fn base_lines(mut glyphs: Vec<Glyph>) -> Vec<Vec<Piece>> {
    glyphs.retain(|glyph| !glyph.c.is_whitespace() && !glyph.c.is_control());
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row)
                if row.first().is_some_and(|first| (glyph.y - first.y).abs() <= SAME * first.size.max(glyph.size)) =>
            {
                row.push(glyph);
            }
            _ => rows.push(vec![glyph]),
        }
    }
    rows.into_iter().map(pieces).collect()
}

/// Where a character ends that is drawn.
fn end(glyph: &Glyph) -> f64 {
    glyph.x + if HALF.contains(glyph.c) { 0.5 * glyph.width } else { glyph.width }
}

fn pieces(mut row: Vec<Glyph>) -> Vec<Piece> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut pieces: Vec<Piece> = Vec::new();
    for glyph in row {
        match pieces.last_mut() {
            Some(last) if glyph.x - last.right < RIVER * glyph.size => {
                last.right = last.right.max(end(&glyph));
                last.glyphs.push(glyph);
            }
            _ => pieces.push(Piece {
                left: glyph.x,
                right: end(&glyph),
                y: glyph.y,
                size: glyph.size,
                glyphs: vec![glyph],
            }),
        }
    }
    pieces
}

/// The columns of a head that begins here, as the places where they part, and how many lines it takes.
fn head(rows: &[Vec<Piece>]) -> Option<(Vec<f64>, usize)> {
    (1..=MOST_HEAD.min(rows.len())).rev().find_map(|len| {
        let lines = rows.get(..len)?;
        // The lines of a head stand close to each other.
        let close = lines.iter().zip(lines.iter().skip(1)).all(|(a, b)| match (a.first(), b.first()) {
            (Some(a), Some(b)) => b.y - a.y <= 1.8 * a.size,
            _ => false,
        });
        let spans = spans(lines);
        // Words that blanks part are no columns.
        let size = lines.iter().flatten().map(|piece| piece.size).fold(0.0_f64, f64::max);
        let apart = spans.iter().zip(spans.iter().skip(1)).all(|(a, b)| b.0 - a.1 >= APART * size);
        if !close || !apart || spans.len() < FEWEST {
            return None;
        }
        let columns = borders(&spans);
        let words: Vec<String> = cells(lines, &columns).iter().map(|cell| cell.lines.concat()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        is_head_row(&words).then_some((columns, len))
    })
}

/// Where the characters of several lines stand, from left to right, without the gaps that all of them leave.
fn spans(rows: &[Vec<Piece>]) -> Vec<(f64, f64)> {
    let mut spans = Vec::new();
    for row in rows {
        cover(&mut spans, row);
    }
    spans.into_iter().map(|(left, right, _)| (left, right)).collect()
}

/// Adds a line to what other lines cover: from, to, and the size of the characters that each begins with.
fn cover(spans: &mut Vec<(f64, f64, f64)>, row: &[Piece]) {
    let mut all = std::mem::take(spans);
    all.extend(row.iter().map(|piece| (piece.left, piece.right, piece.size)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (left, right, size) in all {
        match spans.last_mut() {
            Some(last) if left - last.1 < RIVER * size => last.1 = last.1.max(right),
            _ => spans.push((left, right, size)),
        }
    }
}

/// The places that part columns: in the middle of their gaps.
fn borders(spans: &[(f64, f64)]) -> Vec<f64> {
    let mut borders: Vec<f64> = spans.iter().zip(spans.iter().skip(1)).map(|(a, b)| f64::midpoint(a.1, b.0)).collect();
    borders.insert(0, f64::NEG_INFINITY);
    borders.push(f64::INFINITY);
    borders
}

/// How many lines belong to the table whose head has these columns: as long as gaps part as many columns.
fn body(rows: &[Vec<Piece>], columns: &[f64]) -> usize {
    let wanted = columns.len().saturating_sub(1);
    // With how many lines the gaps are as many as those of the head; the borders are found anew, for words of a head stand in
    // the middle of wider columns.
    let mut len = 0;
    let mut spans = Vec::new();
    for (upto, line) in (1..).zip(rows) {
        let begins = line.first().map(text).unwrap_or_default();
        if BEGINS.iter().any(|word| begins.starts_with(word)) {
            break;
        }
        cover(&mut spans, line);
        if spans.len() > wanted {
            // Words that stand apart in a cell, or something else.
            continue;
        }
        if spans.len() == wanted {
            len = upto;
        } else if upto > 12 || (line.len() == 1 && upto > len + 4) {
            break;
        }
    }
    len
}

/// Whether the first lines of a page go on with a table: several pieces, each within a column, the first of them a number.
fn goes_on(rows: &[Vec<Piece>], columns: &[f64]) -> bool {
    rows.iter().take(3).any(|row| {
        let within = row.iter().all(|piece| column(columns, piece.left) == column(columns, piece.right));
        let numbered = row.first().is_some_and(|piece| numbering::plain(&text(piece)).is_some());
        within && numbered && row.len() >= FEWEST
    })
}

fn text(piece: &Piece) -> String {
    piece.glyphs.iter().map(|glyph| glyph.c).collect()
}

fn column(columns: &[f64], x: f64) -> usize {
    columns.iter().skip(1).position(|border| x < *border).unwrap_or(0)
}

/// The table that a head and the lines below it make; `None` where no number begins its rows.
fn table(rows: &[Vec<Piece>], head: usize, known: Vec<f64>) -> Option<Table> {
    let found = borders(&spans(rows));
    let columns = if found.len() == known.len() { found } else { known };
    let top = rows.first()?.first()?.y;
    let bottom = rows.last()?.first()?.y;
    let body = rows.get(head..)?;
    let numbers: Vec<f64> = body.iter().filter_map(|row| number(row, &columns)).collect();
    if numbers.is_empty() {
        return None;
    }
    let mut out = Vec::new();
    if head > 0 {
        out.push(cells(rows.get(..head)?, &columns));
    }
    let mut from = 0;
    for (at, own) in numbers.iter().enumerate() {
        let next = numbers.get(at + 1).copied();
        let to = next.map_or(body.len(), |next| ends(body, *own, next));
        out.push(cells(body.get(from..to)?, &columns));
        from = to;
    }
    Some(Table { top, bottom, columns, rows: out })
}

/// The number that a line holds in the first column, as its place.
fn number(row: &[Piece], columns: &[f64]) -> Option<f64> {
    let first = row.first().filter(|piece| column(columns, f64::midpoint(piece.left, piece.right)) == 0)?;
    numbering::plain(&text(first)).map(|_| first.y)
}

/// Before which line the row of a number ends, where the next row's number is known: at the widest gap between the two.
fn ends(body: &[Vec<Piece>], own: f64, next: f64) -> usize {
    let place = |row: &Vec<Piece>| row.first().map_or(0.0, |piece| piece.y);
    let mut best = (0.0_f64, 0);
    for (at, (a, b)) in body.iter().zip(body.iter().skip(1)).enumerate() {
        let (a, b) = (place(a), place(b));
        let between = a >= own - 0.1 && b <= next + 0.1;
        // Of gaps that are as wide the last: numbers stand beside the first line, or in the middle.
        if between && b - a >= best.0 - 0.5 {
            best = ((b - a).max(best.0), at + 1);
        }
    }
    best.1.max(1)
}

/// The cells of lines under their columns.
fn cells(rows: &[Vec<Piece>], columns: &[f64]) -> Vec<Cell> {
    let width = columns.len().saturating_sub(1);
    let mut held: Vec<Vec<Glyph>> = vec![Vec::new(); width];
    for glyph in rows.iter().flatten().flat_map(|piece| &piece.glyphs) {
        if let Some(cell) = held.get_mut(column(columns, glyph.x + glyph.width / 2.0)) {
            cell.push(*glyph);
        }
    }
    held.into_iter()
        .map(|glyphs| {
            let lines: Vec<Line> = lines(glyphs);
            let wide = lines.iter().map(|line| line.right - line.left).fold(0.0_f64, f64::max);
            Cell { lines: super::grid::paragraphs(lines, wide), span: 1, continued: false }
        })
        .collect()
}
