//! The files of an export, line by line: every line is JSON by itself, and the history's lines are the journal's to the byte.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read as _};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::model::{Hash, Head, Key, Ledger, Record, Seq};
use crate::store::line;

/// The file by which a folder is an export; written last.
pub(super) const NOTE: &str = "export.json";
/// Every record as it stands.
pub(super) const RECORDS: &str = "records.jsonl";
/// The folder of the commits, in files as the journal has them.
pub(super) const HISTORY: &str = "history";

/// What an export says of itself, in `export.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(in crate::store) struct ExportNote {
    /// The number of this layout of files; 1.
    pub(super) export: u8,
    /// The schema of the records, which grows with the program; an older program refuses a newer one's export.
    pub(super) schema: u8,
    /// The last commit in it. Its hash is that of the whole history, and begins as the mark in the foot of a printed page does.
    pub(super) head: Head,
    /// The number of records.
    pub(super) records: usize,
    /// The number of records of each kind, by the name under which `record` holds one.
    pub(super) kinds: BTreeMap<String, usize>,
    /// The documents as they were handed in: the names of the files in `originals/`, which are the SHA-256 of their bytes.
    pub(super) originals: Vec<Hash>,
}

/// A record, as a line of `records.jsonl`. The lines are in the order of the keys.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::store) struct RecordLine<'a> {
    /// What the record is called.
    key: &'a Key,
    /// The commit that wrote it last.
    version: Seq,
    /// What it holds, under the name of its kind.
    record: &'a Record,
}

/// A commit, as a line of a file in `history/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HistoryLine<'a> {
    hash: Hash,
    #[serde(borrow)]
    commit: &'a RawValue,
}

/// What is wrong with a line of an export.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It is no JSON; the text says why.
    #[error("no JSON: {0}")]
    Syntax(String),
    /// It is JSON, of something else; the text says why.
    #[error("not of this kind: {0}")]
    Content(String),
    /// It ends too soon.
    #[error("cut off")]
    Cut,
    /// The commit that begins here no longer has its hash.
    #[error("the commit does not have its hash")]
    Hash,
    /// From here on it is not what the history says.
    #[error("not what the history says")]
    Differs,
    /// There is more than the history says, or less.
    #[error("{found} lines, {said} by the history")]
    Lines {
        /// How many by the history.
        said: u64,
        /// How many there are.
        found: u64,
    },
}

/// A fault, and the column of it: characters from 1.
pub(super) type At = (u64, Fault);
/// The same with its line, from 1.
pub(super) type Place = (u64, At);

impl ExportNote {
    /// What is said of a ledger with these documents.
    pub(super) fn of(ledger: &Ledger, schema: u8, originals: Vec<Hash>) -> Self {
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for (_, entry) in ledger.entries() {
            *kinds.entry(entry.record.kind().to_owned()).or_default() += 1;
        }
        Self { export: 1, schema, head: ledger.head(), records: ledger.len(), kinds, originals }
    }

    /// Where and how this, as it stands in `text`, is not what is to be said of a ledger.
    pub(super) fn disagrees(&self, ledger: &Ledger, text: &[u8]) -> Option<Place> {
        let right = Self::of(ledger, self.schema, self.originals.clone());
        if right == *self {
            return None;
        }
        let said = serde_json::to_vec_pretty(&right).unwrap_or_default();
        let lines = text.split(|byte| *byte == b'\n').zip(said.split(|byte| *byte == b'\n'));
        let place = (1..).zip(lines).find_map(|(number, (found, said))| Some((number, differs(found, said)?)));
        Some(place.unwrap_or((1, (1, Fault::Differs))))
    }
}

/// Where and how the lines of `records.jsonl` are not those of a ledger. `most`: the longest line that is read, in bytes.
pub(super) fn disagrees(reader: &mut dyn BufRead, ledger: &Ledger, most: u64) -> io::Result<Option<Place>> {
    let mut entries = ledger.entries();
    let said = ledger.len() as u64;
    for number in 1.. {
        let mut text = Vec::new();
        reader.take(most).read_until(b'\n', &mut text)?;
        let ended = text.pop_if(|byte| *byte == b'\n').is_some();
        let gone = text.is_empty() && !ended;
        let Some((key, entry)) = entries.next() else {
            return Ok((!gone).then_some((number, (1, Fault::Lines { said, found: number }))));
        };
        if gone {
            return Ok(Some((number, (1, Fault::Lines { said, found: number - 1 }))));
        }
        let line = record(key, entry.version, &entry.record)?;
        if let Some(found) = differs(&text, &line) {
            // Where it is no JSON at all, that is said.
            let syntax = serde_json::from_slice::<serde::de::IgnoredAny>(&text).err();
            return Ok(Some((number, syntax.map_or(found, |error| fault(&text, &error)))));
        }
        if !ended {
            return Ok(Some((number, (column(&text, text.len()), Fault::Cut))));
        }
    }
    Ok(None)
}

