//! The bulletin of the real document with made-up progress: its figures counted again from the records by other means, and
//! its pages' geometry.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use duban::catalog::Lang;
use duban::import::{demo, read, seed};
use duban::model::{
    Batch, BatchId, Book, Entry, FilingState, Intent, ItemKey, Ledger, Light, Of, Outcome, Period, Quota, Record,
    RequestKind, RowKind, Status, StepState, Task,
};
use duban::render::{self, PageSize};
use duban::report::Reason;
use duban::report::check::Matter;
use duban::report::json::{ImportView, RowView, TaskView};
use duban::report::{self, Block, For, Report};
use duban::text::width;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::books::{demonstration, q, seeded, write};

fn made_on() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 10, 25).unwrap()
}

fn words(report: &Report) -> String {
    let texts = report.blocks.iter().map(|block| match block {
        Block::Heading { text, .. } | Block::Title(text) | Block::Paragraph(text) | Block::Note(text) => text.clone(),
        Block::Chart(_) | Block::PageBreak => String::new(),
        Block::Table(table) => table
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|"))
            .collect::<Vec<_>>()
            .join("\n"),
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// Every status but 不评定, which nothing filed can have.
const ALL: [Status; 9] = [
    Status::NotStarted,
    Status::Stopped,
    Status::FarBehind,
    Status::Behind,
    Status::OnTime,
    Status::Ahead,
    Status::Complete,
    Status::Exceeded,
    Status::Unknown,
];

#[test]
fn the_demo_shows_every_status_among_tasks_and_among_rows() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let tasks: BTreeSet<Status> = book.tasks().map(|task| book.rate_task(task, q(3)).status).collect();
    let rows: BTreeSet<Status> = book.rows().iter().map(|row| book.rate_row(row, q(3)).status).collect();
    for status in ALL {
        assert!(tasks.contains(&status), "no task is {status:?}");
        assert!(rows.contains(&status), "no row is {status:?}");
    }
    let areas = report::areas::areas(&book, q(3));
    assert!(areas.iter().any(|area| area.at_zero > 0), "some area stands at zero");
}

/// The last day of September: the demonstration's today.
fn today() -> NaiveDate {
    q(3).end()
}

#[test]
fn the_demo_shows_every_light_and_every_filing_state() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let items = book.item_keys();
    let lights: BTreeSet<Light> = items.iter().filter_map(|item| book.light(*item, q(3))).collect();
    assert_eq!(lights, Light::ALL.into_iter().collect());
    let states = |period| -> BTreeMap<FilingState, usize> {
        let mut states = BTreeMap::new();
        for item in &items {
            *states.entry(book.filing_state(*item, period, today())).or_default() += 1;
        }
        states
    };
    let now = states(q(3));
    for state in
        [FilingState::Overdue, FilingState::Returned, FilingState::Pending, FilingState::Accepted, FilingState::NotDue]
    {
        assert!(now.get(&state).is_some_and(|n| *n > 2 || state == FilingState::NotDue), "{state:?}: {now:?}");
    }
    assert!(states(q(4)).contains_key(&FilingState::Missing), "the next period is not due yet");
    for period in [q(1), q(2)] {
        let states = states(period);
        assert!(states.get(&FilingState::Accepted).is_some_and(|n| *n * 10 > items.len() * 8), "{states:?}");
    }
}

#[test]
fn the_demo_shows_every_reason_to_chase_somebody() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let list = report::chase_list(&book, &report::Scope::new(&book, &For::All), q(3), today());
    let reasons: BTreeSet<&str> = list.iter().flat_map(|one| &one.reasons).map(Reason::name).collect();
    let all = ["near", "newly_red", "not_filed", "overdue", "returned", "unmoved"];
    assert_eq!(reasons.into_iter().collect::<Vec<_>>(), all);
    assert!(list.iter().any(|one| one.chased.is_some_and(|(times, _)| times > 1)), "somebody was chased again");
    assert!(list.iter().all(|one| !book.closed(one.item, q(3)) && !book.stopped(one.item, q(3))));
    assert!(list.iter().any(|one| book.row(one.item).is_some()), "rows are chased too");
}

