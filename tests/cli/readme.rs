//! Every command of the readme, in both languages, in order, as it is written there, on a fresh machine.

use std::io::{Cursor, Write as _};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;

use duban::import::seed;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::run::{Fresh, Ran};

/// The lines of the block of shell commands that holds this one.
fn block(page: &str, with: &str) -> Vec<String> {
    let root = env!("CARGO_MANIFEST_DIR");
    let text = std::fs::read_to_string(format!("{root}/{page}")).unwrap();
    let blocks = text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let block = blocks.into_iter().find(|block| block.contains(with)).unwrap();
    block.lines().map(str::to_owned).collect()
}

/// A text as a word processor saves it: lines with tabs are rows of a table.
fn docx(text: &str) -> Vec<u8> {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraph = |text: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>");
    let row = |line: &str| {
        let cells: Vec<String> = line.split('\t').map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell))).collect();
        format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cells.concat())
    };
    let lines = escaped.lines().map(|line| if line.contains('\t') { row(line) } else { paragraph(line) });
    let body = lines.collect::<Vec<_>>().concat();
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    write!(zip, "<w:document xmlns:w=\"{space}\"><w:body>{body}</w:body></w:document>").unwrap();
    zip.finish().unwrap().into_inner()
}

/// A machine with the files that the commands name, a printer, and the program where a shell finds it.
fn machine() -> Fresh {
    let fresh = Fresh::new();
    let home = fresh.home();
    let bin = home.join("bin");
    std::fs::create_dir(&bin).unwrap();
    symlink(env!("CARGO_BIN_EXE_duban"), bin.join("duban")).unwrap();
    let printers = "case \"$1\" in -e) echo laser ;; -d) echo 'system default destination: laser' ;; esac";
    for (name, script) in [("lp", "cat > /dev/null\necho request id is laser-1"), ("lpstat", printers)] {
        std::fs::write(bin.join(name), format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(bin.join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let corrected = docx(&seed::TEXT.replacen("新增营收超百亿企业1家以上", "新增营收超百亿企业2家以上", 1));
    let notice = include_bytes!("../fixtures/donglan-2023.txt");
    let filings = r#"[{"key": "T6", "period": "2024Q3", "percent": 40, "progress": "已立项"}]"#.as_bytes();
    let files: [(&str, &[u8]); 6] = [
        ("filings.json", filings),
        ("填报.json", filings),
        ("corrected.docx", &corrected),
        ("更正稿.docx", &corrected),
        ("notice.txt", notice),
        ("通知.txt", notice),
    ];
    for (name, bytes) in files {
        std::fs::write(home.join(name), bytes).unwrap();
    }
    fresh
}

fn shell(fresh: &Fresh, line: &str) -> Ran {
    let path = format!("{}:/usr/bin:/bin", fresh.home().join("bin").display());
    let mut command = Command::new("/bin/sh");
    command.args(["-e", "-c", line]).env_clear().env("PATH", path).current_dir(fresh.home());
    command.env("HOME", fresh.home()).env("TMPDIR", fresh.home()).env("DUBAN_DATA", fresh.data());
    command.stdin(std::process::Stdio::null()).output().unwrap().into()
}

#[test]
fn every_command_of_the_readme_works_as_it_is_written() {
    for page in ["README.md", "README.zh-CN.md"] {
        let fresh = machine();
        let lines = block(page, "duban who");
        assert!(lines.len() > 30, "{page}");
        for line in lines {
            // No account of this name is here, and the screen wants a terminal: each is told so.
            let (status, says) = match line.as_str() {
                line if line.starts_with("duban role add zhangsan") => (1, "没有用户“zhangsan”"),
                line if line.starts_with("duban --demo") => (2, "这里不是终端"),
                _ => (0, ""),
            };
            let ran = shell(&fresh, &line);
            assert!(ran.status == status && ran.err.contains(says), "{page}: {line}\n{ran:?}");
        }
    }
}

#[test]
fn a_line_of_the_journal_is_checked_as_the_readme_says() {
    for page in ["README.md", "README.zh-CN.md"] {
        let fresh = Fresh::new();
        fresh.ok(["file", "T5", "--percent", "60"]);
        for line in block(page, "sha256sum") {
            let ran = shell(&fresh, &format!("cd data; {line}"));
            let journal = std::fs::read_to_string(fresh.data().join("journal/000001.jsonl")).unwrap();
            let kept = journal.lines().nth(1).unwrap().split(' ').next().unwrap();
            assert_eq!(ran.out.split(' ').next().unwrap(), kept, "{ran:?}");
        }
    }
}
