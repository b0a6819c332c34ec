//! `duban list`: tasks or quota rows, filtered.

use std::collections::HashSet;

use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Light, Period, QuotaRow, Rating, RowKind, Status, Task};
use crate::report::figures::{amount, number, percent, quota, with_unit};
use crate::report::json::{RowView, TaskView};
use crate::report::{For, Scope};

use super::args::{Format, List};
use super::fail::{Exit, Stop};
use super::item::names;
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{format, json, pick, who};

pub(super) fn run(session: &Session, args: &List) -> Result<Exit, Stop> {
    let desk = session.read()?;
    let book = pick::book(session, &desk.ledger)?;
    let lang = session.lang;
    let period = pick::period(session, &book, args.period.as_deref())?;
    let today = pick::today(session, &book);
    let wanted = Wanted::of(session, &book, args)?;
    let mut out = session.out();
    let format = format(args.shape, &out);
    let (found, done) = if args.livelihood {
        let rows: Vec<&QuotaRow> = book.rows().into_iter().filter(|row| wanted.row(&book, row, period)).collect();
        let done = match format {
            Format::Json => {
                json(&mut out, &rows.iter().map(|row| RowView::of(&book, row, period, today)).collect::<Vec<_>>())
            }
            _ => rows_table(&book, &rows, period, lang).print(format, lang, &mut out),
        };
        (rows.len(), done)
    } else {
        let tasks: Vec<&Task> = book.tasks().filter(|task| wanted.task(&book, task, period)).collect();
        let done = match format {
            Format::Json => {
                json(&mut out, &tasks.iter().map(|task| TaskView::of(&book, task, period, today)).collect::<Vec<_>>())
            }
            _ => tasks_table(&book, &tasks, period, lang).print(format, lang, &mut out),
        };
        (tasks.len(), done)
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    if found == 0 {
        return Err(Stop::new(Exit::Nothing, lang.say(Say::CliNothingFits), lang.say(Say::CliNothingFitsTodo)));
    }
    Ok(Exit::Done)
}

/// The filters, ready to be asked; all of them have to agree.
struct Wanted<'a> {
    scopes: Vec<Scope<'a>>,
    light: Option<Light>,
    status: Option<Status>,
    found: Option<HashSet<ItemKey>>,
}

impl<'a> Wanted<'a> {
    fn of(session: &Session, book: &Book<'a>, args: &List) -> Result<Self, Stop> {
        let mut scopes = Vec::new();
        if let Some(typed) = &args.leader {
            scopes.push(For::Leader(pick::leader(session, book, typed)?));
        }
        if let Some(typed) = &args.unit {
            scopes.push(For::Unit(pick::unit(session, book, typed)?));
        }
        if let Some(typed) = &args.area {
            scopes.push(For::Area(pick::area(session, book, typed)?));
        }
        let search = args.search.as_deref().map(|typed| session.line(typed));
        Ok(Self {
            scopes: scopes.iter().map(|of| Scope::new(book, of)).collect(),
            light: args.light.map(Light::from),
            status: args.status.map(Status::from),
            found: search.map(|query| who::find(book, &query).into_iter().map(super::item::Item::key).collect()),
        })
    }

    fn task(&self, book: &Book<'_>, task: &Task, period: Period) -> bool {
        self.scopes.iter().all(|scope| scope.has_task(task)) && self.item(task.key, || book.rate_task(task, period))
    }

    fn row(&self, book: &Book<'_>, row: &QuotaRow, period: Period) -> bool {
        self.scopes.iter().all(|scope| scope.has_row(row)) && self.item(row.key, || book.rate_row(row, period))
    }

    fn item(&self, key: ItemKey, rating: impl Fn() -> Rating) -> bool {
        let rated = self.light.is_none() && self.status.is_none() || {
            let rating = rating();
            self.light.is_none_or(|light| rating.status.has_light() && rating.light == light)
                && self.status.is_none_or(|wished| rating.status == wished)
        };
        rated && self.found.as_ref().is_none_or(|found| found.contains(&key))
    }
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
    let shown = rating.percent.map_or_else(|| "—".to_owned(), percent);
    [
        Cell::word(Lang::Zh.light(light), light_shown(lang, rating)).tinted(light),
        Cell::word(Lang::Zh.status(rating.status), lang.status(rating.status)),
        Cell::word(rating.percent.map(amount).unwrap_or_default(), shown),
    ]
}

fn light_shown(lang: Lang, rating: Rating) -> String {
    if rating.status.has_light() { lang.light(rating.light).to_owned() } else { "—".to_owned() }
}

fn tasks_table(book: &Book<'_>, tasks: &[&Task], period: Period, lang: Lang) -> Table {
    let mut columns = vec![Column::new("key", Say::CliHeadKey), Column::new("no", Say::CliHeadNo).programs_only()];
    columns.extend(rating_columns());
    columns.extend([
        Column::new("text", Say::CliHeadText),
        Column::new("leaders", Say::CliHeadLeaders),
        Column::new("lead_units", Say::CliHeadLeadUnits),
        Column::new("coop_units", Say::CliHeadCoopUnits).programs_only(),
        Column::new("deadline", Say::CliHeadDeadline).programs_only(),
    ]);
    let row = |task: &&Task| {
        let mut cells = vec![Cell::new(task.key.to_string()), Cell::new(number(book, task.key))];
        cells.extend(rating_cells(book.rate_task(task, period), lang));
        cells.extend([
            Cell::new(task.text.clone()),
            Cell::new(names(&task.leaders)),
            Cell::new(names(&task.lead_units)),
            Cell::new(names(&task.coop_units)),
            Cell::new(task.deadline.to_string()),
        ]);
        cells
    };
    Table { columns, rows: tasks.iter().map(row).collect() }
}

fn rows_table(book: &Book<'_>, rows: &[&QuotaRow], period: Period, lang: Lang) -> Table {
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
    ]);
    let row = |row: &&QuotaRow| {
        let total = quota(&row.total, lang);
        let done = book.row_done(row, period).map(amount).unwrap_or_default();
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
        cells.extend(rating_cells(book.rate_row(row, period), lang));
        cells.extend([Cell::new(names(&row.lead_units)), Cell::new(names(&row.coop_units))]);
        cells
    };
    Table { columns, rows: rows.iter().map(row).collect() }
}

/// What the areas add up to: a check mark where that is the total, else the sum.
fn sum_cell(row: &QuotaRow) -> Cell {
    let divided = row.kind() == RowKind::Number && !crate::model::book::takes_city_figure(row);
    match row.sum_check().filter(|_| divided) {
        None => Cell::new(String::new()),
        Some(check) if check.agrees() => Cell::word(amount(check.sum), "✓"),
        Some(check) => Cell::word(amount(check.sum), format!("≠ {}", amount(check.sum))),
    }
}
