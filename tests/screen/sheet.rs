//! The matrix as a spreadsheet, blocks pasted over it, selection, order, saved views: keys and what the ledger holds then.

use std::time::Duration;

use crate::support::{Look, Screen, store};
use duban::model::{Book, Intent, Key, Seq};
use duban::store::Store;
use duban::tui::update::Msg;
use proptest::prelude::*;

/// The matrix at row 省17-1, the cursor on 市本级 (of 公里: 市本级 23, 柯城区 2, …).
const AT_17_1: &str = "4/17-1<enter>l";

fn fresh() -> Screen {
    Screen::new(&Look::SMALL, false)
}

/// The done figure of a cell in the third quarter.
fn done(screen: &Screen, row: &str, area: &str) -> Option<String> {
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    book.done(row.parse().unwrap(), area, "2024Q3".parse().unwrap()).map(|(value, _)| value.to_string())
}

/// The commits after the import, as what they were for.
fn intents(screen: &Screen) -> Vec<Intent> {
    let commits = screen.store.since(Seq(1), 100, Duration::ZERO).unwrap();
    commits.iter().map(|sealed| sealed.commit.intent).collect()
}

fn line<'a>(picture: &'a str, with: &str) -> &'a str {
    picture.lines().find(|line| line.contains(with)).unwrap_or_else(|| panic!("no line with {with} in\n{picture}"))
}

#[test]
fn a_digit_types_over_the_cell_and_enter_goes_down_to_the_next_row_that_takes_a_figure() {
    let mut screen = fresh();
    let picture = screen.keys("4/17<enter>l5");
    assert!(picture.contains("省17-1 市本级 2024年三季度完成数（公里）: 5"), "{picture}");
    let picture = screen.keys("3.5<enter>12<enter>");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("53.5"));
    assert_eq!(done(&screen, "P17.2", "市本级").as_deref(), Some("12"));
    assert!(line(&picture, "生活污水").starts_with('>'), "{picture}");
    assert_eq!(intents(&screen), [Intent::Quota, Intent::Quota]);
}

#[test]
fn enter_passes_over_cells_without_a_quota_and_stays_at_the_last_row() {
    // 智造新城 has a quota on 省17-2 to 17-4 but not on 17-1.
    let mut screen = fresh();
    screen.keys("4/17<enter>llllllllj0.7<enter>0.8<enter>0.9<enter>");
    for (row, value) in [("P17.2", "0.7"), ("P17.3", "0.8"), ("P17.4", "0.9")] {
        assert_eq!(done(&screen, row, "智造新城").as_deref(), Some(value), "{row}");
    }
    assert!(line(&screen.headless.picture(), "雨水").starts_with('>'));
}

#[test]
fn tab_saves_and_goes_right_past_cells_without_a_quota_and_over_the_end_of_the_row() {
    let mut screen = fresh();
    // From 开化县 of 省17-1 the next two, 智造新城 and 智慧新城, are not assigned, and 全市 is a sum.
    screen.keys("4/17<enter>lllllll1<tab>2<s-tab>3<tab>4<enter>");
    assert_eq!(done(&screen, "P17.1", "开化县").as_deref(), Some("3"));
    assert_eq!(done(&screen, "P17.2", "市本级").as_deref(), Some("4"));
}

#[test]
fn arrows_save_a_cell_that_was_typed_over_and_move_the_caret_in_one_that_is_edited() {
    let mut screen = fresh();
    screen.keys(AT_17_1);
    screen.keys("12<right>4<left>");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("12"));
    assert_eq!(done(&screen, "P17.1", "柯城区").as_deref(), Some("4"));
    screen.keys("e<left>5<enter>");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("152"), "e edits what is there");
    screen.keys("<f2>.5<esc>");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("152"), "Esc leaves it as it was");
}

#[test]
fn full_width_digits_begin_a_figure_and_a_minus_is_refused_with_the_reason() {
    let mut screen = fresh();
    screen.keys(AT_17_1);
    screen.keys("８．２<enter>");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("8.2"));
    assert!(screen.keys("-3<enter>").contains("不能小于 0"));
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("8.2"));
}

