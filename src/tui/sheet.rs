//! Small forms and lists in front of the screen, as data: a [`Sheet`] asks a few things and says what saving means by its
//! [`Purpose`]; a [`Pick`] lists what an item (or the document) has, with keys of its own by what it lists.

use std::sync::Arc;

use super::command::Context;
use super::field::Field;
use super::key::{Code, Key, Named};
use super::sides::{By, Came, Choice, Sides};
use super::state::Cursor;
use crate::model::{Book, DocumentId, Entry, ItemKey, Key as RecordKey, Of, Office, Period, role};
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
    /// The records it was opened on, as they were then: what somebody else changes meanwhile is not overwritten unseen.
    pub seen: Vec<(RecordKey, Option<Entry>)>,
    /// Of several items those that somebody else changed meanwhile: asked about before it is saved.
    pub clashed: Vec<ItemKey>,
    /// What somebody else has just done to it.
    pub came: Option<String>,
    /// Why it could not be saved, or what is asked before it is.
    pub problem: Option<String>,
    /// What was asked has been answered by saving again.
    pub confirmed: bool,
    /// A commit is on its way.
    pub saving: bool,
    /// The login name that the system is being asked about, to be saved with its number.
    pub looking: Option<String>,
}

/// One thing that a sheet asks.
#[derive(Debug, Clone)]
pub struct Slot {
    /// What is asked.
    pub label: String,
    /// What is answered.
    pub input: Input,
    /// What stood there at first, and what somebody else made of it since.
    pub sides: Sides,
}

impl Slot {
    fn new(label: String, input: Input) -> Self {
        let sides = Sides::on(input.text().trim());
        Self { label, input, sides }
    }

    /// What is answered, without blanks at its ends.
    pub fn typed(&self) -> String {
        self.input.text().trim().to_owned()
    }
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
    /// Give somebody a role (`None`) or change the role of a login name.
    Role(Option<Arc<str>>),
    /// 更名、接任: who follows on a unit or a leader.
    Succeed(Office, Arc<str>),
    /// 核对: settle a doubt by what is typed.
    Reading(RecordKey),
    /// 核对: accept the first reading of all open doubts of a kind.
    AcceptKind(String),
}

impl Purpose {
    /// The items of which it may be about several.
    pub fn items_mut(&mut self) -> Option<&mut Vec<ItemKey>> {
        match self {
            Self::Return(items) | Self::FileAll(items) | Self::Chase(items) => Some(items),
            _ => None,
        }
    }

    /// The record that saving writes, of several the first; of one that is added, the item it is about. `None`: it writes none.
    pub fn key(&self, document: &DocumentId, period: Period) -> Option<RecordKey> {
        let item = |item: &ItemKey| RecordKey::item(document, *item);
        let filing = |items: &[ItemKey]| items.first().map(|item| RecordKey::filing(document, *item, period));
        match self {
            Self::Return(items) | Self::FileAll(items) => filing(items),
            Self::Chase(items) => items.first().map(|item| RecordKey::chase(document, *item, period)),
            Self::Light(item) => Some(RecordKey::light(document, *item, period)),
            Self::Step(item, Some(no)) => Some(RecordKey::step(document, *item, *no)),
            Self::Target(item, Some(no)) => Some(RecordKey::target(document, *item, *no)),
            Self::Step(one, None) | Self::Target(one, None) | Self::Ask(one) => Some(item(one)),
            Self::Decide(item, no) => Some(RecordKey::request(document, *item, *no)),
            Self::Actual(item, no) => Some(RecordKey::actual(document, *item, *no, period)),
            Self::Role(Some(name)) => Some(RecordKey::role(name)),
            Self::Settings | Self::Role(None) => Some(RecordKey::document(document)),
            Self::Issue | Self::Recall => Some(RecordKey::bulletin(document, period)),
            Self::Reading(finding) => Some(finding.clone()),
            Self::Succeed(office, name) => Some(RecordKey::successor(document, *office, name)),
            Self::Filter | Self::SaveView | Self::Print(_) | Self::AcceptKind(_) => None,
        }
    }
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
    /// Somebody else took the line under the cursor away: nothing is under it until it moves.
    pub lost: bool,
}

