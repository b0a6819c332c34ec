//! Quota tables: rows of cells under a head that names the areas, page by page.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::{Finding, ItemKey, List, ListCode, ListKind, QuotaRow};

use super::chapters::{self, Across, MAY_HEAD, NO_HEAD};
use super::corrections::Corrections;
use super::findings::{Place, doubt};
use super::lists::joined;
use super::merged;
use super::numbering::{self, PLAIN};
use super::raw_row::{self, RawRow, areas, place};
use super::repairs;
use super::scan::{Kind, Part};
use super::settled;
use super::signs;
use super::source::DITTO;
use super::unreadable::{Cause, Unreadable};
use super::vocabulary::{AS_ABOVE, Column, SUMS};

/// What was read of the tables.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) lists: Vec<List>,
    pub(super) areas: Vec<Arc<str>>,
    pub(super) rows: Vec<QuotaRow>,
    pub(super) findings: Vec<Finding>,
}

/// Reads the quota tables of a notice.
///
/// # Errors
/// When there are more lists than letters, or a correction speaks of a row that is none.
pub(super) fn tables(parts: &[Part<'_>], file: &str, corrections: &Corrections) -> Result<Tables, Unreadable> {
    let mut out = Tables::default();
    let mut rows = collect(parts, &mut out)?;
    for row in &mut rows {
        row.signs = signs::of(row);
    }
    correct(&mut rows, file, corrections)?;
    let notes = merged::fill(&mut rows);
    for row in &rows {
        let list = out.lists.get(row.list).map(|list| list.code);
        let key = list.map(|code| ItemKey::row(code, row.no, row.sub));
        if let Some(first) = row.signs.first() {
            let place = Place { line: row.line, item: key, printed: &row.printed };
            let why: Vec<String> = row.signs.iter().map(|sign| format!("{}：{}", sign.what, sign.why)).collect();
            let mut finding = doubt(place, first.what, why.join("；"));
            if let Some(key) = key {
                finding.alternatives.splice(0..0, repairs::of(row, key));
            }
            out.findings.push(finding);
        }
        if let Some(key) = key {
            out.rows.push(row.build(key));
        }
    }
    let places: HashMap<u32, (&RawRow, ItemKey)> =
        rows.iter().zip(&out.rows).map(|(raw, row)| (row.line, (raw, row.key))).collect();
    for note in notes {
        if let Some((raw, key)) = places.get(&note.line) {
            let place = Place { line: note.line, item: Some(*key), printed: &raw.printed };
            out.findings.push(note.finding(place));
        }
    }
    out.findings.extend(settled::findings(&rows, &out.rows, corrections));
    out.findings.extend(settled::stale(&rows, &out.rows, corrections));
    Ok(out)
}

/// Puts the cells as the corrections read them, which settles the signs of their rows.
fn correct(rows: &mut [RawRow], file: &str, corrections: &Corrections) -> Result<(), Unreadable> {
    for correction in corrections.lines.iter().filter(|correction| correction.is_about_a_row()) {
        let bad = |why: &str| {
            let what = Cause::BadCorrections { file: file.to_owned(), why: why.to_owned() };
            Unreadable::at(correction.line, None, what)
        };
        let row = rows.iter_mut().find(|row| row.line == correction.line);
        let row = row.ok_or_else(|| bad("the line is not a row of a table"))?;
        let cells = correction.cells();
        let choices = correction.alternatives.iter().filter_map(|choice| choice.areas.as_ref());
        if cells.areas.iter().chain(choices).any(|areas| areas.len() != row.areas.len()) {
            return Err(bad("`areas` has not as many cells as the table has areas"));
        }
        row.put(&cells);
        row.signs.clear();
    }
    // A row whose correction is stale has one doubt: that one.
    for (correction, _) in corrections.stale.iter().filter(|(correction, _)| correction.is_about_a_row()) {
        rows.iter_mut().filter(|row| row.line == correction.line).for_each(|row| row.signs.clear());
    }
    Ok(())
}

/// Puts every row's cells under their columns.
fn collect(parts: &[Part<'_>], out: &mut Tables) -> Result<Vec<RawRow>, Unreadable> {
    let mut rows: Vec<RawRow> = Vec::new();
    let mut head: Vec<&str> = Vec::new();
    let mut seen = HashMap::new();
    let mut page = 0;
    let mut title: Option<&str> = None;
    // What the last line across the table says, and the cells of the row above.
    let mut section = "";
    let mut above: Vec<&str> = Vec::new();
    let mut within = false;
    // The heads of columns that are not read, until it was said.
    let mut unread: Vec<(usize, &str)> = Vec::new();
    let mut told: HashSet<&str> = HashSet::new();
    for part in parts {
        within = matches!(part.kind, Kind::Head(_) | Kind::Row(_)) || (within && matches!(part.kind, Kind::Across(_)));
        match &part.kind {
            Kind::Across(text) => {
                title = None;
                let is = chapters::across(text);
                if within && SUMS.contains(&joined(text).as_str()) {
                    out.findings.push(sums(part.line, &[text]));
                    continue;
                }
                if within && is != Across::Note {
                    section = text;
                }
                out.findings.extend(doubt_across(part.line, text, is).filter(|_| within));
            }
            Kind::Text(text) => title = Some(text),
            Kind::Numbered(outline, text) if outline.level < PLAIN => title = Some(text),
            Kind::Numbered(..) | Kind::Labels(_) | Kind::Columns(..) | Kind::Cells(_) => title = None,
            Kind::Head(cells) => {
                page += 1;
                above.clear();
                if title.is_some() {
                    section = "";
                }
                head = cells.iter().map(AsRef::as_ref).collect();
                if out.lists.is_empty() || title.is_some() {
                    let list = list(title.unwrap_or_default(), &out.lists)?;
                    out.lists.push(list);
                }
                title = None;
                unread = unread_columns(&head);
                unread.retain(|(_, head)| !told.contains(head));
                for (_, area) in areas(&head) {
                    if !out.areas.iter().any(|known| **known == *area) {
                        out.areas.push(Arc::from(area));
                    }
                }
            }
            Kind::Row(cells) => {
                let same = |cell: &'_ str| AS_ABOVE.contains(&cell.trim());
                let printed: Vec<&str> =
                    cells.iter().map(AsRef::as_ref).map(|cell| if same(cell) { DITTO } else { cell }).collect();
                if let Some(name) = category_row(&head, &printed) {
                    (section, above) = (name, printed);
                    continue;
                }
                if unread.iter().any(|(at, _)| printed.get(*at).is_some_and(|cell| !cell.is_empty() && *cell != DITTO))
                {
                    out.findings.push(not_read(part.line, &unread, &printed));
                    told.extend(unread.drain(..).map(|(_, head)| head));
                }
                if let Some(sum) = printed.iter().find(|cell| !cell.is_empty() && **cell != DITTO)
                    && SUMS.contains(&joined(sum).as_str())
                {
                    out.findings.push(sums(part.line, &printed));
                    continue;
                }
                let cells = merged::as_above(&head, &printed, &above);
                let mut row = place(&head, &cells, part.line);
                let bare: Vec<&str> = printed.iter().map(|cell| if *cell == DITTO { "" } else { cell }).collect();
                row.printed = bare.join("\t");
                section.clone_into(&mut row.section);
                (row.page, row.list) = (page, out.lists.len().saturating_sub(1));
                above = cells;
                number(&mut row, rows.last(), &mut seen)?;
                rows.push(row);
            }
        }
    }
    Ok(rows)
}

fn doubt_across(line: u32, text: &str, is: Across) -> Option<Finding> {
    let (what, why) = match is {
        Across::Heads => return None,
        Across::MayHead => ("表格里有一行暂读作标题", MAY_HEAD),
        Across::Note => ("表格里有一行没有归入任何事项", NO_HEAD),
    };
    Some(doubt(Place { line, item: None, printed: text }, what, why.to_owned()))
}

/// The columns of a head that are neither areas nor read as anything else: of other words, or a second of a kind.
fn unread_columns<'a>(head: &[&'a str]) -> Vec<(usize, &'a str)> {
    let areas = areas(head).map(|(at, _)| at);
    let read: HashSet<usize> = areas.chain(raw_row::read_columns(head).into_iter().map(|(at, _)| at)).collect();
    let filled = |head: &str| !head.is_empty() && head != DITTO && head != raw_row::LEFT;
    let all = head.iter().copied().enumerate();
    all.filter(|(at, head)| filled(head) && !read.contains(at)).collect()
}

