//! Units' forms through LibreOffice: what was typed comes back, and nothing else.

use std::io::{Cursor, Read as _};
use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx};
use duban::forms::{Bad, Field, compare, lead_units, lines, read, write};
use duban::model::{Book, Ledger};
use zip::ZipArchive;

use crate::books::{demonstration, q};
use crate::programs::office;
use crate::typed::typed;

/// The unit that leads most.
fn form(ledger: &Ledger) -> (Arc<str>, Vec<u8>) {
    let book = Book::newest(ledger).unwrap();
    let unit = lead_units(&book).remove(0).1;
    let bytes = write(&book, q(3), &unit).unwrap();
    (unit, bytes)
}

#[test]
fn a_form_saved_by_libreoffice_changes_exactly_what_was_typed() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let (unit, bytes) = form(&ledger);
    let figure = lines(&book, q(3), &unit)
        .into_iter()
        .find(|line| line.about.page().fields().len() == 1 && !line.about.is_event(&book));
    let figure = format!("G{}", figure.unwrap().row + 1);
    let words =
        "<is><t xml:space=\"preserve\">一行，\n两行 &amp; &lt;三&gt; =1+1 _x0041_</t></is>".replace("_x", "_x005F_x");
    let cells = [
        (2, "E3".to_owned(), "<v>61.25</v>".to_owned()),
        (2, "F3".to_owned(), words),
        (3, figure.clone(), "<v>7.125</v>".to_owned()),
    ];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("form.xlsx");
    std::fs::write(&file, typed(&bytes, &cells)).unwrap();
    let untouched = folder.path().join("same.xlsx");
    std::fs::write(&untouched, &bytes).unwrap();
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    // Another ending first: a file is not converted onto itself.
    for (path, expected) in [(untouched, 0), (file, 3)] {
        let Some(ods) = office(&path, "ods") else { return };
        std::fs::remove_file(&path).unwrap();
        let Some(saved) = office(&ods, "xlsx") else { return };
        let read = read(&std::fs::read(saved).unwrap()).unwrap();
        let made = Some(ledger.head().hash);
        let done = compare((&book, &book), &read, (q(3), Some(&unit)), made).unwrap();
        assert_eq!(done.changes.len(), expected, "{:?}", done.changes);
        if expected == 3 {
            let told: Vec<_> =
                done.changes.iter().map(|one| (one.field, one.cell.as_str(), one.new.as_str())).collect();
            let words = "一行，\n两行 & <三> =1+1 _x0041_";
            assert_eq!(told[0], (Field::Percent, "E3", "61.25"));
            assert_eq!(told[1], (Field::Progress, "F3", words));
            assert_eq!(told[2], (Field::Figure, figure.as_str(), "7.125"));
        }
    }
}

#[test]
fn another_reader_sees_keys_titles_and_no_formulas_and_the_sheets_are_locked() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let (unit, bytes) = form(&ledger);
    let mut file: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    let names = file.sheet_names();
    assert_eq!(names, ["填写说明", "工作进展", "指标数据", "表格标识"]);
    for name in &names {
        assert!(file.worksheet_formula(name).unwrap().is_empty(), "{name}");
    }
    for line in lines(&book, q(3), &unit) {
        let cells = file.worksheet_range(line.about.page().name()).unwrap();
        let cell = |column| cells.get_value((line.row, column)).cloned().unwrap_or_default();
        assert_eq!(cell(0), Data::String(line.about.to_string()));
        assert_eq!(cell(1), Data::String(book.title(line.about.item()).unwrap()));
    }
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    for no in 1..=4 {
        let mut text = String::new();
        archive.by_name(&format!("xl/worksheets/sheet{no}.xml")).unwrap().read_to_string(&mut text).unwrap();
        assert!(text.contains("<sheetProtection "), "sheet {no}");
    }
}

#[test]
fn every_lead_unit_has_a_form_that_reads_back_unchanged() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let units = lead_units(&book);
    assert!(units.len() > 20);
    for (_, unit) in units {
        let bytes = write(&book, q(3), &unit).unwrap();
        let made = Some(ledger.head().hash);
        let done = read(&bytes).and_then(|form| compare((&book, &book), &form, (q(3), Some(&unit)), made));
        assert_eq!(done.map(|done| done.changes), Ok::<_, Bad>(vec![]), "{unit}");
    }
}
