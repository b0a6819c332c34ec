//! The power is cut while somebody writes: a file system of its own on a loop device is shut down (`FS_IOC_SHUTDOWN`, without flushing
//! its log), unmounted and mounted again. Whatever was acknowledged before is there, once, in order.
//!
//! For root with loop devices only. `DUBAN_CUTS` says how often (60), `DUBAN_SEED` when, `DUBAN_FS` on which file system (ext4; xfs).

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use duban::store::{Notice, Purpose, ReadOnly, open_to_write, verify};

use super::hosted::run;
use super::kill::{acknowledged, start_from};
use super::writer::{Dice, batch, clerk, commits, env, numbers};

/// A file system on a loop device.
struct Disk {
    folder: tempfile::TempDir,
    device: String,
}

impl Disk {
    /// `None` where this user or machine has no loop devices.
    fn make() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let image = folder.path().join("image");
        std::fs::File::create(&image).unwrap().set_len(512 << 20).unwrap();
        std::fs::create_dir(folder.path().join("mounted")).unwrap();
        let found =
            Command::new("losetup").args(["--find", "--show"]).arg(&image).stderr(Stdio::null()).output().ok()?;
        let device = String::from_utf8(found.stdout).unwrap().trim().to_owned();
        if !found.status.success() || device.is_empty() {
            return None;
        }
        let disk = Self { folder, device };
        let kind = std::env::var("DUBAN_FS").unwrap_or_else(|_| "ext4".to_owned());
        let force = if kind == "ext4" { "-F" } else { "-f" };
        let made = run(&format!("mkfs.{kind}"), &["-q", force, &disk.device]) && disk.mount();
        assert!(made || kind == "ext4", "there is no {kind} here");
        made.then_some(disk)
    }

    fn mounted(&self) -> PathBuf {
        self.folder.path().join("mounted")
    }

    fn mount(&self) -> bool {
        run("mount", &[&self.device, self.mounted().to_str().unwrap()])
    }

    /// Nothing that is not on the disk yet will ever be. The ioctl is asked by perl, which every Debian has: this crate has no unsafe code.
    fn cut(&self) {
        // FS_IOC_SHUTDOWN = _IOR('X', 125, __u32), FS_SHUTDOWN_FLAGS_NOLOGFLUSH = 2
        const SHUT: &str = r#"open(D, "<", $ARGV[0]) or die; ioctl(D, 0x8004587D, $how = pack("I", 2)) or die $!"#;
        assert!(run("perl", &["-e", SHUT, self.mounted().to_str().unwrap()]), "FS_IOC_SHUTDOWN");
    }

    /// Off and on again: the journal of the file system is replayed.
    fn come_back(&self) {
        let began = Instant::now();
        while !run("umount", &[self.mounted().to_str().unwrap()]) {
            assert!(began.elapsed() < Duration::from_secs(30), "unmounted");
            thread::sleep(Duration::from_millis(10));
        }
        assert!(self.mount(), "mounted again");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        run("umount", &["-l", self.mounted().to_str().unwrap()]);
        run("losetup", &["--detach", &self.device]);
    }
}

/// The process that writes; ended with the value.
struct Writer(Child);

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_power_cut_at_any_moment_loses_nothing_that_was_acknowledged() {
    let Some(disk) = Disk::make() else {
        println!("not done: this user or machine has no loop devices");
        return;
    };
    let mut dice = Dice(env("DUBAN_SEED").unwrap_or(9));
    let (mut total, mut replayed, mut torn, mut rebuilt) = (0, 0, 0, 0);
    let cuts: u32 = env("DUBAN_CUTS").unwrap_or(60);
    for cut in 0..cuts {
        // Every tenth cut is the first of a new ledger.
        let data = disk.mounted().join((cut / 10).to_string());
        let before = commits_told(&data);
        let mut child = Writer(start_from(&data, before + 1, &[]));
        let last = Arc::new(AtomicU32::new(before));
        let reader = {
            let (last, numbers) = (Arc::clone(&last), acknowledged(&mut child.0));
            thread::spawn(move || numbers.for_each(|n| last.store(n, Ordering::SeqCst)))
        };
        // Mostly while it writes, now and then while it opens.
        let began = Instant::now();
        while cut % 4 > 0 && last.load(Ordering::SeqCst) == before && began.elapsed() < Duration::from_secs(10) {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_millis(dice.roll(120)));
        // Asked before the cut: a later answer may come from a write that the cut was already on its way through.
        let told = last.load(Ordering::SeqCst);
        disk.cut();
        drop(child);
        reader.join().unwrap();
        disk.come_back();

        let opened = match open_to_write(&data, Purpose::Screen) {
            Ok(opened) => opened,
            Err(error) => panic!("cut {cut}: {error}"),
        };
        for notice in &opened.notices {
            match notice {
                Notice::TornLine { .. } => torn += 1,
                Notice::Replayed { .. } => replayed += 1,
                Notice::Rebuilt { .. } => rebuilt += 1,
                _ => {}
            }
            assert!(!matches!(notice, Notice::ReadOnly(ReadOnly::Damaged { .. })), "cut {cut}: {notice:?}");
        }
        let found: Vec<u32> = commits(&data).iter().map(|sealed| numbers(sealed.commit.id).1).collect();
        let count = u32::try_from(found.len()).unwrap();
        assert!(found.into_iter().eq(1..=count), "cut {cut}: each once, in order");
        assert!(count >= told, "cut {cut}: {told} acknowledged, {count} there");
        opened.store.commit(&clerk(), &batch(0, count + 1, 10)).unwrap();
        drop(opened);
        let verdict = verify(&data).unwrap();
        assert!(verdict.is_good(), "cut {cut}: {verdict:?}");
        total += told - before;
    }
    println!("{cuts} cuts, {total} commits acknowledged before them, none lost");
    println!(
        "at opening: sled brought up to date {replayed} times, made anew {rebuilt}; a half-written line put aside {torn} times"
    );
}

/// How many commits a ledger has: all of them were acknowledged, or are by now.
fn commits_told(data: &Path) -> u32 {
    if data.exists() { u32::try_from(commits(data).len()).unwrap() } else { 0 }
}
