//! What a command asks of the role of who sits here: asked in one place, before a form opens, so that nobody types what would
//! be refused.

use super::state::State;
use crate::model::{Denial, ItemKey, May, Reach, Reserved};

/// What a command asks of the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: it only shows.
    Nothing,
    /// That something may be changed at all.
    Writing,
    /// That the items it acts on are filed on by who sits here.
    Filing,
    /// That the figure of the matrix under the cursor is recorded by who sits here.
    Figure,
    /// That the commit under the cursor is one's own, unless one is of the office.
    OwnCommit,
    /// That one is of the office.
    Office(Reserved),
    /// That one is an administrator.
    Admin,
}

impl Needs {
    /// Whether a role has it for anything at all: what it never has is left out of the help.
    ///
    /// # Errors
    /// Why not.
    pub fn ever(self, may: &May) -> Result<(), Denial> {
        match self {
            Self::Nothing => Ok(()),
            Self::Office(what) => may.office(what),
            Self::Admin => may.admin(),
            Self::Filing | Self::Figure | Self::OwnCommit | Self::Writing => match may {
                May::Reader => Err(Denial::ReadOnly),
                May::Admin | May::Editor | May::Contact(_) => Ok(()),
            },
        }
    }

    /// Whether who sits here has it for what is under the cursor.
    ///
    /// # Errors
    /// Why not.
    pub fn here(self, state: &State) -> Result<(), Denial> {
        if self == Self::Nothing {
            return Ok(());
        }
        let may = state.may();
        self.ever(&may)?;
        match self {
            Self::Filing => files(state, &may, &state.chosen()),
            Self::Figure => match (state.printed(), state.item(), state.area()) {
                (Some(book), Some(row), Some(area)) => Reach::new(&may, book, state.setup.today).records(row, &area),
                _ => Ok(()),
            },
            Self::OwnCommit => match state.commit() {
                Some(sealed) if !may.edits() && sealed.commit.actor != state.setup.actor => {
                    Err(Denial::NotYours(sealed.commit.seq))
                }
                _ => Ok(()),
            },
            Self::Nothing | Self::Writing | Self::Office(_) | Self::Admin => Ok(()),
        }
    }
}

fn files(state: &State, may: &May, items: &[ItemKey]) -> Result<(), Denial> {
    // The office files on everything; only of a contact the items are looked at.
    let Some(book) = state.printed().filter(|_| !may.edits()) else { return Ok(()) };
    let reach = Reach::new(may, book, state.setup.today);
    items.iter().try_for_each(|item| reach.files(*item))
}
