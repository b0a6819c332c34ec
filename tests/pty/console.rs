//! The kernel's own console, which is no emulation: what is sent to a terminal of that name is written to it, and read back.
//!
//! Only where `DUBAN_CONSOLE` is set, as `.ci/run` does: somebody may sit there.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::process::Command;

use crate::terminal::Terminal;

const CONSOLE: &str = "/dev/tty1";
/// What stands on it: a number for each cell, in the order of the screen.
const CELLS: &str = "/dev/vcsu1";
const COLUMNS: usize = 80;
/// What the kernel keeps behind the first half of a wide character.
const FILLER: char = '\u{200b}';
/// Opening it must not make it the terminal of this process.
const O_NOCTTY: i32 = 0o400;

/// The console, as a raw line while this lives.
struct Console(File);

impl Console {
    /// None without one, or where it is not ours to write to.
    fn open() -> Option<Self> {
        std::env::var_os("DUBAN_CONSOLE")?;
        let file = OpenOptions::new().write(true).custom_flags(O_NOCTTY).open(CONSOLE).ok()?;
        // One that is as wide as the others, and that can be read.
        let size = Command::new("stty").args(["-F", CONSOLE, "size"]).output().ok()?;
        let cells = std::fs::read(CELLS).ok()?;
        if !size.stdout.ends_with(b" 80\n") || cells.len() < 24 * COLUMNS * 4 {
            return None;
        }
        assert!(Command::new("stty").args(["-F", CONSOLE, "raw", "-echo"]).status().unwrap().success());
        Some(Self(file))
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).unwrap();
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        let _ = self.0.write_all(b"\x1bc");
        let _ = Command::new("stty").args(["-F", CONSOLE, "sane"]).status();
    }
}

/// What stands on the console, its first 24 rows, as [`Terminal::screen`] gives them.
fn on_console() -> String {
    let bytes = std::fs::read(CELLS).unwrap();
    let cells: Vec<char> = bytes
        .chunks_exact(4)
        .map(|cell| char::from_u32(u32::from_ne_bytes(cell.try_into().unwrap())).unwrap())
        .collect();
    let rows = cells.chunks_exact(COLUMNS).take(24);
    let rows = rows.map(|row| row.iter().filter(|c| **c != FILLER).collect::<String>().trim_end().to_owned());
    rows.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn trimmed(screen: &str) -> String {
    screen.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

#[test]
fn the_linux_console_shows_what_it_is_meant_to() {
    let Some(mut console) = Console::open() else {
        println!("passed over: DUBAN_CONSOLE is not set, or there is no console of 80 columns that may be written to");
        return;
    };
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start_with(data.path(), &[("TERM", Some("linux"))]);
    // A reset, and UTF-8, as every console has it.
    console.write(b"\x1bc\x1b%G");
    let mut sent = 0;
    for (keys, shown) in [
        ("", "任务 1/130"),
        ("\x1b[B", "任务 2/130"),
        (&"\x1b[B".repeat(30), "任务 32/130"),
        ("\x1b[A", "任务 31/130"),
        ("\x1b[[A", "帮助"),
        ("\x1b", "任务 31/130"),
        ("/czj", "6项"),
        ("\x1b", "任务 "),
        ("\x1b4", "显示"),
        ("\x1b5", "总览"),
        ("\x1b1", "任务 "),
        ("\r", "牵头领导  徐张艳"),
    ] {
        terminal.send(keys);
        terminal.shows(shown);
        terminal.settle();
        let bytes = terminal.seen.lock().unwrap().1.clone();
        console.write(&bytes[sent..]);
        sent = bytes.len();
        assert_eq!(on_console(), trimmed(&terminal.screen()), "after {keys:?}");
    }
    terminal.send("\x1b");
    terminal.settle();
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
    terminal.settle();
    console.write(&terminal.seen.lock().unwrap().1[sent..]);
    // It has no second screen to go back to: nothing of the program stays.
    assert_eq!(on_console(), trimmed(&terminal.screen()));
}
