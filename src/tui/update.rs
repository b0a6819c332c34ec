//! From a message to a new state and the effects to be carried out. No I/O and no clock here: effects do that.

pub(super) mod asking;
mod block;
mod board;
mod cells;
mod check;
mod clash;
mod deeds;
mod drafts;
mod edit;
mod filing;
mod live;
mod marks;
mod names;
mod navigate;
mod printing;
mod roles;
mod sheet;
mod typing;
mod views;
mod wording;

use std::time::Duration;

use chrono::NaiveDate;

pub(super) use clash::is_asked;
pub(super) use drafts::{AS, is_spent};

use crate::model::{Actor, Batch, Head, Intent, Key as RecordKey, May, Seq, Write};
use crate::output::printer::{NotPrinted, Printer};
use crate::report::What;
use crate::report::changes::told;
use crate::store::drafts::Draft;
use crate::store::{Other, Refused, Sealed, Seat, Whereabouts};

pub(super) use views::words as view_words;

use super::command::Command;
use super::deed::Deed;
use super::explain::explain;
use super::glyph::Glyphs;
use super::key::Key;
use super::live::{Sent, Unsent};
use super::needs::Needs;
use super::state::{Held, Popup, State, Widths};
use super::work::Order;
use crate::catalog::Say;
use crate::text::width::Ambiguous;

/// What happens to the screen.
#[derive(Debug, Clone)]
pub enum Msg {
    /// A key.
    Key(Key),
    /// Pasted text.
    Paste(String),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// It is this day now: midnight has passed, or the clock was set.
    Day(NaiveDate),
    /// The terminal shows lines in two columns: they are drawn in ASCII.
    WideLines,
    /// The terminal shows all characters of ambiguous width in two columns, also those of texts.
    WideText,
    /// The terminal shows characters of ambiguous width in one column, lines and those of texts.
    Narrow,
    /// No key for a moment, or none will come any more: the terminal has gone.
    Rest,
    /// Commits from the store.
    Commits(Vec<Sealed>),
    /// The whole history.
    History(Vec<Sealed>),
    /// Who else is in now, and who keeps the ledger.
    News {
        /// Everybody else.
        others: Vec<Other>,
        /// Who keeps the ledger.
        seat: Seat,
    },
    /// The host does not answer, or does again.
    Link(Result<(), Refused>),
    /// What was found in the ledger since it was opened, in sentences.
    Notices(Vec<String>),
    /// How a commit went.
    Wrote(Result<Head, Refused>),
    /// A batch could not be sent, or its answer was lost.
    Unsent(Box<Batch>, Refused),
    /// Which printers there are.
    Printers(Result<Vec<Printer>, NotPrinted>),
    /// The user whose login name was looked up; `None`: the system knows none.
    LookedUp(Option<Actor>),
    /// The lines of an original, by the SHA-256 of its file; or why they are not there.
    Original(String, Result<Vec<String>, String>),
    /// Something to say in the footer; good news or not.
    Say(String, bool),
}

/// What the loop does for the screen.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Commit writes.
    Commit(Intent, Vec<Write>),
    /// Commit the inverse of a commit, as somebody who may do this.
    Undo(Seq, May),
    /// Keep a draft.
    Draft(Draft),
    /// Throw drafts away: this sitting's own of the record, and those that it was continued from.
    Discard(Vec<Draft>),
    /// Send a batch again that was not answered, after a pause.
    Again(Box<Unsent>, Duration),
    /// Put text on the clipboard.
    Copy(String),
    /// List the printers.
    Printers,
    /// Ask the system for the user with a login name.
    LookUp(String),
    /// Make a report and put it somewhere.
    Report(Box<Order>),
    /// Fetch the whole history.
    History,
    /// Tell the others what is open here.
    Here(Whereabouts),
    /// Fetch the lines of an original, by the SHA-256 of its file.
    Original(String),
    /// Send the whole screen again.
    Redraw,
    /// Leave.
    Quit,
}

