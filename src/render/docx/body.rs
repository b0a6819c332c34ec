//! The document itself, from the head to the colophon, in sections: wide tables stand across the page.

use super::charts;
use super::parts::{NAMESPACES, line};
use super::table::table;
use super::xml::{Look, paragraph, run, styled, twips};
use crate::catalog::{Lang, Say};
use crate::render::Tell;
use crate::render::fonts::Face;
use crate::render::page;
use crate::render::text::annex_name;
use crate::report::Report;
use crate::report::model::{Block, Colophon, Masthead, Signed};

/// The document's XML, and its charts as parts of their own.
pub(super) struct Body {
    pub(super) xml: String,
    pub(super) charts: Vec<String>,
}

/// Writes a report.
pub(super) fn body(report: &Report, tell: Tell<'_>) -> Body {
    let mut writer = Writer { xml: String::new(), charts: Vec::new(), lang: report.lang, across: false, fresh: true };
    let all = report.all_blocks().count().max(1);
    let mut done = 0;
    writer.opening(report);
    for block in &report.blocks {
        writer.block(block);
        done += 1;
        tell(done, all);
    }
    writer.turn(false);
    writer.annex_list(report);
    writer.signature(&report.signed);
    for (at, attachment) in report.attachments.iter().enumerate() {
        let across = attachment.blocks.iter().any(|block| matches!(block, Block::Table(table) if table.is_wide()));
        writer.new_page(across);
        let name = Look { face: Some(Face::Hei), ..Look::default() };
        writer.put(&paragraph("", &run(&annex_name(report, at), name)));
        writer.put(&styled("Title", &attachment.title));
        for block in &attachment.blocks {
            // The whole of an attachment stands as its wide table does.
            writer.content(block);
            done += 1;
            tell(done, all);
        }
    }
    writer.colophon(&report.colophon);
    let section = section(writer.across);
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document {NAMESPACES}><w:body>{}{section}</w:body></w:document>",
        writer.xml
    );
    Body { xml, charts: writer.charts }
}

struct Writer {
    xml: String,
    charts: Vec<String>,
    lang: Lang,
    /// The section that is written stands across the page.
    across: bool,
    /// Nothing has been written into it.
    fresh: bool,
}

impl Writer {
    fn put(&mut self, xml: &str) {
        self.xml.push_str(xml);
        self.fresh = false;
    }

    /// The width of the text area, in points.
    fn room(&self) -> f64 {
        let mm = if self.across { page::TEXT.1 } else { page::TEXT.0 };
        mm / page::MM_PER_PT
    }

    /// Goes on across the page, or upright.
    fn turn(&mut self, across: bool) {
        if self.across != across {
            self.new_page(across);
        }
    }

    /// Begins a section, and with it a page.
    fn new_page(&mut self, across: bool) {
        if !self.fresh {
            let end = section(self.across);
            self.xml
                .push_str(&format!("<w:p><w:pPr><w:spacing w:line=\"20\" w:lineRule=\"exact\"/>{end}</w:pPr></w:p>"));
        }
        (self.across, self.fresh) = (across, true);
    }

    fn opening(&mut self, report: &Report) {
        if let Some(head) = &report.head {
            self.masthead(head);
        }
        self.put(&styled("Title", &report.title));
        for line in &report.subtitle {
            self.put(&styled("Centred", line));
        }
        self.put(&paragraph("", ""));
        if !report.addressees.is_empty() {
            let to = self.lang.fill(Say::PrintAddressees, &[&report.addressees]);
            self.put(&paragraph("", &run(&to, Look::default())));
        }
    }

