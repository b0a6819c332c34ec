//! `duban settings`: the length of a filing period, its due day, and the margins of the lights.

use std::io::Write;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::catalog::Say;
use crate::model::entry::put_settings;
use crate::model::{self, DueMonth, Intent, Span};
use crate::report::figures::amount;

use super::args::Settings;
use super::batch::{self, Deed};
use super::fail::{Exit, Stop};
use super::session::Session;
use super::{figure, json, pick, words};

/// The settings, as programs read them.
#[derive(Serialize)]
struct View {
    span: Span,
    due_month: DueMonth,
    due_day: u8,
    near_days: u16,
    behind: String,
    far_behind: String,
}

pub(super) fn run(session: &Session, args: &Settings) -> Result<Exit, Stop> {
    let lang = session.lang;
    let given = args.span.is_some()
        || args.due_month.is_some()
        || args.due_day.is_some()
        || args.near_days.is_some()
        || args.behind.is_some()
        || args.far_behind.is_some();
    if !given {
        return show(session, args.json);
    }
    let mut desk = session.write()?;
    let ledger = desk.ledger.clone();
    let book = pick::book(session, &ledger)?;
    let mut settings = book.document().settings.clone();
    let margin = |typed: &Option<String>, now: Decimal| match typed.as_deref() {
        Some(typed) => figure::in_unit(session, "", typed),
        None => Ok(now),
    };
    settings.thresholds.behind = margin(&args.behind, settings.thresholds.behind)?;
    settings.thresholds.far_behind = margin(&args.far_behind, settings.thresholds.far_behind)?;
    settings.span = args.span.map_or(settings.span, Span::from);
    settings.due_month = args.due_month.map_or(settings.due_month, DueMonth::from);
    settings.due_day = args.due_day.unwrap_or(settings.due_day);
    settings.near_days = args.near_days.unwrap_or(settings.near_days);
    let name = book.id().to_string();
    let writes = put_settings(&book, settings).map_err(|why| Stop::no_deed(lang, &name, why))?;
    let deed = Deed { about: name.clone(), writes, doubts: Vec::new() };
    batch::single(session, &mut desk, Intent::Settings, deed, |seq| lang.fill(Say::CliSettingsPut, &[&name, &seq]))
}

fn show(session: &Session, as_json: bool) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.read()?;
    let book = pick::book(session, &desk.ledger)?;
    let model::Settings { span, due_month, due_day, near_days, thresholds, .. } = &book.document().settings;
    let view = View {
        span: *span,
        due_month: *due_month,
        due_day: *due_day,
        near_days: *near_days,
        behind: amount(thresholds.behind),
        far_behind: amount(thresholds.far_behind),
    };
    let mut out = session.out();
    let done = if as_json {
        json(&mut out, &view)
    } else {
        let span = lang.say(match span {
            Span::Month => Say::CliSpanMonth,
            Span::Quarter => Say::CliSpanQuarter,
            Span::Half => Say::CliSpanHalf,
        });
        let due = match due_month {
            DueMonth::Last => lang.fill(Say::CliDueLast, &[due_day]),
            DueMonth::After => lang.fill(Say::CliDueAfter, &[due_day]),
        };
        let near = lang.fill(Say::CliNearDays, &[near_days]);
        let margins = lang.fill(Say::CliMargins, &[&view.behind, &view.far_behind]);
        [
            (Say::CliHeadPeriod, span.to_owned()),
            (Say::CliHeadDue, due),
            (Say::CliHeadNear, near),
            (Say::CliHeadLight, margins),
        ]
        .iter()
        .try_for_each(|(say, text)| words::field(&mut out, lang.say(*say), text))
        .and_then(|()| out.flush())
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}
