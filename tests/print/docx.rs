//! Word documents, as LibreOffice lays them out and as their parts read.

use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use duban::catalog::Lang;
use duban::model::Book;
use duban::render::{Format, render};
use duban::report::model::{Block, Joined, Kind, Report};
use duban::report::{Made, What, make};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::books::{demonstration, q};
use crate::programs::{office, run};
use crate::sample::{hostile, sample};

const MM: f64 = 72.0 / 25.4;

fn bytes(report: &Report) -> Vec<u8> {
    let made = Made { schema: 1, data: serde_json::Map::new(), report: report.clone() };
    render(&made, Format::Docx, None, &mut |_, _| ()).unwrap()
}

/// A report as a file in a folder of its own, and what LibreOffice makes of it.
fn laid_out(report: &Report, to: &str) -> Option<(tempfile::TempDir, PathBuf)> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.docx");
    std::fs::write(&file, bytes(report)).unwrap();
    let made = office(&file, to)?;
    // To look at what the tests make.
    if let Some(kept) = std::env::var_os("DUBAN_KEEP") {
        let name = std::thread::current().name().unwrap_or("report").replace("::", "-");
        std::fs::copy(&file, Path::new(&kept).join(format!("{name}.docx"))).unwrap();
    }
    Some((folder, made))
}

/// A word of a page with its left, top, right and lower edge in millimetres.
#[derive(Debug, Clone)]
struct Word {
    edges: [f64; 4],
    text: String,
}

/// A page's width and height in millimetres, and its words.
struct Page {
    size: (f64, f64),
    words: Vec<Word>,
}

impl Page {
    fn text(&self) -> String {
        self.words.iter().map(|word| &*word.text).collect()
    }
}

/// The pages of a PDF as `pdftotext -bbox` finds them.
fn pages(file: &Path) -> Option<Vec<Page>> {
    let output = run("pdftotext", &["-bbox", "-enc", "UTF-8", &file.display().to_string(), "-"])?;
    // It writes broken bytes for characters that the font lacks.
    let text = String::from_utf8_lossy(&output.stdout);
    let number = |line: &str, name: &str| -> f64 {
        let value = line.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap();
        value.parse::<f64>().unwrap() / MM
    };
    let mut pages: Vec<Page> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push(Page { size: (number(line, "width"), number(line, "height")), words: Vec::new() });
        } else if line.starts_with("<word ") {
            let edges = ["xMin", "yMin", "xMax", "yMax"].map(|name| number(line, name));
            let text = line.split_once('>').unwrap().1.trim_end_matches("</word>").to_owned();
            pages.last_mut().unwrap().words.push(Word { edges, text });
        }
    }
    Some(pages)
}

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let part = |name: String| {
        let mut text = String::new();
        zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(part).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    parts(bytes).into_iter().find(|part| part.0 == name).unwrap().1
}

