//! What a person reads in the page of an item, typed field by field: as the page would print it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::{Alternative, AreaQuota, Fix, Quota, QuotaRow, Record};

use super::deadline::{self, Due};
use super::names;
use super::raw_row::quota;

/// A part of an item that can be typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The text of a task, 事项名称 of a row.
    Text,
    /// 牵头领导 of a task.
    Leaders,
    /// 牵头单位.
    Lead,
    /// 配合单位.
    Coop,
    /// 完成时限 of a task.
    Deadline,
    /// 全市任务 of a row.
    Total,
    /// The quota of an area.
    Area(String),
}

impl Part {
    /// The part that a word names, in either language; any other word may be an area.
    pub fn named(word: &str) -> Self {
        match word.trim() {
            "text" | "name" | "正文" | "任务" | "事项" | "事项名称" | "名称" => Self::Text,
            "leaders" | "leader" | "牵头领导" | "牵头市领导" | "领导" => Self::Leaders,
            "lead" | "lead_units" | "牵头单位" | "牵头" => Self::Lead,
            "coop" | "coop_units" | "配合单位" | "配合" | "责任单位" => Self::Coop,
            "deadline" | "完成时限" | "时限" | "期限" => Self::Deadline,
            "total" | "全市" | "全市任务" => Self::Total,
            area => Self::Area(area.to_owned()),
        }
    }

    /// What documents call it.
    pub fn printed(&self) -> &str {
        match self {
            Self::Text => "正文",
            Self::Leaders => "牵头领导",
            Self::Lead => "牵头单位",
            Self::Coop => "配合单位",
            Self::Deadline => "完成时限",
            Self::Total => "全市任务",
            Self::Area(area) => area,
        }
    }
}

/// Why what was typed cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTyped {
    /// The item has no such part.
    #[error("the item has no {0:?}")]
    NoPart(Part),
    /// A part was given twice.
    #[error("{0:?} was given twice")]
    Twice(Part),
    /// A part that an item cannot be without was left empty.
    #[error("{0:?} is empty")]
    Empty(Part),
    /// What was typed as a deadline names no day.
    #[error("{0:?} is no day")]
    NoDay(String),
}

/// The parts of an item that can be typed, each with what it holds, as it is typed.
pub fn parts(record: &Record) -> Vec<(Part, String)> {
    match record {
        Record::Task(task) => vec![
            (Part::Text, task.text.clone()),
            (Part::Leaders, task.leaders.join("、")),
            (Part::Lead, task.lead_units.join("、")),
            (Part::Coop, task.coop_units.join("、")),
            (Part::Deadline, task.deadline.to_string()),
        ],
        Record::Row(row) => {
            let mut parts = vec![
                (Part::Text, row.name.clone()),
                (Part::Lead, row.lead_units.join("、")),
                (Part::Coop, row.coop_units.join("、")),
                (Part::Total, shown(&row.total)),
            ];
            parts.extend(row.areas.iter().map(|cell| (Part::Area(cell.area.to_string()), shown(&cell.quota))));
            parts
        }
        _ => Vec::new(),
    }
}

/// What typed parts make of an item of a year's document, as a reading to choose; parts that are typed as they stand are not told.
///
/// # Errors
/// When the item has no such part, a part was given twice, a text is empty, or a deadline is no day.
pub fn alternative(record: &Record, typed: &[(Part, String)], year: u16) -> Result<Alternative, NotTyped> {
    let fix = fix(record, typed, year)?;
    let before = parts(record);
    let said = typed.iter().map(|(part, text)| (part, text.trim()));
    let said = said.filter(|(part, text)| !before.iter().any(|(one, stands)| one == *part && stands == text));
    let said: Vec<String> =
        said.map(|(part, text)| format!("{}“{}”", part.printed(), crate::text::truncate(text, 60, "…"))).collect();
    Ok(Alternative { reading: format!("填为：{}", said.join("；")), why: "核对时填写".to_owned(), fix })
}

/// The day that a deadline names, as a document of the year prints it: `6月底`, `2024-06-30`; 全年 is its last day.
///
/// # Errors
/// When it names none.
pub(super) fn day(text: &str, year: u16) -> Result<NaiveDate, NotTyped> {
    match deadline::of_label(text, year) {
        Due::By(day) => Ok(day),
        Due::Open => Ok(deadline::year_end(year)),
        Due::Unknown => Err(NotTyped::NoDay(text.to_owned())),
    }
}

/// What typed parts change in an item of a year's document; parts that are typed as they stand change nothing.
///
/// # Errors
/// When the item has no such part, a part was given twice, a text is empty, or a deadline is no day.
pub fn fix(record: &Record, typed: &[(Part, String)], year: u16) -> Result<Fix, NotTyped> {
    let before = parts(record);
    let mut seen = BTreeSet::new();
    let mut fix = Fix::default();
    for (part, text) in typed {
        if !seen.insert(part.clone()) {
            return Err(NotTyped::Twice(part.clone()));
        }
        let stands = before.iter().find(|(one, _)| one == part).ok_or_else(|| NotTyped::NoPart(part.clone()))?;
        let text = text.trim();
        if stands.1 == text {
            continue;
        }
        match (part, record) {
            (Part::Text | Part::Deadline, _) if text.is_empty() => return Err(NotTyped::Empty(part.clone())),
            (Part::Text, _) => fix.text = Some(text.to_owned()),
            (Part::Leaders, _) => fix.leaders = Some(names::leaders(text)),
            // White space parts names in a cell, not in a line of labels.
            (Part::Lead, Record::Row(_)) => fix.lead_units = Some(names::cell_units(text)),
            (Part::Lead, _) => fix.lead_units = Some(names::units(text)),
            (Part::Coop, Record::Row(_)) => fix.coop_units = Some(names::cell_units(text)),
            (Part::Coop, _) => fix.coop_units = Some(names::units(text)),
            (Part::Deadline, Record::Task(_)) => fix.deadline = Some(day(text, year)?),
            (Part::Total, Record::Row(row)) => fix.total = Some(quota(text, in_wan(row))),
            (Part::Area(area), Record::Row(row)) => {
                let read = quota(text, in_wan(row));
                let areas = fix.areas.get_or_insert_with(|| row.areas.clone());
                put(areas, area, read);
            }
            (Part::Deadline | Part::Total | Part::Area(_), _) => return Err(NotTyped::NoPart(part.clone())),
        }
    }
    Ok(fix)
}

