//! PDF.

use super::{Fonts, RenderError, Tell};
use crate::report::Report;

/// The report as a file.
///
/// # Errors
/// When a font cannot be used.
pub fn render(_report: &Report, _fonts: &Fonts, _tell: Tell<'_>) -> Result<Vec<u8>, RenderError> {
    Err(RenderError::Library("not written yet".to_owned()))
}
