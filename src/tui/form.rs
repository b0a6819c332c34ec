//! The form of a filing or of a bulletin's wording, as data: its fields with what stood in them when it was opened, and what
//! somebody else put there since.

use chrono::{DateTime, FixedOffset};

use super::field::Field;
use super::key::Key;
use super::sides::{By, Came, Choice, Sides};
use crate::catalog::{Lang, Say};
use crate::model::{Book, DocumentId, ItemKey, Key as RecordKey, Period, Seq, Wording, entry};
use crate::report::why::target_text;
use crate::text::number::plain;

/// The names of the parts in drafts: those of the record's fields.
pub(super) use crate::model::merge::name::{
    ADDRESSEES, COPIED_TO, NAME, NEXT, NOTE, NUMBER, OPENING, PERCENT, PRINTED_BY, PRINTED_ON, PROBLEMS, PROGRESS,
    SIGNATURE, SIGNED_ON, TITLE,
};

/// What a form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The filing of an item.
    Filing(ItemKey),
    /// The clerk's part of the period's bulletin.
    Wording,
}

/// The form of a filing, or of the clerk's part of a bulletin.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it is about.
    pub subject: Subject,
    /// The period.
    pub period: Period,
    /// The version of the record that is edited.
    pub base: Seq,
    /// Of a filing: 完成率 (not of rows rated on their figures), 进展情况, 存在问题, 下一步打算, then the figure of each target.
    /// Of a wording: 开头, 下一步工作要求, then what stands around the text.
    pub parts: Vec<Part>,
    /// The part with the caret.
    pub focus: usize,
    /// When the draft that it holds was left.
    pub draft_of: Option<DateTime<FixedOffset>>,
    /// Why it could not be saved, or what is asked before it is.
    pub problem: Option<String>,
    /// What somebody else has just done to it.
    pub note: Option<String>,
    /// What was asked has been answered by saving again.
    pub confirmed: bool,
    /// A commit is on its way.
    pub saving: bool,
}

/// One field of the form.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name in drafts: `percent`, `progress` … `target-2`.
    pub name: String,
    /// What stands before it.
    pub label: String,
    /// The number of the target whose figure it is.
    pub target: Option<u16>,
    /// What is typed.
    pub field: Field,
    /// What is stored, and what somebody else made of it since.
    pub sides: Sides,
}

impl Part {
    /// What is typed, without blanks at its ends.
    pub fn typed(&self) -> String {
        self.field.text().trim().to_owned()
    }

    /// Whether something else is typed than what is stored.
    pub fn is_changed(&self) -> bool {
        self.sides.is_changed(&self.typed())
    }
}

impl Form {
    /// The form of a subject for a period, with what is stored.
    pub fn new(book: &Book<'_>, lang: Lang, subject: Subject, period: Period) -> Self {
        let base = version(book, subject, period);
        let parts = parts(book, lang, subject, period);
        let (draft_of, problem, note) = (None, None, None);
        Self { subject, period, base, parts, focus: 0, draft_of, problem, note, confirmed: false, saving: false }
    }

    /// The record that it edits.
    pub fn key(&self, document: &DocumentId) -> RecordKey {
        match self.subject {
            Subject::Filing(item) => RecordKey::filing(document, item, self.period),
            Subject::Wording => RecordKey::bulletin(document, self.period),
        }
    }

    /// The item whose filing it is.
    pub const fn item(&self) -> Option<ItemKey> {
        match self.subject {
            Subject::Filing(item) => Some(item),
            Subject::Wording => None,
        }
    }

    /// The part of a name.
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// Whether anything is typed that is not stored.
    pub fn is_changed(&self) -> bool {
        self.parts.iter().any(Part::is_changed)
    }

    /// Takes a key; answers whether the field with the caret had a use for it.
    pub fn press(&mut self, key: Key) -> bool {
        self.confirmed = false;
        self.parts.get_mut(self.focus).is_some_and(|part| part.field.key(key))
    }

    /// The caret goes to the next part or the one before, round and round.
    pub fn step(&mut self, forward: bool) {
        let len = self.parts.len().max(1);
        self.focus = (self.focus + if forward { 1 } else { len - 1 }) % len;
    }

    /// Follows what is stored now: a field that was not touched here takes it over, one that both changed waits for the save.
    /// Answers what came, from whom, into which field. `by` knows who changed a field.
    pub fn follow(&mut self, book: &Book<'_>, lang: Lang, by: &dyn Fn(&Part) -> By) -> Vec<(Came, String, String)> {
        self.base = version(book, self.subject, self.period);
        let focused = self.parts.get(self.focus).map(|part| part.name.clone());
        let mut before = std::mem::take(&mut self.parts);
        let mut came = Vec::new();
        for now in parts(book, lang, self.subject, self.period) {
            let Some(at) = before.iter().position(|part| part.name == now.name) else {
                self.parts.push(now);
                continue;
            };
            let mut part = before.remove(at);
            part.label = now.label;
            let author = by(&part);
            let what = part.sides.follow(&part.typed(), &now.sides.stored, || author.clone());
            if what == Came::Taken {
                part.field = now.field;
            }
            if what != Came::Nothing {
                came.push((what, author.who, part.label.clone()));
            }
            self.parts.push(part);
        }
        // A target that somebody removed: what was typed for it is not lost unseen.
        self.parts.extend(before.into_iter().filter(Part::is_changed));
        self.focus = self.parts.iter().position(|part| Some(&part.name) == focused.as_ref()).unwrap_or(0);
        came
    }

