//! Facts of the seed document, asserted against the document itself: every oddity of its pages comes out as a careful clerk
//! reads it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use duban::import::{Cause, Reading, read, seed};
use duban::model::{Aliases, Confidence, Finding, Quota, QuotaRow, RowKind, Task};

fn reading() -> Reading {
    read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(seed::CORRECTIONS)).unwrap()
}

fn printed(line: u32) -> &'static str {
    seed::TEXT.lines().nth(line as usize - 1).unwrap()
}

fn row(reading: &Reading, line: u32) -> &QuotaRow {
    reading.rows.iter().find(|row| row.line == line).unwrap_or_else(|| panic!("no row on line {line}"))
}

fn task(reading: &Reading, no: u16) -> &Task {
    reading.tasks.iter().find(|task| task.key.no == no).unwrap()
}

fn names(units: &[Arc<str>]) -> String {
    units.join(" ")
}

/// The areas' quotas as the page would print them.
fn areas(row: &QuotaRow) -> String {
    let shown = |quota: &Quota| match quota {
        Quota::Amount(value, None) => value.to_string(),
        Quota::Amount(value, Some(note)) => format!("{value}{note}"),
        Quota::Percent(value, least) => format!("{}{value}%", if *least { "≥" } else { "" }),
        Quota::Text(_) => "text".to_owned(),
        Quota::NotAssigned => "/".to_owned(),
        Quota::NoTask => "none".to_owned(),
        Quota::Blank => "_".to_owned(),
    };
    row.areas.iter().map(|cell| shown(&cell.quota)).collect::<Vec<_>>().join(" ")
}

const BLANK: &str = "_ _ _ _ _ _ _ _ _";
const COUNTIES: &str = "各县（市、区）政府";

#[test]
fn the_notice_says_what_it_is() {
    let document = reading().document;
    assert_eq!(document.id.as_str(), "quzhou-2024");
    assert_eq!(document.title, "衢州市人民政府办公室关于印发2024年政府工作报告重点工作责任分解的通知");
    assert_eq!(document.number, "衢政办发〔2024〕10号");
    assert_eq!(document.issuer, "衢州市人民政府办公室");
    assert_eq!(document.date, "2024-03-04".parse().ok());
    assert_eq!(document.year, 2024);
    let lists: Vec<(char, &str, &str)> =
        document.lists.iter().map(|list| (list.code.letter(), list.mark.as_str(), list.title.as_str())).collect();
    assert_eq!(
        lists,
        [
            ('T', "", "2024年政府工作报告重点工作责任分解"),
            ('P', "省", "一、省政府十方面民生实事责任分解"),
            ('C', "市", "二、市政府民生实事责任分解"),
        ]
    );
    let areas = "市本级 柯城区 衢江区 龙游县 江山市 常山县 开化县 智造新城 智慧新城";
    assert_eq!(names(&document.areas), areas);
}

#[test]
fn there_are_130_tasks_without_a_gap_each_on_its_line() {
    let reading = reading();
    let keys: Vec<String> = reading.tasks.iter().map(|task| task.key.to_string()).collect();
    let expected: Vec<String> = (1..=130).map(|no| format!("T{no}")).collect();
    assert_eq!(keys, expected);
    for task in &reading.tasks {
        let line = printed(task.line);
        assert!(line.starts_with(&format!("{}.", task.no)), "{line}");
        assert!(task.text.ends_with('。'), "T{} is cut: {}", task.no, task.text);
        assert!(!task.leaders.is_empty() && !task.lead_units.is_empty(), "T{}", task.no);
        assert!(task.chapter.is_empty());
    }
}

#[test]
fn five_sentences_are_joined_over_page_breaks() {
    let reading = reading();
    for (no, joint) in [
        (5, "普惠小微贷款增速高于各项贷款平均增速"),
        (10, "龙之梦等项目建设"),
        (52, "五大中心标准化建设全覆盖。"),
        (83, "四省边际生态环境保护协作样板。"),
        (99, "公益慈善事业发展。"),
    ] {
        assert!(task(&reading, no).text.contains(joint), "T{no}: {}", task(&reading, no).text);
    }
    // No text is lost or made up: what is printed between the numbers is what the tasks hold.
    let page: String =
        (25..=813).map(printed).filter(|line| !line.contains("牵头市领导：") && !line.contains("责任单位：")).collect();
    let read: Vec<String> = reading.tasks.iter().map(|task| format!("{}. {}", task.no, task.text)).collect();
    assert!(read.concat() == page.replace("PM_{2.5}", "PM2.5"), "the tasks' texts differ from the page");
}

