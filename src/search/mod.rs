//! Finding tasks and quota rows: one index for the screen and the command line.
//!
//! A query is words; an item is found when every word is found in it: in its number (`48`, `T48`, `省17-3`), in the name of
//! a leader or unit (under any spelling the unit is known by), or in its text. A word matches characters that follow on
//! each other, each by itself, by a pinyin reading, or by a reading's first letter: `市财政局`, `caizhengju`, `czj` and
//! `市czj` all find 市财政局. Letters are taken whatever their case and width, spaces in texts do not count.

mod alphabet;
mod finder;
mod index;
mod kept;
mod marks;
mod matcher;
mod named;
mod number;
mod polyphone;
mod query;
mod spelling;
#[cfg(test)]
mod tests;

pub use finder::Finder;
pub use index::Index;
pub use marks::marks;
pub use named::{NotNamed, named};

use crate::model::ItemKey;

/// Where a query was found, best places first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The whole number.
    Number,
    /// A leader's name.
    Leader,
    /// The name of a unit that leads.
    LeadUnit,
    /// The name of a supporting unit.
    CoopUnit,
    /// The beginning of the number.
    NumberPart,
    /// The text of a task; category, name, goal or target of a row.
    Text,
}

/// An item that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Task or row.
    pub item: ItemKey,
    /// Where: of several words, the best place of any.
    pub field: Field,
    /// How well; smaller is better. Comparable within one query only.
    pub score: u16,
}
