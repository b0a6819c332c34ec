//! Where the tasks begin: the first of them, and the headings over it.

use super::is_attachment;
use crate::import::chapters;
use crate::import::furniture::is_furniture;
use crate::import::inline;
use crate::import::notice;
use crate::import::numbering::{PLAIN, outline};
use crate::import::roles::{Role, names_units, roles};
use crate::import::scan::{Kind, Part, owns};

/// Where the first task stands among the parts: a table of tasks, a numbered line that is one, or a paragraph before labels.
pub(in crate::import) fn first(parts: &[Part<'_>]) -> Option<usize> {
    let roles = roles(parts);
    let mut before = None;
    for (at, (part, role)) in parts.iter().zip(&roles).enumerate() {
        match &part.kind {
            Kind::Columns(..) => return Some(at),
            Kind::Numbered(..) if *role == Role::Task => return Some(at),
            Kind::Text(_) if at.checked_sub(1).and_then(|above| parts.get(above)).is_some_and(heads_a_unit) => {
                return Some(at);
            }
            Kind::Text(text) if says_who(text) => return Some(at),
            Kind::Labels(labels) if owns(labels) && before.is_some() => return before,
            Kind::Text(text) if is_furniture(text) || notice::is_signature(text) => {}
            Kind::Text(_) => before = Some(at),
            _ => before = None,
        }
    }
    None
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
    let over = parts.iter().take(first).rev().take_while(|part| match &part.kind {
        Kind::Text(text) => title_like(text),
        Kind::Numbered(outline, text) => outline.level < PLAIN && title_like(text.trim_end_matches('。')),
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
