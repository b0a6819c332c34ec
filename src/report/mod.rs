//! What the program can say about a book: counts, rankings, the bulletin, tables and JSON views. Pure: no clock, no terminal.
//!
//! A [`Report`] holds what is said, in order, without any layout; [`text`] is the first renderer of one.

pub mod areas;
pub mod behind;
pub mod bulletin;
pub mod chain;
pub mod changes;
pub mod chase;
pub mod check;
pub mod compare;
pub mod figures;
pub mod filed;
#[cfg(test)]
pub(crate) mod fixture;
mod grid;
pub mod json;
pub mod model;
pub mod scope;
pub mod summary;
pub mod table;
pub mod text;
pub mod why;

pub use bulletin::{bulletin, bulletin_for};
pub use chase::{Reason, ToChase, chase_list};
pub use check::{Problem, check};
pub use compare::{Compared, compare};
pub use model::{Align, Block, Column, Report, Table};
pub use scope::{For, Scope};
pub use text::{PageSize, text_pages, text_pages_sized};
pub use why::why;
