//! Attacks: text that acts, from every way in to every way out; formulas and markup; files that are not what they seem; logins that may
//! do little. `docs/THREATS.md` says what is guarded against and names the test of each.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod documented;
mod files;
mod formulas;
mod guest;
mod hostile;
mod journal;
mod outlets;
#[path = "../print/programs.rs"]
mod programs;
#[expect(dead_code, reason = "shared with the tests of the command line")]
#[path = "../cli/run.rs"]
mod run;
mod scan;
mod screen;
#[expect(dead_code, reason = "shared with the tests on a terminal")]
#[path = "../pty/terminal.rs"]
mod terminal;
#[path = "../print/typed.rs"]
mod typed;
mod units;
mod ways_in;
mod words;
