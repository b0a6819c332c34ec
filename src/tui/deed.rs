//! What a command does, as a value: the answer of the command table, carried out by `update`.

use std::sync::Arc;

use super::sheet::{Picking, Purpose};
use super::sides::Choice;
use crate::model::{DocumentId, ItemKey, Key, Period, Seq};
use crate::report::For;

/// The screens, in the order of their keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Screen {
    /// 任务, with 领导 and 单位 beside it.
    Tasks,
    /// 民生实事.
    Matrix,
    /// 总览.
    Overview,
    /// 通报.
    Bulletin,
    /// 日志.
    Log,
    /// 核对.
    Check,
}

/// Which pane of the task screen has the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Focus {
    /// The tasks.
    List,
    /// 领导.
    Leaders,
    /// 单位.
    Units,
}

/// A step of the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the motion of that name")]
pub enum Motion {
    Up,
    Down,
    PageUp,
    PageDown,
    Top,
    Bottom,
    Left,
    Right,
}

/// Where the cursor of the matrix goes once a cell is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onward {
    /// To the next cell that way that takes a figure; to the right and to the left also over the ends of rows.
    Cell(Motion),
    /// One step.
    Step(Motion),
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Leave the program.
    Quit,
    /// Close the topmost popup, the search, or the filter.
    Back,
    /// Open the help.
    Help,
    /// Open the palette.
    Palette,
    /// Start to search.
    Find,
    /// Show a screen.
    Go(Screen),
    /// Give the keyboard to a pane of the task screen.
    Focus(Focus),
    /// Give the keyboard to the next pane (or field), or to the one before.
    NextPane(bool),
    /// Move the cursor.
    Step(Motion),
    /// Show an item whole.
    Open(ItemKey),
    /// 催办: only the next reason.
    Narrow,
    /// Open the page of a leader, a unit, an area.
    Page(For),
    /// Filter by a leader (or by none).
    ByLeader(Option<Arc<str>>),
    /// Filter by a unit (or by none).
    ByUnit(Option<Arc<str>>),
    /// No filter and no search.
    ShowAll,
    /// Sort by the next column.
    Sort,
    /// Sort from the other end.
    Reverse,
    /// Mark the item under the cursor, or take its mark away.
    Mark,
    /// Begin to mark a range, or end it.
    MarkRange,
    /// Mark all that are shown, or none.
    MarkAll,
    /// Fill in the filing of an item.
    File(ItemKey),
    /// Edit the done figure of a cell.
    EditCell(ItemKey, Arc<str>),
    /// Type over the done figure of a cell, beginning with the key that was pressed.
    TypeCell(ItemKey, Arc<str>),
    /// Take the done figure of a cell away.
    EmptyCell(ItemKey, Arc<str>),
    /// What the matrix shows in its cells: the next of targets, done, percent, gap.
    Mode,
    /// Put a text on the user's clipboard.
    Copy(String),
    /// The changes of an item.
    History(ItemKey),
    /// A commit whole.
    OpenCommit(Seq),
    /// Why an item shows its light.
    Why(ItemKey),
    /// 通过: accept what is filed on items.
    Approve(Vec<ItemKey>),
    /// Open the small form of a purpose.
    Ask(Purpose),
    /// Open a list.
    List(Picking),
    /// The next state of a step.
    Tick(ItemKey, u16),
    /// Remove a line of a list by its number.
    Remove(Picking, u16),
    /// Take back a commit.
    Undo(Seq),
    /// Take back an undo.
    Redo(Seq),
    /// Settle a doubt by one of its readings.
    Settle(Key, u16),
    /// Open a settled doubt again.
    Reopen(Key),
    /// 核对: scroll the original, down or up.
    ScrollOriginal(bool),
    /// 核对: scroll the reading, down or up.
    ScrollReading(bool),
    /// Show another document.
    ShowDocument(DocumentId),
    /// Show the task list as a saved view has it.
    ApplyView(Arc<str>),
    /// Remove a saved view.
    RemoveView(Arc<str>),
    /// Show another period.
    Period(Period),
    /// Send the whole screen again.
    Redraw,
    /// 打印: ask what, for whom, in which format, where to.
    Print,
    /// Write the clerk's part of the bulletin.
    Wording,
    /// Show the bulletin as the ledger stands now, or as it was issued.
    Fresh,
    /// Write what a form or field holds.
    Save,
    /// Write what the field of a cell holds and go on.
    SaveAnd(Onward),
    /// Close a form or field; what was typed stays as a draft.
    Leave,
    /// Put last period's words into the fields that are empty or untouched.
    TakeEarlier,
    /// Say whose value stands in a field that both changed.
    Decide(Choice),
    /// Throw away what was typed.
    Discard,
    /// Go on with the draft under the cursor.
    Resume,
    /// Who else is in.
    Who,
    /// Run what the palette or the search has under its cursor.
    Accept,
}
