//! On a terminal: aligned, no wider than it is, coloured unless that is not wanted.

use std::io::Read as _;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::run::Fresh;

fn on_a_terminal(fresh: &Fresh, columns: u16, args: &[&str], vars: &[(&str, &str)]) -> String {
    let size = PtySize { rows: 24, cols: columns, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_duban"));
    command.args(args);
    command.env_clear();
    command.env("DUBAN_DATA", fresh.data());
    command.env("TERM", "xterm");
    for (name, value) in vars {
        command.env(name, value);
    }
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut bytes = Vec::new();
    // The end of a terminal is an error on Linux, after everything was read.
    let _ = pair.master.try_clone_reader().unwrap().read_to_end(&mut bytes);
    assert!(child.wait().unwrap().success());
    String::from_utf8(bytes).unwrap()
}

#[test]
fn tables_fit_the_terminal() {
    let fresh = Fresh::new();
    for columns in [60, 80, 160] {
        for args in [&["list"][..], &["list", "--livelihood"], &["log"], &["show", "P17.1"], &["who", "czj"]] {
            let text = on_a_terminal(&fresh, columns, args, &[("NO_COLOR", "1")]);
            assert!(!text.contains('\u{1b}'), "{args:?}");
            for line in text.lines() {
                assert!(duban::text::width(line) <= usize::from(columns), "{args:?}: {line}");
            }
        }
    }
}

#[test]
fn colour_is_on_terminals_only_and_only_if_wanted() {
    let fresh = Fresh::new();
    assert!(on_a_terminal(&fresh, 80, &["list"], &[]).contains('\u{1b}'));
    assert!(!on_a_terminal(&fresh, 80, &["list", "--no-color"], &[]).contains('\u{1b}'));
    assert!(!on_a_terminal(&fresh, 80, &["list"], &[("TERM", "dumb")]).contains('\u{1b}'));
    assert!(!fresh.ok(["list", "--format", "table"]).contains('\u{1b}'));
}
