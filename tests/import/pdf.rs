//! PDFs put together by hand: what a page draws in what font is known, and what is wrong with it too.

use std::fmt::Write as _;

use duban::import::{Cause, Reading, Unreadable, read};

/// A PDF of pages that each run a content stream, with one font: 宋体, not embedded, in an encoding of the Chinese standard.
struct Pdf {
    encoding: &'static str,
    rotate: u16,
    pages: Vec<String>,
    /// Further objects, from number 100 on.
    more: Vec<(u32, Vec<u8>)>,
    resources: String,
    /// What the trailer says besides.
    trailer: &'static str,
}

impl Pdf {
    fn new(encoding: &'static str, pages: Vec<String>) -> Self {
        Self { encoding, rotate: 0, pages, more: Vec::new(), resources: String::new(), trailer: "" }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut objects: Vec<(u32, Vec<u8>)> = vec![
            (1, b"<</Type/Catalog/Pages 2 0 R>>".to_vec()),
            (3, format!("<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{}/DescendantFonts[4 0 R]>>", self.encoding).into_bytes()),
            (4, b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/FontDescriptor 5 0 R>>".to_vec()),
            (5, b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>".to_vec()),
        ];
        let mut kids = String::new();
        for (at, content) in (10_u32..).step_by(2).zip(&self.pages) {
            write!(kids, "{at} 0 R ").unwrap();
            let (rotate, resources) = (self.rotate, &self.resources);
            let page = format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {rotate}/Contents {} 0 R/Resources<</Font<</F 3 0 R>>{resources}>>>>",
                at + 1
            );
            objects.push((at, page.into_bytes()));
            let stream = format!("<</Length {}>>\nstream\n{content}\nendstream", content.len());
            objects.push((at + 1, stream.into_bytes()));
        }
        objects.push((2, format!("<</Type/Pages/Count {}/Kids[{kids}]>>", self.pages.len()).into_bytes()));
        objects.extend(self.more.iter().cloned());
        objects.sort_by_key(|(number, _)| *number);
        let mut out = b"%PDF-1.4\n".to_vec();
        let mut table = String::new();
        for (number, object) in &objects {
            write!(table, "{number} 1\n{:010} 00000 n \n", out.len()).unwrap();
            out.extend(format!("{number} 0 obj\n").bytes());
            out.extend(object);
            out.extend(b"\nendobj\n");
        }
        let start = out.len();
        out.extend(
            format!(
                "xref\n0 1\n0000000000 65535 f \n{table}trailer\n<</Size 200/Root 1 0 R{}>>\nstartxref\n{start}\n%%EOF\n",
                self.trailer
            )
            .bytes(),
        );
        out
    }
}

/// The bytes of a text in an encoding, as a string of a content stream.
fn hex(text: &str, encoding: &str) -> String {
    let bytes: Vec<u8> = if encoding.starts_with("GBK") {
        encoding_rs::GB18030.encode(text).0.into_owned()
    } else {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    };
    bytes.iter().fold(String::from("<"), |mut out, byte| {
        write!(out, "{byte:02X}").unwrap();
        out
    }) + ">"
}

/// Shows a text at a place, 16 points large.
fn show(x: u16, y: u16, text: &str, encoding: &str) -> String {
    format!("BT /F 16 Tf {x} {y} Td {} Tj ET\n", hex(text, encoding))
}

fn told(reading: &Reading) -> Vec<String> {
    reading
        .tasks
        .iter()
        .map(|task| {
            format!(
                "{} {}|{}|{}",
                task.no,
                task.text,
                task.leaders.join(" "),
                [task.lead_units.clone(), task.coop_units.clone()].concat().join(" ")
            )
        })
        .collect()
}

/// Two pages whose lines end where the width ends: text runs to x=575, indented by two characters, a head and a number on each page.
fn notice(encoding: &str) -> Vec<String> {
    let page = |number: u16, lines: &[(u16, &str)]| {
        let mut out =
            show(60, 800, "云溪市人民政府公报", encoding) + &show(290, 40, &format!("— {number} —"), encoding);
        for (at, (x, text)) in (0_u16..).zip(lines) {
            out += &show(*x, 740 - 30 * at, text, encoding);
        }
        out
    };
    vec![
        page(
            1,
            &[
                (175, "２０２５年重点工作责任分解"),
                (92, "１．加快推进中小学校舍和幼儿园建设，新建改造学校１２所，新增学"),
                (60, "位五千四百个。"),
                (92, "牵头市领导：林一舟"),
                (92, "责任单位：市教育局、市住建局、市自然资源和规划局、市人力资源和"),
            ],
        ),
        page(
            2,
            &[
                (60, "社会保障局"),
                (92, "２．新建改造农村公路三百公里，完成投资十二亿元，力争六月底前开工"),
                (60, "率达到百分之八十以上，带动沿线村集体增收，全面完成交通强市的年度"),
                (60, "任务。"),
                (92, "牵头市领导：何青禾"),
                (92, "责任单位：市交通局"),
            ],
        ),
        page(
            3,
            &[(92, "３．植树。"), (92, "牵头市领导：何青禾"), (92, "责任单位：市林业局"), (92, "抄送：市委各部门。")],
        ),
    ]
}

const READ: [&str; 3] = [
    "1 加快推进中小学校舍和幼儿园建设，新建改造学校１２所，新增学位五千四百个。|林一舟|市教育局 市住建局 市自然资源和规划局 市人力资源和社会保障局",
    "2 新建改造农村公路三百公里，完成投资十二亿元，力争六月底前开工率达到百分之八十以上，带动沿线村集体增收，全面完成交通强市的年度任务。|何青禾|市交通局",
    "3 植树。|何青禾|市林业局",
];

#[test]
fn fonts_that_are_not_embedded_are_read_and_lines_and_pages_joined() {
    for encoding in ["UniGB-UCS2-H", "UniGB-UTF16-H", "GBK-EUC-H"] {
        let reading = read("甲.pdf", &Pdf::new(encoding, notice(encoding)).bytes(), None).unwrap();
        assert_eq!(told(&reading), READ, "{encoding}");
        assert!(!reading.findings.iter().any(duban::model::Finding::is_open), "{:?}", reading.findings);
    }
}

#[test]
fn the_order_in_which_lines_are_drawn_does_not_matter() {
    let pages = notice("UniGB-UCS2-H").into_iter().map(|page| page.lines().rev().collect::<Vec<_>>().join("\n"));
    let reading = read("甲.pdf", &Pdf::new("UniGB-UCS2-H", pages.collect()).bytes(), None).unwrap();
    assert_eq!(told(&reading), READ);
}

#[test]
fn turned_pages_are_read_upright() {
    // Drawn on its side and turned back by the page, and drawn on its side on a page that does not say so.
    for (rotate, turn) in
        [(90, "0 1 -1 0 842 0 cm"), (0, "0 1 -1 0 842 0 cm"), (0, "0 -1 1 0 0 842 cm"), (180, "-1 0 0 -1 595 842 cm")]
    {
        let pages = notice("UniGB-UCS2-H").into_iter().map(|page| format!("{turn}\n{page}")).collect();
        let reading = read("甲.pdf", &Pdf { rotate, ..Pdf::new("UniGB-UCS2-H", pages) }.bytes(), None).unwrap();
        assert_eq!(told(&reading), READ, "{rotate} {turn}");
    }
}

fn refused(result: Result<Reading, Unreadable>) -> Cause {
    result.unwrap_err().what
}

#[test]
fn a_pdf_that_needs_a_password_is_refused_as_such() {
    // The check value is not that of an empty password.
    let trailer = "/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]/Encrypt<</Filter/Standard/V 1/R 2/P -4\
        /O<00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF>\
        /U<00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF>>>";
    let locked = Pdf { trailer, ..Pdf::new("UniGB-UCS2-H", notice("UniGB-UCS2-H")) };
    assert_eq!(refused(read("甲.pdf", &locked.bytes(), None)), Cause::Locked);
}

#[test]
fn a_page_that_is_a_picture_is_refused_alone_and_said_among_others() {
    let picture = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n0\nendstream".to_vec();
    let with = |pages| Pdf {
        more: vec![(100, picture.clone())],
        resources: "/XObject<</I 100 0 R>>".to_owned(),
        ..Pdf::new("UniGB-UCS2-H", pages)
    };
    let scan = "595 0 0 842 0 0 cm /I Do".to_owned();
    assert_eq!(refused(read("甲.pdf", &with(vec![scan.clone()]).bytes(), None)), Cause::Scanned);
    let mut pages = notice("UniGB-UCS2-H");
    pages.push(scan);
    let reading = read("甲.pdf", &with(pages).bytes(), None).unwrap();
    let said: Vec<&str> = reading.findings.iter().map(|finding| finding.printed.as_str()).collect();
    assert_eq!(said, ["第4页"]);
}

#[test]
fn what_unpacks_without_end_or_draws_without_end_is_refused() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..200 {
        std::io::Write::write_all(&mut packed, &vec![b' '; 1 << 20]).unwrap();
    }
    let packed = packed.finish().unwrap();
    let stream = [
        format!("<</Length {}/Filter/FlateDecode>>\nstream\n", packed.len()).into_bytes(),
        packed,
        b"\nendstream".to_vec(),
    ]
    .concat();
    let bomb = Pdf { more: vec![(11, stream)], ..Pdf::new("UniGB-UCS2-H", vec![]) };
    assert!(matches!(refused(read("甲.pdf", &bomb.bytes(), None)), Cause::TooLarge { .. }));
    // Forms that draw each other, ten times each, eight deep.
    let form = |next: u32| {
        let content = if next > 108 { show(60, 700, "甲", "UniGB-UCS2-H") } else { "/N Do ".repeat(10) };
        let stream = format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>/XObject<</N {next} 0 R>>>>/Length {}>>\nstream\n{content}\nendstream",
            content.len()
        );
        (next - 1, stream.into_bytes())
    };
    let laughs = Pdf {
        more: (101..=109).map(form).collect(),
        resources: "/XObject<</N 100 0 R>>".to_owned(),
        ..Pdf::new("UniGB-UCS2-H", vec!["/N Do".to_owned()])
    };
    assert_eq!(refused(read("甲.pdf", &laughs.bytes(), None)), Cause::Damaged);
    // A form that draws itself.
    let circle = Pdf {
        more: vec![(100, form(101).1), (101, String::from_utf8(form(101).1).unwrap().into_bytes())],
        resources: "/XObject<</N 101 0 R>>".to_owned(),
        ..Pdf::new("UniGB-UCS2-H", vec!["/N Do".to_owned()])
    };
    let _ = read("甲.pdf", &circle.bytes(), None);
}

