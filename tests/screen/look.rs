//! 总览, the pages of leaders, units and areas, the detail: what stands on them and why.

use std::time::Duration;

use crate::bytes::cost;
use crate::pictures::snap;
use crate::sizes::draw_at;
use crate::support::{Look, Screen, actor, now};
use chrono::NaiveDate;
use duban::model::entry::{self, Said, Verdict};
use duban::model::{Batch, Book, Intent, ItemKey, Light, Outcome, Period, RequestKind, Step, StepState, Write};
use duban::report::{For, Scope, chase_list};
use duban::store::{Store, new_batch_id};
use duban::tui::glyph::Glyphs;
use duban::tui::update::Msg;
use ratatui::style::Modifier;

/// A task without targets, rated on what its unit states.
const TASK: &str = "T48";

fn fresh() -> Screen {
    Screen::new(&Look::SMALL, false)
}

fn item(key: &str) -> ItemKey {
    key.parse().unwrap()
}

fn q(index: u8) -> Period {
    Period::quarter(2024, index).unwrap()
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, month, day).unwrap()
}

/// Somebody writes to the ledger, and the screen follows.
fn act(screen: &mut Screen, intent: Intent, deed: impl Fn(&Book<'_>) -> Vec<Write>) {
    let ledger = screen.store.snapshot().unwrap();
    let before = ledger.head().seq;
    let writes = deed(&Book::newest(&ledger).unwrap());
    let batch = Batch { id: new_batch_id(), at: now(), intent, undoes: None, writes };
    screen.store.commit(&actor(), &batch).unwrap();
    let news = screen.store.since(before, 10, Duration::ZERO).unwrap();
    screen.headless.tell(Msg::Commits(news));
}

fn files(screen: &mut Screen, key: &str, period: Period, percent: u32) {
    let said = Said { percent: Some(Some(percent.into())), ..Said::default() };
    act(screen, Intent::File, |book| entry::file(book, item(key), period, &said).unwrap());
}

/// The screen as on another day.
fn on(screen: &mut Screen, today: NaiveDate) {
    screen.headless.state.setup.today = today;
    screen.headless.tell(Msg::Rest);
}

/// The line of the chase list that names an item, wherever it is scrolled.
fn chased(screen: &mut Screen, number: &str) -> Option<String> {
    screen.keys("5");
    for _ in 0..40 {
        let picture = screen.headless.picture();
        let list = picture.lines().skip_while(|line| !line.starts_with("催办"));
        let mut found = list.skip(1).filter(|line| line.split_whitespace().any(|word| word == number));
        if let Some(line) = found.next() {
            return Some(line.to_owned());
        }
        screen.keys("<pgdn>");
    }
    None
}

#[test]
fn what_is_not_filed_is_chased_and_after_the_due_day_with_the_days() {
    let mut screen = fresh();
    assert!(chased(&mut screen, "48").unwrap().contains("未报 "), "the 20th of October is still to come");
    on(&mut screen, day(10, 23));
    assert!(chased(&mut screen, "48").unwrap().contains("未报，逾期3天"), "due on the 20th of the month after");
    files(&mut screen, TASK, q(3), 75);
    assert_eq!(chased(&mut screen, "48"), None, "what is filed and on time needs no call");
}

#[test]
fn what_was_returned_is_chased_with_the_reason_until_it_is_filed_again() {
    let mut screen = fresh();
    files(&mut screen, TASK, q(3), 75);
    act(&mut screen, Intent::Review, |book| {
        entry::review(book, item(TASK), q(3), &Verdict::Return("数据与上报口径不符".to_owned())).unwrap()
    });
    let line = chased(&mut screen, "48").unwrap();
    assert!(line.contains("退回") && line.contains("深入实施") && line.contains("[数据与上报"), "{line}");
    files(&mut screen, TASK, q(3), 76);
    assert_eq!(chased(&mut screen, "48"), None);
}

#[test]
fn what_is_past_its_deadline_is_chased_with_the_days_until_it_is_complete() {
    let mut screen = fresh();
    assert!(chased(&mut screen, "18").unwrap().contains("逾期92天"), "task 18 is due at the end of June");
    files(&mut screen, "T18", q(3), 100);
    act(&mut screen, Intent::Target, |book| {
        let targets: Vec<u16> = book.targets(item("T18")).map(|(no, ..)| no).collect();
        let writes = targets.iter().map(|no| entry::put_target(book, item("T18"), Some(*no), None).unwrap());
        writes.flatten().collect()
    });
    assert_eq!(chased(&mut screen, "18"), None);
}

#[test]
fn what_is_near_its_deadline_and_not_complete_is_chased_with_the_days_left() {
    let mut screen = fresh();
    files(&mut screen, TASK, q(4), 95);
    on(&mut screen, day(12, 1));
    screen.keys("]");
    assert!(chased(&mut screen, "48").unwrap().contains("临期，还有30天"));
    on(&mut screen, day(11, 30));
    assert_eq!(chased(&mut screen, "48"), None, "31 days are not near: 30 is what is set");
}

#[test]
fn what_turned_red_is_chased() {
    let mut screen = fresh();
    files(&mut screen, TASK, q(2), 50);
    files(&mut screen, TASK, q(3), 44);
    assert!(chased(&mut screen, "48").unwrap().contains("新转红"), "31 points behind, level a quarter ago");
    files(&mut screen, TASK, q(3), 51);
    assert_eq!(chased(&mut screen, "48"), None, "24 points are yellow");
}

#[test]
fn what_has_not_moved_for_two_periods_is_chased() {
    let mut screen = fresh();
    files(&mut screen, TASK, q(2), 60);
    files(&mut screen, TASK, q(3), 60);
    assert!(chased(&mut screen, "48").unwrap().contains("连续两期未动"));
    files(&mut screen, TASK, q(3), 61);
    assert_eq!(chased(&mut screen, "48"), None);
}

#[test]
fn the_most_overdue_stands_first_and_what_still_has_time_last() {
    let mut screen = fresh();
    files(&mut screen, TASK, q(2), 50);
    files(&mut screen, TASK, q(3), 40);
    let picture = screen.keys("5");
    let rows: Vec<&str> = picture.lines().skip_while(|line| !line.starts_with("催办")).skip(1).collect();
    assert!(rows[0].contains("逾期92天") && rows[1].contains("新转红") && rows[2].contains("未报"), "{picture}");
}

#[test]
fn chasing_is_counted_beside_the_item() {
    let mut screen = fresh();
    on(&mut screen, day(10, 23));
    for times in ["催1", "催2"] {
        act(&mut screen, Intent::Chase, |book| entry::chase(book, item(TASK), q(3), day(10, 23), "").unwrap());
        assert!(chased(&mut screen, "48").unwrap().ends_with(times));
    }
}

#[test]
fn one_key_narrows_the_list_to_one_reason_after_the_other() {
    let mut screen = fresh();
    files(&mut screen, TASK, q(2), 50);
    files(&mut screen, TASK, q(3), 40);
    let all = screen.keys("5");
    assert!(all.contains("逾期1 新转红1 未报"), "{all}");
    assert!(screen.keys("f").contains("催办 1/1 · 只看 逾期"));
    let red = screen.keys("f");
    assert!(red.contains("催办 1/1 · 只看 新转红") && red.contains(" 48 ✗红"), "{red}");
    assert!(screen.keys("f").contains("只看 未报"));
    assert!(screen.keys("f").contains("逾期1 新转红1 未报"), "after the last reason everything is there again");
}

#[test]
fn deeds_work_on_the_item_under_the_cursor() {
    let mut screen = fresh();
    assert!(screen.keys("5e").contains("填报 18 2024年三季度"));
    screen.keys("<esc>");
    assert!(screen.keys("<enter>").contains("┌─ 18 ─"));
    screen.keys("<esc>");
    assert!(screen.keys("w").contains("18"));
}

#[test]
fn the_bar_counts_what_needs_a_call_and_not_what_still_has_time() {
    let mut screen = fresh();
    assert!(screen.keys("").contains("5总览(1)"), "task 18 is overdue; the others have until the 20th");
    on(&mut screen, day(10, 21));
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let all = chase_list(&book, &Scope::new(&book, &For::All), q(3), day(10, 21)).len();
    assert!(screen.headless.picture().contains(&format!("5总览({all})")), "now everything is late");
}

#[test]
fn a_leaders_page_holds_what_is_theirs_and_says_when_there_is_nothing_to_chase() {
    let mut screen = fresh();
    let name = "徐张艳";
    let tasks: Vec<ItemKey> = {
        let ledger = screen.store.snapshot().unwrap();
        let book = Book::newest(&ledger).unwrap();
        Scope::new(&book, &For::Leader(name.into())).tasks().map(|task| task.key).collect()
    };
    for task in &tasks {
        files(&mut screen, &task.to_string(), q(3), 80);
    }
    let place = screen.headless.state.cache.leaders.iter().position(|tally| &*tally.name == name).unwrap();
    let picture = screen.keys(&format!("2{}o", "j".repeat(place + 1)));
    assert!(picture.contains(&format!("领导 {name}  2024年三季度")), "{picture}");
    assert!(picture.contains(&format!("任务 {}", tasks.len())), "{picture}");
    assert!(picture.contains("没有需要催办的事项"), "{picture}");
    let before = screen.keys("[");
    assert!(before.contains(&format!("领导 {name}  2024年二季度")) && before.contains("未报"), "{before}");
    assert!(screen.keys("<esc>").contains("领导 "), "back in the pane");
}

#[test]
fn a_units_page_holds_its_rows_too_the_worst_first() {
    let mut screen = Screen::new(&Look::SMALL, true);
    let picture = screen.keys("3jo<tab>");
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let unit = screen.headless.state.cache.units.first().unwrap().name.clone();
    let scope = Scope::new(&book, &For::Unit(unit.clone()));
    assert!(picture.contains(&format!("单位 {unit}")), "{picture}");
    assert!(picture.contains(&format!("任务 {}", scope.tasks().count())), "{picture}");
    assert!(picture.contains(&format!("民生 {}", scope.rows().len())), "{picture}");
    let lights: Vec<char> = picture.lines().skip(8).filter_map(|l| l.chars().find(|c| "✗!-✓".contains(*c))).collect();
    let order = |light: &char| "✗!-✓".chars().position(|known| known == *light);
    assert!(lights.is_sorted_by_key(order), "{picture}");
}

#[test]
fn bars_open_the_page_of_their_leader_unit_or_area() {
    let mut screen = Screen::new(&Look::SMALL, true);
    assert!(screen.keys("5<tab><enter>").contains("┌─ 领导 "));
    screen.keys("<esc>G");
    let picture = screen.keys("<enter>");
    assert!(picture.contains("┌─ 地区 "), "{picture}");
}

#[test]
fn the_heat_map_shows_each_areas_own_light_and_the_figures_of_the_cell() {
    let mut screen = fresh();
    let figure = |area: &'static str, value: u32| {
        move |book: &Book<'_>| entry::put_done(book, item("P17.1"), area, q(3), Some(value.into())).unwrap()
    };
    act(&mut screen, Intent::Quota, figure("江山市", 12));
    act(&mut screen, Intent::Quota, figure("龙游县", 0));
    screen.keys("5<tab><tab>");
    let mut picture = screen.headless.picture();
    for _ in 0..60 {
        if picture.lines().any(|line| line.starts_with('>') && line.contains("省17-1 ")) {
            break;
        }
        picture = screen.keys("j");
    }
    let row = picture.lines().find(|line| line.starts_with('>')).unwrap().to_owned();
    assert!(row.contains('✓') && row.contains('✗'), "one area is ahead, one at nothing: {row}");
    let at = screen.headless.state.cache.columns.iter().position(|area| &**area == "江山市").unwrap();
    let picture = screen.keys(&"l".repeat(at));
    assert!(picture.contains("省17-1 江山市 12/12.6公里"), "{picture}");
    assert!(screen.keys("o").contains("┌─ 地区 江山市"));
}