    /// What is to be saved of fields that both changed is put to the user; answers how many wait for an answer, with the caret
    /// in the first of them.
    pub fn settle(&mut self) -> usize {
        let open: Vec<usize> = self
            .parts
            .iter_mut()
            .enumerate()
            .filter_map(|(at, part)| {
                let typed = part.typed();
                (!part.sides.settle(&typed)).then_some(at)
            })
            .collect();
        if !open.contains(&self.focus) {
            self.focus = open.first().copied().unwrap_or(self.focus);
        }
        open.len()
    }

    /// Decides the clash of the field with the caret, which goes to the next one; answers how many are left.
    pub fn decide(&mut self, choice: Choice) -> usize {
        if let Some(part) = self.parts.get_mut(self.focus) {
            let typed = part.typed();
            if let Some(text) = part.sides.decide(choice, &typed) {
                part.field.set(&text);
            }
        }
        let open: Vec<usize> = (0..self.parts.len())
            .filter(|at| self.parts.get(*at).is_some_and(|part| part.sides.asked().is_some()))
            .collect();
        if choice != Choice::Anew {
            self.focus = open.first().copied().unwrap_or(self.focus);
        }
        open.len()
    }
}

/// The version of the record that a form edits.
fn version(book: &Book<'_>, subject: Subject, period: Period) -> Seq {
    match subject {
        Subject::Filing(item) => book.filing(item, period).map_or(Seq::ZERO, |(_, version)| version),
        Subject::Wording => book.bulletin(period).map_or(Seq::ZERO, |(_, version)| version),
    }
}

fn parts(book: &Book<'_>, lang: Lang, subject: Subject, period: Period) -> Vec<Part> {
    match subject {
        Subject::Filing(item) => of_filing(book, lang, item, period),
        Subject::Wording => of_wording(lang, &book.wording(period)),
    }
}

fn part(lang: Lang, name: &str, label: Say, field: Field, stored: String) -> Part {
    Part { name: name.to_owned(), label: lang.say(label).to_owned(), target: None, field, sides: Sides::on(stored) }
}

/// The fields of a wording with what is stored; where nothing is, what stays from one issue to the next.
fn of_wording(lang: Lang, wording: &Wording) -> Vec<Part> {
    let of = |name, field, text: &str| {
        let label = lang.wording_part(name).unwrap_or(name).to_owned();
        Part { name: name.to_owned(), label, target: None, field, sides: Sides::on(text.to_owned()) }
    };
    let lines = |name, text: &str| of(name, Field::lines(text), text);
    let line = |name, text: &str| of(name, Field::line(text), text);
    let day = |name, day| line(name, &super::update::asking::shown_day(day));
    vec![
        lines(OPENING, &wording.opening),
        lines(NEXT, &wording.next),
        line(NUMBER, &wording.number),
        line(TITLE, &wording.title),
        line(NAME, &wording.name),
        line(ADDRESSEES, &wording.addressees),
        line(SIGNATURE, &wording.signature),
        day(SIGNED_ON, wording.signed_on),
        line(COPIED_TO, &wording.copied_to),
        line(NOTE, &wording.note),
        line(PRINTED_BY, &wording.printed_by),
        day(PRINTED_ON, wording.printed_on),
    ]
}

/// The fields of a filing with what is stored.
fn of_filing(book: &Book<'_>, lang: Lang, item: ItemKey, period: Period) -> Vec<Part> {
    let filing = book.filing(item, period).map(|(filing, _)| filing.clone()).unwrap_or_default();
    let part = |name: &str, label: Say, field: Field, stored: String| part(lang, name, label, field, stored);
    let mut parts = Vec::new();
    if book.row(item).is_none_or(|row| row.total.target().is_none()) {
        let percent = filing.percent.map(plain).unwrap_or_default();
        parts.push(part(PERCENT, Say::LabelStated, Field::replaceable(&percent), percent.clone()));
    }
    let texts = [
        (PROGRESS, Say::LabelProgress, filing.progress),
        (PROBLEMS, Say::LabelProblems, filing.problems),
        (NEXT, Say::LabelNext, filing.next),
    ];
    parts.extend(texts.into_iter().map(|(name, label, text)| part(name, label, Field::lines(&text), text)));
    for (no, target, _) in book.targets(item) {
        let stored =
            book.actual(item, no, period).map(|(value, _)| super::update::asking::actual_text(lang, target, value));
        let stored = stored.unwrap_or_default();
        let before = entry::earlier_actual(book, item, no, period).map(|(when, value)| {
            let figure = super::update::asking::with_unit(lang, target, value);
            lang.fill(Say::FormBefore, &[&lang.period(when), &figure])
        });
        parts.push(Part {
            name: format!("target-{no}"),
            label: format!("{}{}:", target_text(target, lang), before.unwrap_or_default()),
            target: Some(no),
            field: Field::replaceable(&stored),
            sides: Sides::on(stored),
        });
    }
    parts
}
