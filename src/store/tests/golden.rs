//! The bytes of everything that was ever released: what is in `tests/golden/` must be read, and written alike, by every version.
//!
//! A failure here means that old journals or old values would be misread. The journal's format only ever grows by fields that
//! may be missing; a change of the values' format takes a new schema number and new files beside the old ones.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::sample::*;
use crate::model::*;
use crate::store::{codec, line};

/// Lines written before there were targets, reviews, steps, requests, chasing, lights by hand and views.
const OLD_JOURNAL: &str = include_str!("../../../tests/golden/journal-1.jsonl");
/// Lines written before there were bulletins.
const SECOND_JOURNAL: &str = include_str!("../../../tests/golden/journal-2.jsonl");
/// Lines written before there were roles, before items moved and names passed on.
const THIRD_JOURNAL: &str = include_str!("../../../tests/golden/journal-3.jsonl");
/// Lines written before a deadline could be typed.
const FOURTH_JOURNAL: &str = include_str!("../../../tests/golden/journal-4.jsonl");
const JOURNAL: &str = include_str!("../../../tests/golden/journal-5.jsonl");
const OLD_VALUES: [(u8, &str); 4] = [
    (1, include_str!("../../../tests/golden/values-1.txt")),
    (2, include_str!("../../../tests/golden/values-2.txt")),
    (3, include_str!("../../../tests/golden/values-3.txt")),
    (4, include_str!("../../../tests/golden/values-4.txt")),
];
const VALUES: &str = include_str!("../../../tests/golden/values-5.txt");

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A record of every kind, with every kind of content.
pub(super) fn records() -> Vec<(Key, Record)> {
    let mut records = fourth_records();
    let day = |text: &str| text.parse().ok();
    let finding = Finding {
        line: 41,
        no: 1,
        item: Some(ItemKey::task(5)),
        what: "完成时限没有读懂".into(),
        printed: "尽快".into(),
        reading: "暂按年底".into(),
        why: "没有写日期".into(),
        confidence: Confidence::Open,
        alternatives: vec![Alternative {
            reading: "填为：完成时限“10月底”".into(),
            why: "核对时填写".into(),
            fix: Fix { deadline: day("2024-10-31"), ..Fix::default() },
        }],
        settled: Some(0),
        before: Some(Fix { deadline: day("2024-12-31"), ..Fix::default() }),
        typed: true,
    };
    records.push((Key::finding(&document(), 41, 1), Record::Finding(finding)));
    records
}

/// A record of every kind that the fourth schema had.
fn fourth_records() -> Vec<(Key, Record)> {
    let mut records = third_records();
    let contact = |unit: Option<&str>, area: Option<&str>| {
        May::Contact(Contact { unit: unit.map(Into::into), area: area.map(Into::into) })
    };
    let mays = [
        ("zhang", May::Admin),
        ("wang", May::Editor),
        ("li", contact(Some("市发改委"), None)),
        ("zhao", contact(Some("各县（市、区）政府"), Some("东溪区"))),
        ("sun", contact(None, Some("西溪县"))),
        ("DOMAIN/zhou", May::Reader),
    ];
    for (uid, (name, may)) in (1001..).zip(mays) {
        records.push((Key::role(name), Record::Role(Role { uid, name: name.into(), may })));
    }
    let id = document();
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(2024, month, day).unwrap();
    let former = Former { was: ItemKey::task(5), on: day(5, 8), source: "00".repeat(32) };
    records.push((Key::former(&id, ItemKey::task(6)), Record::Former(former)));
    for (office, name, to) in [(Office::Unit, "市旅游局", "市文旅局"), (Office::Leader, "甲副市长", "乙副市长")]
    {
        let next = Successor { to: to.into(), since: day(7, 1) };
        records.push((Key::successor(&id, office, name), Record::Successor(next)));
    }
    let same = SameUnit { name: "市文旅局".into(), spelling: "市文化旅游局".into() };
    let fix = Fix {
        areas: None,
        lead_units: Some(vec!["市教育局".into()]),
        coop_units: None,
        total: Some(Quota::Amount(decimal("12"), None)),
        text: Some("新建学校三所".into()),
        leaders: Some(vec!["甲副市长".into()]),
        same_unit: Some(same),
        deadline: None,
    };
    let finding = Finding {
        line: 30,
        no: 1,
        item: None,
        what: "疑为同一单位".into(),
        printed: "市文旅局｜市文化旅游局".into(),
        reading: "暂作两个单位".into(),
        why: "只差两个字".into(),
        confidence: Confidence::Probable,
        alternatives: vec![Alternative { reading: "同一单位".into(), why: String::new(), fix: fix.clone() }],
        settled: Some(0),
        before: Some(Fix { same_unit: None, ..fix }),
        typed: true,
    };
    records.push((Key::finding(&id, 30, 1), Record::Finding(finding)));
    records
}