#[test]
fn delete_empties_a_cell_and_undo_brings_it_back() {
    let mut screen = fresh();
    screen.keys(AT_17_1);
    screen.keys("<del>");
    assert!(screen.footer().contains("没有完成数"), "{}", screen.footer());
    screen.keys("6<c-s><del>");
    assert_eq!(done(&screen, "P17.1", "市本级"), None);
    screen.keys("u");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("6"));
}

#[test]
fn typing_on_a_cell_that_takes_no_figure_says_why_and_stays() {
    let mut screen = fresh();
    let picture = screen.keys("4/17-1<enter>1");
    assert!(picture.contains("民生 1/1") && screen.footer().contains("各地相加"), "{picture}");
    screen.keys("llllllll2");
    assert!(screen.footer().contains("无此项任务"), "{}", screen.footer());
    assert!(screen.keys("<a-1>").contains("任务 1/130"), "Alt and a number lead to another screen");
}

#[test]
fn a_figure_lower_than_the_last_periods_is_asked_about_and_a_second_enter_confirms_it() {
    let mut screen = fresh();
    screen.keys(AT_17_1);
    screen.keys("[9<c-s>]");
    let picture = screen.keys("8<enter>");
    assert!(picture.contains("8 比2024年二季度的 9 少"), "{picture}");
    assert_eq!(done(&screen, "P17.1", "市本级"), None, "asked first");
    assert!(screen.keys("<bs>7<enter>").contains("7 比2024年二季度的 9 少"), "another figure is asked about anew");
    screen.keys("<enter>");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("7"));
}

#[test]
fn typing_on_without_looking_does_not_run_into_the_cell_that_is_asked_about() {
    let mut screen = fresh();
    screen.keys("4/17<enter>l[9<c-s>]");
    let picture = screen.keys("8<enter>95<enter>4<enter>");
    assert!(picture.contains("8 比2024年二季度的 9 少"), "{picture}");
    assert_eq!(intents(&screen).len(), 1, "nothing of it is written");
    screen.keys("12y");
    assert_eq!(intents(&screen).len(), 1, "after more was typed it has to be answered anew");
    screen.keys("y");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("8"));
    assert!(line(&screen.headless.picture(), "供水").starts_with('>'), "yes goes on where Enter would have");
}

#[test]
fn keys_meant_for_the_next_cell_do_not_fall_into_one_that_could_not_be_saved() {
    use duban::store::Refused;
    use duban::tui::key::parse_keys;
    use duban::tui::update::update;
    let mut screen = fresh();
    screen.keys("4/17<enter>l");
    for key in parse_keys("5<enter>6<enter>").unwrap() {
        update(&mut screen.headless.state, Msg::Key(key));
    }
    screen.headless.tell(Msg::Wrote(Err(Refused::Down("gone".to_owned()))));
    let picture = screen.headless.picture();
    assert!(picture.contains("省17-1 市本级 2024年三季度完成数（公里）: 5\n"), "{picture}");
    assert_eq!(intents(&screen), []);
}

#[test]
fn the_next_cell_is_typed_while_the_last_is_being_saved() {
    use duban::tui::key::parse_keys;
    use duban::tui::update::{Effect, update};
    let mut screen = fresh();
    screen.keys("4/17<enter>l");
    let state = &mut screen.headless.state;
    let mut effects = Vec::new();
    for key in parse_keys("5<enter>6").unwrap() {
        effects.extend(update(state, Msg::Key(key)));
    }
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::Commit(..))).count(), 1);
    let head = screen.store.snapshot().unwrap().head();
    screen.headless.tell(Msg::Wrote(Ok(head)));
    let picture = screen.headless.picture();
    assert!(picture.contains("省17-2 市本级 2024年三季度完成数（公里）: 6"), "{picture}");
}

#[test]
fn a_figure_changed_by_somebody_else_meanwhile_is_not_overwritten_unseen() {
    let mut screen = fresh();
    let mut other = Screen::over(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap());
    screen.keys(AT_17_1);
    screen.keys("5");
    other.keys(AT_17_1);
    other.keys("9<enter>");
    // Their commit is followed while the field is open.
    screen.headless.tell(Msg::Commits(screen.store.since(Seq(1), 10, Duration::ZERO).unwrap()));
    let picture = screen.keys("<enter>");
    assert!(picture.contains("原来 空，我的 5，对方（li") && picture.contains("）9。F3我的"), "{picture}");
    screen.keys("<enter>");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("9"), "saving again decides nothing");
    screen.keys("<f3>");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("5"));
}