/// A line of the journal as one of the history; both without their newline.
pub(super) fn out(journal: &[u8]) -> Vec<u8> {
    let (hash, json) = journal.split_at_checked(64).unwrap_or((journal, b""));
    let json = json.strip_prefix(b" ").unwrap_or(json);
    [br#"{"hash":""#.as_slice(), hash, br#"","commit":"#, json, b"}"].concat()
}

/// The line of the journal that a line of the history stands for, which then still has its hash.
pub(super) fn back(history: &[u8]) -> Result<Vec<u8>, At> {
    let text = std::str::from_utf8(history)
        .map_err(|error| (column(history, error.valid_up_to()), Fault::Syntax(error.to_string())))?;
    let read: HistoryLine<'_> = serde_json::from_str(text).map_err(|error| fault(history, &error))?;
    let json = read.commit.get();
    if line::sha256(json.as_bytes()) != read.hash {
        return Err((column(history, text.find(json).unwrap_or_default()), Fault::Hash));
    }
    Ok([read.hash.to_string().as_bytes(), b" ", json.as_bytes()].concat())
}

/// A line of `records.jsonl`, without its newline.
pub(super) fn record(key: &Key, version: Seq, record: &Record) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&RecordLine { key, version, record })
}

/// Where and how a line is not the one that it has to be; `None` where it is.
pub(super) fn differs(found: &[u8], said: &[u8]) -> Option<At> {
    if found == said {
        return None;
    }
    let at = found.iter().zip(said).take_while(|(one, other)| one == other).count();
    Some((column(found, at), if at == found.len() { Fault::Cut } else { Fault::Differs }))
}

/// What a parser says of a line.
pub(super) fn fault(text: &[u8], error: &serde_json::Error) -> At {
    // Behind its words the parser says line and column too, in bytes; they are said in characters here.
    let said = error.to_string();
    let words = said.rsplit_once(" at line ").map_or(said.as_str(), |(words, _)| words).to_owned();
    let what = match error.classify() {
        serde_json::error::Category::Eof => Fault::Cut,
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => Fault::Syntax(words),
        serde_json::error::Category::Data => Fault::Content(words),
    };
    let line = text.split(|byte| *byte == b'\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    (column(line, error.column().saturating_sub(1)), what)
}

/// The column of a byte: characters from 1, as editors count.
fn column(text: &[u8], at: usize) -> u64 {
    let before = text.get(..at.min(text.len())).unwrap_or_default();
    String::from_utf8_lossy(before).trim_end_matches('\u{fffd}').chars().count() as u64 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOURNAL: &str = r#"aaec80dfb4cb0b02834d94dc0b1dcb41b56ecb4a30aa8ae8a1e53e8b9ea6fb73 {"seq":1,"why":"填报"}"#;

    fn line() -> String {
        let json = JOURNAL.split_once(' ').unwrap().1;
        format!(r#"{{"hash":"{}","commit":{json}}}"#, line::sha256(json.as_bytes()))
    }

    #[test]
    fn a_line_goes_out_as_json_and_comes_back_to_the_byte() {
        let journal = format!("{} {}", line::sha256(br#"{"seq":1}"#), r#"{"seq":1}"#);
        let history = out(journal.as_bytes());
        let value: serde_json::Value = serde_json::from_slice(&history).unwrap();
        assert_eq!(value.pointer("/commit/seq"), Some(&1.into()));
        assert_eq!(back(&history).unwrap(), journal.as_bytes());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_column_in_characters() {
        let good = line();
        back(good.as_bytes()).unwrap();
        let begins = good.find(r#"{"seq""#).unwrap() as u64 + 1;
        let spoilt = good.replace("填报", "审核");
        assert_eq!(back(spoilt.as_bytes()), Err((begins, Fault::Hash)));
        for end in 0..good.len() {
            assert!(back(&good.as_bytes()[..end]).is_err(), "cut at {end}");
        }
        let doubled = good.replace(r#","commit""#, r#","hash":"","commit""#);
        assert!(matches!(back(doubled.as_bytes()), Err((_, Fault::Content(_)))));
        assert!(matches!(back(format!("{good}{good}").as_bytes()), Err((_, Fault::Syntax(_)))));
        assert!(matches!(back(br#"{"name":"x"}"#), Err((_, Fault::Content(_)))));
        let broken = good.replace(r#""填报"}"#, r#""填报"]"#);
        let at = broken.chars().position(|c| c == ']').unwrap() as u64 + 1;
        assert!(matches!(back(broken.as_bytes()), Err((found, Fault::Syntax(_))) if found == at), "{at}");
    }

    #[test]
    fn the_first_difference_is_found() {
        assert_eq!(differs("甲乙丙".as_bytes(), "甲乙丙".as_bytes()), None);
        assert_eq!(differs("甲丁丙".as_bytes(), "甲乙丙".as_bytes()), Some((2, Fault::Differs)));
        assert_eq!(differs("甲乙".as_bytes(), "甲乙丙".as_bytes()), Some((3, Fault::Cut)));
        assert_eq!(differs("甲乙丙丁".as_bytes(), "甲乙丙".as_bytes()), Some((4, Fault::Differs)));
    }
}
