//! The image: as good as the journal where it is whole and of this journal, and of no account else.

use std::path::Path;
use std::time::Duration;

use super::sample::*;
use crate::model::*;
use crate::store::image::{self, Ids, Image};
use crate::store::segments::Segments;
use crate::store::{
    BadLine, Denial, ImageVerdict, Listen, Notice, Purpose, ReadOnly, Refused, ServeError, Serving, Unsound,
    open_to_write, repair, serve, sled_state, verify, visit,
};

/// A ledger with some history and an image of it, closed; its state.
fn ledger(tasks: u16, filings: u16) -> (tempfile::TempDir, Ledger) {
    let dir = tempfile::tempdir().unwrap();
    let store = opened(dir.path(), How::Imaged).store;
    store.commit(&clerk(), &import(tasks)).unwrap();
    for no in 0..filings {
        file(&*store, no % tasks + 1, &format!("第{no}次填报")).unwrap();
    }
    let state = store.snapshot().unwrap();
    drop(store);
    assert!(dir.path().join("image").is_file());
    (dir, state)
}

fn bytes(dir: &Path) -> Vec<u8> {
    std::fs::read(dir.join("image")).unwrap()
}

fn spoil(dir: &Path, bytes: &[u8]) {
    std::fs::write(dir.join("image"), bytes).unwrap();
}

/// What an image holds, if all of it is sound.
fn read(dir: &Path) -> Result<(Ledger, usize), Unsound> {
    let image = Image::open(dir)?;
    Ok((image.ledger()?, image.ids()?.len()))
}

#[test]
fn an_image_is_the_state_and_knows_every_batch() {
    let (dir, state) = ledger(4000, 20);
    assert_eq!(read(dir.path()), Ok((state.clone(), 21)));
    assert!(bytes(dir.path()).len() > 600_000, "several blocks, so that they are read by several threads");
    let (first, again) = (all(&*opened_to_read(dir.path(), How::Folding).store), opened(dir.path(), How::Imaged));
    assert_eq!((again.notices.as_slice(), again.store.snapshot().unwrap()), ([].as_slice(), state));
    // The first batch, sent once more.
    let sealed = &first[0];
    let writes = sealed
        .commit
        .changes
        .iter()
        .map(|change| write(change.key.clone(), change.base, change.new.as_deref().cloned()));
    let batch = Batch {
        id: sealed.commit.id,
        at: sealed.commit.at,
        intent: sealed.commit.intent,
        undoes: None,
        writes: writes.collect(),
    };
    assert_eq!(again.store.commit(&clerk(), &batch), Ok(Head { seq: Seq(1), hash: sealed.hash }));
    assert_eq!(verify(dir.path()).unwrap().image, Some(ImageVerdict::Agrees));
}

#[test]
fn what_came_after_the_image_is_read_from_the_journal() {
    let (dir, _) = ledger(20, 30);
    let old = bytes(dir.path());
    for round in 1..4 {
        let store = opened(dir.path(), How::Imaged).store;
        file(&*store, round, "其后").unwrap();
        let state = store.snapshot().unwrap();
        drop(store);
        // As after a kill: the image is what it was at first.
        spoil(dir.path(), &old);
        assert_eq!(verify(dir.path()).unwrap().image, Some(ImageVerdict::Behind(Seq(31))));
        let reader = opened_to_read(dir.path(), How::Imaged);
        assert_eq!(reader.store.snapshot().unwrap(), state);
        assert_eq!(reader.store.since(Seq(31), 9, Duration::ZERO).unwrap().len(), usize::from(round));
    }
}

#[test]
fn every_flipped_bit_of_an_image_is_noticed() {
    let (dir, state) = ledger(3, 3);
    let good = bytes(dir.path());
    for at in 0..good.len() {
        let mut spoilt = good.clone();
        spoilt[at] ^= 1 << (at % 8);
        spoil(dir.path(), &spoilt);
        assert!(read(dir.path()).is_err(), "byte {at}");
        if at % 29 == 0 {
            unnoticed_by_nobody(dir.path(), &state, &format!("byte {at}"));
        }
    }
    spoil(dir.path(), &good);
    assert!(read(dir.path()).is_ok());
}

