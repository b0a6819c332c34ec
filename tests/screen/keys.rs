//! What keys do: before, keys, after. Everything on the real document, through the same loop as in life.

use std::time::Duration;

use crate::support::{Look, Screen};
use duban::catalog::Lang;
use duban::model::{Intent, Seq};
use duban::store::Store;
use duban::tui::state::Popup;
use duban::tui::update::Msg;

fn fresh() -> Screen {
    Screen::new(&Look::SMALL, false)
}

fn line<'a>(picture: &'a str, with: &str) -> &'a str {
    picture.lines().find(|line| line.contains(with)).unwrap_or_else(|| panic!("no line with {with} in\n{picture}"))
}

#[test]
fn initials_pinyin_and_mixed_find_the_finance_bureau() {
    for query in ["czj", "caizheng", "市czj", "财政局"] {
        let mut screen = fresh();
        let picture = screen.keys(&format!("/{query}"));
        for task in ["    1 ", "    2 ", "    3 ", "  127 "] {
            assert!(picture.contains(task), "/{query} misses task{task}\n{picture}");
        }
    }
}

#[test]
fn a_unit_is_found_under_any_of_its_spellings() {
    let mut screen = fresh();
    let by_alias: Vec<String> = screen.keys("/市人社局").lines().skip(4).map(str::to_owned).collect();
    let mut screen = fresh();
    let by_name: Vec<String> = screen.keys("/市人力社保局").lines().skip(4).map(str::to_owned).collect();
    let numbers = |lines: &[String]| {
        let mut numbers: Vec<String> = lines.iter().filter_map(|l| l.get(1..7)).map(|n| n.trim().to_owned()).collect();
        numbers.retain(|n| !n.is_empty());
        numbers.sort();
        numbers
    };
    assert_eq!(numbers(&by_alias), numbers(&by_name));
    assert!(by_name.iter().any(|line| line.contains(" 67 ")), "task 67 says 市人社局");
}

#[test]
fn choosing_a_leader_shows_only_his_tasks_and_escape_shows_all_again() {
    let mut screen = fresh();
    let picture = screen.keys("2j<enter>");
    assert!(line(&picture, "领导=周卫兵").contains("1/27"), "{picture}");
    assert!(screen.keys("<esc>").contains("任务 7/130") || screen.headless.picture().contains("/130"));
}

#[test]
fn a_filing_is_saved_shown_undone_and_redone() {
    let mut screen = fresh();
    let picture = screen.keys("/5<enter>e60<tab>新增贷款120亿元，进展顺利。<tab><tab>抓紧下一步。<c-s>");
    assert!(screen.footer().contains("已存 #2"), "{picture}");
    let row = line(&screen.headless.picture(), "深入实施融资畅通工程").to_owned();
    assert!(row.contains("60.0%") && row.contains("黄"), "15 points behind 75: {row}");
    assert!(screen.keys("<enter>G").contains("新增贷款120亿元，进展顺利。"));
    screen.keys("<esc>u");
    assert!(!line(&screen.headless.picture(), "深入实施融资畅通工程").contains("60.0%"));
    screen.keys("<c-r>");
    assert!(line(&screen.headless.picture(), "深入实施融资畅通工程").contains("60.0%"));
    let commits = screen.store.since(Seq(1), 10, Duration::ZERO).unwrap();
    let intents: Vec<Intent> = commits.iter().map(|sealed| sealed.commit.intent).collect();
    assert_eq!(intents, [Intent::File, Intent::Undo, Intent::Redo]);
}

#[test]
fn a_figure_is_typed_into_its_cell() {
    let mut screen = fresh();
    screen.keys("4/17-1<enter>lllll");
    assert!(
        screen.keys("e").contains("省17-1 江山市 2024年三季度（公里）完成数")
            || screen.footer().contains("省17-1 江山市")
    );
    let picture = screen.keys("8.2<enter>");
    assert!(line(&picture, "燃气").contains("8.2/12.6"), "{picture}");
    assert!(line(&picture, "燃气").contains("8.2/83"), "the city's total is the areas' sum\n{picture}");
}

