//! The smaller papers of the real document with made-up progress: what they say, worked out again from the notice's text, the
//! records, or the commits.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Weekday};
use duban::catalog::Lang;
use duban::import::seed;
use duban::model::{
    Batch, BatchId, Book, Commit, Done, Filing, Intent, ItemKey, Key, Ledger, Light, Of, Outcome, Period, Quota,
    Record, Review, Seq, Write, clock,
};
use duban::report::{self, Block, Cell, For, Joined, Kind, Reason, Report, Table, Value, What};
use rust_decimal::Decimal;

use crate::books::{demonstration, q, write};

fn q3() -> Period {
    q(3)
}

fn day(m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, m, d).unwrap()
}

/// Four weeks after the filings of the quarter were due.
fn today() -> NaiveDate {
    day(10, 18)
}

fn made(ledger: &Ledger, what: &What) -> Report {
    report::make(&Book::newest(ledger).unwrap(), what, q3(), today(), Lang::Zh).report
}

fn texts(row: &[Cell]) -> Vec<&str> {
    row.iter().map(|cell| cell.text.as_str()).collect()
}

/// The table whose first head row begins so.
fn table<'r>(report: &'r Report, head: &[&str]) -> &'r Table {
    let begins = |table: &&Table| table.head.first().is_some_and(|row| texts(row).starts_with(head));
    report.tables().find(begins).unwrap_or_else(|| panic!("no table {head:?}"))
}

fn column<'r>(table: &'r Table, name: &str) -> Vec<&'r str> {
    let at = table.head[0].iter().position(|cell| cell.text == name).unwrap_or_else(|| panic!("no column {name}"));
    table.rows.iter().map(|row| row[at].text.as_str()).collect()
}