#[test]
fn the_demo_shows_every_request_in_every_outcome_and_what_they_come_to() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let mut seen: BTreeSet<(RequestKind, &str)> = BTreeSet::new();
    for item in book.item_keys() {
        for (_, request, _) in book.requests(item) {
            let outcome = match request.outcome {
                Outcome::Asked => "asked",
                Outcome::Granted { .. } => "granted",
                Outcome::Refused { .. } => "refused",
            };
            seen.insert((request.kind, outcome));
        }
    }
    let all = RequestKind::ALL.into_iter().flat_map(|kind| ["asked", "granted", "refused"].map(|one| (kind, one)));
    assert_eq!(seen, all.collect());
    let count = |fits: &dyn Fn(ItemKey) -> bool| book.item_keys().into_iter().filter(|item| fits(*item)).count();
    assert_eq!(count(&|item| book.closed(item, q(3))), 1);
    assert!(count(&|item| book.deadline(item, q(3)) > NaiveDate::from_ymd_opt(2024, 12, 31).unwrap()) == 1);
    let lit = |item: ItemKey| book.rate(item, q(3)).by_hand;
    assert_eq!((count(&lit), count(&|item| book.rate(item, q(4)).by_hand)), (2, 0), "it ends with the period");
    let states: BTreeSet<StepState> =
        book.item_keys().into_iter().flat_map(|item| book.steps(item).map(|(_, step, _)| step.state)).collect();
    assert_eq!(states.len(), 3);
}

#[test]
fn the_demo_rates_tasks_on_the_figures_of_their_targets() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let by_target = book.tasks().filter(|task| book.rate_task(task, q(3)).target.is_some());
    let statuses: BTreeMap<Status, usize> = by_target.fold(BTreeMap::new(), |mut all, task| {
        *all.entry(book.rate_task(task, q(3)).status).or_default() += 1;
        all
    });
    for status in [Status::FarBehind, Status::Behind, Status::OnTime, Status::Complete] {
        assert!(statuses.contains_key(&status), "{status:?}: {statuses:?}");
    }
    let figures = ledger.entries().filter(|(key, _)| matches!(key.of, Of::Actual(_, _, period) if period == q(3)));
    assert!(figures.count() > 60);
}

#[test]
fn the_demo_is_the_same_every_time_and_changes_nothing_that_was_read() {
    let ledger = seeded();
    let book = Book::newest(&ledger).unwrap();
    let writes = demo::progress(&book);
    assert_eq!(writes, demo::progress(&book));
    let read = |of: &Of| matches!(of, Of::Item(_) | Of::Target(..) | Of::Finding(..) | Of::Unit(_));
    assert!(!writes.iter().any(|write| read(&write.key.of)));
    assert!(writes.iter().all(|write| write.value.as_ref().is_some_and(|record| record.fits(&write.key))));
}

#[test]
fn demo_figures_never_fall_and_keep_to_the_decimals_of_their_quotas() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    for row in book.rows() {
        let scale = row.areas.iter().filter_map(|c| c.quota.amount()).map(|a| a.normalize().scale()).max().unwrap_or(1);
        for area in &book.document().areas {
            let path: Vec<Decimal> =
                (1..=3).filter_map(|n| book.done(row.key, area, q(n))).map(|(done, _)| done).collect();
            assert!(path.is_sorted(), "{} {area}: {path:?}", row.key);
            if row.kind() == RowKind::Number {
                assert!(path.iter().all(|done| done.scale() <= scale), "{} {area}: {path:?}", row.key);
            }
            assert!(path.iter().all(|done| !done.is_sign_negative()));
        }
    }
    for task in book.tasks() {
        let path: Vec<_> =
            (1..=3).filter_map(|n| book.filing(task.key, q(n)).and_then(|(filing, _)| filing.percent)).collect();
        assert!(path.is_sorted(), "{}: {path:?}", task.key);
    }
    assert!(book.tasks().all(|task| book.filing(task.key, q(4)).is_none()), "nothing is made up for the last quarter");
}

/// The percentages stated for a period, straight from the records.
fn stated(ledger: &Ledger, period: Period) -> BTreeMap<String, f64> {
    let filed = ledger.entries().filter_map(|(key, entry)| match (&key.of, entry.record.as_ref()) {
        (Of::Filing(item, of), Record::Filing(filing)) if *of == period && item.list.letter() == 'T' => {
            Some((item.to_string(), filing.percent?.to_f64()?))
        }
        _ => None,
    });
    filed.collect()
}

/// Whether nothing but the stated percentage decides how far a task is: no targets, no requests.
fn is_plain(book: &Book<'_>, task: &Task) -> bool {
    book.targets(task.key).next().is_none() && book.requests(task.key).next().is_none() && task.deadline > q(3).end()
}

