//! 通报 and 打印 from the keyboard: the clerk's part, the issue and taking it back, a file, the screen, a printer.

use std::time::Duration;

use crate::support::{Look, Screen};
use duban::model::{Book, Intent, Period, Seq, Wording, Write, entry};
use duban::output::printer::{NotPrinted, Printer};
use duban::store::{Store, new_batch_id};
use duban::tui::update::Msg;

/// The screen of 通报 over made-up progress.
fn bulletin() -> Screen {
    let mut screen = Screen::new(&Look::SMALL, true);
    screen.keys("6");
    screen
}

fn q3() -> Period {
    "2024Q3".parse().unwrap()
}

fn wording(screen: &Screen) -> Wording {
    Book::newest(&screen.store.snapshot().unwrap()).unwrap().wording(q3())
}

fn issued(screen: &Screen) -> bool {
    let ledger = screen.store.snapshot().unwrap();
    Book::newest(&ledger).unwrap().bulletin(q3()).is_some_and(|(bulletin, _)| bulletin.issued.is_some())
}

fn intents(screen: &Screen) -> Vec<Intent> {
    let commits = screen.store.since(Seq(2), 100, Duration::ZERO).unwrap();
    commits.iter().map(|sealed| sealed.commit.intent).collect()
}

/// Another clerk stores this text of the bulletin.
fn elsewhere(screen: &mut Screen, change: impl FnOnce(&mut Wording)) {
    let ledger = screen.store.snapshot().unwrap();
    let book = Book::newest(&ledger).unwrap();
    let mut wording = book.wording(q3());
    change(&mut wording);
    let writes: Vec<Write> = entry::put_wording(&book, q3(), &wording).unwrap();
    let at = crate::support::now();
    let batch = duban::model::Batch { id: new_batch_id(), at, intent: Intent::Bulletin, undoes: None, writes };
    let known = ledger.head().seq;
    screen.store.commit(&duban::model::Actor { uid: 2, name: "wang".to_owned() }, &batch).unwrap();
    let commits = screen.store.since(known, 100, Duration::ZERO).unwrap();
    screen.headless.tell(Msg::Commits(commits));
}

/// The sheet of 打印 for a file of this name in this format, `right` steps behind pdf (to the left if less).
fn to_file(format: &str, path: &std::path::Path) -> String {
    let from_pdf = ["pdf", "xlsx", "docx", "html", "md", "txt"].iter().position(|one| *one == format).unwrap();
    format!("p<tab><tab>{}<tab><tab>{}<c-s>", "<left>".repeat(from_pdf), path.display())
}

#[test]
fn pages_turn_and_the_title_says_which() {
    let mut screen = bulletin();
    let first = screen.headless.picture();
    assert!(first.contains("第1/") && first.contains("未签发"), "{first}");
    assert!(screen.keys("<pgdn>").contains("第2/"));
    assert!(screen.keys("<pgup>").contains("第1/"));
    let last = screen.keys("G");
    let title = last.lines().nth(2).unwrap();
    let (at, of) = title.split_once('第').unwrap().1.split_once('页').unwrap().0.split_once('/').unwrap();
    assert_eq!(at, of, "{title}");
}

#[test]
fn side_by_side_no_page_stands_twice() {
    let mut screen = Screen::new(&Look::LARGE, true);
    let picture = screen.keys("6");
    for (page, times) in [("— 1 —", 1), ("— 2 —", 1), ("— 3 —", 0)] {
        assert_eq!(picture.matches(page).count(), times, "{page}\n{picture}");
    }
}

#[test]
fn the_words_of_the_clerk_are_saved_and_printed() {
    let mut screen = bulletin();
    let form = screen.keys("e");
    assert!(form.contains("通报文字 2024年三季度"), "{form}");
    screen.keys("现将有关情况通报如下。<tab><tab>第3期<tab><tab><tab><tab>云溪市督查室<c-s>");
    let stored = wording(&screen);
    assert_eq!(stored.opening, "现将有关情况通报如下。");
    assert_eq!((&*stored.number, &*stored.signature), ("第3期", "云溪市督查室"));
    assert_eq!(intents(&screen), [Intent::Bulletin]);
    let page = screen.keys("");
    assert!(page.contains("现将有关情况通报如下。"), "{page}");
    screen.keys("u");
    assert_eq!(wording(&screen).opening, "");
}

