//! The lists of tasks of a document, filled by paragraphs and by tables alike: titles, keys, and what is missing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{Finding, ItemKey, List, ListCode, ListKind, Task};

use super::chapters::Chapters;
use super::draft::{Draft, Under};
use super::findings::{Place, doubt};
use super::inline;
use super::unreadable::{Cause, Unreadable};
use super::vocabulary::Label;

/// The letters of the lists of tasks, in their order.
const LETTERS: &str = "TUVWXYZ";

/// What was read of the tasks.
#[derive(Debug, Default)]
pub(super) struct Tasks {
    pub(super) lists: Vec<List>,
    pub(super) items: Vec<Task>,
    pub(super) findings: Vec<Finding>,
    /// 进展情况 of a table of progress, by task.
    pub(super) progress: BTreeMap<ItemKey, String>,
}

/// Lists being filled.
#[derive(Debug)]
pub(super) struct Lists {
    pub(super) under: Under,
    pub(super) out: Tasks,
    pub(super) chapters: Chapters,
    /// Number of the last task of the list.
    pub(super) last: u16,
    /// Tasks of the list that have no number, where none has one.
    unnumbered: u16,
    /// Lists in which numbers restart in a chapter.
    pub(super) restarts: BTreeSet<ListCode>,
    /// The progress of each item of `out`.
    progress: Vec<String>,
    /// How many doubts of each kind there are, and the line of the last.
    doubts: BTreeMap<String, (usize, u32)>,
}

/// More doubts of one kind than anybody decides one by one. Further ones are counted and said in one.
const MOST_DOUBTS: usize = 2000;

impl Lists {
    pub(super) fn new(under: Under) -> Self {
        Self {
            under,
            out: Tasks::default(),
            chapters: Chapters::default(),
            last: 0,
            unnumbered: 0,
            restarts: BTreeSet::new(),
            progress: Vec::new(),
            doubts: BTreeMap::new(),
        }
    }

    /// Begins a list.
    ///
    /// # Errors
    /// When there are more lists than letters.
    pub(super) fn open(&mut self, title: &str) -> Result<(), Unreadable> {
        let index = self.out.lists.len();
        let code = LETTERS.chars().nth(index).and_then(ListCode::new).ok_or(Unreadable::new(Cause::TooMany))?;
        let mark = match index {
            0 => String::new(),
            _ if title.contains("民生实事") => "民".to_owned(),
            _ => format!("表{}-", index + 1),
        };
        self.out.lists.push(List { code, kind: ListKind::Tasks, title: joined(title), mark });
        self.chapters = Chapters::default();
        self.last = 0;
        self.unnumbered = 0;
        Ok(())
    }

    /// The code of the list that is filled.
    pub(super) fn code(&self) -> Option<ListCode> {
        self.out.lists.last().map(|list| list.code)
    }

    /// Adds a task to the list that is filled.
    pub(super) fn push(&mut self, mut draft: Draft) {
        let Some(list) = self.code() else { return };
        let no = match draft.no {
            0 if self.last == 0 => {
                self.unnumbered = self.unnumbered.saturating_add(1);
                self.unnumbered
            }
            0 => self.last,
            no => no,
        };
        let key = ItemKey { list, chapter: self.chapters.count, no, sub: draft.row };
        let progress = if draft.progress.is_empty() { draft.value(Label::Progress) } else { None };
        self.progress.push(progress.unwrap_or_else(|| draft.progress.clone()));
        for labels in self.chapters.labels() {
            draft.inherit(labels);
        }
        if let Some(said) = draft.unknown_deadline(self.under.year) {
            let why = format!(
                "写的是“{said}”，看不出是哪一天；暂按{}年12月31日；若另有日期，请在核对时填写，或写进更正文件",
                self.under.year
            );
            self.doubt(draft.line, &said, NO_DEADLINE_READ, why);
        }
        if (draft.has(Label::Units) || draft.has(Label::Lead))
            && let Some(names) = inline::names_within(&draft.text)
        {
            let why = format!("“{names}”印在正文中间的括号里，可能只负责它前面的那一句；没有读作责任单位");
            self.doubt(draft.line, names, "正文括号里的单位没有读作责任单位", why);
        }
        let task = draft.task(key, self.chapters.text(), self.chapters.leaders(), self.under);
        self.out.items.push(task);
    }

