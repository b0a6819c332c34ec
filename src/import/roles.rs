//! Which numbered lines are tasks and which are headings: `（一）` is a heading in one document and the task itself in another. What
//! follows it decides: labels or brackets that say who is responsible make a task.

use super::chapters;
use super::inline;
use super::names;
use super::numbering::{Outline, PLAIN};
use super::scan::{Kind, Part, owns};

/// What a numbered line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Not numbered.
    None,
    /// A task.
    Task,
    /// A heading of what follows.
    Heading,
    /// A number in a text, or a task of which nobody says who is responsible: what stands before it decides.
    Open,
}

/// A heading is no longer than this, in characters.
const LONGEST_HEADING: usize = 60;

/// The role of each part.
pub(super) fn roles(parts: &[Part<'_>]) -> Vec<Role> {
    let mut roles: Vec<Role> = (0..parts.len()).map(|at| role(parts, at)).collect();
    // A line that nobody answers for, beside tasks of its level, is a task that lacks its units.
    let count = |role: Role, wanted: u8| {
        parts.iter().zip(&roles).filter(|(part, own)| **own == role && level(part) == Some(wanted)).count()
    };
    let task_levels: Vec<u8> =
        (1..PLAIN).filter(|level| count(Role::Task, *level) > count(Role::Heading, *level)).collect();
    let grouped: Vec<u8> = (1..PLAIN)
        .filter(|wanted| {
            let several = |at: usize, part: &Part<'_>| match &part.kind {
                Kind::Numbered(outline, _) => outline.level == *wanted && owned(parts, at, outline) > 1,
                _ => false,
            };
            parts.iter().enumerate().any(|(at, part)| several(at, part))
        })
        .collect();
    let listed: Vec<usize> = (0..parts.len()).filter(|at| ends_a_list(parts, &roles, *at)).collect();
    for at in listed {
        if let Some(own) = roles.get_mut(at) {
            *own = Role::Open;
        }
    }
    let mut led = None;
    for (at, own) in roles.iter_mut().enumerate() {
        let Some(Part { kind: Kind::Numbered(outline, _), .. }) = parts.get(at) else { continue };
        match led {
            _ if heads_rows(parts, at) => {
                led = None;
                continue;
            }
            _ if names_units(outline) || answers_for_all(parts, at, outline) => led = Some(outline.level),
            Some(level) if outline.level <= level => led = None,
            // Whoever the heading names answers for what is numbered below it.
            Some(_) if *own == Role::Open && outline.level >= PLAIN => *own = Role::Task,
            Some(_) if *own == Role::Heading && next_level(parts, at).is_none_or(|next| next <= outline.level) => {
                *own = Role::Task;
                continue;
            }
            _ => {}
        }
        // Where one heading of a level has several tasks without numbers, the others have one each.
        let soft = *own == Role::Task && outline.level < PLAIN && under_words(parts, at);
        if soft && grouped.contains(&outline.level) {
            *own = Role::Heading;
        }
        let followed = next_level(parts, at).is_some_and(|next| next > outline.level);
        if *own == Role::Heading && outline.level < PLAIN && !followed && task_levels.contains(&outline.level) {
            *own = Role::Open;
        }
    }
    roles
}

/// More items than a list within a task has.
const LONGEST_LIST: usize = 40;

