//! Documents, items, and what the reading of them says.

use super::{Row, Table, json, names, or_empty, word, yes_no};
use crate::catalog::Lang;
use crate::model::key::{Key, Of};
use crate::model::{
    AreaQuota, Document, Finding, Former, List, Quota, QuotaRow, Settings, Source, Target, Task, Thresholds,
};

pub(super) fn document(document: &Document) -> Vec<Row> {
    let Document { id: _, title, number, issuer, date, year, lists, areas, source, demo, settings } = document;
    let Source { file, sha256, layout } = source;
    let Settings { span, due_month, due_day, near_days, lead, thresholds } = settings;
    let Thresholds { behind, far_behind } = thresholds;
    let cells = vec![
        title.clone(),
        number.clone(),
        issuer.clone(),
        or_empty(date.as_ref()),
        year.to_string(),
        yes_no(*demo),
        file.clone(),
        sha256.clone(),
        layout.clone(),
        word(span),
        word(due_month),
        due_day.to_string(),
        near_days.to_string(),
        word(lead),
        behind.to_string(),
        far_behind.to_string(),
    ];
    let lists = lists.iter().map(|List { code, kind, title, mark }| {
        (Table::Lists, vec![code.letter().to_string(), word(kind), title.clone(), mark.clone()])
    });
    let areas = (1..).zip(areas).map(|(no, area): (u32, _)| (Table::Areas, vec![no.to_string(), area.to_string()]));
    std::iter::once((Table::Documents, cells)).chain(lists).chain(areas).collect()
}

pub(super) fn task(task: &Task) -> Row {
    let Task { key, no, chapter, text, leaders, lead_units, coop_units, deadline, line } = task;
    let cells = vec![
        key.to_string(),
        no.clone(),
        chapter.clone(),
        text.clone(),
        names(leaders),
        names(lead_units),
        names(coop_units),
        deadline.to_string(),
        line.to_string(),
    ];
    (Table::Tasks, cells)
}

pub(super) fn row(row: &QuotaRow) -> Vec<Row> {
    let QuotaRow { key, category, name, goal, total, unit, areas, lead_units, coop_units, line } = row;
    let mut cells = vec![key.to_string(), category.clone(), name.clone(), goal.clone().unwrap_or_default()];
    cells.extend(quota(total));
    cells.extend([unit.clone(), names(lead_units), names(coop_units), line.to_string()]);
    let areas = areas.iter().map(|AreaQuota { area, quota: asked }| {
        let mut cells = vec![key.to_string(), area.to_string()];
        cells.extend(quota(asked));
        (Table::Cells, cells)
    });
    std::iter::once((Table::Rows, cells)).chain(areas).collect()
}

/// What is asked for: its kind, the figure or sentence, the note printed beside it.
fn quota(quota: &Quota) -> [String; 3] {
    let cells = |kind: &str, what: String, note: Option<&String>| [kind.to_owned(), what, or_empty(note)];
    match quota {
        Quota::Amount(value, note) => cells("amount", value.to_string(), note.as_ref()),
        Quota::Percent(value, true) => cells("percent_at_least", value.to_string(), None),
        Quota::Percent(value, false) => cells("percent", value.to_string(), None),
        Quota::Text(text) => cells("text", text.clone(), None),
        Quota::NotAssigned | Quota::NoTask | Quota::Blank => cells(&word(quota), String::new(), None),
    }
}

pub(super) fn target(key: &Key, target: &Target, lang: Lang) -> Row {
    let Target { metric, comparator, value, tiers, unit, rate, deadline, phrase, by_hand } = target;
    let (item, no) = match &key.of {
        Of::Target(item, no) => (item.to_string(), no.to_string()),
        _ => (String::new(), String::new()),
    };
    let tiers: Vec<String> = tiers.iter().map(ToString::to_string).collect();
    let cells = vec![
        item,
        no,
        metric.clone(),
        lang.comparator(*comparator).to_owned(),
        or_empty(value.as_ref()),
        names(&tiers),
        unit.clone(),
        yes_no(*rate),
        or_empty(deadline.as_ref()),
        phrase.clone(),
        yes_no(*by_hand),
    ];
    (Table::Targets, cells)
}

pub(super) fn finding(finding: &Finding, lang: Lang) -> Row {
    let Finding { line, no, item, what, printed, reading, why, confidence, alternatives, settled, before, typed } =
        finding;
    let cells = vec![
        line.to_string(),
        no.to_string(),
        or_empty(item.as_ref()),
        what.clone(),
        printed.clone(),
        reading.clone(),
        why.clone(),
        lang.confidence(*confidence).to_owned(),
        if alternatives.is_empty() { String::new() } else { json(alternatives) },
        or_empty(settled.as_ref()),
        before.as_ref().map(json).unwrap_or_default(),
        yes_no(*typed),
    ];
    (Table::Findings, cells)
}

pub(super) fn former(key: &Key, former: &Former) -> Row {
    let Former { was, on, source } = former;
    (Table::Former, vec![or_empty(key.about().as_ref()), was.to_string(), on.to_string(), source.clone()])
}
