//! 责任分解 as printed: the tasks in their chapters with leaders and units, then the livelihood lists with their quotas.

use std::sync::Arc;

use chrono::NaiveDate;

use super::bulletin::date;
use super::figures::{amount, number, quota};
use super::json::open_doubts;
use super::model::{Block, Cell, Column, Joined, Kind, Report, Table};
use super::paper::{Paper, flat, for_whom, list};
use super::scope::{For, Scope};
use crate::catalog::{Lang, Say};
use crate::model::{Book, Quota, QuotaRow, Task};

/// 责任分解, of everything or of what falls on somebody.
pub fn breakdown(book: &Book<'_>, of: &For, today: NaiveDate, lang: Lang) -> Report {
    let scope = Scope::new(book, of);
    let document = book.document();
    let tasks: Vec<&Task> = scope.tasks().collect();
    let rows = scope.rows();
    let mut paper = Paper::new(book, lang);
    // The first list's title is the paper's own; the others stand before theirs.
    let mut title: Option<String> = None;
    for one in &document.lists {
        let tasks: Vec<&Task> = tasks.iter().filter(|task| task.key.list == one.code).copied().collect();
        let rows: Vec<&QuotaRow> = rows.iter().filter(|row| row.key.list == one.code).copied().collect();
        if tasks.is_empty() && rows.is_empty() {
            continue;
        }
        match title {
            None => title = Some(one.title.clone()),
            Some(_) => paper.blocks.push(Block::Title(one.title.clone())),
        }
        add_tasks(&mut paper, &tasks);
        add_rows(&mut paper, &rows);
    }
    if tasks.is_empty() && rows.is_empty() {
        paper.say(Say::ReportNothing, &[]);
    }
    let mut lines: Vec<String> = Some(document.number.clone()).into_iter().filter(|line| !line.is_empty()).collect();
    match document.date {
        Some(day) => lines.push(paper.office(day)),
        None => lines.extend(Some(document.issuer.clone()).filter(|issuer| !issuer.is_empty())),
    }
    lines.extend(for_whom(of, lang));
    lines.push(lang.fill(Say::KindAsOf, &[&date(today, lang)]));
    let title = title.filter(|title| !title.is_empty()).unwrap_or_else(|| document.title.clone());
    paper.finish(Kind::Breakdown, title, lines)
}

/// Numbered paragraphs under the headings of their chapters, each followed by who leads and who answers.
fn add_tasks(paper: &mut Paper<'_>, tasks: &[&Task]) {
    let lang = paper.lang;
    let mut chapter: Vec<&str> = Vec::new();
    for task in tasks {
        let now: Vec<&str> = task.chapter.split('/').filter(|level| !level.is_empty()).collect();
        let same = chapter.iter().zip(&now).take_while(|(a, b)| a == b).count();
        for (at, text) in now.iter().enumerate().skip(same) {
            let level = u8::try_from(at + 1).unwrap_or(4).min(4);
            paper.blocks.push(Block::Heading { level, text: (*text).to_owned() });
        }
        chapter = now;
        let numbered = task.no.chars().last().is_some_and(|last| last.is_ascii_digit());
        let no = if numbered { format!("{}. ", task.no) } else { task.no.clone() };
        paper.blocks.push(Block::Paragraph(format!("{no}{}", flat(&task.text))));
        if !task.leaders.is_empty() {
            paper.say(Say::KindLeaders, &[&list(lang, &task.leaders)]);
        }
        // Where one leads by being the first, or all lead, the notice has one line of units.
        let apart = task.lead_units.len() > 1 && !task.coop_units.is_empty();
        if apart {
            paper.say(Say::KindLeadUnits, &[&list(lang, &task.lead_units)]);
            paper.say(Say::KindCoopUnits, &[&list(lang, &task.coop_units)]);
        } else if task.units().next().is_some() {
            paper.say(Say::KindUnits, &[&list(lang, task.units())]);
        }
    }
}

