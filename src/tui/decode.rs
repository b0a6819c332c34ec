//! From the bytes that a terminal sends to keys and pasted text. Pure: whoever reads the terminal says when nothing more came.
//!
//! Sequences that no key has are dropped whole, so that nothing of them is taken for typing.

use std::time::Duration;

use super::key::{Code, Key, Named};
use super::probe::QUESTIONS;
use super::sequences::code_of;

const ESC: u8 = 0x1b;
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";
/// Longer than this no sequence of a key is; what follows such a beginning is dropped.
const LONGEST: usize = 32;
/// As much is handed on of pasted text at once, in bytes.
const MOST_PASTED: usize = 1 << 20;
const CTRL_C: u8 = 3;

/// How long an escape waits for the rest of its sequence at the most: a slow line may part the two, a person who pressed Esc waits.
const AFTER_ESCAPE: Duration = Duration::from_millis(120);
/// And at the least: whoever hands on a byte at a time takes a few milliseconds.
const SOON_AFTER_ESCAPE: Duration = Duration::from_millis(30);
/// A line that parts a sequence sends the rest when the beginning was acknowledged: after the way there and back. So many times what
/// that took at the start are waited for.
const WAYS: u32 = 4;
/// How long the beginning of a sequence or of a character waits for the rest: no key is pressed in halves.
const AFTER_BEGINNING: Duration = Duration::from_secs(1);
/// How long pasted text waits for more of it before it is handed on as far as it came.
const IN_PASTE: Duration = Duration::from_secs(2);

/// A burst of keys is no shorter where it is taken for pasted text. Nobody types so fast; a line that stood still for a moment
/// brings a few keys at once.
const BURST: usize = 16;

/// What a terminal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// A key.
    Key(Key),
    /// Pasted text.
    Paste(String),
    /// Where the cursor is, counted from one, as it was asked for: row and column.
    Cursor(u16, u16),
    /// Bytes that are no UTF-8: the terminal is set to another encoding.
    NotUtf8,
}

/// Bytes in, keys out.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    /// The beginning of something.
    kept: Vec<u8>,
    /// Inside brackets: it is pasted text until they close.
    pasting: bool,
    /// Of the pasted text so much has been looked through for its end.
    searched: usize,
    /// What the slowest answer of the terminal took, and how many have come.
    answer: Duration,
    answers: u8,
}

