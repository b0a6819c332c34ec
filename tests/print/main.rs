//! Reports: what they say, worked out again by other means; and every format, opened by programs that are not ours.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod books;
mod counted;
mod csv;
mod docx;
mod formats;
mod forms;
mod html;
mod journal;
mod kinds;
mod pdf;
mod programs;
mod sample;
mod schema;
mod text;
mod typed;
mod xlsx;
