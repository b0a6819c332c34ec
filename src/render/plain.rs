//! What formats without merged cells share: clean text, and a head of one row.

use crate::report::model::Table;
use crate::text::sanitise;

/// A text of lines without control characters and what turns the direction of writing; tabs become spaces.
pub(super) fn clean(text: &str) -> String {
    sanitise(&text.replace('\t', " ")).text
}

/// The names of a table's columns: those of its head rows from the top, each said once (`评定 / 灯`).
pub(super) fn heads(table: &Table) -> Vec<String> {
    let name = |at: usize| {
        let mut words: Vec<&str> = table.head.iter().filter_map(|row| row.get(at)).map(|cell| &*cell.text).collect();
        words.dedup();
        words.retain(|word| !word.is_empty());
        clean(&words.join(" / ")).replace('\n', "")
    };
    (0..table.columns.len()).map(name).collect()
}
