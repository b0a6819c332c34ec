//! What stands after the text: 附件说明, 落款, 附注, and the 版记 at the foot of the last page (GB/T 9704-2012, 7.3.4–7.3.6, 7.4).

use super::flow::{Flow, Role, Stand, body, em, pitch};
use super::line::{Line, Measure, Type};
use super::sheet::{BLACK, Shape, area, mm};
use crate::catalog::Say;
use crate::render::fonts::Face;
use crate::render::page::SIZE_4;
use crate::report::Report;
use crate::text::one_line;

/// The first and the last rule of the 版记, in millimetres (7.4.1).
const THICK: f64 = 0.35;
/// The rule between.
const THIN: f64 = 0.25;
/// The height of the lines of the 版记, in points.
const LEAD: f64 = 22.0;
/// What stays empty between a rule and a line, in points.
const PAD: f64 = 3.0;

/// 附件说明, one empty line below the text; names aligned (7.3.4).
pub(super) fn attachment_list(flow: &mut Flow<'_>, report: &Report) {
    let kind = body(Face::Body);
    let many = report.attachments.len() > 1;
    let word = report.lang.fill(Say::ReportAnnexLine, &[&""]);
    let first = flow.faces.width(&word, kind);
    for (at, attachment) in report.attachments.iter().enumerate() {
        if at == 0 {
            flow.blank(1);
        }
        let number = if many { format!("{}. ", at + 1) } else { String::new() };
        let start = 2.0 * em() + if at == 0 { 0.0 } else { first };
        let left = 2.0 * em() + first + flow.faces.width(&number, kind);
        let word = if at == 0 { &*word } else { "" };
        let words = format!("{word}{number}{}", one_line(&attachment.title).text);
        let width = flow.area().width;
        let measure = Measure { first: width - start, rest: width - left, justified: false };
        let of = flow.part(Role::Text, None);
        let lines = flow.faces.lines(&words, kind, measure);
        flow.lines(of, lines, kind, pitch(), Stand::Left(start, left));
    }
}

/// 落款 without a seal: the issuer one line below, two characters free at the right; the day's first character two to the right of
/// the issuer's, and where the day is the longer it has the two free (7.3.5). 附注 below, in brackets (7.3.6).
pub(super) fn signature(flow: &mut Flow<'_>, report: &Report) {
    let kind = body(Face::Body);
    let signed = &report.signed;
    let (by, on) = (one_line(&signed.by).text, one_line(&signed.on).text);
    let width = flow.area().width;
    let two = 2.0 * em();
    if !(by.is_empty() && on.is_empty()) {
        let lines = if signed.note.is_empty() { 2.0 } else { 3.0 };
        if flow.room() + 0.01 < lines * pitch() + kind.size {
            // A signature never stands on a page without text.
            flow.carry(2);
        }
        flow.blank(1);
        let inset = if by.is_empty() { 0.0 } else { two };
        let wide = flow.faces.width(&by, kind).max(flow.faces.width(&on, kind) + inset);
        let left = (width - two - wide).max(0.0);
        for (words, left) in [(by, left), (on, left + inset)] {
            if words.is_empty() {
                continue;
            }
            let of = flow.part(Role::Text, None);
            let lines = flow.faces.lines(&words, kind, Measure::plain(width - left));
            flow.lines(of, lines, kind, pitch(), Stand::Left(left, left));
        }
    }
    let note = one_line(&signed.note).text;
    if !note.is_empty() {
        flow.paragraph(Role::Text, &report.lang.fill(Say::PrintRemark, &[&note]), kind);
    }
}

