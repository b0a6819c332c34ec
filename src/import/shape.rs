//! Lines as they are meant: running text, or the cells of a table's row however the page was converted: cells parted by `|`, one
//! cell a line, or by single blanks.

use std::borrow::Cow;

use super::chapters;
use super::fit::{self, Numbered};
use super::lines::Line;
use super::names;
use super::numbering;
use super::page_end::ends_page;
use super::turned::turned;
use super::vocabulary::{Column, Field, Label, column, column_by_areas, field, is_area};

/// A line, or the cells that several lines make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shaped<'a> {
    /// Its (first) line, from 1.
    pub(super) line: u32,
    /// That line as it stands.
    pub(super) printed: &'a str,
    /// What it is.
    pub(super) what: What<'a>,
}

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What<'a> {
    /// Text, with its white space.
    Text(&'a str),
    /// A row.
    Cells(Vec<Cow<'a, str>>),
}

impl<'a> What<'a> {
    /// Its cells: those of a row, or of a text whose cells tabs part.
    pub(super) fn cells(self) -> Option<Vec<Cow<'a, str>>> {
        match self {
            Self::Cells(cells) => Some(cells),
            Self::Text(text) if text.contains('\t') => {
                Some(text.split('\t').map(|cell| Cow::Borrowed(cell.trim())).collect())
            }
            Self::Text(_) => None,
        }
    }
}

/// Cells that a head of one cell a line has at the least.
const LEAST_COLUMNS: usize = 3;
/// Headings that stand between the head of such a table and its first row, or between two rows, at the most.
const MOST_HEADINGS: usize = 2;
/// The longest name of a column that is not known, in characters.
const LONGEST_NAME: usize = 10;
/// The longest heading between two rows, in characters.
const LONGEST_HEADING: usize = 40;
/// More columns than any page has.
const MOST_COLUMNS: usize = 100;
/// More lines than one row of a table has where a cell stands on each.
const LONGEST_ROW: usize = 200;

/// Says of each line whether it is text or a row. White lines are left out.
pub(super) fn shape<'a>(lines: &'a [Line<'_>]) -> Vec<Shaped<'a>> {
    let items: Vec<(u32, &str)> =
        lines.iter().filter(|line| !line.text.trim().is_empty()).map(|line| (line.no, line.text.as_ref())).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some((line, text)) = items.get(at).copied() {
        let rest = items.get(at..).unwrap_or_default();
        if let Some(head) = stacked_head(rest, false) {
            at += stacked(rest, head, &mut out);
        } else if lone(text).and_then(field) == Some(Field::Category)
            && let Some(head) = stacked_head(rest.get(1..).unwrap_or_default(), true)
        {
            // The head of a column of merged cells: they stand between the rows, as headings, the first above the first row.
            at += 1 + stacked(rest.get(1..).unwrap_or_default(), head, &mut out);
        } else if let Some(columns) = spaced_head(text) {
            at += spaced(rest, &columns, &mut out);
        } else {
            let in_table = matches!(out.last(), Some(Shaped { what: What::Cells(_), .. }));
            if let Some(what) = piped(text, in_table) {
                out.push(Shaped { line, printed: text, what });
            }
            at += 1;
        }
    }
    turned(&out)
}

/// A line whose cells are parted by `|`; other text as it is. A single bar parts cells only below another row. `None` for the rule
/// under a Markdown head.
fn piped(text: &str, in_table: bool) -> Option<What<'_>> {
    let bars = text.matches(['|', '｜']).count();
    let ends = text.trim_end().ends_with(['|', '｜']);
    if bars < 2 && !(bars == 1 && (ends || in_table)) {
        return Some(What::Text(text));
    }
    let inner = text.trim();
    let inner = inner.strip_prefix(['|', '｜']).unwrap_or(inner);
    let inner = inner.strip_suffix(['|', '｜']).unwrap_or(inner);
    let cells: Vec<Cow<'_, str>> = inner.split(['|', '｜']).map(|cell| Cow::Borrowed(cell.trim())).collect();
    let rule = cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| "-: ".contains(c)));
    (!rule).then_some(if cells.len() > MOST_COLUMNS { What::Text(text) } else { What::Cells(cells) })
}

