//! 责任分解 itself, from the ledger: the tasks with leaders and units as the notice prints them, then the quota tables.

use chrono::NaiveDate;

use super::figures::{amount, number};
use super::matrix::worth;
use super::model::{Block, Cell, Column, Joined, Kind, Report, Table};
use super::paper::{Paper, flat, list};
use super::scope::{For, Scope};
use crate::catalog::{Lang, Say};
use crate::model::{Book, List, ListKind, Quota, QuotaRow, Task};

/// 责任分解, of everything or of what falls on somebody.
pub fn breakdown(book: &Book<'_>, of: &For, today: NaiveDate, lang: Lang) -> Report {
    let scope = Scope::new(book, of);
    let document = book.document();
    let mut paper = Paper::new(book, lang);
    for of_list in &document.lists {
        match of_list.kind {
            ListKind::Tasks => tasks(&mut paper, &scope, of_list),
            ListKind::Livelihood => rows(&mut paper, &scope, of_list),
        }
    }
    if paper.blocks.is_empty() {
        paper.say(Say::ReportNothing, &[]);
    }
    let mut lines: Vec<String> = [document.number.clone()].into_iter().filter(|line| !line.is_empty()).collect();
    lines.extend(super::person::for_whom(of, lang));
    let title = document.lists.first().map(|first| first.title.clone()).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| lang.say(Say::KindBreakdownTitle).to_owned());
    paper.report(Kind::Breakdown, title, lines, today)
}

fn tasks(paper: &mut Paper<'_>, scope: &Scope<'_>, of_list: &List) {
    let tasks: Vec<&Task> = scope.tasks().filter(|task| task.key.list == of_list.code).collect();
    if tasks.is_empty() {
        return;
    }
    let lang = paper.lang;
    if !paper.blocks.is_empty() {
        paper.blocks.push(Block::Title(of_list.title.clone()));
    }
    let mut chapter: Vec<&str> = Vec::new();
    for task in tasks {
        let path: Vec<&str> = task.chapter.split('/').filter(|part| !part.is_empty()).collect();
        let same = path.iter().zip(&chapter).take_while(|(one, other)| one == other).count();
        for (at, part) in path.iter().enumerate().skip(same) {
            let level = u8::try_from(at + 1).unwrap_or(4).min(4);
            paper.blocks.push(Block::Heading { level, text: (*part).to_owned() });
        }
        chapter = path;
        let number = if task.no.is_empty() { String::new() } else { numbered(&task.no) };
        paper.blocks.push(Block::Paragraph(format!("{number}{}", flat(&task.text))));
        let leads = list(lang, &task.lead_units);
        let lines = [
            (Say::KindTaskLeaders, list(lang, &task.leaders)),
            // One unit leads and the first by custom: the notice prints them on one line.
            (Say::KindTaskUnits, if task.lead_units.len() == 1 { list(lang, task.units()) } else { String::new() }),
            (Say::KindTaskLead, if task.lead_units.len() == 1 { String::new() } else { leads }),
            (Say::KindTaskCoop, if task.lead_units.len() == 1 { String::new() } else { list(lang, &task.coop_units) }),
        ];
        for (say, names) in lines.into_iter().filter(|(_, names)| !names.is_empty()) {
            paper.say(say, &[&names]);
        }
    }
}

/// `3. ` of a plain number; `（一）` as it is.
fn numbered(no: &str) -> String {
    if no.chars().all(|c| c.is_ascii_digit()) { format!("{no}. ") } else { no.to_owned() }
}

fn rows(paper: &mut Paper<'_>, scope: &Scope<'_>, of_list: &List) {
    let rows: Vec<&QuotaRow> = scope.rows().into_iter().filter(|row| row.key.list == of_list.code).collect();
    if rows.is_empty() {
        return;
    }
    let (book, lang) = (paper.book, paper.lang);
    let say = |what: Say| lang.say(what).to_owned();
    let areas = &book.document().areas;
    let has_category = rows.iter().any(|row| !row.category.is_empty());
    let has_goal = rows.iter().any(|row| row.goal.is_some());
    let mut columns = vec![Column::marks()];
    let mut head = vec![say(Say::ReportColNo)];
    for (is, what, share) in [
        (has_category, Say::KindColCategory, 1),
        (true, Say::ReportColItem, 4),
        (has_goal, Say::KindColGoal, 4),
        (true, Say::KindColTotal, 1),
    ] {
        if is {
            columns.push(Column::text(share));
            head.push(say(what));
        }
    }
    columns.extend(areas.iter().map(|_| Column::figures()));
    head.extend(areas.iter().map(ToString::to_string));
    columns.extend([Column::text(2), Column::text(3)]);
    head.extend([Say::ReportColLead, Say::ReportColCoop].map(say));

    let mut above: Option<&QuotaRow> = None;
    let mut lines = Vec::new();
    for row in rows {
        let same_item = above.is_some_and(|above| above.key.item() == row.key.item());
        let merged = |cell: Cell, same: bool| if same { cell.joined(Joined::Above) } else { cell };
        let no = if same_item { number(book, row.key.item()) } else { number(book, row.key.item()) };
        let mut line = vec![merged(no.into(), same_item)];
        if has_category {
            let same = above.is_some_and(|above| above.category == row.category && !row.category.is_empty());
            line.push(merged(row.category.as_str().into(), same));
        }
        let same_name = same_item && above.is_some_and(|above| above.name == row.name && row.goal.is_some());
        line.push(merged(flat(&row.name).into(), same_name));
        if has_goal {
            line.push(flat(row.goal.as_deref().unwrap_or_default()).into());
        }
        line.push(quota(&row.total, lang, &row.unit));
        line.extend(areas.iter().map(|area| row.quota(area).map_or_else(Cell::default, |one| quota(one, lang, ""))));
        line.push(list(lang, &row.lead_units).into());
        line.push(list(lang, &row.coop_units).into());
        lines.push(line);
        above = Some(row);
    }
    paper.blocks.push(Block::Title(of_list.title.clone()));
    paper.blocks.push(Block::Table(Table {
        caption: String::new(),
        columns,
        frozen: if has_category { 3 } else { 2 },
        head: vec![Cell::row(head)],
        rows: lines,
    }));
}

/// A quota as the page prints it, with what stands beside an amount.
fn quota(quota: &Quota, lang: Lang, unit: &str) -> Cell {
    match quota {
        Quota::Amount(value, Some(note)) => format!("{}{unit}{note}", amount(*value)).into(),
        Quota::Amount(value, None) if !unit.is_empty() => worth(format!("{}{unit}", amount(*value)), quota),
        _ => worth(super::figures::quota(quota, lang), quota),
    }
}
