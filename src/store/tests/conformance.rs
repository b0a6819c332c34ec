//! The contract, point by point. Every store passes all of it.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::sample::*;
use crate::model::*;
use crate::store::{MemoryStore, Purpose, Refused, Store, open_shared};

type Make<'a> = &'a dyn Fn() -> Arc<dyn Store>;

type Point = fn(&Arc<dyn Store>);

const POINTS: [(&str, Point); 14] = [
    ("an empty ledger has no head", empty),
    ("a commit is in the next snapshot, with its version", commit_shows),
    ("numbers have no gaps and the chain is whole", chain),
    ("all or nothing", atomic),
    ("a stale version is a conflict that says what is there now", conflict),
    ("a batch without writes, a key twice or a strange record is invalid", malformed),
    ("a record that is too large is invalid", too_large),
    ("a refused batch leaves no trace", no_trace),
    ("a retry answers the first head and writes nothing", retry),
    ("other content under a used id is refused", reused),
    ("a removal and its inverse", removal_and_undo),
    ("since answers what came after, in order, at most so many", since),
    ("since waits for a commit, and no longer than asked", since_waits),
    ("writers at once: each is in once", many_writers),
];

/// Of stores that are told who asks. A guest's host takes the kernel's word for it (`tests/pty/ssh.rs` has the roles there).
const OF_ROLES: [(&str, Point); 6] = [
    ("who has no role writes nothing", no_role),
    ("a role is judged at each commit, as the ledger stands then", roles_as_they_stand),
    ("one write that is not allowed refuses them all, before versions are compared", denied_whole),
    ("the id of a denied batch is free, and the batch is judged again", denied_again),
    ("a retry is answered to who wrote it, and to nobody else", retry_of_another),
    ("a contact takes back their own, however long ago, and nobody else's", own_undo),
];

fn conforms(make: Make) {
    conforms_for_one(make);
    for (name, point) in OF_ROLES {
        eprintln!("{name}");
        point(&make());
    }
}

fn conforms_for_one(make: Make) {
    for (name, point) in POINTS {
        eprintln!("{name}");
        point(&make());
    }
}

#[test]
fn memory_keeps_the_contract() {
    conforms(&|| Arc::new(MemoryStore::owned_by(clerk().uid)));
}

#[test]
fn local_keeps_the_contract() {
    let dirs = std::cell::RefCell::new(Vec::new());
    conforms(&|| {
        let dir = tempfile::tempdir().unwrap();
        let store = local(dir.path());
        dirs.borrow_mut().push(dir);
        store
    });
}

#[test]
fn a_guest_s_store_keeps_the_contract() {
    let offices = std::cell::RefCell::new(Vec::new());
    conforms_for_one(&|| {
        let office = Service::open();
        let store = office.visit().store;
        offices.borrow_mut().push(office);
        store
    });
}

#[test]
fn a_host_and_its_guest_keep_the_contract() {
    let kept = std::cell::RefCell::new(Vec::new());
    for guest in [false, true] {
        conforms_for_one(&|| {
            let dir = tempfile::tempdir().unwrap();
            let host = open_shared(dir.path(), Purpose::Screen, &clerk()).unwrap();
            let opened = open_shared(dir.path(), Purpose::Screen, &clerk()).unwrap();
            let store = if guest { &opened } else { &host }.store.clone();
            kept.borrow_mut().push((dir, host, opened));
            store
        });
    }
}

fn empty(store: &Arc<dyn Store>) {
    let ledger = store.snapshot().unwrap();
    assert_eq!((ledger.head(), ledger.len()), (Head::default(), 0));
    assert_eq!(all(&**store), []);
}

fn commit_shows(store: &Arc<dyn Store>) {
    let head = store.commit(&clerk(), &import(3)).unwrap();
    assert_eq!(head.seq, Seq(1));
    file(&**store, 2, "完成过半").unwrap();
    let ledger = store.snapshot().unwrap();
    assert_eq!(ledger.version(&task_key(2)), Seq(1));
    let entry = ledger.get(&filing_key(2)).unwrap();
    assert_eq!((entry.version, entry.record.as_ref()), (Seq(2), &filing(655, "完成过半")));
}

fn chain(store: &Arc<dyn Store>) {
    for no in 1..=20 {
        file(&**store, no % 3 + 1, "推进").unwrap();
    }
    let mut head = Head::default();
    for sealed in all(&**store) {
        assert_eq!((sealed.commit.seq, sealed.commit.prev), (head.seq.next(), head.hash));
        head = Head { seq: sealed.commit.seq, hash: sealed.hash };
    }
    assert_eq!((head, head.seq), (store.snapshot().unwrap().head(), Seq(20)));
}

fn atomic(store: &Arc<dyn Store>) {
    store.commit(&clerk(), &import(2)).unwrap();
    let before = store.snapshot().unwrap();
    let mixed = vec![
        write(filing_key(1), Seq::ZERO, Some(filing(1, "可以"))),
        write(task_key(2), Seq(7), Some(task(2, "不行"))),
    ];
    assert!(matches!(store.commit(&clerk(), &batch(mixed)), Err(Refused::Conflict(_))));
    assert_eq!(store.snapshot().unwrap(), before);
}

