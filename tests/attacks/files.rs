//! Files that are not what they seem: links, other people's folders, a mask that lets everybody in, names that lead elsewhere.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use crate::run::Fresh;

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

/// A file that nobody may touch, and whether it is as it was.
struct Victim(std::path::PathBuf);

impl Victim {
    fn new(fresh: &Fresh) -> Self {
        let path = fresh.home().join("victim");
        fs::write(&path, "untouched").unwrap();
        Self(path)
    }

    fn is_untouched(&self, what: &str) {
        assert_eq!(fs::read_to_string(&self.0).unwrap(), "untouched", "{what}");
    }
}

#[test]
fn no_output_is_written_through_a_link_or_over_a_file() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    let victim = Victim::new(&fresh);
    symlink("victim", fresh.home().join("link")).unwrap();
    symlink("nowhere", fresh.home().join("dangling")).unwrap();
    fs::create_dir(fresh.home().join("elsewhere")).unwrap();
    symlink("elsewhere/new", fresh.home().join("link-to-new")).unwrap();
    for target in ["victim", "link", "dangling", "link-to-new"] {
        for args in [
            &["report", "2024Q3", "--format", "txt", "-o", target][..],
            &["backup", target],
            &["export", target],
            &["report", "2024Q3", "--each", "unit", "-o", target],
        ] {
            assert_ne!(fresh.run(args).status, 0, "{args:?}");
            victim.is_untouched(target);
        }
    }
    assert!(!fresh.home().join("nowhere").exists() && !fresh.home().join("elsewhere/new").exists());
    // Within a folder that is there already: a planted link in the place of one of its files.
    for (folder, args) in [
        ("units", &["report", "2024Q3", "--each", "unit", "--format", "md", "-o", "units"][..]),
        ("forms", &["forms", "out", "2024Q3", "forms"]),
    ] {
        fresh.ok(args);
        let name = fs::read_dir(fresh.home().join(folder)).unwrap().next().unwrap().unwrap().file_name();
        fs::remove_dir_all(fresh.home().join(folder)).unwrap();
        fs::create_dir(fresh.home().join(folder)).unwrap();
        symlink("../victim", fresh.home().join(folder).join(name)).unwrap();
        assert_ne!(fresh.run(args).status, 0, "{args:?}");
        victim.is_untouched(folder);
    }
    fs::create_dir(fresh.home().join("daily")).unwrap();
    fresh.ok(["backup", "--daily", "daily"]);
    let made = fs::read_dir(fresh.home().join("daily")).unwrap().next().unwrap().unwrap().path();
    fs::remove_file(&made).unwrap();
    symlink("../victim", &made).unwrap();
    fresh.run(["backup", "--daily", "daily"]);
    victim.is_untouched("daily");
}

#[test]
fn no_file_of_the_ledger_is_written_through_a_link() {
    for name in ["lock", "version", "socket", "journal/head", "journal/000001.jsonl", "drafts", "originals"] {
        let fresh = Fresh::new();
        fresh.ok(["list"]);
        let victim = Victim::new(&fresh);
        let path = fresh.data().join(name);
        if path.is_dir() {
            fs::remove_dir_all(&path).unwrap();
        } else {
            let _ = fs::remove_file(&path);
        }
        symlink(&victim.0, &path).unwrap();
        for args in [
            &["file", "T1", "--percent", "30"][..],
            &["list"],
            &["verify"],
            &["repair", "--write"],
            &["backup", "b.zip"],
        ] {
            fresh.run(args);
            victim.is_untouched(name);
        }
        assert_eq!(mode(&victim.0) & 0o777, 0o644, "{name}: nor are its rights changed");
    }
}

#[test]
fn a_folder_that_others_may_write_holds_no_ledger() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    for open in [0o777, 0o770, 0o702, 0o1777] {
        fs::set_permissions(fresh.data(), Permissions::from_mode(open)).unwrap();
        let (backup, export) = (fresh.home().join("b.zip"), fresh.home().join("export"));
        let (backup, export) = (backup.to_str().unwrap(), export.to_str().unwrap());
        for args in [
            &["list"][..],
            &["file", "T1", "--percent", "30"],
            &["log"],
            &["who", "林"],
            &["verify"],
            &["repair", "--dry-run"],
            &["backup", backup],
            &["export", export],
        ] {
            let ran = fresh.fails(4, args);
            assert!(ran.err.contains("chmod go-w"), "{args:?}: {ran:?}");
        }
        let told: serde_json::Value = serde_json::from_str(&fresh.fails(4, ["verify", "--json"]).out).unwrap();
        assert_eq!((&told["good"], &told["exposed"]), (&false.into(), &"writable".into()), "{told}");
    }
    fs::set_permissions(fresh.data(), Permissions::from_mode(0o755)).unwrap();
    fresh.ok(["list"]);
    let told: serde_json::Value = serde_json::from_str(&fresh.ok(["verify", "--json"])).unwrap();
    assert_eq!((&told["good"], &told["exposed"]), (&true.into(), &serde_json::Value::Null), "{told}");
}

