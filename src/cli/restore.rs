//! `duban restore`: a backup or an export as a new ledger.

mod against;
mod at;

use std::io::Write as _;

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::model::Seq;
use crate::store::Sealed;
use crate::store::backup::{self, Preview};
use crate::text;

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
    against: Option<against::Against>,
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
    let last = args.at.as_deref().map(|typed| at::last(session, &args.file, typed)).transpose()?;
    let made = match &args.dir {
        Some(dir) if !args.dry_run => backup::restore(&args.file, dir, last),
        _ => backup::preview(&args.file, last),
    };
    let preview = made.map_err(|error| backup_words::stop(lang, &args.file, &error))?;
    let against = if args.dry_run { against::against(session, &args.file, &preview)? } else { None };
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
