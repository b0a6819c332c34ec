//! The command line, on the real binary: each test has a ledger of its own in a temporary folder.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod docs;
mod facts;
mod files;
mod filing;
mod history;
mod language;
mod run;
mod shapes;
mod statuses;
mod terminal;
