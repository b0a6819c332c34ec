//! The form of a filing or of a bulletin's wording, as data: its fields with what stood in them when it was opened, and what
//! somebody else put there since.

use chrono::{DateTime, FixedOffset};

use super::field::Field;
use super::key::Key;
use crate::catalog::{Lang, Say};
use crate::model::{Book, DocumentId, ItemKey, Key as RecordKey, Period, Seq, Wording, entry};
use crate::report::why::target_text;
use crate::text::number::plain;

/// The names of the parts of a filing in drafts, in the order of the form.
pub(super) const PERCENT: &str = "percent";
pub(super) const PROGRESS: &str = "progress";
pub(super) const PROBLEMS: &str = "problems";
pub(super) const NEXT: &str = "next";

/// The names of the parts of a bulletin's wording in drafts: `opening` and `next` (as of a filing) are texts, two are days.
pub(super) const OPENING: &str = "opening";
pub(super) const NUMBER: &str = "number";
pub(super) const TITLE: &str = "title";
pub(super) const NAME: &str = "name";
pub(super) const ADDRESSEES: &str = "addressees";
pub(super) const SIGNATURE: &str = "signature";
pub(super) const SIGNED_ON: &str = "signed_on";
pub(super) const COPIED_TO: &str = "copied_to";
pub(super) const NOTE: &str = "note";
pub(super) const PRINTED_BY: &str = "printed_by";
pub(super) const PRINTED_ON: &str = "printed_on";

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
    /// What is stored.
    pub stored: String,
    /// Who stored something else there since, and what: shown beside what is typed here.
    pub theirs: Option<(String, String)>,
}

impl Part {
    /// What is typed, without blanks at its ends.
    pub fn typed(&self) -> String {
        self.field.text().trim().to_owned()
    }

    /// Whether something else is typed than what is stored.
    pub fn is_changed(&self) -> bool {
        self.typed() != self.stored
    }
}

impl Form {
    /// The form of a subject for a period, with what is stored.
    pub fn new(book: &Book<'_>, lang: Lang, subject: Subject, period: Period) -> Self {
        let base = version(book, subject, period);
        let parts = parts(book, lang, subject, period);
        let (draft_of, problem) = (None, None);
        Self { subject, period, base, parts, focus: 0, draft_of, problem, confirmed: false, saving: false }
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

    /// Follows what is stored now, `who` having stored it: a field that was not touched here takes it over; one that both
    /// changed keeps what is typed and remembers the other. Answers whether there is such a field.
    pub fn follow(&mut self, book: &Book<'_>, lang: Lang, who: &dyn Fn(Option<u16>) -> String) -> bool {
        self.base = version(book, self.subject, self.period);
        let mut both = false;
        let mut caret = 0;
        let mut kept = Vec::new();
        for mut now in parts(book, lang, self.subject, self.period) {
            let Some(at) = self.parts.iter().position(|part| part.name == now.name) else {
                kept.push(now);
                continue;
            };
            let Some(mine) = self.parts.get(at) else { continue };
            if at == self.focus {
                caret = kept.len();
            }
            let typed = mine.typed();
            if now.stored == mine.stored {
                now.theirs.clone_from(&mine.theirs);
                now.field = mine.field.clone();
            } else if mine.is_changed() && typed != now.stored {
                now.theirs = Some((who(now.target), now.stored.clone()));
                now.field = mine.field.clone();
                both = true;
            }
            kept.push(now);
        }
        (self.parts, self.focus) = (kept, caret);
        both
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
    Part { name: name.to_owned(), label: lang.say(label).to_owned(), target: None, field, stored, theirs: None }
}

/// The fields of a wording with what is stored; where nothing is, what stays from one issue to the next.
fn of_wording(lang: Lang, wording: &Wording) -> Vec<Part> {
    let lines = |name, label, text: &str| part(lang, name, label, Field::lines(text), text.to_owned());
    let line = |name, label, text: &str| part(lang, name, label, Field::line(text), text.to_owned());
    let day = |name, label, day| line(name, label, &super::update::asking::shown_day(day));
    vec![
        lines(OPENING, Say::WordingOpening, &wording.opening),
        lines(NEXT, Say::WordingNext, &wording.next),
        line(NUMBER, Say::WordingNumber, &wording.number),
        line(TITLE, Say::WordingTitle, &wording.title),
        line(NAME, Say::WordingName, &wording.name),
        line(ADDRESSEES, Say::WordingAddressees, &wording.addressees),
        line(SIGNATURE, Say::WordingSignature, &wording.signature),
        day(SIGNED_ON, Say::WordingSignedOn, wording.signed_on),
        line(COPIED_TO, Say::WordingCopiedTo, &wording.copied_to),
        line(NOTE, Say::WordingNote, &wording.note),
        line(PRINTED_BY, Say::WordingPrintedBy, &wording.printed_by),
        day(PRINTED_ON, Say::WordingPrintedOn, wording.printed_on),
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
            stored,
            theirs: None,
        });
    }
    parts
}
