//! Bytes that no keyboard sends, on the terminal of the real program: broken and endless sequences, half characters, reports nobody asked for,
//! whatever a bad line makes of keys. It does not end but when it is told to, goes on to show its screen, and what came in is clean.
//!
//! `DUBAN_NOISE` says how many pieces are sent (600), `DUBAN_SEED` which.

use portable_pty::CommandBuilder;

use crate::dice::{Dice, env};
use crate::terminal::{Terminal, duban};

/// What sequences are made of.
const PIECES: [&[u8]; 46] = [
    b"\x1b",
    b"\x1b[",
    b"\x1b[200~",
    b"\x1b[201~",
    b"\x1bO",
    b"\x1b]52;c;aGk=\x07",
    b"\x1b]0;title",
    b"\x1bP+q544e\x1b\\",
    b"\x1b_G\x1b\\",
    b"\x1b[?1;2c",
    b"\x1b[>0;276;0c",
    b"\x1b[12;40R",
    b"\x1b[99999999999999999999;1R",
    b"\x1b[M !!",
    b"\x1b[<0;1;1M",
    b"\x1b[<65535;70000;-1m",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[1;5A",
    b"\x1b[27;5;9~",
    b"\x1b[57441;1:3u",
    b"\x1b[1114112u",
    b"\x1b[55296u",
    b"\x1b[4294967296~",
    b"\x1b[;;;;;;;;;;;;~",
    b"\x1b[3~",
    b"\x1bOP",
    b"\x1b[[A",
    b"\x1bOj",
    b"\x9b",
    b"\xff\xfe",
    b"\xc0\x80",
    b"\xe5\xb8",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xf0\x9f\x91\xa8\xe2\x80\x8d",
    "\u{202e}反\u{2066}".as_bytes(),
    "\u{200b}\u{feff}\u{e0041}".as_bytes(),
    "e\u{301}\u{301}\u{301}".as_bytes(),
    "：／？１ｊ".as_bytes(),
    "推进项目建设".as_bytes(),
    b"\x00\x01\x02\x1c\x1f\x7f",
    b"\r\n\t\x08",
    b"e55\t",
    b"\x13",
    b"jk/\x15",
];

fn noise(dice: &mut Dice) -> Vec<u8> {
    let mut bytes = PIECES.get(dice.roll(PIECES.len())).unwrap().to_vec();
    match dice.roll(5) {
        0 => bytes.truncate(1 + dice.roll(bytes.len())),
        1 => bytes.extend((0..dice.roll(12)).map(|_| u8::try_from(dice.roll(256)).unwrap())),
        2 => {
            let at = dice.roll(bytes.len());
            *bytes.get_mut(at).unwrap() ^= 1 << dice.roll(8);
        }
        _ => {}
    }
    // Neither leaves the program nor writes a report: that is no noise.
    bytes.retain(|byte| !matches!(byte, b'q' | b'Q' | b'P' | b'p' | 0x03 | 0x04 | 0x11));
    bytes
}

fn start(folder: &std::path::Path) -> Terminal {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_duban"));
    command.args(["--data", folder.join("data").to_str().unwrap()]);
    // Whatever it may be told to write or to print: here is nothing but this test.
    command.cwd(folder);
    command.env("HOME", folder);
    command.env("PATH", folder);
    let terminal = Terminal::run(command);
    terminal.shows("1任务");
    terminal
}

#[test]
fn noise_on_the_line_neither_ends_the_program_nor_gets_into_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let (mut dice, seed) = Dice::seeded();
    let mut terminal = start(folder.path());
    let (mut sent, mut left) = (0, 0);
    let pieces = env("DUBAN_NOISE").unwrap_or(600);
    while sent < pieces {
        for _ in 0..20 {
            if terminal.try_send(&noise(&mut dice)).is_err() {
                break;
            }
            sent += 1;
        }
        // The paste ends, whatever is open is closed, the list is shown.
        let _ = terminal.try_send(b"\x1b[201~");
        for _ in 0..6 {
            let _ = terminal.try_send(b"\x1b");
            std::thread::sleep(std::time::Duration::from_millis(3));
        }
        let _ = terminal.try_send(b"1");
        terminal.wait(&format!("the screen, or its end; DUBAN_SEED={seed}, {sent} sent"), |terminal| {
            terminal.screen().contains("1任务") || terminal.has_ended()
        });
        if terminal.has_ended() {
            // Some key may have said so, by way of a menu.
            assert_eq!(terminal.ended(), 0, "DUBAN_SEED={seed}, {sent} sent:\n{}", terminal.screen());
            terminal = start(folder.path());
            left += 1;
        }
    }
    terminal.signal("-TERM");
    assert_eq!(terminal.ended(), 0);
    let data = folder.path().join("data");
    let (status, said, why) = duban(&data, &["verify"]);
    assert_eq!(status, 0, "DUBAN_SEED={seed}: {said}{why}");
    // Text that came in this way is as clean as any: nothing invisible, nothing that turns the line, no control character.
    let journal = std::fs::read_to_string(data.join("journal/000001.jsonl")).unwrap();
    let hostile = |c: &char| matches!(u32::from(*c), 0..=9 | 0xB..=0x1F | 0x7F..=0x9F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFEFF | 0xE0000..=0xE007F);
    assert_eq!(journal.chars().find(hostile), None, "DUBAN_SEED={seed}");
    assert!(!journal.contains("\\u00"), "DUBAN_SEED={seed}");
    println!("{sent} pieces of noise, left {left} times; {} commits", journal.lines().count());
}
