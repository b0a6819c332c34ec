//! Markdown, in the flavour with tables that most sites show. Every text is escaped: nothing in it is markup.

use super::text::annex_name;
use crate::catalog::Say;
use crate::report::Report;
use crate::report::model::{Align, Block, Cell, Chart, Joined, Table};
use crate::text::one_line;

/// The report as a file.
pub fn render(report: &Report) -> Vec<u8> {
    let mut out = Out { text: String::new() };
    if let Some(head) = &report.head {
        for line in [&head.name, &head.number] {
            out.paragraph(&strong(line));
        }
        out.paragraph(&format!("{}　{}", escaped(&head.left), escaped(&head.right)));
    }
    out.heading(1, &report.title);
    for line in &report.subtitle {
        out.paragraph(&escaped(line));
    }
    if !report.addressees.is_empty() {
        out.paragraph(&escaped(&report.lang.fill(Say::ReportAddressees, &[&report.addressees])));
    }
    out.blocks(report, &report.blocks);
    for line in [&report.signed.by, &report.signed.on].into_iter().filter(|line| !line.is_empty()) {
        out.paragraph(&escaped(line));
    }
    if !report.signed.note.is_empty() {
        out.paragraph(&escaped(&report.lang.fill(Say::ReportRemark, &[&report.signed.note])));
    }
    for (at, attachment) in report.attachments.iter().enumerate() {
        out.paragraph(&strong(&annex_name(report, at)));
        out.heading(2, &attachment.title);
        out.blocks(report, &attachment.blocks);
    }
    let colophon = &report.colophon;
    if !colophon.copied_to.is_empty() {
        out.paragraph(&escaped(&report.lang.fill(Say::ReportCopied, &[&colophon.copied_to])));
    }
    if !colophon.printed_by.is_empty() {
        let day = report.lang.fill(Say::ReportPrintedOn, &[&colophon.printed_on]);
        out.paragraph(&format!("{}　{}", escaped(&colophon.printed_by), escaped(&day)));
    }
    let demo = if report.demo { report.lang.say(Say::ReportDemo) } else { "" };
    let mark: Vec<&str> = [demo, report.mark.as_str()].into_iter().filter(|mark| !mark.is_empty()).collect();
    if !mark.is_empty() {
        out.paragraph(&escaped(&mark.join(" ")));
    }
    out.text.into_bytes()
}

struct Out {
    text: String,
}

impl Out {
    fn paragraph(&mut self, line: &str) {
        if !line.trim().is_empty() {
            self.text.push_str(line);
            self.text.push_str("\n\n");
        }
    }

    fn heading(&mut self, level: usize, text: &str) {
        let text = escaped(text);
        if !text.trim().is_empty() {
            self.paragraph(&format!("{} {text}", "#".repeat(level.clamp(1, 6))));
        }
    }

    fn blocks(&mut self, report: &Report, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, text } => self.heading(usize::from(*level) + 1, text),
                Block::Title(text) => self.heading(2, text),
                Block::Paragraph(text) => self.paragraph(&escaped(text)),
                Block::Note(text) => {
                    self.paragraph(&format!("{}{}", escaped(report.lang.say(Say::ReportNote)), escaped(text)));
                }
                Block::Table(table) => self.table(table),
                Block::Chart(chart) => self.chart(chart),
                Block::PageBreak => self.paragraph("---"),
            }
        }
    }

    fn table(&mut self, table: &Table) {
        self.paragraph(&strong(&table.caption));
        // Markdown knows one head row: the words of several stand below each other in one.
        let heads = (0..table.columns.len()).map(|at| {
            let cells = table.head.iter().filter_map(|row| row.get(at)).filter(|cell| cell.joined != Joined::Above);
            cells.map(|cell| escaped(&cell.text)).collect::<Vec<_>>().join(" ")
        });
        self.row(heads);
        self.row(table.columns.iter().map(|column| {
            let rule = match column.align {
                Align::Left => ":---",
                Align::Right => "---:",
                Align::Center => ":---:",
            };
            rule.to_owned()
        }));
        for row in &table.rows {
            self.row((0..table.columns.len()).map(|at| row.get(at).map(cell).unwrap_or_default()));
        }
        self.text.push('\n');
    }

    /// Its figures as a table: Markdown draws nothing.
    fn chart(&mut self, chart: &Chart) {
        if chart.bars.is_empty() {
            return;
        }
        let reference = chart.reference.as_ref().map(|(_, words)| words.as_str()).unwrap_or_default();
        self.paragraph(&strong(&chart.caption));
        self.row([String::from(" "), escaped(reference)].into_iter());
        self.row([":---".to_owned(), "---:".to_owned()].into_iter());
        for bar in &chart.bars {
            self.row([escaped(&bar.label), escaped(&bar.figure)].into_iter());
        }
        self.text.push('\n');
    }

    fn row(&mut self, cells: impl Iterator<Item = String>) {
        let cells: Vec<String> = cells.collect();
        self.text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
}

fn cell(cell: &Cell) -> String {
    cell.text.split('\n').map(escaped).collect::<Vec<_>>().join("<br>")
}

fn strong(text: &str) -> String {
    let text = escaped(text);
    if text.trim().is_empty() { String::new() } else { format!("**{}**", text.trim()) }
}

/// A text in which nothing is markup: HTML as entities, signs of Markdown behind a backslash, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '-' | '!' | '|' | '~' | '$'
            | '^' | '=' => {
                out.push('\\');
                out.push(c);
            }
            // A number at the beginning of a line would begin a list.
            '.' if out.chars().all(|c| c.is_ascii_digit()) && !out.is_empty() => out.push_str("\\."),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Lang;
    use crate::report::model::{Column, Kind};

    #[test]
    fn nothing_in_a_text_is_markup() {
        let hostile = "1. <script>|`x`[l](javascript:a) **b** # h\n- li";
        assert_eq!(
            escaped(hostile),
            "1\\. &lt;script&gt;\\|\\`x\\`\\[l\\]\\(javascript:a\\) \\*\\*b\\*\\* \\# h \\- li"
        );
    }

    #[test]
    fn every_row_has_as_many_cells_as_the_head() {
        let table = Table {
            columns: vec![Column::marks(), Column::text(1)],
            head: vec![Cell::row(["|", "甲"])],
            rows: vec![vec!["1|2".into()], Cell::row(["一\n二", "", "多"])],
            ..Table::default()
        };
        let report = Report { blocks: vec![Block::Table(table)], ..Report::plain(Lang::Zh, Kind::Matrix, "表") };
        let text = String::from_utf8(render(&report)).unwrap();
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
        assert_eq!(rows, ["| \\| | 甲 |", "| :---: | :--- |", "| 1\\|2 |  |", "| 一<br>二 |  |"]);
    }
}
