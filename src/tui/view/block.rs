//! The preview of a pasted block: what it changes, what it leaves out and why, what is the same already.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::answer::no_figure;
use super::super::canvas::Canvas;
use super::super::command::Context;
use super::super::input;
use super::super::state::{PastedBlock, State};
use super::detail::{Line, draw_lines};
use super::items::shown_key;
use crate::catalog::Say;
use crate::model::Book;
use crate::model::entry::{BlockCell, Fate, LooksWrong, Refusal};
use crate::text::number::plain;
use crate::text::width::{fit, pad, pad_start};

/// Which cells a part of the preview lists.
type Wanted = fn(&Fate) -> bool;

/// Columns of the number of a row.
const KEY: usize = 7;
/// Columns of a place in the block: line and column.
const PLACE: usize = 7;
/// Columns of an area.
const AREA: usize = 8;

pub(super) fn draw(state: &State, pasted: &PastedBlock, buffer: &mut Buffer, area: Rect) {
    let lang = state.lang();
    let title = lang.fill(Say::BlockTitle, &[&lang.period(pasted.block.period)]);
    let mut inside = Canvas::new(buffer, area, state.glyphs()).frame(&title, state.theme.focused());
    let foot = Rect::new(inside.x, inside.bottom().saturating_sub(1), inside.width, 1.min(inside.height));
    inside.height = inside.height.saturating_sub(1);
    draw_lines(state, buffer, inside, &lines(state, pasted, usize::from(inside.width)), pasted.scroll);
    let hints = super::footer::hints(state, &[Context::Block]);
    let hints: Vec<String> = hints.iter().map(|(key, name)| format!("{key} {name}")).collect();
    let mut canvas = Canvas::new(buffer, foot, state.glyphs());
    let columns = canvas.columns();
    match &pasted.problem {
        Some(problem) => canvas.put(0, 0, columns, problem, state.theme.bad()),
        None => canvas.put(0, 0, columns, &hints.join("   "), state.theme.key()),
    };
}

/// The lines of the preview: what changes first, then what stays out, then what is the same.
pub(super) fn lines(state: &State, pasted: &PastedBlock, width: usize) -> Vec<Line> {
    let lang = state.lang();
    let theme = state.theme;
    let Some(book) = state.book() else { return Vec::new() };
    let (changed, same, refused) = pasted.block.counts();
    let mut lines = vec![(lang.fill(Say::BlockCounts, &[&changed, &refused, &same]), theme.title())];
    let doubtful = |cell: &&BlockCell| matches!(cell.fate, Fate::Change { doubt: Some(_), .. });
    let doubtful = pasted.block.cells.iter().filter(doubtful).count();
    if doubtful > 0 {
        lines.push((lang.fill(Say::BlockDoubtCount, &[&doubtful]), theme.warn()));
    }
    if pasted.block.cut {
        lines.push((lang.fill(Say::BlockCut, &[&crate::model::entry::MOST_CELLS]), theme.bad()));
    }
    let kinds: [(Wanted, usize, Say); 3] = [
        (|fate| matches!(fate, Fate::Change { .. }), changed, Say::BlockChanges),
        (|fate| matches!(fate, Fate::Refused(_)), refused, Say::BlockRefused),
        (|fate| matches!(fate, Fate::Same(_)), same, Say::BlockSame),
    ];
    for (wanted, count, heading) in kinds {
        if count == 0 {
            continue;
        }
        lines.push((String::new(), theme.text()));
        lines.push((lang.fill(heading, &[&count]), theme.title()));
        lines.extend(
            pasted.block.cells.iter().filter(|cell| wanted(&cell.fate)).map(|cell| line(state, &book, cell, width)),
        );
    }
    lines
}

/// `+ 1,3   省17-1 燃气管道…   江山市   8 -> 8.2 公里`
fn line(state: &State, book: &Book<'_>, cell: &BlockCell, width: usize) -> Line {
    let lang = state.lang();
    let theme = state.theme;
    let row = cell.place.as_ref().and_then(|(row, _)| book.row(*row));
    let key = cell.place.as_ref().map(|(row, _)| shown_key(book, *row)).unwrap_or_default();
    let area = cell.place.as_ref().map(|(_, area)| area.to_string()).unwrap_or_default();
    let unit = row.map(|row| row.unit.as_str()).unwrap_or_default();
    let (mark, what, style) = match &cell.fate {
        Fate::Change { old, new, doubt, .. } => {
            let old = old.map_or_else(|| lang.say(Say::BlockNone).to_owned(), plain);
            let what = format!("{old} -> {} {unit}", plain(*new));
            let doubt = doubt.map(|doubt| match doubt {
                LooksWrong::Lower(_, before) => lang.fill(Say::BlockLower, &[&plain(before)]),
                LooksWrong::FarAbove(target) => lang.fill(Say::BlockFarAbove, &[&plain(target)]),
            });
            match doubt {
                Some(doubt) => ("!", format!("{} {doubt}", what.trim_end()), theme.warn()),
                None => ("+", what, theme.text()),
            }
        }
        Fate::Same(value) => ("=", plain(*value), theme.text()),
        Fate::Refused(why) => {
            let why = match why {
                Refusal::Beyond => lang.say(Say::BlockBeyond).to_owned(),
                Refusal::NoFigure(why) => lang.say(no_figure(*why)).to_owned(),
                Refusal::NotANumber(bad) => input::explain(lang, bad),
            };
            let shown = fit(&cell.text, 12, state.glyphs().ellipsis);
            ("x", format!("{} {why}", shown.trim_end()), theme.bad())
        }
    };
    let name = width.saturating_sub(58).clamp(8, 44);
    let title = row.map(crate::model::QuotaRow::title).unwrap_or_default().replace('\n', " ");
    let text = format!(
        "{mark} {} {} {} {} {what}",
        pad(&format!("{},{}", cell.line, cell.column), PLACE),
        pad_start(&key, state.cache.keys.1.max(KEY)),
        pad(&fit(&title, name, state.glyphs().ellipsis), name),
        pad(&fit(&area, AREA, state.glyphs().ellipsis), AREA),
    );
    (fit(&text, width, state.glyphs().ellipsis).trim_end().to_owned(), style)
}
