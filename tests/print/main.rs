//! Reports in every format, opened by programs that are not ours.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod books;
mod csv;
mod docx;
mod formats;
mod forms;
mod html;
mod pdf;
mod programs;
mod sample;
mod text;
mod typed;
mod xlsx;
