//! The rules of every deed on an item, on a book of an invented place.

use super::*;
use crate::model::{Comparator, DueMonth, Ledger, Quota, Span, StepState};
use crate::report::fixture::{Making, amount, cells, day, dec, id, q, target};

fn making() -> Making {
    let mut making = Making::new("东城区 南溪县");
    making.task(1, "引进项目", "张三", "市发改委").task(2, "修路", "李四", "市交通局");
    making.target(1, 1, (Comparator::AtLeast, "4", "个")).target(1, 2, (Comparator::AtLeast, "15", "%"));
    making.row("P1.1", "水站", amount("20"), &cells(&["东城区", "南溪县"], "10 10"));
    making.row("P2.1", "句", Quota::Text("完成下达任务".into()), &[]);
    making
}

fn book(ledger: &Ledger) -> Book<'_> {
    Book::newest(ledger).unwrap()
}

fn item(text: &str) -> ItemKey {
    text.parse().unwrap()
}

/// Takes writes into a making, as a commit would.
fn take(making: &mut Making, writes: Vec<Write>) {
    for write in writes {
        making.put(write.key, write.value.unwrap());
    }
}

fn only(writes: &[Write]) -> &Record {
    let [write] = writes else { panic!("{writes:?}") };
    write.value.as_ref().unwrap()
}

fn review_of(making: &Making, of: &str) -> Review {
    let ledger = making.ledger();
    book(&ledger).filing(item(of), q(3)).unwrap().0.review.clone()
}

fn said(progress: &str) -> Said {
    Said { progress: Some(progress.into()), ..Said::default() }
}

#[test]
fn filing_again_after_a_return_waits_for_review_and_saying_nothing_new_then_writes_nothing() {
    let mut making = making();
    making.reviewed("T1", q(3), Some("60"), Review::Returned("太笼统".into()));
    let ledger = making.ledger();
    let same = file(&book(&ledger), item("T1"), q(3), &said("进展")).unwrap();
    assert_eq!(same.len(), 1, "the unit stands by its words: they wait for review again");
    let writes = file(&book(&ledger), item("T1"), q(3), &said("已开工3个")).unwrap();
    take(&mut making, writes);
    assert_eq!(review_of(&making, "T1"), Review::Pending);
    let ledger = making.ledger();
    assert_eq!(file(&book(&ledger), item("T1"), q(3), &said("已开工3个")), Ok(vec![]));
}

#[test]
fn a_filing_carries_the_figures_of_targets_and_both_are_written_together() {
    let making = making();
    let ledger = making.ledger();
    let said = Said {
        percent: Some(Some(dec("50.50"))),
        actuals: vec![(1, Some(dec("2"))), (2, Some(dec("-3.5")))],
        ..said("开工")
    };
    let writes = file(&book(&ledger), item("T1"), q(3), &said).unwrap();
    let keys: Vec<String> = writes.iter().map(|write| write.key.of.clone()).map(|of| format!("{of:?}")).collect();
    assert_eq!(writes.len(), 3, "{keys:?}");
    let counted = Said { actuals: vec![(1, Some(dec("-1")))], ..Said::default() };
    assert_eq!(
        file(&book(&ledger), item("T1"), q(3), &counted),
        Err(NoDeed::BadFigure),
        "what is counted cannot be less than nothing"
    );
    let unknown = Said { actuals: vec![(9, Some(dec("1")))], ..Said::default() };
    assert_eq!(file(&book(&ledger), item("T1"), q(3), &unknown), Err(NoDeed::NoNumber));
}

#[test]
fn what_cannot_be_filed_is_refused_with_its_reason() {
    let making = making();
    let ledger = making.ledger();
    let book = book(&ledger);
    let percent = |value: &str| Said { percent: Some(Some(dec(value))), ..Said::default() };
    assert_eq!(file(&book, item("P1.1"), q(3), &percent("5")), Err(NoDeed::RowPercent));
    assert!(file(&book, item("P2.1"), q(3), &percent("5")).is_ok(), "a sentence is rated on what is stated");
    for bad in ["-1", "999.5", "1.234"] {
        assert_eq!(file(&book, item("T1"), q(3), &percent(bad)), Err(NoDeed::BadPercent), "{bad}");
    }
    assert_eq!(file(&book, item("T9"), q(3), &said("x")), Err(NoDeed::NoItem));
    let long = "长".repeat(LONGEST_TEXT + 1);
    assert_eq!(file(&book, item("T1"), q(3), &said(&long)), Err(NoDeed::TooLong));
}

