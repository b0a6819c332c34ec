//! Disks that are full or may not be written, under a host with guests. (A writer alone on a full disk: `kill`.)

use std::io::Write as _;

use duban::store::backup::BackupError;
use duban::store::{
    Notice, OpenError, Purpose, ReadOnly, Refused, current_actor, open_shared, open_to_read, repair, verify,
};

use super::hosted::{Host, Small, ends, is_whole, sit, write};
use super::writer::{LIMIT, commits, numbers};

/// Writes until it is refused; answers how often that was not so, and why it was.
fn fill(opened: &duban::store::Opened) -> (u32, Refused) {
    (1..).find_map(|n| write(opened, n).err().map(|refused| (n - 1, refused))).unwrap()
}

/// What the guest wrote: its first commits, each once.
fn is_written(dir: &std::path::Path, own: u32, told: u32) {
    let found: Vec<(u32, u32)> = commits(dir).iter().map(|sealed| numbers(sealed.commit.id)).collect();
    let expected: Vec<(u32, u32)> = (1..=own).map(|n| (1, n)).chain((1..=told).map(|n| (2, n))).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_host_that_may_not_write_on_says_so_to_its_guests_and_the_next_one_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let mut host = Host::start(dir.path(), 3, &[(LIMIT, "600000")]);
    host.says();
    let guest = sit(dir.path());
    let (told, refused) = ends("filling", || fill(&guest));
    assert!(told > 10 && matches!(refused, Refused::Down(_)), "{told}: {refused}");
    assert_eq!(ends("again", || write(&guest, told + 1)), Err(refused), "it stays so");
    assert_eq!(guest.store.snapshot().unwrap().head().seq.0, u64::from(3 + told), "reading goes on");
    is_written(dir.path(), 3, told);
    host.kill();
    assert_eq!(ends("taking over", || write(&guest, told + 1)), Ok(u64::from(3 + told + 1)));
    is_written(dir.path(), 3, told + 1);
    assert!(verify(dir.path()).unwrap().damages.is_empty());
}

#[test]
fn a_full_disk_loses_nothing_and_is_over_when_there_is_room() {
    let Some(disk) = Small::mount("1200k") else { return };
    let dir = disk.path();
    let mut host = Host::start(&dir, 3, &[]);
    assert!(host.says().starts_with("ready"));
    let guest = sit(&dir);
    let (told, refused) = ends("filling", || fill(&guest));
    assert!(told > 10 && matches!(refused, Refused::Down(_)), "{told}: {refused}");
    assert_eq!(guest.store.snapshot().unwrap().head().seq.0, u64::from(3 + told));
    host.kill();
    // Still full: whoever takes over, or starts, is refused in words, and loses nothing.
    assert_eq!(ends("taking over", || write(&guest, told + 1)), Err(Refused::Unknown), "it may have been written");
    let refused = ends("again", || write(&guest, told + 1)).unwrap_err();
    assert!(matches!(&refused, Refused::Down(why) if why.contains("os error 28")), "{refused}");
    drop(guest);
    let refused = ends("a start", || open_shared(&dir, Purpose::Screen, &current_actor())).unwrap_err();
    assert!(matches!(&refused, OpenError::Disk { source, .. } if source.raw_os_error() == Some(28)), "{refused}");
    is_written(&dir, 3, told);
    disk.remount("size=64m");
    let opened = sit(&dir);
    assert_eq!(write(&opened, told + 1), Ok(u64::from(3 + told + 1)), "{:?}", opened.notices);
    is_written(&dir, 3, told + 1);
    drop(opened);
    is_whole(&dir);
}

#[test]
fn a_database_for_which_there_is_no_room_is_not_said_to_be_made_anew() {
    let Some(disk) = Small::mount("8m") else { return };
    let dir = disk.path();
    let opened = sit(&dir);
    (1..=100).for_each(|n| assert_eq!(write(&opened, n), Ok(u64::from(n))));
    drop(opened);
    is_whole(&dir);
    std::fs::write(dir.join("sled/conf"), "no such thing").unwrap();
    // Room for a lock and a note, not for a database.
    let filler = dir.join("filler");
    let mut file = std::fs::File::create(&filler).unwrap();
    let mut length = 0;
    while file.write_all(&[1; 4096]).is_ok() {
        length += 4096;
    }
    file.set_len(length - 16 * 4096).unwrap();
    let refused = repair(&dir, None, true);
    assert!(matches!(refused, Err(BackupError::Open(OpenError::Disk { .. }))), "{refused:?}");
    assert!(dir.join("sled.aside.1").is_dir(), "the old one is kept");
    drop(file);
    std::fs::remove_file(&filler).unwrap();
    let opened = sit(&dir);
    assert_eq!(write(&opened, 101), Ok(101), "{:?}", opened.notices);
    drop(opened);
    is_whole(&dir);
}

#[test]
fn a_disk_that_may_not_be_written_is_said_and_read() {
    let Some(disk) = Small::mount("16m") else { return };
    let dir = disk.path();
    let opened = sit(&dir);
    assert_eq!(write(&opened, 1), Ok(1));
    drop(opened);
    disk.remount("ro");
    for purpose in [Purpose::Screen, Purpose::Command] {
        let refused = ends("a start", || open_shared(&dir, purpose, &current_actor())).unwrap_err();
        assert!(matches!(&refused, OpenError::Disk { source, .. } if source.raw_os_error() == Some(30)), "{refused}");
    }
    let opened = open_to_read(&dir).unwrap();
    assert_eq!(opened.notices, [Notice::ReadOnly(ReadOnly::Asked)]);
    assert_eq!(opened.store.snapshot().unwrap().len(), 1);
    let refused = write(&opened, 2);
    assert!(matches!(refused, Err(Refused::Denied(_))), "{refused:?}");
    disk.remount("rw");
    assert_eq!(write(&sit(&dir), 2), Ok(2));
}
