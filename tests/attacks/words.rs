//! Messages that quote what was typed, what files are called, and what other programs and systems say.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;

use crate::hostile;
use crate::run::Fresh;
use crate::scan::wrong;

fn says_nothing_that_acts(fresh: &Fresh, args: &[&OsStr]) -> String {
    let ran = fresh.command(args).output().unwrap();
    assert_eq!(wrong(&ran.stdout), [""; 0], "{args:?}");
    assert_eq!(wrong(&ran.stderr), [""; 0], "{args:?}");
    String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap()
}

#[test]
fn errors_quote_what_was_typed_without_what_acts() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    let evil = hostile::argument();
    let evil = evil.as_str();
    let option = format!("--{evil}");
    for args in [
        &[evil][..],
        &[&option],
        &["list", &option],
        &["who", evil],
        &["show", evil],
        &["list", "--leader", evil],
        &["list", "--light", evil],
        &["list", "--period", evil],
        &["list", "--format", evil],
        &["file", evil, "--percent", evil],
        &["file", "T1", "--percent", evil],
        &["quota", evil, evil, evil],
        &["quota", "P17.1", evil, "3"],
        &["light", "T1", evil],
        &["step", "T1", evil],
        &["undo", evil],
        &["--doc", evil, "list"],
        &["--lang", evil, "list"],
        &["report", evil],
        &["report", "2024Q3", "--for", evil],
        &["report", "2024Q3", "--print", evil],
        &["report", "2024Q3", "--items", evil],
        &["bulletin", evil],
        &["help", evil],
        &["man", evil],
        &["completions", evil],
        &["role", "add", evil, "reader"],
        &["role", "remove", evil],
        &["view", evil],
        &["unit", evil],
        &["doubts", evil],
        &["settings", "--span", evil],
    ] {
        let args: Vec<&OsStr> = args.iter().map(|arg| OsStr::new(*arg)).collect();
        says_nothing_that_acts(&fresh, &args);
    }
}

#[test]
fn names_of_files_and_what_stands_in_them_are_quoted_without_what_acts() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    // A name that is no text at all, too.
    let evil = hostile::argument().replace('/', "");
    let short: String = evil.chars().take(60).collect();
    let name = [short.as_bytes(), b"\xff\xfe"].concat();
    let file = OsStr::from_bytes(&name);
    fs::write(fresh.home().join(file), hostile::all()).unwrap();
    let o = OsStr::new;
    for args in [
        &[o("import"), file][..],
        &[o("import"), o("--dry-run"), file],
        &[o("file"), o("--from"), file],
        &[o("backup"), file],
        &[o("restore"), file, o("x"), o("--dry-run")],
        &[o("export"), file],
        &[o("forms"), o("in"), file],
        &[o("bulletin"), o("2024Q3"), o("--next"), OsStr::from_bytes(&[b"@", &name[..]].concat())],
        &[o("report"), o("2024Q3"), o("-o"), file],
        &[o("--data"), file, o("list")],
        &[o("--data"), file, o("verify")],
        &[o("--server"), file, o("list")],
        &[o("serve"), o("--socket"), file],
    ] {
        says_nothing_that_acts(&fresh, args);
    }
}

/// A damaged ledger, a lock that lies, a version that is none: what they hold is told without what acts.
#[test]
fn what_stands_in_the_ledger_s_own_files_is_quoted_without_what_acts() {
    for file in ["version", "lock", "journal/head", "journal/000001.jsonl", "journal/000002.jsonl", "sled/db"] {
        let fresh = Fresh::new();
        fresh.ok(["list"]);
        fs::write(fresh.data().join(file), hostile::all().repeat(20)).unwrap();
        for args in [&["list"][..], &["file", "T1", "--percent", "3"], &["verify"], &["status"], &["repair"], &["log"]]
        {
            let args: Vec<&OsStr> = args.iter().map(|arg| OsStr::new(*arg)).collect();
            says_nothing_that_acts(&fresh, &args);
        }
    }
}

/// A line with a right checksum that is no commit: serde quotes what it finds.
#[test]
fn a_line_that_is_no_commit_is_told_without_what_acts() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    let evil = hostile::all();
    crate::journal::rewrite(&fresh.data(), |commit| commit["intent"] = evil.clone().into());
    for args in [&["list"][..], &["verify"], &["repair"]] {
        let args: Vec<&OsStr> = args.iter().map(|arg| OsStr::new(*arg)).collect();
        let said = says_nothing_that_acts(&fresh, &args);
        assert!(!said.is_empty());
    }
}

/// What printers are called and what they say of themselves, the pager, the language, the terminal: by the environment.
#[test]
fn what_the_system_says_is_quoted_without_what_acts() {
    use std::os::unix::fs::PermissionsExt as _;
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    for program in ["lp", "lpstat"] {
        let path = fresh.home().join(program);
        fs::write(fresh.home().join("said"), hostile::all()).unwrap();
        let said = fresh.home().join("said");
        fs::write(&path, format!("#!/bin/sh\ncat {0}; cat {0} >&2; exit 1\n", said.display())).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:/usr/bin:/bin", fresh.home().display());
    for args in [&["printers"][..], &["printers", "--json"], &["report", "2024Q3", "--print"]] {
        let ran = fresh.command(args).env("PATH", &path).env("DUBAN_LANG", hostile::argument()).output().unwrap();
        assert_eq!(wrong(&[ran.stdout, ran.stderr].concat()), [""; 0], "{args:?}");
    }
}
