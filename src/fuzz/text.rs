//! Text, figures, keys, and the search line.

use std::str::FromStr as _;

use crate::import::{read, seed};
use crate::model::{Actor, BatchId, Book, ItemKey, Key, Ledger, Period};
use crate::search::{Finder, Index, marks};
use crate::text::number::{parse_in_unit, percent1, plain};
use crate::text::{is_sanitised, one_line, parse_amount, parse_date, sanitise};
use crate::tui::key::{parse_keys, shown};

use super::{is_hostile, run};

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// What a text with such bytes in it becomes on the way in.
fn lossy(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

#[test]
fn fuzz_sanitiser() {
    let corpus = bytes(&[
        "加快推进重大项目建设，完成投资14.66亿元。\n责任单位：市发改委\t各县（市、区）政府\r\n",
        "a\u{301}o\u{308}u\u{308}\u{304} ｱﾞ 각 각 क़ e\u{327}\u{301}",
        "\u{1b}[31m红\u{1b}]0;title\u{7}\u{202e}反\u{2066}隔\u{200b}零\u{feff}\u{fff9}\u{e0041}\u{85}\u{9b}2J",
        "👨‍👩‍👧 🇨🇳 ①㎡㈱ﬁ",
    ]);
    let words = [
        "\u{0}",
        "\u{1b}[",
        "\u{1b}]52;c;",
        "\u{7}",
        "\r",
        "\n",
        "\r\n",
        "\t",
        "\u{7f}",
        "\u{80}",
        "\u{9b}",
        "\u{9f}",
        "\u{200b}",
        "\u{200f}",
        "\u{2028}",
        "\u{202a}",
        "\u{202e}",
        "\u{2060}",
        "\u{2064}",
        "\u{2066}",
        "\u{2069}",
        "\u{feff}",
        "\u{fff9}",
        "\u{fffb}",
        "\u{e0000}",
        "\u{e007f}",
        "\u{301}",
        "\u{308}",
        "\u{1100}",
        "\u{1161}",
        "\u{11a8}",
        "\u{344}",
        "\u{fb1d}",
        "\u{1d15e}",
        "市",
        "e",
        "\u{10ffff}",
    ];
    run("sanitiser", &corpus, &words, |input| {
        let text = lossy(input);
        let cleaned = sanitise(&text);
        assert!(!cleaned.text.contains(is_hostile), "{cleaned:?}");
        assert!(is_sanitised(&cleaned.text));
        assert!(unicode_normalization::is_nfc(&cleaned.text));
        assert_eq!(sanitise(&cleaned.text), crate::text::Cleaned { text: cleaned.text.clone(), dropped: 0 });
        // Line ends as CR are newlines; whatever else is hostile was counted, and what the program's own list has beyond that.
        let hostile = text.chars().filter(|c| is_hostile(*c) && *c != '\r').count();
        assert!(cleaned.dropped >= hostile, "{text:?}");
        let line = one_line(&text).text;
        assert!(!line.contains(is_hostile) && !line.contains('\n'), "{line:?}");
        assert_eq!(one_line(&line).text, line);
        cleaned.dropped == 0
    });
}

#[test]
fn fuzz_numbers() {
    let corpus = bytes(&[
        "14.66",
        "8.2万",
        "１４．６６亿",
        "三千二百",
        "≥95%",
        "1,234,567.89",
        "百分之三十",
        "-3.5",
        "12月31日",
        "2024年12月31日",
        "2024-12-31",
        "2024Q3",
        "2024H1",
        "2024-11",
        "三季度",
        "0.0000001",
        "79228162514264337593543950335",
        "十二万五千",
    ]);
    let words = [
        "万",
        "亿",
        "百",
        "千",
        "十",
        "零",
        "〇",
        "两",
        "点",
        ".",
        "．",
        ",",
        "，",
        "%",
        "‰",
        "％",
        "-",
        "－",
        "+",
        "年",
        "月",
        "日",
        "号",
        "季度",
        "上半年",
        "Q",
        "H",
        "M",
        "9999999999999999999999999999",
        "0",
        "e9",
        "NaN",
        "∞",
        "Ⅳ",
        "半",
    ];
    run("numbers", &corpus, &words, |input| {
        let text = lossy(input);
        let mut taken = false;
        if let Ok(amount) = parse_amount(&text) {
            taken = true;
            let _ = amount.total();
            let shown = plain(amount.value);
            assert_eq!(parse_amount(&shown).unwrap().value, amount.value, "{text:?} is shown as {shown:?}");
            let _ = percent1(amount.value);
        }
        for (unit, scale) in
            [("", i64::MAX), ("公里", i64::MAX), ("%", i64::MAX), ("万人", 10_000), ("亿元", 100_000_000)]
        {
            // A figure that reaches the scale of its unit is taken to be in ones (text/number.rs).
            if let Ok(value) = parse_in_unit(&text, unit, None)
                && value < scale.into()
            {
                assert_eq!(parse_in_unit(&plain(value), unit, None).unwrap(), value, "{text:?} in {unit:?}");
            }
            // Where it stands already it is read as itself, however large.
            if let Ok(value) = parse_in_unit(&text, unit, None) {
                let again = parse_in_unit(&plain(value), unit, Some(value));
                assert_eq!(again, Ok(value), "{text:?} in {unit:?}");
            }
        }
        if let Some(date) = parse_date(&text, 2024) {
            taken = true;
            assert_eq!(parse_date(&date.to_string(), 1999), Some(date), "{text:?}");
        }
        if let Ok(period) = Period::from_str(&text) {
            taken = true;
            assert_eq!(period.to_string().parse(), Ok(period), "{text:?}");
            let (_, _, _) = (period.end(), period.next(), period.previous());
        }
        taken
    });
}

#[test]
fn fuzz_keys() {
    let corpus = bytes(&[
        "jj<enter>e改<esc><c-s><f10><s-tab><space><lt><a-x>",
        "yunxi-2024/T5@2024Q3",
        "yunxi-2024/P17.3/东溪区@2024Q3",
        "yunxi-2024/T48/target/3@2024Q1",
        "yunxi-2024/unit/市住建局",
        "yunxi-2024/T5/request/2",
        "yunxi-2024/line/846.1",
        "yunxi-2024/role/zhang",
        "yunxi-2024/bulletin/1@2024Q3",
    ]);
    let words = [
        "<",
        ">",
        "<c-",
        "<a-",
        "<f",
        "12>",
        "<lt>",
        "<enter>",
        "/",
        "@",
        "#",
        ".",
        "~",
        "T",
        "P",
        "D",
        "2024Q4",
        "2024-13",
        "65536",
        "0",
        "：",
        "东溪区",
        "..",
    ];
    run("keys", &corpus, &words, |input| {
        let text = lossy(input);
        let mut taken = false;
        if let Ok(keys) = parse_keys(&text) {
            let written: String = keys.iter().map(ToString::to_string).collect();
            assert_eq!(parse_keys(&written).as_ref(), Ok(&keys), "{text:?}");
            assert!(keys.iter().all(|key| !shown(&key.folded().to_string()).is_empty()), "{text:?}");
            taken = true;
        }
        if let Ok(key) = Key::from_str(&text) {
            assert_eq!(Key::from_str(&key.to_string()).as_ref(), Ok(&key), "{text:?}");
            let _ = key.about();
            taken = true;
        }
        if let Ok(item) = ItemKey::from_str(&text) {
            assert_eq!(item.to_string().parse(), Ok(item), "{text:?}");
        }
        taken
    });
}

#[test]
fn fuzz_search() {
    let ledger = seed_ledger();
    let book = Book::newest(&ledger).unwrap();
    let mut finder = Finder::new(std::sync::Arc::new(Index::of(&book)));
    let corpus = bytes(&["充电桩", "cdz", "市发改委 投资", "t48", "P17.3", "17", "zhongdian xiangmu", "１０亿"]);
    let words =
        [" ", "　", "t", "P1", "65535", "99999999999", "区", "z", "'", "ü", "\u{301}", "、", "（", ")", "重", "行"];
    run("search", &corpus, &words, |input| {
        let text = lossy(input);
        let hits: Vec<ItemKey> = finder.find(&text).iter().map(|hit| hit.item).collect();
        let once: std::collections::BTreeSet<ItemKey> = hits.iter().copied().collect();
        assert_eq!(once.len(), hits.len(), "{text:?}: an item is found once");
        for item in hits.iter().take(3) {
            let Some(task) = book.task(*item) else { continue };
            for mark in marks(&text, &task.text) {
                assert!(task.text.get(mark).is_some(), "{text:?}: marks stand between characters");
            }
        }
        !hits.is_empty()
    });
}

fn seed_ledger() -> Ledger {
    let reading = read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    let mut ledger = Ledger::default();
    let batch = reading.batch(&ledger, BatchId([1; 16]), chrono::DateTime::UNIX_EPOCH.fixed_offset()).unwrap();
    let commit = ledger.prepare(&Actor { uid: 1, name: "li".into() }, &batch).unwrap();
    ledger.apply(&commit, crate::model::Hash::default()).unwrap();
    ledger
}