#[test]
fn the_counts_of_tasks_are_those_of_the_records() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let stated = stated(&ledger, q(3));
    // Rated again in another way: plain numbers against 75 and the margins of the field.
    let mut plain = 0;
    for task in book.tasks().filter(|task| is_plain(&book, task)) {
        let expected = match stated.get(&task.key.to_string()) {
            None => Status::Unknown,
            Some(p) if *p > 100.0 => Status::Exceeded,
            Some(100.0) => Status::Complete,
            Some(0.0) => Status::NotStarted,
            Some(p) if *p >= 85.0 => Status::Ahead,
            Some(p) if *p > 65.0 => Status::OnTime,
            Some(p) if *p >= 45.0 => Status::Behind,
            Some(_) => Status::FarBehind,
        };
        assert_eq!(book.rate_task(task, q(3)).status, expected, "{}", task.key);
        plain += 1;
    }
    assert!(plain > 40, "{plain}");
    let of = |status: Status| book.tasks().filter(|task| book.rate_task(task, q(3)).status == status).count();
    let shares = [
        ("已完成", of(Status::Complete) + of(Status::Exceeded)),
        ("超序时", of(Status::Ahead)),
        ("按序时推进", of(Status::OnTime)),
        ("滞后", of(Status::Behind)),
        ("严重滞后", of(Status::FarBehind)),
        ("未启动", of(Status::NotStarted)),
        ("未报", of(Status::Unknown)),
        ("调整/终止", of(Status::Stopped)),
    ];
    assert_eq!(shares.iter().map(|(_, n)| n).sum::<usize>(), 130);
    let parts = shares.map(|(word, n)| {
        let tenths = (n * 1000 * 2 + 130) / (130 * 2);
        format!("{word}{n}项（{}.{}%）", tenths / 10, tenths % 10)
    });
    let expected = format!("重点工作共130项，其中{}。", parts.join("，"));
    let text = words(&report::bulletin(&book, q(3), made_on(), Lang::Zh));
    assert!(text.contains(&expected), "{expected}\nnot in\n{text}");
    assert!(text.contains(&format!("超额完成{}项。", of(Status::Exceeded))));
}

#[test]
fn the_counts_of_rows_are_those_of_the_records() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    // A row's total from the records' own keys; no use of the book's sums.
    let mut done: BTreeMap<String, f64> = BTreeMap::new();
    for (key, entry) in ledger.entries() {
        if let (Of::Done(row, area, period), Record::Done(figure)) = (&key.of, entry.record.as_ref()) {
            // The one percentage row has its own figure for the city; its areas' are never added up.
            let percentage = row.to_string() == "P6.1";
            if *period == q(3) && percentage == (&**area == "全市") {
                *done.entry(row.to_string()).or_default() += figure.value.to_f64().unwrap();
            }
        }
    }
    let mut complete = 0;
    let mut far_behind = 0;
    let mut nothing = 0;
    let stopped = book.rows().into_iter().filter(|row| book.stopped(row.key, q(3))).count();
    for row in book.rows().into_iter().filter(|row| !book.stopped(row.key, q(3))) {
        let Some(done) = done.get(&row.key.to_string()) else { continue };
        let percent = done / row.total.target().unwrap().to_f64().unwrap() * 100.0;
        complete += usize::from(percent >= 99.999_999);
        let far = if row.key.to_string() == "P6.1" { 70.0 } else { 45.0 };
        far_behind += usize::from(percent < far && percent > 0.0);
        nothing += usize::from(percent == 0.0);
    }
    let text = words(&report::bulletin(&book, q(3), made_on(), Lang::Zh));
    assert!(text.contains("民生实事共42项、53条指标，其中7条无任务或为定性目标，不作评定；其余46条中，"), "{text}");
    let rows = text.lines().find(|line| line.starts_with("民生实事共")).unwrap();
    assert!(rows.contains(&format!("已完成{complete}项（")), "{complete}: {rows}");
    assert!(rows.contains(&format!("严重滞后{far_behind}项（")), "{far_behind}: {rows}");
    assert!(rows.contains(&format!("未启动{nothing}项（")), "{nothing}: {rows}");
    assert!(rows.contains(&format!("调整/终止{stopped}项（")) && stopped == 1, "{stopped}: {rows}");
    assert!(rows.contains(&format!("未报{}项（", 46 - done.len())), "{}: {rows}", 46 - done.len());
}

