//! `duban step`: the steps (工作举措) a task is split into; adds, changes, ticks off or removes one.

use std::sync::Arc;

use crate::catalog::{Lang, Say};
use crate::model::entry::{NoDeed, put_step};
use crate::model::{self, Book, Intent, ItemKey, StepState};
use crate::report::json::{StepView, steps};

use super::args::{Format, Step, StepName};
use super::batch::{self, Deed, Element};
use super::fail::{Exit, Stop};
use super::session::Session;
use super::table::{Cell, Column, Table};
use super::target::optional_date;
use super::{format, json, pick};

/// The fields of an element of a batch: without a number a step is added.
const FIELDS: &[&str] = &["key", "no", "text", "unit", "deadline", "state", "remove"];

pub(super) fn run(session: &Session, args: &Step) -> Result<Exit, Stop> {
    let lang = session.lang;
    if let Some(from) = &args.from {
        return batch::run(session, (from, Intent::Step), FIELDS, |book, element| {
            deed(session, book, &asked(session, element)?)
        });
    }
    let parts = [&args.text, &args.unit, &args.deadline].into_iter().any(Option::is_some) || args.state.is_some();
    if args.no.is_none() && args.add.is_none() && parts {
        return Err(Stop::input(lang.say(Say::CliStepWhich), lang.say(Say::CliStepWhichTodo)));
    }
    if args.add.is_none() && !args.remove && !parts {
        return list(session, args);
    }
    let mut desk = session.write()?;
    let ledger = desk.ledger.clone();
    let book = pick::book(session, &ledger)?;
    let deed = deed(session, &book, args)?;
    let item = task(session, &book, args.key.as_deref().unwrap_or_default())?;
    let added = book.steps(item).map(|(no, _, _)| no).last().unwrap_or(0).saturating_add(1);
    let name = format!("{item}/{}", args.no.unwrap_or(added));
    let say = match (args.no, args.remove) {
        (None, _) => Say::CliStepAdded,
        (Some(_), false) => Say::CliStepChanged,
        (Some(_), true) => Say::CliRemoved,
    };
    let deed = Deed { about: name.clone(), ..deed };
    batch::single(session, &mut desk, Intent::Step, deed, |seq| lang.fill(say, &[&name, &seq]))
}

fn asked(session: &Session, element: &Element) -> Result<Step, Stop> {
    let lang = session.lang;
    let no = element.number(session, "no")?;
    let text = element.text(session, "text")?;
    let state = element.text(session, "state")?.map(|typed| {
        <StepName as clap::ValueEnum>::from_str(&typed, true).map_err(|_| {
            let what = lang.fill(Say::CliBatchWord, &[&session.line(&typed)]);
            Stop::input(what, lang.fill(Say::CliCandidates, &[&"todo doing done"])).in_field("state")
        })
    });
    Ok(Step {
        key: Some(element.needed(session, "key")?),
        no,
        add: if no.is_none() { Some(element.needed(session, "text")?) } else { None },
        text: text.filter(|_| no.is_some()),
        unit: element.clearable(session, "unit")?,
        deadline: element.clearable(session, "deadline")?,
        state: state.transpose()?,
        remove: element.flag(session, "remove")?,
        from: None,
        shape: super::args::Shape { format: None, json: false },
    })
}

fn task(session: &Session, book: &Book<'_>, key: &str) -> Result<ItemKey, Stop> {
    let item = pick::one_item(session, book, key).map_err(|stop| stop.in_field("key"))?.key();
    match book.task(item) {
        Some(_) => Ok(item),
        None => Err(Stop::no_deed(session.lang, &item, NoDeed::NotATask)),
    }
}

fn deed(session: &Session, book: &Book<'_>, asked: &Step) -> Result<Deed, Stop> {
    let lang = session.lang;
    let item = task(session, book, asked.key.as_deref().unwrap_or_default())?;
    let now = asked.no.and_then(|no| book.steps(item).find(|(one, _, _)| *one == no)).map(|(_, step, _)| step.clone());
    let name = asked.no.map_or_else(|| item.to_string(), |no| format!("{item}/{no}"));
    if asked.no.is_some() && now.is_none() {
        return Err(Stop::no_deed(lang, &name, NoDeed::NoNumber));
    }
    let step = if asked.remove {
        None
    } else {
        let mut step = now.unwrap_or_else(|| model::Step {
            text: String::new(),
            unit: None,
            deadline: None,
            state: StepState::Todo,
        });
        if let Some(typed) = asked.add.as_ref().or(asked.text.as_ref()) {
            step.text = session.line(typed);
        }
        if let Some(typed) = &asked.unit {
            let unit = session.line(typed);
            step.unit = (!unit.is_empty()).then(|| Arc::from(unit.as_str()));
        }
        if let Some(typed) = &asked.deadline {
            step.deadline = optional_date(session, book, typed).map_err(|stop| stop.in_field("deadline"))?;
        }
        if let Some(state) = asked.state {
            step.state = state.into();
        }
        Some(step)
    };
    let writes = put_step(book, item, asked.no, step).map_err(|why| {
        let refused = Stop::no_deed(lang, &name, why);
        if matches!(why, NoDeed::NoReason | NoDeed::TooLong) { refused.in_field("text") } else { refused }
    })?;
    // Steps that are added are never the same.
    let about = if asked.no.is_some() { name } else { String::new() };
    Ok(Deed { about, writes, doubts: Vec::new() })
}

fn list(session: &Session, args: &Step) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.read_in(None)?;
    let book = pick::book(session, &desk.ledger)?;
    let item = task(session, &book, args.key.as_deref().unwrap_or_default())?;
    let mut views = steps(&book, item);
    if let Some(no) = args.no {
        views.retain(|view| view.no == no);
    }
    let mut out = session.out();
    let done = match format(args.shape, &out) {
        Format::Json => json(&mut out, &views),
        other => table(&views, lang).print(other, lang, &mut out),
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    if views.is_empty() {
        let what = lang.fill(Say::CliNoSteps, &[&item]);
        return Err(Stop::new(Exit::Nothing, what, lang.fill(Say::CliNoStepsTodo, &[&item])));
    }
    Ok(Exit::Done)
}

/// A table of steps.
pub(super) fn table(views: &[StepView], lang: Lang) -> Table {
    let columns = vec![
        Column::new("no", Say::CliHeadNo),
        Column::new("state", Say::CliHeadState),
        Column::new("text", Say::CliHeadStep),
        Column::new("unit", Say::CliHeadStepUnit),
        Column::new("deadline", Say::CliHeadDeadline),
    ];
    let row = |view: &StepView| {
        let name = match view.state {
            StepState::Todo => "todo",
            StepState::Doing => "doing",
            StepState::Done => "done",
        };
        vec![
            Cell::new(view.no.to_string()),
            Cell::word(name, lang.step_state(view.state)),
            Cell::new(view.text.clone()),
            Cell::new(view.unit.as_deref().unwrap_or_default()),
            Cell::new(view.deadline.clone().unwrap_or_default()),
        ]
    };
    Table { columns, rows: views.iter().map(row).collect() }
}