fn words(report: &Report) -> String {
    let said = report.all_blocks().map(|block| match block {
        Block::Heading { text, .. } | Block::Paragraph(text) | Block::Note(text) | Block::Title(text) => text.as_str(),
        Block::Table(_) | Block::Chart(_) | Block::PageBreak => "",
    });
    said.collect::<Vec<_>>().join("\n")
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A task as the notice prints it: number, text, leaders, units; read by other means than the program's.
struct Printed {
    no: usize,
    text: String,
    leaders: Vec<String>,
    units: Vec<String>,
}

fn printed() -> Vec<Printed> {
    // One line of the page has a comma between two units.
    let names = |line: &str| line.split(['、', '，']).map(|name| name.trim().to_owned()).collect();
    let mut tasks: Vec<Printed> = Vec::new();
    let lines = seed::TEXT.lines().skip_while(|line| !line.starts_with("1. "));
    for line in lines.take_while(|line| !without_space(line).contains("民生实事责任分解")) {
        let next = format!("{}. ", tasks.len() + 1);
        if let Some(text) = line.strip_prefix(&next) {
            tasks.push(Printed { no: tasks.len() + 1, text: text.to_owned(), leaders: vec![], units: vec![] });
        } else if let Some(leaders) = line.strip_prefix("牵头市领导：") {
            tasks.last_mut().unwrap().leaders = names(leaders);
        } else if let Some(units) = line.strip_prefix("责任单位：") {
            tasks.last_mut().unwrap().units = names(units);
        } else if tasks.last().unwrap().leaders.is_empty() {
            tasks.last_mut().unwrap().text.push_str(line);
        }
    }
    tasks
}

#[test]
fn every_paper_bears_the_ledgers_head_and_says_that_it_is_a_demonstration() {
    let ledger = demonstration();
    let asked = [
        (What::Page(For::Leader("周卫兵".into())), Kind::Leader),
        (What::Page(For::Unit("市住建局".into())), Kind::Unit),
        (What::Page(For::Area("江山市".into())), Kind::Area),
        (What::Slips(For::All, None), Kind::Slips),
        (What::Breakdown(For::All), Kind::Breakdown),
        (What::Matrix(For::All), Kind::Matrix),
        (What::Changes(day(1, 1), Vec::new()), Kind::Changes),
    ];
    for (what, kind) in asked {
        for lang in [Lang::Zh, Lang::En] {
            let report = report::make(&Book::newest(&ledger).unwrap(), &what, q3(), today(), lang).report;
            assert_eq!((report.kind, report.mark.as_str(), report.demo), (kind, "#2 abababababab", true));
            assert_eq!(report.subtitle.last().unwrap(), lang.say(duban::catalog::Say::ReportDemoLine));
            assert!(!report.title.is_empty() && !report.blocks.is_empty(), "{kind:?}");
            let said = format!("{} {} {}", report.title, report.subtitle.join(" "), words(&report));
            assert!(!said.contains("{}"), "a place was not filled: {said}");
        }
    }
}

#[test]
fn the_breakdown_has_every_task_leader_and_unit_of_the_notice_in_order() {
    let ledger = demonstration();
    let report = made(&ledger, &What::Breakdown(For::All));
    let tasks = printed();
    assert_eq!(tasks.len(), 130);
    let paragraphs: Vec<&str> = report
        .blocks
        .iter()
        .filter_map(|block| if let Block::Paragraph(text) = block { Some(text.as_str()) } else { None })
        .collect();
    assert_eq!(paragraphs.len(), 3 * tasks.len());
    for (task, three) in tasks.iter().zip(paragraphs.chunks(3)) {
        // The page's one formula is written PM_{2.5}.
        let text = without_space(&task.text).replace("PM_{2.5}", "PM2.5");
        assert_eq!(without_space(three[0]), format!("{}.{text}", task.no));
        assert_eq!(three[1], format!("牵头市领导：{}", task.leaders.join("、")));
        assert_eq!(three[2], format!("责任单位：{}", task.units.join("、")));
    }
    assert_eq!(without_space(&report.title), "2024年政府工作报告重点工作责任分解");
    assert_eq!(report.subtitle[0], "衢政办发〔2024〕10号");
    let titles = report.blocks.iter().filter(|block| matches!(block, Block::Title(_))).count();
    assert_eq!(titles, 2, "the two livelihood lists");
}

/// The cells that stand between a row's name and its lead unit, for the rows that nobody had to correct.
#[test]
fn the_breakdowns_quota_tables_have_the_cells_of_the_notice() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let report = made(&ledger, &What::Breakdown(For::All));
    let lines: Vec<&str> = seed::TEXT.lines().collect();
    let tables: Vec<&Table> = report.tables().collect();
    let heads =
        [(["序号", "事项分类", "事项名称", "全市目标任务"], 3), (["序号", "项目名称", "工作目标", "全市任务"], 3)];
    assert_eq!(tables.len(), 2);
    let rows = book.rows();
    let all: Vec<&Vec<Cell>> = tables.iter().flat_map(|table| &table.rows).collect();
    assert_eq!(all.len(), rows.len());
    for (table, (head, first)) in tables.iter().zip(heads) {
        assert!(texts(&table.head[0]).starts_with(&head));
        assert_eq!(texts(&table.head[0])[first + 1..first + 10].len(), 9);
        assert_eq!(texts(&table.head[0])[13..], ["牵头单位", "配合单位"]);
    }
    let mut compared = 0;
    for (row, cells) in rows.iter().zip(all) {
        let line = lines[usize::try_from(row.line).unwrap() - 1];
        if seed::CORRECTIONS.contains(&format!("line = {}\n", row.line)) {
            continue;
        }
        let source: Vec<String> = line.split('\t').map(without_space).collect();
        assert!(source.len() >= 13, "{line}");
        let quotas = &cells[3..13];
        for (at, (cell, printed)) in quotas.iter().zip(&source[3..13]).enumerate() {
            if cell.joined == Joined::Left {
                assert!(printed.is_empty(), "{} {at}: {printed}", row.key);
                continue;
            }
            let printed = printed.replace('(', "（").replace(')', "）");
            assert_eq!(without_space(&cell.text), printed, "{} column {at}", row.key);
        }
        compared += 1;
    }
    assert!(compared > 25, "only {compared} rows stand in the notice as they are read");
    let of = |no: &str| tables[0].rows.iter().find(|row| row[0].text == no).unwrap();
    assert_eq!(of("32")[11].text, "4700（集聚区）");
    assert_eq!(of("20")[3].text, "/（无任务）");
    assert_eq!(of("6")[3].text, "≥95%");
    assert_eq!(of("9")[3].text, "98万");
    let joined = |at: usize| tables[0].rows.iter().filter(|row| row[at].joined == Joined::Above).count();
    assert_eq!(joined(0), rows.iter().filter(|row| row.key.list.letter() == 'P' && row.key.sub > 1).count());
    let categories: BTreeSet<&str> =
        rows.iter().map(|row| row.category.as_str()).filter(|one| !one.is_empty()).collect();
    assert_eq!(tables[0].rows.len() - joined(1), categories.len(), "each category is one cell");
}

