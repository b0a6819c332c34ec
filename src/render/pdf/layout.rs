//! The report from head to colophon: which sheets there are, and where everything stands on them.

use super::frame::{Area, Item, Sheet, pt};
use super::types::{Style, Types};
use crate::catalog::{Lang, Say};
use crate::render::fonts::Face;
use crate::render::page::{LINE, SIZE_2, SIZE_3, SIZE_4, SIZE_5_SMALL, SIZE_MASTHEAD, TEXT};
use crate::render::text::annex_name;
use crate::report::Report;
use crate::report::model::{Block, Colophon, Masthead, Signed};
use crate::text::sanitise;

/// A heading, for the outline.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) level: u8,
    pub(super) text: String,
    pub(super) sheet: usize,
    pub(super) y: f64,
}

/// A report laid out.
#[derive(Debug, Default)]
pub(super) struct Laid {
    pub(super) sheets: Vec<Sheet>,
    pub(super) marks: Vec<Mark>,
}

/// Lays a report out.
pub(super) fn lay_out(report: &Report, types: &Types) -> Laid {
    let mut setter = Setter::new(types, report.lang);
    setter.opening(report);
    for (at, block) in report.blocks.iter().enumerate() {
        let across = match block {
            Block::Table(table) => table.is_wide(),
            // A remark below a wide table stands with it.
            Block::Note(_) => setter.across,
            _ => false,
        };
        setter.turn(across);
        setter.block(block, report.blocks.get(at + 1));
    }
    setter.turn(false);
    setter.annex_list(report);
    setter.signature(&report.signed);
    for (at, attachment) in report.attachments.iter().enumerate() {
        let across = attachment.blocks.iter().any(|block| matches!(block, Block::Table(table) if table.is_wide()));
        setter.new_sheet(across);
        let name = annex_name(report, at);
        setter.line_of(&name, Style::new(Face::Hei, SIZE_3), Side::Left);
        setter.title(&attachment.title);
        for (at, block) in attachment.blocks.iter().enumerate() {
            setter.block(block, attachment.blocks.get(at + 1));
        }
    }
    setter.colophon(&report.colophon);
    let mut laid = setter.laid;
    feet(report, types, &mut laid);
    laid
}

/// Where a line of its own stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Middle,
    Right,
}

/// Sheets being filled from the top.
pub(super) struct Setter<'t> {
    pub(super) types: &'t Types,
    pub(super) lang: Lang,
    pub(super) laid: Laid,
    pub(super) across: bool,
    pub(super) area: Area,
    /// Where the next line begins.
    pub(super) y: f64,
}

/// From one line of the body to the next.
pub(super) fn line() -> f64 {
    pt(LINE)
}

/// The body: 16 points, spaced so that 28 characters fill the line (5.2.3).
pub(super) fn body(face: Face) -> Style {
    let spacing = pt(TEXT.0) / 28.0 - SIZE_3;
    Style { spacing, ..Style::new(face, SIZE_3) }
}

/// Where the foot of the letters is in a line of this height.
pub(super) fn foot(height: f64, size: f64) -> f64 {
    size.mul_add(0.38, height / 2.0)
}

impl<'t> Setter<'t> {
    fn new(types: &'t Types, lang: Lang) -> Self {
        let area = Area::new(false);
        let laid = Laid { sheets: vec![Sheet::default()], marks: Vec::new() };
        Self { types, lang, laid, across: false, area, y: area.top }
    }

    pub(super) fn put(&mut self, item: Item) {
        if let Some(sheet) = self.laid.sheets.last_mut() {
            sheet.items.push(item);
        }
    }

    pub(super) fn room(&self) -> f64 {
        self.area.bottom() - self.y + 0.01
    }

    pub(super) fn is_fresh(&self) -> bool {
        self.laid.sheets.last().is_none_or(|sheet| sheet.items.is_empty())
    }

    /// A further sheet, unless the last one is empty.
    pub(super) fn new_sheet(&mut self, across: bool) {
        if self.is_fresh() {
            if let Some(sheet) = self.laid.sheets.last_mut() {
                sheet.across = across;
            }
        } else {
            self.laid.sheets.push(Sheet { across, ..Sheet::default() });
        }
        self.across = across;
        self.area = Area::new(across);
        self.y = self.area.top;
    }

    fn turn(&mut self, across: bool) {
        if self.across != across {
            self.new_sheet(across);
        }
    }

    pub(super) fn make_room(&mut self, height: f64) {
        if self.room() < height.min(self.area.height) {
            self.new_sheet(self.across);
        }
    }

    pub(super) fn text(&mut self, x: f64, y: f64, style: Style, text: &str) {
        if !text.trim().is_empty() {
            self.put(Item::Text { x, y, style, text: text.to_owned() });
        }
    }

    /// A line of the body's height with a text that fits into it.
    pub(super) fn line_of(&mut self, text: &str, style: Style, side: Side) {
        self.make_room(line());
        let text = self.types.cut(style, sanitise(text).text.replace('\n', " ").trim_end(), self.area.width);
        let width = self.types.width(style, &text);
        let x = match side {
            Side::Left => self.area.left,
            Side::Middle => self.area.left + (self.area.width - width) / 2.0,
            // Two characters are free at the right (7.3.5).
            Side::Right => (self.area.right() - width - 2.0 * style.size).max(self.area.left),
        };
        self.text(x, self.y + foot(line(), style.size), style, &text);
        self.y += line();
    }

