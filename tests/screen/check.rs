//! 核对: the original beside the reading, every way of settling a doubt; other documents, and the year before.

use std::sync::Arc;

use chrono::NaiveDate;
use duban::import;
use duban::model::entry::{self, Said};
use duban::model::{Batch, Book, Intent, Period, Record};
use duban::store::{MemoryStore, Store, new_batch_id, originals};
use duban::tui::update::Msg;

use crate::pictures::keep;
use crate::support::{Look, Screen, actor, now};

/// Two years of an invented place. The later one names a unit twice and lacks a number; its two rows of quotas are shifted
/// alike.
fn notice(year: u16) -> String {
    let (schools, units) = if year == 2024 {
        (5, "市教育局、市发展和改革委员会")
    } else {
        (3, "市教育局、市发改委")
    };
    let mut text = format!("云溪市人民政府办公室\n{year}年3月1日\n附件\n{year}年政府工作报告重点工作责任分解\n");
    let first = format!("1.新建学校{schools}所，改造提升校舍。\n牵头市领导：林一舟\n责任单位：{units}\n");
    text.push_str(&first);
    text.push_str("2.引进百亿项目，由牵头单位会同有关部门推进。\n牵头市领导：林一舟\n责任单位：市发改委、市商务局\n");
    text.push_str("3.整治背街小巷。\n牵头市领导：何青禾\n责任单位：市住建局、市发改委\n");
    if year == 2024 {
        text.push_str("5.开通勤航线两条。\n牵头市领导：何青禾\n责任单位：市交通局\n7.建设公园绿地。\n牵头市领导：何青禾\n责任单位：市住建局\n");
    }
    text
}

fn take_in(store: &MemoryStore, data: &tempfile::TempDir, file: &str, bytes: &[u8]) {
    let reading = import::read(file, bytes, None).unwrap();
    originals::keep(data.path(), &reading.document.source.sha256, bytes).unwrap();
    let batch = reading.batch(&store.snapshot().unwrap(), new_batch_id(), now()).unwrap();
    store.commit(&actor(), &batch).unwrap();
}

/// A screen over both years, the later one shown.
fn both_years(look: &Look) -> Screen {
    let (store, data) = (MemoryStore::new(), tempfile::tempdir().unwrap());
    take_in(&store, &data, "云溪2023.txt", notice(2023).as_bytes());
    let ledger = store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let said = Said { percent: Some(Some(92.into())), progress: Some("三所均已开学".into()), ..Said::default() };
    let period = Period::quarter(2023, 4).unwrap();
    let writes = entry::file(&book, "T1".parse().unwrap(), period, &said).unwrap();
    let batch = Batch { id: new_batch_id(), at: now(), intent: Intent::File, undoes: None, writes };
    store.commit(&actor(), &batch).unwrap();
    take_in(&store, &data, "云溪2024.txt", notice(2024).as_bytes());
    Screen::over(look, Arc::new(store), data)
}

fn open(screen: &Screen) -> usize {
    let ledger = screen.store.snapshot().unwrap();
    Book::newest(&ledger).unwrap().findings().filter(|finding| finding.is_open()).count()
}

#[test]
fn the_place_is_shown_in_the_original_and_follows_the_cursor() {
    let mut screen = Screen::new(&Look::SMALL, false);
    let picture = screen.keys("8");
    assert!(picture.contains("原文 quzhou-2024.txt 第841行"), "{picture}");
    assert!(picture.lines().any(|line| line.starts_with(">  841 16｜新（改）造农村生活污水")), "{picture}");
    let picture = screen.keys("j");
    assert!(picture.lines().any(|line| line.starts_with(">  843 ｜新（改）建城市供水管网")), "{picture}");
    assert!(picture.contains("合计 0.5+4.5+4+3+2+2=16 全市16，相符"), "{picture}");
    // Scrolled down the place is out of sight; another finding is shown at its own place again.
    let picture = screen.keys("JJJJ");
    assert!(!picture.lines().any(|line| line.starts_with(">  843 ")), "{picture}");
    assert!(screen.keys("k").lines().any(|line| line.starts_with(">  841 ")));
    assert!(screen.keys("KKKK").contains("839") || screen.headless.picture().contains("837"));
}

