//! Text flowing over pages.

use super::face::{Faces, seen};
use super::line::{Line, Measure, Type};
use super::sheet::{ASCENT, Area, BLACK, Item, Shape, Sheet, area, mm};
use crate::catalog::Lang;
use crate::render::fonts::Face;
use crate::render::page::{CHARS, LINES, SIZE_3, TEXT};

/// What a part of the text is to a program that reads it aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// A heading; 1 is the title.
    Heading(u16),
    /// A paragraph.
    Text,
    /// A table.
    Table,
    /// A row of one.
    Row,
    /// A cell of its head.
    HeadCell,
    /// A cell.
    Cell,
    /// A chart, with what it shows.
    Figure(String),
}

/// A part of the text, in the order of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// What it is.
    pub(super) role: Role,
    /// The part that it belongs to; before it in the order.
    pub(super) within: Option<usize>,
}

/// An entry of the outline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bookmark {
    /// 1 is the highest.
    pub(super) level: u8,
    /// Its words.
    pub(super) text: String,
    /// Which page, from 0.
    pub(super) sheet: usize,
    /// How far from the page's upper edge.
    pub(super) y: f64,
}

/// Where lines stand between the edges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Stand {
    /// The first line of each paragraph this far from the left edge, the others that far.
    Left(f64, f64),
    /// In the middle.
    Middle,
    /// This far from the right edge.
    Right(f64),
}

/// Pages being filled.
pub(super) struct Flow<'a> {
    /// The fonts.
    pub(super) faces: &'a Faces<'a>,
    /// The language of the fixed words.
    pub(super) lang: Lang,
    /// The pages; the last is being filled. Never empty.
    pub(super) sheets: Vec<Sheet>,
    /// The parts of the text.
    pub(super) parts: Vec<Part>,
    /// The outline.
    pub(super) bookmarks: Vec<Bookmark>,
    /// Where the next line begins, from the top of the area.
    pub(super) y: f64,
}

/// The width of a character of the body: 28 fill the line (5.2.3).
pub(super) fn em() -> f64 {
    mm(TEXT.0) / f64::from(u16::try_from(CHARS).unwrap_or(28))
}

/// From one line of the body to the next: 22 characters' heights with 21 gaps between them fill the area (5.2.3), which comes as
/// near to 7/8 of a character for the gap (3.2) as the area permits.
pub(super) fn pitch() -> f64 {
    (mm(TEXT.1) - SIZE_3) / f64::from(u16::try_from(LINES - 1).unwrap_or(21))
}

/// The body's type in a face.
pub(super) fn body(face: Face) -> Type {
    Type { spread: em() / SIZE_3, ..Type::of(face, SIZE_3) }
}

impl<'a> Flow<'a> {
    /// One empty page.
    pub(super) fn new(faces: &'a Faces<'a>, lang: Lang) -> Self {
        let sheets = vec![Sheet::default()];
        Self { faces, lang, sheets, parts: Vec::new(), bookmarks: Vec::new(), y: 0.0 }
    }

    /// Whether the page being filled lies.
    pub(super) fn lies(&self) -> bool {
        self.sheets.last().is_some_and(|sheet| sheet.lies)
    }

    /// Where text may stand on the page being filled.
    pub(super) fn area(&self) -> Area {
        area(self.lies())
    }

    /// Whether nothing stands on the page yet.
    pub(super) fn is_fresh(&self) -> bool {
        self.sheets.last().is_none_or(|sheet| sheet.items.is_empty())
    }

    /// How much of the page is left.
    pub(super) fn room(&self) -> f64 {
        self.area().height - self.y
    }

    /// Begins a page, unless this one is empty.
    pub(super) fn turn(&mut self) {
        if !self.is_fresh() {
            let lies = self.lies();
            self.sheets.push(Sheet { lies, items: Vec::new() });
        }
        self.y = 0.0;
    }

    /// Goes on upright or lying, on a new page where that is a change.
    pub(super) fn orient(&mut self, lies: bool) {
        if self.lies() != lies {
            self.turn();
            if let Some(sheet) = self.sheets.last_mut() {
                sheet.lies = lies;
            }
        }
    }

    /// Turns the page where less than this is left, and more would be on a new one.
    pub(super) fn need(&mut self, height: f64) {
        if self.room() + 0.01 < height.min(self.area().height) {
            self.turn();
        }
    }

