//! The real program on a real pseudo-terminal.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod clock;
mod console;
mod dice;
mod hangup;
mod inside;
mod keys;
mod kinds;
mod noise;
mod program;
mod server;
mod ssh;
mod story;
mod terminal;
mod together;
