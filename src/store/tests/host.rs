//! One host and its guests: news, company, and what happens when the host goes.

use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::sample::*;
use crate::model::*;
use crate::store::{
    Away, BadLine, Company, ImageVerdict, News, Notice, OpenError, Opened, Purpose, ReadOnly, Refused, Seat,
    SledVerdict, Verdict, Whereabouts, open_shared, open_to_write, verify, visit,
};

const LONG: Duration = Duration::from_mins(1);

/// Asks again until the news are as wished: company changes one by one.
fn news_until(company: &dyn Company, after: Seq, mut heard: u64, wished: impl Fn(&News) -> bool) -> News {
    let until = Instant::now() + LONG;
    loop {
        let news = company.watch(after, heard, LONG).unwrap();
        if wished(&news) {
            return news;
        }
        assert!(Instant::now() < until, "{news:?}");
        heard = news.heard;
    }
}

fn shared(dir: &tempfile::TempDir) -> Opened {
    open_shared(dir.path(), Purpose::Screen, &clerk()).unwrap()
}

#[test]
fn a_guest_hears_of_commits_while_it_waits() {
    let office = Service::open();
    let (one, two) = (office.visit(), office.visit());
    let heard = one.company.watch(Seq::ZERO, 0, LONG).unwrap().heard;
    let waiter = thread::spawn(move || news_until(&*one.company, Seq::ZERO, heard, |news| !news.commits.is_empty()));
    thread::sleep(Duration::from_millis(20));
    file(&*two.store, 1, "来了").unwrap();
    let news = waiter.join().unwrap();
    assert_eq!(news.commits.len(), 1);
    assert_eq!(news.commits[0].commit.actor.uid, uzers::get_current_uid(), "by the kernel's word, not the guest's");
    let Seat::Guest { pid, uid } = news.seat else { panic!("{:?}", news.seat) };
    assert_eq!((pid, uid), (std::process::id(), uzers::get_current_uid()));
}

#[test]
fn everybody_sees_who_else_is_in_and_what_they_have_open() {
    let office = Service::open();
    let (one, two) = (office.visit(), office.visit());
    let alone = one.company.watch(Seq::ZERO, 0, LONG).unwrap();
    assert!(alone.others.is_empty(), "nobody sees himself: {:?}", alone.others);
    let at = Whereabouts { key: Some(filing_key(1)), editing: true };
    two.company.tell(&at).unwrap();
    let seen = news_until(&*one.company, Seq::ZERO, alone.heard, |news| news.others.iter().any(|o| o.at == at));
    assert_eq!(seen.others.len(), 1);
    drop(two);
    news_until(&*one.company, Seq::ZERO, seen.heard, |news| news.others.is_empty());
}

#[test]
fn a_host_and_its_guests_see_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let (host, guest) = (shared(&dir), shared(&dir));
    assert_eq!(host.company.watch(Seq::ZERO, 0, LONG).unwrap().seat, Seat::Host);
    let at = Whereabouts { key: Some(task_key(3)), editing: false };
    guest.company.tell(&at).unwrap();
    news_until(&*host.company, Seq::ZERO, 1, |news| news.others.iter().any(|other| other.at == at));
    host.company.tell(&at).unwrap();
    news_until(&*guest.company, Seq::ZERO, 0, |news| news.others.iter().any(|other| other.at == at));
}

#[test]
fn a_command_works_through_the_screen_that_hosts() {
    let dir = tempfile::tempdir().unwrap();
    let host = shared(&dir);
    let command = open_shared(dir.path(), Purpose::Command, &clerk()).unwrap();
    file(&*command.store, 1, "命令行").unwrap();
    assert_eq!(host.store.snapshot().unwrap().head().seq, Seq(1));
}

#[test]
fn a_command_whose_screen_closes_is_not_sent_to_a_service_that_there_is_none_of() {
    let dir = tempfile::tempdir().unwrap();
    let host = shared(&dir);
    let command = open_shared(dir.path(), Purpose::Command, &clerk()).unwrap();
    host.company.leave();
    drop(host);
    let until = Instant::now() + LONG;
    let refused = loop {
        match command.store.snapshot() {
            // It was asked through the connection that ended just then.
            Err(Refused::Unknown) if Instant::now() < until => {}
            answer => break answer,
        }
    };
    assert_eq!(refused, Err(Refused::Away(Away::OwnGone)));
}