#[test]
fn nine_leaders_have_their_tasks() {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for leader in reading().tasks.iter().flat_map(|task| &task.leaders) {
        *count.entry(leader.to_string()).or_default() += 1;
    }
    let expected = [
        ("周卫兵", 27),
        ("杨圆华", 27),
        ("徐利水", 24),
        ("郑河江", 23),
        ("张晓峰", 21),
        ("田俊", 17),
        ("黄希和", 3),
        ("徐张艳", 1),
        ("方世忠", 1),
    ];
    assert_eq!(count, expected.map(|(name, tasks)| (name.to_owned(), tasks)).into());
}

#[test]
fn the_tasks_name_63_spellings_of_61_units_and_the_first_leads() {
    let reading = reading();
    let aliases = Aliases::new(&reading.units);
    // The scope: the 责任单位 lines of the 130 tasks. The tables name ten more.
    let spellings: BTreeSet<&Arc<str>> = reading.tasks.iter().flat_map(Task::units).collect();
    assert_eq!(spellings.len(), 63);
    let units: BTreeSet<&Arc<str>> = spellings.iter().map(|unit| aliases.name(unit)).collect();
    assert_eq!(units.len(), 61);
    assert!(names(&task(&reading, 67).coop_units).contains("市人社局"), "the text keeps its spelling");
    assert!(names(&task(&reading, 38).coop_units).contains("市人社保局"), "the text keeps its spelling");
    let leads = |name: &str| reading.tasks.iter().filter(|task| names(&task.lead_units) == name).count();
    assert_eq!([leads("市发改委"), leads("市经信局"), leads("市商务局"), leads("市农业农村局")], [16, 10, 8, 8],);
    assert_eq!(names(&task(&reading, 48).lead_units), "市交通运输局");
    let others = "市铁道中心 衢通集团 衢州机场建设发展有限公司 常山县政府 开化县政府";
    assert_eq!(names(&task(&reading, 48).coop_units), others, "a full-width comma before the counties");
    assert_eq!(names(&task(&reading, 84).coop_units), "开化县政府", "、 alone before the county");
}

#[test]
fn a_deadline_is_the_year_end_unless_the_text_names_a_last_month() {
    let reading = reading();
    let other: Vec<(u16, String)> = reading
        .tasks
        .iter()
        .filter(|task| task.deadline.to_string() != "2024-12-31")
        .map(|task| (task.key.no, task.deadline.to_string()))
        .collect();
    assert_eq!(other, [(7, "2024-10-31".to_owned()), (18, "2024-06-30".to_owned())]);
}

#[test]
fn there_are_53_rows_of_32_provincial_and_10_city_items() {
    let reading = reading();
    let of = |letter: char| reading.rows.iter().filter(move |row| row.key.list.letter() == letter);
    let items = |letter: char| of(letter).map(|row| row.key.no).collect::<BTreeSet<_>>();
    assert_eq!((of('P').count(), of('C').count()), (39, 14));
    assert_eq!(items('P'), (1..=32).collect());
    assert_eq!(items('C'), (1..=10).collect());
    let keys: BTreeSet<String> = reading.rows.iter().map(|row| row.key.to_string()).collect();
    assert_eq!(keys.len(), 53);
    assert!(reading.rows.windows(2).all(|pair| pair.iter().map(|row| row.line).is_sorted()));
    let kinds = |kind| reading.rows.iter().filter(|row| row.kind() == kind).map(|row| row.line).collect::<Vec<_>>();
    assert_eq!(kinds(RowKind::Number).len(), 45);
    assert_eq!(kinds(RowKind::Text), [824, 825, 833, 878]);
    assert_eq!(kinds(RowKind::Percent), [828]);
    assert_eq!(kinds(RowKind::None), [829, 850, 857]);
    let several = ["P3.2", "P15.2", "P17.4", "P21.2", "P25.2", "C2.2", "C10.4"];
    assert!(several.iter().all(|key| keys.contains(*key)), "{keys:?}");
    assert_eq!(row(&reading, 842).key.to_string(), "P17.1");
    assert_eq!(row(&reading, 894).key.to_string(), "C10.4");
}

