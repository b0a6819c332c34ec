//! The form of a filing (完成率, 进展情况, 存在问题, 下一步打算, the figures of the targets, under the task's own text) and of the
//! clerk's part of a bulletin.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::canvas::{Canvas, cells};
use super::super::form::{Form, NEXT, PROGRESS, Part, Subject};
use super::super::layout::Layout;
use super::super::sides::Clash;
use super::super::state::State;
use super::detail::Line;
use super::items::shown_key;
use super::sheet::wrapped;
use crate::catalog::Say;
use crate::model::{Book, ItemKey, Key, Review};
use crate::text::sanitise::one_line;
use crate::text::width::{fit, width};
use crate::text::wrap::wrap;

/// Columns of a text's label: at least, at most.
const LABEL: usize = 11;
const LABEL_MOST: usize = 18;
/// What the other side wrote takes at most this part of the rows.
const THEIRS: usize = 6;
/// The most rows of what is wrong.
const PROBLEM: usize = 2;

/// Draws the form; answers the caret.
pub(super) fn draw(state: &State, form: &Form, buffer: &mut Buffer, layout: &Layout) -> Option<Position> {
    let theme = state.theme;
    let lang = state.lang();
    let book = state.book()?;
    let title = match form.subject {
        Subject::Filing(item) => lang.fill(Say::FormTitle, &[&shown_key(&book, item), &lang.period(form.period)]),
        Subject::Wording => lang.fill(Say::WordingForm, &[&lang.period(form.period)]),
    };
    // The label of a text or a line; English needs more.
    let label = form.parts.iter().filter(|part| part.target.is_none()).map(|part| width(&part.label) + 2);
    let label = label.max().unwrap_or(0).clamp(LABEL, LABEL_MOST);
    let inside = Canvas::new(buffer, layout.body, state.glyphs()).frame(&title, theme.focused());
    let mut canvas = Canvas::new(buffer, inside, state.glyphs());
    let (columns, rows) = (canvas.columns(), canvas.rows());
    let head = head(state, &book, form, columns);
    for (y, (line, style)) in head.iter().enumerate() {
        canvas.put(0, y, columns, line, *style);
    }
    let below = form.problem.as_ref().or(form.note.as_ref());
    let problem = wrapped(state, below.into_iter().map(String::as_str), columns, PROBLEM);
    let gap = usize::from(rows > 14);
    let room = rows.saturating_sub(head.len() + gap + problem.len().max(1));
    let heights = heights(state, form, columns, room);
    // Where not all fit, those from some field on that has the caret in view.
    let mut first = 0;
    while first < form.focus
        && heights.iter().take(form.focus + 1).skip(first).map(|(a, b)| a + b).sum::<usize>() > room
    {
        first += 1;
    }
    let mut y = head.len() + gap;
    let bottom = y + room;
    let mut caret = None;
    for (at, (part, (height, theirs))) in form.parts.iter().zip(&heights).enumerate().skip(first) {
        if y >= bottom {
            break;
        }
        let focused = at == form.focus;
        let place = Rect::new(inside.x, inside.y + cells(y), inside.width, cells((*height).min(bottom - y)));
        let at_field = draw_part(state, (part, focused, label), buffer, place);
        caret = if focused { at_field } else { caret };
        y += height;
        let mut canvas = Canvas::new(buffer, inside, state.glyphs());
        for line in their_words(state, part, columns, *theirs).into_iter().take(bottom.saturating_sub(y)) {
            canvas.put(2, y, columns, &line, theme.warn());
            y += 1;
        }
    }
    let mut canvas = Canvas::new(buffer, inside, state.glyphs());
    let from = rows.saturating_sub(problem.len());
    for (at, line) in problem.iter().enumerate() {
        canvas.put(0, from + at, columns, line, if form.problem.is_some() { theme.bad() } else { theme.warn() });
    }
    caret
}

/// The item, what the office made of the last filing, and where the draft is from.
fn head(state: &State, book: &Book<'_>, form: &Form, columns: usize) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    let mut lines: Vec<Line> = match form.subject {
        Subject::Filing(item) => about_filing(state, book, (form, item), columns),
        Subject::Wording => {
            let words = wrapped(state, std::iter::once(lang.say(Say::WordingHint)), columns, 2);
            words.into_iter().map(|line| (line, theme.text())).collect()
        }
    };
    lines.extend(edited_by(state, &form.key(&state.document)));
    if let Some(at) = form.draft_of {
        // A draft of this sitting has its time only on disk.
        let note = if at.timestamp() == 0 {
            lang.say(Say::DraftTakenUp).to_owned()
        } else {
            lang.fill(Say::DraftLoaded, &[&at.format("%m-%d %H:%M")])
        };
        lines.push((note, theme.warn()));
    }
    lines
}

