//! What terminals send for the keys that are no characters, and which do: the one table.
//!
//! Of each sequence what follows the escape. Shift, Alt and Ctrl held with a key stand inside the sequence as a number (`ESC [ 1 ; 5 C`,
//! `ESC [ 3 ; 5 ~`) or in its last character (rxvt: `ESC [ 3 ^`); `decode.rs` takes them apart, and only the plain form stands here.
//! Sources: the control sequences of xterm, the key tables of PuTTY, Xshell and SecureCRT, `console_codes(4)`, terminfo.

use super::key::{Code, Named};

/// Terminals that send a sequence, as people know them.
pub type Senders = &'static [Sender];

/// A terminal, or a way to set one up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the terminal of that name")]
pub enum Sender {
    Xterm,
    /// PuTTY as it comes: keypad and function keys "ESC[n~".
    Putty,
    /// PuTTY, Xshell or SecureCRT set to "Linux".
    AsLinux,
    /// PuTTY, Xshell or SecureCRT set to "VT100+", "VT220" or "VT400".
    AsVt,
    /// PuTTY, Xshell or SecureCRT set to "SCO".
    AsSco,
    Xshell,
    SecureCrt,
    LinuxConsole,
    Screen,
    Tmux,
    Rxvt,
    /// Any of them while the keypad is in application mode.
    ApplicationKeypad,
    /// Any of them while the cursor keys are in application mode.
    ApplicationCursor,
}

use Sender::{
    ApplicationCursor, ApplicationKeypad, AsLinux, AsSco, AsVt, LinuxConsole, Putty, Rxvt, Screen, SecureCrt, Tmux,
    Xshell, Xterm,
};