#[test]
fn a_guest_whose_service_comes_back_with_another_ledger_is_told_and_writes_nothing() {
    let office = Service::open();
    let guest = office.visit();
    file(&*guest.store, 1, "一").unwrap();
    // The same ledger: nobody need notice.
    let office = Service::open_in(office.close());
    file(&*guest.store, 2, "二").unwrap();
    // A backup was put in its place meanwhile, and people have written as much in it.
    let dir = office.close();
    for folder in ["journal", "sled"] {
        std::fs::remove_dir_all(dir.path().join(folder)).unwrap();
    }
    let office = Service::open_in(dir);
    let anew = office.visit();
    for no in 1..=2 {
        file(&*anew.store, no, "另一本").unwrap();
    }
    let rewritten = Refused::Away(Away::Rewritten);
    assert_eq!(guest.company.watch(Seq(2), 0, LONG).unwrap_err(), rewritten);
    assert_eq!(guest.store.snapshot().unwrap_err(), rewritten);
    assert_eq!(guest.store.since(Seq::ZERO, 9, Duration::ZERO).unwrap_err(), rewritten);
    let batch = filing_batch(&*anew.store, 3, "三");
    assert_eq!(guest.store.commit(&clerk(), &batch).unwrap_err(), rewritten);
    assert_eq!(guest.library.original(Hash::default()).unwrap_err(), rewritten);
    assert_eq!(all(&*anew.store).len(), 2);
}