#[test]
fn a_row_that_does_not_add_up_is_listed_and_asks_nothing() {
    let mut screen = Screen::new(&Look::SMALL, false);
    let picture = screen.keys("8jj");
    assert!(picture.contains("第868行") && picture.contains("不符"), "{picture}");
    screen.keys("a");
    assert!(screen.footer().contains("没有待选的读法"), "{}", screen.footer());
}

#[test]
fn what_is_typed_settles_the_doubt_and_opening_it_again_takes_it_back() {
    let mut screen = Screen::new(&Look::SMALL, false);
    let row = |screen: &Screen| {
        let ledger = screen.store.snapshot().unwrap();
        Book::newest(&ledger).unwrap().row("P17.2".parse().unwrap()).cloned().unwrap()
    };
    let before = row(&screen);
    let sheet = screen.keys("8ji");
    assert!(sheet.contains("自己填写读法") && sheet.contains("柯城区=0.5"), "the figure in doubt is seen: {sheet}");
    // The total: the last slot before the areas.
    let picture = screen.keys("<tab><tab><tab><bs><bs>18<c-s>");
    assert!(picture.contains("存疑已定 1/2"), "{picture}");
    assert_eq!(row(&screen).total.amount(), Some(18.into()));
    // Settled doubts stand behind the open ones and the row that does not add up.
    let picture = screen.keys("j");
    assert!(picture.contains("填为：全市任务“18”"), "{picture}");
    assert!(screen.keys("r").contains("存疑已定 0/2"));
    assert_eq!(row(&screen), before);
}

#[test]
fn a_figure_of_one_area_is_typed_on_its_line() {
    let mut screen = Screen::new(&Look::SMALL, false);
    screen.keys("8ji<tab><tab><tab><tab><end>5<c-s>");
    let ledger = screen.store.snapshot().unwrap();
    let doubt = Book::newest(&ledger).unwrap().findings().find(|finding| finding.typed).cloned();
    let areas = doubt.and_then(|doubt| doubt.alternatives.last()?.fix.areas.clone());
    assert!(areas.is_some(), "{}", screen.headless.picture());
    let mut screen = Screen::new(&Look::SMALL, false);
    let picture = screen.keys("8ji<tab><tab><tab><tab><enter>没有这个区=5<c-s>");
    assert!(picture.contains("这一项没有“没有这个区"), "{picture}");
}

#[test]
fn all_of_a_kind_are_accepted_after_a_question_and_undone_at_once() {
    let mut screen = both_years(&Look::SMALL);
    let all = open(&screen);
    screen.keys("8");
    let count = screen.headless.picture().matches("序号不连续").count();
    assert_eq!(count, 2, "{}", screen.headless.picture());
    let asked = screen.keys("*");
    assert!(asked.contains("未定的 2 处“序号不连续”") || asked.contains("疑为同一单位"), "{asked}");
    assert_eq!(open(&screen), all, "the question alone settles nothing");
    screen.keys("<c-s>");
    assert_eq!(open(&screen), all, "nor does its first answer, no");
    screen.keys("*<right><c-s>");
    assert!(open(&screen) < all);
    screen.keys("u");
    assert_eq!(open(&screen), all);
}

#[test]
fn two_spellings_are_one_unit_once_somebody_says_so() {
    let mut screen = both_years(&Look::SMALL);
    let units = |screen: &Screen| {
        let ledger = screen.store.snapshot().unwrap();
        let units: Vec<String> =
            Book::newest(&ledger).unwrap().units().iter().map(|unit| unit.name.to_string()).collect();
        units
    };
    assert!(units(&screen).contains(&"市发展和改革委员会".to_owned()));
    screen.keys("8");
    for _ in 0..10 {
        let ledger = screen.store.snapshot().unwrap();
        let under = screen.headless.state.finding().and_then(|key| ledger.get(key).cloned());
        if under
            .is_some_and(|entry| matches!(entry.record.as_ref(), Record::Finding(one) if one.what.contains("同一单位")))
        {
            break;
        }
        screen.keys("j");
    }
    screen.keys("a");
    assert!(!units(&screen).contains(&"市发展和改革委员会".to_owned()), "{:?}", units(&screen));
    screen.keys("u");
    assert!(units(&screen).contains(&"市发展和改革委员会".to_owned()));
}

