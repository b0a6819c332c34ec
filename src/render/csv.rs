//! The tables of a report, comma-separated.

use super::RenderError;
use crate::report::Report;

/// The report's tables.
///
/// # Errors
/// When the library refuses.
pub fn render(_report: &Report) -> Result<Vec<u8>, RenderError> {
    Err(RenderError::Library("not written yet".to_owned()))
}
