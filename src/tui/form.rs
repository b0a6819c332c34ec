//! The form of a filing, as data: its fields with what stood in them when it was opened, and what somebody else put there since.

use chrono::{DateTime, FixedOffset};

use super::field::Field;
use super::key::Key;
use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Period, Seq, entry};
use crate::report::why::target_text;
use crate::text::number::plain;

/// The names of the parts of a filing in drafts, in the order of the form.
pub(super) const PERCENT: &str = "percent";
pub(super) const PROGRESS: &str = "progress";
pub(super) const PROBLEMS: &str = "problems";
pub(super) const NEXT: &str = "next";

/// The form of a filing.
#[derive(Debug, Clone)]
pub struct Form {
    /// The item.
    pub item: ItemKey,
    /// The period.
    pub period: Period,
    /// The version of the filing that is edited.
    pub base: Seq,
    /// 完成率 (not of rows rated on their figures), 进展情况, 存在问题, 下一步打算, then the figure of each target.
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
    /// The form of an item for a period, with what is filed.
    pub fn new(book: &Book<'_>, lang: Lang, item: ItemKey, period: Period) -> Self {
        let base = book.filing(item, period).map_or(Seq::ZERO, |(_, version)| version);
        let parts = parts(book, lang, item, period);
        let (draft_of, problem) = (None, None);
        Self { item, period, base, parts, focus: 0, draft_of, problem, confirmed: false, saving: false }
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
    pub fn key(&mut self, key: Key) -> bool {
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
        self.base = book.filing(self.item, self.period).map_or(Seq::ZERO, |(_, version)| version);
        let mut both = false;
        let mut caret = 0;
        let mut kept = Vec::new();
        for mut now in parts(book, lang, self.item, self.period) {
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

/// The fields of a filing with what is stored.
fn parts(book: &Book<'_>, lang: Lang, item: ItemKey, period: Period) -> Vec<Part> {
    let filing = book.filing(item, period).map(|(filing, _)| filing.clone()).unwrap_or_default();
    let part = |name: &str, label: Say, field: Field, stored: String| Part {
        name: name.to_owned(),
        label: lang.say(label).to_owned(),
        target: None,
        field,
        stored,
        theirs: None,
    };
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
