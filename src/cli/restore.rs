//! `duban restore`: a backup or an export as a new ledger.

use std::io::Write as _;
use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::Seq;
use crate::store::Sealed;
use crate::store::backup::{self, Chain, Difference, Preview, Relation};
use crate::text::{self, fold_key};

use super::args::Restore;
use super::fail::{Exit, Stop};
use super::session::Session;
use super::{backup_words, json, words};

/// So many of the commits that are left out are named.
const NAMED: usize = 20;

/// What a restore makes, as programs read it.
#[derive(Serialize)]
struct Told<'a> {
    dry_run: bool,
    seq: Seq,
    hash: String,
    at: Option<String>,
    records: usize,
    originals: usize,
    documents: Vec<Document<'a>>,
    left_out: Vec<LeftOut<'a>>,
    against: Option<Against>,
}

/// What a restored ledger would be beside the one of now, or beside all that the backup holds.
#[derive(Serialize)]
struct Against {
    /// The folder of the ledger of now; of the backup itself where there is none.
    dir: Option<String>,
    /// `goes_on`, `shorter`, `another`, `unknown`: how the ledger of now stands to the commit that is restored.
    relation: &'static str,
    /// Its last commit.
    seq: u64,
    /// How many of its commits go.
    gone: u64,
    /// Of each kind of record that differs: how many go, change back, come.
    records: Vec<Differs>,
    #[serde(skip)]
    lines: Vec<String>,
}

#[derive(Serialize)]
struct Differs {
    kind: String,
    gone: usize,
    changed: usize,
    come: usize,
}

#[derive(Serialize)]
struct Document<'a> {
    id: String,
    title: &'a str,
}

#[derive(Serialize)]
struct LeftOut<'a> {
    seq: Seq,
    at: String,
    who: &'a str,
    intent: &'a str,
}

pub(super) fn run(session: &Session, args: &Restore) -> Result<Exit, Stop> {
    let lang = session.lang;
    let last = args.at.as_deref().map(|typed| last(session, &args.file, typed)).transpose()?;
    let made = match &args.dir {
        Some(dir) if !args.dry_run => backup::restore(&args.file, dir, last),
        _ => backup::preview(&args.file, last),
    };
    let preview = made.map_err(|error| backup_words::stop(lang, &args.file, &error))?;
    let against = if args.dry_run { against(session, &args.file, &preview)? } else { None };
    let mut out = session.out();
    let done = if args.json {
        json(&mut out, &Told { against, ..told(lang, &preview, args.dry_run) })
    } else {
        let mut lines = lines(lang, &preview, args);
        lines.extend(against.into_iter().flat_map(|against| against.lines));
        writeln!(out, "{}", lines.join("\n")).and_then(|()| out.flush())
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

fn told(lang: Lang, preview: &Preview, dry_run: bool) -> Told<'_> {
    let left_out = |sealed: &'_ Sealed| (sealed.commit.seq, sealed.commit.at.to_rfc3339(), sealed.commit.intent);
    let named = preview.left_out.iter().map(|sealed| {
        let (seq, at, intent) = left_out(sealed);
        LeftOut { seq, at, who: &sealed.commit.actor.name, intent: lang.intent(intent) }
    });
    Told {
        dry_run,
        seq: preview.head().seq,
        hash: preview.head().hash.to_string(),
        at: preview.last.map(|at| at.to_rfc3339()),
        records: preview.ledger.len(),
        originals: preview.originals,
        documents: preview
            .ledger
            .documents()
            .map(|document| Document { id: document.id.to_string(), title: &document.title })
            .collect(),
        left_out: named.collect(),
        against: None,
    }
}

/// The commit that is meant by its number, or by a day or moment: the last one up to the end of it.
fn last(session: &Session, file: &Path, typed: &str) -> Result<Seq, Stop> {
    let lang = session.lang;
    let typed = session.line(typed);
    let folded: String = typed.chars().map(fold_key).collect();
    let folded = folded.replace(['/', '.'], "-");
    if let Ok(seq) = folded.trim_start_matches('#').parse() {
        return Ok(Seq(seq));
    }
    let moment = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(&folded, form).ok());
    let day = || NaiveDate::parse_from_str(&folded, "%Y-%m-%d").ok();
    let end = NaiveTime::from_hms_milli_opt(23, 59, 59, 999).unwrap_or_default();
    // A minute is meant to its end, as a day is.
    let moment = moment.map(|moment| {
        moment + chrono::TimeDelta::milliseconds(if folded.matches(':').count() == 1 { 59_999 } else { 999 })
    });
    let Some(moment) = moment.or_else(|| Some(day()?.and_time(end))) else {
        let what = lang.fill(Say::CliRestoreBadAt, &[&typed]);
        return Err(Stop::input(what, lang.say(Say::CliRestoreBadAtTodo)));
    };
    backup::last_by(file, moment).map_err(|error| backup_words::stop(lang, file, &error))
}

