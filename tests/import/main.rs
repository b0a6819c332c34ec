//! Notices of invented places as they are published, and the same notices as other programs save them.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod cities;
mod expected;
mod files;
mod pdf;
