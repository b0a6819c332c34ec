//! Records and batches for tests.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;

use crate::model::*;
use crate::store::open::Trust;
use crate::store::{Listen, Opened, Purpose, Refused, Sealed, Store, new_batch_id, open, serve, visit};

pub(super) fn document() -> DocumentId {
    DocumentId::new("yunxi-2024").unwrap()
}

pub(super) fn at() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2024-09-30T17:05:00+08:00").unwrap()
}

/// Whose ledgers they are: the user who runs the tests.
pub(super) fn clerk() -> Actor {
    Actor { uid: uzers::get_current_uid(), name: "clerk".into() }
}

/// Somebody else, who may do what a role says.
pub(super) fn other(name: &str) -> Actor {
    Actor { uid: 41_000, name: name.into() }
}

/// The batch that gives somebody a role.
pub(super) fn giving(store: &dyn Store, to: &Actor, may: May) -> Batch {
    let given = Role { uid: to.uid, name: to.name.as_str().into(), may };
    Batch { intent: Intent::Role, ..batch(role::give(&store.snapshot().unwrap(), given)) }
}

pub(super) fn task(no: u16, text: &str) -> Record {
    Record::Task(Task {
        key: ItemKey::task(no),
        no: no.to_string(),
        chapter: "一、稳进提质".into(),
        text: text.into(),
        leaders: vec!["甲副市长".into()],
        lead_units: vec!["市发改委".into()],
        coop_units: vec!["各县（市、区）政府".into()],
        deadline: NaiveDate::from_ymd_opt(2024, 12, 31).unwrap(),
        line: u32::from(no) * 3,
    })
}

pub(super) fn task_key(no: u16) -> Key {
    Key::item(&document(), ItemKey::task(no))
}

pub(super) fn filing_key(no: u16) -> Key {
    Key::filing(&document(), ItemKey::task(no), "2024Q3".parse().unwrap())
}

pub(super) fn filing(percent: i64, progress: &str) -> Record {
    let percent = Some(Decimal::new(percent, 1));
    Record::Filing(Filing { percent, progress: progress.into(), ..Filing::default() })
}

/// One of the records beside tasks and filings: target, actual, light, chase, step, request, view.
pub(super) fn work(no: u16, kind: u8, text: &str) -> (Key, Record) {
    let (id, item, period) = (document(), ItemKey::task(no), "2024Q3".parse().unwrap());
    let until = NaiveDate::from_ymd_opt(2024, 12, 31);
    match kind {
        0 => {
            let target = Target {
                metric: text.into(),
                comparator: Comparator::Tiers,
                value: Some(Decimal::new(45, 1)),
                tiers: vec![Decimal::from(no)],
                unit: "个".into(),
                rate: false,
                deadline: until,
                phrase: text.into(),
                by_hand: no == 1,
            };
            (Key::target(&id, item, no), Record::Target(target))
        }
        1 => (Key::actual(&id, item, 1, period), Record::Done(Done { value: Decimal::new(35, 1) })),
        2 => {
            let set = Override { light: Light::Yellow, reason: text.into() };
            (Key::light(&id, item, period), Record::Override(set))
        }
        3 => {
            let chase = Chase { times: no, last: until, note: text.into() };
            (Key::chase(&id, item, period), Record::Chase(chase))
        }
        4 => {
            let step = Step { text: text.into(), unit: None, deadline: until, state: StepState::Doing };
            (Key::step(&id, item, no), Record::Step(step))
        }
        5 => {
            let outcome = Outcome::Refused { approver: String::new(), note: text.into() };
            let request = Request { kind: RequestKind::Extend, since: period, reason: text.into(), until, outcome };
            (Key::request(&id, item, no), Record::Request(request))
        }
        _ => {
            let name = format!("视图{no}");
            let view = View { name: name.as_str().into(), search: text.into(), ..View::default() };
            (Key::view(&id, &name), Record::View(view))
        }
    }
}

pub(super) fn write(key: Key, base: Seq, value: Option<Record>) -> Write {
    Write { key, base, value }
}

pub(super) fn batch(writes: Vec<Write>) -> Batch {
    Batch { id: new_batch_id(), at: at(), intent: Intent::File, undoes: None, writes }
}

