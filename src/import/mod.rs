//! Reads a printed breakdown: text in, document, tasks, quota rows, units and doubts out. Pure; nothing is fixed silently.
//!
//! ```text
//! bytes → lines → scan ─→ tasks ──┐
//!                  │              ├→ Reading → batch (one commit)
//! corrections ─────┴──→ tables ───┘
//! ```
//!
//! One layout is known so far: numbered paragraphs, each followed by a `牵头市领导：` and a `责任单位：` line, and livelihood
//! tables with cells separated by tabs and a head row repeated on every page.

pub mod demo;
pub mod seed;

mod batch;
mod cells;
mod chapters;
mod corrections;
mod deadline;
mod draft;
mod findings;
mod inline;
mod layout;
mod lines;
mod lists;
mod measure;
mod merged;
mod names;
mod notice;
mod numbering;
mod raw_row;
mod reading;
mod roles;
mod scan;
mod settled;
mod shape;
mod signs;
mod slug;
mod source;
mod tables;
mod targets;
mod task_table;
mod tasks;
mod unreadable;
mod vocabulary;

pub use reading::{Reading, read};
pub use source::MAX_BYTES;
pub use targets::targets;
pub use unreadable::{Cause, Unreadable};