#[test]
fn a_figure_that_both_typed_is_theirs_or_typed_anew_by_one_key() {
    for (keys, left) in [("<f4>", "9"), ("<f7>7<enter>", "7")] {
        let mut screen = fresh();
        screen.keys(AT_17_1);
        screen.keys("5");
        let mut other = Screen::over(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap());
        other.keys(AT_17_1);
        other.keys("9<enter>");
        // This time the store is the first to tell.
        screen.keys("<enter>");
        screen.keys(keys);
        assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some(left), "{keys}");
        assert!(!screen.headless.picture().contains("两边都改了"), "{keys}");
    }
}

/// Pastes on the matrix narrowed to 省17-1 to 17-4, the cursor on 市本级 of the first.
fn pasted(screen: &mut Screen, text: &str) -> String {
    screen.keys("4/17<enter>l");
    screen.headless.tell(Msg::Paste(text.to_owned()));
    screen.headless.picture()
}

#[test]
fn a_pasted_block_is_shown_first_and_written_as_one_commit_that_one_undo_takes_back() {
    let mut screen = fresh();
    let picture = pasted(&mut screen, "1\t2\r\n8.2公里\t1,234\r\n\t/\r\n１２\t");
    assert!(picture.contains("改 5 格，不写入 0 格"), "{picture}");
    assert!(line(&picture, "8.2").contains("省17-2") && line(&picture, "8.2").contains("空 -> 8.2 公里"), "{picture}");
    assert_eq!(intents(&screen), [], "shown, not written");
    screen.keys("<enter>");
    assert!(screen.footer().contains("写入 5 格，0 格未写入"), "{}", screen.footer());
    assert_eq!(done(&screen, "P17.2", "市本级").as_deref(), Some("8.2"));
    assert_eq!(done(&screen, "P17.2", "柯城区").as_deref(), Some("1234"));
    assert_eq!(done(&screen, "P17.4", "市本级").as_deref(), Some("12"));
    assert_eq!(done(&screen, "P17.3", "市本级"), None, "an empty cell leaves alone, a slash passes over");
    assert_eq!(intents(&screen), [Intent::Quota]);
    screen.keys("u");
    assert_eq!(done(&screen, "P17.2", "柯城区"), None);
    assert_eq!(done(&screen, "P17.1", "市本级"), None);
}

#[test]
fn a_figure_far_above_its_target_is_asked_about_wherever_it_is_typed() {
    let mut screen = fresh();
    screen.keys(AT_17_1);
    let picture = screen.keys("l8.2万<enter>");
    assert!(picture.contains("82000 超过目标（16）三倍"), "{picture}");
    assert_eq!(done(&screen, "P17.1", "柯城区"), None, "asked first");
    screen.keys("y");
    assert_eq!(done(&screen, "P17.1", "柯城区").as_deref(), Some("82000"));
    screen.keys("uh");
    screen.headless.tell(Msg::Paste("9\t99999".to_owned()));
    let picture = screen.headless.picture();
    assert!(picture.contains("超目标三倍") && picture.contains("其中 1 格可疑"), "{picture}");
}

#[test]
fn cells_of_a_block_that_do_not_fit_stay_out_and_say_why() {
    let mut screen = fresh();
    let picture = pasted(&mut screen, "1\tabc\n2\t12%\n3\n4\n5\t6");
    assert!(picture.contains("改 4 格，不写入 4 格"), "{picture}");
    for (place, why) in [("1,2", "不是数字"), ("2,2", "不要百分比"), ("5,1", "超出表格"), ("5,2", "超出表格")]
    {
        assert!(line(&picture, &format!("x {place} ")).contains(why), "{place}: {picture}");
    }
    screen.keys("<enter>");
    assert!(screen.footer().contains("写入 4 格，4 格未写入"), "{}", screen.footer());
}

#[test]
fn a_block_marks_what_is_the_same_and_what_is_lower_than_before() {
    let mut screen = fresh();
    screen.keys("4/17<enter>l[9<c-s>]j5<c-s>k");
    screen.headless.tell(Msg::Paste("8\n5".to_owned()));
    let picture = screen.headless.picture();
    assert!(line(&picture, "! 1,1").contains("空 -> 8 公里 低于前期 9"), "{picture}");
    assert!(line(&picture, "= 2,1").contains('5'), "{picture}");
}