#[test]
fn typing_over_a_figure_replaces_it() {
    let mut screen = fresh();
    screen.keys("4/17-1<enter>lllll8.2<enter>9<enter>");
    assert!(line(&screen.headless.picture(), "燃气").contains(" 9/12.6"));
}

#[test]
fn nonsense_is_refused_with_the_reason_and_the_field_stays() {
    for (typed, reason) in [("12x", "第3个字"), ("-3", "不能小于 0"), ("1.2.3", "两个小数点")] {
        let mut screen = fresh();
        let picture = screen.keys(&format!("4/17-1<enter>llllle{typed}<enter>"));
        assert!(picture.contains(reason), "{typed}: {picture}");
        assert!(picture.contains(&format!(": {typed}")), "the field keeps what was typed\n{picture}");
        assert_eq!(screen.store.snapshot().unwrap().head().seq, Seq(1), "nothing was written");
    }
}

#[test]
fn ten_thousands_may_be_typed_in_any_form() {
    for (typed, shown) in [("8.2万", "8.2/"), ("８.２", "8.2/"), ("82000", "8.2/"), ("八点二万", "8.2/")] {
        let mut screen = fresh();
        let picture = screen.keys(&format!("4/省9-1<enter>lle{typed}<enter>"));
        assert!(line(&picture, "长期护理").contains(shown), "{typed}: {picture}");
    }
}

#[test]
fn a_cell_without_a_quota_says_why_it_takes_no_figure() {
    let mut screen = fresh();
    screen.keys("4/17-1<enter><right><right><right><right><right><right><right><right>e");
    assert!(screen.footer().contains("无此项任务"), "{}", screen.footer());
    screen.keys("<left><left><left><left><left><left><left><left><left><left>e");
    assert!(screen.footer().contains("各地相加"), "{}", screen.footer());
}

#[test]
fn a_doubt_is_settled_by_one_key_in_the_log_and_can_be_undone() {
    let mut screen = fresh();
    assert!(screen.keys("8").contains("8核对(2)"));
    let picture = screen.keys("jb");
    assert!(picture.contains("8核对(1)"), "{picture}");
    let row =
        duban::model::Book::newest(&screen.store.snapshot().unwrap()).unwrap().row("P17.2".parse().unwrap()).cloned();
    let before = Screen::new(&Look::SMALL, false);
    let old =
        duban::model::Book::newest(&before.store.snapshot().unwrap()).unwrap().row("P17.2".parse().unwrap()).cloned();
    assert_ne!(row, old, "the second reading moves the 0.5");
    assert!(screen.keys("7").contains("核对"), "it is in the log");
    assert!(screen.keys("8u").contains("8核对(2)"));
}

#[test]
fn a_commit_of_the_log_opens_with_every_word_and_says_what_undid_it() {
    let mut screen = fresh();
    let long = "新增制造业中长期贷款，".repeat(8);
    screen.keys(&format!("jje40<tab>{long}<c-s>u"));
    let line = screen.keys("7j");
    assert!(line.contains("#2") && !line.contains(&long), "{line}");
    let whole = screen.keys("<enter>");
    let undone = "已由 #3 撤销";
    for said in ["提交 #2", "3 填报 2024年三季度", "40%", undone] {
        assert!(whole.contains(said), "{said}:\n{whole}");
    }
    assert_eq!(whole.matches("新增制造业中长期贷款").count(), 8, "{whole}");
    let hash = screen.headless.state.commit().unwrap().hash.to_string();
    assert!(whole.contains(&hash), "{whole}");
    let undoing = screen.keys("<esc>k<enter>");
    assert!(undoing.contains("撤销 #2") && !undoing.contains(undone), "{undoing}");
    // All that a document brought: as many changes as it has records, and the last can be reached.
    let first = screen.keys("<esc>G<enter>");
    assert!(first.contains("quzhou-2024 新增") && first.contains("PgDn"), "{first}");
    assert!(screen.keys("G").contains("新增"), "its end");
}

