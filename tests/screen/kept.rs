//! The unfinished field of every form is kept with what it was begun on, and offered again on any terminal.

use crate::support::{Look, Screen, store};
use duban::model::Book;
use duban::store::{Store, drafts};
use duban::tui::update::Msg;

/// What leads into each form, what is typed, and what of it the form shows when it is taken up again.
const FORMS: [(&str, &str, &str); 13] = [
    ("filing", "/T5<enter>e<tab>写到一半", "写到一半"),
    ("figure", "4/17-1<enter>l5", "完成数（公里）: 5"),
    ("wording", "6e开头写到一半", "开头写到一半"),
    ("light", "/T5<enter>!<right><tab>现场停", "现场停"),
    ("chase", "/T5<enter>c已电", "已电"),
    ("step", "/T5<enter>Sa制定方", "制定方"),
    ("request", "/T5<enter>Da<tab>征地未", "征地未"),
    ("target", "/T5<enter>ta引进项", "引进项"),
    ("actual", "/T5<enter>t<enter>12", "12"),
    ("settings", ":settings<enter><tab><tab><c-u>17", "17"),
    ("return", "/T5<enter>e50<c-s>R太简", "太简"),
    ("several", "V<down>Ve<tab>一并写到一", "一并写到一"),
    ("view", "2j<enter>va周卫兵的", "周卫兵的"),
];

#[test]
fn every_form_that_is_cut_off_is_offered_again_with_what_was_typed() {
    for (name, keys, shown) in FORMS {
        let data = tempfile::tempdir().unwrap();
        let store = store(false);
        let picture = {
            let mut screen = Screen::over(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap());
            screen.headless.state.setup.data = data.path().to_owned();
            // The line drops in the middle: nothing comes after.
            screen.keys(keys)
        };
        assert!(picture.contains(shown), "{name}\n{picture}");
        let mut screen = Screen::over(&Look::LARGE, store, data);
        assert!(screen.headless.picture().contains("有未保存的草稿"), "{name}\n{}", screen.headless.picture());
        let picture = screen.keys("<enter>");
        assert!(picture.contains(shown) && !picture.contains("有未保存的草稿"), "{name}\n{picture}");
        // Saved, or left: the draft has had its day.
        let path = screen.headless.state.setup.data.clone();
        screen.keys("<f8>");
        screen.keys("<esc><esc>");
        assert_eq!(drafts::load(&path), [], "{name}");
    }
}

/// Pastes a block on 市本级 of 省17-1, and the line drops.
fn cut_off_over_a_block(store: &std::sync::Arc<duban::store::MemoryStore>, data: &std::path::Path) {
    let mut screen = Screen::over(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap());
    data.clone_into(&mut screen.headless.state.setup.data);
    screen.keys("4/17<enter>l");
    screen.headless.tell(Msg::Paste("1\t2\n8.2\tabc".to_owned()));
    assert!(screen.keys("").contains("改 3 格，不写入 1 格"), "{}", screen.headless.picture());
}

#[test]
fn a_pasted_block_that_is_cut_off_is_offered_again_and_lies_where_it_lay() {
    let data = tempfile::tempdir().unwrap();
    let (store, path) = (store(false), data.path().to_owned());
    cut_off_over_a_block(&store, &path);
    let mut screen = Screen::over(&Look::SMALL, store, data);
    let picture = screen.headless.picture();
    assert!(picture.contains("有未保存的草稿") && picture.contains("1 2 8.2 abc"), "{picture}");
    let picture = screen.keys("<enter>");
    assert!(picture.contains("改 3 格，不写入 1 格") && picture.contains("省17-2"), "{picture}");
    screen.keys("<enter>");
    assert!(screen.footer().contains("写入 3 格，1 格未写入"), "{}", screen.footer());
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let done = |row: &str, area: &str| {
        let found = book.done(row.parse().unwrap(), area, "2024Q3".parse().unwrap());
        found.map(|(value, _)| value.to_string())
    };
    assert_eq!(done("P17.1", "市本级").as_deref(), Some("1"));
    assert_eq!(done("P17.1", "柯城区").as_deref(), Some("2"));
    assert_eq!(done("P17.2", "市本级").as_deref(), Some("8.2"));
    assert_eq!(drafts::load(&path), [], "written: it has had its day");
}