#[test]
fn the_comparison_lists_what_turned_red_recovered_and_stood_still() {
    let mut screen = fresh();
    for (key, then, at) in [("T48", 50, 40), ("T46", 10, 75), ("T51", 60, 60)] {
        files(&mut screen, key, q(2), then);
        files(&mut screen, key, q(3), at);
    }
    let picture = screen.keys("5<tab><tab><tab>");
    let lines: Vec<&str> = picture.lines().collect();
    for (head, key) in [("新转红 1", " 48 ✗红"), ("好转 1", " 46 ✓绿"), ("连续两期未动 1", " 51 !黄")]
    {
        let at = lines.iter().position(|line| line.starts_with(head));
        let at = at.unwrap_or_else(|| panic!("no {head} in\n{picture}"));
        assert!(lines[at + 1].contains(key), "{head}: {picture}");
    }
    let opened = screen.keys("<enter>");
    assert!(opened.contains("┌─ 48 ─"), "{opened}");
    assert!(screen.keys("<esc>[[5<tab><tab><tab>").contains("已是第一期"), "nothing to compare the first with");
}

#[test]
fn the_words_of_a_target_are_underlined_in_the_text() {
    let screen = {
        let mut screen = Screen::new(&Look { color: false, ..Look::SMALL }, false);
        screen.keys("/T4<enter><enter>");
        screen
    };
    let (buffer, _) = screen.headless.buffer();
    let marked = buffer.content().iter().filter(|cell| cell.modifier.contains(Modifier::UNDERLINED));
    let text: String = marked.map(|cell| cell.symbol().trim_end()).collect();
    assert_eq!(text, "为市场主体减负70亿元以上");
    assert!(screen.headless.picture().contains("为市场主体减负 ≥70亿元"));
}