fn put(areas: &mut [AreaQuota], area: &str, quota: Quota) {
    if let Some(cell) = areas.iter_mut().find(|cell| &*cell.area == area) {
        cell.quota = quota;
    }
}

/// Whether the row counts in 万: then an amount typed with 万 is left as it is.
fn in_wan(row: &QuotaRow) -> bool {
    row.unit.starts_with('万')
}

/// A quota as the page would print it.
fn shown(quota: &Quota) -> String {
    match quota {
        Quota::Amount(value, note) => format!("{}{}", value.normalize(), note.as_deref().unwrap_or_default()),
        Quota::Percent(value, true) => format!("≥{}%", value.normalize()),
        Quota::Percent(value, false) => format!("{}%", value.normalize()),
        Quota::Text(text) => text.clone(),
        Quota::NotAssigned => "/".to_owned(),
        Quota::NoTask => "无任务".to_owned(),
        Quota::Blank => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Book, Key, Ledger};
    use crate::report::fixture::{Making, amount, cells, dec, id};

    fn record(ledger: &Ledger, key: &str) -> Record {
        ledger.get(&Key::item(&id(), key.parse().unwrap())).unwrap().record.as_ref().clone()
    }

    fn ledger() -> Ledger {
        let mut making = Making::new("东城区 南溪县");
        making.task(1, "修路", "张三", "市交通局 市财政局");
        making.row("P1.1", "路灯", amount("20"), &cells(&["东城区", "南溪县"], "12 8"));
        making.ledger()
    }

    #[test]
    fn what_is_typed_is_read_as_the_page_would_be() {
        let ledger = ledger();
        let row = record(&ledger, "P1.1");
        let typed = [
            (Part::Total, "1.2万".to_owned()),
            (Part::Area("东城区".into()), "4000（集聚区）".to_owned()),
            (Part::Area("南溪县".into()), "/".to_owned()),
            (Part::Coop, "各县（市、区）政府 市水利局".to_owned()),
        ];
        let fix = fix(&row, &typed, 2024).unwrap();
        assert_eq!(fix.total, Some(amount("12000")));
        let areas = fix.areas.unwrap();
        assert_eq!(areas[0].quota, Quota::Amount(dec("4000"), Some("（集聚区）".into())));
        assert_eq!(areas[1].quota, Quota::NotAssigned);
        assert_eq!(fix.coop_units.unwrap().len(), 2);
        assert_eq!((fix.lead_units, fix.text), (None, None), "what is not typed stays");
    }

    #[test]
    fn an_item_typed_as_it_stands_changes_nothing() {
        let ledger = ledger();
        for key in ["T1", "P1.1"] {
            let record = record(&ledger, key);
            assert_eq!(fix(&record, &parts(&record), 2024), Ok(Fix::default()), "{key}");
        }
        assert!(Book::open(&ledger, &id()).is_some());
    }

    #[test]
    fn a_deadline_is_typed_as_a_document_prints_it_and_only_of_a_task() {
        let ledger = ledger();
        let task = record(&ledger, "T1");
        let ask = |text: &str| fix(&task, &[(Part::named("时限"), text.to_owned())], 2024);
        for (text, day) in
            [("2024-06-30", "2024-06-30"), ("10月底", "2024-10-31"), ("次年3月", "2025-03-31"), ("6.15", "2024-06-15")]
        {
            assert_eq!(ask(text), Ok(Fix { deadline: day.parse().ok(), ..Fix::default() }), "{text}");
        }
        let read = ask("10月底").unwrap().applied_to_record(&task).unwrap();
        let Record::Task(read) = read else { panic!("no task") };
        assert_eq!(read.deadline.to_string(), "2024-10-31");
        assert_eq!(ask("尽快"), Err(NotTyped::NoDay("尽快".into())));
        assert_eq!(ask(" "), Err(NotTyped::Empty(Part::Deadline)));
        let row = record(&ledger, "P1.1");
        let of_row = fix(&row, &[(Part::Deadline, "6月底".into())], 2024);
        assert_eq!(of_row, Err(NotTyped::NoPart(Part::Deadline)));
    }

    #[test]
    fn parts_that_are_not_there_twice_or_empty_are_refused() {
        let task = record(&ledger(), "T1");
        let ask = |typed: &[(Part, &str)]| {
            let typed: Vec<(Part, String)> =
                typed.iter().map(|(part, text)| (part.clone(), (*text).to_owned())).collect();
            fix(&task, &typed, 2024)
        };
        assert_eq!(ask(&[(Part::Total, "5")]), Err(NotTyped::NoPart(Part::Total)));
        assert_eq!(ask(&[(Part::Lead, "甲局"), (Part::Lead, "乙局")]), Err(NotTyped::Twice(Part::Lead)));
        assert_eq!(ask(&[(Part::Text, " ")]), Err(NotTyped::Empty(Part::Text)));
        assert_eq!(ask(&[(Part::Lead, "")]).unwrap().lead_units, Some(vec![]), "nobody leads");
    }
}
