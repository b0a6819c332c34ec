//! The screen without a terminal: keys from a string, the picture as text. The same `update` and `draw` as in life; effects
//! are carried out at once. For tests, benches and recorded sessions.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::key::{BadKeys, parse_keys};
use super::paint::Painter;
use super::run::ScreenError;
use super::state::{Setup, State, Widths};
use super::update::{Effect, Msg, update};
use super::view::{draw, frame};
use super::work::{Place, carry_out};
use crate::model::Seq;
use crate::output::terminal::Ability;
use crate::store::{Company, Store, drafts};
use crate::text::width::{Ambiguous, width};

/// How many screens there were in this process.
static SCREENS: AtomicU32 = AtomicU32::new(0);

/// A screen that is fed from strings.
pub struct Headless {
    /// What the screen knows.
    pub state: State,
    store: Arc<dyn Store>,
    company: Option<Arc<dyn Company>>,
    painter: Painter,
    /// In the names of its drafts: one that is never taken for a screen that is still there.
    sitting: String,
    /// The host is slow: what is to be written stands under way until [`Headless::answer`].
    pub slow: bool,
    under_way: VecDeque<Effect>,
    /// What is to be sent again after a pause; [`Headless::later`] passes it.
    paused: Vec<Effect>,
    /// What was put on the clipboard last.
    pub clipboard: Option<String>,
    /// Whether the user has left.
    pub left: bool,
}

impl Headless {
    /// A screen of a size over a store.
    ///
    /// # Errors
    /// When the ledger cannot be read or holds no document.
    pub fn new(store: Arc<dyn Store>, setup: Setup, size: (u16, u16)) -> Result<Self, ScreenError> {
        let commits = store.since(Seq::ZERO, usize::MAX, Duration::ZERO)?;
        let drafts = drafts::load_after(&setup.data, &commits);
        let state = State::new(setup, store.snapshot()?, commits, drafts).ok_or(ScreenError::Empty)?;
        let sitting = format!("headless.{}", SCREENS.fetch_add(1, Ordering::Relaxed));
        let (company, painter, paused) = (None, Painter::new(Ability::FULL), Vec::new());
        let (slow, under_way) = (false, VecDeque::new());
        let (clipboard, left) = (None, false);
        let mut screen = Self { state, store, company, painter, sitting, slow, under_way, paused, clipboard, left };
        screen.tell(Msg::Resize(size.0, size.1));
        screen.tell(Msg::Rest);
        Ok(screen)
    }

    /// With somebody to tell what is open here.
    #[must_use]
    pub fn in_company(mut self, company: Arc<dyn Company>) -> Self {
        self.company = Some(company);
        self
    }

    /// Presses keys, one after the other.
    ///
    /// # Errors
    /// When the string names a key that does not exist.
    pub fn keys(&mut self, keys: &str) -> Result<(), BadKeys> {
        for key in parse_keys(keys)? {
            self.tell(Msg::Key(key));
        }
        Ok(())
    }

    /// Hands the screen a message and carries out what follows.
    pub fn tell(&mut self, msg: Msg) {
        let mut pending = vec![msg];
        while !pending.is_empty() {
            let msg = pending.remove(0);
            for effect in update(&mut self.state, msg) {
                match effect {
                    Effect::Quit => self.left = true,
                    Effect::Redraw => self.painter.forget(),
                    Effect::Copy(text) => self.clipboard = Some(text),
                    Effect::Again(_, pause) if !pause.is_zero() => self.paused.push(effect),
                    Effect::Commit(..) | Effect::Undo(..) | Effect::Again(..) if self.slow => {
                        self.under_way.push_back(effect);
                    }
                    Effect::Here(here) => {
                        if let Some(company) = &self.company {
                            let _ = company.tell(&here);
                        }
                    }
                    other => pending.extend(self.carried_out(other)),
                }
            }
        }
    }

    /// The pauses are over: what waits for them is sent again.
    pub fn later(&mut self) {
        for effect in std::mem::take(&mut self.paused) {
            let Effect::Again(unsent, _) = effect else { continue };
            for msg in self.carried_out(Effect::Again(unsent, Duration::ZERO)) {
                self.tell(msg);
            }
        }
    }

    /// The slow host comes to what was sent first, and answers; tells whether anything was under way.
    pub fn answer(&mut self) -> bool {
        let Some(effect) = self.under_way.pop_front() else { return false };
        for msg in self.carried_out(effect) {
            self.tell(msg);
        }
        true
    }

    fn carried_out(&self, effect: Effect) -> Vec<Msg> {
        let setup = &self.state.setup;
        let known = self.state.ledger.head().seq;
        let place = Place {
            library: Arc::clone(&setup.library),
            data: setup.data.clone(),
            sitting: self.sitting.clone(),
            lang: setup.lang,
        };
        carry_out(self.store.as_ref(), &setup.actor, &place, known, effect, &mut |_| ())
    }

    /// The cells of the screen, and the caret.
    pub fn buffer(&self) -> (Buffer, Option<Position>) {
        let (columns, rows) = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        let cursor = draw(&self.state, &mut buffer);
        (buffer, cursor)
    }

    /// The bytes that the terminal is sent now.
    pub fn bytes(&mut self) -> String {
        frame(&self.state, &mut self.painter)
    }

    /// For a terminal that can do less; from a frame of its own on.
    #[must_use]
    pub fn on(mut self, ability: Ability) -> Self {
        self.painter = Painter::new(ability);
        self
    }

    /// The screen as lines of text, without the spaces at their ends.
    pub fn picture(&self) -> String {
        let (buffer, _) = self.buffer();
        let _width = Ambiguous::wide(self.state.widths == Widths::Wide);
        let mut lines = Vec::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer.cell((x, y)).map_or(" ", ratatui::buffer::Cell::symbol);
                line.push_str(symbol);
                x += u16::try_from(width(symbol)).unwrap_or(1).max(1);
            }
            lines.push(line.trim_end().to_owned());
        }
        lines.join("\n")
    }
}
