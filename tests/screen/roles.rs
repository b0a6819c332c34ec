//! What a role shows and hides: who sits here, where they start, what is refused before anything is typed, and the list of roles.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crate::pictures::keep;
use crate::support::{Look, Screen, actor, filled, now};
use duban::model::entry::succeed;
use duban::model::{
    Actor, Batch, BatchId, Book, Contact, Denial, Intent, ItemKey, Key, May, Of, Office, Period, Reach, Record, Role,
    Seq, role,
};
use duban::store::{MemoryStore, Store, new_batch_id};
use duban::tui::command::COMMANDS;
use duban::tui::needs::Needs;
use duban::tui::update::Msg;
use proptest::prelude::*;

fn wang() -> Actor {
    Actor { uid: 2000, name: "wang".to_owned() }
}

fn contact(unit: Option<&str>, area: Option<&str>) -> May {
    May::Contact(Contact { unit: unit.map(Arc::from), area: area.map(Arc::from) })
}

fn fagai() -> May {
    contact(Some("市发改委"), None)
}

/// The owner gives (or takes) a role.
fn give(store: &MemoryStore, to: &Actor, may: Option<May>) {
    let ledger = store.snapshot().unwrap();
    let writes = match may {
        Some(may) => role::give(&ledger, Role { uid: to.uid, name: to.name.as_str().into(), may }),
        None => role::take(&ledger, &to.name),
    };
    let batch = Batch { id: new_batch_id(), at: now(), intent: Intent::Role, undoes: None, writes };
    store.commit(&actor(), &batch).unwrap();
}

/// The screen of somebody with a role, on a ledger with made-up progress.
fn screen(look: &Look, may: May) -> Screen {
    let store = filled(MemoryStore::owned_by(actor().uid), true);
    give(&store, &wang(), Some(may));
    Screen::of(look, wang(), store)
}

fn follow(screen: &mut Screen) {
    let head = screen.headless.state.ledger.head().seq;
    let news = screen.store.since(head, 10, Duration::ZERO).unwrap();
    screen.headless.tell(Msg::Commits(news));
}

fn head(picture: &str) -> &str {
    picture.lines().next().unwrap_or_default()
}

fn intents(screen: &Screen, since: u64) -> Vec<Intent> {
    let commits = screen.store.since(Seq(since), 100, Duration::ZERO).unwrap();
    commits.iter().map(|sealed| sealed.commit.intent).collect()
}

#[test]
fn every_role_looks_like_itself() {
    for (name, may) in [
        ("role-editor", May::Editor),
        ("role-contact", fagai()),
        ("role-area", contact(None, Some("江山市"))),
        ("role-both", contact(Some("各县（市、区）政府"), Some("江山市"))),
        ("role-reader", May::Reader),
    ] {
        let mut screen = screen(&Look::SMALL, may);
        screen.keys("");
        keep(&format!("{name}-80x24"), &screen);
        screen.keys("?");
        keep(&format!("{name}-help-80x24"), &screen);
    }
    let mut wide = screen(&Look::LARGE, fagai());
    wide.keys("");
    keep("role-contact-160x48", &wide);
}

#[test]
fn the_bar_says_what_one_is() {
    for (may, says) in [
        (May::Admin, "管理员"),
        (May::Editor, "督查室·编辑"),
        (fagai(), "市发改委·联络员"),
        (contact(None, Some("江山市")), "江山市·联络员"),
        (May::Reader, "只读"),
    ] {
        assert!(head(&screen(&Look::SMALL, may).keys("")).contains(&format!(" {says}  ")), "{says}");
    }
}

#[test]
fn a_contact_starts_on_what_is_their_own_and_one_key_shows_all() {
    let mut screen = screen(&Look::SMALL, fagai());
    let units = |screen: &Screen, item: ItemKey| {
        let book = screen.headless.state.book().unwrap();
        let task = book.task(item).map(|task| task.units().cloned().collect::<Vec<_>>());
        task.or_else(|| book.row(item).map(|row| row.units().cloned().collect())).unwrap()
    };
    let shown = screen.headless.state.list.items.clone();
    // 市发展改革委 and 市发改委 are one unit in the seed's page.
    let own = |names: &[Arc<str>]| names.iter().any(|name| name.contains("发改委") || name.contains("发展改革委"));
    assert!(shown.len() > 10 && shown.iter().all(|item| own(&units(&screen, *item))), "{shown:?}");
    let picture = screen.keys("a");
    assert!(picture.contains("/130"), "{picture}");
    assert!(screen.headless.state.list.items.iter().any(|item| !own(&units(&screen, *item))));
    let picture = screen_of_area().keys("");
    assert!(picture.contains("4民生") && picture.contains("江山市"), "{picture}");
}