/// A record of every kind that the third schema had.
fn third_records() -> Vec<(Key, Record)> {
    let mut records = second_records();
    let id = document();
    let day = chrono::NaiveDate::from_ymd_opt(2024, 10, 25);
    let wording = Wording {
        name: "政务督查".into(),
        number: "（第3期）".into(),
        title: "关于三季度推进情况的通报".into(),
        addressees: "各县（市、区）人民政府".into(),
        opening: "现将有关情况通报如下。".into(),
        next: "一是抓紧。\n二是落实。".into(),
        signature: "云溪市政府督查室".into(),
        signed_on: day,
        note: "此件公开发布".into(),
        copied_to: "市委办公室".into(),
        printed_by: "云溪市人民政府办公室".into(),
        printed_on: day,
    };
    let from = Head { seq: Seq(300), hash: Hash([0xab; 32]) };
    let issued = day.map(|on| Issued { on, from, sha256: Hash([0xcd; 32]), pieces: 2 });
    let kept: Period = "2024Q3".parse().unwrap();
    let bulletin = |wording, issued| Record::Bulletin(Box::new(Bulletin { wording, issued }));
    records.push((Key::bulletin(&id, kept), bulletin(wording, issued)));
    records.push((Key::bulletin(&id, "2024Q4".parse().unwrap()), bulletin(Wording::default(), None)));
    records.push((Key::frozen(&id, kept, 1), Record::Frozen("eNpLTEoGAAJNASc=".into())));
    records
}

/// A record of every kind that the second schema had.
fn second_records() -> Vec<(Key, Record)> {
    let mut records = old_records();
    let id = document();
    let task = ItemKey::task(5);
    let period: Period = "2024Q3".parse().unwrap();
    let filing = |review| Filing { percent: None, progress: "完成过半".into(), review, ..Filing::default() };
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(2024, month, day);
    let target = |comparator, value: Option<&str>, tiers: &[&str]| Target {
        metric: "引进重大项目".into(),
        comparator,
        value: value.map(decimal),
        tiers: tiers.iter().copied().map(decimal).collect(),
        unit: "个".into(),
        rate: comparator == Comparator::AtMost,
        deadline: day(10, 31).filter(|_| comparator == Comparator::Tiers),
        phrase: "引进重大项目4个以上".into(),
        by_hand: comparator == Comparator::First,
    };
    for (no, comparator) in (1..).zip(Comparator::ALL) {
        let value = Some("4.0").filter(|_| comparator.has_value());
        let tiers: &[&str] = if comparator == Comparator::Tiers { &["5", "6"] } else { &[] };
        records.push((Key::target(&id, task, no), Record::Target(target(comparator, value, tiers))));
    }
    records.push((Key::actual(&id, task, 1, period), Record::Done(Done { value: decimal("3") })));
    let returned = Review::Returned("请补充开工时间".into());
    records.push((filing_key(6), Record::Filing(filing(returned))));
    records.push((filing_key(7), Record::Filing(filing(Review::Accepted))));
    for (no, light) in (5..).zip(Light::ALL) {
        let set = Override { light, reason: "已现场核实".into() };
        records.push((Key::light(&id, ItemKey::task(no), period), Record::Override(set)));
    }
    let chase = Chase { times: 2, last: day(10, 25), note: "电话".into() };
    records.push((Key::chase(&id, task, period), Record::Chase(chase)));
    for (no, state) in (1..).zip([StepState::Todo, StepState::Doing, StepState::Done]) {
        let unit = Some("市住建局".into()).filter(|_| no == 1);
        let step = Step { text: "完成前期审批".into(), unit, deadline: day(6, 30).filter(|_| no == 2), state };
        records.push((Key::step(&id, task, no), Record::Step(step)));
    }
    let granted = Outcome::Granted { approver: "办公室主任".into(), note: String::new() };
    let refused = Outcome::Refused { approver: "分管领导".into(), note: "理由不足".into() };
    let outcomes = [Outcome::Asked, granted, refused, Outcome::Asked];
    for (no, (kind, outcome)) in (1..).zip(RequestKind::ALL.into_iter().zip(outcomes)) {
        let until = day(12, 20).filter(|_| kind == RequestKind::Extend);
        let request = Request { kind, since: period, reason: "审批未完成".into(), until, outcome };
        records.push((Key::request(&id, task, no), Record::Request(request)));
    }
    let view = View {
        name: "红灯".into(),
        leader: Some("甲副市长".into()),
        unit: Some("市发改委".into()),
        light: Some(Light::Red),
        status: Some(Status::FarBehind),
        filing: Some(FilingState::Overdue),
        late: true,
        search: "投资".into(),
        sort: SortBy::Worst,
        reversed: true,
    };
    records.push((Key::view(&id, "红灯"), Record::View(view)));
    records.push((Key::view(&id, "全部"), Record::View(View { name: "全部".into(), ..View::default() })));
    records
}

