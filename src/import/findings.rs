//! Doubts raised by general signs: a number where a unit belongs, a name that is a number, a number without its scale …
//!
//! A corrections file that settles a line takes the line's general doubts away.

use crate::model::{Alternative, Confidence, Finding, Fix, ItemKey};

/// A place of the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// Its line, from 1.
    pub(super) line: u32,
    /// The item that it belongs to.
    pub(super) item: Option<ItemKey>,
    /// The line as printed.
    pub(super) printed: &'a str,
}

/// A doubt with the literal reading as its only alternative so far: a person looks at the page and says so.
pub(super) fn doubt(place: Place<'_>, what: &str, why: String) -> Finding {
    let alternative =
        Alternative {
            reading: "照原文读，不作改动".to_owned(), why: "原文如此".to_owned(), fix: Fix::default()
        };
    let reading = "暂按原文所在位置读取".to_owned();
    Finding { alternatives: vec![alternative], ..note(place, what, reading, why, Confidence::Open) }
}

/// A reading that differs from the page, applied and shown.
pub(super) fn note(place: Place<'_>, what: &str, reading: String, why: String, confidence: Confidence) -> Finding {
    Finding {
        line: place.line,
        no: 0,
        item: place.item,
        what: what.to_owned(),
        printed: shown(place.printed),
        reading,
        why,
        confidence,
        alternatives: Vec::new(),
        settled: None,
        before: None,
        typed: false,
    }
}

/// Numbers the findings of each line, in line order.
pub(super) fn numbered(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| finding.line);
    let mut last = (0, 0u16);
    for finding in &mut findings {
        last = (finding.line, if last.0 == finding.line { last.1.saturating_add(1) } else { 1 });
        finding.no = last.1;
    }
    findings
}

/// A row with its cells marked off by something that can be seen; of a very long one its beginning.
pub(super) fn shown(line: &str) -> String {
    let end = line.char_indices().nth(MOST_SHOWN).map(|(at, _)| at);
    let begin = end.and_then(|end| line.get(..end));
    let text = begin.unwrap_or(line).replace('\t', "｜");
    if begin.is_some() { text + "…" } else { text }
}

/// A doubt shows no more of a line, in characters.
const MOST_SHOWN: usize = 2000;
