//! The rules of rating, case by case, on books of an invented place; then what holds for every book.

use proptest::prelude::*;

use super::*;
use crate::model::{Key, Record, RequestKind, Review};
use crate::report::fixture::{Making, amount, cells, day, dec, id, q, target};

fn making() -> Making {
    let mut making = Making::new("东城区 南溪县 北山县");
    making.task(1, "引进项目", "张三", "市发改委");
    making
}

fn rated(making: &Making, item: &str, period: u8) -> Rating {
    let ledger = making.ledger();
    Book::newest(&ledger).unwrap().rate(item.parse().unwrap(), q(period))
}

fn shown(making: &Making, item: &str, period: u8) -> (Status, Light) {
    let rating = rated(making, item, period);
    (rating.status, rating.light)
}

/// The rating in the third quarter of a task with one target at a figure.
fn of_target(what: (Comparator, &str, &str), actual: &str) -> (Status, Light) {
    shown(making().target(1, 1, what).actual(1, 1, q(3), actual), "T1", 3)
}

use crate::model::Light;

#[test]
fn a_counted_target_is_rated_by_its_lag_behind_time() {
    let at_least = |actual| of_target((Comparator::AtLeast, "100", "个"), actual);
    assert_eq!(at_least("66"), (Status::OnTime, Light::Green), "lag 9: less than 10");
    assert_eq!(at_least("65"), (Status::Behind, Light::Yellow), "lag 10");
    assert_eq!(at_least("45"), (Status::Behind, Light::Yellow), "lag 30 is not over 30");
    assert_eq!(at_least("44"), (Status::FarBehind, Light::Red), "lag 31");
    assert_eq!(at_least("85"), (Status::Ahead, Light::Green), "10 ahead");
    assert_eq!(at_least("100"), (Status::Complete, Light::Green));
    assert_eq!(at_least("101"), (Status::Exceeded, Light::Green));
    for comparator in [Comparator::MoreThan, Comparator::Equal, Comparator::Tiers] {
        assert_eq!(of_target((comparator, "100", "个"), "65"), (Status::Behind, Light::Yellow), "{comparator}");
        assert_eq!(of_target((comparator, "100", "个"), "100"), (Status::Complete, Light::Green), "{comparator}");
    }
}

#[test]
fn nothing_done_is_not_started_with_the_light_of_its_lag() {
    let mut making = making();
    making.target(1, 1, (Comparator::AtLeast, "4", "个"));
    for (period, light) in [(1, Light::Yellow), (2, Light::Red)] {
        making.actual(1, 1, q(period), "0");
        assert_eq!(shown(&making, "T1", period), (Status::NotStarted, light));
    }
}

#[test]
fn a_rate_is_compared_with_its_whole_target_in_every_period() {
    for period in 1..=4 {
        let rate = |actual: &str| {
            let mut making = making();
            making.target(1, 1, (Comparator::AtLeast, "20", "%")).actual(1, 1, q(period), actual);
            shown(&making, "T1", period)
        };
        assert_eq!(rate("20"), (Status::Complete, Light::Green), "met");
        assert_eq!(rate("18"), (Status::OnTime, Light::Green), "short by 10% of the target");
        assert_eq!(rate("17.9"), (Status::Behind, Light::Yellow));
        assert_eq!(rate("14"), (Status::Behind, Light::Yellow), "short by 30%");
        assert_eq!(rate("13.9"), (Status::FarBehind, Light::Red));
        assert_eq!(rate("-3"), (Status::FarBehind, Light::Red), "it fell");
    }
}

#[test]
fn lower_is_better_under_a_ceiling_by_the_same_margins() {
    let at_most = |actual| of_target((Comparator::AtMost, "100", "起"), actual);
    assert_eq!(at_most("100"), (Status::OnTime, Light::Green), "kept; it can still rise before the year's end");
    assert_eq!(at_most("110"), (Status::OnTime, Light::Green));
    assert_eq!(at_most("111"), (Status::Behind, Light::Yellow));
    assert_eq!(at_most("130"), (Status::Behind, Light::Yellow));
    assert_eq!(at_most("131"), (Status::FarBehind, Light::Red));
    let below = |actual: &str| {
        let mut making = making();
        shown(making.target(1, 1, (Comparator::LessThan, "25", "")).actual(1, 1, q(4), actual), "T1", 4)
    };
    assert_eq!(below("24.9"), (Status::Complete, Light::Green), "kept over the whole year");
    assert_eq!(below("25"), (Status::OnTime, Light::Green), "not below, yet over by nothing");
}

