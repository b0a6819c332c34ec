//! What stands before the text: 版头, title, 主送 (GB/T 9704-2012, 7.2, 7.3.1, 7.3.2), and the head of an attachment (7.3.7).

use super::blocks::lies;
use super::flow::{Flow, Role, Stand, body, em, pitch};
use super::line::{Measure, Type};
use super::sheet::{ASCENT, BLACK, MASTHEAD_RED, Shape, mm};
use super::title::shaped;
use crate::catalog::Say;
use crate::render::fonts::Face;
use crate::render::page::{SIZE_2, SIZE_3, SIZE_MASTHEAD};
use crate::render::text::annex_name;
use crate::report::Report;
use crate::report::model::{Attachment, Masthead};
use crate::text::one_line;

/// How far the upper edge of 发文机关标志 is below that of the area, in millimetres (7.2.4).
const MASTHEAD_TOP: f64 = 35.0;
/// How far the red rule is below what stands over it, in millimetres (7.2.7).
const RULE_GAP: f64 = 4.0;
/// How thick the red rule is, in millimetres; not prescribed.
const RULE_WIDTH: f64 = 0.5;
/// From one line of a title to the next, in points.
pub(super) const TITLE_LEAD: f64 = 34.0;

/// Sets it.
pub(super) fn opening(flow: &mut Flow<'_>, report: &Report) {
    if let Some(head) = &report.head {
        masthead(flow, head);
        // Two empty lines below the rule (7.3.1).
        flow.blank(2);
    }
    title(flow, &report.title);
    for words in report.subtitle.iter().map(|words| one_line(words).text).filter(|words| !words.is_empty()) {
        let of = flow.part(Role::Text, None);
        middle(flow, of, &words, body(Face::Kai));
    }
    if !(report.title.is_empty() && report.subtitle.is_empty()) {
        flow.blank(1);
    }
    if !report.addressees.is_empty() {
        let words = one_line(&report.lang.fill(Say::PrintAddressees, &[&report.addressees])).text;
        let of = flow.part(Role::Text, None);
        let measure = Measure { justified: true, ..Measure::plain(flow.area().width) };
        let lines = flow.faces.lines(&words, body(Face::Body), measure);
        flow.lines(of, lines, body(Face::Body), pitch(), Stand::Left(0.0, 0.0));
    }
}

/// A title: in the middle, in lines of about one length (7.3.1).
pub(super) fn title(flow: &mut Flow<'_>, words: &str) {
    let words = one_line(words).text;
    if words.is_empty() {
        return;
    }
    let kind = Type::of(Face::Title, SIZE_2);
    let width = flow.area().width;
    let of = flow.part(Role::Heading(1), None);
    let lines: Vec<String> = shaped(flow.faces, &words, kind, width - 2.0 * em());
    for words in lines {
        let lines = flow.faces.lines(&words, kind, Measure::plain(width));
        flow.lines(of, lines, kind, TITLE_LEAD, Stand::Middle);
    }
}

fn middle(flow: &mut Flow<'_>, of: usize, words: &str, kind: Type) {
    let lines = flow.faces.lines(words, kind, Measure::plain(flow.area().width));
    flow.lines(of, lines, kind, pitch(), Stand::Middle);
}

fn masthead(flow: &mut Flow<'_>, head: &Masthead) {
    let area = flow.area();
    let kind = body(Face::Body);
    // The height of the line that the rule stands below.
    let mut size = 0.0;
    flow.y = mm(MASTHEAD_TOP);
    let name = one_line(&head.name).text;
    if !name.is_empty() {
        // On one line, where that is possible.
        let full = Type::of(Face::Title, SIZE_MASTHEAD);
        let part = (area.width / flow.faces.width(&name, full)).min(1.0);
        let kind = Type { size: (SIZE_MASTHEAD * part).floor().max(SIZE_2), ..full };
        // Spread a little, as long as there is room.
        let count = name.chars().count();
        let spread = if count <= 6 && part >= 1.0 { 1.15 } else { 1.0 };
        let kind = Type { spread, ..kind };
        let lines = flow.faces.lines(&name, kind, Measure::plain(area.width));
        // What is 35 mm below is the ink, not the square.
        flow.y -= (ASCENT - flow.faces.ink(&name, kind)).max(0.0) * kind.size;
        let of = flow.part(Role::Text, None);
        let lead = kind.size * 1.2;
        flow.inked(of, lines, kind, lead, Stand::Middle, MASTHEAD_RED);
        flow.y -= lead - kind.size;
        size = 0.0;
    }
    if !head.number.is_empty() {
        // Two empty lines below (7.2.5).
        flow.y += 2.0 * pitch();
        let of = flow.part(Role::Text, None);
        middle(flow, of, &one_line(&head.number).text, kind);
        size = SIZE_3;
    }
    if !(head.left.is_empty() && head.right.is_empty()) {
        sides(flow, &one_line(&head.left).text, &one_line(&head.right).text);
        size = SIZE_3;
    }
    let below = if size > 0.0 { pitch() - size } else { 0.0 };
    flow.y += mm(RULE_GAP) - below;
    flow.need(1.0);
    let area = flow.area();
    let y = area.top + flow.y;
    let (from, to) = ((area.left, y), (area.left + area.width, y));
    flow.put(None, Shape::Rule { from, to, width: mm(RULE_WIDTH), ink: MASTHEAD_RED, dashed: false });
    flow.y += pitch() - SIZE_3;
}

/// The office and the day over the rule; each on lines of its own where one line has no room for both.
fn sides(flow: &mut Flow<'_>, left: &str, right: &str) {
    let kind = body(Face::Body);
    let area = flow.area();
    let of = flow.part(Role::Text, None);
    let free = em();
    let (one, other) = (flow.faces.line(left, kind), flow.faces.line(right, kind));
    if one.width + other.width + 4.0 * free <= area.width {
        flow.need(SIZE_3);
        let area = flow.area();
        let y = area.top + flow.y;
        let at = area.left + area.width - free - other.width;
        flow.put_line(Some(of), (area.left + free, y), one, kind, BLACK);
        flow.put_line(Some(of), (at, y), other, kind, BLACK);
        flow.y += pitch();
        return;
    }
    for (words, stand) in [(left, Stand::Left(0.0, 0.0)), (right, Stand::Right(0.0))] {
        let lines = flow.faces.lines(words, kind, Measure::plain(area.width));
        flow.lines(of, lines, kind, pitch(), stand);
    }
}

/// The head of an attachment, on a new page: its number on the first line, its title on the third (7.3.7).
pub(super) fn attachment(flow: &mut Flow<'_>, report: &Report, at: usize, attachment: &Attachment) {
    flow.turn();
    flow.orient(lies(&attachment.blocks, false));
    let words = annex_name(report, at);
    flow.bookmark(1, &format!("{words} {}", attachment.title));
    let of = flow.part(Role::Text, None);
    let kind = body(Face::Hei);
    let line = flow.faces.line(&words, kind);
    flow.lines(of, vec![line], kind, pitch(), Stand::Left(0.0, 0.0));
    flow.blank(1);
    title(flow, &attachment.title);
    // A line empty before text; a table keeps its own distance.
    if !matches!(attachment.blocks.first(), Some(crate::report::model::Block::Table(_))) {
        flow.blank(1);
    }
}