/// One step of the screen.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    let _width = Ambiguous::wide(state.widths == Widths::Wide);
    let mut effects = match msg {
        Msg::Key(key) if has_to_wait(state, key) => {
            state.held.push(Held::Key(key));
            Vec::new()
        }
        Msg::Paste(text) if state.live.waits() => {
            state.held.push(Held::Paste(text));
            Vec::new()
        }
        Msg::Key(key) => press(state, key),
        Msg::Paste(text) => typing::paste(state, &text),
        Msg::Resize(width, height) => {
            state.size = (width, height);
            Vec::new()
        }
        Msg::Day(day) => {
            state.turn_to(day);
            Vec::new()
        }
        Msg::WideLines => {
            state.setup.glyphs = Glyphs::ASCII;
            Vec::new()
        }
        Msg::Narrow => {
            state.widths = Widths::Narrow;
            Vec::new()
        }
        Msg::WideText => {
            state.setup.glyphs = Glyphs::ASCII;
            state.widths = Widths::Wide;
            vec![Effect::Redraw]
        }
        Msg::Rest => {
            state.rest();
            let due = std::mem::take(&mut state.draft_due);
            let draft = drafts::of_open(state).filter(|_| due).map(Effect::Draft);
            let spent = Some(std::mem::take(&mut state.spent)).filter(|spent| !spent.is_empty());
            draft.into_iter().chain(spent.map(Effect::Discard)).chain(live::tell(state)).collect()
        }
        Msg::Commits(commits) => {
            live::commits(state, commits);
            Vec::new()
        }
        Msg::History(commits) => {
            state.take_history(commits);
            Vec::new()
        }
        Msg::News { others, seat } => {
            live::news(state, others, seat);
            Vec::new()
        }
        Msg::Notices(notices) => {
            state.notice(notices);
            Vec::new()
        }
        Msg::Link(outcome) => live::link(state, outcome),
        Msg::Unsent(batch, why) => edit::unsent(state, *batch, &why),
        Msg::Wrote(outcome) => wrote(state, outcome),
        Msg::Printers(found) => {
            printing::take_printers(state, &found);
            Vec::new()
        }
        Msg::LookedUp(user) => roles::looked_up(state, user),
        Msg::Original(sha256, lines) => {
            check::take_original(state, &sha256, lines);
            Vec::new()
        }
        Msg::Say(text, good) => {
            state.say(text, good);
            Vec::new()
        }
    };
    sent(state, &effects);
    state.settle();
    effects.extend(check::wanted(state));
    // What was typed while an answer was waited for counts what it sends itself.
    if !state.live.waits() {
        for held in std::mem::take(&mut state.held) {
            effects.extend(match held {
                Held::Key(key) => update(state, Msg::Key(key)),
                Held::Paste(text) => update(state, Msg::Paste(text)),
            });
        }
    }
    effects
}

/// Remembers what is on its way to the host, and what the answer to it belongs to: each is answered once, in order. Whatever is
/// open says that it is saving before it commits.
fn sent(state: &mut State, effects: &[Effect]) {
    for effect in effects {
        let sent = match effect {
            Effect::Commit(..) if edit::is_saving(state) => Sent::Form,
            Effect::Commit(..) => Sent::Deed { undoes: false },
            Effect::Undo(..) => Sent::Deed { undoes: true },
            Effect::Again(unsent, _) => Sent::Again(unsent.clone()),
            _ => continue,
        };
        state.live.sent.push_back(sent);
    }
}

/// Whether a key waits for an answer that is on its way: whatever is typed into what is being saved; what changes something, or
/// leads to it, on the state that it will be then; and all that is typed behind such a key. Moving about and leaving do not wait.
fn has_to_wait(state: &State, key: Key) -> bool {
    let runs_another = || matches!(state.popups.last(), Some(Popup::Palette(..)));
    let changes = |command: &Command| {
        command.needs != Needs::Nothing || (runs_another() && matches!(command.ask(state), Ok(Deed::Accept)))
    };
    let waits = || edit::is_saving(state) || !state.held.is_empty() || command_of(state, key).is_some_and(changes);
    state.live.waits() && waits()
}

