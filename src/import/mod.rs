//! Reads a printed breakdown: text in, document, tasks, quota rows, units and doubts out. Pure; nothing is fixed silently.
//!
//! ```text
//! file → source → lines → unfold → shape → scan ─→ tasks, task_table ─→ lists ─┐
//!                                           │                                  ├→ Reading → batch (one commit)
//! corrections ──────────────────────────────┴──→ tables ────────────────────────┘
//! ```
//!
//! `source` makes lines of a file, whatever it is; `shape` finds the cells of rows that were converted badly; `roles` decides which
//! numbered lines are tasks and which headings; `unowned` looks for lists that name nobody where there is nothing else, and `reports`
//! knows what is no breakdown. The words that documents use stand in `vocabulary`.

pub mod demo;
pub mod seed;

mod again;
mod batch;
mod cells;
mod chapters;
mod corrections;
mod deadline;
mod draft;
mod findings;
mod fit;
mod furniture;
mod inline;
mod layout;
mod lines;
mod lists;
mod measure;
mod merged;
mod names;
mod notice;
mod numbering;
mod original;
mod page_end;
mod pairs;
mod parted;
mod raw_row;
mod reading;
mod repairs;
mod reports;
mod roles;
mod same_units;
mod scan;
mod settled;
mod shape;
mod signs;
mod slug;
mod source;
mod stated;
mod tables;
mod targets;
mod task_table;
mod tasks;
mod turned;
pub mod typed;
mod unfold;
mod unowned;
mod unreadable;
mod vocabulary;

pub use again::{Again, ReadAgain};
pub use batch::Prepared;
pub use layout::Layout;
pub use original::original;
pub use reading::{Reading, read, read_as};
pub use source::MAX_BYTES;
pub use targets::targets;
pub use unreadable::{Cause, Unreadable};
