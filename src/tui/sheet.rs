//! Small forms and lists in front of the screen, as data: a [`Sheet`] asks a few things and says what saving means by its
//! [`Purpose`]; a [`Pick`] lists what an item (or the document) has, with keys of its own by what it lists.

use std::sync::Arc;

use super::command::Context;
use super::field::Field;
use super::key::{Code, Key, Named};
use super::state::Cursor;
use crate::model::{Book, ItemKey, Key as RecordKey, Office, Period, Seq};
use crate::report::For;

/// A small form.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its title.
    pub title: String,
    /// What to know before filling it in: a paragraph each, shown above the fields.
    pub notes: Vec<String>,
    /// What is asked, in order.
    pub slots: Vec<Slot>,
    /// The slot that has the caret.
    pub focus: usize,
    /// What saving means.
    pub purpose: Purpose,
    /// The period it is about.
    pub period: Period,
    /// The records it was opened on, with their versions then: what somebody else changes meanwhile is not overwritten unseen.
    pub seen: Vec<(RecordKey, Seq)>,
    /// Why it could not be saved, or what is asked before it is.
    pub problem: Option<String>,
    /// What was asked has been answered by saving again.
    pub confirmed: bool,
    /// A commit is on its way.
    pub saving: bool,
}

/// One thing that a sheet asks.
#[derive(Debug, Clone)]
pub struct Slot {
    /// What is asked.
    pub label: String,
    /// What is answered.
    pub input: Input,
}

/// What a slot takes.
#[derive(Debug, Clone)]
pub enum Input {
    /// Text, of one line or of several.
    Text(Box<Field>),
    /// One of some words.
    Choice(Vec<String>, usize),
}

/// What saving a sheet means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// 退回: of these items, with a reason.
    Return(Vec<ItemKey>),
    /// Set the light of an item, or take the setting back.
    Light(ItemKey),
    /// 催办: of these items, with a note.
    Chase(Vec<ItemKey>),
    /// Add a step (`None`) or change one.
    Step(ItemKey, Option<u16>),
    /// Ask for 延期, 调整, 终止 or 办结.
    Ask(ItemKey),
    /// Grant or refuse a request.
    Decide(ItemKey, u16),
    /// Add a target (`None`) or correct one.
    Target(ItemKey, Option<u16>),
    /// The figure reached on a target.
    Actual(ItemKey, u16),
    /// File the same words on several items.
    FileAll(Vec<ItemKey>),
    /// Narrow the task list; nothing is written.
    Filter,
    /// Save the filters of the task list under a name.
    SaveView,
    /// The document's settings.
    Settings,
    /// 打印; nothing is written.
    Print(Choices),
    /// 签发: issue the period's bulletin.
    Issue,
    /// 撤回: take the issue back.
    Recall,
    /// 更名、接任: who follows on a unit or a leader.
    Succeed(Office, Arc<str>),
    /// 核对: settle a doubt by what is typed.
    Reading(RecordKey),
    /// 核对: accept the first reading of all open doubts of a kind.
    AcceptKind(String),
}

/// What the choices of 打印 stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// For whom, in the order of the choice; behind them stand the items.
    pub whom: Vec<For>,
    /// The items under the cursor or marked.
    pub items: Vec<ItemKey>,
    /// The printers' names, in the order of the choice.
    pub printers: Vec<String>,
}

/// A list in front of the screen.
#[derive(Debug, Clone)]
pub struct Pick {
    /// What it lists. Its lines are made from the ledger when they are drawn, so they are never old.
    pub of: Picking,
    /// The cursor.
    pub cursor: Cursor,
}

/// What a [`Pick`] lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picking {
    /// The steps of a task.
    Steps(ItemKey),
    /// The requests about an item.
    Requests(ItemKey),
    /// The targets of a task with the figures reached.
    Targets(ItemKey),
    /// The saved views.
    Views,
    /// The periods of the document.
    Periods,
    /// The documents of the ledger.
    Documents,
    /// What later readings of the document no longer have.
    Dropped,
}

impl Picking {
    /// Where its keys work.
    pub const fn context(self) -> Context {
        match self {
            Self::Steps(_) => Context::Steps,
            Self::Requests(_) => Context::Requests,
            Self::Targets(_) => Context::Targets,
            Self::Views => Context::Views,
            Self::Periods => Context::Periods,
            Self::Documents => Context::Documents,
            Self::Dropped => Context::Dropped,
        }
    }

    /// The numbers of its lines, in the order they are shown.
    pub fn numbers(self, book: &Book<'_>) -> Vec<u16> {
        match self {
            Self::Steps(item) => book.steps(item).map(|(no, _, _)| no).collect(),
            Self::Requests(item) => book.requests(item).map(|(no, _, _)| no).collect(),
            Self::Targets(item) => book.targets(item).map(|(no, _, _)| no).collect(),
            Self::Views => (1..).zip(book.views()).map(|(no, _)| no).collect(),
            Self::Periods => (1..).zip(Self::periods(book)).map(|(no, _)| no).collect(),
            Self::Documents => (1..).zip(book.ledger().documents()).map(|(no, _)| no).collect(),
            Self::Dropped => (1..).zip(book.dropped()).map(|(no, _)| no).collect(),
        }
    }

