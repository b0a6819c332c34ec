//! No bytes make the reader panic, and what it makes of them can be written. Changed files of every kind: `src/fuzz/import.rs`.

use duban::import::{read, seed};
use duban::model::{Actor, BatchId, Ledger};
use proptest::prelude::*;

/// Reads, and checks that what was read is a batch that a ledger takes.
fn survives(bytes: &[u8]) -> bool {
    for corrections in [None, Some(seed::CORRECTIONS)] {
        let Ok(reading) = read("甲.txt", bytes, corrections) else { continue };
        let sums = reading.rows.iter().filter_map(duban::model::QuotaRow::sum_check).count();
        let at = chrono::DateTime::<chrono::FixedOffset>::MIN_UTC.into();
        let ledger = Ledger::default();
        let fits = reading
            .batch(&ledger, BatchId([1; 16]), at)
            .is_some_and(|batch| ledger.prepare(&Actor { uid: 1, name: String::new() }, &batch).is_ok());
        if !fits || sums > reading.rows.len() {
            return false;
        }
    }
    true
}

fn pieces() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "\t",
        "\n",
        "\r\n",
        "1. ",
        "2.",
        "１．",
        "99999.",
        "0.",
        "一、",
        "附件2",
        "牵头市领导：",
        "责任单位:",
        "牵头单位：",
        "配合单位：",
        "完成时限：",
        "2月30日",
        "13月底",
        "2024年",
        "责任分解",
        "序号\t事项分类\t事项名称\t全市任务\t甲区\t牵头单位\t配合单位\n",
        "序号\t项目名称\t工作目标\t全市任务\t牵头单位\n",
        "14.66万",
        "9999999999999999万",
        "≥95%",
        "/",
        "/（无任务）",
        "（",
        "）",
        "、",
        "各县（市、区）政府",
        "市某局",
        " ",
        "　",
        "省",
        "市",
        "甲",
        "。",
        "—3—",
        "抄送：",
        "\u{0}",
        "\u{FEFF}",
        "\u{1B}",
    ]);
    prop::collection::vec(words, 0..120).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(survives(&bytes));
    }

    #[test]
    fn any_words_of_the_field(text in pieces()) {
        let after_a_task = ["2024年重点工作责任分解\n1. 甲。\n牵头市领导：乙\n责任单位：丙\n", &text].concat();
        prop_assert!(survives(after_a_task.as_bytes()));
        prop_assert!(survives(text.as_bytes()));
    }

    #[test]
    fn any_mutation_of_the_seed(cuts in prop::collection::vec((any::<prop::sample::Index>(), 0usize..300, pieces()), 1..6)) {
        let mut bytes = seed::TEXT.as_bytes().to_vec();
        for (at, len, insert) in cuts {
            let from = at.index(bytes.len());
            let to = (from + len).min(bytes.len());
            bytes.splice(from..to, insert.into_bytes());
        }
        prop_assert!(survives(&bytes));
    }
}

/// Lines that ask for work or room beyond all measure where each place is compared with each other one.
#[test]
fn long_lines_are_read_in_the_time_that_their_length_allows() {
    let units: Vec<String> = (0..20_000).map(|at| format!("市第{at}局")).collect();
    let task = format!("2025年重点工作责任分解\n1.办学。\n责任单位：市教育局、{}\n", units.join("、"));
    let reading = read("甲.txt", task.as_bytes(), None).unwrap();
    assert_eq!(reading.tasks[0].coop_units.len(), 20_000);
    for line in [
        format!("{}{}", "办".repeat(300), ".完成时限：x".repeat(20_000)),
        format!("办学{}", format!("a{}", "\u{301}".repeat(9)).repeat(20_000)),
        "6月底完成一期、".repeat(20_000),
        format!("{}{}", "[".repeat(100_000), "[](".repeat(50_000)),
    ] {
        let text = format!("# 2025年重点工作责任分解\n\n1.{line}\n**责任单位：** 市教育局\n");
        assert_eq!(read("甲.md", text.as_bytes(), None).unwrap().tasks.len(), 1);
    }
}
