//! The hostile ledger out of every verb, on a terminal and in a pipe, in every format; file names; what printers are handed.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use zip::ZipArchive;

use crate::journal::hostile;
use crate::programs;
use crate::run::Fresh;
use crate::scan::{wrong, wrong_on_a_terminal};

/// Each verb with what makes it say most. Those that only say what they did stand in `ways_in.rs` and `words.rs`; those that show nothing of
/// a ledger are [`SILENT`].
const SAID: [&[&str]; 43] = [
    &["who", "市"],
    &["who", "市", "--format", "csv"],
    &["who", "市", "--json"],
    &["list"],
    &["list", "--format", "table"],
    &["list", "--format", "csv"],
    &["list", "--json"],
    &["list", "--livelihood"],
    &["list", "--livelihood", "--format", "csv"],
    &["list", "--livelihood", "--json"],
    &["show", "T1"],
    &["show", "T5", "--json"],
    &["show", "P17"],
    &["show", "P17.1", "--json"],
    &["why", "T1", "--period", "2024Q3"],
    &["why", "T1", "--period", "2024Q3", "--json"],
    &["chase", "--period", "2024Q3"],
    &["chase", "--period", "2024Q3", "--json"],
    &["target", "T25"],
    &["target", "T25", "--json"],
    &["step", "T1"],
    &["request"],
    &["request", "--json"],
    &["view"],
    &["view", "--json"],
    &["settings"],
    &["doubts"],
    &["doubts", "--json"],
    &["unit"],
    &["leader"],
    &["check"],
    &["log"],
    &["log", "--format", "table"],
    &["log", "--format", "csv"],
    &["log", "--json"],
    &["verify"],
    &["bulletin", "2024Q3"],
    &["bulletin", "2024Q3", "--offer"],
    &["bulletin", "2024Q3", "--json"],
    &["role"],
    &["status"],
    &["status", "--json"],
    &["undo", "--list"],
];

/// Verbs that are not in [`SAID`], and why.
const SILENT: [(&str, &str); 17] = [
    ("duban", "the screen: screen.rs"),
    ("file", "a deed: words.rs"),
    ("quota", "a deed: words.rs"),
    ("review", "a deed: words.rs"),
    ("light", "a deed: words.rs"),
    ("decide", "a deed: words.rs"),
    ("import", "ways_in.rs"),
    ("redo", "says what undo says"),
    ("backup", "files below"),
    ("restore", "files below"),
    ("repair", "files below"),
    ("export", "files below"),
    ("report", "every format below"),
    ("forms", "files below"),
    ("printers", "shows the system's printers: output/printer/lpstat.rs"),
    ("serve", "guest.rs"),
    ("login", "tests/pty/ssh.rs"),
];

#[test]
fn every_verb_is_looked_at() {
    let pages = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reference/commands.en.md")).unwrap();
    let verbs: BTreeSet<&str> = pages
        .lines()
        .filter_map(|line| line.strip_prefix("## duban").map(str::trim))
        .map(|verb| if verb.is_empty() { "duban" } else { verb })
        .filter(|verb| !["completions", "man", "help"].contains(verb))
        .collect();
    let looked: BTreeSet<&str> = SAID.iter().map(|args| args[0]).chain(SILENT.iter().map(|(verb, _)| *verb)).collect();
    assert_eq!(verbs.difference(&looked).collect::<Vec<_>>(), [&""; 0], "add them to SAID");
}

fn on_a_terminal(fresh: &Fresh, args: &[&str]) -> Vec<u8> {
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_duban"));
    command.args(args);
    command.env_clear();
    command.env("HOME", fresh.home());
    command.env("DUBAN_DATA", fresh.data());
    command.env("PAGER", "cat");
    command.env("TERM", "xterm");
    command.cwd(fresh.home());
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut bytes = Vec::new();
    let _ = pair.master.try_clone_reader().unwrap().read_to_end(&mut bytes);
    child.wait().unwrap();
    bytes
}

#[test]
fn nothing_acts_from_any_verb_on_a_terminal_or_in_a_pipe() {
    let fresh = hostile();
    for args in SAID {
        for lang in ["zh", "en"] {
            let args: Vec<&str> = args.iter().copied().chain(["--lang", lang]).collect();
            let output = fresh.command(&args).output().unwrap();
            assert_eq!(wrong(&output.stdout), [""; 0], "{args:?}");
            assert_eq!(wrong(&output.stderr), [""; 0], "{args:?}");
        }
        assert_eq!(wrong_on_a_terminal(&on_a_terminal(&fresh, args)), [""; 0], "{args:?} on a terminal");
    }
    for args in [&["who", "市"][..], &["list"], &["show", "T5"], &["log"], &["doubts"]] {
        assert!(on_a_terminal(&fresh, args).len() > 1000, "{args:?} says something");
    }
}