/// The table of a livelihood list with its own columns: 事项分类 where it has categories, 工作目标 where it has goals.
fn add_rows(paper: &mut Paper<'_>, rows: &[&QuotaRow]) {
    if rows.is_empty() {
        return;
    }
    let (book, lang) = (paper.book, paper.lang);
    let with_category = rows.iter().any(|row| !row.category.is_empty());
    let with_goal = rows.iter().any(|row| row.goal.is_some());
    let areas = &book.document().areas;

    let mut columns = vec![Column::marks()];
    let mut head = vec![lang.say(Say::ReportColNo)];
    let named = if with_goal { Say::KindColProject } else { Say::KindColName };
    for (there, say, share) in
        [(with_category, Say::LabelCategory, 0), (true, named, 4), (with_goal, Say::KindColGoal, 6)]
    {
        if there {
            columns.push(Column::text(share));
            head.push(lang.say(say));
        }
    }
    let frozen = columns.len();
    columns.extend(vec![Column::marks(); areas.len() + 1]);
    head.push(lang.say(if with_goal { Say::KindColCity } else { Say::KindColCityTarget }));
    head.extend(areas.iter().map(|area| &**area));
    columns.extend([Column::text(2), Column::text(3)]);
    head.extend([Say::ReportColLead, Say::ReportColCoop].map(|say| lang.say(say)));

    let mut lines = Vec::new();
    let mut before: Option<&QuotaRow> = None;
    for row in rows {
        let item = before.filter(|above| above.key.item() == row.key.item());
        let above = |same: bool| if same { Joined::Above } else { Joined::No };
        let mut line = vec![Cell::from(row.key.no.to_string()).joined(above(item.is_some()))];
        if with_category {
            let same = before.is_some_and(|above| !row.category.is_empty() && above.category == row.category);
            line.push(Cell::from(row.category.as_str()).joined(above(same)));
        }
        line.push(Cell::from(row.name.as_str()).joined(above(item.is_some_and(|above| above.name == row.name))));
        if with_goal {
            let same = item.is_some_and(|above| row.goal.is_some() && above.goal == row.goal);
            line.push(Cell::from(row.goal.as_deref().unwrap_or_default()).joined(above(same)));
        }
        line.extend(quotas(row, areas, lang));
        let same = item.is_some_and(|above| above.lead_units == row.lead_units);
        line.push(Cell::from(list(lang, &row.lead_units)).joined(above(same)));
        let same = item.is_some_and(|above| above.coop_units == row.coop_units);
        line.push(Cell::from(list(lang, &row.coop_units)).joined(above(same)));
        lines.push(line);
        before = Some(row);
    }
    let head = vec![Cell::row(head)];
    paper.blocks.push(Block::Table(Table { caption: String::new(), columns, frozen, head, rows: lines }));
    let doubtful: Vec<String> =
        rows.iter().filter(|row| open_doubts(book, row.key) > 0).map(|row| number(book, row.key)).collect();
    if !doubtful.is_empty() {
        paper.note(Say::ReportDoubtful, &[&list(lang, doubtful)]);
    }
}

/// The city's quota, then each area's. A sentence, and 无任务, reach over the empty cells at their right.
fn quotas(row: &QuotaRow, areas: &[Arc<str>], lang: Lang) -> Vec<Cell> {
    let mut cells = vec![Cell::from(printed(&row.total, row, lang))];
    let mut reaching = matches!(row.total, Quota::Text(_) | Quota::NoTask);
    for area in areas {
        let cell = match row.quota(area) {
            Some(Quota::Blank) | None if reaching => {
                let whole = cells.last().map(|cell| cell.text.clone()).unwrap_or_default();
                Cell::from(whole).joined(Joined::Left)
            }
            Some(quota) => {
                reaching = matches!(quota, Quota::Text(_));
                Cell::from(printed(quota, row, lang))
            }
            None => Cell::default(),
        };
        cells.push(cell);
    }
    cells
}

/// A quota as the notice has it: with its scale (14.66万) and the note beside it; without a unit, which stands in the name.
fn printed(what: &Quota, row: &QuotaRow, lang: Lang) -> String {
    match what {
        Quota::Amount(value, note) => {
            let scale = row.unit.chars().next().filter(|first| matches!(first, '万' | '亿'));
            let scale = scale.filter(|_| !value.is_zero()).map(String::from).unwrap_or_default();
            format!("{}{scale}{}", amount(*value), note.as_deref().unwrap_or_default())
        }
        Quota::NoTask => lang.say(Say::KindNoTask).to_owned(),
        _ => quota(what, lang),
    }
}
