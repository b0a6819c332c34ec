//! `duban export`: everything in open formats into a new folder. The store writes and reads back what a ledger can be made of again; the rest,
//! for reading, is made of that.

mod tables;

use std::io::{self, Write};
use std::path::Path;

use crate::catalog::Say;
use crate::model::{Book, Ledger, Record};
use crate::output::save::create_new;
use crate::report::issue;
use crate::store::backup;

use super::args::Export;
use super::fail::{Exit, Stop};
use super::out::note;
use super::session::Session;
use super::{backup_words, words};

/// What the JSON of an export is like; `tests/export.rs` holds it against the types and against what is written.
const SCHEMA: &str = include_str!("../../docs/reference/export.schema.json");

pub(super) fn run(session: &Session, args: &Export) -> Result<Exit, Stop> {
    let lang = session.lang;
    let folder = session.folder("export")?;
    // On a fresh machine the ledger is made first.
    drop(session.read()?);
    let fail = |error| backup_words::stop(lang, &args.dir, &error);
    let exported = backup::export(folder, &args.dir).map_err(fail)?;
    let ledger = &exported.ledger;
    beside(session, ledger, &args.dir).inspect_err(|_| backup::empty(&args.dir))?;
    for hash in &exported.left_out {
        note(&lang.fill(Say::CliBackupLeftOut, &[hash]));
    }
    let mut out = session.out();
    let shown = words::path(&args.dir);
    let said = [
        lang.fill(Say::CliExported, &[&ledger.len(), &ledger.head().seq, &shown]),
        lang.fill(Say::CliExportWhole, &[&shown]),
    ];
    writeln!(out, "{}", said.join("\n")).and_then(|()| out.flush()).map_err(|error| Stop::output(lang, &error))?;
    Ok(Exit::Done)
}

/// What stands beside the records: the page that explains them, their schema, issued bulletins, the tables.
fn beside(session: &Session, ledger: &Ledger, dir: &Path) -> Result<(), Stop> {
    let lang = session.lang;
    write(session, &dir.join("README.txt"), lang.say(Say::CliExportReadme).as_bytes())?;
    write(session, &dir.join("export.schema.json"), SCHEMA.as_bytes())?;
    bulletins(session, ledger, dir)?;
    tables::write(lang, ledger, dir).map_err(|error| backup_words::stop(lang, dir, &error))
}

/// The bulletins that were issued, as they were: a file each.
fn bulletins(session: &Session, ledger: &Ledger, dir: &Path) -> Result<(), Stop> {
    let lang = session.lang;
    for document in ledger.documents() {
        let Some(book) = Book::open(ledger, &document.id) else { continue };
        for (of, entry) in ledger.of_document(&document.id) {
            let crate::model::Of::Bulletin(period) = of else { continue };
            if !matches!(entry.record.as_ref(), Record::Bulletin(bulletin) if bulletin.issued.is_some()) {
                continue;
            }
            match issue::issued(&book, *period) {
                Ok(Some(made)) => {
                    let folder = dir.join("bulletins");
                    make_folder(&folder).map_err(|error| Stop::file(lang, &folder, &error))?;
                    let json = serde_json::to_vec_pretty(&made);
                    let json = json.map_err(|error| Stop::file(lang, &folder, &error.into()))?;
                    write(session, &folder.join(format!("{}-{period}.json", document.id)), &json)?;
                }
                Ok(None) => {}
                Err(_) => note(&lang.fill(Say::CliExportBulletin, &[&lang.period(*period)])),
            }
        }
    }
    Ok(())
}

fn write(session: &Session, path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let written = create_new(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| Stop::file(session.lang, path, &error))
}

/// A folder for its owner alone, where there is none yet.
fn make_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// What a CSV file begins with, so that spreadsheets on Windows take it for UTF-8.
pub(super) const BOM: &[u8] = "\u{feff}".as_bytes();