#[test]
fn of_45_counted_rows_44_add_up_and_868_is_shown_as_printed() {
    let reading = reading();
    let differ: Vec<(u32, String, String)> = reading
        .rows
        .iter()
        .filter_map(|row| Some((row.line, row.sum_check()?)))
        .filter(|(_, check)| !check.agrees())
        .map(|(line, check)| (line, check.sum.to_string(), check.total.to_string()))
        .collect();
    assert_eq!(differ, [(868, "36300".to_owned(), "36000".to_owned())]);
    assert_eq!(areas(row(&reading, 868)), "0 8800 4800 4500 6900 3900 2700 4700（集聚区） 0");
    assert!(reading.findings.iter().all(|finding| finding.line != 868), "never \"corrected\"");
}

#[test]
fn ten_categories_are_filled_over_merged_cells() {
    let reading = reading();
    let mut by_category: Vec<(&str, Vec<u32>)> = Vec::new();
    for row in reading.rows.iter().filter(|row| row.key.list.letter() == 'P') {
        match by_category.last_mut() {
            Some((category, lines)) if *category == row.category => lines.push(row.line),
            _ => by_category.push((&row.category, vec![row.line])),
        }
    }
    assert_eq!(
        by_category,
        [
            ("医疗卫生", (820..=825).collect()),
            ("教育助学", vec![828, 829, 830]),
            ("养老帮困", vec![831]),
            ("关爱儿童", vec![832, 833]),
            ("就业创业", vec![836, 837, 838]),
            ("城乡宜居", vec![839, 840, 841, 842, 843, 846, 847, 848, 849]),
            ("交通出行", vec![850, 851, 852, 855, 856]),
            ("文化体育", vec![857, 858, 859]),
            ("暖心服务", vec![860, 861]),
            ("除险保安", (864..=868).collect()),
        ]
    );
    assert!(reading.rows.iter().filter(|row| row.key.list.letter() == 'C').all(|row| row.category.is_empty()));
}

#[test]
fn shifted_rows_are_read_as_settled() {
    let reading = reading();
    let is = |line: u32, name: &str, total: i64, cells: &str, lead: &str, coop: &str| {
        let row = row(&reading, line);
        assert!(row.name.starts_with(name), "{line}: {}", row.name);
        assert_eq!(row.total, Quota::Amount(total.into(), None), "{line}");
        assert_eq!(areas(row), cells, "{line}");
        assert_eq!(names(&row.lead_units), lead, "{line}");
        assert_eq!(names(&row.coop_units), coop, "{line}");
    };
    is(839, "新开工改造城镇老旧小区450个", 6, "0 0 0 0 1 0 5 / /", "市住建局", COUNTIES);
    is(840, "新开工改造城镇老旧小区4200栋", 52, "0 0 0 0 10 0 42 / /", "市住建局", COUNTIES);
    let coop = format!("市生态环境局 {COUNTIES}");
    is(841, "新（改）造农村生活污水处理设施", 310, "0 42 65 53 46 65 39 / /", "市住建局", &coop);
    let coop = format!("市应急管理局 市市场监管局 {COUNTIES}");
    is(842, "新（改）建城市燃气管网", 83, "0 16 21.4 15 12.6 10 8 / /", "市住建局", &coop);
    let coop = format!("市水利局 {COUNTIES} 智造新城管委会 智慧新城管委会");
    is(843, "新（改）建城市供水管网", 16, "0 0.5 0 0 4.5 4 3 2 2", "市住建局", &coop);
    is(858, "改造提升历史文化街区", 1, "0 0 0 0 0 1 0 / /", "市住建局", "市文旅局 常山县政府");
    is(875, "“幸福亲水”工程", 24, "/ 4 4 4 4 4 4 / /", "市水利局", "");
    let coop = format!("市卫健委 {COUNTIES}");
    is(823, "培训急救护理人员", 1150, "100 100 200 200 300 125 125 / /", "市红十字会", &coop);
    let text = row(&reading, 825);
    assert_eq!(text.name, "省内异地结算定点医院开通率达 100%");
    assert!(matches!(&text.total, Quota::Text(text) if text.starts_with("全省异地结算定点医院开通率达 100%")));
    assert_eq!((names(&text.lead_units), names(&text.coop_units)), ("市医保局".to_owned(), coop));
    assert_eq!(areas(text), BLANK);
}

