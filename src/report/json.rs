//! The JSON views: an interface for scripts. The words in them (statuses, lights, filing states) are the field's own, in
//! Chinese, whatever the language of the face; amounts are decimals written as strings.

pub mod data;
mod standing;
mod target;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;
use serde::ser::SerializeMap;

pub use self::standing::{ChaseView, RequestView, Standing, StepView, requests, steps};
pub use self::target::TargetView;
use super::areas::AreaProgress;
use super::differences::Difference;
use super::figures::{amount, quota};
use crate::catalog::Lang;
use crate::import::targets;
use crate::model::{
    Book, CITY_TOTAL, Confidence, Document, FilingState, Finding, ItemKey, ListCode, Period, QuotaRow, Rating, RowKind,
    Task,
};

/// A task, as in `list --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskView {
    /// `T48`.
    pub key: String,
    /// As printed.
    pub no: String,
    /// `tasks`; a further list of tasks has its letter.
    pub list: String,
    /// The heading it stands under.
    pub chapter: String,
    /// The paragraph.
    pub text: String,
    /// 牵头市领导.
    pub leaders: Vec<Arc<str>>,
    /// 牵头单位.
    pub lead_units: Vec<Arc<str>>,
    /// 配合单位.
    pub coop_units: Vec<Arc<str>>,
    /// All, lead first, as printed.
    pub units: Vec<Arc<str>>,
    /// The one that holds in the period, as printed or as granted: `2024-12-31`.
    pub deadline: String,
    /// What it has to reach.
    pub targets: Vec<TargetView>,
    /// How it stands.
    #[serde(flatten)]
    pub standing: Standing,
    /// First line in the source file.
    pub line: u32,
}

/// A quota row, as in `list --livelihood --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowView {
    /// `P17.3`.
    pub key: String,
    /// `province`, `city`; a further list has its letter.
    pub list: String,
    /// The item's number.
    pub item: String,
    /// Which row of the item.
    pub sub: u16,
    /// 事项分类.
    pub category: String,
    /// 事项名称.
    pub name: String,
    /// 工作目标, or null.
    pub goal: Option<String>,
    /// `number`, `percent`, `text`, `none`.
    pub kind: &'static str,
    /// The city's total: a decimal, `≥95%`, a sentence, 无任务.
    pub total: String,
    /// What amounts count.
    pub unit: String,
    /// Each area's quota, in the order of the columns.
    pub areas: Cells,
    /// The notes printed beside quotas.
    pub notes: Cells,
    /// What is done, by area and, where the row is not divided, 全市; only what is recorded.
    pub done: Cells,
    /// What the areas add up to, for counted rows that are divided.
    pub sum: Option<String>,
    /// Whether that is the total.
    pub sum_ok: Option<bool>,
    /// 牵头单位.
    pub lead_units: Vec<Arc<str>>,
    /// 配合单位.
    pub coop_units: Vec<Arc<str>>,
    /// The end of the year, or the deadline that was granted.
    pub deadline: String,
    /// Line in the source file.
    pub line: u32,
    /// How it stands; 完成率 is that of the city's total.
    #[serde(flatten)]
    pub standing: Standing,
}

/// A map from area to figure that keeps the order of the columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cells(pub Vec<(Arc<str>, String)>);

impl Serialize for Cells {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (area, value) in &self.0 {
            map.serialize_entry(area, value)?;
        }
        map.end()
    }
}

/// A doubt or correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoubtView {
    /// The line of the source file.
    pub line: u32,
    /// Number among the findings of the line.
    pub no: u16,
    /// The item it is about, or null.
    pub key: Option<String>,
    /// What is wrong or open. Doubts of the same words are of one kind.
    pub what: String,
    /// As printed.
    pub printed: String,
    /// As read.
    pub reading: String,
    /// Why it is read so.
    pub why: String,
    /// The readings to choose from.
    pub alternatives: Vec<String>,
    /// `open`, `probable`, `certain`.
    pub confidence: Confidence,
    /// Whether a person still has to decide.
    pub open: bool,
    /// Which alternative was chosen, from 0, or null.
    pub settled: Option<u16>,
    /// Whether the one chosen was typed by a person.
    pub typed: bool,
}

