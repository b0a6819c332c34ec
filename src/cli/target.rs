//! `duban target`: the targets of a task with the figures reached; records a figure, corrects, adds or removes a target.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::entry::{NoDeed, earlier_actual, put_actual, put_target};
use crate::model::{self, Book, Comparator, Intent, ItemKey, Period};
use crate::report::figures::{amount, points};
use crate::report::json;
use crate::report::why::target_text;

use super::args::{Format, Target, TargetParts, YesNo};
use super::batch::{self, Deed};
use super::fail::{Exit, Stop};
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::{figure, format, pick, words};

/// The fields of an element of a batch: figures reached on targets.
const FIELDS: &[&str] = &["key", "no", "actual", "period"];

/// A target, as programs read it, with the figures of all periods.
#[derive(Serialize)]
pub(super) struct TargetView {
    #[serde(flatten)]
    pub view: json::TargetView,
    /// 完成率 on this target alone.
    pub percent: Option<String>,
    /// The figures reached, by period; only what is recorded.
    pub actuals: BTreeMap<String, String>,
}

pub(super) fn run(session: &Session, args: &Target) -> Result<Exit, Stop> {
    let lang = session.lang;
    let period = args.period.as_deref();
    if let Some(from) = &args.from {
        return batch::run(session, (from, Intent::Target), FIELDS, |book, element| {
            let typed = element.text(session, "period")?;
            let key = element.needed(session, "key")?;
            let no = element.number(session, "no")?;
            let no = no.map_or_else(|| element.needed(session, "no").map(|_| 0), Ok)?;
            let value = element.clearable(session, "actual")?;
            let value = value.map_or_else(|| element.needed(session, "actual"), Ok)?;
            reached(session, book, (&key, no), (typed.as_deref().or(period), &value)).map(|(deed, _)| deed)
        });
    }
    let key = args.key.as_deref().unwrap_or_default();
    let given = given(&args.parts);
    let Some(no) = args.no else {
        return if args.add || given { put(session, args, None) } else { list(session, args, key) };
    };
    if args.actual.is_none() && !args.clear {
        return if args.remove || given { put(session, args, Some(no)) } else { list(session, args, key) };
    }
    let mut desk = session.write()?;
    let ledger = desk.ledger.clone();
    let book = pick::book(session, &ledger)?;
    let value = args.actual.as_deref().unwrap_or_default();
    let (deed, kept) = reached(session, &book, (key, no), (period, value))?;
    let about = deed.about.clone();
    let shown = kept.map_or_else(|| "—".to_owned(), words::figure);
    let told = |seq| lang.fill(Say::CliReached, &[&about, &shown, &seq]);
    batch::single(session, &mut desk, Intent::Target, deed, told)
}

fn given(parts: &TargetParts) -> bool {
    let TargetParts { metric, comparator, value, tiers, unit, deadline, rate } = parts;
    [metric, comparator, value, tiers, unit, deadline].into_iter().any(Option::is_some) || rate.is_some()
}

fn task<'a>(session: &Session, book: &Book<'a>, key: &str) -> Result<&'a model::Task, Stop> {
    let item = pick::one_item(session, book, key).map_err(|stop| stop.in_field("key"))?.key();
    book.task(item).ok_or_else(|| Stop::no_deed(session.lang, &item, NoDeed::NotATask))
}

/// A figure reached on a target, and what is kept of it; an empty one is taken back.
fn reached(
    session: &Session,
    book: &Book<'_>,
    (key, no): (&str, u16),
    (period, typed): (Option<&str>, &str),
) -> Result<(Deed, Option<Decimal>), Stop> {
    let lang = session.lang;
    let item = task(session, book, key)?.key;
    let period = pick::period(session, book, period).map_err(|stop| stop.in_field("period"))?;
    let value = figure::of_target(session, book, (item, no, period), typed).map_err(|stop| stop.in_field("actual"))?;
    let name = format!("{item}/{no}");
    let writes =
        put_actual(book, item, no, period, value).map_err(|why| Stop::no_deed(lang, &name, why).in_field("actual"))?;
    let earlier = earlier_actual(book, item, no, period).map(|(_, earlier)| earlier);
    let doubt = earlier.filter(|earlier| !writes.is_empty() && value.is_some_and(|value| value < *earlier));
    let doubt = doubt.map(|earlier| lang.fill(Say::CliBelowPrevious, &[&words::figure(earlier)]));
    let doubts = doubt.map(|doubt| lang.fill(Say::CliDoubtAbout, &[&name, &doubt])).into_iter().collect();
    Ok((Deed { about: format!("{name} {period}"), writes, doubts }, value))
}

