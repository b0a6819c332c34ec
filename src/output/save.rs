//! Files of reports: their names, and writing them without ever overwriting one.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;

use crate::model::{Book, ItemKey, Period};
use crate::render::Format;
use crate::report::{For, What};

/// So many items are named in the name of a file of slips.
const NAMED_ITEMS: usize = 3;

/// Makes a folder for files, readable for its owner alone. It may be there already: files in it are never written over.
///
/// # Errors
/// When it cannot be made, or a file has its name.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    match std::fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        other => other,
    }
}

/// The name that a report's file has unless another is given: from ids only (`quzhou-2024-2024Q3-bulletin.docx`). Names of
/// people and units are foreign text, so their place in the lists of the screen stands for them (`…-leader-03.pdf`).
pub fn file_name(book: &Book<'_>, what: &What, period: Period, format: Format) -> String {
    format!("{}-{period}-{}.{}", book.id(), about(book, what), format.ending())
}

fn about(book: &Book<'_>, what: &What) -> String {
    match what {
        What::Bulletin | What::Fresh => "bulletin".to_owned(),
        What::Page(For::All) => "page".to_owned(),
        What::Page(of) => id(book, of),
        What::Slips(_, Some(items)) => format!("slips-{}", named(items)),
        What::Slips(of, None) => joined("slips", book, of),
        What::Breakdown(of) => joined("breakdown", book, of),
        What::Matrix(of) => joined("matrix", book, of),
        What::Changes(since, _) => format!("changes-{since}"),
    }
}

fn joined(kind: &str, book: &Book<'_>, of: &For) -> String {
    if *of == For::All { kind.to_owned() } else { format!("{kind}-{}", id(book, of)) }
}

/// `leader-03`: the place in the list of leaders, units or areas, from 1.
fn id(book: &Book<'_>, of: &For) -> String {
    let place = |found: Option<usize>| found.map_or(0, |at| at + 1);
    let (kind, no) = match of {
        For::All => return "all".to_owned(),
        For::Leader(name) => ("leader", place(book.leaders().iter().position(|tally| tally.name == *name))),
        For::Unit(name) => {
            let aliases = book.aliases();
            let listed = aliases.name(name);
            ("unit", place(book.units().iter().position(|tally| tally.name == *listed)))
        }
        For::Area(name) => ("area", place(book.document().areas.iter().position(|area| area == name))),
    };
    format!("{kind}-{no:02}")
}

/// `T48-P17.3`; of many the first and how many more there are.
fn named(items: &[ItemKey]) -> String {
    let mut names: Vec<String> = items.iter().take(NAMED_ITEMS).map(ToString::to_string).collect();
    if let Some(more) = items.len().checked_sub(NAMED_ITEMS).filter(|more| *more > 0) {
        names.push(format!("and-{more}"));
    }
    names.join("-")
}

/// A file of the user's alone that was not there before; no link is followed.
///
/// # Errors
/// When it exists already, whatever it is, or cannot be made.
pub fn create_new(path: &Path) -> io::Result<File> {
    let no_link = OFlags::NOFOLLOW.bits().cast_signed();
    OpenOptions::new().write(true).create_new(true).custom_flags(no_link).mode(0o600).open(path)
}

/// Writes a new file; one that exists, or a link, is never written over.
///
/// # Errors
/// When the file exists or cannot be written; what was written of it is removed then.
pub fn save(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = create_new(path)?;
    // A full disk may show only when the file is synced.
    let written = file.write_all(bytes).and_then(|()| file.sync_data());
    if written.is_err() {
        // The file is ours: it was not there before. Where even this fails the first error says more.
        let _ = std::fs::remove_file(path);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::{Making, amount, cells, id as document, q};

    #[test]
    fn a_name_is_made_of_ids_and_never_of_what_somebody_is_called() {
        let mut making = Making::new("东城区 ../南溪县");
        making.task(1, "修路", "张三/.. 李四", "市交通局").task(2, "种树", "李四", "市林业局");
        making.row("P1.1", "路灯", amount("10"), &cells(&["东城区"], "10"));
        let ledger = making.ledger();
        let book = Book::open(&ledger, &document()).unwrap();
        let name = |what: What| file_name(&book, &what, q(3), Format::Docx);
        let start = format!("{}-2024Q3-", document());
        let keys: Vec<ItemKey> = ["T1", "T2", "P1.1", "P1.2"].iter().map(|key| key.parse().unwrap()).collect();
        for (what, end) in [
            (What::Bulletin, "bulletin"),
            (What::Page(For::All), "page"),
            (What::Page(For::Leader("李四".into())), "leader-01"),
            (What::Page(For::Leader("张三/..".into())), "leader-02"),
            (What::Breakdown(For::Area("../南溪县".into())), "breakdown-area-02"),
            (What::Matrix(For::All), "matrix"),
            (What::Slips(For::Unit("市交通局".into()), None), "slips-unit-01"),
            (What::Slips(For::All, Some(keys)), "slips-T1-T2-P1.1-and-1"),
            (What::Changes("2024-07-01".parse().unwrap(), Vec::new()), "changes-2024-07-01"),
        ] {
            assert_eq!(name(what), format!("{start}{end}.docx"));
        }
    }

    #[test]
    fn nothing_is_written_over_and_no_link_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        save(&at("new"), b"one").unwrap();
        assert_eq!(std::fs::read(at("new")).unwrap(), b"one");
        std::os::unix::fs::symlink(at("elsewhere"), at("link")).unwrap();
        std::os::unix::fs::symlink(at("new"), at("other-link")).unwrap();
        for name in ["new", "link", "other-link"] {
            assert_eq!(save(&at(name), b"two").unwrap_err().kind(), io::ErrorKind::AlreadyExists, "{name}");
        }
        assert_eq!(std::fs::read(at("new")).unwrap(), b"one");
        assert!(!at("elsewhere").exists());
        assert!(save(&at("no-folder/file"), b"").is_err());
    }
}