#[test]
fn escape_drops_a_block() {
    let mut screen = fresh();
    pasted(&mut screen, "1\t2");
    assert!(!screen.keys("<esc>").contains("粘贴预览"));
    assert_eq!(intents(&screen), []);
}

#[test]
fn one_pasted_figure_is_typed_over_the_cell() {
    let mut screen = fresh();
    let picture = pasted(&mut screen, "1,234\r\n");
    assert!(picture.contains("市本级 2024年三季度完成数（公里）: 1,234"), "{picture}");
    screen.keys("<enter>");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("1234"));
}

#[test]
fn a_block_on_cells_that_somebody_changed_meanwhile_is_shown_anew() {
    let mut screen = fresh();
    pasted(&mut screen, "1\t2");
    let mut other = Screen::over(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap());
    other.keys(AT_17_1);
    other.keys("9<enter>");
    let picture = screen.keys("<enter>");
    assert!(picture.contains("市本级 刚被 li 改过") && line(&picture, "+ 1,1").contains("9 -> 1"), "{picture}");
    screen.keys("<enter>");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("9"), "enter alone decides nothing");
    screen.keys("<f3>");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("1"));
    assert_eq!(done(&screen, "P17.1", "柯城区").as_deref(), Some("2"));
}

#[test]
fn the_cells_of_a_block_that_nobody_else_changed_are_written_without_the_others() {
    let mut screen = fresh();
    pasted(&mut screen, "1\t2");
    let mut other = Screen::over(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap());
    other.keys(AT_17_1);
    other.keys("9<enter>");
    screen.keys("<enter><f4>");
    assert_eq!(done(&screen, "P17.1", "市本级").as_deref(), Some("9"));
    assert_eq!(done(&screen, "P17.1", "柯城区").as_deref(), Some("2"));
}

#[test]
fn a_block_under_a_review_opens_it_again_once_for_each_row() {
    use duban::model::entry::{Said, Verdict, file, review};
    use duban::model::{Batch, Review};
    let store = store(false);
    let period = "2024Q3".parse().unwrap();
    let item = "P17.1".parse().unwrap();
    for step in 0..2 {
        let ledger = store.snapshot().unwrap();
        let book = Book::newest(&ledger).unwrap();
        let said = Said { progress: Some("已报".to_owned()), ..Said::default() };
        let writes = match step {
            0 => file(&book, item, period, &said).unwrap(),
            _ => review(&book, item, period, &Verdict::Accept).unwrap(),
        };
        let intent = if step == 0 { Intent::File } else { Intent::Review };
        let batch = Batch { id: duban::store::new_batch_id(), at: crate::support::now(), intent, undoes: None, writes };
        store.commit(&crate::support::actor(), &batch).unwrap();
    }
    let mut screen = Screen::over(&Look::SMALL, store, tempfile::tempdir().unwrap());
    pasted(&mut screen, "1\t2\t3");
    screen.keys("<enter>");
    assert!(screen.footer().contains("写入 3 格"), "{}", screen.footer());
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    assert_eq!(book.filing(item, period).unwrap().0.review, Review::Pending);
    let commits = screen.store.since(Seq(3), 10, Duration::ZERO).unwrap();
    let keys: Vec<Key> = commits[0].commit.changes.iter().map(|change| change.key.clone()).collect();
    assert_eq!(keys.len(), 4, "three figures and one review: {keys:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_pasted_text_is_shown_or_refused_and_writes_only_what_the_preview_counted(
        text in "([0-9０-９.,，%/亿万公里x\"\u{1b}\u{202e} -]{0,6}[\t\t\n\r]){0,40}.{0,9}",
        row in 0_usize..53,
        column in 0_usize..13,
    ) {
        let mut screen = Screen::new(&Look::SMALL, true);
        screen.keys(&format!("4{}{}", "j".repeat(row), "l".repeat(column)));
        screen.headless.tell(Msg::Paste(text));
        let picture = screen.headless.picture();
        let clean = !picture.contains(['\u{1b}', '\u{202e}']);
        prop_assert!(clean, "{}", picture);
        let before = screen.store.snapshot().unwrap();
        let count = match screen.headless.state.popups.last() {
            Some(duban::tui::state::Popup::Block(pasted)) => Some(pasted.block.counts().0),
            _ => None,
        };
        screen.keys("<pgdn><pgdn><pgup><enter>");
        let after = screen.store.snapshot().unwrap();
        if let Some(count) = count {
            let figure = |key: &&Key| matches!(key.of, duban::model::Of::Done(..));
            let changed = |key: &&Key| after.get(key) != before.get(key);
            prop_assert_eq!(after.entries().map(|(key, _)| key).filter(figure).filter(changed).count(), count);
        }
    }
}

