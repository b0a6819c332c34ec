//! PDF, read by poppler's programs. Lengths in points from the upper left corner.

use std::fs;
use std::path::{Path, PathBuf};

use duban::catalog::Lang;
use duban::output::fonts::{NoFont, find, find_in};
use duban::render::{Fonts, RenderError, page, pdf};
use duban::report::model::{Block, Cell, Joined, Kind, Report};

use crate::programs::run;
use crate::sample::{hostile, matrix, sample};

const MM: f64 = 72.0 / 25.4;

fn fonts() -> Fonts {
    find().expect("a Chinese font: install fonts-noto-cjk or texlive-lang-chinese")
}

fn bytes(report: &Report) -> Vec<u8> {
    pdf::render(report, &fonts(), &mut |_, _| {}).unwrap()
}

fn file(report: &Report) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    fs::write(&path, bytes(report)).unwrap();
    (folder, path)
}

fn plain(blocks: Vec<Block>) -> Report {
    Report { blocks, ..Report::plain(Lang::Zh, Kind::Bulletin, "") }
}

/// What `pdftotext` finds on a page.
#[derive(Debug)]
struct Page {
    width: f64,
    height: f64,
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    text: String,
}

impl Page {
    fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect()
    }

    fn lies(&self) -> bool {
        self.width > self.height
    }

    /// The words of the text area, without the foot. On a page that lies the foot is at the left.
    fn body(&self) -> impl Iterator<Item = &Word> {
        let lies = self.lies();
        self.words.iter().filter(
            move |word| {
                if lies { word.right > 35.0 * MM - 1.0 } else { word.top < (297.0 - 35.0) * MM + 1.0 }
            },
        )
    }
}

fn pages(file: &Path) -> Option<Vec<Page>> {
    let output = run("pdftotext", &["-bbox", "-enc", "UTF-8", &file.display().to_string(), "-"])?;
    // Some versions of pdftotext write rare characters of the title, not of the text, as two surrogates.
    let html = String::from_utf8_lossy(&output.stdout);
    let number = |line: &str, name: &str| -> f64 {
        let (_, after) = line.split_once(&format!("{name}=\"")).unwrap();
        after.split('"').next().unwrap().parse().unwrap()
    };
    let mut pages: Vec<Page> = Vec::new();
    for line in html.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push(Page { width: number(line, "width"), height: number(line, "height"), words: Vec::new() });
        } else if line.starts_with("<word ") {
            let text = line.split_once('>').unwrap().1.trim_end_matches("</word>");
            pages.last_mut().unwrap().words.push(Word {
                left: number(line, "xMin"),
                top: number(line, "yMin"),
                right: number(line, "xMax"),
                bottom: number(line, "yMax"),
                text: text
                    .replace("&apos;", "'")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&"),
            });
        }
    }
    Some(pages)
}

/// Without what is white, and with the spaces of Chinese.
fn squashed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn a_full_page_has_22_lines_of_28_characters_that_fill_the_text_area() {
    let (_folder, file) = file(&plain(vec![Block::Paragraph("督".repeat(28 * 60))]));
    let Some(pages) = pages(&file) else { return };
    let full = &pages[1];
    let lines: Vec<&Word> = full.body().collect();
    assert_eq!(lines.len(), 22);
    assert!(lines.iter().all(|line| line.text.chars().count() == 28));
    let near = |found: f64, millimetres: f64, what: &str| {
        assert!((found / MM - millimetres).abs() < 1.0, "{what}: {} mm", found / MM);
    };
    near(lines.iter().map(|line| line.left).fold(f64::MAX, f64::min), 28.0, "left");
    near(full.width - lines.iter().map(|line| line.right).fold(0.0, f64::max), 26.0, "right");
    near(lines[0].top, 37.0, "top");
    near(full.height - lines[21].bottom, 35.0, "bottom");
    let indented = pages[0].body().next().unwrap();
    assert_eq!(indented.text.chars().count(), 26);
    near(indented.left, 28.0 + 156.0 / 14.0, "indent of two characters");
}