/// Adds (`no` of `None`), corrects or removes a target.
fn put(session: &Session, args: &Target, no: Option<u16>) -> Result<Exit, Stop> {
    let lang = session.lang;
    let mut desk = session.write()?;
    let ledger = desk.ledger.clone();
    let book = pick::book(session, &ledger)?;
    let item = task(session, &book, args.key.as_deref().unwrap_or_default())?.key;
    let now = no.and_then(|no| book.target(item, no)).map(|(target, _)| target.clone());
    let target = if args.remove { None } else { Some(changed(session, &book, now, &args.parts)?) };
    let shown = target.as_ref().map(|target| target_text(target, lang));
    let writes = put_target(&book, item, no, target).map_err(|why| Stop::no_deed(lang, &item, why))?;
    let number = no.map_or_else(String::new, |no| format!("/{no}"));
    let about = format!("{item}{number}");
    let told = {
        let about = about.clone();
        move |seq| match shown {
            Some(shown) => lang.fill(Say::CliTargetPut, &[&about, &shown, &seq]),
            None => lang.fill(Say::CliRemoved, &[&about, &seq]),
        }
    };
    batch::single(session, &mut desk, Intent::Target, Deed { about, writes, doubts: Vec::new() }, told)
}

/// The target as it would be with what is given; an empty text takes a part away.
fn changed(
    session: &Session,
    book: &Book<'_>,
    now: Option<model::Target>,
    parts: &TargetParts,
) -> Result<model::Target, Stop> {
    let lang = session.lang;
    let new = now.is_none();
    let mut target = now.unwrap_or_else(|| model::Target {
        metric: String::new(),
        comparator: Comparator::AtLeast,
        value: None,
        tiers: Vec::new(),
        unit: String::new(),
        rate: false,
        deadline: None,
        phrase: String::new(),
        by_hand: true,
    });
    if let Some(typed) = &parts.metric {
        target.metric = session.line(typed);
    }
    if let Some(typed) = &parts.unit {
        target.unit = session.line(typed);
    }
    if let Some(typed) = &parts.comparator {
        let typed = session.line(typed);
        target.comparator = Comparator::named(&typed).ok_or_else(|| {
            let known: Vec<&str> = Comparator::ALL.iter().map(|one| one.sign()).collect();
            let what = lang.fill(Say::CliBatchWord, &[&typed]);
            Stop::input(what, lang.fill(Say::CliCandidates, &[&known.join(" ")]))
        })?;
    }
    let figure = |typed: &str| figure::in_unit(session, &target.unit, typed);
    if let Some(typed) = &parts.value {
        target.value = Some(typed).filter(|typed| !typed.trim().is_empty()).map(|typed| figure(typed)).transpose()?;
    }
    if let Some(typed) = &parts.tiers {
        let tiers = typed.split([',', '，', '/', '、']).filter(|tier| !tier.trim().is_empty());
        let tiers: Result<Vec<Decimal>, Stop> = tiers.map(figure).collect();
        target.tiers = tiers?;
    }
    if let Some(typed) = &parts.deadline {
        target.deadline = optional_date(session, book, typed)?;
    }
    if let Some(rate) = parts.rate {
        target.rate = matches!(rate, YesNo::Yes);
    } else if new {
        target.rate = matches!(target.unit.as_str(), "%" | "％");
    }
    target.by_hand = true;
    Ok(target)
}

/// A typed day; nothing typed is none.
pub(super) fn optional_date(
    session: &Session,
    book: &Book<'_>,
    typed: &str,
) -> Result<Option<chrono::NaiveDate>, Stop> {
    let typed = Some(typed).filter(|typed| !typed.trim().is_empty());
    typed.map(|typed| figure::date(session, book, typed)).transpose()
}

