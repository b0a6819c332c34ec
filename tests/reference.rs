//! The key reference that is checked in is the one that the table of commands makes.

use std::{env, fs};

use duban::catalog::Lang;
use duban::tui::command::COMMANDS;
use duban::tui::reference::keys;

#[test]
fn the_key_reference_is_current() {
    for (name, lang) in [("keys.zh.md", Lang::Zh), ("keys.en.md", Lang::En)] {
        let path = format!("{}/docs/reference/{name}", env!("CARGO_MANIFEST_DIR"));
        let made = keys(lang);
        if env::var_os("DUBAN_BLESS").is_some() {
            fs::write(&path, &made).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(made == kept, "{name} is out of date: run `DUBAN_BLESS=1 cargo test --test reference`");
    }
}

#[test]
fn every_command_stands_in_it_once() {
    for lang in [Lang::Zh, Lang::En] {
        let page = keys(lang);
        for command in COMMANDS {
            let rows = page.lines().filter(|line| line.ends_with(&format!("| `{}` |", command.id))).count();
            assert_eq!(rows, 1, "{}", command.id);
        }
    }
}
