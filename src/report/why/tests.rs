use super::*;
use crate::model::{Light, Quota, RequestKind};
use crate::report::fixture::{Making, amount as quota, dec, id, q};

fn told(making: &Making, item: &str, period: u8) -> String {
    let ledger = making.ledger();
    why(&Book::newest(&ledger).unwrap(), item.parse().unwrap(), q(period), Lang::Zh)
}

fn making() -> Making {
    let mut making = Making::new("东城区");
    making.task(1, "引进项目", "张三", "市发改委");
    making
}

/// Why the light is what it is with one target at a figure.
fn of_target(what: (Comparator, &str, &str), actual: &str, period: u8) -> String {
    let mut making = making();
    told(making.target(1, 1, what).actual(1, 1, q(period), actual), "T1", period)
}

#[test]
fn a_stated_percentage_is_told_with_the_share_of_time_the_lag_and_the_margin() {
    let stated = |percent: &str| told(making().filed(1, q(3), Some(percent)), "T1", 3);
    assert_eq!(stated("25"), "完成率 25.0%，序时进度 75%，慢 50.0 个百分点，超过 30：红");
    assert_eq!(stated("65"), "完成率 65.0%，序时进度 75%，慢 10.0 个百分点，在 10 至 30 之间：黄");
    assert_eq!(stated("70"), "完成率 70.0%，序时进度 75%，慢 5.0 个百分点，在 10 以内：绿");
    assert_eq!(stated("75"), "完成率 75.0%，序时进度 75%，与序时持平：绿");
    assert_eq!(stated("90"), "完成率 90.0%，序时进度 75%，快 15.0 个百分点：绿");
    assert_eq!(stated("100"), "完成率 100.0%，序时进度 75%，已完成：绿");
}

#[test]
fn a_figure_is_told_with_its_target() {
    let counted = of_target((Comparator::AtLeast, "4", "个"), "1", 3);
    assert_eq!(counted, "指标 ≥4个：完成 1个，目标 4个，完成率 25.0%，序时进度 75%，慢 50.0 个百分点，超过 30：红");
    assert_eq!(
        of_target((Comparator::AtLeast, "20", "%"), "18", 1),
        "指标 ≥20%：实绩 18%，目标 20%，差目标的 10.0%，在 10 以内：绿"
    );
    assert_eq!(
        of_target((Comparator::AtMost, "10", "起"), "12", 3),
        "指标 ≤10起：实绩 12起，控制目标 10起，超出 20.0%，在 10 至 30 之间：黄"
    );
    assert_eq!(of_target((Comparator::First, "", ""), "1", 3), "指标 零突破：已经实现：绿");
}

#[test]
fn a_light_set_by_hand_is_told_with_what_it_was() {
    let mut making = making();
    making.target(1, 1, (Comparator::AtMost, "10", "起")).actual(1, 1, q(3), "8").light("T1", q(3), Light::Red);
    let told = told(&making, "T1", 3);
    assert_eq!(told, "办公室调为红灯：已核实（原为：指标 ≤10起：实绩 8起，控制目标 10起，未突破：绿）");
}

#[test]
fn what_has_not_begun_says_so() {
    let mut making = making();
    making.target(1, 1, (Comparator::First, "", ""));
    let filing = crate::model::Filing { percent: Some(dec("0")), ..crate::model::Filing::default() };
    making.put(crate::model::Key::filing(&id(), ItemKey::task(1), q(3)), crate::model::Record::Filing(filing));
    assert!(told(&making, "T1", 3).ends_with("时限未到，填报为 0，尚未启动：灰"), "{}", told(&making, "T1", 3));
}

#[test]
fn what_is_not_known_closed_or_stopped_says_so() {
    let mut making = making();
    assert_eq!(told(&making, "T1", 3), "本期没有填报数据，情况不明：灰");
    making.row("P1.1", "无", Quota::NoTask, &[]).row("P2.1", "站", quota("5"), &[]);
    assert_eq!(told(&making, "P1.1", 3), "无任务或无可评定的指标，不亮灯");
    making.granted("T1", RequestKind::Close, q(3), None);
    assert_eq!(told(&making, "T1", 3), "已同意办结（销号）：绿");
    making.granted("T1", RequestKind::Stop, q(3), None);
    assert_eq!(told(&making, "T1", 3), "已同意终止，不再亮灯");
}