#[test]
fn what_lags_most_comes_first_with_its_unit_and_gap() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let text = words(&report::bulletin(&book, q(3), made_on(), Lang::Zh));
    let plain = |key: &str| book.task(key.parse().unwrap()).filter(|task| is_plain(&book, task));
    let behind = stated(&ledger, q(3)).into_iter().filter(|(key, percent)| *percent > 0.0 && plain(key).is_some());
    let worst = behind.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    let task = plain(&worst.0).unwrap();
    let unit = &task.lead_units.first().unwrap();
    assert!(text.contains(&format!(".第{}项（{unit}牵头）：", task.no)), "{text}");
    assert!(text.contains(&format!("完成率{:.1}%，落后序时进度{:.1}个百分点。", worst.1, 75.0 - worst.1)), "{worst:?}");
    let lags: Vec<f64> = text
        .lines()
        .skip_while(|line| !line.contains("严重滞后（"))
        .take_while(|line| !line.starts_with("（三）"))
        .filter_map(|line| line.split("落后序时进度").nth(1)?.split("个百分点").next()?.parse().ok())
        .collect();
    assert!(lags.len() > 2 && lags.is_sorted_by(|a, b| a >= b), "{lags:?}");
}

#[test]
fn who_has_not_filed_is_listed_by_lead_unit() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let report = report::bulletin(&book, q(3), made_on(), Lang::Zh);
    let table = report.tables().find(|table| table.caption == "未填报事项（按牵头单位）").unwrap();
    let missing: BTreeSet<&str> =
        table.rows.iter().filter_map(|row| row.get(2)).flat_map(|cell| cell.text.split('、')).collect();
    let filings: BTreeMap<String, &Record> = ledger
        .entries()
        .filter(|(key, _)| matches!(key.of, Of::Filing(_, period) if period == q(3)))
        .map(|(key, entry)| (key.about().unwrap().to_string(), entry.record.as_ref()))
        .collect();
    for task in book.tasks() {
        let owed = match filings.get(&task.key.to_string()) {
            // What was returned was filed: it is told by itself.
            Some(Record::Filing(_)) => false,
            _ => !book.closed(task.key, q(3)) && !book.stopped(task.key, q(3)),
        };
        assert_eq!(missing.contains(task.no.as_str()), owed, "{}", task.key);
    }
    let text = words(&report);
    assert!(text.contains("填报截止日期为2024年9月20日"), "{text}");
    assert!(text.contains("已逾期35天"), "{text}");
    let returned = book.tasks().find(|task| book.filing_state(task.key, q(3), made_on()) == FilingState::Returned);
    let returned = returned.unwrap();
    let line = text.lines().find(|line| line.starts_with("退回")).unwrap();
    assert!(line.contains(&format!("{}（{}：", returned.no, returned.lead_units.join("、"))), "{line}");
    let line = text.lines().find(|line| line.starts_with("与上期（2024年二季度）相比")).unwrap();
    assert!(!line.contains("新转红0项") && !line.contains("未动0项"), "{line}");
}

#[test]
fn pages_hold_to_their_size_and_lose_no_cell() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for lang in [Lang::Zh, Lang::En] {
        let report = report::bulletin(&book, q(3), made_on(), lang);
        for size in [PageSize::A4, PageSize::WIDE, PageSize { cols: 30, rows: 10 }, PageSize { cols: 81, rows: 40 }] {
            let pages = render::text_pages_sized(&report, size);
            for page in &pages {
                assert_eq!(page.lines().count(), size.rows);
                assert!(page.contains(if lang == Lang::Zh { "演示数据" } else { "demo data" }), "{page}");
                for line in page.lines() {
                    assert!(width(line) <= size.cols, "{} columns: {line:?}", width(line));
                }
            }
            // Figures stand whole in the text; words may be cut over lines.
            let all = pages.concat();
            let whole = squeezed(&all);
            let tables = report.blocks.iter().filter_map(|block| match block {
                Block::Table(table) => Some(table),
                _ => None,
            });
            for cell in tables.flat_map(|table| &table.rows).flatten() {
                let plain = !cell.text.is_empty() && cell.text.chars().all(|c| c.is_ascii() && c != ' ');
                if plain && size.cols >= 56 {
                    assert!(all.contains(cell.text.as_str()), "{cell:?} is lost at {size:?}");
                }
            }
            for paragraph in report.blocks.iter().filter_map(|block| match block {
                Block::Paragraph(text) => Some(text),
                _ => None,
            }) {
                let begin: String = squeezed(paragraph).chars().take(12).collect();
                assert!(whole.contains(&begin), "{paragraph}");
            }
        }
    }
}