#[test]
fn a_doubt_about_no_item_takes_no_typed_reading_and_says_so() {
    let mut screen = both_years(&Look::SMALL);
    screen.keys("8");
    let about = screen.headless.state.item();
    screen.keys("i");
    assert_eq!(about.is_none(), screen.footer().contains("只能选已有的读法"), "{}", screen.footer());
}

#[test]
fn an_original_that_is_not_kept_is_said_and_stops_nothing() {
    let store = MemoryStore::new();
    let reading = import::read("云溪.txt", notice(2024).as_bytes(), None).unwrap();
    let batch = reading.batch(&store.snapshot().unwrap(), new_batch_id(), now()).unwrap();
    store.commit(&actor(), &batch).unwrap();
    let mut screen = Screen::over(&Look::SMALL, Arc::new(store), tempfile::tempdir().unwrap());
    let all = open(&screen);
    assert!(screen.keys("8").contains("原文不可用"));
    screen.keys("a");
    assert_eq!(open(&screen), all - 1);
}

#[test]
fn a_web_page_is_shown_as_the_lines_that_were_read() {
    let (store, data) = (MemoryStore::new(), tempfile::tempdir().unwrap());
    let lines: Vec<String> = notice(2024).lines().map(|line| format!("<p>{line}</p>")).collect();
    let page = format!("<!DOCTYPE html><html><body>{}</body></html>", lines.join("\n"));
    take_in(&store, &data, "云溪.html", page.as_bytes());
    let mut screen = Screen::over(&Look::SMALL, Arc::new(store), data);
    let picture = screen.keys("8");
    let marked = picture.lines().find(|line| line.starts_with('>') && line.contains("市发展和改革委员会"));
    let other = picture.lines().filter(|line| line.starts_with('>')).nth(1);
    assert!(marked.is_some() || other.is_some_and(|line| !line.contains('<')), "{picture}");
}

#[test]
fn another_document_is_chosen_from_a_list_and_its_period_is_its_own() {
    let mut screen = both_years(&Look::SMALL);
    assert!(screen.headless.picture().contains("2024年三季度"));
    let list = screen.keys(":doc<enter>");
    assert!(list.contains("yunxi-2023") && list.contains("yunxi-2024"), "{list}");
    let picture = screen.keys("k<enter>");
    assert!(picture.contains("2023年四季度") && picture.contains("任务 1/3"), "{picture}");
    let mut alone = Screen::new(&Look::SMALL, false);
    alone.keys(":doc<enter>");
    assert!(alone.footer().contains("只有这一份"), "{}", alone.footer());
}

#[test]
fn what_an_item_continues_is_told_with_how_it_ended() {
    let mut screen = both_years(&Look::SMALL);
    let detail = screen.keys("<enter>");
    assert!(detail.contains("去年 1（") && detail.contains("92.0%") && detail.contains("2023年四季度"), "{detail}");
    let detail = screen.keys("<esc>G<enter>");
    assert!(!detail.contains("去年"), "{detail}");
}

#[test]
fn pictures_of_settling_and_of_two_years() {
    for (name, look) in [("80x24", Look::SMALL), ("160x48", Look::LARGE)] {
        let mut screen = Screen::new(&look, true);
        screen.keys("8ji");
        keep(&format!("check-typed-{name}"), &screen);
        for (part, keys) in [("units", "8G"), ("kind", "8*"), ("documents", ":doc<enter>"), ("last-year", "<enter>")] {
            let mut screen = both_years(&look);
            screen.keys(keys);
            keep(&format!("check-{part}-{name}"), &screen);
        }
        let look = Look { lang: duban::catalog::Lang::En, ..look };
        let mut screen = both_years(&look);
        screen.keys("8");
        keep(&format!("check-en-{name}"), &screen);
    }
}

