//! The document: its pieces in order, and the sections that they stand in.

use super::closing::{attachment_list, colophon, signature};
use super::foot::NAMES;
use super::opening::{opening, title};
use super::paragraph::{Look, blank, paragraphs, properties, text_paragraph};
use super::section::section;
use super::xml::Xml;
use super::{chart, table};
use crate::catalog::{Lang, Say};
use crate::render::Tell;
use crate::render::text::annex_name;
use crate::report::Report;
use crate::report::model::Block;
use crate::text::one_line;

/// `document.xml`.
pub(super) fn document(report: &Report, tell: Tell<'_>) -> Vec<u8> {
    let all = report.all_blocks().count();
    let mut xml = Xml::new();
    xml.element("w:document", &NAMES, |xml| {
        xml.element("w:body", &[], |xml| {
            let mut flow = Flow { lang: report.lang, lies: false, new_page: false, drawings: 1, done: 0, all, tell };
            opening(xml, report);
            flow.blocks(xml, &report.blocks);
            flow.turn(xml, false);
            attachment_list(xml, report);
            signature(xml, report);
            for (at, attachment) in report.attachments.iter().enumerate() {
                let lies = lies_at_first(&attachment.blocks);
                flow.new_page = true;
                flow.turn(xml, lies);
                // The mark on the first line, the title on the third (7.3.7).
                text_paragraph(xml, "AttachmentMark", flow.look(), &annex_name(report, at));
                let keep = Look { keep: true, ..Look::default() };
                blank(xml, keep);
                title(xml, &attachment.title, Look::default());
                blank(xml, keep);
                flow.blocks(xml, &attachment.blocks);
            }
            flow.turn(xml, false);
            colophon(xml, &report.colophon, report.lang, flow.drawings);
            section(xml, false);
        });
    });
    xml.finish()
}

/// Whether blocks begin with a table that lies, but for headings.
fn lies_at_first(blocks: &[Block]) -> bool {
    let first = blocks.iter().find(|block| !matches!(block, Block::Heading { .. } | Block::PageBreak));
    matches!(first, Some(Block::Table(table)) if table.is_wide())
}

struct Flow<'a> {
    lang: Lang,
    lies: bool,
    new_page: bool,
    drawings: usize,
    done: usize,
    all: usize,
    tell: Tell<'a>,
}

impl Flow<'_> {
    /// The look of the next paragraph: whether it begins a page.
    fn look(&mut self) -> Look {
        Look { new_page: std::mem::take(&mut self.new_page), ..Look::default() }
    }

    /// Goes on with pages that lie or stand; a section ends where that changes.
    fn turn(&mut self, xml: &mut Xml, lies: bool) {
        if self.lies == lies {
            return;
        }
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                properties(xml, "Plain", Look { exact: Some(10), ..Look::default() });
                section(xml, self.lies);
            });
        });
        self.lies = lies;
        self.new_page = false;
    }

    fn blocks(&mut self, xml: &mut Xml, blocks: &[Block]) {
        for (at, block) in blocks.iter().enumerate() {
            match block {
                Block::Heading { .. } | Block::Title(_) => {
                    self.turn(xml, lies_at_first(blocks.get(at..).unwrap_or_default()));
                }
                Block::Table(table) => self.turn(xml, table.is_wide()),
                // A remark stands with its table.
                Block::Note(_) | Block::PageBreak => {}
                Block::Paragraph(_) | Block::Chart(_) => self.turn(xml, false),
            }
            self.block(xml, block);
            self.done += 1;
            (self.tell)(self.done, self.all);
        }
    }

    fn block(&mut self, xml: &mut Xml, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                let style = match level {
                    0 | 1 => "Heading1",
                    2 => "Heading2",
                    3 => "Heading3",
                    _ => "Heading4",
                };
                text_paragraph(xml, style, self.look(), &one_line(text).text);
            }
            Block::Title(text) => {
                let look = self.look();
                title(xml, text, look);
            }
            Block::Paragraph(text) => paragraphs(xml, "BodyText", self.look(), text),
            Block::Note(text) => {
                let text = format!("{}{text}", self.lang.say(Say::ReportNote));
                paragraphs(xml, "Note", self.look(), &text);
            }
            Block::Table(table) => {
                let look = self.look();
                table::table(xml, table, self.lies, self.lang, look);
            }
            Block::Chart(chart) => {
                let look = self.look();
                chart::chart(xml, chart, look, &mut self.drawings);
            }
            Block::PageBreak => self.new_page = true,
        }
    }
}
