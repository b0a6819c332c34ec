//! A table, with cells that are one as one.

use super::text::{escape, lines};
use crate::model::Light;
use crate::report::model::{Align, Cell, Joined, Table, Value};

/// A row with a cell longer than this may be parted by a page's end.
const TALL: usize = 400;

/// A cell that is drawn: its column, and how many columns and rows it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) at: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// No page across has room for more columns than this.
const MOST: usize = 16;

/// The table, cut into groups of columns where it has more than a page has room for; each group repeats what names the row.
pub(super) fn tables(whole: &Table, page: &mut String) {
    let columns = whole.columns.len();
    if columns <= MOST {
        return table(whole, page);
    }
    let frozen = whole.frozen.min(MOST / 2);
    for from in (frozen..columns).step_by(MOST - frozen) {
        let end = (from + MOST - frozen).min(columns);
        let picked = |row: &Vec<Cell>| {
            let mut cells: Vec<Cell> = row.iter().take(frozen).cloned().collect();
            let first = row.get(from).cloned().unwrap_or_default();
            // What was one with a cell of the group before stands alone here.
            let joined = if first.joined == Joined::Left { Joined::No } else { first.joined };
            cells.push(first.joined(joined));
            cells.extend(row.iter().take(end).skip(from + 1).cloned());
            cells
        };
        let named = whole.columns.iter().take(frozen);
        let group = Table {
            caption: whole.caption.clone(),
            columns: named.chain(whole.columns.iter().take(end).skip(from)).cloned().collect(),
            frozen,
            head: whole.head.iter().map(picked).collect(),
            rows: whole.rows.iter().map(picked).collect(),
        };
        table(&group, page);
    }
}

/// The table; a wide one stands across the page in print, and scrolls by itself on a narrow screen.
fn table(table: &Table, page: &mut String) {
    if table.columns.is_empty() {
        return;
    }
    let wide = if table.is_wide() { " wide" } else { "" };
    page.extend([format!("<div class=\"scroll{wide}\" tabindex=\"0\">\n<table>\n")]);
    if !table.caption.is_empty() {
        page.extend([format!("<caption>{}</caption>\n", escape(&table.caption))]);
    }
    let columns = table.columns.len();
    page.push_str("<thead>\n");
    for (row, placed) in table.head.iter().zip(spans(&table.head, columns)) {
        page.push_str("<tr>");
        for span in placed {
            let scope = if span.columns > 1 { "colgroup" } else { "col" };
            let text = row.get(span.at).map_or("", |cell| &cell.text);
            page.extend([format!("<th scope=\"{scope}\"{}>{}</th>", sizes(span), lines(text))]);
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</thead>\n<tbody>\n");
    for (row, placed) in table.rows.iter().zip(spans(&table.rows, columns)) {
        let tall = row.iter().any(|cell| cell.text.len() > TALL * 3);
        page.push_str(if tall { "<tr class=\"tall\">" } else { "<tr>" });
        for span in placed {
            page.push_str(&body(table, row.get(span.at), span));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n</div>\n");
}

fn body(table: &Table, cell: Option<&Cell>, span: Span) -> String {
    let column = table.columns.get(span.at);
    let align = match column.map(|column| column.align) {
        Some(Align::Right) => "right figures",
        Some(Align::Center) => "center",
        _ if column.is_some_and(|column| column.share > 2) => "left long",
        _ => "left",
    };
    let text = lines(cell.map_or("", |cell| &cell.text));
    let text = match cell.map(|cell| &cell.value) {
        Some(Value::Light(light)) => format!("<span class=\"light {}\">{text}</span>", colour(*light)),
        _ => text,
    };
    let (open, close) = if span.at < table.frozen { ("th scope=\"row\"", "th") } else { ("td", "td") };
    format!("<{open} class=\"{align}\"{}>{text}</{close}>", sizes(span))
}

const fn colour(light: Light) -> &'static str {
    match light {
        Light::Red => "red",
        Light::Yellow => "yellow",
        Light::Grey => "grey",
        Light::Green => "green",
    }
}

fn sizes(span: Span) -> String {
    let mut sizes = String::new();
    if span.columns > 1 {
        sizes.extend([format!(" colspan=\"{}\"", span.columns)]);
    }
    if span.rows > 1 {
        sizes.extend([format!(" rowspan=\"{}\"", span.rows)]);
    }
    sizes
}

/// The cells of each row that are drawn. Together they cover every place once, whatever the cells say of their neighbours.
pub(super) fn spans(rows: &[Vec<Cell>], columns: usize) -> Vec<Vec<Span>> {
    let joined =
        |row: usize, at: usize| rows.get(row).and_then(|cells| cells.get(at)).map_or(Joined::No, |cell| cell.joined);
    // For each column the first row that nothing from above reaches into.
    let mut free = vec![0; columns];
    let mut placed = Vec::with_capacity(rows.len());
    for row in 0..rows.len() {
        let mut cells = Vec::new();
        let mut at = 0;
        while at < columns {
            let taken = |at: usize| free.get(at).is_none_or(|from| *from > row);
            if taken(at) {
                at += 1;
                continue;
            }
            let beside =
                (at + 1..columns).take_while(|next| joined(row, *next) == Joined::Left && !taken(*next)).count();
            let end = at + 1 + beside;
            let goes_on = |below: usize| {
                joined(below, at) == Joined::Above && (at + 1..end).all(|next| joined(below, next) != Joined::No)
            };
            let below = (row + 1..rows.len()).take_while(|below| goes_on(*below)).count();
            for taken in free.iter_mut().take(end).skip(at) {
                *taken = row + 1 + below;
            }
            cells.push(Span { at, columns: end - at, rows: below + 1 });
            at = end;
        }
        placed.push(cells);
    }
    placed
}
