//! Where the tasks begin: the first of them, and the headings over it.

use super::is_attachment;
use super::table::is_row;
use crate::import::chapters;
use crate::import::furniture::is_furniture;
use crate::import::inline;
use crate::import::notice;
use crate::import::numbering::{Outline, PLAIN, outline};
use crate::import::roles::{Role, names_units, roles};
use crate::import::scan::{Kind, Part, owns};

/// Where the first task stands among the parts: a table of tasks, a numbered line that is one, or a paragraph before labels.
pub(in crate::import) fn first(parts: &[Part<'_>]) -> Option<usize> {
    let roles = roles(parts);
    let mut before = None;
    // Numbered lines one below the other that nobody answers for: those of a task may be the labels below the last of them.
    let mut list = List::default();
    for (at, (part, role)) in parts.iter().zip(&roles).enumerate() {
        match &part.kind {
            Kind::Numbered(outline, _) if *role == Role::Task => return Some(list.before(outline).unwrap_or(at)),
            Kind::Labels(labels) if owns(labels) && list.from.is_some() => return list.from,
            _ => list.take(at, &part.kind, *role),
        }
        match &part.kind {
            Kind::Columns(..) => return Some(at),
            Kind::Text(_) if at.checked_sub(1).and_then(|above| parts.get(above)).is_some_and(heads_a_unit) => {
                return Some(at);
            }
            Kind::Text(text) if says_who(text) => return Some(at),
            Kind::Labels(labels) if owns(labels) && before.is_some() => return before,
            Kind::Text(text) if is_furniture(text) || notice::is_signature(text) => {}
            // A row of a table whose head is not known is no paragraph: the labels below it may be its columns' own.
            Kind::Text(text) if is_row(text) => before = None,
            Kind::Text(_) => before = Some(at),
            _ => before = None,
        }
    }
    None
}

/// Numbered lines that follow each other above the first task, and nobody answers for any of them.
#[derive(Debug, Default)]
struct List {
    /// Where the first of them stands, and its level.
    from: Option<usize>,
    level: u8,
    /// The last value on that level.
    last: u16,
    /// Whether the line above is not finished.
    open: bool,
    /// Whether a heading stands between the last of them and what follows: numbers may begin anew.
    headed: bool,
}

impl List {
    fn take(&mut self, at: usize, kind: &Kind<'_>, role: Role) {
        match kind {
            Kind::Numbered(outline, _) if role == Role::Open => {
                let goes_on = self.from.is_some() && (outline.level > self.level || self.is_next(outline));
                if !goes_on {
                    *self = Self { from: (outline.value == 1).then_some(at), level: outline.level, ..Self::default() };
                }
                if outline.level == self.level {
                    self.last = outline.value;
                }
                (self.open, self.headed) = (!ends(outline.rest), false);
            }
            Kind::Numbered(outline, _)
                if role == Role::Heading && self.from.is_some() && outline.level < self.level =>
            {
                self.headed = true;
            }
            // A line that was broken.
            Kind::Text(text) if self.open => self.open = !ends(text),
            _ => *self = Self::default(),
        }
    }

    /// Where they begin, if a task goes on from them.
    fn before(&self, task: &Outline<'_>) -> Option<usize> {
        self.from.filter(|_| self.is_next(task))
    }

    fn is_next(&self, next: &Outline<'_>) -> bool {
        next.level == self.level && (next.value == self.last.saturating_add(1) || (self.headed && next.value == 1))
    }
}

fn ends(text: &str) -> bool {
    text.trim_end().ends_with(['。', '；', ';', '：', ':'])
}

/// A heading that says which unit leads what follows.
fn heads_a_unit(part: &Part<'_>) -> bool {
    matches!(&part.kind, Kind::Numbered(outline, _) if names_units(outline))
}

/// Where the lines begin that stand over the first task: its list's title and headings, no sentence, note or date.
pub(super) fn heads_before(parts: &[Part<'_>], first: usize) -> usize {
    // Labels under a heading hold for all that is below it.
    let above = parts.get(..first).unwrap_or_default();
    let held = above.iter().rev().take_while(|part| matches!(part.kind, Kind::Labels(_))).count();
    let headed = above.iter().rev().nth(held).is_some_and(
        |part| matches!(&part.kind, Kind::Numbered(outline, text) if outline.level < PLAIN && title_like(text)),
    );
    let first = if headed { first - held } else { first };
    // Over numbers within numbers, plain ones are headings too.
    let level = match parts.get(first) {
        Some(Part { kind: Kind::Numbered(outline, _), .. }) => outline.level.max(PLAIN),
        _ => PLAIN,
    };
    let over = parts.iter().take(first).rev().take_while(|part| match &part.kind {
        Kind::Text(text) => title_like(text),
        Kind::Numbered(outline, text) => outline.level < level && title_like(text.trim_end_matches('。')),
        _ => false,
    });
    // A title takes no more than three lines, and there are no more than three headings.
    let from = first - over.take(6).count();
    // A few sentences may stand between the heading and the first task.
    let above = parts.get(from.saturating_sub(4)..from).unwrap_or_default().iter().rev();
    let mut back = 0;
    for part in above {
        back += 1;
        match &part.kind {
            Kind::Numbered(outline, _) if outline.level < PLAIN => {
                let heading = chapters::leader(outline.rest).is_some() || title_like(outline.rest);
                return if heading { from - back } else { from };
            }
            Kind::Text(text) if !notice::is_signature(text) && !is_attachment(text) => {}
            _ => break,
        }
    }
    from
}

pub(super) fn title_like(text: &str) -> bool {
    text.chars().count() <= 40
        && !text.contains(['|', '｜', '\t'])
        && !text.starts_with(['（', '(', '#'])
        && !text.ends_with(['。', '；', '：', ':', '，', ',', '日'])
        || outline(text).is_some_and(|one| one.level < PLAIN && one.rest.chars().count() <= 40)
}

/// Whether a text says in brackets who is responsible for it.
pub(super) fn says_who(text: &str) -> bool {
    inline::pieces(text).iter().any(|(_, said)| !said.is_empty())
}
