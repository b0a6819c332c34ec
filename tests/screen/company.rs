//! Several people at once: who is in, what they edit, and what their commits do to a screen that is being used.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::support::{Look, Screen, named, store};
use duban::catalog::Lang;
use duban::model::entry::{Said, file};
use duban::model::{Batch, Book, Intent, ItemKey, Key, Seq, Write};
use duban::store::{Company, MemoryStore, News, Other, Refused, Seat, Store, Whereabouts, new_batch_id};
use duban::tui::glyph::Glyphs;
use duban::tui::update::Msg;

fn key(item: &str) -> ItemKey {
    item.parse().unwrap()
}

/// Somebody files on items, not through a screen.
fn files(store: &MemoryStore, who: &str, items: &[&str], said: &Said) {
    let ledger = store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let period = "2024Q3".parse().unwrap();
    let writes: Vec<Write> = items.iter().flat_map(|item| file(&book, key(item), period, said).unwrap()).collect();
    let at = crate::support::now();
    let batch = Batch { id: new_batch_id(), at, intent: Intent::File, undoes: None, writes };
    store.commit(&named(who), &batch).unwrap();
}

fn percent(value: u32) -> Said {
    Said { percent: Some(Some(value.into())), ..Said::default() }
}

/// The line of the screen on which the cursor stands, and its item.
fn cursor(screen: &Screen) -> (usize, Option<ItemKey>) {
    let picture = screen.headless.picture();
    let line = picture.lines().position(|line| line.starts_with('>')).unwrap();
    (line, screen.headless.state.item())
}

fn in_company(others: &[(&str, &str, bool)]) -> Msg {
    let other = |(who, key, editing): &(&str, &str, bool)| Other {
        actor: named(who),
        at: Whereabouts { key: key.parse::<Key>().ok(), editing: *editing },
    };
    Msg::News { others: others.iter().map(other).collect(), seat: Seat::Host }
}

const T5: &str = "quzhou-2024/T5@2024Q3";

#[test]
fn somebody_elses_commit_moves_neither_the_cursor_nor_its_line() {
    // By completion, from the other end: 6 goes to the top, 60 to the bottom of what is known.
    for keys in ["sssr", "ssss", "", "r"] {
        let mut screen = Screen::new(&Look::SMALL, false);
        files(&screen.store, "wang", &["T50", "T40", "T41", "T42"], &percent(50));
        screen.sync();
        screen.keys(keys);
        screen.keys(&"j".repeat(40));
        screen.keys("kkk");
        let before = cursor(&screen);
        let other = if before.1 == Some(key("T6")) { "T7" } else { "T6" };
        files(&screen.store, "wang", &[other, "T99"], &percent(99));
        files(&screen.store, "wang", &["T98"], &percent(1));
        screen.sync();
        assert_eq!(cursor(&screen), before, "{keys}");
    }
}

#[test]
fn an_item_that_falls_out_of_the_filter_stays_under_the_cursor_until_it_moves() {
    let mut screen = Screen::new(&Look::SMALL, false);
    screen.keys("f<tab><tab><right><right><right><c-s>jjj");
    let before = cursor(&screen);
    let item = before.1.unwrap().to_string();
    files(&screen.store, "wang", &["T1", &item], &percent(50));
    screen.sync();
    assert_eq!(cursor(&screen).1, before.1, "{}", screen.headless.picture());
    screen.keys("j");
    files(&screen.store, "wang", &["T9"], &percent(50));
    screen.sync();
    assert!(!screen.headless.state.list.items.contains(&key(&item)), "no longer once the cursor has left it");
}

#[test]
fn after_ones_own_commit_the_cursor_goes_on_to_what_is_next() {
    let mut screen = Screen::new(&Look::SMALL, false);
    screen.keys("f<tab><tab><right><right><right><c-s>jjj");
    assert_eq!(screen.headless.state.item(), Some(key("T4")));
    screen.keys("e50<c-s>");
    assert_eq!(screen.headless.state.item(), Some(key("T5")));
}

#[test]
fn a_search_that_is_being_typed_goes_on_over_somebody_elses_commit() {
    let mut screen = Screen::new(&Look::SMALL, false);
    screen.keys("/财政<down>");
    let before = cursor(&screen);
    files(&screen.store, "wang", &["T1", "T2", "T3"], &percent(50));
    screen.sync();
    assert_eq!(cursor(&screen), before);
    assert!(screen.footer().starts_with("/财政 "), "{}", screen.footer());
    screen.keys("局");
    assert!(screen.footer().starts_with("/财政局"), "{}", screen.footer());
}