#[test]
fn cells_that_are_no_plain_numbers_keep_what_they_say() {
    let reading = reading();
    let row = |line| row(&reading, line);
    for line in [824, 833] {
        assert!(matches!(&row(line).total, Quota::Text(text) if text.contains('≥')), "{line}");
        assert_eq!(areas(row(line)), BLANK, "{line}");
    }
    assert!(matches!(row(828).total, Quota::Percent(value, true) if value == 95.into()));
    assert_eq!(areas(row(828)), "95% 100% 95% 100% 95% 100% 100% / /");
    assert_eq!(row(828).sum_check(), None, "percentages are never added up");
    for line in [829, 850, 857] {
        assert_eq!(row(line).total, Quota::NoTask, "{line}");
        assert_eq!(areas(row(line)), BLANK, "{line}");
        assert!(row(line).coop_units.is_empty(), "{line}: / means none");
    }
    assert!(matches!(&row(878).total, Quota::Text(text) if text.starts_with("①各县区至少一家")));
    assert_eq!(areas(row(878)), "text _ _ _ _ _ _ _ _");
    assert_eq!(areas(row(873)), "/ 3 2 2 1 1 1 1 1", "/ means no quota here");
    // The province's number in the name is never the city's target.
    assert_eq!(row(831).total, Quota::Amount(98.into(), None));
    assert_eq!(row(831).unit, "万人");
    assert_eq!(areas(row(831)), "14.66 14.57 12.88 14.68 19.68 11.4 10.13 / /");
    assert_eq!(row(822).total, Quota::Amount(230.into(), None));
}

#[test]
fn amounts_are_counted_in_what_the_row_says() {
    let reading = reading();
    let mut units: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for row in &reading.rows {
        units.entry(row.unit.as_str()).or_default().push(row.line);
    }
    assert_eq!(units["公里"], [842, 843, 846, 847, 848, 855]);
    assert_eq!(units["座"], [849, 864, 865, 881]);
    assert_eq!(units["家"], [830, 860, 867, 893, 894]);
    assert_eq!(units["人次"], [892]);
    assert_eq!(units["栋"], [840]);
    assert_eq!(units["处"], [859, 875]);
    assert_eq!(units["起"], [868]);
    // Nothing certain: doses, a coverage, percentages, sentences.
    assert_eq!(units[""], [820, 821, 824, 825, 828, 829, 832, 833, 850, 857, 861, 866, 878]);
}

#[test]
fn units_over_merged_cells_are_inherited() {
    let reading = reading();
    for (line, lead) in [
        (821, "市卫健委"),
        (822, "市卫健委"),
        (825, "市医保局"),
        (829, "市教育局"),
        (838, "市人力社保局"),
        (840, "市住建局"),
        (842, "市住建局"),
        (847, "市住建局"),
        (849, "市水利局"),
        (851, "市发改委"),
        (852, "市发改委"),
        (856, "市交通运输局"),
        (892, "市人社局"),
        (894, "市人社局"),
        (866, "市应急管理局 市消防救援支队"),
        (881, "市水利局 各县（市、区）政府"),
    ] {
        assert_eq!(names(&row(&reading, line).lead_units), lead, "{line}");
    }
    let coop = |line| names(&row(&reading, line).coop_units);
    assert_eq!(coop(852), coop(851));
    assert_eq!(coop(852), "各县（市、区）政府 市城投集团 市住建局");
    for line in [892, 893, 894] {
        assert_eq!(coop(line), coop(891));
        assert_eq!(row(&reading, line).name, row(&reading, 891).name);
    }
    assert_eq!(coop(849), "市交通运输局 各县（市、区）政府", "out of place perhaps: shown, not changed");
    assert_eq!(coop(837), "市国资委 市工商联 市民政局 智造新城管委会");
    assert_eq!(coop(859), "各县(市、区)政府", "half-width brackets stay");
}

