//! `duban list`: tasks or quota rows, filtered.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Period, QuotaRow, Rating, Successions, Task, Whose};
use crate::report::figures::{amount, number, percent, points, quota, with_unit};
use crate::report::json::{RowView, TaskView};
use crate::report::{For, Scope, listing};

use super::args::{Format, List};
use super::fail::{Exit, Stop};
use super::item::{Item, names};
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{format, json, pick, view, who};

/// An item that later readings no longer have, as programs read it.
#[derive(Serialize)]
struct Removed {
    key: String,
    was: Option<String>,
    since: Option<String>,
    text: String,
    lead_units: Vec<Arc<str>>,
}

pub(super) fn run(session: &Session, args: &List) -> Result<Exit, Stop> {
    let desk = session.read_in(args.period.as_deref())?;
    let book = pick::book(session, &desk.ledger)?;
    let lang = session.lang;
    let period = pick::period(session, &book, args.period.as_deref())?;
    let today = pick::today(session, &book);
    let saved = args.view.as_deref().map(|typed| view::named(session, &book, typed)).transpose()?;
    let view = view::asked(session, &book, saved.unwrap_or_default(), &args.filters)?;
    let area = args.area.as_deref().map(|typed| pick::area(session, &book, typed)).transpose()?;
    if args.removed {
        return removed(session, &book, args);
    }
    let scope = Scope::new(&book, &area.map_or(For::All, For::Area));
    let found: Option<HashSet<ItemKey>> = (!view.search.is_empty())
        .then(|| who::find(&book, &view.search).into_iter().map(super::item::Item::key).collect());
    let known = Successions::of(book.ledger(), book.id());
    let narrowed = |items: Vec<ItemKey>| {
        let sought = |item: &ItemKey| found.as_ref().is_none_or(|found| found.contains(item));
        let whose = Whose { aliases: scope.aliases(), known: &known, day: today };
        let admitted = |item: &ItemKey| listing::admits(&book, whose, &view, *item, period);
        let mut items: Vec<ItemKey> = items.into_iter().filter(sought).filter(admitted).collect();
        listing::sort(&book, &mut items, (view.sort, view.reversed), (period, today));
        items
    };
    let mut out = session.out();
    let format = format(args.shape, &out);
    let (found, done) = if args.livelihood {
        let keys = narrowed(scope.rows().iter().map(|row| row.key).collect());
        let rows: Vec<&QuotaRow> = keys.into_iter().filter_map(|key| book.row(key)).collect();
        let done = match format {
            Format::Json => {
                json(&mut out, &rows.iter().map(|row| RowView::of(&book, row, period, today)).collect::<Vec<_>>())
            }
            _ => rows_table(&book, &rows, (period, today), lang).print(format, lang, &mut out),
        };
        (rows.len(), done)
    } else {
        let keys = narrowed(scope.tasks().map(|task| task.key).collect());
        let tasks: Vec<&Task> = keys.into_iter().filter_map(|key| book.task(key)).collect();
        let done = match format {
            Format::Json => {
                json(&mut out, &tasks.iter().map(|task| TaskView::of(&book, task, period, today)).collect::<Vec<_>>())
            }
            _ => tasks_table(&book, &tasks, (period, today), lang).print(format, lang, &mut out),
        };
        (tasks.len(), done)
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    if found == 0 {
        return Err(Stop::new(Exit::Nothing, lang.say(Say::CliNothingFits), lang.say(Say::CliNothingFitsTodo)));
    }
    Ok(Exit::Done)
}

fn rating_columns() -> [Column; 3] {
    [
        Column::new("light", Say::CliHeadLight),
        Column::new("status", Say::CliHeadStatus).programs_only(),
        Column::new("percent", Say::CliHeadPercent),
    ]
}

/// Programs read the field's own words, as in the JSON, whatever the language.
fn rating_cells(rating: Rating, lang: Lang) -> [Cell; 3] {
    let light = rating.light;
    let lit = if rating.status.has_light() {
        Cell::word(Lang::Zh.light(light), lang.light(light)).tinted(light)
    } else {
        Cell::word("", "—")
    };
    let shown = rating.percent.map_or_else(|| "—".to_owned(), percent);
    [
        lit,
        Cell::word(Lang::Zh.status(rating.status), lang.status(rating.status)),
        Cell::word(rating.percent.map(points).unwrap_or_default(), shown),
    ]
}

fn filing_cell(book: &Book<'_>, item: ItemKey, (period, today): (Period, NaiveDate), lang: Lang) -> Cell {
    let state = book.filing_state(item, period, today);
    Cell::word(Lang::Zh.filing_state(state), lang.filing_state(state))
}

fn tasks_table(book: &Book<'_>, tasks: &[&Task], when: (Period, NaiveDate), lang: Lang) -> Table {
    let mut columns = vec![Column::new("key", Say::CliHeadKey), Column::new("no", Say::CliHeadNo).programs_only()];
    columns.extend(rating_columns());
    columns.extend([
        Column::new("text", Say::CliHeadText),
        Column::new("leaders", Say::CliHeadLeaders),
        Column::new("lead_units", Say::CliHeadLeadUnits),
        Column::new("coop_units", Say::CliHeadCoopUnits).programs_only(),
        Column::new("deadline", Say::CliHeadDeadline).programs_only(),
        Column::new("filing", Say::CliHeadFiling),
    ]);
    let row = |task: &&Task| {
        let mut cells = vec![Cell::new(task.key.to_string()), Cell::new(number(book, task.key))];
        cells.extend(rating_cells(book.rate_task(task, when.0), lang));
        cells.extend([
            Cell::new(task.text.clone()),
            Cell::new(names(&task.leaders)),
            Cell::new(names(&task.lead_units)),
            Cell::new(names(&task.coop_units)),
            Cell::new(book.deadline(task.key, when.0).to_string()),
            filing_cell(book, task.key, when, lang),
        ]);
        cells
    };
    Table { columns, rows: tasks.iter().map(row).collect() }
}

/// What later readings no longer have: where it stood, since when it is gone, and who had it.
fn removed(session: &Session, book: &Book<'_>, args: &List) -> Result<Exit, Stop> {
    let lang = session.lang;
    let mut out = session.out();
    let items: Vec<Item<'_>> = book.dropped().filter_map(|key| Item::of(book, key)).collect();
    let columns = vec![
        Column::new("key", Say::CliHeadKey),
        Column::new("was", Say::AgainHeadWas),
        Column::new("since", Say::AgainHeadSince),
        Column::new("text", Say::CliHeadText),
        Column::new("lead_units", Say::CliHeadLeadUnits),
    ];
    let view = |item: &Item<'_>| {
        let former = book.former(item.key());
        Removed {
            key: item.key().to_string(),
            was: former.map(|former| former.was.to_string()),
            since: former.map(|former| former.on.to_string()),
            text: item.title(),
            lead_units: item.lead_units().to_vec(),
        }
    };
    let views: Vec<Removed> = items.iter().map(view).collect();
    let row = |one: &Removed| {
        vec![
            Cell::new(one.key.clone()),
            Cell::new(one.was.clone().unwrap_or_default()),
            Cell::new(one.since.clone().unwrap_or_default()),
            Cell::new(one.text.clone()),
            Cell::new(names(&one.lead_units)),
        ]
    };
    let done = match format(args.shape, &out) {
        Format::Json => json(&mut out, &views),
        other => Table { columns, rows: views.iter().map(row).collect() }.print(other, lang, &mut out),
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    if views.is_empty() {
        return Err(Stop::new(Exit::Nothing, lang.say(Say::CliNoneRemoved), lang.say(Say::CliNoneRemovedTodo)));
    }
    Ok(Exit::Done)
}

fn rows_table(book: &Book<'_>, rows: &[&QuotaRow], when: (Period, NaiveDate), lang: Lang) -> Table {
    let mut columns = vec![
        Column::new("key", Say::CliHeadKey),
        Column::new("no", Say::CliHeadNo),
        Column::new("category", Say::CliHeadCategory).programs_only(),
        Column::new("name", Say::CliHeadName),
        Column::new("total", Say::CliHeadTarget),
        Column::new("unit", Say::CliHeadUnit).programs_only(),
        Column::new("done", Say::CliHeadDone),
        Column::new("sum", Say::CliHeadSum),
    ];
    columns.extend(rating_columns());
    columns.extend([
        Column::new("lead_units", Say::CliHeadLeadUnits),
        Column::new("coop_units", Say::CliHeadCoopUnits).programs_only(),
        Column::new("filing", Say::CliHeadFiling),
    ]);
    let row = |row: &&QuotaRow| {
        let total = quota(&row.total, lang);
        let done = book.row_done(row, when.0).map(amount).unwrap_or_default();
        let mut cells = vec![
            Cell::new(row.key.to_string()),
            Cell::new(number(book, row.key)),
            Cell::new(row.category.clone()),
            Cell::new(row.title()),
            Cell::word(quota(&row.total, Lang::Zh), with_unit(&total, row)),
            Cell::new(row.unit.clone()),
            Cell::new(done),
            sum_cell(row),
        ];
        cells.extend(rating_cells(book.rate_row(row, when.0), lang));
        cells.extend([Cell::new(names(&row.lead_units)), Cell::new(names(&row.coop_units))]);
        cells.push(filing_cell(book, row.key, when, lang));
        cells
    };
    Table { columns, rows: rows.iter().map(row).collect() }
}

/// What the areas add up to: a check mark where that is the total, else the sum.
fn sum_cell(row: &QuotaRow) -> Cell {
    match row.divided_sum() {
        None => Cell::new(String::new()),
        Some(check) if check.agrees() => Cell::word(amount(check.sum), "✓"),
        Some(check) => Cell::word(amount(check.sum), format!("≠ {}", amount(check.sum))),
    }
}