#[test]
fn a_leaders_page_has_the_tasks_of_the_notice_the_worst_first() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let report = made(&ledger, &What::Page(For::Leader("周卫兵".into())));
    let own: BTreeSet<usize> =
        printed().iter().filter(|task| task.leaders.iter().any(|name| name == "周卫兵")).map(|task| task.no).collect();
    let table = table(&report, &["序号", "亮灯", "工作任务", "完成率", "牵头单位"]);
    let mut shown: BTreeSet<usize> = column(table, "序号").iter().map(|no| no.parse().unwrap()).collect();
    assert_eq!(shown.len(), table.rows.len(), "none twice");
    let complete = words(&report).lines().find(|line| line.starts_with("已完成")).unwrap().to_owned();
    let listed = complete.split('：').nth(1).unwrap().trim_end_matches('。').split('、');
    let listed: Vec<usize> = listed.map(|no| no.parse().unwrap()).collect();
    assert!(complete.contains(&format!("已完成{}项", listed.len())));
    for no in &listed {
        let task = ItemKey::task(u16::try_from(*no).unwrap());
        assert!(book.rate(task, q3()).status.is_complete() && shown.insert(*no), "{no}");
    }
    assert_eq!(shown, own);
    let rank = |light: &str| ["红", "黄", "灰", "绿", "-"].iter().position(|one| *one == light).unwrap();
    let lights: Vec<usize> = column(table, "亮灯").into_iter().map(rank).collect();
    assert!(lights.is_sorted(), "{lights:?}");
    for row in &table.rows {
        let task = printed().into_iter().find(|task| task.no.to_string() == row[0].text).unwrap();
        let begins = without_space(&row[2].text).replace('…', "");
        assert!(without_space(&task.text).starts_with(&begins), "{begins}");
        assert!(row[4].text.starts_with(task.units[0].as_str()), "{row:?} {:?}", task.units);
        assert!(row.iter().all(|cell| !cell.text.contains('\n')));
    }
    // The details are those of the red and yellow ones, in the same order, with the words that were filed.
    let details = report.tables().find(|table| table.caption == "滞后事项情况").unwrap();
    let behind: Vec<&str> = table
        .rows
        .iter()
        .filter(|row| matches!(row[1].value, Value::Light(Light::Red | Light::Yellow)))
        .map(|row| row[0].text.as_str())
        .collect();
    assert_eq!(details.rows.iter().map(|row| row[0].text.as_str()).collect::<Vec<_>>(), behind);
    for row in &details.rows {
        let (filing, _) = book.filing(format!("T{}", row[0].text).parse().unwrap(), q3()).unwrap();
        for said in [&filing.problems, &filing.next] {
            assert!(said.is_empty() || row[1].text.contains(said.as_str()), "{}", row[1].text);
        }
    }
    // 25: none of four.
    assert!(details.rows.iter().any(|row| row[0].text == "25" && row[1].text.contains("还差4个")), "{details:?}");
    let own: Vec<ItemKey> = own.iter().map(|no| ItemKey::task(u16::try_from(*no).unwrap())).collect();
    let open = ledger.entries().filter(|(key, entry)| {
        let asked = matches!(entry.record.as_ref(), Record::Request(request) if request.outcome == Outcome::Asked);
        asked && key.about().is_some_and(|item| own.contains(&item))
    });
    assert!(words(&report).contains(&format!("待审批申请{}项", open.count())));
}

