//! The text of a docx: paragraphs, and rows of tables.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cells::{Cell, folded, put_row};
use super::docx_numbers::Numbers;
use crate::import::unreadable::{Cause, Unreadable};

/// Tables within tables deeper than any page has them.
const DEEPEST: usize = 16;
/// A line end within a paragraph, while the paragraph is read.
const LINE_END: char = '\u{2028}';

/// The text of `word/document.xml`, with the numbers that Word counts itself.
///
/// # Errors
/// When it is no well-formed XML.
pub(super) fn text(xml: &[u8], numbers: Numbers) -> Result<String, Unreadable> {
    let damaged = || Unreadable::new(Cause::Damaged);
    let xml = std::str::from_utf8(xml).map_err(|_| damaged())?;
    let mut reader = Reader::from_str(xml);
    let mut body = Body { numbers, ..Body::default() };
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(start) => body.start(&start),
            Event::Empty(start) => {
                body.start(&start);
                body.end(local(start.name().as_ref()));
            }
            Event::End(end) => body.end(local(end.name().as_ref())),
            Event::Text(text) => body.text(&text),
            Event::GeneralRef(name) => body.text(&entity(&name)),
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(body.lines.join("\n"))
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// What `&name;` stands for; one that is not known, nothing.
fn entity(name: &str) -> String {
    let code = name.strip_prefix("#x").map_or_else(
        || name.strip_prefix('#').and_then(|digits| digits.parse().ok()),
        |digits| u32::from_str_radix(digits, 16).ok(),
    );
    let c = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => code.and_then(char::from_u32),
    };
    c.map(String::from).unwrap_or_default()
}

#[derive(Default)]
struct Body {
    lines: Vec<String>,
    /// The paragraph that is read.
    paragraph: String,
    /// Tables around the place that is read, each with the cells of its row.
    tables: Vec<Vec<Cell>>,
    /// Inside an element whose text counts.
    in_text: bool,
    numbers: Numbers,
    /// The list and the level that the paragraph belongs to.
    list: Option<String>,
    level: usize,
    style: Option<String>,
    /// Depth of elements that are left out: what was deleted, what stands there for older programs.
    left_out: usize,
}