/// What a row heads that has a number in characters and a name alone: 一 | 就业类.
fn category_row<'a>(head: &[&str], cells: &[&'a str]) -> Option<&'a str> {
    let columns = raw_row::read_columns(head);
    let at = |wanted| columns.iter().find(|(_, column)| *column == wanted).and_then(|(at, _)| cells.get(*at).copied());
    let (number, name) = (at(Column::No)?, at(Column::Name)?);
    let filled = cells.iter().filter(|cell| !cell.is_empty() && **cell != DITTO).count();
    (filled == 2 && !name.is_empty() && name != DITTO && numbering::han(number).is_some()).then_some(name)
}

/// A row that adds up those above it is none of them.
fn sums(line: u32, cells: &[&str]) -> Finding {
    let why = "这一行是合计，不是事项；没有读入，请与各行之和核对".to_owned();
    doubt(Place { line, item: None, printed: &cells.join("｜") }, "表格里有一行没有归入任何事项", why)
}

fn not_read(line: u32, unread: &[(usize, &str)], cells: &[&str]) -> Finding {
    let heads: Vec<&str> = unread.iter().map(|(_, head)| *head).collect();
    let said: Vec<&str> =
        unread.iter().filter_map(|(at, _)| cells.get(*at).copied()).filter(|cell| !cell.is_empty()).collect();
    let why =
        format!("“{}”不是事项、数目、地区或单位，或这样的栏已有一个；这张表里这些栏的内容都没有读入", heads.join("”“"));
    doubt(Place { line, item: None, printed: &said.join("\t") }, "表格里有的栏没有读入", why)
}

