//! `duban show`: all there is about one task, row or item.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::{Book, CITY_TOTAL, Filing, Finding, ItemKey, Period, QuotaRow};
use crate::report::figures::{amount, done, number, percent, quota, with_unit};
use crate::report::json::{RowView, TaskView};

use super::args::{Format, Show};
use super::fail::{Exit, Stop};
use super::item::{Item, names};
use super::out::Out;
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{json, pick, words};

/// An item with what is filed on it, as programs read it.
#[derive(Serialize)]
struct Shown<'a, V> {
    #[serde(flatten)]
    view: V,
    period: String,
    progress: &'a str,
    problems: &'a str,
    next: &'a str,
}

pub(super) fn run(session: &Session, args: &Show) -> Result<Exit, Stop> {
    let desk = session.read()?;
    let book = pick::book(session, &desk.ledger)?;
    let period = pick::period(session, &book, args.period.as_deref())?;
    let items = pick::items(session, &book, &args.key)?;
    let today = pick::today(session, &book);
    let mut out = session.out();
    let printed = if args.json {
        let views: Result<Vec<serde_json::Value>, _> =
            items.iter().map(|item| view(&book, *item, period, today)).collect();
        views.map_err(io::Error::from).and_then(|views| json(&mut out, &views))
    } else {
        items
            .iter()
            .try_for_each(|item| for_people(&book, *item, period, session.lang, &mut out))
            .and_then(|()| out.flush())
    };
    printed.map_err(|error| Stop::output(session.lang, &error))?;
    Ok(Exit::Done)
}

fn view(book: &Book<'_>, item: Item<'_>, period: Period, today: NaiveDate) -> serde_json::Result<serde_json::Value> {
    let empty = Filing::default();
    let filing = book.filing(item.key(), period).map_or(&empty, |(filing, _)| filing);
    let (progress, problems, next) = (filing.progress.as_str(), filing.problems.as_str(), filing.next.as_str());
    let period_name = period.to_string();
    match item {
        Item::Task(task) => {
            let view = TaskView::of(book, task, period, today);
            serde_json::to_value(Shown { view, period: period_name, progress, problems, next })
        }
        Item::Row(row) => {
            let view = RowView::of(book, row, period, today);
            serde_json::to_value(Shown { view, period: period_name, progress, problems, next })
        }
    }
}

fn for_people(book: &Book<'_>, item: Item<'_>, period: Period, lang: Lang, out: &mut Out) -> io::Result<()> {
    let head = format!("{}  {}", item.key(), number(book, item.key()));
    writeln!(out, "{}", out.bold(&head))?;
    words::field(out, "", &item.title())?;
    let mut fields = Vec::new();
    if let Item::Row(row) = item {
        fields.push((Say::CliHeadCategory, row.category.clone()));
        fields.push((Say::CliHeadTarget, with_unit(&quota(&row.total, lang), row)));
    }
    fields.push((Say::CliHeadLeaders, names(item.leaders())));
    fields.push((Say::CliHeadLeadUnits, names(item.lead_units())));
    fields.push((Say::CliHeadCoopUnits, names(item.coop_units())));
    if let Item::Task(task) = item {
        fields.push((Say::CliHeadDeadline, task.deadline.to_string()));
    }
    fields.push((Say::CliHeadPeriod, lang.period(period)));
    fields.push((Say::CliHeadStatus, standing(book, item, period, lang)));
    if let Some((filing, _)) = book.filing(item.key(), period) {
        fields.push((Say::CliHeadProgress, filing.progress.clone()));
        fields.push((Say::CliHeadProblems, filing.problems.clone()));
        fields.push((Say::CliHeadNext, filing.next.clone()));
    }
    for (say, text) in fields.into_iter().filter(|(_, text)| !text.is_empty()) {
        words::field(out, lang.say(say), &text)?;
    }
    for finding in book.findings().filter(|finding| about(finding, item.key())) {
        words::field(out, lang.say(Say::CliHeadDoubt), &super::doubts::sentence(lang, finding))?;
    }
    if let Item::Row(row) = item
        && !row.areas.is_empty()
    {
        writeln!(out)?;
        cells(book, row, period, lang).print(Format::Table, lang, out)?;
    }
    writeln!(out)
}

fn about(finding: &Finding, key: ItemKey) -> bool {
    finding.item == Some(key)
}

/// Light, status and percentage in a phrase.
fn standing(book: &Book<'_>, item: Item<'_>, period: Period, lang: Lang) -> String {
    let rating = item.rating(book, period);
    let status = lang.status(rating.status);
    match rating.percent {
        Some(value) => format!("{} {status} {}", lang.light(rating.light), percent(value)),
        None => status.to_owned(),
    }
}

fn cells(book: &Book<'_>, row: &QuotaRow, period: Period, lang: Lang) -> Table {
    let columns = vec![
        Column::new("area", Say::CliHeadArea),
        Column::new("target", Say::CliHeadTarget),
        Column::new("done", Say::CliHeadDone),
        Column::new("percent", Say::CliHeadPercent),
    ];
    let cell = |area: &str, target: &crate::model::Quota| {
        let value = if area == CITY_TOTAL {
            book.row_done(row, period)
        } else {
            book.done(row.key, area, period).map(|(v, _)| v)
        };
        let rate = book.cell_completion(row, area, period);
        vec![
            Cell::word(area, if area == CITY_TOTAL { lang.say(Say::CliCityTotal) } else { area }),
            Cell::new(quota(target, lang)),
            Cell::word(value.map(amount).unwrap_or_default(), done(value, target)),
            Cell::word(rate.map(amount).unwrap_or_default(), rate.map_or_else(|| "—".to_owned(), percent)),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = row.areas.iter().map(|area| cell(&area.area, &area.quota)).collect();
    rows.push(cell(CITY_TOTAL, &row.total));
    Table { columns, rows }
}