/// That somebody else is editing the same, before one types.
pub(super) fn edited_by(state: &State, key: &Key) -> Option<Line> {
    let names = state.editors_of(key).join(state.lang().say(Say::Names));
    let text = format!("{}{}", state.glyphs().edited, state.lang().fill(Say::EditedBy, &[&names]));
    (!names.is_empty()).then(|| (text, state.theme.warn()))
}

/// The item and what the office made of the last filing.
fn about_filing(state: &State, book: &Book<'_>, (form, item): (&Form, ItemKey), columns: usize) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    let most = if form.parts.len() > 4 { 2 } else { 3 };
    let text = book.title(item).unwrap_or_default();
    let words = wrapped(state, std::iter::once(text.as_ref()), columns, most);
    let mut lines: Vec<Line> = words.into_iter().map(|line| (line, theme.text())).collect();
    let filing = book.filing(item, form.period).map(|(filing, _)| filing);
    if let Some(Review::Returned(reason)) = filing.map(|filing| &filing.review) {
        let words = wrapped(state, std::iter::once(lang.fill(Say::FormReturned, &[reason]).as_str()), columns, 2);
        lines.extend(words.into_iter().map(|line| (line, theme.bad())));
    } else {
        let filing_state = book.filing_state(item, form.period, state.setup.today);
        lines.push((lang.filing_state(filing_state).to_owned(), theme.title()));
    }
    lines
}

/// Rows of each field, and of the other side's words under it. What is left over goes to the texts, most to the progress.
fn heights(state: &State, form: &Form, columns: usize, room: usize) -> Vec<(usize, usize)> {
    let most = (room / THEIRS).max(1);
    let theirs: Vec<usize> = form.parts.iter().map(|part| their_words(state, part, columns, most).len()).collect();
    let least = form.parts.len() + theirs.iter().sum::<usize>();
    let spare = room.saturating_sub(least);
    let small = spare / 4;
    let main = if form.subject == Subject::Wording { NEXT } else { PROGRESS };
    let texts = form.parts.iter().filter(|part| part.field.has_lines()).count();
    form.parts
        .iter()
        .zip(theirs)
        .map(|(part, theirs)| {
            let extra = match part.name.as_str() {
                name if name == main => spare - texts.saturating_sub(1) * small,
                _ if part.field.has_lines() => small,
                _ => 0,
            };
            (1 + extra, theirs)
        })
        .collect()
}

/// The other two of a field that both changed, once it is asked about: what stood there before, what the other side put there
/// (and what was typed here, where it is typed anew); each in at most `most` lines.
fn their_words(state: &State, part: &Part, columns: usize, most: usize) -> Vec<String> {
    part.sides.asked().map(|clash| three(state, clash, columns.saturating_sub(4), most)).unwrap_or_default()
}

/// The sides of a clash that do not stand in the field itself.
pub(super) fn three(state: &State, clash: &Clash, columns: usize, most: usize) -> Vec<String> {
    let lang = state.lang();
    let shown = |text: &str| if text.is_empty() { lang.say(Say::TheirsEmpty).to_owned() } else { one_line(text).text };
    let before = if clash.base.is_empty() { lang.say(Say::BlockNone).to_owned() } else { shown(&clash.base) };
    let mut texts = vec![
        lang.fill(Say::ClashBase, &[&before]),
        lang.fill(Say::ClashTheirs, &[&clash.by.shown(), &shown(&clash.theirs)]),
    ];
    texts.extend(clash.mine.as_ref().map(|mine| lang.fill(Say::ClashMine, &[&shown(mine)])));
    let cut = |text: String| {
        let mut lines = wrap(&text, columns);
        if lines.len() > most {
            lines.truncate(most);
            lines.last_mut().into_iter().for_each(|line| line.push_str(state.glyphs().ellipsis));
        }
        lines
    };
    texts.into_iter().flat_map(cut).collect()
}

fn draw_part(
    state: &State,
    (part, focused, label): (&Part, bool, usize),
    buffer: &mut Buffer,
    place: Rect,
) -> Option<Position> {
    let theme = state.theme;
    let style = if focused { theme.focused() } else { theme.title() };
    // What came in from somebody else has a mark of its own.
    let mark = match (focused, &part.sides.taken) {
        (true, _) => ">",
        (false, Some(_)) => "+",
        (false, None) => " ",
    };
    let mut canvas = Canvas::new(buffer, place, state.glyphs());
    // The label of a figure is its target: it takes what it needs, but leaves room to type.
    let most = canvas.columns().saturating_sub(14);
    let label = if part.target.is_some() { (width(&part.label) + 2).min(most) } else { label };
    let text = fit(&part.label, label.saturating_sub(2), state.glyphs().ellipsis);
    canvas.put(0, 0, label, &format!("{mark}{text}"), style);
    let field = Rect::new(place.x + cells(label), place.y, place.width.saturating_sub(cells(label)), place.height);
    part.field.draw(field, buffer)
}
