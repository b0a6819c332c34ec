//! The layout in other hands: an invented city's notice with half-width punctuation, several lists, and its own slips; and
//! files that are something else.

use duban::import::{Cause, Reading, read};
use duban::model::{ListKind, Quota, QuotaRow, Task};

const NOTICE: &str = include_str!("../fixtures/donglan-2023.txt");

fn reading() -> Reading {
    read("donglan-2023.txt", NOTICE.as_bytes(), None).unwrap()
}

fn task(key: &str) -> Task {
    reading().tasks.into_iter().find(|task| task.key.to_string() == key).unwrap()
}

fn row(key: &str) -> QuotaRow {
    reading().rows.into_iter().find(|row| row.key.to_string() == key).unwrap()
}

#[test]
fn a_page_saved_from_the_web_gives_the_notice() {
    let document = reading().document;
    assert_eq!(document.id.as_str(), "donglan-2023");
    assert_eq!(document.title, "关于印发2023年政府工作报告重点工作责任分解的通知");
    assert_eq!(document.number, "东政办发〔2023〕7号");
    assert_eq!(document.issuer, "东澜市人民政府办公室");
    assert_eq!(document.date, "2023-03-01".parse().ok());
    let lists: Vec<String> =
        document.lists.iter().map(|list| format!("{} {:?} {}", list.code.letter(), list.kind, list.title)).collect();
    assert_eq!(
        lists,
        [
            "T Tasks 政府工作报告五年重点工作责任分解",
            "U Tasks 政府工作报告2023年重点工作责任分解",
            "P Livelihood 一、省政府民生实事责任分解",
            "C Livelihood 二、市政府民生实事责任分解",
        ]
    );
    assert_eq!(document.lists.iter().filter(|list| list.kind == ListKind::Tasks).count(), 2);
}

#[test]
fn lists_whose_numbers_restart_have_letters_of_their_own() {
    let keys: Vec<String> = reading().tasks.iter().map(|task| task.key.to_string()).collect();
    assert_eq!(keys, ["T1", "T2", "T4", "U1", "U2", "U2.1"], "neither the notice's 1. nor the imprint's 99. is a task");
    assert_eq!(task("U2").chapter, "二、惠民生");
}

#[test]
fn half_width_punctuation_numbers_and_page_breaks_are_read_alike() {
    let first = task("T1");
    assert_eq!(first.text, "2023年起每年新建学校3所,改造面积达到1.5万平方米。", "1.5 is no number of a task");
    assert_eq!(first.leaders.join(" "), "林一舟 何青禾");
    assert_eq!(first.lead_units.join(" "), "市教育局");
    assert_eq!(first.coop_units.join(" "), "市住建局 各县(市、区)政府");
    let second = task("T2");
    assert_eq!(second.lead_units.join(" "), "市水利局", "a label of its own says who leads");
    assert_eq!(second.coop_units.join(" "), "市财政局 北桥区政府", "a list cut by a page break");
    assert_eq!(second.deadline.to_string(), "2023-11-30");
    assert_eq!(task("T4").deadline.to_string(), "2023-09-30", "完成时限");
    let same_line = task("U1");
    assert_eq!(
        (same_line.leaders.join(" "), same_line.lead_units.join(" ")),
        ("何青禾".to_owned(), "市金融办".to_owned())
    );
}

#[test]
fn slips_are_doubts_and_lose_nothing() {
    let reading = reading();
    let open: Vec<(u32, &str, String)> = reading
        .findings
        .iter()
        .filter(|finding| finding.is_open())
        .map(|finding| {
            (finding.line, finding.what.as_str(), finding.item.map(|key| key.to_string()).unwrap_or_default())
        })
        .collect();
    assert_eq!(
        open,
        [
            (34, "序号不连续", "T4".to_owned()),
            (51, "任务没有编号", "U2.1".to_owned()),
            (68, "牵头单位栏里不是单位", "P7.1".to_owned()),
        ]
    );
    assert_eq!(
        task("U2.1").leaders.join(" "),
        "何青禾",
        "the labels of a task without a number are not its neighbour's"
    );
    assert_eq!(task("U2").leaders.join(" "), "林一舟");
}

