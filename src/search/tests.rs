//! What is found, in what order; and that the quick way finds what the plain way finds.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::model::{
    Book, Document, DocumentId, Entry, Head, Key, Ledger, List, ListCode, ListKind, Quota, QuotaRow, Record, Seq,
    Settings, Source, Task, Unit,
};

fn id() -> DocumentId {
    DocumentId::new("songgang-2024").unwrap()
}

fn arcs(names: &[&str]) -> Vec<Arc<str>> {
    names.iter().map(|name| Arc::from(*name)).collect()
}

fn task(no: u16, text: &str, leaders: &[&str], units: &[&str]) -> Record {
    let (lead, coop) = units.split_at(units.len().min(1));
    Record::Task(Task {
        key: ItemKey::task(no),
        no: no.to_string(),
        chapter: String::new(),
        text: text.to_owned(),
        leaders: arcs(leaders),
        lead_units: arcs(lead),
        coop_units: arcs(coop),
        deadline: NaiveDate::from_ymd_opt(2024, 12, 31).unwrap(),
        line: u32::from(no),
    })
}

fn row(key: &str, name: &str, lead: &[&str], coop: &[&str]) -> Record {
    Record::Row(QuotaRow {
        key: key.parse().unwrap(),
        category: "城乡宜居".to_owned(),
        name: name.to_owned(),
        goal: None,
        total: Quota::Amount(Decimal::TEN, None),
        unit: "个".to_owned(),
        areas: Vec::new(),
        lead_units: arcs(lead),
        coop_units: arcs(coop),
        line: 900,
    })
}

fn list(code: ListCode, kind: ListKind, mark: &str) -> List {
    List { code, kind, title: String::new(), mark: mark.to_owned() }
}

fn ledger(records: Vec<Record>) -> Ledger {
    let document = Document {
        id: id(),
        title: "重点工作责任分解".to_owned(),
        number: String::new(),
        issuer: String::new(),
        date: None,
        year: 2024,
        lists: vec![
            list(ListCode::TASKS, ListKind::Tasks, ""),
            list(ListCode::PROVINCE, ListKind::Livelihood, "省"),
            list(ListCode::CITY, ListKind::Livelihood, "市"),
        ],
        areas: Vec::new(),
        source: Source { file: "a.txt".to_owned(), sha256: String::new(), layout: String::new() },
        demo: false,
        settings: Settings::default(),
    };
    let mut entries = BTreeMap::new();
    for record in records.into_iter().chain([Record::Document(Box::new(document))]) {
        let key = match &record {
            Record::Document(_) => Key::document(&id()),
            Record::Task(task) => Key::item(&id(), task.key),
            Record::Row(row) => Key::item(&id(), row.key),
            Record::Unit(unit) => Key::unit(&id(), &unit.name),
            _ => unreachable!(),
        };
        entries.insert(key, Entry { version: Seq::ZERO, record: Arc::new(record) });
    }
    Ledger::from_parts(Head::default(), entries)
}

fn index(ledger: &Ledger) -> Arc<Index> {
    Arc::new(Index::of(&Book::newest(ledger).unwrap()))
}

pub(super) fn town() -> Arc<Index> {
    let alias = Unit { name: Arc::from("市人力社保局"), aliases: arcs(&["市人社局", "市人社保局"]) };
    index(&ledger(vec![
        Record::Unit(alias),
        task(1, "全面加强预算绩效管理，争取资金 160 亿元以上。", &["林青"], &["市财政局"]),
        task(4, "修缮长桥，重修旧路，办好银行夜校。", &["钱行"], &["市住建局", "市财政局"]),
        task(5, "做好高校毕业生就业工作。", &["林青", "钱行"], &["市人力社保局"]),
        task(17, "打通通衢大道，增设充电桩48个，GDP增长5%。", &["吕重"], &["市交通局", "松港县政府"]),
        task(48, "参照执行财政规则。", &["钱行"], &["市司法局"]),
        row("P17.1", "新建燃气管网", &["市住建局"], &[]),
        row("P17.3", "新建公共充电桩", &["市住建局"], &["市人社局"]),
        row("C4.1", "绿道建设", &["市体育局"], &["各县（市、区）政府"]),
    ]))
}

fn found(query: &str) -> Vec<String> {
    Finder::new(town()).find(query).iter().map(|hit| hit.item.to_string()).collect()
}

#[test]
fn a_unit_is_found_by_characters_pinyin_initials_and_mixtures() {
    for query in
        ["市财政局", "财政局", "caizhengju", "caizheng", "caizhe", "czj", "CZJ", "市czj", "ｓｃｚｊ", "财zj", "cai政ju"]
    {
        let hits = found(query);
        assert_eq!(hits.get(..2), Some(&["T1".to_owned(), "T4".to_owned()][..]), "{query}: {hits:?}");
    }
}

