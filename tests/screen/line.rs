//! The link to the host: gone, slow to answer, back. Nothing is lost, and nothing is written twice.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::support::{Look, Screen, actor, named, now, store};
use duban::model::{Actor, Batch, Book, Denial, Former, Head, Intent, ItemKey, Key, Ledger, Record, Seq, Write};
use duban::store::{Away, MemoryStore, Refused, Sealed, Store, new_batch_id};
use duban::tui::state::Popup;
use duban::tui::update::Msg;

/// What becomes of a commit on its way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Fine,
    /// It does not reach the host.
    Away,
    /// It is written, and the answer is lost.
    Lost,
    /// The host takes nothing any more.
    Refused,
}

/// A store behind a line that breaks.
struct Line {
    store: Arc<MemoryStore>,
    fate: Mutex<Fate>,
}

impl Line {
    fn set(&self, fate: Fate) {
        *self.fate.lock().unwrap() = fate;
    }
}

fn away() -> Refused {
    Refused::Away(Away::NoHost)
}

impl Store for Line {
    fn snapshot(&self) -> Result<Ledger, Refused> {
        self.store.snapshot()
    }

    fn commit(&self, actor: &Actor, batch: &Batch) -> Result<Head, Refused> {
        match *self.fate.lock().unwrap() {
            Fate::Fine => self.store.commit(actor, batch),
            Fate::Away => Err(away()),
            Fate::Lost => {
                self.store.commit(actor, batch)?;
                Err(Refused::Unknown)
            }
            Fate::Refused => Err(Refused::Denied(Denial::OpenedToRead)),
        }
    }

    fn since(&self, after: Seq, max: usize, wait: Duration) -> Result<Vec<Sealed>, Refused> {
        if *self.fate.lock().unwrap() == Fate::Fine { self.store.since(after, max, wait) } else { Err(away()) }
    }
}

fn set_up() -> (Screen, Arc<Line>) {
    let store = store(false);
    let line = Arc::new(Line { store: Arc::clone(&store), fate: Mutex::new(Fate::Fine) });
    let mut screen = Screen::through(&Look::SMALL, store, Arc::clone(&line) as Arc<dyn Store>, "li");
    screen.keys("/T5<enter>");
    (screen, line)
}

fn progress(screen: &Screen) -> Option<String> {
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    book.filing("T5".parse().unwrap(), "2024Q3".parse().unwrap()).map(|(filing, _)| filing.progress.clone())
}

fn filed(screen: &Screen) -> usize {
    let commits = screen.store.since(Seq(1), 100, Duration::ZERO).unwrap();
    commits.iter().filter(|sealed| sealed.commit.intent == Intent::File).count()
}

fn has_form(screen: &Screen) -> bool {
    matches!(screen.headless.state.popups.last(), Some(Popup::Form(_)))
}

/// The line is back: what was missed comes in first, then that it is back.
fn back(screen: &mut Screen, line: &Line) {
    line.set(Fate::Fine);
    screen.sync();
    screen.headless.tell(Msg::Link(Ok(())));
}

#[test]
fn while_the_host_is_away_one_can_look_and_type_and_is_told_what_to_do() {
    let (mut screen, _line) = set_up();
    screen.headless.tell(Msg::Link(Err(away())));
    let picture = screen.headless.picture();
    assert!(picture.lines().next().unwrap().contains("断线·重连中"), "{picture}");
    assert!(screen.footer().contains("督办服务没有在运行") && screen.footer().contains("systemctl start"), "{picture}");
    assert!(screen.keys("<enter>").contains("责任单位") || screen.headless.picture().contains("牵头单位"));
    assert!(screen.keys("<esc>e<tab>断线时写").contains("断线时写"));
    screen.headless.tell(Msg::Link(Ok(())));
    let picture = screen.headless.picture();
    assert!(!picture.contains("断线·重连中") && picture.contains("断线时写"), "{picture}");
    screen.keys("<esc>");
    screen.headless.tell(Msg::Link(Err(Refused::Away(Away::Version { theirs: "9.9.9".into(), newer: true }))));
    screen.headless.state.message = None;
    assert!(screen.footer().contains("退出后重新打开本程序"), "{}", screen.footer());
    screen.headless.tell(Msg::Link(Ok(())));
    assert_eq!(screen.footer(), "已重新连上");
}

