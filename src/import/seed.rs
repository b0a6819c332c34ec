//! The document that the program is born with: the notice as published, and what was settled about it.

use std::collections::HashSet;

use super::source;

/// The name of its file.
pub const FILE_NAME: &str = "quzhou-2024.txt";
/// The notice as published.
pub const TEXT: &str = include_str!("../../seeds/quzhou-2024.txt");
/// Of a hundred of its lines that say something, an edited copy still has this many.
const COPIED: usize = 80;

/// Whether a text is a copy of it: edited perhaps, with other line ends perhaps.
fn is_copied_in<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let said = |line: &str| -> String { line.chars().filter(|c| !c.is_whitespace()).collect() };
    let there: HashSet<String> = lines.map(said).collect();
    let own: Vec<String> = TEXT.lines().map(said).filter(|line| !line.is_empty()).collect();
    own.iter().filter(|line| there.contains(*line)).count() * 100 >= own.len() * COPIED
}

/// The corrections that the program brings along for a file, where it is this document or an edited copy of it.
pub fn corrections_of(bytes: &[u8]) -> Option<&'static str> {
    // An edited copy is not a hundred times as long.
    let read = Some(bytes)
        .filter(|bytes| bytes.len() < 100 * TEXT.len())
        .and_then(|bytes| source::text(bytes, &mut |_, _| ()).ok())?;
    is_copied_in(read.text.split(['\n', '\r'])).then_some(CORRECTIONS)
}

/// The corrections beside it.
pub const CORRECTIONS: &str = include_str!("../../seeds/quzhou-2024.corrections.toml");
