//! Quotas that stand in one cell as areas with their numbers (东桥镇280 西岭乡15 …), as the rows of a table with a column for each area.

use std::borrow::Cow;

use super::names;
use super::numbering;
use super::raw_row::LEFT;
use super::scan::{Kind, Part};
use super::source::DITTO;
use super::vocabulary::AREA_ENDS;

/// The areas of a cell with their numbers as printed; `None` where it is another cell.
fn pairs(cell: &str) -> Option<Vec<(&str, &str)>> {
    let mut found = Vec::new();
    for piece in cell.split(|c: char| c.is_whitespace() || "、，,；;。".contains(c)).filter(|piece| !piece.is_empty())
    {
        found.push(pair(piece)?);
    }
    (found.len() >= 2).then_some(found)
}

/// `东桥镇280`, `西岭乡：1.5万人`.
fn pair(piece: &str) -> Option<(&str, &str)> {
    let at = piece.find(|c: char| c.is_ascii_digit())?;
    let (name, rest) = piece.split_at_checked(at)?;
    let name = name.trim_end_matches(['：', ':', '（', '(', '—', '-']);
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start_matches('万');
    let number = rest.strip_suffix(digits)?;
    let counted = digits.chars().count() <= 4 && !digits.contains(|c: char| c.is_ascii_digit());
    let area = (2..=12).contains(&name.chars().count()) && AREA_ENDS.iter().any(|end| name.ends_with(end));
    (area && counted).then_some((name, number))
}

/// Whether a row has its quotas in one cell.
pub(super) fn has_pairs(cells: &[Cow<'_, str>]) -> bool {
    cells.len() >= 3 && cells.iter().any(|cell| pairs(cell).is_some())
}

/// A row with its quotas in one cell, its cells told apart by what they are.
#[derive(Default)]
struct Found<'a> {
    number: &'a str,
    categories: Vec<&'a str>,
    name: &'a str,
    total: &'a str,
    areas: Vec<(&'a str, &'a str)>,
    lead: &'a str,
    coop: Cow<'a, str>,
    /// Cells behind the areas that are none of these.
    left: Vec<&'a str>,
}

fn find<'a>(cells: &'a [Cow<'_, str>]) -> Option<Found<'a>> {
    let at = cells.iter().position(|cell| pairs(cell).is_some())?;
    let mut found = Found { areas: pairs(cells.get(at)?)?, ..Found::default() };
    let number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || ".,万%≥".contains(c));
    let mut texts: Vec<&str> = Vec::new();
    for (place, cell) in cells.iter().enumerate().filter(|(place, _)| *place != at) {
        let cell: &str = cell.as_ref();
        if cell.is_empty() || cell == DITTO {
            continue;
        }
        if names::is_units(cell) || (place > at && lists_units(cell)) {
            if found.lead.is_empty() {
                found.lead = cell;
            } else if found.coop.is_empty() {
                found.coop = Cow::Borrowed(cell);
            } else {
                found.coop = Cow::Owned(format!("{} {cell}", found.coop));
            }
        } else if place + 1 == at && number(cell) {
            found.total = cell;
        } else if place == 0 && numbering::plain(cell).is_some() {
            found.number = cell;
        } else if place < at {
            texts.push(cell);
        } else {
            found.left.push(cell);
        }
    }
    found.name = texts.pop().unwrap_or_default();
    found.categories = texts;
    Some(found)
}

/// Whether a cell lists units, and perhaps kinds of them: 县人社局、各乡镇.
fn lists_units(cell: &str) -> bool {
    let names = names::cell_units(cell);
    !names.is_empty() && names.iter().all(|name| names::is_units(name) || names::is_group(name))
}

/// Puts every run of such rows under a head of its own that names the areas.
pub(super) fn expand<'a>(parts: Vec<Part<'a>>) -> Vec<Part<'a>> {
    let is_pairs = |part: &Part<'_>| matches!(&part.kind, Kind::Row(cells) if has_pairs(cells));
    if !parts.iter().any(is_pairs) {
        return parts;
    }
    let mut out: Vec<Part<'a>> = Vec::with_capacity(parts.len());
    let mut run: Vec<(u32, Vec<Cow<'a, str>>)> = Vec::new();
    for part in parts {
        match part.kind {
            Kind::Row(cells) if has_pairs(&cells) => run.push((part.line, cells)),
            // A head that is printed again on a further page.
            Kind::Columns(..) if !run.is_empty() => {}
            kind => {
                put(&mut run, &mut out);
                out.push(Part { line: part.line, kind });
            }
        }
    }
    put(&mut run, &mut out);
    out
}

fn put<'a>(run: &mut Vec<(u32, Vec<Cow<'a, str>>)>, out: &mut Vec<Part<'a>>) {
    let rows = std::mem::take(run);
    let found: Vec<(u32, Found<'_>)> = rows.iter().filter_map(|(line, cells)| Some((*line, find(cells)?))).collect();
    let Some((line, _)) = found.first() else { return };
    let mut areas: Vec<&str> = Vec::new();
    for (area, _) in found.iter().flat_map(|(_, row)| &row.areas) {
        if !areas.contains(area) && areas.len() < MOST_AREAS {
            areas.push(area);
        }
    }
    let own = |text: &str| Cow::Owned(text.to_owned());
    let mut head: Vec<Cow<'a, str>> = ["序号", "事项分类", "事项名称", "全市任务"].map(own).to_vec();
    head.extend(areas.iter().map(|area| own(area)));
    head.extend(["牵头单位", "配合单位"].map(own));
    // Over what is left: rows with such cells have a sign.
    let most = found.iter().map(|(_, row)| row.left.len()).max().unwrap_or_default();
    head.extend((0..most).map(|_| own(LEFT)));
    // The head of a table of tasks above is this table's.
    if matches!(out.last(), Some(Part { kind: Kind::Columns(..), .. })) {
        out.pop();
    }
    let head_len = head.len();
    out.push(Part { line: *line, kind: Kind::Head(head) });
    let numbered = found.iter().any(|(_, row)| !row.number.is_empty());
    for (at, (line, row)) in (1_u32..).zip(&found) {
        let number = if numbered { row.number.to_owned() } else { at.to_string() };
        let mut cells: Vec<Cow<'a, str>> =
            vec![Cow::Owned(number), Cow::Owned(spaceless(&row.categories)), own(row.name), own(row.total)];
        cells.extend(areas.iter().map(|area| {
            let amount = row.areas.iter().find(|(known, _)| known == area).map_or("/", |(_, amount)| amount);
            own(amount)
        }));
        cells.extend([own(row.lead), own(&row.coop)]);
        cells.extend(row.left.iter().map(|cell| own(cell)));
        cells.resize(head_len, Cow::Borrowed(""));
        out.push(Part { line: *line, kind: Kind::Row(cells) });
    }
}

/// More areas than a city has; what is beyond is not a table of quotas.
const MOST_AREAS: usize = 120;

/// 就 业 促 进 工 程 as 就业促进工程.
fn spaceless(words: &[&str]) -> String {
    words.join("/").chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_with_their_numbers_are_told_from_other_cells() {
        assert_eq!(pairs("东桥镇280 西岭乡15"), Some(vec![("东桥镇", "280"), ("西岭乡", "15")]));
        assert_eq!(pairs("东区2所、西县1.5万人；"), Some(vec![("东区", "2"), ("西县", "1.5万")]));
        for not in
            ["东桥镇280", "新建学校2所、改造3所", "2023年3月", "市教育局、市住建局", "", "东区2024年12月、西县2所"]
        {
            assert_eq!(pairs(not), None, "{not}");
        }
    }
}
