//! Puts the lines of a row under its columns, where each cell, or each line of a cell, stands on a line of its own: by what the
//! lines are. A sentence is the task, names are units, a month is the deadline.

use std::borrow::Cow;

use super::deadline::is_deadline;
use super::names;
use super::numbering;
use super::vocabulary::{Field, Label};

/// How badly a line stands under a column, and how badly columns are left empty or hold several lines. Only their order matters.
const WRONG: u32 = 70;
const EMPTY: u32 = 30;
const APPENDED: u32 = 8;
/// A row without its task.
const NO_TEXT: u32 = 150;
/// A further row of the same item.
const FURTHER: u32 = 40;

/// A line with its number.
pub(super) type Numbered<'a> = (u32, &'a str);

/// The rows that the lines of an item make: one, or several under one number. Each with the line that it begins on.
pub(super) fn rows<'a>(lines: &[Numbered<'a>], columns: &[Option<Field>]) -> Vec<(Numbered<'a>, Vec<Cow<'a, str>>)> {
    let text_at = columns.iter().position(|column| *column == Some(Field::Text)).unwrap_or(1);
    let mut out: Vec<(Numbered<'a>, Vec<Cow<'a, str>>)> = Vec::new();
    for ((line, text), step) in lines.iter().zip(places(lines, columns, text_at)) {
        if step.begins || out.is_empty() {
            out.push(((*line, text), vec![Cow::Borrowed(""); columns.len()]));
        }
        let Some(cell) = out.last_mut().and_then(|(_, cells)| cells.get_mut(step.column)) else { continue };
        if cell.is_empty() {
            *cell = Cow::Borrowed(text);
        } else {
            let units = matches!(columns.get(step.column), Some(Some(Field::Label(_))));
            // Brackets on a line of their own belong to the name above them.
            let bracketed = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
            let listed =
                bracketed || cell.ends_with(['、', '，', ',', '（', '(']) || text.starts_with(['、', '，', '）', ')']);
            if units && !listed {
                cell.to_mut().push('、');
            }
            cell.to_mut().push_str(text);
        }
    }
    // Cells that are missing at the end of a row are missing, not empty.
    for (_, cells) in &mut out {
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        cells.truncate(filled);
    }
    out
}

/// Where a line goes.
#[derive(Debug, Clone, Copy)]
struct Step {
    column: usize,
    /// It begins a further row.
    begins: bool,
}