#[test]
fn a_review_needs_something_filed_and_a_return_a_reason() {
    let mut making = making();
    let ledger = making.ledger();
    assert_eq!(review(&book(&ledger), item("T1"), q(3), &Verdict::Accept), Err(NoDeed::NothingFiled));
    making.filed(1, q(3), Some("60")).done("P1.1", "东城区", q(3), "4");
    let ledger = making.ledger();
    let book = book(&ledger);
    assert_eq!(review(&book, item("T1"), q(3), &Verdict::Return("  ".into())), Err(NoDeed::NoReason));
    for of in ["T1", "P1.1"] {
        let Record::Filing(filing) = only(&review(&book, item(of), q(3), &Verdict::Accept).unwrap()).clone() else {
            panic!("{of}")
        };
        assert_eq!(filing.review, Review::Accepted, "figures alone can be reviewed too");
    }
}

#[test]
fn a_figure_that_changes_under_an_accepted_filing_opens_its_review_again() {
    let mut making = making();
    making.reviewed("T1", q(3), None, Review::Accepted).reviewed("P1.1", q(3), None, Review::Accepted);
    let ledger = making.ledger();
    let writes = put_actual(&book(&ledger), item("T1"), 1, q(3), Some(dec("3"))).unwrap();
    let cell = put_done(&book(&ledger), item("P1.1"), "东城区", q(3), Some(dec("3"))).unwrap();
    take(&mut making, writes.into_iter().chain(cell).collect());
    assert_eq!(["T1", "P1.1"].map(|of| review_of(&making, of)), [Review::Pending, Review::Pending]);
}

#[test]
fn a_light_is_set_with_a_reason_where_one_is_shown_and_taken_back() {
    let mut making = making();
    making.row("P3.1", "无", Quota::NoTask, &[]);
    let ledger = making.ledger();
    let set = |of: &str, light| set_light(&book(&ledger), item(of), q(3), light);
    assert_eq!(set("P3.1", Some((Light::Red, "理由"))), Err(NoDeed::NoLight));
    assert_eq!(set("T1", Some((Light::Red, " "))), Err(NoDeed::NoReason));
    assert_eq!(set("T1", None), Ok(vec![]), "none is set");
    take(&mut making, set("T1", Some((Light::Red, "理由"))).unwrap());
    let ledger = making.ledger();
    let back = set_light(&book(&ledger), item("T1"), q(3), None).unwrap();
    assert!(matches!(back.as_slice(), [write] if write.value.is_none()));
}

#[test]
fn who_is_on_the_chase_list_can_be_chased_and_is_counted() {
    let mut making = making();
    let today = day(10, 25);
    let chased = |making: &Making, of: &str| {
        let ledger = making.ledger();
        chase(&book(&ledger), item(of), q(3), today, "电话")
    };
    for times in 1..=2 {
        let writes = chased(&making, "T2").unwrap();
        assert!(matches!(only(&writes), Record::Chase(chase) if chase.times == times && chase.last == Some(today)));
        take(&mut making, writes);
    }
    making.filed(2, q(3), Some("80"));
    assert_eq!(chased(&making, "T2"), Err(NoDeed::NothingOwed), "filed, in time, moved, its deadline far");
    making.filed(2, q(2), Some("80"));
    assert!(chased(&making, "T2").is_ok(), "nothing has moved since the period before");
    making.filed(2, q(2), Some("50")).granted("T2", RequestKind::Adjust, q(3), Some(day(11, 10)));
    assert!(chased(&making, "T2").is_ok(), "its deadline is near");
    making.granted("T2", RequestKind::Close, q(3), None);
    assert_eq!(chased(&making, "T2"), Err(NoDeed::Closed));
}

#[test]
fn steps_are_numbered_changed_and_removed() {
    let mut making = making();
    let step = |text: &str| Some(Step { text: text.into(), unit: None, deadline: None, state: StepState::Todo });
    for no in 1..=2 {
        let ledger = making.ledger();
        let writes = put_step(&book(&ledger), item("T1"), None, step("选址")).unwrap();
        assert!(matches!(writes.as_slice(), [write] if write.key == Key::step(&id(), item("T1"), no)));
        take(&mut making, writes);
    }
    let ledger = making.ledger();
    let book = book(&ledger);
    assert_eq!(put_step(&book, item("P1.1"), None, step("选址")), Err(NoDeed::NotATask));
    assert_eq!(put_step(&book, item("T1"), None, step(" ")), Err(NoDeed::NoReason));
    assert_eq!(put_step(&book, item("T1"), Some(3), step("选址")), Err(NoDeed::NoNumber));
    assert!(matches!(put_step(&book, item("T1"), Some(1), None).unwrap().as_slice(), [write] if write.value.is_none()));
}

