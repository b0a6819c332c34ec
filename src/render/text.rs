//! A report as pages of text, for `lp` and the pager: GB/T 9704's 28 characters a line and 22 lines a page.

pub mod bars;

use super::grid::groups;
use super::plain::clean;
use crate::catalog::{Lang, Say};
use crate::report::model::{Attachment, Block, Colophon, Masthead, Report, Signed, Table};
use crate::text::width::{centre, pad_start, truncate, width};
use crate::text::{one_line, wrap};

/// The size of a page in columns and rows, page foot included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSize {
    /// Columns of a line: two for each Chinese character.
    pub cols: usize,
    /// Rows of a page, with the foot.
    pub rows: usize,
}

impl PageSize {
    /// 28 characters × 22 lines, as official documents have on A4.
    pub const A4: Self = Self { cols: 56, rows: 22 };
    /// A4 across with 17 characters an inch: a matrix of nine areas stands on it in one piece.
    pub const WIDE: Self = Self { cols: 160, rows: 43 };
}

impl Default for PageSize {
    fn default() -> Self {
        Self::A4
    }
}

/// The pages of a report, parted by form feeds: printers and `lp` know them.
pub fn render(report: &Report) -> Vec<u8> {
    text_pages(report).join("\u{c}").into_bytes()
}

/// The pages of a report at the size of official documents. Lines end with `\n`, also the last of a page.
pub fn text_pages(report: &Report) -> Vec<String> {
    text_pages_sized(report, PageSize::A4)
}

/// The pages of a report at another size; at least 20 columns and 8 rows.
pub fn text_pages_sized(report: &Report, size: PageSize) -> Vec<String> {
    let size = PageSize { cols: size.cols.max(20), rows: size.rows.max(8) };
    let mut paper =
        Paper { cols: size.cols, rows: size.rows - 2, lang: report.lang, pages: Vec::new(), page: Vec::new() };
    if let Some(head) = &report.head {
        paper.masthead(head);
    }
    paper.centred(&report.title);
    for line in &report.subtitle {
        paper.centred(line);
    }
    paper.blank();
    if !report.addressees.is_empty() {
        let line = report.lang.fill(Say::PrintAddressees, &[&report.addressees]);
        paper.lines(broken(&line, size.cols));
    }
    paper.blocks(&report.blocks);
    paper.annex_list(&report.attachments);
    paper.signature(&report.signed);
    for (at, attachment) in report.attachments.iter().enumerate() {
        paper.turn();
        let name = annex_name(report, at);
        paper.lines(broken(&name, size.cols));
        paper.blank();
        paper.centred(&attachment.title);
        paper.blank();
        paper.blocks(&attachment.blocks);
    }
    paper.colophon(&report.colophon);
    let demo = if report.demo { report.lang.say(Say::ReportDemo) } else { "" };
    let mark: Vec<&str> = [demo, report.mark.as_str()].into_iter().filter(|mark| !mark.is_empty()).collect();
    paper.finish(&mark.join(" "))
}

/// 附件, or 附件2 where there are several.
pub(super) fn annex_name(report: &Report, at: usize) -> String {
    let number = if report.attachments.len() > 1 { (at + 1).to_string() } else { String::new() };
    report.lang.fill(Say::PrintAttachment, &[&number]).trim_end().to_owned()
}

/// How many lines have to follow a heading on its page: further headings, and the beginning of what they head.
fn needs<'a>(blocks: impl Iterator<Item = &'a Block>, lang: Lang, cols: usize, rows: usize) -> usize {
    let mut lines = 0;
    for block in blocks {
        match block {
            Block::Heading { text, .. } => lines += broken(&format!("{}{text}", indent(lang)), cols).len(),
            Block::Title(text) => lines += broken(text, cols).len() + 1,
            Block::Paragraph(_) | Block::Note(_) => return lines + 2,
            Block::Chart(chart) => return lines + bars::lines(chart, cols).len().min(rows / 2),
            Block::PageBreak => return lines,
            Block::Table(table) => {
                let first = groups(table, cols).into_iter().next();
                let head = first.map_or(0, |group| {
                    let head: usize = table.head.iter().map(|row| group.lines(row, false).len()).sum();
                    let row = table.rows.first().map_or(0, |row| group.lines(row, true).len());
                    head + 2 + row.min(rows / 2)
                });
                return lines + head + broken(&table.caption, cols).len();
            }
        }
    }
    lines
}