#[test]
fn a_table_with_ruled_lines_becomes_rows() {
    let encoding = "UniGB-UCS2-H";
    let columns = [50_u16, 100, 350, 420, 545];
    let rows = [700_u16, 660, 600, 560, 500];
    let mut page = show(200, 760, "２０２５年重点任务清单", encoding);
    for y in rows {
        // No line under the second row's third column: its cell goes on.
        let spans: &[(u16, u16)] = if y == 560 { &[(50, 350), (420, 545)] } else { &[(50, 545)] };
        for (from, to) in spans {
            writeln!(page, "{from} {y} m {to} {y} l S").unwrap();
        }
    }
    for x in columns {
        writeln!(page, "{x} 500 0.5 200 re f").unwrap();
    }
    let cells: [(usize, usize, &[&str]); 14] = [
        (0, 0, &["序号"]),
        (0, 1, &["工作任务"]),
        (0, 2, &["领导"]),
        (0, 3, &["责任单位"]),
        (1, 0, &["１"]),
        (1, 1, &["新建幼儿园和小学十二所，新增", "学位五千个。"]),
        (1, 3, &["市教育局、市住", "建局"]),
        (2, 0, &["２"]),
        (2, 1, &["修路。"]),
        (2, 2, &["林一舟"]),
        (2, 3, &["市交通局"]),
        (3, 0, &["３"]),
        (3, 1, &["植树。"]),
        (3, 3, &["市林业局"]),
    ];
    for (row, column, lines) in cells {
        for (at, line) in (0_u16..).zip(lines) {
            page += &show(columns[column] + 4, rows[row] - 18 - 20 * at, line, encoding);
        }
    }
    let page = page.replace(&hex("领导", encoding), &hex("牵头领导", encoding));
    let reading = read("甲.pdf", &Pdf::new(encoding, vec![page]).bytes(), None).unwrap();
    assert_eq!(
        told(&reading),
        [
            "１ 新建幼儿园和小学十二所，新增学位五千个。||市教育局 市住建局",
            "２ 修路。|林一舟|市交通局",
            "３ 植树。|林一舟|市林业局"
        ]
    );
}
