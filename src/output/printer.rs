//! Printers, by `lp` and `lpstat`.

use crate::render::Format;

/// A printer that the system knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printer {
    /// Its name.
    pub name: String,
    /// The one that `lp` takes unasked.
    pub default: bool,
    /// What the system says of it, in its words; empty where it says nothing.
    pub state: String,
}

/// On which sides of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sides {
    /// One side.
    One,
    /// Both, turned over the long edge, as official documents are (GB/T 9704-2012, 6.2).
    #[default]
    Both,
}

/// What is printed where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Job {
    /// The printer; `None`: the default one.
    pub printer: Option<String>,
    /// What it is called in the queue.
    pub title: String,
    /// On which sides.
    pub sides: Sides,
    /// How many copies; 1 and up.
    pub copies: u16,
}

/// Why nothing was printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotPrinted {
    /// There is no `lp` on this system.
    #[error("no lp")]
    NoLp,
    /// The system knows no printer.
    #[error("no printer")]
    NoPrinter,
    /// `lp` said this, on one line.
    #[error("{0}")]
    Refused(String),
}

/// The printers that the system knows, the default one first. None: an empty list.
///
/// # Errors
/// When there is no `lpstat`.
pub fn printers() -> Result<Vec<Printer>, NotPrinted> {
    Err(NotPrinted::NoLp)
}

/// Hands a file to `lp`; what `lp` answers, on one line.
///
/// # Errors
/// When there is no `lp`, no printer, or `lp` refuses.
pub fn print(_job: &Job, _format: Format, _bytes: &[u8]) -> Result<String, NotPrinted> {
    Err(NotPrinted::NoLp)
}