fn screen_of_area() -> Screen {
    screen(&Look::SMALL, contact(None, Some("江山市")))
}

#[test]
fn an_areas_contact_starts_on_its_column_and_records_no_other() {
    let mut screen = screen_of_area();
    assert_eq!(screen.headless.state.area().as_deref(), Some("江山市"));
    let before = screen.store.snapshot().unwrap().head().seq.0;
    screen.keys("30000<c-s>");
    assert_eq!(intents(&screen, before), [Intent::Quota], "{}", screen.headless.picture());
    // The cell of 龙游县 in the same row takes a figure as well, but not from here.
    screen.keys("<left>e");
    assert_eq!(
        (screen.headless.state.screen, screen.headless.state.popups.len()),
        (duban::tui::deed::Screen::Matrix, 0)
    );
    assert!(screen.footer().contains("您是江山市的联络员，只能填报本地区的完成数"), "{}", screen.footer());
    screen.keys("5");
    assert!(screen.headless.state.popups.is_empty(), "typing over is refused as well");
}

#[test]
fn what_one_may_not_do_is_said_before_anything_opens() {
    let mut screen = screen(&Look::SMALL, fagai());
    for (keys, says) in [
        ("A", "只有督查室可以审核"),
        ("R", "只有督查室可以审核"),
        ("!", "只有督查室可以定灯"),
        ("c", "只有督查室可以催办"),
        (":settings<enter>", "只有督查室可以改设置"),
        ("te", "只有督查室可以增减和更正指标"),
        ("<esc>ta", "只有督查室可以增减和更正指标"),
        ("<esc>D<enter>", "只有督查室可以批复申请"),
        ("<esc>va", "只有督查室可以保存和删除视图"),
        ("<esc>:roles<enter>a", "只有管理员可以增减角色"),
        ("<esc>6I", "只有督查室可以编写和印发通报"),
        ("6e", "只有督查室可以编写和印发通报"),
        ("8a", "只有督查室可以处理存疑"),
    ] {
        let before = screen.headless.state.popups.len();
        screen.keys(keys);
        assert!(screen.footer().contains(says), "{keys}: {}", screen.headless.picture());
        assert!(screen.headless.state.popups.len() <= before + 1, "only the list that the key works in: {keys}");
        assert!(!screen.headless.state.typing(), "{keys}");
    }
    assert_eq!(intents(&screen, 3), [], "nothing was written");
}

#[test]
fn a_foreign_task_is_looked_at_and_not_filed_on() {
    let mut screen = screen(&Look::SMALL, fagai());
    // The first task that is not theirs.
    screen.keys("a");
    let shown = screen.headless.state.list.items.clone();
    let foreign = {
        let state = &screen.headless.state;
        let may = fagai();
        let reach = Reach::new(&may, state.printed().unwrap(), state.setup.today);
        shown.iter().position(|item| reach.files(*item).is_err()).unwrap()
    };
    screen.keys(&format!("g{}", "j".repeat(foreign)));
    let sentence = "您是市发改委的联络员，只能填报本单位的任务";
    for keys in ["e", "Sa", "<esc>Da", "<esc>t<enter>"] {
        screen.keys(keys);
        assert!(screen.footer().contains(sentence), "{keys}: {}", screen.headless.picture());
    }
    let picture = screen.keys("<esc><enter>");
    assert!(!screen.headless.state.popups.is_empty(), "it can be read: {picture}");
    // One foreign task among those marked is enough.
    screen.keys("<esc>*e");
    assert!(screen.footer().contains(sentence));
    assert_eq!(intents(&screen, 3), []);
}

#[test]
fn a_contact_files_and_undoes_their_own_but_not_the_offices() {
    let mut screen = screen(&Look::SMALL, fagai());
    screen.keys("e<tab>二季度已开工。<c-s>");
    assert!(screen.footer().contains("已存 #4"), "{}", screen.headless.picture());
    screen.keys("u");
    assert!(screen.footer().contains("#5"), "{}", screen.footer());
    assert_eq!(intents(&screen, 3), [Intent::File, Intent::Undo]);
    // 日志, the newest first: the role was given by somebody else.
    screen.keys("7gjjx");
    assert!(screen.footer().contains("#3 是别人的改动"), "{}", screen.headless.picture());
    assert_eq!(screen.store.snapshot().unwrap().head().seq, Seq(5));
}

