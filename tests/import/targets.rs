//! The targets that the program reads from the seed document beside those that a clerk wrote down by hand.

use duban::import::{read, seed, targets};

const CLERK: &str = include_str!("../data/targets-2024.tsv");

/// Task, comparator, value, unit, deadline; then metric and phrase.
type Row = (u16, String, String, String, String, String, String);

fn clerks() -> Vec<Row> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [task, metric, comparator, value, unit, deadline, phrase] = cells.as_slice() else {
            unreachable!("{line}")
        };
        let [comparator, value, unit] = [comparator, value, unit].map(|cell| (*cell).to_owned());
        let [deadline, metric, phrase] = [deadline, metric, phrase].map(|cell| (*cell).to_owned());
        (task.parse().unwrap(), comparator, value, unit, deadline, metric, phrase)
    };
    CLERK.lines().skip(1).map(row).collect()
}

fn programs() -> Vec<Row> {
    let reading = read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    let mut rows = Vec::new();
    for task in &reading.tasks {
        for one in targets(&task.text, 2024) {
            assert!(task.text.contains(&one.phrase) && !one.phrase.is_empty(), "{one:?}");
            let value = one.value.map(|value| value.to_string()).unwrap_or_default();
            let deadline = one.deadline.map(|day| day.to_string()).unwrap_or_default();
            let comparator = one.comparator.sign().to_owned();
            rows.push((task.key.no, comparator, value, one.unit, deadline, one.metric, one.phrase));
        }
    }
    rows
}

/// Those of `rows` that `others` has no equal of, one for one.
fn without(rows: &[Row], others: &[Row], same: impl Fn(&Row, &Row) -> bool) -> Vec<Row> {
    let mut left = others.to_vec();
    let mut missing = Vec::new();
    for row in rows {
        match left.iter().position(|other| same(row, other)) {
            Some(place) => drop(left.remove(place)),
            None => missing.push(row.clone()),
        }
    }
    missing
}

#[test]
fn the_program_reads_what_a_careful_clerk_reads() {
    let (clerk, program) = (clerks(), programs());
    let figures = |a: &Row, b: &Row| (&a.0, &a.1, &a.2, &a.3, &a.4) == (&b.0, &b.1, &b.2, &b.3, &b.4);
    let (missed, added) = (without(&clerk, &program, figures), without(&program, &clerk, figures));
    let report = format!("missed {missed:#?}\nadded {added:#?}");
    assert!(missed.len() * 20 <= clerk.len(), "{report}");
    assert!(added.len() * 20 <= program.len(), "{report}");
}

#[test]
fn metrics_and_phrases_are_the_clerks() {
    let (clerk, program) = (clerks(), programs());
    let words = |a: &Row, b: &Row| (&a.0, &a.5, &a.6) == (&b.0, &b.5, &b.6);
    let missed = without(&clerk, &program, words);
    let report = format!("clerk {missed:#?}\nprogram {:#?}", without(&program, &clerk, words));
    assert!(missed.len() * 10 <= clerk.len(), "{report}");
}