fn conflict(store: &Arc<dyn Store>) {
    file(&**store, 1, "先到").unwrap();
    let late = batch(vec![write(filing_key(1), Seq::ZERO, Some(filing(1, "后到")))]);
    let Err(Refused::Conflict(clashes)) = store.commit(&clerk(), &late) else { panic!("no conflict") };
    assert_eq!(clashes.len(), 1);
    assert_eq!(clashes[0].key, filing_key(1));
    assert_eq!(clashes[0].now.as_ref().unwrap().record.as_ref(), &filing(655, "先到"));
}

fn malformed(store: &Arc<dyn Store>) {
    let twice = write(filing_key(1), Seq::ZERO, Some(filing(1, "")));
    for writes in [vec![], vec![twice.clone(), twice], vec![write(task_key(1), Seq::ZERO, Some(task(2, "别的任务")))]]
    {
        assert!(matches!(store.commit(&clerk(), &batch(writes)), Err(Refused::Invalid(_))));
    }
}

fn too_large(store: &Arc<dyn Store>) {
    let long = "长".repeat(30_000);
    assert!(matches!(file(&**store, 1, &long), Err(Refused::Invalid(_))));
    file(&**store, 1, &"长".repeat(19_000)).unwrap();
}

fn no_trace(store: &Arc<dyn Store>) {
    let refused = batch(vec![write(task_key(1), Seq(9), None)]);
    store.commit(&clerk(), &refused).unwrap_err();
    assert_eq!(all(&**store), []);
    let good = Batch { writes: vec![write(task_key(1), Seq::ZERO, Some(task(1, "新")))], ..refused };
    assert_eq!(store.commit(&clerk(), &good).unwrap().seq, Seq(1), "the id of a refused batch is free");
}

fn retry(store: &Arc<dyn Store>) {
    let first = import(2);
    let head = store.commit(&clerk(), &first).unwrap();
    file(&**store, 1, "其后").unwrap();
    assert_eq!(store.commit(&clerk(), &first).unwrap(), head);
    assert_eq!(all(&**store).len(), 2);
}

fn reused(store: &Arc<dyn Store>) {
    let first = import(2);
    store.commit(&clerk(), &first).unwrap();
    let other = Batch { writes: vec![write(filing_key(1), Seq::ZERO, Some(filing(1, "")))], ..first };
    assert_eq!(store.commit(&clerk(), &other), Err(Refused::Reused(Seq(1))));
}

fn removal_and_undo(store: &Arc<dyn Store>) {
    file(&**store, 1, "写错了").unwrap();
    let before = store.snapshot().unwrap();
    store.commit(&clerk(), &batch(vec![write(filing_key(1), Seq(1), None)])).unwrap();
    assert_eq!(store.snapshot().unwrap().version(&filing_key(1)), Seq::ZERO);
    let removal = all(&**store).pop().unwrap().commit;
    store.commit(&clerk(), &removal.inverse(crate::store::new_batch_id(), at())).unwrap();
    let after = store.snapshot().unwrap();
    assert_eq!(after.get(&filing_key(1)).unwrap().record, before.get(&filing_key(1)).unwrap().record);
    assert_eq!(all(&**store).pop().unwrap().commit.undoes, Some(Seq(2)));
}

fn no_role(store: &Arc<dyn Store>) {
    let li = other("li");
    let denied = Refused::Denied(Denial::NoRole { name: "li".into(), uid: li.uid });
    assert_eq!(store.commit(&li, &import(1)), Err(denied));
    assert_eq!(all(&**store), []);
}

/// A ledger with a document, two tasks of 市发改委, and `li` as its contact.
fn with_contact(store: &Arc<dyn Store>) -> Actor {
    let li = other("li");
    store.commit(&clerk(), &opening(2)).unwrap();
    let contact = Contact { unit: Some("市发改委".into()), area: None };
    store.commit(&clerk(), &giving(&**store, &li, May::Contact(contact))).unwrap();
    li
}

fn roles_as_they_stand(store: &Arc<dyn Store>) {
    let li = with_contact(store);
    store.commit(&li, &filing_batch(&**store, 1, "开工")).unwrap();
    store.commit(&clerk(), &giving(&**store, &li, May::Reader)).unwrap();
    let next = filing_batch(&**store, 1, "完工");
    assert_eq!(store.commit(&li, &next), Err(Refused::Denied(Denial::ReadOnly)));
    store.commit(&clerk(), &giving(&**store, &li, May::Editor)).unwrap();
    store.commit(&li, &next).unwrap();
    let mine = giving(&**store, &li, May::Admin);
    assert_eq!(store.commit(&li, &mine), Err(Refused::Denied(Denial::AdminOnly)), "nobody raises themselves");
}