#[test]
fn page_numbers_stand_right_on_odd_pages_and_left_on_even_ones_also_where_a_page_lies() {
    let (_folder, file) = file(&sample());
    let Some(pages) = pages(&file) else { return };
    assert!(pages.iter().filter(|page| page.lies()).count() > 1);
    for (at, page) in pages.iter().enumerate() {
        let number = (at + 1).to_string();
        // The page as it is held upright: what is at the left of one that lies is its foot.
        let upright = |word: &Word| {
            if page.lies() {
                (word.top, word.bottom, page.width - word.left, page.width - word.right)
            } else {
                (word.left, word.right, word.bottom, word.top)
            }
        };
        let foot = |word: &&Word| upright(word).3 > 262.0 * MM;
        let parts: Vec<&Word> =
            page.words.iter().filter(foot).filter(|word| "—".contains(&word.text) || word.text == number).collect();
        assert_eq!(
            parts.iter().map(|word| word.text.as_str()).collect::<String>().len(),
            6 + number.len(),
            "page {number}"
        );
        let left = parts.iter().map(|word| upright(word).0).fold(f64::MAX, f64::min);
        let right = parts.iter().map(|word| upright(word).1).fold(0.0, f64::max);
        let free = if at % 2 == 0 { 184.0 * MM - right } else { left - 28.0 * MM };
        assert!((free - page::SIZE_4).abs() < 1.0 * MM, "page {number}: {free} pt free");
        // The dash is 7 mm below the text area; the square of its characters begins about 0.4 of the size above it.
        let top = parts.iter().map(|word| upright(word).3).fold(f64::MAX, f64::min);
        assert!(((top - 262.0 * MM) + 0.52 * page::SIZE_4 - 7.0 * MM).abs() < 1.5 * MM, "page {number}: {top}");
    }
}

#[test]
fn all_fonts_are_embedded_and_subset_with_their_characters() {
    let (_folder, file) = file(&sample());
    let Some(output) = run("pdffonts", &[&file.display().to_string()]) else { return };
    let said = String::from_utf8(output.stdout).unwrap();
    let fonts: Vec<&str> = said.lines().skip(2).collect();
    assert!(!fonts.is_empty());
    for font in fonts {
        assert!(font.contains("yes yes yes"), "{font}");
        assert_eq!(font.as_bytes()[6], b'+', "{font}");
    }
}

#[test]
fn the_text_is_that_of_the_report() {
    let report = sample();
    let (_folder, file) = file(&report);
    let Some(pages) = pages(&file) else { return };
    let text: String = pages.iter().flat_map(Page::body).map(|word| word.text.as_str()).collect();
    let text = squashed(&text);
    let holds = |what: &str| assert!(text.contains(&squashed(what)), "{what}");
    holds(&report.title);
    holds(&format!("{}：", report.addressees));
    holds("抄送：市委各部门，市人大常委会、市政协办公室，市监委、市法院、市检察院。");
    holds("云州市人民政府办公室2024年10月28日印发");
    holds("（此件公开发布）");
    holds("附件：1.重点工作进展表2.民生实事进度表");
    let mut cells = 0;
    for block in report.all_blocks() {
        match block {
            // A page may end within it.
            Block::Paragraph(said) => holds(said.chars().take(20).collect::<String>().as_str()),
            Block::Heading { text, .. } | Block::Note(text) => holds(text),
            Block::Table(table) => {
                for cell in table.rows.iter().flatten().filter(|cell| cell.joined == Joined::No) {
                    let words = squashed(&cell.text);
                    let start: String = words.chars().take(8).collect();
                    assert!(text.contains(&start), "{words}");
                    cells += 1;
                }
            }
            _ => {}
        }
    }
    assert!(cells > 1_000);
}

