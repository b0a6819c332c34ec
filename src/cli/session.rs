//! What every verb has at hand: the language, the output, the ledger's place, the day, and the ledger itself once opened.

use std::cell::Cell;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use crate::catalog::{Lang, Say};
use crate::import::seed;
use crate::model::succession::as_of;
use crate::model::{Actor, BadKey, Batch, Book, Head, Intent, Ledger, Period, Seq, Write};
use crate::store::{
    self, Company, Glance, Library, Notice, OpenError, Opened, Purpose, ReadOnly, Refused, Store, Witness, commit_again,
};
use crate::{import, text};

use super::args::Global;
use super::fail::{Exit, Stop};
use super::out::{Out, note};
use super::place::{OFFICE, Throwaway, data_dir, named_data, office, state_dir};
use super::{pick, words};

/// One run of the program.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(super) struct Session {
    pub lang: Lang,
    /// The ledger's folder; of a guest of the office, the one for its own drafts.
    pub dir: PathBuf,
    /// The office's socket, for its guests.
    pub office: Option<PathBuf>,
    pub doc: Option<String>,
    pub ascii: bool,
    pub color: bool,
    pub read_only: bool,
    /// A login for this program alone (see `login`).
    pub restricted: bool,
    pub now: DateTime<FixedOffset>,
    throwaway: Option<Throwaway>,
    /// Whether the folder is not the usual one.
    elsewhere: bool,
    dropped: Cell<usize>,
    /// What was seen of the office's ledger is replaced by what it is now.
    accepts: Cell<bool>,
}

/// An opened ledger as it stood then.
pub(super) struct Desk {
    pub store: Arc<dyn Store>,
    pub company: Arc<dyn Company>,
    /// The documents that it was read from.
    pub library: Arc<dyn Library>,
    /// The user whose ledger it is.
    pub owner: u32,
    pub ledger: Ledger,
    pub actor: Actor,
    pub notices: Vec<String>,
    /// That it was only just made, in words, where its place was named and may have been mistyped.
    pub made: Option<String>,
    /// Whether it can only be looked at: damaged, held, or asked for so.
    pub read_only: bool,
    /// What is damaged, where that is why, in words.
    damage: Option<String>,
}

impl Session {
    pub(super) fn new(lang: Lang, global: Global) -> Result<Self, Stop> {
        let throwaway = if global.demo {
            Some(Throwaway::new().map_err(|error| Stop::file(lang, &std::env::temp_dir(), &error))?)
        } else {
            None
        };
        let office = match (global.demo, global.restricted) {
            (true, _) => None,
            // Whatever the environment says.
            (false, true) => Some(global.server.unwrap_or_else(|| PathBuf::from(OFFICE))),
            (false, false) => office(global.server, global.data.as_deref()),
        };
        let wished = named_data(global.data);
        let elsewhere = wished.is_some();
        let dir = match (&throwaway, &office) {
            (Some(folder), _) => folder.path().to_owned(),
            (None, Some(_)) => state_dir(lang)?,
            (None, None) => data_dir(lang, wished)?,
        };
        let session = Self {
            lang,
            dir,
            office,
            doc: None,
            ascii: global.ascii,
            color: !global.no_color,
            read_only: global.read_only,
            restricted: global.restricted,
            now: store::now(),
            throwaway,
            elsewhere,
            dropped: Cell::new(0),
            accepts: Cell::new(false),
        };
        let doc = global.doc.map(|slug| session.line(&slug));
        Ok(Self { doc, ..session })
    }

    /// Standard output.
    pub(super) fn out(&self) -> Out {
        Out::stdout(self.color)
    }

    /// What is given up when the screen takes over: the throw-away folder must outlive it.
    pub(super) fn into_throwaway(self) -> Option<Throwaway> {
        self.throwaway
    }

    /// A typed text of one line, without what may not enter.
    pub(super) fn line(&self, typed: &str) -> String {
        self.cleaned(text::one_line(typed))
    }

    /// A typed text of several lines, without what may not enter.
    pub(super) fn lines(&self, typed: &str) -> String {
        self.cleaned(text::sanitise(typed)).trim().to_owned()
    }

    fn cleaned(&self, cleaned: text::Cleaned) -> String {
        self.dropped.set(self.dropped.get() + cleaned.dropped);
        cleaned.text
    }

