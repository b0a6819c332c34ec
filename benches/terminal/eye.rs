//! Any program on a pseudo-terminal, as somebody at the other end sees it: when the screen changed, and what that took in bytes.

use std::fmt::Write as _;
use std::io::{Read as _, Write};
use std::num::NonZero;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Columns and rows.
pub(crate) const SIZE: (u16, u16) = (80, 24);
const PATIENCE: Duration = Duration::from_secs(20);

/// What programs ask a terminal at the start, and what one of our time answers. They wait for it, some of them for seconds.
const ANSWERS: [(&[u8], &str); 6] = [
    (b"\x1b[c", "\x1b[?62;22c"),
    (b"\x1b[0c", "\x1b[?62;22c"),
    (b"\x1b[>c", "\x1b[>1;10;0c"),
    (b"\x1b[5n", "\x1b[0n"),
    (b"\x1b]10;?", "\x1b]10;rgb:ffff/ffff/ffff\x1b\\"),
    (b"\x1b]11;?", "\x1b]11;rgb:0000/0000/0000\x1b\\"),
];
/// Where is the cursor?
const WHERE: &[u8] = b"\x1b[6n";

/// A running program.
pub(crate) struct Eye {
    child: Box<dyn Child + Send + Sync>,
    input: Arc<Mutex<Box<dyn Write + Send>>>,
    _master: Box<dyn MasterPty + Send>,
    seen: Arc<Mutex<Seen>>,
    pub(crate) began: Instant,
}

struct Seen {
    terminal: vt100::Parser,
    bytes: usize,
    /// What the screen looks like, styles and cursor included.
    look: (String, (u16, u16)),
    /// When the last bytes came, and when the last ones that changed the look.
    last: Instant,
    changed: Instant,
    /// When the first bytes came since somebody last asked.
    first: Option<Instant>,
    /// What is waited for, and when it was there.
    awaited: Option<(String, Option<Instant>)>,
}

/// The answer to keys.
#[derive(Clone, Copy)]
pub(crate) struct Answer {
    /// Until the first byte.
    pub(crate) first: Duration,
    /// Until the screen changed for the last time.
    pub(crate) settled: Duration,
    pub(crate) bytes: usize,
}