impl Decoder {
    /// Takes what was read at once.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Vec<Heard> {
        let mut heard = Vec::new();
        if self.pasting && bytes == [CTRL_C] {
            // Somebody at a line that has lost the end of it wants out.
            heard.extend(self.rest());
            self.pasting = false;
            return heard;
        }
        // An escape that came by itself: of what comes later only a sequence goes with it. Alt and a key come together.
        if !self.pasting && self.kept == [ESC] && !matches!(bytes.first(), Some(b'[' | b'O')) {
            self.kept.clear();
            heard.push(named(Named::Esc));
        }
        self.kept.extend_from_slice(bytes);
        loop {
            if self.pasting && !self.paste(&mut heard) {
                return heard;
            }
            let mut at = 0;
            while let Some(rest) = self.kept.get(at..).filter(|rest| !rest.is_empty()) {
                if rest.starts_with(PASTE_BEGINS) {
                    at += PASTE_BEGINS.len();
                    self.pasting = true;
                    break;
                }
                let Step::Taken(length, what) = step(rest) else { break };
                at += length.max(1);
                if what != Some(Heard::NotUtf8) || heard.last() != Some(&Heard::NotUtf8) {
                    heard.extend(what);
                }
            }
            self.kept.drain(..at.min(self.kept.len()));
            if !self.pasting {
                return heard;
            }
        }
    }

    /// Takes pasted text up to its end; answers whether the end has come.
    fn paste(&mut self, heard: &mut Vec<Heard>) -> bool {
        let new = self.kept.get(self.searched..).unwrap_or_default();
        let end = new.windows(PASTE_ENDS.len()).position(|bytes| bytes == PASTE_ENDS).map(|at| at + self.searched);
        self.searched = self.kept.len().saturating_sub(PASTE_ENDS.len() - 1);
        if let Some(end) = end {
            self.searched = 0;
            heard.push(pasted(self.kept.get(..end).unwrap_or_default()));
            self.kept.drain(..end + PASTE_ENDS.len());
            self.pasting = false;
            return true;
        }
        if self.kept.len() > MOST_PASTED {
            heard.extend(self.rest());
        }
        false
    }

    /// The terminal answered, so long after it was asked with the first frame.
    pub(super) fn answered(&mut self, after: Duration) {
        if self.answers < QUESTIONS {
            self.answers += 1;
            self.answer = self.answer.max(after);
        }
    }

    /// How long an escape waits: at first, and where the terminal does not answer, as long as on a slow line.
    fn after_escape(&self) -> Duration {
        if self.answers < QUESTIONS {
            return AFTER_ESCAPE;
        }
        self.answer.saturating_mul(WAYS).clamp(SOON_AFTER_ESCAPE, AFTER_ESCAPE)
    }

    /// How long to wait for more; `None`: nothing is kept.
    pub(super) fn patience(&self) -> Option<Duration> {
        match self.kept.as_slice() {
            [] => None,
            _ if self.pasting => Some(IN_PASTE),
            [ESC] | [ESC, _] => Some(self.after_escape()),
            _ => Some(AFTER_BEGINNING),
        }
    }

    /// Nothing more came: what is kept is all of it. Text that is being pasted is handed on as far as it came, and goes on as such.
    pub(super) fn rest(&mut self) -> Vec<Heard> {
        let kept = std::mem::take(&mut self.kept);
        self.searched = 0;
        match kept.as_slice() {
            [] => Vec::new(),
            kept if self.pasting => vec![pasted(kept)],
            [ESC] => vec![named(Named::Esc)],
            [ESC, ESC] => vec![named(Named::Esc), named(Named::Esc)],
            [ESC, byte @ (b'[' | b'O')] => vec![Heard::Key(with_alt(char::from(*byte)))],
            [ESC, ..] => Vec::new(),
            _ => vec![Heard::NotUtf8],
        }
    }
}

/// What was typed, as text, where it cannot have been typed: a burst of characters with a new line among them. Terminals that do not
/// bracket what is pasted send it so, and a new line in it must not file anything.
pub(super) fn pasted_burst(heard: &[Heard]) -> Option<String> {
    let mut text = String::new();
    let (mut line_ended, mut goes_on) = (false, false);
    for one in heard {
        let Heard::Key(key) = one else { return None };
        let ends_line = key.code == Code::Named(Named::Enter) || (key.ctrl && key.code == Code::Char('j'));
        match (key.typed(), key.code) {
            (Some(c), _) => {
                goes_on |= line_ended;
                text.push(c);
            }
            _ if ends_line => {
                line_ended |= !text.is_empty();
                text.push('\n');
            }
            (None, Code::Named(Named::Tab)) => text.push('\t'),
            _ => return None,
        }
    }
    (goes_on && heard.len() >= BURST).then_some(text)
}

enum Step {
    /// So many bytes are done with, and what they are, if anything.
    Taken(usize, Option<Heard>),
    /// More bytes are needed.
    More,
}

/// The first thing of some bytes.
fn step(bytes: &[u8]) -> Step {
    match bytes {
        [ESC, rest @ ..] => escape(rest),
        // A terminal in new-line mode sends both for Enter.
        [b'\r', b'\n', ..] => Step::Taken(2, Some(named(Named::Enter))),
        [b'\r', ..] => Step::Taken(1, Some(named(Named::Enter))),
        [b'\t', ..] => Step::Taken(1, Some(named(Named::Tab))),
        [0x7f | 0x08, ..] => Step::Taken(1, Some(named(Named::Backspace))),
        [0, ..] => Step::Taken(1, Some(with_ctrl(' '))),
        [byte @ 0x01..=0x1a, ..] => Step::Taken(1, Some(with_ctrl(char::from(byte + b'a' - 1)))),
        [byte @ 0x1c..=0x1f, ..] => Step::Taken(1, Some(with_ctrl(char::from(byte - 0x1c + b'4')))),
        _ => character(bytes),
    }
}

