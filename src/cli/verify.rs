//! `duban verify`: do journal, fold, sled, originals and backups agree, and is a head that stands on paper in the ledger?

mod backups;
mod head;

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::report::bulletin::mark;
use crate::store::{self, Damage, Exposed, ImageVerdict, SledVerdict, Unsound, Verdict};
use crate::text;

use super::args::Verify;
use super::fail::{Exit, Stop, exposed};
use super::session::Session;
use super::{json, words};

/// What was found, as programs read it.
#[derive(Serialize)]
struct Told {
    good: bool,
    seq: u64,
    hash: String,
    mark: String,
    records: usize,
    damages: Vec<Place>,
    unfinished: Option<Place>,
    sled: &'static str,
    sled_seq: Option<u64>,
    image: Option<&'static str>,
    originals: usize,
    damaged_originals: Vec<String>,
    missing_originals: Vec<String>,
    exposed: Option<&'static str>,
    head: Option<head::Told>,
    backups: Vec<backups::Told>,
}

#[derive(Serialize)]
struct Place {
    file: String,
    line: u64,
    what: String,
}

pub(super) fn run(session: &Session, args: &Verify) -> Result<Exit, Stop> {
    let lang = session.lang;
    let asked = head::asked(session, &args.head)?;
    let folder = session.folder("verify")?;
    if session.is_demo() {
        // The throw-away ledger has to be made before it can be looked at.
        drop(session.read()?);
    }
    let verdict = store::verify(folder).map_err(|error| Stop::opening(lang, &error))?;
    let head = asked.map(|asked| head::look(lang, folder, &asked)).transpose()?;
    let backups = args.backups.as_deref().map(|at| backups::check(lang, folder, at)).transpose()?.unwrap_or_default();
    let trouble = trouble((lang, folder), &verdict, head.as_ref(), &backups);
    let mut out = session.out();
    let done = if args.json {
        json(&mut out, &told(lang, &verdict, trouble.is_none(), (head.as_ref(), &backups)))
    } else {
        let mut lines = lines(lang, &verdict);
        lines.extend(verdict.exposed.map(|why| exposed(lang, folder, why).0));
        lines.extend(head.iter().map(|head| head.line.clone()));
        lines.extend(backups.iter().map(|backup| backup.line.clone()));
        // What is said last is not said twice.
        lines.retain(|line| trouble.as_ref().is_none_or(|(what, _)| what != line));
        writeln!(out, "{}", lines.join("\n")).and_then(|()| out.flush())
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    match trouble {
        None => Ok(Exit::Done),
        Some((what, todo)) => Err(Stop::new(Exit::Store, what, todo)),
    }
}

/// What is wrong first of all, and what is to be done: with the ledger itself, else with what is compared with it.
fn trouble(
    (lang, folder): (Lang, &Path),
    verdict: &Verdict,
    head: Option<&head::Looked>,
    backups: &[backups::Checked],
) -> Option<(String, String)> {
    let ledger = |todo| Some((lang.say(Say::CliVerifyBad).to_owned(), lang.say(todo).to_owned()));
    if !verdict.damages.is_empty() {
        return ledger(Say::CliVerifyJournalTodo);
    }
    if !is_fine(&verdict.sled) {
        return ledger(Say::CliVerifySledTodo);
    }
    if verdict.image.as_ref().is_some_and(|image| !matches!(image, ImageVerdict::Agrees | ImageVerdict::Behind(_))) {
        return ledger(Say::CliVerifyImageTodo);
    }
    if !verdict.damaged_originals.is_empty() || !verdict.missing_originals.is_empty() {
        return ledger(Say::CliVerifyOriginalTodo);
    }
    if let Some(why) = verdict.exposed {
        return Some(exposed(lang, folder, why));
    }
    if let Some(head) = head.filter(|head| !head.found) {
        return Some((head.line.clone(), lang.say(Say::CliVerifyHeadTodo).to_owned()));
    }
    let bad = backups.iter().find(|backup| !backup.good)?;
    Some((bad.line.clone(), lang.say(Say::CliVerifyBackupTodo).to_owned()))
}

/// Whether nothing needs to be done about the database.
const fn is_fine(sled: &SledVerdict) -> bool {
    match sled {
        SledVerdict::Agrees
        | SledVerdict::Behind(_)
        | SledVerdict::InUse { .. }
        | SledVerdict::NotChecked(_)
        // The folder of an older version: the next screen or service makes it anew.
        | SledVerdict::Unsound(Unsound::Missing | Unsound::Schema(_)) => true,
        SledVerdict::Ahead(_) | SledVerdict::Unsound(_) => false,
    }
}

fn lines(lang: Lang, verdict: &Verdict) -> Vec<String> {
    let head = verdict.head;
    let mut lines = vec![
        lang.fill(Say::CliVerifyHead, &[&head.seq, &head.hash, &verdict.records]),
        lang.fill(Say::CliVerifyMark, &[&mark(head)]),
    ];
    lines.extend(verdict.damages.iter().map(|damage| words::damage(lang, damage)));
    if verdict.damages.is_empty() {
        lines.push(lang.say(Say::CliVerifyJournalGood).to_owned());
    }
    let unfinished = |half: &Damage| lang.fill(Say::CliNoticeUnfinished, &[&words::path(&half.file), &half.line]);
    lines.extend(verdict.unfinished.as_ref().map(unfinished));
    lines.push(match &verdict.sled {
        SledVerdict::Agrees => lang.say(Say::CliVerifySledAgrees).to_owned(),
        SledVerdict::Behind(seq) => lang.fill(Say::CliVerifySledBehind, &[seq]),
        SledVerdict::InUse { pid, purpose } => {
            lang.fill(Say::CliVerifySledInUse, &[pid, &words::purpose(lang, *purpose)])
        }
        SledVerdict::NotChecked(why) => lang.fill(Say::CliVerifySledNotChecked, &[why]),
        SledVerdict::Ahead(seq) => lang.fill(Say::CliVerifySledAhead, &[seq]),
        SledVerdict::Unsound(Unsound::Missing) => lang.say(Say::CliVerifySledMissing).to_owned(),
        SledVerdict::Unsound(why) => lang.fill(Say::CliVerifySledUnsound, &[&words::unsound(lang, why)]),
    });
    lines.extend(verdict.image.as_ref().map(|image| image_line(lang, image)));
    lines.extend(verdict.damaged_originals.iter().map(|hash| lang.fill(Say::CliVerifyOriginalBad, &[hash])));
    for (hash, file) in &verdict.missing_originals {
        lines.push(lang.fill(Say::CliVerifyOriginalGone, &[&text::one_line(hash).text, &text::one_line(file).text]));
    }
    if verdict.damaged_originals.is_empty() && verdict.missing_originals.is_empty() {
        lines.push(lang.fill(Say::CliVerifyOriginals, &[&verdict.originals]));
    }
    lines
}

fn image_line(lang: Lang, image: &ImageVerdict) -> String {
    match image {
        ImageVerdict::Agrees => lang.say(Say::CliVerifyImageAgrees).to_owned(),
        ImageVerdict::Behind(seq) => lang.fill(Say::CliVerifyImageBehind, &[seq]),
        ImageVerdict::Ahead(seq) => lang.fill(Say::CliVerifyImageAhead, &[seq]),
        ImageVerdict::Unsound(why) => lang.fill(Say::CliVerifyImageUnsound, &[&words::unsound(lang, why)]),
    }
}

fn told(
    lang: Lang,
    verdict: &Verdict,
    good: bool,
    (head, backups): (Option<&head::Looked>, &[backups::Checked]),
) -> Told {
    let place = |damage: &Damage| Place {
        file: damage.file.to_string_lossy().into_owned(),
        line: damage.line,
        what: words::bad_line(lang, &damage.what),
    };
    let (sled, sled_seq) = match &verdict.sled {
        SledVerdict::Agrees => ("agrees", Some(verdict.head.seq)),
        SledVerdict::Behind(seq) => ("behind", Some(*seq)),
        SledVerdict::Ahead(seq) => ("ahead", Some(*seq)),
        SledVerdict::InUse { .. } | SledVerdict::NotChecked(_) => ("not_checked", None),
        SledVerdict::Unsound(Unsound::Missing) => ("missing", None),
        SledVerdict::Unsound(Unsound::Schema(_)) => ("older", None),
        SledVerdict::Unsound(_) => ("unsound", None),
    };
    let image = |image: &ImageVerdict| match image {
        ImageVerdict::Agrees => "agrees",
        ImageVerdict::Behind(_) => "behind",
        ImageVerdict::Ahead(_) => "ahead",
        ImageVerdict::Unsound(_) => "unsound",
    };
    Told {
        good,
        seq: verdict.head.seq.0,
        hash: verdict.head.hash.to_string(),
        mark: mark(verdict.head),
        records: verdict.records,
        damages: verdict.damages.iter().map(place).collect(),
        unfinished: verdict.unfinished.as_ref().map(place),
        sled,
        sled_seq: sled_seq.map(|seq| seq.0),
        image: verdict.image.as_ref().map(image),
        originals: verdict.originals,
        damaged_originals: verdict.damaged_originals.iter().map(ToString::to_string).collect(),
        missing_originals: verdict.missing_originals.iter().map(|(hash, _)| hash.clone()).collect(),
        exposed: verdict.exposed.map(|why| match why {
            Exposed::Writable => "writable",
            Exposed::Foreign => "foreign",
        }),
        head: head.map(|head| head.told.clone()),
        backups: backups.iter().map(|backup| backup.told.clone()).collect(),
    }
}
