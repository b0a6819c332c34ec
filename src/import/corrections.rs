//! What people have settled about a document, from the file beside it: the line as printed, as read, why, how sure.
//!
//! The source text is never edited. A correction quotes its line whole and follows it by these words, wherever the line stands
//! by now. Where no line says them any more it is not applied, and a doubt says so; where most of them quote other lines, the file
//! is that of another document, and nothing is applied at all.

use serde::Deserialize;

use std::collections::HashMap;

use crate::model::{Confidence, Unit};
use crate::text::sanitise::is_unwanted;
use crate::text::{Pairs, fold_key};

use super::lines::Line;
use super::unreadable::{Cause, Unreadable};

/// A corrections file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Corrections {
    #[serde(default, rename = "unit")]
    units: Vec<UnitEntry>,
    #[serde(default, rename = "line")]
    pub(super) lines: Vec<Correction>,
    /// Those whose line says something else by now, at the line that is most like it, with what that says.
    #[serde(skip)]
    pub(super) stale: Vec<(Correction, String)>,
}

/// A line that shares fewer pairs of characters than this, in percent, with a quoted one is another line.
const MUCH_THE_SAME: u8 = 50;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitEntry {
    name: String,
    aliases: Vec<String>,
}

/// What is settled, or left open, about a line.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Correction {
    /// The line, from 1.
    pub(super) line: u32,
    /// The whole line as printed.
    printed: String,
    /// What is wrong or open, in a phrase.
    pub(super) what: String,
    /// Why it is read so.
    pub(super) why: String,
    /// How sure.
    pub(super) sure: Sure,
    category: Option<String>,
    name: Option<String>,
    total: Option<String>,
    areas: Option<Vec<String>>,
    lead: Option<String>,
    coop: Option<String>,
    /// When the task is due that the line belongs to, as a document would print it.
    pub(super) deadline: Option<String>,
    /// Characters read otherwise anywhere in the line: as printed, as read.
    #[serde(default)]
    pub(super) replace: Vec<(String, String)>,
    /// The readings between which the page does not decide.
    #[serde(default, rename = "alternative")]
    pub(super) alternatives: Vec<Choice>,
}

/// Cells as they are read: as the page would print them. What is left out stays as printed; an empty cell is inherited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CellsAsRead {
    pub(super) category: Option<String>,
    pub(super) name: Option<String>,
    pub(super) total: Option<String>,
    pub(super) areas: Option<Vec<String>>,
    pub(super) lead: Option<String>,
    pub(super) coop: Option<String>,
}

/// One of several readings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Choice {
    pub(super) reading: String,
    pub(super) why: String,
    pub(super) areas: Option<Vec<String>>,
    pub(super) lead: Option<String>,
    pub(super) coop: Option<String>,
}

/// How sure a correction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Sure {
    Certain,
    Probable,
    Open,
}

impl From<Sure> for Confidence {
    fn from(sure: Sure) -> Self {
        match sure {
            Sure::Certain => Self::Certain,
            Sure::Probable => Self::Probable,
            Sure::Open => Self::Open,
        }
    }
}

