//! Numbered paragraphs with their label lines, as tasks.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use crate::model::{Finding, ItemKey, List, ListCode, ListKind, Task};

use super::draft::Draft;
use super::findings::{Place, doubt};
use super::names;
use super::notice;
use super::numbering;
use super::scan::{Kind, Part};
use super::unreadable::{Cause, Unreadable};
use super::vocabulary::Label;

/// What was read of the tasks.
#[derive(Debug, Default)]
pub(super) struct Tasks {
    pub(super) lists: Vec<List>,
    pub(super) items: Vec<Task>,
    pub(super) findings: Vec<Finding>,
}

/// The letters of the lists of tasks, in their order.
const LETTERS: &str = "TUVWXYZ";

/// Where the first task stands among the parts: a numbered paragraph that a label line follows before the next number.
pub(super) fn first(parts: &[Part<'_>]) -> Option<usize> {
    let mut candidate = None;
    for (at, part) in parts.iter().enumerate() {
        match part.kind {
            Kind::Numbered(..) => candidate = Some(at),
            Kind::Labels(_) if candidate.is_some() => return candidate,
            Kind::Head(_) | Kind::Row(_) => candidate = None,
            Kind::Text(_) | Kind::Labels(_) => {}
        }
    }
    None
}

/// Reads the tasks of a notice.
///
/// # Errors
/// When there are more lists than letters.
pub(super) fn tasks(parts: &[Part<'_>], year: u16) -> Result<Tasks, Unreadable> {
    let mut reader = Reader { year, ..Reader::default() };
    let Some(first) = first(parts) else { return Ok(reader.out) };
    let (before, from) = parts.split_at_checked(first).unwrap_or((parts, &[]));
    reader.heads = title_lines(before);
    for part in from {
        match &part.kind {
            Kind::Text(text) => reader.text(part.line, text),
            Kind::Numbered(no, rest) => reader.numbered(part.line, *no, rest)?,
            Kind::Labels(labels) => reader.labels(part.line, labels),
            Kind::Head(_) | Kind::Row(_) => {
                reader.close();
                // The titles over a table are the table's.
                reader.heads.clear();
            }
        }
    }
    reader.close();
    reader.orphans();
    reader.keys()
}

/// The lines before the first task that make its list's title: short lines that are no sentence, note or date.
fn title_lines(before: &[Part<'_>]) -> Vec<(u32, String)> {
    let mut lines: Vec<(u32, String)> = before
        .iter()
        .rev()
        .map_while(|part| match part.kind {
            Kind::Text(text) if title_like(text) => Some((part.line, text.to_owned())),
            _ => None,
        })
        .take(3)
        .collect();
    lines.reverse();
    lines
}

fn title_like(text: &str) -> bool {
    text.chars().count() <= 40
        && !text.starts_with(['（', '(', '#'])
        && !text.ends_with(['。', '；', '：', ':', '，', ',', '日'])
}

#[derive(Debug, Default)]
struct Reader {
    year: u16,
    out: Tasks,
    draft: Option<Draft>,
    /// Lines that stand under no task: titles to come, or lines that belong nowhere.
    heads: Vec<(u32, String)>,
    chapter: String,
    chapters: u16,
    /// Number of the last task of the list.
    last: u16,
    /// Lists in which numbers restart in a chapter.
    restarts: BTreeSet<ListCode>,
}

impl Reader {
    fn text(&mut self, line: u32, text: &str) {
        match &mut self.draft {
            Some(draft) if draft.labels.is_empty() => draft.text.push_str(text),
            Some(Draft { labels, .. }) if self.heads.is_empty() => match labels.last_mut() {
                Some((_, value)) if names::goes_on(value) => value.push_str(text),
                _ => self.heads.push((line, text.to_owned())),
            },
            _ => self.heads.push((line, text.to_owned())),
        }
    }

    fn labels(&mut self, line: u32, labels: &[(Label, &str)]) {
        let lost = !self.heads.is_empty() && self.draft.as_ref().is_some_and(|draft| !draft.labels.is_empty());
        if lost {
            self.unnumbered();
        }
        let Some(draft) = &mut self.draft else { return };
        for (label, value) in labels {
            if draft.has(*label) {
                let place = Place { line, item: None, printed: value };
                let why = "同一任务之下这一行印了两次，可能漏了一个任务的段落；暂把两行合在一起".to_owned();
                self.out.findings.push(doubt(place, "同一任务有两行相同的标签", why));
            }
            draft.labels.push((*label, (*value).to_owned()));
        }
    }

    /// A paragraph whose number is missing: its labels follow, so it is a task, kept beside the one before it.
    fn unnumbered(&mut self) {
        self.close();
        let heads = std::mem::take(&mut self.heads);
        let text: String = heads.iter().map(|(_, text)| text.as_str()).collect();
        let line = heads.first().map_or(0, |(line, _)| *line);
        let place = Place { line, item: None, printed: &text };
        let why = format!("段落之后有标签行，但段落没有编号；暂列在第{}项之下", self.last);
        self.out.findings.push(doubt(place, "任务没有编号", why));
        self.draft = Some(Draft { line, text, ..Draft::default() });
    }

    fn numbered(&mut self, line: u32, no: u16, rest: &str) -> Result<(), Unreadable> {
        if let Some(draft) = &mut self.draft {
            let whole = draft.text.ends_with(['。', '；', '.', ';']);
            if draft.labels.is_empty() && !(whole && no == draft.no.saturating_add(1)) {
                // A number in the middle of a paragraph that a page break cut.
                let _ = write!(draft.text, "{no}.{rest}");
                return Ok(());
            }
        }
        self.close();
        self.begin(line, no)?;
        self.draft = Some(Draft { no, line, text: rest.to_owned(), labels: Vec::new() });
        Ok(())
    }

    /// Decides what the lines before a number are: a new list's title, a chapter's head, or lines that belong nowhere.
    fn begin(&mut self, line: u32, no: u16) -> Result<(), Unreadable> {
        let heads = std::mem::take(&mut self.heads);
        let (chapters, titles): (Vec<_>, Vec<_>) =
            heads.into_iter().partition(|(_, text)| numbering::chapter(text).is_some());
        let title: String = titles.iter().map(|(_, text)| text.as_str()).filter(|text| !is_attachment(text)).collect();
        let restarts = no == 1 && (!title.is_empty() || chapters.is_empty());
        let mut follows = self.last.saturating_add(1);
        if self.out.lists.is_empty() || restarts || title.contains("分解") {
            self.open_list(&title)?;
            // Numbers may run on from list to list.
            follows = if no == follows { no } else { 1 };
        } else {
            self.heads = titles;
            self.orphans();
        }
        if let Some((_, head)) = chapters.last() {
            self.chapter.clone_from(head);
            self.chapters = self.chapters.saturating_add(1);
            if no <= self.last {
                self.restarts.extend(self.out.lists.last().map(|list| list.code));
                follows = 1;
            }
        }
        if no != follows {
            let place = Place { line, item: None, printed: &no.to_string() };
            let why = format!("按顺序应是第{follows}项，这一项印作第{no}项");
            self.out.findings.push(doubt(place, "序号不连续", why));
        }
        self.last = no;
        Ok(())
    }

    fn open_list(&mut self, title: &str) -> Result<(), Unreadable> {
        let index = self.out.lists.len();
        let code = LETTERS.chars().nth(index).and_then(ListCode::new).ok_or(Unreadable::new(Cause::TooMany))?;
        let mark = match index {
            0 => String::new(),
            _ if title.contains("民生实事") => "民".to_owned(),
            _ => format!("表{}-", index + 1),
        };
        self.out.lists.push(List { code, kind: ListKind::Tasks, title: joined(title), mark });
        self.chapter.clear();
        self.chapters = 0;
        self.last = 0;
        Ok(())
    }

    fn close(&mut self) {
        let (Some(draft), Some(list)) = (self.draft.take(), self.out.lists.last()) else { return };
        let key = ItemKey {
            list: list.code,
            chapter: self.chapters,
            no: if draft.no == 0 { self.last } else { draft.no },
            sub: 0,
        };
        let task = draft.task(key, self.chapter.clone(), self.year);
        let missing = [("没有牵头领导", task.leaders.is_empty()), ("没有责任单位", task.lead_units.is_empty())];
        for (what, _) in missing.iter().filter(|(_, missing)| *missing) {
            let place = Place { line: task.line, item: None, printed: &task.text };
            self.out.findings.push(doubt(place, what, "这一项的段落之后没有读到相应的一行".to_owned()));
        }
        self.out.items.push(task);
    }

    fn orphans(&mut self) {
        for (line, text) in self.heads.drain(..).filter(|(_, text)| !is_attachment(text) && !notice::is_signature(text))
        {
            let place = Place { line, item: None, printed: &text };
            let why = "它前面的任务已经列完责任单位，它本身又不是标题".to_owned();
            self.out.findings.push(doubt(place, "这一行没有归入任何任务", why));
        }
    }

    /// Gives every task a key of its own: the chapter only in lists where numbers restart, a sub-number where a number is
    /// printed twice; and tells the findings which task they are about.
    fn keys(mut self) -> Result<Tasks, Unreadable> {
        let mut seen: HashMap<ItemKey, u16> = HashMap::new();
        let mut by_line: HashMap<u32, ItemKey> = HashMap::new();
        for task in &mut self.out.items {
            if !self.restarts.contains(&task.key.list) {
                task.key.chapter = 0;
            }
            let times = seen.entry(task.key).or_default();
            task.key.sub = *times;
            *times = times.checked_add(1).ok_or(Unreadable::new(Cause::TooMany))?;
            by_line.insert(task.line, task.key);
        }
        for finding in &mut self.out.findings {
            finding.item = by_line.get(&finding.line).copied();
        }
        Ok(self.out)
    }
}

/// `附件`, `附件2`: a line above a title that is not part of it.
fn is_attachment(text: &str) -> bool {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表"));
    rest.is_some_and(|rest| rest.chars().all(|c| c.is_numeric() || c.is_whitespace() || "：:一二三四五".contains(c)))
}

/// A title without the page's line breaks and the conversion's spaces.
pub(super) fn joined(title: &str) -> String {
    title.chars().filter(|c| !c.is_whitespace()).collect()
}
