//! How a row whose cells do not stand where they belong may have been meant: its cells put under the columns by kind, the likeliest
//! first. A person looks at the page and says which; none is applied by itself.

use std::collections::HashSet;

use rust_decimal::Decimal;

use crate::model::{Alternative, Fix, ItemKey, Quota, QuotaRow};

use super::cells::Cell;
use super::names;
use super::numbering;
use super::raw_row::RawRow;
use super::vocabulary::is_measure;

/// More cells too many or too few than this are no slip.
const MOST_SHIFTED: usize = 3;
/// More ways to place the cells than this are not looked at.
const MOST_WAYS: usize = 2000;
/// More readings than this are not offered.
const MOST_OFFERED: usize = 3;

/// The readings of a row with signs, the likeliest first: those whose areas add up to the total.
pub(super) fn of(row: &RawRow, key: ItemKey) -> Vec<Alternative> {
    let literal = row.build(key);
    let mut seen = HashSet::new();
    let mut found: Vec<(u8, Alternative)> = candidates(row)
        .into_iter()
        .filter_map(|candidate| {
            let built = candidate.build(key);
            let fix = difference(&literal, &built);
            let reading = told(&built);
            let new = fix != Fix::default() && seen.insert(reading.clone());
            let (rank, why) = arithmetic(&built);
            new.then_some((rank, Alternative { reading, why, fix }))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    let best = found.first().map_or(0, |(rank, _)| *rank);
    // Many ways that all fail to add up are no readings but guesses.
    let shown: Vec<(u8, Alternative)> = found.into_iter().filter(|(rank, _)| *rank == best).collect();
    let more = shown.len().saturating_sub(MOST_OFFERED);
    if best == OFF && shown.len() > 1 {
        return Vec::new();
    }
    let mut offered: Vec<Alternative> = shown.into_iter().take(MOST_OFFERED).map(|(_, one)| one).collect();
    if let Some(last) = offered.last_mut().filter(|_| more > 0) {
        last.why = format!("{}；还有 {more} 种放法同样合得上，请对照原文", last.why);
    }
    offered
}

/// The areas add up to the total.
const ADDS_UP: u8 = 0;
/// There is nothing to add up.
const NO_SUM: u8 = 1;
/// They do not.
const OFF: u8 = 2;

/// How well a reading adds up, and the arithmetic in words.
fn arithmetic(row: &QuotaRow) -> (u8, String) {
    let amounts: Vec<Decimal> = row.areas.iter().filter_map(|area| area.quota.amount()).collect();
    let terms: Vec<String> =
        amounts.iter().filter(|one| !one.is_zero()).map(|one| one.normalize().to_string()).collect();
    match row.sum_check() {
        Some(check) if check.agrees() => (ADDS_UP, format!("{}＝全市 {}", terms.join("＋"), shown(&row.total))),
        Some(check) => (OFF, format!("各地合计 {}，全市 {}，不相等", check.sum.normalize(), shown(&row.total))),
        None => (NO_SUM, "按各格内容的种类放回各栏，没有合计可核对".to_owned()),
    }
}

/// A reading in words: what is not nothing.
fn told(row: &QuotaRow) -> String {
    let areas: Vec<String> = row
        .areas
        .iter()
        .filter(|area| {
            !matches!(area.quota, Quota::NoTask | Quota::NotAssigned | Quota::Blank)
                && area.quota.amount() != Some(Decimal::ZERO)
        })
        .map(|area| format!("{}{}", area.area, shown(&area.quota)))
        .collect();
    let areas = if areas.is_empty() { "空".to_owned() } else { areas.join("、") };
    let units = |units: &[std::sync::Arc<str>]| if units.is_empty() { "无".to_owned() } else { units.join("、") };
    format!(
        "{}；全市：{}；各地：{areas}；牵头单位：{}；配合单位：{}",
        row.name,
        shown(&row.total),
        units(&row.lead_units),
        units(&row.coop_units)
    )
}

fn shown(quota: &Quota) -> String {
    match quota {
        Quota::Amount(amount, _) => amount.normalize().to_string(),
        Quota::Percent(percent, least) => format!("{}{}%", if *least { "≥" } else { "" }, percent.normalize()),
        Quota::Text(text) => text.clone(),
        Quota::NoTask => "无任务".to_owned(),
        Quota::NotAssigned => "/".to_owned(),
        Quota::Blank => "空".to_owned(),
    }
}

/// What a reading changes of the literal one.
fn difference(literal: &QuotaRow, read: &QuotaRow) -> Fix {
    fn changed<T: PartialEq + Clone>(was: &T, is: &T) -> Option<T> {
        (was != is).then(|| is.clone())
    }
    Fix {
        areas: changed(&literal.areas, &read.areas),
        lead_units: changed(&literal.lead_units, &read.lead_units),
        coop_units: changed(&literal.coop_units, &read.coop_units),
        total: changed(&literal.total, &read.total),
        text: changed(&literal.name, &read.name),
        ..Fix::default()
    }
}

/// The row with its cells placed in every likely way.
fn candidates(row: &RawRow) -> Vec<RawRow> {
    let cells: Vec<&str> = row.cells.split('\t').map(str::trim).collect();
    let is_quota = |cell: &str| !cell.is_empty() && Cell::read(cell).is_quota();
    let is_text =
        |cell: &str| !cell.is_empty() && !Cell::read(cell).is_quota() && !names::is_units(cell) && !is_measure(cell);
    // The name is the last text before the run of figures; a number at the beginning is the row's own.
    let own_number = cells.first().is_some_and(|cell| numbering::plain(cell).is_some());
    let Some(name) = cells.iter().skip(usize::from(own_number)).position(|cell| is_quota(cell)) else {
        return Vec::new();
    };
    let first = name + usize::from(own_number);
    let Some(title) = cells.get(..first).and_then(|before| before.iter().rev().find(|cell| is_text(cell))) else {
        return Vec::new();
    };
    let rest = cells.get(first..).unwrap_or_default();
    let figures: Vec<&str> = rest.iter().take_while(|cell| is_quota(cell)).copied().collect();
    let tail = rest.get(figures.len()..).unwrap_or_default();
    let units: Vec<&str> = tail.iter().filter(|cell| !cell.is_empty()).copied().collect();
    if !units.iter().all(|cell| names::is_units(cell)) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for placed in placed(&figures, row.areas.len() + usize::from(!row.without_total)) {
        for (lead, coop) in responsible(&units) {
            let mut candidate = row.clone();
            if !is_text(&row.name) && row.goal.is_none() {
                (*title).clone_into(&mut candidate.name);
            }
            let mut placed = placed.iter();
            if !row.without_total {
                placed.next().copied().unwrap_or_default().clone_into(&mut candidate.total);
            }
            for ((_, cell), read) in candidate.areas.iter_mut().zip(placed) {
                (*read).clone_into(cell);
            }
            (candidate.lead, candidate.coop) = (lead, coop);
            out.push(candidate.clone());
            // The total printed without the scale that its areas have.
            if let Cell::Amount(_, false, _) = Cell::read(&candidate.total)
                && candidate.areas.iter().any(|(_, cell)| matches!(Cell::read(cell), Cell::Amount(_, true, _)))
            {
                candidate.total.push('万');
                out.push(candidate);
            }
        }
    }
    out
}

/// Lead and supporting units of the cells behind the figures: a cell each; in one cell, the first leads.
fn responsible(units: &[&str]) -> Vec<(String, String)> {
    match units {
        [] => vec![(String::new(), String::new())],
        [both] => {
            let several = names::cell_units(both);
            let rest: Vec<String> = several.iter().skip(1).map(ToString::to_string).collect();
            let first = several.first().map(ToString::to_string).unwrap_or_default();
            vec![(first, rest.join(" "))]
        }
        [lead, coop @ ..] => vec![((*lead).to_owned(), coop.join(" "))],
    }
}

/// The figures under `columns` columns: as they are where they are as many; else without some that may be double (nothing, or what
/// stands beside it too), or with some left open.
fn placed<'a>(figures: &[&'a str], columns: usize) -> Vec<Vec<&'a str>> {
    let surplus = figures.len().saturating_sub(columns);
    let lacking = columns.saturating_sub(figures.len());
    if surplus.max(lacking) > MOST_SHIFTED {
        return Vec::new();
    }
    let mut ways = vec![figures.to_vec()];
    for _ in 0..surplus {
        ways = each(&ways, |way| {
            let double = |at: &usize| {
                let cell = way.get(*at);
                let nothing = cell.is_some_and(|cell| matches!(*cell, "0" | "/" | "-" | "—"));
                nothing || at.checked_sub(1).and_then(|before| way.get(before)) == cell
            };
            (1..way.len()).filter(double).map(|at| without(way, at)).collect()
        });
    }
    for _ in 0..lacking {
        ways = each(&ways, |way| (0..=way.len()).map(|at| with_gap(way, at)).collect());
    }
    ways
}