#[test]
fn an_event_is_complete_when_it_happened_and_else_as_the_filing_says() {
    for comparator in [Comparator::First, Comparator::All, Comparator::Up, Comparator::Down, Comparator::Done] {
        let mut making = making();
        making.target(1, 1, (comparator, "", ""));
        assert_eq!(shown(&making, "T1", 3), (Status::Unknown, Light::Grey), "nothing is filed: not known is not green");
        making.filed(1, q(3), None);
        assert_eq!(shown(&making, "T1", 3), (Status::OnTime, Light::Green), "under way, before its deadline");
        making.filed(1, q(3), Some("20"));
        assert_eq!(shown(&making, "T1", 3), (Status::OnTime, Light::Green), "20% of an event is not behind time");
        making.filed(1, q(3), Some("100"));
        assert_eq!(shown(&making, "T1", 3), (Status::Complete, Light::Green));
        making.filed(1, q(4), None);
        assert_eq!(shown(&making, "T1", 4), (Status::FarBehind, Light::Red), "its deadline has come without it");
        making.actual(1, 1, q(4), "1");
        assert_eq!(shown(&making, "T1", 4), (Status::Complete, Light::Green));
    }
}

#[test]
fn a_0_without_a_word_says_that_an_event_has_not_begun() {
    let mut making = making();
    making.target(1, 1, (Comparator::First, "", ""));
    let mut state = |period, progress: &str| {
        let filing = Filing { percent: Some(dec("0")), progress: progress.into(), ..Filing::default() };
        making.put(Key::filing(&id(), ItemKey::task(1), period), Record::Filing(filing));
        let rating = rated(&making, "T1", period.index());
        (rating.status, rating.light, rating.computed_light(Thresholds::default()))
    };
    let nothing = (Status::NotStarted, Light::Grey, Light::Grey);
    assert_eq!(state(q(3), ""), nothing, "it is known, and neither under way nor against time");
    assert_eq!(state(q(3), "正在洽谈"), (Status::OnTime, Light::Green, Light::Green), "under way, as the words say");
    assert_eq!(state(q(4), ""), (Status::FarBehind, Light::Red, Light::Red), "its deadline has come without it");
    let mut making = self::making();
    making.target(1, 1, (Comparator::First, "", "")).actual(1, 1, q(3), "0").actual(1, 1, q(4), "0");
    assert_eq!(shown(&making, "T1", 3), (Status::NotStarted, Light::Grey), "a figure of 0 says as much");
    assert_eq!(shown(&making, "T1", 4), (Status::FarBehind, Light::Red));
    assert_eq!(shown(making.filed(1, q(3), None), "T1", 3), (Status::OnTime, Light::Green));
}

#[test]
fn a_target_of_nothing_decides_only_where_no_other_does() {
    let mut making = making();
    making.target(1, 1, (Comparator::AtLeast, "0", "个")).actual(1, 1, q(3), "0");
    assert_eq!(shown(&making, "T1", 3).0, Status::NotRated);
    making.target(1, 2, (Comparator::AtLeast, "100", "个")).actual(1, 2, q(3), "90");
    let rating = rated(&making, "T1", 3);
    assert_eq!((rating.status, rating.light, rating.target), (Status::Ahead, Light::Green, Some(2)));
    making.actual(1, 2, q(3), "10");
    assert_eq!(shown(&making, "T1", 3), (Status::FarBehind, Light::Red));
}

#[test]
fn about_is_reached_within_the_first_margin_on_either_side() {
    let about = |actual| of_target((Comparator::About, "5000", "亩"), actual).0;
    assert_eq!([about("4600"), about("5400")], [Status::Complete; 2]);
    assert_eq!(about("5600"), Status::Exceeded);
    assert_eq!(about("4000"), Status::OnTime, "80% at three quarters of the year");
    assert_eq!(about("3000"), Status::Behind);
}