/// A record of every kind that the first schema had.
fn old_records() -> Vec<(Key, Record)> {
    let id = document();
    let row_key = ItemKey::row(ListCode::PROVINCE, 17, 1);
    let area = |name: &str, quota| AreaQuota { area: name.into(), quota };
    let areas = vec![
        area("市本级", Quota::Amount(decimal("53.5"), None)),
        area("东溪区", Quota::Amount(decimal("4700"), Some("集聚区".into()))),
        area("西溪县", Quota::Percent(decimal("95"), true)),
        area("南溪县", Quota::Text("完成上级下达任务".into())),
        area("北溪县", Quota::NotAssigned),
        area("高新区", Quota::NoTask),
        area("开发区", Quota::Blank),
    ];
    let row = QuotaRow {
        key: row_key,
        category: "城乡宜居".into(),
        name: "城市燃气管网改造".into(),
        goal: Some("新建、改造".into()),
        total: Quota::Amount(decimal("69.0"), None),
        unit: "公里".into(),
        areas: areas.clone(),
        lead_units: vec!["市住建局".into()],
        coop_units: vec!["市城投集团".into()],
        line: 846,
    };
    let finding = Finding {
        line: 846,
        no: 1,
        item: Some(row_key),
        what: "两列相连".into(),
        printed: "0.5 1".into(),
        reading: "0.5".into(),
        why: "只有一格".into(),
        confidence: Confidence::Open,
        alternatives: vec![Alternative {
            reading: "归市本级".into(),
            why: "列位".into(),
            fix: Fix { areas: Some(areas), coop_units: Some(vec![]), ..Fix::default() },
        }],
        settled: Some(0),
        before: None,
        typed: false,
    };
    let book = Document {
        id: id.clone(),
        title: "重点工作责任分解".into(),
        number: "云政办发〔2024〕1号".into(),
        issuer: "云溪市人民政府办公室".into(),
        date: chrono::NaiveDate::from_ymd_opt(2024, 3, 1),
        year: 2024,
        lists: vec![
            List { code: ListCode::TASKS, kind: ListKind::Tasks, title: "重点工作".into(), mark: String::new() },
            List {
                code: ListCode::PROVINCE, kind: ListKind::Livelihood, title: "民生实事".into(), mark: "省".into()
            },
        ],
        areas: vec!["市本级".into(), "东溪区".into()],
        source: Source { file: "yunxi.txt".into(), sha256: "00".repeat(32), layout: "sections".into() },
        demo: false,
        settings: Settings::default(),
    };
    let full = Filing {
        percent: Some(decimal("65.5")),
        progress: "完成过半\n“开门红”".into(),
        problems: "用地未落实".into(),
        next: "三季度开工".into(),
        review: Review::Pending,
    };
    let unit = Unit { name: "市住建局".into(), aliases: vec!["市建设局".into()] };
    vec![
        (Key::document(&id), Record::Document(Box::new(book))),
        (task_key(5), task(5, "完成投资14.66亿元。")),
        (Key::item(&id, row_key), Record::Row(row)),
        (filing_key(5), Record::Filing(full)),
        (Key::done(&id, row_key, "东溪区", "2024Q3".parse().unwrap()), Record::Done(Done { value: decimal("8.20") })),
        (Key::finding(&id, 846, 1), Record::Finding(finding)),
        (Key::unit(&id, "市住建局"), Record::Unit(unit)),
    ]
}

fn commits(records: Vec<(Key, Record)>) -> Vec<Commit> {
    let changes =
        records.into_iter().map(|(key, new)| Change { key, base: Seq::ZERO, old: None, new: Some(new.into()) });
    let first = Commit {
        seq: Seq(1),
        prev: Hash::default(),
        id: BatchId([0x0f; 16]),
        at: at(),
        actor: Actor { uid: 1000, name: "clerk".into() },
        intent: Intent::Import,
        undoes: None,
        changes: changes.collect(),
    };
    let (_, prev) = line::encode(&first).unwrap();
    let removed = Change { key: filing_key(5), base: Seq(1), old: Some(filing(655, "").into()), new: None };
    let second = Commit {
        seq: Seq(2),
        prev,
        id: BatchId([0xf0; 16]),
        intent: Intent::Undo,
        undoes: Some(Seq(1)),
        changes: vec![removed],
        ..first.clone()
    };
    vec![first, second]
}