#[test]
fn a_commit_under_the_cursor_of_the_log_is_not_pushed_away() {
    let mut screen = Screen::new(&Look::SMALL, true);
    screen.keys("7");
    let before = screen.headless.state.commit().map(|sealed| sealed.commit.seq);
    files(&screen.store, "wang", &["T5"], &Said { progress: Some("新".into()), ..Said::default() });
    screen.sync();
    assert_eq!(screen.headless.state.commit().map(|sealed| sealed.commit.seq), before);
    assert!(screen.headless.picture().contains("wang"), "the new one stands above");
}

#[test]
fn fields_that_were_not_touched_follow_at_once_and_the_others_are_left_alone() {
    let mut screen = Screen::new(&Look::SMALL, false);
    screen.keys("/T5<enter>e<tab>我正在写");
    let caret = screen.headless.buffer().1;
    let said = Said { progress: Some("他的进展".into()), next: Some("他的打算".into()), ..percent(40) };
    files(&screen.store, "wang", &["T5"], &said);
    screen.sync();
    let picture = screen.headless.picture();
    assert!(picture.contains("我正在写") && !picture.contains("他的进展"), "{picture}");
    assert!(picture.contains("+下步打算") && picture.contains("他的打算"), "taken in and marked\n{picture}");
    assert!(picture.contains("wang 也改了“进展情况”") && picture.contains("已换上"), "{picture}");
    assert_eq!(screen.headless.buffer().1, caret, "the caret stays");
    assert!(screen.keys("，没写完").contains("我正在写，没写完"));
}

#[test]
fn what_changed_on_the_screen_is_said_once_and_steals_no_message() {
    let mut screen = Screen::new(&Look::SMALL, false);
    files(&screen.store, "wang", &["T5"], &percent(40));
    screen.sync();
    assert_eq!(screen.footer(), "wang 刚改了 5");
    assert!(!screen.keys("j").contains("刚改了"));
    files(&screen.store, "wang", &["T99"], &percent(40));
    screen.sync();
    assert!(!screen.headless.picture().contains("刚改了"), "99 is not on the screen");
    screen.keys("Z");
    let message = screen.footer();
    files(&screen.store, "wang", &["T6", "T7", "T8", "T99"], &percent(41));
    screen.sync();
    assert_eq!(screen.footer(), message);
    screen.headless.state.message = None;
    assert_eq!(screen.footer(), "wang 刚改了 6、7、8 等 4 项");
    // One's own is reported as saved, not as news.
    screen.keys("e50<c-s>");
    assert!(screen.footer().contains("已存"), "{}", screen.footer());
}

#[test]
fn who_is_in_and_what_they_edit_is_shown() {
    for (glyphs, mark) in [(Glyphs::UNICODE, "✎"), (Glyphs::ASCII, "@")] {
        let mut screen = Screen::new(&Look { glyphs, ..Look::SMALL }, false);
        assert!(!screen.headless.picture().contains("在线"));
        screen.headless.tell(in_company(&[("wang", T5, true), ("zhao", "quzhou-2024/T6", false)]));
        let picture = screen.headless.picture();
        assert!(picture.lines().next().unwrap().contains("在线3 wang zhao"), "{picture}");
        assert_eq!(picture.matches(mark).count(), 1, "{picture}");
        let line = picture.lines().find(|line| line.contains(mark)).unwrap();
        assert!(line.contains("    5 ") && line.contains(&format!("{mark}wang ")), "{line}");
        for keys in ["/T5<enter><enter>", "<esc>e", "<esc>!", "<esc>Sa"] {
            let picture = screen.keys(keys);
            assert!(picture.contains(&format!("{mark}wang 正在编辑")), "{keys}\n{picture}");
        }
        let picture = screen.keys("<esc><esc><esc><esc>@");
        assert!(picture.contains("在线 3 人") && picture.contains("wang  正在编辑 5 深入实施"), "{picture}");
        assert!(picture.contains("zhao  在看 6 "), "{picture}");
        screen.headless.tell(in_company(&[]));
        assert!(screen.headless.picture().contains("没有别人在线"));
    }
}

#[test]
fn a_figure_says_who_else_is_at_it() {
    let mut screen = Screen::new(&Look::SMALL, false);
    screen.headless.tell(in_company(&[("wang", "quzhou-2024/P17.1/市本级@2024Q3", true)]));
    let picture = screen.keys("4/17-1<enter>l");
    assert!(picture.contains("✎wang "), "{picture}");
    assert!(screen.keys("<enter>").contains("✎wang 正在编辑"));
}