#[test]
fn the_wide_page_holds_the_matrix_in_one_piece_and_the_narrow_one_repeats_its_heads() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let whole = report::bulletin(&book, q(3), made_on(), Lang::Zh);
    let report = Report { blocks: whole.attachments[1].blocks.clone(), attachments: vec![], ..whole };
    let wide = render::text_pages_sized(&report, PageSize::WIDE).concat();
    assert!(wide.lines().any(|line| line.contains("市本级") && line.contains("智慧新城") && line.contains("牵头单位")));
    let narrow = render::text_pages(&report);
    let matrix = narrow.iter().filter(|page| page.contains("省") && page.contains('/') && page.contains("江山市"));
    assert!(matrix.count() >= 3);
    for page in narrow.iter().filter(|page| page.contains("市10-4 ")) {
        assert!(page.lines().any(|line| line.trim_start().starts_with("序号")), "{page}");
    }
    let foot = |at: usize| narrow.get(at).and_then(|page| page.lines().last()).unwrap();
    assert!(foot(0).ends_with("— 1 —") && foot(0).starts_with("  演示数据"), "{:?}", foot(0));
    assert!(foot(1).starts_with("  — 2 —") && foot(1).contains("  演示数据 #"), "{:?}", foot(1));
}

#[test]
fn no_heading_stands_alone_at_the_foot_of_a_page() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    for rows in 10..30 {
        let report = report::bulletin(&book, q(3), made_on(), Lang::Zh);
        for page in render::text_pages_sized(&report, PageSize { cols: 56, rows }) {
            let body: Vec<&str> = page.lines().filter(|line| !line.is_empty()).collect();
            let last = body.iter().rev().nth(1).unwrap();
            assert!(
                !["　　一、", "　　二、", "　　三、", "　　四、", "　　五、", "　　（"]
                    .iter()
                    .any(|n| last.starts_with(n)),
                "{page}"
            );
        }
    }
}

#[test]
fn check_names_the_open_doubts_and_the_one_sum_that_differs() {
    let ledger = seeded();
    let book = Book::newest(&ledger).unwrap();
    let problems = report::check(&book);
    let sums: Vec<_> = problems.iter().filter(|one| matches!(one.what, Matter::SumDiffers { .. })).collect();
    assert_eq!(sums.len(), 1);
    let sum = sums.first().unwrap();
    assert_eq!((sum.line, sum.number.as_str()), (868, "省32"));
    let message = sum.what.message(Lang::Zh);
    assert!(message.contains("36000") && message.contains("36300") && message.contains("+300"), "{message}");
    let doubts: Vec<u32> =
        problems.iter().filter(|one| matches!(one.what, Matter::Doubt { .. })).map(|one| one.line).collect();
    assert_eq!(doubts, [841, 843]);
}

#[test]
fn a_leaders_page_speaks_of_that_leaders_tasks_alone() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let of = |of: For| words(&report::bulletin_for(&book, q(3), made_on(), Lang::Zh, &of));
    let leader = of(For::Leader("周卫兵".into()));
    assert!(leader.contains("重点工作共27项，"), "{leader}");
    assert!(!leader.contains("民生实事共"), "{leader}");
    // Under any of its spellings: 市人社局 stands for 市人力社保局.
    let unit = of(For::Unit("市人社局".into()));
    assert_eq!(unit, of(For::Unit("市人力社保局".into())));
    assert!(unit.contains("第67项") || unit.contains("重点工作共"), "{unit}");
    let area = of(For::Area("江山市".into()));
    assert!(area.contains("江山市目标"), "{area}");
    assert!(!area.contains("衢江区"), "{area}");
}