#[test]
fn a_units_sheet_tells_what_it_leads_from_what_it_supports() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let unit = "市住建局";
    let report = made(&ledger, &What::Page(For::Unit(unit.into())));
    let (mut leads, mut supports) = (Vec::new(), Vec::new());
    for task in printed() {
        match task.units.iter().position(|name| name == unit) {
            Some(0) => leads.push(task.no.to_string()),
            Some(_) => supports.push(task.no.to_string()),
            None => {}
        }
    }
    let led = table(&report, &["序号", "亮灯", "工作任务", "牵头领导", "目标和完成数"]);
    assert_eq!(column(led, "序号"), leads);
    let helped = table(&report, &["序号", "亮灯", "事项", "牵头单位"]);
    let tasks: Vec<&str> = column(helped, "序号").into_iter().filter(|no| no.parse::<u16>().is_ok()).collect();
    assert_eq!(tasks, supports);
    assert!(!column(helped, "牵头单位").contains(&unit));
    // Of the rows that it leads: each area's figure.
    let rows: Vec<_> =
        book.rows().into_iter().filter(|row| row.lead_units.iter().any(|name| &**name == unit)).collect();
    let matrix = report.tables().find(|table| table.head.len() == 2).unwrap();
    assert_eq!(matrix.rows.len(), rows.len());
    let at = matrix.head[0].iter().position(|cell| cell.text == "江山市").unwrap();
    for (cells, row) in matrix.rows.iter().zip(&rows) {
        let done = book.done(row.key, "江山市", q3()).map(|(value, _)| Value::Number(value));
        let Value::Parts(parts) = &cells[at].value else { panic!("{:?}", cells[at]) };
        assert_eq!(parts[0].value, row.quota("江山市").unwrap().amount().map_or(Value::Text, Value::Number));
        assert_eq!(parts[1].value, done.unwrap_or(Value::Text), "{}", row.key);
    }
    // Filing: what is due of what it leads.
    let items: Vec<ItemKey> = leads.iter().map(|no| format!("T{no}").parse().unwrap()).collect();
    let items = items.into_iter().chain(rows.iter().map(|row| row.key));
    let returned: Vec<(ItemKey, String)> = items
        .filter_map(|item| match &book.filing(item, q3())?.0.review {
            Review::Returned(why) => Some((item, why.clone())),
            _ => None,
        })
        .collect();
    assert!(!returned.is_empty());
    for (item, why) in returned {
        let number = item.to_string().replace('T', "");
        assert!(words(&report).contains(&format!("退回：{number}，{why}")), "{item}");
    }
    assert!(words(&report).contains("填报截止日期为2024年9月20日"));
}

#[test]
fn an_areas_sheet_has_its_own_figures_and_its_rank() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let report = made(&ledger, &What::Page(For::Area("江山市".into())));
    let table = table(&report, &["序号", "亮灯", "事项", "目标", "完成"]);
    let mut left = 0;
    let mut empty = 0;
    for row in book.rows() {
        let number = report::figures::number(&book, row.key);
        let Some(cells) = table.rows.iter().find(|cells| cells[0].text == number) else { continue };
        let Some(Quota::Amount(quota, _)) = row.quota("江山市") else { continue };
        assert_eq!(cells[3].value, Value::Number(*quota), "{}", row.key);
        let done = ledger.get(&Key::done(book.id(), row.key, "江山市", q3()));
        let Some(Record::Done(done)) = done.map(|entry| entry.record.as_ref()) else {
            assert_eq!(cells[4].text, "-");
            empty += 1;
            continue;
        };
        assert_eq!(cells[4].value, Value::Number(done.value));
        let gap = (*quota - done.value).max(Decimal::ZERO);
        assert_eq!(cells[6].text, format!("{}{}", gap.normalize(), row.unit), "{}", row.key);
        left += usize::from(!gap.is_zero());
    }
    assert!(left > 20 && empty > 3);
    // The rank, from the records alone: the mean of each area's completions, each up to 100.
    let mut means: BTreeMap<&str, (Decimal, i64)> = BTreeMap::new();
    let stopped: BTreeSet<ItemKey> = book.item_keys().into_iter().filter(|item| book.stopped(*item, q3())).collect();
    for (key, entry) in ledger.entries() {
        let (Of::Done(item, area, period), Record::Done(done)) = (&key.of, entry.record.as_ref()) else { continue };
        let Some(row) = book.row(*item).filter(|row| row.total.amount().is_some()) else { continue };
        let Some(quota) = row.quota(area).and_then(Quota::amount).filter(|quota| !quota.is_zero()) else { continue };
        if *period == q3() && !stopped.contains(item) {
            let mean = means.entry(area).or_default();
            mean.0 += (done.value * Decimal::ONE_HUNDRED / quota).min(Decimal::ONE_HUNDRED);
            mean.1 += 1;
        }
    }
    let mean = |area: &str| (means[area].0 / Decimal::from(means[area].1)).round_dp(1);
    let ahead: Vec<&str> =
        means.keys().copied().filter(|area| !area.ends_with("本级") && mean(area) > mean("江山市")).collect();
    let said = words(&report);
    let expected =
        format!("平均完成率{:.1}%，在{}个排名地区中列第{}位", mean("江山市"), means.len() - 1, ahead.len() + 1);
    assert!(said.contains(&expected), "{expected}\n{said}");
    let line = said.lines().find(|line| line.starts_with("列在其前的有")).unwrap();
    assert_eq!(line.matches('（').count(), ahead.len(), "nobody else stands before it: {line}");
    for area in ahead {
        assert!(line.contains(&format!("{area}（{:.1}%", mean(area))), "{area}");
    }
}