#[test]
fn a_block_that_was_dropped_or_stands_written_by_now_is_not_offered() {
    for written in [false, true] {
        let data = tempfile::tempdir().unwrap();
        let (store, path) = (store(false), data.path().to_owned());
        cut_off_over_a_block(&store, &path);
        let mut first = Screen::over(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap());
        if written {
            first.keys("4/17<enter>l");
            first.headless.tell(Msg::Paste("1\t2\n8.2".to_owned()));
            first.keys("<enter>");
        } else {
            first.headless.state.setup.data.clone_from(&path);
            let drafts = drafts::load(&path);
            first.headless.state.popups.push(duban::tui::state::Popup::Drafts(drafts, 0));
            first.keys("<enter><esc>");
        }
        let mut screen = Screen::over(&Look::SMALL, store, data);
        assert!(!screen.headless.picture().contains("有未保存的草稿"), "{written}");
        screen.headless.tell(Msg::Rest);
        assert_eq!(drafts::load(&path), [], "{written}");
    }
}

#[test]
fn the_draft_of_a_view_brings_its_filters_back() {
    let data = tempfile::tempdir().unwrap();
    let store = store(false);
    {
        let mut screen = Screen::over(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap());
        screen.headless.state.setup.data = data.path().to_owned();
        screen.keys("2j<enter>va周卫兵的");
    }
    let mut screen = Screen::over(&Look::SMALL, store, data);
    screen.keys("<enter>，滞后<enter>");
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let views: Vec<_> = book.views().map(|(view, _)| (&*view.name, view.leader.as_deref())).collect();
    assert_eq!(views, [("周卫兵的，滞后", Some("周卫兵"))], "{}", screen.headless.picture());
}

#[test]
fn two_screens_of_one_user_keep_a_draft_each_and_the_newer_is_the_one_in_the_form() {
    let data = tempfile::tempdir().unwrap();
    let store = store(false);
    for text in ["先写的", "后写的"] {
        let mut screen = Screen::over(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap());
        screen.headless.state.setup.data = data.path().to_owned();
        screen.keys(&format!("/T5<enter>e<tab>{text}"));
    }
    let mut screen = Screen::over(&Look::SMALL, store, data);
    let picture = screen.headless.picture();
    assert!(picture.contains("先写的") && picture.contains("后写的"), "{picture}");
    screen.keys("<esc>");
    assert!(screen.keys("/T5<enter>e").contains("后写的"));
    screen.keys("<tab>，写完了<c-s>");
    let left = drafts::load(&screen.headless.state.setup.data);
    assert_eq!(left.iter().map(|draft| draft.field("progress")).collect::<Vec<_>>(), ["先写的"], "still offered");
}

#[test]
fn a_draft_that_is_gone_on_with_takes_the_place_of_the_old_one() {
    let data = tempfile::tempdir().unwrap();
    let store = store(false);
    let path = data.path().to_owned();
    for keys in ["/T5<enter>e<tab>一", "<enter><tab>二", "<enter><tab>三"] {
        let mut screen = Screen::over(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap());
        screen.headless.state.setup.data.clone_from(&path);
        screen.headless.state.drafts = drafts::load(&path);
        if !screen.headless.state.drafts.is_empty() {
            let drafts = screen.headless.state.drafts.clone();
            screen.headless.state.popups.push(duban::tui::state::Popup::Drafts(drafts, 0));
        }
        screen.keys(keys);
    }
    let left = drafts::load(&path);
    assert_eq!(left.iter().map(|draft| draft.field("progress")).collect::<Vec<_>>(), ["一二三"]);
}