#[test]
fn the_detail_tells_what_the_office_did() {
    let mut screen = Screen::new(&Look::LARGE, false);
    files(&mut screen, TASK, q(2), 50);
    let said = Said { progress: Some("二季度完成土建。".to_owned()), ..Said::default() };
    act(&mut screen, Intent::File, |book| entry::file(book, item(TASK), q(2), &said).unwrap());
    act(&mut screen, Intent::Override, |book| {
        entry::set_light(book, item(TASK), q(3), Some((Light::Green, "已现场核实"))).unwrap()
    });
    act(&mut screen, Intent::Step, |book| {
        let step = Step { text: "开工".to_owned(), unit: None, deadline: None, state: StepState::Doing };
        entry::put_step(book, item(TASK), None, Some(step)).unwrap()
    });
    let until = NaiveDate::from_ymd_opt(2025, 6, 30);
    act(&mut screen, Intent::Ask, |book| {
        entry::ask(book, item(TASK), q(3), (RequestKind::Extend, "征迁未完", until)).unwrap()
    });
    act(&mut screen, Intent::Decide, |book| {
        let granted = Outcome::Granted { approver: "周秘书长".to_owned(), note: String::new() };
        entry::decide(book, item(TASK), 1, granted, until).unwrap()
    });
    act(&mut screen, Intent::Chase, |book| entry::chase(book, item(TASK), q(3), day(9, 30), "已答应").unwrap());
    let picture = screen.keys("/T48<enter><enter>");
    for words in [
        "绿（人工）",
        "办公室调为绿灯：已现场核实",
        "2025-06-30（原定 2024-12-31）",
        "1 次，最近 2024-09-30  已答应",
        "进行中",
        "延期至 2025-06-30：征迁未完",
        "同意 周秘书长",
        "2024年三季度  待填报",
        "二季度完成土建。",
    ] {
        assert!(picture.contains(words), "no {words} in\n{picture}");
    }
}