/// 市发改委 has another name since July.
fn rename(store: &MemoryStore) {
    let ledger = store.snapshot().unwrap();
    let since = chrono::NaiveDate::from_ymd_opt(2024, 7, 1).unwrap();
    let unit = (Office::Unit, &Arc::from("市发改委"));
    let writes = succeed(&Book::newest(&ledger).unwrap(), unit, Some(("市发展改革局", since))).unwrap();
    let batch = Batch { id: new_batch_id(), at: now(), intent: Intent::Succeed, undoes: None, writes };
    store.commit(&actor(), &batch).unwrap();
}

#[test]
fn the_contact_of_a_unit_that_was_renamed_is_offered_what_the_store_takes() {
    for unit in ["市发展改革局", "市发改委"] {
        let store = filled(MemoryStore::owned_by(actor().uid), true);
        rename(&store);
        give(&store, &wang(), Some(contact(Some(unit), None)));
        let mut screen = Screen::of(&Look::SMALL, wang(), store);
        screen.keys("e<tab>三季度已开工。<c-s>");
        assert!(screen.footer().contains("已存 #5"), "{unit}: {}", screen.headless.picture());
        // So in a period before it had the name: what is its own is shown there, all of it and nothing else.
        let now = screen.headless.state.list.items.clone();
        screen.keys("[[");
        {
            let (state, may) = (&screen.headless.state, contact(Some(unit), None));
            let reach = Reach::new(&may, state.printed().unwrap(), state.setup.today);
            let own = state.cache.tasks.iter().chain(&state.cache.rows).filter(|item| reach.files(**item).is_ok());
            let (own, shown): (BTreeSet<_>, BTreeSet<_>) = (own.collect(), state.list.items.iter().collect());
            assert!(own.len() > 10 && own == shown, "{unit}: {shown:?}");
            assert_eq!(shown, now.iter().collect(), "{unit}");
        }
        screen.keys("ge<tab>一季度已开工。<c-s>");
        assert!(screen.footer().contains("已存 #6"), "{unit}: {}", screen.headless.picture());
    }
}

#[test]
fn a_role_is_given_under_the_name_of_today_whichever_period_is_shown() {
    let store = filled(MemoryStore::owned_by(actor().uid), false);
    rename(&store);
    give(&store, &wang(), Some(May::Admin));
    let mut screen = Screen::of(&Look::SMALL, wang(), store);
    screen.keys("[[:roles<enter>adaemon<tab><tab>发展改革<enter><enter><enter>");
    let given = role::given(&screen.store.snapshot().unwrap(), "daemon").cloned();
    assert_eq!(given.map(|role| role.may), Some(contact(Some("市发展改革局"), None)), "{}", screen.headless.picture());
}

#[test]
fn an_undo_by_a_contact_leaves_the_filing_to_be_reviewed() {
    let mut screen = screen(&Look::SMALL, fagai());
    screen.keys("e<tab>开工。<c-s>");
    let item = screen.headless.state.item().unwrap();
    let key = Key::filing(&screen.headless.state.document.clone(), item, screen.headless.state.period);
    let ledger = screen.store.snapshot().unwrap();
    let Record::Filing(mut filing) = ledger.get(&key).unwrap().record.as_ref().clone() else { panic!("no filing") };
    filing.review = duban::model::Review::Accepted;
    let write = duban::model::Write {
        key: key.clone(),
        base: ledger.version(&key),
        value: Some(Record::Filing(filing.clone())),
    };
    let batch = Batch { id: BatchId([9; 16]), at: now(), intent: Intent::Review, undoes: None, writes: vec![write] };
    screen.store.commit(&actor(), &batch).unwrap();
    follow(&mut screen);
    screen.keys("e<tab>完工。<c-s>u");
    let now = screen.store.snapshot().unwrap();
    let Record::Filing(after) = now.get(&key).unwrap().record.as_ref() else { panic!("no filing") };
    assert_eq!((after.progress.as_str(), &after.review), (filing.progress.as_str(), &duban::model::Review::Pending));
}

#[test]
fn a_block_with_cells_of_others_is_not_shown_for_writing() {
    let mut screen = screen_of_area();
    screen.headless.tell(Msg::Paste("1\t2\n3\t4\n".to_owned()));
    assert!(screen.headless.state.popups.is_empty());
    assert!(screen.footer().contains("只能填报本地区的完成数"), "{}", screen.footer());
    screen.headless.tell(Msg::Paste("1\n2\n".to_owned()));
    assert!(!screen.headless.state.popups.is_empty(), "its own column");
}