#[test]
fn the_lowest_tier_is_what_has_to_be_reached() {
    let tiers = |actual: &str| {
        let mut making = making();
        let tiers = Target { tiers: vec![dec("5"), dec("6")], ..target(Comparator::Tiers, "4", "家") };
        making.put(Key::target(&id(), ItemKey::task(1), 1), Record::Target(tiers)).actual(1, 1, q(4), actual);
        shown(&making, "T1", 4).0
    };
    assert_eq!([tiers("3"), tiers("4"), tiers("5")], [Status::Behind, Status::Complete, Status::Exceeded]);
}

#[test]
fn a_task_takes_the_worst_of_its_targets() {
    let mut making = making();
    making.target(1, 1, (Comparator::AtLeast, "100", "个")).target(1, 2, (Comparator::AtLeast, "20", "%"));
    making.actual(1, 1, q(3), "90").actual(1, 2, q(3), "15");
    let rating = rated(&making, "T1", 3);
    assert_eq!((rating.light, rating.target), (Light::Yellow, Some(2)));
    making.actual(1, 1, q(3), "10");
    assert_eq!(rated(&making, "T1", 3).target, Some(1));
}

#[test]
fn a_target_without_a_figure_is_taken_at_the_percentage_stated() {
    let mut making = making();
    making.target(1, 1, (Comparator::AtLeast, "100", "个")).target(1, 2, (Comparator::AtLeast, "8", "家"));
    making.actual(1, 1, q(3), "90");
    assert_eq!(shown(&making, "T1", 3), (Status::Unknown, Light::Grey), "one good figure does not make it green");
    making.filed(1, q(3), Some("40"));
    let rating = rated(&making, "T1", 3);
    assert_eq!((rating.status, rating.target), (Status::FarBehind, Some(2)));
}

#[test]
fn a_task_without_targets_is_rated_on_the_percentage_stated() {
    let mut making = making();
    assert_eq!(shown(&making, "T1", 3), (Status::Unknown, Light::Grey));
    making.filed(1, q(3), Some("66"));
    assert_eq!(shown(&making, "T1", 3), (Status::OnTime, Light::Green));
    making.filed(1, q(3), None);
    assert_eq!(shown(&making, "T1", 3), (Status::Unknown, Light::Grey), "words alone say nothing of how far it is");
}

fn milestones() -> Making {
    let mut making = making();
    for (no, (value, due)) in (1..).zip([("30", day(3, 31)), ("60", day(6, 30)), ("85", day(9, 30))]) {
        let milestone = Target { deadline: Some(due), ..target(Comparator::AtLeast, value, "%") };
        making.put(Key::target(&id(), ItemKey::task(1), no), Record::Target(milestone));
    }
    making
}

#[test]
fn its_own_milestones_replace_the_share_of_time() {
    let mut making = milestones();
    let ledger = making.ledger();
    let book = Book::newest(&ledger).unwrap();
    let item = ItemKey::task(1);
    assert_eq!([1, 2, 3].map(|n| book.share(item, q(n))), ["30", "60", "85"].map(dec));
    let month = |n| Period::new(2024, crate::model::Span::Month, n).unwrap();
    assert!(
        book.share(item, month(2)) < dec("30") && book.share(item, month(2)) > dec("16"),
        "before the first is due"
    );
    assert_eq!(book.share(item, month(4)), dec("30"));
    making.filed(1, q(2), Some("50"));
    let rating = rated(&making, "T1", 2);
    assert_eq!((rating.status, rating.lag, rating.target), (Status::Behind, Some(dec("10")), Some(2)));
    making.actual(1, 3, q(3), "86");
    assert_eq!(shown(&making, "T1", 3), (Status::Complete, Light::Green), "the last of them is reached");
    making.actual(1, 3, q(3), "50");
    assert_eq!(shown(&making, "T1", 3), (Status::FarBehind, Light::Red), "35 behind its own 85");
    let ledger = making.ledger();
    let book = Book::newest(&ledger).unwrap();
    let task = book.task(item).unwrap();
    assert_eq!([1, 2].map(|no| book.rate_target(task, no, q(3))), [None, None], "the third stands in their place");
}

#[test]
fn milestones_of_different_things_are_no_course() {
    let mut making = making();
    for (no, metric) in [(1, "甲"), (2, "乙")] {
        let one =
            Target { metric: metric.into(), deadline: Some(day(6, 30)), ..target(Comparator::AtLeast, "50", "%") };
        making.put(Key::target(&id(), ItemKey::task(1), no), Record::Target(one));
    }
    let ledger = making.ledger();
    assert_eq!(Book::newest(&ledger).unwrap().share(ItemKey::task(1), q(3)), dec("75"));
}