#[test]
fn a_leaders_tasks_pass_on_and_the_period_before_keeps_the_name() {
    let mut screen = both_years(&Look::SMALL);
    let sheet = screen.keys("2jjn");
    assert!(sheet.contains("林一舟 更名接任") && sheet.contains("2024-09-30"), "{sheet}");
    let picture = screen.keys("赵南山<tab><c-u>2024-07-01<c-s><esc>");
    assert!(!picture.contains("更名接任"), "{picture}");
    assert!(screen.keys("1").contains("赵南山"), "{}", screen.headless.picture());
    let before = screen.keys("[");
    assert!(before.contains("林一舟") && !before.contains("赵南山"), "{before}");
    // The footer names what was taken back; the next key clears it.
    assert!(screen.keys("]u").contains("赵南山"), "{}", screen.headless.picture());
    let after = screen.keys("k");
    assert!(after.contains("林一舟") && !after.contains("赵南山"), "{after}");
}

#[test]
fn what_a_later_reading_lacks_is_opened_from_a_list_of_its_own() {
    let (store, data) = (MemoryStore::new(), tempfile::tempdir().unwrap());
    take_in(&store, &data, "云溪.txt", notice(2024).as_bytes());
    let shorter = notice(2024).replace("3.整治背街小巷。\n牵头市领导：何青禾\n责任单位：市住建局、市发改委\n", "");
    take_in(&store, &data, "云溪.txt", shorter.as_bytes());
    let mut screen = Screen::over(&Look::SMALL, Arc::new(store), data);
    assert!(!screen.headless.picture().contains("整治背街小巷"));
    let list = screen.keys(":removed<enter>");
    assert!(list.contains("D1") && list.contains("T3") && list.contains("整治背街小巷"), "{list}");
    let detail = screen.keys("<enter>");
    assert!(detail.contains("原 T3；2024-09-30") && detail.contains("市住建局"), "{detail}");
}

#[test]
fn a_form_that_is_open_goes_with_its_text_when_somebody_reads_the_document_again() {
    let (store, data) = (MemoryStore::new(), tempfile::tempdir().unwrap());
    take_in(&store, &data, "云溪.txt", notice(2024).as_bytes());
    let mut screen = Screen::over(&Look::SMALL, Arc::new(store), data);
    screen.keys("je<tab>洽谈中");
    let before = screen.store.snapshot().unwrap().head().seq;
    let longer = notice(2024).replace("1.新建学校", "1.提升地铁运营水平。\n责任单位：市交通局\n2.新建学校");
    let longer = longer.replace("2.引进", "3.引进").replace("3.整治", "4.整治");
    let reading = import::read("云溪.txt", longer.as_bytes(), None).unwrap();
    let batch = reading.batch(&screen.store.snapshot().unwrap(), new_batch_id(), now()).unwrap();
    screen.store.commit(&actor(), &batch).unwrap();
    let news = screen.store.since(before, 10, std::time::Duration::ZERO).unwrap();
    screen.headless.tell(duban::tui::update::Msg::Commits(news));
    screen.keys("<c-s>");
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let period = Period::quarter(2024, 3).unwrap();
    let filed = |key: &str| book.filing(key.parse().unwrap(), period).map(|(filing, _)| filing.progress.clone());
    assert!(book.task("T3".parse().unwrap()).unwrap().text.contains("引进百亿项目"));
    assert_eq!((filed("T3").as_deref(), filed("T2")), (Some("洽谈中"), None), "{}", screen.headless.picture());
}