/// The list under a title: the province's, the city's, or a further one.
fn list(title: &str, before: &[List]) -> Result<List, Unreadable> {
    let free = |code: &ListCode| !before.iter().any(|list| list.code == *code);
    let (code, mark) = if title.contains('省') && !title.contains("省市") {
        (ListCode::PROVINCE, "省")
    } else {
        (ListCode::CITY, "市")
    };
    let (code, mark) = if free(&code) {
        (code, mark.to_owned())
    } else {
        let code = "LMNOQRS".chars().filter_map(ListCode::new).find(free);
        (code.ok_or(Unreadable::new(Cause::TooMany))?, format!("表{}-", before.len() + 1))
    };
    Ok(List { code, kind: ListKind::Livelihood, title: joined(title), mark })
}

/// Whether a row without a number goes on with the item above.
fn is_same_item(row: &RawRow, above: &RawRow) -> bool {
    let same = |row: &str, above: &str| row.is_empty() || above.is_empty() || row == above;
    (row.name.is_empty() || row.name == above.name)
        && same(&row.category, &above.category)
        && row.section == above.section
}

/// Numbers a row: an empty 序号 is a further row of the item above; in a table without that column, one that is called the same.
fn number(row: &mut RawRow, above: Option<&RawRow>, seen: &mut HashMap<(usize, u16), u16>) -> Result<(), Unreadable> {
    let above = above.filter(|above| above.list == row.list);
    let own = match &row.number {
        Some(number) => numbering::plain(number),
        None => match above {
            Some(above) if !is_same_item(row, above) => {
                Some(above.no.checked_add(1).ok_or(Unreadable::new(Cause::TooMany))?)
            }
            _ => None,
        },
    };
    row.no = own.or(above.map(|above| above.no)).unwrap_or(1);
    let times = seen.entry((row.list, row.no)).or_default();
    *times = times.checked_add(1).ok_or(Unreadable::new(Cause::TooMany))?;
    row.sub = *times;
    Ok(())
}