#[test]
fn the_head_of_a_table_stands_on_every_page_of_it() {
    let (_folder, file) = file(&sample());
    let Some(pages) = pages(&file) else { return };
    let text: Vec<String> = pages.iter().map(|page| squashed(&page.text())).collect();
    let first = text.iter().position(|page| page.starts_with("附件1")).unwrap();
    let second = text.iter().position(|page| page.contains("附件2") && !page.contains("附件：")).unwrap();
    assert!(second > first + 3);
    for page in &text[first..second] {
        assert!(
            page.contains("序号") && page.contains("事项") && page.contains("状态") && page.contains("类别"),
            "{page}"
        );
    }
    for (at, page) in pages.iter().enumerate().skip(second).filter(|(_, page)| page.lies()) {
        assert!(text[at].contains("云9县") && text[at].contains("牵头单位"), "{}", at + 1);
        assert!((page.width / MM - 297.0).abs() < 0.5 && (page.height / MM - 210.0).abs() < 0.5);
    }
}

#[test]
fn hostile_text_stays_within_the_text_area_and_nothing_is_lost() {
    let report = hostile();
    let (_folder, file) = file(&report);
    let Some(pages) = pages(&file) else { return };
    for (at, page) in pages.iter().enumerate() {
        let (left, top, right, bottom) =
            if page.lies() { (35.0, 28.0, 260.0, 184.0) } else { (28.0, 37.0, 184.0, 262.0) };
        for word in page.body() {
            // A font's own height above and below the line is more than its square.
            let high = 0.3 * (word.bottom - word.top);
            let inside = word.left > left * MM - 1.5
                && word.right < right * MM + 1.5
                && word.top > top * MM - high
                && word.bottom < bottom * MM + high;
            assert!(inside, "page {}: {word:?}", at + 1);
        }
        let all = page
            .words
            .iter()
            .all(|word| word.left > 0.0 && word.top > 0.0 && word.right < page.width && word.bottom < page.height);
        assert!(all, "page {}", at + 1);
    }
    let text = squashed(&pages.iter().map(Page::text).collect::<String>());
    assert!(text.contains("<script>alert(1)</script>") && text.contains("=cmd|'/ccalc'!A1"));
    for hidden in ['\u{202e}', '\u{1b}', '\u{200b}', '\u{feff}'] {
        assert!(!text.contains(hidden), "{hidden:?}");
    }
    // Ten rows, a paragraph, the addressees and the copies hold 2,500 of it each.
    assert!(text.matches("督查").count() >= 12 * 2_500, "{}", text.matches("督查").count());
    let lying: String = pages.iter().filter(|page| page.lies()).map(Page::text).collect();
    for area in 1..=60 {
        assert!(squashed(&lying).contains(&format!("云{area}县")), "{area}");
    }
}

#[test]
fn a_matrix_of_sixty_areas_holds_every_figure_once() {
    let mut table = matrix(60, 10);
    for (at, row) in table.rows.iter_mut().enumerate() {
        for (area, cell) in row.iter_mut().enumerate().skip(2).take(60) {
            *cell = Cell::from(format!("r{at}x{area};"));
        }
    }
    let (_folder, file) = file(&plain(vec![Block::Table(table)]));
    let Some(pages) = pages(&file) else { return };
    let text = squashed(&pages.iter().map(Page::text).collect::<String>());
    for at in 0..10 {
        for area in 2..62 {
            assert_eq!(text.matches(&format!("r{at}x{area};")).count(), 1, "r{at}x{area}");
        }
    }
}

/// The rows of a picture of a page at 100 dots an inch, each pixel red, green and blue.
fn picture(file: &Path, page: usize) -> Option<(usize, Vec<[u8; 3]>)> {
    let page = page.to_string();
    let output = run("pdftoppm", &["-r", "100", "-f", &page, "-l", &page, &file.display().to_string()])?;
    let header: Vec<&[u8]> = output.stdout.splitn(4, |byte| *byte == b'\n').collect();
    let width = String::from_utf8(header[1].to_vec()).unwrap().split(' ').next().unwrap().parse().unwrap();
    Some((width, header[3].chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()))
}

fn millimetres(dots: usize) -> f64 {
    f64::from(u32::try_from(dots).unwrap()) * 25.4 / 100.0
}