#[test]
fn a_unit_is_found_under_every_spelling() {
    for query in ["市人社局", "市人力社保局", "市人社保局", "srsj", "renlishebao"] {
        assert_eq!(found(query), ["T5", "P17.3"], "{query}");
    }
}

#[test]
fn numbers_are_found_first() {
    assert_eq!(found("48"), ["T48", "T17"]);
    assert_eq!(found("T48"), ["T48"]);
    assert_eq!(found("省17"), ["P17.1", "P17.3"]);
    for query in ["P17.3", "省17-3", "省17.3", "17.3", "p17-3", "省１７－３"] {
        assert_eq!(found(query), ["P17.3"], "{query}");
    }
    assert_eq!(found("4").get(..2), Some(&["T4".to_owned(), "C4.1".to_owned()][..]));
}

#[test]
fn every_reading_of_a_polyphone_is_found() {
    for query in ["changqiao", "zhangqiao", "chongxiu", "zhongxiu", "yinhang", "yinxing"] {
        assert_eq!(found(query), ["T4"], "{query}");
    }
    assert_eq!(found("tongqu"), ["T17"]);
    assert_eq!(found("tqdd"), ["T17"]);
    assert_eq!(found("lvdao"), ["C4.1"]);
    assert_eq!(found("lüdao"), ["C4.1"]);
    assert_eq!(found("lvzhong"), ["T17"]);
}

#[test]
fn all_words_have_to_be_found() {
    assert_eq!(found("czj 住建"), ["T4"]);
    assert_eq!(found("cdz sheng 17"), Vec::<String>::new());
    assert_eq!(found("cdz 省17"), ["P17.3"]);
    assert_eq!(found("林青 qianxing"), ["T5"]);
}

#[test]
fn names_come_before_text_and_text_before_pinyin_in_text() {
    // T1 is led by the unit, T4 supported by it; the text of T48 has the characters.
    assert_eq!(found("财政"), ["T1", "T4", "T48"]);
    let index = index(&ledger(vec![
        task(1, "成绩", &[], &[]),
        task(2, "chengji", &[], &[]),
        task(3, "陈静", &[], &[]),
        task(4, "ab", &["程济"], &[]),
    ]));
    let mut finder = Finder::new(index);
    let keys: Vec<String> = finder.find("chengji").iter().map(|hit| hit.item.to_string()).collect();
    assert_eq!(keys, ["T4", "T2", "T1"]);
    let fields: Vec<Field> = finder.find("cj").iter().map(|hit| hit.field).collect();
    assert_eq!(fields, [Field::Leader, Field::Text, Field::Text]);
}

#[test]
fn what_a_unit_is_called_by_counts_as_its_beginning() {
    let index = index(&ledger(vec![
        task(1, "", &[], &["市总工会财务处室"]),
        task(2, "", &[], &["市财政局第一分局"]),
        task(3, "", &[], &["财务公司总部"]),
    ]));
    let keys: Vec<u16> = Finder::new(index).find("cai").iter().map(|hit| hit.item.no).collect();
    assert_eq!(keys, [2, 3, 1]);
}

#[test]
fn a_single_letter_finds_names_not_texts() {
    assert_eq!(found("l"), ["T1", "T5", "T17", "P17.3"]);
}

#[test]
fn spaces_and_widths_in_texts_do_not_matter() {
    for query in ["160亿", "１６０亿", "160 亿"] {
        assert_eq!(found(query), ["T1"], "{query}");
    }
    assert_eq!(found("gdp"), ["T17"]);
    assert_eq!(found("ＧＤＰ增长5％"), ["T17"]);
}

#[test]
fn an_empty_query_finds_everything_and_nonsense_nothing() {
    assert_eq!(found("").len(), 8);
    assert_eq!(found("  　").len(), 8);
    assert!(found("xqzv").is_empty());
    assert!(found(&"长".repeat(500)).is_empty());
}