#[test]
fn when_the_host_goes_a_guest_takes_over_and_nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let (host, one, two) = (shared(&dir), shared(&dir), shared(&dir));
    file(&*one.store, 1, "一").unwrap();
    let heard = news_until(&*one.company, Seq::ZERO, 0, |news| news.commits.len() == 1).heard;
    let waiter = {
        let company = Arc::clone(&one.company);
        thread::spawn(move || news_until(&*company, Seq(1), heard, |news| news.seat == Seat::Host))
    };
    host.company.leave();
    drop(host);
    let began = Instant::now();
    waiter.join().unwrap();
    assert!(began.elapsed() < Duration::from_secs(5), "it noticed by itself");
    // The old screen's files are closed before the new host opens them.
    file(&*two.store, 2, "二").unwrap();
    file(&*one.store, 3, "三").unwrap();
    assert_eq!(all(&*two.store).len(), 3);
    drop((one, two));
    // The threads of the last host's guests end in their own time, and with them the lock.
    let until = Instant::now() + LONG;
    let closed = |verdict: &Verdict| verdict.sled == SledVerdict::Agrees;
    while !verify(dir.path()).is_ok_and(|verdict| verdict.is_good() && closed(&verdict)) {
        assert!(Instant::now() < until, "{:?}", verify(dir.path()));
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_screen_that_leaves_has_the_copies_and_the_image_on_the_disk_before_it_ends() {
    let dir = tempfile::tempdir().unwrap();
    let host = shared(&dir);
    // Long enough for an image.
    host.store.commit(&clerk(), &opening(4000)).unwrap();
    file(&*host.store, 1, "一").unwrap();
    // As the thread that waits for news does, which sleeps until the process ends.
    let waits = Arc::clone(&host.company);
    host.company.leave();
    drop(host);
    // What there would be if it ended here and now.
    let ended = copy_of(dir.path());
    drop(waits);
    let verdict = verify(ended.path()).unwrap();
    assert_eq!((verdict.sled, verdict.image), (SledVerdict::Agrees, Some(ImageVerdict::Agrees)));
}

/// A screen that takes over a ledger after `harm` was done to its folder; what it is told of it, and how it sits then.
fn taken_over(harm: impl FnOnce(&Path)) -> (Vec<Notice>, Seat, Opened, tempfile::TempDir) {
    let office = Service::open();
    let screen = shared(&office.dir);
    file(&*screen.store, 1, "一").unwrap();
    file(&*screen.store, 2, "二").unwrap();
    let dir = office.close();
    harm(dir.path());
    let news = news_until(&*screen.company, Seq(2), u64::MAX, |news| !news.notices.is_empty());
    (news.notices, news.seat, screen, dir)
}

#[test]
fn who_takes_over_is_told_what_was_found_in_the_ledger() {
    let journal = |dir: &Path| dir.join("journal/000001.jsonl");
    let (told, seat, screen, dir) = taken_over(|dir| {
        // The host was killed while it wrote.
        let torn = [std::fs::read(journal(dir)).unwrap(), b"0123 {\"seq\"".to_vec()].concat();
        std::fs::write(journal(dir), torn).unwrap();
    });
    let moved_to = dir.path().join("journal/tail.1");
    assert_eq!((told, seat), (vec![Notice::TornLine { moved_to }], Seat::Host));
    file(&*screen.store, 3, "三").unwrap();

    let (told, seat, screen, _dir) = taken_over(|dir| {
        let mut spoilt = std::fs::read(journal(dir)).unwrap();
        spoilt[100] ^= 1;
        std::fs::write(journal(dir), spoilt).unwrap();
    });
    let [Notice::ReadOnly(ReadOnly::Damaged { damage, .. })] = &told[..] else { panic!("{told:?}") };
    assert_eq!((damage.line, &damage.what, seat), (1, &BadLine::Checksum, Seat::Alone));
    assert!(matches!(file(&*screen.store, 3, "不行"), Err(Refused::Down(_))));

    let (told, ..) = taken_over(|dir| std::fs::create_dir(dir.join("socket")).unwrap());
    assert!(matches!(told[..], [Notice::NotShared(_)]), "{told:?}");
}

#[test]
fn a_service_that_is_started_anew_finds_its_guests_again() {
    let office = Service::open();
    let path = office.socket();
    let guest = office.visit();
    file(&*guest.store, 1, "之前").unwrap();
    let again = filing_batch(&*guest.store, 2, "没有回音");
    let dir = office.close();
    assert!(!path.exists(), "no stale socket");
    let waiter = thread::spawn(move || {
        let head = guest.store.commit(&clerk(), &again).unwrap();
        (head, guest.store.commit(&clerk(), &again).unwrap(), guest)
    });
    thread::sleep(Duration::from_millis(100));
    let _office = Service::open_in(dir);
    let (first, second, guest) = waiter.join().unwrap();
    assert_eq!((first, first.seq), (second, Seq(2)), "written once");
    assert_eq!(all(&*guest.store).len(), 2);
}

#[test]
fn a_service_that_is_away_is_said_and_not_waited_for_without_end() {
    let dir = tempfile::tempdir().unwrap();
    let absent = visit(&dir.path().join("socket"), &clerk()).unwrap_err();
    assert!(matches!(absent, OpenError::Away(Away::NoHost)), "{absent}");
    let office = Service::open();
    let guest = office.visit();
    let _dir = office.close();
    let began = Instant::now();
    let answered = guest.store.snapshot().unwrap_err();
    assert!(matches!(answered, Refused::Away(Away::NoHost) | Refused::Unknown), "{answered}");
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_held_folder_without_a_host_is_refused_as_before() {
    let dir = tempfile::tempdir().unwrap();
    let _held = open_to_write(dir.path(), Purpose::Screen).unwrap();
    let refused = open_shared(dir.path(), Purpose::Command, &clerk()).unwrap_err();
    assert!(matches!(refused, OpenError::Held { purpose: Purpose::Screen, .. }), "{refused}");
}

#[test]
fn a_large_import_passes_through_the_socket_as_one_commit() {
    let office = Service::open();
    let guest = office.visit();
    // More than one frame, and more writes than somebody who files may send.
    let head = guest.store.commit(&clerk(), &import(2000)).unwrap();
    assert_eq!((head.seq, guest.store.snapshot().unwrap().len()), (Seq(1), 2000));
}

#[test]
fn documents_are_kept_at_the_host() {
    let office = Service::open();
    let guest = office.visit();
    let bytes = "责任分解\n".repeat(20_000).into_bytes();
    let hash: Hash = crate::store::line::sha256(&bytes);
    guest.library.keep(hash, &bytes).unwrap();
    assert_eq!(guest.library.original(hash).unwrap(), bytes);
    assert!(guest.library.keep(Hash::default(), &bytes).is_err(), "under another's hash");
    assert!(office.dir.path().join("originals").join(hash.to_string()).is_file());
}

#[test]
fn an_editor_whose_document_is_too_large_is_told_how_large_one_may_be() {
    let office = Service::open();
    let guest = office.visit();
    let refused = guest.library.keep(Hash::default(), &vec![0; 64 * 1024 * 1024]).unwrap_err();
    let expected = format!("a request takes at most {} bytes", 64 * 1024 * 1024);
    assert_eq!(refused, Refused::Invalid(expected));
}