/// 版记: its last rule is the lower edge of the area (7.4.1). Where the last page has no room for it, on one of its own; one longer than a
/// page runs on.
pub(super) fn colophon(flow: &mut Flow<'_>, report: &Report) {
    let kind = Type::of(Face::Body, SIZE_4);
    let parts: Vec<Vec<Row>> =
        [copied(flow, report, kind), printed(flow, report, kind)].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return;
    }
    flow.orient(false);
    let count = |rows: &Vec<Row>| f64::from(u16::try_from(rows.len()).unwrap_or(u16::MAX));
    let height: f64 = parts.iter().map(|rows| count(rows).mul_add(LEAD, 2.0 * PAD)).sum();
    let height_of_page = flow.area().height;
    if height <= height_of_page {
        // Half a line at least between the text and the first rule.
        let gap = if flow.is_fresh() { 0.0 } else { pitch() / 2.0 };
        if flow.room() < height + gap {
            flow.turn();
        }
        flow.y = height_of_page - height;
    }
    let last = parts.len() - 1;
    rule(flow, mm(THICK), mm(THICK) / 2.0);
    for (at, rows) in parts.into_iter().enumerate() {
        let of = flow.part(Role::Text, None);
        flow.y += PAD;
        for row in rows {
            set(flow, of, row, kind);
        }
        flow.y += PAD;
        if at == last {
            rule(flow, mm(THICK), -mm(THICK) / 2.0);
        } else {
            rule(flow, mm(THIN), 0.0);
        }
    }
}

/// What stands on one line, with how far it is from the left edge.
type Row = Vec<(f64, Line)>;

/// 抄送, one character free on both sides; further lines begin below the first name (7.4.2).
fn copied(flow: &Flow<'_>, report: &Report, kind: Type) -> Vec<Row> {
    let copied_to = one_line(&report.colophon.copied_to).text;
    if copied_to.is_empty() {
        return Vec::new();
    }
    let width = area(false).width - 2.0 * SIZE_4;
    let hang = 3.0 * SIZE_4;
    let measure = Measure { first: width, rest: width - hang, justified: true };
    let lines = flow.faces.lines(&report.lang.fill(Say::PrintCopiedTo, &[&copied_to]), kind, measure);
    let at = |at: usize| SIZE_4 + if at == 0 { 0.0 } else { hang };
    lines.into_iter().enumerate().map(|(place, line)| vec![(at(place), line)]).collect()
}

/// 印发机关 left and 印发日期 right, one character free each (7.4.3); below each other where one line has no room for both.
fn printed(flow: &Flow<'_>, report: &Report, kind: Type) -> Vec<Row> {
    let (by, on) = (one_line(&report.colophon.printed_by).text, one_line(&report.colophon.printed_on).text);
    if by.is_empty() && on.is_empty() {
        return Vec::new();
    }
    let width = area(false).width - 2.0 * SIZE_4;
    let day = if on.is_empty() { on } else { report.lang.fill(Say::PrintPrintedOn, &[&on]) };
    let (left, right) = (flow.faces.line(&by, kind), flow.faces.line(&day, kind));
    let at = |line: &Line| SIZE_4 + width - line.width;
    if left.width + right.width + SIZE_4 <= width {
        return vec![vec![(SIZE_4, left), (at(&right), right)]];
    }
    let lines = |words: &str| flow.faces.lines(words, kind, Measure::plain(width));
    let below = lines(&day).into_iter().map(|line| vec![(at(&line), line)]);
    lines(&by).into_iter().map(|line| vec![(SIZE_4, line)]).chain(below).collect()
}

/// A rule as wide as the area, its middle this far below where the text is.
fn rule(flow: &mut Flow<'_>, width: f64, below: f64) {
    let area = flow.area();
    let y = area.top + flow.y + below;
    let (from, to) = ((area.left, y), (area.left + area.width, y));
    flow.put(None, Shape::Rule { from, to, width, ink: BLACK, dashed: false });
}

fn set(flow: &mut Flow<'_>, of: usize, row: Row, kind: Type) {
    if flow.room() + 0.01 < LEAD + PAD {
        flow.turn();
    }
    let area = flow.area();
    let y = area.top + flow.y + (LEAD - kind.size) / 2.0;
    for (x, line) in row {
        flow.put_line(Some(of), (area.left + x, y), line, kind, BLACK);
    }
    flow.y += LEAD;
}