/// The lines of a text, clean.
fn broken(text: &str, cols: usize) -> Vec<String> {
    wrap::wrap(&clean(text), cols)
}

const fn indent(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "　　",
        Lang::En => "    ",
    }
}

/// A name of a few characters with blanks between them, as mastheads have it, where there is room.
fn spaced(name: &str, cols: usize) -> String {
    let wide: String = name.chars().flat_map(|c| [c, '　']).collect();
    let wide = wide.trim_end().to_owned();
    if width(&wide) <= cols { wide } else { name.to_owned() }
}

/// Pages being filled.
struct Paper {
    cols: usize,
    /// Rows above the foot.
    rows: usize,
    lang: Lang,
    pages: Vec<Vec<String>>,
    page: Vec<String>,
}

impl Paper {
    fn room(&self) -> usize {
        self.rows - self.page.len()
    }

    fn turn(&mut self) {
        if !self.page.is_empty() {
            self.pages.push(std::mem::take(&mut self.page));
        }
    }

    fn make_room(&mut self, lines: usize) {
        if self.room() < lines.min(self.rows) {
            self.turn();
        }
    }

    fn lines(&mut self, lines: impl IntoIterator<Item = String>) {
        for line in lines {
            self.make_room(1);
            self.page.push(line.trim_end().to_owned());
        }
    }

    /// An empty line, unless the page begins here.
    fn blank(&mut self) {
        if !self.page.is_empty() && self.room() > 0 {
            self.page.push(String::new());
        }
    }

    fn centred(&mut self, text: &str) {
        let cols = self.cols;
        self.lines(broken(text, cols).iter().map(|line| centre(line.trim(), cols)));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        let mut rest = blocks.iter();
        while let Some(block) = rest.next() {
            match block {
                Block::Heading { text, .. } => {
                    let lines = broken(&format!("{}{text}", indent(self.lang)), self.cols);
                    // A heading never stands alone at the foot of a page.
                    self.make_room(lines.len() + needs(rest.clone(), self.lang, self.cols, self.rows));
                    self.lines(lines);
                }
                Block::Title(text) => {
                    self.make_room(2 + needs(rest.clone(), self.lang, self.cols, self.rows));
                    self.blank();
                    self.centred(text);
                    self.blank();
                }
                Block::Paragraph(text) => {
                    self.lines(broken(&format!("{}{text}", indent(self.lang)), self.cols));
                }
                Block::Note(text) => {
                    let note = format!("{}{}{text}", indent(self.lang), self.lang.say(Say::ReportNote));
                    self.lines(broken(&note, self.cols));
                }
                Block::Table(table) => {
                    self.table(table, self.lang);
                    self.blank();
                }
                Block::Chart(chart) => {
                    let lines = bars::lines(chart, self.cols);
                    self.make_room(lines.len().min(self.rows / 2));
                    self.lines(lines);
                    self.blank();
                }
                Block::PageBreak => self.turn(),
            }
        }
    }

    /// 版头: the name, the number, office and day over a rule (7.2).
    fn masthead(&mut self, head: &Masthead) {
        self.blank();
        self.centred(&spaced(&one_line(&head.name).text, self.cols));
        self.centred(&head.number);
        let (left, right) = (one_line(&head.left).text, one_line(&head.right).text);
        let left = truncate(&left, self.cols.saturating_sub(4) / 2, "…").into_owned();
        let right = truncate(&right, self.cols.saturating_sub(4) / 2, "…").into_owned();
        let room = self.cols.saturating_sub(width(&left) + 4);
        self.lines([format!("  {left}{}", pad_start(&right, room)), "=".repeat(self.cols)]);
        self.blank();
    }

    /// 附件说明: one empty line below the text, the names below each other (7.3.4).
    fn annex_list(&mut self, attachments: &[Attachment]) {
        if attachments.is_empty() {
            return;
        }
        self.blank();
        let word = self.lang.fill(Say::ReportAnnexLine, &[&""]);
        for (at, attachment) in attachments.iter().enumerate() {
            let lead = if at == 0 { word.clone() } else { " ".repeat(width(&word)) };
            let number = if attachments.len() == 1 { String::new() } else { format!("{}. ", at + 1) };
            self.lines(broken(&format!("{}{lead}{number}{}", indent(self.lang), attachment.title), self.cols));
        }
    }

