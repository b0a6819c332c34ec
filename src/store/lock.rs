//! One writer at a time: `flock` on `lock`, which names the process and what it is there for.
//!
//! The system lets go of the lock when the process ends, however it ends; the text is only for people.

use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use super::{OpenError, Purpose, files};

/// How long to wait for a command to finish.
const PATIENCE: Duration = Duration::from_secs(2);
const STEP: Duration = Duration::from_millis(5);
/// How long a holder takes at most to write who it is; until then the text may be that of the one before.
const SIGNING: Duration = Duration::from_millis(50);

/// The lock, held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock in a folder that exists. Waits for a command that holds it, not for a screen.
    pub(super) fn take(dir: &Path, purpose: Purpose) -> Result<Self, OpenError> {
        let began = Instant::now();
        loop {
            if let Some(lock) = Self::try_take(dir, purpose)? {
                return Ok(lock);
            }
            let (pid, held_for) = holder(dir);
            let patience = if held_for == Purpose::Command { PATIENCE } else { SIGNING };
            if began.elapsed() > patience {
                return Err(OpenError::Held { pid, purpose: held_for });
            }
            std::thread::sleep(STEP);
        }
    }

    /// Takes the lock if it is free.
    pub(super) fn try_take(dir: &Path, purpose: Purpose) -> Result<Option<Self>, OpenError> {
        let path = dir.join("lock");
        let disk = || OpenError::disk(&path);
        let mut file =
            files::private().read(true).write(true).create(true).truncate(false).open(&path).map_err(disk())?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(disk()(error)),
        }
        sign(&mut file, &format!("{} {}\n", std::process::id(), purpose.word())).map_err(disk())?;
        Ok(Some(Self { file }))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Best effort: the text says who holds the lock, and nobody does from here on.
        drop(self.file.set_len(0));
    }
}

fn sign(file: &mut File, text: &str) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(text.as_bytes())
}

/// Who holds the lock, by its own words.
pub(super) fn holder(dir: &Path) -> (u32, Purpose) {
    let mut text = String::new();
    if let Ok(file) = File::open(dir.join("lock")) {
        drop(file.take(64).read_to_string(&mut text));
    }
    let mut words = text.split_whitespace();
    let pid = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
    let word = words.next();
    let all = [Purpose::Screen, Purpose::Serve, Purpose::Command];
    let purpose = all.into_iter().find(|purpose| word == Some(purpose.word())).unwrap_or(Purpose::Command);
    (pid, purpose)
}
