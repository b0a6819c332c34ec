//! 督办 duban: the yearly task breakdown of a city government, kept in a terminal.
//!
//! Arrows point down only; nothing below knows anything above (`tests/layers.rs` holds this).
//!
//! ```text
//!         main.rs
//!    cli/         tui/                 faces: parse, draw; no rules
//!      \          /
//!       output/                        fonts, printers, files: what both faces do with a report
//!          |
//!       render/  forms/                one renderer a format; the units' workbooks; pure
//!          |
//!    report/  import/  search/         what the program can say, read, find; pure
//!         \     |     /
//!           store/                     where it is kept: one contract, several stores
//!             |
//!           model/                     what it is: nouns, rules, changes; no I/O, no clock, no terminal
//!    text/  catalog/  caught           columns, wrapping, sanitising, numbers; all texts in two languages; panics as errors: leaves
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