    /// 版头 (7.2): the name in red, its upper edge 35 mm below the top of the text area; the number two lines below (of a 简报, right
    /// below); office and day over a red rule as wide as the text area.
    fn masthead(&mut self, head: &Masthead) {
        let before = twips(35.0);
        let red = Look { face: Some(Face::Title), size: Some(page::SIZE_MASTHEAD), red: true };
        let name = format!(
            "<w:spacing w:before=\"{before}\" w:line=\"{}\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
            twips(page::LINE * 2.0)
        );
        self.put(&paragraph(&name, &run(&head.name, red)));
        if !head.number.is_empty() {
            if head.number.contains('〔') {
                self.put(&paragraph("", ""));
                self.put(&paragraph("", ""));
            }
            self.put(&styled("Centred", &head.number));
        }
        let right = twips(page::TEXT.0) - 320;
        let rule = format!(
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"4\" w:color=\"FF0000\"/></w:pBdr>\
             <w:tabs><w:tab w:val=\"right\" w:pos=\"{right}\"/></w:tabs>"
        );
        let runs = format!(
            "{}<w:r><w:tab/></w:r>{}",
            run(&format!("　{}", head.left), Look::default()),
            run(&head.right, Look::default())
        );
        self.put(&paragraph(&rule, &runs));
        self.put(&paragraph("", ""));
        self.put(&paragraph("", ""));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Table(table) => self.turn(table.is_wide()),
            // A remark below a wide table stands with it.
            Block::Note(_) => {}
            _ => self.turn(false),
        }
        self.content(block);
    }

    fn content(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                self.put(&styled(&format!("Heading{}", (*level).clamp(1, 4)), text));
            }
            Block::Title(text) => self.put(&styled("Title", text)),
            Block::Paragraph(text) => self.put(&styled("Body", text)),
            Block::Note(text) => self.put(&styled("Note", &format!("{}{text}", self.lang.say(Say::ReportNote)))),
            Block::Table(of) => {
                let xml = table(of, self.room(), self.lang);
                self.put(&xml);
            }
            Block::Chart(chart) if chart.bars.is_empty() => {}
            Block::Chart(chart) => {
                self.charts.push(charts::part(chart));
                let xml = charts::inline(chart, self.charts.len(), self.room());
                self.put(&xml);
            }
            Block::PageBreak => self.put("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
    }

    /// 附件说明 (7.3.4).
    fn annex_list(&mut self, report: &Report) {
        if report.attachments.is_empty() {
            return;
        }
        self.put(&paragraph("", ""));
        for (at, attachment) in report.attachments.iter().enumerate() {
            let number = if report.attachments.len() == 1 { String::new() } else { format!("{}. ", at + 1) };
            let line = format!("{number}{}", attachment.title);
            // Further names stand below the first: three characters in.
            let (line, indent) =
                if at == 0 { (self.lang.fill(Say::ReportAnnexLine, &[&line]), 640) } else { (line, 640 + 3 * 315) };
            self.put(&paragraph(&format!("<w:ind w:left=\"{indent}\"/>"), &run(&line, Look::default())));
        }
    }

    /// 落款 without a seal (7.3.5): the office at the right with two characters free, one line below the text; the day below it, its first
    /// character two to the right of the office's.
    fn signature(&mut self, signed: &Signed) {
        if !signed.by.is_empty() {
            self.put(&paragraph("<w:keepNext/>", ""));
            let (by, on) = (characters(&signed.by), characters(&signed.on));
            // Twentieths of a point of a character, with the spacing of the body.
            let em = 315;
            let office = "<w:keepNext/><w:ind w:right=\"630\"/><w:jc w:val=\"right\"/>";
            self.put(&paragraph(office, &run(&signed.by, Look::default())));
            // Right edge of the day so that it begins two characters inside the office's beginning.
            let right = (630 + by * em / 2 - em * 2 - on * em / 2).max(0);
            self.put(&paragraph(
                &format!("<w:ind w:right=\"{right}\"/><w:jc w:val=\"right\"/>"),
                &run(&signed.on, Look::default()),
            ));
        }
        if !signed.note.is_empty() {
            let note = self.lang.fill(Say::PrintRemark, &[&signed.note]);
            self.put(&styled("Body", &note));
        }
    }

    /// 版记 (7.4): at the foot of the last page, between rules of 0.35 and 0.25 mm.
    fn colophon(&mut self, colophon: &Colophon) {
        let width = twips(if self.across { page::TEXT.1 } else { page::TEXT.0 });
        let frame = format!(
            "<w:framePr w:w=\"{width}\" w:wrap=\"notBeside\" w:vAnchor=\"margin\" w:hAnchor=\"margin\" w:xAlign=\"center\" w:yAlign=\"bottom\"/>"
        );
        let rule = |side: &str, size: u8| {
            format!("<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"1\" w:color=\"000000\"/>")
        };
        let mut lines = Vec::new();
        if !colophon.copied_to.is_empty() {
            let text = self.lang.fill(Say::PrintCopiedTo, &[&colophon.copied_to]);
            lines.push(run(&text, Look::default()));
        }
        if !colophon.printed_by.is_empty() {
            let day = match colophon.printed_on.as_str() {
                "" => String::new(),
                day => self.lang.fill(Say::PrintPrintedOn, &[&day]),
            };
            lines.push(format!(
                "{}<w:r><w:tab/></w:r>{}",
                run(&colophon.printed_by, Look::default()),
                run(&day, Look::default())
            ));
        }
        let count = lines.len();
        for (at, runs) in lines.into_iter().enumerate() {
            // 0.35 mm is a point (8 eighths), 0.25 mm nearly six eighths.
            let top = rule("top", if at == 0 { 8 } else { 6 });
            let bottom = if at + 1 == count { rule("bottom", 8) } else { String::new() };
            let properties = format!(
                "<w:pStyle w:val=\"Colophon\"/>{frame}<w:pBdr>{top}{bottom}</w:pBdr>\
                 <w:tabs><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs>",
                width - 280
            );
            self.put(&paragraph(&properties, &runs));
        }
        if count > 0 {
            self.put("<w:p><w:pPr><w:spacing w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p>");
        }
    }
}

/// Half-widths of a text: two for each Chinese character.
fn characters(text: &str) -> i64 {
    i64::try_from(crate::text::width(text)).unwrap_or(i64::MAX).min(56)
}

/// The properties of a section. Across the page the head of the table stands at the binding side: margins go round by a quarter
/// (chapter 8).
fn section(across: bool) -> String {
    let (wide, high) = (twips(page::PAPER.0), twips(page::PAPER.1));
    let right = page::PAPER.0 - page::LEFT - page::TEXT.0;
    let bottom = page::PAPER.1 - page::TOP - page::TEXT.1;
    let size = if across {
        format!("<w:pgSz w:w=\"{high}\" w:h=\"{wide}\" w:orient=\"landscape\"/>")
    } else {
        format!("<w:pgSz w:w=\"{wide}\" w:h=\"{high}\"/>")
    };
    let [top, right, bottom, left] =
        if across { [page::LEFT, page::TOP, right, bottom] } else { [page::TOP, right, bottom, page::LEFT] };
    // The number stands 7 mm below the text area (7.5); its line takes 6.
    let foot = bottom - 13.0;
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"odd\"/><w:footerReference w:type=\"even\" r:id=\"even\"/>\
         <w:type w:val=\"nextPage\"/>{size}<w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"851\" \
         w:footer=\"{}\" w:gutter=\"0\"/><w:docGrid w:type=\"lines\" w:linePitch=\"{}\"/></w:sectPr>",
        twips(top),
        twips(right),
        twips(bottom),
        twips(left),
        twips(foot),
        line()
    )
}
