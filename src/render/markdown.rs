//! Markdown, as GitHub reads it. Text is escaped so that none of it acts. Cells that are one on paper are said in each row, head rows
//! are said in one; charts are left out, for text and tables hold their figures.

use super::plain::{clean, heads};
use crate::catalog::{Lang, Say};
use crate::render::text::annex_name;
use crate::report::Report;
use crate::report::model::{Align, Block, Table};

/// The report as a file.
pub fn render(report: &Report) -> Vec<u8> {
    let lang = report.lang;
    let mut parts = Vec::new();
    if let Some(head) = &report.head {
        let lines = [&head.name, &head.number, &head.left, &head.right];
        parts.extend(lines.map(|line| paragraph(line)));
    }
    parts.push(heading(1, &report.title));
    parts.extend(report.subtitle.iter().map(|line| paragraph(line)));
    if report.demo {
        parts.push(format!("**{}**", inline(lang.say(Say::ReportDemo))));
    }
    if !report.addressees.is_empty() {
        parts.push(paragraph(&lang.fill(Say::PrintAddressees, &[&report.addressees])));
    }
    parts.extend(report.blocks.iter().map(|part| block(part, lang)));
    parts.extend([&report.signed.by, &report.signed.on].map(|line| paragraph(line)));
    if !report.signed.note.is_empty() {
        parts.push(paragraph(&lang.fill(Say::PrintRemark, &[&report.signed.note])));
    }
    for (at, attachment) in report.attachments.iter().enumerate() {
        parts.push(heading(2, &format!("{} {}", annex_name(report, at), attachment.title)));
        parts.extend(attachment.blocks.iter().map(|part| block(part, lang)));
    }
    let colophon = &report.colophon;
    if !colophon.copied_to.is_empty() {
        parts.push(paragraph(&lang.fill(Say::PrintCopiedTo, &[&colophon.copied_to])));
    }
    let printed_on = match colophon.printed_on.as_str() {
        "" => String::new(),
        day => lang.fill(Say::PrintPrintedOn, &[&day]),
    };
    parts.extend([&colophon.printed_by, &printed_on, &report.mark].map(|line| paragraph(line)));
    parts.retain(|part| !part.is_empty());
    (parts.join("\n\n") + "\n").into_bytes()
}

fn block(block: &Block, lang: Lang) -> String {
    match block {
        Block::Heading { level, text } => heading(usize::from(*level) + 1, text),
        Block::Title(text) => heading(2, text),
        Block::Paragraph(text) => paragraph(text),
        Block::Note(text) => paragraph(&format!("{}{text}", lang.say(Say::ReportNote))),
        Block::Table(one) => table(one),
        Block::Chart(_) | Block::PageBreak => String::new(),
    }
}

fn heading(level: usize, text: &str) -> String {
    format!("{} {}", "#".repeat(level.clamp(1, 6)), inline(&clean(text).replace('\n', " ")))
}

/// Lines that begin no list, quote, heading, rule or code.
fn paragraph(text: &str) -> String {
    let text = clean(text);
    let lines = text.lines().map(|line| line.trim_matches(' ')).filter(|line| !line.is_empty()).map(begun);
    lines.collect::<Vec<_>>().join("\\\n")
}

fn begun(line: &str) -> String {
    let figures = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = line.split_at_checked(figures).unwrap_or(("", line));
    let acts = if number.is_empty() { rest.starts_with(['+', '-', '=']) } else { rest.starts_with(['.', ')']) };
    format!("{number}{}{}", if acts { "\\" } else { "" }, inline(rest))
}

fn table(table: &Table) -> String {
    let mut lines = vec![row(heads(table).iter().map(String::as_str))];
    let marks = table.columns.iter().map(|column| match column.align {
        Align::Left => ":---",
        Align::Right => "---:",
        Align::Center => ":---:",
    });
    lines.push(format!("| {} |", marks.collect::<Vec<_>>().join(" | ")));
    let columns = 0..table.columns.len();
    for cells in &table.rows {
        lines.push(row(columns.clone().map(|at| cells.get(at).map_or("", |cell| cell.text.as_str()))));
    }
    let caption = paragraph(&table.caption);
    let body = if table.columns.is_empty() { String::new() } else { lines.join("\n") };
    [caption, body].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn row<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells = cells.map(|cell| clean(cell).lines().map(inline).collect::<Vec<_>>().join("<br>"));
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

/// Text that stands for itself within a line: no emphasis, link, picture, code, markup, and no address made a link of.
fn inline(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' | '@' | '!' | ':' => safe.extend(['\\', c]),
            '.' if before.eq_ignore_ascii_case(&'w') => safe.push_str("\\."),
            c => safe.push(c),
        }
        before = c;
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::{Cell, Column, Kind};
    use proptest::prelude::*;

    fn lines(blocks: Vec<Block>) -> Vec<String> {
        let report = Report { blocks, ..Report::plain(Lang::Zh, Kind::Bulletin, "通报") };
        String::from_utf8(render(&report)).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn markup_is_escaped_and_numbered_paragraphs_begin_no_list() {
        let text = "<img src=x> **b** [l](javascript:x) www.a.cn http://x | `c`";
        let said = lines(vec![Block::Paragraph(text.into()), Block::Paragraph("1. 一\n- 二\n===".into())]);
        let safe = r"&lt;img src=x&gt; \*\*b\*\* \[l\](javascript\:x) www\.a.cn http\://x \| \`c\`";
        assert_eq!(said, ["# 通报", "", safe, "", r"1\. 一\", r"\- 二\", r"\==="]);
    }

    proptest! {
        #[test]
        fn every_row_has_as_many_cells_and_no_text_opens_markup(cells in prop::collection::vec("\\PC{0,12}|[|\\\\\n\t<*]{0,6}", 3)) {
            let head = vec![Cell::row(cells.clone())];
            let table = Table { columns: vec![Column::text(1); 3], head, rows: vec![Cell::row(cells)], ..Table::default() };
            let said = lines(vec![Block::Table(table)]);
            prop_assert_eq!(said.len(), 5, "title, an empty line, head, marks, row: {:?}", said);
            for line in &said[2..] {
                let unescaped = line.replace("\\\\", "").replace("\\|", "");
                prop_assert_eq!(unescaped.matches('|').count(), 4, "{:?}", line);
                prop_assert!(!line.replace("<br>", "").contains('<'), "{:?}", line);
            }
        }
    }
}