#[test]
fn two_doubts_are_open_with_their_alternatives_and_arithmetic() {
    let reading = reading();
    let open: Vec<&Finding> = reading.findings.iter().filter(|finding| finding.is_open()).collect();
    assert_eq!(open.iter().map(|finding| finding.line).collect::<Vec<_>>(), [841, 843]);
    for finding in &open {
        assert_eq!(finding.confidence, Confidence::Open);
        assert_eq!(finding.alternatives.len(), 2);
        assert!(finding.why.contains('='), "{}", finding.why);
        let row = row(&reading, finding.line);
        assert_eq!(finding.item, Some(row.key));
        let rows: Vec<QuotaRow> = finding.alternatives.iter().map(|choice| choice.fix.applied_to(row)).collect();
        assert!(rows.iter().all(|row| row.sum_check().unwrap().agrees()), "every reading adds up");
    }
    let [lead, areas_of] = open.as_slice() else { panic!("two") };
    let leads: Vec<String> = lead
        .alternatives
        .iter()
        .map(|choice| choice.fix.applied_to(row(&reading, 841)))
        .map(|row| format!("{} + {}", names(&row.lead_units), names(&row.coop_units)))
        .collect();
    assert_eq!(leads, ["市住建局 + 市生态环境局 各县（市、区）政府", "市生态环境局 + 各县（市、区）政府"]);
    let cells: Vec<String> =
        areas_of.alternatives.iter().map(|choice| areas(&choice.fix.applied_to(row(&reading, 843)))).collect();
    assert_eq!(cells, ["0 0.5 0 0 4.5 4 3 2 2", "0.5 0 0 0 4.5 4 3 2 2"]);
}

#[test]
fn every_correction_is_shown_with_what_was_printed_and_why() {
    use Confidence::{Certain, Probable};
    let reading = reading();
    let shown: Vec<(u32, u16, Confidence)> = reading
        .findings
        .iter()
        .filter(|finding| finding.alternatives.is_empty())
        .map(|finding| (finding.line, finding.no, finding.confidence))
        .collect();
    assert_eq!(
        shown,
        [
            (537, 1, Certain),
            (823, 1, Probable),
            (825, 1, Probable),
            (828, 1, Probable),
            (831, 1, Certain),
            (839, 1, Probable),
            (840, 1, Probable),
            (841, 1, Certain),
            (842, 1, Probable),
            (843, 1, Probable),
            (849, 1, Probable),
            (858, 1, Certain),
            (873, 1, Certain),
            (875, 1, Certain),
        ]
    );
    for finding in &reading.findings {
        assert_eq!(finding.printed, printed(finding.line).replace('\t', "｜"), "{}", finding.line);
        assert!(!finding.why.is_empty() && !finding.reading.is_empty() && finding.item.is_some());
        assert_eq!(finding.settled, None);
    }
    assert!(task(&reading, 85).text.contains("PM2.5"));
    assert!(!row(&reading, 873).title().contains('官'), "four times 青少年宫");
}

#[test]
fn without_corrections_the_general_signs_find_every_row_that_needs_one() {
    let reading = read(seed::FILE_NAME, seed::TEXT.as_bytes(), None).unwrap();
    let (units, rows): (Vec<&Finding>, Vec<&Finding>) =
        reading.findings.iter().filter(|finding| finding.is_open()).partition(|finding| finding.item.is_none());
    let lines: Vec<u32> = rows.iter().map(|finding| finding.line).collect();
    assert_eq!(lines, [823, 825, 831, 839, 840, 841, 842, 843, 858, 875]);
    // What the corrections settle about units is asked about without them, and each pair is one unit indeed.
    let settled = Aliases::new(&self::reading().units);
    let asked: Vec<(&str, &str)> = units.iter().filter_map(|one| one.printed.split_once('｜')).collect();
    assert_eq!(asked.len(), 3);
    for (one, other) in asked {
        assert_eq!(settled.name(&Arc::from(one)), settled.name(&Arc::from(other)), "{one} {other}");
    }
    assert_eq!((reading.tasks.len(), reading.rows.len()), (130, 53));
}