#[test]
fn full_width_keys_act_as_their_twins_outside_fields_and_as_text_inside() {
    let mut screen = fresh();
    assert!(screen.keys("４").contains("民生 1/53"));
    assert!(screen.keys("１／").lines().last().unwrap().starts_with('/'));
    assert!(screen.keys("：").lines().last().unwrap().starts_with("/："), "in the search line it is text");
    screen.keys("<esc>");
    assert!(screen.keys("？").contains("帮助"));
}

#[test]
fn a_key_that_does_not_apply_says_so() {
    let mut screen = fresh();
    screen.keys("m");
    assert!(screen.footer().contains("切换显示") && screen.footer().contains("此处不适用"), "{}", screen.footer());
    screen.keys("u");
    assert!(screen.footer().contains("没有可撤销的"), "{}", screen.footer());
    screen.keys("Z");
    assert!(screen.footer().contains("没有用处"), "{}", screen.footer());
}

#[test]
fn leaving_a_form_keeps_a_draft_that_is_there_again() {
    let mut screen = fresh();
    screen.keys("e<tab>写到一半<esc>");
    assert!(screen.footer().contains("留作草稿"));
    let picture = screen.keys("e");
    assert!(picture.contains("写到一半") && picture.contains("已载入"), "{picture}");
    screen.keys("<f8>");
    assert!(!screen.keys("e").contains("写到一半"));
}

#[test]
fn drafts_from_before_are_offered_at_the_start() {
    let data = tempfile::tempdir().unwrap();
    let store = crate::support::store(false);
    {
        let path = data.path().to_owned();
        let mut screen = Screen::over(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap());
        screen.headless.state.setup.data = path;
        screen.keys("jjjje<tab>突破3000亿");
        // The program is killed here: nothing more is run.
    }
    let mut screen = Screen::over(&Look::SMALL, store, data);
    let picture = screen.headless.picture();
    assert!(
        picture.contains("有未保存的草稿") && picture.contains(" 5 2024年三季度") && picture.contains("突破3000亿"),
        "{picture}"
    );
    let picture = screen.keys("<enter>");
    assert!(picture.contains("填报 5 2024年三季度") && picture.contains("突破3000亿"), "{picture}");
    screen.keys("<c-s>");
    assert!(screen.footer().contains("已存 #2"));
}

#[test]
fn paste_goes_into_fields_only_and_without_what_may_not_enter() {
    let mut screen = fresh();
    screen.headless.tell(Msg::Paste("q5x".to_owned()));
    assert!(!screen.headless.left && screen.footer().contains("粘贴已忽略"));
    screen.keys("e<tab>");
    screen.headless.tell(Msg::Paste("第一行\r\n\u{1b}[31m第二行\u{202e}".to_owned()));
    let picture = screen.headless.picture();
    assert!(picture.contains("第一行") && picture.contains("[31m第二行"), "{picture}");
    assert!(!picture.contains('\u{202e}') && !picture.contains('\u{1b}'));
}

#[test]
fn the_palette_runs_commands_by_name_pinyin_and_id() {
    for query in ["民生", "ms", "matrix"] {
        let mut screen = fresh();
        assert!(screen.keys(&format!(":{query}<enter>")).contains("民生 1/53"), "{query}");
    }
}

#[test]
fn copying_takes_the_item_and_its_owners() {
    let mut screen = fresh();
    screen.keys("/T48<enter>y");
    let copied = screen.headless.clipboard.clone().unwrap();
    assert!(
        copied.contains("深入实施交通先导工程") && copied.contains("市交通运输局") && copied.contains("周卫兵"),
        "{copied}"
    );
}

#[test]
fn history_tells_who_changed_the_item_under_the_cursor() {
    let mut screen = fresh();
    screen.keys("e40<c-s>e55<c-s>");
    let picture = screen.keys("L");
    assert!(picture.contains("40% -> 55%") && picture.contains("li"), "{picture}");
}

