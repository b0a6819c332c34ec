//! The CSV files of an export: one a table, with a head row; written record by record, so that a large ledger takes no more memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use csv::Writer;

use super::BOM;
use crate::catalog::Lang;
use crate::model::Ledger;
use crate::output::save::create_new;
use crate::report::everything::{Table, history, rows};
use crate::store::backup::{BackupError, commits};
use crate::text::harmless;

/// The files, each with its path.
struct Files(BTreeMap<Table, (PathBuf, Writer<BufWriter<File>>)>);

/// Writes the tables of an export's records and history into `csv/`.
pub(super) fn write(lang: Lang, ledger: &Ledger, dir: &Path) -> Result<(), BackupError> {
    let folder = dir.join("csv");
    super::make_folder(&folder).map_err(|source| BackupError::File { path: folder.clone(), source })?;
    let mut files = Files::new(&folder, lang)?;
    for (key, entry) in ledger.entries() {
        for (table, cells) in rows(key, entry, lang) {
            files.put(table, &cells)?;
        }
    }
    let mut failed = None;
    commits(dir, &mut |sealed| {
        for cells in history(&sealed.commit, sealed.hash, lang) {
            failed = failed.take().or(files.put(Table::History, &cells).err());
        }
        Ok(())
    })?;
    failed.map_or_else(|| files.finish(), Err)
}

impl Files {
    fn new(folder: &Path, lang: Lang) -> Result<Self, BackupError> {
        let mut files = BTreeMap::new();
        for table in Table::ALL {
            let path = folder.join(format!("{}.csv", table.name()));
            let begun = create_new(&path).and_then(|file| {
                let mut file = BufWriter::new(file);
                file.write_all(BOM)?;
                let mut writer = Writer::from_writer(file);
                writer.write_record(table.head(lang))?;
                Ok(writer)
            });
            let writer = begun.map_err(|source| BackupError::File { path: path.clone(), source })?;
            files.insert(table, (path, writer));
        }
        Ok(Self(files))
    }

    fn put(&mut self, table: Table, cells: &[String]) -> Result<(), BackupError> {
        let Some((path, writer)) = self.0.get_mut(&table) else { return Ok(()) };
        let written = writer.write_record(cells.iter().map(|cell| harmless(cell).into_owned()));
        written.map_err(|error| BackupError::File { path: path.clone(), source: error.into() })
    }

    fn finish(self) -> Result<(), BackupError> {
        for (path, writer) in self.0.into_values() {
            let done = writer.into_inner().map_err(|error| io::Error::other(error.to_string()));
            let done = done.and_then(|file| file.into_inner().map_err(io::IntoInnerError::into_error));
            done.map_err(|source| BackupError::File { path, source })?;
        }
        Ok(())
    }
}
