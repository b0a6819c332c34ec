//! `duban show`: all there is about one task, row or item.

use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::{Book, CITY_TOTAL, Filing, Finding, ItemKey, Period, QuotaRow, Review};
use crate::report::chase::reasons;
use crate::report::figures::{amount, done, number, percent, points, quota, with_unit};
use crate::report::json::{RowView, TaskView, steps};
use crate::report::{For, Reason, Scope, why, year};

use super::args::{Format, Show};
use super::fail::{Exit, Stop};
use super::item::{Item, names};
use super::out::Out;
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{json, pick, request, step, target, words};

/// An item with what is filed on it, as programs read it.
#[derive(Serialize)]
struct Shown<'a, V> {
    #[serde(flatten)]
    view: V,
    period: String,
    progress: &'a str,
    problems: &'a str,
    next: &'a str,
    /// The figures reached on each target, by its number and the period.
    actuals: BTreeMap<u16, BTreeMap<String, String>>,
    /// Why it is to be chased: `overdue`, `returned`, …
    chase_reasons: Vec<&'static str>,
    /// The item of the year before that it continues, or null.
    last_year: Option<LastYear>,
}

/// An item of the year before, as programs read it.
#[derive(Serialize)]
struct LastYear {
    document: String,
    key: String,
    alike: u8,
    period: String,
    status: &'static str,
    light: Option<&'static str>,
    percent: Option<String>,
}

impl LastYear {
    fn of(book: &Book<'_>, item: ItemKey) -> Option<Self> {
        let last = year::continued(book, item)?;
        let (period, rating) = (last.period()?, last.rating()?);
        Some(Self {
            document: last.book.id().to_string(),
            key: last.item.to_string(),
            alike: last.alike,
            period: period.to_string(),
            status: Lang::Zh.status(rating.status),
            light: rating.status.has_light().then(|| Lang::Zh.light(rating.light)),
            percent: rating.percent.map(points),
        })
    }
}

pub(super) fn run(session: &Session, args: &Show) -> Result<Exit, Stop> {
    let desk = session.read_in(args.period.as_deref())?;
    let book = pick::book(session, &desk.ledger)?;
    let period = pick::period(session, &book, args.period.as_deref())?;
    let items = pick::items(session, &book, &args.key)?;
    let today = pick::today(session, &book);
    let mut out = session.out();
    let printed = if args.json {
        let views: Result<Vec<serde_json::Value>, _> =
            items.iter().map(|item| view(&book, *item, (period, today))).collect();
        views.map_err(io::Error::from).and_then(|views| json(&mut out, &views))
    } else {
        items
            .iter()
            .try_for_each(|item| for_people(&book, *item, (period, today), session.lang, &mut out))
            .and_then(|()| out.flush())
    };
    printed.map_err(|error| Stop::output(session.lang, &error))?;
    Ok(Exit::Done)
}

fn view(
    book: &Book<'_>,
    item: Item<'_>,
    (period, today): (Period, NaiveDate),
) -> serde_json::Result<serde_json::Value> {
    match item {
        Item::Task(task) => with_filing(book, item, TaskView::of(book, task, period, today), (period, today)),
        Item::Row(row) => with_filing(book, item, RowView::of(book, row, period, today), (period, today)),
    }
}

fn with_filing<V: Serialize>(
    book: &Book<'_>,
    item: Item<'_>,
    view: V,
    (period, today): (Period, NaiveDate),
) -> serde_json::Result<serde_json::Value> {
    let key = item.key();
    let empty = Filing::default();
    let filing = book.filing(key, period).map_or(&empty, |(filing, _)| filing);
    let targets = target::views(book, key, period);
    serde_json::to_value(Shown {
        view,
        period: period.to_string(),
        progress: &filing.progress,
        problems: &filing.problems,
        next: &filing.next,
        actuals: targets.into_iter().map(|target| (target.view.no, target.actuals)).collect(),
        chase_reasons: to_chase(book, key, period, today).iter().map(Reason::name).collect(),
        last_year: LastYear::of(book, key),
    })
}

/// Why an item is to be chased; what is closed or stopped is not.
fn to_chase(book: &Book<'_>, item: ItemKey, period: Period, today: NaiveDate) -> Vec<Reason> {
    if item.is_dropped() || book.closed(item, period) || book.stopped(item, period) {
        return Vec::new();
    }
    reasons(book, &Scope::new(book, &For::All), item, period, today)
}

