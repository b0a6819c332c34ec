//! Five processes on one ledger, killed at random, the host of the moment more often than the others. What any of them was told is
//! written stays written, once, in its order, under the number and hash that it was told; and somebody goes on at once.
//!
//! `DUBAN_KILLS` says how often (300), `DUBAN_SEED` when and whom.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Child;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use duban::store::{Purpose, Refused, current_actor, open_shared, open_to_write, verify};

use super::writer::{Dice, FOLDER, batch, commits, env, lines, numbers, say, start};

/// Which writer a process is, from 1.
const WHO: &str = "DUBAN_TEST_WHO";
/// The first number that it writes.
const FROM: &str = "DUBAN_TEST_FROM";

const PROCESSES: u32 = 5;
/// How long all five may be without a single acknowledgement. The aim is below a second; this is for what hangs.
const HANGS: Duration = Duration::from_secs(30);

/// Not a test by itself: one of the five.
#[test]
fn worker() {
    let Ok(dir) = std::env::var(FOLDER) else { return };
    let who = env(WHO).unwrap();
    let actor = current_actor();
    let opened = loop {
        match open_shared(Path::new(&dir), Purpose::Screen, &actor) {
            Ok(opened) => break opened,
            Err(error) => say(&format!("not opened: {error}")),
        }
    };
    let mut dice = Dice(u64::from(who));
    for n in env(FROM).unwrap_or(1).. {
        let head = loop {
            match opened.store.commit(&actor, &batch(who, n, 10)) {
                Ok(head) => break head,
                // Also where a host does not answer in time: on a busy machine it may only be slow.
                Err(refused @ (Refused::Unknown | Refused::Away(_))) => {
                    say(&format!("again: {}", without_number(&refused)));
                }
                Err(refused) => {
                    say(&format!("failed: {n}: {refused}"));
                    return;
                }
            }
        };
        say(&format!("acknowledged {n} {} {}", head.seq, head.hash));
        thread::sleep(Duration::from_micros(dice.roll(4000)));
    }
}

/// A refusal without the number of the process that it names: they are counted by kind.
fn without_number(refused: &Refused) -> String {
    refused.to_string().chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// What a process said, and when.
struct Heard {
    who: u32,
    at: Instant,
    line: String,
}

/// What it was told is written.
struct Told {
    n: u32,
    seq: u64,
    hash: String,
}

struct Fleet<'a> {
    dir: &'a Path,
    running: BTreeMap<u32, (Child, JoinHandle<()>)>,
    heard: Receiver<Heard>,
    tell: Sender<Heard>,
    told: BTreeMap<u32, Vec<Told>>,
    /// When anything was acknowledged to anybody.
    times: Vec<Instant>,
    /// What else was said, and how often.
    said: BTreeMap<String, usize>,
}

impl<'a> Fleet<'a> {
    fn start(dir: &'a Path) -> Self {
        let (tell, heard) = channel();
        let mut fleet = Self {
            dir,
            running: BTreeMap::new(),
            heard,
            tell,
            told: BTreeMap::new(),
            times: vec![Instant::now()],
            said: BTreeMap::new(),
        };
        for who in 1..=PROCESSES {
            fleet.launch(who);
        }
        fleet
    }

    /// Starts a writer at the first number that it was not told about: it may be written or not, and is tried again under its id.
    fn launch(&mut self, who: u32) {
        let from = self.told.get(&who).map_or(0, Vec::len) + 1;
        let (name, from) = (who.to_string(), from.to_string());
        let mut child = start("takeover::worker", self.dir, &[(WHO, &name), (FROM, &from)]);
        let (lines, tell) = (lines(&mut child), self.tell.clone());
        let reader = thread::spawn(move || {
            for line in lines {
                let _ = tell.send(Heard { who, at: Instant::now(), line });
            }
        });
        self.running.insert(who, (child, reader));
    }

    /// Listens until anybody is told something new.
    fn listen_for_one(&mut self) {
        let before = self.times.len();
        while self.times.len() == before {
            self.listen(Duration::from_millis(2));
        }
    }

    /// Listens for a while.
    fn listen(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while let Ok(heard) = self.heard.recv_timeout(until.saturating_duration_since(Instant::now())) {
            self.note(&heard);
        }
        let silent = self.times.last().unwrap().elapsed();
        assert!(silent < HANGS, "nobody was told anything for {silent:?}; {:?}", self.said);
    }

    fn note(&mut self, heard: &Heard) {
        let Some(told) = heard.line.strip_prefix("acknowledged ") else {
            assert!(!heard.line.starts_with("failed"), "writer {}: {}", heard.who, heard.line);
            if heard.line.starts_with("again") || heard.line.starts_with("not opened") {
                *self.said.entry(heard.line.clone()).or_default() += 1;
            }
            return;
        };
        let mut words = told.split(' ');
        let mut number = || words.next().unwrap().parse().unwrap();
        let (n, seq) = (number(), number());
        let told = Told { n: u32::try_from(n).unwrap(), seq, hash: words.next().unwrap().to_owned() };
        let all = self.told.entry(heard.who).or_default();
        assert_eq!(usize::try_from(told.n).unwrap(), all.len() + 1, "writer {} counts", heard.who);
        all.push(told);
        self.times.push(heard.at);
    }

