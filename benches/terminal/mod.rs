//! The program on a pseudo-terminal, watched from outside: its bytes here, the rest in `/proc`.

use std::collections::BTreeMap;
use std::io::{Read as _, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const PATIENCE: Duration = Duration::from_mins(1);
/// Closes the synchronized update around a frame.
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";

/// A running screen.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    input: Box<dyn Write + Send>,
    _master: Box<dyn MasterPty + Send>,
    seen: Arc<Mutex<Seen>>,
    began: Instant,
}

#[derive(Default)]
struct Seen {
    bytes: Vec<u8>,
    /// When the first frame was there to its last byte, and how long it is.
    first_frame: Option<(Instant, usize)>,
}

/// One start, looked at.
pub(crate) struct Start {
    pub(crate) first_frame: Duration,
    pub(crate) frame_bytes: f64,
    pub(crate) key_bytes: f64,
    pub(crate) key_writes: f64,
    /// In megabytes, settled.
    pub(crate) rss: f64,
    pub(crate) peak: f64,
}

impl Terminal {
    pub(crate) fn start(data: &Path) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_duban"));
        command.args(["--data", data.to_str().unwrap()]);
        command.env("TERM", "xterm-256color");
        command.env_remove("NO_COLOR");
        command.env_remove("DUBAN_LANG");
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut output = pair.master.try_clone_reader().unwrap();
        let input = pair.master.take_writer().unwrap();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let writer = Arc::clone(&seen);
        thread::spawn(move || {
            let mut bytes = vec![0; 65536];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                writer.lock().unwrap().take(bytes.get(..count).unwrap());
            }
        });
        let began = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        Self { child, input, _master: pair.master, seen, began }
    }

    /// Starts the screen, waits for its first frame, moves down one row, and lets it go.
    pub(crate) fn measure(data: &Path) -> Start {
        let mut terminal = Self::start(data);
        let (at, length) = terminal.first_frame();
        terminal.check(length);
        terminal.settle();
        let (bytes, writes) = (terminal.bytes(), terminal.counter("io", "syscw"));
        terminal.send("j");
        let asked = Instant::now();
        while terminal.bytes() == bytes {
            assert!(asked.elapsed() < PATIENCE, "no answer to a key:\n{}", terminal.shown(bytes));
            thread::sleep(Duration::from_millis(1));
        }
        terminal.settle();
        let key_bytes = terminal.bytes() - bytes;
        let key_writes = terminal.counter("io", "syscw") - writes;
        let megabytes = |name| as_f64(terminal.counter("status", name)) / 1024.0;
        let start = Start {
            first_frame: at - terminal.began,
            frame_bytes: as_f64(length as u64),
            key_bytes: as_f64(key_bytes as u64),
            key_writes: as_f64(key_writes),
            rss: megabytes("VmRSS"),
            peak: megabytes("VmHWM"),
        };
        terminal.send("q");
        terminal.child.wait().unwrap();
        start
    }

    fn first_frame(&self) -> (Instant, usize) {
        loop {
            if let Some(found) = self.seen.lock().unwrap().first_frame {
                return found;
            }
            assert!(self.began.elapsed() < PATIENCE, "no frame");
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// The first frame has to show the list, or its time says nothing.
    fn check(&self, length: usize) {
        let shown = self.shown(length);
        assert!(shown.contains("任务 1/") && shown.contains("过紧日子"), "not a whole screen:\n{shown}");
    }

    /// What stands on the screen after so many bytes.
    fn shown(&self, length: usize) -> String {
        let size = |n: u16| NonZero::new(n).unwrap();
        let mut screen = vt100::Parser::new(size(24), size(80), 0);
        screen.process(self.seen.lock().unwrap().bytes.get(..length).unwrap());
        screen.screen().contents()
    }

    fn send(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    pub(crate) fn bytes(&self) -> usize {
        self.seen.lock().unwrap().bytes.len()
    }

    /// Waits until a frame was shown and nothing more comes.
    pub(crate) fn settle(&self) {
        self.first_frame();
        let mut before = usize::MAX;
        while self.bytes() != before {
            before = self.bytes();
            thread::sleep(Duration::from_millis(150));
        }
    }

    fn proc(&self, file: &str) -> String {
        format!("/proc/{}/{file}", self.child.process_id().unwrap())
    }

    fn counter(&self, file: &str, name: &str) -> u64 {
        let text = std::fs::read_to_string(self.proc(file)).unwrap();
        let value = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        value.split_whitespace().find_map(|word| word.parse().ok()).unwrap()
    }

    /// Processor time used so far, in the system's clock ticks (a hundredth of a second).
    pub(crate) fn ticks(&self) -> u64 {
        let text = std::fs::read_to_string(self.proc("stat")).unwrap();
        let (_, fields) = text.rsplit_once(')').unwrap();
        fields.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
    }

    /// By name: how many threads, and how often they were woken so far.
    pub(crate) fn wake_ups(&self) -> BTreeMap<String, (usize, u64)> {
        let mut found: BTreeMap<String, (usize, u64)> = BTreeMap::new();
        for task in std::fs::read_dir(self.proc("task")).unwrap() {
            let task = task.unwrap().path();
            let Ok(name) = std::fs::read_to_string(task.join("comm")) else { continue };
            let Ok(status) = std::fs::read_to_string(task.join("status")) else { continue };
            let woken = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")).unwrap();
            let name = name.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
            let all = found.entry(name.to_owned()).or_default();
            all.0 += 1;
            all.1 += woken.trim().parse::<u64>().unwrap();
        }
        found
    }
}

impl Seen {
    fn take(&mut self, new: &[u8]) {
        self.bytes.extend_from_slice(new);
        if self.first_frame.is_none() {
            let end = self.bytes.windows(FRAME_ENDS.len()).position(|bytes| bytes == FRAME_ENDS);
            self.first_frame = end.map(|at| (Instant::now(), at + FRAME_ENDS.len()));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of bytes are far below 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}