    /// Says so when characters of the command line were dropped.
    pub(super) fn tell_dropped(&self) {
        let dropped = self.dropped.replace(0);
        if dropped > 0 {
            note(&self.lang.fill(Say::CliDropped, &[&dropped]));
        }
    }

    /// Opens the ledger to read; on a fresh machine it is made first.
    pub(super) fn read(&self) -> Result<Desk, Stop> {
        self.tell_dropped();
        if self.throwaway.is_some() {
            return self.demo();
        }
        if let Some(office) = &self.office {
            return self.visit(office).map(Desk::told);
        }
        match store::open_to_read(&self.dir) {
            Ok(opened) => {
                let desk = self.desk(opened).and_then(|desk| self.showable(desk))?;
                if !desk.is_empty() || self.read_only {
                    return Ok(desk.told());
                }
            }
            Err(OpenError::Missing(_)) if !self.read_only => {}
            Err(error) => return Err(Stop::opening(self.lang, &error)),
        }
        self.first_start(Purpose::Command).map(Desk::told)
    }

    /// A look at a long ledger of one's own, for a question that needs few of its records; `None` where it has to be read in full.
    pub(super) fn glance(&self) -> Option<Glance> {
        let own = self.throwaway.is_none() && self.office.is_none();
        own.then(|| store::glance(&self.dir)).flatten()
    }

    /// The same as it reads in a period: with the names of units and leaders of its last day, or of today where that is to
    /// come. For showing only.
    pub(super) fn read_in(&self, period: Option<&str>) -> Result<Desk, Stop> {
        self.read().map(|desk| self.named(desk, period))
    }

    /// What was opened, as it reads in a period.
    pub(super) fn named(&self, desk: Desk, period: Option<&str>) -> Desk {
        match self.named_as_in(&desk.ledger, period) {
            Some(ledger) => Desk { ledger, ..desk },
            None => desk,
        }
    }

    /// A ledger with the names of a period, of the document's current one where none is typed; `None` where they are as printed.
    pub(super) fn named_as_in(&self, ledger: &Ledger, period: Option<&str>) -> Option<Ledger> {
        let book = pick::book(self, ledger).ok()?;
        let today = pick::today(self, &book);
        let period = match period {
            Some(typed) => pick::period_named(&book, typed),
            None => book.document().current_period(today),
        };
        as_of(ledger, book.id(), period.map_or(today, Period::end).min(today))
    }

    /// A ledger with the names of today; `None` where they are as printed.
    pub(super) fn named_today(&self, ledger: &Ledger) -> Option<Ledger> {
        let book = pick::book(self, ledger).ok()?;
        as_of(ledger, book.id(), pick::today(self, &book))
    }

    /// Opens the ledger to write.
    pub(super) fn write(&self) -> Result<Desk, Stop> {
        self.tell_dropped();
        if self.read_only {
            return Err(Stop::new(Exit::Refused, self.lang.say(Say::CliReadOnly), self.lang.say(Say::CliReadOnlyTodo)));
        }
        if self.throwaway.is_some() {
            return self.demo();
        }
        self.first_start(Purpose::Command).and_then(|desk| self.whole(desk)).map(Desk::told)
    }

    /// A damaged ledger of which nothing can be shown is none without documents: what to do about it is said.
    fn showable(&self, desk: Desk) -> Result<Desk, Stop> {
        if desk.is_empty() { self.whole(desk) } else { Ok(desk) }
    }

    /// Nothing is written on a damaged ledger: that is said with what to do about it, before anything is tried.
    fn whole(&self, desk: Desk) -> Result<Desk, Stop> {
        match desk.damage {
            Some(what) => Err(Stop::new(Exit::Store, what, self.lang.say(Say::CliVerifyJournalTodo))),
            None => Ok(desk),
        }
    }

    /// Opens the ledger to read a document into it: an office elsewhere wants only its own, so the embedded one is not read
    /// first.
    pub(super) fn write_document(&self) -> Result<Desk, Stop> {
        self.tell_dropped();
        if self.read_only {
            return Err(Stop::new(Exit::Refused, self.lang.say(Say::CliReadOnly), self.lang.say(Say::CliReadOnlyTodo)));
        }
        if self.throwaway.is_some() {
            return self.demo();
        }
        self.open(Purpose::Command).and_then(|desk| self.whole(desk)).map(Desk::told)
    }

