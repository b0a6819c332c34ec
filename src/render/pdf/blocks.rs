//! What a report says: headings, paragraphs, tables, charts, notes.

use super::flow::{Flow, Role, Stand, body, em, pitch};
use super::line::{Measure, Type};
use super::{charts, opening, table};
use crate::catalog::Say;
use crate::render::Tell;
use crate::render::fonts::Face;
use crate::render::page::SIZE_2;
use crate::report::model::Block;
use crate::text::one_line;

/// The size of a note, in points: 小四.
const NOTE: f64 = 12.0;
/// From one of its lines to the next.
const NOTE_LEAD: f64 = 18.0;

/// How far the making is.
pub(super) struct Progress<'a> {
    /// Blocks done.
    pub(super) done: usize,
    /// Of how many.
    pub(super) all: usize,
    /// Who is told.
    pub(super) tell: Tell<'a>,
}

/// Sets blocks. A table's caption is left out where it is the title of the whole.
pub(super) fn blocks(flow: &mut Flow<'_>, blocks: &[Block], title: &str, progress: &mut Progress<'_>) {
    for (at, block) in blocks.iter().enumerate() {
        let rest = blocks.get(at..).unwrap_or_default();
        flow.orient(lies(rest, flow.lies()));
        match block {
            Block::Heading { level, text } => heading(flow, *level, text, rest),
            Block::Title(text) => {
                flow.snap();
                flow.need(needs(flow, rest));
                flow.bookmark(1, text);
                opening::title(flow, text);
                flow.blank(1);
            }
            Block::Paragraph(text) => flow.paragraph(Role::Text, text, body(Face::Body)),
            Block::Note(text) => note(flow, text),
            Block::Table(shown) => {
                let caption = if shown.caption == title { "" } else { &shown.caption };
                table::table(flow, shown, caption);
                flow.snap();
            }
            Block::Chart(chart) => charts::chart(flow, chart),
            Block::PageBreak => flow.turn(),
        }
        progress.done += 1;
        (progress.tell)(progress.done, progress.all);
    }
}

/// Whether what comes first of these lies: a wide table, with the headings over it and the notes below.
pub(super) fn lies(blocks: &[Block], now: bool) -> bool {
    match blocks.first() {
        Some(Block::Table(table)) => table.is_wide(),
        Some(Block::Heading { .. } | Block::Title(_)) => blocks.get(1..).is_some_and(|rest| lies(rest, false)),
        Some(Block::Note(_) | Block::PageBreak) => now,
        _ => false,
    }
}

/// 一、黑体, （一）楷体, 1. and （1） 仿宋 (7.3.3). It never stands alone at the foot of a page.
fn heading(flow: &mut Flow<'_>, level: u8, text: &str, from_here: &[Block]) {
    let text = one_line(text).text;
    let need = needs(flow, from_here);
    flow.need(need);
    flow.bookmark(level, &text);
    let face = match level {
        0 | 1 => Face::Hei,
        2 => Face::Kai,
        _ => Face::Body,
    };
    flow.paragraph(Role::Heading(u16::from(level.clamp(1, 5)) + 1), &text, body(face));
}

/// How much of a page headings take with the beginning of what they head.
fn needs(flow: &Flow<'_>, blocks: &[Block]) -> f64 {
    let width = flow.area().width;
    let mut height = 0.0;
    for block in blocks {
        match block {
            Block::Heading { text, .. } => {
                let lines = (flow.faces.width(text, body(Face::Hei)) + 2.0 * em()) / width;
                height += lines.ceil().max(1.0) * pitch();
            }
            Block::Title(text) => {
                let lines = flow.faces.width(text, Type::of(Face::Title, SIZE_2)) / width;
                height += (lines.ceil().max(1.0) + 1.0) * opening::TITLE_LEAD;
            }
            Block::Paragraph(_) | Block::Note(_) => return height + 2.0 * pitch(),
            Block::Table(shown) => return height + table::least(flow, shown),
            Block::Chart(chart) => return height + charts::least(chart, width),
            Block::PageBreak => return height,
        }
    }
    height
}

fn note(flow: &mut Flow<'_>, text: &str) {
    let kind = Type::of(Face::Body, NOTE);
    let of = flow.part(Role::Text, None);
    let indent = 2.0 * NOTE;
    let width = flow.area().width;
    let measure = Measure { first: width - indent, rest: width, justified: true };
    let words = format!("{}{}", flow.lang.say(Say::ReportNote), one_line(text).text);
    let lines = flow.faces.lines(&words, kind, measure);
    flow.lines(of, lines, kind, NOTE_LEAD, Stand::Left(indent, 0.0));
    flow.snap();
}