/// The keys of the marked items.
fn marked(screen: &Screen) -> Vec<String> {
    screen.headless.state.list.marked.iter().map(ToString::to_string).collect()
}

#[test]
fn space_marks_and_goes_down_and_the_title_counts() {
    let mut screen = fresh();
    let picture = screen.keys("<space>j<space>");
    assert_eq!(marked(&screen), ["T1", "T3"]);
    assert!(line(&picture, "任务 4/130").contains("已选 2"), "{picture}");
    let stars: Vec<&str> = picture.lines().filter(|line| line.chars().nth(7) == Some('*')).collect();
    assert_eq!(stars.len(), 2, "a mark is a character, not a colour alone: {picture}");
    screen.keys("kk<up><space>");
    assert_eq!(marked(&screen), ["T3"], "space on a marked one takes the mark away");
    assert!(!screen.keys("<esc>").contains("已选"), "Esc drops the marks first");
}

#[test]
fn a_range_follows_the_cursor_both_ways_and_adds_to_what_was_marked() {
    let mut screen = fresh();
    let picture = screen.keys("<space>jjjVjj");
    assert!(picture.contains("选段"), "{picture}");
    assert_eq!(marked(&screen), ["T1", "T5", "T6", "T7"]);
    screen.keys("kkkk");
    assert_eq!(marked(&screen), ["T1", "T3", "T4", "T5"]);
    assert!(!screen.keys("V").contains("选段"));
    screen.keys("G");
    assert_eq!(marked(&screen).len(), 4, "the range has ended");
}

#[test]
fn a_star_marks_all_that_match_and_again_none() {
    let mut screen = fresh();
    screen.keys("2j<enter>*");
    assert_eq!(marked(&screen).len(), 27);
    screen.keys("*");
    assert_eq!(marked(&screen).len(), 0);
}

#[test]
fn marks_survive_sorting_and_searching_and_say_how_many_are_out_of_sight() {
    let mut screen = Screen::new(&Look::SMALL, true);
    screen.keys("<space><space><space>sssr");
    assert_eq!(marked(&screen), ["T1", "T2", "T3"]);
    let picture = screen.keys("/交通先导<enter>");
    assert!(picture.contains("已选 3（3 不在列）"), "{picture}");
}

/// The numbers of the items shown at the top of the list.
fn shown(picture: &str) -> Vec<String> {
    let lines = picture.lines().skip(4).filter_map(|line| line.get(1..7));
    lines.map(|number| number.trim().to_owned()).filter(|number| !number.is_empty()).collect()
}

#[test]
fn s_goes_through_the_columns_and_r_turns_the_order_round() {
    let mut screen = Screen::new(&Look::LARGE, true);
    let orders = ["滞后在前", "按完成率", "按填报状态", "按时限", "按牵头领导", "按牵头单位"];
    for order in orders {
        let picture = screen.keys("s");
        assert!(line(&picture, "任务 1/130").contains(order), "{order}: {picture}");
    }
    assert!(!screen.keys("s").contains("按牵头单位"), "back at the numbers");
    let items = |screen: &Screen| screen.headless.state.list.items.clone();
    let picture = screen.keys("ssr");
    assert!(picture.contains("按完成率（倒序）"), "{picture}");
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let period = "2024Q3".parse().unwrap();
    let percents: Vec<_> = items(&screen).into_iter().map(|item| book.rate(item, period).percent).collect();
    let known: Vec<_> = percents.iter().flatten().collect();
    assert!(known.is_sorted_by(|a, b| a >= b) && known.len() > 50, "{known:?}");
    screen.keys("srs");
    let dates: Vec<_> = items(&screen).into_iter().map(|item| book.deadline(item, period)).collect();
    assert!(dates.is_sorted(), "{dates:?}");
}

