//! One host, many guests: the process with the lock keeps the ledger, the others work through its socket.
//!
//! ```text
//! seat        host or guest, and the change from one to the other        (what the faces hold)
//! house       the host's ledger, who is in, and what they are told       hub     who is in; waking those who wait
//! door        the listening socket and how many come in                  guest   one connection, a hostile one at worst
//! client      the other end: a store through a socket
//! talk        what is said      frame    how it is cut      limits   how much of it
//! socket      paths, permissions, peers                                  serve   the office's host, without a screen
//! ```
//!
//! `docs/PROTOCOL.md` describes the protocol.

mod client;
mod door;
#[cfg(test)]
pub(super) mod for_tests;
mod frame;
mod guest;
mod house;
mod hub;
mod limits;
mod seat;
mod serve;
mod socket;
mod talk;

pub use seat::{open_shared, visit};
pub use serve::{Listen, ServeError, Serving, serve};
