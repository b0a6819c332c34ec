//! What the screen knows: its copy of the ledger, where every cursor stands, which popups are open. Plain data; `update`
//! changes it, `view` draws it.

mod list;
mod matrix;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

pub use list::{Cursor, ItemList, Range};
pub use matrix::{Figure, Matrix, Mode, PastedBlock};

use super::board::{Board, Part};
use super::cache::Cache;
use super::command::Context;
use super::deed::{Focus, Screen};
use super::field::Field;
use super::form::Form;
use super::glyph::Glyphs;
use super::key::Key;
use super::keymap::Keymap;
use super::live::Live;
use super::original::Checking;
use super::paper::{Charts, Pages, Told};
use super::sheet::{Pick, Sheet};
use super::theme::Theme;
use crate::catalog::Lang;
use crate::model::{Actor, Book, DocumentId, ItemKey, Key as RecordKey, Ledger, May, Period, Seq, UndoStack, role};
use crate::report::{For, What};
use crate::store::{Library, Sealed, drafts::Draft};

/// In how many columns the terminal shows characters of ambiguous width (`“ … ① │ ×`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widths {
    /// It has not said so: one, as most do.
    Unknown,
    /// One.
    Narrow,
    /// Two, as terminals of Chinese offices are often set up.
    Wide,
}

/// How the screen is started.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Who sits at it.
    pub actor: Actor,
    /// The user whose ledger it is, who may do everything.
    pub owner: u32,
    /// The language.
    pub lang: Lang,
    /// The drawing characters.
    pub glyphs: Glyphs,
    /// With colour or without.
    pub color: bool,
    /// The document to show; `None`: the newest.
    pub document: Option<DocumentId>,
    /// A login for this program alone: no files are written.
    pub restricted: bool,
    /// Looking only.
    pub read_only: bool,
    /// The day, for the current period.
    pub today: NaiveDate,
    /// The documents that the ledger was read from.
    pub library: Arc<dyn Library>,
    /// Where drafts are kept.
    pub data: PathBuf,
    /// What the store had to say when it was opened.
    pub notices: Vec<String>,
    /// What the footer says until a key is pressed.
    pub greeting: Option<String>,
}

/// Everything the screen shows follows from this.
#[derive(Debug)]
pub struct State {
    /// How it was started.
    pub setup: Setup,
    /// Styles.
    pub theme: Theme,
    /// The default keys.
    pub keymap: Arc<Keymap>,
    /// This screen's copy of the ledger.
    pub ledger: Ledger,
    /// The same with the names of the period shown, where names have passed on.
    pub(super) named: Option<Ledger>,
    /// The document shown.
    pub document: DocumentId,
    /// The period shown.
    pub period: Period,
    /// Derived from the ledger; remade when it changes.
    pub cache: Cache,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// In how many columns the terminal shows characters of ambiguous width.
    pub widths: Widths,
    /// The screen shown.
    pub screen: Screen,
    /// Which pane of the task screen has the keyboard.
    pub focus: Focus,
    /// The task list.
    pub list: ItemList,
    /// The pane 领导.
    pub leaders: Cursor,
    /// The pane 单位.
    pub units: Cursor,
    /// The matrix.
    pub matrix: Matrix,
    /// 总览.
    pub board: Board,
    /// 通报: the report that is shown page by page.
    pub shown: What,
    /// Its pages, as far as nothing has changed since they were made.
    pub(super) pages: Pages,
    /// 总览: its charts, likewise.
    pub(super) charts: Charts,
    /// 日志: the commit that is open, likewise.
    pub(super) told: Told,
    /// 通报: lines scrolled.
    pub scroll: usize,
    /// 日志: cursor into the commits, newest first.
    pub log: Cursor,
    /// 核对.
    pub check: Cursor,
    /// 核对: the targets read from the text.
    pub targets: Cursor,
    /// 核对 shows the targets, rather than doubts and corrections.
    pub checks_targets: bool,
    /// 核对: the lines of the document, and how far its panes are scrolled.
    pub checking: Checking,
    /// 民生, 核对: somebody else's commit took what stood under the cursor out of its list: nothing is under it until it moves.
    pub lost: bool,
    /// The item shown in the detail pane of a wide screen; follows the cursor when the keys rest.
    pub resting_on: Option<ItemKey>,
    /// Open popups, the topmost last.
    pub popups: Vec<Popup>,
    /// The search line, while it is open.
    pub find: Option<Field>,
    /// The newest commits, in order.
    pub commits: Vec<Sealed>,
    /// What can be undone and redone.
    pub undo: UndoStack,
    /// Drafts from before and from this sitting, the newest last.
    pub drafts: Vec<Draft>,
    /// Those of them that stand in forms now: they go when what they became is saved.
    pub(super) resumed: Vec<Draft>,
    /// Drafts from before that hold what is stored by now: to be thrown away.
    pub(super) spent: Vec<Draft>,
    /// What was typed and pasted while a deed or a form waits for its answer; goes to the place it was meant for when that is
    /// written.
    pub held: Vec<Held>,
    /// What the footer adds when the commit on its way is written: what was passed over.
    pub aside: Option<String>,
    /// Something was typed that is not kept as a draft yet.
    pub draft_due: bool,
    /// What the footer says.
    pub message: Option<Message>,
    /// The others who are in, and the link to the host.
    pub live: Live,
}