/// A batch that files on a task, from the version that stands now.
pub(super) fn filing_batch(store: &dyn Store, no: u16, text: &str) -> Batch {
    let key = filing_key(no);
    let base = store.snapshot().unwrap().version(&key);
    batch(vec![write(key, base, Some(filing(655, text)))])
}

pub(super) fn file(store: &dyn Store, no: u16, text: &str) -> Result<Head, Refused> {
    store.commit(&clerk(), &filing_batch(store, no, text))
}

/// The first reading-in: `count` tasks in one batch.
pub(super) fn import(count: u16) -> Batch {
    let tasks = (1..=count)
        .map(|no| write(task_key(no), Seq::ZERO, Some(task(no, "加快推进重大项目建设，完成投资14.66亿元。"))));
    Batch { intent: Intent::Import, ..batch(tasks.collect()) }
}

/// The first reading-in of a document with `count` tasks.
pub(super) fn opening(count: u16) -> Batch {
    let list = List { code: ListCode::TASKS, kind: ListKind::Tasks, title: "重点工作".into(), mark: String::new() };
    let book = Document {
        id: document(),
        title: "重点工作责任分解".into(),
        number: String::new(),
        issuer: String::new(),
        date: None,
        year: 2024,
        lists: vec![list],
        areas: vec![],
        source: Source { file: "yunxi.txt".into(), sha256: "00".repeat(32), layout: "sections".into() },
        demo: false,
        settings: Settings::default(),
    };
    let mut batch = import(count);
    batch.writes.push(write(Key::document(&document()), Seq::ZERO, Some(Record::Document(Box::new(book)))));
    batch
}

pub(super) fn all(store: &dyn Store) -> Vec<Sealed> {
    store.since(Seq::ZERO, usize::MAX, Duration::ZERO).unwrap()
}

/// How a ledger is opened: as usual, where a short journal is folded, or as if every journal were long, by sled alone or by an image.
#[derive(Debug, Clone, Copy)]
pub(super) enum How {
    Folding,
    Trusting,
    Imaged,
}

pub(super) const EACH: [How; 3] = [How::Folding, How::Trusting, How::Imaged];

impl How {
    fn trust(self) -> Trust {
        match self {
            Self::Folding => Trust { fold_up_to: u64::MAX, image: false },
            Self::Trusting => Trust { fold_up_to: 0, image: false },
            Self::Imaged => Trust { fold_up_to: 0, image: true },
        }
    }
}

pub(super) fn opened(dir: &Path, how: How) -> Opened {
    open::open_to_write_with(dir, Purpose::Screen, how.trust()).unwrap()
}

pub(super) fn opened_to_read(dir: &Path, how: How) -> Opened {
    open::open_to_read_with(dir, how.trust()).unwrap()
}

pub(super) fn local(dir: &Path) -> Arc<dyn Store> {
    opened(dir, How::Folding).store
}

pub(super) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A copy of a folder, to be put somewhere later.
pub(super) fn copy_of(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(folder, copy.path());
    copy
}

pub(super) fn put(copy: &tempfile::TempDir, to: &Path) {
    copy_folder(copy.path(), to);
}

/// An office's service in this process, on a ledger of its own.
pub(super) struct Service {
    pub(super) dir: tempfile::TempDir,
    end: Box<dyn Fn() + Send>,
    served: Option<std::thread::JoinHandle<()>>,
}

impl Service {
    pub(super) fn open() -> Self {
        Self::open_in(tempfile::tempdir().unwrap())
    }

    pub(super) fn open_in(dir: tempfile::TempDir) -> Self {
        let listen = Listen::At { path: dir.path().join("socket"), group: false };
        let serving = serve(dir.path(), listen).unwrap();
        let end = Box::new(serving.end());
        Self { dir, end, served: Some(std::thread::spawn(move || serving.run())) }
    }

    pub(super) fn socket(&self) -> std::path::PathBuf {
        self.dir.path().join("socket")
    }

    pub(super) fn visit(&self) -> Opened {
        visit(&self.socket(), &clerk()).unwrap()
    }

    /// Ends the service as SIGTERM does, and answers the folder.
    pub(super) fn close(mut self) -> tempfile::TempDir {
        self.end();
        std::mem::replace(&mut self.dir, tempfile::tempdir().unwrap())
    }

    fn end(&mut self) {
        (self.end)();
        if let Some(served) = self.served.take() {
            served.join().unwrap();
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.end();
    }
}