#[test]
fn names_are_those_of_the_period_that_a_draft_leads_to_and_of_the_day() {
    let data = tempfile::tempdir().unwrap();
    let mut screen = both_years(&Look::SMALL);
    screen.headless.state.setup.data = data.path().to_owned();
    screen.keys("[e<tab>上半年的话<esc>]");
    screen.keys("2jjn赵南山<tab><c-u>2024-07-01<c-s><esc><a-1>");
    let mut later = Screen::over(&Look::SMALL, Arc::clone(&screen.store), data);
    let picture = later.keys("<enter><esc>");
    assert!(picture.contains("2024年二季度") && picture.contains("林一舟") && !picture.contains("赵南山"), "{picture}");
    // A name that passes on with the new quarter, at midnight.
    let mut screen = both_years(&Look::SMALL);
    screen.keys("]2jjn赵南山<tab><c-u>2024-10-01<c-s><esc><a-1>");
    let picture = screen.headless.picture();
    assert!(picture.contains("2024年四季度") && picture.contains("林一舟"), "{picture}");
    screen.headless.tell(Msg::Day(NaiveDate::from_ymd_opt(2024, 10, 1).unwrap()));
    let picture = screen.headless.picture();
    assert!(picture.contains("赵南山") && !picture.contains("林一舟"), "{picture}");
}

#[test]
fn after_midnight_the_bulletin_is_that_of_the_new_day() {
    let day = Msg::Day(NaiveDate::from_ymd_opt(2024, 12, 20).unwrap());
    let ledger = crate::support::store(true);
    let over = || Screen::over(&Look::LARGE, Arc::clone(&ledger), tempfile::tempdir().unwrap());
    let mut fresh = over();
    fresh.headless.tell(day.clone());
    let expected = fresh.keys("6");
    let mut screen = over();
    assert_ne!(screen.keys("6"), expected);
    screen.headless.tell(day);
    assert_eq!(screen.headless.picture(), expected);
}

/// A task that does not say when it is due.
const NO_DAY: &str = "云溪市人民政府办公室\n2024年3月1日\n附件\n2024年政府工作报告重点工作责任分解\n\
    1.新建学校三所。\n责任单位：市教育局\n完成时限：尽快\n2.整治背街小巷。\n责任单位：市住建局\n";

#[test]
fn a_deadline_that_was_not_understood_is_typed_and_stays_when_the_document_is_read_again() {
    let (store, data) = (MemoryStore::new(), tempfile::tempdir().unwrap());
    take_in(&store, &data, "云溪.txt", NO_DAY.as_bytes());
    let mut screen = Screen::over(&Look::SMALL, Arc::new(store), data);
    let due = |screen: &Screen| {
        let ledger = screen.store.snapshot().unwrap();
        let book = Book::newest(&ledger).unwrap();
        ["T1", "T2"].map(|key| book.task(key.parse().unwrap()).unwrap().deadline.to_string())
    };
    let picture = screen.keys("8");
    assert!(picture.contains("完成时限没有读懂"), "{picture}");
    let sheet = screen.keys("i");
    assert!(sheet.contains("完成时限") && sheet.contains("2024-12-31"), "{sheet}");
    let picture = screen.keys("<tab><tab><tab><tab><c-u>尽早<c-s>");
    assert!(picture.contains("“尽早”不是日期"), "{picture}");
    assert_eq!(due(&screen)[0], "2024-12-31");
    let picture = screen.keys("<c-u>10月底<c-s>");
    assert!(picture.contains("存疑已定 1/1"), "{picture}");
    assert_eq!(due(&screen), ["2024-10-31", "2024-12-31"]);
    // Read again with a line more above it.
    let longer = NO_DAY
        .replace("附件\n", "附件\n（此件公开发布）\n")
        .replace("2.整治", "2.改造河道。\n责任单位：市水利局\n3.整治");
    let reading = import::read("云溪.txt", longer.as_bytes(), None).unwrap();
    let batch = reading.batch(&screen.store.snapshot().unwrap(), new_batch_id(), now()).unwrap();
    screen.store.commit(&actor(), &batch).unwrap();
    assert_eq!(due(&screen)[0], "2024-10-31");
    screen.sync();
    assert!(screen.keys("8").contains("填为：完成时限“10月底”"), "{}", screen.headless.picture());
    screen.keys("r");
    assert_eq!(due(&screen)[0], "2024-12-31", "opened again it is as the page has it");
}
