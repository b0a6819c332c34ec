//! Files that rot. A changed journal is always reported, and what is shown is a state that there once was; a changed sled changes
//! nothing at all. (Each bit position by turns, and each kind of damage by itself: `store/tests/damage.rs`.)
//!
//! `DUBAN_FLIPS` says how many places of the journal (2,000), `DUBAN_SLED_FLIPS` how many damages of sled (300), `DUBAN_SEED` which.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use duban::model::{Hash, Ledger};
use duban::store::{Notice, Purpose, ReadOnly, Refused, open_to_read, open_to_write, verify};

use sha2::{Digest as _, Sha256};

use super::writer::{Dice, batch, clerk, copy, env};

const COMMITS: u32 = 12;
const MANY: u32 = 120;

/// A closed ledger, and its state after each commit.
fn ledger(commits: u32, length: u32) -> (tempfile::TempDir, Vec<Ledger>) {
    let dir = tempfile::tempdir().unwrap();
    let store = open_to_write(dir.path(), Purpose::Screen).unwrap().store;
    let mut states = vec![store.snapshot().unwrap()];
    for n in 1..=commits {
        store.commit(&clerk(), &batch(0, n, usize::try_from(n * 7 % length).unwrap())).unwrap();
        states.push(store.snapshot().unwrap());
    }
    (dir, states)
}

fn seed() -> Dice {
    Dice(env("DUBAN_SEED").unwrap_or(7))
}

fn index(dice: &mut Dice, end: usize) -> usize {
    usize::try_from(dice.roll(end as u64)).unwrap()
}

fn is_damaged(notices: &[Notice]) -> bool {
    notices.iter().any(|notice| matches!(notice, Notice::ReadOnly(ReadOnly::Damaged { .. })))
}

#[test]
fn a_bit_of_the_journal_flipped_anywhere_is_reported_and_what_is_shown_was_once_true() {
    let (dir, states) = ledger(COMMITS, 40);
    // sled would help out; first without.
    let bare = tempfile::tempdir().unwrap();
    copy(&dir.path().join("journal"), &bare.path().join("journal"));
    let path = bare.path().join("journal/000001.jsonl");
    let bytes = std::fs::read(&path).unwrap();
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    let mut dice = seed();
    let flips: u32 = env("DUBAN_FLIPS").unwrap_or(2000);
    for flip in 0..flips {
        let (at, bit) = (index(&mut dice, bytes.len()), dice.roll(8));
        let mut spoilt = bytes.clone();
        spoilt[at] ^= 1 << bit;
        // In place: a file written anew is flushed by the system, which takes its time.
        file.write_all_at(&spoilt[at..=at], at as u64).unwrap();
        let opened = open_to_read(bare.path()).unwrap();
        let unfinished = opened.notices.iter().any(|notice| matches!(notice, Notice::Unfinished(_)));
        assert!(is_damaged(&opened.notices) || unfinished, "byte {at}, bit {bit}: {:?}", opened.notices);
        let shown = opened.store.snapshot().unwrap();
        let then = states.get(usize::try_from(shown.head().seq.0).unwrap());
        assert_eq!(Some(&shown), then, "byte {at}, bit {bit}");
        let verdict = verify(bare.path()).unwrap();
        assert!(verdict.damages.len() + usize::from(verdict.unfinished.is_some()) > 0, "byte {at}, bit {bit}");
        file.write_all_at(&bytes[at..=at], at as u64).unwrap();
        // With sled, now and then: a writer is given what was acknowledged to read, and nothing to write.
        if flip % 20 == 0 {
            let whole = tempfile::tempdir().unwrap();
            copy(dir.path(), whole.path());
            std::fs::write(whole.path().join("journal/000001.jsonl"), &spoilt).unwrap();
            let opened = open_to_write(whole.path(), Purpose::Screen).unwrap();
            assert!(is_damaged(&opened.notices), "byte {at}, bit {bit}: {:?}", opened.notices);
            assert_eq!(Some(&opened.store.snapshot().unwrap()), states.last(), "byte {at}, bit {bit}");
            let refused = opened.store.commit(&clerk(), &batch(0, COMMITS + 1, 1));
            assert!(matches!(refused, Err(Refused::Down(_))), "byte {at}, bit {bit}: {refused:?}");
            assert_eq!(
                std::fs::read(whole.path().join("journal/000001.jsonl")).unwrap(),
                spoilt,
                "nothing is destroyed"
            );
        }
    }
    println!("{flips} bits of {} bytes flipped, each reported", bytes.len());
}