fn for_people(
    book: &Book<'_>,
    item: Item<'_>,
    (period, today): (Period, NaiveDate),
    lang: Lang,
    out: &mut Out,
) -> io::Result<()> {
    let key = item.key();
    let head = format!("{key}  {}", number(book, key));
    writeln!(out, "{}", out.bold(&head))?;
    words::field(out, "", &item.title())?;
    let mut fields = Vec::new();
    if let Item::Row(row) = item {
        fields.push((Say::CliHeadCategory, row.category.clone()));
        fields.push((Say::CliHeadTarget, with_unit(&quota(&row.total, lang), row)));
    }
    if let Some(former) = book.former(key) {
        let say = if key.is_dropped() { Say::FormerDropped } else { Say::FormerMoved };
        fields.push((Say::FormerHead, lang.fill(say, &[&former.was, &former.on])));
    }
    fields.push((Say::CliHeadLeaders, names(item.leaders())));
    fields.push((Say::CliHeadLeadUnits, names(item.lead_units())));
    fields.push((Say::CliHeadCoopUnits, names(item.coop_units())));
    fields.push((Say::CliHeadDeadline, deadline(book, item, period, lang)));
    fields.push((Say::CliHeadPeriod, lang.period(period)));
    fields.push((Say::CliHeadStatus, standing(book, item, period, lang)));
    fields.push((Say::CliHeadCause, why(book, key, period, lang)));
    fields.push((Say::CliHeadFiling, filed(book, key, (period, today), lang)));
    if let Some((filing, _)) = book.filing(key, period) {
        fields.push((Say::CliHeadProgress, filing.progress.clone()));
        fields.push((Say::CliHeadProblems, filing.problems.clone()));
        fields.push((Say::CliHeadNext, filing.next.clone()));
    }
    fields.push((Say::CliHeadChase, chased(book, key, (period, today), lang)));
    fields.push((Say::LabelLastYear, year::lines(book, key, lang).join("\n")));
    for (say, text) in fields.into_iter().filter(|(_, text)| !text.is_empty()) {
        words::field(out, lang.say(say), &text)?;
    }
    for finding in book.findings().filter(|finding| about(finding, key)) {
        words::field(out, lang.say(Say::CliHeadDoubt), &super::doubts::sentence(lang, finding))?;
    }
    if let Item::Row(row) = item
        && !row.areas.is_empty()
    {
        writeln!(out)?;
        cells(book, row, period, lang).print(Format::Table, lang, out)?;
    }
    let targets = target::views(book, key, period);
    let steps = steps(book, key);
    let requests = request::views(book, key);
    let parts = [
        (!targets.is_empty()).then(|| target::table(book, key, &targets, lang)),
        (!steps.is_empty()).then(|| step::table(&steps, lang)),
        (!requests.is_empty()).then(|| request::table(&requests, lang)),
    ];
    for part in parts.into_iter().flatten() {
        writeln!(out)?;
        part.print(Format::Table, lang, out)?;
    }
    writeln!(out)
}

/// The deadline that stands, with the printed one where another was granted.
fn deadline(book: &Book<'_>, item: Item<'_>, period: Period, lang: Lang) -> String {
    let stands = book.deadline(item.key(), period);
    match item {
        Item::Task(task) if task.deadline != stands => lang.fill(Say::CliDeadlineGranted, &[&stands, &task.deadline]),
        Item::Task(_) | Item::Row(_) => stands.to_string(),
    }
}

/// 填报状态, with the reason of a return.
fn filed(book: &Book<'_>, item: ItemKey, (period, today): (Period, NaiveDate), lang: Lang) -> String {
    let state = lang.filing_state(book.filing_state(item, period, today));
    match book.filing(item, period).map(|(filing, _)| &filing.review) {
        Some(Review::Returned(reason)) => lang.fill(Say::CliDoubtAbout, &[&state, reason]),
        _ => state.to_owned(),
    }
}

/// Why the item is to be chased, and how it was.
fn chased(book: &Book<'_>, item: ItemKey, (period, today): (Period, NaiveDate), lang: Lang) -> String {
    let reasons = to_chase(book, item, period, today);
    let mut lines = vec![reasons.iter().map(|reason| reason.text(lang)).collect::<Vec<_>>().join("、")];
    if let Some((chase, _)) = book.chase_of(item, period) {
        let last = chase.last.map(|day| day.to_string()).unwrap_or_default();
        lines.push(lang.fill(Say::CliChasedTimes, &[&chase.times, &last, &chase.note]));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
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
        // A light that the office set shows before anything is filed.
        None if rating.by_hand => format!("{} {status}", lang.light(rating.light)),
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
