//! A block pasted over the matrix: its preview, and its figures as one commit.

use std::sync::Arc;

use super::super::answer;
use super::super::deed::{Deed, Screen};
use super::super::sides::Choice;
use super::super::state::{PastedBlock, Popup, State};
use super::drafts::{self, PERIOD};
use super::{Effect, cells, clash};
use crate::catalog::Say;
use crate::model::entry::{Block, BlockCell, Fate};
use crate::model::{Book, Intent, ItemKey, Key as RecordKey, Of, Reach};
use crate::report::figures::number;
use crate::store::Refused;
use crate::store::drafts::{Draft, ITEMS};

/// What a block is called in drafts.
pub(super) const FORM: &str = "block";
/// The field of its draft that holds what was pasted.
const TEXT: &str = "block";
/// The columns that it lies on, one a line.
const AREAS: &str = "as:areas";

/// Takes what was pasted on the matrix: one figure is typed over the cell under the cursor, a block is shown first. `None`
/// where the matrix is not in front.
pub(super) fn paste(state: &mut State, text: &str) -> Option<Vec<Effect>> {
    if state.screen != Screen::Matrix || !state.popups.is_empty() || state.find.is_some() {
        return None;
    }
    if state.setup.read_only {
        state.say(state.lang().say(Say::ReadOnly), false);
        return Some(Vec::new());
    }
    let one = text.trim_end_matches(['\r', '\n']);
    if one.contains(['\t', '\r', '\n']) {
        show(state, text);
        return Some(Vec::new());
    }
    match answer::type_figure(state) {
        Ok(Deed::TypeCell(row, area)) => {
            cells::type_over(state, row, area);
            if let Some(Popup::Figure(figure)) = state.popups.last_mut() {
                figure.field.paste(one.trim());
            }
            state.draft_due = true;
            Some(Vec::new())
        }
        Ok(_) => Some(Vec::new()),
        Err(reason) => {
            state.say(state.lang().say(reason), false);
            Some(Vec::new())
        }
    }
}

/// Opens the preview of a block laid over the matrix from the cell under the cursor on.
fn show(state: &mut State, text: &str) {
    if state.lost {
        state.say(state.lang().say(Say::LineGone), false);
        return;
    }
    let rows = state.matrix.rows.get(state.matrix.cursor.at..).unwrap_or_default().to_vec();
    let areas = state.cache.columns.get(state.matrix.column..).unwrap_or_default().to_vec();
    lay(state, text, rows, areas);
}

/// Opens the preview of a block laid over rows and columns of the matrix.
fn lay(state: &mut State, text: &str, rows: Vec<ItemKey>, areas: Vec<Arc<str>>) {
    let Some(book) = state.book() else { return };
    let block = Block::read(&book, state.period, text, &rows, &areas);
    if block.cells.is_empty() {
        state.say(state.lang().say(Say::BlockIsEmpty), false);
        return;
    }
    let may = state.may();
    let Some(printed) = state.printed() else { return };
    let reach = Reach::new(&may, printed, state.setup.today);
    let places = block.cells.iter().filter_map(|cell| cell.place.as_ref());
    if let Some(why) = places.map(|(row, area)| reach.records(*row, area)).find_map(Result::err) {
        state.say(state.lang().denial(&why), false);
        return;
    }
    let text = text.to_owned();
    let pasted = PastedBlock { block, text, rows, areas, scroll: 0, clashed: Vec::new(), problem: None, saving: false };
    state.popups.push(Popup::Block(Box::new(pasted)));
    state.draft_due = true;
}

/// What the draft of a pasted block is of, and its fields: the text, and what it lies on, whatever is filtered when it is taken up.
pub(super) fn kept(state: &State, pasted: &PastedBlock) -> Option<(RecordKey, Vec<(String, String)>)> {
    let (row, area) = (pasted.rows.first()?, pasted.areas.first()?);
    let key = RecordKey::done(&state.document, *row, area, pasted.block.period);
    let rows: Vec<String> = pasted.rows.iter().map(ToString::to_string).collect();
    let fields = [
        (TEXT, pasted.text.clone()),
        (PERIOD, pasted.block.period.to_string()),
        (ITEMS, rows.join(" ")),
        (AREAS, pasted.areas.join("\n")),
    ];
    Some((key, fields.map(|(name, text)| (name.to_owned(), text)).into()))
}

/// The rows and columns that the draft of a block lies on.
fn lies_on(draft: &Draft) -> (Vec<ItemKey>, Vec<Arc<str>>) {
    let rows = draft.field(ITEMS).split(' ').filter_map(|row| row.parse().ok()).collect();
    (rows, draft.field(AREAS).lines().map(Arc::from).collect())
}