#[test]
fn slips_go_to_every_lead_unit_in_the_colour_of_what_is_wrong() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let report = made(&ledger, &What::Slips(For::All, None));
    let mut slips: Vec<&[Block]> = report.blocks.split(|block| *block == Block::PageBreak).collect();
    slips.remove(0);
    let list = table(&report, &["编号", "颜色", "责任单位"]);
    assert_eq!(slips.len(), list.rows.len());
    let mut on_slips: BTreeSet<(String, String)> = BTreeSet::new();
    for (slip, row) in slips.iter().zip(&list.rows) {
        let [Block::Title(title), Block::Paragraph(number), Block::Paragraph(to), Block::Paragraph(asks), ..] = slip
        else {
            panic!("{slip:?}")
        };
        assert_eq!(*title, format!("督办单（{}）", row[1].text));
        assert!(number.contains(&row[0].text) && number.contains("2024年三季度"));
        assert_eq!(*to, format!("{}：", row[2].text));
        assert!(asks.contains("衢政办发〔2024〕10号") && asks.contains(&row[5].text), "{asks}");
        let tables: Vec<&Table> =
            slip.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None }).collect();
        let [items, reply] = tables.as_slice() else { panic!("{tables:?}") };
        for cells in &items.rows {
            on_slips.insert((row[2].text.clone(), cells[0].text.clone()));
            assert!(!cells[2].text.is_empty() && !cells[4].text.is_empty());
        }
        let asked: String = reply.rows.iter().flatten().map(|cell| cell.text.as_str()).collect();
        for what in ["办理情况", "经办人", "单位负责人", "日期"] {
            assert!(asked.contains(what));
        }
    }
    // Who is to be chased for what, against the list of the screen, and its colour against light and deadline.
    let scope = report::Scope::new(&book, &For::All);
    let mut expected = BTreeSet::new();
    for one in report::chase_list(&book, &scope, q3(), today()) {
        let number = report::figures::number(&book, one.item);
        let late = book.deadline(one.item, q3()) < today();
        let red = late && one.reasons.iter().any(|reason| matches!(reason, Reason::Overdue(_)))
            || one.rating.light == Light::Red;
        for unit in &one.units {
            let unit = book.aliases().name(unit).to_string();
            let colours: Vec<&str> = list
                .rows
                .iter()
                .filter(|row| row[2].text == unit && row[4].text.split('、').any(|item| item == number))
                .map(|row| row[1].text.as_str())
                .collect();
            assert_eq!(colours.len(), 1, "{number} {unit}");
            assert_eq!(colours[0] == "红色", red, "{number}");
            expected.insert((unit, number.clone()));
        }
    }
    assert_eq!(on_slips, expected);
    let colours = column(list, "颜色");
    assert!(["红色", "黄色"].iter().all(|colour| colours.contains(colour)));
    // What was asked before stands on the slip.
    let chased = report::chase_list(&book, &scope, q3(), today()).into_iter().find(|one| one.chased.is_some()).unwrap();
    let (chase, _) = book.chase_of(chased.item, q3()).unwrap();
    let told = report.tables().flat_map(|table| &table.rows).flatten();
    assert!(told.into_iter().any(|cell| cell.text.contains(&format!("本期已催 {} 次", chase.times))));
}