/// The elements of a part in order: name and attributes (`w:val="2"`).
fn elements(part: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(part);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) | Event::Empty(start) => {
                let attributes = start.attributes().map(|one| one.unwrap());
                let attributes: Vec<String> =
                    attributes.map(|one| format!("{}={}", one.key.as_ref(), one.value)).collect();
                let name = start.name().as_ref().to_owned();
                found.push((name, attributes.join(" ")));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn near(found: f64, wanted: f64, within: f64) -> bool {
    (found - wanted).abs() <= within
}

#[test]
fn a_full_page_has_22_lines_of_28_characters_within_the_margins() {
    let text = Block::Paragraph("督".repeat(28 * 60));
    let report = Report { blocks: vec![text], ..Report::plain(Lang::Zh, Kind::Bulletin, "") };
    let Some((_folder, file)) = laid_out(&report, "pdf") else { return };
    let pages = pages(&file).unwrap();
    let full = &pages[1];
    assert!(near(full.size.0, 210.0, 0.2) && near(full.size.1, 297.0, 0.2), "{:?}", full.size);
    let mut lines: Vec<&Word> = full.words.iter().filter(|word| word.text.contains('督')).collect();
    lines.sort_by(|one, other| one.edges[1].total_cmp(&other.edges[1]));
    assert_eq!(lines.len(), 22);
    for line in &lines {
        assert_eq!(line.text.chars().count(), 28);
        assert!(near(line.edges[0], 28.0, 1.0), "{line:?}");
        assert!(near(line.edges[2], 184.0, 1.0), "{line:?}");
    }
    let pitch = (lines[21].edges[1] - lines[0].edges[1]) / 21.0;
    assert!(near(pitch, 225.0 / 22.0, 0.05), "{pitch}");
    // A line of 10.2 mm with letters of 5.6 mm in it: its middle is half a line from the edge of the text area.
    let middle = |word: &Word| f64::midpoint(word.edges[1], word.edges[3]);
    assert!(near(middle(lines[0]) - pitch / 2.0, 37.0, 2.0), "{:?}", lines[0]);
    assert!(near(middle(lines[21]) + pitch / 2.0, 262.0, 2.0), "{:?}", lines[21]);
    let first = pages[0].words.iter().find(|word| word.text.contains('督')).unwrap();
    assert!(near(first.edges[0], 28.0 + 2.0 * 5.6, 1.0), "set in by two characters: {first:?}");
}

#[test]
fn the_opening_the_signature_and_the_foot_stand_where_the_standard_has_them() {
    let mut report = sample();
    report.attachments.clear();
    let Some((_folder, file)) = laid_out(&report, "pdf") else { return };
    let pages = pages(&file).unwrap();
    let on = |page: &Page, text: &str| page.words.iter().find(|word| word.text.contains(text)).unwrap().clone();
    let name = on(&pages[0], "政务督查");
    assert!(near(f64::midpoint(name.edges[0], name.edges[2]), 106.0, 1.0), "centred on the text: {name:?}");
    assert!(name.edges[1] > 37.0 + 35.0 - 5.0 && name.edges[1] < 37.0 + 35.0 + 5.0, "{name:?}");
    assert!(near(on(&pages[0], "各县").edges[0], 28.0, 1.0));
    let last = pages.last().unwrap();
    let signed = pages.iter().find(|page| page.text().contains("此件公开发布")).unwrap();
    let by = on(signed, "云州市人民政府办公室");
    let printed = last.words.iter().rfind(|word| word.text.contains("云州市人民政府办公室")).unwrap();
    assert!(near(by.edges[2], 184.0 - 2.0 * 5.6, 1.0), "two characters free: {by:?}");
    let day = signed.words.iter().find(|word| word.text.starts_with("2024") && word.edges[1] > by.edges[1]).unwrap();
    assert!(near(day.edges[0], by.edges[0] + 2.0 * 5.6, 1.0), "two to the right: {day:?} {by:?}");
    assert!(near(printed.edges[0], 28.0 + 4.9, 1.0), "one character free: {printed:?}");
    let on_day = last.words.iter().rfind(|word| word.text.ends_with("印发")).unwrap();
    assert!(near(on_day.edges[2], 184.0 - 4.9, 1.0), "one character free: {on_day:?}");
    assert!(printed.edges[3] > 250.0 && printed.edges[3] < 263.0, "at the foot of the text: {printed:?}");
    let copied = on(last, "抄送");
    assert!(copied.edges[3] < printed.edges[3], "{copied:?}");
}

#[test]
fn page_numbers_stand_right_on_odd_pages_and_left_on_even_ones() {
    let Some((_folder, file)) = laid_out(&sample(), "pdf") else { return };
    let pages = pages(&file).unwrap();
    assert!(pages.len() > 8);
    for (at, page) in pages.iter().enumerate() {
        let number = (at + 1).to_string();
        let dashes: Vec<&Word> = page.words.iter().filter(|word| word.text == "—").collect();
        assert_eq!(dashes.len(), 2, "page {number}");
        let lies = page.size.0 > page.size.1;
        let text = page.text();
        assert!(text.contains(&format!("—{number}—")) || lies, "{text}");
        // One character free; where the page lies its left edge is the foot.
        let (first, last, below) = if lies {
            (dashes[0].edges[1] - 28.0, 28.0 + 156.0 - dashes[1].edges[3], 35.0 - dashes[0].edges[2])
        } else {
            (dashes[0].edges[0] - 28.0, 28.0 + 156.0 - dashes[1].edges[2], dashes[0].edges[1] - 262.0)
        };
        let free = if at % 2 == 0 { last } else { first };
        assert!(near(free, 4.9, 1.0), "page {number}: {free}");
        assert!(below > 2.0 && below < 8.0, "page {number}: {below}");
    }
}

#[test]
fn a_long_table_repeats_its_head_rows_and_wide_ones_lie() {
    let Some((_folder, file)) = laid_out(&sample(), "pdf") else { return };
    let pages = pages(&file).unwrap();
    let mut long = 0;
    for page in &pages {
        let text = page.text();
        let wide = text.contains("云9县");
        assert_eq!(page.size.0 > page.size.1, wide, "{text}");
        if text.contains("新建第") {
            long += 1;
            assert!(["序号", "进度", "状态", "目标"].iter().all(|head| text.contains(head)), "{text}");
        }
        // Nothing stands outside the text area but the foot.
        let (right, bottom) = if wide { (260.0, 184.0) } else { (184.0, 262.0) };
        for word in &page.words {
            let [left, top, end, low] = word.edges;
            let foot = if wide { left < 34.0 } else { top > 260.0 };
            // LibreOffice lets punctuation hang over the edge although the styles forbid it.
            let hangs = if word.text.ends_with(['。', '，', '、']) { 5.6 } else { 0.0 };
            let inside = left > 27.0 && end < right + hangs + 1.5 && top > 25.0 && low < bottom + 2.0;
            assert!(foot || inside, "{word:?}");
        }
    }
    assert!(long > 4);
    let text: String = pages.iter().map(Page::text).collect();
    assert!((1..=100).all(|at| text.contains(&format!("新建第{at}所"))));
}

#[test]
fn parts_hold_head_rows_merged_cells_levels_and_fonts() {
    let bytes = bytes(&sample());
    let document = elements(&part(&bytes, "word/document.xml"));
    let count = |name: &str, of: &str| document.iter().filter(|one| one.0 == name && one.1.contains(of)).count();
    assert_eq!(count("w:tblHeader", ""), 2 + 2 + 1, "two head rows, two, one");
    assert_eq!(count("w:gridSpan", "w:val=2"), 2, "评定 in both tables");
    assert_eq!(count("w:gridSpan", "w:val=3"), 2, "进度 in both tables");
    let joined = |table: &duban::report::Table| {
        table.head.iter().chain(&table.rows).flatten().filter(|cell| cell.joined == Joined::Above).count()
    };
    assert_eq!(count("w:vMerge", "continue"), sample().tables().map(joined).sum::<usize>());
    for level in 1..=4 {
        assert!(count("w:pStyle", &format!("w:val=Heading{level}")) > 0);
    }
    let rows = count("w:tr", "");
    assert_eq!(count("w:cantSplit", ""), rows - 2, "all rows are short; the colophon has two more");
    let styles = part(&bytes, "word/styles.xml");
    for (level, font) in ["黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"].iter().enumerate() {
        let style = styles.split("<w:style ").find(|one| one.contains(&format!("\"Heading{}\"", level + 1))).unwrap();
        let wanted =
            [format!("w:eastAsia=\"{font}\""), format!("w:outlineLvl w:val=\"{level}\""), "w:sz w:val=\"32\"".into()];
        assert!(wanted.iter().all(|wanted| style.contains(wanted)), "{style}");
    }
    assert!(part(&bytes, "word/settings.xml").contains("evenAndOddHeaders"));
    assert!(part(&bytes, "docProps/core.xml").contains("云州市人民政府办公室"));
}

#[test]
fn a_chart_says_in_words_what_it_shows() {
    let document = elements(&part(&bytes(&sample()), "word/document.xml"));
    let says: Vec<&str> = document.iter().filter(|one| one.0 == "wp:docPr").map(|one| &*one.1).collect();
    assert!(says.iter().any(|says| says.contains("云水县 62.0%") && says.contains("序时进度75.0%")), "{says:?}");
    let fills = document.iter().filter(|one| one.0 == "a:pattFill").count();
    assert!(fills >= 3, "patterns beside colour");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert!(bytes(&sample()) == bytes(&sample()));
}

#[test]
fn spiteful_text_is_inert_and_all_there() {
    let report = hostile();
    let bytes = bytes(&report);
    let unwanted = ['\u{202e}', '\u{1b}', '\u{7}', '\u{0}', '\u{fffe}', '\u{200b}', '\u{feff}'];
    for (name, text) in parts(&bytes) {
        assert!(!elements(&text).is_empty(), "{name}");
        assert!(!text.contains(unwanted), "{name}");
        assert!(!elements(&text).iter().any(|one| one.0 == "script" || one.0 == "img"), "{name}");
    }
    let Some((_folder, file)) = laid_out(&report, "pdf") else { return };
    let pages = pages(&file).unwrap();
    let text: String = pages.iter().map(Page::text).collect();
    assert_eq!(text.matches('督').count(), 13 * 2_500, "ten cells, a paragraph, whom it is for, whom it is copied to");
    assert!((1..=60).all(|at| text.contains(&format!("云{at}县"))));
    assert!(pages.iter().all(|page| squeeze(&page.text()).contains("演示数据")));
    assert!(text.contains("alert(1)") && text.contains("calc"));
}

#[test]
fn the_demonstrations_bulletin_holds_every_cell_and_is_marked_on_every_page() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let day = NaiveDate::from_ymd_opt(2024, 10, 25).unwrap();
    let made = make(&book, &What::Bulletin, q(3), day, Lang::Zh);
    let Some((_folder, file)) = laid_out(&made.report, "pdf") else { return };
    for page in pages(&file).unwrap() {
        assert!(page.text().contains("演示数据"), "{}", page.text());
    }
    let (_folder, file) = laid_out(&made.report, "txt:Text (encoded):UTF8").unwrap();
    let text = squeeze(&std::fs::read_to_string(file).unwrap());
    let tables: Vec<_> = made.report.tables().collect();
    assert!(!tables.is_empty());
    for table in tables {
        for cell in table.rows.iter().flatten().filter(|cell| cell.joined == Joined::No) {
            assert!(text.contains(&squeeze(&cell.text)), "{}", cell.text);
        }
    }
}
