//! The real program on a real pseudo-terminal: started, used, hung up, killed, started again.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

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

struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    input: Option<Box<dyn Write + Send>>,
    seen: Arc<Mutex<(vt100::Parser, Vec<u8>)>>,
    /// Set when the line is to be dropped: the reader lets go of its end too.
    dropped: Arc<AtomicBool>,
}

impl Terminal {
    fn start(data: &Path) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_duban"));
        command.args(["--data", data.to_str().unwrap()]);
        Self::run(command)
    }

    /// Started so that SIGHUP is ignored, as `nohup` and some multiplexers do.
    fn start_ignoring_hangup(data: &Path) -> Self {
        let mut command = CommandBuilder::new("sh");
        let line = format!("trap '' HUP; exec {} --data {}", env!("CARGO_BIN_EXE_duban"), data.display());
        command.args(["-c", &line]);
        Self::run(command)
    }

    fn run(mut command: CommandBuilder) -> Self {
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env_remove("NO_COLOR");
        command.env_remove("DUBAN_LANG");
        let pair =
            native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
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
        Self { child, master: Some(pair.master), input: Some(input), seen, dropped }
    }

    fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    fn send(&mut self, keys: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(keys.as_bytes()).unwrap();
        input.flush().unwrap();
    }

    fn screen(&self) -> String {
        self.seen.lock().unwrap().0.screen().contents()
    }

    fn bytes(&self) -> usize {
        self.seen.lock().unwrap().1.len()
    }

    fn wait(&self, what: &str, done: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !done(self) {
            assert!(start.elapsed() < PATIENCE, "waited for {what} in vain:\n{}", self.screen());
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn shows(&self, text: &str) {
        self.wait(text, |terminal| terminal.screen().contains(text));
    }

    /// Nothing more comes for a while.
    fn settle(&self) {
        let mut before = usize::MAX;
        while self.bytes() != before {
            before = self.bytes();
            thread::sleep(Duration::from_millis(300));
        }
    }

    fn ended(&mut self) -> u32 {
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
    fn hang_up(&mut self) {
        self.dropped.store(true, Ordering::SeqCst);
        let size = PtySize { rows: 24, cols: 90, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
        self.input = None;
        self.master = None;
    }

    /// A counter of the process: `syscw` (write calls) and the like.
    fn counter(&self, file: &str, name: &str) -> u64 {
        let path = format!("/proc/{}/{file}", self.pid());
        let text = std::fs::read_to_string(path).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim_start_matches(':').trim().parse().unwrap()
    }

    /// How often any of its threads was woken so far. sled's own I/O threads wake once a second whatever happens; that is
    /// beyond our reach and told in `docs/SPEED.md`.
    fn wake_ups(&self) -> u64 {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.pid())).unwrap();
        tasks
            .map(|task| task.unwrap().path())
            .filter(|task| std::fs::read_to_string(task.join("comm")).is_ok_and(|name| !name.starts_with("sled-io")))
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

fn duban(data: &Path, arguments: &[&str]) -> (i32, String, String) {
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

#[test]
fn a_day_at_the_office_is_there_again_the_next_morning() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.send("/czj");
    terminal.shows("市财政局");
    terminal.shows("6项");
    terminal.send("\x1b");
    terminal.shows("任务 1/130");
    terminal.send("/5\r");
    terminal.settle();
    terminal.send("e60\t新增制造业中长期贷款102亿元。\x13");
    terminal.shows("已存 #2");
    terminal.send("4/17-1\r");
    terminal.settle();
    terminal.send("llllle8.2\r");
    terminal.shows("已存 #3");
    terminal.shows("8.2/12.6");
    terminal.send("u");
    terminal.shows("已撤销 #3，记为 #4");
    terminal.send("U");
    terminal.shows("记为 #5");
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
    let bytes = terminal.seen.lock().unwrap().1.clone();
    assert!(bytes.ends_with(b"\x1b[?25h\x1b[?1049l"), "the terminal is given back");
    drop(terminal);

    let terminal = Terminal::start(data.path());
    terminal.shows("60.0%");
    let (status, log, _) = duban(data.path(), &["log"]);
    assert_eq!((status, log.lines().count()), (0, 6), "head and five commits:\n{log}");
    assert!(log.contains("8.2"), "{log}");
}

#[test]
fn killed_in_mid_edit_nothing_saved_is_gone_and_the_draft_is_offered() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.send("e33\x13");
    terminal.shows("已存 #2");
    terminal.send("je\t写到一半的进展");
    terminal.shows("写到一半的进展");
    terminal.settle();
    terminal.child.kill().unwrap();
    terminal.ended();

    let mut terminal = Terminal::start(data.path());
    terminal.shows("有未保存的草稿");
    terminal.shows("写到一半的进展");
    terminal.send("\r");
    terminal.shows("填报 2 ");
    terminal.send("\x13");
    terminal.shows("已存 #3");
    terminal.shows("33.0%");
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn a_dropped_line_ends_the_program_and_keeps_the_draft() {
    for ignoring in [false, true] {
        let data = tempfile::tempdir().unwrap();
        let mut terminal =
            if ignoring { Terminal::start_ignoring_hangup(data.path()) } else { Terminal::start(data.path()) };
        terminal.shows("任务 1/130");
        terminal.send("e\t线路断开之前");
        terminal.shows("线路断开之前");
        terminal.hang_up();
        terminal.ended();
        let terminal = Terminal::start(data.path());
        terminal.shows("线路断开之前");
    }
}

#[test]
fn idle_sends_nothing_and_wakes_nobody() {
    let data = tempfile::tempdir().unwrap();
    let terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.settle();
    // The database's own threads come to rest a moment after the start.
    thread::sleep(Duration::from_secs(2));
    let before = (terminal.bytes(), terminal.wake_ups());
    thread::sleep(Duration::from_secs(3));
    assert_eq!((terminal.bytes(), terminal.wake_ups()), before);
}

#[test]
fn a_frame_is_one_write() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    terminal.settle();
    for key in ["j", "j", "2", "4", "l", "8"] {
        let before = terminal.counter("io", "syscw");
        let bytes = terminal.bytes();
        terminal.send(key);
        terminal.wait("an answer", |t| t.bytes() > bytes);
        terminal.settle();
        assert_eq!(terminal.counter("io", "syscw") - before, 1, "{key}");
    }
}

#[test]
fn a_second_writer_is_told_who_holds_the_ledger_and_a_reader_is_not_kept_waiting() {
    let data = tempfile::tempdir().unwrap();
    let terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    let (status, _, error) = duban(data.path(), &["file", "T1", "--percent", "10"]);
    assert_eq!(status, 4);
    assert!(error.contains(&terminal.pid().to_string()) && error.lines().count() == 2, "{error}");
    let (status, found, _) = duban(data.path(), &["who", "充电桩"]);
    assert_eq!(status, 0);
    assert!(found.contains("市发改委"), "{found}");
    let mut second = Terminal::start(data.path());
    assert_eq!(second.ended(), 4);
}

#[test]
fn a_panic_would_give_the_terminal_back_and_so_does_a_signal() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(data.path());
    terminal.shows("任务 1/130");
    let status = Command::new("kill").args(["-TERM", &terminal.pid().to_string()]).status().unwrap();
    assert!(status.success());
    assert_eq!(terminal.ended(), 0);
    terminal.settle();
    let bytes = terminal.seen.lock().unwrap().1.clone();
    assert!(bytes.ends_with(b"\x1b[?25h\x1b[?1049l"));
}
