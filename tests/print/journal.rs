//! The bulletin's figures worked out again from the journal's JSON alone: the commits are folded and rated here with
//! `serde_json` and decimals, without the program's book, ratings or counts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use duban::catalog::Lang;
use duban::model::Book;
use duban::report::{Block, Made, What, make};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;

use crate::books::demonstration_with_commits;

/// What the journal comes to: each key (without its document) with what was written there last.
fn folded(journal: &[String]) -> BTreeMap<String, Value> {
    let mut state = BTreeMap::new();
    for line in journal {
        let commit: Value = serde_json::from_str(line).unwrap();
        for change in commit["changes"].as_array().unwrap() {
            let key = change["key"].as_str().unwrap();
            let key = key.split_once('/').map_or("", |(_, rest)| rest).to_owned();
            match &change["new"] {
                Value::Null => state.remove(&key),
                new => state.insert(key, new.as_object().unwrap().values().next().unwrap().clone()),
            };
        }
    }
    state
}

fn dec(value: &Value) -> Option<Decimal> {
    value.as_str().and_then(|text| text.parse().ok())
}

fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str().and_then(|text| text.parse().ok())
}

const PERIOD: &str = "2024Q3";

fn end() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 9, 30).unwrap()
}

struct Facts(BTreeMap<String, Value>);

impl Facts {
    fn kind(&self, field: &str) -> Vec<&Value> {
        let is = |key: &String| !key.contains(['/', '@']);
        self.0.iter().filter(|(key, value)| is(key) && value.get(field).is_some()).map(|(_, value)| value).collect()
    }

    fn tasks(&self) -> Vec<&Value> {
        self.kind("leaders")
    }

    fn rows(&self) -> Vec<&Value> {
        self.kind("total")
    }

    fn filing(&self, key: &str) -> Option<&Value> {
        self.0.get(&format!("{key}@{PERIOD}"))
    }

    fn done(&self, key: &str, area: &str) -> Option<Decimal> {
        dec(&self.0.get(&format!("{key}/{area}@{PERIOD}"))?["value"])
    }

    /// The requests about an item that were granted by the end of the period.
    fn granted(&self, key: &str) -> Vec<&Value> {
        let requests = (1..20).filter_map(|no| self.0.get(&format!("{key}/request/{no}")));
        let holds = |one: &&Value| one["outcome"]["granted"].is_object() && one["since"].as_str().unwrap() <= PERIOD;
        requests.filter(holds).collect()
    }

    fn is_granted(&self, key: &str, kind: &str) -> bool {
        self.granted(key).iter().any(|one| one["kind"] == kind)
    }

    fn deadline(&self, key: &str) -> NaiveDate {
        let granted = self.granted(key).into_iter().filter_map(|one| day(&one["until"])).next_back();
        let printed = day(&self.0[key]["deadline"]);
        granted.or(printed).unwrap_or_else(|| NaiveDate::from_ymd_opt(2024, 12, 31).unwrap())
    }

    /// Whether words, a percentage or a figure came in.
    fn has_filed(&self, key: &str) -> bool {
        let words = self.filing(key).is_some_and(|filing| {
            !filing["percent"].is_null() || ["progress", "problems", "next"].iter().any(|part| filing[*part] != "")
        });
        let begins = format!("{key}/");
        let figure = |(of, value): (&String, &Value)| {
            of.starts_with(&begins) && of.ends_with(&format!("@{PERIOD}")) && value.get("value").is_some()
        };
        words || self.0.iter().any(figure)
    }

    /// Whether it was returned and not filed again.
    fn is_returned(&self, key: &str) -> bool {
        self.filing(key).is_some_and(|filing| filing["review"].get("returned").is_some())
    }

    /// Whether something is to be filed on it and nothing was.
    fn is_unfiled(&self, key: &str) -> bool {
        let accepted = self.filing(key).is_some_and(|filing| filing["review"] == "accepted");
        let owed = !self.is_closed_or_stopped(key) && self.0[key]["total"] != "no_task";
        !accepted && !self.is_returned(key) && !self.has_filed(key) && owed
    }

    fn is_closed_or_stopped(&self, key: &str) -> bool {
        self.is_granted(key, "close") || self.is_granted(key, "stop")
    }

    /// 序时进度 without milestones of its own: 75, more where the deadline has passed, less where it lies beyond the year.
    fn share(&self, key: &str) -> Decimal {
        let deadline = self.deadline(key);
        if deadline <= end() {
            return Decimal::ONE_HUNDRED;
        }
        let beyond = deadline.format("%Y").to_string() != "2024";
        let months: i64 = deadline.format("%m").to_string().parse().unwrap();
        Decimal::from(900) / Decimal::from(if beyond { months + 12 } else { 12 })
    }
}

