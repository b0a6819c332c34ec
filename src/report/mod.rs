//! What the program can say about a book: counts, rankings, the bulletin, tables and JSON views. Pure: no clock, no terminal.
//!
//! A [`Report`] holds what is said, in order, without any layout; `render` has a renderer for each format.

pub mod areas;
pub mod ask;
pub mod behind;
pub mod breakdown;
pub mod bulletin;
pub mod chain;
pub mod changed;
pub mod changes;
pub mod charts;
pub mod chase;
pub mod check;
pub mod compare;
pub mod differences;
pub mod doubt;
pub mod everything;
pub mod figures;
pub mod filed;
#[cfg(test)]
pub(crate) mod fixture;
pub mod issue;
pub mod json;
pub mod listing;
pub mod matrix;
pub mod model;
pub mod offers;
mod paper;
pub mod person;
pub mod scope;
pub mod slips;
pub mod summary;
pub mod why;
pub mod year;

pub use ask::{Made, SCHEMA, What, make};
pub use bulletin::{bulletin, bulletin_for};
pub use chase::{Reason, ToChase, chase_list};
pub use check::{Problem, check};
pub use compare::{Compared, compare};
pub use differences::{Becomes, Difference, differences};
pub use issue::{Damaged, freeze};
pub use model::{Align, Block, Cell, Chart, Column, Joined, Kind, Report, Table, Tone, Value};
pub use scope::{For, Scope};
pub use why::why;