impl Corrections {
    /// Reads a corrections file and holds it against the document's lines.
    ///
    /// # Errors
    /// When the file is malformed, or most of the lines that it quotes are not there.
    pub(super) fn read(file: &str, text: &str, lines: &[Line<'_>]) -> Result<Self, Unreadable> {
        let bad = |why: String| Cause::BadCorrections { file: file.to_owned(), why };
        let malformed = |error: toml::de::Error| Unreadable::new(bad(error.to_string()));
        let table: toml::Table = text.parse().map_err(malformed)?;
        if !table.values().all(printable) {
            return Err(Unreadable::new(bad("a control character".to_owned())));
        }
        let mut read: Self = table.try_into().map_err(malformed)?;
        for correction in &read.lines {
            if (correction.sure == Sure::Open) != (correction.alternatives.len() > 1) {
                let why = "an open doubt needs two alternatives or more, and only an open doubt has any".to_owned();
                return Err(Unreadable::at(correction.line, None, bad(why)));
            }
            let quoted =
                |(printed, _): &(String, String)| !printed.is_empty() && correction.printed.contains(printed.as_str());
            if !correction.replace.iter().all(quoted) {
                return Err(Unreadable::at(correction.line, None, bad("`replace` is not in the line".to_owned())));
            }
        }
        read.find(lines);
        match read.stale.first() {
            Some((correction, found)) if read.stale.len() > read.lines.len() => {
                let quoted = correction.printed.clone();
                let what = Cause::StaleCorrection { file: file.to_owned(), quoted, found: found.clone() };
                Err(Unreadable::at(correction.line, None, what))
            }
            _ => Ok(read),
        }
    }

    /// Finds the line of each correction by what it quotes; of several that say the same, the one nearest to where it is
    /// looked for. Those that are not found are stale.
    fn find(&mut self, lines: &[Line<'_>]) {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, line) in lines.iter().enumerate() {
            places.entry(squeezed(&line.text)).or_default().push(at);
        }
        // How far the last one that was found stands from where it stood.
        let mut moved = 0_i64;
        for mut correction in std::mem::take(&mut self.lines) {
            let wanted = i64::from(correction.line).saturating_add(moved);
            let distance = |at: &&usize| i64::try_from(**at).unwrap_or(i64::MAX).saturating_add(1).abs_diff(wanted);
            let found =
                places.get(&squeezed(&correction.printed)).and_then(|places| places.iter().min_by_key(distance));
            if let Some(line) = found.and_then(|at| lines.get(*at)).filter(|line| correction.fits(&line.text)) {
                moved = i64::from(line.no).saturating_sub(i64::from(correction.line));
                correction.line = line.no;
                correction.printed = line.text.clone().into_owned();
                self.lines.push(correction);
                continue;
            }
            let like = nearest(&correction.printed, lines);
            correction.line = like.map_or(correction.line, |line| line.no);
            self.stale.push((correction, like.map(|line| line.text.clone().into_owned()).unwrap_or_default()));
        }
    }

    /// Applies what is read otherwise within lines.
    pub(super) fn replace(&self, lines: &mut [Line<'_>]) {
        for correction in &self.lines {
            let Some(line) = lines.iter_mut().find(|line| line.no == correction.line) else { continue };
            for (printed, read) in &correction.replace {
                line.text = line.text.replace(printed.as_str(), read).into();
            }
        }
    }

    /// The corrections of a line, in the file's order.
    pub(super) fn of(&self, line: u32) -> impl Iterator<Item = &Correction> {
        self.lines.iter().filter(move |correction| correction.line == line)
    }

    /// Units under several spellings.
    pub(super) fn units(&self) -> Vec<Unit> {
        let unit = |entry: &UnitEntry| Unit {
            name: entry.name.as_str().into(),
            aliases: entry.aliases.iter().map(|alias| alias.as_str().into()).collect(),
        };
        self.units.iter().map(unit).collect()
    }
}

/// Whether nothing in it would act on a terminal, and each text is of one line, as what it corrects; tabs stand between quoted cells.
fn printable(value: &toml::Value) -> bool {
    match value {
        toml::Value::String(text) => text.chars().all(|c| c == '\t' || (c != '\n' && !is_unwanted(c))),
        toml::Value::Array(values) => values.iter().all(printable),
        toml::Value::Table(table) => table.values().all(printable),
        _ => true,
    }
}

/// The line that is most like a text, where one is.
fn nearest<'l, 'a>(text: &str, lines: &'l [Line<'a>]) -> Option<&'l Line<'a>> {
    let wanted = Pairs::of(text);
    let alike = |line: &'l Line<'a>| (wanted.alike(&Pairs::of(&line.text)), line);
    let best = lines.iter().filter(|line| !line.text.trim().is_empty()).map(alike).max_by_key(|(percent, _)| *percent);
    best.filter(|(percent, _)| *percent >= MUCH_THE_SAME).map(|(_, line)| line)
}

/// A line as far as it counts: cells and characters, without the spaces and the width of characters.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| *c == '\t' || !c.is_whitespace()).map(fold_key).collect()
}

impl Correction {
    /// Whether what it replaces stands in the line.
    fn fits(&self, line: &str) -> bool {
        self.replace.iter().all(|(printed, _)| line.contains(printed.as_str()))
    }

    /// The line as printed.
    pub(super) fn printed(&self) -> &str {
        &self.printed
    }

    /// The cells that are read otherwise.
    pub(super) fn cells(&self) -> CellsAsRead {
        CellsAsRead {
            category: self.category.clone(),
            name: self.name.clone(),
            total: self.total.clone(),
            areas: self.areas.clone(),
            lead: self.lead.clone(),
            coop: self.coop.clone(),
        }
    }

    /// Whether it is about the cells of a table's row.
    pub(super) fn is_about_a_row(&self) -> bool {
        self.cells() != CellsAsRead::default() || !self.alternatives.is_empty()
    }
}