/// The cell that a line alone holds: without the bar at its end.
fn lone(text: &str) -> Option<&str> {
    let bare = text.trim();
    if bare.chars().all(|c| matches!(c, '|' | '｜' | ' ')) {
        return Some("");
    }
    let bare = bare.strip_suffix(['|', '｜']).map_or(bare, str::trim);
    (!bare.contains(['\t', '|', '｜'])).then_some(bare)
}

fn is_head(cell: &str) -> bool {
    field(cell).is_some() || column(cell).is_some()
}

/// How many cells the head has that begins here, one a line: 序号 first, then heads of columns or short names of areas, up to
/// the first number of a row; where a column of categories stands before them, the last line above that number is one.
fn stacked_head(items: &[(u32, &str)], category: bool) -> Option<usize> {
    let first = items.first().and_then(|(_, text)| lone(text))?;
    if field(first) != Some(Field::No) {
        return None;
    }
    let cells: Vec<&str> = items.iter().take(MOST_COLUMNS).map_while(|(_, text)| lone(text)).collect();
    let first_row = cells.iter().position(|cell| numbering::plain(cell).is_some())?;
    // Headings may stand between the head and the first row; names of areas stand among the heads of columns, never last.
    let above = cells.get(..first_row.checked_sub(usize::from(category))?)?;
    let len = above.iter().rposition(|cell| is_head(cell))? + 1;
    let head = above.get(..len)?;
    let known = head.iter().filter(|cell| is_head(cell)).count();
    let fits = head.iter().all(|cell| is_head(cell) || cell.chars().count() <= LONGEST_NAME);
    (fits && first_row - len <= MOST_HEADINGS && known >= LEAST_COLUMNS && known * 4 >= len).then_some(len)
}

/// Reads the rows under a head of one cell a line; answers how many lines they and the head are.
fn stacked<'a>(items: &[(u32, &'a str)], width: usize, out: &mut Vec<Shaped<'a>>) -> usize {
    let head: Vec<&str> = items.iter().take(width).filter_map(|(_, text)| lone(text)).collect();
    let row = |cells: Vec<Cow<'a, str>>, (line, printed)| Shaped { line, printed, what: What::Cells(cells) };
    if let Some(first) = items.first() {
        out.push(row(head.iter().map(|cell| Cow::Borrowed(*cell)).collect(), *first));
    }
    let columns: Vec<Option<Field>> = head.iter().map(|cell| field(cell)).collect();
    let text_at = columns.iter().position(|column| *column == Some(Field::Text)).unwrap_or(1);
    let by_areas = |cell: &&str| is_area(cell) || column_by_areas(cell) == Some(Column::Total);
    let divided = head.iter().any(|cell| !is_head(cell)) && head.iter().any(by_areas);
    let mut put = |lines: &[Numbered<'a>]| {
        if let [heading] = lines
            && numbering::plain(heading.1).is_none()
        {
            out.push(row(vec![Cow::Borrowed(heading.1)], *heading));
        } else if divided {
            let cells: Vec<&'a str> = lines.iter().map(|(_, cell)| *cell).collect();
            out.extend(lines.first().map(|first| row(fit(&cells, width, text_at), *first)));
        } else {
            out.extend(fit::rows(lines, &columns).into_iter().map(|(first, cells)| row(cells, first)));
        }
    };
    let mut at = width;
    let mut cells: Vec<Numbered<'a>> = Vec::new();
    let mut last: Option<u16> = None;
    while let Some((no, text)) = items.get(at).copied() {
        let Some(cell) = lone(text) else { break };
        let number = numbering::plain(cell);
        let expected = number.is_some() && last.is_none_or(|last| number == last.checked_add(1));
        let full = cells.len() >= width;
        // A number that is missing, or numbers that begin again, below a row that is whole.
        let jumps = number
            .zip(last)
            .is_some_and(|(number, last)| number == 1 || (last..last.saturating_add(50)).contains(&number));
        let expected = expected || (number.is_some() && jumps && cells.len() + 1 >= width && number != last);
        // In a table with areas numbers stand in every cell: there a row is as long as its head.
        let begins = if divided { cells.is_empty() || full } else { expected };
        let next = items.get(at + 1).and_then(|(_, text)| lone(text));
        if begins && number.is_some() {
            put(&cells);
            cells.clear();
            last = number;
        } else if !divided && heads_rows(cell, next, last) && (cells.is_empty() || is_whole(&cells, &columns, cell)) {
            put(&cells);
            put(&[(no, cell)]);
            cells.clear();
            at += 1;
            continue;
        } else if !divided && cell.is_empty() {
            at += 1;
            continue;
        } else if full && repeats(items.get(at..).unwrap_or_default(), &head) {
            at += width;
            continue;
        } else if (cells.is_empty() && last.is_none())
            || (cells.len() + 2 >= width && ends_table(cell, items.get(at + 1)))
            || cells.len() >= LONGEST_ROW
        {
            break;
        }
        cells.push((no, cell));
        at += 1;
    }
    put(&cells);
    at
}