#[test]
fn a_reader_changes_nothing_at_all() {
    let mut screen = screen(&Look::SMALL, May::Reader);
    for keys in ["e", "A", "R", "!", "c", "u", "Sa", "<esc>Da", "<esc>4e", "45", "6I", "8a", "7x", ":roles<enter>a"] {
        screen.keys("<esc><esc><esc>1");
        screen.keys(keys);
        assert!(screen.footer().contains("您的角色是只读，不能改动"), "{keys}: {}", screen.headless.picture());
        assert!(!screen.headless.state.typing());
    }
    assert!(!screen.keys("<esc><esc>1?").contains("填报进展"), "the help leaves it out");
    assert_eq!(intents(&screen, 3), []);
}

#[test]
fn hints_and_help_offer_only_what_a_role_may_do() {
    let mut reader = screen(&Look::LARGE, May::Reader);
    let mut contact = screen(&Look::LARGE, fagai());
    let mut editor = screen(&Look::LARGE, May::Editor);
    let (reader, contact, editor) = (reader.keys("?"), contact.keys("?"), editor.keys("?"));
    let approve = "通过";
    let file = "填报";
    let names = |picture: &str, word: &str| picture.lines().any(|line| line.contains(&format!(" {word} ")));
    assert!(names(&editor, approve) && names(&editor, file));
    assert!(!names(&contact, approve) && names(&contact, file), "{contact}");
    assert!(!names(&reader, approve) && !names(&reader, file), "{reader}");
    for (may, offered) in [(May::Reader, false), (fagai(), true)] {
        let mut screen = screen(&Look::SMALL, may);
        screen.keys("");
        assert_eq!(screen.footer().contains("e填报"), offered, "{}", screen.footer());
    }
}

#[test]
fn a_role_that_changes_while_somebody_is_in_holds_at_once() {
    let mut screen = screen(&Look::SMALL, fagai());
    give(&screen.store, &wang(), Some(May::Reader));
    follow(&mut screen);
    assert!(head(&screen.keys("")).contains("只读"));
    screen.keys("e");
    assert!(screen.footer().contains("您的角色是只读"));
    give(&screen.store, &wang(), Some(May::Editor));
    follow(&mut screen);
    screen.keys("A");
    assert!(screen.footer().contains("已存") || screen.footer().contains("没有"), "{}", screen.footer());
    give(&screen.store, &wang(), None);
    follow(&mut screen);
    assert!(head(&screen.keys("")).contains("没有角色"));
}

#[test]
fn a_form_that_was_open_when_the_role_went_keeps_what_was_typed_and_says_why() {
    let mut screen = screen(&Look::SMALL, fagai());
    screen.keys("e<tab>写了一半");
    give(&screen.store, &wang(), Some(May::Reader));
    follow(&mut screen);
    let picture = screen.keys("<c-s>");
    assert!(picture.contains("您的角色是只读，不能改动") && picture.contains("写了一半"), "{picture}");
}

#[test]
fn an_administrator_gives_changes_and_takes_roles_with_the_keyboard() {
    let store = filled(MemoryStore::owned_by(actor().uid), false);
    give(&store, &wang(), Some(May::Admin));
    let mut screen = Screen::of(&Look::SMALL, wang(), store);
    // The same number in the picture whoever runs the tests.
    screen.headless.state.setup.owner = 1000;
    let picture = screen.keys(":roles<enter>");
    assert!(picture.contains("wang    2000  管理员") && picture.contains("台账的主人（用户号 1000）"), "{picture}");
    // The number of a system account is looked up.
    let picture = screen.keys("adaemon<tab><tab>发改委<enter><enter><enter>");
    assert!(picture.contains("daemon") && picture.contains("市发改委·联络员"), "{picture}");
    let given = |screen: &Screen, name: &str| role::given(&screen.store.snapshot().unwrap(), name).cloned();
    assert_eq!(given(&screen, "daemon"), Some(Role { uid: 1, name: "daemon".into(), may: fagai() }));
    keep("roles-80x24", &screen);
    screen.keys("<enter>");
    keep("role-sheet-80x24", &screen);
    screen.keys("<right><right><c-s>");
    assert_eq!(given(&screen, "daemon").map(|role| role.may), Some(May::Reader));
    // Somebody whom this machine does not know yet.
    let picture = screen.keys("anobody-here<tab><tab><tab>江山市<c-s>");
    assert!(picture.contains("本机没有这个登录名"), "{picture}");
    screen.keys("41000<c-s>");
    let may = contact(None, Some("江山市"));
    assert_eq!(given(&screen, "nobody-here"), Some(Role { uid: 41_000, name: "nobody-here".into(), may }));
    let picture = screen.keys("anobody-here<tab><right><tab><tab><tab>41000<c-s>");
    assert!(picture.contains("已有角色"), "{picture}");
    screen.keys("<c-s>");
    assert_eq!(given(&screen, "nobody-here").map(|role| role.may), Some(May::Editor));
    // What was given last is under the cursor.
    screen.keys("k<f8>");
    assert_eq!(given(&screen, "daemon"), None);
    screen.keys("<esc>u");
    assert_eq!(given(&screen, "daemon").map(|role| role.may), Some(May::Reader), "taking away is undone");
    assert_eq!(intents(&screen, 2).last(), Some(&Intent::Undo));
    let picture = screen.keys("7");
    assert!(picture.contains("角色 daemon：取消 只读"), "the log tells it in words: {picture}");
}