fn list(session: &Session, args: &Target, key: &str) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.read_in(args.period.as_deref())?;
    let book = pick::book(session, &desk.ledger)?;
    let period = pick::period(session, &book, args.period.as_deref())?;
    let item = task(session, &book, key)?.key;
    let mut views = views(&book, item, period);
    if let Some(no) = args.no {
        views.retain(|view| view.view.no == no);
    }
    let mut out = session.out();
    let done = match format(args.shape, &out) {
        Format::Json => super::json(&mut out, &views),
        other => table(&book, item, &views, lang).print(other, lang, &mut out),
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    if views.is_empty() {
        let what = lang.fill(Say::CliNoTargets, &[&item]);
        return Err(Stop::new(Exit::Nothing, what, lang.fill(Say::CliNoTargetsTodo, &[&item])));
    }
    Ok(Exit::Done)
}

/// The targets of a task with the figures of every period, rated in one.
pub(super) fn views(book: &Book<'_>, item: ItemKey, period: Period) -> Vec<TargetView> {
    let Some(task) = book.task(item) else { return Vec::new() };
    let document = book.document();
    let view = |view: json::TargetView| {
        let no = view.no;
        let actuals = Period::all(document.year, document.settings.span).filter_map(|period| {
            let (value, _) = book.actual(item, no, period)?;
            Some((period.to_string(), amount(value)))
        });
        let percent = book.rate_target(task, no, period).and_then(|rating| rating.percent).map(points);
        TargetView { view, percent, actuals: actuals.collect() }
    };
    json::TargetView::of(book, task, period).into_iter().map(view).collect()
}

/// A table of targets: what is to be reached, and what was, period by period.
pub(super) fn table(book: &Book<'_>, item: ItemKey, views: &[TargetView], lang: Lang) -> Table {
    let mut columns = vec![
        Column::new("no", Say::CliHeadNo),
        Column::new("target", Say::CliHeadTarget),
        Column::new("metric", Say::CliHeadMetric).programs_only(),
        Column::new("comparator", Say::CliHeadComparator).programs_only(),
        Column::new("value", Say::CliHeadValue).programs_only(),
        Column::new("unit", Say::CliHeadUnit).programs_only(),
        Column::new("rate", Say::CliHeadRate).programs_only(),
        Column::new("actuals", Say::CliHeadDone),
        Column::new("light", Say::CliHeadLight),
        Column::new("percent", Say::CliHeadPercent),
        Column::new("deadline", Say::CliHeadDeadline),
        Column::new("phrase", Say::CliHeadPhrase),
    ];
    if views.iter().all(|view| view.view.deadline.is_none()) {
        columns = columns
            .into_iter()
            .map(|column| if column.name == "deadline" { column.programs_only() } else { column })
            .collect();
    }
    let row = |view: &TargetView| {
        let text = book.target(item, view.view.no).map(|(target, _)| target_text(target, lang)).unwrap_or_default();
        let actuals: Vec<String> = view.actuals.iter().map(|(period, value)| format!("{period}={value}")).collect();
        let shown: Vec<String> = view
            .actuals
            .iter()
            .map(|(period, value)| {
                let period = period.trim_start_matches(|c: char| c.is_ascii_digit());
                format!("{period} {value}{}", view.view.unit)
            })
            .collect();
        let light = model::Light::ALL.into_iter().find(|light| view.view.light == Some(Lang::Zh.light(*light)));
        let lit = Cell::word(view.view.light.unwrap_or_default(), light.map_or("—", |light| lang.light(light)));
        vec![
            Cell::new(view.view.no.to_string()),
            Cell::new(text),
            Cell::new(view.view.metric.clone()),
            Cell::new(view.view.comparator),
            Cell::new(view.view.value.clone().unwrap_or_default()),
            Cell::new(view.view.unit.clone()),
            Cell::new(view.view.rate.to_string()),
            Cell::word(actuals.join(" "), if shown.is_empty() { "—".to_owned() } else { shown.join(", ") }),
            match light {
                Some(light) => lit.tinted(light),
                None => lit,
            },
            Cell::word(
                view.percent.clone().unwrap_or_default(),
                view.percent.as_ref().map_or_else(|| "—".to_owned(), |percent| format!("{percent}%")),
            ),
            Cell::new(view.view.deadline.clone().unwrap_or_default()),
            Cell::new(view.view.phrase.clone()),
        ]
    };
    Table { columns, rows: views.iter().map(row).collect() }
}