#[test]
fn a_target_goes_with_its_figures_and_needs_a_value_where_it_is_compared() {
    let mut making = making();
    making.actual(1, 1, q(1), "1").actual(1, 1, q(3), "2");
    let ledger = making.ledger();
    let book = book(&ledger);
    assert_eq!(put_target(&book, item("T1"), Some(1), None).unwrap().len(), 3, "the target and two figures");
    let bare = target(Comparator::AtLeast, "", "个");
    assert_eq!(put_target(&book, item("T1"), None, Some(bare.clone())), Err(NoDeed::BadFigure));
    let event = Target { value: Some(dec("3")), ..target(Comparator::First, "", "") };
    let writes = put_target(&book, item("T1"), None, Some(event)).unwrap();
    assert!(matches!(only(&writes), Record::Target(target) if target.value.is_none()), "零突破 has no figure");
    making.put(Key::target(&id(), item("T1"), 3), Record::Target(bare.clone()));
    let ledger = making.ledger();
    let renamed = Target { metric: "另名".into(), ..bare };
    let renamed = put_target(&Book::newest(&ledger).unwrap(), item("T1"), Some(3), Some(renamed));
    assert!(renamed.is_ok(), "增速高于平均 never had a figure");
}

#[test]
fn an_extension_needs_a_later_day_and_a_request_is_asked_and_decided_once() {
    let mut making = making();
    let ledger = making.ledger();
    let asked = |kind, until| ask(&book(&ledger), item("T1"), q(3), (kind, "审批未完", until));
    let later = NaiveDate::from_ymd_opt(2025, 3, 31);
    assert_eq!(asked(RequestKind::Extend, None), Err(NoDeed::NoDate));
    assert_eq!(asked(RequestKind::Extend, Some(day(12, 31))), Err(NoDeed::NoDate), "no later than the present one");
    take(&mut making, asked(RequestKind::Extend, later).unwrap());
    let ledger = making.ledger();
    let again = ask(&book(&ledger), item("T1"), q(3), (RequestKind::Extend, "再请", later));
    assert_eq!(again, Err(NoDeed::Asked));
    let refuse = Outcome::Refused { approver: String::new(), note: String::new() };
    assert_eq!(decide(&book(&ledger), item("T1"), 1, refuse, None), Err(NoDeed::NoReason));
    assert_eq!(book(&ledger).deadline(item("T1"), q(3)), day(12, 31), "asked for is not granted");
    let grant = Outcome::Granted { approver: String::new(), note: String::new() };
    take(&mut making, decide(&book(&ledger), item("T1"), 1, grant.clone(), None).unwrap());
    let ledger = making.ledger();
    assert_eq!(book(&ledger).deadline(item("T1"), q(3)), later.unwrap());
    assert_eq!(decide(&book(&ledger), item("T1"), 1, grant, None), Err(NoDeed::Decided));
    making.granted("T1", RequestKind::Close, q(3), None);
    let ledger = making.ledger();
    assert_eq!(ask(&book(&ledger), item("T1"), q(4), (RequestKind::Stop, "停", None)), Err(NoDeed::Closed));
}

#[test]
fn only_what_is_put_off_or_adjusted_has_a_deadline() {
    let mut making = making();
    let ledger = making.ledger();
    let asked = |kind, until| ask(&book(&ledger), item("T1"), q(3), (kind, "理由", until));
    let later = NaiveDate::from_ymd_opt(2025, 3, 31);
    for kind in [RequestKind::Stop, RequestKind::Close] {
        assert_eq!(asked(kind, later), Err(NoDeed::Dateless));
    }
    take(&mut making, asked(RequestKind::Stop, None).unwrap());
    let ledger = making.ledger();
    let grant = || Outcome::Granted { approver: String::new(), note: String::new() };
    let decided = decide(&book(&ledger), item("T1"), 1, grant(), later);
    assert_eq!(decided, Err(NoDeed::Dateless), "nor is one granted");
}

