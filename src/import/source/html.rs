//! The text of a saved web page: its paragraphs, and the rows of its tables.

use std::convert::Infallible;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::cells::{Cell, MOST_COLUMNS, folded, put_row};

/// Tables within tables deeper than any page has them.
const DEEPEST: usize = 32;

/// Whether a text is a web page, or a piece of one.
pub(super) fn is_html(text: &str) -> bool {
    let head: String = text.chars().take(4096).collect::<String>().to_ascii_lowercase();
    let start = head.trim_start();
    start.starts_with("<!doctype html")
        || ["<html", "<body", "<table", "<div", "<head"]
            .iter()
            .any(|tag| start.starts_with(tag) || (start.starts_with(['<', '\u{feff}']) && start.contains(tag)))
}

/// The text of a page. Any text is a page to a browser, so nothing fails.
pub(super) fn text(page: &str) -> String {
    let mut emitter = DefaultEmitter::default();
    // What stands in scripts and styles is no markup.
    emitter.naively_switch_states(true);
    let mut body = Body::default();
    for token in Tokenizer::new_with_emitter(page, emitter) {
        let token: Result<Token, Infallible> = token;
        match token {
            Ok(Token::StartTag(tag)) => body.start(&tag),
            Ok(Token::EndTag(tag)) => body.end(&tag.name),
            Ok(Token::String(text)) => body.text(&String::from_utf8_lossy(&text)),
            Ok(_) | Err(_) => {}
        }
    }
    body.close_paragraph();
    while !body.tables.is_empty() {
        body.close_row();
        body.tables.pop();
    }
    body.lines.join("\n")
}

#[derive(Default)]
struct Body {
    lines: Vec<String>,
    paragraph: String,
    tables: Vec<Table>,
    /// The element whose text is left out, while one is open.
    left_out: Option<Vec<u8>>,
    /// The lists around the place that is read: how far each has counted; `None` for lists of bullets.
    lists: Vec<Option<usize>>,
}

#[derive(Default)]
struct Table {
    row: Vec<Cell>,
    /// How many further rows each column is taken by a cell from above.
    taken: Vec<usize>,
    open: bool,
}