    /// The writer whose process holds the lock, by the lock's own text.
    fn host(&self) -> Option<u32> {
        let text = std::fs::read_to_string(self.dir.join("lock")).ok()?;
        let pid: u32 = text.split_whitespace().next()?.parse().ok()?;
        self.running.iter().find(|(_, (child, _))| child.id() == pid).map(|(who, _)| *who)
    }

    /// Ends a process as the system would, and hears what it still had said.
    fn kill(&mut self, who: u32) {
        let Some((mut child, reader)) = self.running.remove(&who) else { return };
        child.kill().unwrap();
        child.wait().unwrap();
        reader.join().unwrap();
        while let Ok(heard) = self.heard.try_recv() {
            self.note(&heard);
        }
    }
}

impl Drop for Fleet<'_> {
    fn drop(&mut self) {
        for (child, _) in self.running.values_mut() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

#[test]
fn of_five_processes_killed_at_random_every_acknowledged_commit_is_there_once() {
    let dir = tempfile::tempdir().unwrap();
    let kills: u32 = env("DUBAN_KILLS").unwrap_or(300);
    let mut dice = Dice(env("DUBAN_SEED").unwrap_or(5));
    let mut fleet = Fleet::start(dir.path());
    let mut hosts_killed = Vec::new();
    let mut kill = |fleet: &mut Fleet, dice: &mut Dice| {
        let any = 1 + u32::try_from(dice.roll(u64::from(PROCESSES))).unwrap();
        let host = fleet.host();
        let who = host.filter(|_| dice.roll(2) == 0).unwrap_or(any);
        if host == Some(who) {
            hosts_killed.push(Instant::now());
        }
        fleet.kill(who);
        fleet.launch(who);
    };
    for _ in 0..kills {
        // Mostly when the work goes on, sometimes while somebody takes over or starts.
        if dice.roll(4) > 0 {
            fleet.listen_for_one();
        }
        fleet.listen(Duration::from_millis(dice.roll(60)));
        kill(&mut fleet, &mut dice);
    }
    fleet.listen(Duration::from_secs(1));
    for who in 1..=PROCESSES {
        fleet.kill(who);
    }
    check(dir.path(), &fleet.told);
    print(&mut fleet.times, &hosts_killed);
    println!("said besides: {:?}", fleet.said);
    assert!(hosts_killed.len() > usize::try_from(kills / 4).unwrap(), "hosts were among the killed");
}

/// What the processes were told against what is written.
fn check(dir: &Path, told: &BTreeMap<u32, Vec<Told>>) {
    let found = commits(dir);
    let mut last: BTreeMap<u32, u32> = BTreeMap::new();
    for (at, sealed) in (1..).zip(&found) {
        assert_eq!(sealed.commit.seq.0, at, "no gap");
        let (who, n) = numbers(sealed.commit.id);
        let last = last.entry(who).or_default();
        assert_eq!(n, *last + 1, "writer {who}: each once, in order");
        *last = n;
    }
    for (who, told) in told {
        let written = last.get(who).copied().unwrap_or_default();
        let count = u32::try_from(told.len()).unwrap();
        assert!((count..=count + 1).contains(&written), "writer {who}: told {count}, written {written}");
        for Told { n, seq, hash } in told {
            let sealed = &found[usize::try_from(*seq).unwrap() - 1];
            assert_eq!(numbers(sealed.commit.id), (*who, *n), "under the number that it was told");
            assert_eq!(&sealed.hash.to_string(), hash);
        }
    }
    drop(open_to_write(dir, Purpose::Screen).unwrap());
    let verdict = verify(dir).unwrap();
    assert!(verdict.is_good() && verdict.head.seq.0 == found.len() as u64, "{verdict:?}");
    let told: usize = told.values().map(Vec::len).sum();
    println!("{told} acknowledged, {} written, each once, in order, chain whole", found.len());
}

fn print(times: &mut [Instant], hosts_killed: &[Instant]) {
    times.sort();
    let gaps = || times.windows(2).map(|pair| (pair[0], pair[1]));
    let longest = gaps().map(|(from, to)| to - from).max().unwrap_or_default();
    // A takeover is the longest silence around the kill: what was told before it may be heard a moment later. Where the next host
    // was killed too before it said anything, there is nothing to measure.
    let after = |killed: Instant| {
        let near = gaps().filter(|(from, to)| *to > killed && *from < killed + Duration::from_millis(20));
        near.max_by_key(|(from, to)| *to - *from).map(|(from, to)| (to - from, to))
    };
    let again = hosts_killed.iter().skip(1).map(Some).chain([None]);
    let takeovers = hosts_killed.iter().zip(again).filter_map(|(killed, again)| {
        let (silence, until) = after(*killed)?;
        again.is_none_or(|again| *again > until).then_some(silence)
    });
    let mut takeovers: Vec<Duration> = takeovers.collect();
    takeovers.sort();
    let at = |percent: usize| takeovers.get(takeovers.len().saturating_sub(1) * percent / 100).copied();
    println!(
        "{} hosts killed, {} in time to take over; silence around each of these: p50 {:.3?}, p99 {:.3?}, longest {:.3?}; longest silence at all {longest:.3?}",
        hosts_killed.len(),
        takeovers.len(),
        at(50).unwrap_or_default(),
        at(99).unwrap_or_default(),
        at(100).unwrap_or_default(),
    );
}