    /// The periods of a document, in order.
    pub fn periods(book: &Book<'_>) -> impl Iterator<Item = Period> {
        Period::all(book.document().year, book.document().settings.span)
    }

    /// The item it is about, if it is about one.
    pub const fn item(self) -> Option<ItemKey> {
        match self {
            Self::Steps(item) | Self::Requests(item) | Self::Targets(item) => Some(item),
            Self::Views | Self::Periods | Self::Documents | Self::Dropped => None,
        }
    }
}

impl Sheet {
    /// A sheet without fields.
    pub fn new(title: impl Into<String>, purpose: Purpose, period: Period) -> Self {
        Self {
            title: title.into(),
            notes: Vec::new(),
            slots: Vec::new(),
            focus: 0,
            purpose,
            period,
            seen: Vec::new(),
            problem: None,
            confirmed: false,
            saving: false,
        }
    }

    /// With a paragraph above the fields.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// With a field of one line.
    #[must_use]
    pub fn line(mut self, label: impl Into<String>, text: &str) -> Self {
        self.slots.push(Slot { label: label.into(), input: Input::Text(Box::new(Field::line(text))) });
        self
    }

    /// With a field of one line whose text is replaced by what is typed first.
    #[must_use]
    pub fn replaceable(mut self, label: impl Into<String>, text: &str) -> Self {
        self.slots.push(Slot { label: label.into(), input: Input::Text(Box::new(Field::replaceable(text))) });
        self
    }

    /// With a field of several lines.
    #[must_use]
    pub fn lines(mut self, label: impl Into<String>, text: &str) -> Self {
        self.slots.push(Slot { label: label.into(), input: Input::Text(Box::new(Field::lines(text))) });
        self
    }

    /// With a choice among words, of which the `at`-th stands chosen.
    #[must_use]
    pub fn choice(mut self, label: impl Into<String>, words: Vec<String>, at: usize) -> Self {
        self.slots.push(Slot { label: label.into(), input: Input::Choice(words, at) });
        self
    }

    /// What the `at`-th slot holds as text: what was typed, or the word chosen. Empty where there is none.
    pub fn text(&self, at: usize) -> String {
        match self.slots.get(at).map(|slot| &slot.input) {
            Some(Input::Text(field)) => field.text(),
            Some(Input::Choice(words, at)) => words.get(*at).cloned().unwrap_or_default(),
            None => String::new(),
        }
    }

    /// Which word of the `at`-th slot is chosen; 0 where it is no choice.
    pub fn chosen(&self, at: usize) -> usize {
        match self.slots.get(at).map(|slot| &slot.input) {
            Some(Input::Choice(_, at)) => *at,
            _ => 0,
        }
    }

    /// Whether the caret is in the last slot.
    pub fn at_last(&self) -> bool {
        self.focus.saturating_add(1) >= self.slots.len()
    }

    /// The caret goes to the next slot or the one before, round and round.
    pub fn step(&mut self, forward: bool) {
        let len = self.slots.len().max(1);
        self.focus = (self.focus + if forward { 1 } else { len - 1 }) % len;
    }

    /// Takes a key; answers whether the slot with the caret had a use for it.
    pub fn key(&mut self, key: Key) -> bool {
        let Some(slot) = self.slots.get_mut(self.focus) else { return false };
        let used = slot.input.key(key);
        if used {
            self.confirmed = false;
        }
        used
    }

    /// Pasted text goes into the field with the caret.
    pub fn paste(&mut self, text: &str) {
        if let Some(Input::Text(field)) = self.slots.get_mut(self.focus).map(|slot| &mut slot.input) {
            field.paste(text);
            self.confirmed = false;
        }
    }
}

impl Input {
    /// Whether Enter starts a new line in it.
    pub fn has_lines(&self) -> bool {
        matches!(self, Self::Text(field) if field.has_lines())
    }

    /// Takes a key; answers whether it had a use for it. A choice takes Left, Right and Space, and the number of a word.
    fn key(&mut self, key: Key) -> bool {
        let (words, at) = match self {
            Self::Text(field) => return field.key(key),
            Self::Choice(words, at) => (words.len().max(1), at),
        };
        *at = match key.folded().code {
            Code::Named(Named::Left) => (*at + words - 1) % words,
            Code::Named(Named::Right) | Code::Char(' ') if !key.ctrl => (*at + 1) % words,
            Code::Char(digit) if !key.ctrl && !key.alt => {
                let number =
                    digit.to_digit(10).and_then(|no| usize::try_from(no).ok()).and_then(|no| no.checked_sub(1));
                match number.filter(|no| *no < words) {
                    Some(no) => no,
                    None => return false,
                }
            }
            _ => return false,
        };
        true
    }
}