#[test]
fn a_save_that_cannot_be_sent_keeps_its_draft_and_is_written_when_the_line_is_back() {
    for told_first in [true, false] {
        let (mut screen, line) = set_up();
        screen.keys("e<tab>我的进展");
        line.set(Fate::Away);
        if told_first {
            screen.headless.tell(Msg::Link(Err(away())));
        }
        let picture = screen.keys("<c-s>");
        assert!(picture.contains("没有存上，已留草稿") && picture.contains("我的进展"), "{picture}");
        let drafts = duban::store::drafts::load(&screen.headless.state.setup.data);
        assert_eq!(drafts.iter().map(|draft| draft.field("progress")).collect::<Vec<_>>(), ["我的进展"]);
        assert!(screen.keys("<c-s>").contains("还在等重新连上"), "it is not sent twice");
        if !told_first {
            screen.headless.tell(Msg::Link(Err(away())));
            screen.headless.later();
        }
        assert_eq!(progress(&screen), None);
        back(&mut screen, &line);
        assert_eq!(progress(&screen).as_deref(), Some("我的进展"));
        assert_eq!(filed(&screen), 1);
        assert!(!has_form(&screen) && screen.footer().contains("已存 #2"), "{}", screen.headless.picture());
        assert_eq!(duban::store::drafts::load(&screen.headless.state.setup.data), [], "the draft has had its day");
    }
}

#[test]
fn a_commit_whose_answer_was_lost_is_written_once() {
    for typed_on in [false, true] {
        let (mut screen, line) = set_up();
        screen.keys("e<tab>我的进展");
        line.set(Fate::Lost);
        let picture = screen.keys("<c-s>");
        assert!(picture.contains("不知道是否存上"), "{picture}");
        screen.headless.tell(Msg::Link(Err(away())));
        if typed_on {
            screen.keys("又加一句");
        }
        screen.headless.later();
        back(&mut screen, &line);
        screen.headless.later();
        assert_eq!((filed(&screen), progress(&screen).as_deref()), (1, Some("我的进展")));
        assert_eq!(has_form(&screen), typed_on, "{}", screen.headless.picture());
        if typed_on {
            screen.keys("<c-s>");
            assert_eq!((filed(&screen), progress(&screen).as_deref()), (2, Some("我的进展又加一句")));
            assert!(!has_form(&screen), "{}", screen.headless.picture());
        }
    }
}

#[test]
fn a_host_that_only_a_commit_found_silent_is_shown_as_gone_until_it_answers() {
    let (mut screen, line) = set_up();
    screen.keys("e<tab>我的进展");
    line.set(Fate::Away);
    assert!(screen.keys("<c-s>").contains("断线·重连中"));
    screen.headless.later();
    assert!(screen.headless.picture().contains("断线·重连中"));
    line.set(Fate::Fine);
    screen.headless.later();
    assert!(!screen.headless.picture().contains("断线·重连中") && !has_form(&screen));
    assert_eq!(filed(&screen), 1);
}

#[test]
fn an_answer_that_is_lost_while_nobody_notices_is_asked_for_again_after_a_pause() {
    let (mut screen, line) = set_up();
    screen.keys("e<tab>我的进展");
    line.set(Fate::Lost);
    screen.keys("<c-s>");
    line.set(Fate::Fine);
    screen.headless.later();
    assert_eq!((filed(&screen), progress(&screen).as_deref()), (1, Some("我的进展")));
    assert!(!has_form(&screen), "{}", screen.headless.picture());
}