/// Whether a line may head the rows below it: a few words, and the next row follows, or another heading.
fn heads_rows(cell: &str, next: Option<&str>, last: Option<u16>) -> bool {
    let number = next.and_then(numbering::plain);
    let follows = match last {
        Some(last) => number.is_some_and(|number| number == 1 || Some(number) == last.checked_add(1)),
        // Above the first row there may be two.
        None => true,
    };
    follows
        && (2..=LONGEST_HEADING).contains(&cell.chars().count())
        && numbering::plain(cell).is_none()
        && !cell.ends_with(['。', '；', ';', '，', ',', '、', '：', ':'])
}

/// Whether a row has all its cells without a line below it, or the line is a heading for certain.
fn is_whole(cells: &[Numbered<'_>], columns: &[Option<Field>], line: &str) -> bool {
    let heading = numbering::outline(line).is_some_and(|one| one.level < numbering::PLAIN);
    if heading || chapters::leader(line).is_some() {
        return true;
    }
    let rows = fit::rows(cells, columns);
    let filled = rows.last().is_some_and(|(_, cells)| cells.len() == columns.len());
    // Names of units and places go on with the list above them.
    let listed = names::names_units(line) || line.ends_with(['）', ')']);
    filled && !listed
}

/// Whether a line ends the table that it stands in: a heading, a title, the imprint, another head.
fn ends_table(cell: &str, next: Option<&(u32, &str)>) -> bool {
    let heading = numbering::outline(cell).is_some_and(|one| one.level < numbering::PLAIN);
    let imprint = ["抄送", "附件", "附表"].iter().any(|word| cell.starts_with(word));
    let titled = next.and_then(|(_, text)| lone(text)).is_some_and(|next| field(next) == Some(Field::No));
    let page = ends_page(cell);
    heading || imprint || titled || page || field(cell) == Some(Field::No)
}

fn repeats(items: &[(u32, &str)], head: &[&str]) -> bool {
    items.len() >= head.len() && items.iter().zip(head).all(|((_, text), cell)| lone(text) == Some(cell))
}

/// The cells of a row in as many columns as its head has: lines too many belong to the text.
fn fit<'a>(cells: &[&'a str], width: usize, text_at: usize) -> Vec<Cow<'a, str>> {
    let surplus = cells.len().saturating_sub(width);
    let mut out: Vec<Cow<'a, str>> = Vec::with_capacity(width);
    for (at, cell) in cells.iter().enumerate() {
        match out.last_mut() {
            Some(text) if at > text_at && at <= text_at + surplus => text.to_mut().push_str(cell),
            _ => out.push(Cow::Borrowed(cell)),
        }
    }
    out
}