#[test]
fn the_names_give_way_before_the_count_does() {
    let mut screen = Screen::new(&Look::SMALL, false);
    let names: Vec<String> = (0..49).map(|no| format!("clerk{no}")).collect();
    let others: Vec<(&str, &str, bool)> = names.iter().map(|name| (name.as_str(), T5, false)).collect();
    screen.headless.tell(in_company(&others));
    let bar = screen.headless.picture().lines().next().unwrap().to_owned();
    assert!(bar.contains("在线50 clerk0") && bar.ends_with("li  已存#1"), "{bar}");
    screen.headless.tell(Msg::Resize(72, 16));
    let bar = screen.headless.picture().lines().next().unwrap().to_owned();
    assert!(bar.contains("在线50 "), "{bar}");
    assert!(screen.keys("@<pgdn>").contains("在线 50 人"));
}

/// Somebody to tell, who remembers what was told.
#[derive(Default)]
struct Told(Mutex<Vec<Whereabouts>>);

impl Company for Told {
    fn tell(&self, at: &Whereabouts) -> Result<(), Refused> {
        self.0.lock().unwrap().push(at.clone());
        Ok(())
    }

    fn watch(&self, _: Seq, _: u64, _: Duration) -> Result<News, Refused> {
        Err(Refused::Unknown)
    }
}

#[test]
fn the_others_are_told_what_is_open_here_when_the_keys_rest_and_only_when_it_changes() {
    let told = Arc::new(Told::default());
    let mut screen = Screen::new(&Look::SMALL, false);
    screen.headless = screen.headless.in_company(Arc::clone(&told) as Arc<dyn Company>);
    screen.keys("jjj");
    assert!(told.0.lock().unwrap().is_empty(), "nobody could want to know yet");
    assert!(!screen.headless.state.unrested(), "and nothing waits for a pause");
    screen.headless.tell(in_company(&[]));
    assert!(screen.headless.state.unrested());
    screen.headless.tell(Msg::Rest);
    for _ in 0..3 {
        assert!(!screen.headless.state.unrested(), "an idle screen waits for nothing");
        screen.headless.tell(Msg::Rest);
    }
    screen.headless.keys("jj").unwrap();
    screen.keys("j");
    screen.keys("e");
    screen.keys("<tab>写");
    let at = |key: &str, editing| Whereabouts { key: key.parse().ok(), editing };
    let expected = [at("quzhou-2024/T4", false), at("quzhou-2024/T7", false), at("quzhou-2024/T7@2024Q3", true)];
    assert_eq!(*told.0.lock().unwrap(), expected);
}

#[test]
fn taking_over_is_worth_a_quiet_note() {
    let mut screen = Screen::new(&Look::SMALL, false);
    let news = |seat| Msg::News { others: Vec::new(), seat };
    screen.headless.tell(news(Seat::Guest { pid: 7, uid: 1000 }));
    assert!(!screen.headless.picture().contains("主持"));
    assert!(screen.keys("@").contains("台账由进程 7（用户号 1000）主持"));
    screen.keys("<esc>");
    screen.headless.tell(news(Seat::Host));
    assert_eq!(screen.footer(), "台账改由本窗口主持");
    assert!(!screen.keys("j").contains("台账改由"));
}

#[test]
fn somebody_elses_commit_and_arrival_redraw_only_what_changed() {
    for (look, most) in [(&Look::SMALL, 400), (&Look::LARGE, 400)] {
        let mut screen = Screen::new(look, true);
        // The list is narrowed so that nothing is computed elsewhere on the screen; the cursor stays where it is.
        screen.headless.bytes();
        files(&screen.store, "wang", &["T5"], &Said { problems: Some("缺人".into()), ..Said::default() });
        screen.sync();
        let bytes = screen.headless.bytes().len();
        assert!((1..=most).contains(&bytes), "commit at {:?}: {bytes}", look.size);
        screen.headless.tell(in_company(&[("wang", T5, true)]));
        let bytes = screen.headless.bytes().len();
        assert!((1..=300).contains(&bytes), "arrival at {:?}: {bytes}", look.size);
        screen.headless.tell(in_company(&[("wang", T5, true)]));
        assert_eq!(screen.headless.bytes(), "", "nothing new");
    }
}