#[test]
fn json_views_have_the_documented_shape() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let row = book.row("P17.3".parse().unwrap()).unwrap();
    let json = serde_json::to_value(RowView::of(&book, row, q(3), made_on())).unwrap();
    assert_eq!(json["key"], "P17.3");
    assert_eq!((&json["list"], &json["item"], &json["sub"]), (&"province".into(), &"17".into(), &3.into()));
    assert_eq!((&json["kind"], &json["total"], &json["unit"]), (&"number".into(), &"69".into(), &"公里".into()));
    assert_eq!((&json["areas"]["市本级"], &json["areas"]["柯城区"]), (&"53.5".into(), &"2".into()));
    assert_eq!((&json["sum"], &json["sum_ok"]), (&"69".into(), &true.into()));
    assert_eq!((&json["goal"], &json["line"]), (&serde_json::Value::Null, &846.into()));
    // In the order of the columns, which a map of serde_json would not keep.
    let text = serde_json::to_string(&RowView::of(&book, row, q(3), made_on())).unwrap();
    let places: Vec<_> = book.document().areas.iter().map(|area| text.find(&format!("\"{area}\":")).unwrap()).collect();
    assert!(places.is_sorted());

    let task = book.task("T25".parse().unwrap()).unwrap();
    let json = serde_json::to_value(TaskView::of(&book, task, q(4), made_on())).unwrap();
    assert_eq!((&json["key"], &json["no"], &json["deadline"]), (&"T25".into(), &"25".into(), &"2024-12-31".into()));
    assert_eq!(json["targets"][0]["phrase"], "引进投资超百亿项目4个以上");
    assert_eq!((&json["targets"][0]["comparator"], &json["targets"][0]["value"]), (&">=".into(), &"4".into()));
    assert_eq!((&json["targets"][0]["actual"], &json["closed"]), (&serde_json::Value::Null, &false.into()));
    assert!(json["why"].as_str().unwrap().contains('灰'), "{json}");
    assert_eq!((&json["status"], &json["light"]), (&"未报".into(), &"灰".into()));
    assert_eq!((&json["filing"], &json["percent"]), (&"待填报".into(), &serde_json::Value::Null));

    let reading = read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    let view = ImportView::of(&reading.document, &reading.tasks, &reading.rows, &reading.findings);
    let json = serde_json::to_value(&view).unwrap();
    assert_eq!(json["tasks"].as_array().unwrap().len(), 130);
    assert_eq!(json["tasks"][24]["targets"][0]["value"], "4", "targets are read before anything is in the ledger");
    assert_eq!(json["quota_rows"].as_array().unwrap().len(), 53);
    assert_eq!(json["number"], "衢政办发〔2024〕10号");
    let open: Vec<_> = json["doubts"].as_array().unwrap().iter().filter(|one| one["open"] == true).collect();
    assert_eq!(open.len(), 2);
    assert!(open.iter().all(|one| one["alternatives"].as_array().unwrap().len() >= 2 && one["confidence"] == "open"));
}

#[test]
fn the_largest_amounts_bring_nothing_down() {
    let seeded = seeded();
    let largest = |quota: &Quota| match quota {
        Quota::Amount(..) => Quota::Amount(Decimal::MAX, None),
        Quota::Percent(_, at_least) => Quota::Percent(Decimal::MAX, *at_least),
        other => other.clone(),
    };
    let entries = seeded.entries().map(|(key, entry)| {
        let mut record = entry.record.as_ref().clone();
        if let Record::Row(row) = &mut record {
            row.total = largest(&row.total);
            row.areas.iter_mut().for_each(|cell| cell.quota = largest(&cell.quota));
        }
        (key.clone(), Entry { version: entry.version, record: Arc::new(record) })
    });
    let mut ledger = Ledger::from_parts(seeded.head(), entries.collect());
    let writes = demo::progress(&Book::newest(&ledger).unwrap());
    let at = DateTime::UNIX_EPOCH.into();
    write(&mut ledger, &Batch { id: BatchId([2; 16]), at, intent: Intent::Demo, undoes: None, writes });
    let book = Book::newest(&ledger).unwrap();
    let pages = render::text_pages(&report::bulletin(&book, q(3), made_on(), Lang::Zh));
    assert!(pages.iter().flat_map(|page| page.lines()).all(|line| width(line) <= 56));
    assert!(book.rows().iter().all(|row| !RowView::of(&book, row, q(3), made_on()).total.is_empty()));
}

#[test]
#[ignore = "prints a bulletin to look at: cargo test --test print counted -- --ignored --nocapture"]
fn show() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    for (of, lang, size) in [
        (For::All, Lang::Zh, PageSize::WIDE),
        (For::Leader("周卫兵".into()), Lang::Zh, PageSize::A4),
        (For::Unit("市人社局".into()), Lang::Zh, PageSize::A4),
        (For::Area("江山市".into()), Lang::Zh, PageSize::A4),
        (For::All, Lang::En, PageSize::A4),
    ] {
        for page in render::text_pages_sized(&report::bulletin_for(&book, q(3), made_on(), lang, &of), size) {
            println!("{page}");
        }
    }
    for task in book.tasks() {
        if let Some((filing, _)) = book.filing(task.key, q(3)) {
            println!("{} {}\n  {}\n  {}\n  {}", task.key, task.text, filing.progress, filing.problems, filing.next);
        }
    }
}
