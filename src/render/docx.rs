//! DOCX: a package of XML parts (ECMA-376) in the geometry of GB/T 9704-2012, for Word, WPS and LibreOffice. The same report gives
//! the same bytes.

mod body;
mod chart;
mod closing;
mod foot;
mod opening;
mod package;
mod paragraph;
mod section;
mod styles;
mod table;
mod text_box;
mod unit;
mod xml;

use super::{RenderError, Tell};
use crate::report::Report;

/// The report as a file.
///
/// # Errors
/// When the library that packs the parts refuses.
pub fn render(report: &Report, tell: Tell<'_>) -> Result<Vec<u8>, RenderError> {
    package::pack(report, body::document(report, tell)).map_err(|error| RenderError::Library(error.to_string()))
}
