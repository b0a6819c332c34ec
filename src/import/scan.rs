//! What each line of a notice is.

use std::borrow::Cow;

use super::furniture::is_furniture;
use super::inline;
use super::lines::Line;
use super::names;
use super::numbering::{self, Outline, PLAIN, outline};
use super::page_end::{LastTask, ends_page, is_owner_of_the_page, is_surely_an_owner, names_an_owner};
use super::pairs;
use super::shape::{Shaped, is_head_row, is_quota_head, numbered_columns, shape, task_columns};
use super::source::DITTO;
use super::vocabulary::{Field, Label, column, field, labels};

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
    /// The head row of a table of tasks; `None`: a column that is not known. And its cells.
    Columns(Vec<Option<Field>>, Vec<Cow<'a, str>>),
    /// A row of a table of tasks.
    Cells(Vec<Cow<'a, str>>),
    /// A line that stands across a table of either kind, between its rows.
    Across(&'a str),
}

/// The table that a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    None,
    Quotas,
    Tasks,
}

/// Which tables are tables of tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Columns {
    /// Those that say who answers for a task.
    Owned,
    /// Those too that only number the tasks.
    Any,
}

/// Says what each line is, up to the imprint (抄送) that ends a notice or what ends a page of the web.
pub(super) fn scan<'a>(lines: &'a [Line<'_>], columns: Columns, tell: &mut dyn FnMut(usize, usize)) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    let mut table = Table::None;
    let mut begun = false;
    let mut last = "";
    // Whether the task that is read has said who answers for it.
    let mut named = false;
    let mut numbered = false;
    // The last plain number.
    let mut count = 0;
    let mut task = LastTask::of(lines);
    // How many cells the head of the table has.
    let mut width = 0;
    let mut shaped = shape(lines).into_iter();
    let of = shaped.len();
    while let Some(one) = shaped.next() {
        let line = one.line;
        if shaped.len().is_multiple_of(OFTEN) {
            // Half of the work: the tasks come after.
            tell((of - shaped.len()) / 2, of);
        }
        let (cells, rows) = in_two_rows(one.what.cells(), shaped.as_slice());
        shaped.by_ref().take(rows).for_each(drop);
        let below = |task: &mut LastTask<'_>, text: &str| ends_page(text) && !task.is_below(line);
        if begun && cells.as_deref().and_then(only).is_some_and(|only| imprint(only) || below(&mut task, only)) {
            break;
        }
        if cells.as_deref().is_some_and(pairs::has_pairs) {
            parts.extend(cells.map(|cells| Part { line, kind: Kind::Row(cells) }));
            begun = true;
            continue;
        }
        let filled = cells.as_ref().map_or(0, Vec::len);
        if let Some(kind) = cells.and_then(|cells| row(cells, table, columns)) {
            if matches!(kind, Kind::Head(_) | Kind::Columns(..)) {
                width = filled;
            }
            table = if matches!(kind, Kind::Head(_) | Kind::Row(_)) { Table::Quotas } else { Table::Tasks };
            begun |= matches!(kind, Kind::Head(_) | Kind::Columns(..));
            parts.push(Part { line, kind });
            continue;
        }
        if begun && (imprint(one.printed) || below(&mut task, one.printed)) {
            if ends_page(one.printed)
                && is_owner_of_the_page(last)
                && matches!(parts.last(), Some(Part { kind: Kind::Labels(_), .. }))
            {
                parts.pop();
            }
            break;
        }
        // Who keeps the site, below a task that has said who answers for it.
        if named && begun && is_owner_of_the_page(one.printed) && !task.is_below(line) {
            if !is_surely_an_owner(one.printed, shaped.clone().map(|below| below.printed)) {
                // It may be a label of the last task: it is said that it is not read.
                parts.push(Part { line, kind: Kind::Text(one.printed.trim()) });
            }
            break;
        }
        if begun && is_furniture(one.printed) {
            continue;
        }
        if stands_across(one.printed, table) && goes_on(shaped.as_slice(), width) {
            parts.push(Part { line, kind: Kind::Across(one.printed.trim()) });
            continue;
        }
        let ended = last.trim_end().ends_with(['。', '；', ';', '）', ')'])
            || matches!(parts.last(), Some(Part { kind: Kind::Labels(_), .. }));
        last = one.printed;
        for kind in kinds(one.printed).into_iter().flatten() {
            let kind = match kind {
                // Before the first task they are lines of the page, or of the notice.
                Kind::Labels(labels) if !begun && (!owns(&labels) || !numbered && names_an_owner(one.printed)) => {
                    Kind::Text(one.printed.trim())
                }
                Kind::Text(text) if ended => match numbering::expected(text, count) {
                    Some(outline) => Kind::Numbered(outline, text),
                    None => Kind::Text(text),
                },
                kind => kind,
            };
            numbered |= matches!(kind, Kind::Numbered(..));
            if let Kind::Numbered(outline, _) = &kind
                && outline.level == PLAIN
            {
                count = outline.value;
            }
            named = match &kind {
                Kind::Labels(labels) => {
                    named || labels.iter().any(|(label, _)| matches!(label, Label::Units | Label::Lead))
                }
                _ => false,
            };
            // A heading stands between the rows of one table.
            if !matches!(kind, Kind::Numbered(..)) || table != Table::Tasks {
                table = Table::None;
            }
            begun |= match &kind {
                Kind::Labels(labels) => owns(labels),
                Kind::Text(text) | Kind::Numbered(_, text) => text.ends_with(inline::CLOSE) && says_who(text),
                _ => false,
            };
            parts.push(Part { line, kind });
        }
    }
    pairs::expand(parts)
}