#[test]
fn a_row_is_rated_on_the_citys_total_and_each_cell_on_its_own_quota() {
    let areas = ["东城区", "南溪县", "北山县"];
    let mut making = making();
    making.row("P1.1", "水站", amount("20"), &cells(&areas, "12 4 4"));
    making.done("P1.1", "东城区", q(3), "24").done("P1.1", "南溪县", q(3), "0").done("P1.1", "北山县", q(3), "0");
    assert_eq!(shown(&making, "P1.1", 3), (Status::Exceeded, Light::Green));
    let ledger = making.ledger();
    let book = Book::newest(&ledger).unwrap();
    let row = book.row("P1.1".parse().unwrap()).unwrap();
    let lights = areas.map(|area| book.rate_cell(row, area, q(3)).light);
    assert_eq!(lights, [Light::Green, Light::Red, Light::Red]);
}

#[test]
fn what_is_no_number_never_enters_a_sum() {
    let mut making = making();
    let quotas = [
        ("东城区", amount("10")),
        ("南溪县", Quota::Percent(dec("95"), true)),
        ("北山县", Quota::NotAssigned),
        ("高新区", Quota::NoTask),
        ("新城", Quota::Text("完成下达任务".into())),
        ("市本级", Quota::Blank),
    ];
    making.row("P1.1", "水站", amount("10"), &quotas);
    for (area, _) in &quotas {
        making.done("P1.1", area, q(3), "5");
    }
    assert_eq!(rated(&making, "P1.1", 3).percent, Some(dec("50")));
    making.row("P2.1", "覆盖率", Quota::Percent(dec("90"), true), &[("东城区", Quota::Percent(dec("90"), true))]);
    making.done("P2.1", "东城区", q(3), "45");
    assert_eq!(shown(&making, "P2.1", 3), (Status::FarBehind, Light::Red), "the worst area, not a sum");
    making.row("P3.1", "无", Quota::NoTask, &[]).row("P4.1", "句", Quota::Text("完成".into()), &[]);
    assert_eq!(["P3.1", "P4.1"].map(|row| shown(&making, row, 3).0), [Status::NotRated; 2]);
    making.row("P5.1", "空", amount("10"), &cells(&["东城区"], "10"));
    assert_eq!(shown(&making, "P5.1", 3), (Status::Unknown, Light::Grey));
}

#[test]
fn a_closed_item_keeps_its_last_figures_and_a_stopped_one_shows_no_light() {
    let mut making = making();
    making.filed(1, q(2), Some("70")).granted("T1", RequestKind::Close, q(2), None);
    let rating = rated(&making, "T1", 4);
    assert_eq!((rating.status, rating.light, rating.percent), (Status::Complete, Light::Green, Some(dec("70"))));
    assert_eq!(shown(&making, "T1", 1), (Status::Unknown, Light::Grey), "it was not closed then");
    making.granted("T1", RequestKind::Stop, q(3), None);
    assert_eq!(rated(&making, "T1", 3), Rating::STOPPED);
    assert!(!Status::Stopped.has_light());
    assert_eq!(shown(&making, "T1", 2).0, Status::Ahead, "the past stays as it was");
}

#[test]
fn a_light_set_by_hand_ends_with_its_period() {
    let mut making = making();
    making.filed(1, q(2), Some("5")).filed(1, q(3), Some("5")).light("T1", q(2), Light::Yellow);
    let rating = rated(&making, "T1", 2);
    assert_eq!((rating.status, rating.light, rating.by_hand), (Status::FarBehind, Light::Yellow, true));
    assert_eq!(rating.computed_light(Thresholds::default()), Light::Red);
    assert_eq!(shown(&making, "T1", 3), (Status::FarBehind, Light::Red));
    making.granted("T1", RequestKind::Stop, q(2), None);
    assert!(!rated(&making, "T1", 2).by_hand, "what shows no light has none to be set");
}

