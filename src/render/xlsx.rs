//! XLSX.

use super::{RenderError, Tell};
use crate::report::Report;

/// The report as a file.
///
/// # Errors
/// When it is too much for the format.
pub fn render(_report: &Report, _tell: Tell<'_>) -> Result<Vec<u8>, RenderError> {
    Err(RenderError::Library("not written yet".to_owned()))
}