/// The cheapest way to give each line a column, from left to right, perhaps over several rows.
fn places(lines: &[Numbered<'_>], columns: &[Option<Field>], text_at: usize) -> Vec<Step> {
    let width = columns.len();
    // For each line and column: the least cost, and the column before with whether a row begins.
    let mut table: Vec<Vec<(u32, usize, bool)>> = Vec::with_capacity(lines.len());
    for (at, (_, text)) in lines.iter().enumerate() {
        let before = table.last();
        let costs = (0..width).map(|column| {
            let own = cost(columns.get(column).copied().flatten(), text);
            let Some(before) = before else {
                // The first line is the item's number.
                return (if at == 0 && column == 0 { 0 } else { WRONG * 4 + own }, 0, false);
            };
            let from = |from: usize| before.get(from).map_or(u32::MAX / 2, |(cost, ..)| *cost);
            let skipped = |a: usize, b: usize| {
                let over = columns.iter().enumerate().take(b).skip(a + 1);
                over.map(|(at, _)| if at == text_at { NO_TEXT } else { EMPTY }).sum::<u32>()
            };
            // A task is rather whole than how far it is.
            let more = if columns.get(column) == Some(&Some(Field::Text)) { 2 * APPENDED } else { APPENDED };
            // Brackets on a line of their own begin no cell.
            let begins = if bracketed(text) { WRONG } else { 0 };
            let mut best = (from(column).saturating_add(if begins > 0 { 0 } else { more }), column, false);
            for earlier in 0..column {
                let cost = from(earlier).saturating_add(skipped(earlier, column) + begins);
                if cost <= best.0 {
                    best = (cost, earlier, false);
                }
            }
            if column == text_at {
                for last in text_at..width {
                    let cost = from(last).saturating_add(FURTHER + skipped(last, width) / 3);
                    if cost < best.0 {
                        best = (cost, last, true);
                    }
                }
            }
            (best.0.saturating_add(own), best.1, best.2)
        });
        let costs: Vec<(u32, usize, bool)> = costs.collect();
        table.push(costs);
    }
    let ends = table.last().map(Vec::as_slice).unwrap_or_default().iter().enumerate();
    let end = ends.min_by_key(|(column, (cost, ..))| {
        cost.saturating_add(u32::try_from(width.saturating_sub(column + 1)).unwrap_or(0) * EMPTY / 2)
    });
    let mut column = end.map_or(0, |(column, _)| column);
    let mut steps: Vec<Step> = table
        .iter()
        .rev()
        .map(|row| {
            let (_, before, begins) = row.get(column).copied().unwrap_or_default();
            let step = Step { column, begins };
            column = before;
            step
        })
        .collect();
    steps.reverse();
    steps
}

/// Brackets on a line of their own: they belong to the name above them.
fn bracketed(text: &str) -> bool {
    text.starts_with(['（', '(']) && text.ends_with(['）', ')'])
}

/// How badly a line stands under a column.
fn cost(field: Option<Field>, text: &str) -> u32 {
    let len = text.chars().count();
    let none = matches!(text, "/" | "／" | "—" | "-" | "无");
    let sentence = text.ends_with(['。', '；', ';', '，', '！']);
    let is_units = names::is_units(text) || (names::is_group(text) && !sentence);
    let fits = |yes: bool| if yes { 0 } else { WRONG };
    match field {
        Some(Field::No) => fits(numbering::plain(text).is_some()),
        Some(Field::Text) if numbering::plain(text).is_some() || none => WRONG,
        Some(Field::Text) if sentence => 0,
        Some(Field::Text) if is_units || names::names_leaders(text) => WRONG - 10,
        Some(Field::Text) if is_deadline(text) => WRONG - 20,
        Some(Field::Text) => u32::from(len < 8) * 15,
        Some(Field::Label(_)) if none => 0,
        Some(Field::Label(Label::Leaders | Label::Person)) => fits(names::names_leaders(text)),
        Some(Field::Label(Label::Deadline)) => fits(is_deadline(text)),
        Some(Field::Label(Label::Units | Label::Lead | Label::Coop)) => {
            if is_units || (names::names_units(text) && !text.ends_with('。')) {
                0
            } else {
                // A unit whose name says nothing (巨化集团): a few characters.
                if len <= 12 && !sentence && !is_deadline(text) { 20 } else { WRONG }
            }
        }
        Some(Field::Category) => {
            if len <= 14 && !sentence {
                10
            } else {
                WRONG
            }
        }
        Some(Field::Progress) => u32::from(is_units) * WRONG + 2,
        Some(Field::Remark | Field::Label(Label::Progress | Label::Aside)) | None => 30,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(lines: &[&str], columns: &[Field]) -> Vec<String> {
        let lines: Vec<(u32, &str)> = (1..).zip(lines.iter().copied()).collect();
        let columns: Vec<Option<Field>> = columns.iter().copied().map(Some).collect();
        rows(&lines, &columns).into_iter().map(|((line, _), cells)| format!("{line} {}", cells.join("|"))).collect()
    }

    #[test]
    fn lines_find_their_columns_by_what_they_are() {
        let columns = [Field::No, Field::Text, Field::Label(Label::Units), Field::Label(Label::Deadline)];
        assert_eq!(put(&["1", "修桥2座。", "县住建局", "9月底前"], &columns), ["1 1|修桥2座。|县住建局|9月底前"]);
        assert_eq!(
            put(&["1", "建湿地公园，", "绿道3公里。", "县水务局", "县住建局", "12月底前"], &columns),
            ["1 1|建湿地公园，绿道3公里。|县水务局、县住建局|12月底前"]
        );
        assert_eq!(
            put(&["5", "建养护楼。", "县民政局", "5月底前动工", "建老年大学。", "12月底前"], &columns),
            ["1 5|建养护楼。|县民政局|5月底前动工", "5 |建老年大学。||12月底前"]
        );
        let columns = [Field::No, Field::Text, Field::Label(Label::Leaders), Field::Label(Label::Lead)];
        assert_eq!(put(&["7", "办学", "陆 明俞 悦", "县教育局"], &columns), ["1 7|办学|陆 明俞 悦|县教育局"]);
        assert_eq!(
            put(&["7", "办学。", "俞悦", "县教育局", "(县体育局)"], &columns),
            ["1 7|办学。|俞悦|县教育局(县体育局)"]
        );
        let columns = [Field::No, Field::Text, Field::Progress, Field::Label(Label::Units)];
        assert_eq!(
            put(&["2", "落地率50%以上。", "投资下降12.7%。", "总投资882亿元。", "市发改委"], &columns),
            ["1 2|落地率50%以上。|投资下降12.7%。总投资882亿元。|市发改委"]
        );
        let columns = [Field::No, Field::Text, Field::Label(Label::Leaders), Field::Label(Label::Lead)];
        assert_eq!(put(&["8", "扶持巨石集团", "县国资委"], &columns), ["1 8|扶持巨石集团||县国资委"]);
    }
}
