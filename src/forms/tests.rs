//! Forms of a small invented place, changed cell by cell in their XML.

use std::io::{Cursor, Read as _, Write as _};
use std::sync::Arc;

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;
use crate::model::{Book, Comparator, Ledger, Record, Review};
use crate::report::fixture::{Making, amount, cells, dec, id, q};

const UNIT: &str = "市住建局";

fn making() -> Making {
    let mut making = Making::new("东城区 南溪县");
    making.task(1, "修路", "张三", UNIT).target(1, 1, (Comparator::AtLeast, "10", "公里"));
    making.target(1, 2, (Comparator::First, "", "")).target(1, 3, (Comparator::AtLeast, "5", "%"));
    making.task(2, "种树", "张三", "市林业局");
    making.row("P1.1", "路灯", amount("20"), &cells(&["东城区", "南溪县"], "10 10"));
    making.filed(1, q(2), Some("30")).filed(1, q(3), Some("55"));
    making.actual(1, 1, q(3), "4").done("P1.1", "东城区", q(3), "3.5");
    making
}

fn book(ledger: &Ledger) -> Book<'_> {
    Book::open(ledger, &id()).unwrap()
}

fn form(ledger: &Ledger) -> Vec<u8> {
    write(&book(ledger), q(3), &Arc::from(UNIT)).unwrap()
}

fn compared(ledger: &Ledger, bytes: &[u8]) -> Result<Compared, Bad> {
    let form = read(bytes)?;
    compare((&book(ledger), &book(ledger)), &form, (q(3), None), Some(ledger.head().hash))
}