#[test]
fn a_slip_for_one_item_stands_alone_and_asks_for_an_answer_on_a_working_day() {
    let ledger = demonstration();
    let book = Book::newest(&ledger).unwrap();
    let item: ItemKey = "T25".parse().unwrap();
    for offset in 0..14 {
        let now = today() + chrono::Days::new(offset);
        let what = What::Slips(For::All, Some(vec![item, item, "T999".parse().unwrap()]));
        let report = report::make(&book, &what, q3(), now, Lang::En).report;
        assert_eq!(report.title, "Chase slip (red)");
        assert!(!report.blocks.contains(&Block::PageBreak));
        let said = words(&report);
        let by = said.split("answer in writing by ").nth(1).unwrap().get(..10).unwrap();
        let by: NaiveDate = by.parse().unwrap();
        assert!(by > now && !matches!(by.weekday(), Weekday::Sat | Weekday::Sun), "{by}");
        assert_eq!(report.tables().next().unwrap().rows.len(), 1);
    }
    let none = made(&ledger, &What::Slips(For::All, Some(Vec::new())));
    assert_eq!(words(&none), "没有应督办的事项。");
}

#[test]
fn a_units_slips_are_its_own_and_an_areas_go_to_the_area() {
    let ledger = demonstration();
    let of_unit = made(&ledger, &What::Slips(For::Unit("市卫健委".into()), None));
    let list = table(&of_unit, &["编号", "颜色", "责任单位"]);
    assert!(column(list, "责任单位").iter().all(|unit| *unit == "市卫健委"));
    let of_area = made(&ledger, &What::Slips(For::Area("江山市".into()), None));
    let list = table(&of_area, &["编号", "颜色", "责任单位"]);
    assert!(column(list, "责任单位").iter().all(|unit| *unit == "江山市"));
}

#[test]
fn the_matrix_adds_up_and_notes_the_one_sum_that_differs() {
    let ledger = demonstration();
    let report = made(&ledger, &What::Matrix(For::All));
    let mut added = 0;
    for table in report.tables() {
        assert_eq!(table.head.len(), 2);
        let city = table.head[0].iter().position(|cell| cell.text == "全市").unwrap();
        let parts: Vec<usize> = (0..table.columns.len()).filter(|at| !table.columns[*at].parts.is_empty()).collect();
        assert_eq!(parts.len(), 9, "an area a column, in parts");
        for row in &table.rows {
            let Value::Number(done) = row[city + 1].value else { continue };
            let areas = parts.iter().filter_map(|at| match &row[*at].value {
                Value::Parts(parts) => match parts[1].value {
                    Value::Number(value) => Some(value),
                    _ => None,
                },
                other => panic!("{other:?}"),
            });
            assert_eq!(areas.sum::<Decimal>(), done, "{}", row[0].text);
            added += 1;
        }
    }
    assert!(added > 30);
    let said = words(&report);
    assert_eq!(said.matches("各地合计").count(), 1, "{said}");
    assert!(said.contains("省32：全市任务36000起，各地合计36300起，相差300起"), "{said}");
    let narrowed = made(&ledger, &What::Matrix(For::Unit("市水利局".into())));
    let own = Book::newest(&ledger).unwrap().rows().len();
    let rows: usize = narrowed.tables().map(|table| table.rows.len()).sum();
    assert!(rows > 0 && rows < own);
    assert_eq!(words(&made(&ledger, &What::Matrix(For::Leader("周卫兵".into())))), "本期无相关事项。");
}

