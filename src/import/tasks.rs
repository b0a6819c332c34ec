//! Numbered paragraphs with their label lines, as tasks.

use crate::model::{Finding, ItemKey, List, ListCode, ListKind, Task};

use super::deadline;
use super::findings::{Place, doubt};
use super::names;
use super::numbering;
use super::scan::{Kind, Part};
use super::unreadable::{Cause, Unreadable};
use super::vocabulary::Label;

/// What was read of the tasks.
#[derive(Debug, Default)]
pub(super) struct Tasks {
    pub(super) lists: Vec<List>,
    pub(super) tasks: Vec<Task>,
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
            Kind::Labels(labels) => reader.labels(labels),
            Kind::Head(_) | Kind::Row(_) => {
                reader.close();
                // The titles over a table are the table's.
                reader.heads.clear();
            }
        }
    }
    reader.close();
    reader.orphans();
    reader.chapter_keys();
    Ok(reader.out)
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

/// A task while its lines come in.
#[derive(Debug, Default)]
struct Draft {
    no: u16,
    line: u32,
    text: String,
    labels: Vec<(Label, String)>,
}

impl Draft {
    /// The value of a label; a label given twice adds up.
    fn value(&self, wanted: Label) -> Option<String> {
        let values: Vec<&str> =
            self.labels.iter().filter(|(label, _)| *label == wanted).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join("、"))
    }
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
    restarts: Vec<ListCode>,
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

    fn labels(&mut self, labels: &[(Label, &str)]) {
        if let Some(draft) = &mut self.draft {
            draft.labels.extend(labels.iter().map(|(label, value)| (*label, (*value).to_owned())));
        }
    }

    fn numbered(&mut self, line: u32, no: u16, rest: &str) -> Result<(), Unreadable> {
        if let Some(draft) = &mut self.draft {
            let whole = draft.text.ends_with(['。', '；', '.', ';']);
            if draft.labels.is_empty() && !(whole && no == draft.no.saturating_add(1)) {
                // A number in the middle of a paragraph that a page break cut.
                draft.text.push_str(&format!("{no}.{rest}"));
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
        let goes_on = !self.out.lists.is_empty() && (no > self.last || (titles.is_empty() && !chapters.is_empty()));
        if !goes_on && (no == 1 || self.out.lists.is_empty() || !titles.is_empty()) {
            self.open_list(&titles.iter().map(|(_, text)| text.as_str()).collect::<String>())?;
        } else {
            self.heads = titles;
            self.orphans();
        }
        if let Some((_, head)) = chapters.last() {
            self.chapter.clone_from(head);
            self.chapters = self.chapters.saturating_add(1);
            if no <= self.last
                && let Some(list) = self.out.lists.last()
            {
                self.restarts.push(list.code);
                self.last = 0;
            }
        }
        if no != self.last.saturating_add(1) {
            let place = Place { line, item: None, printed: &no.to_string() };
            let why = format!("上一项是第{}项，这一项印作第{no}项", self.last);
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
        let mut key = ItemKey { list: list.code, chapter: self.chapters, no: draft.no, sub: 0 };
        // A number printed twice: the second is told apart by its sub-number.
        let twins = |key: ItemKey, tasks: &[Task]| tasks.iter().rev().take(1000).any(|task| task.key == key);
        while twins(key, &self.out.tasks) {
            key.sub = key.sub.saturating_add(1);
        }
        let (mut lead, mut coop) = match (draft.value(Label::Lead), draft.value(Label::Units)) {
            (Some(lead), units) => (names::units(&lead), units.map(|units| names::units(&units)).unwrap_or_default()),
            (None, units) => {
                let mut units = units.map(|units| names::units(&units)).unwrap_or_default().into_iter();
                (units.next().into_iter().collect(), units.collect())
            }
        };
        coop.extend(draft.value(Label::Coop).map(|units| names::units(&units)).unwrap_or_default());
        coop.retain(|unit| !lead.contains(unit));
        lead.dedup();
        let deadline = match draft.value(Label::Deadline) {
            Some(label) => deadline::of_label(&label, self.year),
            None => deadline::of_text(&draft.text, self.year),
        };
        let task = Task {
            key,
            no: draft.no.to_string(),
            chapter: self.chapter.clone(),
            leaders: draft.value(Label::Leaders).map(|value| names::leaders(&value)).unwrap_or_default(),
            lead_units: lead,
            coop_units: coop,
            deadline: deadline.unwrap_or_else(|| deadline::year_end(self.year)),
            line: draft.line,
            text: draft.text,
        };
        let missing = [("没有牵头领导", task.leaders.is_empty()), ("没有责任单位", task.lead_units.is_empty())];
        for (what, _) in missing.iter().filter(|(_, missing)| *missing) {
            let place = Place { line: task.line, item: Some(key), printed: &task.text };
            self.out.findings.push(doubt(place, what, "这一项的段落之后没有读到相应的一行".to_owned()));
        }
        self.out.tasks.push(task);
    }

    fn orphans(&mut self) {
        for (line, text) in self.heads.drain(..) {
            let place = Place { line, item: None, printed: &text };
            let why = "它前面的任务已经列完责任单位，它本身又不是标题".to_owned();
            self.out.findings.push(doubt(place, "这一行没有归入任何任务", why));
        }
    }

    /// Keys carry the chapter only in lists where numbers restart.
    fn chapter_keys(&mut self) {
        for task in &mut self.out.tasks {
            if !self.restarts.contains(&task.key.list) {
                task.key.chapter = 0;
            }
        }
        for finding in &mut self.out.findings {
            if let Some(item) = &mut finding.item
                && !self.restarts.contains(&item.list)
            {
                item.chapter = 0;
            }
        }
    }
}

/// A title without the page's line breaks and the conversion's spaces.
pub(super) fn joined(title: &str) -> String {
    title.chars().filter(|c| !c.is_whitespace()).collect()
}