/// What `import --dry-run --json` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportView {
    /// The layout the file was recognised as.
    pub layout: String,
    /// The document's title.
    pub title: String,
    /// 发文字号.
    pub number: String,
    /// Its tasks.
    pub tasks: Vec<ReadTask>,
    /// Its quota rows.
    pub quota_rows: Vec<RowView>,
    /// Doubts and corrections, by line.
    pub doubts: Vec<DoubtView>,
    /// What it changes against the ledger; null where the ledger does not know the document.
    pub differences: Option<Vec<Difference>>,
}

/// A task as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadTask {
    /// The task.
    #[serde(flatten)]
    pub task: TaskView,
    /// 进展情况, where a table of progress prints it.
    pub progress: Option<String>,
}

/// An area's standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AreaView {
    /// The area.
    pub area: Arc<str>,
    /// Its rank, or null.
    pub rank: Option<usize>,
    /// Mean 完成率, one decimal, or null.
    pub average: Option<String>,
    /// Its counted quotas.
    pub quotas: usize,
    /// Of them 滞后 or 严重滞后.
    pub lagging: usize,
    /// Of them at zero.
    pub at_zero: usize,
    /// Of them without a figure.
    pub missing: usize,
}

impl TaskView {
    /// A task in a period.
    pub fn of(book: &Book, task: &Task, period: Period, today: NaiveDate) -> Self {
        let deadline = book.deadline(task.key, period);
        Self::with(task, deadline, TargetView::of(book, task, period), Standing::of(book, task.key, period, today))
    }

    fn with(task: &Task, deadline: NaiveDate, targets: Vec<TargetView>, standing: Standing) -> Self {
        Self {
            key: task.key.to_string(),
            no: task.no.clone(),
            list: list_name(task.key.list),
            chapter: task.chapter.clone(),
            text: task.text.clone(),
            leaders: task.leaders.clone(),
            lead_units: task.lead_units.clone(),
            coop_units: task.coop_units.clone(),
            units: task.units().cloned().collect(),
            deadline: deadline.to_string(),
            targets,
            standing,
            line: task.line,
        }
    }
}

impl RowView {
    /// A row in a period.
    pub fn of(book: &Book, row: &QuotaRow, period: Period, today: NaiveDate) -> Self {
        let areas = row.areas.iter().map(|cell| Arc::clone(&cell.area)).chain([Arc::from(CITY_TOTAL)]);
        let done = areas.filter_map(|area| {
            let (value, _) = book.done(row.key, &area, period)?;
            Some((area, amount(value)))
        });
        Self {
            done: Cells(done.collect()),
            ..Self::with(row, book.deadline(row.key, period), Standing::of(book, row.key, period, today))
        }
    }

    fn with(row: &QuotaRow, deadline: NaiveDate, standing: Standing) -> Self {
        let sums = row.divided_sum();
        let areas = row.areas.iter().map(|cell| (Arc::clone(&cell.area), quota(&cell.quota, Lang::Zh)));
        let notes = row.areas.iter().filter_map(|cell| match &cell.quota {
            crate::model::Quota::Amount(_, Some(note)) => Some((Arc::clone(&cell.area), note.clone())),
            _ => None,
        });
        Self {
            key: row.key.to_string(),
            list: list_name(row.key.list),
            item: row.key.no.to_string(),
            sub: row.key.sub,
            category: row.category.clone(),
            name: row.name.clone(),
            goal: row.goal.clone(),
            kind: match row.kind() {
                RowKind::Number => "number",
                RowKind::Percent => "percent",
                RowKind::Text => "text",
                RowKind::None => "none",
            },
            total: quota(&row.total, Lang::Zh),
            unit: row.unit.clone(),
            areas: Cells(areas.collect()),
            notes: Cells(notes.collect()),
            done: Cells::default(),
            sum: sums.map(|sums| amount(sums.sum)),
            sum_ok: sums.map(|sums| sums.agrees()),
            lead_units: row.lead_units.clone(),
            coop_units: row.coop_units.clone(),
            deadline: deadline.to_string(),
            line: row.line,
            standing,
        }
    }
}