/// Whether all that a block would write stands there by now.
pub(super) fn is_spent(book: &Book<'_>, draft: &Draft) -> bool {
    let Ok(period) = draft.field(PERIOD).parse() else { return false };
    let (rows, areas) = lies_on(draft);
    Block::read(book, period, draft.field(TEXT), &rows, &areas).counts().0 == 0
}

/// Shows a block again that was not written, over what its cells say now.
pub(super) fn take_up(state: &mut State, draft: &Draft) {
    let Ok(period) = draft.field(PERIOD).parse() else { return };
    state.show_period(period);
    state.screen = Screen::Matrix;
    let (rows, areas) = lies_on(draft);
    lay(state, draft.field(TEXT), rows, areas);
    state.resumed.push(draft.clone());
}

/// Writes what fits of the block that is shown: one commit.
pub(super) fn save(state: &mut State) -> Vec<Effect> {
    let Some(Popup::Block(pasted)) = state.popups.last() else { return Vec::new() };
    if pasted.saving || !pasted.clashed.is_empty() {
        return Vec::new();
    }
    let writes = state.book().map(|book| pasted.block.writes(&book)).unwrap_or_default();
    if writes.is_empty() {
        let effects = drafts::give_up(state);
        state.say(state.lang().say(Say::NothingChanged), true);
        return effects;
    }
    if let Some(Popup::Block(pasted)) = state.popups.last_mut() {
        (pasted.saving, pasted.problem) = (true, None);
    }
    vec![Effect::Commit(Intent::Quota, writes)]
}

/// The block is written: its preview closes, and the footer says how many cells went in and how many stayed out.
pub(super) fn saved(state: &mut State) -> Vec<Effect> {
    let draft = drafts::of_open(state);
    let Some(Popup::Block(pasted)) = state.popups.pop() else { return Vec::new() };
    let (changed, _, refused) = pasted.block.counts();
    let said = state.message.take().map(|message| message.text).unwrap_or_default();
    let what = state.lang().fill(Say::BlockWritten, &[&said, &changed, &refused]);
    state.say(what, true);
    draft.map(|draft| drafts::forget(state, &draft)).into_iter().collect()
}

/// Somebody else was faster with some of its cells: the preview is read again over what is there now, says which they are, and
/// asks whether to write these too.
pub(super) fn changed(state: &mut State, refused: &Refused) {
    let Refused::Conflict(clashes) = refused else { return };
    let Some(Popup::Block(pasted)) = state.popups.last() else { return };
    let again = state.book();
    let again = again.map(|book| Block::read(&book, pasted.block.period, &pasted.text, &pasted.rows, &pasted.areas));
    let lang = state.lang();
    let cell = |key: &RecordKey| match &key.of {
        Of::Done(row, area, _) => Some((*row, Arc::clone(area))),
        _ => None,
    };
    let beaten: Vec<(ItemKey, Arc<str>)> = clashes.iter().filter_map(|clash| cell(&clash.key)).collect();
    let who = clashes.first().map(|clash| clash::by(state, &clash.key, None).who).unwrap_or_default();
    let names: Option<Vec<String>> =
        state.book().map(|book| beaten.iter().map(|(row, area)| format!("{} {area}", number(&book, *row))).collect());
    let names = names.unwrap_or_default().join(lang.say(Say::Names));
    let Some(Popup::Block(pasted)) = state.popups.last_mut() else { return };
    pasted.block = again.unwrap_or_else(|| pasted.block.clone());
    let is_beaten = |cell: &BlockCell| cell.place.as_ref().is_some_and(|place| beaten.contains(place));
    let change = |cell: &&BlockCell| matches!(cell.fate, Fate::Change { .. });
    let left = pasted.block.cells.iter().filter(change).filter(|cell| !is_beaten(cell)).count();
    // A review that was opened or given meanwhile is no cell: what is written then is looked at once more.
    pasted.problem = Some(if beaten.is_empty() {
        lang.say(Say::BlockChanged).to_owned()
    } else {
        lang.fill(Say::ManyChanged, &[&names, &who, &left])
    });
    pasted.clashed = beaten;
}

/// Mine: the cells that somebody else changed are written too. Theirs: they stay as they are, and the others are written.
pub(super) fn decide(state: &mut State, choice: Choice) -> Vec<Effect> {
    let Some(Popup::Block(pasted)) = state.popups.last_mut() else { return Vec::new() };
    let clashed = std::mem::take(&mut pasted.clashed);
    if choice == Choice::Theirs {
        pasted.block.cells.retain(|cell| cell.place.as_ref().is_none_or(|place| !clashed.contains(place)));
    }
    save(state)
}
