//! What comes in as bytes: journal lines, values, messages, frames, backups, the small files of the data folder.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::sample::*;
use crate::fuzz::package::{package, parts};
use crate::fuzz::{is_clean, run};
use crate::model::*;
use crate::store::backup::{make, preview};
use crate::store::host::for_tests::{
    answers, batch_of, greeting, is_message, received, request_bytes, welcome_of_version,
};
use crate::store::{MemoryStore, OpenError, Sealed, Store, codec, drafts, line, open_to_read};

/// Words of a journal line.
const WORDS: [&str; 40] = [
    "\"seq\":",
    "\"prev\":",
    "\"id\":",
    "\"at\":",
    "\"actor\":",
    "\"uid\":",
    "\"intent\":",
    "\"undoes\":",
    "\"changes\":",
    "\"key\":",
    "\"base\":",
    "\"old\":",
    "\"new\":",
    "null",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "\\u202e",
    "\\ud800",
    "18446744073709551615",
    "-1",
    "1e400",
    "0.1",
    "\"file\"",
    "\"undo\"",
    "yunxi-2024/T5@2024Q3",
    "/role/",
    "\"2024-09-30T17:05:00+08:00\"",
    "\"+262142-12-31T00:00:00Z\"",
    "\"filing\"",
    "\"percent\":",
    "\"79228162514264337593543950335\"",
    "\"0.0000000000000000000000000001\"",
    "true",
    "\u{0}",
    "\n",
    " ",
];

/// Lines of every schema, without their newlines.
fn lines() -> Vec<Vec<u8>> {
    let golden = [
        include_str!("../../../tests/golden/journal-1.jsonl"),
        include_str!("../../../tests/golden/journal-2.jsonl"),
        include_str!("../../../tests/golden/journal-3.jsonl"),
        include_str!("../../../tests/golden/journal-4.jsonl"),
        include_str!("../../../tests/golden/journal-5.jsonl"),
    ];
    golden.iter().flat_map(|text| text.lines()).map(|line| line.as_bytes().to_vec()).collect()
}

/// A few short ones: a change in them hits something.
fn short_lines() -> Vec<Vec<u8>> {
    history()
        .iter()
        .map(|sealed| line::encode(&sealed.commit).unwrap().0.strip_suffix(b"\n").unwrap().to_vec())
        .collect()
}

/// Some commits of every usual kind.
fn history() -> Vec<Sealed> {
    let store = MemoryStore::new();
    store.commit(&clerk(), &opening(2)).unwrap();
    for (no, text) in [(1, "推进"), (2, "过半\n“开门红”"), (1, "完成")] {
        store.commit(&clerk(), &filing_batch(&store, no, text)).unwrap();
    }
    for kind in 0..7 {
        let (key, record) = work(1, kind, "事由");
        store.commit(&clerk(), &batch(vec![write(key, Seq::ZERO, Some(record))])).unwrap();
    }
    store.commit(&clerk(), &giving(&store, &other("zhang"), May::Editor)).unwrap();
    all(&store)
}

/// A line that is taken says by its own hash that it is what was written.
fn holds(bytes: &[u8]) -> Option<Sealed> {
    let sealed = line::decode(bytes).ok()?;
    let (hash, json) = (&bytes[..64], &bytes[65..]);
    let sum = Hash(Sha256::digest(json).into()).to_string();
    assert_eq!((hash, bytes[64]), (sum.as_bytes(), b' '));
    Some(sealed)
}

#[test]
fn fuzz_journal_line() {
    let corpus = [lines(), short_lines(), short_lines()].concat();
    run("journal_line", &corpus, &WORDS, |bytes| {
        let taken = holds(bytes).is_some();
        assert_eq!(taken, corpus.iter().any(|line| line == bytes), "{}", String::from_utf8_lossy(bytes));
        taken
    });
}

#[test]
fn fuzz_forged_line() {
    let json = |line: Vec<u8>| line[65..].to_vec();
    let corpus: Vec<Vec<u8>> = short_lines().into_iter().chain(lines()).map(json).collect();
    run("forged_line", &corpus, &WORDS, |json| {
        let forged = [line::sha256(json).to_string().as_bytes(), b" ", json].concat();
        let Some(sealed) = holds(&forged) else { return false };
        // What it is read as is written and read as the same.
        let (written, hash) = line::encode(&sealed.commit).unwrap();
        let again = line::decode(written.strip_suffix(b"\n").unwrap()).unwrap();
        assert_eq!((&again.commit, again.hash), (&sealed.commit, hash));
        // The ledger takes it or not.
        let mut ledger = Ledger::default();
        let first = Commit { seq: Seq(1), prev: Hash::default(), ..sealed.commit.as_ref().clone() };
        if ledger.apply(&first, hash).is_ok() {
            let _ = ledger.apply(&sealed.commit, hash);
            let taken_back = ledger.taking_back(&first, BatchId([2; 16]), at());
            let _ = ledger.prepare(&clerk(), &taken_back);
            for document in ledger.documents() {
                // A forged document may name itself as another.
                let Some(book) = Book::open(&ledger, &document.id) else { continue };
                let _ = book.tasks().count() + book.rows().len();
            }
        }
        true
    });
}

