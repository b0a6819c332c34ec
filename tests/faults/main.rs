//! What happens to a ledger when processes, disks and files fail. Each module is one suite; `docs/TRUST.md` tells the commands, the
//! counts and the last results. Suites with a count in the environment do few by default, so that every change is tested with them.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod damage;
mod disk;
mod folder;
mod hosted;
mod kill;
mod powercut;
mod released;
mod socket;
mod stopped;
mod syscalls;
mod takeover;
mod writer;
