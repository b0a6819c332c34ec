//! The screen on a bad line: 40 ms each way, 128 kbit/s. How long after a keystroke the first and the last byte of its answer arrive.
//!
//! `cargo bench --bench line`. `DUBAN_DELAY` says how many milliseconds a byte travels (40), `DUBAN_RATE` how many bits pass in a
//! second (128000), `DUBAN_RUNS` how often each key is pressed (20). The line stands between the pseudo-terminal and us: what the
//! program writes waits in the terminal until the line has taken it, as behind `sshd`. Nothing is added for the protocol of SSH.
//!
//! The aim is about the program: an answer within one round trip and 20 ms more. What a long answer costs at this rate is shown apart.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

#[path = "made/sorted.rs"]
mod sorted;

use std::io::{Read as _, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use sorted::Sorted;

const PATIENCE: Duration = Duration::from_mins(1);
/// Nothing for so long: the answer has ended. Longer than the keys have to rest before a wide screen's detail follows.
const QUIET: Duration = Duration::from_millis(450);

fn main() {
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let line =
        Line { delay: Duration::from_millis(number("DUBAN_DELAY", 40)), rate: number("DUBAN_RATE", 128_000) / 8 };
    let runs = usize::try_from(number("DUBAN_RUNS", 20)).unwrap();
    let data = tempfile::tempdir().unwrap();
    let round_trip = line.delay * 2;
    println!("a line of {} ms each way, {} bytes a second; {runs} runs", line.delay.as_millis(), line.rate);
    println!(
        "\n| size | what | bytes | first byte ms p50 | p95 | beyond the round trip p95 | last byte ms p50 | p95 |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for (columns, rows) in [(80, 24), (160, 48)] {
        let mut table: Vec<(&str, Vec<Answer>)> = Vec::new();
        let mut note = |what: &'static str, answer: Answer| match table.iter_mut().find(|(name, _)| *name == what) {
            Some((_, answers)) => answers.push(answer),
            None => table.push((what, vec![answer])),
        };
        for run in 0..runs {
            let mut screen = Screen::start(data.path(), line, (columns, rows));
            let first = screen.answer(screen.began);
            // The first start of all reads the document in.
            if run > 0 || columns > 80 {
                note("first frame (from the start of the process)", first);
            }
            note("one row down", screen.press("j"));
            note("open an item", screen.press("\r"));
            screen.press("\x1b[D");
            screen.press("\x1b");
            note("open the search (`/`)", screen.press("/"));
            note("search: the first letter (`c`)", screen.press("c"));
            note("search: the second letter (`d`)", screen.press("d"));
            screen.press("\x1b");
            note("open the filing form", screen.press("e"));
            screen.press("\t");
            note("a letter in the form", screen.press("x"));
            note("a Chinese character in the form", screen.press("推"));
            screen.press("\x15");
            screen.press("\x1b");
            note("another screen (4)", screen.press("\x1b4"));
            screen.press("q");
        }
        for (what, answers) in &table {
            let all = |of: fn(&Answer) -> Duration| Sorted::of(answers.iter().map(of));
            let (first, last) = (all(|answer| answer.first), all(|answer| answer.last));
            let bytes = answers.iter().map(|answer| answer.bytes).max().unwrap_or_default();
            println!(
                "| {columns}×{rows} | {what} | {bytes} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} |",
                first.at(50),
                first.at(95),
                first.at(95) - round_trip.as_secs_f64() * 1000.0,
                last.at(50),
                last.at(95),
            );
        }
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// The line: how long a byte travels, how many pass in a second.
#[derive(Clone, Copy)]
struct Line {
    delay: Duration,
    rate: u64,
}

impl Line {
    /// How long so many bytes take to pass.
    fn passes(self, bytes: usize) -> Duration {
        Duration::from_nanos(bytes as u64 * 1_000_000_000 / self.rate)
    }
}

/// When the answer to a key was there.
struct Answer {
    first: Duration,
    last: Duration,
    bytes: usize,
}

struct Screen {
    child: Box<dyn Child + Send + Sync>,
    input: Box<dyn Write + Send>,
    _master: Box<dyn MasterPty + Send>,
    line: Line,
    /// When packets arrived at our end: their first byte, their last, and how many.
    arrived: Arc<Mutex<Vec<(Instant, Instant, usize)>>>,
    seen: usize,
    began: Instant,
}

impl Screen {
    fn start(data: &Path, line: Line, (cols, rows): (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_duban"));
        command.args(["--data", data.to_str().unwrap()]);
        command.env("TERM", "xterm-256color");
        command.env_remove("NO_COLOR");
        command.env_remove("DUBAN_LANG");
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut output = pair.master.try_clone_reader().unwrap();
        let input = pair.master.take_writer().unwrap();
        let arrived: Arc<Mutex<Vec<(Instant, Instant, usize)>>> = Arc::default();
        let ours = Arc::clone(&arrived);
        thread::spawn(move || {
            // A packet at a time: it is taken from the terminal when the one before has left.
            let mut packet = [0; 256];
            let mut free = Instant::now();
            while let Ok(count @ 1..) = output.read(&mut packet) {
                let begins = free.max(Instant::now());
                free = begins + line.passes(count);
                ours.lock().unwrap().push((begins + line.passes(1) + line.delay, free + line.delay, count));
                thread::sleep(free.saturating_duration_since(Instant::now()));
            }
        });
        let began = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        Self { child, input, _master: pair.master, line, arrived, seen: 0, began }
    }

    /// Presses a key, and waits for the whole answer.
    fn press(&mut self, keys: &str) -> Answer {
        let pressed = Instant::now();
        thread::sleep(self.line.delay + self.line.passes(keys.len()));
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
        self.answer(pressed)
    }

    /// Everything that arrives until it is quiet. What a screen adds when the keys rest is not the answer to a key: the answer ends
    /// at the first pause.
    fn answer(&mut self, asked: Instant) -> Answer {
        const PAUSE: Duration = Duration::from_millis(60);
        loop {
            let arrived = self.arrived.lock().unwrap();
            let new = arrived.get(self.seen..).unwrap_or_default();
            let quiet = arrived.last().is_some_and(|(_, at, _)| Instant::now() > *at + QUIET);
            if !new.is_empty() && quiet {
                let (first, ..) = *new.first().unwrap();
                let (mut last, mut bytes) = (first, 0);
                for (begins, ends, count) in new {
                    if *begins > last + PAUSE {
                        break;
                    }
                    (last, bytes) = (*ends, bytes + count);
                }
                let answer = Answer { first: first - asked, last: last - asked, bytes };
                drop(arrived);
                self.seen = self.arrived.lock().unwrap().len();
                return answer;
            }
            drop(arrived);
            if asked.elapsed() > Duration::from_secs(2) && self.arrived.lock().unwrap().len() == self.seen {
                // The key changes nothing that is shown.
                return Answer { first: Duration::ZERO, last: Duration::ZERO, bytes: 0 };
            }
            assert!(asked.elapsed() < PATIENCE, "no answer");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