#[test]
fn fuzz_value() {
    let records =
        history().into_iter().flat_map(|sealed| sealed.commit.changes.clone()).filter_map(|change| change.new);
    let body = |record| codec::encode(&(Seq(7), record)).unwrap()[5..].to_vec();
    let corpus: Vec<Vec<u8>> = records.map(body).collect();
    let words = [
        "\u{1}",
        "\u{0}\u{0}\u{0}\u{0}",
        "0.1",
        "市住建局",
        "1e9",
        "79228162514264337593543950336",
        "2024-13-01",
        "T65536",
    ];
    run("value", &corpus, &words, |body| {
        // As it is, and with a right checksum.
        for crc in [crc32fast::hash(body), 0] {
            let bytes = [&[codec::SCHEMA], crc.to_le_bytes().as_slice(), body].concat();
            let Ok(read) = codec::decode::<(Seq, Record)>(&bytes) else { continue };
            assert_eq!(crc, crc32fast::hash(body));
            let written = codec::encode(&read).unwrap();
            assert_eq!(codec::decode::<(Seq, Record)>(&written).unwrap(), read);
            return true;
        }
        false
    });
}

/// Writes of what no face of ours would send.
fn hostile() -> Vec<Write> {
    let view = |name: &str| Key::view(&document(), name);
    let named = |name: &str| View { name: name.into(), ..View::default() };
    vec![
        write(filing_key(1), Seq::ZERO, Some(filing(655, "转\u{202E}向"))),
        write(view("坏\u{1b}[31m"), Seq::ZERO, Some(Record::View(named("坏\u{1b}[31m")))),
        write(view("无\u{200B}有"), Seq::ZERO, None),
        write(view("分解e\u{301}"), Seq::ZERO, None),
    ]
}

#[test]
fn fuzz_message() {
    let sealed = history();
    let mut corpus = [request_bytes::samples(), vec![greeting(), welcome_of_version(3)]].concat();
    corpus.extend(sealed.iter().flat_map(answers));
    corpus.extend(request_bytes::commits(&sealed));
    corpus.extend(request_bytes::writes(hostile()));
    let words = [
        "duban",
        "yunxi-2024/T1@2024Q3",
        "\u{0}",
        "\u{1}",
        "\u{7f}",
        "\u{fb}\u{ff}\u{ff}",
        "\u{202e}",
        "\u{1b}[",
        "2024-09-30T17:05:00+08:00",
    ];
    let fresh = || {
        let store = MemoryStore::owned_by(clerk().uid);
        store.commit(&clerk(), &opening(2)).unwrap();
        store
    };
    run("message", &corpus, &words, |bytes| {
        let taken = is_message(bytes);
        if taken && let Some(batch) = batch_of(bytes) {
            // An own one each time: what comes of an input is the same whatever was before it.
            let store = fresh();
            for actor in [clerk(), other("nobody")] {
                let Ok(head) = store.commit(&actor, &batch) else { continue };
                assert_eq!(actor, clerk(), "who has no role writes nothing: {batch:?}");
                let written = store.since(Seq(head.seq.0 - 1), 1, std::time::Duration::ZERO).unwrap().remove(0);
                let line = line::encode(&written.commit).unwrap().0;
                assert_eq!(line::decode(line.strip_suffix(b"\n").unwrap()).unwrap(), written);
                let json = serde_json::to_value(&written.commit.changes).unwrap();
                assert!(is_clean(&json), "{json}");
            }
        }
        taken
    });
}

/// The message of a stream of frames, by the words of `docs/PROTOCOL.md`.
fn message_of(mut bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    let (mut message, mut first) = (Vec::new(), true);
    loop {
        let (head, rest) = bytes.split_first_chunk::<4>()?;
        let word = u32::from_le_bytes(*head);
        let (more, length) = (word >= 1 << 31, usize::try_from(word & !(1 << 31)).unwrap());
        if length > 64 * 1024 || rest.len() < length || (!first && (length == 0 || message.len() + length > limit)) {
            return None;
        }
        message.extend_from_slice(&rest[..length]);
        bytes = &rest[length..];
        if !more {
            return Some(message);
        }
        first = false;
    }
}