#[test]
fn another_clerks_commit_is_followed_without_moving_the_cursor() {
    let mut screen = fresh();
    screen.keys("jjj");
    let mut other = Screen::over(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap());
    other.keys("e88<c-s>");
    let news = screen.store.since(Seq(1), 10, Duration::ZERO).unwrap();
    screen.headless.tell(Msg::Commits(news));
    let picture = screen.headless.picture();
    assert!(line(&picture, "过紧日子").contains("88.0%"), "{picture}");
    assert!(line(&picture, "四大专项").starts_with('>'), "{picture}");
}

#[test]
fn fields_that_only_one_side_changed_merge_in_the_save_and_it_says_so() {
    let mut screen = fresh();
    let mut other = Screen::over(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap());
    screen.keys("e<tab>我的进展");
    other.keys("e70<tab><tab>他的问题<c-s>");
    screen.keys("<c-s>");
    assert!(screen.footer().contains("已存 #3  已并入 li 改的“完成率%、存在问题”"), "{}", screen.footer());
    let ledger = screen.store.snapshot().unwrap();
    let book = duban::model::Book::newest(&ledger).unwrap();
    let (filing, _) = book.filing("T1".parse().unwrap(), "2024Q3".parse().unwrap()).unwrap();
    assert_eq!((filing.progress.as_str(), filing.problems.as_str()), ("我的进展", "他的问题"));
}

#[test]
fn q_escape_and_f10_leave() {
    for keys in ["q", "<f10>", "<enter>qq", "/abc<esc>q"] {
        let mut screen = fresh();
        screen.keys(keys);
        assert!(screen.headless.left, "{keys}");
    }
}