#[test]
fn an_extension_is_granted_to_a_later_day_and_refused_as_it_was_asked() {
    let mut making = making();
    let ledger = making.ledger();
    let later = NaiveDate::from_ymd_opt(2025, 3, 31);
    let asked = ask(&book(&ledger), item("T1"), q(3), (RequestKind::Extend, "审批未完", later));
    take(&mut making, asked.unwrap());
    let ledger = making.ledger();
    let grant = || Outcome::Granted { approver: String::new(), note: String::new() };
    for until in [day(12, 31), day(10, 1)] {
        let decided = decide(&book(&ledger), item("T1"), 1, grant(), Some(until));
        assert_eq!(decided, Err(NoDeed::NoDate), "{until}");
    }
    let january = NaiveDate::from_ymd_opt(2025, 1, 31);
    let granted = decide(&book(&ledger), item("T1"), 1, grant(), january).unwrap();
    assert!(matches!(only(&granted), Record::Request(request) if request.until == january));
    let refuse = Outcome::Refused { approver: String::new(), note: "年内要完成".into() };
    let refused = decide(&book(&ledger), item("T1"), 1, refuse, Some(day(10, 1))).unwrap();
    assert!(matches!(only(&refused), Record::Request(request) if request.until == later));
}

#[test]
fn settings_stay_within_reason_and_the_length_of_periods_while_something_is_filed() {
    let making = making();
    let ledger = making.ledger();
    let put = |settings| put_settings(&book(&ledger), settings);
    assert_eq!(put(Settings { due_day: 32, ..Settings::default() }), Err(NoDeed::OutOfRange));
    let mut crossed = Settings::default();
    crossed.thresholds.behind = dec("40");
    assert_eq!(put(crossed), Err(NoDeed::OutOfRange));
    assert_eq!(put(Settings::default()), Ok(vec![]));
    let months = Settings { span: Span::Month, due_month: DueMonth::Last, ..Settings::default() };
    assert!(put(months.clone()).is_ok());
    // Whatever stands under a period of the old length could not be reached any more.
    let chase = Record::Chase(Chase { times: 1, ..Chase::default() });
    let set = Record::Override(Override { light: Light::Green, reason: "已核实".into() });
    let bulletin = Record::Bulletin(Box::default());
    for (key, record) in [
        (Key::filing(&id(), item("T1"), q(1)), Record::Filing(Filing { progress: "开工".into(), ..Filing::default() })),
        (Key::chase(&id(), item("T1"), q(1)), chase),
        (Key::light(&id(), item("T1"), q(1)), set),
        (Key::bulletin(&id(), q(1)), bulletin),
    ] {
        let mut making = self::making();
        making.put(key.clone(), record);
        let ledger = making.ledger();
        assert_eq!(put_settings(&book(&ledger), months.clone()), Err(NoDeed::OtherPeriods), "{key}");
    }
}

#[test]
fn the_figure_and_the_words_before_are_the_last_that_were_recorded() {
    let mut making = making();
    making.actual(1, 1, q(1), "3").done("P1.1", "东城区", q(2), "4").filed(1, q(1), Some("20"));
    let ledger = making.ledger();
    let book = book(&ledger);
    assert_eq!(earlier_actual(&book, item("T1"), 1, q(3)), Some((q(1), dec("3"))));
    assert_eq!(earlier_done(&book, item("P1.1"), "东城区", q(3)), Some((q(2), dec("4"))));
    assert_eq!(earlier_filing(&book, item("T1"), q(3)).map(|(period, _)| period), Some(q(1)));
    assert_eq!(earlier_actual(&book, item("T1"), 1, q(1)), None);
}

#[test]
fn a_view_is_saved_under_its_name_and_removed() {
    let making = making();
    let ledger = making.ledger();
    let book = book(&ledger);
    assert_eq!(put_view(&book, " ", Some(View::default())), Err(NoDeed::NoReason));
    let long = "名".repeat(LONGEST_NAME + 1);
    assert_eq!(put_view(&book, &long, Some(View::default())), Err(NoDeed::TooLong));
    let writes = put_view(&book, "红灯", Some(View::default())).unwrap();
    assert!(matches!(only(&writes), Record::View(view) if &*view.name == "红灯"));
    assert_eq!(put_view(&book, "红灯", None), Ok(vec![]), "none of that name");
}
