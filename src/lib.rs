//! 督办 duban: the yearly task breakdown of a city government, kept in a terminal.
//!
//! Each layer may use those in the rows below it, and none beside or above it (`tests/layers.rs` holds this, and says exactly which).
//!
//! ```text
//!         main.rs
//!         cli/                      commands: parse, answer; opens the screen
//!         tui/                      the screen: keys, state, drawing
//!         output/                   fonts, printers, files: what both do with a report
//!    render/      forms/            one renderer a format; the units' workbooks out and back; pure
//!         report/                   what the program can say; pure
//!  import/  search/  store/         what it reads and finds, pure; where it is kept: one contract, several stores, the host and its guests
//!         catalog/                  all texts in two languages, and the field's words for what the model holds
//!         model/                    what it is: nouns, rules, changes; no I/O, no clock, no terminal
//!     text/      caught             columns, wrapping, sanitising, numbers; panics as errors
//! ```

pub mod catalog;
mod caught;
pub mod cli;
pub mod forms;
#[cfg(test)]
mod fuzz;
pub mod import;
pub mod model;
pub mod output;
pub mod render;
pub mod report;
pub mod search;
pub mod store;
pub mod text;
pub mod tui;