#[test]
fn a_day_that_is_none_is_refused_in_the_form() {
    let mut screen = bulletin();
    let form = screen.keys("e<tab><tab><tab><tab><tab><tab><tab>某日<c-s>");
    assert!(form.contains("通报文字") && form.contains("“某日”"), "{form}");
    assert!(intents(&screen).is_empty());
}

#[test]
fn demands_are_offered_behind_what_stands_there_and_only_once() {
    let mut screen = bulletin();
    screen.keys("e<tab>各单位要：<f5><f5><c-s>");
    let next = wording(&screen).next;
    let lines: Vec<&str> = next.lines().collect();
    assert_eq!(lines[0], "各单位要：");
    assert!(lines[1].starts_with("一是") && lines[2].starts_with("二是"), "{next}");
    assert_eq!(next.matches("一是").count(), 1, "{next}");
}

#[test]
fn what_was_left_unsaved_is_a_draft_that_is_there_again() {
    let mut screen = bulletin();
    screen.keys("e写到一半<esc>");
    assert_eq!(wording(&screen).opening, "");
    assert!(screen.keys("e").contains("写到一半"));
    screen.keys("<c-s>");
    assert_eq!(wording(&screen).opening, "写到一半");
}

#[test]
fn words_that_two_clerks_changed_are_shown_side_by_side() {
    let mut screen = bulletin();
    screen.keys("e我的开头");
    elsewhere(&mut screen, |wording| {
        wording.opening = "他的开头".to_owned();
        wording.number = "第9期".to_owned();
    });
    let form = screen.headless.picture();
    assert!(form.contains("wang 也改了“开头") && form.contains("我的开头") && !form.contains("他的开头"), "{form}");
    assert!(form.contains("第9期"), "a field that was not touched follows\n{form}");
    let form = screen.keys("<c-s>");
    assert!(form.contains("wang") && form.contains("他的开头") && form.contains("我的开头"), "{form}");
    assert_eq!(wording(&screen).opening, "他的开头");
    screen.keys("<f3><c-s>");
    assert_eq!((&*wording(&screen).opening, &*wording(&screen).number), ("我的开头", "第9期"));
}

#[test]
fn an_issue_is_asked_for_refuses_edits_and_is_taken_back() {
    let mut screen = bulletin();
    screen.keys("I<c-s>");
    assert!(!issued(&screen), "the first answer is no");
    let picture = screen.keys("I<right><c-s>");
    assert!(issued(&screen) && picture.contains("2024年9月30日 签发，据 #2"), "{picture}");
    screen.keys("e");
    assert!(screen.footer().contains("通报已签发"), "{}", screen.footer());
    screen.keys("I");
    assert!(screen.footer().contains("通报已签发"), "{}", screen.footer());
    screen.keys("X<c-s>");
    assert!(issued(&screen), "the first answer is no");
    assert!(screen.keys("X<right><c-s>").contains("未签发"));
    assert!(!issued(&screen));
    screen.keys("u");
    assert!(issued(&screen), "undo brings the issue back");
    assert_eq!(intents(&screen).len(), 3, "{:?}", intents(&screen));
}

#[test]
fn an_issued_bulletin_stays_and_fresh_facts_are_shown_on_request() {
    let mut screen = bulletin();
    screen.keys("F");
    assert!(screen.footer().contains("未签发"), "{}", screen.footer());
    let before = screen.headless.picture();
    let body = |picture: &str| picture.lines().skip(3).take(20).map(str::to_owned).collect::<Vec<_>>();
    screen.keys("I<right><c-s>");
    // Task 1 gets another figure: 1 of 130 moves from one class to another.
    screen.keys("1/T1<enter>");
    screen.keys("e<c-u>0<c-s><esc><esc>6");
    let still = screen.headless.picture();
    assert_eq!(body(&still), body(&before), "frozen");
    let fresh = screen.keys("F");
    assert!(fresh.contains("按现在的台账"), "{fresh}");
    assert_ne!(body(&fresh), body(&before), "the facts of now");
    assert_eq!(body(&screen.keys("F")), body(&before));
}

