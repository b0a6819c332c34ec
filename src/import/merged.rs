//! Merged cells: what a table prints once for several rows.

use crate::model::{Confidence, Finding};

use super::findings::{Place, note};
use super::raw_row::{self, RawRow};
use super::signs;
use super::source::DITTO;
use super::vocabulary::Column;

/// The cells of a row where those that go on from the row above hold what stands there; a merged number makes it a further row
/// of the item, and a merged amount is counted once.
pub(super) fn as_above<'a>(head: &[&str], cells: &[&'a str], above: &[&'a str]) -> Vec<&'a str> {
    let of = raw_row::kind(head);
    let same = |at: usize| match head.get(at).and_then(|head| of(head)) {
        Some(Column::Category | Column::Name | Column::Goal | Column::Measure | Column::Lead | Column::Coop) => {
            above.get(at).copied()
        }
        _ => None,
    };
    let read = |(at, cell): (usize, &&'a str)| if *cell == DITTO { same(at).unwrap_or_default() } else { *cell };
    cells.iter().enumerate().map(read).collect()
}

/// A category taken from a row below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FromBelow {
    pub(super) line: u32,
    category: String,
    from: u32,
    why: &'static str,
}

impl FromBelow {
    pub(super) fn finding(&self, place: Place<'_>) -> Finding {
        let reading = format!("事项分类：{}（印在第{}行）", self.category, self.from);
        note(place, "事项分类由下一行补入", reading, self.why.to_owned(), Confidence::Probable)
    }
}

const SAME_ITEM: &str = "同一事项的各行属于同一分类";
const PAGE_TOP: &str = "合并单元格被分页切断：文字居中印在本页的下一行；分类若从上页延续，本文件会在页首重印";

/// Fills merged cells, downwards but for categories that a page break cut. Says which were taken from below.
pub(super) fn fill(rows: &mut [RawRow]) -> Vec<FromBelow> {
    let mut notes = same_item(rows);
    notes.extend(page_tops(rows));
    let mut sound: Option<RawRow> = None;
    for at in 0..rows.len() {
        let (before, after) = rows.split_at_mut(at);
        let Some(row) = after.first_mut() else { break };
        let above = before.last().filter(|above| above.list == row.list);
        down(above, sound.as_ref().filter(|sound| sound.list == row.list), row);
        if row.signs.iter().all(|sign| !sign.shifted) {
            sound = Some(row.clone());
        }
    }
    notes
}

/// 事项分类 and 牵头单位 go on from the last row whose cells stand where they belong; 配合单位 and 事项名称 only within an item.
fn down(above: Option<&RawRow>, sound: Option<&RawRow>, row: &mut RawRow) {
    let within = above.filter(|_| row.sub > 1);
    if row.name.is_empty()
        && let Some(above) = within
    {
        row.name.clone_from(&above.name);
        if row.measure.is_empty() {
            row.measure.clone_from(&above.measure);
        }
    }
    if row.lead.is_empty()
        && row.coop.is_empty()
        && let Some(above) = within
    {
        row.coop.clone_from(&above.coop);
    }
    if let Some(sound) = sound {
        if row.category.is_empty() {
            row.category.clone_from(&sound.category);
        }
        if row.lead.is_empty() {
            row.lead.clone_from(&sound.lead);
            // What is doubtful of the cell is doubtful of every row that it holds for.
            row.signs.extend(sound.signs.iter().filter(|sign| sign.what == signs::RUN_TOGETHER).cloned());
        }
    }
}

/// The first rows of an item may have left their category to a later one, over a page break.
fn same_item(rows: &mut [RawRow]) -> Vec<FromBelow> {
    let mut notes = Vec::new();
    // From the end, so that a category goes up over any number of rows.
    for at in (1..rows.len()).rev() {
        let (before, after) = rows.split_at_mut(at);
        let (Some(row), Some(below)) = (before.last_mut(), after.first()) else { continue };
        if (row.list, row.no) == (below.list, below.no) && can_take(row, below) {
            notes.push(take(row, below, SAME_ITEM));
        }
    }
    notes.reverse();
    notes
}

/// The first rows of a page, up to the first category printed on it.
fn page_tops(rows: &mut [RawRow]) -> Vec<FromBelow> {
    let mut notes = Vec::new();
    let mut from = 0;
    while let Some(page) = rows.get(from).map(|row| row.page) {
        let len = rows.iter().skip(from).take_while(|row| row.page == page).count();
        let first_page = rows
            .get(..from)
            .and_then(<[_]>::last)
            .is_none_or(|above| rows.get(from).is_some_and(|row| row.list != above.list));
        let Some(rows) = rows.get_mut(from..from + len) else { break };
        let named = rows.iter().position(|row| !row.category.is_empty());
        if let Some((top, rest)) = named.filter(|_| !first_page).and_then(|at| rows.split_at_mut_checked(at))
            && let Some(below) = rest.first().filter(|below| below.signs.is_empty())
        {
            notes.extend(top.iter_mut().map(|row| take(row, below, PAGE_TOP)));
        }
        from += len;
    }
    notes
}

fn can_take(row: &RawRow, below: &RawRow) -> bool {
    row.category.is_empty() && !below.category.is_empty() && below.signs.is_empty()
}

fn take(row: &mut RawRow, below: &RawRow, why: &'static str) -> FromBelow {
    row.category.clone_from(&below.category);
    FromBelow { line: row.line, category: below.category.clone(), from: below.line, why }
}