#[test]
fn the_sheet_of_a_role_says_what_is_missing() {
    let mut screen = Screen::of(&Look::SMALL, actor(), filled(MemoryStore::owned_by(actor().uid), false));
    assert!(screen.keys(":roles<enter>").contains("还没有给过角色"));
    let mine = format!("ali<tab><right><tab><tab><tab>{}<c-s>", actor().uid);
    for (keys, says) in [
        ("a<c-s>", "请写登录名"),
        ("adaemon<c-s>", "联络员要写明单位或地区"),
        ("adaemon<tab><tab>没有这个单位<c-s>", "没有单位"),
        ("adaemon<tab><tab>局<c-s>", "局"),
        ("adaemon<tab><right><tab><tab><tab>x1<c-s>", "用户号是一个数字"),
        ("aroot<tab><right><c-s>", "始终是管理员"),
        (mine.as_str(), "始终是管理员"),
    ] {
        let picture = screen.keys(keys);
        assert!(picture.contains(says), "{keys}: {picture}");
        screen.keys("<esc>");
    }
    assert_eq!(intents(&screen, 1), []);
}

#[test]
fn a_number_that_was_looked_up_is_taken_for_the_name_that_was_asked_about_alone() {
    let mut screen = Screen::of(&Look::SMALL, actor(), filled(MemoryStore::owned_by(actor().uid), false));
    // Another name was saved, and changed before the answer came.
    screen.keys(":roles<enter>awang<tab><tab>发改委");
    screen.headless.tell(Msg::LookedUp(Some(Actor { uid: 1, name: "daemon".to_owned() })));
    assert_eq!(intents(&screen, 1), [], "{}", screen.headless.picture());
}

/// A store that counts what it denied.
struct Denying(Arc<MemoryStore>, std::sync::Mutex<Vec<Denial>>);

impl Store for Denying {
    fn snapshot(&self) -> Result<duban::model::Ledger, duban::store::Refused> {
        self.0.snapshot()
    }
    fn commit(&self, actor: &Actor, batch: &Batch) -> Result<duban::model::Head, duban::store::Refused> {
        let outcome = self.0.commit(actor, batch);
        if let Err(duban::store::Refused::Denied(why)) = &outcome {
            self.1.lock().unwrap().push(why.clone());
        }
        outcome
    }
    fn since(
        &self,
        after: Seq,
        max: usize,
        wait: Duration,
    ) -> Result<Vec<duban::store::Sealed>, duban::store::Refused> {
        self.0.since(after, max, wait)
    }
}