#[test]
fn the_masthead_is_red_35_mm_below_the_top_of_the_text_over_a_rule_as_wide_as_it() {
    let (_folder, file) = file(&sample());
    let Some((width, pixels)) = picture(&file, 1) else { return };
    let red = |pixel: &[u8; 3]| pixel[0] > 200 && pixel[1] < 120 && pixel[2] < 120;
    let rows: Vec<usize> = pixels.chunks(width).map(|row| row.iter().filter(|pixel| red(pixel)).count()).collect();
    let top = rows.iter().position(|count| *count > 0).unwrap();
    assert!((millimetres(top) - 72.0).abs() < 1.0, "{} mm", millimetres(top));
    let rule = rows.iter().max().unwrap();
    assert!((millimetres(*rule) - 156.0).abs() < 1.0, "{} mm", millimetres(*rule));
}

#[test]
fn the_last_rule_of_the_colophon_is_the_lower_edge_of_the_text_area() {
    let (_folder, file) = file(&sample());
    let Some(all) = pages(&file) else { return };
    let Some((width, pixels)) = picture(&file, all.len()) else { return };
    let long: Vec<usize> = pixels
        .chunks(width)
        .enumerate()
        .filter(|(_, row)| millimetres(row.iter().filter(|pixel| pixel[0] < 160).count()) > 155.0)
        .map(|(at, _)| at)
        .collect();
    let (first, last) = (long.first().unwrap(), long.last().unwrap());
    assert!((millimetres(*last) - 262.0).abs() < 1.0, "{} mm", millimetres(*last));
    assert!(last - first > 50, "a rule above, one between, one below");
    assert!(long.windows(2).filter(|pair| pair[1] - pair[0] > 5).count() == 2, "{long:?}");
}

#[test]
fn a_character_that_no_font_has_is_shown_as_missing_and_named() {
    let report = plain(vec![Block::Paragraph("甲\u{10ff00}乙".into())]);
    assert_eq!(pdf::missing(&report, &fonts()).unwrap(), ['\u{10ff00}']);
    assert_eq!(pdf::missing(&plain(vec![Block::Paragraph("甲乙\u{202e}".into())]), &fonts()).unwrap(), []);
    let (_folder, one) = file(&report);
    let (_folder, other) = file(&plain(vec![Block::Paragraph("甲〓乙".into())]));
    let (Some((_, one)), Some((_, other))) = (picture(&one, 1), picture(&other, 1)) else { return };
    assert!(one == other, "it looks as 〓 does");
}

#[test]
fn without_a_chinese_font_there_is_an_error_and_no_page_of_boxes() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(find_in(&[folder.path().to_owned()]).unwrap_err(), NoFont);
    let none = pdf::render(&sample(), &Fonts::default(), &mut |_, _| {});
    assert!(matches!(none, Err(RenderError::NoFonts)));
    let mut broken = fonts();
    broken.faces[0][0].bytes = std::sync::Arc::new(b"no font".to_vec());
    let broken = pdf::render(&sample(), &broken, &mut |_, _| {});
    assert!(matches!(broken, Err(RenderError::BadFont(_))));
}

#[test]
fn the_same_report_gives_the_same_bytes_and_progress_reaches_its_end() {
    let fonts = fonts();
    let mut told = Vec::new();
    let one = pdf::render(&sample(), &fonts, &mut |done, all| told.push((done, all))).unwrap();
    assert!(one == bytes(&sample()));
    let all = sample().all_blocks().count();
    assert_eq!(told, (1..=all).map(|done| (done, all)).collect::<Vec<_>>());
}

#[test]
fn it_says_its_title_and_language_and_is_tagged_with_an_outline() {
    let (_folder, file) = file(&sample());
    let Some(output) = run("pdfinfo", &[&file.display().to_string()]) else { return };
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains(&sample().title), "{said}");
    assert!(said.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{said}");
    assert!(!said.contains("CreationDate"), "{said}");
    let bytes = fs::read(&file).unwrap();
    let holds = |what: &[u8]| bytes.windows(what.len()).any(|there| there == what);
    assert!(holds(b"zh-CN") && holds(b"/Outlines"));
    let Some(output) = run("pdfinfo", &["-struct", &file.display().to_string()]) else { return };
    let tree = String::from_utf8(output.stdout).unwrap();
    for part in ["H1", "H2", "Table", "TR", "TH", "TD", "Figure"] {
        assert!(tree.lines().any(|line| line.trim().starts_with(part)), "{part}");
    }
}
