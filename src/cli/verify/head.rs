//! Whether the head that stands in the foot of a printed page is in a ledger's history.

use std::path::Path;

use serde::Serialize;

use crate::catalog::{Lang, Say};
use crate::cli::backup_words;
use crate::cli::fail::Stop;
use crate::cli::session::Session;
use crate::model::{Head, Seq};
use crate::report::bulletin::mark;
use crate::store::backup::{self, Chain, Printed};
use crate::text;

/// So much of a hash has to be given.
const LEAST: usize = 8;

/// What somebody has on paper.
pub(super) struct Asked {
    seq: Option<Seq>,
    begins: String,
}

/// What came of it.
pub(super) struct Looked {
    pub(super) found: bool,
    pub(super) line: String,
    pub(super) told: Told,
}

/// The same for programs.
#[derive(Clone, Serialize)]
pub(super) struct Told {
    asked: String,
    found: bool,
    seq: Option<u64>,
    hash: Option<String>,
    at: Option<String>,
    who: Option<String>,
}

/// Reads what was typed: `1284 9f86d081884c` in one word or two, with `#` or without; or the hash alone.
pub(super) fn asked(session: &Session, typed: &[String]) -> Result<Option<Asked>, Stop> {
    if typed.is_empty() {
        return Ok(None);
    }
    let lang = session.lang;
    let typed = session.line(&typed.join(" "));
    let bad = || Stop::input(lang.fill(Say::CliVerifyBadHead, &[&typed]), lang.say(Say::CliVerifyBadHeadTodo));
    let folded = typed.chars().map(text::fold_key).collect::<String>();
    let words: Vec<&str> = folded.split([' ', '#']).filter(|word| !word.is_empty()).collect();
    let (seq, hash) = match words.as_slice() {
        [hash] => (None, *hash),
        [seq, hash] => (Some(Seq(seq.parse().map_err(|_| bad())?)), *hash),
        _ => return Err(bad()),
    };
    let hash = hash.to_ascii_lowercase();
    if (LEAST..=64).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Ok(Some(Asked { seq, begins: hash }))
    } else {
        Err(bad())
    }
}

/// Looks it up.
pub(super) fn look(lang: Lang, folder: &Path, asked: &Asked) -> Result<Looked, Stop> {
    let stop = |error| backup_words::stop(lang, folder, &error);
    let shown = match asked.seq {
        Some(seq) => format!("#{seq} {}", asked.begins),
        None => asked.begins.clone(),
    };
    let mut told = Told { asked: shown.clone(), found: false, seq: None, hash: None, at: None, who: None };
    let here = |head: Head, told: &mut Told| {
        told.seq = Some(head.seq.0);
        told.hash = Some(head.hash.to_string());
    };
    let line = match Chain::of(folder).map_err(stop)?.printed(asked.seq, &asked.begins) {
        Printed::In(head) => {
            here(head, &mut told);
            told.found = true;
            let commits = backup::since(folder, Seq(head.seq.0.saturating_sub(1))).map_err(stop)?;
            let commit = commits.first().map(|sealed| &sealed.commit);
            told.at = commit.map(|commit| commit.at.to_rfc3339());
            told.who = commit.map(|commit| commit.actor.name.clone());
            let at = commit.map(|commit| commit.at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
            let who = commit.map(|commit| text::one_line(&commit.actor.name).text).unwrap_or_default();
            let intent = commit.map(|commit| lang.intent(commit.intent)).unwrap_or_default();
            lang.fill(Say::CliVerifyHeadIn, &[&shown, &head.seq, &at, &who, &intent])
        }
        Printed::Other(head) => {
            here(head, &mut told);
            lang.fill(Say::CliVerifyHeadNot, &[&shown, &head.seq, &mark(head)])
        }
        Printed::Beyond(head) => lang.fill(Say::CliVerifyHeadBeyond, &[&shown, &mark(head)]),
        Printed::Nowhere => lang.fill(Say::CliVerifyHeadNowhere, &[&shown]),
    };
    Ok(Looked { found: told.found, line, told })
}
