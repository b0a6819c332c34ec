//! `duban backup`: journal and originals in one file, while people work.

use std::io::Write as _;
use std::path::Path;

use serde::Serialize;

use crate::catalog::Say;
use crate::store::backup::{self, Made};

use super::args::Backup;
use super::fail::{Exit, Stop};
use super::session::Session;
use super::{backup_words, json, words};

/// What was made, as programs read it.
#[derive(Serialize)]
struct Told<'a> {
    file: String,
    seq: Option<u64>,
    hash: Option<String>,
    records: Option<usize>,
    originals: Option<usize>,
    left_out: Vec<String>,
    bytes: Option<u64>,
    sha256: Option<String>,
    aside: Option<String>,
    kept: Option<usize>,
    removed: Vec<std::borrow::Cow<'a, str>>,
}

pub(super) fn run(session: &Session, args: &Backup) -> Result<Exit, Stop> {
    let lang = session.lang;
    let folder = session.folder("backup")?;
    if session.is_demo() {
        // The throw-away ledger has to be made before it can be copied.
        drop(session.read()?);
    }
    let readme = lang.say(Say::CliBackupReadme);
    let fail = |file: &Path| {
        let file = file.to_owned();
        move |error| backup_words::stop(lang, &file, &error)
    };
    match (&args.file, &args.daily) {
        (Some(file), _) => {
            let made = backup::make(folder, file, readme).map_err(fail(file))?;
            tell(session, args.json, file, Some(&made), None)
        }
        (None, Some(into)) => {
            let daily = backup::daily(folder, into, session.now.date_naive(), readme).map_err(fail(into))?;
            tell(session, args.json, &daily.file, daily.made.as_ref(), Some(&daily))
        }
        (None, None) => Err(Stop::input(lang.say(Say::CliBackupNowhere), lang.say(Say::CliBackupNowhereTodo))),
    }
}

fn tell(
    session: &Session,
    as_json: bool,
    file: &Path,
    made: Option<&Made>,
    daily: Option<&backup::Daily>,
) -> Result<Exit, Stop> {
    let lang = session.lang;
    let mut out = session.out();
    let left_out = made.map(|made| made.left_out.as_slice()).unwrap_or_default();
    let done = if as_json {
        let told = Told {
            file: file.to_string_lossy().into_owned(),
            seq: made.map(|made| made.head.seq.0),
            hash: made.map(|made| made.head.hash.to_string()),
            records: made.map(|made| made.records),
            originals: made.map(|made| made.originals),
            left_out: left_out.iter().map(ToString::to_string).collect(),
            bytes: made.map(|made| made.bytes),
            sha256: made.map(|made| made.sha256.to_string()),
            aside: daily.and_then(|daily| daily.aside.as_ref()).map(|path| path.to_string_lossy().into_owned()),
            kept: daily.map(|daily| daily.kept),
            removed: daily.iter().flat_map(|daily| &daily.removed).map(|path| path.to_string_lossy()).collect(),
        };
        json(&mut out, &told)
    } else {
        let mut lines = vec![match made {
            Some(Made { head, bytes, originals, .. }) => {
                lang.fill(Say::CliBackedUp, &[&head.seq, &head.hash, &words::path(file), bytes, originals])
            }
            None => lang.fill(Say::CliBackupToday, &[&words::path(file)]),
        }];
        lines.extend(left_out.iter().map(|hash| lang.fill(Say::CliBackupLeftOut, &[hash])));
        let aside = daily.and_then(|daily| daily.aside.as_ref());
        lines.extend(aside.map(|path| lang.fill(Say::CliBackupAside, &[&words::path(path)])));
        lines.extend(daily.map(|daily| lang.fill(Say::CliBackupKept, &[&daily.kept, &daily.removed.len()])));
        writeln!(out, "{}", lines.join("\n")).and_then(|()| out.flush())
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}