/// The columns of a head whose cells are parted by blanks: 序号 工作任务 责任单位.
fn spaced_head(text: &str) -> Option<Vec<Field>> {
    if text.contains(['\t', '|', '｜']) {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().take(MOST_COLUMNS).collect();
    let columns: Option<Vec<Field>> = words.iter().map(|word| field(word)).collect();
    let columns = columns.filter(|columns| columns.len() >= LEAST_COLUMNS)?;
    let fine = columns.first() == Some(&Field::No)
        && columns.contains(&Field::Text)
        && columns.iter().any(|field| matches!(field, Field::Label(Label::Units | Label::Lead)));
    fine.then_some(columns)
}

/// Reads the rows under such a head; answers how many lines they and the head are.
fn spaced<'a>(items: &[(u32, &'a str)], columns: &[Field], out: &mut Vec<Shaped<'a>>) -> usize {
    let cells = |text: &'a str| text.split_whitespace().map(Cow::Borrowed).collect();
    if let Some((line, text)) = items.first() {
        out.push(Shaped { line: *line, printed: text, what: What::Cells(cells(text)) });
    }
    let text_at = columns.iter().position(|field| *field == Field::Text).unwrap_or(1);
    let mut at = 1;
    for (line, text) in items.iter().skip(1) {
        let words: Vec<&'a str> = text.split_whitespace().collect();
        let numbered = words.first().is_some_and(|word| numbering::plain(word).is_some());
        let again = spaced_head(text).is_some();
        if again || words.len() < columns.len() || !numbered {
            // The rest of a text that a page's width broke, when it looks like nothing else.
            let goes_on = !again && numbering::outline(text).is_none() && !text.contains(['：', ':']) && at > 1;
            match out.last_mut() {
                Some(Shaped { what: What::Cells(cells), .. }) if goes_on && words.len() == 1 => {
                    if let Some(last) = cells.last_mut() {
                        last.to_mut().push_str(text.trim());
                    }
                }
                _ if again => {}
                _ => break,
            }
            at += 1;
            continue;
        }
        out.push(Shaped { line: *line, printed: text, what: What::Cells(spread(&words, columns.len(), text_at)) });
        at += 1;
    }
    at
}

/// Words in columns: those too many belong to the text.
fn spread<'a>(words: &[&'a str], width: usize, text_at: usize) -> Vec<Cow<'a, str>> {
    let surplus = words.len().saturating_sub(width);
    let mut out: Vec<Cow<'a, str>> = Vec::with_capacity(width);
    for (at, word) in words.iter().enumerate() {
        match out.last_mut() {
            Some(text) if at > text_at && at <= text_at + surplus => {
                text.to_mut().push(' ');
                text.to_mut().push_str(word);
            }
            _ => out.push(Cow::Borrowed(word)),
        }
    }
    out
}

/// Whether a row of cells is the head of a table of quotas: its number, the city's total and who leads are named, or several
/// areas beside a name and a total or who leads.
pub(super) fn is_quota_head(cells: &[&str]) -> bool {
    let has = |of: fn(&str) -> Option<Column>, wanted| cells.iter().any(|cell| of(cell) == Some(wanted));
    let strict = || [Column::No, Column::Name, Column::Total, Column::Lead].iter().all(|wanted| has(column, *wanted));
    let by_areas = || {
        cells.iter().filter(|cell| is_area(cell)).count() >= 2
            && has(column_by_areas, Column::Name)
            && (has(column_by_areas, Column::Total) || has(column_by_areas, Column::Lead))
    };
    cells.len() <= MOST_COLUMNS && (strict() || by_areas())
}

/// Whether a row of cells is the head of a table of either kind.
pub(super) fn is_head_row(cells: &[&str]) -> bool {
    is_quota_head(cells) || task_columns(cells).is_some()
}

