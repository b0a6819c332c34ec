//! Filters, saved views, the choice of a period, the document's settings.

use crate::support::{Look, Screen};
use duban::model::{Book, DueMonth, FilingState, Intent, Seq, Settings, Span};
use duban::store::Store;

fn line<'a>(picture: &'a str, with: &str) -> &'a str {
    picture.lines().find(|line| line.contains(with)).unwrap_or_else(|| panic!("no line with {with} in\n{picture}"))
}

fn settings(screen: &Screen) -> Settings {
    let ledger = screen.store.snapshot().unwrap();
    Book::newest(&ledger).unwrap().document().settings.clone()
}

fn intents(screen: &Screen, since: u64) -> Vec<Intent> {
    let commits = screen.store.since(Seq(since), 100, std::time::Duration::ZERO).unwrap();
    commits.iter().map(|sealed| sealed.commit.intent).collect()
}

#[test]
fn the_filter_sheet_narrows_the_list_and_the_title_says_by_what() {
    let mut screen = Screen::new(&Look::SMALL, true);
    let picture = screen.keys("f<right><c-s>");
    assert!(line(&picture, "任务 1/").contains("· 红"), "{picture}");
    let all = screen.headless.state.list.items.len();
    assert!((1..130).contains(&all));
    let picture = screen.keys("f<tab><tab><right><right><c-s>");
    assert!(picture.contains(" · 红 · 退回"), "two filters hold together: {picture}");
    screen.keys("<esc>");
    assert_eq!(screen.headless.state.list.items.len(), 130, "Esc takes the filters away");
    assert_eq!(intents(&screen, 2), [], "nothing is written");
}

#[test]
fn a_view_is_saved_applied_replaced_and_removed_and_all_of_it_can_be_undone() {
    let mut screen = Screen::new(&Look::SMALL, true);
    assert!(screen.keys("v").contains("还没有存好的视图"));
    screen.keys("<esc>f<right><c-s>ss");
    let wanted = screen.headless.state.list.items.clone();
    let picture = screen.keys("va红灯<enter>");
    assert!(line(&picture, "红灯").contains("红 · 按完成率"), "the list shows it: {picture}");
    screen.keys("<esc><esc>");
    assert_ne!(screen.headless.state.list.items, wanted);
    let picture = screen.keys("v<enter>");
    assert_eq!(screen.headless.state.list.items, wanted);
    assert!(screen.footer().contains("视图：红灯"), "{picture}");
    let picture = screen.keys("<esc>va红灯<enter>");
    assert!(picture.contains("已有视图"), "{picture}");
    screen.keys("<enter>");
    assert_eq!(intents(&screen, 2), [Intent::View, Intent::View]);
    let picture = screen.keys("<f8>");
    assert!(picture.contains("还没有存好的视图"), "{picture}");
    let picture = screen.keys("<esc>uv");
    assert!(picture.contains("红灯"), "{picture}");
}

#[test]
fn a_view_holds_leader_search_and_order() {
    let mut screen = Screen::new(&Look::SMALL, true);
    screen.keys("2j<enter>sva周<enter><esc>");
    let wanted = screen.headless.state.list.items.clone();
    screen.keys("<esc>/czj<enter>va财政<enter><esc>");
    let found = screen.headless.state.list.items.clone();
    screen.keys("vj<enter>");
    let first = screen.headless.state.list.items.clone();
    screen.keys("vk<enter>");
    let second = screen.headless.state.list.items.clone();
    assert!([&first, &second].contains(&&wanted) && [&first, &second].contains(&&found));
}

#[test]
fn a_period_is_chosen_from_a_list_that_says_how_many_are_filed() {
    let mut screen = Screen::new(&Look::SMALL, true);
    let picture = screen.keys("P");
    let third = line(&picture, "三季度     截止");
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let (period, today) = ("2024Q3".parse().unwrap(), screen.headless.state.setup.today);
    let states: Vec<_> = book.item_keys().into_iter().map(|item| book.filing_state(item, period, today)).collect();
    let filed = states.iter().filter(|state| state.is_filed()).count();
    let due = states.iter().filter(|state| **state != FilingState::NotDue).count();
    let wanted = format!("截止 {}  已报 {filed}/{due}  当期", book.document().settings.due(period));
    assert!(third.contains(&wanted), "{wanted}: {picture}");
    assert!(line(&picture, "四季度     截止").contains("已报 0/"), "{picture}");
    let picture = screen.keys("kk<enter>");
    assert!(picture.lines().next().unwrap().contains("2024年一季度"), "{picture}");
    assert!(screen.headless.state.popups.is_empty());
}

#[test]
fn settings_are_changed_from_the_palette_and_undone() {
    let mut screen = Screen::new(&Look::SMALL, false);
    screen.keys(":settings<enter><tab><right><tab><c-u>25<tab><c-u>10<c-s>");
    let now = settings(&screen);
    assert_eq!((now.due_month, now.due_day, now.near_days), (DueMonth::Last, 25, 10));
    assert_eq!(now.thresholds, Settings::default().thresholds);
    screen.keys("u");
    assert_eq!(settings(&screen), Settings::default());
}

#[test]
fn a_setting_out_of_range_is_refused_with_the_reason() {
    let mut screen = Screen::new(&Look::SMALL, false);
    let picture = screen.keys(":settings<enter><tab><tab><c-u>32<c-s>");
    assert!(picture.contains("超出合理范围"), "{picture}");
    let picture = screen.keys("<c-u>x<c-s>");
    assert!(picture.contains("不是数字"), "{picture}");
    assert_eq!(settings(&screen), Settings::default());
}

#[test]
fn months_may_be_chosen_while_nothing_is_filed_and_the_period_shown_follows() {
    let mut screen = Screen::new(&Look::SMALL, false);
    let picture = screen.keys(":settings<enter><right><c-s>");
    assert_eq!(settings(&screen).span, Span::Month);
    assert!(picture.lines().next().unwrap().contains("2024年9月"), "{picture}");
    let mut filed = Screen::new(&Look::SMALL, true);
    let picture = filed.keys(":settings<enter><right><c-s>");
    assert!(picture.contains("不能再改填报周期"), "{picture}");
}

#[test]
fn what_waits_for_a_decision_is_one_list_and_leads_to_where_it_is_decided() {
    let mut screen = Screen::new(&Look::SMALL, true);
    assert!(screen.keys("5").contains("待批申请 4(O)"), "{}", screen.headless.picture());
    let list = screen.keys("O");
    assert!(list.contains("待批申请") && list.contains("理由："), "{list}");
    let picture = screen.keys("j<enter>");
    assert!(picture.contains("审批"), "{picture}");
    let mut fresh = Screen::new(&Look::SMALL, false);
    fresh.keys("O");
    assert!(fresh.footer().contains("没有待批的申请"), "{}", fresh.footer());
}