impl DoubtView {
    /// A finding.
    pub fn of(finding: &Finding) -> Self {
        Self {
            line: finding.line,
            no: finding.no,
            key: finding.item.map(|key| key.to_string()),
            what: finding.what.clone(),
            printed: finding.printed.clone(),
            reading: finding.reading.clone(),
            why: finding.why.clone(),
            alternatives: finding.alternatives.iter().map(|one| one.reading.clone()).collect(),
            confidence: finding.confidence,
            open: finding.is_open(),
            settled: finding.settled,
            typed: finding.typed,
        }
    }
}

impl ImportView {
    /// What was read from a file, before anything is in the ledger: nothing is filed, nothing rated.
    pub fn of(document: &Document, tasks: &[Task], rows: &[QuotaRow], findings: &[Finding]) -> Self {
        let doubts = |key: ItemKey| findings.iter().filter(|one| one.is_open() && one.item == Some(key)).count();
        let rating = |row: &QuotaRow| match row.total.target() {
            Some(_) => Rating::UNKNOWN,
            None => Rating::NOT_RATED,
        };
        let mut by_line: Vec<&Finding> = findings.iter().collect();
        by_line.sort_by_key(|finding| (finding.line, finding.no));
        let bare = |rating, key| Standing::bare(rating, FilingState::Missing, doubts(key));
        let task = |task: &Task| {
            let read = (1..).zip(targets(&task.text, document.year));
            let targets = read.map(|(no, target)| TargetView::read(no, &target)).collect();
            let view = TaskView::with(task, task.deadline, targets, bare(Rating::UNKNOWN, task.key));
            ReadTask { task: view, progress: None }
        };
        let year_end = NaiveDate::from_ymd_opt(document.year.into(), 12, 31).unwrap_or(NaiveDate::MAX);
        Self {
            layout: document.source.layout.clone(),
            title: document.title.clone(),
            number: document.number.clone(),
            tasks: tasks.iter().map(task).collect(),
            quota_rows: rows.iter().map(|row| RowView::with(row, year_end, bare(rating(row), row.key))).collect(),
            doubts: by_line.into_iter().map(DoubtView::of).collect(),
            differences: None,
        }
    }

    /// The same with what it changes against what a ledger holds of the document.
    #[must_use]
    pub fn with_differences(self, differences: Option<Vec<Difference>>) -> Self {
        Self { differences, ..self }
    }
}

impl ImportView {
    /// The same with what a table of progress says of each task.
    #[must_use]
    pub fn with_progress(mut self, progress: &BTreeMap<ItemKey, String>) -> Self {
        let by_key: BTreeMap<String, &String> = progress.iter().map(|(key, text)| (key.to_string(), text)).collect();
        for read in &mut self.tasks {
            read.progress = by_key.get(&read.task.key).map(|text| (*text).clone());
        }
        self
    }
}

impl AreaView {
    /// An area's standing.
    pub fn of(area: &AreaProgress) -> Self {
        Self {
            area: Arc::clone(&area.area),
            rank: area.rank,
            average: area.average.map(super::figures::points),
            quotas: area.counts.total(),
            lagging: area.counts.lagging(),
            at_zero: area.at_zero,
            missing: area.counts.of(crate::model::Status::Unknown),
        }
    }
}

/// The open doubts on an item.
pub fn open_doubts(book: &Book, key: ItemKey) -> usize {
    book.findings().filter(|finding| finding.is_open() && finding.item == Some(key)).count()
}

fn list_name(list: ListCode) -> String {
    if list == ListCode::TASKS {
        "tasks".to_owned()
    } else if list == ListCode::PROVINCE {
        "province".to_owned()
    } else if list == ListCode::CITY {
        "city".to_owned()
    } else {
        list.letter().to_string()
    }
}