/// As somebody who is not root, in root's and in another user's folder. Needs root and the accounts of `tests/pty/accounts.sh`.
#[test]
fn a_folder_of_somebody_else_holds_no_ledger() {
    if !rustix::process::getuid().is_root() || uzers::get_user_by_name("dubt-editor").is_none() {
        assert!(std::env::var_os("DUBAN_NEED_ACCOUNTS").is_none(), "needed: root, tests/pty/accounts.sh");
        eprintln!("not tried: needs root and the accounts of tests/pty/accounts.sh");
        return;
    }
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    fs::set_permissions(fresh.home(), Permissions::from_mode(0o755)).unwrap();
    let program = fresh.home().join("duban");
    fs::copy(env!("CARGO_BIN_EXE_duban"), &program).unwrap();
    // Everything may be read: that is not what keeps them out.
    let opened = Command::new("chmod").args(["-R", "a+rX"]).arg(fresh.data()).status().unwrap();
    assert!(opened.success());
    let owner = |name: &str| {
        assert!(Command::new("chown").args(["-R", name]).arg(fresh.data()).status().unwrap().success());
    };
    let list = |data: &Path| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", "dubt-editor", "--regid", "dubt-users", "--clear-groups", "--reset-env"]);
        command.arg(&program).arg("--data").arg(data).arg("list").current_dir("/").output().unwrap()
    };
    owner("dubt-contact");
    let output = list(&fresh.data());
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("chown"), "{output:?}");
    owner("dubt-editor");
    assert!(list(&fresh.data()).status.success());
}

/// With a mask that takes nothing away, everything is its owner's alone all the same.
#[test]
fn everything_is_its_owner_s_alone_whatever_the_mask() {
    let fresh = Fresh::new();
    let program = env!("CARGO_BIN_EXE_duban");
    let run = |line: &str| {
        let command = fresh.command([""; 0]);
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("umask 000; {}", line.replace("duban", program))]).current_dir(fresh.home());
        shell.env_clear().envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let output = shell.output().unwrap();
        assert!(output.status.success(), "{line}: {output:?}");
    };
    run("duban list && duban file T1 --percent 30 && duban log");
    run(
        "duban report 2024Q3 -o r.docx && duban report 2024Q3 --each area --format md -o areas && duban export out && duban backup b.zip",
    );
    run("mkdir -m 700 daily && duban backup --daily daily && duban forms out 2024Q3 forms && duban restore b.zip back");
    for name in ["data", "r.docx", "areas", "out", "b.zip", "daily", "forms", "back"] {
        let mut paths = vec![fresh.home().join(name)];
        while let Some(path) = paths.pop() {
            let allowed = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode(&path) & !allowed, 0, "{}: {:o}", path.display(), mode(&path));
            if path.is_dir() {
                paths.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            }
        }
    }
}

/// A backup whose members lead out of the folder that it is restored into.
#[test]
fn a_backup_whose_members_lead_elsewhere_is_refused() {
    use std::io::{Read as _, Write as _};
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    fresh.ok(["backup", "good.zip"]);
    let bytes = fs::read(fresh.home().join("good.zip")).unwrap();
    for (at, name) in [
        "../escaped",
        "/tmp/duban-escaped",
        "journal/../../escaped",
        "originals/../../escaped",
        "journal\\..\\x",
        "originals/..",
        "sled/db",
        "drafts/x.json",
    ]
    .into_iter()
    .enumerate()
    {
        let mut from = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for member in 0..from.len() {
            let mut member = from.by_index(member).unwrap();
            let mut content = Vec::new();
            member.read_to_end(&mut content).unwrap();
            to.start_file(member.name().unwrap().to_string(), zip::write::SimpleFileOptions::default()).unwrap();
            to.write_all(&content).unwrap();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(b"evil").unwrap();
        let file = format!("evil{at}.zip");
        fs::write(fresh.home().join(&file), to.finish().unwrap().into_inner()).unwrap();
        fresh.run(["restore", &file, &format!("back{at}")]);
        assert!(!fresh.home().join("escaped").exists() && !Path::new("/tmp/duban-escaped").exists(), "{name}");
        assert!(
            !fresh.home().join(format!("back{at}/sled/db")).exists()
                && !fresh.home().join(format!("back{at}/drafts")).exists(),
            "{name}"
        );
    }
}

/// Where the program starts programs, and where it opens files of names that somebody chose. A place that is added has to be looked at: what
/// does a restricted login get through it? (`cli/login.rs` refuses the options and verbs; the screen's print sheet and `bulletin` ask.)
#[test]
fn the_places_that_start_programs_or_open_named_files_are_known() {
    const PROGRAMS: [&str; 2] = ["src/output/pager.rs", "src/output/printer.rs"];
    const OPENS: [&str; 10] = [
        "File::open",
        "fs::read(",
        "fs::read_to_string(",
        "fs::write(",
        "fs::copy(",
        "OpenOptions",
        "DirBuilder",
        "create_new(",
        "output::save",
        "save::{",
    ];
    const NAMED: [&str; 13] = [
        "src/cli/batch.rs",
        "src/cli/bulletin.rs",
        "src/cli/export.rs",
        "src/cli/export/tables.rs",
        "src/cli/forms/back.rs",
        "src/cli/forms/out.rs",
        "src/cli/import.rs",
        "src/cli/pages.rs",
        "src/cli/place.rs",
        "src/cli/report.rs",
        "src/cli/report/each.rs",
        "src/tui/update/printing.rs",
        "src/tui/work.rs",
    ];
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_str().unwrap().to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            if name.contains("/tests") || name.ends_with("for_tests.rs") {
                continue;
            }
            if code.contains("Command::new(") || code.contains("process::Command") {
                assert!(PROGRAMS.contains(&name.as_str()), "{name} starts a program");
            }
            let face = name.starts_with("src/cli/") || name.starts_with("src/tui/");
            if face && OPENS.iter().any(|open| code.contains(open)) {
                assert!(NAMED.contains(&name.as_str()), "{name} opens files");
            }
        }
    }
}