    /// The ledger as it stands, to compare with: nothing is made and nothing told; none yet is an empty one.
    pub(super) fn look(&self) -> Result<Ledger, Stop> {
        if let Some(office) = &self.office {
            return self.visit(office).map(|desk| desk.ledger);
        }
        match store::open_to_read(&self.dir) {
            Ok(opened) => opened.store.snapshot().map_err(|refused| Stop::refused(self.lang, &refused)),
            Err(OpenError::Missing(_)) => Ok(Ledger::default()),
            Err(error) => Err(Stop::opening(self.lang, &error)),
        }
    }

    /// Opens the ledger for the screen, which shows the notices itself.
    pub(super) fn for_screen(&self) -> Result<Desk, Stop> {
        if self.throwaway.is_some() {
            return self.demo();
        }
        if let Some(office) = &self.office {
            let desk = self.visit(office)?;
            return Ok(Desk { read_only: self.read_only, ..desk });
        }
        if self.read_only {
            return match store::open_to_read(&self.dir) {
                Ok(opened) => self.desk(opened).and_then(|desk| self.showable(desk)),
                Err(error) => Err(Stop::opening(self.lang, &error)),
            };
        }
        self.first_start(Purpose::Screen)
    }

    /// Opens to write and, where the ledger has no document yet, reads the embedded one in.
    fn first_start(&self, purpose: Purpose) -> Result<Desk, Stop> {
        let mut desk = self.open(purpose).and_then(|desk| self.showable(desk))?;
        if desk.is_empty() && self.office.is_none() {
            self.read_seed(&mut desk, false)?;
            desk.made = self
                .elsewhere
                .then(|| self.lang.fill(Say::CliMade, &[&text::one_line(&self.dir.to_string_lossy()).text]));
        }
        Ok(desk)
    }

    /// Opens the ledger to write: at the office, else in the folder, through its host if it has one.
    fn open(&self, purpose: Purpose) -> Result<Desk, Stop> {
        match &self.office {
            Some(office) => self.visit(office),
            None => store::open_shared(&self.dir, purpose, &store::current_actor())
                .map_err(|error| Stop::opening(self.lang, &error))
                .and_then(|opened| self.desk(opened)),
        }
    }

    fn visit(&self, office: &Path) -> Result<Desk, Stop> {
        let opened = store::visit(office, &store::current_actor()).map_err(|error| Stop::opening(self.lang, &error))?;
        self.desk(opened).map(|desk| self.witnessed(office, desk))
    }

    /// The office's ledger as it stands is from now on the one that was seen.
    pub(super) fn accept(&self) {
        self.accepts.set(true);
    }

    /// Compares the office's ledger with what this user saw of it, and remembers it from here on. One whose history is another one is
    /// said so each time, until the user accepts it.
    fn witnessed(&self, office: &Path, mut desk: Desk) -> Desk {
        let head = desk.ledger.head();
        let witness = Witness::new(&self.dir, office);
        if !self.accepts.get() {
            match witness.compare(desk.store.as_ref(), head) {
                Ok(None) => {}
                Ok(Some(rewritten)) => {
                    desk.notices.push(words::rewritten(self.lang, &rewritten));
                    return desk;
                }
                Err(_) => return desk,
            }
        }
        witness.note(office, head);
        (desk.store, desk.company) = witness.watching(office, desk.store, desk.company);
        desk
    }

    fn demo(&self) -> Result<Desk, Stop> {
        let opened =
            store::open_to_write(&self.dir, Purpose::Command).map_err(|error| Stop::opening(self.lang, &error))?;
        let mut desk = self.desk(opened)?;
        self.read_seed(&mut desk, true)?;
        let writes = match Book::newest(&desk.ledger) {
            Some(book) => import::demo::progress(&book),
            None => Vec::new(),
        };
        desk.commit(self, Intent::Demo, None, writes)?;
        note(self.lang.say(Say::CliDemoNote));
        Ok(desk)
    }

