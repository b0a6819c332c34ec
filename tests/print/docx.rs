//! Word documents, as LibreOffice lays them out and as their parts read.

use std::path::Path;

use duban::catalog::Lang;
use duban::render::{Format, render};
use duban::report::model::Report;
use duban::report::{Made, What, make};

use crate::books::{demonstration, q};
use crate::programs::{office, run};
use crate::sample::{hostile, sample};

fn made(report: Report) -> Made {
    Made { schema: 1, data: serde_json::Map::new(), report }
}

fn bytes(made: &Made) -> Vec<u8> {
    render(made, Format::Docx, None, &mut |_, _| ()).unwrap()
}

/// Set `DUBAN_KEEP` to a folder to look at what the tests make.
fn keep(name: &str, from: &Path) {
    if let Some(folder) = std::env::var_os("DUBAN_KEEP") {
        std::fs::copy(from, Path::new(&folder).join(name)).unwrap();
    }
}

#[test]
fn scratch() {
    let folder = tempfile::tempdir().unwrap();
    for (name, report) in [("sample", sample()), ("hostile", hostile())] {
        let file = folder.path().join(format!("{name}.docx"));
        std::fs::write(&file, bytes(&made(report))).unwrap();
        keep(&format!("{name}.docx"), &file);
    }
}