#[test]
fn of_several_items_those_that_somebody_changed_are_named_and_the_rest_can_be_written() {
    let words = |screen: &Screen| {
        let ledger = screen.store.snapshot().unwrap();
        let book = Book::newest(&ledger).unwrap();
        ["T5", "T6", "T7"].map(|item| {
            book.filing(key(item), "2024Q3".parse().unwrap())
                .map(|(filing, _)| filing.progress.clone())
                .unwrap_or_default()
        })
    };
    for (decision, left) in [("<f4>", ["他的", "一并", "一并"]), ("<f3>", ["一并", "一并", "一并"])] {
        for seen in [true, false] {
            let mut screen = Screen::new(&Look::SMALL, false);
            screen.headless.state.list.marked.extend(["T5", "T6", "T7"].map(key));
            screen.keys("e<tab>一并");
            files(&screen.store, "wang", &["T5"], &Said { progress: Some("他的".into()), ..Said::default() });
            files(&screen.store, "wang", &["T6"], &Said { next: Some("别的栏".into()), ..Said::default() });
            if seen {
                screen.sync();
            }
            let picture = screen.keys("<c-s>");
            assert!(picture.contains("5 刚被 wang 改过") && picture.contains("其余 2 项"), "{picture}");
            assert_eq!(words(&screen), ["他的", "", ""], "nothing is written yet");
            screen.keys(decision);
            assert_eq!(words(&screen), left, "{decision} {seen}");
        }
    }
}

#[test]
fn of_several_reviewed_at_once_those_that_changed_meanwhile_are_left_and_the_rest_stays_chosen() {
    let mut screen = Screen::new(&Look::SMALL, false);
    files(&screen.store, "wang", &["T5", "T6"], &percent(40));
    screen.sync();
    screen.headless.state.list.marked.extend(["T5", "T6"].map(key));
    files(&screen.store, "wang", &["T5"], &percent(41));
    screen.keys("A");
    assert_eq!(screen.footer(), "5 刚被 wang 改过，没有办；其余 1 项仍选着，再按一次即可");
    screen.keys("A");
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let accepted = |item: &str| {
        let (filing, _) = book.filing(key(item), "2024Q3".parse().unwrap()).unwrap();
        filing.review == duban::model::Review::Accepted
    };
    assert!(!accepted("T5") && accepted("T6"), "words that nobody saw are not accepted");
}

#[test]
fn what_was_filed_anew_meanwhile_is_not_returned_unseen() {
    for (decision, returned) in [("<f4>", false), ("<f3>", true)] {
        let mut screen = Screen::new(&Look::SMALL, false);
        files(&screen.store, "wang", &["T5"], &percent(40));
        screen.sync();
        screen.keys("/T5<enter>R太低");
        files(&screen.store, "wang", &["T5"], &percent(90));
        let picture = screen.keys("<enter>");
        assert!(picture.contains("wang 刚改过") && picture.contains("90"), "{picture}");
        screen.keys(decision);
        let ledger = screen.store.snapshot().unwrap();
        let book = Book::newest(&ledger).unwrap();
        let (filing, _) = book.filing(key("T5"), "2024Q3".parse().unwrap()).unwrap();
        assert_eq!(matches!(filing.review, duban::model::Review::Returned(_)), returned);
    }
}

#[test]
fn pictures_of_company() {
    let two = [("wang", T5, true), ("zhaoming", "quzhou-2024/T6", false)];
    for (look, size) in [(&Look::SMALL, "80x24"), (&Look::LARGE, "160x48")] {
        for (name, keys) in
            [("list", ""), ("who", "@"), ("form", "/T5<enter>e"), ("clash", "/T5<enter>e<tab>我的进展<c-s>")]
        {
            let mut screen = Screen::new(look, true);
            screen.headless.tell(in_company(&two));
            let said = Said { progress: Some("对方写的进展，比这里的长一些".into()), ..Said::default() };
            if name == "clash" {
                screen.keys("/T5<enter>e<tab><c-u>我的进展");
                files(&screen.store, "wang", &["T5"], &said);
                screen.keys("<c-s>");
            } else {
                screen.keys(keys);
            }
            insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
                insta::assert_snapshot!(format!("company-{name}-{size}"), screen.headless.picture());
            });
        }
    }
    let look = Look { lang: Lang::En, glyphs: Glyphs::ASCII, ..Look::SMALL };
    let mut screen = Screen::over(&look, store(true), tempfile::tempdir().unwrap());
    screen.headless.tell(in_company(&two));
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("company-who-en-ascii", screen.keys("@"));
    });
}