/// The command that a key means now; none where it is text.
fn command_of(state: &State, key: Key) -> Option<&'static Command> {
    let typing = state.typing();
    // In a field, characters are text, whatever they mean elsewhere.
    if typing && key.typed().is_some() {
        return None;
    }
    state.keymap.command(&state.contexts(), if typing { key } else { key.folded() })
}

fn press(state: &mut State, key: Key) -> Vec<Effect> {
    (state.message, state.live.news) = (None, None);
    if let Some(command) = command_of(state, key) {
        return match command.ask(state) {
            // The key that begins a figure is its first character.
            Ok(deed @ Deed::TypeCell(..)) => {
                let mut effects = perform(state, deed);
                effects.extend(typing::key(state, key));
                effects
            }
            Ok(deed) => perform(state, deed),
            Err(reason) => {
                state.say(reason, false);
                Vec::new()
            }
        };
    }
    if state.typing() {
        return typing::key(state, key);
    }
    let (lang, lookup) = (state.lang(), key.folded());
    let shown = super::key::shown(&lookup.to_string());
    let text = match state.keymap.elsewhere(lookup) {
        Some(command) => lang.fill(Say::KeyNotHere, &[&shown, &lang.say(command.name)]),
        None => lang.fill(Say::KeyUnknown, &[&shown]),
    };
    state.say(text, false);
    Vec::new()
}

/// Carries out a deed.
pub(super) fn perform(state: &mut State, deed: Deed) -> Vec<Effect> {
    match deed {
        Deed::Quit => vec![Effect::Quit],
        Deed::Redraw => vec![Effect::Redraw],
        Deed::Copy(text) => {
            state.say(state.lang().fill(Say::Copied, &[&text]), true);
            vec![Effect::Copy(text)]
        }
        Deed::Print => printing::open(state),
        Deed::Wording => {
            wording::open(state);
            Vec::new()
        }
        Deed::Fresh => {
            state.shown = if state.shown == What::Fresh { What::Bulletin } else { What::Fresh };
            Vec::new()
        }
        Deed::Undo(seq) | Deed::Redo(seq) => deeds::take_back(state, seq),
        Deed::Settle(key, choice) => check::settle(state, &key, choice),
        Deed::Reopen(key) => check::reopen(state, &key),
        Deed::ScrollOriginal(down) => {
            check::scroll_original(state, down);
            Vec::new()
        }
        Deed::ScrollReading(down) => {
            check::scroll_reading(state, down);
            Vec::new()
        }
        Deed::ShowDocument(document) => {
            views::show_document(state, document);
            Vec::new()
        }
        Deed::EditCell(row, area) => cells::edit(state, row, area),
        Deed::TypeCell(row, area) => cells::type_over(state, row, area),
        Deed::EmptyCell(row, area) => cells::empty(state, row, &area),
        Deed::SaveAnd(onward) => cells::save(state, Some(onward)),
        Deed::File(item) => filing::open(state, item),
        Deed::TakeEarlier => {
            filing::take_earlier(state);
            Vec::new()
        }
        Deed::Decide(choice) => clash::decide(state, choice),
        Deed::Why(item) => {
            state.popups.push(Popup::Why(item, 0));
            Vec::new()
        }
        Deed::Approve(items) => deeds::approve(state, &items),
        Deed::Ask(purpose) => {
            asking::open(state, purpose);
            Vec::new()
        }
        Deed::List(of) => {
            asking::list(state, of);
            views::stand_on_shown(state);
            Vec::new()
        }
        Deed::ApplyView(name) => {
            views::apply(state, &name);
            Vec::new()
        }
        Deed::RemoveView(name) => views::remove(state, &name),
        Deed::Tick(item, no) => deeds::tick(state, item, no),
        Deed::Remove(of, no) => deeds::remove(state, of, no),
        Deed::Leave if sheet::open(state).is_some() => sheet::leave(state),
        Deed::Save => edit::save(state),
        Deed::Leave => drafts::leave(state),
        Deed::Discard => drafts::discard(state),
        Deed::Resume => drafts::resume(state),
        Deed::Accept => accept(state),
        Deed::Who => {
            state.popups.push(Popup::Who(0));
            Vec::new()
        }
        Deed::History(item) => {
            state.popups.push(Popup::History(item, 0));
            vec![Effect::History]
        }
        Deed::Go(super::deed::Screen::Log) => {
            navigate::perform(state, Deed::Go(super::deed::Screen::Log));
            vec![Effect::History]
        }
        other => {
            navigate::perform(state, other);
            Vec::new()
        }
    }
}

