//! The page in a browser: what it shows, that nothing in it acts, and what it prints.

use std::path::Path;

use duban::render::html;
use duban::report::{Block, Report};

use crate::programs::{pdf_text, run};
use crate::sample::{hostile, matrix, sample};

/// Writes the page and runs Chromium on it.
fn browse(folder: &Path, report: &Report, what: &[&str]) -> Option<std::process::Output> {
    let file = folder.join("page.html");
    std::fs::write(&file, html::render(report)).unwrap();
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let address = format!("file://{}", file.display());
    let mut args = vec!["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
    args.extend(["--disable-background-networking", "--disable-component-update", "--disable-sync", &profile]);
    args.extend(what);
    args.push(&address);
    run("chromium", &args)
}

#[test]
fn a_browser_prints_every_row_on_a4_with_page_numbers_and_wide_tables_across() {
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("page.pdf");
    let print = format!("--print-to-pdf={}", pdf.display());
    let Some(_) = browse(folder.path(), &sample(), &["--no-pdf-header-footer", &print]) else { return };
    let Some(text) = pdf_text(&pdf) else { return };
    let squeezed: String = text.split_whitespace().collect();
    for words in
        ["政务督查", "主桥合龙", "序时进度75.0%", "抄送：市委各部门", "2024年10月28日印发", "附件2", "（此件公开发布）"]
    {
        assert!(squeezed.contains(words), "{words}");
    }
    for at in 1..=60 {
        assert!(squeezed.contains(&format!("省{at}")), "row {at}");
    }
    let Some(info) = run("pdfinfo", &["-l", "99", &pdf.display().to_string()]) else { return };
    let info = String::from_utf8(info.stdout).unwrap();
    let sizes: Vec<&str> = info.lines().filter(|line| line.starts_with("Page") && line.contains(" size:")).collect();
    let upright = sizes.iter().filter(|line| line.contains("59") && line.contains("x 84")).count();
    let across = sizes.iter().filter(|line| line.contains("84") && line.contains("x 59")).count();
    assert!(upright > 3 && across > 0 && upright + across == sizes.len(), "{info}");
    assert!(squeezed.contains("—1—") && squeezed.contains("—2—"), "page numbers");
    assert_eq!(squeezed.matches("#12849f86d081884c").count(), sizes.len(), "the mark in every foot");
}

#[test]
fn hostile_text_is_text_to_a_browser() {
    let mut report = hostile();
    report.title = "<script>document.title='run'</script>".to_owned();
    report.mark = "</style><script>document.title='run'</script>".to_owned();
    let folder = tempfile::tempdir().unwrap();
    let Some(output) = browse(folder.path(), &report, &["--dump-dom"]) else { return };
    let dom = String::from_utf8(output.stdout).unwrap();
    assert!(dom.contains("<title>&lt;script&gt;document.title='run'&lt;/script&gt;</title>"), "the title as written");
    for element in ["<script", "<img", "<a "] {
        assert!(!dom.contains(element), "{element}");
    }
    assert!(!dom.contains(['\u{202e}', '\u{1b}']));
    assert_eq!(dom.matches("<svg").count(), 1, "the chart");
}

#[test]
fn sixty_areas_stand_on_the_paper() {
    let report = Report { blocks: vec![Block::Table(matrix(60, 3))], attachments: Vec::new(), ..sample() };
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("page.pdf");
    let print = format!("--print-to-pdf={}", pdf.display());
    let Some(_) = browse(folder.path(), &report, &["--no-pdf-header-footer", &print]) else { return };
    let Some(text) = pdf_text(&pdf) else { return };
    let squeezed: String = text.split_whitespace().collect();
    for area in 1..=60 {
        assert!(squeezed.contains(&format!("云{area}县")), "area {area} in one piece");
    }
}
