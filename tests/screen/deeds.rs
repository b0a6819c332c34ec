//! What the office does to an item: from the keys to the ledger's record, and what is shown of it.

use std::time::Duration;

use crate::support::{Look, Screen, store};
use duban::model::{
    Book, Comparator, FilingState, Intent, ItemKey, Light, Outcome, Period, RequestKind, Review, Seq, StepState,
};
use duban::store::Store;
use duban::tui::update::Msg;

/// A screen without progress, on the task with this key, in a terminal of the usual size.
fn on(item: &str) -> Screen {
    let mut screen = Screen::new(&Look::SMALL, false);
    screen.keys(&format!("/{item}<enter>"));
    screen
}

/// Another clerk's screen over the same ledger.
fn beside(screen: &Screen, item: &str) -> Screen {
    let mut other = Screen::over(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap());
    other.keys(&format!("/{item}<enter>"));
    other
}

fn key(item: &str) -> ItemKey {
    item.parse().unwrap()
}

fn q3() -> Period {
    "2024Q3".parse().unwrap()
}

/// Asks the present book.
fn book<T>(screen: &Screen, ask: impl FnOnce(&Book<'_>) -> T) -> T {
    let ledger = screen.store.snapshot().unwrap();
    ask(&Book::newest(&ledger).unwrap())
}

fn intents(screen: &Screen, after: u64) -> Vec<Intent> {
    let commits = screen.store.since(Seq(after), 100, Duration::ZERO).unwrap();
    commits.iter().map(|sealed| sealed.commit.intent).collect()
}

/// A target is added to the item under the cursor from its list: metric, `>=`, value and unit.
fn add_target(screen: &mut Screen, metric: &str, value: &str, unit: &str) {
    screen.keys(&format!("ta{metric}<tab><tab>{value}<tab>{unit}<c-s><esc>"));
    assert!(screen.footer().contains("已存") || !screen.headless.picture().contains("比较"), "{}", screen.footer());
}

fn review_of(screen: &Screen, item: &str) -> Option<Review> {
    book(screen, |book| book.filing(key(item), q3()).map(|(filing, _)| filing.review.clone()))
}

#[test]
fn why_shows_the_sentence_and_the_margins() {
    let mut screen = on("T1");
    screen.keys("e40<c-s>");
    let picture = screen.keys("w");
    assert!(picture.contains("完成率 40.0%，序时进度 75%，慢 35.0 个百分点，超过 30：红"), "{picture}");
    assert!(picture.contains("亮灯标准") && picture.contains("10 至 30 为黄"), "{picture}");
    assert!(!screen.keys("<esc>").contains("亮灯标准"));
}

#[test]
fn why_of_a_row_tells_each_area() {
    let mut screen = Screen::new(&Look::LARGE, true);
    let picture = screen.keys("4w");
    let areas = book(&screen, |book| {
        let row = book.rows()[0].clone();
        row.areas.iter().filter(|cell| cell.quota.target().is_some()).map(|cell| cell.area.clone()).collect::<Vec<_>>()
    });
    for area in areas {
        assert!(picture.lines().any(|line| line.contains(&*area) && line.contains('：')), "{area}\n{picture}");
    }
}

#[test]
fn what_is_filed_is_accepted_and_returned_with_a_reason() {
    let mut screen = on("T5");
    screen.keys("A");
    assert!(screen.footer().contains("尚未填报"), "{}", screen.footer());
    screen.keys("e40<tab>初稿<c-s>A");
    assert_eq!(review_of(&screen, "T5"), Some(Review::Accepted));
    let picture = screen.keys("R");
    assert!(picture.contains("退回 5 2024年三季度") && picture.contains("初稿"), "{picture}");
    assert!(screen.keys("<enter>").contains("没有写明理由"), "a return without a reason is refused in the sheet");
    screen.keys("数字与上报不符<enter>");
    assert_eq!(review_of(&screen, "T5"), Some(Review::Returned("数字与上报不符".to_owned())));
    let form = screen.keys("e");
    assert!(form.contains("退回：数字与上报不符"), "{form}");
    screen.keys("<tab><c-u>补了数字<c-s>");
    assert_eq!(review_of(&screen, "T5"), Some(Review::Pending));
    assert_eq!(intents(&screen, 1), [Intent::File, Intent::Review, Intent::Review, Intent::File]);
    let chain = screen.keys("L");
    for words in ["再次填报", "补了数字", "退回 2024年三季度", "数字与上报不符", "通过", "初稿", "li"]
    {
        assert!(chain.contains(words), "{words}\n{chain}");
    }
    let place = |words: &str| chain.find(words).unwrap();
    assert!(place("再次填报") < place("数字与上报不符") && place("数字与上报不符") < place("初稿"), "newest first");
}

#[test]
fn several_marked_items_are_accepted_returned_chased_and_filed_as_one_commit() {
    let mut screen = Screen::new(&Look::SMALL, false);
    let [a, b] = ["T5", "T6"].map(key);
    screen.headless.state.list.marked.extend([a, b]);
    let sheet = screen.keys("e");
    assert!(sheet.contains("填报 2 项") && sheet.contains("5 6"), "{sheet}");
    screen.keys("60<tab>一并填报<c-s>");
    for item in ["T5", "T6"] {
        let said = book(&screen, |book| book.filing(key(item), q3()).map(|(f, _)| (f.percent, f.progress.clone())));
        assert_eq!(said, Some((Some(60.into()), "一并填报".to_owned())), "{item}");
    }
    screen.keys("A");
    screen.keys("R口径不一<enter>");
    screen.keys("c已电话<enter>");
    for item in [a, b] {
        let chased = book(&screen, |book| book.chase_of(item, q3()).map(|(c, _)| (c.times, c.note.clone())));
        assert_eq!(chased, Some((1, "已电话".to_owned())));
    }
    assert_eq!(intents(&screen, 1), [Intent::File, Intent::Review, Intent::Review, Intent::Chase], "one commit each");
    screen.keys("uuuu");
    assert_eq!(
        book(&screen, |book| book.filing_state(a, q3(), screen.headless.state.setup.today)),
        FilingState::Missing
    );
}

#[test]
fn of_several_those_that_cannot_be_are_passed_over_and_named() {
    let mut screen = on("T5");
    screen.keys("e60<c-s><esc><esc>");
    screen.headless.state.list.marked.extend(["T5", "T6"].map(key));
    screen.keys("A");
    assert!(screen.footer().contains("略过 1 项（6）"), "{}", screen.footer());
    assert_eq!((review_of(&screen, "T5"), review_of(&screen, "T6")), (Some(Review::Accepted), None));
}

#[test]
fn leaving_words_for_several_asks_once() {
    let mut screen = Screen::new(&Look::SMALL, false);
    screen.headless.state.list.marked.extend(["T5", "T6"].map(key));
    assert!(screen.keys("e<tab>写了很多<esc>").contains("写了很多"));
    assert!(!screen.keys("<esc>").contains("写了很多"));
}

#[test]
fn a_light_is_set_with_a_reason_and_taken_back() {
    let mut screen = on("T5");
    screen.keys("e80<c-s>!");
    assert!(screen.keys("<right><enter><enter>").contains("没有写明理由"));
    screen.keys("现场停工<enter>");
    let set = book(&screen, |book| book.override_of(key("T5"), q3()).map(|(set, _)| set.clone())).unwrap();
    assert_eq!((set.light, set.reason.as_str()), (Light::Red, "现场停工"));
    assert!(screen.keys("w").contains("现场停工"));
    screen.keys("<esc>!<left><c-s>");
    assert!(book(&screen, |book| book.override_of(key("T5"), q3()).is_none()));
    assert_eq!(intents(&screen, 2), [Intent::Override, Intent::Override]);
}

#[test]
fn chasing_counts_and_an_item_on_which_nothing_is_owed_is_not_chased() {
    let mut screen = on("T5");
    screen.keys("c<enter>");
    let picture = screen.keys("c");
    assert!(picture.contains("本期已催 1 次，最近 2024-09-30"), "{picture}");
    screen.keys("已答复周五报<enter>");
    let chase = book(&screen, |book| book.chase_of(key("T5"), q3()).map(|(chase, _)| chase.clone())).unwrap();
    assert_eq!((chase.times, chase.note.as_str()), (2, "已答复周五报"));
    screen.keys("e80<c-s>c");
    assert!(screen.footer().contains("无需催办"), "{}", screen.footer());
}

#[test]
fn a_step_is_added_changed_ticked_and_removed() {
    let mut screen = on("T5");
    assert!(screen.keys("S").contains("还没有举措"));
    screen.keys("a制定方案<tab>市某局<tab>10月底<c-s>");
    let step = |screen: &Screen| book(screen, |book| book.steps(key("T5")).map(|(_, step, _)| step.clone()).next());
    let added = step(&screen).unwrap();
    assert_eq!(
        (added.text.as_str(), added.unit.as_deref(), added.state),
        ("制定方案", Some("市某局"), StepState::Todo)
    );
    assert_eq!(added.deadline.unwrap().to_string(), "2024-10-31");
    for state in [StepState::Doing, StepState::Done, StepState::Todo] {
        screen.keys("<space>");
        assert_eq!(step(&screen).unwrap().state, state);
    }
    let picture = screen.keys("<enter>并报批<enter><enter><c-s>");
    assert_eq!(step(&screen).unwrap().text, "制定方案并报批");
    assert!(picture.contains("制定方案并报批") && picture.contains("已完成 0 / 1"), "{picture}");
    assert!(screen.keys("a<c-s>").contains("没有写明"), "a step needs a text");
    assert!(screen.keys("有<tab><tab>改天<c-s>").contains("“改天”不是日期"));
    screen.keys("<esc><f8>");
    assert_eq!(step(&screen), None);
    screen.keys("u");
    assert!(step(&screen).is_some());
    screen.keys("<esc>4S");
    assert!(screen.footer().contains("只有任务"), "{}", screen.footer());
}

#[test]
fn an_extension_is_asked_for_refused_asked_again_and_granted() {
    let mut screen = on("T5");
    assert!(screen.keys("Da<tab>征地未完成<c-s>").contains("要有比现在更晚的完成时限"));
    let picture = screen.keys("<tab>2025-03-31<enter>");
    assert!(picture.contains("待批") && picture.contains("征地未完成"), "{picture}");
    assert!(screen.keys("<enter><right><c-s>").contains("没有写明理由"), "a refusal needs a reason");
    screen.keys("<tab>分管领导<tab>材料不全<c-s>");
    screen.keys("a<tab>补齐材料<tab>2025-03-31<c-s>");
    screen.keys("j<enter><tab>分管领导<tab>同意<tab><c-u>2025-01-31<enter>");
    let outcomes: Vec<(RequestKind, bool, String)> = book(&screen, |book| {
        book.requests(key("T5"))
            .map(|(_, request, _)| {
                let granted = matches!(&request.outcome, Outcome::Granted { approver, .. } if approver == "分管领导");
                (request.kind, granted, request.until.unwrap().to_string())
            })
            .collect()
    });
    assert_eq!(
        outcomes,
        [(RequestKind::Extend, false, "2025-03-31".to_owned()), (RequestKind::Extend, true, "2025-01-31".to_owned())]
    );
    assert_eq!(book(&screen, |book| book.deadline(key("T5"), q3())).to_string(), "2025-01-31");
    assert!(screen.headless.picture().contains("现在的完成时限 2025-01-31"));
    screen.keys("<enter>");
    assert!(screen.footer().contains("已经审批"), "{}", screen.footer());
}

#[test]
fn closing_takes_an_item_off_what_can_be_asked() {
    let mut screen = on("T5");
    screen.keys("Da4<tab>全部完成<c-s><enter><c-s>");
    assert!(book(&screen, |book| book.closed(key("T5"), q3())));
    screen.keys("a");
    assert!(screen.footer().contains("已办结"), "{}", screen.footer());
}

#[test]
fn the_targets_of_what_was_stopped_show_no_light() {
    let mut screen = on("T5");
    let first = |picture: &str| picture.lines().find(|line| line.contains(" 1 ")).unwrap().to_owned();
    let lit = first(&screen.keys("t"));
    assert!(lit.contains(" 1 - "), "{lit}");
    screen.keys("<esc>Da3<tab>不再实施<c-s><enter><c-s><esc>");
    let stopped = first(&screen.keys("t"));
    assert_eq!(stopped, lit.replacen(" 1 - ", " 1   ", 1));
}

#[test]
fn a_growth_below_nothing_is_taken_and_a_count_below_nothing_is_not() {
    let mut screen = on("T1");
    screen.keys("ta增速<tab><tab>6.5<tab>%<tab><right><c-s><esc>");
    let figure = |screen: &Screen| book(screen, |book| book.actual(key("T1"), 1, q3()).map(|(value, _)| value));
    screen.keys("t<enter>-3<enter>");
    assert_eq!(figure(&screen), Some((-3).into()));
    let mut screen = on("T1");
    add_target(&mut screen, "引进项目", "4", "个");
    assert!(screen.keys("t<enter>-3<enter>").contains("不能小于"), "{}", screen.headless.picture());
    assert_eq!(figure(&screen), None);
}

#[test]
fn a_target_is_added_recorded_corrected_and_removed() {
    let mut screen = on("T1");
    let before = book(&screen, |book| book.targets(key("T1")).count());
    assert_eq!(before, 0, "the test needs a task without targets");
    add_target(&mut screen, "引进项目", "4", "个");
    let target = book(&screen, |book| book.target(key("T1"), 1).map(|(target, _)| target.clone())).unwrap();
    assert_eq!((target.metric.as_str(), target.comparator, target.by_hand), ("引进项目", Comparator::AtLeast, true));
    assert_eq!((target.value, target.unit.as_str()), (Some(4.into()), "个"));
    screen.keys("[t<enter>3<enter>");
    let picture = screen.keys("<esc>]t");
    assert!(picture.contains("引进项目 ≥4个"), "{picture}");
    let asked = screen.keys("<enter>2<enter>");
    assert!(asked.contains("比2024年二季度的 3个 小"), "a lower figure is asked about\n{asked}");
    let figure = |screen: &Screen| book(screen, |book| book.actual(key("T1"), 1, q3()).map(|(value, _)| value));
    assert_eq!(figure(&screen), None);
    screen.keys("<enter>");
    assert_eq!(figure(&screen), Some(2.into()), "saving again confirms");
    screen.keys("e<tab><right><tab><c-u>5<c-s>");
    let target = book(&screen, |book| book.target(key("T1"), 1).map(|(target, _)| target.clone())).unwrap();
    assert_eq!((target.comparator, target.value), (Comparator::MoreThan, Some(5.into())));
    screen.keys("<f8>");
    assert_eq!(book(&screen, |book| (book.targets(key("T1")).count(), book.has_figures(key("T1"), q3()))), (0, false));
}

#[test]
fn tiers_are_typed_with_slashes() {
    let mut screen = on("T1");
    screen.keys("ta争取试点<tab><left><tab>4/5/6<tab>个<c-s>");
    let target = book(&screen, |book| book.target(key("T1"), 1).map(|(target, _)| target.clone())).unwrap();
    assert_eq!(
        (target.comparator, target.value, target.tiers),
        (Comparator::Tiers, Some(4.into()), vec![5.into(), 6.into()])
    );
}

#[test]
fn figures_of_targets_are_filed_with_the_words_as_one_commit() {
    let mut screen = on("T1");
    add_target(&mut screen, "引进项目", "4", "个");
    screen.keys("[e50<tab><tab><tab><tab>3<c-s>]");
    let form = screen.keys("e");
    assert!(form.contains("引进项目 ≥4个（2024年二季度 3个）"), "{form}");
    let asked = screen.keys("60<tab>推进中<tab><tab><tab>2<c-s>");
    assert!(asked.contains("比2024年二季度的 3个 小"), "{asked}");
    screen.keys("<bs>4<c-s>");
    let said = book(&screen, |book| {
        let filing = book.filing(key("T1"), q3()).map(|(filing, _)| (filing.percent, filing.progress.clone()));
        (filing, book.actual(key("T1"), 1, q3()).map(|(value, _)| value))
    });
    assert_eq!(said, (Some((Some(60.into()), "推进中".to_owned())), Some(4.into())));
    assert_eq!(intents(&screen, 1), [Intent::Target, Intent::File, Intent::File]);
    screen.keys("u");
    assert!(!book(&screen, |book| book.has_filed(key("T1"), q3())), "one undo takes words and figure back");
}

#[test]
fn a_draft_keeps_the_figures_too() {
    let mut screen = on("T1");
    add_target(&mut screen, "引进项目", "4", "个");
    screen.keys("e<tab><tab><tab><tab>3<esc>");
    assert!(screen.footer().contains("留作草稿"), "{}", screen.footer());
    screen.keys("e<c-s>");
    assert_eq!(book(&screen, |book| book.actual(key("T1"), 1, q3()).map(|(value, _)| value)), Some(3.into()));
}

#[test]
fn last_periods_words_are_one_key_away_and_do_not_replace_what_was_typed() {
    let mut screen = on("T5");
    screen.keys("e<f5>");
    assert!(screen.footer().contains("没有填报"), "{}", screen.footer());
    screen.keys("<esc>[e50<tab>上期进展<tab>上期问题<c-s>]");
    screen.keys("e60<tab><tab>这期的问题<f5>");
    assert!(screen.footer().contains("2024年二季度"), "{}", screen.footer());
    screen.keys("<c-s>");
    let said = book(&screen, |book| {
        book.filing(key("T5"), q3())
            .map(|(filing, _)| (filing.percent, filing.progress.clone(), filing.problems.clone()))
    });
    assert_eq!(said, Some((Some(60.into()), "上期进展".to_owned(), "这期的问题".to_owned())));
}

#[test]
fn what_entry_refuses_the_form_refuses() {
    let mut screen = on("T5");
    assert!(screen.keys("e12.345<c-s>").contains("最多两位小数"));
    screen.keys("<f8>e<tab>");
    screen.headless.tell(Msg::Paste("字".repeat(8_001)));
    assert!(screen.keys("<c-s>").contains("文字太长"));
    assert_eq!(screen.store.snapshot().unwrap().head().seq, Seq(1), "nothing was written");
}

#[test]
fn a_row_rated_on_its_figures_is_asked_no_percentage() {
    let mut screen = Screen::new(&Look::SMALL, false);
    let form = screen.keys("4oe");
    assert!(form.contains("进展情况") && !form.contains("完成率%"), "{form}");
    screen.keys("已开工<c-s>");
    let row = book(&screen, |book| book.rows()[0].key);
    assert_eq!(
        book(&screen, |book| book.filing(row, q3()).map(|(f, _)| f.progress.clone())),
        Some("已开工".to_owned())
    );
}

#[test]
fn where_both_changed_a_field_all_three_stand_there_and_one_key_decides() {
    let change = |take: &str| {
        let mut screen = on("T5");
        screen.keys("e<tab>原文<c-s>");
        screen.keys("e<tab><c-u>我的进展");
        let mut other = beside(&screen, "T5");
        other.keys("e<tab><c-u>他的进展<c-s>");
        screen.headless.tell(Msg::Commits(screen.store.since(Seq(1), 10, Duration::ZERO).unwrap()));
        let picture = screen.headless.picture();
        assert!(picture.contains("我的进展") && !picture.contains("他的进展"), "the field is left alone\n{picture}");
        assert!(picture.contains("li 也改了“进展情况”，保存时请选"), "{picture}");
        let picture = screen.keys("<c-s><c-s>");
        assert!(picture.contains("原来：原文") && picture.contains("我的进展"), "{picture}");
        assert!(picture.contains("对方（li ") && picture.contains("）：他的进展"), "{picture}");
        assert!(screen.footer().starts_with("F3我的 F4对方的 F7重新填"), "{}", screen.footer());
        screen.keys(&format!("{take}<c-s>"));
        book(&screen, |book| book.filing(key("T5"), q3()).map(|(filing, _)| filing.progress.clone())).unwrap()
    };
    assert_eq!(change(""), "他的进展", "saving again decides nothing");
    assert_eq!(change("<f3>"), "我的进展");
    assert_eq!(change("<f4>"), "他的进展");
    assert_eq!(change("<f7>"), "他的进展", "nothing was typed anew yet");
    assert_eq!(change("<f7>两家的进展"), "两家的进展");
}

#[test]
fn a_sheet_merges_fields_and_asks_about_the_one_that_both_changed() {
    for seen in [true, false] {
        let mut screen = on("T5");
        screen.keys("Sa原稿<c-s><enter>甲<tab>市某局");
        let mut other = beside(&screen, "T5");
        other.keys("S<enter>乙<enter><enter>10月底<c-s>");
        if seen {
            screen.headless.tell(Msg::Commits(screen.store.since(Seq(2), 10, Duration::ZERO).unwrap()));
            let picture = screen.headless.picture();
            assert!(picture.contains("2024-10-31") && picture.contains("已换上"), "{picture}");
        }
        let picture = screen.keys("<c-s>");
        assert!(
            picture.contains("原来：原稿") && picture.contains("）：原稿乙") && picture.contains("原稿甲"),
            "{picture}"
        );
        screen.keys("<f3><c-s>");
        let step = book(&screen, |book| book.steps(key("T5")).map(|(_, step, _)| step.clone()).next()).unwrap();
        assert_eq!((step.text.as_str(), step.unit.as_deref()), ("原稿甲", Some("市某局")));
        assert_eq!(step.deadline.map(|day| day.to_string()).as_deref(), Some("2024-10-31"), "theirs merged");
        assert!(screen.footer().contains("已并入 li 改的"), "{}", screen.footer());
    }
}

#[test]
fn a_draft_is_kept_when_typing_pauses() {
    use duban::tui::key::parse_keys;
    use duban::tui::update::{Effect, update};
    let mut screen = on("T5");
    let state = &mut screen.headless.state;
    let drafts = |effects: Vec<Effect>| effects.iter().filter(|effect| matches!(effect, Effect::Draft(_))).count();
    let typed =
        parse_keys("e<tab>写到一半").unwrap().into_iter().flat_map(|key| update(state, Msg::Key(key))).collect();
    assert_eq!(drafts(typed), 0);
    assert!(state.unrested(), "the loop waits for a pause");
    assert_eq!(drafts(update(state, Msg::Rest)), 1);
    assert_eq!(drafts(update(state, Msg::Rest)), 0, "nothing new");
}

#[test]
fn full_width_characters_are_text_in_a_sheet() {
    let mut screen = on("T5");
    screen.keys("c！Ａ　１<enter>");
    let note = book(&screen, |book| book.chase_of(key("T5"), q3()).map(|(chase, _)| chase.note.clone()));
    assert_eq!(note.as_deref(), Some("！Ａ　１"));
}

#[test]
fn somebody_who_may_only_look_does_none_of_it() {
    let mut screen = Screen::over(&Look::SMALL, store(true), tempfile::tempdir().unwrap());
    screen.headless.state.setup.read_only = true;
    let seq = screen.store.snapshot().unwrap().head().seq;
    for keys in ["A", "R", "!", "c", "Sa", "<esc>Da", "<esc>ta"] {
        screen.keys(keys);
        assert!(screen.footer().contains("只看模式"), "{keys}: {}", screen.footer());
    }
    assert_eq!(screen.store.snapshot().unwrap().head().seq, seq);
}

/// Sheets and lists worth seeing.
const SEEN: [(&str, &str); 8] = [
    ("why", "4w"),
    ("return", "e50<tab>初稿<c-s>R数字"),
    ("light", "!<right><tab>现场停工"),
    ("steps", "Sa制定方案<c-s>a组织实施<tab>市某局<tab>10月底<c-s><space>"),
    ("requests", "Da<tab>征地未完成<tab>2025-03-31<c-s>"),
    ("decide", "Da<tab>征地未完成<tab>2025-03-31<c-s><enter><tab>分管领导"),
    ("targets", "ta引进百亿项目<tab><tab>4<tab>个<c-s><enter>3<c-s>"),
    ("chain", "e50<tab>初稿<c-s>R太简单<c-s>e55<tab>补充了数字<c-s>A!<right><tab>现场停工<c-s>L"),
];

#[test]
fn sheets_and_lists_look_as_they_should() {
    for (look, size) in [(&Look::SMALL, "80x24"), (&Look::LARGE, "160x48")] {
        for (name, keys) in SEEN {
            let mut screen = Screen::new(look, true);
            // Times of commits made here are the clock's.
            let picture = without_times(&screen.keys(keys));
            let (_, cursor) = screen.headless.buffer();
            let cursor = cursor.map(|at| (at.x, at.y));
            insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
                insta::assert_snapshot!(format!("deed-{name}-{size}"), format!("{picture}\n--- cursor {cursor:?}"));
            });
        }
    }
}