/// Whether labels say who answers for a task, or when it is due; none at all stand for a task that nobody answers for.
pub(super) fn owns(labels: &[(Label, &str)]) -> bool {
    labels.is_empty() || labels.iter().any(|(label, _)| label.is_own())
}

/// How many lines are read before it is told how far it is.
pub(super) const OFTEN: usize = 4096;

/// The one cell of a row that is filled.
fn only<'a>(cells: &'a [Cow<'_, str>]) -> Option<&'a str> {
    let mut filled = cells.iter().filter(|cell| !cell.is_empty() && **cell != DITTO);
    filled.next().filter(|_| filled.next().is_none()).map(AsRef::as_ref)
}

/// Whether a line may stand across a table, between its rows: a heading of what is below it, or a note. Numbered lines in a
/// table of tasks are told apart by what stands below them.
fn stands_across(printed: &str, table: Table) -> bool {
    let text = printed.trim();
    let heads = match (table, outline(text)) {
        (Table::None, _) | (Table::Tasks, Some(_)) => false,
        (Table::Quotas, Some(outline)) => outline.level < PLAIN,
        (_, None) => true,
    };
    heads
        && (labels(text).is_empty() || (table == Table::Tasks && names_leaders(text)))
        && !furniture(text)
        && !is_half_a_label(text)
        && !["附件", "附表"].iter().any(|word| text.starts_with(word))
}

/// Whether a line is a label of leaders and no more: 牵头领导：林一舟.
fn names_leaders(text: &str) -> bool {
    matches!(labels(text).as_slice(), [(Label::Leaders, value)] if names::names_leaders(value))
}

/// Whether a table of so many columns goes on below a line: the next row, over further such lines, is one of its own.
fn goes_on(below: &[Shaped<'_>], width: usize) -> bool {
    let mut rows = below.iter().take(MOST_ACROSS).map(|one| one.what.clone().cells());
    let Some(row) = rows.find_map(|row| row) else { return false };
    let bare: Vec<&str> = row.iter().map(AsRef::as_ref).collect();
    let numbered = bare.first().is_some_and(|first| numbering::plain(first).is_some());
    (row.len() == width || (numbered && row.len() > 2 && row.len() + 1 >= width)) && !is_head_row(&bare)
}

/// So many lines stand across a table one below the other at the most.
const MOST_ACROSS: usize = 3;

/// A row, or the head that it is with the row below it; and how many further rows that takes.
fn in_two_rows<'a>(cells: Option<Vec<Cow<'a, str>>>, below: &[Shaped<'a>]) -> (Option<Vec<Cow<'a, str>>>, usize) {
    let lower = || below.first().and_then(|next| next.what.clone().cells());
    match cells.as_ref().and_then(|own| two_rows(own, &lower()?)) {
        Some(head) => (Some(head), 1),
        None => (cells, 0),
    }
}

/// A head whose cells stand in two rows, as one: `序号 工作任务 责任分工` over `牵头领导 责任单位`.
fn two_rows<'a>(upper: &[Cow<'a, str>], lower: &[Cow<'a, str>]) -> Option<Vec<Cow<'a, str>>> {
    let known = |cell: &Cow<'_, str>| field(cell).is_some() || column(cell).is_some();
    let heads = |row: &[Cow<'_, str>]| row.iter().filter(|cell| known(cell)).count();
    let numbered = lower.iter().any(|cell| cell.chars().any(|c| c.is_ascii_digit()));
    // The lower row has no number and nothing under the columns that the upper one has named for good.
    if heads(upper) < 2
        || numbered
        || lower.iter().all(|cell| cell.is_empty() || cell == DITTO)
        || upper.len() < lower.len()
        // A line of its own heads the rows below it.
        || lower.len() == 1
    {
        return None;
    }
    let long = lower.iter().any(|cell| cell.chars().count() > 12);
    let merged: Vec<Cow<'a, str>> = (0..upper.len())
        .map(|at| {
            let of = |row: &[Cow<'a, str>]| row.get(at).cloned().unwrap_or_default();
            let below = of(lower);
            if below.is_empty() || below == DITTO { of(upper) } else { below }
        })
        .collect();
    let bare: Vec<&str> = merged.iter().map(AsRef::as_ref).collect();
    let more = heads(&merged) > heads(upper) || (heads(lower) >= 1 && heads(&merged) >= heads(upper));
    let is_head = is_quota_head(&bare) || (more && task_columns(&bare).is_some());
    (!long && is_head).then_some(merged)
}

fn says_who(text: &str) -> bool {
    inline::pieces(text).iter().any(|(_, said)| !said.is_empty())
}

/// A head is the name of an area in many places: no white space but blanks is left in it.
fn without_tabs(cell: Cow<'_, str>) -> Cow<'_, str> {
    if cell.contains('\t') { Cow::Owned(cell.replace('\t', " ")) } else { cell }
}

/// What a row of cells is in the table that it stands in; `None`: no row of a table.
fn row(cells: Vec<Cow<'_, str>>, table: Table, wanted: Columns) -> Option<Kind<'_>> {
    let bare: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
    if is_quota_head(&bare) {
        return Some(Kind::Head(cells.into_iter().map(without_tabs).collect()));
    }
    let any = || (wanted == Columns::Any).then(|| numbered_columns(&bare)).flatten();
    if let Some(columns) = task_columns(&bare).or_else(any) {
        return Some(Kind::Columns(columns, cells));
    }
    match table {
        Table::Quotas => Some(Kind::Row(cells)),
        Table::Tasks => Some(Kind::Cells(cells)),
        Table::None => None,
    }
}

/// What a line is that is no row: one thing, or a text and the labels that follow it on the same line.
fn kinds(text: &str) -> [Option<Kind<'_>>; 2] {
    if text.trim().is_empty() || furniture(text) || is_half_a_label(text.trim()) {
        return [None, None];
    }
    let own = labels(text);
    if !own.is_empty() {
        return [Some(Kind::Labels(own)), None];
    }
    match labelled(text.trim()) {
        Some((text, labels)) => [Some(words(text)), Some(Kind::Labels(labels))],
        None => [Some(words(text.trim())), None],
    }
}

fn words(text: &str) -> Kind<'_> {
    match outline(text) {
        Some(outline) => Kind::Numbered(outline, text),
        None => Kind::Text(text),
    }
}

/// A text whose labels follow it without a line of their own: `办学3所。责任单位：市教育局`. They must name somebody: a sentence
/// may begin like a label.
fn labelled(text: &str) -> Option<(&str, Vec<(Label, &str)>)> {
    let mut before = ' ';
    let mut depth = 0_usize;
    let mut looked = 0;
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' | '[' => depth += 1,
            '）' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let may = "。；;.！".contains(before) || (before.is_whitespace() && at > 0);
        before = c;
        if !may || depth > 0 || c.is_whitespace() {
            continue;
        }
        let (words, rest) = text.split_at_checked(at)?;
        let found = labels(rest);
        if found.is_empty() {
            continue;
        }
        looked += 1;
        if looked > MOST_LABELS {
            return None;
        }
        let named = found.iter().any(|(label, value)| match label {
            Label::Leaders | Label::Person => {
                names::leaders(value).iter().all(|name| name.chars().count() <= 4) && !value.is_empty()
            }
            Label::Units | Label::Lead | Label::Coop => names::names_units(value),
            Label::Deadline | Label::Progress | Label::Aside => false,
        });
        if named && words.chars().count() > 3 {
            return Some((words.trim(), found));
        }
    }
    None
}

/// A line has labels at no more places; what follows each is read to its end.
const MOST_LABELS: usize = 64;

/// A label that was cut off before it said anything, as at the end of a page that was not copied whole: `责任单`.
fn is_half_a_label(text: &str) -> bool {
    let labels = ["责任单位", "牵头单位", "配合单位", "牵头市领导", "牵头领导", "责任领导", "完成时限"];
    text.chars().count() >= 2 && labels.iter().any(|label| label.starts_with(text))
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
        let kinds: Vec<Kind<'_>> =
            scan(&lines, Columns::Owned, &mut |_, _| {}).into_iter().map(|part| part.kind).collect();
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