    /// Begins a page with the last lines of the one before, and the heading over them.
    pub(super) fn carry(&mut self, lines: usize) {
        let from = self.last_lines(lines);
        let area = self.area();
        let moved = match self.sheets.last_mut() {
            Some(sheet) if from > 0 => sheet.items.split_off(from),
            _ => Vec::new(),
        };
        let before = self.sheets.len().saturating_sub(1);
        self.turn();
        let Some(first) = moved.first().and_then(Item::baseline) else { return };
        let up = first - area.top - ASCENT * SIZE_3;
        for bookmark in self.bookmarks.iter_mut().filter(|bookmark| bookmark.sheet == before) {
            if bookmark.y >= area.top + up - 1.0 {
                (bookmark.sheet, bookmark.y) = (before + 1, bookmark.y - up);
            }
        }
        for mut item in moved {
            if let Shape::Words { at, .. } = &mut item.shape {
                at.1 -= up;
                self.y = at.1 - area.top - ASCENT * SIZE_3 + pitch();
            }
            if let Some(sheet) = self.sheets.last_mut() {
                sheet.items.push(item);
            }
        }
    }

    /// Where among the page's items its last lines of the body begin; their number where it ends with something else.
    fn last_lines(&self, lines: usize) -> usize {
        let Some(sheet) = self.sheets.last().filter(|sheet| !sheet.lies) else { return 0 };
        let role = |item: &Item| item.of.and_then(|of| self.parts.get(of)).map(|part| &part.role);
        let (mut from, mut seen, mut last) = (sheet.items.len(), 0, f64::INFINITY);
        for (at, item) in sheet.items.iter().enumerate().rev() {
            let Some(y) =
                item.baseline().filter(|_| matches!(item.shape, Shape::Words { kind, .. } if kind.size == SIZE_3))
            else {
                break;
            };
            let heads = matches!(role(item), Some(Role::Heading(_)));
            if role(item) != Some(&Role::Text) && !heads {
                break;
            }
            if y < last {
                seen += 1;
                last = y;
            }
            if seen > lines && !heads {
                break;
            }
            from = at;
        }
        from
    }

    /// Leaves lines of the body empty, but for the top of a page.
    pub(super) fn blank(&mut self, lines: u8) {
        if !self.is_fresh() {
            self.y += f64::from(lines) * pitch();
        }
    }

    /// Goes on where a line of the body would stand, so that the lines of all pages stand at the same heights.
    pub(super) fn snap(&mut self) {
        self.y = ((self.y / pitch()) - 0.01).ceil().max(0.0) * pitch();
    }

    /// A new part of the text.
    pub(super) fn part(&mut self, role: Role, within: Option<usize>) -> usize {
        self.parts.push(Part { role, within });
        self.parts.len() - 1
    }

    /// Puts something on the page.
    pub(super) fn put(&mut self, of: Option<usize>, shape: Shape) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.items.push(Item { of, turned: false, shape });
        }
    }

    /// Puts a line of writing on the page; `top` is that of the characters' squares, from the top of the page.
    pub(super) fn put_line(&mut self, of: Option<usize>, at: (f64, f64), line: Line, kind: Type, ink: [u8; 3]) {
        if !line.glyphs.is_empty() {
            let at = (at.0, at.1 + ASCENT * kind.size);
            self.put(of, Shape::Words { at, line, kind, ink });
        }
    }

    /// Lines one below the other, over as many pages as it takes; `lead` is from one to the next.
    pub(super) fn lines(&mut self, of: usize, lines: Vec<Line>, kind: Type, lead: f64, stand: Stand) {
        self.inked(of, lines, kind, lead, stand, BLACK);
    }

    /// As [`Flow::lines`], in a colour.
    pub(super) fn inked(&mut self, of: usize, lines: Vec<Line>, kind: Type, lead: f64, stand: Stand, ink: [u8; 3]) {
        for (at, line) in lines.into_iter().enumerate() {
            if self.room() + 0.01 < kind.size {
                self.turn();
            }
            let area = self.area();
            let x = match stand {
                Stand::Left(first, _) if at == 0 => first,
                Stand::Left(_, rest) => rest,
                Stand::Middle => (area.width - line.width) / 2.0,
                Stand::Right(free) => area.width - free - line.width,
            };
            self.put_line(Some(of), (area.left + x.max(0.0), area.top + self.y), line, kind, ink);
            self.y += lead;
        }
    }

    /// A paragraph of the body, indented by two characters (7.3.3).
    pub(super) fn paragraph(&mut self, role: Role, text: &str, kind: Type) {
        let indent = 2.0 * em();
        let width = self.area().width;
        let of = self.part(role, None);
        for paragraph in text.replace('\r', "\n").split('\n').filter(|paragraph| !paragraph.trim().is_empty()) {
            let measure = Measure { first: width - indent, rest: width, justified: true };
            let lines = self.faces.lines(paragraph, kind, measure);
            self.lines(of, lines, kind, pitch(), Stand::Left(indent, 0.0));
        }
    }

    /// An entry of the outline for what comes next on this page.
    pub(super) fn bookmark(&mut self, level: u8, text: &str) {
        let text = seen(text);
        if !text.is_empty() {
            let (sheet, y) = (self.sheets.len().saturating_sub(1), self.area().top + self.y);
            self.bookmarks.push(Bookmark { level, text, sheet, y });
        }
    }
}
