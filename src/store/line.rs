//! One line of the journal: `<SHA-256 of the JSON in hex> <JSON>\n`. Readable with any editor, checkable with `sha256sum`.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{BadLine, Refused, Sealed, rules};
use crate::model::{Commit, Hash};
use crate::text::is_unwanted;

/// Characters of a hash in front of the JSON.
const HASH_CHARS: usize = 64;

/// The longest line that is written, in bytes with its newline. A notice of 20,000 tasks takes 27 MB; read again with every task
/// changed, twice that. Whatever reads lines from elsewhere takes as much: what a ledger has taken fits into its backup.
pub(super) const LONGEST: usize = 128 * 1024 * 1024;

/// SHA-256 of some bytes.
pub(super) fn sha256(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

/// The line of a commit, with its newline, and the commit's own hash. Chinese stands unescaped.
///
/// # Errors
/// [`Refused::Invalid`] where it is longer than [`LONGEST`].
pub(super) fn encode(commit: &Commit) -> Result<(Vec<u8>, Hash), Refused> {
    encode_within(commit, LONGEST)
}

fn encode_within(commit: &Commit, longest: usize) -> Result<(Vec<u8>, Hash), Refused> {
    let json = serde_json::to_string(commit).map_err(|error| Refused::Invalid(error.to_string()))?;
    let length = HASH_CHARS + 1 + json.len() + 1;
    if length > longest {
        return Err(Refused::Invalid(format!("the batch would take {length} bytes of the journal, at most {longest}")));
    }
    let hash = sha256(json.as_bytes());
    Ok((format!("{hash} {json}\n").into_bytes(), hash))
}

/// The hash that a line claims to have; `None` where it does not begin with one.
pub(super) fn claimed_hash(line: &[u8]) -> Option<Hash> {
    let (hash, _) = line.split_at_checked(HASH_CHARS)?;
    std::str::from_utf8(hash).ok()?.parse().ok()
}

/// Reads a line (without its newline). The checksum is verified before a byte of the JSON is believed. A line of somebody who went past
/// every gate, or of a version whose gate let more through, is read without what may not enter: the line itself and its hash stay.
pub(super) fn decode(line: &[u8]) -> Result<Sealed, BadLine> {
    let hash = claimed_hash(line).ok_or(BadLine::Shape)?;
    let json = line.get(HASH_CHARS..).and_then(|rest| rest.strip_prefix(b" ")).ok_or(BadLine::Shape)?;
    if sha256(json) != hash {
        return Err(BadLine::Checksum);
    }
    let json = std::str::from_utf8(json).map_err(|error| BadLine::Content(error.to_string()))?;
    let unreadable = |error: serde_json::Error| BadLine::Content(error.to_string());
    let commit: Commit = if may_be_unclean(json) {
        let mut value = serde_json::from_str(json).map_err(unreadable)?;
        rules::clean(&mut value);
        serde_json::from_value(value).map_err(unreadable)?
    } else {
        serde_json::from_str(json).map_err(unreadable)?
    };
    Ok(Sealed { commit: Arc::new(commit), hash })
}

/// Whether a text in the JSON may hold what may not enter: as it is, or written as an escape (`\u001b`, `\t`), which we never do for what may.
fn may_be_unclean(json: &str) -> bool {
    let bytes = json.as_bytes();
    let unwanted_at = |at| json.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_unwanted);
    // A backslash of a text (`\\`) before one of these letters is taken for an escape: that costs time, no more.
    let escape_at = |at: usize| matches!(bytes.get(at + 1), Some(b'u' | b'b' | b't' | b'r' | b'f'));
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'\\' => escape_at(at),
        byte => !is_plain(*byte) && unwanted_at(at),
    })
}

/// A byte with which no character begins that may not enter: ASCII but for the control characters, most of Chinese (U+4000 to U+9FFF), and
/// what is not the first byte of a character. Nearly every byte of a line, so that few characters have to be looked at.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | 0x80..=0xBF | 0xE4..=0xE9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Actor, BatchId, Intent, Seq};

    #[test]
    fn no_character_that_may_not_enter_passes_for_a_plain_one() {
        let mut bytes = [0; 4];
        for c in '\0'..=char::MAX {
            let text = c.encode_utf8(&mut bytes);
            assert_eq!(may_be_unclean(text), is_unwanted(c), "U+{:04X}", c as u32);
        }
        assert!(may_be_unclean("前\u{202E}后") && may_be_unclean("前\\u202e后") && !may_be_unclean("前，\\n后\\\"。"));
        // Whatever may not enter, as JSON writes it.
        for c in (0..0x2_0000).filter_map(char::from_u32).filter(|c| is_unwanted(*c)) {
            let json = serde_json::to_string(&c).unwrap();
            assert!(may_be_unclean(&json), "{json}");
        }
    }

    #[test]
    fn a_line_may_be_as_long_as_is_read_again_and_no_longer() {
        let commit = Commit {
            seq: Seq(1),
            prev: Hash::default(),
            id: BatchId([7; 16]),
            at: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
            actor: Actor { uid: 1, name: "clerk".to_owned() },
            intent: Intent::File,
            undoes: None,
            changes: Vec::new(),
        };
        let length = encode(&commit).unwrap().0.len();
        assert!(encode_within(&commit, length).is_ok());
        assert!(matches!(encode_within(&commit, length - 1), Err(Refused::Invalid(_))));
    }
}
