//! markdown.

use crate::report::Report;

/// The report as a file.
pub fn render(_report: &Report) -> Vec<u8> {
    Vec::new()
}