    /// 落款 without a seal: the office at the right with two characters free; the day below it, two characters further
    /// right, or where it is too long for that, the office so much further left (7.3.5.2); then the note (7.3.6).
    fn signature(&mut self, signed: &Signed) {
        if !signed.by.is_empty() || !signed.on.is_empty() {
            self.make_room(3);
            self.blank();
            let room = self.cols.saturating_sub(4);
            let by = truncate(&one_line(&signed.by).text, room, "…").into_owned();
            let on = truncate(&one_line(&signed.on).text, room, "…").into_owned();
            let inset = if by.is_empty() { 0 } else { 4 };
            let by_at = room.saturating_sub(width(&by).max(width(&on) + inset));
            let on_at = (by_at + inset).min(room.saturating_sub(width(&on)));
            let some = [(by_at, by), (on_at, on)].into_iter().filter(|(_, line)| !line.is_empty());
            self.lines(some.map(|(at, line)| format!("{}{line}", " ".repeat(at))));
        }
        if !signed.note.is_empty() {
            let note = self.lang.fill(Say::PrintRemark, &[&signed.note]);
            self.lines(broken(&format!("{}{note}", indent(self.lang)), self.cols));
        }
    }

    /// 版记: at the foot of the last page, between thick rules (7.4).
    fn colophon(&mut self, colophon: &Colophon) {
        let (outer, inner) = ("=".repeat(self.cols), "-".repeat(self.cols));
        let mut lines = Vec::new();
        if !colophon.copied_to.is_empty() {
            let text = self.lang.fill(Say::PrintCopiedTo, &[&colophon.copied_to]);
            let wrapped = broken(&text, self.cols.saturating_sub(4));
            lines.extend(wrapped.iter().map(|line| format!("  {}", line.trim_end())));
        }
        if !colophon.printed_by.is_empty() || !colophon.printed_on.is_empty() {
            if !lines.is_empty() {
                lines.push(inner);
            }
            let day = if colophon.printed_on.is_empty() {
                String::new()
            } else {
                self.lang.fill(Say::PrintPrintedOn, &[&one_line(&colophon.printed_on).text])
            };
            let by = truncate(&one_line(&colophon.printed_by).text, self.cols.saturating_sub(width(&day) + 6), "…")
                .into_owned();
            let room = self.cols.saturating_sub(width(&by) + 4);
            let line = format!("  {by}{}", pad_start(&day, room));
            lines.push(truncate(&line, self.cols, "…").into_owned());
        }
        if lines.is_empty() {
            return;
        }
        lines.insert(0, outer.clone());
        lines.push(outer);
        self.make_room(lines.len());
        while self.room() > lines.len() {
            self.page.push(String::new());
        }
        self.lines(lines);
    }

    /// A table, group after group of columns; the head rows stand at the top of every page.
    fn table(&mut self, table: &Table, lang: Lang) {
        for (at, group) in groups(table, self.cols).into_iter().enumerate() {
            let continued = if at == 0 { "" } else { lang.say(Say::ReportContinued) };
            let rule = "-".repeat(group.span());
            let mut head = vec![rule.clone()];
            head.extend(table.head.iter().flat_map(|row| group.lines(row, false)));
            head.push(rule.clone());
            // Hostile heads as tall as a page are printed once and not repeated.
            let repeats = head.len() <= self.rows / 2;
            let caption = match table.caption.as_str() {
                "" => Vec::new(),
                caption => broken(&format!("{caption}{continued}"), self.cols),
            };
            let first = table.rows.first().map_or(0, |row| group.lines(row, true).len());
            self.make_room(caption.len() + head.len() + first.min(self.rows / 2));
            let cols = self.cols;
            self.lines(caption.iter().map(|line| centre(line.trim(), cols)));
            self.lines(head.iter().cloned());
            for (at, cells) in table.rows.iter().enumerate() {
                let row = group.lines(cells, at == 0);
                // A row moves to the next page in one piece, unless it is longer than a page.
                let whole = row.len() + if repeats { head.len() } else { 0 } <= self.rows;
                let mut fits = !whole || self.room() >= row.len();
                // What is merged with rows above is said again at the top of a page.
                let row = if fits { row } else { group.lines(cells, true) };
                for line in row {
                    if !fits || self.room() == 0 {
                        self.turn();
                        if repeats {
                            self.lines(head.iter().cloned());
                        }
                        fits = true;
                    }
                    self.page.push(line);
                }
            }
            if self.room() > 0 {
                self.page.push(rule);
            }
        }
    }