#[test]
fn the_filing_state_has_a_column_at_either_size() {
    let picture = Screen::new(&Look::SMALL, true).headless.picture();
    assert!(shown(&picture).len() > 15 && line(&picture, "    1 ").contains('%'), "{picture}");
    let heads = picture.lines().nth(3).unwrap();
    assert!(heads.contains(" 报 "), "{picture}");
    let wide = Screen::new(&Look::LARGE, true).headless.picture();
    assert!(wide.lines().nth(3).unwrap().contains("填报状态"), "{wide}");
}

#[test]
fn the_title_of_the_matrix_tells_a_sum_that_differs_and_the_note_of_a_cell() {
    let mut screen = Screen::new(&Look::LARGE, false);
    screen.keys("4");
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let differs = |row: &&duban::model::QuotaRow| row.sum_check().is_some_and(|check| !check.agrees());
    let row = book.rows().into_iter().find(differs).unwrap();
    let sum = row.sum_check().unwrap().sum.normalize().to_string();
    let title = |screen: &Screen| screen.headless.picture().lines().nth(2).unwrap_or_default().to_owned();
    assert!(!title(&screen).contains("不等于全市"), "{}", title(&screen));
    let at = screen.headless.state.matrix.rows.iter().position(|item| *item == row.key).unwrap();
    screen.keys(&"j".repeat(at));
    assert!(title(&screen).contains(&format!("各地相加 {sum}")), "{}", title(&screen));

    let noted = |row: &&duban::model::QuotaRow| row.areas.iter().any(|cell| note(&cell.quota).is_some());
    let row = book.rows().into_iter().find(noted).unwrap();
    let column = row.areas.iter().position(|cell| note(&cell.quota).is_some()).unwrap();
    let at = screen.headless.state.matrix.rows.iter().position(|item| *item == row.key).unwrap();
    screen.keys(&format!("g{}{}", "j".repeat(at), "l".repeat(column + 1)));
    let wanted = note(&row.areas[column].quota).unwrap();
    assert!(title(&screen).contains(wanted.trim()), "{}", title(&screen));
}

fn note(quota: &duban::model::Quota) -> Option<&str> {
    match quota {
        duban::model::Quota::Amount(_, note) => note.as_deref(),
        _ => None,
    }
}

#[test]
fn the_unit_of_the_row_under_the_cursor_is_told_at_either_size() {
    for look in [&Look::SMALL, &Look::LARGE] {
        let mut screen = Screen::new(look, false);
        let ledger = screen.store.snapshot().unwrap();
        let book = Book::newest(&ledger).unwrap();
        screen.keys("4");
        for row in book.rows() {
            let title = screen.headless.picture().lines().nth(2).unwrap_or_default().to_owned();
            assert!(title.contains(&format!(" · {}", row.unit)), "{}: {title}", row.unit);
            screen.keys("j");
        }
    }
}

#[test]
fn pictures_of_the_sheet() {
    for (size, look) in [("80x24", &Look::SMALL), ("160x48", &Look::LARGE)] {
        let shown = [
            ("marked", "<space>j<space>jVjj"),
            ("sorted", "sssr"),
            ("filter", "f<right><tab><tab><right>"),
            ("views", "f<right><c-s>va红灯<enter><esc><esc>ssva<c-u>按完成率<enter>"),
            ("periods", "P"),
            ("settings", ":settings<enter>"),
            ("typed-over", "4/17<enter>l5"),
            ("asked", "4/17<enter>ll1<enter>"),
        ];
        for (name, keys) in shown {
            let mut screen = Screen::new(look, true);
            screen.keys(keys);
            crate::pictures::keep(&format!("sheet-{name}-{size}"), &screen);
        }
        let mut screen = Screen::new(look, true);
        screen.keys("4/17<enter>ll");
        screen.headless.tell(Msg::Paste("1\t2\r\n0.2\t4公里\r\n\t12%\r\n/\t99999\r\nx\t".to_owned()));
        crate::pictures::keep(&format!("sheet-paste-{size}"), &screen);
    }
}
