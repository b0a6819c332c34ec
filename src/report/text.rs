//! A report as pages of text, for `lp` and the pager: GB/T 9704's 28 characters a line and 22 lines a page.

use super::grid::groups;
use super::model::{Block, Report, Table};
use crate::catalog::{Lang, Say};
use crate::text::width::{centre, pad_start, width};
use crate::text::wrap::wrap;

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
    /// Line printer paper of 132 columns: a matrix of nine areas stands on it in one piece.
    pub const WIDE: Self = Self { cols: 132, rows: 60 };
}

impl Default for PageSize {
    fn default() -> Self {
        Self::A4
    }
}

/// The pages of a report at the size of official documents. Lines end with `\n`, also the last of a page.
pub fn text_pages(report: &Report) -> Vec<String> {
    text_pages_sized(report, PageSize::A4)
}

/// The pages of a report at another size; at least 20 columns and 8 rows.
pub fn text_pages_sized(report: &Report, size: PageSize) -> Vec<String> {
    let size = PageSize { cols: size.cols.max(20), rows: size.rows.max(8) };
    let mut paper = Paper { cols: size.cols, rows: size.rows - 2, pages: Vec::new(), page: Vec::new() };
    paper.centred(&report.title);
    for line in &report.subtitle {
        paper.centred(line);
    }
    paper.blank();
    let mut blocks = report.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        match block {
            Block::Heading { text, .. } => {
                let lines = wrap(&format!("{}{text}", indent(report.lang)), size.cols);
                // A heading never stands alone at the foot of a page.
                paper.make_room(lines.len() + if blocks.peek().is_some() { 2 } else { 0 });
                paper.lines(lines);
            }
            Block::Paragraph(text) => {
                paper.lines(wrap(&format!("{}{text}", indent(report.lang)), size.cols));
            }
            Block::Note(text) => {
                let note = format!("{}{}{text}", indent(report.lang), report.lang.say(Say::ReportNote));
                paper.lines(wrap(&note, size.cols));
            }
            Block::Table(table) => {
                paper.table(table);
                paper.blank();
            }
        }
    }
    paper.finish(if report.demo { report.lang.say(Say::ReportDemo) } else { "" })
}

const fn indent(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "　　",
        Lang::En => "    ",
    }
}

/// Pages being filled.
struct Paper {
    cols: usize,
    /// Rows above the foot.
    rows: usize,
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
        self.lines(wrap(text, cols).iter().map(|line| centre(line.trim(), cols)));
    }

    /// A table, group after group of columns; the head rows stand at the top of every page.
    fn table(&mut self, table: &Table) {
        for group in groups(table, self.cols) {
            let rule = "-".repeat(group.span());
            let mut head = vec![rule.clone()];
            head.extend(table.head.iter().flat_map(|row| group.lines(row)));
            head.push(rule.clone());
            // Hostile heads as tall as a page are printed once and not repeated.
            let repeats = head.len() <= self.rows / 2;
            let rows: Vec<Vec<String>> = table.rows.iter().map(|row| group.lines(row)).collect();
            let caption = if table.caption.is_empty() { Vec::new() } else { wrap(&table.caption, self.cols) };
            let first = rows.first().map_or(0, Vec::len);
            self.make_room(caption.len() + head.len() + first.min(self.rows / 2));
            let cols = self.cols;
            self.lines(caption.iter().map(|line| centre(line.trim(), cols)));
            self.lines(head.iter().cloned());
            for row in rows {
                // A row moves to the next page in one piece, unless it is longer than a page.
                let whole = row.len() + if repeats { head.len() } else { 0 } <= self.rows;
                let mut fits = !whole || self.room() >= row.len();
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
            if number % 2 == 1 {
                let room = cols.saturating_sub(2 + width(mark) + 2);
                format!("  {mark}{}", pad_start(&number_text, room))
            } else {
                let room = cols.saturating_sub(2 + width(&number_text) + 2);
                format!("  {number_text}{}", pad_start(mark, room))
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