/// What follows the escape, the key it stands for, who sends it.
pub const SEQUENCES: &[(&str, Code, Senders)] = &[
    ("[A", UP, &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("[B", DOWN, &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("[C", RIGHT, &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("[D", LEFT, &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("OA", UP, &[ApplicationCursor]),
    ("OB", DOWN, &[ApplicationCursor]),
    ("OC", RIGHT, &[ApplicationCursor]),
    ("OD", LEFT, &[ApplicationCursor]),
    ("[H", HOME, &[Xterm, Xshell, AsSco]),
    ("[F", END, &[Xterm, Xshell, AsSco]),
    ("OH", HOME, &[ApplicationCursor]),
    ("OF", END, &[ApplicationCursor]),
    ("[1~", HOME, &[Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux]),
    ("[4~", END, &[Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux]),
    ("[7~", HOME, &[Rxvt]),
    ("[8~", END, &[Rxvt]),
    ("[3~", DELETE, &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("[5~", PAGE_UP, &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("[6~", PAGE_DOWN, &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("[I", PAGE_UP, &[AsSco]),
    ("[G", PAGE_DOWN, &[AsSco]),
    ("[Z", BACK_TAB, &[Xterm, Putty, Xshell, SecureCrt, Screen, Tmux, Rxvt]),
    ("\t", BACK_TAB, &[LinuxConsole]),
    ("OP", Code::F(1), &[Xterm, Xshell, SecureCrt, Screen, Tmux, AsVt]),
    ("OQ", Code::F(2), &[Xterm, Xshell, SecureCrt, Screen, Tmux, AsVt]),
    ("OR", Code::F(3), &[Xterm, Xshell, SecureCrt, Screen, Tmux, AsVt]),
    ("OS", Code::F(4), &[Xterm, Xshell, SecureCrt, Screen, Tmux, AsVt]),
    ("OT", Code::F(5), &[AsVt]),
    ("OU", Code::F(6), &[AsVt]),
    ("OV", Code::F(7), &[AsVt]),
    ("OW", Code::F(8), &[AsVt]),
    ("OX", Code::F(9), &[AsVt]),
    ("OY", Code::F(10), &[AsVt]),
    ("OZ", Code::F(11), &[AsVt]),
    ("O[", Code::F(12), &[AsVt]),
    ("[11~", Code::F(1), &[Putty, Rxvt]),
    ("[12~", Code::F(2), &[Putty, Rxvt]),
    ("[13~", Code::F(3), &[Putty, Rxvt]),
    ("[14~", Code::F(4), &[Putty, Rxvt]),
    ("[15~", Code::F(5), &[Xterm, Putty, Xshell, SecureCrt, Screen, Tmux, Rxvt]),
    ("[17~", Code::F(6), &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("[18~", Code::F(7), &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("[19~", Code::F(8), &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("[20~", Code::F(9), &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("[21~", Code::F(10), &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("[23~", Code::F(11), &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("[24~", Code::F(12), &[Xterm, Putty, Xshell, SecureCrt, LinuxConsole, Screen, Tmux, Rxvt]),
    ("[[A", Code::F(1), &[LinuxConsole, AsLinux]),
    ("[[B", Code::F(2), &[LinuxConsole, AsLinux]),
    ("[[C", Code::F(3), &[LinuxConsole, AsLinux]),
    ("[[D", Code::F(4), &[LinuxConsole, AsLinux]),
    ("[[E", Code::F(5), &[LinuxConsole, AsLinux]),
    ("[M", Code::F(1), &[AsSco]),
    ("[N", Code::F(2), &[AsSco]),
    ("[O", Code::F(3), &[AsSco]),
    ("[P", Code::F(4), &[AsSco]),
    ("[Q", Code::F(5), &[AsSco]),
    ("[R", Code::F(6), &[AsSco]),
    ("[S", Code::F(7), &[AsSco]),
    ("[T", Code::F(8), &[AsSco]),
    ("[U", Code::F(9), &[AsSco]),
    ("[V", Code::F(10), &[AsSco]),
    ("[W", Code::F(11), &[AsSco]),
    ("[X", Code::F(12), &[AsSco]),
    ("OM", ENTER, &[ApplicationKeypad]),
    ("Oj", Code::Char('*'), &[ApplicationKeypad]),
    ("Ok", Code::Char('+'), &[ApplicationKeypad]),
    ("Ol", Code::Char('+'), &[ApplicationKeypad]),
    ("Om", Code::Char('-'), &[ApplicationKeypad]),
    ("On", Code::Char('.'), &[ApplicationKeypad]),
    ("Oo", Code::Char('/'), &[ApplicationKeypad]),
    ("Op", Code::Char('0'), &[ApplicationKeypad]),
    ("Oq", Code::Char('1'), &[ApplicationKeypad]),
    ("Or", Code::Char('2'), &[ApplicationKeypad]),
    ("Os", Code::Char('3'), &[ApplicationKeypad]),
    ("Ot", Code::Char('4'), &[ApplicationKeypad]),
    ("Ou", Code::Char('5'), &[ApplicationKeypad]),
    ("Ov", Code::Char('6'), &[ApplicationKeypad]),
    ("Ow", Code::Char('7'), &[ApplicationKeypad]),
    ("Ox", Code::Char('8'), &[ApplicationKeypad]),
    ("Oy", Code::Char('9'), &[ApplicationKeypad]),
];

const UP: Code = Code::Named(Named::Up);
const DOWN: Code = Code::Named(Named::Down);
const LEFT: Code = Code::Named(Named::Left);
const RIGHT: Code = Code::Named(Named::Right);
const HOME: Code = Code::Named(Named::Home);
const END: Code = Code::Named(Named::End);
const PAGE_UP: Code = Code::Named(Named::PageUp);
const PAGE_DOWN: Code = Code::Named(Named::PageDown);
const DELETE: Code = Code::Named(Named::Delete);
const ENTER: Code = Code::Named(Named::Enter);
const BACK_TAB: Code = Code::Named(Named::BackTab);

/// The key of what follows an escape.
pub(super) fn code_of(after_escape: &str) -> Option<Code> {
    SEQUENCES.iter().find(|(sequence, ..)| *sequence == after_escape).map(|(_, code, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::SEQUENCES;

    #[test]
    fn no_sequence_stands_for_two_keys() {
        for (at, (sequence, ..)) in SEQUENCES.iter().enumerate() {
            assert!(SEQUENCES.iter().skip(at + 1).all(|(other, ..)| other != sequence), "{sequence}");
        }
    }
}