#[test]
fn a_draft_merges_with_what_was_written_since_and_asks_about_what_both_changed() {
    let data = tempfile::tempdir().unwrap();
    let store = store(false);
    {
        let mut screen = Screen::over(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap());
        screen.keys("/T5<enter>e<tab>原文<c-s>");
        screen.headless.state.setup.data = data.path().to_owned();
        screen.keys("e<tab><c-u>我的进展<tab>我的问题");
    }
    let mut other = Screen::by(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap(), "wang");
    other.keys("/T5<enter>e60<tab><c-u>他的进展<c-s>");
    let mut screen = Screen::over(&Look::SMALL, store, data);
    let picture = screen.keys("<enter>");
    assert!(picture.contains("我的进展") && picture.contains("我的问题") && picture.contains("60"), "{picture}");
    assert!(picture.contains("wang 也改了“进展情况”"), "{picture}");
    let picture = screen.keys("<c-s>");
    assert!(picture.contains("原来：原文") && picture.contains("他的进展"), "{picture}");
    screen.keys("<f4><c-s>");
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let (filing, _) = book.filing("T5".parse().unwrap(), "2024Q3".parse().unwrap()).unwrap();
    assert_eq!((filing.progress.as_str(), filing.problems.as_str()), ("他的进展", "我的问题"));
    assert_eq!(filing.percent, Some(60.into()));
}

#[test]
fn a_figure_that_somebody_typed_since_the_draft_is_not_overwritten_unseen() {
    let data = tempfile::tempdir().unwrap();
    let store = store(false);
    {
        let mut screen = Screen::over(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap());
        screen.headless.state.setup.data = data.path().to_owned();
        screen.keys("4/17-1<enter>l5");
    }
    let mut other = Screen::by(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap(), "wang");
    other.keys("4/17-1<enter>l9<enter>");
    let mut screen = Screen::over(&Look::SMALL, store, data);
    let picture = screen.keys("<enter><enter>");
    assert!(picture.contains("我的 5，对方（wang") && picture.contains("）9"), "{picture}");
}

#[test]
fn a_draft_of_what_is_stored_by_now_is_not_offered() {
    let data = tempfile::tempdir().unwrap();
    let path = data.path().to_owned();
    let store = store(false);
    {
        let mut screen = Screen::over(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap());
        screen.headless.state.setup.data.clone_from(&path);
        screen.keys("/T5<enter>e<tab>写好的");
    }
    let mut other = Screen::by(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap(), "wang");
    other.keys("/T5<enter>e<tab>写好的<c-s>");
    let mut screen = Screen::over(&Look::SMALL, store, data);
    assert!(!screen.headless.picture().contains("有未保存的草稿"));
    screen.headless.tell(Msg::Rest);
    assert_eq!(drafts::load(&path), []);
}

#[test]
fn what_is_being_typed_in_another_window_is_offered_as_such_and_put_into_no_form_unasked() {
    let data = tempfile::tempdir().unwrap();
    let store = store(false);
    let path = data.path().to_owned();
    {
        let mut screen = Screen::over(&Look::SMALL, store.clone(), tempfile::tempdir().unwrap());
        screen.headless.state.setup.data.clone_from(&path);
        screen.keys("/T5<enter>e<tab>那边写的");
    }
    // This process is still there, as the one behind a line that dropped unnoticed would be.
    let draft = drafts::load(&path).pop().unwrap();
    drafts::discard(&path, &draft).unwrap();
    drafts::keep(&path, &drafts::Draft { sitting: drafts::sitting(), ..draft }).unwrap();
    let mut screen = Screen::over(&Look::SMALL, store, data);
    let picture = screen.headless.picture();
    assert!(picture.contains("（另一窗口的）") && picture.contains("那边写的"), "{picture}");
    assert!(screen.keys("<f8>").contains("写它的窗口还开着"));
    assert_eq!(drafts::load(&path).len(), 1, "it is its window's to throw away");
    assert!(!screen.keys("<esc>/T5<enter>e").contains("那边写的"));
    screen.keys("<f8><esc><esc>");
    assert_eq!(drafts::load(&path).len(), 1, "it is not thrown away with this one");
}
