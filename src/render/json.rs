//! A report as data: the JSON interface of `duban report`.

use super::RenderError;
use crate::report::Made;

/// The report as JSON, ended by a line break.
///
/// # Errors
/// When the library refuses, which it does not for what reports hold.
pub fn render(made: &Made) -> Result<Vec<u8>, RenderError> {
    let mut bytes = serde_json::to_vec_pretty(made).map_err(|error| RenderError::Library(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}