#[test]
fn an_extension_changes_the_deadline_and_the_share_of_time_from_its_period_on() {
    let mut making = making();
    let until = NaiveDate::from_ymd_opt(2025, 3, 31);
    making.filed(1, q(3), Some("60")).filed(1, q(4), Some("75")).granted("T1", RequestKind::Extend, q(3), until);
    let ledger = making.ledger();
    let book = Book::newest(&ledger).unwrap();
    let item = ItemKey::task(1);
    assert_eq!([2, 3].map(|n| book.deadline(item, q(n))), [day(12, 31), until.unwrap()]);
    assert_eq!([2, 3, 4].map(|n| book.share(item, q(n))), ["50", "60", "80"].map(dec), "of fifteen months");
    assert_eq!(shown(&making, "T1", 3), (Status::OnTime, Light::Green));
}

#[test]
fn an_extension_reaches_a_target_with_a_day_of_its_own_but_no_milestone() {
    let by_june = || {
        let mut making = making();
        let target = Target { deadline: Some(day(6, 30)), ..target(Comparator::AtLeast, "100", "个") };
        making.put(Key::target(&id(), ItemKey::task(1), 1), Record::Target(target));
        making.actual(1, 1, q(2), "60").actual(1, 1, q(3), "60");
        making
    };
    let mut making = by_june();
    assert_eq!(shown(&making, "T1", 2), (Status::FarBehind, Light::Red), "60 of 100 on its day");
    making.granted("T1", RequestKind::Extend, q(2), Some(day(9, 30)));
    assert_eq!(shown(&making, "T1", 2), (Status::Ahead, Light::Green), "60 at half of the year");
    assert_eq!(shown(&making, "T1", 3), (Status::FarBehind, Light::Red), "60 of 100 on the day that was granted");
    let mut making = by_june();
    making.granted("T1", RequestKind::Adjust, q(2), Some(day(5, 31)));
    assert_eq!(shown(&making, "T1", 1).0, Status::Unknown);
    assert_eq!(shown(&making, "T1", 2).0, Status::FarBehind, "its own day is not before what is granted");
    let mut making = milestones();
    making.filed(1, q(2), Some("50")).granted("T1", RequestKind::Extend, q(2), Some(day(12, 31)));
    assert_eq!(rated(&making, "T1", 2).lag, Some(dec("10")), "its plan asks for 60 by June all the same");
}

#[test]
fn what_was_granted_for_a_task_holds_for_each_of_its_targets() {
    let mut making = making();
    making.target(1, 1, (Comparator::AtLeast, "100", "个")).actual(1, 1, q(2), "19");
    let of = |making: &Making, period| {
        let ledger = making.ledger();
        let book = Book::newest(&ledger).unwrap();
        book.rate_target(book.task(ItemKey::task(1)).unwrap(), 1, q(period)).unwrap()
    };
    assert_eq!(of(&making, 3).status, Status::Unknown);
    making.granted("T1", RequestKind::Close, q(3), None);
    let closed = of(&making, 4);
    assert_eq!((closed.status, closed.light, closed.percent), (Status::Complete, Light::Green, Some(dec("19"))));
    assert_eq!(of(&making, 2).light, Light::Red, "it was not closed then");
    making.granted("T1", RequestKind::Stop, q(3), None);
    assert_eq!(of(&making, 3), Rating::STOPPED);
}

#[test]
fn what_is_past_its_deadline_has_to_be_whole() {
    let mut making = making();
    making.filed(1, q(3), Some("85")).granted("T1", RequestKind::Adjust, q(1), Some(day(9, 15)));
    assert_eq!(shown(&making, "T1", 3), (Status::Behind, Light::Yellow), "85 of 100");
}

#[test]
fn the_margins_are_those_of_the_document() {
    let mut making = making();
    let ledger = making.ledger();
    let mut document = Book::newest(&ledger).unwrap().document().clone();
    document.settings.thresholds = Thresholds { behind: dec("5"), far_behind: dec("20") };
    making.put(Key::document(&id()), Record::Document(Box::new(document))).filed(1, q(3), Some("69"));
    assert_eq!(shown(&making, "T1", 3), (Status::Behind, Light::Yellow), "lag 6");
    assert_eq!(shown(making.filed(1, q(3), Some("54")), "T1", 3), (Status::FarBehind, Light::Red), "lag 21");
}