#[test]
fn an_image_cut_or_grown_anywhere_is_noticed() {
    let (dir, state) = ledger(3, 3);
    let good = bytes(dir.path());
    for len in 0..good.len() {
        spoil(dir.path(), &good[..len]);
        assert!(read(dir.path()).is_err(), "cut at {len}");
        if len % 61 == 0 {
            unnoticed_by_nobody(dir.path(), &state, &format!("cut at {len}"));
        }
    }
    for more in [[&good[..], b"\n"].concat(), [b"\n", &good[..]].concat(), [&good[..], &good[..]].concat()] {
        spoil(dir.path(), &more);
        assert!(read(dir.path()).is_err());
    }
}

/// A spoilt image changes nothing, and is told of, to readers and writers and by `verify`; it is kept.
fn unnoticed_by_nobody(dir: &Path, state: &Ledger, what: &str) {
    let copy = copy_of(dir);
    let dir = copy.path();
    let spoilt = bytes(dir);
    assert!(matches!(verify(dir).unwrap().image, Some(ImageVerdict::Unsound(Unsound::Damaged(_)))), "{what}");
    let told = |notices: &[Notice]| notices.iter().any(|notice| matches!(notice, Notice::Image { served: false, .. }));
    let reader = opened_to_read(dir, How::Imaged);
    assert!(told(&reader.notices) && reader.store.snapshot().unwrap() == *state, "{what}: {:?}", reader.notices);
    drop(reader);
    let writer = opened(dir, How::Imaged);
    assert!(told(&writer.notices) && writer.store.snapshot().unwrap() == *state, "{what}: {:?}", writer.notices);
    file(&*writer.store, 1, "其后").unwrap();
    drop(writer);
    assert_eq!(std::fs::read(dir.join("image.aside.1")).unwrap(), spoilt, "{what}");
    assert!(verify(dir).unwrap().is_good(), "{what}: made anew");
}

#[test]
fn an_image_of_another_journal_is_not_believed() {
    let ((one, state), (other, _)) = (ledger(5, 5), ledger(6, 5));
    spoil(one.path(), &bytes(other.path()));
    assert_eq!(verify(one.path()).unwrap().image, Some(ImageVerdict::Unsound(Unsound::Differs)));
    for _ in 0..2 {
        assert_eq!(opened_to_read(one.path(), How::Imaged).store.snapshot().unwrap(), state);
        assert_eq!(opened(one.path(), How::Imaged).store.snapshot().unwrap(), state);
    }
    assert!(verify(one.path()).unwrap().is_good());
}