#[test]
fn a_row_that_is_green_over_areas_at_nothing_says_so() {
    let mut screen = Screen::new(&Look::LARGE, false);
    let areas: Vec<String> = {
        let ledger = screen.store.snapshot().unwrap();
        let row = Book::newest(&ledger).unwrap().row(item("P17.1")).unwrap().clone();
        let counted = row.areas.iter().filter(|cell| cell.quota.target().is_some());
        counted.map(|cell| cell.area.to_string()).collect()
    };
    act(&mut screen, Intent::Quota, |book| {
        let figure = |area: &String| if area == "江山市" { 0 } else { 100 };
        let writes =
            areas.iter().map(|area| entry::put_done(book, item("P17.1"), area, q(3), Some(figure(area).into())));
        writes.flat_map(Result::unwrap).collect()
    });
    assert!(screen.keys("4/17-1<enter>o").contains("全市亮绿灯，但 江山市 为 0"));
}

#[test]
fn the_targets_that_were_read_stand_beside_their_words() {
    let mut screen = fresh();
    let count = screen.headless.state.cache.targets.len();
    let picture = screen.keys("8<tab>jj");
    assert!(picture.contains(&format!("从正文读出的指标 3/{count}")), "{picture}");
    assert!(
        picture.lines().any(|line| line.starts_with('>') && line.contains("为市场主体减负 70 亿元以上")),
        "{picture}"
    );
    assert!(screen.keys("<enter>").contains("┌─ 4 ─"));
    assert!(screen.keys("<esc><s-tab>").contains("核对 存疑"));
}

