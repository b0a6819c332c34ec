//! A screen over the seed document in memory, with or without made-up progress.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate};
use duban::catalog::Lang;
use duban::import;
use duban::model::{Actor, Batch, Book, Intent};
use duban::store::{MemoryStore, Store, library_in, new_batch_id, originals};
use duban::tui::glyph::Glyphs;
use duban::tui::update::Msg;
use duban::tui::{Headless, Setup};

/// When everything in these tests happens.
pub(crate) fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2024-09-30T09:00:00+08:00").unwrap()
}

pub(crate) fn actor() -> Actor {
    Actor { uid: uzers::get_current_uid(), name: "li".to_owned() }
}

/// Somebody of a name; each name has a number of its own.
pub(crate) fn named(who: &str) -> Actor {
    let uid = 1000 + who.bytes().map(u32::from).sum::<u32>();
    Actor { uid: if who == actor().name { actor().uid } else { uid }, name: who.to_owned() }
}

/// A store with the seed document read in, and with made-up progress if wanted.
pub(crate) fn store(progress: bool) -> Arc<MemoryStore> {
    filled(MemoryStore::new(), progress)
}

/// The store with the seed document read in by [`actor`].
pub(crate) fn filled(store: MemoryStore, progress: bool) -> Arc<MemoryStore> {
    let seed = import::seed::TEXT.as_bytes();
    let reading = import::read(import::seed::FILE_NAME, seed, Some(import::seed::CORRECTIONS)).unwrap();
    let batch = reading.batch(&store.snapshot().unwrap(), new_batch_id(), now()).unwrap();
    store.commit(&actor(), &batch).unwrap();
    if progress {
        let ledger = store.snapshot().unwrap();
        let writes = import::demo::progress(&Book::newest(&ledger).unwrap());
        let batch = Batch { id: new_batch_id(), at: now(), intent: Intent::Demo, undoes: None, writes };
        store.commit(&actor(), &batch).unwrap();
    }
    Arc::new(store)
}

/// How a screen of a test is set up.
pub(crate) struct Look {
    pub(crate) size: (u16, u16),
    pub(crate) lang: Lang,
    pub(crate) glyphs: Glyphs,
    pub(crate) color: bool,
}

impl Look {
    pub(crate) const SMALL: Self = Self { size: (80, 24), lang: Lang::Zh, glyphs: Glyphs::UNICODE, color: true };
    pub(crate) const LARGE: Self = Self { size: (160, 48), ..Self::SMALL };
}

/// A screen and the folder its drafts are kept in.
pub(crate) struct Screen {
    pub(crate) headless: Headless,
    pub(crate) store: Arc<MemoryStore>,
    _data: tempfile::TempDir,
}

impl Screen {
    pub(crate) fn new(look: &Look, progress: bool) -> Self {
        let data = tempfile::tempdir().unwrap();
        Self::over(look, store(progress), data)
    }

    /// A screen whose store had something to say when it was opened.
    pub(crate) fn with_notices(look: &Look, notices: Vec<String>) -> Self {
        let data = tempfile::tempdir().unwrap();
        Self::set_up(look, actor(), store(false), (data, notices))
    }

    pub(crate) fn over(look: &Look, store: Arc<MemoryStore>, data: tempfile::TempDir) -> Self {
        Self::set_up(look, actor(), store, (data, Vec::new()))
    }

    /// A screen of somebody else.
    pub(crate) fn by(look: &Look, store: Arc<MemoryStore>, data: tempfile::TempDir, who: &str) -> Self {
        let line = Arc::clone(&store) as Arc<dyn Store>;
        Self::on(look, (named(who), named(who).uid), (store, line), (data, Vec::new()))
    }

    /// A screen that reaches the ledger through something else than the store itself.
    pub(crate) fn through(look: &Look, store: Arc<MemoryStore>, line: Arc<dyn Store>, who: &str) -> Self {
        Self::on(look, (named(who), named(who).uid), (store, line), (tempfile::tempdir().unwrap(), Vec::new()))
    }

    /// The screen of somebody on the ledger of [`actor`].
    pub(crate) fn of(look: &Look, who: Actor, store: Arc<MemoryStore>) -> Self {
        Self::set_up(look, who, store, (tempfile::tempdir().unwrap(), Vec::new()))
    }

    fn set_up(look: &Look, who: Actor, store: Arc<MemoryStore>, kept: (tempfile::TempDir, Vec<String>)) -> Self {
        Self::on(look, (who, actor().uid), (Arc::clone(&store), store as Arc<dyn Store>), kept)
    }

    fn on(
        look: &Look,
        (who, owner): (Actor, u32),
        (store, line): (Arc<MemoryStore>, Arc<dyn Store>),
        (data, notices): (tempfile::TempDir, Vec<String>),
    ) -> Self {
        let document = Book::newest(&store.snapshot().unwrap()).unwrap().document().clone();
        if document.source.file == import::seed::FILE_NAME {
            originals::keep(data.path(), &document.source.sha256, import::seed::TEXT.as_bytes()).unwrap();
        }
        let setup = Setup {
            actor: who,
            owner,
            lang: look.lang,
            glyphs: look.glyphs,
            color: look.color,
            document: None,
            restricted: false,
            read_only: false,
            today: NaiveDate::from_ymd_opt(2024, 9, 30).unwrap(),
            library: library_in(data.path()),
            data: data.path().to_owned(),
            notices,
            greeting: None,
        };
        let screen = Headless::new(line, setup, look.size).unwrap();
        Self { headless: screen, store, _data: data }
    }

    /// Presses keys, lets them rest, and answers the picture.
    pub(crate) fn keys(&mut self, keys: &str) -> String {
        self.headless.keys(keys).unwrap();
        self.headless.tell(Msg::Rest);
        self.headless.picture()
    }

    /// Hands it the commits that it does not know yet, as the watcher does.
    pub(crate) fn sync(&mut self) {
        let known = self.headless.state.ledger.head().seq;
        let commits = self.store.since(known, usize::MAX, Duration::ZERO).unwrap();
        if !commits.is_empty() {
            self.headless.tell(Msg::Commits(commits));
        }
    }

    /// The last line.
    pub(crate) fn footer(&self) -> String {
        self.headless.picture().lines().last().unwrap_or_default().to_owned()
    }
}