/// The corrections were made by hand from the page: what the program offers by itself has to hold the same.
#[test]
fn for_shifted_rows_the_reading_of_the_page_is_among_those_offered() {
    let literal = read(seed::FILE_NAME, seed::TEXT.as_bytes(), None).unwrap();
    let corrected = reading();
    for line in [839, 840, 841, 842, 843, 858, 875] {
        let doubt = literal.findings.iter().find(|finding| finding.line == line).unwrap();
        let of_page = row(&corrected, line);
        let offered = doubt.alternatives.iter().map(|one| one.fix.applied_to(row(&literal, line)));
        let right =
            |read: &QuotaRow| (&read.name, &read.total, &read.areas) == (&of_page.name, &of_page.total, &of_page.areas);
        assert!(offered.into_iter().any(|read| right(&read)), "{line}: {:?}", doubt.alternatives);
        assert_ne!(row(&literal, line), of_page, "{line}: nothing is settled by itself");
    }
}

#[test]
fn a_correction_follows_its_line_and_one_whose_line_has_changed_is_a_doubt() {
    let changed = seed::TEXT.replace("改造提升历史文化街区10个\t1\t", "改造提升历史文化街区10个\t2\t");
    let edited = read(seed::FILE_NAME, changed.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    let open: Vec<&Finding> = edited.findings.iter().filter(|finding| finding.is_open()).collect();
    let stale = open.iter().find(|finding| finding.line == 858).unwrap();
    assert_eq!(open.len(), 3, "the two of the page, and this one");
    assert_eq!((stale.what.as_str(), stale.alternatives.len()), ("原文这一行已改动，原更正未采用", 2));
    assert_eq!(stale.item, Some(row(&edited, 858).key));
    let corrected = stale.alternatives[1].fix.applied_to(row(&edited, 858));
    let before = reading();
    assert_eq!((&corrected.areas, &corrected.lead_units), (&row(&before, 858).areas, &row(&before, 858).lead_units));
    // Two lines more above, and the line ends of another system: every line is found again.
    let moved = format!("\n\n{}", seed::TEXT).replace('\n', "\r\n");
    let moved = read(seed::FILE_NAME, moved.as_bytes(), seed::corrections_of(moved.as_bytes())).unwrap();
    let told = |reading: &Reading, by: u32| -> Vec<(u32, String)> {
        reading.findings.iter().map(|one| (one.line - by, one.what.clone())).collect()
    };
    assert_eq!(told(&moved, 2), told(&before, 0));
    let other = read(
        seed::FILE_NAME,
        seed::TEXT.as_bytes(),
        Some("[[line]]\nline = 5\nprinted = \"别的文件里的一行字\"\nwhat = \"\"\nwhy = \"\"\nsure = \"certain\""),
    );
    let refused = other.unwrap_err();
    assert!(matches!(refused.what, Cause::StaleCorrection { file, .. } if file == seed::FILE_NAME));
    assert_eq!(seed::corrections_of("另一份文件".as_bytes()), None);
    for (bad, line) in [
        ("[[line]]\nline = 1\nprinted = \"\"\nwhat = \"\"\nwhy = \"\"\nsure = \"open\"", Some(1)),
        ("[[line]]\nline = 1\nprinted = \"\"\nwhat = \"\"\nwhy = \"\"\nsure = \"certain\"\ntotal = \"5\"", Some(1)),
        ("[[line]]\nline = 1\nprinted = \"\"\nwhat = \"\"\nwhy = \"\"\nsure = \"certain\"\ntotl = \"5\"", None),
        ("[[unit]]\nname = \"\\u001B[2J\"\naliases = []", None),
        ("not toml", None),
    ] {
        let refused = read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(bad)).unwrap_err();
        assert!(matches!(refused.what, Cause::BadCorrections { .. }), "{bad}");
        assert_eq!(refused.line, line, "{bad}");
    }
}