fn value_lines() -> String {
    records().iter().fold(String::new(), |mut text, (key, record)| {
        let bytes = codec::encode(&(Seq(7), record)).unwrap();
        write!(text, "{key} ").unwrap();
        for byte in bytes {
            write!(text, "{byte:02x}").unwrap();
        }
        text + "\n"
    })
}

#[test]
fn old_journal_lines_are_read_with_what_they_lack_at_its_default() {
    let lines: Vec<&str> = OLD_JOURNAL.lines().collect();
    let expected = commits(old_records());
    assert_eq!(lines.len(), expected.len());
    for (golden, commit) in lines.into_iter().zip(expected) {
        assert!(!golden.contains("review") && !golden.contains("near_days"), "these lines are from before");
        let read = line::decode(golden.as_bytes()).unwrap();
        let (first, second) = (read.commit.changes.clone(), commit.changes.clone());
        assert_eq!(first, second);
        assert_eq!((read.commit.seq, &read.commit.id), (commit.seq, &commit.id));
    }
}

#[test]
fn journal_lines_of_the_second_to_the_fourth_schema_are_read() {
    let journals =
        [(SECOND_JOURNAL, second_records()), (THIRD_JOURNAL, third_records()), (FOURTH_JOURNAL, fourth_records())];
    for (journal, records) in journals {
        let expected = commits(records);
        assert_eq!(journal.lines().count(), expected.len());
        for (golden, commit) in journal.lines().zip(expected) {
            let read = line::decode(golden.as_bytes()).unwrap();
            assert_eq!(read.commit.changes, commit.changes);
            assert_eq!((read.commit.seq, &read.commit.id), (commit.seq, &commit.id));
        }
    }
}

#[test]
fn journal_lines_are_read_and_written_as_ever() {
    let lines: Vec<&str> = JOURNAL.lines().collect();
    let expected = commits(records());
    assert_eq!(lines.len(), expected.len());
    for (golden, commit) in lines.into_iter().zip(expected) {
        assert_eq!(*line::decode(golden.as_bytes()).unwrap().commit, commit);
        assert_eq!(String::from_utf8(line::encode(&commit).unwrap().0).unwrap().trim_end(), golden);
    }
}

fn bytes_of(hex: &str) -> Vec<u8> {
    let digits = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    hex.as_bytes().chunks(2).map(digits).collect()
}

#[test]
fn values_of_an_old_schema_are_known_as_such_so_that_the_journal_is_read_instead() {
    for (schema, values) in OLD_VALUES {
        for golden in values.lines() {
            let (_, hex) = golden.rsplit_once(' ').unwrap();
            let read = codec::decode::<(Seq, Record)>(&bytes_of(hex));
            assert_eq!(read, Err(codec::Undecodable::Schema(schema)), "{golden}");
        }
    }
}

#[test]
fn values_of_schema_5_are_read_and_written_as_ever() {
    assert_eq!(codec::SCHEMA, 5, "a new schema: add its values beside these");
    assert_eq!(value_lines(), VALUES);
    for (golden, (key, record)) in VALUES.lines().zip(records()) {
        let (name, hex) = golden.rsplit_once(' ').unwrap();
        let (version, read): (Seq, Record) = codec::decode(&bytes_of(hex)).unwrap();
        assert_eq!((name, version, read), (key.to_string().as_str(), Seq(7), record));
    }
}

#[test]
fn no_flipped_bit_and_no_missing_or_added_byte_passes_for_a_value() {
    let bytes = codec::encode(&(Seq(7), filing(655, "完成过半"))).unwrap();
    for at in 0..bytes.len() * 8 {
        let mut spoilt = bytes.clone();
        spoilt[at / 8] ^= 1 << (at % 8);
        assert!(codec::decode::<(Seq, Record)>(&spoilt).is_err(), "bit {at}");
    }
    for len in 0..bytes.len() {
        assert!(codec::decode::<(Seq, Record)>(&bytes[..len]).is_err(), "{len} bytes");
    }
    assert!(codec::decode::<(Seq, Record)>(&[bytes.as_slice(), &[0]].concat()).is_err());
    // Right checksum, but more than was read: what an older struct makes of a newer one's bytes.
    let newer = codec::encode(&(Seq(7), filing(655, "完成过半"), 1u8)).unwrap();
    assert!(codec::decode::<(Seq, Record)>(&newer).is_err());
}

#[test]
#[ignore = "writes the golden files anew: only for a new schema"]
fn write_golden_files() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let journal: Vec<u8> = commits(records()).iter().flat_map(|commit| line::encode(commit).unwrap().0).collect();
    std::fs::write(folder.join("journal-5.jsonl"), journal).unwrap();
    std::fs::write(folder.join("values-5.txt"), value_lines()).unwrap();
}
