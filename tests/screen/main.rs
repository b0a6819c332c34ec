//! The screen without a terminal: what it looks like, what keys do, what it costs in bytes, that it draws at any size.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod ambiguous;
mod bulk;
mod bulletin;
mod bytes;
mod check;
mod company;
mod deeds;
mod ends;
mod interleaved;
mod kept;
mod keys;
mod line;
mod lists;
mod look;
mod pictures;
mod roles;
mod sheet;
mod sizes;
mod stands;
mod support;
mod wide;