impl Body {
    fn start(&mut self, start: &BytesStart<'_>) {
        let name = start.name();
        let name = local(name.as_ref());
        if self.left_out > 0 || matches!(name, "del" | "moveFrom" | "Fallback") {
            self.left_out += 1;
            return;
        }
        match name {
            "t" => self.in_text = true,
            "tab" => self.paragraph.push(' '),
            // A line end within a paragraph, as between a task and who answers for it.
            "br" | "cr" => self.paragraph.push(LINE_END),
            "tbl" if self.tables.len() < DEEPEST => {
                self.close_paragraph();
                self.tables.push(Vec::new());
            }
            "tc" => {
                if let Some(row) = self.tables.last_mut() {
                    row.push(Cell::default());
                }
            }
            "numId" => self.list = value(start),
            "ilvl" => self.level = value(start).and_then(|value| value.parse().ok()).unwrap_or(0),
            "pStyle" => self.style = value(start),
            "gridSpan" => {
                let span = value(start).and_then(|value| value.parse().ok());
                if let (Some(cell), Some(span)) = (self.cell(), span) {
                    cell.span = span;
                }
            }
            "vMerge" => {
                let continued = value(start).is_none_or(|value| value != "restart");
                if let Some(cell) = self.cell() {
                    cell.continued = continued;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" => self.close_paragraph(),
            "tr" => {
                let cells = self.tables.last_mut().map(std::mem::take).unwrap_or_default();
                let mut rows = Vec::new();
                put_row(cells, &mut rows);
                let depth = self.tables.len();
                // A table within a cell: its rows are the cell's.
                match depth.checked_sub(2).and_then(|outer| self.tables.get_mut(outer)).and_then(|row| row.last_mut()) {
                    Some(cell) => cell.lines.extend(rows),
                    None => self.lines.extend(rows),
                }
            }
            "tbl" => {
                self.tables.pop();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.left_out == 0 {
            self.paragraph.push_str(text);
        }
    }

    fn close_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        let mut lines: Vec<String> = paragraph.split(LINE_END).map(folded).collect();
        if lines.len() > 1 {
            lines.retain(|line| !line.is_empty());
        }
        let first = lines.first_mut().map(std::mem::take).unwrap_or_default();
        let mut line = first;
        let (list, level, style) = (self.list.take(), std::mem::take(&mut self.level), self.style.take());
        let by_style = || style.and_then(|style| self.numbers.of_style(&style));
        // In a table a cell may hold nothing but its number.
        if let Some((list, level)) = list.map(|list| (list, level)).or_else(by_style)
            && (!line.is_empty() || !self.tables.is_empty())
        {
            line.insert_str(0, &set_off(self.numbers.next(&list, level), &line));
        }
        let lines = std::iter::once(line).chain(lines.into_iter().skip(1));
        match self.cell() {
            Some(cell) => cell.lines.extend(lines),
            None => self.lines.extend(lines),
        }
    }

    fn cell(&mut self) -> Option<&mut Cell> {
        self.tables.last_mut().and_then(|row| row.last_mut())
    }
}

/// The value of `w:val`.
fn value(start: &BytesStart<'_>) -> Option<String> {
    let attribute = start.attributes().flatten().find(|attribute| local(attribute.key.as_ref()) == "val")?;
    Some(attribute.value.as_ref().to_owned())
}

/// A number before the words of its paragraph, which Word sets apart by their places alone: a bare number, and one before
/// figures, must not run into them.
fn set_off(mut number: String, words: &str) -> String {
    if words.is_empty() || number.is_empty() {
        return number;
    }
    if number.ends_with(|c: char| c.is_ascii_digit()) {
        number.push('.');
    } else if number.ends_with(char::is_alphanumeric) {
        number.push('、');
    }
    if words.starts_with(|c: char| c.is_ascii_digit()) {
        number.push(' ');
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_end_within_a_paragraph_ends_a_line() {
        let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
        let p = format!("<w:p>{}<w:r><w:br/></w:r>{}</w:p>", run("1.办学3所。"), run("责任单位：市教育局"));
        let cell = format!("<w:tc><w:p>{}<w:r><w:br/></w:r>{}</w:p></w:tc>", run("修路5公里，"), run("植树。"));
        let xml = format!(
            "<w:document>{p}<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc>{cell}</w:tr></w:tbl></w:document>",
            run("2")
        );
        assert_eq!(
            text(xml.as_bytes(), Numbers::default()).unwrap(),
            "1.办学3所。\n责任单位：市教育局\n\n2\t修路5公里，植树。"
        );
    }

    #[test]
    fn paragraphs_and_rows_become_lines() {
        let p = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        let tc = |inside: &str, text: &str| format!("<w:tc><w:tcPr>{inside}</w:tcPr>{}</w:tc>", p(text));
        let xml = format!(
            "<w:document><w:body>{}<w:p><w:r><w:t>1.甲&amp;</w:t></w:r><w:del><w:r><w:delText>删</w:delText><w:t>去</w:t></w:r></w:del>\
             <w:r><w:t>乙&#x3002;</w:t></w:r></w:p><w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr>{}</w:tr></w:tbl></w:body></w:document>",
            p("标题"),
            tc("<w:vMerge w:val=\"restart\"/>", "1"),
            tc("", "办学"),
            tc("<w:vMerge/>", ""),
            tc("", "修路"),
            tc("<w:gridSpan w:val=\"2\"/>", "一、下篇"),
        );
        assert_eq!(text(xml.as_bytes(), Numbers::default()).unwrap(), "标题\n1.甲&乙。\n\n1\t办学\n〃\t修路\n一、下篇");
        assert_eq!(text(b"<w:document><w:p></w:document>", Numbers::default()).unwrap_err().what, Cause::Damaged);
    }

    #[test]
    fn a_number_that_word_counts_does_not_run_into_the_words() {
        for (number, words, line) in [
            ("1", "3家企业上市", "1. "),
            ("1.", "3家企业上市", "1. "),
            ("1、", "3家企业上市", "1、 "),
            ("一", "产业", "一、"),
            ("1.", "办学", "1."),
            ("（1）", "办学", "（1）"),
            ("1", "", "1"),
            ("", "3家企业上市", ""),
        ] {
            assert_eq!(set_off(number.to_owned(), words), line, "{number} {words}");
        }
    }
}