#[test]
fn what_somebody_else_wrote_while_the_line_was_gone_is_merged_or_asked_about() {
    for (theirs, clash) in [("e<tab><tab><tab>他的打算<c-s>", false), ("e<tab>他的进展<c-s>", true)] {
        let (mut screen, line) = set_up();
        screen.keys("e<tab>我的进展");
        line.set(Fate::Away);
        screen.headless.tell(Msg::Link(Err(away())));
        screen.keys("<c-s>");
        let mut other = Screen::by(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap(), "wang");
        other.keys(&format!("/T5<enter>{theirs}"));
        back(&mut screen, &line);
        assert_eq!(has_form(&screen), clash, "{}", screen.headless.picture());
        if clash {
            let picture = screen.headless.picture();
            assert!(picture.contains("我的进展") && picture.contains("他的进展"), "{picture}");
            assert_eq!(progress(&screen).as_deref(), Some("他的进展"));
            screen.keys("<f3><c-s>");
        }
        assert_eq!(progress(&screen).as_deref(), Some("我的进展"));
    }
}

#[test]
fn a_form_that_was_left_meanwhile_is_written_all_the_same_or_its_draft_stays() {
    for raced in [false, true] {
        let (mut screen, line) = set_up();
        screen.keys("e<tab>我的进展");
        line.set(Fate::Away);
        screen.headless.tell(Msg::Link(Err(away())));
        screen.keys("<c-s><esc>");
        assert!(!has_form(&screen));
        if raced {
            let mut other = Screen::by(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap(), "wang");
            other.keys("/T5<enter>e<tab>他的进展<c-s>");
        }
        back(&mut screen, &line);
        assert_eq!(progress(&screen).as_deref(), Some(if raced { "他的进展" } else { "我的进展" }));
        let drafts = duban::store::drafts::load(&screen.headless.state.setup.data);
        assert_eq!(drafts.len(), usize::from(raced), "{}", screen.footer());
        if raced {
            assert!(
                screen.footer().contains("没有存上") && screen.footer().contains("草稿还在"),
                "{}",
                screen.footer()
            );
            let picture = screen.keys("e<c-s>");
            assert!(picture.contains("我的进展") && picture.contains("他的进展"), "{picture}");
        }
    }
}

#[test]
fn a_deed_without_a_form_is_done_once_when_the_line_is_back() {
    let (mut screen, line) = set_up();
    screen.keys("e50<c-s>");
    line.set(Fate::Lost);
    screen.headless.tell(Msg::Link(Err(away())));
    screen.keys("A");
    assert!(screen.footer().contains("不知道是否存上；重新连上后自动再问"), "{}", screen.footer());
    back(&mut screen, &line);
    let reviews = screen.store.since(Seq(2), 100, Duration::ZERO).unwrap();
    assert_eq!(reviews.iter().map(|sealed| sealed.commit.intent).collect::<Vec<_>>(), [Intent::Review]);
    assert!(screen.footer().contains("已存 #3"), "{}", screen.footer());
}

#[test]
fn a_deed_that_is_done_when_the_line_is_back_leaves_what_a_block_says_of_itself() {
    let (mut screen, line) = set_up();
    screen.keys("e50<c-s>");
    line.set(Fate::Away);
    screen.headless.tell(Msg::Link(Err(away())));
    screen.keys("A4/17<enter>l");
    screen.headless.tell(Msg::Paste("1\t2".to_owned()));
    let block = |screen: &mut Screen| match screen.headless.state.popups.last_mut() {
        Some(Popup::Block(pasted)) => pasted.problem.replace("它自己的".to_owned()),
        _ => None,
    };
    assert_eq!(block(&mut screen), None);
    back(&mut screen, &line);
    assert!(screen.footer().contains("已存 #3"), "{}", screen.footer());
    assert_eq!(block(&mut screen).as_deref(), Some("它自己的"));
}