/// What would differ from the ledger of now; without one, of what is restored only in part, from all of it. Where the ledger of now cannot be
/// read, or is an office's elsewhere, nothing is said of it.
fn against(session: &Session, file: &Path, preview: &Preview) -> Result<Option<Against>, Stop> {
    let lang = session.lang;
    let same = |dir: &Path| matches!((dir.canonicalize(), file.canonicalize()), (Ok(one), Ok(other)) if one == other);
    let dir = session.folder("restore").ok().filter(|dir| dir.join("journal").is_dir() && !same(dir));
    let now = dir.and_then(|dir| Some((dir, session.look().ok()?)));
    let Some((dir, now)) = now else {
        if preview.left_out.is_empty() {
            return Ok(None);
        }
        let Ok(whole) = backup::preview(file, None) else { return Ok(None) };
        let records = differs(backup::difference(&whole.ledger, &preview.ledger));
        let mut lines = vec![lang.say(Say::CliRestoreSelf).to_owned()];
        lines.extend(in_words(lang, &records));
        let gone = preview.left_out.len() as u64;
        return Ok(Some(Against { dir: None, relation: "goes_on", seq: whole.head().seq.0, gone, records, lines }));
    };
    let stop = |error| backup_words::stop(lang, dir, &error);
    let chain = Chain::of(dir).map_err(stop)?;
    let (head, last) = (preview.head(), chain.last());
    let mut lines = vec![lang.fill(Say::CliRestoreAgainst, &[&words::path(dir), &last.seq])];
    let (relation, gone) = match chain.relation(head) {
        Relation::GoesOn(gone) => ("goes_on", gone),
        Relation::Shorter(_) => ("shorter", 0),
        Relation::Another => ("another", 0),
        Relation::Unknown => ("unknown", 0),
    };
    match relation {
        "shorter" => lines.push(lang.fill(Say::CliRestoreLonger, &[&last.seq])),
        "another" => lines.push(lang.fill(Say::CliRestoreOther, &[&head.seq])),
        _ if gone > 0 => {
            lines.push(lang.fill(Say::CliRestoreGone, &[&gone]));
            lines.extend(commits(lang, &backup::since(dir, head.seq).map_err(stop)?, "    "));
        }
        _ => {}
    }
    let records = differs(backup::difference(&now, &preview.ledger));
    lines.extend(in_words(lang, &records));
    Ok(Some(Against { dir: Some(dir.to_string_lossy().into_owned()), relation, seq: last.seq.0, gone, records, lines }))
}

fn differs(found: Difference) -> Vec<Differs> {
    let each = found.into_iter();
    each.map(|(kind, counts)| Differs {
        kind: kind.to_owned(),
        gone: counts.gone,
        changed: counts.changed,
        come: counts.come,
    })
    .collect()
}

fn in_words(lang: Lang, records: &[Differs]) -> Vec<String> {
    if records.is_empty() {
        return vec![lang.say(Say::CliRestoreSame).to_owned()];
    }
    let line =
        |one: &Differs| lang.fill(Say::CliRestoreKind, &[&lang.kind(&one.kind), &one.gone, &one.changed, &one.come]);
    records.iter().map(line).collect()
}

/// The last of some commits, a line each.
fn commits(lang: Lang, commits: &[Sealed], indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let before = commits.len().saturating_sub(NAMED);
    if before > 0 {
        lines.push(lang.fill(Say::CliRestoreEarlier, &[&before]));
    }
    for sealed in commits.iter().skip(before) {
        let commit = &sealed.commit;
        // A backup may come from anywhere: its texts are foreign here.
        let (when, who) = (commit.at.format("%Y-%m-%d %H:%M"), text::one_line(&commit.actor.name).text);
        lines.push(format!("{indent}#{} {when} {who} {}", commit.seq, lang.intent(commit.intent)));
    }
    lines
}

fn lines(lang: Lang, preview: &Preview, args: &Restore) -> Vec<String> {
    let say = if args.dry_run { Say::CliRestorePreview } else { Say::CliRestored };
    let head = preview.head();
    let when = preview.last.map_or_else(String::new, |at| at.format("%Y-%m-%d %H:%M").to_string());
    let mut lines = vec![lang.fill(say, &[&head.seq, &head.hash, &when, &preview.ledger.len(), &preview.originals])];
    let clean = |foreign: &str| text::one_line(foreign).text;
    for document in preview.ledger.documents() {
        lines.push(lang.fill(Say::CliRestoreDocument, &[&document.id, &clean(&document.title)]));
    }
    if !preview.left_out.is_empty() {
        lines.push(lang.fill(Say::CliRestoreLeftOut, &[&preview.left_out.len()]));
        lines.extend(commits(lang, &preview.left_out, "  "));
    }
    if let Some(dir) = args.dir.as_ref().filter(|_| !args.dry_run) {
        lines.push(lang.fill(Say::CliRestoreOpen, &[&words::path(dir)]));
    }
    lines
}