/// Something in front of the screen.
#[derive(Debug, Clone)]
pub enum Popup {
    /// An item whole.
    Detail(ItemKey, usize),
    /// The changes of an item, newest first.
    History(ItemKey, usize),
    /// A commit whole, and how far it is scrolled.
    Commit(Seq, usize),
    /// The help.
    Help(usize),
    /// The palette.
    Palette(Box<Field>, Cursor),
    /// The form of a filing.
    Form(Box<Form>),
    /// The done figure of a cell.
    Figure(Box<Figure>),
    /// A block pasted over the matrix.
    Block(Box<PastedBlock>),
    /// A small form.
    Sheet(Box<Sheet>),
    /// A list of what an item has.
    Pick(Pick),
    /// The page of a leader, a unit, an area.
    Board(Box<Board>),
    /// Why an item shows its light, and how far it is scrolled.
    Why(ItemKey, usize),
    /// Drafts from before.
    Drafts(Vec<Draft>, usize),
    /// What the store had to say when it was opened, and how far it is scrolled.
    Notices(usize),
    /// Who else is in, and how far it is scrolled.
    Who(usize),
}

/// Typed or pasted while a deed or a form waits for its answer.
#[derive(Debug, Clone)]
pub enum Held {
    /// A key.
    Key(Key),
    /// Pasted text.
    Paste(String),
}

/// A sentence in the footer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it says.
    pub text: String,
    /// Good news, or a reason why not.
    pub good: bool,
}

impl Popup {
    /// How far its text is scrolled, where it is one that is only read.
    pub(super) const fn scroll_mut(&mut self) -> Option<&mut usize> {
        match self {
            Self::Detail(_, scroll)
            | Self::History(_, scroll)
            | Self::Commit(_, scroll)
            | Self::Why(_, scroll)
            | Self::Help(scroll)
            | Self::Notices(scroll)
            | Self::Who(scroll) => Some(scroll),
            _ => None,
        }
    }
}

impl State {
    /// The state over a ledger, its newest commits, and the drafts left before; `None` where it holds no document.
    pub fn new(setup: Setup, ledger: Ledger, commits: Vec<Sealed>, drafts: Vec<Draft>) -> Option<Self> {
        let book = match &setup.document {
            Some(id) => Book::open(&ledger, id)?,
            None => Book::newest(&ledger)?,
        };
        let document = book.id().clone();
        let period = book.document().current_period(setup.today)?;
        let mut undo = UndoStack::default();
        for sealed in &commits {
            undo.note(&setup.actor, &sealed.commit);
        }
        let (spent, drafts): (Vec<Draft>, Vec<Draft>) =
            drafts.into_iter().partition(|draft| super::update::is_spent(&book, setup.lang, draft));
        let mut state = Self {
            theme: Theme::new(setup.color),
            keymap: Arc::new(Keymap::new()),
            cache: Cache::of(&book),
            document,
            period,
            size: (80, 24),
            widths: Widths::Unknown,
            screen: Screen::Tasks,
            focus: Focus::List,
            list: ItemList::default(),
            leaders: Cursor::default(),
            units: Cursor::default(),
            matrix: Matrix::default(),
            board: Board::new(For::All),
            shown: What::Bulletin,
            pages: Pages::default(),
            charts: Charts::default(),
            told: Told::default(),
            scroll: 0,
            log: Cursor::default(),
            check: Cursor::default(),
            targets: Cursor::default(),
            checks_targets: false,
            checking: Checking::default(),
            lost: false,
            resting_on: None,
            popups: opening(&setup, &drafts),
            drafts,
            resumed: Vec::new(),
            spent,
            find: None,
            held: Vec::new(),
            aside: None,
            draft_due: false,
            message: setup.greeting.clone().map(|text| Message { text, good: true }),
            live: Live::default(),
            commits,
            undo,
            ledger,
            named: None,
            setup,
        };
        state.rename();
        state.start_on_own();
        state.refill();
        state.settle();
        state.rest();
        Some(state)
    }