fn character(bytes: &[u8]) -> Step {
    let beginning = bytes.get(..bytes.len().min(4)).unwrap_or_default();
    let text = match std::str::from_utf8(beginning) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => {
            std::str::from_utf8(beginning.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(error) if error.error_len().is_none() => return Step::More,
        Err(error) => return Step::Taken(error.error_len().unwrap_or(1), Some(Heard::NotUtf8)),
    };
    match text.chars().next() {
        Some(c) => Step::Taken(c.len_utf8(), Some(Heard::Key(Key::plain(Code::Char(c))))),
        None => Step::Taken(1, None),
    }
}

/// What follows an escape.
fn escape(rest: &[u8]) -> Step {
    match rest {
        [b'[', ..] => after(1, control(rest)),
        [b'O', ..] => after(1, shifted(rest)),
        // Alt with a key that is a sequence of its own, as PuTTY and rxvt send it; or Esc pressed again and again.
        [] | [ESC] => Step::More,
        [ESC, b'[' | b'O', ..] => match escape(rest.get(1..).unwrap_or_default()) {
            Step::Taken(length, Some(Heard::Key(key))) => {
                Step::Taken(length + 1, Some(Heard::Key(Key { alt: true, ..key })))
            }
            step => after(1, step),
        },
        [ESC, ..] => Step::Taken(1, Some(named(Named::Esc))),
        [b'\t', ..] => Step::Taken(2, code_of("\t").map(|code| Heard::Key(Key::plain(code)))),
        _ => match step(rest) {
            Step::Taken(length, Some(Heard::Key(key))) => {
                Step::Taken(length + 1, Some(Heard::Key(Key { alt: true, ..key })))
            }
            step => after(1, step),
        },
    }
}

/// The same with so many bytes in front.
fn after(before: usize, step: Step) -> Step {
    match step {
        Step::Taken(length, what) => Step::Taken(length + before, what),
        Step::More => Step::More,
    }
}

/// `O`, perhaps a number for what is held with the key, a last character.
fn shifted(rest: &[u8]) -> Step {
    let digits = rest.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
    let Some(last) = rest.get(1 + digits) else { return more(rest) };
    let held = number(rest.get(1..=digits).unwrap_or_default());
    let key = match *last {
        // rxvt: Ctrl and an arrow.
        arrow @ b'a'..=b'd' => code_of(&format!("[{}", char::from(arrow.to_ascii_uppercase())))
            .map(|code| Key { ctrl: true, ..Key::plain(code) }),
        last => code_of(&format!("O{}", char::from(last))).map(|code| holding(code, held)),
    };
    Step::Taken(digits + 2, key.map(Heard::Key))
}

/// `[`, parameters, a last character.
fn control(rest: &[u8]) -> Step {
    if let [b'[', b'[', more_of_it @ ..] = rest {
        let Some(last) = more_of_it.first() else { return Step::More };
        return Step::Taken(3, code_of(&format!("[[{}", char::from(*last))).map(|code| Heard::Key(Key::plain(code))));
    }
    let body = rest.get(1..).unwrap_or_default();
    let inner = body.iter().take_while(|byte| (0x20..=0x3f).contains(*byte) && **byte != b'$').count();
    let Some(last) = body.get(inner) else { return more(rest) };
    let parameters = body.get(..inner).unwrap_or_default();
    if *last == b'$' && !parameters.iter().all(u8::is_ascii_digit) {
        // A report: one more character ends it.
        return if body.len() > inner + 1 { Step::Taken(inner + 3, None) } else { more(rest) };
    }
    if !(0x40..=0x7e).contains(last) && *last != b'$' {
        // Something else begins inside it.
        return Step::Taken(inner + 1, None);
    }
    Step::Taken(inner + 2, meaning(parameters, *last))
}

fn pasted(text: &[u8]) -> Heard {
    let text = String::from_utf8_lossy(text);
    // Terminals send their Enter for a new line.
    Heard::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// What a control sequence means.
fn meaning(parameters: &[u8], last: u8) -> Option<Heard> {
    if !parameters.iter().all(|byte| byte.is_ascii_digit() || *byte == b';') {
        return None;
    }
    let mut numbers = parameters.split(|byte| *byte == b';').map(number);
    let (first, second, third) = (numbers.next().flatten(), numbers.next().flatten(), numbers.next().flatten());
    let plain = |code: Option<Code>| code.map(|code| Heard::Key(holding(code, second)));
    let numbered = |first: u16| code_of(&format!("[{first}~"));
    match (last, first, second) {
        (b'R', Some(row), Some(column)) if row > 1 => Some(Heard::Cursor(row, column)),
        (b'~', Some(27), _) => third.and_then(|code| typed(code, second)),
        (b'~', Some(first), _) => plain(numbered(first)),
        (b'u', Some(code), _) => typed(code, second),
        (b'^' | b'@', Some(first), _) => numbered(first).map(|code| Heard::Key(Key { ctrl: true, ..Key::plain(code) })),
        (b'$', Some(first), _) => numbered(first).map(|code| Heard::Key(Key::plain(code))),
        // rxvt: Shift and an arrow.
        (b'a'..=b'd', None, _) => plain(code_of(&format!("[{}", char::from(last.to_ascii_uppercase())))),
        (b'P'..=b'S', Some(_), Some(_)) => plain(code_of(&format!("O{}", char::from(last)))),
        _ => plain(code_of(&format!("[{}", char::from(last)))),
    }
}

/// A key told by its character's number, with what is held.
fn typed(code: u16, held: Option<u16>) -> Option<Heard> {
    let key = match u8::try_from(code) {
        Ok(ESC) => Key::named(Named::Esc),
        Ok(b'\r') => Key::named(Named::Enter),
        Ok(b'\t') if held == Some(2) => Key::named(Named::BackTab),
        Ok(b'\t') => Key::named(Named::Tab),
        Ok(0x7f | 0x08) => Key::named(Named::Backspace),
        _ => Key::plain(Code::Char(char::from_u32(u32::from(code)).filter(|c| !c.is_control())?)),
    };
    Some(Heard::Key(holding(key.code, held)))
}

/// The number that says what is held with a key is one more than the sum of 1 Shift, 2 Alt, 4 Ctrl, 8 Meta.
fn holding(code: Code, held: Option<u16>) -> Key {
    let held = held.unwrap_or(1).saturating_sub(1);
    Key { code, ctrl: held & 4 != 0, alt: held & (2 | 8) != 0 }
}

fn number(digits: &[u8]) -> Option<u16> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Wait for more, unless it is too long to become anything.
fn more(rest: &[u8]) -> Step {
    if rest.len() > LONGEST { Step::Taken(rest.len(), None) } else { Step::More }
}

fn named(named: Named) -> Heard {
    Heard::Key(Key::named(named))
}

fn with_alt(c: char) -> Key {
    Key { alt: true, ..Key::plain(Code::Char(c)) }
}

fn with_ctrl(c: char) -> Heard {
    Heard::Key(Key { ctrl: true, ..Key::plain(Code::Char(c)) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::key::parse_keys;
    use super::super::sequences::SEQUENCES;
    use super::*;

    /// What is heard of bytes that come in these parts, nothing more coming after them.
    fn heard(parts: &[&[u8]]) -> Vec<Heard> {
        let mut decoder = Decoder::default();
        let mut heard: Vec<Heard> = parts.iter().flat_map(|part| decoder.take(part)).collect();
        heard.extend(decoder.rest());
        heard
    }

    fn keys(notation: &str) -> Vec<Heard> {
        parse_keys(notation).unwrap().into_iter().map(Heard::Key).collect()
    }

    #[test]
    fn every_sequence_of_the_table_is_its_key_however_a_line_parts_it() {
        for (sequence, code, _) in SEQUENCES {
            let bytes = format!("\x1b{sequence}").into_bytes();
            let key = [Heard::Key(Key::plain(*code))];
            assert_eq!(heard(&[&bytes]), key, "{sequence:?}");
            let alone: Vec<&[u8]> = bytes.chunks(1).collect();
            if *sequence != "\t" {
                assert_eq!(heard(&alone), key, "{sequence:?} byte by byte");
            }
        }
    }

    #[test]
    fn what_is_held_with_a_key_is_known() {
        for (bytes, key) in [
            ("\x1b[1;5C", "<c-right>"),
            ("\x1b[1;3A", "<a-up>"),
            ("\x1b[1;2B", "<down>"),
            ("\x1b[3;5~", "<c-del>"),
            ("\x1b[5;2~", "<pgup>"),
            ("\x1b[1;2P", "<f1>"),
            ("\x1b[1;5R", "<c-f3>"),
            ("\x1bO5D", "<c-left>"),
            ("\x1bOd", "<c-left>"),
            ("\x1b[d", "<left>"),
            ("\x1b[3^", "<c-del>"),
            ("\x1b[7$", "<home>"),
            ("\x1b\x1b[A", "<a-up>"),
            ("\x1b4", "<a-4>"),
            ("\x1b\r", "<a-enter>"),
            ("\x1b改", "<a-改>"),
            ("\x1b[106;5u", "<c-j>"),
            ("\x1b[27;5;106~", "<c-j>"),
            ("\0", "<c-space>"),
            ("\x13", "<c-s>"),
        ] {
            assert_eq!(heard(&[bytes.as_bytes()]), keys(key), "{bytes:?}");
        }
    }

    #[test]
    fn backspace_and_enter_come_in_several_forms() {
        assert_eq!(heard(&[b"\x7f\x08"]), keys("<bs><bs>"));
        assert_eq!(heard(&[b"\r\n\r"]), keys("<enter><enter>"));
        assert_eq!(heard(&[b"\n"]), keys("<c-j>"), "by itself it is typed with Ctrl");
    }

    #[test]
    fn an_escape_alone_is_esc_and_with_a_sequence_after_it_a_key() {
        assert_eq!(heard(&[b"\x1b"]), keys("<esc>"));
        assert_eq!(heard(&[b"\x1b", b"[B"]), keys("<down>"));
        assert_eq!(heard(&[b"\x1b", b"j"]), keys("<esc>j"), "not Alt: that comes in one piece");
        assert_eq!(heard(&[b"\x1b", b"\x1b[B"]), keys("<esc><down>"));
        assert_eq!(heard(&[b"\x1b\x1b"]), keys("<esc><esc>"));
        assert_eq!(heard(&[b"\x1b[", b"1", b";5", b"C"]), keys("<c-right>"));
    }

    #[test]
    fn an_escape_waits_as_long_as_the_line_may_part_a_sequence() {
        let patience = |answers: &[u64]| {
            let mut decoder = Decoder::default();
            for after in answers {
                decoder.answered(Duration::from_millis(*after));
            }
            decoder.take(b"\x1b");
            let alone = decoder.patience().unwrap().as_millis();
            decoder.take(b"[");
            assert_eq!(decoder.patience().unwrap().as_millis(), alone, "nor is it Alt and a bracket sooner");
            alone
        };
        assert_eq!(patience(&[]), 120, "nothing is known of it");
        assert_eq!(patience(&[1, 1]), 120, "not all have come");
        assert_eq!(patience(&[1, 1, 2]), 30, "beside the machine");
        assert_eq!(patience(&[9, 12, 15]), 60, "in the same town");
        for slow in [30, 80, 300, 60_000] {
            assert_eq!(patience(&[1, slow, 1]), 120, "{slow}");
        }
        // There and back takes no longer than the rest of a sequence is waited for, up to the 80 ms of a bad line and some more.
        for way in 0..=110 {
            assert!(patience(&[way; 3]) > u128::from(way), "{way}");
        }
        assert_eq!(patience(&[1, 1, 1, 500]), 30, "what looks like an answer later is none");
    }

    #[test]
    fn unknown_sequences_are_dropped_whole() {
        for bytes in [
            "\x1b[?1;2c",
            "\x1b[2~",
            "\x1b[38~",
            "\x1b[?2026;2$y",
            "\x1b[E",
            "\x1bOE",
            "\x1b[1;2E",
            "\x1b[999999999999~",
        ] {
            assert_eq!(heard(&[bytes.as_bytes(), b"j"]), keys("j"), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_pasted_in_brackets_is_text() {
        let all = "\x1b[200~一行\r二行\r\n\x1b[A;q\x1b[201~j";
        let expected = [vec![Heard::Paste("一行\n二行\n\x1b[A;q".to_owned())], keys("j")].concat();
        assert_eq!(heard(&[all.as_bytes()]), expected);
        let alone: Vec<&[u8]> = all.as_bytes().chunks(1).collect();
        assert_eq!(heard(&alone), expected);
        assert_eq!(heard(&[b"\x1b[200~half"]), [Heard::Paste("half".to_owned())], "and where its end never comes");
    }

    #[test]
    fn what_is_pasted_stays_text_after_a_pause_of_the_line_and_when_it_is_long() {
        let mut decoder = Decoder::default();
        decoder.take(b"\x1b[200~one\r");
        assert_eq!(decoder.rest(), [Heard::Paste("one\n".to_owned())]);
        assert_eq!(decoder.patience(), None);
        assert_eq!(decoder.take(b"q\rA\x1b[201~j"), [vec![Heard::Paste("q\nA".to_owned())], keys("j")].concat());
        // Out of one that never ends.
        decoder.take(b"\x1b[200~one");
        assert_eq!(decoder.take(b"\x03"), [Heard::Paste("one".to_owned())]);
        assert_eq!(decoder.take(b"j"), keys("j"));
        let long = format!("\x1b[200~{}\x1b[201~j", "a".repeat(MOST_PASTED * 2));
        let mut all: Vec<Heard> = long.as_bytes().chunks(4096).flat_map(|part| decoder.take(part)).collect();
        assert_eq!(all.pop().map(|last| vec![last]), Some(keys("j")));
        assert!(all.iter().all(|one| matches!(one, Heard::Paste(_))) && all.len() == 2);
    }

    #[test]
    fn a_burst_with_a_new_line_inside_is_pasted_text() {
        let burst = |text: &str| pasted_burst(&heard(&[text.as_bytes()]));
        assert_eq!(
            burst("已完成前期工作\r用地已批\r年内开工建设\r"),
            Some("已完成前期工作\n用地已批\n年内开工建设\n".to_owned())
        );
        assert_eq!(burst("已完成前期工作\n用地已批\n年内开工"), Some("已完成前期工作\n用地已批\n年内开工".to_owned()));
        assert_eq!(burst("8.2\t9\r7\t6\r5\t4\r3\t2\r1"), Some("8.2\t9\n7\t6\n5\t4\n3\t2\n1".to_owned()));
        for typed in
            ["8.2\r9\r", "j\rj\rjj", "e60\t新增制造业中长期贷款102亿元。\x13", "已完成前期工作，用地已批，年内开工。\r"]
        {
            assert_eq!(burst(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_utf_8_is_said() {
        let gbk = [0xd6, 0xd0, 0xce, 0xc4];
        let mut heard_of_gbk = heard(&[&gbk]);
        heard_of_gbk.dedup();
        assert_eq!(heard_of_gbk, [Heard::NotUtf8]);
        assert_eq!(heard(&[b"\xe4\xb8", b"\xad"]), keys("中"), "a character in halves is one");
        assert_eq!(heard(&[b"\xe1"]), [Heard::NotUtf8]);
    }

    #[test]
    fn where_the_cursor_is_is_no_key() {
        assert_eq!(heard(&[b"\x1b[2;3Rj"]), [vec![Heard::Cursor(2, 3)], keys("j")].concat());
        assert_eq!(heard(&[b"\x1b[1;2R"]), keys("<f3>"), "Shift-F3 of xterm");
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_parts_end_and_leave_nothing(parts in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..8)) {
            let mut decoder = Decoder::default();
            for part in &parts {
                decoder.take(part);
                prop_assert!(decoder.kept.len() <= MOST_PASTED + 64);
                prop_assert_eq!(decoder.patience().is_none(), decoder.kept.is_empty());
            }
            decoder.rest();
            prop_assert!(decoder.kept.is_empty());
            let out = decoder.pasting.then(|| decoder.take(&[CTRL_C]));
            prop_assert!(out.is_none_or(|out| out.is_empty()));
            prop_assert_eq!(decoder.take(b"j"), keys("j"));
        }

        #[test]
        fn text_comes_out_as_it_went_in_however_it_is_cut(text in "[a-z改革１，。]{0,30}", cut in 0_usize..60) {
            let bytes = text.as_bytes();
            let (one, two) = bytes.split_at(cut.min(bytes.len()));
            prop_assert_eq!(heard(&[one, two]), text.chars().map(|c| Heard::Key(Key::plain(Code::Char(c)))).collect::<Vec<_>>());
        }
    }
}
