//! `duban repair`: what is damaged, what would be put there and why; with `--write` it is done.

use std::io::Write as _;

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::store;
use crate::text;

use super::args::Repair;
use super::fail::{Exit, Stop};
use super::session::Session;
use super::{backup_words, json, words};

/// A repair, as programs read it.
#[derive(Serialize)]
struct Told {
    seq: u64,
    hash: String,
    written: bool,
    damages: Vec<String>,
    found: Vec<Found>,
    lost: Vec<u64>,
    copies: Option<String>,
    database: bool,
    files: Vec<(String, Option<String>)>,
}

#[derive(Serialize)]
struct Found {
    seq: u64,
    hash: String,
    backup: bool,
}

pub(super) fn run(session: &Session, args: &Repair) -> Result<Exit, Stop> {
    let lang = session.lang;
    if args.write && session.read_only {
        return Err(Stop::new(Exit::Refused, lang.say(Say::CliReadOnly), lang.say(Say::CliReadOnlyTodo)));
    }
    let folder = session.folder("repair")?;
    let from = args.from.as_deref();
    let repair = store::repair(folder, from, args.write)
        .map_err(|error| backup_words::stop(lang, from.unwrap_or(folder), &error))?;
    let mut out = session.out();
    let done = if args.json {
        json(&mut out, &told(lang, &repair, args.write))
    } else {
        writeln!(out, "{}", lines(lang, &repair, args.write).join("\n")).and_then(|()| out.flush())
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    match repair.lost.first() {
        None => Ok(Exit::Done),
        Some(first) => {
            let before = first.0.saturating_sub(1);
            let todo = lang.fill(Say::CliRepairStuckTodo, &[&before]);
            Err(Stop::new(Exit::Store, lang.say(Say::CliRepairStuck), todo))
        }
    }
}

fn told(lang: Lang, repair: &store::Repair, write: bool) -> Told {
    let path = |path: &std::path::PathBuf| path.to_string_lossy().into_owned();
    Told {
        seq: repair.head.seq.0,
        hash: repair.head.hash.to_string(),
        written: write && repair.lost.is_empty() && (repair.database.is_some() || !repair.files.is_empty()),
        damages: repair.damages.iter().map(|damage| words::damage(lang, damage)).collect(),
        found: repair
            .found
            .iter()
            .map(|found| Found { seq: found.seq.0, hash: found.hash.to_string(), backup: found.backup })
            .collect(),
        lost: repair.lost.iter().map(|seq| seq.0).collect(),
        copies: repair.copies.as_ref().map(|why| words::unsound(lang, why)),
        database: repair.database.is_some(),
        files: repair.files.iter().map(|(file, aside)| (path(file), aside.as_ref().map(path))).collect(),
    }
}

fn lines(lang: Lang, repair: &store::Repair, write: bool) -> Vec<String> {
    let mut lines = Vec::new();
    match &repair.database {
        Some(why) => lines.push(lang.fill(Say::CliVerifySledUnsound, &[&words::unsound(lang, why)])),
        None if repair.damages.is_empty() => return vec![lang.fill(Say::CliRepairNothing, &[&repair.head.seq])],
        None => {}
    }
    lines.extend(repair.copies.iter().map(|why| lang.fill(Say::CliVerifySledUnsound, &[&words::unsound(lang, why)])));
    lines.extend(repair.damages.iter().map(|damage| words::damage(lang, damage)));
    for found in &repair.found {
        let say = if found.backup { Say::CliRepairBackup } else { Say::CliRepairSled };
        let (who, when) = (text::one_line(&found.who).text, found.at.format("%Y-%m-%d %H:%M"));
        lines.push(lang.fill(say, &[&found.seq, &who, &when, &found.hash]));
    }
    lines.extend(repair.lost.iter().map(|seq| lang.fill(Say::CliRepairLost, &[seq])));
    for (file, aside) in &repair.files {
        let file = words::path(file);
        lines.push(match aside {
            Some(aside) => lang.fill(Say::CliRepairReplaced, &[&file, &words::path(aside)]),
            None if write => lang.fill(Say::CliRepairMade, &[&file]),
            None => lang.fill(Say::CliRepairFile, &[&file]),
        });
        let back = aside.iter().filter(|_| repair.database.is_none());
        lines.extend(back.map(|aside| lang.fill(Say::CliRepairBack, &[&words::path(aside), &file])));
    }
    if repair.database.is_some() {
        lines.push(lang.say(if write { Say::CliRepairDatabase } else { Say::CliRepairDatabaseDry }).to_owned());
    } else if repair.lost.is_empty() {
        let say = if write { Say::CliRepairDone } else { Say::CliRepairDry };
        lines.push(lang.fill(say, &[&repair.head.seq, &repair.head.hash]));
    }
    lines
}
