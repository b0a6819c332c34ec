//! A host process to do things to, and a folder that is a file system of its own.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use duban::store::{Opened, Purpose, Refused, SledVerdict, current_actor, open_shared, verify};
use rustix::process::{Pid, Signal, kill_process};

use super::writer::{FOLDER, batch, env, limit_file_size, lines, say, start};

/// How many commits the host writes itself at first.
const WRITES: &str = "DUBAN_TEST_WRITES";
/// How long anything may take before a test gives up; what is asserted about time is only that nothing hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// Not a test by itself: a host that writes something and then waits for guests.
#[test]
fn host() {
    let Ok(dir) = std::env::var(FOLDER) else { return };
    limit_file_size();
    match open_shared(Path::new(&dir), Purpose::Screen, &current_actor()) {
        Ok(opened) => {
            for n in 1..=env(WRITES).unwrap_or(0) {
                opened.store.commit(&current_actor(), &batch(1, n, 10)).unwrap();
            }
            say(&format!("ready {:?}", opened.notices));
            thread::park();
        }
        Err(error) => say(&format!("not opened: {error}")),
    }
}

/// A running host; ended with the value.
pub(crate) struct Host {
    child: Child,
    said: Receiver<String>,
}

impl Host {
    pub(crate) fn start(dir: &Path, writes: u32, more: &[(&str, &str)]) -> Self {
        let writes = writes.to_string();
        let mut child = start("hosted::host", dir, &[&[(WRITES, writes.as_str())], more].concat());
        let (tell, said) = channel();
        let lines = lines(&mut child);
        thread::spawn(move || lines.for_each(|line| drop(tell.send(line))));
        Self { child, said }
    }

    /// The first thing that it says of itself.
    pub(crate) fn says(&self) -> String {
        loop {
            let line = self.said.recv_timeout(PATIENCE).unwrap();
            if line.starts_with("ready") || line.starts_with("not opened") {
                return line;
            }
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_raw(i32::try_from(self.pid()).unwrap()).unwrap(), signal).unwrap();
        // A process of several threads has stopped when the last of them has.
        while signal == Signal::STOP && !self.has_stopped() {
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn has_stopped(&self) -> bool {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.pid())).unwrap().filter_map(Result::ok);
        let states = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("stat")).ok());
        let mut states = states.filter_map(|stat| stat.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next()));
        states.all(|state| matches!(state, 'T' | 't'))
    }

    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Another process's seat, in this one.
pub(crate) fn sit(dir: &Path) -> Opened {
    open_shared(dir, Purpose::Screen, &current_actor()).unwrap()
}

/// Writes a numbered batch through a seat.
pub(crate) fn write(opened: &Opened, n: u32) -> Result<u64, Refused> {
    opened.store.commit(&current_actor(), &batch(2, n, 10)).map(|head| head.seq.0)
}

/// Whatever `what` does, it ends within a while; answers what it answers.
pub(crate) fn ends<T>(name: &str, what: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let answer = what();
    let took = began.elapsed();
    assert!(took < PATIENCE, "{name} took {took:?}");
    answer
}

/// Waits until the ledger is closed (the threads of a host in this process end in their own time), and finds it whole.
pub(crate) fn is_whole(dir: &Path) {
    let began = Instant::now();
    loop {
        let verdict = verify(dir).unwrap();
        if verdict.is_good() && verdict.sled == SledVerdict::Agrees {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "{verdict:?}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// A small file system in memory, for root only; gone with the value.
pub(crate) struct Small {
    folder: tempfile::TempDir,
}

impl Small {
    /// `None` where this user may not mount: said, so that nobody takes the test for done.
    pub(crate) fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={size},mode=700");
        if !run("mount", &["-t", "tmpfs", "-o", &options, "duban-test", &folder.path().display().to_string()]) {
            println!("not done: this user may not mount a tmpfs");
            return None;
        }
        Some(Self { folder })
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Mounts it with other options, as soon as what writes to it lets us.
    pub(crate) fn remount(&self, options: &str) {
        let folder = self.folder.path().display().to_string();
        let began = Instant::now();
        while !run("mount", &["-o", &format!("remount,{options}"), &folder]) {
            assert!(began.elapsed() < PATIENCE, "remount,{options}");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        run("umount", &["-l", &self.folder.path().display().to_string()]);
    }
}

/// Runs a program of the system; answers whether it did as it was told.
pub(crate) fn run(program: &str, arguments: &[&str]) -> bool {
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