    fn read_seed(&self, desk: &mut Desk, demo: bool) -> Result<(), Stop> {
        let mut reading = import::read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(seed::CORRECTIONS))
            .map_err(|error| words::unreadable(self.lang, seed::FILE_NAME, &error))?;
        reading.document.demo = demo;
        self.take_in(desk, &reading, seed::TEXT.as_bytes())?;
        Ok(())
    }

    /// Writes what was read into the ledger and keeps the original. `None`: nothing new.
    pub(super) fn take_in(
        &self,
        desk: &mut Desk,
        reading: &import::Reading,
        bytes: &[u8],
    ) -> Result<Option<Seq>, Stop> {
        let prepared = reading.prepare(&desk.ledger, store::new_batch_id(), self.now);
        self.take_in_prepared(desk, reading, prepared, bytes)
    }

    /// The same of what was prepared for the ledger as it stands.
    pub(super) fn take_in_prepared(
        &self,
        desk: &mut Desk,
        reading: &import::Reading,
        prepared: import::Prepared,
        bytes: &[u8],
    ) -> Result<Option<Seq>, Stop> {
        let Some(batch) = prepared.batch else { return Ok(None) };
        let hash = reading.document.source.sha256.parse();
        let kept = hash.map_err(|error: BadKey| Refused::Invalid(error.to_string()));
        kept.and_then(|hash| desk.library.keep(hash, bytes)).map_err(|refused| Stop::refused(self.lang, &refused))?;
        desk.send(self.lang, &batch).map(Some)
    }

    fn desk(&self, opened: Opened) -> Result<Desk, Stop> {
        let ledger = opened.store.snapshot().map_err(|refused| Stop::refused(self.lang, &refused))?;
        // That a command which only looks cannot write is no news, nor that sled caught up with the journal (it does after
        // every command, which leaves sled alone, and after every kill); that the ledger is damaged is.
        let news = opened.notices.iter().filter(|notice| {
            !matches!(notice, Notice::ReadOnly(ReadOnly::Asked | ReadOnly::Held { .. }) | Notice::Replayed { .. })
        });
        let notices = news.map(|notice| words::notice(self.lang, notice)).collect();
        let read_only = opened.notices.iter().any(|notice| matches!(notice, Notice::ReadOnly(_)));
        let damaged = |notice: &&Notice| matches!(notice, Notice::ReadOnly(ReadOnly::Damaged { .. }));
        let damage = opened.notices.iter().find(damaged).map(|notice| words::notice(self.lang, notice));
        Ok(Desk {
            store: opened.store,
            company: opened.company,
            library: opened.library,
            owner: opened.owner,
            ledger,
            actor: store::current_actor(),
            notices,
            made: None,
            read_only,
            damage,
        })
    }

    /// Whether this is a throw-away ledger.
    pub(super) fn is_demo(&self) -> bool {
        self.throwaway.is_some()
    }

    /// The folder of the ledger, for what works on its files; a guest of the office has none.
    pub(super) fn folder(&self, verb: &str) -> Result<&Path, Stop> {
        match self.office {
            Some(_) => Err(Stop::new(
                Exit::Refused,
                self.lang.say(Say::CliOfficeOnly),
                self.lang.fill(Say::CliOfficeOnlyTodo, &[&verb]),
            )),
            None => Ok(&self.dir),
        }
    }

    /// Where the ledger is, for people.
    pub(super) fn dir(&self) -> &Path {
        self.office.as_deref().unwrap_or(&self.dir)
    }
}

impl Desk {
    /// Whether it shows no document.
    fn is_empty(&self) -> bool {
        self.ledger.documents().next().is_none()
    }

    /// Says the notices on standard error. That the ledger is new is for who typed its place, not for a script's record.
    fn told(self) -> Self {
        let made = self.made.iter().filter(|_| io::stderr().is_terminal());
        for notice in self.notices.iter().chain(made) {
            note(notice);
        }
        self
    }

    /// Writes, and answers the commit's number. Nothing to write is no commit.
    pub(super) fn commit(
        &mut self,
        session: &Session,
        intent: Intent,
        undoes: Option<Seq>,
        writes: Vec<Write>,
    ) -> Result<Seq, Stop> {
        if writes.is_empty() {
            return Ok(self.ledger.head().seq);
        }
        let batch = Batch { id: store::new_batch_id(), at: session.now, intent, undoes, writes };
        self.send(session.lang, &batch)
    }

    /// Sends a batch, as [`written`] does.
    pub(super) fn send(&mut self, lang: Lang, batch: &Batch) -> Result<Seq, Stop> {
        let head = written((&*self.store, &self.actor), batch).map_err(|refused| Stop::unwritten(lang, &refused))?;
        // It is written: whoever is told of trouble from here on looks before he does it again.
        self.ledger = self.store.snapshot().map_err(|_| Stop::refused(lang, &Refused::Unknown))?;
        Ok(head.seq)
    }
}

/// Writes a batch; a lost answer is asked for once more.
pub(super) fn written((store, actor): (&dyn Store, &Actor), batch: &Batch) -> Result<Head, Refused> {
    commit_again(store, actor, batch, 1)
}