    /// Raises a doubt about a line.
    pub(super) fn doubt(&mut self, line: u32, printed: &str, what: &str, why: String) {
        let (times, last) = self.doubts.entry(what.to_owned()).or_default();
        (*times, *last) = (*times + 1, line);
        if *times <= MOST_DOUBTS {
            self.out.findings.push(doubt(Place { line, item: None, printed }, what, why));
        }
    }

    /// Says how many doubts were not raised one by one.
    fn many(&mut self) {
        for (what, (times, line)) in std::mem::take(&mut self.doubts) {
            if let Some(more) = times.checked_sub(MOST_DOUBTS).filter(|more| *more > 0) {
                let why = format!("“{what}”的地方太多，另有{more}处没有逐一列出；请看是否选错了文件");
                self.out.findings.push(doubt(Place { line, item: None, printed: "" }, "存疑太多", why));
            }
        }
    }

    /// Gives every task a key of its own: the chapter only in lists where numbers restart, a sub-number where a number is
    /// printed twice; says what tasks lack; tells the findings which task they are about.
    ///
    /// # Errors
    /// When a number is printed more often than can be counted.
    pub(super) fn finish(mut self) -> Result<Tasks, Unreadable> {
        self.lacks();
        self.many();
        let mut seen: HashMap<ItemKey, u16> = HashMap::new();
        let mut by_line: HashMap<u32, ItemKey> = HashMap::new();
        for (task, progress) in self.out.items.iter_mut().zip(&self.progress) {
            if !self.restarts.contains(&task.key.list) {
                task.key.chapter = 0;
            }
            let number = ItemKey { sub: 0, ..task.key };
            let times = seen.entry(number).or_default();
            // The rows of a table's item count from 2; a number printed twice from 1.
            task.key.sub = if task.key.sub > *times { task.key.sub } else { *times };
            *times = task.key.sub.checked_add(1).ok_or(Unreadable::new(Cause::TooMany))?;
            by_line.insert(task.line, task.key);
            if !progress.is_empty() {
                self.out.progress.insert(task.key, progress.clone());
            }
        }
        for finding in &mut self.out.findings {
            finding.item = by_line.get(&finding.line).copied();
        }
        Ok(self.out)
    }

    /// Tasks without units; and those without leaders, where most of their list have them.
    fn lacks(&mut self) {
        let mut led: BTreeMap<ListCode, (usize, usize)> = BTreeMap::new();
        for task in &self.out.items {
            let (with, all) = led.entry(task.key.list).or_default();
            *with += usize::from(!task.leaders.is_empty());
            *all += 1;
        }
        let most = |list| led.get(&list).is_some_and(|(with, all)| with * 2 > *all);
        let items = std::mem::take(&mut self.out.items);
        for task in &items {
            let missing = [
                ("没有牵头领导", task.leaders.is_empty() && most(task.key.list)),
                ("没有责任单位", task.lead_units.is_empty() && task.coop_units.is_empty()),
            ];
            for (what, _) in missing.iter().filter(|(_, missing)| *missing) {
                self.doubt(task.line, &task.text, what, "这一项的段落之后没有读到相应的一行".to_owned());
            }
        }
        self.out.items = items;
    }
}

/// What a doubt about a deadline says that names no day.
pub(super) const NO_DEADLINE_READ: &str = "完成时限没有读懂";

/// A title without the page's line breaks and the conversion's spaces.
pub(super) fn joined(title: &str) -> String {
    title.chars().filter(|c| !c.is_whitespace()).collect()
}