    pub(super) fn blank(&mut self, height: f64) {
        if !self.is_fresh() {
            self.y += height.min(self.room().max(0.0));
        }
    }

    fn opening(&mut self, report: &Report) {
        if let Some(head) = &report.head {
            self.masthead(head);
        }
        self.title(&report.title);
        for text in &report.subtitle {
            self.line_of(text, body(Face::Body), Side::Middle);
        }
        self.blank(line());
        if !report.addressees.is_empty() {
            let to = self.lang.fill(Say::PrintAddressees, &[&report.addressees]);
            self.lines(&to, body(Face::Body), line());
        }
    }

    /// 版头: the name in red, its upper edge 35 mm below the top of the text area (7.2.4); the number two lines below (7.2.5), of a
    /// 简报 right below; office and day; a red rule as wide as the text area, 4 mm below (7.2.7).
    fn masthead(&mut self, head: &Masthead) {
        let mut style = Style { red: true, ..Style::new(Face::Title, SIZE_MASTHEAD) };
        let name = sanitise(&head.name).text.replace('\n', " ");
        let wide = self.types.width(style, &name);
        if wide > self.area.width {
            style.size = (style.size * self.area.width / wide).max(SIZE_3);
        }
        let name = self.types.cut(style, &name, self.area.width);
        let x = self.area.left + (self.area.width - self.types.width(style, &name)) / 2.0;
        self.y += pt(35.0);
        // The upper edge of a Chinese character stands 0.86 of its size above its foot.
        self.text(x, style.size.mul_add(0.86, self.y), style, &name);
        self.y += style.size * 1.1;
        if !head.number.is_empty() {
            if head.number.contains('〔') {
                self.y += 2.0 * line();
            }
            self.line_of(&head.number, body(Face::Body), Side::Middle);
        }
        let style = body(Face::Body);
        let half = (self.area.width - 4.0 * style.size) / 2.0;
        let [left, right] = [&head.left, &head.right]
            .map(|text| self.types.cut(style, sanitise(text).text.replace('\n', " ").trim(), half));
        if !left.is_empty() || !right.is_empty() {
            let foot = self.y + foot(line(), style.size);
            self.text(self.area.left + style.size, foot, style, &left);
            let x = self.area.right() - style.size - self.types.width(style, &right);
            self.text(x, foot, style, &right);
            self.y += line();
        }
        self.y += pt(4.0) - (line() - style.size) / 2.0;
        let colour = crate::render::page::RED;
        let (from, to) = ((self.area.left, self.y), (self.area.right(), self.y));
        self.put(Item::Line { from, to, width: 2.0, colour, dashed: false });
        self.y += 2.0 * line();
    }

    /// A title: 22 points, in the middle, its lines of about one length (7.3.1).
    pub(super) fn title(&mut self, text: &str) {
        let style = Style::new(Face::Title, SIZE_2);
        let text = sanitise(text).text.replace('\n', "");
        let lines: Vec<String> =
            self.types.balanced(style, &text, self.area.width).into_iter().map(|one| one.trim().to_owned()).collect();
        let height = line() * 1.2;
        self.make_room(height * f64::from(u8::try_from(lines.len()).unwrap_or(u8::MAX)) + line());
        for text in lines {
            self.make_room(height);
            let x = self.area.left + (self.area.width - self.types.width(style, &text)) / 2.0;
            self.text(x.max(self.area.left), self.y + foot(height, style.size), style, &text);
            self.y += height;
        }
    }

    /// Text over as many lines as it takes.
    pub(super) fn lines(&mut self, text: &str, style: Style, height: f64) {
        let text = sanitise(text).text;
        let (types, width) = (self.types, self.area.width);
        for one in types.lines(style, &text, width) {
            self.make_room(height);
            self.text(self.area.left, self.y + foot(height, style.size), style, one);
            self.y += height;
        }
    }

    /// 附件说明: one line below the text, the names below each other (7.3.4).
    fn annex_list(&mut self, report: &Report) {
        if report.attachments.is_empty() {
            return;
        }
        self.blank(line());
        let style = body(Face::Body);
        let word = self.lang.fill(Say::ReportAnnexLine, &[&""]);
        let indent = 2.0 * (style.size + style.spacing);
        let behind = indent + self.types.width(style, &word);
        for (at, attachment) in report.attachments.iter().enumerate() {
            let number = if report.attachments.len() == 1 { String::new() } else { format!("{}. ", at + 1) };
            let name = format!("{number}{}", sanitise(&attachment.title).text.replace('\n', " "));
            let name = self.types.cut(style, &name, self.area.width - behind);
            self.make_room(line());
            let foot = self.y + foot(line(), style.size);
            if at == 0 {
                self.text(self.area.left + indent, foot, style, &word);
            }
            self.text(self.area.left + behind, foot, style, &name);
            self.y += line();
        }
    }

