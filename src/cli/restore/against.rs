//! What a restored ledger would be beside the one of now.

use std::path::Path;

use serde::Serialize;

use super::commits;
use crate::catalog::{Lang, Say};
use crate::cli::fail::Stop;
use crate::cli::session::Session;
use crate::cli::{backup_words, words};
use crate::store::backup::{self, Chain, Difference, Preview, Relation};

/// What a restored ledger would be beside the one of now, or beside all that the backup holds.
#[derive(Serialize)]
pub(super) struct Against {
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
    pub(super) lines: Vec<String>,
}

#[derive(Serialize)]
struct Differs {
    kind: String,
    gone: usize,
    changed: usize,
    come: usize,
}

/// What would differ from the ledger of now; without one, of what is restored only in part, from all of it. Where the ledger of now cannot be
/// read, or is an office's elsewhere, nothing is said of it.
pub(super) fn against(session: &Session, file: &Path, preview: &Preview) -> Result<Option<Against>, Stop> {
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
