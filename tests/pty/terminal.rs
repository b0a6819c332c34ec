//! A program on a pseudo-terminal, and its twin on the command line.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take before the test gives up. Nothing is asserted about time.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Terminal {
    pub(crate) child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    input: Option<Box<dyn Write + Send>>,
    pub(crate) seen: Arc<Mutex<(vt100::Parser, Vec<u8>)>>,
    /// Set when the line is to be dropped: the reader lets go of its end too.
    dropped: Arc<AtomicBool>,
    /// The terminal's modes before the program took it.
    before: String,
}

impl Terminal {
    pub(crate) fn start(data: &Path) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_duban"));
        command.args(["--data", data.to_str().unwrap()]);
        Self::run(command)
    }

    /// Started so that SIGHUP is ignored, as `nohup` and some multiplexers do.
    pub(crate) fn start_ignoring_hangup(data: &Path) -> Self {
        let mut command = CommandBuilder::new("sh");
        let line = format!("trap '' HUP; exec {} --data {}", env!("CARGO_BIN_EXE_duban"), data.display());
        command.args(["-c", &line]);
        Self::run(command)
    }

    /// In an environment of these variables; without a value, the variable is not set.
    pub(crate) fn start_with(data: &Path, variables: &[(&str, Option<&str>)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_duban"));
        command.args(["--data", data.to_str().unwrap()]);
        Self::run_with(command, variables)
    }

    pub(crate) fn run(command: CommandBuilder) -> Self {
        Self::run_with(command, &[])
    }

    fn run_with(mut command: CommandBuilder, variables: &[(&str, Option<&str>)]) -> Self {
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env_remove("NO_COLOR");
        command.env_remove("DUBAN_LANG");
        for (name, value) in variables {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            }
        }
        let pair =
            native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let before = format!("{:?}", pair.master.get_termios());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let size = |n: u16| NonZero::new(n).unwrap();
        let seen = Arc::new(Mutex::new((vt100::Parser::new(size(24), size(80), 0), Vec::new())));
        let mut output = pair.master.try_clone_reader().unwrap();
        let input = pair.master.take_writer().unwrap();
        let writer = Arc::clone(&seen);
        let dropped = Arc::new(AtomicBool::new(false));
        let gone = Arc::clone(&dropped);
        thread::spawn(move || {
            let mut bytes = vec![0; 65536];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                let mut seen = writer.lock().unwrap();
                let new = bytes.get(..count).unwrap();
                seen.0.process(new);
                seen.1.extend_from_slice(new);
                if gone.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        Self { child, master: Some(pair.master), input: Some(input), seen, dropped, before }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    pub(crate) fn send(&mut self, keys: &str) {
        self.send_bytes(keys.as_bytes());
    }

    pub(crate) fn send_bytes(&mut self, keys: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(keys).unwrap();
        input.flush().unwrap();
    }

    /// All that the program has written so far.
    pub(crate) fn written(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap().1).into_owned()
    }

    /// Sends bytes that are no text; an error where the program has gone.
    pub(crate) fn try_send(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes)?;
        input.flush()
    }

    /// Whether the program has ended, as far as the system tells without asking its parent.
    pub(crate) fn has_ended(&self) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.pid())).unwrap_or_default();
        stat.rsplit_once(") ").is_none_or(|(_, rest)| rest.starts_with(['Z', 'X']))
    }

    pub(crate) fn screen(&self) -> String {
        self.seen.lock().unwrap().0.screen().contents()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.seen.lock().unwrap().1.len()
    }

    pub(crate) fn wait(&self, what: &str, done: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !done(self) {
            assert!(start.elapsed() < PATIENCE, "waited for {what} in vain:\n{}", self.screen());
            thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn shows(&self, text: &str) {
        self.wait(text, |terminal| terminal.screen().contains(text));
    }

    /// Nothing more comes for a while.
    pub(crate) fn settle(&self) {
        let mut before = usize::MAX;
        while self.bytes() != before {
            before = self.bytes();
            thread::sleep(Duration::from_millis(300));
        }
    }

    pub(crate) fn ended(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "the program did not end:\n{}", self.screen());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The other side of the line goes away. A last change of size makes the program send something, which wakes our
    /// reader: only when it has let go as well is the line really gone.
    pub(crate) fn hang_up(&mut self) {
        self.dropped.store(true, Ordering::SeqCst);
        let size = PtySize { rows: 24, cols: 90, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        self.input = None;
        self.master = None;
    }

    pub(crate) fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.pid().to_string()]).status().unwrap().success());
    }

    /// Ends the program without a word. (The child's own `kill` is SIGHUP first.)
    pub(crate) fn kill(&mut self) {
        self.signal("-KILL");
        self.ended();
    }

    /// Whether the terminal is as it was before the program took it: its modes, screen and cursor.
    pub(crate) fn is_given_back(&self) -> bool {
        let modes = self.master.as_ref().and_then(|master| master.get_termios());
        let shown = self.seen.lock().unwrap().1.ends_with(b"\x1b[?25h\x1b[?1049l");
        shown && format!("{modes:?}") == self.before
    }

    /// A counter of the process: `syscw` (write calls) and the like.
    pub(crate) fn counter(&self, file: &str, name: &str) -> u64 {
        let path = format!("/proc/{}/{file}", self.pid());
        let text = std::fs::read_to_string(path).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim_start_matches(':').trim().parse().unwrap()
    }

    /// How often any of its threads was woken so far, sled's own too.
    pub(crate) fn wake_ups(&self) -> u64 {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.pid())).unwrap();
        tasks
            .map(|task| task.unwrap().path())
            .filter_map(|task| std::fs::read_to_string(task.join("status")).ok())
            .filter_map(|status| {
                let line = status.lines().find_map(|l| l.strip_prefix("voluntary_ctxt_switches:"))?;
                line.trim().parse::<u64>().ok()
            })
            .sum()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn duban(data: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_duban"))
        .arg("--data")
        .arg(data)
        .args(arguments)
        .env_remove("DUBAN_LANG")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
