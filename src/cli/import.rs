//! `duban import`: reads a printed breakdown into the ledger, or only shows what it would read.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use crate::catalog::{Lang, Say};
use crate::import::{self, Cause, MAX_BYTES, Prepared, Reading, Unreadable, seed};
use crate::model::{DocumentId, Finding};
use crate::report::differences::{Becomes, Difference, counts, differences};
use crate::report::json::ImportView;
use crate::store;
use crate::text::{self, truncate};

use clap::ValueEnum as _;

use super::args::{Import, LayoutName};
use super::fail::{Exit, Stop};
use super::out::{Out, note};
use super::progress::Progress;
use super::session::Session;
use super::{doubts, json, words};

pub(super) fn run(session: &Session, args: &Import) -> Result<Exit, Stop> {
    let lang = session.lang;
    if args.file.join("export.json").is_file() {
        let shown = words::path(&args.file);
        let todo = lang.fill(Say::CliImportExportTodo, &[&shown]);
        return Err(Stop::input(lang.fill(Say::CliImportExport, &[&shown]), todo));
    }
    let bytes = contents(&args.file).map_err(|error| Stop::file(lang, &args.file, &error))?;
    let bytes = bytes.map_err(|error| words::unreadable(lang, &words::path(&args.file), &error))?;
    let corrections = corrections(lang, args, &bytes)?;
    let name = file_name(&args.file);
    let mut progress = Progress::new(lang);
    let mut tell = |done, of| progress.tell(done, of);
    let reading = import::read_as(&name, &bytes, corrections.as_deref(), args.layout.layout(), &mut tell);
    drop(progress);
    let mut reading = reading.map_err(|error| {
        if args.layout != LayoutName::Auto && matches!(error.what, Cause::UnknownLayout { .. }) {
            let named = args.layout.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
            return Stop::input(lang.fill(Say::ImportLayoutNone, &[&named]), lang.say(Say::ImportLayoutNoneTodo));
        }
        words::unreadable(lang, &words::path(&args.file), &error)
    })?;
    if let Some(slug) = &args.slug {
        let slug = session.line(slug);
        reading.document.id = DocumentId::new(&slug)
            .map_err(|_| Stop::input(lang.fill(Say::AsBad, &[&slug]), lang.say(Say::AsBadTodo)))?;
    }
    let mut out = session.out();
    let (outcome, again) = if args.dry_run {
        let prepared = reading.prepare(&session.look()?, store::new_batch_id(), session.now);
        reading.findings.clone_from(&prepared.findings);
        (lang.say(Say::CliDryRun).to_owned(), Known::of(&prepared))
    } else {
        let mut desk = session.write_document()?;
        let prepared = reading.prepare(&desk.ledger, store::new_batch_id(), session.now);
        let again = Known::of(&prepared);
        another(lang, &reading, &prepared, args)?;
        let findings = prepared.findings.clone();
        let id = &reading.document.id;
        let outcome = match session.take_in_prepared(&mut desk, &reading, prepared, &bytes)? {
            Some(seq) => lang.fill(Say::CliImported, &[id, &seq]),
            None => lang.fill(Say::CliImportedNothing, &[id]),
        };
        reading.findings = findings;
        (outcome, again)
    };
    let done = if args.json {
        note(&outcome);
        let view = ImportView::of(&reading.document, &reading.tasks, &reading.rows, &reading.findings);
        let view = view.with_progress(&reading.progress).with_differences(again.map(|known| known.differences));
        json(&mut out, &view)
    } else {
        for_people(lang, &reading, &mut out)
            .and_then(|()| again.map_or(Ok(()), |known| known.print((lang, args.dry_run), &mut out)))
            .and_then(|()| writeln!(out, "{outcome}"))
            .and_then(|()| out.flush())
    };
    done.map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

/// Refuses what is another document under the name of one that the ledger has.
fn another(lang: Lang, reading: &Reading, prepared: &Prepared, args: &Import) -> Result<(), Stop> {
    if args.slug.is_some() || !prepared.again.is_another() {
        return Ok(());
    }
    let (common, before) = prepared.again.common();
    let id = &reading.document.id;
    let what = lang.fill(Say::AnotherDocument, &[id, &before, &common]);
    Err(Stop::new(Exit::Refused, what, lang.fill(Say::AnotherDocumentTodo, &[id, id])))
}

/// What a reading changes of a document that the ledger has.
struct Known {
    differences: Vec<Difference>,
    /// How many items the ledger lists of it.
    before: usize,
}

impl Known {
    /// `None` where the ledger does not have the document.
    fn of(prepared: &Prepared) -> Option<Self> {
        let (_, before) = prepared.again.common();
        (before > 0).then(|| Self { differences: differences(&prepared.items), before })
    }

    /// The counts; item by item where nothing is written; and always what is missing.
    fn print(&self, (lang, each): (Lang, bool), out: &mut Out) -> io::Result<()> {
        let counts: Vec<String> = counts(&self.differences)
            .into_iter()
            .map(|(kind, count)| lang.fill(Say::AgainCount, &[&kind.word(lang), &count]))
            .collect();
        let told =
            if counts.is_empty() { lang.say(Say::AgainSame).to_owned() } else { counts.join(lang.say(Say::Names)) };
        words::field(out, "", &lang.fill(Say::AgainAgainst, &[&self.before, &told]))?;
        for one in self.differences.iter().filter(|one| each || one.becomes == Becomes::Removed) {
            item(lang, one, out)?;
        }
        if self.differences.iter().any(|one| one.becomes == Becomes::Removed) {
            words::field(out, "", lang.say(Say::AgainRemovedKept))?;
        }
        Ok(())
    }
}

/// An item with what was and what is.
fn item(lang: Lang, one: &Difference, out: &mut Out) -> io::Result<()> {
    let was = one.was.as_ref().filter(|was| **was != one.key);
    let key = was.map_or_else(|| one.key.clone(), |was| lang.fill(Say::AgainWas, &[&one.key, was]));
    writeln!(out, "{} {key}  {}", out.bold(one.becomes.word(lang)), truncate(&one.text, 60, "…"))?;
    for field in &one.fields {
        let label = if field.label == Say::CliHeadArea { field.field.as_str() } else { lang.say(field.label) };
        words::field(out, label, &format!("- {}", field.old))?;
        words::field(out, " ", &format!("+ {}", field.new))?;
    }
    Ok(())
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
/// that the program brings along for its own document and edited copies of it.
fn corrections(lang: Lang, args: &Import, bytes: &[u8]) -> Result<Option<String>, Stop> {
    let beside: PathBuf = args.file.with_extension("corrections.toml");
    let path = match &args.corrections {
        Some(path) => path,
        None if beside.is_file() => &beside,
        None => return Ok(seed::corrections_of(bytes).map(str::to_owned)),
    };
    let text = contents(path)
        .and_then(|bytes| bytes.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error)))
        .and_then(|bytes| String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error)));
    text.map(Some).map_err(|error| Stop::file(lang, path, &error))
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| text::one_line(&name.to_string_lossy()).text).unwrap_or_default()
}

fn for_people(lang: Lang, reading: &Reading, out: &mut Out) -> io::Result<()> {
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
    Ok(())
}
