//! Workbooks that units fill in: one a lead unit and period, written here and read back. Pure: bytes in, bytes out.
//!
//! ```text
//! layout    which lines a unit's form has     lines   what a line and its input cells are about
//! write     the workbook                      looks   how its cells look
//! package   a package unpacked within bounds  sheets  its cells: values, formulas, errors
//! identity  whose form it is, with what it was made from
//! read      a form from bytes, or why not     compare what it would change in the ledger
//! ```

mod compare;
mod identity;
mod layout;
mod lines;
mod looks;
mod package;
mod read;
mod sheets;
#[cfg(test)]
mod tests;
mod write;

pub use compare::{Change, Compared, compare};
pub use identity::{Identity, Made};
pub use layout::{lead_units, lines};
pub use lines::{About, Field, Line, Page};
pub use package::LARGEST;
pub use read::{Bad, Form, Typed, Why, read};
pub use write::write;