impl Eye {
    /// Starts a program and waits until the text is on the screen; answers when that was.
    pub(crate) fn start(command: CommandBuilder, ready: &str) -> Option<(Self, Duration)> {
        let (cols, rows) = SIZE;
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut output = pair.master.try_clone_reader().unwrap();
        let input = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let size = |n: u16| NonZero::new(n).unwrap();
        let began = Instant::now();
        let seen = Arc::new(Mutex::new(Seen {
            terminal: vt100::Parser::new(size(rows), size(cols), 0),
            bytes: 0,
            look: (String::new(), (0, 0)),
            last: began,
            changed: began,
            first: None,
            awaited: Some((ready.to_owned(), None)),
        }));
        let (writer, answers) = (Arc::clone(&seen), Arc::clone(&input));
        thread::spawn(move || {
            let mut bytes = vec![0; 65536];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                let at = Instant::now();
                let answer = writer.lock().unwrap().take(bytes.get(..count).unwrap(), at);
                if !answer.is_empty() {
                    let _ = answers.lock().unwrap().write_all(answer.as_bytes());
                }
            }
        });
        let began = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        let mut eye = Self { child, input, _master: pair.master, seen, began };
        loop {
            let found = eye.seen.lock().unwrap().awaited.as_ref().and_then(|(_, at)| *at);
            if let Some(at) = found {
                return Some((eye, at - began));
            }
            if began.elapsed() > PATIENCE || eye.child.try_wait().unwrap().is_some() {
                eprintln!("not ready:\n{}", eye.screen());
                let _ = eye.child.kill();
                return None;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }

    pub(crate) fn screen(&self) -> String {
        self.seen.lock().unwrap().terminal.screen().contents()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.seen.lock().unwrap().bytes
    }

    /// Waits until the screen has not changed for a while; answers when it last did.
    pub(crate) fn settle(&self, quiet: Duration) -> Instant {
        let asked = Instant::now();
        loop {
            let changed = self.seen.lock().unwrap().changed;
            if changed.max(asked).elapsed() >= quiet || asked.elapsed() > PATIENCE {
                return changed;
            }
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Presses keys and waits for the whole answer.
    pub(crate) fn press(&mut self, keys: &str, quiet: Duration) -> Answer {
        let before = {
            let mut seen = self.seen.lock().unwrap();
            seen.first = None;
            seen.bytes
        };
        let pressed = Instant::now();
        self.send(keys);
        let changed = self.settle(quiet);
        let seen = self.seen.lock().unwrap();
        Answer {
            first: seen.first.map_or(Duration::ZERO, |first| first.saturating_duration_since(pressed)),
            settled: changed.saturating_duration_since(pressed),
            bytes: seen.bytes - before,
        }
    }

    pub(crate) fn send(&mut self, keys: &str) {
        // Cursor keys are sent as the program has asked for them.
        let application = self.seen.lock().unwrap().terminal.screen().application_cursor();
        let keys =
            if application { keys.replace("\x1b[A", "\x1bOA").replace("\x1b[B", "\x1bOB") } else { keys.to_owned() };
        let mut input = self.input.lock().unwrap();
        input.write_all(keys.as_bytes()).unwrap();
        input.flush().unwrap();
    }

    /// Lets it go; answers how long that took (`None`: it had to be killed), and what it left of its modes.
    pub(crate) fn quit(mut self, keys: &str) -> (Option<Duration>, &'static str) {
        let asked = Instant::now();
        self.send(keys);
        let took = loop {
            if self.child.try_wait().unwrap().is_some() {
                break Some(asked.elapsed());
            }
            if asked.elapsed() > Duration::from_secs(5) {
                break None;
            }
            thread::sleep(Duration::from_micros(200));
        };
        thread::sleep(Duration::from_millis(50));
        let seen = self.seen.lock().unwrap();
        let screen = seen.terminal.screen();
        let left = match (screen.alternate_screen(), screen.hide_cursor(), screen.bracketed_paste()) {
            (false, false, false) => "clean",
            (true, ..) => "second screen on",
            (_, true, _) => "cursor hidden",
            _ => "brackets on",
        };
        (took, left)
    }

    fn proc(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.child.process_id().unwrap())).unwrap_or_default()
    }

    /// Megabytes in memory.
    pub(crate) fn megabytes(&self) -> f64 {
        let status = self.proc("status");
        let kilobytes =
            status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok());
        kilobytes.unwrap_or(0.0) / 1024.0
    }

    /// Processor time so far, its children's included, in clock ticks (10 ms).
    pub(crate) fn ticks(&self) -> u64 {
        let stat = self.proc("stat");
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
        fields.split_whitespace().skip(11).take(4).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
    }
}

impl Drop for Eye {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Seen {
    /// Takes bytes that came; answers what the terminal says to them.
    fn take(&mut self, new: &[u8], at: Instant) -> String {
        self.bytes += new.len();
        self.last = at;
        self.first = self.first.or(Some(at));
        let mut said = String::new();
        let mut done = 0;
        for (start, _) in new.iter().enumerate().filter(|(_, byte)| **byte == 0x1b) {
            let rest = new.get(start..).unwrap_or_default();
            if rest.starts_with(WHERE) {
                self.terminal.process(new.get(done..start).unwrap_or_default());
                done = start;
                let (row, column) = self.terminal.screen().cursor_position();
                let _ = write!(said, "\x1b[{};{}R", row + 1, column + 1);
            }
            if let Some((_, answer)) = ANSWERS.iter().find(|(question, _)| rest.starts_with(question)) {
                said.push_str(answer);
            }
        }
        self.terminal.process(new.get(done..).unwrap_or_default());
        let screen = self.terminal.screen();
        let look = (screen.contents_formatted(), screen.cursor_position());
        if look != self.look {
            self.look = look;
            self.changed = at;
        }
        if let Some((text, found @ None)) = &mut self.awaited
            && screen.contents().contains(text.as_str())
        {
            *found = Some(at);
        }
        said
    }
}