impl Body {
    fn start(&mut self, tag: &StartTag<()>) {
        if self.left_out.is_some() {
            return;
        }
        let name = tag.name.as_slice();
        match name {
            b"script" | b"style" | b"noscript" | b"template" | b"head" if !tag.self_closing => {
                self.left_out = Some(name.to_vec());
            }
            b"table" if self.tables.len() < DEEPEST => {
                self.close_paragraph();
                self.tables.push(Table::default());
            }
            b"tr" => self.close_row(),
            b"td" | b"th" => {
                self.close_paragraph();
                self.open_cell(number(tag, b"colspan"), number(tag, b"rowspan"));
            }
            b"ol" | b"ul" if self.lists.len() < DEEPEST => {
                self.close_paragraph();
                let first = if tag.attributes.contains_key(&b"start"[..]) { number(tag, b"start") } else { 1 };
                self.lists.push((name == b"ol").then_some(first));
            }
            b"li" => {
                self.close_paragraph();
                if let Some(Some(count)) = self.lists.last_mut() {
                    // A browser prints the numbers of such a list itself.
                    self.paragraph = format!("{count}.");
                    *count = count.saturating_add(1);
                }
            }
            b"body" => {}
            _ if is_block(name) => self.close_paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some(open) = &self.left_out {
            if open == name {
                self.left_out = None;
            }
            return;
        }
        match name {
            b"tr" => self.close_row(),
            b"ol" | b"ul" => {
                self.close_paragraph();
                self.lists.pop();
            }
            b"table" => {
                self.close_row();
                self.tables.pop();
            }
            b"td" | b"th" => {
                self.close_paragraph();
                if let Some(table) = self.tables.last_mut() {
                    table.open = false;
                }
            }
            _ if is_block(name) => self.close_paragraph(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.left_out.is_none() {
            self.paragraph.push_str(text);
        }
    }

    fn open_cell(&mut self, span: usize, rows: usize) {
        let Some(table) = self.tables.last_mut() else { return };
        table.fill_taken();
        let at = table.row.iter().map(|cell| cell.span.max(1)).sum::<usize>();
        if at >= MOST_COLUMNS {
            return;
        }
        let span = span.clamp(1, MOST_COLUMNS - at);
        table.taken.resize(table.taken.len().max(at + span), 0);
        for taken in table.taken.iter_mut().skip(at).take(span) {
            *taken = rows.saturating_sub(1);
        }
        table.row.push(Cell { span, ..Cell::default() });
        table.open = true;
    }

    fn close_paragraph(&mut self) {
        let line = folded(&std::mem::take(&mut self.paragraph));
        if line.is_empty() {
            return;
        }
        let open = self.tables.iter_mut().rev().find(|table| table.open);
        match open.and_then(|table| table.row.last_mut()) {
            Some(cell) => cell.lines.push(line),
            None => self.lines.push(line),
        }
    }

    fn close_row(&mut self) {
        self.close_paragraph();
        let Some(mut table) = self.tables.pop() else { return };
        if !table.row.is_empty() {
            table.fill_taken();
            let mut rows = Vec::new();
            put_row(std::mem::take(&mut table.row), &mut rows);
            let outer = self.tables.iter_mut().rev().find(|table| table.open).and_then(|table| table.row.last_mut());
            match outer {
                Some(cell) => cell.lines.extend(rows),
                None => self.lines.extend(rows),
            }
        }
        table.open = false;
        self.tables.push(table);
    }
}

impl Table {
    /// Puts an empty cell wherever one from above reaches down to here.
    fn fill_taken(&mut self) {
        loop {
            let at = self.row.iter().map(|cell| cell.span.max(1)).sum::<usize>();
            match self.taken.get_mut(at) {
                Some(taken) if *taken > 0 => *taken -= 1,
                _ => break,
            }
            self.row.push(Cell { span: 1, continued: true, ..Cell::default() });
        }
    }
}

fn number(tag: &StartTag<()>, name: &[u8]) -> usize {
    let value = tag.attributes.iter().find(|(key, _)| key.as_slice() == name).map(|(_, value)| value);
    let value = value.and_then(|value| std::str::from_utf8(value).ok()?.trim().parse().ok());
    value.unwrap_or(1).clamp(1, 1000)
}

fn is_block(name: &[u8]) -> bool {
    const BLOCKS: [&[u8]; 25] = [
        b"p",
        b"div",
        b"br",
        b"li",
        b"ul",
        b"ol",
        b"h1",
        b"h2",
        b"h3",
        b"h4",
        b"h5",
        b"h6",
        b"hr",
        b"pre",
        b"section",
        b"article",
        b"header",
        b"footer",
        b"main",
        b"nav",
        b"dl",
        b"dd",
        b"dt",
        b"caption",
        b"blockquote",
    ];
    BLOCKS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_paragraphs_and_rows() {
        let page = "<!DOCTYPE html><html><head><title>网站</title><style>p{}</style></head><body><script>if(a<b){}</script>\
                    <div>标&nbsp;题</div><p>1.甲<br>乙<table><tr><th>序号<th>任务</tr><tr><td rowspan=2>1<td><p>办学</p><p>招生</p></td></tr>\
                    <tr><td>修路</td></tr><tr><td colspan=2>一、下篇</td></tr></table><p>完&amp;";
        assert!(is_html(page));
        assert_eq!(text(page), "标 题\n1.甲\n乙\n序号\t任务\n1\t办学 招生\n〃\t修路\n一、下篇\n完&");
    }

    #[test]
    fn a_list_is_numbered_as_a_browser_numbers_it() {
        let page = "<html><ol><li>办学<ul><li>招生</ul><li>修路</ol><ol start=7><li><p>植树</p></li></ol>";
        assert_eq!(text(page), "1.办学\n招生\n2.修路\n7.\n植树");
    }

    #[test]
    fn a_table_for_layout_is_a_frame() {
        let page = "<html><table><tr><td><p>第一段</p><table><tr><td>1</td><td>2</td></tr></table><p>第二段</p></td></tr></table>";
        assert_eq!(text(page), "第一段\n1\t2\n第二段");
        assert!(!is_html("1.甲<乙\n责任单位：丙"));
    }
}
