//! Which fonts the system has for an official document.

use crate::render::Fonts;

/// That the system has no Chinese font.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no Chinese font")]
pub struct NoFont;

/// For each face the best font that the system has: the office's own, else a free one of the same kind.
///
/// # Errors
/// When there is no Chinese font at all.
pub fn find() -> Result<Fonts, NoFont> {
    Err(NoFont)
}
