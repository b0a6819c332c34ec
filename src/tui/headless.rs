//! The screen without a terminal: keys from a string, the picture as text. The same `update` and `draw` as in life; effects
//! are carried out at once. For tests, benches and recorded sessions.

use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::key::{BadKeys, parse_keys};
use super::paint::Painter;
use super::run::ScreenError;
use super::state::{Setup, State};
use super::update::{Effect, Msg, update};
use super::view::draw;
use super::work::carry_out;
use crate::model::Seq;
use crate::store::{Store, drafts};
use crate::text::width::width;

/// A screen that is fed from strings.
pub struct Headless {
    /// What the screen knows.
    pub state: State,
    store: Arc<dyn Store>,
    painter: Painter,
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
        let mut screen = Self { state, store, painter: Painter::new(), clipboard: None, left: false };
        screen.tell(Msg::Resize(size.0, size.1));
        screen.tell(Msg::Rest);
        Ok(screen)
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
                    other => {
                        let setup = &self.state.setup;
                        let known = self.state.ledger.head().seq;
                        let place = (setup.data.as_path(), setup.lang);
                        pending.extend(carry_out(self.store.as_ref(), &setup.actor, place, known, other, &mut |_| ()));
                    }
                }
            }
        }
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
        let (buffer, cursor) = self.buffer();
        self.painter.frame(&buffer, cursor)
    }

    /// The screen as lines of text, without the spaces at their ends.
    pub fn picture(&self) -> String {
        let (buffer, _) = self.buffer();
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