/// A completion against time by the margins of the field: 10 and 30 points.
fn against_time(percent: Decimal, share: Decimal) -> &'static str {
    let lag = share - percent;
    let [ten, thirty] = [10, 30].map(Decimal::from);
    match percent {
        p if p >= Decimal::ONE_HUNDRED => "已完成",
        p if p.is_zero() => "未启动",
        _ if lag > thirty => "严重滞后",
        _ if lag >= ten => "滞后",
        _ if lag <= -ten => "超序时",
        _ => "按序时推进",
    }
}

/// A quota as printed: its figure, and whether it is a percentage.
fn quota(value: &Value) -> Option<(Decimal, bool)> {
    let amount = value.get("amount").and_then(|amount| dec(&amount[0])).map(|amount| (amount, false));
    amount.or_else(|| value.get("percent").and_then(|percent| dec(&percent[0])).map(|percent| (percent, true)))
}

fn row_status(facts: &Facts, row: &Value) -> &'static str {
    let key = row["key"].as_str().unwrap();
    if facts.is_granted(key, "stop") {
        return "调整/终止";
    }
    if row["total"].get("text").is_some() {
        let stated = facts.filing(key).and_then(|filing| dec(&filing["percent"]));
        return stated.map_or("不评定", |percent| against_time(percent, facts.share(key)));
    }
    let Some((target, rate)) = quota(&row["total"]).filter(|(target, _)| !target.is_zero()) else { return "不评定" };
    let areas = row["areas"].as_array().unwrap();
    let counted: Vec<&str> = areas
        .iter()
        .filter(|one| one["quota"].get("amount").is_some())
        .map(|one| one["area"].as_str().unwrap())
        .collect();
    let done = if counted.is_empty() || rate {
        facts.done(key, "全市")
    } else {
        let known: Vec<Decimal> = counted.iter().filter_map(|area| facts.done(key, area)).collect();
        (!known.is_empty()).then(|| known.iter().sum())
    };
    let Some(done) = done else { return "未报" };
    let percent = done * Decimal::ONE_HUNDRED / target;
    if !rate {
        return against_time(percent, facts.share(key));
    }
    match Decimal::ONE_HUNDRED - percent {
        short if short <= Decimal::ZERO => "已完成",
        short if short > Decimal::from(30) => "严重滞后",
        short if short > Decimal::from(10) => "滞后",
        _ => "按序时推进",
    }
}

fn bulletin() -> (Facts, Made) {
    let (ledger, commits) = demonstration_with_commits();
    let journal = commits.map(|commit| serde_json::to_string(&commit).unwrap());
    let book = Book::newest(&ledger).unwrap();
    let made_on = NaiveDate::from_ymd_opt(2024, 10, 25).unwrap();
    let made = make(&book, &What::Bulletin, PERIOD.parse().unwrap(), made_on, Lang::Zh);
    (Facts(folded(&journal)), made)
}

fn paragraph<'a>(made: &'a Made, begins: &str) -> &'a str {
    let found = made.report.blocks.iter().find_map(|block| match block {
        Block::Paragraph(text) if text.starts_with(begins) => Some(text.as_str()),
        _ => None,
    });
    found.unwrap()
}

#[test]
fn the_counts_of_quotas_are_those_of_the_journal() {
    let (facts, made) = bulletin();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in facts.rows() {
        *counts.entry(row_status(&facts, row)).or_default() += 1;
    }
    assert_eq!(counts.values().sum::<usize>(), 53);
    let text = paragraph(&made, "民生实事共");
    for status in ["已完成", "超序时", "按序时推进", "滞后", "严重滞后", "未启动", "未报", "调整/终止"]
    {
        let count = counts.get(status).copied().unwrap_or_default();
        assert!(
            text.contains(&format!("，{status}{count}项（")) || text.contains(&format!("中，{status}{count}项（")),
            "{status}{count}: {text}"
        );
    }
    // And in the data beside it, where 超额完成 is told apart.
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for row in made.data["quota_rows"].as_array().unwrap() {
        let status = row["status"].as_str().unwrap();
        *told.entry(if status == "超额完成" { "已完成" } else { status }).or_default() += 1;
    }
    assert_eq!(told, counts);
}

#[test]
fn the_counts_of_tasks_without_targets_are_those_of_the_journal() {
    let (facts, made) = bulletin();
    let data: BTreeMap<&str, &Value> =
        made.data["tasks"].as_array().unwrap().iter().map(|task| (task["key"].as_str().unwrap(), task)).collect();
    assert_eq!(data.len(), facts.tasks().len());
    let mut checked = 0;
    for task in facts.tasks() {
        let key = task["key"].as_str().unwrap();
        if facts.0.contains_key(&format!("{key}/target/1")) || facts.is_granted(key, "close") {
            continue;
        }
        let stated = facts.filing(key).and_then(|filing| dec(&filing["percent"]));
        let status = if facts.is_granted(key, "stop") {
            "调整/终止"
        } else {
            stated.map_or("未报", |percent| against_time(percent, facts.share(key)))
        };
        let told = data[key]["status"].as_str().unwrap();
        assert_eq!(if told == "超额完成" { "已完成" } else { told }, status, "{key}");
        checked += 1;
    }
    assert!(checked > 40, "{checked}");
}