/// With the times of commits blotted out.
fn without_times(picture: &str) -> String {
    let blotted = |line: &str| {
        let (at, time) = line.match_indices("20").find_map(|(at, _)| Some((at, line.get(at..at + 16)?)))?;
        let is_time = chrono::NaiveDateTime::parse_from_str(time, "%Y-%m-%d %H:%M").is_ok();
        is_time.then(|| format!("{}YYYY-MM-DD HH:MM{}", line.get(..at).unwrap(), line.get(at + 16..).unwrap()))
    };
    picture.lines().map(|line| blotted(line).unwrap_or_else(|| line.to_owned())).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_english_popups_have_no_chinese_of_their_own() {
    let han = |line: &str| line.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || "：；、。".contains(c));
    let look = Look { lang: duban::catalog::Lang::En, ..Look::SMALL };
    for keys in ["Sahall<c-s>", "Da<tab>late<tab>2025-03-31<c-s>", "talength<tab><tab>4<tab>km<c-s><enter>3<c-s>"] {
        let mut screen = Screen::new(&look, false);
        let picture = screen.keys(keys);
        // The popup's own lines; its lead unit stands in the document's language.
        let own = picture.lines().filter(|line| line.starts_with('│') || line.starts_with('┌'));
        let found: Vec<&str> = own.filter(|line| han(&line.replace("市财政局", ""))).collect();
        assert_eq!(found, Vec::<&str>::new(), "{picture}");
    }
}

#[test]
fn a_reason_without_a_light_keeps_the_sheet_open() {
    let mut screen = on("T5");
    let picture = screen.keys("!<tab>三季度已到位<c-s>");
    assert!(picture.contains("还没有选灯") && picture.contains("三季度已到位"), "{picture}");
    screen.keys("<s-tab><right><c-s>");
    let set = book(&screen, |book| book.override_of(key("T5"), q3()).map(|(set, _)| set.clone())).unwrap();
    assert_eq!(set.reason, "三季度已到位");
}

#[test]
fn a_command_that_is_not_there_is_said_not_to_be() {
    let mut screen = on("T5");
    assert!(screen.keys(":zzz<enter>").contains("没有叫“zzz”的命令"));
    assert!(!screen.keys("<esc>").contains("没有叫“zzz”的命令"));
}
