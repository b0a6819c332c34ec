//! The reading of a document as a whole.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::model::{Document, Finding, ItemKey, QuotaRow, Settings, Source, Task, Unit};

use crate::text::one_line;

use super::corrections::Corrections;
use super::draft::Under;
use super::findings::{Place, doubt, numbered};
use super::layout::{self, Layout, known_layout};
use super::lines::lines;
use super::notice::{Notice, notice, usual_year, written_year, year};
use super::parted::parted;
use super::reports;
use super::same_units;
use super::scan::{Columns, Kind, Part, scan};
use super::settled;
use super::slug::{place, slug};
use super::source;
use super::stated;
use super::tables::tables;
use super::tasks::tasks;
use super::unfold::unfold;
use super::unowned;
use super::unreadable::{Cause, Unreadable};

/// What was read of a document, and what remains to be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// Its tasks, in printed order.
    pub tasks: Vec<Task>,
    /// Its quota rows, in printed order.
    pub rows: Vec<QuotaRow>,
    /// Corrections that were applied, and doubts, by line.
    pub findings: Vec<Finding>,
    /// Units under several spellings.
    pub units: Vec<Unit>,
    /// 进展情况 as a table of progress prints it, by task.
    pub progress: BTreeMap<ItemKey, String>,
}

/// Reads a document. A pure function of the bytes and the corrections.
///
/// # Errors
/// When it is a file of another kind, has another layout, or a correction no longer quotes what its line says.
pub fn read(file_name: &str, bytes: &[u8], corrections: Option<&str>) -> Result<Reading, Unreadable> {
    read_as(file_name, bytes, corrections, Layout::Auto, &mut |_, _| {})
}

/// Reads a document as one layout, and tells how far it is: so much done, of so much.
///
/// # Errors
/// As [`read`]; also where nothing of that layout is in it.
pub fn read_as(
    file_name: &str,
    bytes: &[u8],
    corrections: Option<&str>,
    layout: Layout,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Reading, Unreadable> {
    let file = &one_line(file_name.rsplit(['/', '\\']).next().unwrap_or(file_name)).text;
    let text = source::text(bytes, tell)?;
    let mut lines = lines(&text.text);
    let corrections = match corrections {
        Some(text) => Corrections::read(file, text, &lines)?,
        None => Corrections::default(),
    };
    corrections.replace(&mut lines);
    if layout == Layout::Auto && reports::is_report(&lines) {
        return Err(Unreadable::new(Cause::Report));
    }
    let lines = unfold(lines);
    let parts = layout::only(scan(&lines, Columns::Owned, tell), layout);
    let parts = match known_layout(&parts) {
        Ok(()) => parts,
        Err(unknown) => unowned::parts(&lines, layout, tell).ok_or(unknown)?,
    };
    let notice = notice(&parts);
    let named = planned_year(&notice, &parts);
    // Where no title says the year, the one that the text names most often is taken, and said to be so.
    let texts = || lines.iter().map(|line| line.text.as_ref());
    let year = named.or_else(|| usual_year(texts())).or_else(|| written_year(texts())).or_else(|| year_of_file(file));
    let year = year.ok_or(Unreadable::new(Cause::NoYear))?;
    let custom = layout::lead_custom(&parts);
    let mut tasks = tasks(&parts, Under { year, custom }, tell)?;
    let tables = tables(&parts, file, &corrections)?;
    settled::deadlines(&mut tasks, &tables.rows, (&corrections, file), year)?;
    let last = lines.last().map_or(1, |line| line.no);
    let mut findings = settled::of_lines(&tables.rows, &tasks.items, &corrections, year);
    findings.extend(tasks.findings.iter().cloned().chain(tables.findings));
    findings.extend(stated::compare(&parts, &tasks.items));
    if named.is_none() {
        let place = Place { line: 1, item: None, printed: "" };
        let why = format!("标题、文号、日期都没有写年份；按正文、网址或文件名推断为{year}年");
        findings.push(doubt(place, "年份由正文推断", why));
    }
    for part in &text.unread {
        let place = Place { line: last, item: None, printed: &part.place };
        findings.push(doubt(place, part.what, part.why.to_owned()));
    }
    let units = corrections.units();
    findings.extend(same_units::findings(&tasks.items, &tables.rows, &units, &lines));
    let lists: Vec<_> = tasks.lists.into_iter().chain(tables.lists).collect();
    let title = lists.first().map(|list| list.title.clone()).unwrap_or_default();
    let document = Document {
        id: slug(place(&notice.issuer), file, year).ok_or(Unreadable::new(Cause::NoYear))?,
        title: [notice.title, title, notice.number.clone(), stem(file).to_owned()]
            .into_iter()
            .find(|title| !title.is_empty())
            .unwrap_or_default(),
        number: notice.number,
        issuer: notice.issuer,
        date: notice.date,
        year,
        lists,
        areas: tables.areas,
        source: Source { file: file.to_owned(), sha256: sha256(bytes), layout: layout::name(&parts) },
        demo: false,
        settings: Settings { lead: custom, ..Settings::default() },
    };
    let mut reading =
        Reading { document, tasks: tasks.items, rows: tables.rows, findings, units, progress: tasks.progress };
    reading.findings.extend(reading.unfiled());
    reading.findings = numbered(std::mem::take(&mut reading.findings));
    Ok(parted(reading))
}

impl Reading {
    /// Progress that no period is known for.
    fn unfiled(&self) -> Option<Finding> {
        let (item, progress) = self.progress.first_key_value().filter(|_| self.reported().is_none())?;
        let line = self.tasks.iter().find(|task| task.key == *item).map_or(1, |task| task.line);
        let why =
            format!("标题没有写明截至哪个月；{}项任务的进展情况没有写入，请在相应的填报期里补录", self.progress.len());
        Some(doubt(Place { line, item: Some(*item), printed: progress }, "进展情况没有归入任何填报期", why))
    }
}

/// The year that the title names, or else the lists' titles, the number, the date.
fn planned_year(notice: &Notice, parts: &[Part<'_>]) -> Option<u16> {
    let lists = parts.iter().filter_map(|part| match part.kind {
        Kind::Text(text) | Kind::Numbered(_, text) if is_about_tasks(text) => year(text),
        _ => None,
    });
    let from_number = || notice.number.split(['〔', '〕']).nth(1).and_then(|digits| digits.parse().ok());
    let from_date = || notice.date.and_then(|date| u16::try_from(chrono::Datelike::year(&date)).ok());
    year(&notice.title).or_else(|| lists.take(1).next()).or_else(from_number).or_else(from_date)
}

/// The name of a file without its ending.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The year in the name of the file: 任务分解-2024.txt.
fn year_of_file(file: &str) -> Option<u16> {
    let digits = file.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    digits.filter_map(|digits| digits.parse().ok()).find(|year| (1990..2100).contains(year))
}

/// Whether a line may be the title of a list: 2024年民生实事清单.
fn is_about_tasks(text: &str) -> bool {
    text.contains("分解")
        || (text.chars().count() <= 60
            && ["任务", "实事", "分工", "重点工作", "工作目标"].iter().any(|word| text.contains(word)))
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
