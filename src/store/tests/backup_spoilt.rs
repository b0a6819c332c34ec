//! Backups that were damaged or made up: none is taken for what it is not.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::backups::*;
use crate::model::*;
use crate::store::backup::{BackupError, Bad, make, preview, restore};
use crate::store::{BadLine, codec, line, originals};

#[test]
fn no_flipped_bit_in_a_backup_passes_unnoticed() {
    let (dir, state) = ledger(2);
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("b.zip");
    make(dir.path(), &path, "").unwrap();
    let good = std::fs::read(&path).unwrap();
    let mut refused = 0;
    for at in (0..good.len()).step_by(3) {
        let mut spoilt = good.clone();
        spoilt[at] ^= 1 << (at % 8);
        std::fs::write(&path, &spoilt).unwrap();
        match preview(&path, None) {
            // Dates, permissions and such, which nothing is made of.
            Ok(found) => assert_eq!((found.ledger, found.originals), (state.clone(), 1), "byte {at}"),
            Err(_) => refused += 1,
        }
        std::fs::write(&path, &good[..at]).unwrap();
        assert!(preview(&path, None).is_err(), "cut at {at}");
    }
    assert!(refused > good.len() / 5, "{refused} of {}", good.len() / 3);
}

#[test]
fn an_original_beyond_measure_is_not_unpacked_whatever_room_the_rest_of_the_backup_gives() {
    let (dir, _) = ledger(2);
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("b.zip");
    make(dir.path(), &path, "").unwrap();
    let mut members = members(&path);
    // A megabyte that no packing makes smaller lets two hundred times as much pass.
    let noise: Vec<u8> = (0..32_768u32).flat_map(|no| line::sha256(&no.to_le_bytes()).0).collect();
    let bomb = vec![0; usize::try_from(originals::LARGEST).unwrap() + 1];
    for bytes in [noise, bomb] {
        members.push((format!("originals/{}", line::sha256(&bytes)), bytes));
    }
    zipped(&path, &members);
    assert!(matches!(preview(&path, None), Err(BackupError::Bad(Bad::Bomb))));
    members.pop();
    zipped(&path, &members);
    assert_eq!(preview(&path, None).unwrap().originals, 2);
}

#[test]
fn what_does_not_belong_into_a_backup_is_refused() {
    let (dir, _) = ledger(2);
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("b.zip");
    make(dir.path(), &path, "").unwrap();
    let good = members(&path);
    let refused = |members: &[(String, Vec<u8>)], what: &str| {
        zipped(&path, members);
        let to = place.path().join("back");
        let error = restore(&path, &to, None).expect_err(what);
        assert!(!to.exists(), "{what}");
        let BackupError::Bad(bad) = error else { panic!("{what}: {error}") };
        bad
    };
    for name in [
        "../escaped",
        "/tmp/escaped",
        "journal/../../escaped",
        "originals/../x",
        "sled/db",
        "version",
        "journal/000001.jsonl.aside.1",
        "journal\\000009.jsonl",
        "lock",
        "a",
    ] {
        let with = [good.clone(), vec![(name.to_owned(), b"x".to_vec())]].concat();
        assert!(matches!(refused(&with, name), Bad::Member(_)), "{name}");
    }
    let without: Vec<_> = good.iter().filter(|(name, _)| name != "backup.json").cloned().collect();
    assert!(matches!(refused(&without, "no note"), Bad::Foreign(_)));
    let changed = |name: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let mut members = good.clone();
        members.iter_mut().filter(|(found, _)| found.starts_with(name)).for_each(|(_, bytes)| change(bytes));
        members
    };
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let cut = changed("journal", &|bytes| *bytes = lines(bytes)[..2].concat());
    assert_eq!(refused(&cut, "cut"), Bad::Head { said: Seq(3), found: Seq(2) });
    let short = changed("journal", &|bytes| bytes.truncate(bytes.len() - 1));
    assert!(matches!(refused(&short, "not ended"), Bad::Line { line: 3, what: BadLine::Cut, .. }));
    let swapped = changed("journal", &|bytes| {
        let mut all = lines(bytes);
        all.swap(1, 2);
        *bytes = all.concat();
    });
    assert!(matches!(refused(&swapped, "swapped"), Bad::Line { line: 2, what: BadLine::Chain(_), .. }));
    let forged = changed("journal", &|bytes| *bytes = text(bytes).replacen("第0次", "第9次", 1).into_bytes());
    assert!(matches!(refused(&forged, "forged"), Bad::Line { line: 2, what: BadLine::Checksum, .. }));
    let other = changed("originals", &|bytes| bytes.push(b'x'));
    assert!(matches!(refused(&other, "original"), Bad::Original(_)));
    let schema = format!("\"schema\":{}", codec::SCHEMA);
    let newer = changed("backup.json", &|bytes| *bytes = text(bytes).replace(&schema, "\"schema\":200").into_bytes());
    assert_eq!(refused(&newer, "newer"), Bad::Newer(200));
    let bomb = [good.clone(), vec![(format!("originals/{}", "0".repeat(64)), vec![0; 64 * 1024 * 1024])]].concat();
    assert_eq!(refused(&bomb, "bomb"), Bad::Bomb);
    let long = changed("journal", &|bytes| bytes.extend(std::iter::repeat_n(b'a', 40 * 1024 * 1024)));
    assert_eq!(refused(&long, "a line without end"), Bad::Bomb);
    for (name, bytes) in [("empty", &b""[..]), ("text", b"hello"), ("half", b"PK\x03\x04")] {
        std::fs::write(&path, bytes).unwrap();
        assert!(matches!(preview(&path, None), Err(BackupError::Bad(Bad::Foreign(_)))), "{name}");
    }
    zipped(&path, &good);
    restore(&path, &place.path().join("back"), None).unwrap();
}

#[test]
fn a_link_in_a_backup_is_refused() {
    let (dir, _) = ledger(1);
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("b.zip");
    make(dir.path(), &path, "").unwrap();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members(&path) {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    let name = format!("originals/{}", "ab".repeat(32));
    zip.add_symlink(name.as_str(), "/etc/passwd", SimpleFileOptions::default()).unwrap();
    std::fs::write(&path, zip.finish().unwrap().into_inner()).unwrap();
    let to = place.path().join("back");
    assert!(matches!(restore(&path, &to, None), Err(BackupError::Bad(Bad::Member(found))) if found == name));
    assert!(!to.exists());
}
