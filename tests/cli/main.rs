//! The command line, on the real binary: each test has a ledger of its own in a temporary folder.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod again;
mod backups;
mod batches;
mod bulletin;
mod chase;
mod docs;
mod exports;
mod facts;
mod files;
mod filing;
mod forms;
mod history;
mod language;
mod large;
mod lists;
mod loss;
mod printing;
mod readme;
mod recovery_page;
mod reports;
mod requests;
mod review;
mod roles;
mod run;
mod settings;
mod shapes;
mod statuses;
mod steps;
mod story;
mod targets;
mod terminal;
#[path = "../print/typed.rs"]
mod typed;
