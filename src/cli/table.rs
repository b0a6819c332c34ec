//! Tables: aligned for people, TSV and CSV for programs.

use std::io::{self, Write};

use crate::catalog::{Lang, Say};
use crate::model::Light;
use crate::text::width::{pad, truncate, width};

use super::args::Format;
use super::out::Out;

/// A column: its stable name for programs, its heading for people.
pub(super) struct Column {
    pub name: &'static str,
    pub head: Say,
    /// Left out on a terminal, where there is no room for it.
    pub programs_only: bool,
}

impl Column {
    pub(super) const fn new(name: &'static str, head: Say) -> Self {
        Self { name, head, programs_only: false }
    }

    #[must_use]
    pub(super) const fn programs_only(self) -> Self {
        Self { programs_only: true, ..self }
    }
}

/// A cell: what programs read, what people read.
pub(super) struct Cell {
    plain: String,
    shown: Option<String>,
    light: Option<Light>,
}

impl Cell {
    /// The same for both.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { plain: text.into(), shown: None, light: None }
    }

    /// A stable word for programs, another for people.
    pub(super) fn word(plain: impl Into<String>, shown: impl Into<String>) -> Self {
        Self { plain: plain.into(), shown: Some(shown.into()), light: None }
    }

    /// In the colour of a light, where there is colour.
    #[must_use]
    pub(super) fn tinted(self, light: Light) -> Self {
        Self { light: Some(light), ..self }
    }

    fn shown(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.plain)
    }
}

/// Rows of cells under columns.
pub(super) struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Prints it in a format; JSON is not a table's business, so it prints as TSV then.
    pub(super) fn print(&self, format: Format, lang: Lang, out: &mut Out) -> io::Result<()> {
        match format {
            Format::Table => self.for_people(lang, out),
            Format::Tsv | Format::Json => self.tsv(out),
            Format::Csv => self.csv(out),
        }
    }

    fn tsv(&self, out: &mut Out) -> io::Result<()> {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        writeln!(out, "{}", names.join("\t"))?;
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|cell| one_line(&cell.plain)).collect();
            writeln!(out, "{}", cells.join("\t"))?;
        }
        out.flush()
    }

    fn csv(&self, out: &mut Out) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(&mut *out);
        writer.write_record(self.columns.iter().map(|column| column.name))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| crate::text::harmless(&cell.plain).into_owned()))?;
        }
        writer.flush()
    }

    fn for_people(&self, lang: Lang, out: &mut Out) -> io::Result<()> {
        let heads: Vec<&str> = self.columns.iter().map(|column| lang.say(column.head)).collect();
        let lines: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(|cell| one_line(cell.shown())).collect()).collect();
        let widths = self.widths(&heads, &lines, out.columns);
        let heading: Vec<String> = heads.iter().zip(&widths).filter(|(_, w)| **w > 0).map(fitted).collect();
        writeln!(out, "{}", out.bold(heading.join("  ").trim_end()))?;
        for (row, line) in self.rows.iter().zip(&lines) {
            let mut text = String::new();
            for ((cell, shown), columns) in row.iter().zip(line).zip(&widths).filter(|(_, w)| **w > 0) {
                let fitted = fitted((&shown.as_str(), columns));
                text.push_str(&cell.light.map_or_else(|| fitted.clone(), |light| out.tinted(light, &fitted)));
                text.push_str("  ");
            }
            writeln!(out, "{}", text.trim_end())?;
        }
        out.flush()
    }

    /// How wide each column is: as its widest cell, then the widest give way until all fit. 0: not shown.
    fn widths(&self, heads: &[&str], lines: &[Vec<String>], room: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = heads.iter().map(|head| width(head)).collect();
        for line in lines {
            for (columns, cell) in widths.iter_mut().zip(line) {
                *columns = (*columns).max(width(cell));
            }
        }
        for (columns, column) in widths.iter_mut().zip(&self.columns) {
            if column.programs_only {
                *columns = 0;
            }
        }
        let gaps = 2 * widths.iter().filter(|columns| **columns > 0).count().saturating_sub(1);
        let room = room.saturating_sub(gaps);
        while widths.iter().sum::<usize>() > room {
            match widths.iter_mut().max() {
                Some(widest) if *widest > NARROWEST => *widest -= 1,
                _ => break,
            }
        }
        widths
    }
}

/// No column is made narrower than this.
const NARROWEST: usize = 4;

fn fitted((text, columns): (&&str, &usize)) -> String {
    pad(&truncate(text, *columns, "…"), *columns)
}

/// A cell has one line: in TSV a tab or a line break would end it.
pub(super) fn one_line(text: &str) -> String {
    if text.contains(['\t', '\n', '\r']) { text.replace(['\t', '\n', '\r'], " ") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_column_gives_way_first() {
        let table = Table {
            columns: vec![Column::new("a", Say::CliHeadKey), Column::new("b", Say::CliHeadText)],
            rows: vec![],
        };
        let lines = vec![vec!["T48".to_owned(), "加快建设".repeat(20)]];
        let widths = table.widths(&["k", "t"], &lines, 40);
        assert_eq!(widths, [3, 35]);
    }
}
