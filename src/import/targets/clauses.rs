//! Sentences and clauses.

use super::sheet::Sheet;

/// What stands between two commas.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clause {
    /// Its first place.
    pub(super) from: usize,
    /// The place behind its last.
    pub(super) to: usize,
    /// Whether it begins a sentence.
    pub(super) opens: bool,
}

/// The clauses of a text.
pub(super) fn clauses(sheet: &Sheet) -> Vec<Clause> {
    let mut found = Vec::new();
    let (mut from, mut opens) = (0, true);
    for place in 0..=sheet.len() {
        let c = if place == sheet.len() { Some('。') } else { sheet.open_at(place) };
        let Some(c @ ('，' | '：' | '。' | '；' | '！' | '？' | '▲' | '●')) = c else { continue };
        if place > from {
            found.push(Clause { from, to: place, opens });
        }
        from = place + 1;
        opens = !matches!(c, '，' | '：');
    }
    found
}
