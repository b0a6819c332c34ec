//! One renderer a format: a report becomes a file. Pure: fonts come in as bytes, nothing is read or written.

pub mod chart;
pub mod csv;
pub mod docx;
pub mod fonts;
mod grid;
pub mod html;
pub mod json;
pub mod markdown;
pub mod page;
pub mod pdf;
mod plain;
mod split;
pub mod text;
mod unfold;
pub mod xlsx;

pub use fonts::Fonts;
pub use text::bars;
pub use text::{PageSize, text_pages, text_pages_sized};

use crate::report::Made;

/// A format that reports come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Pages of 28 × 22 characters, parted by form feeds.
    Txt,
    /// Markdown.
    Md,
    /// One page for browsers, that prints well.
    Html,
    /// A document for Word and WPS, in the geometry of GB/T 9704.
    Docx,
    /// A workbook.
    Xlsx,
    /// A typeset document, in the geometry of GB/T 9704.
    Pdf,
    /// The tables, comma-separated.
    Csv,
    /// Data, for programs.
    Json,
}

impl Format {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 8] =
        [Self::Txt, Self::Md, Self::Html, Self::Docx, Self::Xlsx, Self::Pdf, Self::Csv, Self::Json];

    /// The ending of its files, without the dot; also its name on the command line.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Txt => "txt",
            Self::Md => "md",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The format of a file's ending, in either case; `htm` is HTML.
    pub fn of_ending(ending: &str) -> Option<Self> {
        let ending = ending.to_ascii_lowercase();
        let known = Self::ALL.into_iter().find(|format| format.ending() == ending);
        known.or_else(|| (ending == "htm").then_some(Self::Html))
    }

    /// Whether its file is text that a pager or a terminal can show.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Txt | Self::Md | Self::Html | Self::Csv | Self::Json)
    }

    /// Whether rendering it takes fonts.
    pub const fn needs_fonts(self) -> bool {
        matches!(self, Self::Pdf)
    }
}

/// Why a report could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The format takes fonts and none were given.
    #[error("no fonts were given")]
    NoFonts,
    /// A font's file is damaged or of a kind that cannot be embedded.
    #[error("the font {0} cannot be used")]
    BadFont(String),
    /// More than the format has room for: a workbook's rows or columns, a cell's characters.
    #[error("too much for this format: {0}")]
    TooMuch(String),
    /// The library that writes the format refused; a defect of ours.
    #[error("{0}")]
    Library(String),
}

/// What is told while a long report is made: how much is done, of how much.
pub type Tell<'a> = &'a mut dyn FnMut(usize, usize);

/// A report in a format. `fonts` are needed where [`Format::needs_fonts`].
///
/// # Errors
/// When fonts are missing or cannot be used, or the report is too much for the format.
pub fn render(made: &Made, format: Format, fonts: Option<&Fonts>, tell: Tell<'_>) -> Result<Vec<u8>, RenderError> {
    let report = &made.report;
    match format {
        Format::Txt => Ok(text::render(report)),
        Format::Md => Ok(markdown::render(report)),
        Format::Html => Ok(html::render(report)),
        Format::Docx => docx::render(report, tell),
        Format::Xlsx => xlsx::render(report, tell),
        Format::Pdf => pdf::render(report, fonts.ok_or(RenderError::NoFonts)?, tell),
        Format::Csv => csv::render(report),
        Format::Json => json::render(made),
    }
}