/// What is on disk of a screen's drafts: what each is called, and what it holds first.
fn kept(screen: &Screen) -> Vec<(String, String)> {
    let drafts = duban::store::drafts::load(&screen.headless.state.setup.data);
    drafts.into_iter().map(|draft| (draft.form.clone(), draft.fields.first().unwrap().1.clone())).collect()
}

#[test]
fn a_block_that_cannot_be_sent_is_kept_and_written_once_when_the_line_is_back() {
    for lost in [false, true] {
        let (mut screen, line) = set_up();
        screen.keys("4/17<enter>l");
        screen.headless.tell(Msg::Paste("1\t2".to_owned()));
        line.set(if lost { Fate::Lost } else { Fate::Away });
        screen.headless.tell(Msg::Link(Err(away())));
        let picture = screen.keys("<enter>");
        let said = if lost { "没有收到回音，不知道是否存上" } else { "没有存上，已留草稿" };
        assert!(picture.contains(said), "{picture}");
        assert_eq!(kept(&screen), [("block".to_owned(), "1\t2".to_owned())], "as was said");
        assert!(screen.keys("<enter>").contains("还在等重新连上"), "it is not sent twice");
        back(&mut screen, &line);
        assert_eq!(done(&screen, "P17.1").as_deref(), Some("1"));
        let written = screen.store.since(Seq(1), 100, Duration::ZERO).unwrap();
        assert_eq!(written.iter().map(|sealed| sealed.commit.intent).collect::<Vec<_>>(), [Intent::Quota]);
        assert!(screen.headless.state.popups.is_empty(), "{}", screen.headless.picture());
        assert_eq!(kept(&screen), []);
    }
}

/// What is sent from what keeps no draft, and whether it is done: how a sheet is opened and saved, and the intent of its commit.
const WITHOUT_DRAFT: [(&str, Intent); 2] = [("6I<right><c-s>", Intent::Issue), ("8*<right><c-s>", Intent::Settle)];

#[test]
fn of_a_yes_or_no_that_cannot_be_sent_nothing_is_said_to_be_kept() {
    for (keys, intent) in WITHOUT_DRAFT {
        let (mut screen, line) = set_up();
        line.set(Fate::Away);
        screen.headless.tell(Msg::Link(Err(away())));
        let picture = screen.keys(keys);
        assert!(picture.contains("没有办成；重新连上后自动再办"), "{keys}: {picture}");
        assert!(!picture.contains("草稿"), "{keys}: {picture}");
        assert_eq!(kept(&screen), [], "{keys}");
        back(&mut screen, &line);
        let done = screen.store.since(Seq(1), 100, Duration::ZERO).unwrap();
        assert_eq!(done.iter().map(|sealed| sealed.commit.intent).collect::<Vec<_>>(), [intent], "{keys}");
    }
}

#[test]
fn what_kept_no_draft_and_is_refused_when_the_line_is_back_does_not_say_that_one_is_there() {
    let (mut screen, line) = set_up();
    screen.keys("e50<c-s>");
    line.set(Fate::Away);
    screen.headless.tell(Msg::Link(Err(away())));
    screen.keys("A");
    let mut other = Screen::by(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap(), "wang");
    other.keys("/T5<enter>e<tab>他的进展<c-s>");
    back(&mut screen, &line);
    assert!(screen.footer().contains("没有办成，不再办"), "{}", screen.footer());
    assert!(!screen.footer().contains("草稿"), "{}", screen.footer());
}

