//! docx.