/// The file with each part changed by `edit`, given its name and text.
fn edited(bytes: &[u8], edit: &dyn Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let (name, mut text) = (part.name().unwrap().to_string(), String::new());
        part.read_to_string(&mut text).unwrap();
        out.start_file(&*name, SimpleFileOptions::default()).unwrap();
        out.write_all(edit(&name, text).as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The file with a cell's whole element replaced; its look stays. Sheet 2 is in words, 3 in figures, 4 the identity.
fn with_cell(bytes: &[u8], sheet: u8, cell: &str, kind: &str, inner: &str) -> Vec<u8> {
    edited(bytes, &|name, text| {
        if name != format!("xl/worksheets/sheet{sheet}.xml") {
            return text;
        }
        let (before, rest) = text.split_once(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no {cell}"));
        let (tag, inside) = rest.split_once('>').unwrap();
        let after = if tag.ends_with('/') { inside } else { inside.split_once("</c>").unwrap().1 };
        format!("{before}<c r=\"{cell}\"{kind}>{inner}</c>{after}")
    })
}

fn words(bytes: &[u8], sheet: u8, cell: &str, text: &str) -> Vec<u8> {
    let text = quick_xml::escape::escape(text);
    let inner = format!("<is><t xml:space=\"preserve\">{text}</t></is>");
    with_cell(bytes, sheet, cell, " t=\"inlineStr\"", &inner)
}

fn number(bytes: &[u8], sheet: u8, cell: &str, value: &str) -> Vec<u8> {
    with_cell(bytes, sheet, cell, "", &format!("<v>{value}</v>"))
}

#[track_caller]
fn is_refused(ledger: &Ledger, bytes: &[u8], why: Why, place: Option<(&str, &str)>) {
    let bad = compared(ledger, bytes).unwrap_err();
    let place = place.map(|(sheet, cell)| (sheet.to_owned(), Some(cell.to_owned())));
    assert_eq!(bad, Bad { why, place });
}

#[test]
fn a_form_has_what_its_unit_leads_and_an_untouched_one_changes_nothing() {
    let ledger = making().ledger();
    let names: Vec<String> =
        lines(&book(&ledger), q(3), &Arc::from(UNIT)).iter().map(|l| l.about.to_string()).collect();
    assert_eq!(names, ["T1", "P1.1", "T1#1", "T1#2", "T1#3", "P1.1/东城区", "P1.1/南溪县"]);
    let units: Vec<String> = lead_units(&book(&ledger)).iter().map(|(_, name)| name.to_string()).collect();
    assert_eq!(units.len(), 2);
    assert_eq!(compared(&ledger, &form(&ledger)), Ok(Compared::default()));
    assert_eq!(form(&ledger), form(&ledger));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// However large the kept figures are, however many digits they have, whatever they count.
    #[test]
    fn an_untouched_form_changes_no_figure(
        figure in 0_i64..1_000_000_000_000_000_000,
        scale in 0_u32..7,
        unit in prop::sample::select(vec!["", "公里", "万元", "万人", "亿元", "%"]),
        event in 0_u8..3,
    ) {
        let figure = rust_decimal::Decimal::new(figure, scale).normalize();
        let mut making = Making::new("东城区");
        making.task(1, "修路", "张三", UNIT).target(1, 1, (Comparator::AtLeast, "10", unit));
        making.target(1, 2, (Comparator::First, "", ""));
        making.row("P1.1", "路灯", amount("20"), &cells(&["东城区"], "20"));
        making.filed(1, q(3), Some("55")).actual(1, 1, q(3), &figure.to_string());
        making.actual(1, 2, q(3), ["0", "1", "0.5"][usize::from(event)]);
        making.done("P1.1", "东城区", q(3), &figure.to_string());
        let ledger = making.ledger();
        prop_assert_eq!(compared(&ledger, &form(&ledger)), Ok(Compared::default()));
    }
}

#[test]
fn what_was_typed_is_what_changes_and_it_waits_for_review() {
    let ledger = making().ledger();
    let mut bytes = number(&form(&ledger), 2, "E3", "60");
    bytes = words(&bytes, 2, "G3", "缺\r\n钱");
    bytes = words(&bytes, 3, "G4", "是");
    bytes = number(&bytes, 3, "G5", "-1.5");
    bytes = number(&bytes, 3, "G6", "4.1999999999999993");
    let done = compared(&ledger, &bytes).unwrap();
    let told: Vec<_> = done.changes.iter().map(|c| (c.about.to_string(), c.cell.as_str(), &*c.old, &*c.new)).collect();
    let expected = [
        ("T1", "E3", "55", "60"),
        ("T1", "G3", "", "缺\n钱"),
        ("T1#2", "G4", "", "1"),
        ("T1#3", "G5", "", "-1.5"),
        ("P1.1/东城区", "G6", "3.5", "4.2"),
    ];
    assert_eq!(told, expected.map(|(about, cell, old, new)| (about.to_owned(), cell, old, new)));
    assert_eq!(done.conflicts(), 0);
    let mut together = crate::model::entry::Together::new(&ledger);
    together.add(&done.writes);
    let filing = together.book(&id()).unwrap().filing("T1".parse().unwrap(), q(3)).unwrap().0.clone();
    assert_eq!((filing.percent, &*filing.problems, filing.review), (Some(dec("60")), "缺\n钱", Review::Pending));
}

#[test]
fn an_emptied_cell_takes_back() {
    let ledger = making().ledger();
    let done = compared(&ledger, &with_cell(&form(&ledger), 3, "G6", "", "")).unwrap();
    assert_eq!((&*done.changes[0].old, &*done.changes[0].new), ("3.5", ""));
    assert!(done.writes.iter().any(|write| write.value.is_none()));
}

#[test]
fn sixty_percent_typed_with_its_sign_is_sixty() {
    let ledger = making().ledger();
    // A spreadsheet keeps 0.6 then, and gives the cell a look that shows percentages: here all looks do.
    let bytes = edited(&number(&form(&ledger), 2, "E3", "0.6"), &|name, text| match name {
        "xl/styles.xml" => text.replace("<xf numFmtId=\"0\"", "<xf numFmtId=\"9\""),
        _ => text,
    });
    assert_eq!(compared(&ledger, &bytes).unwrap().changes[0].new, "60");
    assert_eq!(compared(&ledger, &number(&form(&ledger), 2, "E3", "0.6")).unwrap().changes[0].new, "0.6");
}

#[test]
fn whatever_is_not_a_plain_value_is_refused_with_its_place() {
    let ledger = making().ledger();
    let form = form(&ledger);
    let (w, f, i) = ("工作进展", "指标数据", "表格标识");
    let formula = with_cell(&form, 3, "G3", "", "<f>1+1</f><v>2</v>");
    is_refused(&ledger, &formula, Why::Formula, Some((f, "G3")));
    is_refused(&ledger, &with_cell(&form, 2, "F3", " t=\"str\"", "<f>A1</f><v>a</v>"), Why::Formula, Some((w, "F3")));
    is_refused(&ledger, &with_cell(&form, 3, "G3", " t=\"e\"", "<v>#N/A</v>"), Why::Error, Some((f, "G3")));
    is_refused(&ledger, &with_cell(&form, 3, "G3", " t=\"b\"", "<v>1</v>"), Why::NotNumber, Some((f, "G3")));
    is_refused(&ledger, &words(&form, 3, "G3", "四公里"), Why::NotNumber, Some((f, "G3")));
    is_refused(&ledger, &words(&form, 2, "E3", "是"), Why::NotNumber, Some((w, "E3")));
    is_refused(&ledger, &words(&form, 2, "F3", &"长".repeat(8_001)), Why::Long, Some((w, "F3")));
    is_refused(&ledger, &number(&form, 2, "E3", "1000"), Why::Percent, Some((w, "E3")));
    is_refused(&ledger, &number(&form, 2, "E4", "10"), Why::Percent, Some((w, "E4")));
    is_refused(&ledger, &number(&form, 3, "G3", "-1"), Why::Figure, Some((f, "G3")));
    is_refused(&ledger, &number(&form, 3, "G3", "1e300"), Why::Figure, Some((f, "G3")));
    is_refused(&ledger, &words(&form, 2, "A3", "T2"), Why::Row, Some((w, "A3")));
    is_refused(&ledger, &words(&form, 4, "B2", "yunhe-2025"), Why::Identity, Some((i, "B7")));
    is_refused(&ledger, &words(&form, 4, "A8", "T2"), Why::Identity, Some((i, "B7")));
    is_refused(&ledger, &words(&form, 4, "B1", "other"), Why::Version, Some((i, "B1")));
}

#[test]
fn a_row_moved_inserted_or_deleted_is_refused() {
    let ledger = making().ledger();
    let form = form(&ledger);
    let shifted = edited(&form, &|name, text| {
        if name == "xl/worksheets/sheet3.xml" { text.replace("r=\"A7\"", "r=\"A8\"") } else { text }
    });
    is_refused(&ledger, &shifted, Why::Row, Some(("指标数据", "A7")));
    let more = edited(&form, &|name, text| {
        let row = "<row r=\"20\"><c r=\"G20\"><v>1</v></c></row></sheetData>";
        if name == "xl/worksheets/sheet3.xml" { text.replace("</sheetData>", row) } else { text }
    });
    is_refused(&ledger, &more, Why::Row, Some(("指标数据", "G20")));
}

#[test]
fn a_form_of_something_else_is_refused() {
    let ledger = making().ledger();
    let form = read(&form(&ledger)).unwrap();
    let why = |period, unit: Option<&str>, made| {
        let unit = unit.map(Arc::from);
        compare((&book(&ledger), &book(&ledger)), &form, (period, unit.as_ref()), made).map_err(|bad| bad.why)
    };
    let made = Some(ledger.head().hash);
    assert_eq!(why(q(2), None, made), Err(Why::Period));
    assert_eq!(why(q(3), Some("市林业局"), made), Err(Why::Unit));
    assert_eq!(why(q(3), Some(UNIT), None), Err(Why::Ledger));
    assert!(why(q(3), Some(UNIT), made).is_ok());
    let mut other = form.clone();
    other.identity.document = crate::model::DocumentId::new("other-2024").unwrap();
    let bad = compare((&book(&ledger), &book(&ledger)), &other, (q(3), None), made).unwrap_err();
    assert_eq!(bad.why, Why::Document);
}

#[test]
fn what_changed_meanwhile_is_a_conflict_field_by_field() {
    let ledger = making().ledger();
    let bytes = number(&words(&form(&ledger), 2, "F3", "表里的"), 3, "G6", "5");
    let mut later = making();
    later.put(
        crate::model::Key::filing(&id(), "T1".parse().unwrap(), q(3)),
        Record::Filing(crate::model::Filing {
            percent: Some(dec("70")),
            progress: "别人的".into(),
            ..Default::default()
        }),
    );
    let done = compared(&later.ledger(), &bytes).unwrap();
    let told: Vec<_> =
        done.changes.iter().map(|c| (c.cell.as_str(), &*c.old, &*c.new, c.changed, c.reviewed)).collect();
    assert_eq!(told, [("F3", "别人的", "表里的", true, false), ("G6", "3.5", "5", false, false)]);
    let mut reviewed = making();
    reviewed.reviewed("T1", q(3), Some("55"), Review::Accepted);
    let done = compared(&reviewed.ledger(), &bytes).unwrap();
    assert!(done.changes[0].reviewed && !done.changes[0].changed && !done.changes[1].reviewed);
}

#[test]
fn hostile_files_are_refused() {
    let ledger = making().ledger();
    let form = form(&ledger);
    is_refused(&ledger, b"", Why::Type, None);
    is_refused(&ledger, b"%PDF-1.4", Why::Type, None);
    is_refused(&ledger, &[0xD0, 0xCF, 0x11, 0xE0, 0xA1], Why::Old, None);
    is_refused(&ledger, b"PK\x03\x04 and nothing more", Why::Broken, None);
    let mut large = form.clone();
    large.resize(usize::try_from(LARGEST).unwrap() + 1, 0);
    is_refused(&ledger, &large, Why::Large, None);
    let sheet = |change: &dyn Fn(String) -> String| {
        edited(&form, &|name, text| if name == "xl/worksheets/sheet2.xml" { change(text) } else { text })
    };
    let bomb = sheet(&|text| text + &" ".repeat(60 * 1024 * 1024));
    assert!(bomb.len() < 1024 * 1024);
    is_refused(&ledger, &bomb, Why::Large, None);
    let rows = sheet(&|text| text.replace("</sheetData>", &format!("{}</sheetData>", "<row/>".repeat(1_000_000))));
    is_refused(&ledger, &rows, Why::Rows, None);
    let entity = sheet(&|text| text.replacen("<worksheet", "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet", 1));
    is_refused(&ledger, &entity, Why::Entity, None);
    let named = sheet(&|text| {
        text.replace("</sheetData>", "<row r=\"30\"><c r=\"F30\" t=\"str\"><v>&b;</v></c></row></sheetData>")
    });
    is_refused(&ledger, &named, Why::Entity, None);
    // Two far corners: nothing is made of what lies between.
    let far = sheet(&|text| {
        text.replace("</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>")
    });
    assert_eq!(compared(&ledger, &far), Ok(Compared::default()));
}

proptest! {
    #[test]
    fn any_words_and_figures_read_back_as_typed(text in "\\PC{0,60}", cents in 0_u64..100_000, lines in "[a-z&<>\"_x0-9\n]{0,30}") {
        let ledger = making().ledger();
        let figure = rust_decimal::Decimal::new(i64::try_from(cents).unwrap(), 3).normalize();
        let mut bytes = words(&form(&ledger), 2, "F3", &lines.replace("_x", "_x005F_x"));
        bytes = words(&bytes, 2, "H3", &text.replace("_x", "_x005F_x"));
        bytes = number(&bytes, 3, "G3", &figure.to_string());
        let read = read(&bytes).unwrap();
        let kept = |text: &str| Typed::Words(crate::text::sanitise(text).text.trim().to_owned());
        prop_assert_eq!(&read.typed[0][1], &kept(&lines));
        prop_assert_eq!(&read.typed[0][3], &kept(&text));
        prop_assert_eq!(&read.typed[2][0], &Typed::Figure(Some(figure)));
    }

    #[test]
    fn damaged_bytes_never_panic(at in any::<prop::sample::Index>(), to in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let ledger = making().ledger();
        let mut bytes = form(&ledger);
        let at = at.index(bytes.len());
        bytes[at] = to;
        let _ = compared(&ledger, &bytes);
        bytes.truncate(cut.index(bytes.len()));
        let _ = compared(&ledger, &bytes);
    }

    #[test]
    fn damaged_parts_never_panic(sheet in 1_u8..5, at in any::<prop::sample::Index>(), to in "[<>&;/a\"0-9 ]{1,3}") {
        let ledger = making().ledger();
        let bytes = edited(&form(&ledger), &|name, text| {
            if name != format!("xl/worksheets/sheet{sheet}.xml") && name != "xl/sharedStrings.xml" {
                return text;
            }
            let mut chars: Vec<char> = text.chars().collect();
            let at = at.index(chars.len());
            chars.splice(at..=at, to.chars());
            chars.into_iter().collect()
        });
        let _ = compared(&ledger, &bytes);
    }
}

#[test]
fn fuzz_form() {
    let ledger = making().ledger();
    let corpus = [form(&ledger)];
    let words = [
        "<c r=\"B7\" t=\"inlineStr\"><is><t>",
        "</t></is></c>",
        "<v>",
        "</v>",
        "<f>SUM(A1)</f>",
        "t=\"s\"",
        "t=\"e\"",
        "r=\"XFD1048576\"",
        "r=\"A4294967296\"",
        "&#x202e;",
        "&amp;",
        "<!DOCTYPE x [<!ENTITY a \"b\">]>",
        "1e308",
        "-0.1",
        "0.30000000000000004",
        "65536",
        "2024Q4",
        "<row r=\"0\">",
        "<si><t xml:space=\"preserve\">",
        "_x001B_",
        "/xl/worksheets/../../x",
        "修路",
        "\u{0}",
    ];
    crate::fuzz::run("form", &corpus, &words, |bytes| {
        let Ok(compared) = compared(&ledger, bytes) else { return false };
        let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
        if compared.writes.is_empty() {
            return true;
        }
        let batch = crate::model::Batch {
            id: crate::model::BatchId([1; 16]),
            at,
            intent: crate::model::Intent::Form,
            undoes: None,
            writes: compared.writes,
        };
        // What a form comes to can be written, and is clean.
        let commit = ledger.prepare(&crate::model::Actor { uid: 1, name: "li".into() }, &batch).unwrap();
        assert!(crate::fuzz::is_clean(&serde_json::to_value(&commit.changes).unwrap()));
        true
    });
}
