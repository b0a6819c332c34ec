//! Headings, paragraphs, remarks, charts.

use super::frame::Item;
use super::layout::{Mark, Setter, body, line};
use super::types::Style;
use crate::catalog::{Lang, Say};
use crate::render::chart::{
    Anchor, Drawing, HATCH_WIDTH, OUTLINE, OUTLINE_WIDTH, Shape, draw_pages, fill, hatch_lines,
};
use crate::render::fonts::Face;
use crate::render::page::SIZE_5;
use crate::report::model::{Block, Chart};
use crate::text::one_line;

impl Setter<'_> {
    /// Sets a block; a heading stands with what follows it.
    pub(super) fn block(&mut self, block: &Block, next: Option<&Block>) {
        match block {
            Block::Heading { level, text } => self.heading(*level, text, next),
            Block::Title(text) => {
                self.make_room(line() * 4.0);
                self.mark(1, text);
                self.title(text);
                self.blank(line() / 2.0);
            }
            Block::Paragraph(text) => self.lines(&format!("{}{text}", self.indent()), body(Face::Body), line()),
            Block::Note(text) => {
                let note = format!("{}{}{text}", self.indent(), self.lang.say(Say::ReportNote));
                self.lines(&note, Style::new(Face::Body, SIZE_5), SIZE_5 * 1.6);
            }
            Block::Table(table) => {
                self.table(table);
                self.blank(line() / 3.0);
            }
            Block::Chart(chart) => self.chart(chart),
            Block::PageBreak => self.new_sheet(self.across),
        }
    }

    const fn indent(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "　　",
            Lang::En => "    ",
        }
    }

    /// 一、黑体, （一）楷体, 1. and （1）仿宋 (7.3.3).
    fn heading(&mut self, level: u8, text: &str, next: Option<&Block>) {
        let face = match level {
            0 | 1 => Face::Hei,
            2 => Face::Kai,
            _ => Face::Body,
        };
        // A further heading brings its own text along.
        let follows = match next {
            Some(Block::Heading { .. }) => 3.0,
            Some(Block::Table(_)) => 5.0,
            Some(Block::Chart(_)) => 8.0,
            Some(_) => 2.0,
            None => 0.0,
        };
        self.make_room(line() * (1.0 + follows));
        self.mark(level.clamp(1, 4), text);
        self.lines(&format!("{}{text}", self.indent()), body(face), line());
    }

    fn mark(&mut self, level: u8, text: &str) {
        let sheet = self.laid.sheets.len().saturating_sub(1);
        let text = one_line(text).text;
        self.laid.marks.push(Mark { level, text, sheet, y: self.y });
    }

    fn chart(&mut self, chart: &Chart) {
        if chart.bars.is_empty() {
            return;
        }
        self.blank(line() / 3.0);
        let most = self.area.height;
        for drawing in draw_pages(chart, self.area.width, SIZE_5, most) {
            self.make_room(drawing.height);
            self.drawing(&drawing);
            self.y += drawing.height;
        }
        self.blank(line() / 3.0);
    }

    fn drawing(&mut self, drawing: &Drawing) {
        let (left, top) = (self.area.left, self.y);
        let moved = |(x, y): (f64, f64)| (left + x, top + y);
        for shape in &drawing.shapes {
            match shape {
                Shape::Part { at, tone } => {
                    let (x, y, width, height) = *at;
                    let look = fill(*tone);
                    self.put(Item::Ground { at: (left + x, top + y, width, height), colour: look.ground });
                    for (from, to) in hatch_lines(*tone, *at) {
                        self.put(Item::Line {
                            from: moved(from),
                            to: moved(to),
                            width: HATCH_WIDTH,
                            colour: look.ink,
                            dashed: false,
                        });
                    }
                    let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
                    for (from, to) in corners.iter().zip(corners.iter().skip(1)) {
                        self.put(Item::Line {
                            from: moved(*from),
                            to: moved(*to),
                            width: OUTLINE_WIDTH,
                            colour: OUTLINE,
                            dashed: false,
                        });
                    }
                }
                Shape::Line { from, to, dashed } => self.put(Item::Line {
                    from: moved(*from),
                    to: moved(*to),
                    width: OUTLINE_WIDTH,
                    colour: OUTLINE,
                    dashed: *dashed,
                }),
                Shape::Words { at, size, anchor, text } => {
                    let style = Style::new(Face::Song, *size);
                    let width = self.types.width(style, text);
                    let (x, y) = moved(*at);
                    let x = match anchor {
                        Anchor::Start => x,
                        Anchor::Middle => x - width / 2.0,
                        Anchor::End => x - width,
                    };
                    self.text(x, y, style, text);
                }
            }
        }
    }
}
