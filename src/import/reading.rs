//! The reading of a document as a whole.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::model::{Document, Finding, QuotaRow, Settings, Source, Task, Unit};

use crate::text::one_line;

use super::corrections::Corrections;
use super::findings::numbered;
use super::lines::lines;
use super::notice::{Notice, notice, year};
use super::scan::{Kind, Part, scan};
use super::settled;
use super::slug::{place, slug};
use super::tables::tables;
use super::tasks::{first, tasks};
use super::unreadable::{Cause, Unreadable};
use super::vocabulary::Label;

/// The name of the layout, as documents keep it.
pub const LAYOUT: &str = "编号段落加牵头领导、责任单位行；制表符分隔的民生实事表";

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
}

/// Reads a document. A pure function of the bytes and the corrections.
///
/// # Errors
/// When it is no UTF-8 text, has another layout, or a correction no longer quotes what its line says.
pub fn read(file_name: &str, bytes: &[u8], corrections: Option<&str>) -> Result<Reading, Unreadable> {
    let file = &one_line(file_name.rsplit(['/', '\\']).next().unwrap_or(file_name)).text;
    let mut lines = lines(bytes)?;
    let corrections = match corrections {
        Some(text) => Corrections::read(file, text, &lines)?,
        None => Corrections::default(),
    };
    corrections.replace(&mut lines);
    let parts = scan(&lines);
    known_layout(&parts)?;
    let notice = notice(&parts);
    let year = planned_year(&notice, &parts).ok_or(Unreadable::new(Cause::NoYear))?;
    let tasks = tasks(&parts, year)?;
    let tables = tables(&parts, file, &corrections)?;
    let mut findings = settled::of_lines(&tables.rows, &tasks.items, &corrections);
    findings.extend(tasks.findings.into_iter().chain(tables.findings));
    let lists: Vec<_> = tasks.lists.into_iter().chain(tables.lists).collect();
    let title = lists.first().map(|list| list.title.clone()).unwrap_or_default();
    let document = Document {
        id: slug(place(&notice.issuer), file, year).ok_or(Unreadable::new(Cause::NoYear))?,
        title: if notice.title.is_empty() { title } else { notice.title },
        number: notice.number,
        issuer: notice.issuer,
        date: notice.date,
        year,
        lists,
        areas: tables.areas,
        source: Source { file: file.to_owned(), sha256: sha256(bytes), layout: LAYOUT.to_owned() },
        demo: false,
        settings: Settings::default(),
    };
    let units = corrections.units();
    Ok(Reading { document, tasks: tasks.items, rows: tables.rows, findings: numbered(findings), units })
}

/// Tasks need numbered paragraphs with both label lines; a document of quota tables alone is fine too.
fn known_layout(parts: &[Part<'_>]) -> Result<(), Unreadable> {
    let has = |wanted: &dyn Fn(&Kind<'_>) -> bool| parts.iter().any(|part| wanted(&part.kind));
    let labelled = |wanted: &'static [Label]| {
        has(&|kind| matches!(kind, Kind::Labels(labels) if labels.iter().any(|(label, _)| wanted.contains(label))))
    };
    let signs = [
        ("编号段落（如“1. …”），其后有标签行", first(parts).is_some()),
        ("“牵头市领导：”或类似的一行", labelled(&[Label::Leaders])),
        ("“责任单位：”或“牵头单位：”一行", labelled(&[Label::Units, Label::Lead])),
    ];
    let missing: Vec<&'static str> = signs.iter().filter(|(_, found)| !found).map(|(sign, _)| *sign).collect();
    let no_tasks = signs.iter().all(|(_, found)| !found) || first(parts).is_none();
    let table = has(&|kind| matches!(kind, Kind::Row(_)));
    if missing.is_empty() || (no_tasks && table) {
        return Ok(());
    }
    let table = "表头有“序号、事项名称、全市任务、牵头单位”的制表符分隔的表";
    Err(Unreadable::new(Cause::UnknownLayout { missing: missing.into_iter().chain([table]).collect() }))
}

/// The year that the title names, or else the lists' titles, the number, the date.
fn planned_year(notice: &Notice, parts: &[Part<'_>]) -> Option<u16> {
    let lists = parts.iter().filter_map(|part| match part.kind {
        Kind::Text(text) if text.contains("分解") => year(text),
        _ => None,
    });
    let from_number = || notice.number.split(['〔', '〕']).nth(1).and_then(|digits| digits.parse().ok());
    let from_date = || notice.date.and_then(|date| u16::try_from(chrono::Datelike::year(&date)).ok());
    year(&notice.title).or_else(|| lists.take(1).next()).or_else(from_number).or_else(from_date)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