/// What a task of a generated book has to reach, each with one of these shapes.
const SHAPES: [(Comparator, &str, &str); 8] = [
    (Comparator::AtLeast, "40", "个"),
    (Comparator::MoreThan, "300", "亿元"),
    (Comparator::Equal, "12", "家"),
    (Comparator::About, "50", "亩"),
    (Comparator::Tiers, "4", "家"),
    (Comparator::AtLeast, "15", "%"),
    (Comparator::First, "", ""),
    (Comparator::Done, "", ""),
];

/// A book with one task of these targets, each at its figure, and one row of these quotas.
fn generated(period: u8, targets: &[(usize, u16)], quotas: &[(u8, u16)]) -> Making {
    let mut making = making();
    making.filed(1, q(period), None);
    for (no, (shape, done)) in (1..).zip(targets) {
        making.target(1, no, SHAPES[shape % SHAPES.len()]).actual(1, no, q(period), &done.to_string());
    }
    let names = ["东城区", "南溪县", "北山县", "高新区", "新城"];
    let quota = |kind: u8| match kind % 5 {
        0 | 1 => amount("20"),
        2 => Quota::NotAssigned,
        3 => Quota::Percent(dec("90"), true),
        _ => Quota::Text("完成".into()),
    };
    let cells: Vec<(&str, Quota)> =
        names.into_iter().zip(quotas).map(|(name, (kind, _))| (name, quota(*kind))).collect();
    making.row("P1.1", "水站", amount("60"), &cells);
    for (name, (_, done)) in names.into_iter().zip(quotas) {
        making.done("P1.1", name, q(period), &done.to_string());
    }
    making
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_done_never_makes_a_light_worse(
        period in 1u8..=4,
        targets in prop::collection::vec((0usize..8, 0u16..60), 1..4),
        quotas in prop::collection::vec((0u8..5, 0u16..40), 1..5),
        which in any::<prop::sample::Index>(),
        more in 1u16..30,
    ) {
        let before = generated(period, &targets, &quotas);
        let (mut better, mut more_cells) = (targets.clone(), quotas.clone());
        better[which.index(targets.len())].1 += more;
        more_cells[which.index(quotas.len())].1 += more;
        let after = generated(period, &better, &more_cells);
        for item in ["T1", "P1.1"] {
            prop_assert!(shown(&after, item, period).1 >= shown(&before, item, period).1, "{item}");
        }
    }

    #[test]
    fn later_never_makes_a_light_better(
        early in 1u8..=3,
        targets in prop::collection::vec((0usize..8, 0u16..60), 1..4),
        quotas in prop::collection::vec((0u8..5, 0u16..40), 1..5),
    ) {
        let (before, after) = (generated(early, &targets, &quotas), generated(early + 1, &targets, &quotas));
        for item in ["T1", "P1.1"] {
            prop_assert!(shown(&after, item, early + 1).1 <= shown(&before, item, early).1, "{item}");
        }
    }

    #[test]
    fn only_amounts_are_added_up(quotas in prop::collection::vec((0u8..5, 0u16..40), 1..5)) {
        let making = generated(3, &[], &quotas);
        let counted = || quotas.iter().filter(|(kind, _)| kind % 5 < 2);
        let expected: u16 = counted().map(|(_, done)| *done).sum();
        let ledger = making.ledger();
        let book = Book::newest(&ledger).unwrap();
        let row = book.row("P1.1".parse().unwrap()).unwrap();
        // A row without any amount of an area is not divided: its figure is typed in for the city.
        let sum = counted().next().map(|_| Decimal::from(expected));
        prop_assert_eq!(book.row_done(row, q(3)), sum);
    }

    #[test]
    fn what_is_not_known_is_never_green(period in 1u8..=4, shapes in prop::collection::vec(0usize..8, 0..4)) {
        let mut making = making();
        for (no, shape) in (1..).zip(&shapes) {
            making.target(1, no, SHAPES[*shape]);
        }
        making.reviewed("T1", q(period), None, Review::Pending);
        let ledger = making.ledger();
        let book = Book::newest(&ledger).unwrap();
        let events = shapes.iter().all(|shape| *shape >= 6) && !shapes.is_empty();
        // Words are enough only where it is asked whether something is under way.
        prop_assert!(events || book.rate(ItemKey::task(1), q(period)).light != Light::Green);
    }
}