    /// A contact starts on what is their own: the tasks of their unit, else the column of their area.
    fn start_on_own(&mut self) {
        let may = self.may();
        let Some(contact) = may.contact() else { return };
        let own = contact.unit.as_ref().map(|unit| Arc::clone(self.cache.aliases.name(unit)));
        let known = own.filter(|own| self.cache.units.iter().any(|tally| tally.name == *own));
        let column = contact.area.as_ref().and_then(|area| self.cache.columns.iter().position(|one| one == area));
        self.matrix.column = column.unwrap_or(0);
        if known.is_none() && column.is_some() {
            self.screen = Screen::Matrix;
        }
        self.list.unit = known;
    }

    /// The language.
    pub const fn lang(&self) -> Lang {
        self.setup.lang
    }

    /// The drawing characters.
    pub const fn glyphs(&self) -> Glyphs {
        self.setup.glyphs
    }

    /// What who sits here may do, as the ledger stands now; who has no role (any more) may at most look.
    pub fn may(&self) -> May {
        role::of(&self.ledger, self.setup.owner, &self.setup.actor).unwrap_or(May::Reader)
    }

    /// The document's view. `None` only if the document was removed.
    pub fn book(&self) -> Option<Book<'_>> {
        Book::open(self.reading(), &self.document)
    }

    /// The same with the names as printed, as the store judges it.
    pub fn printed(&self) -> Option<Book<'_>> {
        Book::open(&self.ledger, &self.document)
    }

    /// The ledger as it is shown: with the names of the period. What is written stands on the ledger itself.
    pub fn reading(&self) -> &Ledger {
        self.named.as_ref().unwrap_or(&self.ledger)
    }

    /// The contexts that are active, the innermost first.
    pub fn contexts(&self) -> Vec<Context> {
        self.contexts_under(&self.popups)
    }

    /// The contexts that would be active with these popups open.
    pub(super) fn contexts_under(&self, popups: &[Popup]) -> Vec<Context> {
        use Context::{
            Bars, Bulletin, Check, Drafts, Everywhere, Field, Form, Item, Lines, Log, Matrix, Overview, Panes, Prompt,
            Sheet, Tasks,
        };
        let asked = popups.len() == self.popups.len() && super::update::is_asked(self);
        let asked = asked.then_some(Context::Clash).into_iter();
        match popups.last() {
            Some(Popup::Form(_)) => return asked.chain([Form]).collect(),
            Some(Popup::Figure(_)) => return asked.chain([Field]).collect(),
            Some(Popup::Sheet(_)) => return asked.chain([Sheet]).collect(),
            Some(Popup::Pick(pick)) => return vec![pick.of.context(), Lines, Everywhere],
            Some(Popup::Board(_)) => return vec![Overview, Item, Lines, Everywhere],
            Some(Popup::Palette(..)) => return vec![Prompt],
            Some(Popup::Block(_)) => return asked.chain([Context::Block, Lines]).collect(),
            Some(Popup::Drafts(..)) => return vec![Drafts, Lines],
            Some(Popup::Detail(..) | Popup::History(..) | Popup::Why(..)) => return vec![Item, Lines, Everywhere],
            Some(Popup::Commit(..)) => return vec![Log, Lines, Everywhere],
            Some(Popup::Help(_) | Popup::Notices(_) | Popup::Who(_)) => {
                return vec![Lines, Everywhere];
            }
            None => {}
        }
        if self.find.is_some() {
            return vec![Prompt];
        }
        match (self.screen, self.focus) {
            (Screen::Tasks, Focus::List) => vec![Tasks, Item, Lines, Everywhere],
            (Screen::Tasks, Focus::Leaders | Focus::Units) => vec![Panes, Lines, Everywhere],
            (Screen::Matrix, _) => vec![Matrix, Item, Lines, Everywhere],
            (Screen::Overview, _) if self.board.part == Part::Lights => vec![Bars, Overview, Lines, Everywhere],
            (Screen::Overview, _) => vec![Overview, Item, Lines, Everywhere],
            (Screen::Bulletin, _) => vec![Bulletin, Lines, Everywhere],
            (Screen::Log, _) => vec![Log, Lines, Everywhere],
            (Screen::Check, _) if self.checks_targets => vec![Item, Lines, Everywhere],
            (Screen::Check, _) => vec![Check, Item, Lines, Everywhere],
        }
    }

    /// Whether typed characters go into a field now.
    pub fn typing(&self) -> bool {
        let in_popup = matches!(
            self.popups.last(),
            Some(Popup::Form(_) | Popup::Figure(_) | Popup::Sheet(_) | Popup::Palette(..))
        );
        in_popup || (self.popups.is_empty() && self.find.is_some())
    }

    /// The item under the cursor, wherever that is.
    pub fn item(&self) -> Option<ItemKey> {
        match self.popups.last() {
            Some(Popup::Detail(item, _) | Popup::History(item, _) | Popup::Why(item, _)) => return Some(*item),
            Some(Popup::Pick(pick)) => return pick.of.item(),
            Some(Popup::Board(board)) => return board.item(),
            Some(_) => return None,
            None => {}
        }
        match self.screen {
            Screen::Tasks => self.list.items.get(self.list.cursor.at).copied(),
            Screen::Matrix | Screen::Check if self.lost => None,
            Screen::Matrix => self.matrix.rows.get(self.matrix.cursor.at).copied(),
            Screen::Check if self.checks_targets => self.cache.targets.get(self.targets.at).map(|(item, _)| *item),
            Screen::Check => self.cache.findings.get(self.check.at).and_then(|(_, item)| *item),
            Screen::Overview => self.board.item(),
            Screen::Bulletin | Screen::Log => None,
        }
    }

    /// Whether one of the panes 领导 and 单位 has the keyboard: then the item of the list beside it is not what is meant.
    pub fn in_pane(&self) -> bool {
        self.popups.is_empty() && self.screen == Screen::Tasks && self.focus != Focus::List
    }

    /// The items that a deed acts on: those marked in the task list, or the one under the cursor.
    pub fn chosen(&self) -> Vec<ItemKey> {
        let in_list = self.popups.is_empty() && self.screen == Screen::Tasks && self.focus == Focus::List;
        if in_list && !self.list.marked.is_empty() {
            return self.list.marked.iter().copied().collect();
        }
        self.item().into_iter().collect()
    }

    /// The board that has the keyboard.
    pub fn board_here(&self) -> Option<&Board> {
        match self.popups.last() {
            Some(Popup::Board(board)) => Some(board),
            Some(_) => None,
            None => (self.screen == Screen::Overview).then_some(&self.board),
        }
    }

    /// The board that has the keyboard.
    pub(super) fn board_mut(&mut self) -> Option<&mut Board> {
        match self.popups.last_mut() {
            Some(Popup::Board(board)) => Some(board),
            Some(_) => None,
            None => (self.screen == Screen::Overview).then_some(&mut self.board),
        }
    }

    /// The finding under the cursor of 核对.
    pub fn finding(&self) -> Option<&RecordKey> {
        self.cache.findings.get(self.check.at).map(|(key, _)| key).filter(|_| !self.lost)
    }

    /// The commit under the cursor of 日志.
    pub fn commit(&self) -> Option<&Sealed> {
        self.commits.iter().rev().nth(self.log.at)
    }

    /// The column of the matrix under the cursor: 全市 or an area.
    pub fn area(&self) -> Option<Arc<str>> {
        self.cache.columns.get(self.matrix.column).cloned()
    }

    /// Whether a commit is this screen's own: by this user, while one is on its way.
    pub(super) fn is_own(&self, sealed: &Sealed) -> bool {
        sealed.commit.actor == self.setup.actor && !self.live.sent.is_empty()
    }

    /// Says something in the footer.
    pub fn say(&mut self, text: impl Into<String>, good: bool) {
        self.message = Some(Message { text: text.into(), good });
    }
}

impl State {
    /// Shows what was found in the ledger since it was opened: in front, unless something is being typed there; then in the footer.
    pub(super) fn notice(&mut self, found: Vec<String>) {
        let last = found.last().cloned();
        self.setup.notices.extend(found);
        if self.popups.is_empty() && self.find.is_none() {
            self.popups.push(Popup::Notices(0));
        } else if let Some(last) = last {
            self.say(last, false);
        }
    }
}

/// What stands open at the start: the store's notices in front of the drafts from before.
fn opening(setup: &Setup, drafts: &[Draft]) -> Vec<Popup> {
    let drafts = (!drafts.is_empty() && !setup.read_only).then(|| Popup::Drafts(drafts.to_vec(), 0));
    let notices = (!setup.notices.is_empty()).then_some(Popup::Notices(0));
    drafts.into_iter().chain(notices).collect()
}