#[test]
fn fuzz_frame() {
    let frame = |length: u32, more: u32, bytes: &[u8]| [&(length | more << 31).to_le_bytes(), bytes].concat();
    let three = [frame(3, 1, b"abc"), frame(2, 1, b"de"), frame(1, 0, b"f")].concat();
    let corpus = [
        frame(0, 0, b""),
        frame(5, 0, b"hello"),
        three,
        frame(0, 1, b""),
        [frame(4096, 1, &[7; 4096]), frame(4096, 0, &[8; 4096])].concat(),
        frame(64 * 1024 + 1, 0, b"too long"),
        vec![255; 12],
    ];
    run("frame", &corpus, &["\u{0}\u{0}\u{0}\u{0}", "\u{1}\u{0}\u{0}", "abc", "\u{7f}"], |bytes| {
        let limit = 6000;
        let got = received(bytes, limit);
        assert_eq!(got, message_of(bytes, limit), "{:?}", &bytes[..bytes.len().min(40)]);
        got.is_some()
    });
}

/// A closed ledger with some history, and its state after each commit.
fn ledger() -> (tempfile::TempDir, Vec<Ledger>) {
    let dir = tempfile::tempdir().unwrap();
    let store = local(dir.path());
    let mut states = vec![store.snapshot().unwrap()];
    for sealed in history() {
        let writes = sealed
            .commit
            .changes
            .iter()
            .map(|change| write(change.key.clone(), change.base, change.new.as_deref().cloned()));
        let batch = Batch { intent: sealed.commit.intent, ..batch(writes.collect()) };
        store.commit(&clerk(), &batch).unwrap();
        states.push(store.snapshot().unwrap());
    }
    let original = b"original";
    crate::store::originals::keep(dir.path(), &line::sha256(original).to_string(), original).unwrap();
    (dir, states)
}

#[test]
fn fuzz_backup() {
    let (dir, states) = ledger();
    let place = tempfile::tempdir().unwrap();
    let made = place.path().join("made.zip");
    make(dir.path(), &made, "liesmich").unwrap();
    let bytes = std::fs::read(&made).unwrap();
    let plain = package(&parts(&bytes));
    let words = [
        "journal/000001.jsonl",
        "journal/",
        "../",
        "/",
        "originals/",
        "backup.json",
        "\"seq\":",
        "\"schema\":9",
        "\n",
        "PK\u{1}\u{2}",
    ];
    let file = place.path().join("changed.zip");
    let mut turn = 0;
    run("backup", &[bytes, plain], &words, |bytes| {
        std::fs::write(&file, bytes).unwrap();
        turn += 1;
        let last = if turn % 3 == 0 { Some(Seq(turn % 15)) } else { None };
        let Ok(preview) = preview(&file, last) else { return false };
        let head = usize::try_from(preview.head().seq.0).unwrap();
        assert_eq!(Some(&preview.ledger), states.get(head), "what is restored once was so");
        assert!(last.is_some() || head == states.len() - 1, "and is all of it");
        true
    });
}

#[test]
fn fuzz_small_files() {
    let (dir, states) = ledger();
    let draft = |no: u8| {
        let key = format!("yunxi-2024/T{no}@2024Q3").parse().unwrap();
        drafts::Draft {
            key,
            base: Seq(1),
            form: String::new(),
            fields: vec![("progress".into(), "正在".into()), ("=progress".into(), String::new())],
            at: at(),
            known: Some(Seq(3)),
            sitting: format!("{no}.1"),
            from: Vec::new(),
            elsewhere: false,
        }
    };
    drafts::keep(dir.path(), &draft(1)).unwrap();
    drafts::keep(dir.path(), &draft(2)).unwrap();
    let mut files = vec![dir.path().join("version"), dir.path().join("journal/head"), dir.path().join("lock")];
    files.extend(std::fs::read_dir(dir.path().join("drafts")).unwrap().map(|entry| entry.unwrap().path()));
    let good: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
    let commits = all(&*opened_to_read(dir.path(), How::Folding).store);
    let words = [
        "schema 5",
        "99999999999999999999",
        " ",
        "\n",
        "\"at\":",
        "null",
        "[",
        "}",
        "4294967296 screen",
        "\"known\":18446744073709551615",
    ];
    let mut turn = 0;
    run("small_files", &good, &words, |bytes| {
        turn = (turn + 1) % files.len();
        std::fs::write(&files[turn], bytes).unwrap();
        let shown = shown(dir.path());
        // A note of another number, however it came about, may be refused as one of a newer program; nothing else is shown.
        assert!(shown.is_none_or(|shown| states.last() == Some(&shown)), "{}", files[turn].display());
        let drafts = drafts::load_after(dir.path(), &commits);
        assert!(drafts.len() <= 4);
        for (file, good) in files.iter().zip(&good) {
            std::fs::write(file, good).unwrap();
        }
        !drafts.is_empty()
    });
}

/// The state that a reader is shown; `None`: it is told to use another program.
fn shown(dir: &Path) -> Option<Ledger> {
    match open_to_read(dir) {
        Ok(opened) => Some(opened.store.snapshot().unwrap()),
        Err(OpenError::Newer { .. }) => None,
        Err(other) => panic!("{other}"),
    }
}