fn each<'a>(ways: &[Vec<&'a str>], next: impl Fn(&[&'a str]) -> Vec<Vec<&'a str>>) -> Vec<Vec<&'a str>> {
    let mut seen = HashSet::new();
    ways.iter().flat_map(|way| next(way)).filter(|way| seen.insert(way.clone())).take(MOST_WAYS).collect()
}

fn without<'a>(way: &[&'a str], at: usize) -> Vec<&'a str> {
    way.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, cell)| *cell).collect()
}

fn with_gap<'a>(way: &[&'a str], at: usize) -> Vec<&'a str> {
    let (before, after) = way.split_at(at.min(way.len()));
    before.iter().chain(&[""]).chain(after).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    /// A row of three areas as printed, its cells parted by `|`.
    fn row(printed: &str) -> RawRow {
        let areas = ["东溪区", "西溪县", "南溪县"].map(|area| (Arc::from(area), String::new()));
        RawRow { cells: printed.replace('|', "\t"), areas: areas.to_vec(), no: 1, sub: 1, ..RawRow::default() }
    }

    fn readings(printed: &str) -> Vec<String> {
        let key = ItemKey::row(crate::model::ListCode::PROVINCE, 1, 1);
        of(&row(printed), key).into_iter().map(|one| one.reading).collect()
    }

    #[test]
    fn a_row_without_its_first_cells_is_put_back() {
        let read = readings("新建幼儿园|6|1|2|3|市教育局|市财政局||");
        assert_eq!(
            read,
            ["新建幼儿园；全市：6；各地：东溪区1、西溪县2、南溪县3；牵头单位：市教育局；配合单位：市财政局"]
        );
    }

    #[test]
    fn of_a_cell_too_many_each_place_is_offered_that_adds_up_and_none_that_does_not() {
        let read = readings("1|教育|新建幼儿园|5|0|0|2|3|市教育局");
        assert_eq!(read.len(), 1, "only a nothing is taken away: {read:?}");
        assert!(read[0].contains("西溪县2、南溪县3"), "{read:?}");
        let read = readings("1|教育|新建幼儿园|5|0|5|0|0|市教育局");
        assert_eq!(read.len(), 2, "{read:?}");
        assert!(read[0].contains("东溪区5") && read[1].contains("西溪县5"), "{read:?}");
        assert_eq!(
            readings("1|教育|新建幼儿园|9|0|0|2|3|市教育局|市财政局").len(),
            1,
            "one way alone is offered, with its sum"
        );
        assert!(readings("1|教育|新建幼儿园|9|0|5|0|0|市教育局").is_empty(), "guesses that do not add up");
    }

    #[test]
    fn a_cell_too_few_is_looked_for_by_the_sum_and_many_are_not_looked_for() {
        let read = readings("1|教育|新建幼儿园|5|2|3|市教育局");
        assert_eq!(read.len(), 3, "{read:?}");
        assert!(readings("1|教育|新建幼儿园|5|市教育局").len() <= 3);
        assert!(readings(&format!("1|教育|新建幼儿园|5{}|市教育局", "|0".repeat(30))).is_empty());
        assert!(readings("").is_empty());
        assert!(readings("|||||").is_empty());
    }
}