#[test]
fn a_journal_that_lost_acknowledged_lines_is_not_hidden_by_an_image() {
    let (dir, state) = ledger(3, 3);
    let path = dir.path().join("journal/000001.jsonl");
    let text = std::fs::read(&path).unwrap();
    let cut = text[..text.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    let head = std::fs::read(dir.path().join("journal/head")).unwrap();
    for head in [Some(head), None] {
        let copy = copy_of(dir.path());
        let journal = copy.path().join("journal");
        std::fs::write(journal.join("000001.jsonl"), &text[..cut]).unwrap();
        match head {
            Some(head) => std::fs::write(journal.join("head"), head).unwrap(),
            None => std::fs::remove_file(journal.join("head")).unwrap(),
        }
        let writer = opened(copy.path(), How::Imaged);
        assert!(writer.notices.iter().any(|notice| matches!(notice, Notice::ReadOnly(_))), "{:?}", writer.notices);
        assert_eq!(writer.store.snapshot().unwrap(), state);
        assert!(matches!(file(&*writer.store, 1, "不行"), Err(Refused::Down(_))));
    }
}

#[test]
fn a_whole_image_that_says_something_else_is_found_out() {
    let (dir, state) = ledger(4, 4);
    let (good, place) = (Image::open(dir.path()).unwrap(), Image::open(dir.path()).unwrap().place());
    let mut lie =
        state.entries().map(|(key, entry)| (key.clone(), entry.clone())).collect::<std::collections::BTreeMap<_, _>>();
    lie.insert(task_key(2), Entry { version: Seq(1), record: task(2, "另一件事").into() });
    let lie = Ledger::from_parts(state.head(), lie);
    image::write(dir.path(), &lie, place, &good.ids().unwrap()).unwrap();
    assert_eq!(verify(dir.path()).unwrap().image, Some(ImageVerdict::Unsound(Unsound::Differs)));
    let opened = opened(dir.path(), How::Imaged);
    let found =
        opened.notices.iter().any(|notice| matches!(notice, Notice::Image { served: true, aside: Some(_), .. }));
    assert!(found, "{:?}", opened.notices);
    assert!(matches!(file(&*opened.store, 1, "不行"), Err(Refused::Down(_))), "nothing is written on top of it");
    drop(opened);
    let again = self::opened(dir.path(), How::Imaged);
    assert_eq!(again.store.snapshot().unwrap(), state);
    assert!(file(&*again.store, 1, "又行了").is_ok());
}

/// A ledger that is opened by its image, with a damaged line that the image covers, and a sled that cannot be believed or lacks that line.
fn damaged_below_the_image(spoil_sled: impl FnOnce(&Path)) -> (tempfile::TempDir, Ledger, Vec<u8>) {
    let (dir, state) = ledger(4, 6);
    let path = dir.path().join("journal/000001.jsonl");
    let good = std::fs::read(&path).unwrap();
    let mut spoilt = good.clone();
    let third = good.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(1).unwrap().0;
    spoilt[third + 100] ^= 1;
    std::fs::write(&path, spoilt).unwrap();
    spoil_sled(&dir.path().join("sled"));
    (dir, state, good)
}

#[test]
fn a_damaged_line_below_the_image_is_said_and_sled_s_copies_stay_where_repair_looks_for_them() {
    let record = format!("s{}", task_key(1)).into_bytes();
    let (dir, state, good) = damaged_below_the_image(|sled| {
        let other = sled_state::tests::raw(sled, format!("s{}", task_key(2)).as_bytes());
        sled_state::tests::put_raw(sled, &record, other);
    });
    for _ in 0..2 {
        let opened = opened(dir.path(), How::Imaged);
        let [Notice::ReadOnly(ReadOnly::Damaged { damage, shown })] = &opened.notices[..] else {
            panic!("{:?}", opened.notices)
        };
        assert_eq!((damage.line, &damage.what, *shown), (3, &BadLine::Checksum, state.head().seq));
        assert_eq!(opened.store.snapshot().unwrap(), state, "what is shown is right");
        assert!(
            matches!(file(&*opened.store, 1, "不行"), Err(Refused::Down(_))),
            "nothing is written until it is mended"
        );
        drop(opened);
        assert!(!dir.path().join("sled.aside.1").exists());
    }
    let done = repair(dir.path(), None, true).unwrap();
    assert_eq!((done.lost, done.found.len()), (vec![], 1));
    assert_eq!(std::fs::read(dir.path().join("journal/000001.jsonl")).unwrap(), good);
    let opened = opened(dir.path(), How::Imaged);
    assert_eq!(opened.store.snapshot().unwrap(), state);
    file(&*opened.store, 1, "又行了").unwrap();
}

#[test]
fn a_damaged_line_that_sled_lacks_is_said_too() {
    let (old, _) = ledger(4, 0);
    let sled_of_old = copy_of(&old.path().join("sled"));
    // The same first commit, so that the old sled is one of this journal that is behind.
    let dir = copy_of(old.path());
    let store = opened(dir.path(), How::Imaged).store;
    for no in 1..=4 {
        file(&*store, no, "填报").unwrap();
    }
    drop(store);
    std::fs::remove_dir_all(dir.path().join("sled")).unwrap();
    put(&sled_of_old, &dir.path().join("sled"));
    let path = dir.path().join("journal/000001.jsonl");
    let mut spoilt = std::fs::read(&path).unwrap();
    let third = spoilt.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(1).unwrap().0;
    spoilt[third + 100] ^= 1;
    std::fs::write(&path, spoilt).unwrap();
    let opened = opened(dir.path(), How::Imaged);
    assert!(
        matches!(&opened.notices[..], [Notice::ReadOnly(ReadOnly::Damaged { damage, .. })] if damage.line == 3),
        "{:?}",
        opened.notices
    );
}

/// The service of a ledger whose journal is long, after `harm` was done to it.
fn served(harm: impl FnOnce(&Path, &tempfile::TempDir)) -> (Result<Serving, ServeError>, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let screen = || open_to_write(dir.path(), Purpose::Screen).unwrap().store;
    screen().commit(&clerk(), &opening(4000)).unwrap();
    let before = copy_of(dir.path());
    assert!(before.path().join("image").is_file());
    file(&*screen(), 1, "其后").unwrap();
    harm(dir.path(), &before);
    let path = dir.path().join("socket");
    (serve(dir.path(), Listen::At { path, group: false }), dir)
}

#[test]
fn no_service_starts_over_a_journal_that_lacks_what_sled_has() {
    let (refused, dir) = served(|dir, before| {
        for name in ["journal/000001.jsonl", "journal/head", "image"] {
            std::fs::copy(before.path().join(name), dir.join(name)).unwrap();
        }
    });
    let Err(ServeError::Damaged(damage)) = refused.map(|_| ()) else { panic!("it serves") };
    assert_eq!(damage.what, BadLine::Lost(Seq(2)));
    assert!(!dir.path().join("socket").exists());
}

#[test]
fn a_service_does_without_an_image_that_said_something_else() {
    let (serving, dir) = served(|dir, _| {
        let image = Image::open(dir).unwrap();
        let (state, ids) = (image.ledger().unwrap(), image.ids().unwrap());
        let entries = state.entries().map(|(key, entry)| (key.clone(), entry.clone()));
        let mut lie: std::collections::BTreeMap<_, _> = entries.collect();
        lie.insert(task_key(2), Entry { version: Seq(1), record: task(2, "另一件事").into() });
        image::write(dir, &Ledger::from_parts(state.head(), lie), image.place(), &ids).unwrap();
    });
    let serving = serving.unwrap();
    let told: Vec<&Notice> = serving.notices.iter().filter(|notice| matches!(notice, Notice::Image { .. })).collect();
    assert!(matches!(told[..], [Notice::Image { served: false, aside: Some(_), .. }]), "{:?}", serving.notices);
    let (end, running) = (serving.end(), std::thread::spawn(move || serving.run()));
    let guest = visit(&dir.path().join("socket"), &clerk()).unwrap();
    assert_ne!(*guest.store.snapshot().unwrap().get(&task_key(2)).unwrap().record, task(2, "另一件事"));
    file(&*guest.store, 2, "写得进").unwrap();
    end();
    running.join().unwrap();
}

#[test]
fn what_a_killed_process_left_of_an_image_does_no_harm() {
    let (dir, state) = ledger(3, 3);
    std::fs::write(dir.path().join("image.part"), b"half an image").unwrap();
    let opened = opened(dir.path(), How::Imaged);
    assert_eq!((opened.notices.as_slice(), opened.store.snapshot().unwrap()), ([].as_slice(), state));
    file(&*opened.store, 1, "其后").unwrap();
    drop(opened);
    assert!(!dir.path().join("image.part").exists());
    assert_eq!(verify(dir.path()).unwrap().image, Some(ImageVerdict::Agrees));
}

#[test]
fn somebody_reads_by_the_image_while_somebody_else_writes() {
    let (dir, _) = ledger(3, 3);
    let writer = opened(dir.path(), How::Imaged);
    file(&*writer.store, 2, "其后").unwrap();
    // The journal before the image is out of reach: only by the image is it known what it said.
    let reader = opened_to_read(dir.path(), How::Imaged);
    assert_eq!(reader.store.snapshot().unwrap(), writer.store.snapshot().unwrap());
    assert_eq!(reader.store.commit(&clerk(), &import(1)), Err(Refused::Denied(Denial::OpenedToRead)));
}

#[test]
fn an_image_names_the_last_line_of_its_journal() {
    let (dir, state) = ledger(3, 3);
    let image = Image::open(dir.path()).unwrap();
    assert_eq!(image.head(), state.head());
    assert_eq!(
        Segments::list(&dir.path().join("journal")).unwrap().bytes_up_to(image.place()),
        std::fs::metadata(dir.path().join("journal/000001.jsonl")).unwrap().len()
    );
}

#[test]
fn an_empty_ledger_and_one_without_ids_have_no_image_to_speak_of() {
    let dir = tempfile::tempdir().unwrap();
    drop(opened(dir.path(), How::Imaged));
    assert!(!dir.path().join("image").exists());
    // Ids that are not those of all commits: whoever reads it does without.
    let (dir, state) = ledger(2, 2);
    let place = Image::open(dir.path()).unwrap().place();
    image::write(dir.path(), &state, place, &Ids::default()).unwrap();
    assert!(Image::open(dir.path()).unwrap().ids().is_err());
    assert_eq!(opened(dir.path(), How::Imaged).store.snapshot().unwrap(), state);
}

#[test]
fn the_newest_commits_are_read_without_what_is_large() {
    let dir = tempfile::tempdir().unwrap();
    let store = opened(dir.path(), How::Folding).store;
    let long = "长".repeat(19_000);
    for no in 1..=3 {
        file(&*store, no, "先").unwrap();
    }
    let writes = (1..=80).map(|no| write(filing_key(no + 100), Seq::ZERO, Some(filing(655, &long))));
    store.commit(&clerk(), &batch(writes.collect())).unwrap();
    for no in 1..=5 {
        file(&*store, no, "后").unwrap();
    }
    let head = store.snapshot().unwrap().head().seq;
    let everything = all(&*store);
    assert_eq!(store.recent(head, 500).unwrap(), everything[4..], "not the large one, nor what stands before it");
    assert_eq!(store.recent(head, 2).unwrap(), everything[7..]);
    assert_eq!(store.recent(Seq(7), 2).unwrap(), everything[5..7]);
    let reader = opened_to_read(dir.path(), How::Folding).store;
    assert_eq!(reader.recent(head, 3).unwrap(), everything[6..]);
}

#[test]
fn a_glance_shows_what_the_whole_ledger_holds() {
    let dir = tempfile::tempdir().unwrap();
    let store = opened(dir.path(), How::Imaged).store;
    store.commit(&clerk(), &opening(2000)).unwrap();
    for no in 1..=40 {
        file(&*store, no, "填报").unwrap();
    }
    drop(store);
    let is_item = |of: &Of| matches!(of, Of::Item(_));
    let glance = || crate::store::glance::glance_beyond(dir.path(), 0).unwrap();
    let look = |glance: &crate::store::Glance, ledger: &Ledger| {
        let kinds: [&dyn Fn(&Of) -> bool; 3] =
            [&is_item, &|of| matches!(of, Of::Filing(..)), &|of| matches!(of, Of::Document)];
        for wanted in kinds {
            let entries =
                ledger.entries().filter(|(key, _)| wanted(&key.of)).map(|(key, entry)| (key.clone(), entry.clone()));
            assert_eq!(glance.of_kinds(wanted), Some(Ledger::from_parts(ledger.head(), entries.collect())));
        }
        let keys = [task_key(1), task_key(999), task_key(2000), filing_key(7), filing_key(3000), task_key(2001)].into();
        let shown = glance.with(&Ledger::default(), &keys).unwrap();
        let expected = keys.iter().filter_map(|key| Some((key.clone(), ledger.get(key)?.clone())));
        assert_eq!(shown, Ledger::from_parts(ledger.head(), expected.collect()));
    };
    look(&glance(), &opened_to_read(dir.path(), How::Folding).store.snapshot().unwrap());
    assert_eq!(glance().kept(), None);
    glance().keep("甲".as_bytes());
    assert_eq!(glance().kept().as_deref(), Some("甲".as_bytes()));

    // Beyond the image, in which somebody writes just now.
    let (first, writer) = (std::fs::read(dir.path().join("image")).unwrap(), opened(dir.path(), How::Imaged).store);
    file(&*writer, 7, "其后").unwrap();
    assert!(!glance().has_changed(is_item));
    let version = writer.snapshot().unwrap().version(&task_key(999));
    let change = vec![
        write(task_key(999), version, Some(task(999, "另一件事"))),
        write(task_key(2001), Seq::ZERO, Some(task(2001, "新的事"))),
    ];
    writer.commit(&clerk(), &batch(change)).unwrap();
    let gone = vec![write(task_key(1), Seq(1), None)];
    writer.commit(&clerk(), &batch(gone)).unwrap();
    assert!(glance().has_changed(is_item));
    look(&glance(), &writer.snapshot().unwrap());
    assert_eq!(glance().kept().as_deref(), Some("甲".as_bytes()), "it says itself what it was made of");
    drop(writer);
    assert_eq!(glance().kept(), None, "the image is another one now");
    assert_ne!(std::fs::read(dir.path().join("image")).unwrap(), first);
}

#[test]
fn there_is_no_glance_into_a_folder_that_others_may_write() {
    use std::os::unix::fs::PermissionsExt as _;
    let (dir, _) = ledger(3, 3);
    let glance = |mode| {
        std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(mode)).unwrap();
        crate::store::glance::glance_beyond(dir.path(), 0).is_some()
    };
    // What was planted there would be shown.
    assert_eq!([0o700, 0o777, 0o770, 0o755].map(glance), [true, false, false, true]);
}