/// The texts within a file: of packages each part, of a PDF what is read out of it.
fn texts(file: &Path) -> Vec<(String, Vec<u8>)> {
    let bytes = fs::read(file).unwrap();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("docx" | "xlsx") => {
            let mut package = ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            (0..package.len())
                .map(|at| {
                    let mut part = package.by_index(at).unwrap();
                    let mut text = Vec::new();
                    part.read_to_end(&mut text).unwrap();
                    (format!("{name}: {}", part.name().unwrap()), text)
                })
                .filter(|(name, _)| name.ends_with("xml") || name.ends_with("rels"))
                .map(|(name, text)| (name, String::from_utf8(text).unwrap().replace("\r\n", "\n").into_bytes()))
                .collect()
        }
        Some("pdf") => {
            programs::pdf_text(file).map(|text| (name, text.replace('\u{c}', "\n").into_bytes())).into_iter().collect()
        }
        // Pages of text are parted by form feeds; a CSV begins with the mark of its encoding.
        Some("txt") => {
            vec![(name, String::from_utf8(bytes).unwrap().replace('\u{c}', "\n").trim_start_matches('\u{feff}').into())]
        }
        _ => vec![(name, bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes).to_vec())],
    }
}

fn all_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() { found.extend(all_files(&entry.path())) } else { found.push(entry.path()) }
    }
    found
}

#[test]
fn nothing_acts_from_any_report_in_any_format() {
    let fresh = hostile();
    let task = fresh.plain_task();
    for kind in ["bulletin", "page", "slips", "breakdown", "matrix", "changes"] {
        for format in ["txt", "md", "html", "docx", "xlsx", "pdf", "csv", "json"] {
            if format == "pdf" && !["bulletin", "matrix"].contains(&kind) {
                continue;
            }
            let file = format!("{kind}.{format}");
            let mut args = vec!["report", "2024Q3", kind, "-o", &file];
            if kind == "slips" {
                args.extend(["--items", &task]);
            }
            fresh.ok(args);
            let texts = texts(&fresh.home().join(&file));
            for (part, text) in &texts {
                assert_eq!(wrong(text), [""; 0], "{part}");
            }
            let holds = |text: &[u8]| String::from_utf8_lossy(text).contains('恶');
            assert!(format == "pdf" || texts.iter().any(|(_, text)| holds(text)), "{file} holds what was hostile");
        }
    }
    // To standard output, where people look at it and where programs read it.
    for format in ["txt", "md", "html", "csv", "json"] {
        let args = ["report", "2024Q3", "--format", format];
        let output = fresh.command(args).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap().replace('\u{c}', "\n");
        assert_eq!(wrong(text.trim_start_matches('\u{feff}').as_bytes()), [""; 0], "{format}");
        let shown = String::from_utf8(on_a_terminal(&fresh, &args)).unwrap().replace('\u{feff}', "");
        assert_eq!(wrong_on_a_terminal(shown.as_bytes()), [""; 0], "{format} on a terminal");
    }
}

#[test]
fn nothing_acts_from_exports_forms_and_backups_and_names_of_files_are_made_of_ids() {
    let fresh = hostile();
    fresh.ok(["export", "out"]);
    fresh.ok(["report", "2024Q3", "--each", "unit", "--format", "md", "-o", "units"]);
    fresh.ok(["report", "2024Q3", "--each", "area", "--format", "html", "-o", "areas"]);
    fresh.ok(["forms", "out", "2024Q3", "forms"]);
    for folder in ["out", "units", "areas", "forms"] {
        for file in all_files(&fresh.home().join(folder)) {
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)), "{name}");
            // The journal and the originals are handed out as they are: they are evidence, checked by their hashes.
            if folder == "out" && file.parent().unwrap() != fresh.home().join("out") {
                continue;
            }
            for (part, text) in texts(&file) {
                assert_eq!(wrong(&text), [""; 0], "{part}");
            }
        }
    }
    for args in [
        &["backup", "b.zip", "--json"][..],
        &["restore", "b.zip", "--dry-run"],
        &["restore", "b.zip", "back"],
        &["repair"],
    ] {
        let output = fresh.command(args).output().unwrap();
        assert_eq!(wrong(&[output.stdout, output.stderr].concat()), [""; 0], "{args:?}");
    }
    let output = fresh.command(["--data", "back", "list", "--json"]).output().unwrap();
    assert!(output.status.success() && wrong(&output.stdout).is_empty(), "what was restored");
}

/// `lp` and the pager are stood in for by scripts that keep what they are handed.
#[test]
fn printers_and_pagers_are_handed_nothing_that_acts() {
    use std::os::unix::fs::PermissionsExt as _;
    let fresh = hostile();
    let script = |name: &str| {
        let path = fresh.home().join(name);
        let kept = fresh.home().join(format!("{name}.kept"));
        fs::write(&path, format!("#!/bin/sh\nprintf '%s\\n' \"$@\" >{0}\ncat >>{0}\n", kept.display())).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        kept
    };
    let kept = script("lp");
    let path = format!("{}:/usr/bin:/bin", fresh.home().display());
    let printed =
        fresh.command(["report", "2024Q3", "--print", "--format", "txt"]).env("PATH", &path).output().unwrap();
    assert!(printed.status.success(), "{printed:?}");
    let text = fs::read_to_string(&kept).unwrap().replace('\u{c}', "\n");
    assert!(text.contains("duban ") && text.contains("通报"), "title and pages: {text}");
    assert_eq!(wrong(text.as_bytes()), [""; 0]);
}