    /// The pages with their feet: the number right on odd pages, left on even ones, one character free; `mark` opposite.
    fn finish(mut self, mark: &str) -> Vec<String> {
        self.turn();
        let (cols, rows) = (self.cols, self.rows);
        let foot = |number: usize| {
            let number_text = format!("— {number} —");
            let mark = truncate(mark, cols.saturating_sub(width(&number_text) + 5), "…");
            if number % 2 == 1 {
                let room = cols.saturating_sub(2 + width(&mark) + 2);
                format!("  {mark}{}", pad_start(&number_text, room))
            } else {
                let room = cols.saturating_sub(2 + width(&number_text) + 2);
                format!("  {number_text}{}", pad_start(&mark, room))
            }
        };
        let pages = self.pages.into_iter().enumerate().map(|(at, mut page)| {
            page.resize(rows + 1, String::new());
            page.push(foot(at + 1).trim_end().to_owned());
            page.into_iter().map(|line| line + "\n").collect()
        });
        pages.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::{Cell, Column, Kind};
    use proptest::prelude::*;

    fn report(blocks: Vec<Block>) -> Report {
        Report { subtitle: vec!["市府办".into()], blocks, ..Report::plain(Lang::Zh, Kind::Bulletin, "通报") }
    }

    fn table(columns: usize, rows: usize, cell: &str) -> Table {
        let row = |name: &str| Cell::row((0..columns).map(|at| format!("{name}{at}")));
        let mut shapes = vec![Column::text(0), Column::text(4)];
        shapes.resize(columns, Column::figures());
        let rows = (0..rows).map(|at| row(&format!("{cell}{at}x"))).collect();
        Table { caption: "表".into(), columns: shapes, frozen: 2, head: vec![row("列")], rows }
    }

    #[test]
    fn a_cell_longer_than_a_page_runs_on_and_nothing_is_lost() {
        let long: String = "督".repeat(5_000);
        let mut table = table(3, 1, "a");
        table.rows = vec![Cell::row(["1".to_owned(), long, "12".to_owned()])];
        let pages = text_pages(&report(vec![Block::Table(table)]));
        assert!(pages.len() > 10);
        assert_eq!(pages.concat().matches('督').count(), 5_000);
        assert!(pages.iter().all(|page| page.lines().count() == 22 && page.contains("列1")));
    }

    #[test]
    fn sixty_columns_are_cut_into_groups_and_each_cell_stands_once() {
        let pages = text_pages(&report(vec![Block::Table(table(62, 2, "r"))])).concat();
        for column in 2..62 {
            for row in 0..2 {
                let cell = format!("r{row}x{column}");
                assert_eq!(pages.split_whitespace().filter(|word| *word == cell).count(), 1, "{cell}");
            }
        }
    }

    #[test]
    fn page_numbers_stand_right_on_odd_pages_and_left_on_even_ones() {
        let text = Block::Paragraph("督".repeat(28 * 60));
        let pages = text_pages(&report(vec![text]));
        let feet: Vec<&str> = pages.iter().filter_map(|page| page.lines().last()).collect();
        assert_eq!(feet.first().map(|foot| width(foot)), Some(54), "one character free at the right");
        assert_eq!(feet.get(1), Some(&"  — 2 —"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn no_line_is_wider_and_no_page_longer_than_asked(
            columns in 2usize..20, rows in 0usize..8, cell in "[督a-z0-9，“（/ ]{0,30}",
            cols in 20usize..140, page_rows in 8usize..50, text in "[督查a-z，。“”（）0-9 ]{0,300}",
        ) {
            let blocks = vec![
                Block::Heading { level: 1, text: "一、总体情况".into() },
                Block::Paragraph(text),
                Block::Table(table(columns, rows, &cell)),
                Block::Note("注".into()),
            ];
            for page in text_pages_sized(&report(blocks), PageSize { cols, rows: page_rows }) {
                prop_assert_eq!(page.lines().count(), page_rows);
                for line in page.lines() {
                    prop_assert!(width(line) <= cols, "{:?} is {} of {cols}", line, width(line));
                }
            }
        }
    }
}
