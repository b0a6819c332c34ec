//! What each line of a notice is.

use super::lines::Line;
use super::numbering::{self, Number};
use super::vocabulary::{Column, Label, column, labels};

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
    /// Running text: a paragraph's rest after a page break, a heading, the notice.
    Text(&'a str),
    /// A numbered paragraph (its first line).
    Numbered(u16, &'a str),
    /// Label lines, with what follows each label.
    Labels(Vec<(Label, &'a str)>),
    /// The head row of a quota table, on each page again.
    Head(Vec<&'a str>),
    /// A row of a quota table.
    Row(Vec<&'a str>),
}

/// More columns than any page has.
const MAX_COLUMNS: usize = 100;

/// Says what each line is, up to the imprint (抄送) that ends a notice.
pub(super) fn scan<'a>(lines: &'a [Line<'_>]) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    let mut in_table = false;
    let mut begun = false;
    for line in lines {
        let text = line.text.as_ref();
        let Some(kind) = kind(text, in_table) else { continue };
        match kind {
            Kind::Text(text) if begun && imprint(text) => break,
            Kind::Head(_) | Kind::Row(_) => in_table = true,
            _ => in_table = false,
        }
        begun |= matches!(kind, Kind::Labels(_) | Kind::Head(_));
        parts.push(Part { line: line.no, kind });
    }
    parts
}

fn kind(text: &str, in_table: bool) -> Option<Kind<'_>> {
    if text.trim().is_empty() || furniture(text) {
        return None;
    }
    if text.contains('\t') {
        let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
        if is_head(&cells) {
            return Some(Kind::Head(cells));
        }
        if in_table {
            return Some(Kind::Row(cells));
        }
    }
    let labels = labels(text);
    Some(match (labels.is_empty(), numbering::number(text)) {
        (false, _) => Kind::Labels(labels),
        (true, Some(Number { value, rest })) => Kind::Numbered(value, rest),
        (true, None) => Kind::Text(text.trim()),
    })
}

/// A head names the number, the city's total and who leads; what it names between these two are areas.
fn is_head(cells: &[&str]) -> bool {
    let wide = cells.len() > MAX_COLUMNS;
    !wide
        && [Column::No, Column::Name, Column::Total, Column::Lead]
            .iter()
            .all(|wanted| cells.iter().any(|cell| column(cell) == Some(*wanted)))
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
        let lines = lines(file.as_bytes()).unwrap();
        let kinds: Vec<Kind<'_>> = scan(&lines).into_iter().map(|part| part.kind).collect();
        assert_eq!(
            kinds,
            [
                Kind::Head(vec!["序号", "事项名称", "全市任务", "东山区", "牵头单位"]),
                Kind::Row(vec!["", "", "甲"]),
                Kind::Numbered(1, "乙"),
                Kind::Labels(vec![(Label::Units, "丙")]),
            ]
        );
    }
}
