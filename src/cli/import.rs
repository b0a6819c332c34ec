//! `duban import`: reads a printed breakdown into the ledger, or only shows what it would read.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use crate::catalog::{Lang, Say};
use crate::import::{self, Cause, MAX_BYTES, Reading, Unreadable, seed};
use crate::model::Finding;
use crate::report::json::ImportView;
use crate::text;

use clap::ValueEnum as _;

use super::args::{Import, LayoutName};
use super::fail::{Exit, Stop};
use super::out::{Out, note};
use super::progress::Progress;
use super::session::Session;
use super::{doubts, json, words};

pub(super) fn run(session: &Session, args: &Import) -> Result<Exit, Stop> {
    let lang = session.lang;
    let bytes = contents(&args.file).map_err(|error| Stop::file(lang, &args.file, &error))?;
    let bytes = bytes.map_err(|error| words::unreadable(lang, &words::path(&args.file), &error))?;
    let corrections = corrections(lang, args, &bytes)?;
    let name = file_name(&args.file);
    let mut progress = Progress::new(lang);
    let mut tell = |done, of| progress.tell(done, of);
    let reading = import::read_as(&name, &bytes, corrections.as_deref(), args.layout.layout(), &mut tell);
    drop(progress);
    let reading = reading.map_err(|error| {
        if args.layout != LayoutName::Auto && matches!(error.what, Cause::UnknownLayout { .. }) {
            let named = args.layout.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
            return Stop::input(lang.fill(Say::ImportLayoutNone, &[&named]), lang.say(Say::ImportLayoutNoneTodo));
        }
        words::unreadable(lang, &words::path(&args.file), &error)
    })?;
    let mut out = session.out();
    let outcome = if args.dry_run {
        lang.say(Say::CliDryRun).to_owned()
    } else {
        let mut desk = session.write_document()?;
        let id = &reading.document.id;
        match session.take_in(&mut desk, &reading, &bytes)? {
            Some(seq) => lang.fill(Say::CliImported, &[id, &seq]),
            None => lang.fill(Say::CliImportedNothing, &[id]),
        }
    };
    let done = if args.json {
        note(&outcome);
        let view = ImportView::of(&reading.document, &reading.tasks, &reading.rows, &reading.findings);
        let view = view.with_progress(&reading.progress);
        json(&mut out, &view)
    } else {
        for_people(lang, &reading, &outcome, &mut out)
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

/// The bytes of the file, no more than are ever read: a larger one is refused by its size, before it is read.
fn contents(path: &Path) -> io::Result<Result<Vec<u8>, Unreadable>> {
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > limit {
        let bytes = usize::try_from(size).unwrap_or(usize::MAX);
        return Ok(Err(Unreadable::too_large(bytes)));
    }
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(Ok(bytes))
}

/// The corrections that belong to the file: as named, else beside it (`notice.txt`, `notice.corrections.toml`), else those
/// that the program brings along for its own document.
fn corrections(lang: Lang, args: &Import, bytes: &[u8]) -> Result<Option<String>, Stop> {
    let beside: PathBuf = args.file.with_extension("corrections.toml");
    let path = match &args.corrections {
        Some(path) => path,
        None if beside.is_file() => &beside,
        None if bytes == seed::TEXT.as_bytes() => return Ok(Some(seed::CORRECTIONS.to_owned())),
        None => return Ok(None),
    };
    let text = contents(path)
        .and_then(|bytes| bytes.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error)))
        .and_then(|bytes| String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error)));
    text.map(Some).map_err(|error| Stop::file(lang, path, &error))
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| text::one_line(&name.to_string_lossy()).text).unwrap_or_default()
}

fn for_people(lang: Lang, reading: &Reading, outcome: &str, out: &mut Out) -> io::Result<()> {
    let document = &reading.document;
    writeln!(out, "{}", out.bold(&document.title))?;
    if !document.number.is_empty() {
        words::field(out, "", &document.number)?;
    }
    let open: Vec<&Finding> = reading.findings.iter().filter(|finding| finding.is_open()).collect();
    let corrected = reading.findings.iter().filter(|finding| finding.alternatives.is_empty()).count();
    let counts = lang.fill(
        Say::CliImportCounts,
        &[&reading.tasks.len(), &reading.rows.len(), &document.areas.len(), &open.len(), &corrected],
    );
    words::field(out, "", &counts)?;
    words::field(out, "", &lang.fill(Say::ImportLayout, &[&document.source.layout]))?;
    for finding in open {
        words::field(out, lang.say(Say::CliHeadDoubt), &doubts::sentence(lang, finding))?;
    }
    writeln!(out, "{outcome}")?;
    out.flush()
}