#[test]
fn the_journal_cut_at_any_byte_is_reported_and_what_is_shown_was_once_true() {
    let (dir, states) = ledger(COMMITS, 40);
    std::fs::remove_dir_all(dir.path().join("sled")).unwrap();
    let path = dir.path().join("journal/000001.jsonl");
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    let length = file.metadata().unwrap().len();
    for at in (0..length).rev() {
        file.set_len(at).unwrap();
        let opened = open_to_read(dir.path()).unwrap();
        let unfinished = opened.notices.iter().any(|notice| matches!(notice, Notice::Unfinished(_)));
        assert!(is_damaged(&opened.notices) || unfinished, "cut at {at}: {:?}", opened.notices);
        let shown = opened.store.snapshot().unwrap();
        assert_eq!(Some(&shown), states.get(usize::try_from(shown.head().seq.0).unwrap()), "cut at {at}");
        let verdict = verify(dir.path()).unwrap();
        assert!(verdict.damages.len() + usize::from(verdict.unfinished.is_some()) > 0, "cut at {at}");
    }
    println!("cut at each of {length} bytes, each reported");
}

/// A kind of damage to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rot {
    Bit,
    Block,
    Cut,
    Gone,
    Noise,
}

const ROTS: [Rot; 8] = [Rot::Bit, Rot::Bit, Rot::Bit, Rot::Bit, Rot::Block, Rot::Cut, Rot::Gone, Rot::Noise];

impl Rot {
    /// Spoils a file, where something stands in it: sled's are mostly zeros.
    fn spoil(self, path: &Path, dice: &mut Dice) {
        let mut bytes = std::fs::read(path).unwrap();
        let used: Vec<usize> = bytes.iter().enumerate().filter(|(_, byte)| **byte != 0).map(|(at, _)| at).collect();
        let at = used.get(index(dice, used.len())).copied().unwrap_or_default();
        let end = bytes.len().min(at + 4096);
        match self {
            _ if bytes.is_empty() => {}
            Self::Bit => bytes[at] ^= 1 << dice.roll(8),
            Self::Block => bytes[at..end].fill(0),
            Self::Cut => bytes.truncate(at),
            Self::Noise => bytes[at..end].iter_mut().for_each(|byte| *byte = dice.roll(256).to_le_bytes()[0]),
            Self::Gone => return std::fs::remove_file(path).unwrap(),
        }
        std::fs::write(path, bytes).unwrap();
    }
}

/// sled's own files in a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder.join("sled")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

