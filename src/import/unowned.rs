//! Lists of tasks that say of none who answers for it: a table of numbers and tasks, or numbered paragraphs under a title that
//! names a list of tasks or under the leader who leads them. They are only looked for where a document has nothing else.

use super::chapters;
use super::layout::Layout;
use super::lines::Line;
use super::lists::joined;
use super::numbering::{Outline, PLAIN, plain};
use super::page_end::ends_page;
use super::scan::{Columns, Kind, Part, scan};
use super::tasks;
use super::vocabulary::Label;

/// A list under a title has as many items at the least.
const FEWEST: usize = 3;
/// A title is no longer, in characters.
const LONGEST_TITLE: usize = 40;
/// What a title of such a list contains, and what the title of no list does.
const TITLES: [&str; 6] = ["实事", "任务", "清单", "分解", "重点工作", "工作目标"];
const NO_TITLES: [&str; 12] =
    ["通知", "通报", "方案", "意见", "要点", "办法", "规则", "解读", "情况", "附件", "公示", "报告的"];
/// How the items of a list of attachments end.
const ATTACHMENTS: [&str; 6] = ["表", "清单", "方案", "名单", "通知", "意见"];

/// The parts of a document that is such a list.
pub(super) fn parts<'a>(
    lines: &'a [Line<'_>],
    layout: Layout,
    tell: &mut dyn FnMut(usize, usize),
) -> Option<Vec<Part<'a>>> {
    if layout != Layout::Auto {
        return None;
    }
    let parts = scan(lines, Columns::Any, tell);
    if tasks::first(&parts).is_some() { Some(parts) } else { lists(&parts) }
}

/// The lists under titles and leaders, with what stands before them. What stands behind a list is no part of its last item.
fn lists<'a>(parts: &[Part<'a>]) -> Option<Vec<Part<'a>>> {
    let mut out: Vec<Part<'a>> = Vec::new();
    let mut found = false;
    let mut at = 0;
    let mut last: u16 = 0;
    let titled = parts.iter().any(|part| matches!(&part.kind, Kind::Text(text) if is_title(text)));
    while let Some(part) = parts.get(at) {
        let rest = parts.get(at + 1..).unwrap_or_default();
        let unit = match &part.kind {
            Kind::Numbered(outline, _) if titled && outline.level < PLAIN => chapters::named(outline.rest),
            _ => None,
        };
        let fewest = match &part.kind {
            _ if unit.is_some() => 1,
            Kind::Text(text) if is_title(text) => FEWEST,
            Kind::Numbered(outline, _) if outline.level < PLAIN && chapters::leader(outline.rest).is_some() => 1,
            _ => usize::MAX,
        };
        if fewest < usize::MAX || !found {
            out.push(part.clone());
        }
        at += 1;
        // Under leaders and units numbers may run on.
        let from = if fewest == 1 && begins(rest, last.saturating_add(1)) { last.saturating_add(1) } else { 1 };
        let (items, len) = items(rest, from);
        if fewest < usize::MAX && items.len() >= fewest && !attachments(&items) {
            found = true;
            last = from.saturating_add(u16::try_from(items.len()).unwrap_or(u16::MAX)).saturating_sub(1);
            at += len;
            let mut items: Vec<Part<'a>> = items.into_iter().flatten().collect();
            for item in &mut items {
                if let (Kind::Labels(labels), Some(unit)) = (&mut item.kind, unit) {
                    labels.push((Label::Lead, unit));
                }
            }
            out.extend(items);
        }
    }
    found.then_some(out)
}

fn is_title(text: &str) -> bool {
    let bare = joined(text);
    (4..=LONGEST_TITLE).contains(&bare.chars().count())
        && TITLES.iter().any(|word| bare.contains(word))
        && !NO_TITLES.iter().any(|word| bare.contains(word))
        && !bare.contains(['。', '，', ',', '；', '：', ':'])
}

/// Whether a numbered paragraph with a number stands first.
fn begins(parts: &[Part<'_>], number: u16) -> bool {
    matches!(parts.first(), Some(Part { kind: Kind::Numbered(outline, _), .. })
        if outline.level == PLAIN && outline.value == number)
}

/// The items of a list that begins with a number, each with the lines that follow it, and how many parts they are.
fn items<'a>(parts: &[Part<'a>], from: u16) -> (Vec<Vec<Part<'a>>>, usize) {
    let mut items: Vec<Vec<Part<'a>>> = Vec::new();
    let mut at = 0;
    // The lines of the last item count only where a further item follows, or where all items are lines under a number.
    let mut kept = 0;
    let mut alone = false;
    while let Some(part) = parts.get(at) {
        let next = from.saturating_add(u16::try_from(items.len()).unwrap_or(u16::MAX));
        let (item, len) = match (&part.kind, parts.get(at + 1).map(|part| &part.kind)) {
            (Kind::Numbered(outline, _), _) if outline.level == PLAIN && outline.value == next => {
                (Some(part.clone()), 1)
            }
            (Kind::Text(number), Some(Kind::Text(text))) if plain(number) == Some(next) => {
                alone = true;
                let outline = Outline { level: PLAIN, value: next, printed: number, rest: text };
                (Some(Part { line: part.line, kind: Kind::Numbered(outline, text) }), 2)
            }
            (Kind::Text(text), _) if !items.is_empty() && !ends_page(text) => (None, 1),
            _ => break,
        };
        at += len;
        if let Some(item) = item {
            // Labels that say nothing: it is a task, and nobody answers for it.
            let owner = Part { line: item.line, kind: Kind::Labels(Vec::new()) };
            items.push(vec![item, owner]);
            kept = at;
        } else {
            items.last_mut().into_iter().for_each(|last| last.push(part.clone()));
            kept = if alone { at } else { kept };
        }
    }
    if !alone && let Some(last) = items.last_mut() {
        last.truncate(2);
    }
    (items, kept)
}

/// Whether a list names the attachments of a notice.
fn attachments(items: &[Vec<Part<'_>>]) -> bool {
    items.iter().all(|item| match item.first().map(|part| &part.kind) {
        Some(Kind::Numbered(outline, _)) => ATTACHMENTS.iter().any(|end| outline.rest.trim_end().ends_with(end)),
        _ => false,
    })
}