#[test]
fn a_sheet_or_a_figure_that_is_left_while_it_waits_is_written_all_the_same_and_its_draft_stays_till_then() {
    for (keys, form) in [("c已电<c-s>", "chase"), ("4/17<enter>l5<c-s>", "")] {
        for refused in [false, true] {
            let (mut screen, line) = set_up();
            line.set(Fate::Away);
            screen.headless.tell(Msg::Link(Err(away())));
            assert!(screen.keys(keys).contains("没有存上，已留草稿"), "{keys}: {}", screen.headless.picture());
            screen.keys("<esc>");
            assert!(screen.headless.state.popups.is_empty());
            assert!(screen.footer().contains("还在等重新连上"), "{keys}: {}", screen.footer());
            assert_eq!(kept(&screen).iter().map(|(form, _)| form.as_str()).collect::<Vec<_>>(), [form], "{keys}");
            if refused {
                let mut other = Screen::by(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap(), "wang");
                other.keys(&format!("/T5<enter>{}", keys.replace("已电", "他电").replace("l5", "l6")));
            }
            back(&mut screen, &line);
            let said = if refused { "草稿还在" } else { "已存 #2" };
            assert!(screen.footer().contains(said), "{keys}: {}", screen.footer());
            assert_eq!(kept(&screen).len(), usize::from(refused), "{keys}: as is said");
        }
    }
}

/// The host answers all that it was sent, and what was sent on its answers.
fn answered(screen: &mut Screen) {
    screen.headless.slow = true;
    while screen.headless.answer() {}
    screen.headless.slow = false;
}

/// The figure of the third quarter in 市本级 of a row of 省17.
fn done(screen: &Screen, row: &str) -> Option<String> {
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    book.done(row.parse().unwrap(), "市本级", "2024Q3".parse().unwrap()).map(|(value, _)| value.to_string())
}

#[test]
fn what_is_typed_ahead_of_the_answer_is_counted_once() {
    let (mut screen, line) = set_up();
    screen.headless.slow = true;
    screen.keys("4/17<enter>l5<enter>6<enter>");
    answered(&mut screen);
    assert_eq!((done(&screen, "P17.1").as_deref(), done(&screen, "P17.2").as_deref()), (Some("5"), Some("6")));
    assert!(screen.headless.state.live.sent.is_empty(), "{:?}", screen.headless.state.live.sent);
    // So the answer to what is sent again later finds its own form.
    screen.keys("<a-1>e<tab>我的进展");
    line.set(Fate::Lost);
    screen.keys("<c-s>");
    line.set(Fate::Fine);
    screen.headless.later();
    assert!(!has_form(&screen), "{}", screen.headless.picture());
    assert_eq!(progress(&screen).as_deref(), Some("我的进展"));
    // And no later form waits for ever.
    screen.keys("e<tab>，还有<c-s>j");
    assert!(!has_form(&screen) && screen.headless.state.held.is_empty(), "{}", screen.headless.picture());
    assert_eq!(progress(&screen).as_deref(), Some("我的进展，还有"));
}

#[test]
fn the_answer_to_a_deed_does_not_close_the_form_that_was_opened_meanwhile() {
    let (mut screen, _line) = set_up();
    screen.keys("4/17<enter>l3<enter>k");
    screen.headless.slow = true;
    screen.keys("<del>5<enter>");
    answered(&mut screen);
    assert_eq!(done(&screen, "P17.1").as_deref(), Some("5"), "{}", screen.headless.picture());
    screen.keys("<a-1>e50<c-s>");
    screen.headless.slow = true;
    screen.keys("Ae<tab>我的进展<c-s>");
    answered(&mut screen);
    assert_eq!(progress(&screen).as_deref(), Some("我的进展"));
    let commits = screen.store.since(Seq(4), 100, Duration::ZERO).unwrap();
    let intents: Vec<Intent> = commits.iter().map(|sealed| sealed.commit.intent).collect();
    assert_eq!(intents, [Intent::File, Intent::Review, Intent::File], "each once");
    assert!(!has_form(&screen) && screen.headless.state.live.sent.is_empty(), "{}", screen.headless.picture());
}

