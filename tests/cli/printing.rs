//! Printing, with an `lp` and an `lpstat` that write down what they are told.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use crate::run::{Fresh, Ran};

/// A machine on which nothing but these two programs is found.
struct Office {
    fresh: Fresh,
    bin: PathBuf,
}

impl Office {
    fn new() -> Self {
        let fresh = Fresh::new();
        let bin = fresh.home().join("bin");
        std::fs::create_dir(&bin).unwrap();
        Self { fresh, bin }
    }

    fn program(&self, name: &str, script: &str) {
        let path = self.bin.join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// An `lp` that keeps its arguments, a line each, and what it was given to print.
    fn with_lp(self) -> Self {
        self.program("lp", "printf '%s\\n' \"$@\" > args\n/bin/cat > printed\necho request id is laser-1");
        self
    }

    /// Two printers, the second is the default one; only in the C locale.
    fn with_printers(self) -> Self {
        let answers = "[ \"$LC_ALL\" = C ] || exit 1\ncase \"$1\" in\n\
            -e) printf 'laser\\nOffice\\n-evil\\n' ;;\n\
            -d) echo 'system default destination: Office' ;;\n\
            -p) printf 'printer laser disabled since Mon -\\n\\tPaused\\033[31m\\nprinter Office is idle.  enabled since Mon\\n' ;;\n\
            esac";
        self.program("lpstat", answers);
        self
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.fresh.command(args).env("PATH", &self.bin).output().unwrap().into()
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.fresh.home().join(name)).unwrap()
    }
}

#[test]
fn the_printer_gets_the_pages_with_its_name_sides_copies_and_a_title() {
    let office = Office::new().with_lp();
    let ran =
        office.run(&["report", "2024Q3", "--format", "txt", "--print", "laser", "--sides", "one", "--copies", "2"]);
    assert!(ran.status == 0 && ran.err.contains("laser-1"), "{ran:?}");
    assert_eq!(office.read("printed"), office.fresh.ok(["report", "2024Q3"]));
    let args = office.read("args");
    assert!(args.starts_with("-d\nlaser\n-n\n2\n-o\nsides=one-sided\n"), "{args}");
    assert!(args.contains("\n-t\nduban ") && args.contains("三季度"), "{args}");
}

#[test]
fn without_more_words_it_is_the_default_printer_both_sides_one_copy() {
    let office = Office::new().with_lp();
    for line in [&["report", "--print", "2024Q3"][..], &["report", "2024Q3", "--print"]] {
        assert_eq!(office.run(line).status, 0, "{line:?}");
        let args = office.read("args");
        assert!(args.starts_with("-n\n1\n-o\nsides=two-sided-long-edge\n") && args.contains("三季度"), "{args}");
    }
    let printed = std::fs::read(office.fresh.home().join("printed")).unwrap();
    // Typeset where there are fonts to do it with.
    if duban::output::fonts::find().is_ok() {
        assert!(printed.starts_with(b"%PDF-") && !office.read("args").contains("cpi="));
    } else {
        assert_eq!(printed, office.fresh.ok(["report", "2024Q3"]).into_bytes());
    }
}

#[test]
fn a_printers_name_is_never_an_option_of_lp() {
    let office = Office::new().with_lp();
    for name in ["--print=-h", "--print=-o raw", "--print=a b"] {
        let ran = office.run(&["report", "2024Q3", "--format", "txt", name]);
        assert!(ran.status == 2 && ran.err.contains("duban printers"), "{ran:?}");
    }
    assert!(!office.fresh.home().join("args").exists(), "lp was started");
}

#[test]
fn it_says_plainly_when_there_is_no_lp_or_no_printer_or_lp_refuses() {
    let office = Office::new();
    let print = ["report", "2024Q3", "--format", "txt", "--print"];
    for args in [&print[..], &["printers"]] {
        let ran = office.run(args);
        assert!(ran.status == 2 && ran.err.contains("没有打印命令"), "{ran:?}");
    }
    office.program("lp", "echo 'lp: Error - no default destination available.' >&2\nexit 1");
    office.program("lpstat", "exit 1");
    for args in [&print[..], &["printers"]] {
        let ran = office.run(args);
        assert!(ran.status == 2 && ran.err.contains("没有设打印机") && ran.err.lines().count() == 2, "{ran:?}");
    }
    office.program("lp", "printf 'lp: The printer\\033[31m or class\\ndoes not exist.\\n' >&2\nexit 1");
    let ran = office.run(&print);
    assert!(ran.status == 2 && ran.err.lines().count() == 2, "{ran:?}");
    assert!(ran.err.contains("does not exist.") && !ran.err.contains('\u{1b}'), "{ran:?}");
}

#[test]
fn the_printers_are_listed_the_default_one_first() {
    let office = Office::new().with_printers();
    let ran = office.run(&["printers"]);
    let expected = "name\tdefault\tstate\nOffice\ttrue\tidle\nlaser\tfalse\tdisabled since Mon - Paused[31m\n";
    assert_eq!((ran.status, ran.out.as_str()), (0, expected), "{ran:?}");
    let json: serde_json::Value = serde_json::from_str(&office.run(&["printers", "--format", "json"]).out).unwrap();
    assert_eq!(json[0], serde_json::json!({"name": "Office", "default": true, "state": "idle"}));
    assert_eq!(json.as_array().unwrap().len(), 2, "an option is no printer");
}