#[test]
fn there_is_no_glance_at_what_is_amiss() {
    let (dir, _) = ledger(3, 3);
    let glance = |dir: &Path| crate::store::glance::glance_beyond(dir, 0);
    glance(dir.path()).unwrap().keep(b"kept");
    let journal = std::fs::read(dir.path().join("journal/000001.jsonl")).unwrap();
    let store = opened(dir.path(), How::Imaged).store;
    let image = bytes(dir.path());
    file(&*store, 1, "其后").unwrap();
    let kept = std::fs::read(dir.path().join("index")).unwrap();
    drop(store);
    spoil(dir.path(), &image);
    assert!(glance(dir.path()).is_some_and(|glance| glance.kept().is_some()));
    for at in 0..kept.len() {
        let mut spoilt = kept.clone();
        spoilt[at] ^= 1 << (at % 8);
        std::fs::write(dir.path().join("index"), spoilt).unwrap();
        assert_eq!(glance(dir.path()).unwrap().kept(), None, "byte {at}");
    }
    let path = dir.path().join("journal/000001.jsonl");
    let longer = std::fs::read(&path).unwrap();
    for at in journal.len()..longer.len() {
        let mut spoilt = longer.clone();
        spoilt[at] ^= 1 << (at % 8);
        std::fs::write(&path, &spoilt).unwrap();
        assert!(glance(dir.path()).is_none(), "a line beyond the image, byte {at}");
        std::fs::write(&path, &longer[..at]).unwrap();
        assert!(glance(dir.path()).is_none(), "cut at {at}: what was acknowledged is missing");
    }
    std::fs::write(&path, &longer).unwrap();
    std::fs::remove_file(dir.path().join("journal/head")).unwrap();
    assert!(glance(dir.path()).is_none());
    assert!(crate::store::glance(dir.path()).is_none(), "a short journal is folded");
}