#[test]
fn the_english_screen_has_no_chinese_of_its_own() {
    let mut screen = Screen::new(&Look { lang: Lang::En, ..Look::SMALL }, false);
    for keys in ["?", "<esc>:", "<esc>m", "Z", "5"] {
        let picture = screen.keys(keys);
        let own: Vec<&str> = picture.lines().filter(|l| l.starts_with(' ') || l.starts_with('│')).collect();
        if keys == "?" {
            let han = own.iter().any(|l| {
                l.replace("衢政办发〔", "").chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
                    && l.starts_with('│')
            });
            assert!(!han, "{picture}");
        }
        assert!(!screen.footer().chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", screen.footer());
    }
}

#[test]
fn periods_are_walked_with_brackets() {
    let mut screen = Screen::new(&Look::SMALL, true);
    assert!(screen.keys("[").contains("2024年二季度"));
    assert!(screen.keys("]]").contains("2024年四季度"));
    screen.keys("]");
    assert!(screen.footer().contains("最后一期"));
}

#[test]
fn the_tabs_stand_on_the_second_line() {
    let picture = fresh().headless.picture();
    let lines: Vec<&str> = picture.lines().collect();
    assert_eq!(lines[1], " 1任务 2领导 3单位 4民生 5总览(1) 6通报 7日志 8核对(2)");
}

#[test]
fn what_the_store_had_to_say_stands_in_front_until_it_is_closed() {
    let long = "日志第 3 行损坏，只能查看：请管理员先备份，再用 duban verify 查明；".repeat(3);
    let mut screen = Screen::with_notices(&Look::SMALL, vec![long]);
    let picture = screen.headless.picture();
    assert!(picture.contains("打开台账时的提示") && picture.matches("duban verify").count() == 3, "{picture}");
    assert!(!screen.keys("<esc>").contains("打开台账时的提示"));
}

#[test]
fn a_draft_taken_up_in_the_same_sitting_claims_no_time() {
    let mut screen = fresh();
    screen.keys("e<tab>写到一半<esc>");
    assert!(screen.keys("e").contains("已载入刚才的草稿"));
}

#[test]
fn a_task_without_supporting_units_shows_no_empty_label() {
    let mut screen = fresh();
    assert!(!screen.keys("/T86<enter><enter>").contains("配合单位"));
}

#[test]
fn keys_typed_while_a_commit_is_on_its_way_are_not_lost_in_the_form() {
    use duban::tui::key::parse_keys;
    use duban::tui::update::{Effect, update};
    let mut screen = fresh();
    screen.keys("e<tab>慢盘");
    let state = &mut screen.headless.state;
    let mut press = |keys: &str| -> Vec<Effect> {
        parse_keys(keys).unwrap().into_iter().flat_map(|key| update(state, Msg::Key(key))).collect()
    };
    let asked = press("<c-s>");
    assert!(matches!(asked.as_slice(), [Effect::Commit(..)]));
    assert!(press("4").is_empty(), "held, not typed");
    let head = screen.store.snapshot().unwrap().head();
    screen.headless.tell(Msg::Wrote(Ok(head)));
    assert!(screen.headless.picture().contains("民生 1/53"), "{}", screen.headless.picture());
}

#[test]
fn a_draft_does_not_overwrite_newer_figures_that_it_never_touched() {
    let mut screen = fresh();
    screen.keys("e50<tab>原来<c-s>");
    screen.keys("e<tab>加字<esc>");
    let mut other = Screen::over(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap());
    other.keys("e90<c-s>");
    screen.headless.tell(Msg::Commits(screen.store.since(Seq(2), 10, Duration::ZERO).unwrap()));
    screen.keys("e<c-s>");
    let ledger = screen.store.snapshot().unwrap();
    let book = duban::model::Book::newest(&ledger).unwrap();
    let (filing, _) = book.filing("T1".parse().unwrap(), "2024Q3".parse().unwrap()).unwrap();
    assert_eq!((filing.percent.unwrap().to_string().as_str(), filing.progress.as_str()), ("90", "原来加字"));
}

#[test]
fn pasted_cells_stay_apart() {
    let mut screen = fresh();
    screen.keys("e<tab>");
    screen.headless.tell(Msg::Paste("12\t34\t56".to_owned()));
    assert!(screen.headless.picture().contains("12 34 56"));
}

#[test]
fn the_palette_offers_nothing_that_only_answers_a_form_or_a_block() {
    for id in ["keep-mine", "take-theirs", "retype", "write-block", "drop-block"] {
        let mut screen = fresh();
        screen.keys("<space><space>");
        screen.keys(&format!(":{id}<enter>"));
        assert_eq!(screen.headless.state.list.marked.len(), 2, "{id}");
        let palette = screen.keys(&format!(":{id}"));
        assert!(
            palette.lines().filter(|line| line.contains('│')).skip(1).all(|line| !line.contains("对方")),
            "{palette}"
        );
    }
}

#[test]
fn what_is_pasted_into_the_palette_is_looked_up_from_the_top() {
    let mut screen = fresh();
    screen.keys(":<down><down><down><down><down>");
    screen.headless.tell(Msg::Paste("bulletin".to_owned()));
    screen.keys("<enter>");
    assert_eq!(screen.headless.state.screen, duban::tui::deed::Screen::Bulletin);
}

#[test]
fn on_all_of_a_pane_no_key_acts_on_the_task_of_the_list() {
    for pane in ["2", "3"] {
        let mut screen = Screen::new(&Look::SMALL, true);
        screen.keys(&format!("{pane}o"));
        assert!(screen.headless.state.popups.is_empty(), "{}", screen.headless.picture());
        screen.keys("p");
        let Some(Popup::Sheet(sheet)) = screen.headless.state.popups.last() else { panic!("no sheet") };
        assert_eq!(sheet.text(1), "全部", "{}", screen.headless.picture());
        screen.keys("<esc>jo");
        assert!(matches!(screen.headless.state.popups.last(), Some(Popup::Board(_))), "of a name it opens its page");
    }
}

#[test]
fn a_search_on_one_screen_leaves_the_cursor_of_the_other() {
    let mut screen = fresh();
    screen.keys(&"j".repeat(59));
    let task = screen.headless.state.item();
    screen.keys("4/充电<enter><a-1>");
    assert_eq!(screen.headless.state.item(), task);
    screen.keys("4<esc>jjj");
    let row = screen.headless.state.item();
    screen.keys("<a-1>/财政<enter><a-4>");
    assert_eq!(screen.headless.state.item(), row);
}