#[test]
fn while_a_deed_waits_for_its_answer_one_can_move_about_and_leave() {
    let (mut screen, _line) = set_up();
    screen.keys("e50<c-s><esc>");
    screen.headless.slow = true;
    screen.keys("Aj?<esc>");
    assert_eq!(screen.headless.state.item().map(|item| item.to_string()).as_deref(), Some("T6"));
    // What is run from the palette waits as its key would.
    screen.keys(":undo<enter>");
    assert_eq!(screen.headless.state.live.sent.len(), 1);
    answered(&mut screen);
    let commits = screen.store.since(Seq(2), 100, Duration::ZERO).unwrap();
    let intents: Vec<Intent> = commits.iter().map(|sealed| sealed.commit.intent).collect();
    assert_eq!(intents, [Intent::Review, Intent::Undo]);
    screen.headless.slow = true;
    screen.keys("kAq");
    assert!(screen.headless.left);
}

#[test]
fn two_undos_at_once_take_back_two_commits() {
    let (mut screen, _line) = set_up();
    screen.keys("e<tab>一<c-s>");
    screen.keys("e<tab>二<c-s>");
    screen.headless.slow = true;
    screen.keys("uu");
    answered(&mut screen);
    let undone = screen.store.since(Seq(3), 100, Duration::ZERO).unwrap();
    let undone: Vec<_> = undone.iter().map(|sealed| sealed.commit.undoes).collect();
    assert_eq!(undone, [Some(Seq(3)), Some(Seq(2))], "{}", screen.footer());
    assert_eq!(progress(&screen), None);
}

#[test]
fn what_was_typed_behind_a_deed_that_was_refused_is_not_carried_out_and_that_is_said() {
    let (mut screen, _line) = set_up();
    screen.keys("e50<c-s>");
    screen.headless.slow = true;
    screen.keys("Ae<tab>没有人看见<c-s>");
    let mut other = Screen::by(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap(), "wang");
    other.keys("/T5<enter>e<tab>他的进展<c-s>");
    answered(&mut screen);
    assert!(screen.footer().contains("等待时按的键都没有执行；5 刚被 wang 改过"), "{}", screen.footer());
    assert_eq!((has_form(&screen), progress(&screen).as_deref()), (false, Some("他的进展")));
}

#[test]
fn what_was_typed_behind_a_figure_that_is_there_already_goes_on_to_the_next_cell() {
    let (mut screen, _line) = set_up();
    screen.keys("4/17<enter>l");
    screen.headless.slow = true;
    screen.keys("5<enter>6<enter>");
    let mut other = Screen::by(&Look::SMALL, screen.store.clone(), tempfile::tempdir().unwrap(), "wang");
    other.keys("4/17<enter>l5<enter>");
    answered(&mut screen);
    assert_eq!((done(&screen, "P17.1").as_deref(), done(&screen, "P17.2").as_deref()), (Some("5"), Some("6")));
}

#[test]
fn what_cannot_be_fetched_while_the_host_is_away_is_said_in_words_and_fetched_later() {
    let (mut screen, line) = set_up();
    line.set(Fate::Away);
    screen.headless.tell(Msg::Link(Err(away())));
    for keys in ["7", "<a-1>L"] {
        screen.keys(keys);
        assert!(screen.footer().starts_with("督办服务没有在运行"), "{keys}: {}", screen.footer());
        screen.keys("<esc>");
    }
    back(&mut screen, &line);
    screen.keys("8");
    let sha256 = screen.headless.state.checking.sha256.clone();
    assert!(screen.headless.picture().contains("第841行"), "{}", screen.headless.picture());
    screen.headless.tell(Msg::Original(sha256, Err("断线".to_owned())));
    assert!(!screen.headless.picture().contains("新（改）造农村生活污水"), "{}", screen.headless.picture());
    screen.headless.tell(Msg::Link(Ok(())));
    assert!(screen.headless.picture().contains("新（改）造农村生活污水"), "{}", screen.headless.picture());
}

/// What the open form says of why it was not saved.
fn problem(screen: &Screen) -> Option<String> {
    match screen.headless.state.popups.last() {
        Some(Popup::Form(form)) => form.problem.clone(),
        _ => None,
    }
}