    /// 落款 without a seal: the office one line below the text at the right with two characters free, the day below it, its first
    /// character two to the right of the office's (7.3.5); the note (7.3.6).
    fn signature(&mut self, signed: &Signed) {
        let style = body(Face::Body);
        if !signed.by.is_empty() {
            self.make_room(3.0 * line());
            self.blank(line());
            let office = sanitise(&signed.by).text.replace('\n', " ");
            let office_width = self.types.width(style, &office).min(self.area.width);
            let begins = self.area.right() - 2.0 * style.size - office_width;
            self.line_of(&office, style, Side::Right);
            let day = self.types.cut(style, &sanitise(&signed.on).text.replace('\n', " "), self.area.width);
            let width = self.types.width(style, &day);
            let x = (begins + 2.0 * style.size).min(self.area.right() - width).max(self.area.left);
            self.make_room(line());
            self.text(x, self.y + foot(line(), style.size), style, &day);
            self.y += line();
        }
        if !signed.note.is_empty() {
            let note = self.lang.fill(Say::PrintRemark, &[&signed.note]);
            self.lines(&format!("　　{note}"), style, line());
        }
    }

    /// 版记: at the foot of the last page, between rules of 0.35 mm, with one of 0.25 mm between (7.4).
    fn colophon(&mut self, colophon: &Colophon) {
        let style = Style::new(Face::Body, SIZE_4);
        let inner = self.area.width - 2.0 * style.size;
        let height = style.size * 1.7;
        let mut groups: Vec<Vec<(String, String)>> = Vec::new();
        if !colophon.copied_to.is_empty() {
            let text = sanitise(&self.lang.fill(Say::PrintCopiedTo, &[&colophon.copied_to])).text;
            groups.push(
                self.types.lines(style, &text, inner).into_iter().map(|one| (one.to_owned(), String::new())).collect(),
            );
        }
        if !colophon.printed_by.is_empty() {
            let day = match colophon.printed_on.as_str() {
                "" => String::new(),
                day => self.lang.fill(Say::PrintPrintedOn, &[&day]),
            };
            let clean = |text: &str| sanitise(text).text.replace('\n', " ");
            let day = self.types.cut(style, &clean(&day), inner / 2.0);
            let by = self.types.cut(style, &clean(&colophon.printed_by), inner / 2.0);
            groups.push(vec![(by, day)]);
        }
        let count: usize = groups.iter().map(Vec::len).sum();
        if count == 0 {
            return;
        }
        let all = height * f64::from(u16::try_from(count).unwrap_or(u16::MAX));
        self.make_room(all);
        self.y = self.y.max(self.area.bottom() - all);
        let last = groups.len();
        for (at, group) in groups.into_iter().enumerate() {
            self.rule(if at == 0 { 0.35 } else { 0.25 });
            for (left, right) in group {
                self.make_room(height);
                let foot = self.y + foot(height, style.size);
                self.text(self.area.left + style.size, foot, style, &left);
                let x = self.area.right() - style.size - self.types.width(style, &right);
                self.text(x, foot, style, &right);
                self.y += height;
            }
            if at + 1 == last {
                self.rule(0.35);
            }
        }
    }

    fn rule(&mut self, mm: f64) {
        let (from, to) = ((self.area.left, self.y), (self.area.right(), self.y));
        self.put(Item::Line { from, to, width: pt(mm), colour: [0, 0, 0], dashed: false });
    }
}

/// Page numbers: 4号 between dashes, 7 mm below the text area, on odd pages at the right, on even ones at the left, one character free
/// (7.5). At the other side, small, from which state of the ledger the report was made.
fn feet(report: &Report, types: &Types, laid: &mut Laid) {
    let demo = if report.demo { report.lang.say(Say::ReportDemo) } else { "" };
    let mark: Vec<&str> = [demo, report.mark.as_str()].into_iter().filter(|mark| !mark.is_empty()).collect();
    let mark = sanitise(&mark.join(" ")).text.replace('\n', " ");
    let number_style = Style::new(Face::Song, SIZE_4);
    let mark_style = Style::new(Face::Song, SIZE_5_SMALL);
    for (no, sheet) in (1..).zip(&mut laid.sheets) {
        let area = Area::new(sheet.across);
        let number = format!("— {no} —");
        let width = types.width(number_style, &number);
        // The dash stands in the middle of the letters' height.
        let y = area.bottom() + pt(7.0) + number_style.size * 0.35;
        let mark = types.cut(mark_style, &mark, area.width - width - 4.0 * SIZE_4);
        let mark_width = types.width(mark_style, &mark);
        let odd = no % 2 == 1;
        let right = |width: f64| area.right() - SIZE_4 - width;
        let left = area.left + SIZE_4;
        let (number_x, mark_x) = if odd { (right(width), left) } else { (left, right(mark_width)) };
        sheet.items.push(Item::Text { x: number_x, y, style: number_style, text: number });
        if !mark.is_empty() {
            sheet.items.push(Item::Text { x: mark_x, y, style: mark_style, text: mark });
        }
    }
}
