//! PDF, typeset in the geometry of GB/T 9704-2012: first everything gets its place ([`layout`]), then it is painted ([`paint`]). Fonts are
//! embedded, with the characters that are used alone.

mod blocks;
mod frame;
mod layout;
mod paint;
mod table;
mod types;

use super::{Fonts, RenderError, Tell};
use crate::report::Report;

/// The report as a file. The same report and fonts give the same bytes.
///
/// # Errors
/// When a font cannot be used.
pub fn render(report: &Report, fonts: &Fonts, tell: Tell<'_>) -> Result<Vec<u8>, RenderError> {
    let types = types::Types::new(fonts)?;
    let laid = layout::lay_out(report, &types);
    paint::paint(report, &laid, &types, tell)
}