#[test]
fn of_what_was_sent_and_not_answered_nobody_says_that_it_was_not_saved() {
    for (fate, sent) in [(Fate::Lost, true), (Fate::Away, false)] {
        for (form, keys) in [(true, "e<tab>我的进展<c-s>"), (false, "A")] {
            let (mut screen, line) = set_up();
            screen.keys("e50<c-s>");
            line.set(fate);
            screen.headless.tell(Msg::Link(Err(away())));
            screen.keys(keys);
            let said = if form { problem(&screen).unwrap() } else { screen.footer() };
            assert_eq!(said.contains("不知道是否存上"), sent, "{keys}: {said}");
            assert_eq!(said.contains("没有存上") || said.contains("没有办成"), !sent, "{keys}: {said}");
            assert!(!said.contains("再存一次"), "it is sent again by itself: {said}");
        }
    }
}

#[test]
fn the_answer_to_a_deed_that_waited_for_the_link_leaves_the_words_of_an_open_form() {
    let (mut screen, line) = set_up();
    screen.keys("e50<c-s>");
    line.set(Fate::Away);
    screen.headless.tell(Msg::Link(Err(away())));
    screen.keys("Ae<c-u>很多<c-s>");
    let said = problem(&screen);
    assert!(said.is_some(), "{}", screen.headless.picture());
    back(&mut screen, &line);
    assert_eq!(screen.store.snapshot().unwrap().head().seq, Seq(3));
    assert_eq!(problem(&screen), said);
}

#[test]
fn a_form_whose_save_is_refused_when_the_link_is_back_promises_nothing_any_more() {
    let (mut screen, line) = set_up();
    line.set(Fate::Away);
    screen.headless.tell(Msg::Link(Err(away())));
    screen.keys("e<tab>我的进展<c-s>");
    assert!(problem(&screen).unwrap().contains("自动再存"));
    line.set(Fate::Refused);
    screen.headless.tell(Msg::Link(Ok(())));
    let said = problem(&screen).unwrap();
    assert!(!said.contains("自动再存") && said.contains("草稿还在"), "{said}");
    assert!(screen.headless.picture().contains("我的进展"));
}

#[test]
fn what_waits_for_the_link_goes_with_its_item_to_another_number() {
    let (mut screen, line) = set_up();
    line.set(Fate::Away);
    screen.headless.tell(Msg::Link(Err(away())));
    screen.keys("e<tab>五的进展<c-s><esc>");
    // The document is read again meanwhile: task 5 is 6 now, and 6 is 5.
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let key = |no: u16| Key::item(book.id(), ItemKey::task(no));
    let mut writes = Vec::new();
    for (was, at) in [(5, 6), (6, 5)] {
        let task = book.task(ItemKey::task(was)).unwrap().clone();
        let task = duban::model::Task { key: ItemKey::task(at), no: at.to_string(), ..task };
        writes.push(Write { base: ledger.version(&key(at)), key: key(at), value: Some(Record::Task(task)) });
        let former = Former { was: ItemKey::task(was), on: now().date_naive(), source: String::new() };
        let former = Some(Record::Former(former));
        writes.push(Write { key: Key::former(book.id(), ItemKey::task(at)), base: Seq::ZERO, value: former });
    }
    let batch = Batch { id: new_batch_id(), at: now(), intent: Intent::Import, undoes: None, writes };
    screen.store.commit(&actor(), &batch).unwrap();
    line.set(Fate::Refused);
    screen.sync();
    screen.headless.tell(Msg::Link(Ok(())));
    assert!(!screen.keys("<esc>/T5<enter>e").contains("五的进展"), "{}", screen.headless.picture());
    assert!(screen.keys("<f8><esc><esc>/T6<enter>e").contains("五的进展"), "{}", screen.headless.picture());
}

#[test]
fn the_names_of_tests_are_different_people() {
    assert_ne!(named("li").uid, named("wang").uid);
}
