//! How much a PDF may unpack to. The library unpacks whole streams into memory, so what they hold is counted before, without
//! keeping it.

use std::io::{self, Read as _};

use flate2::read::ZlibDecoder;

use crate::import::source::MAX_BYTES;

/// How much of a stream's dictionary is looked at, in bytes before its keyword.
const DICTIONARY: usize = 400;
/// Streams of the old LZW compression are not unpacked here: larger ones are not believed.
const MOST_LZW: usize = 128 << 10;
/// What pictures may unpack to in all. They are never unpacked, but a stream only says that it is one.
const MOST_PICTURES: u64 = 1 << 30;

/// Whether all streams together unpack to no more than is ever read.
pub(super) fn fit(bytes: &[u8]) -> bool {
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    let (mut left, mut pictures) = (limit, MOST_PICTURES);
    let mut rest = bytes;
    let mut at = 0;
    while let Some(found) = find(rest, b"stream") {
        let from = at + found;
        let after = from + b"stream".len();
        let before = bytes.get(from.saturating_sub(DICTIONARY)..from).unwrap_or_default();
        at = after;
        rest = bytes.get(after..).unwrap_or_default();
        if before.ends_with(b"end") {
            continue;
        }
        // From where its object begins.
        let object = before.windows(3).rposition(|window| window == b"obj").unwrap_or(0);
        let dictionary = before.get(object..).unwrap_or(before);
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        let flate = count(dictionary, b"/Fl");
        if find(dictionary, b"/LZW").is_some() && find(data, b"endstream").unwrap_or(data.len()) > MOST_LZW {
            return false;
        }
        // Packed twice: nobody does that but to hide how much there is.
        if flate > 1 {
            return false;
        }
        if flate == 0 {
            continue;
        }
        let room = if find(dictionary, b"/Image").is_some() { &mut pictures } else { &mut left };
        let most = limit.min(*room);
        let read = io::copy(&mut ZlibDecoder::new(data).take(most.saturating_add(1)), &mut io::sink());
        // What is damaged stops being unpacked where it is damaged.
        let read = read.unwrap_or(0);
        if read > most {
            return false;
        }
        *room -= read;
    }
    true
}

fn count(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).filter(|window| *window == wanted).count()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
