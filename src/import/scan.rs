//! What each line of a notice is.

use std::borrow::Cow;

use super::lines::Line;
use super::numbering::{Outline, outline};
use super::shape::{What, is_quota_head, shape, task_columns};
use super::vocabulary::{Field, Label, labels};

/// A line with what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// Its number, from 1.
    pub(super) line: u32,
    /// What it is.
    pub(super) kind: Kind<'a>,
}

/// What a line is. White lines and page numbers are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// Running text: a paragraph's rest after a page break, a title, the notice.
    Text(&'a str),
    /// A line that begins with a number of any kind, and the whole line: a heading, or a task.
    Numbered(Outline<'a>, &'a str),
    /// Label lines, with what follows each label.
    Labels(Vec<(Label, &'a str)>),
    /// The head row of a quota table, on each page again.
    Head(Vec<Cow<'a, str>>),
    /// A row of a quota table.
    Row(Vec<Cow<'a, str>>),
    /// The head row of a table of tasks; `None`: a column that is not known.
    Columns(Vec<Option<Field>>),
    /// A row of a table of tasks.
    Cells(Vec<Cow<'a, str>>),
}

/// The table that a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    None,
    Quotas,
    Tasks,
}

/// Says what each line is, up to the imprint (抄送) that ends a notice.
pub(super) fn scan<'a>(lines: &'a [Line<'_>]) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    let mut table = Table::None;
    let mut begun = false;
    for shaped in shape(lines) {
        let cells = match shaped.what {
            What::Cells(cells) => Some(cells),
            What::Text(text) if text.contains('\t') => {
                Some(text.split('\t').map(|cell| Cow::Borrowed(cell.trim())).collect())
            }
            What::Text(_) => None,
        };
        let row = cells.and_then(|cells| row(cells, table));
        let Some(kind) = row.or_else(|| kind(shaped.printed)) else { continue };
        match &kind {
            Kind::Text(text) if begun && imprint(text) => break,
            Kind::Head(_) | Kind::Row(_) => table = Table::Quotas,
            Kind::Columns(_) | Kind::Cells(_) => table = Table::Tasks,
            // A heading stands between the rows of one table.
            Kind::Numbered(..) if table == Table::Tasks => {}
            _ => table = Table::None,
        }
        begun |= matches!(kind, Kind::Labels(_) | Kind::Head(_) | Kind::Columns(_));
        parts.push(Part { line: shaped.line, kind });
    }
    parts
}

/// What a row of cells is in the table that it stands in; `None`: no row of a table.
fn row(cells: Vec<Cow<'_, str>>, table: Table) -> Option<Kind<'_>> {
    let bare: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    if is_quota_head(&bare) {
        return Some(Kind::Head(cells));
    }
    if let Some(columns) = task_columns(&bare) {
        return Some(Kind::Columns(columns));
    }
    match table {
        Table::Quotas => Some(Kind::Row(cells)),
        Table::Tasks => Some(Kind::Cells(cells)),
        Table::None => None,
    }
}

fn kind(text: &str) -> Option<Kind<'_>> {
    if text.trim().is_empty() || furniture(text) {
        return None;
    }
    let labels = labels(text);
    Some(match (labels.is_empty(), outline(text)) {
        (false, _) => Kind::Labels(labels),
        (true, Some(outline)) => Kind::Numbered(outline, text.trim()),
        (true, None) => Kind::Text(text.trim()),
    })
}

/// Page numbers: `— 3 —`, `- 3 -`.
fn furniture(text: &str) -> bool {
    let inner = text.trim();
    let bare = inner.trim_matches(|c: char| c.is_whitespace() || "—–-－·".contains(c));
    bare.len() < inner.len() && !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit())
}

fn imprint(text: &str) -> bool {
    ["抄送：", "抄送:", "主送：", "主送:"].iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::lines;

    #[test]
    fn a_row_keeps_its_empty_first_cells_and_a_page_number_is_left_out() {
        let file = "— 3 —\n序号\t事项名称\t全市任务\t东山区\t牵头单位\n\t\t甲\n1. 乙\n责任单位:丙\n抄送：丁\n戊";
        let lines = lines(file);
        let kinds: Vec<Kind<'_>> = scan(&lines).into_iter().map(|part| part.kind).collect();
        assert_eq!(
            kinds,
            [
                Kind::Head(["序号", "事项名称", "全市任务", "东山区", "牵头单位"].map(Cow::from).to_vec()),
                Kind::Row(["", "", "甲"].map(Cow::from).to_vec()),
                Kind::Numbered(outline("1. 乙").unwrap(), "1. 乙"),
                Kind::Labels(vec![(Label::Units, "丙")]),
            ]
        );
    }
}