#[test]
fn tables_with_other_areas_are_read_by_their_heads() {
    assert_eq!(reading().document.areas.join(" "), "市本级 北桥区 青溪县 沙湾县");
    assert_eq!(row("P3.1").category, "宜居", "printed below, on the same page");
    assert_eq!(row("P2.1").category, "助学");
    assert_eq!(row("P2.1").lead_units.join(" "), "市教育局");
    assert!(!row("P2.1").sum_check().unwrap().agrees(), "6 of 5: shown by the check, not a doubt of the reading");
    assert_eq!(row("P3.2").name, "疏浚支流80公里");
    assert_eq!(row("P4.1").total, Quota::NoTask);
    assert_eq!((row("P5.1").unit.as_str(), row("P5.1").total), ("万人", Quota::Amount("3.5".parse().unwrap(), None)));
    assert_eq!(row("C1.1").lead_units.len(), 2, "joint leads");
    assert_eq!(row("C1.1").unit, "个");
    assert_eq!(row("C1.2").name, "“暖心”工程");
    assert_eq!(row("C1.2").coop_units.join(" "), "市民政局");
    let noted = row("C1.1").quota("北桥区").cloned();
    assert_eq!(noted, Some(Quota::Amount(2.into(), Some("（新区）".to_owned()))));
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing_but_the_hash() {
    let mut unix =
        read("donglan-2023.txt", format!("\u{FEFF}{}", NOTICE.replace("\r\n", "\n")).as_bytes(), None).unwrap();
    unix.document.source = reading().document.source;
    assert_eq!(unix, reading());
}

#[test]
fn numbers_that_restart_in_chapters_carry_the_chapter() {
    let task = |no: u16| format!("{no}. 做事。\n牵头市领导：甲某\n责任单位：市某局\n");
    let text = format!("2023年重点工作责任分解\n一、甲\n{}{}二、乙\n{}{}", task(1), task(2), task(1), task(2));
    let keys: Vec<String> =
        read("x.txt", text.as_bytes(), None).unwrap().tasks.iter().map(|task| task.key.to_string()).collect();
    assert_eq!(keys, ["T1-1", "T1-2", "T2-1", "T2-2"]);
    let text = format!("2023年重点工作责任分解\n一、甲\n{}二、乙\n{}", task(1), task(2));
    let keys: Vec<String> =
        read("x.txt", text.as_bytes(), None).unwrap().tasks.iter().map(|task| task.key.to_string()).collect();
    assert_eq!(keys, ["T1", "T2"], "numbers that run through");
}

#[test]
fn another_layout_is_refused_with_what_was_looked_for() {
    let text = "2023年重点工作责任分解\n一、加快发展\n1.做事。\n2.做好事。\n";
    let refused = read("x.txt", text.as_bytes(), None).unwrap_err();
    let Cause::UnknownLayout { missing } = &refused.what else { unreachable!("{refused}") };
    assert!(missing.iter().any(|sign| sign.contains("责任单位")), "{missing:?}");
    assert!(matches!(read("x.txt", "你好".as_bytes(), None).unwrap_err().what, Cause::UnknownLayout { .. }));
    assert_eq!(read("x.txt", b"\xFF\xD6", None).unwrap_err().to_string(), "line 1, column 1: not UTF-8 text");
    let text = "1.做事。\n牵头市领导：甲\n责任单位：市某局\n";
    assert_eq!(read("x.txt", text.as_bytes(), None).unwrap_err().what, Cause::NoYear);
}

/// Three tasks, of which the second does not say when it is due, and the third in a table of quotas.
const DUE: &str = "云溪市人民政府办公室\n2024年3月1日\n附件\n2024年政府工作报告重点工作责任分解\n\
    1.新建学校三所。\n责任单位：市教育局\n完成时限：6月底\n\
    2.整治背街小巷。\n责任单位：市住建局\n完成时限：尽快\n\
    3.改造河道二十公里。\n责任单位：市水利局\n";

/// What a corrections file says of the deadline of the line that is quoted.
fn due(line: u32, printed: &str, deadline: &str) -> String {
    format!(
        "[[line]]\nline = {line}\nprinted = \"{printed}\"\nwhat = \"没有写日期\"\nwhy = \"电话问过市住建局\"\n\
         sure = \"certain\"\ndeadline = \"{deadline}\"\n"
    )
}

/// When each task is due, and what was found about deadlines.
fn dues(reading: &Reading) -> (Vec<String>, Vec<(String, String)>) {
    let about = |text: &str| text.contains("时限") || text.contains("日期");
    let found = reading.findings.iter().filter(|finding| about(&finding.what) || about(&finding.reading));
    (
        reading.tasks.iter().map(|task| task.deadline.to_string()).collect(),
        found.map(|finding| (finding.what.clone(), finding.reading.clone())).collect(),
    )
}

#[test]
fn a_deadline_that_names_no_day_is_a_doubt_until_the_corrections_say_one() {
    let read = |corrections: Option<&str>| read("云溪.txt", DUE.as_bytes(), corrections).unwrap();
    let (days, found) = dues(&read(None));
    assert_eq!(days, ["2024-06-30", "2024-12-31", "2024-12-31"]);
    assert_eq!(found[0].0, "完成时限没有读懂");
    for (line, printed) in [(10, "完成时限：尽快"), (8, "2.整治背街小巷。"), (99, "完成时限：尽快")]
    {
        let (days, found) = dues(&read(Some(&due(line, printed, "10月底"))));
        assert_eq!(days, ["2024-06-30", "2024-10-31", "2024-12-31"], "{printed}");
        assert_eq!(found, [("没有写日期".to_owned(), "完成时限：10月底".to_owned())], "{printed}");
    }
}

#[test]
fn a_correction_of_a_deadline_that_names_no_day_or_no_task_stops_the_reading() {
    for (line, printed, deadline) in
        [(10, "完成时限：尽快", "尽早"), (4, "2024年政府工作报告重点工作责任分解", "6月底")]
    {
        let wrong = read("云溪.txt", DUE.as_bytes(), Some(&due(line, printed, deadline))).unwrap_err();
        assert!(matches!(&wrong.what, Cause::BadCorrections { why, .. } if why.contains("deadline")), "{wrong}");
    }
}

#[test]
fn a_corrected_deadline_whose_line_says_something_else_by_now_is_offered() {
    let changed = DUE.replace("完成时限：尽快", "完成时限：尽快完成");
    let both = due(10, "完成时限：尽快", "10月底")
        + &due(4, "2024年政府工作报告重点工作责任分解", "6月底").replace("deadline = \"6月底\"\n", "");
    let reading = read("云溪.txt", changed.as_bytes(), Some(&both)).unwrap();
    let (days, _) = dues(&reading);
    assert_eq!(days[1], "2024-12-31", "not taken as it stands");
    let offered = reading.findings.iter().flat_map(|finding| &finding.alternatives);
    let offered: Vec<_> =
        offered.filter_map(|one| Some((one.reading.as_str(), one.fix.deadline?.to_string()))).collect();
    assert_eq!(offered, [("仍按原更正读：完成时限：10月底", "2024-10-31".to_owned())]);
}