#[test]
fn the_areas_averages_and_their_ranks_are_those_of_the_journal() {
    let (facts, made) = bulletin();
    let mut averages: Vec<(String, Decimal)> = Vec::new();
    for area in facts.0[""]["areas"].as_array().unwrap().iter().map(|area| area.as_str().unwrap()) {
        let mut rates = Vec::new();
        for row in facts.rows().into_iter().filter(|row| row["total"].get("amount").is_some()) {
            let key = row["key"].as_str().unwrap();
            let cell = row["areas"].as_array().unwrap().iter().find(|cell| cell["area"] == area);
            let Some((target, false)) = cell.and_then(|cell| quota(&cell["quota"])) else { continue };
            if let Some(done) = facts.done(key, area).filter(|_| !target.is_zero() && !facts.is_granted(key, "stop")) {
                rates.push((done * Decimal::ONE_HUNDRED / target).min(Decimal::ONE_HUNDRED));
            }
        }
        let mean = rates.iter().sum::<Decimal>() / Decimal::from(rates.len());
        averages.push((area.to_owned(), mean.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero)));
    }
    let table = made.report.tables().find(|table| table.caption == "各地量化指标完成情况").unwrap();
    assert_eq!(table.rows.len(), averages.len());
    for row in &table.rows {
        let (area, average) = averages.iter().find(|(area, _)| *area == row[1].text).unwrap();
        assert_eq!(row[2].text, format!("{average:.1}%"), "{area}");
        let better = averages.iter().filter(|(other, value)| other != "市本级" && value > average).count();
        let rank = if area == "市本级" { "-".to_owned() } else { (better + 1).to_string() };
        assert_eq!(row[0].text, rank, "{area}");
    }
    let chart = made.report.blocks.iter().find_map(|block| match block {
        Block::Chart(chart) if chart.caption == "各地平均完成率" => Some(chart),
        _ => None,
    });
    let drawn: Vec<_> = chart.unwrap().bars.iter().map(|bar| (&bar.label, &bar.figure)).collect();
    assert_eq!(drawn, table.rows.iter().map(|row| (&row[1].text, &row[2].text)).collect::<Vec<_>>());
}

#[test]
fn who_has_not_filed_is_as_the_journal_says() {
    let (facts, made) = bulletin();
    let mut unfiled: BTreeSet<String> = BTreeSet::new();
    let mut returned: BTreeSet<String> = BTreeSet::new();
    let mut due = 0;
    let numbers: BTreeMap<&str, String> = facts
        .tasks()
        .into_iter()
        .map(|task| (task["key"].as_str().unwrap(), task["no"].as_str().unwrap().to_owned()))
        .chain(facts.rows().into_iter().map(|row| {
            let key = row["key"].as_str().unwrap();
            let (item, sub) = key.trim_start_matches(['P', 'C']).split_once('.').unwrap();
            let mark = if key.starts_with('P') { "省" } else { "市" };
            let alone = sub == "1" && !facts.0.contains_key(&format!("{}.2", key.split_once('.').unwrap().0));
            (key, if alone { format!("{mark}{item}") } else { format!("{mark}{item}-{sub}") })
        }))
        .collect();
    for (key, number) in &numbers {
        let excused = !facts.has_filed(key)
            && facts.filing(key).is_none_or(|filing| filing["review"] == "pending")
            && (facts.is_closed_or_stopped(key) || facts.0[*key]["total"] == "no_task");
        due += usize::from(!excused);
        if facts.is_returned(key) {
            returned.insert(number.clone());
        } else if facts.is_unfiled(key) {
            unfiled.insert(number.clone());
        }
    }
    let table = made.report.tables().find(|table| table.caption == "未填报事项（按牵头单位）").unwrap();
    let told: BTreeSet<String> = table.rows.iter().flat_map(|row| row[2].text.split('、')).map(str::to_owned).collect();
    assert_eq!(told, unfiled);
    let filed = due - unfiled.len() - returned.len();
    let text = paragraph(&made, "本期应填报");
    assert!(text.starts_with(&format!("本期应填报{due}项，已填报{filed}项（")), "{due}, {filed}: {text}");
    assert!(text.contains(&format!("未填报{}项", unfiled.len())), "{text}");
    let text = paragraph(&made, "退回");
    assert!(text.starts_with(&format!("退回{}项", returned.len())), "{text}");
    assert!(returned.iter().all(|number| text.contains(&format!("{number}（"))), "{text}");
}