/// Commits of two days: filed, sent back, undone, redone; a figure that was taken back.
fn worked(ledger: &mut Ledger) -> Vec<Commit> {
    let id = Book::newest(ledger).unwrap().id().clone();
    let at = |text: &str| -> DateTime<FixedOffset> { text.parse().unwrap() };
    let mut commits = Vec::new();
    let mut no = 10;
    let mut put = |ledger: &mut Ledger, when: &str, intent, undoes: Option<Seq>, key: Key, value: Option<Record>| {
        no += 1;
        let base = ledger.version(&key);
        let batch =
            Batch { id: BatchId([no; 16]), at: at(when), intent, undoes, writes: vec![Write { key, base, value }] };
        commits.push(write(ledger, &batch));
        commits.last().unwrap().seq
    };
    let filing = Key::filing(&id, ItemKey::task(39), q3());
    let first = Filing { percent: Some(Decimal::from(40)), progress: "已开工".into(), ..Filing::default() };
    let back = Filing { review: Review::Returned("太笼统".into()), ..first.clone() };
    put(ledger, "2024-10-07T09:00:00+08:00", Intent::File, None, filing.clone(), Some(Record::Filing(first.clone())));
    let done = Key::done(&id, "P19.1".parse().unwrap(), "江山市", q3());
    let figure = Some(Record::Done(Done { value: Decimal::from(9) }));
    let wrong = put(ledger, "2024-10-07T10:00:00+08:00", Intent::Quota, None, done.clone(), figure);
    let returned = put(
        ledger,
        "2024-10-08T09:00:00+08:00",
        Intent::Review,
        None,
        filing.clone(),
        Some(Record::Filing(back.clone())),
    );
    let undo = put(
        ledger,
        "2024-10-08T09:05:00+08:00",
        Intent::Undo,
        Some(returned),
        filing.clone(),
        Some(Record::Filing(first)),
    );
    put(ledger, "2024-10-08T09:06:00+08:00", Intent::Redo, Some(undo), filing, Some(Record::Filing(back)));
    put(ledger, "2024-10-09T08:00:00+08:00", Intent::Undo, Some(wrong), done, None);
    commits
}

#[test]
fn changes_are_told_by_day_and_item_with_what_was_undone() {
    let mut ledger = demonstration();
    let commits = worked(&mut ledger);
    let report = made(&ledger, &What::Changes(day(10, 7), commits.clone()));
    let by_day = table(&report, &["日期", "事项", "时间"]);
    assert_eq!(
        column(by_day, "日期"),
        ["2024-10-07", "2024-10-07", "2024-10-08", "2024-10-08", "2024-10-08", "2024-10-09"]
    );
    assert_eq!(column(by_day, "事项"), ["39", "省19", "39", "39", "39", "省19"]);
    let merged: Vec<bool> = by_day.rows.iter().map(|row| row[0].joined == Joined::Above).collect();
    assert_eq!(merged, [false, true, false, true, true, false]);
    let deeds = column(by_day, "事由");
    let undone: Vec<bool> = deeds.iter().map(|deed| deed.contains("已撤销")).collect();
    assert_eq!(undone, [false, true, false, true, false, false], "a review whose undoing was undone stands: {deeds:?}");
    let told = column(by_day, "改动");
    assert!(told[0].contains("- -> 40%") && told[0].contains("已开工"), "{}", told[0]);
    assert!(told[1].contains("- -> 9"), "{}", told[1]);
    assert!(told[2].contains("退回：太笼统"), "{}", told[2]);
    let said = words(&report);
    assert!(said.contains("共6次提交，1人经手，涉及2项。"), "{said}");
    assert!(said.contains("其中填报1条、审核1条、撤销1条。"), "{said}");
    let by_item = table(&report, &["序号", "事项", "牵头单位", "变动次数"]);
    assert_eq!(column(by_item, "序号"), ["39", "省19"]);
    assert_eq!(column(by_item, "变动次数"), ["4", "2"]);
    assert_eq!(column(by_item, "最近变动"), ["2024-10-08 09:06", "2024-10-09 08:00"]);
    let chosen = clock::since(commits.iter(), day(10, 9), today()).into_iter().cloned().collect();
    let later = made(&ledger, &What::Changes(day(10, 9), chosen));
    assert_eq!(table(&later, &["日期"]).rows.len(), 1, "from the day on");
}