#[test]
fn a_file_is_written_and_never_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tongbao.txt");
    let mut screen = bulletin();
    screen.keys(&to_file("txt", &path));
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("重点工作共130项"), "{text}");
    assert!(text.contains("] 红"), "a chart\n{text}");
    assert!(!text.lines().any(|line| line.contains("] 红") && line.contains('…')), "no figure is cut\n{text}");
    std::fs::write(&path, "别人的文件").unwrap();
    screen.keys(&to_file("txt", &path));
    assert!(screen.footer().contains("不覆盖") || screen.footer().contains("已存在"), "{}", screen.footer());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "别人的文件");
    screen.keys(&to_file("md", &folder.path().join("none/x.md")));
    assert!(screen.footer().contains("写不了"), "{}", screen.footer());
}

#[test]
fn characters_that_no_font_has_are_named_when_a_pdf_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = bulletin();
    screen.keys("e现将有关情况𓀀通报如下。<c-s>");
    screen.keys(&to_file("pdf", &folder.path().join("a.pdf")));
    let footer = screen.footer();
    assert!(footer.contains("没有这些字") && footer.contains("𓀀 U+13000") && footer.contains("已保存"), "{footer}");
    // Only a PDF is typeset by us.
    screen.keys(&to_file("txt", &folder.path().join("a.txt")));
    assert!(!screen.footer().contains("没有这些字"), "{}", screen.footer());
}

#[test]
fn print_opens_everywhere_for_whom_the_cursor_stands_on() {
    for keys in ["", "2j", "3j", "4", "5", "6", "7", "8", "<enter>"] {
        let mut screen = Screen::new(&Look::SMALL, true);
        let picture = screen.keys(&format!("{keys}p"));
        assert!(picture.contains("打印 ─") && picture.contains("对象"), "{keys}\n{picture}");
        screen.keys("<esc>");
        assert!(!screen.headless.picture().contains("打印 ─"), "{keys}");
    }
    let mut screen = Screen::new(&Look::SMALL, true);
    let picture = screen.keys("2jp");
    assert!(picture.contains("[单页]") && !picture.contains("[全部]"), "{picture}");
}

#[test]
fn the_screen_shows_another_report_and_6_the_bulletin_again() {
    let mut screen = Screen::new(&Look::SMALL, true);
    let picture = screen.keys("2jp<tab><tab><tab><right><c-s>");
    assert!(picture.lines().nth(2).unwrap().starts_with("单页 2024年三季度  第1/"), "{picture}");
    screen.keys("I");
    assert!(screen.footer().contains("不是通报"), "{}", screen.footer());
    assert!(screen.keys("6").lines().nth(2).unwrap().starts_with("通报 "));
}

#[test]
fn printers_are_listed_behind_the_file_and_the_screen() {
    let mut screen = bulletin();
    screen.keys("p");
    screen.headless.tell(Msg::Printers(Err(NotPrinted::NoLp)));
    assert!(screen.headless.picture().contains("没有打印命令 lp"));
    screen.headless.tell(Msg::Printers(Ok(Vec::new())));
    assert!(screen.headless.picture().contains("没有设打印机"));
    let printer = Printer { name: "hp-2f".to_owned(), state: "空闲".to_owned(), default: true };
    screen.headless.tell(Msg::Printers(Ok(vec![printer])));
    let picture = screen.headless.picture();
    assert!(picture.contains("打印机：hp-2f 空闲") && picture.contains("屏幕   hp-2f"), "{picture}");
    // What a printer cannot take, and copies that are no number, are refused before anything is sent.
    let refused = screen.keys("<tab><tab><left><tab><right><right><c-s>");
    assert!(refused.contains("打印 ─") && refused.contains("xlsx"), "{refused}");
    let refused = screen.keys("<s-tab><right><tab><tab><tab><tab><c-u>0<c-s>");
    assert!(refused.contains("份数“0”不对"), "{refused}");
}

#[test]
fn changes_since_no_day_are_refused() {
    let mut screen = Screen::new(&Look::SMALL, true);
    let refused = screen.keys("7p<s-tab><c-u>某日<c-s>");
    assert!(refused.contains("“某日”不是日期"), "{refused}");
}

#[test]
fn of_an_item_alone_there_are_slips_and_nothing_else() {
    let mut screen = Screen::new(&Look::SMALL, true);
    let asked = screen.keys("p<tab><left><c-s>");
    assert!(asked.contains("单独一项只能出督办单"), "{asked}");
}
