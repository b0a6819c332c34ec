//! Documents read in: notices of invented places as they are published and as other programs save them, the real one of 2024, and the same
//! ones again.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod again;
mod batch;
mod cities;
mod expected;
mod files;
mod layouts;
mod own_layout;
mod panics;
mod pdf;
mod seed;
mod targets;