#[test]
fn a_sled_damaged_in_any_way_changes_nothing() {
    // Of many pages: what is lost of a small one is lost as a whole, which is easy to notice.
    let (dir, states) = ledger(MANY, 400);
    let state = states.last().unwrap();
    let mut dice = seed();
    let mut done: BTreeMap<Rot, (u32, u32)> = BTreeMap::new();
    for _ in 0..env("DUBAN_SLED_FLIPS").unwrap_or(300u32) {
        let copied = tempfile::tempdir().unwrap();
        copy(dir.path(), copied.path());
        let files = files(copied.path());
        let file = &files[index(&mut dice, files.len())];
        let rot = ROTS[index(&mut dice, ROTS.len())];
        rot.spoil(file, &mut dice);
        let what = format!("{rot:?} of {}", file.display());

        let opened = open_to_write(copied.path(), Purpose::Screen).unwrap();
        assert_eq!(&opened.store.snapshot().unwrap(), state, "{what}: {:?}", opened.notices);
        let (count, noticed) = done.entry(rot).or_default();
        *count += 1;
        *noticed += u32::from(!opened.notices.is_empty());
        let head = opened.store.commit(&clerk(), &batch(0, MANY + 1, 3)).unwrap();
        let after = opened.store.snapshot().unwrap();
        drop(opened);
        let verdict = verify(copied.path()).unwrap();
        assert!(verdict.damages.is_empty() && verdict.head == head, "{what}: {verdict:?}");
        // Damage may lie where opening did not look: then it is told by `verify`, and the next start mends it.
        if !verdict.is_good() {
            assert_eq!(
                open_to_write(copied.path(), Purpose::Screen).unwrap().store.snapshot().unwrap(),
                after,
                "{what}"
            );
            assert!(verify(copied.path()).unwrap().is_good(), "{what}");
        }
    }
    println!("sled damaged, (how often, of these noticed): {done:?}; the same state each time");
    assert!(done.values().map(|(_, noticed)| noticed).sum::<u32>() > 0, "the damages hit something");
}

/// A line with another text, whose own checksum is right again.
fn forged(line: &str, old: &str, new: &str) -> String {
    let (_, json) = line.split_once(' ').unwrap();
    let json = json.replacen(old, new, 1);
    format!("{} {json}", Hash(Sha256::digest(json.as_bytes()).into()))
}

#[test]
fn a_line_forged_left_out_doubled_or_moved_is_noticed_by_what_follows() {
    let (dir, states) = ledger(COMMITS, 40);
    // Nobody helps but the chain itself.
    std::fs::remove_dir_all(dir.path().join("sled")).unwrap();
    std::fs::remove_file(dir.path().join("journal/head")).unwrap();
    let path = dir.path().join("journal/000001.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let is_noticed = |what: &str, at: usize, lines: &[String]| {
        std::fs::write(&path, lines.join("\n") + "\n").unwrap();
        let opened = open_to_read(dir.path()).unwrap();
        assert!(is_damaged(&opened.notices), "{what} {at}: {:?}", opened.notices);
        let shown = opened.store.snapshot().unwrap();
        assert!(usize::try_from(shown.head().seq.0).unwrap() <= at + 1, "{what} {at}");
        assert!(!verify(dir.path()).unwrap().damages.is_empty(), "{what} {at}");
        let refused = open_to_write(dir.path(), Purpose::Command).unwrap().store.commit(&clerk(), &batch(0, 99, 1));
        assert!(matches!(refused, Err(Refused::Down(_))), "{what} {at}: {refused:?}");
    };
    // The last line has nobody behind it: that one is held against a printed head, or sled.
    for at in 0..lines.len() - 1 {
        let (number, name) = (format!("\"reading\":\"{}\"", at + 1), "\"clerk\"");
        for (what, old, new) in [("a figure", number.as_str(), "\"reading\":\"9\""), ("a name", name, "\"nobody\"")] {
            let mut lines = lines.clone();
            lines[at] = forged(&lines[at], old, new);
            if lines[at].contains(new) && !text.lines().nth(at).unwrap().contains(new) {
                is_noticed(what, at, &lines);
            } else {
                assert_eq!((what, at), ("a figure", 8), "it was changed");
            }
        }
        let without = [&lines[..at], &lines[at + 1..]].concat();
        is_noticed("left out", at, &without);
        is_noticed("doubled", at, &[&lines[..=at], &lines[at..]].concat());
        let mut moved = lines.clone();
        moved.swap(at, at + 1);
        is_noticed("moved", at, &moved);
    }
    std::fs::write(&path, text).unwrap();
    assert_eq!(Some(&open_to_read(dir.path()).unwrap().store.snapshot().unwrap()), states.last());
}