/// What the columns of a table of tasks hold, where a row of cells is the head of one: a text, and who answers for it.
pub(super) fn task_columns(cells: &[&str]) -> Option<Vec<Option<Field>>> {
    if cells.len() > MOST_COLUMNS {
        return None;
    }
    let columns: Vec<Option<Field>> = cells.iter().map(|cell| field(cell)).collect();
    let known = columns.iter().flatten().count();
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let has_text = columns.contains(&Some(Field::Text));
    let has_units = columns.iter().any(|field| matches!(field, Some(Field::Label(Label::Units | Label::Lead))));
    // Beside a number and how far it is, the text itself may say who answers for it.
    let has_progress = columns.contains(&Some(Field::No)) && columns.contains(&Some(Field::Progress));
    // Beside those, a table may have a column for each quarter or month.
    let areas = cells.iter().any(|cell| is_area(cell));
    let enough = known * 2 > filled || (!areas && known >= 4 && has_units && columns.first() == Some(&Some(Field::No)));
    (has_text && (has_units || has_progress) && enough).then_some(columns)
}

/// The columns of a table that numbers tasks and says of none who answers for it: all its heads are known.
pub(super) fn numbered_columns(cells: &[&str]) -> Option<Vec<Option<Field>>> {
    let columns: Vec<Option<Field>> = cells.iter().take(MOST_COLUMNS).map(|cell| field(cell)).collect();
    let known = columns.iter().flatten().count();
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let numbered = columns.contains(&Some(Field::No)) && columns.contains(&Some(Field::Text));
    (numbered && known == filled && known >= LEAST_COLUMNS).then_some(columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::lines;

    fn read(text: &str) -> Vec<(u32, Vec<String>)> {
        let lines = lines(text);
        let own = |what: &What<'_>| match what {
            What::Text(text) => vec![format!("“{text}”")],
            What::Cells(cells) => cells.iter().map(|cell| cell.clone().into_owned()).collect(),
        };
        shape(&lines).iter().map(|one| (one.line, own(&one.what))).collect()
    }

    fn cells(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn one_cell_a_line_is_put_together_by_the_numbers() {
        let text = "清单\n序号\n\n主 要 工 作 任 务\n\n责任单位\n\n1\n\n办学3所，\n新增学位。\n\n市教育局\n\n2\n修路。\n市交通局\n\
                    一、后面\n抄送：某";
        assert_eq!(
            read(text),
            [
                cells(1, &["“清单”"]),
                cells(2, &["序号", "主 要 工 作 任 务", "责任单位"]),
                cells(8, &["1", "办学3所，新增学位。", "市教育局"]),
                cells(15, &["2", "修路。", "市交通局"]),
                cells(18, &["“一、后面”"]),
                cells(19, &["“抄送：某”"]),
            ]
        );
    }

    #[test]
    fn one_cell_a_line_with_areas_is_as_long_as_its_head() {
        let text = "序号 |\n事项名称 |\n全市任务 |\n东区 |\n西县 |\n牵头单位 |\n1 |\n办学 |\n3 |\n1 |\n2 |\n市教育局 |\n2 |\n修路 |\n\
                    | \n0 |\n2 |\n市交通局 |\n";
        let read = read(text);
        assert_eq!(read[1], cells(7, &["1", "办学", "3", "1", "2", "市教育局"]));
        assert_eq!(read[2], cells(13, &["2", "修路", "", "0", "2", "市交通局"]));
    }

    #[test]
    fn bars_and_blanks_part_cells() {
        assert_eq!(read("1 | 办学 | 市教育局 |"), [cells(1, &["1", "办学", "市教育局"])]);
        assert_eq!(read("|序号|任务|\n|---|:--|\n|1||"), [cells(1, &["序号", "任务"]), cells(3, &["1", ""])]);
        assert_eq!(read("甲|乙"), [cells(1, &["“甲|乙”"])]);
        let text = "序号 工作任务 责任单位 完成时限\n1 办学 3 所 市教育局 6月底\n2 修路 市交通局 全年\n抄送：某";
        assert_eq!(
            read(text),
            [
                cells(1, &["序号", "工作任务", "责任单位", "完成时限"]),
                cells(2, &["1", "办学 3 所", "市教育局", "6月底"]),
                cells(3, &["2", "修路", "市交通局", "全年"]),
                cells(4, &["“抄送：某”"]),
            ]
        );
    }
}
