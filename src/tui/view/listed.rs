//! The lines of the lists of an item: steps, requests, targets.

use super::super::sheet::{Pick, Picking};
use super::super::state::State;
use super::super::update::asking::actual_text;
use super::detail::Line;
use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Outcome, Period, Request, StepState};
use crate::report::figures::number;
use crate::report::why;
use crate::text::width::{fit, pad, width};
use crate::text::wrap::wrap;

/// The most periods whose figures stand beside a target.
const PERIODS: usize = 4;
/// Columns of a figure.
const FIGURE: usize = 9;

/// A list ready to be drawn.
pub(super) struct Listed {
    /// Its title.
    pub(super) title: String,
    /// The heads of its columns, where it has some.
    pub(super) head: Option<String>,
    /// A line each.
    pub(super) lines: Vec<Line>,
    /// What it says where it has no lines.
    pub(super) none: Say,
    /// More of the line under the cursor, wrapped.
    pub(super) more: Vec<Line>,
}

/// What a list holds, its lines at most `columns` wide.
pub(super) fn listed(state: &State, pick: &Pick, columns: usize) -> Listed {
    let none = match pick.of {
        Picking::Steps(_) => Say::NoSteps,
        Picking::Requests(_) => Say::NoRequests,
        Picking::Waiting => Say::NothingWaits,
        Picking::Targets(_) => Say::NoTargets,
        Picking::Views | Picking::Periods | Picking::Documents => Say::NoViews,
        Picking::Roles => Say::NoRoles,
        Picking::Dropped => Say::NothingDropped,
    };
    let mut list = Listed { title: String::new(), head: None, lines: Vec::new(), none, more: Vec::new() };
    let Some(book) = state.book() else { return list };
    let at = if pick.lost { usize::MAX } else { pick.cursor.at };
    let said = match pick.of {
        Picking::Steps(item) => steps(state, &book, item, at, (columns, &mut list)),
        Picking::Requests(item) => requests(state, &book, item, at, (columns, &mut list)),
        Picking::Targets(item) => targets(state, &book, item, at, (columns, &mut list)),
        Picking::Waiting => super::lists::waiting(state, &book, at, (columns, &mut list)),
        Picking::Views => super::lists::views(state, &book, (columns, &mut list)),
        Picking::Roles => super::roles::roles(state, at, (columns, &mut list)),
        Picking::Periods => super::lists::periods(state, &book, (columns, &mut list)),
        Picking::Documents => super::lists::documents(state, (columns, &mut list)),
        Picking::Dropped => super::lists::dropped(state, &book, (columns, &mut list)),
    };
    list.more =
        said.iter().flat_map(|(text, style)| wrap(text, columns).into_iter().map(|line| (line, *style))).collect();
    list
}

fn title(state: &State, book: &Book<'_>, what: Say, item: ItemKey) -> String {
    let lang = state.lang();
    format!("{} {} {}", lang.say(what), number(book, item), lang.period(state.period))
}

fn steps(state: &State, book: &Book<'_>, item: ItemKey, at: usize, (columns, list): (usize, &mut Listed)) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    list.title = title(state, book, Say::CmdSteps, item);
    let lead = book.lead_units(item).first().map(ToString::to_string).unwrap_or_default();
    let task_day = book.deadline(item, state.period);
    let mut more = Vec::new();
    for (row, (no, step, _)) in book.steps(item).enumerate() {
        let unit = step.unit.as_ref().map_or(lead.as_str(), |unit| &**unit);
        let day = step.deadline.unwrap_or(task_day);
        let late = step.state != StepState::Done && day < state.setup.today;
        let (mark, style) = match step.state {
            StepState::Done => (state.glyphs().agrees, theme.good()),
            _ if late => ("!", theme.bad()),
            StepState::Doing => (">", theme.text()),
            StepState::Todo => (" ", theme.text()),
        };
        let tail = format!("  {}  {day}", fit(unit, 16, state.glyphs().ellipsis));
        let head = format!("{no:>2} {mark} {} ", pad(lang.step_state(step.state), 7));
        let room = columns.saturating_sub(width(&head) + width(&tail));
        list.lines.push((format!("{head}{}{tail}", fit(&step.text, room, state.glyphs().ellipsis)), style));
        if row == at {
            more.push((format!("{}  {unit}  {day}", step.text), theme.text()));
        }
    }
    let done = book.steps(item).filter(|(_, step, _)| step.state == StepState::Done).count();
    if !list.lines.is_empty() {
        more.push((lang.fill(Say::StepsDone, &[&done, &list.lines.len()]), theme.title()));
    }
    more
}