fn denied_whole(store: &Arc<dyn Store>) {
    let li = with_contact(store);
    let before = store.snapshot().unwrap();
    let stale = write(task_key(2), Seq(99), Some(task(2, "改了")));
    let mixed = batch(vec![write(filing_key(1), Seq::ZERO, Some(filing(655, "开工"))), stale]);
    let denied = Refused::Denied(Denial::OfficeOnly(Reserved::Documents));
    assert_eq!(store.commit(&li, &mixed), Err(denied));
    assert_eq!(store.snapshot().unwrap(), before);
}

fn denied_again(store: &Arc<dyn Store>) {
    let li = with_contact(store);
    let accepted = Filing { review: Review::Accepted, progress: "开工".into(), ..Filing::default() };
    let review = batch(vec![write(filing_key(1), Seq::ZERO, Some(Record::Filing(accepted)))]);
    for _ in 0..2 {
        assert_eq!(store.commit(&li, &review), Err(Refused::Denied(Denial::OfficeOnly(Reserved::Review))));
    }
    store.commit(&clerk(), &giving(&**store, &li, May::Editor)).unwrap();
    store.commit(&li, &review).unwrap();
}

fn retry_of_another(store: &Arc<dyn Store>) {
    let li = with_contact(store);
    let first = filing_batch(&**store, 1, "开工");
    let head = store.commit(&li, &first).unwrap();
    assert_eq!(store.commit(&li, &first), Ok(head));
    assert_eq!(store.commit(&clerk(), &first), Err(Refused::Reused(head.seq)));
    let namesake = Actor { uid: 41_001, ..li.clone() };
    assert_eq!(store.commit(&namesake, &first), Err(Refused::Reused(head.seq)));
    store.commit(&clerk(), &giving(&**store, &li, May::Reader)).unwrap();
    assert_eq!(store.commit(&li, &first), Ok(head), "it is in, whatever they may do now");
}

fn own_undo(store: &Arc<dyn Store>) {
    let li = with_contact(store);
    let mine = store.commit(&li, &filing_batch(&**store, 1, "开工")).unwrap().seq;
    let theirs = file(&**store, 2, "代填").unwrap().seq;
    // So many that no store has the first ones at hand any more.
    for no in 1..=70 {
        store.commit(&clerk(), &batch(vec![write(task_key(100 + no), Seq::ZERO, Some(task(100 + no, "新")))])).unwrap();
    }
    let undo = |seq: Seq| {
        let commit = store.since(Seq(seq.0 - 1), 1, Duration::ZERO).unwrap().remove(0).commit;
        store.commit(&li, &commit.inverse(crate::store::new_batch_id(), at()))
    };
    assert_eq!(undo(theirs), Err(Refused::Denied(Denial::NotYours(theirs))));
    undo(mine).unwrap();
    assert_eq!(store.snapshot().unwrap().version(&filing_key(1)), Seq::ZERO);
    let invented = Batch { undoes: Some(Seq(4000)), intent: Intent::Undo, ..filing_batch(&**store, 1, "再报") };
    assert_eq!(store.commit(&li, &invented), Err(Refused::Denied(Denial::NotYours(Seq(4000)))));
}

fn since(store: &Arc<dyn Store>) {
    for no in 1..=100 {
        file(&**store, no % 5 + 1, "推进").unwrap();
    }
    let numbers = |after, max| -> Vec<u64> {
        let found = store.since(Seq(after), max, Duration::ZERO).unwrap();
        found.iter().map(|sealed| sealed.commit.seq.0).collect()
    };
    assert_eq!(numbers(0, 3), [1, 2, 3], "older than what a store keeps at hand");
    assert_eq!(numbers(97, 10), [98, 99, 100]);
    assert_eq!(numbers(0, 1000), (1..=100).collect::<Vec<_>>());
    assert!(numbers(100, 10).is_empty());
    assert!(numbers(5000, 10).is_empty());
    assert!(numbers(0, 0).is_empty());
}

fn since_waits(store: &Arc<dyn Store>) {
    let began = Instant::now();
    assert_eq!(store.since(Seq::ZERO, 10, Duration::from_millis(30)).unwrap(), []);
    assert!(began.elapsed() >= Duration::from_millis(30));

    let waiter = {
        let store = Arc::clone(store);
        thread::spawn(move || store.since(Seq::ZERO, 10, Duration::from_mins(1)).unwrap())
    };
    thread::sleep(Duration::from_millis(20));
    file(&**store, 1, "来了").unwrap();
    assert_eq!(waiter.join().unwrap().len(), 1);
    assert!(began.elapsed() < Duration::from_secs(30), "woken by the commit, not by the time");
}

fn many_writers(store: &Arc<dyn Store>) {
    let writers: Vec<_> = (1..=4)
        .map(|no| {
            let store = Arc::clone(store);
            thread::spawn(move || (0..10).map(|n| file(&*store, no, &format!("第{n}次")).unwrap()).collect::<Vec<_>>())
        })
        .collect();
    let mut heads: Vec<Head> = writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect();
    heads.sort_by_key(|head| head.seq);
    let written: Vec<Head> =
        all(&**store).iter().map(|sealed| Head { seq: sealed.commit.seq, hash: sealed.hash }).collect();
    assert_eq!(heads, written);
}