/// Whether a line only seems to be a task because the labels of the task that it belongs to follow it: the last of a list
/// （1）…；（2）… of which nobody answers for the others, nor for the paragraph above.
fn ends_a_list(parts: &[Part<'_>], roles: &[Role], at: usize) -> bool {
    let Some(Part { kind: Kind::Numbered(own, text), .. }) = parts.get(at) else { return false };
    if roles.get(at) != Some(&Role::Task) || own.level <= PLAIN || own.value < 2 || said(text) > 0 {
        return false;
    }
    let mut wanted = own.value - 1;
    for (part, role) in parts.iter().zip(roles).take(at).rev().take(LONGEST_LIST) {
        match &part.kind {
            Kind::Numbered(..) if *role != Role::Open => return false,
            Kind::Numbered(above, _) if above.level < own.level => return wanted == 0,
            Kind::Numbered(above, _) if above.level == own.level && above.value == wanted => wanted -= 1,
            Kind::Numbered(..) | Kind::Text(_) => {}
            _ => return false,
        }
    }
    false
}

/// Whether a numbered line is a few words with a paragraph below it.
fn under_words(parts: &[Part<'_>], at: usize) -> bool {
    let words = matches!(parts.get(at), Some(Part { kind: Kind::Numbered(outline, _), .. })
        if said(outline.rest) == 0 && !outline.rest.ends_with('。'));
    words && matches!(parts.get(at + 1), Some(Part { kind: Kind::Text(_), .. }))
}

fn level(part: &Part<'_>) -> Option<u8> {
    match &part.kind {
        Kind::Numbered(outline, _) => Some(outline.level),
        _ => None,
    }
}

fn next_level(parts: &[Part<'_>], at: usize) -> Option<u8> {
    parts.iter().skip(at + 1).find_map(level)
}

fn role(parts: &[Part<'_>], at: usize) -> Role {
    let Some(Part { kind: Kind::Numbered(outline, _), .. }) = parts.get(at) else { return Role::None };
    if names_units(outline) || answers_for_all(parts, at, outline) || heads_rows(parts, at) {
        return Role::Heading;
    }
    match owned(parts, at, outline) {
        0 => {}
        1 => return Role::Task,
        // Several paragraphs with labels of their own under one heading.
        _ if outline.level < PLAIN => return Role::Heading,
        _ => return Role::Task,
    }
    let deeper = next_level(parts, at).is_some_and(|next| next > outline.level);
    let short = outline.rest.chars().count() <= LONGEST_HEADING && !outline.rest.ends_with(['；', ';']);
    match outline.level {
        // A sentence or words before a list are no heading.
        PLAIN.. if deeper && short && !outline.rest.contains(['。', '：', ':']) => Role::Heading,
        PLAIN.. => Role::Open,
        _ if short => Role::Heading,
        _ => Role::Open,
    }
}

/// Whether a numbered line is a heading with labels or brackets that hold for what is numbered below it: nothing but they stand
/// between it and a deeper number.
pub(super) fn answers_for_all(parts: &[Part<'_>], at: usize, outline: &Outline<'_>) -> bool {
    if outline.level >= PLAIN || outline.rest.chars().count() > LONGEST_HEADING {
        return false;
    }
    let mut says = said(outline.rest) > 0;
    for part in parts.iter().skip(at + 1) {
        match &part.kind {
            Kind::Labels(labels) => says = says || (owns(labels) && !labels.is_empty()),
            Kind::Numbered(next, _) => {
                return says && next.level > outline.level && !outline.rest.ends_with(['。', '；']);
            }
            _ => return false,
        }
    }
    false
}

/// Whether a numbered line is a heading of the rows of a table, perhaps with labels or brackets that hold for all of them.
fn heads_rows(parts: &[Part<'_>], at: usize) -> bool {
    let Some(Part { kind: Kind::Numbered(outline, _), .. }) = parts.get(at) else { return false };
    let below = parts.iter().skip(at + 1).find(|part| !matches!(part.kind, Kind::Labels(_)));
    let rows = matches!(below, Some(Part { kind: Kind::Columns(..) | Kind::Cells(_) | Kind::Across(_), .. }));
    rows && outline.level < PLAIN
        && outline.rest.chars().count() <= LONGEST_HEADING
        && !outline.rest.ends_with(['。', '；', ';'])
}

/// Whether a numbered line is a heading that says who leads what follows: （二）市审计局牵头的工作.
pub(super) fn names_units(outline: &Outline<'_>) -> bool {
    !chapters::units(outline.rest).is_empty()
}

/// How many times somebody is named as responsible between a numbered line and the next.
fn owned(parts: &[Part<'_>], at: usize, outline: &Outline<'_>) -> usize {
    let mut count = said(outline.rest);
    let mut text = true;
    // The names of the line above, which may go on in this one.
    let mut names = None;
    for part in parts.iter().skip(at + 1) {
        let above = names.take();
        match &part.kind {
            Kind::Labels(labels) if !owns(labels) => {}
            Kind::Labels(labels) => {
                count += usize::from(text);
                text = false;
                names = labels.last().filter(|(label, _)| label.is_of_units()).map(|(_, value)| *value);
            }
            Kind::Text(words)
                if above.is_some_and(|above| names::goes_on(above) || names::goes_on_in(above, words)) =>
            {
                names = Some(*words);
            }
            Kind::Text(words) => {
                text = text || !is_bullet(words);
                count += said(words);
            }
            _ => break,
        }
        if count > 1 {
            break;
        }
    }
    count
}

/// In how many brackets a text says who is responsible.
fn said(text: &str) -> usize {
    let within = inline::pieces(text).iter().filter(|(_, said)| !said.is_empty()).count();
    within.max(usize::from(inline::says_who_alone(text)))
}

/// A line of a list under a task: ▲增加值增长14%.
pub(super) fn is_bullet(text: &str) -> bool {
    text.starts_with(['▲', '△', '●', '○', '■', '□', '◆', '◇', '★', '☆', '•', '·', '－', '—', '-'])
}
