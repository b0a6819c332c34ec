//! `duban export`: everything in open formats into a new folder: JSON Lines, CSV, the journal as it is, the originals.

use std::io::{self, BufWriter, Write};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::catalog::Say;
use crate::model::{Book, Key, Ledger, Period, Record, Seq};
use crate::output::save::create_new;
use crate::report::table::{self, Grid};

use super::args::Export;
use super::fail::{Exit, Stop};
use super::pick;
use super::session::Session;

/// A record, as a line of `records.jsonl`.
#[derive(Serialize)]
struct Line<'a> {
    key: &'a Key,
    version: Seq,
    record: &'a Record,
}

pub(super) fn run(session: &Session, args: &Export) -> Result<Exit, Stop> {
    let lang = session.lang;
    let desk = session.read()?;
    let book = pick::book(session, &desk.ledger)?;
    let period = pick::period(session, &book, None)?;
    let mut target = Target::new(&args.dir).map_err(|(path, error)| Stop::file(lang, &path, &error))?;
    let fail = |(path, error): (PathBuf, io::Error)| Stop::file(lang, &path, &error);
    target.write("README.txt", |file| file.write_all(lang.say(Say::CliExportReadme).as_bytes())).map_err(fail)?;
    target.write("records.jsonl", |file| records(&desk.ledger, file)).map_err(fail)?;
    for document in desk.ledger.documents() {
        if let Some(book) = Book::open(&desk.ledger, &document.id) {
            lists(&mut target, session, &book, period).map_err(fail)?;
        }
    }
    let folder = session.folder("export")?;
    target.copy_all(folder, "journal").map_err(fail)?;
    target.copy_all(folder, "originals").map_err(fail)?;
    let mut out = session.out();
    let shown = super::words::path(&args.dir);
    writeln!(out, "{}", lang.fill(Say::CliExported, &[&desk.ledger.len(), &desk.ledger.head().seq, &shown]))
        .and_then(|()| out.flush())
        .map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

fn records(ledger: &Ledger, file: &mut dyn Write) -> io::Result<()> {
    for (key, entry) in ledger.entries() {
        let line = Line { key, version: entry.version, record: &entry.record };
        serde_json::to_writer(&mut *file, &line)?;
        writeln!(file)?;
    }
    Ok(())
}

/// A document's tasks, rows and findings as CSV, one file each, named after the document.
fn lists(target: &mut Target, session: &Session, book: &Book<'_>, period: Period) -> Result<(), Trouble> {
    let lang = session.lang;
    let slug = book.id();
    let rows = book.rows();
    let when = (period, pick::today(session, book));
    let grids = [
        ("tasks", table::tasks(book, book.tasks(), when, lang)),
        ("quota", table::rows(book, rows.iter().copied(), when, lang)),
        ("doubts", table::findings(book, book.findings(), lang)),
    ];
    for (name, grid) in grids {
        target.write(&format!("{slug}-{name}.csv"), |file| {
            file.write_all(BOM)?;
            csv(&grid, file)
        })?;
    }
    Ok(())
}

/// What a CSV file begins with, so that spreadsheets on Windows take it for UTF-8.
pub(super) const BOM: &[u8] = "\u{feff}".as_bytes();

/// A grid as CSV, harmless to spreadsheets.
pub(super) fn csv(grid: &Grid, file: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(file);
    for row in std::iter::once(&grid.head).chain(&grid.rows) {
        writer.write_record(row.iter().map(|cell| crate::text::harmless(cell).into_owned()))?;
    }
    writer.flush()
}

type Trouble = (PathBuf, io::Error);

/// The new folder. Nothing that exists is ever written over.
struct Target {
    dir: PathBuf,
}

impl Target {
    /// A folder that does not exist yet, or an empty one.
    fn new(dir: &Path) -> Result<Self, Trouble> {
        let trouble = |error: io::Error| (dir.to_owned(), error);
        match std::fs::DirBuilder::new().mode(0o700).create(dir) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if std::fs::read_dir(dir).map_err(trouble)?.next().is_some() {
                    return Err(trouble(error));
                }
            }
            Err(error) => return Err(trouble(error)),
        }
        Ok(Self { dir: dir.to_owned() })
    }

    fn write(&mut self, name: &str, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Trouble> {
        let path = self.dir.join(name);
        let written = create_new(&path).and_then(|file| {
            let mut file = BufWriter::new(file);
            content(&mut file)?;
            file.flush()
        });
        written.map_err(|error| (path, error))
    }

    /// Copies the files of a folder of the ledger, if it has such a folder. Of the journal only whole lines: a commit that is
    /// being written at this moment is not acknowledged yet.
    fn copy_all(&mut self, ledger: &Path, folder: &str) -> Result<(), Trouble> {
        let from = ledger.join(folder);
        if !from.is_dir() {
            return Ok(());
        }
        let to = self.dir.join(folder);
        let trouble = |at: &Path| {
            let at = at.to_owned();
            move |error: io::Error| (at, error)
        };
        std::fs::DirBuilder::new().mode(0o700).create(&to).map_err(trouble(&to))?;
        for entry in std::fs::read_dir(&from).map_err(trouble(&from))? {
            let entry = entry.map_err(trouble(&from))?;
            let source = entry.path();
            if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
                continue;
            }
            let mut bytes = std::fs::read(&source).map_err(trouble(&source))?;
            if source.extension().is_some_and(|extension| extension == "jsonl") {
                let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
                bytes.truncate(whole);
            }
            let path = to.join(entry.file_name());
            create_new(&path).and_then(|mut file| file.write_all(&bytes)).map_err(trouble(&path))?;
        }
        Ok(())
    }
}