/// What a [`Pick`] lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picking {
    /// The steps of a task.
    Steps(ItemKey),
    /// The requests about an item.
    Requests(ItemKey),
    /// The requests about any item that wait for a decision.
    Waiting,
    /// The targets of a task with the figures reached.
    Targets(ItemKey),
    /// The saved views.
    Views,
    /// The periods of the document.
    Periods,
    /// Who may do what.
    Roles,
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
            Self::Waiting => Context::Waiting,
            Self::Targets(_) => Context::Targets,
            Self::Views => Context::Views,
            Self::Periods => Context::Periods,
            Self::Roles => Context::Roles,
            Self::Documents => Context::Documents,
            Self::Dropped => Context::Dropped,
        }
    }

    /// The numbers of its lines, in the order they are shown: of what has no number of its own, the place.
    pub fn numbers(self, book: &Book<'_>) -> Vec<u16> {
        let keys = self.keys(book).into_iter();
        let number = |(place, key): (u16, RecordKey)| match key.of {
            // Of several items: their numbers repeat.
            _ if self == Self::Waiting => place,
            Of::Step(_, no) | Of::Request(_, no) | Of::Target(_, no) => no,
            _ => place,
        };
        (1..).zip(keys).map(number).collect()
    }

    /// What its lines are about, in the order they are shown; a period by its bulletin.
    pub fn keys(self, book: &Book<'_>) -> Vec<RecordKey> {
        let document = book.id();
        match self {
            Self::Steps(item) => book.steps(item).map(|(no, _, _)| RecordKey::step(document, item, no)).collect(),
            Self::Requests(item) => {
                book.requests(item).map(|(no, _, _)| RecordKey::request(document, item, no)).collect()
            }
            Self::Waiting => book.open_requests().map(|(item, no, _)| RecordKey::request(document, item, no)).collect(),
            Self::Targets(item) => book.targets(item).map(|(no, _, _)| RecordKey::target(document, item, no)).collect(),
            Self::Views => book.views().map(|(view, _)| RecordKey::view(document, &view.name)).collect(),
            Self::Periods => Self::periods(book).map(|period| RecordKey::bulletin(document, period)).collect(),
            Self::Roles => role::all(book.ledger()).map(|role| RecordKey::role(&role.name)).collect(),
            Self::Documents => book.ledger().documents().map(|document| RecordKey::document(&document.id)).collect(),
            Self::Dropped => book.dropped().map(|item| RecordKey::item(document, item)).collect(),
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
            Self::Waiting | Self::Views | Self::Periods | Self::Roles | Self::Documents | Self::Dropped => None,
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
            clashed: Vec::new(),
            came: None,
            problem: None,
            confirmed: false,
            saving: false,
            looking: None,
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
        self.slots.push(Slot::new(label.into(), Input::Text(Box::new(Field::line(text)))));
        self
    }

    /// With a field of one line whose text is replaced by what is typed first.
    #[must_use]
    pub fn replaceable(mut self, label: impl Into<String>, text: &str) -> Self {
        self.slots.push(Slot::new(label.into(), Input::Text(Box::new(Field::replaceable(text)))));
        self
    }

    /// With a field of several lines.
    #[must_use]
    pub fn lines(mut self, label: impl Into<String>, text: &str) -> Self {
        self.slots.push(Slot::new(label.into(), Input::Text(Box::new(Field::lines(text)))));
        self
    }

    /// With a choice among words, of which the `at`-th stands chosen.
    #[must_use]
    pub fn choice(mut self, label: impl Into<String>, words: Vec<String>, at: usize) -> Self {
        self.slots.push(Slot::new(label.into(), Input::Choice(words, at)));
        self
    }

    /// What the `at`-th slot holds as text: what was typed, or the word chosen. Empty where there is none.
    pub fn text(&self, at: usize) -> String {
        self.slots.get(at).map(|slot| slot.input.text()).unwrap_or_default()
    }

    /// Puts a text into the `at`-th slot, if it takes one.
    pub fn put(&mut self, at: usize, text: &str) {
        if let Some(Input::Text(field)) = self.slots.get_mut(at).map(|slot| &mut slot.input) {
            **field = Field::line(text);
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

    /// Follows what such a sheet would show if it were opened now (`now`), as [`super::form::Form::follow`] does.
    pub fn follow(&mut self, now: &Self, by: &By) -> Vec<(Came, String, String)> {
        let mut came = Vec::new();
        for (slot, now) in self.slots.iter_mut().zip(&now.slots) {
            let what = slot.sides.follow(&slot.typed(), &now.sides.stored, || by.clone());
            if what == Came::Taken {
                slot.input.set(&now.sides.stored);
            }
            if what != Came::Nothing {
                came.push((what, by.who.clone(), slot.label.clone()));
            }
        }
        came
    }

    /// As [`super::form::Form::settle`].
    pub fn settle(&mut self) -> usize {
        let mut open = Vec::new();
        for (at, slot) in self.slots.iter_mut().enumerate() {
            let typed = slot.typed();
            if !slot.sides.settle(&typed) {
                open.push(at);
            }
        }
        if !open.contains(&self.focus) {
            self.focus = open.first().copied().unwrap_or(self.focus);
        }
        open.len()
    }

    /// As [`super::form::Form::decide`].
    pub fn decide(&mut self, choice: Choice) -> usize {
        if let Some(slot) = self.slots.get_mut(self.focus) {
            let typed = slot.typed();
            // A choice has no word for nothing: it is chosen anew among its words.
            if let Some(text) = slot.sides.decide(choice, &typed) {
                slot.input.set(&text);
            }
        }
        let asked = |at: &usize| self.slots.get(*at).is_some_and(|slot| slot.sides.asked().is_some());
        let open: Vec<usize> = (0..self.slots.len()).filter(asked).collect();
        if choice != Choice::Anew {
            self.focus = open.first().copied().unwrap_or(self.focus);
        }
        open.len()
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
    /// What it holds as text: what was typed, or the word chosen.
    pub fn text(&self) -> String {
        match self {
            Self::Text(field) => field.text(),
            Self::Choice(words, at) => words.get(*at).cloned().unwrap_or_default(),
        }
    }

    /// Holds another text; a choice only one of its words.
    pub fn set(&mut self, text: &str) {
        match self {
            Self::Text(field) => field.set(text),
            Self::Choice(words, at) => *at = words.iter().position(|word| word == text).unwrap_or(*at),
        }
    }

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