/// Enter in the palette runs the command under its cursor; in the search line it keeps what was found.
fn accept(state: &mut State) -> Vec<Effect> {
    if let Some(Popup::Palette(field, cursor)) = state.popups.last() {
        let typed = crate::text::one_line(&field.text()).text;
        let chosen = super::view::palette_matches(state.lang(), &typed).get(cursor.at).copied();
        let Some(command) = chosen else {
            state.say(state.lang().fill(Say::NoSuchCommand, &[&typed]), false);
            return Vec::new();
        };
        state.popups.pop();
        return match command.ask(state) {
            Ok(deed) => perform(state, deed),
            Err(reason) => {
                state.say(reason, false);
                Vec::new()
            }
        };
    }
    state.find = None;
    Vec::new()
}

/// The answer to what was sent first of what is not answered yet.
fn wrote(state: &mut State, outcome: Result<Head, Refused>) -> Vec<Effect> {
    // An answer, whatever it says: the host is there.
    state.live.silent = None;
    let sent = match state.live.sent.pop_front() {
        Some(Sent::Again(unsent)) => return edit::went(state, &unsent, outcome),
        sent => sent.unwrap_or(Sent::Deed { undoes: false }),
    };
    let aside = state.aside.take();
    match (sent, outcome) {
        (sent, Ok(head)) => {
            let text = done(state, head);
            state.say(aside.map_or(text.clone(), |aside| format!("{text}  {aside}")), true);
            if matches!(sent, Sent::Form) { edit::saved(state) } else { Vec::new() }
        }
        (Sent::Form, Err(refused)) => edit::refused(state, &refused),
        (sent, Err(refused)) => {
            let text = match &refused {
                Refused::Conflict(_) if matches!(sent, Sent::Deed { undoes: true }) => {
                    state.lang().say(Say::UndoConflict).to_owned()
                }
                Refused::Conflict(clashes) => {
                    let keys: Vec<RecordKey> = clashes.iter().map(|clash| clash.key.clone()).collect();
                    edit::outrun(state, &keys).unwrap_or_default()
                }
                other => explain(state.lang(), other),
            };
            state.say(text, false);
            edit::drop_held(state);
            Vec::new()
        }
    }
}

/// What a commit was, in a phrase for the footer.
fn named(state: &State, seq: Seq) -> String {
    let commit = state.commits.iter().find(|sealed| sealed.commit.seq == seq).map(|sealed| &sealed.commit);
    commit.map_or_else(String::new, |commit| {
        let lang = state.lang();
        format!("{} {}", lang.intent(commit.intent), told(lang, commit, None))
    })
}

/// What to say of a commit that was written: an undo names what it took back.
fn done(state: &State, head: Head) -> String {
    let lang = state.lang();
    let written = state.commits.last().map(|sealed| &sealed.commit).filter(|commit| commit.seq == head.seq);
    match written.and_then(|commit| Some((commit.undoes?, commit.intent))) {
        Some((undone, Intent::Redo)) => lang.fill(Say::Redone, &[&undone, &head.seq]),
        Some((undone, _)) => lang.fill(Say::Undone, &[&undone, &head.seq, &named(state, undone)]),
        None => lang.fill(Say::Saved, &[&head.seq]),
    }
}