/// How a word is found at the beginning of a text: the shortest end, in characters, by class 0 (as written), 1 (readings
/// too), 2 (first letters too). Straight from the definition.
fn plain_end(word: &[char], text: &[char], class: usize) -> Option<usize> {
    let Some((c, text)) = text.split_first() else { return word.is_empty().then_some(0) };
    if word.is_empty() {
        return Some(0);
    }
    let literal: Vec<char> = c.nfkc().flat_map(char::to_lowercase).collect();
    let readings: &[&str] = match c {
        '长' => &["chang", "zhang"],
        '重' => &["chong", "zhong"],
        '行' => &["xing", "hang", "heng"],
        '市' => &["shi"],
        '财' => &["cai"],
        '政' => &["zheng"],
        '局' => &["ju"],
        '绿' => &["lv", "lu"],
        '略' => &["lve", "lue"],
        '衢' => &["qu"],
        _ => &[],
    };
    let readings: Vec<Vec<char>> = readings.iter().map(|reading| reading.chars().collect()).collect();
    let mut ends = Vec::new();
    let mut typed = vec![literal.clone()];
    if class > 0 {
        typed.extend(readings.clone());
    }
    if class > 1 {
        typed.extend(readings.iter().map(|reading| vec![reading[0]]));
    }
    for typed in &typed {
        if let Some(rest) = word.strip_prefix(typed.as_slice()) {
            ends.extend(plain_end(rest, text, class).map(|end| end + 1));
        }
    }
    let unfinished = class > 0 && word.len() > 1 && readings.iter().any(|reading| reading.starts_with(word));
    if unfinished || literal.starts_with(word) {
        ends.push(1);
    }
    ends.into_iter().min()
}

fn plain_class(word: &[char], text: &str) -> Option<usize> {
    let text: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    (0..3).find(|class| (0..text.len()).any(|at| plain_end(word, &text[at..], *class).is_some()))
}

/// Whether an item is found, straight from the definition.
fn plainly_found(query: &str, text: &str, names: &[&str]) -> bool {
    super::query::words(query).iter().all(|word| {
        let in_text = plain_class(&word.0, text);
        let in_text = if word.is_single_letter() { in_text == Some(0) } else { in_text.is_some() };
        in_text || names.iter().any(|name| plain_class(&word.0, name).is_some())
    })
}

const TEXTS: &str = "[长重行市财政局绿略衢ab㎡ Ａ]{0,12}";
const NAMES: &str = "[市财政长重行局]{1,5}";

fn items() -> impl Strategy<Value = Vec<(String, String, String)>> {
    prop::collection::vec((TEXTS, NAMES, NAMES), 1..8)
}

/// What a person might type: pieces of pinyin, initials and characters.
fn queries() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "c", "ch", "chang", "zh", "zhong", "z", "h", "hang", "x", "ai", "j", "ju", "q", "qu", "lv", "lu", "e", "市",
        "财", "政", "局", "长", "a", "b", "m", "2", "m2", " ", "s", "shi", "cai", "n",
    ]);
    prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

fn of_items(items: &[(String, String, String)]) -> Arc<Index> {
    let tasks = items.iter().zip(1..).map(|((text, leader, unit), no)| task(no, text, &[leader], &[unit]));
    index(&ledger(tasks.collect()))
}

proptest! {
    #[test]
    fn the_quick_way_finds_what_the_plain_way_finds(items in items(), query in queries()) {
        let mut finder = Finder::new(of_items(&items));
        let mut keys: Vec<u16> = finder.find(&query).iter().map(|hit| hit.item.no).collect();
        keys.sort_unstable();
        let number = |no: u16| query.trim() == no.to_string();
        let plain: Vec<u16> = items
            .iter()
            .zip(1..)
            .filter(|((text, leader, unit), no)| {
                number(*no) || query.trim().is_empty() || plainly_found(&query, text, &[leader, unit])
            })
            .map(|(_, no)| no)
            .collect();
        // A `2` beside other words may be the number of an item.
        prop_assume!(query.trim() == "2" || !query.split_whitespace().any(|word| word == "2"));
        prop_assert_eq!(keys, plain);
    }

    #[test]
    fn a_query_typed_letter_by_letter_finds_what_it_finds_at_once(items in items(), query in queries()) {
        let index = of_items(&items);
        let mut typing = Finder::new(Arc::clone(&index));
        let mut typed = String::new();
        for c in query.chars() {
            typed.push(c);
            let cold = Finder::new(Arc::clone(&index)).find(&typed).to_vec();
            prop_assert_eq!(typing.find(&typed), cold, "{}", typed);
        }
        while typed.pop().is_some() {
            let cold = Finder::new(Arc::clone(&index)).find(&typed).to_vec();
            prop_assert_eq!(typing.find(&typed), cold, "{}", typed);
        }
    }

    #[test]
    fn marks_are_in_order_apart_and_of_the_text(text in TEXTS, query in queries()) {
        let mut end = 0;
        for range in marks(&query, &text) {
            prop_assert!(range.start >= end && range.end > range.start);
            prop_assert!(text.get(range.clone()).is_some());
            end = range.end + 1;
        }
    }
}

#[test]
fn many_items_shared_among_threads_come_in_order() {
    let tasks = (1..=9_000).map(|no| task(no, "新建充电桩", &[], &["市住建局"])).collect();
    let mut finder = Finder::new(index(&ledger(tasks)));
    let keys: Vec<u16> = finder.find("cdz").iter().map(|hit| hit.item.no).collect();
    assert_eq!(keys, (1..=9_000).collect::<Vec<u16>>());
}