#[test]
fn moving_on_the_overview_stays_within_200_bytes() {
    for look in [&Look::SMALL, &Look::LARGE] {
        for (before, key) in [
            ("5jj", "j"),
            ("5jj", "k"),
            ("5<tab>jj", "j"),
            ("5<tab><tab>jj", "j"),
            ("5<tab><tab>jj", "l"),
            ("5<tab><tab><tab>", "j"),
            ("8<tab>jj", "j"),
            ("2jo<tab>", "j"),
        ] {
            let bytes = cost(look, before, key);
            assert!(bytes <= 200, "{before} {key} at {:?}: {bytes}", look.size);
        }
    }
}

/// The parts and pages, with the keys that lead to them.
const PLACES: [(&str, &str); 9] = [
    ("overview-lights", "5<tab>j"),
    ("overview-heat", "5<tab><tab>jjl"),
    ("overview-compare", "5<tab><tab><tab>j"),
    ("overview-narrowed", "5f"),
    ("page-leader", "2jo"),
    ("page-unit", "3jo<tab>j"),
    ("page-area", "5<tab>G<enter><tab>"),
    ("check-targets", "8<tab>jj"),
    ("detail-targets", "/T7<enter><enter>"),
];

#[test]
fn every_part_has_its_picture() {
    let looks = [
        ("80x24", Look::SMALL),
        ("160x48", Look::LARGE),
        ("ascii", Look { glyphs: Glyphs::ASCII, ..Look::SMALL }),
        ("no-color", Look { color: false, ..Look::SMALL }),
    ];
    for (name, keys) in PLACES {
        for (kind, look) in &looks {
            snap(&format!("{name}-{kind}"), keys, look);
        }
    }
}

#[test]
fn the_ascii_set_is_ascii_here_too() {
    for (name, keys) in PLACES {
        let mut screen = Screen::new(&Look { glyphs: Glyphs::ASCII, ..Look::SMALL }, true);
        let picture = screen.keys(keys);
        let drawn: String = picture.chars().filter(|c| "┌┐└┘─│…✓✗≠▶●".contains(*c)).collect();
        assert_eq!(drawn, "", "{name}");
    }
}

#[test]
fn every_part_draws_at_every_size() {
    for (_, place) in PLACES {
        let widths = [1, 2, 59, 60, 61, 80, 109, 110, 111, 160, 200];
        let heights = [1, 10, 15, 16, 17, 24, 48];
        draw_at(place, widths.into_iter().flat_map(|w| heights.into_iter().map(move |h| (w, h))));
    }
}

#[test]
fn moving_on_the_heat_map_stays_within_200_bytes_wherever_the_cursor_stands() {
    for look in [&Look::SMALL, &Look::LARGE] {
        let mut screen = Screen::new(look, true);
        screen.keys("5<tab><tab>");
        screen.headless.bytes();
        for key in "jjjjjjlllllllljjjjjjjhhjlkhjkjhkjjjjllljjjjjhhhhhjjjjjjlllll".chars() {
            let top = screen.headless.state.board.heat.top;
            screen.headless.keys(&key.to_string()).unwrap();
            let text = screen.headless.bytes();
            let bytes = text.len();
            let scrolled = screen.headless.state.board.heat.top != top;
            assert!(bytes <= 200 || scrolled, "{key} at {:?}: {bytes} {}", look.size, text.escape_debug());
        }
    }
}

#[test]
fn a_light_set_by_hand_is_marked_in_every_list() {
    let mut screen = fresh();
    files(&mut screen, TASK, q(3), 20);
    act(&mut screen, Intent::Override, |book| {
        entry::set_light(book, item(TASK), q(3), Some((Light::Yellow, "已约谈"))).unwrap()
    });
    let list = screen.keys("/T48<enter>");
    assert!(list.lines().any(|line| line.starts_with('>') && line.contains("!黄*")), "{list}");
    on(&mut screen, day(12, 20));
    assert!(chased(&mut screen, "48").unwrap().contains("!黄*"));
}