/// A random key out of all that commands have, and a few that are typed.
fn key() -> impl Strategy<Value = String> {
    let mut keys: Vec<String> = COMMANDS.iter().flat_map(|command| command.keys).map(|key| (*key).to_owned()).collect();
    keys.retain(|key| !matches!(key.as_str(), "q" | "<f10>" | "p"));
    keys.extend(["7", "开", "<enter>", "<c-s>", "j", "l", "e", "<tab>"].map(str::to_owned));
    prop::sample::select(keys)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is pressed, a screen sends nothing that the store would deny: it was said before.
    #[test]
    fn a_screen_never_asks_for_what_its_role_does_not_allow(
        keys in prop::collection::vec(key(), 1..120),
        who in 0usize..4,
    ) {
        let may = [fagai(), contact(None, Some("江山市")), contact(Some("各县（市、区）政府"), Some("江山市")), May::Reader];
        let inner = filled(MemoryStore::owned_by(actor().uid), true);
        give(&inner, &wang(), may.get(who).cloned());
        let before = inner.snapshot().unwrap();
        let mut screen = Screen::of(&Look::SMALL, wang(), Arc::clone(&inner));
        let denying = Arc::new(Denying(Arc::clone(&inner), std::sync::Mutex::default()));
        let setup = screen.headless.state.setup.clone();
        screen.headless = duban::tui::Headless::new(Arc::clone(&denying) as Arc<dyn Store>, setup, (80, 24)).unwrap();
        for key in &keys {
            screen.headless.keys(key).unwrap();
        }
        prop_assert_eq!(&*denying.1.lock().unwrap(), &[] as &[Denial]);
        let after = inner.snapshot().unwrap();
        if who == 3 {
            prop_assert_eq!(before.head(), after.head());
        }
    }
}

#[test]
fn a_role_given_or_taken_elsewhere_puts_no_other_under_the_cursor() {
    let store = filled(MemoryStore::owned_by(actor().uid), false);
    let someone = |name: &str, uid| Actor { uid, name: name.to_owned() };
    for (name, uid) in [("wang", 2000), ("zhao", 2001), ("zhou", 2003)] {
        give(&store, &someone(name, uid), Some(May::Reader));
    }
    let names = |store: &MemoryStore| {
        let ledger = store.snapshot().unwrap();
        role::all(&ledger).map(|role| role.name.to_string()).collect::<Vec<_>>()
    };
    let mut screen = Screen::of(&Look::SMALL, actor(), Arc::clone(&store));
    screen.keys(":roles<enter>j");
    give(&store, &someone("bob", 2002), Some(May::Reader));
    follow(&mut screen);
    screen.keys("<f8>");
    assert_eq!(names(&store), ["bob", "wang", "zhou"], "zhao was under the cursor");
    // Under a form that is open, too.
    screen.keys("k<enter>");
    give(&store, &someone("adam", 2004), Some(May::Reader));
    follow(&mut screen);
    screen.keys("<esc><f8>");
    assert_eq!(names(&store), ["adam", "bob", "zhou"], "wang was under the cursor");
    // Who is taken away elsewhere leaves nobody under it, until it moves.
    screen.keys("k");
    give(&store, &someone("bob", 2002), None);
    follow(&mut screen);
    screen.keys("<f8>");
    assert_eq!(screen.footer(), "这一行刚被别人去掉：移动光标重选");
    assert_eq!(names(&store), ["adam", "zhou"]);
    screen.keys("j<f8>");
    assert_eq!(names(&store), ["adam"]);
}

#[test]
fn every_command_that_changes_something_asks_for_a_role() {
    // By hand: the commands that can end in a commit.
    let changing = [
        "undo",
        "redo",
        "settings",
        "file",
        "approve",
        "return",
        "light",
        "chase",
        "figure",
        "type-figure",
        "empty-figure",
        "settle-a",
        "settle-b",
        "settle-c",
        "settle-d",
        "settle-typed",
        "settle-kind",
        "reopen",
        "pass-on",
        "undo-this",
        "wording",
        "issue",
        "recall",
        "view-save",
        "view-remove",
        "step-tick",
        "step-edit",
        "step-add",
        "step-remove",
        "request-ask",
        "request-decide",
        "target-figure",
        "target-correct",
        "target-add",
        "target-remove",
        "role-add",
        "role-change",
        "role-remove",
    ];
    let asking: Vec<&str> =
        COMMANDS.iter().filter(|command| command.needs != Needs::Nothing).map(|command| command.id).collect();
    let mut expected: Vec<&str> = changing.to_vec();
    let mut asking = asking;
    expected.sort_unstable();
    asking.sort_unstable();
    assert_eq!(asking, expected);
}

#[test]
fn the_area_of_a_contact_lies_in_the_document() {
    let mut screen = screen_of_area();
    screen.keys("");
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let period: Period = "2024Q3".parse().unwrap();
    let may = contact(None, Some("江山市"));
    let reach = Reach::new(&may, book, now().date_naive());
    for (of, _) in ledger.of_document(book.id()) {
        if let Of::Done(row, area, at) = of {
            assert_eq!(reach.records(*row, area).is_ok(), &**area == "江山市", "{row} {area} {at} {period}");
        }
    }
}