fn requests(
    state: &State,
    book: &Book<'_>,
    item: ItemKey,
    at: usize,
    (columns, list): (usize, &mut Listed),
) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    list.title = title(state, book, Say::CmdRequests, item);
    let mut more = Vec::new();
    for (row, (no, request, _)) in book.requests(item).enumerate() {
        let style = match request.outcome {
            Outcome::Asked => theme.warn(),
            Outcome::Granted { .. } => theme.good(),
            Outcome::Refused { .. } => theme.text(),
        };
        let head = format!(
            "{no:>2} {} {} {} ",
            pad(lang.request_kind(request.kind), 7),
            pad(lang.outcome(&request.outcome), 8),
            request.since
        );
        let until = request.until.map(|day| lang.fill(Say::RequestUntil, &[&day])).unwrap_or_default();
        let room = columns.saturating_sub(width(&head) + width(&until) + 1);
        list.lines.push((format!("{head}{} {until}", fit(&request.reason, room, state.glyphs().ellipsis)), style));
        if row == at {
            more = request_words(lang, request).into_iter().map(|text| (text, theme.text())).collect();
        }
    }
    let deadline = lang.fill(Say::DeadlineNow, &[&book.deadline(item, state.period)]);
    more.push((deadline, theme.title()));
    more
}

/// A request in full: what was asked, and what was answered.
fn request_words(lang: Lang, request: &Request) -> Vec<String> {
    let until = request.until.map(|day| lang.fill(Say::RequestUntil, &[&day])).unwrap_or_default();
    let mut words =
        vec![format!("{}{until}{}{}", lang.request_kind(request.kind), lang.say(Say::Colon), request.reason)];
    match &request.outcome {
        Outcome::Asked => {}
        Outcome::Granted { approver, note } | Outcome::Refused { approver, note } => {
            words.push(format!("{} {approver}  {note}", lang.outcome(&request.outcome)).trim_end().to_owned());
        }
    }
    words
}

fn targets(
    state: &State,
    book: &Book<'_>,
    item: ItemKey,
    at: usize,
    (columns, list): (usize, &mut Listed),
) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    list.title = title(state, book, Say::CmdTargets, item);
    let Some(task) = book.task(item) else { return Vec::new() };
    let periods = shown_periods(book, state.period);
    let mut more = Vec::new();
    for (row, (no, target, _)) in book.targets(item).enumerate() {
        let rating = book.rate_target(task, no, state.period);
        let shown = rating.filter(|rating| rating.status.has_light());
        let mark = shown.map_or(" ", |rating| state.glyphs().light(rating.light));
        let mut tail = String::new();
        for period in &periods {
            let figure = book.actual(item, no, *period).map(|(value, _)| actual_text(lang, target, value));
            tail.push_str(&crate::text::width::pad_start(&figure.unwrap_or_else(|| "-".to_owned()), FIGURE));
        }
        let head = format!("{no:>2} {mark} ");
        let room = columns.saturating_sub(width(&head) + width(&tail));
        let style = shown.map_or(theme.text(), |rating| theme.tone(rating.light));
        let name = fit(&why::target_text(target, lang), room, state.glyphs().ellipsis);
        list.lines.push((format!("{head}{name}{tail}"), style));
        if row == at {
            if let Some(day) = target.deadline {
                more.push((lang.fill(Say::TargetBy, &[&day]), theme.text()));
            }
            let phrase = if target.phrase.is_empty() {
                lang.say(Say::TargetByHand).to_owned()
            } else {
                lang.fill(Say::TargetPhrase, &[&target.phrase])
            };
            more.push((phrase, theme.text()));
            let name = why::target_text(target, lang);
            let sentence = match rating {
                Some(rating) => why::of_rating(book, item, rating, lang),
                None => lang.say(Say::WhyNotYet).to_owned(),
            };
            // The sentence of a target that decides names it itself.
            let named = sentence.starts_with(&name);
            more.push((if named { sentence } else { format!("{name}  {sentence}") }, style));
        }
    }
    if !list.lines.is_empty() {
        let heads: String =
            periods.iter().map(|period| crate::text::width::pad_start(&period.to_string(), FIGURE)).collect();
        let room = columns.saturating_sub(width(&heads));
        list.head = Some(format!("{}{heads}", fit(&format!("     {}", lang.say(Say::SheetTarget)), room, "")));
    }
    more
}

/// The periods whose figures are shown: the last ones up to the present, or the first of the year.
fn shown_periods(book: &Book<'_>, now: Period) -> Vec<Period> {
    let document = book.document();
    let all: Vec<Period> = Period::all(document.year, document.settings.span).collect();
    let upto = usize::from(now.index()).max(PERIODS).min(all.len());
    all.into_iter().take(upto).skip(upto.saturating_sub(PERIODS)).collect()
}
